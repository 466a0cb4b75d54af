//! Lines of a fallen head → columns.
//!
//! In: lines in which every word is one of heads: years, phases, units. Out: for each column the lines of
//! its head. A column begins where a phase is named anew or a second year comes; where all phases stand
//! before all years, they are paired. Refuses: a head without a year or without a phase.

use super::Said;
use crate::glossary::{Glossary, PhaseWord};
use crate::number;

/// Words of heads that name no phase.
const OTHERS: [&str; 10] = ["-", "–", "%", "€", "euro", "eur", "euroa", "t€", "1000", THOUSAND];
const THOUSAND: &str = "1 000";
/// Words after which the next one says what is in it: `inkl. ändringar`.
const NARROWING: [&str; 8] = ["inkl", "inkl.", "exkl", "exkl.", "sis", "sis.", "med", "+"];

/// The words of a line; `1 000` is one.
fn words_of(line: &str) -> impl Iterator<Item = &str> {
    line.split(THOUSAND).enumerate().flat_map(|(k, part)| {
        let thousand = (k > 0).then_some(THOUSAND);
        thousand.into_iter().chain(part.split_whitespace())
    })
}

fn is_other(word: &str) -> bool {
    OTHERS.contains(&word.to_lowercase().as_str()) || narrows(word)
}

fn narrows(word: &str) -> bool {
    NARROWING.contains(&word.to_lowercase().as_str())
}

/// Whether a line can be part of a head.
pub(super) fn is_part(line: &str, glossary: &Glossary) -> bool {
    let vocabulary = glossary.vocabulary();
    words_of(line)
        .all(|word| number::year_in(word).is_some() || vocabulary.phase_of(word).is_some() || is_other(word))
}

/// A column while its words are gathered: with their lines, and what they say.
#[derive(Default)]
struct Column<'t> {
    words: Vec<(usize, &'t str)>,
    phases: Vec<PhaseWord>,
    year: bool,
    /// Whether it needs no year.
    complete: bool,
}

/// Whether a column of this phase has no year of its own: changes and shares compare two.
fn is_complete(word: &str, glossary: &Glossary) -> bool {
    matches!(glossary.vocabulary().phase_of(word), Some(PhaseWord::Change | PhaseWord::Share))
}

/// A head that is understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// What stands before the first column: the unit of all.
    pub(super) stub: String,
    /// For each column its lines.
    pub(super) columns: Vec<Vec<String>>,
}

/// The columns of a head.
pub(super) fn read(lines: &[Said<'_>], glossary: &Glossary) -> Option<Head> {
    #[derive(Clone, Copy, PartialEq)]
    enum Kind {
        Phase,
        Year,
        Other,
    }
    let vocabulary = glossary.vocabulary();
    let mut words: Vec<(usize, &str, Kind)> = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        for word in words_of(&line.text) {
            // `inkl. ändringar`: what follows such a word belongs to it.
            let narrowed = words.last().is_some_and(|w| w.0 + 1 >= k && narrows(w.1));
            let kind = if is_other(word) {
                Kind::Other
            } else if vocabulary.phase_of(word).is_some() {
                if narrowed { Kind::Other } else { Kind::Phase }
            } else if number::year_in(word).is_some() {
                Kind::Year
            } else {
                Kind::Other
            };
            words.push((k, word, kind));
        }
    }
    let count = |kind| words.iter().filter(|w| w.2 == kind).count();
    let (phases, years) = (count(Kind::Phase), count(Kind::Year));
    if phases == 0 && years < 2 || years == 0 && phases < 2 {
        return None;
    }
    let first_year = words.iter().position(|w| w.2 == Kind::Year).unwrap_or(words.len());
    let last_phase = words.iter().rposition(|w| w.2 == Kind::Phase).unwrap_or(0);
    let paired = phases >= 2 && phases == years && last_phase < first_year;
    if phases >= 2 && years >= 2 && last_phase < first_year && !paired {
        // Some phase stands over several years; which one, only places would tell.
        return None;
    }
    let mut out: Vec<Column<'_>> = Vec::new();
    let mut stub: Vec<&str> = Vec::new();
    let mut next_year = 0;
    for (line, word, kind) in words {
        match kind {
            Kind::Year if paired => {
                if let Some(column) = out.get_mut(next_year) {
                    column.words.push((line, word));
                }
                next_year += 1;
                continue;
            }
            Kind::Phase if !paired => {
                // A phase without its year yet is named again in another language, or more closely.
                let begins = out.last().is_none_or(|c| c.year || c.complete || years == 0);
                if begins {
                    out.push(Column::default());
                }
            }
            Kind::Phase => out.push(Column::default()),
            Kind::Year if out.last().is_none_or(|c| c.year) => out.push(Column::default()),
            Kind::Year | Kind::Other => {}
        }
        if out.is_empty() {
            // `1000 €` before the first column says what all are counted in.
            stub.push(word);
        }
        if let Some(column) = out.last_mut() {
            column.words.push((line, word));
            if kind == Kind::Phase {
                column.complete |= is_complete(word, glossary);
                column.phases.extend(vocabulary.phase_of(word));
            }
            column.year |= kind == Kind::Year;
        }
    }
    // Accounts and budget in one column: the head is not understood.
    let one = |c: &Column<'_>| c.complete || c.phases.windows(2).all(|p| p[0] == p[1]);
    if !out.iter().all(one) {
        return None;
    }
    // One phase over all years.
    if let [first, rest @ ..] = out.as_mut_slice()
        && phases == 1
    {
        let spanning: Vec<(usize, &str)> =
            first.words.iter().copied().filter(|w| number::year_in(w.1).is_none()).collect();
        for column in rest {
            column.words.splice(0..0, spanning.iter().copied());
        }
    }
    let lines_of = |words: Vec<(usize, &str)>| -> Vec<String> {
        words
            .chunk_by(|a, b| a.0 == b.0)
            .map(|line| line.iter().map(|w| w.1).collect::<Vec<_>>().join(" "))
            .collect()
    };
    let columns = out.into_iter().map(|c| lines_of(c.words)).collect();
    Some(Head { stub: stub.join(" "), columns })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<String> {
        let said: Vec<Said<'_>> =
            lines.iter().map(|text| Said { text: (*text).into(), trailing: 0, blanks: 0 }).collect();
        assert!(lines.iter().all(|l| is_part(l, Glossary::builtin())), "{lines:?}");
        let head = super::read(&said, Glossary::builtin()).unwrap_or_default();
        head.columns.iter().map(|c| c.join(" / ")).collect()
    }

    #[test]
    fn heads_fall_apart_in_many_ways() {
        assert_eq!(
            read(&[
                "BOKSLUT 2024 BUDGET",
                "2025",
                "inkl. ändringar",
                "BUDGET",
                "2026",
                "EKONOMIPLAN",
                "2027"
            ]),
            ["BOKSLUT 2024", "BUDGET / 2025 / inkl. ändringar", "BUDGET / 2026", "EKONOMIPLAN / 2027"]
        );
        assert_eq!(read(&["BOKSLUT", "2023", "BUDGET", "2024"]), ["BOKSLUT / 2023", "BUDGET / 2024"]);
        assert_eq!(
            read(&["Bokslut Budget Budget", "2023 2024 2025"]),
            ["Bokslut / 2023", "Budget / 2024", "Budget / 2025"]
        );
        assert_eq!(read(&["TP 2023 TA 2024 TA 2025"]), ["TP 2023", "TA 2024", "TA 2025"]);
        assert_eq!(read(&["Tilinpäätös 2023", "Talousarvio 2024"]), ["Tilinpäätös 2023", "Talousarvio 2024"]);
        assert_eq!(
            read(&["Bokslut", "Tilinpäätös", "2024", "Budget", "Talousarvio", "2025"]),
            ["Bokslut / Tilinpäätös / 2024", "Budget / Talousarvio / 2025"]
        );
        assert_eq!(
            read(&["Budget 2025 Budget 2026 Förändring % Plan 2027"]),
            ["Budget 2025", "Budget 2026", "Förändring %", "Plan 2027"]
        );
        assert_eq!(read(&["1 000 € BOKSLUT", "2022", "BUDGET", "2023"]), ["BOKSLUT / 2022", "BUDGET / 2023"]);
        assert_eq!(read(&["Euro Bokslut 2024 Budget 2025"]), ["Bokslut 2024", "Budget 2025"]);
        assert_eq!(read(&["Budget", "2025 2026 2027"]), ["Budget / 2025", "Budget / 2026", "Budget / 2027"]);
        assert!(read(&["2025"]).is_empty(), "a year alone is no head");
        // Which of them has two years, only places would tell.
        assert!(read(&["Bokslut Budget Ekonomiplan", "2024 2025 2026 2027"]).is_empty());
    }

    #[test]
    fn a_sentence_is_no_head() {
        for text in ["Budget för staden", "Verksamhetens intäkter", "Bokslutet godkändes 2024"] {
            assert!(!is_part(text, Glossary::builtin()), "{text}");
        }
    }
}
