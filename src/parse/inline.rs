//! Running text of any markup: addresses and template expressions are no prose,
//! white space collapses, character references are decoded.

use std::ops::Range;

use super::html::entity;
use super::url;
use super::writer::Writer;

/// What markup running text is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Running {
    /// Plain words.
    Plain,
    /// HTML: character references.
    Html,
}

/// Writes `text`, which stands at `start` of the source and is as long there, as prose.
pub fn write(writer: &mut Writer<'_>, text: &str, start: usize, running: Running) {
    if writer.is_hidden() {
        return;
    }
    let mut at = 0;
    let mut template = Next::default();
    let mut address = Next::default();
    while at < text.len() {
        let expression = template.find(at, |from| self::template(text, from));
        let found = address.find(at, |from| url::find(text, from));
        let object = match (expression, found) {
            (Some(expression), Some(found)) if found.start < expression.start => found,
            (Some(expression), _) => {
                words(writer, text, at..expression.start, start, running);
                writer.object(start + expression.start..start + expression.end);
                at = expression.end;
                continue;
            }
            (None, Some(found)) => found,
            (None, None) => break,
        };
        words(writer, text, at..object.start, start, running);
        writer.bare_url(
            &text[object.clone()],
            start + object.start..start + object.end,
        );
        at = object.end;
    }
    words(writer, text, at..text.len(), start, running);
}

/// A search whose last result is good until it has been passed.
#[derive(Default)]
struct Next {
    found: Option<Range<usize>>,
    none: bool,
}

impl Next {
    fn find(
        &mut self,
        at: usize,
        search: impl Fn(usize) -> Option<Range<usize>>,
    ) -> Option<Range<usize>> {
        if self.found.as_ref().is_none_or(|found| found.start < at) && !self.none {
            self.found = search(at);
            self.none = self.found.is_none();
        }
        self.found.clone().filter(|found| found.start >= at)
    }
}

/// The first `{{ … }}` or `{% … %}` at or after `from`.
fn template(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'{', rest)) {
        let open = at + found;
        if let Some(length) = template_length(&bytes[open..]) {
            return Some(open..open + length);
        }
        at = open + 1;
    }
    None
}

/// Length of the template expression that `text` starts with.
pub fn template_length(text: &[u8]) -> Option<usize> {
    const LONGEST: usize = 500;
    let close: &[u8] = match text.get(..2)? {
        b"{{" => b"}}",
        b"{%" => b"%}",
        _ => return None,
    };
    let window = &text[..text.len().min(LONGEST)];
    memchr::memmem::find(window, close).map(|found| found + close.len())
}

/// Words of `text[range]`, which lies `base` bytes into the source.
fn words(writer: &mut Writer<'_>, text: &str, range: Range<usize>, base: usize, running: Running) {
    let bytes = text.as_bytes();
    let mut start = range.start;
    let mut at = range.start;
    while at < range.end {
        match bytes[at] {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0c => {
                writer.text(&text[start..at], base + start..base + at);
                let space = at;
                while at < range.end && matches!(bytes[at], b' ' | b'\t' | b'\n' | b'\r' | 0x0c) {
                    at += 1;
                }
                if !writer.at_gap() {
                    writer.space(base + space..base + at);
                }
                start = at;
            }
            b'&' if running != Running::Plain => {
                if let Some((decoded, length)) = entity::decode(&text[at..range.end]) {
                    writer.text(&text[start..at], base + start..base + at);
                    writer.text(&decoded, base + at..base + at + length);
                    at += length;
                    start = at;
                } else {
                    at += 1;
                }
            }
            _ => at += 1,
        }
    }
    writer.text(&text[start..range.end], base + start..base + range.end);
}
