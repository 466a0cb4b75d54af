//! The Swedish and the Finnish edition of one book → pairs of labels.
//!
//! In: the two [`Report`]s. Out: tables that show the same figures, their rows side by side, and each pair of labels with
//! the number of figures that vouch for it and what the glossary says of it ([`Opinion`]).
//! Method: the figures are the same in both editions, so they are the Rosetta stone. A figure says the more, the more
//! digits it has and the fewer rows have it; tables are paired by what they share, the surest first, and their rows aligned
//! in order (as strings are, by dynamic programming), so that rows may be missing on either side and tables may stand in
//! another order or be found in one edition only.
//! Refuses: to pair tables that share round figures alone, and rows that could as well be paired otherwise: where two rows
//! have the same figures and one side has fewer of them, none is paired.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::fact::Phase;
use crate::glossary::{Glossary, Language, Statement};
use crate::report::{ColumnInfo, Report, TableInfo};

/// What the glossary says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// Both labels are labels of one concept.
    Known,
    /// One of them, or neither, is known.
    New,
    /// They are known as labels of different concepts.
    Contradicting,
}

/// A Swedish and a Finnish label for the same row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pair {
    /// In the Swedish edition.
    pub sv: String,
    /// In the Finnish one.
    pub fi: String,
    /// Where they stand.
    pub statement: Statement,
    /// How many figures vouch for it.
    pub figures: u32,
    /// How many tables.
    pub tables: u32,
    /// What the glossary says.
    pub opinion: Opinion,
    /// The concept of the Swedish label.
    pub concept_sv: Option<String>,
    /// The concept of the Finnish label.
    pub concept_fi: Option<String>,
}

/// Two tables that show the same figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TablePair {
    /// The id of the Swedish one.
    pub sv: String,
    /// The id of the Finnish one.
    pub fi: String,
    /// Rows that were paired.
    pub rows: u32,
    /// Rows of the Swedish one with figures.
    pub rows_sv: u32,
    /// Rows of the Finnish one with figures.
    pub rows_fi: u32,
}

/// What the two editions say to one another.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Alignment {
    /// In the order of the Swedish edition.
    pub tables: Vec<TablePair>,
    /// Every pair of labels once, those with the most figures first.
    pub pairs: Vec<Pair>,
}

/// A table pair needs this much evidence: as digits beyond the first two of figures that few other rows have.
const TABLE_EVIDENCE: f64 = 8.0;
/// A row pair needs this much of its own: before its tables are known to be the same, and then.
const ROW_EVIDENCE: f64 = 1.0;
const ROW_EVIDENCE_WITHIN: f64 = 1.5;
/// What a digit says where the tables are known to be the same.
const DIGIT: f64 = 0.5;
/// Of the figures that two rows have in the same columns, this share must be the same.
const SAME: f64 = 0.7;
/// Digits that any figure has: money is planned in round sums.
const ROUND: usize = 2;

struct Row<'r> {
    label: &'r str,
    concept: Option<&'r str>,
    score: f32,
    /// By column: its phase and year, or its place among those without.
    figures: BTreeMap<Key, Decimal>,
}

type Key = (Phase, Option<i16>, usize);

/// By row: columns and values.
type Cells = BTreeMap<u32, Vec<(u32, Decimal)>>;

struct Grid<'r> {
    id: &'r str,
    statement: Statement,
    rows: Vec<Row<'r>>,
}

/// Pairs the tables and rows of two editions.
pub fn align(sv: &Report, fi: &Report, glossary: &Glossary) -> Alignment {
    let (left, right) = (grids(sv), grids(fi));
    let mut chosen = pair_tables(&left, &right, &Weights::of(&left, &right));
    chosen.sort_unstable();
    let mut out = Alignment::default();
    let mut pairs: BTreeMap<(Statement, &str, &str), Pair> = BTreeMap::new();
    for (a, b) in chosen {
        let rows = pair_rows(&left[a], &right[b], &Weights::Within);
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        out.tables.push(TablePair {
            sv: left[a].id.to_owned(),
            fi: right[b].id.to_owned(),
            rows: number(rows.len()),
            rows_sv: number(left[a].rows.len()),
            rows_fi: number(right[b].rows.len()),
        });
        for (i, k) in rows {
            let (own, other) = (&left[a].rows[i], &right[b].rows[k]);
            if own.label.is_empty() || other.label.is_empty() {
                continue;
            }
            let agreeing = number(compare(own, other, &Weights::Within).same);
            let statement = left[a].statement;
            let pair = pairs.entry((statement, own.label, other.label)).or_insert_with(|| {
                let (concept_sv, concept_fi) = (concept(own), concept(other));
                Pair {
                    sv: own.label.to_owned(),
                    fi: other.label.to_owned(),
                    statement,
                    figures: 0,
                    tables: 0,
                    opinion: opinion(own, other, glossary),
                    concept_sv,
                    concept_fi,
                }
            });
            pair.figures += agreeing;
            pair.tables += 1;
        }
    }
    out.pairs = pairs.into_values().collect();
    out.pairs.sort_by(|a, b| {
        b.figures.cmp(&a.figures).then_with(|| a.sv.cmp(&b.sv)).then_with(|| a.fi.cmp(&b.fi))
    });
    out
}

/// A weak match says nothing.
fn concept(row: &Row<'_>) -> Option<String> {
    row.concept.filter(|_| row.score >= 0.85).map(str::to_owned)
}

/// What a label means where it stands, or anywhere.
fn meanings(row: &Row<'_>, language: Language, glossary: &Glossary) -> Vec<String> {
    let known = glossary.lookup_any(row.label);
    let same = known.iter().filter(|s| s.language == language && s.score >= 0.98);
    concept(row).into_iter().chain(same.map(|s| s.concept.id.clone())).collect()
}

fn opinion(sv: &Row<'_>, fi: &Row<'_>, glossary: &Glossary) -> Opinion {
    let (own, other) = (meanings(sv, Language::Sv, glossary), meanings(fi, Language::Fi, glossary));
    if own.iter().any(|id| other.contains(id)) {
        Opinion::Known
    } else if own.is_empty() || other.is_empty() {
        Opinion::New
    } else {
        Opinion::Contradicting
    }
}

/// The tables of a report, with their rows of figures.
fn grids(report: &Report) -> Vec<Grid<'_>> {
    let mut by_table: FxHashMap<&str, Cells> = FxHashMap::default();
    for fact in &report.facts {
        if let Some(value) = fact.value.filter(|v| !v.is_zero()) {
            by_table.entry(&fact.table).or_default().entry(fact.row).or_default().push((fact.column, value));
        }
    }
    let rows = |table: &TableInfo| by_table.get(table.id.as_str());
    report.tables.iter().filter_map(|table| Some(grid(table, rows(table)?))).collect()
}

/// A table and its figures, by row and column.
fn grid<'r>(table: &'r TableInfo, rows: &Cells) -> Grid<'r> {
    let mut seen: FxHashMap<(Phase, Option<i16>), usize> = FxHashMap::default();
    let mut key = |c: &ColumnInfo| {
        let n = seen.entry((c.phase, c.year)).or_default();
        *n += 1;
        (c.phase, c.year, *n)
    };
    let keys: Vec<Key> = table.columns.iter().map(&mut key).collect();
    let row = |(at, cells): (&u32, &Vec<(u32, Decimal)>)| -> Option<Row<'r>> {
        let info = table.rows.get(*at as usize - 1)?;
        let figure = |(c, v): &(u32, Decimal)| Some((*keys.get(*c as usize - 1)?, v.normalize()));
        Some(Row {
            label: &info.label,
            concept: info.concept.as_deref(),
            score: info.match_score.unwrap_or(0.0),
            figures: cells.iter().filter_map(figure).collect(),
        })
    };
    Grid { id: &table.id, statement: table.statement, rows: rows.iter().filter_map(row).collect() }
}

/// How much it says that two rows have the same figure.
enum Weights {
    /// Before their tables are known to be the same: by its digits, and in how many rows of either edition it stands.
    Rarity(FxHashMap<Decimal, usize>),
    /// After that.
    Within,
}

impl Weights {
    fn of(left: &[Grid<'_>], right: &[Grid<'_>]) -> Self {
        let count = |side: &[Grid<'_>]| {
            let mut out: FxHashMap<Decimal, usize> = FxHashMap::default();
            for value in side.iter().flat_map(|g| &g.rows).flat_map(|r| r.figures.values()) {
                *out.entry(value.abs()).or_default() += 1;
            }
            out
        };
        // Only what stands in both editions is ever asked for.
        let (mut out, other) = (count(left), count(right));
        out.retain(|value, _| other.contains_key(value));
        for value in left.iter().flat_map(|g| &g.rows).flat_map(|r| r.figures.values()) {
            if let (Some(n), Some(m)) = (out.get_mut(&value.abs()), other.get(&value.abs())) {
                *n = (*n).max(*m);
            }
        }
        Weights::Rarity(out)
    }

    fn of_figure(&self, value: &Decimal) -> f64 {
        let digits = value.mantissa().unsigned_abs().to_string();
        let significant = digits.trim_end_matches('0').len();
        match self {
            Weights::Rarity(known) => {
                let rows = known.get(&value.abs()).copied().unwrap_or(1).max(1);
                significant.saturating_sub(ROUND) as f64 / (rows as f64).sqrt()
            }
            Weights::Within => significant as f64 * DIGIT,
        }
    }

    /// What a pair of rows needs.
    fn needed(&self) -> f64 {
        match self {
            Weights::Rarity(_) => ROW_EVIDENCE,
            Weights::Within => ROW_EVIDENCE_WITHIN,
        }
    }
}

/// How two rows compare.
struct Compared {
    /// Figures that are the same in the same column.
    same: usize,
    /// Columns in which both have one.
    both: usize,
    weight: f64,
}

fn compare(a: &Row<'_>, b: &Row<'_>, weights: &Weights) -> Compared {
    let mut out = Compared { same: 0, both: 0, weight: 0.0 };
    for (key, value) in &a.figures {
        let Some(other) = b.figures.get(key) else { continue };
        out.both += 1;
        // Shares and changes say nothing that the figures beside them do not.
        if value == other {
            out.same += 1;
            if !matches!(key.0, Phase::Change | Phase::Share) {
                out.weight += weights.of_figure(value);
            }
        }
    }
    out
}

/// Whether two rows are the same row.
fn is_same(c: &Compared, weights: &Weights) -> bool {
    c.weight >= weights.needed() && c.same as f64 >= SAME * c.both as f64
}

/// Tables by what their figures share, the surest first, each once.
fn pair_tables(left: &[Grid<'_>], right: &[Grid<'_>], weights: &Weights) -> Vec<(usize, usize)> {
    // Which tables have a figure, so that not every table is held against every other.
    let mut having: FxHashMap<Decimal, Vec<usize>> = FxHashMap::default();
    for (b, grid) in right.iter().enumerate() {
        for value in grid.rows.iter().flat_map(|r| r.figures.values()) {
            let tables = having.entry(*value).or_default();
            if tables.last() != Some(&b) {
                tables.push(b);
            }
        }
    }
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (a, grid) in left.iter().enumerate() {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for value in grid.rows.iter().flat_map(|r| r.figures.values()) {
            for &b in having.get(value).into_iter().flatten() {
                *shared.entry(b).or_default() += weights.of_figure(value);
            }
        }
        for (b, weight) in shared {
            if weight >= TABLE_EVIDENCE {
                let rows = pair_rows(grid, &right[b], weights);
                let evidence: f64 = rows
                    .iter()
                    .map(|(i, k)| compare(&grid.rows[*i], &right[b].rows[*k], weights).weight)
                    .sum();
                if evidence >= TABLE_EVIDENCE && rows.len() >= 2.min(grid.rows.len()) {
                    all.push((evidence, a, b));
                }
            }
        }
    }
    all.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut taken = (vec![false; left.len()], vec![false; right.len()]);
    let mut out = Vec::new();
    for (_, a, b) in all {
        if !taken.0[a] && !taken.1[b] {
            (taken.0[a], taken.1[b]) = (true, true);
            out.push((a, b));
        }
    }
    out
}

/// The rows of two tables side by side, in order.
fn pair_rows(left: &Grid<'_>, right: &Grid<'_>, weights: &Weights) -> Vec<(usize, usize)> {
    let (n, m) = (left.rows.len(), right.rows.len());
    let score = |i: usize, k: usize| {
        let c = compare(&left.rows[i], &right.rows[k], weights);
        if is_same(&c, weights) { c.weight } else { 0.0 }
    };
    let scores: Vec<Vec<f64>> = (0..n).map(|i| (0..m).map(|k| score(i, k)).collect()).collect();
    // The best that rows from i and from k on can do.
    let mut best = vec![vec![0.0_f64; m + 1]; n + 1];
    for i in (0..n).rev() {
        for k in (0..m).rev() {
            let both = if scores[i][k] > 0.0 { scores[i][k] + best[i + 1][k + 1] } else { 0.0 };
            best[i][k] = both.max(best[i + 1][k]).max(best[i][k + 1]);
        }
    }
    let mut out = Vec::new();
    let (mut i, mut k) = (0, 0);
    while i < n && k < m {
        if scores[i][k] > 0.0 && best[i][k] <= scores[i][k] + best[i + 1][k + 1] {
            out.push((i, k));
            (i, k) = (i + 1, k + 1);
        } else if best[i][k] <= best[i + 1][k] {
            i += 1;
        } else {
            k += 1;
        }
    }
    out.retain(|&(i, k)| is_only(left, right, i, k));
    out
}

/// Whether a row has as many like it, by their figures, on its own side as on the other.
fn is_only(left: &Grid<'_>, right: &Grid<'_>, i: usize, k: usize) -> bool {
    let alike = |rows: &[Row<'_>], at: usize| rows.iter().filter(|r| r.figures == rows[at].figures).count();
    alike(&left.rows, i) == alike(&right.rows, k)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row<'r>(label: &'r str, values: &[i64]) -> Row<'r> {
        let figure = |(c, v): (usize, &i64)| ((Phase::Budget, Some(2024 + c as i16), 1), Decimal::from(*v));
        let figures = values.iter().enumerate().map(figure).collect();
        Row { label, concept: None, score: 0.0, figures }
    }

    fn grid<'r>(id: &'r str, rows: Vec<Row<'r>>) -> Grid<'r> {
        Grid { id, statement: Statement::Operating, rows }
    }

    fn paired(left: &Grid<'_>, right: &Grid<'_>) -> Vec<(String, String)> {
        let (left, right) = (std::slice::from_ref(left), std::slice::from_ref(right));
        let rows = pair_rows(&left[0], &right[0], &Weights::of(left, right));
        rows.iter()
            .map(|(i, k)| (left[0].rows[*i].label.to_owned(), right[0].rows[*k].label.to_owned()))
            .collect()
    }

    fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
        of.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    #[test]
    fn rows_may_be_missing_on_either_side() {
        let left =
            grid("t1", vec![row("a", &[12_345, 13_571]), row("b", &[7_311, 7_499]), row("c", &[991, 1_013])]);
        let right =
            grid("t1", vec![row("A", &[12_345, 13_571]), row("X", &[4_242, 4_243]), row("C", &[991, 1_013])]);
        assert_eq!(paired(&left, &right), pairs(&[("a", "A"), ("c", "C")]));
    }

    #[test]
    fn rows_with_the_same_figures_are_paired_in_order_or_not_at_all() {
        let left = grid("t1", vec![row("a", &[12_345]), row("sum", &[12_345])]);
        let both = grid("t1", vec![row("A", &[12_345]), row("SUM", &[12_345])]);
        assert_eq!(paired(&left, &both), pairs(&[("a", "A"), ("sum", "SUM")]));
        let one = grid("t1", vec![row("A", &[12_345])]);
        assert!(paired(&left, &one).is_empty());
    }

    #[test]
    fn round_figures_pair_no_tables() {
        let left = [grid("t1", vec![row("a", &[10_000, 12_000]), row("b", &[500_000, 510_000])])];
        let right = [grid("t1", vec![row("A", &[10_000, 12_000]), row("B", &[500_000, 510_000])])];
        assert!(pair_tables(&left, &right, &Weights::of(&left, &right)).is_empty());
    }

    #[test]
    fn tables_may_stand_in_another_order() {
        let one = |id| grid(id, vec![row("a", &[12_345, 13_571]), row("b", &[77_311, 77_499])]);
        let two = |id| grid(id, vec![row("c", &[45_678, 44_321]), row("d", &[90_817, 91_733])]);
        let (left, right) = ([one("t1"), two("t2")], [two("t1"), one("t2")]);
        let mut found = pair_tables(&left, &right, &Weights::of(&left, &right));
        found.sort_unstable();
        assert_eq!(found, [(0, 1), (1, 0)]);
    }
}
