//! Lines after a head → the rows of its table.
//!
//! In: the lines of a page, where a head may begin. Out: a [`Block`]: the columns, and rows of which every
//! figure has its column. Rows reach to the last line with figures before prose or another head.
//! Refuses: a head under which no row has figures.

use super::Said;
use super::grouping::{self, Choice, Reading, Sum};
use super::head::{self, Head};
use crate::glossary::{Context, Glossary};
use crate::number::{self, Point};
use crate::table::label;
use crate::table::repair::{is_hyphenated, is_unfinished};

/// Lines without figures after which a table is over.
const PAUSE: usize = 6;
/// Words of a label at most; more are prose.
const LABEL_WORDS: usize = 12;
/// Ways to read one row that are looked at.
const WAYS: usize = 600;

/// A table of the text.
pub(super) struct Block {
    /// What stands over the labels.
    pub(super) stub: String,
    /// Heads, line by line.
    pub(super) columns: Vec<Vec<String>>,
    pub(super) entries: Vec<Entry>,
}

/// A row of a table: a label and figures.
pub(super) struct Entry {
    pub(super) label: String,
    /// One a column, where it has any.
    pub(super) figures: Vec<Option<String>>,
    /// Whether it is not proven where its figures begin and end.
    pub(super) unsure: bool,
}

/// A line cut into label and digit groups.
struct Cut<'t> {
    label: &'t str,
    groups: Vec<&'t str>,
    trailing: usize,
}

/// What begins at a line.
pub(super) enum Found {
    /// A table, and how many lines it takes.
    Table(Block, usize),
    /// So many lines that are no table: one, or all lines of a head that is not understood.
    Nothing(usize),
}

/// The table whose head begins at the first line, if one does.
pub(super) fn block(said: &[Said<'_>], glossary: &Glossary) -> Found {
    let heads = said.iter().take_while(|s| head::is_part(&s.text, glossary)).count();
    match table(said, heads, glossary) {
        Some((block, lines)) => Found::Table(block, lines),
        None => Found::Nothing(heads.max(1)),
    }
}

fn table(said: &[Said<'_>], heads: usize, glossary: &Glossary) -> Option<(Block, usize)> {
    let Head { stub, columns } = head::read(&said[..heads], glossary)?;
    let cuts = body(&said[heads..], columns.len(), glossary);
    // Cells left empty at the end of a row leave blanks there, more than other rows end with.
    let usual = cuts.iter().filter(|c| !c.groups.is_empty()).map(|c| c.trailing).min().unwrap_or(0);
    let ways: Vec<Vec<Vec<(usize, usize)>>> = cuts
        .iter()
        .map(|c| {
            let short = c.trailing > usual && columns.len() > 1;
            let ways = if short { grouping::signed(&c.groups, columns.len() - 1, WAYS) } else { Vec::new() };
            // Unless there are too many figures for that.
            if ways.is_empty() { grouping::ways(&c.groups, columns.len(), WAYS) } else { ways }
        })
        .collect();
    if !fits(&cuts, &ways, columns.len()) {
        return None;
    }
    let rows = rows(&cuts, usual, glossary);
    let readings: Vec<Vec<Reading>> = rows
        .iter()
        .map(|row| {
            let read = |k: usize| ways[k].iter().map(|way| reading(&cuts[k], way, columns.len())).collect();
            row.cut.map_or_else(Vec::new, read)
        })
        .collect();
    let choices = grouping::solve(&readings, &sums(&rows, glossary));
    let entries = rows
        .into_iter()
        .zip(choices)
        .map(|(row, choice)| {
            let Some(k) = row.cut else {
                return Entry { label: row.label, figures: Vec::new(), unsure: false };
            };
            let (figures, unsure) = figures(&cuts[k], &ways[k], choice, columns.len(), usual);
            Entry { label: row.label, figures, unsure: unsure || row.unsure }
        })
        .collect();
    Some((Block { stub, columns, entries }, heads + cuts.len()))
}

/// The lines after a head up to the last one with figures.
fn body<'t>(said: &'t [Said<'_>], columns: usize, glossary: &Glossary) -> Vec<Cut<'t>> {
    let mut cuts: Vec<Cut<'_>> = Vec::new();
    let mut last = 0;
    for s in said {
        let cut = cut(s);
        if head::is_part(&s.text, glossary) && cut.groups.len() < 2 || is_prose(&cut) {
            break;
        }
        let figures = !cut.groups.is_empty();
        // The number of the page, not a row: nothing says what it would be.
        let named = !cut.label.is_empty() || cuts.last().is_some_and(|c| c.groups.is_empty());
        if figures && !named && cut.groups.len() < columns {
            break;
        }
        cuts.push(cut);
        if figures {
            last = cuts.len();
        } else if cuts.len() - last > PAUSE {
            break;
        }
    }
    cuts.truncate(last);
    cuts
}

/// Whether the rows have as many figures as the head has columns: all can be read so, most fill every
/// column, and where each figure has its sign, the signs count the columns.
fn fits(cuts: &[Cut<'_>], ways: &[Vec<Vec<(usize, usize)>>], columns: usize) -> bool {
    let rows = cuts.iter().filter(|c| !c.groups.is_empty()).count();
    let readable = ways.iter().filter(|ways| !ways.is_empty()).count();
    let full = ways.iter().filter(|ways| ways.first().is_some_and(|way| way.len() == columns)).count();
    let is_signed = |group: &&&str| group.starts_with(number::is_minus);
    let signs: Vec<usize> = cuts
        .iter()
        .filter(|c| c.groups.first().is_some_and(|g| is_signed(&g)))
        .map(|c| c.groups.iter().filter(is_signed).count())
        .filter(|n| *n >= 2)
        .collect();
    let counted = signs.iter().filter(|n| **n == columns).count();
    readable == rows && full > 0 && 2 * full >= rows && 2 * counted >= signs.len()
}

fn is_prose(cut: &Cut<'_>) -> bool {
    let words = cut.label.split_whitespace().count();
    words > LABEL_WORDS
        || cut.groups.is_empty() && (cut.label.ends_with('.') && words > 2 || cut.label.ends_with(':'))
}

/// The longest end of the line that is figures.
fn cut<'t>(said: &'t Said<'_>) -> Cut<'t> {
    let text: &'t str = &said.text;
    let mut groups: Vec<&'t str> = Vec::new();
    let mut start = text.len();
    let mut rest = text;
    while let Some(word) = rest.split_whitespace().next_back() {
        let at = rest.rfind(word).unwrap_or(0);
        if !is_group(word) {
            break;
        }
        groups.push(word);
        (start, rest) = (at, &text[..at]);
    }
    groups.reverse();
    Cut { label: text[..start].trim_end(), groups, trailing: said.trailing }
}

/// Whether a word is a figure, a group of one, or a lone dash.
fn is_group(word: &str) -> bool {
    number::is_nil(word)
        || word.starts_with(|c: char| c.is_ascii_digit() || number::is_minus(c) || c == '+' || c == '(')
            && number::parse(word, Point::Group).is_some()
}

/// A row: its label in one line, and the line that holds its figures.
struct Row {
    label: String,
    cut: Option<usize>,
    /// Whether lines around it could as well belong to another row.
    unsure: bool,
}

/// Puts the lines of labels together; figures may stand on the first, the last or a line of their own.
fn rows(cuts: &[Cut<'_>], usual: usize, glossary: &Glossary) -> Vec<Row> {
    let links = Links { glossary, usual };
    let mut out: Vec<Row> = Vec::new();
    let mut open: Vec<&Cut<'_>> = Vec::new();
    for (k, cut) in cuts.iter().enumerate() {
        if cut.groups.is_empty() {
            open.push(cut);
            continue;
        }
        let mut row = Row { label: cut.label.to_owned(), cut: Some(k), unsure: false };
        let mut from = 0;
        // What goes on from the row before.
        while from < open.len()
            && let Some(before) = out.last_mut().filter(|r| r.cut.is_some())
            && links.backward(&before.label, open[from])
        {
            let next = open.get(from + 1).map_or(cut.label, |c| c.label);
            if links.forward(open[from], next) {
                (before.unsure, row.unsure) = (true, true);
                break;
            }
            label::append(&mut before.label, open[from].label);
            from += 1;
        }
        // The rest goes on into this row, or stands by itself.
        let mut chain = String::new();
        for (i, cut) in open.iter().enumerate().skip(from) {
            if chain.is_empty() {
                cut.label.clone_into(&mut chain);
            } else {
                label::append(&mut chain, cut.label);
            }
            let next = open.get(i + 1).map_or(row.label.as_str(), |c| c.label);
            if !links.forward(cut, next) && !links.term(&chain, next) {
                out.push(Row { label: std::mem::take(&mut chain), cut: None, unsure: false });
            }
        }
        if !chain.is_empty() {
            if !row.label.is_empty() {
                label::append(&mut chain, &row.label);
            }
            row.label = chain;
        }
        open.clear();
        out.push(row);
    }
    out
}

/// What says that a line of a label goes on with another.
struct Links<'g> {
    glossary: &'g Glossary,
    usual: usize,
}

impl Links<'_> {
    /// Whether the next line goes on from this one.
    fn forward(&self, line: &Cut<'_>, next: &str) -> bool {
        if breaks_off(line.label) || next.is_empty() {
            return true;
        }
        // Empty cells end a row.
        line.trailing <= self.usual
            && (self.goes_on(next) || self.term(line.label, next) && !self.glossary.is_term(line.label))
    }

    /// Whether this line goes on from the row before.
    fn backward(&self, before: &str, line: &Cut<'_>) -> bool {
        breaks_off(before)
            || (self.goes_on(line.label) || self.term(before, line.label)) && !self.glossary.is_term(before)
    }

    /// A small letter at its start; `varav interna` is a row of its own.
    fn goes_on(&self, label: &str) -> bool {
        let vocabulary = self.glossary.vocabulary();
        label.starts_with(char::is_lowercase)
            && !vocabulary.starts_memo(label)
            // A lone `sammanlagt` needs to say of what.
            && (vocabulary.is_sum(label) || !self.glossary.is_term(label))
    }

    /// Whether two lines are one term, which neither is alone.
    fn term(&self, first: &str, second: &str) -> bool {
        let mut joined = first.to_owned();
        label::append(&mut joined, second);
        !second.is_empty() && !self.glossary.is_term(second) && self.glossary.is_term(&joined)
    }
}

/// Whether a line cannot be the end of its label.
fn breaks_off(line: &str) -> bool {
    is_hyphenated(line) || is_unfinished(line)
}

/// One way to read a row, figures from the left.
fn reading(cut: &Cut<'_>, way: &[(usize, usize)], columns: usize) -> Reading {
    let mut out: Reading = way
        .iter()
        .map(|&(a, b)| number::parse(&cut.groups[a..b].join(" "), Point::Group).map(|n| n.value))
        .collect();
    out.resize(columns, None);
    out
}

/// The figures of a row by column, and whether it is open where they begin and end.
fn figures(
    cut: &Cut<'_>,
    ways: &[Vec<(usize, usize)>],
    choice: Choice,
    columns: usize,
    usual: usize,
) -> (Vec<Option<String>>, bool) {
    let Some(way) = ways.get(choice.reading) else { return (Vec::new(), false) };
    let mut figures: Vec<Option<String>> =
        way.iter().map(|&(a, b)| Some(cut.groups[a..b].join(" "))).collect();
    // Only blanks at the end tell which cells are empty.
    let told = figures.len() == columns || cut.trailing > usual;
    figures.resize(columns, None);
    // `12 345 678` under three heads may be three figures or one: then a sum must say so.
    let fewer = way.len() > 1 && !grouping::ways(&cut.groups, way.len() - 1, 1).is_empty();
    // Where not all ways were looked at, the right one may be missing.
    let open = !choice.sure || ways.len() >= WAYS || fewer && !choice.proven;
    (figures, open || !told)
}

/// What adds up to what: by the glossary, and sums over the rows before them.
fn sums(rows: &[Row], glossary: &Glossary) -> Vec<Sum> {
    let filled = |k: usize| rows[k].cut.is_some();
    let concept = |row: &Row| {
        let label = label::clean(&[&row.label]).text;
        glossary.lookup(&Context::default(), &label).map(|found| found.concept)
    };
    let concepts: Vec<_> = rows.iter().map(concept).collect();
    let mut out = Vec::new();
    for (total, found) in concepts.iter().enumerate().filter(|(k, _)| filled(*k)) {
        for sum in found.iter().flat_map(|c| &c.sums) {
            let mut terms = Vec::new();
            for term in &sum.terms {
                let named =
                    |k: &usize| filled(*k) && *k != total && concepts[*k].is_some_and(|c| c.id == term.id);
                if let Some(row) = (0..total).rev().find(named) {
                    terms.push((row, term.weight));
                }
            }
            if terms.len() >= 2 {
                out.push(Sum { total, terms });
            }
        }
    }
    let vocabulary = glossary.vocabulary();
    for (total, row) in rows.iter().enumerate().filter(|(k, _)| filled(*k)) {
        if row.label.split_whitespace().any(|word| vocabulary.is_sum(word)) {
            let is_sum = |k: usize| out.iter().any(|s: &Sum| s.total == k);
            let terms: Vec<(usize, i8)> =
                (0..total).rev().take_while(|&k| !is_sum(k)).filter(|&k| filled(k)).map(|k| (k, 1)).collect();
            if terms.len() >= 2 {
                out.push(Sum { total, terms });
            }
        }
    }
    out
}
