//! Any text → entries of a TBX file or of a table, added to a glossary file: an error or a file that loads, never a crash.
//!
//! The first line says which, and the rest of the input is the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::glossary::Glossary;
use taltolk::glossary::exchange::{tbx, tsv, user};

fuzz_target!(|text: &str| {
    let (kind, file) = text.split_once('\n').unwrap_or(("", text));
    let read = if kind == "tbx" { tbx::read(file, "fuzz") } else { tsv::read(file, "fuzz") };
    let Ok(entries) = read else { return };
    let glossary = Glossary::builtin();
    if let Ok(added) = user::add(glossary, "", "fuzz", &entries) {
        Glossary::with_overlay(&added.text, "fuzz").expect("what was written is a glossary");
    }
});
