//! A tolerant tokenizer for HTML with byte offsets. It knows no elements beyond
//! those whose content is raw text, and takes any input.

use crate::source::ceil_boundary;
use std::ops::Range;

use memchr::{memchr, memmem};

/// A piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// Characters, entities not yet decoded.
    Text(Range<usize>),
    /// A start tag.
    Start(StartTag<'a>),
    /// An end tag: its name as written and all of it.
    End(&'a str, Range<usize>),
    /// A comment, markers included.
    Comment(Range<usize>),
}

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// All of it.
    pub range: Range<usize>,
    /// It ends in `/>`.
    pub closed: bool,
    /// The text after the name.
    rest: &'a str,
    /// Where that is.
    offset: usize,
}

impl<'a> StartTag<'a> {
    /// The attributes: name, value, and where the value stands.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes {
            text: self.rest,
            at: 0,
            offset: self.offset,
        }
    }

    /// The value of the attribute `name`, entities not decoded.
    pub fn attribute(&self, name: &str) -> Option<(&'a str, Range<usize>)> {
        self.attributes()
            .find(|(key, ..)| key.eq_ignore_ascii_case(name))
            .map(|(_, value, range)| (value, range))
    }
}

/// Iterates over the attributes of a start tag.
pub struct Attributes<'a> {
    text: &'a str,
    at: usize,
    offset: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let bytes = self.text.as_bytes();
        let skip = |at: usize, what: fn(&u8) -> bool| {
            at + bytes[at..].iter().take_while(|byte| what(byte)).count()
        };
        let start = skip(self.at, |byte| byte.is_ascii_whitespace() || *byte == b'/');
        if start >= bytes.len() {
            return None;
        }
        let name_end = skip(start, |byte| {
            !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'/' | b'>')
        })
        // A stray `=` is a name by itself.
        .max(start + 1);
        let name_end = ceil_boundary(self.text, name_end);
        let name = &self.text[start..name_end];
        let equals = skip(name_end, u8::is_ascii_whitespace);
        if bytes.get(equals) != Some(&b'=') {
            self.at = name_end;
            return Some((name, "", self.offset + name_end..self.offset + name_end));
        }
        let value = skip(equals + 1, u8::is_ascii_whitespace);
        let (range, next) = if let Some(&quote @ (b'"' | b'\'')) = bytes.get(value) {
            let close =
                memchr(quote, &bytes[value + 1..]).map_or(bytes.len(), |found| value + 1 + found);
            (value + 1..close, close + 1)
        } else {
            let end = skip(value, |byte| !byte.is_ascii_whitespace());
            (value..end, end)
        };
        self.at = next.min(bytes.len());
        let shifted = self.offset + range.start..self.offset + range.end;
        Some((name, &self.text[range], shifted))
    }
}

/// Splits HTML into tokens.
pub struct Tokenizer<'a> {
    text: &'a str,
    at: usize,
    /// Bytes that may still be read in search of ends that are not there. Keeps
    /// hostile input linear.
    budget: usize,
    /// Raw text up to its end tag comes next.
    raw: Option<&'a str>,
}

/// How far an end is looked for once the budget is spent.
const SHORT: usize = 256;

impl<'a> Tokenizer<'a> {
    /// A tokenizer over all of `text`.
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            budget: 2 * text.len() + 64 * 1024,
            raw: None,
        }
    }

    fn window(&self, from: usize) -> &'a [u8] {
        let bytes = &self.text.as_bytes()[from.min(self.text.len())..];
        if self.budget == 0 {
            &bytes[..bytes.len().min(SHORT)]
        } else {
            bytes
        }
    }

    /// Where `needle` ends, at or after `from`.
    fn find(&mut self, from: usize, needle: &[u8]) -> Option<usize> {
        let window = self.window(from);
        if let Some(found) = memmem::find(window, needle) {
            Some(from + found + needle.len())
        } else {
            self.budget = self.budget.saturating_sub(window.len());
            None
        }
    }

    /// Where the tag that starts at `from` (after its name) ends, quotes respected.
    fn tag_end(&mut self, from: usize) -> Option<usize> {
        let window = self.window(from);
        let mut at = 0;
        while let Some(found) = window
            .get(at..)
            .and_then(|rest| memchr::memchr3(b'>', b'"', b'\'', rest))
        {
            let here = at + found;
            match window[here] {
                b'>' => return Some(from + here + 1),
                quote if window[..here].trim_ascii_end().ends_with(b"=") => {
                    match memchr(quote, &window[here + 1..]) {
                        Some(close) => at = here + 1 + close + 1,
                        None => break,
                    }
                }
                // A quote that opens no value is a character like any other.
                _ => at = here + 1,
            }
        }
        self.budget = self.budget.saturating_sub(window.len());
        None
    }

    /// A token that starts with the `<` at `start`.
    fn markup(&mut self, start: usize) -> Option<Token<'a>> {
        let bytes = self.text.as_bytes();
        let rest = &bytes[start + 1..];
        match rest.first()? {
            b'!' if rest.starts_with(b"!--") => {
                let end = if rest.starts_with(b"!-->") {
                    start + 5
                } else {
                    self.find(start + 4, b"-->").unwrap_or(self.text.len())
                };
                self.at = end;
                Some(Token::Comment(start..end))
            }
            b'!' if rest.starts_with(b"![CDATA[") => {
                self.at = self.find(start, b"]]>").unwrap_or(self.text.len());
                Some(Token::Text(self.at..self.at))
            }
            b'!' | b'?' => {
                self.at = self.find(start, b">")?;
                Some(Token::Text(self.at..self.at))
            }
            b'/' if rest.get(1).is_some_and(u8::is_ascii_alphabetic) => {
                let name = name(self.text, start + 2);
                let end = self.find(start + 2 + name.len(), b">")?;
                self.at = end;
                Some(Token::End(name, start..end))
            }
            byte if byte.is_ascii_alphabetic() => {
                let name = name(self.text, start + 1);
                let offset = start + 1 + name.len();
                let end = self.tag_end(offset)?;
                let mut rest = &self.text[offset..end - 1];
                let closed = rest.ends_with('/');
                if closed {
                    rest = &rest[..rest.len() - 1];
                }
                self.at = end;
                if !closed && is_raw(name) {
                    self.raw = Some(name);
                }
                Some(Token::Start(StartTag {
                    name,
                    range: start..end,
                    closed,
                    rest,
                    offset,
                }))
            }
            _ => None,
        }
    }

    /// Skips to the end tag of a raw element.
    fn raw_text(&mut self, name: &str) -> Range<usize> {
        let start = self.at;
        let mut at = start;
        while let Some(found) = self.find(at, b"</") {
            if self.text.as_bytes()[found..]
                .get(..name.len())
                .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
            {
                self.at = found - 2;
                return start..self.at;
            }
            at = found;
        }
        self.at = self.text.len();
        start..self.at
    }
}

impl<'a> Iterator for Tokenizer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        if let Some(name) = self.raw.take() {
            let range = self.raw_text(name);
            if !range.is_empty() {
                return Some(Token::Text(range));
            }
        }
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut from = start;
        while let Some(open) = bytes
            .get(from..)
            .and_then(|rest| memchr(b'<', rest))
            .map(|found| from + found)
        {
            let markup = bytes.get(open + 1).is_some_and(|byte| {
                byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')
            });
            if markup {
                if open > start {
                    self.at = open;
                    // Decided again, at the start of the next token.
                    return Some(Token::Text(start..open));
                }
                if let Some(token) = self.markup(open) {
                    return Some(token);
                }
            }
            from = open + 1;
        }
        self.at = bytes.len();
        (start < bytes.len()).then_some(Token::Text(start..bytes.len()))
    }
}

/// A tag's name: letters, digits and what custom elements and components use.
fn name(text: &str, start: usize) -> &str {
    let rest = &text.as_bytes()[start..];
    let length = rest
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte))
        .count();
    &text[start..start + length]
}

/// Elements whose content is text up to their end tag.
fn is_raw(name: &str) -> bool {
    [
        "script", "style", "textarea", "title", "iframe", "xmp", "noembed",
    ]
    .iter()
    .any(|raw| name.eq_ignore_ascii_case(raw))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        Tokenizer::new(text)
            .map(|token| match token {
                Token::Text(range) => format!("text {:?}", &text[range]),
                Token::Start(tag) => {
                    let attributes: Vec<_> = tag
                        .attributes()
                        .map(|(key, value, range)| {
                            assert_eq!(&text[range], value);
                            format!(" {key}={value}")
                        })
                        .collect();
                    format!("<{}{}>", tag.name, attributes.concat())
                }
                Token::End(name, _) => format!("</{name}>"),
                Token::Comment(range) => format!("comment {:?}", &text[range]),
            })
            .collect()
    }

    #[test]
    fn tags_text_and_comments() {
        assert_eq!(
            list("a<b class='x y' id=z hidden>c</b><br/>1 < 2 <!-- d --> e<img\n alt=\"é > f\">"),
            [
                "text \"a\"",
                "<b class=x y id=z hidden=>",
                "text \"c\"",
                "</b>",
                "<br>",
                "text \"1 < 2 \"",
                "comment \"<!-- d -->\"",
                "text \" e\"",
                "<img alt=é > f>",
            ]
        );
    }

    #[test]
    fn what_is_left_open_ends_with_the_text() {
        assert_eq!(list("a <b"), ["text \"a \"", "text \"<b\""]);
        assert_eq!(list("<!-- a"), ["comment \"<!-- a\""]);
        assert_eq!(list("<a x=\"y"), ["text \"<a x=\\\"y\""]);
        assert_eq!(
            list("<script>if (a<b) '</p>'</SCRIPT>c"),
            [
                "<script>",
                "text \"if (a<b) '</p>'\"",
                "</SCRIPT>",
                "text \"c\""
            ]
        );
        assert_eq!(list("<style>x"), ["<style>", "text \"x\""]);
    }

    #[test]
    fn hostile_input_stays_linear() {
        for piece in [
            "<a \"", "<a b='", "<a", "</a", "<!--", "<!", "<?", "<title>", "<a b=\"'",
        ] {
            let text = piece.repeat(400_000 / piece.len());
            assert!(Tokenizer::new(&text).count() > 0);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_split_in_order(text in "[<>/!?a-c=\"' é\\-\\[\n]{0,60}") {
            let mut at = 0;
            for token in Tokenizer::new(&text) {
                let range = match token {
                    Token::Text(range) | Token::Comment(range) | Token::End(_, range) => range,
                    Token::Start(tag) => {
                        for (key, value, range) in tag.attributes() {
                            proptest::prop_assert_eq!(text.get(range), Some(value));
                            proptest::prop_assert!(!key.is_empty());
                        }
                        tag.range
                    }
                };
                proptest::prop_assert!(range.start >= at && range.end >= range.start);
                proptest::prop_assert!(text.get(range.clone()).is_some());
                at = range.end;
            }
        }
    }
}
