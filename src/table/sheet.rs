//! [`Table`]s → [`Sheet`]s: what is printed, as a grid of cells with spans.
//!
//! In: the tables of a document, repaired. Out: one sheet for each page that a
//! table stands on, as the page shows it: the head in as many rows as it has
//! levels, then one row for each row of the table, labels first. Cells are
//! numbered from 0; a cell that is empty in print is left out. Labels keep
//! their printed lines, parted by `\n`. Refuses: to judge what a cell means.

use serde::Serialize;

use super::Table;
use crate::geometry::{PageBox, Rect};

/// The part of a table that stands on one page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Sheet {
    /// Page, from 1.
    pub page: u32,
    /// Where it stands; nothing for a text, which has no places.
    pub bbox: Option<Rect>,
    /// Its cells, by row and column.
    pub cells: Vec<SheetCell>,
}

/// One cell with text.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetCell {
    /// Row of its upper edge, from 0.
    pub row: usize,
    /// Column of its left edge, from 0.
    pub col: usize,
    /// Rows that it covers.
    pub rowspan: usize,
    /// Columns that it covers.
    pub colspan: usize,
    /// What is printed, lines parted by `\n`.
    pub text: String,
    /// Where; nothing for a text.
    pub bbox: Option<Rect>,
}

impl Sheet {
    /// Rows and columns.
    pub fn size(&self) -> (usize, usize) {
        let rows = self.cells.iter().map(|c| c.row + c.rowspan).max();
        let columns = self.cells.iter().map(|c| c.col + c.colspan).max();
        (rows.unwrap_or(0), columns.unwrap_or(0))
    }
}

/// The sheets of all tables, by page and then from top to bottom; `placed` unless their places are made up.
pub fn sheets(tables: &[Table], placed: bool) -> Vec<Sheet> {
    let mut out: Vec<Sheet> = tables.iter().flat_map(of_table).collect();
    let top = |s: &Sheet| s.bbox.map_or(0.0, |r| r.y0);
    out.sort_by(|a, b| a.page.cmp(&b.page).then(top(a).total_cmp(&top(b))));
    if !placed {
        for sheet in &mut out {
            sheet.bbox = None;
            sheet.cells.iter_mut().for_each(|c| c.bbox = None);
        }
    }
    out
}

fn of_table(table: &Table) -> Vec<Sheet> {
    let mut pages: Vec<u32> = table.boxes.iter().map(|b| b.page).collect();
    pages.sort_unstable();
    pages.dedup();
    pages.into_iter().filter_map(|page| on_page(table, page)).collect()
}

/// The second label stands right of the first or right of the figures; the figures say which.
struct Columns {
    second: Option<usize>,
    unit: Option<usize>,
    figures: usize,
    count: usize,
}

impl Columns {
    fn of(table: &Table) -> Columns {
        let first = table.columns.iter().map(|c| c.xs.lo).fold(f32::INFINITY, f32::min);
        let left = |boxes: &[PageBox]| boxes.iter().any(|b| b.rect.x0 < first);
        let mut columns = Columns { second: None, unit: None, figures: 1, count: 1 + table.columns.len() };
        let has = |f: &dyn Fn(&super::Row) -> bool| table.rows.iter().any(f);
        let (second, unit) = (has(&|r| r.second.is_some()), has(&|r| r.unit.is_some()));
        if second && has(&|r| r.second.is_some() && left(&r.second_boxes)) {
            columns.second = Some(columns.figures);
            columns.figures += 1;
        }
        if unit && has(&|r| r.unit.is_some() && left(&r.second_boxes)) {
            columns.unit = Some(columns.figures);
            columns.figures += 1;
        }
        let mut next = columns.figures + table.columns.len();
        for (column, there) in [(&mut columns.second, second), (&mut columns.unit, unit)] {
            if there && column.is_none() {
                *column = Some(next);
                next += 1;
            }
        }
        columns.count = next;
        columns
    }
}

fn on_page(table: &Table, page: u32) -> Option<Sheet> {
    let bbox = Rect::union_all(table.boxes.iter().filter(|b| b.page == page).map(|b| b.rect))?;
    let columns = Columns::of(table);
    let (mut cells, head) = head(table, page, columns.figures);
    for (i, row) in table.rows.iter().filter(|r| r.page == page).enumerate() {
        let at = head + i;
        let mut put = |col: usize, colspan: usize, text: String, bbox: Option<Rect>| {
            if bbox.is_some() && !text.is_empty() {
                cells.push(SheetCell { row: at, col, rowspan: 1, colspan, text, bbox });
            }
        };
        let union = |boxes: &[PageBox]| Rect::union_all(boxes.iter().map(|b| b.rect));
        // A heading runs over the figures that it has none of.
        let wide = row.is_heading() && row.second.is_none() && row.unit.is_none();
        put(0, if wide { columns.count } else { 1 }, row.lines.join("\n"), union(&row.boxes));
        if let (Some(col), Some(second)) = (columns.second, &row.second) {
            put(col, 1, second.text.clone(), union(&row.second_boxes));
        }
        if let (Some(col), Some(unit)) = (columns.unit, &row.unit) {
            put(col, 1, unit.clone(), union(&row.second_boxes));
        }
        for (k, cell) in row.cells.iter().enumerate() {
            if let Some(cell) = cell {
                put(columns.figures + k, 1, cell.text.clone(), Some(cell.place.rect));
            }
        }
    }
    cells.sort_by_key(|c| (c.row, c.col));
    Some(Sheet { page, bbox: Some(bbox), cells })
}

/// A cell of the head while it is put together: its printed lines and the columns that it stands over.
struct HeadCell {
    lines: Vec<(String, Rect)>,
    from: usize,
    to: usize,
    level: usize,
}

/// The head of a page in cells, and how many rows it has.
///
/// A piece that stands over several columns is printed once; pieces of one set of columns that follow
/// each other are the lines of one cell. A cell lies below all cells over any of its columns.
fn head(table: &Table, page: u32, shift: usize) -> (Vec<SheetCell>, usize) {
    let pieces = |k: usize| table.columns[k].pieces.iter().filter(|p| p.1 == page).map(|p| &p.0);
    let width = table.columns.len();
    // A piece in print is known by its place.
    let over = |rect: &Rect| -> (usize, usize) {
        let has: Vec<usize> = (0..width).filter(|&k| pieces(k).any(|p| p.rect == *rect)).collect();
        (has.first().copied().unwrap_or(0), has.last().map_or(0, |k| k + 1))
    };
    let mut cells: Vec<HeadCell> = Vec::new();
    let mut last: Vec<Option<usize>> = vec![None; width];
    let mut all: Vec<(usize, &super::header::Piece)> =
        (0..width).flat_map(|k| pieces(k).map(move |p| (k, p))).collect();
    all.sort_by(|a, b| a.1.rect.y0.total_cmp(&b.1.rect.y0).then(a.0.cmp(&b.0)));
    for (k, piece) in all {
        let (from, to) = over(&piece.rect);
        if k != from {
            continue;
        }
        let above = last[from].filter(|&c| (from..to).all(|k| last[k] == Some(c)));
        match above.filter(|&c| (cells[c].from, cells[c].to) == (from, to)) {
            Some(c) => cells[c].lines.push((piece.text.clone(), piece.rect)),
            None => {
                let level = (from..to).filter_map(|k| last[k]).map(|c| cells[c].level + 1).max().unwrap_or(0);
                last[from..to].fill(Some(cells.len()));
                cells.push(HeadCell { lines: vec![(piece.text.clone(), piece.rect)], from, to, level });
            }
        }
    }
    let rows = cells.iter().map(|c| c.level + 1).max().unwrap_or(0);
    // What stands alone in its columns fills them down to the figures.
    let spans: Vec<usize> = cells
        .iter()
        .enumerate()
        .map(|(i, c)| if (c.from..c.to).all(|k| last[k] == Some(i)) { rows - c.level } else { 1 })
        .collect();
    let cells = cells.into_iter().zip(spans).map(|(c, rowspan)| {
        let bbox = Rect::union_all(c.lines.iter().map(|l| l.1));
        let text: Vec<String> = c.lines.into_iter().map(|l| l.0).collect();
        let (col, colspan) = (shift + c.from, c.to - c.from);
        SheetCell { row: c.level, col, rowspan, colspan, text: text.join("\n"), bbox }
    });
    (cells.collect(), rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Interval;
    use crate::table::header::Piece;
    use crate::table::{Cell, Column, Row, label};

    fn piece(text: &str, x: (f32, f32), y: f32) -> (Piece, u32) {
        (Piece { text: text.to_owned(), rect: Rect::new(x.0, y, x.1, y + 8.0), span: 1 }, 1)
    }

    fn row(text: &str, y: f32, figures: &[Option<&str>]) -> Row {
        let place = |x: f32| PageBox { page: 1, rect: Rect::new(x, y, x + 40.0, y + 8.0) };
        let cell = |(k, text): (usize, &Option<&str>)| {
            text.map(|text| Cell {
                text: text.to_owned(),
                number: None,
                place: place(100.0 + 50.0 * k as f32),
                joined: false,
                sign_joined: false,
                note: false,
                slack: 1.0,
                conflict: false,
                unsure: false,
            })
        };
        Row {
            page: 1,
            lines: vec![text.to_owned()],
            label: label::clean(&[text]),
            boxes: vec![place(10.0)],
            cells: figures.iter().enumerate().map(cell).collect(),
            ..Row::default()
        }
    }

    /// `Budget` over 2025 and 2026, `Förändring` / `%` in two lines beside them.
    fn table() -> Table {
        let budget = piece("Budget", (110.0, 180.0), 10.0);
        let column = |x: f32, pieces: Vec<(Piece, u32)>| Column { pieces, xs: Interval::new(x, x + 40.0) };
        Table {
            boxes: vec![PageBox { page: 1, rect: Rect::new(10.0, 10.0, 240.0, 60.0) }],
            columns: vec![
                column(100.0, vec![budget.clone(), piece("2025", (110.0, 140.0), 20.0)]),
                column(150.0, vec![budget, piece("2026", (160.0, 190.0), 20.0)]),
                column(
                    200.0,
                    vec![piece("Förändring", (200.0, 240.0), 10.0), piece("%", (215.0, 220.0), 20.0)],
                ),
            ],
            rows: vec![
                row("Stadskansliet", 30.0, &[None, None, None]),
                row("Intäkter", 40.0, &[Some("1 000"), Some("-"), Some("5,0")]),
            ],
            ..Table::default()
        }
    }

    #[test]
    fn heads_have_levels_and_spans() {
        let sheet = &sheets(&[table()], true)[0];
        let cells: Vec<_> =
            sheet.cells.iter().map(|c| (c.row, c.col, c.rowspan, c.colspan, c.text.as_str())).collect();
        assert_eq!(
            cells,
            [
                (0, 1, 1, 2, "Budget"),
                (0, 3, 2, 1, "Förändring\n%"),
                (1, 1, 1, 1, "2025"),
                (1, 2, 1, 1, "2026"),
                (2, 0, 1, 4, "Stadskansliet"),
                (3, 0, 1, 1, "Intäkter"),
                (3, 1, 1, 1, "1 000"),
                (3, 2, 1, 1, "-"),
                (3, 3, 1, 1, "5,0"),
            ]
        );
        assert_eq!(sheet.size(), (4, 4));
        let unplaced = &sheets(&[table()], false)[0];
        assert!(unplaced.bbox.is_none() && unplaced.cells.iter().all(|c| c.bbox.is_none()));
    }

    #[test]
    fn a_second_label_has_a_column_where_it_stands() {
        let mut table = table();
        for (x, columns) in [(60.0, [0, 1, 2, 3, 4]), (260.0, [0, 4, 1, 2, 3])] {
            let row = &mut table.rows[1];
            row.second = Some(label::clean(&["Tuotot"]));
            row.second_boxes = vec![PageBox { page: 1, rect: Rect::new(x, 40.0, x + 30.0, 48.0) }];
            let sheet = &sheets(std::slice::from_ref(&table), true)[0];
            let texts = ["Intäkter", "Tuotot", "1 000", "-", "5,0"];
            for (text, column) in texts.into_iter().zip(columns) {
                let cell = sheet.cells.iter().find(|c| c.text == text).expect("is in the sheet");
                assert_eq!(cell.col, column, "{text}");
            }
        }
    }
}
