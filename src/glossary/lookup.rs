//! Label and its place → [`ConceptMatch`]: what a printed label means.
//!
//! In: a label as printed, its statement, the headings above it, the language.
//! Out: the concept, how it was matched and how well, and the words that were
//! split off. Why in steps: the label as it is, then without what books add to
//! labels (`varav`, `sammanlagt`, `externt`, codes, dates, units), then its
//! other forms; the first step that says exactly one thing decides.
//! Refuses: to choose between two concepts that the place doesn't tell apart,
//! and to match across statements. `Understöd` (a cost) is never `Understöd och
//! bidrag` (a revenue).

use std::collections::HashSet;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::{
    Concept, Glossary, LabelKind, Language, MatchKind, Side, Statement, UnitWord, Vocabulary, label,
};

/// Where a label stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The statement of its table, if known; `Other` is as good as unknown.
    pub statement: Option<Statement>,
    /// Headings above it, outermost first, joined by ` / `; or the name of a [`Side`].
    pub section: Option<&'a str>,
    /// The language of its table, if known.
    pub language: Option<Language>,
}

/// What a label means.
#[derive(Clone, Debug, PartialEq)]
pub struct ConceptMatch<'g> {
    /// The concept.
    pub concept: &'g Concept,
    /// How it was matched.
    pub kind: MatchKind,
    /// 0 to 1.
    pub score: f32,
    /// Words split off that narrow the row, as printed: `externt`, `varav`, `netto`.
    pub qualifier: Option<String>,
    /// Whether a word was split off that makes the row a sum: `sammanlagt`.
    pub total: bool,
}

/// Labels of all concepts under their keys.
#[derive(Debug)]
pub(super) struct Index {
    by_id: FxHashMap<String, usize>,
    exact: FxHashMap<String, Vec<Entry>>,
    normal: FxHashMap<String, Vec<Entry>>,
    /// Made when a label is first looked for that is no term as it stands.
    loose: OnceLock<Loose>,
    /// Concepts above each, by parent or by sum.
    above: Vec<Vec<usize>>,
}

/// Keys for labels that are no term as they stand.
#[derive(Debug)]
struct Loose {
    stem: FxHashMap<String, Vec<Entry>>,
    /// Keys by their first letter, for slips and dotted forms.
    by_letter: FxHashMap<char, Vec<(String, String, Entry)>>,
}

impl Loose {
    fn build(concepts: &[Concept]) -> Loose {
        let mut loose = Loose { stem: FxHashMap::default(), by_letter: FxHashMap::default() };
        for (text, entry) in labels(concepts).filter(|(_, e)| e.kind != LabelKind::Abbreviated) {
            let (normal, stem) = label::keys(text);
            loose.stem.entry(stem).or_default().push(entry);
            if let Some(letter) = normal.chars().next() {
                loose.by_letter.entry(letter).or_default().push((normal, text.to_owned(), entry));
            }
        }
        loose
    }
}

/// Every label of every concept.
fn labels(concepts: &[Concept]) -> impl Iterator<Item = (&str, Entry)> {
    concepts.iter().enumerate().flat_map(|(concept, c)| {
        Language::ALL.into_iter().flat_map(move |language| {
            c.labels.of(language).all().map(move |(kind, text)| (text, Entry { concept, language, kind }))
        })
    })
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    concept: usize,
    language: Language,
    kind: LabelKind,
}

impl Index {
    /// Every word of the labels.
    pub(super) fn words(&self) -> HashSet<String> {
        let words = |text: &String| label::words(text).split(' ').map(str::to_owned).collect::<Vec<_>>();
        self.exact.keys().flat_map(words).collect()
    }

    pub(super) fn build(concepts: &[Concept]) -> Index {
        let mut index = Index {
            by_id: concepts.iter().enumerate().map(|(i, c)| (c.id.clone(), i)).collect(),
            exact: FxHashMap::default(),
            normal: FxHashMap::default(),
            loose: OnceLock::new(),
            above: Vec::new(),
        };
        for (text, entry) in labels(concepts) {
            index.exact.entry(text.to_owned()).or_default().push(entry);
            index.normal.entry(label::normal(text)).or_default().push(entry);
        }
        let mut direct: Vec<Vec<usize>> = vec![Vec::new(); concepts.len()];
        for (i, concept) in concepts.iter().enumerate() {
            direct[i].extend(concept.parent.as_ref().and_then(|p| index.by_id.get(p)));
            // A sum of one term says that two rows are equal, not that one is part of the other.
            for term in concept.sums.iter().filter(|s| s.terms.len() > 1).flat_map(|s| &s.terms) {
                if let Some(&part) = index.by_id.get(&term.id) {
                    direct[part].push(i);
                }
            }
        }
        index.above = (0..concepts.len()).map(|i| closure(i, &direct)).collect();
        index
    }

    /// Concepts with this label, letter for letter, then by key, then by stem; each with the language of the label.
    pub(super) fn by_any_key(
        &self,
        concepts: &[Concept],
        label: &str,
    ) -> impl Iterator<Item = (usize, Language)> {
        let maps = [
            self.exact.get(label),
            self.normal.get(&label::normal(label)),
            self.loose(concepts).stem.get(&label::stem(label)),
        ];
        maps.into_iter().flatten().flatten().map(|e| (e.concept, e.language))
    }

    /// The languages, each once, in which a label is a term.
    pub(super) fn languages(&self, label: &str) -> impl Iterator<Item = Language> {
        let entries = self.normal.get(&label::normal(label));
        let has = move |l: &Language| entries.is_some_and(|list| list.iter().any(|e| e.language == *l));
        Language::ALL.into_iter().filter(has)
    }

    fn loose(&self, concepts: &[Concept]) -> &Loose {
        self.loose.get_or_init(|| Loose::build(concepts))
    }

    pub(super) fn position(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }
}

/// Everything reachable, sorted.
fn closure(start: usize, direct: &[Vec<usize>]) -> Vec<usize> {
    let mut seen: Vec<usize> = Vec::new();
    let mut open = direct[start].clone();
    while let Some(next) = open.pop() {
        if next != start && !seen.contains(&next) {
            seen.push(next);
            open.extend(&direct[next]);
        }
    }
    seen.sort_unstable();
    seen
}

/// A label without some of what books add to labels.
#[derive(Clone, Debug)]
struct Variant {
    text: String,
    qualifier: Option<String>,
    total: bool,
    /// How many pieces were split off.
    cuts: usize,
    /// Whether one of them was the owner of the figure.
    owner: bool,
    /// Unit that was split off; the concept has to have it.
    unit: Option<UnitWord>,
}

/// More pieces than this are a sentence.
const CUTS: usize = 3;
/// Below this length a slip makes another word.
const FUZZY_LENGTH: usize = 8;
/// More letters than this are a sentence.
const FUZZY_LONGEST: usize = 90;
/// More words than this are no pair of labels.
const BILINGUAL_WORDS: usize = 16;
/// From this length two slips are one word still.
const FUZZY_TWO: usize = 14;

impl Glossary {
    /// What a label means in its place, or `None`: an unmatched label is better than a wrong match.
    pub fn lookup(&self, context: &Context<'_>, label: &str) -> Option<ConceptMatch<'_>> {
        let clean = label::clean(label);
        if !clean.chars().any(char::is_alphabetic) && !clean.contains('%') {
            return None;
        }
        let place = self.place(context);
        let variants = variants(self.vocabulary(), clean);
        for variant in variants.iter().filter(|v| !v.owner) {
            if let Some(found) = self.by_key(&place, variant) {
                return Some(found);
            }
        }
        if let Some(found) = self.bilingual(&place, &variants[0]) {
            return Some(found);
        }
        for variant in variants.iter().filter(|v| !v.owner) {
            let found = self.by_dots(&place, variant).or_else(|| self.by_stem(&place, variant));
            if found.is_some() {
                return found;
            }
        }
        for variant in variants.iter().filter(|v| v.owner) {
            if let Some(mut found) = self.by_key(&place, variant) {
                found.kind = MatchKind::Compound;
                found.score = found.score.min(0.8);
                return Some(found);
            }
        }
        variants.iter().filter(|v| !v.owner).find_map(|variant| self.by_slip(&place, variant))
    }

    /// Whether a label is a term of any statement: quick, for the repair of rows.
    pub fn is_term(&self, label: &str) -> bool {
        let clean = label::clean(label);
        if self.index.exact.contains_key(&clean) || self.index.normal.contains_key(&label::normal(&clean)) {
            return true;
        }
        variants(self.vocabulary(), clean)
            .iter()
            .any(|v| !v.owner && v.unit.is_none() && self.index.normal.contains_key(&label::normal(&v.text)))
    }

    fn by_key(&self, place: &Place<'_>, variant: &Variant) -> Option<ConceptMatch<'_>> {
        if let Some(entries) = self.index.exact.get(&variant.text)
            && let Some((entry, cost)) = self.choose(place, variant, entries)
        {
            let abbreviated = entry.kind == LabelKind::Abbreviated;
            let kind = match (abbreviated, variant.cuts) {
                (true, _) => MatchKind::Abbreviation,
                (false, 0) => MatchKind::Exact,
                (false, _) => MatchKind::Normalised,
            };
            return Some(self.found(variant, entry, kind, if abbreviated { 0.95 } else { 1.0 } - cost));
        }
        let entries = self.index.normal.get(&label::normal(&variant.text))?;
        let (entry, cost) = self.choose(place, variant, entries)?;
        let abbreviated = entry.kind == LabelKind::Abbreviated;
        let kind = if abbreviated { MatchKind::Abbreviation } else { MatchKind::Normalised };
        Some(self.found(variant, entry, kind, if abbreviated { 0.93 } else { 0.98 } - cost))
    }

    fn by_stem(&self, place: &Place<'_>, variant: &Variant) -> Option<ConceptMatch<'_>> {
        let entries = self.index.loose(&self.concepts).stem.get(&label::stem(&variant.text))?;
        let (entry, cost) = self.choose(place, variant, entries)?;
        Some(self.found(variant, entry, MatchKind::Inflected, 0.88 - cost))
    }

    /// `Rahoitusosuudet inv.menoihin`: the dots stand for letters.
    fn by_dots(&self, place: &Place<'_>, variant: &Variant) -> Option<ConceptMatch<'_>> {
        if !label::is_dotted(&variant.text) {
            return None;
        }
        let letter = label::normal(&variant.text).chars().next()?;
        let entries: Vec<Entry> = self
            .index
            .loose(&self.concepts)
            .by_letter
            .get(&letter)?
            .iter()
            .filter(|(_, text, _)| label::abbreviates(&variant.text, text))
            .map(|&(_, _, entry)| entry)
            .collect();
        let (entry, cost) = self.choose(place, variant, &entries)?;
        Some(self.found(variant, entry, MatchKind::Abbreviation, 0.9 - cost))
    }

    /// A slip of a letter or two in a long label, never in its first letter or a digit.
    fn by_slip(&self, place: &Place<'_>, variant: &Variant) -> Option<ConceptMatch<'_>> {
        let key = label::normal(&variant.text);
        let length = key.chars().count();
        if !(FUZZY_LENGTH..=FUZZY_LONGEST).contains(&length) {
            return None;
        }
        let limit = if length >= FUZZY_TWO { 2 } else { 1 };
        let digits = |key: &str| key.chars().filter(char::is_ascii_digit).collect::<String>();
        let near: Vec<(usize, Entry)> = self
            .index
            .loose(&self.concepts)
            .by_letter
            .get(&key.chars().next()?)?
            .iter()
            .filter(|(other, _, _)| digits(other) == digits(&key))
            .filter_map(|(other, _, entry)| label::distance(&key, other, limit).map(|d| (d, *entry)))
            .collect();
        let least = near.iter().map(|&(d, _)| d).min()?;
        let entries: Vec<Entry> = near.into_iter().filter(|&(d, _)| d == least).map(|(_, e)| e).collect();
        let (entry, cost) = self.choose(place, variant, &entries)?;
        Some(self.found(variant, entry, MatchKind::Fuzzy, 0.88 - 0.08 * least as f32 - cost))
    }

    /// Both languages in one cell: both halves have to mean the same.
    fn bilingual(&self, place: &Place<'_>, variant: &Variant) -> Option<ConceptMatch<'_>> {
        let text = &variant.text;
        if text.split(' ').count() > BILINGUAL_WORDS {
            return None;
        }
        for (at, gap) in text.char_indices().filter(|(_, c)| matches!(c, ' ' | '/')) {
            let (left, right) = (&text[..at], &text[at + gap.len_utf8()..]);
            let ends = |c: char| c == ' ' || c == '/' || label::is_dash(c);
            let half = |text: &str| {
                let text = text.trim_matches(ends).to_owned();
                let place = Place { language: None, ..place.clone() };
                variants(self.vocabulary(), text)
                    .iter()
                    .filter(|v| !v.owner)
                    .find_map(|v| self.by_key(&place, v))
            };
            if let Some(a) = half(left)
                && let Some(b) = half(right)
                && a.concept.id == b.concept.id
            {
                let score = a.score.min(b.score) - 0.01;
                let qualifier = a.qualifier.or(b.qualifier);
                return Some(ConceptMatch { kind: MatchKind::Normalised, score, qualifier, ..b });
            }
        }
        None
    }

    fn found(&self, variant: &Variant, entry: Entry, kind: MatchKind, score: f32) -> ConceptMatch<'_> {
        let score = score - 0.01 * variant.cuts as f32;
        ConceptMatch {
            concept: &self.concepts[entry.concept],
            kind,
            score: (score.max(0.0) * 1000.0).round() / 1000.0,
            qualifier: variant.qualifier.clone(),
            total: variant.total,
        }
    }

    /// The one concept that the place leaves, and what the way to it costs.
    fn choose(&self, place: &Place<'_>, variant: &Variant, entries: &[Entry]) -> Option<(Entry, f32)> {
        let mut fits: Vec<Entry> = entries
            .iter()
            .copied()
            .filter(|e| e.language != Language::En || place.language == Some(Language::En))
            .filter(|e| variant.unit.is_none() || self.concepts[e.concept].unit == variant.unit)
            .collect();
        if let Some(language) = place.language
            && fits.iter().any(|e| e.language == language)
        {
            fits.retain(|e| e.language == language);
        }
        for &(tier, cost) in place.tiers {
            let level: Vec<Entry> =
                fits.iter().copied().filter(|e| in_tier(&self.concepts[e.concept], tier)).collect();
            if !level.is_empty() {
                return self.narrow(place, level).map(|e| (e, cost));
            }
        }
        None
    }

    fn narrow(&self, place: &Place<'_>, mut level: Vec<Entry>) -> Option<Entry> {
        if let Some(side) = place.side.filter(|s| is_balance(*s)) {
            let other = |e: &Entry| self.concepts[e.concept].side.is_some_and(|s| s != side && is_balance(s));
            // Headings may be left over from the half above: a group of the other half begins it, a leaf
            // doesn't stand in it.
            let group = |e: &Entry| !self.concepts[e.concept].sums.is_empty();
            level.retain(|e| !other(e) || group(e));
        }
        level.sort_by_key(|e| (e.concept, e.language));
        level.dedup_by_key(|e| e.concept);
        for heading in &place.headings {
            if level.len() < 2 {
                break;
            }
            let below = |e: &Entry| {
                heading
                    .iter()
                    .any(|h| *h == e.concept || self.index.above[e.concept].binary_search(h).is_ok())
            };
            if level.iter().any(&below) {
                level.retain(below);
            }
        }
        if level.len() > 1
            && let Some(side) = place.side
            && level.iter().any(|e| self.concepts[e.concept].side == Some(side))
        {
            level.retain(|e| self.concepts[e.concept].side == Some(side));
        }
        if level.len() > 1 {
            // Nothing here tells assets from liabilities, or income from costs.
            let sense = |e: &Entry| self.concepts[e.concept].side.map(Side::sense);
            if level.iter().any(|e| sense(e) != sense(&level[0])) {
                return None;
            }
            level.retain(|e| self.concepts[e.concept].primary);
        }
        match level.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    fn place(&self, context: &Context<'_>) -> Place<'static> {
        let tiers = tiers(context.statement);
        let mut headings: Vec<Vec<usize>> = Vec::new();
        let mut side = None;
        for part in context.section.unwrap_or_default().split(" / ").collect::<Vec<_>>().into_iter().rev() {
            let clean = label::clean(part);
            if clean.is_empty() {
                continue;
            }
            side = side.or_else(|| side_of(&clean));
            let concepts = variants(self.vocabulary(), clean).iter().find_map(|v| {
                let entries = self.index.normal.get(&label::normal(&v.text))?;
                let meant = |tier: Tier| {
                    let printed = entries.iter().filter(|e| e.language != Language::En).map(|e| e.concept);
                    printed.filter(|&c| in_tier(&self.concepts[c], tier)).collect::<Vec<usize>>()
                };
                let mut concepts = tiers.iter().map(|&(tier, _)| meant(tier)).find(|c| !c.is_empty())?;
                concepts.dedup();
                Some(concepts)
            });
            if let Some(concepts) = concepts {
                let sides: Vec<Option<Side>> = concepts.iter().map(|&c| self.concepts[c].side).collect();
                if side.is_none() && sides.iter().all(|s| *s == sides[0]) {
                    side = sides[0];
                }
                headings.push(concepts);
            }
        }
        Place { tiers, headings, side, language: context.language }
    }
}

/// A context, understood.
#[derive(Clone, Debug)]
struct Place<'t> {
    tiers: &'t [(Tier, f32)],
    /// Concepts of each heading above, the nearest first.
    headings: Vec<Vec<usize>>,
    side: Option<Side>,
    language: Option<Language>,
}

/// A group of concepts that is searched before the next one.
#[derive(Clone, Copy, Debug)]
enum Tier {
    /// Of this statement.
    Own(Statement),
    /// Of this statement, or shown in it.
    Shown(Statement),
    /// Of the tables of units: the rows of the income statement and plainer ones.
    Units,
    /// Words of any table.
    General,
    /// Everything.
    All,
}

fn in_tier(concept: &Concept, tier: Tier) -> bool {
    match tier {
        Tier::Own(s) => concept.statement == Some(s),
        Tier::Shown(s) => concept.statement == Some(s) || concept.also_in.contains(&s),
        Tier::Units => {
            in_tier(concept, Tier::Shown(Statement::Operating))
                || in_tier(concept, Tier::Shown(Statement::Income))
        }
        Tier::General => concept.statement.is_none(),
        Tier::All => true,
    }
}

/// Where to look, the statement itself first. Tables of units have the rows of
/// the income statement; key figures stand below every statement and repeat rows of each.
fn tiers(statement: Option<Statement>) -> &'static [(Tier, f32)] {
    use Statement::{Balance, CashFlow, Income, Investments, KeyFigures, Operating, Personnel};
    use Tier::{All, General, Own, Shown, Units};
    match statement {
        Some(Operating) => &[
            (Units, 0.0),
            (General, 0.02),
            (Own(KeyFigures), 0.1),
            (Own(Personnel), 0.1),
            (Own(Investments), 0.1),
        ],
        Some(Income) => {
            &[(Shown(Income), 0.0), (Shown(Operating), 0.0), (General, 0.02), (Own(KeyFigures), 0.1)]
        }
        Some(CashFlow) => {
            &[(Shown(CashFlow), 0.0), (General, 0.02), (Own(Investments), 0.1), (Own(KeyFigures), 0.1)]
        }
        Some(Balance) => &[(Shown(Balance), 0.0), (General, 0.02), (Own(KeyFigures), 0.1)],
        Some(Investments) => {
            &[(Shown(Investments), 0.0), (Own(CashFlow), 0.02), (General, 0.02), (Own(KeyFigures), 0.1)]
        }
        Some(KeyFigures) => &[(Shown(KeyFigures), 0.0), (Own(Personnel), 0.02), (General, 0.02), (All, 0.1)],
        Some(Personnel) => &[(Shown(Personnel), 0.0), (Own(KeyFigures), 0.02), (General, 0.02)],
        Some(Statement::Other) | None => &[(All, 0.02)],
    }
}

fn is_balance(side: Side) -> bool {
    matches!(side, Side::Assets | Side::Liabilities)
}

/// The side that a section names in so many words.
fn side_of(section: &str) -> Option<Side> {
    Some(match section {
        "revenue" => Side::Revenue,
        "costs" => Side::Costs,
        "assets" => Side::Assets,
        "liabilities" => Side::Liabilities,
        "inflow" => Side::Inflow,
        "outflow" => Side::Outflow,
        _ => return None,
    })
}

/// The label itself, then what is left when pieces are split off, fewest pieces first.
fn variants(vocabulary: &Vocabulary, clean: String) -> Vec<Variant> {
    let whole = Variant { text: clean, qualifier: None, total: false, cuts: 0, owner: false, unit: None };
    let mut out = vec![whole];
    let mut at = 0;
    while at < out.len() {
        let from = out[at].clone();
        at += 1;
        if from.cuts == CUTS {
            continue;
        }
        let mut push = |text: &str, cut: &str, change: &dyn Fn(&mut Variant, &str)| {
            let text = text
                .trim_matches(|c: char| c == ' ' || c == ',' || c == ':' || c == ';' || label::is_dash(c));
            if text.chars().filter(|c| c.is_alphabetic()).count() < 2 || out.iter().any(|v| v.text == text) {
                return;
            }
            let mut next = Variant { text: text.to_owned(), cuts: from.cuts + 1, ..from.clone() };
            change(&mut next, cut);
            out.push(next);
        };
        let text = from.text.as_str();
        let first = text.split_once(' ');
        let last = text.rsplit_once(' ').or_else(|| text.rsplit_once(','));
        let first = first.filter(|(word, _)| vocabulary.is_edge(word));
        let last = last.filter(|(_, word)| vocabulary.is_edge(word));
        // Sums first: `Netto totalt` is the total of net, not the net of a total.
        if let Some((word, rest)) = first.filter(|(word, _)| vocabulary.is_sum(word)) {
            push(rest, word, &|v, _| v.total = true);
        }
        if let Some((rest, word)) = last.filter(|(_, word)| vocabulary.is_sum(word)) {
            push(rest, word, &|v, _| v.total = true);
        }
        if let Some((word, rest)) = first {
            if vocabulary.is_memo(word) {
                push(rest, word, &narrowed);
            }
            if let Some((two, rest)) = second_space(text).filter(|(two, _)| vocabulary.is_memo(two)) {
                push(rest, two, &narrowed);
            }
            if vocabulary.qualifier_of(word).is_some() {
                push(rest, word, &narrowed);
            }
            if vocabulary.is_owner(word) {
                push(rest, word, &|v, _| v.owner = true);
            }
        }
        if let Some((rest, word)) = last.filter(|(_, word)| vocabulary.qualifier_of(word).is_some()) {
            push(rest, word.trim_matches(|c: char| !c.is_alphabetic()), &narrowed);
        }
        if let Some(rest) = label::without_code(text) {
            push(rest, "", &|_, _| ());
        }
        if let Some(short) = label::with_short_date(text) {
            push(&short, "", &|_, _| ());
        }
        if let Some((rest, _)) = label::split_date(text) {
            push(rest, "", &|_, _| ());
        }
        for cut in [", ", " (", " "] {
            let Some((rest, end)) = text.rsplit_once(cut) else { continue };
            let end = end.trim_end_matches(')');
            if let Some(unit) = vocabulary.unit_of(end) {
                push(rest, end, &|v, _| v.unit = Some(unit));
            } else if vocabulary.scale_of(end).is_some() {
                push(rest, end, &|_, _| ());
            }
        }
    }
    out
}

fn second_space(text: &str) -> Option<(&str, &str)> {
    let at = text.match_indices(' ').nth(1)?.0;
    Some((&text[..at], &text[at + 1..]))
}

/// Notes a word that narrows the row.
fn narrowed(variant: &mut Variant, word: &str) {
    variant.qualifier = Some(match &variant.qualifier {
        Some(before) => format!("{before} {word}"),
        None => word.to_owned(),
    });
}
