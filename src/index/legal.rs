//! Words that are nobody's documentation: the texts of licences, and paragraphs on rights.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

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

/// What tells that a paragraph is about rights.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statements {
    subjects: Vec<Vec<String>>,
    fewest: usize,
    short: usize,
}

/// The list; empty can't happen in a tested build.
fn statements() -> &'static Statements {
    static STATEMENTS: LazyLock<Statements> =
        LazyLock::new(|| serde_yaml::from_str(include_str!("legal.yaml")).unwrap_or_default());
    &STATEMENTS
}

/// Finds parts of words of which one is in every statement about rights.
fn likely() -> Option<&'static AhoCorasick> {
    static LIKELY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let parts = ["icen", "izenz", "ценз", "opyright", "OPYRIGHT", "ICEN"];
        AhoCorasick::new(parts).ok()
    });
    LIKELY.as_ref()
}

/// Whether a paragraph is a statement about rights. All such name a licence or a right.
pub(super) fn is_statement(text: &str) -> bool {
    if !likely().is_some_and(|likely| likely.is_match(text)) {
        return false;
    }
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    let statements = statements();
    let spoken_of = statements.subjects.iter().filter(|subject| {
        words().any(|word| subject.iter().any(|own| word.starts_with(own.as_str())))
    });
    let is_short = words().filter(|word| !word.is_empty()).count() <= statements.short;
    let fewest = statements.fewest - usize::from(is_short && statements.fewest > 2);
    fewest > 0 && spoken_of.take(fewest).count() == fewest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_read_and_tells_rights_from_licences_of_users() {
        assert!(statements().subjects.len() > 4);
        assert!(is_statement(
            "Contributions are welcome and come under the same terms: MIT or Apache-2.0, the \
             license that you choose."
        ));
        assert!(is_statement(
            "Apache License, Version 2.0, in LICENSE-APACHE"
        ));
        assert!(!is_statement(
            "Each user needs a license. A license that is assigned twice is counted once, and \
             licenses of guests are free."
        ));
    }
}
