//! Tables as a report shows them.
//!
//! In: nothing; these are the types that the stage makes. Out: the `tables` of a
//! report. Refuses: unknown fields when a report is read back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Phase, RowKind, Unit};
use crate::geometry::PageBox;
use crate::glossary::{MatchKind, Statement};

/// One table of the book.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableInfo {
    /// Unique in the document: `t1`, `t2` …
    pub id: String,
    /// Where it stands, one box a page.
    pub boxes: Vec<PageBox>,
    /// Nearest heading.
    pub title: Option<String>,
    /// Headings above, outermost first.
    pub section_path: Vec<String>,
    /// Whose figures these are, from the whole to the unit.
    pub entity_path: Vec<String>,
    /// Kind of statement.
    pub statement: Statement,
    /// What printed money is multiplied by: 1, 1 000, 1 000 000.
    pub unit_scale: u32,
    /// `EUR`, `SEK`, where money.
    pub currency: Option<String>,
    /// Whether costs are printed negative, positive, or both.
    pub sign_convention: SignConvention,
    /// Evidence that made the grid: `tags`, `rulings`, `alignment`, `text`.
    pub evidence: Vec<String>,
    /// Where the kinds of evidence disagree, one line each.
    pub disagreements: Vec<String>,
    /// Figure columns.
    pub columns: Vec<ColumnInfo>,
    /// Rows in print order, headings too.
    pub rows: Vec<RowInfo>,
}

impl TableInfo {
    /// Says of nothing where it stands.
    pub(crate) fn forget_places(&mut self) {
        let heads = self.columns.iter_mut().map(|c| &mut c.boxes);
        let rows = self.rows.iter_mut().map(|r| &mut r.boxes);
        std::iter::once(&mut self.boxes).chain(heads).chain(rows).for_each(Vec::clear);
    }
}

/// How a table prints costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignConvention {
    /// Costs carry a minus.
    CostsNegative,
    /// Costs are printed as positive figures.
    CostsPositive,
    /// Both occur.
    Mixed,
    /// The table has no costs that say.
    Unknown,
}

/// One figure column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnInfo {
    /// Head in one line, spanning head first.
    pub label: String,
    /// What it holds.
    pub phase: Phase,
    /// Fiscal year.
    pub year: Option<i16>,
    /// Whether the year is printed in the head.
    pub year_printed: bool,
    /// Unit where the column has its own.
    pub unit: Option<Unit>,
    /// Where the head stands.
    pub boxes: Vec<PageBox>,
}

/// One row.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowInfo {
    /// Printed lines of the label.
    pub lines: Vec<String>,
    /// Label in one line.
    pub label: String,
    /// Finnish label where both are printed.
    pub label_fi: Option<String>,
    /// Headings above.
    pub section: Option<String>,
    /// `externt`, `varav`, `netto` …
    pub qualifier: Option<String>,
    /// Language of the label.
    pub language: Option<String>,
    /// Code printed before the label.
    pub code: Option<String>,
    /// Depth in the visible hierarchy, from 0.
    pub level: u32,
    /// What the row is.
    pub kind: RowKind,
    /// Unit where the row has its own.
    pub unit: Option<Unit>,
    /// Concept of the glossary.
    pub concept: Option<String>,
    /// How the label was matched.
    pub match_kind: MatchKind,
    /// How well.
    pub match_score: Option<f32>,
    /// Where the label stands.
    pub boxes: Vec<PageBox>,
}
