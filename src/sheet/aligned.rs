//! Lines of a page → blocks of lines that make a table by alignment.
//!
//! In: lines in pieces, and what is drawn. Out: for each table its lines. A table begins with a
//! line of several pieces and goes on as long as the lines leave white between the same columns;
//! what stands between two rules of one length belongs together whatever it is.
//! Refuses: prose in columns, lists, tables of contents, and lines that only happen to have a gap.

use super::columns::Columns;
use super::piece::{Piece, Row};
use crate::geometry::Interval;
use crate::pdf::{Axis, Fill, Ruling};

/// White between columns that holds a block together, in em.
const WHITE: f32 = 0.12;
/// Lines further apart than this, in em, are not of one table unless rules say so.
const APART: f32 = 2.6;
/// A line that fills more than this share of the width in one piece is prose.
const FULL: f32 = 0.62;
/// Columns of prose: letters of a usual line.
const PROSE: usize = 26;
/// Shorter rules are under single words.
const SHORT_RULE: f32 = 50.0;

/// From the first to the last rule of a table.
#[derive(Clone, Debug)]
pub(super) struct Run {
    pub(super) xs: Interval,
    pub(super) ys: Vec<f32>,
}

impl Run {
    fn holds(&self, row: &Row) -> bool {
        let y = row.rect.center().y;
        self.ys.first().is_some_and(|t| *t <= y)
            && self.ys.last().is_some_and(|b| y <= *b)
            && row.pieces.iter().any(|p| self.xs.contains(p.rect.center().x))
    }
}

/// Lines drawn across a table, each once, from pieces that follow each other.
pub(super) fn rules(rulings: &[Ruling]) -> Vec<Ruling> {
    joined(rulings, 16.0)
}

/// Whether two lines are pieces of one.
fn meets(a: &Ruling, b: &Ruling, gap: f32) -> bool {
    (a.at - b.at).abs() <= 1.5 && b.from - a.to <= gap && a.from - b.to <= gap
}

/// Horizontal lines, pieces up to so far apart as one.
fn joined(rulings: &[Ruling], gap: f32) -> Vec<Ruling> {
    let mut all: Vec<Ruling> = rulings.iter().filter(|r| r.axis == Axis::Horizontal).copied().collect();
    all.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Ruling> = Vec::new();
    for r in all {
        match out.iter_mut().rev().take(12).find(|o| meets(o, &r, gap)) {
            Some(last) => {
                last.to = last.to.max(r.to);
                last.from = last.from.min(r.from);
            }
            None => out.push(r),
        }
    }
    out.retain(|r| r.to - r.from >= SHORT_RULE);
    out
}

/// Rules of one length under one another with lines of a table between them.
pub(super) fn runs(rules: &[Ruling], rows: &[Row]) -> Vec<Run> {
    let mut groups: Vec<Run> = Vec::new();
    for r in rules {
        let xs = Interval { lo: r.from, hi: r.to };
        let same = |g: &&mut Run| (g.xs.lo - xs.lo).abs() <= 5.0 && (g.xs.hi - xs.hi).abs() <= 5.0;
        match groups.iter_mut().rev().find(same) {
            Some(g) => {
                let last = g.ys.last().copied().unwrap_or(r.at);
                if r.at - last <= 2.5 || tabular(rows, xs, last, r.at) {
                    g.ys.push(r.at);
                } else {
                    groups.push(Run { xs, ys: vec![r.at] });
                }
            }
            None => groups.push(Run { xs, ys: vec![r.at] }),
        }
    }
    groups.retain(|g| {
        let within = |r: &Row| r.pieces.iter().filter(|p| g.xs.contains(p.rect.center().x)).count();
        let inside = rows.iter().filter(|r| g.holds(r) && within(r) >= 2).count();
        g.ys.len() >= 2 && inside >= 2
    });
    groups
}

/// Whether the lines between two rules may be of a table.
fn tabular(rows: &[Row], xs: Interval, top: f32, bottom: f32) -> bool {
    let inside = rows.iter().filter(|r| (top..bottom).contains(&r.rect.center().y));
    let inside = inside.filter_map(|r| r.only(|p| xs.contains(p.rect.center().x)));
    let (mut prose, mut several, mut lines, mut size) = (0, 0, 0, 0.0_f32);
    for r in inside {
        if is_caption(&r) {
            return false;
        }
        lines += 1;
        size = size.max(r.size);
        prose += usize::from(r.pieces.len() == 1 && r.rect.width() > FULL * xs.len());
        several += usize::from(r.pieces.len() >= 2);
    }
    // A row of one cell is set as tightly as the others; between two tables there is air.
    if several == 0 && lines > 0 && (lines >= 3 || bottom - top > (1.35 * lines as f32 + 1.7) * size) {
        return false;
    }
    prose < 2 || several > 2 * prose
}

/// Whether a line begins as the caption or the source of a table does: `Table 3.`, `Tabell 3:`, `Source: …`.
fn is_caption(row: &Row) -> bool {
    let Some(piece) = row.pieces.first() else { return false };
    let mut words = piece.words.iter().map(|w| w.0.as_str());
    let first = words.next().unwrap_or_default();
    let number = |w: &str| w.chars().any(|c| c.is_ascii_digit()) || w.chars().all(|c| "IVX.:".contains(c));
    let numbered = words.next().is_some_and(number);
    let name = first.trim_end_matches([':', '.']).to_lowercase();
    let named =
        ["table", "tabell", "taulukko", "exhibit", "figure", "figur", "kuvio", "chart", "annex", "box"];
    let source = ["source", "sources", "källa", "lähde", "note", "notes", "anm"];
    named.contains(&name.as_str()) && numbered && row.pieces.len() == 1
        || source.contains(&name.as_str()) && first.ends_with([':', '.'])
}

/// Takes tables that their own rules frame out of the lines, however close other text stands beside them.
pub(super) fn ruled(rows: &mut Vec<Row>, rules: &[Ruling]) -> Vec<Vec<Row>> {
    let mut out = Vec::new();
    let inside = |p: &Piece, run: &Run| {
        let at = p.rect.center();
        run.xs.contains(at.x) && run.ys[0] < at.y && at.y < run.ys[run.ys.len() - 1]
    };
    for run in runs(rules, rows).iter().filter(|r| r.ys.len() >= 3) {
        let own: Vec<Row> = rows.iter().filter_map(|r| r.only(|p| inside(p, run))).collect();
        // Text beside it, or across its side.
        let beside = |r: &Row| r.pieces.iter().any(|p| !inside(p, run));
        let touched = rows.iter().filter(|r| r.pieces.iter().any(|p| inside(p, run)));
        if !touched.clone().any(beside) || !accepted(&own, true) {
            continue;
        }
        let rest: Vec<Row> = rows.iter().filter_map(|r| r.only(|p| !inside(p, run))).collect();
        *rows = rest;
        out.push(own);
    }
    out
}

/// Tables among the lines: first and last line of each.
pub(super) fn blocks(rows: &[Row], runs: &[Run]) -> Vec<(usize, usize)> {
    let run_of = |row: &Row| runs.iter().position(|r| r.holds(row));
    let mut out = Vec::new();
    let mut i = 0;
    while i < rows.len() {
        let start = rows[i].pieces.len() >= 2 || run_of(&rows[i]).is_some();
        if !start {
            i += 1;
            continue;
        }
        let end = grow(rows, i, runs);
        let first = i;
        let last = trim(rows, first, end, runs);
        if accepted(&rows[first..=last], rows[first..=last].iter().any(|r| run_of(r).is_some())) {
            out.push((first, last));
            i = last + 1;
        } else {
            // Where a block begins with lines of something else, a later line may begin a table.
            i += if run_of(&rows[i]).is_some() { last - i + 1 } else { 1 };
        }
    }
    out
}

/// The last line that fits below line `i`.
fn grow(rows: &[Row], i: usize, runs: &[Run]) -> usize {
    let run_of = |row: &Row| runs.iter().position(|r| r.holds(row));
    let mut white = whites(&rows[i]);
    let mut xs = rows[i].rect.xs();
    let mut end = i;
    let mut single = 0;
    for k in i + 1..rows.len() {
        let (above, row) = (&rows[k - 1], &rows[k]);
        let (was, is) = (run_of(above), run_of(row));
        if let (Some(a), Some(b)) = (was, is)
            && a == b
        {
            end = k;
            single = 0;
            xs = xs.union(&row.rect.xs());
            if row.pieces.len() >= 2 {
                white = common(&white, row).unwrap_or_else(|| whites(row));
            }
            continue;
        }
        // A table that its own rules close ends there.
        if let Some(a) = was
            && runs[a].ys.len() >= 3
        {
            break;
        }
        if is_caption(row) {
            break;
        }
        let gap = (row.rect.y0 - above.rect.y1) / row.size.max(above.size);
        if gap > APART || is.is_some() && was != is && is != run_of(&rows[i]) && run_of(&rows[i]).is_some() {
            break;
        }
        if row.pieces.len() >= 2 {
            match common(&white, row) {
                Some(both) => {
                    white = both;
                    end = k;
                    single = 0;
                    xs = xs.union(&row.rect.xs());
                }
                None => break,
            }
            continue;
        }
        // One piece: the next line of a cell, or a heading inside the table.
        let piece = &row.pieces[0];
        let crosses = white.iter().any(|w| w.overlap(&piece.rect.xs()) > 0.5 * w.len());
        let prose = piece.rect.width() > FULL * xs.len() && piece.words.len() > 5;
        let heading = row.size > 1.12 * rows[i].size;
        if prose || heading || gap > 1.6 {
            break;
        }
        single += 1;
        if single > 4 || crosses && single > 1 {
            break;
        }
    }
    end
}

/// Lines of one piece at the end belong to the table only as the next lines of a cell.
fn trim(rows: &[Row], first: usize, end: usize, runs: &[Run]) -> usize {
    let mut last = end;
    let body = &rows[first..=end];
    let columns = Columns::find(body);
    let lead = body.windows(2).map(|w| w[1].baseline - w[0].baseline).fold(f32::INFINITY, f32::min);
    while last + 1 < rows.len() && last < end + 3 {
        let (above, row) = (&rows[last], &rows[last + 1]);
        let placed = columns.place(row);
        let column = placed.first().map_or(0, |p| p.from);
        let ok = row.pieces.len() == 1
            && !is_caption(row)
            && !runs.iter().any(|r| r.ys.iter().any(|y| *y > above.baseline && *y < row.rect.center().y))
            && row.baseline - above.baseline <= 1.1 * lead.max(row.size)
            && placed.iter().all(|p| p.from == p.to)
            && (row.size - above.size).abs() < 0.1 * row.size
            && column > 0
            && columns.place(above).iter().any(|p| p.from == column);
        if !ok {
            break;
        }
        last += 1;
    }
    last
}

/// White between the pieces of a line, and beyond its ends: where a line has nothing, columns may be.
fn whites(row: &Row) -> Vec<Interval> {
    let mut out = Vec::with_capacity(row.pieces.len() + 1);
    let mut lo = f32::NEG_INFINITY;
    for p in &row.pieces {
        out.push(Interval { lo, hi: p.rect.x0.max(lo) });
        lo = p.rect.x1;
    }
    out.push(Interval { lo, hi: f32::INFINITY });
    out
}

/// White that two lines share, if some of it parts the pieces of the second.
fn common(white: &[Interval], row: &Row) -> Option<Vec<Interval>> {
    let mut out = Vec::new();
    for x in white {
        for y in whites(row) {
            let both = Interval { lo: x.lo.max(y.lo), hi: x.hi.min(y.hi) };
            if both.hi - both.lo > WHITE * row.size {
                out.push(both);
            }
        }
    }
    out.iter().any(|w| w.lo >= row.rect.x0 && w.hi <= row.rect.x1).then_some(out)
}

/// Whether lines make a table.
fn accepted(rows: &[Row], ruled: bool) -> bool {
    let several = rows.iter().filter(|r| r.pieces.len() >= 2).count();
    let least = if ruled { 2 } else { 3 };
    if several < least || several * 3 < rows.len() {
        return false;
    }
    let columns = Columns::find(rows);
    let count = columns.count();
    if count < 2 {
        return false;
    }
    let placed: Vec<_> = rows.iter().map(|r| columns.place(r)).collect();
    let filled = |c: usize| placed.iter().filter(|p| p.iter().any(|x| x.from == c && x.to == c)).count();
    if (0..count).filter(|&c| filled(c) >= 2).count() < 2 {
        return false;
    }
    if ruled {
        return true;
    }
    let fit = placed.iter().filter(|p| p.len() >= 2).count();
    if fit < least {
        return false;
    }
    let texts =
        |c: usize| placed.iter().flatten().filter(move |x| x.from == c && x.to == c).map(|x| x.piece.text());
    // Prose set in columns: long lines everywhere, hardly a figure by itself.
    let long = |c: usize| {
        let lengths: Vec<usize> = texts(c).map(|t| t.chars().count()).collect();
        lengths.iter().filter(|n| **n >= PROSE).count() * 2 > lengths.len()
    };
    if (0..count).filter(|&c| long(c)).count() >= 2.min(count) && count <= 3 {
        return false;
    }
    // Prose set to both edges: pieces of sentences, hardly one that begins a cell.
    let cells = || placed.iter().flatten();
    let inside = cells().filter(|x| x.piece.text().starts_with(char::is_lowercase)).count();
    let figures = cells().filter(|x| x.piece.figure).count();
    if inside * 2 > cells().count() && figures * 5 < cells().count() {
        return false;
    }
    // A list: marks or numbers, then text.
    let mark = |t: &String| {
        let bare = t.trim_end_matches(['.', ')', ':']).trim_start_matches('(');
        bare.chars().count() <= 3 && !bare.contains(' ')
            || bare.split('.').all(|p| !p.is_empty() && p.chars().all(|c| c.is_ascii_digit()))
    };
    if count == 2 && texts(0).all(|t| mark(&t)) && long_share(texts(1)) {
        return false;
    }
    !contents(rows, &placed, count)
}

fn long_share(texts: impl Iterator<Item = String>) -> bool {
    let lengths: Vec<usize> = texts.map(|t| t.chars().count()).collect();
    lengths.iter().filter(|n| **n >= 12).count() * 3 >= lengths.len()
}

/// A table of contents: text, then page numbers that only grow.
fn contents(rows: &[Row], placed: &[Vec<super::columns::Placed>], count: usize) -> bool {
    if count > 3 {
        return false;
    }
    let pages: Vec<Option<u32>> = placed
        .iter()
        .filter(|p| p.len() >= 2)
        .map(|p| p.last().and_then(|x| x.piece.text().parse().ok()).filter(|n| *n < 2000))
        .collect();
    let known: Vec<u32> = pages.iter().flatten().copied().collect();
    known.len() * 10 >= pages.len() * 8
        && known.len() >= 3
        && known.windows(2).all(|w| w[0] <= w[1])
        && rows.iter().filter(|r| r.leader).count() * 2 >= rows.len()
}

/// A column of prose has this many full lines at least.
const SIDE_BY_SIDE: usize = 8;

/// Lines of a page by the columns of prose that they stand in; a page without such columns is one part.
pub(super) fn parts(rows: Vec<Row>, rulings: &[Ruling], fills: &[Fill]) -> Vec<Vec<Row>> {
    // The shade of a head ends where its table does.
    let edge = |f: &Fill| Ruling {
        axis: Axis::Horizontal,
        at: f.rect.y0,
        from: f.rect.x0,
        to: f.rect.x1,
        width: 0.0,
    };
    let lines: Vec<Ruling> = rulings.iter().copied().chain(fills.iter().map(edge)).collect();
    let rules = joined(&lines, 5.0);
    let mut done = Vec::new();
    let mut open = vec![rows];
    while let Some(rows) = open.pop() {
        match gutter(&rows, &rules).or_else(|| between_rules(&rows, &rules)) {
            Some((first, last, x)) if done.len() + open.len() < 24 => {
                done.push(rows[..first].to_vec());
                open.push(rows[last + 1..].to_vec());
                open.push(side(&rows[first..=last], x, false));
                open.push(side(&rows[first..=last], x, true));
            }
            _ => done.push(rows),
        }
    }
    done.retain(|p| !p.is_empty());
    done
}

/// Whether nothing crosses a place; a line on one side alone says nothing against white there.
fn clear(row: &Row, x: f32) -> bool {
    !row.pieces.iter().any(|p| p.rect.x0 < x && x < p.rect.x1)
}

/// What of some lines stands left or right of a place.
fn side(rows: &[Row], x: f32, left: bool) -> Vec<Row> {
    rows.iter().filter_map(|r| r.only(|p| (p.rect.center().x < x) == left)).collect()
}

/// The lines that stand in two columns, one of them prose, and where the white between these is.
fn gutter(rows: &[Row], rules: &[Ruling]) -> Option<(usize, usize, f32)> {
    let mut tried: Vec<f32> = Vec::new();
    for (k, row) in rows.iter().enumerate() {
        for w in row.pieces.windows(2) {
            let x = w[1].rect.x0 - 1.0;
            if x - w[0].rect.x1 < 4.0 || tried.iter().any(|t| (t - x).abs() < 2.0) {
                continue;
            }
            tried.push(x);
            // A rule across the white belongs to a table as wide as both columns.
            let ruled = |upper: &Row, lower: &Row| {
                let between = upper.baseline..lower.baseline;
                rules.iter().any(|r| r.from < x - 4.0 && r.to > x + 4.0 && between.contains(&r.at))
            };
            let on = |i: usize, j: usize| clear(&rows[j], x) && !ruled(&rows[i.min(j)], &rows[i.max(j)]);
            let last = (k + 1..rows.len()).take_while(|&j| on(j - 1, j)).last().unwrap_or(k);
            let first = (0..k).rev().take_while(|&j| on(j + 1, j)).last().unwrap_or(k);
            let (left, right) = (side(&rows[first..=last], x, true), side(&rows[first..=last], x, false));
            // What stands on the same lines is one table, whose texts are long.
            let together = rows[first..=last].iter().filter(|r| r.rect.x0 < x && r.rect.x1 > x).count();
            let beside = |table: &[Row]| {
                let several = table.iter().filter(|r| r.pieces.len() >= 2).count();
                several * 5 < table.len() * 2 || together * 10 < table.len() * 7
            };
            if is_prose(&left) && is_column(&right) && beside(&right)
                || is_prose(&right) && is_column(&left) && beside(&left)
            {
                // A table over both columns, with nothing in the middle, stands above the first full line.
                let long = |r: &Row| r.pieces.iter().any(|p| p.words.len() >= 4);
                let over = (first..last).take_while(|&i| !long(&rows[i])).last();
                let table = |end: usize| {
                    let both = |r: &&Row| r.rect.x0 < x && r.rect.x1 > x;
                    rows[first..=end].iter().filter(both).count() >= 2
                };
                let first = over.filter(|&end| table(end)).map_or(first, |end| end + 1);
                return Some((first, last, x));
            }
        }
    }
    None
}

/// The lines of two tables side by side, and where the white between them is: their rules end there, at two
/// heights at least, and none runs through.
fn between_rules(rows: &[Row], rules: &[Ruling]) -> Option<(usize, usize, f32)> {
    let pair =
        |a: &Ruling, b: &Ruling| (a.at - b.at).abs() < 4.0 && b.from - a.to > 5.0 && b.from - a.to < 60.0;
    for a in rules {
        for b in rules.iter().filter(|b| pair(a, b)) {
            let x = (a.to + b.from) / 2.0;
            let k = rows.iter().position(|r| r.rect.center().y > a.at)?;
            if !clear(&rows[k], x) {
                continue;
            }
            let last = (k..rows.len()).take_while(|&i| clear(&rows[i], x)).last()?;
            let first = (0..=k).rev().take_while(|&i| clear(&rows[i], x)).last()?;
            let (top, bottom) = (rows[first].rect.y0 - 2.0, rows[last].rect.y1 + 2.0);
            let near = || rules.iter().filter(|r| r.at > top && r.at < bottom);
            let through = near().any(|r| r.from < x - 1.0 && r.to > x + 1.0);
            let ends = near().filter(|r| (r.to - a.to).abs() < 2.0).count();
            let starts = near().filter(|r| (r.from - b.from).abs() < 2.0).count();
            // Rules under two heads of one table leave its first column out.
            let rest = &rows[first..=last];
            let whole = rest.iter().all(|r| r.rect.x0 > a.from - 6.0 && r.rect.x1 < b.to + 6.0);
            if !through && whole && rest.len() >= 3 && (ends >= 2 && starts >= 2 || b.from - a.to > 9.0) {
                return Some((first, last, x));
            }
        }
    }
    None
}

/// Whether most lines fill their width in one piece.
fn is_prose(rows: &[Row]) -> bool {
    let Some(xs) = rows.iter().map(|r| r.rect.xs()).reduce(|a, b| a.union(&b)) else { return false };
    // Lines set to both edges have wide spaces.
    let tight = |r: &Row| r.pieces.windows(2).all(|w| w[1].rect.x0 - w[0].rect.x1 < 2.0 * r.size);
    let words = |r: &Row| r.pieces.iter().map(|p| p.words.len()).sum::<usize>();
    let full = rows.iter().filter(|r| r.rect.width() > 0.78 * xs.len() && words(r) >= 4 && tight(r));
    full.count() >= SIDE_BY_SIDE.max(rows.len() * 11 / 20)
}

/// Whether lines begin at one place with words, as a column of the page does.
fn is_column(rows: &[Row]) -> bool {
    let left = rows.iter().map(|r| r.rect.x0).fold(f32::INFINITY, f32::min);
    let flush = rows.iter().filter(|r| r.rect.x0 < left + 3.0 && !r.pieces[0].figure).count();
    rows.len() >= 4 && flush * 2 >= rows.len()
}
