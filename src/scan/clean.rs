//! Grey picture → the same without lines and specks, and the lines.
//!
//! A recogniser of letters takes a vertical line for a `1` or an `l` and a speck for a point or a
//! minus. Lines are found as long thin runs of ink and taken out, except where a letter crosses
//! them; specks are small pieces of ink with no letter beside them.
//! Refuses: broken and dotted lines, which stay.

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

/// Pixels a run of a line has at least, points; letters of 20 points have shorter strokes.
const LONG: f32 = 18.0;
/// Thickest line, points.
const THICK: f32 = 3.2;
/// A line is this many times longer than it is thick, at least.
const SLENDER: usize = 10;
/// Ink that stands out of a line by more than this many pixels is a letter's.
const CROSSING: usize = 3;

/// Takes the lines out.
pub(super) fn lines(picture: &mut Picture, bitmap: &Bitmap, scale: f32) -> Vec<Stroke> {
    let turned = bitmap.turned();
    let mut strokes = Vec::new();
    for (vertical, bitmap) in [(false, bitmap), (true, &turned)] {
        let long = ink::runs(bitmap, (LONG * scale) as usize, 2);
        for (blob, runs) in ink::blobs(&long) {
            let thickness = (blob.area / blob.width().max(1)).max(1);
            let slack = (0.6 * scale) as usize;
            let thin = blob.height() as f32 <= THICK * scale && thickness + slack >= blob.height();
            if !thin || blob.width() < SLENDER * thickness {
                continue;
            }
            strokes.push(Stroke {
                vertical,
                from: blob.x0,
                to: blob.x1,
                at: (blob.y0 + blob.y1 - thickness.min(blob.height())) / 2,
                thickness,
            });
            erase(picture, bitmap, vertical, &runs);
        }
    }
    strokes
}

/// Paints the runs of a line white, with their blurred edges, except where ink goes on across them.
fn erase(picture: &mut Picture, bitmap: &Bitmap, vertical: bool, runs: &[Run]) {
    let (x0, x1) = runs.iter().fold((usize::MAX, 0), |(a, b), r| (a.min(r.x0), b.max(r.x1)));
    for x in x0..x1 {
        let own = || runs.iter().filter(|r| (r.x0..r.x1).contains(&x)).map(|r| r.y);
        let (Some(top), Some(bottom)) = (own().min(), own().max()) else { continue };
        let above = (0..top).rev().take_while(|&y| bitmap.at(x, y)).take(CROSSING + 1).count();
        let below = (bottom + 1..bitmap.height).take_while(|&y| bitmap.at(x, y)).take(CROSSING + 1).count();
        if above > CROSSING || below > CROSSING {
            continue;
        }
        for y in top.saturating_sub(above + 2)..(bottom + below + 3).min(bitmap.height) {
            let (x, y) = if vertical { (y, x) } else { (x, y) };
            picture.grey[y * picture.width + x] = 255;
        }
    }
}

/// Widest and highest speck, points.
const SPECK: f32 = 1.3;

/// Takes the specks out; what is left are letters and their dots.
pub(super) fn specks(picture: &mut Picture, blobs: Vec<(Blob, Vec<Run>)>, scale: f32) -> Vec<Blob> {
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
    let mut kept = Vec::with_capacity(blobs.len());
    for (blob, runs) in &blobs {
        if !small(blob) || near(blob) {
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
    kept
}
