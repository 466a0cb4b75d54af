//! `extract` and `audit`: one document → standard output.

use std::io::{self, Seek};
use std::path::{Path, PathBuf};

use taltolk::batch::{Job, Slot, Source, Summary};
use taltolk::error::{Error, ErrorKind};
use taltolk::output::{Format, View};

use crate::cli::args::{Audit, Extract, Reading};
use crate::cli::exit::Status;
use crate::cli::plan::{self, Plan};
use crate::cli::say::Voice;
use crate::cli::stdout;

/// Outputs up to this size never touch a disk.
const IN_MEMORY: usize = 8 << 20;

pub(crate) fn extract(args: Extract, voice: Voice) -> Result<Status, Error> {
    let summary = one(args.file, args.reading, View::Facts, args.format.into(), voice)?;
    Ok(Status::of(summary.outcome))
}

pub(crate) fn audit(args: Audit, voice: Voice) -> Result<Status, Error> {
    let summary = one(args.file, args.reading, View::Findings, args.format.into(), voice)?;
    let found = if summary.counts.errors > 0 { Status::Found } else { Status::Fine };
    Ok(found.max(Status::of(summary.outcome)))
}

fn one(file: PathBuf, reading: Reading, view: View, format: Format, voice: Voice) -> Result<Summary, Error> {
    let mut plan = Plan::new(reading)?;
    plan.options.path = plan::name(&file);
    let source = if file == Path::new("-") { Source::Blocks } else { Source::File(file.into()) };
    let job = Job { source, options: plan.options, duplicates: Vec::new(), view, format };
    let mut slot = Slot::new(plan.program, plan.limits);
    // Held back until the worker is done, so that a crash leaves no half output.
    let mut output = tempfile::SpooledTempFile::new(IN_MEMORY);
    let unwritable =
        |e: io::Error| Error::new(ErrorKind::Io, format!("found no room for the output in between: {e}"));
    let summary = slot.read(&job, &mut io::stdin().lock(), &mut output).map_err(unwritable)?;
    // The worker's memory is given back before the output is copied.
    drop(slot);
    voice.ending(&summary);
    output.rewind().map_err(unwritable)?;
    stdout::write(|out| io::copy(&mut output, out).map(|_| ()))?;
    Ok(summary)
}
