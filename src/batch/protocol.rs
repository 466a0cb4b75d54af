//! What parent and worker say to each other.
//!
//! Parent → worker: one line of JSON a message; the bytes of a document that
//! came over standard input follow in blocks, each led by its length, a block
//! of length 0 ends them. Worker → parent: one line of JSON a message; an
//! `output` line is followed by that many raw bytes, a `picture` line by its
//! grey pixels; the parent answers a picture with what was recognised. Nothing secret is ever
//! on a command line or in the environment: a password travels in the job.
//!
//! Refuses: a line longer than [`LINE`], so that a worker gone mad cannot fill
//! the memory of its parent.

use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::error::{Error, Warning};
use crate::output::{Format, View};
use crate::pipeline::{Ocr, Options, Recognised};
use crate::report::{Outcome, Report};

/// No message is longer; outputs travel outside of messages.
const LINE: u64 = 16 << 20;
/// Bytes of one block of input.
const BLOCK: usize = 64 << 10;
/// Bytes of one block of output; longer writes pass as they are.
const OUTPUT: usize = 256 << 10;

/// Where the bytes of a document come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A file, opened by the worker.
    File(OsString),
    /// Blocks that follow the job.
    Blocks,
}

/// One document to read and what to make of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Job {
    /// Where the bytes come from.
    pub source: Source,
    /// What the user says about the document.
    #[serde(with = "OptionsOnTheWire")]
    pub options: Options,
    /// Other names of the same bytes, for the report.
    pub duplicates: Vec<String>,
    /// Which side of the report is wanted.
    pub view: View,
    /// In which format.
    pub format: Format,
}

/// [`Options`] is plain data of the pure part; only here does it travel.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Options")]
struct OptionsOnTheWire {
    password: Option<String>,
    cross_check: bool,
    municipality: Option<String>,
    year: Option<i16>,
    glossary_overlay: Option<String>,
    ocr: Ocr,
    path: String,
}

/// What a parent says after its hello.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// A document to read.
    Read(Box<Job>),
    /// The answer to a picture.
    Recognised(Recognised),
}

/// The first message to a worker: what it may use.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Hello {
    pub(super) seconds: u64,
    pub(super) megabytes: u64,
}

/// What a worker says.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Said {
    /// The reading has come this far.
    Stage { name: String, page: Option<u32> },
    /// The bytes are there.
    Opened { size: u64, blake3: String },
    /// So many bytes of output follow.
    Output(usize),
    /// A picture follows whose letters are wanted.
    Picture { page: u32, width: usize, height: usize, scale: f32 },
    /// The document is done, well or not.
    Done(Box<Summary>),
    /// The reading panicked and this worker is not to be used again.
    Panicked { message: String },
    /// The reading could not even begin for want of memory.
    NoMemory,
}

/// What is told of a document besides its output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Path as the report names it.
    pub path: String,
    /// Size in bytes, once known.
    pub size: Option<u64>,
    /// BLAKE3 of the bytes, once known.
    pub blake3: Option<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// Why it failed.
    pub error: Option<Error>,
    /// What was read only in part.
    pub warnings: Vec<Warning>,
    /// What read its pictures; empty where something should have and was not there.
    pub recogniser: Option<String>,
    /// How much there is.
    pub counts: Counts,
}

/// How much there is in a document, or in many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Pages.
    pub pages: u64,
    /// Tables.
    pub tables: u64,
    /// Printed figures.
    pub facts: u64,
    /// Figures that may be misread.
    pub doubtful: u64,
    /// Findings of any severity.
    pub findings: u64,
    /// Findings of severity error.
    pub errors: u64,
}

impl Summary {
    pub(super) fn of(report: &Report) -> Self {
        let count = |n: usize| n as u64;
        Summary {
            path: report.document.path.clone(),
            size: Some(report.document.size),
            blake3: Some(report.document.blake3.clone()),
            outcome: report.document.outcome,
            error: report.error.clone(),
            warnings: report.warnings.clone(),
            recogniser: report.document.recogniser.clone(),
            counts: Counts {
                pages: count(report.document.pages.len()),
                tables: count(report.tables.len()),
                facts: count(report.facts.len()),
                doubtful: count(
                    report.facts.iter().filter(|f| f.status == crate::fact::Status::Doubtful).count(),
                ),
                findings: count(report.findings.len()),
                errors: count(
                    report.findings.iter().filter(|f| f.severity == crate::audit::Severity::Error).count(),
                ),
            },
        }
    }

    /// A document of which nothing is known but why.
    pub(super) fn failed(path: &str, error: Error) -> Self {
        Summary {
            path: path.to_owned(),
            size: None,
            blake3: None,
            outcome: Outcome::Failed,
            error: Some(error),
            warnings: Vec::new(),
            recogniser: None,
            counts: Counts::default(),
        }
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.pages += other.pages;
        self.tables += other.tables;
        self.facts += other.facts;
        self.doubtful += other.doubtful;
        self.findings += other.findings;
        self.errors += other.errors;
    }
}

/// Writes one message.
pub(super) fn say<T: Serialize>(out: &mut dyn Write, message: &T) -> io::Result<()> {
    // In one write: a reader at the other end wakes up once.
    let mut line = serde_json::to_vec(message)?;
    line.push(b'\n');
    out.write_all(&line)?;
    out.flush()
}

/// Reads one message; `None` at the end.
pub(super) fn hear<T: DeserializeOwned>(from: &mut dyn BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    if from.take(LINE).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}

/// Copies a document in blocks.
pub(super) fn send_blocks(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
    let mut block = vec![0; BLOCK];
    loop {
        let n = match from.read(&mut block) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        // A block is 64 KiB at most, so its length fits.
        to.write_all(&(n as u32).to_le_bytes())?;
        to.write_all(&block[..n])?;
        if n == 0 {
            return to.flush();
        }
    }
}

/// The other end of [`send_blocks`].
pub(super) fn receive_blocks(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let mut length = [0; 4];
        from.read_exact(&mut length)?;
        let length = u64::from(u32::from_le_bytes(length));
        if length == 0 {
            return Ok(all);
        }
        if (&mut *from).take(length).read_to_end(&mut all)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// Cuts what is written to it into `output` messages.
pub(super) struct OutputBlocks<'a> {
    to: &'a mut dyn Write,
    block: Vec<u8>,
}

impl<'a> OutputBlocks<'a> {
    pub(super) fn new(to: &'a mut dyn Write) -> Self {
        OutputBlocks { to, block: Vec::with_capacity(OUTPUT) }
    }
}

impl Write for OutputBlocks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.block.len() + bytes.len() > OUTPUT {
            self.flush()?;
        }
        if bytes.len() >= OUTPUT {
            send_output(self.to, bytes)?;
        } else {
            self.block.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.block.is_empty() {
            return Ok(());
        }
        send_output(self.to, &self.block)?;
        self.block.clear();
        self.to.flush()
    }
}

/// The message and what it announces in one write, so that the other end wakes up once.
fn send_output(to: &mut dyn Write, bytes: &[u8]) -> io::Result<()> {
    let mut line = serde_json::to_vec(&Said::Output(bytes.len()))?;
    line.push(b'\n');
    let sent = to.write_vectored(&[io::IoSlice::new(&line), io::IoSlice::new(bytes)])?;
    match sent.checked_sub(line.len()) {
        Some(sent) => to.write_all(&bytes[sent..]),
        None => to.write_all(&line[sent..]).and_then(|()| to.write_all(bytes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_travel_in_blocks() {
        let bytes: Vec<u8> = (0..200_000_u32).map(|i| i as u8).collect();
        let mut wire = Vec::new();
        send_blocks(&mut bytes.as_slice(), &mut wire).expect("sends");
        assert_eq!(receive_blocks(&mut wire.as_slice()).expect("receives"), bytes);
        assert!(receive_blocks(&mut &wire[..wire.len() - 1]).is_err(), "a cut is an error");
    }

    /// Takes three bytes at a time.
    struct Narrow(Vec<u8>);

    impl Write for Narrow {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let n = bytes.len().min(3);
            self.0.extend_from_slice(&bytes[..n]);
            Ok(n)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn output_is_announced_and_whole() {
        let mut wire = Narrow(Vec::new());
        let mut blocks = OutputBlocks::new(&mut wire);
        let long = vec![b'x'; OUTPUT + 1];
        for part in [&b"short"[..], &long, b"end"] {
            blocks.write_all(part).expect("takes everything");
        }
        blocks.flush().expect("takes everything");
        let mut from = wire.0.as_slice();
        let mut got = Vec::new();
        while let Some(said) = hear::<Said>(&mut from).expect("messages") {
            let Said::Output(length) = said else { panic!("found {said:?}, expected an output") };
            let (now, later) = from.split_at(length);
            got.extend_from_slice(now);
            from = later;
        }
        assert_eq!(got, [b"short", long.as_slice(), b"end"].concat());
    }

    #[test]
    fn an_endless_line_is_an_error() {
        let wire = vec![b'x'; (LINE + 10) as usize];
        assert!(hear::<Said>(&mut wire.as_slice()).is_err());
    }
}
