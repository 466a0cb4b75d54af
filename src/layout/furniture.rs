//! Lines that recur from page to page → marked as furniture.
//!
//! Running heads, feet, page numbers and stamps stand at the same height on
//! many pages and differ at most in their digits. Pages are seen once, so a
//! line is furniture when the page before or the page after has it too.
//! Refuses: lines between the margins, whatever recurs there: tables repeat
//! their heads.

use rustc_hash::FxHashMap;

use super::{Layout, Line};

/// Share of the page height at top and bottom where furniture stands.
const MARGIN: f32 = 0.11;

/// A running head stands at least this far above the text, in em.
const APART: f32 = 1.9;

/// What the pages so far have in their margins.
#[derive(Default)]
pub(crate) struct Furniture {
    before: Keys,
}

/// Lines in the margins, and whether each stands apart from the text.
type Keys = FxHashMap<(bool, i32, String), bool>;

impl Furniture {
    /// Marks the furniture of `page`; `next` is the page after it, if there is one.
    pub(crate) fn mark(&mut self, page: &mut Layout, next: Option<&Layout>) {
        let after: Keys = next.map(keys).unwrap_or_default();
        let own = keys(page);
        // Whether the line is on a neighbouring page too, and apart from the text there.
        let recurs: Vec<(bool, bool)> = page
            .lines
            .iter()
            .map(|line| {
                let Some(key) = key(line, page.height).filter(|_| !is_years(line)) else {
                    return (false, false);
                };
                let known = |set: &Keys| -> Option<bool> {
                    (-1..=1).filter_map(|d| set.get(&(key.0, key.1 + d, key.2.clone()))).copied().max()
                };
                let found = known(&self.before).max(known(&after));
                let number = is_page_number(line) && !in_head(line, &page.lines);
                (found.is_some() || number, found == Some(true) || names_book(line))
            })
            .collect();
        // The head of a table that goes on recurs too, but the table stands right under it.
        let n = page.lines.len();
        for k in (0..n).rev() {
            let (known, apart) = recurs[k];
            let line = &page.lines[k];
            page.lines[k].furniture = known
                && (is_page_number(line) && !in_head(line, &page.lines)
                    || apart
                    || stands_apart(line, &page.lines[k + 1..], page.height));
        }
        self.before = own;
    }
}

fn keys(page: &Layout) -> Keys {
    let apart = |k: usize| {
        let line = &page.lines[k];
        line.rect.y1 < MARGIN * page.height && stands_apart(line, &page.lines[k + 1..], page.height)
    };
    let keyed = |(k, line): (usize, &Line)| Some((key(line, page.height)?, apart(k)));
    page.lines.iter().enumerate().filter_map(keyed).collect()
}

/// Whether a line at the top of a page has no text, but other furniture, right under it.
fn stands_apart(line: &Line, after: &[Line], height: f32) -> bool {
    let below = after.iter().find(|l| l.baseline > line.baseline + 1.0);
    let top = line.rect.y1 < MARGIN * height;
    !top || below.is_none_or(|b| b.furniture || b.baseline - line.baseline > APART * b.size)
}

/// Margin, height in steps of 3 pt, text with its digits masked.
fn key(line: &Line, height: f32) -> Option<(bool, i32, String)> {
    let top = line.rect.y1 < MARGIN * height;
    let bottom = line.rect.y0 > (1.0 - MARGIN) * height;
    if !top && !bottom {
        return None;
    }
    let mut text = String::new();
    for c in line.text().chars() {
        let c = if c.is_ascii_digit() { '0' } else { c };
        if !(c == '0' && text.ends_with('0')) {
            text.push(c);
        }
    }
    Some((top, (line.baseline / 3.0).round() as i32, text))
}

/// `2025   2026   2027`: the years of a head, wherever they stand.
fn is_years(line: &Line) -> bool {
    line.words.len() >= 2 && line.words.iter().all(|w| crate::number::year(&w.text).is_some())
}

/// Whether a line is a year alone, with other lines close above and below: a piece of a head of several lines.
fn in_head(line: &Line, lines: &[Line]) -> bool {
    let year = |line: &Line| matches!(&line.words[..], [word] if crate::number::year(&word.text).is_some());
    let near = |lo: f32, hi: f32| {
        lines.iter().any(|l| (lo * line.size..hi * line.size).contains(&(l.baseline - line.baseline)))
    };
    year(line) && near(-APART, -0.3) && near(0.3, APART)
}

/// `Budget 2026 och ekonomiplan 2027–2028`: a year and then a span of years, with words between them.
fn names_book(line: &Line) -> bool {
    let year = |w: &str| crate::number::year(w).is_some();
    let at = line.words.iter().position(|w| year(&w.text));
    let span = |text: &str| text.split_once(['–', '-', '—']).is_some_and(|(a, b)| year(a) && year(b));
    let spanned = line.words.iter().rposition(|w| span(&w.text));
    at.zip(spanned).is_some_and(|(year, span)| span > year + 1)
}

/// `12`, `12 (48)`, `Sida 12 / 48`, `- 12 -`.
fn is_page_number(line: &Line) -> bool {
    let text = line.text().to_lowercase();
    let rest = text.trim_matches(|c: char| "-–— ".contains(c));
    let rest =
        ["sida", "sivu", "page", "s."].iter().find_map(|p| rest.strip_prefix(p)).unwrap_or(rest).trim();
    !rest.is_empty()
        && rest.len() <= 12
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.split(|c: char| " /()".contains(c)).filter(|p| !p.is_empty()).all(|p| {
            p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()) || matches!(p, "av" | "of" | "kpl")
        })
        && rest.split(|c: char| !c.is_ascii_digit()).filter(|p| !p.is_empty()).count() <= 2
}

#[cfg(test)]
mod tests {
    use super::{in_head, is_page_number, is_years, names_book};
    use crate::layout::{Line, Word};

    fn line(words: &[&str]) -> Line {
        let words = words.iter().map(|w| Word::new(w, crate::geometry::Rect::default(), 0.0, 10.0)).collect();
        Line { words, ..Line::default() }
    }

    #[test]
    fn running_heads_name_the_book() {
        assert!(names_book(&line(&["Budget", "2026", "och", "ekonomiplan", "2027–2028"])));
        assert!(!names_book(&line(&["TP", "2024", "TA", "2025", "TS", "2026"])));
    }

    #[test]
    fn page_numbers_and_years() {
        for number in [&["12"][..], &["Sida", "12", "/", "48"], &["-", "12", "-"], &["12", "(48)"]] {
            assert!(is_page_number(&line(number)) && !is_years(&line(number)), "{number:?}");
        }
        assert!(is_years(&line(&["2025", "2026"])) && !is_years(&line(&["2025"])));
        assert!(!is_page_number(&line(&["Budget", "2025"])));
        let at = |baseline: f32, words: &[&str]| Line { baseline, size: 10.0, ..line(words) };
        let head = [at(50.0, &["Andel", "av"]), at(60.0, &["2025"]), at(70.0, &["%"])];
        assert!(in_head(&head[1], &head) && !in_head(&at(90.0, &["2025"]), &head));
    }
}
