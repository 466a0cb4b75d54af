//! Document, tables, facts, findings, warnings → [`Report`], the one object per document.
//!
//! In: what the stages made. Out: a value that every format is written from
//! and that a worker sends to its parent. Refuses: anything that is not in
//! schema `taltolk/1`; unknown fields of a stored report are an error, so that
//! an old dataset is never half-read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::audit::Finding;
use crate::error::{Error, Warning};
use crate::fact::Fact;
pub use crate::fact::{ColumnInfo, RowInfo, SignConvention, TableInfo};
pub use crate::layout::TextLayer;

/// Name and version of the data model.
pub const SCHEMA: &str = "taltolk/1";

/// How the reading of a document ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Everything was read.
    Ok,
    /// Some pages or parts could not be read; the warnings say which.
    Partial,
    /// Read, and there is nothing in it to report.
    Empty,
    /// Nothing could be read; `error` says why.
    Failed,
}

impl Outcome {
    /// The name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Outcome::Ok => "ok",
            Outcome::Partial => "partial",
            Outcome::Empty => "empty",
            Outcome::Failed => "failed",
        }
    }
}

/// One page as the report knows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageInfo {
    /// From 1.
    pub page: u32,
    /// Width after rotation, points.
    pub width: f32,
    /// Height after rotation, points.
    pub height: f32,
    /// What kind of text it carries.
    pub text_layer: TextLayer,
    /// What its letters were taken from.
    pub read_from: ReadFrom,
    /// Glyphs that have no Unicode.
    pub unmapped_glyphs: u32,
}

/// What the letters of a page were taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReadFrom {
    /// From its text.
    Text,
    /// From its picture, by a recogniser of letters.
    Picture,
    /// From nothing: there is nothing on it, or it could not be read and a warning says so.
    Nothing,
}

/// The document itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Path as the user gave it or relative to the archive, NFC, `/` between parts.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// BLAKE3 of the bytes, hex.
    pub blake3: String,
    /// Other paths with the same bytes.
    pub duplicates: Vec<String>,
    /// How it ended.
    pub outcome: Outcome,
    /// The pages.
    pub pages: Vec<PageInfo>,
    /// Program that made the file, as the file says.
    pub producer: Option<String>,
    /// When it was made, as the file says (`YYYY-MM-DDThh:mm:ss`).
    pub created: Option<String>,
    /// What recognised the letters of its pictures; empty where there was none and should have been.
    pub recogniser: Option<String>,
    /// Title, as the file says.
    pub title: Option<String>,
    /// Languages of the text, most frequent first (`sv`, `fi`, `en`).
    pub languages: Vec<String>,
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// Whether the file has a structure tree.
    pub tagged: bool,
    /// Municipality, official code and names.
    pub municipality: Option<MunicipalityRef>,
    /// The year that the book is for.
    pub book_year: Option<i16>,
    /// Program version, glossary and options that made this report, hashed.
    pub options_hash: String,
}

/// A municipality as a report names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MunicipalityRef {
    /// Official three-digit code.
    pub code: String,
    /// Swedish name.
    pub sv: String,
    /// Finnish name.
    pub fi: String,
}

/// All that is known of one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Name and version of the data model: `taltolk/1`.
    pub schema: String,
    /// The document itself.
    pub document: Document,
    /// Why nothing was read, where nothing was.
    pub error: Option<Error>,
    /// What was read only in part.
    pub warnings: Vec<Warning>,
    /// The tables.
    pub tables: Vec<TableInfo>,
    /// The figures.
    pub facts: Vec<Fact>,
    /// What the arithmetic says.
    pub findings: Vec<Finding>,
}
