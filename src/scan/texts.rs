//! The texts of a scan: those that something points into are at hand, others are
//! read again when something does, so that memory follows the findings and not the
//! tree.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::files::Files;
use super::{Notice, NoticeLevel};
use crate::facts::FileKind;
use crate::finding::Finding;
use crate::parse::kind;
use crate::source::{FileId, Source, Span};
use crate::walk::Entry;

/// Texts by file.
pub struct Texts<'a> {
    entries: Vec<Entry>,
    digests: BTreeMap<FileId, u64>,
    sources: BTreeMap<FileId, Arc<Source>>,
    files: &'a Files<'a>,
}

impl<'a> Texts<'a> {
    /// No text yet.
    pub fn new(entries: Vec<Entry>, files: &'a Files<'a>) -> Self {
        Self {
            entries,
            digests: BTreeMap::new(),
            sources: BTreeMap::new(),
            files,
        }
    }

    /// A file that was parsed, with its text when something points into it already.
    pub fn add(&mut self, id: FileId, digest: u64, source: Option<Arc<Source>>) {
        self.digests.insert(id, digest);
        if let Some(source) = source {
            self.sources.insert(id, source);
        }
    }

    /// Whether a file was read only for what it says of the repository.
    pub fn is_context(&self, id: FileId) -> bool {
        self.entries
            .get(id.0 as usize)
            .is_some_and(|entry| entry.context)
    }

    /// Texts at hand.
    pub fn sources(&self) -> &BTreeMap<FileId, Arc<Source>> {
        &self.sources
    }

    /// Reads again what is not at hand.
    pub fn need(&mut self, spans: impl Iterator<Item = Span>) {
        for span in spans {
            if self.sources.contains_key(&span.file) {
                continue;
            }
            // A picture has no words to show.
            if let Some(entry) = self.entries.get(span.file.0 as usize)
                && kind::kind(&entry.relative) == FileKind::Picture
            {
                let source = Source::from_text(span.file, Arc::clone(&entry.relative), "");
                self.sources.insert(span.file, Arc::new(source));
                continue;
            }
            let source = self.digests.get(&span.file).and_then(|&digest| {
                let entry = self.entries.get(span.file.0 as usize)?;
                let bytes = self.files.read_again(entry, digest)?;
                Some(Source::decode(
                    span.file,
                    Arc::clone(&entry.relative),
                    bytes,
                ))
            });
            if let Some(source) = source {
                self.sources.insert(span.file, Arc::new(source));
            }
        }
    }

    /// The texts that findings and notices point into; says which are gone.
    pub fn pointed_at(
        mut self,
        findings: &[Finding],
        more: impl Iterator<Item = Span>,
        notices: &mut Vec<Notice>,
    ) -> BTreeMap<FileId, Arc<Source>> {
        let spans: Vec<Span> = findings
            .iter()
            .flat_map(Finding::spans)
            .chain(more)
            .chain(notices.iter().filter_map(|notice| notice.span))
            .collect();
        self.need(spans.iter().copied());
        let needed: BTreeSet<FileId> = spans.iter().map(|span| span.file).collect();
        for id in &needed {
            if !self.sources.contains_key(id)
                && let Some(entry) = self.entries.get(id.0 as usize)
            {
                notices.push(Notice {
                    path: Some(entry.relative.to_string()),
                    span: None,
                    level: NoticeLevel::Warning,
                    message: "changed while the scan ran: its lines can't be shown".to_owned(),
                });
            }
        }
        self.sources.retain(|id, _| needed.contains(id));
        self.sources
    }
}
