//! [`Entry`]s → a glossary file of the user's own.
//!
//! In: what a file of terms says, the glossary that is known so far, the text of the user's file as it is. Out: that file
//! with the terms added, in the format of `glossary/`, and what became of each entry. A concept is recognised by its id or
//! by a label that only one concept has; then it gets the labels that it lacks. What is known by no label is a new concept.
//! Refuses: an entry whose labels belong to different concepts, or to several (it is reported, not added), and a new concept
//! without a Swedish or Finnish label.

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, value};

use super::{Entry, name_of};
use crate::error::{Error, ErrorKind};
use crate::glossary::{Certainty, Concept, Glossary, LabelKind, Language};

/// What became of the entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// The user's file with what was added.
    pub text: String,
    /// Ids of new concepts.
    pub new: Vec<String>,
    /// Ids of known concepts that got labels.
    pub changed: Vec<String>,
    /// Entries that say nothing new.
    pub known: usize,
    /// Entries that were not added: the line, and why.
    pub left_out: Vec<(usize, String)>,
}

/// Adds entries to the file of a user, whose terms `glossary` knows already.
///
/// # Errors
/// If the file is no TOML, or has its concepts in another form than `[[concept]]`.
pub fn add(glossary: &Glossary, own: &str, name: &str, entries: &[Entry]) -> Result<Added, Error> {
    let mut document: DocumentMut = own.parse().map_err(|e: toml_edit::TomlError| {
        Error::new(ErrorKind::Glossary, format!("{name}: {}", e.to_string().replace('\n', " ")))
    })?;
    let unusual = || {
        let found = format!("{name}: found concepts in another form, expected each under [[concept]]");
        Error::new(ErrorKind::Glossary, found)
    };
    let mut added = Added::default();
    let mut ids: Vec<String> = Vec::new();
    for entry in entries {
        match recognise(glossary, entry) {
            Recognised::One(concept) => {
                let labels = lacking(concept, entry);
                if labels.is_empty() {
                    added.known += 1;
                } else {
                    extend(table(&mut document, &concept.id).ok_or_else(unusual)?, &labels);
                    if !added.changed.contains(&concept.id) {
                        added.changed.push(concept.id.clone());
                    }
                }
            }
            Recognised::Several(concepts) => {
                added.left_out.push((entry.line, format!("its labels belong to {}", concepts.join(" and "))));
            }
            Recognised::None => {
                let Some(id) =
                    id_of(entry, |id| glossary.concept(id).is_some() || ids.contains(&id.to_owned()))
                else {
                    added.left_out.push((entry.line, "it has no Swedish or Finnish label".to_owned()));
                    continue;
                };
                describe(table(&mut document, &id).ok_or_else(unusual)?, entry);
                ids.push(id.clone());
                added.new.push(id);
            }
        }
    }
    added.text = document.to_string();
    Ok(added)
}

enum Recognised<'g> {
    One(&'g Concept),
    Several(Vec<String>),
    None,
}

fn recognise<'g>(glossary: &'g Glossary, entry: &Entry) -> Recognised<'g> {
    if let Some(concept) = entry.id.as_deref().and_then(|id| glossary.concept(id)) {
        return Recognised::One(concept);
    }
    // What a label can mean, for each language that knows it.
    let mut meanings: Vec<Vec<&Concept>> = Vec::new();
    for language in Language::ALL {
        for (_, _, label) in entry.labels.iter().filter(|l| l.0 == language && l.1 != LabelKind::Abbreviated)
        {
            let found = glossary.lookup_any(label);
            let same = found.iter().filter(|s| s.score >= 0.98 && s.language == language);
            let fits = |c: &&Concept| {
                entry.statement.is_none() || c.statement.is_none() || c.statement == entry.statement
            };
            let concepts: Vec<&Concept> = same.map(|s| s.concept).filter(fits).collect();
            if !concepts.is_empty() {
                meanings.push(concepts);
            }
        }
    }
    let Some(first) = meanings.first() else { return Recognised::None };
    let common: Vec<&&Concept> =
        first.iter().filter(|c| meanings.iter().all(|m| m.iter().any(|o| o.id == c.id))).collect();
    match common[..] {
        [concept] => Recognised::One(concept),
        [] => {
            let mut ids: Vec<String> = meanings.iter().filter_map(|m| Some(m.first()?.id.clone())).collect();
            ids.dedup();
            Recognised::Several(ids)
        }
        _ => Recognised::Several(common.iter().map(|c| c.id.clone()).collect()),
    }
}

/// The labels of an entry that a concept does not have.
fn lacking(concept: &Concept, entry: &Entry) -> Vec<(Language, LabelKind, String)> {
    let known = |language: Language, label: &str| {
        concept.labels.of(language).all().any(|(_, own)| own.eq_ignore_ascii_case(label) || own == label)
    };
    let mut out: Vec<(Language, LabelKind, String)> = Vec::new();
    for (language, kind, label) in &entry.labels {
        if known(*language, label) || out.iter().any(|o| o.0 == *language && o.2 == *label) {
            continue;
        }
        // A concept keeps the label that it is shown by.
        let empty = concept.labels.of(*language).preferred.is_empty();
        let kind = match kind {
            LabelKind::Preferred if !empty => LabelKind::Alternative,
            kind => *kind,
        };
        out.push((*language, kind, label.clone()));
    }
    out
}

/// A new id: the English label, the Swedish or the Finnish one in letters of ASCII.
fn id_of(entry: &Entry, taken: impl Fn(&str) -> bool) -> Option<String> {
    let first = |language| entry.labels.iter().find(|l| l.0 == language).map(|l| l.2.as_str());
    let native = first(Language::Sv).or_else(|| first(Language::Fi))?;
    let base = match &entry.id {
        Some(id) => id.clone(),
        None => slug(first(Language::En).unwrap_or(native)),
    };
    let mut id = base.clone();
    let mut n = 1;
    while taken(&id) {
        n += 1;
        id = format!("{base}-{n}");
    }
    Some(id)
}

fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        match c {
            'å' | 'ä' => out.push('a'),
            'ö' => out.push('o'),
            c if c.is_ascii_alphanumeric() => out.push(c),
            _ if !out.is_empty() && !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    let out = out.trim_end_matches('-');
    if out.starts_with(|c: char| c.is_ascii_lowercase()) { out.to_owned() } else { format!("term-{out}") }
}

/// The table of a concept, made where the file has none; `None` if it lists concepts in another form.
fn table<'d>(document: &'d mut DocumentMut, id: &str) -> Option<&'d mut Table> {
    let concepts = document
        .entry("concept")
        .or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()))
        .as_array_of_tables_mut()?;
    let known = concepts.iter().position(|t| t.get("id").and_then(Item::as_str) == Some(id));
    let at = known.unwrap_or_else(|| {
        let mut table = Table::new();
        table.insert("id", value(id));
        concepts.push(table);
        concepts.len() - 1
    });
    concepts.get_mut(at)
}

fn extend(table: &mut Table, labels: &[(Language, LabelKind, String)]) {
    for (language, kind, label) in labels {
        let terms = table.entry(language.as_str()).or_insert_with(|| {
            let mut terms = Table::new();
            terms.set_dotted(true);
            Item::Table(terms)
        });
        let Some(terms) = terms.as_table_like_mut() else { continue };
        let key = match kind {
            LabelKind::Preferred if !terms.contains_key("preferred") => {
                terms.insert("preferred", value(label));
                continue;
            }
            LabelKind::Preferred | LabelKind::Alternative => "alternative",
            LabelKind::Abbreviated => "abbreviated",
            LabelKind::Outdated => "outdated",
        };
        let list = terms.entry(key).or_insert_with(|| value(Array::new()));
        if let Some(list) = list.as_array_mut().filter(|l| !l.iter().any(|v| v.as_str() == Some(label))) {
            list.push(label.as_str());
        }
    }
}

/// Everything that an entry says of a new concept.
fn describe(table: &mut Table, entry: &Entry) {
    if let Some(statement) = entry.statement {
        table.insert("statement", value(name_of(statement)));
    }
    if !entry.definition.is_empty() {
        table.insert("definition", value(&entry.definition));
    }
    let mut labels = entry.labels.clone();
    labels.sort_by_key(|l| (l.0, l.1));
    labels.dedup();
    extend(table, &labels);
    let source = if entry.source.is_empty() { "imported" } else { &entry.source };
    table.insert("source", value(source));
    table.insert("certainty", value(name_of(entry.certainty.unwrap_or(Certainty::Low))));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(line: usize, labels: &[(Language, &str)]) -> Entry {
        let labels = labels.iter().map(|(l, text)| (*l, LabelKind::Preferred, (*text).to_owned())).collect();
        Entry { line, labels, ..Entry::default() }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(48))]

        /// Whatever a row says, what is written of it is a glossary, and says it no second time.
        #[test]
        fn what_is_added_loads_and_is_known(cells in "[a-zåäö<&\"'|\\\\. -]{0,12}(\t[A-Za-zÅÄÖåäö0-9<&\"'|%. -]{0,14}){4}") {
            let table = format!("id\tsv\tfi_alternative\ten_abbreviated\tsource\n{cells}\n");
            if let Ok(entries) = crate::glossary::exchange::tsv::read(&table, "row.tsv") {
                let added = add(Glossary::builtin(), "", "own.toml", &entries).expect("is a file");
                let own = Glossary::with_overlay(&added.text, "own.toml").expect("what was written loads");
                let again = add(&own, &added.text, "own.toml", &entries).expect("is a file");
                proptest::prop_assert!(again.new.is_empty() && again.text == added.text, "{}", again.text);
            }
        }
    }

    #[test]
    fn concepts_in_another_form_are_an_error() {
        let own = "concept = [{ id = \"x\", sv.preferred = \"X-avgift\" }]\n";
        let known = Glossary::with_overlay(own, "own.toml").expect("a glossary all the same");
        let entries = [entry(2, &[(Language::Sv, "Hönsgårdsavgift")])];
        let error = add(&known, own, "own.toml", &entries).expect_err("cannot be added to");
        assert!(error.message().contains("expected each under [[concept]]"), "{}", error.message());
    }

    #[test]
    fn terms_are_added_where_they_belong() {
        let glossary = Glossary::builtin();
        let entries = [
            entry(2, &[(Language::Sv, "Årsbidrag"), (Language::Fi, "Vuosikate")]),
            entry(3, &[(Language::Sv, "Årets bidrag"), (Language::Fi, "Vuosikate")]),
            entry(4, &[(Language::Sv, "Hönsgårdsavgift"), (Language::Fi, "Kanalamaksu")]),
            entry(5, &[(Language::Sv, "Årsbidrag"), (Language::Fi, "Toimintakate")]),
        ];
        let added = add(glossary, "", "own.toml", &entries).expect("is a file");
        assert_eq!((added.known, &added.new[..]), (1, &["honsgardsavgift".to_owned()][..]));
        assert_eq!(added.left_out.len(), 1);
        assert_eq!(added.left_out[0].0, 5);
        let own = Glossary::with_overlay(&added.text, "own.toml").expect("what was written is a glossary");
        assert_eq!(own.lookup_any("Kanalamaksu")[0].concept.id, "honsgardsavgift");
        assert_eq!(own.lookup_any("Årets bidrag")[0].concept.id, added.changed[0]);
        // Once more, and nothing changes.
        let again = add(&own, &added.text, "own.toml", &entries).expect("is a file");
        assert_eq!((again.text, again.known), (added.text, 3));
    }
}
