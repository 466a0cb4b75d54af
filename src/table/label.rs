//! Lines of a label → one line.
//!
//! In: the printed lines of a label cell. Out: its text in one line, without
//! code, note marks and leaders; what was done to it. Hyphens at line ends are
//! undone where the typesetter put them (soft hyphen, U+2010, a hyphen before a
//! lower-case continuation) and kept where the writer did (`arbets- och
//! näringsreformens`, `IT-tjänster`).
//! Refuses: to change letters; unmapped glyphs stay U+FFFD.

use crate::glossary::Glossary;

/// A label in one line.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Label {
    /// The text.
    pub text: String,
    /// `11.04.01`, `3000`: printed before it.
    pub code: Option<String>,
    /// More than one line was joined.
    pub joined: bool,
    /// A hyphen at a line end was undone.
    pub dehyphenated: bool,
    /// A note mark was cut off.
    pub note: bool,
}

/// Words after which a hyphen at a line end is the writer's.
const CONJUNCTIONS: [&str; 9] = ["och", "eller", "samt", "ja", "tai", "sekä", "and", "or", "resp."];

/// Whether a word joins others; a label never begins with one.
pub(crate) fn is_conjunction(word: &str) -> bool {
    CONJUNCTIONS.contains(&word)
}

/// Joins the lines and cleans the text.
pub fn clean<S: AsRef<str>>(lines: &[S]) -> Label {
    let mut label = Label::default();
    for line in lines.iter().map(|l| l.as_ref().trim()).filter(|l| !l.is_empty()) {
        if label.text.is_empty() {
            label.text = line.to_owned();
            continue;
        }
        label.joined = true;
        label.dehyphenated |= append(&mut label.text, line);
    }
    // A hyphen glyph is often mapped to the soft hyphen; inside a line it is printed, so it is one.
    label.text = label.text.replace(['\u{ad}', '\u{2011}'], "-");
    label.text = label.text.split_whitespace().collect::<Vec<_>>().join(" ");
    label.note = cut_notes(&mut label.text);
    label.code = cut_code(&mut label.text);
    label
}

/// Cleans a head that is already in one line: single spaces, no note marks.
pub(crate) fn clean_head(text: &str) -> String {
    let mut text = text.replace(['\u{ad}', '\u{2011}'], "-").split_whitespace().collect::<Vec<_>>().join(" ");
    cut_notes(&mut text);
    text
}

/// Whether the word at a line break is one that the cell was too narrow for, cut without a hyphen: `Personalkostna` /
/// `der`. Only the whole is a word of the field then, the rest is none.
fn is_broken(text: &str, rest: &str) -> bool {
    let glossary = Glossary::builtin();
    let start = text.rsplit(' ').next().unwrap_or(text);
    let lower = |c: char| c.is_lowercase();
    // In capitals throughout, or a word that goes on in lower case.
    let one_case = rest.starts_with(lower) || !text.contains(lower) && !rest.contains(lower);
    let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    let rest = rest.trim_end_matches([',', ';', ':', '.']);
    one_case
        && letters(start)
        && letters(rest)
        && start.chars().count() >= 4
        && glossary.is_word(&format!("{start}{rest}"))
        && !(glossary.is_word(start) && glossary.is_word(rest))
}

/// Appends a line; whether a hyphen was undone.
pub(crate) fn append(text: &mut String, line: &str) -> bool {
    let end = text.chars().last();
    let hyphen = matches!(end, Some('-' | '\u{ad}' | '\u{2010}'));
    let first = line.split_whitespace().next().unwrap_or_default();
    let before = text.chars().rev().nth(1);
    // `€/` `elev`.
    if end == Some('/') && before.is_some_and(|c| !c.is_whitespace()) {
        text.push_str(line);
        return false;
    }
    if !hyphen || before.is_none_or(char::is_whitespace) {
        if !is_broken(text, first) {
            text.push(' ');
        }
        text.push_str(line);
        return false;
    }
    if is_conjunction(&first.to_lowercase()) {
        text.push(' ');
        text.push_str(line);
        return false;
    }
    let lower = line.chars().next().is_some_and(char::is_lowercase);
    // Finnish writes a hyphen between two vowels that are the same: `vapaa-aika`.
    let same = before.is_some_and(|c| line.starts_with(c) && "aeiouyäö".contains(c));
    let writers = same || end == Some('-') && before.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    if lower && same {
        text.pop();
        text.push('-');
        text.push_str(line);
        return false;
    }
    if lower && !writers {
        text.pop();
        text.push_str(line);
        return true;
    }
    // In words of capitals the hyphen of a break cannot be told from the writer's but by the words that there are;
    // a soft one is the typesetter's.
    let known = || broken_capitals(text, first).is_some_and(|word| Glossary::builtin().is_word(&word));
    let soft = matches!(end, Some('\u{ad}' | '\u{2010}')) && !line.starts_with(|c: char| c.is_ascii_digit());
    if soft || known() {
        text.pop();
        text.push_str(line);
        return true;
    }
    text.push_str(line);
    false
}

/// The word of capitals that a line end may break: `KOST-` over `NADER`.
pub(crate) fn broken_capitals(upper: &str, lower: &str) -> Option<String> {
    let capitals = |w: &str| w.chars().count() >= 2 && w.chars().all(char::is_uppercase);
    let start = upper.strip_suffix('-')?.rsplit([' ', '-']).next()?;
    let end = lower.split([' ', '-']).next()?;
    (capitals(start) && capitals(end)).then(|| format!("{start}{end}"))
}

/// Cuts `1)`, `¹⁾`, `*` off the end.
fn cut_notes(text: &mut String) -> bool {
    let mut cut = false;
    loop {
        let trimmed = text.trim_end_matches(|c: char| {
            matches!(c, '*' | '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' | '\u{207D}' | '\u{207E}' | ' ')
        });
        let trimmed = if trimmed.ends_with('m') && text[trimmed.len()..].starts_with(['²', '³']) {
            &text[..trimmed.len() + 2]
        } else {
            trimmed
        };
        let mark = trimmed
            .strip_suffix(')')
            .map(|t| (t.trim_end_matches(|c: char| c.is_ascii_digit()), t))
            .filter(|(stem, t)| t.len() - stem.len() == 1 && stem.ends_with(' '))
            .map(|(stem, _)| stem.trim_end());
        let shorter = mark.unwrap_or(trimmed);
        if shorter.len() == text.len() || shorter.is_empty() {
            return cut;
        }
        cut |= text.len() - shorter.len() > 1 || !text.ends_with(' ');
        text.truncate(shorter.len());
    }
}

/// Cuts a code off the front: digits, digits parted by points, or what items are numbered with (`2.`, `b)`). The letters
/// and Roman numerals of a balance sheet (`A BESTÅENDE AKTIVA`) are part of what its parts are called.
fn cut_code(text: &mut String) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    let item = first.strip_suffix(['.', ')']).filter(|item| {
        let letter = item.bytes().all(|b| b.is_ascii_lowercase()) && first.ends_with(')');
        item.len() == 1 && (letter || item.bytes().all(|b| b.is_ascii_digit()))
    });
    if let Some(item) = item.filter(|_| rest.trim_start().starts_with(char::is_uppercase)) {
        let item = item.to_owned();
        *text = rest.trim_start().to_owned();
        return Some(item);
    }
    let body = first.strip_suffix('.').unwrap_or(first);
    let parts: Vec<&str> = body.split('.').collect();
    let digits = parts.iter().all(|p| !p.is_empty() && p.len() <= 6 && p.bytes().all(|b| b.is_ascii_digit()));
    // A sector by itself, `3 Fritidssektorn`, over `31 Idrott`.
    let named =
        rest.starts_with(char::is_uppercase) && rest.chars().filter(|c| c.is_alphabetic()).count() >= 4;
    let coded = parts.len() >= 2 || body.len() >= 2 || named;
    let year = crate::number::year(body).is_some();
    // `75 vuotta täyttäneet`, `16 år fyllda` count.
    let counts = parts.len() == 1 && body.len() <= 2 && rest.starts_with(char::is_lowercase);
    if !digits || !coded || year || counts || !rest.chars().any(char::is_alphabetic) {
        return None;
    }
    // `31.12 Likvida medel` is a date, a code has no month.
    if parts.len() == 2
        && parts[1].len() == 2
        && parts[0].len() <= 2
        && matches!(body, "1.1" | "31.12" | "01.01")
    {
        return None;
    }
    let code = body.to_owned();
    *text = rest.trim_start().to_owned();
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn hyphens() {
        for (lines, expected) in [
            (&["Material, förnödenheter och", "varor"][..], "Material, förnödenheter och varor"),
            (&["informations-", "hanteringslagen"], "informationshanteringslagen"),
            (&["Verksamhetsin\u{ad}", "täkter"], "Verksamhetsintäkter"),
            (&["Arbets-", "och näringstjänster"], "Arbets- och näringstjänster"),
            (&["IT-", "tjänster"], "IT-tjänster"),
            (&["vapaa\u{2010}", "aika"], "vapaa-aika"),
            (&["VERKSAMHETENS KOST-", "NADER"], "VERKSAMHETENS KOSTNADER"),
            (&["LVI-", "ARBETEN"], "LVI-ARBETEN"),
            (&["Sosiaali\u{2010}", "palvelut"], "Sosiaalipalvelut"),
            (&["Över\u{ad}/underskott"], "Över-/underskott"),
        ] {
            assert_eq!(clean(lines).text, expected);
        }
    }

    #[test]
    fn words_cut_without_a_hyphen() {
        for (lines, label) in [
            (["Personalkostna", "der"], "Personalkostnader"),
            (["Övriga verksamhetsint", "äkter"], "Övriga verksamhetsintäkter"),
            (["Räkenskapsperi", "odens resultat"], "Räkenskapsperiodens resultat"),
            (["Köp av", "tjänster"], "Köp av tjänster"),
            (["Skatteintäkter", "och statsandelar"], "Skatteintäkter och statsandelar"),
        ] {
            assert_eq!(clean(&lines).text, label);
        }
    }

    #[test]
    fn what_items_are_numbered_with() {
        let read = |text: &str| (clean(&[text]).text, clean(&[text]).code);
        assert_eq!(read("2. Byggnader"), ("Byggnader".to_owned(), Some("2".to_owned())));
        assert_eq!(read("b) Avgiftsintäkter"), ("Avgiftsintäkter".to_owned(), Some("b".to_owned())));
        assert_eq!(read("3 Fritidssektorn"), ("Fritidssektorn".to_owned(), Some("3".to_owned())));
        assert_eq!(read("3 rum och kök"), ("3 rum och kök".to_owned(), None));
        assert_eq!(read("A BESTÅENDE AKTIVA"), ("A BESTÅENDE AKTIVA".to_owned(), None));
    }

    #[test]
    fn codes_and_notes() {
        let l = clean(&["11.04.01 Kansli ¹⁾"]);
        assert_eq!((l.text.as_str(), l.code.as_deref(), l.note), ("Kansli", Some("11.04.01"), true));
        let l = clean(&["3000 Försäljningsintäkter 1)"]);
        assert_eq!((l.text.as_str(), l.code.as_deref()), ("Försäljningsintäkter", Some("3000")));
        assert_eq!(clean(&["Antal invånare 31.12"]).text, "Antal invånare 31.12");
        assert_eq!(clean(&["2025 års budget"]).code, None);
        assert_eq!(clean(&["Lån (1)"]).text, "Lån (1)");
    }
}
