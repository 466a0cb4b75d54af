//! The built-in glossary against rows of printed books.

use taltolk::glossary::{Context, Glossary, Statement};

fn statement(name: &str) -> Statement {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).expect("a statement")
}

/// Each line: statement, headings above, label, concept (`-` for none), qualifier.
#[test]
fn printed_rows_mean_what_they_should() {
    let glossary = Glossary::builtin();
    let mut wrong = Vec::new();
    for line in include_str!("cases/glossary/labels.tsv").lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [name, section, label, concept, qualifier] = cells.as_slice() else {
            panic!("five cells expected: {line}");
        };
        let section = (!section.is_empty()).then_some(*section);
        let context = Context { statement: Some(statement(name)), section, language: None };
        let found = glossary.lookup(&context, label);
        let id = found.as_ref().map_or("-", |m| m.concept.id.as_str());
        let split = found.as_ref().and_then(|m| m.qualifier.as_deref()).unwrap_or_default();
        if id != *concept || (!qualifier.is_empty() && split != *qualifier) {
            wrong.push(format!("{line}: found {id} {split}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every term that the product set out with is known, in Swedish and Finnish.
#[test]
fn first_terms_are_covered() {
    let glossary = Glossary::builtin();
    let mut missing = Vec::new();
    for line in include_str!("cases/glossary/terms.tsv").lines().skip(1) {
        for (label, language) in line.split('\t').zip(["sv", "fi"]) {
            let concept = glossary.lookup_any(label).iter().any(|s| s.score >= 0.98);
            if !concept && glossary.vocabulary().scale_of(label).is_none() {
                missing.push(format!("{language}: {label}"));
            }
        }
    }
    assert!(missing.is_empty(), "{} missing:\n{}", missing.len(), missing.join("\n"));
}
