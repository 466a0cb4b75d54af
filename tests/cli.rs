//! The program from outside: streams, exit codes, names, determinism.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and compare files")]

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const PDF: &str = "samples/budgetbok-typst.pdf";

fn taltolk() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taltolk"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("NO_COLOR").stdin(Stdio::null());
    command
}

fn run(args: &[&str]) -> Output {
    taltolk().args(args).output().expect("the program starts")
}

fn code(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("ended by a signal: {output:?}"))
}

fn out(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).expect("standard output is UTF-8")
}

fn err(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("standard error is UTF-8")
}

/// A small PDF with the given lines of text, made by hand.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut content = String::from("BT /F1 10 Tf 14 TL 50 700 Td\n");
    for line in lines {
        content.push_str(&format!("({line}) Tj T*\n"));
    }
    content.push_str("ET");
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{content}\nendstream", content.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        offsets.push(file.len());
        file.push_str(&format!("{} 0 obj{object}endobj\n", i + 1));
    }
    let xref = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for offset in offsets {
        file.push_str(&format!("{offset:010} 00000 n \n"));
    }
    file.push_str(&format!("trailer<</Size {}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1));
    file.into_bytes()
}

/// Every file of a folder with its bytes, but for the times of the journal.
fn dataset(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|e| e.expect("can be listed"))
        .filter(|e| e.file_type().is_file())
        .map(walkdir::DirEntry::into_path)
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            let mut bytes = fs::read(&path).expect("can be read");
            if name == "journal.jsonl" {
                let mut text = String::new();
                for line in std::str::from_utf8(&bytes).expect("text").lines() {
                    let mut entry: serde_json::Value = serde_json::from_str(line).expect("a whole line");
                    for time in ["started", "finished", "modified"] {
                        entry[time] = serde_json::Value::Null;
                    }
                    text.push_str(&format!("{entry}\n"));
                }
                bytes = text.into_bytes();
            }
            (name, bytes)
        })
        .collect()
}

#[test]
fn extract_writes_data_to_stdout_and_nothing_else() {
    let json = run(&["extract", PDF, "--format", "json"]);
    assert_eq!(code(&json), 0, "{}", err(&json));
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one object");
    assert_eq!(report["schema"], "taltolk/1");
    assert_eq!(report["document"]["path"], PDF);

    let csv = run(&["extract", PDF, "--format", "csv"]);
    assert!(
        out(&csv).starts_with(
            "document,page,table,row_label,column_label,column_kind,year,value,status,row,column,"
        ),
        "{}",
        out(&csv).lines().next().unwrap_or_default()
    );
    let rows = out(&csv).lines().count() - 1;
    assert_eq!(rows, report["facts"].as_array().expect("facts").len());
    assert!(out(&run(&["extract", PDF, "--format", "markdown"])).starts_with("# samples/"));
    assert!(out(&run(&["extract", PDF])).starts_with(PDF), "text is the default");
}

#[test]
fn findings_csv_has_the_fixed_columns() {
    let csv = run(&["audit", PDF, "--format", "csv"]);
    assert!(code(&csv) < 2);
    assert_eq!(
        out(&csv).lines().next(),
        Some("document,page,table,row_label,column_label,year,printed,consistent,code,severity,message")
    );
    let json = run(&["audit", PDF, "--format", "json"]);
    let audit: serde_json::Value = serde_json::from_slice(&json.stdout).expect("one object");
    assert!(audit["findings"].is_array() && audit.get("facts").is_none());
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    for format in ["json", "csv", "markdown", "text"] {
        let [a, b] = [0; 2].map(|_| run(&["extract", PDF, "--format", format]));
        assert_eq!(a.stdout, b.stdout, "{format}");
        assert!(!a.stdout.is_empty(), "{format}");
    }
}

#[test]
fn standard_input_is_a_document_too() {
    let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(PDF)).expect("the sample");
    let mut child = taltolk()
        .args(["extract", "-", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("piped").write_all(&bytes).expect("takes it");
    let output = child.wait_with_output().expect("ends");
    assert_eq!(code(&output), 0);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("one object");
    assert_eq!(report["document"]["path"], "-");
    assert_eq!(report["document"]["size"], bytes.len());
}

#[test]
fn what_cannot_be_read_is_one_line_a_hint_and_exit_2() {
    let dir = tempfile::tempdir().expect("a directory");
    let at = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
    fs::write(at("empty.pdf"), "").expect("writes");
    fs::write(at("slump.pdf"), [7; 300]).expect("writes");
    fs::create_dir(at("folder.pdf")).expect("creates");
    let mut cases = vec![
        ("missing.pdf", "no such file"),
        ("empty.pdf", "empty file"),
        ("slump.pdf", "expected a PDF"),
        ("folder.pdf", "found a directory"),
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", at("dangling.pdf")).expect("links");
        assert!(Command::new("mkfifo").arg(at("fifo.pdf")).status().expect("mkfifo").success());
        cases.extend([("dangling.pdf", "link to a missing file"), ("fifo.pdf", "found a pipe")]);
    }
    for (name, says) in cases {
        for format in ["csv", "text", "markdown"] {
            let output = run(&["extract", &at(name), "--format", format]);
            assert_eq!(code(&output), 2, "{name}");
            assert!(output.stdout.is_empty(), "{name}: {}", out(&output));
            let lines: Vec<&str> = err(&output).lines().collect();
            assert!(
                lines[0].starts_with("error: cannot read ") && lines[0].contains(says),
                "{name}: {lines:?}"
            );
            assert!(
                lines[1..].iter().all(|l| l.starts_with("hint: ")) && lines.len() < 3,
                "{name}: {lines:?}"
            );
        }
    }
    assert_eq!(code(&run(&["audit", &at("missing.pdf")])), 2, "2 wins over 1");
}

#[test]
fn wrong_arguments_end_with_2() {
    for args in [
        &["extract"][..],
        &["extract", PDF, "--format", "xml"],
        &["extract", PDF, "--timeout", "0"],
        &["extract", PDF, "--year", "26"],
        &["extract", PDF, "--glossary", "missing.toml"],
        &["ingest", PDF],
        &["nonsense"],
        &["man", "nonsense"],
    ] {
        let output = run(args);
        assert_eq!(code(&output), 2, "{args:?}");
        assert!(
            output.stdout.is_empty() && err(&output).starts_with("error: "),
            "{args:?}: {}",
            err(&output)
        );
    }
}

#[test]
fn a_municipality_that_is_none_is_said() {
    let output = run(&["extract", "whatever.pdf", "--municipality", "Ankeborg"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("Ankeborg") && err(&output).contains("hint:"), "{}", err(&output));
    assert_eq!(out(&output), "");
}

#[test]
fn tables_are_written_as_they_are_printed() {
    let json = run(&["tables", "samples/stadskansli-2026.pdf", "--format", "json"]);
    assert_eq!(code(&json), 0, "{}", err(&json));
    let sheets: serde_json::Value = serde_json::from_str(out(&json)).expect("JSON");
    let sheets = sheets.as_array().expect("a list");
    let cell = |sheet: &serde_json::Value, row: u64, col: u64| -> Option<String> {
        let cells = sheet["cells"].as_array()?.iter();
        let mut here = cells.filter(|c| c["row"] == row && c["col"] == col);
        Some(here.next()?["text"].as_str()?.to_owned())
    };
    // As the page shows it, keyed by hand: the head in three lines, the label in two.
    assert_eq!(sheets[0]["page"], 2);
    assert_eq!(cell(&sheets[0], 0, 2).as_deref(), Some("BUDGET\n2025\ninkl. ändringar"));
    assert_eq!(cell(&sheets[0], 1, 0).as_deref(), Some("Försäljningsintäkter"));
    assert_eq!(cell(&sheets[0], 1, 3).as_deref(), Some("5 500"));
    assert!(out(&json).contains(r"Material, förnödenheter och\nvaror"));

    let markdown = run(&["tables", "samples/stadskansli-2026.pdf"]);
    assert!(out(&markdown).contains("| BUDGET 2025 inkl. ändringar |"), "{}", out(&markdown));
    let html = run(&["tables", "samples/stadskansli-2026.pdf", "--format", "html"]);
    assert_eq!(out(&html).matches("<table ").count(), sheets.len());
    let csv = run(&["tables", "samples/stadskansli-2026.pdf", "--format", "csv"]);
    let cells: usize = sheets.iter().filter_map(|s| s["cells"].as_array()).map(Vec::len).sum();
    assert_eq!(out(&csv).lines().count(), cells + 1);

    // A text has no places.
    let text = run(&["tables", "tests/flat/bildning-2026.txt", "--format", "json"]);
    let sheets: serde_json::Value = serde_json::from_str(out(&text)).expect("JSON");
    assert!(sheets[0]["bbox"].is_null() && sheets[0]["cells"][0]["bbox"].is_null(), "{}", out(&text));

    // What cannot be read has no tables, in every format.
    let missing = run(&["tables", "nothing.pdf", "--format", "json"]);
    assert_eq!((code(&missing), out(&missing)), (2, ""));
}

#[test]
fn a_page_is_drawn_to_a_file_or_to_stdout() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("page.svg");
    let drawn = run(&[
        "inspect",
        "samples/stadskansli-2026.pdf",
        "--page",
        "2",
        "--out",
        path.to_str().expect("text"),
    ]);
    assert_eq!((code(&drawn), out(&drawn)), (0, ""), "{}", err(&drawn));
    let svg = fs::read_to_string(&path).expect("is written");
    let document = roxmltree::Document::parse(&svg).expect("well-formed");
    let boxes = |class: &str| document.descendants().filter(|n| n.attribute("class") == Some(class)).count();
    let json = run(&["tables", "samples/stadskansli-2026.pdf", "--format", "json"]);
    let sheets: serde_json::Value = serde_json::from_str(out(&json)).expect("JSON");
    let cells = sheets[0]["cells"].as_array().expect("a list");
    let figures = cells.iter().filter(|c| c["row"] != 0 && c["col"] != 0).count();
    assert_eq!((boxes("cell"), boxes("table"), boxes("column")), (figures, 1, 5));
    assert!(boxes("head") > 5 && boxes("word") > figures, "{svg}");
    let printed = run(&["inspect", "samples/stadskansli-2026.pdf", "--page", "2"]);
    assert_eq!(out(&printed), svg);

    let beyond = run(&["inspect", "samples/stadskansli-2026.pdf", "--page", "40"]);
    assert_eq!((code(&beyond), out(&beyond)), (2, ""));
    assert!(err(&beyond).contains("found 5 pages, expected a page 40"), "{}", err(&beyond));
    assert_eq!(code(&run(&["inspect", "samples/stadskansli-2026.pdf", "--page", "0"])), 2);
}

#[test]
fn a_term_is_looked_up_in_any_language() {
    for term in ["Verksamhetsbidrag", "toimintakate", "operating margin"] {
        let output = run(&["glossary", "lookup", term, "--format", "json"]);
        assert_eq!(code(&output), 0, "{term}");
        let answer: serde_json::Value = serde_json::from_str(out(&output)).expect("JSON");
        assert_eq!(answer["concepts"][0]["concept"]["id"], "operating-margin", "{term}");
    }
    let output = run(&["glossary", "lookup", "toimintakatte"]);
    assert_eq!((code(&output), out(&output)), (1, ""));
    assert!(err(&output).contains("Toimintakate"), "{}", err(&output));
}

#[test]
fn limits_end_the_document_and_not_the_program() {
    let output = run(&["extract", PDF, "--memory", "16"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("more than 16 MB of memory"), "{}", err(&output));
    assert!(err(&output).contains("hint: pass --memory"), "{}", err(&output));
}

#[test]
fn an_empty_document_is_fine_and_said() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("brev.pdf");
    fs::write(&path, pdf(&["Hej", "och tack."])).expect("writes");
    let path = path.to_string_lossy();
    let output = run(&["extract", &path, "--format", "json"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).starts_with("note: ") && err(&output).contains("no figures"), "{}", err(&output));
    assert!(err(&run(&["extract", &path, "--quiet"])).is_empty());
}

#[test]
fn nothing_from_outside_reaches_a_terminal_raw() {
    let dir = tempfile::tempdir().expect("a directory");
    let path = dir.path().join("a\u{1b}[31mb\u{202e}c.pdf");
    fs::write(&path, pdf(&["Hej"])).expect("writes");
    let path = path.to_string_lossy();
    for args in [
        &["extract", &path][..],
        &["extract", &path, "--format", "json"],
        &["extract", &path, "--format", "markdown"],
        &["extract", &format!("{path}.missing")],
    ] {
        let output = run(args);
        for text in [out(&output), err(&output)] {
            let raw = text.chars().find(|c| (c.is_control() && *c != '\n') || *c == '\u{202e}');
            assert_eq!(raw, None, "{args:?}: {text:?}");
        }
    }
    assert!(err(&run(&["extract", &path])).contains("\\u{1b}[31mb\\u{202e}c.pdf"));
}

#[test]
fn colour_is_for_those_who_want_it() {
    let plain = run(&["extract", "missing.pdf"]);
    assert!(!err(&plain).contains('\u{1b}'), "a pipe gets none");
    let always = run(&["extract", "missing.pdf", "--color", "always"]);
    assert!(err(&always).starts_with("\u{1b}["), "{:?}", err(&always));
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut child = taltolk()
        .args(["schema", "report"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    drop(child.stdout.take());
    let status = child.wait().expect("ends");
    let mut said = String::new();
    child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
    assert_eq!((status.code(), said.as_str()), (Some(0), ""));
}

#[test]
fn what_became_of_a_document_is_told_even_to_a_reader_that_goes_away() {
    // One sample has a printed error, one file is no document.
    for (file, code) in [("samples/driftsekonomi-chromium.pdf", 1), ("Cargo.toml", 2)] {
        let mut child = taltolk()
            .args(["audit", file, "--format", "csv"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("starts");
        drop(child.stdout.take());
        assert_eq!(child.wait().expect("ends").code(), Some(code), "{file}");
    }
}

#[test]
fn schema_completions_man_and_explain_speak() {
    let schema = run(&["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    assert!(schema["properties"]["facts"].is_object());
    for (what, head) in [("facts", ["extract", PDF]), ("findings", ["audit", PDF])] {
        let table = run(&["schema", what]);
        let table: serde_json::Value = serde_json::from_slice(&table.stdout).expect("JSON");
        let fields: Vec<&str> =
            table["fields"].as_array().expect("fields").iter().filter_map(|f| f["name"].as_str()).collect();
        let csv = run(&[head[0], head[1], "--format", "csv"]);
        assert_eq!(out(&csv).lines().next(), Some(fields.join(",").as_str()), "{what}");
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&run(&["completions", shell])).contains("taltolk"), "{shell}");
    }
    assert!(out(&run(&["man"])).contains(".TH taltolk"));
    assert!(out(&run(&["man", "ingest"])).contains("journal.jsonl"));
    assert!(out(&run(&["explain", "sum-mismatch"])).contains("What to do"));
    assert_eq!(code(&run(&["explain", "no-such-code"])), 1);
}

/// An archive with a good document twice, a bad one, and things that look like documents.
fn archive() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a directory");
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(PDF);
    for (name, bytes) in [
        ("2026/Budget fo\u{308}r A\u{30a}bo.PDF", fs::read(&sample).expect("the sample")),
        ("2026/kopia.pdf", fs::read(&sample).expect("the sample")),
        ("a.pdf", pdf(&["Hej"])),
        ("b.pdf", pdf(&["Moi"])),
        ("bad.pdf", vec![7; 300]),
        ("notes.docx", b"x".to_vec()),
    ] {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().expect("has one")).expect("creates");
        fs::write(path, bytes).expect("writes");
    }
    fs::create_dir(dir.path().join("folder.pdf")).expect("creates");
    dir
}

#[test]
fn ingest_makes_the_same_dataset_whatever_the_number_of_workers() {
    let (archive, one, two) =
        (archive(), tempfile::tempdir().expect("a directory"), tempfile::tempdir().expect("a directory"));
    for (jobs, out) in [("1", &one), ("2", &two)] {
        let output = taltolk()
            .arg("ingest")
            .arg(archive.path())
            .arg("--out")
            .arg(out.path())
            .args(["--jobs", jobs])
            .output()
            .expect("starts");
        assert_eq!(code(&output), 2, "a failed document is told: {}", err(&output));
        assert!(output.stdout.is_empty());
        assert!(err(&output).contains("bad.pdf") && err(&output).contains("folder.pdf"), "{}", err(&output));
    }
    let files = dataset(one.path());
    assert_eq!(files, dataset(two.path()));

    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.iter().any(|n| n.starts_with("documents/Budget för Åbo-")), "{names:?}");
    assert!(!names.iter().any(|n| n.contains("kopia")), "identical bytes are read once: {names:?}");
    let journal = files.iter().find(|(n, _)| n == "journal.jsonl").expect("a journal");
    let journal = std::str::from_utf8(&journal.1).expect("text");
    assert_eq!(journal.lines().count(), 5, "one line a document: {journal}");
    assert!(journal.contains("\"duplicates\":[\"2026/kopia.pdf\"]"), "{journal}");
}

#[test]
fn ingest_again_reads_only_what_is_new() {
    let (archive, out) = (archive(), tempfile::tempdir().expect("a directory"));
    let ingest = |args: &[&str]| {
        let output =
            taltolk().arg("ingest").arg(archive.path()).arg("--out").arg(out.path()).args(args).output();
        output.expect("starts")
    };
    ingest(&["--password", "hemlig-123"]);
    let first = dataset(out.path());
    assert!(!first.iter().any(|(_, b)| b.windows(10).any(|w| w == b"hemlig-123")), "no password is kept");
    let said = ingest(&[]);
    assert!(err(&said).contains("skipped") && err(&said).contains("as before"), "{}", err(&said));
    assert_eq!(first, dataset(out.path()));

    // A changed document replaces its report; a lost report is read again.
    fs::write(archive.path().join("b.pdf"), pdf(&["Terve"])).expect("writes");
    let report = first.iter().find(|(n, _)| n.starts_with("documents/a-")).expect("a report");
    fs::remove_file(out.path().join(&report.0)).expect("removes");
    ingest(&[]);
    let second = dataset(out.path());
    assert_eq!(second.len(), first.len());
    assert_eq!(second.iter().find(|(n, _)| *n == report.0), Some(report));
    assert_ne!(second, first);
}

#[test]
fn two_runs_on_one_dataset_are_refused() {
    let (archive, out) = (archive(), tempfile::tempdir().expect("a directory"));
    let lock = fs::File::open(out.path()).expect("opens");
    lock.lock().expect("locks");
    let output = taltolk().arg("ingest").arg(archive.path()).arg("--out").arg(out.path()).output();
    let output = output.expect("starts");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("in use by another run"), "{}", err(&output));
}
