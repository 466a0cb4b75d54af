//! Printed and consistent value → the simple slip that leads from one to the other.
//!
//! In: two decimals, the neighbours in the row. Out: [`Cause`]. After the
//! deducorrect package of Statistics Netherlands: signs, swaps and single
//! digits first. Refuses: to explain what needs two slips.

use rust_decimal::Decimal;

/// What probably happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// The sign is lost or reversed.
    Sign,
    /// Two neighbouring digits changed places.
    Swap,
    /// One digit is another.
    Digit,
    /// A digit or a group is lost or doubled.
    Length,
    /// The figure of another column, or of its state before the parts were changed.
    Copy,
}

impl Cause {
    /// For people; follows the arithmetic.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Cause::Sign => "the sign is lost or reversed",
            Cause::Swap => "two digits have changed places",
            Cause::Digit => "one digit differs",
            Cause::Length => "a digit or a group is lost or doubled",
            Cause::Copy => "the figure is that of another column, probably not brought up to date",
        }
    }
}

/// The likely cause, `others` being the other figures of the row.
pub(crate) fn of(printed: Decimal, consistent: Decimal, others: &[Decimal]) -> Option<Cause> {
    if printed == consistent {
        return None;
    }
    if printed == -consistent && !printed.is_zero() {
        return Some(Cause::Sign);
    }
    if is_copy(printed, others) {
        return Some(Cause::Copy);
    }
    slip(printed, consistent)
}

/// Whether the figure is that of one other column; a row that stands still copies nothing.
pub(crate) fn is_copy(printed: Decimal, others: &[Decimal]) -> bool {
    !printed.is_zero() && others.iter().filter(|&&o| o == printed).count() == 1
}

/// A slip of the pen, sign aside.
pub(crate) fn slip(printed: Decimal, consistent: Decimal) -> Option<Cause> {
    if printed == -consistent {
        return (!printed.is_zero()).then_some(Cause::Sign);
    }
    if printed.is_sign_negative() != consistent.is_sign_negative()
        && !printed.is_zero()
        && !consistent.is_zero()
    {
        return None;
    }
    let scale = printed.normalize().scale().max(consistent.normalize().scale());
    let digits = |d: Decimal| -> Option<Vec<u8>> {
        let mut d = d.abs();
        d.rescale(scale);
        Some(d.mantissa().to_string().into_bytes())
    };
    let (a, b) = (digits(printed)?, digits(consistent)?);
    if a.len() == b.len() {
        let differing: Vec<usize> = (0..a.len()).filter(|&i| a[i] != b[i]).collect();
        return match differing[..] {
            [_] => Some(Cause::Digit),
            [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i] => Some(Cause::Swap),
            _ => None,
        };
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let missing = long.len() - short.len();
    let without = |at: usize| long[..at].iter().chain(&long[at + missing..]).eq(short.iter());
    (matches!(missing, 1 | 3) && short.len() >= 2 && (0..=short.len()).any(without)).then_some(Cause::Length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        let d = Decimal::from;
        assert_eq!(slip(d(-281_425), d(281_425)), Some(Cause::Sign));
        assert_eq!(slip(d(150_500), d(155_500)), Some(Cause::Digit));
        assert_eq!(slip(d(4_376_193), d(4_376_139)), Some(Cause::Swap));
        assert_eq!(slip(d(15_500), d(155_500)), Some(Cause::Length));
        assert_eq!(slip(d(-3_897_591), d(-3_894_592)), None);
        assert_eq!(of(d(150_500), d(160_000), &[d(150_500)]), Some(Cause::Copy));
    }
}
