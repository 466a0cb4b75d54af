//! One small report through every format.

use serde_json::{Value, json};

use super::{Format, View, write};
use crate::report::Report;

fn fact(row: u32, column: u32, value: Value, extra: Value) -> Value {
    let mut fact = json!({
        "page": 3, "table": "t1", "row": row, "column": column, "municipality": "434",
        "entity_path": ["Lovisa", "Stadskansliet"], "entity_level": 2, "book_year": 2026,
        "statement": "operating", "section": null, "row_label": "=1+1|\u{1b}[31m", "label_fi": null,
        "code": null, "qualifier": null, "column_label": "BUDGET 2026", "row_kind": "detail",
        "concept": null, "concept_sv": null, "concept_fi": null, "concept_en": null,
        "match_kind": "none", "match_score": null, "phase": "budget", "year": 2026, "value": value,
        "value_signed": value, "printed": "x", "unit": "EUR", "unit_scale": 1000,
        "value_state": "number", "value_box": {"page": 3, "rect": [1.04, 2.0, 3.0, 4.0]},
        "label_boxes": [{"page": 3, "rect": [0, 0, 1, 1]}, {"page": 3, "rect": [0, 1, 1, 2]}],
        "head_boxes": [], "repairs": ["label_joined"], "candidates": [], "confidence": 0.9,
        "status": "sure", "doubt": [], "check": "not_checkable", "year_consistent": null,
        "reprint_of": null
    });
    for (key, value) in extra.as_object().expect("an object") {
        fact[key] = value.clone();
    }
    fact
}

fn report() -> Report {
    let column = |label: &str, phase: &str, year: Value| json!({"label": label, "phase": phase, "year": year, "year_printed": true, "unit": null, "boxes": []});
    let row = |label: &str, kind: &str, level: u32| {
        json!({"lines": [label], "label": label, "label_fi": null, "section": null, "qualifier": null,
               "language": null, "code": null, "level": level, "kind": kind, "unit": null,
               "concept": null, "match_kind": "none", "match_score": null, "boxes": []})
    };
    serde_json::from_value(json!({
        "schema": "taltolk/1",
        "document": {
            "path": "a,b.pdf", "size": 1, "blake3": "ab", "duplicates": [], "outcome": "ok", "pages": [],
            "producer": null, "created": null, "title": null, "languages": ["sv"], "encrypted": false,
            "tagged": false, "municipality": null, "book_year": 2026, "options_hash": "h"
        },
        "error": null,
        "warnings": [],
        "tables": [{
            "id": "t1", "boxes": [{"page": 3, "rect": [0, 0, 9, 9]}], "title": "Drift\u{202e}", "section_path": [],
            "entity_path": ["Lovisa"], "statement": "operating", "unit_scale": 1000, "currency": "EUR",
            "sign_convention": "unknown", "evidence": [], "disagreements": [],
            "columns": [column("BUDGET 2026", "budget", json!(2026)), column("Förändr.", "share", json!(null))],
            "rows": [row("Intäkter *", "heading", 0), row("Försäljning", "detail", 1), row("Summa", "total", 0)]
        }],
        "facts": [
            fact(2, 1, json!("1234500.0"), json!({"status": "doubtful", "doubt": ["a", "b"], "candidates": ["1", "2.50"]})),
            fact(2, 2, json!("-5.4"), json!({"unit": "percent", "unit_scale": 1, "phase": "share", "year": null})),
            fact(3, 1, json!("-0.0"), json!({"check": "failed"})),
            fact(3, 2, json!(null), json!({"value_state": "nil", "phase": "change", "year": 2026})),
        ],
        "findings": [{
            "code": "sum-mismatch", "severity": "error", "message": "Summa, BUDGET 2026: 0, not 1\u{1b}", "page": 3, "table": "t1",
            "row_label": "Summa", "column_label": "BUDGET 2026", "year": 2026, "printed": "0",
            "consistent": "1234500", "evidence": [], "facts": [], "boxes": []
        }]
    }))
    .expect("a report of this schema")
}

fn text(view: View, format: Format) -> String {
    let mut out = Vec::new();
    write(&report(), view, format, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}

#[test]
fn facts_csv_keeps_the_contract() {
    let csv = text(View::Facts, Format::Csv);
    let mut lines = csv.lines();
    assert!(lines.next().is_some_and(|h| {
        h.starts_with("document,page,table,row_label,column_label,column_kind,year,value,status,row,column,")
    }));
    let start = "\"a,b.pdf\",3,t1,=1+1|\\u{1b}[31m,BUDGET 2026,";
    for (line, cells) in lines.by_ref().zip([
        "budget,2026,1234500.0,doubtful,2,1,434,Lovisa / Stadskansliet,2,2026,operating,",
        // A share has no year and is `other` here; the phase has its own column.
        "other,,-5.4,sure,2,2,",
        // Minus nought is nought.
        "budget,2026,0.0,sure,3,1,",
        // Missing is empty, never zero; a change has no year whatever its head says.
        "other,,,sure,3,2,",
    ]) {
        assert!(line.starts_with(&format!("{start}{cells}")), "{line}");
    }
    assert!(
        csv.contains(",3:1.0 2.0 3.0 4.0,3:0.0 0.0 1.0 1.0;3:0.0 1.0 1.0 2.0,,label_joined,1;2.50,0.9,a;b,"),
        "{csv}"
    );
}

#[test]
fn findings_csv_keeps_the_contract() {
    assert_eq!(
        text(View::Findings, Format::Csv),
        "document,page,table,row_label,column_label,year,printed,consistent,code,severity,message\n\
         \"a,b.pdf\",3,t1,Summa,BUDGET 2026,2026,0,1234500,sum-mismatch,error,\"Summa, BUDGET 2026: 0, not 1\\u{1b}\"\n"
    );
}

#[test]
fn text_shows_figures_as_printed_and_marks_the_doubtful() {
    assert_eq!(
        text(View::Facts, Format::Text),
        "a,b.pdf · 2026\n\nDrift\\u{202e}\nt1 · page 3 · Lovisa · operating · 1 000 EUR\n\n\
         \x20              BUDGET 2026  Förändr.\n\
         ────────────────────────────────────\n\
         Intäkter *\n\
         \x20 Försäljning     1 234,5?    -5,4 %\n\
         ╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n\
         Summa                   0!         –\n\
         ?  doubtful: the program may have misread this figure\n\
         !  the arithmetic of the book contradicts this figure\n\
         \x20 error    sum-mismatch  page 3, Summa, BUDGET 2026\n\
         \x20          0, not 1\\u{1b} (printed 0, consistent 1 234 500)\n"
    );
}

#[test]
fn markdown_is_no_place_for_markup_of_the_book() {
    let markdown = text(View::Facts, Format::Markdown);
    assert!(
        markdown.contains(
            "| | BUDGET 2026 | Förändr. |\n|:---|---:|---:|\n| **Intäkter \\*** |  |  |\n\
             | \u{a0}\u{a0}Försäljning | 1 234,5? | -5,4 % |\n| **Summa** | 0! | – |\n"
        ),
        "{markdown}"
    );
    assert!(!markdown.contains('\u{1b}') && !markdown.contains('\u{202e}'), "{markdown:?}");
}

#[test]
fn a_failed_document_speaks_json_only() {
    let mut failed = report();
    failed.document.outcome = crate::report::Outcome::Failed;
    for (format, speaks) in
        [(Format::Json, true), (Format::Csv, false), (Format::Markdown, false), (Format::Text, false)]
    {
        let mut out = Vec::new();
        write(&failed, View::Facts, format, &mut out).expect("writes");
        assert_eq!(!out.is_empty(), speaks, "{format:?}");
    }
}

#[test]
fn json_comes_back_as_it_went() {
    let back: Report = serde_json::from_str(&text(View::Facts, Format::Json)).expect("parses");
    assert_eq!(text_of(&back), text(View::Facts, Format::Json));
}

fn text_of(report: &Report) -> String {
    let mut out = Vec::new();
    write(report, View::Facts, Format::Json, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}
