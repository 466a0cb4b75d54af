//! Glossary files → [`Glossary`]: what a printed label means.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// Operating economy of a unit or an area: income, costs, margin.
    Operating,
    /// Income statement.
    Income,
    /// Cash-flow statement.
    CashFlow,
    /// Balance sheet.
    Balance,
    /// Investments.
    Investments,
    /// Key figures.
    KeyFigures,
    /// Personnel.
    Personnel,
    /// Anything else.
    Other,
}

/// How a label was matched to a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// Letter for letter.
    Exact,
    /// But for case, spaces, hyphens.
    Normalised,
    /// By an abbreviation.
    Abbreviation,
    /// By an inflected form.
    Inflected,
    /// By the head of a compound.
    Compound,
    /// With a slip of a letter or two.
    Fuzzy,
    /// Not at all.
    None,
}
