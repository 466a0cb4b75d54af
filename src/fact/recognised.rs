//! Facts whose letters were recognised on a picture → doubtful, until the sums vouch for them.
//!
//! In: facts and the pages that were read from pictures, or from the text that another program
//! once laid over a picture; after the audit, what the arithmetic says. Out: the same facts, each
//! in doubt for that reason or freed of it.
//! Refuses: to trust a recogniser's own word. A figure is sure where an equation of the book
//! holds with it, its label is a term of the glossary letter for letter or stands like this in
//! another table too, and its head says phase and year.

use std::collections::{BTreeMap, BTreeSet};

use super::confidence::lower;
use super::{Check, Fact, Phase, SURE, Status};
use crate::glossary::MatchKind;

/// The reason of the doubt.
const DOUBT: &str = "recognised-letters";
/// What the reason costs.
const FACTOR: f32 = 0.6;

/// Puts the facts of these pages in doubt.
pub(crate) fn doubt(facts: &mut [Fact], pages: &BTreeSet<u32>) {
    for fact in facts.iter_mut().filter(|f| pages.contains(&f.page)) {
        lower(fact, FACTOR, DOUBT);
    }
}

/// Frees those that the arithmetic vouches for.
pub(crate) fn vouch(facts: &mut [Fact]) {
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for fact in facts.iter().filter(|f| f.doubt.iter().any(|d| d == DOUBT)) {
        tables.entry(fact.row_label.to_string()).or_default().insert(fact.table.to_string());
    }
    for fact in facts.iter_mut() {
        let only = matches!(fact.doubt.as_slice(), [reason] if reason == DOUBT);
        let term = matches!(fact.match_kind, MatchKind::Exact | MatchKind::Normalised);
        let label = || term || tables.get(&*fact.row_label).is_some_and(|t| t.len() > 1);
        let head = fact.phase != Phase::Other && fact.year.is_some();
        if only && fact.check == Check::Passed && head && label() && fact.confidence / FACTOR >= SURE {
            fact.confidence /= FACTOR;
            fact.status = Status::Sure;
            fact.doubt.clear();
        }
    }
}
