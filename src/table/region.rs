//! Lines of a page → [`Region`]s and their [`Block`]s of rows.
//!
//! A region is a column of the page in which tables stand under one another:
//! the whole page, or each half where two tables stand side by side. A block is
//! a run of lines whose figures share columns, with the lines between them.
//! Refuses: prose with figures, tables of contents, lists.

use super::gutter::{self, Gutter};
use super::line::{Seed, TLine};
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
}

/// Cuts the page where tables stand side by side.
pub(crate) fn regions(lines: Vec<TLine>) -> Vec<Region> {
    let mut done = Vec::new();
    let mut open = vec![lines];
    while let Some(lines) = open.pop() {
        match gutter::find(&lines) {
            Some(cut) if done.len() + open.len() < 16 => {
                let (left, right, rest) = split(lines, &cut);
                done.push(Region { lines: rest.0 });
                open.push(rest.1);
                open.push(right);
                open.push(left);
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
                    side.push(TLine::new(tokens, line.baseline, line.size));
                }
            }
        }
    }
    (left, right, (above, below))
}

/// Longest distance between two lines of one block, in em.
const APART: f32 = 3.4;

/// Finds the blocks of a region.
pub(crate) fn blocks(region: &Region, rulings: &[Ruling]) -> Vec<Block> {
    let lines = &region.lines;
    let mut out: Vec<Block> = Vec::new();
    let mut current: Option<(Block, Vec<Interval>)> = None;
    let mut texts = 0;
    for (k, line) in lines.iter().enumerate() {
        let seed = line.seed(rulings);
        let far = k > 0 && {
            let gap = line.rect.y0 - lines[k - 1].rect.y1;
            gap > APART * line.size.max(lines[k - 1].size) && !tied(rulings, &lines[k - 1].rect, &line.rect)
        };
        if let Some((_, columns)) = &current {
            if line.is_head() && !in_label(line, columns) || far {
                out.extend(current.take().map(|c| c.0));
                texts = 0;
            } else if seed == Seed::No {
                texts = if crosses(line, columns) { texts + 1 } else { texts };
                if texts >= 2 {
                    out.extend(current.take().map(|c| c.0));
                    texts = 0;
                }
            }
        }
        if seed == Seed::No {
            continue;
        }
        let figures: Vec<Interval> = line
            .free(rulings)
            .into_iter()
            .filter(|i| line.tokens[*i].number().is_some())
            .map(|i| line.tokens[i].rect.xs())
            .collect();
        if let Some((block, columns)) = &mut current {
            let fitting = figures.iter().filter(|f| fits(f, columns, line.size)).count();
            let enough = if seed == Seed::Sure { fitting * 2 >= figures.len() } else { fitting == figures.len() };
            if enough && fitting > 0 {
                block.last = k;
                block.seeds.push(k);
                for f in figures {
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
            current = Some((Block { first: k, last: k, seeds: vec![k] }, figures));
        }
    }
    out.extend(current.map(|c| c.0));
    out.retain(|b| !is_contents(b, lines) && is_table(b, lines, rulings));
    out
}

/// Whether a drawn vertical line runs through the gap: the two are cells of one table.
fn tied(rulings: &[Ruling], a: &Rect, b: &Rect) -> bool {
    rulings
        .iter()
        .filter(|r| r.axis == crate::pdf::Axis::Vertical && r.from <= a.y1 && r.to >= b.y0)
        .count()
        >= 2
}

fn fits(figure: &Interval, columns: &[Interval], size: f32) -> bool {
    columns.iter().any(|c| (c.hi - figure.hi).abs() <= 0.8 * size || c.overlap(figure) > 0.4 * figure.len().min(c.len()))
}

/// Whether the words of heads stand left of the figures: a label that sounds like one.
fn in_label(line: &TLine, columns: &[Interval]) -> bool {
    let left = columns.iter().map(|c| c.lo).fold(f32::MAX, f32::min);
    line.tokens.iter().all(|t| t.rect.x1 < left)
}

/// Whether running text covers the figure columns.
fn crosses(line: &TLine, columns: &[Interval]) -> bool {
    line.tokens.iter().any(|t| {
        t.is_text() && t.text.split_whitespace().count() >= 3 && columns.iter().any(|c| c.overlap(&t.rect.xs()) > 0.5 * c.len())
    })
}

/// A table of contents: leaders or gaps to one column of page numbers that only grow.
fn is_contents(block: &Block, lines: &[TLine]) -> bool {
    let mut numbers = Vec::new();
    for &k in &block.seeds {
        let found: Vec<_> = lines[k].tokens.iter().filter_map(|t| t.number()).collect();
        let Some(last) = found.last() else { return false };
        let ends = lines[k].tokens.last().is_some_and(|t| t.number().is_some());
        let Ok(page) = u32::try_from(last.value) else { return false };
        if !ends || last.decimals > 0 || last.grouped || page == 0 || page > 999 {
            return false;
        }
        // A second figure is allowed where it numbers the chapter.
        if found.len() > 2 {
            return false;
        }
        numbers.push(page);
    }
    let led = block.seeds.iter().filter(|k| lines[**k].tokens.iter().any(|t| t.kind == TokenKind::Leader)).count();
    let grows = numbers.windows(2).all(|w| w[0] <= w[1]);
    let small = numbers.last() < Some(&400) && numbers[0] <= 12;
    let titled = (1..=3).filter_map(|d| block.first.checked_sub(d)).any(|k| is_contents_title(&lines[k].text()));
    grows && (titled || led == numbers.len() && small || numbers.len() >= 3 && (led * 2 >= numbers.len() || small && distinct(&numbers)))
}

fn is_contents_title(text: &str) -> bool {
    crate::glossary::Glossary::builtin().vocabulary().is_contents_title(text)
}

fn distinct(numbers: &[u32]) -> bool {
    numbers.windows(2).filter(|w| w[0] != w[1]).count() * 2 >= numbers.len()
}

/// One lonely line with a figure is no table unless its shape says so.
fn is_table(block: &Block, lines: &[TLine], rulings: &[Ruling]) -> bool {
    if block.seeds.len() >= 2 {
        return true;
    }
    let line = &lines[block.first];
    let free = line.free(rulings).len();
    let above = block.first.checked_sub(1).map(|k| &lines[k]);
    let headed = (1..=3).filter_map(|d| block.first.checked_sub(d)).any(|k| lines[k].is_head());
    free >= 2 && headed && above.is_some()
}
