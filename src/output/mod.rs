//! [`Report`] → bytes, in one of the formats.
//!
//! In: a report and a writer. Out: the same bytes for the same report, always.
//! Nothing here reads a clock, a terminal or a file. Refuses: writing anything
//! that a terminal would obey, see [`escape`].

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use crate::report::{Outcome, Report};

mod escape;
mod grid;
mod markdown;
mod text;
pub mod columns;
pub mod csv;
pub mod json;
pub mod page;
pub mod schema;
pub mod sheets;

pub use escape::{TerminalGuard, escape};

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// One object.
    Json,
    /// One row a fact or finding.
    Csv,
    /// Tables for people and language models.
    Markdown,
    /// Tables for a terminal.
    Text,
    /// Tables for a browser.
    Html,
    /// A drawing of a page.
    Svg,
}

/// Which side of a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// What stands in the book.
    Facts,
    /// What the arithmetic says of it.
    Findings,
    /// Its tables as they are printed.
    Tables,
    /// How a page was read.
    Page(u32),
}

/// Writes the report. Of a failed document only JSON has something to say.
pub fn write(report: &Report, view: View, format: Format, out: &mut dyn Write) -> io::Result<()> {
    if report.document.outcome == Outcome::Failed && format != Format::Json {
        return Ok(());
    }
    match (view, format) {
        (View::Facts, Format::Json) => json::report(report, out),
        (View::Facts, Format::Csv) => csv::facts(report, out),
        (View::Facts, Format::Markdown) => markdown::facts(report, out),
        (View::Facts, Format::Text) => text::facts(report, out),
        (View::Findings, Format::Json) => json::findings(report, out),
        (View::Findings, Format::Csv) => csv::findings(report, out),
        (View::Findings, Format::Markdown) => markdown::findings(report, out),
        (View::Findings, Format::Text) => text::findings(report, out),
        // Of a document without tables or pages.
        (View::Tables, _) => sheets::write(&[], format, out),
        (View::Page(_), _) => Ok(()),
        (View::Facts | View::Findings, Format::Html | Format::Svg) => Err(unsupported(format)),
    }
}

fn unsupported(format: Format) -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, format!("found no way to write this as {format:?}"))
}

#[cfg(test)]
mod tests;
