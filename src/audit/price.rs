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
