//! [`Report`](crate::report::Report) → the columns of its two tables, in the order of the contract.
//!
//! In: one fact or finding and the path of its document. Out: one cell of
//! text. Every tabular format is written from these lists, so that two of them
//! cannot disagree on a column. What is missing is the empty cell, never zero.
//!
//! Labels are data and are never altered: one that begins with `=`, `+`, `-`
//! or `@` is quoted where the format needs it and left as printed. Open such a
//! file in a spreadsheet through its import of text, not by a double click.
//! Only characters that a terminal would obey are written as `\u{1b}`.

use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::escape::escape;
use crate::audit::Finding;
use crate::fact::{Fact, Phase, Unit, ValueState};
use crate::geometry::PageBox;
use crate::glossary::{MatchKind, Statement};

/// What a cell of a column holds, in the words of a Frictionless Table Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    String,
    /// Whole number.
    Integer,
    /// Number with a decimal point.
    Number,
    /// Year of four digits.
    Year,
}

impl Kind {
    /// The name in a Table Schema.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::String => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Year => "year",
        }
    }
}

/// One column of the table of `T`.
pub struct Column<T> {
    /// Name in the head.
    pub name: &'static str,
    /// What the cells hold.
    pub kind: Kind,
    /// For people.
    pub description: &'static str,
    /// Appends the cell of one row, whose document has this path.
    pub cell: fn(document: &str, row: &T, cell: &mut String),
}

macro_rules! columns {
    ($($name:literal $kind:ident $description:literal = |$doc:pat_param, $row:pat_param, $cell:ident| $body:expr;)+) => {
        &[$(Column {
            name: $name,
            kind: Kind::$kind,
            description: $description,
            cell: |$doc, $row, $cell| { $body; },
        }),+]
    };
}

/// The facts: nine columns that others rely on, then the rest of the fact.
pub const FACTS: &[Column<Fact>] = columns! {
    "document" String "path of the document" = |d, _, c| text(c, d);
    "page" Integer "page, from 1" = |_, f, c| show(c, f.page);
    "table" String "table, unique in the document" = |_, f, c| text(c, &f.table);
    "row_label" String "leaf label in one line, repaired" = |_, f, c| text(c, &f.row_label);
    "column_label" String "head of the column in one line" = |_, f, c| text(c, &f.column_label);
    "column_kind" String "actual, budget, amended_budget, plan, forecast or other" = |_, f, c| c.push_str(f.phase.column_kind());
    "year" Year "fiscal year; empty for changes and shares" = |_, f, c| year(c, f);
    "value" Number "full units, sign as printed; empty for nil and unreadable" = |_, f, c| value(c, f, f.value);
    "status" String "sure or doubtful" = |_, f, c| c.push_str(f.status.as_str());
    "row" Integer "row of the table, from 1" = |_, f, c| show(c, f.row);
    "column" Integer "figure column of the table, from 1" = |_, f, c| show(c, f.column);
    "municipality" String "official three-digit code" = |_, f, c| maybe(c, f.municipality.as_deref());
    "entity_path" String "from the whole to the unit, joined by ` / `" = |_, f, c| list(c, " / ", f.entity_path.iter());
    "entity_level" Integer "length of the path: 1 is the municipality" = |_, f, c| show_some(c, f.entity_level);
    "book_year" Year "the year the book is for" = |_, f, c| show_some(c, f.book_year);
    "statement" String "kind of statement the table is" = |_, f, c| c.push_str(statement(f.statement));
    "section" String "heading rows above, joined by ` / `" = |_, f, c| maybe(c, f.section.as_deref());
    "label_fi" String "the label in Finnish where both are printed" = |_, f, c| maybe(c, f.label_fi.as_deref());
    "code" String "code printed before the label" = |_, f, c| maybe(c, f.code.as_deref());
    "qualifier" String "externt, varav, netto …" = |_, f, c| maybe(c, f.qualifier.as_deref());
    "row_kind" String "detail, subtotal, total, memo or heading" = |_, f, c| c.push_str(f.row_kind.as_str());
    "concept" String "concept of the glossary" = |_, f, c| maybe(c, f.concept.as_deref());
    "concept_sv" String "its preferred Swedish label" = |_, f, c| maybe(c, f.concept_sv.as_deref());
    "concept_fi" String "its preferred Finnish label" = |_, f, c| maybe(c, f.concept_fi.as_deref());
    "concept_en" String "its preferred English label" = |_, f, c| maybe(c, f.concept_en.as_deref());
    "match_kind" String "how the label was matched" = |_, f, c| c.push_str(match_kind(f.match_kind));
    "match_score" Number "how well, 0 to 1" = |_, f, c| show_some(c, f.match_score);
    "phase" String "phase of the column, with change and share" = |_, f, c| c.push_str(f.phase.as_str());
    "value_signed" Number "costs negative whatever the book prints" = |_, f, c| value(c, f, f.value_signed);
    "printed" String "the figure as printed" = |_, f, c| text(c, &f.printed);
    "unit" String "EUR, SEK, percent, persons, eur_per_capita or count" = |_, f, c| c.push_str(f.unit.map_or("", Unit::as_str));
    "unit_scale" Integer "what the printed figure was multiplied by" = |_, f, c| show(c, f.unit_scale);
    "value_state" String "number, nil or unreadable" = |_, f, c| c.push_str(f.value_state.as_str());
    "value_box" String "where the figure stands, `page:x0 y0 x1 y1`" = |_, f, c| boxes(c, f.value_box.as_slice());
    "label_boxes" String "where the label stands, joined by `;`" = |_, f, c| boxes(c, &f.label_boxes);
    "head_boxes" String "where the head stands, joined by `;`" = |_, f, c| boxes(c, &f.head_boxes);
    "repairs" String "what was done to read it, joined by `;`" = |_, f, c| list(c, ";", f.repairs.iter().map(|r| r.as_str()));
    "candidates" String "other readings, best first, joined by `;`" = |_, f, c| list(c, ";", f.candidates.iter().map(|&v| decimal(v)));
    "confidence" Number "0 to 1" = |_, f, c| show(c, f.confidence);
    "doubt" String "reasons of the doubt, joined by `;`" = |_, f, c| list(c, ";", f.doubt.iter());
    "check" String "passed, failed or not_checkable" = |_, f, c| c.push_str(f.check.as_str());
    "year_consistent" Year "the year that the figures prove where the head is stale" = |_, f, c| show_some(c, f.year_consistent);
    "reprint_of" String "where the same figure stands first, `table/row/column`" = |_, f, c| maybe(c, f.reprint_of.as_deref());
};

/// The findings.
pub const FINDINGS: &[Column<Finding>] = columns! {
    "document" String "path of the document" = |d, _, c| text(c, d);
    "page" Integer "page, from 1" = |_, f, c| show(c, f.page);
    "table" String "table, unique in the document" = |_, f, c| text(c, &f.table);
    "row_label" String "label of the row to blame; empty for a column" = |_, f, c| text(c, &f.row_label);
    "column_label" String "head of the column" = |_, f, c| text(c, &f.column_label);
    "year" Year "printed year of the column" = |_, f, c| show_some(c, f.year);
    "printed" Number "what is printed, full units" = |_, f, c| show_some(c, f.printed.map(decimal));
    "consistent" Number "what would be consistent, full units" = |_, f, c| show_some(c, f.consistent.map(decimal));
    "code" String "name of the rule" = |_, f, c| text(c, &f.code);
    "severity" String "error, warning or note" = |_, f, c| c.push_str(f.severity.as_str());
    "message" String "for people" = |_, f, c| text(c, &f.message);
};

/// A decimal as every format writes it: a point, no grouping, no exponent, no `-0`.
pub(super) fn decimal(value: Decimal) -> Decimal {
    if value.is_zero() { value.abs() } else { value }
}

/// The name used in every output.
pub(super) fn statement(statement: Statement) -> &'static str {
    match statement {
        Statement::Operating => "operating",
        Statement::Income => "income",
        Statement::CashFlow => "cash_flow",
        Statement::Balance => "balance",
        Statement::Investments => "investments",
        Statement::KeyFigures => "key_figures",
        Statement::Personnel => "personnel",
        Statement::Other => "other",
    }
}

fn match_kind(kind: MatchKind) -> &'static str {
    match kind {
        MatchKind::Exact => "exact",
        MatchKind::Normalised => "normalised",
        MatchKind::Abbreviation => "abbreviation",
        MatchKind::Inflected => "inflected",
        MatchKind::Compound => "compound",
        MatchKind::Fuzzy => "fuzzy",
        MatchKind::None => "none",
    }
}

fn text(cell: &mut String, text: &str) {
    cell.push_str(&escape(text));
}

fn maybe(cell: &mut String, value: Option<&str>) {
    text(cell, value.unwrap_or_default());
}

fn show(cell: &mut String, value: impl std::fmt::Display) {
    // Writing to a string cannot fail.
    let _ = write!(cell, "{value}");
}

fn show_some(cell: &mut String, value: Option<impl std::fmt::Display>) {
    if let Some(value) = value {
        show(cell, value);
    }
}

fn list<T: std::fmt::Display>(cell: &mut String, glue: &str, items: impl Iterator<Item = T>) {
    for (i, item) in items.enumerate() {
        if i > 0 {
            cell.push_str(glue);
        }
        text(cell, &item.to_string());
    }
}

fn value(cell: &mut String, fact: &Fact, value: Option<Decimal>) {
    if fact.value_state == ValueState::Number {
        show_some(cell, value.map(decimal));
    }
}

fn year(cell: &mut String, fact: &Fact) {
    if !matches!(fact.phase, Phase::Change | Phase::Share) {
        show_some(cell, fact.year);
    }
}

fn boxes(cell: &mut String, boxes: &[PageBox]) {
    for (i, b) in boxes.iter().enumerate() {
        if i > 0 {
            cell.push(';');
        }
        let r = b.rect;
        let _ = write!(cell, "{}:{:.1} {:.1} {:.1} {:.1}", b.page, r.x0, r.y0, r.x1, r.y1);
    }
}
