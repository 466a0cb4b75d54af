//! Rows in print order → relations, as a reader with a pencil finds them.
//!
//! In: a table's figures. Out: relations. Going down the table, the rows that
//! no sum has taken up yet stay open; a row that equals the last few of them is
//! their total, takes them up and stays open itself, so that sums of sums come
//! out of the same rule. Then upwards, for books that print totals over their
//! parts. Then differences (`netto`, costs printed positive). Linear in rows
//! times open rows: running sums decide which runs are worth a closer look.
//! Refuses: a relation that chance explains ([`Tally::convinces`]).

use std::collections::BTreeSet;

use crate::audit::book::{Grid, plain};
use crate::audit::relation::{Relation, Relations, may_hold, tally};
use crate::audit::tally::{Prior, Tally};
use crate::equation::Source;
use crate::fact::Fact;

/// Longest run that is searched for differences.
const SIGNED_RUN: usize = 5;
/// Sign patterns tried for one row, for the guard against chance.
const SIGNED_TRIED: usize = 56;
/// Longest run of open rows.
const RUN: usize = 400;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Down,
    Up,
}

pub(crate) fn find(grid: &Grid<'_>, facts: &[Fact], out: &mut Relations) {
    let pass = Pass { grid, facts };
    pass.run(Way::Down, out, |p, row, open, out| p.plain_sum(row, open, Way::Down, out));
    pass.run(
        Way::Down,
        out,
        |p, row, open, out| if p.grid.marked(row) { p.difference(row, open, out) } else { None },
    );
    pass.run(Way::Up, out, |p, row, open, out| p.plain_sum(row, open, Way::Up, out));
    pass.run(Way::Down, out, |p, row, open, out| p.difference(row, open, out));
}

struct Pass<'g> {
    grid: &'g Grid<'g>,
    facts: &'g [Fact],
}

impl Pass<'_> {
    fn run(
        &self,
        way: Way,
        out: &mut Relations,
        find: impl Fn(&Self, usize, &[usize], &Relations) -> Option<Relation>,
    ) {
        let mut rows: Vec<usize> = (0..self.grid.height()).filter(|&r| self.grid.adds(r)).collect();
        if way == Way::Up {
            rows.reverse();
        }
        let mut open: Vec<usize> = Vec::new();
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for row in rows {
            let like: Vec<usize> =
                open.iter().copied().filter(|&r| self.grid.measure(r) == self.grid.measure(row)).collect();
            // A relation that fails somewhere may be one with a row left out: look for a better one.
            if out.of(row).is_none_or(|r| r.tally.failed > 0)
                && let Some(found) = find(self, row, &like, out)
            {
                let better = out
                    .of(row)
                    .is_none_or(|r| found.tally.failed < r.tally.failed && found.tally.held >= r.tally.held);
                if better && !out.knows(&found) {
                    match opening(self.grid, &found) {
                        Some(turned) => out.also(turned),
                        None => out.put(found),
                    }
                }
            }
            if let Some(relation) = out.of(row) {
                let terms: BTreeSet<usize> = relation.terms.iter().map(|t| t.0).collect();
                open.retain(|r| !terms.contains(r));
                taken.extend(terms);
            }
            if !taken.contains(&row) {
                open.push(row);
            }
        }
    }

    /// The run of last open rows that adds up to `row`.
    fn plain_sum(&self, row: usize, open: &[usize], way: Way, known: &Relations) -> Option<Relation> {
        let columns: Vec<usize> = (0..self.grid.width())
            .filter(|&c| self.grid.additive(c) && self.grid.amount(row, c).is_some())
            .collect();
        // In floats, which only say where to look closely.
        let mut sums = vec![(0.0, 0.0, 0_usize); columns.len()];
        let mut best: Option<(usize, Tally, Prior)> = None;
        let mut stop_ties = false;
        for length in 1..=open.len().min(RUN) {
            let first = open[open.len() - length];
            for (&column, (sum, steps, nonzero)) in columns.iter().zip(&mut sums) {
                if let Some(a) = self.grid.amount(first, column) {
                    *sum += a.near();
                    *steps += a.near_step();
                    *nonzero += usize::from(!a.value.is_zero());
                }
            }
            // A run that begins with zeros is as good with them as without: take them in,
            // but not over a heading or an earlier sum.
            stop_ties |=
                self.grid.marked(first) || known.of(first).is_some() || self.anchored(row, first, way, known);
            let agrees = columns.iter().zip(&sums).any(|(&column, &(sum, steps, nonzero))| {
                self.grid
                    .amount(row, column)
                    .is_some_and(|a| nonzero >= 2 && (a.near() - sum).abs() <= steps + a.near_step())
            });
            if length < 2 || !agrees {
                continue;
            }
            let terms: Vec<_> = open[open.len() - length..].iter().map(|&r| (r, 1)).collect();
            let t = tally(self.grid, self.facts, row, &terms);
            let prior = self.prior(row, first, way, known);
            let tie = best.as_ref().is_some_and(|(_, b, _)| !b.better_than(&t) && !t.better_than(b));
            let wins = best.as_ref().is_none_or(|(_, b, _)| t.better_than(b));
            if t.convinces(prior, open.len())
                && (wins || (tie && self.grid.zero(first) && !self.grid.marked(first)))
            {
                best = Some((length, t, prior));
            }
            if stop_ties && best.as_ref().is_some_and(|(_, b, _)| b.failed == 0) {
                break;
            }
        }
        best.map(|(length, tally, prior)| Relation {
            total: row,
            terms: open[open.len() - length..].iter().map(|&r| (r, 1)).collect(),
            source: if prior == Prior::Found { Source::Search } else { Source::Hierarchy },
            tally,
        })
    }

    /// The last few open rows, some of them taken off.
    fn difference(&self, row: usize, open: &[usize], known: &Relations) -> Option<Relation> {
        if open.iter().rev().take(SIGNED_RUN).any(|&r| self.repeats(row, r)) {
            return None;
        }
        let mut best: Option<Relation> = None;
        let prior = if self.grid.marked(row) { Prior::Marked } else { Prior::Found };
        for length in 2..=SIGNED_RUN.min(open.len()) {
            let run = &open[open.len() - length..];
            for mask in 1..1_usize << length {
                let terms: Vec<_> = run
                    .iter()
                    .enumerate()
                    .map(|(i, &r)| (r, if mask >> i & 1 == 1 { -1 } else { 1 }))
                    .collect();
                if !may_hold(self.grid, row, &terms) {
                    continue;
                }
                let t = tally(self.grid, self.facts, row, &terms);
                if !t.convinces(prior, SIGNED_TRIED)
                    || best.as_ref().is_some_and(|b| !t.better_than(&b.tally))
                {
                    continue;
                }
                let source = if prior == Prior::Found { Source::Search } else { Source::Hierarchy };
                let relation = Relation { total: row, terms, source, tally: t };
                if !known.knows(&relation) {
                    best = Some(relation);
                }
            }
        }
        best
    }

    /// Whether `row` only repeats another row: then any rows that add up to zero
    /// beside it would look like a sum.
    fn repeats(&self, row: usize, other: usize) -> bool {
        let pairs: Vec<bool> = (0..self.grid.width())
            .filter(|&c| self.grid.additive(c))
            .filter_map(|c| Some((self.grid.amount(row, c)?.value, self.grid.amount(other, c)?.value)))
            .filter(|(a, _)| !a.is_zero())
            .map(|(a, b)| a == b)
            .collect();
        !pairs.is_empty() && 2 * pairs.iter().filter(|&&same| same).count() >= pairs.len()
    }

    fn prior(&self, row: usize, first: usize, way: Way, known: &Relations) -> Prior {
        match (self.grid.marked(row), self.anchored(row, first, way, known)) {
            (true, true) => Prior::Anchored,
            (true, false) => Prior::Marked,
            (false, _) => Prior::Found,
        }
    }

    /// Whether a block begins at `first`: nothing, a heading or a sum stands before it.
    fn anchored(&self, row: usize, first: usize, way: Way, known: &Relations) -> bool {
        let before = match way {
            Way::Down => first.checked_sub(1),
            Way::Up => Some(first + 1).filter(|&r| r < self.grid.height()),
        };
        before
            .is_none_or(|b| b == row || !self.grid.filled(b) || self.grid.marked(b) || known.of(b).is_some())
    }
}

/// An opening balance is nobody's total: `1.1. = 31.12. − change` is
/// `change = 31.12. − 1.1.`, which is how the book means it.
fn opening(grid: &Grid<'_>, found: &Relation) -> Option<Relation> {
    let label = plain(&grid.info.rows[found.total].label);
    let (&[(a, wa), (b, wb)], true) = (&found.terms[..], label.trim_end_matches('.').ends_with("1.1")) else {
        return None;
    };
    let (change, closing) = match (wa, wb) {
        (-1, 1) => (a, b),
        (1, -1) => (b, a),
        _ => return None,
    };
    let terms = vec![(closing, 1), (found.total, -1)];
    Some(Relation { total: change, terms, source: found.source, tally: found.tally.clone() })
}
