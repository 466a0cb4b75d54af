//! Balances of one relation over columns → whether to believe it.
//!
//! In: how a supposed sum came out, column by column. Out: [`Tally`], and
//! whether that is enough for what the print says about the row. Why not a
//! plain majority: a misprint may hit three of five columns, two columns may
//! be copies of each other, and small or round figures agree by chance. So
//! columns that repeat others count once, and what counts most is how
//! surprising the agreements are.

use rust_decimal::Decimal;

use crate::equation::Balance;

/// What speaks for a relation before the figures are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prior {
    /// The glossary gives the weights.
    Named,
    /// The row is a sum by its print, and the run begins where a block begins.
    Anchored,
    /// The row is a sum by its print.
    Marked,
    /// Nothing but the figures.
    Found,
}

/// How a relation came out over its columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    /// Distinct columns in which it holds and says something.
    pub(crate) held: u32,
    /// Distinct columns in which it fails.
    pub(crate) failed: u32,
    /// How unlikely the agreements are by chance, as a power of ten.
    pub(crate) surprise: f64,
    /// Most terms that are not zero where it holds.
    pub(crate) terms: usize,
    seen: Vec<(Decimal, Decimal)>,
}

impl Tally {
    pub(crate) fn add(&mut self, balance: &Balance) {
        let figures = (balance.total, balance.sum);
        if self.seen.contains(&figures) {
            return;
        }
        self.seen.push(figures);
        if !balance.holds() {
            self.failed += 1;
        } else if balance.informative() {
            self.held += 1;
            self.surprise += balance.surprise();
            self.terms = self.terms.max(balance.nonzero);
        }
    }

    /// Takes in one figure compared with another.
    pub(crate) fn compare(&mut self, balance: &Balance) {
        let figures = (balance.total, balance.sum);
        if self.seen.contains(&figures) {
            return;
        }
        self.seen.push(figures);
        if balance.holds() {
            self.held += 1;
            self.surprise += balance.likeness();
        } else {
            self.failed += 1;
        }
    }

    /// Takes in the columns of another row of the same relation.
    pub(crate) fn merge(&mut self, other: &Tally) {
        self.held += other.held;
        self.failed += other.failed;
        self.surprise += other.surprise;
        self.terms = self.terms.max(other.terms);
    }

    /// Whether the relation is one, given how many were tried before it.
    pub(crate) fn convinces(&self, prior: Prior, tried: usize) -> bool {
        let net = self.surprise - (tried.max(1) as f64).log10();
        let (held, failed) = (self.held, self.failed);
        match (prior, failed) {
            (Prior::Named, _) => {
                held >= 1
                    && net >= 1.5
                    && (held >= failed || (self.terms >= 3 && net >= 5.0 && failed <= 2 * held))
            }
            (Prior::Anchored | Prior::Marked, 0) => {
                held >= 1 && net >= 2.0 && (held >= 2 || self.terms >= 3 || net >= 3.5)
            }
            (Prior::Anchored, _) => {
                let conclusive = (self.terms >= 3 && net >= 5.0) || net >= 6.0;
                held >= 1
                    && net >= 3.5
                    && (held > failed || (conclusive && failed <= held + u32::from(self.terms >= 3)))
            }
            (Prior::Marked, _) => held > failed && net >= 4.0 && (held >= 2 || self.terms >= 3),
            (Prior::Found, 0) => (held >= 2 && net >= 4.0) || (held >= 1 && self.terms >= 3 && net >= 5.0),
            (Prior::Found, _) => held >= 2 && 2 * held >= 3 * failed && net >= 6.0,
        }
    }

    /// Order of preference among relations for one total.
    pub(crate) fn better_than(&self, other: &Tally) -> bool {
        let rank = |t: &Tally| (i64::from(t.held) - i64::from(t.failed), t.surprise);
        let (a, b) = (rank(self), rank(other));
        a.0 > b.0 || (a.0 == b.0 && a.1 > b.1 + 0.3)
    }
}
