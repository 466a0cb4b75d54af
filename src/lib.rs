//! Reads the budget books of Finnish municipalities.
pub mod geometry;
pub mod error;
pub mod glossary;
pub mod fact;
pub mod audit;
pub mod report;
pub mod pipeline;
pub mod output;
pub mod batch;
