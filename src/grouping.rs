//! Digit groups of rows → figures, where only arithmetic can say.
//!
//! `25 050 500 5 500` under three heads is `25 050`, `500`, `5 500` or one of two other rows. In: the
//! groups of every row ([`Row`]) and which rows add up to which ([`Sum`]). Out: for each row the way that
//! its sums bear out, and which others would do as well ([`Choice`]).
//!
//! All ways of a row lie in one net: a figure takes the groups from one boundary to another. What the first
//! column of a sum can be is a question of a few figures a row, whatever number of columns there is; each
//! boundary that it settles settles the next column. So columns are asked one by one, each as a subset
//! sum met in the middle, and only what they leave is tried out row against row. Where no reading adds up
//! in all columns the book itself errs, and one that adds up in all but a few is taken.
//!
//! Bounded by the constants `STATES` and `STEPS`, never by the clock: what is beyond them stays open. Refuses: to choose
//! between ways that the sums bear out alike, and to believe a sum that may hold by chance: of so many
//! ways to put the groups of its rows together some add up to anything.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::equation::{self, Amount};
use crate::number::{self, Point, is_minus};

/// Partial sums of one column that are looked at.
const STATES: usize = 20_000;
/// Readings that are tried out against those of other rows, for one sum.
const STEPS: usize = 20_000;
/// A row with more ways than this is not looked at as a whole.
const WAYS: u64 = 400;
/// Ways that are tried by themselves where sums share several rows.
const PROBES: usize = 200;
/// Other ways of a row that are reported.
const OTHERS: usize = 8;
/// Distinct columns that must add up before a reading is believed.
const PROOF: usize = 2;
/// Columns that may not add up, since books err.
const ERRORS: usize = 3;
/// How much less likely than one an agreement by chance must be, as a power of ten.
const MARGIN: f64 = 2.0;
/// A column is nearly right below this, and hopelessly wrong above the other, as a share of its figures.
const NEAR: f64 = 0.1;
const FAR: f64 = 0.5;

/// One way to read a row: for each column the groups of its figure, first and one past the last.
pub type Way = Vec<Option<(usize, usize)>>;

/// Rows that add up to another, with their signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Index of the row that is the sum.
    pub total: usize,
    /// Indices of the rows that are added, 1 or −1.
    pub terms: Vec<(usize, i8)>,
}

impl Sum {
    /// Its rows with their signs, the total against its terms.
    fn members(&self) -> Vec<(usize, i8)> {
        self.terms.iter().copied().chain([(self.total, -1)]).collect()
    }
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The way that its sums bear out, or the likeliest.
    pub way: Way,
    /// Other ways that are as good, the likeliest first.
    pub others: Vec<Way>,
    /// Whether there are none.
    pub sure: bool,
    /// Whether a sum holds with it.
    pub proven: bool,
}

/// A figure of one way: where it begins and ends, and what it would be.
#[derive(Clone, Debug)]
struct Edge {
    from: usize,
    to: usize,
    value: Option<Decimal>,
}

impl Edge {
    /// Whether nothing stands in the cell.
    fn is_empty(&self) -> bool {
        self.from == self.to
    }
}

/// The groups of a row, and every way to put them together.
#[derive(Clone, Debug)]
pub struct Row {
    groups: usize,
    /// For each group, whether a sign begins it.
    signs: Vec<bool>,
    /// For each group, how many digits it has.
    lengths: Vec<usize>,
    /// For each column the figures that may stand in it.
    columns: Vec<Vec<Edge>>,
    /// Fewest figures that its groups make.
    fewest: usize,
}

/// A group without its sign.
fn unsigned(group: &str) -> &str {
    group.trim_start_matches(|c| is_minus(c) || c == '+' || c == '(')
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a figure can begin with this group: none begins with a nought and more digits.
fn can_begin(group: &str) -> bool {
    let bare = unsigned(group);
    !(bare.len() > 1 && bare.starts_with('0') && !bare.contains([',', '.']))
}

/// How far a figure can reach that begins at a group: a first one of up to three digits, others of
/// exactly three. A sign begins a figure.
fn reach(groups: &[&str], from: usize) -> usize {
    let three = |text: &str| {
        let bare =
            text.split(',').next().unwrap_or(text).trim_end_matches(|c| is_minus(c) || ")%€ *".contains(c));
        bare.len() == 3 && all_digits(bare)
    };
    let first = unsigned(groups[from]);
    let mut end = from + 1;
    if (1..=3).contains(&first.len()) && all_digits(first) && first != "0" {
        while end < groups.len() && three(groups[end]) {
            end += 1;
            if !all_digits(groups[end - 1]) {
                break;
            }
        }
    }
    end
}

impl Row {
    /// A row under so many heads. Where its groups also make fewer figures, any cell may be empty.
    pub fn new(groups: &[&str], columns: usize) -> Row {
        let full = Row::build(groups, columns, columns, |_| false);
        if groups.is_empty() || full.fewest >= columns {
            return full;
        }
        Row::build(groups, columns, columns, |_| true)
    }

    /// A row of which cells at the end are known to be empty. It has the most figures of which all have
    /// signs or none has, else the most.
    pub fn ended(groups: &[&str], columns: usize) -> Row {
        let last = groups.len();
        let mut most = None;
        for count in (1..columns).rev() {
            let row = Row::build(groups, count, columns, |from| from == last);
            if row.count() == 0 {
                continue;
            }
            let Some(alike) = row.alike() else {
                most = most.or(Some(row));
                continue;
            };
            return alike;
        }
        most.unwrap_or_else(|| Row::new(groups, columns))
    }

    /// The net of all ways; the columns from `figures` on are empty.
    fn build(groups: &[&str], figures: usize, columns: usize, may_be_empty: impl Fn(usize) -> bool) -> Row {
        let last = groups.len();
        let begins: Vec<bool> = groups.iter().map(|g| can_begin(g)).chain([true]).collect();
        let mut edges: Vec<Edge> = Vec::new();
        for from in (0..last).filter(|&k| begins[k]) {
            let ends = (from + 1..=reach(groups, from)).filter(|&to| begins[to]);
            edges.extend(ends.filter_map(|to| {
                let text = groups[from..to].join(" ");
                let value = number::parse(&text, Point::Group).map(|n| n.value);
                (value.is_some() || number::is_nil(&text)).then_some(Edge { from, to, value })
            }));
        }
        let mut fewest = vec![usize::MAX / 2; last + 1];
        fewest[last] = 0;
        for edge in edges.iter().rev() {
            fewest[edge.from] = fewest[edge.from].min(fewest[edge.to] + 1);
        }
        let empty = |from| Edge { from, to: from, value: None };
        let net = (0..columns)
            .map(|c| {
                let filled = edges.iter().filter(|_| c < figures).cloned();
                let blank = (0..=last).filter(|&k| c >= figures && k == last || may_be_empty(k)).map(empty);
                filled.chain(blank).collect()
            })
            .collect();
        let mut row = Row {
            groups: last,
            signs: groups.iter().map(|g| g.starts_with(|c| is_minus(c) || c == '(')).collect(),
            lengths: groups.iter().map(|g| g.chars().filter(char::is_ascii_digit).count()).collect(),
            columns: net,
            fewest: fewest[0],
        };
        let mut alive = row.all();
        row.sweep(&mut alive);
        for (column, alive) in row.columns.iter_mut().zip(alive) {
            let mut alive = alive.into_iter();
            column.retain(|_| alive.next().unwrap_or(false));
        }
        row
    }

    /// The row with only the ways in which all figures have signs or none has.
    fn alike(&self) -> Option<Row> {
        if !self.signs.contains(&true) {
            return Some(self.clone());
        }
        let mut row = self.clone();
        for column in &mut row.columns {
            column.retain(|e| e.is_empty() || self.signs[e.from]);
        }
        let mut alive = row.all();
        row.sweep(&mut alive);
        for (column, alive) in row.columns.iter_mut().zip(alive) {
            let mut alive = alive.into_iter();
            column.retain(|_| alive.next().unwrap_or(false));
        }
        (row.count() > 0).then_some(row)
    }

    fn all(&self) -> Vec<Vec<bool>> {
        self.columns.iter().map(|edges| vec![true; edges.len()]).collect()
    }

    /// Takes away the figures that are part of no whole way; false if no way is left.
    fn sweep(&self, alive: &mut [Vec<bool>]) -> bool {
        let mut here = vec![false; self.groups + 1];
        here[0] = true;
        for (edges, alive) in self.columns.iter().zip(alive.iter_mut()) {
            let mut next = vec![false; self.groups + 1];
            for (edge, alive) in edges.iter().zip(alive) {
                *alive &= here[edge.from];
                next[edge.to] |= *alive;
            }
            here = next;
        }
        here = vec![false; self.groups + 1];
        here[self.groups] = true;
        for (edges, alive) in self.columns.iter().zip(alive.iter_mut()).rev() {
            let mut next = vec![false; self.groups + 1];
            for (edge, alive) in edges.iter().zip(alive) {
                *alive &= here[edge.to];
                next[edge.from] |= *alive;
            }
            here = next;
        }
        here[0]
    }

    /// Whether the groups can be put together under these heads at all.
    pub fn is_readable(&self) -> bool {
        self.groups > 0 && self.count() > 0
    }

    /// Whether it can fill all columns.
    pub fn is_full(&self) -> bool {
        let filled = |edges: &Vec<Edge>| edges.iter().map(|e| !e.is_empty()).collect();
        self.groups > 0 && self.count_of(&self.columns.iter().map(filled).collect::<Vec<_>>()) > 0
    }

    /// Whether the heads leave but one way.
    pub fn is_single(&self) -> bool {
        self.count() == 1
    }

    /// Fewest figures that its groups make, heads or no heads.
    pub fn fewest(&self) -> usize {
        self.fewest
    }

    /// Number of ways.
    fn count(&self) -> u64 {
        self.count_of(&self.all())
    }

    fn count_of(&self, alive: &[Vec<bool>]) -> u64 {
        let mut here = vec![0_u64; self.groups + 1];
        here[0] = 1;
        for (edges, alive) in self.columns.iter().zip(alive) {
            let mut next = vec![0_u64; self.groups + 1];
            for (edge, _) in edges.iter().zip(alive).filter(|(_, alive)| **alive) {
                next[edge.to] = next[edge.to].saturating_add(here[edge.from]);
            }
            here = next;
        }
        here[self.groups]
    }

    /// The ways through what is left of the net, as indices of edges, at most `limit`.
    fn paths(&self, alive: &[Vec<bool>], limit: usize) -> Vec<Path> {
        let mut out = Vec::new();
        let mut path = Vec::new();
        self.walk(alive, 0, limit, &mut path, &mut out);
        out
    }

    fn walk(&self, alive: &[Vec<bool>], from: usize, limit: usize, path: &mut Path, out: &mut Vec<Path>) {
        let column = path.len();
        if column == self.columns.len() {
            out.push(path.clone());
            return;
        }
        for (k, edge) in self.columns[column].iter().enumerate() {
            if edge.from == from && alive[column][k] && out.len() < limit {
                path.push(k);
                self.walk(alive, edge.to, limit, path, out);
                path.pop();
            }
        }
    }

    fn way(&self, path: &[usize]) -> Way {
        let edges = self.columns.iter().zip(path).map(|(edges, &k)| &edges[k]);
        edges.map(|e| (!e.is_empty()).then_some((e.from, e.to))).collect()
    }

    /// How unlike the figures of one way are: empty cells, those without a sign beside others with one,
    /// and their lengths. The figures of one row mostly have signs alike and are of one size.
    fn unlikeness(&self, way: &[Option<(usize, usize)>]) -> (usize, usize, usize) {
        let figures = || way.iter().flatten();
        let with = figures().filter(|f| self.signs[f.0]).count();
        let without = figures().count() - with;
        let digits = |&(a, b): &(usize, usize)| -> usize { self.lengths[a..b].iter().sum() };
        let longest = figures().map(digits).max().unwrap_or(0);
        let shortest = figures().map(digits).min().unwrap_or(0);
        (way.len() - figures().count(), if with == 0 { 0 } else { without }, longest - shortest)
    }
}

/// What is left of a row: figures of its net, and its ways once they are few.
#[derive(Clone, Debug)]
struct Left {
    alive: Vec<Vec<bool>>,
    paths: Option<Vec<Path>>,
    count: u64,
}

impl Left {
    fn of(row: &Row) -> Left {
        let mut left = Left { alive: row.all(), paths: None, count: 0 };
        left.settle(row);
        left
    }

    /// Draws the conclusions of what was taken away; false if nothing is left.
    fn settle(&mut self, row: &Row) -> bool {
        let Some(paths) = &mut self.paths else {
            let some = row.sweep(&mut self.alive);
            self.count = if some { row.count_of(&self.alive) } else { 0 };
            if (1..=WAYS).contains(&self.count) {
                self.paths = Some(row.paths(&self.alive, usize::MAX));
            }
            return some;
        };
        paths.retain(|path| path.iter().zip(&self.alive).all(|(&k, alive)| alive[k]));
        for (c, alive) in self.alive.iter_mut().enumerate() {
            alive.iter_mut().enumerate().for_each(|(k, alive)| *alive = paths.iter().any(|p| p[c] == k));
        }
        self.count = paths.len() as u64;
        !paths.is_empty()
    }

    fn is_open(&self) -> bool {
        self.count != 1
    }

    /// Leaves only these ways.
    fn keep<'p>(&mut self, paths: impl Iterator<Item = &'p Path>, row: &Row) {
        self.paths = Some(paths.collect::<BTreeSet<_>>().into_iter().cloned().collect());
        self.settle(row);
    }
}

/// An amount in twice the smallest printed unit of all rows, so that half a unit is one, and the unit that
/// it is printed in.
type Term = (i128, i128);

/// The rows of a document's table while they are solved.
struct Solver<'r> {
    rows: &'r [Row],
    /// For each row, column and figure its amount; nothing where the cell is empty.
    terms: Vec<Vec<Vec<Option<Term>>>>,
}

/// That no reading of a sum adds up.
struct Fails;

/// What a sum says.
enum Verdict {
    /// It adds up in all but so many columns.
    Holds(usize),
    /// It never does.
    Fails,
    /// There is too much to look at, or it may be chance.
    Open,
}

/// Figures of a row, one a column, by their places in its net.
type Path = Vec<usize>;

/// Readings of the rows of a sum that add up.
struct Found {
    /// For each member its way.
    paths: Vec<Path>,
    /// How far the worst column is from adding up, as a share of its largest figure.
    off: f64,
    /// In how many columns several figures add up.
    held: usize,
}

/// Chooses a way for each row.
pub fn solve(rows: &[Row], sums: &[Sum]) -> Vec<Choice> {
    let solver = Solver::new(rows);
    let first: Vec<Left> = rows.iter().map(Left::of).collect();
    let mut left = first.clone();
    let mut verdicts = solver.settle(sums, &mut left);
    if solver.probe(sums, &verdicts, &mut left) {
        verdicts = solver.settle(sums, &mut left);
    }
    // A sum that would hold but for what other sums say: one of them is no sum.
    let mut doubted = vec![false; rows.len()];
    for (sum, verdict) in sums.iter().zip(&verdicts) {
        if matches!(verdict, Verdict::Holds(0) | Verdict::Open) {
            continue;
        }
        let members = sum.members();
        let mut alone = first.clone();
        if let Verdict::Holds(now) = solver.narrow(&members, &mut alone)
            && !matches!(verdict, Verdict::Holds(before) if *before <= now)
        {
            members.iter().for_each(|m| doubted[m.0] = true);
        }
    }
    let mut choices: Vec<Choice> = (0..rows.len())
        .map(|r| {
            let mut choice = solver.choice(r, &left[r]);
            choice.sure &= !(doubted[r] && first[r].is_open());
            choice
        })
        .collect();
    for (sum, verdict) in sums.iter().zip(&verdicts) {
        let members = sum.members();
        let Verdict::Holds(errors) = verdict else { continue };
        if !members.iter().all(|m| choices[m.0].sure) {
            continue;
        }
        for (row, _) in members {
            // An empty cell may be in the very column that does not add up.
            let filled = choices[row].way.iter().all(Option::is_some);
            choices[row].proven |= filled || *errors == 0;
        }
    }
    choices
}

impl<'r> Solver<'r> {
    fn new(rows: &'r [Row]) -> Self {
        let values = || rows.iter().flat_map(|r| r.columns.iter().flatten()).filter_map(|e| e.value);
        let scale = values().map(|v| v.scale()).max().unwrap_or(0);
        let term = |value: Decimal| {
            let step = 10_i128.pow(scale - value.scale());
            (2 * value.mantissa() * step, step)
        };
        let terms = rows
            .iter()
            .map(|row| {
                let column = |edges: &Vec<Edge>| edges.iter().map(|e| e.value.map(term)).collect::<Vec<_>>();
                row.columns.iter().map(column).collect()
            })
            .collect();
        Solver { rows, terms }
    }

    /// Hears all sums until none says anything new: what one settles makes another smaller.
    fn settle(&self, sums: &[Sum], left: &mut [Left]) -> Vec<Verdict> {
        loop {
            let before: u64 = left.iter().map(|l| l.count).fold(0, u64::saturating_add);
            let verdicts = sums.iter().map(|sum| self.narrow(&sum.members(), left)).collect();
            if left.iter().map(|l| l.count).fold(0, u64::saturating_add) == before {
                return verdicts;
            }
        }
    }

    /// Columns of the rows of a sum.
    fn width(&self, members: &[(usize, i8)]) -> usize {
        members.iter().map(|m| self.rows[m.0].columns.len()).min().unwrap_or(0)
    }

    /// Leaves to the rows of a sum only what adds up in most columns.
    fn narrow(&self, members: &[(usize, i8)], left: &mut [Left]) -> Verdict {
        let width = self.width(members);
        if width == 0 || members.iter().any(|m| left[m.0].count == 0) {
            return Verdict::Fails;
        }
        let chances: f64 = members.iter().map(|m| (left[m.0].count as f64).log10()).sum();
        for errors in 0..=ERRORS.min(width.saturating_sub(PROOF)) {
            match self.narrow_but(members, left, width, errors, chances) {
                Verdict::Fails => {}
                verdict => return verdict,
            }
        }
        Verdict::Fails
    }

    /// The same with so many columns that do not add up.
    fn narrow_but(
        &self,
        members: &[(usize, i8)],
        left: &mut [Left],
        width: usize,
        errors: usize,
        chances: f64,
    ) -> Verdict {
        let mut found: Vec<Found> = Vec::new();
        for exempt in subsets(width, errors) {
            let mut trial: Vec<Left> = members.iter().map(|m| left[m.0].clone()).collect();
            if self.narrow_columns(members, &mut trial, width, &exempt).is_err() {
                continue;
            }
            let Some(mut more) = self.combine(members, &trial, width, &exempt) else { return Verdict::Open };
            for reading in &mut more {
                let Some(held) = self.believes(members, &reading.paths, width, &exempt, chances) else {
                    return Verdict::Open;
                };
                reading.held = held;
            }
            found.extend(more);
        }
        if found.is_empty() {
            return Verdict::Fails;
        }
        // A column without figures adds up for nothing.
        if errors > 0 {
            let most = found.iter().map(|f| f.held).max().unwrap_or(0);
            found.retain(|f| f.held == most);
        }
        // Where the book itself errs in the other columns, it mostly errs by little, and a figure that takes a
        // group from its neighbour is wrong a hundredfold. But where all rows do so alike their sums still
        // hold; so what is nearly right must look likelier too.
        let parted = found.iter().all(|f| f.off <= NEAR || f.off >= FAR);
        let near = found.iter().filter(|f| f.off <= NEAR).map(|f| self.unlikeness(members, f)).max();
        let far = found.iter().filter(|f| f.off > NEAR).map(|f| self.unlikeness(members, f)).min();
        if parted && near.is_some() && far > near {
            found.retain(|f| f.off <= NEAR);
        }
        for (k, member) in members.iter().enumerate() {
            left[member.0].keep(found.iter().map(|f| &f.paths[k]), &self.rows[member.0]);
        }
        Verdict::Holds(errors)
    }

    /// Takes away figures that no sum of their column has a place for, column by column.
    fn narrow_columns(
        &self,
        members: &[(usize, i8)],
        trial: &mut [Left],
        width: usize,
        exempt: &[usize],
    ) -> Result<(), Fails> {
        loop {
            let mut changed = false;
            for column in (0..width).filter(|c| !exempt.contains(c)) {
                changed |= self.narrow_column(members, trial, column)?;
            }
            if !changed {
                return Ok(());
            }
        }
    }

    fn narrow_column(
        &self,
        members: &[(usize, i8)],
        trial: &mut [Left],
        column: usize,
    ) -> Result<bool, Fails> {
        // Figures that are alike are one choice; the choices of each row.
        let choices: Vec<Vec<Term>> = members
            .iter()
            .zip(&*trial)
            .map(|(&(row, sign), left)| {
                let terms = self.terms[row][column].iter().zip(&left.alive[column]);
                let alive = terms.filter(|(_, alive)| **alive).map(|(term, _)| signed(*term, sign));
                alive.collect::<BTreeSet<_>>().into_iter().collect()
            })
            .collect();
        let Some(supported) = supported(&choices) else { return Ok(false) };
        let mut changed = false;
        for (k, (&(row, sign), left)) in members.iter().zip(trial.iter_mut()).enumerate() {
            if supported[k].len() == choices[k].len() {
                continue;
            }
            for (term, alive) in self.terms[row][column].iter().zip(&mut left.alive[column]) {
                *alive &= supported[k].contains(&signed(*term, sign));
            }
            changed = true;
            if !left.settle(&self.rows[row]) {
                return Err(Fails);
            }
        }
        Ok(changed)
    }

    /// All readings of the rows of a sum that add up in all columns but the exempt; `None` where there is
    /// too much to try.
    fn combine(
        &self,
        members: &[(usize, i8)],
        trial: &[Left],
        width: usize,
        exempt: &[usize],
    ) -> Option<Vec<Found>> {
        let paths: Vec<&Vec<Path>> = trial.iter().map(|left| left.paths.as_ref()).collect::<Option<_>>()?;
        let mut options: Vec<Vec<Vec<Term>>> = Vec::with_capacity(members.len());
        for (&(row, sign), paths) in members.iter().zip(&paths) {
            let term = |(column, &k): (usize, &usize)| signed(self.terms[row][column][k], sign);
            let option = |path: &Path| path.iter().take(width).enumerate().map(term).collect();
            options.push(paths.iter().map(option).collect());
        }
        let mut search = Search::new(&options, width, exempt);
        if !search.go(0, &vec![Part::default(); width]) {
            return None;
        }
        let found = |(chosen, off): (Vec<usize>, f64)| Found {
            paths: chosen.iter().zip(&paths).map(|(&k, paths)| paths[k].clone()).collect(),
            off,
            held: 0,
        };
        Some(search.found.into_iter().map(found).collect())
    }

    /// How unlike the figures of its rows are in a reading.
    fn unlikeness(&self, members: &[(usize, i8)], found: &Found) -> (usize, usize, usize) {
        let row = |(member, path): (&(usize, i8), &Path)| {
            let row = &self.rows[member.0];
            row.unlikeness(&row.way(path))
        };
        let rows = members.iter().zip(&found.paths).map(row);
        rows.fold((0, 0, 0), |sum, own| (sum.0 + own.0, sum.1 + own.1, sum.2 + own.2))
    }

    /// In how many columns a sum adds up; `None` if that may be chance, its rows being readable in so many
    /// ways. That a total is its only term tells no auditor anything, but where its digits end.
    fn believes(
        &self,
        members: &[(usize, i8)],
        paths: &[Path],
        width: usize,
        exempt: &[usize],
        chances: f64,
    ) -> Option<usize> {
        let (mut held, mut told) = (0, 0);
        let mut surprise = 0.0;
        for column in (0..width).filter(|c| !exempt.contains(c)) {
            let amount = |k: usize| {
                let value = self.rows[members[k].0].columns[column][paths[k][column]].value?;
                Amount::new(value, Decimal::new(1, value.scale()))
            };
            let last = members.len() - 1;
            let terms = members[..last].iter().enumerate().map(|(k, m)| (amount(k), m.1));
            let Some(balance) = amount(last).and_then(|total| equation::balance(total, terms)) else {
                continue;
            };
            if balance.holds() && balance.nonzero > 0 {
                held += 1;
                told += usize::from(balance.informative());
                surprise += balance.likeness();
            }
        }
        let believed = held >= PROOF.min(width) && (chances <= 0.0 || surprise >= chances + MARGIN);
        (held > 0 && believed).then_some(told)
    }

    /// Tries out single ways where sums share more than one row and hearing them one by one leaves
    /// what together they refuse. True if any was refused.
    fn probe(&self, sums: &[Sum], verdicts: &[Verdict], left: &mut [Left]) -> bool {
        let firm: Vec<&Sum> = sums
            .iter()
            .zip(verdicts)
            .filter(|(_, v)| matches!(v, Verdict::Holds(0)))
            .map(|(s, _)| s)
            .collect();
        let sharing = |row: usize| firm.iter().filter(|s| s.members().iter().any(|m| m.0 == row)).count() > 1;
        let mut probes = 0;
        let mut refused = false;
        for row in 0..left.len() {
            let Some(paths) = left[row].paths.clone().filter(|p| p.len() > 1 && sharing(row)) else {
                continue;
            };
            let mut kept = Vec::new();
            for path in &paths {
                probes += 1;
                if probes > PROBES {
                    return refused;
                }
                let mut trial = left.to_vec();
                trial[row].paths = Some(vec![path.clone()]);
                trial[row].settle(&self.rows[row]);
                if self.stands(&firm, &mut trial) {
                    kept.push(path.clone());
                }
            }
            if !kept.is_empty() && kept.len() < paths.len() {
                left[row].paths = Some(kept);
                left[row].settle(&self.rows[row]);
                refused = true;
            }
        }
        refused
    }

    /// Whether all these sums can hold at once in all columns, as far as hearing them one by one tells.
    fn stands(&self, sums: &[&Sum], left: &mut [Left]) -> bool {
        loop {
            let before: u64 = left.iter().map(|l| l.count).fold(0, u64::saturating_add);
            for sum in sums {
                let members = sum.members();
                let mut own: Vec<Left> = members.iter().map(|m| left[m.0].clone()).collect();
                let width = self.width(&members);
                if self.narrow_columns(&members, &mut own, width, &[]).is_err() {
                    return false;
                }
                if let Some(found) = self.combine(&members, &own, width, &[]) {
                    if found.is_empty() {
                        return false;
                    }
                    for (k, own) in own.iter_mut().enumerate() {
                        own.keep(found.iter().map(|f| &f.paths[k]), &self.rows[members[k].0]);
                    }
                }
                members.iter().zip(own).for_each(|(m, own)| left[m.0] = own);
            }
            if left.iter().map(|l| l.count).fold(0, u64::saturating_add) == before {
                return true;
            }
        }
    }

    fn choice(&self, r: usize, left: &Left) -> Choice {
        let row = &self.rows[r];
        let limit = usize::try_from(WAYS).unwrap_or(usize::MAX);
        let paths = left.paths.clone().unwrap_or_else(|| row.paths(&left.alive, limit));
        let mut ways: Vec<Way> = paths.iter().map(|p| row.way(p)).collect();
        ways.sort_by_cached_key(|way| row.unlikeness(way));
        let mut ways = ways.into_iter();
        let way = ways.next().unwrap_or_default();
        Choice { sure: !left.is_open(), proven: false, way, others: ways.take(OTHERS).collect() }
    }
}

/// A cell as a term of a sum; an empty one adds nothing and leaves no room.
fn signed(term: Option<Term>, sign: i8) -> Term {
    let (value, step) = term.unwrap_or((0, 0));
    (if sign < 0 { -value } else { value }, step)
}

/// All ways to take so many of the numbers below `n`.
fn subsets(n: usize, size: usize) -> Vec<Vec<usize>> {
    match size {
        0 => vec![Vec::new()],
        _ => subsets(n, size - 1)
            .into_iter()
            .flat_map(|s| {
                let from = s.last().map_or(0, |last| last + 1);
                (from..n).map(move |k| s.iter().copied().chain([k]).collect())
            })
            .collect(),
    }
}

/// Which choices of each row are part of a column that adds up; `None` where there is too much to look at.
///
/// Partial sums from the top and from the bottom meet in the middle. Sums that are out of reach of
/// what the other rows can add are dropped on the way.
fn supported(choices: &[Vec<Term>]) -> Option<Vec<BTreeSet<Term>>> {
    if choices.iter().all(|c| c.len() == 1) {
        let (sum, room) = choices.iter().flatten().fold((0, 0), |(s, r), t| (s + t.0, r + t.1));
        let holds = sum.abs() <= room;
        return Some(choices.iter().map(|c| c.iter().copied().filter(|_| holds).collect()).collect());
    }
    // The middle is where both sides have as many partial sums.
    let mut order: Vec<usize> = (0..choices.len()).collect();
    order.sort_by_key(|&k| choices[k].len());
    // Dealt out in turns, so that both sides have rows of many choices.
    let top: Vec<usize> = order.iter().copied().step_by(2).collect();
    let bottom: Vec<usize> = order.iter().copied().skip(1).step_by(2).collect();
    let reach = |rows: &[usize]| Reach::of(rows.iter().map(|&k| &choices[k]));
    let (above, below) =
        (Layers::of(choices, &top, reach(&bottom))?, Layers::of(choices, &bottom, reach(&top))?);
    // Pairs of partial sums that add up.
    let ends = below.last();
    let widest = ends.iter().map(|e| e.1).max().unwrap_or(0);
    let mut good = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = 0;
    for &(sum, room) in above.last() {
        let window = room + widest;
        let from = ends.partition_point(|e| e.0 < -sum - window);
        for &end in ends[from..].iter().take_while(|e| e.0 <= window - sum) {
            pairs += 1;
            if (sum + end.0).abs() <= room + end.1 {
                good.0.insert((sum, room));
                good.1.insert(end);
            }
        }
        if pairs > 10 * STATES {
            return None;
        }
    }
    let mut out = vec![BTreeSet::new(); choices.len()];
    above.trace(choices, &top, good.0, &mut out);
    below.trace(choices, &bottom, good.1, &mut out);
    Some(out)
}

/// What rows can add at least and at most, and the room they leave at most.
#[derive(Clone, Copy, Default)]
struct Reach {
    least: i128,
    most: i128,
    room: i128,
}

impl Reach {
    fn of<'c>(rows: impl Iterator<Item = &'c Vec<Term>>) -> Reach {
        rows.fold(Reach::default(), |r, choices| Reach {
            least: r.least + choices.iter().map(|t| t.0).min().unwrap_or(0),
            most: r.most + choices.iter().map(|t| t.0).max().unwrap_or(0),
            room: r.room + choices.iter().map(|t| t.1).max().unwrap_or(0),
        })
    }

    fn and(self, other: Reach) -> Reach {
        Reach { least: self.least + other.least, most: self.most + other.most, room: self.room + other.room }
    }

    /// Whether a partial sum can still come to nothing.
    fn meets(&self, (sum, room): Term) -> bool {
        let room = room + self.room;
        sum + self.least <= room && sum + self.most >= -room
    }
}

/// The partial sums of some rows after each of them, sorted.
struct Layers(Vec<Vec<Term>>);

impl Layers {
    fn of(choices: &[Vec<Term>], rows: &[usize], others: Reach) -> Option<Layers> {
        let mut layers: Vec<Vec<Term>> = vec![vec![(0, 0)]];
        let mut states = 0;
        for (i, &row) in rows.iter().enumerate() {
            let rest = Reach::of(rows[i + 1..].iter().map(|&k| &choices[k])).and(others);
            let after = |(sum, room): &Term| {
                let (sum, room) = (*sum, *room);
                choices[row].iter().map(move |t| (sum + t.0, room + t.1)).filter(|state| rest.meets(*state))
            };
            let mut next: Vec<Term> = layers.last()?.iter().flat_map(after).collect();
            next.sort_unstable();
            next.dedup();
            states += next.len();
            if states > STATES {
                return None;
            }
            layers.push(next);
        }
        Some(Layers(layers))
    }

    fn last(&self) -> &[Term] {
        self.0.last().map_or(&[], Vec::as_slice)
    }

    /// Follows the good ends back to the choices that lead to them.
    fn trace(&self, choices: &[Vec<Term>], rows: &[usize], good: BTreeSet<Term>, out: &mut [BTreeSet<Term>]) {
        let mut good = good;
        for (before, &row) in self.0.iter().zip(rows).rev() {
            let mut next = BTreeSet::new();
            for &(sum, room) in &good {
                for &term in &choices[row] {
                    let from = (sum - term.0, room - term.1);
                    if before.binary_search(&from).is_ok() {
                        out[row].insert(term);
                        next.insert(from);
                    }
                }
            }
            good = next;
        }
    }
}

/// A column while its terms are added.
#[derive(Clone, Copy, Default)]
struct Part {
    sum: i128,
    room: i128,
    largest: i128,
}

/// Tries out the ways of rows against each other.
struct Search<'s> {
    options: &'s [Vec<Vec<Term>>],
    order: Vec<usize>,
    /// For each depth and column what the rows from there on can add.
    rest: Vec<Vec<Reach>>,
    exempt: &'s [usize],
    chosen: Vec<usize>,
    steps: usize,
    found: Vec<(Vec<usize>, f64)>,
}

impl<'s> Search<'s> {
    fn new(options: &'s [Vec<Vec<Term>>], width: usize, exempt: &'s [usize]) -> Self {
        // Rows with many ways last: the others say first how much is left for them.
        let mut order: Vec<usize> = (0..options.len()).collect();
        order.sort_by_key(|&k| options[k].len());
        let mut rest = vec![vec![Reach::default(); width]];
        for &row in order.iter().rev() {
            let column = |c: usize| options[row].iter().map(|o| o[c]).collect::<Vec<Term>>();
            let own = (0..width).map(|c| Reach::of(std::iter::once(&column(c))));
            let before = rest.last().cloned().unwrap_or_default();
            rest.push(own.zip(before).map(|(a, b)| a.and(b)).collect());
        }
        rest.reverse();
        let chosen = vec![0; options.len()];
        Search { options, order, rest, exempt, chosen, steps: 0, found: Vec::new() }
    }

    /// False when there is too much to try.
    fn go(&mut self, depth: usize, parts: &[Part]) -> bool {
        let Some(&row) = self.order.get(depth) else {
            let off = |c: &usize| {
                let Part { sum, largest, .. } = parts[*c];
                if largest == 0 { 0.0 } else { sum.abs() as f64 / largest as f64 }
            };
            let off = self.exempt.iter().map(off).fold(0.0, f64::max);
            self.found.push((self.chosen.clone(), off));
            return true;
        };
        let options = self.options;
        for (k, option) in options[row].iter().enumerate() {
            self.steps += 1;
            if self.steps > STEPS {
                return false;
            }
            let add = |(part, term): (&Part, &Term)| Part {
                sum: part.sum + term.0,
                room: part.room + term.1,
                largest: part.largest.max(term.0.abs()),
            };
            let next: Vec<Part> = parts.iter().zip(option).map(add).collect();
            let rest = &self.rest[depth + 1];
            let fits = |c: usize| self.exempt.contains(&c) || rest[c].meets((next[c].sum, next[c].room));
            if (0..next.len()).all(fits) {
                self.chosen[row] = k;
                if !self.go(depth + 1, &next) {
                    return false;
                }
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn row(text: &str, columns: usize) -> Row {
        Row::new(&text.split(' ').collect::<Vec<_>>(), columns)
    }

    fn figures(groups: &str, way: &Way) -> Vec<String> {
        let groups: Vec<&str> = groups.split(' ').collect();
        way.iter().map(|cell| cell.map_or_else(String::new, |(a, b)| groups[a..b].join(" "))).collect()
    }

    /// All ways of a row, the likeliest first.
    fn ways(text: &str, row: &Row) -> Vec<Vec<String>> {
        let mut ways: Vec<Way> = row.paths(&row.all(), 1000).iter().map(|p| row.way(p)).collect();
        ways.sort_by_cached_key(|way| row.unlikeness(way));
        ways.iter().map(|way| figures(text, way)).collect()
    }

    fn full(text: &str, columns: usize) -> Vec<Vec<String>> {
        let mut all = ways(text, &row(text, columns));
        all.retain(|way| way.iter().all(|figure| !figure.is_empty()));
        all
    }

    #[test]
    fn groups_make_figures() {
        assert_eq!(full("-12 844 -12 844", 2), [["-12 844", "-12 844"]]);
        assert_eq!(full("24 880 0 5 000", 3), [["24 880", "0", "5 000"]]);
        let three = full("2 671 500 500", 3);
        assert!(
            three.contains(&vec!["2 671".into(), "500".into(), "500".into()]) && three.len() == 3,
            "{three:?}"
        );
        assert_eq!(full("1 000 2,5", 2), [["1 000", "2,5"]]);
        assert_eq!(full("1 000 2,5 %", 3), [["1", "000", "2,5"]; 0], "no figure begins with 000");
        assert_eq!(full("16 774- 14 600-", 2), [["16 774-", "14 600-"]]);
        assert_eq!(full("(12 500) 3", 2), [["(12 500)", "3"]]);
        assert!(!row("1 2 3", 2).is_readable(), "three figures are not two");
    }

    #[test]
    fn empty_cells_leave_no_figure_without_a_sign_among_others() {
        let ended = Row::ended(&["-12", "844", "-12", "844"], 3);
        assert_eq!(ways("-12 844 -12 844", &ended), [["-12 844", "-12 844", ""]]);
    }

    /// `25 050 500 5 500` over two columns, of which the sums know better.
    #[test]
    fn sums_say_where_a_figure_ends() {
        let texts = ["25 050 500 5 500", "256 778 150 000 150 000", "281 828 150 500 155 500"];
        let rows: Vec<Row> = texts.iter().map(|text| row(text, 3)).collect();
        let choices = solve(&rows, &[Sum { total: 2, terms: vec![(0, 1), (1, 1)] }]);
        assert!(choices.iter().all(|c| c.sure && c.proven && c.others.is_empty()), "{choices:?}");
        assert_eq!(figures(texts[0], &choices[0].way), ["25 050", "500", "5 500"]);
        assert_eq!(figures(texts[2], &choices[2].way), ["281 828", "150 500", "155 500"]);
        let alone = solve(&rows, &[]);
        assert!(!alone[2].sure && !alone[2].others.is_empty(), "without the sum nothing is proven");
    }

    /// The total tells in which column a lone figure stands.
    #[test]
    fn sums_say_which_cells_are_empty() {
        let texts = ["121 994 125 117 131 618", "11 725", "41 665 41 203 40 709", "163 659 178 045 172 327"];
        let rows: Vec<Row> = texts.iter().map(|text| row(text, 3)).collect();
        let choices = solve(&rows, &[Sum { total: 3, terms: vec![(0, 1), (1, 1), (2, 1)] }]);
        assert!(choices[1].proven, "{choices:?}");
        assert_eq!(figures(texts[1], &choices[1].way), ["", "11 725", ""]);
    }

    /// Of very many ways some add up to anything: small round figures prove nothing.
    #[test]
    fn what_may_be_chance_is_not_believed() {
        let texts = ["100 200 300 400", "200 300 400 500", "300 500 700 900"];
        let rows: Vec<Row> = texts.iter().map(|text| row(text, 2)).collect();
        let choices = solve(&rows, &[Sum { total: 2, terms: vec![(0, 1), (1, 1)] }]);
        assert!(choices.iter().all(|c| !c.proven), "{choices:?}");
    }

    /// A column that the book added up wrong does not keep the others from being read.
    #[test]
    fn a_book_may_err_in_a_column() {
        let texts =
            ["25 051 512 5 523 611", "256 778 150 107 150 209 151 003", "281 829 150 619 155 832 151 614"];
        let rows: Vec<Row> = texts.iter().map(|text| row(text, 4)).collect();
        let choices = solve(&rows, &[Sum { total: 2, terms: vec![(0, 1), (1, 1)] }]);
        assert!(choices.iter().all(|c| c.sure && c.proven), "{choices:?}");
        assert_eq!(figures(texts[0], &choices[0].way), ["25 051", "512", "5 523", "611"]);
    }

    /// A table with sums of groups of rows and a sum of those, as a book has.
    #[derive(Clone, Debug)]
    struct Table {
        texts: Vec<String>,
        truth: Vec<Vec<i64>>,
        sums: Vec<Sum>,
        columns: usize,
    }

    /// `parts`: for each part of the table its rows. The last row is the sum of the sums.
    fn table(parts: &[Vec<Vec<i64>>], columns: usize) -> Table {
        let mut truth: Vec<Vec<i64>> = Vec::new();
        let mut sums: Vec<Sum> = Vec::new();
        let total = |rows: &[&Vec<i64>]| (0..columns).map(|c| rows.iter().map(|r| r[c]).sum()).collect();
        for part in parts {
            let first = truth.len();
            truth.extend(part.iter().cloned());
            let own = total(&part.iter().collect::<Vec<_>>());
            sums.push(Sum { total: truth.len(), terms: (first..truth.len()).map(|r| (r, 1)).collect() });
            truth.push(own);
        }
        let terms: Vec<(usize, i8)> = sums.iter().map(|s| (s.total, 1)).collect();
        if terms.len() > 1 {
            let all = total(&terms.iter().map(|t| &truth[t.0]).collect::<Vec<_>>());
            sums.push(Sum { total: truth.len(), terms });
            truth.push(all);
        }
        let print =
            |row: &Vec<i64>| row.iter().map(|v| number::print((*v).into())).collect::<Vec<_>>().join(" ");
        Table { texts: truth.iter().map(print).collect(), truth, sums, columns }
    }

    impl Table {
        fn rows(&self) -> Vec<Row> {
            self.texts.iter().map(|text| row(text, self.columns)).collect()
        }

        fn reads(&self, r: usize, way: &Way) -> bool {
            let read = figures(&self.texts[r], way);
            let truth: Vec<String> = self.truth[r].iter().map(|v| number::print((*v).into())).collect();
            read == truth
        }

        /// All readings of the whole table in which every sum holds in every column, by trying all of them.
        fn solutions(&self) -> Option<Vec<Vec<usize>>> {
            let rows = self.rows();
            let values: Vec<Vec<Vec<Decimal>>> = rows
                .iter()
                .map(|row| {
                    let value = |path: &Path| {
                        path.iter()
                            .enumerate()
                            .map(|(c, &k)| row.columns[c][k].value.unwrap_or_default())
                            .collect()
                    };
                    row.paths(&row.all(), 1000).iter().map(value).collect()
                })
                .collect();
            let mut found = vec![Vec::new()];
            for r in 0..rows.len() {
                let mut next = Vec::new();
                for start in &found {
                    for k in 0..values[r].len() {
                        let mut all: Vec<usize> = start.clone();
                        all.push(k);
                        let holds = self.sums.iter().filter(|s| s.total == r).all(|sum| {
                            let room = Decimal::from(sum.terms.len() + 1) / Decimal::TWO;
                            (0..self.columns).all(|c| {
                                let of = |row: usize| values[row][all[row]][c];
                                let sum: Decimal = sum.terms.iter().map(|t| of(t.0)).sum();
                                (of(r) - sum).abs() <= room
                            })
                        });
                        if holds {
                            next.push(all);
                        }
                    }
                }
                if next.len() > 5_000 {
                    return None;
                }
                found = next;
            }
            Some(found)
        }
    }

    /// What is bounded is still enough for the longest tables of books.
    #[test]
    fn long_tables_are_solved() {
        let mut state = 7_u64;
        let mut figure = |_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let length = [1_000, 100_000, 1_000_000, 10_000_000][(state >> 60) as usize % 4];
            ((state >> 20) % length) as i64
        };
        let mut row = || (0..8).map(&mut figure).collect::<Vec<i64>>();
        let parts: Vec<Vec<Vec<i64>>> = (0..18).map(|_| (0..8).map(|_| row()).collect()).collect();
        let table = table(&parts, 8);
        let choices = solve(&table.rows(), &table.sums);
        let solved = choices.iter().enumerate().filter(|(r, c)| c.sure && table.reads(*r, &c.way)).count();
        assert_eq!(solved, table.texts.len());
    }

    /// Figures of one, two or three groups, some of them nought.
    fn figure() -> impl Strategy<Value = i64> {
        prop_oneof![1 => Just(0), 3 => 1_i64..1000, 6 => 1_000_i64..1_000_000, 2 => 1_000_000_i64..9_000_000]
    }

    /// Figures that are not round: no sum of them holds by chance.
    fn odd_figure() -> impl Strategy<Value = i64> {
        prop_oneof![1 => 100_i64..1_000, 4 => 1_000_i64..99_999, 1 => 100_000_i64..900_000]
            .prop_map(|v| 10 * v + 3)
    }

    fn tables(columns: usize, figure: impl Strategy<Value = i64>) -> impl Strategy<Value = Table> {
        let row = prop::collection::vec(figure, columns);
        let part = prop::collection::vec(row, 2..5);
        prop::collection::vec(part, 1..4).prop_map(move |parts| table(&parts, columns))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        /// Whatever the table: what is sure is right, and the truth is among what is left.
        #[test]
        fn what_is_sure_is_right(table in (2_usize..6).prop_flat_map(|n| tables(n, figure()))) {
            let choices = solve(&table.rows(), &table.sums);
            for (r, choice) in choices.iter().enumerate() {
                prop_assert!(!choice.sure || table.reads(r, &choice.way), "{} {choice:?}", table.texts[r]);
                let left = choice.others.len() < OTHERS;
                let known = std::iter::once(&choice.way).chain(&choice.others).any(|way| table.reads(r, way));
                prop_assert!(!left || known, "{} {choice:?}", table.texts[r]);
            }
        }

        /// A table that can be read in one way alone, so that its sums hold, is read so; one that can be read in
        /// several is not said to be sure where they differ.
        #[test]
        fn sums_that_determine_the_grouping_solve_it(table in (3_usize..6).prop_flat_map(|n| tables(n, odd_figure()))) {
            let Some(solutions) = table.solutions() else { return Ok(()) };
            let choices = solve(&table.rows(), &table.sums);
            for (r, choice) in choices.iter().enumerate() {
                let single = solutions.iter().all(|s| s[r] == solutions[0][r]);
                prop_assert!(single || !choice.sure, "{} {choice:?}", table.texts[r]);
                if solutions.len() == 1 {
                    prop_assert!(choice.sure && table.reads(r, &choice.way), "{table:?} {choice:?}");
                }
            }
        }

        /// Of tables in which one figure is misprinted, too, nothing wrong is sure.
        #[test]
        fn a_misprint_makes_nothing_wrong_sure(
            table in (3_usize..6).prop_flat_map(|n| tables(n, figure())),
            (row, column, by) in (0_usize..100, 0_usize..100, 1_i64..100_000),
        ) {
            let mut table = table;
            let (row, column) = (row % table.texts.len(), column % table.columns);
            table.truth[row][column] += by;
            let print = |v: &i64| number::print((*v).into());
            table.texts[row] = table.truth[row].iter().map(print).collect::<Vec<_>>().join(" ");
            for (r, choice) in solve(&table.rows(), &table.sums).iter().enumerate() {
                prop_assert!(!choice.sure || table.reads(r, &choice.way), "{} {choice:?}", table.texts[r]);
            }
        }

        /// Any groups and any sums: an answer for every row, in bounded time.
        #[test]
        fn anything_has_an_answer(
            groups in prop::collection::vec(prop::collection::vec("[-(]?[0-9]{1,4}[-)%]?|–", 0..9), 1..7),
            columns in 0_usize..6,
            sums in prop::collection::vec((0_usize..7, prop::collection::vec((0_usize..7, prop::sample::select(vec![1_i8, -1])), 0..4)), 0..4),
        ) {
            let rows: Vec<Row> = groups
                .iter()
                .map(|g| Row::new(&g.iter().map(String::as_str).collect::<Vec<_>>(), columns))
                .collect();
            let sums: Vec<Sum> = sums
                .into_iter()
                .map(|(total, terms)| Sum { total, terms })
                .filter(|s| s.total < rows.len() && s.terms.iter().all(|t| t.0 < rows.len()))
                .collect();
            prop_assert_eq!(solve(&rows, &sums).len(), rows.len());
        }
    }
}
