//! Reads the budget books of Finnish municipalities.
pub mod geometry;
pub mod error;
pub mod glossary;
pub mod equation;
pub mod fact;
pub mod audit;
pub mod report;
