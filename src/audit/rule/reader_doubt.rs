//! The arithmetic says that we, not the book, may have misread a figure.
//!
//! Another reading of the same print is the value that satisfies the
//! equations. The fact keeps its value and becomes `doubtful`; the other
//! reading stands in `consistent` and among the fact's candidates.
//!
//! What to do: look at the page. If the book prints the consistent value,
//! please report the document: a misreading is our error.

use crate::audit::finding::{Finding, Severity};
use crate::audit::localise::Blame;
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, blame: &Blame) -> Finding {
    let message = format!(
        "{}: read as {}, but {} is another reading and agrees with the sums",
        context.name(blame.cell),
        words::amount(blame.printed),
        words::amount(blame.consistent)
    );
    let mut finding = context.at(blame.cell, "reader-doubt", Severity::Warning, message);
    finding.printed = Some(blame.printed);
    finding.consistent = Some(blame.consistent);
    context.evidence(&mut finding, &blame.equations);
    finding
}
