//! Evidence → confidence of a fact, and the reasons of doubt.
//!
//! In: how a cell, its label and its head were read. Out: a number from 0 to 1
//! and the reasons that lowered it. Each kind of weakness multiplies; a fact is
//! sure from [`SURE`] on.
//! Refuses: to raise a confidence above what the weakest part allows.

use crate::figure::{Certainty, ColumnMeaning, only_year};
use crate::glossary::{Glossary, PhaseWord};
use crate::layout::UNMAPPED;
use crate::number;
use crate::table::label::is_conjunction;
use crate::table::{Cell, Row, Table};

use super::{Fact, Phase, Status};

/// From this confidence on a fact is `sure`.
pub const SURE: f32 = 0.8;

/// Digit groups whose gap came this close to the limit, in em, may be two figures.
const THIN_MARGIN: f32 = 0.03;

/// Below this margin the lines of a label may be parted otherwise: of generated facts there 5 in 100 were wrong,
/// of those above it 3 in 1 000.
const LABEL_MARGIN: f32 = 2.0;

/// More digit groups than any municipality's amounts have: where groups and columns are set apart alike, all
/// figures of a row become one.
const MOST_GROUPS: usize = 4;

/// What the words of a head give reason to doubt; the same for all figures of its column.
#[derive(Clone, Copy, Default)]
pub(crate) struct HeadDoubt {
    /// Another column of the table has the head word for word: two columns never say the same, so their
    /// heads were not told apart.
    alike: bool,
    /// See [`is_merged`].
    merged: bool,
    /// See [`only_year`].
    only_year: bool,
    /// It says no year, others of its table do.
    year_missing: bool,
}

impl HeadDoubt {
    /// One for each column of a table.
    pub(crate) fn of(columns: &[ColumnMeaning]) -> Vec<Self> {
        let same = |a: &ColumnMeaning, b: &ColumnMeaning| {
            !a.label.is_empty() && (&a.label, a.phase, a.year) == (&b.label, b.phase, b.year)
        };
        let printed = columns.iter().any(|c| c.year.is_some() && c.year_from == Certainty::Printed);
        let doubt = |a: &ColumnMeaning| HeadDoubt {
            alike: columns.iter().filter(|b| same(a, b)).count() > 1,
            merged: is_merged(a),
            only_year: only_year(&a.label),
            year_missing: printed && a.year_from == Certainty::Inferred,
        };
        columns.iter().map(doubt).collect()
    }
}

/// Makes a fact less sure; below [`SURE`] it is doubtful for this reason.
pub(super) fn lower(fact: &mut Fact, factor: f32, reason: &str) {
    fact.confidence *= factor;
    if fact.confidence < SURE {
        fact.status = Status::Doubtful;
        if !fact.doubt.iter().any(|known| known == reason) {
            fact.doubt.push(reason.to_owned());
        }
    }
}

/// Whether a head says two years or both accounts and budget, as when it took the head of its neighbour;
/// changes and shares compare two.
fn is_merged(column: &ColumnMeaning) -> bool {
    if matches!(column.phase, Phase::Change | Phase::Share | Phase::Other) {
        return false;
    }
    let vocabulary = Glossary::builtin().vocabulary();
    let words = || column.label.split_whitespace();
    let mut years: Vec<i16> = words().filter_map(number::year_in).collect();
    years.dedup();
    let has = |phase: PhaseWord| words().any(|w| vocabulary.phase_of(w) == Some(phase));
    years.len() > 1 || has(PhaseWord::Actual) && has(PhaseWord::Budget)
}

/// Whether a label begins as the second half of one does, whose first half was not found: `ja -kulut`, `och varor`.
fn is_rest(label: &str) -> bool {
    is_conjunction(label.split(' ').next().unwrap_or(label))
}

/// Whether a label has the marks of sentences: text that stands beside the table was taken for it.
fn is_prose(label: &str) -> bool {
    let words: Vec<&str> = label.split_whitespace().collect();
    let ends = |w: &str| w.ends_with('.') && w.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let capitals = !label.contains(char::is_lowercase);
    let next = |w: &str| w.starts_with(char::is_uppercase) && !capitals;
    let first = words.first().filter(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let share = first.is_some_and(|w| w.ends_with('%') || words.get(1) == Some(&"%"));
    label.ends_with(';')
        || share
        || words.len() >= 5 && words.last().is_some_and(|w| ends(w))
        || words.windows(2).any(|w| (ends(w[0]) || w[0].ends_with(';')) && next(w[1]))
}

/// Whether the digit groups of a figure may be several figures: their gap comes close to that of columns, or there are
/// more of them than amounts have.
pub(super) fn is_narrow(cell: &Cell) -> bool {
    cell.joined && (cell.slack < THIN_MARGIN || cell.text.split(' ').count() > MOST_GROUPS)
}

/// Confidence and reasons.
pub(crate) fn weigh(
    table: &Table,
    row: &Row,
    column: &ColumnMeaning,
    head: HeadDoubt,
    cell: &Cell,
) -> (f32, Vec<String>) {
    let mut confidence = 1.0_f32;
    let mut doubt = Vec::new();
    // Reasons that raise a doubt only together.
    let mut slight = Vec::new();
    let mut lower = |factor: f32, reason: &str| {
        confidence *= factor;
        let reasons = if factor <= SURE { &mut doubt } else { &mut slight };
        reasons.push(reason.to_owned());
    };
    if cell.conflict {
        lower(0.3, "two-figures-in-one-cell");
    }
    if is_narrow(cell) {
        let many = cell.text.split(' ').count() > MOST_GROUPS;
        let (factor, reason) = if many { (0.5, "ambiguous-grouping") } else { (0.85, "narrow-group-gap") };
        lower(factor, reason);
    }
    for &reason in cell.anew.iter().flat_map(|anew| &anew.doubts) {
        lower(0.6, reason);
    }
    if row.label.text.is_empty() {
        lower(0.2, "no-label");
    } else if row.label.text.contains(UNMAPPED) {
        lower(0.3, "unmapped-glyphs");
    } else if is_prose(&row.label.text) {
        lower(0.5, "label-prose");
    } else if is_rest(&row.label.text) {
        lower(0.5, "label-lines");
    }
    if row.margin.is_some_and(|m| m < LABEL_MARGIN) {
        lower(0.7, "label-lines");
    }
    if row.torn {
        lower(0.6, "tags-disagree");
    }
    let without_year = matches!(column.phase, Phase::Change | Phase::Share);
    match column.phase_from {
        Certainty::Printed => {}
        Certainty::Spanning => lower(0.95, "phase-from-neighbour"),
        Certainty::Book => lower(0.95, "phase-inferred"),
        // From a year alone, as in `2024  2025  2026`; words beside it may say another phase.
        Certainty::Inferred if head.only_year => lower(0.85, "phase-inferred"),
        Certainty::Inferred | Certainty::Usual => lower(0.6, "phase-inferred"),
        Certainty::Missing => lower(0.5, "no-phase"),
    }
    match column.year_from {
        _ if without_year => {}
        Certainty::Printed => {}
        Certainty::Spanning => lower(0.95, "year-from-neighbour"),
        Certainty::Book => lower(0.95, "year-inferred"),
        Certainty::Inferred if head.year_missing => lower(0.7, "year-inferred"),
        Certainty::Inferred => lower(0.9, "year-inferred"),
        Certainty::Usual => lower(0.7, "year-inferred"),
        Certainty::Missing => lower(0.5, "no-year"),
    }
    // The figures of a loose row have no head of the table.
    if head.alike && !row.loose {
        lower(0.5, "heads-alike");
    }
    if head.merged {
        lower(0.5, "heads-merged");
    }
    if table.head_carried {
        lower(0.95, "head-carried");
    } else if !table.headed && !table.goes_on {
        lower(0.7, "no-head");
    }
    if confidence < SURE && doubt.is_empty() {
        doubt = slight;
    }
    (confidence, doubt)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(label: &str) -> ColumnMeaning {
        ColumnMeaning { label: label.to_owned(), phase: Phase::Budget, ..ColumnMeaning::outside() }
    }

    #[test]
    fn heads_that_took_in_their_neighbour() {
        for merged in ["Budget 2025 2026", "Bokslut Budget för år 2020", "Tilinpäätös Talousarvio 2025"]
        {
            assert!(is_merged(&column(merged)), "{merged}");
        }
        for whole in
            ["Budget 2025", "Budget Talousarvio 2025", "Budget 2025 inkl. ändringar", "BS 31.12.2024"]
        {
            assert!(!is_merged(&column(whole)), "{whole}");
        }
    }

    #[test]
    fn sentences_are_no_labels() {
        for prose in [
            "Statsandelen bestäms enligt situationen 1.1.2024;",
            "Priset stiger inte. Tomten är såld",
            "Semesterpenningen till alla betalas i juni.",
            "63,9 % Andel av samfundsskatten",
        ] {
            assert!(is_prose(prose), "{prose}");
        }
        for label in [
            "Överskott enl. resultaträkningen",
            "Likvida medel 31.12.",
            "1.1 Pers. kostnader",
            "MATERIAL, FÖRNÖD. O VAROR",
            "Övriga intäkter",
        ] {
            assert!(!is_prose(label), "{label}");
        }
    }
}
