//! Text without places → [`Layout`]s, as if it had been set anew.
//!
//! In: the text of a document as an archive holds it: blank lines inside rows, labels on lines of their
//! own, heads fallen apart, the figures of a row parted by the same space as their thousands. Out: pages
//! on which every figure stands under its head, for the stages that read tables from places. The head
//! says how many columns there are; the sums of the table say where one figure ends ([`crate::grouping`]).
//! Figures of which no sum decides are marked, and the facts made of them are doubtful. The places are
//! made up: nothing may say that a figure of a text stands there. Refuses: text in no known encoding.

mod head;
mod label;
mod rows;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::error::{Error, ErrorKind};
use crate::geometry::Rect;
use crate::glossary::Glossary;
use crate::layout::{Anew, Layout, Line, TextLayer, Word};
use crate::table::token::leads;
use label::Habit;
use rows::{Block, Found};

/// Font size, and what a character and a line take of the made-up page.
const SIZE: f32 = 10.0;
const CHARACTER: f32 = 5.0;
const LEADING: f32 = 14.0;
/// A blank line takes this.
const BLANK: f32 = 6.0;
/// Left edge of everything.
const LEFT: f32 = 40.0;
/// A longer line is prose and no heading.
const HEADING_WORDS: usize = 8;
/// More short lines on end are a list.
const HEADINGS: usize = 4;
/// Between columns.
const GUTTER: f32 = 24.0;

/// One line of the text that says something.
#[derive(Clone, Debug)]
struct Said<'t> {
    text: Cow<'t, str>,
    /// Blanks at its end: what empty cells leave behind.
    trailing: usize,
    /// Blank lines before it.
    blanks: usize,
}

/// The text of the bytes: UTF-8, UTF-16 with its mark, else Windows-1252.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, Error> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    let encoding = match marked {
        Some(encoding) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(bytes);
    if text.contains('\0') {
        let message = "found bytes that are no text, expected UTF-8, UTF-16 or Windows-1252";
        return Err(Error::new(ErrorKind::Damaged, message)
            .with_hint("the name of a PDF must end in .pdf, else it is taken for a text"));
    }
    Ok(text.into_owned())
}

/// Three and more dots that lead from a label to its figures are a blank.
fn without_leaders(text: &str) -> Cow<'_, str> {
    let length = |run: &[char]| run.iter().map(|c| if *c == '…' { 3 } else { 1 }).sum::<usize>();
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for run in chars.chunk_by(|a, b| leads(*a) && leads(*b)) {
        if leads(run[0]) && length(run) >= 3 {
            out.push(' ');
        } else {
            out.extend(run);
        }
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Sets a text on pages; form feeds part them.
pub(crate) fn typeset(text: &str, glossary: &Glossary) -> Vec<Layout> {
    let mut pages: Vec<Vec<Said<'_>>> = text.split('\u{c}').map(said).collect();
    // A form feed at the end begins no page.
    if pages.len() > 1 && pages.last().is_some_and(Vec::is_empty) {
        pages.pop();
    }
    let habit = Habit::of(&pages, glossary);
    let number = |i: usize| u32::try_from(i + 1).unwrap_or(u32::MAX);
    pages.iter().enumerate().map(|(i, page)| page_of(page, number(i), habit, glossary)).collect()
}

/// The lines of a page that say something.
fn said(page: &str) -> Vec<Said<'_>> {
    let mut out: Vec<Said<'_>> = Vec::new();
    let mut blanks = 0;
    for line in page.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blanks += 1;
            continue;
        }
        let text = without_leaders(trimmed);
        // Leaders that fell off the line that they lead through.
        if text.trim().is_empty() {
            continue;
        }
        let trailing =
            line.trim_end_matches(['\r', '\n']).chars().rev().take_while(|c| c.is_whitespace()).count();
        out.push(Said { text, trailing, blanks });
        blanks = 0;
    }
    out
}

fn page_of(said: &[Said<'_>], number: u32, habit: Habit, glossary: &Glossary) -> Layout {
    let mut page = Setter { lines: Vec::new(), y: 60.0, right: 0.0, floor: 0 };
    let mut i = 0;
    while i < said.len() {
        match rows::block(&said[i..], habit, glossary) {
            Found::Table(block, lines) => {
                page.headings(glossary);
                page.block(&block);
                i += lines;
            }
            Found::Nothing(lines) => {
                said[i..i + lines].iter().for_each(|s| page.prose(s));
                i += lines;
            }
        }
    }
    page.headings(glossary);
    Layout {
        page: number,
        width: page.right + LEFT,
        height: page.y + 60.0,
        text_layer: Some(if page.lines.is_empty() { TextLayer::None } else { TextLayer::Text }),
        lines: page.lines,
        ..Layout::default()
    }
}

/// Whether a line reads like a heading: short, with a capital or a number at its start and no stop at its
/// end. Who answers for a unit is said below its heading.
fn is_heading(text: &str, glossary: &Glossary) -> bool {
    let words = text.split_whitespace().count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let stops = text.ends_with(['.', ',', ';', ':', '-', '–', '\u{ad}']);
    let answers = text.contains(':') && glossary.vocabulary().entity_after(text).is_none();
    words <= HEADING_WORDS && letters >= 3 && begins && !stops && !answers
}

/// Puts words on a page.
struct Setter {
    lines: Vec<Line>,
    y: f32,
    right: f32,
    /// Where the lines after the last table begin.
    floor: usize,
}

fn width(text: &str) -> f32 {
    CHARACTER * text.chars().count() as f32
}

impl Setter {
    fn word(&self, text: &str, x: f32, anew: Option<&Anew>) -> Word {
        let rect = Rect::new(x, self.y - 0.7 * SIZE, x + width(text), self.y);
        Word { anew: anew.cloned().map(Box::new), ..Word::new(text, rect, self.y, SIZE) }
    }

    fn words(&self, text: &str, mut x: f32, anew: Option<&Anew>) -> Vec<Word> {
        let mut out = Vec::new();
        for word in text.split_whitespace() {
            out.push(self.word(word, x, anew));
            x += width(word) + 0.5 * CHARACTER;
        }
        out
    }

    /// Ends a line.
    fn set(&mut self, words: Vec<Word>) {
        let Some(rect) = Rect::union_all(words.iter().map(|w| w.rect)) else { return };
        self.right = self.right.max(rect.x1);
        self.lines.push(Line { words, rect, baseline: self.y, size: SIZE, furniture: false });
    }

    fn prose(&mut self, said: &Said<'_>) {
        self.y += LEADING + BLANK * said.blanks.min(3) as f32;
        // Figures in it have no columns; should any be taken for a table, they are doubtful.
        let anew = Anew { doubts: vec![rows::FLATTENED], ..Anew::default() };
        self.set(self.words(&said.text, LEFT, Some(&anew)));
    }

    /// Sets the headings among the lines since the last table as headings: the nearest is the title of the
    /// next table, and any may say its unit.
    fn headings(&mut self, glossary: &Glossary) {
        let is_heading: Vec<bool> =
            self.lines[self.floor..].iter().map(|line| is_heading(&line.text(), glossary)).collect();
        let mut at = self.floor;
        for run in is_heading.chunk_by(|a, b| a == b) {
            if run[0] && run.len() <= HEADINGS {
                for line in &mut self.lines[at..at + run.len()] {
                    line.size = 1.2 * SIZE;
                    for word in &mut line.words {
                        (word.bold, word.size) = (true, 1.2 * SIZE);
                    }
                }
            }
            at += run.len();
        }
        self.floor = self.lines.len();
    }

    /// A table: heads over their columns, figures flush right.
    fn block(&mut self, block: &Block) {
        let labels = block.entries.iter().map(|e| width(&e.label)).fold(80.0, f32::max);
        let mut rights = Vec::new();
        let mut x = LEFT + labels;
        let units = block.entries.iter().filter_map(|e| e.unit.as_deref()).map(width).fold(0.0, f32::max);
        let unit_at = x + GUTTER;
        x += if units > 0.0 { GUTTER + units } else { 0.0 };
        for (k, head) in block.columns.iter().enumerate() {
            let figures = block.entries.iter().filter_map(|e| Some(width(&e.figures.get(k)?.as_ref()?.text)));
            x += GUTTER + figures.fold(width(&head.text).max(30.0), f32::max);
            rights.push(x);
        }
        self.y += 2.0 * BLANK + LEADING;
        let mut words = self.words(&block.stub, LEFT, None);
        for (head, right) in block.columns.iter().zip(&rights) {
            words.extend(self.words(&head.text, right - width(&head.text), None));
        }
        self.set(words);
        for rows::Entry { label, unit, figures } in &block.entries {
            self.y += LEADING;
            let mut words = self.words(label, LEFT, None);
            words.extend(unit.iter().flat_map(|unit| self.words(unit, unit_at, None)));
            for (figure, right) in figures.iter().zip(&rights) {
                if let Some(rows::Figure { text, anew }) = figure {
                    words.push(self.word(text, right - width(text), Some(anew)));
                }
            }
            self.set(words);
        }
        self.y += 2.0 * BLANK;
        self.floor = self.lines.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &str) -> Vec<String> {
        let pages = typeset(text, Glossary::builtin());
        pages.iter().flat_map(|p| &p.lines).map(Line::text).collect()
    }

    #[test]
    fn heads_and_rows_are_put_together() {
        let text = "Stadskansliet \n\nBOKSLUT 2024 BUDGET \n2025 \n\ninkl. ändringar  \n\nBUDGET \n2026 \n\n\
                    Försäljningsintäkter  25 050 500 5 500 \n\nUnderstöd och bidrag  256 778 150 000 150 000 \n\n\
                    Verksamhetens intäkter  281 828 150 500 155 500 \n\nvarav interna       \n\n\
                    Material, förnödenheter och \n\nvaror  \n-67 560 -69 150 -76 250 \n\nSlut på tabellen.";
        let lines = set(text);
        assert_eq!(
            lines,
            [
                "Stadskansliet",
                "BOKSLUT 2024 BUDGET 2025 inkl. ändringar BUDGET 2026",
                "Försäljningsintäkter 25 050 500 5 500",
                "Understöd och bidrag 256 778 150 000 150 000",
                "Verksamhetens intäkter 281 828 150 500 155 500",
                "varav interna",
                "Material, förnödenheter och varor -67 560 -69 150 -76 250",
                "Slut på tabellen.",
            ]
        );
        let page = &typeset(text, Glossary::builtin())[0];
        let row = page.lines.iter().find(|l| l.text().starts_with("Försälj")).expect("is set");
        let figures: Vec<&str> = row.words[1..].iter().map(|w| w.text.as_str()).collect();
        assert_eq!(figures, ["25 050", "500", "5 500"]);
        assert!(
            row.words.iter().all(|w| w.anew.as_ref().is_none_or(|a| a.doubts.is_empty())),
            "the sum proves it"
        );
    }

    #[test]
    fn every_encoding_of_archives_is_read() {
        for bytes in [
            "Intäkter €".as_bytes().to_vec(),
            [b"\xef\xbb\xbf", "Intäkter €".as_bytes()].concat(),
            b"Int\xe4kter \x80".to_vec(),
            "\u{feff}Intäkter €".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "\u{feff}Intäkter €".encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ] {
            assert_eq!(decode(&bytes).expect("is text"), "Intäkter €");
        }
        assert!(decode(b"MZ\0\0").is_err());
    }

    proptest::proptest! {
        /// Whatever stands in a text: no word of it is lost, and nothing breaks.
        #[test]
        fn no_word_is_lost(
            lines in proptest::collection::vec(
                proptest::collection::vec(
                    proptest::sample::select(vec![
                        "Budget", "Bokslut", "2024", "2025", "inkl.", "ändringar", "%", "1 000", "€", "-", "12",
                        "000", "345", "-1", "0", "0,5", "Intäkter", "och", "varor", "sammanlagt", "(1", "..",
                        "Tilinpäätös", "+", "99999", "\u{ad}",
                    ]),
                    0..9,
                ),
                0..24,
            ),
        ) {
            let text = lines.iter().map(|l| l.join(" ")).collect::<Vec<_>>().join("\n");
            let pages = typeset(&text, Glossary::builtin());
            let letters = |text: &str| {
                let mut all: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
                all.sort_unstable();
                all
            };
            let set: String = pages.iter().flat_map(|p| &p.lines).map(|l| l.text()).collect();
            // A phase over several years is said of each.
            let repeats = letters(&set).len() >= letters(&text).len();
            proptest::prop_assert!(repeats, "{:?}\n{:?}", text, set);
        }
    }

    #[test]
    fn leaders_are_blanks() {
        assert_eq!(without_leaders("Hyror.......12 600 ... 800"), "Hyror 12 600   800");
        assert_eq!(without_leaders("31.12.2024 bl.a."), "31.12.2024 bl.a.");
    }

    /// Every word of a text says that it may be something else.
    fn all_is_doubtful(text: &str) {
        let page = &typeset(text, Glossary::builtin())[0];
        let doubted = |w: &Word| w.anew.as_ref().is_some_and(|a| !a.doubts.is_empty());
        assert!(page.lines.iter().flat_map(|l| &l.words).all(doubted), "{page:?}");
    }

    /// Figures that are taken for a table without being under a head that is understood are doubtful.
    #[test]
    fn a_head_that_is_not_understood_is_prose() {
        let text = "Bokslut Budget Ekonomiplan\n2024 2025 2026 2027\nIntäkter 1 000 2 000 3 000 4 000\n";
        all_is_doubtful(text);
    }

    /// Three signs are three figures, whatever number of columns the head seems to have.
    #[test]
    fn a_head_with_a_column_too_many_is_prose() {
        let text = "Bokslut 2024 Budget 2025 Budget 2026\nKostnader -67 560 -69 150\nLöner -1 560 -9 150\n";
        all_is_doubtful(text);
    }

    #[test]
    fn form_feeds_part_pages() {
        let pages = typeset("ett\u{c}två\u{c}", Glossary::builtin());
        assert_eq!(pages.iter().map(|p| p.page).collect::<Vec<_>>(), [1, 2]);
    }
}
