//! `taltolk glossary` from outside: what people and programs are told, and terms that come and go.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and read files")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn glossary(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_taltolk"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .arg("glossary")
        .args(args)
        .output()
        .expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().expect("the program ends by itself")
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("standard output is UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("standard error is UTF-8")
}

fn json(args: &[&str]) -> Value {
    serde_json::from_str(out(&glossary(args))).expect("JSON")
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("a name in UTF-8").to_owned()
}

#[test]
fn words_find_concepts_the_nearest_first() {
    let found = json(&["search", "suunnitelman", "poistot", "--format", "json"]);
    assert_eq!(found["concepts"][0]["concept"]["id"], "planned-depreciation");
    assert!(out(&glossary(&["search", "poistot"])).contains("Avskrivningar"));
    let none = glossary(&["search", "xyzzy"]);
    assert_eq!((code(&none), out(&none)), (1, ""));
}

#[test]
fn a_concept_is_shown_with_its_place_and_its_equation() {
    let shown = glossary(&["show", "annual-margin"]);
    for part in ["Årsbidrag", "Vuosikate", "part of", "Verksamhetsbidrag + Skatteinkomster"] {
        assert!(out(&shown).contains(part), "{part}: {}", out(&shown));
    }
    let unknown = glossary(&["show", "annual-margins"]);
    assert_eq!(code(&unknown), 1);
    assert!(err(&unknown).contains("annual-margin"), "{}", err(&unknown));
}

#[test]
fn the_built_in_glossary_has_nothing_to_mend() {
    let checked = glossary(&["check"]);
    assert_eq!((code(&checked), out(&checked)), (0, ""));
    let folder = tempfile::tempdir().expect("a folder");
    let own = path(&folder, "own.toml");
    fs::write(&own, "[[concept]]\nid = \"x-tax\"\nsv.preferred = \"X-skatt\"\n").expect("writes");
    let checked = glossary(&["check", "--glossary", &own]);
    assert_eq!(code(&checked), 1);
    for problem in ["found no definition", "found no label in fi", "found no source"] {
        assert!(out(&checked).contains(problem), "{}", out(&checked));
    }
}

#[test]
fn exports_have_every_concept() {
    let all = json(&["export", "--format", "json"]);
    let concepts = all["concepts"].as_array().expect("a list");
    assert!(concepts.len() >= 700, "{}", concepts.len());
    assert!(concepts.iter().all(|c| c["labels"]["sv"].is_array() && c["id"].is_string()));
    for (format, each) in [
        ("tbx", "<conceptEntry id="),
        ("tbx2008", "<termEntry id="),
        ("skos", "a skos:Concept ;"),
        ("tsv", "\n"),
    ] {
        let text = glossary(&["export", "--format", format]);
        let n = out(&text).matches(each).count() - usize::from(format == "tsv");
        assert_eq!(n, concepts.len(), "{format}");
    }
}

#[test]
fn terms_are_imported_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let (table, own) = (path(&folder, "new.tsv"), path(&folder, "own.toml"));
    let rows = "sv\tfi\tfigures\nHönsgårdsavgift\tKanalamaksu\t12\nÅrsbidrag\tVuosikate\t50\nÅrsbidrag\tToimintakate\t5\n";
    fs::write(&table, rows).expect("writes");
    let first = glossary(&["import", &table, "--into", &own]);
    assert_eq!(code(&first), 0);
    assert!(err(&first).contains("new.tsv, line 4: left out"), "{}", err(&first));
    let found = json(&["lookup", "kanalamaksu", "--format", "json", "--glossary", &own]);
    assert_eq!(found["concepts"][0]["concept"]["labels"]["sv"]["preferred"], "Hönsgårdsavgift");
    let before = fs::read(&own).expect("the file is there");
    let again = glossary(&["import", &table, "--into", &own]);
    assert_eq!((code(&again), fs::read(&own).expect("the file is there")), (0, before));
}

#[test]
fn what_is_exported_is_known_when_it_is_imported() {
    let folder = tempfile::tempdir().expect("a folder");
    for format in ["tbx", "tbx2008", "tsv"] {
        let file = path(&folder, if format == "tsv" { "terms.tsv" } else { "terms.tbx" });
        fs::write(&file, glossary(&["export", "--format", format]).stdout).expect("writes");
        let read = glossary(&["import", &file]);
        assert_eq!((code(&read), out(&read)), (0, ""), "{format}");
        assert!(err(&read).contains(" 0 left out"), "{}", err(&read));
    }
}

#[test]
fn a_wrong_file_is_said_with_its_place_and_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let own = path(&folder, "own.toml");
    for (name, text, place) in [
        ("a.tbx", "<tbx>\n <text></tbx>", "a.tbx, line 2, column 8"),
        ("b.tsv", "sv\tsuomi\nLån\tLainat\n", "b.tsv, line 1: found the column \"suomi\""),
        ("c.tsv", "sv\tfi\nLån\tLainat\t1\n", "c.tsv, line 2: found 3 fields"),
    ] {
        let file = path(&folder, name);
        fs::write(&file, text).expect("writes");
        let output = glossary(&["import", &file, "--into", &own]);
        assert_eq!(code(&output), 2, "{name}");
        assert!(err(&output).contains(place), "{}", err(&output));
        assert!(!Path::new(&own).exists());
    }
}

#[test]
fn the_labels_of_documents_are_counted() {
    let counted = json(&["coverage", "samples/budgetbok-typst.pdf", "--format", "json"]);
    assert_eq!(counted["documents"], 1);
    assert!(counted["rows"]["exact"].as_u64().expect("a number") > 10);
    let output = glossary(&["coverage", "samples/budgetbok-typst.pdf", "missing.pdf"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("missing.pdf"), "{}", err(&output));
}
