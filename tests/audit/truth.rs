//! Truth files → tables, facts, and how findings compare with what was planted.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;

use rust_decimal::Decimal;
use serde::Deserialize;
use taltolk::audit::{Finding, Severity};
use taltolk::fact::{Check, Fact, Phase, RowKind, Status, Unit, ValueState};
use taltolk::glossary::{MatchKind, Statement};
use taltolk::report::{ColumnInfo, RowInfo, SignConvention, TableInfo};

use super::glossary::{Glossary, concept};

#[derive(Deserialize, Clone)]
pub struct Truth {
    document: Doc,
    pub tables: Vec<Table>,
    #[serde(default)]
    pub planted_errors: Vec<Planted>,
    #[serde(default)]
    tolerated_findings: Vec<Tolerated>,
    #[serde(default)]
    stale_headers: Vec<Stale>,
}

#[derive(Deserialize, Clone)]
struct Doc {
    municipality: Option<String>,
}

#[derive(Deserialize, Clone)]
pub struct Table {
    page: u32,
    title: Option<String>,
    unit_scale: u32,
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
}

#[derive(Deserialize, Clone)]
pub struct Column {
    pub label: String,
    pub kind: String,
    pub year: Option<i16>,
    unit: Option<String>,
}

#[derive(Deserialize, Clone)]
pub struct Row {
    pub label: String,
    pub values: Vec<Option<String>>,
    #[serde(default)]
    pub total: bool,
    #[serde(default)]
    heading: bool,
    #[serde(default)]
    level: u32,
    unit: Option<String>,
    code: Option<String>,
}

#[derive(Deserialize, Clone)]
pub struct Planted {
    pub table: usize,
    pub row: String,
    pub column: String,
    pub printed: String,
    pub consistent: String,
    #[serde(default)]
    pub accept_rows: Vec<String>,
    #[serde(default)]
    pub accept_columns: Vec<String>,
    #[serde(default)]
    pub accept_tables: Vec<usize>,
}

#[derive(Deserialize, Clone)]
struct Tolerated {
    table: usize,
    row: String,
    column: String,
}

#[derive(Deserialize, Clone)]
struct Stale {
    table: usize,
    printed: Vec<i16>,
    consistent: Vec<i16>,
}

/// What findings are worth against the truth.
pub struct Measured {
    pub facts: usize,
    pub checked: usize,
    pub planted: usize,
    pub detected: usize,
    pub located: usize,
    pub corrected: usize,
    pub missed: Vec<String>,
    pub false_graves: Vec<String>,
    pub false_notes: Vec<String>,
    pub stale_printed: Vec<(usize, i16, i16)>,
    pub stale_found: Vec<(usize, i16, i16)>,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "facts {:5} checked {:5}  planted {:2} detected {:2} located {:2} corrected {:2}  false {} (notes {})  stale {}/{}",
            self.facts,
            self.checked,
            self.planted,
            self.detected,
            self.located,
            self.corrected,
            self.false_graves.len(),
            self.false_notes.len(),
            self.stale_found.len(),
            self.stale_printed.len()
        )
    }
}

impl Truth {
    pub fn read(path: &Path) -> Truth {
        serde_json::from_str(&std::fs::read_to_string(path).unwrap())
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    pub fn tables_and_facts(&self) -> (Vec<TableInfo>, Vec<Fact>) {
        let owner: Vec<String> = self.document.municipality.iter().cloned().collect();
        let mut facts = Vec::new();
        let tables = self.tables.iter().enumerate().map(|(i, t)| t.read(i, &owner, &mut facts)).collect();
        (tables, facts)
    }

    pub fn findings(&self) -> (Vec<Fact>, Vec<Finding>) {
        let (tables, facts) = self.tables_and_facts();
        let values: Vec<_> = facts.iter().map(|f| f.value).collect();
        let (facts, findings) = taltolk::audit::check(&tables, facts, &Glossary);
        assert!(facts.iter().map(|f| f.value).eq(values), "a check changed a value");
        (facts, findings)
    }

    /// The findings when the reader is worse than the truth file.
    pub fn findings_when(
        &self,
        degrade: impl Fn(&mut Vec<TableInfo>, &mut Vec<Fact>),
    ) -> (Vec<Fact>, Vec<Finding>) {
        let (mut tables, mut facts) = self.tables_and_facts();
        degrade(&mut tables, &mut facts);
        taltolk::audit::check(&tables, facts, &Glossary)
    }

    pub fn measure(&self, (facts, findings): &(Vec<Fact>, Vec<Finding>)) -> Measured {
        let table_of = |f: &Finding| f.table[1..].parse::<usize>().unwrap() - 1;
        let mut used = BTreeSet::new();
        let (mut detected, mut located, mut corrected) = (0, 0, 0);
        let mut missed = Vec::new();
        let graves = findings.iter().enumerate().filter(|(_, f)| f.code != "stale-year-head");
        for e in &self.planted_errors {
            let (mut d, mut l, mut c) = (false, false, false);
            let mut said = String::new();
            let table = &self.tables[e.table];
            for (i, f) in graves.clone() {
                let at = table_of(f) == e.table || e.accept_tables.contains(&table_of(f));
                let row = f.row_label == e.row || e.accept_rows.contains(&f.row_label);
                let column = f.column_label == e.column || e.accept_columns.contains(&f.column_label);
                if !(at && row && column) {
                    continue;
                }
                d = true;
                said = format!("{} {}", f.code, f.message);
                used.insert(i);
                if f.row_label == e.row && f.printed == Some(table.full(e, &e.printed)) {
                    l = true;
                    c |= f.consistent == Some(table.full(e, &e.consistent));
                }
            }
            (detected, located, corrected) =
                (detected + usize::from(d), located + usize::from(l), corrected + usize::from(c));
            if !c {
                missed.push(format!(
                    "{} {} / {} / {}: {said}",
                    if l {
                        "wrong value"
                    } else if d {
                        "elsewhere"
                    } else {
                        "missed"
                    },
                    e.table,
                    e.row,
                    e.column
                ));
            }
        }
        let mut stale_found = Vec::new();
        for f in findings.iter().filter(|f| f.code == "stale-year-head") {
            let column = facts.iter().find(|x| *x.table == *f.table && *x.column_label == *f.column_label);
            let consistent = column.and_then(|x| x.year_consistent).unwrap();
            stale_found.push((table_of(f), f.year.unwrap(), consistent));
        }
        let stale_printed = self
            .stale_headers
            .iter()
            .flat_map(|s| s.printed.iter().zip(&s.consistent).map(|(&p, &c)| (s.table, p, c)))
            .collect();
        let (mut false_graves, mut false_notes) = (Vec::new(), Vec::new());
        for (i, f) in graves {
            let tolerated = self
                .tolerated_findings
                .iter()
                .any(|t| t.table == table_of(f) && t.row == f.row_label && t.column == f.column_label);
            if used.contains(&i) || tolerated {
                continue;
            }
            let line = format!("{} {} [{}] {}", f.code, table_of(f), f.message, f.evidence.join(" | "));
            if f.severity == Severity::Note { false_notes.push(line) } else { false_graves.push(line) }
        }
        Measured {
            facts: facts.len(),
            checked: facts.iter().filter(|f| f.check != Check::NotCheckable).count(),
            planted: self.planted_errors.len(),
            detected,
            located,
            corrected,
            missed,
            false_graves,
            false_notes,
            stale_printed,
            stale_found,
        }
    }
}

impl Table {
    fn full(&self, e: &Planted, value: &str) -> Decimal {
        let column = self.columns.iter().find(|c| c.label == e.column).unwrap();
        let row = self.rows.iter().find(|r| r.label == e.row).unwrap();
        self.scaled(value.parse().unwrap(), row, column)
    }

    fn scaled(&self, value: Decimal, row: &Row, column: &Column) -> Decimal {
        if row.unit.is_some() || column.unit.is_some() {
            value
        } else {
            value * Decimal::from(self.unit_scale)
        }
    }

    fn read(&self, index: usize, owner: &[String], facts: &mut Vec<Fact>) -> TableInfo {
        let id = format!("t{}", index + 1);
        let mut section = None;
        let mut rows = Vec::new();
        for (r, row) in self.rows.iter().enumerate() {
            let info = row.info(section.clone());
            if row.heading {
                section = Some(row.label.clone());
            }
            for (c, (value, column)) in row.values.iter().zip(&self.columns).enumerate() {
                if let Some(printed) = value {
                    let value = self.scaled(printed.parse().unwrap(), row, column);
                    facts.push(fact(
                        &id,
                        self.page,
                        (r, c),
                        &info,
                        column,
                        self.unit_scale,
                        value,
                        printed,
                        owner,
                    ));
                }
            }
            rows.push(info);
        }
        TableInfo {
            id,
            boxes: Vec::new(),
            title: self.title.clone(),
            section_path: Vec::new(),
            entity_path: owner.to_vec(),
            statement: Statement::Operating,
            unit_scale: self.unit_scale,
            currency: Some("EUR".into()),
            sign_convention: SignConvention::Unknown,
            evidence: Vec::new(),
            disagreements: Vec::new(),
            columns: self.columns.iter().map(Column::info).collect(),
            rows,
        }
    }
}

impl Column {
    fn info(&self) -> ColumnInfo {
        let phase = match self.kind.as_str() {
            "actual" => Phase::Actual,
            "budget" => Phase::Budget,
            "amended_budget" => Phase::AmendedBudget,
            "plan" => Phase::Plan,
            "forecast" => Phase::Forecast,
            _ if self.unit.as_deref() == Some("percent") => Phase::Share,
            _ if self.year.is_none() && !self.label.is_empty() => Phase::Change,
            _ => Phase::Other,
        };
        ColumnInfo {
            label: self.label.clone(),
            phase,
            year: self.year,
            year_printed: self.year.is_some(),
            unit: self.unit.as_deref().map(unit),
            boxes: Vec::new(),
        }
    }
}

impl Row {
    fn info(&self, section: Option<String>) -> RowInfo {
        let memo = ["varav", "joista", "josta"].iter().any(|w| self.label.to_lowercase().starts_with(w));
        let kind = match (self.heading, self.total, memo) {
            (true, ..) => RowKind::Heading,
            (_, _, true) => RowKind::Memo,
            (_, true, _) => RowKind::Subtotal,
            _ => RowKind::Detail,
        };
        let concept = concept(&self.label);
        RowInfo {
            lines: vec![self.label.clone()],
            label: self.label.clone(),
            label_fi: None,
            section,
            qualifier: None,
            language: None,
            code: self.code.clone(),
            level: self.level,
            kind,
            unit: self.unit.as_deref().map(unit),
            match_kind: if concept.is_some() { MatchKind::Exact } else { MatchKind::None },
            match_score: None,
            concept,
            boxes: Vec::new(),
        }
    }
}

fn unit(name: &str) -> Unit {
    match name {
        "percent" => Unit::Percent,
        "persons" => Unit::Persons,
        "eur_per_capita" => Unit::EurPerCapita,
        _ => Unit::Count,
    }
}

#[allow(clippy::too_many_arguments, reason = "one call, in the order of the truth file")]
fn fact(
    table: &str,
    page: u32,
    (row, column): (usize, usize),
    info: &RowInfo,
    head: &Column,
    unit_scale: u32,
    value: Decimal,
    printed: &str,
    owner: &[String],
) -> Fact {
    let head = head.info();
    Fact {
        page,
        table: table.into(),
        row: row as u32 + 1,
        column: column as u32 + 1,
        municipality: None,
        entity_path: owner.into(),
        entity_level: Some(owner.len() as u32),
        book_year: None,
        statement: Statement::Operating,
        section: info.section.as_deref().map(Into::into),
        row_label: info.label.as_str().into(),
        label_fi: None,
        code: info.code.as_deref().map(Into::into),
        qualifier: None,
        column_label: head.label.into(),
        row_kind: info.kind,
        concept: info.concept.as_deref().map(Into::into),
        concept_sv: None,
        concept_fi: None,
        concept_en: None,
        match_kind: info.match_kind,
        match_score: None,
        phase: head.phase,
        year: head.year,
        value: Some(value),
        value_signed: Some(value),
        printed: printed.replace('.', ","),
        unit: info.unit.or(head.unit).or(Some(Unit::Eur)),
        unit_scale,
        value_state: ValueState::Number,
        value_box: None,
        label_boxes: [].into(),
        head_boxes: [].into(),
        repairs: Vec::new(),
        candidates: Vec::new(),
        confidence: 1.0,
        status: Status::Sure,
        doubt: Vec::new(),
        check: Check::NotCheckable,
        year_consistent: None,
        reprint_of: None,
    }
}
