//! Scanned pages: read where tesseract is there, said aloud where it is not.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests run the program on files")]

use std::collections::BTreeMap;
use std::process::{Command, Output};

use rust_decimal::Decimal;
use serde_json::Value;

const SCAN: &str = "tests/scan/resultat-skannad.pdf";

fn extract(args: &[&str], path: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taltolk"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).args(["extract", SCAN, "--format", "json"]).args(args);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.output().expect("the program starts")
}

fn report(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("a report")
}

/// Without tesseract these tests are left out, in CI they fail.
fn has_tesseract() -> bool {
    let found = Command::new("tesseract").arg("--version").output().is_ok();
    let required = std::env::var("TALTOLK_SHARED").is_ok_and(|v| v == "required");
    assert!(found || !required, "found no tesseract, expected it in PATH: scripts/test installs it");
    if !found {
        // Past the test harness, which would swallow it.
        let note = b"left out: a scan, there is no tesseract in PATH; scripts/test installs it\n";
        let _ = std::io::Write::write_all(&mut std::io::stderr(), note);
    }
    found
}

#[test]
fn without_tesseract_the_hint_says_how_to_get_it() {
    let empty = tempfile::tempdir().expect("a directory");
    let output = extract(&[], empty.path().to_str());
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("there is no tesseract") && said.contains("apt install tesseract-ocr"), "{said}");
}

#[test]
fn unwanted_pictures_are_not_read_and_that_is_said() {
    let output = extract(&["--ocr", "never"], None);
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("leave out --ocr never"), "{said}");
}

/// The figures of the truth: label, year, kind and value in thousands.
fn truth() -> BTreeMap<(String, i64, String, String), usize> {
    let text = std::fs::read_to_string("tests/scan/resultat-skannad.json").expect("the truth is there");
    let truth: Value = serde_json::from_str(&text).expect("the truth is JSON");
    let mut out = BTreeMap::new();
    for table in truth["tables"].as_array().expect("tables") {
        let columns = table["columns"].as_array().expect("columns");
        for row in table["rows"].as_array().expect("rows") {
            let label = row["label"].as_str().expect("a label").to_owned();
            for (column, value) in columns.iter().zip(row["values"].as_array().into_iter().flatten()) {
                let (Some(year), Some(value)) = (column["year"].as_i64(), value.as_str()) else { continue };
                let kind = column["kind"].as_str().expect("a kind").to_owned();
                let value = value.chars().filter(|c| !c.is_whitespace()).collect();
                *out.entry((label.clone(), year, kind, value)).or_default() += 1;
            }
        }
    }
    out
}

#[test]
fn a_scan_is_read_and_what_is_sure_is_right() {
    if !has_tesseract() {
        return;
    }
    let report = report(&extract(&[], None));
    assert!(report["document"]["recogniser"].as_str().is_some_and(|r| r.starts_with("tesseract")));
    for page in report["document"]["pages"].as_array().expect("pages") {
        assert_eq!((&page["text_layer"], &page["read_from"]), (&"none".into(), &"picture".into()));
    }
    let mut truth = truth();
    let all: usize = truth.values().sum();
    let (mut right, mut wrong) = (0, Vec::new());
    for fact in report["facts"].as_array().expect("facts") {
        let text = |key: &str| fact[key].as_str().unwrap_or_default().to_owned();
        let Ok(value) = text("value").parse::<Decimal>() else { continue };
        let key = (
            text("row_label"),
            fact["year"].as_i64().unwrap_or_default(),
            text("phase"),
            (value / Decimal::ONE_THOUSAND).normalize().to_string(),
        );
        match truth.get_mut(&key) {
            Some(left) if *left > 0 => {
                *left -= 1;
                right += 1;
            }
            _ if fact["status"] == "sure" => wrong.push(key),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "sure and wrong: {wrong:?}");
    assert!(right * 10 >= all * 9, "{right} of {all}");
}

#[test]
fn boxes_of_a_scan_stand_on_the_page_as_it_lies() {
    if !has_tesseract() {
        return;
    }
    let report = report(&extract(&[], None));
    let facts = report["facts"].as_array().expect("facts");
    // The page lies askew: the last figure of a row does not stand at the height of its first.
    let top = |row: u64, column: u64| {
        let fact = facts.iter().find(|f| f["table"] == "t1" && f["row"] == row && f["column"] == column);
        fact.and_then(|f| f["value_box"]["rect"][3].as_f64())
    };
    let rises: Vec<f64> = (1..40).filter_map(|row| Some(top(row, 5)? - top(row, 1)?)).collect();
    assert!(rises.len() > 10);
    let askew = rises.iter().filter(|r| r.abs() > 0.7).count();
    assert!(askew * 10 >= rises.len() * 8, "{rises:?}");
}
