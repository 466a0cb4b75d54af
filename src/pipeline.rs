//! Bytes → [`Report`]: the stages one after the other.
//!
//! In: the bytes of one document and the options. Out: its report, or the one
//! error that says why there is none. Pure: never touches the file system, the
//! clock or the terminal. Pages are read one at a time and let go; what stays
//! of a page are its tables.
//! Refuses: anything that is not a document; a document whose pages are all
//! unread images.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::error::{Error, ErrorKind, Warning};
use crate::fact::entity::{Said, Witnesses};
use crate::fact::{self, Fact, Owner, Phase, TableInfo};
use crate::figure;
use crate::glossary::{Glossary, Language, Municipality};
use crate::layout::{self, Furniture, Layout, TextLayer};
use crate::pdf;
use crate::report::{Document, MunicipalityRef, Outcome, PageInfo, Report, SCHEMA};
use crate::table::{self, Book, Table};

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
    let overlaid = options
        .glossary_overlay
        .as_deref()
        .map(|text| Glossary::builtin().overlay(text, "--glossary"))
        .transpose()?;
    let glossary = overlaid.as_ref().unwrap_or_else(|| Glossary::builtin());
    if let Some(name) = &options.municipality
        && municipality(name, glossary).is_none()
    {
        return Err(unknown_municipality(name));
    }
    let size = bytes.len() as u64;
    let hash = blake3::hash(&bytes).to_hex().to_string();
    progress(Stage { name: "open", page: None });
    let document = pdf::Document::open(bytes, options.password.as_deref())?;
    let info = document.info().clone();

    let mut pages = Pages::new(glossary, options.cross_check);
    document.read(
        |page| progress(Stage { name: "page", page: Some(page) }),
        |page| {
            pages.take(layout::analyze(page));
            Ok(())
        },
    )?;
    pages.end();
    let Pages { infos, tables, mut warnings, mut witnesses, digits, .. } = pages;
    if infos.is_empty() {
        return Err(Error::new(ErrorKind::Damaged, "found no pages, expected at least one")
            .with_hint("the file is damaged or cut short; get it again from its source"));
    }
    if cut_short(document.bytes()) {
        warnings.push(
            Warning::new(
                "truncated-file",
                "the end of the file is missing; later pages or figures may be lost",
            )
            .with_hint("get the file again from its source"),
        );
    }
    if options.cross_check {
        progress(Stage { name: "cross-check", page: None });
        warnings.extend(cross_check(&document, options.password.as_deref(), &digits));
    }

    progress(Stage { name: "facts", page: None });
    if let Some(title) = &info.title {
        witnesses.title(title, glossary);
    }
    let said = Said { municipality: options.municipality.clone(), year: options.year };
    let identity = witnesses.identity(&said, glossary);
    let language = identity.languages.first().and_then(|l| Language::from_code(l));
    let owner = Owner { municipality: identity.municipality, context: &identity.context, language };
    let finished = table::continuation::finish(tables);
    let (tables, mut facts) = resolve(&finished, owner, glossary);
    let book_year = identity.context.book_year.or_else(|| year_of_tables(&tables));
    for fact in &mut facts {
        fact.book_year = book_year;
    }
    progress(Stage { name: "audit", page: None });
    let (facts, findings) = crate::audit::check(&tables, facts, glossary);

    let images = infos.iter().filter(|p| p.text_layer == TextLayer::None).count();
    if images == infos.len() && warnings.iter().any(|w| w.code == "image-page") {
        return Err(Error::new(
            ErrorKind::OnlyImages,
            "every page is an image without text, expected a text layer",
        )
        .with_hint("make a searchable PDF of it first, for instance with ocrmypdf"));
    }
    let outcome = if !warnings.is_empty() {
        Outcome::Partial
    } else if facts.is_empty() {
        Outcome::Empty
    } else {
        Outcome::Ok
    };
    let mut report = empty(&options.path, size, &hash, options);
    report.document = Document {
        outcome,
        pages: infos,
        producer: info.producer,
        created: info.created,
        title: info.title,
        languages: identity.languages,
        encrypted: info.encrypted,
        tagged: info.tagged,
        municipality: identity.municipality.map(|m| MunicipalityRef {
            code: m.code.clone(),
            sv: m.sv.clone(),
            fi: m.fi.clone(),
        }),
        book_year,
        ..report.document
    };
    report.warnings = warnings;
    report.tables = tables;
    report.facts = facts;
    report.findings = findings;
    Ok(report)
}

/// A municipality by its code or one of its names.
fn municipality<'g>(name: &str, glossary: &'g Glossary) -> Option<&'g Municipality> {
    glossary.municipalities().by_code(name).or_else(|| glossary.municipalities().find(name))
}

/// Checks what the user says of a municipality, so that a slip is said once and not for every document.
pub fn check_municipality(name: &str) -> Result<(), Error> {
    municipality(name, Glossary::builtin()).map(|_| ()).ok_or_else(|| unknown_municipality(name))
}

fn unknown_municipality(name: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("found no municipality called {name}, expected a name or a three-digit code"))
        .with_hint("give its Swedish or Finnish name, as in --municipality Lovisa, or its code, as in --municipality 434")
}

/// What stays of the pages while they are read.
struct Pages<'g> {
    glossary: &'g Glossary,
    infos: Vec<PageInfo>,
    tables: Vec<Table>,
    warnings: Vec<Warning>,
    witnesses: Witnesses,
    /// Whether the digits of the pages are wanted, for the second reader.
    count_digits: bool,
    digits: Vec<pdf::DigitCounts>,
    furniture: Furniture,
    book: Book,
    /// Labels that were asked for before, and whether they are terms: books repeat their labels.
    terms: RefCell<FxHashMap<String, bool>>,
    /// The page before the one being read: its furniture shows only now.
    waiting: Option<Layout>,
}

impl<'g> Pages<'g> {
    fn new(glossary: &'g Glossary, count_digits: bool) -> Self {
        Pages {
            glossary,
            count_digits,
            infos: Vec::new(),
            tables: Vec::new(),
            warnings: Vec::new(),
            witnesses: Witnesses::default(),
            digits: Vec::new(),
            furniture: Furniture::default(),
            book: Book::default(),
            terms: RefCell::default(),
            waiting: None,
        }
    }

    fn take(&mut self, next: Layout) {
        if let Some(page) = self.waiting.take() {
            self.read(page, Some(&next));
        }
        self.waiting = Some(next);
    }

    fn end(&mut self) {
        if let Some(page) = self.waiting.take() {
            self.read(page, None);
        }
    }

    fn read(&mut self, mut page: Layout, next: Option<&Layout>) {
        self.furniture.mark(&mut page, next);
        let text_layer = page.text_layer.unwrap_or(TextLayer::None);
        self.infos.push(PageInfo {
            page: page.page,
            width: page.width,
            height: page.height,
            text_layer,
            unmapped_glyphs: page.unmapped,
        });
        self.warn(&page, text_layer);
        if self.count_digits {
            let text: Vec<String> = page.lines.iter().map(|line| line.text()).collect();
            self.digits.push(pdf::count_digits(&text.join("\n")));
        }
        if text_layer == TextLayer::Rubbish {
            return;
        }
        self.witnesses.page(&page, self.glossary);
        let (glossary, terms) = (self.glossary, &self.terms);
        let is_term = |label: &str| {
            if let Some(&known) = terms.borrow().get(label) {
                return known;
            }
            let known = glossary.is_term(label);
            terms.borrow_mut().insert(label.to_owned(), known);
            known
        };
        self.tables.extend(table::detect(&page, &mut self.book, &is_term));
    }

    fn warn(&mut self, page: &Layout, text_layer: TextLayer) {
        let image: f32 = page.images.iter().map(|r| r.width() * r.height()).sum();
        match text_layer {
            TextLayer::None if image > 0.25 * page.width * page.height => self.warnings.push(
                Warning::new("image-page", "the page is an image without text and was not read")
                    .on_page(page.page)
                    .with_hint("make a searchable PDF of it first, for instance with ocrmypdf"),
            ),
            TextLayer::Rubbish => self.warnings.push(
                Warning::new(
                    "rubbish-text",
                    "the fonts of the page do not say which letters their glyphs are; nothing was read",
                )
                .on_page(page.page)
                .with_hint("print the page to an image and read that with OCR"),
            ),
            _ if page.unmapped > 0 => self.warnings.push(
                Warning::new(
                    "unmapped-glyphs",
                    format!("{} glyphs have no Unicode and stand as U+FFFD in labels", page.unmapped),
                )
                .on_page(page.page),
            ),
            _ => {}
        }
        if page.unread {
            self.warnings.push(
                Warning::new(
                    "unread-content",
                    "the content of the page is damaged or packed in an unknown way; text may be lost",
                )
                .on_page(page.page)
                .with_hint("get the file again from its source"),
            );
        }
        if page.truncated {
            self.warnings.push(
                Warning::new(
                    "page-too-large",
                    "the page holds more glyphs or lines than any budget; the rest was not read",
                )
                .on_page(page.page),
            );
        }
    }
}

fn resolve(tables: &[Table], owner: Owner<'_>, glossary: &Glossary) -> (Vec<TableInfo>, Vec<Fact>) {
    let mut infos = Vec::new();
    let mut facts = Vec::new();
    let mut labels = fact::Labels::new(glossary);
    for table in tables {
        let id = format!("t{}", infos.len() + 1);
        let meaning = figure::read(table, owner.context, glossary);
        let (info, own) = fact::resolve(&id, table, &meaning, owner, &mut labels);
        if own.is_empty() {
            continue;
        }
        infos.push(info);
        facts.extend(own);
    }
    (infos, facts)
}

/// The year of a book whose words do not say it: that of most of its newest budgets, or of
/// its newest accounts where it has no budgets.
fn year_of_tables(tables: &[TableInfo]) -> Option<i16> {
    let newest = |wanted: fn(Phase) -> bool| {
        let years = tables.iter().filter_map(|t| {
            t.columns.iter().filter(|c| c.year_printed && wanted(c.phase)).filter_map(|c| c.year).max()
        });
        let mut counts = std::collections::BTreeMap::<i16, usize>::new();
        for year in years {
            *counts.entry(year).or_default() += 1;
        }
        counts.into_iter().max_by_key(|(year, n)| (*n, *year)).map(|(year, _)| year)
    };
    newest(|p| p == Phase::Budget).or_else(|| newest(|p| p == Phase::Actual))
}

/// A complete file ends with `%%EOF` (ISO 32000-1, 7.5.5); web servers may append to it.
fn cut_short(bytes: &[u8]) -> bool {
    const WINDOW: usize = 4096;
    let tail = &bytes[bytes.len().saturating_sub(WINDOW)..];
    !tail.windows(5).any(|w| w == b"%%EOF")
}

/// Pages on which the second reader saw other digits.
fn cross_check(document: &pdf::Document, password: Option<&str>, own: &[pdf::DigitCounts]) -> Vec<Warning> {
    let Some(witness) = pdf::digit_strings(document.bytes(), password) else {
        return vec![Warning::new(
            "no-witness",
            "the second reader cannot open this file; nothing was cross-checked",
        )];
    };
    let mut out = Vec::new();
    for (i, (a, b)) in own.iter().zip(&witness).enumerate() {
        if a == b {
            continue;
        }
        let differs = |x: &pdf::DigitCounts, y: &pdf::DigitCounts| -> u32 {
            x.iter().map(|(k, n)| n.saturating_sub(y.get(k).copied().unwrap_or(0))).sum()
        };
        let message = format!(
            "the second reader sees other digits: {} strings only here, {} only there",
            differs(a, b),
            differs(b, a)
        );
        out.push(Warning::new("witness-differs", message).on_page(u32::try_from(i + 1).unwrap_or(u32::MAX)));
    }
    out
}

/// The report of a document that could not be read.
pub fn failed(path: &str, size: u64, blake3: &str, error: Option<Error>, options: &Options) -> Report {
    let mut report = empty(path, size, blake3, options);
    report.error = error;
    report
}

fn empty(path: &str, size: u64, blake3: &str, options: &Options) -> Report {
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
            book_year: None,
            options_hash: options_hash(options),
        },
        error: None,
        warnings: Vec::new(),
        tables: Vec::new(),
        facts: Vec::new(),
        findings: Vec::new(),
    }
}

/// Program version, schema, glossary and the options that change a result, hashed.
pub fn options_hash(options: &Options) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut part = |text: &str| {
        hasher.update(&(text.len() as u64).to_le_bytes());
        hasher.update(text.as_bytes());
    };
    part(env!("CARGO_PKG_VERSION"));
    part(SCHEMA);
    part(Glossary::builtin().hash());
    part(options.glossary_overlay.as_deref().unwrap_or_default());
    part(if options.cross_check { "cross-check" } else { "" });
    part(options.municipality.as_deref().unwrap_or_default());
    part(&options.year.map(|y| y.to_string()).unwrap_or_default());
    hasher.finalize().to_hex()[..32].to_owned()
}
