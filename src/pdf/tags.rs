//! Structure tree of a tagged file → the [`TagTable`]s in it, by page.
//!
//! In: an opened file. Out: tables with rows and cells as their maker meant them; a cell names its
//! content by marked-content ids, which the glyphs of the page carry too
//! ([`Glyph::mcid`](super::Glyph::mcid)). A table over several pages comes in parts, one a page.
//!
//! `walk` finds the elements, `build` lays the cells out. Nothing of the tree is kept but the
//! cells: that of a book of two thousand pages has more than a million elements. The pages are not
//! looked into.
//!
//! Refuses: what could not be printed or would never end, by the [`Limits`]; tables without a row
//! or with more than [`MAX_COLUMNS`](build::MAX_COLUMNS) columns; cells outside rows. Rows that
//! are not marked are never guessed. Content of form XObjects is left out, since forms number
//! theirs by themselves; its cells are marked [`incomplete`](TagCell::incomplete).
//! Source: ISO 32000-1, 14.7 (logical structure), 14.8.4.3.4 (table elements), 14.8.5.7 (spans, heads).

mod build;
mod walk;

use std::ops::Deref;

use hayro_syntax::Pdf;

use walk::{End, Limits, Progress, Walk};

/// The tables that a file has tagged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tags {
    /// By page, on a page in reading order.
    tables: Vec<TagTable>,
    /// Pages with tagged forms, sorted.
    forms: Vec<u32>,
    truncated: bool,
}

/// A table, or what of it stands on one page. A table in a cell of another is one of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct TagTable {
    /// From 1.
    pub page: u32,
    /// Which table of the document, in reading order; the parts of a table have the same.
    pub number: u32,
    /// How many columns the table has, on all its pages.
    pub columns: u16,
    /// Rows with content on this page, and empty ones between them. A row that is broken over
    /// pages, or a head that is printed anew on each, is on all of them, with all its cells and
    /// the content of the page.
    pub rows: Vec<TagRow>,
}

/// A row with at least one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct TagRow {
    /// Its place in the table, from 0; counts the rows of all pages.
    pub index: u32,
    /// What part of the table it belongs to.
    pub group: RowGroup,
    /// How many columns its cells cover, with those that reach into it from above. Where they are
    /// fewer than the table has, cells may have been left out because they are empty, and a cell
    /// may stand farther to the right than the file lets know.
    pub filled: u16,
    /// From left to right; places covered by a cell from above are not among them.
    pub cells: Vec<TagCell>,
}

/// Parts of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RowGroup {
    /// The file does not say.
    #[default]
    Unsaid,
    /// `THead`.
    Head,
    /// `TBody`.
    Body,
    /// `TFoot`.
    Foot,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub struct TagCell {
    /// Whether it is a head of rows or columns (`TH`).
    pub head: bool,
    /// From 0, when spans are laid out as in HTML and cells stand under the heads they name.
    pub column: u16,
    /// How many rows it covers; ends with its group of rows.
    pub row_span: u32,
    /// How many columns it covers.
    pub column_span: u16,
    /// Marked-content ids of what it holds on this page, in reading order; without tables in it.
    pub content: Mcids,
    /// Whether it has content that no id says: in a form, on no known page, too deep in the tree.
    pub incomplete: bool,
    /// What all its content says, where the file has that in so many words.
    pub actual_text: Option<Box<str>>,
}

/// Marked-content ids of a cell: nearly always one, which then needs no memory of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Mcids {
    /// An empty cell.
    #[default]
    None,
    /// The usual case.
    One(u32),
    /// A cell of several lines or fonts.
    Several(Box<[u32]>),
}

impl Deref for Mcids {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        match self {
            Mcids::None => &[],
            Mcids::One(id) => std::slice::from_ref(id),
            Mcids::Several(ids) => ids,
        }
    }
}

impl FromIterator<u32> for Mcids {
    fn from_iter<I: IntoIterator<Item = u32>>(ids: I) -> Self {
        let mut ids = ids.into_iter();
        match (ids.next(), ids.next()) {
            (None, _) => Mcids::None,
            (Some(id), None) => Mcids::One(id),
            (Some(first), Some(second)) => Mcids::Several([first, second].into_iter().chain(ids).collect()),
        }
    }
}

impl Tags {
    /// Walks the structure tree; costs one look into the catalog where there is none.
    pub(super) fn read(open: impl Fn() -> Option<Pdf>) -> Self {
        Tags::read_within(&Limits::default(), open)
    }

    fn read_within(limits: &Limits, open: impl Fn() -> Option<Pdf>) -> Self {
        let mut progress = Progress::default();
        loop {
            let Some(pdf) = open() else {
                progress.tags.truncated = true;
                break;
            };
            if Walk::over(&pdf, limits, &mut progress).is_none_or(|end| end == End::Whole) {
                break;
            }
        }
        progress.tags.sorted()
    }

    /// The tables on a page, from 1, in reading order.
    pub fn on_page(&self, page: u32) -> &[TagTable] {
        let from = self.tables.partition_point(|t| t.page < page);
        let to = self.tables.partition_point(|t| t.page <= page);
        &self.tables[from..to]
    }

    /// Whether no table is tagged.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }

    /// Whether a tagged form stands on the page: it numbers its content by itself, and the ids of
    /// its glyphs may be those of other content of the page.
    pub fn has_forms(&self, page: u32) -> bool {
        self.forms.binary_search(&page).is_ok()
    }

    /// Whether a limit ended the reading, so that tables may be missing; those given are whole.
    pub fn truncated(&self) -> bool {
        self.truncated
    }

    fn sorted(mut self) -> Self {
        self.tables.sort_by_key(|t| (t.page, t.number));
        self.tables.shrink_to_fit();
        self.forms.sort_unstable();
        self.forms.dedup();
        self
    }
}

#[cfg(test)]
mod tests;
