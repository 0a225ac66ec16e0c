//! `setup.py`: the arguments of its call of `setup`, where they are string literals,
//! lists of them, or names that the module gives to one.

use std::collections::BTreeMap;
use std::ops::Range;

use super::flat::Flat;
use crate::source::Source;

/// Reads the arguments of `setup(…)` as entries, `name` and `classifiers.0`.
pub fn read(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let tokens = tokens(&source.text);
    let mut named: BTreeMap<&str, (String, Range<usize>)> = BTreeMap::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at..] {
            [
                Token::Word(name, _),
                Token::Sign('='),
                Token::Text(text, range),
                ..,
            ] => {
                named.entry(name).or_insert((text.clone(), range.clone()));
                at += 3;
            }
            [Token::Word("setup", _), Token::Sign('('), ..] => {
                at = arguments(source, &tokens, at + 2, &named, &mut flat);
            }
            _ => at += 1,
        }
    }
    flat
}

/// Reads the arguments from the token `at` on; the first token after them.
fn arguments(
    source: &Source,
    tokens: &[Token<'_>],
    mut at: usize,
    named: &BTreeMap<&str, (String, Range<usize>)>,
    flat: &mut Flat,
) -> usize {
    let mut depth = 1usize;
    // The argument that is being read, and how many items of it were.
    let mut argument: Option<(&str, Range<usize>)> = None;
    let mut items = 0;
    while at < tokens.len() && depth > 0 {
        match &tokens[at..] {
            [Token::Sign('(' | '[' | '{'), ..] => depth += 1,
            [Token::Sign(')' | ']' | '}'), ..] => depth -= 1,
            [Token::Sign(','), ..] if depth == 1 => argument = None,
            [Token::Word(name, range), Token::Sign('='), rest @ ..] if depth == 1 => {
                let (text, value) = match rest {
                    [Token::Text(text, value), Token::Sign(',' | ')'), ..] => {
                        (Some(text.clone()), value.clone())
                    }
                    [Token::Word(other, _), Token::Sign(',' | ')'), ..] => match named.get(other) {
                        Some((text, value)) => (Some(text.clone()), value.clone()),
                        None => (None, range.clone()),
                    },
                    _ => (None, range.clone()),
                };
                if let Some(text) = text {
                    flat.push(source, (*name).to_owned(), text, range.clone(), value);
                }
                argument = Some((name, range.clone()));
                items = 0;
                at += 1;
            }
            [Token::Text(text, value), ..] if depth == 2 => {
                if let Some((name, range)) = &argument {
                    let key = format!("{name}.{items}");
                    flat.push(source, key, text.clone(), range.clone(), value.clone());
                    items += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// What the arguments of a call are made of.
#[derive(Debug)]
enum Token<'a> {
    Word(&'a str, Range<usize>),
    /// A string literal without escapes or placeholders: its text and its bytes.
    Text(String, Range<usize>),
    Sign(char),
}

/// Splits Python into words, plain string literals and signs; comments are left out.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let start = at;
        match c {
            '#' => {
                at = memchr::memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n);
            }
            '"' | '\'' => {
                let (inner, end) = literal(text, at);
                let value = &text[inner.clone()];
                let formatted = matches!(tokens.last(), Some(Token::Word(prefix, range))
                    if range.end == start && prefix.to_ascii_lowercase().contains(['f', 'b']));
                if !formatted && !value.contains(['\\', '\n']) {
                    tokens.push(Token::Text(value.to_owned(), inner));
                } else {
                    tokens.push(Token::Sign('"'));
                }
                at = end;
            }
            c if c.is_alphanumeric() || c == '_' => {
                at += text[at..]
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(text.len() - at);
                tokens.push(Token::Word(&text[start..at], start..at));
            }
            c => {
                at += c.len_utf8();
                if !c.is_whitespace() {
                    tokens.push(Token::Sign(c));
                }
            }
        }
    }
    tokens
}

/// The bytes within the quotes of the literal at `at`, and the first byte after it.
fn literal(text: &str, at: usize) -> (Range<usize>, usize) {
    let rest = &text[at..];
    let quote = &rest[..1];
    let triple = quote.repeat(3);
    let mark = if rest.starts_with(&triple) {
        triple.as_str()
    } else {
        quote
    };
    let mut end = at + mark.len();
    while end < text.len() {
        let left = &text[end..];
        if left.starts_with(mark) {
            return (at + mark.len()..end, end + mark.len());
        }
        // A literal of one line ends with it.
        if mark.len() == 1 && left.starts_with('\n') {
            return (at + 1..end, end);
        }
        let escaped = left.starts_with('\\');
        let mut chars = left.chars();
        end += chars.next().map_or(1, char::len_utf8);
        if escaped {
            end += chars.next().map_or(0, char::len_utf8);
        }
    }
    (at + mark.len()..text.len(), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn list(text: &str) -> Vec<(String, String)> {
        let flat = read(&Source::from_text(FileId(0), "setup.py", text));
        flat.entries
            .iter()
            .map(|entry| {
                assert_eq!(entry.value, text[entry.value_span.range()]);
                (entry.key.clone(), entry.value.clone())
            })
            .collect()
    }

    #[test]
    fn arguments_of_the_call() {
        let text = "from setuptools import setup\nVERSION = '1'\nNAME = \"é x\"\nsetup(\n    name=NAME, # no\n    version=VERSION,\n    license='MIT',\n    url=f\"{NAME}\",\n    packages=find_packages(where='src'),\n    classifiers=[\n 'A :: B',\n \"C\"],\n)\n";
        let expected = [
            ("name", "é x"),
            ("version", "1"),
            ("license", "MIT"),
            ("packages.0", "src"),
            ("classifiers.0", "A :: B"),
            ("classifiers.1", "C"),
        ];
        let expected: Vec<_> = expected
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        assert_eq!(list(text), expected);
        assert_eq!(
            list("setuptools.setup(name='a')"),
            [("name".to_owned(), "a".to_owned())]
        );
        assert_eq!(list("print(name='a')"), []);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read(text in "(\\PC|setup\\(|name=|'|\"|\"\"\"|,|\\)|\\[|\n|\\\\|#){0,40}") {
            list(&text);
        }
    }
}
