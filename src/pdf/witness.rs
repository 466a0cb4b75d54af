//! Bytes → the digit strings of each page, read by a second, independent reader.
//!
//! In: the bytes of a PDF. Out: per page the multiset of its digit strings, for
//! comparison with what this crate read (`--cross-check`).
//! Refuses: files that pdf-extract cannot open; the witness is then silent. It
//! can panic on damaged files, so it is only ever called inside a worker and
//! its panics are caught here.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Digit strings of one page and how often each stands there.
pub type DigitCounts = BTreeMap<String, u32>;

/// Reads the pages with pdf-extract. `None` when the witness cannot read the file.
pub fn digit_strings(bytes: &[u8], password: Option<&str>) -> Option<Vec<DigitCounts>> {
    let read = || match password {
        Some(p) => pdf_extract::extract_text_from_mem_by_pages_encrypted(bytes, p).ok(),
        None => pdf_extract::extract_text_from_mem_by_pages(bytes).ok(),
    };
    let pages = catch_unwind(AssertUnwindSafe(read)).ok()??;
    Some(pages.iter().map(|text| count(text)).collect())
}

/// Counts the runs of digits in a text.
pub fn count(text: &str) -> DigitCounts {
    let mut counts = DigitCounts::new();
    for run in text.split(|c: char| !c.is_ascii_digit()).filter(|r| !r.is_empty()) {
        *counts.entry(run.to_owned()).or_default() += 1;
    }
    counts
}
