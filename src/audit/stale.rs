//! Units that add up by position but not by year → heads with the wrong year.
//!
//! In: a parent and its units whose sums hold when columns are matched by
//! position. Out: the columns whose printed years the figures contradict.
//! Refuses: a table in which only some columns are off, or all by other numbers.

use crate::audit::book::Book;
use crate::audit::tally::Tally;
use crate::fact::Phase;

/// Farthest that a stale head is off.
const YEARS_OFF: i16 = 3;

/// A column whose printed year the sums over tables contradict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StaleHead {
    pub(crate) table: usize,
    pub(crate) column: usize,
    pub(crate) printed: i16,
    pub(crate) consistent: i16,
    /// The table that proves it.
    pub(crate) witness: usize,
    /// Sums that hold by position, of how many.
    pub(crate) held: u32,
    pub(crate) judged: u32,
}

/// Units whose years are all off by the same number from the parent's.
pub(crate) fn find(book: &Book<'_>, parent: usize, units: &[usize], tally: &Tally, out: &mut Vec<StaleHead>) {
    let offsets: Vec<Option<i16>> = units.iter().map(|&u| offset(book, parent, u)).collect();
    let first = offsets[0];
    let (held, judged) = (tally.held, tally.held + tally.failed);
    let mut add = |table: usize, offset: i16, witness: usize| {
        let columns = &book.tables[table].info.columns;
        for (column, head) in columns.iter().enumerate() {
            if let (Some(printed), true) = (head.year, head.phase != Phase::Change) {
                let consistent = printed.saturating_sub(offset);
                out.push(StaleHead { table, column, printed, consistent, witness, held, judged });
            }
        }
    };
    if let (Some(offset), true) = (first.filter(|&o| o != 0), offsets.iter().all(|&o| o == first)) {
        // All units agree against the parent: unless the book year says otherwise, the parent is stale.
        if !for_book_year(book, parent) {
            add(parent, -offset, units[0]);
            return;
        }
    }
    for (&unit, offset) in units.iter().zip(offsets) {
        if let Some(offset) = offset.filter(|&o| o != 0) {
            add(unit, offset, parent);
        }
    }
}

/// Printed years of the unit less those of the parent, where all columns agree.
fn offset(book: &Book<'_>, parent: usize, unit: usize) -> Option<i16> {
    let heads = |t: usize| book.tables[t].info.columns.iter();
    let mut offsets =
        heads(parent).zip(heads(unit)).filter_map(|(p, u)| Some(u.year?.saturating_sub(p.year?)));
    let first = offsets.next()?;
    (offsets.all(|o| o == first) && first.abs() <= YEARS_OFF).then_some(first)
}

/// Whether the table's budget column is of the book's own year.
fn for_book_year(book: &Book<'_>, table: usize) -> bool {
    let info = book.tables[table].info;
    let book_year = book.facts.iter().find(|f| *f.table == *info.id).and_then(|f| f.book_year);
    book_year.is_some_and(|y| info.columns.iter().any(|c| c.phase == Phase::Budget && c.year == Some(y)))
}
