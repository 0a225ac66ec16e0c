//! Phrases of one role as one pattern.

use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use crate::parse::rates::is_joined;

/// Largest compiled form of one role's words, in bytes.
const MAX_COMPILED: usize = 32 << 20;
/// Most memory for what a search finds out of a pattern as it goes, in bytes.
const MAX_SEARCH: usize = 16 << 20;

/// Phrases as one pattern, which is compiled when it is first looked for: a run asks for
/// few of them.
pub(in crate::derive) struct Words {
    phrases: Vec<String>,
    regex: OnceLock<Option<Regex>>,
}

impl Words {
    pub(super) fn new<'a>(phrases: impl IntoIterator<Item = &'a String>) -> Self {
        Self {
            phrases: phrases.into_iter().cloned().collect(),
            regex: OnceLock::new(),
        }
    }

    /// The pattern; `None` where there are no phrases.
    pub(super) fn regex(&self) -> Option<&Regex> {
        self.regex
            .get_or_init(|| {
                let mut phrases: Vec<String> =
                    self.phrases.iter().map(|phrase| expand(phrase)).collect();
                // The longest first: alternation takes the first that fits.
                phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
                phrases.dedup();
                RegexBuilder::new(&format!("(?i)(?:{})", phrases.join("|")))
                    .size_limit(MAX_COMPILED)
                    .dfa_size_limit(MAX_SEARCH)
                    .build()
                    .ok()
                    .filter(|_| !phrases.is_empty())
            })
            .as_ref()
    }

    /// Whether `text` ends with one, as part of a word or not: an ending of a case.
    pub(in crate::derive) fn end(&self, text: &str) -> bool {
        let text = text.to_lowercase();
        self.phrases
            .iter()
            .any(|phrase| text.ends_with(phrase.as_str()))
    }

    /// Whether one stands in `text`.
    pub(in crate::derive) fn stand_in(&self, text: &str) -> bool {
        self.first(text).is_some()
    }

    /// Every one in `text`, none overlapping another.
    pub(in crate::derive) fn all<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = Range<usize>> + 't {
        let mut from = 0;
        std::iter::from_fn(move || {
            let regex = self.regex()?;
            while let Some(found) = regex.find_at(text, from) {
                if stands_alone(text, &found.range()) {
                    from = found.end();
                    return Some(found.range());
                }
                let step = text[found.start()..]
                    .chars()
                    .next()
                    .map_or(1, char::len_utf8);
                from = found.start() + step;
            }
            from = text.len();
            None
        })
    }

    /// The first in `text`.
    pub(in crate::derive) fn first(&self, text: &str) -> Option<Range<usize>> {
        self.all(text).next()
    }

    /// Whether `text` is one of them from end to end.
    pub(in crate::derive) fn is(&self, text: &str) -> bool {
        self.all(text).any(|range| range == (0..text.len()))
    }
}

/// Whether what was found is no part of a longer word. Scripts that write no spaces
/// have no such words.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_joined(c));
    let found = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    !(part(before) && part(found.chars().next()) || part(found.chars().next_back()) && part(after))
}

/// A phrase as a pattern: a space is any white space, `*` any ending.
fn expand(phrase: &str) -> String {
    let mut out = String::new();
    for c in phrase.chars() {
        match c {
            ' ' => out.push_str(r"[\s\u{a0}]+"),
            '\'' => out.push_str("['’]"),
            '*' => out.push_str(r"[\w’']*"),
            c => out.push_str(&regex::escape(&c.to_string())),
        }
    }
    out
}
