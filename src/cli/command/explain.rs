//! `explain`: a code → what it means and what to do.

use taltolk::error::Error;
use taltolk::output::escape;

use super::codes::{CODES, Code};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

pub(crate) fn run(code: Option<&str>, voice: Voice) -> Result<Status, Error> {
    let Some(code) = code else {
        list()?;
        return Ok(Status::Fine);
    };
    let wanted = code.trim().to_lowercase().replace(['_', ' '], "-");
    let Some(entry) = CODES.iter().find(|e| e.code == wanted) else {
        voice.note(&format!("no finding, warning or doubt is called {}", escape(code)));
        if let Some(near) = nearest(&wanted) {
            voice.note(&format!("the nearest is {}", near.code));
        }
        voice.note("taltolk explain lists them all");
        return Ok(Status::Found);
    };
    stdout::write(|out| {
        writeln!(out, "{} ({}): {}\n", entry.code, entry.kind, entry.short)?;
        writeln!(out, "{}\n\nWhat to do: {}", entry.means, entry.help)
    })?;
    Ok(Status::Fine)
}

fn list() -> Result<(), Error> {
    let width = CODES.iter().map(|e| e.code.len()).max().unwrap_or(0);
    stdout::write(|out| {
        for e in CODES {
            writeln!(out, "{:width$}  {:7}  {}", e.code, e.kind, e.short)?;
        }
        Ok(())
    })
}

/// The code that shares the longest beginning or any word.
fn nearest(wanted: &str) -> Option<&'static Code> {
    let common = |code: &str| code.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let by_word = |code: &str| wanted.split('-').any(|w| w.len() > 2 && code.split('-').any(|c| c == w));
    let best = CODES.iter().max_by_key(|e| (by_word(e.code), common(e.code)))?;
    (by_word(best.code) || common(best.code) > 2).then_some(best)
}
