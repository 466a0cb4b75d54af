//! [`Fact`]s → facts with their [`Check`], and [`Finding`]s.
//!
//! In: the tables of one document, their facts, the glossary's calculation
//! weights. Out: the same facts, each `passed`, `failed` or `not_checkable`,
//! and one finding per error of the book, at the cell that most likely causes
//! it. Pure, deterministic, and no check ever changes a printed value. First
//! all equations that the book itself supports are found (`rows` and after);
//! then, over all of them at once, the smallest set of cells to blame
//! (`localise`). Refuses: an equation that the figures do not bear out; a
//! consistent book has no findings.

mod book;
mod cause;
mod columns;
mod finding;
mod localise;
mod named;
mod pattern;
mod percent;
mod price;
mod relation;
mod report;
mod reprint;
mod rows;
mod rule;
mod stack;
mod stale;
mod summary;
mod tally;
mod units;
mod weights;
mod words;

use std::collections::{BTreeMap, BTreeSet};

pub use finding::{Finding, Severity};
pub use rule::{RULES, Rule};

use crate::equation::{Cell, Equation, Source, Weights};
use crate::fact::TableInfo;
use crate::fact::{Check, Fact, Status};

use book::Book;
use columns::Changes;
use localise::Located;
use percent::Link;
use relation::Relations;
use report::Context;
use stale::StaleHead;
use units::Structure;

/// The doubt of a fact whose other reading agrees with the sums.
const READER_DOUBT: &str = "reader-doubt";

/// Tables that are looked at together. Units, summaries and reprints of a book stand near one
/// another; comparing every table of a very long document with every other one costs the
/// square of their number in time and memory.
const WINDOW: usize = 60;
/// Documents up to this many tables are looked at as a whole.
const WHOLE: usize = 150;

/// Checks the arithmetic of one document.
///
/// `facts` stand in the order of their tables. A document of more than 150 tables is
/// checked in stretches of 60.
pub fn check(tables: &[TableInfo], facts: Vec<Fact>, weights: &dyn Weights) -> (Vec<Fact>, Vec<Finding>) {
    if tables.len() <= WHOLE {
        return check_window(tables, facts, weights);
    }
    let (mut checked, mut findings) = (Vec::with_capacity(facts.len()), Vec::new());
    let mut rest = facts.into_iter().peekable();
    for window in tables.chunks(WINDOW) {
        let ids: BTreeSet<&str> = window.iter().map(|t| t.id.as_str()).collect();
        let mut own = Vec::new();
        while let Some(fact) = rest.next_if(|f| ids.contains(&*f.table)) {
            own.push(fact);
        }
        let (facts, found) = check_window(window, own, weights);
        checked.extend(facts);
        findings.extend(found);
    }
    checked.extend(rest);
    (checked, findings)
}

fn check_window(tables: &[TableInfo], facts: Vec<Fact>, weights: &dyn Weights) -> (Vec<Fact>, Vec<Finding>) {
    let book = Book::new(tables, &facts);
    let structure = units::find(&book);
    let equations = equations(&book, weights, &structure);
    let changes: Vec<Changes> = (0..book.tables.len()).map(|table| Changes::find(&book, table)).collect();
    let mut percents = Vec::new();
    for (table, changes) in changes.iter().enumerate() {
        percent::find(&book, table, changes, &mut percents);
    }
    let price = price::Plausibility { book: &book, percents: &percents };
    let located = localise::locate(&equations, |cell| book.amount(cell), &price);
    let context = Context { book: &book, equations: &equations };
    let mut findings = findings(&context, &located, &percents, &structure);
    let reversed = columns::reversed(&book, &changes);
    findings.extend(reversed.iter().filter_map(|r| rule::reversed_column::finding(&context, r)));
    let verdicts = verdicts(&context, &located, &percents);
    let stale = structure.stale;
    (settle(tables, facts, &verdicts, &stale), findings)
}

/// Every equation that the book bears out, none twice.
fn equations(book: &Book<'_>, weights: &dyn Weights, structure: &Structure) -> Vec<Equation> {
    let mut all = Vec::new();
    let mut relations: Vec<Relations> =
        (0..book.tables.len()).map(|table| rows::find(book, table, weights)).collect();
    pattern::spread(book, &mut relations);
    for (table, relations) in relations.iter().enumerate() {
        let first = all.len();
        columns::equations(book, table, &mut all);
        let changes = Changes::of(&all[first..]);
        relations.equations(book, table, &changes, &mut all);
    }
    all.extend(structure.equations.iter().cloned());
    reprint::equations(book, &mut all);
    summary::equations(book, &mut all);
    let mut seen = rustc_hash::FxHashSet::default();
    all.retain(|e| seen.insert(e.canonical()));
    all
}

fn findings(
    context: &Context<'_, '_>,
    located: &Located,
    percents: &[Link],
    structure: &Structure,
) -> Vec<Finding> {
    let mut out: Vec<(Cell, Finding)> = Vec::new();
    let mut accused: BTreeSet<Cell> = BTreeSet::new();
    for stale in &structure.stale {
        let cell = Cell { table: stale.table, row: 0, column: stale.column };
        out.push((cell, rule::stale_year_head::finding(context, stale)));
    }
    for blame in &located.blames {
        accused.insert(blame.cell);
        let finding = if context.book.amount(blame.cell).is_none() {
            rule::missing_figure::finding(context, blame)
        } else if is_misread(context, blame) {
            rule::reader_doubt::finding(context, blame)
        } else {
            rule::sum_mismatch::finding(context, blame)
        };
        out.push((blame.cell, finding));
    }
    for group in &located.unsolved {
        if let Some(finding) = rule::unlocalised_mismatch::finding(context, group) {
            let totals = group.iter().map(|&e| context.equations[e].total);
            accused.extend(totals);
            out.push((context.equations[group[0]].total, finding));
        }
    }
    for mismatch in percents.iter().filter(|l| !l.holds) {
        // A percentage of a wrong amount is not wrong in itself.
        if !mismatch.sources.iter().any(|c| accused.contains(c)) && accused.insert(mismatch.cell) {
            out.push((mismatch.cell, rule::percent_mismatch::finding(context, mismatch)));
        }
    }
    for (number, equation) in context.equations.iter().enumerate() {
        let Some(balance) = context.balance(number) else { continue };
        // One note a figure, and none where a finding says more or where tables
        // meet that were rounded on their own.
        if matches!(equation.source, Source::Reprint | Source::Units) {
            continue;
        }
        if balance.holds() && !balance.exact() && accused.insert(equation.total) {
            out.push((equation.total, rule::rounding_difference::finding(context, number, &balance)));
        }
    }
    out.sort_by(|a, b| (a.0, &a.1.code).cmp(&(b.0, &b.1.code)));
    out.into_iter().map(|(_, finding)| finding).collect()
}

fn is_misread(context: &Context<'_, '_>, blame: &localise::Blame) -> bool {
    let fact = context.book.fact(blame.cell).map(|f| &context.book.facts[f]);
    fact.is_some_and(|f| f.status == Status::Doubtful || f.candidates.contains(&blame.consistent))
}

/// What the equations say of each fact: its check, and whether we misread it.
fn verdicts(
    context: &Context<'_, '_>,
    located: &Located,
    percents: &[Link],
) -> BTreeMap<usize, (Check, bool)> {
    let blamed: BTreeMap<Cell, &localise::Blame> = located.blames.iter().map(|b| (b.cell, b)).collect();
    let undecided: BTreeSet<usize> = located.unsolved.iter().flatten().copied().collect();
    let mut out: BTreeMap<usize, (Check, bool)> = BTreeMap::new();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    for (number, equation) in context.equations.iter().enumerate() {
        let holds = context.balance(number).is_some_and(|b| b.holds());
        for fact in equation.cells().filter_map(|(cell, _)| context.book.fact(cell)) {
            if undecided.contains(&number) {
                open.insert(fact);
            } else if holds {
                out.entry(fact).or_insert((Check::Passed, false));
            }
        }
    }
    for fact in open {
        out.remove(&fact);
    }
    for fact in percents.iter().filter(|l| l.holds).filter_map(|l| context.book.fact(l.cell)) {
        out.insert(fact, (Check::Passed, false));
    }
    for mismatch in percents.iter().filter(|l| !l.holds) {
        if !mismatch.sources.iter().any(|c| blamed.contains_key(c))
            && let Some(fact) = context.book.fact(mismatch.cell)
        {
            out.insert(fact, (Check::Failed, false));
        }
    }
    for (cell, blame) in blamed {
        if let Some(fact) = context.book.fact(cell) {
            out.insert(fact, (Check::Failed, is_misread(context, blame)));
        }
    }
    out
}

fn settle(
    tables: &[TableInfo],
    mut facts: Vec<Fact>,
    verdicts: &BTreeMap<usize, (Check, bool)>,
    stale: &[StaleHead],
) -> Vec<Fact> {
    let stale: BTreeMap<(&str, u32), i16> = stale
        .iter()
        .map(|s| ((tables[s.table].id.as_str(), u32::try_from(s.column + 1).unwrap_or(0)), s.consistent))
        .collect();
    for (number, fact) in facts.iter_mut().enumerate() {
        let (check, misread) = verdicts.get(&number).copied().unwrap_or((Check::NotCheckable, false));
        fact.check = check;
        if let Some(&year) = stale.get(&(&*fact.table, fact.column)) {
            fact.year_consistent = Some(year);
        }
        if misread {
            fact.status = Status::Doubtful;
            if !fact.doubt.iter().any(|d| d == READER_DOUBT) {
                fact.doubt.push(READER_DOUBT.to_owned());
            }
        }
    }
    facts
}
