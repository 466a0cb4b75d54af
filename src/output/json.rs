//! [`Report`] → JSON, one object for the document.
//!
//! The layout is fixed: each key of the report on a line of its own, and each
//! table, fact, finding and warning on one line, so that files can be compared
//! and searched line by line and stay half the size of fully indented ones.
//! Characters that a terminal would obey are written as `\uXXXX`: still the
//! same string for every JSON reader, harmless for everybody else.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::Formatter;

use super::escape::is_dangerous;
use crate::audit::Finding;
use crate::error::{Error, Warning};
use crate::report::{Document, Report};

/// Bytes handed on at a time.
const BLOCK: usize = 64 << 10;
/// Objects and arrays down to this depth are laid out over lines.
const OPEN_DEPTH: usize = 2;

pub(super) fn report(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write(report, out)
}

/// What `audit --format json` says: the report without tables and facts.
#[derive(Serialize)]
struct Findings<'a> {
    schema: &'a str,
    document: &'a Document,
    error: Option<&'a Error>,
    warnings: &'a [Warning],
    findings: &'a [Finding],
}

pub(super) fn findings(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    write(
        &Findings {
            schema: &report.schema,
            document: &report.document,
            error: report.error.as_ref(),
            warnings: &report.warnings,
            findings: &report.findings,
        },
        out,
    )
}

/// Any value in the layout of this file, with a line end.
pub fn write<T: Serialize + ?Sized>(value: &T, out: &mut dyn Write) -> io::Result<()> {
    // A serializer writes crumbs: a call through `dyn Write` for each would cost more than the figures.
    let mut blocks = io::BufWriter::with_capacity(BLOCK, out);
    let mut serializer = serde_json::Serializer::with_formatter(&mut blocks, Layout::default());
    value.serialize(&mut serializer)?;
    blocks.write_all(b"\n")?;
    blocks.flush()
}

#[derive(Default)]
struct Layout {
    depth: usize,
    /// Whether the object or array just opened has members, so that empty ones stay on one line.
    filled: bool,
}

impl Layout {
    fn open<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth += 1;
        self.filled = false;
        out.write_all(bracket)
    }

    fn member<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        match (first, self.depth <= OPEN_DEPTH) {
            (true, true) => self.line(out),
            (true, false) => Ok(()),
            (false, true) => {
                out.write_all(b",")?;
                self.line(out)
            }
            (false, false) => out.write_all(b", "),
        }
    }

    fn close<W: Write + ?Sized>(&mut self, out: &mut W, bracket: &[u8]) -> io::Result<()> {
        self.depth -= 1;
        if self.filled && self.depth < OPEN_DEPTH {
            self.line(out)?;
        }
        self.filled = true;
        out.write_all(bracket)
    }

    fn line<W: Write + ?Sized>(&self, out: &mut W) -> io::Result<()> {
        out.write_all(b"\n")?;
        for _ in 0..self.depth {
            out.write_all(b"  ")?;
        }
        Ok(())
    }
}

impl Formatter for Layout {
    fn begin_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"[")
    }

    fn end_array<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"]")
    }

    fn begin_array_value<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.member(out, first)
    }

    fn end_array_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn begin_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.open(out, b"{")
    }

    fn end_object<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        self.close(out, b"}")
    }

    fn begin_object_key<W: Write + ?Sized>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.member(out, first)
    }

    fn begin_object_value<W: Write + ?Sized>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }

    fn end_object_value<W: Write + ?Sized>(&mut self, _out: &mut W) -> io::Result<()> {
        self.filled = true;
        Ok(())
    }

    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        // C0 has been escaped before this is called. What is dangerous beside it is DEL or begins with
        // one of these bytes in UTF-8; Swedish and Finnish text has none of them.
        let harmless = |b: &u8| !matches!(b, 0x7f | 0xc2 | 0xd8 | 0xe2 | 0xf3);
        let bytes = fragment.as_bytes();
        if bytes.is_ascii() && !bytes.contains(&0x7f) || bytes.iter().all(harmless) {
            return out.write_all(fragment.as_bytes());
        }
        let mut rest = fragment;
        while let Some(at) = rest.find(is_dangerous) {
            out.write_all(&rest.as_bytes()[..at])?;
            let Some(c) = rest[at..].chars().next() else { break };
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(out, "\\u{unit:04x}")?;
            }
            rest = &rest[at + c.len_utf8()..];
        }
        out.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &serde_json::Value) -> String {
        let mut out = Vec::new();
        write(value, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    #[test]
    fn two_levels_stand_on_lines_of_their_own() {
        let value = serde_json::json!({"a": [{"b": [1, 2], "c": {}}, {}], "d": [], "e": {"f": 1}});
        assert_eq!(
            text(&value),
            "{\n  \"a\": [\n    {\"b\": [1, 2], \"c\": {}},\n    {}\n  ],\n  \"d\": [],\n  \"e\": {\n    \"f\": 1\n  }\n}\n"
        );
    }

    #[test]
    fn what_a_terminal_would_obey_is_escaped_and_comes_back() {
        let nasty = "å\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{2066}\u{e0041}\"\\";
        let json = text(&serde_json::json!([nasty]));
        assert!(json.contains(r#"å\u001b[31m\u007f\u009b\u202e\u2066\udb40\udc41\"\\"#), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).expect("parses");
        assert_eq!(back, [nasty]);
    }
}
