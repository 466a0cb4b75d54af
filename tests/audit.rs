//! The audit on truth files and on cases of our own: planted errors are found
//! at their cell, and a consistent book has no findings.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stdout,
    unreachable_pub,
    reason = "a test may stop at what it does not expect"
)]

mod audit {
    pub mod generated;
    pub mod glossary;
    pub mod truth;
}

use std::path::{Path, PathBuf};

use audit::generated::{Dice, misprint, statement};
use audit::truth::{Measured, Planted, Truth};
use proptest::prelude::*;
use rust_decimal::Decimal;
use taltolk::audit::Severity;
use taltolk::fact::RowKind;

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
        for line in m.false_graves.iter().chain(&m.false_notes).chain(&m.missed) {
            println!("    {line}");
        }
        assert_eq!(m.false_graves, Vec::<String>::new(), "{name}");
        match name.as_str() {
            "kauhava-tilinpaatos-2024" => assert!(m.detected >= 15 && m.located >= 14 && m.corrected >= 14),
            "lapua-talousarvio-2025" => assert_eq!(m.corrected, 1),
            state if state.starts_with("talousarvio") => assert!(100 * m.checked >= 95 * m.facts),
            _ => {}
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

/// Plants `misprint`s into a consistent book; a row and column where rounding cannot hide it.
fn plant(truth: &Truth, dice: &mut Dice, totals_only: bool) -> Option<Truth> {
    let mut truth = truth.clone();
    let table = dice.below(truth.tables.len());
    let t = &mut truth.tables[table];
    let (row, column) = (dice.below(t.rows.len()), dice.below(t.columns.len()));
    if totals_only && !t.rows[row].total {
        return None;
    }
    if t.columns[column].kind == "other" || t.rows.iter().filter(|r| r.label == t.rows[row].label).count() > 1
    {
        return None;
    }
    let old: Decimal = t.rows[row].values[column].as_ref()?.parse().unwrap();
    let others: Vec<Decimal> = t.rows[row]
        .values
        .iter()
        .enumerate()
        .filter(|&(c, _)| c != column && t.columns[c].kind != "other")
        .filter_map(|(_, v)| v.as_ref()?.parse().ok())
        .collect();
    let again =
        |e: &Planted| e.table == table && e.row == t.rows[row].label && e.column == t.columns[column].label;
    let new = misprint(dice, old, &others);
    if (new - old).abs() <= Decimal::new(4, old.scale())
        || old.is_zero()
        || truth.planted_errors.iter().any(again)
    {
        return None;
    }
    t.rows[row].values[column] = Some(new.to_string());
    let others = t.rows.iter().map(|r| r.label.clone()).collect();
    truth.planted_errors.push(Planted {
        table,
        row: t.rows[row].label.clone(),
        column: t.columns[column].label.clone(),
        printed: new.to_string(),
        consistent: old.to_string(),
        accept_rows: others,
        accept_columns: Vec::new(),
        accept_tables: Vec::new(),
    });
    Some(truth)
}

#[test]
fn errors_planted_in_consistent_books() {
    let Some(truths) = truths("corpus/public") else { return };
    for (totals_only, errors) in [(true, 1), (false, 1), (true, 3), (false, 3)] {
        let (mut planted, mut detected, mut located, mut corrected, mut wrong, mut facts) =
            (0, 0, 0, 0, 0, 0);
        for (number, (name, truth)) in truths.iter().filter(|t| t.1.planted_errors.is_empty()).enumerate() {
            if truth.tables.is_empty() {
                continue;
            }
            let mut dice = Dice(number as u64 + 1);
            let mut rounds = 0;
            for _ in 0..100 {
                let mut with_error = truth.clone();
                for _ in 0..60 {
                    if with_error.planted_errors.len() < errors {
                        with_error = plant(&with_error, &mut dice, totals_only).unwrap_or(with_error);
                    }
                }
                if with_error.planted_errors.is_empty() {
                    continue;
                }
                let m = with_error.measure(&with_error.findings());
                planted += m.planted;
                detected += m.detected;
                located += m.located;
                corrected += m.corrected;
                wrong += m.false_graves.len();
                facts += m.facts;
                if std::env::var_os("TALTOLK_VERBOSE").is_some()
                    && (m.corrected < m.planted || !m.false_graves.is_empty())
                {
                    let e = &with_error.planted_errors[0];
                    println!(
                        "{name}: {} -> {}: {:?} false {:?}",
                        e.consistent, e.printed, m.missed, m.false_graves
                    );
                }
                rounds += 1;
                if rounds == 8 {
                    break;
                }
            }
        }
        println!(
            "totals only {totals_only}, {errors} a book: planted {planted} detected {detected} located {located} corrected {corrected} false {wrong} in {facts} facts"
        );
    }
}

/// Figures from nothing to the largest that a decimal holds.
fn odd_figure() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (-9999_i64..99999).prop_map(|v| v.to_string()),
        1 => any::<i128>().prop_map(|v| (Decimal::from_i128_with_scale(v >> 32, (v & 27) as u32)).to_string()),
        1 => Just(Decimal::MAX.to_string()),
        1 => Just("0".to_owned()),
        1 => Just("0.0000000000001".to_owned()),
    ]
}

/// What a worse reader does to a book must not make the book look wrong.
#[test]
fn worse_readings_of_consistent_books() {
    let Some(truths) = truths("corpus/public") else { return };
    for (name, truth) in truths.iter().filter(|t| t.1.planted_errors.is_empty() && !t.1.tables.is_empty()) {
        let plain = truth.findings_when(|tables, facts| {
            for row in tables.iter_mut().flat_map(|t| &mut t.rows) {
                row.concept = None;
                row.kind = RowKind::Detail;
            }
            facts.iter_mut().for_each(|f| f.concept = None);
        });
        let m = truth.measure(&plain);
        assert_eq!(m.false_graves, Vec::<String>::new(), "{name} without concepts and kinds");
        let mut dice = Dice(7);
        let (mut errors, mut warnings, mut rounds) = (0, 0, 0);
        for _ in 0..20 {
            let at = dice.below(m.facts);
            let (_, findings) = truth.findings_when(|_, facts| {
                facts.remove(at);
            });
            errors += findings.iter().filter(|f| f.severity == Severity::Error).count();
            warnings += findings.iter().filter(|f| f.severity == Severity::Warning).count();
            if std::env::var_os("TALTOLK_VERBOSE").is_some() {
                for f in findings.iter().filter(|f| f.severity == Severity::Error) {
                    println!("    {name} lost a figure: {}", f.message);
                }
            }
            rounds += 1;
        }
        println!(
            "{name:34} unmarked: checked {} of {}; one figure lost, {rounds} times: {errors} errors, {warnings} warnings",
            m.checked, m.facts
        );
    }
}

#[test]
fn large_documents_are_quick() {
    let row = |label: String, total: bool, values: Vec<i64>| {
        let values: Vec<String> = values.iter().map(i64::to_string).collect();
        serde_json::json!({"label": label, "total": total, "values": values})
    };
    let columns: Vec<_> = (0..9)
        .map(|c| serde_json::json!({"label": format!("Plan {}", 2020 + c), "kind": "plan", "year": 2020 + c}))
        .collect();
    let mut dice = Dice(3);
    let mut rows = Vec::new();
    let mut grand = vec![0; 9];
    for block in 0..20 {
        let mut sums = vec![0; 9];
        for item in 0..9 {
            let values: Vec<i64> = (0..9).map(|_| 1000 + dice.below(900_000) as i64).collect();
            sums.iter_mut().zip(&values).for_each(|(s, v)| *s += v);
            rows.push(row(format!("Post {block} {item}"), false, values));
        }
        grand.iter_mut().zip(&sums).for_each(|(s, v)| *s += v);
        rows.push(row(format!("Block {block} sammanlagt"), true, sums));
    }
    rows.push(row("Alla sammanlagt".into(), true, grand));
    let table = |page: usize| serde_json::json!({"page": page, "title": "Stor", "unit_scale": 1, "columns": columns, "rows": rows});
    for (tables, errors) in [(1, 0), (1, 3), (40, 5)] {
        let mut truth: Truth = serde_json::from_value(serde_json::json!({
            "document": {"municipality": "Sundby"},
            "tables": (0..tables).map(table).collect::<Vec<_>>(),
        }))
        .unwrap();
        for _ in 0..errors {
            let (t, r, c) = (dice.below(tables), dice.below(200), dice.below(9));
            truth.tables[t].rows[r].values[c] = Some("77".into());
        }
        let start = std::time::Instant::now();
        let (facts, findings) = truth.findings();
        println!(
            "{tables} tables of 201 x 9, {errors} errors: {} facts, {} findings, {:?}",
            facts.len(),
            findings.len(),
            start.elapsed()
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_consistent_statement_has_no_findings(s in statement()) {
        let (_, findings) = s.truth().findings();
        prop_assert!(findings.is_empty(), "{findings:?}");
    }

    /// Whatever the figures, the audit neither panics nor changes one, and says the same twice.
    #[test]
    fn no_figures_are_too_odd(
        cells in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.8, odd_figure()), 4), 1..12),
        kinds in prop::collection::vec(0_usize..5, 4),
        scale in prop_oneof![Just(1_u32), Just(1000), Just(1_000_000), any::<u32>()],
    ) {
        let kinds: Vec<_> = kinds.iter().enumerate().map(|(i, &k)| {
            let label = format!("{}{i}", ["A %", "Ändring", "B 2025", "C", "D 31.12."][k]);
            let kind = ["other", "other", "budget", "actual", "plan"][k];
            let (year, unit) = ((k > 1).then_some(2025), (k == 0).then_some("percent"));
            serde_json::json!({"label": label, "kind": kind, "year": year, "unit": unit})
        }).collect();
        let rows: Vec<_> = cells.iter().enumerate().map(|(i, values)| {
            let label = ["Lån 1.1.", "Lån 31.12.", "Intäkter", "Aktiva", "Passiva", "Netto"][i % 6];
            let (total, level) = (i % 3 == 2, i % 4);
            serde_json::json!({"label": label, "total": total, "level": level, "values": values})
        }).collect();
        let table = serde_json::json!({"page": 1, "title": "Lån", "unit_scale": 1, "columns": kinds, "rows": rows});
        let truth: Truth = serde_json::from_value(serde_json::json!({
            "document": {"municipality": null}, "tables": [table.clone(), table.clone(), table]
        })).unwrap();
        let run = || truth.findings_when(|tables, facts| {
            tables.iter_mut().for_each(|t| t.unit_scale = scale);
            facts.iter_mut().for_each(|f| f.unit_scale = scale);
        });
        prop_assert!(run() == run());
    }

    /// One corrupted cell that two or more equations cover is located.
    #[test]
    fn one_corrupted_cell_is_located(s in statement(), row in any::<prop::sample::Index>(), column in any::<prop::sample::Index>(), off in 100_i64..2_000_000, minus in any::<bool>()) {
        let row = s.covered[row.index(s.covered.len())];
        let column = column.index(s.columns());
        let mut truth = s.truth();
        let cell = truth.tables[0].rows[row].values[column].as_mut().unwrap();
        let value: i64 = cell.parse().unwrap();
        let wrong = if minus { value - off } else { value + off };
        *cell = wrong.to_string();
        let (_, findings) = truth.findings();
        let graves: Vec<_> = findings.iter().filter(|f| f.code != "rounding-difference").collect();
        prop_assert_eq!(graves.len(), 1, "{:?}", graves);
        prop_assert_eq!(&graves[0].row_label, &truth.tables[0].rows[row].label);
        prop_assert_eq!(&graves[0].column_label, &truth.tables[0].columns[column].label);
        prop_assert_eq!(graves[0].printed, Some(Decimal::from(wrong)));
        prop_assert_eq!(graves[0].consistent, Some(Decimal::from(value)));
    }
}
