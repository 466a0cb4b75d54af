//! Texts of a document → whose book it is, for which year, in which languages.
//!
//! In: the lines of the first pages and recurring heads, the file's title, what
//! the user said. Out: municipality, book year, whether it is accounts, scale
//! said for the whole book, languages. A name counts most where the words say
//! what it is (`Lovisa stad`), and large type counts more than small.
//! Refuses: a municipality named once in small print.

use std::collections::BTreeMap;

use crate::figure::{Context, UnitScale};
use crate::glossary::{Declared, Glossary, Municipality};
use crate::layout::{Layout, Line};
use crate::number;

/// Pages on which a book says whose it is.
const FRONT: u32 = 4;

/// Pages whose language is looked at one by one.
const SAMPLED: u32 = 100;

/// What has been seen of the document's own words.
#[derive(Default)]
pub(crate) struct Witnesses {
    names: BTreeMap<String, f32>,
    years: BTreeMap<i16, f32>,
    languages: BTreeMap<&'static str, usize>,
    accounts: f32,
    budget: f32,
    scale: Option<UnitScale>,
    /// Different tables are said to be counted in different units.
    several_scales: bool,
    /// A row of figures has come.
    figures: bool,
}

/// What the user says; it wins.
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    pub(crate) municipality: Option<String>,
    pub(crate) year: Option<i16>,
}

/// What is known of the document.
pub(crate) struct Identity<'g> {
    pub(crate) municipality: Option<&'g Municipality>,
    pub(crate) languages: Vec<String>,
    pub(crate) context: Context,
}

impl Witnesses {
    /// Takes in the file's own title.
    pub(crate) fn title(&mut self, title: &str, glossary: &Glossary) {
        self.text(title, 2.0, glossary);
    }

    /// Takes in a page.
    pub(crate) fn page(&mut self, layout: &Layout, glossary: &Glossary) {
        // A long book that changes its language does not hide it from one page in ten.
        let sampled = layout.page <= SAMPLED || layout.page.is_multiple_of(10);
        let usual = usual_size(&layout.lines);
        let mut prose = String::new();
        for line in layout.lines.iter().filter(|l| sampled || l.furniture) {
            let text = line.text();
            let large = line.size > 1.15 * usual || line.is_bold() && line.size > usual;
            let weight = match (layout.page, line.furniture, large) {
                (_, true, _) => 1.5,
                (1, _, true) => 4.0 * (line.size / usual).clamp(1.0, 3.0),
                (2..=FRONT, _, true) => 1.0,
                (1, ..) => 0.6,
                (2..=FRONT, ..) => 0.2,
                _ => 0.0,
            };
            if weight > 0.0 {
                self.text(&text, weight, glossary);
            }
            if layout.page <= 2 && self.scale.is_none() {
                // Beside it may stand the text of another column.
                let parts = stretches(line);
                // In the head of a table, between its lines, or under other figures, a unit is not that of the book.
                let beside = |other: &Line| {
                    let distance = (other.baseline - line.baseline).abs();
                    (0.1 * line.size..1.0 * line.size).contains(&distance)
                };
                let inside = layout.lines.iter().any(beside);
                let alone = line.furniture || parts.len() == 1 && !self.figures && !inside;
                self.scale = parts.iter().find_map(|t| whole_book_scale(t, alone, glossary));
                self.figures |= is_row(&parts);
            }
            if sampled {
                prose.push_str(&text);
                prose.push('\n');
            }
        }
        if layout.page <= 2 {
            let text =
                layout.lines.iter().filter(|l| !l.furniture).map(Line::text).collect::<Vec<_>>().join(" ");
            for declared in glossary.vocabulary().declared(&text) {
                match (declared, self.scale) {
                    (Declared::One(word), None) => self.scale = Some(UnitScale::of(word)),
                    (Declared::One(word), Some(known)) => self.several_scales |= known.factor != word.scale,
                    (Declared::Several, _) => self.several_scales = true,
                    (Declared::Unit(_), _) => {}
                }
            }
        }
        if let Some(language) = glossary.vocabulary().language_of(&prose) {
            *self.languages.entry(language.as_str()).or_default() += prose.len();
        }
    }

    fn text(&mut self, text: &str, weight: f32, glossary: &Glossary) {
        let words: Vec<&str> = text.split_whitespace().collect();
        for (i, word) in words.iter().enumerate() {
            if !word.chars().next().is_some_and(char::is_uppercase) {
                continue;
            }
            let bare = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
            let pair = words.get(i + 1).map(|n| format!("{} {}", bare(word), bare(n)));
            let kind = words.get(i + 1).is_some_and(|n| is_kind(n));
            // `Lovisa stad` says more than `Lovisa`; a lone name may be a surname or a place.
            if let Some(m) = pair.as_deref().filter(|_| kind).and_then(|p| glossary.municipalities().find(p))
            {
                *self.names.entry(m.code.clone()).or_default() += 3.0 * weight;
            } else if let Some(m) = pair.as_deref().and_then(|p| glossary.municipalities().find(p)) {
                *self.names.entry(m.code.clone()).or_default() += weight;
            } else if bare(word).chars().count() >= 3
                && let Some(m) = glossary.municipalities().find(&bare(word))
            {
                *self.names.entry(m.code.clone()).or_default() += weight;
            }
        }
        let lower = text.to_lowercase();
        let accounts = ["bokslut", "tilinpäätös", "financial statements"].iter().any(|w| lower.contains(w));
        // What became of a budget is said after its year.
        let outcome = ["budgetutfall", "utfall av budget", "talousarvion toteu", "tasekirja"];
        let outcome = outcome.iter().any(|w| lower.contains(w));
        let accounts = accounts || outcome;
        let budget = !outcome && ["budget", "talousarvio"].iter().any(|w| lower.contains(w));
        if words.len() <= 8 && weight >= 1.0 {
            if accounts && !budget {
                self.accounts += weight;
            }
            if budget {
                self.budget += weight;
            }
            let factor = if accounts || budget { 2.0 } else { 0.5 };
            for (year, share) in years_of(&words) {
                *self.years.entry(year).or_default() += weight * factor * share;
            }
        }
    }

    /// Weighs what was seen.
    pub(crate) fn identity<'g>(&self, said: &Said, glossary: &'g Glossary) -> Identity<'g> {
        let named = said
            .municipality
            .as_deref()
            .and_then(|m| glossary.municipalities().by_code(m).or_else(|| glossary.municipalities().find(m)));
        let seen = self
            .names
            .iter()
            .filter(|(_, w)| **w >= 1.5)
            .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0)))
            .and_then(|(code, _)| glossary.municipalities().by_code(code));
        let year = said.year.or_else(|| {
            self.years
                .iter()
                .filter(|(_, w)| **w >= 2.0)
                .max_by(|a, b| a.1.total_cmp(b.1).then(a.0.cmp(b.0)))
                .map(|(y, _)| *y)
        });
        let mut languages: Vec<(&str, usize)> = self.languages.iter().map(|(k, v)| (*k, *v)).collect();
        languages.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        Identity {
            municipality: named.or(seen),
            languages: languages.into_iter().map(|l| l.0.to_owned()).collect(),
            context: Context {
                book_year: year,
                accounts: self.accounts > self.budget,
                budget: self.budget > 0.0 && self.accounts == 0.0,
                scale: self.scale,
                several_scales: self.several_scales,
            },
        }
    }
}

/// The years that a heading names, each with its weight: beside `Budget 2025` the years of `ekonomiplan 2026–2027`
/// are not the book's; alone a range begins with the book's.
fn years_of(words: &[&str]) -> Vec<(i16, f32)> {
    let whole: Vec<(i16, f32)> = words.iter().filter_map(|w| number::year(w)).map(|y| (y, 1.0)).collect();
    if !whole.is_empty() {
        return whole;
    }
    let first = |w: &&str| w.split(['–', '-', '−', '/']).next().and_then(number::year);
    words.iter().filter_map(first).map(|y| (y, 0.5)).collect()
}

fn is_kind(word: &str) -> bool {
    let w = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    [
        "stad",
        "stads",
        "kommun",
        "kommuns",
        "kaupunki",
        "kaupungin",
        "kunta",
        "kunnan",
        "köping",
        "town",
        "city",
    ]
    .contains(&w.as_str())
}

fn usual_size(lines: &[Line]) -> f32 {
    let mut sizes: Vec<f32> = lines.iter().filter(|l| l.size > 0.0).map(|l| l.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// The words of a line between wide gaps.
fn stretches(line: &Line) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut end = f32::MIN;
    for w in &line.words {
        match out.last_mut() {
            Some(text) if w.rect.x0 - end < 1.3 * line.size => {
                text.push(' ');
                text.push_str(&w.text);
            }
            _ => out.push(w.text.clone()),
        }
        end = w.rect.x1;
    }
    out
}

/// Whether the stretches of a line are two figures or more, years left aside.
fn is_row(parts: &[String]) -> bool {
    let figure =
        |t: &&String| number::year(t).is_none() && number::parse(t, number::Point::Decimal).is_some();
    parts.iter().filter(figure).count() >= 2
}

/// `Beloppen i tusen euro`, `1 000 €` alone on a line: said once for the whole book.
fn whole_book_scale(text: &str, alone: bool, glossary: &Glossary) -> Option<UnitScale> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 8 || !text.chars().any(|c| c.is_alphabetic() || c == '€') {
        return None;
    }
    let letters = words.iter().filter(|w| w.chars().any(char::is_alphabetic)).count();
    let lower = text.to_lowercase();
    let says = ["belopp", "siffror", "luvut", "summor", "tal i", "määrät", "euromäärät"]
        .iter()
        .any(|w| lower.contains(w));
    // `Ekonomi (1 000 €)` says it of what stands under it alone.
    let bare = text.trim_start_matches("i ").trim_matches(|c: char| "() .:".contains(c));
    let only = alone && letters <= 2 && words.len() <= 4 && glossary.vocabulary().scale_of(bare).is_some();
    (says || only).then(|| crate::figure::scale_of(text, glossary)).flatten().filter(|s| s.factor > 1 || says)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_of_a_book_is_not_that_of_its_plan() {
        let years = |t: &str| years_of(&t.split(' ').collect::<Vec<_>>());
        assert_eq!(years("Budget 2025 och ekonomiplan 2026–2027"), [(2025, 1.0)]);
        assert_eq!(years("Budget och ekonomiplan 2025–2027"), [(2025, 0.5)]);
    }
}
