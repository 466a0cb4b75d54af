//! Pieces of the lines of a table → its columns.
//!
//! In: lines in pieces. Out: the places between columns, and where on each line which column stands.
//! Columns are parted by white that runs down the whole table; as heads stand over several columns and
//! texts run over, a few lines may cross it. How many is decided by which choice lets most pieces
//! stand alone in one column.
//! Refuses: nothing; a single column is the caller's to refuse.

use super::piece::{Piece, Row, is_figure};
use crate::geometry::Interval;

/// White narrower than this parts nothing, points.
const NARROWEST: f32 = 1.5;
/// Usual white between columns, in em, is wider than this.
const CLOSE: f32 = 0.38;
/// At most this share of the lines may cross the white between columns.
const CROSSING: f32 = 0.3;
/// A piece that reaches into the next column by less than this, in em, only hangs over.
const OVERHANG: f32 = 0.9;

/// Columns of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    /// Places between columns, from left to right: one fewer than columns.
    pub(super) between: Vec<f32>,
    /// From the left edge of the leftmost piece to the right edge of the rightmost.
    pub(super) whole: Interval,
}

/// A piece and the columns that it covers, last included.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub(super) piece: Piece,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Columns {
    pub(super) fn find(rows: &[Row]) -> Columns {
        let several = || rows.iter().filter(|r| r.pieces.len() >= 2);
        let n = several().count();
        let pieces = || rows.iter().flat_map(|r| &r.pieces);
        let whole = pieces().map(|p| p.rect.xs()).reduce(|a, b| a.union(&b)).unwrap_or_default();
        let steps = coverage(several().flat_map(|r| &r.pieces));
        let most = (n as f32 * CROSSING) as usize;
        let mut best: Option<(f32, Columns)> = None;
        for crossing in 0..=most {
            let mut columns = Columns { between: gaps(&steps, crossing), whole };
            columns.between.retain(|x| parts(*x, rows));
            let score = several().map(|r| columns.score(r)).sum::<f32>();
            if best.as_ref().is_none_or(|b| score > b.0 + 0.01) {
                best = Some((score, columns));
            }
        }
        best.map(|b| b.1).unwrap_or_default()
    }

    /// The columns without those that hold nothing but the head of a neighbour, or nothing but its figures.
    pub(super) fn joined(mut self, head: &[Row], body: &[Row]) -> Columns {
        let filled = |columns: &Columns, rows: &[Row], c: usize| {
            rows.iter().flat_map(|r| columns.place(r)).any(|p| p.from == c && p.to == c)
        };
        let mut c = 0;
        while c < self.between.len() {
            let of = |k: usize| (filled(&self, head, k), filled(&self, body, k));
            if matches!((of(c), of(c + 1)), ((true, false), (false, true)) | ((false, true), (true, false))) {
                self.between.remove(c);
            } else {
                c += 1;
            }
        }
        self
    }

    pub(super) fn from_places(xs: &[f32]) -> Columns {
        let inner = xs.get(1..xs.len().saturating_sub(1)).unwrap_or_default();
        let whole = Interval::new(xs.first().copied().unwrap_or(0.0), xs.last().copied().unwrap_or(0.0));
        Columns { between: inner.to_vec(), whole }
    }

    pub(super) fn count(&self) -> usize {
        self.between.len() + 1
    }

    pub(super) fn at(&self, x: f32) -> usize {
        self.between.iter().filter(|b| **b < x).count()
    }

    /// Where a column may stand: from the white on its left to that on its right.
    pub(super) fn span(&self, from: usize, to: usize) -> Interval {
        let lo = if from == 0 { self.whole.lo } else { self.between[from - 1] };
        let hi = self.between.get(to).copied().unwrap_or(self.whole.hi);
        Interval { lo, hi: hi.max(lo) }
    }

    /// The columns that a piece covers; what hangs over a little does not count.
    fn cover(&self, piece: &Piece) -> (usize, usize) {
        let (mut from, mut to) = (self.at(piece.rect.x0), self.at(piece.rect.x1));
        let slack = (OVERHANG * piece.size).min(0.3 * piece.rect.width());
        while from < to && self.between[from] - piece.rect.x0 < slack {
            from += 1;
        }
        while to > from && piece.rect.x1 - self.between[to - 1] < slack {
            to -= 1;
        }
        (from, to)
    }

    /// How well a line fits: pieces alone in one column count, those that share one or cross into others do not.
    fn score(&self, row: &Row) -> f32 {
        let covers: Vec<(usize, usize)> = row.pieces.iter().map(|p| self.cover(p)).collect();
        let mut score = 0.0;
        for (i, c) in covers.iter().enumerate() {
            let shared = covers.iter().enumerate().any(|(j, d)| i != j && c.0 <= d.1 && d.0 <= c.1);
            let crossed = (c.1 - c.0) as f32;
            score += if shared { -1.0 } else { 1.0 - 0.6 * crossed.min(3.0) };
        }
        score
    }

    /// The pieces of a line in their columns. A piece that runs through a wider gap between two columns is
    /// two pieces; two pieces in one column are one.
    pub(super) fn place(&self, row: &Row) -> Vec<Placed> {
        let mut out: Vec<Placed> = Vec::new();
        for piece in row.pieces.iter().flat_map(|p| self.part(p)) {
            let (from, to) = self.cover(&piece);
            match out.last_mut() {
                Some(last) if last.to >= from => {
                    last.piece.words.extend(piece.words);
                    last.piece.rect = last.piece.rect.union(&piece.rect);
                    last.piece.figure &= piece.figure;
                    last.to = last.to.max(to);
                }
                _ => out.push(Placed { piece, from, to }),
            }
        }
        out
    }

    /// Parts a piece at columns where the gap there is wider than its other gaps, or a figure begins.
    fn part(&self, piece: &Piece) -> Vec<Piece> {
        let (from, to) = self.cover(piece);
        if from == to || piece.words.len() < 2 {
            return vec![piece.clone()];
        }
        let gap = |k: usize| piece.words[k].1.x0 - piece.words[k - 1].1.x1;
        let mut gaps: Vec<f32> = (1..piece.words.len()).map(gap).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = gaps[gaps.len() / 2].max(0.2 * piece.size);
        let mut places = Vec::new();
        for &x in &self.between[from..to] {
            let at = (1..piece.words.len())
                .find(|&k| piece.words[k - 1].1.x1 <= x + 0.5 && piece.words[k].1.x0 >= x - 0.5);
            if let Some(k) = at
                && (gap(k) > 1.4 * usual && gap(k) > 0.4 * piece.size
                    || gaps.len() == 1 && gap(k) > 0.5 * piece.size
                    || (is_figure(&piece.words[k].0) || is_figure(&piece.words[k - 1].0))
                        && gap(k) > 0.15 * piece.size)
            {
                places.push((piece.words[k - 1].1.x1 + piece.words[k].1.x0) / 2.0);
            }
        }
        piece.cut(&places)
    }
}

/// Whether the white at a place is as wide as between columns; `+358 40 123` has white too.
fn parts(x: f32, rows: &[Row]) -> bool {
    let across = |r: &Row| {
        let k = r.pieces.iter().position(|p| p.rect.x0 > x).filter(|k| *k > 0)?;
        Some((r.pieces[k].rect.x0 - r.pieces[k - 1].rect.x1) / r.size.max(1.0))
    };
    let mut gaps: Vec<f32> = rows.iter().filter_map(across).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).is_none_or(|g| *g > CLOSE)
}

/// How many pieces stand over each stretch of the page: places and the count from there on.
fn coverage<'p>(pieces: impl Iterator<Item = &'p Piece>) -> Vec<(f32, usize)> {
    let mut ends: Vec<(f32, i32)> =
        pieces.flat_map(|p| [(p.rect.x0, 1), (p.rect.x1.max(p.rect.x0 + 0.1), -1)]).collect();
    // At one place what ends goes first, so that what only touches leaves white of no width.
    ends.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut count = 0_i32;
    let mut out = Vec::with_capacity(ends.len());
    for (x, step) in ends {
        count += step;
        out.push((x, usize::try_from(count).unwrap_or(0)));
    }
    out
}

/// Middles of the stretches over which at most so many pieces stand, where they are whitest.
fn gaps(steps: &[(f32, usize)], crossing: usize) -> Vec<f32> {
    let mut out = Vec::new();
    let mut open: Vec<(usize, f32, f32)> = Vec::new();
    for pair in steps.windows(2) {
        let ((x0, count), (x1, _)) = (pair[0], pair[1]);
        if count <= crossing {
            open.push((count, x0, x1));
            continue;
        }
        let stretch = std::mem::take(&mut open);
        let width: f32 = stretch.iter().map(|s| s.2 - s.1).sum();
        // The whitest, of these the widest.
        let best = stretch.iter().min_by(|a, b| a.0.cmp(&b.0).then((b.2 - b.1).total_cmp(&(a.2 - a.1))));
        if let Some((_, a, b)) = best.filter(|_| width >= NARROWEST) {
            out.push((a + b) / 2.0);
        }
    }
    out
}
