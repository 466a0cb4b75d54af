//! The same figure printed twice → equations between the two places.
//!
//! In: all tables. Out: an equation for every row and column that two tables
//! have in common, where most of what they have in common agrees: the annual
//! margin of the income statement and of the cash flow, a summary and the
//! statement it is taken from, once in thousands and once in euros. Linear in
//! figures: only tables that share a value under the same name are compared.
//! Refuses: tables that merely have the same rows, as all units do.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::audit::book::Book;
use crate::equation::{Amount, Cell, Equation, Source, balance};
use crate::fact::Phase;

/// Fewest distinct figures that must agree.
const AGREE: usize = 2;
/// Least surprise, as a power of ten.
const SURPRISE: f64 = 7.0;
/// Most tables that one figure is looked for in.
const CROWD: usize = 12;

type Name = (u32, Phase, i16);

pub(crate) fn equations(book: &Book<'_>, out: &mut Vec<Equation>) {
    let names = names(book);
    let mut pairs = Pairs::new(book.tables.len());
    for cells in names.values() {
        let mut by_size: BTreeMap<i64, BTreeSet<usize>> = BTreeMap::new();
        for (cell, amount) in cells {
            // Thousands and euros meet in the thousands; costs may be printed positive in one of two places.
            let value = amount.value.abs();
            for size in [coarse(value), coarse(value + Decimal::ONE_THOUSAND)] {
                if !amount.value.is_zero() {
                    by_size.entry(size).or_default().insert(cell.table);
                }
            }
        }
        for tables in by_size.values().filter(|t| t.len() <= CROWD) {
            for &a in tables {
                for &b in tables.range(a + 1..) {
                    pairs.insert(a, b);
                }
            }
        }
    }
    let mut common: BTreeMap<(usize, usize), Vec<Tie>> = BTreeMap::new();
    for cells in names.values() {
        for (i, (first, _)) in cells.iter().enumerate() {
            for (second, _) in &cells[i + 1..] {
                let pair = (first.table.min(second.table), first.table.max(second.table));
                if pairs.contains(pair.0, pair.1) {
                    let (total, term) =
                        if first.table < second.table { (second, first) } else { (first, second) };
                    common.entry(pair).or_default().push(Tie { total: *total, term: *term, sign: 1 });
                }
            }
        }
    }
    // Each figure is tied to its first print alone: more ties would say nothing new.
    let mut tied: BTreeSet<Cell> = BTreeSet::new();
    for mut ties in common.into_values() {
        turn_rows(book, &mut ties);
        if agree(book, &ties) {
            out.extend(ties.into_iter().filter(|t| tied.insert(t.total)).map(Tie::equation));
        }
    }
}

/// A later print of a figure and an earlier one.
struct Tie {
    total: Cell,
    term: Cell,
    sign: i8,
}

impl Tie {
    fn equation(self) -> Equation {
        let terms = vec![(self.term, self.sign)];
        Equation { total: self.total, terms, source: Source::Reprint, tight: false }
    }
}

/// Pairs of tables that share a value.
struct Pairs {
    tables: usize,
    shared: Vec<bool>,
}

impl Pairs {
    fn new(tables: usize) -> Self {
        Pairs { tables, shared: vec![false; tables * tables] }
    }

    fn insert(&mut self, a: usize, b: usize) {
        self.shared[a * self.tables + b] = true;
    }

    fn contains(&self, a: usize, b: usize) -> bool {
        self.shared[a * self.tables + b]
    }
}

/// Cells by concept or label, phase and year, where the table has one such cell.
fn names(book: &Book<'_>) -> BTreeMap<Name, Vec<(Cell, Amount)>> {
    let mut out: BTreeMap<Name, Vec<(Cell, Amount)>> = BTreeMap::new();
    for (table, grid) in book.tables.iter().enumerate() {
        let mut own: BTreeMap<Name, Option<(Cell, Amount)>> = BTreeMap::new();
        for row in (0..grid.height()).filter(|&r| grid.filled(r)) {
            for (column, head) in grid.info.columns.iter().enumerate() {
                let (Some(year), Some(amount)) = (head.year, grid.amount(row, column)) else { continue };
                let cell = Cell { table, row, column };
                own.entry((grid.ids[row], head.phase, year))
                    .and_modify(|c| *c = None)
                    .or_insert(Some((cell, amount)));
            }
        }
        for (name, cell) in own {
            if let Some(cell) = cell {
                out.entry(name).or_default().push(cell);
            }
        }
    }
    out
}

/// Rows that are printed with opposite signs in the two places are compared so.
fn turn_rows(book: &Book<'_>, ties: &mut [Tie]) {
    let mut score: BTreeMap<usize, i32> = BTreeMap::new();
    for e in ties.iter() {
        let value = |cell| book.amount(cell).map(|a| a.value).unwrap_or_default();
        let (total, term) = (value(e.total), value(e.term));
        if !total.is_zero() && !term.is_zero() {
            let same = total.is_sign_negative() == term.is_sign_negative();
            *score.entry(e.total.row).or_default() += if same { 1 } else { -1 };
        }
    }
    for e in ties {
        if score.get(&e.total.row).is_some_and(|&s| s < 0) {
            e.sign = -1;
        }
    }
}

/// Two thousands to a size; amounts fit by [`Amount::new`].
fn coarse(value: Decimal) -> i64 {
    value.to_i64().unwrap_or(i64::MAX) / 2000
}

/// Whether two tables print the same figures: most of what they share agrees.
fn agree(book: &Book<'_>, ties: &[Tie]) -> bool {
    let (mut held, mut failed, mut surprise) = (BTreeSet::new(), 0_usize, 0.0);
    for tie in ties {
        let (Some(total), Some(term)) = (book.amount(tie.total), book.amount(tie.term)) else {
            continue;
        };
        let Some(b) = balance(total, [(Some(term), tie.sign)]) else { continue };
        if total.value.is_zero() && term.value.is_zero() {
            continue;
        }
        if !b.holds() {
            failed += 1;
        } else if held.insert(total.value) {
            surprise += b.likeness();
        }
    }
    held.len() >= AGREE && held.len() >= 3 * failed && surprise >= SURPRISE
}
