//! `journal.jsonl`: what the dataset knows of each document, one line each.
//!
//! While a run goes on, a line is added for each document that is done; the
//! last line of a document counts, and a line cut off by a kill counts for
//! nothing. At the end the journal is written anew, one line a document, by
//! name, beside the old one, and renamed. Its times are the only thing in a
//! dataset that differs from one run to the next. No password is ever in it.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::whole;
use super::{Counts, Summary};
use crate::error::Error;
use crate::report::Outcome;

const NAME: &str = "journal.jsonl";

/// One document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) path: String,
    /// Other names of the same bytes.
    pub(super) duplicates: Vec<String>,
    pub(super) blake3: Option<String>,
    pub(super) size: Option<u64>,
    /// When the file was last changed, as its folder says.
    pub(super) modified: Option<String>,
    pub(super) outcome: Outcome,
    pub(super) error: Option<Error>,
    pub(super) warnings: u64,
    pub(super) counts: Counts,
    pub(super) options_hash: String,
    /// What read its pictures; empty where something should have.
    pub(super) recogniser: Option<String>,
    /// Its report in `documents/`; a file that could not even be opened has none.
    pub(super) report: Option<String>,
    pub(super) started: String,
    pub(super) finished: String,
}

impl Entry {
    pub(super) fn counts_of(&mut self, summary: &Summary) {
        self.outcome = summary.outcome;
        self.error.clone_from(&summary.error);
        self.warnings = summary.warnings.len() as u64;
        self.counts = summary.counts;
    }
}

/// The journal of one dataset.
pub(super) struct Journal {
    path: PathBuf,
    entries: BTreeMap<String, Entry>,
    log: Option<File>,
}

impl Journal {
    /// Reads the journal of a dataset; a new one is empty.
    pub(super) fn open(dataset: &Path) -> io::Result<Self> {
        let path = dataset.join(NAME);
        let mut entries = BTreeMap::new();
        match File::open(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
            Ok(file) => {
                for line in BufReader::new(file).split(b'\n') {
                    // A line that is none was cut off by a kill: that document is read again.
                    if let Ok(entry) = serde_json::from_slice::<Entry>(&line?) {
                        entries.insert(entry.path.clone(), entry);
                    }
                }
            }
        }
        Ok(Journal { path, entries, log: None })
    }

    pub(super) fn get(&self, path: &str) -> Option<&Entry> {
        self.entries.get(path)
    }

    /// All entries, by name.
    pub(super) fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// Adds a document that is done, at once and in one write.
    pub(super) fn add(&mut self, entry: Entry) -> io::Result<()> {
        if self.log.is_none() {
            let mut log = OpenOptions::new().create(true).append(true).open(&self.path)?;
            // A line cut off by a kill must not swallow this one.
            log.write_all(b"\n")?;
            self.log = Some(log);
        }
        if let Some(log) = &mut self.log {
            log.write_all(&line(&entry)?)?;
        }
        self.entries.insert(entry.path.clone(), entry);
        Ok(())
    }

    /// Forgets documents and writes what is left, one line each, by name.
    pub(super) fn finish(&mut self, keep: impl Fn(&Entry) -> bool) -> io::Result<()> {
        self.log = None;
        self.entries.retain(|_, entry| keep(entry));
        whole::write(&self.path, |out| {
            for entry in self.entries.values() {
                out.write_all(&line(entry)?)?;
            }
            Ok(())
        })
    }
}

fn line(entry: &Entry) -> io::Result<Vec<u8>> {
    let mut line = serde_json::to_vec(entry)?;
    line.push(b'\n');
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(path: &str, facts: u64) -> Entry {
        Entry {
            path: path.to_owned(),
            duplicates: Vec::new(),
            blake3: None,
            size: None,
            modified: None,
            outcome: Outcome::Ok,
            error: None,
            warnings: 0,
            counts: Counts { facts, ..Counts::default() },
            options_hash: String::new(),
            recogniser: None,
            report: None,
            started: String::new(),
            finished: String::new(),
        }
    }

    #[test]
    fn a_cut_line_costs_its_own_document_only() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut journal = Journal::open(dir.path()).expect("opens");
        for e in [entry("b", 1), entry("a", 2), entry("b", 3), entry("c", 4)] {
            journal.add(e).expect("adds");
        }
        let path = dir.path().join(NAME);
        let bytes = std::fs::read(&path).expect("reads");
        std::fs::write(&path, &bytes[..bytes.len() - 9]).expect("writes");

        let mut journal = Journal::open(dir.path()).expect("opens");
        journal.add(entry("d", 5)).expect("adds");
        let mut journal = Journal::open(dir.path()).expect("opens");
        journal.finish(|e| e.path != "a").expect("writes");
        let journal = Journal::open(dir.path()).expect("opens");
        let left: Vec<_> = journal.entries().map(|e| (e.path.as_str(), e.counts.facts)).collect();
        assert_eq!(left, [("b", 3), ("d", 5)]);
        let text = std::fs::read_to_string(&path).expect("reads");
        assert_eq!(text.lines().count(), 2);
    }
}
