//! One table of a report → a grid of cells for people to read.
//!
//! In: a table and the facts of its report. Out: heads, labels and figures in
//! print order, figures in the unit of the table (not in full units), grouped
//! by spaces with a decimal comma, as Finnish books print them. A mark says
//! what is not to be relied on: `?` doubtful, `!` contradicted by arithmetic.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::columns::{decimal, statement};
use super::escape::escape;
use crate::audit::Finding;
use crate::fact::{Check, Fact, Phase, RowKind, Status, Unit, ValueState};
use crate::report::{ColumnInfo, Report, TableInfo};

/// Ends a figure that may be misread.
pub(super) const DOUBTFUL: &str = "?";
/// Ends a figure that the arithmetic of the book contradicts.
pub(super) const CONTRADICTED: &str = "!";

pub(super) struct Grid {
    pub(super) heads: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) doubtful: bool,
    pub(super) contradicted: bool,
}

pub(super) struct Row {
    pub(super) label: String,
    pub(super) level: usize,
    pub(super) kind: RowKind,
    pub(super) cells: Vec<Cell>,
}

/// A figure and what is to be said of it.
#[derive(Clone, Default)]
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) mark: String,
}

/// Every table of the report with its grid.
pub(super) fn all(report: &Report) -> impl Iterator<Item = (&TableInfo, Grid)> {
    let mut facts: HashMap<&str, Vec<&Fact>> = HashMap::new();
    for fact in &report.facts {
        facts.entry(&fact.table).or_default().push(fact);
    }
    report.tables.iter().map(move |table| {
        let facts = facts.get(table.id.as_str()).map_or(&[][..], Vec::as_slice);
        (table, grid(table, facts))
    })
}

fn grid(table: &TableInfo, facts: &[&Fact]) -> Grid {
    let mut rows: Vec<Row> = table
        .rows
        .iter()
        .map(|row| Row {
            label: escape(&row.label).into_owned(),
            level: row.level as usize,
            kind: row.kind,
            cells: vec![Cell::default(); table.columns.len()],
        })
        .collect();
    let (mut doubtful, mut contradicted) = (false, false);
    for fact in facts {
        let (Some(row), Some(column)) = (fact.row.checked_sub(1), fact.column.checked_sub(1)) else {
            continue;
        };
        let Some(cell) = rows.get_mut(row as usize).and_then(|r| r.cells.get_mut(column as usize)) else {
            continue;
        };
        *cell = Cell { text: figure(fact), mark: mark(fact) };
        doubtful |= fact.status == Status::Doubtful;
        contradicted |= fact.check == Check::Failed;
    }
    Grid { heads: table.columns.iter().map(head).collect(), rows, doubtful, contradicted }
}

/// Title, entity, pages, statement and unit, as one caption each.
pub(super) fn title(table: &TableInfo) -> String {
    let title = table.title.as_deref().or(table.section_path.last().map(String::as_str));
    title.map_or_else(|| format!("Table {}", table.id), |t| escape(t).into_owned())
}

pub(super) fn caption(table: &TableInfo) -> String {
    let mut parts = vec![table.id.clone(), pages(table)];
    if !table.entity_path.is_empty() {
        parts.push(escape(&table.entity_path.join(" / ")).into_owned());
    }
    parts.push(statement(table.statement).replace('_', " "));
    if let Some(currency) = &table.currency {
        parts.push(match table.unit_scale {
            1 => escape(currency).into_owned(),
            scale => format!("{} {}", crate::number::print(Decimal::from(scale)), escape(currency)),
        });
    }
    parts.retain(|p| !p.is_empty());
    parts.join(" · ")
}

fn pages(table: &TableInfo) -> String {
    let pages = table.boxes.iter().map(|b| b.page);
    match (pages.clone().min(), pages.max()) {
        (Some(first), Some(last)) if first == last => format!("page {first}"),
        (Some(first), Some(last)) => format!("pages {first}–{last}"),
        _ => String::new(),
    }
}

fn head(column: &ColumnInfo) -> String {
    if !column.label.is_empty() {
        return escape(&column.label).into_owned();
    }
    match column.year {
        Some(year) if !matches!(column.phase, Phase::Other) => format!("{} {year}", column.phase),
        Some(year) => year.to_string(),
        None => String::new(),
    }
}

fn figure(fact: &Fact) -> String {
    let mut cell = match (fact.value_state, fact.value) {
        (ValueState::Nil, _) => "–".to_owned(),
        (ValueState::Number, Some(value)) => {
            let scale = Decimal::from(fact.unit_scale.max(1));
            let printed = if fact.unit.is_none_or(Unit::is_money) {
                value.checked_div(scale).unwrap_or(value)
            } else {
                value
            };
            crate::number::print(decimal(printed))
        }
        _ => escape(&fact.printed).into_owned(),
    };
    if fact.unit == Some(Unit::Percent) && fact.value_state == ValueState::Number {
        cell.push_str(" %");
    }
    cell
}

fn mark(fact: &Fact) -> String {
    let doubtful = if fact.status == Status::Doubtful { DOUBTFUL } else { "" };
    let contradicted = if fact.check == Check::Failed { CONTRADICTED } else { "" };
    format!("{doubtful}{contradicted}")
}

/// Where a finding stands: row and column, as far as it has them.
pub(super) fn place(finding: &Finding) -> String {
    let parts = [finding.row_label.as_str(), finding.column_label.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    escape(&parts.join(", ")).into_owned()
}

/// The message of a finding without the place, which is said already, and with
/// both figures, where it does not name them.
pub(super) fn message(finding: &Finding) -> String {
    let message = escape(&finding.message);
    let place = place(finding);
    let rest = message.strip_prefix(&place).and_then(|m| m.strip_prefix(": ")).unwrap_or(&message);
    match (finding.printed, finding.consistent) {
        (Some(printed), Some(consistent)) if !rest.contains("printed") => {
            format!(
                "{rest} (printed {}, consistent {})",
                crate::number::print(printed),
                crate::number::print(consistent)
            )
        }
        _ => rest.to_owned(),
    }
}
