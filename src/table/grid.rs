//! One page → table drafts: head, rows and cells of each block.
//!
//! In: a [`Layout`]. Out: tables as far as this page shows them; whether one
//! goes on from the page before is decided by `continuation`.
//! Refuses: blocks in which no row has a label.

mod mend;

use std::ops::Range;

use super::column::{self, Zone};
use super::header::{self, Head};
use super::label;
use super::line::{self, Seed, TLine, text_of};
use super::region::{self, Block, Region};
use super::repair::{self, Item, Setting};
use super::token::{self, Token, TokenKind};
use super::{Cell, Column, Row, Table};
use crate::geometry::{Interval, PageBox, Rect};
use crate::glossary::clauses;
use crate::layout::{Layout, Line, UNMAPPED};
use crate::number::{self, Point};
use crate::pdf::Axis;

/// A table as one page shows it, and what stands around it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) table: Table,
    pub(crate) zones: Vec<Zone>,
    /// Text lines between the table before it and this one (titles, prose).
    pub(crate) before: Vec<String>,
    /// Whether anything but furniture and its own head stands above it on the page.
    pub(crate) opens_page: bool,
    /// Whether it stands in a region of its own beside another table.
    pub(crate) beside: bool,
    /// Where its labels stand in two columns.
    pub(crate) second: Option<Second>,
    /// See [`Block::lonely`].
    pub(crate) lonely: bool,
}

/// A second label column between labels and figures.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Second {
    /// Its left edge.
    edge: f32,
    /// Whether the first column names units over several rows, each of which has its label in the second.
    groups: bool,
}

/// What the page before says of the first table of a page.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known<'a> {
    /// Where the labels of the table before stand in two columns.
    pub(crate) second: Option<Second>,
    /// Lines of a head at its foot, without rows under them.
    pub(crate) head: &'a [TLine],
}

/// What stands on a page.
#[derive(Default)]
pub(crate) struct Page {
    pub(crate) drafts: Vec<Draft>,
    /// Headings after the last table, nearest to the next page first.
    pub(crate) headings: Vec<String>,
    /// Lines of a head at its foot: the rows are on the next page.
    pub(crate) head: Vec<TLine>,
}

/// The tables of a page, and what stands after the last of them.
pub(crate) fn page(layout: &Layout, known: Known<'_>, is_term: &dyn Fn(&str) -> bool) -> Page {
    let lines: Vec<&Line> = layout.lines.iter().filter(|l| !l.furniture).collect();
    let gap = token::group_gap(&lines, &layout.rulings);
    let point = point_means(&lines);
    let mut tlines: Vec<TLine> = lines
        .iter()
        .map(|l| TLine::new(token::tokens(l, &layout.rulings, gap, point), l.baseline, l.size))
        .filter(|l| !l.tokens.is_empty())
        .collect();
    line::mark_columns(&mut tlines);
    line::mark_hung(&mut tlines);
    let regions = region::regions(tlines);
    let beside = regions.len() > 1;
    let Known { mut second, head } = known;
    let mut out = Page::default();
    for region in &regions {
        let blocks = region::blocks(region, &layout.rulings);
        let mut floor = 0;
        for block in &blocks {
            let read = Reader { layout, region, block, floor, is_term, point };
            let head = if out.drafts.is_empty() && !beside { head } else { &[] };
            let Some((mut draft, end)) = read.draft(Known { second, head }) else { continue };
            draft.beside = beside;
            second = draft.second;
            floor = end + 1;
            out.drafts.push(draft);
        }
        let rest = region.lines.get(floor..).unwrap_or_default();
        if !beside {
            out.head = head_at_foot(rest);
        }
        // `Utfall | Budget | %` over the rows of the next page is no heading.
        let head = |l: &&TLine| l.tokens.len() > 2 && out.head.contains(l);
        let headings = headings(rest.iter().filter(|l| !head(l)), usual_size(&region.lines));
        out.headings.splice(0..0, headings);
    }
    if beside {
        headings_of_page(&mut out.drafts, &regions);
    }
    out
}

/// Lines of a head that ends the page, and headings of its first rows under it.
fn head_at_foot(lines: &[TLine]) -> Vec<TLine> {
    /// Most headings of rows.
    const MOST: usize = 2;
    let vocabulary = super::vocabulary();
    let end = lines.iter().rposition(|l| !vocabulary.is_continued(&l.text())).map_or(0, |k| k + 1);
    let heading = |k: &usize| {
        let (line, above) = (&lines[*k], &lines[k.saturating_sub(1)]);
        let close = line.baseline - above.baseline < 2.2 * line.size && (line.size - above.size).abs() < 1.0;
        let words = line.tokens.iter().flat_map(Token::parts).count();
        let worded =
            line.tokens.first().is_some_and(Token::is_text) && !line.text().ends_with(['.', ',', ':']);
        close && !line.is_head() && worded && line.seed(&[]) == Seed::No && words <= 5
    };
    let below = (0..end).rev().take_while(heading).take(MOST).count();
    let heads = lines[..end - below].iter().rev().take_while(|l| l.is_head()).count();
    if heads == 0 { Vec::new() } else { lines[end - below - heads..end].to_vec() }
}

/// Where a page is cut, the heading of a table may stand in another part than the table.
fn headings_of_page(drafts: &mut [Draft], regions: &[Region]) {
    let set = |r: &Region| -> Vec<(Rect, String)> {
        let usual = usual_size(&r.lines);
        r.lines.iter().filter(|l| is_heading(l, usual)).map(|l| (l.rect, l.text())).collect()
    };
    let mut all: Vec<(Rect, String)> = regions.iter().flat_map(set).collect();
    all.sort_by(|a, b| b.0.y0.total_cmp(&a.0.y0));
    let places: Vec<Option<Rect>> = drafts.iter().map(|d| d.table.boxes.first().map(|b| b.rect)).collect();
    // The head of a table is no heading of another.
    let inside = |r: &Rect| {
        places.iter().flatten().any(|t| t.ys().contains(r.center().y) && t.xs().contains(r.center().x))
    };
    all.retain(|(rect, _)| !inside(rect));
    for (draft, place) in drafts.iter_mut().zip(&places) {
        let Some(place) = place else { continue };
        let above = |r: &Rect, of: &Rect| r.y1 <= of.y0 + 1.0 && r.xs().overlap(&of.xs()) > 0.0;
        let parted = |r: &Rect| places.iter().flatten().any(|t| above(r, t) && above(t, place));
        for (rect, text) in &all {
            if above(rect, place) && !parted(rect) && !draft.table.headings.contains(text) {
                draft.table.headings.push(text.clone());
            }
        }
        if draft.table.title.is_none() {
            draft.table.title = draft.table.headings.first().map(|t| label::clean(&[t]).text);
        }
    }
}

/// In one document points group or mark decimals; the figures prove which.
fn point_means(lines: &[&Line]) -> Point {
    let mut groups = 0;
    let mut decimals = 0;
    for word in lines.iter().flat_map(|l| &l.words) {
        let t = word.text.trim_matches(|c: char| number::is_minus(c) || "()%€*".contains(c));
        if !t.contains('.') {
            continue;
        }
        let parts: Vec<&str> = t.split('.').collect();
        if parts.len() < 2 || !parts.iter().all(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit())) {
            continue;
        }
        if parts.len() > 2 && parts[1..].iter().all(|p| p.len() == 3) {
            groups += 3;
        } else if parts.len() == 2 && parts[1].len() == 3 && parts[0].len() <= 3 {
            groups += 1;
        } else if parts.len() == 2 && parts[1].len() <= 2 {
            decimals += 1;
        }
    }
    if decimals > groups { Point::Decimal } else { Point::Group }
}

struct Reader<'a> {
    layout: &'a Layout,
    region: &'a Region,
    block: &'a Block,
    /// First line that no earlier table took.
    floor: usize,
    is_term: &'a dyn Fn(&str) -> bool,
    point: Point,
}

/// The tokens of a line, told apart.
struct Parts {
    label: Vec<Token>,
    second: Vec<Token>,
    cells: Vec<Option<Cell>>,
    any: bool,
}

/// What stands right of the figures.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Beyond {
    /// The labels themselves; at most their codes stand left.
    Label,
    /// Labels in a second language.
    Second,
    /// What is said of a row and no part of it.
    Remark,
}

impl Parts {
    fn empty(columns: usize) -> Parts {
        Parts { label: Vec::new(), second: Vec::new(), cells: vec![None; columns], any: false }
    }

    fn has_words(&self) -> bool {
        !self.label.is_empty() || !self.second.is_empty()
    }
}

impl Reader<'_> {
    fn lines(&self) -> &[TLine] {
        &self.region.lines
    }

    /// The draft and the last line it takes.
    fn draft(&self, known: Known<'_>) -> Option<(Draft, usize)> {
        let lines = self.lines();
        let zones = column::zones(lines, &self.block.seeds, &self.layout.rulings);
        if zones.is_empty() {
            return None;
        }
        let label_end = self.label_end(&zones);
        let mut head = header::read(
            lines,
            &self.layout.turned,
            self.floor,
            self.block.first,
            &zones,
            label_end,
            &self.layout.rulings,
        );
        let start = head.last.map_or_else(|| self.start(&zones), |l| l + 1);
        let end = self.end(&zones);
        let split = self.second_label(start, end, &zones, known.second.map(|k| k.edge));
        let labels_right = column::labels_right(&zones, lines, &self.block.seeds);
        let beyond = if labels_right {
            Beyond::Label
        } else if split.is_some() || !self.seconds(&zones) || head.remarks {
            Beyond::Remark
        } else {
            Beyond::Second
        };
        let mut body: Vec<(usize, Parts)> = (start..=end)
            .map(|k| (k, self.parts(k, &zones, split, beyond)))
            .filter(|(k, p)| p.any || p.has_words() && !self.is_title_again(*k))
            .collect();
        self.mend(&mut body, &zones);
        let groups = split.and_then(|_| self.groups(&body, known.second.is_some_and(|k| k.groups)));
        let second = split.map(|edge| Second { edge, groups: groups.is_some() });
        let (mut rows, last) = match groups {
            Some(groups) => self.rows_of_groups(&body, &zones, groups),
            None => self.rows(&body, &zones, head.last.is_some()),
        };
        if rows.iter().all(|r| r.label.text.is_empty()) {
            return None;
        }
        if !known.head.is_empty() {
            if head.columns.iter().all(Vec::is_empty) {
                let before = self.head_before(known.head, self.block.first, &zones, label_end);
                let headings = known.head.iter().skip_while(|l| l.is_head());
                rows.splice(0..0, headings.map(|l| self.heading_before(l, zones.len())));
                head = Head { first: None, last: None, page_before: true, ..before };
            } else if head.first == Some(0) && !self.repeats(&head, known.head) {
                // The page breaks within the head.
                let before = self.head_before(known.head, 0, &zones, label_end);
                head = Head { first: head.first, last: head.last, ..before };
            }
        }
        let table = self.table(&head, rows, &zones);
        let top = head.first.unwrap_or(self.block.first);
        let before: Vec<String> = lines[self.floor..top].iter().map(TLine::text).collect();
        let lonely = self.block.lonely;
        // The rest of a label that the page break cuts in two opens a page too.
        let rest = head.first.is_none() && start == 0 && lines[0].text().starts_with(char::is_lowercase);
        let mut draft =
            Draft { opens_page: top == 0 || rest, zones, before, table, second, beside: false, lonely };
        self.name(&mut draft, top);
        Some((draft, last))
    }

    /// `Kansliet (forts.)` over the rest of a table.
    fn is_title_again(&self, k: usize) -> bool {
        self.lines()[k].tokens.last().is_some_and(|t| super::vocabulary().is_continued(&t.text))
    }

    /// The head that the page before ends with, read as if it stood right over line `next`.
    fn head_before(&self, head: &[TLine], next: usize, zones: &[Zone], label_end: f32) -> Head {
        let head = &head[..head.iter().rposition(TLine::is_head).map_or(0, |k| k + 1)];
        let first = &self.lines()[next];
        let end = head.last().map_or(0.0, |l| l.baseline);
        let down = first.baseline - 1.2 * first.size - end;
        let mut lines: Vec<TLine> = head.iter().map(|l| l.moved(down)).collect();
        let above = first.rect.y0;
        lines.extend(self.lines()[next..=self.block.first].iter().cloned());
        let mut head = header::read(&lines, &[], 0, lines.len() - 1, zones, label_end, &[]);
        for piece in head.columns.iter_mut().flatten().filter(|p| p.rect.y1 <= above) {
            piece.rect.y0 -= down;
            piece.rect.y1 -= down;
        }
        head
    }

    /// A heading of rows at the foot of the page before.
    fn heading_before(&self, line: &TLine, columns: usize) -> Row {
        let page = self.layout.page - 1;
        let mut row = Row {
            page,
            lines: vec![line.text()],
            boxes: vec![PageBox { page, rect: line.rect }],
            indent: line.rect.x0,
            bold: line.bold,
            size: line.size,
            cells: vec![None; columns],
            ..Row::default()
        };
        row.read_label();
        row
    }

    /// Whether a head says again all that the lines at the foot of the page before said.
    fn repeats(&self, head: &Head, before: &[TLine]) -> bool {
        let (Some(first), Some(last)) = (head.first, head.last) else { return false };
        let own: Vec<&str> = self.lines()[first..=last]
            .iter()
            .flat_map(|l| &l.tokens)
            .flat_map(Token::parts)
            .map(|p| p.0)
            .collect();
        before.iter().flat_map(|l| &l.tokens).flat_map(Token::parts).all(|p| own.contains(&p.0))
    }

    /// Where labels end at the most: left of the first figures.
    fn label_end(&self, zones: &[Zone]) -> f32 {
        let widest = self
            .block
            .seeds
            .iter()
            .flat_map(|k| self.lines()[*k].tokens.iter())
            .filter(|t| t.is_text() && t.rect.x1 <= zones[0].xs.lo + 1.0)
            .map(|t| t.rect.x1)
            .fold(f32::MIN, f32::max);
        if widest > f32::MIN { widest.min(zones[0].xs.lo) } else { zones[0].xs.lo }
    }

    /// Without a head: the first line of the label that the first figures may belong to.
    fn start(&self, zones: &[Zone]) -> usize {
        let lines = self.lines();
        let mut start = self.block.first;
        while start > self.floor && start + 4 > self.block.first {
            let (a, b) = (&lines[start - 1], &lines[start]);
            let close = b.baseline - a.baseline < 1.7 * a.size.max(b.size);
            let label = self.is_label(a, zones) && (a.size - b.size).abs() < 0.1 * b.size && !a.is_head();
            if !close || !label {
                break;
            }
            start -= 1;
        }
        start
    }

    /// Whether a line holds nothing but words of the labels and what is said right of the figures.
    fn is_label(&self, line: &TLine, zones: &[Zone]) -> bool {
        let right = zones[zones.len() - 1].xs.hi;
        line.tokens.iter().all(|t| t.is_text() && t.rect.x1 <= zones[0].xs.hi || t.rect.x0 >= right)
    }

    /// Whether most rows have words right of their figures: labels in a second language.
    fn seconds(&self, zones: &[Zone]) -> bool {
        let right = zones[zones.len() - 1].xs.hi;
        let opens =
            |k: &&usize| self.lines()[**k].tokens.last().is_some_and(|t| t.is_text() && t.rect.x0 >= right);
        self.block.seeds.iter().filter(opens).count() * 2 > self.block.seeds.len()
    }

    /// The last line that may belong to the block: lines of its last label may follow its figures.
    fn end(&self, zones: &[Zone]) -> usize {
        let lines = self.lines();
        let mut end = self.block.last;
        // Beside figures in the middle of a ruled row, a label may have many lines.
        const MOST: usize = 3;
        const MOST_RULED: usize = 8;
        while end + 1 < lines.len() && end < self.block.last + MOST_RULED {
            let (a, b) = (&lines[end], &lines[end + 1]);
            if end >= self.block.last + MOST && !region::tied(&self.layout.rulings, &a.rect, &b.rect) {
                break;
            }
            let close = b.baseline - a.baseline < 1.7 * a.size.max(b.size);
            let label = self.is_label(b, zones) && !b.is_head();
            if !close || !label {
                break;
            }
            end += 1;
        }
        end
    }

    /// Left edge of a second text column between labels and figures, if there is one; `known` is that of the
    /// table before, which holds where too few rows are left to show it.
    fn second_label(&self, start: usize, end: usize, zones: &[Zone], known: Option<f32>) -> Option<f32> {
        let lines = &self.lines()[start..=end];
        let texts = |l: &TLine| -> Vec<(f32, f32)> {
            l.tokens
                .iter()
                .filter(|t| {
                    t.is_text()
                        && t.rect.x0 < zones[0].xs.lo
                        && t.text.chars().any(|c| c.is_alphabetic() || c == '€' || c == '%')
                })
                .map(|t| (t.rect.x0, t.rect.x1))
                .collect()
        };
        let all: Vec<(f32, f32)> = lines.iter().flat_map(texts).collect();
        let left = all.iter().map(|t| t.0).fold(f32::MAX, f32::min);
        let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
        let mut starts: Vec<f32> = all.iter().map(|t| t.0).filter(|x| *x > left + 5.0 * size).collect();
        starts.sort_by(f32::total_cmp);
        let crosses = |t: &(f32, f32), edge: f32| t.0 < edge - size && t.1 > edge + 0.5 * size;
        // Headings may run over both, rows of figures do not.
        let clear = |edge: &f32| {
            let mut rows = self.block.seeds.iter().flat_map(|k| texts(&self.lines()[*k]));
            !rows.any(|t| crosses(&t, *edge))
        };
        if let Some(x) = known
            && let Some(edge) = starts.iter().copied().find(|e| (e - x).abs() < 0.6 * size).filter(clear)
        {
            return Some(edge - 0.45 * size);
        }
        // The edge at which most of the texts further right begin.
        let (edge, count) = starts
            .iter()
            .map(|x| (*x, starts.iter().filter(|y| (**y - x).abs() < 0.4 * size).count()))
            .max_by_key(|e| e.1)?;
        let rows = lines.iter().filter(|l| !texts(l).is_empty()).count();
        let both = lines
            .iter()
            .filter(|l| {
                let t = texts(l);
                t.len() >= 2 && t.iter().any(|t| (t.0 - edge).abs() < 0.4 * size)
            })
            .count();
        let crossing = all.iter().filter(|t| crosses(t, edge)).count();
        // Labels that wrap each by itself rarely share a line with their neighbour.
        let beside = both >= 2 || crossing == 0 && count >= 2 && count < rows;
        (beside && count * 10 >= rows * 4 && crossing * 3 <= count).then_some(edge - 0.45 * size)
    }

    fn parts(&self, k: usize, zones: &[Zone], split: Option<f32>, beyond: Beyond) -> Parts {
        let parted = column::parted(&self.lines()[k], zones, self.point);
        let line = parted.as_ref().unwrap_or(&self.lines()[k]);
        let rulings = &self.layout.rulings;
        let mut parts = Parts::empty(zones.len());
        let seed = self.block.seeds.contains(&k);
        let last_right = zones[zones.len() - 1].xs.hi;
        let mut dashes: Vec<(usize, &Token)> = Vec::new();
        for (i, t) in line.tokens.iter().enumerate() {
            if seed && let Some(zone) = self.sign_of(line, i, zones) {
                dashes.push((zone, t));
                continue;
            }
            let amount = t.number().is_some() || t.kind == TokenKind::Nil;
            let free = line.is_free(i, rulings);
            let flush = zones.iter().any(|z| (z.right - t.column().hi).abs() < 0.4 * line.size);
            let beyond_label = t.rect.x1 > zones[0].xs.lo;
            if amount
                && seed
                && beyond_label
                && (free || flush)
                && let Some(zone) = column::zone_of(zones, t.column(), line.size)
            {
                if t.kind == TokenKind::Nil {
                    dashes.push((zone, t));
                } else {
                    self.put(&mut parts, zone, t);
                }
                continue;
            }
            // A row of nothing but dashes is no seed.
            let dash = !seed && t.kind == TokenKind::Nil && beyond_label && flush && i > 0;
            if dash && let Some(zone) = column::zone_of(zones, t.column(), line.size) {
                dashes.push((zone, t));
                continue;
            }
            if t.kind == TokenKind::Leader {
                continue;
            }
            let right = t.rect.x0 > last_right - 0.3 * line.size;
            if right && beyond == Beyond::Remark && (split.is_some() || !is_unit(&t.text)) {
                continue;
            }
            if right && beyond == Beyond::Label {
                parts.label.push(t.clone());
                continue;
            }
            if right && t.is_text() || split.is_some_and(|x| t.rect.x0 >= x) && t.rect.x0 < zones[0].xs.lo {
                parts.second.push(t.clone());
            } else if t.rect.x0 < zones[0].xs.lo || !seed {
                parts.label.push(t.clone());
            }
        }
        for (zone, dash) in dashes {
            self.put_dash(&mut parts, zone, dash);
        }
        parts
    }

    /// The column whose figure a dash at `i` is the minus of: spreadsheets set it at the left edge of the cell, far
    /// from its figure. A dash that stands in the column before, where no figure does, is that column's nothing.
    fn sign_of(&self, line: &TLine, i: usize, zones: &[Zone]) -> Option<usize> {
        /// A minus stands at least this far right of the label, in em.
        const APART: f32 = 0.6;
        let t = &line.tokens[i];
        let next = line.tokens.get(i + 1)?;
        let number = next.number()?;
        let dash =
            t.kind == TokenKind::Nil && t.text.chars().count() == 1 && t.text.chars().all(number::is_minus);
        if !dash || number.value.is_sign_negative() || next.sign_joined {
            return None;
        }
        let zone = column::zone_of(zones, next.column(), line.size)?;
        let before = i.checked_sub(1).map(|k| &line.tokens[k]);
        let apart = before.is_none_or(|b| t.rect.x0 - b.rect.x1 >= APART * line.size);
        let Some(left) = zone.checked_sub(1).map(|z| &zones[z]) else {
            return (apart && t.rect.x1 <= next.rect.x0).then_some(zone);
        };
        let filled = before.is_some_and(|b| {
            b.number().is_some() && column::zone_of(zones, b.column(), line.size) == Some(zone - 1)
        });
        let beyond = t.rect.x0 >= left.right - 0.1 * line.size;
        (beyond && (filled || t.rect.x0 > left.right + APART * line.size)).then_some(zone)
    }

    fn cell(&self, t: &Token) -> Cell {
        Cell {
            text: t.text.clone(),
            number: t.number().cloned(),
            place: PageBox { page: self.layout.page, rect: t.rect },
            joined: t.joined,
            sign_joined: t.sign_joined,
            note: t.note,
            slack: t.slack,
            conflict: false,
            anew: t.anew.clone(),
        }
    }

    fn put(&self, parts: &mut Parts, zone: usize, t: &Token) {
        parts.any = true;
        let cell = self.cell(t);
        let Some(before) = parts.cells[zone].take() else {
            parts.cells[zone] = Some(cell);
            return;
        };
        // Groups that their gap kept apart, but that share a column, are one figure.
        let text = format!("{} {}", before.text, cell.text);
        parts.cells[zone] = Some(match number::parse(&text, self.point) {
            Some(n) => Cell {
                place: PageBox { rect: before.place.rect.union(&cell.place.rect), ..cell.place },
                text,
                number: Some(n),
                joined: true,
                slack: 0.05,
                ..before
            },
            None => Cell { conflict: true, ..cell },
        });
    }

    fn put_dash(&self, parts: &mut Parts, zone: usize, dash: &Token) {
        parts.any = true;
        match &mut parts.cells[zone] {
            // A dash and a figure in one cell: the figure's minus, wherever it stands.
            Some(cell) => {
                let text = format!("-{}", cell.text);
                if let Some(n) = number::parse(&text, self.point)
                    && cell.number.as_ref().is_some_and(|c| !c.value.is_sign_negative())
                    && dash.text.chars().count() == 1
                {
                    cell.number = Some(n);
                    cell.text = text;
                    cell.sign_joined = true;
                    cell.place.rect = cell.place.rect.union(&dash.rect);
                }
            }
            None => parts.cells[zone] = Some(self.cell(dash)),
        }
    }

    /// Rows and the last line that they take.
    fn rows(&self, body: &[(usize, Parts)], zones: &[Zone], headed: bool) -> (Vec<Row>, usize) {
        let lines = self.lines();
        let codes = code_column(body, lines);
        let items: Vec<Item> = body.iter().map(|(k, p)| item(&lines[*k], *k, p, codes)).collect();
        let left = items.iter().filter_map(|i| i.label.as_ref()).map(|l| l.1.x0).fold(f32::MAX, f32::min);
        let right = items
            .iter()
            .filter(|i| i.line >= self.block.first && i.line <= self.block.last)
            .filter_map(|i| i.label.as_ref())
            .map(|l| l.1.x1)
            .filter(|x| *x <= zones[0].xs.hi || left > zones[0].xs.hi)
            .fold(f32::MIN, f32::max);
        let setting = Setting {
            rulings: &self.layout.rulings,
            fills: &self.layout.fills,
            label_xs: Interval::new(left.min(right), right.max(left)),
            limit: right.max(left),
            is_term: self.is_term,
        };
        let mut out: Vec<Row> = Vec::new();
        let mut last = self.block.last;
        let opens_page = self.floor == 0 && body.first().is_some_and(|b| b.0 == 0);
        for found in repair::rows(&items, &setting) {
            let group = &body[found.first..found.end];
            let figures = group.iter().any(|(_, p)| p.any);
            // Lines after the last figures are the table's only as part of its last label.
            if !figures && group[0].0 > self.block.last {
                break;
            }
            // Without a head, lines above the first figures are the title's, unless the table
            // goes on from the page before.
            if !figures && !headed && out.is_empty() && !opens_page {
                continue;
            }
            last = last.max(group[group.len() - 1].0);
            let mut row = self.row(group, zones);
            row.margin = found.margin;
            match out.last_mut() {
                Some(before) if is_rest_of(before, &row) => {
                    let above = std::mem::replace(before, row);
                    before.label_after(above);
                }
                _ => out.push(row),
            }
        }
        self.loosen_tail(&mut out);
        (out, last)
    }

    /// Rows of a table whose first column names a unit over several rows, each of which has its label in the
    /// second: the unit heads them. Returns the last line too.
    fn rows_of_groups(
        &self,
        body: &[(usize, Parts)],
        zones: &[Zone],
        groups: Vec<Range<usize>>,
    ) -> (Vec<Row>, usize) {
        let mut out = Vec::new();
        let mut last = self.block.last;
        for group in groups {
            let mut names: Vec<(usize, Parts)> = Vec::new();
            let mut lines: Vec<(usize, Parts)> = Vec::new();
            for (k, p) in &body[group] {
                let alone = p.any && p.second.is_empty();
                let text = text_of(&p.label);
                let repeated = names.iter().any(|(_, n)| text_of(&n.label) == text);
                if !p.label.is_empty() && !alone && !repeated {
                    names.push((*k, Parts { label: p.label.clone(), ..Parts::empty(zones.len()) }));
                }
                if p.any || !p.second.is_empty() {
                    let label = if alone { p.label.clone() } else { p.second.clone() };
                    lines.push((*k, Parts { label, second: Vec::new(), cells: p.cells.clone(), any: p.any }));
                }
                last = last.max(*k);
            }
            if !names.is_empty() {
                out.push(self.row(&names, zones));
            }
            if !lines.is_empty() {
                out.extend(self.rows(&lines, zones, true).0);
            }
        }
        (out, last)
    }

    /// The lines of each unit, if the first label column names units over several rows.
    /// `known` says that it did in the part of the table before this.
    fn groups(&self, body: &[(usize, Parts)], known: bool) -> Option<Vec<Range<usize>>> {
        const FEWEST: usize = 4;
        let figures: Vec<usize> = (0..body.len()).filter(|i| body[*i].1.any).collect();
        let second = |i: usize| text_of(&body[i].1.second);
        let mut names: Vec<String> = figures.iter().map(|i| text_of(&body[*i].1.label)).collect();
        names.retain(|n| !n.is_empty());
        // Each row of a unit may repeat its name.
        names.dedup();
        let named = names.len();
        let mut kinds: Vec<String> = figures.iter().map(|i| second(*i)).filter(|s| !s.is_empty()).collect();
        let labelled = kinds.len();
        kinds.sort_unstable();
        kinds.dedup();
        let units = kinds.iter().all(|k| is_unit(k) || !has_letters(k));
        let few = || figures.len() < FEWEST || kinds.len() * 2 > labelled || named * 10 > figures.len() * 6;
        if labelled * 10 < figures.len() * 8 || units || !known && few() {
            return None;
        }
        // A unit begins where a row comes that it already has.
        let mut starts: Vec<usize> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        for &i in &figures {
            let own = second(i);
            if starts.is_empty() || own.is_empty() || seen.is_empty() || seen.contains(&own) {
                starts.push(i);
                seen.clear();
            }
            if !own.is_empty() {
                seen.push(own);
            }
        }
        // Lines between two units belong to the one they stand nearer to.
        let baseline = |i: usize| self.lines()[body[i].0].baseline;
        let mut cuts = vec![0];
        for &start in &starts[1..] {
            let before = figures.iter().copied().take_while(|i| *i < start).last().unwrap_or(start);
            let middle = (baseline(before) + baseline(start)) / 2.0;
            cuts.push((before + 1..=start).find(|i| *i == start || baseline(*i) > middle).unwrap_or(start));
        }
        cuts.push(body.len());
        Some(cuts.windows(2).map(|w| w[0]..w[1]).collect())
    }

    /// Remarks under a table (`The board kept within its frame by   469 800`) are set in its
    /// first column but are not of it: rows at the end that fill one column only where
    /// all rows before them fill every one, and not all of whose labels are terms.
    fn loosen_tail(&self, rows: &mut [Row]) {
        let filled = |r: &Row| r.cells.iter().filter(|c| c.is_some()).count();
        let Some(columns) = rows.first().map(|r| r.cells.len()).filter(|n| *n >= 3) else { return };
        let end: Vec<&Row> = rows
            .iter()
            .rev()
            .filter(|r| !r.is_heading())
            .take_while(|r| filled(r) == 1 && r.cells[0].is_some())
            .collect();
        let tail = if end.iter().all(|r| (self.is_term)(&r.label.text)) { 0 } else { end.len() };
        let figures = rows.iter().filter(|r| !r.is_heading()).count();
        let full = rows.iter().filter(|r| filled(r) == columns).count();
        if tail >= 1 && full >= 2 && full + tail == figures {
            for row in rows.iter_mut().rev().filter(|r| !r.is_heading()).take(tail) {
                row.loose = true;
            }
        }
    }

    fn row(&self, group: &[(usize, Parts)], zones: &[Zone]) -> Row {
        let page = self.layout.page;
        let mut row =
            Row { page, cells: vec![None; zones.len()], bold: true, indent: f32::MAX, ..Row::default() };
        let mut second: Vec<String> = Vec::new();
        let mut code: Vec<String> = Vec::new();
        for (k, p) in group {
            let line = &self.lines()[*k];
            row.size = row.size.max(line.size);
            // A code left of the figures lies far from a label right of them.
            let last = zones.last().map_or(f32::MAX, |z| z.right);
            let far = p.label.iter().filter(|t| t.rect.x0 < last).count();
            let (front, label) = p.label.split_at(if far < p.label.len() { far } else { 0 });
            code.extend(front.iter().map(|t| t.text.clone()));
            if !label.is_empty() {
                row.lines.push(text_of(label));
                if let Some(rect) = Rect::union_all(label.iter().map(|t| t.rect)) {
                    row.indent = row.indent.min(rect.x0);
                    row.boxes.push(PageBox { page, rect });
                }
                row.bold &= label.iter().all(|t| t.bold);
            }
            if !p.second.is_empty() {
                second.push(text_of(&p.second));
                let rect = Rect::union_all(p.second.iter().map(|t| t.rect));
                row.second_boxes.extend(rect.map(|rect| PageBox { page, rect }));
            }
            for (cell, new) in row.cells.iter_mut().zip(&p.cells) {
                if cell.is_none() {
                    cell.clone_from(new);
                }
            }
        }
        if let Some(first) = row.lines.first_mut().filter(|_| !code.is_empty()) {
            *first = format!("{} {first}", code.join(" "));
        }
        row.bold &= !row.lines.is_empty();
        if row.indent == f32::MAX {
            row.indent = 0.0;
        }
        row.read_label();
        let beside = (!second.is_empty()).then(|| label::clean(&second)).filter(|l| !l.text.is_empty());
        if let Some(label) = beside {
            if is_unit(&label.text) {
                row.unit = Some(label.text);
            } else if has_letters(&label.text) {
                row.second = Some(label);
            }
        }
        row
    }

    fn table(&self, head: &Head, rows: Vec<Row>, zones: &[Zone]) -> Table {
        let page = self.layout.page;
        let head_page = if head.page_before { page - 1 } else { page };
        let lines = self.lines();
        let top = head.first.unwrap_or(self.block.first);
        let rect = Rect::union_all(lines[top..=self.block.last].iter().map(|l| l.rect)).unwrap_or_default();
        let columns = head
            .columns
            .iter()
            .zip(zones)
            .map(|(pieces, z)| Column {
                pieces: pieces.iter().map(|p| (p.clone(), head_page)).collect(),
                xs: z.xs,
            })
            .collect();
        let ruled = |axis| {
            self.layout
                .rulings
                .iter()
                .filter(|r| {
                    r.axis == axis
                        && match axis {
                            Axis::Horizontal => {
                                rect.ys().contains(r.at)
                                    && rect.xs().overlap(&Interval::new(r.from, r.to)) > 0.5 * rect.width()
                            }
                            Axis::Vertical => {
                                rect.xs().contains(r.at)
                                    && rect.ys().overlap(&Interval::new(r.from, r.to)) > 0.5 * rect.height()
                            }
                        }
                })
                .count()
        };
        let mut evidence = vec!["alignment"];
        if ruled(Axis::Horizontal) + ruled(Axis::Vertical) >= 2 {
            evidence.insert(0, "rulings");
        }
        Table {
            boxes: vec![PageBox { page, rect }],
            captions: head.stub.clone(),
            corner: head.stub.clone(),
            columns,
            rows,
            evidence,
            // Turned words make a head without a line.
            headed: head.first.is_some()
                || head.columns.iter().filter(|c| !c.is_empty()).count() * 2 > zones.len(),
            ..Table::default()
        }
    }

    /// The nearest heading above, with prose between or not. A subheading of the prose
    /// (`Tyngdpunkter`) gives way to the larger heading over it; a heading proper stays.
    fn heading(&self, top: usize, usual: f32) -> Option<String> {
        let mut found: Option<&TLine> = None;
        for line in self.lines()[self.floor..top].iter().rev().filter(|l| is_heading(l, usual)) {
            match found {
                None => found = Some(line),
                Some(f) if f.size > 1.18 * usual => break,
                Some(f) if line.size > f.size + 0.8 => {
                    found = Some(line);
                    break;
                }
                Some(_) => {}
            }
        }
        found.map(TLine::text)
    }

    /// Title and captions from the lines above.
    fn name(&self, draft: &mut Draft, top: usize) {
        let lines = self.lines();
        let usual = usual_size(lines);
        let mut below = &lines[top];
        let mut near: Vec<&TLine> = Vec::new();
        for k in (self.floor..top).rev().take(5) {
            let line = &lines[k];
            let gap = below.rect.y0 - line.rect.y1;
            if gap > 3.5 * line.size.max(8.0) || is_sentence(line, self.layout.width) {
                break;
            }
            near.push(line);
            below = line;
        }
        // Right over the table: the most prominent line, among equals the nearest.
        let rank = |l: &TLine| l.size + if l.bold { 1.0 } else { 0.0 };
        let touching =
            near.iter().find(|l| !is_unit_line(&l.text())).filter(|l| is_heading(l, usual)).map(|l| l.text());
        let close = near
            .iter()
            .filter(|l| is_heading(l, usual))
            .fold(None::<&&TLine>, |best, l| match best {
                Some(b) if rank(b) + 0.3 >= rank(l) => Some(b),
                _ => Some(l),
            })
            .filter(|l| l.size > 1.18 * usual || self.heading(top, usual).is_none_or(|h| h == l.text()))
            .map(|l| l.text());
        // A plain line can be the title where nothing is set as a heading and it stands alone.
        let plain = || {
            near.first()
                .filter(|l| {
                    near.len() == 1
                        && !is_unit_line(&l.text())
                        && !l.text().starts_with('•')
                        && !l.text().ends_with('.')
                })
                .map(|l| l.text())
        };
        let title = touching.or(close).or_else(|| self.heading(top, usual)).or_else(plain);
        draft.table.captions.extend(near.iter().map(|l| l.text()));
        // A sentence may say what the table is counted in: `Projekten gruppvis, 1 000 euro (moms 0 %).`
        let over = lines[self.floor..top].iter().rev().take(SENTENCES).map(TLine::text);
        draft.table.captions.extend(over.flat_map(|text| units_in(&text)));
        let above = &lines[top.saturating_sub(DECLARING)..top];
        let prose: Vec<String> = above.iter().filter(|l| l.seed(&[]) == Seed::No).map(TLine::text).collect();
        draft.table.declared = super::vocabulary().declared(&prose.join(" ")).pop();
        draft.table.headings = headings(lines[self.floor..top].iter(), usual);
        draft.table.obscured = lines[..self.block.first].iter().any(|l| may_hide_unit(&l.text()));
        draft.table.title = title.map(|t| label::clean(&[t]).text).filter(|t| !t.is_empty());
    }
}

/// Size of the running text; of the table where there is none.
fn usual_size(lines: &[TLine]) -> f32 {
    let mut sizes: Vec<f32> = lines
        .iter()
        .filter(|l| l.text().split_whitespace().count() >= 8 && l.seed(&[]) == Seed::No)
        .map(|l| l.size)
        .collect();
    if sizes.len() < 2 {
        sizes = lines.iter().map(|l| l.size).collect();
    }
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}

/// Whether a line is set as a heading: larger or bolder than the text, or numbered, short, no sentence, no bullet.
fn is_heading(line: &TLine, usual: f32) -> bool {
    let text = line.text();
    let set = line.size > 1.08 * usual || line.bold && line.size >= 0.9 * usual;
    (set || line.size >= 0.97 * usual && is_numbered(&text))
        && text.split_whitespace().count() <= 10
        && !text.ends_with(['.', ',', ';'])
        && !text.starts_with(['•', '▪', '–', '-', '·', '*', '\u{FFFD}'])
        && has_letters(&text)
        && !is_unit_line(&text)
}

/// `7.1 Resultaträkning`, `7.1.2. Henkilöstö`: levels and words, and no figures after them but those of a unit.
fn is_numbered(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(' ') else { return false };
    let levels: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let level =
        |l: &&str| (1..=2).contains(&l.len()) && l.bytes().all(|b| b.is_ascii_digit()) && !l.starts_with('0');
    levels.len() >= 2 && levels.iter().all(level) && rest.starts_with(char::is_uppercase)
}

/// The headings among lines, nearest first.
fn headings<'a>(lines: impl DoubleEndedIterator<Item = &'a TLine>, usual: f32) -> Vec<String> {
    lines.rev().filter(|l| is_heading(l, usual)).map(TLine::text).collect()
}

/// Whether a row only says `sammanlagt` or `yhteensä`, right under a line without figures that says of what.
fn is_rest_of(before: &Row, row: &Row) -> bool {
    let label = &row.label.text;
    let vocabulary = super::vocabulary();
    let (Some(above), Some(own)) = (before.boxes.last(), row.boxes.first()) else { return false };
    before.is_heading()
        && !row.is_heading()
        && label.starts_with(char::is_lowercase)
        && vocabulary.is_sum(label)
        && own.rect.y0 - above.rect.y1 < 0.6 * row.size
        && (own.rect.x0 - above.rect.x0).abs() < 2.0 * row.size
}

/// The text of a unit column: `antal`, `€/invånare`, `%`.
fn is_unit(text: &str) -> bool {
    let vocabulary = super::vocabulary();
    vocabulary.unit_of(text).is_some() || vocabulary.scale_of(text).is_some()
}

/// A line that says only the unit: `1 000 €`, `(euro)`, `Belopp i tusen euro`.
fn is_unit_line(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let unit = super::vocabulary().scale_in(text).is_some();
    let lower = !text.chars().next().is_some_and(char::is_uppercase);
    unit && !is_numbered(text) && (words.len() <= 5 && lower || words.len() <= 3 && text.len() < 16)
}

/// Whether a word with glyphs that say no letter may be a unit of money: all but longer words that begin otherwise.
fn may_hide_unit(text: &str) -> bool {
    let unit = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic() && *c != UNMAPPED).count();
        let begins = ["tus", "tuh", "mil"].iter().any(|b| word.to_lowercase().starts_with(b));
        letters < 5 || begins || word.starts_with(UNMAPPED)
    };
    text.split_whitespace().any(|word| word.contains(UNMAPPED) && unit(word))
}

/// Lines of a page above a table in whose sentences its unit may be declared.
const DECLARING: usize = 60;

/// Lines of text over a table in which its unit may stand.
const SENTENCES: usize = 8;

/// The parts of a sentence, between commas or in brackets, that are a unit of money and nothing else; what begins a line
/// may end an amount: `2,4` / `miljoner euro`.
fn units_in(text: &str) -> Vec<String> {
    let parts = clauses(text).into_iter().skip(1);
    parts.filter(|part| super::vocabulary().scale_of(part).is_some()).map(str::to_owned).collect()
}

/// Running text: long, or ended like a sentence.
fn is_sentence(line: &TLine, page_width: f32) -> bool {
    let text = line.text();
    let words = text.split_whitespace().count();
    words > 14 || line.rect.width() > 0.62 * page_width && !line.bold || text.ends_with('.') && words > 4
}

/// A code in a column of its own stands at least this far from the label, in em.
const CODE_GAP: f32 = 0.5;

/// Where labels begin right of a column of codes.
fn code_column(body: &[(usize, Parts)], lines: &[TLine]) -> Option<f32> {
    let mut edges: Vec<f32> = body
        .iter()
        .filter_map(|(k, p)| {
            let mut words = p.label.iter().flat_map(Token::parts);
            let (code, text) = (words.next()?, words.next()?);
            let apart = text.1.x0 - code.1.x1 > CODE_GAP * lines[*k].size;
            (apart && super::is_code(code.0)).then_some(text.1.x0)
        })
        .collect();
    edges.sort_by(f32::total_cmp);
    let middle = *edges.get(edges.len() / 2)?;
    let near = edges.iter().filter(|x| (**x - middle).abs() < 3.0).count();
    (near >= 2).then_some(middle)
}

fn item(line: &TLine, k: usize, p: &Parts, codes: Option<f32>) -> Item {
    let mut words: Vec<(&str, Rect)> = p.label.iter().flat_map(Token::parts).collect();
    // The code beside a label is no part of its text: the label begins where the others do.
    if let (Some(x), Some(first)) = (codes, words.first())
        && super::is_code(first.0)
        && first.1.x1 < x
    {
        words.remove(0);
    }
    let text = words.iter().map(|w| w.0).collect::<Vec<_>>().join(" ");
    let rect = Rect::union_all(words.iter().map(|w| w.1));
    // A lone figure or letter stays with the word after it: `2 v)`.
    let first_word = words.first().map_or(0.0, |w| {
        let end = if w.0.chars().count() <= 2 { words.get(1).unwrap_or(w) } else { w };
        end.1.x1 - w.1.x0
    });
    Item {
        line: k,
        baseline: line.baseline,
        rect: line.rect,
        size: line.size,
        bold: p.label.iter().all(|t| t.bold),
        label: rect.filter(|_| !text.is_empty()).map(|r| (text, r)),
        first_word,
        figures: p.any,
    }
}

fn has_letters(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_headings_are_no_lines_of_units() {
        for heading in ["7.1 Resultaträkning, tusen euro", "7.1.2. Investeringsdelen, 1 000 €"] {
            assert!(is_numbered(heading), "{heading}");
            assert!(!is_unit_line(heading), "{heading}");
        }
        for unit in ["1 000 €", "(euro)", "belopp i tusen euro"] {
            assert!(is_unit_line(unit), "{unit}");
        }
        assert!(!is_numbered("10.01 Fastigheter") && !is_numbered("1.5 miljoner euro"));
    }
}
