//! Lines of a table → which are its head, and the head in cells.
//!
//! In: the lines of a table in columns, and the rules drawn in it. Out: how many lines are head, and
//! its cells in levels. A piece over several columns is one cell; the columns that it covers are told
//! by the rule under it, or by its middle. Lines under one another in the same columns are one
//! cell unless a rule parts them.
//! Refuses: heads at the side.

use super::SheetCell;
use super::columns::{Columns, Placed};
use super::rows::Line;
use crate::geometry::{Interval, Rect};
use crate::number;
use crate::pdf::Ruling;

/// Lines that a head has at the most.
const MOST: usize = 9;

/// How many lines are head: those above the first line with figures that are no years; in tables
/// of words alone those above the first rule, or in bold.
pub(super) fn end(lines: &[Line]) -> usize {
    let is_body = |l: &Line| {
        let figures = || l.cells.iter().filter(|c| c.piece.figure);
        let years = figures().filter(|c| c.from > 0).all(|c| is_year(&c.piece.text()));
        let others = l.cells.iter().any(|c| !c.piece.figure && c.from == 0);
        // A row may begin with a year; a head of years alone has nothing else.
        l.has_figures() && (!years || others && l.cells.len() > 2 && figures().count() < 2)
    };
    let first = lines.iter().position(is_body);
    let ruled = (1..lines.len()).find(|&k| lines[k].band > lines[0].band && lines[k - 1].cells.len() >= 2);
    let bold = lines.iter().take_while(|l| l.cells.iter().all(|c| c.piece.bold)).count();
    let bold = if bold < lines.len() { bold } else { 0 };
    let end = match (first, ruled) {
        (Some(f), Some(r)) if r <= f => r,
        (Some(f), _) => {
            // Headings within the body stand alone at the left.
            let mut f = f;
            while f > 0 && lines[f - 1].cells.len() == 1 && lines[f - 1].cells[0].from == 0 && f > 1 {
                f -= 1;
            }
            f
        }
        (None, Some(r)) => r,
        (None, None) => bold.max(1),
    };
    let figures = lines.iter().any(Line::has_figures);
    if end > MOST {
        0
    } else if figures || bold > 0 || ruled.is_some() {
        end
    } else {
        1.min(end)
    }
}

fn is_year(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_ascii_digit());
    number::year_in(bare).is_some() || bare.split(['-', '/', '–']).all(|p| number::year_in(p).is_some())
}

/// A cell of the head while it is put together.
pub(super) struct HeadCell {
    pub(super) lines: Vec<(String, Rect)>,
    pub(super) from: usize,
    /// One past the last column.
    pub(super) to: usize,
    level: usize,
}

/// The cells of a head, and how many rows it has.
pub(super) fn read(lines: &[Line], columns: &Columns, rules: &[&Ruling]) -> (Vec<SheetCell>, usize) {
    let mut pieces: Vec<(usize, usize, String, Rect)> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        for (i, placed) in line.cells.iter().enumerate() {
            let (from, to) = over(placed, i, line, &lines[k + 1..], columns, rules);
            pieces.push((from, to, placed.piece.text(), placed.piece.rect));
        }
    }
    levels(pieces, columns.count(), rules)
}

/// The columns that a piece stands over: from, and one past the last.
fn over(
    placed: &Placed,
    i: usize,
    line: &Line,
    below: &[Line],
    columns: &Columns,
    rules: &[&Ruling],
) -> (usize, usize) {
    let own = (placed.from, placed.to + 1);
    let rect = placed.piece.rect;
    // A rule right under it, before the next line.
    let next = below.first().map_or(f32::INFINITY, |l| l.baseline);
    let under = rules.iter().find(|r| {
        r.at > rect.center().y
            && r.at < next
            && r.from <= rect.x0 + 3.0
            && r.to >= rect.x1 - 3.0
            && r.to - r.from < 0.9 * columns.whole.len()
    });
    if let Some(r) = under {
        let rule = Interval { lo: r.from, hi: r.to };
        let under = |c: &usize| {
            let ink = inked(below, *c, c + 1).unwrap_or_else(|| columns.span(*c, *c));
            rule.overlap(&ink) > 0.4 * ink.len()
        };
        let from = (0..columns.count()).find(under).unwrap_or(own.0);
        let to = (from..columns.count()).take_while(under).last().map_or(own.1, |c| c + 1);
        // A rule under the words alone says nothing.
        if r.to - r.from > 1.15 * rect.width() || (from, to) != own {
            return (from.min(own.0), to.max(own.1));
        }
    }
    // Without a rule: as far as there are heads below it and none beside it, if its middle fits.
    let left = i.checked_sub(1).map_or(0, |k| line.cells[k].to + 1);
    let right = line.cells.get(i + 1).map_or(columns.count(), |c| c.from);
    let headed = |c: usize| below.iter().any(|l| l.cells.iter().any(|p| p.from == c && p.to == c));
    if below.is_empty() || !(own.0..own.1).all(headed) {
        return own;
    }
    let miss = |(from, to): (usize, usize)| {
        let span: Interval = inked(below, from, to).unwrap_or_else(|| columns.span(from, to - 1));
        (span.mid() - rect.center().x).abs()
    };
    let mut best = own;
    for from in left..=own.0 {
        for to in own.1..=right {
            let range = (from, to);
            let first = if from == 0 { 1 } else { from };
            if to > from + 1
                && from >= first
                && (from..to).all(headed)
                && miss(range) + 0.6 * placed.piece.size < miss(best)
                && miss(range) < 0.8 * placed.piece.size
            {
                best = range;
            }
        }
    }
    best
}

/// From the left edge of the first column's pieces to the right edge of the last one's.
fn inked(lines: &[Line], from: usize, to: usize) -> Option<Interval> {
    let cells = lines.iter().flat_map(|l| &l.cells).filter(|c| c.from >= from && c.to < to);
    cells.map(|c| c.piece.rect.xs()).reduce(|a, b| a.union(&b))
}

/// Pieces and the columns that they stand over, from top to bottom → cells in levels, and how many levels.
///
/// Pieces of one set of columns that follow each other are the lines of one cell. A cell lies below all
/// cells over any of its columns.
pub(super) fn levels(
    pieces: Vec<(usize, usize, String, Rect)>,
    width: usize,
    rules: &[&Ruling],
) -> (Vec<SheetCell>, usize) {
    let mut cells: Vec<HeadCell> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; width];
    for (from, to, text, rect) in pieces {
        let above = last[from].filter(|&c| (from..to).all(|k| last[k] == Some(c)));
        let goes_on = above.filter(|&c| {
            let cell = &cells[c];
            let end = cell.lines.last().map_or(f32::MIN, |l| l.1.center().y);
            let parted = rules.iter().any(|r| {
                r.at > end && r.at < rect.center().y && r.from <= rect.center().x && r.to >= rect.center().x
            });
            (cell.from, cell.to) == (from, to) && !parted
        });
        match goes_on {
            Some(c) => cells[c].lines.push((text, rect)),
            None => {
                let level = (from..to).filter_map(|k| last[k]).map(|c| cells[c].level + 1).max().unwrap_or(0);
                last[from..to].fill(Some(cells.len()));
                cells.push(HeadCell { lines: vec![(text, rect)], from, to, level });
            }
        }
    }
    let rows = cells.iter().map(|c| c.level + 1).max().unwrap_or(0);
    // What stands alone in its columns fills them down to the figures.
    let spans: Vec<usize> = cells
        .iter()
        .enumerate()
        .map(|(i, c)| if (c.from..c.to).all(|k| last[k] == Some(i)) { rows - c.level } else { 1 })
        .collect();
    let cells = cells.into_iter().zip(spans).map(|(c, rowspan)| {
        let bbox = Rect::union_all(c.lines.iter().map(|l| l.1));
        let text: Vec<String> = c.lines.into_iter().map(|l| l.0).collect();
        SheetCell { row: c.level, col: c.from, rowspan, colspan: c.to - c.from, text: text.join("\n"), bbox }
    });
    (cells.collect(), rows)
}
