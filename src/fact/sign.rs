//! Rows with concepts → whether a table prints costs negative or positive.
//!
//! In: the figures of the rows whose concept has a sign. Out: the convention of
//! the table. Refuses: to decide from fewer than one row; `Unknown` then.

use rust_decimal::Decimal;

use super::SignConvention;
use crate::glossary::Sign;

/// Decides from (sign of the concept, printed value) pairs.
pub(super) fn convention(figures: &[(Sign, Decimal)]) -> SignConvention {
    let costs: Vec<&Decimal> =
        figures.iter().filter(|(s, v)| *s == Sign::Minus && !v.is_zero()).map(|(_, v)| v).collect();
    let negative = costs.iter().filter(|v| v.is_sign_negative()).count();
    let positive = costs.len() - negative;
    if costs.is_empty() {
        SignConvention::Unknown
    } else if positive * 10 <= costs.len() {
        SignConvention::CostsNegative
    } else if negative * 10 <= costs.len() {
        SignConvention::CostsPositive
    } else {
        SignConvention::Mixed
    }
}
