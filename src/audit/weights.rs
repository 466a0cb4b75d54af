//! [`Glossary`] → calculation weights of its concepts.
//!
//! In: a concept id. Out: what adds up to it, costs negative. Refuses: concepts
//! that the glossary does not calculate.

use crate::equation::Weights;
use crate::glossary::Glossary;

impl Weights for Glossary {
    fn terms(&self, concept: &str) -> Option<Vec<(String, i8)>> {
        let sum = self.concept(concept)?.sums.first()?;
        Some(sum.terms.iter().map(|t| (t.id.clone(), t.weight)).collect())
    }
}
