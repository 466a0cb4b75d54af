//! [`Report`] → facts CSV and findings CSV.
//!
//! In: reports, or one fact or finding after the other. Out: RFC 4180 with
//! `\n`, UTF-8 without a mark at the start; a cell is quoted where it must be.
//! Refuses: changing a label so that a spreadsheet likes it, see [`columns`](super::columns).

use std::io::{self, Write};

use super::columns::{Column, FACTS, FINDINGS};
use crate::audit::Finding;
use crate::fact::Fact;
use crate::report::Report;

/// Writes the rows of one table, under one head, for any number of documents.
pub struct Rows<T: 'static, W: Write> {
    columns: &'static [Column<T>],
    csv: csv::Writer<W>,
    cell: String,
}

impl<W: Write> Rows<Fact, W> {
    /// Starts a table of facts.
    pub fn facts(out: W) -> io::Result<Self> {
        Rows::start(FACTS, out)
    }
}

impl<W: Write> Rows<Finding, W> {
    /// Starts a table of findings.
    pub fn findings(out: W) -> io::Result<Self> {
        Rows::start(FINDINGS, out)
    }
}

impl<T, W: Write> Rows<T, W> {
    fn start(columns: &'static [Column<T>], out: W) -> io::Result<Self> {
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
        csv.write_record(columns.iter().map(|c| c.name))?;
        Ok(Rows { columns, csv, cell: String::new() })
    }

    /// Writes one row.
    pub fn write(&mut self, document: &str, row: &T) -> io::Result<()> {
        for column in self.columns {
            self.cell.clear();
            (column.cell)(document, row, &mut self.cell);
            self.csv.write_field(&self.cell)?;
        }
        self.csv.write_record(None::<&[u8]>)?;
        Ok(())
    }

    /// Writes what is still held back and gives the writer back.
    pub fn into_inner(self) -> io::Result<W> {
        self.csv.into_inner().map_err(|e| e.into_error())
    }

    /// Writes what is still held back.
    pub fn finish(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

pub(super) fn facts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::facts(out)?;
    for fact in &report.facts {
        rows.write(&report.document.path, fact)?;
    }
    rows.finish()
}

pub(super) fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut rows = Rows::findings(out)?;
    for finding in &report.findings {
        rows.write(&report.document.path, finding)?;
    }
    rows.finish()
}
