//! The generic check: phrases in prose.
