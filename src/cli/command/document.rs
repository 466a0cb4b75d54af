//! `extract`, `audit`, `tables` and `inspect`: one document → standard output or a drawing.

use std::io::{self, Write};
use std::path::Path;

use taltolk::batch::{Job, Sink, Slot, Source, Summary};
use taltolk::error::{Error, ErrorKind};
use taltolk::output::{Format, View};

use crate::cli::args::{Audit, Document, Extract, Inspect, Reading, Tables};
use crate::cli::exit::Status;
use crate::cli::plan::{self, Plan};
use crate::cli::say::Voice;
use crate::cli::stdout;

/// Outputs up to this size are whole or not at all.
const WHOLE: usize = 8 << 20;

pub(crate) fn extract(args: Extract, voice: Voice) -> Result<Status, Error> {
    let summary = one(args.document, View::Facts, args.format.into(), voice)?;
    Ok(summary.map_or(Status::Fine, |s| Status::of(s.outcome)))
}

pub(crate) fn audit(args: Audit, voice: Voice) -> Result<Status, Error> {
    let summary = one(args.document, View::Findings, args.format.into(), voice)?;
    let Some(summary) = summary else { return Ok(Status::Fine) };
    let found = if summary.counts.errors > 0 { Status::Found } else { Status::Fine };
    Ok(found.max(Status::of(summary.outcome)))
}

pub(crate) fn tables(args: Tables, voice: Voice) -> Result<Status, Error> {
    let summary = one(args.document, View::Tables, args.format.into(), voice)?;
    Ok(summary.map_or(Status::Fine, |s| Status::of(s.outcome)))
}

pub(crate) fn inspect(args: Inspect, voice: Voice) -> Result<Status, Error> {
    let view = View::Page(args.page);
    let Some(path) = args.out else {
        let summary = one(args.document, view, Format::Svg, voice)?;
        return Ok(summary.map_or(Status::Fine, |s| Status::of(s.outcome)));
    };
    let (mut slot, job) = prepare(args.document, view, Format::Svg)?;
    let cannot = |e: io::Error| Error::new(ErrorKind::Io, format!("cannot write {}: {e}", path.display()));
    let mut drawing = io::Cursor::new(Vec::new());
    let summary = slot.read(&job, &mut io::stdin().lock(), &mut drawing).map_err(cannot)?;
    voice.ending(&summary);
    if !drawing.get_ref().is_empty() {
        taltolk::batch::write_whole(&path, drawing.get_ref()).map_err(cannot)?;
    }
    Ok(Status::of(summary.outcome))
}

/// A worker to be and its job.
fn prepare(document: Document, view: View, format: Format) -> Result<(Slot, Job), Error> {
    let Document { file, reading } = document;
    let mut plan = Plan::new(reading)?;
    plan.options.path = plan::name(&file);
    let source = if file == Path::new("-") { Source::Blocks } else { Source::File(file.into()) };
    let job = Job { source, options: plan.options, duplicates: Vec::new(), view, format };
    Ok((Slot::new(plan.program, plan.limits), job))
}

/// Reads documents one after the other, all in one worker, as reports that this program takes further.
pub(super) struct Reports {
    plan: Plan,
    slot: Slot,
    voice: Voice,
    /// What became of the documents so far.
    pub(super) status: Status,
}

impl Reports {
    pub(super) fn new(reading: Reading, voice: Voice) -> Result<Self, Error> {
        let plan = Plan::new(reading)?;
        let slot = Slot::new(plan.program.clone(), plan.limits);
        Ok(Reports { plan, slot, voice, status: Status::Fine })
    }

    /// The report of a document, as JSON; `None` where there is none, which has been said.
    pub(super) fn read(&mut self, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        let mut options = self.plan.options.clone();
        options.path = plan::name(path);
        let source = Source::File(path.into());
        let job = Job { source, options, duplicates: Vec::new(), view: View::Facts, format: Format::Json };
        let mut out = io::Cursor::new(Vec::new());
        let cannot = |e| Error::new(ErrorKind::Io, format!("cannot read {}: {e}", path.display()));
        let summary = self.slot.read(&job, &mut io::empty(), &mut out).map_err(cannot)?;
        self.voice.ending(&summary);
        self.status = self.status.max(Status::of(summary.outcome));
        Ok(Some(out.into_inner()).filter(|report| !report.is_empty()))
    }
}

/// Reads and writes one document; `None` when the reader of a long output went away before its end.
fn one(document: Document, view: View, format: Format, voice: Voice) -> Result<Option<Summary>, Error> {
    let (mut slot, job) = prepare(document, view, format)?;
    // What became of the document is known even if nobody takes its output.
    let mut ended = None;
    stdout::write(|out| {
        let mut sink = Held { held: Vec::new(), out, passed: false };
        let summary = ended.insert(slot.read(&job, &mut io::stdin().lock(), &mut sink)?);
        voice.ending(summary);
        if sink.passed { Ok(()) } else { sink.out.write_all(&sink.held) }
    })?;
    Ok(ended)
}

/// Holds the output back until the worker is done, so that a crash leaves no half output; a long
/// output, which comes when the document is already read, is passed on as it comes.
struct Held<'a> {
    held: Vec<u8>,
    out: &'a mut dyn Write,
    passed: bool,
}

impl Write for Held<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.held.len() + bytes.len() > WHOLE {
            self.out.write_all(&std::mem::take(&mut self.held))?;
            self.passed = true;
        }
        if self.passed {
            self.out.write_all(bytes)?;
        } else {
            self.held.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Held<'_> {
    fn restart(&mut self) -> io::Result<()> {
        if self.passed {
            let message = "the reading broke off while its output was being written, which is cut short";
            return Err(io::Error::other(message));
        }
        self.held.clear();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_output_is_whole_or_not_at_all() {
        let mut out = Vec::new();
        let mut sink = Held { held: Vec::new(), out: &mut out, passed: false };
        sink.write_all(b"half a report").expect("memory takes it");
        sink.restart().expect("nothing has been passed on");
        assert!(!sink.passed && sink.held.is_empty());
        assert!(out.is_empty());
    }

    #[test]
    fn a_long_output_is_passed_on_and_its_end_is_missed_aloud() {
        let mut out = Vec::new();
        let mut sink = Held { held: Vec::new(), out: &mut out, passed: false };
        let block = vec![b'x'; WHOLE / 2 + 1];
        sink.write_all(&block).expect("held");
        sink.write_all(&block).expect("passed on");
        let error = sink.restart().expect_err("what has been passed on cannot be taken back");
        assert!(error.to_string().contains("cut short"), "{error}");
        assert_eq!(out.len(), 2 * block.len());
    }
}
