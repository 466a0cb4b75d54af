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
    let decoded: String = match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|c| u16::from_be_bytes([c[0], c[1]]));
            char::decode_utf16(units).map(|r| r.unwrap_or('\u{FFFD}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        // PDFDocEncoding agrees with Latin-1 for every letter of Swedish and Finnish.
        _ => bytes.iter().map(|&b| b as char).collect(),
    };
    let clean: String = decoded.chars().filter(|c| !c.is_control()).take(MAX_TEXT).collect();
    let clean = clean.trim().to_owned();
    (!clean.is_empty()).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn utf16_and_latin() {
        assert_eq!(text(b"\xFE\xFF\0B\0\xE5").as_deref(), Some("Bå"));
        assert_eq!(text(b"Budget f\xF6r \x1b[31m2026").as_deref(), Some("Budget för [31m2026"));
        assert_eq!(text(b"  "), None);
    }
}
