//! Name or code → [`Municipality`]: who publishes a book.
//!
//! In: a name as a title page prints it (`Lovisa stad`, `Lapuan kaupunki`,
//! `Lovisas`). Out: the municipality with its official code and both names.
//! Refuses: a name inside other text, and names that are only nearly right: a
//! wrong municipality is worse than none.

use std::collections::HashMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::label;

/// The official languages of a municipality, the language of the majority first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub enum LanguageStatus {
    /// Swedish.
    #[serde(rename = "sv")]
    Swedish,
    /// Finnish.
    #[serde(rename = "fi")]
    Finnish,
    /// Both, most speak Swedish.
    #[serde(rename = "sv-fi")]
    SwedishFinnish,
    /// Both, most speak Finnish.
    #[serde(rename = "fi-sv")]
    FinnishSwedish,
}

/// A municipality of Finland, of today or merged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Municipality {
    /// Official three-digit code.
    pub code: String,
    /// Swedish name; the Finnish one where there is no other.
    pub sv: String,
    /// Finnish name; the Swedish one where there is no other.
    pub fi: String,
    /// Official languages, where the list says.
    pub languages: Option<LanguageStatus>,
    /// Other spellings.
    pub other: Vec<String>,
    /// Code of the municipality that it became part of.
    pub merged_into: Option<String>,
    /// The year from which it was part of that.
    pub merged_year: Option<i16>,
}

/// The municipalities of Finland.
#[derive(Debug)]
pub struct Municipalities {
    list: Vec<Municipality>,
    by_name: HashMap<String, usize>,
    by_code: HashMap<String, usize>,
}

/// Words after a name that say what it is, in any case that follows a name.
const KINDS: [&str; 16] = [
    "stad",
    "stads",
    "staden",
    "stadens",
    "kommun",
    "kommuns",
    "kommunen",
    "kommunens",
    "kaupunki",
    "kaupungin",
    "kunta",
    "kunnan",
    "köping",
    "kauppala",
    "city",
    "municipality",
];

impl Municipalities {
    pub(super) fn build(list: Vec<Municipality>) -> Municipalities {
        let mut by_name = HashMap::new();
        let mut by_code = HashMap::new();
        for (i, m) in list.iter().enumerate() {
            by_code.insert(m.code.clone(), i);
            for name in [&m.sv, &m.fi].into_iter().chain(&m.other) {
                // A municipality of today comes before a merged one of the same name.
                let key = label::words(name);
                match by_name.get(&key) {
                    Some(&old) if list_is_current(&list, old) => {}
                    _ => {
                        by_name.insert(key, i);
                    }
                }
            }
        }
        Municipalities { list, by_name, by_code }
    }

    /// All, in the order of the file.
    pub fn all(&self) -> &[Municipality] {
        &self.list
    }

    /// The one with an official code.
    pub fn by_code(&self, code: &str) -> Option<&Municipality> {
        self.by_code.get(code).map(|&i| &self.list[i])
    }

    /// The one with this name in Swedish or Finnish, also in the genitive and
    /// with `stad`, `kommun`, `kaupunki`, `kunta` after it or `Staden` before.
    pub fn find(&self, name: &str) -> Option<&Municipality> {
        let words = label::words(name);
        let mut parts: Vec<&str> = words.split(' ').filter(|w| !w.is_empty()).collect();
        if parts.len() > 1 && parts.last().is_some_and(|w| KINDS.contains(w)) {
            parts.pop();
        }
        if parts.len() > 1 && ["staden", "kommunen"].contains(&parts[0]) {
            parts.remove(0);
        }
        let key = parts.join(" ");
        self.named(&key)
            .or_else(|| nominatives(&key).into_iter().find_map(|candidate| self.named(&candidate)))
    }

    /// The one that a merged municipality is part of today.
    pub fn successor<'m>(&'m self, municipality: &'m Municipality) -> &'m Municipality {
        let mut at = municipality;
        for _ in 0..self.list.len() {
            match at.merged_into.as_ref().and_then(|code| self.by_code(code)) {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    fn named(&self, key: &str) -> Option<&Municipality> {
        self.by_name.get(key).map(|&i| &self.list[i])
    }
}

fn list_is_current(list: &[Municipality], index: usize) -> bool {
    list.get(index).is_some_and(|m| m.merged_into.is_none())
}

/// What a Swedish or Finnish genitive can be the genitive of.
fn nominatives(genitive: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(stem) = genitive.strip_suffix('s') {
        out.push(stem.to_owned());
    }
    let Some(stem) = genitive.strip_suffix('n') else { return out };
    out.push(stem.to_owned());
    if let Some(rest) = genitive.strip_prefix("uuden") {
        out.extend(nominatives(&format!("uusi{rest}")));
    }
    // Weak grade to strong: Helsingin – Helsinki, Hangon – Hanko, Lahden – Lahti, Paraisten – Parainen.
    for (weak, strong) in [
        ("ngin", "nki"),
        ("ngon", "nko"),
        ("run", "rku"),
        ("den", "si"),
        ("den", "ti"),
        ("don", "to"),
        ("dan", "ta"),
        ("dän", "tä"),
        ("rren", "rsi"),
        ("rran", "rta"),
        ("llan", "lta"),
        ("isten", "inen"),
        ("isen", "inen"),
        ("nnen", "nsi"),
        ("nnan", "nta"),
        ("nnon", "nto"),
        ("nnän", "ntä"),
        ("een", "e"),
        ("en", "i"),
        ("mmen", "mmi"),
        ("jen", "ki"),
        ("joen", "joki"),
        ("kin", "kki"),
        ("pin", "ppi"),
        ("tin", "tti"),
        ("kan", "kka"),
        ("kän", "kkä"),
        ("ton", "tto"),
        ("van", "pa"),
        ("von", "po"),
        ("ven", "pi"),
        ("ksen", "s"),
        ("ksen", "ksi"),
        ("aan", "as"),
        ("ään", "äs"),
        ("mäen", "mäki"),
        ("lammen", "lampi"),
        ("on", "ko"),
        ("tsan", "tsa"),
    ] {
        if let Some(stem) = genitive.strip_suffix(weak) {
            out.push(format!("{stem}{strong}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::glossary::Glossary;

    #[test]
    fn names_and_genitives() {
        let all = Glossary::builtin().municipalities();
        for (name, code) in [
            ("Lovisa", "434"),
            ("Lovisa stad", "434"),
            ("Lovisas", "434"),
            ("Staden Lovisa", "434"),
            ("LAPUAN KAUPUNKI", "408"),
            ("Kauhavan kaupunki", "233"),
            ("Pedersöre kommun", "599"),
            ("Helsingin kaupunki", "091"),
            ("Lahden", "398"),
            ("Paraisten kaupunki", "445"),
            ("Närpiön kaupunki", "545"),
            ("Närpes stad", "545"),
            ("Kristiinankaupungin kaupunki", "287"),
            ("Uudenkaarlepyyn kaupunki", "893"),
            ("Hangö stads", "078"),
            ("Hangon kaupunki", "078"),
            ("Kirkkonummen kunta", "257"),
            ("Tampereen kaupunki", "837"),
            ("Luodon kunta", "440"),
            ("Borgå stads", "638"),
            ("Ekenäs", "835"),
        ] {
            assert_eq!(all.find(name).map(|m| m.code.as_str()), Some(code), "{name}");
        }
        for name in ["Stadskansliet", "kommun", "", "Lovisavägen", "Lovis"] {
            assert_eq!(all.find(name), None, "{name}");
        }
    }

    #[test]
    fn list_is_whole() {
        let all = Glossary::builtin().municipalities();
        let today: Vec<_> = all.all().iter().filter(|m| m.merged_into.is_none()).collect();
        assert_eq!(today.len(), 308);
        let with_swedish =
            today.iter().filter(|m| m.languages.is_some_and(|l| l != super::LanguageStatus::Finnish)).count();
        assert_eq!(with_swedish, 49);
        assert_eq!(all.find("Ekenäs").map(|m| all.successor(m).sv.as_str()), Some("Raseborg"));
    }
}
