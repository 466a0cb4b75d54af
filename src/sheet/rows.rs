//! Lines of a table → its rows.
//!
//! In: lines whose pieces stand in columns, and the lines drawn between them. Out: which lines make one
//! row. Drawn lines and bands part rows; where they part every row nothing else does. Else a
//! line goes on with the row above where it only fills up cells that are begun: no figure under a
//! figure, nothing in the first column, or words that go on.
//! Refuses: nothing; each line belongs to a row.

use super::columns::Placed;

/// Lines further apart than the closest ones by this factor do not go on.
const APART: f32 = 1.28;

/// A line with its pieces in columns.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) cells: Vec<Placed>,
    pub(super) baseline: f32,
    pub(super) size: f32,
    /// Between which drawn lines it stands.
    pub(super) band: usize,
}

impl Line {
    fn cell(&self, column: usize) -> Option<&Placed> {
        self.cells.iter().find(|c| c.from <= column && column <= c.to)
    }

    pub(super) fn has_figures(&self) -> bool {
        self.cells.iter().any(|c| c.piece.figure)
    }

    fn wide(&self) -> bool {
        self.cells.iter().any(|c| c.to > c.from)
    }
}

/// Rows as lists of lines.
pub(super) fn group(lines: &[Line], columns: usize) -> Vec<Vec<usize>> {
    let bands = lines.chunk_by(|a, b| a.band == b.band).count();
    let clash = |a: &Line, b: &Line| {
        a.cells.iter().any(|c| c.piece.figure && b.cells.iter().any(|d| d.piece.figure && c.from == d.from))
    };
    // Bands that hold one full line at most are rows.
    let full = |l: &&Line| l.cells.len() * 4 >= columns * 3;
    let rowlike =
        lines.chunk_by(|a, b| a.band == b.band).filter(|b| b.iter().filter(full).count() <= 1).count();
    let ruled = bands >= 3 && (bands * 2 >= lines.len() || rowlike * 5 >= bands * 4);
    let lead = lead(lines, columns);
    let near: Vec<bool> = near(lines, lead);
    let spaced = is_spaced(lines, &near, columns);
    let anchor = if spaced { None } else { anchor(lines, columns) };
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let goes_on = out.last().is_some_and(|row| {
            if lines[k - 1].band != line.band || row.iter().any(|&i| clash(&lines[i], line)) {
                return false;
            }
            if ruled && lines.iter().filter(|l| l.band == line.band).count() <= 12 {
                return true;
            }
            near[k]
                && match anchor {
                    Some(column) => line.cell(column).is_none() && !line.wide(),
                    None => spaced || continues(row, lines, line),
                }
        });
        match out.last_mut() {
            Some(row) if goes_on => row.push(k),
            _ => out.push(vec![k]),
        }
    }
    out
}

/// The distance of lines of one cell: the closest that there is in any column.
fn lead(lines: &[Line], columns: usize) -> f32 {
    let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    let mut least = f32::INFINITY;
    for column in 0..columns {
        let mut last: Option<&Line> = None;
        for line in lines.iter().filter(|l| l.cell(column).is_some()) {
            if let Some(above) = last.filter(|a| a.band == line.band) {
                let gap = line.baseline - above.baseline;
                if gap > 0.7 * size {
                    least = least.min(gap);
                }
            }
            last = Some(line);
        }
    }
    least
}

/// Whether each line stands no further below all before it than the lines of one cell do.
fn near(lines: &[Line], lead: f32) -> Vec<bool> {
    let mut bottom = f32::NEG_INFINITY;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        out.push(line.baseline - bottom <= (lead + 0.15 * line.size).max(APART * lead));
        bottom = bottom.max(line.baseline);
    }
    out
}

/// Whether rows are told by their distance alone: of the lines that stand close together each group
/// has a column that only one of them fills, as the cells of one row do; rows fill all columns again and again.
fn is_spaced(lines: &[Line], near: &[bool], columns: usize) -> bool {
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        match groups.last_mut() {
            Some(g) if near[k] && lines[k - 1].band == line.band => g.end = k + 1,
            _ => groups.push(k..k + 1),
        }
    }
    let several = || groups.iter().filter(|g| g.len() >= 2);
    let one_row = |g: &&std::ops::Range<usize>| {
        let lines = &lines[(*g).clone()];
        let filled = |c: usize| lines.iter().filter(|l| l.cell(c).is_some()).count();
        g.len() <= 12
            && (0..columns).filter(|&c| filled(c) > 0).count() >= 2
            && (0..columns).any(|c| filled(c) == 1)
    };
    let rows = several().filter(one_row).count();
    groups.len() >= 3 && rows >= 1 && rows * 5 >= several().count() * 4
}

/// In tables whose texts run over several lines: a column that only the first line of each row fills.
fn anchor(lines: &[Line], columns: usize) -> Option<usize> {
    let texts = |column: usize| {
        let runs =
            lines.windows(2).filter(|w| w.iter().all(|l| l.cell(column).is_some_and(|c| !c.piece.figure)));
        runs.count()
    };
    // One column whose texts run over is that of the labels, and headings look the same.
    if (0..columns).filter(|&c| texts(c) >= 2).count() < 2 {
        return None;
    }
    let filled = |column: usize| lines.iter().filter(|l| l.cell(column).is_some()).count();
    let opens = |column: usize| {
        let first = lines.first().is_some_and(|l| l.cell(column).is_some());
        let with = lines.iter().filter(|l| l.cell(column).is_some());
        first && with.filter(|l| l.cell(0).is_some()).count() * 20 >= filled(column) * 19
    };
    let apart = |column: usize| {
        !lines
            .windows(2)
            .any(|w| w.iter().all(|l| l.cell(column).is_some()) && w[1].cells.len() < w[0].cells.len())
    };
    (1..columns)
        .filter(|&c| filled(c) >= 3 && filled(c) * 5 <= lines.len() * 4 && opens(c) && apart(c))
        .max_by_key(|&c| filled(c))
}

fn continues(row: &[usize], lines: &[Line], line: &Line) -> bool {
    let above = &lines[row[row.len() - 1]];
    if line.wide() && above.cells.iter().map(|c| (c.from, c.to)).ne(line.cells.iter().map(|c| (c.from, c.to)))
    {
        return false;
    }
    let begun = |column: usize| row.iter().any(|&i| lines[i].cell(column).is_some());
    let figures = row.iter().any(|&i| lines[i].has_figures());
    let Some(first) = line.cell(0) else {
        // Text under text, or the figures of a label whose last line this is.
        return if line.has_figures() {
            !figures && begun(0)
        } else {
            line.cells.iter().all(|c| begun(c.from))
        };
    };
    let said = first.piece.text();
    let Some(before) = above.cell(0) else { return false };
    let open = before.piece.text();
    let lower = said.chars().next().is_some_and(char::is_lowercase);
    let hangs = open.ends_with(['-', '\u{ad}', ',', '/', '&', '–'])
        || ["and", "or", "of", "the", "in", "for", "och", "av", "för", "samt", "ja", "sekä", "to", "with"]
            .contains(&open.rsplit(' ').next().unwrap_or_default());
    if line.cells.len() == 1 {
        return lower || hangs;
    }
    // A full line goes on only where its first words do.
    (lower || hangs) && line.cells.iter().all(|c| !c.piece.figure || !figures)
}
