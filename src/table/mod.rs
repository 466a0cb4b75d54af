//! [`Layout`]s → [`Table`]s.
//!
//! In: the lines and drawn lines of each page, in order. Out: tables with
//! columns, heads, repaired rows and cells, each cell with its box.
//! Why figures come first: in budget books they are set flush right and make
//! columns even where nothing is drawn; drawn lines, bands and fonts then say
//! what is one row and what a heading is.
//! Refuses: prose with figures, tables of contents, charts; text between tables
//! is kept only as titles.

pub(crate) mod column;
pub(crate) mod continuation;
pub(crate) mod grid;
pub(crate) mod gutter;
pub(crate) mod head_words;
pub mod header;
pub mod label;
pub(crate) mod line;
pub(crate) mod region;
pub(crate) mod repair;
mod tags;
pub mod token;

use crate::geometry::{Interval, PageBox};
use crate::glossary::{Declared, Glossary, Vocabulary};
use crate::layout::{Anew, Layout};
use crate::number::Number;

pub(crate) use continuation::Book;

/// A table of the book, over one page or several.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Where it stands, one box a page.
    pub boxes: Vec<PageBox>,
    /// Nearest heading above.
    pub title: Option<String>,
    /// Short lines between the title and the table, and over the label column: unit, remarks.
    pub captions: Vec<String>,
    /// Headings over it since the table before, nearest first: its title and those that enclose it.
    pub headings: Vec<String>,
    /// Figure columns.
    pub columns: Vec<Column>,
    /// Rows in print order.
    pub rows: Vec<Row>,
    /// Kinds of evidence that made the grid.
    pub evidence: Vec<&'static str>,
    /// Where they disagree, one line each.
    pub disagreements: Vec<String>,
    /// Whether a head was found on its first page.
    pub headed: bool,
    /// Whether its head was taken from an earlier table or page.
    pub head_carried: bool,
    /// Whether it goes on with the table before it.
    pub goes_on: bool,
    /// Whether lines above it on the page have glyphs that say no letter: its unit may stand there.
    pub obscured: bool,
    /// What stands in the corner, over the labels.
    pub corner: Vec<String>,
    /// What sentences above it declare that amounts are counted in.
    pub declared: Option<Declared>,
}

impl Table {
    /// Moves every box to where `place` says that it stands on its page.
    pub(crate) fn move_boxes(&mut self, place: &dyn Fn(PageBox) -> PageBox) {
        let heads = self.columns.iter_mut().flat_map(|c| &mut c.pieces);
        for (piece, page) in heads {
            piece.rect = place(PageBox { page: *page, rect: piece.rect }).rect;
        }
        let cells = self.rows.iter_mut().flat_map(|r| {
            let labels = r.boxes.iter_mut().chain(&mut r.second_boxes);
            labels.chain(r.cells.iter_mut().flatten().map(|c| &mut c.place))
        });
        for at in self.boxes.iter_mut().chain(cells) {
            *at = place(*at);
        }
    }
}

/// One figure column.
#[derive(Clone, Debug, Default)]
pub struct Column {
    /// Pieces of its head, top to bottom.
    pub pieces: Vec<(header::Piece, u32)>,
    /// Where its figures stand.
    pub xs: Interval,
}

/// One row.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Page, from 1.
    pub page: u32,
    /// Printed lines of the label.
    pub lines: Vec<String>,
    /// The label in one line.
    pub label: label::Label,
    /// A second label beside it or right of the figures.
    pub second: Option<label::Label>,
    /// What a unit column says of it.
    pub unit: Option<String>,
    /// Boxes of the second label or the unit, one a line.
    pub second_boxes: Vec<PageBox>,
    /// Boxes of the label, one a line.
    pub boxes: Vec<PageBox>,
    /// Left edge of the label.
    pub indent: f32,
    /// Set in bold.
    pub bold: bool,
    /// Font size.
    pub size: f32,
    /// One per column.
    pub cells: Vec<Option<Cell>>,
    /// Whether it only stands under the table: its figures are not of the column's phase and year.
    pub loose: bool,
    /// Headings above it inside the table, outermost first.
    pub section: Vec<String>,
    /// By how much the evidence prefers the lines of its label to the next best way to part them; `None` where
    /// there was nothing to choose.
    pub margin: Option<f32>,
    /// Whether the tags of the file, which agree with the other rows, part what is put together here.
    pub torn: bool,
}

impl Row {
    /// Whether it has no figures.
    pub fn is_heading(&self) -> bool {
        self.cells.iter().all(Option::is_none)
    }

    /// Puts the lines of a label before its own.
    fn label_after(&mut self, above: Row) {
        self.lines.splice(0..0, above.lines);
        self.boxes.splice(0..0, above.boxes);
        self.indent = above.indent;
        self.read_label();
    }

    /// Puts the lines of a label after its own.
    fn label_before(&mut self, below: Row) {
        self.lines.extend(below.lines);
        self.boxes.extend(below.boxes);
        self.read_label();
    }

    /// Reads the label from its lines.
    fn read_label(&mut self) {
        self.code_first();
        self.label = label::clean(&self.lines);
    }

    /// A code in a column of its own, set beside the middle or the end of a wrapped label, comes before it.
    fn code_first(&mut self) {
        let Some(left) = self.boxes.first().map(|b| b.rect.x0) else { return };
        for k in 1..self.lines.len() {
            let (code, rest) = self.lines[k].split_once(' ').unwrap_or((&self.lines[k], ""));
            let coded = |text: &str| is_code(text) || is_mark(text);
            if !coded(code)
                || coded(self.lines[0].split(' ').next().unwrap_or(""))
                || self.boxes[k].rect.x0 + 0.5 * self.size > left
            {
                continue;
            }
            let (code, rest) = (code.to_owned(), rest.to_owned());
            self.lines[0] = format!("{code} {}", self.lines[0]);
            if rest.is_empty() {
                self.lines.remove(k);
                let rect = self.boxes.remove(k).rect;
                self.boxes[0].rect = self.boxes[0].rect.union(&rect);
            } else {
                self.lines[k] = rest;
            }
            return;
        }
    }
}

/// The words that heads, units and titles are told by.
fn vocabulary() -> &'static Vocabulary {
    Glossary::builtin().vocabulary()
}

/// Digits and points alone: `9101`, `11.04.01`.
fn is_code(text: &str) -> bool {
    text.len() >= 2
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

/// What statements number their parts with: `A`, `III`, `IV.`, `1.`, `b)`.
fn is_mark(text: &str) -> bool {
    let bare = text.trim_end_matches(['.', ')']);
    let roman = bare.bytes().all(|b| b"IVX".contains(&b));
    let single = bare.len() == 1 && (bare.bytes().all(|b| b.is_ascii_uppercase()) || bare.len() < text.len());
    !bare.is_empty()
        && bare.len() <= 4
        && (roman || single && bare.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// One cell with a figure.
#[derive(Clone, Debug)]
pub struct Cell {
    /// As printed, groups parted by single spaces.
    pub text: String,
    /// What it holds; `None` for a lone dash.
    pub number: Option<Number>,
    /// Where.
    pub place: PageBox,
    /// Groups were put together by their gaps.
    pub joined: bool,
    /// A sign that stood apart was taken in.
    pub sign_joined: bool,
    /// A raised note mark stood at it.
    pub note: bool,
    /// How safe the putting together was, in em.
    pub slack: f32,
    /// Two figures fell into one cell; this is the one that fits the column.
    pub conflict: bool,
    /// What is known of the figure where there were no places to tell.
    pub anew: Option<Box<Anew>>,
}

#[cfg(test)]
impl Cell {
    /// A cell as tests need it.
    pub(crate) fn plain(text: &str, place: PageBox) -> Cell {
        Cell {
            text: text.to_owned(),
            number: None,
            place,
            joined: false,
            sign_joined: false,
            note: false,
            slack: 1.0,
            conflict: false,
            anew: None,
        }
    }
}

/// The tables of a document, from the lines of its pages in order; `is_term` knows the labels of the glossary.
pub fn read(pages: &[Layout], is_term: &dyn Fn(&str) -> bool) -> Vec<Table> {
    let mut book = Book::default();
    continuation::finish(pages.iter().flat_map(|page| detect(page, &mut book, is_term)).collect())
}

/// Finds the tables of one page; `book` knows the pages before.
pub(crate) fn detect(layout: &Layout, book: &mut Book, is_term: &dyn Fn(&str) -> bool) -> Vec<Table> {
    let mut page = grid::page(layout, book.known(layout.page), is_term);
    if !layout.tagged.is_empty() {
        page.drafts.iter_mut().for_each(|d| tags::compare(&mut d.table, &layout.tagged));
    }
    book.take(layout, page)
}
