//! Text of a document → text that no terminal obeys.
//!
//! Control characters, bidi marks, overrides and isolates, line separators and
//! invisible tags come out as `\u{202e}`, so that a reader sees them and a
//! terminal does not. Everything else passes unchanged. Lone surrogates cannot
//! reach this place: a Rust string has none.
//!
//! In: any string from a document. Out: one line. Refuses: nothing.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

/// Whether a terminal would act on the character instead of showing it.
pub(crate) fn is_dangerous(c: char) -> bool {
    c.is_control() || is_disguise(c)
}

/// Characters that change the order or the lines of text without being seen.
pub(crate) fn is_disguise(c: char) -> bool {
    matches!(
        c,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// One line without anything that a terminal would obey.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_dangerous) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_dangerous(c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", c as u32);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The last gate before a terminal: passes text and line ends, escapes the rest.
///
/// The formats escape by themselves; this one guards against a format that
/// forgets and against a worker that no longer does what it should.
pub struct TerminalGuard<W> {
    inner: W,
    /// Start of a character whose end has not come yet.
    rest: Vec<u8>,
}

impl<W: Write> TerminalGuard<W> {
    /// Guards the writer.
    pub fn new(inner: W) -> Self {
        TerminalGuard { inner, rest: Vec::new() }
    }

    fn pass(&mut self, text: &str) -> io::Result<()> {
        for line in text.split_inclusive('\n') {
            let (line, end) = line.strip_suffix('\n').map_or((line, ""), |l| (l, "\n"));
            for (i, part) in line.split('\t').enumerate() {
                if i > 0 {
                    self.inner.write_all(b"\t")?;
                }
                self.inner.write_all(escape(part).as_bytes())?;
            }
            self.inner.write_all(end.as_bytes())?;
        }
        Ok(())
    }
}

impl<W: Write> Write for TerminalGuard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.rest);
        all.extend_from_slice(bytes);
        for chunk in all.utf8_chunks() {
            self.pass(chunk.valid())?;
            let broken = chunk.invalid();
            if broken.is_empty() {
                continue;
            }
            // A piece at the very end may be the start of a character.
            if all.ends_with(broken) && std::str::from_utf8(broken).is_err_and(|e| e.error_len().is_none()) {
                self.rest = broken.to_vec();
            } else {
                self.inner.write_all("\u{fffd}".as_bytes())?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_overrides_become_visible() {
        assert_eq!(escape("Intäkter\u{1b}[31m\u{202e}x\n"), "Intäkter\\u{1b}[31m\\u{202e}x\\u{a}");
        assert!(matches!(escape("Åbo – 1\u{a0}000 €"), Cow::Borrowed(_)));
    }

    #[test]
    fn guard_passes_lines_and_joins_split_characters() {
        let mut out = Vec::new();
        let mut guard = TerminalGuard::new(&mut out);
        guard.write_all(b"a\tb\n\x1b[2J\xc3").expect("writes");
        guard.write_all(b"\xa5\xff.\n").expect("writes");
        assert_eq!(String::from_utf8(out).expect("text"), "a\tb\n\\u{1b}[2Jå\u{fffd}.\n");
    }
}
