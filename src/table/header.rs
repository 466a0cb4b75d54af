//! Lines above a block → the head of each column.
//!
//! In: the lines of a region, the block, its zones. Out: per column the printed
//! pieces, top to bottom, spanning heads first; the text over the label column;
//! where the head ends. A piece belongs to the column over which it stands; one
//! that stands over several belongs to each of them, and a spanning one also to those
//! beside it in whose middle it is printed.
//! Refuses: titles and prose above the table, however close.

use super::column::{Zone, territories};
use super::head_words::is_head_word;
use super::line::TLine;
use super::token::{Token, TokenKind};
use crate::geometry::{Interval, Rect};
use crate::glossary::{Glossary, PhaseWord};
use crate::layout::Word;
use crate::pdf::{Axis, Direction, Ruling};

/// One printed piece of a head.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// As printed.
    pub text: String,
    /// Where.
    pub rect: Rect,
    /// Over how many columns it stands.
    pub span: usize,
}

/// The head of a block.
#[derive(Clone, Debug, Default)]
pub(crate) struct Head {
    /// Per zone, top to bottom.
    pub(crate) columns: Vec<Vec<Piece>>,
    /// Over the label column.
    pub(crate) stub: Vec<String>,
    /// Whether it says that remarks stand right of the figures.
    pub(crate) remarks: bool,
    /// Index of its topmost line.
    pub(crate) first: Option<usize>,
    /// Index of its lowest line.
    pub(crate) last: Option<usize>,
    /// Whether it stands at the foot of the page before.
    pub(crate) page_before: bool,
}

/// Lines without head words that may stand between a head and the first figures.
const SKIP: usize = 5;
/// Heads are set at most this much larger than the figures.
const LARGER: f32 = 1.35;
/// Lines of a head stand at most this far apart, in em.
const STEP: f32 = 2.3;

/// A line of years stands at most this far above the rest of its head, in em.
const YEARS_STEP: f32 = 3.5;

pub(crate) fn read(
    lines: &[TLine],
    turned: &[Word],
    floor: usize,
    first: usize,
    zones: &[Zone],
    label_end: f32,
    rulings: &[Ruling],
) -> Head {
    let mut head = Head { columns: vec![Vec::new(); zones.len()], ..Head::default() };
    let page_end = zones.last().map_or(0.0, |z| z.right.max(z.xs.hi) + 60.0);
    let lands = cut_by_rulings(territories(zones, label_end, page_end), zones, rulings, lines, first);
    let figures_begin = zones[0].xs.lo;
    // The label of the first row may stand above or below its figures.
    let rows = lines[first..].iter().take(6);
    let label_begin = rows.map(|l| l.rect.x0).fold(f32::INFINITY, f32::min);
    let mut chosen: Vec<usize> = Vec::new();
    let mut skipped = 0;
    let mut tentative: Vec<usize> = Vec::new();
    let mut k = first;
    let mut below = &lines[first];
    while k > floor {
        k -= 1;
        let line = &lines[k];
        // Titles and running heads may name years and phases too, in another size.
        if line.size > LARGER * lines[first].size {
            break;
        }
        let larger = line.size > 1.05 * lines[first].size;
        let named = || chosen.iter().chain(&tentative).any(|k| names_each(&lines[*k], zones, &lands));
        if k + 1 < first && runs_into(line, figures_begin) && (larger || named()) {
            break;
        }
        let distance = below.baseline - line.baseline;
        let size = line.size.max(below.size).max(1.0);
        if chosen.is_empty() {
            if over(line, &lands, label_begin) && is_head_line(line, zones, label_begin, true) {
                if distance > 6.0 * size {
                    break;
                }
                chosen.append(&mut tentative);
                chosen.push(k);
            } else if line.tokens.iter().any(|t| t.kind == TokenKind::Nil && t.rect.x1 > figures_begin) {
                // A row of nothing but dashes.
                tentative.clear();
            } else {
                // `Intäkter | Kostnader | Netto` under `Budget 2026`, the end of a broken word: no words
                // of heads, but over the columns. Whether it is a head shows in the lines above it.
                // Words right of the figures alone are labels in a second language.
                let right = zones[zones.len() - 1].right;
                let beside = line.tokens.iter().all(|t| t.rect.x1 <= figures_begin || t.rect.x0 >= right);
                // A stub beside them, set between two lines of a head.
                let stub = !tentative.is_empty()
                    && line.tokens.iter().all(|t| t.rect.x1 <= figures_begin && t.is_text())
                    && k > floor
                    && lines[*tentative.last().unwrap_or(&first)].baseline - lines[k - 1].baseline
                        < STEP * size
                    && over(&lines[k - 1], &lands, label_begin)
                    && is_head_line(&lines[k - 1], zones, label_begin, true);
                if stub || over(line, &lands, label_begin) && line.amounts() == 0 && !beside {
                    tentative.push(k);
                } else {
                    tentative.clear();
                }
                skipped += 1;
                // A heading may run over the first column; right under a head it is no prose.
                let is_head = |upper: usize, lower: usize| {
                    lines[lower].baseline - lines[upper].baseline < STEP * size
                        && over(&lines[upper], &lands, label_begin)
                        && is_head_line(&lines[upper], zones, label_begin, true)
                };
                // `Ordinarie | Visstids | Totalt`: several texts over the columns, under a head.
                let texts =
                    |l: &TLine| l.tokens.len() >= 2 && l.amounts() == 0 && over(l, &lands, label_begin);
                let heading = is_heading(line)
                    && k > floor
                    && (is_head(k - 1, k) || k > floor + 1 && texts(&lines[k - 1]) && is_head(k - 2, k - 1));
                if skipped > SKIP || is_prose(line, zones, label_begin) && !heading {
                    break;
                }
            }
        } else {
            // Nothing but years is a head though rows are tall; not over heads that all have one, as under a chart.
            let years = line.tokens.iter().all(|t| t.year().is_some());
            let dated = |t: &Token| t.text.split_whitespace().any(|w| crate::number::year_in(w).is_some());
            let has = chosen.iter().flat_map(|&c| &lines[c].tokens).filter(|t| dated(t)).count();
            if years && has >= zones.len() {
                break;
            }
            let step = if years { YEARS_STEP } else { STEP };
            if distance > step * size && !boxed(rulings, line, below) {
                break;
            }
            if !(over(line, &lands, label_begin) && is_head_line(line, zones, label_begin, false)) {
                // A stub beside the head, set between its lines.
                let beside = line.tokens.iter().all(|t| t.rect.x1 <= figures_begin + 1.0)
                    && distance < 1.6 * size
                    && k > floor
                    && over(&lines[k - 1], &lands, label_begin)
                    && is_head_line(&lines[k - 1], zones, label_begin, false);
                if !beside {
                    break;
                }
            }
            chosen.push(k);
        }
        below = line;
    }
    // `Inkomster | Utgifter | Netto`: no words of heads, but one over each column.
    let above = (floor..first).rev().take(2);
    let one_each = |k: &usize| {
        lines[first].baseline - lines[*k].baseline < 3.5 * lines[first].size
            && lines[*k].size < LARGER * lines[first].size
            && names_each(&lines[*k], zones, &lands)
    };
    if chosen.is_empty() {
        chosen.extend(above.into_iter().find(one_each));
    }
    chosen.sort_unstable();
    head.first = chosen.first().copied();
    head.last = chosen.last().copied();
    let right = zones.last().map_or(0.0, |z| z.right);
    let vocabulary = super::vocabulary();
    let words = chosen.iter().flat_map(|&k| lines[k].tokens.iter().flat_map(Token::parts));
    head.remarks = words.filter(|w| w.1.x0 > right).any(|w| vocabulary.is_remark(w.0));
    let remarks = if head.remarks { right } else { f32::INFINITY };
    for &k in &chosen {
        place(&lines[k], zones, &lands, remarks, rulings, &mut head);
    }
    widen(&mut head, &lands, zones, lines[first].size);
    if !turned.is_empty() {
        // Those of a table above stand over its figures.
        let above = lines[..first].iter().rev().find(|l| l.amounts() >= 2).map_or(f32::MIN, |l| l.baseline);
        let turned: Vec<Word> = turned.iter().filter(|w| w.rect.y1 > above).cloned().collect();
        place_turned(&turned, &lines[head.first.unwrap_or(first)], &lines[first], &lands, &mut head);
    }
    head
}

/// Whether a line is one text over each of several columns, and at most one over the labels.
fn names_each(line: &TLine, zones: &[Zone], lands: &[Interval]) -> bool {
    let (labels, heads): (Vec<&Token>, Vec<&Token>) =
        line.tokens.iter().partition(|t| t.rect.x1 < lands[0].lo.max(zones[0].xs.lo - 6.0 * line.size));
    let placed = |(t, (zone, land)): (&&Token, (&Zone, &Interval))| {
        let letters = t.text.chars().filter(|c| c.is_alphabetic()).count();
        let flush = (t.rect.x1 - zone.right).abs() < 0.4 * line.size;
        t.is_text() && letters >= 3 && (flush || land.contains(t.rect.center().x))
    };
    labels.len() <= 1
        && zones.len() >= 2
        && heads.len() == zones.len()
        && heads.iter().zip(zones.iter().zip(lands)).all(placed)
}

/// Whether anything of the line stands over the figure columns and does not begin with the labels.
fn over(line: &TLine, lands: &[Interval], label_begin: f32) -> bool {
    line.tokens.iter().any(|t| {
        let clear = !t.is_text() || t.rect.x0 > label_begin + 2.0 * line.size;
        let land = |l: &Interval| l.contains(t.rect.center().x) || l.overlap(&t.rect.xs()) > 0.6 * l.len();
        clear && lands.iter().any(land)
    })
}

fn is_head_line(line: &TLine, zones: &[Zone], label_begin: f32, strict: bool) -> bool {
    if is_prose(line, zones, label_begin) {
        return false;
    }
    let amounts = line.amounts();
    if strict {
        let begin = zones[0].xs.lo;
        if line.tokens.iter().any(|t| t.is_unit() && t.rect.x1 > begin) && amounts == 0 {
            return true;
        }
        let words = line
            .tokens
            .iter()
            .filter(|t| t.rect.x1 > begin)
            .flat_map(|t| {
                t.text.split_whitespace().map(|w| is_head_word(w) || crate::number::year_in(w).is_some())
            })
            .filter(|w| *w)
            .count();
        return words >= 1 && (amounts == 0 || line.is_head());
    }
    amounts == 0 || line.is_head()
}

/// A short text alone, perhaps with its code.
fn is_heading(line: &TLine) -> bool {
    let coded = line.tokens.len() == 2 && super::is_code(&line.tokens[0].text);
    (line.tokens.len() == 1 || coded)
        && line.tokens.last().is_some_and(|t| t.is_text() && t.text.split_whitespace().count() <= 6)
}

/// Words that follow one another at no more than this gap, in em, are running text.
const RUN: f32 = 0.5;

/// Text that runs from the label column far over the figure columns, or a long sentence; the figures in it too.
fn is_prose(line: &TLine, zones: &[Zone], label_begin: f32) -> bool {
    let begin = zones[0].xs.lo;
    let follows = |a: &Token, b: &Token| b.rect.x0 - a.rect.x1 < RUN * line.size;
    line.tokens.chunk_by(follows).any(|run| {
        let words = || run.iter().flat_map(|t| t.text.split_whitespace());
        let count = words().count();
        let (x0, x1) = (run[0].rect.x0, run[run.len() - 1].rect.x1);
        // Heads of narrow columns stand close enough to look like a sentence.
        let heads = words().filter(|w| is_head_word(w) || crate::number::year_in(w).is_some()).count();
        if heads * 2 >= count && count >= 2 && x0 > label_begin + 3.0 * line.size {
            return false;
        }
        let crosses = x0 < begin - 0.5 * line.size && x1 > begin + 1.5 * line.size;
        let text = run.iter().any(Token::is_text);
        if text && ends_sentence(&words().collect::<Vec<_>>()) {
            return true;
        }
        let far = count >= 2 && x1 > zones[0].right + 1.5 * line.size;
        text && (crosses && (count >= 4 || far) || count >= 9)
    })
}

/// `… laituri korjataan 2025.`: three words or more, the last a year or a long word, with the point of a sentence;
/// heads end with the point of an abbreviation (`Förändr.`).
fn ends_sentence(words: &[&str]) -> bool {
    let Some(last) = words.last().and_then(|w| w.strip_suffix('.')) else { return false };
    let lower = words.iter().filter(|w| w.starts_with(char::is_lowercase) && !is_head_word(w)).count();
    words.len() >= 3 && lower >= 2 && (crate::number::year(last).is_some() || last.chars().count() >= 8)
}

/// Whether a line is one text that runs from the labels into the figures: `Investeringsdelen, budget 2026`. In larger
/// letters, or where every column has a head below it, it is a title.
fn runs_into(line: &TLine, figures_begin: f32) -> bool {
    let whole = line.tokens.windows(2).all(|t| t[1].rect.x0 - t[0].rect.x1 < RUN * line.size);
    let words = line.tokens.iter().flat_map(|t| t.text.split_whitespace()).count();
    whole && words >= 3 && line.rect.x0 < figures_begin - line.size && line.rect.x1 > figures_begin
}

/// Whether two lines lie in one box of a ruled head.
fn boxed(rulings: &[Ruling], upper: &TLine, lower: &TLine) -> bool {
    let verticals = rulings
        .iter()
        .filter(|r| r.axis == Axis::Vertical && r.from <= upper.rect.y1 && r.to >= lower.rect.y0)
        .count();
    verticals >= 2 && lower.baseline - upper.baseline < 4.5 * lower.size
}

/// A head that stands above others, and the columns it was read over, both included.
struct Top {
    first: usize,
    last: usize,
    piece: Piece,
}

/// A spanning head is printed once, centred over its columns; a narrow one reaches none of
/// the outer ones. Columns beside it that lack what it says belong to the spanning head whose middle is nearest.
fn widen(head: &mut Head, lands: &[Interval], zones: &[Zone], size: f32) {
    let vocabulary = super::vocabulary();
    let phase = |text: &str| text.split_whitespace().any(is_head_word) || vocabulary.phase_in(text).is_some();
    let year = |text: &str| text.split_whitespace().any(|w| crate::number::year_in(w).is_some());
    // What money is counted in is said beside a head, not over columns.
    let scale = |text: &str| vocabulary.scale_of(text).is_some();
    let says = |text: &str| !scale(text) && (text.split_whitespace().any(is_head_word) || year(text));
    // The land of the first column reaches over the labels.
    let lo = |c: usize| match lands.get(1) {
        Some(next) if c == 0 => lands[0].hi - next.len(),
        _ => lands[c].lo,
    };
    // The land of the last reaches beyond the table.
    let hi = |c: usize| if c + 1 == zones.len() { zones[c].xs.hi } else { lands[c].hi };
    let n = head.columns.len();
    for tops in levels(head, size, &says) {
        let open = |c: usize, top: &Top| {
            let (pieces, top) = (&head.columns[c], &top.piece);
            let beside =
                |p: &Piece| !scale(&p.text) && (p.rect.center().y - top.rect.center().y).abs() < 0.5 * size;
            if pieces.iter().any(|p| vocabulary.is_reference(&p.text) || beside(p)) {
                return false;
            }
            let own = join(pieces.iter().map(|p| p.text.as_str()));
            // `Ändringar` beside `Budget 2022` says all there is.
            let change = matches!(vocabulary.phase_in(&own), Some(PhaseWord::Change | PhaseWord::Share));
            if change && phase(&top.text) && year(&top.text) {
                return false;
            }
            // Years alone under `Bokslut` and `Budget` printed once each for several of them, and the other way round.
            let lacks = !says(&own)
                || phase(&top.text) && !year(&top.text) && !phase(&own)
                || year(&top.text) && !(phase(&top.text) && tops.len() > 1) && !year(&own);
            lacks && pieces.iter().any(|q| q.rect.y0 > top.rect.y0 + 0.5 * size)
        };
        // The ink of a column under a head: its figures and what else is said over them.
        let ink = |c: usize, top: &Top| {
            let below = head.columns[c].iter().filter(|p| p.rect.y0 > top.piece.rect.y0 + 0.5 * size);
            below.fold(zones[c].xs, |xs, p| xs.union(&p.rect.xs()))
        };
        // Where columns are left out, what is printed says better where the middle is than the land between them.
        let off = |i: usize, a: usize, b: usize| {
            let middle = |lo: f32, hi: f32| ((lo + hi) / 2.0 - tops[i].piece.rect.center().x).abs();
            let printed = middle(ink(a, &tops[i]).lo, ink(b, &tops[i]).hi);
            middle(lo(a), hi(b)).min(printed) / (hi(b) - lo(a))
        };
        // Printed in the middle of what it spans, flush with the figures of its only column, or flush left over several.
        let distance = |i: usize, a: usize, b: usize| {
            let (rect, middle) = (tops[i].piece.rect, off(i, a, b) * (hi(b) - lo(a)));
            let flush = a == b && (rect.x1 - zones[a].right).abs() < 0.25 * size;
            let left = if phase(&tops[i].piece.text) { (rect.x0 - lo(a)).abs() } else { f32::MAX };
            if flush { 0.0 } else { middle.min(left) }
        };
        let groups = partition(&tops, n, size, &open, &distance);
        let placed = |i: usize, (a, b): (usize, usize)| {
            let top = &tops[i];
            // What was read over several columns moves for a better place alone.
            let several = top.first < top.last;
            let far = |a: usize, b: usize| off(i, a, b) * (hi(b) - lo(a));
            if several || !phase(&top.piece.text) {
                off(i, a, b) < 0.12 && !(several && far(a, b) > far(top.first, top.last))
            } else {
                off(i, a, b) <= 0.25 || (top.piece.rect.x0 - lo(a)).abs() <= 2.0 * size
            }
        };
        let moves: Vec<(&Top, (usize, usize))> = tops
            .iter()
            .zip(groups)
            .enumerate()
            .filter(|(i, (top, g))| *g != (top.first, top.last) && placed(*i, *g))
            .map(|(_, moved)| moved)
            .collect();
        for (top, (a, b)) in moves {
            let rect = top.piece.rect;
            for column in &mut head.columns[a..=b] {
                column.retain(|q| q.rect != rect);
                let at = column.iter().position(|q| q.rect.y0 > rect.y0).unwrap_or(column.len());
                column.insert(at, Piece { span: b - a + 1, ..top.piece.clone() });
            }
        }
    }
}

/// The pieces of a head in one line; a word broken in a narrow cell (`Tilin-` / `päätös`, `EKONOMIPLA` / `N`) is put
/// together again.
pub(crate) fn join<'a>(pieces: impl Iterator<Item = &'a str>) -> String {
    let mut out = String::new();
    for piece in pieces {
        let open = out.chars().last().is_some_and(char::is_alphabetic);
        if out.is_empty() || open && (is_fragment(piece) || is_broken(&out, piece)) {
            out.push_str(piece);
        } else {
            super::label::append(&mut out, piece);
        }
    }
    out
}

/// One or two letters that are no word of heads: the rest of a word.
fn is_fragment(piece: &str) -> bool {
    let n = piece.chars().count();
    n <= 2 && piece.chars().all(char::is_alphabetic) && !is_head_word(piece)
}

/// Whether the words at a line break are known only together: `TALOUSSUUN` / `NITELMA`, `BUDGETFÖRS` / `LAG`.
fn is_broken(upper: &str, lower: &str) -> bool {
    let (Some(end), Some(start)) = (upper.split(' ').next_back(), lower.split(' ').next()) else {
        return false;
    };
    let word = format!("{end}{start}");
    let vocabulary = super::vocabulary();
    let known = |word: &str| vocabulary.phase_in(word).is_some() || Glossary::builtin().is_word(word);
    word.chars().all(char::is_alphabetic)
        && is_head_word(&word)
        && !is_head_word(start)
        && if is_head_word(end) { vocabulary.phase_of(&word).is_some() } else { !known(start) }
}

/// The columns of each of the heads of one level, so that each stands where it is printed over its own, as far as that can
/// be; columns that are `open` to none stay without. Empty where two of them stand over one column.
fn partition(
    tops: &[Top],
    columns: usize,
    size: f32,
    open: &dyn Fn(usize, &Top) -> bool,
    distance: &dyn Fn(usize, usize, usize) -> f32,
) -> Vec<(usize, usize)> {
    /// What it costs to leave out a column that lacks a head, in em.
    const LEFT_OUT: f32 = 3.0;
    if tops.windows(2).any(|w| w[1].first <= w[0].last) {
        return Vec::new();
    }
    let lacks = |from: usize, to: usize| -> f32 {
        let lacking = (from..to).filter(|c| tops.iter().any(|t| open(*c, t))).count();
        lacking as f32 * LEFT_OUT * size
    };
    // From the last head to the first: the best way to go on from each column, its cost and the columns of the head.
    let mut best: Vec<Vec<(f32, (usize, usize))>> = vec![Vec::new(); tops.len()];
    for (i, top) in tops.iter().enumerate().rev() {
        let start = i.checked_sub(1).map_or(0, |k| tops[k].last + 1);
        let end = tops.get(i + 1).map_or(columns, |t| t.first);
        let last = top.last + (top.last + 1..end).take_while(|c| open(*c, top)).count();
        best[i] = (0..=top.first)
            .map(|from| {
                let first =
                    top.first - (from.max(start)..top.first).rev().take_while(|c| open(*c, top)).count();
                let ways = (first..=top.first).flat_map(|a| (top.last..=last).map(move |b| (a, b)));
                ways.map(|(a, b)| {
                    let rest = best.get(i + 1).map_or_else(|| lacks(b + 1, columns), |next| next[b + 1].0);
                    (lacks(from, a) + distance(i, a, b) + rest, (a, b))
                })
                .min_by(|x, y| x.0.total_cmp(&y.0))
                .unwrap_or((f32::MAX, (top.first, top.last)))
            })
            .collect();
    }
    let mut from = 0;
    best.iter()
        .map(|ways| {
            let (_, (a, b)) = ways[from];
            from = b + 1;
            (a, b)
        })
        .collect()
}

/// What stands above others in its columns and says a phase or a year: line by line, top to bottom.
fn levels(head: &Head, size: f32, says: &dyn Fn(&str) -> bool) -> Vec<Vec<Top>> {
    let mut all: Vec<Top> = Vec::new();
    for (c, pieces) in head.columns.iter().enumerate() {
        let above = |p: &&Piece| says(&p.text) && pieces.iter().any(|q| q.rect.y0 > p.rect.y0 + 0.5 * size);
        for piece in pieces.iter().filter(above) {
            match all.iter_mut().find(|t| t.last + 1 == c && t.piece.rect == piece.rect) {
                Some(top) => top.last = c,
                None => all.push(Top { first: c, last: c, piece: piece.clone() }),
            }
        }
    }
    all.sort_by(|a, b| a.piece.rect.center().y.total_cmp(&b.piece.rect.center().y));
    let mut out: Vec<Vec<Top>> = Vec::new();
    for top in all {
        let y = top.piece.rect.center().y;
        match out.last_mut().filter(|level| y - level[0].piece.rect.center().y < 0.5 * size) {
            Some(level) => level.push(top),
            None => out.push(vec![top]),
        }
    }
    out.iter_mut().for_each(|level| level.sort_by_key(|t| t.first));
    out
}

/// Where vertical lines part the columns, they say where a column begins.
fn cut_by_rulings(
    mut lands: Vec<Interval>,
    zones: &[Zone],
    rulings: &[Ruling],
    lines: &[TLine],
    first: usize,
) -> Vec<Interval> {
    let y = lines[first].rect.center().y;
    for i in 0..zones.len() {
        let lo = if i == 0 { f32::MIN } else { zones[i - 1].xs.hi - 1.0 };
        let hi = zones[i].xs.lo + 1.0;
        let cut = rulings
            .iter()
            .filter(|r| r.axis == Axis::Vertical && r.from <= y && r.to >= y && r.at > lo && r.at <= hi)
            .map(|r| r.at)
            .fold(f32::MIN, f32::max);
        if cut > f32::MIN && (i > 0 || cut > lands[0].lo - 200.0) {
            lands[i].lo = cut;
            if i > 0 {
                lands[i - 1].hi = cut;
            }
        }
    }
    lands
}

/// A run of words of one head line.
struct Segment {
    words: Vec<(String, Rect)>,
    rect: Rect,
}

fn segments(line: &TLine, rulings: &[Ruling], remarks: f32) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for token in line.tokens.iter().filter(|t| t.kind != TokenKind::Leader) {
        for (text, rect) in token.parts() {
            // What says that remarks stand there is no head of figures.
            if rect.x0 > remarks {
                continue;
            }
            let joins = out.last().is_some_and(|s| {
                rect.x0 - s.rect.x1 < 0.62 * line.size && !super::line::ruled_between(rulings, &s.rect, &rect)
            });
            match out.last_mut() {
                Some(s) if joins => {
                    s.words.push((text.to_owned(), rect));
                    s.rect = s.rect.union(&rect);
                }
                _ => out.push(Segment { words: vec![(text.to_owned(), rect)], rect }),
            }
        }
    }
    out
}

fn place(
    line: &TLine,
    zones: &[Zone],
    lands: &[Interval],
    remarks: f32,
    rulings: &[Ruling],
    head: &mut Head,
) {
    let text = |words: &[(String, Rect)]| words.iter().map(|w| w.0.as_str()).collect::<Vec<_>>().join(" ");
    // A unit alone left of the figures is the corner's: `€` beside `TP 2024`.
    let is_stub = |s: &Segment| {
        let unit = s.rect.x1 <= zones[0].xs.lo && super::vocabulary().scale_of(&text(&s.words)).is_some();
        let flush = (s.rect.x1 - zones[0].right).abs() < 0.25 * line.size;
        unit || s.rect.center().x < lands[0].lo && s.rect.x1 < zones[0].right && !flush
    };
    let (stub, over): (Vec<Segment>, Vec<Segment>) =
        segments(line, rulings, remarks).into_iter().partition(is_stub);
    head.stub.extend(stub.iter().map(|s| text(&s.words)));
    if let [only] = &over[..]
        && zones.len() >= 2
        && super::vocabulary().scale_of(&text(&only.words)).is_some()
        && unit_of_all(only, zones, lands, head, line.size)
    {
        head.stub.push(text(&only.words));
        return;
    }
    // As many heads as columns are one for each, though figures set flush left stand far from heads set flush right.
    let counted = over.len() == zones.len() && over.len() >= 2;
    let by_place: Vec<Vec<usize>> = over.iter().map(|s| covered(s, zones, lands, rulings, line)).collect();
    let missed = by_place.iter().enumerate().any(|(i, c)| c.len() == 1 && c[0] != i);
    // One that is wider than its column reaches over its neighbours, which have heads of their own.
    let one_each = by_place.iter().enumerate().all(|(i, c)| c.contains(&i));
    if counted && (missed || one_each) {
        for (zone, s) in over.iter().enumerate() {
            head.columns[zone].push(Piece { text: text(&s.words), rect: s.rect, span: 1 });
        }
        return;
    }
    for (segment, covered) in over.into_iter().zip(by_place) {
        if let [only] = covered[..] {
            head.columns[only].push(Piece { text: text(&segment.words), rect: segment.rect, span: 1 });
            continue;
        }
        // Heads of neighbours that stand close: each has words of its own.
        let nearest = |r: &Rect| {
            let x = r.center().x;
            covered.iter().copied().find(|i| lands[*i].contains(x)).or_else(|| {
                covered
                    .iter()
                    .copied()
                    .min_by(|a, b| (zones[*a].xs.mid() - x).abs().total_cmp(&(zones[*b].xs.mid() - x).abs()))
            })
        };
        let mut parts: Vec<(usize, Vec<(String, Rect)>)> = Vec::new();
        for word in &segment.words {
            let Some(zone) = nearest(&word.1) else { continue };
            match parts.last_mut() {
                Some((z, words)) if *z == zone => words.push(word.clone()),
                _ => parts.push((zone, vec![word.clone()])),
            }
        }
        let says = |w: &(String, Rect)| is_head_word(&w.0) || crate::number::year_in(&w.0).is_some();
        // Words that all end flush with the figures of a column each are heads of their own: `jälkeen Toteutuma Ero`.
        let single = |run: &Run| {
            run.first == run.last && {
                let end = run.words.last().map_or(f32::MIN, |w| w.1.x1);
                (end - zones[run.first].right).abs() < 0.2 * line.size
            }
        };
        let each = |runs: &Vec<Run>| {
            let says = |run: &Run| run.words.iter().any(says);
            runs.iter().all(says) || runs.iter().all(single) && runs.iter().any(says)
        };
        // `Budget 2025` over `€` and `%` is one head, though its year stands over the second.
        let year = |w: &(String, Rect)| crate::number::year_in(&w.0).is_some();
        let torn =
            |pair: &[(usize, Vec<(String, Rect)>)]| pair[1].1.iter().all(year) && !pair[0].1.iter().any(year);
        let own = || {
            let run = |(zone, words)| Run { first: zone, last: zone, words };
            (!covered.is_empty() && parts.len() == covered.len() && !parts.windows(2).any(torn))
                .then(|| parts.into_iter().map(run).collect())
        };
        // `Muutos TA 2023–TA 2024` over `€` and `%` is one head.
        let changes = segment.words.first().and_then(|w| super::vocabulary().phase_of(&w.0))
            == Some(PhaseWord::Change)
            && segment
                .words
                .iter()
                .any(|w| w.0.contains(['–', '-']) && w.0.contains(|c: char| c.is_ascii_digit()));
        let parted = || flush(&segment.words, zones, line.size).or_else(own).filter(each);
        if let Some(runs) = (!changes).then(parted).flatten() {
            for Run { first, last, words } in runs {
                let rect = Rect::union_all(words.iter().map(|w| w.1)).unwrap_or_default();
                for pieces in &mut head.columns[first..=last] {
                    pieces.push(Piece { text: text(&words), rect, span: last - first + 1 });
                }
            }
        } else if covered.is_empty() {
            if let Some(zone) = (0..zones.len()).min_by(|a, b| {
                let d = |i: &usize| (zones[*i].xs.mid() - segment.rect.center().x).abs();
                d(a).total_cmp(&d(b))
            }) {
                head.columns[zone].push(Piece { text: text(&segment.words), rect: segment.rect, span: 1 });
            }
        } else {
            for &zone in &covered {
                head.columns[zone].push(Piece {
                    text: text(&segment.words),
                    rect: segment.rect,
                    span: covered.len(),
                });
            }
        }
    }
}

/// Whether a unit that stands alone on a line is that of the whole table: above all heads, or below them in the middle.
fn unit_of_all(unit: &Segment, zones: &[Zone], lands: &[Interval], head: &Head, size: f32) -> bool {
    let above = head.columns.iter().all(Vec::is_empty);
    let middle = (lands[0].lo + lands[lands.len() - 1].hi.min(zones[zones.len() - 1].right)) / 2.0;
    let columns = (zones[0].xs.lo + zones[zones.len() - 1].right) / 2.0;
    let centred = |x: f32| (unit.rect.center().x - x).abs() < size;
    above || centred(middle) || centred(columns)
}

/// Words of a head line and the columns that they stand over, both included.
struct Run {
    first: usize,
    last: usize,
    words: Vec<(String, Rect)>,
}

/// Heads that stand close, parted where a word ends flush with the figures of a column. Words that end flush with
/// none stand over the columns between their neighbours', which must be two at least.
fn flush(words: &[(String, Rect)], zones: &[Zone], size: f32) -> Option<Vec<Run>> {
    const FLUSH: f32 = 0.2;
    let mut out: Vec<Run> = Vec::new();
    let mut ended = 0;
    let mut open: Vec<(String, Rect)> = Vec::new();
    let mut next = zones.iter().position(|z| z.right > words[0].1.x0)?;
    for word in words {
        open.push(word.clone());
        let Some(zone) = zones.iter().position(|z| (z.right - word.1.x1).abs() < FLUSH * size) else {
            continue;
        };
        let before = zone.checked_sub(1).map_or(f32::MIN, |z| zones[z].right);
        // What begins left of the figures before spans them.
        let own = open.iter().position(|w| w.1.x0 > before - FLUSH * size).unwrap_or(open.len());
        let words = open.split_off(own);
        let span = std::mem::take(&mut open);
        match (span.is_empty(), words.is_empty()) {
            (true, _) => out.push(Run { first: zone, last: zone, words }),
            (false, true) if zone > next => out.push(Run { first: next, last: zone, words: span }),
            (false, false) if zone > next + 1 => {
                out.push(Run { first: next, last: zone - 1, words: span });
                out.push(Run { first: zone, last: zone, words });
            }
            _ => return None,
        }
        next = zone + 1;
        ended += 1;
    }
    if let Some(word) = open.last() {
        let last = zones.iter().rposition(|z| z.xs.lo < word.1.x1).filter(|last| *last > next)?;
        out.push(Run { first: next, last, words: open });
    }
    (ended >= 1 && out.len() >= 2).then_some(out)
}

/// The columns over which a piece stands: by its cell, by a line drawn under it, by its width.
fn covered(s: &Segment, zones: &[Zone], lands: &[Interval], rulings: &[Ruling], line: &TLine) -> Vec<usize> {
    let y = s.rect.center().y;
    let verticals = |r: &&Ruling| r.axis == Axis::Vertical && r.from <= y && r.to >= y;
    let left = rulings
        .iter()
        .filter(verticals)
        .map(|r| r.at)
        .filter(|x| *x <= s.rect.x0 + 1.0)
        .fold(f32::MIN, f32::max);
    let right = rulings
        .iter()
        .filter(verticals)
        .map(|r| r.at)
        .filter(|x| *x >= s.rect.x1 - 1.0)
        .fold(f32::MAX, f32::min);
    let within = |xs: Interval| -> Vec<usize> {
        (0..zones.len())
            .filter(|i| {
                let inner = zones[*i].xs.mid();
                xs.contains(inner)
                    || xs.contains(zones[*i].right - 1.0)
                        && xs.overlap(&zones[*i].xs) > 0.5 * zones[*i].xs.len()
            })
            .collect()
    };
    // A frame around the whole table says nothing; lines between its columns do.
    let between = (1..zones.len())
        .filter(|i| {
            rulings.iter().any(|r| {
                r.axis == Axis::Vertical
                    && r.at >= zones[i - 1].right - 1.0
                    && r.at <= zones[*i].xs.lo + 1.0
                    && r.to > y
                    && r.from < y + 60.0
            })
        })
        .count();
    if left > f32::MIN && right < f32::MAX && (between * 2 >= zones.len() - 1) {
        let inside = within(Interval::new(left, right));
        // A head whose row has no lines between its cells: a frame around all of them is no cell.
        let others = line.tokens.iter().filter(|t| t.rect.xs().overlap(&s.rect.xs()) <= 0.0);
        let shared = others.filter(|t| t.rect.x0 > left && t.rect.x1 < right).count() > 0;
        let frame = zones.len() >= 3 && inside.len() == zones.len() && shared;
        if !inside.is_empty() && !frame {
            return inside;
        }
    }
    // A line right under the piece that does not run over the whole table.
    let whole = Interval::new(zones[0].xs.lo, zones[zones.len() - 1].xs.hi);
    let alone = |r: &Ruling| {
        let others = line.tokens.iter().filter(|t| t.rect.xs().overlap(&s.rect.xs()) <= 0.0);
        others.filter(|t| Interval::new(r.from, r.to).overlap(&t.rect.xs()) > 0.5 * t.rect.xs().len()).count()
            == 0
    };
    let under = rulings.iter().filter(|r| alone(r)).find(|r| {
        r.axis == Axis::Horizontal
            && r.at > line.baseline - 1.0
            && r.at < line.baseline + 1.1 * line.size
            && r.from <= s.rect.x0 + 1.0
            && r.to >= s.rect.x1 - 1.0
            && Interval::new(r.from, r.to).overlap(&whole) < 0.97 * whole.len()
            && r.from > lands[0].lo - 2.0 * line.size
    });
    if let Some(r) = under {
        let inside = within(Interval::new(r.from - 0.5, r.to + 0.5));
        if inside.len() >= 2 {
            return inside;
        }
    }
    let xs = s.rect.xs();
    let over_word = |i: &usize| s.words.iter().any(|w| lands[*i].contains(w.1.center().x));
    let touched: Vec<usize> = (0..zones.len())
        .filter(|i| over_word(i) || zones[*i].xs.overlap(&xs) > 0.3 * zones[*i].xs.len())
        .collect();
    if touched.len() >= 2 {
        // Flush right over its own figures and only wide: one column.
        let last = touched[touched.len() - 1];
        let flush = (xs.hi - zones[last].right).abs() < 0.5 * line.size;
        let words = s.words.len();
        if flush
            && words == 1
            && touched.len() == 2
            && xs.overlap(&zones[touched[0]].xs) < 0.3 * zones[touched[0]].xs.len()
        {
            return vec![last];
        }
        return touched;
    }
    let center = xs.mid();
    (0..zones.len()).filter(|i| lands[*i].contains(center)).collect()
}

/// Heads that run up or down in narrow columns.
fn place_turned(turned: &[Word], top: &TLine, first: &TLine, lands: &[Interval], head: &mut Head) {
    let reach = 16.0 * first.size;
    let blocks = turned_blocks(turned, first, lands);
    let mut read: Vec<Vec<Piece>> = vec![Vec::new(); lands.len()];
    for (i, land) in lands.iter().enumerate() {
        let over = |w: &&Word| match &blocks {
            Some(blocks) => blocks[i].contains(w.rect.center().x),
            None => land.contains(w.rect.center().x),
        };
        let over = |w: &&Word| over(w) && w.rect.y1 < first.rect.y0 + 2.0;
        let (mut words, mut further): (Vec<&Word>, Vec<&Word>) =
            turned.iter().filter(over).partition(|w| w.rect.y0 > top.rect.y0.min(first.rect.y0) - reach);
        // Long ones run on beyond the reach, word by word.
        further.sort_by(|a, b| b.rect.y1.total_cmp(&a.rect.y1));
        for w in further {
            let follows = |v: &&Word| {
                (v.rect.center().x - w.rect.center().x).abs() < 0.6 * w.size && v.rect.y0 - w.rect.y1 < w.size
            };
            if words.iter().any(follows) {
                words.push(w);
            }
        }
        // Lines of turned text stand beside one another; words follow along the direction.
        words.sort_by(|a, b| {
            let line = |w: &Word| (w.baseline / (0.6 * w.size.max(1.0))).round() as i32;
            let along = |w: &Word| if w.direction == Direction::Up { -w.rect.y1 } else { w.rect.y0 };
            line(a).cmp(&line(b)).then(along(a).total_cmp(&along(b)))
        });
        let piece = |w: &Word| Piece { text: w.text.clone(), rect: w.rect, span: 1 };
        read[i].extend(words.into_iter().map(piece));
    }
    // Years over heads that all are turned are the axis of a chart above the table.
    if blocks.is_some() && read.iter().all(|r| !r.is_empty()) {
        let top = read.iter().flatten().map(|p| p.rect.y0).fold(f32::MAX, f32::min);
        let years = |text: &str| text.split_whitespace().all(|w| crate::number::year(w).is_some());
        head.columns.iter_mut().for_each(|c| c.retain(|p| p.rect.y1 > top || !years(&p.text)));
    }
    // A word that runs the other way beside heads that are whole is no part of them: the running head of a page whose
    // table lies on its side.
    let stray = 2 * read.iter().filter(|r| !r.is_empty()).count() < lands.len();
    for (column, pieces) in head.columns.iter_mut().zip(read) {
        if !stray || column.is_empty() {
            column.extend(pieces);
        }
    }
}

/// Where the lines of turned text make as many blocks as there are columns, the reach of each block, left to right: they
/// are heads of one column each, though some begin over the figures of the column before.
fn turned_blocks(turned: &[Word], first: &TLine, lands: &[Interval]) -> Option<Vec<Interval>> {
    /// Lines of one head stand at most this far apart, middle to middle, in em.
    const LEADING: f32 = 1.6;
    let near = first.rect.y0 - 4.0 * first.size..first.rect.y0 + 2.0;
    let begins = |w: &&Word| near.contains(&w.rect.y1) && w.rect.center().x > lands[0].lo;
    let mut middles: Vec<(f32, f32)> =
        turned.iter().filter(begins).map(|w| (w.rect.center().x, w.size)).collect();
    middles.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut blocks: Vec<Interval> = Vec::new();
    for (x, size) in middles {
        match blocks.last_mut() {
            Some(block) if x - block.hi <= LEADING * size => block.hi = x,
            _ => blocks.push(Interval::new(x, x)),
        }
    }
    if blocks.len() != lands.len() {
        return None;
    }
    let ends: Vec<f32> = blocks.windows(2).map(|w| (w[0].hi + w[1].lo) / 2.0).collect();
    let begins = std::iter::once(lands[0].lo).chain(ends.iter().copied());
    let last = lands.last().map_or(f32::MAX, |l| l.hi.max(blocks[blocks.len() - 1].hi + first.size));
    Some(begins.zip(ends.iter().copied().chain([last])).map(|(lo, hi)| Interval::new(lo, hi)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_words_are_joined() {
        let joined = |pieces: &[&str]| join(pieces.iter().copied());
        assert_eq!(joined(&["TALOUSSUUN", "NITELMA", "2026"]), "TALOUSSUUNNITELMA 2026");
        assert_eq!(joined(&["BUDGETFÖRS", "LAG"]), "BUDGETFÖRSLAG");
        assert_eq!(joined(&["EKONOMIPLA", "N"]), "EKONOMIPLAN");
        assert_eq!(joined(&["Ändrad", "budget"]), "Ändrad budget");
        assert_eq!(joined(&["Budget", "förslag"]), "Budget förslag");
    }

    /// Columns of 100 pt from 0; tops whose middles are given, each read over the column below it.
    fn groups(columns: usize, middles: &[f32], closed: &[usize]) -> Vec<(usize, usize)> {
        let top = |x: &f32| {
            let column = (*x / 100.0) as usize;
            let rect = Rect::new(x - 10.0, 0.0, x + 10.0, 10.0);
            Top { first: column, last: column, piece: Piece { text: "2025".to_owned(), rect, span: 1 } }
        };
        let tops: Vec<Top> = middles.iter().map(top).collect();
        let distance = |i: usize, a: usize, b: usize| ((a + b + 1) as f32 * 50.0 - middles[i]).abs();
        partition(&tops, columns, 10.0, &|c, _| !closed.contains(&c), &distance)
    }

    #[test]
    fn heads_stand_in_the_middle_of_their_columns() {
        assert_eq!(groups(5, &[50.0, 250.0, 450.0], &[]), [(0, 0), (1, 3), (4, 4)]);
        assert_eq!(groups(6, &[150.0, 450.0], &[]), [(0, 2), (3, 5)]);
        assert_eq!(groups(6, &[101.0, 399.0], &[]), [(0, 1), (2, 5)]);
        // A column with a head of its own parts what stands left of it from what stands right.
        assert_eq!(groups(5, &[50.0, 350.0], &[1]), [(0, 0), (2, 4)]);
        // Two heads over one column say nothing of which columns are whose.
        assert!(groups(2, &[20.0, 60.0], &[]).is_empty());
    }
}
