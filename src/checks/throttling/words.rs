//! Word lists of a rule's `with`, compiled to one pattern that matches whole words in
//! either case.

use serde::Deserialize;

use crate::checks::BuildError;
use crate::pack::Pattern;

/// Phrases as written in YAML: regular expressions of running text, a space for any
/// white space.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Words(Vec<String>);

/// One pattern of them all.
pub(super) struct Phrases(Option<Pattern>);

impl Words {
    /// A list that was put together.
    pub(super) fn new(phrases: Vec<String>) -> Self {
        Self(phrases)
    }

    /// Compiles the list; `key` is where it stands, for the error.
    pub(super) fn compile(&self, key: &str) -> Result<Phrases, BuildError> {
        if self.0.is_empty() {
            return Ok(Phrases(None));
        }
        let phrases: Vec<String> = self.0.iter().map(|phrase| expand(phrase)).collect();
        match build(&phrases.join("|")) {
            Ok(pattern) => Ok(Phrases(Some(pattern))),
            // Each alone, so that the error names the phrase at fault.
            Err(message) => {
                let at = phrases.iter().position(|phrase| build(phrase).is_err());
                Err(BuildError {
                    key: at.map_or(key.to_owned(), |at| format!("{key}.{at}")),
                    message,
                })
            }
        }
    }
}

/// Letters of the scripts that the lists are written in. Unicode's own class has
/// hundreds of ranges, which every use of it would have to compile.
const LETTER: &str = r"[0-9a-z_\u{c0}-\u{24f}\u{400}-\u{4ff}]";

/// A phrase as a pattern: a space is any white space, an apostrophe any apostrophe.
fn expand(phrase: &str) -> String {
    let phrase = phrase
        .replace(r"\w", LETTER)
        .replace(' ', r"[\s\u{a0}]+")
        .replace('\'', "['’]");
    // Bounds of ASCII words: Unicode's would make every search of text in other
    // scripts a slow one. Where a phrase itself starts with another letter, none.
    let bound = |c: Option<char>| {
        if c.is_some_and(|c| c.is_ascii()) {
            r"(?-u:\b)"
        } else {
            ""
        }
    };
    let start = bound(phrase.chars().next());
    let end = bound(phrase.chars().next_back());
    format!("{start}(?:{phrase}){end}")
}

fn build(alternatives: &str) -> Result<Pattern, String> {
    Pattern::with_limit(&format!("(?i)(?:{alternatives})"), 16 << 20)
}

impl Phrases {
    /// Whether one of the phrases stands in `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// Whether `text` ends with one of the phrases.
    pub(super) fn ends(&self, text: &str) -> bool {
        self.0
            .as_ref()
            .is_some_and(|regex| regex.find_iter(text).any(|found| found.end() == text.len()))
    }

    /// The first phrase in `text`.
    pub(super) fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        Some(self.0.as_ref()?.find(text)?.range())
    }
}
