//! `align`: two editions of one book → pairs of labels.
//!
//! In: a Swedish and a Finnish document, each read in a worker. Out: the pairs with the number of figures that vouch for
//! each and the opinion of the glossary; the unknown ones as a table that `glossary import` takes.
//! Refuses: to go on with one edition when the other cannot be read.

use std::path::Path;

use taltolk::align::{Alignment, Opinion, align};
use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::exchange::name_of;
use taltolk::output::escape;
use taltolk::report::Report;

use super::document::Reports;
use super::glossary::{Asked, columns};
use crate::cli::args::{Align, AlignFormat, Own};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

pub(crate) fn run(args: Align, voice: Voice) -> Result<Status, Error> {
    let asked = Asked::of(&Own { glossary: args.reading.glossary.clone() })?;
    let mut reports = Reports::new(args.reading, voice)?;
    let mut read = |path: &Path| -> Result<Option<Report>, Error> {
        let Some(json) = reports.read(path)? else { return Ok(None) };
        let wrong = |e| Error::new(ErrorKind::Io, format!("found no report of {}: {e}", path.display()));
        serde_json::from_slice(&json).map(Some).map_err(wrong)
    };
    let (sv, fi) = (read(&args.sv)?, read(&args.fi)?);
    let (Some(sv), Some(fi)) = (sv, fi) else { return Ok(reports.status) };
    let found = align(&sv, &fi, asked.glossary());
    let text = match args.format {
        AlignFormat::Json => serde_json::to_string_pretty(&found).map(|t| t + "\n").unwrap_or_default(),
        AlignFormat::Tsv => table(&found),
        AlignFormat::Text => page(&found),
    };
    stdout::write(|out| out.write_all(text.as_bytes()))?;
    if found.tables.is_empty() {
        voice.note("found no table that both editions have");
    } else {
        let count = |opinion| found.pairs.iter().filter(|p| p.opinion == opinion).count();
        voice.note(&format!(
            "{} tables in both, {} pairs of labels: {} known, {} new, {} contradicting",
            found.tables.len(),
            found.pairs.len(),
            count(Opinion::Known),
            count(Opinion::New),
            count(Opinion::Contradicting),
        ));
    }
    Ok(reports.status)
}

/// The new pairs; a tab or a line break in a label is a space.
fn table(found: &Alignment) -> String {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = "sv\tfi\tstatement\tfigures\n".to_owned();
    for pair in found.pairs.iter().filter(|p| p.opinion == Opinion::New) {
        let statement = Some(name_of(pair.statement)).filter(|s| s != "other").unwrap_or_default();
        out.push_str(&format!("{}\t{}\t{statement}\t{}\n", plain(&pair.sv), plain(&pair.fi), pair.figures));
    }
    out
}

fn page(found: &Alignment) -> String {
    let mut out = String::new();
    for (opinion, title) in [
        (Opinion::Contradicting, "contradicting the glossary"),
        (Opinion::New, "new"),
        (Opinion::Known, "known"),
    ] {
        let mut rows: Vec<Vec<String>> = Vec::new();
        for pair in found.pairs.iter().filter(|p| p.opinion == opinion) {
            let label = |text: &str| escape(text).into_owned();
            let mut row = vec![format!("{:>6}", pair.figures), label(&pair.sv), label(&pair.fi)];
            if opinion == Opinion::Contradicting {
                let concepts = [&pair.concept_sv, &pair.concept_fi].map(|c| c.as_deref().unwrap_or_default());
                row.push(concepts.join(" / "));
            }
            rows.push(row);
        }
        if !rows.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("{title}\n{}", columns(&rows)));
        }
    }
    out
}
