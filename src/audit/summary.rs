//! Summary tables → equations with the unit tables that their rows name.
//!
//! In: all tables. Out: for a table whose rows are named like other tables
//! (`Biblioteket`, `Skolorna` …), an equation of each figure with the row of
//! that unit's table which it repeats: its income, its costs or its margin,
//! whichever the figures bear out. Linear in figures. Refuses: a summary that
//! most of its rows do not bear out.

use std::collections::BTreeMap;

use crate::audit::book::{Book, plain};
use crate::audit::tally::Tally;
use crate::equation::{Amount, Cell, Equation, Source, balance};

/// Fewest distinct figures that make the rows of a table repeat those of units.
const HELD: u32 = 3;
/// Least surprise, as a power of ten.
const SURPRISE: f64 = 8.0;

pub(crate) fn equations(book: &Book<'_>, out: &mut Vec<Equation>) {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (table, grid) in book.tables.iter().enumerate() {
        let title = grid.info.title.as_deref().map(plain);
        let entity = grid.info.entity_path.last().map(|e| plain(e));
        let mut names: Vec<String> = title.into_iter().chain(entity).filter(|n| !n.is_empty()).collect();
        names.dedup();
        for name in names {
            named.entry(name).or_default().push(table);
        }
    }
    for (summary, grid) in book.tables.iter().enumerate() {
        let units: Vec<(usize, usize)> = (0..grid.height())
            .filter(|&r| grid.filled(r))
            .filter_map(|r| match named.get(&plain(&grid.info.rows[r].label)).map(Vec::as_slice) {
                Some(&[unit]) if unit != summary => Some((r, unit)),
                _ => None,
            })
            .collect();
        if units.len() < 2 {
            continue;
        }
        let columns = (0..grid.width()).filter(|&c| grid.additive(c));
        let repeated: Vec<Repeated<'_>> =
            columns.filter_map(|c| repeated(book, summary, c, &units)).collect();
        // Columns that repeat the same row of the units speak for each other.
        let mut together: BTreeMap<(&str, i8), Tally> = BTreeMap::new();
        for r in &repeated {
            together.entry(r.what).or_default().merge(&r.tally);
        }
        for r in repeated {
            let t = &together[&r.what];
            if t.held >= HELD && t.held >= 2 * t.failed && t.surprise >= SURPRISE {
                out.extend(r.equations);
            }
        }
    }
}

/// What a column of a summary repeats: which row of the units, with which sign.
struct Repeated<'b> {
    what: (&'b str, i8),
    tally: Tally,
    equations: Vec<Equation>,
}

/// The row of the units that a column of a summary repeats best.
fn repeated<'b>(
    book: &'b Book<'_>,
    summary: usize,
    column: usize,
    units: &[(usize, usize)],
) -> Option<Repeated<'b>> {
    let head = &book.tables[summary].info.columns[column];
    let mut by_key: BTreeMap<(&str, i8), (Tally, Vec<Equation>)> = BTreeMap::new();
    for &(row, unit) in units {
        let total = Cell { table: summary, row, column };
        let Some(amount) = book.amount(total) else { continue };
        let grid = &book.tables[unit];
        let Some(at) = grid.info.columns.iter().position(|c| c.year == head.year && c.phase == head.phase)
        else {
            continue;
        };
        for part in (0..grid.height()).filter(|&r| grid.adds(r)) {
            let Some(printed) = grid.amount(part, at) else { continue };
            let cell = Cell { table: unit, row: part, column: at };
            for sign in [1, -1] {
                let entry = by_key.entry((grid.keys[part].as_str(), sign)).or_default();
                if let Some(b) = compare(amount, printed, sign) {
                    entry.0.compare(&b);
                    entry.1.push(Equation {
                        total,
                        terms: vec![(cell, sign)],
                        source: Source::Reprint,
                        tight: false,
                    });
                }
            }
        }
    }
    let mut best: Option<Repeated<'b>> = None;
    for (what, (tally, equations)) in by_key {
        // A key that a unit has twice would tie one figure to two.
        let once = equations.windows(2).all(|w| w[0].total != w[1].total);
        let holds = tally.held >= 1 && tally.held >= tally.failed;
        if holds && once && best.as_ref().is_none_or(|b| tally.better_than(&b.tally)) {
            best = Some(Repeated { what, tally, equations });
        }
    }
    best
}

fn compare(total: Amount, part: Amount, sign: i8) -> Option<crate::equation::Balance> {
    balance(total, [(Some(part), sign)]).filter(|b| !(b.total.is_zero() && b.sum.is_zero()))
}
