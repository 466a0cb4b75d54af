//! [`Glossary`] → [`Problem`]s: what loads but is not right.
//!
//! In: a loaded glossary. Out: what an editor should mend: labels that two
//! concepts share where nothing tells them apart, sums that can't hold,
//! definitions and sources that are missing.
//! Refuses: to be silent about a word that another table already uses.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Concept, Glossary, Language, Statement, label};

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// File of the concept.
    pub file: String,
    /// Id of the concept.
    pub concept: String,
    /// What is wrong, for people.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}: {}", self.file, self.concept, self.message)
    }
}

impl Glossary {
    /// What is not right, sorted; the built-in glossary has none.
    pub fn check(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for concept in self.concepts() {
            let mut note = |message: String| {
                problems.push(Problem { file: concept.file.clone(), concept: concept.id.clone(), message });
            };
            self.check_fields(concept, &mut note);
            self.check_sums(concept, &mut note);
        }
        self.check_collisions(&mut problems);
        problems.sort();
        problems.dedup();
        problems
    }

    fn check_fields(&self, concept: &Concept, note: &mut impl FnMut(String)) {
        if concept.definition.trim().is_empty() {
            note("found no definition".to_owned());
        }
        if concept.source.trim().is_empty() {
            note("found no source".to_owned());
        }
        for language in Language::ALL {
            let terms = concept.labels.of(language);
            if terms.preferred.trim().is_empty() {
                note(format!("found no label in {language}"));
            }
            let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
            for (_, text) in terms.all() {
                if seen.insert(text, ()).is_some() {
                    note(format!("found {text:?} twice in {language}"));
                }
                if text != label::clean(text) {
                    note(format!("found {text:?} with spaces or signs that no one sees"));
                }
                let bare = text
                    .rsplit_once(' ')
                    .filter(|(_, last)| self.vocabulary().is_sum(last))
                    .map(|(rest, _)| rest);
                if bare.is_some_and(|bare| terms.all().any(|(_, other)| other == bare)) {
                    note(format!(
                        "found {text:?}, expected no word for a sum: it is split off when a label is read"
                    ));
                }
                if label::normal(text).is_empty() {
                    note(format!("found the label {text:?} without a letter"));
                }
            }
        }
        let mut at = concept.parent.as_deref();
        for depth in 0.. {
            let Some(parent) = at else { break };
            let Some(above) = self.concept(parent) else {
                note(format!("found the unknown parent {parent}"));
                break;
            };
            if above.id == concept.id || depth > self.concepts().len() {
                note("found itself above itself".to_owned());
                break;
            }
            at = above.parent.as_deref();
        }
    }

    fn check_sums(&self, concept: &Concept, note: &mut impl FnMut(String)) {
        for sum in &concept.sums {
            if sum.terms.is_empty() {
                note("found a sum of nothing".to_owned());
            }
            for (i, term) in sum.terms.iter().enumerate() {
                if self.concept(&term.id).is_none() {
                    note(format!("found the unknown {} in a sum", term.id));
                }
                if term.id == concept.id {
                    note("found itself in its sum".to_owned());
                }
                if sum.terms[..i].iter().any(|t| t.id == term.id) {
                    note(format!("found {} twice in a sum", term.id));
                }
            }
        }
    }

    /// Two concepts with one label in one statement must differ in parent,
    /// side or section, and one of them at most is the primary one.
    fn check_collisions(&self, problems: &mut Vec<Problem>) {
        let mut meet: BTreeMap<(Language, Option<Statement>, String), Vec<&Concept>> = BTreeMap::new();
        for concept in self.concepts() {
            for language in [Language::Sv, Language::Fi] {
                for (_, text) in concept.labels.of(language).all() {
                    let list = meet.entry((language, concept.statement, label::normal(text))).or_default();
                    if !list.iter().any(|c| c.id == concept.id) {
                        list.push(concept);
                    }
                }
            }
        }
        for ((language, _, key), concepts) in meet {
            let place = |c: &Concept| (c.parent.clone(), c.side, c.section.clone());
            for (i, a) in concepts.iter().enumerate() {
                for b in &concepts[..i] {
                    let both_primary = a.primary && b.primary && a.side == b.side;
                    let apart = place(a) != place(b) || a.primary != b.primary;
                    if both_primary || !apart {
                        problems.push(Problem {
                            file: a.file.clone(),
                            concept: a.id.clone(),
                            message: format!("found the label {key:?} in {language} also in {}, and nothing tells them apart", b.id),
                        });
                    }
                }
            }
        }
    }
}
