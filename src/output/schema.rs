//! Types → what a program needs to read the outputs.
//!
//! Out: the JSON Schema of the report, and a Frictionless Table Schema for
//! each of the two CSVs (<https://specs.frictionlessdata.io/table-schema/>).

use serde_json::{Value, json};

use super::columns::{Column, FACTS, FINDINGS};
use crate::report::{Report, SCHEMA};

/// JSON Schema of one report.
pub fn report() -> Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("$id".to_owned(), json!(SCHEMA));
    }
    schema
}

/// Table Schema of the facts CSV.
pub fn facts() -> Value {
    table(FACTS)
}

/// Table Schema of the findings CSV.
pub fn findings() -> Value {
    table(FINDINGS)
}

fn table<T>(columns: &[Column<T>]) -> Value {
    let fields: Vec<Value> = columns
        .iter()
        .map(|c| json!({"name": c.name, "type": c.kind.as_str(), "description": c.description}))
        .collect();
    json!({ "fields": fields, "missingValues": [""] })
}
