//! [`Glossary`] ↔ a table, columns parted by tabs.
//!
//! Out: a head and one row a concept: `id`, `statement`, the preferred labels `sv`, `fi`, `en`, other labels
//! (`sv_alternative`, `sv_abbreviated`, `sv_outdated`, …) parted by ` | `, `definition`, `source`, `certainty`. In: the
//! same, any of these columns in any order, with at least one label; `kind` is taken for `statement` where it is one, and
//! `figures` (how many figures vouch for a pair of labels) and `opinion` are passed over, so that what `align` writes can
//! be read. A tab or line break inside a field makes it quoted.
//! Refuses: a column that is unknown, a row with more fields than the head, a row without a label; the line is said.

use super::{Entry, name_of, prefer, value_of};
use crate::error::{Error, ErrorKind};
use crate::glossary::load::{is_kebab, unusual_id};
use crate::glossary::{Certainty, Concept, Glossary, LabelKind, Language, Statement};

/// Between the labels of one field.
const BETWEEN: &str = " | ";

/// Kinds of labels and what their columns end with.
const KINDS: [(LabelKind, &str); 4] = [
    (LabelKind::Preferred, ""),
    (LabelKind::Alternative, "_alternative"),
    (LabelKind::Abbreviated, "_abbreviated"),
    (LabelKind::Outdated, "_outdated"),
];

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Id,
    Statement,
    Label(Language, LabelKind),
    Definition,
    Source,
    Certainty,
    Passed,
}

/// Every column, in the order in which they are written.
fn columns() -> Vec<(String, Column)> {
    let mut out = vec![("id".to_owned(), Column::Id), ("statement".to_owned(), Column::Statement)];
    for (kind, end) in KINDS {
        for language in Language::ALL {
            out.push((format!("{language}{end}"), Column::Label(language, kind)));
        }
    }
    out.extend([
        ("definition".to_owned(), Column::Definition),
        ("source".to_owned(), Column::Source),
        ("certainty".to_owned(), Column::Certainty),
    ]);
    out
}

/// The whole glossary.
pub fn write(glossary: &Glossary) -> String {
    let columns = columns();
    let mut out = csv::WriterBuilder::new().delimiter(b'\t').from_writer(Vec::new());
    let head = out.write_record(columns.iter().map(|c| c.0.as_str()));
    let rows = glossary
        .concepts()
        .iter()
        .try_for_each(|concept| out.write_record(columns.iter().map(|c| field(concept, c.1))));
    head.and(rows).expect("memory takes what is written");
    String::from_utf8_lossy(&out.into_inner().unwrap_or_default()).into_owned()
}

fn field(concept: &Concept, column: Column) -> String {
    match column {
        Column::Id => concept.id.clone(),
        Column::Statement => concept.statement.map(name_of).unwrap_or_default(),
        Column::Label(language, kind) => {
            let labels = concept.labels.of(language).all().filter(|l| l.0 == kind).map(|l| l.1);
            labels.collect::<Vec<_>>().join(BETWEEN)
        }
        Column::Definition => concept.definition.clone(),
        Column::Source => concept.source.clone(),
        Column::Certainty => name_of(concept.certainty),
        Column::Passed => String::new(),
    }
}

/// The rows of such a table; `name` is said in errors.
///
/// # Errors
/// If a column, a row or a value is wrong; nothing is read then.
pub fn read(text: &str, name: &str) -> Result<Vec<Entry>, Error> {
    let wrong =
        |line: usize, what: String| Error::new(ErrorKind::Glossary, format!("{name}, line {line}: {what}"));
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().delimiter(b'\t').flexible(true).from_reader(text.as_bytes());
    let known = columns();
    let head = reader.headers().map_err(|e| wrong(1, e.to_string()))?.clone();
    let mut order = Vec::new();
    for column in &head {
        let named = known.iter().find(|k| k.0 == column.trim()).map(|k| k.1);
        let passed = || match column.trim() {
            "kind" => Some(Column::Statement),
            "figures" | "opinion" => Some(Column::Passed),
            _ => None,
        };
        let Some(column) = named.or_else(passed) else {
            let names: Vec<&str> = known.iter().map(|k| k.0.as_str()).collect();
            return Err(wrong(1, format!("found the column {column:?}, expected {}", names.join(", "))));
        };
        order.push(column);
    }
    if !order.iter().any(|c| matches!(c, Column::Label(..))) {
        return Err(wrong(1, "found no column of labels, expected sv, fi or en".to_owned()));
    }
    let mut out = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|e| {
            let line = e.position().map_or(1, csv::Position::line);
            wrong(usize::try_from(line).unwrap_or(1), e.to_string())
        })?;
        let line = record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
        if record.len() > order.len() {
            let found = format!("found {} fields, expected {} as in the head", record.len(), order.len());
            return Err(wrong(line, found));
        }
        if record.iter().all(|f| f.trim().is_empty()) {
            continue;
        }
        let mut entry = Entry { line, ..Entry::default() };
        for (column, field) in order.iter().zip(record.iter().map(str::trim)) {
            if !field.is_empty() {
                take(&mut entry, *column, field).map_err(|what| wrong(line, what))?;
            }
        }
        if entry.labels.is_empty() {
            return Err(wrong(line, "found a row without a label, expected one in sv, fi or en".to_owned()));
        }
        prefer(&mut entry.labels);
        out.push(entry);
    }
    Ok(out)
}

fn take(entry: &mut Entry, column: Column, field: &str) -> Result<(), String> {
    match column {
        Column::Id if !is_kebab(field) => return Err(unusual_id(field)),
        Column::Id => entry.id = Some(field.to_owned()),
        // Other lists sort their terms in their own way.
        Column::Statement => entry.statement = value_of::<Statement>(field),
        Column::Label(language, kind) => {
            let labels = field.split(BETWEEN.trim()).map(str::trim).filter(|l| !l.is_empty());
            entry.labels.extend(labels.map(|l| (language, kind, l.to_owned())));
        }
        Column::Definition => entry.definition = field.to_owned(),
        Column::Source => entry.source = field.to_owned(),
        Column::Certainty => {
            let certainty = value_of::<Certainty>(field);
            entry.certainty = Some(
                certainty
                    .ok_or_else(|| format!("found the certainty {field:?}, expected high, medium or low"))?,
            );
        }
        Column::Passed => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let glossary = Glossary::builtin();
        let entries = read(&write(glossary), "own.tsv").expect("is a table");
        assert_eq!(entries.len(), glossary.concepts().len());
        for (entry, concept) in entries.iter().zip(glossary.concepts()) {
            assert_eq!(entry.id.as_deref(), Some(concept.id.as_str()));
            assert_eq!((entry.statement, entry.certainty), (concept.statement, Some(concept.certainty)));
            for language in Language::ALL {
                let read: Vec<&str> =
                    entry.labels.iter().filter(|l| l.0 == language).map(|l| l.2.as_str()).collect();
                let own: Vec<&str> = concept.labels.of(language).all().map(|l| l.1).collect();
                assert_eq!(read, own, "{}", concept.id);
            }
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, message) in [
            (
                "sv\tsuomi\n",
                "own.tsv, line 1: found the column \"suomi\", expected id, statement, sv, fi, en",
            ),
            ("id\tsource\n", "own.tsv, line 1: found no column of labels"),
            ("sv\tfi\nLån\tLainat\n\tX\tY\n", "own.tsv, line 3: found 3 fields, expected 2 as in the head"),
            ("sv\tsource\n\tbok\n", "own.tsv, line 2: found a row without a label"),
            ("id\tsv\nLån!\tLån\n", "own.tsv, line 2: found the id \"Lån!\""),
            ("sv\tcertainty\nLån\tsafe\n", "own.tsv, line 2: found the certainty \"safe\""),
        ] {
            let error = read(text, "own.tsv").expect_err("is wrong");
            assert!(error.message().starts_with(message), "{}", error.message());
        }
    }
}
