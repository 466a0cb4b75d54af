//! Rows and cells as they come along the tree → the parts of a table, laid out and by page.
//!
//! In: openings and endings of groups, rows and cells, in reading order. Out: a [`TagTable`] for
//! each page. Columns are those of HTML's table model: a cell goes to the first column that no
//! cell from above covers, and spans over rows end with their group. But Chromium leaves out empty
//! cells, and then the heads that a cell names tell how far to the right it stands at least.
//! Each row is handed to its page as soon as it ends, so that a table over a whole book is held
//! once.
//! Refuses: tables wider than [`MAX_COLUMNS`] or with a row that takes more than [`MAX_ROW`] cells
//! on all its pages, wholly, since what is left of them would be a different table.

use hayro_syntax::object::{Dict, MaybeRef, Object};
use rustc_hash::FxHashMap;

use super::walk::inline;
use super::{RowGroup, TagCell, TagRow, TagTable};

/// Columns of a table, more than fit on any sheet. HTML believes spans up to the same number.
pub(super) const MAX_COLUMNS: usize = 1000;
/// The longest span over rows that HTML believes.
const MAX_ROW_SPAN: u32 = 65_534;
/// Cells of one row on all pages on which it stands. Browsers print the head of a table anew on
/// each page and tag it as the same row, so a row of ten cells may well be on a thousand pages.
const MAX_ROW: usize = 100_000;

/// Heads that a cell may name, and heads of a table that cells may name.
const MAX_HEADS: usize = 32;
const MAX_NAMED: usize = 10_000;

/// What the attributes of a cell say of its place.
pub(super) struct Place {
    rows: u32,
    columns: u16,
    /// Names of its heads.
    heads: Vec<Vec<u8>>,
    /// Whether it is the head of its row, and not of columns.
    row_head: bool,
}

impl Default for Place {
    fn default() -> Self {
        Place { rows: 1, columns: 1, heads: Vec::new(), row_head: false }
    }
}

impl Place {
    /// Takes over what an attribute object says, if it is one of tables.
    pub(super) fn take(&mut self, attributes: &Dict<'_>) {
        let name = |key: &str| inline(attributes, key).and_then(Object::into_name);
        let number = |key: &str| inline(attributes, key).and_then(Object::into_number);
        if name("O").is_none_or(|owner| *owner != *b"Table") {
            return;
        }
        if let Some(rows) = number("RowSpan") {
            // Longer spans are cut at the end of the table anyway.
            self.rows = u32::try_from(rows.as_i64().max(1)).unwrap_or(u32::MAX).min(MAX_ROW_SPAN);
        }
        if let Some(columns) = number("ColSpan") {
            // To cut a span over a million columns, the width of the table would have to be
            // known, but it is spans that the width is made of.
            let columns = u16::try_from(columns.as_i64().max(1)).ok();
            self.columns = columns.filter(|&c| usize::from(c) <= MAX_COLUMNS).unwrap_or(1);
        }
        if let Some(heads) = inline(attributes, "Headers").and_then(Object::into_array) {
            let heads = heads.raw_iter().take(MAX_HEADS).filter_map(|item| match item {
                MaybeRef::NotRef(Object::String(id)) => Some(id.to_vec()),
                _ => None,
            });
            self.heads = heads.collect();
        }
        if let Some(scope) = name("Scope") {
            self.row_head = *scope == *b"Row";
        }
    }
}

/// What the actual texts in a cell say of it.
///
/// One text is the cell's if it stands for all its content. Several are put together only where
/// they belong to spans side by side: between anything else there may be a gap on the page, and
/// two figures without it would be one figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Said {
    #[default]
    Nothing,
    Whole(String),
    Spans(String, usize),
    Unsure,
}

impl Said {
    /// An element that stands in no other with an actual text begins at this depth.
    pub(super) fn element(&mut self, text: Option<String>, span: bool, depth: usize) {
        *self = match (std::mem::take(self), text) {
            (Said::Nothing, None) => Said::Nothing,
            (Said::Nothing, Some(text)) if span => Said::Spans(text, depth),
            (Said::Nothing, Some(text)) => Said::Whole(text),
            (Said::Spans(before, at), Some(text)) if span && at == depth => Said::Spans(before + &text, at),
            _ => Said::Unsure,
        };
    }

    /// Content comes that no actual text stands for.
    pub(super) fn uncovered(&mut self) {
        *self = Said::Unsure;
    }

    fn text(self) -> Option<Box<str>> {
        match self {
            Said::Whole(text) | Said::Spans(text, _) => Some(text.into()),
            Said::Nothing | Said::Unsure => None,
        }
    }
}

/// A cell of the row that is being read.
pub(super) struct OpenCell {
    head: bool,
    column: u16,
    row_span: u32,
    column_span: u16,
    /// Page and id.
    pub(super) content: Vec<(u32, u32)>,
    pub(super) incomplete: bool,
    pub(super) said: Said,
}

impl OpenCell {
    /// The cell with what it holds on a page; its text only if there is nothing elsewhere.
    fn on_page(&self, page: Option<u32>) -> TagCell {
        let here = |&&(p, _): &&(u32, u32)| Some(p) == page;
        let all_here = self.content.iter().all(|c| here(&c));
        TagCell {
            head: self.head,
            column: self.column,
            row_span: self.row_span,
            column_span: self.column_span,
            content: self.content.iter().filter(here).map(|&(_, id)| id).collect(),
            incomplete: self.incomplete,
            actual_text: if all_here { self.said.clone().text() } else { None },
        }
    }
}

/// A table that is being read.
pub(super) struct Builder {
    number: u32,
    /// How many rows have ended.
    row: u32,
    group: Option<RowGroup>,
    /// For each column the row at which it is free again of cells from above.
    free_at: Vec<u32>,
    /// Where the next cell of the row may begin.
    column: usize,
    columns: usize,
    /// Row and column of heads by their names.
    heads: FxHashMap<Vec<u8>, (u32, usize)>,
    /// Rows at which a group begins or ends.
    borders: Vec<u32>,
    cells: Option<Vec<OpenCell>>,
    in_cell: bool,
    parts: Vec<TagTable>,
    part_of: FxHashMap<u32, usize>,
    /// Empty rows before the first with content.
    waiting: Vec<TagRow>,
    refused: bool,
}

impl Builder {
    pub(super) fn new(number: u32) -> Self {
        Builder {
            number,
            row: 0,
            group: None,
            free_at: Vec::new(),
            column: 0,
            columns: 0,
            heads: FxHashMap::default(),
            borders: Vec::new(),
            cells: None,
            in_cell: false,
            parts: Vec::new(),
            part_of: FxHashMap::default(),
            waiting: Vec::new(),
            refused: false,
        }
    }

    pub(super) fn may_open_group(&self) -> bool {
        self.group.is_none() && self.cells.is_none()
    }

    pub(super) fn may_open_row(&self) -> bool {
        !self.in_cell
    }

    pub(super) fn may_open_cell(&self) -> bool {
        self.cells.is_some() && !self.in_cell
    }

    /// The cell that is open.
    pub(super) fn cell(&mut self) -> Option<&mut OpenCell> {
        self.cells.as_mut().filter(|_| self.in_cell).and_then(|cells| cells.last_mut())
    }

    pub(super) fn open_group(&mut self, group: RowGroup) {
        self.border();
        self.group = Some(group);
    }

    pub(super) fn close_group(&mut self) {
        self.border();
        self.group = None;
    }

    fn border(&mut self) {
        if self.borders.last() != Some(&self.row) {
            self.borders.push(self.row);
        }
        self.free_at.clear();
    }

    /// A row in a row begins one of its own, unless nothing stands before it.
    /// Returns how many cells the one before makes.
    pub(super) fn open_row(&mut self) -> usize {
        let before =
            if self.cells.as_ref().is_some_and(|cells| !cells.is_empty()) { self.close_row() } else { 0 };
        self.cells.get_or_insert_default();
        self.column = 0;
        before
    }

    /// A cell, with its name if it is a head.
    pub(super) fn open_cell(&mut self, head: bool, place: &Place, id: Option<&[u8]>) {
        let span = usize::from(place.columns);
        // A cell has a column in common with each of its heads; one over several columns may begin
        // to the left of the head of its last.
        let above = place.heads.iter().filter_map(|id| self.heads.get(id));
        let above = above.filter(|(row, _)| *row < self.row).map(|&(_, column)| column).max();
        if let Some(column) = above {
            self.column = self.column.max((column + 1).saturating_sub(span));
        }
        while self.free_at.get(self.column).is_some_and(|&row| row > self.row) {
            self.column += 1;
        }
        let end = self.column + span;
        self.refused |= end > MAX_COLUMNS;
        if self.refused {
            return;
        }
        if self.free_at.len() < end {
            self.free_at.resize(end, 0);
        }
        for free in &mut self.free_at[self.column..end] {
            *free = (*free).max(self.row + place.rows);
        }
        self.columns = self.columns.max(end);
        if let Some(id) = id.filter(|_| !place.row_head && self.heads.len() < MAX_NAMED) {
            self.heads.insert(id.to_vec(), (self.row, self.column));
        }
        if let (Some(cells), Ok(column)) = (&mut self.cells, u16::try_from(self.column)) {
            cells.push(OpenCell {
                head,
                column,
                row_span: place.rows,
                column_span: place.columns,
                content: Vec::new(),
                incomplete: false,
                said: Said::default(),
            });
            self.in_cell = true;
        }
        self.column = end;
    }

    pub(super) fn close_cell(&mut self) {
        self.in_cell = false;
    }

    /// Hands the row to the pages on which it stands; an empty one goes with the row before it.
    /// Returns how many cells that makes.
    pub(super) fn close_row(&mut self) -> usize {
        let Some(cells) = self.cells.take() else { return 0 };
        let index = self.row;
        self.row += 1;
        let mut pages: Vec<u32> = cells.iter().flat_map(|c| c.content.iter().map(|c| c.0)).collect();
        pages.sort_unstable();
        pages.dedup();
        let kept = cells.len() * pages.len().max(1);
        self.refused |= kept > MAX_ROW;
        if kept == 0 || self.refused {
            return 0;
        }
        let group = self.group.unwrap_or_default();
        let filled = self.free_at.iter().filter(|&&row| row > index).count();
        let filled = u16::try_from(filled).unwrap_or(u16::MAX);
        let row = |page| {
            let cells = cells.iter().map(|c| c.on_page(page)).collect();
            TagRow { index, group, filled, cells }
        };
        for &page in &pages {
            let row = row(Some(page));
            self.part(page).rows.push(row);
        }
        if pages.is_empty() {
            let rows = self.parts.last_mut().map_or(&mut self.waiting, |part| &mut part.rows);
            rows.push(row(None));
        }
        kept
    }

    fn part(&mut self, page: u32) -> &mut TagTable {
        let at = *self.part_of.entry(page).or_insert_with(|| {
            let rows = std::mem::take(&mut self.waiting);
            self.parts.push(TagTable { page, number: self.number, columns: 0, rows });
            self.parts.len() - 1
        });
        &mut self.parts[at]
    }

    /// The parts of the table; none where it has no content.
    pub(super) fn finish(mut self) -> Vec<TagTable> {
        if self.refused {
            return Vec::new();
        }
        self.border();
        let columns = u16::try_from(self.columns).unwrap_or(u16::MAX);
        for part in &mut self.parts {
            part.columns = columns;
            part.rows.shrink_to_fit();
            for row in &mut part.rows {
                let next = self.borders.partition_point(|&border| border <= row.index);
                let end = self.borders.get(next).copied().unwrap_or(self.row);
                for cell in &mut row.cells {
                    cell.row_span = cell.row_span.min(end - row.index);
                }
            }
        }
        self.parts
    }
}
