//! Glyphs → [`Word`]s.
//!
//! Gaps are measured against the font size: a gap of more than [`GAP`] em is a
//! word space, printed or not. Text tracked apart (letter by letter with equal
//! gaps) comes out as words again. Drawing order is not trusted: glyphs are put
//! on baselines and sorted by place.
//! Refuses: glyphs that repeat another one a hair to the side (fake bold).

use super::{UNMAPPED, Word};
use crate::geometry::{Point, Rect};
use crate::pdf::{Axis, Direction, Glyph, GlyphText, Page};

/// A wider gap between glyphs, in em, parts words. Word spaces are 0.2 to 0.35 em;
/// tracked text has up to 0.1 em between letters.
const GAP: f32 = 0.165;
/// Baselines of one line differ by less than this, in em.
const BASELINE: f32 = 0.22;
/// The same glyph this close, in em, is the same glyph drawn again.
const OVERPRINT: f32 = 0.12;

/// Letters of two words never overlap by more than this share of the narrower.
const OVERLAP: f32 = 0.4;

/// The direction of most glyphs.
pub(super) fn main_direction(page: &Page) -> Direction {
    let count = |d| page.glyphs.iter().filter(|g| g.direction == d).count();
    let right = count(Direction::Right);
    if right == page.glyphs.len() {
        return Direction::Right;
    }
    [Direction::Up, Direction::Down, Direction::Left]
        .into_iter()
        .map(|d| (count(d), d))
        .filter(|(n, _)| *n > 2 * right)
        .max_by_key(|(n, _)| *n)
        .map_or(Direction::Right, |(_, d)| d)
}

/// Turns a page whose text runs in another direction, so that it reads left to right.
pub(super) fn upright(mut page: Page) -> Page {
    let main = main_direction(&page);
    let (w, h) = (page.width, page.height);
    let turn = |p: Point| match main {
        Direction::Up => Point { x: h - p.y, y: p.x },
        Direction::Down => Point { x: p.y, y: w - p.x },
        Direction::Left => Point { x: w - p.x, y: h - p.y },
        _ => p,
    };
    let turn_rect = |r: Rect| {
        let (a, b) = (turn(Point { x: r.x0, y: r.y0 }), turn(Point { x: r.x1, y: r.y1 }));
        Rect::new(a.x, a.y, b.x, b.y)
    };
    let quarter = |d: Direction| match d {
        Direction::Right => 0,
        Direction::Down => 1,
        Direction::Left => 2,
        Direction::Up => 3,
        Direction::Slanted => 4,
    };
    const NAMES: [Direction; 4] = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
    for g in &mut page.glyphs {
        g.origin = turn(g.origin);
        g.rect = turn_rect(g.rect);
        if g.direction != Direction::Slanted {
            g.direction = NAMES[(quarter(g.direction) + 4 - quarter(main)) % 4];
        }
    }
    for r in &mut page.rulings {
        let rect = match r.axis {
            Axis::Horizontal => Rect::new(r.from, r.at, r.to, r.at),
            Axis::Vertical => Rect::new(r.at, r.from, r.at, r.to),
        };
        let t = turn_rect(rect);
        (r.axis, r.at, r.from, r.to) = if t.width() >= t.height() {
            (Axis::Horizontal, t.y0, t.x0, t.x1)
        } else {
            (Axis::Vertical, t.x0, t.y0, t.y1)
        };
    }
    for f in &mut page.fills {
        f.rect = turn_rect(f.rect);
    }
    for i in &mut page.images {
        *i = turn_rect(*i);
    }
    if matches!(main, Direction::Up | Direction::Down) {
        std::mem::swap(&mut page.width, &mut page.height);
    }
    page
}

/// Words that run to the right, by baseline, and words that run up or down.
pub(super) fn read(page: &Page) -> (Vec<Vec<Word>>, Vec<Word>) {
    let of = |d: Direction| page.glyphs.iter().filter(move |g| g.direction == d).map(Mark::upright).collect();
    let bold: Vec<bool> = page.fonts.iter().map(crate::pdf::Font::is_bold).collect();
    let upright = baselines(of(Direction::Right), &bold);
    let mut turned = Vec::new();
    for direction in [Direction::Up, Direction::Down] {
        let marks: Vec<Mark<'_>> =
            page.glyphs.iter().filter(|g| g.direction == direction).map(Mark::turned).collect();
        for mut word in baselines(marks, &bold).into_iter().flatten() {
            word.direction = direction;
            word.rect = if direction == Direction::Up {
                Rect::new(word.rect.y0, -word.rect.x1, word.rect.y1, -word.rect.x0)
            } else {
                Rect::new(-word.rect.y1, word.rect.x0, -word.rect.y0, word.rect.x1)
            };
            turned.push(word);
        }
    }
    turned.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0).then(a.rect.y0.total_cmp(&b.rect.y0)));
    (upright, turned)
}

/// A glyph in a frame in which its text runs to the right.
#[derive(Clone, Copy)]
struct Mark<'g> {
    glyph: &'g Glyph,
    x0: f32,
    x1: f32,
    y: f32,
    rect: Rect,
}

impl<'g> Mark<'g> {
    fn upright(g: &'g Glyph) -> Self {
        Mark { glyph: g, x0: g.origin.x, x1: g.origin.x + g.advance, y: g.origin.y, rect: g.rect }
    }

    fn turned(g: &'g Glyph) -> Self {
        let (p, r) = (g.origin, g.rect);
        let (x, y, rect) = match g.direction {
            Direction::Up => (-p.y, p.x, Rect::new(-r.y1, r.x0, -r.y0, r.x1)),
            _ => (p.y, -p.x, Rect::new(r.y0, -r.x1, r.y1, -r.x0)),
        };
        Mark { glyph: g, x0: x, x1: x + g.advance, y, rect }
    }

    fn is_dot(&self) -> bool {
        self.glyph.text == GlyphText::Char('.')
    }

    /// Whether the ink stands clear of the baseline: figures of a font's own superscripts
    /// have the size and the baseline of the text around them.
    fn is_raised(&self) -> bool {
        let clear = (self.y - self.rect.y1) / self.glyph.size;
        match self.glyph.text {
            GlyphText::Char(c) if c.is_ascii_digit() => clear > 0.15,
            GlyphText::Char(')') => clear > 0.06,
            _ => false,
        }
    }

    fn is_blank(&self) -> bool {
        matches!(&self.glyph.text, GlyphText::Char(c) if c.is_whitespace() || *c == '\u{200B}')
    }
}

fn baselines(mut marks: Vec<Mark<'_>>, bold: &[bool]) -> Vec<Vec<Word>> {
    marks.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut out = Vec::new();
    let mut group: Vec<Mark<'_>> = Vec::new();
    // The running mean keeps a slowly drifting line (a skewed scan) together.
    let mut mean = 0.0;
    for mark in marks {
        let size = group.last().map_or(mark.glyph.size, |m| m.glyph.size.min(mark.glyph.size)).min(60.0);
        if !group.is_empty() && mark.y - mean > BASELINE * size {
            out.push(words(&mut group, bold));
            group.clear();
        }
        mean = if group.is_empty() {
            mark.y
        } else {
            mean + (mark.y - mean) / (group.len() as f32 + 1.0).min(12.0)
        };
        group.push(mark);
    }
    if !group.is_empty() {
        out.push(words(&mut group, bold));
    }
    out.retain(|w| !w.is_empty());
    out
}

/// OCR layers draw each word by itself, in a font that is not the print's: there a new
/// show-text operation parts words more surely than any gap.
fn drawn_by_word(marks: &[Mark<'_>]) -> bool {
    let runs = marks.chunk_by(|a, b| a.glyph.run == b.glyph.run);
    marks.iter().all(|m| m.glyph.invisible) && marks.len() >= 2 * runs.count()
}

/// The show-text operation whose letters are printed over those of another, as when a long label runs
/// into the figures beside it; sorted by place the two would come out as one word.
fn overprinting(marks: &[Mark<'_>]) -> Option<u32> {
    let inked = || marks.iter().filter(|m| !m.is_blank());
    let clash = |(a, b): &(&Mark<'_>, &Mark<'_>)| {
        let overlap = a.x1.min(b.x1) - a.x0.max(b.x0);
        a.glyph.run != b.glyph.run
            && a.glyph.text != b.glyph.text
            && overlap > OVERLAP * (a.x1 - a.x0).min(b.x1 - b.x0)
    };
    let mut clashes = inked().zip(inked().skip(1)).filter(clash).map(|(a, b)| a.glyph.run.max(b.glyph.run));
    let run = clashes.next()?;
    // One letter over another is an accent or a mark.
    let lone = clashes.all(|other| other != run);
    let both = inked().filter(|m| m.glyph.run == run).count() >= 2;
    (!lone && both).then_some(run)
}

fn words(marks: &mut [Mark<'_>], bold: &[bool]) -> Vec<Word> {
    let by_word = drawn_by_word(marks);
    marks.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    if let Some(run) = overprinting(marks) {
        let (mut over, mut rest): (Vec<_>, Vec<_>) = marks.iter().copied().partition(|m| m.glyph.run == run);
        let mut out = words(&mut rest, bold);
        out.extend(words(&mut over, bold));
        out.sort_by(|a, b| a.rect.x0.total_cmp(&b.rect.x0));
        return out;
    }
    let mut out: Vec<Word> = Vec::new();
    let mut current: Option<(Word, f32)> = None;
    let mut blank: Option<char> = None;
    let mut previous: Option<&Glyph> = None;
    for (k, mark) in marks.iter().enumerate() {
        if mark.is_blank() {
            if let GlyphText::Char(c) = mark.glyph.text {
                blank = Some(c);
            }
            out.extend(current.take().map(|(w, _)| w));
            continue;
        }
        if let Some(p) = previous
            && p.text == mark.glyph.text
            && (p.origin.x - mark.glyph.origin.x).abs() + (p.origin.y - mark.glyph.origin.y).abs()
                < OVERPRINT * mark.glyph.size
        {
            continue;
        }
        previous = Some(mark.glyph);
        // Leader dots part a label from its figures even where no gap does.
        let dot = mark.glyph.text == GlyphText::Char('.');
        if let Some((w, _)) = &current {
            let leads = w.text.ends_with("...");
            let begins = dot
                && !w.text.ends_with('.')
                && marks[k..].len() >= 4
                && marks[k..k + 4].iter().all(Mark::is_dot);
            if leads && !dot || begins || w.raised != mark.is_raised() {
                out.extend(current.take().map(|(w, _)| w));
            }
        }
        let size = mark.glyph.size;
        let resized = |w: &Word| w.size > 1.28 * size || size > 1.28 * w.size;
        if let Some((w, end)) = &current
            && (mark.x0 - end > GAP * size.min(w.size)
                || resized(w)
                || by_word && w.runs.1 != mark.glyph.run && mark.x0 - end > -0.3 * size
                || abuts(w, &marks[k..]))
        {
            out.extend(current.take().map(|(w, _)| w));
        }
        match &mut current {
            Some((w, end)) => {
                push(&mut w.text, &mark.glyph.text);
                w.rect = w.rect.union(&mark.rect);
                w.size = w.size.max(size);
                w.runs.1 = mark.glyph.run;
                *end = mark.x1.max(*end);
            }
            None => {
                let mut text = String::with_capacity(16);
                push(&mut text, &mark.glyph.text);
                let word = Word {
                    text,
                    rect: mark.rect,
                    baseline: mark.y,
                    size,
                    bold: bold.get(usize::from(mark.glyph.font)).copied().unwrap_or(false),
                    raised: mark.is_raised(),
                    blank_before: blank.take(),
                    direction: Direction::Right,
                    runs: (mark.glyph.run, mark.glyph.run),
                    invisible: mark.glyph.invisible,
                    anew: None,
                };
                current = Some((word, mark.x1));
            }
        }
        blank = None;
    }
    out.extend(current.map(|(w, _)| w));
    untrack(out)
}

/// Whether another text begins here that was drawn by itself, right after one that fills its cell: a figure after
/// a label, a head after a head (`BudgetEkonomiplan`).
fn abuts(word: &Word, rest: &[Mark<'_>]) -> bool {
    let is = |m: &Mark<'_>, f: fn(char) -> bool| matches!(m.glyph.text, GlyphText::Char(c) if f(c));
    let digit = |m: &Mark<'_>| is(m, |c| c.is_ascii_digit());
    let letters = word.text.chars().rev().take(3).filter(|c| c.is_alphabetic()).count();
    let lower = word.text.ends_with(char::is_lowercase);
    let whole = word.runs.0 == word.runs.1 && word.runs.1 != rest[0].glyph.run;
    letters == 3
        && whole
        && rest.get(1).is_some_and(|next| {
            let figure = digit(&rest[0]) && (digit(next) || next.is_blank())
                || is(&rest[0], crate::number::is_minus) && digit(next);
            let text = lower && is(&rest[0], char::is_uppercase) && is(next, char::is_lowercase);
            next.glyph.run == rest[0].glyph.run && (figure || text)
        })
}

fn push(text: &mut String, glyph: &GlyphText) {
    match glyph {
        GlyphText::Char(c) => text.push(*c),
        GlyphText::Several(s) => text.push_str(s),
        GlyphText::Unmapped(_) => text.push(UNMAPPED),
    }
}

/// Joins letters tracked so far apart that each came out as a word: `B U D G E T`.
fn untrack(words: Vec<Word>) -> Vec<Word> {
    const FEWEST: usize = 4;
    let single = |w: &Word| w.text.chars().count() == 1 && w.text.chars().all(char::is_alphabetic);
    if !words.chunk_by(|a, b| single(a) && single(b)).any(|run| run.len() >= FEWEST) {
        return words;
    }
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    let mut i = 0;
    while i < words.len() {
        let mut j = i;
        while j < words.len() && single(&words[j]) {
            j += 1;
        }
        if j - i < FEWEST {
            out.extend_from_slice(&words[i..j.max(i + 1).min(words.len())]);
            i = j.max(i + 1);
            continue;
        }
        let gap = |k: usize| words[k + 1].rect.x0 - words[k].rect.x1;
        let mut gaps: Vec<f32> = (i..j - 1).map(gap).collect();
        gaps.sort_by(f32::total_cmp);
        let usual = gaps[gaps.len() / 2];
        let mut word = words[i].clone();
        for k in i..j - 1 {
            if gap(k) <= 1.6 * usual + 0.05 * word.size && gap(k) < word.size {
                word.text.push_str(&words[k + 1].text);
                word.rect = word.rect.union(&words[k + 1].rect);
                word.runs.1 = words[k + 1].runs.1;
            } else {
                out.push(std::mem::replace(&mut word, words[k + 1].clone()));
            }
        }
        out.push(word);
        i = j;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glyphs(text: &str, x: f32, step: f32, size: f32) -> Vec<Glyph> {
        text.chars()
            .enumerate()
            .map(|(i, c)| {
                let x = x + step * i as f32;
                Glyph {
                    text: GlyphText::Char(c),
                    origin: Point { x, y: 100.0 },
                    advance: 0.5 * size,
                    size,
                    rect: Rect::new(x, 100.0 - size * 0.7, x + 0.5 * size, 100.0),
                    font: 0,
                    direction: Direction::Right,
                    invisible: false,
                    mcid: None,
                    artifact: false,
                    run: 0,
                }
            })
            .collect()
    }

    fn texts(glyphs: Vec<Glyph>) -> Vec<String> {
        let page = Page { glyphs, ..Page::default() };
        read(&page).0.into_iter().flatten().map(|w| w.text).collect()
    }

    #[test]
    fn tracked_text_is_words() {
        assert_eq!(texts(glyphs("BUDGET", 10.0, 9.0, 10.0)), ["BUDGET"]);
        assert_eq!(texts(glyphs("25 050", 10.0, 5.9, 10.0)), ["25", "050"]);
    }

    #[test]
    fn overprinted_glyphs_stand_once() {
        let mut g = glyphs("12", 10.0, 5.0, 10.0);
        let mut again = glyphs("12", 10.3, 5.0, 10.0);
        g.append(&mut again);
        assert_eq!(texts(g), ["12"]);
    }

    #[test]
    fn a_label_that_runs_into_its_figure_stays_a_word() {
        let mut g = glyphs("Skatt", 10.0, 5.0, 10.0);
        let mut figure = glyphs("14298", 26.0, 5.0, 10.0);
        figure.iter_mut().for_each(|glyph| glyph.run = 1);
        g.append(&mut figure);
        assert_eq!(texts(g), ["Skatt", "14298"]);
    }

    #[test]
    fn a_label_that_meets_its_figure_stays_a_word() {
        let mut g = glyphs("Skatt", 10.0, 5.0, 10.0);
        let mut figure = glyphs("89 780", 35.0, 5.0, 10.0);
        figure.iter_mut().for_each(|glyph| glyph.run = 1);
        g.append(&mut figure);
        assert_eq!(texts(g), ["Skatt", "89", "780"]);
        assert_eq!(texts(glyphs("Covid19", 10.0, 5.0, 10.0)), ["Covid19"]);
    }

    #[test]
    fn drawing_order_does_not_matter() {
        let mut g = glyphs("2025", 10.0, 5.0, 10.0);
        g.reverse();
        assert_eq!(texts(g), ["2025"]);
    }
}
