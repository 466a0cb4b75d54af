//! Tables and figures → [`Fact`]s.
mod model;
pub use model::*;
