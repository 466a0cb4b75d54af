//! [`Glossary`] → JSON.
//!
//! Out: `{"concepts":[{"id":…,"labels":{"sv":[…],"fi":[…],"en":[…]},…}]}`, the labels
//! of a language with the preferred one first, and everything else that is known of a
//! concept. Refuses: nothing.

use serde::Serialize;
use serde_json::{Value, json};

use crate::glossary::{Certainty, Concept, Glossary, Language, Sign, Statement, Sum, UnitWord};

#[derive(Serialize)]
struct Out<'g> {
    id: &'g str,
    labels: Value,
    /// The labels again, by what they are.
    terms: &'g crate::glossary::Labels,
    statement: Option<Statement>,
    section: Option<&'g str>,
    sign: Option<Sign>,
    unit: Option<UnitWord>,
    parent: Option<&'g str>,
    sums: &'g [Sum],
    definition: &'g str,
    source: &'g str,
    certainty: Certainty,
}

/// The whole glossary.
pub fn write(glossary: &Glossary) -> Value {
    let concepts: Vec<Out<'_>> = glossary.concepts().iter().map(out).collect();
    json!({ "concepts": concepts })
}

fn out(concept: &Concept) -> Out<'_> {
    let labels = Language::ALL.map(|language| {
        let all: Vec<&str> = concept.labels.of(language).all().map(|l| l.1).collect();
        (language.as_str().to_owned(), json!(all))
    });
    Out {
        id: &concept.id,
        labels: Value::Object(labels.into_iter().collect()),
        terms: &concept.labels,
        statement: concept.statement,
        section: concept.section.as_deref(),
        sign: concept.sign,
        unit: concept.unit,
        parent: concept.parent.as_deref(),
        sums: &concept.sums,
        definition: &concept.definition,
        source: &concept.source,
        certainty: concept.certainty,
    }
}
