//! What is to be seen in the pictures of a tree. Each is decoded once, within limits, and
//! nothing is kept of one that shows no mark.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::file::FileOutcome;
use super::files::digest;
use super::{Engine, NoticeLevel};
use crate::facts::picture::{Logo, Picture};
use crate::facts::{FileFacts, FileKind, FileRecord, Signals};
use crate::parse::kind;
use crate::parse::picture::{self, Refusal};
use crate::source::FileId;
use crate::tree::Content;
use crate::walk::{Entry, Skip};

impl Engine<'_> {
    /// Looks at a picture of pixels.
    pub(super) fn picture(&self, id: FileId, entry: &Entry) -> FileOutcome {
        if !self.pictures || entry.context {
            return FileOutcome::skipped(Skip::Binary);
        }
        let bytes = match self.files.read_any(entry, picture::MAX_BYTES) {
            Ok(Content::Bytes(bytes)) => bytes,
            Ok(Content::OverSize) => return FileOutcome::skipped(Skip::OverSize),
            Ok(Content::Special) => return FileOutcome::skipped(Skip::Special),
            Ok(Content::Binary) => return FileOutcome::skipped(Skip::Binary),
            Err(error) => return FileOutcome::failed(entry, &error),
        };
        let seen = match look(&bytes, picture::pixels) {
            Ok(seen) => seen,
            // Screenshots and photographs are no logos.
            Err(Some(Refusal::TooLarge)) => return FileOutcome::skipped(Skip::OverSize),
            Err(refusal) => {
                let mut outcome = FileOutcome::skipped(Skip::Binary);
                tell(entry, refusal, &mut outcome);
                return outcome;
            }
        };
        let mut outcome = FileOutcome {
            bytes: bytes.len() as u64,
            read: true,
            ..FileOutcome::default()
        };
        let logos = self.logos(&seen);
        if logos.is_empty() {
            outcome.plain = shows_something(&seen);
            return outcome;
        }
        let path = &entry.relative;
        let mut facts = FileFacts::new(FileKind::Picture, kind::zone(path));
        let signals = logos.into_iter().map(|logo| Signals {
            logo,
            ..Signals::default()
        });
        facts.signals = signals.collect();
        outcome.digest = digest(&bytes);
        outcome.record = Some(FileRecord::new(id, Arc::clone(path), facts));
        outcome
    }

    /// The marks that a drawing shows, by pack; none where it shows none at all.
    pub(super) fn drawing(
        &self,
        entry: &Entry,
        bytes: &[u8],
        outcome: &mut FileOutcome,
    ) -> Vec<Option<Logo>> {
        match look(bytes, picture::drawing) {
            Ok(seen) => {
                let logos = self.logos(&seen);
                outcome.plain = logos.is_empty() && shows_something(&seen);
                logos
            }
            Err(refusal) => {
                tell(entry, refusal, outcome);
                Vec::new()
            }
        }
    }

    fn logos(&self, seen: &Picture) -> Vec<Option<Logo>> {
        let logos = self.packs.iter().map(|pack| pack.logos.seen(seen));
        let logos: Vec<Option<Logo>> = logos.collect();
        if logos.iter().all(Option::is_none) {
            return Vec::new();
        }
        logos
    }
}

/// Whether a picture holds anything that could be held against a mark.
fn shows_something(seen: &Picture) -> bool {
    !seen.looks.is_empty() || seen.squares.is_some() || seen.panes.is_some()
}

/// What is to be seen in a picture; no reason where the decoder itself failed, which must
/// not take the other files with it.
fn look(
    bytes: &[u8],
    decode: fn(&[u8]) -> Result<Picture, Refusal>,
) -> Result<Picture, Option<Refusal>> {
    match catch_unwind(AssertUnwindSafe(|| decode(bytes))) {
        Ok(seen) => seen.map_err(Some),
        Err(_) => Err(None),
    }
}

fn tell(entry: &Entry, refusal: Option<Refusal>, outcome: &mut FileOutcome) {
    // What a decoder fails on may be made for it: that is no picture as others are.
    let (level, why) = match refusal {
        Some(refusal) => (NoticeLevel::Info, refusal.to_string()),
        None => (
            NoticeLevel::Unchecked,
            "its decoder failed on it".to_owned(),
        ),
    };
    outcome.say(entry, level, &format!("not looked at: {why}"));
}
