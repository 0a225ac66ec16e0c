//! Which licence a text is, by the texts and the measure of the spdx crate.
//!
//! Comparing with all 700 texts would cost most of a second for the first file.
//! Two texts whose lengths differ by half cannot be alike, so only texts of about
//! the same length are prepared, each once a process and only when needed; the
//! common licences come first, and a near-perfect match ends the search.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{LazyLock, OnceLock};

use spdx::detection::TextData;

use super::words::words;

/// Above this a text is a licence's text.
pub const THRESHOLD: f32 = 0.9;
/// Above this no better match is looked for.
const CERTAIN: f32 = 0.97;
/// Length of the runs of words by which a part of a file is recognised.
const RUN: usize = 6;
/// Longer files are collections of notices.
const MAX_LENGTH: usize = 128 * 1024;
/// Shorter files hold no licence's text.
const MIN_LENGTH: usize = 300;

/// What was found in a text.
#[derive(Debug, Default, PartialEq)]
pub struct Detection {
    /// The licence that the whole text is, and its score.
    pub whole: Option<(String, f32)>,
    /// Licences whose texts are parts of it, when it is no licence as a whole.
    pub parts: Vec<String>,
}

struct Known {
    id: &'static str,
    text: &'static str,
    common: bool,
    data: OnceLock<TextData>,
    runs: OnceLock<HashSet<u64>>,
}

impl Known {
    fn data(&self) -> &TextData {
        self.data
            .get_or_init(|| TextData::new(self.text).without_text())
    }

    fn runs(&self) -> &HashSet<u64> {
        self.runs.get_or_init(|| runs(self.text))
    }
}

/// Every distinct text, the common ones first.
fn known() -> &'static [Known] {
    static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
        let common = words().map_or(&[][..], |words| &words.common[..]);
        let by_id = |id: &str| {
            spdx::text::LICENSE_TEXTS
                .iter()
                .find(|&&(known, _)| known == id)
        };
        let mut seen = HashSet::new();
        common
            .iter()
            .filter_map(|id| by_id(id))
            .map(|entry| (entry, true))
            .chain(spdx::text::LICENSE_TEXTS.iter().map(|entry| (entry, false)))
            .filter(|((_, text), _)| !text.is_empty() && seen.insert(*text))
            .map(|(&(id, text), common)| Known {
                id,
                text,
                common,
                data: OnceLock::new(),
                runs: OnceLock::new(),
            })
            .collect()
    });
    &KNOWN
}

/// Tells which licence `text` is.
pub fn detect(text: &str) -> Detection {
    if !(MIN_LENGTH..=MAX_LENGTH).contains(&text.len()) {
        return Detection::default();
    }
    let whole = whole(text);
    let parts = if whole.is_some() {
        Vec::new()
    } else {
        parts(text)
    };
    Detection { whole, parts }
}

fn whole(text: &str) -> Option<(String, f32)> {
    let data = TextData::new(text);
    let mut best: Option<(&'static str, f32)> = None;
    let mut was_common = true;
    for known in known() {
        if was_common && !known.common && best.is_some_and(|(_, score)| score >= CERTAIN) {
            break;
        }
        was_common = known.common;
        // The parts of a text that the measure passes over (title, copyright,
        // instructions at the end) are well below half of it.
        let (short, long) = if known.text.len() < text.len() {
            (known.text.len(), text.len())
        } else {
            (text.len(), known.text.len())
        };
        if short * 2 < long {
            continue;
        }
        let score = known.data().match_score(&data);
        if score >= THRESHOLD && best.is_none_or(|(_, least)| score > least) {
            best = Some((known.id, score));
        }
    }
    best.map(|(id, score)| (id.to_owned(), score))
}

/// The common licences that stand in a longer text, those that cover most first.
fn parts(text: &str) -> Vec<String> {
    /// Share of a licence's runs of words that must stand in the text: a name and a
    /// year in each of its paragraphs may differ.
    const SHARE: f32 = 0.8;
    let mut left = runs(text);
    let mut found = Vec::new();
    loop {
        let best = known()
            .iter()
            .take_while(|known| known.common)
            .filter_map(|known| {
                let runs = known.runs();
                let shared = runs.iter().filter(|run| left.contains(run)).count();
                (shared > 0 && shared as f32 >= SHARE * runs.len() as f32)
                    .then_some((shared, known))
            })
            .max_by_key(|&(shared, known)| (shared, std::cmp::Reverse(known.id)));
        let Some((_, known)) = best else { break };
        for run in known.runs() {
            left.remove(run);
        }
        found.push(known.id.to_owned());
    }
    found
}

/// Hashes of every run of words in `text`, in lower case.
fn runs(text: &str) -> HashSet<u64> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words
        .windows(RUN)
        .map(|run| {
            let mut hasher = DefaultHasher::new();
            run.hash(&mut hasher);
            hasher.finish()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(id: &str) -> &'static str {
        spdx::license_id(id).map_or("", |id| id.text())
    }

    fn found(text: &str) -> (Option<String>, Vec<String>) {
        let detection = detect(text);
        (detection.whole.map(|(id, _)| id), detection.parts)
    }

    #[test]
    fn common_texts_are_told_apart() {
        for id in [
            "MIT",
            "ISC",
            "BSD-2-Clause",
            "BSD-3-Clause",
            "Apache-2.0",
            "GPL-2.0",
            "GPL-3.0",
            "AGPL-3.0",
            "LGPL-3.0",
            "CC-BY-4.0",
            "CC-BY-SA-4.0",
            "CC-BY-NC-4.0",
            "CC0-1.0",
            "Unlicense",
            "0BSD",
            "MPL-2.0",
            "EUPL-1.2",
            "MIT-0",
        ] {
            assert_eq!(found(text(id)).0.as_deref(), Some(id));
        }
    }

    #[test]
    fn several_texts_in_one_file() {
        let both = format!("A\n\n{}\n\n----\n\n{}", text("MIT"), text("BSD-3-Clause"));
        assert_eq!(
            found(&both),
            (None, vec!["BSD-3-Clause".to_owned(), "MIT".to_owned()])
        );
        let long = format!("{}\n{}", text("Apache-2.0"), text("MIT"));
        let (whole, parts) = found(&long);
        assert!(
            whole.as_deref() == Some("Apache-2.0") || parts.len() == 2,
            "{whole:?} {parts:?}"
        );
    }

    #[test]
    fn other_texts_are_none() {
        assert_eq!(found("All rights reserved."), (None, vec![]));
        let own = "You may look at this software but neither copy nor change it. ".repeat(20);
        assert_eq!(found(&own), (None, vec![]));
    }
}
