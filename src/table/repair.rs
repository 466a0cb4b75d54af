//! Lines of a block → rows: which lines are one label, which stand alone.
//!
//! In: the lines of a table body with their cells. Out: groups of lines that are
//! one row. A label over several lines is one row wherever its figures stand.
//! Evidence, strongest first: drawn lines or bands between rows; a figure line
//! without a label; room (a label is broken only where the next word did not
//! fit); leading narrower than between rows; lower-case continuation, hyphens;
//! the glossary (the joined text is a term, the parts are not).
//! Refuses: two lines with figures in one row, unless they fill different columns.

use super::label;
use crate::geometry::{Interval, Rect};
use crate::pdf::{Axis, Fill, Ruling};

/// One line of a table body.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// Index of the line in its region.
    pub(crate) line: usize,
    pub(crate) baseline: f32,
    pub(crate) rect: Rect,
    pub(crate) size: f32,
    pub(crate) bold: bool,
    /// Text of the label column.
    pub(crate) label: Option<(String, Rect)>,
    /// Width of the first word of the label.
    pub(crate) first_word: f32,
    /// Whether it holds figures.
    pub(crate) figures: bool,
}

/// What else is known of the block.
pub(crate) struct Setting<'a> {
    pub(crate) rulings: &'a [Ruling],
    pub(crate) fills: &'a [Fill],
    /// Horizontal stretch of the label column.
    pub(crate) label_xs: Interval,
    /// How far to the right a label may reach.
    pub(crate) limit: f32,
    pub(crate) is_term: &'a dyn Fn(&str) -> bool,
}

/// Consecutive items that are one row: `first..end`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// By how much the evidence prefers this row to the next best way to share out the lines around it;
    /// `None` where there are none to share, or drawn lines part the rows.
    pub(crate) margin: Option<f32>,
}

/// Groups consecutive items to rows.
pub(crate) fn rows(items: &[Item], s: &Setting<'_>) -> Vec<Group> {
    let bands = bands(items, s);
    if let Some(bands) = bands {
        let mut out = Vec::new();
        let mut i = 0;
        while i < items.len() {
            let mut j = i + 1;
            while j < items.len() && bands[j] == bands[i] {
                j += 1;
            }
            if items[i..j].iter().filter(|k| k.figures).count() <= 1 {
                // Some tables draw no line under a heading: it stands in the band of its first row.
                let mut start = i;
                for k in i..j - 1 {
                    if !items[k].figures && is_heading_over(&items[k], &items[k + 1], s) {
                        out.push(Group { first: start, end: k + 1, margin: None });
                        start = k + 1;
                    }
                }
                out.push(Group { first: start, end: j, margin: None });
            } else {
                let groups = by_links(&items[i..j], s).into_iter();
                out.extend(groups.map(|g| Group { first: g.first + i, end: g.end + i, ..g }));
            }
            i = j;
        }
        return out;
    }
    by_links(items, s)
}

/// Whether a line without figures heads the one below it: set apart by its weight, or each a
/// term by itself and the lower one indented.
fn is_heading_over(a: &Item, b: &Item, s: &Setting<'_>) -> bool {
    let (Some((upper, ur)), Some((lower, lr))) = (&a.label, &b.label) else { return false };
    let indented = lr.x0 - ur.x0 > 0.4 * a.size;
    // No label begins with a small letter.
    let begins = !lower.starts_with(char::is_lowercase);
    let listed = is_listed(lower) || is_listed(upper) && begins && (s.is_term)(lower);
    a.bold && !b.bold || listed || indented && begins && (s.is_term)(upper) && (s.is_term)(lower)
}

/// The band between drawn lines in which each item stands, if such lines part the rows.
fn bands(items: &[Item], s: &Setting<'_>) -> Option<Vec<usize>> {
    let figures = items.iter().filter(|i| i.figures).count();
    if figures < 2 {
        return None;
    }
    let top = items.first()?.rect.y0;
    let bottom = items.last()?.rect.y1;
    let covers = |xs: Interval| xs.overlap(&s.label_xs) >= 0.5 * s.label_xs.len();
    let mut edges: Vec<f32> = s
        .rulings
        .iter()
        .filter(|r| r.axis == Axis::Horizontal && covers(Interval::new(r.from, r.to)))
        .map(|r| r.at)
        .collect();
    let white = |f: &Fill| f.color.iter().all(|c| *c >= 250);
    for f in s
        .fills
        .iter()
        .filter(|f| !white(f) && covers(f.rect.xs()) && f.rect.height() < 0.5 * (bottom - top).max(60.0))
    {
        edges.push(f.rect.y0);
        edges.push(f.rect.y1);
    }
    edges.retain(|y| *y > top && *y < bottom);
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 2.0);
    let band: Vec<usize> = items
        .iter()
        .map(|i| {
            let y = i.rect.center().y;
            edges.iter().filter(|e| **e < y).count()
        })
        .collect();
    // Lines part rows where most bands hold one line of figures. A table with a rule under
    // every fifth row is not parted by them.
    let mut single = 0;
    let mut i = 0;
    while i < items.len() {
        let mut j = i;
        let mut n = 0;
        while j < items.len() && band[j] == band[i] {
            n += usize::from(items[j].figures);
            j += 1;
        }
        single += usize::from(n == 1);
        i = j;
    }
    (single * 10 >= figures * 7).then_some(band)
}

/// Distance between the baselines of rows that follow one another.
#[derive(Clone, Copy)]
struct Pitch {
    step: f32,
    /// Nearly all rows keep it: a narrower step is then a line of the same row.
    steady: bool,
}

fn pitch(items: &[Item]) -> Option<Pitch> {
    let mut d: Vec<f32> = items
        .windows(2)
        .filter(|w| w[0].figures && w[1].figures && w[0].label.is_some() && w[1].label.is_some())
        .map(|w| w[1].baseline - w[0].baseline)
        .collect();
    d.sort_by(f32::total_cmp);
    let step = *d.get(d.len() / 2)?;
    let near = d.iter().filter(|x| (**x - step).abs() < 0.04 * step).count();
    Some(Pitch { step, steady: near >= 4 && near * 10 >= d.len() * 7 })
}

/// What rows and labels of a block keep to.
#[derive(Clone, Copy)]
struct Usual {
    pitch: Option<Pitch>,
    /// How far the second line of a label is indented against the first, in em, where labels hang.
    hang: Option<f32>,
}

/// Hanging lines of one block are indented alike, in em.
const HANG: f32 = 0.2;

/// The hang of the labels: lines without figures that run on in lower case from a line with figures.
fn hang(items: &[Item]) -> Option<f32> {
    const FEWEST: usize = 3;
    let mut found: Vec<f32> = items
        .windows(2)
        .filter(|w| w[0].figures && !w[1].figures && w[0].bold == w[1].bold)
        .filter_map(|w| {
            let (_, upper) = w[0].label.as_ref()?;
            let (text, lower) = w[1].label.as_ref()?;
            let runs_on = text.starts_with(char::is_lowercase) && !says_only_sum(text);
            runs_on.then_some((lower.x0 - upper.x0) / w[0].size.max(1.0))
        })
        .collect();
    found.sort_by(f32::total_cmp);
    let middle = *found.get(found.len() / 2)?;
    let near = found.iter().filter(|x| (**x - middle).abs() < HANG).count();
    (middle > 0.5 && near >= FEWEST && near * 10 >= found.len() * 7).then_some(middle)
}

/// How strongly items `i` and `i + 1` belong together; positive is for.
fn link(items: &[Item], i: usize, usual: Usual, s: &Setting<'_>) -> f32 {
    let Usual { pitch, hang } = usual;
    let (a, b) = (&items[i], &items[i + 1]);
    let size = a.size.max(b.size).max(1.0);
    let step = b.baseline - a.baseline;
    let between = Interval::new(a.baseline, b.rect.y0.max(a.baseline + 0.1));
    let ruled = s.rulings.iter().any(|r| {
        r.axis == Axis::Horizontal
            && between.contains(r.at)
            && Interval::new(r.from, r.to).overlap(&s.label_xs) >= 0.4 * s.label_xs.len()
    });
    if ruled || step > 2.4 * size {
        return -9.0;
    }
    let mut score = -1.0;
    if let Some(p) = pitch {
        if step < 0.92 * p.step {
            score += if p.steady { 4.0 } else { 1.5 };
        } else if step > 1.15 * p.step {
            score -= 1.5;
        }
    }
    let (Some((left, lr)), Some((right, rr))) = (&a.label, &b.label) else {
        // A line of figures without a label belongs to the label it stands nearest to.
        let half = pitch.map_or(0.85 * size, |p| 0.75 * p.step.max(0.8 * size));
        return if a.label.is_none() && b.label.is_none() {
            -5.0
        } else if step <= half {
            4.0
        } else if step <= 1.4 * size {
            1.5
        } else {
            -1.0
        };
    };
    let hyphen = is_hyphenated(left);
    let open = is_unfinished(left);
    let first = right.chars().find(|c| c.is_alphanumeric());
    let listed = is_listed(right);
    let lower = first.is_some_and(char::is_lowercase) && !listed;
    let hung = hang.is_some_and(|h| {
        let above = items[..=i].iter().rev().find(|i| i.figures).and_then(|i| i.label.as_ref());
        !b.figures && above.is_some_and(|(_, r)| ((rr.x0 - r.x0) / size - h).abs() < HANG)
    });
    let mut joined = left.clone();
    label::append(&mut joined, right);
    let joined = label::clean(&[joined]).text;
    let term = lower && (s.is_term)(&joined);
    let fits = lr.x1 + 0.27 * size + b.first_word <= s.limit - 0.15 * size;
    score += match (fits, hyphen) {
        (_, true) => 3.0,
        (false, _) => 2.0,
        // Some typesetters break lines so that they come out alike, and not where the next word did not fit.
        (true, _) if (open || hung || term) && lower => -0.5,
        (true, _) => -3.5,
    };
    let unclosed = left.matches('(').count() > left.matches(')').count();
    if open || unclosed {
        score += 2.0;
    }
    if lower {
        score += 2.0;
    } else if right.starts_with('(') {
        score += 0.7;
    } else if !open && !hyphen {
        score -= 1.0;
    }
    if listed {
        score -= 4.0;
    }
    if a.bold != b.bold {
        score -= 4.0;
    } else if !(a.figures && b.figures) && is_capitals(left) == is_capitals(right) && says_only_sum(right) {
        // `SAMMANLAGT` without a figure is no heading, and none stands right over the sum of what it heads.
        score += 6.0;
    }
    // Totals are set in capitals; a label does not change into them.
    if is_capitals(left) != is_capitals(right) && right.chars().filter(|c| c.is_alphabetic()).count() >= 4 {
        score -= 3.0;
    }
    if (a.size - b.size).abs() > 0.12 * size {
        score -= 2.0;
    }
    let indent = (rr.x0 - lr.x0) / size;
    if hung {
        score += 2.0;
    } else if indent < -0.4 {
        score -= 2.0;
    } else if indent > 0.5 {
        score -= 1.5;
    }
    // `Övriga` and `lönebikostnader` are terms too, but no label begins with a small letter.
    if (s.is_term)(&joined) && (lower || !((s.is_term)(left) && (s.is_term)(right))) {
        score += 3.0;
    } else if (s.is_term)(left) && (s.is_term)(right) {
        score -= 3.0;
    } else if !lower && ((s.is_term)(right) || (s.is_term)(left)) {
        score -= 1.0;
    }
    score
}

/// Whether a number or a letter of a list opens a label: `1. `, `a) `, `B.1 `.
pub(crate) fn is_listed(text: &str) -> bool {
    let Some((mark, rest)) = text.split_once(' ') else { return false };
    let body = mark.trim_end_matches([')', '.']);
    let parts = || body.split('.');
    let part = |p: &str| {
        let digits = (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit());
        digits || p.chars().count() == 1 && p.chars().all(char::is_alphabetic)
    };
    (body.len() < mark.len() || parts().count() > 1)
        && parts().all(part)
        && rest.starts_with(char::is_alphabetic)
}

fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

fn says_only_sum(text: &str) -> bool {
    !text.contains(' ') && super::vocabulary().is_sum(text)
}

/// Whether a line ends in a hyphen.
pub(crate) fn is_hyphenated(line: &str) -> bool {
    line.ends_with(['-', '\u{ad}', '\u{2010}'])
}

/// Whether a line ends with a mark or a word after which something must come.
pub(crate) fn is_unfinished(line: &str) -> bool {
    const JOINERS: [&str; 32] = [
        "bland", "mellan", "inom", "mot", "per", "och", "av", "för", "i", "till", "med", "på", "samt",
        "eller", "från", "om", "vid", "under", "den", "det", "de", "ja", "sekä", "tai", "of", "and", "the",
        "utan", "enligt", "före", "ennen", "ilman",
    ];
    line.ends_with([',', '/', '&', '('])
        || line.split_whitespace().last().is_some_and(|w| JOINERS.contains(&w.to_lowercase().as_str()))
}

/// Rows by the strength of links alone.
fn by_links(items: &[Item], s: &Setting<'_>) -> Vec<Group> {
    if items.is_empty() {
        return Vec::new();
    }
    let usual = Usual { pitch: pitch(items), hang: hang(items) };
    let links: Vec<f32> = (0..items.len() - 1).map(|i| link(items, i, usual, s)).collect();
    // Anchors are lines with figures; the lines between two of them are shared out.
    let anchors: Vec<usize> = (0..items.len()).filter(|i| items[*i].figures).collect();
    let mut joined = vec![false; links.len()];
    let mut margins = vec![None; items.len()];
    let place = |bias: &[f32; 2],
                 from: Option<usize>,
                 to: Option<usize>,
                 joined: &mut [bool],
                 margins: &mut [Option<f32>]| {
        let lo = from.unwrap_or(0);
        let hi = to.unwrap_or(items.len() - 1);
        let margin =
            share(items, &links[lo..hi], from.is_some(), to.is_some(), bias, lo, &mut joined[lo..hi]);
        for k in from.into_iter().chain(to) {
            margins[k] = least(margins[k], margin);
        }
    };
    let bounds: Vec<(Option<usize>, Option<usize>)> = if anchors.is_empty() {
        vec![(None, None)]
    } else {
        std::iter::once((None, anchors.first().copied()))
            .chain(anchors.windows(2).map(|w| (Some(w[0]), Some(w[1]))))
            .chain(std::iter::once((anchors.last().copied(), None)))
            .collect()
    };
    // First pass without prejudice; the second leans to where labels mostly stand in this table.
    for (a, b) in &bounds {
        place(&[0.0, 0.0], *a, *b, &mut joined, &mut margins);
    }
    let (mut after, mut before) = (0.0, 0.0);
    for &k in &anchors {
        if k > 0 && joined[k - 1] && items[k].label.is_some() {
            before += 1.0;
        }
        if k < joined.len() && joined[k] && items[k].label.is_some() {
            after += 1.0;
        }
    }
    let total: f32 = after + before;
    if total > 0.0 {
        let lean = [1.2 * (after - before) / total, 1.2 * (before - after) / total];
        joined.fill(false);
        margins.fill(None);
        for (a, b) in &bounds {
            place(&lean, *a, *b, &mut joined, &mut margins);
        }
    }
    let mut out = Vec::new();
    let mut start = 0;
    for end in 1..=items.len() {
        if joined.get(end - 1) != Some(&true) {
            let margin = margins[start..end].iter().copied().fold(None, least);
            out.push(Group { first: start, end, margin });
            start = end;
        }
    }
    out
}

/// Two lines without figures are one label on evidence of this strength only.
const FREE: f32 = 2.5;

/// The smaller margin, if there is any.
fn least(a: Option<f32>, b: Option<f32>) -> Option<f32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Shares the lines between two figure lines: the first `p` links go to the one above, the
/// last `q` to the one below, the rest join among themselves or stand alone. Returns the margin of the
/// best way over the next.
fn share(
    items: &[Item],
    links: &[f32],
    above: bool,
    below: bool,
    bias: &[f32; 2],
    offset: usize,
    joined: &mut [bool],
) -> Option<f32> {
    let n = links.len();
    if n == 0 {
        return None;
    }
    const WIDEST: usize = 7;
    let max_p = if above { n.min(WIDEST) } else { 0 };
    let max_q = if below { n.min(WIDEST) } else { 0 };
    let mut best: Option<(f32, usize, usize)> = None;
    let mut second = f32::MIN;
    for p in 0..=max_p {
        for q in 0..=max_q {
            // With both ends taken something must stay open between them.
            if p + q > n || (above && below && p + q == n) {
                continue;
            }
            let mut score = 0.0;
            for (k, l) in links.iter().enumerate() {
                let on = k < p || k >= n - q;
                if on {
                    score += l;
                } else if k > 0 && k < n - 1
                    || !(above || below)
                    || (k > 0 || !above) && (k < n - 1 || !below)
                {
                    // Free lines between may be one heading, or one label without figures.
                    let both = (k > p || !above && k >= p) && (k + 1 < n - q || !below && k < n - q);
                    score += if *l >= FREE && both { *l } else { (-l).clamp(0.0, 2.0) * 0.25 };
                } else {
                    score -= l.min(3.0) * 0.5;
                }
            }
            if p > 0 {
                score += bias[0];
            }
            if q > 0 {
                score += bias[1];
            }
            if best.is_none_or(|b| score > b.0 + 1e-4) {
                second = best.map_or(second, |b| b.0);
                best = Some((score, p, q));
            } else {
                second = second.max(score);
            }
        }
    }
    let (score, p, q) = best.unwrap_or((0.0, 0, 0));
    for (k, j) in joined.iter_mut().enumerate() {
        let free = k >= p && k < n - q;
        let inside = (k > p || !above && k >= p) && (k + 1 < n - q || !below && k < n - q);
        // Among the free lines two belong together only on strong evidence.
        *j = !free
            || inside && links[k] >= FREE && !items[offset + k].figures && !items[offset + k + 1].figures;
    }
    (second > f32::MIN).then_some(score - second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `#` before a label: the line has figures. Each line 12 pt below the last unless told.
    fn check(lines: &[(&str, f32)], limit: f32, expected: &[&str]) {
        let mut y = 100.0;
        let items: Vec<Item> = lines
            .iter()
            .enumerate()
            .map(|(i, (text, step))| {
                y += step;
                let figures = text.starts_with('#');
                let label = text.trim_start_matches('#').trim();
                let x0 = 50.0;
                let width = 5.0 * label.chars().count() as f32;
                let rect = Rect::new(x0, y - 7.0, if figures { 400.0 } else { x0 + width }, y);
                Item {
                    line: i,
                    baseline: y,
                    rect,
                    size: 10.0,
                    bold: false,
                    label: (!label.is_empty())
                        .then(|| (label.to_owned(), Rect::new(x0, y - 7.0, x0 + width, y))),
                    first_word: 5.0 * label.split(' ').next().unwrap_or("").chars().count() as f32,
                    figures,
                }
            })
            .collect();
        let s = Setting {
            rulings: &[],
            fills: &[],
            label_xs: Interval::new(50.0, limit),
            limit,
            is_term: &|_| false,
        };
        let got: Vec<String> = rows(&items, &s)
            .into_iter()
            .map(|g| {
                items[g.first..g.end]
                    .iter()
                    .filter_map(|i| i.label.as_ref())
                    .map(|l| l.0.clone())
                    .collect::<Vec<_>>()
                    .join(" + ")
            })
            .collect();
        assert_eq!(got, expected);
    }

    #[test]
    fn figures_on_the_last_line() {
        check(
            &[
                ("#Köp av tjänster", 12.0),
                ("Material, förnödenheter och", 12.0),
                ("#varor", 12.0),
                ("#Understöd", 12.0),
            ],
            195.0,
            &["Köp av tjänster", "Material, förnödenheter och + varor", "Understöd"],
        );
    }

    #[test]
    fn figures_on_the_first_line() {
        check(
            &[
                ("#Köp av tjänster", 14.0),
                ("#Material, förnödenheter och", 14.0),
                ("varor", 11.0),
                ("#Understöd", 14.0),
                ("#Annat", 14.0),
            ],
            195.0,
            &["Köp av tjänster", "Material, förnödenheter och + varor", "Understöd", "Annat"],
        );
    }

    #[test]
    fn figures_between_the_lines() {
        check(
            &[
                ("#Köp av tjänster", 14.0),
                ("Material, förnödenheter och", 14.0),
                ("#", 6.0),
                ("varor", 6.0),
                ("#Understöd", 14.0),
                ("#Annat", 14.0),
            ],
            195.0,
            &["Köp av tjänster", "Material, förnödenheter och + varor", "Understöd", "Annat"],
        );
    }

    #[test]
    fn marks_of_lists() {
        for label in ["a) Avgiftsintäkter", "1. Verksamhetens intäkter", "1.1 Personal", "B.1 Lån"] {
            assert!(is_listed(label), "{label}");
        }
        for label in ["i kommunen", "varor", "2025 års plan", "och tjänster", "A-lag"] {
            assert!(!is_listed(label), "{label}");
        }
    }

    #[test]
    fn headings_stand_alone() {
        check(
            &[
                ("#Summa", 14.0),
                ("Verksamhetens intäkter", 14.0),
                ("#Försäljningsintäkter", 14.0),
                ("#Avgifter", 14.0),
            ],
            250.0,
            &["Summa", "Verksamhetens intäkter", "Försäljningsintäkter", "Avgifter"],
        );
    }
}
