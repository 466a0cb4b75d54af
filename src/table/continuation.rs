//! Table drafts of page after page → [`Table`]s.
//!
//! A draft goes on with the last table when it opens its page, has the same
//! columns, and no heading stands between. Its repeated head is dropped. A draft
//! without any head takes that of the table before it if the columns fit, or the
//! head that ends the page before. Labels that a page break cuts are put together;
//! those that may be cut at the wrong line get no margin, which makes them doubtful.
//! Refuses: to join tables over a page without tables, or of different titles.

use super::column::Zone;
use super::grid::{self, Draft, Second};
use super::line::TLine;
use super::repair::{is_hyphenated, is_listed, is_unfinished};
use super::{Row, Table};
use crate::geometry::Interval;
use crate::glossary::Glossary;
use crate::layout::Layout;

/// Headings that are kept for the next table; those before them are of other chapters.
const HEADINGS: usize = 4;

/// What is known of the tables so far.
#[derive(Default)]
pub(crate) struct Book {
    last: Option<Known>,
    /// Headings after the last table, nearest first: they may head a table of the next page.
    headings: Vec<String>,
    /// The head at the foot of the last page, without rows under it.
    head: Vec<TLine>,
    /// The page of that head.
    page: u32,
}

/// The columns and head of the last table.
struct Known {
    page: u32,
    title: Option<String>,
    columns: Vec<super::Column>,
    /// Where its labels stand in two columns.
    second: Option<Second>,
    open: bool,
}

/// What becomes of the drafts of a page.
impl Book {
    /// What is known of the first table of a page.
    pub(super) fn known(&self, page: u32) -> grid::Known<'_> {
        let head = if self.page + 1 == page { &self.head[..] } else { &[] };
        grid::Known { second: self.last.as_ref().and_then(|l| l.second), head }
    }

    /// Returns the tables of a page; a table that goes on has `boxes` that begin on this
    /// page and is marked by [`Table::goes_on`].
    pub(crate) fn take(&mut self, layout: &Layout, page: grid::Page) -> Vec<Table> {
        let grid::Page { drafts, headings, head } = page;
        let mut out = Vec::new();
        let mut pending = std::mem::replace(&mut self.headings, headings);
        (self.head, self.page) = (head, layout.page);
        if drafts.is_empty() {
            self.headings.append(&mut pending);
            self.headings.truncate(HEADINGS);
        }
        let count = drafts.len();
        for (i, draft) in drafts.into_iter().enumerate() {
            let Draft { mut table, mut zones, before, opens_page, beside, second, lonely } = draft;
            if let Some(known) = self.last.as_ref().filter(|l| i == 0 && l.open && l.page + 1 == layout.page)
            {
                // A column that is empty on this page.
                if let Some(at) = places(&table, &known.columns, &zones) {
                    spread(&mut table, &known.columns, &at);
                    zones = known.columns.iter().map(|c| Zone { xs: c.xs, right: c.xs.hi }).collect();
                }
            }
            let fits =
                |known: &Known| same_columns(&known.columns, &zones.iter().map(|z| z.xs).collect::<Vec<_>>());
            if let Some(known) = &self.last {
                let follows = i == 0 && !beside && known.open && known.page + 1 == layout.page;
                let fits = fits(known);
                let (own, before_it) = (heads(&table), heads_of(&known.columns));
                // The year that stands over all of them may be printed only once.
                let same_head = table.headed
                    && (own == before_it || own == without_years(&before_it) || alike(&own, &before_it));
                // Over a repeated head stands at most the title again.
                let renamed = before.iter().any(|line| {
                    let own = table.title.as_ref().filter(|t| *t == line);
                    own.is_some_and(|t| known.title.as_ref() != Some(t))
                        && !super::vocabulary().is_continued(line)
                });
                let repeated = same_head && before.len() <= 1 && !renamed;
                let says = |line: &String| super::vocabulary().is_continued(line);
                let bare = !table.headed && (opens_page || before.iter().all(says));
                if follows && fits && (repeated || bare) {
                    table.goes_on = true;
                    table.columns.clone_from(&known.columns);
                } else if !table.headed && fits && known.page + 1 >= layout.page {
                    table.columns.clone_from(&known.columns);
                    table.head_carried = true;
                }
            }
            // Under a title of its own, the first row of a table that has the columns of the one before.
            let begins = !opens_page && table.head_carried && table.title.is_some();
            if lonely && !table.goes_on && !begins {
                continue;
            }
            if i == 0 && !table.goes_on {
                if table.title.is_none() && opens_page {
                    table.title = pending.first().map(|t| super::label::clean(&[t]).text);
                }
                table.headings.append(&mut pending);
            }
            self.last = Some(Known {
                page: layout.page,
                title: table.title.clone(),
                columns: table.columns.clone(),
                second,
                // What a heading parts from the next page does not go on there.
                open: i + 1 == count && !beside && self.headings.is_empty(),
            });
            out.push(table);
        }
        out
    }
}

/// Where each column of a table stands among those known, if some of these are missing from it and the others have the
/// same heads over the same places.
fn places(table: &Table, known: &[super::Column], zones: &[Zone]) -> Option<Vec<usize>> {
    if zones.len() < 2 || zones.len() >= known.len() || !table.headed {
        return None;
    }
    let (own, known_heads) = (heads(table), heads_of(known));
    let mut out: Vec<usize> = Vec::new();
    for (zone, head) in zones.iter().zip(&own) {
        let from = out.last().map_or(0, |k| k + 1);
        let same = |k: &usize| {
            let near = (known[*k].xs.hi - zone.right).abs() < 6.0;
            // The head of the empty column may have come along, line by line.
            let within = known_heads[*k].split(' ').all(|w| head.split(' ').any(|v| v == w));
            near && !known_heads[*k].is_empty() && within
        };
        out.push((from..known.len()).find(same)?);
    }
    Some(out)
}

/// Gives a table the known columns, empty where it has none of its own.
fn spread(table: &mut Table, known: &[super::Column], at: &[usize]) {
    for row in table.rows.iter_mut().filter(|r| !r.cells.is_empty()) {
        let mut cells = vec![None; known.len()];
        for (cell, k) in std::mem::take(&mut row.cells).into_iter().zip(at) {
            cells[*k] = cell;
        }
        row.cells = cells;
    }
    table.columns = known.to_vec();
}

fn heads(table: &Table) -> Vec<String> {
    heads_of(&table.columns)
}

fn heads_of(columns: &[super::Column]) -> Vec<String> {
    columns.iter().map(|c| c.pieces.iter().map(|p| p.0.text.as_str()).collect::<Vec<_>>().join(" ")).collect()
}

/// Whether heads are the same but for one in five, of which a word may have been missed.
fn alike(own: &[String], known: &[String]) -> bool {
    let part = |(a, b): (&String, &String)| {
        let within = |a: &str, b: &str| a.split(' ').all(|w| b.split(' ').any(|v| v == w));
        !a.is_empty() && !b.is_empty() && (within(a, b) || within(b, a))
    };
    let same = own.iter().zip(known).filter(|(a, b)| a == b).count();
    own.len() == known.len() && 5 * same >= 4 * own.len() && own.iter().zip(known).all(part)
}

fn without_years(heads: &[String]) -> Vec<String> {
    let bare = |head: &String| {
        head.split(' ').filter(|w| crate::number::year(w).is_none()).collect::<Vec<_>>().join(" ")
    };
    heads.iter().map(bare).collect()
}

fn same_columns(known: &[super::Column], zones: &[Interval]) -> bool {
    known.len() == zones.len()
        && known.iter().zip(zones).all(|(c, z)| (c.xs.hi - z.hi).abs() < 12.0 || c.xs.overlap(z) > 0.0)
}

/// Joins tables that go on with the ones before them and gives each row its headings.
pub(crate) fn finish(tables: Vec<Table>) -> Vec<Table> {
    let mut out: Vec<Table> = Vec::new();
    for table in tables {
        match out.last_mut() {
            Some(last) if table.goes_on => {
                last.boxes.extend(table.boxes);
                let mut rows = table.rows.into_iter().peekable();
                while let Some(before) = last.rows.last_mut()
                    && let Some(row) = rows.next_if(|row| runs_on(before, row))
                {
                    before.label_before(row);
                }
                last.rows.extend(rows);
            }
            _ => out.push(table),
        }
    }
    for table in &mut out {
        doubt_cut_labels(&mut table.rows);
        name_sections(&mut table.rows);
    }
    out
}

/// A label that breaks off, or goes on in a line that stands as a heading, may be cut at the wrong line, and the hyphen
/// of an unknown word may belong to it or not.
fn doubt_cut_labels(rows: &mut [Row]) {
    let open = |r: &Row| r.lines.last().is_some_and(|l| is_hyphenated(l) || is_unfinished(l));
    for k in 0..rows.len() {
        let broken = rows[k].lines.windows(2).any(|w| may_be_broken(&w[0], &w[1]));
        let begun =
            k == 0 && rows[k].label.text.starts_with(char::is_lowercase) && !is_listed(&rows[k].label.text);
        let cut =
            begun || broken || open(&rows[k]) || rows.get(k + 1).is_some_and(|next| runs_on(&rows[k], next));
        if cut && !rows[k].is_heading() {
            rows[k].margin = Some(0.0);
        }
    }
}

/// Whether a hyphen at a line end may be the writer's or the typesetter's: both are no word that is known.
fn may_be_broken(upper: &str, lower: &str) -> bool {
    super::label::broken_capitals(upper, lower).is_some_and(|word| {
        let short = upper.rsplit(' ').next().is_none_or(|w| w.chars().count() <= 4);
        !short && !Glossary::builtin().is_word(&word)
    })
}

/// Whether the first line of a page is the rest of the last label of the page before.
fn runs_on(before: &Row, row: &Row) -> bool {
    let (Some(end), Some(start)) = (before.lines.last(), row.lines.first()) else { return false };
    let open = is_hyphenated(end) || is_unfinished(end);
    // `varav interna` begins a row.
    let memo = start.split(' ').next().is_some_and(|w| super::vocabulary().is_memo(w));
    let lower = start.starts_with(char::is_lowercase) && !start.ends_with(':') && !memo && !is_listed(start);
    row.is_heading() && row.bold == before.bold && (open || lower)
}

/// How prominent a heading is set: capitals over bold over plain.
fn rank(row: &Row) -> u8 {
    let letters = row.label.text.chars().filter(|c| c.is_alphabetic());
    let capitals = letters.clone().count() >= 3 && letters.clone().all(char::is_uppercase);
    u8::from(row.bold) + 2 * u8::from(capitals)
}

/// Headings over each row, outermost first.
fn name_sections(rows: &mut [Row]) {
    struct Open {
        text: String,
        indent: f32,
        rank: u8,
        used: bool,
    }
    let mut stack: Vec<Open> = Vec::new();
    for row in rows {
        if row.is_heading() {
            let rank = rank(row);
            while stack.last().is_some_and(|o| {
                o.indent > row.indent + 3.0
                    || (o.indent - row.indent).abs() <= 3.0 && (o.used && o.rank <= rank || o.rank < rank)
            }) {
                stack.pop();
            }
            row.section = stack.iter().map(|o| o.text.clone()).collect();
            if !row.label.text.is_empty() {
                stack.push(Open { text: row.label.text.clone(), indent: row.indent, rank, used: false });
            }
        } else {
            while stack.last().is_some_and(|o| row.indent < o.indent - 3.0) {
                stack.pop();
            }
            for o in &mut stack {
                o.used = true;
            }
            row.section = stack.iter().map(|o| o.text.clone()).collect();
        }
    }
}
