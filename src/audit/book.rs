//! Tables and facts → [`Book`]: the figures by cell, ready for arithmetic.
//!
//! In: tables and their facts. Out: an amount for every cell that arithmetic
//! can use, and what a row or column is when it comes to adding up. Refuses:
//! to decide what equals what; that is for the finders.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rustc_hash::FxHashMap;

use crate::equation::{Amount, Cell};
use crate::fact::TableInfo;
use crate::fact::{Fact, Phase, RowKind, Unit, ValueState};

/// Words that make a row a sum, whatever else its label says.
const SUM_WORDS: [&str; 9] =
    ["summa", "totalt", "sammanlagt", "total", "yhteensä", "yht", "samtliga", "inalles", "sum"];
/// First words of rows that show a part and are not added.
const MEMO_WORDS: [&str; 6] = ["varav", "därav", "joista", "josta", "siitä", "niistä"];
/// Words that make a row a difference of sums above it.
const NET_WORDS: [&str; 16] = [
    "netto",
    "nettokostnad",
    "bidrag",
    "verksamhetsbidrag",
    "driftsbidrag",
    "årsbidrag",
    "resultat",
    "överskott",
    "underskott",
    "toimintakate",
    "vuosikate",
    "tulos",
    "ylijäämä",
    "alijäämä",
    "jäämä",
    "kate",
];

/// What a row's figures are counted in; only like is added to like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    Money,
    Persons,
    Count,
    /// Percentages and money per head: never added.
    Ratio,
}

/// One table, seen by the audit.
pub(crate) struct Grid<'a> {
    pub(crate) info: &'a TableInfo,
    entries: Vec<Option<Entry>>,
    width: usize,
    /// Concept, else the label in small letters: what a row is called in other tables.
    pub(crate) keys: Vec<String>,
    /// The keys again as numbers that are in the same order in all tables of the book.
    pub(crate) ids: Vec<u32>,
    marks: Vec<bool>,
    memo: Vec<bool>,
    filled: Vec<bool>,
}

#[derive(Clone, Copy)]
struct Entry {
    fact: usize,
    amount: Option<Amount>,
}

/// A document, seen by the audit.
pub(crate) struct Book<'a> {
    pub(crate) tables: Vec<Grid<'a>>,
    pub(crate) facts: &'a [Fact],
}

impl<'a> Book<'a> {
    pub(crate) fn new(tables: &'a [TableInfo], facts: &'a [Fact]) -> Self {
        let mut grids: Vec<Grid<'a>> = tables.iter().map(Grid::empty).collect();
        let index: BTreeMap<&str, usize> =
            tables.iter().enumerate().map(|(i, t)| (t.id.as_str(), i)).collect();
        for (number, fact) in facts.iter().enumerate() {
            if let Some(&table) = index.get(&*fact.table) {
                grids[table].enter(number, fact);
            }
        }
        let keys: BTreeSet<&str> = grids.iter().flat_map(|g| g.keys.iter().map(String::as_str)).collect();
        let ids: FxHashMap<&str, u32> = keys.into_iter().zip(0..).collect();
        let ids: Vec<Vec<u32>> =
            grids.iter().map(|g| g.keys.iter().map(|k| ids[k.as_str()]).collect()).collect();
        for (grid, ids) in grids.iter_mut().zip(ids) {
            grid.ids = ids;
        }
        Book { tables: grids, facts }
    }

    /// The amount in a cell, where there is one that arithmetic can use.
    pub(crate) fn amount(&self, cell: Cell) -> Option<Amount> {
        self.tables.get(cell.table)?.amount(cell.row, cell.column)
    }

    /// The other figures of a row that could have been copied: not those of the
    /// original budget beside the amended one, which agree in most rows.
    pub(crate) fn years_beside(&self, cell: Cell) -> Vec<Decimal> {
        let Some(grid) = self.tables.get(cell.table) else { return Vec::new() };
        let year = |c: usize| grid.info.columns.get(c).map(|h| (h.year, h.phase));
        let budget = |p: Phase| matches!(p, Phase::Budget | Phase::AmendedBudget);
        let pair = |c: usize| match (year(c), year(cell.column)) {
            (Some((a, p)), Some((b, q))) => a == b && budget(p) && budget(q),
            _ => false,
        };
        let columns = (0..grid.width()).filter(|&c| c != cell.column && grid.additive(c) && !pair(c));
        let columns = columns.filter(|&c| grid.info.columns[c].phase != Phase::Change);
        columns.filter_map(|c| grid.amount(cell.row, c)).map(|a| a.value).collect()
    }

    /// The fact of a cell.
    pub(crate) fn fact(&self, cell: Cell) -> Option<usize> {
        self.tables.get(cell.table)?.entry(cell.row, cell.column).map(|e| e.fact)
    }
}

impl<'a> Grid<'a> {
    fn empty(info: &'a TableInfo) -> Self {
        let width = info.columns.len();
        Grid {
            info,
            entries: vec![None; width * info.rows.len()],
            width,
            keys: info.rows.iter().map(|r| r.concept.clone().unwrap_or_else(|| plain(&r.label))).collect(),
            ids: Vec::new(),
            marks: info.rows.iter().map(|r| is_marked(r.kind, &r.label)).collect(),
            memo: info.rows.iter().map(|r| is_memo(r.kind, &r.label)).collect(),
            filled: vec![false; info.rows.len()],
        }
    }

    fn enter(&mut self, number: usize, fact: &Fact) {
        let (row, column) = (fact.row as usize, fact.column as usize);
        if row == 0 || column == 0 || row > self.info.rows.len() || column > self.width {
            return;
        }
        let entry = &mut self.entries[(row - 1) * self.width + column - 1];
        if entry.is_none() {
            *entry = Some(Entry { fact: number, amount: amount_of(fact) });
            self.filled[row - 1] |= fact.value.is_some();
        }
    }

    fn entry(&self, row: usize, column: usize) -> Option<Entry> {
        (column < self.width)
            .then(|| self.entries.get(row * self.width + column).copied().flatten())
            .flatten()
    }

    pub(crate) fn amount(&self, row: usize, column: usize) -> Option<Amount> {
        self.entry(row, column).and_then(|e| e.amount)
    }

    /// A figure that stands there and cannot be used: no sum over it can be judged.
    pub(crate) fn blocked(&self, row: usize, column: usize, facts: &[Fact]) -> bool {
        self.entry(row, column)
            .is_some_and(|e| e.amount.is_none() && facts[e.fact].value_state != ValueState::Nil)
    }

    pub(crate) fn height(&self) -> usize {
        self.info.rows.len()
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Whether the row has figures.
    pub(crate) fn filled(&self, row: usize) -> bool {
        self.filled[row]
    }

    /// Whether the row's figures can be parts of a sum: `varav` rows cannot.
    pub(crate) fn adds(&self, row: usize) -> bool {
        self.filled[row] && !self.memo[row] && self.measure(row) != Measure::Ratio
    }

    /// Whether the print says that the row is a sum or a difference.
    pub(crate) fn marked(&self, row: usize) -> bool {
        self.marks[row]
    }

    /// Whether every printed figure of the row is a zero.
    pub(crate) fn zero(&self, row: usize) -> bool {
        (0..self.width).filter_map(|c| self.amount(row, c)).all(|a| a.value.is_zero())
    }

    pub(crate) fn measure(&self, row: usize) -> Measure {
        match self.info.rows[row].unit {
            None | Some(Unit::Eur | Unit::Sek) => Measure::Money,
            Some(Unit::Persons) => Measure::Persons,
            Some(Unit::Count) => Measure::Count,
            Some(Unit::Percent | Unit::EurPerCapita) => Measure::Ratio,
        }
    }

    /// Whether the column's figures can be added down the table.
    pub(crate) fn additive(&self, column: usize) -> bool {
        let c = &self.info.columns[column];
        c.phase != Phase::Share && !matches!(c.unit, Some(Unit::Percent | Unit::EurPerCapita))
    }

    /// Whether the column holds percentages.
    pub(crate) fn percent(&self, column: usize) -> bool {
        let c = &self.info.columns[column];
        c.unit == Some(Unit::Percent) || c.phase == Phase::Share || c.label.contains('%')
    }
}

fn is_marked(kind: RowKind, label: &str) -> bool {
    if matches!(kind, RowKind::Subtotal | RowKind::Total) {
        return true;
    }
    let label = label.to_lowercase();
    label.split(|c: char| !c.is_alphanumeric()).any(|word| {
        SUM_WORDS.contains(&word) || (NET_WORDS.contains(&word) && !label.contains(" och bidrag"))
    })
}

fn is_memo(kind: RowKind, label: &str) -> bool {
    let first = label.split_whitespace().next().unwrap_or("").to_lowercase();
    kind == RowKind::Memo || MEMO_WORDS.contains(&first.trim_end_matches([':', ',']))
}

/// A label for comparison: small letters, single spaces, no punctuation at its end.
pub(crate) fn plain(label: &str) -> String {
    let words: Vec<&str> = label.split_whitespace().collect();
    words.join(" ").to_lowercase().trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')').to_owned()
}

fn amount_of(fact: &Fact) -> Option<Amount> {
    if fact.value_state != ValueState::Number {
        return None;
    }
    let value = fact.value?;
    let scale = if fact.unit.is_none_or(Unit::is_money) { fact.unit_scale } else { 1 };
    Amount::printed(value, decimals(&fact.printed, value, scale), scale)
}

/// Decimals in print. A point followed by three digits groups thousands here;
/// without the printed text the value itself says how fine it is.
fn decimals(printed: &str, value: Decimal, scale: u32) -> u32 {
    let unscaled = value.checked_div(Decimal::from(scale.max(1))).unwrap_or(value).normalize();
    let digits = |mark: char| {
        printed.rsplit_once(mark).map(|(_, tail)| tail.chars().take_while(char::is_ascii_digit).count())
    };
    let shown = match (digits(','), digits('.')) {
        (Some(n), _) => n,
        (None, Some(n)) if n != 3 => n,
        _ => 0,
    };
    u32::try_from(shown).unwrap_or(0).max(unscaled.scale())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]
mod tests {
    use super::*;

    #[test]
    fn decimals_of_print() {
        let d = |s: &str| s.parse::<Decimal>().unwrap();
        assert_eq!(decimals("12,40", d("12.4"), 1), 2);
        assert_eq!(decimals("1.234", d("1234"), 1), 0);
        assert_eq!(decimals("12,4", d("12400000"), 1_000_000), 1);
        assert_eq!(decimals("-5,4 %", d("-5.4"), 1), 1);
        assert_eq!(decimals("", d("0.75"), 1), 2);
    }

    #[test]
    fn sums_by_word() {
        assert!(is_marked(RowKind::Detail, "Kostnader sammanlagt"));
        assert!(is_marked(RowKind::Detail, "Toimintakate"));
        assert!(!is_marked(RowKind::Detail, "Understöd och bidrag"));
        assert!(!is_marked(RowKind::Detail, "Personalkostnader"));
        assert!(is_memo(RowKind::Detail, "varav interna"));
    }
}
