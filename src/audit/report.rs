//! Cells and equations → the parts of a finding: place, names, arithmetic.

use rust_decimal::Decimal;

use crate::audit::book::Book;
use crate::audit::finding::{Finding, Severity};
use crate::audit::words;
use crate::equation::{Balance, Cell, Equation, Source};

/// Equations that a finding shows as evidence.
const SHOWN: usize = 6;

/// What the rules write findings from.
pub(crate) struct Context<'b, 'a> {
    pub(crate) book: &'b Book<'a>,
    pub(crate) equations: &'b [Equation],
}

impl Context<'_, '_> {
    pub(crate) fn balance(&self, equation: usize) -> Option<Balance> {
        self.equations[equation].balance(|cell| self.book.amount(cell))
    }

    /// `table/row/column`, from 1.
    pub(crate) fn place(&self, cell: Cell) -> String {
        let table = self.book.tables.get(cell.table).map_or("", |g| g.info.id.as_str());
        format!("{table}/{}/{}", cell.row + 1, cell.column + 1)
    }

    fn row_label(&self, cell: Cell) -> &str {
        self.book
            .tables
            .get(cell.table)
            .and_then(|g| g.info.rows.get(cell.row))
            .map_or("", |r| r.label.as_str())
    }

    fn column_label(&self, cell: Cell) -> &str {
        let column = self.book.tables.get(cell.table).and_then(|g| g.info.columns.get(cell.column));
        column.map_or("", |c| c.label.as_str())
    }

    /// Row and column as a reader finds them.
    pub(crate) fn name(&self, cell: Cell) -> String {
        format!("{}, {}", self.row_label(cell), self.column_label(cell))
    }

    /// A finding at a cell, without its figures and evidence.
    pub(crate) fn at(&self, cell: Cell, code: &str, severity: Severity, message: String) -> Finding {
        let fact = self.book.fact(cell).map(|f| &self.book.facts[f]);
        let grid = self.book.tables.get(cell.table);
        let page = fact.map(|f| f.page).or_else(|| grid.and_then(|g| g.info.boxes.first()).map(|b| b.page));
        Finding {
            code: code.to_owned(),
            severity,
            message,
            page: page.unwrap_or(1),
            table: grid.map_or_else(String::new, |g| g.info.id.clone()),
            row_label: fact.map_or_else(|| self.row_label(cell).to_owned(), |f| f.row_label.to_string()),
            column_label: self.column_label(cell).to_owned(),
            year: grid.and_then(|g| g.info.columns.get(cell.column)).and_then(|c| c.year),
            printed: None,
            consistent: None,
            evidence: Vec::new(),
            facts: vec![self.place(cell)],
            boxes: fact.and_then(|f| f.value_box).into_iter().collect(),
        }
    }

    /// Adds one line of arithmetic for each equation, and the facts in it.
    pub(crate) fn evidence(&self, finding: &mut Finding, equations: &[usize]) {
        for &number in equations.iter().take(SHOWN) {
            if let Some(line) = self.line(number) {
                finding.evidence.push(line);
            }
            for (cell, _) in self.equations[number].cells() {
                let place = self.place(cell);
                if self.book.fact(cell).is_some() && !finding.facts.contains(&place) {
                    finding.facts.push(place);
                }
            }
        }
    }

    fn line(&self, number: usize) -> Option<String> {
        let equation = &self.equations[number];
        let balance = self.balance(number)?;
        let terms: Vec<(Decimal, i8)> = equation
            .terms
            .iter()
            .filter_map(|&(cell, weight)| self.book.amount(cell).map(|a| (a.value, weight)))
            .collect();
        let arithmetic = format!(
            "{} = {}, printed {}",
            words::sum(&terms),
            words::amount(balance.sum),
            words::amount(balance.total)
        );
        let who = match equation.source {
            Source::Weights | Source::Hierarchy | Source::Search => self.row_label(equation.total).to_owned(),
            Source::Columns => self.name(equation.total),
            Source::Units => format!("{} of the units", self.row_label(equation.total)),
            Source::Reprint => match equation.terms.first() {
                Some(&(cell, _)) => {
                    format!("{} also in {}", self.row_label(equation.total), self.place(cell))
                }
                None => self.row_label(equation.total).to_owned(),
            },
        };
        Some(format!("{who}: {arithmetic}"))
    }
}
