//! Lines after a head → the rows of its table.
//!
//! In: the lines of a page, where a head may begin. Out: a [`Block`]: the columns, and rows of which every
//! figure has its column. Rows reach to the last line with figures before prose or another head.
//! Refuses: a head under which no row has figures.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::Said;
use super::head::{self, Head, Title};
use super::label::{self, Habit, Labelling, Style};
use crate::glossary::{Context, Glossary};
use crate::grouping::{self, Choice, Sum, Way};
use crate::layout::Anew;
use crate::number::{self, Point};
use crate::table;

/// Lines without figures after which a table is over.
const PAUSE: usize = 6;
/// Words of a label at most; more are prose.
const LABEL_WORDS: usize = 12;
/// One row in so many may have groups that do not go under the heads.
const MISFITS: usize = 8;

/// The text does not say where a figure begins and ends, or in which column it stands.
pub(super) const FLATTENED: &str = "flattened-text";
/// The digits of a row make other figures too, and no sum decides.
const GROUPING: &str = "ambiguous-grouping";
/// It is not known which lines are the label of a row.
const LINES: &str = "label-lines";

/// A table of the text.
pub(super) struct Block {
    /// What stands over the labels.
    pub(super) stub: String,
    /// Heads, one a column.
    pub(super) columns: Vec<Title>,
    pub(super) entries: Vec<Entry>,
}

/// A row of a table: a label and figures.
pub(super) struct Entry {
    pub(super) label: String,
    /// What stands between the label and the figures, in a column of units.
    pub(super) unit: Option<String>,
    /// One a column, where it has any.
    pub(super) figures: Vec<Option<Figure>>,
}

/// A figure and what is known of it.
pub(super) struct Figure {
    pub(super) text: String,
    pub(super) anew: Anew,
}

/// A line cut into label and digit groups.
pub(super) struct Cut<'t> {
    pub(super) label: &'t str,
    pub(super) groups: Vec<Cow<'t, str>>,
    pub(super) trailing: usize,
    /// A figure lost what may be a note mark or a digit of its own.
    noted: bool,
    /// What stands at the end of the label may be no part of it.
    unsure: bool,
}

impl Cut<'_> {
    /// Figures without a label.
    pub(super) fn is_bare(&self) -> bool {
        self.label.is_empty() && !self.groups.is_empty()
    }
}

/// What begins at a line.
pub(super) enum Found {
    /// A table, and how many lines it takes.
    Table(Block, usize),
    /// So many lines that are no table: one, or all lines of a head that is not understood.
    Nothing(usize),
}

/// The table whose head begins at the first line, if one does.
pub(super) fn block(said: &[Said<'_>], habit: Habit, glossary: &Glossary) -> Found {
    let heads = said.iter().take_while(|s| head::is_part(&s.text, glossary)).count();
    match table(said, habit, glossary) {
        Some((block, lines)) => Found::Table(block, lines),
        None => Found::Nothing(heads.max(1)),
    }
}

fn table(said: &[Said<'_>], habit: Habit, glossary: &Glossary) -> Option<(Block, usize)> {
    let Head { stub, columns, lines: heads } = head::read(said, glossary)?;
    let mut cuts = body(&said[heads..], columns.len(), habit, glossary);
    // Cells left empty at the end of a row leave blanks there, more than other rows end with.
    let usual = cuts.iter().filter(|c| !c.groups.is_empty()).map(|c| c.trailing).min().unwrap_or(0);
    let nets: Vec<grouping::Row> = cuts
        .iter()
        .map(|c| {
            let groups: Vec<&str> = c.groups.iter().map(AsRef::as_ref).collect();
            if c.trailing > usual && columns.len() > 1 {
                grouping::Row::ended(&groups, columns.len())
            } else {
                grouping::Row::new(&groups, columns.len())
            }
        })
        .collect();
    let changes = columns.iter().filter(|c| c.compares).count();
    if !fits(&cuts, &nets, columns.len(), changes) {
        return None;
    }
    let units = units(&mut cuts, glossary);
    let labelling = Labelling::new(glossary, usual, habit);
    let rows = labelling.rows(&cuts);
    let own: Vec<grouping::Row> = rows
        .iter()
        .map(|row| row.cut.map_or_else(|| grouping::Row::new(&[], columns.len()), |k| nets[k].clone()))
        .collect();
    let readable = |k: usize| own[k].is_readable();
    let choices = grouping::solve(&own, &sums(&rows, &readable, glossary));
    // A head of one column may be the title of a book, and what stands below it its contents.
    let lone = columns.len() == 1;
    let entries = rows
        .into_iter()
        .zip(choices.iter().zip(&own))
        .map(|(row, (choice, net))| {
            let mut figures = match row.cut {
                Some(k) if net.is_readable() => figures(&cuts[k], net, choice, usual),
                Some(k) => misfit(&cuts[k], columns.len()),
                None => Vec::new(),
            };
            for (figure, column) in figures.iter_mut().zip(&columns) {
                let Some(Figure { anew, .. }) = figure else { continue };
                anew.doubts.extend((row.unsure || row.cut.is_some_and(|k| cuts[k].unsure)).then_some(LINES));
                // Of a head without its year it is not known whether it was read in full.
                if (lone || !column.clear) && !anew.doubts.contains(&FLATTENED) {
                    anew.doubts.push(FLATTENED);
                }
            }
            let unit = row.cut.and_then(|k| units.get(k).cloned().flatten());
            Entry { label: row.label, unit, figures }
        })
        .collect();
    Some((Block { stub, columns, entries }, heads + cuts.len()))
}

/// The lines after a head up to the last one of a row with figures.
fn body<'t>(said: &'t [Said<'_>], columns: usize, habit: Habit, glossary: &Glossary) -> Vec<Cut<'t>> {
    let mut cuts: Vec<Cut<'_>> = Vec::new();
    let mut last = 0;
    let any = Labelling::new(glossary, usize::MAX, habit);
    for (k, s) in said.iter().enumerate() {
        let mut cut = cut(s);
        if columns > 1 && label::is_code(&s.text) {
            (cut.label, cut.groups) = (&s.text, Vec::new());
        }
        if cut.groups.len() < 2 && head::begins(&said[k..], glossary) || is_prose(&cut) {
            break;
        }
        let figures = !cut.groups.is_empty();
        // The number of the page, not a row: nothing says what it would be.
        let named = !cut.label.is_empty()
            || cuts.last().is_some_and(|c| c.groups.is_empty())
            || habit.style != Style::Before && cut.groups.len() >= columns;
        if figures && !named && cut.groups.len() < columns {
            break;
        }
        // Where labels follow their figures, the last one belongs to the table too.
        let follows = habit.style != Style::Before
            && !figures
            && match cuts.as_slice() {
                [.., bare, label] if bare.is_bare() => any.forward(label, cut.label),
                [.., bare] => bare.is_bare(),
                [] => false,
            };
        cuts.push(cut);
        if figures || follows {
            last = cuts.len();
        } else if cuts.len() - last > PAUSE {
            break;
        }
    }
    cuts.truncate(last);
    cuts
}

/// Takes the column of units off the labels: `Lånestock €/invånare`. It is one where most rows end so, and
/// with several units; `Lånestock, €/invånare` is a label.
fn units(cuts: &mut [Cut<'_>], glossary: &Glossary) -> Vec<Option<String>> {
    let split = |cut: &Cut<'_>| -> Option<(usize, String)> {
        let at = cut.label.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let (name, unit) = (cut.label[..at].trim_end(), &cut.label[at..]);
        let known =
            matches!(unit, "%" | "€") || unit.contains('/') || glossary.vocabulary().unit_of(unit).is_some();
        (known && !cut.groups.is_empty() && !name.ends_with(',')).then(|| (name.len(), unit.to_owned()))
    };
    let found: Vec<Option<(usize, String)>> = cuts.iter().map(split).collect();
    let rows = cuts.iter().filter(|c| !c.groups.is_empty()).count();
    let with = found.iter().flatten().count();
    let mut kinds: Vec<&str> = found.iter().flatten().map(|f| f.1.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if 3 * with < 2 * rows || kinds.len() < 2 {
        // A unit may belong to the label or not.
        for (cut, found) in cuts.iter_mut().zip(&found) {
            cut.unsure |= found.is_some();
        }
        return Vec::new();
    }
    let cut = |(cut, found): (&mut Cut<'_>, Option<(usize, String)>)| {
        let (end, unit) = found?;
        // Without places it may as well be the end of the label.
        (cut.label, cut.unsure) = (&cut.label[..end], true);
        Some(unit)
    };
    cuts.iter_mut().zip(found).map(cut).collect()
}

/// Whether the rows have as many figures as the head has columns: nearly all can be read so, most fill every
/// column, and where each figure has its sign, the signs count the columns.
fn fits(cuts: &[Cut<'_>], nets: &[grouping::Row], columns: usize, changes: usize) -> bool {
    let rows = cuts.iter().filter(|c| !c.groups.is_empty()).count();
    let readable = nets.iter().filter(|net| net.is_readable()).count();
    let full = nets.iter().filter(|net| net.is_full()).count();
    let is_signed = |group: &&Cow<'_, str>| group.starts_with(number::is_minus);
    let signs: Vec<usize> = cuts
        .iter()
        .filter(|c| c.groups.first().is_some_and(|g| is_signed(&g)))
        .map(|c| c.groups.iter().filter(is_signed).count())
        .filter(|n| *n >= 2)
        .collect();
    // A change may be an increase where the figures that it compares have signs.
    let counted = signs.iter().filter(|n| (columns - changes..=columns).contains(n)).count();
    (rows - readable) * MISFITS <= rows && full > 0 && 2 * full >= rows && 2 * counted >= signs.len()
}

fn is_prose(cut: &Cut<'_>) -> bool {
    let words = cut.label.split_whitespace().count();
    words > LABEL_WORDS
        || cut.groups.is_empty() && is_note(cut.label)
        || cut.groups.is_empty() && (cut.label.ends_with('.') && words > 2 || cut.label.ends_with(':'))
}

/// The longest end of the line that is figures.
pub(super) fn cut<'t>(said: &'t Said<'_>) -> Cut<'t> {
    let text: &'t str = &said.text;
    let mut groups: Vec<Cow<'t, str>> = Vec::new();
    let mut start = text.len();
    let mut rest = text;
    let mut unit: Option<&str> = None;
    let mut noted = false;
    while let Some(word) = rest.split_whitespace().next_back() {
        let at = rest.rfind(word).unwrap_or(0);
        if unit.is_none() && matches!(word, "%" | "€") {
            (unit, rest) = (Some(word), &text[..at]);
            continue;
        }
        let bare = if opens(&text[..at]) { None } else { without_note(word) };
        noted |= bare.is_some();
        let word = bare.unwrap_or(word);
        if !is_group(word) && !is_half(word) {
            break;
        }
        groups.push(unit.take().map_or(Cow::Borrowed(word), |unit| format!("{word} {unit}").into()));
        (start, rest) = (at, &text[..at]);
    }
    groups.reverse();
    let label = without_mark(text[..start].trim_end());
    Cut { label, groups, trailing: said.trailing, noted, unsure: is_marked(label) }
}

/// Whether a word is a figure, a group of one, or a lone dash.
fn is_group(word: &str) -> bool {
    number::is_nil(word)
        || word.starts_with(|c: char| c.is_ascii_digit() || number::is_minus(c) || c == '+' || c == '(')
            && number::parse(word, Point::Group).is_some()
}

/// One end of a figure in parentheses: `(12` or `500)`.
fn is_half(word: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    word.strip_prefix('(').is_some_and(digits) || word.strip_suffix(')').is_some_and(digits)
}

/// Whether the last words of a text are the beginning of a figure in parentheses.
fn opens(text: &str) -> bool {
    let digits = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    text.split_whitespace().rev().find(|word| !digits(word)).is_some_and(|w| w.starts_with('(') && is_half(w))
}

/// A figure whose note mark fell down to its digits, `4381621)`, without it.
fn without_note(word: &str) -> Option<&str> {
    let inside = word.strip_suffix(')').filter(|w| !w.contains('('))?;
    let figure = &inside[..inside.len().checked_sub(1)?];
    (figure.bytes().last()?.is_ascii_digit() && inside.bytes().last()?.is_ascii_digit() && is_group(figure))
        .then_some(figure)
}

/// A label without a note mark that fell down to its last letter: `Avgiftsintäkter1)`.
fn without_mark(label: &str) -> &str {
    let bare = label.strip_suffix(')').map(|l| l.trim_end_matches(|c: char| c.is_ascii_digit()));
    let cut = |bare: &&str| {
        let mark = label.len() - bare.len();
        (2..=3).contains(&mark) && bare.ends_with(char::is_alphabetic) && !bare.contains('(')
    };
    bare.filter(cut).unwrap_or(label)
}

/// Whether a digit clings to the last word of a label: its own, or a note mark.
fn is_marked(label: &str) -> bool {
    let last = label.split_whitespace().next_back().unwrap_or_default();
    let bare = last.trim_end_matches(|c: char| c.is_ascii_digit() || ")*,".contains(c));
    bare.len() < last.len() && bare.ends_with(char::is_alphabetic) && !last.contains('(')
}

/// Whether a line is a note below a table: `1) Innehåller …`, `* inkl. …`.
fn is_note(label: &str) -> bool {
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    label.starts_with('*') || rest.len() < label.len() && rest.starts_with(')')
}

/// The figures of a row by column, and whether it is open where they begin and end.
fn figures(cut: &Cut<'_>, net: &grouping::Row, choice: &Choice, usual: usize) -> Vec<Option<Figure>> {
    let filled = choice.way.iter().flatten().count();
    let mut doubts = Vec::new();
    // Only blanks at the end or a sum tell which cells are empty; and a note mark is told by a sum only.
    let told = filled == choice.way.len() || cut.trailing > usual;
    if !choice.proven && (!told || cut.noted) {
        doubts.push(FLATTENED);
    }
    // `12 345 678` under three heads may be three figures or one: then a sum must say so.
    if !choice.sure || net.fewest() < filled && !choice.proven {
        doubts.push(GROUPING);
    }
    let text = |(a, b): (usize, usize)| cut.groups[a..b].join(" ");
    let value = |way: &Way, column: usize| -> Option<Decimal> {
        way.get(column).copied()?.and_then(|f| number::parse(&text(f), Point::Group)).map(|n| n.value)
    };
    let solved = choice.proven && (net.fewest() < filled || !net.is_single());
    let figure = |(column, cell): (usize, &Option<(usize, usize)>)| {
        let own = value(&choice.way, column);
        let mut others: Vec<Decimal> = Vec::new();
        for other in choice.others.iter().filter_map(|way| value(way, column)) {
            if Some(other) != own && !others.contains(&other) {
                others.push(other);
            }
        }
        cell.map(|f| Figure { text: text(f), anew: Anew { doubts: doubts.clone(), solved, others } })
    };
    choice.way.iter().enumerate().map(figure).collect()
}

/// A row whose groups do not go under the heads: its last figures, for what they are worth.
fn misfit(cut: &Cut<'_>, columns: usize) -> Vec<Option<Figure>> {
    let anew = Anew { doubts: vec![FLATTENED], ..Anew::default() };
    let last = cut.groups.len().saturating_sub(columns);
    let figure = |g: &Cow<'_, str>| Some(Figure { text: g.to_string(), anew: anew.clone() });
    cut.groups[last..].iter().map(figure).collect()
}

/// What adds up to what: by the glossary, and sums over the rows before them.
fn sums(rows: &[label::Row], readable: &dyn Fn(usize) -> bool, glossary: &Glossary) -> Vec<Sum> {
    let concept = |row: &label::Row| {
        let label = table::label::clean(&[&row.label]).text;
        glossary.lookup(&Context::default(), &label).map(|found| found.concept)
    };
    let concepts: Vec<_> = rows.iter().map(concept).collect();
    let mut out: Vec<Sum> = Vec::new();
    let mut add = |total: usize, terms: Vec<(usize, i8)>| {
        let sum = Sum { total, terms };
        if sum.terms.len() >= 2 && !out.contains(&sum) {
            out.push(sum);
        }
    };
    for (total, found) in concepts.iter().enumerate().filter(|(k, _)| readable(*k)) {
        for sum in found.iter().flat_map(|c| &c.sums) {
            let mut terms = Vec::new();
            for term in &sum.terms {
                let named =
                    |k: &usize| readable(*k) && *k != total && concepts[*k].is_some_and(|c| c.id == term.id);
                if let Some(row) = (0..total).rev().find(named) {
                    terms.push((row, term.weight));
                }
            }
            add(total, terms);
        }
    }
    let vocabulary = glossary.vocabulary();
    let is_sum = |k: usize| rows[k].label.split_whitespace().any(|word| vocabulary.is_sum(word));
    let term = |k: usize| readable(k) && !vocabulary.starts_memo(&rows[k].label);
    for total in (0..rows.len()).filter(|&k| readable(k) && is_sum(k)) {
        let plus = |k: usize| (k, 1);
        let before = || (0..total).rev();
        // Since the sum before, since the heading before, or all sums before.
        add(total, before().take_while(|&k| !is_sum(k)).filter(|&k| term(k)).map(plus).collect());
        add(
            total,
            before()
                .take_while(|&k| rows[k].cut.is_some() && !is_sum(k))
                .filter(|&k| term(k))
                .map(plus)
                .collect(),
        );
        add(total, before().filter(|&k| term(k) && is_sum(k)).map(plus).collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> (String, Vec<String>) {
        let said = Said { text: text.into(), trailing: 0, blanks: 0 };
        let cut = cut(&said);
        (cut.label.to_owned(), cut.groups.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn figures_end_a_line() {
        let figures = |text| parts(text).1;
        assert_eq!(
            parts("Skattesats, % 9,0 % 9,2 %"),
            ("Skattesats, %".into(), vec!["9,0 %".into(), "9,2 %".into()])
        );
        assert_eq!(
            parts("Avgiftsintäkter1) 438 500"),
            ("Avgiftsintäkter".into(), vec!["438".into(), "500".into()])
        );
        assert_eq!(figures("Hyror 4381621) 471720"), ["438162", "471720"]);
        assert_eq!(figures("Andelar 16 774- –"), ["16", "774-", "–"]);
        assert_eq!(figures("Bidrag (12 500) 3"), ["(12", "500)", "3"]);
    }

    #[test]
    fn units_stand_in_a_column_where_most_rows_have_one() {
        let glossary = Glossary::builtin();
        let of = |lines: &[&str]| {
            let said: Vec<Said<'_>> =
                lines.iter().map(|text| Said { text: (*text).into(), trailing: 0, blanks: 0 }).collect();
            let mut cuts: Vec<Cut<'_>> = said.iter().map(cut).collect();
            let units = units(&mut cuts, glossary);
            (cuts.iter().map(|c| c.label.to_owned()).collect::<Vec<_>>(), units.len())
        };
        let (labels, units) =
            of(&["Lånestock €/invånare 3 298", "Soliditet % 49,8", "Invånare 31.12 antal 7 377"]);
        assert_eq!((labels[2].as_str(), units), ("Invånare 31.12", 3));
        let (labels, units) = of(&["Lånestock, €/invånare 3 298", "Soliditet, % 49,8"]);
        assert_eq!((labels[0].as_str(), units), ("Lånestock, €/invånare", 0));
    }
}
