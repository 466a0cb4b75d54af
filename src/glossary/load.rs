//! TOML → concepts, vocabulary, municipalities; or one error that says where.
//!
//! In: the files of `glossary/` and overlays, one format for all: any file
//! may hold `[[concept]]`, `[vocabulary.…]` and `[[municipality]]`.
//! Out: whole tables, later files over earlier ones.
//! Refuses: unknown fields, an id twice in a file, parents in a circle, sums
//! of unknown ids, a concept without a label or a definition, a word of the
//! vocabulary under an unknown name.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::municipality::{LanguageStatus, Municipalities, Municipality};
use super::vocabulary::{RawVocabulary, UnitWord, Vocabulary};
use super::{Certainty, Concept, Labels, Side, Sign, Statement, Sum, Term, Terms};
use crate::error::{Error, ErrorKind};

/// One file.
#[derive(Clone, Debug)]
pub(super) struct Source {
    name: String,
    text: Cow<'static, str>,
    /// The same in MessagePack, which is read faster but does not say where things stand.
    packed: Option<&'static [u8]>,
    holds: Holds,
}

/// What is looked for in a file: the built-in ones are each of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    Concepts,
    Municipalities,
    Anything,
}

impl Source {
    pub(super) fn overlay(text: &str, name: &str) -> Source {
        Source { name: name.to_owned(), text: text.to_owned().into(), packed: None, holds: Holds::Anything }
    }
}

macro_rules! files {
    ($($holds:ident $name:literal,)+) => {
        [$(Source {
            name: concat!("glossary/", $name, ".toml").to_owned(),
            text: Cow::Borrowed(include_str!(concat!("../../glossary/", $name, ".toml"))),
            packed: Some(include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".msgpack"))),
            holds: Holds::$holds,
        },)+]
    };
}

/// The files that come with the program.
pub(super) fn builtin() -> Vec<Source> {
    files![
        Concepts "vocabulary",
        Concepts "income_statement",
        Concepts "operating",
        Concepts "unit_rows",
        Concepts "cash_flow",
        Concepts "balance_sheet",
        Concepts "investments",
        Concepts "key_figures",
        Concepts "personnel",
        Concepts "budget_book",
        Concepts "legal",
        Concepts "organisation",
        Concepts "services",
        Municipalities "municipalities",
    ]
    .into()
}

/// The same files without their packed form: what is wrong in them is then said with its line.
pub(super) fn unpacked(sources: &[Source]) -> Vec<Source> {
    sources.iter().map(|s| Source { packed: None, ..s.clone() }).collect()
}

/// Blake3 over names and contents, in hex.
pub(super) fn hash(sources: &[Source]) -> String {
    let mut hasher = blake3::Hasher::new();
    for source in sources {
        hasher.update(source.name.as_bytes());
        hasher.update(&[0]);
        hasher.update(source.text.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize().to_hex().to_string()
}

/// A text and where in its file it stands, if the file says it.
struct Said {
    text: String,
    span: Option<Range<usize>>,
}

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Ok(Said { text: String::deserialize(deserializer)?, span: None });
        }
        let said = Spanned::<String>::deserialize(deserializer)?;
        Ok(Said { span: Some(said.span()), text: said.into_inner() })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFile {
    #[serde(default)]
    concept: Vec<RawConcept>,
    #[serde(default)]
    vocabulary: RawVocabulary,
    #[serde(default)]
    municipality: Vec<RawMunicipality>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawConcept {
    id: Said,
    statement: Option<Statement>,
    also_in: Option<Vec<Statement>>,
    side: Option<Side>,
    section: Option<String>,
    sign: Option<Sign>,
    parent: Option<Said>,
    sum: Option<Vec<Said>>,
    other_sums: Option<Vec<Vec<Said>>>,
    unit: Option<UnitWord>,
    primary: Option<bool>,
    definition: Option<String>,
    #[serde(default)]
    sv: RawTerms,
    #[serde(default)]
    fi: RawTerms,
    #[serde(default)]
    en: RawTerms,
    source: Option<String>,
    certainty: Option<Certainty>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerms {
    preferred: Option<String>,
    #[serde(default)]
    alternative: Vec<String>,
    #[serde(default)]
    abbreviated: Vec<String>,
    #[serde(default)]
    outdated: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMunicipality {
    code: Said,
    sv: Option<String>,
    fi: Option<String>,
    languages: Option<LanguageStatus>,
    #[serde(default)]
    other: Vec<String>,
    merged_into: Option<Said>,
    merged_year: Option<i16>,
}

/// Where a thing was said: file and line.
#[derive(Clone, Debug)]
struct Place {
    source: usize,
    span: Option<Range<usize>>,
}

/// Concepts and vocabulary of the files.
pub(super) fn concepts(sources: &[Source]) -> Result<(Vec<Concept>, Vocabulary), Error> {
    let mut builder = Builder { sources, concepts: Vec::new(), places: Vec::new(), by_id: HashMap::new() };
    let mut words = RawVocabulary::default();
    for (at, source) in sources.iter().enumerate() {
        if source.holds == Holds::Municipalities {
            continue;
        }
        let file = parse(source)?;
        words.extend(file.vocabulary).map_err(|what| wrong(source, None, &what))?;
        let mut seen: HashMap<String, ()> = HashMap::new();
        for raw in file.concept {
            if seen.insert(raw.id.text.clone(), ()).is_some() {
                let found = format!("found the id {} a second time, expected each id once", raw.id.text);
                return Err(wrong(source, raw.id.span, &found));
            }
            builder.add(at, raw)?;
        }
    }
    let vocabulary = Vocabulary::build(words);
    Ok((builder.finish()?, vocabulary))
}

/// Municipalities of the files.
pub(super) fn municipalities(sources: &[Source]) -> Result<Municipalities, Error> {
    let mut list: Vec<Municipality> = Vec::new();
    let mut merged: Vec<(Place, String)> = Vec::new();
    for (at, source) in sources.iter().enumerate() {
        if source.holds == Holds::Concepts {
            continue;
        }
        let mut seen: HashMap<String, ()> = HashMap::new();
        for raw in parse(source)?.municipality {
            let place = Place { source: at, span: raw.code.span };
            let code = raw.code.text;
            if code.len() != 3 || !code.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong(
                    source,
                    place.span,
                    &format!("found the code {code:?}, expected three digits"),
                ));
            }
            if seen.insert(code.clone(), ()).is_some() {
                let found = format!("found the code {code} a second time, expected each code once");
                return Err(wrong(source, place.span, &found));
            }
            let known = list.iter().position(|m| m.code == code);
            let old = known.map(|i| list.remove(i));
            let sv = raw.sv.or_else(|| old.as_ref().map(|m| m.sv.clone()));
            let fi = raw.fi.or_else(|| old.as_ref().map(|m| m.fi.clone()));
            let (Some(sv), Some(fi)) = (sv.clone().or(fi.clone()), fi.or(sv)) else {
                return Err(wrong(source, place.span, "found no name, expected sv or fi"));
            };
            let mut other = old.as_ref().map(|m| m.other.clone()).unwrap_or_default();
            other.extend(raw.other);
            if let Some(into) = &raw.merged_into {
                merged.push((Place { source: at, span: into.span.clone() }, into.text.clone()));
            }
            let municipality = Municipality {
                code,
                sv,
                fi,
                languages: raw.languages.or(old.as_ref().and_then(|m| m.languages)),
                other,
                merged_into: raw
                    .merged_into
                    .map(|into| into.text)
                    .or_else(|| old.as_ref().and_then(|m| m.merged_into.clone())),
                merged_year: raw.merged_year.or(old.and_then(|m| m.merged_year)),
            };
            list.insert(known.unwrap_or(list.len()), municipality);
        }
    }
    for (place, into) in merged {
        if !list.iter().any(|m| m.code == into) {
            let found = format!("found a merger into {into}, expected the code of a municipality");
            return Err(wrong(&sources[place.source], place.span, &found));
        }
    }
    Ok(Municipalities::build(list))
}

fn parse(source: &Source) -> Result<RawFile, Error> {
    // What is wrong with a packed file is said of its text.
    if let Some(file) = source.packed.and_then(|packed| rmp_serde::from_slice(packed).ok()) {
        return Ok(file);
    }
    toml::from_str(&source.text).map_err(|e| {
        let message = e.message().replace('\n', ", ");
        wrong(source, e.span(), &message)
    })
}

/// `cannot read the glossary FILE, line N: found …, expected …`.
fn wrong(source: &Source, span: Option<Range<usize>>, what: &str) -> Error {
    let line = span.map(|s| {
        let before = source.text.as_bytes().iter().take(s.start).filter(|&&b| b == b'\n').count();
        format!(", line {}", before + 1)
    });
    let message = format!("cannot read the glossary {}{}: {what}", source.name, line.unwrap_or_default());
    Error::new(ErrorKind::Glossary, message)
}

struct Builder<'s> {
    sources: &'s [Source],
    concepts: Vec<Concept>,
    places: Vec<Places>,
    by_id: HashMap<String, usize>,
}

/// Where the things that can be wrong later were said.
struct Places {
    id: Place,
    parent: Option<Place>,
    terms: Vec<(Place, String)>,
}

/// What every id is made of.
pub(super) fn is_kebab(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

pub(super) fn unusual_id(id: &str) -> String {
    format!("found the id {id:?}, expected small letters a-z, digits and hyphens")
}

impl Builder<'_> {
    fn add(&mut self, at: usize, raw: RawConcept) -> Result<(), Error> {
        let source = &self.sources[at];
        let id_place = Place { source: at, span: raw.id.span };
        let id = raw.id.text;
        if !is_kebab(&id) {
            let found = unusual_id(&id);
            return Err(wrong(source, id_place.span, &found));
        }
        let known = self.by_id.get(&id).copied();
        let index = known.unwrap_or(self.concepts.len());
        if known.is_none() {
            self.by_id.insert(id.clone(), index);
            self.concepts.push(empty(id, source.name.clone()));
            self.places.push(Places { id: id_place.clone(), parent: None, terms: Vec::new() });
        }
        let concept = &mut self.concepts[index];
        let places = &mut self.places[index];
        places.id = id_place;
        concept.statement = raw.statement.or(concept.statement);
        concept.side = raw.side.or(concept.side);
        concept.sign = raw.sign.or(concept.sign);
        concept.unit = raw.unit.or(concept.unit);
        concept.primary = raw.primary.unwrap_or(concept.primary);
        if let Some(also_in) = raw.also_in {
            concept.also_in = also_in;
        }
        if raw.section.is_some() {
            concept.section = raw.section;
        }
        if let Some(parent) = raw.parent {
            places.parent = Some(Place { source: at, span: parent.span });
            concept.parent = Some(parent.text);
        }
        if raw.sum.is_some() || raw.other_sums.is_some() {
            concept.sums.clear();
            places.terms.clear();
        }
        for sum in raw.sum.into_iter().chain(raw.other_sums.into_iter().flatten()) {
            let mut terms = Vec::with_capacity(sum.len());
            for text in sum {
                let place = Place { source: at, span: text.span };
                let term = term(&text.text).ok_or_else(|| {
                    let found =
                        format!("found the term {:?}, expected \"+id\", \"-id\" or \"+id?\"", text.text);
                    wrong(source, place.span.clone(), &found)
                })?;
                places.terms.push((place, term.id.clone()));
                terms.push(term);
            }
            concept.sums.push(Sum { terms });
        }
        if let Some(definition) = raw.definition {
            concept.definition = definition;
        }
        if let Some(text) = raw.source {
            concept.source = text;
        }
        concept.certainty = raw.certainty.unwrap_or(concept.certainty);
        merge(&mut concept.labels.sv, raw.sv);
        merge(&mut concept.labels.fi, raw.fi);
        merge(&mut concept.labels.en, raw.en);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Concept>, Error> {
        for (concept, places) in self.concepts.iter().zip(&self.places) {
            let fail = |place: &Place, what: String| Err(self.wrong(place, &what));
            // A user's own concept may have no label in a language yet; `check` says so.
            if concept.labels.sv.preferred.trim().is_empty() && concept.labels.fi.preferred.trim().is_empty()
            {
                let found =
                    format!("found no label for {}, expected sv.preferred or fi.preferred", concept.id);
                return fail(&places.id, found);
            }
            if let (Some(parent), Some(place)) = (&concept.parent, &places.parent)
                && !self.by_id.contains_key(parent)
            {
                return fail(place, format!("found the parent {parent}, expected the id of a concept"));
            }
            for (place, id) in &places.terms {
                if !self.by_id.contains_key(id) {
                    return fail(place, format!("found {id} in a sum, expected the id of a concept"));
                }
            }
        }
        for start in 0..self.concepts.len() {
            let mut at = start;
            for _ in 0..=self.concepts.len() {
                match self.concepts[at].parent.as_ref().and_then(|p| self.by_id.get(p)) {
                    None => break,
                    Some(&next) if next == start => {
                        let place = self.places[start].parent.as_ref().unwrap_or(&self.places[start].id);
                        let found = format!(
                            "found {} above itself, expected parents without a circle",
                            self.concepts[start].id
                        );
                        return Err(self.wrong(place, &found));
                    }
                    Some(&next) => at = next,
                }
            }
        }
        self.inherit_sides();
        Ok(self.concepts)
    }

    fn inherit_sides(&mut self) {
        let sides: BTreeMap<usize, Side> = (0..self.concepts.len())
            .filter_map(|start| {
                let mut at = start;
                loop {
                    if let Some(side) = self.concepts[at].side {
                        return Some((start, side));
                    }
                    at = *self.by_id.get(self.concepts[at].parent.as_ref()?)?;
                }
            })
            .collect();
        for (index, side) in sides {
            self.concepts[index].side = Some(side);
        }
    }

    fn wrong(&self, place: &Place, what: &str) -> Error {
        wrong(&self.sources[place.source], place.span.clone(), what)
    }
}

fn empty(id: String, file: String) -> Concept {
    Concept {
        id,
        statement: None,
        also_in: Vec::new(),
        side: None,
        section: None,
        sign: None,
        parent: None,
        sums: Vec::new(),
        unit: None,
        primary: false,
        definition: String::new(),
        labels: Labels::default(),
        source: String::new(),
        certainty: Certainty::Low,
        file,
    }
}

fn merge(terms: &mut Terms, raw: RawTerms) {
    if let Some(preferred) = raw.preferred {
        // The label that was preferred is still printed by books.
        let old = std::mem::replace(&mut terms.preferred, preferred);
        if !old.is_empty() && old != terms.preferred {
            terms.alternative.push(old);
        }
        terms.alternative.retain(|l| *l != terms.preferred);
    }
    for (list, more) in [
        (&mut terms.alternative, raw.alternative),
        (&mut terms.abbreviated, raw.abbreviated),
        (&mut terms.outdated, raw.outdated),
    ] {
        for label in more {
            if !list.contains(&label) && label != terms.preferred {
                list.push(label);
            }
        }
    }
}

/// `+id`, `-id`, `+id?`.
fn term(text: &str) -> Option<Term> {
    let (weight, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let id = rest.strip_suffix('?').unwrap_or(rest);
    (!id.is_empty()).then(|| Term { id: id.to_owned(), weight, optional: rest.ends_with('?') })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_packed_files_are_read() {
        for source in builtin() {
            let packed = source.packed.expect("built-in files are packed");
            let read: Result<RawFile, _> = rmp_serde::from_slice(packed);
            assert!(read.is_ok(), "{}: {:?}", source.name, read.err());
        }
    }
}
