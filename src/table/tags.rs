//! A table as read from the page, and the tags of the file → the table with what the tags add.
//!
//! In: a table of one page, repaired, and the places of tagged cells. Out: tags among its evidence
//! where they fit, a note where they do not; labels put together that the tags put together; rows marked
//! that tags which fit the others part. The figures prove the geometry, so tags that contradict most
//! of it are nonsense and change nothing.
//! Refuses: tables of which the tags know less than half the figures.

use super::{Row, Table};
use crate::geometry::Rect;
use crate::layout::Tagged;

/// Share of rows whose figures must stand in one tagged row of their own.
const FIT: f32 = 0.9;

/// A row of a tagged table.
type TagRow = (u32, u32);

fn row_at(rect: &Rect, tagged: &[Tagged]) -> Option<TagRow> {
    let at = rect.center();
    // Of cells that overlap the smaller is meant.
    let area = |t: &&Tagged| t.rect.width() * t.rect.height();
    let found = tagged.iter().filter(|t| t.rect.contains(at)).min_by(|a, b| area(a).total_cmp(&area(b)));
    found.map(|t| (t.table, t.row))
}

/// Tagged rows of the figures of a row, each once.
fn rows_of(row: &Row, tagged: &[Tagged]) -> Vec<TagRow> {
    let figures = row.cells.iter().flatten();
    let mut rows: Vec<TagRow> = figures.filter_map(|c| row_at(&c.place.rect, tagged)).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

pub(super) fn compare(table: &mut Table, tagged: &[Tagged]) {
    let figures = || table.rows.iter().flat_map(|r| r.cells.iter().flatten());
    let known = figures().filter(|c| row_at(&c.place.rect, tagged).is_some()).count();
    if known * 2 < figures().count() || known == 0 {
        return;
    }
    let rows: Vec<Vec<TagRow>> = table.rows.iter().map(|r| rows_of(r, tagged)).collect();
    let others = |i: usize, tag: &TagRow| rows.iter().enumerate().any(|(j, r)| j != i && r.contains(tag));
    let with: Vec<usize> = (0..rows.len()).filter(|&i| !rows[i].is_empty()).collect();
    let fits = |i: &usize| rows[*i].len() == 1 && !others(*i, &rows[*i][0]);
    let fitting = with.iter().filter(|i| fits(i)).count();
    if (fitting as f32) < FIT * with.len() as f32 {
        table.disagreements.push(format!(
            "tags: {} of {} rows are others by the tags of the file",
            with.len() - fitting,
            with.len()
        ));
        return;
    }
    table.evidence.insert(0, "tags");
    let torn: Vec<usize> = with.iter().copied().filter(|i| !fits(i)).collect();
    if !torn.is_empty() {
        table.disagreements.push(format!(
            "tags: {} of {} rows are others by the tags of the file",
            torn.len(),
            with.len()
        ));
    }
    for &i in &torn {
        table.rows[i].torn = true;
    }
    mark_labels(table, &rows, tagged);
    join_labels(table, rows, tagged);
}

/// Marks rows with a line of their label in the tagged row of other figures.
fn mark_labels(table: &mut Table, rows: &[Vec<TagRow>], tagged: &[Tagged]) {
    for (i, own) in rows.iter().enumerate() {
        let [own] = own[..] else { continue };
        let lines = table.rows[i].boxes.iter().filter_map(|b| row_at(&b.rect, tagged));
        let strange = |t: TagRow| t != own && rows.iter().any(|r| r.contains(&t));
        table.rows[i].torn |= lines.into_iter().any(strange);
    }
}

/// Puts lines without figures to the row next to them that has their tag.
fn join_labels(table: &mut Table, mut rows: Vec<Vec<TagRow>>, tagged: &[Tagged]) {
    let tag = |row: &Row| {
        let mut tags = row.boxes.iter().map(|b| row_at(&b.rect, tagged));
        let first = tags.next().flatten()?;
        tags.all(|t| t == Some(first)).then_some(first)
    };
    for i in (0..table.rows.len()).rev() {
        if !rows[i].is_empty() || !table.rows[i].is_heading() || table.rows[i].second.is_some() {
            continue;
        }
        let Some(own) = tag(&table.rows[i]) else { continue };
        let has = |k: usize| rows.get(k).is_some_and(|r| r[..] == [own]);
        if has(i + 1) {
            let upper = table.rows.remove(i);
            table.rows[i].label_after(upper);
            rows.remove(i);
        } else if i > 0 && has(i - 1) {
            let lower = table.rows.remove(i);
            table.rows[i - 1].label_before(lower);
            rows.remove(i);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::PageBox;
    use crate::table::{Cell, label};

    fn at(x: f32, y: f32) -> Rect {
        Rect::new(x, y, x + 40.0, y + 8.0)
    }

    fn row(label: &str, y: f32, figures: bool) -> Row {
        let place = |x: f32| PageBox { page: 1, rect: at(x, y) };
        let cell = |x: f32| Cell::plain("1", place(x));
        let cells = if figures { vec![Some(cell(100.0)), Some(cell(150.0))] } else { vec![None, None] };
        Row {
            page: 1,
            lines: vec![label.to_owned()],
            label: label::clean(&[label]),
            boxes: vec![place(10.0)],
            cells,
            ..Row::default()
        }
    }

    fn table() -> Table {
        Table {
            rows: vec![
                row("Intäkter", 10.0, true),
                row("Material och", 20.0, false),
                row("varor", 30.0, true),
                row("Köp", 40.0, true),
            ],
            evidence: vec!["alignment"],
            ..Table::default()
        }
    }

    /// Cells of tagged rows, each at a height.
    fn tags(rows: &[(u32, f32)]) -> Vec<Tagged> {
        let cell = |&(row, y): &(u32, f32)| {
            [10.0, 100.0, 150.0].into_iter().enumerate().map(move |(k, x)| Tagged {
                table: 0,
                row,
                column: k as u16,
                rect: at(x, y),
            })
        };
        rows.iter().flat_map(cell).collect()
    }

    #[test]
    fn a_label_is_put_together_by_its_tag() {
        let mut table = table();
        compare(&mut table, &tags(&[(0, 10.0), (1, 20.0), (1, 30.0), (2, 40.0)]));
        let labels: Vec<&str> = table.rows.iter().map(|r| r.label.text.as_str()).collect();
        assert_eq!(labels, ["Intäkter", "Material och varor", "Köp"]);
        assert_eq!(table.evidence, ["tags", "alignment"]);
        assert!(table.disagreements.is_empty() && !table.rows.iter().any(|r| r.torn));
    }

    #[test]
    fn nonsense_changes_nothing() {
        let mut table = table();
        compare(&mut table, &tags(&[(0, 10.0), (0, 20.0), (0, 30.0), (0, 40.0)]));
        assert_eq!(table.rows.len(), 4);
        assert_eq!(table.evidence, ["alignment"]);
        assert_eq!(table.disagreements.len(), 1);
    }

    #[test]
    fn tags_of_other_places_are_no_evidence() {
        let mut table = table();
        compare(&mut table, &tags(&[(0, 500.0)]));
        assert!(table.evidence == ["alignment"] && table.disagreements.is_empty());
    }

    #[test]
    fn a_row_that_the_tags_part_is_marked() {
        let mut table = table();
        table.rows.extend((0..20).map(|k| row("Rad", 50.0 + 10.0 * k as f32, true)));
        let mut all: Vec<(u32, f32)> = vec![(0, 10.0), (1, 20.0), (1, 30.0), (2, 40.0)];
        all.extend((0..20).map(|k| (3 + k, 50.0 + 10.0 * k as f32)));
        let mut tagged = tags(&all);
        // The second figure of the last row belongs to another one.
        if let Some(last) = tagged.last_mut() {
            last.row = 99;
        }
        compare(&mut table, &tagged);
        assert_eq!(table.rows.iter().filter(|r| r.torn).count(), 1);
        assert!(table.rows.last().is_some_and(|r| r.torn) && table.disagreements.len() == 1);
    }
}
