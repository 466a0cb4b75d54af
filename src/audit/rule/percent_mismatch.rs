//! A printed percentage does not follow from the figures beside it.
//!
//! Most rows of the column are the change (or the share) between two columns
//! of the table; this row is not, by more than rounding explains. It is an
//! error when nearly every row bears the column out and the figure is far off,
//! else a warning.
//!
//! What to do: use the amounts; the percentage was probably not brought up to
//! date or has lost its sign.

use crate::audit::finding::{Finding, Severity};
use crate::audit::percent::Link;
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, mismatch: &Link) -> Finding {
    let severity = if mismatch.clear { Severity::Error } else { Severity::Warning };
    let message = format!(
        "{}: printed {} %, the amounts give {} %",
        context.name(mismatch.cell),
        words::amount(mismatch.printed),
        words::amount(mismatch.consistent)
    );
    let mut finding = context.at(mismatch.cell, "percent-mismatch", severity, message);
    finding.printed = Some(mismatch.printed);
    finding.consistent = Some(mismatch.consistent);
    let amounts: Vec<String> = mismatch
        .sources
        .iter()
        .filter_map(|&cell| {
            Some(format!("{} {}", context.name(cell), words::amount(context.book.amount(cell)?.value)))
        })
        .collect();
    finding.evidence.push(amounts.join("; "));
    finding.facts.extend(mismatch.sources.iter().map(|&cell| context.place(cell)));
    finding
}
