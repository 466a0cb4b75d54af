//! One table → equations between its columns: change, deviation, amendments.
//!
//! In: a table. Out: for a column of changes the two columns whose difference
//! it is, row by row, where that holds for most rows. Books print the change of
//! costs either way (a rise of costs as minus or as plus): the rows of a table
//! with negative figures and those with positive ones may each have their own
//! direction, decided by the figures. Refuses: percentages (see [`percent`](crate::audit::percent)).

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::book::{Book, Grid, plain};
use crate::audit::tally::Tally;
use crate::equation::{Cell, Equation, Source, balance};
use crate::fact::Phase;

/// Least surprise, as a power of ten, that makes a column one of changes.
const SURPRISE: f64 = 4.0;

/// How many columns must go one way for each that goes the other.
const MANY: usize = 3;

/// `change = plus − minus`, and for which rows the other way round.
#[derive(Clone, Debug)]
struct Difference {
    change: usize,
    plus: usize,
    minus: usize,
    held: usize,
    failed: usize,
    /// Rows without a change, printed empty.
    unchanged: usize,
    surprise: f64,
}

/// The columns of changes found in one table: change, and the two it compares.
pub(crate) struct Changes(BTreeSet<(usize, usize, usize)>);

impl Changes {
    pub(crate) fn find(book: &Book<'_>, table: usize) -> Self {
        let mut found = Vec::new();
        equations(book, table, &mut found);
        Changes::of(&found)
    }

    pub(crate) fn of(equations: &[Equation]) -> Self {
        let columns =
            |e: &Equation| Some((e.total.column, e.terms.first()?.0.column, e.terms.get(1)?.0.column));
        Changes(equations.iter().filter_map(columns).collect())
    }

    /// Change column, and the two it is the difference of.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        self.0.iter().copied()
    }

    /// Whether a change was left empty that is not nothing: sums over it then fail rightly.
    pub(crate) fn left_empty(&self, grid: &Grid<'_>, row: usize, column: usize) -> bool {
        grid.amount(row, column).is_none()
            && self.0.iter().any(|&(change, plus, minus)| {
                let value = |c| grid.amount(row, c).map(|a| a.value).unwrap_or_default();
                change == column && value(plus) != value(minus)
            })
    }
}

/// A column of differences that other tables of the book compute the other way round.
#[derive(Clone, Debug)]
pub(crate) struct Reversed {
    pub(crate) table: usize,
    pub(crate) change: usize,
    pub(crate) plus: usize,
    pub(crate) minus: usize,
    /// Tables that compute it the other way.
    pub(crate) others: usize,
}

/// The few columns that go against many with the same heads. `changes` holds
/// the columns of changes of each table.
pub(crate) fn reversed(book: &Book<'_>, changes: &[Changes]) -> Vec<Reversed> {
    let mut alike: BTreeMap<Vec<String>, Vec<(bool, Reversed)>> = BTreeMap::new();
    for (table, found) in changes.iter().enumerate() {
        let label = |c: usize| plain(&book.tables[table].info.columns[c].label);
        for (change, plus, minus) in found.iter() {
            let (a, b) = (label(plus), label(minus));
            let straight = a <= b;
            let heads = if straight { vec![label(change), a, b] } else { vec![label(change), b, a] };
            let column = Reversed { table, change, plus, minus, others: 0 };
            alike.entry(heads).or_default().push((straight, column));
        }
    }
    let mut out = Vec::new();
    for columns in alike.into_values() {
        let straight = columns.iter().filter(|c| c.0).count();
        for (way, few, many) in
            [(true, straight, columns.len() - straight), (false, columns.len() - straight, straight)]
        {
            if few > 0 && many >= MANY * few {
                let odd = columns.iter().filter(|c| c.0 == way);
                out.extend(odd.map(|c| Reversed { others: many, ..c.1.clone() }));
            }
        }
    }
    out.sort_by_key(|r| (r.table, r.change));
    out
}

pub(crate) fn equations(book: &Book<'_>, table: usize, out: &mut Vec<Equation>) {
    let grid = &book.tables[table];
    for change in (0..grid.width()).filter(|&c| grid.additive(c) && is_change(grid, c)) {
        let Some(best) = best(grid, change) else { continue };
        let (up, down) = (turned(grid, &best, false), turned(grid, &best, true));
        for row in rows(grid) {
            let at = |column| Cell { table, row, column };
            let (plus, minus) = (grid.amount(row, best.plus), grid.amount(row, best.minus));
            let all = [best.change, best.plus, best.minus];
            let (Some(plus), Some(_)) = (plus, minus) else { continue };
            if grid.amount(row, change).is_none() || all.iter().any(|&c| grid.blocked(row, c, book.facts)) {
                continue;
            }
            let turned =
                if negative(grid, row, &best).unwrap_or(plus.value.is_sign_negative()) { down } else { up };
            let sign = if turned { -1 } else { 1 };
            let terms = vec![(at(best.plus), sign), (at(best.minus), -sign)];
            out.push(Equation { total: at(change), terms, source: Source::Columns, tight: false });
        }
    }
}

fn is_change(grid: &Grid<'_>, column: usize) -> bool {
    let c = &grid.info.columns[column];
    matches!(c.phase, Phase::Change | Phase::Other) && !grid.percent(column)
}

fn rows<'g>(grid: &'g Grid<'_>) -> impl Iterator<Item = usize> + 'g {
    (0..grid.height()).filter(|&r| grid.filled(r))
}

/// Whether the row is one of negative figures; `None` where both columns are zero.
fn negative(grid: &Grid<'_>, row: usize, d: &Difference) -> Option<bool> {
    [d.plus, d.minus]
        .iter()
        .filter_map(|&c| grid.amount(row, c))
        .find(|a| !a.value.is_zero())
        .map(|a| a.value.is_sign_negative())
}

/// Whether rows of that sign print the change the other way round.
fn turned(grid: &Grid<'_>, d: &Difference, negative_rows: bool) -> bool {
    let mut score = 0_i32;
    for row in rows(grid).filter(|&r| negative(grid, r, d) == Some(negative_rows)) {
        let Some((straight, other)) = both_ways(grid, d, row) else { continue };
        if straight != other {
            score += if straight { 1 } else { -1 };
        }
    }
    score <= -2
}

/// Whether a row agrees with the difference, and with its opposite.
fn both_ways(grid: &Grid<'_>, d: &Difference, row: usize) -> Option<(bool, bool)> {
    let total = grid.amount(row, d.change)?;
    let (plus, minus) = (Some(grid.amount(row, d.plus)?), Some(grid.amount(row, d.minus)?));
    let straight = balance(total, [(plus, 1), (minus, -1)])?.holds();
    let other = balance(total, [(plus, -1), (minus, 1)])?.holds();
    Some((straight, other))
}

fn best(grid: &Grid<'_>, change: usize) -> Option<Difference> {
    let columns: Vec<usize> = (0..grid.width()).filter(|&c| c != change && grid.additive(c)).collect();
    let mut best: Option<Difference> = None;
    for &plus in &columns {
        for &minus in columns.iter().filter(|&&c| c != plus) {
            let d = measure(grid, change, plus, minus);
            let rank = |d: &Difference| (d.held as f64) - (d.failed as f64) + d.surprise / 100.0;
            if believed(grid, &d) && best.as_ref().is_none_or(|b| rank(&d) > rank(b)) {
                best = Some(d);
            }
        }
    }
    best
}

/// How far the column is that difference, in either direction for costs.
fn measure(grid: &Grid<'_>, change: usize, plus: usize, minus: usize) -> Difference {
    let mut d = Difference { change, plus, minus, held: 0, failed: 0, unchanged: 0, surprise: 0.0 };
    let turn = turned(grid, &d, true);
    let mut tally = Tally::default();
    for row in rows(grid) {
        let (Some(p), Some(m)) = (grid.amount(row, plus), grid.amount(row, minus)) else { continue };
        let Some(total) = grid.amount(row, change) else {
            d.unchanged += usize::from(p.value == m.value && !p.value.is_zero());
            continue;
        };
        let sign = if turn && negative(grid, row, &d) == Some(true) { -1 } else { 1 };
        let Some(b) = balance(total, [(Some(p), sign), (Some(m), -sign)]) else { continue };
        // No change from nothing to nothing says nothing.
        if b.nonzero == 0 && total.value.is_zero() {
            continue;
        }
        if b.holds() {
            d.held += 1;
        } else {
            d.failed += 1;
        }
        tally.add(&b);
    }
    d.surprise = tally.surprise;
    d
}

fn believed(grid: &Grid<'_>, d: &Difference) -> bool {
    let phase = |c: usize| grid.info.columns[c].phase;
    if (phase(d.plus), phase(d.minus)) == (Phase::AmendedBudget, Phase::Budget) {
        // Original and amended budget with a column of changes between them: most
        // rows have no change and leave the column empty.
        return d.held >= 1
            && 10 * (d.held + d.unchanged) >= 6 * (d.held + d.unchanged + d.failed)
            && d.surprise >= 2.0;
    }
    d.held >= 2 && 10 * d.held >= 6 * (d.held + d.failed) && d.surprise >= SURPRISE
}
