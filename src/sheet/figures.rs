//! [`Table`]s → [`Sheet`]s: the tables of figures, with their labels and heads as repaired.
//!
//! In: a table of one or several pages. Out: one sheet for each page that it stands on: the head in as
//! many rows as it has levels, then one row for each row of the table, labels first.
//! Refuses: nothing; a page on which nothing of it stands has no sheet.

use super::{Sheet, SheetCell, head};
use crate::geometry::{PageBox, Rect};
use crate::table::Table;

pub(super) fn of_table(table: &Table) -> Vec<Sheet> {
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
        let has = |f: &dyn Fn(&crate::table::Row) -> bool| table.rows.iter().any(f);
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
    let (mut cells, head) = heads(table, page, columns.figures);
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

/// The head of a page in cells, and how many rows it has; a piece over several columns is printed once.
fn heads(table: &Table, page: u32, shift: usize) -> (Vec<SheetCell>, usize) {
    let pieces = |k: usize| table.columns[k].pieces.iter().filter(|p| p.1 == page).map(|p| &p.0);
    let width = table.columns.len();
    // A piece in print is known by its place.
    let over = |rect: &Rect| -> (usize, usize) {
        let has: Vec<usize> = (0..width).filter(|&k| pieces(k).any(|p| p.rect == *rect)).collect();
        (has.first().copied().unwrap_or(0), has.last().map_or(0, |k| k + 1))
    };
    let mut all: Vec<(usize, &crate::table::header::Piece)> =
        (0..width).flat_map(|k| pieces(k).map(move |p| (k, p))).collect();
    all.sort_by(|a, b| a.1.rect.y0.total_cmp(&b.1.rect.y0).then(a.0.cmp(&b.0)));
    let once = all.into_iter().filter_map(|(k, piece)| {
        let (from, to) = over(&piece.rect);
        (k == from).then(|| (from, to, piece.text.clone(), piece.rect))
    });
    let (mut cells, rows) = head::levels(once.collect(), width, &[]);
    cells.iter_mut().for_each(|c| c.col += shift);
    (cells, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Interval;
    use crate::sheet::sheets;
    use crate::table::header::Piece;
    use crate::table::{Cell, Column, Row, label};

    fn piece(text: &str, x: (f32, f32), y: f32) -> (Piece, u32) {
        (Piece { text: text.to_owned(), rect: Rect::new(x.0, y, x.1, y + 8.0), span: 1 }, 1)
    }

    fn row(text: &str, y: f32, figures: &[Option<&str>]) -> Row {
        let place = |x: f32| PageBox { page: 1, rect: Rect::new(x, y, x + 40.0, y + 8.0) };
        let cell = |(k, text): (usize, &Option<&str>)| {
            text.map(|text| Cell::plain(text, place(100.0 + 50.0 * k as f32)))
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
        let sheet = &sheets(&[table()], &[], true)[0];
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
        let unplaced = &sheets(&[table()], &[], false)[0];
        assert!(unplaced.bbox.is_none() && unplaced.cells.iter().all(|c| c.bbox.is_none()));
    }

    #[test]
    fn a_second_label_has_a_column_where_it_stands() {
        let mut table = table();
        for (x, columns) in [(60.0, [0, 1, 2, 3, 4]), (260.0, [0, 4, 1, 2, 3])] {
            let row = &mut table.rows[1];
            row.second = Some(label::clean(&["Tuotot"]));
            row.second_boxes = vec![PageBox { page: 1, rect: Rect::new(x, 40.0, x + 30.0, 48.0) }];
            let sheet = &sheets(std::slice::from_ref(&table), &[], true)[0];
            let texts = ["Intäkter", "Tuotot", "1 000", "-", "5,0"];
            for (text, column) in texts.into_iter().zip(columns) {
                let cell = sheet.cells.iter().find(|c| c.text == text).expect("is in the sheet");
                assert_eq!(cell.col, column, "{text}");
            }
        }
    }
}
