//! Words by baseline → [`Line`]s, with raised note marks put back on theirs.
//!
//! A note mark is smaller than its neighbours and stands higher: it belongs to
//! the line below it, marked `raised`, so that `281 829 1)` never becomes a
//! figure of its own.
//! Refuses: empty baselines.

use super::{Line, Word};
use crate::geometry::Rect;

/// How far above a baseline a note mark may stand, in em of the line.
const RAISE: std::ops::Range<f32> = 0.12..0.75;
/// How much smaller it is.
const SMALLER: f32 = 0.86;

pub(super) fn read(baselines: Vec<Vec<Word>>) -> Vec<Line> {
    let mut lines: Vec<Line> = baselines.into_iter().map(line).collect();
    lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
    attach_raised(&mut lines);
    lines.retain(|l| !l.words.is_empty());
    for l in &mut lines {
        mark_raised_inside(l);
    }
    lines
}

fn line(mut words: Vec<Word>) -> Line {
    words.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
    let mut l = Line { words, ..Line::default() };
    measure(&mut l);
    l
}

fn measure(l: &mut Line) {
    l.rect = Rect::union_all(l.words.iter().map(|w| w.rect)).unwrap_or_default();
    // The size of most characters, so that one initial or note does not decide.
    let mut sizes: Vec<(f32, usize)> = l.words.iter().map(|w| (w.size, w.text.chars().count())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let total: usize = sizes.iter().map(|s| s.1).sum();
    let mut seen = 0;
    for (size, n) in sizes {
        seen += n;
        if seen * 2 >= total {
            l.size = size;
            break;
        }
    }
    let mut ys: Vec<f32> = l.words.iter().map(|w| w.baseline).collect();
    ys.sort_by(f32::total_cmp);
    l.baseline = ys.get(ys.len() / 2).copied().unwrap_or_default();
}

fn attach_raised(lines: &mut [Line]) {
    for i in 0..lines.len() {
        let mut moved: Vec<(usize, Word)> = Vec::new();
        let mut kept = Vec::new();
        for word in std::mem::take(&mut lines[i].words) {
            let home = (i + 1..lines.len()).take(6).find(|&k| {
                let below = &lines[k];
                let rise = below.baseline - word.baseline;
                word.size <= SMALLER * below.size
                    && RAISE.contains(&(rise / below.size))
                    && word.text.chars().count() <= 4
                    && below.words.iter().any(|w| {
                        let gap = word.rect.x0 - w.rect.x1;
                        word.size <= SMALLER * w.size && gap > -0.3 * w.size && gap < 0.6 * w.size
                    })
            });
            match home {
                Some(k) => moved.push((k, Word { raised: true, ..word })),
                None => kept.push(word),
            }
        }
        lines[i].words = kept;
        if !moved.is_empty() {
            for (k, word) in moved {
                lines[k].words.push(word);
                lines[k].words.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
                lines[k].rect = Rect::union_all(lines[k].words.iter().map(|w| w.rect)).unwrap_or_default();
            }
            if !lines[i].words.is_empty() {
                measure(&mut lines[i]);
            }
        }
    }
}

/// Marks raised so little that they came to lie on the line itself.
fn mark_raised_inside(l: &mut Line) {
    let superscript =
        |c: char| matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}' | '\u{207D}' | '\u{207E}');
    for w in &mut l.words {
        w.raised |= w.text.chars().all(superscript);
    }
    for i in 1..l.words.len() {
        let (before, word) = (&l.words[i - 1], &l.words[i]);
        let rise = l.baseline - word.baseline;
        let close = word.rect.x0 - before.rect.x1 < 0.3 * before.size;
        let mark = word.text.chars().count() <= 3 && word.size <= 0.8 * before.size && !before.raised;
        if mark && close && rise > 0.08 * before.size {
            l.words[i].raised = true;
        }
    }
}
