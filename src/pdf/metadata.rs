//! Document information dictionary → producer, title, date.
//!
//! Source: ISO 32000-1, 14.3.3 and 7.9.2.2 (text strings). Refuses: dates that
//! cannot be (month 13); they are `None`, not an error.

use hayro_syntax::Pdf;

use super::Info;

/// Longest title or producer that is kept.
const MAX_TEXT: usize = 300;

pub(super) fn info(pdf: &Pdf) -> Info {
    let meta = pdf.metadata();
    Info {
        producer: meta.producer.as_deref().and_then(text),
        title: meta.title.as_deref().and_then(text),
        created: meta.creation_date.as_ref().and_then(|d| {
            let ok = (1..=12).contains(&d.month)
                && (1..=31).contains(&d.day)
                && d.hour < 24
                && d.minute < 60
                && d.second < 60;
            ok.then(|| {
                format!(
                    "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
                    d.year, d.month, d.day, d.hour, d.minute, d.second
                )
            })
        }),
        ..Info::default()
    }
}

fn text(bytes: &[u8]) -> Option<String> {
    // PDFDocEncoding agrees with Latin-1 for every letter of Swedish and Finnish.
    let decoded = unicode(bytes).unwrap_or_else(|| bytes.iter().map(|&b| b as char).collect());
    let clean: String = decoded.chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect();
    let clean = clean.trim().to_owned();
    (!clean.is_empty()).then_some(clean)
}

/// A text string to the letter, for texts that are more than a name: minus signs count.
pub(super) fn text_string(bytes: &[u8]) -> String {
    unicode(bytes).unwrap_or_else(|| bytes.iter().map(|&b| pdf_doc(b)).collect())
}

/// A text string that says that it is UTF-16 or UTF-8.
fn unicode(bytes: &[u8]) -> Option<String> {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
            Some(char::decode_utf16(units).map(|r| r.unwrap_or('\u{FFFD}')).collect())
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        _ => None,
    }
}

/// PDFDocEncoding (ISO 32000-1, annex D.2): Latin-1 but for its control characters.
fn pdf_doc(byte: u8) -> char {
    const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const SIGNS: [char; 31] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™', 'ﬁ',
        'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž',
    ];
    match byte {
        0x18..=0x1F => ACCENTS[usize::from(byte - 0x18)],
        0x80..=0x9E => SIGNS[usize::from(byte - 0x80)],
        0x9F => '\u{FFFD}',
        0xA0 => '€',
        _ => byte as char,
    }
}

#[cfg(test)]
mod tests {
    use super::{text, text_string};

    #[test]
    fn utf16_and_latin() {
        assert_eq!(text(b"\xFE\xFF\0B\0\xE5").as_deref(), Some("Bå"));
        assert_eq!(text(b"Budget f\xF6r \x1b[31m2026").as_deref(), Some("Budget för [31m2026"));
        assert_eq!(text(b"  "), None);
    }

    #[test]
    fn minus_signs() {
        assert_eq!(text_string(b"\x8A1 234,5 \xA0 \x85 b\xE5\x9E"), "−1 234,5 € – båž");
        assert_eq!(text_string(b"\xFE\xFF\x22\x12\x001"), "−1");
        assert_eq!(text_string(b"\xEF\xBB\xBF\xE2\x88\x921"), "−1");
    }
}
