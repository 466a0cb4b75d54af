//! Any bytes as the text of a document → report or error: never a crash, and never a place on a page.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::pipeline::{self, Options};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { path: "fuzz.txt".to_owned(), ..Options::default() };
    if let Ok(report) = pipeline::read(bytes.to_vec(), &options, &mut |_| {}) {
        assert!(report.facts.iter().all(|f| f.value_box.is_none()));
    }
});
