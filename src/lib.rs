//! Reads the budget books of Finnish municipalities and turns every printed
//! figure into a fact.
//!
//! ```text
//! bytes ── pdf ──▶ Page ── layout ──▶ Layout ── table ──▶ Table ── figure ──▶ Meaning
//!  text ── flat ─────────────────────────▲                                      │
//! Report ◀── audit ◀── Fact ◀── fact (glossary, entity, period, scale) ◀────────┘
//!   │
//!   └── output: JSON · CSV · Markdown · text     batch: archive ▶ workers ▶ dataset
//! ```
//!
//! The modules below stand in the order in which data flows, and each imports
//! only what stands above it (`tests/tidy.rs` keeps that true). [`pipeline`]
//! runs them for one document, [`batch`] for many, each in a process of its
//! own. What a figure becomes is [`fact::Fact`]; what a document becomes is
//! [`report::Report`]. The one promise: never silently wrong. A figure is
//! right, or `doubtful` with its reasons, or `unreadable`.

pub mod geometry;
pub mod error;
mod names;
pub mod number;
pub mod equation;
pub mod grouping;
pub mod glossary;
pub mod pdf;
pub mod scan;
pub mod layout;
pub mod table;
mod flat;
pub mod sheet;
pub mod figure;
pub mod fact;
pub mod audit;
pub mod report;
pub mod align;
pub mod pipeline;
pub mod output;
pub mod batch;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
