//! Plain text: paragraphs, list items, underlined titles.

use std::ops::Range;

use super::{Lines, is_rule, list_marker};
use crate::facts::FileFacts;
use crate::parse::directive;
use crate::parse::inline::{self, Running};
use crate::parse::writer::{Element, Frame, Writer};
use crate::source::Source;

/// Parses plain text.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    let mut writer = Writer::new(source, facts);
    let lines = Lines::new(&source.text);
    let mut index = 0;
    while index < lines.len() && source.budget.spend(1) {
        let line = lines.get(index);
        if line.trim().is_empty() || is_rule(line).is_some() {
            index += 1;
            continue;
        }
        if let Some(found) =
            directive::from_comment(line, source.span(lines.start(index)..lines.end(index)))
        {
            writer.facts.directives.push(found);
            index += 1;
            continue;
        }
        let start = lines.start(index) + lines.indent(index);
        if let Some(level) = title_level(&lines, index) {
            block(
                &mut writer,
                Element::Heading(level),
                start,
                lines.end(index),
            );
            index += 2;
            continue;
        }
        if let Some((level, title)) = framed_title(source, line) {
            let start = start + title.start;
            block(
                &mut writer,
                Element::Heading(level),
                start,
                start + title.len(),
            );
            index += 1;
            continue;
        }
        let marker = list_marker(&source.text[start..lines.end(index)]);
        let first = index;
        index += 1;
        while index < lines.len() && goes_on(&lines, index) {
            index += 1;
        }
        let end = lines.end(index - 1);
        debug_assert!(index > first);
        match marker {
            Some(marker) => block(&mut writer, Element::Item, start + marker, end),
            None => block(&mut writer, Element::Block, start, end),
        }
    }
    writer.finish();
}

/// Whether a line belongs to the paragraph of the line before.
fn goes_on(lines: &Lines<'_>, index: usize) -> bool {
    let line = lines.get(index);
    !line.trim().is_empty()
        && is_rule(line).is_none()
        && list_marker(line.trim_start()).is_none()
        && title_level(lines, index).is_none()
}

/// The level of a title that is underlined by the next line.
fn title_level(lines: &Lines<'_>, index: usize) -> Option<u8> {
    let title = lines.get(index).trim();
    let rule = lines.get(index + 1).trim();
    let level = match is_rule(rule)? {
        b'=' | b'*' | b'#' => 1,
        b'-' | b'~' | b'_' => 2,
        _ => return None,
    };
    let alone = index == 0 || lines.is_blank(index - 1) || is_rule(lines.get(index - 1)).is_some();
    let width = title.chars().count();
    (alone && width <= 100 && rule.len() + 3 >= width && rule.len() <= width + 20).then_some(level)
}

/// A title between signs of equality, as the readme of a plugin for WordPress has it:
/// `=== Harbour ===`, `== Description ==`. Elsewhere such lines are ornaments.
fn framed_title(source: &Source, line: &str) -> Option<(u8, Range<usize>)> {
    let line = line.trim();
    let signs = line.bytes().take_while(|&byte| byte == b'=').count();
    let inner = line.trim_matches('=');
    let start = signs + (inner.len() - inner.trim_start().len());
    let title = inner.trim();
    let closed = line.bytes().rev().take_while(|&byte| byte == b'=').count() == signs;
    let sound = closed && (1..=3).contains(&signs) && !title.is_empty() && signs < line.len();
    (sound && source.file_name().eq_ignore_ascii_case("readme.txt"))
        .then(|| (4 - signs as u8, start..start + title.len()))
}

fn block(writer: &mut Writer<'_>, element: Element, start: usize, end: usize) {
    writer.open(element, Frame::CONTAINER, start);
    let source = writer.source;
    if let Some(text) = source.text.get(start..end) {
        words(writer, text, start);
    }
    writer.close_container(end);
}

/// Words, in which what stands between backticks on one line is code.
fn words(writer: &mut Writer<'_>, text: &str, base: usize) {
    let mut at = 0;
    let mut from = 0;
    while let Some(open) = memchr::memchr(b'`', &text.as_bytes()[from..]).map(|found| from + found)
    {
        let close = memchr::memchr2(b'`', b'\n', &text.as_bytes()[open + 1..])
            .map(|found| open + 1 + found)
            .filter(|&close| close > open + 1 && text.as_bytes()[close] == b'`');
        match close {
            Some(close) => {
                inline::write(writer, &text[at..open], base + at, Running::Plain);
                writer.code(&text[open + 1..close], base + open..base + close + 1);
                at = close + 1;
                from = at;
            }
            None => from = open + 1,
        }
    }
    inline::write(writer, &text[at..], base + at, Running::Plain);
}
