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
    let ruled = bands >= 3 && bands * 2 >= lines.len();
    let lead = lead(lines);
    let spaced = is_spaced(lines, lead);
    let mut out: Vec<Vec<usize>> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let goes_on = out.last().is_some_and(|row| {
            let above = &lines[k - 1];
            let close = line.baseline - above.baseline <= APART * lead;
            let same = above.band == line.band;
            if !same || row.iter().any(|&i| clash(&lines[i], line)) {
                return false;
            }
            let whole = ruled && lines.iter().filter(|l| l.band == line.band).count() <= 12;
            if whole {
                return true;
            }
            close && (spaced || continues(row, lines, line, columns))
        });
        match out.last_mut() {
            Some(row) if goes_on => row.push(k),
            _ => out.push(vec![k]),
        }
    }
    out
}

/// The distance of lines that go on: the closest that there is.
fn lead(lines: &[Line]) -> f32 {
    let gaps = lines.windows(2).filter(|w| w[0].band == w[1].band);
    let gaps = gaps.map(|w| w[1].baseline - w[0].baseline);
    let size = lines.iter().map(|l| l.size).fold(0.0, f32::max);
    gaps.filter(|g| *g > 0.7 * size).fold(f32::INFINITY, f32::min)
}

/// Whether rows are told by their distance alone: lines that stand close to the one above fill fewer columns.
fn is_spaced(lines: &[Line], lead: f32) -> bool {
    let (mut close, mut far, mut fuller) = (0, 0, 0);
    for w in lines.windows(2).filter(|w| w[0].band == w[1].band) {
        if w[1].baseline - w[0].baseline > APART * lead {
            far += 1;
        } else {
            close += 1;
            fuller += usize::from(w[1].cells.len() > w[0].cells.len() || w[1].has_figures() && w[0].has_figures());
        }
    }
    far >= 2 && close >= 1 && fuller * 5 <= close && close <= 6 * far
}

fn continues(row: &[usize], lines: &[Line], line: &Line, columns: usize) -> bool {
    let above = &lines[row[row.len() - 1]];
    if line.wide() && above.cells.iter().map(|c| (c.from, c.to)).ne(line.cells.iter().map(|c| (c.from, c.to))) {
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
    let indented = first.piece.rect.x0 > before.piece.rect.x0 + 0.4 * line.size && line.cells.len() == 1;
    if line.cells.len() == 1 {
        return (lower || hangs) || indented && figures && columns > 2 && said.len() < open.len() && lower;
    }
    // A full line goes on only where its first words do.
    (lower || hangs) && line.cells.iter().all(|c| !c.piece.figure || !figures)
}
