//! Errors that point at the key of a pack's YAML that is at fault.

use std::ops::Range;
use std::sync::Arc;

use miette::{Diagnostic, NamedSource, SourceSpan};
use serde::de::DeserializeOwned;

use super::outline;

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
            message: printable(&message.into()),
            help: HELP.to_owned(),
            source_code: None,
            label: None,
        }
    }

    /// Says what to type instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = printable(&help.into());
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
            self.error(message, Some(self.token(at)))
        })
    }

    /// An error at a key path such as `3.with.limit`, or at its nearest parent that
    /// is there.
    pub fn at(&self, path: &str, message: impl Into<String>) -> PackError {
        let message = message.into();
        let range = outline::locate(&self.text, path).map(|(node, exact)| {
            // A value that is there is at fault itself; an unknown key, and one that
            // lacks something, is underlined as a key.
            let value = exact && !message.starts_with("unknown field") && !node.value.is_empty();
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
        if line(&self.text, range.start).len() > MAX_LINE {
            let before = self.text.get(..range.start).unwrap_or_default();
            let number = before.matches('\n').count() + 1;
            let shown = &self.shown;
            return PackError::plain(format!("{shown}: line {number}: {message}"));
        }
        let mut error = PackError::plain(format!("{}: {message}", self.shown));
        if let Some(suggestion) = suggestion(&message) {
            error.help = printable(&format!("did you mean `{suggestion}`?"));
        }
        let text = printable_in_place(&self.text);
        error.source_code = Some(Arc::new(NamedSource::new(printable(&self.shown), text)));
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

/// The nearest of `names` to a misspelt one.
pub fn nearest<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    names
        .into_iter()
        .map(|other| (strsim::normalized_damerau_levenshtein(name, other), other))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, other)| other)
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

/// The line around a byte.
fn line(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default()
}

/// A message that quotes a value may be as long as the value.
fn shortened(message: &str) -> String {
    match message.char_indices().nth(MAX_MESSAGE) {
        Some((end, _)) => format!("{}…", &message[..end]),
        None => message.to_owned(),
    }
}

/// Nothing that could move a terminal's cursor or turn its text around.
fn printable(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let escape = unprintable(c).then(|| c.escape_default());
            let plain = escape.is_none().then_some(c);
            escape.into_iter().flatten().chain(plain)
        })
        .collect()
}

/// The same of the same length, for spans to fit.
fn printable_in_place(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let line_end = c == '\r' && chars.peek() == Some(&'\n');
        if unprintable(c) && !line_end {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

fn unprintable(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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

    #[test]
    fn escapes_are_not_passed_on() {
        assert_eq!(printable("a\u{1b}[2J"), "a\\u{1b}[2J");
        assert_eq!(printable_in_place("\u{202e}b\u{9b}"), "???b??");
    }
}
