//! Paths → a dataset: `documents/*.json`, `facts.csv`, `findings.csv`, `journal.jsonl`.
//!
//! Documents are read by several workers at once and end up in the same bytes
//! whatever their number. One that fails is written down and the run goes on;
//! it is tried again the next time. One whose bytes and options are known is
//! left alone. Whatever moment the run is killed at, every file is whole.
//!
//! Refuses: two runs on one dataset at the same time.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use super::agenda::{self, Document};
use super::discover::discover;
use super::journal::{Entry, Journal};
use super::recognise::{self, Recogniser};
use super::{Counts, Job, Limits, Program, Slot, Source, Summary, names, tables, whole};
use crate::error::{Error, ErrorKind};
use crate::output::{Format, View};
use crate::pipeline::{self, Options};
use crate::report::Outcome;

/// Where the reports of a dataset are.
pub(super) const DOCUMENTS: &str = "documents";

/// What is to be read, how, and where to.
#[derive(Clone, Debug)]
pub struct Ingest {
    /// Folders and files.
    pub paths: Vec<PathBuf>,
    /// The dataset.
    pub out: PathBuf,
    /// Documents read at the same time.
    pub jobs: usize,
    /// Reads also what is known.
    pub force: bool,
    /// Options of every document; the path is filled in.
    pub options: Options,
    /// What one document may cost.
    pub limits: Limits,
    /// How a worker is started.
    pub program: Program,
}

/// What happens while a dataset is made.
#[derive(Debug)]
pub enum Event<'a> {
    /// So many documents are to be read, the others are known.
    Begin {
        /// Documents to read.
        documents: u64,
    },
    /// A document is done, well or not.
    Done(&'a Summary),
    /// All documents are done, the tables are being written.
    Tables,
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Read in this run, whole, in part or found empty.
    pub read: u64,
    /// Of these, read in part.
    pub partial: u64,
    /// Of these, found empty.
    pub empty: u64,
    /// Known from an earlier run.
    pub skipped: u64,
    /// Other names of documents that were read or known.
    pub duplicates: u64,
    /// Failed, by reason and in the order of the documents.
    pub failed: Vec<ErrorKind>,
    /// What the dataset holds now.
    pub dataset: Counts,
    /// Documents that the dataset holds now, without the failed ones.
    pub documents: u64,
}

/// Makes or renews a dataset.
pub fn ingest(plan: &Ingest, tell: &mut dyn FnMut(Event<'_>)) -> Result<Totals, Error> {
    let unusable = |e: io::Error| {
        Error::new(ErrorKind::Io, format!("found {} not usable as a dataset: {e}", plan.out.display()))
            .with_hint("--out takes a folder that may be written")
    };
    let documents = plan.out.join(DOCUMENTS);
    fs::create_dir_all(&documents).map_err(unusable)?;
    let _lock = lock(&plan.out)?;
    whole::sweep(&plan.out).and_then(|()| whole::sweep(&documents)).map_err(unusable)?;
    let mut journal = Journal::open(&plan.out).map_err(unusable)?;
    let before: BTreeSet<String> = journal.entries().filter_map(|e| e.report.clone()).collect();

    let agenda = agenda::make(discover(&plan.paths), &journal, plan.jobs);
    let options_hash = pipeline::options_hash(&plan.options);
    let mut totals = Totals::default();
    let mut to_read = Vec::new();
    for document in &agenda {
        totals.duplicates += document.duplicates.len() as u64;
        let known =
            journal.get(&document.name).is_some_and(|e| is_known(e, document, &options_hash, &documents));
        if known && !plan.force {
            totals.skipped += 1;
        } else {
            to_read.push(document);
        }
    }
    tell(Event::Begin { documents: to_read.len() as u64 });
    read_all(plan, &to_read, &options_hash, &mut |entry, summary| {
        match summary.outcome {
            Outcome::Failed => {}
            outcome => {
                totals.read += 1;
                totals.partial += u64::from(outcome == Outcome::Partial);
                totals.empty += u64::from(outcome == Outcome::Empty);
            }
        }
        tell(Event::Done(summary));
        journal.add(entry)
    })
    .map_err(unusable)?;

    tell(Event::Tables);
    // A name that is now another name of something else has no entry of its own.
    let aliases: BTreeSet<&str> =
        agenda.iter().flat_map(|d| d.duplicates.iter().map(String::as_str)).collect();
    journal.finish(|entry| !aliases.contains(entry.path.as_str())).map_err(unusable)?;
    let reports: Vec<&str> = journal.entries().filter_map(|e| e.report.as_deref()).collect();
    tables::rebuild(&plan.out, &reports)?;
    for gone in before.iter().filter(|r| !reports.contains(&r.as_str())) {
        // Already gone is gone.
        let _ = fs::remove_file(documents.join(gone));
    }

    let now: BTreeSet<&str> = agenda.iter().map(|d| d.name.as_str()).collect();
    for entry in journal.entries() {
        totals.dataset += entry.counts;
        totals.documents += u64::from(entry.outcome != Outcome::Failed);
        if let (true, Some(error)) = (now.contains(entry.path.as_str()), &entry.error) {
            totals.failed.push(error.kind());
        }
    }
    Ok(totals)
}

/// Whether the dataset has this very document, read with these very options.
fn is_known(entry: &Entry, document: &Document, options_hash: &str, documents: &Path) -> bool {
    entry.outcome != Outcome::Failed
        && entry.blake3 == document.blake3
        && entry.duplicates == document.duplicates
        && entry.options_hash == options_hash
        // Pictures are read again by another recogniser, or by the first one there is.
        && entry.recogniser.as_deref().is_none_or(|name| name == recognise::found().as_ref().map_or("", Recogniser::name))
        && entry.report.as_ref().is_some_and(|r| documents.join(r).is_file())
}

/// Held as long as the run goes on.
fn lock(dataset: &Path) -> Result<Option<File>, Error> {
    // Where a folder cannot be opened or locked, two runs are the user's care.
    let Ok(folder) = File::open(dataset) else { return Ok(None) };
    match folder.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Error::new(
            ErrorKind::Usage,
            format!("found {} in use by another run, expected it free", dataset.display()),
        )
        .with_hint("wait for the other run, or choose another --out")),
        Ok(()) | Err(TryLockError::Error(_)) => Ok(Some(folder)),
    }
}

type Done<'a> = &'a mut dyn FnMut(Entry, &Summary) -> io::Result<()>;

/// Reads the documents by as many workers as the plan says.
fn read_all(plan: &Ingest, documents: &[&Document], options_hash: &str, done: Done<'_>) -> io::Result<()> {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (to_main, results) = mpsc::channel();
        for _ in 0..plan.jobs.clamp(1, documents.len().max(1)) {
            let (to_main, next) = (to_main.clone(), &next);
            scope.spawn(move || {
                let mut slot = Slot::new(plan.program.clone(), plan.limits);
                while let Some(document) = documents.get(next.fetch_add(1, Ordering::Relaxed)) {
                    // The other end is gone when the dataset cannot be written.
                    if to_main.send(one(plan, document, options_hash, &mut slot)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(to_main);
        for result in results {
            let (entry, summary) = result?;
            done(entry, &summary)?;
        }
        Ok(())
    })
}

fn one(
    plan: &Ingest,
    document: &Document,
    options_hash: &str,
    slot: &mut Slot,
) -> io::Result<(Entry, Summary)> {
    let folder = plan.out.join(DOCUMENTS);
    let mut entry = Entry {
        path: document.name.clone(),
        duplicates: document.duplicates.clone(),
        blake3: document.blake3.clone(),
        size: document.size,
        modified: document.modified.clone(),
        outcome: Outcome::Failed,
        error: None,
        warnings: 0,
        counts: Counts::default(),
        options_hash: options_hash.to_owned(),
        recogniser: None,
        report: None,
        started: agenda::now(),
        finished: String::new(),
    };
    let summary = if let Some(error) = &document.error {
        Summary::failed(&document.name, error.clone())
    } else {
        let job = Job {
            source: Source::File(document.path.clone().into_os_string()),
            options: Options { path: document.name.clone(), ..plan.options.clone() },
            duplicates: document.duplicates.clone(),
            view: View::Facts,
            format: Format::Json,
        };
        let mut file = whole::start(&folder)?;
        let summary = slot.read(&job, &mut io::empty(), &mut file)?;
        if let Some(blake3) = &summary.blake3 {
            // The file may have changed since it was looked at; what was read counts.
            (entry.blake3, entry.size) = (summary.blake3.clone(), summary.size);
            let name = names::report(&document.name, blake3);
            whole::finish(file, &folder.join(&name))?;
            entry.report = Some(name);
        }
        summary
    };
    entry.recogniser.clone_from(&summary.recogniser);
    entry.counts_of(&summary);
    entry.finished = agenda::now();
    Ok((entry, summary))
}
