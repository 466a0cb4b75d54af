//! Arguments → plan → command → exit code.
//!
//! Data go to standard output, talk to standard error. Refuses: opening a
//! document; every command gives it to a worker, see [`taltolk::batch`].

use std::process::ExitCode;

use clap::Parser;

mod args;
mod command;
mod exit;
#[expect(clippy::disallowed_methods, reason = "the glossary file of the user is read here, as text")]
mod plan;
mod progress;
mod say;
mod stdout;

pub(crate) fn main() -> ExitCode {
    let args = args::Args::parse();
    let voice = say::Voice::new(args.quiet, args.color);
    match command::run(args, &voice) {
        Ok(status) => status.into(),
        Err(error) => {
            voice.failure(&error);
            exit::Status::Failed.into()
        }
    }
}
