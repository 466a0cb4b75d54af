//! What was found → what there is to read: identical bytes once.
//!
//! Every file is hashed, never parsed. Of several names for the same bytes the
//! first in order is the document and the others are its duplicates; names
//! that an earlier run gave to these bytes count, so that an archive read in
//! parts becomes the same dataset as one read at once.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use super::discover::Found;
use super::file;
use super::journal::Journal;
use crate::error::{Error, ErrorKind};

/// One document to read or to know already.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) duplicates: Vec<String>,
    pub(super) blake3: Option<String>,
    pub(super) size: Option<u64>,
    pub(super) modified: Option<String>,
    /// Why there is nothing to read.
    pub(super) error: Option<Error>,
}

/// All documents, by name.
pub(super) fn make(found: Vec<Found>, journal: &Journal, jobs: usize) -> Vec<Document> {
    let documents = look_at_all(found, jobs);
    let here: BTreeSet<String> = documents.iter().map(|d| d.name.clone()).collect();
    let mut by_bytes: BTreeMap<String, Document> = BTreeMap::new();
    let mut agenda = Vec::new();
    // In order of names, so the first with these bytes is the document.
    for document in documents {
        match &document.blake3 {
            None => agenda.push(document),
            Some(blake3) => match by_bytes.get_mut(blake3) {
                Some(first) => first.duplicates.push(document.name),
                None => {
                    by_bytes.insert(blake3.clone(), document);
                }
            },
        }
    }
    for entry in journal.entries() {
        let Some(document) = entry.blake3.as_ref().and_then(|b| by_bytes.get_mut(b)) else { continue };
        let names = entry.duplicates.iter().chain([&entry.path]);
        // A name that was found again says by its own bytes what it is.
        document.duplicates.extend(names.filter(|n| !here.contains(*n)).cloned());
    }
    for mut document in by_bytes.into_values() {
        let mut names = std::mem::take(&mut document.duplicates);
        names.push(std::mem::take(&mut document.name));
        names.sort();
        names.dedup();
        document.name = names.remove(0);
        document.duplicates = names;
        agenda.push(document);
    }
    agenda.sort_by(|a, b| a.name.cmp(&b.name));
    agenda
}

/// Now, in UTC, to the second.
pub(super) fn now() -> String {
    seconds(Timestamp::now())
}

fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Hashes the files, several at once, and keeps their order.
fn look_at_all(found: Vec<Found>, jobs: usize) -> Vec<Document> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(found.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, found.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(f) = found.get(i) else { return };
                    let document = look_at(f);
                    results.lock().unwrap_or_else(PoisonError::into_inner).push((i, document));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(i, _)| *i);
    results.into_iter().map(|(_, document)| document).collect()
}

fn look_at(found: &Found) -> Document {
    let mut document = Document {
        name: found.name.clone(),
        path: found.path.clone(),
        duplicates: Vec::new(),
        blake3: None,
        size: None,
        modified: None,
        error: found.error.clone(),
    };
    if document.error.is_none() {
        match hash(found) {
            Ok((blake3, about)) => {
                document.blake3 = Some(blake3);
                document.size = Some(about.len());
                let modified = about.modified().ok().and_then(|t| Timestamp::try_from(t).ok());
                document.modified = modified.map(seconds);
            }
            Err(error) => document.error = Some(error),
        }
    }
    document
}

fn hash(found: &Found) -> Result<(String, Metadata), Error> {
    let (mut file, about) = file::open(&found.path)?;
    if about.len() == 0 {
        file::not_empty(&[])?;
    }
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut file, &mut hasher)
        .map_err(|e| Error::new(ErrorKind::Io, format!("found a file that cannot be read: {e}")))?;
    Ok((hasher.finalize().to_hex().to_string(), about))
}
