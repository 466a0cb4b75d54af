//! Recognised letters and the ink under them → [`Glyph`]s.
//!
//! The recogniser knows what a letter is, the ink knows where it is. Figures of a font are as
//! wide as one another, and one such width is measured on the page: with it the gap between two
//! digits tells groups from figures as exactly as in a document that was never printed.
//! Refuses: specks that were taken for punctuation before a figure. Of all letters only a minus is
//! ever read from the ink alone: a flat bar where a figure's minus stands.

use super::align;
use super::hocr::{Letter, ReadLine};
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
/// Letters of two words are further apart than this, in em, whatever the recogniser saw …
const WORD_SPACE: f32 = 0.19;
/// … and not as near as this.
const TOUCHING: f32 = 0.08;
/// Digits of two groups are at least this much further apart than those of one, in em.
const THINNEST: f32 = 0.12;
/// Where a line does not say its size, points.
const USUAL: f32 = 10.0;

/// A letter with its ink.
struct Inked<'a> {
    text: &'a str,
    place: Rect,
    is_digit: bool,
}

/// Glyphs of all lines in the order in which they were recognised.
pub(super) fn glyphs(lines: &[ReadLine], blobs: &[Blob], scale: f32) -> Vec<Glyph> {
    let ink = Ink::new(blobs);
    let lines: Vec<(&ReadLine, Vec<Vec<Inked<'_>>>)> =
        lines.iter().map(|line| (line, inked(line, USUAL * scale, &ink))).collect();
    let of_page = steps(&lines);
    let mut out = Vec::new();
    let mut run = 0;
    for (line, words) in &lines {
        let size = em(words.iter().flatten()).unwrap_or(USUAL * scale);
        let steps = of_page.in_line(words, size);
        let mut previous: Option<&Inked<'_>> = None;
        for word in words {
            let year = is_year(word);
            run += 1;
            let size = own_em(word).filter(|own| *own < 0.75 * size || *own > 1.3 * size).unwrap_or(size);
            let baseline = feet(word).unwrap_or_else(|| {
                line.place.y1 + line.baseline.1 + line.baseline.0 * (word[0].place.x0 - line.place.x0)
            });
            for (k, inked) in word.iter().enumerate() {
                if let Some(before) = previous
                    && is_apart(before, inked, k == 0, steps, size)
                    && !(year && k > 0)
                {
                    let at =
                        Rect { x0: before.place.x1, x1: inked.place.x0.max(before.place.x1), ..inked.place };
                    out.push(glyph(" ", at, (at.x0, at.x1), baseline, size, scale, run));
                }
                let next = word.get(k + 1).filter(|n| year || !is_apart(inked, n, false, steps, size));
                let cell = cell(inked, next, steps.digit * size);
                let text = if is_minus(word, k, size) { MINUS } else { inked.text };
                out.push(glyph(text, inked.place, cell, baseline, size, scale, run));
                previous = Some(inked);
            }
        }
    }
    out
}

/// Dots of leaders, each row in one.
pub(super) fn leaders(rows: &[Vec<Blob>], scale: f32) -> Vec<Glyph> {
    let mut out = Vec::new();
    for (row, run) in rows.iter().zip((0..u32::MAX).rev()) {
        for (k, dot) in row.iter().enumerate() {
            let ink = dot.rect();
            let next = row.get(k + 1).map_or(ink.x1, |n| n.x0 as f32);
            out.push(glyph(".", ink, (ink.x0, next), ink.y1, USUAL * scale, scale, run));
        }
    }
    out
}

fn glyph(
    text: &str,
    ink: Rect,
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
    let Rect { x0, x1, .. } = inked.place;
    if inked.is_digit {
        let middle = inked.place.center().x;
        return (x0.min(middle - digit / 2.0), x1.max(middle + digit / 2.0));
    }
    // Letters of one word touch, however they are spaced.
    (x0, next.map_or(x1, |n| n.place.x0.max(x0)))
}

/// Whether something parts two neighbours.
fn is_apart(before: &Inked<'_>, after: &Inked<'_>, blank: bool, steps: Steps, size: f32) -> bool {
    if !(before.is_digit && after.is_digit) {
        let gap = after.place.x0 - before.place.x1;
        // The ink of a `1` is far narrower than its place.
        let beside_digit = if before.is_digit || after.is_digit { 0.12 } else { 0.0 };
        return gap > if blank { TOUCHING } else { WORD_SPACE + beside_digit } * size;
    }
    step(before, after) > (steps.apart - if blank { BLANK } else { 0.0 }) * size
}

/// From the middle of one to the middle of the next, pixels.
fn step(before: &Inked<'_>, after: &Inked<'_>) -> f32 {
    after.place.center().x - before.place.center().x
}

/// The steps between neighbouring digits of a line, in em.
fn digit_steps(words: &[Vec<Inked<'_>>], size: f32) -> Vec<f32> {
    let letters: Vec<&Inked<'_>> = words.iter().flatten().collect();
    let pairs = letters.windows(2).filter(|p| p[0].is_digit && p[1].is_digit);
    pairs.map(|p| step(p[0], p[1]) / size).collect()
}

/// How far digits of this page stand from one another, in em.
#[derive(Clone, Copy, Debug)]
struct Steps {
    /// Within a group: the width of a digit.
    digit: f32,
    /// From here on they are of two groups.
    apart: f32,
}

impl Steps {
    /// Those of one line: bold digits are wider.
    fn in_line(self, words: &[Vec<Inked<'_>>], size: f32) -> Steps {
        const FEWEST: usize = 3;
        let mut near = digit_steps(words, size);
        near.retain(|s| (0.8 * self.digit..self.apart).contains(s));
        match median(&mut near) {
            Some(digit) if near.len() >= FEWEST => Steps { digit, apart: digit + self.apart - self.digit },
            _ => self,
        }
    }
}

/// Four digits in one that are a year of the last century or of this one.
fn is_year(word: &[Inked<'_>]) -> bool {
    let text: String = word.iter().map(|i| i.text).collect();
    text.len() == 4
        && text.bytes().all(|b| b.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

/// Measures the steps: those within groups and those between them are two heaps, and the border
/// is where it parts them best.
fn steps(lines: &[(&ReadLine, Vec<Vec<Inked<'_>>>)]) -> Steps {
    const FEWEST: usize = 6;
    let mut all = Vec::new();
    for (_, words) in lines {
        let Some(size) = em(words.iter().flatten()) else { continue };
        all.extend(digit_steps(words, size).into_iter().filter(|s| (0.4..0.95).contains(s)));
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
    let c = single(inked.text)?;
    let share = match c {
        _ if c.is_ascii_digit() => CAPITAL,
        'b' | 'd' | 'h' | 'k' | 'l' => ASCENDER,
        'a' | 'c' | 'e' | 'm' | 'n' | 'o' | 'r' | 's' | 'u' | 'v' | 'x' | 'z' => LOW,
        'A'..='Z' if !matches!(c, 'J' | 'Q') => CAPITAL,
        _ => return None,
    };
    Some(inked.place.height() / share)
}

/// Height of the feet of those letters that stand on the baseline.
fn feet(word: &[Inked<'_>]) -> Option<f32> {
    let stands = |i: &&Inked<'_>| {
        single(i.text)
            .is_some_and(|c| c.is_alphanumeric() && !matches!(c, 'g' | 'j' | 'p' | 'q' | 'y' | 'J' | 'Q'))
    };
    median(&mut word.iter().filter(stands).map(|i| i.place.y1).collect::<Vec<f32>>())
}

fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn is_digit(text: &str) -> bool {
    single(text).is_some_and(|c| c.is_ascii_digit())
}

fn median(values: &mut [f32]) -> Option<f32> {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

/// The letters of a line with their ink, word by word.
fn inked<'a>(line: &'a ReadLine, usual: f32, ink: &Ink<'_>) -> Vec<Vec<Inked<'a>>> {
    let letters: Vec<&Letter> = line.words.iter().flat_map(|w| &w.letters).collect();
    let on =
        |letter: &'a Letter, place| Inked { text: &letter.text, place, is_digit: is_digit(&letter.text) };
    let by_boxes: Vec<Inked<'_>> =
        line.words.iter().flat_map(|w| &w.letters).map(|l| on(l, l.place)).collect();
    let size = em(by_boxes.iter()).unwrap_or(usual);
    let (places, nobodys) = align::align(&letters, &ink.columns(&line.place), size);
    let mut places = places.into_iter();
    let mut words: Vec<Vec<Inked<'a>>> = Vec::new();
    for word in &line.words {
        let own: Vec<Option<Rect>> = places.by_ref().take(word.letters.len()).collect();
        // A letter between inked ones that has no ink was made up.
        let most = 2 * own.iter().flatten().count() >= own.len();
        let letters = word.letters.iter().zip(own).filter(|(_, place)| place.is_some() || !most);
        words.push(letters.map(|(l, place)| on(l, place.unwrap_or(l.place))).collect());
    }
    let mut words: Vec<Vec<Inked<'a>>> = words.into_iter().filter_map(|w| clean(w, size)).collect();
    for k in 0..words.len() {
        let end = k.checked_sub(1).and_then(|before| words[before].last()).map_or(0.0, |i| i.place.x1);
        if let Some(&place) = nobodys.iter().find(|bar| bar.x0 >= end && is_overlooked(bar, &words[k], size))
        {
            words[k].insert(0, Inked { text: MINUS, place, is_digit: false });
        }
    }
    words
}

const MINUS: &str = "−";

/// Whether ink that no letter was found for is the minus of this figure: a flat bar just before
/// its first digit, at half its height.
fn is_overlooked(bar: &Rect, word: &[Inked<'_>], size: f32) -> bool {
    let Some(first) = word.first().filter(|i| i.is_digit) else { return false };
    let (width, height, gap) = (bar.width(), bar.height(), first.place.x0 - bar.x1);
    let level = (bar.center().y - first.place.y0) / first.place.height();
    height < 0.15 * size
        && (0.17 * size..0.8 * size).contains(&width)
        && width > 1.8 * height
        && (-0.1 * size..0.45 * size).contains(&gap)
        && (0.3..0.75).contains(&level)
}

/// A word without the dust before it; `None` where nothing is left.
fn clean(mut letters: Vec<Inked<'_>>, size: f32) -> Option<Vec<Inked<'_>>> {
    // Dust before a word reads as a mark that no word begins with.
    while letters.len() > 1 && is_dust(&letters) {
        letters.remove(0);
    }
    // Of several signs before a figure the last is its own, the others were left of a line.
    if let Some(first) = letters.iter().position(|i| i.is_digit)
        && letters[..first].iter().all(|i| single(i.text).is_some_and(|c| SIGNS.contains(c)))
    {
        letters.drain(..first.saturating_sub(1));
    }
    // Dust by itself.
    if let [only] = letters.as_slice() {
        let (width, height) = (only.place.width(), only.place.height());
        let dust = single(only.text).is_some_and(|c| MARKS.contains(c)) && width.max(height) < 0.3 * size;
        if dust || width.max(height) < 0.14 * size {
            return None;
        }
    }
    (!letters.is_empty()).then_some(letters)
}

/// What a minus or the rest of a line is read as.
const SIGNS: &str = "-+=–—−_~";

/// Marks that dust is taken for, and that no word begins with.
const MARKS: &str = ".,:;'`´‘’\"“”|*_~=·•";

/// Whether a sign before a digit is one flat bar, whatever the recogniser took it for; or the bar
/// in brackets of `(−)` is too wide for a hyphen.
fn is_minus(word: &[Inked<'_>], k: usize, size: f32) -> bool {
    let Some(next) = word.get(k + 1) else { return false };
    let (width, height) = (word[k].place.width(), word[k].place.height());
    let sign = single(word[k].text).is_some_and(|c| c != '+' && SIGNS.contains(c));
    let flat = height < 0.2 * size && width > 1.5 * height;
    sign && flat && (next.is_digit || next.text == ")" && width > 0.42 * size)
}

/// Whether the first letter is a mark much smaller than the letters after it.
fn is_dust(letters: &[Inked<'_>]) -> bool {
    let first = &letters[0];
    let tallest = letters[1..].iter().map(|i| i.place.height()).fold(0.0, f32::max);
    single(first.text).is_some_and(|c| MARKS.contains(c))
        && first.place.height().max(first.place.width()) < 0.35 * tallest
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

    /// The ink of a line from left to right; what stands over something else is one piece with it,
    /// as the dots of `ä` are.
    fn columns(&self, line: &Rect) -> Vec<Rect> {
        let stripes = line.y0.max(0.0) as usize / STRIPE..=line.y1.max(0.0) as usize / STRIPE;
        let mut own: Vec<Rect> = stripes
            .filter_map(|s| self.stripes.get(s))
            .flatten()
            .filter(|b| (line.y0 - 2.0..line.y1 + 2.0).contains(&((b.y0 + b.y1) as f32 / 2.0)))
            .map(|b| b.rect())
            .filter(|b| b.x1 > line.x0 - 2.0 && b.x0 < line.x1 + 2.0)
            .collect();
        own.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let mut out: Vec<Rect> = Vec::new();
        for piece in own {
            match out.last_mut() {
                Some(before) if over(before, &piece) => *before = before.union(&piece),
                _ => out.push(piece),
            }
        }
        out
    }
}

/// Whether two pieces stand over one another for more than half of the narrower.
fn over(a: &Rect, b: &Rect) -> bool {
    a.xs().overlap(&b.xs()) > 0.5 * a.width().min(b.width())
}
