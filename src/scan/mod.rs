//! [`Raster`] → [`Sheet`]; with what a recogniser of letters saw on it → [`Page`].
//!
//! In: the picture of a page without usable text. Out: first the picture made ready (paper white,
//! lines level, rulings and specks taken out), then, with the letters that were recognised on it,
//! a page like any other. Pure: the recogniser is run by whoever has the right to start programs.
//! Refuses: blank pages; a letter that no recogniser saw, but for a minus (see `glyphs`).

mod align;
mod choose;
mod clean;
mod cut;
mod glyphs;
mod hocr;
mod ink;
mod picture;
mod skew;

use crate::geometry::{Point, Turn};
use crate::glossary::Language;
use crate::pdf::{Axis, Page, Raster, Ruling};
use cut::Cut;
use ink::Blob;
use picture::Picture;

/// Resolution that recognisers are made for, dots an inch.
pub const DPI: f32 = 300.0;

/// A page picture made ready for recognition.
pub struct Sheet {
    /// What a recogniser is to read: level, without shade, rulings and specks, every line by itself.
    pub picture: Raster,
    /// How the lines of the page were made level.
    pub turn: Turn,
    /// Pixels of the page itself.
    size: (usize, usize),
    cut: Cut,
    blobs: Vec<Blob>,
    leaders: Vec<Vec<Blob>>,
    rulings: Vec<Ruling>,
}

/// A page with less ink than this many letters is blank.
const BLANK: usize = 4;

/// Makes a page picture ready; `None` where it is blank.
pub fn prepare(raster: Raster) -> Option<Sheet> {
    let Raster { width, height, scale, grey } = raster;
    let mut picture = Picture { width, height, grey };
    picture.level();
    let pieces = |picture: &Picture| ink::blobs(&ink::runs(&picture.bitmap(), 1, 0));
    let rough: Vec<Blob> = pieces(&picture).into_iter().map(|(blob, _)| blob).collect();
    let angle = skew::angle(&rough, scale);
    if angle != 0.0 {
        picture = picture.turn(-angle);
    }
    let strokes = clean::lines(&mut picture, scale);
    let with_specks = pieces(&picture);
    let (blobs, leaders) = clean::specks(&mut picture, &with_specks, scale);
    if blobs.iter().filter(|b| b.height() as f32 > 2.5 * scale).count() < BLANK {
        return None;
    }
    let rulings = strokes.iter().map(|s| Ruling {
        axis: if s.vertical { Axis::Vertical } else { Axis::Horizontal },
        at: (s.at as f32 + s.thickness as f32 / 2.0) / scale,
        from: s.from as f32 / scale,
        to: s.to as f32 / scale,
        width: s.thickness as f32 / scale,
    });
    let rulings = rulings.collect();
    picture.bleach();
    let Picture { width, height, grey } = picture;
    let (cut, picture) = Cut::new(&Raster { width, height, scale, grey }, &blobs);
    let middle = Point { x: width as f32 / scale / 2.0, y: height as f32 / scale / 2.0 };
    Some(Sheet { picture, turn: Turn { middle, angle }, size: (width, height), cut, blobs, leaders, rulings })
}

impl Sheet {
    /// The page that the recogniser saw, and its name. The texts are hOCR in pixels of
    /// [`Sheet::picture`], once read as Swedish and once as Finnish.
    ///
    /// The error is what is wrong with the hOCR.
    pub fn page(
        &self,
        number: u32,
        swedish: &str,
        finnish: &str,
        language_of: &dyn Fn(&str) -> Option<Language>,
    ) -> Result<(Page, String), String> {
        let (swedish, recogniser) = hocr::parse(swedish)?;
        let (finnish, _) = hocr::parse(finnish)?;
        let (swedish, finnish) = (self.cut.back(&swedish), self.cut.back(&finnish));
        let lines = choose::choose(swedish, finnish, language_of);
        let scale = self.picture.scale;
        let mut glyphs = glyphs::glyphs(&lines, &self.blobs, scale);
        glyphs.extend(glyphs::leaders(&self.leaders, scale));
        let page = Page {
            number,
            width: self.size.0 as f32 / scale,
            height: self.size.1 as f32 / scale,
            saw_text: !glyphs.is_empty(),
            glyphs,
            fonts: vec![crate::pdf::Font::default()],
            rulings: self.rulings.clone(),
            ..Page::default()
        };
        Ok((page, recogniser))
    }
}
