//! Lines of a fallen head → columns.
//!
//! In: lines in which every word is one of heads: years, phases, units. Out: the head of each column in one
//! line. A column begins where a phase is named anew or a second year comes; where all phases stand
//! before all years, they are paired. A line of terms below, `Inkomster Utgifter Netto`, parts every
//! column into as many. Refuses: a head without a year or without a phase, and one in which a column
//! would say both accounts and budget.

use super::Said;
use crate::glossary::{Glossary, PhaseWord};
use crate::number;

/// Words of heads that name no phase.
const OTHERS: [&str; 12] = ["-", "–", "/", "%", "%:", "€", "euro", "eur", "euroa", "t€", "1000", THOUSAND];
const THOUSAND: &str = "1 000";
/// Words after which the next one says what is in it: `inkl. ändringar`.
const NARROWING: [&str; 8] = ["inkl", "inkl.", "exkl", "exkl.", "sis", "sis.", "med", "+"];
/// Words at the beginning of a line that may together name a scale: `i tusen euro`.
const SCALE_WORDS: usize = 3;

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

/// `2024–2025`: the years that a change compares.
fn is_range(word: &str) -> bool {
    let (a, b) = word.split_once(['–', '-', '/']).unwrap_or_default();
    number::year(a).is_some() && (number::year(b).is_some() || b.len() == 2 && b.parse::<u8>().is_ok())
}

/// How many words at the beginning of a line name a scale.
fn scale_at_start(words: &[&str], glossary: &Glossary) -> usize {
    let names = |n: &usize| glossary.vocabulary().scale_of(&words[..*n].join(" ")).is_some();
    (1..=SCALE_WORDS.min(words.len())).rev().find(names).unwrap_or(0)
}

/// Whether a line can be part of a head.
pub(super) fn is_part(line: &str, glossary: &Glossary) -> bool {
    let vocabulary = glossary.vocabulary();
    let words: Vec<&str> = words_of(line).collect();
    let known = |word: &&str| {
        number::year_in(word).is_some()
            || is_range(word)
            || vocabulary.phase_of(word).is_some()
            || is_other(word)
    };
    let words = &words[scale_at_start(&words, glossary)..];
    words.iter().enumerate().all(|(k, word)| {
        // `Änd. %`
        let share = words.get(k + 1).is_some_and(|next| *next == "%") && word.ends_with('.');
        known(word) || share && k > 0
    })
}

/// Whether a table ends where these lines begin: the words of a head, and a year among them. `Muut` alone
/// is a change in a head and the first word of many a label.
pub(super) fn begins(said: &[Said<'_>], glossary: &Glossary) -> bool {
    let head = said.iter().take_while(|s| is_part(&s.text, glossary));
    head.flat_map(|s| words_of(&s.text)).any(|word| number::year_in(word).is_some())
}

/// What a word of a head is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Phase,
    Year,
    /// What a change stands for: the years that it compares, or per cent.
    Compared,
    Scale,
    Other,
}

/// A column while its words are gathered.
#[derive(Default)]
struct Column<'t> {
    words: Vec<&'t str>,
    phases: Vec<PhaseWord>,
    year: bool,
    /// Whether it needs no year.
    complete: bool,
}

/// Whether a column of this phase has no year of its own: changes and shares compare two.
fn is_complete(phase: PhaseWord) -> bool {
    matches!(phase, PhaseWord::Change | PhaseWord::Share)
}

/// A head that is understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Head {
    /// What stands before the first column: the unit of all.
    pub(super) stub: String,
    /// One for each column.
    pub(super) columns: Vec<Title>,
    /// How many lines it takes.
    pub(super) lines: usize,
}

/// The head of a column.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Title {
    pub(super) text: String,
    /// Whether it says its year or needs none, and no word of the head could be another column's.
    pub(super) clear: bool,
    /// Whether it compares two others.
    pub(super) compares: bool,
}

/// The columns of a head that begins with the first line.
pub(super) fn read(said: &[Said<'_>], glossary: &Glossary) -> Option<Head> {
    let count = said.iter().take_while(|s| is_part(&s.text, glossary)).count();
    let words = kinds(&said[..count], glossary);
    let number_of = |kind| words.iter().filter(|w| w.1 == kind).count();
    let (phases, years) = (number_of(Kind::Phase), number_of(Kind::Year));
    if phases == 0 && years < 2 || years == 0 && phases < 2 {
        return None;
    }
    let below = |w: &(&str, Kind)| matches!(w.1, Kind::Year | Kind::Compared);
    let first_below = words.iter().position(below).unwrap_or(words.len());
    let last_phase = words.iter().rposition(|w| w.1 == Kind::Phase).unwrap_or(0);
    let apart = phases >= 2 && years >= 2 && last_phase < first_below;
    // All phases before all years: each has its own, or some phase stands over several, and which one only
    // places would tell.
    let mut columns = if !apart {
        in_turn(&words, phases, years, glossary)
    } else {
        paired(&words, first_below, glossary)?
    };
    // Accounts and budget in one column: the head is not understood.
    let alike = |a: PhaseWord, b: PhaseWord| {
        let amended = [PhaseWord::Budget, PhaseWord::AmendedBudget];
        a == b || amended.contains(&a) && amended.contains(&b)
    };
    let one = |c: &Column<'_>| c.complete || c.phases.windows(2).all(|p| alike(p[0], p[1]));
    if !columns.iter().all(one) {
        return None;
    }
    // One phase over all years; beside the first of them it may be said of that one only.
    let named = |c: &Column<'_>| !c.phases.is_empty();
    let mut clear = is_clear(&said[..count], apart, glossary) && is_in_order(&columns);
    clear &= phases == 0 || columns.iter().all(named) || phases == 1 && stands_over(&said[..count], glossary);
    if let [first, rest @ ..] = columns.as_mut_slice()
        && phases == 1
    {
        let spanning: Vec<&str> =
            first.words.iter().copied().filter(|w| number::year_in(w).is_none()).collect();
        for column in rest {
            column.words.splice(0..0, spanning.iter().copied());
        }
    }
    // What narrows a column after all years may narrow any.
    clear &= !apart || words[first_below..].iter().all(below);
    let title = |c: &Column<'_>| Title {
        text: c.words.join(" "),
        clear: clear && (c.year || c.complete),
        compares: c.complete,
    };
    let stub: Vec<&str> = words.iter().take_while(|w| !below(w) && w.1 != Kind::Phase).map(|w| w.0).collect();
    let head = Head { stub: stub.join(" "), columns: columns.iter().map(title).collect(), lines: count };
    Some(parted(head, &said[count..], glossary))
}

/// Whether every line goes on from the one before: `inkl. ändringar` under several columns may be said of any.
fn is_clear(lines: &[Said<'_>], apart: bool, glossary: &Glossary) -> bool {
    let vocabulary = glossary.vocabulary();
    let columns = |line: &str| {
        let years = words_of(line).filter(|w| number::year_in(w).is_some()).count();
        years.max(words_of(line).filter(|w| vocabulary.phase_of(w).is_some()).count())
    };
    let narrows_at_start = |line: &str| words_of(line).next().is_some_and(narrows);
    let several = |line: &str| columns(line) > 1;
    let single = |line: &str| columns(line) == 1;
    // One phase beside lines of several: a column whose head is a line higher than the others.
    let uneven = |kind: &dyn Fn(&str) -> bool| {
        let lines = || lines.iter().map(|l| l.text.as_ref()).filter(|l| kind(l));
        lines().any(several) && lines().any(single)
    };
    let names =
        |line: &str| words_of(line).any(|w| vocabulary.phase_of(w).is_some() && !narrows_at_start(line));
    let below_several = lines.windows(2).any(|w| several(&w[0].text) && narrows_at_start(&w[1].text));
    !(below_several || apart && uneven(&names))
}

/// Whether the line that names the phase has no year, so that it stands over all.
fn stands_over(lines: &[Said<'_>], glossary: &Glossary) -> bool {
    let names = |line: &&Said<'_>| words_of(&line.text).any(|w| glossary.vocabulary().phase_of(w).is_some());
    let dated = |line: &Said<'_>| words_of(&line.text).any(|w| number::year_in(w).is_some());
    let several = |line: &Said<'_>| words_of(&line.text).filter(|w| number::year_in(w).is_some()).count() > 1;
    !lines.iter().filter(names).any(dated) && lines.iter().any(several)
}

/// Whether accounts are not younger than budgets, and budgets not younger than plans: else the years went to
/// the wrong columns.
fn is_in_order(columns: &[Column<'_>]) -> bool {
    let rank = |c: &Column<'_>| match c.phases.first()? {
        PhaseWord::Actual => Some(0),
        PhaseWord::Budget | PhaseWord::AmendedBudget | PhaseWord::Forecast => Some(1),
        PhaseWord::Plan => Some(2),
        _ => None,
    };
    let year = |c: &Column<'_>| c.words.iter().find_map(|w| number::year_in(w));
    let dated: Vec<(i32, i16)> = columns.iter().filter_map(|c| Some((rank(c)?, year(c)?))).collect();
    dated.iter().all(|a| dated.iter().all(|b| a.0 >= b.0 || a.1 <= b.1))
}

/// The words of a head and what they are.
fn kinds<'t>(lines: &'t [Said<'_>], glossary: &Glossary) -> Vec<(&'t str, Kind)> {
    let vocabulary = glossary.vocabulary();
    let mut out: Vec<(&str, Kind)> = Vec::new();
    let mut change = false;
    for line in lines {
        let words: Vec<&str> = words_of(&line.text).collect();
        let scale = if out.is_empty() { scale_at_start(&words, glossary) } else { 0 };
        out.extend(words[..scale].iter().map(|w| (*w, Kind::Scale)));
        for (k, word) in words.iter().enumerate().skip(scale) {
            // `inkl. ändringar`: what follows such a word belongs to it.
            let narrowed = out.last().is_some_and(|w| narrows(w.0));
            let share = words.get(k + 1).is_some_and(|next| *next == "%");
            let phase = vocabulary.phase_of(word);
            let kind = if *word == "%" || is_range(word) {
                if change { Kind::Compared } else { Kind::Other }
            } else if is_other(word) || narrowed {
                Kind::Other
            } else if phase.is_some() || share && number::year_in(word).is_none() {
                change |= phase.is_none_or(is_complete);
                Kind::Phase
            } else if number::year_in(word).is_some() {
                Kind::Year
            } else {
                Kind::Other
            };
            out.push((word, kind));
        }
    }
    out
}

fn phase_of(word: &str, glossary: &Glossary) -> PhaseWord {
    // A word that is none stands before a sign of per cent.
    glossary.vocabulary().phase_of(word).unwrap_or(PhaseWord::Share)
}

/// Columns whose words stand one after another.
fn in_turn<'t>(
    words: &[(&'t str, Kind)],
    phases: usize,
    years: usize,
    glossary: &Glossary,
) -> Vec<Column<'t>> {
    let mut out: Vec<Column<'t>> = Vec::new();
    for &(word, kind) in words {
        let begins = match kind {
            // A phase without its year yet is named again in another language, or more closely.
            Kind::Phase => out.last().is_none_or(|c| c.year || c.complete || years == 0),
            Kind::Year => out.last().is_none_or(|c| c.year || c.complete && phases > 1),
            _ => false,
        };
        if begins {
            out.push(Column::default());
        }
        let Some(column) = out.last_mut() else { continue };
        column.words.push(word);
        if kind == Kind::Phase {
            let phase = phase_of(word, glossary);
            column.complete |= is_complete(phase);
            column.phases.push(phase);
        }
        column.year |= kind == Kind::Year;
    }
    out
}

/// Columns of which all phases are said before all years; `None` where they are not as many.
fn paired<'t>(words: &[(&'t str, Kind)], first_below: usize, glossary: &Glossary) -> Option<Vec<Column<'t>>> {
    let mut out: Vec<Column<'t>> = Vec::new();
    for &(word, kind) in &words[..first_below] {
        match kind {
            Kind::Scale => {}
            Kind::Phase => {
                let phase = phase_of(word, glossary);
                out.push(Column {
                    words: vec![word],
                    phases: vec![phase],
                    year: false,
                    complete: is_complete(phase),
                });
            }
            _ => out.iter_mut().last().into_iter().for_each(|c| c.words.push(word)),
        }
    }
    let below: Vec<&(&str, Kind)> =
        words[first_below..].iter().filter(|w| matches!(w.1, Kind::Year | Kind::Compared)).collect();
    let others = || words[first_below..].iter().filter(|w| w.1 == Kind::Other).map(|w| w.0);
    let dated = |c: &Column<'_>, kind: Kind| c.complete == (kind == Kind::Compared);
    if below.len() == out.len() && out.iter().zip(&below).all(|(c, w)| dated(c, w.1)) {
        for (column, (word, kind)) in out.iter_mut().zip(below) {
            column.words.push(word);
            column.year |= *kind == Kind::Year;
        }
        out.iter_mut().last().into_iter().for_each(|c| c.words.extend(others()));
        return Some(out);
    }
    // Changes with nothing below them.
    let open = out.iter().filter(|c| !c.complete).count();
    if below.len() != open || below.iter().any(|w| w.1 != Kind::Year) {
        return None;
    }
    for (column, (word, _)) in out.iter_mut().filter(|c| !c.complete).zip(below) {
        column.words.push(word);
        column.year = true;
    }
    out.iter_mut().last().into_iter().for_each(|c| c.words.extend(others()));
    Some(out)
}

/// A head whose columns a line of terms parts: `Bokslut 2023 Budget 2024`, `Inkomster Utgifter Netto
/// Inkomster Utgifter Netto`.
fn parted(head: Head, below: &[Said<'_>], glossary: &Glossary) -> Head {
    let Some(line) = below.first() else { return head };
    let words: Vec<&str> = line.text.split_whitespace().collect();
    let each = words.len() / head.columns.len().max(1);
    let repeats = each >= 2
        && words.len() == each * head.columns.len()
        && words.iter().enumerate().all(|(k, w)| *w == words[k % each] && glossary.is_term(w));
    if !repeats {
        return head;
    }
    let columns = head.columns.iter().flat_map(|column| {
        let text = |w: &&str| Title { text: format!("{} {w}", column.text), ..column.clone() };
        words[..each].iter().map(text).collect::<Vec<_>>()
    });
    Head { columns: columns.collect(), lines: head.lines + 1, ..head }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Vec<String> {
        let said: Vec<Said<'_>> =
            lines.iter().map(|text| Said { text: (*text).into(), trailing: 0, blanks: 0 }).collect();
        assert!(lines.iter().all(|l| is_part(l, Glossary::builtin())), "{lines:?}");
        let head = super::read(&said, Glossary::builtin()).unwrap_or_default();
        head.columns.into_iter().map(|c| c.text).collect()
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
            ["BOKSLUT 2024", "BUDGET 2025 inkl. ändringar", "BUDGET 2026", "EKONOMIPLAN 2027"]
        );
        assert_eq!(read(&["BOKSLUT", "2023", "BUDGET", "2024"]), ["BOKSLUT 2023", "BUDGET 2024"]);
        assert_eq!(
            read(&["Bokslut Budget Budget", "2023 2024 2025"]),
            ["Bokslut 2023", "Budget 2024", "Budget 2025"]
        );
        assert_eq!(read(&["TP 2023 TA 2024 TA 2025"]), ["TP 2023", "TA 2024", "TA 2025"]);
        assert_eq!(read(&["Tilinpäätös 2023", "Talousarvio 2024"]), ["Tilinpäätös 2023", "Talousarvio 2024"]);
        assert_eq!(
            read(&["Bokslut", "Tilinpäätös", "2024", "Budget", "Talousarvio", "2025"]),
            ["Bokslut Tilinpäätös 2024", "Budget Talousarvio 2025"]
        );
        assert_eq!(
            read(&["Budget 2025 Budget 2026 Förändring % Plan 2027"]),
            ["Budget 2025", "Budget 2026", "Förändring %", "Plan 2027"]
        );
        assert_eq!(read(&["1 000 € BOKSLUT", "2022", "BUDGET", "2023"]), ["BOKSLUT 2022", "BUDGET 2023"]);
        assert_eq!(read(&["Euro Bokslut 2024 Budget 2025"]), ["Bokslut 2024", "Budget 2025"]);
        assert_eq!(read(&["Budget", "2025 2026 2027"]), ["Budget 2025", "Budget 2026", "Budget 2027"]);
        assert!(read(&["2025"]).is_empty(), "a year alone is no head");
        // Which of them has two years, only places would tell.
        assert!(read(&["Bokslut Budget Ekonomiplan", "2024 2025 2026 2027"]).is_empty());
    }

    #[test]
    fn changes_compare_years() {
        assert_eq!(
            read(&["TP", "2019", "TA", "2020", "Muutos", "2019–2020", "Muutos", "%"]),
            ["TP 2019", "TA 2020", "Muutos 2019–2020", "Muutos %"]
        );
        assert_eq!(
            read(&["BOKSLUT BUDGET ÄNDRING ÄNDRING", "2023 2024 2023–2024 %"]),
            ["BOKSLUT 2023", "BUDGET 2024", "ÄNDRING 2023–2024", "ÄNDRING %"]
        );
        assert_eq!(
            read(&["tusen euro BS 2019 BU 2020 Förändr. Änd. %"]),
            ["BS 2019", "BU 2020", "Förändr.", "Änd. %"]
        );
        assert_eq!(
            read(&["Ändrad", "budget", "2024", "Budget", "2025"]),
            ["Ändrad budget 2024", "Budget 2025"]
        );
    }

    fn whole(lines: &[&str]) -> Head {
        let said: Vec<Said<'_>> =
            lines.iter().map(|text| Said { text: (*text).into(), trailing: 0, blanks: 0 }).collect();
        super::read(&said, Glossary::builtin()).unwrap_or_default()
    }

    #[test]
    fn a_line_of_terms_parts_all_columns() {
        let head =
            whole(&["Bokslut 2023 Budget 2024", "Inkomster Utgifter Inkomster Utgifter", "Hamnen 1 2 3 4"]);
        let texts: Vec<&str> = head.columns.iter().map(|c| c.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Bokslut 2023 Inkomster",
                "Bokslut 2023 Utgifter",
                "Budget 2024 Inkomster",
                "Budget 2024 Utgifter"
            ]
        );
        assert_eq!(head.lines, 2);
    }

    #[test]
    fn words_that_may_be_said_of_another_column_are_doubted() {
        let clear = |lines: &[&str]| whole(lines).columns.iter().all(|c| c.clear);
        assert!(clear(&["BOKSLUT 2024 BUDGET", "2025", "inkl. ändringar", "BUDGET", "2026"]));
        assert!(clear(&["Budget", "2025 2026 2027"]));
        assert!(!clear(&["Budget 2025", "2026 2027"]), "the others may be plans");
        assert!(!clear(&["Bokslut Budget Budget", "2023 2024 2025", "inkl. ändringar"]));
        assert!(
            !clear(&["Budget", "Bokslut Budget Plan", "2019 2020 2021 2022"]),
            "a budget before the accounts"
        );
        assert!(!clear(&["Bokslut Budget"]), "no year");
    }

    #[test]
    fn a_sentence_is_no_head() {
        for text in ["Budget för staden", "Verksamhetens intäkter", "Bokslutet godkändes 2024"] {
            assert!(!is_part(text, Glossary::builtin()), "{text}");
        }
    }
}
