//! Glossary weights → relations between the concepts of one table.
//!
//! In: rows with concept ids, the weights. Out: a relation for each total whose
//! terms are printed in the same block, above it or below it; the block ends
//! where the total's concept comes again. A term that is not printed is
//! replaced by its own terms. Costs may be printed positive: then the signs
//! under which the columns agree are taken, table by table, and nothing else
//! is changed. Refuses: a sum of which fewer than two terms are printed.

use crate::audit::book::Grid;
use crate::audit::relation::{Relation, Relations, may_hold, tally};
use crate::audit::tally::{Prior, Tally};
use crate::equation::{Source, Weights};
use crate::fact::Fact;

/// How deep a missing term is replaced by its own terms.
const DEPTH: usize = 3;
/// Most terms whose signs are searched.
const SIGNED_TERMS: usize = 8;

pub(crate) fn find(grid: &Grid<'_>, facts: &[Fact], weights: &dyn Weights, out: &mut Relations) {
    for row in 0..grid.height() {
        let Some(concept) = grid.info.rows[row].concept.as_deref() else { continue };
        if !grid.adds(row) {
            continue;
        }
        let Some(parts) = weights.terms(concept) else { continue };
        let above: Vec<usize> = (0..row).rev().collect();
        let below: Vec<usize> = (row + 1..grid.height()).collect();
        let mut best: Option<(Vec<(usize, i8)>, Tally)> = None;
        for block in [above, below] {
            let block = until_repeat(grid, concept, block);
            let mut terms = Vec::new();
            gather(grid, weights, &parts, 1, &block, DEPTH, &mut terms);
            terms.sort_unstable();
            terms.dedup_by_key(|t| t.0);
            if terms.len() < 2 {
                continue;
            }
            if let Some((terms, t)) = signed(grid, facts, row, terms)
                && best.as_ref().is_none_or(|(_, b)| t.better_than(b))
            {
                best = Some((terms, t));
            }
        }
        if let Some((terms, tally)) = best {
            let relation = Relation { total: row, terms, source: Source::Weights, tally };
            if !out.knows(&relation) {
                out.put(relation);
            }
        }
    }
}

/// The rows of the block that can be added, nearest first.
fn until_repeat(grid: &Grid<'_>, concept: &str, rows: Vec<usize>) -> Vec<usize> {
    rows.into_iter()
        .take_while(|&r| grid.info.rows[r].concept.as_deref() != Some(concept) || !grid.adds(r))
        .filter(|&r| grid.adds(r))
        .collect()
}

fn gather(
    grid: &Grid<'_>,
    weights: &dyn Weights,
    parts: &[(String, i8)],
    sign: i8,
    block: &[usize],
    depth: usize,
    out: &mut Vec<(usize, i8)>,
) {
    for (id, weight) in parts {
        if let Some(&row) = block.iter().find(|&&r| grid.info.rows[r].concept.as_deref() == Some(id)) {
            out.push((row, sign * weight));
        } else if depth > 0
            && let Some(parts) = weights.terms(id)
        {
            gather(grid, weights, &parts, sign * weight, block, depth - 1, out);
        }
    }
}

/// The signs of the glossary, or those under which the columns agree.
fn signed(
    grid: &Grid<'_>,
    facts: &[Fact],
    total: usize,
    terms: Vec<(usize, i8)>,
) -> Option<(Vec<(usize, i8)>, Tally)> {
    let as_given = tally(grid, facts, total, &terms);
    if as_given.failed == 0 && as_given.convinces(Prior::Named, 1) {
        return Some((terms, as_given));
    }
    let mut best = as_given.convinces(Prior::Named, 1).then(|| (terms.clone(), as_given));
    if terms.len() <= SIGNED_TERMS {
        let tried = 1_usize << terms.len();
        let mut masks: Vec<usize> = (1..tried).collect();
        masks.sort_by_key(|m| m.count_ones());
        for mask in masks {
            let flipped: Vec<_> = terms
                .iter()
                .enumerate()
                .map(|(i, &(r, w))| (r, if mask >> i & 1 == 1 { -w } else { w }))
                .collect();
            if !may_hold(grid, total, &flipped) {
                continue;
            }
            let t = tally(grid, facts, total, &flipped);
            if t.convinces(Prior::Named, tried) && best.as_ref().is_none_or(|(_, b)| t.better_than(b)) {
                best = Some((flipped, t));
            }
        }
    }
    best
}
