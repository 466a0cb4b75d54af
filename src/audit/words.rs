//! Arithmetic → one line that a reader can follow with a pencil.
//!
//! In: balances. Out: `25 050 + 256 778 + 0 = 281 828, printed 281 829`.

use rust_decimal::Decimal;

/// Terms that a line shows before it is cut.
const SHOWN: usize = 8;

/// An amount for a sentence, without trailing zeros.
pub(crate) fn amount(value: Decimal) -> String {
    crate::number::print(value.normalize())
}

/// A weighted sum: `1 200 - 350 + 0`.
pub(crate) fn sum(terms: &[(Decimal, i8)]) -> String {
    let mut out = String::new();
    for (i, &(value, weight)) in terms.iter().enumerate().take(SHOWN) {
        let value = value * Decimal::from(weight);
        match (i, value.is_sign_negative() && !value.is_zero()) {
            (0, _) => out.push_str(&amount(value)),
            (_, true) => out.push_str(&format!(" - {}", amount(-value))),
            (_, false) => out.push_str(&format!(" + {}", amount(value))),
        }
    }
    if terms.len() > SHOWN {
        out.push_str(&format!(" + … ({} terms)", terms.len()));
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let d = |s: &str| s.parse::<Decimal>().unwrap();
        assert_eq!(amount(d("-3897591")), "-3 897 591");
        assert_eq!(amount(d("1204.50")), "1 204,5");
        assert_eq!(sum(&[(d("25050"), 1), (d("-24789"), 1), (d("0"), 1)]), "25 050 - 24 789 + 0");
        assert_eq!(sum(&[(d("27134"), 1), (d("-9"), -1)]), "27 134 + 9");
    }
}
