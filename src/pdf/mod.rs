//! Bytes of a PDF → [`Page`]s of [`Glyph`]s, [`Ruling`]s, fills and pictures; on demand a [`Raster`].
//!
//! In: the bytes, a password. Out: one page at a time, in this crate's
//! coordinates, so that no stage after this one ever holds a whole book.
//! This folder alone names hayro: its breaking releases stop here.
//! Refuses: documents beyond repair ([`Damaged`](crate::error::ErrorKind::Damaged)), passwords that do
//! not fit ([`Password`](crate::error::ErrorKind::Password)). Glyphs without Unicode are handed on as
//! [`GlyphText::Unmapped`]; nothing is ever guessed from their shape or code.
//! On demand also the tables that a tagged file names, [`Tags`].
//! Source: ISO 32000-1, clauses 7 to 9 and 14.6 to 14.8 (marked content, tags).

mod device;
mod font;
mod metadata;
mod open;
mod raster;
mod ruling;
mod tags;
mod witness;

use crate::geometry::{Point, Rect};

pub use open::{Document, Info};
pub use raster::Raster;
pub use tags::{Mcids, RowGroup, TagCell, TagRow, TagTable, Tags};
pub use witness::{DigitCounts, count as count_digits, digit_strings};

/// What a glyph says.
#[derive(Clone, Debug, PartialEq)]
pub enum GlyphText {
    /// One character.
    Char(char),
    /// A ligature or any other glyph for several characters.
    Several(Box<str>),
    /// The file does not say; the code is what the file calls it.
    Unmapped(u32),
}

/// The direction in which text runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Left to right, the ordinary one.
    Right,
    /// Top to bottom: turned clockwise by 90 degrees.
    Down,
    /// Upside down.
    Left,
    /// Bottom to top: turned counter-clockwise by 90 degrees, as in narrow heads.
    Up,
    /// At any other angle: water marks, stamps.
    Slanted,
}

/// One glyph as it stands on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Glyph {
    /// What it says.
    pub text: GlyphText,
    /// Where its baseline begins.
    pub origin: Point,
    /// How far the next glyph stands by the font's own width, points along the direction.
    pub advance: f32,
    /// Font size on the page, points.
    pub size: f32,
    /// Advance by ink height.
    pub rect: Rect,
    /// Index into [`Page::fonts`].
    pub font: u16,
    /// Where the text runs.
    pub direction: Direction,
    /// Drawn without paint: the text layer of a scan.
    pub invisible: bool,
    /// Innermost marked-content id.
    pub mcid: Option<u32>,
    /// Marked as an artifact: running heads and feet of tagged files.
    pub artifact: bool,
    /// Which show-text operation of the page drew it.
    pub run: u32,
}

/// A font as far as the file tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Font {
    /// PostScript name without the subset prefix.
    pub name: Option<String>,
    /// 400 is normal, 700 bold.
    pub weight: Option<u16>,
    /// Slanted.
    pub italic: bool,
}

impl Font {
    /// Whether it is heavier than medium.
    pub fn is_bold(&self) -> bool {
        self.weight.is_some_and(|w| w >= 600)
    }
}

/// Which way a ruling runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Left to right.
    Horizontal,
    /// Top to bottom.
    Vertical,
}

/// A straight line drawn on the page, from a stroke, a thin filled rectangle or the edge of a framed cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ruling {
    /// Which way it runs.
    pub axis: Axis,
    /// Its place on the other axis: y of a horizontal, x of a vertical.
    pub at: f32,
    /// Where it begins.
    pub from: f32,
    /// Where it ends.
    pub to: f32,
    /// Its thickness.
    pub width: f32,
}

/// A filled area that is no line: bands and head shades.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fill {
    /// Where.
    pub rect: Rect,
    /// Red, green, blue.
    pub color: [u8; 3],
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// From 1.
    pub number: u32,
    /// Width after rotation, points.
    pub width: f32,
    /// Height after rotation, points.
    pub height: f32,
    /// In the order of drawing; text drawn twice (fill and stroke, fake bold) stands once.
    pub glyphs: Vec<Glyph>,
    /// Fonts of the document so far.
    pub fonts: Vec<Font>,
    /// Sorted, collinear pieces joined.
    pub rulings: Vec<Ruling>,
    /// In the order of drawing.
    pub fills: Vec<Fill>,
    /// Boxes of images.
    pub images: Vec<Rect>,
    /// How many lines and shapes were drawn.
    pub paths: u32,
    /// Whether a limit cut the page short.
    pub truncated: bool,
    /// Whether text was shown at all, on the page or outside it.
    pub saw_text: bool,
    /// Whether the content holds text that could not be read.
    pub unread: bool,
    /// Tables that the file has tagged on it.
    pub tables: Vec<TagTable>,
}

impl Page {
    /// Glyphs whose meaning the file does not give.
    pub fn unmapped(&self) -> usize {
        self.glyphs.iter().filter(|g| matches!(g.text, GlyphText::Unmapped(_))).count()
    }

    /// Share of the page that images cover, 0 to 1 (overlaps counted twice).
    pub fn image_share(&self) -> f32 {
        let page = Rect::new(0.0, 0.0, self.width, self.height);
        let area = self.width * self.height;
        if area <= 0.0 {
            return 0.0;
        }
        let covered: f32 = self
            .images
            .iter()
            .map(|r| r.xs().overlap(&page.xs()).max(0.0) * r.ys().overlap(&page.ys()).max(0.0))
            .sum();
        (covered / area).min(1.0)
    }
}
