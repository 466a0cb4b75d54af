//! A column's head prints a year that its figures contradict.
//!
//! The figures of this table add up, column by column, to those of a table
//! whose heads carry other years. Most often last year's table was copied and
//! got new figures, but kept its head. There is one finding for each column;
//! `year` is the printed one, and the fact's `year_consistent` the one that
//! the figures prove. It is an error when nearly all sums bear it out.
//!
//! What to do: read the column as the consistent year. The fact keeps the
//! printed year, so that a look-up by print still finds it.

use crate::audit::finding::{Finding, Severity};
use crate::audit::report::Context;
use crate::audit::stale::StaleHead;
use crate::equation::Cell;

/// Fewest sums that make it an error.
const SURE: u32 = 6;

pub(crate) fn finding(context: &Context<'_, '_>, stale: &StaleHead) -> Finding {
    let clear = stale.held >= SURE && stale.held >= 4 * (stale.judged - stale.held);
    let severity = if clear { Severity::Error } else { Severity::Warning };
    let witness = context.book.tables.get(stale.witness);
    let name = witness.map_or("", |g| g.info.title.as_deref().unwrap_or(&g.info.id));
    let message = format!(
        "the head prints {}, but the figures are those of {}: column by column they agree with {name}",
        stale.printed, stale.consistent
    );
    let cell = Cell { table: stale.table, row: 0, column: stale.column };
    let mut finding = context.at(cell, "stale-year-head", severity, message);
    finding.row_label = String::new();
    let grid = context.book.tables.get(stale.table);
    finding.facts = (0..grid.map_or(0, |g| g.height()))
        .map(|row| Cell { row, ..cell })
        .filter(|&c| context.book.fact(c).is_some())
        .map(|c| context.place(c))
        .collect();
    finding.boxes =
        grid.and_then(|g| g.info.columns.get(stale.column)).map(|c| c.boxes.clone()).unwrap_or_default();
    finding.evidence = vec![format!(
        "{} of {} sums over the tables hold when columns are matched by position",
        stale.held, stale.judged
    )];
    finding
}
