//! Grey picture → the same without lines and specks, and the lines.
//!
//! A recogniser of letters takes a vertical line for a `1` or an `l` and a speck for a point or a
//! minus. Lines are found as long thin runs of ink and taken out, except where a letter crosses
//! them; specks are small pieces of ink with no letter beside them.
//! Refuses: lines that a letter crosses for most of their length; they stay.

use rustc_hash::FxHashSet;

use super::ink::{self, Blob, Run};
use super::picture::{Bitmap, Picture};

/// A straight line in pixels: along `from..to`, across `at..at + thickness`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stroke {
    pub(super) vertical: bool,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) at: usize,
    pub(super) thickness: usize,
}

/// A line is at least this long, points; letters of 20 points have shorter strokes.
const LONG: f32 = 18.0;
/// Gaps in a line, points, where the scanner lost it.
const LOST: f32 = 0.9;
/// Thickest line, points.
const THICK: f32 = 3.2;
/// A line is this many times longer than it is thick, at least.
const SLENDER: usize = 10;
/// Ink that stands out of a line by more than this many pixels is a letter's.
const CROSSING: usize = 3;
/// Share of a line that nothing crosses; the feet of bold letters run together, but not like this.
const FREE: f32 = 0.7;
/// How far a line is followed where it is broken, points.
const BROKEN: f32 = 36.0;

/// Takes the lines out.
pub(super) fn lines(picture: &mut Picture, scale: f32) -> Vec<Stroke> {
    let upright = picture.faint();
    let turned = upright.turned();
    let mut strokes = Vec::new();
    for (vertical, bitmap) in [(false, &upright), (true, &turned)] {
        let long = ink::runs(bitmap, (LONG * scale) as usize, (LOST * scale) as usize);
        let mut found: Vec<Stroke> = ink::blobs(&long)
            .iter()
            .filter_map(|(blob, runs)| stroke(bitmap, blob, runs, scale))
            .map(|stroke| Stroke { vertical, ..stroke })
            .collect();
        for stroke in &found {
            let reach = (BROKEN * scale) as usize;
            let whole = stroke.from.saturating_sub(reach)..(stroke.to + reach).min(bitmap.width);
            for x in whole {
                if let Some((from, to)) = free(bitmap, x, stroke.at, stroke.at + stroke.thickness) {
                    erase(picture, vertical, x, from.saturating_sub(2)..(to + 2).min(bitmap.height));
                }
            }
        }
        found.sort_by_key(|s| (s.at, s.from));
        strokes.extend(joined(bitmap, found, scale));
    }
    strokes
}

/// The line that a long thin piece of ink is, if it is one.
fn stroke(bitmap: &Bitmap, blob: &Blob, runs: &[Run], scale: f32) -> Option<Stroke> {
    let thickness = (blob.area / blob.width().max(1)).max(1);
    let slack = (0.6 * scale) as usize;
    let thin = blob.height() as f32 <= THICK * scale && thickness + slack >= blob.height();
    if !thin || blob.width() < SLENDER * thickness {
        return None;
    }
    let at = (blob.y0 + blob.y1 - thickness.min(blob.height())) / 2;
    let mut tops = vec![(usize::MAX, 0); blob.width()];
    for run in runs {
        for (top, bottom) in &mut tops[run.x0 - blob.x0..run.x1 - blob.x0] {
            *top = run.y.min(*top);
            *bottom = (run.y + 1).max(*bottom);
        }
    }
    let inked = tops.iter().enumerate().filter(|(_, t)| t.1 > 0);
    let alone = inked.filter(|(x, (top, bottom))| free(bitmap, blob.x0 + x, *top, *bottom).is_some());
    let enough = alone.count() as f32 >= FREE * blob.width() as f32;
    enough.then_some(Stroke { vertical: false, from: blob.x0, to: blob.x1, at, thickness })
}

/// From where to where a line of this height is dark in this column; `None` where it is not, or
/// where something crosses it.
fn free(bitmap: &Bitmap, x: usize, top: usize, bottom: usize) -> Option<(usize, usize)> {
    // Lines sag by a pixel or two over a page.
    let near = top.saturating_sub(2)..(bottom + 2).min(bitmap.height);
    let first = near.clone().find(|&y| bitmap.at(x, y))?;
    let last = near.rev().find(|&y| bitmap.at(x, y))?;
    let above = (0..first).rev().take_while(|&y| bitmap.at(x, y)).take(CROSSING + 1).count();
    let below = (last + 1..bitmap.height).take_while(|&y| bitmap.at(x, y)).take(CROSSING + 1).count();
    (above <= CROSSING && below <= CROSSING).then_some((first - above, last + 1 + below))
}

/// Paints a stretch of one column white.
fn erase(picture: &mut Picture, vertical: bool, x: usize, ys: std::ops::Range<usize>) {
    for y in ys {
        let (x, y) = if vertical { (y, x) } else { (x, y) };
        picture.grey[y * picture.width + x] = 255;
    }
}

/// Joins the pieces of a line between which it shows.
fn joined(bitmap: &Bitmap, strokes: Vec<Stroke>, scale: f32) -> Vec<Stroke> {
    const SHOWS: f32 = 0.25;
    let mut out: Vec<Stroke> = Vec::new();
    for stroke in strokes {
        let continues = |before: &&mut Stroke| {
            let gap = stroke.from.saturating_sub(before.to);
            let level = stroke.at.abs_diff(before.at) <= 3;
            let shows = || {
                let dark = (before.to..stroke.from)
                    .filter(|&x| free(bitmap, x, before.at, before.at + before.thickness).is_some());
                dark.count() as f32 >= SHOWS * gap as f32
            };
            level && stroke.from >= before.from && gap as f32 <= BROKEN * scale && (gap == 0 || shows())
        };
        match out.iter_mut().rev().take(16).find(continues) {
            Some(before) => before.to = before.to.max(stroke.to),
            None => out.push(stroke),
        }
    }
    out
}

/// Widest and highest speck, points.
const SPECK: f32 = 1.3;
/// Widest and highest dot of a leader, points.
const DOT: f32 = 2.2;

/// Takes the specks and the leaders out; what is left are letters and their dots. The leaders
/// come back row by row, each from left to right.
pub(super) fn specks(
    picture: &mut Picture,
    blobs: &[(Blob, Vec<Run>)],
    scale: f32,
) -> (Vec<Blob>, Vec<Vec<Blob>>) {
    let small = |b: &Blob| b.width().max(b.height()) as f32 <= SPECK * scale;
    let letter = |b: &Blob| {
        let height = b.height() as f32 / scale;
        (2.5..60.0).contains(&height) && b.width() as f32 / scale < 80.0
    };
    // Letters by stripes of the page, so that neighbours are found at once.
    let stripe = (24.0 * scale) as usize;
    let mut stripes: Vec<Vec<Blob>> = vec![Vec::new(); picture.height / stripe + 2];
    for (blob, _) in blobs.iter().filter(|(b, _)| letter(b)) {
        for place in &mut stripes[blob.y0 / stripe..=blob.y1 / stripe] {
            place.push(*blob);
        }
    }
    let near = |speck: &Blob| {
        let (x, y) = ((speck.x0 + speck.x1) / 2, (speck.y0 + speck.y1) / 2);
        let reach = stripe / 2;
        let places = y.saturating_sub(reach) / stripe..=((y + reach) / stripe).min(stripes.len() - 1);
        stripes[places].iter().flatten().any(|b| {
            let (side, up) = (b.height() * 2 / 5, b.height() / 2);
            (b.x0.saturating_sub(side)..b.x1 + side).contains(&x)
                && (b.y0.saturating_sub(up)..b.y1 + b.height() / 4).contains(&y)
        })
    };
    // The dots of `ä` stand in rows too, but each over its letter.
    let over_letter = |dot: &Blob| {
        let (x, under) = ((dot.x0 + dot.x1) / 2, dot.y1..dot.y1 + (3.0 * scale) as usize);
        let place = &stripes[under.start / stripe..=(under.end / stripe).min(stripes.len() - 1)];
        place.iter().flatten().any(|b| (b.x0..b.x1).contains(&x) && under.contains(&b.y0))
    };
    let dot = |b: &&Blob| b.width().max(b.height()) as f32 <= DOT * scale && !over_letter(b);
    let leaders = leaders(blobs.iter().map(|(b, _)| b).filter(dot), scale);
    let of_leaders: FxHashSet<(usize, usize)> = leaders.iter().flatten().map(|b| (b.x0, b.y0)).collect();
    let mut kept = Vec::with_capacity(blobs.len());
    for (blob, runs) in blobs {
        if !of_leaders.contains(&(blob.x0, blob.y0)) && (!small(blob) || near(blob)) {
            kept.push(*blob);
            continue;
        }
        for run in runs {
            for y in run.y.saturating_sub(1)..(run.y + 2).min(picture.height) {
                let row = y * picture.width;
                picture.grey[row + run.x0.saturating_sub(1)..row + (run.x1 + 1).min(picture.width)].fill(255);
            }
        }
    }
    (kept, leaders)
}

/// Dots that stand in rows: leaders between a label and its figures, dotted lines.
fn leaders<'b>(dots: impl Iterator<Item = &'b Blob>, scale: f32) -> Vec<Vec<Blob>> {
    const FEWEST: usize = 5;
    const APART: f32 = 9.0;
    let mut dots: Vec<&Blob> = dots.collect();
    dots.sort_by_key(|b| b.x0);
    let mut rows: Vec<Vec<Blob>> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for dot in dots {
        open.retain(|&r| dot.x0.saturating_sub(rows[r].last().map_or(0, |b| b.x1)) as f32 <= APART * scale);
        let level =
            |r: &&usize| rows[**r].last().is_some_and(|b| (b.y0 + b.y1).abs_diff(dot.y0 + dot.y1) <= 3);
        match open.iter().find(level) {
            Some(&row) => rows[row].push(*dot),
            None => {
                open.push(rows.len());
                rows.push(vec![*dot]);
            }
        }
    }
    rows.retain(|r| r.len() >= FEWEST);
    rows
}
