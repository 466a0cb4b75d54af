//! Relations of one table → the same relations in tables like it.
//!
//! In: the relations that the tables of a book bear out by themselves. Out:
//! those relations in tables with the same row names that do not bear them
//! out, because they have one column, or errors in every column. Refuses: a
//! pattern that fewer than two other tables bear out without a failure.

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::book::{Book, Grid};
use crate::audit::relation::{Relation, Relations, tally};
use crate::equation::Source;

/// Fewest tables that must bear a pattern out.
const TABLES: usize = 2;

/// Name of the total; names and signs of the terms.
type Pattern = (String, Vec<(String, i8)>);

pub(crate) fn spread(book: &Book<'_>, relations: &mut [Relations]) {
    let mut proven: BTreeMap<Pattern, BTreeSet<usize>> = BTreeMap::new();
    let mut refuted: BTreeSet<Pattern> = BTreeSet::new();
    for (table, found) in relations.iter().enumerate() {
        let grid = &book.tables[table];
        for relation in found.iter() {
            let Some(pattern) = pattern(grid, relation) else { continue };
            if relation.tally.failed > relation.tally.held {
                refuted.insert(pattern);
            } else if relation.tally.held > 0 && relation.tally.failed == 0 {
                proven.entry(pattern).or_default().insert(table);
            }
        }
    }
    proven.retain(|pattern, tables| tables.len() >= TABLES && !refuted.contains(pattern));
    for (table, found) in relations.iter_mut().enumerate() {
        let grid = &book.tables[table];
        for ((name, terms), tables) in &proven {
            let Some(total) = row(grid, name) else { continue };
            if tables.contains(&table) || found.of(total).is_some() {
                continue;
            }
            let Some(terms) =
                terms.iter().map(|(n, sign)| Some((row(grid, n)?, *sign))).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let tally = tally(grid, book.facts, total, &terms);
            found.also(Relation { total, terms, source: Source::Hierarchy, tally });
        }
    }
}

fn pattern(grid: &Grid<'_>, relation: &Relation) -> Option<Pattern> {
    let name = |r: usize| row(grid, &grid.keys[r]).map(|_| grid.keys[r].clone());
    let terms: Option<Vec<_>> = relation.terms.iter().map(|&(r, sign)| Some((name(r)?, sign))).collect();
    Some((name(relation.total)?, terms?))
}

/// The one row of that name.
fn row(grid: &Grid<'_>, name: &str) -> Option<usize> {
    let mut rows = (0..grid.height()).filter(|&r| grid.adds(r) && grid.keys[r] == name);
    let first = rows.next()?;
    rows.next().is_none().then_some(first)
}
