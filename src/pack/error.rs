//! Errors that point at the key of a pack's YAML that is at fault.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::de::DeserializeOwned;

use super::{outline, words};
use crate::selection::nearest;

const HELP: &str =
    "a pack is a folder with pack.yaml, vocabularies and rules/*.yaml; see docs/packs.md";

/// A pack that can't be used; points at the key at fault.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(code(pack))]
pub struct PackError {
    message: String,
    #[help]
    help: String,
    #[source_code]
    source_code: Option<Arc<NamedSource<String>>>,
    #[label("here")]
    label: Option<SourceSpan>,
}

/// Longest message and longest line of a file that are shown whole, in bytes.
const MAX_MESSAGE: usize = 800;
const MAX_LINE: usize = 1000;

/// One YAML file of a pack.
#[derive(Clone, Debug)]
pub struct PackFile {
    /// Path inside the pack, `/`-separated: `rules/trademark.yaml`.
    pub path: String,
    /// Path for people.
    pub shown: String,
    /// Its text.
    pub text: String,
    /// It came with the binary, whose tests have read it before.
    pub trusted: bool,
}

impl PackError {
    /// An error that speaks of no place in a file.
    pub fn plain(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: HELP.to_owned(),
            source_code: None,
            label: None,
        }
    }

    /// Says what to type instead.
    #[must_use]
    pub(super) fn helped(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl PackFile {
    /// Reads it as `T`; an error points at its place.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, PackError> {
        if !self.trusted {
            outline::guard(&self.text)
                .map_err(|fault| self.error(&fault.message, Some(self.token(fault.at))))?;
        }
        serde_yaml::from_str(&self.text).map_err(|error| {
            let message = error.to_string();
            let Some(place) = error.location() else {
                return self.error(&message, None);
            };
            let at = offset(&self.text, place.line(), place.column());
            let position = format!(" at line {} column {}", place.line(), place.column());
            let message = message.strip_suffix(&position).unwrap_or(&message);
            let range = message
                .split_once("duplicate field `")
                .and_then(|(_, name)| outline::second(&self.text, at, name.strip_suffix('`')?));
            self.error(message, Some(range.unwrap_or_else(|| self.token(at))))
        })
    }

    /// An error at a key path such as `3.with.limit`, or at its nearest parent that
    /// is there.
    pub fn at(&self, path: &str, message: impl Into<String>) -> PackError {
        let message = message.into();
        let range = outline::locate(&self.text, path).map(|(node, exact)| {
            // A value that is there is at fault itself; an unknown key, and one that
            // lacks something, is underlined as a key.
            let about_key = ["unknown field", "missing field"]
                .iter()
                .any(|start| message.starts_with(start));
            let value = exact && !about_key && !node.value.is_empty();
            match node.key {
                Some(key) if !value => key,
                _ => node.value,
            }
        });
        self.error(&message, range)
    }

    /// An error that underlines bytes.
    pub fn error(&self, message: &str, range: Option<Range<usize>>) -> PackError {
        let message = shortened(message);
        let range = range.unwrap_or_default();
        let before = self.text.get(..range.start).unwrap_or_default();
        let number = before.matches('\n').count() + 1;
        let drawn = self.text.lines().skip(number.saturating_sub(2)).take(3);
        if drawn.map(str::len).max() > Some(MAX_LINE) {
            let shown = &self.shown;
            let message = words::plain(&message);
            return PackError::plain(format!("{shown}: line {number}: {message}"));
        }
        let said = words::plain(&message);
        let mut error = PackError::plain(format!("{}: {said}", self.shown));
        if let Some(suggestion) = suggestion(&message) {
            error.help = format!("did you mean `{suggestion}`?");
        }
        let text = self.text.clone();
        error.source_code = Some(Arc::new(NamedSource::new(&self.shown, text)));
        error.label = Some(SourceSpan::from(range));
        error
    }

    /// The scalar that starts at a byte, or the rest of the line.
    fn token(&self, at: usize) -> Range<usize> {
        outline::scalar_at(&self.text, at).unwrap_or_else(|| {
            let rest = self.text.get(at..).unwrap_or_default();
            let rest = rest.lines().next().unwrap_or_default();
            at..at + rest.trim_end().len()
        })
    }
}

/// What was meant, from a message such as "unknown field `a`, expected one of `b`,
/// `c`", as serde words it.
fn suggestion(message: &str) -> Option<&str> {
    let (_, list) = message.split_once("unknown ")?;
    let mut names = list.split('`').skip(1).step_by(2);
    let name = names.next()?;
    nearest(name, names)
}

/// The byte at a one-based line and column, columns counted in characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.lines().next().unwrap_or_default();
    let skip: usize = line
        .chars()
        .take(column.saturating_sub(1))
        .map(char::len_utf8)
        .sum();
    start + skip
}

/// A message that quotes a value may be as long as the value.
fn shortened(message: &str) -> String {
    match message.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_likely_name_is_offered() {
        let message = "unknown field `pedantik`, expected one of `title`, `pedantic`";
        assert_eq!(suggestion(message), Some("pedantic"));
        assert_eq!(suggestion("unknown field `x`, there are no fields"), None);
        assert_eq!(suggestion("missing field `x`"), None);
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(offset("é: x\nà: y\n", 2, 4), 10);
        assert_eq!(offset("a", 9, 9), 1);
    }
}
