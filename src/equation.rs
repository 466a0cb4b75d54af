//! Cells, weights, printed precision → [`Equation`]s and whether they hold.
//!
//! In: amounts with the unit they were printed in, and who is added to whom.
//! Out: the sum, the residual and the room that rounding leaves: half a printed
//! unit for every printed figure. Exact decimals; floats only measure how
//! surprising an agreement is ([`Balance::surprise`]), never a value.
//! Refuses: facts, labels, glossaries. This module stands above the figures, so
//! that the grouping of digits and the audit judge by the same arithmetic.

use rust_decimal::Decimal;

/// Largest amount that takes part, in full units: sums of such amounts cannot overflow.
const LARGEST: i64 = 1_000_000_000_000_000;
/// One half: a product costs a tenth of a division.
pub(crate) const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// Most decimals that take part.
const DECIMALS: u32 = 6;

/// Place of a figure: indices from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Table of the document.
    pub table: usize,
    /// Row of the table.
    pub row: usize,
    /// Figure column of the table.
    pub column: usize,
}

/// A printed amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// In full units.
    pub value: Decimal,
    /// The smallest difference the print can show: unit scale × 10^-decimals.
    pub step: Decimal,
    /// The power of ten that the figure is round to; a zero is round to anything.
    grain: f64,
    /// The value as a float, for measures of likelihood and quick refusals alone.
    near: f64,
    near_step: f64,
}

impl Amount {
    /// An amount that arithmetic can be done on; `None` when it is too large or too fine.
    pub fn new(value: Decimal, step: Decimal) -> Option<Self> {
        let fits = |d: Decimal| d.abs() <= Decimal::from(LARGEST) && d.normalize().scale() <= DECIMALS;
        (fits(value) && fits(step) && step > Decimal::ZERO).then(|| Amount {
            value: value.normalize(),
            step,
            grain: grain(value, step),
            near: approx(value),
            near_step: approx(step),
        })
    }

    /// The value as a float: for refusing quickly what cannot add up, never for a verdict.
    pub(crate) fn near(self) -> f64 {
        self.near
    }

    /// The step as a float, a little too large, so that no sum is refused that exact arithmetic would take.
    pub(crate) fn near_step(self) -> f64 {
        self.near_step * 1.001 + self.near.abs() * 1e-12
    }

    /// The same print with another value.
    #[must_use]
    pub fn with_value(self, value: Decimal) -> Self {
        Amount { value, near: approx(value), ..self }
    }

    /// An empty cell, as a figure that could stand there.
    pub fn empty(step: Decimal) -> Self {
        Amount { value: Decimal::ZERO, step, grain: f64::INFINITY, near: 0.0, near_step: approx(step) }
    }

    /// An amount printed with `decimals` decimals in units of `scale`.
    pub fn printed(value: Decimal, decimals: u32, scale: u32) -> Option<Self> {
        if decimals > DECIMALS {
            return None;
        }
        Amount::new(value, Decimal::new(1, decimals) * Decimal::from(scale.max(1)))
    }
}

/// Who says that the total is the sum of the terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The glossary's calculation weights.
    Weights,
    /// The visible hierarchy of the table.
    Hierarchy,
    /// Found by search: it holds in most columns.
    Search,
    /// Columns of one table: change, amendments.
    Columns,
    /// Tables of the book: units add up to their parent.
    Units,
    /// The same figure printed twice.
    Reprint,
}

impl Source {
    /// How many times half a printed unit each figure may be off. Units are
    /// rounded, and so are the sums inside each of them, before they are added up.
    pub fn room(self) -> Decimal {
        if self == Source::Units { Decimal::TWO } else { Decimal::ONE }
    }
}

/// A total and its weighted terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// What the terms add up to.
    pub total: Cell,
    /// Terms with their weights, 1 or −1.
    pub terms: Vec<(Cell, i8)>,
    /// Who says so.
    pub source: Source,
    /// Whether the same sum is exact elsewhere, so that no more than a unit is
    /// left to rounding.
    pub tight: bool,
}

/// How an equation came out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Balance {
    /// The printed total.
    pub total: Decimal,
    /// What the terms give.
    pub sum: Decimal,
    /// What rounding of the printed figures can explain.
    pub tolerance: Decimal,
    /// Printed terms that are not zero.
    pub nonzero: usize,
    granularity: f64,
    largest: f64,
}

impl Balance {
    /// Printed total less the sum.
    pub fn residual(&self) -> Decimal {
        self.total - self.sum
    }

    /// Whether the equation holds, rounding allowed for.
    pub fn holds(&self) -> bool {
        self.residual().abs() <= self.tolerance
    }

    /// Whether it holds to the last printed digit.
    pub fn exact(&self) -> bool {
        self.residual().is_zero()
    }

    /// Whether it says anything: `5 = 5 + 0` does not.
    pub fn informative(&self) -> bool {
        self.nonzero >= 2
    }

    /// How unlikely the agreement is by chance, as a power of ten: the figures'
    /// size against the window that was hit. Round figures (all in hundreds)
    /// meet more often than figures to the euro.
    pub fn surprise(&self) -> f64 {
        if self.informative() { self.likeness() } else { 0.0 }
    }

    /// The same where one figure is compared with one other.
    pub fn likeness(&self) -> f64 {
        if !self.holds() {
            return 0.0;
        }
        let window = 2.0 * approx(self.residual()).abs() + self.granularity;
        (self.largest / window).max(1.0).log10()
    }
}

/// A decimal as a float, for measures of likelihood alone.
pub fn approx(value: Decimal) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    value.to_f64().unwrap_or(0.0)
}

/// Adds weighted terms and compares them with the total. An empty term counts
/// as nothing; `None` when no term is printed.
pub fn balance(total: Amount, terms: impl IntoIterator<Item = (Option<Amount>, i8)>) -> Option<Balance> {
    let mut sum = Decimal::ZERO;
    let mut steps = total.step;
    let mut printed = 0_usize;
    let mut nonzero = 0;
    let mut largest = total.near.abs();
    let mut granularity = total.grain;
    for (term, weight) in terms {
        let Some(term) = term else { continue };
        printed += 1;
        steps += term.step;
        if term.value.is_zero() {
            continue;
        }
        nonzero += 1;
        match weight {
            1 => sum += term.value,
            -1 => sum -= term.value,
            _ => sum += term.value * Decimal::from(weight),
        }
        largest = largest.max(term.near.abs());
        granularity = granularity.min(term.grain);
    }
    let tolerance = steps * HALF;
    (printed > 0).then_some(Balance { total: total.value, sum, tolerance, nonzero, granularity, largest })
}

fn grain(value: Decimal, mut step: Decimal) -> f64 {
    if value.is_zero() {
        return f64::INFINITY;
    }
    while value.abs() >= step * Decimal::TEN && (value % (step * Decimal::TEN)).is_zero() {
        step *= Decimal::TEN;
    }
    approx(step)
}

impl Equation {
    /// How the equation comes out; `None` when the total or all terms are not printed.
    pub fn balance(&self, amount: impl Fn(Cell) -> Option<Amount>) -> Option<Balance> {
        let terms = self.terms.iter().map(|&(cell, weight)| (amount(cell), weight));
        let mut balance = balance(amount(self.total)?, terms)?;
        balance.tolerance = self.tolerance(balance.tolerance, amount(self.total)?.step);
        Some(balance)
    }

    /// What rounding can explain, given half a unit for every printed figure.
    pub fn tolerance(&self, halves: Decimal, step: Decimal) -> Decimal {
        let room = halves * self.source.room();
        if self.tight { room.min(step * Decimal::new(15, 1)) } else { room }
    }

    /// Every cell with its weight, the total with −1.
    pub fn cells(&self) -> impl Iterator<Item = (Cell, i8)> + '_ {
        std::iter::once((self.total, -1)).chain(self.terms.iter().copied())
    }

    /// The same for `a = b + c` and `b = a − c`: two ways to print one fact.
    pub fn canonical(&self) -> Vec<(Cell, i8)> {
        let mut cells: Vec<_> = self.cells().collect();
        cells.sort_unstable();
        if cells.first().is_some_and(|&(_, w)| w < 0) {
            for (_, w) in &mut cells {
                *w = -*w;
            }
        }
        cells
    }
}

/// The calculation weights of a glossary: what a concept is the sum of.
pub trait Weights {
    /// Concept ids and weights that add up to `concept`, costs negative; `None` for a leaf.
    fn terms(&self, concept: &str) -> Option<Vec<(String, i8)>>;
}

/// A glossary without weights.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoWeights;

impl Weights for NoWeights {
    fn terms(&self, _: &str) -> Option<Vec<(String, i8)>> {
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may stop at what it does not expect")]
mod tests {
    use super::*;

    fn euro(value: i64) -> Amount {
        Amount::printed(Decimal::from(value), 0, 1).unwrap()
    }

    #[test]
    fn half_a_unit_for_every_printed_figure() {
        let b =
            balance(euro(281_829), [(Some(euro(25_050)), 1), (Some(euro(256_778)), 1), (None, 1)]).unwrap();
        assert_eq!(b.tolerance, Decimal::new(15, 1));
        assert!(b.holds() && !b.exact());
        let b = balance(euro(281_830), [(Some(euro(25_050)), 1), (Some(euro(256_778)), 1)]).unwrap();
        assert!(!b.holds());
    }

    #[test]
    fn thousands_leave_more_room() {
        let k = |v: i64| Amount::printed(Decimal::from(v * 1000), 0, 1000);
        let b = balance(k(11).unwrap(), [(k(5), 1), (k(5), 1)]).unwrap();
        assert!(b.holds());
    }

    #[test]
    fn too_large_takes_no_part() {
        assert!(Amount::printed(Decimal::MAX, 0, 1).is_none());
        assert!(Amount::printed(Decimal::new(1, 20), 0, 1).is_none());
    }

    #[test]
    fn round_figures_surprise_less() {
        let exact = balance(euro(27_134), [(Some(euro(25_050)), 1), (Some(euro(2_084)), 1)]).unwrap();
        let round = balance(euro(27_000), [(Some(euro(25_000)), 1), (Some(euro(2_000)), 1)]).unwrap();
        assert!(exact.surprise() > 4.0 && round.surprise() < 2.0);
    }

    #[test]
    fn one_fact_in_two_ways() {
        let at = |row| Cell { table: 0, row, column: 0 };
        let a = Equation {
            total: at(2),
            terms: vec![(at(0), 1), (at(1), 1)],
            source: Source::Search,
            tight: false,
        };
        let b = Equation {
            total: at(1),
            terms: vec![(at(2), 1), (at(0), -1)],
            source: Source::Search,
            tight: false,
        };
        assert_eq!(a.canonical(), b.canonical());
    }
}
