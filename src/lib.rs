//! Reads the budget books of Finnish municipalities.
pub mod geometry;
pub mod error;
pub mod number;
pub mod glossary;
pub mod pdf;
pub mod layout;
pub mod figure;
pub mod table;
pub mod fact;
pub mod audit;
pub mod report;
