//! How plausible it is that a given cell is the wrong one.
//!
//! In: a cell, what it would have to be, the equations that fail. Out: a price
//! for the search in [`locate`](crate::audit::localise). Where nothing else
//! speaks, the total is blamed and the sum is consistent: that is what a reader
//! expects, and totals go stale more often than items. A reversed sign, a
//! doubtful reading or a simple slip makes a cell cheaper.

use rust_decimal::Decimal;

use crate::audit::book::Book;
use crate::audit::cause::{self, Cause};
use crate::audit::localise::{CELL_COST, Price};
use crate::equation::{Cell, Equation, Source};
use crate::fact::Status;

pub(crate) struct Plausibility<'b, 'a> {
    pub(crate) book: &'b Book<'a>,
}

impl Price for Plausibility<'_, '_> {
    fn of(&self, cell: Cell, printed: Decimal, value: Decimal, failed: &[&Equation]) -> i32 {
        let mut price = CELL_COST;
        let heads =
            |sources: &[Source]| failed.iter().any(|e| e.total == cell && sources.contains(&e.source));
        if heads(&[Source::Columns]) {
            price -= 25;
        } else if heads(&[Source::Weights, Source::Hierarchy, Source::Search]) {
            price -= 20;
        } else if heads(&[Source::Units]) {
            price -= 5;
        }
        match cause::slip(printed, value) {
            Some(Cause::Sign) => price -= 35,
            Some(Cause::Swap) => price -= 12,
            Some(_) => price -= 8,
            None => {}
        }
        if printed.is_zero() && self.left_out(cell, value) {
            price -= 50;
        }
        if let Some(fact) = self.book.fact(cell).map(|f| &self.book.facts[f]) {
            if fact.candidates.contains(&value) {
                price -= 40;
            } else if fact.status == Status::Doubtful {
                price -= 15;
            }
        }
        price
    }
}

impl Plausibility<'_, '_> {
    /// A zero where the row's other columns are about as large as the value should be.
    fn left_out(&self, cell: Cell, value: Decimal) -> bool {
        let Some(grid) = self.book.tables.get(cell.table) else { return false };
        let near = |other: Decimal| {
            other.is_sign_negative() == value.is_sign_negative()
                && other.abs() <= value.abs() * Decimal::TWO
                && value.abs() <= other.abs() * Decimal::TWO
        };
        let mut others = (0..grid.width()).filter(|&c| c != cell.column && grid.additive(c));
        others.any(|c| grid.amount(cell.row, c).is_some_and(|a| !a.value.is_zero() && near(a.value)))
    }
}
