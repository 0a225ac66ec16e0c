//! Trademark notices: whose the marks are, and that the owner stands behind nothing
//! here.

use std::ops::Range;

use crate::facts::signals::NoticeKind;
use crate::pack::Notices;
use crate::pack::wording::WordingSet;

/// Longest notice, in bytes: words farther apart belong to different thoughts.
const MAX_NOTICE: usize = 400;

/// Finds notices in sentences; compiled once.
pub(super) struct NoticeReader {
    wordings: WordingSet,
    /// So many of the wordings, from the first, speak of ownership.
    ownership: usize,
}

impl NoticeReader {
    pub(super) fn new(notices: &Notices) -> Self {
        let words = notices.words();
        Self {
            wordings: WordingSet::new(
                notices.ownership.iter().chain(&notices.non_affiliation),
                &words,
            ),
            ownership: notices.ownership.len(),
        }
    }

    /// The notice in one sentence, with its place there.
    pub(super) fn find(&self, sentence: &str) -> Option<(NoticeKind, Range<usize>)> {
        let (index, range) = self.wordings.find(sentence)?;
        let kind = if index < self.ownership {
            NoticeKind::Ownership
        } else {
            NoticeKind::NonAffiliation
        };
        (range.len() <= MAX_NOTICE).then_some((kind, range))
    }
}
