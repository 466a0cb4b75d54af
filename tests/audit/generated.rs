//! Statements made by chance.
