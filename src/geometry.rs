//! Coordinates → [`Point`], [`Rect`], [`Interval`].
//!
//! One convention for the whole crate: points (1/72 inch), origin at the top
//! left of the crop box after rotation, y growing downwards. Only `pdf/` knows
//! any other. Lengths are `f32`: a page is at most some thousand points wide
//! and no stage needs better than a hundredth of one. Money is never measured
//! with these types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer, ser::SerializeSeq};

/// A place on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Points from the left edge.
    pub x: f32,
    /// Points from the top edge.
    pub y: f32,
}

/// An upright rectangle: `x0 ≤ x1`, `y0 ≤ y1`. In JSON `[x0, y0, x1, y1]`, rounded to 0.1 pt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(from = "[f32; 4]")]
#[schemars(with = "[f32; 4]")]
pub struct Rect {
    /// Left edge.
    pub x0: f32,
    /// Top edge.
    pub y0: f32,
    /// Right edge.
    pub x1: f32,
    /// Bottom edge.
    pub y1: f32,
}

impl Serialize for Rect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A tenth of a point is finer than any print and keeps datasets equal across platforms.
        let round = |v: f32| (f64::from(v) * 10.0).round() / 10.0;
        let mut seq = serializer.serialize_seq(Some(4))?;
        for v in [self.x0, self.y0, self.x1, self.y1] {
            seq.serialize_element(&round(v))?;
        }
        seq.end()
    }
}

impl From<[f32; 4]> for Rect {
    fn from([x0, y0, x1, y1]: [f32; 4]) -> Self {
        Rect::new(x0, y0, x1, y1)
    }
}

impl Rect {
    /// A rectangle from two corners in any order.
    pub fn new(x0: f32, y0: f32, x1: f32, y1: f32) -> Self {
        Rect { x0: x0.min(x1), y0: y0.min(y1), x1: x0.max(x1), y1: y0.max(y1) }
    }

    /// Width in points.
    pub fn width(&self) -> f32 {
        self.x1 - self.x0
    }

    /// Height in points.
    pub fn height(&self) -> f32 {
        self.y1 - self.y0
    }

    /// Middle of the rectangle.
    pub fn center(&self) -> Point {
        Point { x: (self.x0 + self.x1) / 2.0, y: (self.y0 + self.y1) / 2.0 }
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            x0: self.x0.min(other.x0),
            y0: self.y0.min(other.y0),
            x1: self.x1.max(other.x1),
            y1: self.y1.max(other.y1),
        }
    }

    /// The smallest rectangle that holds all, or `None` of none.
    pub fn union_all(rects: impl IntoIterator<Item = Rect>) -> Option<Rect> {
        rects.into_iter().reduce(|a, b| a.union(&b))
    }

    /// Whether the two share any area (touching edges do not count).
    pub fn intersects(&self, other: &Rect) -> bool {
        self.x0 < other.x1 && other.x0 < self.x1 && self.y0 < other.y1 && other.y0 < self.y1
    }

    /// Whether the point lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.x0 && p.x <= self.x1 && p.y >= self.y0 && p.y <= self.y1
    }

    /// Horizontal extent.
    pub fn xs(&self) -> Interval {
        Interval { lo: self.x0, hi: self.x1 }
    }

    /// Vertical extent.
    pub fn ys(&self) -> Interval {
        Interval { lo: self.y0, hi: self.y1 }
    }
}

/// A closed stretch of one axis, `lo ≤ hi`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lo: f32,
    /// Upper end.
    pub hi: f32,
}

impl Interval {
    /// An interval from two ends in any order.
    pub fn new(a: f32, b: f32) -> Self {
        Interval { lo: a.min(b), hi: a.max(b) }
    }

    /// Length.
    pub fn len(&self) -> f32 {
        self.hi - self.lo
    }

    /// Whether it has no length.
    pub fn is_empty(&self) -> bool {
        self.hi <= self.lo
    }

    /// Middle.
    pub fn mid(&self) -> f32 {
        (self.lo + self.hi) / 2.0
    }

    /// Length of the common part; negative is the distance between them.
    pub fn overlap(&self, other: &Interval) -> f32 {
        self.hi.min(other.hi) - self.lo.max(other.lo)
    }

    /// Whether the value lies inside or on an end.
    pub fn contains(&self, v: f32) -> bool {
        v >= self.lo && v <= self.hi
    }

    /// The smallest interval that holds both.
    #[must_use]
    pub fn union(&self, other: &Interval) -> Interval {
        Interval { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }
}

/// A small turn of a page about its middle, which made its lines level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turn {
    /// The middle of the page.
    pub middle: Point,
    /// How far its lines fell to the right, radians.
    pub angle: f32,
}

impl Turn {
    /// Where a box of the level page stands on the page as it is; its size stays.
    pub fn back(&self, rect: Rect) -> Rect {
        let (sin, cos) = self.angle.sin_cos();
        let from = rect.center();
        let (dx, dy) = (from.x - self.middle.x, from.y - self.middle.y);
        let x = self.middle.x + dx * cos - dy * sin - from.x;
        let y = self.middle.y + dx * sin + dy * cos - from.y;
        Rect::new(rect.x0 + x, rect.y0 + y, rect.x1 + x, rect.y1 + y)
    }
}

/// A box on a page, for everything that must be traceable to print.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PageBox {
    /// Page, from 1.
    pub page: u32,
    /// Box on that page.
    pub rect: Rect,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rect_normalises_and_rounds_in_json() {
        let r = Rect::new(10.04, 20.0, 5.06, 1.0);
        assert_eq!((r.x0, r.x1), (5.06, 10.04));
        assert_eq!(serde_json::to_string(&r).expect("serialises"), "[5.1,1.0,10.0,20.0]");
    }

    #[test]
    fn lines_that_fall_to_the_right_stand_lower_there() {
        let turn = Turn { middle: Point { x: 300.0, y: 400.0 }, angle: 0.01 };
        let right = turn.back(Rect::new(490.0, 395.0, 510.0, 405.0));
        assert!((right.y0 - 397.0).abs() < 0.01 && (right.x0 - 490.0).abs() < 0.02, "{right:?}");
        assert_eq!(turn.back(Rect::new(290.0, 390.0, 310.0, 410.0)), Rect::new(290.0, 390.0, 310.0, 410.0));
    }

    #[test]
    fn interval_overlap_is_signed() {
        assert_eq!(Interval::new(0.0, 2.0).overlap(&Interval::new(3.0, 1.0)), 1.0);
        assert_eq!(Interval::new(0.0, 1.0).overlap(&Interval::new(3.0, 4.0)), -2.0);
    }
}
