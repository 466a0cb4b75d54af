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
    let same = || names.chunk_by(|a, b| a.0 == b.0).filter(|cells| cells.len() > 1);
    let mut pairs = Pairs::new(book.tables.len());
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    for cells in same() {
        sizes.clear();
        for (_, cell, amount) in cells.iter().filter(|c| !c.2.value.is_zero()) {
            // Thousands and euros meet in the thousands; costs may be printed positive in one of two places.
            let value = amount.value.abs();
            let (near, over) = (coarse(value), coarse(value + Decimal::ONE_THOUSAND));
            sizes.push((near, cell.table));
            if over != near {
                sizes.push((over, cell.table));
            }
        }
        sizes.sort_unstable();
        for tables in sizes.chunk_by(|a, b| a.0 == b.0).filter(|t| t.len() <= CROWD) {
            for (i, &(_, a)) in tables.iter().enumerate() {
                for &(_, b) in &tables[i + 1..] {
                    pairs.insert(a, b);
                }
            }
        }
    }
    let mut common: BTreeMap<(usize, usize), Vec<Tie>> = BTreeMap::new();
    for cells in same() {
        for (i, &(_, term, _)) in cells.iter().enumerate() {
            for &(_, total, _) in &cells[i + 1..] {
                // In the order of the tables.
                if pairs.contains(term.table, total.table) {
                    common.entry((term.table, total.table)).or_default().push(Tie { total, term, sign: 1 });
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

/// Cells by concept or label, phase and year, where the table has one such cell; in order of name and table.
fn names(book: &Book<'_>) -> Vec<(Name, Cell, Amount)> {
    let mut all: Vec<(Name, Cell, Amount)> = Vec::new();
    for (table, grid) in book.tables.iter().enumerate() {
        for row in (0..grid.height()).filter(|&r| grid.filled(r)) {
            for (column, head) in grid.info.columns.iter().enumerate() {
                if let (Some(year), Some(amount)) = (head.year, grid.amount(row, column)) {
                    all.push(((grid.ids[row], head.phase, year), Cell { table, row, column }, amount));
                }
            }
        }
    }
    all.sort_unstable_by_key(|&(name, cell, _)| (name, cell));
    let alone = |run: &[(Name, Cell, Amount)]| run.len() == 1;
    all.chunk_by(|a, b| a.0 == b.0 && a.1.table == b.1.table).filter(|r| alone(r)).map(|r| r[0]).collect()
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
