//! Pieces of a head → label, phase and year of a column.
//!
//! In: what is printed over a column, top to bottom. Out: the head in one line,
//! what kind of figure stands under it, and for which year. A column without a
//! phase of its own takes that of the spanning head beside it; what no head
//! says is inferred from the book and marked so.
//! Refuses: a year for changes and shares, which compare two years.
//! Source: domain table "Phases in heads" in `glossary/SOURCES.md`.

use super::{Context, Phase, Unit};
use crate::geometry::{PageBox, Rect};
use crate::glossary::{Glossary, PhaseWord};
use crate::number;
use crate::table::{Column, Table, label};

/// Where a phase or a year comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Printed in the head.
    Printed,
    /// From a neighbouring or spanning head.
    Spanning,
    /// From the title of the table, or of a book that is of one year and phase throughout.
    Book,
    /// From what the document says.
    Inferred,
    /// From what books usually print: the accounts in a budget are those of the year before last.
    Usual,
    /// Unknown.
    Missing,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnMeaning {
    /// Head in one line.
    pub label: String,
    /// Kind of figure.
    pub phase: Phase,
    /// How the phase is known.
    pub phase_from: Certainty,
    /// Fiscal year.
    pub year: Option<i16>,
    /// How the year is known.
    pub year_from: Certainty,
    /// Unit where the column has its own.
    pub unit: Option<Unit>,
    /// Where the head stands.
    pub boxes: Vec<PageBox>,
    /// More than one piece was put together.
    pub joined: bool,
    /// What stands under it refers to notes or pages; it is no figure.
    pub reference: bool,
}

impl ColumnMeaning {
    /// What a figure says that stands under a table but under none of its heads.
    pub(crate) fn outside() -> Self {
        ColumnMeaning {
            label: String::new(),
            phase: Phase::Other,
            phase_from: Certainty::Missing,
            year: None,
            year_from: Certainty::Missing,
            unit: None,
            boxes: Vec::new(),
            joined: false,
            reference: false,
        }
    }
}

impl ColumnMeaning {
    /// Whether its head says that its figures are of no phase and no year: `Kostnadsförslag`, `Totalt 2024–2027`.
    fn is_of_no_year(&self) -> bool {
        self.phase == Phase::Other && self.phase_from == Certainty::Printed
    }
}

pub(super) fn read(table: &Table, context: &Context, glossary: &Glossary) -> Vec<ColumnMeaning> {
    let mut columns: Vec<ColumnMeaning> = table
        .columns
        .iter()
        .map(|c| {
            let mut pieces: Vec<&(crate::table::header::Piece, u32)> = c.pieces.iter().collect();
            pieces.dedup_by(|a, b| a.0.text == b.0.text && a.0.span > 1 && b.0.span > 1);
            let texts: Vec<&str> = pieces.iter().map(|p| p.0.text.as_str()).collect();
            let label = head_label(&texts);
            let (phase, year) = phase_and_year(table, c, &label, glossary);
            let unit = glossary
                .vocabulary()
                .unit_in(&label)
                .map(super::unit_of_word)
                .or((phase == Some(Phase::Share)).then_some(Unit::Percent));
            ColumnMeaning {
                phase: phase.unwrap_or(Phase::Other),
                phase_from: if phase.is_some() { Certainty::Printed } else { Certainty::Missing },
                year,
                year_from: if year.is_some() { Certainty::Printed } else { Certainty::Missing },
                unit,
                boxes: pieces.iter().map(|p| PageBox { page: p.1, rect: p.0.rect }).collect(),
                joined: pieces.len() > 1,
                reference: is_reference(&label, glossary),
                label,
            }
        })
        .collect();
    spread(&mut columns, context);
    infer(&mut columns, table, context, glossary);
    for c in &mut columns {
        if matches!(c.phase, Phase::Change | Phase::Share) {
            c.year = None;
            c.year_from = Certainty::Printed;
        }
        if c.is_of_no_year() && c.year.is_none() {
            c.year_from = Certainty::Printed;
        }
    }
    columns
}

/// The head of a column in one line, of the pieces that span several columns or of those that stand over it alone.
fn part_of_head(column: &Column, spanning: bool) -> String {
    let pieces = column.pieces.iter().filter(|p| (p.0.span > 1) == spanning);
    head_label(&pieces.map(|p| p.0.text.as_str()).collect::<Vec<_>>())
}

/// What a head prints. What stands over its column alone says more than what spans several: `Planperiod` over
/// `Budget 2026`.
fn phase_and_year(
    table: &Table,
    column: &Column,
    label: &str,
    glossary: &Glossary,
) -> (Option<Phase>, Option<i16>) {
    let vocabulary = glossary.vocabulary();
    let own = part_of_head(column, false);
    let sum = vocabulary.is_sum(without_years(&own).trim());
    if sum && span_of_years(&own) {
        // `Totalt 2024–2027` adds up columns of several years and phases.
        return (Some(Phase::Other), None);
    }
    // `Suunnitelmakausi yhteensä` adds up the plans of its years.
    let total = own.split_whitespace().next_back().is_some_and(|w| vocabulary.is_sum(w));
    if total && !sum && year_in(label).is_none() && vocabulary.phase_in(&own) == Some(PhaseWord::Plan) {
        return (Some(Phase::Other), None);
    }
    let above = part_of_head(column, true);
    // `Förändring` over `BU 2026 – BU 2025` and `%`: what stands below says between what.
    let changes = vocabulary.phase_in(&above) == Some(PhaseWord::Change);
    let measure = |own: &str| {
        let bare = own.replace('%', " ");
        vocabulary.phase_in(&bare).is_none()
            && bare.split_whitespace().any(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 5)
    };
    let phase = match vocabulary.phase_in(&own) {
        // `Soliditet %` under `Bokslut 2024` is a figure of the accounts, `%` alone a share of them.
        Some(PhaseWord::Share) if measure(&own) && !changes && !above.is_empty() => {
            vocabulary.phase_in(&above).or(Some(PhaseWord::Share))
        }
        Some(
            PhaseWord::Budget
            | PhaseWord::AmendedBudget
            | PhaseWord::Actual
            | PhaseWord::Forecast
            | PhaseWord::Plan,
        ) if changes => Some(PhaseWord::Change),
        // `Totalt` beside `Externt` and `Internt` under `Budget 2025` is no budget with its changes.
        None if sum && !above.is_empty() && !beside_changes(table, column, glossary) => {
            vocabulary.phase_in(&above)
        }
        own => own.or_else(|| vocabulary.phase_in(label)),
    };
    (phase.map(phase_of), year_in(label))
}

/// Whether a column under the same spanning head holds changes: the sum beside it has them in.
fn beside_changes(table: &Table, column: &Column, glossary: &Glossary) -> bool {
    let spanning =
        |c: &Column| -> Vec<Rect> { c.pieces.iter().filter(|p| p.0.span > 1).map(|p| p.0.rect).collect() };
    let ours = spanning(column);
    table.columns.iter().filter(|c| spanning(c).iter().any(|r| ours.contains(r))).any(|c| {
        let phase = glossary.vocabulary().phase_in(&part_of_head(c, false));
        matches!(phase, Some(PhaseWord::Change | PhaseWord::AmendedBudget))
    })
}

/// The text without its years and what is between them.
fn without_years(text: &str) -> String {
    let bare = |w: &&str| !w.chars().any(|c| c.is_ascii_digit()) && w.chars().any(char::is_alphabetic);
    text.split_whitespace().filter(bare).collect::<Vec<_>>().join(" ")
}

/// `2024–2027`.
fn span_of_years(text: &str) -> bool {
    text.split_whitespace().any(|w| {
        let mut years = w.split(['–', '-', '—', '/']).map(crate::number::year);
        matches!((years.next(), years.next(), years.next()), (Some(Some(a)), Some(Some(b)), None) if a < b)
    })
}

/// Joins pieces.
fn head_label(pieces: &[&str]) -> String {
    label::clean_head(&crate::table::header::join(pieces.iter().copied()))
}

/// Whether a head names notes, pages or accounts; the year of the column beside it may have come along.
fn is_reference(head: &str, glossary: &Glossary) -> bool {
    let words: Vec<&str> = head.split_whitespace().filter(|w| number::year(w).is_none()).collect();
    glossary.vocabulary().is_reference(&words.join(" "))
}

fn phase_of(word: PhaseWord) -> Phase {
    match word {
        PhaseWord::Actual => Phase::Actual,
        PhaseWord::Budget => Phase::Budget,
        PhaseWord::AmendedBudget => Phase::AmendedBudget,
        PhaseWord::Plan => Phase::Plan,
        PhaseWord::Forecast => Phase::Forecast,
        PhaseWord::Change => Phase::Change,
        PhaseWord::Share => Phase::Share,
        PhaseWord::Other => Phase::Other,
    }
}

/// The fiscal year in a head: `2025`, `31.12.2024`, `BS24`, `TA-25`, `TP 24`.
fn year_in(head: &str) -> Option<i16> {
    number::years(head).next_back().or_else(|| {
        let parts = head.split(|c: char| c.is_whitespace() || c == '-' || c == '–' || c == '−');
        let words: Vec<&str> = parts.filter(|w| !w.is_empty()).collect();
        words.iter().enumerate().find_map(|(i, w)| {
            let digits = w.trim_start_matches(|c: char| c.is_alphabetic() || c == '\'' || c == '’');
            let letters = w.len() - digits.len();
            let glued = letters > 0 && w.chars().next().is_some_and(char::is_alphabetic);
            let after = i > 0 && !words[i - 1].is_empty() && words[i - 1].chars().all(char::is_alphabetic);
            let short = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
            if !short || !(glued || after || w.starts_with(['\'', '’'])) {
                return None;
            }
            digits.parse::<i16>().ok().filter(|y| (5..=60).contains(y)).map(|y| 2000 + y)
        })
    })
}

/// Words beside a year that say nothing of its phase.
const PLAIN: [&str; 21] = [
    "",
    "år",
    "för",
    "året",
    "vuosi",
    "vuonna",
    "v",
    "year",
    "euro",
    "eur",
    "t",
    "kunta",
    "kaupunki",
    "konserni",
    "kommun",
    "kommunen",
    "stad",
    "staden",
    "koncern",
    "koncernen",
    "kuntayhtymä",
];

/// Whether a head says nothing but its year and whose figures they are: `2024`, `År 2024`, `Konserni 2024`.
pub(crate) fn only_year(label: &str) -> bool {
    let vocabulary = Glossary::builtin().vocabulary();
    let said = |w: &str| w.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase();
    label.split_whitespace().map(said).all(|w| PLAIN.contains(&w.as_str()) || vocabulary.is_owner(&w))
}

/// Columns without a phase take that of the neighbour under the same spanning head; one that has words of its own,
/// which were not understood, may be of another.
fn spread(columns: &mut [ColumnMeaning], context: &Context) {
    for i in 0..columns.len() {
        if columns[i].phase_from != Certainty::Missing || columns[i].year.is_none() {
            continue;
        }
        // `BUDGET` centred over 2026 | 2027 may have been read over one of them only.
        let left = columns[..i].iter().rev().find(|c| c.phase_from == Certainty::Printed);
        let candidate = left.or_else(|| columns[i + 1..].iter().find(|c| c.phase_from == Certainty::Printed));
        if let Some(c) = candidate.filter(|c| !matches!(c.phase, Phase::Change | Phase::Share)).cloned() {
            let plausible = match (c.year, columns[i].year) {
                (Some(a), Some(b)) => (a - b).abs() <= 3,
                _ => true,
            };
            // No plan is older than its book, and a budget has no accounts of its own year.
            let of_book = match (context.book_year.filter(|_| !context.accounts), columns[i].year) {
                (Some(book), Some(year)) => match c.phase {
                    Phase::Plan => year >= book,
                    Phase::Actual => year < book,
                    _ => true,
                },
                _ => true,
            };
            if plausible && of_book {
                columns[i].phase = c.phase;
                let known = only_year(&columns[i].label);
                columns[i].phase_from = if known { Certainty::Spanning } else { Certainty::Inferred };
            }
        }
    }
}

/// `TA 2024 | TA + muutokset | TA 2025`: a budget with its changes is of the year of the budget on its left.
fn same_year(columns: &mut [ColumnMeaning]) {
    for i in 1..columns.len() {
        let (left, right) = columns.split_at_mut(i);
        let (budget, amended) = (&left[i - 1], &mut right[0]);
        if amended.year.is_none()
            && amended.phase == Phase::AmendedBudget
            && budget.phase == Phase::Budget
            && budget.year_from == Certainty::Printed
        {
            amended.year = budget.year;
            amended.year_from = Certainty::Spanning;
        }
    }
}

/// `Driftsekonomidelen, budget 2026` over `Inkomster | Utgifter | Netto`: where no head says a phase or a year, the
/// title that says both says it of all columns.
fn said_by_title(columns: &mut [ColumnMeaning], table: &Table, glossary: &Glossary) -> bool {
    let bare = |c: &ColumnMeaning| {
        c.phase_from == Certainty::Missing
            && c.year.is_none()
            && !c.reference
            && c.label.chars().filter(|c| c.is_alphabetic()).count() >= 3
    };
    let different = columns.iter().enumerate().all(|(i, c)| columns[..i].iter().all(|o| o.label != c.label));
    if columns.len() < 2 || !columns.iter().all(bare) || !different {
        return false;
    }
    let said = |text: &str| {
        let phase = phase_of(glossary.vocabulary().phase_in(text)?);
        let plain = !matches!(phase, Phase::Change | Phase::Share | Phase::Other);
        (plain && number::years(text).count() == 1).then_some((phase, year_in(text)?))
    };
    let texts = table.title.as_deref().into_iter().chain(table.captions.iter().map(String::as_str));
    let Some((phase, year)) = texts.chain(table.headings.first().map(String::as_str)).find_map(said) else {
        return false;
    };
    for c in columns {
        (c.phase, c.year) = (phase, Some(year));
        (c.phase_from, c.year_from) = (Certainty::Book, Certainty::Book);
    }
    true
}

/// `Budget 2026 | Ändring | Ny budget 2026`: a budget, its change, and the budget with the change.
fn changed_budget(columns: &mut [ColumnMeaning], glossary: &Glossary) {
    for i in 2..columns.len() {
        let [from, change, to] = &mut columns[i - 2..=i] else { return };
        let budgets = from.phase == Phase::Budget && to.phase == Phase::Budget;
        let printed = from.phase_from == Certainty::Printed && to.phase_from == Certainty::Printed;
        let same = to.year == from.year || to.year.is_none();
        // What is changed before it is decided upon is no budget yet: `Styrelsens förslag | Ändring | Fullmäktiges beslut`.
        let proposed = glossary.vocabulary().is_proposal(&from.label);
        if budgets
            && printed
            && same
            && !proposed
            && change.phase == Phase::Change
            && change.unit != Some(Unit::Percent)
        {
            to.phase = Phase::AmendedBudget;
            if to.year.is_none() && from.year.is_some() {
                (to.year, to.year_from) = (from.year, Certainty::Spanning);
            }
        }
    }
}

/// Whether a text names a day other than the first or last of a year: `Fullmäktige godkänner budgeten 8.12.2020`.
fn names_a_day(text: &str) -> bool {
    text.split([' ', '–']).any(|w| {
        let w = w.trim_matches(|c: char| !c.is_ascii_digit());
        let mut parts = w.split('.').map(str::parse::<u16>);
        let (Some(Ok(day)), Some(Ok(month)), Some(Ok(year)), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let turn = matches!((day, month), (1, 1) | (31, 12));
        (1..=31).contains(&day) && (1..=12).contains(&month) && year > 1900 && !turn
    })
}

/// Whether a head is of a part of a year: `Utfall 1–8`, `Toteuma 1.1.–31.8.`.
fn of_months(head: &str) -> bool {
    head.split_whitespace().any(|w| {
        let mut ends = w.split(['–', '-']);
        let (Some(from), Some(to), None) = (ends.next(), ends.next(), ends.next()) else { return false };
        let month = to.split('/').next().unwrap_or(to);
        from == "1" && month.parse::<u8>().is_ok_and(|m| (2..=12).contains(&m))
            || from == "1.1." && to.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// `Budget | Ändringar | Utfall | Avvikelse`: a budget and what became of it, which are of one year if none is printed.
fn compares(columns: &[ColumnMeaning]) -> bool {
    let any = |phases: &[Phase]| columns.iter().any(|c| phases.contains(&c.phase));
    columns.iter().all(|c| c.year.is_none())
        && any(&[Phase::Budget, Phase::AmendedBudget])
        && any(&[Phase::Actual])
        && any(&[Phase::Change, Phase::Share])
}

fn infer(columns: &mut [ColumnMeaning], table: &Table, context: &Context, glossary: &Glossary) {
    // A sentence or an item of a list that stands near says nothing of the table, nor does the title of the book:
    // `Budget 2026 och ekonomiplan 2027–2028`.
    let prose = |t: &str| t.ends_with('.') || t.starts_with(['•', '▪', '–', '-', '*']);
    let says = |t: &&str| !prose(t) && number::years(t).count() <= 1;
    let captions = table.captions.iter().map(String::as_str);
    let texts: Vec<&str> = captions.chain(table.title.as_deref()).filter(says).collect();
    let said_phase = texts
        .iter()
        .find_map(|t| glossary.vocabulary().phase_in(t))
        .map(phase_of)
        .filter(|p| !matches!(p, Phase::Change | Phase::Share | Phase::Other));
    // In full: `under 13 dagar` is no year. Nor is the day of a decision.
    let said_year = texts.iter().filter(|t| !names_a_day(t)).find_map(|t| number::years(t).next());
    let any_phase = columns.iter().any(|c| c.phase_from == Certainty::Printed);
    let alone = columns.len() == 1;
    if said_by_title(columns, table, glossary) {
        return;
    }
    let compared = compares(columns);
    same_year(columns);
    changed_budget(columns, glossary);
    for c in columns.iter_mut() {
        if c.unit.is_some() && c.phase_from == Certainty::Missing && c.year.is_none() {
            continue;
        }
        if c.year.is_none()
            && !matches!(c.phase, Phase::Change | Phase::Share)
            && !c.is_of_no_year()
            && (alone || c.phase_from != Certainty::Missing)
            && let Some(y) = said_year.or(context.book_year)
        {
            let before = c.phase == Phase::Actual
                && said_year.is_none()
                && !context.accounts
                && !of_months(&c.label)
                && !compared;
            c.year = Some(if before { y - 2 } else { y });
            c.year_from = if before { Certainty::Usual } else { Certainty::Inferred };
        }
        // `31.12.2024`, `1.1.–31.12.2024`: a closing date heads accounts, but a budget has no accounts of its own year.
        let closed = |year: i16| context.accounts || context.book_year.is_none_or(|book| year < book - 1);
        if c.phase_from == Certainty::Missing && c.year.is_some_and(closed) && c.label.contains("31.12.") {
            c.phase = Phase::Actual;
            c.phase_from = Certainty::Spanning;
        }
        if c.phase_from == Certainty::Missing && (c.year.is_some() || alone) {
            let by_book = |year: i16| {
                let book = context.book_year?;
                Some(if context.accounts || year <= book - 2 {
                    Phase::Actual
                } else if year <= book {
                    Phase::Budget
                } else {
                    Phase::Plan
                })
            };
            let phase = if any_phase { None } else { said_phase.or(c.year.and_then(by_book)) };
            if let Some(phase) = phase {
                c.phase = phase;
                c.phase_from = Certainty::Inferred;
            } else if let Some(phase) = c.year.and_then(by_book) {
                c.phase = phase;
                c.phase_from = Certainty::Inferred;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_alone() {
        assert!(only_year("2024") && only_year("År 2024") && only_year("Konserni 2024"));
        assert!(!only_year("År 2024 Ändrad") && !only_year("Muutos 2024") && !only_year("XBUD 2024"));
    }

    #[test]
    fn days() {
        assert!(names_a_day("Fullmäktige godkänner budgeten 8.12.2020") && names_a_day("21.–23.10.2020"));
        assert!(!names_a_day("Balansräkning 31.12.2024") && !names_a_day("1.1.2024–31.12.2024"));
        assert!(!names_a_day("11.04.01 Stadskansliet"));
    }

    #[test]
    fn months() {
        assert!(of_months("Utfall 1–8") && of_months("Toteuma 1-4/2025") && of_months("Utfall 1.1.–31.8."));
        assert!(!of_months("Bokslut 2024") && !of_months("Elever i åk 1") && !of_months("Plan 2026–2028"));
    }

    #[test]
    fn a_budget_after_its_change_is_amended() {
        let column = |phase, year| ColumnMeaning {
            phase,
            phase_from: Certainty::Printed,
            year,
            ..ColumnMeaning::outside()
        };
        let last = |year: Option<i16>| {
            let budget = column(Phase::Budget, Some(2025));
            let mut columns = vec![budget, column(Phase::Change, None), column(Phase::Budget, year)];
            changed_budget(&mut columns, Glossary::builtin());
            (columns[2].phase, columns[2].year)
        };
        assert_eq!(last(Some(2025)), (Phase::AmendedBudget, Some(2025)));
        assert_eq!(last(None), (Phase::AmendedBudget, Some(2025)));
        assert_eq!(last(Some(2026)), (Phase::Budget, Some(2026)));
    }

    #[test]
    fn heads_in_one_line() {
        assert_eq!(head_label(&["BUDGET", "2025", "inkl. ändringar"]), "BUDGET 2025 inkl. ändringar");
        assert_eq!(head_label(&["EKONOMIPLA", "N", "2027"]), "EKONOMIPLAN 2027");
        assert_eq!(head_label(&["Talous-", "arvio", "2025"]), "Talousarvio 2025");
    }

    #[test]
    fn the_head_of_one_column_says_more_than_one_over_several() {
        let piece = |text: &str, span| {
            (crate::table::header::Piece { text: text.to_owned(), rect: Default::default(), span }, 1)
        };
        let column = |pieces: Vec<_>| crate::table::Column { pieces, ..Default::default() };
        let table = Table {
            columns: vec![
                column(vec![piece("Planperiod", 2), piece("Budgetförslag", 1), piece("2026", 1)]),
                column(vec![piece("Planperiod", 2), piece("2027", 1)]),
                column(vec![piece("2027", 1), piece("Not", 1)]),
            ],
            ..Table::default()
        };
        let columns = read(&table, &Context::default(), Glossary::builtin());
        assert_eq!(columns.iter().map(|c| c.phase).collect::<Vec<_>>()[..2], [Phase::Budget, Phase::Plan]);
        assert_eq!(columns.iter().map(|c| c.reference).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn years() {
        for (head, year) in [
            ("Bokslut 31.12.2024", Some(2024)),
            ("BS24", Some(2024)),
            ("TA-25", Some(2025)),
            ("TP 24", Some(2024)),
            ("BS -18", Some(2018)),
            ("TA ’25", Some(2025)),
            ("Budget", None),
            ("Förändring 12", Some(2012)),
            ("1-12", None),
        ] {
            assert_eq!(year_in(head), year, "{head}");
        }
    }
}
