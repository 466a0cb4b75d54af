//! [`Report`] → Markdown: the tables, and below each what contradicts it.
//!
//! GitHub tables with right-aligned figures. Total rows are bold, inner rows
//! are indented by no-break spaces. Characters that Markdown would take for
//! markup are escaped in labels, so that a book cannot write links or HTML.

use std::io::{self, Write};

use super::escape::escape;
use super::grid::{self, Grid};
use crate::audit::Finding;
use crate::fact::RowKind;
use crate::report::{Document, Report};

pub(super) fn facts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    heading(&report.document, out)?;
    if report.tables.is_empty() {
        writeln!(out, "\nNo tables were found.")?;
    }
    for (table, grid) in grid::all(report) {
        writeln!(out, "\n## {}\n\n{}\n", plain(&grid::title(table)), plain(&grid::caption(table)))?;
        rows(&grid, out)?;
        legend(&grid, out)?;
        let findings: Vec<&Finding> = report.findings.iter().filter(|f| f.table == table.id).collect();
        if !findings.is_empty() {
            writeln!(out)?;
        }
        for finding in findings {
            item(finding, out)?;
        }
    }
    Ok(())
}

pub(super) fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    heading(&report.document, out)?;
    if report.findings.is_empty() {
        return writeln!(out, "\nNo findings.");
    }
    let mut table = None;
    for finding in &report.findings {
        if table != Some(&finding.table) {
            table = Some(&finding.table);
            let known = report.tables.iter().find(|t| t.id == finding.table);
            let title = known.map_or_else(|| finding.table.clone(), grid::title);
            writeln!(out, "\n## {}\n", plain(&title))?;
        }
        item(finding, out)?;
    }
    Ok(())
}

fn heading(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", plain(&escape(&document.path)))?;
    let mut about = Vec::new();
    if let Some(municipality) = &document.municipality {
        about.push(plain(&escape(&municipality.sv)));
    }
    if let Some(year) = document.book_year {
        about.push(year.to_string());
    }
    match document.pages.len() {
        1 => about.push("1 page".to_owned()),
        n => about.push(format!("{n} pages")),
    }
    writeln!(out, "\n{}", about.join(" · "))
}

fn rows(grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "| |")?;
    for head in &grid.heads {
        write!(out, " {} |", plain(head))?;
    }
    write!(out, "\n|:---|")?;
    for _ in &grid.heads {
        write!(out, "---:|")?;
    }
    writeln!(out)?;
    for row in &grid.rows {
        let indent = "\u{a0}\u{a0}".repeat(row.level.min(8));
        let bold = if matches!(row.kind, RowKind::Total | RowKind::Heading) { "**" } else { "" };
        let bold = if row.label.trim().is_empty() { "" } else { bold };
        write!(out, "| {indent}{bold}{}{bold} |", plain(row.label.trim()))?;
        for cell in &row.cells {
            write!(out, " {}{} |", plain(&cell.text), cell.mark)?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn legend(grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    if grid.doubtful {
        writeln!(out, "\n`{}` doubtful: the program may have misread this figure.", grid::DOUBTFUL)?;
    }
    if grid.contradicted {
        writeln!(out, "\n`{}` the arithmetic of the book contradicts this figure.", grid::CONTRADICTED)?;
    }
    Ok(())
}

fn item(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let place = plain(&grid::place(finding));
    writeln!(
        out,
        "- **{}** `{}` page {}{}{place}: {}",
        finding.severity.as_str(),
        escape(&finding.code),
        finding.page,
        if place.is_empty() { "" } else { ", " },
        plain(&grid::message(finding))
    )
}

/// Text that Markdown shows as it is.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
