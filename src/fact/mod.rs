//! Tables and their meaning → [`Fact`]s, and the tables as a report shows them.
//!
//! In: repaired tables, what their columns hold, the glossary, whose book it is.
//! Out: one fact per printed figure, with its concept, its place, what was done
//! to read it and how surely it was read.
//! Refuses: to drop a figure. What cannot be read is `unreadable`, what is not
//! certain is `doubtful`, and says why.

pub(crate) mod confidence;
mod counted;
pub(crate) mod entity;
mod labels;
mod model;
pub(crate) mod recognised;
mod resolve;
mod scale;
mod sign;
mod tables;

pub use confidence::SURE;
pub(crate) use counted::Counted;
pub use labels::Labels;
pub use model::*;
pub use resolve::{Owner, resolve};
pub use tables::*;

pub use crate::figure::{Phase, Unit};
