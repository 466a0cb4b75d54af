//! Letters of a line, columns of its ink → which ink is whose.
//!
//! A recogniser reads left to right and knows only roughly where its letters are; their boxes
//! overlap, or reach into the next word. The ink knows exactly. The two are laid side by side as two
//! strings are (Needleman and Wunsch, 1970): most letters take one piece of ink, letters that touch
//! share one, a broken letter takes two, dust goes to none.
//! Refuses: ink for a letter that the recogniser made up; there is none left for it.

use super::hocr::Letter;
use crate::geometry::Rect;

/// What it costs to let letters share a piece of ink, for each letter after the first.
const SHARE: f32 = 0.3;
/// What it costs to make one letter of two pieces.
const BREAK: f32 = 0.3;
/// What it costs to leave a letter without ink, and that for its certainty.
const NO_INK: (f32, f32) = (0.4, 0.35);
/// What it costs to leave out a piece of ink, and that for each em of its larger side.
const DUST: (f32, f32) = (0.15, 0.8);
/// Price of each em between the recogniser's box and the ink, and the furthest that counts.
const AWAY: (f32, f32) = (0.25, 8.0);
/// Most letters that touch.
const MOST: usize = 4;

/// Lays letters on ink, both from left to right; sizes in pixels. The ink of each letter, and the
/// ink that is nobody's.
pub(super) fn align(letters: &[&Letter], ink: &[Rect], em: f32) -> (Vec<Option<Rect>>, Vec<Rect>) {
    let (rows, columns) = (letters.len() + 1, ink.len() + 1);
    let mut cost = vec![f32::MAX; rows * columns];
    let mut from = vec![(0_u8, 0_u8); rows * columns];
    cost[0] = 0.0;
    for i in 0..rows {
        for j in 0..columns {
            let here = cost[i * columns + j];
            if here == f32::MAX {
                continue;
            }
            let mut step = |k: usize, l: usize, price: f32| {
                let to = (i + k) * columns + j + l;
                if here + price < cost[to] {
                    cost[to] = here + price;
                    from[to] = (k as u8, l as u8);
                }
            };
            if i + 1 < rows {
                step(1, 0, NO_INK.0 + NO_INK.1 * letters[i].certainty);
            }
            if j + 1 < columns {
                let side = ink[j].width().max(ink[j].height()) / em;
                step(0, 1, DUST.0 + DUST.1 * side.min(1.0));
                for k in 1..=MOST.min(letters.len() - i) {
                    step(k, 1, SHARE * (k - 1) as f32 + misfit(&letters[i..i + k], ink[j], em));
                }
            }
            // The halves of a broken letter lie close together.
            if i + 1 < rows && j + 2 < columns && ink[j + 1].x0 - ink[j].x1 < 0.12 * em {
                step(1, 2, BREAK + misfit(&letters[i..=i], ink[j].union(&ink[j + 1]), em));
            }
        }
    }
    let mut out = vec![None; letters.len()];
    let mut nobodys = Vec::new();
    let (mut i, mut j) = (letters.len(), ink.len());
    while (i, j) != (0, 0) {
        let (k, l) = from[i * columns + j];
        let (k, l) = (usize::from(k), usize::from(l));
        (i, j) = (i - k, j - l);
        match (k, l) {
            (0, _) => nobodys.push(ink[j]),
            (_, 0) => {}
            (1, 2) => out[i] = Some(ink[j].union(&ink[j + 1])),
            _ => share(&letters[i..i + k], ink[j], &mut out[i..i + k]),
        }
    }
    nobodys.reverse();
    (out, nobodys)
}

/// How badly these letters fit this ink.
fn misfit(letters: &[&Letter], ink: Rect, em: f32) -> f32 {
    let width: f32 = letters.iter().map(|l| usual_width(l)).sum::<f32>() + 0.06 * (letters.len() - 1) as f32;
    let (first, last) = (letters[0].place, letters[letters.len() - 1].place);
    let away = |a: f32, b: f32| ((a - b).abs() / em).min(AWAY.1) * AWAY.0;
    (ink.width() / em - width).abs()
        + away((first.x0 + last.x1) / 2.0, ink.center().x)
        + away(first.center().y, ink.center().y)
}

/// Letters that touch get parts of their ink as wide as they usually are.
fn share(letters: &[&Letter], ink: Rect, out: &mut [Option<Rect>]) {
    let all: f32 = letters.iter().map(|l| usual_width(l)).sum();
    let mut x0 = ink.x0;
    for (letter, place) in letters.iter().zip(out) {
        let x1 = x0 + ink.width() * usual_width(letter) / all;
        *place = Some(Rect { x0, x1, ..ink });
        x0 = x1;
    }
}

/// Width of the ink of a letter in em, between that of Carlito and that of DejaVu.
fn usual_width(letter: &Letter) -> f32 {
    let of = |c: char| match c {
        '1' => 0.33,
        '0'..='9' => 0.47,
        'i' | 'l' | 'j' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' => 0.13,
        '(' | ')' | '[' | ']' | '"' | '”' | '-' | '¹' | '²' | '³' => 0.25,
        't' | 'f' | 'r' | '/' => 0.33,
        'm' | 'w' | '%' | 'M' | 'W' | 'Æ' => 0.77,
        '—' => 0.9,
        '–' | '−' | '+' | '=' | '<' | '>' => 0.5,
        c if c.is_uppercase() => 0.6,
        _ => 0.46,
    };
    letter.text.chars().map(of).sum::<f32>().max(0.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(text: &str, x0: f32, x1: f32) -> Letter {
        Letter { text: text.to_owned(), place: Rect { x0, y0: 0.0, x1, y1: 28.0 }, certainty: 1.0 }
    }

    fn ink(x0: f32, x1: f32) -> Rect {
        Rect { x0, y0: 0.0, x1, y1: 28.0 }
    }

    #[test]
    fn boxes_that_reach_too_far_are_put_right() {
        // `Tuet ja` with the boxes that a recogniser gave.
        let letters = [
            letter("T", 312.0, 337.0),
            letter("u", 338.0, 360.0),
            letter("e", 351.0, 372.0),
            letter("t", 362.0, 443.0),
            letter("j", 408.0, 429.0),
            letter("a", 428.0, 446.0),
        ];
        let pieces =
            [(312.0, 336.0), (338.0, 358.0), (361.0, 380.0), (382.0, 396.0), (407.0, 416.0), (420.0, 438.0)];
        let pieces: Vec<Rect> = pieces.iter().map(|&(a, b)| ink(a, b)).collect();
        let (found, nobodys) = align(&letters.iter().collect::<Vec<_>>(), &pieces, 41.0);
        assert_eq!(found, pieces.into_iter().map(Some).collect::<Vec<_>>());
        assert!(nobodys.is_empty());
    }

    #[test]
    fn touching_letters_share_and_dust_is_nobodys() {
        let letters = [letter("0", 100.0, 119.0), letter("0", 101.0, 120.0), letter("7", 140.0, 160.0)];
        let pieces = [ink(100.0, 140.0), Rect { x0: 141.0, y0: 2.0, x1: 143.0, y1: 4.0 }, ink(145.0, 164.0)];
        let (found, nobodys) = align(&letters.iter().collect::<Vec<_>>(), &pieces, 40.0);
        assert_eq!(nobodys, [pieces[1]]);
        assert_eq!(found, [Some(ink(100.0, 120.0)), Some(ink(120.0, 140.0)), Some(ink(145.0, 164.0))]);
    }
}
