//! The rules, one file each: what a finding means and what to do.

pub(crate) mod missing_figure;
pub(crate) mod percent_mismatch;
pub(crate) mod reader_doubt;
pub(crate) mod reversed_column;
pub(crate) mod rounding_difference;
pub(crate) mod stale_year_head;
pub(crate) mod sum_mismatch;
pub(crate) mod unlocalised_mismatch;

/// A rule by its code, with the text that explains it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case name, as in a finding.
    pub code: &'static str,
    /// What it means and what to do.
    pub text: &'static str,
}

/// The `//!` lines at the head of a rule's file, as running text.
macro_rules! rule {
    ($code:literal, $file:literal) => {
        Rule { code: $code, text: include_str!($file) }
    };
}

/// All rules, by code. The explanation is the head of the rule's own file.
pub const RULES: &[Rule] = &[
    rule!("missing-figure", "missing_figure.rs"),
    rule!("percent-mismatch", "percent_mismatch.rs"),
    rule!("reader-doubt", "reader_doubt.rs"),
    rule!("reversed-column", "reversed_column.rs"),
    rule!("rounding-difference", "rounding_difference.rs"),
    rule!("stale-year-head", "stale_year_head.rs"),
    rule!("sum-mismatch", "sum_mismatch.rs"),
    rule!("unlocalised-mismatch", "unlocalised_mismatch.rs"),
];

impl Rule {
    /// The explanation: the rule's documentation without comment marks.
    pub fn explanation(&self) -> String {
        let lines: Vec<&str> = self
            .text
            .lines()
            .take_while(|l| l.starts_with("//!"))
            .map(|l| l.trim_start_matches("//!").trim())
            .collect();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_explains_itself() {
        assert!(RULES.windows(2).all(|w| w[0].code < w[1].code));
        for rule in RULES {
            let text = rule.explanation();
            assert!(text.contains("What to do:") && !text.contains("//"), "{}: {text}", rule.code);
            let own = format!("\"{}\"", rule.code);
            assert!(rule.text.contains(&own), "{} is not the code of its own file", rule.code);
        }
    }
}
