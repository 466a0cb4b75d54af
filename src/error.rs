//! Causes → [`Error`], [`Warning`].
//!
//! Wording: lower case, no final stop, what was found and what was expected,
//! then where, then `hint:` on a line of its own. Only reading, writing, the
//! glossary and the batch return `Result`; analysis never fails, it warns.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Why a document, a file or an option could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ErrorKind {
    /// The file does not exist, is no file, or could not be read.
    Io,
    /// The bytes are not a document that this program reads.
    NotADocument,
    /// The file says it is a PDF but its structure is beyond repair.
    Damaged,
    /// The document wants a password, or another one.
    Password,
    /// The document is encrypted in a way that cannot be undone.
    UnknownEncryption,
    /// Every page is an image and none was read.
    OnlyImages,
    /// The worker ran out of its time.
    Timeout,
    /// The worker ran out of its memory.
    Memory,
    /// The worker died.
    Crash,
    /// A glossary file is wrong.
    Glossary,
    /// An argument is wrong.
    Usage,
}

/// One clear line about what went wrong, where, and what helps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    page: Option<u32>,
    hint: Option<String>,
}

impl Error {
    /// An error without a place or a hint.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, message: message.into(), page: None, hint: None }
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds the page, from 1.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// The cause, for programs.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The message without place and hint.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The page it happened on, from 1.
    pub fn page(&self) -> Option<u32> {
        self.page
    }

    /// What the user can do.
    pub fn hint(&self) -> Option<&str> {
        self.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(page) = self.page {
            write!(f, "page {page}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

/// Something that was read only in part; the document goes on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// Kebab-case name, stable.
    pub code: String,
    /// Page, from 1, where it is about one.
    pub page: Option<u32>,
    /// For people.
    pub message: String,
    /// What the user can do.
    pub hint: Option<String>,
}

impl Warning {
    /// A warning about the whole document.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        Warning { code: code.to_owned(), page: None, message: message.into(), hint: None }
    }

    /// Adds the page, from 1.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// Adds what the user can do.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(page) = self.page {
            write!(f, "page {page}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, " (hint: {hint})")?;
        }
        Ok(())
    }
}

/// A result that travels with what was noticed on the way.
#[derive(Clone, Debug)]
pub struct Warned<T> {
    /// The result.
    pub output: T,
    /// What was noticed.
    pub warnings: Vec<Warning>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_place_and_hint() {
        let e = Error::new(ErrorKind::Password, "found an encrypted file, expected a password")
            .on_page(14)
            .with_hint("pass --password");
        assert_eq!(
            e.to_string(),
            "page 14: found an encrypted file, expected a password\nhint: pass --password"
        );
    }
}
