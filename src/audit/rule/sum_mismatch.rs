//! A printed figure contradicts the figures that it is made of.
//!
//! The rows or tables that add up to this figure give another value, and no
//! other single change makes the book consistent at less cost. `printed` is
//! what stands in the book; `consistent` is what would satisfy every equation.
//! The evidence lays the arithmetic out, one equation a line.
//!
//! What to do: look at the page. If the book prints the figure so, ask its
//! publisher; use `printed` when you need what was published and `consistent`
//! when you need what adds up. The fact keeps the printed value either way.

use crate::audit::cause;
use crate::audit::finding::{Finding, Severity};
use crate::audit::localise::Blame;
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, blame: &Blame) -> Finding {
    let others = context.book.years_beside(blame.cell);
    let cause = cause::of(blame.printed, blame.consistent, &others);
    let mut message = format!(
        "{}: printed {}, consistent {}",
        context.name(blame.cell),
        words::amount(blame.printed),
        words::amount(blame.consistent)
    );
    if let Some(cause) = cause {
        message.push_str("; ");
        message.push_str(cause.words());
    }
    let mut finding = context.at(blame.cell, "sum-mismatch", Severity::Error, message);
    finding.printed = Some(blame.printed);
    finding.consistent = Some(blame.consistent);
    context.evidence(&mut finding, &blame.equations);
    finding
}
