//! Command line → [`Args`]. Only words are checked here; what they mean is
//! settled in [`plan`](super::plan).

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args as Group, Parser, Subcommand, ValueEnum, ValueHint};
use taltolk::{output, pipeline};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Reads the budget books of Finnish municipalities and turns every printed
/// figure into a fact.
///
/// A fact says what a figure is, whose it is, of which year and phase, how
/// much, and where it stands on the page. A figure that may have been misread
/// is marked as doubtful; none is ever changed.
#[derive(Parser)]
#[command(name = "taltolk", version, styles = STYLES, max_term_width = 100)]
#[command(after_help = "\
Examples:
  taltolk extract budget.pdf                       every table, for the eye
  taltolk extract budget.pdf --format csv          every figure, one a row
  taltolk audit budget.pdf                         where the sums do not add up
  taltolk ingest archive/ --out dataset/           a whole archive to a dataset

Exit codes:
  0  fine (a document read in part or without tables is fine, and said)
  1  audit: findings of severity error; lookup: nothing found
  2  a document could not be read, or an argument is wrong

Every document is read in a process of its own with a time and a memory limit:
a broken or hostile file costs an error message and nothing else.")]
pub(crate) struct Args {
    /// Say errors only: no notes, warnings or progress
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,

    /// When to use colour on standard error; NO_COLOR is respected
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: Color,

    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Extract(Extract),
    Ingest(Ingest),
    Audit(Audit),
    Tables(Tables),
    Inspect(Inspect),
    Schema(Schema),
    Explain(Explain),
    Glossary(Glossary),
    Align(Align),
    Completions(Completions),
    Man(Man),
    /// Serves a parent process; not for people.
    #[command(name = super::plan::WORKER, hide = true)]
    Worker,
}

/// Which document, and how it is read
#[derive(Group)]
pub(crate) struct Document {
    /// The document, a PDF or the text of one; - is standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Read one document and write what stands in it to standard output
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk extract budget.pdf                          tables for the eye
  taltolk extract budget.pdf --format csv > f.csv     one row a figure
  taltolk extract budget.pdf --format json | jq '.facts[] | select(.status == \"doubtful\")'
  curl -s https://example.org/budget.pdf | taltolk extract - --format markdown
  taltolk extract secret.pdf --password hemlig

Figures marked ? are doubtful (the program may have misread them); figures
marked ! are contradicted by the arithmetic of the book.")]
pub(crate) struct Extract {
    #[command(flatten)]
    pub(crate) document: Document,

    /// What to write
    #[arg(long, short, default_value = "text")]
    pub(crate) format: Format,
}

/// Read an archive into a dataset: every figure of every document
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk ingest archive/ --out dataset/
  taltolk ingest 2024/ 2025/ extra.pdf --out dataset/ --jobs 4
  taltolk ingest archive/ --out dataset/            again: only what is new

The dataset:
  facts.csv        every figure of every document, one a row
  findings.csv     where the arithmetic of a book contradicts its print
  documents/       one JSON report a document, the source of the tables
  journal.jsonl    one line a document: outcome, error, counts, times

Folders are walked for .pdf and .txt; identical files are read once. A document
that cannot be read is reported and tried again the next time; the run goes on
and ends with 2. A run that is killed can be started again: every file is whole.

Labels that begin with = + - @ are left as printed. Import the CSV files as
text into a spreadsheet instead of opening them by a double click.")]
pub(crate) struct Ingest {
    /// Folders and files to read
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,

    /// The dataset, made where it is missing
    #[arg(long, short, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,

    /// Documents read at the same time [default: one a processor]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(crate) jobs: Option<u16>,

    /// Read also what the dataset has already
    #[arg(long)]
    pub(crate) force: bool,

    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Check the arithmetic of one document: sums, years, repeated figures
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk audit budget.pdf                       findings by table
  taltolk audit budget.pdf --format csv          findings as rows
  taltolk audit budget.pdf -q && echo consistent

Ends with 1 when there is a finding of severity error, 2 when the document
could not be read, 0 otherwise. `taltolk explain CODE` says what a finding means.")]
pub(crate) struct Audit {
    #[command(flatten)]
    pub(crate) document: Document,

    /// What to write
    #[arg(long, short, default_value = "text")]
    pub(crate) format: Format,
}

/// Write the tables of one document as they are printed: cells with spans, text and boxes
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk tables report.pdf                            Markdown, one table after the other
  taltolk tables report.pdf --format html > t.html     with spans, for a browser
  taltolk tables report.pdf --format json | jq '.[0].cells[] | select(.row == 0)'

Nothing is interpreted: no years, no units, no terms. A table over several pages
is written page by page. Boxes are in points from the upper left corner.")]
pub(crate) struct Tables {
    #[command(flatten)]
    pub(crate) document: Document,

    /// What to write
    #[arg(long, short, default_value = "markdown")]
    pub(crate) format: SheetFormat,
}

/// Draw how a page was read: words, rulings, heads, rows, columns and cells, as SVG
#[derive(Group)]
#[command(after_help = "\
Example:
  taltolk inspect budget.pdf --page 3 --out page.svg

Open the drawing in a browser; what each box is shows when the pointer rests on it.")]
pub(crate) struct Inspect {
    #[command(flatten)]
    pub(crate) document: Document,

    /// Which page, from 1
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) page: u32,

    /// Where to write the drawing [default: standard output]
    #[arg(long, short, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

/// Print a machine-readable description of an output
#[derive(Group)]
#[command(after_help = "\
`report` is the JSON Schema of `extract --format json` and of documents/*.json;
`facts` and `findings` are Frictionless Table Schemas of the two CSV files.")]
pub(crate) struct Schema {
    /// Which output
    #[arg(default_value = "report")]
    pub(crate) of: SchemaOf,
}

/// Say what a finding or a warning means and what to do
#[derive(Group)]
pub(crate) struct Explain {
    /// The code, as in `sum-mismatch`; without one, all are listed
    pub(crate) code: Option<String>,
}

/// Pair the labels of the Swedish and the Finnish edition of one book by their figures
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk align budget-sv.pdf talousarvio-fi.pdf
  taltolk align budget-sv.pdf talousarvio-fi.pdf --format tsv > new.tsv
  taltolk glossary import new.tsv --into own.toml")]
pub(crate) struct Align {
    /// The Swedish edition
    #[arg(value_name = "SV", value_hint = ValueHint::FilePath)]
    pub(crate) sv: PathBuf,
    /// The Finnish edition
    #[arg(value_name = "FI", value_hint = ValueHint::FilePath)]
    pub(crate) fi: PathBuf,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = AlignFormat::Text)]
    pub(crate) format: AlignFormat,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Forms of an alignment
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AlignFormat {
    /// Pairs of labels for people, by what the glossary says of them
    Text,
    /// The pairs that the glossary does not know, as `glossary import` takes them
    Tsv,
    /// Tables and all pairs
    Json,
}

/// Look terms up, exchange them, see what of an archive they cover
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk glossary lookup Verksamhetsbidrag
  taltolk glossary search poistot
  taltolk glossary show annual-margin
  taltolk glossary coverage dataset
  taltolk glossary export --format tbx > terms.tbx
  taltolk glossary import terms.tsv --into own.toml
  taltolk extract budget.pdf --glossary own.toml")]
pub(crate) struct Glossary {
    /// What to do
    #[command(subcommand)]
    pub(crate) command: GlossaryCommand,
}

/// Commands of the glossary
#[derive(Subcommand)]
pub(crate) enum GlossaryCommand {
    /// Say what a term means; where it is unknown, name the nearest terms (exit 1)
    Lookup(Lookup),
    /// Find concepts by words of their labels, ids and definitions, the nearest first (exit 1 if there is none)
    Search(Search),
    /// Show all that is known of a concept: labels, place in its statement, equation
    Show(Show),
    /// Count which labels of documents are known, and list the unknown ones by how often they stand there
    Coverage(Coverage),
    /// Find what an editor should mend: missing languages, colliding labels, cycles (exit 1 if there is any)
    Check(Check),
    /// Write the glossary in a format of other programs
    Export(Export),
    /// Add the terms of a TBX file or a table to a glossary file of your own
    Import(Import),
}

/// The glossary that is asked.
#[derive(Group)]
pub(crate) struct Asked {
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = LookupFormat::Text)]
    pub(crate) format: LookupFormat,
    #[command(flatten)]
    pub(crate) own: Own,
}

#[derive(Group)]
pub(crate) struct Own {
    /// Glossary file that adds to the built-in one or overrides it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) glossary: Option<PathBuf>,
}

/// Say what a term means
#[derive(Group)]
pub(crate) struct Lookup {
    /// The term, in Swedish, Finnish or English
    pub(crate) term: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Find concepts by words
#[derive(Group)]
pub(crate) struct Search {
    /// Words or parts of words, in any of the languages
    #[arg(required = true)]
    pub(crate) words: Vec<String>,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Show a concept
#[derive(Group)]
pub(crate) struct Show {
    /// Its id, as `lookup` and `search` print it
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Count which labels are known
#[derive(Group)]
pub(crate) struct Coverage {
    /// Documents, folders, or a dataset made by `ingest`
    #[arg(required = true, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the answer
    #[arg(long, value_enum, default_value_t = LookupFormat::Text)]
    pub(crate) format: LookupFormat,
    /// Unknown labels to list; 0 for all
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub(crate) most: usize,
    #[command(flatten)]
    pub(crate) reading: Reading,
}

/// Find what to mend
#[derive(Group)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) asked: Asked,
}

/// Write the glossary in another format
#[derive(Group)]
pub(crate) struct Export {
    /// The format
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    #[command(flatten)]
    pub(crate) own: Own,
}

/// Formats of other programs
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// TBX-Basic of ISO 30042:2019
    Tbx,
    /// TBX of 2008 (`martif`), which most tools read
    Tbx2008,
    /// SKOS in Turtle
    Skos,
    /// A table, columns parted by tabs
    Tsv,
    /// One object with every concept
    Json,
}

/// Add terms to a glossary file
#[derive(Group)]
pub(crate) struct Import {
    /// A TBX file, or a table with columns such as `sv`, `fi`, `en` parted by tabs
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The glossary file to add to, made if there is none; without it the file is written to standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) into: Option<PathBuf>,
}

/// Form of a glossary answer
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LookupFormat {
    /// A table for people
    Text,
    /// For programs
    Json,
}

/// Print a completion script for a shell
#[derive(Group)]
#[command(after_help = "\
Examples:
  taltolk completions bash > ~/.local/share/bash-completion/completions/taltolk
  taltolk completions fish > ~/.config/fish/completions/taltolk.fish
  taltolk completions zsh > ~/.zfunc/_taltolk")]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the manual page
#[derive(Group)]
#[command(after_help = "\
Example:
  taltolk man | man -l -")]
pub(crate) struct Man {
    /// The command, as in `extract`; without one, the page of the program
    pub(crate) command: Option<String>,
}

/// How a document is read, the same for every command.
#[derive(Group)]
#[command(next_help_heading = "Reading")]
pub(crate) struct Reading {
    /// Password of an encrypted PDF
    #[arg(long)]
    pub(crate) password: Option<String>,

    /// Seconds that one document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    pub(crate) timeout: u64,

    /// Megabytes that one document may use
    #[arg(long, value_name = "MB", default_value_t = 480, value_parser = clap::value_parser!(u64).range(1..=1_048_576))]
    pub(crate) memory: u64,

    /// Which pages to read from their pictures; tesseract recognises the letters
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Ocr::Auto)]
    pub(crate) ocr: Ocr,

    /// Compare every page with a second, independent reader
    #[arg(long)]
    pub(crate) cross_check: bool,

    /// Municipality, code or name, whatever the document says
    #[arg(long, value_name = "CODE|NAME")]
    pub(crate) municipality: Option<String>,

    /// Year the book is for, whatever the document says
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i16).range(1900..=2100))]
    pub(crate) year: Option<i16>,

    /// Glossary file that adds to the built-in one or overrides it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) glossary: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// One object with everything that is known
    Json,
    /// One row a figure or finding, columns as `taltolk schema` says
    Csv,
    /// Tables for people and language models
    Markdown,
    /// Tables for a terminal
    Text,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SheetFormat {
    /// A list of tables, each with its cells
    Json,
    /// One row a cell
    Csv,
    /// One table after the other; spans are lost
    Markdown,
    /// One table after the other, with spans
    Html,
}

impl From<SheetFormat> for output::Format {
    fn from(format: SheetFormat) -> Self {
        match format {
            SheetFormat::Json => output::Format::Json,
            SheetFormat::Csv => output::Format::Csv,
            SheetFormat::Markdown => output::Format::Markdown,
            SheetFormat::Html => output::Format::Html,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Ocr {
    /// Pages without text
    Auto,
    /// No page
    Never,
    /// Every page, also those with text
    Always,
}

impl From<Ocr> for pipeline::Ocr {
    fn from(ocr: Ocr) -> Self {
        match ocr {
            Ocr::Auto => pipeline::Ocr::Auto,
            Ocr::Never => pipeline::Ocr::Never,
            Ocr::Always => pipeline::Ocr::Always,
        }
    }
}

impl From<Format> for output::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => output::Format::Json,
            Format::Csv => output::Format::Csv,
            Format::Markdown => output::Format::Markdown,
            Format::Text => output::Format::Text,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum SchemaOf {
    /// One document, JSON
    Report,
    /// Facts, CSV
    Facts,
    /// Findings, CSV
    Findings,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
