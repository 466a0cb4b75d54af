//! What programs may rely on, whatever the version: columns, the form of
//! values, what is missing, determinism. The program from outside is in `cli.rs`.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "tests read files")]

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use rust_decimal::Decimal;
use taltolk::error::ErrorKind;
use taltolk::fact::ValueState;
use taltolk::figure::Unit;
use taltolk::output::{self, Format, View};
use taltolk::pipeline::{self, Options};
use taltolk::report::Report;

const SAMPLES: [&str; 8] = [
    "balansrakning-reportlab",
    "budgetbok-typst",
    "driftsekonomi-chromium",
    "investeringar-fpdf2",
    "kaksikielinen-typst",
    "resultat-weasyprint",
    "stadskansli-2026",
    "talousarvio-libreoffice-calc",
];

/// A row of a CSV by the names of its columns.
type Row = BTreeMap<String, String>;

fn bytes(sample: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).with_extension("pdf");
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn read_with(sample: &str, options: &Options) -> Report {
    pipeline::read(bytes(sample), options, &mut |_| {}).unwrap_or_else(|e| panic!("{sample}: {e}"))
}

fn read(sample: &str) -> Report {
    read_with(sample, &Options { path: format!("{sample}.pdf"), ..Options::default() })
}

fn written(report: &Report, view: View, format: Format) -> String {
    let mut out = Vec::new();
    output::write(report, view, format, &mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("UTF-8")
}

fn rows(report: &Report, view: View) -> Vec<Row> {
    let text = written(report, view, Format::Csv);
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(|r| r.expect("a row")).collect()
}

#[test]
fn facts_csv_has_the_fixed_columns() {
    let head = written(&read("stadskansli-2026"), View::Facts, Format::Csv);
    assert_eq!(
        head.lines().next(),
        Some(
            "document,page,table,row_label,column_label,column_kind,year,value,status,\
             row,column,municipality,entity_path,entity_level,book_year,statement,section,label_fi,code,qualifier,\
             row_kind,concept,concept_sv,concept_fi,concept_en,match_kind,match_score,phase,value_signed,printed,\
             unit,unit_scale,value_state,value_box,label_boxes,head_boxes,repairs,candidates,confidence,doubt,check,\
             year_consistent,reprint_of"
        )
    );
}

#[test]
fn findings_csv_has_the_fixed_columns_and_full_units() {
    let report = read("stadskansli-2026");
    assert_eq!(
        written(&report, View::Findings, Format::Csv).lines().next(),
        Some("document,page,table,row_label,column_label,year,printed,consistent,code,severity,message")
    );
    let findings = rows(&report, View::Findings);
    let blamed = findings
        .iter()
        .find(|f| f["row_label"] == "Verksamhetens intäkter" && f["year"] == "2026")
        .expect("the stale copy is found");
    assert_eq!(
        (&*blamed["printed"], &*blamed["consistent"], &*blamed["severity"]),
        ("150500", "155500", "error")
    );
    for f in &findings {
        assert!(["error", "warning", "note"].contains(&&*f["severity"]), "{f:?}");
        assert!(f["code"].chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{f:?}");
        assert!(!f["message"].is_empty(), "{f:?}");
    }
}

#[test]
fn a_stale_head_is_one_finding_a_column_with_the_printed_year() {
    let findings = rows(&read("stadskansli-2026"), View::Findings);
    let mut by_table: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for f in findings.iter().filter(|f| f["code"] == "stale-year-head") {
        by_table.entry(&f["table"]).or_default().push(f);
    }
    assert_eq!(by_table.len(), 2, "{by_table:?}");
    for columns in by_table.values() {
        assert_eq!(columns.iter().map(|f| &*f["year"]).collect::<Vec<_>>(), ["2023", "2024", "2025"]);
        for f in columns {
            let year: i16 = f["year"].parse().expect("a year");
            assert!(f["row_label"].is_empty() && f["column_label"].contains(&f["year"]), "{f:?}");
            assert!(
                f["message"].contains(&year.to_string()) && f["message"].contains(&(year + 1).to_string()),
                "{f:?}"
            );
        }
    }
}

#[test]
fn kinds_are_those_of_the_contract_and_changes_have_no_year() {
    let kinds = ["actual", "budget", "amended_budget", "plan", "forecast", "other"];
    let mut phases = HashSet::new();
    for sample in SAMPLES {
        for fact in rows(&read(sample), View::Facts) {
            assert!(kinds.contains(&&*fact["column_kind"]), "{sample}: {fact:?}");
            assert!(["sure", "doubtful"].contains(&&*fact["status"]), "{sample}: {fact:?}");
            assert!(fact["year"].is_empty() || fact["year"].len() == 4, "{sample}: {fact:?}");
            if ["change", "share"].contains(&&*fact["phase"]) {
                assert_eq!((&*fact["column_kind"], &*fact["year"]), ("other", ""), "{sample}: {fact:?}");
            } else {
                assert_eq!(fact["column_kind"], fact["phase"], "{sample}: {fact:?}");
            }
            phases.insert(fact["phase"].clone());
        }
    }
    for phase in ["actual", "budget", "amended_budget", "plan", "change"] {
        assert!(phases.contains(phase), "no sample has {phase}: {phases:?}");
    }
}

/// `-`, digits, a point; nothing else.
fn is_plain(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all(whole) && all(part) && !(whole.len() > 1 && whole.starts_with('0'))
}

#[test]
fn values_are_plain_decimals_and_what_is_missing_is_empty() {
    assert!(is_plain("-1250.50") && is_plain("0") && is_plain("0.5"));
    assert!(!["1 250", "1,5", "+1", "1e6", "", "-", "01", "−1"].into_iter().any(is_plain), "planted");
    let (mut zeros, mut nils) = (0, 0);
    for sample in SAMPLES {
        let report = read(sample);
        for (fact, row) in report.facts.iter().zip(rows(&report, View::Facts)) {
            match fact.value_state {
                ValueState::Number => {
                    assert!(is_plain(&row["value"]) && is_plain(&row["value_signed"]), "{sample}: {row:?}");
                    zeros += usize::from(fact.value == Some(Decimal::ZERO));
                }
                ValueState::Nil | ValueState::Unreadable => {
                    assert_eq!((fact.value, fact.value_signed), (None, None), "{sample}: {row:?}");
                    assert_eq!((&*row["value"], &*row["value_signed"]), ("", ""), "{sample}: {row:?}");
                    nils += 1;
                }
            }
            assert!(!fact.printed.is_empty(), "{sample}: a figure without print: {row:?}");
        }
    }
    assert!(zeros > 0 && nils > 0, "the samples print zeros ({zeros}) and dashes ({nils})");
}

#[test]
fn the_unit_scale_is_applied_to_money_only() {
    let report = read("resultat-weasyprint");
    let thousands: Vec<_> = report.facts.iter().filter(|f| f.unit_scale == 1000).collect();
    assert!(!thousands.is_empty());
    for fact in thousands {
        let value = fact.value.unwrap_or_default();
        assert_eq!(value % Decimal::from(1000), Decimal::ZERO, "{fact:?}");
    }
    let report = read("driftsekonomi-chromium");
    let percent: Vec<_> = report.facts.iter().filter(|f| f.unit == Some(Unit::Percent)).collect();
    assert!(!percent.is_empty());
    assert!(percent.iter().all(|f| f.unit_scale == 1), "percent is not money");
}

#[test]
fn of_two_languages_the_swedish_label_leads() {
    let report = read("kaksikielinen-typst");
    let personnel: Vec<_> = report.facts.iter().filter(|f| &*f.row_label == "Personalkostnader").collect();
    assert!(!personnel.is_empty());
    assert!(personnel.iter().all(|f| f.label_fi.as_deref() == Some("Henkilöstökulut")), "{personnel:?}");
}

#[test]
fn a_concept_has_labels_in_three_languages_or_there_is_none() {
    for sample in SAMPLES {
        for fact in &read(sample).facts {
            let parts = [&fact.concept, &fact.concept_sv, &fact.concept_fi, &fact.concept_en];
            let given = parts.iter().filter(|p| p.as_ref().is_some_and(|p| !p.is_empty())).count();
            assert!(given == 0 || given == 4, "{sample}: {fact:?}");
        }
    }
}

/// Some samples say their year in words, others in the heads of their tables only.
#[test]
fn every_book_has_its_year() {
    for (sample, year) in [
        ("balansrakning-reportlab", 2024),
        ("budgetbok-typst", 2026),
        ("investeringar-fpdf2", 2026),
        ("resultat-weasyprint", 2026),
        ("stadskansli-2026", 2026),
        ("talousarvio-libreoffice-calc", 2026),
    ] {
        let report = read(sample);
        assert_eq!(report.document.book_year, Some(year), "{sample}");
        assert!(report.facts.iter().all(|f| f.book_year == Some(year)), "{sample}");
    }
}

#[test]
fn every_figure_can_be_pointed_at() {
    for sample in SAMPLES {
        let report = read(sample);
        let ids: HashSet<&str> = report.tables.iter().map(|t| &*t.id).collect();
        assert_eq!(ids.len(), report.tables.len(), "{sample}: table ids are unique");
        let mut places = HashSet::new();
        for fact in &report.facts {
            assert!(ids.contains(&*fact.table), "{sample}: {fact:?}");
            assert!(fact.row >= 1 && fact.column >= 1, "{sample}: {fact:?}");
            assert!(
                places.insert((&fact.table, fact.row, fact.column)),
                "{sample}: a cell has one fact: {fact:?}"
            );
            assert!((0.0..=1.0).contains(&fact.confidence), "{sample}: {fact:?}");
            let all = fact.value_box.iter().chain(&*fact.label_boxes).chain(&*fact.head_boxes);
            assert!(fact.value_box.is_some(), "{sample}: {fact:?}");
            for b in all {
                let page = &report.document.pages[b.page as usize - 1];
                let r = b.rect;
                assert!(r.x0 <= r.x1 && r.y0 <= r.y1, "{sample}: {fact:?}");
                assert!(
                    r.x0 >= -1.0 && r.y0 >= -1.0 && r.x1 <= page.width + 1.0 && r.y1 <= page.height + 1.0,
                    "{sample}: {fact:?}"
                );
            }
        }
    }
}

#[test]
fn the_same_bytes_give_the_same_report_in_every_format() {
    for sample in SAMPLES {
        let [a, b] = [read(sample), read(sample)];
        for view in [View::Facts, View::Findings] {
            for format in [Format::Json, Format::Csv, Format::Markdown, Format::Text] {
                assert_eq!(
                    written(&a, view, format),
                    written(&b, view, format),
                    "{sample} {view:?} {format:?}"
                );
            }
        }
    }
}

#[test]
fn a_report_comes_back_from_its_json() {
    for sample in SAMPLES {
        let report = read(sample);
        let json = written(&report, View::Facts, Format::Json);
        let back: Report = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{sample}: {e}"));
        assert_eq!(written(&back, View::Facts, Format::Json), json, "{sample}");
    }
    let stranger =
        written(&read("budgetbok-typst"), View::Facts, Format::Json).replacen('{', "{\"surprise\": 1,", 1);
    assert!(serde_json::from_str::<Report>(&stranger).is_err(), "unknown fields are refused");
}

#[test]
fn options_that_change_a_result_change_the_hash_and_secrets_do_not_show() {
    let hash = |options: &Options| pipeline::options_hash(options);
    let plain = hash(&Options::default());
    assert_ne!(plain, hash(&Options { year: Some(2026), ..Options::default() }));
    assert_ne!(plain, hash(&Options { municipality: Some("434".to_owned()), ..Options::default() }));
    assert_ne!(plain, hash(&Options { cross_check: true, ..Options::default() }));
    let secret = Options {
        password: Some("mycket-hemligt".to_owned()),
        path: "a.pdf".to_owned(),
        ..Options::default()
    };
    assert_eq!(plain, hash(&secret));
    let report = read_with("budgetbok-typst", &secret);
    for format in [Format::Json, Format::Csv, Format::Markdown, Format::Text] {
        assert!(!written(&report, View::Facts, format).contains("mycket-hemligt"), "{format:?}");
    }
}

#[test]
fn what_the_user_says_is_taken_over() {
    let options = Options { municipality: Some("Borgå".to_owned()), year: Some(2031), ..Options::default() };
    let report = read_with("budgetbok-typst", &options);
    let municipality = report.document.municipality.expect("said");
    assert_eq!(
        (&*municipality.code, &*municipality.fi, report.document.book_year),
        ("638", "Porvoo", Some(2031))
    );
}

#[test]
fn what_is_no_document_is_an_error_with_a_hint() {
    let cases: [(&[u8], ErrorKind); 2] =
        [(b"", ErrorKind::NotADocument), (b"GIF89a\0\0", ErrorKind::NotADocument)];
    for (bytes, kind) in cases {
        let error =
            pipeline::read(bytes.to_vec(), &Options::default(), &mut |_| {}).expect_err("no document");
        assert_eq!(error.kind(), kind, "{error}");
    }
}
