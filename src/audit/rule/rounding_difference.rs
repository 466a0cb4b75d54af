//! A sum differs from its parts by no more than rounding explains.
//!
//! Every printed figure was rounded on its own, so a sum may be off by half a
//! printed unit for each figure in it. Nobody is accused; the note is there
//! for those who add the figures up and wonder.
//!
//! What to do: nothing. If your own sums must match, keep the printed total.

use crate::audit::finding::{Finding, Severity};
use crate::audit::report::Context;
use crate::audit::words;
use crate::equation::Balance;

pub(crate) fn finding(context: &Context<'_, '_>, equation: usize, balance: &Balance) -> Finding {
    let cell = context.equations[equation].total;
    let message = format!(
        "{}: printed {}, the parts give {}; rounding explains the difference",
        context.name(cell),
        words::amount(balance.total),
        words::amount(balance.sum)
    );
    let mut finding = context.at(cell, "rounding-difference", Severity::Note, message);
    finding.printed = Some(balance.total);
    finding.consistent = Some(balance.sum.normalize());
    context.evidence(&mut finding, &[equation]);
    finding
}
