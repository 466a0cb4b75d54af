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
use crate::audit::percent::Link;
use crate::equation::{Cell, Equation, Source, approx};
use crate::fact::{Phase, Status};

/// Price of a figure that the print, or our reading of it, leaves out.
const LEFT_EMPTY: i32 = 60;
/// Price of filling a cell that is empty for good reason.
const NEVER: i32 = 10_000;
/// How far a figure of the wrong sign is from its row, as a logarithm.
const FAR: f64 = 3.0;
/// Spread of a row that is as calm as rows get.
const CALM: f64 = 0.05;
/// Points for one spread nearer to the row.
const POINTS: f64 = 4.0;
/// Most points for fitting the row.
const MOST: f64 = 24.0;

pub(crate) struct Plausibility<'b, 'a> {
    pub(crate) book: &'b Book<'a>,
    pub(crate) percents: &'b [Link],
}

impl Price for Plausibility<'_, '_> {
    fn of(&self, cell: Cell, printed: Decimal, value: Decimal, failed: &[&Equation]) -> i32 {
        let mut price = CELL_COST;
        if self.book.amount(cell).is_none() {
            // An empty cell is right unless its row wants a figure of just that size.
            return if self.left_out(cell, value) { LEFT_EMPTY } else { NEVER };
        }
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
        let others = self.others(cell);
        if cause::is_copy(printed, &self.book.years_beside(cell)) && !others.contains(&value) {
            price -= 14;
        }
        for link in self.percents.iter().filter(|l| l.sources.contains(&cell)) {
            match (link.holds, link.holds_with(self.book, cell, value)) {
                (false, true) => price -= 40,
                (true, false) => price += 25,
                _ => {}
            }
        }
        price -= smoother(printed, value, &others);
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
    /// The row's figures in its other columns, changes left aside.
    fn others(&self, cell: Cell) -> Vec<Decimal> {
        let Some(grid) = self.book.tables.get(cell.table) else { return Vec::new() };
        let columns = (0..grid.width()).filter(|&c| c != cell.column && grid.additive(c));
        let columns = columns.filter(|&c| grid.info.columns[c].phase != Phase::Change);
        columns.filter_map(|c| grid.amount(cell.row, c)).map(|a| a.value).collect()
    }

    /// A zero where the row's other columns are about as large as the value should be.
    fn left_out(&self, cell: Cell, value: Decimal) -> bool {
        let near = |other: &Decimal| {
            !other.is_zero()
                && other.is_sign_negative() == value.is_sign_negative()
                && other.abs() <= value.abs() * Decimal::TWO
                && value.abs() <= other.abs() * Decimal::TWO
        };
        self.others(cell).iter().any(near)
    }
}

/// Points for a value that fits the row's other years better than the printed
/// one does, fewer where the row jumps about anyway.
fn smoother(printed: Decimal, value: Decimal, others: &[Decimal]) -> i32 {
    let sizes: Vec<f64> = others.iter().filter(|o| !o.is_zero()).map(|&o| approx(o)).collect();
    if printed.is_zero()
        || sizes.len() < 2
        || sizes.iter().any(|s| s.is_sign_negative() != sizes[0].is_sign_negative())
    {
        return 0;
    }
    let logs: Vec<f64> = sizes.iter().map(|s| s.abs().ln()).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let spread = (logs.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / logs.len() as f64).sqrt();
    let off = |d: Decimal| {
        if d.is_zero() || d.is_sign_negative() != sizes[0].is_sign_negative() {
            return FAR;
        }
        (approx(d).abs().ln() - mean).abs().min(FAR)
    };
    let gain = (off(printed) - off(value)) / (spread + CALM);
    (gain * POINTS).clamp(-MOST, MOST).round() as i32
}
