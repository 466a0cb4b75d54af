//! Small files written by hand, one for each thing that a tree may hold, and three real ones.

use std::cell::Cell;
use std::fmt::Write;
use std::sync::Arc;

use hayro_syntax::Pdf;

use super::walk::Limits;
use super::{RowGroup, TagTable, Tags};
use crate::pdf::Document;

/// A file of two pages, objects 3 and 4. Object 5 is the root of the tree, `more` begins at 6.
fn file(root: &str, more: &[&str]) -> Vec<u8> {
    let first = [
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>",
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 595 842]>>",
        "<</Type/Page/Parent 2 0 R>>",
        "<</Type/Page/Parent 2 0 R>>",
        root,
    ];
    let mut file = String::from("%PDF-1.7\n");
    let mut offsets = Vec::new();
    for (n, object) in (1..).zip(first.iter().chain(more)) {
        offsets.push(file.len());
        write!(file, "{n} 0 obj\n{object}\nendobj\n").unwrap();
    }
    let (xref, size) = (file.len(), offsets.len() + 1);
    write!(file, "xref\n0 {size}\n0000000000 65535 f \n").unwrap();
    for offset in offsets {
        writeln!(file, "{offset:010} 00000 n ").unwrap();
    }
    write!(file, "trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n").unwrap();
    file.into_bytes()
}

fn tags(root: &str, more: &[&str]) -> Tags {
    Document::open(file(root, more), None).unwrap().tags().clone()
}

fn within(limits: &Limits, root: &str, more: &[&str]) -> Tags {
    let data = Arc::new(file(root, more));
    Tags::read_within(limits, || Pdf::new(data.clone()).ok())
}

/// Tables in a line each: `page.number columns`, rows by their index, cells as
/// `(TH or TD)column xSpan ySpan :ids !incomplete "text"`.
fn show(tables: &[TagTable]) -> String {
    let mut out = String::new();
    for table in tables {
        write!(out, "{}.{} {}", table.page, table.number, table.columns).unwrap();
        for row in &table.rows {
            let group = match row.group {
                RowGroup::Unsaid => "",
                RowGroup::Head => "h",
                RowGroup::Body => "b",
                RowGroup::Foot => "f",
            };
            write!(out, " |{group}{}", row.index).unwrap();
            for cell in &row.cells {
                write!(out, " {}{}", if cell.head { "H" } else { "D" }, cell.column).unwrap();
                if cell.column_span != 1 {
                    write!(out, "x{}", cell.column_span).unwrap();
                }
                if cell.row_span != 1 {
                    write!(out, "y{}", cell.row_span).unwrap();
                }
                let ids: Vec<String> = cell.content.iter().map(u32::to_string).collect();
                write!(out, ":{}{}", ids.join("+"), if cell.incomplete { "!" } else { "" }).unwrap();
                if let Some(text) = &cell.actual_text {
                    write!(out, "{text:?}").unwrap();
                }
            }
        }
        out.push('\n');
    }
    out
}

/// A tree of this one kid, with tables on page 1.
fn one(kid: &str) -> String {
    show(tags(&format!("<</K{kid}>>"), &[]).on_page(1))
}

/// A table on page 1 with these rows or groups.
fn table(kids: &str) -> String {
    one(&format!("<</S/Table/Pg 3 0 R/K[{kids}]>>"))
}

/// A cell on page 1 with these entries.
fn cell(entries: &str) -> String {
    table(&format!("<</S/TR/K<</S/TD{entries}>>>>"))
}

#[test]
fn untagged_and_empty_files() {
    let bytes = file("<<>>", &[]);
    let text = String::from_utf8(bytes).unwrap().replace("/StructTreeRoot 5 0 R", "/Strange 12345 5 0 R");
    let document = Document::open(text.into_bytes(), None).unwrap();
    assert!(!document.info().tagged);
    assert_eq!(*document.tags(), Tags::default());
    for root in ["<<>>", "<</K[]>>", "<</K null>>", "<</K 99 0 R>>", "7", "null", "<</K(text)>>"] {
        let tags = tags(root, &[]);
        assert!(tags.is_empty() && !tags.truncated(), "{root}");
        assert_eq!(tags.on_page(1), []);
    }
}

#[test]
fn kids_in_every_form() {
    let whole = "1.1 2 |0 H0:0 H1:1 |1 D0:2 D1:3+4\n";
    // References; the kids of elements are an array, a dictionary, an integer, a reference to each.
    let more = [
        "<</Type/StructElem/S/Document/P 5 0 R/K 7 0 R>>",
        "[8 0 R]",
        "<</Type/StructElem/S/Table/P 6 0 R/Pg 3 0 R/K[9 0 R 10 0 R]>>",
        "<</Type/StructElem/S/TR/P 8 0 R/K[11 0 R<</S/TH/K 1>>]>>",
        "<</Type/StructElem/S/TR/P 8 0 R/K[<</S/TD/K[2]>>12 0 R]>>",
        "<</Type/StructElem/S/TH/P 9 0 R/K 0>>",
        "<</Type/StructElem/S/TD/P 10 0 R/K[<</Type/MCR/MCID 3>>13 0 R]>>",
        "4",
    ];
    for root in ["<</K 6 0 R>>", "<</K[6 0 R]>>", "<</K[[6 0 R]]>>"] {
        assert_eq!(show(tags(root, &more).on_page(1)), whole, "{root}");
    }
    let rows = "<</S/TR/K[<</S/TH/K 0>><</S/TH/K<</MCID 1>>>>]>><</S/TR/K[<</S/TD/K[2]>><</S/TD/K[3 4]>>]>>";
    assert_eq!(table(rows), whole);
    // Annotations are no text, and neither is what no file should hold there.
    assert_eq!(cell("/K[<</Type/OBJR/Obj 3 0 R>>true null(x)/N 5]"), "1.1 1 |0 D0:5\n");
    assert_eq!(cell("/K[-1 0 1]"), "1.1 1 |0 D0:0+1!\n");
}

#[test]
fn pages_of_content() {
    let row = |kids: &str| format!("<</S/TR/K[{kids}]>>");
    let rows = [
        row("<</S/TD/K 0>><</S/TD/Pg 4 0 R/K 0>>"),
        row("<</S/TD/Pg 4 0 R/K[1<</S/P/K 2>><</S/P/Pg 3 0 R/K 1>>]>>"),
        row("<</S/TD/K<</Type/MCR/Pg 4 0 R/MCID 9>>>>"),
        // A page that is none is not the page around it.
        row("<</S/TD/Pg 5 0 R/K 7>>"),
    ];
    let tags = tags(&format!("<</K<</S/Table/Pg 3 0 R/K[{}]>>>>", rows.concat()), &[]);
    assert_eq!(show(tags.on_page(1)), "1.1 2 |0 D0:0 D1: |1 D0:1\n");
    assert_eq!(show(tags.on_page(2)), "2.1 2 |0 D0: D1:0 |1 D0:1+2 |2 D0:9 |3 D0:!\n");
    assert_eq!(show(tags.on_page(3)), "");
    assert_eq!(cell("/Pg 99 0 R/K 0"), "");
    assert_eq!(one("<</S/Table/K<</S/TR/K<</S/TD/K 0>>>>>>"), "", "nothing says the page");
}

#[test]
fn tables_of_a_page_in_reading_order() {
    let table = |page, id| format!("<</S/Table/Pg {page} 0 R/K<</S/TR/K<</S/TD/K {id}>>>>>>");
    let kids = [table(4, 5), table(3, 1), table(4, 2)].concat();
    let tags = tags(&format!("<</K[{kids}]>>"), &[]);
    assert_eq!(show(tags.on_page(1)), "1.2 1 |0 D0:1\n");
    assert_eq!(show(tags.on_page(2)), "2.1 1 |0 D0:5\n2.3 1 |0 D0:2\n");
}

#[test]
fn content_of_forms_is_not_that_of_the_page() {
    let cell =
        "<</S/TD/K[0<</Type/MCR/Pg 4 0 R/Stm 9 0 R/MCID 1>><</Type/MCR/Pg 4 0 R/StmOwn 9 0 R/MCID 2>>]>>";
    let tags = tags(&format!("<</K<</S/Table/Pg 4 0 R/K<</S/TR/K{cell}>>>>>>"), &[]);
    assert_eq!(show(tags.on_page(2)), "2.1 1 |0 D0:0+2!\n");
    assert!(tags.has_forms(2) && !tags.has_forms(1));
}

#[test]
fn roles() {
    let tree = |roles: &str| {
        let kid = "<</S/Tabell/Pg 3 0 R/K<</S/Rad/K[<</S/Huvud/K 0>><</S/TD/K 1>>]>>>>";
        show(tags(&format!("<</RoleMap<<{roles}>>/K{kid}>>"), &[]).on_page(1))
    };
    let whole = "1.1 2 |0 H0:0 D1:1\n";
    assert_eq!(tree("/Tabell/Table/Rad/TR/Huvud/TH"), whole);
    assert_eq!(tree("/Tabell/T1/T1/T2/T2/Table/Rad/TR/Huvud/TH/TD/TD"), whole, "chains and itself");
    assert_eq!(
        tree("/Tabell/Table/Rad/TR/Huvud/TH/TD/P"),
        "1.1 1 |0 H0:0\n",
        "a standard name means another"
    );
    assert_eq!(tree("/Tabell/T1/T1/Tabell/Rad/TR"), "", "circles");
    assert_eq!(tree("/Tabell/Table/Rad/TR/Huvud/X/X/Y/Y/X/TD/Z/Z/TD"), "1.1 1 |0 D0:1\n", "circles");
    assert_eq!(tree("/Tabell 7/Rad(TR)"), "");
    let long: String = (0..99).map(|i| format!("/N{i}/N{}", i + 1)).collect();
    assert_eq!(tree(&format!("/Tabell/N0/N99/Table/Rad/TR/Huvud/TH{long}")), "", "too long a chain");
}

#[test]
fn groups_captions_and_what_stands_in_cells() {
    let row = |id: u32| format!("<</S/TR/K<</S/TD/K {id}>>>>");
    let kids = format!(
        "<</S/Caption/K[90<</S/P/K 91>>]>><</S/THead/K{}>><</S/TBody/K[{}{}]>><</S/TFoot/K[{}]>>{}",
        row(0),
        row(1),
        row(2),
        row(3),
        row(4)
    );
    assert_eq!(table(&kids), "1.1 1 |h0 D0:0 |b1 D0:1 |b2 D0:2 |f3 D0:3 |4 D0:4\n");
    let inner = "/K[1<</S/P/K[2<</S/Span/K 3>>]>><</S/L/K<</S/LI/K[<</S/Lbl/K 4>><</S/LBody/K<</S/P/K 5>>>>]>>>>\
                 <</K 6>><</S/Figure/Alt(x)/K<</S/Caption/K 7>>>>]";
    assert_eq!(cell(inner), "1.1 1 |0 D0:1+2+3+4+5+6+7\n");
    // Wrappers between the levels.
    let wrapped = "<</S/NonStruct/K<</S/TR/K<</S/Div/K[<</S/TD/K 0>><</S/TD/K 1>>]>>>>>>";
    assert_eq!(table(wrapped), "1.1 2 |0 D0:0 D1:1\n");
}

#[test]
fn a_table_in_a_cell_is_one_of_its_own() {
    let inner = "<</S/Table/K[<</S/Caption/K 8>><</S/TR/K[<</S/TD/K 1>><</S/TD/ActualText(i)/K 2>>]>>]>>";
    let outer = format!("<</S/TR/K[<</S/TD/K[0<</S/Div/K{inner}>>3]>><</S/TD/K 4>>]>>");
    assert_eq!(table(&outer), "1.1 2 |0 D0:0+3 D1:4\n1.2 2 |0 D0:1 D1:2\"i\"\n");
    // Between rows, too.
    let outer = format!("<</S/TR/K<</S/TD/K 0>>>>{inner}<</S/TR/K<</S/TD/K 5>>>>");
    assert_eq!(table(&outer), "1.1 1 |0 D0:0 |1 D0:5\n1.2 2 |0 D0:1 D1:2\"i\"\n");
}

#[test]
fn what_is_in_no_row_is_not_guessed_at() {
    assert_eq!(table("<</S/TD/K 0>><</S/TD/K 1>>"), "");
    assert_eq!(one("<</S/TR/Pg 3 0 R/K<</S/TD/K 0>>>>"), "", "a row in no table");
    assert_eq!(table("0 1<</S/P/K 2>>"), "");
    assert_eq!(table("<</S/TR/K[0<</S/TD/K 1>>2]>>"), "1.1 1 |0 D0:1\n", "content in no cell");
    // Rows and cells within cells, without a table, are part of the cell.
    assert_eq!(cell("/K<</S/TR/K[<</S/TD/K 0>><</S/THead/K 1>>]>>"), "1.1 1 |0 D0:0+1\n");
    // Rows within rows, as some converters write them.
    let rows = "<</S/TR/K[<</S/TR/K<</S/TD/K 0>>>><</S/TR/K<</S/TD/K 1>>>>]>><</S/TR/K<</S/TD/K 2>>>>";
    assert_eq!(table(rows), "1.1 1 |0 D0:0 |1 D0:1 |2 D0:2\n");
}

#[test]
fn empty_rows_and_cells_keep_their_place() {
    let empty = "<</S/TR/K<</S/TD>>>>";
    let kids = format!(
        "{empty}<</S/TR/K[<</S/TD>><</S/TD/K 0>>]>><</S/TR/K[]>>{empty}<</S/TR/K[<</S/TD/K[]>><</S/TD/K 1>>]>>"
    );
    assert_eq!(table(&kids), "1.1 2 |0 D0: |1 D0: D1:0 |3 D0: |4 D0: D1:1\n");
    assert_eq!(table(empty), "", "a table without content stands nowhere");
}

#[test]
fn attributes_in_every_form() {
    let spans = |entries: &str, more: &[&str]| {
        let cells = format!("<</S/TD/K 0{entries}>><</S/TD/K 1>>");
        let root = format!(
            "<</K<</S/Table/Pg 3 0 R/K[<</S/TR/K[{cells}]>><</S/TR/K<</S/TD/K 2>>>>]>>\
             /ClassMap<</wide<</O/Table/ColSpan 3>>/tall[<</O/Layout/RowSpan 9>><</O/Table/RowSpan 2>>]>>>>"
        );
        let tags = tags(&root, more);
        let cell = &tags.on_page(1)[0].rows[0].cells[0];
        (cell.row_span, cell.column_span)
    };
    assert_eq!(spans("", &[]), (1, 1));
    assert_eq!(spans("/A<</O/Table/ColSpan 2/RowSpan 2>>", &[]), (2, 2));
    assert_eq!(
        spans("/A[<</O/Table/RowSpan 2>>0<</O/Layout/ColSpan 3>>1<</O/Table/ColSpan 4>>]", &[]),
        (2, 4)
    );
    assert_eq!(spans("/A[<</O/Table/ColSpan 2>><</O/Table/ColSpan 3>>]", &[]), (1, 3), "the last one counts");
    assert_eq!(spans("/A 6 0 R", &["<</O/Table/ColSpan 2>>"]), (1, 2));
    assert_eq!(spans("/A 6 0 R", &["[0 7 0 R]", "<</O/Table/ColSpan 2>>"]), (1, 2));
    assert_eq!(spans("/A 6 0 R", &["<</O/Table/ColSpan 2/Length 1>>stream\nx\nendstream"]), (1, 2));
    assert_eq!(spans("/C/wide", &[]), (1, 3));
    assert_eq!(spans("/C[/wide 0/tall 1/none]", &[]), (2, 3));
    assert_eq!(spans("/C/wide/A<</O/Table/ColSpan 2>>", &[]), (1, 2), "its own takes precedence");
    assert_eq!(spans("/A<</O/CSS-2.00/ColSpan 2>>", &[]), (1, 1));
    assert_eq!(spans("/A<</ColSpan 2>>/C 7", &[]), (1, 1));
    assert_eq!(spans("/A<</O/Table/ColSpan 0/RowSpan -3>>", &[]), (1, 1));
    assert_eq!(spans("/A<</O/Table/ColSpan(2)/RowSpan null>>", &[]), (1, 1));
    assert_eq!(spans("/A<</O/Table/ColSpan 1000000000/RowSpan 1000000000>>", &[]), (2, 1));
    assert_eq!(spans("/A<</O/Table/ColSpan 99999999999999999999999/RowSpan 2.0>>", &[]), (2, 1));
}

#[test]
fn spans_are_laid_out() {
    let cell = |kind: &str, rows: u32, columns: u32, id: u32| {
        format!("<</S/{kind}/K {id}/A<</O/Table/RowSpan {rows}/ColSpan {columns}>>>>")
    };
    let row = |cells: &[String]| format!("<</S/TR/K[{}]>>", cells.concat());
    let head = [
        row(&[cell("TH", 2, 1, 0), cell("TH", 1, 2, 1), cell("TH", 2, 1, 2)]),
        row(&[cell("TH", 1, 1, 3), cell("TH", 1, 1, 4)]),
    ];
    let body = [row(&[cell("TD", 9, 1, 5), cell("TD", 1, 3, 6)]), row(&[cell("TD", 1, 1, 7)])];
    let rows = [head.concat(), body.concat()].concat();
    assert_eq!(
        table(&rows),
        "1.1 4 |0 H0y2:0 H1x2:1 H3y2:2 |1 H1:3 H2:4 |2 D0y2:5 D1x3:6 |3 D1:7\n",
        "a span ends with the table"
    );
    // A span ends with its group.
    let long = row(&[cell("TH", 7, 1, 0), cell("TH", 1, 1, 1)]);
    let after = row(&[cell("TD", 1, 1, 2)]);
    assert_eq!(
        table(&format!("<</S/THead/K[{long}{after}]>><</S/TBody/K{after}>>")),
        "1.1 2 |h0 H0y2:0 H1:1 |h1 D1:2 |b2 D0:2\n"
    );
    // An empty row counts; cells that overlap keep their columns.
    let rows = [row(&[cell("TD", 3, 1, 0), cell("TD", 1, 1, 1)]), row(&[]), after.clone()].concat();
    assert_eq!(table(&rows), "1.1 2 |0 D0y3:0 D1:1 |2 D1:2\n");
    let rows =
        [row(&[cell("TD", 1, 1, 0), cell("TD", 2, 1, 1)]), row(&[cell("TD", 1, 2, 2), cell("TD", 1, 1, 3)])];
    assert_eq!(table(&rows.concat()), "1.1 3 |0 D0:0 D1y2:1 |1 D0x2:2 D2:3\n");
}

#[test]
fn cells_stand_under_the_heads_they_name() {
    let named = |kind: &str, id: u32, columns: u32, entries: &str| {
        format!("<</S/{kind}/K {id}/ID(n{id})/A<</O/Table/ColSpan {columns}{entries}>>>>")
    };
    let row = |cells: &[String]| format!("<</S/TR/K[{}]>>", cells.concat());
    let head = |id| named("TH", id, 1, "/Scope/Column");
    let under = |id, head: &str| named("TD", id, 1, &format!("/Headers[{head}]"));
    let heads = row(&[head(0), head(1), head(2), head(3)]);
    let shown = "1.1 4 |0 H0:0 H1:1 H2:2 H3:3 ";
    let after = |cells: &[String]| {
        let shown_all = table(&format!("{heads}{}", row(cells)));
        shown_all.strip_prefix(shown).map(str::to_owned).unwrap()
    };
    assert_eq!(after(&[under(4, "(n0)"), under(5, "(n2)"), under(6, "(n3)")]), "|1 D0:4 D2:5 D3:6\n");
    assert_eq!(after(&[under(4, "(n1)(n9)"), under(5, ""), under(6, "<6E33>")]), "|1 D1:4 D2:5 D3:6\n");
    // Never to the left, never under a head in the same row; a wide cell as far to the left as
    // its head allows.
    assert_eq!(after(&[under(4, "(n0)"), under(5, "(n0)")]), "|1 D0:4 D1:5\n");
    assert_eq!(after(&[named("TD", 4, 2, "/Headers[(n3)]")]), "|1 D2x2:4\n");
    let wide = named("TD", 4, 3, "/Headers[(n1)(n2)]");
    assert_eq!(after(&[wide, under(5, "(n3)")]), "|1 D0x3:4 D3:5\n", "the first column has no head");
    let wide = named("TD", 5, 2, "/Headers[(n2)(n3)]");
    assert_eq!(after(&[under(4, "(n0)"), wide]), "|1 D0:4 D2x2:5\n");
    let own = [under(4, ""), named("TH", 5, 1, "/Scope/Column"), under(6, "(n5)")];
    assert_eq!(after(&own), "|1 D0:4 H1:5 D2:6\n");
    // The head of a row says nothing of columns.
    let first = row(&[named("TD", 8, 1, ""), named("TH", 9, 1, "/Scope/Row")]);
    assert_eq!(table(&format!("{first}{}", row(&[under(4, "(n9)")]))), "1.1 2 |0 D0:8 H1:9 |1 D0:4\n");
    // How full rows are, with what reaches into them.
    let kids = [
        row(&[named("TD", 0, 2, "/RowSpan 2"), named("TD", 1, 1, "")]),
        row(&[]),
        row(&[named("TD", 2, 1, "")]),
        row(&[named("TD", 3, 1, "/RowSpan 2"), named("TD", 4, 2, "")]),
        row(&[named("TD", 5, 1, "")]),
    ];
    let tags = tags(&format!("<</K<</S/Table/Pg 3 0 R/K[{}]>>>>", kids.concat()), &[]);
    let filled: Vec<u16> = tags.on_page(1)[0].rows.iter().map(|r| r.filled).collect();
    assert_eq!(filled, [3, 1, 3, 2]);
}

#[test]
fn a_span_over_the_end_of_a_page() {
    let rows = "<</S/TR/K[<</S/TD/K 0/A<</O/Table/RowSpan 2>>>><</S/TD/K 1>>]>>\
                <</S/TR/Pg 4 0 R/K<</S/TD/K 0>>>><</S/TR/Pg 4 0 R/K<</S/TD/K 1>>>>";
    let tags = tags(&format!("<</K<</S/Table/Pg 3 0 R/K[{rows}]>>>>"), &[]);
    assert_eq!(show(tags.on_page(1)), "1.1 2 |0 D0y2:0 D1:1\n");
    assert_eq!(show(tags.on_page(2)), "2.1 2 |1 D1:0 |2 D0:1\n");
}

#[test]
fn actual_text() {
    let text = |entries: &str| {
        let tags = tags(&format!("<</K<</S/Table/Pg 3 0 R/K<</S/TR/K<</S/TD{entries}>>>>>>>>"), &[]);
        tags.on_page(1)[0].rows[0].cells[0].actual_text.as_deref().map(str::to_owned)
    };
    assert_eq!(text("/K 0"), None);
    assert_eq!(text("/ActualText(\\2121 234)/K[0<</S/P/K 1>>]").as_deref(), Some("−1 234"));
    assert_eq!(text("/ActualText<FEFF22120031>/K<</S/Span/ActualText(x)/K 0>>").as_deref(), Some("−1"));
    assert_eq!(text("/ActualText()/K 0").as_deref(), Some(""));
    assert_eq!(text("/K<</S/P/K<</S/Span/ActualText(1)/K[0 1]>>>>").as_deref(), Some("1"));
    let span = |text: &str| format!("<</S/Span/ActualText({text})/K 0>>");
    let two = [span("1"), span("234")].concat();
    assert_eq!(text(&format!("/K[{two}]")).as_deref(), Some("1234"), "spans side by side");
    // All that might hide a gap or leave something out.
    assert_eq!(text(&format!("/K[0{two}]")), None);
    assert_eq!(text(&format!("/K[{two}1]")), None);
    assert_eq!(text(&format!("/K[{}<</S/P/K{}>>]", span("1"), span("2"))), None);
    assert_eq!(text(&format!("/K[<</S/P/K{}>>{}]", span("1"), span("2"))), None);
    assert_eq!(text(&format!("/K[<</S/P/K{}>><</S/P/K{}>>]", span("1"), span("2"))), None);
    assert_eq!(text("/K[<</S/P/ActualText(1)/K 0>><</S/P/ActualText(2)/K 1>>]"), None);
    assert_eq!(text(&format!("/K[{}<</MCID 1/Stm 9 0 R>>]", span("1"))), None);
    assert_eq!(text(&format!("/ActualText({})/K 0", "x".repeat(5000))), None);
    assert_eq!(text("/ActualText/Name/K 0"), None);
    // A text cannot be parted between pages.
    let row = "<</S/TR/K[<</S/TD/ActualText(a)/K[0<</MCID 1/Pg 4 0 R>>]>><</S/TD/ActualText(b)/K 2>>]>>";
    let tags = tags(&format!("<</K<</S/Table/Pg 3 0 R/K{row}>>>>"), &[]);
    assert_eq!(show(tags.on_page(1)), "1.1 2 |0 D0:0 D1:2\"b\"\n");
    assert_eq!(show(tags.on_page(2)), "2.1 2 |0 D0:1 D1:\n");
}

#[test]
fn circles_end() {
    let more = [
        "<</S/Table/Pg 3 0 R/K[7 0 R 6 0 R 7 0 R 5 0 R]>>",
        "<</S/TR/K[8 0 R 6 0 R 7 0 R 9 0 R]>>",
        "<</S/TD/K[0 8 0 R 5 0 R 6 0 R]>>",
        "[9 0 R 9 0 R 10 0 R 8 0 R]",
        "10 0 R",
    ];
    let tags = tags("<</K[6 0 R 6 0 R 5 0 R]>>", &more);
    assert_eq!(show(tags.on_page(1)), "1.1 1 |0 D0:0\n");
    assert!(!tags.truncated());
}

#[test]
fn depth_is_bounded() {
    let limits = Limits { depth: 20, ..Limits::default() };
    let nested = |n: usize| {
        let deep = format!("{}7{}", "<</S/P/K ".repeat(n), ">>".repeat(n));
        let kid = format!("<</S/Table/Pg 3 0 R/K<</S/TR/K<</S/TD/K[0{deep}]>>>>>>");
        within(&limits, &format!("<</K{kid}>>"), &[])
    };
    assert_eq!(show(nested(16).on_page(1)), "1.1 1 |0 D0:0+7\n");
    assert_eq!(show(nested(17).on_page(1)), "1.1 1 |0 D0:0!\n");
    assert!(nested(17).truncated() && !nested(16).truncated());
    // Deeper than any stack of calls, by references and by arrays.
    let more: Vec<String> = (7..60_000).map(|n| format!("<</S/Sect/K {n} 0 R>>")).collect();
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    assert!(tags("<</K 6 0 R>>", &more).truncated());
    let deep = format!("<</K{}0{}>>", "[".repeat(50_000), "]".repeat(50_000));
    assert!(tags(&deep, &[]).is_empty());
}

#[test]
fn size_is_bounded() {
    let first = "<</S/Table/Pg 3 0 R/K<</S/TR/K<</S/TD/K 0>>>>>>";
    let row = "<</S/TR/K[<</S/TD/K 1>><</S/TD/K 2>>]>>";
    let root = format!("<</K[{first}<</S/Table/Pg 3 0 R/K[{}]>>]>>", row.repeat(100));
    let whole = within(&Limits::default(), &root, &[]);
    assert_eq!((whole.on_page(1).len(), whole.truncated()), (2, false));
    for limits in [
        Limits { kids: 300, ..Limits::default() },
        Limits { kept: 300, ..Limits::default() },
        Limits { bytes: 8000, ..Limits::default() },
    ] {
        let cut = within(&limits, &root, &[]);
        assert_eq!(show(cut.on_page(1)), "1.1 1 |0 D0:0\n", "a table that was cut is left out");
        assert!(cut.truncated());
    }
    // Many kids, none of them kept.
    let many = format!("<</K<</S/P/Pg 3 0 R/K[{}]>>>>", "0 ".repeat(300_000));
    let tags = tags(&many, &[]);
    assert!(tags.is_empty() && !tags.truncated());
}

#[test]
fn object_streams_are_let_go_now_and_then() {
    let row = |n: u32| {
        format!("<</S/TR/K[<</S/TD/K {n}>>{}]>>", "<</S/TD/K<</S/P/ActualText(x)/K[8 9]>>>>".repeat(2))
    };
    // The rows of a table, by a reference to an array of references; then a paragraph.
    let mut objects = vec![
        "<</K[6 0 R 8 0 R]/RoleMap<</T/Table>>>>".to_owned(),
        "<</S/T/Pg 3 0 R/K 7 0 R>>".to_owned(),
        "[9 0 R 10 0 R 11 0 R]".to_owned(),
        "<</S/P/Pg 3 0 R/K 0>>".to_owned(),
    ];
    objects.extend([row(0), row(1), row(2)]);
    let (mut index, mut body) = (String::new(), String::new());
    for (n, object) in (5..).zip(&objects) {
        write!(index, "{n} {} ", body.len()).unwrap();
        body += object;
        body += "\n";
    }
    let head = format!(
        "<</Type/ObjStm/N {}/First {}/Length {}>>",
        objects.len(),
        index.len(),
        index.len() + body.len()
    );
    let data = format!(
        "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/StructTreeRoot 5 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n3 0 obj\n<</Type/Page/Parent 2 0 R>>\nendobj\n\
         4 0 obj\n{head}\nstream\n{index}{body}\nendstream\nendobj\ntrailer<</Root 1 0 R>>\n"
    );
    let data = Arc::new(data.into_bytes());
    let read = |limits: &Limits| {
        let openings = Cell::new(0);
        let tags = Tags::read_within(limits, || {
            openings.set(openings.get() + 1);
            Pdf::new(data.clone()).ok()
        });
        (tags, openings.get())
    };
    let (whole, openings) = read(&Limits::default());
    let shown = "1.1 3 |0 D0:0 D1:8+9\"x\" D2:8+9\"x\" |1 D0:1 D1:8+9\"x\" D2:8+9\"x\" |2 D0:2 D1:8+9\"x\" D2:8+9\"x\"\n";
    assert_eq!((show(whole.on_page(1)).as_str(), openings), (shown, 1));
    let (pieces, openings) = read(&Limits { unpacked: 0, ..Limits::default() });
    assert_eq!(pieces, whole);
    assert_eq!(openings, 8, "after each object");
    // A file that cannot be opened again.
    let once = Cell::new(Pdf::new(data.clone()).ok());
    let cut = Tags::read_within(&Limits { unpacked: 0, ..Limits::default() }, || once.take());
    assert!(cut.is_empty() && cut.truncated());
}

#[test]
fn width_is_bounded() {
    let wide = |n: usize| format!("<</S/TR/K[{}]>>", "<</S/TD/K 0>>".repeat(n));
    assert!(table(&wide(1000)).starts_with("1.1 1000 |0 D0:0 D1:0 "));
    assert_eq!(table(&wide(1001)), "");
    let spans = "<</S/TD/K 0/A<</O/Table/ColSpan 900/RowSpan 60000>>>>".repeat(2);
    assert_eq!(table(&format!("<</S/TR/K[{spans}]>>{}", wide(3))), "");
}

#[test]
fn a_head_on_every_page_and_a_file_without_a_table_of_objects() {
    let pages = 12;
    let kids: String = (3..pages + 3).map(|n| format!("{n} 0 R ")).collect();
    let ids: String = (3..pages + 3).map(|n| format!("<</MCID {n}/Pg {n} 0 R>>")).collect();
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R/StructTreeRoot 15 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {pages}>>"),
    ];
    objects.extend((0..pages).map(|_| "<</Type/Page/Parent 2 0 R>>".to_owned()));
    let head = |cells: usize| format!("<</S/TR/K[{}]>>", format!("<</S/TH/K[{ids}]>>").repeat(cells));
    let row = "<</S/TR/Pg 5 0 R/K<</S/TD/K 0>>>>";
    objects.push(format!("<</K<</S/Table/K[{}{row}]>>>>", head(2)));
    let body: String = (1..).zip(&objects).map(|(n, o)| format!("{n} 0 obj\n{o}\nendobj\n")).collect();
    let bytes = format!("%PDF-1.7\n{body}trailer<</Root 1 0 R>>\n").into_bytes();
    let document = Document::open(bytes, None).unwrap();
    let tags = document.tags();
    assert_eq!(show(tags.on_page(1)), "1.1 2 |0 H0:3 H1:3\n");
    assert_eq!(show(tags.on_page(3)), "3.1 2 |0 H0:5 H1:5 |1 D0:0\n");
    assert_eq!(show(tags.on_page(12)), "12.1 2 |0 H0:14 H1:14\n");
}

/// Number, columns and rows of the tables of a page.
fn sizes(tags: &Tags, page: u32) -> Vec<(u32, u16, usize)> {
    tags.on_page(page).iter().map(|t| (t.number, t.columns, t.rows.len())).collect()
}

#[test]
fn a_book_of_typst() {
    let bytes = include_bytes!("../../../samples/budgetbok-typst.pdf");
    let document = Document::open(bytes.to_vec(), None).unwrap();
    let tags = document.tags();
    // The last row of the second table stands on the second page, under a repeated head.
    assert_eq!(sizes(tags, 1), [(1, 6, 14), (2, 6, 13)]);
    assert_eq!(sizes(tags, 2), [(2, 6, 1), (3, 6, 14), (4, 6, 6)]);
    let head: Vec<(u16, u32, u16)> =
        tags.on_page(1)[0].rows[0].cells.iter().map(|c| (c.column, c.row_span, c.column_span)).collect();
    assert_eq!(head, [(0, 2, 1), (1, 2, 1), (2, 2, 1), (3, 2, 1), (4, 1, 2)]);
    assert_eq!(tags.on_page(2)[0].rows[0].index, 13);
    // The ids are those of the glyphs.
    let mut said = Vec::new();
    document
        .read(
            |_| {},
            |page| {
                let row = tags.on_page(page.number)[0].rows.last().unwrap();
                said.push(row.cells.iter().map(|c| words(&page, &c.content)).collect::<Vec<_>>());
                Ok(())
            },
        )
        .unwrap();
    assert_eq!(said[0].len(), 6);
    assert_eq!(said[1][0], "Verksamhetsbidrag");
    assert_eq!(said[1][5].replace(char::is_whitespace, ""), "−22816600");
}

fn words(page: &crate::pdf::Page, ids: &[u32]) -> String {
    let of_cell = page.glyphs.iter().filter(|g| g.mcid.is_some_and(|id| ids.contains(&id)));
    of_cell
        .filter_map(|g| match &g.text {
            crate::pdf::GlyphText::Char(c) => Some(*c),
            _ => None,
        })
        .collect()
}

#[test]
fn two_languages_of_typst() {
    let bytes = include_bytes!("../../../samples/kaksikielinen-typst.pdf");
    let document = Document::open(bytes.to_vec(), None).unwrap();
    assert_eq!(sizes(document.tags(), 1), [(1, 6, 13), (2, 6, 13)]);
}

#[test]
fn a_web_page_of_chromium() {
    let bytes = include_bytes!("../../../samples/driftsekonomi-chromium.pdf");
    let document = Document::open(bytes.to_vec(), None).unwrap();
    // Units of four rows, ten, eleven and five of them, each time under the head.
    assert_eq!(sizes(document.tags(), 1), [(1, 6, 41)]);
    assert_eq!(sizes(document.tags(), 2), [(1, 6, 45)]);
    assert_eq!(sizes(document.tags(), 3), [(1, 6, 21)]);
    let index =
        |page: u32| document.tags().on_page(page)[0].rows.iter().map(|r| r.index).take(2).collect::<Vec<_>>();
    assert_eq!([index(1), index(2), index(3)], [[0, 1], [0, 41], [0, 85]]);
    let rows = &document.tags().on_page(1)[0].rows;
    assert!(rows[0].cells.len() == 6 && rows[0].cells.iter().all(|c| c.head));
    assert!(rows[1].cells.len() == 1 && rows[1].cells[0].column_span == 6);
    // The last cell of this row is empty, and Chromium leaves out what is empty.
    assert_eq!((rows[2].cells.len(), rows[3].cells.len()), (5, 6));
}
