//! Words that heads are made of.
//!
//! In: one printed word. Out: whether heads of budget tables use it. The full
//! meaning (phase, year, unit) is read later; here it only tells heads from rows.

/// Words of heads in Swedish, Finnish and English, lower case; prefixes where they end in `*`.
const WORDS: [&str; 64] = [
    "bokslut*",
    "bs",
    "utfall*",
    "budget*",
    "bg",
    "bu",
    "ta",
    "tp",
    "ts",
    "ep",
    "tpe",
    "mta",
    "lta",
    "tae",
    "ram*",
    "förslag*",
    "ekonomiplan*",
    "plan",
    "planer",
    "plan-",
    "prognos*",
    "förändr*",
    "ändr*",
    "avvikelse*",
    "%",
    "andel*",
    "tilinpäätös*",
    "talousarvio*",
    "taloussuunnitelma*",
    "suunnitelma*",
    "toteuma*",
    "toteutu*",
    "ennuste*",
    "muutos*",
    "muutokset*",
    "poikkeama*",
    "ero",
    "raami*",
    "kehys*",
    "esitys*",
    "tot",
    "enn",
    "inkl.",
    "tilläggsbudget*",
    "muutettu*",
    "budj*",
    "tp-*",
    "ta-*",
    "1000",
    "€",
    "euro",
    "eur",
    "t€",
    "euroa",
    "1-12",
    "jämförelse*",
    "diff*",
    "kumul*",
    "actual*",
    "forecast*",
    "arvio*",
    "ks",
    "muut.",
    "ändrad",
];

/// Whether a word is one of heads, with or without a year glued to it (`TP2024`, `BG-25`).
pub(crate) fn is_head_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| "()*.,:;/+–-".contains(c));
    let Some(first) = bare.chars().next().and_then(|c| c.to_lowercase().next()) else { return word == "%" };
    // Most words are refused by their first letter, without a copy.
    if !WORDS.iter().any(|k| k.starts_with(first)) {
        return false;
    }
    let w = bare.to_lowercase();
    let stem = w.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == '/' || c == '\'');
    let first = w.as_bytes()[0];
    WORDS.iter().filter(|k| k.as_bytes()[0] == first).any(|k| match k.strip_suffix('*') {
        Some(prefix) => w.starts_with(prefix),
        None => w == *k || (!stem.is_empty() && stem == *k),
    })
}

#[cfg(test)]
mod tests {
    use super::is_head_word;

    #[test]
    fn heads_and_labels() {
        assert!(
            is_head_word("BOKSLUT")
                && is_head_word("TP2024")
                && is_head_word("Budgetförslag")
                && is_head_word("%")
        );
        assert!(!is_head_word("Personalkostnader") && !is_head_word("Tax") && !is_head_word("Etapp"));
    }
}
