//! Text → [`Language`]: Swedish, Finnish or English, by its small words and letters.
//!
//! In: a title, a row of labels, a page. Out: the language, if it shows.
//! Why small words: they are few, frequent and unlike in the three languages;
//! where a label has none, its letters and endings tell Swedish from Finnish.
//! Refuses: a text in which nothing tells; figures have no language.

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Glossary, label};

/// A language that budget books are printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// Swedish.
    Sv,
    /// Finnish.
    Fi,
    /// English.
    En,
}

impl Language {
    /// The three, in the order in which they are shown.
    pub const ALL: [Language; 3] = [Language::Sv, Language::Fi, Language::En];

    /// The two-letter code.
    pub fn as_str(self) -> &'static str {
        match self {
            Language::Sv => "sv",
            Language::Fi => "fi",
            Language::En => "en",
        }
    }

    /// The language of a two-letter code.
    pub fn from_code(code: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|l| l.as_str().eq_ignore_ascii_case(code))
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Small words and the languages that have them.
#[derive(Debug)]
pub(super) struct FunctionWords(FxHashMap<String, Vec<Language>>);

impl FunctionWords {
    /// In the order of [`Language::ALL`].
    pub(super) fn new(words: [Vec<String>; 3]) -> Self {
        let mut all: FxHashMap<String, Vec<Language>> = FxHashMap::default();
        for (language, words) in Language::ALL.into_iter().zip(words) {
            for word in words {
                let languages = all.entry(word).or_default();
                if !languages.contains(&language) {
                    languages.push(language);
                }
            }
        }
        FunctionWords(all)
    }
}

/// What a function word weighs against letters and endings.
const WORD: i32 = 4;

/// Endings that one language has and the others do not.
const SWEDISH: [&str; 26] = [
    "ning",
    "ningar",
    "ningen",
    "ande",
    "else",
    "heten",
    "hetens",
    "skap",
    "ernas",
    "arna",
    "erna",
    "orna",
    "tjänster",
    "kostnader",
    "intäkter",
    "ionen",
    "verk",
    "nämnden",
    "väsendet",
    "sektionen",
    "nämnd",
    "staden",
    "skatt",
    "lokaler",
    "avgifter",
    "analys",
];
const FINNISH: [&str; 34] = [
    "inen", "set", "sta", "stä", "ssa", "ssä", "lla", "llä", "lle", "iin", "uus", "yys", "kset", "tuotot",
    "kulut", "menot", "tulot", "kunta", "toimi", "misen", "ksen", "jen", "itus", "usto", "nnat", "lma",
    "vyys", "hallinto", "vaalit", "luvut", "laitos", "keskus", "talous", "palvelu",
];
const ENGLISH: [&str; 5] = ["tion", "ment", "ness", "ings", "ship"];

/// The language of a text, by the function words given for each, its endings and its letters.
pub(super) fn detect(text: &str, function_words: &FunctionWords) -> Option<Language> {
    let words = label::words(text);
    let mut score = [0i32; 3];
    for word in words.split(' ').filter(|w| w.chars().any(char::is_alphabetic)) {
        for language in function_words.0.get(word).into_iter().flatten() {
            score[*language as usize] += WORD;
        }
        let last = word.as_bytes().last();
        let ends = |endings: &[&str]| {
            endings
                .iter()
                .any(|e| e.as_bytes().last() == last && word.len() > e.len() + 1 && word.ends_with(e))
        };
        score[0] += 2 * i32::from(ends(&SWEDISH));
        score[1] += 2 * i32::from(ends(&FINNISH));
        score[2] += 2 * i32::from(ends(&ENGLISH));
        let letters = Letters::of(word);
        if letters.a_ring {
            score[0] += 3;
        }
        // Finnish writes long vowels twice and ends no word in two consonants or in `r`.
        if letters.long_vowel {
            score[1] += 2;
        }
        let mut ending = word.chars().rev();
        let vowel = |c: char| VOWELS.contains(&c);
        let (last, before) = (ending.next(), ending.next());
        if last.is_some_and(|c| !vowel(c)) && before.is_some_and(|c| !vowel(c)) || last == Some('r') {
            score[0] += 2;
            score[2] += 1;
        }
        if letters.foreign {
            score[0] += 1;
        }
    }
    let (best, &top) = score.iter().enumerate().max_by_key(|&(i, &s)| (s, std::cmp::Reverse(i)))?;
    let second = score.iter().enumerate().filter(|&(i, _)| i != best).map(|(_, &s)| s).max()?;
    (top >= 2 && top > second).then_some(Language::ALL[best])
}

/// What the letters of a word say of its language.
#[derive(Default)]
struct Letters {
    a_ring: bool,
    /// `aa`, `yö` and their like.
    long_vowel: bool,
    /// Letters of loans in Finnish; `ng` is its own.
    foreign: bool,
}

impl Letters {
    fn of(word: &str) -> Letters {
        let mut out = Letters::default();
        let mut before = ' ';
        for c in word.chars() {
            out.a_ring |= c == 'å';
            out.long_vowel |= c == before && matches!(c, 'a' | 'ä' | 'u' | 'y' | 'i' | 'ö')
                || matches!((before, c), ('u', 'o') | ('y', 'ö'));
            out.foreign |=
                matches!(c, 'b' | 'f' | 'c' | 'x' | 'w' | 'z' | 'q' | 'd') || c == 'g' && before != 'n';
            before = c;
        }
        out
    }
}

const VOWELS: [char; 9] = ['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö'];

impl Glossary {
    /// The language of a label, a title or a longer text: that of the term it is, else by its words.
    pub fn language_of(&self, text: &str) -> Option<Language> {
        let text = label::clean(text);
        let mut languages = self.index.languages(&text);
        match (languages.next(), languages.next()) {
            (Some(one), None) => Some(one),
            _ => self.vocabulary().language_of(&text),
        }
    }
}

/// The language of a text, by the built-in glossary.
pub fn language_of(text: &str) -> Option<Language> {
    Glossary::builtin().language_of(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_sentences() {
        for (text, language) in [
            ("Verksamhetens intäkter", Some(Language::Sv)),
            ("Köp av tjänster", Some(Language::Sv)),
            ("Personalkostnader", Some(Language::Sv)),
            ("Stadsstyrelsen svarar för förvaltningen i staden", Some(Language::Sv)),
            ("Toimintatuotot", Some(Language::Fi)),
            ("Palvelujen ostot", Some(Language::Fi)),
            ("Aineet, tarvikkeet ja tavarat", Some(Language::Fi)),
            ("Kaupunginhallitus vastaa kaupungin hallinnosta", Some(Language::Fi)),
            ("Statement of the operating costs and other expenses", Some(Language::En)),
            ("Hamnen", Some(Language::Sv)),
            ("Stadskansliet", Some(Language::Sv)),
            ("Dagvård", Some(Language::Sv)),
            ("Medborgarinstitutet", Some(Language::Sv)),
            ("KAUPUNGINHALLITUS", Some(Language::Fi)),
            ("Tekninen lautakunta", Some(Language::Fi)),
            ("Kaupunginhallitus, Talousarvion toteutuminen", Some(Language::Fi)),
            ("12 345", None),
            ("", None),
        ] {
            assert_eq!(language_of(text), language, "{text}");
        }
    }
}
