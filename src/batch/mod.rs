//! Documents → workers → reports: everything that runs a reading safely.
//!
//! In: paths, options and limits. Out: summaries and whole files. No document
//! is ever parsed in this process: [`Slot`] gives it to a child process of the
//! same program, where [`serve`] reads it under time and memory limits.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "this is where files are read and written"
)]

use std::ffi::OsString;
use std::io::{self, Seek, Write};
use std::path::PathBuf;

mod agenda;
mod child;
mod discover;
mod file;
mod ingest;
mod journal;
mod limits;
mod names;
mod protocol;
mod recognise;
mod tables;
mod trouble;
mod whole;
mod worker;

pub use child::serve;
pub use ingest::{Event, Ingest, Totals, ingest};
pub use limits::Limits;
pub use protocol::{Counts, Job, Source, Summary};
pub use worker::Slot;

/// How a worker is started: the program and the arguments that make it call [`serve`].
#[derive(Clone, Debug)]
pub struct Program {
    /// The executable.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Writes a file that is whole or not there.
pub fn write_whole(path: &std::path::Path, bytes: &[u8]) -> io::Result<()> {
    whole::write(path, |out| out.write_all(bytes))
}

/// Takes an output, and can forget it when the worker dies halfway.
pub trait Sink: Write {
    /// Forgets everything written so far.
    fn restart(&mut self) -> io::Result<()>;
}

impl Sink for io::Cursor<Vec<u8>> {
    fn restart(&mut self) -> io::Result<()> {
        self.set_position(0);
        self.get_mut().clear();
        Ok(())
    }
}

impl Sink for tempfile::NamedTempFile {
    fn restart(&mut self) -> io::Result<()> {
        self.rewind()?;
        self.as_file().set_len(0)
    }
}
