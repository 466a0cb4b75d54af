//! `glossary lookup`, `search`, `show`, `check`.
//!
//! In: a term, words, an id. Out: concepts with labels, place and definition; for what is unknown the nearest terms.
//! Refuses: to guess; unknown is exit 1.

use serde_json::json;
use taltolk::error::Error;
use taltolk::glossary::exchange::name_of;
use taltolk::glossary::{Concept, Glossary, Language, Suggestion};
use taltolk::output::escape;

use super::{Asked, columns};
use crate::cli::args::{Check, Lookup, LookupFormat, Search, Show};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

/// Nearest terms named for an unknown one.
const NEAREST: usize = 5;

pub(super) fn lookup(args: &Lookup, voice: Voice) -> Result<Status, Error> {
    let asked = Asked::of(&args.asked.own)?;
    let glossary = asked.glossary();
    let found = glossary.lookup_any(&args.term);
    let near = if found.is_empty() { glossary.suggest(&args.term, NEAREST) } else { Vec::new() };
    match args.asked.format {
        LookupFormat::Json => {
            let concepts: Vec<_> = found.iter().map(answer).collect();
            let answer = json!({ "term": args.term, "concepts": concepts, "nearest": nearest(&near) });
            stdout::write(|out| writeln!(out, "{answer:#}"))?;
        }
        LookupFormat::Text => stdout::write(|out| {
            for (i, s) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", describe(s.concept))?;
            }
            Ok(())
        })?,
    }
    if found.is_empty() {
        unknown(&args.term, &near, voice);
        return Ok(Status::Found);
    }
    Ok(Status::Fine)
}

fn unknown(term: &str, near: &[Suggestion<'_>], voice: Voice) {
    voice.note(&format!("the glossary does not know {}", escape(term)));
    if !near.is_empty() {
        let labels: Vec<String> = near.iter().map(|s| escape(s.label).into_owned()).collect();
        voice.note(&format!("did you mean: {}", labels.join(", ")));
    }
}

fn nearest(near: &[Suggestion<'_>]) -> serde_json::Value {
    near.iter().map(|s| json!({ "label": s.label, "id": s.concept.id })).collect()
}

fn answer(s: &Suggestion<'_>) -> serde_json::Value {
    json!({
        "match": { "label": s.label, "language": s.language.as_str(), "kind": s.kind, "score": s.score },
        "concept": s.concept,
    })
}

pub(super) fn search(args: &Search, voice: Voice) -> Result<Status, Error> {
    let asked = Asked::of(&args.asked.own)?;
    let words = args.words.join(" ");
    let found = asked.glossary().search(&words);
    let near = if found.is_empty() { asked.glossary().suggest(&words, NEAREST) } else { Vec::new() };
    match args.asked.format {
        LookupFormat::Json => {
            let concepts: Vec<_> = found.iter().map(answer).collect();
            let answer = json!({ "words": words, "concepts": concepts, "nearest": nearest(&near) });
            stdout::write(|out| writeln!(out, "{answer:#}"))?;
        }
        LookupFormat::Text => {
            let row = |s: &Suggestion<'_>| {
                let label = |language| escape(&s.concept.labels.of(language).preferred).into_owned();
                std::iter::once(s.concept.id.clone()).chain(Language::ALL.map(label)).collect()
            };
            let rows: Vec<Vec<String>> = found.iter().map(row).collect();
            stdout::write(|out| write!(out, "{}", columns(&rows)))?;
        }
    }
    if found.is_empty() {
        unknown(&words, &near, voice);
        return Ok(Status::Found);
    }
    Ok(Status::Fine)
}

pub(super) fn show(args: &Show, voice: Voice) -> Result<Status, Error> {
    let asked = Asked::of(&args.asked.own)?;
    let glossary = asked.glossary();
    let Some(concept) = glossary.concept(&args.id) else {
        let near = glossary.suggest(&args.id.replace('-', " "), NEAREST);
        if args.asked.format == LookupFormat::Json {
            let answer = json!({ "id": args.id, "concept": null, "nearest": nearest(&near) });
            stdout::write(|out| writeln!(out, "{answer:#}"))?;
        }
        voice.note(&format!("found no concept {}", escape(&args.id)));
        if !near.is_empty() {
            let ids: Vec<&str> = near.iter().map(|s| s.concept.id.as_str()).collect();
            voice.note(&format!("did you mean: {}", ids.join(", ")));
        }
        return Ok(Status::Found);
    };
    match args.asked.format {
        LookupFormat::Json => {
            let parts: Vec<&str> = parts_of(glossary, concept).map(|c| c.id.as_str()).collect();
            let answer = json!({ "id": concept.id, "concept": concept, "parts": parts });
            stdout::write(|out| writeln!(out, "{answer:#}"))
        }
        LookupFormat::Text => stdout::write(|out| write!(out, "{}", page(glossary, concept))),
    }?;
    Ok(Status::Fine)
}

pub(super) fn check(args: &Check, voice: Voice) -> Result<Status, Error> {
    let asked = Asked::of(&args.asked.own)?;
    let problems = asked.glossary().check();
    match args.asked.format {
        LookupFormat::Json => stdout::write(|out| writeln!(out, "{:#}", json!({ "problems": problems }))),
        LookupFormat::Text => stdout::write(|out| problems.iter().try_for_each(|p| writeln!(out, "{p}"))),
    }?;
    if problems.is_empty() {
        voice.note(&format!("{} concepts, nothing to mend", asked.glossary().concepts().len()));
        return Ok(Status::Fine);
    }
    Ok(Status::Found)
}

/// Concepts that name this one as what they are a part of.
fn parts_of<'g>(glossary: &'g Glossary, concept: &Concept) -> impl Iterator<Item = &'g Concept> {
    let id = concept.id.clone();
    glossary.concepts().iter().filter(move |c| c.parent.as_deref() == Some(id.as_str()))
}

/// Labels first, then what it is and where it stands.
fn describe(concept: &Concept) -> String {
    let mut out = format!("{}\n", concept.id);
    for language in Language::ALL {
        let all: Vec<&str> = concept.labels.of(language).all().map(|(_, label)| label).collect();
        if !all.is_empty() {
            out.push_str(&format!("  {}  {}\n", language.as_str(), all.join(" | ")));
        }
    }
    if !concept.definition.is_empty() {
        out.push_str(&format!("  {}\n", concept.definition));
    }
    for sum in &concept.sums {
        out.push_str(&format!("  = {}\n", terms(sum, |id| id.to_owned())));
    }
    out
}

/// The terms of a sum with their signs; those that books may leave out in brackets.
fn terms(sum: &taltolk::glossary::Sum, name: impl Fn(&str) -> String) -> String {
    let term = |t: &taltolk::glossary::Term| {
        let sign = if t.weight < 0 { "-" } else { "+" };
        let name = name(&t.id);
        if t.optional { format!("{sign} [{name}]") } else { format!("{sign} {name}") }
    };
    let all: Vec<String> = sum.terms.iter().map(term).collect();
    all.join(" ").trim_start_matches("+ ").to_owned()
}

/// Everything that is known of a concept, for people.
fn page(glossary: &Glossary, concept: &Concept) -> String {
    fn said<T: serde::Serialize>(value: Option<T>) -> String {
        value.map(|v| name_of(v).replace('_', " ")).unwrap_or_default()
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |name: &str, text: String| {
        if !text.is_empty() {
            rows.push(vec![format!("  {name}"), escape(&text).into_owned()]);
        }
    };
    for language in Language::ALL {
        for (kind, label) in concept.labels.of(language).all() {
            row(&format!("{language} {}", said(Some(kind))), label.to_owned());
        }
    }
    row("what it is", concept.definition.clone());
    row("statement", said(concept.statement));
    row("side", said(concept.side));
    row("section", concept.section.clone().unwrap_or_default());
    row("sign", said(concept.sign));
    row("unit", said(concept.unit));
    let name = |id: &str| glossary.concept(id).map_or(id.to_owned(), |c| named(c).to_owned());
    let mut above: Vec<String> = Vec::new();
    let mut at = concept.parent.as_deref();
    while let Some(parent) = at.and_then(|id| glossary.concept(id)).filter(|_| above.len() < 20) {
        above.push(named(parent).to_owned());
        at = parent.parent.as_deref();
    }
    above.reverse();
    row("part of", above.join(" / "));
    let parts: Vec<&str> = parts_of(glossary, concept).map(named).collect();
    row("parts", parts.join(", "));
    for sum in &concept.sums {
        row("equals", terms(sum, name));
    }
    row("source", concept.source.clone());
    row("certainty", said(Some(concept.certainty)));
    format!("{}\n{}", concept.id, columns(&rows))
}

/// The label that a concept is shown by: Swedish, or Finnish where it has none.
fn named(concept: &Concept) -> &str {
    let labels = &concept.labels;
    if labels.sv.preferred.is_empty() { &labels.fi.preferred } else { &labels.sv.preferred }
}
