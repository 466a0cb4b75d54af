//! Heads, captions, title → [`UnitScale`].
//!
//! In: the texts around a table, nearest first. Out: 1, 1 000 or 1 000 000 and
//! the currency. Refuses: amounts in prose (`12,3 milj. euro` is one amount, not
//! the unit of a table).

use super::Context;
use crate::glossary::Glossary;
use crate::table::Table;

/// What printed money is multiplied by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitScale {
    /// 1, 1 000 or 1 000 000.
    pub factor: u32,
    /// `EUR` or `SEK`.
    pub currency: &'static str,
    /// Whether the table itself prints it.
    pub printed: bool,
}

impl Default for UnitScale {
    fn default() -> Self {
        UnitScale { factor: 1, currency: "EUR", printed: false }
    }
}

pub(super) fn read(table: &Table, heads: &[&str], context: &Context, glossary: &Glossary) -> UnitScale {
    let around =
        heads.iter().copied().chain(table.captions.iter().map(String::as_str)).chain(table.title.as_deref());
    for text in around {
        if let Some(scale) = of_text(text, glossary) {
            return UnitScale { printed: true, ..scale };
        }
    }
    context.scale.map(|s| UnitScale { printed: false, ..s }).unwrap_or_default()
}

/// The scale that a caption says.
pub(crate) fn of_text(text: &str, glossary: &Glossary) -> Option<UnitScale> {
    let word = glossary.vocabulary().scale_in(text)?;
    if word.scale > 1 && is_amount(text) {
        return None;
    }
    Some(UnitScale { factor: word.scale, currency: word.currency.unwrap_or("EUR"), printed: true })
}

/// `12,3 milj. euro`, `412 tusen euro`: a figure other than a power of ten stands before the unit.
fn is_amount(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let unit = |w: &str| {
        let w = w.to_lowercase();
        ["milj", "mn", "mio", "m€", "t€", "tusen", "tuhat", "tuh", "€", "euro", "1000", "000"]
            .iter()
            .any(|u| w.starts_with(u))
    };
    words.windows(2).any(|w| {
        let digits: String = w[0].chars().filter(char::is_ascii_digit).collect();
        let plain = w[0].chars().all(|c| c.is_ascii_digit() || ",.-−–(".contains(c)) && !digits.is_empty();
        let power = digits.trim_start_matches('1').chars().all(|c| c == '0');
        let year = crate::number::year(w[0]).is_some();
        plain && !power && !year && unit(w[1])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_and_prose() {
        let g = Glossary::builtin();
        let factor = |t: &str| of_text(t, g).map(|s| s.factor);
        assert_eq!(factor("Resultaträkning, 1 000 €"), Some(1000));
        assert_eq!(factor("Investeringsprogram, milj. €"), Some(1_000_000));
        assert_eq!(factor("(euro)"), Some(1));
        assert_eq!(factor("Skatterna är 12,3 milj. euro"), None);
        assert_eq!(factor("Stadskansliet"), None);
    }
}
