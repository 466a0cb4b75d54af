//! A page of a document → what is read of it: its text, or its picture.
//!
//! In: the words that the file holds, and a [`Host`] that recognises letters on pictures. Out: a
//! page with words, and what they were taken from.
//! Refuses: to take an unread page for an empty one; a warning says why it was not read.

use super::{Host, Ocr, Recognised};
use crate::error::Warning;
use crate::geometry::Turn;
use crate::glossary::Glossary;
use crate::layout::{self, Layout, TextLayer};
use crate::pdf;
use crate::report::ReadFrom;
use crate::scan;

/// One page, and where it comes from.
pub(super) struct ReadPage {
    /// As it is read.
    pub(super) layout: Layout,
    /// What the file itself holds.
    pub(super) text_layer: TextLayer,
    pub(super) read_from: ReadFrom,
    /// How its lines were made level.
    pub(super) turn: Option<Turn>,
    /// Why its picture was not read.
    pub(super) unread: Option<Warning>,
    /// What read its picture, or empty where nothing did for want of it.
    pub(super) recogniser: Option<String>,
}

impl ReadPage {
    /// A page of a text, which has no picture.
    pub(super) fn of_text(layout: Layout) -> Self {
        let text_layer = layout.text_layer.unwrap_or(TextLayer::None);
        let read_from = if text_layer == TextLayer::None { ReadFrom::Nothing } else { ReadFrom::Text };
        ReadPage { layout, text_layer, read_from, turn: None, unread: None, recogniser: None }
    }
}

/// Reads a page from its text or from its picture.
pub(super) struct Reader<'h> {
    pub(super) host: &'h mut dyn Host,
    pub(super) ocr: Ocr,
    pub(super) glossary: &'h Glossary,
}

impl Reader<'_> {
    /// Decides what a page is read from, and reads its picture where that is it.
    pub(super) fn page(&mut self, document: &pdf::Document, layout: Layout) -> ReadPage {
        let text_layer = layout.text_layer.unwrap_or(TextLayer::None);
        let of_file = match text_layer {
            TextLayer::Text | TextLayer::Invisible => ReadFrom::Text,
            TextLayer::None | TextLayer::Rubbish => ReadFrom::Nothing,
        };
        let unread = of_file == ReadFrom::Nothing && has_something_drawn(&layout);
        let unwanted = match self.ocr {
            // Rubbish text is said, and its page read from its picture when that is asked for.
            Ocr::Auto => !unread || text_layer == TextLayer::Rubbish,
            Ocr::Never => true,
            Ocr::Always => false,
        };
        let picture = if unwanted { Scanned::Unwanted } else { self.scanned(document, layout.page) };
        let mut page =
            ReadPage { layout, text_layer, read_from: of_file, turn: None, unread: None, recogniser: None };
        let why = match picture {
            Scanned::Read(read, turn, recogniser) => {
                // What the file hides or breaks it may also hide from its picture.
                let (truncated, unread) = (page.layout.truncated, page.layout.unread);
                page.layout = Layout { truncated, unread, ..*read };
                page.turn = Some(turn);
                page.read_from = ReadFrom::Picture;
                page.recogniser = Some(recogniser);
                return page;
            }
            Scanned::Blank => return page,
            Scanned::Unwanted if !unread => return page,
            Scanned::Unwanted => None,
            Scanned::Unavailable(what) => {
                page.recogniser = Some(String::new());
                Some((what, INSTALL))
            }
            Scanned::Failed(why) => Some((why, SEARCHABLE)),
        };
        page.unread = Some(warning(text_layer, why).on_page(page.layout.page));
        page
    }

    /// Reads the picture of a page.
    fn scanned(&mut self, document: &pdf::Document, page: u32) -> Scanned {
        let Some(raster) = document.raster(page, scan::DPI) else {
            return Scanned::Failed("it cannot be drawn".to_owned());
        };
        let Some(sheet) = scan::prepare(raster) else { return Scanned::Blank };
        let language_of = |text: &str| self.glossary.vocabulary().language_of(text);
        match self.host.recognise(page, &sheet.picture) {
            Recognised::Text { swedish, finnish } => match sheet.page(page, &swedish, &finnish, &language_of)
            {
                Ok((page, recogniser)) => {
                    Scanned::Read(Box::new(layout::analyze(page)), sheet.turn, recogniser)
                }
                Err(why) => Scanned::Failed(format!("the recogniser answered in an unknown way: {why}")),
            },
            Recognised::Unavailable(what) => Scanned::Unavailable(what),
            Recognised::Failed(why) => Scanned::Failed(why),
        }
    }
}

/// What came of the picture of a page.
enum Scanned {
    Unwanted,
    Blank,
    /// The page, how it lay, and what recognised its letters.
    Read(Box<Layout>, Turn, String),
    Unavailable(String),
    Failed(String),
}

/// Says that a picture was not read: why and what helps, or `None` where nobody wanted it.
fn warning(text_layer: TextLayer, why: Option<(String, &str)>) -> Warning {
    let (code, what, wanted) = match text_layer {
        TextLayer::Rubbish => (
            "rubbish-text",
            "the fonts of the page do not say which letters their glyphs are; nothing was read",
            "pass --ocr always to read it from its picture",
        ),
        TextLayer::None => (
            "image-page",
            "the page is an image without text and was not read",
            "leave out --ocr never to read it from its picture",
        ),
        TextLayer::Text | TextLayer::Invisible => {
            ("picture-unread", "the picture of the page was not read, its text was", "leave out --ocr always")
        }
    };
    match why {
        Some((why, hint)) => Warning::new(code, format!("{what}: {why}")).with_hint(hint),
        None => Warning::new(code, what).with_hint(wanted),
    }
}

/// What helps where there is no recogniser.
const INSTALL: &str = "install tesseract with its Swedish and Finnish data, on Debian: \
                       apt install tesseract-ocr tesseract-ocr-swe tesseract-ocr-fin";
/// What helps where the recogniser fails.
const SEARCHABLE: &str = "make a searchable PDF of it first, for instance with ocrmypdf -l swe+fin";

/// A page without usable text that holds more than a rule or a logo's worth of drawing.
fn has_something_drawn(layout: &Layout) -> bool {
    const FEWEST_PATHS: u32 = 8;
    const SMALLEST: f32 = 0.1;
    let images: f32 = layout.images.iter().map(|r| r.width() * r.height()).sum();
    layout.text_layer == Some(TextLayer::Rubbish)
        || images > SMALLEST * layout.width * layout.height
        || layout.paths >= FEWEST_PATHS
}
