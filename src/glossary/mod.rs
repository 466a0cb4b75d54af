//! Glossary files → [`Glossary`]: what a printed label means.
//!
//! In: the TOML files of `glossary/`, built in, and overlays in the same
//! format. Out: concepts with their labels, the vocabulary of heads and units,
//! the municipalities, and the matching of labels to concepts.
//! Why data and not code: accountants add terms without a compiler, and every
//! term says where it was read.
//! Refuses: a file with a mistake in it (nothing is half loaded), and a match
//! that would have to be forced: an unmatched label is better than a wrong one.

mod check;
pub mod exchange;
mod label;
mod language;
mod load;
mod lookup;
mod municipality;
mod suggest;
mod vocabulary;

use std::collections::HashSet;
use std::sync::OnceLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::Error;

pub use check::Problem;
pub use language::{Language, language_of};
pub use lookup::{ConceptMatch, Context};
pub use municipality::{LanguageStatus, Municipalities, Municipality};
pub use suggest::Suggestion;
pub(crate) use vocabulary::clauses;
pub use vocabulary::{Declared, PhaseWord, QualifierWord, ScaleWord, UnitWord, Vocabulary};

/// Kind of statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// Operating economy of a unit or an area: income, costs, margin.
    Operating,
    /// Income statement.
    Income,
    /// Cash-flow statement.
    CashFlow,
    /// Balance sheet.
    Balance,
    /// Investments.
    Investments,
    /// Key figures.
    KeyFigures,
    /// Personnel.
    Personnel,
    /// Anything else.
    Other,
}

/// How a label was matched to a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MatchKind {
    /// Letter for letter.
    Exact,
    /// But for case, spaces, hyphens.
    Normalised,
    /// By an abbreviation.
    Abbreviation,
    /// By an inflected form.
    Inflected,
    /// By the head of a compound.
    Compound,
    /// With a slip of a letter or two.
    Fuzzy,
    /// Not at all.
    None,
}

/// The sign that figures of a concept have where costs are negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Sign {
    /// Revenue, assets, liabilities.
    #[serde(rename = "+")]
    Plus,
    /// Costs, expenditure, decreases.
    #[serde(rename = "-")]
    Minus,
    /// Margins, results, changes.
    #[serde(rename = "+/-")]
    Either,
}

/// The half of a statement that a concept stands in, where that tells
/// apart concepts with the same label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Income of the operating economy.
    Revenue,
    /// Costs of the operating economy.
    Costs,
    /// Assets of the balance sheet.
    Assets,
    /// Equity and liabilities of the balance sheet.
    Liabilities,
    /// Income of investments.
    Inflow,
    /// Expenditure on investments.
    Outflow,
}

impl Side {
    /// Income of investments is income, expenditure on them is cost.
    pub(crate) fn sense(self) -> Side {
        match self {
            Side::Inflow => Side::Revenue,
            Side::Outflow => Side::Costs,
            other => other,
        }
    }
}

/// How far a concept and its labels can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Swedish and Finnish were both read in a source.
    High,
    /// One was read in a source, the other is common usage.
    Medium,
    /// Common usage, unread.
    Low,
}

/// What a label is among the labels of its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    /// The one to show.
    Preferred,
    /// Another that books print.
    Alternative,
    /// A short form.
    Abbreviated,
    /// Of older books.
    Outdated,
}

/// The labels of a concept in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Terms {
    /// The one to show.
    pub preferred: String,
    /// Others that books print.
    pub alternative: Vec<String>,
    /// Short forms.
    pub abbreviated: Vec<String>,
    /// Of older books.
    pub outdated: Vec<String>,
}

impl Terms {
    /// Every label, the preferred one first, if there is one.
    pub fn all(&self) -> impl Iterator<Item = (LabelKind, &str)> {
        let preferred = Some(self.preferred.as_str()).filter(|label| !label.is_empty());
        preferred
            .map(|label| (LabelKind::Preferred, label))
            .into_iter()
            .chain(self.alternative.iter().map(|l| (LabelKind::Alternative, l.as_str())))
            .chain(self.abbreviated.iter().map(|l| (LabelKind::Abbreviated, l.as_str())))
            .chain(self.outdated.iter().map(|l| (LabelKind::Outdated, l.as_str())))
    }
}

/// The labels of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// Swedish.
    pub sv: Terms,
    /// Finnish.
    pub fi: Terms,
    /// English; printed by few books, shown by most programs.
    pub en: Terms,
}

impl Labels {
    /// The labels of one language.
    pub fn of(&self, language: Language) -> &Terms {
        match language {
            Language::Sv => &self.sv,
            Language::Fi => &self.fi,
            Language::En => &self.en,
        }
    }
}

/// One term of a [`Sum`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Term {
    /// Concept that is added.
    pub id: String,
    /// 1 or -1.
    pub weight: i8,
    /// Whether books leave the row out without the sum being less whole.
    pub optional: bool,
}

/// How a concept is calculated: with signed values, costs negative.
///
/// A term that a table doesn't show stands for its own sum if it has one,
/// and for nothing otherwise. A sum of one term says that two rows are equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sum {
    /// What is added.
    pub terms: Vec<Term>,
}

/// What a label can mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Concept {
    /// Kebab case, stable.
    pub id: String,
    /// Where it belongs; `None` for words of any table.
    pub statement: Option<Statement>,
    /// Other statements that show the same figure.
    pub also_in: Vec<Statement>,
    /// The half of its statement, its own or its parent's.
    pub side: Option<Side>,
    /// Narrower than the side, in a word: `long-term`.
    pub section: Option<String>,
    /// The sign of its figures where costs are negative.
    pub sign: Option<Sign>,
    /// The concept that it is a part of.
    pub parent: Option<String>,
    /// How it is calculated; every one of these holds.
    pub sums: Vec<Sum>,
    /// Unit of its figures where it isn't money.
    pub unit: Option<UnitWord>,
    /// Of several concepts with the same label, the one meant where nothing tells them apart.
    pub primary: bool,
    /// What it is, in English.
    pub definition: String,
    /// What books call it.
    pub labels: Labels,
    /// Where it was read.
    pub source: String,
    /// How far it can be relied on.
    pub certainty: Certainty,
    /// The file that says so.
    pub file: String,
}

/// What printed labels mean.
#[derive(Debug)]
pub struct Glossary {
    concepts: Vec<Concept>,
    vocabulary: Vocabulary,
    index: lookup::Index,
    sources: Vec<load::Source>,
    municipalities: OnceLock<Municipalities>,
    hash: OnceLock<String>,
    words: OnceLock<HashSet<String>>,
}

impl Glossary {
    /// The one that comes with the program.
    pub fn builtin() -> &'static Glossary {
        static BUILTIN: OnceLock<Glossary> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            Glossary::from_sources(load::builtin()).expect("the built-in glossary is whole; a test loads it")
        })
    }

    /// The built-in one with additions and changes in the same format.
    ///
    /// # Errors
    /// If the text is not such a file; the message says where and what was expected.
    pub fn with_overlay(text: &str, name: &str) -> Result<Glossary, Error> {
        Glossary::builtin().overlay(text, name)
    }

    /// This one with additions and changes in the same format.
    ///
    /// A concept with a new id is added. One with a known id is changed: what
    /// the file says replaces, but labels other than the preferred one are added.
    ///
    /// # Errors
    /// If the text is not such a file; the message says where and what was expected.
    pub fn overlay(&self, text: &str, name: &str) -> Result<Glossary, Error> {
        let mut sources = self.sources.clone();
        sources.push(load::Source::overlay(text, name));
        let glossary = Glossary::from_sources(sources)?;
        glossary.load_municipalities()?;
        Ok(glossary)
    }

    fn from_sources(sources: Vec<load::Source>) -> Result<Glossary, Error> {
        let (concepts, vocabulary) =
            load::concepts(&sources).or_else(|_| load::concepts(&load::unpacked(&sources)))?;
        let index = lookup::Index::build(&concepts);
        Ok(Glossary {
            concepts,
            vocabulary,
            index,
            sources,
            municipalities: OnceLock::new(),
            hash: OnceLock::new(),
            words: OnceLock::new(),
        })
    }

    fn load_municipalities(&self) -> Result<&Municipalities, Error> {
        if let Some(municipalities) = self.municipalities.get() {
            return Ok(municipalities);
        }
        let loaded = load::municipalities(&self.sources)?;
        Ok(self.municipalities.get_or_init(|| loaded))
    }

    /// Every concept, in the order of the files.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concept of an id.
    pub fn concept(&self, id: &str) -> Option<&Concept> {
        self.index.position(id).map(|i| &self.concepts[i])
    }

    /// Words of heads, units and titles.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// Whether a word stands in a label, in whatever case.
    pub fn is_word(&self, word: &str) -> bool {
        let word = label::words(word);
        self.words.get_or_init(|| self.index.words()).contains(&word) || self.vocabulary.is_sum(&word)
    }

    /// The municipalities of Finland; read on first use.
    pub fn municipalities(&self) -> &Municipalities {
        self.load_municipalities().expect("overlays are read when given, the built-in list by a test")
    }

    /// Blake3 of the content, in hex: part of the options that change a result.
    pub fn hash(&self) -> &str {
        self.hash.get_or_init(|| load::hash(&self.sources))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(statement: Statement, section: &str, text: &str) -> Option<(String, MatchKind)> {
        let section = (!section.is_empty()).then_some(section);
        let context = Context { statement: Some(statement), section, language: None };
        Glossary::builtin().lookup(&context, text).map(|m| (m.concept.id.clone(), m.kind))
    }

    fn check(statement: Statement, section: &str, text: &str, expected: Option<(&str, MatchKind)>) {
        let found = id(statement, section, text);
        assert_eq!(found.as_ref().map(|(id, kind)| (id.as_str(), *kind)), expected, "{text} in {section}");
    }

    #[test]
    fn builtin_glossary_is_right() {
        let problems: Vec<String> = Glossary::builtin().check().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{}", problems.join("\n"));
    }

    #[test]
    fn grants_given_are_never_grants_received() {
        use MatchKind::Exact;
        check(Statement::Operating, "", "Understöd", Some(("grants-given", Exact)));
        check(Statement::Operating, "", "Understöd och bidrag", Some(("grants-received", Exact)));
        check(Statement::Income, "Intäkter", "Understöd och bidrag", Some(("grants-received", Exact)));
    }

    #[test]
    fn sections_tell_equal_labels_apart() {
        use MatchKind::Exact;
        check(
            Statement::Balance,
            "AKTIVA / C RÖRLIGA AKTIVA",
            "Resultatregleringar",
            Some(("accrued-income", Exact)),
        );
        check(
            Statement::Balance,
            "PASSIVA / E FRÄMMANDE KAPITAL / II Kortfristigt",
            "Resultatregleringar",
            Some(("accrued-costs", Exact)),
        );
        check(Statement::Balance, "", "Resultatregleringar", None);
        check(Statement::Balance, "liabilities", "Kundfordringar", None);
    }

    #[test]
    fn words_around_a_label_are_split_off() {
        let glossary = Glossary::builtin();
        let context = Context { statement: Some(Statement::Operating), ..Context::default() };
        let found = glossary.lookup(&context, "Verksamhetsbidrag, externt").expect("a match");
        assert_eq!(
            (found.concept.id.as_str(), found.qualifier.as_deref()),
            ("operating-margin", Some("externt"))
        );
        let context = Context { statement: Some(Statement::Balance), ..Context::default() };
        let found = glossary.lookup(&context, "Bestående aktiva sammanlagt").expect("a match");
        assert!(found.total && found.concept.id == "non-current-assets");
    }

    #[test]
    fn slips_and_short_forms() {
        check(Statement::Income, "", "TOIMITAKULUT", Some(("operating-costs", MatchKind::Fuzzy)));
        check(
            Statement::Income,
            "",
            "Valmistus omaan käyttöö",
            Some(("production-for-own-use", MatchKind::Inflected)),
        );
        check(Statement::Income, "", "Försäljningsintäckter", Some(("sales-revenue", MatchKind::Fuzzy)));
        check(
            Statement::CashFlow,
            "",
            "Pys.vast. hyödykkeiden luov.tulot",
            Some(("proceeds-from-assets", MatchKind::Abbreviation)),
        );
        check(Statement::Income, "", "Kh on alittanut raamin", None);
    }

    #[test]
    fn heads() {
        let v = Glossary::builtin().vocabulary();
        for (head, phase) in [
            ("BUDGET 2025 inkl. ändringar", PhaseWord::AmendedBudget),
            ("TA 2025 + muutokset", PhaseWord::AmendedBudget),
            ("TA Muutokset", PhaseWord::Change),
            ("Bokslut Tilinpäätös 2024", PhaseWord::Actual),
            ("TP2023", PhaseWord::Actual),
            ("Tot. %", PhaseWord::Share),
            ("EKONOMIPLAN 2027", PhaseWord::Plan),
            ("Prognos 2025", PhaseWord::Forecast),
        ] {
            assert_eq!(v.phase_in(head), Some(phase), "{head}");
        }
        assert_eq!(v.phase_in("31.12.2024"), None);
        assert_eq!(v.scale_in("2024 1 000 €").map(|s| s.scale), Some(1_000));
        assert_eq!(v.scale_in("Investeringsprogram, milj. €").map(|s| s.scale), Some(1_000_000));
        assert_eq!(v.unit_in("Vuosikate, €/asukas"), Some(UnitWord::EurPerCapita));
    }

    #[test]
    fn overlays_add_and_change() {
        let text = "[[concept]]\nid = \"grants-given\"\nsv.alternative = [\"Gåvor\"]\n";
        let glossary = Glossary::with_overlay(text, "own.toml").expect("a whole file");
        let context = Context { statement: Some(Statement::Operating), ..Context::default() };
        assert_eq!(glossary.lookup(&context, "Gåvor").map(|m| m.concept.id.as_str()), Some("grants-given"));
        assert_ne!(glossary.hash(), Glossary::builtin().hash());
    }

    #[test]
    fn wrong_overlays_say_where() {
        for (text, expected) in [
            ("\n[[concept]]\nid = \"x\"\nsvenska = 1\n", "own.toml, line 4: unknown field `svenska`"),
            (
                "[[concept]]\nid = \"x\"\n",
                "own.toml, line 2: found no label for x, expected sv.preferred or fi.preferred",
            ),
            (
                "[[concept]]\nid = \"assets\"\nparent = \"equity\"\n[[concept]]\nid = \"equity\"\nparent = \"assets\"\n",
                "line",
            ),
            ("[[concept]]\nid = \"net\"\nsum = [\"+nothing\"]\n", "own.toml, line 3: found nothing in a sum"),
            (
                "[[concept]]\nid = \"net\"\n[[concept]]\nid = \"net\"\n",
                "own.toml, line 4: found the id net a second time",
            ),
        ] {
            let error = Glossary::with_overlay(text, "own.toml").expect_err("a wrong file");
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
