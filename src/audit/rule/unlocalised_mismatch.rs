//! Figures that should add up do not, and no single figure is to blame.
//!
//! Several figures could be wrong and nothing in the book tells them apart, or
//! more than a handful would have to change. The finding stands at the total
//! of the failed equation; `consistent` is what its parts give.
//!
//! What to do: look at the rows named in the evidence. None of the figures is
//! marked as failed; none of them is confirmed either.

use crate::audit::finding::{Finding, Severity};
use crate::audit::report::Context;
use crate::audit::words;

pub(crate) fn finding(context: &Context<'_, '_>, group: &[usize]) -> Option<Finding> {
    let &equation = group.iter().min_by_key(|&&e| (context.equations[e].source, e))?;
    let balance = context.balance(equation)?;
    let cell = context.equations[equation].total;
    let message = format!(
        "{}: printed {}, the parts give {}; which figure is wrong cannot be told",
        context.name(cell),
        words::amount(balance.total),
        words::amount(balance.sum)
    );
    let mut finding = context.at(cell, "unlocalised-mismatch", Severity::Warning, message);
    finding.printed = Some(balance.total);
    finding.consistent = Some(balance.sum.normalize());
    context.evidence(&mut finding, group);
    Some(finding)
}
