//! How right the facts are, on documents with a truth keyed by hand beside them.
//!
//! The samples are part of the repository. The others stand beside it in
//! `../shared` and are left out where that is missing; with
//! `TALTOLK_SHARED=required` in the environment their absence is a failure.
//! `cargo test --test corpus -- --nocapture` prints the figures.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stdout,
    reason = "tests read files and print figures"
)]

mod corpus {
    pub(crate) mod truth;
}

use std::path::{Path, PathBuf};

use corpus::truth::{Score, Truth};
use taltolk::error::ErrorKind;
use taltolk::pipeline::{self, Options};
use taltolk::report::Report;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder beside the repository, or `None` with a line that says what was left out.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(folder);
    if path.is_dir() {
        return Some(path);
    }
    let required = std::env::var("TALTOLK_SHARED").is_ok_and(|v| v == "required");
    assert!(!required, "{} is missing and TALTOLK_SHARED=required", path.display());
    // Past the test harness, which would swallow it.
    let _ = std::io::Write::write_all(
        &mut std::io::stderr(),
        format!("left out: {folder}, ../shared not found\n").as_bytes(),
    );
    None
}

fn read(path: &Path, password: Option<&str>) -> Result<Report, taltolk::error::Error> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let path = path.display().to_string();
    let options = Options { password: password.map(str::to_owned), path, ..Options::default() };
    pipeline::read(bytes, &options, &mut |_| {})
}

/// Every PDF and text of a folder that has a truth, by name.
fn documents(folder: &Path) -> Vec<(String, PathBuf, Truth)> {
    let mut out: Vec<_> = std::fs::read_dir(folder)
        .expect("can be listed")
        .map(|e| e.expect("can be listed").path())
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .filter_map(|p| {
            let name = p.file_stem()?.to_string_lossy().into_owned();
            let document = ["pdf", "txt"].map(|e| p.with_extension(e)).into_iter().find(|d| d.is_file())?;
            Some((name, document, Truth::read(&p)?))
        })
        .collect();
    out.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!out.is_empty(), "{} holds no documents", folder.display());
    out
}

/// Scores every document of a folder, fails where one is below its floor, and gives the sum.
fn measure(folder: &Path, floor: &dyn Fn(&str) -> f64) -> Score {
    let mut below = Vec::new();
    let mut all = Vec::new();
    for (name, path, truth) in documents(folder) {
        let score = match read(&path, truth.password.as_deref()) {
            Ok(report) => truth.score(&report),
            Err(e) => {
                assert!(truth.only_images && e.kind() == ErrorKind::OnlyImages, "{name}: {e}");
                Score { truth: truth.len(), ..Score::default() }
            }
        };
        println!("{name:32} facts {:5}  F1 {:.4}  silent {}", score.truth, score.f1(), score.silent);
        if score.f1() < floor(&name) {
            below.push(format!("{name}: F1 {:.4}, expected at least {}", score.f1(), floor(&name)));
        }
        all.push(score);
    }
    let all: Score = all.into_iter().sum();
    println!("{:32} facts {:5}  F1 {:.4}  silent {}", "ALL", all.truth, all.f1(), all.silent);
    assert!(below.is_empty(), "\n  {}", below.join("\n  "));
    all
}

#[test]
fn samples() {
    let all = measure(&root().join("samples"), &|_| 0.97);
    assert_eq!(all.silent, 0, "facts are wrong and sure");
}

/// Books that are hard in one thing each; in one of them nobody can read the unit.
#[test]
fn books() {
    let all = measure(&root().join("tests/books"), &|name| if name == "unreadable-unit" { 0.0 } else { 1.0 });
    assert_eq!(all.silent, 0);
    let report = read(&root().join("tests/books/unreadable-unit.pdf"), None).expect("is read");
    assert!(report.facts.iter().all(|f| f.doubt.iter().any(|d| d == "scale-unreadable")));
}

/// The text of a chapter: figures and thousands parted alike, heads fallen apart.
#[test]
fn texts() {
    let all = measure(&root().join("tests/flat"), &|_| 1.0);
    assert_eq!(all.silent, 0);
    let path = root().join("tests/flat/bildning-2026.txt");
    let report = read(&path, None).expect("is read");
    assert!(report.facts.iter().all(|f| f.value_box.is_none() && f.label_boxes.is_empty()), "has no places");
    let doubtful: Vec<&str> =
        report.facts.iter().filter(|f| !f.doubt.is_empty()).map(|f| &*f.row_label).collect();
    assert!(doubtful.is_empty(), "{doubtful:?}");
}

#[test]
fn public() {
    let Some(folder) = shared("corpus/public") else { return };
    // A scan has no text; until scanned pages are read it is reported as such.
    let all = measure(&folder, &|name| if name == "pedersore-skannad" { 0.0 } else { 0.97 });
    assert!(all.f1() >= 0.95, "F1 {:.4}", all.f1());
    assert_eq!(all.silent, 0, "facts are wrong and sure");
}

#[test]
fn real() {
    let Some(folder) = shared("real") else { return };
    let all = measure(&folder, &|name| match name {
        "kauhava-tilinpaatos-2024" => 0.95,
        "lovisa-stadskansliet-2026" => 1.0,
        _ => 0.99,
    });
    assert!(all.silent_share() <= 0.005, "{} facts are wrong and sure", all.silent);
}

#[test]
fn labels_and_heads_of_the_samples_are_in_the_form_of_the_contract() {
    let mut wrong = Vec::new();
    for (name, path, truth) in documents(&root().join("samples")) {
        let report = read(&path, None).expect("can be read");
        for fact in &report.facts {
            if !truth.has_label(&fact.row_label) {
                wrong.push(format!("{name}, page {}: row label {:?}", fact.page, fact.row_label));
            }
            if !truth.has_head(&fact.column_label) {
                wrong.push(format!("{name}, page {}: column label {:?}", fact.page, fact.column_label));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert!(wrong.is_empty(), "\n  {}", wrong.join("\n  "));
}

#[test]
fn a_wrong_fact_costs_and_a_doubtful_one_is_not_silent() {
    let path = root().join("samples/budgetbok-typst.pdf");
    let truth = Truth::read(&path.with_extension("json")).expect("a truth");
    let mut report = read(&path, None).expect("can be read");
    let before = truth.score(&report);
    let wrong = report.facts.iter_mut().find(|f| f.value.is_some_and(|v| !v.is_zero())).expect("a figure");
    wrong.value = wrong.value.map(|v| v + rust_decimal::Decimal::ONE);
    wrong.status = taltolk::fact::Status::Sure;
    let after = truth.score(&report);
    assert_eq!((after.right, after.silent), (before.right - 1, before.silent + 1));
    report.facts.iter_mut().for_each(|f| f.status = taltolk::fact::Status::Doubtful);
    assert_eq!(truth.score(&report).silent, 0);
    let twice = [report.facts.clone(), report.facts.clone()].concat();
    report.facts = twice;
    assert_eq!(truth.score(&report).right, after.right, "a fact that is said twice is right once");
}
