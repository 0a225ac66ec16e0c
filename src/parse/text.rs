//! reStructuredText, AsciiDoc, HTML and plain text.

mod asciidoc;
mod plain;
mod rst;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::html;
use super::title;
use crate::facts::{FileFacts, FileKind};
use crate::source::Source;

/// Parses a document that is no Markdown.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    match facts.kind {
        FileKind::Html => html::parse(source, facts),
        FileKind::ReStructuredText => rst::parse(source, facts),
        FileKind::AsciiDoc => asciidoc::parse(source, facts),
        _ => plain::parse(source, facts),
    }
    title::declare(source, facts);
}

/// The lines of a text.
struct Lines<'a> {
    text: &'a str,
    /// Each line's bytes, without its ending.
    ranges: Vec<Range<usize>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        let mut start = 0;
        let ranges = text
            .split('\n')
            .map(|line| {
                let range = start..start + line.trim_end_matches('\r').len();
                start += line.len() + 1;
                range
            })
            .collect();
        Self { text, ranges }
    }

    /// A line by its index; past the end all lines are empty.
    fn get(&self, index: usize) -> &'a str {
        self.ranges
            .get(index)
            .map_or("", |range| &self.text[range.clone()])
    }

    /// Where a line starts.
    fn start(&self, index: usize) -> usize {
        self.ranges
            .get(index)
            .map_or(self.text.len(), |range| range.start)
    }

    /// Where a line ends.
    fn end(&self, index: usize) -> usize {
        self.ranges
            .get(index)
            .map_or(self.text.len(), |range| range.end)
    }

    fn len(&self) -> usize {
        self.ranges.len()
    }

    fn is_blank(&self, index: usize) -> bool {
        self.get(index).trim().is_empty()
    }

    /// Spaces before a line's text.
    fn indent(&self, index: usize) -> usize {
        let line = self.get(index);
        line.len() - line.trim_start_matches([' ', '\t']).len()
    }
}

/// Length of the marker that starts a list item, the spaces after it included.
fn list_marker(line: &str) -> Option<usize> {
    let rest = match line.chars().next()? {
        bullet @ ('-' | '*' | '+' | '•' | '·' | 'o') => &line[bullet.len_utf8()..],
        '#' => line[1..].strip_prefix('.')?,
        c if c.is_ascii_digit() => line
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .strip_prefix(['.', ')'])?,
        '(' => line[1..]
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric())
            .strip_prefix(')')
            .filter(|rest| line.len() - rest.len() <= 4)?,
        _ => return None,
    };
    let text = rest.trim_start_matches([' ', '\t']);
    (text.len() < rest.len() && !text.is_empty()).then(|| line.len() - text.len())
}

/// Whether a line is one punctuation character, repeated.
fn is_rule(line: &str) -> Option<u8> {
    let line = line.trim_end();
    let first = *line.as_bytes().first()?;
    (line.len() >= 3 && first.is_ascii_punctuation() && line.bytes().all(|byte| byte == first))
        .then_some(first)
}
