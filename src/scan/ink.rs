//! Black and white → [`Blob`]s: connected pieces of ink.
//!
//! Runs of ink in a row are joined to the runs they touch in the row above, corners included
//! (Rosenfeld and Pfaltz, "Sequential operations in digital picture processing", 1966).
//! Refuses nothing: a picture without ink has no blobs.

use super::picture::Bitmap;
use crate::geometry::Rect;

/// A stretch of ink in one row, from `x0` to before `x1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) y: usize,
    pub(super) x0: usize,
    pub(super) x1: usize,
}

/// A connected piece of ink; its edges in pixels, the right and the lower one outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Blob {
    pub(super) x0: usize,
    pub(super) y0: usize,
    pub(super) x1: usize,
    pub(super) y1: usize,
    /// Pixels of ink.
    pub(super) area: usize,
}

impl Blob {
    pub(super) fn width(&self) -> usize {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> usize {
        self.y1 - self.y0
    }

    pub(super) fn rect(&self) -> Rect {
        Rect::new(self.x0 as f32, self.y0 as f32, self.x1 as f32, self.y1 as f32)
    }

    fn of(run: Run) -> Blob {
        Blob { x0: run.x0, y0: run.y, x1: run.x1, y1: run.y + 1, area: run.x1 - run.x0 }
    }

    fn add(&mut self, other: &Blob) {
        self.x0 = self.x0.min(other.x0);
        self.y0 = self.y0.min(other.y0);
        self.x1 = self.x1.max(other.x1);
        self.y1 = self.y1.max(other.y1);
        self.area += other.area;
    }
}

/// Runs of at least `shortest` pixels, top to bottom; gaps of up to `gap` pixels are closed.
pub(super) fn runs(bitmap: &Bitmap, shortest: usize, gap: usize) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    for y in 0..bitmap.height {
        let mut row: Option<Run> = None;
        let mut x = 0;
        while x < bitmap.width {
            if !bitmap.at(x, y) {
                x += 1;
                continue;
            }
            let start = x;
            while x < bitmap.width && bitmap.at(x, y) {
                x += 1;
            }
            match &mut row {
                Some(run) if start - run.x1 <= gap => run.x1 = x,
                _ => {
                    out.extend(row.take().filter(|r| r.x1 - r.x0 >= shortest));
                    row = Some(Run { y, x0: start, x1: x });
                }
            }
        }
        out.extend(row.filter(|r| r.x1 - r.x0 >= shortest));
    }
    out
}

/// Joins runs to blobs; with each blob its runs.
pub(super) fn blobs(runs: &[Run]) -> Vec<(Blob, Vec<Run>)> {
    let mut parents: Vec<usize> = (0..runs.len()).collect();
    let (mut above, mut row) = (0..0, 0..0);
    let mut next = 0;
    while next < runs.len() {
        let y = runs[next].y;
        row.start = next;
        while next < runs.len() && runs[next].y == y {
            next += 1;
        }
        row.end = next;
        if above.is_empty() || runs[above.start].y + 1 != y {
            above = row.clone();
            continue;
        }
        let mut first = above.start;
        for i in row.clone() {
            while first < above.end && runs[first].x1 < runs[i].x0 {
                first += 1;
            }
            let touches = |j: &usize| runs[*j].x0 <= runs[i].x1;
            for j in (first..above.end).take_while(touches) {
                let (a, b) = (root(&mut parents, i), root(&mut parents, j));
                parents[a.max(b)] = a.min(b);
            }
        }
        above = row.clone();
    }
    let mut numbers = vec![usize::MAX; runs.len()];
    let mut out: Vec<(Blob, Vec<Run>)> = Vec::new();
    for (i, &run) in runs.iter().enumerate() {
        let root = root(&mut parents, i);
        if numbers[root] == usize::MAX {
            numbers[root] = out.len();
            out.push((Blob::of(run), vec![run]));
        } else {
            let (blob, own) = &mut out[numbers[root]];
            blob.add(&Blob::of(run));
            own.push(run);
        }
    }
    out
}

fn root(parents: &mut [usize], mut i: usize) -> usize {
    while parents[i] != i {
        parents[i] = parents[parents[i]];
        i = parents[i];
    }
    i
}
