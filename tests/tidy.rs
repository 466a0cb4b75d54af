//! The rules of the house that no compiler checks: what a module may import,
//! what a file begins with, what the README and the samples promise.
//!
//! Every rule is a function from a source to the breaches in it, and is proven
//! by a breach planted in the test itself. See `ARCHITECTURE.md`.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read the repository")]

mod tidy {
    pub(crate) mod imports;
    pub(crate) mod readme;
}

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use tidy::imports::{self, Module};
use tidy::readme;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The files below a folder with one of these endings, relative to the repository and sorted.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    walkdir::WalkDir::new(root().join(folder))
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| {
            let name = e.file_name().to_string_lossy();
            e.depth() == 0
                || !(name == "target" || name == ".git" || name == "dataset" || name == "__pycache__")
        })
        .map(|e| e.expect("can be listed"))
        .filter(|e| e.file_type().is_file())
        .map(|e| e.path().strip_prefix(root()).expect("below the root").to_owned())
        .filter(|p| endings.iter().any(|end| p.to_string_lossy().ends_with(end)))
        .collect()
}

/// The modules of `lib.rs` in their order.
fn order() -> Vec<String> {
    let order = imports::declared(&text("src/lib.rs"));
    assert!(order.len() > 10, "{order:?}");
    order
}

/// Fails with all breaches at once, each on a line of its own.
fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n  {}", breaches.join("\n  "));
}

#[test]
fn a_module_imports_only_what_stands_above_it() {
    let order = order();
    let mut breaches = Vec::new();
    for path in files("src", &[".rs"]) {
        let module = Module::of(&path);
        if order.contains(&module.path[0]) {
            breaches.extend(imports::against(&order, &module, &text(&path)));
        }
    }
    assert_none(&breaches);
}

#[test]
fn a_planted_import_is_found() {
    let order: Vec<String> = ["geometry", "table", "fact", "audit"].map(String::from).into();
    let module = Module::of(Path::new("src/table/grid.rs"));
    let found = |source: &str| imports::against(&order, &module, source).len();
    assert_eq!(found("use crate::audit::Finding;"), 1);
    assert_eq!(found("use crate::{geometry::Rect, fact::{Fact, audit}, audit};"), 2);
    assert_eq!(found("fn f() { crate::audit::check() }"), 1);
    assert_eq!(found("pub(in crate::audit) fn f() {}"), 1);
    assert_eq!(found("use super::super::audit;"), 1);
    assert_eq!(found("mod deep { use super::super::super::audit; }"), 1);
    assert_eq!(found("#[cfg(not(test))] use crate::audit;"), 1);
    assert_eq!(found("use crate::*;"), 1, "a glob hides what it takes");
    // Allowed: above, own, other crates, comments, strings, tests.
    assert_eq!(
        found("use crate::geometry::Rect; use crate::table::Table; use super::Grid; use other::audit;"),
        0
    );
    assert_eq!(found("//! [`audit`](crate::audit)\n/* crate::audit */ const S: &str = \"crate::audit\";"), 0);
    assert_eq!(found("#[cfg(test)] mod tests { use crate::audit::check; }"), 0);
    assert_eq!(found("#[cfg(test)]\n#[path = \"x.rs\"]\nmod tests;\nfn f() {}"), 0);
}

#[test]
fn the_reader_of_pdfs_is_named_in_one_place() {
    let breach = |path: &Path, source: &str| {
        let inside = path.starts_with("src/pdf");
        imports::names(source).iter().any(|n| !inside && (n.starts_with("hayro") || n == "pdf_extract"))
    };
    assert!(breach(Path::new("src/layout/word.rs"), "use hayro_syntax::Pdf;"), "planted");
    assert!(breach(Path::new("src/cli/mod.rs"), "pdf_extract::output_doc()"), "planted");
    let found: Vec<String> = ["src", "tests", "examples", "benches", "fuzz"]
        .iter()
        .filter(|f| root().join(f).is_dir())
        .flat_map(|f| files(f, &[".rs"]))
        .filter(|p| breach(p, &text(p)))
        .map(|p| format!("{}: names the reader of PDFs, expected that in src/pdf only", p.display()))
        .collect();
    assert_none(&found);
}

#[test]
fn only_the_batch_and_the_program_touch_files() {
    let breach = |source: &str| imports::uses_files(source);
    assert!(
        breach("use std::fs;") && breach("use std::{io, fs::File};") && breach("std::fs::read(p)"),
        "planted"
    );
    assert!(!breach("use std::fmt; // std::fs\nuse other::fs;"));
    let found: Vec<String> = files("src", &[".rs"])
        .into_iter()
        .filter(|p| !p.starts_with("src/batch") && !p.starts_with("src/cli") && breach(&text(p)))
        .map(|p| format!("{}: uses std::fs, expected that in batch and cli only", p.display()))
        .collect();
    assert_none(&found);
}

#[test]
fn every_file_says_what_it_is_for() {
    let breach = |source: &str| !source.starts_with("//! ");
    assert!(breach("use std::io;\n//! late") && !breach("//! Bytes → pages."), "planted");
    let found: Vec<String> = ["src", "tests", "examples", "benches", "fuzz"]
        .iter()
        .filter(|f| root().join(f).is_dir())
        .flat_map(|f| files(f, &[".rs"]))
        .filter(|p| breach(&text(p)))
        .map(|p| format!("{}: expected //! on the first line", p.display()))
        .collect();
    assert_none(&found);
}

/// Words that say how or where the project was made instead of what it does.
fn forbidden(source: &str) -> Option<String> {
    // Put together here, so that this file holds none of them.
    let words =
        [concat!("ag", "ent"), concat!("ag", "ents"), concat!("sess", "ion"), concat!("sess", "ions")];
    for (i, line) in source.lines().enumerate() {
        let lower = line.to_lowercase();
        let mut parts = lower.split(|c: char| !c.is_alphanumeric());
        if let Some(word) = parts.find(|w| words.contains(w)) {
            return Some(format!("{}: {word}", i + 1));
        }
        if lower.contains(concat!("/wo", "rk/")) {
            return Some(format!("{}: a path of one machine", i + 1));
        }
        let numbered = lower.match_indices('#').any(|(at, _)| {
            lower[at + 1..].starts_with(|c: char| c.is_ascii_digit())
                && (at == 0 || lower[..at].ends_with([' ', '(']))
        });
        if numbered {
            return Some(format!("{}: the number of an issue", i + 1));
        }
    }
    None
}

#[test]
fn nothing_says_how_the_project_was_made() {
    for planted in [
        concat!("an ag", "ent wrote"),
        concat!("this Sess", "ion"),
        concat!("see ", "#", "12"),
        concat!("/wo", "rk/main"),
    ] {
        assert!(forbidden(planted).is_some(), "{planted}");
    }
    assert_eq!(forbidden("a reagent, obsession and `#[test]`, C#9"), None);
    let found: Vec<String> = files(
        ".",
        &[".rs", ".md", ".toml", ".txt", ".yml", ".snap", "/test", "/run", "/speed", "/accuracy", "justfile"],
    )
    .into_iter()
    .filter_map(|p| forbidden(&text(&p)).map(|why| format!("{}:{why}", p.display())))
    .collect();
    assert_none(&found);
}

#[test]
fn samples_are_those_of_the_manifest() {
    let manifest: toml::Table = text("samples/manifest.toml").parse().expect("TOML");
    let listed: Vec<(String, String)> = manifest["sample"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|s| ["file", "sha256"].map(|k| s[k].as_str().expect("text").to_owned()).into())
        .collect();
    let breach = |bytes: &[u8], sha256: &str| format!("{:x}", Sha256::digest(bytes)) != sha256;
    assert!(breach(b"planted", &listed[0].1));
    let mut found = Vec::new();
    for (file, sha256) in &listed {
        let path = root().join("samples").join(file);
        if breach(&fs::read(&path).unwrap_or_default(), sha256) {
            found.push(format!("samples/{file}: not the bytes of the manifest"));
        }
        if !path.with_extension("json").is_file() {
            found.push(format!("samples/{file}: no truth beside it"));
        }
    }
    for path in files("samples", &[".pdf"]) {
        if !listed.iter().any(|(file, _)| Path::new("samples").join(file) == path) {
            found.push(format!("{}: not in the manifest", path.display()));
        }
    }
    assert_none(&found);
}

/// Invariants of a document whose test does not exist, or that name none.
fn unkept(markdown: &str) -> Vec<String> {
    let mut out = Vec::new();
    for invariant in markdown.split("\n\n").filter(|p| p.starts_with("**Architecture Invariant:**")) {
        let code: Vec<&str> = invariant.split('`').skip(1).step_by(2).collect();
        let mut keeper = None;
        for name in code {
            let is_test =
                name.chars().all(|c| c.is_ascii_lowercase() || c == '_') && name.matches('_').count() > 2;
            if root().join(name).exists() && name.contains('/') {
                keeper = Some(name);
            } else if is_test && !keeper.is_some_and(|k| text(k).contains(&format!("fn {name}("))) {
                out.push(format!("found no test {name} in {}", keeper.unwrap_or("any file")));
            }
        }
        if keeper.is_none() && !invariant.ends_with("The types keep it.") {
            out.push(format!("names no test: {invariant}"));
        }
    }
    out
}

#[test]
fn every_invariant_is_kept_by_a_test() {
    let planted = "**Architecture Invariant:** a. `tests/tidy.rs` (`no_such_test_is_there`).\n\n**Architecture Invariant:** b.";
    assert_eq!(unkept(planted).len(), 2);
    let document = text("ARCHITECTURE.md");
    assert!(document.matches("**Architecture Invariant:**").count() > 5);
    assert_none(&unkept(&document));
}

/// What `--help` says, of the program or of one of its commands.
fn help(command: &[String]) -> Option<String> {
    let output =
        Command::new(env!("CARGO_BIN_EXE_taltolk")).args(command).arg("--help").output().expect("starts");
    output.status.success().then(|| String::from_utf8(output.stdout).expect("UTF-8"))
}

#[test]
fn commands_in_the_documents_exist() {
    assert_eq!(readme::unknown("taltolk extract f.pdf --format csv | head", &help), None);
    for planted in
        ["taltolk extrct f.pdf", "taltolk extract f.pdf --fromat csv", "$ taltolk --loud extract f.pdf"]
    {
        assert!(readme::unknown(planted, &help).is_some(), "{planted}");
    }
    let mut found = Vec::new();
    let mut seen = 0;
    for path in files(".", &[".md"]) {
        for (line, command) in readme::commands(&text(&path)) {
            seen += 1;
            found.extend(
                readme::unknown(&command, &help).map(|why| format!("{}:{line}: {why}", path.display())),
            );
        }
    }
    assert!(seen > 10, "found {seen} commands in the documents");
    assert_none(&found);
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    assert!(readme::fits("a\n…\nd\n", "a\nb\nc\nd\n").is_ok());
    assert!(
        readme::fits("a\n…\nd\n", "a\nb\nc\n").is_err() && readme::fits("a\n", "a\nb\n").is_err(),
        "planted"
    );
    let examples = readme::transcripts(&text("README.md"));
    assert!(!examples.is_empty());
    for (line, command, expected) in examples {
        let output = Command::new("bash")
            .args(["-c", &command])
            .current_dir(root())
            .env("NO_COLOR", "1")
            .env("PATH", {
                let program = Path::new(env!("CARGO_BIN_EXE_taltolk")).parent().expect("a folder");
                format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default())
            })
            .output()
            .expect("bash starts");
        let printed = String::from_utf8(output.stdout).expect("UTF-8");
        if let Err(why) = readme::fits(&expected, &printed) {
            panic!("README.md:{line}: `{command}` prints something else: {why}\n{printed}");
        }
    }
}

#[test]
fn continuous_integration_runs_the_commands_of_the_readme() {
    let run = text(".ci/run");
    for command in ["cargo run --release -- ingest samples --out dataset", "scripts/test"] {
        assert!(text("README.md").lines().any(|l| l == command), "README.md: {command}");
        assert!(run.lines().any(|l| l == format!("run {command}")), ".ci/run: {command}");
    }
}
