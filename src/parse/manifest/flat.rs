//! Structured data as a flat list of entries, whatever the syntax.

use std::ops::Range;

use crate::facts::{FrontMatterEntry, Problem};
use crate::parse::yaml::ENTRY;
use crate::source::Source;

/// Nesting deeper than this is not read.
pub const MAX_DEPTH: usize = 64;

/// Scalar entries in the order of the text; keys are joined by `.`, items carry
/// their index.
#[derive(Debug, Default)]
pub struct Flat {
    /// The entries.
    pub entries: Vec<FrontMatterEntry>,
    /// The first thing that could not be read.
    pub problem: Option<Problem>,
}

impl Flat {
    /// The first entry with this very key.
    pub fn get(&self, key: &str) -> Option<&FrontMatterEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The value of the first entry with this very key; empty when there is none.
    pub fn value(&self, key: &str) -> &str {
        self.get(key).map_or("", |entry| entry.value.as_str())
    }

    /// Adds an entry.
    pub fn push(
        &mut self,
        source: &Source,
        key: String,
        value: String,
        key_range: Range<usize>,
        range: Range<usize>,
    ) {
        let held = key.len() + value.len() + ENTRY;
        if !source.budget.spend(1) || !source.budget.hold(held) {
            return;
        }
        self.entries.push(FrontMatterEntry {
            key,
            value,
            key_span: source.span(key_range),
            value_span: source.span(range),
        });
    }

    /// Notes a problem, unless one was noted before.
    pub fn problem(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// Adds a key to a path.
    pub fn join(path: &mut String, key: &str) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
    }
}

/// Whether `key` is what `pattern` says, where `*` stands for one item number.
pub fn matches(pattern: &str, key: &str) -> bool {
    let mut rest = key;
    let mut parts = pattern.split('*');
    let Some(after) = parts.next().and_then(|first| rest.strip_prefix(first)) else {
        return false;
    };
    rest = after;
    for part in parts {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        match rest[digits..].strip_prefix(part) {
            Some(after) if digits > 0 => rest = after,
            _ => return false,
        }
    }
    rest.is_empty()
}

/// What the tests of every syntax share.
#[cfg(test)]
pub mod testing {
    use super::Flat;

    /// Key, value and the value's bytes of each entry.
    pub fn list(flat: &Flat, text: &str) -> Vec<(String, String, String)> {
        flat.entries
            .iter()
            .map(|entry| {
                (
                    entry.key.clone(),
                    entry.value.clone(),
                    text[entry.value_span.range()].to_owned(),
                )
            })
            .collect()
    }

    /// What [`list`] is expected to hold.
    pub fn entry(key: &str, value: &str, bytes: &str) -> (String, String, String) {
        (key.to_owned(), value.to_owned(), bytes.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        assert!(matches("package.name", "package.name"));
        assert!(matches("authors.*.name", "authors.12.name"));
        assert!(matches("authors.*", "authors.0"));
        assert!(!matches("authors.*", "authors.0.name"));
        assert!(!matches("authors.*", "authors.x"));
        assert!(!matches("package.name", "package.names"));
    }
}
