//! Two readings of a page → one.
//!
//! A recogniser that may choose among languages takes `å` for `ä`, so the page is read once as
//! Swedish and once as Finnish. Words are taken from the reading in the language of their line, or
//! of the page where the line does not say; figures from whichever reading is more certain of them.
//! Refuses: mixing the letters of two readings in one word.

use super::hocr::{ReadLine, ReadWord};
use crate::geometry::Rect;
use crate::glossary::Language;

/// Makes one reading of two.
pub(super) fn choose(
    swedish: Vec<ReadLine>,
    finnish: Vec<ReadLine>,
    language_of: &dyn Fn(&str) -> Option<Language>,
) -> Vec<ReadLine> {
    let page: Vec<String> = swedish.iter().map(text).collect();
    let of_page = language_of(&page.join("\n"));
    let mut rest: Vec<Option<ReadLine>> = finnish.into_iter().map(Some).collect();
    let mut out = Vec::with_capacity(swedish.len());
    for line in swedish {
        let best = rest
            .iter()
            .enumerate()
            .filter_map(|(i, other)| Some((shared(&line.place, &other.as_ref()?.place), i)))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(shared, _)| *shared > 0.5);
        let Some(other) = best.and_then(|(_, i)| rest[i].take()) else {
            out.push(line);
            continue;
        };
        let is_finnish = language_of(&text(&line)).or(of_page) == Some(Language::Fi);
        out.push(if is_finnish { merge(other, &line) } else { merge(line, &other) });
    }
    // What only one of the two saw is better doubtful than lost.
    out.extend(rest.into_iter().flatten());
    out
}

fn text(line: &ReadLine) -> String {
    line.words.iter().map(ReadWord::text).collect::<Vec<String>>().join(" ")
}

/// Share of the smaller box that lies in both.
fn shared(a: &Rect, b: &Rect) -> f32 {
    let both = a.xs().overlap(&b.xs()).max(0.0) * a.ys().overlap(&b.ys()).max(0.0);
    let area = |r: &Rect| r.width() * r.height();
    both / area(a).min(area(b)).max(1.0)
}

/// The words of a line, its figures replaced where the other reading is more certain of them.
fn merge(mut line: ReadLine, other: &ReadLine) -> ReadLine {
    let mut words: Vec<(bool, ReadWord)> =
        std::mem::take(&mut line.words).into_iter().map(|w| (true, w)).collect();
    words.extend(other.words.iter().cloned().map(|w| (false, w)));
    words.retain(|(_, w)| !w.letters.is_empty());
    words.sort_by(|a, b| a.1.edges().0.total_cmp(&b.1.edges().0));
    let mut group: Vec<(bool, ReadWord)> = Vec::new();
    let mut end = f32::MIN;
    for word in words {
        let (from, to) = word.1.edges();
        // Boxes of neighbours may overlap by a hair.
        if from > end - 0.3 * (to - from).min(20.0) && !group.is_empty() {
            line.words.extend(better(std::mem::take(&mut group)));
        }
        end = if group.is_empty() { to } else { end.max(to) };
        group.push(word);
    }
    line.words.extend(better(group));
    line
}

/// Of words that stand in the same place, those of one reading.
fn better(group: Vec<(bool, ReadWord)>) -> Vec<ReadWord> {
    let (own, other): (Vec<_>, Vec<_>) = group.into_iter().partition(|(own, _)| *own);
    let (own, other) = (words(own), words(other));
    let text = |words: &[ReadWord]| words.iter().map(ReadWord::text).collect::<String>();
    let (a, b) = (text(&own), text(&other));
    let take_other = a.is_empty() || a != b && is_figure(&b) && certainty(&other) > certainty(&own);
    if take_other { other } else { own }
}

fn words(of: Vec<(bool, ReadWord)>) -> Vec<ReadWord> {
    of.into_iter().map(|(_, word)| word).collect()
}

/// Digits, and no letter but those of units.
fn is_figure(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit() || c == '%') && !text.chars().any(char::is_alphabetic)
}

/// That of the letter that is least certain.
fn certainty(words: &[ReadWord]) -> f32 {
    words.iter().flat_map(|w| &w.letters).map(|l| l.certainty).fold(1.0, f32::min)
}

#[cfg(test)]
mod tests {
    use super::super::hocr::Letter;
    use super::*;

    fn word(text: &str, x: f32, certainty: f32) -> ReadWord {
        let letter = |(i, c): (usize, char)| {
            let x0 = x + 20.0 * i as f32;
            Letter { text: c.to_string(), place: Rect { x0, y0: 0.0, x1: x0 + 18.0, y1: 28.0 }, certainty }
        };
        ReadWord { letters: text.chars().enumerate().map(letter).collect() }
    }

    fn line(words: Vec<ReadWord>) -> Vec<ReadLine> {
        vec![ReadLine { place: Rect { x0: 0.0, y0: 0.0, x1: 1000.0, y1: 30.0 }, baseline: (0.0, 0.0), words }]
    }

    #[test]
    fn words_by_language_and_figures_by_certainty() {
        let swedish =
            line(vec![word("Årsbidrag", 0.0, 0.9), word("12", 400.0, 0.9), word("5,320", 600.0, 0.4)]);
        let finnish =
            line(vec![word("Ärsbidrag", 0.0, 0.99), word("72", 400.0, 0.5), word("5,3%", 600.0, 0.9)]);
        let read = choose(swedish.clone(), finnish.clone(), &|_| Some(Language::Sv));
        assert_eq!(text(&read[0]), "Årsbidrag 12 5,3%");
        let read = choose(swedish, finnish, &|_| Some(Language::Fi));
        assert_eq!(text(&read[0]), "Ärsbidrag 12 5,3%");
    }

    #[test]
    fn what_one_reading_missed_is_kept() {
        let swedish = line(vec![word("Lån", 0.0, 0.9)]);
        let finnish = line(vec![word("Län", 0.0, 0.9), word("7", 400.0, 0.5)]);
        assert_eq!(text(&choose(swedish, finnish, &|_| None)[0]), "Lån 7");
    }
}
