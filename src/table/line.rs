//! Tokens of one line of a region, and what a line can be.
//!
//! In: lines of a page, cut at gutters where tables stand side by side. Out:
//! [`TLine`]s, of which each knows which of its figures stand free, that is, not
//! in running text, and which hang over the edge of their column. Refuses: nothing.

use super::head_words::is_head_word;
use super::token::{Token, TokenKind};
use crate::geometry::{Interval, Rect};
use crate::number::CellUnit;
use crate::pdf::{Axis, Ruling};

/// Figures and running text are this far apart, in em.
const FREE: f32 = 0.75;

/// A line, or the part of it that lies in a region.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TLine {
    pub(crate) tokens: Vec<Token>,
    pub(crate) rect: Rect,
    pub(crate) baseline: f32,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    head: bool,
}

impl TLine {
    pub(crate) fn new(tokens: Vec<Token>, baseline: f32, size: f32) -> Self {
        let rect = Rect::union_all(tokens.iter().map(|t| t.rect)).unwrap_or_default();
        let bold = !tokens.is_empty() && tokens.iter().all(|t| t.bold);
        let mut line = TLine { tokens, rect, baseline, size, bold, head: false };
        line.head = line.reads_as_head();
        line
    }

    /// The line further down.
    pub(crate) fn moved(&self, down: f32) -> Self {
        let mut line = self.clone();
        line.baseline += down;
        let rects = line.tokens.iter_mut().flat_map(Token::rects).chain([&mut line.rect]);
        for rect in rects {
            rect.y0 += down;
            rect.y1 += down;
        }
        line
    }

    /// The tokens in one string.
    pub(crate) fn text(&self) -> String {
        text_of(&self.tokens)
    }

    /// Distance to the token before, in em; far when there is none.
    fn gap_before(&self, i: usize) -> f32 {
        if i == 0 {
            return f32::MAX;
        }
        (self.tokens[i].rect.x0 - self.tokens[i - 1].rect.x1) / self.size.max(1.0)
    }

    /// Whether the figure at `i` stands by itself and not in running text.
    pub(crate) fn is_free(&self, i: usize, rulings: &[Ruling]) -> bool {
        let token = &self.tokens[i];
        if !matches!(token.kind, TokenKind::Number(_) | TokenKind::Nil) {
            return false;
        }
        let apart = |a: usize, b: usize| {
            !self.tokens[a].is_text()
                || !self.tokens[b].is_text()
                    && (self.gap_before(b) >= FREE
                        || ruled_between(rulings, &self.tokens[a].rect, &self.tokens[b].rect))
        };
        let left = i == 0 || apart(i - 1, i);
        let right = i + 1 == self.tokens.len()
            || !self.tokens[i + 1].is_text()
            || self.tokens[i + 1].opens
            || self.gap_before(i + 1) >= FREE
            || ruled_between(rulings, &token.rect, &self.tokens[i + 1].rect);
        // A figure that opens a line of text is its code: `3000 Försäljningsintäkter`.
        let code = i == 0 && self.tokens.get(1).is_some_and(Token::is_text);
        left && right && !code
    }

    /// Indices of the figures that stand free.
    pub(crate) fn free(&self, rulings: &[Ruling]) -> Vec<usize> {
        (0..self.tokens.len()).filter(|i| self.is_free(*i, rulings)).collect()
    }

    /// Whether the line is a row of figures by itself, or may be one in a table that fits.
    pub(crate) fn seed(&self, rulings: &[Ruling]) -> Seed {
        if self.is_head() {
            return Seed::No;
        }
        let free = self.free(rulings);
        let numbers = free.iter().filter(|i| self.tokens[**i].number().is_some()).count();
        if numbers == 0 {
            return Seed::No;
        }
        if free.len() >= 2 {
            return Seed::Sure;
        }
        let i = free[0];
        let last = i + 1 == self.tokens.len();
        let led = i > 0 && (!self.tokens[i - 1].is_text() || self.gap_before(i) >= 1.3);
        if last && led {
            Seed::Sure
        } else if last || i == 0 {
            Seed::Maybe
        } else {
            Seed::No
        }
    }

    /// Whether it says over each column what its figures are counted in: `1000  1000  1000` over `euroa  euroa  euroa`.
    fn is_power(&self) -> bool {
        // `1 000 €  1 000 €  2023–2024  %`
        let between = |w: &str| w.split(['–', '-', '/']).all(|y| crate::number::year(y).is_some());
        let words = |t: &Token| t.text.split_whitespace().all(|w| is_head_word(w) || between(w));
        self.tokens.iter().filter(|t| power(t)).count() >= 2
            && self.tokens.iter().all(|t| power(t) || t.is_unit() || t.is_text() && words(t))
    }

    /// Figures that are neither years nor say what others are counted in (`1000 euroa` before the years).
    pub(crate) fn amounts(&self) -> usize {
        if self.is_power() {
            return 0;
        }
        let said = |i: usize| {
            i == 0
                && power(&self.tokens[0])
                && self.tokens.get(1).is_some_and(|t| is_head_word(t.text.split(' ').next().unwrap_or("")))
        };
        let counts = |(i, t): &(usize, &Token)| {
            t.number().is_some() && t.year().is_none() && !t.is_unit() && !said(*i)
        };
        self.tokens.iter().enumerate().filter(counts).count()
    }

    /// Whether it can only be part of a head: years and words of heads, no amounts.
    pub(crate) fn is_head(&self) -> bool {
        self.head
    }

    /// How many of its tokens are years. Where each has a minus of its own, or neighbours lie far apart, they are
    /// amounts that only look like years.
    fn years(&self) -> usize {
        /// Neighbouring years of a head lie at most this far apart.
        const FAR: i16 = 10;
        let found: Vec<(usize, i16)> =
            self.tokens.iter().enumerate().filter_map(|(i, t)| Some((i, t.year()?))).collect();
        let signed = |(i, _): &(usize, i16)| *i > 0 && self.tokens[*i - 1].kind == TokenKind::Nil;
        let amounts = found.len() >= 2
            && (found.iter().all(signed) || found.windows(2).any(|w| (w[1].1 - w[0].1).abs() > FAR));
        if amounts { 0 } else { found.len() }
    }

    fn reads_as_head(&self) -> bool {
        let amounts = self.amounts();
        if amounts >= 2 {
            return false;
        }
        let years = self.years();
        let units = self.tokens.iter().filter(|t| t.is_unit()).count();
        let words = self
            .tokens
            .iter()
            .filter(|t| t.is_text())
            .flat_map(|t| t.text.split_whitespace())
            .filter(|w| is_head_word(w) || crate::number::year_in(w).is_some())
            .count();
        let text_words: usize =
            self.tokens.iter().filter(|t| t.is_text()).map(|t| t.text.split_whitespace().count()).sum();
        // `förändring, %   −2,0 %` is a row, however many of its words heads have too.
        let share = |t: &Token| {
            t.number()
                .is_some_and(|n| n.unit == Some(CellUnit::Percent) || n.decimals > 0 && t.text.contains(','))
        };
        if amounts > 0 {
            if self.tokens.iter().any(share) {
                return false;
            }
            // `BS 1-12/2024`, `31.12`: heads hold small figures, but then the words rule.
            return words + years >= 2 && (words + years) * 2 >= text_words;
        }
        if units > 0 && text_words == 0 || self.is_power() {
            return true;
        }
        years >= 2
            || years >= 1 && words >= 1
            || words >= 2 && words * 3 >= text_words
            || years >= 1 && text_words == 0
    }
}

/// Tokens in one string, without leaders.
pub(super) fn text_of(tokens: &[Token]) -> String {
    let words = tokens.iter().filter(|t| t.kind != TokenKind::Leader && !t.text.is_empty());
    words.map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// A thousand or a million.
pub(super) fn power(token: &Token) -> bool {
    token.number().is_some_and(|n| [1_000, 1_000_000].iter().any(|k| n.value == (*k).into()))
}

/// Lines in which text must begin at one place right of a figure before that is a column; one less will do where the
/// figures end at one place too.
const OPENING: usize = 4;
/// Narrower gaps than this, in em, stand inside of running text.
const BESIDE: f32 = 0.4;

/// Marks the texts right of figures that begin at one place in several lines: labels in a second language.
pub(crate) fn mark_columns(lines: &mut [TLine]) {
    let beside = |line: &TLine, i: usize| {
        i > 0
            && line.tokens[i].is_text()
            && line.tokens[i - 1].number().is_some()
            && line.gap_before(i) >= BESIDE
    };
    // Where such a text begins, and where the figure before it ends.
    let mut edges: Vec<(f32, f32)> = lines
        .iter()
        .flat_map(|l| (1..l.tokens.len()).filter(move |&i| beside(l, i)).map(move |i| (l, i)))
        .map(|(l, i)| (l.tokens[i].rect.x0, l.tokens[i - 1].rect.x1))
        .collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let is_column = |run: &&[(f32, f32)]| {
        let flush = || run.iter().all(|e| (e.1 - run[0].1).abs() < 0.5);
        run.len() >= OPENING || run.len() + 1 == OPENING && flush()
    };
    let edges: Vec<f32> =
        edges.chunk_by(|a, b| b.0 - a.0 < 0.5).filter(is_column).map(|run| run[0].0).collect();
    for line in lines {
        for i in 1..line.tokens.len() {
            let x = line.tokens[i].rect.x0;
            line.tokens[i].opens = beside(line, i) && edges.iter().any(|e| (x - e).abs() < 1.0);
        }
    }
}

/// Marks the figures whose tails hang over the edge of their column: where whole parts end flush, as they do in columns
/// set by the comma, and not the figures themselves.
pub(crate) fn mark_hung(lines: &mut [TLine]) {
    /// Rows at most so far apart show each other's columns, in em.
    const SEEN: f32 = 22.0;
    /// Edges within this, in em, are one.
    const FLUSH: f32 = 0.16;
    /// Tails differ by more than this, in em.
    const OTHER: f32 = 0.3;
    let hung = |line: &TLine| -> bool {
        let em = line.size;
        let tailed: Vec<&Token> = line.tokens.iter().filter(|t| t.tail > OTHER * em).collect();
        if tailed.is_empty() {
            return false;
        }
        let near = |l: &&TLine| (l.baseline - line.baseline).abs() < SEEN * line.size;
        let others: Vec<&Token> =
            // The years of a head may be centred over figures.
            lines
                .iter()
                .filter(near)
                .flat_map(|l| &l.tokens)
                .filter(|t| t.number().is_some() && t.year().is_none())
                .collect();
        let (mut wholes, mut ends, mut shown) = (0, 0, 0);
        for t in &tailed {
            let differ = || others.iter().filter(|o| (o.tail - t.tail).abs() > OTHER * em);
            let edge = |o: &Token| o.rect.x1 - o.tail;
            let whole = differ().filter(|o| (edge(o) - edge(t)).abs() < FLUSH * em).count();
            wholes += whole;
            ends += differ().filter(|o| (o.rect.x1 - t.rect.x1).abs() < FLUSH * em).count();
            shown += usize::from(whole > 0);
        }
        wholes > ends && wholes >= 2 && shown * 2 > tailed.len()
    };
    let marks: Vec<bool> = lines.iter().map(hung).collect();
    for (line, mark) in lines.iter_mut().zip(marks) {
        line.tokens.iter_mut().for_each(|t| t.hung = mark && t.tail > OTHER * line.size);
    }
}

/// How surely a line is a row of figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Seed {
    Sure,
    Maybe,
    No,
}

/// Whether a drawn vertical line stands between two boxes of one line.
pub(crate) fn ruled_between(rulings: &[Ruling], a: &Rect, b: &Rect) -> bool {
    let y = a.center().y;
    rulings.iter().any(|r| {
        r.axis == Axis::Vertical
            && r.at >= a.x1 - 0.8
            && r.at <= b.x0 + 0.8
            && Interval::new(r.from, r.to).contains(y)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Line, Word};
    use crate::number::Point;

    /// A line of 10 pt at `y`; each word ends at its `x`, 5 pt a character.
    fn line(y: f32, words: &[(&str, f32)]) -> TLine {
        let word = |(text, x1): &(&str, f32)| {
            let wide = 5.0 * text.chars().map(|c| if c == ',' { 0.5 } else { 1.0 }).sum::<f32>();
            Word::new(text, Rect::new(x1 - wide, y - 7.0, *x1, y), y, 10.0)
        };
        let line =
            Line { words: words.iter().map(word).collect(), size: 10.0, baseline: y, ..Line::default() };
        TLine::new(super::super::token::tokens(&line, &[], 0.3, Point::Group), y, 10.0)
    }

    fn hung(lines: &[TLine]) -> Vec<bool> {
        lines.iter().map(|l| l.tokens.iter().any(|t| t.hung)).collect()
    }

    #[test]
    fn decimals_hang_where_whole_parts_end_flush() {
        let set = |right: f32| {
            let mut lines = vec![
                line(100.0, &[("Skatt", 80.0), ("1234", 200.0), ("2345", 300.0)]),
                line(112.0, &[("Andel", 80.0), ("4,5", right), ("5,5", right + 100.0)]),
                line(124.0, &[("Summa", 80.0), ("1000", 200.0), ("2000", 300.0)]),
            ];
            mark_hung(&mut lines);
            lines
        };
        // By the comma: `4,5` reaches as far beyond the column as its decimals are wide.
        let lines = set(207.5);
        assert_eq!(hung(&lines), [false, true, false]);
        assert!((lines[1].tokens[1].column().hi - 200.0).abs() < 0.1);
        // Flush right.
        assert_eq!(hung(&set(200.0)), [false; 3]);
    }

    #[test]
    fn rows_of_shares_are_no_heads() {
        assert!(!line(100.0, &[("Förändring", 80.0), ("%", 90.0), ("−2,0", 200.0)]).is_head());
        assert!(line(100.0, &[("Förändring", 80.0), ("%", 90.0), ("2025", 200.0)]).is_head());
    }
}
