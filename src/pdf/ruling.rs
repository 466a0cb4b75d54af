//! Pieces of straight lines → [`Ruling`]s.
//!
//! Typesetters draw one table line as many pieces: a border per cell, twice
//! where cells meet. Pieces on one line that touch or overlap become one.
//! Refuses: slanted lines and curves.

use hayro_interpret::kurbo::{Point as KurboPoint, Rect as KurboRect};

use super::{Axis, Ruling};
use crate::geometry::Rect;

/// Lines closer than this are one line.
const SAME_LINE: f32 = 1.2;
/// Pieces this close along the line are one piece.
const GAP: f32 = 2.0;
/// Shorter lines are ticks, underlines of a digit, parts of pictures.
const SHORTEST: f32 = 4.0;

/// A piece of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Segment(Ruling);

impl Segment {
    /// A piece from a filled rectangle that is a line.
    pub(super) fn from_thin(r: Rect) -> Option<Self> {
        let (w, h) = (r.width(), r.height());
        let ruling = if w >= h {
            Ruling { axis: Axis::Horizontal, at: r.center().y, from: r.x0, to: r.x1, width: h }
        } else {
            Ruling { axis: Axis::Vertical, at: r.center().x, from: r.y0, to: r.y1, width: w }
        };
        Some(Segment(ruling))
    }

    /// A piece from a stroked line, cut to the clip.
    pub(super) fn from_line(a: KurboPoint, b: KurboPoint, clip: KurboRect, width: f32) -> Option<Self> {
        if ![a.x, a.y, b.x, b.y].iter().all(|v| v.is_finite()) {
            return None;
        }
        let (dx, dy) = ((a.x - b.x).abs(), (a.y - b.y).abs());
        let (axis, at, from, to, lo, hi, inside) = if dy <= 0.5 && dx > dy {
            let y = (a.y + b.y) / 2.0;
            (Axis::Horizontal, y, a.x.min(b.x), a.x.max(b.x), clip.x0, clip.x1, y >= clip.y0 && y <= clip.y1)
        } else if dx <= 0.5 && dy > dx {
            let x = (a.x + b.x) / 2.0;
            (Axis::Vertical, x, a.y.min(b.y), a.y.max(b.y), clip.y0, clip.y1, x >= clip.x0 && x <= clip.x1)
        } else {
            return None;
        };
        let (from, to) = (from.max(lo), to.min(hi));
        (inside && to > from).then_some(Segment(Ruling {
            axis,
            at: at as f32,
            from: from as f32,
            to: to as f32,
            width,
        }))
    }
}

/// Joins pieces; sorted by axis, place, beginning.
pub(super) fn join(segments: Vec<Segment>) -> Vec<Ruling> {
    let mut pieces: Vec<Ruling> = segments.into_iter().map(|s| s.0).collect();
    pieces.sort_by(|a, b| a.axis.cmp(&b.axis).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Ruling> = Vec::new();
    let mut i = 0;
    while i < pieces.len() {
        // All pieces whose place lies within SAME_LINE of the first.
        let mut j = i + 1;
        while j < pieces.len() && pieces[j].axis == pieces[i].axis && pieces[j].at - pieces[i].at <= SAME_LINE
        {
            j += 1;
        }
        let mut line = pieces[i..j].to_vec();
        line.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut current = line[0];
        for piece in &line[1..] {
            if piece.from <= current.to + GAP {
                let (l, m) = (current.to - current.from, piece.to - piece.from);
                if l + m > 0.0 {
                    current.at = (current.at * l + piece.at * m) / (l + m);
                }
                current.to = current.to.max(piece.to);
                current.width = current.width.max(piece.width);
            } else {
                out.push(current);
                current = *piece;
            }
        }
        out.push(current);
        i = j;
    }
    out.retain(|r| r.to - r.from >= SHORTEST);
    out.sort_by(|a, b| a.axis.cmp(&b.axis).then(a.at.total_cmp(&b.at)).then(a.from.total_cmp(&b.from)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_pieces_are_one_line() {
        let piece = |x0, x1, y: f32| Segment::from_thin(Rect::new(x0, y, x1, y + 0.5));
        let rulings = join(
            [piece(10.0, 50.0, 100.0), piece(51.0, 90.0, 100.4), piece(10.0, 40.0, 120.0)]
                .into_iter()
                .flatten()
                .collect(),
        );
        assert_eq!(rulings.len(), 2);
        assert_eq!((rulings[0].from, rulings[0].to), (10.0, 90.0));
    }
}
