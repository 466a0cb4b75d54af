//! Figures and minus signs that narrow cells break over two lines → whole ones.
//!
//! In: the lines of a table body, told apart into labels and cells. Out: the same lines, with each broken figure on
//! the line that holds the others of its row. Evidence: the two lines are close, one of them has no label of its
//! own, and in each of its columns stands what the other lacks: the rest of a figure, or its sign.
//! Refuses: lines that could be two rows; a rest that is no group of three digits.

use super::{Parts, Reader};
use crate::geometry::PageBox;
use crate::number;
use crate::table::Cell;
use crate::table::column::{self, Zone};
use crate::table::line::text_of;
use crate::table::repair;
use crate::table::token::{Token, TokenKind};

/// Lines of one cell are at most this far apart, in em.
const CLOSE: f32 = 1.6;

impl Reader<'_> {
    /// Puts together what narrow cells break over two lines: `11 635` over `000`, `-` over `46 525 690`.
    pub(super) fn mend(&self, body: &mut Vec<(usize, Parts)>, zones: &[Zone]) {
        let close = |a: usize, b: usize| {
            let (a, b) = (&self.lines()[a], &self.lines()[b]);
            b.baseline - a.baseline < CLOSE * a.size.max(b.size)
        };
        for i in 1..body.len() {
            let (above, below) = body.split_at_mut(i);
            let ((k, upper), (l, lower)) = (&mut above[i - 1], &mut below[0]);
            if !close(*k, *l) {
                continue;
            }
            self.mend_signs(*k, upper, lower, zones);
            self.mend_figures(upper, lower);
        }
        body.retain(|(_, p)| p.any || p.has_words());
    }

    /// A line of nothing but minus signs, each over a figure without one.
    fn mend_signs(&self, k: usize, upper: &mut Parts, lower: &mut Parts, zones: &[Zone]) {
        let minus = |t: &Token| t.text.chars().count() == 1 && t.text.chars().all(number::is_minus);
        let line = &self.lines()[k];
        if !line.tokens.iter().all(|t| t.kind == TokenKind::Nil && minus(t)) {
            return;
        }
        let unsigned = |zone: usize| {
            let number = lower.cells[zone].as_ref().and_then(|c| c.number.as_ref());
            number.is_some_and(|n| !n.value.is_sign_negative() && !n.value.is_zero())
        };
        let places: Option<Vec<usize>> =
            line.tokens.iter().map(|t| column::zone_of(zones, t.column(), line.size)).collect();
        let Some(places) = places.filter(|p| p.iter().all(|z| unsigned(*z))) else { return };
        for (zone, dash) in places.into_iter().zip(&line.tokens) {
            self.put_dash(lower, zone, dash);
        }
        *upper = Parts::empty(zones.len());
    }

    /// Figures whose last group stands on the line below or, in cells set to the top, on a line of its own.
    fn mend_figures(&self, upper: &mut Parts, lower: &mut Parts) {
        let filled =
            |p: &Parts| -> Vec<usize> { (0..p.cells.len()).filter(|c| p.cells[*c].is_some()).collect() };
        let (above, below) = (filled(upper), filled(lower));
        let open = |p: &Parts| p.label.is_empty() || repair::is_hyphenated(&text_of(&p.label));
        // Which line has its figures broken: the one that fills fewer columns, and has no label of its own.
        let (broken, down) = if open(upper) && above.len() < below.len() {
            (above, true)
        } else if lower.label.is_empty() && below.len() < above.len() {
            (below, false)
        } else {
            return;
        };
        let whole = |zone: &usize| -> Option<Cell> {
            let (a, b) = (upper.cells[*zone].as_ref()?, lower.cells[*zone].as_ref()?);
            let group =
                b.text.split(',').next().filter(|g| g.len() == 3 && g.bytes().all(|b| b.is_ascii_digit()));
            group.filter(|_| !a.text.contains(','))?;
            let text = format!("{} {}", a.text, b.text);
            let number = number::parse(&text, self.point)?;
            let rect = a.place.rect.union(&b.place.rect);
            Some(Cell {
                place: PageBox { rect, ..a.place },
                number: Some(number),
                joined: true,
                text,
                ..a.clone()
            })
        };
        let Some(cells) = broken.iter().map(whole).collect::<Option<Vec<Cell>>>() else { return };
        // The row keeps its figures on the line that has the others.
        let (keeps, gives) = if down { (&mut *lower, &mut *upper) } else { (&mut *upper, &mut *lower) };
        for (zone, cell) in broken.into_iter().zip(cells) {
            keeps.cells[zone] = Some(cell);
            gives.cells[zone] = None;
        }
        for parts in [upper, lower] {
            parts.any = parts.cells.iter().any(Option::is_some);
        }
    }
}
