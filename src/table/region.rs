//! Lines of a page → [`Region`]s and their [`Block`]s of rows.
//!
//! A region is a column of the page in which tables stand under one another:
//! the whole page, or each half where two tables stand side by side. A block is
//! a run of lines whose figures share columns, with the lines between them.
//! Refuses: prose with figures, tables of contents, lists.

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
        match gutter(&lines) {
            Some(cut) if done.len() + open.len() < 8 => {
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

/// A vertical gap between two tables: its x and the lines it parts.
struct Gutter {
    x: f32,
    first: usize,
    last: usize,
}

fn gutter(lines: &[TLine]) -> Option<Gutter> {
    // Text after a figure, with a figure after it: where does it begin?
    let mut starts: Vec<(f32, usize)> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let t = &line.tokens;
        for i in 1..t.len() {
            let before = t[..i].iter().any(|p| p.number().is_some());
            let after = t[i + 1..].iter().any(|p| p.number().is_some());
            let gap = (t[i].rect.x0 - t[i - 1].rect.x1) / line.size.max(1.0);
            let label = t[i].is_text() && t[i].text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            if label && before && after && !t[i - 1].is_text() && gap >= 0.8 && !line.is_head() {
                starts.push((t[i].rect.x0, k));
            }
        }
    }
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut best: Option<(usize, f32, usize, usize)> = None;
    for i in 0..starts.len() {
        let near: Vec<&(f32, usize)> =
            starts[i..].iter().take_while(|s| s.0 - starts[i].0 < 2.5 * lines[s.1].size).collect();
        let (first, last) = near.iter().fold((usize::MAX, 0), |(a, b), s| (a.min(s.1), b.max(s.1)));
        if near.len() >= 3 && best.as_ref().is_none_or(|b| near.len() > b.0) {
            best = Some((near.len(), starts[i].0, first, last));
        }
    }
    let (_, start, mut first, mut last) = best?;
    let x = start - 0.4 * lines[first].size;
    // Lines above and below belong to it as long as nothing crosses the gap.
    let crosses = |l: &TLine| l.tokens.iter().any(|t| t.rect.x0 < x - 1.0 && t.rect.x1 > x + 1.0);
    let near = |a: &TLine, b: &TLine| (b.baseline - a.baseline).abs() < 4.0 * a.size.max(b.size);
    let has_right = |l: &TLine| l.tokens.iter().any(|t| t.rect.x0 >= x);
    while first > 0 && !crosses(&lines[first - 1]) && near(&lines[first - 1], &lines[first]) {
        first -= 1;
    }
    while last + 1 < lines.len() && !crosses(&lines[last + 1]) && near(&lines[last], &lines[last + 1]) {
        last += 1;
    }
    // A foot line that stands only on the left is under both; it ends the cut.
    while last > first && !has_right(&lines[last]) && lines[last].tokens.iter().all(|t| t.is_text()) {
        last -= 1;
    }
    Some(Gutter { x, first, last })
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
    grows && numbers.len() >= 3 && (led * 2 >= numbers.len() || numbers.last() < Some(&400) && numbers[0] <= 12 && distinct(&numbers))
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
