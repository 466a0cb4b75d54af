//! Truth keyed by hand → how right the facts of a report are.
//!
//! A fact is right when row label, year and kind of the column, and value are
//! all right; facts are compared as a multiset, so one that is said twice is
//! wrong once. Compared is the facts CSV, the contract that others rely on.
//! Labels are folded: NFKC, lower case, no soft hyphens, no punctuation at the end.

use std::collections::{HashMap, HashSet};
use std::iter::Sum;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use taltolk::output::{self, Format, View};
use taltolk::report::Report;
use unicode_normalization::UnicodeNormalization;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    document: Document,
    password: Option<String>,
    tables: Vec<Table>,
    #[serde(default)]
    pages: Vec<u32>,
    #[serde(default)]
    image_only_pages: Vec<u32>,
}

#[derive(Deserialize, Default)]
struct Document {
    password: Option<String>,
}

#[derive(Deserialize)]
struct Table {
    #[serde(default = "one")]
    unit_scale: u32,
    columns: Vec<Column>,
    rows: Vec<Row>,
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
struct Column {
    label: String,
    kind: String,
    year: Option<i16>,
    unit: Option<String>,
}

#[derive(Deserialize)]
struct Row {
    label: String,
    #[serde(default)]
    labels_alt: Vec<String>,
    values: Vec<Option<Decimal>>,
    #[serde(default)]
    nil_printed: Vec<usize>,
    unit: Option<String>,
}

/// Folded label, year, kind.
type Place = (String, String, String);

struct Cell {
    labels: Vec<String>,
    year: String,
    kind: String,
    value: Decimal,
}

/// What stands in a document.
pub(crate) struct Truth {
    cells: Vec<Cell>,
    nils: HashSet<Place>,
    labels: HashSet<String>,
    heads: HashSet<String>,
    /// Pages that the truth covers; none means all.
    pages: Vec<u32>,
    other_has_year: bool,
    /// Password of the document.
    pub(crate) password: Option<String>,
    /// Whether there is no text in it to read.
    pub(crate) only_images: bool,
}

/// How many facts are what.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    /// Facts in the truth.
    pub(crate) truth: usize,
    /// Facts in the report.
    pub(crate) said: usize,
    /// Facts of the report that are in the truth.
    pub(crate) right: usize,
    /// Facts of the report that are not, and yet `sure`.
    pub(crate) silent: usize,
}

impl Score {
    /// Of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        if self.said + self.truth == 0 {
            1.0
        } else {
            2.0 * self.right as f64 / (self.said + self.truth) as f64
        }
    }

    /// Share of the facts that are wrong and `sure`.
    pub(crate) fn silent_share(self) -> f64 {
        self.silent as f64 / self.said.max(1) as f64
    }
}

impl Sum for Score {
    fn sum<I: Iterator<Item = Score>>(scores: I) -> Score {
        scores.fold(Score::default(), |a, b| Score {
            truth: a.truth + b.truth,
            said: a.said + b.said,
            right: a.right + b.right,
            silent: a.silent + b.silent,
        })
    }
}

impl Truth {
    /// From the JSON file beside a document; `None` where it holds no tables.
    pub(crate) fn read(path: &Path) -> Option<Truth> {
        let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        value.get("tables")?;
        let file: File = serde_json::from_value(value).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let mut truth = Truth {
            cells: Vec::new(),
            nils: HashSet::new(),
            labels: HashSet::new(),
            heads: HashSet::new(),
            pages: file.pages,
            other_has_year: file
                .tables
                .iter()
                .flat_map(|t| &t.columns)
                .any(|c| c.kind == "other" && c.year.is_some()),
            password: file.password.or(file.document.password),
            only_images: !file.image_only_pages.is_empty(),
        };
        for table in &file.tables {
            truth.heads.extend(table.columns.iter().map(|c| one_line(&c.label)));
            table.rows.iter().for_each(|row| truth.row(table, row));
        }
        Some(truth)
    }

    fn row(&mut self, table: &Table, row: &Row) {
        self.labels.extend(std::iter::once(&row.label).chain(&row.labels_alt).map(|l| one_line(l)));
        let mut labels: Vec<String> =
            std::iter::once(&row.label).chain(&row.labels_alt).map(|l| fold(l)).collect();
        labels.sort();
        labels.dedup();
        for (i, (column, value)) in table.columns.iter().zip(&row.values).enumerate() {
            let year = column.year.map(|y| y.to_string()).unwrap_or_default();
            let Some(value) = *value else {
                if row.nil_printed.contains(&i) {
                    self.nils.extend(labels.iter().map(|l| (l.clone(), year.clone(), column.kind.clone())));
                }
                continue;
            };
            let scale = if is_money(&column.unit) && is_money(&row.unit) { table.unit_scale } else { 1 };
            self.cells.push(Cell {
                labels: labels.clone(),
                year,
                kind: column.kind.clone(),
                value: (value * Decimal::from(scale)).normalize(),
            });
        }
    }

    /// Number of facts.
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// Compares the facts of a report.
    pub(crate) fn score(&self, report: &Report) -> Score {
        let mut free: HashMap<(Place, Decimal), Vec<usize>> = HashMap::new();
        for (i, cell) in self.cells.iter().enumerate() {
            for label in &cell.labels {
                let place = (label.clone(), cell.year.clone(), cell.kind.clone());
                free.entry((place, cell.value)).or_default().push(i);
            }
        }
        let mut used = HashSet::new();
        let mut score = Score { truth: self.cells.len(), ..Score::default() };
        for fact in facts(report) {
            if !self.pages.is_empty() && !self.pages.contains(&fact.page) {
                continue;
            }
            let Some(value) = fact.value.map(|v| v.normalize()) else { continue };
            let year =
                if fact.column_kind == "other" && !self.other_has_year { String::new() } else { fact.year };
            let place = (fold(&fact.row_label), year, fact.column_kind);
            if value.is_zero() && self.nils.contains(&place) {
                continue; // a dash given as 0 is neither right nor wrong
            }
            score.said += 1;
            let hit = free.get(&(place, value)).and_then(|ids| ids.iter().find(|i| !used.contains(*i)));
            match hit {
                Some(&i) => {
                    used.insert(i);
                    score.right += 1;
                }
                None => score.silent += usize::from(fact.status == "sure"),
            }
        }
        score
    }

    /// Whether a row label, or an alternative that is as right, is printed so; case counts.
    pub(crate) fn has_label(&self, label: &str) -> bool {
        self.labels.contains(&one_line(label))
    }

    /// Whether a column is headed so; case counts.
    pub(crate) fn has_head(&self, head: &str) -> bool {
        self.heads.contains(&one_line(head))
    }
}

/// The columns of the facts CSV that are compared.
#[derive(Deserialize)]
struct Fact {
    page: u32,
    row_label: String,
    column_kind: String,
    year: String,
    value: Option<Decimal>,
    status: String,
}

fn facts(report: &Report) -> Vec<Fact> {
    let mut bytes = Vec::new();
    output::write(report, View::Facts, Format::Csv, &mut bytes).expect("a vector takes everything");
    csv::Reader::from_reader(bytes.as_slice()).deserialize().map(|row| row.expect("a fact")).collect()
}

fn is_money(unit: &Option<String>) -> bool {
    matches!(unit.as_deref(), None | Some("eur" | "currency"))
}

fn one_line(text: &str) -> String {
    let text: String = text.nfkc().filter(|&c| c != '\u{ad}').collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fold(text: &str) -> String {
    let text = one_line(text).to_lowercase();
    text.trim_end_matches(|c: char| {
        !c.is_alphanumeric() && !matches!(c, ')' | ']' | '+' | '=' | '<' | '>' | '|' | '~' | '€' | '$')
    })
    .to_owned()
}
