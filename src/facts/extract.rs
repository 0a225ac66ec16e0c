//! Applies the packs' vocabularies to a file's facts: provenance, attribution,
//! notices and marks become [`super::Signals`].

use super::{FileFacts, Signals};
use crate::checks::Trigger;
use crate::pack::Pack;
use crate::source::Source;

/// A pack's vocabularies, compiled once.
pub struct Extractor {}

impl Extractor {
    /// Compiles the vocabularies of `pack`.
    pub fn new(_pack: &Pack) -> Self {
        Self {}
    }

    /// Literals that make a file worth parsing for its signals.
    pub fn triggers(&self) -> Vec<Trigger> {
        Vec::new()
    }

    /// What the pack's words find in a file.
    pub fn extract(&self, _source: &Source, _facts: &FileFacts) -> Signals {
        Signals::default()
    }
}
