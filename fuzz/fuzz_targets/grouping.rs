//! Any lines as the digit groups of rows, any rows as sums of others → a choice for each row, in bounded time.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::grouping::{self, Row, Sum};

fuzz_target!(|input: (u8, Vec<(u8, Vec<u8>)>, String)| {
    let (columns, sums, text) = input;
    let row = |line: &str| Row::new(&line.split_whitespace().take(24).collect::<Vec<_>>(), usize::from(columns % 10));
    let rows: Vec<Row> = text.lines().take(40).map(row).collect();
    let known = |k: u8| (usize::from(k) < rows.len()).then_some(usize::from(k));
    let sum = |(total, terms): &(u8, Vec<u8>)| {
        let signed = |t: &u8| Some((known(t >> 1)?, if t & 1 == 0 { 1 } else { -1 }));
        Some(Sum { total: known(*total)?, terms: terms.iter().filter_map(signed).collect() })
    };
    let sums: Vec<Sum> = sums.iter().take(20).filter_map(sum).collect();
    assert_eq!(grouping::solve(&rows, &sums).len(), rows.len());
});
