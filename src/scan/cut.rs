//! Pieces of ink → a page set anew, on which every line stands by itself.
//!
//! A recogniser looks for lines from edge to edge. Where columns of text stand side by side, or a
//! label is wrapped beside figures set in its middle, there are none. The page is cut at its white
//! bands and gutters (Nagy, Seth and Viswanathan, "A prototype document image analysis system for
//! technical journals", 1992) until what is left is one line, and the lines are put under one
//! another, those of one row beside one another again, feet level.
//! Refuses: cutting a page whose lines run from edge to edge already; those stay as they are.

use super::hocr::{Letter, ReadLine, ReadWord};
use super::ink::Blob;
use crate::geometry::{Point, Rect};
use crate::pdf::Raster;

/// A gutter is at least this wide, in em.
const GUTTER: f32 = 1.0;
/// Something higher than this, in em, is more than one line.
const ONE_LINE: f32 = 1.25;
/// Em by the height of the middle one of some letters.
const EM: f32 = 1.75;
/// White around a line, pixels.
const MARGIN: usize = 3;
/// White between two lines, pixels.
const SPACE: usize = 18;
/// Deepest nesting of cuts.
const DEEPEST: usize = 12;

/// A piece of the page: where it stands there, and how much higher it stands when set anew.
#[derive(Clone, Copy, Debug)]
struct Piece {
    x0: usize,
    y0: usize,
    x1: usize,
    y1: usize,
    feet: usize,
    em: f32,
    /// Whether it is one line, which others may stand beside.
    line: bool,
    /// Upper edge on the page set anew.
    top: usize,
}

/// The page set anew, and the way back.
pub(super) struct Cut {
    pieces: Vec<Piece>,
}

impl Cut {
    /// Cuts the page and sets its lines anew.
    pub(super) fn new(picture: &Raster, blobs: &[Blob]) -> (Cut, Raster) {
        let mut blobs: Vec<&Blob> = blobs.iter().filter(|b| b.height() < picture.height / 4).collect();
        blobs.sort_by_key(|b| b.y0);
        let mut pieces = Vec::new();
        let mut top = SPACE;
        for strip in bands(&blobs) {
            let mut own = Vec::new();
            cut(strip, 0, &mut own);
            for mut row in rows(own) {
                let ascent = row.iter().map(|p| p.feet - p.y0).max().unwrap_or(0);
                let mut bottom = top;
                for piece in &mut row {
                    piece.top = top + ascent - (piece.feet - piece.y0);
                    bottom = bottom.max(piece.top + piece.y1 - piece.y0);
                }
                pieces.append(&mut row);
                top = bottom + SPACE;
            }
        }
        let (width, height) = (picture.width, top + SPACE);
        let mut grey = vec![255; width * height];
        for piece in &pieces {
            let (x0, x1) = (piece.x0.saturating_sub(MARGIN), (piece.x1 + MARGIN).min(width));
            for y in piece.y0.saturating_sub(MARGIN)..(piece.y1 + MARGIN).min(picture.height) {
                let Some(to) = (y + piece.top).checked_sub(piece.y0) else { continue };
                // A margin may reach over the foot of the neighbour above; ink is never painted over.
                let from = &picture.grey[y * width + x0..y * width + x1];
                for (new, old) in grey[to * width + x0..to * width + x1].iter_mut().zip(from) {
                    *new = (*old).min(*new);
                }
            }
        }
        (Cut { pieces }, Raster { width, height, scale: picture.scale, grey })
    }

    /// Takes lines of the page set anew back to where they stand.
    pub(super) fn back(&self, lines: &[ReadLine]) -> Vec<ReadLine> {
        let mut out: Vec<ReadLine> = Vec::new();
        for line in lines {
            let first = out.len();
            let mut at = None;
            for word in &line.words {
                let mut rest: Vec<(usize, Letter)> = Vec::new();
                for letter in &word.letters {
                    let Some(piece) = self.under(&letter.place) else { continue };
                    rest.push((piece, letter.clone()));
                }
                for part in rest.chunk_by(|a, b| a.0 == b.0) {
                    let piece = part[0].0;
                    let up = self.pieces[piece].top as f32 - self.pieces[piece].y0 as f32;
                    if at != Some(piece) || out.len() == first {
                        out.push(self.line(line, piece, up));
                        at = Some(piece);
                    }
                    let letters = part.iter().map(|(_, letter)| {
                        let at = letter.place;
                        Letter { place: Rect { y0: at.y0 - up, y1: at.y1 - up, ..at }, ..letter.clone() }
                    });
                    let word = ReadWord { letters: letters.collect() };
                    if let Some(line) = out.last_mut() {
                        line.words.push(word);
                    }
                }
            }
        }
        out
    }

    fn line(&self, line: &ReadLine, piece: usize, up: f32) -> ReadLine {
        let piece = &self.pieces[piece];
        let one = Rect::new(piece.x0 as f32, piece.y0 as f32, piece.x1 as f32, piece.y1 as f32);
        let (x0, y0, y1) = (line.place.x0, line.place.y0 - up, line.place.y1 - up);
        // Of a piece with several lines only this one.
        let place = if piece.line { one } else { Rect { y0: y0.max(one.y0), y1: y1.min(one.y1), ..one } };
        let (slope, offset) = line.baseline;
        ReadLine {
            place,
            baseline: (slope, y1 + offset + slope * (place.x0 - x0) - place.y1),
            words: Vec::new(),
        }
    }

    /// The piece that a box of the page set anew lies in.
    fn under(&self, place: &Rect) -> Option<usize> {
        let Point { x, y } = place.center();
        let away = |p: &Piece| {
            let outside = |v: f32, from: usize, to: usize| (from as f32 - v).max(v - to as f32).max(0.0);
            outside(x, p.x0, p.x1) + outside(y, p.top, p.top + p.y1 - p.y0)
        };
        let nearest =
            self.pieces.iter().enumerate().map(|(i, p)| (away(p), i)).min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(away, _)| *away <= SPACE as f32).map(|(_, i)| i)
    }
}

/// Parts at white bands; the pieces stand sorted by their upper edges.
fn bands<'b>(blobs: &[&'b Blob]) -> Vec<Vec<&'b Blob>> {
    split(blobs, |b| (b.y0, b.y1), 1)
}

/// Parts sorted intervals where at least `gap` lies between them.
fn split<'b>(blobs: &[&'b Blob], edges: impl Fn(&Blob) -> (usize, usize), gap: usize) -> Vec<Vec<&'b Blob>> {
    let mut out: Vec<Vec<&Blob>> = Vec::new();
    let mut end = 0;
    for blob in blobs {
        let (from, to) = edges(blob);
        match out.last_mut() {
            Some(part) if from < end + gap => part.push(blob),
            _ => out.push(vec![blob]),
        }
        end = end.max(to);
    }
    out
}

/// Cuts until nothing can be cut.
fn cut(mut blobs: Vec<&Blob>, depth: usize, out: &mut Vec<Piece>) {
    let mut heights: Vec<usize> = blobs.iter().map(|b| b.height()).collect();
    heights.sort_unstable();
    let em = EM * heights[heights.len() / 2] as f32;
    let whole = piece(&blobs, em);
    if whole.line || depth == DEEPEST {
        out.push(whole);
        return;
    }
    blobs.sort_by_key(|b| b.x0);
    let parts = split(&blobs, |b| (b.x0, b.x1), (GUTTER * em) as usize);
    if parts.len() == 1 {
        out.push(whole);
        return;
    }
    for mut part in parts {
        part.sort_by_key(|b| b.y0);
        for band in bands(&part) {
            cut(band, depth + 1, out);
        }
    }
}

fn piece(blobs: &[&Blob], em: f32) -> Piece {
    let (x0, x1) = blobs.iter().fold((usize::MAX, 0), |(a, b), p| (a.min(p.x0), b.max(p.x1)));
    let (y0, y1) = blobs.iter().fold((usize::MAX, 0), |(a, b), p| (a.min(p.y0), b.max(p.y1)));
    let tallest = blobs.iter().map(|b| b.height()).max().unwrap_or(0);
    let mut feet: Vec<usize> = blobs.iter().filter(|b| 2 * b.height() > tallest).map(|b| b.y1).collect();
    feet.sort_unstable();
    let feet = feet.get(feet.len() / 2).copied().unwrap_or(y1);
    // A figure or a capital by itself is taller than the middle one of letters.
    let line = ((y1 - y0) as f32) <= ONE_LINE * em.max(tallest as f32 / 0.75);
    Piece { x0, y0, x1, y1, feet, em, line, top: 0 }
}

/// Puts lines beside one another where there is room, in the order in which they come.
fn rows(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut out: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let fits = |row: &&mut Vec<Piece>| {
            row.iter().all(|p| {
                let gap = (GUTTER * p.em.max(piece.em)) as usize;
                p.line && piece.line && (p.x1 + gap <= piece.x0 || piece.x1 + gap <= p.x0)
            })
        };
        match out.iter_mut().find(fits) {
            Some(row) => row.push(piece),
            None => out.push(vec![piece]),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blob(x0: usize, y0: usize) -> Blob {
        Blob { x0, y0, x1: x0 + 16, y1: y0 + 20, area: 200 }
    }

    /// A word of ten letters.
    fn word(x: usize, y: usize) -> impl Iterator<Item = Blob> {
        (0..10).map(move |i| blob(x + i * 20, y))
    }

    fn read(piece: &Piece) -> ReadLine {
        let place = Rect {
            x0: piece.x0 as f32,
            y0: piece.top as f32,
            x1: piece.x1 as f32,
            y1: (piece.top + piece.y1 - piece.y0) as f32,
        };
        let letter = Letter { text: "a".to_owned(), place, certainty: 1.0 };
        ReadLine { place, baseline: (0.0, 0.0), words: vec![ReadWord { letters: vec![letter] }] }
    }

    #[test]
    fn a_figure_beside_a_wrapped_label_comes_to_stand_on_its_line() {
        let blobs: Vec<Blob> = word(100, 100).chain(word(100, 130)).chain(word(600, 115)).collect();
        let picture = Raster { width: 1000, height: 800, scale: 4.0, grey: vec![255; 800_000] };
        let (cut, anew) = Cut::new(&picture, &blobs);
        assert_eq!(cut.pieces.len(), 3);
        let top = |x0, y0| cut.pieces.iter().find(|p| (p.x0, p.y0) == (x0, y0)).expect("a piece").top;
        assert_eq!(top(100, 100), top(600, 115), "level with the first line");
        assert!(top(100, 130) > top(100, 100));
        assert!(anew.height < picture.height);
        for piece in &cut.pieces {
            let back = cut.back(&[read(piece)]);
            assert_eq!(back.len(), 1);
            assert_eq!(back[0].words[0].letters[0].place.y0, piece.y0 as f32, "and back again");
        }
    }

    #[test]
    fn whole_lines_stay_whole() {
        let blobs: Vec<Blob> =
            (0..3).flat_map(|i| word(100, 100 + 40 * i).chain(word(600, 100 + 40 * i))).collect();
        let picture = Raster { width: 1000, height: 800, scale: 4.0, grey: vec![255; 800_000] };
        assert_eq!(Cut::new(&picture, &blobs).0.pieces.len(), 3);
    }
}
