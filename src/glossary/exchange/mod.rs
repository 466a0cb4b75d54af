//! The glossary in the formats of other programs, and back.
//!
//! In: a [`Glossary`](super::Glossary); files that terminologists and spreadsheets write. Out: TBX
//! ([`tbx`]), SKOS ([`skos`]), a table ([`tsv`]) and JSON ([`json`]); from TBX and
//! tables, [`Entry`]s, which [`user`] adds to a glossary file of the user's own.
//! Refuses: a file that is half understood; what is wrong is said with its line.

pub mod json;
pub mod skos;
pub mod tbx;
pub mod tsv;
pub mod user;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Certainty, LabelKind, Language, Statement};

/// What a value of the glossary is called in its files: `cash_flow`, `high`, `preferred`.
pub fn name_of<T: Serialize>(value: T) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The value that is called so.
fn value_of<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

/// What a file of terms says of one concept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// Its id, where the file has one.
    pub id: Option<String>,
    /// Where it belongs.
    pub statement: Option<Statement>,
    /// What it is called.
    pub labels: Vec<(Language, LabelKind, String)>,
    /// What it is.
    pub definition: String,
    /// Who says so.
    pub source: String,
    /// How far it can be relied on.
    pub certainty: Option<Certainty>,
    /// The line of the file that it begins on, from 1.
    pub line: usize,
}

impl Entry {
    /// The labels of one language and kind.
    pub fn labels(&self, language: Language, kind: LabelKind) -> impl Iterator<Item = &str> {
        let wanted = move |l: &&(Language, LabelKind, String)| l.0 == language && l.1 == kind;
        self.labels.iter().filter(wanted).map(|l| l.2.as_str())
    }
}

/// One preferred label in each language: the first, where a file names none or several.
fn prefer(labels: &mut [(Language, LabelKind, String)]) {
    for language in Language::ALL {
        let mut preferred = false;
        for label in labels.iter_mut().filter(|l| l.0 == language && l.1 == LabelKind::Preferred) {
            if std::mem::replace(&mut preferred, true) {
                label.1 = LabelKind::Alternative;
            }
        }
        if let Some(first) = labels.iter_mut().find(|l| l.0 == language).filter(|_| !preferred) {
            first.1 = LabelKind::Preferred;
        }
    }
}
