//! `glossary coverage`: which labels of an archive are known.
//!
//! In: documents, folders, or a dataset of `ingest`. Out: how many rows with figures have a concept, by the kind of match,
//! and the labels without one, the most frequent first.
//! Refuses: to stop at a document that cannot be read; it is named, and the exit code is 2.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::json;
use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::MatchKind;
use taltolk::glossary::exchange::name_of;
use taltolk::output::escape;

use super::super::document::Reports;
use super::columns;
use crate::cli::args::{Coverage, LookupFormat};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

/// What of a report is counted.
#[derive(Deserialize)]
struct Report {
    #[serde(default)]
    facts: Vec<Fact>,
}

#[derive(Deserialize)]
struct Fact {
    table: String,
    row: u32,
    row_label: String,
    match_kind: MatchKind,
}

#[derive(Default)]
struct Tally {
    documents: u64,
    rows: BTreeMap<MatchKind, u64>,
    unknown: BTreeMap<String, u64>,
}

impl Tally {
    fn take(&mut self, json: &[u8]) -> serde_json::Result<()> {
        let report: Report = serde_json::from_slice(json)?;
        self.documents += 1;
        let mut last: Option<(String, u32)> = None;
        for fact in report.facts {
            let at = (fact.table, fact.row);
            if last.as_ref() == Some(&at) {
                continue;
            }
            last = Some(at);
            if fact.match_kind == MatchKind::None {
                *self.unknown.entry(fact.row_label).or_default() += 1;
            }
            *self.rows.entry(fact.match_kind).or_default() += 1;
        }
        Ok(())
    }

    /// The most frequent first, equals by the alphabet.
    fn unknown(&self, most: usize) -> Vec<(&str, u64)> {
        let mut all: Vec<(&str, u64)> = self.unknown.iter().map(|(l, n)| (l.as_str(), *n)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        all.truncate(if most == 0 { usize::MAX } else { most });
        all
    }
}

pub(super) fn run(args: Coverage, voice: Voice) -> Result<Status, Error> {
    let mut tally = Tally::default();
    let mut reports = Reports::new(args.reading, voice)?;
    for path in &args.paths {
        let dataset = path.join("documents");
        let made = dataset.is_dir();
        let (folder, ends) = if made { (&dataset, &["json"][..]) } else { (path, &["pdf", "txt"][..]) };
        for file in files(folder, ends)? {
            let json = if made { Some(bytes_of(&file)?) } else { reports.read(&file)? };
            let wrong = |e| Error::new(ErrorKind::Io, format!("found no report of {}: {e}", file.display()));
            json.map_or(Ok(()), |json| tally.take(&json)).map_err(wrong)?;
        }
    }
    match args.format {
        LookupFormat::Json => {
            let unknown: Vec<_> =
                tally.unknown(args.most).iter().map(|(l, n)| json!({ "label": l, "rows": n })).collect();
            let answer = json!({ "documents": tally.documents, "rows": tally.rows, "unmatched": unknown });
            stdout::write(|out| writeln!(out, "{answer:#}"))?;
        }
        LookupFormat::Text => {
            let text = page(&tally, args.most);
            stdout::write(|out| write!(out, "{text}"))?;
        }
    }
    Ok(reports.status)
}

fn page(tally: &Tally, most: usize) -> String {
    let all: u64 = tally.rows.values().sum();
    let known = all - tally.rows.get(&MatchKind::None).copied().unwrap_or(0);
    let share =
        |n: u64| if all == 0 { String::new() } else { format!("{:.1} %", 100.0 * n as f64 / all as f64) };
    let mut rows = vec![
        vec!["documents".to_owned(), tally.documents.to_string()],
        vec!["rows with figures".to_owned(), all.to_string()],
        vec!["known".to_owned(), known.to_string(), share(known)],
    ];
    for (kind, n) in &tally.rows {
        let name =
            if *kind == MatchKind::None { "unknown".to_owned() } else { format!("  {}", name_of(kind)) };
        rows.push(vec![name, n.to_string(), share(*n)]);
    }
    let mut out = columns(&rows);
    let unknown = tally.unknown(most);
    if !unknown.is_empty() {
        out.push_str("\nunknown labels\n");
        let line = |(label, n): &(&str, u64)| vec![format!("{n:>6}"), escape(label).into_owned()];
        out.push_str(&columns(&unknown.iter().map(line).collect::<Vec<_>>()));
        let more = tally.unknown.len() - unknown.len();
        if more > 0 {
            out.push_str(&format!("        and {more} more (--most 0 for all)\n"));
        }
    }
    out
}

/// The files below a path whose names end so, in order; a file itself whatever its name.
fn files(path: &Path, ends: &[&str]) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut out = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry =
            entry.map_err(|e| Error::new(ErrorKind::Io, format!("cannot list {}: {e}", path.display())))?;
        let named =
            entry.path().extension().is_some_and(|e| ends.iter().any(|end| e.eq_ignore_ascii_case(end)));
        if entry.file_type().is_file() && named {
            out.push(entry.into_path());
        }
    }
    Ok(out)
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, Error> {
    #[expect(clippy::disallowed_methods, reason = "a report of ours, not a document")]
    std::fs::read(path).map_err(|e| Error::new(ErrorKind::Io, format!("cannot read {}: {e}", path.display())))
}
