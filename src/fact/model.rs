//! The facts of schema `taltolk/1`: what one printed figure says.
//!
//! In: nothing; these are the types that the stage makes. Out: rows of the
//! facts CSV and the `facts` of a report, in the order of the fields here.
//! Refuses: a default for what is not known; missing is `None`.

use std::sync::Arc;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::figure::{Phase, Unit};
use crate::geometry::PageBox;
use crate::glossary::{MatchKind, Statement};
use crate::names::names;

names! {
    /// What a row is in its table.
    RowKind {
        /// An ordinary row.
        Detail = "detail",
        /// A sum inside the table.
        Subtotal = "subtotal",
        /// The sum of the table.
        Total = "total",
        /// A part shown but not added: `varav …`.
        Memo = "memo",
        /// A row without figures over others.
        Heading = "heading",
    }
}

names! {
    /// What stands in the cell.
    ValueState {
        /// A number.
        Number = "number",
        /// A lone dash or `..`: nothing to report.
        Nil = "nil",
        /// Something that should be a number and was not understood.
        Unreadable = "unreadable",
    }
}

names! {
    /// Whether we stand by our reading of label, year, phase and value together.
    Status {
        /// We do.
        Sure = "sure",
        /// We do not, and `doubt` says why.
        Doubtful = "doubtful",
    }
}

names! {
    /// What the arithmetic of the book says of a figure.
    Check {
        /// Every equation with this figure holds.
        Passed = "passed",
        /// An equation fails and this figure is to blame.
        Failed = "failed",
        /// No equation covers it, or none could decide.
        NotCheckable = "not_checkable",
    }
}

names! {
    /// What was done to the print to read it.
    Repair {
        /// A label over several lines was joined.
        LabelJoined = "label_joined",
        /// A hyphen at a line end was undone.
        Dehyphenated = "dehyphenated",
        /// A head over several lines or cells was joined.
        HeadJoined = "head_joined",
        /// Digit groups apart were joined to one figure.
        GroupsJoined = "groups_joined",
        /// A minus that stood apart was joined to its figure.
        MinusJoined = "minus_joined",
        /// A raised note mark was split off.
        NoteSplit = "note_split",
        /// The head of an earlier page was used.
        HeadCarried = "head_carried",
        /// The year was taken from the document, not the head.
        YearInferred = "year_inferred",
        /// The unit scale was taken from outside the table.
        ScaleInferred = "scale_inferred",
        /// Arithmetic chose among several groupings of digits.
        GroupingSolved = "grouping_solved",
    }
}

/// One printed figure and all that is known of it.
///
/// What the figures of a row, a column or a table have in common they share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Fact {
    /// Page, from 1.
    pub page: u32,
    /// Table id, unique in the document.
    pub table: Arc<str>,
    /// Row of the table, from 1.
    pub row: u32,
    /// Figure column of the table, from 1.
    pub column: u32,
    /// Official three-digit code of the municipality.
    pub municipality: Option<Arc<str>>,
    /// From the whole to the unit: `Lovisa / Stadskansliet`.
    pub entity_path: Arc<[String]>,
    /// Length of the path: 1 is the municipality.
    pub entity_level: Option<u32>,
    /// The year that the book is for.
    pub book_year: Option<i16>,
    /// Kind of statement the table is.
    pub statement: Statement,
    /// Heading rows above, outermost first, joined by ` / `.
    pub section: Option<Arc<str>>,
    /// Leaf label, repaired, with its qualifier.
    pub row_label: Arc<str>,
    /// The same in Finnish where the book prints both.
    pub label_fi: Option<Arc<str>>,
    /// Code printed before the label.
    pub code: Option<Arc<str>>,
    /// `externt`, `varav`, `netto` …
    pub qualifier: Option<Arc<str>>,
    /// Head of the column in one line.
    pub column_label: Arc<str>,
    /// What the row is.
    pub row_kind: RowKind,
    /// Concept of the glossary.
    pub concept: Option<Arc<str>>,
    /// Preferred Swedish label of the concept.
    pub concept_sv: Option<Arc<str>>,
    /// Preferred Finnish label of the concept.
    pub concept_fi: Option<Arc<str>>,
    /// Preferred English label of the concept.
    pub concept_en: Option<Arc<str>>,
    /// How the label was matched.
    pub match_kind: MatchKind,
    /// How well, 0 to 1.
    pub match_score: Option<f32>,
    /// Phase of the column.
    pub phase: Phase,
    /// Fiscal year.
    pub year: Option<i16>,
    /// Value in full units, sign as printed.
    pub value: Option<Decimal>,
    /// Value with costs negative whatever the book prints.
    pub value_signed: Option<Decimal>,
    /// The figure as printed.
    pub printed: String,
    /// Unit of the value.
    pub unit: Option<Unit>,
    /// What the printed figure was multiplied by.
    pub unit_scale: u32,
    /// Number, nil or unreadable.
    pub value_state: ValueState,
    /// Where the figure stands.
    pub value_box: Option<PageBox>,
    /// Where its label stands.
    pub label_boxes: Arc<[PageBox]>,
    /// Where its head stands.
    pub head_boxes: Arc<[PageBox]>,
    /// What was done to read it.
    pub repairs: Vec<Repair>,
    /// Other readings, best first, where there is more than one.
    pub candidates: Vec<Decimal>,
    /// 0 to 1.
    pub confidence: f32,
    /// Sure or doubtful.
    pub status: Status,
    /// Reasons of the doubt, kebab case.
    pub doubt: Vec<String>,
    /// What the arithmetic says.
    pub check: Check,
    /// The year that the figures prove where the head is stale.
    pub year_consistent: Option<i16>,
    /// The place where the same figure stands first: `table/row/column`.
    pub reprint_of: Option<String>,
}

impl Fact {
    /// Says of nothing where it stands.
    pub(crate) fn forget_places(&mut self) {
        self.value_box = None;
        (self.label_boxes, self.head_boxes) = (Arc::default(), Arc::default());
    }
}
