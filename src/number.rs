//! Text → [`Number`]: reads one printed amount, exactly.
//!
//! In: the text of one cell, its digit groups already together. Out: value,
//! decimals, unit sign and what had to be done to read it.
//! Why not `str::parse`: budgets group digits with six kinds of space, with
//! points or apostrophes, use a decimal comma and print minus in nine ways.
//! Refuses: anything with other text around it, dates (`31.12.2024`), codes
//! (`11.04.01`), groups of the wrong length (`1 23`): `None`, not an error.
//! Whether 2025 is a year or an amount is decided where the head is known.
//! Source: printed amounts in Finnish and Swedish, SFS 4175 and
//! Svenska skrivregler (Språkrådet), section on figures.

use rust_decimal::Decimal;

/// What a point between digits means; tables differ, and one table is consistent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Point {
    /// `1.234` is one thousand two hundred and thirty-four.
    #[default]
    Group,
    /// `1.234` is a little more than one.
    Decimal,
}

/// The unit printed in the cell itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellUnit {
    /// `%`
    Percent,
    /// `€`, `euro`, `EUR`
    Euro,
}

/// One printed amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// The amount with its sign, unscaled.
    pub value: Decimal,
    /// Digits after the decimal mark.
    pub decimals: u32,
    /// Unit printed in the cell.
    pub unit: Option<CellUnit>,
    /// A note mark was cut off its end.
    pub note: bool,
    /// Its digits were in groups.
    pub grouped: bool,
}

/// More digits than any budget has.
const MAX_DIGITS: usize = 18;

/// Every printed minus: hyphen-minus, soft hyphen (typesetters share its glyph with the hyphen), hyphen, non-breaking hyphen, figure dash, en dash, em dash, minus, and two rarer ones.
pub fn is_minus(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{AD}'
            | '\u{2010}'
            | '\u{2011}'
            | '\u{2012}'
            | '\u{2013}'
            | '\u{2014}'
            | '\u{2212}'
            | '\u{FE63}'
            | '\u{FF0D}'
    )
}

/// Every blank that groups digits.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{180E}')
}

/// A lone dash, or two points: a cell that says that there is nothing.
pub fn is_nil(text: &str) -> bool {
    let mut marks = text.chars().filter(|c| !is_blank(*c));
    let first = [marks.next(), marks.next(), marks.next(), marks.next()];
    match first {
        [Some('.'), Some('.'), None | Some('.'), None] | [Some('…'), None, ..] => true,
        [Some(_), .., None] => first.iter().flatten().copied().all(is_minus),
        _ => false,
    }
}

/// The most frequent figures, `1 234` and `-25 050 500`, without the ado for all others.
fn quick(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    if bytes.len() > 18 || bytes.first() == Some(&b'0') && bytes.len() > 1 {
        return None;
    }
    let (mut value, mut group, mut groups) = (0_i64, 0, 0);
    for &byte in bytes {
        match byte {
            b'0'..=b'9' => {
                value = value * 10 + i64::from(byte - b'0');
                group += 1;
            }
            b' ' if (1..=3).contains(&group) && (groups == 0 || group == 3) => {
                groups += 1;
                group = 0;
            }
            _ => return None,
        }
    }
    if group == 0 || groups > 0 && group != 3 {
        return None;
    }
    let value = if negative { -value } else { value };
    Some(Number { value: value.into(), decimals: 0, unit: None, note: false, grouped: groups > 0 })
}

/// Reads an amount; `point` says what a point between digits means.
pub fn parse(text: &str, point: Point) -> Option<Number> {
    quick(text).or_else(|| parse_any(text, point))
}

fn parse_any(text: &str, point: Point) -> Option<Number> {
    let mut s: Vec<char> = text.trim_matches(is_blank).chars().collect();
    let mut negative = false;
    let mut unit = None;
    let mut note = cut_note(&mut s);
    // Units, signs and parentheses come in any order at the end: `(1 234) €`, `1 234 %-`.
    loop {
        trim(&mut s);
        if cut_unit(&mut s, &mut unit) {
            continue;
        }
        match (s.first().copied(), s.last().copied()) {
            (Some('('), Some(')')) if s.len() > 2 => {
                s.pop();
                s.remove(0);
                negative = true;
            }
            (Some('+'), _) if s.len() > 1 => {
                s.remove(0);
            }
            (Some(c), _) if is_minus(c) && s.len() > 1 => {
                s.remove(0);
                negative = true;
            }
            (_, Some(c)) if is_minus(c) && s.len() > 1 => {
                s.pop();
                negative = true;
            }
            (_, Some(_)) if cut_note(&mut s) => note = true,
            _ => break,
        }
    }
    let (digits, decimals, grouped) = read_digits(&s, point)?;
    let mut value = Decimal::from_i128_with_scale(digits.parse::<i128>().ok()?, decimals);
    value.set_sign_negative(negative && !value.is_zero());
    Some(Number { value, decimals, unit, note, grouped })
}

fn trim(s: &mut Vec<char>) {
    while s.last().copied().is_some_and(is_blank) {
        s.pop();
    }
    let lead = s.iter().take_while(|c| is_blank(**c)).count();
    s.drain(..lead);
}

fn cut_unit(s: &mut Vec<char>, unit: &mut Option<CellUnit>) -> bool {
    const ENDS: [(&str, CellUnit); 5] = [
        ("%", CellUnit::Percent),
        ("€", CellUnit::Euro),
        ("euroa", CellUnit::Euro),
        ("euro", CellUnit::Euro),
        ("eur", CellUnit::Euro),
    ];
    for (end, u) in ENDS {
        let n = end.chars().count();
        if s.len() > n && s[s.len() - n..].iter().flat_map(|c| c.to_lowercase()).eq(end.chars()) {
            s.truncate(s.len() - n);
            *unit = Some(u);
            return true;
        }
    }
    false
}

/// Cuts `*`, `¹`, `²⁾` off the end: note marks that are characters, not raised digits.
fn cut_note(s: &mut Vec<char>) -> bool {
    let mark = |c: char| {
        matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' | '\u{207D}' | '\u{207E}')
    };
    let n = s.iter().rev().take_while(|c| mark(**c)).count();
    if n == 0 || n == s.len() {
        return false;
    }
    s.truncate(s.len() - n);
    true
}

/// Digits, number of decimals, whether they were grouped.
fn read_digits(s: &[char], point: Point) -> Option<(String, u32, bool)> {
    if !s.first()?.is_ascii_digit() || !s.last()?.is_ascii_digit() {
        return None;
    }
    let mut groups: Vec<(char, String)> = vec![('\0', String::new())];
    let mut i = 0;
    while i < s.len() {
        let c = s[i];
        if c.is_ascii_digit() {
            groups.last_mut()?.1.push(c);
            i += 1;
            continue;
        }
        let kind = match c {
            ',' | '.' => c,
            '\'' | '\u{2019}' | '\u{02BC}' | '´' => '\'',
            c if is_blank(c) => ' ',
            _ => return None,
        };
        // A mark may have a blank after it when it was set apart: `1, 5`; two blanks are one.
        i += 1;
        while i < s.len() && is_blank(s[i]) {
            if kind != ' ' {
                return None;
            }
            i += 1;
        }
        groups.push((kind, String::new()));
    }
    if groups.iter().any(|g| g.1.is_empty()) {
        return None;
    }
    let mut decimals = 0;
    let mut whole = groups.as_slice();
    let marks: Vec<char> = groups.iter().skip(1).map(|g| g.0).collect();
    let commas = marks.iter().filter(|c| **c == ',').count();
    let points = marks.iter().filter(|c| **c == '.').count();
    let last = *marks.last().unwrap_or(&'\0');
    let grouped_like = |c: char| {
        groups[0].1.len() <= 3
            && groups.iter().skip(1).filter(|g| g.0 == c).all(|g| g.1.len() == 3)
            && groups[0].1 != "0"
    };
    // The last mark is a decimal mark if it stands once and is a comma, or a point that cannot group.
    let decimal = match last {
        ',' => commas == 1,
        '.' => {
            points == 1
                && (commas > 0 || point == Point::Decimal || !grouped_like('.'))
                && !(commas == 0 && marks.len() > 1 && grouped_like('.') && point == Point::Group)
        }
        _ => false,
    };
    if decimal {
        let (fraction, rest) = groups.split_last()?;
        decimals = u32::try_from(fraction.1.len()).ok()?;
        whole = rest;
    }
    let grouped = whole.len() > 1;
    if grouped {
        let separator = whole[1].0;
        // One separator throughout; a comma groups only where another one shows that it does.
        let same = whole[1..].iter().all(|g| g.0 == separator);
        let lengths = (1..=3).contains(&whole[0].1.len()) && whole[1..].iter().all(|g| g.1.len() == 3);
        if !same || !lengths || (separator == ',' && commas < 2 && !decimal) || whole[0].1.starts_with('0') {
            return None;
        }
    }
    if decimals > 6 {
        return None;
    }
    let digits: String = groups.iter().map(|g| g.1.as_str()).collect();
    (digits.len() <= MAX_DIGITS).then_some((digits, decimals, grouped))
}

/// An amount as people write it: spaces between groups, a decimal comma, a hyphen for minus.
pub fn print(value: Decimal) -> String {
    let plain = value.abs().to_string();
    let (whole, fraction) = plain.split_once('.').map_or((plain.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(plain.len() + 8);
    if value.is_sign_negative() && !value.is_zero() {
        out.push('-');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(',');
        out.push_str(fraction);
    }
    out
}

/// Whether the text is a year of the kind heads print.
pub fn year(text: &str) -> Option<i16> {
    let t = text.trim_matches(|c: char| is_blank(c) || "()*.,:".contains(c));
    (t.len() == 4 && t.bytes().all(|b| b.is_ascii_digit()))
        .then(|| t.parse::<i16>().ok())
        .flatten()
        .filter(|y| (1980..=2069).contains(y))
}

/// The years that a text names, in full: `Budget 2026 och ekonomiplan 2027–2028`.
pub fn years(text: &str) -> impl DoubleEndedIterator<Item = i16> + '_ {
    text.split(|c: char| !c.is_ascii_digit()).filter_map(year)
}

/// The year in a word of a head: `2025`, `31.12.2024`, `1-12/2024`.
pub fn year_in(word: &str) -> Option<i16> {
    year(word).or_else(|| {
        let w = word.trim_matches(|c: char| is_blank(c) || "()*,:;".contains(c));
        let (date, last) = w.rsplit_once(['.', '/'])?;
        let digits = date.chars().any(|c| c.is_ascii_digit())
            && date.chars().all(|c| c.is_ascii_digit() || ".-–/".contains(c));
        if digits { year(last) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn value(text: &str) -> Option<String> {
        parse(text, Point::Group).map(|n| n.value.to_string())
    }

    #[test]
    fn groups_and_signs() {
        for (text, expected) in [
            ("25 050", "25050"),
            ("1\u{a0}774\u{a0}883", "1774883"),
            ("-1\u{202f}774", "-1774"),
            ("\u{2212}5,4 %", "-5.4"),
            ("1 234-", "-1234"),
            ("(1 234)", "-1234"),
            ("– 179", "-179"),
            ("\u{ad}44 594", "-44594"),
            ("1.234.567", "1234567"),
            ("1.234", "1234"),
            ("0.75", "0.75"),
            ("12.4", "12.4"),
            ("9,85", "9.85"),
            ("1.234,50", "1234.50"),
            ("1'234", "1234"),
            ("1 234 €", "1234"),
            ("281 829*", "281829"),
            ("281829¹⁾", "281829"),
            ("+12", "12"),
            ("0", "0"),
            ("-0", "0"),
            ("1,234,567", "1234567"),
            ("25050500", "25050500"),
        ] {
            assert_eq!(value(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn no_numbers() {
        for text in [
            "",
            "-",
            "31.12.2024",
            "11.04.01",
            "1 23",
            "1 2345",
            "12 3456 7",
            "abc",
            "1)",
            "1 234 5",
            "0 123",
            "1,5,5",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn point_as_decimal_mark() {
        assert_eq!(parse("1.234", Point::Decimal).map(|n| n.value.to_string()).as_deref(), Some("1.234"));
    }

    #[test]
    fn written_in_groups_of_three() {
        for (plain, grouped) in [
            ("0", "0"),
            ("-999", "-999"),
            ("1000", "1 000"),
            ("-25050500.50", "-25 050 500,50"),
            ("-0.5", "-0,5"),
        ] {
            assert_eq!(print(plain.parse().expect("a decimal")), grouped);
        }
    }

    #[test]
    fn nils_and_years() {
        assert!(is_nil("–") && is_nil("..") && is_nil("---") && !is_nil("0") && !is_nil("") && !is_nil("x"));
        assert_eq!(
            (year("2025"), year("25 050"), year("1850"), year("(2026)")),
            (Some(2025), None, None, Some(2026))
        );
    }

    proptest! {
        #[test]
        fn the_quick_way_reads_the_same(text in "-?[0-9]{1,4}( [0-9]{2,4}){0,4}") {
            if let Some(number) = quick(&text) {
                prop_assert_eq!(Some(number), parse_any(&text, Point::Group), "{}", text);
            }
        }

        #[test]
        fn any_amount_survives_its_print(n in -999_999_999_999i64..999_999_999_999, sep in prop::sample::select(vec![' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '.'])) {
            let digits = n.unsigned_abs().to_string();
            let mut printed = String::new();
            for (i, c) in digits.chars().enumerate() {
                if i > 0 && (digits.len() - i) % 3 == 0 {
                    printed.push(sep);
                }
                printed.push(c);
            }
            if n < 0 {
                printed.insert(0, '\u{2212}');
            }
            prop_assert_eq!(parse(&printed, Point::Group).map(|v| v.value), Some(Decimal::from(n)));
        }

        #[test]
        fn what_is_written_is_read(n in -999_999_999_999i64..999_999_999_999, scale in 0u32..4) {
            let value = Decimal::new(n, scale);
            prop_assert_eq!(parse(&print(value), Point::Group).map(|v| v.value), Some(value));
        }

        #[test]
        fn never_panics(text in "\\PC{0,24}") {
            let _ = parse(&text, Point::Group);
            let _ = parse(&text, Point::Decimal);
        }
    }
}
