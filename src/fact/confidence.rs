//! Evidence → confidence of a fact, and the reasons of doubt.
//!
//! In: how a cell, its label and its head were read. Out: a number from 0 to 1
//! and the reasons that lowered it. Each kind of weakness multiplies; a fact is
//! sure from [`SURE`] on.
//! Refuses: to raise a confidence above what the weakest part allows.

use crate::figure::{Certainty, ColumnMeaning};
use crate::layout::UNMAPPED;
use crate::table::{Cell, Row, Table};

use super::Phase;

/// From this confidence on a fact is `sure`.
pub const SURE: f32 = 0.8;

/// Digit groups whose gap came this close to the limit, in em, may be two figures.
const THIN_MARGIN: f32 = 0.03;

/// Whether each head is one that another column of its table has word for word: two columns never
/// say the same, so their heads were not told apart.
pub(crate) fn alike(columns: &[ColumnMeaning]) -> Vec<bool> {
    let same = |a: &ColumnMeaning, b: &ColumnMeaning| {
        !a.label.is_empty() && (&a.label, a.phase, a.year) == (&b.label, b.phase, b.year)
    };
    columns.iter().map(|a| columns.iter().filter(|b| same(a, b)).count() > 1).collect()
}

/// Confidence and reasons; `alike` where the head of the column is not its own.
pub(crate) fn weigh(
    table: &Table,
    row: &Row,
    column: &ColumnMeaning,
    alike: bool,
    cell: &Cell,
) -> (f32, Vec<String>) {
    let mut confidence = 1.0_f32;
    let mut doubt = Vec::new();
    let mut lower = |factor: f32, reason: &str| {
        confidence *= factor;
        if factor <= SURE {
            doubt.push(reason.to_owned());
        }
    };
    if cell.conflict {
        lower(0.3, "two-figures-in-one-cell");
    }
    if cell.joined && cell.slack < THIN_MARGIN {
        lower(0.7, "narrow-group-gap");
    }
    if cell.unsure {
        lower(0.6, "flattened-text");
    }
    if row.label.text.is_empty() {
        lower(0.2, "no-label");
    } else if row.label.text.contains(UNMAPPED) {
        lower(0.3, "unmapped-glyphs");
    }
    let without_year = matches!(column.phase, Phase::Change | Phase::Share);
    match column.phase_from {
        Certainty::Printed => {}
        Certainty::Spanning => lower(0.95, "phase-from-neighbour"),
        Certainty::Inferred => lower(0.85, "phase-inferred"),
        Certainty::Missing => lower(0.5, "no-phase"),
    }
    match column.year_from {
        _ if without_year => {}
        Certainty::Printed => {}
        Certainty::Spanning => lower(0.95, "year-from-neighbour"),
        Certainty::Inferred => lower(0.9, "year-inferred"),
        Certainty::Missing => lower(0.5, "no-year"),
    }
    if alike {
        lower(0.5, "heads-alike");
    }
    if table.head_carried {
        lower(0.95, "head-carried");
    } else if !table.headed && !table.goes_on {
        lower(0.7, "no-head");
    }
    (confidence, doubt)
}
