//! The audit on truth files and on cases of our own: planted errors are found
//! at their cell, and a consistent book has no findings.

mod audit {
    pub mod generated;
    pub mod truth;
}

use std::path::{Path, PathBuf};

use audit::truth::{Measured, Truth};

/// The folder shared with the corpus; its truth files are not part of the repository.
fn shared() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::env::var_os("TALTOLK_SHARED_DIR").map_or_else(|| here.join("../shared"), PathBuf::from)
}

/// Truth files of a folder, or `None` with a line that says what was left out.
fn truths(folder: &str) -> Option<Vec<(String, Truth)>> {
    let path = shared().join(folder);
    let Ok(list) = std::fs::read_dir(&path) else {
        assert!(
            std::env::var("TALTOLK_SHARED").as_deref() != Ok("required"),
            "{} is required and not there",
            path.display()
        );
        println!("left out: {} is not there", path.display());
        return None;
    };
    let mut files: Vec<PathBuf> = list
        .filter_map(|e| e.ok().map(|e| e.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
        .collect();
    files.sort();
    Some(
        files
            .into_iter()
            .map(|p| (p.file_stem().unwrap().to_string_lossy().into_owned(), Truth::read(&p)))
            .collect(),
    )
}

fn measure(name: &str, truth: &Truth) -> Measured {
    let measured = truth.measure(&truth.findings());
    println!("{name:34} {measured}");
    measured
}

#[test]
fn public_corpus() {
    let Some(truths) = truths("corpus/public") else { return };
    for (name, truth) in &truths {
        let m = measure(name, truth);
        assert_eq!(m.false_graves, Vec::<String>::new(), "{name}: false findings");
        assert_eq!(m.false_notes, Vec::<String>::new(), "{name}: false notes");
        assert_eq!((m.detected, m.located, m.corrected), (m.planted, m.planted, m.planted), "{name}");
        assert_eq!(m.stale_found, m.stale_printed, "{name}: stale heads");
    }
}

#[test]
fn real_lovisa() {
    let Some(truths) = truths("real") else { return };
    let (name, truth) = truths.iter().find(|t| t.0.starts_with("lovisa")).unwrap();
    let m = measure(name, truth);
    assert_eq!((m.corrected, m.false_graves), (5, Vec::new()));
    assert_eq!(m.stale_found, m.stale_printed);
}

#[test]
fn real_books() {
    let Some(truths) = truths("real") else { return };
    for (name, truth) in truths.iter().filter(|t| !t.0.starts_with("lovisa")) {
        let m = measure(name, truth);
        for line in m.false_graves.iter().chain(&m.missed) {
            println!("    {line}");
        }
    }
}

#[test]
fn own_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/audit");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        let truth = Truth::read(&path);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let m = measure(&name, &truth);
        assert_eq!(m.false_graves, Vec::<String>::new(), "{name}");
        assert_eq!((m.located, m.corrected), (m.planted, m.planted), "{name}: missed {:?}", m.missed);
        assert_eq!(m.stale_found, m.stale_printed, "{name}");
    }
}
