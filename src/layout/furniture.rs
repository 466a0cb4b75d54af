//! Lines that recur from page to page → marked as furniture.
//!
//! Running heads, feet, page numbers and stamps stand at the same height on
//! many pages and differ at most in their digits. Pages are seen once, so a
//! line is furniture when the page before or the page after has it too.
//! Refuses: lines between the margins, whatever recurs there: tables repeat
//! their heads.

use rustc_hash::FxHashSet;

use super::{Layout, Line};

/// Share of the page height at top and bottom where furniture stands.
const MARGIN: f32 = 0.11;

/// A running head stands at least this far above the text, in em.
const APART: f32 = 1.9;

/// What the pages so far have in their margins.
#[derive(Default)]
pub(crate) struct Furniture {
    before: FxHashSet<(bool, i32, String)>,
}

impl Furniture {
    /// Marks the furniture of `page`; `next` is the page after it, if there is one.
    pub(crate) fn mark(&mut self, page: &mut Layout, next: Option<&Layout>) {
        let after: FxHashSet<_> = next.map(keys).unwrap_or_default();
        let own = keys(page);
        let recurs: Vec<bool> = page
            .lines
            .iter()
            .map(|line| {
                let Some(key) = key(line, page.height) else { return false };
                if is_years(line) {
                    return false;
                }
                let known = |set: &FxHashSet<(bool, i32, String)>| {
                    (-1..=1).any(|d| set.contains(&(key.0, key.1 + d, key.2.clone())))
                };
                known(&self.before) || known(&after) || is_page_number(line) && !in_head(line, &page.lines)
            })
            .collect();
        // The head of a table that goes on recurs too, but the table stands right under it.
        let n = page.lines.len();
        for k in (0..n).rev() {
            page.lines[k].furniture = recurs[k]
                && (is_page_number(&page.lines[k]) && !in_head(&page.lines[k], &page.lines) || {
                    let below =
                        page.lines[k + 1..].iter().find(|l| l.baseline > page.lines[k].baseline + 1.0);
                    let top = page.lines[k].rect.y1 < MARGIN * page.height;
                    !top || below
                        .is_none_or(|b| b.furniture || b.baseline - page.lines[k].baseline > APART * b.size)
                });
        }
        self.before = own;
    }
}

fn keys(page: &Layout) -> FxHashSet<(bool, i32, String)> {
    page.lines.iter().filter_map(|l| key(l, page.height)).collect()
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
    use super::{in_head, is_page_number, is_years};
    use crate::layout::{Line, Word};

    fn line(words: &[&str]) -> Line {
        let words = words.iter().map(|w| Word::new(w, crate::geometry::Rect::default(), 0.0, 10.0)).collect();
        Line { words, ..Line::default() }
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
