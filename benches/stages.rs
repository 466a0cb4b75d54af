//! What each stage costs, on the samples: pages → lines → tables → meanings → facts, sheets →
//! whole report → audit → bytes, the tags of a file, the grouping of digits, and the glossary.
//!
//! `cargo bench`; `cargo bench -- audit` for one of them. Pages per second
//! against other programs are measured by `scripts/speed`.

#![allow(clippy::disallowed_methods, reason = "benches read the samples")]

use std::path::Path;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use taltolk::fact::{self, Labels, Owner};
use taltolk::figure;
use taltolk::glossary::{Context, Glossary};
use taltolk::grouping::{self, Row, Sum};
use taltolk::layout::{self, Layout};
use taltolk::number::{self, Point};
use taltolk::output::{self, Format, View};
use taltolk::pdf::{Document, Page};
use taltolk::pipeline::{self, Options};
use taltolk::report::Report;
use taltolk::sheet;
use taltolk::table::{self, Table};

/// One ruled and tagged, one over three pages, one without any rule, one with prose between.
const SAMPLES: [&str; 4] =
    ["budgetbok-typst", "driftsekonomi-chromium", "investeringar-fpdf2", "stadskansli-2026"];

fn main() {
    divan::main();
}

fn bytes(sample: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(sample).with_extension("pdf");
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn pages(sample: &str) -> Vec<Page> {
    let document = Document::open(bytes(sample), None).expect("a sample opens");
    let mut pages = Vec::new();
    document
        .read(
            |_| {},
            |page| {
                pages.push(page);
                Ok(())
            },
        )
        .expect("a sample is read");
    pages
}

fn layouts(sample: &str) -> Vec<Layout> {
    pages(sample).into_iter().map(layout::analyze).collect()
}

fn is_term(label: &str) -> bool {
    Glossary::builtin().is_term(label)
}

fn tables(sample: &str) -> Vec<Table> {
    table::read(&layouts(sample), &is_term)
}

fn report(sample: &str) -> Report {
    pipeline::read(bytes(sample), &Options::default(), &mut |_| {}).expect("a sample is read")
}

/// Bytes → glyphs and rules of every page.
#[divan::bench(args = SAMPLES)]
fn pdf(bencher: Bencher, sample: &str) {
    bencher.counter(ItemsCount::new(pages(sample).len())).with_inputs(|| bytes(sample)).bench_values(
        |bytes| {
            let document = Document::open(bytes, None).expect("a sample opens");
            let mut glyphs = 0;
            document
                .read(
                    |_| {},
                    |page| {
                        glyphs += black_box(&page).glyphs.len();
                        Ok(())
                    },
                )
                .expect("a sample is read");
            glyphs
        },
    );
}

/// Glyphs → words and lines.
#[divan::bench(args = SAMPLES)]
fn layout(bencher: Bencher, sample: &str) {
    let pages = pages(sample);
    bencher
        .counter(ItemsCount::new(pages.len()))
        .with_inputs(|| pages.clone())
        .bench_values(|pages| pages.into_iter().map(layout::analyze).map(|l| l.lines.len()).sum::<usize>());
}

/// Lines → tables of figures, over all pages.
#[divan::bench(args = SAMPLES)]
fn table(bencher: Bencher, sample: &str) {
    let layouts = layouts(sample);
    bencher.counter(ItemsCount::new(layouts.len())).bench(|| table::read(black_box(&layouts), &is_term));
}

/// Lines → tables of every kind, as printed.
#[divan::bench(args = SAMPLES)]
fn sheet(bencher: Bencher, sample: &str) {
    let layouts = layouts(sample);
    bencher
        .counter(ItemsCount::new(layouts.len()))
        .bench(|| black_box(&layouts).iter().map(|l| sheet::of_page(l).len()).sum::<usize>());
}

/// Tables → phase, year, unit and scale of each column.
#[divan::bench(args = SAMPLES)]
fn figure(bencher: Bencher, sample: &str) {
    let tables = tables(sample);
    let context = figure::Context::default();
    bencher.counter(ItemsCount::new(tables.len())).bench(|| {
        let read = |t| figure::read(t, &context, Glossary::builtin()).columns.len();
        black_box(&tables).iter().map(read).sum::<usize>()
    });
}

/// Tables and meanings → facts.
#[divan::bench(args = SAMPLES)]
fn fact(bencher: Bencher, sample: &str) {
    let tables = tables(sample);
    let (context, glossary) = (figure::Context::default(), Glossary::builtin());
    let known: Vec<_> = tables.iter().map(|t| (t, figure::read(t, &context, glossary))).collect();
    bencher.counter(ItemsCount::new(tables.len())).bench(|| {
        let mut labels = Labels::new(glossary);
        let owner = Owner { municipality: None, context: &context, language: None };
        let mut read = |(table, meaning): &(&Table, figure::Meaning)| {
            fact::resolve("t1", table, meaning, owner, &mut labels).1.len()
        };
        black_box(&known).iter().map(&mut read).sum::<usize>()
    });
}

/// A table of so many rows and columns: parts of eight rows with a sum each, and the sum of the sums. The
/// figures are always the same and of all lengths, with no sign that would part them.
fn flattened(rows: usize, columns: usize) -> (Vec<String>, Vec<Sum>) {
    const PART: usize = 8;
    let mut state = 7_u64;
    let mut figure = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let length = [1_000, 100_000, 1_000_000, 10_000_000][(state >> 60) as usize % 4];
        (state >> 20) % length
    };
    let mut table: Vec<Vec<u64>> = Vec::new();
    let mut sums: Vec<Sum> = Vec::new();
    let add = |table: &mut Vec<Vec<u64>>, terms: Vec<usize>| {
        let sum = (0..columns).map(|c| terms.iter().map(|&r| table[r][c]).sum()).collect();
        table.push(sum);
        Sum { total: table.len() - 1, terms: terms.into_iter().map(|r| (r, 1)).collect() }
    };
    while table.len() + 2 < rows {
        let first = table.len();
        let own = PART.min(rows - 2 - first);
        table.extend((0..own).map(|_| (0..columns).map(|_| figure()).collect::<Vec<_>>()));
        sums.push(add(&mut table, (first..first + own).collect()));
    }
    let totals: Vec<usize> = sums.iter().map(|s| s.total).collect();
    sums.push(add(&mut table, totals));
    let text = |row: &Vec<u64>| row.iter().map(|v| number::print((*v).into())).collect::<Vec<_>>().join(" ");
    (table.iter().map(text).collect(), sums)
}

/// Digit groups of the rows of a table → figures, by rows × columns.
#[divan::bench(args = [(10, 3), (40, 5), (160, 8)])]
fn grouping(bencher: Bencher, (rows, columns): (usize, usize)) {
    let (texts, sums) = flattened(rows, columns);
    bencher.counter(ItemsCount::new(texts.len())).bench(|| {
        let row = |text: &String| Row::new(&text.split(' ').collect::<Vec<_>>(), columns);
        let rows: Vec<Row> = black_box(&texts).iter().map(row).collect();
        grouping::solve(&rows, &sums).iter().filter(|c| c.sure).count()
    });
}

/// Bytes → the tables that a file has tagged.
#[divan::bench(args = SAMPLES)]
fn tags(bencher: Bencher, sample: &str) {
    bencher
        .with_inputs(|| bytes(sample))
        .bench_values(|bytes| Document::open(bytes, None).expect("a sample opens").tags().on_page(1).len());
}

/// Bytes → report: every stage.
#[divan::bench(args = SAMPLES)]
fn pipeline(bencher: Bencher, sample: &str) {
    bencher.counter(ItemsCount::new(pages(sample).len())).with_inputs(|| bytes(sample)).bench_values(
        |bytes| pipeline::read(bytes, &Options::default(), &mut |_| {}).expect("a sample is read"),
    );
}

/// Facts → findings.
#[divan::bench(args = SAMPLES)]
fn audit(bencher: Bencher, sample: &str) {
    let report = report(sample);
    bencher
        .counter(ItemsCount::new(report.facts.len()))
        .with_inputs(|| report.facts.clone())
        .bench_values(|facts| taltolk::audit::check(&report.tables, facts, Glossary::builtin()));
}

/// Report → JSON and CSV.
#[divan::bench(args = [Format::Json, Format::Csv])]
fn output(bencher: Bencher, format: Format) {
    let report = report("driftsekonomi-chromium");
    let write = |out: &mut Vec<u8>| {
        output::write(&report, View::Facts, format, out).expect("a vector takes everything");
    };
    let mut once = Vec::new();
    write(&mut once);
    bencher.counter(BytesCount::new(once.len())).bench(|| {
        let mut out = Vec::new();
        write(&mut out);
        out
    });
}

/// Label → concept: as it is, with what books add to it, with a slip, and unknown.
#[divan::bench(args = ["Personalkostnader", "varav Personalkostnader, externt", "Personalkostnaderr", "Snöröjning på Storgatan"])]
fn glossary(bencher: Bencher, label: &str) {
    let glossary = Glossary::builtin();
    bencher.bench(|| glossary.lookup(&Context::default(), black_box(label)).map(|m| m.score));
}

/// Text → amount.
#[divan::bench(args = ["-3 897 591", "1.234,5 %", "(12 500)", "Personalkostnader"])]
fn number(bencher: Bencher, text: &str) {
    bencher.bench(|| number::parse(black_box(text), Point::Group));
}
