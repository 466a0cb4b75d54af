//! One table and what its columns mean → its facts and the table as shown.
//!
//! In: a repaired [`Table`], the [`Meaning`] of its columns, whose book it is.
//! Out: facts in row and column order. Refuses: rows without figures (they are
//! headings of the table, not facts).

use std::sync::Arc;

use rust_decimal::Decimal;

use super::confidence::{HeadDoubt, SURE, is_narrow, lower, weigh};
use super::labels::Labels;
use super::{
    Check, ColumnInfo, Fact, Phase, Repair, RowInfo, RowKind, SignConvention, Status, TableInfo, Unit,
    ValueState, scale, sign,
};
use crate::figure::{Certainty, ColumnMeaning, Context, Meaning, unit_of_word};
use crate::geometry::PageBox;
use crate::glossary::{Concept, ConceptMatch, Glossary, Language, MatchKind, Municipality, Sign, Statement};
use crate::number::{self, CellUnit, Point};
use crate::table::{Cell, Row, Table};

/// Whose table it is.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// The municipality, if it is known.
    pub municipality: Option<&'a Municipality>,
    /// What the document says beside its tables.
    pub context: &'a Context,
    /// Language of the document, for the names of entities.
    pub language: Option<Language>,
}

/// Resolves one table.
pub fn resolve(
    id: &str,
    table: &Table,
    meaning: &Meaning,
    owner: Owner<'_>,
    labels: &mut Labels<'_>,
) -> (TableInfo, Vec<Fact>) {
    let glossary = labels.glossary;
    let statement = statement(table, glossary);
    let mut matches: Vec<Option<ConceptMatch<'_>>> =
        table.rows.iter().map(|r| find(r, statement, labels)).collect();
    let statement = if statement == Statement::Other {
        // What most rows are of tells what the others mean that several statements have.
        let told = by_rows(&matches);
        for (row, found) in table.rows.iter().zip(&mut matches).filter(|(_, found)| found.is_none()) {
            *found = find(row, told, labels);
        }
        told
    } else {
        statement
    };
    let scales = scale::of_rows(table, meaning, statement, &matches, labels);
    // `Lån` of a library are no debts.
    for (found, scale) in matches.iter_mut().zip(&scales) {
        found.take_if(|m| scale.divisor && m.concept.unit.is_none());
    }
    let present: Vec<&str> = matches.iter().flatten().map(|m| m.concept.id.as_str()).collect();
    let last = table.rows.iter().rposition(|r| !r.is_heading());
    let mut indents: Vec<i32> = table.rows.iter().map(|r| step(r.indent)).collect();
    indents.sort_unstable();
    indents.dedup();
    let rows: Vec<RowInfo> = table
        .rows
        .iter()
        .zip(&matches)
        .enumerate()
        .map(|(i, (row, m))| row_info(row, m.as_ref(), &present, Some(i) == last, &indents, labels))
        .collect();
    let entity = entity_path(table, owner, glossary);
    let mut signed: Vec<(Sign, Decimal)> = Vec::new();
    for (row, m) in table.rows.iter().zip(&matches) {
        let Some(sign) = m.as_ref().and_then(|m| m.concept.sign) else { continue };
        signed.extend(row.cells.iter().flatten().filter_map(|c| c.number.as_ref()).map(|n| (sign, n.value)));
    }
    let convention = sign::convention(&signed);
    let outside = ColumnMeaning::outside();
    let doubts = HeadDoubt::of(&meaning.columns);
    let shared = Shared::new(id, &entity, owner, meaning);
    let mut facts = Vec::new();
    for (r, (row, m)) in table.rows.iter().zip(&matches).enumerate() {
        let own = SharedRow::new(row, &rows[r], m.as_ref().map(|m| m.concept));
        for (c, cell) in row.cells.iter().enumerate() {
            let (Some(cell), Some(column)) = (cell, meaning.columns.get(c)) else { continue };
            if column.reference {
                continue;
            }
            let (column, head) =
                if row.loose { (&outside, &shared.outside) } else { (column, &shared.columns[c]) };
            let info = &rows[r];
            let mut unit = unit(cell, info.unit, column.unit, meaning);
            let money = unit.is_none_or(Unit::is_money);
            if money && scales[r].count {
                unit = Some(Unit::Count);
            }
            let scale = match (scales[r].own, unit.is_none_or(Unit::is_money)) {
                (Some(factor), _) => factor,
                (None, true) => scales[r].factor,
                (None, false) => 1,
            };
            let value = cell.number.as_ref().map(|n| (n.value * Decimal::from(scale)).normalize());
            let cost = m.as_ref().is_some_and(|m| m.concept.sign == Some(Sign::Minus));
            let value_signed = match convention {
                SignConvention::CostsPositive if cost && unit.is_none_or(Unit::is_money) => value.map(|v| -v),
                _ => value,
            };
            let (confidence, doubt) = weigh(table, row, column, doubts[c], cell);
            let mut fact = Fact {
                page: cell.place.page,
                table: Arc::clone(&shared.table),
                row: number_of(r),
                column: number_of(c),
                municipality: shared.municipality.clone(),
                entity_level: u32::try_from(entity.len()).ok().filter(|n| *n > 0),
                entity_path: Arc::clone(&shared.entity_path),
                book_year: owner.context.book_year,
                statement,
                section: own.section.clone(),
                row_label: Arc::clone(&own.label),
                label_fi: own.label_fi.clone(),
                code: own.code.clone(),
                qualifier: own.qualifier.clone(),
                column_label: Arc::clone(&head.label),
                row_kind: info.kind,
                concept: own.concept.clone(),
                concept_sv: own.names[0].clone(),
                concept_fi: own.names[1].clone(),
                concept_en: own.names[2].clone(),
                match_kind: info.match_kind,
                match_score: info.match_score,
                phase: column.phase,
                year: column.year,
                value,
                value_signed,
                printed: cell.text.clone(),
                unit,
                unit_scale: scale,
                value_state: if value.is_some() { ValueState::Number } else { ValueState::Nil },
                value_box: Some(cell.place),
                label_boxes: Arc::clone(&own.boxes),
                head_boxes: Arc::clone(&head.boxes),
                repairs: repairs(table, row, cell, column, meaning),
                candidates: candidates(cell, scale),
                confidence,
                status: if confidence >= SURE { Status::Sure } else { Status::Doubtful },
                doubt,
                check: Check::NotCheckable,
                year_consistent: None,
                reprint_of: None,
            };
            if money && scales[r].doubtful {
                lower(&mut fact, 0.7, "scale-unsaid");
            }
            facts.push(fact);
        }
    }
    let info = TableInfo {
        id: id.to_owned(),
        boxes: table.boxes.clone(),
        title: table.title.clone(),
        section_path: Vec::new(),
        entity_path: entity,
        statement,
        unit_scale: meaning.scale.factor,
        currency: Some(meaning.scale.currency.to_owned()),
        sign_convention: convention,
        evidence: table.evidence.iter().map(|e| (*e).to_owned()).collect(),
        disagreements: table.disagreements.clone(),
        columns: meaning
            .columns
            .iter()
            .map(|c| ColumnInfo {
                label: c.label.clone(),
                phase: c.phase,
                year: c.year,
                year_printed: c.year_from == Certainty::Printed && c.year.is_some(),
                unit: c.unit,
                boxes: c.boxes.clone(),
            })
            .collect(),
        rows,
    };
    (info, facts)
}

fn number_of(index: usize) -> u32 {
    u32::try_from(index + 1).unwrap_or(u32::MAX)
}

/// What all facts of a table share.
struct Shared {
    table: Arc<str>,
    municipality: Option<Arc<str>>,
    entity_path: Arc<[String]>,
    columns: Vec<SharedHead>,
    outside: SharedHead,
}

/// What all facts of a column share.
struct SharedHead {
    label: Arc<str>,
    boxes: Arc<[PageBox]>,
}

/// What all facts of a row share.
struct SharedRow {
    section: Option<Arc<str>>,
    label: Arc<str>,
    label_fi: Option<Arc<str>>,
    code: Option<Arc<str>>,
    qualifier: Option<Arc<str>>,
    concept: Option<Arc<str>>,
    /// Preferred labels in the order of [`Language::ALL`].
    names: [Option<Arc<str>>; 3],
    boxes: Arc<[PageBox]>,
}

impl Shared {
    fn new(id: &str, entity: &[String], owner: Owner<'_>, meaning: &Meaning) -> Self {
        let head = |c: &ColumnMeaning| SharedHead {
            label: c.label.as_str().into(),
            boxes: c.boxes.as_slice().into(),
        };
        Shared {
            table: id.into(),
            municipality: owner.municipality.map(|m| m.code.as_str().into()),
            entity_path: entity.into(),
            columns: meaning.columns.iter().map(head).collect(),
            outside: head(&ColumnMeaning::outside()),
        }
    }
}

impl SharedRow {
    fn new(row: &Row, info: &RowInfo, concept: Option<&Concept>) -> Self {
        let share = |text: &Option<String>| text.as_deref().map(Arc::from);
        let preferred = |language: Language| {
            let label = concept?.labels.of(language).preferred.as_str();
            (!label.is_empty()).then(|| label.into())
        };
        SharedRow {
            section: share(&info.section),
            label: info.label.as_str().into(),
            label_fi: share(&info.label_fi),
            code: share(&info.code),
            qualifier: share(&info.qualifier),
            concept: concept.map(|c| c.id.as_str().into()),
            names: Language::ALL.map(preferred),
            boxes: row.boxes.as_slice().into(),
        }
    }
}

fn statement(table: &Table, glossary: &Glossary) -> Statement {
    let captions = table.captions.iter().map(String::as_str).filter(|t| !t.ends_with('.'));
    let texts = table.title.as_deref().into_iter().chain(captions);
    texts.filter_map(|t| glossary.vocabulary().statement_of(t)).next().unwrap_or(Statement::Other)
}

/// The statement that most of the matched rows belong to.
fn by_rows(matches: &[Option<ConceptMatch<'_>>]) -> Statement {
    let mut counts: std::collections::BTreeMap<Statement, usize> = std::collections::BTreeMap::new();
    for s in matches.iter().flatten().filter_map(|m| m.concept.statement) {
        *counts.entry(s).or_default() += 1;
    }
    let best = counts.iter().max_by_key(|(_, n)| **n).map(|(s, _)| *s);
    match best {
        // The rows of a unit are those of the income statement, as far as its margin.
        Some(Statement::Income) if !matches.iter().flatten().any(|m| m.concept.id == "annual-margin") => {
            Statement::Operating
        }
        Some(s) => s,
        None => Statement::Other,
    }
}

fn find<'g>(row: &Row, statement: Statement, labels: &mut Labels<'g>) -> Option<ConceptMatch<'g>> {
    let section = row.section.join(" / ");
    labels.concept(statement, &section, &row.label.text).or_else(|| {
        let second = row.second.as_ref()?;
        labels.concept(statement, &section, &second.text)
    })
}

/// Indents are compared in steps of four points.
fn step(indent: f32) -> i32 {
    (indent / 4.0).round() as i32
}

fn row_info(
    row: &Row,
    found: Option<&ConceptMatch<'_>>,
    present: &[&str],
    last: bool,
    indents: &[i32],
    asked: &mut Labels<'_>,
) -> RowInfo {
    let (label, label_fi) = labels(row, asked);
    let words = asked.words(&label.text);
    let sums = found.is_some_and(|m| m.total) || words.sum;
    let calculated = found.is_some_and(|m| {
        m.concept
            .sums
            .iter()
            .any(|s| s.terms.iter().filter(|t| present.contains(&t.id.as_str())).count() >= 2)
    });
    let kind = if row.is_heading() {
        RowKind::Heading
    } else if words.memo {
        RowKind::Memo
    } else if sums || calculated {
        if last { RowKind::Total } else { RowKind::Subtotal }
    } else {
        RowKind::Detail
    };
    let own = step(row.indent);
    RowInfo {
        lines: row.lines.clone(),
        label: label.text.clone(),
        label_fi,
        section: (!row.section.is_empty()).then(|| row.section.join(" / ")),
        qualifier: found.and_then(|m| m.qualifier.clone()).or_else(|| words.qualifier.clone()),
        language: words.language.map(|l| l.as_str().to_owned()),
        code: label.code.clone(),
        level: indents.iter().position(|i| *i == own).and_then(|p| u32::try_from(p).ok()).unwrap_or(0),
        kind,
        // A concept knows its unit; words only decide where there is none (`Köp av tjänster` buys services).
        unit: match (&row.unit, found) {
            (Some(text), _) => asked.glossary.vocabulary().unit_of(text).map(unit_of_word),
            (None, Some(m)) if m.score >= 0.8 => m.concept.unit.map(unit_of_word),
            _ => words.unit,
        },
        concept: found.map(|m| m.concept.id.clone()),
        match_kind: found.map_or(MatchKind::None, |m| m.kind),
        match_score: found.map(|m| m.score),
        boxes: row.boxes.clone(),
    }
}

/// The Swedish label first where two are printed side by side.
fn labels<'r>(row: &'r Row, asked: &mut Labels<'_>) -> (&'r crate::table::label::Label, Option<String>) {
    let Some(second) = &row.second else { return (&row.label, None) };
    let mut language = |t: &str| asked.words(t).language;
    if row.label.text.is_empty() {
        return (second, None);
    }
    match (language(&row.label.text), language(&second.text)) {
        (Some(Language::Fi), Some(Language::Sv)) => (second, Some(row.label.text.clone())),
        _ => (&row.label, Some(second.text.clone())),
    }
}

/// The cell says it best, then the row, then the column, then the table.
fn unit(cell: &Cell, row: Option<Unit>, column: Option<Unit>, meaning: &Meaning) -> Option<Unit> {
    match cell.number.as_ref().and_then(|n| n.unit) {
        Some(CellUnit::Percent) => return Some(Unit::Percent),
        Some(CellUnit::Euro) => return Some(Unit::Eur),
        None => {}
    }
    let money = if meaning.scale.currency == "SEK" { Unit::Sek } else { Unit::Eur };
    Some(match (row, column) {
        (_, Some(Unit::Percent)) => Unit::Percent,
        (Some(u), _) | (None, Some(u)) => u,
        (None, None) => meaning.unit.unwrap_or(money),
    })
}

fn entity_path(table: &Table, owner: Owner<'_>, glossary: &Glossary) -> Vec<String> {
    let mut path = Vec::new();
    if let Some(m) = owner.municipality {
        path.push(if owner.language == Some(Language::Fi) { m.fi.clone() } else { m.sv.clone() });
    }
    if let Some(title) = &table.title {
        let named = glossary.vocabulary().entity_after(title).filter(|n| !n.is_empty());
        let statement = glossary.vocabulary().statement_of(title).is_some();
        match named {
            Some(name) => path.push(name.to_owned()),
            None if !statement && !path.contains(title) => path.push(title.clone()),
            None => {}
        }
    }
    path
}

/// What else a figure may be, in full units, the likeliest first: other ways to put digits without places together, and
/// where a gap between digits is as wide as one between columns, what stands right of it.
fn candidates(cell: &Cell, scale: u32) -> Vec<Decimal> {
    let anew = cell.anew.iter().flat_map(|anew| anew.others.iter().copied());
    let rest = cell
        .text
        .match_indices(' ')
        .filter_map(|(at, _)| number::parse(&cell.text[at + 1..], Point::Decimal));
    let rest = rest.filter(|_| is_narrow(cell)).map(|n| n.value);
    anew.chain(rest).map(|v| (v * Decimal::from(scale)).normalize()).collect()
}

fn repairs(table: &Table, row: &Row, cell: &Cell, column: &ColumnMeaning, meaning: &Meaning) -> Vec<Repair> {
    let mut out = Vec::new();
    let mut add = |on: bool, repair: Repair| {
        if on {
            out.push(repair);
        }
    };
    add(row.label.joined, Repair::LabelJoined);
    add(row.label.dehyphenated, Repair::Dehyphenated);
    add(column.joined, Repair::HeadJoined);
    add(cell.joined, Repair::GroupsJoined);
    add(cell.anew.as_ref().is_some_and(|anew| anew.solved), Repair::GroupingSolved);
    add(cell.sign_joined, Repair::MinusJoined);
    add(cell.note || row.label.note || cell.number.as_ref().is_some_and(|n| n.note), Repair::NoteSplit);
    add(
        table.head_carried || table.boxes.first().is_some_and(|b: &PageBox| b.page != row.page),
        Repair::HeadCarried,
    );
    add(
        matches!(column.year_from, Certainty::Inferred | Certainty::Usual | Certainty::Book)
            && !matches!(column.phase, Phase::Change | Phase::Share),
        Repair::YearInferred,
    );
    add(!meaning.scale.printed && meaning.scale.factor > 1, Repair::ScaleInferred);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;

    #[test]
    fn digits_set_as_wide_as_columns_may_be_several_figures() {
        let place = PageBox { page: 1, rect: Rect::new(0.0, 0.0, 1.0, 1.0) };
        let cell = |slack: f32| Cell { joined: true, slack, ..Cell::plain("2 671 500", place) };
        assert_eq!(candidates(&cell(0.0), 1000), [Decimal::from(671_500_000), Decimal::from(500_000)]);
        assert!(candidates(&cell(1.0), 1000).is_empty());
    }
}
