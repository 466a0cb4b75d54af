//! One table of one sample, every field of every fact: shows what a change changes.
//!
//! A snapshot proves that something is unchanged, not that it is right; that
//! is what the truth of the samples is for. `cargo insta review`, or
//! `INSTA_UPDATE=always cargo test --test snapshot`, after a change that is meant.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::path::Path;

use taltolk::pipeline::{self, Options};

/// Labels that wrap, heads a year old, a figure that its sum contradicts.
#[test]
fn facts_of_a_unit_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/stadskansli-2026.pdf");
    let bytes = std::fs::read(path).expect("the sample");
    let report = pipeline::read(bytes, &Options::default(), &mut |_| {}).expect("can be read");
    let facts: Vec<_> = report.facts.iter().filter(|f| f.page == 3).collect();
    insta::assert_json_snapshot!(facts);
}
