//! Lines of a page → the gaps that part what stands side by side.
//!
//! In: lines in which both sides may share baselines or not. Out: one vertical
//! cut at a time: table beside table, table beside running text.
//! Evidence: text that begins at one x in several lines with nothing across it,
//! and on each side either a table of its own (labels with figures after them)
//! or running text.
//! Refuses: a second label column (`Swedish | Finnish | figures`): its left side
//! has neither figures nor sentences.

use super::head_words::is_head_word;
use super::line::TLine;
use super::token::Token;

/// A vertical cut: its x and the lines it parts.
pub(super) struct Gutter {
    pub(super) x: f32,
    pub(super) first: usize,
    pub(super) last: usize,
}

/// Left edges within this, in em, are one edge; labels are indented.
const ALIGNED: f32 = 0.35;
/// Labels are indented by up to this, in em.
const INDENT: f32 = 4.0;
/// The figures of a wrapped label stand at most this far below its last line with text, in em.
const WRAPPED: f32 = 1.5;
/// Fewest lines that show an edge.
const FEWEST: usize = 3;

/// The cut that most lines bear out.
pub(super) fn find(lines: &[TLine]) -> Option<Gutter> {
    let left = lines.iter().map(|l| l.rect.x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|l| l.rect.x1).fold(f32::MIN, f32::max);
    let mut edges: Vec<(f32, usize)> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        for (i, t) in line.tokens.iter().enumerate() {
            let apart = i == 0 || t.rect.x0 - line.tokens[i - 1].rect.x1 >= 0.8 * line.size;
            let letters = t.text.chars().filter(|c| c.is_alphabetic()).count();
            // `0–6 år`.
            let worded = letters >= 3 || letters == 2 && t.text.starts_with(|c: char| c.is_ascii_digit());
            if t.is_text()
                && worded
                && apart
                && !is_head(t)
                && t.rect.x0 > left + 6.0 * line.size
                && t.rect.x0 < right - 6.0 * line.size
            {
                edges.push((t.rect.x0, k));
            }
        }
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut candidates: Vec<(usize, f32)> = Vec::new();
    let mut i = 0;
    while i < edges.len() {
        let size = lines[edges[i].1].size;
        let j = i + edges[i..].iter().take_while(|e| e.0 - edges[i].0 <= ALIGNED * size).count();
        if j - i >= FEWEST {
            candidates.push((j - i, edges[i].0));
            // Labels are indented: one further out may be the only one of its level.
            let outer = edges[..i].iter().rev().take_while(|e| edges[i].0 - e.0 <= INDENT * size);
            candidates.extend(outer.map(|e| (j - i, e.0)));
        }
        i = j;
    }
    candidates.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    candidates.dedup();
    candidates.iter().take(12).find_map(|(_, x)| try_cut(lines, *x))
}

/// Whether all words are those of heads, which begin at one place in a column too.
fn is_head(token: &Token) -> bool {
    token.text.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).all(is_head_word)
}

/// The longest run of lines that nothing crosses at `x`, if both sides stand by themselves.
fn try_cut(lines: &[TLine], edge: f32) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    let mut k = 0;
    while k < lines.len() {
        let x = edge - 0.3 * lines[k].size;
        if crosses(&lines[k], x) {
            k += 1;
            continue;
        }
        let first = k;
        while k < lines.len() && !crosses(&lines[k], x) && (k == first || near(&lines[k - 1], &lines[k])) {
            k += 1;
        }
        if let Some(g) = check(&lines[first..k], x, first)
            && best.as_ref().is_none_or(|b| b.last - b.first < g.last - g.first)
        {
            best = Some(g);
        }
        k = k.max(first + 1);
    }
    best
}

fn crosses(line: &TLine, x: f32) -> bool {
    line.tokens.iter().any(|t| t.rect.x0 < x - 1.0 && t.rect.x1 > x + 1.0)
}

fn near(a: &TLine, b: &TLine) -> bool {
    (b.baseline - a.baseline).abs() < 4.0 * a.size.max(b.size)
}

/// What one side of a cut is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Table,
    Prose,
    Neither,
}

fn check(lines: &[TLine], x: f32, offset: usize) -> Option<Gutter> {
    let is_right = |t: &&Token| t.rect.x0 >= x;
    let has_right = |l: &TLine| l.tokens.iter().any(|t| is_right(&t));
    let has_left = |l: &TLine| l.tokens.iter().any(|t| !is_right(&t));
    // Only where both sides are there is it a gutter; titles over one side go with it.
    let mut first =
        (0..lines.len()).find(|i| has_right(&lines[*i]) && lines[*i..].iter().take(8).any(has_left))?;
    let last_right = (0..lines.len()).rev().find(|i| has_right(&lines[*i]))?;
    let last_left = (0..lines.len()).rev().find(|i| has_left(&lines[*i]))?;
    let mut last = last_right.max(last_left).min(last_right.min(last_left) + 200);
    // Further down other columns may happen to be parted at the same place: nothing begins at the edge there.
    let at_edge = |l: &TLine| {
        let begins = |t: &Token| t.rect.x0 >= x && t.rect.x0 < x + INDENT * l.size;
        l.tokens.iter().any(|t| t.is_text() && begins(t) && !is_head(t))
    };
    let mut end = (0..=last_right).rev().find(|i| at_edge(&lines[*i]))?;
    while end < last_right && lines[end + 1].baseline - lines[end].baseline < WRAPPED * lines[end].size {
        end += 1;
    }
    if let Some(other) = (end + 1..=last).find(|i| has_right(&lines[*i])) {
        last = other - 1;
        // Nor are its title and its head of what stands above.
        while last > end && lines[last].amounts() == 0 {
            last -= 1;
        }
    }
    let starts = (first..=last).filter(|i| has_left(&lines[*i])).min()?;
    first = first.max(starts.saturating_sub(4));
    // Lines above that stand on one side only (a title, a head) belong to that side.
    while first > 0 && near(&lines[first - 1], &lines[first]) {
        first -= 1;
    }
    let body = &lines[first..=last];
    let left = side(body, f32::MIN, x);
    let right = side(body, x, f32::MAX);
    let parted = match (left, right) {
        (Side::Table, Side::Table) | (Side::Prose, Side::Table) | (Side::Table, Side::Prose) => true,
        (Side::Prose, Side::Prose) | (Side::Neither, _) | (_, Side::Neither) => false,
    };
    parted.then_some(Gutter { x, first: offset + first, last: offset + last })
}

/// What stands between `lo` and `hi`.
fn side(lines: &[TLine], lo: f32, hi: f32) -> Side {
    let mut rows = 0;
    let mut prose = 0;
    let mut texts = 0;
    let mut opening = 0;
    let mut sentences = 0;
    let parts: Vec<(Vec<&Token>, f32)> = lines
        .iter()
        .map(|l| (l.tokens.iter().filter(|t| t.rect.x0 >= lo && t.rect.x0 < hi).collect(), l.size))
        .collect();
    let edge = |f: fn(f32, f32) -> f32, start: f32, get: fn(&Token) -> f32| {
        parts.iter().flat_map(|p| p.0.iter()).fold(start, |a, t| f(a, get(t)))
    };
    let (left, right) = (edge(f32::min, f32::MAX, |t| t.rect.x0), edge(f32::max, f32::MIN, |t| t.rect.x1));
    // The figures of a wrapped label stand between its lines.
    let bare = |i: usize| {
        !parts[i].0.is_empty() && parts[i].0.iter().all(|t| t.number().is_some() && t.year().is_none())
    };
    let worded = |i: usize, k: usize| {
        let close = (lines[k].baseline - lines[i].baseline).abs() < WRAPPED * lines[i].size;
        close && parts[k].0.len() == 1 && parts[k].0.iter().all(|t| t.is_text() && !is_head(t))
    };
    let mut wrapped = 0;
    for (i, (tokens, size)) in parts.iter().enumerate() {
        let beside = |k: Option<usize>| k.is_some_and(|k| k < parts.len() && worded(i, k));
        if tokens.len() >= 2 && bare(i) && (beside(i.checked_sub(1)) || beside(Some(i + 1))) {
            wrapped += 1;
        }
        let Some(first) = tokens.first() else { continue };
        let label = first.is_text() && first.text.chars().any(char::is_alphabetic);
        let last = tokens[tokens.len() - 1];
        // The years of a head are no figures of a row: `ändringar  2025  2026`.
        let figure = |t: &Token| t.number().is_some() && t.year().is_none();
        let figures = tokens.iter().filter(|t| figure(t)).count();
        let gap = tokens.windows(2).any(|w| {
            w[1].number().is_some() && (!w[0].is_text() || w[1].rect.x0 - w[0].rect.x1 >= 0.75 * size)
        });
        if label && figures > 0 && gap && figure(last) {
            rows += 1;
        }
        let words: usize =
            tokens.iter().filter(|t| t.is_text()).map(|t| t.text.split_whitespace().count()).sum();
        if words > 0 {
            texts += 1;
            opening += usize::from(first.text.starts_with(char::is_uppercase));
        }
        let tight = tokens.windows(2).all(|w| w[1].rect.x0 - w[0].rect.x1 < 1.2 * size);
        let ends =
            last.text.strip_suffix('.').is_some_and(|t| t.chars().rev().take(3).all(char::is_alphanumeric));
        sentences += usize::from(words >= 2 && ends);
        if words >= 3 && tight && last.rect.x1 - first.rect.x0 > 0.6 * (right - left) {
            prose += 1;
        }
    }
    // The lines of a text run on from one another; remarks on rows begin anew on each. Short paragraphs end in full stops.
    let runs_on = opening * 3 <= texts * 2 || sentences >= FEWEST && sentences * 4 >= texts;
    if prose >= FEWEST && prose * 2 >= texts && prose > rows && runs_on {
        Side::Prose
    } else if rows >= 2 || rows == 1 && wrapped >= 2 {
        Side::Table
    } else {
        Side::Neither
    }
}
