//! What the tables of a book are counted in → doubts where they do not say it.
//!
//! In: each table as it is read, what is known of its unit, its facts; then all facts of the book. Out: amounts whose unit
//! is carried from the table before, unreadable, or unsaid are doubtful. A table that says no unit is in the unit of the
//! book; where that says none either, it is in euros, unless its amounts are too small for that.
//! Refuses: to change a value by what amounts look like; they only cast doubt.

use std::ops::Range;

use rust_decimal::Decimal;

use super::confidence::lower;
use super::{Fact, Phase, Unit};
use crate::figure::{Context, Meaning, UnitScale};
use crate::glossary::Declared;
use crate::number::Number;
use crate::table::Table;

/// How it is known what a table is counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Settled {
    /// It says so itself.
    Printed,
    /// As the table before, under the same heads.
    Carried,
    /// In euro and cent, whatever the book says.
    Cents,
    /// Sentences above it declare it.
    Declared,
    /// Only what the book says, if it does.
    Book,
}

/// What has been seen of the tables of a book so far.
pub(crate) struct Counted<'c> {
    context: &'c Context,
    /// The heads of the table before, and what it prints that its amounts are counted in.
    before: Option<(Vec<String>, UnitScale)>,
    /// Facts of tables that say no unit, and whether their amounts may be thousands by their size.
    unsaid: Vec<(Range<usize>, bool)>,
    /// Whether a table prints that it counts in thousands or millions.
    thousands: bool,
    /// Whether any table has amounts as large as euros are.
    large: bool,
}

impl<'c> Counted<'c> {
    pub(crate) fn new(context: &'c Context) -> Self {
        Counted { context, before: None, unsaid: Vec::new(), thousands: false, large: false }
    }

    /// Gives a table that prints no unit that of the table before, if they have the same heads.
    pub(crate) fn settle(&mut self, table: &Table, meaning: &mut Meaning) -> Settled {
        let heads: Vec<String> = meaning.columns.iter().map(|c| c.label.clone()).collect();
        // The second side of a balance sheet is in the unit that stands over the first: `2024 1 000 €`, `2024`.
        let same = |known: &[String]| {
            known.len() == heads.len()
                && known.iter().zip(&heads).all(|(k, h)| !h.is_empty() && k.starts_with(h.as_str()))
        };
        let open = !meaning.scale.printed && self.context.scale.is_none();
        let carried = self.before.take().filter(|(known, _)| open && same(known)).map(|(_, scale)| scale);
        if let Some(scale) = carried {
            meaning.scale = UnitScale { printed: false, ..scale };
        }
        if (meaning.scale.printed || carried.is_some()) && meaning.scale.factor > 1 {
            self.before = Some((heads, meaning.scale));
        }
        if !meaning.scale.printed && meaning.scale.factor == 1000 && has_cents(table) {
            // Euro and cent are not counted in thousands.
            meaning.scale.factor = 1;
            return Settled::Cents;
        }
        match table.declared {
            _ if meaning.scale.printed => Settled::Printed,
            _ if carried.is_some() => Settled::Carried,
            Some(Declared::One(_)) => Settled::Declared,
            _ => Settled::Book,
        }
    }

    /// Doubts the amounts of a table whose unit it does not say; `at` is where its facts will stand among all.
    pub(crate) fn doubt(
        &mut self,
        settled: Settled,
        table: &Table,
        meaning: &Meaning,
        own: &mut [Fact],
        at: usize,
    ) {
        let scaled = meaning.scale.factor > 1;
        let money = meaning.unit.is_none();
        let several = self.context.several_scales || table.declared == Some(Declared::Several);
        // What a whole book is counted in has no decimals where persons or shares have.
        let persons = scaled && money && counts_persons(table);
        match settled {
            Settled::Printed => self.thousands |= scaled,
            Settled::Carried => doubt_amounts(own, CARRIED_FACTOR, "scale-carried"),
            _ if settled == Settled::Cents || several => doubt_amounts(own, FACTOR, "scale-unsaid"),
            _ if table.obscured => doubt_amounts(own, FACTOR, "scale-unreadable"),
            _ if persons || scaled && looks_full(own) => doubt_amounts(own, FACTOR, "scale-unsaid"),
            Settled::Book if money => self.unsaid.push((at..at + own.len(), looks_scaled(own))),
            _ => {}
        }
        self.large |= !is_too_small(own);
    }

    /// Doubts tables that say no unit in a book that says none. Where others of it count in thousands, they may too; and
    /// one whose amounts are smaller than those of any municipality or unit is hardly in euros.
    pub(crate) fn doubt_unsaid(self, facts: &mut [Fact]) {
        if self.context.scale.is_some() {
            return;
        }
        for (range, scaled) in self.unsaid {
            let own = &mut facts[range];
            let small = scaled && (self.thousands || is_all_small(own));
            if small || !self.large || has_small_taxes(own) {
                doubt_amounts(own, FACTOR, "scale-unsaid");
            }
        }
    }
}

/// How much less sure amounts are whose unit is not said where they stand.
const FACTOR: f32 = 0.7;
/// The unit of the table before was the right one of all generated facts.
const CARRIED_FACTOR: f32 = 0.85;

fn doubt_amounts(facts: &mut [Fact], factor: f32, reason: &str) {
    for fact in facts.iter_mut().filter(|f| f.unit.is_none_or(Unit::is_money)) {
        lower(fact, factor, reason);
    }
}

/// Whether the figures of a table have two decimals, but for shares and a few others.
fn has_cents(table: &Table) -> bool {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let numbers = || cells.clone().filter_map(|c| c.number.as_ref()).filter(|n| n.unit.is_none());
    5 * numbers().filter(|n| n.decimals == 2).count() > 4 * numbers().count().max(1)
}

/// Whether most figures of a table are small and have decimals, as persons and shares do.
fn counts_persons(table: &Table) -> bool {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().flatten());
    let numbers = || cells.clone().filter_map(|c| c.number.as_ref());
    let small = |n: &&Number| n.decimals > 0 && n.value.abs() < 1000.into();
    2 * numbers().filter(small).count() > numbers().count()
}

/// Whether amounts are so small that they may be counted in thousands: municipal budgets in euros have
/// hardly a line below ten thousand.
fn looks_scaled(facts: &[Fact]) -> bool {
    let mut amounts: Vec<Decimal> = amounts(facts).collect();
    amounts.sort_unstable();
    amounts.get(amounts.len() / 2).is_some_and(|median| *median < SMALL.into())
}

/// Whether amounts, counted as they are, are so large that they may be printed in full euros: half of the rows of a table
/// are hardly above a hundred million.
fn looks_full(facts: &[Fact]) -> bool {
    let mut amounts: Vec<Decimal> = amounts(facts).collect();
    amounts.sort_unstable();
    amounts.get(amounts.len() / 2).is_some_and(|median| *median > LARGE.into())
}

/// Whether there is no larger amount at all, not even a sum: in euros no unit of a municipality is that small.
fn is_all_small(facts: &[Fact]) -> bool {
    amounts(facts).all(|v| v < SMALL.into())
}

/// Whether no amount reaches what hardly any unit spends less than in a year: where no unit is said they may be thousands.
fn is_too_small(facts: &[Fact]) -> bool {
    amounts(facts).all(|v| v < UNIT.into())
}

/// Whether the taxes, which only the whole municipality has, are less than those of the smallest ones.
fn has_small_taxes(facts: &[Fact]) -> bool {
    let taxes =
        facts.iter().filter(|f| matches!(f.concept.as_deref(), Some("tax-revenue" | "municipal-income-tax")));
    let money = taxes
        .filter(|f| f.unit.is_none_or(Unit::is_money) && !matches!(f.phase, Phase::Change | Phase::Share));
    let mut values = money.filter_map(|f| f.value).map(|v| v.abs()).peekable();
    values.peek().is_some() && values.all(|v| v < TAXES.into())
}

/// What hardly any unit of a municipality spends less than in a year.
const UNIT: i64 = 100_000;
/// What hardly any municipality gets less than in taxes.
const TAXES: i64 = 400_000;

/// In euros, amounts below this are few.
const SMALL: i64 = 10_000;

/// Above this, in euros, few municipalities have more than their sums.
const LARGE: i64 = 100_000_000;

fn amounts(facts: &[Fact]) -> impl Iterator<Item = Decimal> {
    let money = facts.iter().filter(|f| f.unit.is_none_or(Unit::is_money));
    money.filter_map(|f| f.value).map(|v| v.abs()).filter(|v| !v.is_zero())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::{Labels, Owner, Status, resolve};
    use crate::figure::ColumnMeaning;
    use crate::geometry::{PageBox, Rect};
    use crate::glossary::Glossary;
    use crate::number::{self, Point};
    use crate::table::{Cell, Row, label};

    /// A table with one column of figures, each under its label.
    fn table(rows: &[(&str, &str)]) -> Table {
        let place = PageBox { page: 1, rect: Rect::default() };
        let cell =
            |text: &str| Cell { number: number::parse(text, Point::Group), ..Cell::plain(text, place) };
        let row = |(name, figure): &(&str, &str)| Row {
            label: label::clean(&[*name]),
            cells: vec![Some(cell(figure))],
            ..Row::default()
        };
        Table { rows: rows.iter().map(row).collect(), headed: true, ..Table::default() }
    }

    fn cents(figures: &[&str]) -> bool {
        has_cents(&table(&figures.iter().map(|f| ("Avgift", *f)).collect::<Vec<_>>()))
    }

    #[test]
    fn euro_and_cent() {
        assert!(cents(&["7,50", "1 265,00", "12,5 %", "9,00"]));
        assert!(!cents(&["7,50", "1 265", "900"]));
        assert!(!cents(&["7,5", "8,0"]) && !cents(&[]));
    }

    /// For each table whether its figures are doubted for their unit.
    fn doubted(tables: &[Table], context: &Context) -> Vec<bool> {
        let glossary = Glossary::builtin();
        let owner = Owner { municipality: None, context, language: None };
        let mut counted = Counted::new(context);
        let (mut facts, mut ends) = (Vec::new(), Vec::new());
        for table in tables {
            let column = ColumnMeaning { label: "Budget 2026".to_owned(), ..ColumnMeaning::outside() };
            let scale = context.scale.unwrap_or_default();
            let mut meaning = Meaning { columns: vec![column], scale, unit: None };
            let settled = counted.settle(table, &mut meaning);
            let (_, mut own) = resolve("t1", table, &meaning, owner, &mut Labels::new(glossary));
            counted.doubt(settled, table, &meaning, &mut own, facts.len());
            facts.extend(own);
            ends.push(facts.len());
        }
        counted.doubt_unsaid(&mut facts);
        let unsaid = |f: &Fact| f.status == Status::Doubtful && f.doubt.iter().any(|d| d == "scale-unsaid");
        ends.iter().map(|end| unsaid(&facts[end - 1])).collect()
    }

    #[test]
    fn a_book_that_says_no_unit_is_in_euros_if_its_amounts_can_be() {
        let small = || table(&[("Personalkostnader", "-23 120"), ("Köp av tjänster", "-4 310")]);
        let large = || table(&[("Personalkostnader", "-2 312 000"), ("Köp av tjänster", "-431 000")]);
        assert_eq!(doubted(&[small()], &Context::default()), [true]);
        assert_eq!(doubted(&[small(), large()], &Context::default()), [false, false]);
        // Taxes are only the whole municipality's.
        let taxes = table(&[("Skatteinkomster", "91 200")]);
        assert_eq!(doubted(&[taxes, large()], &Context::default()), [true, false]);
    }

    #[test]
    fn different_units_for_different_tables_are_doubted() {
        let large = || table(&[("Personalkostnader", "-2 312 000")]);
        let context = Context { several_scales: true, ..Context::default() };
        assert_eq!(doubted(&[large()], &context), [true]);
        let several = Table { declared: Some(Declared::Several), ..large() };
        assert_eq!(doubted(&[several, large()], &Context::default()), [true, false]);
    }

    #[test]
    fn thousands_of_millions_are_doubted() {
        let thousands = UnitScale { factor: 1000, currency: "EUR", printed: false };
        let context = Context { scale: Some(thousands), ..Context::default() };
        let full = table(&[("Personalkostnader", "-2 312 000"), ("Köp av tjänster", "-431 000")]);
        let right = table(&[("Personalkostnader", "-2 312"), ("Köp av tjänster", "-431")]);
        assert_eq!(doubted(&[full, right], &context), [true, false]);
    }
}
