//! A page → [`Raster`]: what its reader sees, in grey.
//!
//! In: a page of an open file, a resolution. Out: one byte a pixel, 0 black, 255 white.
//! The file is opened anew for every page, since an open file keeps its decoded pictures.
//! Refuses: more than [`MOST_PIXELS`]; such a page comes at a lower resolution.

use hayro::{PixmapSettings, RenderCache, RenderSettings};
use hayro_interpret::InterpreterSettings;
use hayro_syntax::Pdf;

/// Most pixels of a raster: four times A4 at 300 dpi.
const MOST_PIXELS: f32 = 35.0e6;

/// A page as a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raster {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Pixels a point.
    pub scale: f32,
    /// Rows from the top, 0 black, 255 white.
    pub grey: Vec<u8>,
}

/// Draws a page; `None` where the file no longer has it.
pub(super) fn draw(pdf: &Pdf, index: usize, dpi: f32, settings: &InterpreterSettings) -> Option<Raster> {
    let page = pdf.pages().get(index)?;
    let (width, height) = page.render_dimensions();
    let most = (MOST_PIXELS / (width * height).max(1.0)).sqrt();
    let scale = (dpi / 72.0).min(most).min(f32::from(u16::MAX) / width.max(height).max(1.0));
    let pixmap = hayro::render(
        page,
        &RenderCache::new(),
        settings,
        &RenderSettings { hinting: false, ..RenderSettings::default() },
        &PixmapSettings {
            x_scale: scale,
            y_scale: scale,
            bg_color: hayro::vello_cpu::color::palette::css::WHITE,
        },
    );
    let (width, height) = (usize::from(pixmap.width()), usize::from(pixmap.height()));
    // Luma of ITU-R BT.601, in 256ths.
    let luma = |p: &[u8]| ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8) as u8;
    let grey = pixmap.data_as_u8_slice().chunks_exact(4).map(luma).collect();
    (width > 0 && height > 0).then_some(Raster { width, height, scale, grey })
}
