//! Words → what heads, captions and titles say: phase, scale, unit, statement.
//!
//! In: `[vocabulary.…]` of the glossary files; then a head, a caption, a title.
//! Out: typed words. Why phrases of tokens and not patterns: an accountant can
//! add `Reviderad ram` without knowing how it is searched.
//! Refuses: to guess a phase where no word says one; a bare year is not a phase.

use memchr::memmem::Finder;
use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::language::{FunctionWords, detect};
use super::{Language, Statement, label};

/// What a word in the head of a column says of its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhaseWord {
    /// Closed accounts: Bokslut, Tilinpäätös.
    Actual,
    /// Adopted or proposed budget.
    Budget,
    /// Budget with its amendments.
    AmendedBudget,
    /// Economic plan of later years.
    Plan,
    /// Forecast of the running year.
    Forecast,
    /// Change or deviation between two columns.
    Change,
    /// Percentage: of change, of a whole.
    Share,
    /// Anything else.
    Other,
}

impl PhaseWord {
    /// The name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            PhaseWord::Actual => "actual",
            PhaseWord::Budget => "budget",
            PhaseWord::AmendedBudget => "amended_budget",
            PhaseWord::Plan => "plan",
            PhaseWord::Forecast => "forecast",
            PhaseWord::Change => "change",
            PhaseWord::Share => "share",
            PhaseWord::Other => "other",
        }
    }
}

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnitWord {
    /// Per cent.
    Percent,
    /// Persons, person-years.
    Persons,
    /// Euro per inhabitant.
    EurPerCapita,
    /// Euro per anything else: square metre, pupil, meal.
    EurPerUnit,
    /// A count of anything else.
    Count,
    /// Days.
    Days,
    /// A plain quotient.
    Ratio,
}

/// A scale of money and its currency, as a caption says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ScaleWord {
    /// 1, 1 000 or 1 000 000.
    pub scale: u32,
    /// `EUR` or `SEK`, where the words say so.
    pub currency: Option<&'static str>,
}

/// A word that narrows a row: with or without internal items, net or gross.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QualifierWord {
    /// Without internal items.
    External,
    /// Internal items alone.
    Internal,
    /// Income less costs.
    Net,
    /// Before income is taken off.
    Gross,
}

/// Names of scales in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ScaleName {
    Eur,
    EurThousand,
    EurMillion,
    Sek,
    SekThousand,
    SekMillion,
    Thousand,
    Million,
}

impl ScaleName {
    fn word(self) -> ScaleWord {
        let (scale, currency) = match self {
            ScaleName::Eur => (1, Some("EUR")),
            ScaleName::EurThousand => (1_000, Some("EUR")),
            ScaleName::EurMillion => (1_000_000, Some("EUR")),
            ScaleName::Sek => (1, Some("SEK")),
            ScaleName::SekThousand => (1_000, Some("SEK")),
            ScaleName::SekMillion => (1_000_000, Some("SEK")),
            ScaleName::Thousand => (1_000, None),
            ScaleName::Million => (1_000_000, None),
        };
        ScaleWord { scale, currency }
    }
}

/// Words that make a label one of a count wherever it begins or ends with them.
const COUNTING: [&str; 8] =
    ["antal", "lkm", "lukumäärä", "kpl", "htv", "årsverken", "st", "henkilötyövuodet"];

/// Words of titles shorter than this are not looked for inside other words.
const SHORT: usize = 6;

/// Words of one meaning in the three languages.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWords {
    #[serde(default)]
    sv: Vec<String>,
    #[serde(default)]
    fi: Vec<String>,
    #[serde(default)]
    en: Vec<String>,
}

impl RawWords {
    fn all(&self) -> impl Iterator<Item = &String> {
        self.sv.iter().chain(&self.fi).chain(&self.en)
    }

    fn extend(&mut self, more: RawWords) {
        self.sv.extend(more.sv);
        self.fi.extend(more.fi);
        self.en.extend(more.en);
    }
}

/// The vocabulary of one file.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawVocabulary {
    phase: BTreeMap<PhaseWord, RawWords>,
    scale: BTreeMap<ScaleName, RawWords>,
    unit: BTreeMap<UnitWord, RawWords>,
    statement: BTreeMap<Statement, RawWords>,
    qualifier: BTreeMap<QualifierWord, RawWords>,
    sum: RawWords,
    memo: RawWords,
    owner: RawWords,
    entity_prefix: RawWords,
    contents: RawWords,
    reference: RawWords,
    remark: RawWords,
    continued: RawWords,
    amounts: RawWords,
    proposal: RawWords,
    function_word: RawWords,
}

impl RawVocabulary {
    /// Adds the words of a later file.
    pub(super) fn extend(&mut self, more: RawVocabulary) -> Result<(), String> {
        fn join<K: Ord>(to: &mut BTreeMap<K, RawWords>, from: BTreeMap<K, RawWords>) {
            for (key, words) in from {
                to.entry(key).or_default().extend(words);
            }
        }
        for words in more.phase.values().chain(more.scale.values()).chain(more.unit.values()) {
            if let Some(word) = words.all().find(|w| tokens(w).is_empty()) {
                return Err(format!("found the word {word:?}, expected a letter or a sign in it"));
            }
        }
        join(&mut self.phase, more.phase);
        join(&mut self.scale, more.scale);
        join(&mut self.unit, more.unit);
        join(&mut self.statement, more.statement);
        join(&mut self.qualifier, more.qualifier);
        self.sum.extend(more.sum);
        self.memo.extend(more.memo);
        self.owner.extend(more.owner);
        self.entity_prefix.extend(more.entity_prefix);
        self.contents.extend(more.contents);
        self.reference.extend(more.reference);
        self.remark.extend(more.remark);
        self.continued.extend(more.continued);
        self.amounts.extend(more.amounts);
        self.proposal.extend(more.proposal);
        self.function_word.extend(more.function_word);
        Ok(())
    }
}

/// What a text declares that amounts are counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// One scale for all.
    One(ScaleWord),
    /// Different ones for different tables.
    Several,
    /// Figures that are no money: `Luvut ovat henkilötyövuosia.`
    Unit(UnitWord),
}

/// The parts of a text between commas, semicolons, brackets and the ends of its sentences.
pub(crate) fn clauses(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|n| n.1);
        let after = text[at + c.len_utf8()..].trim_start().chars().next();
        let ends = match c {
            ';' | '(' | ')' => true,
            ',' => next.is_none_or(char::is_whitespace),
            '.' => next.is_some_and(char::is_whitespace) && after.is_some_and(char::is_uppercase),
            _ => false,
        };
        if ends {
            out.push(text[from..at].trim());
            from = at + c.len_utf8();
        }
    }
    out.push(text[from..].trim());
    out
}

/// The sentences of a text: up to a full stop before a word in capitals.
fn sentences(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(". ") {
        if text[at + 2..].trim_start().starts_with(char::is_uppercase) {
            out.push(&text[from..at]);
            from = at + 2;
        }
    }
    out.push(&text[from..]);
    out
}

/// Phrases, each a row of tokens, under their first token.
#[derive(Debug)]
struct Phrases<T> {
    by_first: HashMap<String, Vec<(Vec<String>, T)>>,
}

impl<T: Copy> Phrases<T> {
    fn build<'w, W: IntoIterator<Item = &'w String>>(words: impl IntoIterator<Item = (T, W)>) -> Phrases<T> {
        let mut by_first: HashMap<String, Vec<(Vec<String>, T)>> = HashMap::new();
        for (meaning, list) in words {
            for text in list {
                let tokens = tokens(text);
                if let Some(first) = tokens.first() {
                    by_first.entry(first.clone()).or_default().push((tokens, meaning));
                }
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted by itself")]
        for list in by_first.values_mut() {
            list.sort_by_key(|(tokens, _)| std::cmp::Reverse(tokens.len()));
        }
        Phrases { by_first }
    }

    /// The longest phrase at the start of a row of tokens.
    fn at(&self, tokens: &[String]) -> Option<(usize, T)> {
        let list = self.by_first.get(tokens.first()?)?;
        list.iter()
            .find(|(phrase, _)| tokens.starts_with(phrase))
            .map(|(phrase, meaning)| (phrase.len(), *meaning))
    }

    /// The phrases in a row of tokens, none inside another, each with its place.
    fn all(&self, tokens: &[String]) -> Vec<(usize, usize, T)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            match self.at(&tokens[at..]) {
                Some((length, meaning)) => {
                    found.push((at, length, meaning));
                    at += length;
                }
                None => at += 1,
            }
        }
        found
    }

    fn whole(&self, tokens: &[String]) -> Option<T> {
        self.at(tokens).filter(|&(length, _)| length == tokens.len()).map(|(_, meaning)| meaning)
    }
}

/// Words of heads, units and titles.
#[derive(Debug)]
pub struct Vocabulary {
    phases: Phrases<PhaseWord>,
    scales: Phrases<ScaleWord>,
    units: Phrases<UnitWord>,
    statements: Vec<(Finder<'static>, Statement)>,
    qualifiers: Phrases<QualifierWord>,
    sums: Phrases<()>,
    memos: Phrases<()>,
    owners: Phrases<()>,
    entity_prefixes: Phrases<()>,
    contents: Phrases<()>,
    references: Phrases<()>,
    remarks: Phrases<()>,
    continued: Phrases<()>,
    amounts: Phrases<()>,
    proposal: Phrases<()>,
    /// First words of what can be split off a label, so that most words need no more than one look.
    edges: HashSet<String>,
    function_words: FunctionWords,
}

impl Vocabulary {
    pub(super) fn build(raw: RawVocabulary) -> Vocabulary {
        fn one(words: &RawWords) -> Phrases<()> {
            Phrases::build([((), words.all())])
        }
        let mut statements: Vec<(String, Statement)> = raw
            .statement
            .iter()
            .flat_map(|(&statement, words)| words.all().map(move |w| (label::words(w), statement)))
            .collect();
        statements.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        let edges = [&raw.sum, &raw.memo, &raw.owner]
            .into_iter()
            .chain(raw.qualifier.values())
            .flat_map(RawWords::all)
            .filter_map(|w| label::words(w).split(' ').next().map(str::to_owned))
            .collect();
        let lower = |list: &[String]| list.iter().map(|w| w.to_lowercase()).collect::<Vec<_>>();
        Vocabulary {
            phases: Phrases::build(raw.phase.iter().map(|(&k, w)| (k, w.all()))),
            scales: Phrases::build(raw.scale.iter().map(|(&k, w)| (k.word(), w.all()))),
            units: Phrases::build(raw.unit.iter().map(|(&k, w)| (k, w.all()))),
            qualifiers: Phrases::build(raw.qualifier.iter().map(|(&k, w)| (k, w.all()))),
            statements: statements
                .into_iter()
                .map(|(word, statement)| (Finder::new(&word).into_owned(), statement))
                .collect(),
            sums: one(&raw.sum),
            memos: one(&raw.memo),
            owners: one(&raw.owner),
            entity_prefixes: one(&raw.entity_prefix),
            contents: one(&raw.contents),
            references: one(&raw.reference),
            remarks: one(&raw.remark),
            continued: one(&raw.continued),
            amounts: one(&raw.amounts),
            proposal: one(&raw.proposal),
            edges,
            function_words: FunctionWords::new([
                lower(&raw.function_word.sv),
                lower(&raw.function_word.fi),
                lower(&raw.function_word.en),
            ]),
        }
    }

    /// The phase of a word or phrase by itself: `BG`, `ändrad budget`.
    pub fn phase_of(&self, word: &str) -> Option<PhaseWord> {
        self.phases.whole(&without_years(tokens(word)))
    }

    /// The phase that a whole head says: `BUDGET 2025 inkl. ändringar`, `TA Muutokset`, `Toteuma %`.
    ///
    /// A percentage is a share whatever it is of; a change of a budget is a
    /// change, a budget with its changes is amended.
    pub fn phase_in(&self, head: &str) -> Option<PhaseWord> {
        // `Esitys – kehys`: one less the other.
        let halves = [" – ", " - ", " − "].iter().find_map(|dash| head.split_once(dash));
        if let Some((a, b)) = halves
            && self.phase_of(a).is_some()
            && self.phase_of(b).is_some()
        {
            return Some(PhaseWord::Change);
        }
        let found = self.phases.all(&without_years(tokens(head)));
        // `Muutos MTA19–TA20`: a change says between what.
        let first = found.iter().min_by_key(|(at, _, _)| *at);
        if first.is_some_and(|(at, _, phase)| *at == 0 && *phase == PhaseWord::Change) {
            let share = found.iter().any(|(_, _, phase)| *phase == PhaseWord::Share);
            return Some(if share { PhaseWord::Share } else { PhaseWord::Change });
        }
        [
            PhaseWord::Share,
            PhaseWord::AmendedBudget,
            PhaseWord::Change,
            PhaseWord::Forecast,
            PhaseWord::Actual,
            PhaseWord::Plan,
            PhaseWord::Budget,
            PhaseWord::Other,
        ]
        .into_iter()
        .find(|phase| found.iter().any(|(_, _, p)| p == phase))
    }

    /// The scale of money that a caption or head says; thousands and millions before plain euro.
    pub fn scale_in(&self, text: &str) -> Option<ScaleWord> {
        let tokens = tokens(text);
        let mut best: Option<ScaleWord> = None;
        for (at, length, word) in self.scales.all(&tokens) {
            let next = tokens.get(at + length);
            // `€/invånare` is a unit, not a scale; `1 000 ton` is no money.
            let bare = tokens[at..at + length].iter().all(|t| t.bytes().all(|b| b.is_ascii_digit()));
            if next.is_some_and(|t| t == "/" || t == "per" || bare && t.starts_with(char::is_alphabetic)) {
                continue;
            }
            if best.is_none_or(|b| word.scale > b.scale) {
                best = Some(word);
            }
        }
        best
    }

    /// The unit that a head or label says, other than money.
    ///
    /// A sign or `per` tells anywhere (`€/invånare`, `i %`), as does a leading `antal`;
    /// a plain word only as a part by itself (`Personal, årsverken`): `Elever` alone is
    /// a unit, `Skjuts av elever` is not.
    pub fn unit_in(&self, text: &str) -> Option<UnitWord> {
        let tokens = tokens(text);
        let told = self.units.all(&tokens).into_iter().filter(|&(at, length, unit)| {
            let phrase = &tokens[at..at + length];
            let sign = phrase.iter().any(|t| matches!(t.as_str(), "%" | "€" | "/"));
            sign || matches!(unit, UnitWord::EurPerCapita | UnitWord::EurPerUnit)
                || (at == 0 && COUNTING.contains(&phrase[0].as_str()))
                || (at + length == tokens.len() && COUNTING.contains(&phrase[length - 1].as_str()))
        });
        let told = told.max_by_key(|&(at, length, _)| (length, at)).map(|(_, _, unit)| unit);
        told.or_else(|| {
            let parts = text.split([',', '(', ')', ';', ':']).map(str::trim).filter(|p| !p.is_empty());
            let parts: Vec<&str> = parts.collect();
            // The last part says it, or one in brackets: `Vård av äldre, barn, familjer` counts none.
            let bracketed = |part: &str| text.contains(&format!("({part})"));
            let last = parts.len().saturating_sub(1);
            let from = usize::from(parts.len() > 1);
            let kept = |i: usize| i >= from && (i == last || bracketed(parts[i]));
            let kept: Vec<&str> = (0..parts.len()).filter(|i| kept(*i)).map(|i| parts[i]).collect();
            let tails = || kept.iter().rev();
            tails().find_map(|part| self.unit_of(part)).or_else(|| {
                // `1 000 ton`, `dagar per årsverke`, `päivää henkilötyövuotta kohti`.
                let counted = tails().filter(|_| from > 0).find_map(|part| self.rate_of(part));
                counted.filter(|unit| matches!(unit, UnitWord::Count | UnitWord::Days))
            })
        })
    }

    /// The unit that opens a phrase which says how many or of what.
    fn rate_of(&self, phrase: &str) -> Option<UnitWord> {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        let digits = |w: &&&str| w.bytes().all(|b| b.is_ascii_digit());
        let powers = words.iter().take_while(digits).count();
        if !matches!(words[..powers].concat().as_str(), "" | "1000" | "1000000") {
            return None;
        }
        let (unit, rest) = words[powers..].split_first()?;
        let per =
            rest.first().is_some_and(|w| *w == "per") || rest.last().is_some_and(|w| w.starts_with("koh"));
        (rest.is_empty() && powers > 0 || per).then(|| self.unit_of(unit)).flatten()
    }

    /// The unit that a word or phrase by itself is.
    pub fn unit_of(&self, word: &str) -> Option<UnitWord> {
        self.units.whole(&tokens(word))
    }

    /// The scale that a word or phrase by itself is.
    pub fn scale_of(&self, word: &str) -> Option<ScaleWord> {
        self.scales.whole(&tokens(word))
    }

    /// The statement that a title names; the first one named, but key figures of a statement are key figures.
    pub fn statement_of(&self, title: &str) -> Option<Statement> {
        let title = label::words(title);
        let mut found: Option<(usize, Statement)> = None;
        let mut key_figures = false;
        for (word, statement) in &self.statements {
            // A short word stands at the start of a word: `tase`, but not `metasektor`.
            let starts =
                |at: &usize| word.needle().len() >= SHORT || *at == 0 || title.as_bytes()[*at - 1] == b' ';
            if let Some(at) = word.find_iter(title.as_bytes()).find(starts) {
                key_figures |= *statement == Statement::KeyFigures;
                if found.is_none_or(|(first, _)| at < first) {
                    found = Some((at, *statement));
                }
            }
        }
        let joined = title.split(' ').any(|w| matches!(w, "ja" | "och" | "and" | "&" | "sekä" | "samt"));
        match found {
            Some(_) if key_figures && !joined => Some(Statement::KeyFigures),
            other => other.map(|(_, statement)| statement),
        }
    }

    /// Whether a word or phrase says that a row is a sum.
    pub fn is_sum(&self, word: &str) -> bool {
        self.sums.whole(&tokens(word)).is_some()
    }

    /// Whether a word says that a row is a part that is shown and not added: `varav`.
    pub fn is_memo(&self, word: &str) -> bool {
        self.memos.whole(&tokens(word)).is_some()
    }

    /// Whether a label begins with such a word.
    pub fn starts_memo(&self, label: &str) -> bool {
        self.memos.at(&tokens(label)).is_some()
    }

    /// Whether a word can be the first of something that is split off a label.
    pub(super) fn is_edge(&self, word: &str) -> bool {
        self.edges.contains(&label::words(word))
    }

    /// What a word narrows a row to: `externt`, `netto`.
    pub fn qualifier_of(&self, word: &str) -> Option<QualifierWord> {
        self.qualifiers.whole(&tokens(word))
    }

    /// Whether a word says whose a figure is and no more: `kommunens`, `konsernin`.
    pub fn is_owner(&self, word: &str) -> bool {
        self.owners.whole(&tokens(word)).is_some()
    }

    /// The name that a title gives to a unit after `Enhetens namn:`, `Tulosalue` and their like.
    ///
    /// `None` if the title doesn't start with such words; an empty name if nothing follows them.
    pub fn entity_after<'t>(&self, title: &'t str) -> Option<&'t str> {
        let all = tokens(title);
        let (length, ()) = self.entity_prefixes.at(&all)?;
        // Walk the text until the tokens of the prefix are behind.
        let cut = title
            .char_indices()
            .map(|(i, c)| i + c.len_utf8())
            .find(|&end| {
                let ends_word = title[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
                ends_word && tokens(&title[..end]).len() >= length
            })
            .unwrap_or(title.len());
        let rest = title[cut..].trim();
        // `Verksamhet och investeringar` names no unit; a name, a code or a colon does.
        let named = |c: char| c == ':' || label::is_dash(c) || c.is_numeric() || c.is_uppercase();
        if !rest.is_empty() && !rest.starts_with(named) {
            return None;
        }
        Some(rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':' || label::is_dash(c)))
    }

    /// Whether a title is that of a table of contents.
    pub fn is_contents_title(&self, title: &str) -> bool {
        self.contents.whole(&tokens(title)).is_some()
    }

    /// Whether a head says that its column refers to notes or pages: `Not`, `Liite`.
    pub fn is_reference(&self, head: &str) -> bool {
        self.references.whole(&tokens(head)).is_some()
    }

    /// Whether a head says that its column holds remarks in words: `Anmärkning`, `Perustelut`.
    pub fn is_remark(&self, head: &str) -> bool {
        self.remarks.whole(&tokens(head)).is_some()
    }

    /// Whether a head says that its figures are proposed and not decided: `Styrelsens förslag`, `Raami`.
    pub fn is_proposal(&self, head: &str) -> bool {
        !self.proposal.all(&tokens(head)).is_empty()
    }

    /// Whether a line says that a table goes on: `Kansliet (forts.)`, `Tabellen fortsätter`.
    pub fn is_continued(&self, line: &str) -> bool {
        let end = line.trim_end().strip_suffix(')').and_then(|l| l.rsplit_once('('));
        self.continued.whole(&tokens(end.map_or(line, |e| e.1))).is_some()
    }

    /// What the sentences of a text say that amounts are counted in, one after the other: `Alla belopp i detta kapitel anges i tusen euro.` An
    /// amount in money (`ett belopp på 600 000 euro`) and what figures are rounded to say nothing of it.
    pub fn declared(&self, text: &str) -> Vec<Declared> {
        sentences(text).into_iter().filter_map(|sentence| self.declared_by(sentence)).collect()
    }

    fn declared_by(&self, sentence: &str) -> Option<Declared> {
        const ROUNDED: [&str; 3] = ["avrund", "pyörist", "rounded"];
        let tokens = tokens(sentence);
        let rounded = tokens.iter().any(|t| ROUNDED.iter().any(|r| t.starts_with(r)));
        if rounded || self.amounts.all(&tokens).is_empty() {
            return None;
        }
        let digits = |at: usize| tokens[at].bytes().all(|b| b.is_ascii_digit());
        let counted = |at: usize| at > 0 && digits(at - 1);
        // Amounts, a verb, the unit last: `Siffrorna är årsverken`. A heading without a full stop may stand before.
        let subject = self.amounts.all(&tokens).last().map_or(0, |(at, length, _)| at + length);
        let unit = self.units.all(&tokens).into_iter().find(|(at, length, _)| at + length == tokens.len());
        let unit = unit.filter(|(at, ..)| (subject..=subject + 2).contains(at) && !counted(*at));
        if let Some((_, _, unit)) = unit {
            return Some(Declared::Unit(unit));
        }
        let per = |end: usize| tokens.get(end).is_some_and(|t| t == "/" || t == "per");
        let mut out: Option<Declared> = None;
        for (at, length, word) in self.scales.all(&tokens) {
            if counted(at) || per(at + length) || (at..at + length).all(digits) {
                continue;
            }
            // Euros are named in many sentences; what is said to be in them is: `i euro`, `euroina`.
            let said_in =
                tokens[at].ends_with("oina") || tokens[at].ends_with("oissa") || tokens[at] == "euroja";
            let after = |word: &str| at > 0 && tokens[at - 1] == word;
            if word.scale == 1 && !(said_in || after("i") || after("hela") || tokens[at] == "i") {
                continue;
            }
            out = Some(match out {
                Some(Declared::One(known)) if known.scale != word.scale => Declared::Several,
                Some(Declared::Several) => Declared::Several,
                _ => Declared::One(word),
            });
        }
        out
    }

    /// The language of a text, if it shows.
    pub fn language_of(&self, text: &str) -> Option<Language> {
        detect(text, &self.function_words)
    }
}

/// Lower-case letters, digits and the signs `% € $ / +`, each kind a token.
/// Groups of three digits are one number: `1 000` is `1000`, `2024 1 000` is `2024`, `1000`.
fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    let mut gap = false;
    let mut take = |c: char| {
        if c.is_alphanumeric() {
            let same_kind =
                out.last().and_then(|t| t.chars().last()).is_some_and(|l| l.is_numeric() == c.is_numeric());
            match out.last_mut() {
                Some(last) if open && same_kind => last.push(c),
                _ => out.push(c.to_string()),
            }
            open = true;
            gap = false;
        } else if matches!(c, '%' | '€' | '/' | '+') {
            out.push(c.to_string());
            open = false;
            gap = false;
        } else if label::is_dash(c) {
            // `Tot-%`, `bokslut-`: joins nothing that isn't joined.
            open = out.last().is_some_and(|t| t.chars().all(char::is_alphabetic)) && open;
        } else {
            if open
                && !gap
                && (c == ' ' || c == '.')
                && out.last().is_some_and(|t| t.chars().all(char::is_numeric))
            {
                // A gap inside a number is found out when the group is whole.
                out.push("\u{1}".to_owned());
                gap = true;
            }
            open = false;
        }
    };
    let clean = label::clean(text);
    if clean.chars().all(label::is_plain) {
        clean.chars().map(label::plain_lowercase).for_each(take);
    } else {
        clean.chars().flat_map(fold).flat_map(char::to_lowercase).for_each(&mut take);
    }
    join_groups(out)
}

fn fold(c: char) -> impl Iterator<Item = char> {
    use unicode_normalization::char::decompose_compatible;
    let mut out = Vec::new();
    decompose_compatible(c, |d| out.push(d));
    // Letters with marks stay composed: only signs such as `²` or `％` are undone.
    if out.len() > 1 && c.is_alphabetic() { vec![c] } else { out }.into_iter()
}

fn join_groups(tokens: Vec<String>) -> Vec<String> {
    let digits = |t: &str| !t.is_empty() && t.chars().all(|c| c.is_ascii_digit());
    let mut out: Vec<String> = Vec::with_capacity(tokens.len());
    let mut gap = false;
    // Whether the last token can take a group of three: 1 to 3 digits, or groups already.
    let mut takes = false;
    for token in tokens {
        if token == "\u{1}" {
            gap = true;
            continue;
        }
        if gap && takes && digits(&token) && token.len() == 3 {
            if let Some(last) = out.last_mut() {
                last.push_str(&token);
            }
        } else {
            takes = digits(&token) && token.len() <= 3;
            out.push(token);
        }
        gap = false;
    }
    out
}

/// Tokens without years, dates and other numbers, which say nothing of a phase.
fn without_years(tokens: Vec<String>) -> Vec<String> {
    tokens.into_iter().filter(|t| !t.chars().all(char::is_numeric)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_that_sentences_declare() {
        let v = crate::glossary::Glossary::builtin().vocabulary();
        let one = |text: &str| match v.declared(text)[..] {
            [Declared::One(word)] => Some(word.scale),
            _ => None,
        };
        for (text, scale) in [
            (
                "Ramen är bindande. Alla belopp i detta kapitel anges i tusen euro om inte annat sägs.",
                Some(1000),
            ),
            ("Kaikki tämän luvun rahamäärät ovat tuhansia euroja, ellei toisin mainita.", Some(1000)),
            ("Hankekohtaiset määrärahat tuhansina euroina. Menot on merkitty miinuksella.", Some(1000)),
            ("Beloppen är angivna i euro; kostnader är utmärkta med minustecken.", Some(1)),
            ("Understöd har sökts till ett belopp på 600 000 euro.", None),
            ("Beloppen har avrundats till tusen euro.", None),
            ("Skatten ger 190 000 euro. Talen ovan är preliminära.", None),
        ] {
            assert_eq!(one(text), scale, "{text}");
        }
        let persons = [Declared::Unit(UnitWord::Persons)];
        assert_eq!(
            v.declared("Henkilöstö Luvut ovat henkilötyövuosia. Kesätyöntekijöitä ei lasketa."),
            persons
        );
        let both = "Beloppen i de två första tabellerna är i tusen euro, i de följande tabellerna i euro.";
        assert_eq!(v.declared(both), [Declared::Several]);
    }

    #[test]
    fn units_of_labels() {
        let v = crate::glossary::Glossary::builtin().vocabulary();
        for (label, unit) in [
            ("Lånestock, €/invånare", Some(UnitWord::EurPerCapita)),
            ("Soliditet, %", Some(UnitWord::Percent)),
            ("Antal invånare 31.12", Some(UnitWord::Count)),
            ("Antal anställda", Some(UnitWord::Persons)),
            ("Henkilöstö, htv", Some(UnitWord::Persons)),
            ("Kouluaterioiden lukumäärä, kpl", Some(UnitWord::Count)),
            ("Huollettava kerrosala, m²", Some(UnitWord::Count)),
            ("Kassan riittävyys, pv", Some(UnitWord::Days)),
            ("Sjukfrånvaro, dagar per årsverke", Some(UnitWord::Days)),
            ("Sairauspoissaolot, päivää henkilötyövuotta kohti", Some(UnitWord::Days)),
            ("Godstrafik, 1 000 ton", Some(UnitWord::Count)),
            ("Understöd för enskilda vägar (reservationsanslag, 2 år)", None),
            ("Köp av tjänster", None),
            ("Skjuts av elever", None),
            ("Nya lån", None),
            ("Understöd till personer", None),
        ] {
            assert_eq!(v.unit_in(label), unit, "{label}");
        }
    }

    #[test]
    fn scales_of_captions() {
        let v = crate::glossary::Glossary::builtin().vocabulary();
        for (caption, scale) in [
            ("Resultaträkning, 1 000 €", Some((1_000, Some("EUR")))),
            ("(1000 euro)", Some((1_000, Some("EUR")))),
            ("tusen euro", Some((1_000, Some("EUR")))),
            ("Belopp i t€", Some((1_000, Some("EUR")))),
            ("Investeringsprogram, milj. €", Some((1_000_000, Some("EUR")))),
            ("M€", Some((1_000_000, Some("EUR")))),
            ("tuhatta euroa", Some((1_000, Some("EUR")))),
            ("Belopp i tkr", Some((1_000, Some("SEK")))),
            ("mkr", Some((1_000_000, Some("SEK")))),
            ("Budget i euro", Some((1, Some("EUR")))),
            ("€/invånare", None),
            ("11 000 invånare", None),
            ("Godstrafik, 1 000 ton", None),
        ] {
            assert_eq!(v.scale_in(caption).map(|s| (s.scale, s.currency)), scale, "{caption}");
        }
    }

    #[test]
    fn titles() {
        let v = crate::glossary::Glossary::builtin().vocabulary();
        for (title, statement) in [
            ("Resultaträkningsdelen", Some(Statement::Income)),
            ("KONSERNIN RAHOITUSLASKELMA JA SEN TUNNUSLUVUT", Some(Statement::CashFlow)),
            ("TULOSLASKELMAN TUNNUSLUVUT", Some(Statement::KeyFigures)),
            ("3.3 Tase, VASTATTAVAA", Some(Statement::Balance)),
            ("Tase", Some(Statement::Balance)),
            ("Driftsekonomidelen per uppgiftsområde", Some(Statement::Operating)),
            ("Investointien toteutuminen 2024", Some(Statement::Investments)),
            ("Stadskansliet", None),
        ] {
            assert_eq!(v.statement_of(title), statement, "{title}");
        }
        for (title, name) in [
            ("Enhetens namn: Stadskanslitjänster", Some("Stadskanslitjänster")),
            ("Enhetens namn Informations- och IT-tjänster", Some("Informations- och IT-tjänster")),
            ("Tulosalue: Varhaiskasvatus", Some("Varhaiskasvatus")),
            ("ANSVARSOMRÅDE – BILDNING", Some("BILDNING")),
            ("Ansvarsområde 210 Bildning", Some("210 Bildning")),
            ("Enhetens namn:", Some("")),
            ("Verksamhet och investeringar", None),
            ("Verksamhetens intäkter", None),
            ("Stadskansliet", None),
        ] {
            assert_eq!(v.entity_after(title), name, "{title}");
        }
        assert!(v.is_contents_title("INNEHÅLL") && v.is_contents_title("Sisällysluettelo"));
        assert!(v.is_continued("Kansliet, € (forts.)") && v.is_continued("Taulukko jatkuu"));
        assert!(!v.is_continued("Verksamheten fortsätter") && v.is_remark("ANMÄRKNING"));
        assert!(v.is_reference("Not") && v.is_reference("LIITE") && !v.is_reference("Not 2024"));
    }

    #[test]
    fn numbers_and_signs_are_tokens() {
        assert_eq!(tokens("2024 1 000 €"), ["2024", "1000", "€"]);
        assert_eq!(tokens("31.12.2024 1 000€"), ["31", "12", "2024", "1000", "€"]);
        assert_eq!(tokens("11 000 €"), ["11000", "€"]);
        assert_eq!(tokens("TP2023"), ["tp", "2023"]);
        assert_eq!(tokens("Menot Tot-%"), ["menot", "tot", "%"]);
        assert_eq!(tokens("TA 2025 + muutokset"), ["ta", "2025", "+", "muutokset"]);
        assert_eq!(tokens("€/m²"), ["€", "/", "m", "2"]);
    }
}
