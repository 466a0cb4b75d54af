//! Lines of a page → [`Piece`]s: stretches of text between wide gaps.
//!
//! In: the lines of a [`Layout`] without running heads and feet. Out: for each line its
//! pieces, left to right; note marks stay with the word that they stand at, as
//! they are part of what is printed.
//! Refuses: to part words that an ordinary word space parts; the columns do that where they must.

use crate::geometry::Rect;
use crate::layout::{Layout, Line};
use crate::number::Point;
use crate::pdf::{Axis, Ruling};
use crate::table::token::{self, TokenKind};

/// Text and a figure beside it belong together up to this gap, in em.
const NEAR: f32 = 0.45;

/// A stretch of text between wide gaps.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) words: Vec<(String, Rect)>,
    pub(super) rect: Rect,
    pub(super) size: f32,
    pub(super) bold: bool,
    /// A figure, a lone dash or dots that stand for one.
    pub(super) figure: bool,
}

impl Piece {
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (word, _) in &self.words {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        out
    }

    fn part(&self, words: &[(String, Rect)]) -> Option<Piece> {
        let rect = Rect::union_all(words.iter().map(|w| w.1))?;
        let figure = self.figure || words.iter().all(|w| is_figure(&w.0));
        Some(Piece { words: words.to_vec(), rect, figure, ..*self })
    }

    /// Its parts left and right of each of the places that fall into a gap between two words.
    pub(super) fn cut(&self, places: &[f32]) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut from = 0;
        for k in 1..self.words.len() {
            let (a, b) = (self.words[k - 1].1.x1, self.words[k].1.x0);
            if places.iter().any(|x| (a - 0.5..=b + 0.5).contains(x)) {
                out.extend(self.part(&self.words[from..k]));
                from = k;
            }
        }
        out.extend(self.part(&self.words[from..]));
        out
    }
}

fn is_currency(word: &str) -> bool {
    matches!(word, "$" | "£" | "€" | "US$" | "EUR")
}

/// Whether a word holds digits and no letters.
pub(super) fn is_figure(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) && !word.chars().any(char::is_alphabetic)
}

/// One line in pieces.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) pieces: Vec<Piece>,
    pub(super) rect: Rect,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// Whether dots lead from one piece to the next.
    pub(super) leader: bool,
}

impl Row {
    pub(super) fn new(pieces: Vec<Piece>, baseline: f32, leader: bool) -> Option<Row> {
        let rect = Rect::union_all(pieces.iter().map(|p| p.rect))?;
        let size = pieces.iter().map(|p| p.size).fold(0.0, f32::max);
        Some(Row { pieces, rect, baseline, size, leader })
    }

    /// What of it fits the test.
    pub(super) fn only(&self, test: impl Fn(&Piece) -> bool) -> Option<Row> {
        let pieces = self.pieces.iter().filter(|p| test(p)).cloned().collect();
        Row::new(pieces, self.baseline, self.leader)
    }
}

/// All lines of a page in pieces, top to bottom.
pub(super) fn rows(layout: &Layout) -> Vec<Row> {
    let lines: Vec<&Line> = layout.lines.iter().filter(|l| !l.furniture).collect();
    let gap = token::group_gap(&lines, &layout.rulings);
    let leads = |l: &Line| {
        let dots = l.words.iter().filter(|w| w.text == ".").count();
        dots >= 4 || l.words.iter().any(|w| w.text.contains("...") || w.text.contains('…'))
    };
    lines.iter().filter_map(|l| Row::new(pieces(l, &layout.rulings, gap), l.baseline, leads(l))).collect()
}

fn pieces(line: &Line, rulings: &[Ruling], gap: f32) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let line = &without_dots(line);
    for token in token::tokens(line, rulings, gap, Point::Decimal) {
        // Dots between a label and its figures are no text.
        if token.kind == TokenKind::Leader {
            continue;
        }
        let figure = !token.is_text();
        let span = &line.words[token.words.0..token.words.1];
        let mut words: Vec<(String, Rect)> = Vec::new();
        for w in span {
            match words.last_mut() {
                Some((text, rect)) if w.raised => {
                    text.push_str(&w.text);
                    *rect = rect.union(&w.rect);
                }
                _ => words.push((w.text.trim_end_matches("..").to_owned(), w.rect)),
            }
        }
        // The digits of a figure are one word.
        if figure && words.len() > 1 {
            let text: Vec<&str> = words.iter().map(|w| w.0.as_str()).collect();
            words = vec![(text.join(" "), token.rect)];
        }
        let piece = Piece { words, rect: token.rect, size: token.size, bold: token.bold, figure };
        match out.last_mut() {
            Some(last) if joins(last, &piece, rulings) => {
                last.words.extend(piece.words);
                last.rect = last.rect.union(&piece.rect);
                last.size = last.size.max(piece.size);
                last.bold &= piece.bold;
                // A sign of a currency and its figure are a figure.
                last.figure = piece.figure && last.words.len() == 2 && is_currency(&last.words[0].0);
            }
            _ => out.push(piece),
        }
    }
    out.retain(|p| p.words.iter().any(|w| !w.0.trim().is_empty()));
    out
}

/// The line without dots that lead from one word to another, one by one: `Finland . . . . . 12`.
fn without_dots(line: &Line) -> Line {
    let dot = |w: &crate::layout::Word| w.text.chars().all(|c| matches!(c, '.' | '…' | '·' | '_'));
    let mut words = Vec::with_capacity(line.words.len());
    for run in line.words.chunk_by(|a, b| dot(a) == dot(b)) {
        if !dot(&run[0]) || run.iter().map(|w| w.text.chars().count()).sum::<usize>() < 4 {
            words.extend_from_slice(run);
        }
    }
    Line { words, ..line.clone() }
}

/// `in 2024 the` is one piece of text, `2024 2025` two heads. A sign of a currency belongs to its figure however
/// far to the left of it it stands.
fn joins(a: &Piece, b: &Piece, rulings: &[Ruling]) -> bool {
    let gap = (b.rect.x0 - a.rect.x1) / a.size.max(1.0);
    let sign = b.figure && a.words.len() == 1 && is_currency(&a.words[0].0) && gap < 8.0;
    if !sign && (gap > NEAR || a.figure && b.figure) {
        return false;
    }
    let (y0, y1) = (a.rect.y0.min(b.rect.y0), a.rect.y1.max(b.rect.y1));
    !rulings.iter().any(|r| {
        r.axis == Axis::Vertical
            && r.at >= a.rect.x1 - 1.0
            && r.at <= b.rect.x0 + 1.0
            && r.from <= y0 + 0.4 * (y1 - y0)
            && r.to >= y1 - 0.4 * (y1 - y0)
    })
}
