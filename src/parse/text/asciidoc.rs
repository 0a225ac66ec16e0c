//! AsciiDoc, block by block.

mod inline;
mod table;

use std::ops::Range;

use super::{Lines, list_marker};
use crate::facts::{FencedCode, FileFacts, FrontMatterEntry, Prose, ProseContext};
use crate::parse::directive;
use crate::parse::writer::{Element, Frame, Writer};
use crate::source::Source;

/// Parses AsciiDoc.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    let mut reader = Reader {
        writer: Writer::new(source, facts),
        lines: Lines::new(&source.text),
        at: 0,
        quotes: Vec::new(),
        language: String::new(),
        attributes: String::new(),
    };
    while reader.at < reader.lines.len() && source.budget.spend(1) {
        reader.block();
    }
    reader.writer.finish();
}

struct Reader<'a> {
    writer: Writer<'a>,
    lines: Lines<'a>,
    /// The line that comes next.
    at: usize,
    /// Fences of the quote blocks that are open.
    quotes: Vec<&'a str>,
    /// Language of the `[source,…]` line just read.
    language: String,
    /// The `[…]` line just read.
    attributes: String,
}

impl Reader<'_> {
    /// Reads the block that starts at the next line.
    fn block(&mut self) {
        let line = self.lines.get(self.at).trim_end();
        let start = self.lines.start(self.at);
        if line.trim().is_empty() {
            self.at += 1;
            return;
        }
        if let Some((level, title)) = title(line) {
            let end = start + line.len();
            self.text(Element::Heading(level), end - title.len()..end);
            self.at += 1;
        } else if let Some(fence) = delimiter(line) {
            self.delimited(fence);
        } else if line.starts_with("//") {
            let span = self.writer.source.span(start..start + line.len());
            let found = directive::from_comment(line, span);
            self.writer.facts.directives.extend(found);
            self.at += 1;
        } else if let Some((name, value)) = attribute_entry(line) {
            self.attribute(name, value, start, line.len());
            self.at += 1;
        } else if line.starts_with('[') && line.ends_with(']') {
            self.attributes = line[1..line.len() - 1].to_owned();
            let source = self.attributes.strip_prefix("source");
            let language = source.and_then(|rest| rest.split(',').nth(1));
            self.language = language.unwrap_or("").trim().to_ascii_lowercase();
            self.at += 1;
            // The attributes belong to the next block only.
            if !self.lines.is_blank(self.at) {
                return;
            }
        } else if line.starts_with("|===") {
            self.table();
        } else if self.macro_line(line, start) {
            self.at += 1;
        } else if line.len() > 1 && line.starts_with('.') && !line[1..].starts_with([' ', '.']) {
            // The title of the block that follows.
            self.text(Element::Block, start + 1..start + line.len());
            self.at += 1;
            return;
        } else {
            self.paragraph();
        }
        self.language.clear();
        self.attributes.clear();
    }

    /// A block between two equal lines.
    fn delimited(&mut self, fence: Fence) {
        let line = self.lines.get(self.at).trim_end();
        let source = self.writer.source;
        let first = self.at;
        self.at += 1;
        match fence {
            Fence::Transparent => {}
            Fence::Quote => {
                let verbatim = source
                    .text
                    .get(self.lines.start(first)..self.lines.start(first) + line.len())
                    .unwrap_or("");
                if self.quotes.last() == Some(&verbatim) {
                    self.quotes.pop();
                    self.writer.close_container(self.lines.start(first));
                } else {
                    self.quotes.push(verbatim);
                    let start = self.lines.end(first);
                    self.writer.open(Element::Quote, Frame::CONTAINER, start);
                }
            }
            Fence::Code | Fence::Comment | Fence::Passthrough => {
                let body = self.lines.start(self.at);
                while self.at < self.lines.len() && self.lines.get(self.at).trim_end() != line {
                    self.at += 1;
                }
                let range = body..self.lines.start(self.at).max(body);
                self.at += 1;
                if fence == Fence::Code {
                    let mut language = std::mem::take(&mut self.language);
                    if let Some(info) = line.strip_prefix("```") {
                        info.trim().clone_into(&mut language);
                    }
                    let span = source.span(range);
                    self.writer.facts.fences.push(FencedCode { language, span });
                }
            }
        }
    }

    fn attribute(&mut self, name: &str, value: &str, start: usize, length: usize) {
        let source = self.writer.source;
        let end = start + length;
        let value_start = end - value.len();
        self.writer.facts.front_matter.push(FrontMatterEntry {
            key: name.to_owned(),
            value: value.to_owned(),
            key_span: source.span(start + 1..start + 1 + name.len()),
            value_span: source.span(value_start..end),
        });
        if matches!(name, "description" | "title" | "doctitle") {
            let context = ProseContext::FrontMatter(name.to_owned());
            let prose = Prose::verbatim(context, value, value_start);
            self.writer.facts.prose.push(prose);
        }
    }

    /// `image::target[alt]`, `include::…[]`, `ifdef::…[]`.
    fn macro_line(&mut self, line: &str, start: usize) -> bool {
        let Some((name, rest)) = line.split_once("::") else {
            return false;
        };
        let Some((target, text)) = rest.strip_suffix(']').and_then(|rest| rest.split_once('['))
        else {
            return false;
        };
        if !name.bytes().all(|byte| byte.is_ascii_lowercase()) || target.contains(' ') {
            return false;
        }
        let end = start + line.len();
        if name == "image" {
            self.writer.flush();
            self.writer.open_image(target, start..end);
            let alt = inline::first_argument(text);
            let alt_start = end - 1 - text.len() + alt.start;
            self.writer
                .text(&text[alt.clone()], alt_start..alt_start + alt.len());
            self.writer.close_image(start..end);
            self.writer.flush();
        }
        true
    }

    fn paragraph(&mut self) {
        let first = self.at;
        let start = self.lines.start(first) + self.lines.indent(first);
        let head = self.lines.get(first).trim_start();
        let marker = marker(head);
        self.at += 1;
        while self.at < self.lines.len() && self.goes_on() {
            self.at += 1;
        }
        let end = self.lines.end(self.at - 1);
        if self.lines.indent(first) > 0 && marker.is_none() {
            // An indented paragraph is literal.
            let span = self.writer.source.span(start..end);
            self.writer.facts.fences.push(FencedCode {
                language: String::new(),
                span,
            });
            return;
        }
        let (element, skip) = match marker {
            Some(skip) => (Element::Item, skip),
            None => (Element::Block, admonition(head)),
        };
        let element = if self.attributes.starts_with("quote")
            || self.attributes.starts_with("verse")
        {
            Element::Quote
        } else if self.attributes.starts_with("source") || self.attributes.starts_with("listing") {
            Element::Hidden(true)
        } else {
            element
        };
        self.text(element, start + skip..end.max(start + skip));
    }

    fn goes_on(&self) -> bool {
        let line = self.lines.get(self.at).trim_end();
        let text = line.trim_start();
        !text.is_empty()
            && text != "+"
            && marker(text).is_none()
            && delimiter(line).is_none()
            && !line.starts_with("//")
            && !line.starts_with("|===")
            && !(line.starts_with('[') && line.ends_with(']'))
    }

    fn text(&mut self, element: Element, range: Range<usize>) {
        self.writer.open(element, Frame::CONTAINER, range.start);
        let source = self.writer.source;
        if let Some(text) = source.text.get(range.clone()) {
            inline::write(&mut self.writer, text, range.start);
        }
        self.writer.close_container(range.end);
    }
}

/// `== Title`, also with the `#` of Markdown.
fn title(line: &str) -> Option<(u8, &str)> {
    let mark = line.chars().next().filter(|c| matches!(c, '=' | '#'))?;
    let title = line.trim_start_matches(mark);
    let level = line.len() - title.len();
    (level <= 6 && title.starts_with(' ') && !title.trim().is_empty())
        .then(|| (level as u8, title.trim_start()))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fence {
    Code,
    Comment,
    Passthrough,
    Quote,
    /// What stands between is read as if the lines were not there.
    Transparent,
}

fn delimiter(line: &str) -> Option<Fence> {
    if line.starts_with("```") && !line[3..].contains('`') {
        return Some(Fence::Code);
    }
    if line == "--" || line == "+" {
        return Some(Fence::Transparent);
    }
    let first = *line.as_bytes().first()?;
    if line.len() < 4 || !line.bytes().all(|byte| byte == first) {
        return None;
    }
    Some(match first {
        b'-' | b'.' => Fence::Code,
        b'/' => Fence::Comment,
        b'+' => Fence::Passthrough,
        b'_' => Fence::Quote,
        b'=' | b'*' | b'\'' => Fence::Transparent,
        _ => return None,
    })
}

/// `:name: value`.
fn attribute_entry(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix(':')?.split_once(':')?;
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '!' | '.'));
    (plain && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

/// Length of a list item's marker, or of a term with its colons.
fn marker(text: &str) -> Option<usize> {
    let bullet = text.trim_start_matches(['*', '.', '-']);
    let length = text.len() - bullet.len();
    if (1..=5).contains(&length) && bullet.starts_with(' ') && !bullet.trim().is_empty() {
        return Some(text.len() - bullet.trim_start().len());
    }
    list_marker(text)
}

/// Length of `NOTE: ` and the like.
fn admonition(text: &str) -> usize {
    ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "]
        .iter()
        .find(|label| text.starts_with(**label))
        .map_or(0, |label| label.len())
}
