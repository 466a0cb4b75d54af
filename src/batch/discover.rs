//! Paths → the documents in them, in one fixed order.
//!
//! Folders are walked, links followed (never in a circle), `.pdf` and `.txt`
//! taken in any case. A file that the user names is always taken. Documents
//! are called by their path below the folder that the user gave, in NFC with
//! `/` between the parts; where two would be called the same, by the path as
//! given. Hidden files and those that git ignores are documents too.
//!
//! Refuses: passing over in silence. A folder that is called `x.pdf`, a link
//! to a missing file, a folder that may not be listed: each is a document with
//! an error.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

use crate::error::{Error, ErrorKind};

/// One document, or what stands where one should be.
#[derive(Debug)]
pub(super) struct Found {
    /// What reports call it.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
    /// Why it cannot be read, where that is plain to see.
    pub(super) error: Option<Error>,
}

/// All documents below the paths, by name.
pub(super) fn discover(paths: &[PathBuf]) -> Vec<Found> {
    let mut found = Vec::new();
    for path in paths {
        if fs::metadata(path).is_ok_and(|m| m.is_dir()) {
            walk(path, &mut found);
        } else {
            found.push(Found { name: nfc(path), path: path.clone(), error: None });
        }
    }
    // The same file by two routes is one document.
    let mut seen = BTreeSet::new();
    found.retain(|f| seen.insert(f.path.clone()));
    tell_apart(&mut found);
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn walk(root: &Path, found: &mut Vec<Found>) {
    for entry in WalkDir::new(root).follow_links(true) {
        match entry {
            Ok(entry) => {
                let directory = entry.file_type().is_dir();
                if is_document(entry.path()) && (!directory || entry.depth() > 0) {
                    found.push(Found {
                        name: below(root, entry.path()),
                        path: entry.into_path(),
                        error: directory.then(misnamed),
                    });
                }
            }
            // A link back to a folder that holds it: everything there is read anyway.
            Err(e) if e.loop_ancestor().is_some() => {}
            Err(e) => {
                let path = e.path().unwrap_or(root).to_owned();
                let folder = !is_document(&path);
                // Opening a document again says more precisely what is wrong.
                let error = folder.then(|| unlisted(e.io_error()));
                if !folder || path == root || !is_dangling(&path) {
                    found.push(Found { name: below(root, &path), path, error });
                }
            }
        }
    }
}

/// A dangling link that is not called like a document is none of our business.
fn is_dangling(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink())
}

fn misnamed() -> Error {
    Error::new(ErrorKind::Io, "found a folder with the name of a document, expected a file")
        .with_hint("documents in that folder are read all the same")
}

fn unlisted(error: Option<&io::Error>) -> Error {
    let why = error.map_or_else(|| "unknown".to_owned(), ToString::to_string);
    Error::new(ErrorKind::Io, format!("found a folder that cannot be listed: {why}"))
}

fn is_document(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf") || e.eq_ignore_ascii_case("txt"))
}

fn below(root: &Path, path: &Path) -> String {
    nfc(path.strip_prefix(root).ok().filter(|p| !p.as_os_str().is_empty()).unwrap_or(path))
}

/// The path as reports name it.
pub(super) fn nfc(path: &Path) -> String {
    let name: String = path.to_string_lossy().nfc().collect();
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}

/// Two documents must not share a name: a later one would replace the earlier.
fn tell_apart(found: &mut [Found]) {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for f in found.iter() {
        *count.entry(f.name.clone()).or_default() += 1;
    }
    for f in found.iter_mut().filter(|f| count.get(&f.name).is_some_and(|n| *n > 1)) {
        f.name = nfc(&f.path);
    }
    // What is left differs in bytes alone: NFC and NFD of one name, or no UTF-8.
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.path.cmp(&b.path)));
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    for f in found {
        let n = taken.entry(f.name.clone()).or_default();
        *n += 1;
        if *n > 1 {
            f.name = format!("{}#{n}", f.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[Found]) -> Vec<(&str, bool)> {
        found.iter().map(|f| (f.name.as_str(), f.error.is_some())).collect()
    }

    #[test]
    fn folders_are_walked_in_one_order() {
        let dir = tempfile::tempdir().expect("a directory");
        let at = |p: &str| dir.path().join(p);
        fs::create_dir_all(at("b/ord.pdf")).expect("creates");
        for name in ["b/Z.PDF", "a.txt", "b/fo\u{308}r.pdf", "b/not.docx", ".hidden.pdf"] {
            fs::write(at(name), "x").expect("writes");
        }
        let found = discover(&[dir.path().to_owned(), at("b/not.docx"), at("missing.pdf")]);
        let rest = found.iter().filter(|f| !f.path.is_absolute()).count();
        assert_eq!(rest, 0);
        let inside: Vec<_> = names(&found).into_iter().filter(|(n, _)| !n.starts_with('/')).collect();
        assert_eq!(
            inside,
            [
                (".hidden.pdf", false),
                ("a.txt", false),
                ("b/Z.PDF", false),
                ("b/för.pdf", false),
                ("b/ord.pdf", true)
            ]
        );
        assert_eq!(found.len(), 7);
    }

    #[test]
    #[cfg(unix)]
    fn links_lead_to_files_once_and_never_in_a_circle() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().expect("a directory");
        let at = |p: &str| dir.path().join(p);
        symlink(".", at("loop")).expect("links");
        symlink("missing", at("dangling.pdf")).expect("links");
        symlink("missing", at("other")).expect("links");
        assert_eq!(names(&discover(&[dir.path().to_owned()])), [("dangling.pdf", false)]);
    }

    #[test]
    fn equal_names_are_told_apart() {
        let dir = tempfile::tempdir().expect("a directory");
        let at = |p: &str| dir.path().join(p);
        for folder in ["2024", "2025"] {
            fs::create_dir(at(folder)).expect("creates");
            fs::write(at(folder).join("budget.pdf"), "x").expect("writes");
        }
        let found = discover(&[at("2024"), at("2025")]);
        assert!(found[0].name.ends_with("2024/budget.pdf"), "{found:?}");
        assert!(found[1].name.ends_with("2025/budget.pdf"), "{found:?}");
    }
}
