//! How a worker ended → the one [`Error`] that a user gets to read.

use std::process::ExitStatus;

use super::limits::Limits;
use super::worker::End;
use crate::error::{Error, ErrorKind};

/// The worker could not be started at all.
pub(super) fn no_worker(error: &std::io::Error) -> Error {
    Error::new(ErrorKind::Crash, format!("found no way to start a worker process: {error}"))
        .with_hint("the program starts itself a second time; see that it may and that memory is left")
}

/// Says what happened, where, and what helps.
pub(super) fn explain(end: End, stage: Option<(&str, Option<u32>)>, limits: Limits) -> Error {
    let during = match stage {
        Some((name, _)) => format!(" in stage {name}"),
        None => " at the start".to_owned(),
    };
    let error = match end {
        End::Time => {
            let seconds = limits.time.as_secs();
            Error::new(ErrorKind::Timeout, format!("found no end after {seconds} s{during}"))
                .with_hint(format!("pass --timeout {} to allow more", seconds.saturating_mul(5).max(5)))
        }
        End::Memory => {
            let mb = limits.megabytes;
            Error::new(ErrorKind::Memory, format!("found a need for more than {mb} MB of memory{during}"))
                .with_hint(format!("pass --memory {} to allow more", mb.saturating_mul(4)))
        }
        End::Panic(message) => crash(&format!("{message}{during}")),
        End::Died(_, words) if words.contains("overflowed its stack") => {
            crash(&format!("nesting too deep for the stack{during}"))
        }
        End::Died(status, _) => {
            crash(&format!("{}{during}", status.map_or_else(String::new, |s| s.to_string())))
        }
    };
    match stage {
        Some((_, Some(page))) => error.on_page(page),
        _ => error,
    }
}

fn crash(what: &str) -> Error {
    Error::new(ErrorKind::Crash, format!("the reading crashed: {}", what.trim()))
        .with_hint("this is a fault of the program, not of the file; only this document is affected")
}

/// Whether the kernel ended the worker for its CPU time.
#[cfg(unix)]
pub(super) fn out_of_cpu(status: Option<ExitStatus>) -> bool {
    use std::os::unix::process::ExitStatusExt;
    let signal = status.and_then(|s| s.signal());
    signal == Some(rustix::process::Signal::XCPU.as_raw())
}

#[cfg(not(unix))]
pub(super) fn out_of_cpu(_status: Option<ExitStatus>) -> bool {
    false
}
