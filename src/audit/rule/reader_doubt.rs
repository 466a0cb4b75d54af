//! The arithmetic says that we, not the book, may have misread a figure.
//!
//! Another reading of the same print is the value that satisfies the
//! equations, or the figure was doubtful to us already. The fact keeps its
//! value and is `doubtful`; what the sums want stands in `consistent`.
//!
//! What to do: look at the page. If the book prints the consistent value,
//! please report the document: a misreading is our error.

use crate::audit::finding::{Finding, Severity};
use crate::audit::localise::Blame;
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, blame: &Blame) -> Finding {
    let message = format!(
        "{}: read as {}, which is doubtful; {} would agree with the sums",
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
