//! A cell is empty, and the sums want a figure there.
//!
//! The row has figures of about that size in its other columns, and with
//! `consistent` in the empty cell all equations hold. Either the book left the
//! figure out or we did not find it.
//!
//! What to do: look at the page. If a figure stands there, please report the
//! document: then the omission is ours.

use crate::audit::finding::{Finding, Severity};
use crate::audit::localise::Blame;
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, blame: &Blame) -> Finding {
    let message =
        format!("{}: empty, but the sums want {}", context.name(blame.cell), words::amount(blame.consistent));
    let mut finding = context.at(blame.cell, "missing-figure", Severity::Warning, message);
    finding.consistent = Some(blame.consistent);
    context.evidence(&mut finding, &blame.equations);
    finding
}
