//! What the program says to its user, on standard error.
//!
//! One line a message, `hint:` on a line of its own. Whatever comes from a
//! document or a file name is escaped first. `--quiet` silences notes and
//! warnings, never errors. Colour only where the terminal and the user allow it.

use std::collections::BTreeMap;
use std::io::Write;

use anstyle::{AnsiColor, Style};
use taltolk::batch::Summary;
use taltolk::error::{Error, Warning};
use taltolk::output::escape;
use taltolk::report::Outcome;

use super::args::Color;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const NOTE: Style = AnsiColor::Cyan.on_default().bold();
const HINT: Style = AnsiColor::Green.on_default().bold();

/// Of one kind of warning so many are said; the output has them all.
const ALIKE: usize = 5;

/// How loud and how colourful.
#[derive(Clone, Copy)]
pub(crate) struct Voice {
    quiet: bool,
}

impl Voice {
    pub(crate) fn new(quiet: bool, color: Color) -> Self {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Voice { quiet }
    }

    pub(crate) fn is_quiet(self) -> bool {
        self.quiet
    }

    /// Something that has nothing to do with one document.
    pub(crate) fn failure(self, error: &Error) {
        line(ERROR, "error", &escape(&one_line(error)));
        self.hint(error.hint());
    }

    /// A document that could not be read.
    pub(crate) fn unread(self, path: &str, error: &Error) {
        line(ERROR, "error", &format!("cannot read {}: {}", name(path), escape(&one_line(error))));
        self.hint(error.hint());
    }

    pub(crate) fn note(self, text: &str) {
        if !self.quiet {
            line(NOTE, "note", &escape(text));
        }
    }

    /// How a document ended, with its warnings.
    pub(crate) fn ending(self, summary: &Summary) {
        self.outcome(summary);
        if self.quiet {
            return;
        }
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for warning in &summary.warnings {
            let n = seen.entry(&warning.code).or_default();
            *n += 1;
            if *n <= ALIKE {
                self.warning(&summary.path, warning);
            }
        }
        for (code, n) in seen.into_iter().filter(|(_, n)| *n > ALIKE) {
            let more = n - ALIKE;
            self.note(&format!("{}: {more} more warnings {code}; JSON has them all", name(&summary.path)));
        }
    }

    /// How a document ended, in one line, where that is worth a line.
    pub(crate) fn outcome(self, summary: &Summary) {
        let path = name(&summary.path);
        match (&summary.outcome, &summary.error) {
            (_, Some(error)) => self.unread(&summary.path, error),
            (Outcome::Partial, _) => {
                let n = summary.warnings.len();
                let s = if n == 1 { "" } else { "s" };
                self.note(&format!("{path} was read in part ({n} warning{s})"));
            }
            (Outcome::Empty, _) => self.note(&format!("{path} was read and has no figures in tables")),
            (Outcome::Ok | Outcome::Failed, _) => {}
        }
    }

    fn warning(self, path: &str, warning: &Warning) {
        let text = warning.to_string().replace('\n', " ");
        line(WARNING, "warning", &format!("{}: {} [{}]", name(path), escape(&text), escape(&warning.code)));
    }

    fn hint(self, hint: Option<&str>) {
        if let Some(hint) = hint {
            line(HINT, "hint", &escape(hint));
        }
    }
}

/// A document as messages name it.
fn name(path: &str) -> String {
    if path == "-" { "standard input".to_owned() } else { escape(path).into_owned() }
}

fn one_line(error: &Error) -> String {
    let page = error.page().map_or_else(String::new, |p| format!("page {p}: "));
    format!("{page}{}", error.message().replace('\n', " "))
}

/// A table or another text of the program itself, on standard error.
pub(crate) fn text(text: &str) {
    let _ = write!(anstream::stderr().lock(), "{text}");
}

fn line(style: Style, kind: &str, text: &str) {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(anstream::stderr().lock(), "{style}{kind}:{style:#} {text}");
}
