//! Damaged and hostile documents: every one ends in time with an outcome that
//! is allowed, without a panic message and without raw control characters.
//!
//! The documents are not part of this repository; they stand beside it in
//! `../shared/corpus/bad`, with the outcomes that are allowed in `EXPECT.tsv`.
//! With `TALTOLK_SHARED=required` in the environment their absence is a failure.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests make and compare files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

const MOST: Duration = Duration::from_secs(20);

fn corpus() -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus/bad");
    if path.join("EXPECT.tsv").is_file() {
        return Some(path);
    }
    let required = std::env::var("TALTOLK_SHARED").is_ok_and(|v| v == "required");
    assert!(!required, "{} is missing and TALTOLK_SHARED=required", path.display());
    let mut note = std::io::stderr();
    // Written past the test harness, which would swallow it.
    let _ = std::io::Write::write_all(
        &mut note,
        format!("left out: the bad documents, {} is missing\n", path.display()).as_bytes(),
    );
    None
}

fn run(path: &Path, args: &[&str]) -> (Output, Duration) {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_taltolk"))
        .arg("extract")
        .arg(path)
        .args(args)
        .output()
        .expect("the program starts");
    (output, start.elapsed())
}

/// What a run means in the words of `EXPECT.tsv`.
fn class(output: &Output) -> String {
    match output.status.code() {
        Some(2) => return "error".to_owned(),
        Some(0) => {}
        other => return format!("exit {other:?}"),
    }
    let report: serde_json::Value = match serde_json::from_slice(&output.stdout) {
        Ok(report) => report,
        Err(e) => return format!("no JSON: {e}"),
    };
    match report["document"]["outcome"].as_str() {
        Some("ok") => "ok".to_owned(),
        Some("partial") => "ok-partial".to_owned(),
        Some("empty") => "ok-empty".to_owned(),
        other => format!("outcome {other:?}"),
    }
}

/// What no stream may hold, whatever the document.
fn foul(stream: &[u8]) -> Option<String> {
    let text = match std::str::from_utf8(stream) {
        Ok(text) => text,
        Err(e) => return Some(format!("no UTF-8: {e}")),
    };
    if text.contains("panicked") {
        return Some("a panic message".to_owned());
    }
    text.chars()
        .find(|&c| {
            (c.is_control() && c != '\n')
                || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        })
        .map(|c| format!("raw {c:?}"))
}

#[test]
fn bad_documents_end_as_they_may() {
    let Some(corpus) = corpus() else { return };
    let expect = fs::read_to_string(corpus.join("EXPECT.tsv")).expect("EXPECT.tsv is text");
    let mut wrong = Vec::new();
    for line in expect.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(name), Some(allowed)) = (fields.next(), fields.next()) else { continue };
        let path = corpus.join(name);
        for format in ["json", "csv", "markdown", "text"] {
            let (output, time) = run(&path, &["--format", format]);
            if time > MOST {
                wrong.push(format!("{name} {format}: {} s", time.as_secs()));
            }
            for (stream, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                if let Some(what) = foul(bytes) {
                    wrong.push(format!("{name} {format}: {stream} holds {what}"));
                }
            }
            if format == "json" {
                let class = class(&output);
                if !allowed.split('|').any(|a| a == class) {
                    let said = String::from_utf8_lossy(&output.stderr).into_owned();
                    wrong.push(format!("{name}: {class}, allowed {allowed}; {}", said.trim()));
                }
            }
            let failed = output.status.code() == Some(2);
            if failed && !output.stderr.starts_with(b"error: cannot read ") {
                wrong.push(format!("{name} {format}: fails without saying so"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of the bad documents:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_wrong_password_is_named_and_the_right_one_opens() {
    let Some(corpus) = corpus() else { return };
    let path = corpus.join("fel-losenord.pdf");
    for args in [&[][..], &["--password", "fel"]] {
        let (output, _) = run(&path, args);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("password") && said.contains("--password"), "{said}");
    }
    let (output, _) = run(&path, &["--password", "hemlig"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
