//! Row labels → what the glossary and the vocabulary say of them, each asked once a document.
//!
//! In: a label with its place in the table. Out: its concept, and what its
//! words say (a sum, a qualifier, a language, a unit, a scale). Why: the rows
//! of a book repeat, unit after unit and year after year, and a look-up costs
//! more than all else that is done for a row.
//! Refuses: nothing; what a label does not say is `None`.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::figure::{scale_of, unit_of_row, unit_of_word};
use crate::glossary::{ConceptMatch, Context as Where, Glossary, Language, QualifierWord, Statement};

use super::Unit;

/// What the words of a label say, whatever table it stands in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words {
    /// `varav`, `josta`: part of the row above.
    pub(crate) memo: bool,
    /// `summa`, `yhteensä`.
    pub(crate) sum: bool,
    /// `externt`, `interna`; not `netto`.
    pub(crate) qualifier: Option<String>,
    pub(crate) language: Option<Language>,
    /// What the figures of the row are counted in.
    pub(crate) unit: Option<Unit>,
    /// `Lån per 31.12, 1 000 €`.
    pub(crate) scale: Option<u32>,
}

/// A label in its section, and the statement it is looked up in.
type Place = (Statement, String, String);

/// The labels of one document.
pub struct Labels<'g> {
    pub(crate) glossary: &'g Glossary,
    concepts: FxHashMap<Place, Option<ConceptMatch<'g>>>,
    words: FxHashMap<String, Rc<Words>>,
}

impl<'g> Labels<'g> {
    /// None asked for yet.
    pub fn new(glossary: &'g Glossary) -> Self {
        Labels { glossary, concepts: FxHashMap::default(), words: FxHashMap::default() }
    }

    /// The concept of a label.
    pub(crate) fn concept(
        &mut self,
        statement: Statement,
        section: &str,
        label: &str,
    ) -> Option<ConceptMatch<'g>> {
        let glossary = self.glossary;
        let place = (statement, section.to_owned(), label.to_owned());
        self.concepts
            .entry(place)
            .or_insert_with(|| {
                let place = Where {
                    statement: (statement != Statement::Other).then_some(statement),
                    section: (!section.is_empty()).then_some(section),
                    language: None,
                };
                glossary.lookup(&place, label)
            })
            .clone()
    }

    /// What the words of a label say.
    pub(crate) fn words(&mut self, label: &str) -> Rc<Words> {
        if let Some(words) = self.words.get(label) {
            return Rc::clone(words);
        }
        let vocabulary = self.glossary.vocabulary();
        let narrows = |w: &&str| vocabulary.qualifier_of(w).is_some_and(|q| q != QualifierWord::Net);
        let words = Rc::new(Words {
            memo: vocabulary.starts_memo(label),
            sum: label.split_whitespace().any(|w| vocabulary.is_sum(w)),
            qualifier: label.split_whitespace().find(narrows).map(str::to_owned),
            language: vocabulary.language_of(label),
            unit: unit_of_row(label, self.glossary).map(unit_of_word),
            scale: scale_of(label, self.glossary)
                .map(|s| s.factor)
                .filter(|f| *f > 1 || ends_with_unit(label, self.glossary)),
        });
        self.words.insert(label.to_owned(), Rc::clone(&words));
        words
    }
}

/// Whether a label ends with the unit of its own figures: `Kostnad per elev, €`, `Avgift (euro)`.
fn ends_with_unit(label: &str, glossary: &Glossary) -> bool {
    let tail = label.rsplit_once([',', '(']).map(|(_, tail)| tail.trim_end_matches(')').trim());
    tail.is_some_and(|t| glossary.vocabulary().scale_of(t).is_some())
}
