//! Ink → the angle at which the lines of a page run.
//!
//! Letters stand on lines: seen along the right angle, their feet fall on few heights. The angle
//! at which the heights are the most unequal is taken (Postl, "Detection of linear oblique
//! structures and skew scan in digitized documents", 1986, with feet instead of pixels).
//! Refuses: angles above [`MOST`], and pages with too few letters; they stay as they are.

use super::ink::Blob;

/// The largest angle looked for, radians: five degrees.
const MOST: f32 = 0.0873;
/// Pages with fewer letters have no lines to go by.
const FEWEST: usize = 40;
/// An angle below this, radians, moves the edge of a page by less than two pixels.
const NONE: f32 = 0.0006;

/// The angle in radians, positive where lines fall to the right; 0 where there is none.
pub(super) fn angle(blobs: &[Blob], scale: f32) -> f32 {
    // Letters of 5 to 20 points.
    let letter = |b: &&Blob| {
        let (width, height) = (b.width() as f32 / scale, b.height() as f32 / scale);
        (2.0..18.0).contains(&height) && width < 25.0
    };
    let feet: Vec<(f32, f32)> =
        blobs.iter().filter(letter).map(|b| ((b.x0 + b.x1) as f32 / 2.0, b.y1 as f32)).collect();
    if feet.len() < FEWEST {
        return 0.0;
    }
    let best = |from: f32, to: f32, step: f32| {
        let angles = (0..).map(|i| from + i as f32 * step).take_while(|a| *a <= to);
        angles.map(|a| (unevenness(&feet, a), a)).max_by(|a, b| a.0.total_cmp(&b.0)).map_or(0.0, |(_, a)| a)
    };
    let rough = best(-MOST, MOST, 0.002);
    let finer = best(rough - 0.003, rough + 0.003, 0.0003);
    let angle = best(finer - 0.0005, finer + 0.0005, 0.0001);
    if angle.abs() < NONE { 0.0 } else { angle }
}

/// Sum of the squares of the counts of feet on each height of two pixels.
fn unevenness(feet: &[(f32, f32)], angle: f32) -> f32 {
    let slope = angle.tan();
    let heights: Vec<f32> = feet.iter().map(|(x, y)| (y - x * slope) / 2.0).collect();
    let lowest = heights.iter().copied().fold(f32::MAX, f32::min);
    let mut counts: Vec<f32> = Vec::new();
    for height in heights {
        // Shared between two neighbours, so that no height falls on an edge.
        let place = height - lowest;
        let (bin, rest) = (place as usize, place.fract());
        if counts.len() < bin + 2 {
            counts.resize(bin + 2, 0.0);
        }
        counts[bin] += 1.0 - rest;
        counts[bin + 1] += rest;
    }
    counts.iter().map(|n| n * n).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_angle_of_lines() {
        for degrees in [-2.0_f32, -0.5, 0.0, 0.3, 1.2] {
            let slope = degrees.to_radians().tan();
            let letter = |line: usize, column: usize| {
                let x = 200 + column * 25;
                let y = (300.0 + line as f32 * 50.0 + x as f32 * slope).round() as usize;
                Blob { x0: x, y0: y - 28, x1: x + 18, y1: y, area: 200 }
            };
            let blobs: Vec<Blob> = (0..30).flat_map(|l| (0..60).map(move |c| letter(l, c))).collect();
            let found = angle(&blobs, 300.0 / 72.0).to_degrees();
            assert!((found - degrees).abs() < 0.03, "{degrees} {found}");
        }
    }
}
