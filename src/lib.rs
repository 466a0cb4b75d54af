//! Reads the budget books of Finnish municipalities.

pub mod geometry;
pub mod error;
#[macro_use]
mod names;
pub mod number;
pub mod equation;
pub mod glossary;
pub mod pdf;
pub mod layout;
pub mod table;
pub mod figure;
pub mod fact;
pub mod audit;
pub mod report;
pub mod pipeline;
pub mod output;
pub mod batch;
