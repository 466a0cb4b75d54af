//! Raster → grey without shade, and black and white.
//!
//! Paper is levelled block by block, so that a shadow along the spine or a tinted band of a
//! table comes out white; then one threshold parts ink from paper (Otsu, "A threshold selection
//! method from gray-level histograms", 1979). Refuses nothing: any picture has a threshold.

/// A grey picture, 0 black, 255 white, rows from the top.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) grey: Vec<u8>,
}

/// Which pixels are ink.
pub(super) struct Bitmap {
    pub(super) width: usize,
    pub(super) height: usize,
    bits: Vec<bool>,
}

impl Bitmap {
    pub(super) fn at(&self, x: usize, y: usize) -> bool {
        self.bits[y * self.width + x]
    }

    /// The same picture with rows for columns.
    pub(super) fn turned(&self) -> Bitmap {
        let bits = (0..self.width).flat_map(|x| (0..self.height).map(move |y| self.at(x, y))).collect();
        Bitmap { width: self.height, height: self.width, bits }
    }
}

/// Side of the blocks that the paper is levelled in, pixels: larger than a letter, smaller than a shadow.
const BLOCK: usize = 48;
/// Share of the pixels of a block that are darker than its paper.
const PAPER: f32 = 0.8;
/// Darker paper than this is a photograph, and is left alone.
const DARKEST: f32 = 90.0;

impl Picture {
    /// Levels the paper to white.
    pub(super) fn level(&mut self) {
        let (columns, rows) = (self.width.div_ceil(BLOCK), self.height.div_ceil(BLOCK));
        let papers: Vec<f32> = (0..rows)
            .flat_map(|row| (0..columns).map(move |column| (column, row)))
            .map(|b| self.paper(b))
            .collect();
        let paper = |column: usize, row: usize| papers[row.min(rows - 1) * columns + column.min(columns - 1)];
        for y in 0..self.height {
            let (row, down) = place(y);
            for x in 0..self.width {
                let (column, right) = place(x);
                let top = paper(column, row) * (1.0 - right) + paper(column + 1, row) * right;
                let bottom = paper(column, row + 1) * (1.0 - right) + paper(column + 1, row + 1) * right;
                let here = top * (1.0 - down) + bottom * down;
                let pixel = &mut self.grey[y * self.width + x];
                *pixel = (f32::from(*pixel) * 255.0 / here).min(255.0) as u8;
            }
        }
    }

    fn paper(&self, (column, row): (usize, usize)) -> f32 {
        let mut histogram = [0_u32; 256];
        let mut all = 0;
        for y in (row * BLOCK..((row + 1) * BLOCK).min(self.height)).step_by(2) {
            for x in (column * BLOCK..((column + 1) * BLOCK).min(self.width)).step_by(2) {
                histogram[usize::from(self.grey[y * self.width + x])] += 1;
                all += 1;
            }
        }
        let mut left = (PAPER * all as f32) as u32;
        for (grey, &count) in histogram.iter().enumerate() {
            if count > left {
                return (grey as f32).max(DARKEST);
            }
            left -= count;
        }
        255.0
    }

    /// Parts ink from paper.
    pub(super) fn bitmap(&self) -> Bitmap {
        self.darker_than(self.threshold())
    }

    /// The same, and what is half as dark: a hair line that lies between two rows of pixels.
    pub(super) fn faint(&self) -> Bitmap {
        let threshold = self.threshold();
        self.darker_than(threshold + (255 - threshold) / 5 * 2)
    }

    fn darker_than(&self, threshold: u8) -> Bitmap {
        let bits = self.grey.iter().map(|&g| g < threshold).collect();
        Bitmap { width: self.width, height: self.height, bits }
    }

    /// Makes everything white that is clearly paper, and stretches what is left: the grain of paper
    /// and the tint of a band mislead a recogniser.
    pub(super) fn bleach(&mut self) {
        let threshold = f32::from(self.threshold());
        let white = threshold + (255.0 - threshold) * 0.7;
        for pixel in &mut self.grey {
            *pixel = (f32::from(*pixel) * 255.0 / white).min(255.0) as u8;
        }
    }

    /// The grey that parts the two heaps of the histogram best, kept between sensible bounds:
    /// a page with next to no ink has one heap only.
    fn threshold(&self) -> u8 {
        let mut histogram = [0_u32; 256];
        for &g in &self.grey {
            histogram[usize::from(g)] += 1;
        }
        let total = self.grey.len() as f64;
        let sum: f64 = histogram.iter().enumerate().map(|(g, &n)| g as f64 * f64::from(n)).sum();
        let (mut below, mut sum_below, mut best) = (0.0, 0.0, (0.0, 128));
        for (g, &n) in histogram.iter().enumerate().take(255) {
            below += f64::from(n);
            sum_below += g as f64 * f64::from(n);
            if below == 0.0 || below == total {
                continue;
            }
            let apart = sum_below / below - (sum - sum_below) / (total - below);
            let between = below * (total - below) * apart * apart;
            if between > best.0 {
                best = (between, g + 1);
            }
        }
        (best.1.clamp(100, 190)) as u8
    }

    /// Turns the picture about its middle, clockwise, by a small angle in radians.
    pub(super) fn turn(&self, angle: f32) -> Picture {
        let (sin, cos) = angle.sin_cos();
        let (cx, cy) = (self.width as f32 / 2.0, self.height as f32 / 2.0);
        let mut grey = Vec::with_capacity(self.grey.len());
        for y in 0..self.height {
            let dy = y as f32 - cy;
            for x in 0..self.width {
                let dx = x as f32 - cx;
                grey.push(self.between(cx + dx * cos + dy * sin, cy - dx * sin + dy * cos));
            }
        }
        Picture { width: self.width, height: self.height, grey }
    }

    /// The grey between four pixels; white outside.
    fn between(&self, x: f32, y: f32) -> u8 {
        let (left, top) = (x.floor(), y.floor());
        if left < 0.0 || top < 0.0 || left as usize + 1 >= self.width || top as usize + 1 >= self.height {
            return 255;
        }
        let (right, down) = (x - left, y - top);
        let at = top as usize * self.width + left as usize;
        let grey = |i: usize| f32::from(self.grey[i]);
        let upper = grey(at) * (1.0 - right) + grey(at + 1) * right;
        let lower = grey(at + self.width) * (1.0 - right) + grey(at + self.width + 1) * right;
        (upper * (1.0 - down) + lower * down).round() as u8
    }
}

/// Block whose middle is left of a pixel, and how far the pixel is on its way to the next middle.
fn place(pixel: usize) -> (usize, f32) {
    let blocks = (pixel as f32 + 0.5) / BLOCK as f32 - 0.5;
    if blocks <= 0.0 { (0, 0.0) } else { (blocks as usize, blocks.fract()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shadow_is_paper() {
        let (width, height) = (480, 96);
        let shade = |x: usize| 250 - (x / 4) as u8;
        let ink = |x: usize, y: usize| x % 40 < 4 && y % 24 < 12;
        let pixel =
            |i: usize| if ink(i % width, i / width) { shade(i % width) / 3 } else { shade(i % width) };
        let mut picture = Picture { width, height, grey: (0..width * height).map(pixel).collect() };
        picture.level();
        let bitmap = picture.bitmap();
        for y in 0..height {
            for x in 0..width {
                assert_eq!(bitmap.at(x, y), ink(x, y), "{x} {y}");
            }
        }
    }

    #[test]
    fn turning_there_and_back_leaves_the_middle() {
        let mut picture = Picture { width: 101, height: 101, grey: vec![255; 101 * 101] };
        for y in 40..60 {
            picture.grey[y * 101 + 30..y * 101 + 70].fill(0);
        }
        let back = picture.turn(0.1).turn(-0.1);
        let wrong = picture.grey.iter().zip(&back.grey).filter(|(a, b)| a.abs_diff(**b) > 127).count();
        assert!(wrong < 10, "{wrong}");
        assert!(picture.turn(0.1).grey != picture.grey);
    }
}
