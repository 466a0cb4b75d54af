//! `ingest`: paths → a dataset, a bar while it goes on, a table at the end.

use std::fmt::Write as _;
use std::thread;

use taltolk::batch::{self, Event, Totals};
use taltolk::error::{Error, ErrorKind};

use crate::cli::args::Ingest;
use crate::cli::exit::Status;
use crate::cli::plan::Plan;
use crate::cli::progress::Progress;
use crate::cli::say::{self, Voice};

pub(crate) fn run(args: Ingest, voice: Voice) -> Result<Status, Error> {
    let plan = Plan::new(args.reading)?;
    let jobs = args.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from);
    let plan = batch::Ingest {
        paths: args.paths,
        out: args.out,
        jobs,
        force: args.force,
        options: plan.options,
        limits: plan.limits,
        program: plan.program,
    };
    let progress = Progress::new(voice);
    let totals = batch::ingest(&plan, &mut |event| match event {
        Event::Begin { documents } => progress.begin(documents),
        Event::Done(summary) => progress.done(|| voice.outcome(summary)),
        Event::Tables => progress.tables(),
    })?;
    progress.end();
    if totals.documents == 0 && totals.failed.is_empty() {
        voice.note("found no documents: no file below these paths ends in .pdf or .txt");
    } else if !voice.is_quiet() {
        say::text(&table(&totals));
    }
    Ok(if totals.failed.is_empty() { Status::Fine } else { Status::Failed })
}

/// What the run did, then what the dataset holds.
fn table(totals: &Totals) -> String {
    let mut lines: Vec<(&str, u64, String)> = Vec::new();
    let read = [(totals.partial, "in part"), (totals.empty, "without figures")];
    lines.push(("read", totals.read, join(&read)));
    lines.push(("skipped", totals.skipped, "as before".to_owned()));
    lines.push(("duplicates", totals.duplicates, "other names of the same bytes".to_owned()));
    lines.push(("failed", totals.failed.len() as u64, reasons(&totals.failed)));
    lines.retain(|(name, n, _)| *n > 0 || *name == "read");
    let counts = totals.dataset;
    lines.push(("documents", totals.documents, "in the dataset".to_owned()));
    lines.push(("facts", counts.facts, join(&[(counts.doubtful, "doubtful")])));
    lines.push(("findings", counts.findings, join(&[(counts.errors, "errors")])));

    let names = lines.iter().map(|l| l.0.len()).max().unwrap_or(0);
    let numbers: Vec<String> = lines.iter().map(|l| grouped(l.1)).collect();
    let width = numbers.iter().map(String::len).max().unwrap_or(0);
    let mut out = String::new();
    for ((name, n, about), number) in lines.iter().zip(&numbers) {
        let about = if *n == 0 { "" } else { about };
        let line = format!("{name:names$}  {number:>width$}  {about}");
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

fn join(parts: &[(u64, &str)]) -> String {
    let parts: Vec<String> =
        parts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", grouped(*n))).collect();
    parts.join(", ")
}

/// Reasons by name, most frequent first.
fn reasons(failed: &[ErrorKind]) -> String {
    let mut counts: Vec<(u64, &str)> = Vec::new();
    for kind in failed {
        let name = reason(*kind);
        match counts.iter_mut().find(|(_, n)| *n == name) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, name)),
        }
    }
    counts.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    join(&counts)
}

fn reason(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::Io => "not readable as a file",
        ErrorKind::NotADocument => "no document",
        ErrorKind::Damaged => "damaged",
        ErrorKind::Password => "password",
        ErrorKind::UnknownEncryption => "unknown encryption",
        ErrorKind::OnlyImages => "only images",
        ErrorKind::Timeout => "time limit",
        ErrorKind::Memory => "memory limit",
        ErrorKind::Crash => "crash",
        _ => "other",
    }
}

fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}
