//! Failed equations → the cells to blame, after Fellegi and Holt (1976).
//!
//! In: equations over cells and what is printed in them. Out: for every group
//! of failed equations that hang together, the cheapest set of cells whose
//! change satisfies all equations, also those that held before; and the value
//! that each would have to be. A cell that holds up other equations is costly
//! to change, since those must be repaired too. Best first, bounded by nodes
//! and never by the clock; exact decimals throughout. Refuses: to choose where
//! several sets cost the same, or when the bound is met: `unsolved`.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use rust_decimal::Decimal;

use crate::equation::{Amount, Cell, Equation, Source};

/// Nodes looked at for one group of failed equations.
const NODES: usize = 8000;
/// Nodes kept for later in one search.
const KEPT: usize = 60_000;
/// Most cells blamed for one group.
const CELLS: usize = 8;
/// How much cheaper than others an answer must be; less is a tie.
const LEAD: i32 = 4;
/// Cost of changing a cell that nothing speaks against or for.
pub(crate) const CELL_COST: i32 = 100;

/// A cell to blame.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Blame {
    pub(crate) cell: Cell,
    pub(crate) printed: Decimal,
    pub(crate) consistent: Decimal,
    /// The failed equations that it explains, indices.
    pub(crate) equations: Vec<usize>,
}

/// What came of all failed equations.
#[derive(Debug, Default)]
pub(crate) struct Located {
    pub(crate) blames: Vec<Blame>,
    /// Groups of failed equations without one best answer.
    pub(crate) unsolved: Vec<Vec<usize>>,
}

/// How costly it is to say that a cell should be something else; `CELL_COST` is neutral.
pub(crate) trait Price {
    /// The price of `cell` becoming `value`, when it is total or term of these failed equations.
    fn of(&self, cell: Cell, printed: Decimal, value: Decimal, failed: &[&Equation]) -> i32;
}

struct Row {
    vars: Vec<(usize, Decimal)>,
    tolerance: Decimal,
}

struct System<'e> {
    equations: &'e [Equation],
    cells: Vec<Cell>,
    values: Vec<Amount>,
    rows: Vec<Row>,
    touching: Vec<Vec<usize>>,
    /// Cells that an earlier answer has settled.
    settled: BTreeSet<usize>,
}

type Deltas = BTreeMap<usize, Decimal>;

pub(crate) fn locate(
    equations: &[Equation],
    amount: impl Fn(Cell) -> Option<Amount>,
    price: &dyn Price,
) -> Located {
    let mut system = System::new(equations, amount);
    let mut located = Located::default();
    for group in system.groups() {
        // An earlier answer may have settled this group as well.
        let group: Vec<usize> = group.into_iter().filter(|&e| system.violated(e, &Deltas::new())).collect();
        if group.is_empty() {
            continue;
        }
        match system.search(&group, price) {
            Some(deltas) => {
                let blames = system.blames(&group, &deltas);
                for blame in &blames {
                    if let Some(var) = system.cells.iter().position(|&c| c == blame.cell) {
                        system.values[var].value = blame.consistent;
                        system.settled.insert(var);
                    }
                }
                located.blames.extend(blames);
                let none = Deltas::new();
                let open: Vec<usize> = group.into_iter().filter(|&e| system.violated(e, &none)).collect();
                if !open.is_empty() {
                    located.unsolved.push(open);
                }
            }
            None => located.unsolved.push(group),
        }
    }
    located.blames.sort_by_key(|b| b.cell);
    located
}

impl<'e> System<'e> {
    fn new(equations: &'e [Equation], amount: impl Fn(Cell) -> Option<Amount>) -> Self {
        let mut index: BTreeMap<Cell, usize> = BTreeMap::new();
        let (mut cells, mut values, mut touching) = (Vec::new(), Vec::new(), Vec::<Vec<usize>>::new());
        let mut rows = Vec::with_capacity(equations.len());
        for (number, equation) in equations.iter().enumerate() {
            let mut row = Row { vars: Vec::new(), tolerance: Decimal::ZERO };
            let step = amount(equation.total).map_or(Decimal::ONE, |a| a.step);
            for (cell, weight) in equation.cells() {
                let printed = amount(cell);
                // An empty cell counts as nothing, and may be what is wrong: a figure left out.
                let a = printed.unwrap_or(Amount::empty(step));
                let var = *index.entry(cell).or_insert_with(|| {
                    cells.push(cell);
                    values.push(a);
                    touching.push(Vec::new());
                    cells.len() - 1
                });
                touching[var].push(number);
                row.vars.push((var, Decimal::from(weight)));
                if printed.is_some() {
                    row.tolerance += a.step * crate::equation::HALF;
                }
            }
            row.tolerance = equation.tolerance(row.tolerance, step);
            rows.push(row);
        }
        System { equations, cells, values, rows, touching, settled: BTreeSet::new() }
    }

    /// Sum of the terms less the total.
    fn residual(&self, equation: usize, deltas: &Deltas) -> Decimal {
        self.rows[equation]
            .vars
            .iter()
            .map(|&(var, weight)| {
                weight * (self.values[var].value + deltas.get(&var).copied().unwrap_or_default())
            })
            .sum()
    }

    fn violated(&self, equation: usize, deltas: &Deltas) -> bool {
        self.residual(equation, deltas).abs() > self.rows[equation].tolerance
    }

    /// Failed equations that share cells, in print order. Changes of one column
    /// that a sum ties together belong together as well: that sum holds only
    /// because all of them are wrong alike.
    fn groups(&self) -> Vec<Vec<usize>> {
        let none = Deltas::new();
        let failed: Vec<usize> = (0..self.rows.len()).filter(|&e| self.violated(e, &none)).collect();
        let bad: BTreeSet<usize> = failed.iter().copied().collect();
        let changes: BTreeMap<Cell, usize> = failed
            .iter()
            .filter(|&&e| self.equations[e].source == Source::Columns)
            .map(|&e| (self.equations[e].total, e))
            .collect();
        let mut seen: BTreeSet<usize> = BTreeSet::new();
        let mut groups = Vec::new();
        for &start in &failed {
            if !seen.insert(start) {
                continue;
            }
            let (mut group, mut next) = (vec![start], vec![start]);
            while let Some(e) = next.pop() {
                for &(var, _) in &self.rows[e].vars {
                    for &other in &self.touching[var] {
                        let tied = self.rows[other].vars.iter().filter_map(|v| changes.get(&self.cells[v.0]));
                        let tied = tied.copied().filter(|_| changes.contains_key(&self.cells[var]));
                        for other in std::iter::once(other).filter(|o| bad.contains(o)).chain(tied) {
                            if seen.insert(other) {
                                group.push(other);
                                next.push(other);
                            }
                        }
                    }
                }
            }
            group.sort_unstable();
            groups.push(group);
        }
        groups
    }

    /// The violated equation with the fewest cells left to change.
    fn next_violated(&self, group: &[usize], deltas: &Deltas) -> Option<usize> {
        let touched = deltas.keys().flat_map(|&v| self.touching[v].iter().copied());
        let all: BTreeSet<usize> = group.iter().copied().chain(touched).collect();
        all.into_iter().filter(|&e| self.violated(e, deltas)).min_by_key(|&e| (self.rows[e].vars.len(), e))
    }

    fn search(&self, group: &[usize], price: &dyn Price) -> Option<Deltas> {
        let failed: Vec<&Equation> = group.iter().map(|&e| &self.equations[e]).collect();
        let mut heap = BinaryHeap::new();
        let mut kept: Vec<Deltas> = vec![Deltas::new()];
        heap.push(Reverse((0_i32, 0_usize)));
        let mut done: BTreeSet<Vec<usize>> = BTreeSet::new();
        let mut answers: Vec<(i32, Deltas)> = Vec::new();
        for _ in 0..NODES {
            let Some(Reverse((cost, node))) = heap.pop() else { break };
            if answers.first().is_some_and(|&(best, _)| cost > best + LEAD) {
                break;
            }
            let deltas = kept[node].clone();
            let Some(equation) = self.next_violated(group, &deltas) else {
                answers.push((cost, deltas));
                continue;
            };
            if deltas.len() >= CELLS {
                continue;
            }
            let residual = self.residual(equation, &deltas);
            for &(var, weight) in &self.rows[equation].vars {
                if deltas.contains_key(&var) || self.settled.contains(&var) || kept.len() >= KEPT {
                    continue;
                }
                let mut child = deltas.clone();
                child.insert(var, -residual * weight);
                if !done.insert(child.keys().copied().collect()) {
                    continue;
                }
                let printed = self.values[var].value;
                let step = price.of(self.cells[var], printed, printed - residual * weight, &failed);
                kept.push(child);
                heap.push(Reverse((cost + step.max(1), kept.len() - 1)));
            }
        }
        self.choose(answers, &failed)
    }

    /// The cheapest answer, if it leads; else the one that blames a total alone.
    fn choose(&self, mut answers: Vec<(i32, Deltas)>, failed: &[&Equation]) -> Option<Deltas> {
        if answers.is_empty() {
            return None;
        }
        let (_, best) = answers.remove(0);
        answers.retain(|(_, a)| a.len() <= best.len());
        let total = |a: &Deltas| {
            let heads = |cell: Cell| failed.iter().any(|e| e.total == cell && e.source != Source::Units);
            a.len() == 1 && a.keys().all(|&v| heads(self.cells[v]))
        };
        if answers.is_empty() || total(&best) {
            return Some(best);
        }
        if let Some((_, blames_total)) = answers.iter().find(|(_, a)| total(a)) {
            return Some(blames_total.clone());
        }
        // What all answers say is sure; the rest stays open.
        let common: Deltas =
            best.into_iter().filter(|(var, d)| answers.iter().all(|(_, a)| a.get(var) == Some(d))).collect();
        (!common.is_empty()).then_some(common)
    }

    /// What each changed cell would be, by the equations with the most weight.
    fn blames(&self, group: &[usize], deltas: &Deltas) -> Vec<Blame> {
        deltas
            .keys()
            .map(|&var| {
                let mut votes: Vec<(Decimal, u32, usize)> = Vec::new();
                for &e in &self.touching[var] {
                    let Some(&(_, weight)) = self.rows[e].vars.iter().find(|v| v.0 == var) else { continue };
                    if self.violated(e, deltas) {
                        continue;
                    }
                    let now = self.values[var].value + deltas[&var];
                    let step = self.values[var].step;
                    let exact = now - self.residual(e, deltas) * weight;
                    let value = (exact / step)
                        .round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                        * step;
                    // A total is what its parts say it is; a part is only what is left over.
                    let own = u32::from(self.equations[e].total == self.cells[var]);
                    let trust = trust(self.equations[e].source) + own;
                    let terms = self.rows[e].vars.len();
                    if value == self.values[var].value {
                        continue;
                    }
                    match votes.iter_mut().find(|v| v.0 == value) {
                        Some(v) => {
                            v.1 += trust;
                            v.2 = v.2.min(terms);
                        }
                        None => votes.push((value, trust, terms)),
                    }
                }
                let fallback = self.values[var].value + deltas[&var];
                let consistent =
                    votes.iter().max_by_key(|v| (v.1, Reverse(v.2), Reverse(v.0))).map_or(fallback, |v| v.0);
                Blame {
                    cell: self.cells[var],
                    printed: self.values[var].value,
                    consistent: consistent.normalize(),
                    equations: self.touching[var].iter().copied().filter(|e| group.contains(e)).collect(),
                }
            })
            .collect()
    }
}

fn trust(source: Source) -> u32 {
    match source {
        Source::Weights | Source::Hierarchy => 3,
        Source::Search | Source::Columns | Source::Reprint => 2,
        Source::Units => 2,
    }
}
