//! Statements made by chance, and errors planted into statements.

use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::truth::Truth;

/// A generated statement: revenue rows, cost rows, their totals, the margin and the result below.
#[derive(Clone, Debug)]
pub struct Statement {
    rows: Vec<(String, bool, Vec<i64>)>,
    /// Rows that stand in two or more equations.
    pub covered: Vec<usize>,
    columns: usize,
}

/// Any consistent statement: `columns` of two to five years.
pub fn statement() -> impl Strategy<Value = Statement> {
    (2_usize..=5, 2_usize..=5, 2_usize..=6).prop_flat_map(|(columns, revenue, costs)| {
        let amounts = |rows: usize, sign: i64| {
            prop::collection::vec(
                prop::collection::vec((1_000_i64..4_000_000).prop_map(move |v| sign * v), columns),
                rows,
            )
        };
        (amounts(revenue, 1), amounts(costs, -1), amounts(2, 1), amounts(1, -1)).prop_map(
            move |(revenue, costs, income, depreciation)| {
                let sum = |rows: &[&Vec<i64>]| {
                    (0..columns).map(|c| rows.iter().map(|r| r[c]).sum()).collect::<Vec<i64>>()
                };
                let all_revenue = sum(&revenue.iter().collect::<Vec<_>>());
                let all_costs = sum(&costs.iter().collect::<Vec<_>>());
                let margin = sum(&[&all_revenue, &all_costs]);
                let annual = sum(&[&margin, &income[0], &income[1]]);
                let result = sum(&[&annual, &depreciation[0]]);
                let mut rows = Vec::new();
                let mut covered = Vec::new();
                let name = |kind: &str, i: usize| format!("{kind} {}", (b'A' + i as u8) as char);
                for (i, values) in revenue.iter().enumerate() {
                    rows.push((name("Post", i), false, values.clone()));
                }
                covered.push(rows.len());
                rows.push(("Verksamhetens intäkter".into(), true, all_revenue));
                for (i, values) in costs.iter().enumerate() {
                    rows.push((name("Utgift", i), false, values.clone()));
                }
                covered.push(rows.len());
                rows.push(("Verksamhetens kostnader".into(), true, all_costs));
                covered.push(rows.len());
                rows.push(("Verksamhetsbidrag".into(), true, margin));
                rows.push(("Skatteinkomster".into(), false, income[0].clone()));
                rows.push(("Statsandelar".into(), false, income[1].clone()));
                covered.push(rows.len());
                rows.push(("Årsbidrag".into(), true, annual));
                rows.push(("Avskrivningar och nedskrivningar".into(), false, depreciation[0].clone()));
                rows.push(("Räkenskapsperiodens resultat".into(), true, result));
                Statement { rows, covered, columns }
            },
        )
    })
}

impl Statement {
    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn truth(&self) -> Truth {
        let columns: Vec<Value> = (0..self.columns)
            .map(|c| json!({"label": format!("Plan {}", 2024 + c), "kind": "plan", "year": 2024 + c}))
            .collect();
        let rows: Vec<Value> = self
            .rows
            .iter()
            .map(|(label, total, values)| {
                let values: Vec<String> = values.iter().map(i64::to_string).collect();
                json!({"label": label, "total": total, "values": values})
            })
            .collect();
        serde_json::from_value(json!({
            "document": {"municipality": "Sundby"},
            "tables": [{"page": 1, "title": "Resultaträkning", "unit_scale": 1, "columns": columns, "rows": rows}],
        }))
        .unwrap()
    }
}

/// Numbers by chance, the same in every run.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n
    }
}

/// A misprint of a figure: a digit, two digits, the sign, a value near it, another column's figure.
pub fn misprint(dice: &mut Dice, value: Decimal, others: &[Decimal]) -> Decimal {
    let scale = value.scale();
    let digits: Vec<u8> = value.mantissa().abs().to_string().into_bytes();
    let back = |digits: &[u8]| {
        let n: i64 = String::from_utf8(digits.to_vec()).unwrap().parse().unwrap();
        let d = Decimal::new(n, scale);
        if value.is_sign_negative() { -d } else { d }
    };
    let mut changed = digits.clone();
    let at = dice.below(digits.len());
    match dice.below(5) {
        0 | 1 => {
            changed[at] = b'0' + ((changed[at] - b'0') as usize + 1 + dice.below(9)).rem_euclid(10) as u8;
            back(&changed)
        }
        2 if digits.len() > 1 => {
            let at = at.min(digits.len() - 2);
            changed.swap(at, at + 1);
            back(&changed)
        }
        3 => others.get(dice.below(others.len().max(1))).copied().unwrap_or(-value),
        _ => value + Decimal::from(1 + dice.below(5000)) * Decimal::new(1, scale) * Decimal::TEN,
    }
}
