//! Any text → glossary or error, and any label looked up in it: never a crash.
//!
//! The first line of the input is the label, the rest the glossary file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::glossary::{Context, Glossary};

fuzz_target!(|text: &str| {
    let (label, file) = text.split_once('\n').unwrap_or((text, ""));
    let _ = Glossary::builtin().lookup(&Context::default(), label);
    if let Ok(glossary) = Glossary::builtin().overlay(file, "fuzz") {
        let _ = glossary.lookup(&Context::default(), label);
        let _ = glossary.is_term(label);
    }
});
