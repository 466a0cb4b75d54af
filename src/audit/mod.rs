//! Facts → [`Finding`]s.
mod finding;
pub use finding::{Finding, Severity};
