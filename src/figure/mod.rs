//! [`Table`] → [`Meaning`]: phase, year, unit and scale of its figures.
//!
//! In: a table and what the document says of itself. Out: what each column
//! holds and what money is multiplied by, and how surely that is known.
//! Why apart from `fact`: the same reading serves cells, heads and the audit.
//! Refuses: to guess silently. A year or phase that the head does not print is
//! marked as inferred.

mod kind;
mod period;
mod scale;

pub use kind::{Phase, Unit};
pub(crate) use period::only_year;
pub use period::{Certainty, ColumnMeaning};
pub use scale::UnitScale;
pub(crate) use scale::of_text as scale_of;

use crate::glossary::{Declared, Glossary, UnitWord};
use crate::table::Table;

/// What the document says, for tables that do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The year that the book is for.
    pub book_year: Option<i16>,
    /// Whether the book is a set of accounts, not a budget.
    pub accounts: bool,
    /// Whether its titles call it a budget and never accounts.
    pub budget: bool,
    /// Scale said at the top of the page or of the book.
    pub scale: Option<UnitScale>,
    /// Whether its first pages say different ones for different tables.
    pub several_scales: bool,
}

/// What the figures of a table are.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// One per column.
    pub columns: Vec<ColumnMeaning>,
    /// What printed money is multiplied by.
    pub scale: UnitScale,
    /// The unit that the title gives to all figures: a table of persons.
    pub unit: Option<Unit>,
}

/// Reads heads and captions.
pub fn read(table: &Table, context: &Context, glossary: &Glossary) -> Meaning {
    let columns = period::read(table, context, glossary);
    let heads: Vec<&str> = columns.iter().map(|c| c.label.as_str()).collect();
    let scale = scale::read(table, &heads, context, glossary);
    Meaning { scale, unit: unit(table, &heads, glossary), columns }
}

/// A book that calls itself the budget of a year, and has one column of figures in each table and no year over any,
/// has no figures of another year or phase.
pub fn settle_one_year(tables: &mut [Meaning], context: &Context) {
    let columns = |m: &Meaning| m.columns.iter().filter(|c| !c.reference).count();
    let printed = |m: &Meaning| m.columns.iter().any(|c| c.year_from == Certainty::Printed);
    if !context.budget || tables.iter().any(|m| columns(m) > 1 || printed(m)) {
        return;
    }
    for column in tables.iter_mut().flat_map(|m| &mut m.columns) {
        let of_book = column.phase == Phase::Budget && column.year == context.book_year;
        if of_book && column.phase_from == Certainty::Inferred && column.year_from == Certainty::Inferred {
            (column.phase_from, column.year_from) = (Certainty::Book, Certainty::Book);
        }
    }
}

/// The unit, other than money, that the nearest heading says: `Verksamhetsidé` under `Personal, årsverken`.
fn unit(table: &Table, heads: &[&str], glossary: &Glossary) -> Option<Unit> {
    let money = |text: &str| scale_of(text, glossary).is_some();
    if heads.iter().copied().chain(table.captions.iter().map(String::as_str)).any(money) {
        return None;
    }
    // `Henkilöä` in the corner of the table.
    let corner = table.corner.iter().find_map(|c| glossary.vocabulary().unit_of(c));
    if let Some(unit) = corner {
        return Some(unit_of_word(unit));
    }
    let declared = match table.declared {
        Some(Declared::Unit(unit)) => Some(unit_of_word(unit)),
        _ => None,
    };
    let mut titles = table.title.as_deref().into_iter().chain(table.headings.iter().map(String::as_str));
    titles
        .find_map(|t| if money(t) { Some(None) } else { unit_of_title(t, glossary).map(Some) })
        .flatten()
        .or(declared)
}

/// `Personal, årsverken`, `Antal anställda`, `Henkilötyövuodet`: the title ends with its unit or counts.
fn unit_of_title(title: &str, glossary: &Glossary) -> Option<Unit> {
    let mut words: Vec<&str> = title.split_whitespace().collect();
    // `Befolkning 31.12.2024`.
    while words.len() > 1
        && words.last().is_some_and(|w| !w.contains(|c: char| c.is_alphabetic() || c == '%'))
    {
        words.pop();
    }
    let vocabulary = glossary.vocabulary();
    // `Investeringar per projekt och år` is in no years.
    let apart = |n: usize| {
        let before = words.len().checked_sub(n + 1).map(|k| words[k]);
        before.is_none_or(|w| w.ends_with([',', ':', '(']))
    };
    let tail = (1..=words.len().min(3)).find_map(|n| {
        let unit = vocabulary.unit_of(&words[words.len() - n..].join(" "))?;
        (unit != UnitWord::Days || apart(n)).then_some(unit)
    });
    let first = words.first().and_then(|w| vocabulary.unit_of(w));
    let opening = || match first {
        Some(UnitWord::Persons) => first,
        Some(UnitWord::Count) => vocabulary.unit_in(title),
        _ => None,
    };
    tail.or_else(opening).map(unit_of_word)
}

/// The unit of a word of units.
pub fn unit_of_word(word: UnitWord) -> Unit {
    match word {
        UnitWord::Percent => Unit::Percent,
        UnitWord::Persons => Unit::Persons,
        UnitWord::EurPerCapita | UnitWord::EurPerUnit => Unit::EurPerCapita,
        UnitWord::Count | UnitWord::Days | UnitWord::Ratio => Unit::Count,
    }
}

/// The unit that a row label says, other than money.
pub fn unit_of_row(label: &str, glossary: &Glossary) -> Option<UnitWord> {
    glossary.vocabulary().unit_in(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(columns: usize) -> Meaning {
        let column = ColumnMeaning {
            phase: Phase::Budget,
            phase_from: Certainty::Inferred,
            year: Some(2026),
            year_from: Certainty::Inferred,
            ..ColumnMeaning::outside()
        };
        Meaning { columns: vec![column; columns], scale: UnitScale::default(), unit: None }
    }

    #[test]
    fn titles_say_units() {
        let unit = |title: &str| unit_of_title(title, Glossary::builtin());
        assert_eq!(unit("Personal, årsverken"), Some(Unit::Persons));
        assert_eq!(unit("Medelålder, år"), Some(Unit::Count));
        assert_eq!(unit("Årsverken per anställningsform"), Some(Unit::Persons));
        assert_eq!(unit("Investeringar per projekt och år"), None);
        assert_eq!(unit("Befolkning 31.12"), Some(Unit::Count));
        assert_eq!(unit("Driftsekonomi 2024"), None);
    }

    #[test]
    fn a_book_of_one_year_is_sure_of_it() {
        let book = Context { book_year: Some(2026), budget: true, ..Context::default() };
        let settled = |mut tables: Vec<Meaning>, context: &Context| {
            settle_one_year(&mut tables, context);
            tables[0].columns[0].year_from == Certainty::Book
        };
        assert!(settled(vec![budget(1), budget(1)], &book));
        // A second column, a printed year, or accounts anywhere: it may be of another year.
        assert!(!settled(vec![budget(1), budget(2)], &book));
        let mut printed = budget(1);
        printed.columns[0].year_from = Certainty::Printed;
        assert!(!settled(vec![budget(1), printed], &book));
        assert!(!settled(vec![budget(1)], &Context { budget: false, ..book }));
    }
}
