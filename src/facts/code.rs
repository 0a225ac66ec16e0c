//! What code does with a governed API. Filled by [`crate::parse`]'s code parsers,
//! read by the throttling checks.

/// Facts of one code file.
#[derive(Debug, Default)]
pub struct CodeFacts {}
