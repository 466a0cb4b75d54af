//! hayro's drawing callbacks → [`Page`].
//!
//! The one place where coordinates are turned into ours. Text drawn twice is
//! kept once: hayro hands fill-and-stroke text over twice, and typesetters fake
//! bold by printing a glyph again a hair to the side.
//! Refuses: coordinates that are no numbers, glyphs outside the page or wholly
//! clipped away, more than [`MAX_GLYPHS`] glyphs or [`MAX_PATHS`] lines a page
//! (the page is marked `truncated`).

use hayro_interpret::font::{Glyph as HayroGlyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, PathEl, Point as KurboPoint, Rect as KurboRect, Shape, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, Paint, SoftMask,
};
use hayro_syntax::object::Dict;

use super::font::PageFonts;
use super::ruling::{self, Segment};
use super::{Direction, Fill, Glyph, GlyphText, Page};
use crate::geometry::{Point, Rect};

/// More glyphs than any printed page holds.
const MAX_GLYPHS: usize = 400_000;
/// What most pages hold.
const USUAL_GLYPHS: usize = 2048;
/// More lines than any table has; maps and drawings have them.
const MAX_PATHS: usize = 60_000;
/// A filled rectangle at most this thin is a line.
const THIN: f64 = 2.2;
/// Coordinates beyond this are no place on a page.
const FAR: f64 = 1.0e6;

/// What a matrix does to glyphs; the glyphs of a line share it.
#[derive(Clone, Copy)]
struct Frame {
    matrix: [f64; 4],
    across: f64,
    up: f64,
    direction: Direction,
}

pub(super) struct Collector<'b, 'a> {
    page: Page,
    fonts: PageFonts<'b, 'a>,
    segments: Vec<Segment>,
    clips: Vec<KurboRect>,
    marked: Vec<(Option<u32>, bool)>,
    bounds: KurboRect,
    run: u32,
    last_fill: Option<(usize, KurboPoint)>,
    frame: Frame,
}

impl<'b, 'a> Collector<'b, 'a> {
    pub(super) fn new(number: u32, width: f32, height: f32, fonts: PageFonts<'b, 'a>) -> Self {
        Collector {
            page: Page { number, width, height, glyphs: Vec::with_capacity(USUAL_GLYPHS), ..Page::default() },
            fonts,
            segments: Vec::new(),
            clips: Vec::new(),
            marked: Vec::new(),
            bounds: KurboRect::new(0.0, 0.0, f64::from(width), f64::from(height)),
            run: 0,
            last_fill: None,
            frame: Frame { matrix: [0.0; 4], across: 0.0, up: 0.0, direction: Direction::Right },
        }
    }

    pub(super) fn finish(mut self) -> Page {
        self.page.rulings = ruling::join(self.segments);
        self.page.fonts = self.fonts.book.fonts().to_vec();
        self.page
    }

    fn clip(&self) -> KurboRect {
        self.clips.last().copied().unwrap_or(self.bounds)
    }

    fn glyph(&mut self, glyph: &HayroGlyph<'_>, m: Affine, invisible: bool) {
        let [a, b, c, d, e, f] = m.as_coeffs();
        if self.frame.matrix != [a, b, c, d] {
            self.frame = Frame {
                matrix: [a, b, c, d],
                across: Vec2::new(a, b).hypot(),
                up: Vec2::new(c, d).hypot(),
                direction: direction(a, b),
            };
        }
        let Frame { across, up, direction, .. } = self.frame;
        let size = up * 1000.0;
        if ![a, b, c, d, e, f].iter().all(|v| v.is_finite()) || e.abs() > FAR || f.abs() > FAR {
            return;
        }
        if !(0.05..=2000.0).contains(&size) {
            return;
        }
        let (metrics, text) = self.fonts.metrics(glyph);
        // A stand-in font is stretched to the widths of the file, and that stretch is in the
        // matrix; the advance is in the file's own widths already.
        let advance = f64::from(metrics.advance) * if metrics.stretched { up } else { across };
        let origin = KurboPoint::new(e, f);
        let (top, bottom) = (f64::from(metrics.top) * up, f64::from(metrics.bottom) * up);
        let rect = match direction {
            Direction::Right | Direction::Slanted => KurboRect::new(e, f - top, e + advance, f - bottom),
            Direction::Left => KurboRect::new(e - advance, f + bottom, e, f + top),
            Direction::Down => KurboRect::new(e + bottom, f, e + top, f + advance),
            Direction::Up => KurboRect::new(e - top, f - advance, e - bottom, f),
        }
        .abs();
        // A cell clips what does not fit into it; such a line is still the cell's text.
        let slack = 1.6 * size;
        let middle = rect.center();
        if !self.clip().inflate(slack, slack).contains(middle)
            || !self.bounds.inflate(1.0, 1.0).contains(middle)
        {
            return;
        }
        if self.page.glyphs.len() >= MAX_GLYPHS {
            self.page.truncated = true;
            return;
        }
        let (mcid, artifact) = self.marked.last().copied().unwrap_or_default();
        self.page.glyphs.push(Glyph {
            text,
            origin: Point { x: origin.x as f32, y: origin.y as f32 },
            advance: advance as f32,
            size: size as f32,
            rect: to_rect(rect),
            font: metrics.font,
            direction,
            invisible,
            mcid,
            artifact,
            run: self.run,
        });
    }

    fn path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &DrawMode) {
        if self.segments.len() >= MAX_PATHS {
            self.page.truncated = true;
            return;
        }
        let Some(color) = rgb(paint) else { return };
        let white = color.iter().all(|&v| v >= 250);
        self.page.paths += 1;
        match mode {
            DrawMode::Fill(_) => self.fill(path, transform, color, white),
            DrawMode::Stroke(s) => {
                if !white {
                    self.stroke(path, transform, f64::from(s.line_width));
                }
            }
            DrawMode::FillAndStroke(_, s) => {
                self.fill(path, transform, color, white);
                self.stroke(path, transform, f64::from(s.line_width));
            }
            DrawMode::Invisible => {}
        }
    }

    /// Each subpath by itself: typesetters draw many rectangles with one operator.
    fn fill(&mut self, path: &BezPath, transform: Affine, color: [u8; 3], white: bool) {
        for rect in upright_rects(path, transform) {
            let rect = rect.intersect(self.clip());
            let (w, h) = (rect.width(), rect.height());
            if w <= 0.0 && h <= 0.0 || w < 0.0 || h < 0.0 {
                continue;
            }
            if w.min(h) <= THIN {
                if !white && w.max(h) > THIN {
                    self.segments.extend(Segment::from_thin(to_rect(rect)));
                }
            } else {
                self.page.fills.push(Fill { rect: to_rect(rect), color });
            }
        }
    }

    fn stroke(&mut self, path: &BezPath, transform: Affine, width: f64) {
        let width = (width * transform.determinant().abs().sqrt()) as f32;
        let clip = self.clip().inflate(1.0, 1.0);
        let mut start = KurboPoint::ZERO;
        let mut last = KurboPoint::ZERO;
        let mut out = Vec::new();
        let mut line = |from: KurboPoint, to: KurboPoint| {
            if let Some(s) = Segment::from_line(from, to, clip, width) {
                out.push(s);
            }
        };
        for el in path.elements() {
            match *el {
                PathEl::MoveTo(p) => {
                    start = transform * p;
                    last = start;
                }
                PathEl::LineTo(p) => {
                    let p = transform * p;
                    line(last, p);
                    last = p;
                }
                PathEl::QuadTo(_, p) | PathEl::CurveTo(_, _, p) => last = transform * p,
                PathEl::ClosePath => {
                    line(last, start);
                    last = start;
                }
            }
        }
        self.segments.extend(out);
    }
}

impl<'a> Device<'a> for Collector<'_, 'a> {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, draw_mode: &DrawMode) {
        self.path(path, props.transform, &props.paint, draw_mode);
    }

    fn push_clip_path(&mut self, clip_path: &ClipPath) {
        let bounds = clip_path.path.bounding_box();
        self.clips.push(intersection(self.clip(), bounds));
    }

    fn push_clip_rect(&mut self, rect: &KurboRect) {
        self.clips.push(intersection(self.clip(), *rect));
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, draw_mode: &DrawMode) {
        let Some(first) = run.glyphs().first() else { return };
        self.page.saw_text = true;
        let key = (run.glyphs().len(), (props.transform * first.transform()) * KurboPoint::ZERO);
        match draw_mode {
            // The stroke of a run that has just been filled is the same text again.
            DrawMode::Stroke(_) if self.last_fill == Some(key) => {
                self.last_fill = None;
                return;
            }
            DrawMode::Fill(_) => self.last_fill = Some(key),
            _ => self.last_fill = None,
        }
        self.run += 1;
        let invisible = matches!(draw_mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), invisible);
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let size = KurboRect::new(0.0, 0.0, f64::from(image.width()), f64::from(image.height()));
        let rect = props.transform.transform_rect_bbox(size);
        if [rect.x0, rect.y0, rect.x1, rect.y1].iter().all(|v| v.is_finite()) {
            let rect = rect.intersect(self.clip());
            if rect.width() > 0.0 && rect.height() > 0.0 {
                self.page.images.push(to_rect(rect));
            }
        }
    }

    fn pop_clip(&mut self) {
        self.clips.pop();
    }

    fn pop_transparency_group(&mut self) {}

    fn begin_marked_content(&mut self, tag: &[u8], properties: Option<&Dict<'_>>) {
        let (outer, artifact) = self.marked.last().copied().unwrap_or_default();
        let mcid = properties.and_then(|p| p.get::<u32>("MCID")).or(outer);
        self.marked.push((mcid, artifact || tag == b"Artifact"));
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }
}

fn intersection(a: KurboRect, b: KurboRect) -> KurboRect {
    let b = b.abs();
    if ![b.x0, b.y0, b.x1, b.y1].iter().all(|v| v.is_finite()) {
        return a;
    }
    let r = a.intersect(b);
    if r.width() < 0.0 || r.height() < 0.0 { KurboRect::new(r.x0, r.y0, r.x0, r.y0) } else { r }
}

fn to_rect(r: KurboRect) -> Rect {
    Rect::new(r.x0 as f32, r.y0 as f32, r.x1 as f32, r.y1 as f32)
}

/// Slants of up to about three degrees are skewed scans, not slanted text.
fn direction(a: f64, b: f64) -> Direction {
    const SKEW: f64 = 0.06;
    if b.abs() <= SKEW * a.abs() {
        if a >= 0.0 { Direction::Right } else { Direction::Left }
    } else if a.abs() <= SKEW * b.abs() {
        if b > 0.0 { Direction::Down } else { Direction::Up }
    } else {
        Direction::Slanted
    }
}

/// What a glyph says; its font decides, so that it is asked once per font and code.
pub(super) fn text(glyph: &HayroGlyph<'_>) -> GlyphText {
    let unmapped = || GlyphText::Unmapped(glyph.char_code());
    // Private-use and control characters carry no meaning outside their font.
    let usable = |c: char| {
        !(c.is_control() && c != '\t')
            && c != '\u{FFFD}'
            && !('\u{E000}'..='\u{F8FF}').contains(&c)
            && (c as u32) < 0xF_0000
    };
    match glyph.as_unicode() {
        Some(BfString::Char(c)) if usable(c) => GlyphText::Char(c),
        Some(BfString::Char(c)) if bullet(c).is_some() => GlyphText::Char(bullet(c).unwrap_or(c)),
        Some(BfString::String(s)) if !s.is_empty() && s.chars().all(usable) => {
            // A soft hyphen that came along with a letter is where a word may break, and is not printed.
            let mut s = s;
            if s.chars().any(char::is_alphabetic) {
                s.retain(|c| c != '\u{ad}');
            }
            let mut chars = s.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) => GlyphText::Char(c),
                _ => GlyphText::Several(s.into()),
            }
        }
        _ => unmapped(),
    }
}

/// The bullets of symbol fonts, which word processors write as `U+F000` and the code of the glyph.
fn bullet(c: char) -> Option<char> {
    Some(match c {
        '\u{F0B7}' | '\u{F09F}' => '•',
        '\u{F0A7}' | '\u{F06E}' => '▪',
        '\u{F0D8}' | '\u{F0E0}' | '\u{F0F0}' => '➢',
        '\u{F0FC}' => '✓',
        '\u{F076}' => '❖',
        _ => return None,
    })
}

fn rgb(paint: &Paint<'_>) -> Option<[u8; 3]> {
    match paint {
        Paint::Color(c) => {
            let [r, g, b, a] = c.to_rgba().to_rgba8();
            (a > 8).then_some([r, g, b])
        }
        Paint::Pattern(_) => Some([128, 128, 128]),
    }
}

/// The subpaths that are rectangles with upright sides, as boxes.
fn upright_rects(path: &BezPath, transform: Affine) -> Vec<KurboRect> {
    let mut out = Vec::new();
    let mut points: Vec<KurboPoint> = Vec::with_capacity(5);
    let mut straight = true;
    let mut flush = |points: &mut Vec<KurboPoint>, straight: bool| {
        if straight && points.len() >= 4 && points.len() <= 6 {
            let upright =
                points.windows(2).all(|w| (w[0].x - w[1].x).abs() < 0.1 || (w[0].y - w[1].y).abs() < 0.1);
            if upright {
                let first = points[0];
                let rect = points.iter().fold(KurboRect::from_points(first, first), |r, p| r.union_pt(*p));
                if [rect.x0, rect.y0, rect.x1, rect.y1].iter().all(|v| v.is_finite()) {
                    out.push(rect);
                }
            }
        }
        points.clear();
    };
    for el in path.elements() {
        match *el {
            PathEl::MoveTo(p) => {
                flush(&mut points, straight);
                straight = true;
                points.push(transform * p);
            }
            PathEl::LineTo(p) => points.push(transform * p),
            PathEl::QuadTo(..) | PathEl::CurveTo(..) => straight = false,
            PathEl::ClosePath => {}
        }
    }
    flush(&mut points, straight);
    out
}
