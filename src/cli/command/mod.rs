//! One command, one file.

use taltolk::error::{Error, ErrorKind};

use super::args::{Args, Command};
use super::exit::Status;
use super::say::Voice;

mod align;
mod codes;
mod document;
mod explain;
mod glossary;
mod ingest;
mod shell;

/// Runs the command of the line.
pub(crate) fn run(args: Args, voice: &Voice) -> Result<Status, Error> {
    match args.command {
        Command::Extract(args) => document::extract(args, *voice),
        Command::Ingest(args) => ingest::run(args, *voice),
        Command::Audit(args) => document::audit(args, *voice),
        Command::Tables(args) => document::tables(args, *voice),
        Command::Inspect(args) => document::inspect(args, *voice),
        Command::Schema(args) => shell::schema(args.of),
        Command::Explain(args) => explain::run(args.code.as_deref(), *voice),
        Command::Glossary(args) => glossary::run(args, *voice),
        Command::Align(args) => align::run(args, *voice),
        Command::Completions(args) => shell::completions(args.shell),
        Command::Man(args) => shell::man(args.command.as_deref()),
        Command::Worker => taltolk::batch::serve()
            .map(|()| Status::Fine)
            .map_err(|e| Error::new(ErrorKind::Crash, format!("found the parent process gone: {e}"))),
    }
}
