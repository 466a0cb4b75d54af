//! hOCR → lines, words and letters with their boxes.
//!
//! In: what `tesseract … -c hocr_char_boxes=1 hocr` writes. Out: everything in pixels of the
//! picture that it read. Refuses: what is no XML; letters without a box are left out.
//! Source: the hOCR embedded OCR workflow, 1.2 (Breuel), `bbox`, `baseline`, `x_bboxes`, `x_conf`.

use roxmltree::{Document, Node, ParsingOptions};

use crate::geometry::Rect;

/// One letter as it was recognised; boxes here are in pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Letter {
    pub(super) text: String,
    pub(super) place: Rect,
    /// 0 to 1.
    pub(super) certainty: f32,
}

/// Letters between two blanks.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReadWord {
    pub(super) letters: Vec<Letter>,
}

impl ReadWord {
    pub(super) fn text(&self) -> String {
        self.letters.iter().map(|l| l.text.as_str()).collect()
    }

    /// Its left and its right edge.
    pub(super) fn edges(&self) -> (f32, f32) {
        let places = self.letters.iter().map(|l| l.place);
        places.fold((f32::MAX, f32::MIN), |(from, to), p| (from.min(p.x0), to.max(p.x1)))
    }
}

/// Words that were taken for a line; in a table often the whole row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ReadLine {
    pub(super) place: Rect,
    /// Slope, and height at the left edge against the lower edge of the box.
    pub(super) baseline: (f32, f32),
    pub(super) words: Vec<ReadWord>,
}

/// Reads the lines and the name of what wrote them; the error is for people.
pub(super) fn parse(text: &str) -> Result<(Vec<ReadLine>, String), String> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options).map_err(|e| e.to_string())?;
    let is = |node: &Node<'_, '_>, class: &str| node.attribute("class") == Some(class);
    // Heads, captions and text outside of paragraphs are lines of other classes.
    let line = |node: &Node<'_, '_>| {
        node.attribute("class")
            .is_some_and(|c| matches!(c, "ocr_line" | "ocr_header" | "ocr_caption" | "ocr_textfloat"))
    };
    let lines = document.descendants().filter(line).filter_map(|node| {
        let baseline = property(node, "baseline").unwrap_or_default();
        Some(ReadLine {
            place: rect(&property(node, "bbox")?)?,
            baseline: (*baseline.first().unwrap_or(&0.0), *baseline.get(1).unwrap_or(&0.0)),
            words: node.descendants().filter(|n| is(n, "ocrx_word")).map(word).collect(),
        })
    });
    let system = document.descendants().find(|n| n.attribute("name") == Some("ocr-system"));
    let name = system.and_then(|n| n.attribute("content")).unwrap_or("an unnamed recogniser");
    Ok((lines.collect(), name.to_owned()))
}

fn word(node: Node<'_, '_>) -> ReadWord {
    let letter = |node: Node<'_, '_>| {
        let text = node.text().unwrap_or_default().trim().to_owned();
        Some(Letter {
            place: rect(&property(node, "x_bboxes")?)?,
            certainty: property(node, "x_conf")?.first()? / 100.0,
            text: (!text.is_empty()).then_some(text)?,
        })
    };
    let letters = node.descendants().filter(|n| n.attribute("class") == Some("ocrx_cinfo"));
    ReadWord { letters: letters.filter_map(letter).collect() }
}

/// The numbers of one property in `title="bbox 1 2 3 4; baseline 0.01 -5"`.
fn property(node: Node<'_, '_>, name: &str) -> Option<Vec<f32>> {
    let properties = node.attribute("title")?.split(';').map(str::trim);
    let numbers = properties.filter_map(|p| p.strip_prefix(name)).find(|rest| rest.starts_with(' '))?;
    numbers.split_whitespace().map(|n| n.parse().ok().filter(|v: &f32| v.is_finite())).collect()
}

fn rect(numbers: &[f32]) -> Option<Rect> {
    let [x0, y0, x1, y1] = numbers else { return None };
    (x0 < x1 && y0 < y1).then_some(Rect::new(*x0, *y0, *x1, *y1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><body>
 <span class='ocr_line' title="bbox 229 423 520 466; baseline 0.01 -14; x_size 38">
  <span class='ocrx_word' title='bbox 229 463 232 466; x_wconf 84' lang='fin'>
   <span class='ocrx_cinfo' title='x_bboxes 229 463 232 466; x_conf 97.7'>&amp;</span>
   <span class='ocrx_cinfo' title='x_bboxes 240 423 240 466; x_conf 50'>1</span>
   <span class='ocrx_cinfo' title='x_bboxes 240 423 250 466; x_conf 50'>1</span>
  </span></span></body></html>"#;

    #[test]
    fn letters_have_boxes() {
        let (lines, name) = parse(PAGE).expect("reads");
        assert_eq!(name, "an unnamed recogniser");
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].baseline, (0.01, -14.0));
        let letters = &lines[0].words[0].letters;
        assert_eq!(letters.iter().map(|l| l.text.as_str()).collect::<String>(), "&1", "an empty box is none");
        assert_eq!(letters[1].place.x1, 250.0);
    }

    #[test]
    fn half_a_page_is_an_error() {
        assert!(parse(&PAGE[..PAGE.len() / 2]).is_err());
    }
}
