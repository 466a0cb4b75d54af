//! Lines of a page → [`Region`]s and their [`Block`]s of rows.
//!
//! A region is a column of the page in which tables stand under one another:
//! the whole page, or each half where two tables stand side by side. A block is
//! a run of lines whose figures share columns, with the lines between them.
//! Refuses: prose with figures, tables of contents, lists.

use super::gutter::{self, Gutter};
use super::line::{Seed, TLine, power, text_of};
use super::token::TokenKind;
use crate::geometry::{Interval, Rect};
use crate::pdf::Ruling;

/// Lines of one part of the page, top to bottom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Region {
    pub(crate) lines: Vec<TLine>,
}

/// Rows of a table: indices of lines, first and last included.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Lines that hold figures.
    pub(crate) seeds: Vec<usize>,
    /// A single line of figures without a head at the top of the page or at its foot: the last row of a table or the
    /// first, or none.
    pub(crate) lonely: bool,
}

/// Cuts the page where tables stand side by side.
pub(crate) fn regions(lines: Vec<TLine>) -> Vec<Region> {
    let mut done = Vec::new();
    let mut open = vec![lines];
    while let Some(lines) = open.pop() {
        match gutter::find(&lines) {
            Some(cut) if done.len() + open.len() < 16 => {
                let (left, right, rest) = split(lines, &cut);
                // Above it there may be another pair, shorter than this one.
                open.extend([rest.1, right, left, rest.0]);
            }
            _ => done.push(Region { lines }),
        }
    }
    done.retain(|r| !r.lines.is_empty());
    done
}

type Split = (Vec<TLine>, Vec<TLine>, (Vec<TLine>, Vec<TLine>));

fn split(lines: Vec<TLine>, cut: &Gutter) -> Split {
    let (mut left, mut right, mut above, mut below) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (k, line) in lines.into_iter().enumerate() {
        if k < cut.first {
            above.push(line);
        } else if k > cut.last {
            below.push(line);
        } else {
            let (l, r): (Vec<_>, Vec<_>) = line.tokens.into_iter().partition(|t| t.rect.center().x < cut.x);
            for (side, tokens) in [(&mut left, l), (&mut right, r)] {
                if !tokens.is_empty() {
                    // The text beside it may be larger.
                    let size = size_of(&tokens).unwrap_or(line.size);
                    side.push(TLine::new(tokens, line.baseline, size));
                }
            }
        }
    }
    (left, right, (above, below))
}

/// The font size of most letters.
fn size_of(tokens: &[super::token::Token]) -> Option<f32> {
    let letters = |size: f32| -> usize {
        tokens.iter().filter(|t| (t.size - size).abs() < 0.1).map(|t| t.text.chars().count()).sum()
    };
    tokens.iter().map(|t| t.size).max_by_key(|s| letters(*s))
}

/// Longest distance between two lines of one block, in em.
const APART: f32 = 3.4;

/// Lines of neighbouring rows are at most this far apart, in em.
const NEAR: f32 = 2.0;

/// Finds the blocks of a region.
pub(crate) fn blocks(region: &Region, rulings: &[Ruling]) -> Vec<Block> {
    let lines = &region.lines;
    let mut out: Vec<Block> = Vec::new();
    let mut current: Option<(Block, Vec<Interval>)> = None;
    let mut texts = 0;
    let contents = contents(lines);
    for (k, line) in lines.iter().enumerate() {
        if contents[k] {
            out.extend(current.take().map(|c| c.0));
            continue;
        }
        let seed = line.seed(rulings);
        let far = k > 0 && {
            let most = APART * line.size.max(lines[k - 1].size);
            let (upper, lower) = (&lines[k - 1].rect, &line.rect);
            lower.y0 - upper.y1 > most && blank(upper, lower, rulings) > most && !tied(rulings, upper, lower)
        };
        let near = k > 0 && line.baseline - lines[k - 1].baseline < NEAR * line.size;
        if let Some((_, columns)) = &current {
            if line.is_head() && !in_label(line, columns) || far {
                out.extend(current.take().map(|c| c.0));
                texts = 0;
            } else if seed == Seed::No {
                texts = if crosses(line, columns) || is_prose(line) { texts + 1 } else { texts };
                if texts >= 2 {
                    out.extend(current.take().map(|c| c.0));
                    texts = 0;
                }
            }
        }
        if seed == Seed::No {
            continue;
        }
        let (figures, dashes): (Vec<usize>, Vec<usize>) =
            line.free(rulings).into_iter().partition(|i| line.tokens[*i].number().is_some());
        let places = |tokens: Vec<usize>| tokens.into_iter().map(|i| line.tokens[i].column());
        let (figures, dashes): (Vec<Interval>, Vec<Interval>) =
            (places(figures).collect(), places(dashes).collect());
        if let Some((block, columns)) = &mut current {
            let fitting = figures.iter().filter(|f| fits(f, columns, line.size)).count();
            // A row with more figures than the rows so far is fine as long as none contradicts them.
            let clashing = figures
                .iter()
                .filter(|f| !fits(f, columns, line.size) && columns.iter().any(|c| c.overlap(f) > 0.0))
                .count();
            let enough = match seed {
                // Where most cells are empty, rows share few columns.
                Seed::Sure => {
                    fitting * 2 >= figures.len() || clashing == 0 && (fitting * 2 >= columns.len() || near)
                }
                _ => fitting == figures.len(),
            };
            // A row right below may fill none of the columns so far, but new ones beside them.
            let new =
                seed == Seed::Sure && near && clashing == 0 && under_head(&figures, columns, block, lines);
            if enough && fitting > 0 || new {
                block.last = k;
                block.seeds.push(k);
                for f in figures.into_iter().chain(dashes) {
                    match columns.iter_mut().find(|c| c.overlap(&f) > 0.0) {
                        Some(c) => *c = c.union(&f),
                        None => columns.push(f),
                    }
                }
                texts = 0;
                continue;
            }
            if seed == Seed::Maybe {
                continue;
            }
            out.extend(current.take().map(|c| c.0));
        }
        if seed == Seed::Sure {
            texts = 0;
            // A dash holds the place of a figure: where most cells are empty, rows may share none with the first.
            let columns = figures.into_iter().chain(dashes).collect();
            current = Some((Block { first: k, last: k, seeds: vec![k], lonely: false }, columns));
        }
    }
    out.extend(current.map(|c| c.0));
    out.retain_mut(|b| {
        b.lonely = !is_table(b, lines, rulings);
        let figures = lines[b.first].free(rulings).len();
        !b.lonely || b.first <= 1 && figures >= 2 || b.last + 1 == lines.len() && figures >= 3
    });
    out
}

/// The tallest white between two lines: a rule under a sum and one over the next part it.
fn blank(upper: &Rect, lower: &Rect, rulings: &[Ruling]) -> f32 {
    let over = |r: &&Ruling| {
        r.axis == crate::pdf::Axis::Horizontal
            && r.from < upper.x1.max(lower.x1)
            && r.to > upper.x0.min(lower.x0)
            && r.at > upper.y1
            && r.at < lower.y0
    };
    let mut ends: Vec<f32> = rulings.iter().filter(over).map(|r| r.at).collect();
    ends.extend([upper.y1, lower.y0]);
    ends.sort_by(f32::total_cmp);
    ends.windows(2).map(|w| w[1] - w[0]).fold(f32::MIN, f32::max)
}

/// Whether figures stand where the head of a block or its columns so far stand.
fn under_head(figures: &[Interval], columns: &[Interval], block: &Block, lines: &[TLine]) -> bool {
    let above = lines[..block.first].iter().rev().take(4).find(|l| l.is_head());
    let places = above.into_iter().flat_map(|l| l.tokens.iter().skip(1).map(|t| t.rect.xs()));
    let extent = places.chain(columns.iter().copied()).reduce(|a, b| a.union(&b)).unwrap_or_default();
    let em = lines[block.first].size;
    figures.iter().all(|f| f.lo > extent.lo - em && f.hi < extent.hi + em)
}

/// Whether a drawn vertical line runs through the gap: the two are cells of one table.
pub(super) fn tied(rulings: &[Ruling], a: &Rect, b: &Rect) -> bool {
    rulings.iter().filter(|r| r.axis == crate::pdf::Axis::Vertical && r.from <= a.y1 && r.to >= b.y0).count()
        >= 2
}

fn fits(figure: &Interval, columns: &[Interval], size: f32) -> bool {
    columns.iter().any(|c| {
        (c.hi - figure.hi).abs() <= 0.8 * size || c.overlap(figure) > 0.4 * figure.len().min(c.len())
    })
}

/// Whether the words of heads stand left of the figures: a label that sounds like one.
fn in_label(line: &TLine, columns: &[Interval]) -> bool {
    let left = columns.iter().map(|c| c.lo).fold(f32::MAX, f32::min);
    let whole = line.tokens.windows(2).all(|t| t[1].rect.x0 - t[0].rect.x1 < 2.0 * line.size);
    whole && line.tokens.iter().all(|t| t.rect.x1 < left)
}

/// Whether running text covers the figure columns.
fn crosses(line: &TLine, columns: &[Interval]) -> bool {
    line.tokens.iter().any(|t| {
        t.is_text()
            && t.text.split_whitespace().count() >= 3
            && columns.iter().any(|c| c.overlap(&t.rect.xs()) > 0.5 * c.len())
    })
}

/// Whether it is a line of running text, which need not reach as far as the figures do.
fn is_prose(line: &TLine) -> bool {
    const WORDS: usize = 8;
    line.tokens.iter().any(|t| t.is_text() && t.text.split_whitespace().count() >= WORDS)
}

/// Lines of tables of contents: text, perhaps leaders, and at the same right edge page
/// numbers that only grow.
fn contents(lines: &[TLine]) -> Vec<bool> {
    let mut out = vec![false; lines.len()];
    let entries: Vec<Option<Entry>> = lines.iter().map(entry).collect();
    let mut k = 0;
    while k < lines.len() {
        let Some(first) = entries[k] else {
            k += 1;
            continue;
        };
        let mut run = vec![k];
        let mut last = first;
        let mut end = k + 1;
        // Long titles wrap: a line of text alone may stand between two entries.
        while end < lines.len()
            && lines[end].baseline - lines[run[run.len() - 1]].baseline < 4.5 * lines[end].size
        {
            match entries[end] {
                Some(e) if e.page >= last.page && (e.right - last.right).abs() < 1.2 * lines[end].size => {
                    last = e;
                    run.push(end);
                }
                Some(_) => break,
                None if lines[end].tokens.iter().all(super::token::Token::is_text)
                    && !lines[end].is_head() => {}
                None => break,
            }
            end += 1;
        }
        if is_contents(lines, &entries, &run) {
            out[k..=run[run.len() - 1]].fill(true);
        }
        k = run[run.len() - 1] + 1;
    }
    out
}

/// A line that may be one of a table of contents.
#[derive(Clone, Copy)]
struct Entry {
    page: u32,
    right: f32,
    led: bool,
}

fn entry(line: &TLine) -> Option<Entry> {
    let tokens: Vec<_> = line.tokens.iter().filter(|t| t.kind != TokenKind::Nil).collect();
    let last = tokens.last()?;
    let number = last.number()?;
    let page = u32::try_from(number.value.abs()).ok()?;
    if number.decimals > 0 || number.grouped || number.unit.is_some() || page == 0 || page > 999 {
        return None;
    }
    // Before it a title, which a chapter number may open.
    let title = &tokens[..tokens.len() - 1];
    let chapter = |i: usize| i == 0;
    let plain = title.iter().enumerate().all(|(i, t)| {
        t.is_text() || t.kind == TokenKind::Leader || power(t) || t.year().is_some() || chapter(i)
    });
    let worded = title.iter().any(|t| t.is_text() && t.text.chars().any(char::is_alphabetic));
    let led = title.iter().any(|t| t.kind == TokenKind::Leader);
    (plain && worded).then_some(Entry { page, right: last.rect.x1, led })
}

fn is_contents(lines: &[TLine], entries: &[Option<Entry>], run: &[usize]) -> bool {
    let pages: Vec<Entry> = run.iter().filter_map(|k| entries[*k]).collect();
    let n = pages.len();
    // Headings of this page: what it lists stands right below.
    let echoed = |k: &usize| lines[k + 1..].iter().any(|l| l.text() == title_of(&lines[*k]));
    if run.iter().any(echoed) {
        return true;
    }
    if n < 2 {
        return false;
    }
    let titled = (1..=3).filter_map(|d| run[0].checked_sub(d)).any(|k| is_contents_title(&lines[k].text()));
    let led = pages.iter().filter(|p| p.led).count();
    let small = pages[0].page <= 12 && pages[n - 1].page < 400;
    // Under a head of its own it is a column of figures.
    let headed = (1..=2).filter_map(|d| run[0].checked_sub(d)).any(|k| {
        let (line, entry) = (&lines[k], &lines[run[0]]);
        line.is_head()
            && line.size < 1.3 * entry.size
            && entry.baseline - line.baseline < 3.5 * entry.size
            && line
                .tokens
                .iter()
                .any(|t| t.rect.x1 > pages[0].right - 40.0 && t.rect.x0 > pages[0].right - 90.0)
    });
    let distinct = pages.windows(2).filter(|w| w[0].page != w[1].page).count();
    titled
        || led == n && small && !headed
        || small && !headed && (n >= 3 && distinct * 2 >= n || n == 2 && pages[1].page <= 30 && distinct == 1)
}

/// An entry without its page number.
fn title_of(line: &TLine) -> String {
    let last = line.tokens.iter().rposition(|t| t.number().is_some()).unwrap_or(line.tokens.len());
    let words: Vec<_> = line.tokens[..last].iter().filter(|t| t.kind != TokenKind::Nil).cloned().collect();
    text_of(&words)
}

fn is_contents_title(text: &str) -> bool {
    super::vocabulary().is_contents_title(text)
}

/// The label of a row has at most so many lines above its figures.
const LABEL_LINES: usize = 6;

/// One lonely line with a figure is no table unless its shape says so.
fn is_table(block: &Block, lines: &[TLine], rulings: &[Ruling]) -> bool {
    if block.seeds.len() >= 2 {
        return true;
    }
    let line = &lines[block.first];
    let free = line.free(rulings).len();
    let above = block.first.checked_sub(1).map(|k| &lines[k]);
    let near = (1..=3).filter_map(|d| block.first.checked_sub(d)).any(|k| lines[k].is_head());
    // The label of the first row may have many lines.
    let label = |k: &usize| {
        let line = &lines[*k];
        line.tokens.iter().all(super::token::Token::is_text) && !line.is_head() && !is_prose(line)
    };
    let labels = (0..block.first).rev().take_while(label).take(LABEL_LINES).count();
    let headed = near || (block.first - labels).checked_sub(1).is_some_and(|k| lines[k].is_head());
    free >= 2 && headed && above.is_some()
}
