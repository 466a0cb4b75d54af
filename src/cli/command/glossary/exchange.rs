//! `glossary export` and `import`.
//!
//! In: the glossary; a TBX file or a table of terms. Out: the glossary in another format on standard output; a glossary
//! file of the user's own with the terms added.
//! Refuses: to write half a file; an entry that contradicts the glossary is named and left out.

use std::path::Path;

use taltolk::error::{Error, ErrorKind};
use taltolk::glossary::Glossary;
use taltolk::glossary::exchange::{json, skos, tbx, tsv, user};
use taltolk::output::escape;

use super::{Asked, read};
use crate::cli::args::{Export, ExportFormat, Import};
use crate::cli::exit::Status;
use crate::cli::say::Voice;
use crate::cli::stdout;

pub(super) fn export(args: &Export) -> Result<Status, Error> {
    let asked = Asked::of(&args.own)?;
    let glossary = asked.glossary();
    let text = match args.format {
        ExportFormat::Tbx => tbx::write(glossary, tbx::Form::Current),
        ExportFormat::Tbx2008 => tbx::write(glossary, tbx::Form::Martif),
        ExportFormat::Skos => skos::write(glossary),
        ExportFormat::Tsv => tsv::write(glossary),
        ExportFormat::Json => format!("{:#}\n", json::write(glossary)),
    };
    stdout::write(|out| out.write_all(text.as_bytes()))?;
    Ok(Status::Fine)
}

pub(super) fn import(args: &Import, voice: Voice) -> Result<Status, Error> {
    let text = read(&args.file)?;
    let name = args.file.display().to_string();
    let entries = if is_xml(&args.file, &text) { tbx::read(&text, &name)? } else { tsv::read(&text, &name)? };
    let own = match &args.into {
        Some(path) if path.exists() => read(path)?,
        _ => String::new(),
    };
    let own_name = args.into.as_deref().map_or("own.toml".to_owned(), |p| p.display().to_string());
    let known = Glossary::with_overlay(&own, &own_name)?;
    let added = user::add(&known, &own, &own_name, &entries)?;
    // What is written has to be a glossary that loads.
    Glossary::with_overlay(&added.text, &own_name)?;
    match &args.into {
        Some(path) => taltolk::batch::write_whole(path, added.text.as_bytes())
            .map_err(|e| Error::new(ErrorKind::Io, format!("cannot write {}: {e}", path.display())))?,
        None => stdout::write(|out| out.write_all(added.text.as_bytes()))?,
    }
    for (line, why) in &added.left_out {
        voice.note(&format!("{name}, line {line}: left out, {}", escape(why)));
    }
    let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    voice.note(&format!(
        "{} new, {} with new labels, {} known already, {} left out",
        count(added.new.len(), "concept"),
        added.changed.len(),
        added.known,
        added.left_out.len()
    ));
    Ok(Status::Fine)
}

fn is_xml(path: &Path, text: &str) -> bool {
    let named =
        path.extension().is_some_and(|e| ["tbx", "xml", "martif"].iter().any(|x| e.eq_ignore_ascii_case(x)));
    named || text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}
