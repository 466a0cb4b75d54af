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
/// Advance of a digit in em, where the page has too few to measure it.
const DIGIT: f32 = 0.53;
/// Wider than this, in em, more than digits in one group are apart.
const APART: f32 = 0.13;
/// The same where the recogniser saw a blank.
const APART_BY_BLANK: f32 = 0.05;
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
    let digit = digit_width(&lines);
    let mut out = Vec::new();
    let mut run = 0;
    for (line, words) in &lines {
        let size = em(words.iter().flatten()).unwrap_or(USUAL * scale);
        let mut previous: Option<&Inked<'_>> = None;
        for word in words {
            run += 1;
            let own = em(word.iter()).filter(|own| *own < 0.75 * size || *own > 1.3 * size);
            let size = own.filter(|_| word.len() >= 3).unwrap_or(size);
            let baseline = feet(word).unwrap_or_else(|| {
                line.place.y1 + line.baseline.1 + line.baseline.0 * (word[0].place.x0 - line.place.x0)
            });
            for (k, inked) in word.iter().enumerate() {
                if let Some(before) = previous
                    && is_apart(before, inked, k == 0, digit, size)
                {
                    let at = PixelBox {
                        x0: before.place.x1,
                        x1: inked.place.x0.max(before.place.x1),
                        ..inked.place
                    };
                    out.push(glyph(" ", at, (at.x0, at.x1), baseline, size, scale, run));
                }
                let next = word.get(k + 1).filter(|n| !is_apart(inked, n, false, digit, size));
                let cell = cell(inked, next, digit * size);
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
fn is_apart(before: &Inked<'_>, after: &Inked<'_>, blank: bool, digit: f32, size: f32) -> bool {
    if !(before.is_digit && after.is_digit) {
        return blank;
    }
    let middle = |i: &Inked<'_>| (i.place.x0 + i.place.x1) / 2.0;
    let gap = middle(after) - middle(before) - digit * size;
    gap > if blank { APART_BY_BLANK } else { APART } * size
}

/// The width of a digit on this page, in em.
fn digit_width(lines: &[(&ReadLine, Vec<Vec<Inked<'_>>>)]) -> f32 {
    let mut widths = Vec::new();
    for (_, words) in lines {
        let Some(size) = em(words.iter().flatten()) else { continue };
        for pair in words.iter().flat_map(|w| w.windows(2)) {
            let middle = |i: &Inked<'_>| (i.place.x0 + i.place.x1) / 2.0;
            let width = (middle(&pair[1]) - middle(&pair[0])) / size;
            if pair.iter().all(|i| i.is_digit) && (0.4..0.7).contains(&width) {
                widths.push(width);
            }
        }
    }
    if widths.len() < 12 { DIGIT } else { median(&mut widths).unwrap_or(DIGIT) }
}

/// Font size in pixels, from the heights of the letters that stand on the baseline.
fn em<'a>(letters: impl Iterator<Item = &'a Inked<'a>>) -> Option<f32> {
    let size = |inked: &Inked<'_>| {
        let c = single(inked.letter)?;
        let height = inked.place.y1 - inked.place.y0;
        let share = match c {
            _ if c.is_ascii_digit() => CAPITAL,
            'b' | 'd' | 'h' | 'k' | 'l' => ASCENDER,
            'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'x' | 'z' => LOW,
            'A'..='Z' if !matches!(c, 'J' | 'Q') => CAPITAL,
            _ => return None,
        };
        Some(height / share)
    };
    median(&mut letters.filter_map(size).collect::<Vec<f32>>())
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
    let speck = |i: &Inked<'_>| {
        matches!(
            single(i.letter),
            Some(
                '.' | ','
                    | ':'
                    | ';'
                    | '\''
                    | '`'
                    | '´'
                    | '‘'
                    | '’'
                    | '"'
                    | '|'
                    | '*'
                    | '_'
                    | '~'
                    | '='
                    | '+'
                    | '—'
            )
        )
    };
    let is_figure = letters.iter().any(|i| i.is_digit)
        && !letters.iter().any(|i| i.letter.text.contains(char::is_alphabetic));
    while is_figure
        && letters.first().is_some_and(|i| speck(i) && !matches!(single(i.letter), Some('+' | '—')))
    {
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
