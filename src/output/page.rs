//! One page, as it was read → SVG, for whoever wonders why a table came out as it did.
//!
//! In: the lines of a page and the tables on it. Out: a drawing in points, the page upright as it was
//! read: what is printed in grey, and over it the boxes of words, rulings, heads, labels, rows, columns
//! and cells, each with a tooltip; a legend below. Refuses: scripts and links; a book's text is text.

use std::io::{self, Write};

use super::sheets::markup;
use crate::geometry::{PageBox, Rect};
use crate::layout::{Layout, Word};
use crate::pdf::Axis;
use crate::table::{Row, Table};

/// Room for the legend, points.
const LEGEND: f32 = 26.0;

/// Kinds of boxes: class, colour, meaning.
const KINDS: [(&str, &str, &str); 9] = [
    ("word", "#8ab4d8", "word"),
    ("furniture", "silver", "running head or foot"),
    ("ruling", "#d4a017", "ruling"),
    ("table", "black", "table"),
    ("column", "#2e8b57", "column"),
    ("row", "#c0c0f0", "row"),
    ("head", "#8a2be2", "head"),
    ("label", "#d2691e", "label"),
    ("cell", "#1e5fd2", "figure"),
];

/// Draws a page.
pub fn write(page: &Layout, tables: &[Table], out: &mut dyn Write) -> io::Result<()> {
    let (w, h) = (page.width, page.height);
    writeln!(
        out,
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.1} {:.1}" width="{w:.1}pt" height="{:.1}pt" font-family="sans-serif">"#,
        h + LEGEND,
        h + LEGEND
    )?;
    writeln!(out, "<title>Page {}</title>\n<style>", page.page)?;
    for (class, color, _) in KINDS {
        writeln!(out, ".{class}{{fill:none;stroke:{color};stroke-width:.5}}")?;
    }
    writeln!(
        out,
        ".row{{fill:#c0c0f0;fill-opacity:.18;stroke:none}}.column{{fill:#2e8b57;fill-opacity:.08}}"
    )?;
    writeln!(
        out,
        "text{{fill:dimgray}}\n</style>\n<rect width=\"{w:.1}\" height=\"{h:.1}\" fill=\"white\"/>"
    )?;
    for fill in &page.fills {
        let [r, g, b] = fill.color;
        let Rect { x0, y0, .. } = fill.rect;
        let (w, h) = (fill.rect.width(), fill.rect.height());
        writeln!(
            out,
            r#"<rect x="{x0:.1}" y="{y0:.1}" width="{w:.1}" height="{h:.1}" fill="rgb({r},{g},{b})" fill-opacity=".35"/>"#
        )?;
    }
    for table in tables {
        bands(table, page.page, out)?;
    }
    for ruling in &page.rulings {
        let (x1, y1, x2, y2) = match ruling.axis {
            Axis::Horizontal => (ruling.from, ruling.at, ruling.to, ruling.at),
            Axis::Vertical => (ruling.at, ruling.from, ruling.at, ruling.to),
        };
        writeln!(out, r#"<line class="ruling" x1="{x1:.1}" y1="{y1:.1}" x2="{x2:.1}" y2="{y2:.1}"/>"#)?;
    }
    for line in &page.lines {
        for word in &line.words {
            let class = if line.furniture { "furniture" } else { "word" };
            letters(word, line.furniture, out)?;
            boxed(class, word.rect, &word.text, out)?;
        }
    }
    for word in &page.turned {
        boxed("word", word.rect, &word.text, out)?;
    }
    for table in tables {
        boxes(table, page.page, out)?;
    }
    let mut x = 8.0;
    for (_, color, meaning) in KINDS {
        let y = h + LEGEND - 12.0;
        writeln!(
            out,
            r#"<rect x="{x:.1}" y="{:.1}" width="8" height="8" fill="none" stroke="{color}"/><text x="{:.1}" y="{y:.1}" font-size="7" style="fill:{color}">{meaning}</text>"#,
            y - 7.0,
            x + 11.0
        )?;
        x += 18.0 + 4.0 * meaning.len() as f32;
    }
    writeln!(out, "</svg>")
}

/// The text of a word in its own box.
fn letters(word: &Word, pale: bool, out: &mut dyn Write) -> io::Result<()> {
    let (x, y, size) = (word.rect.x0, word.baseline, word.size);
    let width = word.rect.width().max(0.1);
    writeln!(
        out,
        r#"<text x="{x:.1}" y="{y:.1}" font-size="{size:.1}" textLength="{width:.1}" lengthAdjust="spacingAndGlyphs"{}{}>{}</text>"#,
        if word.bold { r#" font-weight="bold""# } else { "" },
        if pale { r#" opacity=".5""# } else { "" },
        markup(&word.text)
    )
}

fn boxed(class: &str, rect: Rect, title: &str, out: &mut dyn Write) -> io::Result<()> {
    let (x, y, w, h) = (rect.x0, rect.y0, rect.width(), rect.height());
    writeln!(
        out,
        r#"<rect class="{class}" x="{x:.1}" y="{y:.1}" width="{w:.1}" height="{h:.1}"><title>{class}: {}</title></rect>"#,
        markup(title)
    )
}

fn on(boxes: &[PageBox], page: u32) -> impl Iterator<Item = Rect> + '_ {
    boxes.iter().filter(move |b| b.page == page).map(|b| b.rect)
}

/// All that is printed of a row on a page.
fn printed(row: &Row, page: u32) -> Option<Rect> {
    let cells = row.cells.iter().flatten().filter(|c| c.place.page == page).map(|c| c.place.rect);
    Rect::union_all(on(&row.boxes, page).chain(on(&row.second_boxes, page)).chain(cells))
}

/// Rows and columns, under everything else.
fn bands(table: &Table, page: u32, out: &mut dyn Write) -> io::Result<()> {
    let Some(area) = Rect::union_all(on(&table.boxes, page)) else { return Ok(()) };
    for column in &table.columns {
        let head: Vec<&str> = column.pieces.iter().map(|p| p.0.text.as_str()).collect();
        let rect = Rect::new(column.xs.lo, area.y0, column.xs.hi, area.y1);
        boxed("column", rect, &head.join(" / "), out)?;
    }
    for row in &table.rows {
        if let Some(rect) = printed(row, page) {
            let rect = Rect::new(area.x0, rect.y0, area.x1, rect.y1);
            boxed("row", rect, &row.label.text, out)?;
        }
    }
    Ok(())
}

fn boxes(table: &Table, page: u32, out: &mut dyn Write) -> io::Result<()> {
    for area in on(&table.boxes, page) {
        boxed("table", area, table.title.as_deref().unwrap_or("without a title"), out)?;
    }
    for (piece, _) in table.columns.iter().flat_map(|c| &c.pieces).filter(|p| p.1 == page) {
        boxed("head", piece.rect, &piece.text, out)?;
    }
    for row in &table.rows {
        for rect in on(&row.boxes, page).chain(on(&row.second_boxes, page)) {
            boxed("label", rect, &row.label.text, out)?;
        }
        for cell in row.cells.iter().flatten().filter(|c| c.place.page == page) {
            boxed("cell", cell.place.rect, &cell.text, out)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Line;

    #[test]
    fn a_page_is_well_formed_whatever_it_says() {
        let word = Word::new("<script>&\u{1b}", Rect::new(10.0, 10.0, 50.0, 20.0), 18.0, 10.0);
        let page = Layout {
            page: 7,
            width: 200.0,
            height: 100.0,
            lines: vec![Line { words: vec![word], ..Line::default() }],
            ..Layout::default()
        };
        let table = Table {
            boxes: vec![PageBox { page: 7, rect: Rect::new(5.0, 5.0, 100.0, 50.0) }],
            title: Some("A \"title\" & <more>".to_owned()),
            ..Table::default()
        };
        let mut out = Vec::new();
        write(&page, &[table], &mut out).expect("a vector takes everything");
        let svg = String::from_utf8(out).expect("text");
        let document = roxmltree::Document::parse(&svg).expect("well-formed");
        let titles: Vec<&str> = document.descendants().filter_map(|n| n.text()).collect();
        assert!(titles.contains(&"table: A \"title\" & <more>"), "{titles:?}");
        assert!(titles.contains(&r"word: <script>&\u{1b}"), "{titles:?}");
    }
}
