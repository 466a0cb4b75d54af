//! `glossary`: the glossary as a product of its own.
//!
//! In: a term, words, an id, documents, files of terms. Out: answers for people or programs on standard output.
//! Refuses: to guess; an unknown term or id is exit 1, with the nearest ones named.

mod coverage;
mod exchange;
mod look;

use std::path::Path;

use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::Glossary;
use unicode_width::UnicodeWidthStr;

use crate::cli::args::{Glossary as Args, GlossaryCommand, Own};
use crate::cli::exit::Status;
use crate::cli::plan;
use crate::cli::say::Voice;

pub(crate) fn run(args: Args, voice: Voice) -> Result<Status, Error> {
    match args.command {
        GlossaryCommand::Lookup(args) => look::lookup(&args, voice),
        GlossaryCommand::Search(args) => look::search(&args, voice),
        GlossaryCommand::Show(args) => look::show(&args, voice),
        GlossaryCommand::Check(args) => look::check(&args, voice),
        GlossaryCommand::Coverage(args) => coverage::run(args, voice),
        GlossaryCommand::Export(args) => exchange::export(&args),
        GlossaryCommand::Import(args) => exchange::import(&args, voice),
    }
}

/// The built-in glossary, or with what a file of the user adds.
pub(crate) enum Asked {
    Builtin,
    Own(Box<Glossary>),
}

impl Asked {
    pub(crate) fn of(own: &Own) -> Result<Asked, Error> {
        let Some(path) = &own.glossary else { return Ok(Asked::Builtin) };
        let (_, own) = plan::overlay(path)?;
        Ok(Asked::Own(Box::new(own)))
    }

    pub(crate) fn glossary(&self) -> &Glossary {
        match self {
            Asked::Builtin => Glossary::builtin(),
            Asked::Own(glossary) => glossary,
        }
    }
}

/// The text of a file that is no document.
fn read(path: &Path) -> Result<String, Error> {
    #[expect(clippy::disallowed_methods, reason = "the user's own file of terms, not a document")]
    std::fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Io, format!("cannot read {}: {e}", path.display())))
}

/// Rows as columns that stand under one another; the last one is not filled up.
pub(crate) fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|r| r.get(c)).map(|t| t.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (c, text) in row.iter().enumerate() {
            line.push_str(text);
            if c + 1 < row.len() {
                line.push_str(&" ".repeat(widths[c] - text.width() + 2));
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
