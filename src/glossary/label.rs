//! &str → keys: what two spellings of one label have in common.
//!
//! In: a label as printed. Out: a [`normal`] key (case, spaces, hyphens,
//! punctuation, `och`/`&` gone), a [`stem`] key (endings gone as well), and the
//! pieces that can be split off a label.
//! Why squeezed keys without spaces: a book that breaks a word, or prints two
//! as one, still says the same.
//! Refuses: to touch digits; `1.1` and `31.12` are different rows.

use unicode_normalization::UnicodeNormalization;

/// Words that mean the same as `&`.
const AND: [&str; 4] = ["och", "ja", "and", "samt"];

/// The label with single spaces and composed letters.
pub(super) fn clean(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut take = |c: char| match c {
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{feff}' => {}
        c if c.is_whitespace() => {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        }
        c => out.push(c),
    };
    if label.chars().all(is_plain) {
        label.chars().for_each(take);
    } else {
        label.nfc().for_each(&mut take);
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Lower case, compatibility forms undone, words parted by single spaces,
/// everything but letters, digits, `&`, `%`, `€` and `/` between letters gone.
pub(super) fn words(label: &str) -> String {
    let mut out = String::with_capacity(label.len());
    let mut take = |c: char| {
        if c.is_alphanumeric() || matches!(c, '&' | '%' | '€') {
            out.push(c);
        } else if is_dash(c) || c == '\u{ad}' || c == '\'' || c == '’' {
            // A hyphen joins: `yli-/alijäämä` is `yli/alijäämä`.
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    };
    if label.chars().all(is_plain) {
        label.chars().map(plain_lowercase).for_each(take);
    } else {
        label.nfkc().flat_map(char::to_lowercase).for_each(&mut take);
    }
    while out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Characters that no normalisation form changes and that change no neighbour: ASCII and the letters of
/// Latin-1. Nearly every Swedish and Finnish label is made of them, and then the tables need not be asked.
pub(super) fn is_plain(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{c0}'..='\u{ff}')
}

/// The small letter of a plain character.
pub(super) fn plain_lowercase(c: char) -> char {
    match c {
        '\u{d7}' => c,
        '\u{c0}'..='\u{de}' => char::from(c as u8 + 0x20),
        _ => c.to_ascii_lowercase(),
    }
}

/// The key under which spellings of one label meet.
pub(super) fn normal(label: &str) -> String {
    squeeze(&words(label), |word| word)
}

/// The key under which inflected forms of one label meet.
pub(super) fn stem(label: &str) -> String {
    squeeze(&words(label), stem_word)
}

/// Both keys for the price of one.
pub(super) fn keys(label: &str) -> (String, String) {
    let words = words(label);
    (squeeze(&words, |word| word), squeeze(&words, stem_word))
}

fn squeeze(words: &str, form: impl Fn(&str) -> &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split(' ') {
        out.push_str(if AND.contains(&word) { "&" } else { form(word) });
    }
    out
}

/// Endings of the definite, the plural and the genitive, longest first.
/// Finnish ones only where no consonant changes with them.
const ENDINGS: [&str; 20] = [
    "ernas", "arnas", "ornas", "erna", "arna", "orna", "ens", "ets", "ers", "ars", "ors", "nas", "en", "et",
    "er", "ar", "or", "n", "t", "s",
];

/// Letters that have to be left of a word.
const STEM_FLOOR: usize = 4;

const VOWELS: [char; 9] = ['a', 'e', 'i', 'o', 'u', 'y', 'å', 'ä', 'ö'];

fn stem_word(word: &str) -> &str {
    let letters = word.chars().count();
    for ending in ENDINGS {
        if let Some(rest) = word.strip_suffix(ending)
            && letters >= ending.len() + STEM_FLOOR
            // `kulut` is a plural, `intäkt` is not.
            && (ending.len() > 1 || ending == "s" || rest.ends_with(VOWELS))
        {
            return rest;
        }
    }
    word
}

/// Whether a character is any kind of dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}')
}

/// A label without a code before it (`A `, `II `, `3.1 `), if it has one.
pub(super) fn without_code(label: &str) -> Option<&str> {
    let (first, rest) = label.split_once(' ')?;
    let bare = first.trim_end_matches(['.', ')', ':']);
    let roman = !bare.is_empty() && bare.len() <= 5 && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let letter = bare.len() == 1 && bare.chars().all(|c| c.is_ascii_uppercase());
    let number = !bare.is_empty()
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    // `1 000 euro` is no code before `000 euro`.
    (roman || letter || number).then_some(rest).filter(|rest| rest.starts_with(|c: char| c.is_alphabetic()))
}

/// A label whose last word is a date, with the date cut to day and month.
pub(super) fn with_short_date(label: &str) -> Option<String> {
    let (head, date) = split_date(label)?;
    Some(format!("{head} {date}"))
}

/// Label and `day.month` of a label that ends in a date.
pub(super) fn split_date(label: &str) -> Option<(&str, String)> {
    let (head, last) = label.trim_end().trim_end_matches([',', ')', ':']).rsplit_once(' ')?;
    let mut parts = last.trim_start_matches('(').trim_end_matches('.').split('.');
    let (day, month) = (parts.next()?, parts.next()?);
    let number = |s: &str| !s.is_empty() && s.len() <= 2 && s.chars().all(|c| c.is_ascii_digit());
    if !number(day) || !number(month) {
        return None;
    }
    Some((head.trim_end_matches([',', ' ']), format!("{day}.{month}")))
}

/// Whether a dotted short form can stand for a full label: every dot after a
/// letter stands for letters left out, and may swallow one space.
pub(super) fn abbreviates(short: &str, full: &str) -> bool {
    let short: Vec<char> = pattern(short);
    let full: Vec<char> = words(full).chars().collect();
    matches_pattern(&short, &full)
}

/// Whether a label has a dot after a letter.
pub(super) fn is_dotted(label: &str) -> bool {
    let mut before = ' ';
    label.chars().any(|c| {
        let dotted = c == '.' && before.is_alphabetic();
        before = c;
        dotted
    })
}

fn pattern(short: &str) -> Vec<char> {
    let mut out = Vec::new();
    let mut before = ' ';
    for c in short.nfkc().flat_map(char::to_lowercase) {
        if c == '.' && before.is_alphabetic() {
            out.push('*');
        } else if c.is_alphanumeric() || matches!(c, '&' | '%' | '€') {
            out.push(c);
        } else if !is_dash(c) && !matches!(out.last(), None | Some(' ')) {
            out.push(' ');
        }
        before = c;
    }
    while out.last() == Some(&' ') {
        out.pop();
    }
    out
}

fn matches_pattern(short: &[char], full: &[char]) -> bool {
    match short.split_first() {
        None => full.is_empty(),
        Some(('*', rest)) => {
            let mut spaces = 0;
            for taken in 0..=full.len() {
                if matches_pattern(rest, &full[taken..]) && taken > 0 {
                    return true;
                }
                match full.get(taken) {
                    Some(' ') if spaces == 0 && rest.first() != Some(&' ') => spaces += 1,
                    Some(c) if c.is_alphabetic() => {}
                    _ => return false,
                }
            }
            false
        }
        Some((c, rest)) => full.first() == Some(c) && matches_pattern(rest, &full[1..]),
    }
}

/// Edits (insert, delete, replace, swap) between two keys, if at most `limit`.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|&d| d > limit) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&d| d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("Verksamhetens intäkter", "VERKSAMHETENS  INTÄKTER:"),
            ("Mark- och vattenområden", "Mark & vattenområden"),
            ("Verksam\u{ad}hetens intäkter", "Verksamhetens intäkter"),
            ("Ökning (-) eller minskning (+) av reserver", "Ökning (−) eller minskning (+) av reserver"),
            ("Fo\u{308}rsäljning", "Försäljning"),
        ] {
            assert_eq!(normal(a), normal(b));
        }
        assert_ne!(normal("Likvida medel 1.1"), normal("Likvida medel 31.12"));
    }

    #[test]
    fn inflected_forms_meet() {
        for (a, b) in [
            ("Kostnad", "Kostnaderna"),
            ("Intäkt", "Intäkter"),
            ("Personalkostnad", "Personalkostnader"),
            ("Investering", "Investeringarna"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("Understöd"), stem("Understöd och bidrag"));
    }

    #[test]
    fn dotted_forms() {
        assert!(abbreviates("Ennakkomaksut ja keskener.hank.", "Ennakkomaksut ja keskeneräiset hankinnat"));
        assert!(abbreviates("Rahoitusosuudet inv.menoihin", "Rahoitusosuudet investointimenoihin"));
        assert!(!abbreviates("Rahoitusosuudet inv.menoihin", "Rahoitusosuudet investointituloihin"));
        assert!(!is_dotted("Likvida medel 31.12."));
    }

    #[test]
    fn codes_and_dates() {
        assert_eq!(without_code("II Materiella tillgångar"), Some("Materiella tillgångar"));
        assert_eq!(without_code("A BESTÅENDE AKTIVA"), Some("BESTÅENDE AKTIVA"));
        assert_eq!(without_code("3.1 Tuloslaskelma"), Some("Tuloslaskelma"));
        assert_eq!(without_code("1 000 euro"), None);
        assert_eq!(with_short_date("Likvida medel 31.12.2024").as_deref(), Some("Likvida medel 31.12"));
        assert_eq!(split_date("Antal invånare"), None);
    }

    #[test]
    fn edits() {
        assert_eq!(distance("toimintakulut", "toimitakulut", 1), Some(1));
        assert_eq!(distance("abcd", "abdc", 1), Some(1));
        assert_eq!(distance("abcdefgh", "xyzdefgh", 2), None);
    }
}
