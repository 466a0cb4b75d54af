//! Findings: what the arithmetic of a book says about its print.
//!
//! In: nothing; these are the types that the stage makes. Out: rows of the
//! findings CSV and the `findings` of a report.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::geometry::PageBox;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The book contradicts itself.
    Error,
    /// Probably wrong; look.
    Warning,
    /// Good to know; nobody is accused.
    Note,
}

impl Severity {
    /// The name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One inconsistency of the book, at the cell that most likely causes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Kebab-case name, stable: `sum-mismatch`, `stale-year-head` …
    pub code: String,
    /// How grave.
    pub severity: Severity,
    /// For people.
    pub message: String,
    /// Page, from 1.
    pub page: u32,
    /// Table id.
    pub table: String,
    /// Label of the row blamed; empty for a finding about a column.
    pub row_label: String,
    /// Head of the column.
    pub column_label: String,
    /// Printed year of the column.
    pub year: Option<i16>,
    /// What is printed, in full units.
    pub printed: Option<Decimal>,
    /// What would be consistent, in full units.
    pub consistent: Option<Decimal>,
    /// The equations, tables or readers that say so, one line each.
    pub evidence: Vec<String>,
    /// Facts involved, as `table/row/column`.
    pub facts: Vec<String>,
    /// Where it stands on the page.
    pub boxes: Vec<PageBox>,
}
