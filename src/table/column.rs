//! Figures of a block → [`Zone`]s: where its columns are.
//!
//! Figures are set flush right, so that figures that overlap or end at the same
//! place are of one column, even without a line. Two figures of one line are
//! never of one column, unless one is the first group of the other. Codes and
//! account numbers before the figures are no column.
//! Refuses: nothing; a figure that fits no zone makes one of its own.

use super::line::TLine;
use super::token::{self, Token};
use crate::geometry::Interval;
use crate::number::Point;
use crate::pdf::Ruling;

/// The stretch in which the figures of one column stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Zone {
    pub(crate) xs: Interval,
    /// Where most of its figures end.
    pub(crate) right: f32,
}

/// Right edges of one column differ by less than this, in em (signs and parentheses hang).
const HANG: f32 = 0.75;

/// The zones of the figures on `seeds`, left to right.
pub(crate) fn zones(lines: &[TLine], seeds: &[usize], rulings: &[Ruling]) -> Vec<Zone> {
    let mut figures: Vec<(Interval, usize)> = Vec::new();
    let mut size = 0.0_f32;
    for &k in seeds {
        for i in lines[k].free(rulings) {
            if lines[k].tokens[i].number().is_some() {
                figures.push((lines[k].tokens[i].column(), k));
                size = size.max(lines[k].size);
            }
        }
    }
    figures.sort_by(|a, b| a.0.lo.total_cmp(&b.0.lo));
    let mut zones = Vec::new();
    let mut i = 0;
    while i < figures.len() {
        let mut hi = figures[i].0.hi;
        let mut j = i + 1;
        while j < figures.len() && figures[j].0.lo < hi - 0.1 * size {
            hi = hi.max(figures[j].0.hi);
            j += 1;
        }
        zones.extend(part(&figures[i..j], size));
        i = j;
    }
    // Figures where other rows have words are part of a label: `+358 19 555 555`, `2025 års plan`.
    let worded = |z: &Zone| {
        seeds
            .iter()
            .filter(|k| lines[**k].tokens.iter().any(|t| t.is_text() && t.rect.xs().overlap(&z.xs) > 0.0))
            .count()
    };
    let figured = |z: &Zone| figures.iter().filter(|f| z.xs.overlap(&f.0) > 0.0).count();
    zones.retain(|z: &Zone| worded(z) <= 2 * figured(z));
    zones.sort_by(|a: &Zone, b: &Zone| a.right.total_cmp(&b.right));
    let mut zones = merge(zones, size);
    for i in (1..zones.len()).rev() {
        if is_first_group(&zones[i - 1], &zones[i], lines, seeds) {
            zones[i].xs = zones[i].xs.union(&zones[i - 1].xs);
            zones.remove(i - 1);
        }
    }
    if zones.len() >= 2 && (is_codes(&zones, lines, seeds) || is_account_numbers(&zones, lines, seeds)) {
        zones.remove(0);
    }
    // What hangs over is of the column too.
    for k in seeds {
        for t in lines[*k].tokens.iter().filter(|t| t.hung) {
            if let Some(i) = zone_of(&zones, t.column(), lines[*k].size) {
                let next = zones.get(i + 1).map_or(f32::MAX, |z| z.xs.lo);
                zones[i].xs.hi = zones[i].xs.hi.max(t.rect.x1.min(next));
            }
        }
    }
    zones
}

/// Whether what stands in `left` is only the first group of a few figures of `right`, set wider than the others:
/// `11 372` among `11 237`.
fn is_first_group(left: &Zone, right: &Zone, lines: &[TLine], seeds: &[usize]) -> bool {
    let digits = |t: &Token, most: usize| {
        (1..=most).contains(&t.text.len()) && t.text.bytes().all(|b| b.is_ascii_digit())
    };
    /// No two columns stand as near as this, in em, in every row.
    const TOUCHING: f32 = 0.3;
    let (mut firsts, mut others, mut widest) = (0, 0, 0.0_f32);
    for line in seeds.iter().map(|k| &lines[*k]) {
        let inside = |z: &Zone| {
            line.tokens.iter().position(|t| t.number().is_some() && z.xs.overlap(&t.column()) > 0.0)
        };
        let Some(a) = inside(left).filter(|a| line.tokens[*a].rect.x1 < right.right - 0.5 * line.size) else {
            others += usize::from(inside(right).is_some());
            continue;
        };
        let (Some(first), Some(rest)) = (line.tokens.get(a), line.tokens.get(a + 1)) else { return false };
        let close = rest.rect.x0 - first.rect.x1 < token::WIDEST_GROUP_GAP * line.size;
        let group = rest.number().is_some() && rest.text.len() == 3 && digits(rest, 3);
        if !(digits(first, 3) && group && close && right.xs.overlap(&rest.rect.xs()) > 0.0) {
            return false;
        }
        widest = widest.max((rest.rect.x0 - first.rect.x1) / line.size);
        firsts += 1;
    }
    firsts > 0 && (firsts * 3 <= others || widest < TOUCHING)
}

/// Whether the first zone holds the codes of the labels, which begin right of it: a code beside the middle of a
/// wrapped label has no word on its line, as `04` over `Byggnadstillsyn`, and looks like a figure.
fn is_codes(zones: &[Zone], lines: &[TLine], seeds: &[usize]) -> bool {
    let (Some(&first), Some(&last)) = (seeds.first(), seeds.last()) else { return false };
    let (codes, figures) = (&zones[0].xs, &zones[1].xs);
    let tokens = || lines[first.saturating_sub(1)..=last].iter().flat_map(|l| &l.tokens);
    // Those of groups may be a single digit, `1` over `11` and `12`.
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let bare = |t: &&Token| t.number().is_none() || super::is_code(&t.text) || digits(&t.text);
    let mut inside = tokens().filter(|t| t.rect.xs().overlap(codes) > 0.0);
    let worded = |t: &&Token| t.is_text() && t.text.chars().any(char::is_alphabetic);
    let left = tokens().filter(worded).filter(|t| t.rect.x1 <= codes.lo).count();
    let right =
        tokens().filter(worded).filter(|t| t.rect.x0 >= codes.hi && t.rect.x1 <= figures.lo + 1.0).count();
    right > 2 * left && right >= seeds.len() / 2 && inside.all(|t| bare(&t))
}

/// Whether labels stand right of the figures.
pub(crate) fn labels_right(zones: &[Zone], lines: &[TLine], seeds: &[usize]) -> bool {
    let worded = |t: &Token| t.is_text() && t.text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    let (left, right) = (zones[0].xs.lo, zones[zones.len() - 1].xs.hi);
    let count = |at: &dyn Fn(&Token) -> bool| {
        seeds.iter().filter(|k| lines[**k].tokens.iter().any(|t| worded(t) && at(t))).count()
    };
    let after = count(&|t| t.rect.x0 >= right - 1.0);
    after >= 3 && after * 10 >= seeds.len() * 7 && count(&|t| t.rect.x0 < left) == 0
}

/// Whether the first zone holds the account numbers of labels that stand right of the figures: all different, of one
/// length, and in front of amounts that are not.
fn is_account_numbers(zones: &[Zone], lines: &[TLine], seeds: &[usize]) -> bool {
    if !labels_right(zones, lines, seeds) {
        return false;
    }
    let (first, last) = (seeds[0], seeds[seeds.len() - 1]);
    let inside = |z: &Zone| -> Vec<&str> {
        let tokens = lines[first..=last].iter().flat_map(|l| &l.tokens);
        tokens.filter(|t| t.rect.xs().overlap(&z.xs) > 0.0).map(|t| t.text.as_str()).collect()
    };
    let alike = |texts: &[&str]| texts.windows(2).all(|w| w[0].len() == w[1].len());
    let (codes, amounts) = (inside(&zones[0]), inside(&zones[1]));
    let mut different = codes.clone();
    different.sort_unstable();
    different.dedup();
    codes.iter().all(|c| c.len() >= 3 && super::is_code(c))
        && alike(&codes)
        && different.len() == codes.len()
        && !alike(&amounts)
}

/// A stretch of overlapping figures, parted by right edges if a line has two of them.
fn part(figures: &[(Interval, usize)], size: f32) -> Vec<Zone> {
    let mut lines: Vec<usize> = figures.iter().map(|f| f.1).collect();
    lines.sort_unstable();
    let doubled = lines.windows(2).any(|w| w[0] == w[1]);
    if !doubled {
        return vec![zone(figures)];
    }
    let mut by_right = figures.to_vec();
    by_right.sort_by(|a, b| a.0.hi.total_cmp(&b.0.hi));
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..=by_right.len() {
        if i == by_right.len() || by_right[i].0.hi - by_right[i - 1].0.hi > HANG * size {
            out.push(zone(&by_right[start..i]));
            start = i;
        }
    }
    out
}

fn zone(figures: &[(Interval, usize)]) -> Zone {
    let xs = figures.iter().map(|f| f.0).reduce(|a, b| a.union(&b)).unwrap_or_default();
    let mut rights: Vec<f32> = figures.iter().map(|f| f.0.hi).collect();
    rights.sort_by(f32::total_cmp);
    Zone { xs, right: rights[rights.len() / 2] }
}

/// Zones with the same right edge are one; a zone reaches at most to the one before it.
fn merge(zones: Vec<Zone>, size: f32) -> Vec<Zone> {
    let mut out: Vec<Zone> = Vec::new();
    for z in zones {
        match out.last_mut() {
            Some(last) if (z.right - last.right).abs() <= HANG * size * 0.6 => {
                last.xs = last.xs.union(&z.xs);
            }
            _ => out.push(z),
        }
    }
    for i in 1..out.len() {
        let before = out[i - 1].right;
        if out[i].xs.lo < before {
            out[i].xs.lo = before;
        }
    }
    out
}

/// The zone a box belongs to.
pub(crate) fn zone_of(zones: &[Zone], xs: Interval, size: f32) -> Option<usize> {
    let by_right = zones
        .iter()
        .enumerate()
        .map(|(i, z)| (i, (z.right - xs.hi).abs()))
        .filter(|(_, d)| *d <= HANG * size)
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(i, _)| i);
    by_right.or_else(|| {
        zones
            .iter()
            .enumerate()
            .map(|(i, z)| (i, z.xs.overlap(&xs)))
            .filter(|(_, o)| *o > 0.0)
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(i, _)| i)
    })
}

/// The line with the figures parted that were put together over the edge of a column: `117 699 077 123 166 500`. The
/// gap at the edge has to be wider than all that part the groups of the line's figures.
pub(crate) fn parted(line: &TLine, zones: &[Zone], point: Point) -> Option<TLine> {
    /// A figure ends at its column's edge within this, in em.
    const FLUSH: f32 = 0.3;
    /// The gap between two figures is wider than that between groups by this factor.
    const WIDER: f32 = 1.25;
    let cut = |t: &Token| -> Option<(Token, Token)> {
        if t.groups.len() < 2 {
            return None;
        }
        let last = zone_of(zones, t.column(), line.size)?;
        let at = (1..t.groups.len()).find(|k| {
            let end = t.groups[*k - 1].hi;
            zones[..last].iter().any(|z| (z.right - end).abs() < FLUSH * line.size)
        })?;
        let gap = |w: &[Interval]| w[1].lo - w[0].hi;
        let inside = line.tokens.iter().flat_map(|o| o.groups.windows(2).enumerate().map(move |w| (o, w)));
        let others = inside.filter(|(o, (k, _))| !(std::ptr::eq(*o, t) && k + 1 == at));
        let widest = others.map(|(_, (_, w))| gap(w)).reduce(f32::max)?;
        if gap(&t.groups[at - 1..=at]) > WIDER * widest { t.part(at, point) } else { None }
    };
    let cuts: Vec<(usize, (Token, Token))> =
        line.tokens.iter().enumerate().filter_map(|(i, t)| Some((i, cut(t)?))).collect();
    if cuts.is_empty() {
        return None;
    }
    let mut parted = line.clone();
    for (i, (left, right)) in cuts.into_iter().rev() {
        parted.tokens.splice(i..=i, [left, right]);
    }
    Some(parted)
}

/// The stretch of the page that belongs to each zone: from the zone before to the zone after.
pub(crate) fn territories(zones: &[Zone], label_end: f32, page_end: f32) -> Vec<Interval> {
    (0..zones.len())
        .map(|i| {
            let lo = if i == 0 { label_end.min(zones[0].xs.lo) } else { zones[i - 1].xs.hi };
            let hi = if i + 1 == zones.len() { page_end } else { zones[i].xs.hi };
            Interval { lo, hi: hi.max(lo) }
        })
        .collect()
}
