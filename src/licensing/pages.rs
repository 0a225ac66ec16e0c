//! The licences of many pages that somebody else reads: what speaks for folders is read
//! here, what a page says of itself is handed in.

use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use super::collect::{Speaker, front_matter, speaker, speaker_of, speaks};
use super::decide::decide;
use crate::facts::{FileFacts, FileKind};
use crate::parse::kind;
use crate::source::{FileId, Source};
use crate::tree::{Content, Tree};
use crate::walk::Entry;

/// What speaks of the licences of pages.
#[derive(Debug, Default)]
pub struct Pages {
    speakers: Vec<Speaker>,
}

/// What a page says of its own licence.
#[derive(Debug)]
pub struct OfPage(Option<Speaker>);

impl OfPage {
    /// Reads the facts of a page.
    pub fn of(source: &Source, mut facts: FileFacts) -> Self {
        // It was read with what speaks for folders.
        if speaks(&source.path) {
            return Self(None);
        }
        front_matter(&mut facts);
        let speaker = speaker_of(source, &facts);
        Self(Some(speaker).filter(|speaker| !speaker.evidence.is_empty()))
    }
}

impl Pages {
    /// Reads what speaks for folders: texts of licences, manifests, READMEs, REUSE.
    pub fn of(tree: &dyn Tree, root: &Path, entries: &[Entry], limit: u64) -> Self {
        let speakers = entries
            .par_iter()
            .filter(|entry| speaks(&entry.relative) && !is_of_samples(&entry.relative))
            .filter_map(|entry| {
                let path = entry.absolute.strip_prefix(root).unwrap_or(&entry.absolute);
                let Ok(Content::Bytes(bytes)) = tree.read(path, limit) else {
                    return None;
                };
                let path = Arc::clone(&entry.relative);
                Some(speaker(&Source::decode(FileId(0), path, bytes)))
            })
            .collect();
        Self { speakers }
    }

    /// Adds what a page says of itself.
    pub fn add(&mut self, page: OfPage) {
        self.speakers.extend(page.0);
    }

    /// The licence of each path, as an SPDX expression; empty where nothing tells it, or
    /// not how several combine.
    pub fn licences(&self, paths: &[Arc<str>]) -> Vec<Arc<str>> {
        let wanted: Vec<&Arc<str>> = paths.iter().collect();
        let decided = decide(&self.speakers, &wanted);
        let licence = |of: super::Governed| match &of.licences[..] {
            [one] if of.licence.is_none() => Arc::from(one.as_str()),
            _ => Arc::from(of.licence.unwrap_or_default()),
        };
        decided.files.into_iter().map(licence).collect()
    }
}

/// `LICENSE-CODE` beside `LICENSE`: repositories of documentation keep the licence of their
/// samples there, which says nothing of the text.
fn is_of_samples(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let stem = name.split('.').next().unwrap_or(&name);
    kind::kind(path) == FileKind::Licence && stem.ends_with("-code")
}
