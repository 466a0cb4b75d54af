//! `explain`: a code → what it means and what to do.

use taltolk::audit::RULES;
use taltolk::error::Error;
use taltolk::output::escape;

use super::codes::CODES;
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

/// What is known of one code.
struct Entry {
    code: &'static str,
    kind: &'static str,
    short: String,
    long: String,
}

pub(crate) fn run(code: Option<&str>, voice: Voice) -> Result<Status, Error> {
    let entries = entries();
    let Some(code) = code else {
        list(&entries)?;
        return Ok(Status::Fine);
    };
    let wanted = code.trim().to_lowercase().replace(['_', ' '], "-");
    let Some(entry) = entries.iter().find(|e| e.code == wanted) else {
        voice.note(&format!("no finding, warning or doubt is called {}", escape(code)));
        if let Some(near) = nearest(&entries, &wanted) {
            voice.note(&format!("the nearest is {}", near.code));
        }
        voice.note("taltolk explain lists them all");
        return Ok(Status::Found);
    };
    stdout::write(|out| writeln!(out, "{} ({}): {}\n\n{}", entry.code, entry.kind, entry.short, entry.long))?;
    Ok(Status::Fine)
}

/// Findings first, then warnings, then doubts.
fn entries() -> Vec<Entry> {
    let findings = RULES.iter().map(|rule| {
        let text = rule.explanation();
        let (short, long) = text.split_once("\n\n").unwrap_or((&text, ""));
        let short = short.replace('\n', " ").trim_end_matches('.').to_owned();
        Entry { code: rule.code, kind: "finding", short, long: long.to_owned() }
    });
    let others = CODES.iter().map(|c| Entry {
        code: c.code,
        kind: c.kind,
        short: c.short.to_owned(),
        long: format!("{}\n\nWhat to do: {}", c.means, c.help),
    });
    findings.chain(others).collect()
}

fn list(entries: &[Entry]) -> Result<(), Error> {
    let width = entries.iter().map(|e| e.code.len()).max().unwrap_or(0);
    stdout::write(|out| {
        for e in entries {
            writeln!(out, "{:width$}  {:7}  {}", e.code, e.kind, e.short)?;
        }
        Ok(())
    })
}

/// The code that shares a word or the longest beginning.
fn nearest<'a>(entries: &'a [Entry], wanted: &str) -> Option<&'a Entry> {
    let common = |code: &str| code.bytes().zip(wanted.bytes()).take_while(|(a, b)| a == b).count();
    let by_word = |code: &str| wanted.split('-').any(|w| w.len() > 2 && code.split('-').any(|c| c == w));
    let best = entries.iter().max_by_key(|e| (by_word(e.code), common(e.code)))?;
    (by_word(best.code) || common(best.code) > 2).then_some(best)
}
