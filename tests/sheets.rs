//! How right the tables of `taltolk tables` are, on documents whose tables are known.
//!
//! The documents in `tests/sheets` were made by `tests/layouts/general/generate.py` with the truth beside
//! them. The measure is that of the ICDAR 2013 table competition: which text adjoins which, to the right
//! and below (Göbel, Hassan, Oro, Orsi 2012). `scripts/tables-accuracy` measures many documents.

#![allow(clippy::disallowed_methods, reason = "tests read files")]

use std::collections::BTreeMap;
use std::path::Path;

use taltolk::pdf::Raster;
use taltolk::pipeline::{self, Host, Options, Recognised, Seen, Stage, Wants};
use taltolk::sheet::{self, Sheet, SheetCell};

/// Takes the sheets of a document.
#[derive(Default)]
struct Taker(Vec<Sheet>);

impl Host for Taker {
    fn stage(&mut self, _: Stage) {}

    fn recognise(&mut self, _: u32, _: &Raster) -> Recognised {
        Recognised::Unavailable("not in this test".to_owned())
    }

    fn wants(&self) -> Wants {
        Wants { page: None, printed: true, only_seen: true }
    }

    fn see(&mut self, seen: &Seen<'_>) {
        self.0 = sheet::sheets(seen.tables, seen.printed, seen.placed);
    }
}

fn read(path: &Path) -> Vec<Sheet> {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let options = Options { path: path.display().to_string(), ..Options::default() };
    let mut taker = Taker::default();
    pipeline::read_with(bytes, &options, &mut taker).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    taker.0
}

/// The tables of a truth, with the page of each.
fn truth(path: &Path) -> Vec<Sheet> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let tables: serde_json::Value = serde_json::from_str(&text).expect("is JSON");
    let number =
        |c: &serde_json::Value, key: &str| usize::try_from(c[key].as_u64().unwrap_or(1)).expect("is small");
    let cell = |c: &serde_json::Value| SheetCell {
        row: number(c, "row"),
        col: number(c, "col"),
        rowspan: number(c, "rowspan"),
        colspan: number(c, "colspan"),
        text: c["text"].as_str().unwrap_or_default().to_owned(),
        bbox: None,
    };
    let table = |t: &serde_json::Value| Sheet {
        page: u32::try_from(number(t, "page")).expect("is small"),
        bbox: None,
        cells: t["cells"].as_array().into_iter().flatten().map(cell).collect(),
    };
    tables.as_array().into_iter().flatten().map(table).collect()
}

type Relations = BTreeMap<(String, String, char), usize>;

/// Which text adjoins which.
fn relations(sheet: &Sheet) -> Relations {
    let (rows, columns) = sheet.size();
    let mut grid = vec![vec![None; columns]; rows];
    for (i, c) in sheet.cells.iter().enumerate() {
        for row in &mut grid[c.row..c.row + c.rowspan] {
            row[c.col..c.col + c.colspan].fill(Some(i));
        }
    }
    let plain = |i: usize| -> String {
        let dash = |c: char| if "–—−‐‑".contains(c) { '-' } else { c };
        let bare = sheet.cells[i].text.trim_end_matches([' ', '.']);
        bare.chars().filter(|c| !c.is_whitespace()).map(dash).collect()
    };
    let mut pairs: Vec<(usize, usize, char)> = Vec::new();
    for row in &grid {
        let row: Vec<usize> = row.iter().flatten().copied().collect();
        pairs.extend(row.windows(2).filter(|w| w[0] != w[1]).map(|w| (w[0], w[1], '→')));
    }
    for k in 0..columns {
        let column: Vec<usize> = grid.iter().filter_map(|row| row[k]).collect();
        pairs.extend(column.windows(2).filter(|w| w[0] != w[1]).map(|w| (w[0], w[1], '↓')));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let mut out = Relations::new();
    for (a, b, way) in pairs {
        *out.entry((plain(a), plain(b), way)).or_default() += 1;
    }
    out
}

fn common(a: &Relations, b: &Relations) -> usize {
    a.iter().map(|(key, n)| b.get(key).map_or(0, |m| *n.min(m))).sum()
}

/// Precision and recall of a document.
fn score(said: &[Sheet], truth: &[Sheet]) -> (f64, f64) {
    let of = |sheets: &[Sheet]| -> Vec<(u32, Relations)> {
        sheets.iter().map(|s| (s.page, relations(s))).collect()
    };
    let (said, truth) = (of(said), of(truth));
    let total = |all: &[(u32, Relations)]| all.iter().flat_map(|s| s.1.values()).sum::<usize>();
    let best = |t: &(u32, Relations)| {
        said.iter().filter(|s| s.0 == t.0).map(|s| common(&s.1, &t.1)).max().unwrap_or_default()
    };
    let hits: usize = truth.iter().map(best).sum();
    (hits as f64 / total(&said).max(1) as f64, hits as f64 / total(&truth).max(1) as f64)
}

#[test]
fn tables_of_every_kind_are_read_as_printed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sheets");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("can be listed")
        .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().strip_suffix(".pdf")?.to_owned()))
        .collect();
    names.sort();
    assert!(names.len() >= 8, "{names:?}");
    for name in names {
        let said = read(&folder.join(format!("{name}.pdf")));
        let truth = truth(&folder.join(format!("{name}.tables.json")));
        assert_eq!(said.len(), truth.len(), "{name}: tables");
        let (precision, recall) = score(&said, &truth);
        assert!(precision > 0.97 && recall > 0.97, "{name}: precision {precision:.3}, recall {recall:.3}");
    }
}

#[test]
fn the_measure_counts_what_is_wrong() {
    let cell = |row, col, text: &str| SheetCell {
        row,
        col,
        rowspan: 1,
        colspan: 1,
        text: text.to_owned(),
        bbox: None,
    };
    let sheet = |cells: Vec<SheetCell>| Sheet { page: 1, bbox: None, cells };
    let truth = [sheet(vec![cell(0, 0, "a"), cell(0, 1, "b"), cell(1, 0, "c"), cell(1, 1, "d")])];
    assert_eq!(score(&truth, &truth), (1.0, 1.0));
    let swapped = [sheet(vec![cell(0, 0, "a"), cell(0, 1, "b"), cell(1, 0, "d"), cell(1, 1, "c")])];
    assert_eq!(score(&swapped, &truth), (0.25, 0.25));
    assert_eq!(score(&[], &truth).1, 0.0);
}
