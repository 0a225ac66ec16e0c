//! reStructuredText, block by block.

mod inline;
mod table;

use std::ops::Range;

use super::{Lines, is_rule, list_marker};
use crate::facts::{FencedCode, FileFacts};
use crate::parse::directive;
use crate::parse::writer::{Element, Frame, Writer};
use crate::source::Source;

/// Parses reStructuredText.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    let mut reader = Reader {
        writer: Writer::new(source, facts),
        lines: Lines::new(&source.text),
        styles: Vec::new(),
        at: 0,
    };
    while reader.at < reader.lines.len() && source.budget.spend(1) {
        reader.block();
    }
    reader.writer.finish();
}

/// Directives whose content is text that readers see. The content of all others is
/// code or nothing.
const PROSE_DIRECTIVES: [&str; 30] = [
    "note",
    "warning",
    "tip",
    "important",
    "caution",
    "hint",
    "danger",
    "error",
    "attention",
    "admonition",
    "seealso",
    "versionadded",
    "versionchanged",
    "deprecated",
    "topic",
    "sidebar",
    "container",
    "list-table",
    "table",
    "glossary",
    "epigraph",
    "rubric",
    "tab",
    "tabs",
    "tab-set",
    "tab-item",
    "dropdown",
    "grid",
    "card",
    "only",
];

struct Reader<'a> {
    writer: Writer<'a>,
    lines: Lines<'a>,
    /// Underline styles in the order in which they came up: the levels.
    styles: Vec<(u8, bool)>,
    /// The line that comes next.
    at: usize,
}

impl Reader<'_> {
    /// Reads the block that starts at the next line.
    fn block(&mut self) {
        if self.lines.is_blank(self.at) {
            self.at += 1;
            return;
        }
        if self.title() || self.explicit() || self.table() {
            return;
        }
        let line = self.lines.get(self.at).trim_start();
        if is_rule(line).is_some() {
            self.at += 1;
        } else if line.starts_with(">>> ") {
            self.doctest();
        } else {
            self.paragraph();
        }
    }

    fn title(&mut self) -> bool {
        let (title, rule, over) = match is_rule(self.lines.get(self.at)) {
            Some(rule) => {
                let below = is_rule(self.lines.get(self.at + 2));
                if below != Some(rule) || self.lines.is_blank(self.at + 1) {
                    return false;
                }
                (self.at + 1, rule, true)
            }
            None => match is_rule(self.lines.get(self.at + 1)) {
                Some(rule) if self.lines.indent(self.at) == 0 => (self.at, rule, false),
                _ => return false,
            },
        };
        let width = self.lines.get(title).trim().chars().count();
        let underline = self.lines.get(title + 1).trim().len();
        // `::` after a paragraph or a short rule is no underline.
        if underline + 2 < width || rule == b':' && underline < width {
            return false;
        }
        let style = (rule, over);
        let level = self.styles.iter().position(|known| *known == style);
        let level = level.unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        let level = (level + 1).min(6) as u8;
        let start = self.lines.start(title) + self.lines.indent(title);
        self.text(Element::Heading(level), start..self.lines.end(title));
        self.at = title + 2;
        true
    }

    /// `.. …`: directives, targets, footnotes, substitutions, comments.
    fn explicit(&mut self) -> bool {
        let line = self.lines.get(self.at);
        let indent = self.lines.indent(self.at);
        let Some(rest) = line[indent..]
            .strip_prefix("..")
            .filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        else {
            return false;
        };
        let body = rest.trim_start();
        let body_start = self.lines.end(self.at) - body.len();
        let first = self.at;
        self.at += 1;
        if let Some(target) = body.strip_prefix('_') {
            if let Some((_, url)) = target.split_once(": ") {
                let url = url.trim();
                if url.contains("://") {
                    let range = self.lines.start(first) + indent..self.lines.end(first);
                    self.writer.link(url, range, false);
                }
            }
            self.skip_indented(indent);
        } else if let Some((name, argument)) = directive_name(body) {
            let start = body_start + body.len() - argument.len();
            self.directive(name, argument.trim_end(), start, indent);
        } else if body.starts_with('[') {
            // A footnote: its text is a paragraph.
            let end = body.find(']').map_or(body.len(), |close| close + 1);
            self.paragraph_from(body_start + end);
        } else {
            let range = self.lines.start(first) + indent..self.lines.end(first);
            let span = self.writer.source.span(range);
            let found = directive::from_comment(body, span);
            self.writer.facts.directives.extend(found);
            self.skip_indented(indent);
        }
        true
    }

    fn directive(&mut self, name: &str, argument: &str, start: usize, indent: usize) {
        let name = name.rsplit(' ').next().unwrap_or(name);
        if matches!(name, "image" | "figure") {
            self.image(argument, start, indent);
            return;
        }
        if name == "replace" {
            self.text(Element::Block, start..start + argument.len());
            return;
        }
        if !PROSE_DIRECTIVES.contains(&name) {
            let first = self.at;
            self.skip_indented(indent);
            if matches!(name, "code-block" | "code" | "sourcecode") {
                let range = self.lines.start(first)..self.lines.end(self.at.max(first + 1) - 1);
                self.fence(argument, range);
            }
            return;
        }
        if !argument.is_empty() && !matches!(name, "only" | "container") {
            self.text(Element::Block, start..start + argument.len());
        }
        // Options; the content after them is read as any other text.
        while self.lines.indent(self.at) > indent
            && self.lines.get(self.at).trim_start().starts_with(':')
        {
            self.at += 1;
        }
    }

    fn image(&mut self, url: &str, start: usize, indent: usize) {
        self.writer.flush();
        self.writer.open_image(url, start..start + url.len());
        while !self.lines.is_blank(self.at)
            && self.lines.indent(self.at) > indent
            && self.lines.get(self.at).trim_start().starts_with(':')
        {
            if let Some(alt) = self.lines.get(self.at).trim_start().strip_prefix(":alt:") {
                let alt = alt.trim();
                let end = self.lines.start(self.at) + self.lines.get(self.at).trim_end().len();
                self.writer.text(alt, end - alt.len()..end);
            }
            self.at += 1;
        }
        self.writer.close_image(start..start + url.len());
        self.writer.flush();
    }

    fn fence(&mut self, language: &str, range: Range<usize>) {
        let range = range.start..range.end.max(range.start);
        let span = self.writer.source.span(range);
        self.writer.facts.fences.push(FencedCode {
            language: language.to_ascii_lowercase(),
            span,
        });
    }

    /// Skips lines that are indented more than `indent`, and blank ones between.
    fn skip_indented(&mut self, indent: usize) {
        let mut after = self.at;
        while self.at < self.lines.len()
            && (self.lines.is_blank(self.at) || self.lines.indent(self.at) > indent)
        {
            self.at += 1;
            if !self.lines.is_blank(self.at - 1) {
                after = self.at;
            }
        }
        self.at = after;
    }

    fn doctest(&mut self) {
        let first = self.at;
        while self.at < self.lines.len() && !self.lines.is_blank(self.at) {
            self.at += 1;
        }
        let range = self.lines.start(first)..self.lines.end(self.at - 1);
        self.fence("python", range);
    }

    fn paragraph(&mut self) {
        let start = self.lines.start(self.at) + self.lines.indent(self.at);
        self.at += 1;
        self.paragraph_from(start);
    }

    /// Reads a paragraph or list item that starts at byte `start` of the line before
    /// the next.
    fn paragraph_from(&mut self, start: usize) {
        let first = self.at - 1;
        let indent = self.lines.indent(first);
        while self.at < self.lines.len() && self.goes_on(indent) {
            self.at += 1;
        }
        let end = self.lines.end(self.at - 1);
        let text = self.writer.source.text.get(start..end).unwrap_or("");
        let (element, start) = match list_marker(text) {
            Some(marker) => (Element::Item, start + marker),
            None => (Element::Block, start + field_name(text)),
        };
        let trimmed = text.trim_end();
        let literal = trimmed.ends_with("::");
        // `text::` shows one colon, `::` alone none.
        let end = end - (text.len() - trimmed.len()) - usize::from(literal);
        self.text(element, start..end.max(start));
        if literal {
            let mut block = self.at;
            while block < self.lines.len() && self.lines.is_blank(block) {
                block += 1;
            }
            if self.lines.indent(block) > indent {
                self.at = block;
                self.skip_indented(indent);
                let range = self.lines.start(block)..self.lines.end(self.at.max(block + 1) - 1);
                self.fence("", range);
            }
        }
    }

    /// Whether the next line belongs to the paragraph that is being read.
    fn goes_on(&self, indent: usize) -> bool {
        let line = self.lines.get(self.at);
        let text = line.trim_start();
        let outdented = self.lines.indent(self.at) < indent;
        !text.is_empty()
            && !outdented
            && !self.lines.get(self.at - 1).trim_end().ends_with("::")
            && list_marker(text).is_none()
            && !text.starts_with(".. ")
            && field_name(text) == 0
            && is_rule(text).is_none()
            && !table::is_border(text)
    }

    /// Running text of a block.
    fn text(&mut self, element: Element, range: Range<usize>) {
        self.writer.open(element, Frame::CONTAINER, range.start);
        let source = self.writer.source;
        if let Some(text) = source.text.get(range.clone()) {
            inline::write(&mut self.writer, text, range.start);
        }
        self.writer.close_container(range.end);
    }
}

/// `name:: argument`, substitutions (`|x| image:: y`) included.
fn directive_name(body: &str) -> Option<(&str, &str)> {
    let (name, argument) = body.split_once("::")?;
    let plain = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '+' | '.'))
    };
    let known = match name.strip_prefix('|') {
        Some(rest) => rest.rsplit_once("| ").is_some_and(|(_, name)| plain(name)),
        None => plain(name),
    };
    known.then(|| (name, argument.trim_start()))
}

/// Length of the `:name: ` that a field starts with.
fn field_name(text: &str) -> usize {
    let Some(rest) = text.strip_prefix(':') else {
        return 0;
    };
    match rest.find(':') {
        Some(close)
            if close > 0
                && close <= 40
                && !rest[..close].contains(['`', '\n'])
                && rest[close + 1..].starts_with([' ', '\n']) =>
        {
            close + 3
        }
        _ => 0,
    }
}
