//! One table → its relations between rows, by every kind of evidence.
//!
//! In: a table, the glossary's weights. Out: [`Relations`], in order of trust:
//! glossary weights, visible hierarchy and search, levels, repeated labels,
//! the two sides of a balance sheet.

use crate::audit::book::{Book, Grid};
use crate::audit::relation::{Relation, Relations, tally};
use crate::audit::tally::{Prior, Tally};
use crate::audit::{named, stack};
use crate::equation::{Source, Weights, balance};
use crate::fact::Fact;

/// Fewest rows of one label that a table's grand total adds up.
const REPEATS: usize = 3;
/// Fewest sums by level before a table's levels are believed.
const LEVELS: u32 = 3;

pub(crate) fn find(book: &Book<'_>, table: usize, weights: &dyn Weights) -> Relations {
    let (grid, facts) = (&book.tables[table], book.facts);
    let mut out = Relations::default();
    named::find(grid, facts, weights, &mut out);
    levels(grid, facts, &mut out);
    stack::find(grid, facts, &mut out);
    repeated(grid, facts, &mut out);
    sides(grid, facts, &mut out);
    carried(grid, facts, &mut out);
    out
}

/// Totals over or under rows one level deeper. One table may have a single
/// column, where no row proves itself; so all rows of a table are judged together.
fn levels(grid: &Grid<'_>, facts: &[Fact], out: &mut Relations) {
    let rows: Vec<usize> = (0..grid.height()).filter(|&r| grid.adds(r)).collect();
    let level = |r: usize| grid.info.rows[r].level;
    if rows.iter().all(|&r| level(r) == level(rows[0])) {
        return;
    }
    for over in [true, false] {
        let mut family: Vec<Relation> = Vec::new();
        for (i, &row) in rows.iter().enumerate() {
            let block: Vec<usize> = if over {
                rows[i + 1..].iter().copied().take_while(|&r| level(r) > level(row)).collect()
            } else {
                rows[..i].iter().rev().copied().take_while(|&r| level(r) > level(row)).collect()
            };
            let Some(next) = block.iter().map(|&r| level(r)).min() else { continue };
            let terms: Vec<_> = block.iter().copied().filter(|&r| level(r) == next).map(|r| (r, 1)).collect();
            let t = tally(grid, facts, row, &terms);
            if t.held + t.failed > 0 {
                family.push(Relation { total: row, terms, source: Source::Hierarchy, tally: t });
            }
        }
        let held: u32 = family.iter().map(|r| r.tally.held).sum();
        let failed: u32 = family.iter().map(|r| r.tally.failed).sum();
        if held >= LEVELS && held >= 8 * failed {
            for relation in family {
                if out.of(relation.total).is_none() && !out.knows(&relation) {
                    out.put(relation);
                }
            }
        }
    }
}

/// `Intäkter totalt` under sections that each have a row `Intäkter`.
fn repeated(grid: &Grid<'_>, facts: &[Fact], out: &mut Relations) {
    let rows: Vec<usize> = (0..grid.height()).filter(|&r| grid.adds(r)).collect();
    let mut labels: Vec<&str> = rows.iter().map(|&r| grid.keys[r].as_str()).collect();
    labels.sort_unstable();
    let mut groups: Vec<&str> = Vec::new();
    for run in labels.chunk_by(|a, b| a == b) {
        if run.len() >= REPEATS {
            groups.push(run[0]);
        }
    }
    for &row in &rows {
        if !grid.marked(row) || out.of(row).is_some_and(|r| r.tally.failed == 0) {
            continue;
        }
        let mut best: Option<(Vec<(usize, i8)>, Tally)> = None;
        for key in &groups {
            let members = |r: &&usize| **r < row && grid.keys[**r] == *key;
            let terms: Vec<_> = rows.iter().filter(members).map(|&r| (r, 1)).collect();
            if terms.len() < REPEATS {
                continue;
            }
            let t = tally(grid, facts, row, &terms);
            if t.convinces(Prior::Anchored, groups.len())
                && best.as_ref().is_none_or(|(_, b)| t.better_than(b))
            {
                best = Some((terms, t));
            }
        }
        if let Some((terms, t)) = best {
            // Beside `netto = intäkter + kostnader` this is a second proof, not a better one.
            out.also(Relation { total: row, terms, source: Source::Hierarchy, tally: t });
        }
    }
}

/// Assets equal liabilities: the two sides of a balance sheet in one table.
fn sides(grid: &Grid<'_>, facts: &[Fact], out: &mut Relations) {
    let side = |words: [&str; 2]| -> Vec<usize> {
        (0..grid.height())
            .filter(|&r| grid.adds(r))
            .filter(|&r| {
                let label = grid.info.rows[r].label.to_lowercase();
                label.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w))
            })
            .collect()
    };
    let mut best: Option<Relation> = None;
    for &assets in &side(["aktiva", "vastaavaa"]) {
        for &liabilities in &side(["passiva", "vastattavaa"]) {
            let terms = vec![(assets, 1)];
            let equal = (0..grid.width())
                .filter(|&c| grid.additive(c))
                .filter_map(|c| Some((grid.amount(liabilities, c)?, grid.amount(assets, c)?)))
                .filter(|(a, b)| {
                    !a.value.is_zero()
                        && (a.value - b.value).abs() <= (a.step + b.step) / rust_decimal::Decimal::TWO
                })
                .count();
            let t = tally(grid, facts, liabilities, &terms);
            let relation = Relation { total: liabilities, terms, source: Source::Hierarchy, tally: t };
            if equal >= 1 && best.as_ref().is_none_or(|b| relation.tally.failed < b.tally.failed) {
                best = Some(relation);
            }
        }
    }
    if let Some(relation) = best {
        out.also(relation);
    }
}

/// `Grundkapital 1.1.`, changes, `Grundkapital 31.12.`: the closing balance of a
/// stock is its opening balance and the changes between.
fn carried(grid: &Grid<'_>, facts: &[Fact], out: &mut Relations) {
    let stem = |row: usize, date: &str| {
        let label = crate::audit::book::plain(&grid.info.rows[row].label);
        let stem = label.trim_end_matches(|c: char| !c.is_alphanumeric()).strip_suffix(date)?;
        Some(stem.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned())
    };
    let rows: Vec<usize> = (0..grid.height()).filter(|&r| grid.adds(r)).collect();
    for (i, &closing) in rows.iter().enumerate() {
        let Some(name) = stem(closing, "31.12").filter(|n| !n.is_empty()) else { continue };
        let Some(from) = rows[..i].iter().rposition(|&r| stem(r, "1.1").as_ref() == Some(&name)) else {
            continue;
        };
        if out.of(closing).is_some() {
            continue;
        }
        let terms: Vec<_> = rows[from..i].iter().map(|&r| (r, 1)).collect();
        let columns = (0..grid.width()).filter(|&c| grid.additive(c));
        let outcomes: Vec<bool> = columns
            .filter_map(|c| {
                let total = grid.amount(closing, c).filter(|a| !a.value.is_zero())?;
                balance(total, terms.iter().map(|&(r, w)| (grid.amount(r, c), w)))
            })
            .map(|b| b.holds())
            .collect();
        let held = outcomes.iter().filter(|&&held| held).count();
        if held >= 2 && held > outcomes.len() - held {
            let t = tally(grid, facts, closing, &terms);
            out.also(Relation { total: closing, terms, source: Source::Hierarchy, tally: t });
        }
    }
}
