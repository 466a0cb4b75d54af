//! Path → bytes of a regular file, or one clear error.
//!
//! Refuses: what is missing, a directory, a dangling link, a pipe, a socket or
//! a device (reading one could wait for ever), an empty file, and a file that
//! does not fit into the memory that the reading may use. What the bytes are
//! is not decided here.

use std::fs::{self, File, Metadata};
use std::io::{self, Read};
use std::path::Path;

use crate::error::{Error, ErrorKind};

const EXPECTED: &str = "expected a PDF or a text file";

/// Opens a regular file.
pub(super) fn open(path: &Path) -> Result<(File, Metadata), Error> {
    let about = fs::metadata(path).map_err(|e| no_metadata(path, &e))?;
    check(&about)?;
    let file = File::open(path).map_err(|e| unreadable(&e))?;
    // The path may have changed since; the open file cannot.
    let about = file.metadata().map_err(|e| unreadable(&e))?;
    check(&about)?;
    Ok((file, about))
}

/// Reads a regular file whole.
pub(super) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let (mut file, about) = open(path)?;
    if about.len() > limit {
        return Err(Error::new(
            ErrorKind::Memory,
            format!(
                "found a file of {} MB, expected one that fits into {} MB",
                about.len() >> 20,
                limit >> 20
            ),
        )
        .with_hint("pass --memory MB to allow more"));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(about.len()).unwrap_or(0));
    file.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    not_empty(&bytes)?;
    Ok(bytes)
}

/// Refuses a document without a single byte.
pub(super) fn not_empty(bytes: &[u8]) -> Result<(), Error> {
    if bytes.is_empty() {
        return Err(Error::new(ErrorKind::NotADocument, format!("found an empty file, {EXPECTED}")));
    }
    Ok(())
}

/// What a directory gets to hear.
pub(super) fn directory() -> Error {
    Error::new(ErrorKind::Io, format!("found a directory, {EXPECTED}"))
        .with_hint("taltolk ingest DIR --out DATASET reads a whole folder")
}

fn check(about: &Metadata) -> Result<(), Error> {
    if about.is_dir() {
        return Err(directory());
    }
    if !about.is_file() {
        return Err(Error::new(ErrorKind::Io, format!("found a pipe, a socket or a device, {EXPECTED}"))
            .with_hint("pass - to read a document from standard input"));
    }
    Ok(())
}

fn no_metadata(path: &Path, error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::NotFound {
        return if fs::symlink_metadata(path).is_ok() {
            Error::new(ErrorKind::Io, format!("found a link to a missing file, {EXPECTED}"))
        } else {
            Error::new(ErrorKind::Io, format!("found no such file, {EXPECTED}"))
                .with_hint("check the spelling; put quotes around a name with spaces")
        };
    }
    unreadable(error)
}

fn unreadable(error: &io::Error) -> Error {
    let message = match error.kind() {
        io::ErrorKind::PermissionDenied => "found a file that may not be read: permission denied".to_owned(),
        io::ErrorKind::NotADirectory => {
            "found a file in the middle of the path, expected a folder".to_owned()
        }
        _ => format!("found a file that cannot be read: {error}"),
    };
    Error::new(ErrorKind::Io, message)
}
