//! [`Line`] → [`Token`]s: what of a line is a figure, what is text.
//!
//! Digit groups that stand as words of their own are put together to figures
//! by the gap between them. How wide the gap between two groups of one figure
//! is differs between typesetters, so it is measured on the page first
//! (`group_gap`); a drawn line between two words always parts them.
//! Refuses: groups that could belong to two figures by their gaps; they stay
//! apart, and the columns decide.

use crate::geometry::{Interval, Rect};
use crate::layout::{Anew, Line, Word};
use crate::number::{self, Number, Point, is_minus};
use crate::pdf::{Axis, Ruling};

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub enum TokenKind {
    /// An amount.
    Number(Number),
    /// A lone dash or `..`.
    Nil,
    /// Words.
    Text,
    /// Dots that lead from a label to its figures.
    Leader,
}

/// A figure or a piece of text within a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// As printed, with single spaces.
    pub text: String,
    /// Where.
    pub rect: Rect,
    /// Its words, where it has several; figures count as one.
    several: Vec<(String, Rect)>,
    /// First and one past the last word of the line.
    pub words: (usize, usize),
    /// Font size.
    pub size: f32,
    /// Bold throughout.
    pub bold: bool,
    /// Digit groups were put together by their gaps.
    pub joined: bool,
    /// A sign that stood apart was taken in.
    pub sign_joined: bool,
    /// A raised note mark stood at it.
    pub note: bool,
    /// How far the widest gap inside is from the limit, in em; small is unsafe.
    pub slack: f32,
    /// What is known of it where it was set anew.
    pub anew: Option<Box<Anew>>,
    /// Text right of a figure that begins where such text begins in other lines too: a column of its own,
    /// however close.
    pub opens: bool,
    /// Stretches of the words of a figure that was put together.
    pub(super) groups: Vec<Interval>,
    /// Width of what follows the whole part of a figure: decimals, `%`.
    pub(super) tail: f32,
    /// Whether figures of its column end flush with their whole parts, so that its tail hangs over.
    pub(super) hung: bool,
}

impl Token {
    /// Whether it is an amount.
    pub fn number(&self) -> Option<&Number> {
        match &self.kind {
            TokenKind::Number(n) => Some(n),
            _ => None,
        }
    }

    /// Its words; of figures only the whole.
    pub fn parts(&self) -> impl Iterator<Item = (&str, Rect)> {
        let whole = self.several.is_empty().then_some((self.text.as_str(), self.rect));
        whole.into_iter().chain(self.several.iter().map(|(text, rect)| (text.as_str(), *rect)))
    }

    /// Its stretch of its column, without what hangs over.
    pub(super) fn column(&self) -> Interval {
        let xs = self.rect.xs();
        if self.hung { Interval { lo: xs.lo, hi: xs.hi - self.tail } } else { xs }
    }

    /// The two figures that it is parted into before its word `at`, if both are figures.
    pub(super) fn part(&self, at: usize, point: Point) -> Option<(Token, Token)> {
        let (ends, begins) = (self.groups.get(at.checked_sub(1)?)?, self.groups.get(at)?);
        let words: Vec<&str> = self.text.split(' ').collect();
        // A sign that stood apart is written together with its figure.
        let signs = self.groups.len().checked_sub(words.len())?;
        let cut = at.checked_sub(signs).filter(|k| *k > 0)?;
        let half = |words: &[&str], groups: &[Interval], rect: Rect| {
            let text = words.join(" ");
            Some(Token {
                kind: TokenKind::Number(number::parse(&text, point)?),
                text,
                rect,
                joined: groups.len() > 1,
                groups: groups.to_vec(),
                ..self.clone()
            })
        };
        let (mut left, mut right) = (self.rect, self.rect);
        (left.x1, right.x0) = (ends.hi, begins.lo);
        let mut left = half(&words[..cut], &self.groups[..at], left)?;
        let mut right = half(&words[cut..], &self.groups[at..], right)?;
        (left.tail, left.hung, right.sign_joined) = (0.0, false, false);
        Some((left, right))
    }

    /// Its boxes.
    pub(super) fn rects(&mut self) -> impl Iterator<Item = &mut Rect> {
        std::iter::once(&mut self.rect).chain(self.several.iter_mut().map(|part| &mut part.1))
    }

    /// Whether it is text.
    pub fn is_text(&self) -> bool {
        self.kind == TokenKind::Text
    }

    /// Whether it only says what amounts are counted in: `1 000 €`, `1000 euro`.
    pub fn is_unit(&self) -> bool {
        self.number().is_some_and(|n| {
            n.unit == Some(number::CellUnit::Euro)
                && [1_000, 1_000_000].iter().any(|k| n.value == (*k).into())
        })
    }

    /// The year it is, if it looks like one.
    pub fn year(&self) -> Option<i16> {
        self.number().filter(|n| !n.grouped)?;
        number::year(&self.text)
    }
}

/// Gap between groups when a page has too few figures to measure it, in em.
const USUAL_GROUP_GAP: f32 = 0.42;
/// No group gap is wider than this, in em.
pub(super) const WIDEST_GROUP_GAP: f32 = 0.75;
/// Text parts at wider gaps than this, in em.
const TEXT_GAP: f32 = 0.85;

/// The widest gap between two digit groups of one figure on this page, in em.
///
/// Gaps within figures are narrow and alike, gaps between columns are neither. Where the
/// gaps of a page jump more than once (several kinds of blank, narrow columns), the jump
/// after which neighbouring rows hold equally many figures is the right one.
pub(crate) fn group_gap(lines: &[&Line], rulings: &[Ruling]) -> f32 {
    let mut gaps: Vec<f32> = Vec::new();
    for line in lines {
        for pair in line.words.windows(2) {
            let [a, b] = pair else { continue };
            if a.raised
                || b.raised
                || !ends_open(&a.text)
                || !continues(&b.text)
                || ruled_apart(rulings, a, b)
            {
                continue;
            }
            let gap = (b.rect.x0 - a.rect.x1) / a.size.max(1.0);
            if gap > -0.1 && gap < 1.6 {
                gaps.push(gap);
            }
        }
    }
    if gaps.len() < 3 {
        return USUAL_GROUP_GAP;
    }
    gaps.sort_by(f32::total_cmp);
    let low = gaps[gaps.len() / 20];
    if low > WIDEST_GROUP_GAP {
        return USUAL_GROUP_GAP.min(low - 0.05);
    }
    let mut limits: Vec<f32> = Vec::new();
    let mut top = low;
    for &gap in gaps.iter().filter(|g| **g > low) {
        if top > WIDEST_GROUP_GAP {
            break;
        }
        if gap > top * 1.2 && gap - top > 0.045 {
            limits.push(((top + gap) / 2.0).min(top + 0.25).min(WIDEST_GROUP_GAP));
        }
        top = gap;
    }
    if top <= WIDEST_GROUP_GAP {
        limits.push((top + 0.2).min(WIDEST_GROUP_GAP));
    }
    let mut best = (limits.first().copied().unwrap_or(WIDEST_GROUP_GAP), 0);
    if limits.len() > 1 {
        for limit in limits {
            let even = evenness(lines, rulings, limit);
            if even > best.1 {
                best = (limit, even);
            }
        }
    }
    best.0
}

/// How many rows hold as many figures as the row before them.
fn evenness(lines: &[&Line], rulings: &[Ruling], limit: f32) -> usize {
    let counts: Vec<usize> = lines
        .iter()
        .map(|l| tokens(l, rulings, limit, Point::Group).iter().filter(|t| t.number().is_some()).count())
        .filter(|n| *n > 0)
        .collect();
    counts.windows(2).filter(|w| w[0] == w[1] && w[0] > 1).count()
}

/// Splits a line into figures and texts.
pub(crate) fn tokens(line: &Line, rulings: &[Ruling], group_gap: f32, point: Point) -> Vec<Token> {
    let words = &line.words;
    let mut out: Vec<Token> = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let token = short_year(words, i)
            .or_else(|| figure(words, i, rulings, group_gap, point))
            .unwrap_or_else(|| single(words, i));
        i = token.words.1;
        push(&mut out, token, words, rulings);
    }
    out
}

/// `BS -18`, `TA ’25`: a phase and its year, which is no figure with a minus.
fn short_year(words: &[Word], i: usize) -> Option<Token> {
    let (phase, year) = (&words[i], words.get(i + 1)?);
    let digits = year.text.strip_prefix(['-', '–', '−', '\'', '’'])?;
    let short = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    let near = year.rect.x0 - phase.rect.x1 < 0.6 * phase.size.max(1.0);
    if !short || !near || super::vocabulary().phase_of(&phase.text).is_none() {
        return None;
    }
    let mut token = single(words, i);
    token.words.1 = i + 2;
    token.text = format!("{} {}", phase.text, year.text);
    token.rect = token.rect.union(&year.rect);
    Some(token)
}

/// Text runs on over ordinary word spaces; figures stand by themselves.
fn push(out: &mut Vec<Token>, token: Token, words: &[Word], rulings: &[Ruling]) {
    if let Some(last) = out.last_mut()
        && last.is_text()
        && token.is_text()
    {
        let (a, b) = (&words[last.words.1 - 1], &words[token.words.0]);
        let gap = (b.rect.x0 - a.rect.x1) / a.size.max(1.0);
        if b.raised || gap < TEXT_GAP && !ruled_apart(rulings, a, b) {
            if !b.raised {
                if last.several.is_empty() {
                    last.several.push((last.text.clone(), last.rect));
                }
                last.text.push(' ');
                last.text.push_str(&token.text);
                last.several.push((token.text, token.rect));
            }
            // Square and cubic metres are units, not notes.
            let power = match b.text.as_str() {
                "2" | "²" => Some('²'),
                "3" | "³" => Some('³'),
                _ => None,
            };
            let metre = last.text.ends_with('m')
                && last
                    .text
                    .trim_end_matches('m')
                    .chars()
                    .last()
                    .is_none_or(|c| !c.is_alphabetic() || "kcd".contains(c));
            if b.raised
                && metre
                && let Some(power) = power
            {
                last.text.push(power);
            } else {
                last.note |= b.raised;
            }
            last.rect = last.rect.union(&token.rect);
            last.words.1 = token.words.1;
            last.bold &= token.bold || b.raised;
            return;
        }
    }
    if words[token.words.0].raised
        && let Some(last) = out.last_mut()
    {
        last.note = true;
        last.words.1 = token.words.1;
        return;
    }
    out.push(token);
}

fn single(words: &[Word], i: usize) -> Token {
    let w = &words[i];
    let kind = if is_leader(&w.text) || is_dotted(words, i) {
        TokenKind::Leader
    } else if number::is_nil(&w.text) {
        TokenKind::Nil
    } else {
        TokenKind::Text
    };
    let text = strip_leader(&w.text).to_owned();
    Token {
        kind,
        several: Vec::new(),
        text,
        rect: w.rect,
        words: (i, i + 1),
        size: w.size,
        bold: w.bold,
        joined: false,
        sign_joined: false,
        note: false,
        slack: 1.0,
        anew: w.anew.clone(),
        opens: false,
        groups: Vec::new(),
        tail: 0.0,
        hung: false,
    }
}

/// The longest figure that begins at word `i`.
fn figure(words: &[Word], i: usize, rulings: &[Ruling], group_gap: f32, point: Point) -> Option<Token> {
    let first = &words[i];
    if first.raised {
        return None;
    }
    let bare = strip_leader(&first.text);
    // A sign or an opening parenthesis of its own.
    let opens = bare.chars().all(|c| is_minus(c) || c == '(' || c == '+') && bare.chars().count() <= 2;
    if !opens && !begins(bare) {
        return None;
    }
    let mut text = bare.to_owned();
    let mut rect = first.rect;
    let mut end = i + 1;
    let mut sign_joined = false;
    let gap = |k: usize| (words[k].rect.x0 - words[k - 1].rect.x1) / words[k].size.max(1.0);
    let near = |k: usize, limit: f32| {
        k < words.len()
            && !words[k].raised
            && gap(k) <= limit
            && !ruled_apart(rulings, &words[k - 1], &words[k])
    };
    if opens && near(end, 0.6) && begins(&words[end].text) && !(end + 1 < words.len() && end > i + 1) {
        let mut limit = 0.6;
        // A dash between two texts is a dash: `2025 – 2026`.
        if i > 0 && words[i - 1].rect.x1 > first.rect.x0 - 0.45 * first.size && !first.text.starts_with('(') {
            limit = 0.12;
        }
        if gap(end) <= limit {
            text.push_str(&words[end].text);
            rect = rect.union(&words[end].rect);
            sign_joined = true;
            end += 1;
        } else {
            return None;
        }
    } else if opens {
        return None;
    }
    let mut joined = false;
    let mut slack: f32 = 1.0;
    while ends_open(&text) && near(end, 0.9) && continues(&words[end].text) {
        let w = &words[end];
        // Blanks that never break a line are printed between groups on purpose.
        let glue = w.blank_before.is_some_and(|c| {
            matches!(
                c,
                '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2008}' | '\u{2009}' | '\u{200a}' | '\u{2006}'
            )
        });
        // No figure begins with a nought and two digits more: `1` `000` is one, whatever gap other groups have.
        let tail = w.text.starts_with('0') && w.text.len() == 3 && gap(end) <= WIDEST_GROUP_GAP;
        if !glue && !tail && gap(end) > group_gap {
            break;
        }
        if !glue && gap(end) <= group_gap {
            slack = slack.min(group_gap - gap(end));
        }
        text.push(' ');
        text.push_str(&w.text);
        rect = rect.union(&w.rect);
        joined = true;
        end += 1;
    }
    // A sign, a parenthesis, a per cent or a euro sign after it.
    while end < words.len() {
        let after = words[end].text.as_str();
        let limit = match after {
            "%" | "€" | "%)" => 0.6,
            ")" | "*" => 0.4,
            t if t.chars().count() == 1 && t.chars().all(is_minus) && !sign_joined => 0.22,
            _ => break,
        };
        if !near(end, limit) {
            break;
        }
        text.push(' ');
        text.push_str(after);
        rect = rect.union(&words[end].rect);
        end += 1;
    }
    let number = number::parse(&text, point)?;
    Some(Token {
        kind: TokenKind::Number(number),
        several: Vec::new(),
        text,
        rect,
        words: (i, end),
        size: first.size,
        bold: words[i..end].iter().all(|w| w.bold),
        joined,
        sign_joined,
        note: false,
        slack,
        anew: words[i..end].iter().find_map(|w| w.anew.clone()),
        opens: false,
        groups: if joined { words[i..end].iter().map(|w| w.rect.xs()).collect() } else { Vec::new() },
        tail: tail(&words[i..end]),
        hung: false,
    })
}

/// Width of what follows the whole part of a figure. Where it is part of a word, by the widths that characters have in
/// most fonts: all digits are as wide as one another, points half as wide.
fn tail(words: &[Word]) -> f32 {
    let wide = |c: char| match c {
        ',' | '.' | '\'' => 0.5,
        '-' | '(' | ')' => 0.6,
        '%' => 1.6,
        _ => 1.0,
    };
    let groups = |w: &&Word| w.text.contains(|c: char| c.is_ascii_digit());
    let (Some(last), Some(end)) = (words.iter().rev().find(groups), words.last()) else { return 0.0 };
    let digits = last.text.trim_end_matches(|c: char| !c.is_ascii_digit());
    // A point is of the whole part where groups follow it.
    let decimals = digits.rfind(',').or_else(|| digits.rfind('.').filter(|k| digits.len() - k != 4));
    let whole = decimals.unwrap_or(digits.len());
    let width = |text: &str| text.chars().map(wide).sum::<f32>();
    let part = width(&last.text[whole..]) / width(&last.text).max(1.0);
    end.rect.x1 - last.rect.x1 + part * last.rect.width()
}

/// Whether a word can begin a figure.
fn begins(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| is_minus(c) || c == '(' || c == '+');
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    digits > 0 && text.len() - rest.len() <= 6
}

/// Whether a figure so far can go on with another group.
fn ends_open(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| is_minus(c) || c == '(' || c == '+' || c == ' ');
    let mut groups = rest.split([' ', '\u{a0}']);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_digit())
        && first != "0"
        && groups.all(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a word can be a further group: three digits and at most an end.
fn continues(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits != 3 {
        return false;
    }
    let mut rest = text[3..].chars().peekable();
    if rest.peek() == Some(&',') {
        rest.next();
        while rest.peek().is_some_and(char::is_ascii_digit) {
            rest.next();
        }
    }
    rest.all(|c| {
        is_minus(c) || ")%€*¹²³\u{207d}\u{207e}".contains(c) || ('\u{2070}'..='\u{2079}').contains(&c)
    })
}

/// Whether a drawn line stands between two words of a line.
pub(crate) fn ruled_apart(rulings: &[Ruling], a: &Word, b: &Word) -> bool {
    let (lo, hi) = (a.rect.x1 - 0.1 * a.size, b.rect.x0 + 0.1 * b.size);
    let y = (a.rect.y0 + a.rect.y1) / 2.0;
    rulings.iter().any(|r| r.axis == Axis::Vertical && r.at >= lo && r.at <= hi && r.from <= y && r.to >= y)
}

/// Dots and lines that lead from a label to its figures.
pub(crate) fn leads(c: char) -> bool {
    matches!(c, '.' | '…' | '·' | '_' | '‥')
}

fn is_leader(text: &str) -> bool {
    text.chars().count() >= 3 && text.chars().all(leads)
        || text.chars().count() >= 1 && text.chars().all(|c| matches!(c, '…' | '·'))
}

/// Whether a dot is one of a leader that is set with spaces: `Vägar . . . . .`.
fn is_dotted(words: &[Word], i: usize) -> bool {
    let dot = |w: &&Word| w.text == ".";
    let (before, after) =
        (words[..i].iter().rev().take_while(dot).count(), words[i..].iter().take_while(dot).count());
    after > 0 && before + after >= 2
}

/// Cuts leader dots that are glued to a word.
fn strip_leader(text: &str) -> &str {
    if is_leader(text) {
        return text;
    }
    let front = text.trim_start_matches('.');
    let text = if text.len() - front.len() >= 3 { front } else { text };
    let back = text.trim_end_matches(['.', '…']);
    if text.len() - back.len() >= 3 { back } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of 10 pt, 5 pt a character; `|` moves on by the number of points that follows.
    fn line(parts: &[(&str, f32)]) -> Line {
        let mut x = 0.0;
        let mut words = Vec::new();
        for (text, gap) in parts {
            x += gap;
            let w = 5.0 * text.chars().count() as f32;
            words.push(Word::new(text, Rect::new(x, 93.0, x + w, 100.0), 100.0, 10.0));
            x += w;
        }
        Line { words, size: 10.0, baseline: 100.0, ..Line::default() }
    }

    fn texts(parts: &[(&str, f32)], gap: f32) -> Vec<String> {
        tokens(&line(parts), &[], gap, Point::Group).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn groups_join_by_gap() {
        let parts = [("25", 0.0), ("050", 2.5), ("500", 20.0), ("5", 20.0), ("500", 2.5)];
        assert_eq!(texts(&parts, 0.4), ["25 050", "500", "5 500"]);
    }

    #[test]
    fn signs_apart_and_after() {
        assert_eq!(texts(&[("-", 0.0), ("179", 2.5), ("1", 30.0), ("234-", 2.5)], 0.4), ["-179", "1 234-"]);
    }

    #[test]
    fn text_and_leader() {
        let parts = [("Köp", 0.0), ("av", 2.5), ("tjänster", 2.5), (".....", 2.5), ("12", 2.5)];
        assert_eq!(texts(&parts, 0.4), ["Köp av tjänster", ".....", "12"]);
    }

    #[test]
    fn tails_follow_the_whole_part() {
        // Characters of 5 pt each, so a word of four digits and a point is taken as 4.5 digits wide.
        let tail = |parts: &[(&str, f32)]| tokens(&line(parts), &[], 0.4, Point::Group)[0].tail;
        assert_eq!(tail(&[("1234", 0.0)]), 0.0);
        assert!((tail(&[("123,4", 0.0)]) - 25.0 * 1.5 / 4.5).abs() < 0.01);
        // A per cent sign set apart, and groups that are no decimals.
        assert!((tail(&[("12", 0.0), ("%", 2.5)]) - 7.5).abs() < 0.01);
        assert_eq!(tail(&[("1.234", 0.0)]), 0.0);
    }

    #[test]
    fn figures_are_parted_between_words() {
        let parts = [("117", 0.0), ("699", 2.5), ("123", 5.0), ("166", 2.5)];
        let token = &tokens(&line(&parts), &[], 0.6, Point::Group)[0];
        assert_eq!(token.text, "117 699 123 166");
        let (left, right) = token.part(2, Point::Group).expect("both are figures");
        assert_eq!((left.text.as_str(), right.text.as_str()), ("117 699", "123 166"));
        assert!(left.rect.x1 < right.rect.x0 && token.part(0, Point::Group).is_none());
    }

    #[test]
    fn the_gap_is_measured() {
        let rows: Vec<Line> = (0..6)
            .map(|_| line(&[("25", 0.0), ("050", 3.0), ("500", 4.2), ("125", 4.2), ("500", 3.0)]))
            .collect();
        let gap = group_gap(&rows.iter().collect::<Vec<_>>(), &[]);
        assert!(gap > 0.3 && gap < 0.42, "{gap}");
    }
}
