//! A document → the name of its report: `<stem>-<8 hash digits>.json`.
//!
//! The stem comes from the file name, never from the title inside the file.
//! Refuses: separators, control characters, and what any common file system
//! does not take.

use unicode_normalization::UnicodeNormalization;

use crate::output::escape;

/// Room for the rest of the name within 255 bytes.
const STEM: usize = 120;

pub(super) fn report(document: &str, blake3: &str) -> String {
    let file = document.rsplit('/').next().unwrap_or(document);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let clean: String = stem
        .nfc()
        .map(|c| {
            if matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|') || is_unseen(c) {
                '_'
            } else {
                c
            }
        })
        .collect();
    let mut end = clean.len().min(STEM);
    while !clean.is_char_boundary(end) {
        end -= 1;
    }
    let stem = clean[..end].trim_matches([' ', '.']);
    let stem = if stem.is_empty() { "document" } else { stem };
    format!("{stem}-{}.json", blake3.get(..8).unwrap_or(blake3))
}

fn is_unseen(c: char) -> bool {
    escape(c.encode_utf8(&mut [0; 4])).len() != c.len_utf8()
}

#[cfg(test)]
mod tests {
    use super::report;

    #[test]
    fn names_come_from_the_file_and_are_tame() {
        let hash = "0123456789abcdef";
        assert_eq!(report("2026/Budget för Åbo, åäö.pdf", hash), "Budget för Åbo, åäö-01234567.json");
        assert_eq!(report("fo\u{308}r.PDF", hash), "för-01234567.json");
        assert_eq!(report("..\\..\\x\u{1b}[\u{202e}.pdf", hash), "_.._x_[_-01234567.json");
        assert_eq!(report(".pdf", hash), "document-01234567.json");
        assert!(report(&"å".repeat(300), hash).len() < 255);
    }
}
