//! Bytes and password → [`Document`], which yields pages.
//!
//! Why pages are read in chunks: the reader below keeps every decoded stream
//! of a page for as long as the file is open (some 50 kB a page), so a book of
//! two thousand pages is opened anew every [`CHUNK`] pages.
//! Refuses: no header at all (`NotADocument`), no page tree (`Damaged`), a
//! password that does not fit (`Password`).

use std::sync::{Arc, OnceLock};

use hayro_interpret::font::FontData;
use hayro_interpret::kurbo::{Affine, Rect as KurboRect};
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};
use hayro_syntax::object::{Array, Dict, Name, Stream};
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::device::Collector;
use super::font::{Dictionaries, FontBook, PageFonts};
use super::{Page, Raster, Tags, metadata, raster};
use crate::error::{Error, ErrorKind};

/// Pages read between two openings of the file.
const CHUNK: usize = 128;

/// Largest width or height of a page, points: 200 inches (ISO 32000-1, annex C.2).
const LARGEST: f32 = 14_400.0;

/// How far into a file its header may stand (ISO 32000-1, annex H, note 13; readers allow more).
const HEADER_WINDOW: usize = 8192;

/// A PDF that can be opened, its bytes in memory.
pub struct Document {
    data: Arc<Vec<u8>>,
    password: String,
    info: Info,
    tags: OnceLock<Tags>,
}

/// What the file says about itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// Number of pages in the page tree.
    pub pages: u32,
    /// Program that made it.
    pub producer: Option<String>,
    /// When it was made, `YYYY-MM-DDThh:mm:ss`.
    pub created: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Whether it is encrypted.
    pub encrypted: bool,
    /// Whether it has a structure tree.
    pub tagged: bool,
}

impl Document {
    /// Opens the file and looks at its catalog.
    pub fn open(bytes: Vec<u8>, password: Option<&str>) -> Result<Self, Error> {
        if bytes.is_empty() {
            return Err(Error::new(ErrorKind::NotADocument, "found an empty file, expected a PDF"));
        }
        if !has_header(&bytes) {
            return Err(Error::new(
                ErrorKind::NotADocument,
                format!("found {}, expected a PDF", guess(&bytes)),
            ));
        }
        let data = Arc::new(bytes);
        let password = password.unwrap_or_default().to_owned();
        let pdf = load(&data, &password)?;
        let catalog = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
        if catalog.as_ref().is_none_or(|c| c.get::<Dict<'_>>("Pages").is_none()) {
            return Err(Error::new(
                ErrorKind::Damaged,
                "found a PDF without a page tree, expected /Pages in its catalog",
            )
            .with_hint("the file is damaged or cut short; get it again from its source"));
        }
        let mut info = metadata::info(&pdf);
        info.pages = u32::try_from(pdf.pages().len()).unwrap_or(u32::MAX);
        info.encrypted = is_encrypted(&data);
        info.tagged = catalog.is_some_and(|c| c.contains_key("StructTreeRoot"));
        drop(pdf);
        Ok(Document { data, password, info, tags: OnceLock::new() })
    }

    /// What the file says about itself.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The bytes, for the second reader.
    pub fn bytes(&self) -> &[u8] {
        &self.data
    }

    /// The tables that the file has tagged, read when first asked for; of an untagged file at once.
    ///
    /// To be asked for before the pages are read: the file is opened once more for it.
    pub fn tags(&self) -> &Tags {
        self.tags.get_or_init(|| {
            if !self.info.tagged {
                return Tags::default();
            }
            Tags::read(|| load(&self.data, &self.password).ok())
        })
    }

    /// Draws one page, from 1, as a picture of about `dpi` pixels an inch; `None` where it cannot be opened again.
    pub fn raster(&self, page: u32, dpi: f32) -> Option<Raster> {
        let pdf = load(&self.data, &self.password).ok()?;
        raster::draw(&pdf, (page as usize).checked_sub(1)?, dpi, &settings())
    }

    /// Reads the pages in order and hands each on; the page is gone when `visit` returns.
    ///
    /// `before` is called with the page number before each page is read, so that a
    /// crash can be told with its page.
    pub fn read(
        &self,
        mut before: impl FnMut(u32),
        mut visit: impl FnMut(Page) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let total = self.info.pages as usize;
        let mut fonts = FontBook::default();
        let mut start = 0;
        while start < total {
            let pdf = load(&self.data, &self.password)?;
            let end = (start + CHUNK).min(total).min(pdf.pages().len());
            if end <= start {
                break;
            }
            let cache = InterpreterCache::new();
            let mut dictionaries = Dictionaries::default();
            for index in start..end {
                let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
                before(number);
                let page = read_page(&pdf, index, number, &cache, &mut fonts, &mut dictionaries);
                visit(page)?;
            }
            start = end;
        }
        Ok(())
    }
}

fn read_page<'a>(
    pdf: &'a Pdf,
    index: usize,
    number: u32,
    cache: &InterpreterCache<'a>,
    fonts: &mut FontBook,
    dictionaries: &mut Dictionaries<'a>,
) -> Page {
    let page = &pdf.pages()[index];
    let (mut width, mut height) = page.render_dimensions();
    let mut transform = Affine::new(page.initial_transform(true).as_coeffs());
    if width > LARGEST || height > LARGEST {
        // Coordinates of single precision cannot tell two lines apart on such a page; what is
        // printed on it stands near its origin.
        let origin = page.intersected_crop_box();
        transform = Affine::new([1.0, 0.0, 0.0, -1.0, -origin.x0, f64::from(LARGEST) + origin.y0]);
        (width, height) = (LARGEST, LARGEST);
    }
    let bounds = KurboRect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let settings = settings();
    let mut context = Context::new(transform, bounds, cache, pdf.xref(), settings.clone());
    let fonts = PageFonts { book: fonts, dictionaries, page, settings, learned: false, tex_bitmaps: None };
    let mut collector = Collector::new(number, width, height, fonts);
    interpret_page(page, &mut context, &mut collector);
    let shows_text = page.page_stream().is_some_and(|s| {
        s.windows(4).any(|w| matches!(w, b") Tj" | b")Tj " | b")Tj\n" | b"] TJ" | b"]TJ " | b"]TJ\n"))
    });
    let mut read = collector.finish();
    read.unread = read.glyphs.is_empty() && shows_text && !read.saw_text || unknown_filter(page);
    read
}

fn settings() -> InterpreterSettings {
    InterpreterSettings {
        render_content: RenderContent::PAGE,
        font_resolver: Arc::new(standard_font),
        ..InterpreterSettings::default()
    }
}

/// Whether the content is packed in a way that no reader knows; what comes out of it is not to be trusted.
fn unknown_filter(page: &hayro_syntax::page::Page<'_>) -> bool {
    const KNOWN: [&str; 19] = [
        "ASCIIHexDecode",
        "ASCII85Decode",
        "LZWDecode",
        "FlateDecode",
        "RunLengthDecode",
        "CCITTFaxDecode",
        "JBIG2Decode",
        "DCTDecode",
        "JPXDecode",
        "Crypt",
        "AHx",
        "A85",
        "LZW",
        "Fl",
        "RL",
        "CCF",
        "DCT",
        "BrotliDecode",
        "JBIG2",
    ];
    let streams: Vec<Stream<'_>> = match page.raw().get::<Stream<'_>>("Contents") {
        Some(s) => vec![s],
        None => page
            .raw()
            .get::<Array<'_>>("Contents")
            .map(|a| a.iter::<Stream<'_>>().collect())
            .unwrap_or_default(),
    };
    let unknown = |name: &Name<'_>| !KNOWN.contains(&name.as_str());
    streams.iter().any(|s| match s.dict().get::<Name<'_>>("Filter") {
        Some(name) => unknown(&name),
        None => {
            s.dict().get::<Array<'_>>("Filter").is_some_and(|a| a.iter::<Name<'_>>().any(|n| unknown(&n)))
        }
    })
}

/// Metrics-compatible stand-ins for fonts that the file does not embed.
fn standard_font(query: &hayro_interpret::font::FontQuery) -> Option<(FontData, u32)> {
    use hayro_interpret::font::FontQuery;
    match query {
        FontQuery::Standard(s) => Some(s.get_font_data()),
        FontQuery::Fallback(f) => Some(f.pick_standard_font().get_font_data()),
    }
}

fn load(data: &Arc<Vec<u8>>, password: &str) -> Result<Pdf, Error> {
    Pdf::new_with_password(data.clone(), password).map_err(|e| match e {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if password.is_empty() => {
            Error::new(ErrorKind::Password, "the document is encrypted and wants a password, found none")
                .with_hint("pass --password PASSWORD")
        }
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Error::new(
            ErrorKind::Password,
            "the document is encrypted and the password given does not open it",
        )
        .with_hint("pass the right one with --password PASSWORD"),
        LoadPdfError::Decryption(_) => Error::new(
            ErrorKind::UnknownEncryption,
            "the document is encrypted with a method that this program does not know",
        )
        .with_hint("save it again without encryption"),
        LoadPdfError::Invalid => Error::new(
            ErrorKind::Damaged,
            "found a PDF header but no readable structure, expected objects and a page tree",
        )
        .with_hint("the file is damaged or cut short; get it again from its source"),
    })
}

fn has_header(bytes: &[u8]) -> bool {
    let window = &bytes[..bytes.len().min(HEADER_WINDOW)];
    window.windows(5).any(|w| w == b"%PDF-")
}

/// The trailer of an encrypted file names its encryption dictionary (ISO 32000-1, 7.6.1).
fn is_encrypted(bytes: &[u8]) -> bool {
    bytes.windows(8).any(|w| w == b"/Encrypt")
}

/// Names a wrong file by its first bytes, for the error message.
fn guess(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'P', b'K', 3, 4, ..] => "a zip archive (a Word or Excel file?)",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office file",
        [0x89, b'P', b'N', b'G', ..] => "a PNG image",
        [0xFF, 0xD8, 0xFF, ..] => "a JPEG image",
        [b'{', b'\\', b'r', b't', b'f', ..] => "an RTF file",
        _ if std::str::from_utf8(&bytes[..bytes.len().min(4000)]).is_ok_and(|t| !t.contains('\0')) => {
            "plain text"
        }
        _ => "unknown bytes",
    }
}
