//! Manifests that are programs (Ruby, Elixir, Groovy, Kotlin, Scala, shell …): the
//! string literals that follow a word, whatever the language calls this.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::flat::Flat;
use crate::source::{Source, ceil_boundary, floor_boundary};

/// A bracket that is not closed within this many bytes is not read further.
const LONGEST: usize = 4096;
/// Literals of one value.
const MOST: usize = 32;

/// Reads the literals after each of `words`: `license = 'MIT'`, `licenses: ["A", "B"]`,
/// `licenses { license { name = 'A'; url = 'B' } }`. Inside brackets the word before a
/// literal is added to the key: `licenses.name`.
pub(super) fn read(source: &Source, words: &[String]) -> Flat {
    let mut flat = Flat::default();
    let text = source.text.as_str();
    let Ok(finder) = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
    else {
        return flat;
    };
    let mut at = 0;
    for found in finder.find_iter(text) {
        let range = found.range();
        if range.start < at || !is_word(text, &range) || in_comment(text, range.start) {
            continue;
        }
        let Some(value) = value_start(text, range.end) else {
            continue;
        };
        let mut reader = Reader {
            source,
            key: range,
            word: &words[found.pattern().as_usize()],
            flat: &mut flat,
            left: MOST,
        };
        at = reader.value(value);
    }
    flat
}

fn is_word(text: &str, range: &Range<usize>) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
    !part(text[..range.start].chars().next_back()) && !part(text[range.end..].chars().next())
}

/// Whether the line up to `at` starts as a comment.
fn in_comment(text: &str, at: usize) -> bool {
    /// A line may be as long as the file; its start is looked for nearby.
    const NEAR: usize = 256;
    let near = &text[ceil_boundary(text, at.saturating_sub(NEAR))..at];
    let line = match near.rfind('\n') {
        Some(end) => &near[end + 1..],
        None if near.len() == at => near,
        None => return false,
    };
    let line = line.trim_start();
    ["#", "//", "--", ";", "*", "/*", "%"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

/// Where the value after a key starts: at a quote or an opening bracket.
fn value_start(text: &str, key_end: usize) -> Option<usize> {
    let rest = &text[key_end..floor_boundary(text, (key_end + 256).min(text.len()))];
    let mut left = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
    left = left.trim_start_matches([' ', '\t']);
    let mut operator = false;
    for mark in [".set", ".add", "=>", ":=", "+=", "++=", "=", ":", ","] {
        if let Some(after) = left.strip_prefix(mark) {
            left = after.trim_start();
            operator = true;
            break;
        }
    }
    // `listOf("MIT")`, `Seq(…)`.
    let name = left
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(left.len());
    if operator && left[name..].starts_with(['(', '[']) {
        left = &left[name..];
    }
    left.starts_with(['"', '\'', '(', '[', '{'])
        .then(|| key_end + rest.len() - left.len())
}

struct Reader<'a> {
    source: &'a Source,
    key: Range<usize>,
    word: &'a str,
    flat: &'a mut Flat,
    left: usize,
}

impl Reader<'_> {
    /// Reads the value at `start`; returns where it ends.
    fn value(&mut self, start: usize) -> usize {
        let text = self.source.text.as_str();
        let stop = floor_boundary(text, (start + LONGEST).min(text.len()));
        let mut depth = 0_usize;
        let mut at = start;
        while at < stop && self.left > 0 {
            match text.as_bytes()[at] {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                b'#' | b'/' if in_comment(text, at + 1) => {
                    at = text[at..stop].find('\n').map_or(stop, |end| at + end);
                }
                b'"' | b'\'' => {
                    let Some((inner, end)) = literal(&text[..stop], at) else {
                        return at + 1;
                    };
                    self.push(start, at, inner);
                    at = end;
                    if depth == 0 {
                        return at;
                    }
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        at
    }

    fn push(&mut self, start: usize, at: usize, inner: Range<usize>) {
        let text = self.source.text.as_str();
        self.left -= 1;
        let value = &text[inner.clone()];
        // Text that the program puts together.
        if value.contains("#{") {
            return;
        }
        let mut key = self.word.to_owned();
        if let Some(name) = name_before(&text[start..at]) {
            Flat::join(&mut key, name);
        }
        self.flat
            .push(self.source, key, value.to_owned(), self.key.clone(), inner);
    }
}

/// The literal that opens at `at`: its inside, and where it ends.
fn literal(text: &str, at: usize) -> Option<(Range<usize>, usize)> {
    let quote = text.get(at..=at)?;
    let triple = quote.repeat(3);
    if text[at..].starts_with(&triple) {
        let end = at + 3 + text[at + 3..].find(&triple)?;
        return Some((at + 3..end, end + 3));
    }
    let mut escaped = false;
    for (offset, c) in text[at + 1..].char_indices() {
        match c {
            '\n' => return None,
            '\\' if !escaped => escaped = true,
            _ if !escaped && quote.starts_with(c) => {
                let end = at + 1 + offset;
                return Some((at + 1..end, end + 1));
            }
            _ => escaped = false,
        }
    }
    None
}

/// The word that names a literal inside brackets: `:type =>`, `name =`, `name.set(`,
/// `url(`.
fn name_before(before: &str) -> Option<&str> {
    /// A name stands near its value.
    const NEAR: usize = 256;
    let before = &before[ceil_boundary(before, before.len().saturating_sub(NEAR))..];
    // Two literals of a list: the first does not name the second.
    if before.trim_end().ends_with(['"', '\'']) {
        return None;
    }
    let mut left = before.trim_end_matches([' ', '\t', '\n', '\r', '=', '>', ':', '(', '"', '\'']);
    for call in [".set", ".add", ".value"] {
        left = left.strip_suffix(call).unwrap_or(left);
    }
    let start = left
        .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
        .map_or(0, |at| {
            at + left[at..].chars().next().map_or(1, char::len_utf8)
        });
    Some(&left[start..]).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn is(text: &str, expected: &[(&str, &str)]) {
        let words = ["licenses".to_owned(), "license".to_owned()];
        let flat = read(&Source::from_text(FileId(0), "a.x", text), &words);
        let found: Vec<_> = flat
            .entries
            .iter()
            .map(|entry| {
                assert_eq!(entry.value, text[entry.value_span.range()]);
                (entry.key.as_str(), entry.value.as_str())
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn languages() {
        is("s.license = 'MIT'\n", &[("license", "MIT")]);
        is(
            "s.license = { :type => \"MIT\", :file => 'LICENSE' }\n",
            &[("license.type", "MIT"), ("license.file", "LICENSE")],
        );
        is(
            "licenses: [\"Apache-2.0\", \"MIT\"],\n",
            &[("licenses", "Apache-2.0"), ("licenses", "MIT")],
        );
        is(
            "licenses {\n license {\n  name = 'The MIT License'\n  url = 'https://m.example'\n } }",
            &[
                ("licenses.name", "The MIT License"),
                ("licenses.url", "https://m.example"),
            ],
        );
        is(
            "licenses { license { name.set(\"ISC\") } }",
            &[("licenses.name", "ISC")],
        );
        is(
            "license=('MIT' 'ISC')\n",
            &[("license", "MIT"), ("license", "ISC")],
        );
        is(
            "licenses += (\"MIT\", url(\"https://m.example\"))",
            &[("licenses", "MIT"), ("licenses.url", "https://m.example")],
        );
        is(
            "licenses := Seq(\"APL2\" -> url(\"https://a.example\"))",
            &[("licenses", "APL2"), ("licenses.url", "https://a.example")],
        );
        is(
            ":license {:name \"EPL-2.0\" :url \"https://e.example\"}",
            &[
                ("license.name", "EPL-2.0"),
                ("license.url", "https://e.example"),
            ],
        );
        is(
            "{licenses, [\"Apache-2.0\"]},",
            &[("licenses", "Apache-2.0")],
        );
        is("project('a', 'c', license : 'MIT')", &[("license", "MIT")]);
        is("license \"MIT\"\n", &[("license", "MIT")]);
    }

    #[test]
    fn what_is_none() {
        is("# license = 'MIT'\n", &[]);
        is("// license = 'MIT'\n", &[]);
        is("licensed = 'MIT'\nsub_license = 'MIT'\n", &[]);
        is("license = File.read(path)\n", &[]);
        is("license = \"a #{b}\"\n", &[]);
        is("copy 'license'\nname 'x'\n", &[]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(license|[ ={}()'\":,#/é\\\\\n]|\"\"\"){0,40}") {
            let words = ["license".to_owned()];
            let _ = read(&Source::from_text(FileId(0), "a.x", &text), &words);
        }
    }
}
