//! One table → its percent columns against the columns that they compare.
//!
//! In: a table. Out: each percentage with the amounts beside it that it
//! follows from, or should, and the value that would. A percent column is the change between two
//! columns, relative to the older one with or without its sign, or the share
//! of one in the other. Rounding of all three figures is allowed for. Refuses:
//! a percent column that most rows do not bear out.

use rust_decimal::{Decimal, RoundingStrategy};

use crate::audit::book::{Book, Grid, plain};
use crate::audit::columns::Changes;
use crate::equation::{Amount, Cell, approx};

/// Largest percentage that is looked at.
const MOST: i64 = 1_000_000;

/// How a percentage is made of two columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// `(a − b) / |b|`.
    Change,
    /// `(a − b) / b`: a cost that grows has a plus.
    ChangeSigned,
    /// `a / b`.
    Share,
}

/// A printed percentage and the two amounts that it follows from, or should.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) cell: Cell,
    pub(crate) sources: [Cell; 2],
    pub(crate) printed: Decimal,
    pub(crate) consistent: Decimal,
    pub(crate) holds: bool,
    /// Whether the column is beyond doubt and the figure, if it fails, far off.
    pub(crate) clear: bool,
    kind: Kind,
}

impl Link {
    /// Whether the percentage would follow if `cell` were `value`.
    pub(crate) fn holds_with(&self, book: &Book<'_>, cell: Cell, value: Decimal) -> bool {
        let amount = |at: Cell| {
            let a = book.amount(at)?;
            Some(if at == cell { a.with_value(value) } else { a })
        };
        let judged = || {
            let printed = amount(self.cell)?;
            let (exact, room) = ratio(amount(self.sources[0])?, amount(self.sources[1])?, self.kind)?;
            Some((printed.value - exact).abs() <= room + printed.step / Decimal::TWO)
        };
        judged().unwrap_or(false)
    }
}

struct Fit {
    a: usize,
    b: usize,
    kind: Kind,
    held: usize,
    failed: usize,
    surprise: f64,
}

pub(crate) fn find(book: &Book<'_>, table: usize, changes: &Changes, out: &mut Vec<Link>) {
    let grid = &book.tables[table];
    for percent in (0..grid.width()).filter(|&c| grid.percent(c)) {
        let Some(fit) = best(grid, percent).or_else(|| by_name(grid, percent, changes)) else { continue };
        for row in (0..grid.height()).filter(|&r| grid.filled(r)) {
            let Some((printed, exact, room)) = compare(grid, row, percent, &fit) else { continue };
            let at = |column| Cell { table, row, column };
            let off = (printed.value - exact).abs();
            let Some(consistent) = rounded(exact, printed.step) else { continue };
            out.push(Link {
                cell: at(percent),
                sources: [at(fit.a), at(fit.b)],
                printed: printed.value,
                consistent: consistent.normalize(),
                holds: off <= room,
                clear: fit.held > 0 && fit.held >= 4 * fit.failed && off > room * Decimal::from(3),
                kind: fit.kind,
            });
        }
    }
}

/// Printed percentage, what the row gives, and what rounding leaves open.
fn compare(grid: &Grid<'_>, row: usize, percent: usize, fit: &Fit) -> Option<(Amount, Decimal, Decimal)> {
    let printed = grid.amount(row, percent)?;
    let (a, b) = (grid.amount(row, fit.a)?, grid.amount(row, fit.b)?);
    let (exact, room) = ratio(a, b, fit.kind)?;
    Some((printed, exact, room + printed.step / Decimal::TWO))
}

fn ratio(a: Amount, b: Amount, kind: Kind) -> Option<(Decimal, Decimal)> {
    if b.value.abs() <= b.step {
        return None;
    }
    let base = if kind == Kind::Change { b.value.abs() } else { b.value };
    let part = if kind == Kind::Share { a.value } else { a.value - b.value };
    let exact = (part.checked_div(base)?).checked_mul(Decimal::ONE_HUNDRED)?;
    let slack = b.step.checked_mul(a.value.abs().checked_div(b.value.abs())?)?.checked_add(a.step)?;
    let room = slack.checked_div(b.value.abs() * Decimal::TWO)?.checked_mul(Decimal::ONE_HUNDRED)?;
    // Where rounding leaves this much open, or the base is next to nothing, nothing can be said.
    let sane = Decimal::from(MOST);
    (exact.abs() <= sane && room <= sane).then_some((exact, room))
}

fn rounded(exact: Decimal, step: Decimal) -> Option<Decimal> {
    let units = exact.checked_div(step)?.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    units.checked_mul(step)
}

fn best(grid: &Grid<'_>, percent: usize) -> Option<Fit> {
    let columns: Vec<usize> = (0..grid.width()).filter(|&c| !grid.percent(c)).collect();
    let mut best: Option<Fit> = None;
    for &a in &columns {
        for &b in columns.iter().filter(|&&c| c != a) {
            for kind in [Kind::Change, Kind::ChangeSigned, Kind::Share] {
                let fit = measure(grid, percent, Fit { a, b, kind, held: 0, failed: 0, surprise: 0.0 });
                let believed = fit.held >= 2
                    && 10 * fit.held >= 6 * (fit.held + fit.failed)
                    && (fit.failed == 0 || fit.held >= 3)
                    && fit.surprise >= 3.0;
                let better = best.as_ref().is_none_or(|f: &Fit| {
                    let rank = |f: &Fit| (f.held as f64) - (f.failed as f64) + f.surprise / 1000.0;
                    rank(&fit) > rank(f)
                });
                if believed && better {
                    best = Some(fit);
                }
            }
        }
    }
    best
}

/// `Vuosimuutos %` beside a column `Vuosimuutos` whose two columns are known: the
/// name says what it should be, even where no row bears it out.
fn by_name(grid: &Grid<'_>, percent: usize, changes: &Changes) -> Option<Fit> {
    let bare = |c: usize| plain(&grid.info.columns[c].label.replace(['%', '€'], ""));
    let (_, a, b) =
        changes.iter().find(|&(change, ..)| change + 1 == percent && bare(change) == bare(percent))?;
    Some(Fit { a, b, kind: Kind::Change, held: 0, failed: 0, surprise: 0.0 })
}

fn measure(grid: &Grid<'_>, percent: usize, mut fit: Fit) -> Fit {
    for row in (0..grid.height()).filter(|&r| grid.filled(r)) {
        let Some((printed, exact, room)) = compare(grid, row, percent, &fit) else { continue };
        if printed.value.is_zero() && exact.abs() <= room {
            continue;
        }
        if (printed.value - exact).abs() <= room {
            fit.held += 1;
            fit.surprise +=
                (approx(printed.value).abs() / approx(room * Decimal::TWO).max(1e-9)).max(1.0).log10();
        } else {
            fit.failed += 1;
        }
    }
    fit
}
