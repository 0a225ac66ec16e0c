//! Text in common with the documentation of which the scan was given an index.

use super::{Engine, Notice, NoticeLevel};
use crate::facts::{FileFacts, FileKind, Zone};
use crate::index;
use crate::parse::kind;
use crate::source::Source;

impl Engine<'_> {
    /// Whether a file is worth parsing for text in common alone.
    pub(super) fn sifts(&self, path: &str, kind: FileKind, bytes: &[u8]) -> bool {
        let indexes = &self.options.indexes;
        !indexes.is_empty() && is_looked_at(kind::zone(path)) && indexes.sifts(kind, bytes)
    }

    /// Finds the text that a parsed file has in common with pages.
    pub(super) fn compare(&self, source: &Source, facts: &mut FileFacts) {
        let indexes = &self.options.indexes;
        let compared = kind::is_document(facts.kind) || matches!(facts.kind, FileKind::Code(_));
        if indexes.is_empty() || !compared || !is_looked_at(facts.zone) {
            return;
        }
        let words = index::of_facts(facts, true);
        if source.budget.spend(words.len() as u64) {
            facts.shared = indexes.compare(&words);
        }
    }

    /// What is to be said when an index could not be read to its end.
    pub(super) fn failed_index(&self) -> Option<Notice> {
        let message = self.options.indexes.failed()?.to_owned();
        Some(Notice {
            path: None,
            span: None,
            level: NoticeLevel::Unchecked,
            message,
        })
    }
}

/// Tests, histories and other people's work are held to no attribution.
fn is_looked_at(zone: Zone) -> bool {
    matches!(zone, Zone::Project | Zone::Docs | Zone::Example)
}
