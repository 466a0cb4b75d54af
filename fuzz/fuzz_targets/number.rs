//! Any text → amount or none: never a crash, and an amount has the digits that are printed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use taltolk::number::{Point, parse};

fuzz_target!(|text: &str| {
    for point in [Point::Group, Point::Decimal] {
        let Some(number) = parse(text, point) else { continue };
        let printed = text.chars().filter(char::is_ascii_digit).skip_while(|&c| c == '0');
        let read = number.value.abs().mantissa().to_string();
        // A note mark may be cut off the end, nothing may be added.
        assert!(printed.collect::<String>().starts_with(read.trim_start_matches('0')), "{text:?} → {number:?}");
    }
});
