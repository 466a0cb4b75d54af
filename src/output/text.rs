//! [`Report`] → plain text for a terminal: tables aligned by what a terminal
//! shows, or findings grouped by table.
//!
//! Widths are those of Unicode Standard Annex 11. Long labels and heads are
//! broken at spaces. No colour: the text is the same in a file.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::escape::escape;
use super::grid::{self, Grid};
use crate::audit::{Finding, Severity};
use crate::fact::RowKind;
use crate::report::{Document, Report};

/// Labels wider than this are broken.
const LABEL: usize = 48;
/// Heads are broken to the width of their figures, but never narrower.
const HEAD: usize = 12;

pub(super) fn facts(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    heading(&report.document, out)?;
    if report.tables.is_empty() {
        writeln!(out, "\nNo tables were found.")?;
    }
    for (table, grid) in grid::all(report) {
        writeln!(out, "\n{}\n{}\n", grid::title(table), grid::caption(table))?;
        rows(&grid, out)?;
        if grid.doubtful {
            writeln!(out, "{}  doubtful: the program may have misread this figure", grid::DOUBTFUL)?;
        }
        if grid.contradicted {
            writeln!(out, "{}  the arithmetic of the book contradicts this figure", grid::CONTRADICTED)?;
        }
        for finding in report.findings.iter().filter(|f| f.table == table.id) {
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
            match report.tables.iter().find(|t| t.id == finding.table) {
                Some(known) => writeln!(out, "\n{}\n{}", grid::title(known), grid::caption(known))?,
                None => writeln!(out, "\n{}", escape(&finding.table))?,
            }
        }
        item(finding, out)?;
    }
    let count = |s| report.findings.iter().filter(|f| f.severity == s).count();
    writeln!(
        out,
        "\nerrors {} · warnings {} · notes {}",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    )
}

fn heading(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let mut parts = vec![escape(&document.path).into_owned()];
    if let Some(municipality) = &document.municipality {
        parts.push(escape(&municipality.sv).into_owned());
    }
    if let Some(year) = document.book_year {
        parts.push(year.to_string());
    }
    writeln!(out, "{}", parts.join(" · "))
}

fn rows(grid: &Grid, out: &mut dyn Write) -> io::Result<()> {
    let labels: Vec<String> =
        grid.rows.iter().map(|r| format!("{}{}", "  ".repeat(r.level.min(8)), r.label.trim())).collect();
    let label_width = labels.iter().map(|l| l.width()).max().unwrap_or(0).min(LABEL);
    let figures: Vec<Vec<String>> = (0..grid.heads.len()).map(|c| column(grid, c)).collect();
    let widths: Vec<usize> = grid
        .heads
        .iter()
        .zip(&figures)
        .map(|(head, figures)| {
            let figures = figures.iter().map(|f| f.width()).max().unwrap_or(0);
            let words = head.split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
            figures.max(words).max(head.width().min(HEAD))
        })
        .collect();
    let heads: Vec<Vec<String>> = grid.heads.iter().zip(&widths).map(|(h, &w)| broken(h, w)).collect();
    let tall = heads.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..tall {
        let cells = heads.iter().map(|h| (line + h.len()).checked_sub(tall).map_or("", |i| h[i].as_str()));
        print("", label_width, cells.zip(widths.iter().copied()), out)?;
    }
    let rule = label_width + widths.iter().map(|w| w + 2).sum::<usize>();
    writeln!(out, "{}", "─".repeat(rule))?;
    for (r, (row, label)) in grid.rows.iter().zip(&labels).enumerate() {
        if row.kind == RowKind::Total && rule > 0 {
            writeln!(out, "{}", "╌".repeat(rule))?;
        }
        let lines = broken(label, label_width);
        let last = lines.len().saturating_sub(1);
        for (i, line) in lines.iter().enumerate() {
            let cells = figures.iter().map(|f| if i == last { f[r].as_str() } else { "" });
            print(line, label_width, cells.zip(widths.iter().copied()), out)?;
        }
    }
    Ok(())
}

/// The figures of a column; marks hang to the right, so that digits stand below digits.
fn column(grid: &Grid, c: usize) -> Vec<String> {
    let cells = grid.rows.iter().map(|r| &r.cells[c]);
    let hang = cells.clone().map(|c| c.mark.len()).max().unwrap_or(0);
    cells.map(|c| format!("{}{:hang$}", c.text, c.mark)).collect()
}

/// One line: the label to the left, cells to the right, no blanks at the end.
fn print<'a>(
    label: &str,
    label_width: usize,
    cells: impl Iterator<Item = (&'a str, usize)>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut line = String::from(label);
    line.push_str(&" ".repeat(label_width.saturating_sub(label.width())));
    for (cell, width) in cells {
        line.push_str("  ");
        line.push_str(&" ".repeat(width.saturating_sub(cell.width())));
        line.push_str(cell);
    }
    writeln!(out, "{}", line.trim_end())
}

/// Breaks at spaces; the indent of the first line is kept on the others. A
/// word wider than the line stays whole.
fn broken(text: &str, width: usize) -> Vec<String> {
    let indent = &text[..text.len() - text.trim_start().len()];
    let mut lines = vec![indent.to_owned()];
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let line = lines.last_mut().map_or("", |l| l.as_str());
        let fresh = line.len() == indent.len();
        if !fresh && line.width() + 1 + word.width() > width {
            lines.push(format!("{indent}{word}"));
        } else if let Some(line) = lines.last_mut() {
            if !fresh {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

fn item(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let place = grid::place(finding);
    writeln!(
        out,
        "  {:<8} {}  page {}{}{place}\n           {}",
        finding.severity.as_str(),
        escape(&finding.code),
        finding.page,
        if place.is_empty() { "" } else { ", " },
        grid::message(finding)
    )
}
