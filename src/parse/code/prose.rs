//! What people read in code: comments, docstrings and string literals that are
//! sentences, each mapped to its bytes.

use std::ops::Range;

use super::grammar::Reading;
use super::syntax::{Node, Syntax};
use crate::facts::prose::OBJECT;
use crate::facts::{FileFacts, Language, Prose, ProseContext};
use crate::parse::code::words::holds_scheme;
use crate::parse::directive;
use crate::source::Source;

/// Collects comments, strings and suppression comments in source order.
pub fn collect(source: &Source, language: Language, tree: &Syntax, facts: &mut FileFacts) {
    // Lists that grow from nothing cost more than room that few files need.
    let mut comments: Vec<Range<usize>> = Vec::with_capacity(128);
    let mut pieces: Vec<(usize, Prose)> = Vec::with_capacity(64);
    for node in tree.nodes() {
        match node.reading() {
            Reading::Comment => comments.push(trim(&source.text, node.byte_range())),
            Reading::Text => {
                let range = node.byte_range();
                if holds_scheme(&source.text[range.clone()]) && !is_docstring(language, node) {
                    facts.addresses.push(source.span(range));
                }
                text_piece(source, language, node, &mut pieces);
            }
            _ => {}
        }
    }
    for range in &comments {
        let comment = &source.text[range.clone()];
        facts
            .directives
            .extend(directive::from_comment(comment, source.span(range.clone())));
    }
    let mut lines = Vec::new();
    for group in groups(&source.text, &comments) {
        lines.clear();
        for range in group {
            comment_lines(&source.text, range.clone(), &mut lines);
        }
        paragraphs(&source.text, &lines, &mut pieces);
    }
    pieces.sort_by_key(|&(start, _)| start);
    facts
        .prose
        .extend(pieces.into_iter().map(|(_, piece)| piece));
}

/// Comments that read as one: line comments alone on consecutive lines.
fn groups<'c>(
    text: &'c str,
    comments: &'c [Range<usize>],
) -> impl Iterator<Item = &'c [Range<usize>]> {
    comments.chunk_by(move |last, next| {
        let between = text.get(last.end..next.start).unwrap_or("x");
        is_line_comment(&text[last.clone()])
            && is_line_comment(&text[next.clone()])
            && between.chars().all(char::is_whitespace)
            && between.matches('\n').count() <= 1
            && stands_alone(text, last.start)
    })
}

fn is_line_comment(comment: &str) -> bool {
    comment.starts_with("//") || comment.starts_with('#')
}

/// Whether only white space stands before `at` on its line.
fn stands_alone(text: &str, at: usize) -> bool {
    text[..at]
        .chars()
        .rev()
        .take_while(|&c| c != '\n')
        .all(char::is_whitespace)
}

/// Adds the content of each line of a comment, markers off; empty for a blank line.
fn comment_lines(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let comment = &text[range.clone()];
    if comment.starts_with("#!") && range.start == 0 {
        return;
    }
    let block = ["/*", "<#", "=begin"]
        .into_iter()
        .find(|open| comment.starts_with(open));
    let mut inner = range.clone();
    if let Some(open) = block {
        inner.start += open.len();
        let close = match open {
            "/*" => "*/",
            "<#" => "#>",
            _ => "=end",
        };
        if comment.len() >= open.len() + close.len() && comment.ends_with(close) {
            inner.end -= close.len();
        }
    }
    let markers: &[char] = match block {
        Some("/*") => &['*', '!'],
        Some(_) => &[],
        None => &['/', '#', '!', ':'],
    };
    out.extend(lines(text, inner).map(|line| {
        let line = trim(text, line);
        let content = &text[line.clone()];
        let stripped = content.trim_start_matches(markers);
        // `*` opens a list item as well: only a run before a space is a marker.
        let marker = content.len() - stripped.len();
        trim(text, line.start + marker..line.end)
    }));
}

fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = range.start;
    text[range.clone()].split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        start..start + line.len()
    })
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

/// Joins lines into paragraphs; a blank line and the start of a list item or a
/// documentation tag end one.
fn paragraphs(text: &str, lines: &[Range<usize>], pieces: &mut Vec<(usize, Prose)>) {
    let mut current: Option<(usize, Prose, usize)> = None;
    for line in lines {
        let content = &text[line.clone()];
        let starts = content.starts_with("- ")
            || content.starts_with("* ")
            || content.starts_with('@')
            || content.starts_with('.');
        if content.is_empty() || starts {
            finish(&mut current, pieces);
        }
        if content.is_empty() {
            continue;
        }
        let (_, prose, end) = current
            .get_or_insert_with(|| (line.start, Prose::new(ProseContext::Comment), line.start));
        if *end < line.start {
            prose.push(" ", *end..line.start);
        }
        push_line(text, line.clone(), prose);
        *end = line.end;
    }
    finish(&mut current, pieces);
}

fn finish(current: &mut Option<(usize, Prose, usize)>, pieces: &mut Vec<(usize, Prose)>) {
    if let Some((start, prose, _)) = current.take()
        && !prose.is_blank()
    {
        pieces.push((start, prose));
    }
}

/// One line of a comment; code between backticks is an object.
fn push_line(text: &str, range: Range<usize>, prose: &mut Prose) {
    let mut at = range.start;
    while let Some(open) = text[at..range.end].find('`').map(|found| at + found) {
        let Some(close) = text[open + 1..range.end]
            .find('`')
            .map(|found| open + 1 + found)
        else {
            break;
        };
        prose.push(&text[at..open], at..open);
        prose.push(OBJECT.encode_utf8(&mut [0; 4]), open..close + 1);
        at = close + 1;
    }
    prose.push(&text[at..range.end], at..range.end);
}

/// A string literal, when it holds a space: one word is an identifier, not prose.
fn text_piece(
    source: &Source,
    language: Language,
    node: Node<'_>,
    pieces: &mut Vec<(usize, Prose)>,
) {
    let range = node.byte_range();
    let Some(content) = content(&source.text, range.clone()) else {
        return;
    };
    if !source.text[content.clone()]
        .trim()
        .contains([' ', '\u{a0}'])
    {
        return;
    }
    if is_docstring(language, node) {
        let lines: Vec<_> = lines(&source.text, content)
            .map(|line| trim(&source.text, line))
            .collect();
        paragraphs(&source.text, &lines, pieces);
        return;
    }
    let mut prose = Prose::new(ProseContext::StringLiteral);
    let mut at = content.start;
    for hole in holes(node, &source.text) {
        if hole.range.start < at || hole.range.end > content.end {
            continue;
        }
        push_text(&source.text, at..hole.range.start, &mut prose);
        let stand_in = if hole.escape {
            unescape(&source.text[hole.range.clone()])
        } else {
            OBJECT
        };
        prose.push(stand_in.encode_utf8(&mut [0; 4]), hole.range.clone());
        at = hole.range.end;
    }
    push_text(&source.text, at..content.end, &mut prose);
    if !prose.is_blank() {
        pieces.push((content.start, prose));
    }
}

fn is_docstring(language: Language, node: Node<'_>) -> bool {
    language == Language::Python
        && node
            .parent()
            .is_some_and(|parent| parent.kind() == "expression_statement")
}

/// Text as it stands; a line break is a space, as in a paragraph.
fn push_text(text: &str, range: Range<usize>, prose: &mut Prose) {
    let mut first = true;
    for line in lines(text, range) {
        if !first {
            prose.push(" ", line.start - 1..line.start);
        }
        first = false;
        prose.push(&text[line.clone()], line);
    }
}

struct Hole {
    range: Range<usize>,
    escape: bool,
}

/// Escapes and interpolations of a string literal, in order.
fn holes(node: Node<'_>, text: &str) -> Vec<Hole> {
    let mut holes = Vec::new();
    let mut queue = vec![(node, 0)];
    while let Some((node, depth)) = queue.pop() {
        for child in node.children() {
            let reading = child.reading();
            match reading {
                Reading::Escape | Reading::Inserted => holes.push(Hole {
                    range: child.byte_range(),
                    escape: reading == Reading::Escape,
                }),
                Reading::Interpolation if child.children().next().is_some() => holes.push(Hole {
                    range: child.byte_range(),
                    escape: false,
                }),
                // Kotlin's `$name` is content to its grammar, in two pieces.
                _ if text.get(child.byte_range()) == Some("$")
                    && child.kind() == "string_content" =>
                {
                    let rest = text.get(child.end_byte()..).unwrap_or_default();
                    let name = rest
                        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                        .unwrap_or(rest.len());
                    if name > 0 {
                        holes.push(Hole {
                            range: child.start_byte()..child.end_byte() + name,
                            escape: false,
                        });
                    }
                }
                _ if depth < 3 && child.is_named() => queue.push((child, depth + 1)),
                _ => {}
            }
        }
    }
    holes.sort_by_key(|hole| hole.range.start);
    holes
}

fn unescape(escape: &str) -> char {
    match escape.as_bytes() {
        [b'\\', b'n' | b't' | b'r' | b'\n'] => ' ',
        [b'\\', c @ (b'"' | b'\'' | b'\\' | b'`' | b'$' | b'/')] => *c as char,
        _ => OBJECT,
    }
}

/// The bytes between a literal's quotes, whatever its prefix.
fn content(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let literal = &text[range.clone()];
    let quotes: &[char] = &['"', '\'', '`'];
    let prefix = literal.find(quotes).filter(|&at| {
        at <= 4
            && literal[..at]
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "@$#".contains(c))
    });
    let Some(prefix) = prefix else {
        // Text that needs no quotes: JSX, here-documents.
        return Some(trim(text, range));
    };
    let quote = literal[prefix..].chars().next()?;
    let run = literal[prefix..]
        .chars()
        .take_while(|&c| c == quote)
        .count();
    let open = if run >= 3 {
        run.min(literal.len() / 2)
    } else {
        1
    };
    let tail = literal.trim_end_matches(['@', '#']);
    let mut close = tail
        .chars()
        .rev()
        .take_while(|&c| c == quote)
        .count()
        .min(open);
    if prefix + open + close > tail.len() {
        close = 0;
    }
    let start = range.start + prefix + open;
    let end = range.start + tail.len() - close;
    (start <= end).then(|| trim(text, start..end))
}
