//! [`Sheet`]s → JSON, CSV, Markdown or HTML.
//!
//! JSON: `[{"page":1,"bbox":[x0,y0,x1,y1],"cells":[{"row":0,"col":0,"rowspan":1,"colspan":1,"text":"…",
//! "bbox":[…]}]}]`, in points from the upper left corner of the page, null in a text. CSV: one row a cell, with the same
//! columns and the number of the table. Markdown cannot span: a cell that covers several is written in
//! the first of them. Refuses: a document's own markup; whatever a book prints is text here.

use std::borrow::Cow;
use std::io::{self, Write};

use super::escape::escape;
use super::{Format, json, unsupported};
use crate::geometry::Rect;
use crate::sheet::{Sheet, SheetCell};

/// Columns of the CSV.
pub const COLUMNS: [&str; 12] =
    ["page", "table", "row", "col", "rowspan", "colspan", "text", "x0", "y0", "x1", "y1", "head"];

/// Writes the tables of one document.
pub fn write(sheets: &[Sheet], format: Format, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(sheets, out),
        Format::Csv => csv(sheets, out),
        Format::Markdown => markdown(sheets, out),
        Format::Html => html(sheets, out),
        Format::Text | Format::Svg => Err(unsupported(format)),
    }
}

/// Rows above the first label: the head.
fn head(sheet: &Sheet) -> usize {
    sheet.cells.iter().filter(|c| c.col == 0).map(|c| c.row).min().unwrap_or(0)
}

fn csv(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().from_writer(out);
    writer.write_record(COLUMNS)?;
    for (number, sheet) in sheets.iter().enumerate() {
        let head = head(sheet);
        for cell in &sheet.cells {
            let count = |n: usize| n.to_string();
            let at = |edge: fn(Rect) -> f32| cell.bbox.map_or(String::new(), |r| format!("{:.1}", edge(r)));
            writer.write_record([
                sheet.page.to_string(),
                count(number + 1),
                count(cell.row),
                count(cell.col),
                count(cell.rowspan),
                count(cell.colspan),
                escape(&cell.text.replace('\n', " ")).into_owned(),
                at(|r| r.x0),
                at(|r| r.y0),
                at(|r| r.x1),
                at(|r| r.y1),
                (cell.row < head).to_string(),
            ])?;
        }
    }
    writer.flush()
}

fn markdown(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    for (number, sheet) in sheets.iter().enumerate() {
        let (rows, columns) = sheet.size();
        if number > 0 {
            writeln!(out)?;
        }
        writeln!(out, "<!-- page {} -->\n", sheet.page)?;
        let head = head(sheet);
        let mut grid = vec![vec![String::new(); columns]; rows];
        for cell in &sheet.cells {
            grid[cell.row][cell.col] = super::markdown::plain(&escape(&cell.text.replace('\n', " ")));
        }
        // Markdown knows one row of heads.
        let mut names = vec![String::new(); columns];
        for cell in sheet.cells.iter().filter(|c| c.row < head) {
            for name in &mut names[cell.col..cell.col + cell.colspan] {
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(&grid[cell.row][cell.col]);
            }
        }
        let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
        writeln!(out, "{}", line(&names))?;
        let rules: Vec<&str> = (0..columns).map(|c| if c == 0 { "---" } else { "---:" }).collect();
        writeln!(out, "| {} |", rules.join(" | "))?;
        for row in &grid[head..] {
            writeln!(out, "{}", line(row))?;
        }
    }
    Ok(())
}

fn html(sheets: &[Sheet], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>Tables</title>")?;
    writeln!(
        out,
        "<style>table{{border-collapse:collapse;margin:1em 0}}td,th{{border:1px solid gray;padding:.2em .5em;\
         text-align:right;vertical-align:top;white-space:pre-line}}td:first-child{{text-align:left}}</style>"
    )?;
    for sheet in sheets {
        let (rows, _) = sheet.size();
        let head = head(sheet);
        writeln!(out, "<table data-page=\"{}\"{}>", sheet.page, place(sheet.bbox))?;
        // Which places of the rows to come are covered by a cell above.
        let mut covered: Vec<Vec<(usize, usize)>> = vec![Vec::new(); rows];
        for row in 0..rows {
            write!(out, "<tr>")?;
            let mut next = 0;
            let cells: Vec<&SheetCell> = sheet.cells.iter().filter(|c| c.row == row).collect();
            for cell in &cells {
                fill(next, cell.col, &covered[row], out)?;
                next = cell.col + cell.colspan;
                let tag = if row < head { "th" } else { "td" };
                write!(out, "<{tag}")?;
                for (name, n) in [("rowspan", cell.rowspan), ("colspan", cell.colspan)] {
                    if n > 1 {
                        write!(out, " {name}=\"{n}\"")?;
                    }
                }
                write!(out, "{}>{}</{tag}>", place(cell.bbox), markup(&cell.text))?;
                for below in covered.iter_mut().take(row + cell.rowspan).skip(row + 1) {
                    below.push((cell.col, next));
                }
            }
            let (_, columns) = sheet.size();
            fill(next, columns, &covered[row], out)?;
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</table>")?;
    }
    Ok(())
}

/// Empty cells from one column up to another, where no cell from above reaches down.
fn fill(from: usize, to: usize, covered: &[(usize, usize)], out: &mut dyn Write) -> io::Result<()> {
    for column in from..to {
        if !covered.iter().any(|&(a, b)| (a..b).contains(&column)) {
            write!(out, "<td></td>")?;
        }
    }
    Ok(())
}

/// The attribute that says where something stands.
fn place(rect: Option<Rect>) -> String {
    let bbox = |r: Rect| format!(" data-bbox=\"{:.1} {:.1} {:.1} {:.1}\"", r.x0, r.y0, r.x1, r.y1);
    rect.map_or_else(String::new, bbox)
}

/// Text in which nothing is markup.
pub(super) fn markup(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '&' | '<' | '>' | '"') || c != '\n' && super::escape::is_dangerous(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            c if super::escape::is_dangerous(c) => out.push_str(&escape(c.encode_utf8(&mut [0; 4]))),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet() -> Sheet {
        let cell = |row, col, rowspan, colspan, text: &str| SheetCell {
            row,
            col,
            rowspan,
            colspan,
            text: text.to_owned(),
            bbox: Some(Rect::new(1.0, 2.0, 3.0, 4.0)),
        };
        Sheet {
            page: 3,
            bbox: Some(Rect::new(0.0, 0.0, 100.0, 50.0)),
            cells: vec![
                cell(0, 1, 1, 2, "Budget"),
                cell(0, 3, 2, 1, "Förändring\n%"),
                cell(1, 1, 1, 1, "2025"),
                cell(1, 2, 1, 1, "2026"),
                cell(2, 0, 1, 1, "<b>Intäkter</b> | \u{202e}x"),
                cell(2, 1, 1, 1, "1 000"),
                cell(2, 3, 1, 1, "5,0"),
            ],
        }
    }

    fn text(format: Format) -> String {
        let mut out = Vec::new();
        write(&[sheet()], format, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn markdown_repeats_spanning_heads() {
        assert_eq!(
            text(Format::Markdown),
            "<!-- page 3 -->\n\n|  | Budget 2025 | Budget 2026 | Förändring % |\n| --- | ---: | ---: | ---: |\n\
             | \\<b\\>Intäkter\\</b\\> \\| \\\\u{202e}x | 1 000 |  | 5,0 |\n"
        );
    }

    #[test]
    fn html_has_spans_and_no_markup_of_the_book() {
        let html = text(Format::Html);
        assert!(html.contains("<th colspan=\"2\" data-bbox=\"1.0 2.0 3.0 4.0\">Budget</th>"), "{html}");
        assert!(html.contains("<th rowspan=\"2\""), "{html}");
        assert!(html.contains(r"&lt;b&gt;Intäkter&lt;/b&gt; | \u{202e}x"), "{html}");
        let cells = |row: &str| row.matches("</td>").count() + row.matches("</th>").count();
        let rows: Vec<usize> = html.split("<tr>").skip(1).map(cells).collect();
        // The third head reaches down into the second row; the last row has an empty cell.
        assert_eq!(rows, [3, 3, 4], "{html}");
    }

    #[test]
    fn csv_has_one_row_a_cell() {
        let csv = text(Format::Csv);
        assert_eq!(csv.lines().count(), 8);
        assert_eq!(csv.lines().nth(2), Some("3,1,0,3,2,1,Förändring %,1.0,2.0,3.0,4.0,true"));
    }

    #[test]
    fn json_is_as_promised() {
        let json: serde_json::Value = serde_json::from_str(&text(Format::Json)).expect("JSON");
        assert_eq!(json[0]["bbox"], serde_json::json!([0.0, 0.0, 100.0, 50.0]));
        let cell = serde_json::json!({"row": 1, "col": 2, "rowspan": 1, "colspan": 1, "text": "2026",
            "bbox": [1.0, 2.0, 3.0, 4.0]});
        assert_eq!(json[0]["cells"][3], cell);
    }
}
