//! What the money of each row of a table is counted in.
//!
//! In: a table, what its columns and captions say, which concepts its rows are.
//! Out: a [`RowScale`] per row. What is printed over a table holds for its money,
//! but rows and headings inside it may say otherwise: `Ekonomi (1 000 €)` over a
//! few rows, `Personal` over the next, `Kostnad per elev, €`.
//! Refuses: to call a row money or a count for sure that neither the glossary, the
//! row nor its heading tells; such rows are doubtful.

use rust_decimal::Decimal;

use super::labels::Labels;
use crate::figure::{Meaning, scale_of};
use crate::glossary::{ConceptMatch, Glossary, Statement, UnitWord};
use crate::table::{Row, Table};

/// What one row is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RowScale {
    /// What its label says: `Lån per 31.12, 1 000 €`.
    pub(super) own: Option<u32>,
    /// What its money is multiplied by where the label says nothing.
    pub(super) factor: u32,
    /// Whether its figures are a count, where no unit is said of them.
    pub(super) count: bool,
    /// Whether arithmetic proves that they are; no concept of money fits then.
    pub(super) divisor: bool,
    /// Whether what it is counted in is said of other rows only.
    pub(super) doubtful: bool,
}

/// The scales of the rows; `matches` are their concepts.
pub(super) fn of_rows(
    table: &Table,
    meaning: &Meaning,
    statement: Statement,
    matches: &[Option<ConceptMatch<'_>>],
    labels: &mut Labels<'_>,
) -> Vec<RowScale> {
    let glossary = labels.glossary;
    let own: Vec<Option<u32>> = table.rows.iter().map(|r| labels.words(&r.label.text).scale).collect();
    let headings = Headings::of(table, glossary);
    let scaled = meaning.scale.factor > 1;
    // What money is counted in says nothing of persons and of key figures that are no money.
    let counting = scaled && matches!(statement, Statement::KeyFigures | Statement::Personnel);
    // `Barn i vård` over `Nettokostnad per barn, euro`.
    let mixed = scaled && own.contains(&Some(1));
    let divisor = |i: usize| mixed && own[i].is_none() && divides(&table.rows, i, &own, meaning.scale.factor);
    let row = |(i, row): (usize, &Row)| {
        let label = &row.label.text;
        let matched = matches[i].is_some();
        let counted = (counting || mixed) && opens_with_count(label, glossary);
        // A sum is of what its parts are.
        let known = matched && !(counting && labels.words(label).sum);
        let said = headings.scale(row);
        let unsaid = said.is_none() && (!headings.scales.is_empty() || headings.counts(row))
            || (counting || counted) && !known;
        if divisor(i) {
            let factor = meaning.scale.factor;
            return RowScale { own: own[i], factor, count: true, divisor: true, doubtful: false };
        }
        let no_money = !meaning.scale.printed || headings.counts(row) || counted;
        RowScale {
            own: own[i],
            factor: said.unwrap_or(meaning.scale.factor),
            count: unsaid && no_money && !matched && !label.contains('€'),
            divisor: false,
            // What is printed over the table holds for the money that the glossary knows; what a heading says of its
            // rows does not hold under another that counts; and euros are euros wherever it is said.
            doubtful: unsaid
                && !(meaning.scale.printed && known)
                && (!headings.counts(row) || headings.scales.is_empty())
                && (meaning.scale.factor > 1 || headings.scales.iter().any(|s| s.1 > 1)),
        }
    };
    table.rows.iter().enumerate().map(row).collect()
}

/// `Lån | Nettokostnad | Nettokostnad per lån, euro`: whether the next row, counted in thousands, is this one times
/// one of the rows after it, which is counted in euros, in every column and in two at least.
fn divides(rows: &[Row], i: usize, own: &[Option<u32>], factor: u32) -> bool {
    /// Rows after the money in which its price may stand.
    const NEAR: usize = 3;
    let number = |row: &Row, c: usize| row.cells.get(c)?.as_ref()?.number.as_ref().map(|n| n.value);
    let Some(money) = rows.get(i + 1).filter(|_| own[i + 1].is_none()) else { return false };
    let factor = Decimal::from(factor);
    let price = |k: usize| {
        let row = &rows[k];
        let mut held = 0;
        for c in 0..rows[i].cells.len() {
            let (Some(count), Some(sum), Some(price)) =
                (number(&rows[i], c), number(money, c), number(row, c))
            else {
                continue;
            };
            // Half a unit of either, and what the sum was rounded to before it was divided.
            let unit = Decimal::new(1, price.scale());
            let off = (sum.abs() * factor - price.abs() * count).abs();
            if count <= Decimal::ONE || off > factor + unit * count {
                return false;
            }
            held += 1;
        }
        held >= 2
    };
    (i + 2..rows.len().min(i + 2 + NEAR)).any(|k| own[k] == Some(1) && price(k))
}

/// `Elever i åk 1–9`, `Lapsia hoidossa`: the label begins with what is counted.
fn opens_with_count(label: &str, glossary: &Glossary) -> bool {
    let unit = label.split_whitespace().next().and_then(|w| glossary.vocabulary().unit_of(w));
    matches!(unit, Some(UnitWord::Count | UnitWord::Persons))
}

/// What headings inside a table say of the rows under them.
struct Headings {
    /// What money is counted in: `Ekonomi (1 000 €)`.
    scales: Vec<(String, u32)>,
    /// Figures that are no money: `Nyckeltal`, `Personal`.
    counts: Vec<String>,
}

impl Headings {
    fn of(table: &Table, glossary: &Glossary) -> Self {
        let headings = || table.rows.iter().filter(|r| r.is_heading()).map(|r| &r.label.text);
        let scale = |text: &String| Some((text.clone(), scale_of(text, glossary)?.factor));
        let counts = |text: &&String| {
            let statement = glossary.vocabulary().statement_of(text);
            matches!(statement, Some(Statement::KeyFigures | Statement::Personnel))
        };
        Headings {
            scales: headings().filter_map(scale).collect(),
            counts: headings().filter(counts).cloned().collect(),
        }
    }

    /// What the nearest heading over a row says.
    fn scale(&self, row: &Row) -> Option<u32> {
        row.section.iter().rev().find_map(|s| self.scales.iter().find(|said| said.0 == *s)).map(|said| said.1)
    }

    /// Whether a row stands under a heading of figures that are no money.
    fn counts(&self, row: &Row) -> bool {
        row.section.iter().any(|s| self.counts.contains(s))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::UnitScale;
    use crate::geometry::{PageBox, Rect};
    use crate::table::{Cell, label};

    fn row(text: &str, section: &[&str]) -> Row {
        let place = PageBox { page: 1, rect: Rect::new(0.0, 0.0, 1.0, 1.0) };
        let heading = section.first() == Some(&text);
        Row {
            label: label::clean(&[text]),
            cells: vec![(!heading).then(|| Cell::plain("1", place))],
            section: section.iter().filter(|_| !heading).map(|s| (*s).to_owned()).collect(),
            ..Row::default()
        }
    }

    /// Whether each row is a count and whether it is doubtful.
    fn read(rows: Vec<Row>, printed: bool, statement: Statement) -> Vec<(u32, bool, bool)> {
        let glossary = Glossary::builtin();
        let mut labels = Labels::new(glossary);
        let matches: Vec<Option<ConceptMatch<'_>>> =
            rows.iter().map(|r| labels.concept(statement, "", &r.label.text)).collect();
        let table = Table { rows, ..Table::default() };
        let scale = UnitScale { factor: 1000, currency: "EUR", printed };
        let meaning = Meaning { columns: Vec::new(), scale, unit: None };
        let scales = of_rows(&table, &meaning, statement, &matches, &mut labels);
        scales.iter().map(|s| (s.own.unwrap_or(s.factor), s.count, s.doubtful)).collect()
    }

    #[test]
    fn money_is_counted_as_the_table_says() {
        let rows = vec![row("Personalkostnader", &[]), row("Namnlös post", &[])];
        assert_eq!(read(rows, true, Statement::Operating), [(1000, false, false); 2]);
    }

    #[test]
    fn key_figures_are_no_thousands_for_sure() {
        let rows =
            || vec![row("Elever i åk 1–9", &[]), row("Namnlös post", &[]), row("Pris per portion, €", &[])];
        // Printed over the table, the scale may hold for what is not known.
        assert_eq!(read(rows(), true, Statement::KeyFigures)[..2], [(1000, true, true), (1000, false, true)]);
        // That of the whole book does not.
        assert_eq!(read(rows(), false, Statement::KeyFigures)[..2], [(1000, true, true), (1000, true, true)]);
        assert_eq!(read(rows(), true, Statement::KeyFigures)[2].0, 1);
    }

    #[test]
    fn what_money_is_divided_by_is_a_count() {
        let figures = |text: &str, values: [&str; 2]| {
            let mut row = row(text, &[]);
            let cell = |v: &&str| {
                let number = crate::number::parse(v, crate::number::Point::Decimal);
                Some(Cell { number, ..Cell::plain(v, PageBox { page: 1, rect: Rect::default() }) })
            };
            row.cells = values.iter().map(cell).collect();
            row
        };
        let rows = |price: &str| {
            vec![
                figures("Lån", ["207 986", "210 559"]),
                figures("Nettokostnad", ["795", "881"]),
                figures("Nettokostnad per lån, euro", ["3,82", price]),
            ]
        };
        assert_eq!(read(rows("4,18"), true, Statement::Operating)[0], (1000, true, false));
        assert_eq!(read(rows("9,18"), true, Statement::Operating)[0], (1000, false, false));
    }

    #[test]
    fn headings_say_it_of_their_rows() {
        let (money, staff) = ("Ekonomi (1 000 €)", "Nyckeltal");
        let rows = |staffed: &str| {
            let heading = row(staffed, &[staffed]);
            vec![row(money, &[money]), row("Namnlös post", &[money]), heading, row("Läkare", &[staffed])]
        };
        let scales = |staffed: &str| read(rows(staffed), false, Statement::Operating);
        assert_eq!(scales(staff)[1], (1000, false, false));
        assert_eq!(scales(staff)[3], (1000, true, false));
        // Of a heading that says nothing it is not known whether it counts.
        assert_eq!(scales("Avdelningen")[3], (1000, true, true));
    }
}
