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
        let mut all = Vec::with_capacity(self.0.len());
        for (index, phrase) in self.0.iter().enumerate() {
            let phrase = phrase.replace(' ', r"[\s\u{a0}]+").replace('\'', "['’]");
            // Each alone first, so that the error names the phrase at fault.
            Pattern::new(&phrase).map_err(|message| BuildError {
                key: format!("{key}.{index}"),
                message,
            })?;
            all.push(format!("(?:{phrase})"));
        }
        let pattern = format!(r"(?i)(?:\b|^)(?:{})(?:\b|$)", all.join("|"));
        Pattern::with_limit(&pattern, 16 << 20)
            .map(|pattern| Phrases(Some(pattern)))
            .map_err(|message| BuildError {
                key: key.to_owned(),
                message,
            })
    }
}

impl Phrases {
    /// Whether one of the phrases stands in `text`.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.0.as_ref().is_some_and(|regex| regex.is_match(text))
    }

    /// The first phrase in `text`.
    pub(super) fn find(&self, text: &str) -> Option<std::ops::Range<usize>> {
        Some(self.0.as_ref()?.find(text)?.range())
    }
}
