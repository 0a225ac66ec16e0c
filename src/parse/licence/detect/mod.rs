//! Which licence a text is, by its words: candidates come from an index of the SPDX
//! texts' runs of words, each is aligned with the text word by word, and the one that
//! leaves the fewest words over names it. What is then left is looked at again: it
//! may be another licence's text, or terms that were added to this one.
//!
//! The common licences come first; the index of all 700 is made only for a text that
//! they do not explain.

mod added;
mod align;
mod texts;
mod tokens;

use std::ops::Range;

use align::{Alignment, align};
use texts::{Known, Texts, exceptions, texts};
pub use tokens::phrase;
use tokens::{Tokens, tokens};

/// Least score of a text that is named at all: one word in ten may be changed, and a
/// few more be lost where a file was cut.
const LEAST: f32 = 0.8;
/// Least score of a short text: of 40 words a few make another licence.
const LEAST_SHORT: f32 = 0.92;
/// Words of a short text.
const SHORT: usize = 40;
/// From this score on a name is certain.
pub const CERTAIN: f32 = 0.95;
/// Nothing closer is looked for when the common licences explain a text so well.
const PERFECT: f32 = 0.985;
/// Words beside a licence's text that need no explanation: a title, a holder.
const BESIDE: usize = 16;
/// Longer files are collections of notices.
const MAX_LENGTH: usize = 128 * 1024;
/// Texts in one file.
const MOST: usize = 8;

/// What was found in a text.
#[derive(Debug, Default, PartialEq)]
pub struct Detection {
    /// The licences whose texts stand in it, in the order of their places.
    pub found: Vec<Found>,
    /// Exceptions whose texts stand beside them: they permit more than the licence does.
    pub exceptions: Vec<&'static str>,
    /// Words of the file that belong to no licence, in hundredths.
    pub other: u8,
    /// Terms that were added to a licence's text and restrict what it permits: the
    /// text is no longer that licence.
    pub added: Option<Range<usize>>,
}

/// A licence's text in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// SPDX identifier.
    pub id: &'static str,
    /// Between 0 and 1.
    pub score: f32,
    /// From its first to its last word.
    pub range: Range<usize>,
    /// Where it differs from the licence: the licence's words and the file's.
    pub differences: Vec<(String, Range<usize>)>,
}

impl Detection {
    /// The licence that the whole text is, and its score.
    pub fn whole(&self) -> Option<(String, f32)> {
        /// A file with more of other words than this in hundredths holds a licence, but
        /// is none.
        const OTHER: u8 = 40;
        match &self.found[..] {
            [one] if self.added.is_none() && self.other <= OTHER => {
                Some((one.id.to_owned(), one.score))
            }
            _ => None,
        }
    }

    /// The licences whose texts are certainly parts of it, when it is none as a whole.
    pub fn parts(&self) -> Vec<String> {
        if self.added.is_some() || self.whole().is_some() {
            return Vec::new();
        }
        self.found
            .iter()
            .filter(|found| found.score >= CERTAIN)
            .map(|found| found.id.to_owned())
            .collect()
    }
}

/// Tells which licence `text` is.
pub fn detect(text: &str) -> Detection {
    if text.len() > MAX_LENGTH {
        return Detection::default();
    }
    let own = tokens(text);
    let common = search(texts(false), text, &own);
    let explained = common.detection.added.is_none()
        && !common.detection.found.is_empty()
        && common
            .detection
            .found
            .iter()
            .all(|found| found.score >= PERFECT)
        && common.left <= BESIDE;
    if explained {
        return common.detection;
    }
    search(texts(true), text, &own).detection
}

struct Search {
    detection: Detection,
    /// Words that belong to no licence.
    left: usize,
}

fn search(known: &'static Texts, text: &str, own: &Tokens) -> Search {
    let mut free = vec![true; own.words.len()];
    let mut found: Vec<(Found, Range<usize>)> = Vec::new();
    while found.len() < MOST {
        let Some((licence, alignment)) = best(known, own, &free, found.is_empty()) else {
            break;
        };
        for &(at, _) in &alignment.pairs {
            free[at] = false;
        }
        let extent = alignment.extent();
        let range = bytes(own, &extent);
        found.push((
            Found {
                id: licence.id,
                score: alignment.score(),
                range,
                differences: differences(licence, own, &alignment),
            },
            extent,
        ));
    }
    let permitted = beside(own, &mut free, found.is_empty());
    found.sort_by_key(|(one, _)| one.range.start);
    let left = free.iter().filter(|free| **free).count();
    let extents: Vec<Range<usize>> = found.iter().map(|(_, extent)| extent.clone()).collect();
    let added = added::added(text, own, &free, &extents);
    let other = (left * 100 / own.words.len().max(1)) as u8;
    Search {
        detection: Detection {
            found: found.into_iter().map(|(one, _)| one).collect(),
            exceptions: permitted,
            other,
            added,
        },
        left,
    }
}

/// The exceptions among the words that no licence explains, which they take.
fn beside(own: &Tokens, free: &mut [bool], alone: bool) -> Vec<&'static str> {
    let mut known = Vec::new();
    // The texts are read only where there is room for one.
    while !alone && known.len() < MOST && free.iter().filter(|free| **free).count() > SHORT {
        let Some((exception, alignment)) = best(exceptions(), own, free, false) else {
            break;
        };
        for &(at, _) in &alignment.pairs {
            free[at] = false;
        }
        known.push(exception.id);
    }
    known
}

/// The licence that explains the free words best.
fn best(
    known: &'static Texts,
    own: &Tokens,
    free: &[bool],
    first: bool,
) -> Option<(&'static Known, Alignment)> {
    let mut best: Option<(&'static Known, Alignment)> = None;
    for licence in known.candidates(&own.words, free) {
        let length = licence.core.len();
        let alignment = align(
            &own.words,
            free,
            licence.words(),
            licence.places(),
            &licence.core,
        );
        let least = if length < SHORT { LEAST_SHORT } else { LEAST };
        // Beside another licence a few common sentences are no second one.
        let least = if first { least } else { least.max(0.85) };
        if alignment.score() < least || (!first && length < SHORT) {
            continue;
        }
        let better = best.as_ref().is_none_or(|(_, other)| {
            let (mine, theirs) = (worth(&alignment), worth(other));
            mine > theirs || (mine >= theirs && alignment.score() > other.score())
        });
        if better {
            best = Some((licence, alignment));
        }
    }
    best
}

/// What an alignment explains, less what it does not: a licence that is part of another
/// explains less, one that has more words than the text leaves more of them over.
fn worth(alignment: &Alignment) -> isize {
    alignment.pairs.len().cast_signed() - 2 * alignment.differing.cast_signed()
}

fn bytes(own: &Tokens, extent: &Range<usize>) -> Range<usize> {
    match own.ranges.get(extent.clone()) {
        Some([first, .., last]) => first.start as usize..last.end as usize,
        Some([one]) => one.start as usize..one.end as usize,
        _ => 0..0,
    }
}

/// Where an aligned text differs from the licence.
fn differences(
    licence: &Known,
    own: &Tokens,
    alignment: &Alignment,
) -> Vec<(String, Range<usize>)> {
    /// More are no near miss.
    const MOST: usize = 12;
    let mut found = Vec::new();
    for two in alignment.pairs.windows(2) {
        let (theirs, ours) = (two[0].1 + 1..two[1].1, two[0].0 + 1..two[1].0);
        if theirs.is_empty() && ours.is_empty() || !licence.core.contains(&two[0].1) {
            continue;
        }
        let expected = match licence.ranges().get(theirs) {
            Some([first, .., last]) => &licence.text[first.start as usize..last.end as usize],
            Some([one]) => &licence.text[one.start as usize..one.end as usize],
            _ => "",
        };
        let place = if ours.is_empty() {
            let at = own.ranges[two[0].0].end as usize;
            at..at
        } else {
            bytes(own, &ours)
        };
        found.push((expected.to_owned(), place));
        if found.len() == MOST {
            break;
        }
    }
    found
}

#[cfg(test)]
mod tests;
