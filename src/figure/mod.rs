//! [`Table`](crate::table::Table)s → figures with phase, year, unit and scale.
pub mod scale;
