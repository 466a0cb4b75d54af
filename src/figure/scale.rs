//! Heads, captions, title → [`UnitScale`].
//!
//! In: the texts around a table, nearest first. Out: 1, 1 000 or 1 000 000 and
//! the currency. Refuses: amounts in prose (`12,3 milj. euro` is one amount, not
//! the unit of a table); texts with glyphs that say no letter.

use super::Context;
use crate::glossary::{Declared, Glossary, ScaleWord, clauses};
use crate::layout::UNMAPPED;
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

impl UnitScale {
    /// What a word prints that money is counted in; euros where it names no currency.
    pub(crate) fn of(word: ScaleWord) -> Self {
        UnitScale { factor: word.scale, currency: word.currency.unwrap_or("EUR"), printed: true }
    }
}

pub(super) fn read(table: &Table, heads: &[&str], context: &Context, glossary: &Glossary) -> UnitScale {
    let around =
        heads.iter().copied().chain(table.captions.iter().map(String::as_str)).chain(table.title.as_deref());
    let around = around.chain(table.headings.iter().map(String::as_str));
    for text in around {
        if let Some(scale) = of_text(text, glossary) {
            return UnitScale { printed: true, ..scale };
        }
    }
    if let Some(Declared::One(word)) = table.declared {
        return UnitScale { printed: false, ..UnitScale::of(word) };
    }
    context.scale.map(|s| UnitScale { printed: false, ..s }).unwrap_or_default()
}

/// The scale that a caption says. In a sentence an amount may stand beside it: `Anslagen anges i 1 000 euro; om projekt
/// på över 500 000 euro beslutar fullmäktige.`
pub(crate) fn of_text(text: &str, glossary: &Glossary) -> Option<UnitScale> {
    // `�� ��� €` may have said `1 000 €`.
    if text.contains(UNMAPPED) {
        return None;
    }
    let said = clauses(text).into_iter().filter(|c| !is_amount(c));
    let words = said.filter_map(|c| glossary.vocabulary().scale_in(c));
    words.max_by_key(|word| word.scale).map(UnitScale::of)
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
    let plain = |w: &str| w.chars().all(|c| c.is_ascii_digit() || ",.-−–(".contains(c));
    let group = |w: &str| (1..=3).contains(&w.len()) && w.bytes().all(|b| b.is_ascii_digit());
    words.iter().enumerate().filter(|(_, w)| unit(w)).any(|(at, _)| {
        let Some(last) = at.checked_sub(1).map(|k| words[k]).filter(|w| plain(w)) else { return false };
        // The groups of one figure: `320 000 euro`.
        let mut from = at - 1;
        while from > 0 && words[from].len() == 3 && group(words[from]) && group(words[from - 1]) {
            from -= 1;
        }
        let digits: String = words[from..at].concat().chars().filter(char::is_ascii_digit).collect();
        let power = digits.trim_start_matches('1').chars().all(|c| c == '0');
        !digits.is_empty() && !power && crate::number::year(last).is_none()
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
        assert_eq!(factor("320 000 euroa vuodessa."), None);
        assert_eq!(factor("1 200 000 euro"), None);
        assert_eq!(factor("Budget 2026, 1 000 euro"), Some(1000));
        assert_eq!(factor("Stadskansliet"), None);
        assert_eq!(
            factor("Projekten gruppvis, 1 000 euro. Över 500 000 euro beslutar styrelsen"),
            Some(1000)
        );
        assert_eq!(factor("Anslaget är 2,4 milj. euro (moms 0 %)"), None);
        assert_eq!(factor("\u{FFFD}\u{FFFD} \u{FFFD} €"), None);
    }
}
