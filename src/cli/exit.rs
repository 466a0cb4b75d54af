//! What happened → exit code. The worse of two wins.

use std::process::ExitCode;

use taltolk::report::Outcome;

/// The three ways to end; the order is that of gravity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// 0: done, the document read whole, in part, or found empty.
    Fine,
    /// 1: findings of severity error, or nothing found.
    Found,
    /// 2: a document failed or an argument is wrong.
    Failed,
}

impl Status {
    pub(crate) fn of(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Failed => Status::Failed,
            Outcome::Ok | Outcome::Partial | Outcome::Empty => Status::Fine,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Fine => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}
