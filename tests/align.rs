//! Two editions of one book: the pairs of labels that their figures vouch for.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use taltolk::align::{Alignment, Opinion, align};
use taltolk::glossary::Glossary;
use taltolk::pipeline::{self, Options};
use taltolk::report::Report;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/editions")
}

fn report(name: &str) -> Report {
    let bytes = fs::read(folder().join(name)).expect("the edition is there");
    pipeline::read(bytes, &Options::default(), &mut |_| {}).expect("the edition is read")
}

fn aligned(name: &str) -> Alignment {
    align(&report(&format!("{name}-sv.pdf")), &report(&format!("{name}-fi.pdf")), Glossary::builtin())
}

fn plain(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The pairs as the typesetter had them; rows are missing on either side, two tables stand in another order.
#[test]
fn pairs_are_right_and_all_are_found() {
    for name in ["statements", "accounts"] {
        let truth = fs::read_to_string(folder().join(format!("{name}.tsv"))).expect("the truth is there");
        let truth: BTreeSet<(String, String)> = truth
            .lines()
            .skip(1)
            .filter_map(|line| {
                let mut cells = line.split('\t');
                Some((plain(cells.next()?), plain(cells.next()?)))
            })
            .collect();
        let found: BTreeSet<(String, String)> =
            aligned(name).pairs.iter().map(|p| (plain(&p.sv), plain(&p.fi))).collect();
        let wrong: Vec<_> = found.difference(&truth).collect();
        let missing: Vec<_> = truth.difference(&found).collect();
        assert!(100 * wrong.len() <= found.len(), "{name}: wrong {wrong:?}");
        assert!(20 * missing.len() <= truth.len(), "{name}: missing {missing:?}");
    }
}

#[test]
fn the_glossary_gives_its_opinion() {
    let found = aligned("statements");
    let opinion = |sv: &str| found.pairs.iter().find(|p| p.sv == sv).map(|p| p.opinion);
    assert_eq!(opinion("Avgiftsintäkter"), Some(Opinion::Known));
    assert!(found.pairs.iter().all(|p| p.figures >= 1 && p.tables >= 1));
}

#[test]
fn round_figures_pair_nothing() {
    assert_eq!(aligned("round").pairs, []);
}
