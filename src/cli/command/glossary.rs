//! `glossary lookup`: a term → its concept in three languages.
//!
//! In: a term in any of the languages. Out: the concepts that it names, with
//! labels, place and definition; for an unknown term the nearest ones.
//! Refuses: to guess; an unknown term is exit 1.

use serde_json::json;
use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::{Concept, Glossary, Language, Suggestion};
use taltolk::output::escape;

use crate::cli::args::{Glossary as Args, GlossaryCommand, Lookup, LookupFormat};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

/// Nearest terms named for an unknown one.
const NEAREST: usize = 5;

pub(crate) fn run(args: Args, voice: Voice) -> Result<Status, Error> {
    match args.command {
        GlossaryCommand::Lookup(args) => lookup(&args, voice),
    }
}

fn lookup(args: &Lookup, voice: Voice) -> Result<Status, Error> {
    let overlaid = match &args.glossary {
        Some(path) => {
            #[expect(clippy::disallowed_methods, reason = "the user's own glossary file, not a document")]
            let text = std::fs::read_to_string(path).map_err(|e| {
                Error::new(ErrorKind::Io, format!("cannot read the glossary {}: {e}", path.display()))
            })?;
            Some(Glossary::with_overlay(&text, &path.display().to_string())?)
        }
        None => None,
    };
    let glossary = overlaid.as_ref().unwrap_or_else(|| Glossary::builtin());
    let found = glossary.lookup_any(&args.term);
    let near = if found.is_empty() { glossary.suggest(&args.term, NEAREST) } else { Vec::new() };
    match args.format {
        LookupFormat::Json => {
            let concepts: Vec<_> = found.iter().map(answer).collect();
            let nearest: Vec<_> =
                near.iter().map(|s| json!({ "label": s.label, "id": s.concept.id })).collect();
            let answer = json!({ "term": args.term, "concepts": concepts, "nearest": nearest });
            stdout::write(|out| writeln!(out, "{answer:#}"))?;
        }
        LookupFormat::Text => stdout::write(|out| {
            for (i, s) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", describe(s.concept))?;
            }
            Ok(())
        })?,
    }
    if found.is_empty() {
        voice.note(&format!("the glossary does not know {}", escape(&args.term)));
        if !near.is_empty() {
            let labels: Vec<String> = near.iter().map(|s| escape(s.label).into_owned()).collect();
            voice.note(&format!("did you mean: {}", labels.join(", ")));
        }
        return Ok(Status::Found);
    }
    Ok(Status::Fine)
}

fn answer(s: &Suggestion<'_>) -> serde_json::Value {
    json!({
        "match": { "label": s.label, "language": s.language.as_str(), "kind": s.kind, "score": s.score },
        "concept": s.concept,
    })
}

/// Labels first, then what it is and where it stands.
fn describe(concept: &Concept) -> String {
    let mut out = format!("{}\n", concept.id);
    for language in Language::ALL {
        let terms = concept.labels.of(language);
        let all: Vec<&str> = terms.all().map(|(_, label)| label).collect();
        if !all.is_empty() {
            out.push_str(&format!("  {}  {}\n", language.as_str(), all.join(" | ")));
        }
    }
    if !concept.definition.is_empty() {
        out.push_str(&format!("  {}\n", concept.definition));
    }
    for sum in &concept.sums {
        let terms: Vec<String> = sum
            .terms
            .iter()
            .map(|t| {
                let sign = if t.weight < 0 { "-" } else { "+" };
                let name = if t.optional { format!("[{}]", t.id) } else { t.id.clone() };
                format!("{sign} {name}")
            })
            .collect();
        out.push_str(&format!("  = {}\n", terms.join(" ").trim_start_matches("+ ")));
    }
    out
}
