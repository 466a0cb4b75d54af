//! Any bytes → report or error: never a crash, and the report comes back from its JSON.
//!
//! Seeds: `cargo fuzz run pipeline fuzz/corpus/pipeline samples`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::output::{self, Format, View};
use taltolk::pipeline::{self, Options};
use taltolk::report::Report;

fuzz_target!(|bytes: &[u8]| {
    let Ok(report) = pipeline::read(bytes.to_vec(), &Options::default(), &mut |_| {}) else { return };
    for view in [View::Facts, View::Findings] {
        for format in [Format::Json, Format::Csv, Format::Markdown, Format::Text] {
            let mut out = Vec::new();
            output::write(&report, view, format, &mut out).expect("a vector takes everything");
            if let (View::Facts, Format::Json) = (view, format) {
                serde_json::from_slice::<Report>(&out).expect("a report comes back");
            }
        }
    }
});
