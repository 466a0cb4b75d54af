//! Bytes → [`Report`]: the stages one after the other.
//!
//! In: the bytes of one document and the options. Out: its report, or the one
//! error that says why there is none. Pure: never touches the file system, the
//! clock or the terminal. Pages are read one at a time and let go; what stays
//! of a page are its tables.
//! Refuses: anything that is not a document; a document whose pages are all
//! unread images.

mod reader;

use std::cell::RefCell;
use std::collections::BTreeSet;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Warning};
use crate::fact::entity::{Said, Witnesses};
use crate::fact::{self, Fact, Owner, Phase, TableInfo};
use crate::figure;
use crate::flat;
use crate::geometry::{PageBox, Turn};
use crate::glossary::{Glossary, Language, Municipality};
use crate::layout::{self, Furniture, Layout, TextLayer};
use crate::pdf::{self, Raster};
use crate::report::{Document, MunicipalityRef, Outcome, PageInfo, ReadFrom, Report, SCHEMA};
use crate::sheet::{self, Printed};
use crate::table::{self, Book, Table};
use reader::{ReadPage, Reader};

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
    /// Which pages are read from their pictures.
    pub ocr: Ocr,
    /// What the report calls the document.
    pub path: String,
}

/// Which pages are read from their pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ocr {
    /// Those without text.
    #[default]
    Auto,
    /// None.
    Never,
    /// All, also those with text.
    Always,
}

impl Ocr {
    fn as_str(self) -> &'static str {
        match self {
            Ocr::Auto => "auto",
            Ocr::Never => "never",
            Ocr::Always => "always",
        }
    }
}

/// Where the reading is, so that a crash can be said to have happened there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Name of the stage.
    pub name: &'static str,
    /// Page, from 1, where the stage works page by page.
    pub page: Option<u32>,
}

/// What the reading asks of the process that it runs in.
pub trait Host {
    /// Takes note of where the reading is.
    fn stage(&mut self, stage: Stage);

    /// Has the letters of a picture recognised.
    fn recognise(&mut self, page: u32, picture: &Raster) -> Recognised;

    /// What it wants to see beside the report.
    fn wants(&self) -> Wants {
        Wants::default()
    }

    /// Gets to see what it wanted.
    fn see(&mut self, _seen: &Seen<'_>) {}
}

/// What a host wants to see beside the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wants {
    /// The lines of this page, from 1.
    pub page: Option<u32>,
    /// Tables of every kind, as they are printed.
    pub printed: bool,
    /// Nothing but what it gets to see: the report has no facts, no findings, and no municipality.
    pub only_seen: bool,
}

/// What a host gets to see beside the report.
#[derive(Debug)]
pub struct Seen<'a> {
    /// Tables of figures.
    pub tables: &'a [Table],
    /// Tables of every kind, if they were wanted.
    pub printed: &'a [Printed],
    /// The lines of the page that was wanted.
    pub page: Option<&'a Layout>,
    /// Whether anything has a place; a text has none.
    pub placed: bool,
}

/// What came of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recognised {
    /// Letters and their boxes, as hOCR, once as Swedish and once as Finnish.
    Text {
        /// Read as Swedish.
        swedish: String,
        /// Read as Finnish.
        finnish: String,
    },
    /// There is no recogniser; the text says what is missing.
    Unavailable(String),
    /// It could not do it; the text says why.
    Failed(String),
}

/// A host that takes note and recognises nothing.
struct Alone<'a>(&'a mut dyn FnMut(Stage));

impl Host for Alone<'_> {
    fn stage(&mut self, stage: Stage) {
        (self.0)(stage);
    }

    fn recognise(&mut self, _: u32, _: &Raster) -> Recognised {
        Recognised::Unavailable("no recogniser of letters was given".to_owned())
    }
}

/// Reads one document; pages that are pictures are not read.
pub fn read(bytes: Vec<u8>, options: &Options, progress: &mut dyn FnMut(Stage)) -> Result<Report, Error> {
    read_with(bytes, options, &mut Alone(progress))
}

/// Reads one document with the help of its host.
pub fn read_with(bytes: Vec<u8>, options: &Options, host: &mut dyn Host) -> Result<Report, Error> {
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
    host.stage(Stage { name: "open", page: None });
    let is_text = is_text_file(&options.path);
    let mut pages = Pages::new(glossary, options.cross_check && !is_text);
    let wants = host.wants();
    pages.wants = wants;
    let mut info = pdf::Info::default();
    let mut document = None;
    if is_text {
        for layout in flat::typeset(&flat::decode(&bytes)?, glossary) {
            host.stage(Stage { name: "page", page: Some(layout.page) });
            pages.take(ReadPage::of_text(layout));
        }
    } else {
        let opened = pdf::Document::open(bytes, options.password.as_deref())?;
        info = opened.info().clone();
        let tags = opened.tags();
        let reader = RefCell::new(Reader { host: &mut *host, ocr: options.ocr, glossary });
        opened.read(
            |page| reader.borrow_mut().host.stage(Stage { name: "page", page: Some(page) }),
            |mut page| {
                // A form numbers its content by itself; its ids would be mistaken for those of the page.
                if !tags.has_forms(page.number) {
                    page.tables = tags.on_page(page.number).to_vec();
                }
                pages.take(reader.borrow_mut().page(&opened, layout::analyze(page)));
                Ok(())
            },
        )?;
        document = Some(opened);
    }
    pages.end();
    let Pages {
        infos,
        tables,
        mut warnings,
        mut witnesses,
        digits,
        recogniser,
        turns,
        shown,
        mut printed,
        ..
    } = pages;
    if infos.is_empty() {
        return Err(Error::new(ErrorKind::Damaged, "found no pages, expected at least one")
            .with_hint("the file is damaged or cut short; get it again from its source"));
    }
    if document.as_ref().is_some_and(|d| cut_short(d.bytes())) {
        warnings.push(
            Warning::new(
                "truncated-file",
                "the end of the file is missing; later pages or figures may be lost",
            )
            .with_hint("get the file again from its source"),
        );
    }
    if options.cross_check
        && let Some(document) = &document
    {
        host.stage(Stage { name: "cross-check", page: None });
        warnings.extend(cross_check(document, options.password.as_deref(), &digits));
    }

    host.stage(Stage { name: "facts", page: None });
    if let Some(title) = &info.title {
        witnesses.title(title, glossary);
    }
    let said = Said { municipality: options.municipality.clone(), year: options.year };
    let identity = witnesses.identity(&said, glossary);
    let language = identity.languages.first().and_then(|l| Language::from_code(l));
    let owner = Owner { municipality: identity.municipality, context: &identity.context, language };
    let mut finished = table::continuation::finish(tables);
    if !turns.is_empty() {
        let back = |at: PageBox| {
            let rect = turns.get(&at.page).map_or(at.rect, |turn| turn.back(at.rect));
            PageBox { rect, ..at }
        };
        finished.iter_mut().for_each(|table| table.move_boxes(&back));
        for sheet in &mut printed {
            let page = sheet.page();
            sheet.move_boxes(&|rect| back(PageBox { page, rect }).rect);
        }
    }
    host.see(&Seen { tables: &finished, printed: &printed, page: shown.as_ref(), placed: !is_text });
    let read = if wants.only_seen { &[][..] } else { &finished[..] };
    let (mut tables, mut facts) = resolve(read, owner, glossary);
    let book_year = identity.context.book_year.or_else(|| year_of_tables(&tables));
    for fact in &mut facts {
        fact.book_year = book_year;
    }
    let recognised = |p: &&PageInfo| p.read_from == ReadFrom::Picture || p.text_layer == TextLayer::Invisible;
    let recognised: BTreeSet<u32> = infos.iter().filter(recognised).map(|p| p.page).collect();
    fact::recognised::doubt(&mut facts, &recognised);
    host.stage(Stage { name: "audit", page: None });
    let (mut facts, mut findings) = crate::audit::check(&tables, facts, glossary);
    fact::recognised::vouch(&mut facts);
    if is_text {
        // The places were made up to read by; nothing stands there.
        tables.iter_mut().for_each(TableInfo::forget_places);
        facts.iter_mut().for_each(Fact::forget_places);
        findings.iter_mut().for_each(|f| f.boxes.clear());
    }

    if infos.iter().all(|p| p.text_layer == TextLayer::None && p.read_from == ReadFrom::Nothing)
        && let Some(image) = warnings.iter().find(|w| w.code == "image-page")
    {
        let hint = image.hint.as_deref().unwrap_or_default();
        let message = format!("every page is unread, as page {}: {}", image.page.unwrap_or(1), image.message);
        return Err(Error::new(ErrorKind::OnlyImages, message).with_hint(hint));
    }
    let outcome = if !warnings.is_empty() {
        Outcome::Partial
    } else if facts.is_empty() && !wants.only_seen {
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
        recogniser,
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

/// Whether a document is the text of one, by its name.
fn is_text_file(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case("txt"))
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
    /// What read the pictures, or empty where nothing did that should have.
    recogniser: Option<String>,
    /// How the lines of pages were made level.
    turns: FxHashMap<u32, Turn>,
    /// Labels that were asked for before, and whether they are terms: books repeat their labels.
    terms: RefCell<FxHashMap<String, bool>>,
    /// The page before the one being read: its furniture shows only now.
    waiting: Option<ReadPage>,
    /// What the host wants to see.
    wants: Wants,
    /// The lines of the page that it wants to see.
    shown: Option<Layout>,
    /// Tables of every kind, if it wants to see them.
    printed: Vec<Printed>,
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
            recogniser: None,
            turns: FxHashMap::default(),
            furniture: Furniture::default(),
            book: Book::default(),
            terms: RefCell::default(),
            waiting: None,
            wants: Wants::default(),
            printed: Vec::new(),
            shown: None,
        }
    }

    fn take(&mut self, next: ReadPage) {
        if let Some(page) = self.waiting.take() {
            self.read(page, Some(&next.layout));
        }
        self.waiting = Some(next);
    }

    fn end(&mut self) {
        if let Some(page) = self.waiting.take() {
            self.read(page, None);
        }
    }

    fn read(&mut self, read: ReadPage, next: Option<&Layout>) {
        let ReadPage { layout: mut page, text_layer, read_from, turn, unread, recogniser } = read;
        self.turns.extend(turn.map(|turn| (page.page, turn)));
        self.furniture.mark(&mut page, next);
        if self.wants.page == Some(page.page) {
            self.shown = Some(page.clone());
        }
        self.infos.push(PageInfo {
            page: page.page,
            width: page.width,
            height: page.height,
            text_layer,
            read_from,
            unmapped_glyphs: page.unmapped,
        });
        self.warnings.extend(unread);
        if let Some(name) = recogniser {
            self.recogniser = Some(name);
        }
        self.warn(&page);
        if self.count_digits {
            // The second reader sees nothing of a picture either.
            let lines = page.lines.iter().filter(|_| read_from == ReadFrom::Text);
            let text: Vec<String> = lines.map(|line| line.text()).collect();
            self.digits.push(pdf::count_digits(&text.join("\n")));
        }
        if read_from == ReadFrom::Nothing {
            return;
        }
        if !self.wants.only_seen {
            self.witnesses.page(&page, self.glossary);
        }
        let (glossary, terms) = (self.glossary, &self.terms);
        let is_term = |label: &str| {
            if let Some(&known) = terms.borrow().get(label) {
                return known;
            }
            let known = glossary.is_term(label);
            terms.borrow_mut().insert(label.to_owned(), known);
            known
        };
        if self.wants.printed {
            self.printed.extend(sheet::of_page(&page));
        }
        self.tables.extend(table::detect(&page, &mut self.book, &is_term));
    }

    fn warn(&mut self, page: &Layout) {
        if page.unmapped > 0 && page.text_layer != Some(TextLayer::Rubbish) {
            self.warnings.push(
                Warning::new(
                    "unmapped-glyphs",
                    format!("{} glyphs have no Unicode and stand as U+FFFD in labels", page.unmapped),
                )
                .on_page(page.page),
            );
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
    let mut counted = fact::Counted::new(owner.context);
    let mut meanings: Vec<_> = tables.iter().map(|t| figure::read(t, owner.context, glossary)).collect();
    figure::settle_one_year(&mut meanings, owner.context);
    for (table, mut meaning) in tables.iter().zip(meanings) {
        let id = format!("t{}", infos.len() + 1);
        let scale = counted.settle(table, &mut meaning);
        let (info, mut own) = fact::resolve(&id, table, &meaning, owner, &mut labels);
        counted.doubt(scale, table, &meaning, &mut own, facts.len());
        if !own.is_empty() {
            infos.push(info);
            facts.extend(own);
        }
    }
    counted.doubt_unsaid(&mut facts);
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
            recogniser: None,
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
    part(options.ocr.as_str());
    part(options.municipality.as_deref().unwrap_or_default());
    part(&options.year.map(|y| y.to_string()).unwrap_or_default());
    hasher.finalize().to_hex()[..32].to_owned()
}
