//! Digit groups of rows → figures, where only arithmetic can say.
//!
//! In: for every row the ways in which its groups can be put together, and which rows add up to which.
//! Out: the way that most sums bear out, and whether anything else would do as well. Bounded by
//! [`NODES`], never by the clock: an equation with more combinations is left alone. Refuses: to choose
//! between ways that the sums bear out alike; the first of them is returned and said to be open.

use rust_decimal::Decimal;

use crate::equation::{HALF, approx};

/// Combinations of one equation that are looked at.
const NODES: usize = 100_000;
/// Distinct columns that must add up before a reading is proven.
const PROOF: usize = 2;

/// A column is nearly right below this, and hopelessly wrong above the other, as a share of its figures.
const NEAR: f64 = 0.1;
const FAR: f64 = 0.5;

/// A way to read a row: one figure a column.
pub(super) type Reading = Vec<Option<Decimal>>;

/// Rows that add up to another, with their signs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sum {
    pub(super) total: usize,
    pub(super) terms: Vec<(usize, i8)>,
}

impl Sum {
    /// Its rows with their signs, the total against its terms.
    fn members(&self) -> Vec<(usize, i8)> {
        self.terms.iter().copied().chain([(self.total, -1)]).collect()
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// Index of the reading.
    pub(super) reading: usize,
    /// Whether no other reading is as good.
    pub(super) sure: bool,
    /// Whether a sum holds with it.
    pub(super) proven: bool,
}

/// Chooses a reading for each row.
pub(super) fn solve(rows: &[Vec<Reading>], sums: &[Sum]) -> Vec<Choice> {
    let mut left: Vec<Vec<usize>> = rows.iter().map(|readings| (0..readings.len()).collect()).collect();
    // What one sum settles makes another smaller.
    loop {
        let before: usize = left.iter().map(Vec::len).sum();
        for sum in sums {
            narrow(rows, sum, &mut left);
        }
        if left.iter().map(Vec::len).sum::<usize>() == before {
            break;
        }
    }
    let mut choices: Vec<Choice> = left
        .iter()
        .map(|left| Choice {
            reading: left.first().copied().unwrap_or(0),
            sure: left.len() <= 1,
            proven: false,
        })
        .collect();
    for sum in sums {
        let members = sum.members();
        if members.iter().all(|m| choices[m.0].sure) && holds(rows, &members, &choices) {
            members.iter().for_each(|m| choices[m.0].proven = true);
        }
    }
    choices
}

/// Columns of the rows of a sum.
fn width(rows: &[Vec<Reading>], members: &[(usize, i8)]) -> usize {
    members.iter().filter_map(|m| rows[m.0].first()).map(Vec::len).max().unwrap_or(0)
}

/// Whether a sum adds up in enough columns.
fn holds(rows: &[Vec<Reading>], members: &[(usize, i8)], choices: &[Choice]) -> bool {
    let mut parts = vec![Part::default(); width(rows, members)];
    for &(row, sign) in members {
        if let Some(reading) = rows[row].get(choices[row].reading) {
            add(&mut parts, reading, sign);
        }
    }
    let held = parts.iter().filter(|p| p.holds()).count();
    held > 0 && held >= PROOF.min(parts.len())
}

fn add(parts: &mut [Part], reading: &Reading, sign: i8) {
    for (part, value) in parts.iter_mut().zip(reading) {
        if let Some(value) = value {
            part.add(*value, sign);
        }
    }
}

/// Leaves to the rows of a sum only the readings of the combinations that add up in most columns.
fn narrow(rows: &[Vec<Reading>], sum: &Sum, left: &mut [Vec<usize>]) {
    let members = sum.members();
    let open = members.iter().any(|m| left[m.0].len() > 1);
    let combinations = members.iter().try_fold(1_usize, |n, m| n.checked_mul(left[m.0].len().max(1)));
    if !open || combinations.is_none_or(|n| n > NODES) {
        return;
    }
    let width = width(rows, &members);
    let mut search = Search { rows, members: &members, left, best: 0, found: Vec::new() };
    search.go(0, &mut vec![Part::default(); width], &mut Vec::new());
    let (best, mut found) = (search.best, search.found);
    if best < PROOF.min(width) {
        return;
    }
    // Where the book itself errs in the other columns, it errs by little; a figure that takes a group
    // from its neighbour is wrong a hundredfold.
    if found.iter().all(|f| f.off <= NEAR || f.off >= FAR) && found.iter().any(|f| f.off <= NEAR) {
        found.retain(|f| f.off <= NEAR);
    }
    for (k, member) in members.iter().enumerate() {
        left[member.0].retain(|reading| found.iter().any(|f| f.readings[k] == *reading));
    }
}

/// A combination of readings.
struct Found {
    readings: Vec<usize>,
    /// How far the worst column is from adding up, as a share of its largest figure.
    off: f64,
}

/// A column while its terms are added.
#[derive(Clone, Copy, Default)]
struct Part {
    sum: Decimal,
    nonzero: u32,
    printed: u32,
    largest: Decimal,
}

impl Part {
    fn add(&mut self, value: Decimal, sign: i8) {
        self.sum += if sign < 0 { -value } else { value };
        self.printed += 1;
        self.nonzero += u32::from(!value.is_zero());
        self.largest = self.largest.max(value.abs());
    }

    /// Half a unit of rounding for each figure; columns of zeros prove nothing.
    fn holds(&self) -> bool {
        self.nonzero >= 2 && self.sum.abs() <= Decimal::from(self.printed) * HALF
    }

    fn off(&self) -> f64 {
        if self.largest.is_zero() { 0.0 } else { approx(self.sum).abs() / approx(self.largest) }
    }
}

struct Search<'s> {
    rows: &'s [Vec<Reading>],
    members: &'s [(usize, i8)],
    left: &'s [Vec<usize>],
    best: usize,
    found: Vec<Found>,
}

impl Search<'_> {
    fn go(&mut self, depth: usize, parts: &mut Vec<Part>, chosen: &mut Vec<usize>) {
        let Some(&(row, sign)) = self.members.get(depth) else {
            let held = parts.iter().filter(|p| p.holds()).count();
            if held > self.best {
                self.best = held;
                self.found.clear();
            }
            if held == self.best {
                let off = parts.iter().map(Part::off).fold(0.0, f64::max);
                self.found.push(Found { readings: chosen.clone(), off });
            }
            return;
        };
        for &reading in &self.left[row] {
            let before = parts.clone();
            add(parts, &self.rows[row][reading], sign);
            chosen.push(reading);
            self.go(depth + 1, parts, chosen);
            chosen.pop();
            *parts = before;
        }
    }
}

/// The ways to put groups together to at most `most` figures, as ranges of groups.
///
/// A figure is one group, or a first one of up to three digits and others of exactly three; a sign
/// begins a figure. Ways with the most figures that are possible, the likeliest first: the figures of one
/// row mostly have signs alike and are of one size. At most `limit` are looked at.
pub(super) fn ways(groups: &[&str], most: usize, limit: usize) -> Vec<Vec<(usize, usize)>> {
    let joins = |k: usize| {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let first = groups[k].trim_start_matches(|c| crate::number::is_minus(c) || c == '+' || c == '(');
        let three = |text: &str| {
            let bare = text.split(',').next().unwrap_or(text).trim_end_matches([')', '%']);
            bare.len() == 3 && digits(bare)
        };
        // How far a figure can reach that begins here.
        let mut end = k + 1;
        if (1..=3).contains(&first.len()) && digits(first) && first != "0" {
            while end < groups.len() && three(groups[end]) {
                end += 1;
                if !digits(groups[end - 1]) {
                    break;
                }
            }
        }
        end
    };
    let can_begin = |k: usize| {
        let bare = groups[k].trim_start_matches(|c| crate::number::is_minus(c) || c == '+' || c == '(');
        !(bare.len() > 1 && bare.starts_with('0') && !bare.contains([',', '.']))
    };
    let reach: Vec<usize> = (0..groups.len()).map(joins).collect();
    // Fewest figures that the groups from here on make.
    let mut fewest = vec![0_usize; groups.len() + 1];
    for k in (0..groups.len()).rev() {
        let ends = (k + 1..=reach[k]).filter(|&e| e == groups.len() || can_begin(e));
        fewest[k] = ends.map(|e| fewest[e].saturating_add(1)).min().unwrap_or(usize::MAX / 2);
    }
    let mut out = Vec::new();
    for count in (1..=most.min(groups.len())).rev() {
        walk(0, count, &reach, &fewest, &can_begin, &mut Vec::new(), limit, &mut out);
        if !out.is_empty() {
            break;
        }
    }
    out.sort_by_key(|way| unlikeness(groups, way));
    out
}

/// The ways to make at most `most` figures of which all have signs or none has: where cells are known to
/// be empty and the number of figures is not.
pub(super) fn signed(groups: &[&str], most: usize, limit: usize) -> Vec<Vec<(usize, usize)>> {
    let counts = (1..=most.min(groups.len())).rev();
    let mut alike = counts.map(|most| {
        let mut ways = ways(groups, most, limit);
        ways.retain(|way| unlikeness(groups, way).0 == 0);
        ways
    });
    alike.find(|ways| !ways.is_empty()).unwrap_or_else(|| ways(groups, most, limit))
}

/// How unlike the figures of one way are: those without a sign beside others with one, and their lengths.
fn unlikeness(groups: &[&str], way: &[(usize, usize)]) -> (usize, usize) {
    let signed = |&&(a, _): &&(usize, usize)| groups[a].starts_with(crate::number::is_minus);
    let with = way.iter().filter(signed).count();
    let digits = |&(a, b): &(usize, usize)| -> usize { groups[a..b].iter().map(|g| g.len()).sum() };
    let longest = way.iter().map(digits).max().unwrap_or(0);
    let shortest = way.iter().map(digits).min().unwrap_or(0);
    (if with == 0 { 0 } else { way.len() - with }, longest - shortest)
}

#[allow(clippy::too_many_arguments, reason = "one recursion, its state spelled out")]
fn walk(
    from: usize,
    count: usize,
    reach: &[usize],
    fewest: &[usize],
    can_begin: &dyn Fn(usize) -> bool,
    path: &mut Vec<(usize, usize)>,
    limit: usize,
    out: &mut Vec<Vec<(usize, usize)>>,
) {
    if from == reach.len() {
        if path.len() == count && out.len() < limit {
            out.push(path.clone());
        }
        return;
    }
    if path.len() == count || fewest[from] > count - path.len() || out.len() >= limit || !can_begin(from) {
        return;
    }
    for end in from + 1..=reach[from] {
        path.push((from, end));
        walk(end, count, reach, fewest, can_begin, path, limit, out);
        path.pop();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn figures(text: &str, most: usize) -> Vec<Vec<String>> {
        let groups: Vec<&str> = text.split(' ').collect();
        let joined = |way: Vec<(usize, usize)>| way.iter().map(|&(a, b)| groups[a..b].join(" ")).collect();
        ways(&groups, most, 1000).into_iter().map(joined).collect()
    }

    #[test]
    fn groups_make_figures() {
        assert_eq!(figures("-12 844 -12 844", 2), [["-12 844", "-12 844"]]);
        let groups = ["-12", "844", "-12", "844"];
        assert_eq!(signed(&groups, 3, 100), [[(0, 2), (2, 4)]], "no figure without a sign among others");
        assert_eq!(figures("24 880 0 5 000", 3), [["24 880", "0", "5 000"]]);
        let three = figures("2 671 500 500", 3);
        assert!(
            three.contains(&vec!["2 671".into(), "500".into(), "500".into()]) && three.len() == 3,
            "{three:?}"
        );
        assert_eq!(figures("1 000 2,5", 2), [["1 000", "2,5"]]);
        assert!(figures("1 2 3", 2).is_empty(), "three figures are not two");
    }

    /// `25 050 500 5 500` over two columns, of which the sums know better.
    #[test]
    fn sums_say_where_a_figure_ends() {
        let readings = |text: &str| -> Vec<Reading> {
            let value = |f: &String| f.replace(' ', "").parse::<Decimal>().ok();
            figures(text, 3).iter().map(|way| way.iter().map(value).collect()).collect()
        };
        let rows = [
            readings("25 050 500 5 500"),
            readings("256 778 150 000 150 000"),
            readings("281 828 150 500 155 500"),
        ];
        let sums = [Sum { total: 2, terms: vec![(0, 1), (1, 1)] }];
        let choices = solve(&rows, &sums);
        assert!(choices.iter().all(|c| c.sure && c.proven), "{choices:?}");
        let chosen = |k: usize| {
            rows[k][choices[k].reading].iter().flatten().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(chosen(0), ["25050", "500", "5500"]);
        assert_eq!(chosen(2), ["281828", "150500", "155500"]);
        assert!(!solve(&rows, &[])[2].sure, "without the sum nothing is proven");
    }

    proptest! {
        /// Whatever the figures: the sums single the truth out, or say that they do not.
        #[test]
        fn what_is_sure_is_right(
            table in prop::collection::vec(prop::collection::vec(0_u32..2_000_000, 3), 2..5),
        ) {
            let total: Vec<u32> = (0..3).map(|c| table.iter().map(|row| row[c]).sum()).collect();
            let print = |row: &Vec<u32>| row.iter().map(|v| crate::number::print((*v).into()).replace('\u{a0}', " ")).collect::<Vec<_>>().join(" ");
            let all: Vec<&Vec<u32>> = table.iter().chain([&total]).collect();
            let rows: Vec<Vec<Reading>> = all.iter().map(|row| {
                let value = |f: &String| f.replace(' ', "").parse::<Decimal>().ok();
                figures(&print(row), 3).iter().map(|way| way.iter().map(value).collect()).collect()
            }).collect();
            let terms = (0..table.len()).map(|r| (r, 1)).collect();
            let choices = solve(&rows, &[Sum { total: table.len(), terms }]);
            for ((choice, readings), truth) in choices.iter().zip(&rows).zip(&all) {
                let truth: Reading = truth.iter().map(|v| Some(Decimal::from(*v))).collect();
                prop_assert!(readings.contains(&truth), "{readings:?} {truth:?}");
                if choice.sure {
                    prop_assert_eq!(&readings[choice.reading], &truth);
                }
            }
        }
    }
}
