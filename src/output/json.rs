//! [`Report`] → JSON, one object for the document.
//!
//! The layout is fixed: each key of the report on a line of its own, and each
//! table, fact, finding and warning on one line, so that files can be compared
//! and searched line by line and stay half the size of fully indented ones.
//! Characters that a terminal would obey are written as `\uXXXX`: still the
//! same string for every JSON reader, harmless for everybody else.
//! Refuses: integers of more than 64 bits.
//!
//! Why a serializer of its own: facts are most of what is written, and of a fact
//! most is keys, which need no escapes; `serde_json` looks at each letter of them.
//! Numbers are written by the same crates as there, and the tests compare the two.

use std::fmt;
use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{self, SerializeMap};

use super::escape::is_dangerous;
use crate::audit::Finding;
use crate::error::{Error, Warning};
use crate::report::{Document, Report};

/// Bytes handed on at a time.
const BLOCK: usize = 256 << 10;
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
    let mut text = Text { out, block: Vec::with_capacity(2 * BLOCK), depth: 0 };
    value.serialize(&mut text).map_err(|e| e.0)?;
    text.block.push(b'\n');
    text.hand_on(0)?;
    text.out.flush()
}

/// JSON on its way out.
struct Text<'w> {
    out: &'w mut dyn Write,
    block: Vec<u8>,
    depth: usize,
}

impl Text<'_> {
    fn hand_on(&mut self, from: usize) -> io::Result<()> {
        if self.block.len() > from {
            self.out.write_all(&self.block)?;
            self.block.clear();
        }
        Ok(())
    }

    fn line(&mut self) {
        self.block.push(b'\n');
        for _ in 0..self.depth {
            self.block.extend_from_slice(b"  ");
        }
    }

    fn colon(&mut self) {
        self.block.extend_from_slice(if self.depth <= OPEN_DEPTH { b": " } else { b":" });
    }

    fn string(&mut self, text: &str) {
        self.block.push(b'"');
        if text.bytes().all(|b| PLAIN[usize::from(b)]) {
            self.block.extend_from_slice(text.as_bytes());
        } else {
            text.chars().for_each(|c| self.escaped(c));
        }
        self.block.push(b'"');
    }

    fn escaped(&mut self, c: char) {
        let short = match c {
            '"' => br#"\""#,
            '\\' => br"\\",
            '\n' => br"\n",
            '\r' => br"\r",
            '\t' => br"\t",
            '\u{8}' => br"\b",
            '\u{c}' => br"\f",
            _ if c < ' ' || is_dangerous(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    self.block.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
                }
                return;
            }
            _ => return self.block.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        };
        self.block.extend_from_slice(short);
    }

    fn number(&mut self, number: impl itoa::Integer) -> Result<(), Failure> {
        self.block.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
        Ok(())
    }
}

/// Bytes of strings that are written as they are, whatever follows them: no quote, no control, and
/// none with which a dangerous character begins in UTF-8. Swedish and Finnish have no others.
const PLAIN: [bool; 256] = {
    let mut plain = [true; 256];
    let mut control = 0;
    while control < 0x20 {
        plain[control] = false;
        control += 1;
    }
    let special = [b'"', b'\\', 0x7f, 0xc2, 0xd8, 0xe2, 0xf3];
    let mut i = 0;
    while i < special.len() {
        plain[special[i] as usize] = false;
        i += 1;
    }
    plain
};

/// What can go wrong: the output, or a value that JSON does not have.
#[derive(Debug)]
struct Failure(io::Error);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Failure(io::Error::other(message.to_string()))
    }
}

/// An object or an array that is being written.
struct Members<'a, 'w> {
    text: &'a mut Text<'w>,
    first: bool,
    bracket: u8,
    /// Whether it is the value of a variant, so that the object around it ends with it.
    variant: bool,
}

impl<'a, 'w> Members<'a, 'w> {
    fn open(text: &'a mut Text<'w>, brackets: [u8; 2]) -> Self {
        text.depth += 1;
        text.block.push(brackets[0]);
        Members { text, first: true, bracket: brackets[1], variant: false }
    }

    /// `{"name": [`: how serde writes a variant with content.
    fn variant(text: &'a mut Text<'w>, name: &str, brackets: [u8; 2]) -> Self {
        let mut object = Members::open(text, OBJECT);
        object.next();
        object.text.string(name);
        object.text.colon();
        Members { variant: true, ..Members::open(object.text, brackets) }
    }

    fn next(&mut self) {
        if !self.first {
            self.text.block.push(b',');
        }
        self.first = false;
        if self.text.depth <= OPEN_DEPTH {
            self.text.line();
        }
    }

    fn value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        value.serialize(&mut *self.text)?;
        if self.text.depth <= OPEN_DEPTH {
            self.text.hand_on(BLOCK).map_err(Failure)?;
        }
        Ok(())
    }

    /// A member whose name is a word of the program, which needs no escapes.
    fn field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Failure> {
        self.next();
        self.text.block.push(b'"');
        self.text.block.extend_from_slice(name.as_bytes());
        self.text.block.push(b'"');
        self.text.colon();
        self.value(value)
    }

    fn close(self) -> Result<(), Failure> {
        self.text.depth -= 1;
        if !self.first && self.text.depth < OPEN_DEPTH {
            self.text.line();
        }
        self.text.block.push(self.bracket);
        if self.variant {
            let object = Members { text: self.text, first: false, bracket: OBJECT[1], variant: false };
            return object.close();
        }
        Ok(())
    }
}

const OBJECT: [u8; 2] = *b"{}";
const ARRAY: [u8; 2] = *b"[]";

macro_rules! integers {
    ($($name:ident: $kind:ty),*) => {
        $(fn $name(self, value: $kind) -> Result<(), Failure> {
            self.number(value)
        })*
    };
}

impl<'a, 'w> ser::Serializer for &'a mut Text<'w> {
    type Ok = ();
    type Error = Failure;
    type SerializeSeq = Members<'a, 'w>;
    type SerializeTuple = Members<'a, 'w>;
    type SerializeTupleStruct = Members<'a, 'w>;
    type SerializeTupleVariant = Members<'a, 'w>;
    type SerializeMap = Members<'a, 'w>;
    type SerializeStruct = Members<'a, 'w>;
    type SerializeStructVariant = Members<'a, 'w>;

    integers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, value: bool) -> Result<(), Failure> {
        self.block.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Failure> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        self.block.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        Ok(())
    }

    fn serialize_f64(self, value: f64) -> Result<(), Failure> {
        if !value.is_finite() {
            return self.serialize_unit();
        }
        self.block.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Result<(), Failure> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<(), Failure> {
        self.string(value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Failure> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<(), Failure> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Failure> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Failure> {
        self.block.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Failure> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Failure> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        let mut object = Members::open(self, OBJECT);
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self::SerializeSeq, Failure> {
        Ok(Members::open(self, ARRAY))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple, Failure> {
        Ok(Members::open(self, ARRAY))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Failure> {
        Ok(Members::open(self, ARRAY))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Ok(Members::variant(self, variant, ARRAY))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Failure> {
        Ok(Members::open(self, OBJECT))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeStruct, Failure> {
        Ok(Members::open(self, OBJECT))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Ok(Members::variant(self, variant, OBJECT))
    }
}

macro_rules! arrays {
    ($($kind:ident: $member:ident),*) => {
        $(impl ser::$kind for Members<'_, '_> {
            type Ok = ();
            type Error = Failure;

            fn $member<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
                self.next();
                self.value(value)
            }

            fn end(self) -> Result<(), Failure> {
                self.close()
            }
        })*
    };
}

arrays!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);

macro_rules! objects {
    ($($kind:ident),*) => {
        $(impl ser::$kind for Members<'_, '_> {
            type Ok = ();
            type Error = Failure;

            fn serialize_field<T: Serialize + ?Sized>(
                &mut self,
                name: &'static str,
                value: &T,
            ) -> Result<(), Failure> {
                self.field(name, value)
            }

            fn end(self) -> Result<(), Failure> {
                self.close()
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for Members<'_, '_> {
    type Ok = ();
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.next();
        // A key that is no string is written as the string of what it is.
        let at = self.text.block.len();
        key.serialize(&mut *self.text)?;
        if self.text.block.get(at) != Some(&b'"') {
            self.text.block.insert(at, b'"');
            self.text.block.push(b'"');
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        self.text.colon();
        self.value(value)
    }

    fn end(self) -> Result<(), Failure> {
        self.close()
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
            "{\n  \"a\": [\n    {\"b\":[1,2],\"c\":{}},\n    {}\n  ],\n  \"d\": [],\n  \"e\": {\n    \"f\": 1\n  }\n}\n"
        );
    }

    /// Every shape that serde knows.
    #[derive(Serialize)]
    struct Shapes {
        unit: (),
        none: Option<u8>,
        some: Option<char>,
        floats: (f32, f64, f64),
        integers: [i64; 3],
        map: std::collections::BTreeMap<u16, &'static str>,
        variants: Vec<Variant>,
        nothing: [u8; 0],
    }

    #[derive(Serialize)]
    enum Variant {
        Unit,
        Newtype(bool),
        Tuple(u8, i8),
        Struct { field: &'static str },
    }

    #[test]
    fn every_shape_is_what_serde_json_makes_of_it() {
        let shapes = Shapes {
            unit: (),
            none: None,
            some: Some('"'),
            floats: (459.1, 1.0, f64::NAN),
            integers: [i64::MIN, 0, i64::MAX],
            map: [(7, "a\\b"), (70, "\u{8}\u{c}\n\r\t\u{1}")].into(),
            variants: vec![
                Variant::Unit,
                Variant::Newtype(true),
                Variant::Tuple(1, -1),
                Variant::Struct { field: "å" },
            ],
            nothing: [],
        };
        for depth in 0..4 {
            let theirs = serde_json::to_string(&shapes).expect("serialises");
            let mut value: serde_json::Value = serde_json::from_str(&theirs).expect("parses");
            let mut out = Vec::new();
            match depth {
                0 => write(&shapes, &mut out),
                1 => write(&[&shapes], &mut out),
                2 => write(&[[&shapes]], &mut out),
                _ => write(&[[[&shapes]]], &mut out),
            }
            .expect("a vector takes everything");
            for _ in 0..depth {
                value = serde_json::Value::Array(vec![value]);
            }
            let back: serde_json::Value = serde_json::from_slice(&out).expect("parses");
            assert_eq!(back, value);
        }
    }

    #[test]
    fn a_full_output_is_an_error() {
        let mut small = [0; 10];
        assert!(write(&["what does not fit"], &mut small.as_mut_slice()).is_err());
    }

    proptest::proptest! {
        #[test]
        fn every_string_comes_back(text in proptest::prelude::any::<String>()) {
            let mut out = Vec::new();
            write(&[&text], &mut out).expect("a vector takes everything");
            let back: Vec<String> = serde_json::from_slice(&out).expect("parses");
            proptest::prop_assert_eq!(back, [text]);
        }
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
