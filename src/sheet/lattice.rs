//! Rulings → [`Lattice`]s: tables whose cells are drawn.
//!
//! In: the lines drawn on a page. Out: for each net of lines that cross or touch its cells, with
//! spans where a line is left out. A net without outer lines at its sides is closed where
//! its other lines end. Refuses: frames around a single cell, nets too fine for text.

use super::piece::Row;
use crate::geometry::Rect;
use crate::pdf::{Axis, Ruling};

/// Lines that end this close to another touch it; lines this close are one (double rules).
const TOUCH: f32 = 3.5;
/// A line must run along this share of an edge to be that edge.
const ALONG: f32 = 0.6;
/// More lines than this are a drawing.
const MOST: usize = 4_000;
/// Open sides are closed where lines run on by more than this.
const OPEN: f32 = 8.0;
/// No text fits into rows lower than this.
const LOWEST: f32 = 4.0;

/// A drawn net.
#[derive(Clone, Debug)]
pub(super) struct Lattice {
    pub(super) rect: Rect,
    /// From left to right, both sides included.
    pub(super) xs: Vec<f32>,
    /// From top to bottom, both sides included.
    pub(super) ys: Vec<f32>,
    pub(super) faces: Vec<Face>,
}

/// A drawn cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Face {
    pub(super) row: usize,
    pub(super) col: usize,
    pub(super) rowspan: usize,
    pub(super) colspan: usize,
    pub(super) rect: Rect,
}

pub(super) fn find(rulings: &[Ruling], rows: &[Row]) -> Vec<Lattice> {
    if rulings.len() > MOST {
        return Vec::new();
    }
    let mut groups = components(rulings);
    groups.extend(upright(rulings, rows));
    groups.iter().filter_map(|lines| lattice(lines, rows)).collect()
}

/// Upright lines of one height that nothing crosses, closed above and below and at both sides of the text.
fn upright(rulings: &[Ruling], rows: &[Row]) -> Vec<Vec<Ruling>> {
    let lone = |v: &&Ruling| {
        v.axis == Axis::Vertical && !rulings.iter().any(|h| h.axis == Axis::Horizontal && touch(h, v))
    };
    let mut groups: Vec<Vec<Ruling>> = Vec::new();
    for v in rulings.iter().filter(lone) {
        let same = |g: &&mut Vec<Ruling>| (g[0].from - v.from).abs() < 6.0 && (g[0].to - v.to).abs() < 6.0;
        match groups.iter_mut().find(same) {
            Some(g) => g.push(*v),
            None => groups.push(vec![*v]),
        }
    }
    groups.retain(|g| g.len() >= 2);
    for group in &mut groups {
        let (from, to) = (group[0].from, group[0].to);
        let inside: Vec<&Row> = rows.iter().filter(|r| (from..to).contains(&r.rect.center().y)).collect();
        let lo = inside.iter().map(|r| r.rect.x0).fold(f32::INFINITY, f32::min) - 2.0;
        let hi = inside.iter().map(|r| r.rect.x1).fold(f32::NEG_INFINITY, f32::max) + 2.0;
        let several = inside.iter().filter(|r| r.pieces.len() >= 2).count();
        if inside.len() < 2 || several * 2 < inside.len() {
            group.clear();
            continue;
        }
        let horizontal = |at| Ruling { axis: Axis::Horizontal, at, from: lo, to: hi, width: 0.0 };
        group.extend([from, to].map(horizontal));
    }
    groups.retain(|g| !g.is_empty());
    groups
}

fn touch(h: &Ruling, v: &Ruling) -> bool {
    h.at >= v.from - TOUCH && h.at <= v.to + TOUCH && v.at >= h.from - TOUCH && v.at <= h.to + TOUCH
}

/// Lines that hang together.
fn components(rulings: &[Ruling]) -> Vec<Vec<Ruling>> {
    let mut home: Vec<usize> = (0..rulings.len()).collect();
    fn root(home: &mut [usize], mut i: usize) -> usize {
        while home[i] != i {
            home[i] = home[home[i]];
            i = home[i];
        }
        i
    }
    for (i, h) in rulings.iter().enumerate().filter(|r| r.1.axis == Axis::Horizontal) {
        for (j, v) in rulings.iter().enumerate().filter(|r| r.1.axis == Axis::Vertical) {
            if touch(h, v) {
                let (a, b) = (root(&mut home, i), root(&mut home, j));
                home[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, Vec<Ruling>> = std::collections::BTreeMap::new();
    for (i, ruling) in rulings.iter().enumerate() {
        groups.entry(root(&mut home, i)).or_default().push(*ruling);
    }
    groups.into_values().filter(|g| g.len() >= 3).collect()
}

/// Places of lines, each once.
fn places(lines: &[Ruling], axis: Axis) -> Vec<f32> {
    let mut all: Vec<f32> = lines.iter().filter(|r| r.axis == axis).map(|r| r.at).collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for at in all {
        match out.last_mut() {
            Some(last) if at - *last <= TOUCH => *last = at.max(*last),
            _ => out.push(at),
        }
    }
    out
}

/// Closes the sides at which the other lines run on: two of them, or one and text beside the net.
fn close(lines: &mut Vec<Ruling>, across: Axis, text: &dyn Fn(f32, f32, f32, f32) -> bool) {
    let along = if across == Axis::Vertical { Axis::Horizontal } else { Axis::Vertical };
    let other = places(lines, across);
    let (Some(&first), Some(&last)) = (other.first(), other.last()) else { return };
    let own: Vec<Ruling> = lines.iter().filter(|r| r.axis == along).copied().collect();
    let reach: Vec<Ruling> = lines.iter().filter(|r| r.axis == across).copied().collect();
    let from = reach.iter().map(|r| r.from).chain(own.iter().map(|r| r.at)).fold(f32::INFINITY, f32::min);
    let to = reach.iter().map(|r| r.to).chain(own.iter().map(|r| r.at)).fold(f32::NEG_INFINITY, f32::max);
    let mut ends: Vec<f32> = own.iter().map(|r| r.from).collect();
    ends.sort_by(f32::total_cmp);
    let lo = ends.get(1).copied().filter(|lo| *lo < first - OPEN);
    let lo = lo.or_else(|| ends.first().copied().filter(|lo| text(*lo, first, from, to)));
    let mut ends: Vec<f32> = own.iter().map(|r| r.to).collect();
    ends.sort_by(|a, b| b.total_cmp(a));
    let hi = ends.get(1).copied().filter(|hi| *hi > last + OPEN);
    let hi = hi.or_else(|| ends.first().copied().filter(|hi| text(last, *hi, from, to)));
    let sides = lo.filter(|lo| *lo < first - OPEN).into_iter().chain(hi.filter(|hi| *hi > last + OPEN));
    lines.extend(sides.map(|at| Ruling { axis: across, at, from, to, width: 0.0 }));
}

fn lattice(lines: &[Ruling], rows: &[Row]) -> Option<Lattice> {
    let mut lines = lines.to_vec();
    let text = |area: Rect| {
        let inside = |r: &&Row| r.pieces.iter().any(|p| area.contains(p.rect.center()));
        rows.iter().filter(inside).count() >= 2
    };
    close(&mut lines, Axis::Vertical, &|lo, hi, from, to| text(Rect::new(lo, from, hi, to)));
    close(&mut lines, Axis::Horizontal, &|lo, hi, from, to| text(Rect::new(from, lo, to, hi)));
    let (xs, ys) = (places(&lines, Axis::Vertical), places(&lines, Axis::Horizontal));
    let (width, height) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
    if width == 0 || height == 0 || width * height < 2 || width > 60 || height > 300 {
        return None;
    }
    let fine = ys.windows(2).filter(|w| w[1] - w[0] < LOWEST).count();
    if fine * 3 > height {
        return None;
    }
    let drawn = |axis: Axis, at: f32, from: f32, to: f32| {
        let mut runs: Vec<(f32, f32)> = lines
            .iter()
            .filter(|r| r.axis == axis && (r.at - at).abs() <= TOUCH)
            .map(|r| (r.from.max(from), r.to.min(to)))
            .filter(|r| r.1 > r.0)
            .collect();
        runs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut covered, mut end) = (0.0, from);
        for (a, b) in runs {
            covered += (b - a.max(end)).max(0.0);
            end = end.max(b);
        }
        covered >= ALONG * (to - from)
    };
    // Edge below row r (or right of column c) of the smallest cells.
    let below = |r: usize, c: usize| drawn(Axis::Horizontal, ys[r + 1], xs[c], xs[c + 1]);
    let right = |r: usize, c: usize| drawn(Axis::Vertical, xs[c + 1], ys[r], ys[r + 1]);
    let mut taken = vec![vec![false; width]; height];
    let mut faces = Vec::new();
    for r in 0..height {
        for c in 0..width {
            if taken[r][c] {
                continue;
            }
            let mut c1 = c;
            while c1 + 1 < width && !taken[r][c1 + 1] && !right(r, c1) {
                c1 += 1;
            }
            let mut r1 = r;
            let open = |r: usize| (c..=c1).all(|k| !below(r, k));
            let whole = |r: usize| (c..c1).all(|k| !right(r, k)) && (c..=c1).all(|k| !taken[r][k]);
            // A cell grows downwards only where its sides are drawn there as well.
            let sided = |r: usize| (c == 0 || right(r, c - 1)) && (c1 + 1 == width || right(r, c1));
            while r1 + 1 < height && open(r1) && whole(r1 + 1) && sided(r1 + 1) {
                r1 += 1;
            }
            for row in &mut taken[r..=r1] {
                row[c..=c1].fill(true);
            }
            let rect = Rect::new(xs[c], ys[r], xs[c1 + 1], ys[r1 + 1]);
            faces.push(Face { row: r, col: c, rowspan: r1 - r + 1, colspan: c1 - c + 1, rect });
        }
    }
    let rect = Rect::new(xs[0], ys[0], xs[width], ys[height]);
    Some(Lattice { rect, xs, ys, faces })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn h(at: f32, from: f32, to: f32) -> Ruling {
        Ruling { axis: Axis::Horizontal, at, from, to, width: 0.5 }
    }

    fn v(at: f32, from: f32, to: f32) -> Ruling {
        Ruling { axis: Axis::Vertical, at, from, to, width: 0.5 }
    }

    fn spans(l: &Lattice) -> Vec<(usize, usize, usize, usize)> {
        l.faces.iter().map(|f| (f.row, f.col, f.rowspan, f.colspan)).collect()
    }

    #[test]
    fn a_head_over_two_columns() {
        let lines = [
            h(0.0, 0.0, 90.0),
            h(20.0, 30.0, 90.0),
            h(40.0, 0.0, 90.0),
            h(60.0, 0.0, 90.0),
            v(0.0, 0.0, 60.0),
            v(30.0, 0.0, 60.0),
            v(60.0, 20.0, 60.0),
            v(90.0, 0.0, 60.0),
        ];
        let found = find(&lines, &[]);
        assert_eq!(found.len(), 1);
        let wanted = [
            (0, 0, 2, 1),
            (0, 1, 1, 2),
            (1, 1, 1, 1),
            (1, 2, 1, 1),
            (2, 0, 1, 1),
            (2, 1, 1, 1),
            (2, 2, 1, 1),
        ];
        assert_eq!(spans(&found[0]), wanted);
    }

    #[test]
    fn sides_without_a_line_are_closed() {
        let lines = [h(0.0, 0.0, 90.0), h(20.0, 0.0, 90.0), h(40.0, 0.0, 90.0), v(50.0, 0.0, 40.0)];
        let found = find(&lines, &[]);
        assert_eq!(found[0].xs, [0.0, 50.0, 90.0]);
        assert_eq!(found[0].faces.len(), 4);
    }

    #[test]
    fn a_frame_is_no_table() {
        let lines = [h(0.0, 0.0, 90.0), h(40.0, 0.0, 90.0), v(0.0, 0.0, 40.0), v(90.0, 0.0, 40.0)];
        assert!(find(&lines, &[]).is_empty());
        assert!(find(&[h(0.0, 0.0, 90.0), h(40.0, 0.0, 90.0)], &[]).is_empty());
    }
}
