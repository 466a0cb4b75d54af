//! Which rows of one table add up to which: the [`Relation`]s found so far.
//!
//! In: row indices with weights. Out: equations for every column in which they
//! can be judged. Refuses: the same relation twice, written another way round.

use rust_decimal::Decimal;

use crate::audit::book::{Book, Grid};
use crate::audit::columns::Changes;
use crate::audit::tally::Tally;
use crate::equation::{Cell, Equation, Source, balance};
use crate::fact::Fact;

/// Exact columns after which no other column is left much room.
const EXACT: usize = 3;

/// How often an empty sum is replaced by its terms.
const DEPTH: usize = 4;

/// Most terms whose signs are tried against a column's own convention.
const SIGNS: usize = 8;

/// A row and the rows that add up to it, in every column.
#[derive(Clone, Debug)]
pub(crate) struct Relation {
    pub(crate) total: usize,
    pub(crate) terms: Vec<(usize, i8)>,
    pub(crate) source: Source,
    pub(crate) tally: Tally,
}

impl Relation {
    fn canonical(&self) -> Vec<(usize, i8)> {
        let mut rows: Vec<_> = self.terms.iter().copied().chain([(self.total, -1)]).collect();
        rows.sort_unstable();
        if rows.first().is_some_and(|&(_, w)| w < 0) {
            for (_, w) in &mut rows {
                *w = -*w;
            }
        }
        rows
    }
}

/// The relations of one table.
#[derive(Default)]
pub(crate) struct Relations {
    list: Vec<Relation>,
}

impl Relations {
    /// The relation of which `row` is the total.
    pub(crate) fn of(&self, row: usize) -> Option<&Relation> {
        self.list.iter().find(|r| r.total == row)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Relation> {
        self.list.iter()
    }

    /// Whether the same rows are related already, whichever is called the total.
    pub(crate) fn knows(&self, relation: &Relation) -> bool {
        let canonical = relation.canonical();
        self.list.iter().any(|r| r.terms.len() == relation.terms.len() && r.canonical() == canonical)
    }

    /// Adds a relation; one for the same total is replaced.
    pub(crate) fn put(&mut self, relation: Relation) {
        self.list.retain(|r| r.total != relation.total);
        self.list.push(relation);
    }

    /// Adds a relation beside another for the same total.
    pub(crate) fn also(&mut self, relation: Relation) {
        if !self.knows(&relation) {
            self.list.push(relation);
        }
    }

    /// The terms of one column; a sum left empty there is replaced by its own terms.
    fn parts(
        &self,
        grid: &Grid<'_>,
        terms: &[(usize, i8)],
        sign: i8,
        column: usize,
        depth: usize,
        out: &mut Vec<(usize, i8)>,
    ) {
        for &(row, weight) in terms {
            match self.of(row) {
                Some(sum) if depth > 0 && grid.amount(row, column).is_none() => {
                    self.parts(grid, &sum.terms, sign * weight, column, depth - 1, out);
                }
                _ => out.push((row, sign * weight)),
            }
        }
    }

    /// One equation for every column in which the relation can be judged.
    pub(crate) fn equations(
        &self,
        book: &Book<'_>,
        table: usize,
        changes: &Changes,
        out: &mut Vec<Equation>,
    ) {
        let grid = &book.tables[table];
        for relation in &self.list {
            for column in (0..grid.width()).filter(|&c| grid.additive(c)) {
                let mut parts = Vec::new();
                self.parts(grid, &relation.terms, 1, column, DEPTH, &mut parts);
                if judged(grid, book.facts, relation.total, &parts, column)
                    && !other_signs(grid, relation.total, &parts, column)
                    && !parts.iter().any(|&(row, _)| changes.left_empty(grid, row, column))
                {
                    let at = |row| Cell { table, row, column };
                    let terms = parts.iter().map(|&(row, weight)| (at(row), weight)).collect();
                    let tight = grid.info.unit_scale == 1 && exact_elsewhere(grid, relation, column);
                    out.push(Equation { total: at(relation.total), terms, source: relation.source, tight });
                }
            }
        }
    }
}

/// Whether the column follows another convention of signs: it fails, and holds
/// with two or more terms reversed, of which one row has both signs. One reversed term would be a misprint.
fn other_signs(grid: &Grid<'_>, total: usize, terms: &[(usize, i8)], column: usize) -> bool {
    let printed: Vec<_> = terms
        .iter()
        .filter_map(|&(row, w)| Some((grid.amount(row, column)?, w, wavers(grid, row))))
        .filter(|(a, ..)| !a.value.is_zero())
        .collect();
    let Some(amount) = grid.amount(total, column) else { return false };
    let comes_out = |mask: usize| {
        let signed = printed
            .iter()
            .enumerate()
            .map(|(i, &(a, w, _))| (Some(a), if mask >> i & 1 == 1 { -w } else { w }));
        balance(amount, signed).is_some_and(|b| b.holds())
    };
    if printed.len() < 3 || printed.len() > SIGNS || comes_out(0) {
        return false;
    }
    let all = (1_usize << printed.len()) - 1;
    let wavering = |mask: usize| printed.iter().enumerate().any(|(i, p)| mask >> i & 1 == 1 && p.2);
    (1..all).filter(|m| m.count_ones() >= 2 && wavering(*m)).any(comes_out)
}

/// Whether all other columns that hold, and at least three, hold to the last digit.
fn exact_elsewhere(grid: &Grid<'_>, relation: &Relation, column: usize) -> bool {
    let mut sums: Vec<Decimal> = Vec::new();
    for other in (0..grid.width()).filter(|&c| c != column && grid.additive(c)) {
        let Some(total) = grid.amount(relation.total, other) else { continue };
        let terms = relation.terms.iter().map(|&(row, w)| (grid.amount(row, other), w));
        match balance(total, terms) {
            Some(b) if b.exact() && b.informative() && !sums.contains(&b.sum) => sums.push(b.sum),
            Some(b) if b.holds() && !b.exact() => return false,
            _ => {}
        }
    }
    sums.len() >= EXACT
}

/// Whether the row has figures of both signs.
fn wavers(grid: &Grid<'_>, row: usize) -> bool {
    let mut figures = (0..grid.width()).filter_map(|c| grid.amount(row, c)).filter(|a| !a.value.is_zero());
    let Some(first) = figures.next() else { return false };
    figures.any(|a| a.value.is_sign_negative() != first.value.is_sign_negative())
}

fn judged(grid: &Grid<'_>, facts: &[Fact], total: usize, terms: &[(usize, i8)], column: usize) -> bool {
    grid.amount(total, column).is_some()
        && terms.iter().any(|&(row, _)| grid.amount(row, column).is_some())
        && !terms.iter().any(|&(row, _)| grid.blocked(row, column, facts))
}

/// Whether the terms can meet the total in any column, by floats: a quick refusal of most candidates.
pub(crate) fn may_hold(grid: &Grid<'_>, total: usize, terms: &[(usize, i8)]) -> bool {
    (0..grid.width()).any(|column| {
        let Some(total) = grid.amount(total, column) else { return false };
        let (mut sum, mut steps) = (0.0, total.near_step());
        for &(term, weight) in terms {
            if let Some(a) = grid.amount(term, column) {
                sum += f64::from(weight) * a.near();
                steps += a.near_step();
            }
        }
        (total.near() - sum).abs() <= steps
    })
}

/// How a supposed sum comes out over all columns that can be added.
pub(crate) fn tally(grid: &Grid<'_>, facts: &[Fact], total: usize, terms: &[(usize, i8)]) -> Tally {
    let mut tally = Tally::default();
    for column in (0..grid.width()).filter(|&c| grid.additive(c)) {
        if !judged(grid, facts, total, terms, column) {
            continue;
        }
        let Some(amount) = grid.amount(total, column) else { continue };
        if let Some(b) = balance(amount, terms.iter().map(|&(row, w)| (grid.amount(row, column), w))) {
            tally.add(&b);
        }
    }
    tally
}
