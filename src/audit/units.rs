//! Tables of one book → sums over tables: units add up to their area.
//!
//! In: all tables. Out: an equation for each row and column of a table that
//! other tables add up to, and the columns of unit tables whose head carries
//! the wrong year. As with rows, tables that no parent has taken up stay open;
//! a table whose rows are the sums of the nearest open ones with the same rows
//! is their parent, whether it stands before its units or after them. Columns
//! are matched by phase and year, and by position: where position alone makes
//! the sums hold, the printed years are stale. Costs may be printed positive
//! in the parent alone; that is decided row by row. Refuses: a parent that
//! fewer than two cells in three bear out.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::audit::book::{Book, Grid};
use crate::audit::stale::{self, StaleHead};
use crate::audit::tally::Tally;
use crate::equation::{Amount, Cell, Equation, Source, balance};
use crate::fact::Phase;

/// Fewest distinct sums that make a table the parent of others.
const HELD: u32 = 3;
/// Least surprise, as a power of ten.
const SURPRISE: f64 = 9.0;
/// Most units of one parent.
const UNITS: usize = 60;
/// Rows of a parent that are probed before the units are looked at closely.
const PROBES: usize = 8;
/// What the structure of the book gives.
#[derive(Default)]
pub(crate) struct Structure {
    pub(crate) equations: Vec<Equation>,
    pub(crate) stale: Vec<StaleHead>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    Year,
    Position,
}

/// A parent with its units, and how far they add up.
struct Family {
    parent: usize,
    units: Vec<usize>,
    by: Match,
    rows: Vec<FamilyRow>,
    tally: Tally,
}

/// One row of the parent: its total row, the sign of the units' figures.
struct FamilyRow {
    key: u32,
    row: usize,
    sign: i8,
}

pub(crate) fn find(book: &Book<'_>) -> Structure {
    let index: Vec<Index> = book.tables.iter().map(Index::new).collect();
    let heads = Heads::of(book);
    let mut finder = Finder { book, index, heads, families: Vec::new(), taken: BTreeSet::new() };
    finder.by_entity();
    finder.by_order(true);
    finder.by_order(false);
    let mut out = Structure::default();
    for family in &finder.families {
        finder.equations(family, &mut out.equations);
        if family.by == Match::Position {
            stale::find(book, family.parent, &family.units, &family.tally, &mut out.stale);
        }
    }
    out
}

/// Rows by key, where the key stands for one row alone; in the order of the keys.
struct Index(Vec<(u32, usize)>);

impl Index {
    fn new(grid: &Grid<'_>) -> Self {
        let mut rows: Vec<(u32, usize)> =
            (0..grid.height()).filter(|&r| grid.adds(r)).map(|r| (grid.ids[r], r)).collect();
        rows.sort_unstable();
        Index(rows.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() == 1).map(|same| same[0]).collect())
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn get(&self, key: u32) -> Option<usize> {
        self.0.binary_search_by_key(&key, |r| r.0).ok().map(|at| self.0[at].1)
    }

    fn rows(&self) -> impl Iterator<Item = (u32, usize)> + '_ {
        self.0.iter().copied()
    }

    /// How many keys two tables share.
    fn common(&self, other: &Index) -> usize {
        let (mut i, mut j, mut n) = (0, 0, 0);
        while let (Some(a), Some(b)) = (self.0.get(i), other.0.get(j)) {
            n += usize::from(a.0 == b.0);
            (i, j) = (i + usize::from(a.0 <= b.0), j + usize::from(b.0 <= a.0));
        }
        n
    }
}

/// The columns of a table, as numbers that are the same for the same head in all tables.
#[derive(PartialEq)]
struct Heads {
    ids: Vec<u32>,
    /// Whether no two columns have the same head.
    distinct: bool,
}

impl Heads {
    fn of(book: &Book<'_>) -> Vec<Heads> {
        let mut known: FxHashMap<(Phase, Option<i16>, &str), u32> = FxHashMap::default();
        let mut all = Vec::with_capacity(book.tables.len());
        for grid in &book.tables {
            let columns = grid.info.columns.iter();
            let keys =
                columns.map(|h| (h.phase, h.year, if h.year.is_some() { "" } else { h.label.as_str() }));
            let ids: Vec<u32> = keys
                .map(|key| {
                    let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
                    *known.entry(key).or_insert(next)
                })
                .collect();
            let distinct = ids.iter().enumerate().all(|(i, id)| !ids[..i].contains(id));
            all.push(Heads { ids, distinct });
        }
        all
    }
}

/// A cell of a parent, and the running sums of its units' cells: by year and by position.
struct Probe {
    column: usize,
    total: f64,
    sums: [Sum; 2],
}

/// A running sum in floats, which only says where to look closely.
#[derive(Clone, Copy)]
struct Sum {
    value: f64,
    steps: f64,
    nonzero: usize,
    /// Whether it meets the total.
    met: bool,
}

impl Sum {
    fn add(&mut self, amount: Amount, total: f64) {
        self.value += amount.near();
        self.steps += amount.near_step();
        self.nonzero += usize::from(!amount.value.is_zero());
        self.met = self.nonzero >= 2 && (total - self.value.abs()).abs() <= self.steps;
    }
}

struct Finder<'b, 'a> {
    book: &'b Book<'a>,
    index: Vec<Index>,
    heads: Vec<Heads>,
    families: Vec<Family>,
    taken: BTreeSet<usize>,
}

impl Finder<'_, '_> {
    /// Units whose entity path is one step longer than the parent's.
    fn by_entity(&mut self) {
        let path = |t: usize| &self.book.tables[t].info.entity_path;
        let mut found = Vec::new();
        for parent in 0..self.book.tables.len() {
            let units: Vec<usize> = (0..self.book.tables.len())
                .filter(|&u| path(u).len() == path(parent).len() + 1 && path(u).starts_with(path(parent)))
                .filter(|&u| self.alike(parent, u))
                .collect();
            let entities: BTreeSet<_> = units.iter().map(|&u| path(u)).collect();
            if units.len() >= 2 && entities.len() == units.len() && units.len() <= UNITS {
                found.extend(self.family(parent, &units));
            }
        }
        for family in found {
            self.keep(family);
        }
    }

    /// Units next to their parent: after it, or before it.
    fn by_order(&mut self, parent_first: bool) {
        let mut order: Vec<usize> = (0..self.book.tables.len()).collect();
        if parent_first {
            order.reverse();
        }
        let mut open: Vec<usize> = Vec::new();
        for parent in order {
            if !self.families.iter().any(|f| f.parent == parent) {
                let near: Vec<usize> =
                    open.iter().rev().copied().filter(|&u| self.alike(parent, u)).take(UNITS).collect();
                let mut best: Option<Family> = None;
                for count in self.promising(parent, &near) {
                    if let Some(family) = self.family(parent, &near[..count])
                        && best.as_ref().is_none_or(|b| family.tally.better_than(&b.tally))
                    {
                        best = Some(family);
                    }
                }
                if let Some(family) = best {
                    self.keep(family);
                }
            }
            if let Some(family) = self.families.iter().find(|f| f.parent == parent) {
                open.retain(|u| !family.units.contains(u));
            }
            if !self.taken.contains(&parent) {
                open.push(parent);
            }
        }
    }

    /// How many of the nearest tables could be the units: those counts at which
    /// some probed cell of the parent is met by the running sum.
    fn promising(&self, parent: usize, near: &[usize]) -> Vec<usize> {
        let grid = &self.book.tables[parent];
        let mut probes: Vec<(u32, Vec<Probe>)> = Vec::new();
        for (key, row) in self.index[parent].rows().filter(|r| !grid.zero(r.1)).take(PROBES) {
            let columns = (0..grid.width()).filter(|&c| grid.additive(c));
            let amounts = columns.filter_map(|c| Some((c, grid.amount(row, c)?)));
            let probe = |(column, a): (usize, Amount)| Probe {
                column,
                total: a.near().abs(),
                sums: [Sum { value: 0.0, steps: a.near_step(), nonzero: 0, met: false }; 2],
            };
            probes.push((key, amounts.filter(|(_, a)| !a.value.is_zero()).map(probe).collect()));
        }
        let mut met = 0_usize;
        let mut counts = Vec::new();
        // As long as year and position say the same, one sum stands for both.
        let mut alike = true;
        for (i, &unit) in near.iter().enumerate() {
            // Units mostly have the heads of their parent, and then every column is its own.
            let same = self.heads[parent].distinct && self.heads[parent] == self.heads[unit];
            let map = |by| (0..grid.width()).map(|c| self.column(parent, c, unit, by)).collect();
            let maps: [Vec<Option<usize>>; 2] =
                if same { Default::default() } else { [map(Match::Year), map(Match::Position)] };
            if alike && !same && maps[0] != maps[1] {
                alike = false;
                for p in probes.iter_mut().flat_map(|p| &mut p.1) {
                    p.sums[1] = p.sums[0];
                    met += usize::from(p.sums[1].met);
                }
            }
            let ways = if alike { 1 } else { 2 };
            for (key, cells) in &mut probes {
                let Some(row) = self.index[unit].get(*key) else { continue };
                for p in cells {
                    for (sum, map) in p.sums.iter_mut().zip(&maps).take(ways) {
                        let column = if same { Some(p.column) } else { map[p.column] };
                        let amount = column.and_then(|c| self.book.tables[unit].amount(row, c));
                        let Some(a) = amount else { continue };
                        met -= usize::from(sum.met);
                        sum.add(a, p.total);
                        met += usize::from(sum.met);
                    }
                }
            }
            if met > 0 && i >= 1 {
                counts.push(i + 1);
            }
        }
        counts
    }

    fn keep(&mut self, family: Family) {
        self.taken.extend(family.units.iter().copied());
        self.families.push(family);
    }

    /// Whether two tables have rows in common that could add up.
    fn alike(&self, a: usize, b: usize) -> bool {
        let common = self.index[a].common(&self.index[b]);
        a != b && (common >= 2 || (common == 1 && self.index[a].len().min(self.index[b].len()) <= 2))
    }

    /// The column of a unit that belongs to a column of the parent.
    fn column(&self, parent: usize, column: usize, unit: usize, by: Match) -> Option<usize> {
        let (p, u) = (&self.book.tables[parent], &self.book.tables[unit]);
        let head = &p.info.columns[column];
        match by {
            Match::Position => {
                (column < u.width() && u.info.columns[column].phase == head.phase).then_some(column)
            }
            Match::Year => {
                let id = self.heads[parent].ids[column];
                let mut found = (0..u.width()).filter(|c| self.heads[unit].ids[*c] == id);
                let first = found.next()?;
                found.next().is_none().then_some(first)
            }
        }
    }

    /// Parent and units, if the figures bear it out.
    fn family(&self, parent: usize, units: &[usize]) -> Option<Family> {
        let by_year = self.fit(parent, units, Match::Year);
        let by_position = self.fit(parent, units, Match::Position);
        let best = if by_position.tally.better_than(&by_year.tally) { by_position } else { by_year };
        let t = &best.tally;
        (t.held >= HELD && t.held >= 2 * t.failed && t.surprise >= SURPRISE).then_some(best)
    }

    fn fit(&self, parent: usize, units: &[usize], by: Match) -> Family {
        let grid = &self.book.tables[parent];
        let mut rows = Vec::new();
        let mut all = Tally::default();
        for (key, row) in self.index[parent].rows() {
            if !units.iter().any(|&u| self.index[u].get(key).is_some()) {
                continue;
            }
            let mut best: Option<(i8, Tally)> = None;
            for sign in [1_i8, -1] {
                let mut t = Tally::default();
                for column in (0..grid.width()).filter(|&c| grid.additive(c)) {
                    let (total, terms) = self.cells(parent, row, column, units, key, sign, by);
                    let Some(amount) = self.book.amount(total) else { continue };
                    if let Some(b) = balance(amount, terms.iter().map(|&(c, w)| (self.book.amount(c), w))) {
                        t.add(&b);
                    }
                }
                if best.as_ref().is_none_or(|(_, b)| t.better_than(b)) {
                    best = Some((sign, t));
                }
            }
            let Some((sign, t)) = best else { continue };
            all.merge(&t);
            // A row that never adds up is another thing under the same name.
            if t.held >= 1 && t.failed <= t.held {
                rows.push(FamilyRow { key, row, sign });
            }
        }
        Family { parent, units: units.to_vec(), by, rows, tally: all }
    }

    #[allow(clippy::too_many_arguments, reason = "one cell of one family, spelled out")]
    fn cells(
        &self,
        parent: usize,
        row: usize,
        column: usize,
        units: &[usize],
        key: u32,
        sign: i8,
        by: Match,
    ) -> (Cell, Vec<(Cell, i8)>) {
        let terms = units
            .iter()
            .filter_map(|&unit| {
                let row = self.index[unit].get(key)?;
                let column = self.column(parent, column, unit, by)?;
                Some((Cell { table: unit, row, column }, sign))
            })
            .collect();
        (Cell { table: parent, row, column }, terms)
    }

    fn equations(&self, family: &Family, out: &mut Vec<Equation>) {
        let grid = &self.book.tables[family.parent];
        for row in &family.rows {
            for column in (0..grid.width()).filter(|&c| grid.additive(c)) {
                // Every unit must have the column, else the sum is not theirs.
                if family.units.iter().any(|&u| self.column(family.parent, column, u, family.by).is_none()) {
                    continue;
                }
                let (total, terms) =
                    self.cells(family.parent, row.row, column, &family.units, row.key, row.sign, family.by);
                let blocked = |c: &Cell| self.book.tables[c.table].blocked(c.row, c.column, self.book.facts);
                let printed = terms.iter().filter(|(c, _)| self.book.amount(*c).is_some()).count();
                if printed == 0 || self.book.amount(total).is_none() || terms.iter().any(|(c, _)| blocked(c))
                {
                    continue;
                }
                out.push(Equation { total, terms, source: Source::Units, tight: false });
            }
        }
    }
}
