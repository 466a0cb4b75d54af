//! The worker's side: jobs on standard input → outputs on standard output.
//!
//! This is the only place that opens a document. The reading runs in a thread
//! with a large stack; the main thread waits for jobs, so that the process
//! ends at once when its parent closes the pipe or dies, even in the middle of
//! an endless loop. A panic is caught and told; an abort, a stack overflow or
//! a kill ends this process alone.
//!
//! Refuses: printing. What a library writes to standard output or standard
//! error goes to the parent's drain, never to a terminal and never into the
//! protocol.

use std::cell::RefCell;
use std::io::{self, BufReader, Write};
use std::panic;
use std::path::Path;
use std::sync::mpsc;
use std::thread;

use super::protocol::{Hello, Job, Order, OutputBlocks, Said, Source, Summary, hear, receive_blocks, say};
use super::{file, limits};
use crate::error::{Error, ErrorKind};
use crate::output::{self, View};
use crate::pdf::Raster;
use crate::pipeline::{self, Host, Recognised, Seen, Stage, Wants};
use crate::sheet::{self, Sheet};

/// Bytes that fit between worker and parent.
#[cfg(target_os = "linux")]
const PIPE: usize = 1 << 20;

thread_local! {
    /// What the last panic of this thread said and where.
    static PANIC: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Serves jobs until the parent closes standard input.
pub fn serve() -> io::Result<()> {
    let mut jobs = BufReader::new(io::stdin().lock());
    let Some(hello) = hear::<Hello>(&mut jobs)? else { return Ok(()) };
    let said = take_stdout()?;
    limits::confine(hello.megabytes);
    panic::set_hook(Box::new(|info| {
        let message =
            format!("{} at {}", payload(info.payload()), info.location().map_or(String::new(), place));
        PANIC.with(|p| *p.borrow_mut() = message);
    }));

    let (to_reader, from_main) = mpsc::sync_channel::<(Job, Option<Vec<u8>>)>(0);
    let (answer, answers) = mpsc::channel::<Recognised>();
    let stack = usize::try_from(limits::STACK).unwrap_or(usize::MAX);
    let mut said_by_reader = said.try_clone()?;
    let reader = thread::Builder::new().stack_size(stack).spawn(move || {
        for (job, bytes) in from_main {
            limits::allow_cpu(hello.seconds);
            let said = &mut said_by_reader;
            let parent =
                Parent { said, answers: &answers, view: job.view, sheets: Vec::new(), drawing: Vec::new() };
            if one(&job, bytes, hello.megabytes, parent).is_err() {
                // The parent is gone or the reading panicked; both end this worker.
                return;
            }
        }
    });
    if reader.is_err() {
        // Not even the stack fits.
        let _: Option<Order> = hear(&mut jobs)?;
        return say(&mut { said }, &Said::NoMemory);
    }
    while let Some(order) = hear::<Order>(&mut jobs)? {
        let job = match order {
            Order::Read(job) => *job,
            Order::Recognised(text) => {
                // A reader that is gone needs no answer.
                let _ = answer.send(text);
                continue;
            }
        };
        let bytes = match job.source {
            Source::Blocks => Some(receive_blocks(&mut jobs)?),
            Source::File(_) => None,
        };
        if to_reader.send((job, bytes)).is_err() {
            break;
        }
    }
    Ok(())
}

/// The protocol keeps standard output for itself; whatever a library prints
/// goes the way of standard error.
fn take_stdout() -> io::Result<std::fs::File> {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let own = io::stdout().as_fd().try_clone_to_owned()?;
        rustix::stdio::dup2_stdout(io::stderr())?;
        // More room, fewer turns of the two processes; where it is refused, the usual room does.
        #[cfg(target_os = "linux")]
        let _ = rustix::pipe::fcntl_setpipe_size(&own, PIPE);
        Ok(std::fs::File::from(own))
    }
    #[cfg(windows)]
    {
        use std::os::windows::io::AsHandle;
        Ok(std::fs::File::from(io::stdout().as_handle().try_clone_to_owned()?))
    }
}

/// The way to the parent, and what comes back from it.
struct Parent<'a> {
    said: &'a mut std::fs::File,
    answers: &'a mpsc::Receiver<Recognised>,
    /// What is wanted beside the report, and what came of it.
    view: View,
    sheets: Vec<Sheet>,
    drawing: Vec<u8>,
}

impl Host for Parent<'_> {
    fn stage(&mut self, stage: Stage) {
        // A parent that is gone is noticed at the next message that matters.
        let _ = say(self.said, &Said::Stage { name: stage.name.to_owned(), page: stage.page });
    }

    fn recognise(&mut self, page: u32, picture: &Raster) -> Recognised {
        let Raster { width, height, scale, ref grey } = *picture;
        let sent = say(self.said, &Said::Picture { page, width, height, scale })
            .and_then(|()| self.said.write_all(grey))
            .and_then(|()| self.said.flush());
        let gone = || Recognised::Failed("the process that reads pictures is gone".to_owned());
        match sent {
            Ok(()) => self.answers.recv().unwrap_or_else(|_| gone()),
            Err(_) => gone(),
        }
    }

    fn wants(&self) -> Wants {
        match self.view {
            View::Page(page) => Wants { page: Some(page), printed: false, only_seen: true },
            View::Tables => Wants { page: None, printed: true, only_seen: true },
            View::Facts | View::Findings => Wants::default(),
        }
    }

    fn see(&mut self, seen: &Seen<'_>) {
        if self.view == View::Tables {
            self.sheets = sheet::sheets(seen.tables, seen.printed, seen.placed);
        }
        if let Some(page) = seen.page {
            // A vector takes everything.
            let _ = output::page::write(page, seen.tables, &mut self.drawing);
        }
    }
}

fn one(job: &Job, bytes: Option<Vec<u8>>, megabytes: u64, mut parent: Parent<'_>) -> io::Result<()> {
    let result = panic::catch_unwind(panic::AssertUnwindSafe(|| answer(job, bytes, megabytes, &mut parent)));
    match result {
        Ok(result) => result,
        Err(_) => {
            let message = PANIC.with(|p| p.take());
            say(parent.said, &Said::Panicked { message })?;
            Err(io::Error::other("panicked"))
        }
    }
}

fn answer(job: &Job, bytes: Option<Vec<u8>>, megabytes: u64, parent: &mut Parent<'_>) -> io::Result<()> {
    let bytes = match bytes_of(job, bytes, megabytes) {
        Ok(bytes) => bytes,
        Err(error) => {
            return say(parent.said, &Said::Done(Box::new(Summary::failed(&job.options.path, error))));
        }
    };
    let size = bytes.len() as u64;
    let blake3 = blake3::hash(&bytes).to_hex().to_string();
    say(parent.said, &Said::Opened { size, blake3: blake3.clone() })?;
    let mut report = match pipeline::read_with(bytes, &job.options, parent) {
        Ok(report) => report,
        Err(error) => pipeline::failed(&job.options.path, size, &blake3, Some(error), &job.options),
    };
    report.document.duplicates.clone_from(&job.duplicates);

    parent.stage(Stage { name: "output", page: None });
    let mut summary = Summary::of(&report);
    let mut blocks = OutputBlocks::new(parent.said);
    match job.view {
        View::Facts | View::Findings => output::write(&report, job.view, job.format, &mut blocks)?,
        View::Tables => output::sheets::write(&parent.sheets, job.format, &mut blocks)?,
        View::Page(page) => {
            if parent.drawing.is_empty() && summary.error.is_none() {
                summary = Summary::failed(&job.options.path, no_page(page, report.document.pages.len()));
            }
            blocks.write_all(&parent.drawing)?;
        }
    }
    blocks.flush()?;
    say(parent.said, &Said::Done(Box::new(summary)))
}

fn no_page(page: u32, pages: usize) -> Error {
    Error::new(ErrorKind::Usage, format!("found {pages} pages, expected a page {page}"))
        .with_hint(format!("pass --page with a number from 1 to {pages}"))
}

fn bytes_of(job: &Job, bytes: Option<Vec<u8>>, megabytes: u64) -> Result<Vec<u8>, Error> {
    match (&job.source, bytes) {
        (Source::File(path), _) => file::read(Path::new(path), megabytes.saturating_mul(1 << 20)),
        (Source::Blocks, bytes) => {
            let bytes = bytes.unwrap_or_default();
            file::not_empty(&bytes)?;
            Ok(bytes)
        }
    }
}

fn payload(payload: &dyn std::any::Any) -> String {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message").to_owned()
}

/// `crate-version/src/file.rs:12` without the directories of the machine that built it.
fn place(location: &panic::Location<'_>) -> String {
    let file = location.file().replace('\\', "/");
    let short = file.split_once("/registry/src/").and_then(|(_, rest)| rest.split_once('/')).map(|(_, f)| f);
    format!("{}:{}", short.unwrap_or(&file), location.line())
}
