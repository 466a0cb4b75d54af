//! A column of differences is computed the other way round than elsewhere.
//!
//! The column is consistent in itself, but the other tables of the book with
//! the same heads take the second figure from the first where this one takes
//! the first from the second. So every sign in it says the opposite of what a
//! reader of the other tables expects. The finding stands at the last sum of
//! the column, and is meant for all of it.
//!
//! What to do: turn the signs of the column before comparing it with others.

use crate::audit::columns::Reversed;
use crate::audit::finding::{Finding, Severity};
use crate::audit::report::Context;
use crate::audit::words;
use crate::equation::Cell;

pub(crate) fn finding(context: &Context<'_, '_>, reversed: &Reversed) -> Option<Finding> {
    let grid = context.book.tables.get(reversed.table)?;
    let at = |row| Cell { table: reversed.table, row, column: reversed.change };
    let filled = |r: &usize| context.book.amount(at(*r)).is_some_and(|a| !a.value.is_zero());
    let compared =
        |r: &usize| grid.amount(*r, reversed.plus).is_some() && grid.amount(*r, reversed.minus).is_some();
    let rows: Vec<usize> = (0..grid.height()).filter(filled).filter(compared).collect();
    let row = rows.iter().rev().find(|&&r| grid.marked(r)).or(rows.last())?;
    let cell = at(*row);
    let printed = context.book.amount(cell)?.value;
    let heads = &grid.info.columns;
    let message = format!(
        "{}: printed {}; the column is {} less {}, in {} other tables it is the other way round",
        context.name(cell),
        words::amount(printed),
        heads[reversed.plus].label,
        heads[reversed.minus].label,
        reversed.others
    );
    let mut finding = context.at(cell, "reversed-column", Severity::Warning, message);
    finding.printed = Some(printed);
    finding.consistent = Some(-printed);
    finding.facts = rows.iter().map(|&r| context.place(at(r))).collect();
    Some(finding)
}
