//! [`Layout`]s and [`Table`]s → [`Sheet`]s: what is printed, as grids of cells with spans.
//!
//! In: the lines of each page, what is drawn on it, and the tables of figures that were found. Out: one
//! sheet for each table on each page, of any document, budget or not. Three ways lead to a sheet:
//! drawn nets (`lattice`), lines that leave white between the same columns (`aligned`), and the
//! tables of figures, whose labels and heads were repaired (`figures`); where two of them read the same
//! place, the one that parts more columns wins, and a net of drawn cells before both.
//! Cells are numbered from 0; a cell that is empty in print is left out. Cells keep their printed lines,
//! parted by `\n`. Refuses: to judge what a cell means.

mod aligned;
mod columns;
mod figures;
mod head;
mod lattice;
mod piece;
mod rows;

use serde::Serialize;

use crate::geometry::{Interval, Rect};
use crate::layout::Layout;
use crate::pdf::{Fill, Ruling};
use crate::table::Table;

use columns::{Columns, Placed};
use lattice::Lattice;
use piece::Row;
use rows::Line;

/// A table on one page.
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

    fn sorted(page: u32, mut cells: Vec<SheetCell>) -> Sheet {
        cells.sort_by_key(|c| (c.row, c.col));
        let bbox = Rect::union_all(cells.iter().filter_map(|c| c.bbox));
        Sheet { page, bbox, cells }
    }

    /// Moves every box to where `place` says that it stands.
    pub(crate) fn move_boxes(&mut self, place: &dyn Fn(Rect) -> Rect) {
        let boxes = self.bbox.iter_mut().chain(self.cells.iter_mut().filter_map(|c| c.bbox.as_mut()));
        boxes.for_each(|b| *b = place(*b));
    }
}

/// A sheet that was found on a page by what is drawn and printed there, whatever it says.
#[derive(Clone, Debug)]
pub struct Printed {
    sheet: Sheet,
    /// Whether its cells are drawn.
    drawn: bool,
}

impl Printed {
    /// Moves every box to where `place` says that it stands.
    pub(crate) fn move_boxes(&mut self, place: &dyn Fn(Rect) -> Rect) {
        self.sheet.move_boxes(place);
    }

    /// Its page, from 1.
    pub(crate) fn page(&self) -> u32 {
        self.sheet.page
    }
}

/// Finds the tables of a page by what is drawn and printed there.
pub fn of_page(layout: &Layout) -> Vec<Printed> {
    let lines = piece::rows(layout);
    let mut out = Vec::new();
    let mut taken: Vec<Rect> = Vec::new();
    for lattice in lattice::find(&layout.rulings, &lines) {
        let inside = |r: &Row| r.only(|p| lattice.rect.contains(p.rect.center()));
        let rows: Vec<Row> = lines.iter().filter_map(inside).collect();
        if let Some(sheet) = drawn(&lattice, layout, &rows) {
            taken.push(lattice.rect);
            out.push(Printed { sheet, drawn: true });
        }
    }
    let outside = |r: &Row| r.only(|p| !taken.iter().any(|t| t.contains(p.rect.center())));
    let mut free: Vec<Row> = lines.iter().filter_map(outside).collect();
    let rules = aligned::rules(&layout.rulings);
    let mut add = |rows: &[Row]| {
        let sheet = sheet(layout.page, rows, &rules, &layout.fills);
        let (rows, columns) = sheet.size();
        if rows >= 2 && columns >= 2 {
            out.push(Printed { sheet, drawn: false });
        }
    };
    for rows in aligned::ruled(&mut free, &rules) {
        add(&rows);
    }
    for part in aligned::parts(free, &layout.rulings, &layout.fills) {
        let runs = aligned::runs(&rules, &part);
        for (first, last) in aligned::blocks(&part, &runs) {
            add(&part[first..=last]);
        }
    }
    out
}

/// The sheets of all tables, by page and then from top to bottom; `placed` unless their places are made up.
pub fn sheets(tables: &[Table], printed: &[Printed], placed: bool) -> Vec<Sheet> {
    let figures: Vec<Sheet> = tables.iter().flat_map(figures::of_table).collect();
    let same = |a: &Sheet, b: &Sheet| {
        a.page == b.page && a.bbox.zip(b.bbox).is_some_and(|(a, b)| share(&a, &b) > 0.4)
    };
    let letters = |s: &Sheet| -> usize {
        s.cells.iter().map(|c| c.text.chars().filter(|c| !c.is_whitespace()).count()).sum()
    };
    // Of two that say the same in the same columns the one with fewer rows has put labels together.
    let better = |p: &Printed, f: &Sheet| {
        let ((rows, columns), (other, others)) = (p.sheet.size(), f.size());
        p.drawn || columns != others || other > rows || letters(f) * 100 < letters(&p.sheet) * 98
    };
    // Tables of figures that stand side by side where one sheet was found are two.
    let aside = |a: &Sheet, b: &Sheet| {
        let (Some(a), Some(b)) = (a.bbox, b.bbox) else { return false };
        a.xs().overlap(&b.xs()) <= 0.0 && a.ys().overlap(&b.ys()) > 0.5 * a.height().min(b.height())
    };
    let wins = |p: &&Printed| {
        let found: Vec<&Sheet> = figures.iter().filter(|f| same(&p.sheet, f)).collect();
        let whole = |a: &Sheet, b: &Sheet| (letters(a) + letters(b)) * 100 >= letters(&p.sheet) * 92;
        let pair = |a: &Sheet, b: &Sheet| aside(a, b) && whole(a, b);
        let two = found.iter().enumerate().any(|(k, a)| found[..k].iter().any(|b| pair(a, b)));
        found.is_empty() || (p.drawn || !two) && found.iter().any(|f| better(p, f))
    };
    let mut out: Vec<Sheet> = printed.iter().filter(wins).map(|p| p.sheet.clone()).collect();
    let printed = out.len();
    for sheet in figures {
        if !out[..printed].iter().any(|p| same(p, &sheet)) {
            out.push(sheet);
        }
    }
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

/// How much of the smaller box lies in the other, 0 to 1.
fn share(a: &Rect, b: &Rect) -> f32 {
    let area = |r: &Rect| r.width() * r.height();
    let both = a.xs().overlap(&b.xs()).max(0.0) * a.ys().overlap(&b.ys()).max(0.0);
    both / area(a).min(area(b)).max(1.0)
}

/// A cell while lines are added to it.
struct Open {
    cell: SheetCell,
    rect: Rect,
}

/// Lines in columns, with the number of drawn lines above each.
fn lines_of(rows: &[Row], columns: &Columns, across: &[f32]) -> Vec<Line> {
    rows.iter()
        .map(|r| Line {
            cells: columns.place(r),
            baseline: r.baseline,
            size: r.size,
            band: across.iter().filter(|y| **y < r.rect.center().y).count(),
        })
        .collect()
}

/// The cells of grouped lines, from row `at` on, and how many rows they make.
fn body(lines: &[Line], columns: usize, at: usize) -> (Vec<SheetCell>, usize) {
    let groups = rows::group(lines, columns);
    let mut cells = Vec::new();
    for (k, group) in groups.iter().enumerate() {
        let mut open: Vec<Open> = Vec::new();
        for placed in group.iter().flat_map(|&i| &lines[i].cells) {
            let range = placed.from..placed.to + 1;
            let begun =
                open.iter_mut().find(|o| o.cell.col < range.end && range.start < o.cell.col + o.cell.colspan);
            match begun {
                Some(o) => {
                    o.cell.text.push('\n');
                    o.cell.text.push_str(&placed.piece.text());
                    o.rect = o.rect.union(&placed.piece.rect);
                }
                None => open.push(Open {
                    cell: SheetCell {
                        row: at + k,
                        col: placed.from,
                        rowspan: 1,
                        colspan: range.len(),
                        text: placed.piece.text(),
                        bbox: None,
                    },
                    rect: placed.piece.rect,
                }),
            }
        }
        cells.extend(open.into_iter().map(|o| SheetCell { bbox: Some(o.rect), ..o.cell }));
    }
    (cells, groups.len())
}

/// A table without a net.
fn sheet(page: u32, rows: &[Row], rules: &[Ruling], fills: &[Fill]) -> Sheet {
    let columns = Columns::find(rows);
    let xs = columns.whole;
    let top = rows.first().map_or(0.0, |r| r.rect.y0);
    let bottom = rows.last().map_or(0.0, |r| r.rect.y1);
    let within = |y: f32| y > top - 2.0 && y < bottom + 2.0;
    let wide = |lo: f32, hi: f32| Interval { lo, hi }.overlap(&xs) > 0.55 * xs.len();
    let mut across: Vec<f32> =
        rules.iter().filter(|r| within(r.at) && wide(r.from, r.to)).map(|r| r.at).collect();
    // The edges of bands and shades part rows as rules do.
    let bands = fills.iter().filter(|f| wide(f.rect.x0, f.rect.x1) && f.rect.height() < 0.5 * (bottom - top));
    across.extend(bands.flat_map(|f| [f.rect.y0, f.rect.y1]).filter(|y| within(*y)));
    across.sort_by(f32::total_cmp);
    across.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let split = head::end(&lines_of(rows, &columns, &across));
    let columns = columns.joined(&rows[..split], &rows[split..]);
    let lines = lines_of(rows, &columns, &across);
    let partial: Vec<&Ruling> = rules.iter().filter(|r| within(r.at)).collect();
    let (mut cells, height) = head::read(&lines[..split], &columns, &partial);
    let (rest, _) = body(&lines[split..], columns.count(), height);
    cells.extend(rest);
    Sheet::sorted(page, cells)
}

/// A table whose cells are drawn; nothing where they hold no table.
fn drawn(lattice: &Lattice, layout: &Layout, rows: &[Row]) -> Option<Sheet> {
    let columns = Columns::from_places(&lattice.xs);
    let height = lattice.ys.len() - 1;
    // What is printed in each drawn cell, by line; turned words too.
    let mut texts: Vec<Vec<(String, Rect)>> = vec![Vec::new(); lattice.faces.len()];
    let face_at = |r: &Rect| lattice.faces.iter().position(|f| f.rect.contains(r.center()));
    for row in rows {
        for word in row.pieces.iter().flat_map(|p| &p.words) {
            let Some(face) = face_at(&word.1) else { continue };
            match texts[face].last_mut() {
                Some((text, rect)) if rect.ys().overlap(&word.1.ys()) > 0.45 * word.1.height() => {
                    text.push(' ');
                    text.push_str(&word.0);
                    *rect = rect.union(&word.1);
                }
                _ => texts[face].push(word.clone()),
            }
        }
    }
    for word in &layout.turned {
        if let Some(face) = face_at(&word.rect) {
            texts[face].push((word.text.clone(), word.rect));
        }
    }
    let filled: Vec<usize> = (0..texts.len()).filter(|&i| !texts[i].is_empty()).collect();
    let of = |key: &dyn Fn(usize) -> usize| {
        let mut all: Vec<usize> = filled.iter().map(|&i| key(i)).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let across = of(&|i| lattice.faces[i].col);
    let down = of(&|i| lattice.faces[i].row);
    if across < 2 || filled.len() < 3 || filled.len() * 6 < lattice.faces.len() {
        return None;
    }
    // A band between two rules may hold many rows: columns are drawn, rows are not.
    let mut shift = vec![0; height + 1];
    let mut cells = Vec::new();
    let mut split = vec![false; height];
    for r in 0..height {
        let mut rows_here = 1;
        let whole =
            lattice.faces.iter().filter(|f| f.row <= r && r < f.row + f.rowspan).all(|f| f.rowspan == 1);
        if whole {
            let inside = |row: &Row| {
                row.only(|p| p.rect.center().y > lattice.ys[r] && p.rect.center().y < lattice.ys[r + 1])
            };
            let band: Vec<Row> = rows.iter().filter_map(inside).collect();
            let lines: Vec<Line> = lines_of(&band, &columns, &[])
                .into_iter()
                .map(|l| Line { cells: apart(l.cells, lattice, r), ..l })
                .collect();
            if several_rows(&lines, height) {
                let (inner, n) = body(&lines, columns.count(), r + shift[r]);
                split[r] = true;
                rows_here = n.max(1);
                cells.extend(inner);
            }
        }
        shift[r + 1] = shift[r] + rows_here - 1;
    }
    if down < 2 && !split.contains(&true) {
        return None;
    }
    for i in filled {
        let f = &lattice.faces[i];
        if f.rowspan == 1 && split[f.row] {
            continue;
        }
        let text: Vec<&str> = texts[i].iter().map(|t| t.0.as_str()).collect();
        let last = f.row + f.rowspan - 1;
        cells.push(SheetCell {
            row: f.row + shift[f.row],
            col: f.col,
            rowspan: f.rowspan + shift[last] - shift[f.row],
            colspan: f.colspan,
            text: text.join("\n"),
            bbox: Rect::union_all(texts[i].iter().map(|t| t.1)),
        });
    }
    Some(Sheet::sorted(layout.page, cells))
}

/// Pieces that stand in the drawn cells of one band, whatever hangs over.
fn apart(placed: Vec<Placed>, lattice: &Lattice, row: usize) -> Vec<Placed> {
    let face = |p: &Placed| {
        let at = p.piece.rect.center();
        lattice.faces.iter().find(|f| f.row == row && f.rect.x0 <= at.x && at.x <= f.rect.x1)
    };
    placed
        .into_iter()
        .map(|p| match face(&p) {
            Some(f) => Placed { from: f.col, to: f.col + f.colspan - 1, ..p },
            None => p,
        })
        .collect()
}

/// Whether a drawn band holds rows that nothing parts: figures under figures in two columns, or
/// many short lines side by side.
fn several_rows(lines: &[Line], bands: usize) -> bool {
    if lines.len() < 2 {
        return false;
    }
    let figures = |l: &Line| l.cells.iter().filter(|c| c.piece.figure).count();
    let with = lines.iter().filter(|l| figures(l) >= 1 && l.cells.len() >= 2).count();
    if with >= 2 && lines.iter().filter(|l| figures(l) >= 2).count() >= 2 {
        return true;
    }
    let full = lines.iter().filter(|l| l.cells.len() >= 2).count();
    bands <= 4 && lines.len() >= 4 && (with * 2 > lines.len() || full * 4 >= lines.len() * 3 && bands <= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Line as TextLine, Word};
    use crate::pdf::Axis;

    /// A page in a type of 5 points a letter and 12 points a line: `|` parts what stands at the given places.
    fn page(places: &[f32], lines: &[&str]) -> Layout {
        let mut layout = Layout { page: 1, width: 600.0, height: 800.0, ..Layout::default() };
        for (k, line) in lines.iter().enumerate() {
            let y = 100.0 + 12.0 * k as f32;
            let mut words = Vec::new();
            for (part, &place) in line.split('|').zip(places) {
                let mut x = place;
                for text in part.split_whitespace() {
                    let width = 5.0 * text.chars().count() as f32;
                    words.push(Word::new(text, Rect::new(x, y - 8.0, x + width, y + 2.0), y, 10.0));
                    x += width + 3.0;
                }
            }
            let rect = Rect::union_all(words.iter().map(|w| w.rect));
            if let Some(rect) = rect {
                layout.lines.push(TextLine { words, rect, baseline: y, size: 10.0, furniture: false });
            }
        }
        layout
    }

    fn h(at: f32, from: f32, to: f32) -> Ruling {
        Ruling { axis: Axis::Horizontal, at, from, to, width: 0.5 }
    }

    fn v(at: f32, from: f32, to: f32) -> Ruling {
        Ruling { axis: Axis::Vertical, at, from, to, width: 0.5 }
    }

    /// Cells as `row,column text`, spans as `+columns` and `v rows`.
    fn cells(layout: &Layout) -> Vec<Vec<String>> {
        let shown = |c: &SheetCell| {
            let across = if c.colspan > 1 { format!("+{}", c.colspan) } else { String::new() };
            let down = if c.rowspan > 1 { format!("v{}", c.rowspan) } else { String::new() };
            format!("{},{}{across}{down} {}", c.row, c.col, c.text.replace('\n', "/"))
        };
        of_page(layout).iter().map(|p| p.sheet.cells.iter().map(shown).collect()).collect()
    }

    #[test]
    fn words_in_columns_are_a_table() {
        let layout = page(
            &[50.0, 150.0, 300.0],
            &[
                "Name|Position|Town",
                "Anna Berg|Head of unit|Vasa",
                "Carl Holm||Lovisa",
                "Eva Lind|Inspector|Kotka",
            ],
        );
        let wanted = [
            "0,0 Name",
            "0,1 Position",
            "0,2 Town",
            "1,0 Anna Berg",
            "1,1 Head of unit",
            "1,2 Vasa",
            "2,0 Carl Holm",
            "2,2 Lovisa",
            "3,0 Eva Lind",
            "3,1 Inspector",
            "3,2 Kotka",
        ];
        assert_eq!(cells(&layout), [wanted]);
    }

    #[test]
    fn prose_lists_and_contents_are_none() {
        let text = "the council has decided that the plan will be carried out in full";
        let prose = format!("{text}|{text}");
        assert!(cells(&page(&[30.0, 400.0], &[prose.as_str(); 12])).is_empty());
        let list = [
            "1.|Check the forms twice",
            "2.|Send them to the town",
            "3.|Wait for an answer",
            "4.|File the answer",
        ];
        assert!(cells(&page(&[50.0, 80.0], &list)).is_empty());
        let contents = ["Aims ..........|3", "Means .........|7", "Results .......|12", "Annexes .......|31"];
        assert!(cells(&page(&[50.0, 300.0], &contents)).is_empty());
    }

    #[test]
    fn texts_of_several_lines_stay_in_their_row() {
        let layout = page(
            &[50.0, 250.0, 400.0],
            &[
                "Measure|Office|Due",
                "Shorten the time it|Harbour board|2014",
                "takes to answer|of the town|",
                "Count the birds|Parks|2015",
                "Mend the bridge that|Roads and|2016",
                "was closed in spring|bridges|",
                "Plant trees|Parks|2017",
            ],
        );
        let rows: Vec<String> = cells(&layout).remove(0);
        assert!(rows.contains(&"1,0 Shorten the time it/takes to answer".to_owned()), "{rows:?}");
        assert!(rows.contains(&"3,1 Roads and/bridges".to_owned()), "{rows:?}");
        assert!(rows.contains(&"4,2 2017".to_owned()), "{rows:?}");
    }

    #[test]
    fn a_rule_under_a_head_says_what_it_stands_over() {
        let mut layout = page(
            &[50.0, 150.0, 220.0, 290.0],
            &[
                "||Population|",
                "Town|2010|2020|Area",
                "Vasa|62,5|67,6|545",
                "Kotka|54,8|51,7|950",
                "Lovisa|15,6|14,8|820",
            ],
        );
        layout.rulings =
            vec![h(90.0, 45.0, 330.0), h(104.0, 148.0, 282.0), h(117.0, 45.0, 330.0), h(152.0, 45.0, 330.0)];
        let all = cells(&layout).remove(0);
        assert!(all.contains(&"0,1+2 Population".to_owned()), "{all:?}");
        assert!(all.contains(&"1,1 2010".to_owned()) && all.contains(&"4,3 820".to_owned()), "{all:?}");
    }

    #[test]
    fn drawn_cells_win_over_alignment() {
        let mut layout = page(
            &[55.0, 155.0],
            &["Town|Remarks", "Vasa|a long remark that", "|goes on below", "Kotka|none"],
        );
        layout.rulings = vec![
            h(90.0, 50.0, 300.0),
            h(104.0, 50.0, 300.0),
            h(129.0, 50.0, 300.0),
            h(141.0, 50.0, 300.0),
            v(50.0, 90.0, 141.0),
            v(150.0, 90.0, 141.0),
            v(300.0, 90.0, 141.0),
        ];
        let wanted = [
            "0,0 Town",
            "0,1 Remarks",
            "1,0 Vasa",
            "1,1 a long remark that/goes on below",
            "2,0 Kotka",
            "2,1 none",
        ];
        assert_eq!(cells(&layout), [wanted]);
    }

    #[test]
    fn rows_between_drawn_columns_are_parted() {
        let mut layout =
            page(&[55.0, 155.0, 255.0], &["Town|2010|2020", "Vasa|62|67", "Kotka|54|51", "Lovisa|15|14"]);
        layout.rulings = vec![v(150.0, 90.0, 141.0), v(250.0, 90.0, 141.0)];
        let all = cells(&layout).remove(0);
        assert_eq!(all.len(), 12);
        assert!(all.contains(&"3,2 14".to_owned()), "{all:?}");
    }

    #[test]
    fn two_tables_whose_rules_end_between_them() {
        let mut layout = page(
            &[50.0, 150.0, 320.0, 450.0],
            &["Town|Area|Fish|Catch", "Vasa|545|Pike|12", "Kotka|950|Perch|45", "Lovisa|820|Zander|7"],
        );
        for (from, to) in [(45.0, 290.0), (310.0, 500.0)] {
            layout.rulings.extend([90.0, 104.0, 141.0].map(|y| h(y, from, to)));
        }
        let found = cells(&layout);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].len(), 8);
    }
}
