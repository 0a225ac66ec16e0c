//! YAML as a flat list of entries with spans: front matter and metadata files.
//!
//! Documents in the wild are often not quite YAML (`title: A: b`, a tab, a stray
//! quote). From the place where the parser gives up, top-level `key: value` lines
//! are still read one by one, so that one bad line does not hide the others.

use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::budget::Budget;
use crate::facts::{FrontMatterEntry, Problem};
use crate::source::{FileId, Span};

/// Nesting deeper than this is not read.
const MAX_DEPTH: usize = 64;

/// What an entry takes besides its words, in bytes.
pub(crate) const ENTRY: usize = 128;

/// What a YAML text holds.
#[derive(Debug, Default)]
pub struct Yaml {
    /// Scalar entries in the order of the text.
    pub entries: Vec<FrontMatterEntry>,
    /// Why a part of the text could not be read as YAML.
    pub problem: Option<Problem>,
}

/// Reads the first YAML document of `text`, which stands at byte `base` of `file`.
pub fn parse(text: &str, base: usize, file: FileId, budget: &Budget) -> Yaml {
    let mut reader = Reader {
        text,
        base,
        file,
        budget,
        cursor: Cursor::default(),
        stack: Vec::new(),
        entries: Vec::new(),
    };
    let problem = reader.read(&mut None);
    Yaml {
        entries: reader.entries,
        problem,
    }
}

/// Most documents that are read of one file.
const MAX_DOCUMENTS: usize = 500;

/// Reads every YAML document of a file, as far as it goes.
pub fn documents(text: &str, file: FileId, budget: &Budget) -> Vec<Vec<FrontMatterEntry>> {
    let mut reader = Reader {
        text,
        base: 0,
        file,
        budget,
        cursor: Cursor::default(),
        stack: Vec::new(),
        entries: Vec::new(),
    };
    let mut documents = Some(Vec::new());
    reader.read(&mut documents);
    let mut documents = documents.unwrap_or_default();
    documents.push(reader.entries);
    documents
}

/// Byte offset of a character index, moved from one to the next: the parser counts
/// characters, spans count bytes.
#[derive(Default)]
pub(crate) struct Cursor {
    index: usize,
    byte: usize,
}

impl Cursor {
    pub(crate) fn byte(&mut self, text: &str, index: usize) -> usize {
        if index >= self.index {
            for c in text[self.byte..].chars().take(index - self.index) {
                self.byte += c.len_utf8();
            }
        } else {
            for c in text[..self.byte].chars().rev().take(self.index - index) {
                self.byte -= c.len_utf8();
            }
        }
        self.index = index;
        self.byte
    }
}

/// An open collection.
enum Level {
    Mapping {
        /// The key whose value comes next.
        key: Option<(String, Range<usize>)>,
    },
    Sequence {
        next: usize,
    },
    /// A collection used as a mapping's key: nothing in it is an entry.
    ComplexKey,
}

struct Reader<'a> {
    text: &'a str,
    base: usize,
    file: FileId,
    budget: &'a Budget,
    cursor: Cursor,
    stack: Vec<Level>,
    entries: Vec<FrontMatterEntry>,
}

impl Reader<'_> {
    /// Reads a document; with `documents` the further ones, too.
    fn read(&mut self, documents: &mut Option<Vec<Vec<FrontMatterEntry>>>) -> Option<Problem> {
        let mut parser = Parser::new_from_str(self.text);
        let mut reached = 0;
        loop {
            let (event, span) = match parser.next_event()? {
                Ok(event) => event,
                Err(error) => {
                    let at = self.byte(error.marker().index());
                    // From the last line that gave an event on, so that a quote left
                    // open up to the end hides nothing.
                    let from = self.line_start(at.min(reached));
                    let first = (self.base + from) as u32;
                    self.entries.retain(|entry| entry.key_span.start < first);
                    self.read_lines(from);
                    return Some(self.problem(at, error.info()));
                }
            };
            let range = self.byte(span.start.index())..self.byte(span.end.index());
            reached = reached.max(range.start);
            match event {
                Event::DocumentEnd => match documents {
                    Some(documents) if documents.len() < MAX_DOCUMENTS => {
                        documents.push(std::mem::take(&mut self.entries));
                    }
                    Some(_) => {
                        self.budget
                            .end("it holds more documents than are read of one");
                        return None;
                    }
                    None => return None,
                },
                Event::StreamEnd => return None,
                Event::Scalar(value, style, ..) => {
                    let range = content(self.text, range.clone(), style);
                    self.scalar(&value, range);
                }
                Event::Alias(_) => self.skip_value(),
                Event::MappingStart(..) => self.open(Level::Mapping { key: None }),
                Event::SequenceStart(..) => self.open(Level::Sequence { next: 0 }),
                Event::MappingEnd | Event::SequenceEnd => {
                    self.stack.pop();
                    self.skip_value();
                }
                Event::Nothing | Event::StreamStart | Event::DocumentStart(_) => {}
            }
            if !self.budget.spend(1) {
                return None;
            }
            if self.stack.len() > MAX_DEPTH {
                return Some(self.problem(range.start, "nested too deeply to be read"));
            }
        }
    }

    fn byte(&mut self, index: usize) -> usize {
        self.cursor.byte(self.text, index)
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn problem(&self, at: usize, message: &str) -> Problem {
        let start = self.base + at;
        Problem {
            span: Some(Span::new(self.file, start..start)),
            message: format!("not valid YAML: {message}"),
        }
    }

    fn open(&mut self, level: Level) {
        let complex = matches!(
            self.stack.last(),
            Some(Level::Mapping { key: None } | Level::ComplexKey)
        );
        self.stack
            .push(if complex { Level::ComplexKey } else { level });
    }

    /// A value that is no scalar has been read: the mapping's next scalar is a key again.
    fn skip_value(&mut self) {
        match self.stack.last_mut() {
            Some(Level::Mapping { key }) => {
                // After a complex key, an unnamed key waits for its value.
                *key = match key.take() {
                    Some(_) => None,
                    None => Some((String::new(), 0..0)),
                };
            }
            Some(Level::Sequence { next }) => *next += 1,
            Some(Level::ComplexKey) | None => {}
        }
    }

    fn scalar(&mut self, value: &str, range: Range<usize>) {
        let key_range = match self.stack.last_mut() {
            Some(Level::Mapping { key }) => match key {
                None => {
                    *key = Some((value.to_owned(), range));
                    return;
                }
                Some((_, key_range)) => key_range.clone(),
            },
            // An item's own bytes stand for its key.
            Some(Level::Sequence { .. }) => range.start..range.start,
            Some(Level::ComplexKey) | None => return,
        };
        let path = self.path();
        self.push(path, value, key_range, range);
        self.skip_value();
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for level in &self.stack {
            if !path.is_empty() {
                path.push('.');
            }
            match level {
                Level::Mapping {
                    key: Some((key, _)),
                } => path.push_str(key),
                Level::Sequence { next } => path.push_str(&next.to_string()),
                Level::Mapping { key: None } | Level::ComplexKey => {}
            }
        }
        path
    }

    fn push(&mut self, key: String, value: &str, key_range: Range<usize>, range: Range<usize>) {
        if !self.budget.hold(key.len() + value.len() + ENTRY) {
            return;
        }
        let shift = |range: Range<usize>| {
            Span::new(self.file, self.base + range.start..self.base + range.end)
        };
        self.entries.push(FrontMatterEntry {
            key,
            value: value.to_owned(),
            key_span: shift(key_range),
            value_span: shift(range),
        });
    }

    /// Reads top-level `key: value` lines from byte `from` on.
    fn read_lines(&mut self, from: usize) {
        let mut start = from;
        for line in self.text[from..].split_inclusive('\n') {
            let line_start = start;
            start += line.len();
            let line = line.trim_end();
            if line.starts_with([' ', '\t', '#', '-']) {
                continue;
            }
            let Some((key, rest)) = line.split_once(':') else {
                continue;
            };
            if key.is_empty() || !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
                continue;
            }
            let value = rest.trim();
            let at = line_start + line.len() - rest.trim_start().len();
            let (value, at) = unquote(value, at);
            if value.is_empty() {
                continue;
            }
            let key = key.trim_end();
            self.push(
                key.to_owned(),
                value,
                line_start..line_start + key.len(),
                at..at + value.len(),
            );
        }
    }
}

/// Strips one pair of quotes.
fn unquote(value: &str, at: usize) -> (&str, usize) {
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return (inner.strip_suffix(quote).unwrap_or(inner), at + 1);
        }
    }
    (value, at)
}

/// The bytes of a scalar without quotes, block header and surrounding white space.
pub(crate) fn content(text: &str, range: Range<usize>, style: ScalarStyle) -> Range<usize> {
    let mut range = range;
    // Anchors and tags stand before the scalar and within its span.
    while text[range.clone()].starts_with(['&', '!']) {
        let slice = &text[range.clone()];
        let property = slice.find(char::is_whitespace).unwrap_or(slice.len());
        let gap = slice[property..].len() - slice[property..].trim_start().len();
        range.start += property + gap;
    }
    let slice = &text[range.clone()];
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted if slice.len() >= 2 => {
            range.start + 1..range.end - 1
        }
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // The span starts at the `|` or `>`; the text starts on the next line.
            let body = if slice.starts_with(['|', '>']) {
                slice.find('\n').map_or(slice.len(), |newline| newline + 1)
            } else {
                0
            };
            let body = &slice[body..];
            let end = range.end - (body.len() - body.trim_end().len());
            let start = range.end - body.trim_start().len();
            start.min(end)..end
        }
        _ => {
            let end = range.start + slice.trim_end().len();
            range.start..end
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<(String, String, String)> {
        let base = 7;
        parse(text, base, FileId(0), &Budget::without_end())
            .entries
            .into_iter()
            .map(|entry| {
                let range = entry.value_span.range();
                let bytes = text[range.start - base..range.end - base].to_owned();
                (entry.key, entry.value, bytes)
            })
            .collect()
    }

    fn entry(key: &str, value: &str, bytes: &str) -> (String, String, String) {
        (key.to_owned(), value.to_owned(), bytes.to_owned())
    }

    #[test]
    fn every_style_of_scalar_has_its_own_bytes() {
        let text = "é: à b  # c\r\nq: \"x\\ty\"\r\ns: 'it''s'\r\nlit: |\r\n  one\r\n  two\r\nfold: >-\r\n  a\r\n  b\r\nempty:\r\nlast: z\r\n";
        assert_eq!(
            list(text),
            [
                entry("é", "à b", "à b"),
                entry("q", "x\ty", "x\\ty"),
                entry("s", "it's", "it''s"),
                entry("lit", "one\ntwo\n", "one\r\n  two"),
                entry("fold", "a b", "a\r\n  b"),
                entry("empty", "", ""),
                entry("last", "z", "z"),
            ]
        );
    }

    #[test]
    fn nested_keys_and_items_make_a_path() {
        let text = "info:\n  title: T\n  tags:\n  - a\n  - {n: b, x: [c, d]}\n  ? [k]\n  : v\n  after: &x e\nalias: *x\nend: f\n";
        assert_eq!(
            list(text),
            [
                entry("info.title", "T", "T"),
                entry("info.tags.0", "a", "a"),
                entry("info.tags.1.n", "b", "b"),
                entry("info.tags.1.x.0", "c", "c"),
                entry("info.tags.1.x.1", "d", "d"),
                entry("info.", "v", "v"),
                entry("info.after", "e", "e"),
                entry("end", "f", "f"),
            ]
        );
    }

    #[test]
    fn after_an_error_lines_are_still_read() {
        let text = "a: 1\ntitle: Licence: terms\nms.author: \"x\"\n  nested: no\nurl:no\n";
        assert_eq!(
            list(text),
            [
                entry("a", "1", "1"),
                entry("title", "Licence: terms", "Licence: terms"),
                entry("ms.author", "x", "x"),
            ]
        );
        assert!(
            parse(text, 0, FileId(0), &Budget::without_end())
                .problem
                .is_some()
        );
    }

    #[test]
    fn a_quote_left_open_hides_nothing() {
        let text = "a: 1\nq: \"open\nms.author: x\n";
        assert_eq!(
            list(text),
            [
                entry("a", "1", "1"),
                entry("q", "open", "open"),
                entry("ms.author", "x", "x"),
            ]
        );
    }

    #[test]
    fn long_names_of_many_entries_end() {
        let text = format!("{}:\n{}", "a".repeat(900), "  b: 1\n".repeat(1000));
        let budget = Budget::without_end().holding(100_000);
        assert!(parse(&text, 0, FileId(0), &budget).entries.len() < 200);
        assert!(budget.is_spent());
    }

    #[test]
    fn further_documents_are_read_on_demand() {
        let text = "a: 1\n---\nb: é\n---\n";
        assert_eq!(list(text), [entry("a", "1", "1")]);
        let all = documents(text, FileId(0), &Budget::without_end());
        let keys: Vec<Vec<&str>> = all
            .iter()
            .map(|entries| entries.iter().map(|entry| entry.key.as_str()).collect())
            .collect();
        assert_eq!(keys[..2], [vec!["a"], vec!["b"]]);
    }

    #[test]
    fn deep_nesting_ends_early() {
        for text in [
            "[".repeat(10_000),
            "- ".repeat(10_000),
            "{a: ".repeat(10_000),
            "? ".repeat(10_000),
        ] {
            assert!(
                parse(&text, 0, FileId(0), &Budget::without_end())
                    .problem
                    .is_some(),
                "{text:.10}"
            );
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[-a:é|>\"'\\[\\]{}&*?#%!@` \n\t\r,~\u{a0}\u{feff}]{0,60}") {
            let yaml = parse(&text, 3, FileId(0), &Budget::without_end());
            for entry in yaml.entries {
                for span in [entry.key_span, entry.value_span] {
                    let range = span.range();
                    proptest::prop_assert!(text.get(range.start - 3..range.end - 3).is_some());
                }
            }
        }
    }
}
