//! Lines of labels → rows: which lines are one label, and which stand alone.
//!
//! In: the lines of a table, cut into labels and figures. Out: a [`Row`] for each line with figures and for
//! each heading. The figures may stand on the first line of their label, on its last, or on a line of their
//! own, before or after it: one document does it one way ([`Style`]). Lines are one label where the first
//! breaks off, the second begins small, or both make a term of the glossary that the first is not. Refuses:
//! to be sure of a label where two lines could as well be one.

use super::Said;
use super::head;
use super::rows::{self, Cut};
use crate::glossary::Glossary;
use crate::table::label;
use crate::table::repair::{is_hyphenated, is_unfinished};

/// Two lines that together take less than this of the widest label would not have been broken apart; widths
/// are guessed from letters.
const ROOM: f32 = 0.6;
/// A column of labels is hardly wider than this times the widest line that was broken in it.
const BROKEN: f32 = 1.3;

/// Where the label of figures stands that are on a line of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Before them.
    Before,
    /// After them.
    After,
    /// The document does both.
    Mixed,
}

/// What a document does with all its labels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Habit {
    pub(super) style: Style,
    /// Whether any label goes on into a line with figures.
    onto: bool,
    /// The widest line that was broken.
    broken: f32,
}

impl Habit {
    /// What the lines of a document show.
    pub(super) fn of(pages: &[Vec<Said<'_>>], glossary: &Glossary) -> Habit {
        let mut habit = Habit { style: Style::Before, onto: false, broken: 0.0 };
        let (mut before, mut after) = (0, 0);
        for page in pages {
            let cuts: Vec<Cut<'_>> = page.iter().map(rows::cut).collect();
            for (k, cut) in cuts.iter().enumerate() {
                // A page number and the years of a head are no row.
                if !cut.is_bare() || cut.groups.len() < 2 || head::is_part(&page[k].text, glossary) {
                    continue;
                }
                let is_label =
                    |k: Option<usize>| k.and_then(|k| cuts.get(k)).is_some_and(|c| c.groups.is_empty());
                match (is_label(k.checked_sub(1)), is_label(Some(k + 1))) {
                    (true, false) => before += 1,
                    (false, true) => after += 1,
                    _ => {}
                }
            }
            let any = Labelling::new(glossary, usize::MAX, habit);
            // Up to two lines without figures before some: longer runs are prose.
            for lines in cuts.windows(3).filter(|w| w[0].groups.len() >= 2 && w[1].groups.is_empty()) {
                let (upper, lower) = (&lines[1], &lines[2]);
                if lower.label.is_empty() || !any.forward(upper, lower.label) {
                    continue;
                }
                habit.onto |= lower.groups.len() >= 2;
                habit.broken = habit.broken.max(extent(upper.label));
            }
        }
        habit.style = match (before, after) {
            (0, 0 | 1) => Style::Mixed,
            (_, 0) => Style::Before,
            (0, _) => Style::After,
            (b, a) if b > 8 * a => Style::Before,
            (b, a) if a > 8 * b => Style::After,
            _ => Style::Mixed,
        };
        habit
    }
}

/// A row: its label in one line, and the line that holds its figures.
pub(super) struct Row {
    pub(super) label: String,
    pub(super) cut: Option<usize>,
    /// Whether lines around it could as well belong to another row, or to none.
    pub(super) unsure: bool,
}

/// What says that a line of a label goes on with another.
pub(super) struct Labelling<'g> {
    glossary: &'g Glossary,
    /// Blanks at the end of a row without empty cells.
    usual: usize,
    style: Style,
    habit: Habit,
}

impl<'g> Labelling<'g> {
    pub(super) fn new(glossary: &'g Glossary, usual: usize, habit: Habit) -> Self {
        Labelling { glossary, usual, style: habit.style, habit }
    }

    /// Puts the lines of labels together.
    pub(super) fn rows(&self, cuts: &[Cut<'_>]) -> Vec<Row> {
        let widest = self.widest(cuts);
        let onto = self.habit.onto;
        let mut out: Vec<Row> = Vec::new();
        let mut open: Vec<&Cut<'_>> = Vec::new();
        for (k, cut) in cuts.iter().enumerate() {
            if cut.groups.is_empty() {
                open.push(cut);
                continue;
            }
            let mut row = Row { label: cut.label.to_owned(), cut: Some(k), unsure: false };
            let mut from = self.go_back(&mut out, &mut row, &open, cut.label);
            let next_is_label = cuts.get(k + 1).is_some_and(|c| c.groups.is_empty());
            let begun = open[from..].last().is_some_and(|line| breaks_off(line.label));
            let takes_next = match self.style {
                Style::Before => false,
                Style::After => next_is_label && !begun,
                Style::Mixed => next_is_label && from == open.len(),
            };
            if cut.is_bare() && (takes_next || self.style == Style::Mixed && next_is_label) {
                // Both sides offer a label, and the document does not say which side it is.
                row.unsure |= self.style == Style::Mixed;
            }
            if cut.is_bare() && takes_next {
                // A heading, or a line that the label of these figures begins with.
                row.unsure |= open
                    .get(from..)
                    .unwrap_or_default()
                    .last()
                    .is_some_and(|l| !self.is_section(l.label, cuts));
                for heading in &open[from..] {
                    out.push(Row { label: heading.label.to_owned(), cut: None, unsure: false });
                }
                open.clear();
                out.push(row);
                continue;
            }
            // The rest goes on into this row, or stands by itself.
            let mut chain = String::new();
            while from < open.len() {
                let line = open[from];
                if chain.is_empty() {
                    line.label.clone_into(&mut chain);
                } else {
                    label::append(&mut chain, line.label);
                }
                let next = open.get(from + 1).map_or(cut.label, |c| c.label);
                if !self.forward(line, next) && !self.term(&chain, next) {
                    let last = from + 1 == open.len();
                    row.unsure |= !(self.is_section(&chain, cuts) && self.glossary.is_term(next))
                        && Self::is_doubtful(&chain, next, widest)
                        && (onto || !last || cut.is_bare());
                    out.push(Row { label: std::mem::take(&mut chain), cut: None, unsure: false });
                }
                from += 1;
            }
            if !chain.is_empty() {
                if !row.label.is_empty() {
                    label::append(&mut chain, &row.label);
                }
                row.label = chain;
            }
            // `sammanlagt` alone needs to say of what, and may say it in the line above.
            let begins = row.label.split_whitespace().next().is_some_and(|w| self.is_lone_sum(w));
            let above = out.last().is_some_and(|r| r.cut.is_none());
            row.unsure |= self.is_lone_sum(&row.label) || begins && above;
            open.clear();
            out.push(row);
        }
        if !open.is_empty() {
            let mut none = Row { label: String::new(), cut: None, unsure: false };
            let from = self.go_back(&mut out, &mut none, &open, "-");
            let rest = open[from..].iter();
            out.extend(rest.map(|line| Row { label: line.label.to_owned(), cut: None, unsure: false }));
        }
        // What is missing of a label may have fallen elsewhere.
        out.iter_mut().for_each(|row| row.unsure |= row.label.is_empty() || breaks_off(&row.label));
        out
    }

    /// How wide the column of labels is at most.
    fn widest(&self, cuts: &[Cut<'_>]) -> f32 {
        let whole = cuts.iter().filter(|c| !c.groups.is_empty()).map(|c| extent(c.label)).fold(0.0, f32::max);
        // Beside it may stand the same in another language; lines that were broken tell its own width.
        let broken = if self.habit.broken > 0.0 { self.habit.broken * BROKEN } else { whole };
        whole.min(broken)
    }

    /// Gives the row before what goes on from it; how many of the open lines that are.
    fn go_back(&self, out: &mut [Row], row: &mut Row, open: &[&Cut<'_>], below: &str) -> usize {
        let mut from = 0;
        let Some(before) = out.last_mut().filter(|r| r.cut.is_some()) else { return from };
        let lacks = before.label.is_empty() && self.style != Style::Before;
        if lacks {
            let Some(first) = open.first() else { return from };
            first.label.clone_into(&mut before.label);
            from = 1;
        }
        while from < open.len()
            && (self.backward(&before.label, open[from]) || lacks && self.is_lone_sum(open[from].label))
        {
            let next = open.get(from + 1).map_or(below, |c| c.label);
            if self.forward(open[from], next) {
                (before.unsure, row.unsure) = (true, true);
                break;
            }
            label::append(&mut before.label, open[from].label);
            from += 1;
        }
        from
    }

    /// Whether a line names a part of the table: a term, or what a sum of the table is of.
    fn is_section(&self, line: &str, cuts: &[Cut<'_>]) -> bool {
        let vocabulary = self.glossary.vocabulary();
        let sum_of = |c: &Cut<'_>| {
            let rest = c.label.strip_prefix(line).map(str::trim);
            rest.is_some_and(|rest| !rest.is_empty() && rest.split_whitespace().all(|w| vocabulary.is_sum(w)))
        };
        self.glossary.is_term(line) || cuts.iter().any(sum_of)
    }

    /// Whether a line that was left standing could be the beginning of the label below it.
    fn is_doubtful(line: &str, next: &str, widest: f32) -> bool {
        let first = next.split_whitespace().next().unwrap_or_default();
        extent(line) + extent(" ") + extent(first) > ROOM * widest
    }

    /// Whether the next line goes on from this one.
    pub(super) fn forward(&self, line: &Cut<'_>, next: &str) -> bool {
        if breaks_off(line.label) || next.is_empty() || is_code(line.label) {
            return true;
        }
        // Empty cells end a row.
        line.trailing <= self.usual
            && (self.is_lone_sum(next)
                || self.goes_on(next)
                || self.term(line.label, next)
                || self.sum_of(line.label, next))
    }

    /// Whether this line goes on from the row before.
    fn backward(&self, before: &str, line: &Cut<'_>) -> bool {
        breaks_off(before)
            || (self.goes_on(line.label) || self.term(before, line.label)) && !self.glossary.is_term(before)
    }

    /// A small letter at its start; `varav interna` is a row of its own.
    fn goes_on(&self, label: &str) -> bool {
        let vocabulary = self.glossary.vocabulary();
        // `(underskott)`
        label.starts_with('(')
            || label.starts_with(char::is_lowercase)
                && !vocabulary.starts_memo(label)
                // A lone `sammanlagt` needs to say of what.
                && (vocabulary.is_sum(label) || !self.glossary.is_term(label))
    }

    /// Whether two lines are one term, which the first is not alone.
    fn term(&self, first: &str, second: &str) -> bool {
        let mut joined = first.to_owned();
        label::append(&mut joined, second);
        !second.is_empty() && !self.glossary.is_term(first) && self.glossary.is_term(&joined)
    }

    /// Whether the next line first ends the label of a sum, before the same in another language:
    /// `Verksamhetens intäkter`, `sammanlagt Toimintatuotot yhteensä`.
    fn sum_of(&self, line: &str, next: &str) -> bool {
        let words: Vec<&str> = next.split_whitespace().collect();
        (1..words.len().min(4)).any(|n| {
            let mut joined = line.to_owned();
            label::append(&mut joined, &words[..n].join(" "));
            self.glossary.vocabulary().is_sum(words[n - 1])
                && (n == 1 || !self.glossary.is_term(line))
                && self.glossary.is_term(&joined)
        })
    }

    /// `SAMMANLAGT`: only words that say that something is a sum.
    fn is_lone_sum(&self, label: &str) -> bool {
        let mut words = label.split_whitespace().peekable();
        words.peek().is_some() && words.all(|word| self.glossary.vocabulary().is_sum(word))
    }
}

/// `10.01`: the code of a row on a line of its own.
pub(super) fn is_code(line: &str) -> bool {
    line.contains('.')
        && line
            .split('.')
            .all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// About how wide a text is set, a small letter being 1.
fn extent(text: &str) -> f32 {
    let width = |c: char| match c {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | ' ' | '.' | ',' | ':' | '(' | ')' | '-' | '/' => 0.6,
        'm' | 'w' => 1.4,
        c if c.is_uppercase() => 1.3,
        _ => 1.0,
    };
    text.chars().map(width).sum()
}

/// Whether a line cannot be the end of its label.
fn breaks_off(line: &str) -> bool {
    is_hyphenated(line) || is_unfinished(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The labels of rows with figures, doubtful ones with a question mark.
    fn labels(lines: &[&str]) -> Vec<String> {
        let said: Vec<Said<'_>> =
            lines.iter().map(|text| Said { text: (*text).into(), trailing: 0, blanks: 0 }).collect();
        let habit = Habit::of(std::slice::from_ref(&said), Glossary::builtin());
        let cuts: Vec<Cut<'_>> = said.iter().map(rows::cut).collect();
        let rows = Labelling::new(Glossary::builtin(), 0, habit).rows(&cuts);
        let label = |r: Row| r.label + if r.unsure { "?" } else { "" };
        rows.into_iter().filter(|r| r.cut.is_some()).map(label).collect()
    }

    #[test]
    fn labels_stand_before_their_figures() {
        let lines = [
            "VERKSAMHETENS INTÄKTER",
            "SAMMANLAGT",
            "19 312 19 398",
            "Material, förnödenheter och",
            "varor",
            "-67 560 -69 150",
            "Understöd -24 789 -35 000",
        ];
        assert_eq!(
            labels(&lines),
            ["VERKSAMHETENS INTÄKTER SAMMANLAGT", "Material, förnödenheter och varor", "Understöd"]
        );
    }

    #[test]
    fn labels_stand_after_their_figures() {
        let lines = [
            "Måltidsservice -491 -514",
            "-2 570 -2 718",
            "Ekonomi- och",
            "personaltjänster",
            "Kultur- och fritidstjänster -4 950 -5 090",
            "-9 411 -9 597",
            "Stadsstyrelsen",
            "sammanlagt",
        ];
        assert_eq!(
            labels(&lines),
            [
                "Måltidsservice",
                "Ekonomi- och personaltjänster",
                "Kultur- och fritidstjänster",
                "Stadsstyrelsen sammanlagt"
            ]
        );
    }

    #[test]
    fn a_line_that_may_begin_the_label_is_doubted() {
        let lines = [
            "Personalkostnader -25 438 -25 635",
            "Material, förnödenheter och",
            "varor -3 926 -4 111",
            "Hållbar utveckling",
            "Grön omställning -1 892 -1 857",
            "SAMMANLAGT -31 256 -31 603",
        ];
        let labels = labels(&lines);
        assert_eq!(labels[1], "Material, förnödenheter och varor");
        assert_eq!(labels[2], "Grön omställning?", "in a column that is no wider it may be one label");
        assert_eq!(labels[3], "SAMMANLAGT?", "of what?");
    }

    #[test]
    fn a_second_language_does_not_hide_a_sum() {
        let lines = ["VERKSAMHETENS KOSTNADER", "SAMMANLAGT TOIMINTAKULUT YHTEENSÄ -14 873 -15 205"];
        assert_eq!(labels(&lines), ["VERKSAMHETENS KOSTNADER SAMMANLAGT TOIMINTAKULUT YHTEENSÄ"]);
    }
}
