//! hayro's fonts → [`Font`]s with name and weight, and glyph metrics, each computed once.
//!
//! hayro names only embedded TrueType and Type0 fonts. For the others the font
//! dictionaries of the page are asked which of them the glyph belongs to. Ink
//! boxes need the outline, which costs several times the reading itself, so
//! they are kept per font and glyph.
//! Refuses: nothing; what a file does not say is `None`.
//! Source: ISO 32000-1, 9.6 to 9.8 (font dictionaries and descriptors).

use hayro_font::{Font as HayroFont, FontCache, FontGlyph};
use hayro_interpret::InterpreterSettings;
use hayro_interpret::font::{Glyph as HayroGlyph, GlyphIdentifier, OutlineGlyph};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::Shape;
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page as HayroPage, Resources};
use rustc_hash::{FxHashMap, FxHashSet};

use super::device::text;
use super::{Font, GlyphText};

/// Glyph measures in em, baseline at 0, y up.
#[derive(Clone, Copy, Debug)]
pub(super) struct Metrics {
    pub(super) font: u16,
    /// Thousandths of an em.
    pub(super) advance: f32,
    /// Thousandths of an em above the baseline.
    pub(super) top: f32,
    /// Thousandths of an em; negative below the baseline.
    pub(super) bottom: f32,
    /// Whether the matrix of the glyph carries a stretch of a stand-in font.
    pub(super) stretched: bool,
}

/// All fonts of a document and what has been measured of them; outlives the openings of the file.
#[derive(Default)]
pub(super) struct FontBook {
    fonts: Vec<Font>,
    glyphs: FxHashMap<(GlyphIdentifier, u32), (Metrics, GlyphText)>,
}

impl FontBook {
    pub(super) fn fonts(&self) -> &[Font] {
        &self.fonts
    }

    fn index(&mut self, font: Font) -> u16 {
        let index = self.fonts.iter().position(|f| *f == font).unwrap_or_else(|| {
            self.fonts.push(font);
            self.fonts.len() - 1
        });
        u16::try_from(index).unwrap_or(u16::MAX)
    }
}

/// The font dictionaries that the pages of one opening have shown so far.
#[derive(Default)]
pub(super) struct Dictionaries<'a> {
    cache: FontCache<'a>,
    fonts: Vec<(HayroFont<'a>, Font)>,
    seen: FxHashSet<ObjectIdentifier>,
}

/// How deep forms within forms are looked through for fonts.
const MAX_DEPTH: u32 = 4;

impl<'a> Dictionaries<'a> {
    /// Takes in the fonts of a page and of the forms that it uses.
    fn learn(&mut self, page: &HayroPage<'a>, settings: &InterpreterSettings) {
        self.learn_from(page.resources(), settings, 0);
    }

    fn learn_from(&mut self, resources: &Resources<'a>, settings: &InterpreterSettings, depth: u32) {
        let names: Vec<Name<'a>> = resources.fonts.keys().collect();
        for name in names {
            let Some(dict) = resources.fonts.get::<Dict<'a>>(name) else { continue };
            if dict.obj_id().is_some_and(|id| !self.seen.insert(id)) {
                continue;
            }
            if let Some(font) = self.cache.font(&dict, &settings.font_resolver, &settings.cmap_resolver) {
                self.fonts.push((font, describe(&dict)));
            }
        }
        if depth >= MAX_DEPTH {
            return;
        }
        let names: Vec<Name<'a>> = resources.x_objects.keys().collect();
        for name in names {
            let Some(stream) = resources.x_objects.get::<Stream<'a>>(name) else { continue };
            if !self.seen.insert(stream.obj_id()) {
                continue;
            }
            if let Some(inner) = stream.dict().get::<Dict<'a>>("Resources") {
                self.learn_from(&Resources::new(inner), settings, depth + 1);
            }
        }
    }

    /// The font whose program draws this glyph; its weight only where all such fonts agree.
    fn find(&self, glyph: &OutlineGlyph) -> Option<Font> {
        let wanted = glyph.identifier();
        let mut found: Option<Font> = None;
        for (font, description) in &self.fonts {
            let FontGlyph::Outline(candidate) = font.glyph(glyph.glyph_id(), glyph.char_code()) else {
                continue;
            };
            if candidate.identifier() != wanted {
                continue;
            }
            match &mut found {
                None => found = Some(description.clone()),
                Some(f) if f.weight != description.weight => f.weight = None,
                Some(_) => {}
            }
        }
        found
    }
}

/// Measures glyphs of one page.
pub(super) struct PageFonts<'b, 'a> {
    pub(super) book: &'b mut FontBook,
    pub(super) dictionaries: &'b mut Dictionaries<'a>,
    pub(super) page: &'b HayroPage<'a>,
    pub(super) settings: InterpreterSettings,
    pub(super) learned: bool,
    /// Whether its Type 3 fonts are bitmaps of TeX, once that was asked.
    pub(super) tex_bitmaps: Option<bool>,
}

impl PageFonts<'_, '_> {
    /// Whether every Type 3 font of the page without a `ToUnicode` is a bitmap of TeX.
    fn has_tex_bitmaps(&mut self) -> bool {
        let fonts = &self.page.resources().fonts;
        *self.tex_bitmaps.get_or_insert_with(|| {
            let mut type3 = fonts
                .keys()
                .filter_map(|name| fonts.get::<Dict<'_>>(name.clone()))
                .filter(|d| d.get::<Name<'_>>("Subtype").is_some_and(|n| n.as_str() == "Type3"))
                .filter(|d| !d.contains_key("ToUnicode"))
                .peekable();
            type3.peek().is_some() && type3.all(|d| is_tex_bitmap(&d))
        })
    }

    pub(super) fn metrics(&mut self, glyph: &HayroGlyph<'_>) -> (Metrics, GlyphText) {
        let outline = match glyph {
            HayroGlyph::Outline(o) => o,
            HayroGlyph::Type3(t) => {
                let font = self.book.index(Font::default());
                let advance = t.advance_width().unwrap_or(500.0);
                let read = match text(glyph) {
                    GlyphText::Unmapped(code) if self.has_tex_bitmaps() => {
                        tex_character(code).map_or(GlyphText::Unmapped(code), GlyphText::Char)
                    }
                    read => read,
                };
                return (Metrics { font, advance, top: 700.0, bottom: 0.0, stretched: false }, read);
            }
        };
        let key = (outline.identifier(), outline.char_code());
        if let Some(m) = self.book.glyphs.get(&key) {
            return m.clone();
        }
        let (font, stretched) = match outline.font_data() {
            Some(data) => {
                let name = data.postscript_name.as_deref().map(plain_name);
                let weight = name
                    .as_deref()
                    .and_then(weight_of_name)
                    .or(data.weight.and_then(|w| u16::try_from(w).ok()));
                (Font { name, weight, italic: data.is_italic }, false)
            }
            None => {
                if !self.learned {
                    self.learned = true;
                    self.dictionaries.learn(self.page, &self.settings);
                }
                (self.dictionaries.find(outline).unwrap_or_default(), true)
            }
        };
        let euros = font.name.as_deref().is_some_and(is_euro_font);
        let ink = outline.outline().bounding_box();
        let blank = ink.width() <= 0.0 || ink.height() <= 0.0;
        let (top, bottom) = match outline.as_unicode() {
            _ if !blank => (ink.y1 as f32, ink.y0 as f32),
            Some(BfString::Char(c)) if c.is_whitespace() => (0.0, 0.0),
            // A font that is not at hand: the height of a digit.
            _ => (700.0, 0.0),
        };
        let metrics = Metrics {
            font: self.book.index(font),
            advance: outline.advance_width().unwrap_or(0.0),
            top: top.clamp(-3000.0, 3000.0),
            bottom: bottom.clamp(-3000.0, 3000.0),
            stretched,
        };
        let text = match text(glyph) {
            GlyphText::Char('e' | 'E') if euros => GlyphText::Char('€'),
            text => text,
        };
        self.book.glyphs.insert(key, (metrics, text.clone()));
        (metrics, text)
    }
}

/// Whether a Type 3 font has the glyph names that pdfTeX gives to bitmap fonts: `a` and the code of the character
/// in the encoding of the TeX font, which is then known though no name of a letter and no `ToUnicode` says it.
fn is_tex_bitmap(dict: &Dict<'_>) -> bool {
    let differences = dict.get::<Dict<'_>>("Encoding").and_then(|e| e.get::<Array<'_>>("Differences"));
    let Some(differences) = differences else { return false };
    let mut code = 0_u32;
    let mut named = false;
    for item in differences.iter::<Object<'_>>() {
        match item {
            Object::Number(n) => code = u32::try_from(n.as_i64()).unwrap_or(u32::MAX),
            Object::Name(name) => {
                if name.as_str() != ".notdef" {
                    if name.as_str().strip_prefix('a') != Some(code.to_string().as_str()) {
                        return false;
                    }
                    named = true;
                }
                code = code.saturating_add(1);
            }
            _ => return false,
        }
    }
    named
}

/// The character of a code in the encodings of TeX text fonts: T1 (Cork, TUGboat 11, 1990), where it agrees with
/// Latin 1 for letters, and what OT1 and TS1 have where T1 has nothing that Swedish or Finnish prints.
fn tex_character(code: u32) -> Option<char> {
    Some(match code {
        0x0C | 0x1C => '\u{FB01}',
        0x0B | 0x1B => '\u{FB00}',
        0x0D | 0x1D => '\u{FB02}',
        0x15 | 0x7B => '–',
        0x16 => '—',
        0x27 => '’',
        0x60 => '‘',
        0x7F => '-',
        // T1 has the pound sign here, TS1 the euro sign.
        0xBF => '€',
        0xD7 => 'Œ',
        0xF7 => 'œ',
        0xFF => 'ß',
        0x21..=0x7A | 0x7C..=0x7E | 0xC0..=0xDE | 0xE0..=0xFE => char::from_u32(code)?,
        _ => return None,
    })
}

fn describe(dict: &Dict<'_>) -> Font {
    let descendant = dict.get::<Array<'_>>("DescendantFonts").and_then(|a| a.iter::<Dict<'_>>().next());
    let owner = descendant.as_ref().unwrap_or(dict);
    let descriptor = owner.get::<Dict<'_>>("FontDescriptor");
    let name = dict.get::<Name<'_>>("BaseFont").map(|n| plain_name(n.as_str()));
    let flags = descriptor.as_ref().and_then(|d| d.get::<u32>("Flags")).unwrap_or(0);
    let printed = descriptor.as_ref().and_then(|d| d.get::<f32>("FontWeight"));
    let weight = name
        .as_deref()
        .and_then(weight_of_name)
        .or(printed.filter(|w| (1.0..=1000.0).contains(w)).map(|w| w as u16))
        .or((flags & FORCE_BOLD != 0).then_some(700));
    Font { italic: flags & ITALIC != 0, name, weight }
}

/// ISO 32000-1, table 123.
const ITALIC: u32 = 1 << 6;
const FORCE_BOLD: u32 = 1 << 18;

/// `ABCDEF+Name` → `Name` (ISO 32000-1, 9.6.4).
fn plain_name(name: &str) -> String {
    match name.split_once('+') {
        Some((tag, rest)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => rest.to_owned(),
        _ => name.to_owned(),
    }
}

/// The fonts of the LaTeX package `eurosym` hold the sign of the euro in place of the letter `e`, and that letter is what a
/// PDF says of it.
fn is_euro_font(name: &str) -> bool {
    let name = name.strip_prefix("TeX-").unwrap_or(name).to_ascii_lowercase();
    ["feym", "feyb", "feyl", "feyo"].iter().any(|family| name.starts_with(family))
}

/// Names tell the weight more reliably than descriptors, which many writers leave at 400.
fn weight_of_name(name: &str) -> Option<u16> {
    let name = name.to_ascii_lowercase();
    let has = |w: &str| name.contains(w);
    // TeX: cmbx10, SFBX1000, lmbx; LMRoman10-Bold says it itself.
    let tex = ["cmbx", "sfbx", "lmbx", "ptmb", "phvb"].iter().any(|w| name.starts_with(w));
    if has("semibold") || has("demi") {
        Some(600)
    } else if has("black") || has("heavy") || has("extrabold") {
        Some(900)
    } else if has("bold") || tex || name.ends_with("-bd") {
        Some(700)
    } else if has("light") || has("thin") {
        Some(300)
    } else if has("regular") || has("roman") && !has("times") || has("book") {
        Some(400)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::{is_euro_font, plain_name, tex_character, weight_of_name};

    #[test]
    fn characters_of_tex_fonts() {
        let read: String =
            [66, 101, 108, 111, 112, 112, 228, 229].iter().filter_map(|c| tex_character(*c)).collect();
        assert_eq!(read, "Beloppäå");
        assert_eq!(tex_character(0xBF), Some('€'));
        assert_eq!(tex_character(0x80), None);
    }

    #[test]
    fn the_fonts_of_eurosym_hold_the_euro() {
        assert!(is_euro_font("TeX-feymr10") && is_euro_font("feybo10") && !is_euro_font("Feynman"));
    }

    #[test]
    fn names() {
        assert_eq!(plain_name("ABCDEF+Carlito-Bold"), "Carlito-Bold");
        assert_eq!(plain_name("A+B"), "A+B");
        assert_eq!(weight_of_name("Carlito-Bold"), Some(700));
        assert_eq!(weight_of_name("Arial"), None);
        assert_eq!(weight_of_name("CMBX10"), Some(700));
    }
}
