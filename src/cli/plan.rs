//! [`Reading`] → what the batch needs: options, limits, the program.
//!
//! In: the words of the command line. Out: checked values. Refuses: a glossary
//! file that cannot be read as text, a municipality that there is none of.

use std::path::Path;
use std::time::Duration;

use taltolk::batch::{Limits, Program};
use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::Glossary;
use taltolk::pipeline::{Options, check_municipality};
use unicode_normalization::UnicodeNormalization;

use super::args::Reading;

/// The hidden command that makes this program a worker.
pub(crate) const WORKER: &str = "__worker";

/// How documents are to be read.
pub(crate) struct Plan {
    /// Options of every document; the path is filled in for each.
    pub(crate) options: Options,
    pub(crate) limits: Limits,
    pub(crate) program: Program,
}

impl Plan {
    pub(crate) fn new(reading: Reading) -> Result<Self, Error> {
        let own = reading.glossary.as_deref().map(overlay).transpose()?;
        reading.municipality.as_deref().map(check_municipality).transpose()?;
        let path = std::env::current_exe().map_err(|e| {
            Error::new(ErrorKind::Crash, format!("found no path to this program to start a worker: {e}"))
        })?;
        Ok(Plan {
            options: Options {
                password: reading.password,
                cross_check: reading.cross_check,
                ocr: reading.ocr.into(),
                municipality: reading.municipality,
                year: reading.year,
                glossary_overlay: own.map(|(text, _)| text),
                path: String::new(),
            },
            limits: Limits { time: Duration::from_secs(reading.timeout), megabytes: reading.memory },
            program: Program { path, arguments: vec![WORKER.into()] },
        })
    }
}

/// The path as reports name it: NFC, `/` between parts, `-` for standard input.
pub(crate) fn name(path: &Path) -> String {
    let name: String = path.to_string_lossy().nfc().collect();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// A glossary file that fits: its text, and the glossary with what it adds. A wrong one is said once, not for every document.
pub(crate) fn overlay(path: &Path) -> Result<(String, Glossary), Error> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        Error::new(ErrorKind::Glossary, format!("cannot read glossary {}: {e}", path.display()))
            .with_hint("--glossary takes a file in the format of those in glossary/")
    })?;
    let glossary = Glossary::with_overlay(&text, &path.display().to_string())?;
    Ok((text, glossary))
}
