//! [`Page`] → [`Layout`]: words and lines, upright, in reading order.
//!
//! In: glyphs as drawn. Out: words with boxes, joined to lines by their
//! baselines; note marks told apart; running heads and page numbers marked.
//! Refuses: slanted text (stamps, water marks); it is left out.

mod furniture;
mod line;
mod word;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::geometry::Rect;
use crate::pdf::{Axis, Direction, Fill, Page, Ruling};

pub(crate) use furniture::Furniture;

/// What kind of text a page carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextLayer {
    /// Visible text.
    Text,
    /// Invisible text over an image: a searchable scan.
    Invisible,
    /// No text: an image, or an empty page.
    None,
    /// Text whose codes mean nothing (no usable Unicode mapping).
    Rubbish,
}

/// Placeholder of a glyph whose meaning the file does not give.
pub(crate) const UNMAPPED: char = '\u{FFFD}';

/// A stretch of glyphs without a gap.
#[derive(Clone, Debug, PartialEq)]
pub struct Word {
    /// What it says; unmapped glyphs are U+FFFD.
    pub text: String,
    /// Advance by ink.
    pub rect: Rect,
    /// Height of its baseline.
    pub baseline: f32,
    /// Largest font size in it.
    pub size: f32,
    /// Whether it is set in a bold font.
    pub bold: bool,
    /// A note mark: smaller and raised.
    pub raised: bool,
    /// The blank that stands before it in the same run of text, if one was printed.
    pub blank_before: Option<char>,
    /// Which way it runs.
    pub direction: Direction,
    /// Show-text operation of its first and last glyph.
    pub runs: (u32, u32),
    /// The text layer of a scan.
    pub invisible: bool,
    /// What is known of a word that was set anew because it had lost its place.
    pub anew: Option<Box<Anew>>,
}

/// What is known of a figure that had lost its place, beside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anew {
    /// What it may be or mean otherwise, in words of doubt.
    pub doubts: Vec<&'static str>,
    /// Arithmetic chose among several groupings of its digits.
    pub solved: bool,
    /// What else it would be, were its digits grouped otherwise; the likeliest first.
    pub others: Vec<Decimal>,
}

impl Word {
    /// A plain word that runs to the right.
    pub(crate) fn new(text: &str, rect: Rect, baseline: f32, size: f32) -> Self {
        Word {
            text: text.to_owned(),
            rect,
            baseline,
            size,
            bold: false,
            raised: false,
            blank_before: None,
            direction: Direction::Right,
            runs: (0, 0),
            invisible: false,
            anew: None,
        }
    }
}

/// Words on one baseline, left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The words.
    pub words: Vec<Word>,
    /// Box of all words.
    pub rect: Rect,
    /// Height of the baseline.
    pub baseline: f32,
    /// Font size that most of it has.
    pub size: f32,
    /// A running head, foot, page number or stamp.
    pub furniture: bool,
}

impl Line {
    /// The words in one string with single spaces.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for w in self.words.iter().filter(|w| !w.raised) {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(&w.text);
        }
        out
    }

    /// Whether every word is bold.
    pub fn is_bold(&self) -> bool {
        !self.words.is_empty() && self.words.iter().filter(|w| !w.raised).all(|w| w.bold)
    }
}

/// One page as words and lines.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// Page, from 1.
    pub page: u32,
    /// Width of the page.
    pub width: f32,
    /// Height of the page.
    pub height: f32,
    /// Upright lines, top to bottom.
    pub lines: Vec<Line>,
    /// Words that run up or down: heads in narrow columns.
    pub turned: Vec<Word>,
    /// Lines drawn.
    pub rulings: Vec<Ruling>,
    /// Areas filled.
    pub fills: Vec<Fill>,
    /// Boxes of images.
    pub images: Vec<Rect>,
    /// How many lines and shapes were drawn.
    pub paths: u32,
    /// Kind of text.
    pub text_layer: Option<TextLayer>,
    /// Glyphs without Unicode.
    pub unmapped: u32,
    /// Whether a limit cut the page short.
    pub truncated: bool,
    /// Whether the content holds text that could not be read.
    pub unread: bool,
    /// Where the cells of tagged tables stand.
    pub tagged: Vec<Tagged>,
}

/// The text of a tagged cell, by its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tagged {
    /// Which table of the document.
    pub table: u32,
    /// Which row of it, from 0.
    pub row: u32,
    /// Which column of it, from 0.
    pub column: u16,
    /// Where its text stands, in all its lines.
    pub rect: Rect,
}

/// The cells of tagged tables, by the glyphs that carry the ids of their content.
fn tagged(page: &Page) -> Vec<Tagged> {
    let mut cells: Vec<(u32, Tagged)> = Vec::new();
    for table in &page.tables {
        for row in &table.rows {
            for cell in &row.cells {
                let known = Tagged {
                    table: table.number,
                    row: row.index,
                    column: cell.column,
                    rect: Rect::default(),
                };
                cells.extend(cell.content.iter().map(|id| (*id, known)));
            }
        }
    }
    cells.sort_by_key(|c| c.0);
    let mut out: Vec<Tagged> = Vec::new();
    let mut places: rustc_hash::FxHashMap<(u32, u32, u16), usize> = rustc_hash::FxHashMap::default();
    for glyph in &page.glyphs {
        let Some(id) = glyph.mcid else { continue };
        let Ok(at) = cells.binary_search_by_key(&id, |c| c.0) else { continue };
        let cell = cells[at].1;
        match places.entry((cell.table, cell.row, cell.column)) {
            std::collections::hash_map::Entry::Occupied(known) => {
                let rect = &mut out[*known.get()].rect;
                *rect = rect.union(&glyph.rect);
            }
            std::collections::hash_map::Entry::Vacant(new) => {
                new.insert(out.len());
                out.push(Tagged { rect: glyph.rect, ..cell });
            }
        }
    }
    out
}

/// Finds words and lines of a page.
pub fn analyze(page: Page) -> Layout {
    let page = if word::main_direction(&page) == Direction::Right { page } else { word::upright(page) };
    let unmapped = page.unmapped();
    let text_layer = text_layer(&page, unmapped);
    let unmapped = u32::try_from(unmapped).unwrap_or(u32::MAX);
    let (mut upright, turned) = word::read(&page);
    let tagged = tagged(&page);
    let mut rulings = page.rulings;
    for line in &mut upright {
        rulings.extend(line.iter().filter(|w| is_typed_rule(&w.text)).map(ruling));
        line.retain(|w| !is_typed_rule(&w.text));
    }
    upright.retain(|line| !line.is_empty());
    Layout {
        page: page.number,
        width: page.width,
        height: page.height,
        lines: line::read(upright),
        turned,
        rulings,
        fills: page.fills,
        images: page.images,
        paths: page.paths,
        text_layer: Some(text_layer),
        unmapped,
        truncated: page.truncated,
        unread: page.unread,
        tagged,
    }
}

/// Listings draw their lines with letters: `--------`, `========`.
fn is_typed_rule(text: &str) -> bool {
    /// Fewer are a dash that stands for something.
    const FEWEST: usize = 5;
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| "-=_—–─━*".contains(c))
        && chars.clone().count() + 1 >= FEWEST
        && chars.all(|c| Some(c) == first)
}

fn ruling(rule: &Word) -> Ruling {
    let at = if rule.text.starts_with('_') { rule.baseline } else { rule.rect.center().y };
    Ruling { axis: Axis::Horizontal, at, from: rule.rect.x0, to: rule.rect.x1, width: 0.5 }
}

/// A page whose text means nothing for more than this share is rubbish.
const RUBBISH: f32 = 0.3;

fn text_layer(page: &Page, unmapped: usize) -> TextLayer {
    let inked =
        |g: &&crate::pdf::Glyph| !matches!(g.text, crate::pdf::GlyphText::Char(c) if c.is_whitespace());
    if !page.glyphs.iter().any(|g| inked(&g)) {
        return TextLayer::None;
    }
    if unmapped > 0 && unmapped as f32 > RUBBISH * page.glyphs.iter().filter(inked).count() as f32 {
        return TextLayer::Rubbish;
    }
    let invisible = page.glyphs.iter().filter(|g| g.invisible).count();
    if invisible * 2 > page.glyphs.len() { TextLayer::Invisible } else { TextLayer::Text }
}
