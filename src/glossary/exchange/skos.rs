//! [`Glossary`] → SKOS in Turtle.
//!
//! Out: one `skos:ConceptScheme`; for each concept `skos:prefLabel` and `skos:altLabel`
//! by language (outdated labels are `skos:hiddenLabel`), `skos:definition`,
//! `skos:broader` along the statement, `dct:source`. Concepts have names of the form
//! `urn:taltolk:glossary:ID`. Source: W3C Recommendation SKOS Reference, 2009.
//! Refuses: two labels that are the same in one language of a concept (its S13: the
//! properties are disjoint); the stronger one is kept.

use oxrdf::vocab::rdf;
use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, TripleRef};
use oxttl::TurtleSerializer;

use crate::glossary::{Concept, Glossary, LabelKind, Language};

const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const DCT: &str = "http://purl.org/dc/terms/";
/// The names of concepts begin so.
const BASE: &str = "urn:taltolk:glossary:";

/// The whole glossary as Turtle.
pub fn write(glossary: &Glossary) -> String {
    let serializer = TurtleSerializer::new()
        .with_prefix("skos", SKOS)
        .and_then(|s| s.with_prefix("dct", DCT))
        .expect("the prefixes are constants, and a test writes with them");
    let mut out = serializer.for_writer(Vec::new());
    let scheme = NamedNode::new_unchecked("urn:taltolk:glossary");
    let mut say = |subject: NamedNodeRef<'_>, property: &NamedNode, object: oxrdf::TermRef<'_>| {
        out.serialize_triple(TripleRef::new(subject, property.as_ref(), object))
            .expect("memory takes what is written");
    };
    let kind = rdf::TYPE.into_owned();
    say(scheme.as_ref(), &kind, skos("ConceptScheme").as_ref().into());
    let title = LiteralRef::new_language_tagged_literal_unchecked("Terms of Finnish municipal budgets", "en");
    say(scheme.as_ref(), &NamedNode::new_unchecked(format!("{DCT}title")), title.into());
    for concept in glossary.concepts() {
        let name = name(&concept.id);
        let name = name.as_ref();
        say(name, &kind, skos("Concept").as_ref().into());
        say(name, &skos("inScheme"), scheme.as_ref().into());
        for (language, property, label) in labels(concept) {
            let literal = LiteralRef::new_language_tagged_literal_unchecked(label, language.as_str());
            say(name, &skos(property), literal.into());
        }
        if !concept.definition.is_empty() {
            let literal = LiteralRef::new_language_tagged_literal_unchecked(&concept.definition, "en");
            say(name, &skos("definition"), literal.into());
        }
        match concept.parent.as_deref().filter(|id| glossary.concept(id).is_some()) {
            Some(parent) => say(name, &skos("broader"), self::name(parent).as_ref().into()),
            None => say(name, &skos("topConceptOf"), scheme.as_ref().into()),
        }
        if !concept.source.is_empty() {
            let source = LiteralRef::new_simple_literal(&concept.source);
            say(name, &NamedNode::new_unchecked(format!("{DCT}source")), source.into());
        }
    }
    let bytes = out.finish().expect("memory takes what is written");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn name(id: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{id}"))
}

fn skos(name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{SKOS}{name}"))
}

/// The labels of a concept, each once in its language, and the property that each is.
fn labels(concept: &Concept) -> Vec<(Language, &'static str, &str)> {
    let mut out: Vec<(Language, &'static str, &str)> = Vec::new();
    for language in Language::ALL {
        for (kind, label) in concept.labels.of(language).all() {
            let known = out.iter().any(|(l, _, text)| *l == language && *text == label);
            if known {
                continue;
            }
            let property = match kind {
                LabelKind::Preferred => "prefLabel",
                LabelKind::Alternative | LabelKind::Abbreviated => "altLabel",
                LabelKind::Outdated => "hiddenLabel",
            };
            out.push((language, property, label));
        }
    }
    out
}
