//! Recognised letters and the ink under them → [`Glyph`]s.
//!
//! The recogniser knows what a letter is, the ink knows where it is. Figures of a font are as
//! wide as one another, and one such width is measured on the page: with it the gap between two
//! digits tells groups from figures as exactly as in a document that was never printed.
//! Refuses: specks that were taken for punctuation before a figure.

use super::hocr::{Letter, PixelBox, ReadLine, ReadWord};
use super::ink::Blob;
use crate::geometry::{Point, Rect};
use crate::pdf::{Direction, Glyph, GlyphText};

/// Heights in em of figures and capitals, of letters with an ascender, and of the others: between
/// those of Carlito and of DejaVu.
const CAPITAL: f32 = 0.68;
const ASCENDER: f32 = 0.73;
const LOW: f32 = 0.49;
/// Where a page has too few digits to measure them, in em: from the middle of one to the middle of
/// the next in a group, and to the first of the next group.
const USUAL_STEPS: Steps = Steps { digit: 0.53, apart: 0.65 };
/// A blank that the recogniser saw counts for this much, in em.
const BLANK: f32 = 0.05;
/// Digits of two groups are at least this much further apart than those of one, in em.
const THINNEST: f32 = 0.12;
/// Where a line does not say its size, points.
const USUAL: f32 = 10.0;

/// A letter with its ink.
struct Inked<'a> {
    letter: &'a Letter,
    place: PixelBox,
    is_digit: bool,
}

/// Glyphs of all lines in the order in which they were recognised.
pub(super) fn glyphs(lines: &[ReadLine], blobs: &[Blob], scale: f32) -> Vec<Glyph> {
    let ink = Ink::new(blobs);
    let lines: Vec<(&ReadLine, Vec<Vec<Inked<'_>>>)> =
        lines.iter().map(|line| (line, line.words.iter().filter_map(|w| clean(w, &ink)).collect())).collect();
    let steps = steps(&lines);
    let mut out = Vec::new();
    let mut run = 0;
    for (line, words) in &lines {
        let size = em(words.iter().flatten()).unwrap_or(USUAL * scale);
        let mut previous: Option<&Inked<'_>> = None;
        for word in words {
            run += 1;
            let size = own_em(word).filter(|own| *own < 0.75 * size || *own > 1.3 * size).unwrap_or(size);
            let baseline = feet(word).unwrap_or_else(|| {
                line.place.y1 + line.baseline.1 + line.baseline.0 * (word[0].place.x0 - line.place.x0)
            });
            for (k, inked) in word.iter().enumerate() {
                if let Some(before) = previous
                    && is_apart(before, inked, k == 0, steps, size)
                {
                    let at = PixelBox {
                        x0: before.place.x1,
                        x1: inked.place.x0.max(before.place.x1),
                        ..inked.place
                    };
                    out.push(glyph(" ", at, (at.x0, at.x1), baseline, size, scale, run));
                }
                let next = word.get(k + 1).filter(|n| !is_apart(inked, n, false, steps, size));
                let cell = cell(inked, next, steps.digit * size);
                out.push(glyph(&inked.letter.text, inked.place, cell, baseline, size, scale, run));
                previous = Some(inked);
            }
        }
    }
    out
}

fn glyph(
    text: &str,
    ink: PixelBox,
    (x0, x1): (f32, f32),
    baseline: f32,
    size: f32,
    scale: f32,
    run: u32,
) -> Glyph {
    let mut characters = text.chars();
    let text = match (characters.next(), characters.next()) {
        (Some(c), None) => GlyphText::Char(c),
        _ => GlyphText::Several(text.into()),
    };
    Glyph {
        text,
        origin: Point { x: x0 / scale, y: baseline / scale },
        advance: (x1 - x0).max(0.0) / scale,
        size: size / scale,
        rect: Rect::new(x0 / scale, ink.y0 / scale, x1 / scale, ink.y1 / scale),
        font: 0,
        direction: Direction::Right,
        invisible: false,
        mcid: None,
        artifact: false,
        run,
    }
}

/// From where to where the glyph reaches, its blank sides included.
fn cell(inked: &Inked<'_>, next: Option<&Inked<'_>>, digit: f32) -> (f32, f32) {
    let PixelBox { x0, x1, .. } = inked.place;
    if inked.is_digit {
        let middle = (x0 + x1) / 2.0;
        return (x0.min(middle - digit / 2.0), x1.max(middle + digit / 2.0));
    }
    // Letters of one word touch, however they are spaced.
    (x0, next.map_or(x1, |n| n.place.x0.max(x0)))
}

/// Whether something parts two neighbours.
fn is_apart(before: &Inked<'_>, after: &Inked<'_>, blank: bool, steps: Steps, size: f32) -> bool {
    if !(before.is_digit && after.is_digit) {
        return blank;
    }
    step(before, after) > (steps.apart - if blank { BLANK } else { 0.0 }) * size
}

/// From the middle of one to the middle of the next, pixels.
fn step(before: &Inked<'_>, after: &Inked<'_>) -> f32 {
    (after.place.x0 + after.place.x1 - before.place.x0 - before.place.x1) / 2.0
}

/// How far digits of this page stand from one another, in em.
#[derive(Clone, Copy, Debug)]
struct Steps {
    /// Within a group: the width of a digit.
    digit: f32,
    /// From here on they are of two groups.
    apart: f32,
}

/// Measures the steps: those within groups and those between them are two heaps, and the border
/// is where it parts them best.
fn steps(lines: &[(&ReadLine, Vec<Vec<Inked<'_>>>)]) -> Steps {
    const FEWEST: usize = 6;
    let mut all = Vec::new();
    for (_, words) in lines {
        let Some(size) = em(words.iter().flatten()) else { continue };
        let letters: Vec<&Inked<'_>> = words.iter().flatten().collect();
        let pairs = letters.windows(2).filter(|p| p[0].is_digit && p[1].is_digit);
        all.extend(pairs.map(|p| step(p[0], p[1]) / size).filter(|s| (0.4..0.95).contains(s)));
    }
    all.sort_by(f32::total_cmp);
    let total: f32 = all.iter().sum();
    let (mut below, mut best) = (0.0, (0.0, USUAL_STEPS.digit, USUAL_STEPS.apart));
    for k in 1..all.len() {
        below += all[k - 1];
        let (low, high) = (k as f32, (all.len() - k) as f32);
        let (near, far) = (below / low, (total - below) / high);
        let between = low * high * (far - near) * (far - near);
        if k >= FEWEST && all.len() - k >= FEWEST && far - near > THINNEST && between > best.0 {
            best = (between, near, (near + far) / 2.0);
        }
    }
    match best {
        (0.0, ..) if all.len() >= 2 * FEWEST && all[all.len() / 2] < 0.62 => {
            let digit = all[all.len() / 2];
            Steps { digit, apart: digit + THINNEST }
        }
        (_, digit, apart) => Steps { digit, apart },
    }
}

/// Font size in pixels, from the heights of the letters that stand on the baseline.
fn em<'a>(letters: impl Iterator<Item = &'a Inked<'a>>) -> Option<f32> {
    median(&mut letters.filter_map(size).collect::<Vec<f32>>())
}

/// The same of one word, where its letters agree: headings and notes in a line of another size.
fn own_em(word: &[Inked<'_>]) -> Option<f32> {
    let mut sizes: Vec<f32> = word.iter().filter_map(size).collect();
    let middle = median(&mut sizes)?;
    let agree = sizes.iter().filter(|s| (**s - middle).abs() < 0.12 * middle).count();
    (sizes.len() >= 3 && agree * 4 >= sizes.len() * 3).then_some(middle)
}

fn size(inked: &Inked<'_>) -> Option<f32> {
    let c = single(inked.letter)?;
    let share = match c {
        _ if c.is_ascii_digit() => CAPITAL,
        'b' | 'd' | 'h' | 'k' | 'l' => ASCENDER,
        'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'x' | 'z' => LOW,
        'A'..='Z' if !matches!(c, 'J' | 'Q') => CAPITAL,
        _ => return None,
    };
    Some((inked.place.y1 - inked.place.y0) / share)
}

/// Height of the feet of those letters that stand on the baseline.
fn feet(word: &[Inked<'_>]) -> Option<f32> {
    let stands = |i: &&Inked<'_>| {
        single(i.letter)
            .is_some_and(|c| c.is_alphanumeric() && !matches!(c, 'g' | 'j' | 'p' | 'q' | 'y' | 'J' | 'Q'))
    };
    median(&mut word.iter().filter(stands).map(|i| i.place.y1).collect::<Vec<f32>>())
}

fn single(letter: &Letter) -> Option<char> {
    let mut characters = letter.text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn median(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The letters of a word with their ink, without specks before a figure; `None` where nothing is left.
fn clean<'a>(word: &'a ReadWord, ink: &Ink<'_>) -> Option<Vec<Inked<'a>>> {
    let mut letters: Vec<Inked<'a>> = word
        .letters
        .iter()
        .map(|letter| Inked {
            letter,
            place: ink.under(&letter.place),
            is_digit: single(letter).is_some_and(|c| c.is_ascii_digit()),
        })
        .collect();
    part(&mut letters);
    // Dust before a word reads as a mark that no word begins with.
    while letters.len() > 1 && is_dust(&letters) {
        letters.remove(0);
    }
    // A speck by itself.
    let tall = letters.iter().map(|i| i.place.y1 - i.place.y0).fold(0.0, f32::max);
    let wide = letters.iter().map(|i| i.place.x1 - i.place.x0).fold(0.0, f32::max);
    if letters.len() == 1 && tall.max(wide) <= 6.0 && !matches!(single(letters[0].letter), Some('-' | '–'))
    {
        return None;
    }
    (!letters.is_empty()).then_some(letters)
}

/// Whether the first letter is a mark much smaller than the letters after it.
fn is_dust(letters: &[Inked<'_>]) -> bool {
    const MARKS: &str = ".,:;'`´‘’\"“”|*_~=·•";
    let first = &letters[0];
    let height = |i: &Inked<'_>| i.place.y1 - i.place.y0;
    let tallest = letters[1..].iter().map(height).fold(0.0, f32::max);
    single(first.letter).is_some_and(|c| MARKS.contains(c))
        && height(first).max(first.place.x1 - first.place.x0) < 0.35 * tallest
}

/// Letters that touch share their ink, and the recogniser's boxes of such are often one and the
/// same: they get equal parts of it.
fn part(letters: &mut [Inked<'_>]) {
    let mut from = 0;
    while from < letters.len() {
        let mut all = letters[from].place;
        let mut to = from + 1;
        while to < letters.len() {
            let next = letters[to].place;
            let shared = all.x1.min(next.x1) - all.x0.max(next.x0);
            if shared < 0.45 * (next.x1 - next.x0).min(letters[to - 1].place.x1 - letters[to - 1].place.x0) {
                break;
            }
            all.x0 = all.x0.min(next.x0);
            all.x1 = all.x1.max(next.x1);
            to += 1;
        }
        if to - from > 1 {
            let width = (all.x1 - all.x0) / (to - from) as f32;
            for (k, inked) in letters[from..to].iter_mut().enumerate() {
                inked.place.x0 = all.x0 + k as f32 * width;
                inked.place.x1 = inked.place.x0 + width;
            }
        }
        from = to;
    }
}

/// The ink of a page, by stripes.
struct Ink<'b> {
    stripes: Vec<Vec<&'b Blob>>,
}

/// Height of a stripe, pixels.
const STRIPE: usize = 64;

impl<'b> Ink<'b> {
    fn new(blobs: &'b [Blob]) -> Self {
        let highest = blobs.iter().map(|b| b.y1).max().unwrap_or(0);
        let mut stripes: Vec<Vec<&Blob>> = vec![Vec::new(); highest / STRIPE + 1];
        for blob in blobs {
            stripes[(blob.y0 + blob.y1) / 2 / STRIPE].push(blob);
        }
        Ink { stripes }
    }

    /// The box of the ink whose middle is in this box; the box itself where there is none, or
    /// where it is much larger, as of letters that touch one another.
    fn under(&self, place: &PixelBox) -> PixelBox {
        let stripes = place.y0.max(0.0) as usize / STRIPE..=place.y1.max(0.0) as usize / STRIPE;
        let own = stripes.filter_map(|s| self.stripes.get(s)).flatten().filter(|b| {
            let (x, y) = ((b.x0 + b.x1) as f32 / 2.0, (b.y0 + b.y1) as f32 / 2.0);
            (place.x0 - 1.0..place.x1 + 1.0).contains(&x) && (place.y0 - 2.0..place.y1 + 2.0).contains(&y)
        });
        let ink = own.fold(None, |all: Option<PixelBox>, b| {
            let (x0, y0, x1, y1) = (b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32);
            Some(all.map_or(PixelBox { x0, y0, x1, y1 }, |a| PixelBox {
                x0: a.x0.min(x0),
                y0: a.y0.min(y0),
                x1: a.x1.max(x1),
                y1: a.y1.max(y1),
            }))
        });
        let fits = |ink: &PixelBox| {
            ink.x1 - ink.x0 <= 1.5 * (place.x1 - place.x0) + 4.0
                && ink.y1 - ink.y0 <= 1.5 * (place.y1 - place.y0) + 4.0
        };
        ink.filter(fits).unwrap_or(*place)
    }
}
