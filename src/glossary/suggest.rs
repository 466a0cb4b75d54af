//! Term → the nearest terms: for people who ask, not for matching.
//!
//! In: a word or two. Out: labels that share its letters or contain it, best
//! first. Why trigrams: they forgive a slip anywhere, also in short words.
//! Refuses: an order that depends on anything but the glossary.

use super::{Concept, Glossary, LabelKind, Language, label};

/// A label near to what was asked.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion<'g> {
    /// Its concept.
    pub concept: &'g Concept,
    /// The label as the glossary has it.
    pub label: &'g str,
    /// Its language.
    pub language: Language,
    /// What it is among the labels of its concept.
    pub kind: LabelKind,
    /// 0 to 1; 1 for the same label.
    pub score: f32,
}

/// Below this, letters are shared by chance.
const FLOOR: f32 = 0.3;

impl Glossary {
    /// The `n` nearest terms, each concept once: "did you mean".
    pub fn suggest(&self, term: &str, n: usize) -> Vec<Suggestion<'_>> {
        let wanted = label::normal(term);
        if wanted.is_empty() {
            return Vec::new();
        }
        let grams = trigrams(&wanted);
        let mut found: Vec<Suggestion<'_>> = Vec::new();
        for concept in self.concepts() {
            let best = labels(concept)
                .map(|(language, kind, text)| {
                    let score = nearness(&wanted, &grams, &label::normal(text));
                    Suggestion { concept, label: text, language, kind, score }
                })
                .reduce(|a, b| if b.score > a.score { b } else { a });
            found.extend(best.filter(|s| s.score >= FLOOR));
        }
        sort(&mut found);
        found.truncate(n);
        found
    }

    /// Every concept that has this label in any language, or failing that a spelling of it.
    pub fn lookup_any(&self, term: &str) -> Vec<Suggestion<'_>> {
        let term = label::clean(term);
        let wanted = label::normal(&term);
        let stemmed = label::stem(&term);
        let mut seen: Vec<usize> = Vec::new();
        let mut found = Vec::new();
        for (position, _) in self.index.by_any_key(&self.concepts, &term) {
            if wanted.is_empty() || seen.contains(&position) {
                continue;
            }
            seen.push(position);
            let concept = &self.concepts[position];
            let best = labels(concept)
                .filter_map(|(language, kind, text)| {
                    let score = if text == term {
                        1.0
                    } else if label::normal(text) == wanted {
                        0.98
                    } else if label::stem(text) == stemmed {
                        0.88
                    } else {
                        return None;
                    };
                    Some(Suggestion { concept, label: text, language, kind, score })
                })
                .reduce(|a, b| if b.score > a.score { b } else { a });
            found.extend(best);
        }
        sort(&mut found);
        found
    }

    /// Every concept with the words in its id, a label or its definition, best first.
    pub fn search(&self, text: &str) -> Vec<Suggestion<'_>> {
        let wanted = label::words(text);
        let all: Vec<&str> = wanted.split(' ').filter(|w| !w.is_empty()).collect();
        let mut found = Vec::new();
        if all.is_empty() {
            return found;
        }
        for concept in self.concepts() {
            let contains = |text: &str| {
                let words = label::words(text);
                all.iter().all(|w| words.contains(w))
            };
            let by_label =
                labels(concept).filter(|(_, _, text)| contains(text)).map(|(language, kind, text)| {
                    let share =
                        wanted.chars().count() as f32 / label::words(text).chars().count().max(1) as f32;
                    Suggestion { concept, label: text, language, kind, score: 0.5 + share.min(1.0) / 2.0 }
                });
            let best = by_label.reduce(|a, b| if b.score > a.score { b } else { a }).or_else(|| {
                (contains(&concept.definition) || contains(&concept.id.replace('-', " "))).then(|| {
                    Suggestion {
                        concept,
                        label: &concept.labels.sv.preferred,
                        language: Language::Sv,
                        kind: LabelKind::Preferred,
                        score: 0.4,
                    }
                })
            });
            found.extend(best);
        }
        sort(&mut found);
        found
    }
}

fn labels(concept: &Concept) -> impl Iterator<Item = (Language, LabelKind, &str)> {
    Language::ALL.into_iter().flat_map(|language| {
        concept.labels.of(language).all().map(move |(kind, text)| (language, kind, text))
    })
}

/// Best first; ties in the order of the files.
fn sort(found: &mut [Suggestion<'_>]) {
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
}

fn trigrams(key: &str) -> Vec<[char; 3]> {
    let chars: Vec<char> = std::iter::once(' ').chain(key.chars()).chain(std::iter::once(' ')).collect();
    let mut out: Vec<[char; 3]> = chars.windows(3).map(|w| [w[0], w[1], w[2]]).collect();
    out.sort_unstable();
    out.dedup();
    out
}

fn nearness(wanted: &str, grams: &[[char; 3]], key: &str) -> f32 {
    if wanted == key {
        return 1.0;
    }
    let others = trigrams(key);
    let shared = grams.iter().filter(|g| others.binary_search(g).is_ok()).count();
    // Dice's coefficient.
    let dice = 2.0 * shared as f32 / (grams.len() + others.len()) as f32;
    if key.contains(wanted) { dice.max(0.5 + dice / 3.0) } else { dice }.min(0.99)
}
