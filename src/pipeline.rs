//! Bytes → [`Report`]: the stages one after the other.
//!
//! In: the bytes of one document and the options. Out: its report, or the one
//! error that says why there is none. Pure: never touches the file system, the
//! clock or the terminal. Refuses: anything that is not a document.

use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use crate::error::{Error, ErrorKind};
use crate::report::{Document, Outcome, PageInfo, Report, SCHEMA, TextLayer};

/// What the user may say about a document.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Opens an encrypted file.
    pub password: Option<String>,
    /// Compares every page with a second reader.
    pub cross_check: bool,
    /// Code or name of the municipality, where the document does not say.
    pub municipality: Option<String>,
    /// The year the book is for, where the document does not say.
    pub year: Option<i16>,
    /// Text of a glossary file that adds to the built-in one.
    pub glossary_overlay: Option<String>,
    /// What the report calls the document.
    pub path: String,
}

/// Where the reading is, so that a crash can be said to have happened there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Name of the stage.
    pub name: &'static str,
    /// Page, from 1, where the stage works page by page.
    pub page: Option<u32>,
}

/// Reads one document.
pub fn read(bytes: Vec<u8>, options: &Options, progress: &mut dyn FnMut(Stage)) -> Result<Report, Error> {
    progress(Stage { name: "open", page: None });
    let head = &bytes[..bytes.len().min(1024)];
    if !head.windows(5).any(|w| w == b"%PDF-") {
        return Err(Error::new(ErrorKind::NotADocument, "found no PDF header, expected a PDF"));
    }
    let size = bytes.len() as u64;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    let pdf = Pdf::new_with_password(bytes, options.password.as_deref().unwrap_or("")).map_err(refusal)?;
    let mut pages = Vec::new();
    for (i, page) in pdf.pages().iter().enumerate() {
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        progress(Stage { name: "pages", page: Some(number) });
        let (width, height) = page.render_dimensions();
        pages.push(PageInfo { page: number, width, height, text_layer: TextLayer::None, unmapped_glyphs: 0 });
    }
    if pages.is_empty() {
        return Err(Error::new(ErrorKind::Damaged, "found no pages, expected at least one"));
    }
    let mut report = failed(&options.path, size, &hash, None, options);
    report.document.outcome = Outcome::Empty;
    report.document.pages = pages;
    Ok(report)
}

fn refusal(error: LoadPdfError) -> Error {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            Error::new(ErrorKind::Password, "found an encrypted PDF, expected its password")
                .with_hint("pass --password PASSWORD")
        }
        LoadPdfError::Decryption(_) => {
            Error::new(ErrorKind::UnknownEncryption, "found an unknown encryption, expected a standard one")
        }
        LoadPdfError::Invalid => Error::new(ErrorKind::Damaged, "found a damaged PDF beyond repair"),
    }
}

/// The report of a document that could not be read.
pub fn failed(
    path: &str,
    size: u64,
    blake3: &str,
    error: impl Into<Option<Error>>,
    options: &Options,
) -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        document: Document {
            path: path.to_owned(),
            size,
            blake3: blake3.to_owned(),
            duplicates: Vec::new(),
            outcome: Outcome::Failed,
            pages: Vec::new(),
            producer: None,
            created: None,
            title: None,
            languages: Vec::new(),
            encrypted: false,
            tagged: false,
            municipality: None,
            book_year: options.year,
            options_hash: options_hash(options),
        },
        error: error.into(),
        warnings: Vec::new(),
        tables: Vec::new(),
        facts: Vec::new(),
        findings: Vec::new(),
    }
}

/// Program version, schema, glossary and the options that change the result, hashed.
pub fn options_hash(options: &Options) -> String {
    let key = format!(
        "{} {SCHEMA} {} {:?} {:?} {:?}",
        env!("CARGO_PKG_VERSION"),
        options.cross_check,
        options.municipality,
        options.year,
        options.glossary_overlay
    );
    blake3::hash(key.as_bytes()).to_hex()[..16].to_owned()
}
