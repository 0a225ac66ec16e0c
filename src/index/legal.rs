//! Words that are nobody's documentation: the texts of licences.

use super::winnow::runs;
use super::words::Words;

/// The hash of every run of words in the licences of the SPDX list, sorted.
pub(super) fn hashes() -> Vec<u64> {
    let mut hashes = Vec::new();
    let mut texts: Vec<&str> = spdx::text::LICENSE_TEXTS
        .iter()
        .map(|(_, text)| *text)
        .collect();
    texts.sort_unstable();
    texts.dedup();
    for text in texts {
        let mut words = Words::default();
        words.add(text, 0);
        hashes.extend(runs(&words).map(|run| run.hash));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
