//! The parent's side of a worker: a job → a summary and the output, always.
//!
//! Whatever happens in the worker (a panic, an abort, a stack overflow, an
//! endless loop, a bomb) comes out as an [`Error`] that names the stage and
//! the page; the worker is ended and the next document gets a new one.
//!
//! Refuses: parsing anything of a document. The output passes through as bytes.

use std::io::{self, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::limits::{Limits, resident};
use super::protocol::{Hello, Job, Order, Said, Source, Summary, hear, say, send_blocks};
use super::{Program, Sink, recognise, trouble};
use crate::output;
use crate::pdf::Raster;
use crate::pipeline::{self, Recognised};

/// How often the memory of a worker is looked at.
const WATCH: Duration = Duration::from_millis(20);
/// What is kept of a worker's standard error: its last words.
const LAST_WORDS: usize = 4 << 10;
/// Documents after which a worker is replaced, so that nothing adds up.
const DOCUMENTS: u32 = 200;

/// A worker that is started when needed and replaced after trouble.
pub struct Slot {
    program: Program,
    limits: Limits,
    worker: Option<Worker>,
}

impl Slot {
    /// A slot without a process yet.
    pub fn new(program: Program, limits: Limits) -> Self {
        Slot { program, limits, worker: None }
    }

    /// Reads one document. The output is in the sink, or nothing is; `input`
    /// is read where the source of the job is [`Source::Blocks`].
    pub fn read(&mut self, job: &Job, input: &mut dyn Read, sink: &mut dyn Sink) -> io::Result<Summary> {
        let mut worker = match self.worker.take() {
            Some(worker) => worker,
            None => match Worker::start(&self.program, self.limits) {
                Ok(worker) => worker,
                Err(e) => return Ok(Summary::failed(&job.options.path, trouble::no_worker(&e))),
            },
        };
        let mut watched = Watched { limits: self.limits, opened: None, peak: 0 };
        match worker.read(job, input, sink, &mut watched)? {
            Ok(summary) => {
                worker.documents += 1;
                // A heap that has grown stays; a fresh worker starts small.
                if worker.documents < DOCUMENTS && watched.peak < self.limits.bytes() / 2 {
                    self.worker = Some(worker);
                }
                Ok(summary)
            }
            Err(end) => {
                sink.restart()?;
                let stage = locked(&worker.stage).take();
                let stage = stage.as_ref().map(|(name, page)| (name.as_str(), *page));
                let error = trouble::explain(end, stage, self.limits);
                let mut summary = Summary::failed(&job.options.path, error.clone());
                if let Some((size, blake3)) = watched.opened {
                    let mut report =
                        pipeline::failed(&job.options.path, size, &blake3, Some(error), &job.options);
                    report.document.duplicates.clone_from(&job.duplicates);
                    output::write(&report, job.view, job.format, sink)?;
                    (summary.size, summary.blake3) = (Some(size), Some(blake3));
                }
                Ok(summary)
            }
        }
    }
}

/// How a worker ended that should not have.
pub(super) enum End {
    /// It ran out of time.
    Time,
    /// It ran out of memory.
    Memory,
    /// It panicked, with the message and the place.
    Panic(String),
    /// It died; its exit status and its last words.
    Died(Option<std::process::ExitStatus>, String),
}

/// What is seen of a document while it is read.
struct Watched {
    limits: Limits,
    opened: Option<(u64, String)>,
    peak: u64,
}

/// How far a reading has come: the stage and the page.
type Place = Option<(String, Option<u32>)>;

enum Event {
    Said(Said),
    Output(Vec<u8>),
    Picture(Raster),
}

struct Worker {
    child: Child,
    stdin: Option<ChildStdin>,
    events: Receiver<Event>,
    stage: Arc<Mutex<Place>>,
    last_words: Arc<Mutex<Vec<u8>>>,
    drain: Option<thread::JoinHandle<()>>,
    documents: u32,
}

impl Worker {
    fn start(program: &Program, limits: Limits) -> io::Result<Self> {
        let mut child = Command::new(&program.path)
            .args(&program.arguments)
            // Resolving symbols costs a dying worker a hundred megabytes that nobody reads.
            .env("RUST_BACKTRACE", "0")
            .env("RUST_LIB_BACKTRACE", "0")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (to_parent, events) = mpsc::sync_channel(8);
        let stage = Arc::new(Mutex::new(None));
        if let Some(stdout) = child.stdout.take() {
            let stage = Arc::clone(&stage);
            thread::spawn(move || listen(stdout, &to_parent, &stage));
        }
        let last_words = Arc::new(Mutex::new(Vec::new()));
        let words = Arc::clone(&last_words);
        let drain = child.stderr.take().map(|stderr| thread::spawn(move || drain(stderr, &words)));
        let stdin = child.stdin.take();
        let mut worker = Worker { child, stdin, events, stage, last_words, drain, documents: 0 };
        // One that dies at once is noticed when its first document is read.
        let hello = Hello { seconds: limits.time.as_secs().max(1), megabytes: limits.megabytes };
        let _ = worker.tell(|stdin| say(stdin, &hello));
        Ok(worker)
    }

    fn tell(&mut self, f: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
        self.stdin.as_mut().map_or(Err(io::ErrorKind::BrokenPipe.into()), |stdin| f(stdin))
    }

    fn read(
        &mut self,
        job: &Job,
        input: &mut dyn Read,
        sink: &mut dyn Sink,
        watched: &mut Watched,
    ) -> io::Result<Result<Summary, End>> {
        *locked(&self.stage) = None;
        let sent = self.tell(|stdin| {
            say(stdin, &Order::Read(Box::new(job.clone())))?;
            if job.source == Source::Blocks { send_blocks(input, stdin) } else { Ok(()) }
        });
        // The time of whoever feeds standard input is not the document's.
        let mut deadline = Instant::now() + watched.limits.time;
        let mut looked = Instant::now();
        if sent.is_err() {
            return Ok(Err(self.autopsy(watched)));
        }
        loop {
            let now = Instant::now();
            if now >= deadline {
                return Ok(Err(End::Time));
            }
            let event = self.events.recv_timeout(WATCH.min(deadline - now));
            if looked.elapsed() >= WATCH
                && let Some(resident) = resident(self.child.id())
            {
                looked = Instant::now();
                watched.peak = watched.peak.max(resident);
                if resident > watched.limits.bytes() {
                    return Ok(Err(End::Memory));
                }
            }
            match event {
                Ok(Event::Output(bytes)) => {
                    // Nor is the time of whoever takes the output.
                    let before = Instant::now();
                    sink.write_all(&bytes)?;
                    deadline += before.elapsed();
                }
                Ok(Event::Picture(picture)) => {
                    // Nor is the time of the recogniser, which has limits of its own.
                    let before = Instant::now();
                    let answer = match recognise::found() {
                        Ok(recogniser) => recogniser.read(&picture),
                        Err(missing) => Recognised::Unavailable(missing.clone()),
                    };
                    if self.tell(|stdin| say(stdin, &Order::Recognised(answer))).is_err() {
                        return Ok(Err(self.autopsy(watched)));
                    }
                    deadline += before.elapsed();
                }
                Ok(Event::Said(Said::Opened { size, blake3 })) => watched.opened = Some((size, blake3)),
                Ok(Event::Said(Said::Done(summary))) => return Ok(Ok(*summary)),
                Ok(Event::Said(Said::Panicked { message })) => return Ok(Err(End::Panic(message))),
                Ok(Event::Said(Said::NoMemory)) => return Ok(Err(End::Memory)),
                Ok(Event::Said(Said::Stage { .. } | Said::Output(_) | Said::Picture { .. }))
                | Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(Err(self.autopsy(watched))),
            }
        }
    }

    /// Why it died: out of memory where its last words or its size say so.
    fn autopsy(&mut self, watched: &Watched) -> End {
        // A worker that only closed its pipe must not be waited for.
        let _ = self.child.kill();
        let status = self.child.wait().ok();
        if self.events.try_iter().any(|e| matches!(e, Event::Said(Said::NoMemory))) {
            return End::Memory;
        }
        if let Some(drain) = self.drain.take() {
            let _ = drain.join();
        }
        let words = locked(&self.last_words);
        let words = String::from_utf8_lossy(&words).into_owned();
        let refused = words.contains("memory allocation of");
        let was_full = watched.peak >= watched.limits.bytes() / 10 * 9;
        if refused || (was_full && !words.contains("overflowed its stack")) {
            return End::Memory;
        }
        if trouble::out_of_cpu(status) {
            return End::Time;
        }
        End::Died(status, words)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // Closing the pipe ends an idle worker, the kill a busy one.
        self.stdin = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Worker → events, until it ends or says what is no message. Where the reading is goes to `stage`.
fn listen(stdout: ChildStdout, events: &SyncSender<Event>, stage: &Mutex<Place>) {
    let mut stdout = BufReader::with_capacity(16 << 10, stdout);
    let mut opened = Instant::now();
    while let Ok(Some(said)) = hear::<Said>(&mut stdout) {
        let event = match said {
            Said::Stage { name, page } => {
                *locked(stage) = Some((name, page));
                // Waking up for each page of a long book costs more than looking at some of them. The
                // pipe keeps what is said meanwhile, also when the worker dies.
                if stdout.buffer().is_empty() {
                    thread::sleep((opened.elapsed() / 50).min(WATCH));
                }
                continue;
            }
            Said::Output(length) => {
                // What a worker says of its output is not to be trusted with all the memory.
                let mut bytes = Vec::with_capacity(length.min(1 << 20));
                match (&mut stdout).take(length as u64).read_to_end(&mut bytes) {
                    Ok(n) if n == length => Event::Output(bytes),
                    _ => return,
                }
            }
            Said::Picture { width, height, scale, .. } => {
                if !recognise::is_sane(width, height) {
                    return;
                }
                let mut grey = vec![0; width * height];
                if stdout.read_exact(&mut grey).is_err() {
                    return;
                }
                Event::Picture(Raster { width, height, scale, grey })
            }
            said => {
                if matches!(said, Said::Opened { .. }) {
                    opened = Instant::now();
                }
                Event::Said(said)
            }
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

/// Keeps the end of what a worker writes to standard error.
fn drain(mut stderr: impl Read, words: &Mutex<Vec<u8>>) {
    let mut block = [0; 1024];
    while let Ok(n) = stderr.read(&mut block) {
        if n == 0 {
            return;
        }
        let mut words = locked(words);
        words.extend_from_slice(&block[..n]);
        let excess = words.len().saturating_sub(LAST_WORDS);
        words.drain(..excess);
    }
}

#[cfg(all(test, unix))]
#[path = "worker_tests.rs"]
mod tests;
