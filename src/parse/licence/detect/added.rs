//! Terms that were added to a licence's text: the text is then no longer that licence.

use std::ops::Range;

use regex::Regex;

use super::super::words::{Words, words};
use super::bytes;
use super::tokens::Tokens;

/// Words around a licence's text in which a sentence that sets terms is one of its own;
/// further away, and beyond a heading, a page is about something else.
const AROUND: usize = 150;
/// Fewest words of a sentence that is put in; a few are a word that was changed.
const SENTENCE: usize = 4;
/// A file with more of other words than this in hundredths is a page that holds a
/// licence: terms far from it are about something else.
const PAGE: usize = 60;

/// Where words that belong to no licence restrict what the licences at `extents` permit.
pub(super) fn added(
    text: &str,
    own: &Tokens,
    free: &[bool],
    extents: &[Range<usize>],
) -> Option<Range<usize>> {
    let words = words()?;
    if extents.is_empty() {
        return None;
    }
    let left = free.iter().filter(|free| **free).count();
    let page = left * 100 > free.len() * PAGE;
    let scopes: Vec<Range<usize>> = extents
        .iter()
        .map(|extent| scope(text, own, extent))
        .collect();
    for block in blocks(free) {
        let at = bytes(own, &block);
        let mut near = scopes.iter().filter_map(|scope| {
            let part = at.start.max(scope.start)..at.end.min(scope.end);
            (!part.is_empty()).then_some(part)
        });
        let found = if page {
            near.clone()
                .find_map(|part| rider(text, own, free, &part, words))
        } else {
            rider(text, own, free, &at, words)
        };
        let found = found.or_else(|| near.find_map(|part| term(text, own, free, &part, words)));
        if found.is_some() {
            return found;
        }
    }
    None
}

/// Runs of words that are free; a word that happens to be the licence's ends none.
fn blocks(free: &[bool]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < free.len() {
        if !free[at] {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < free.len() && (free[end] || free.get(end + 1).is_some_and(|free| *free)) {
            end += 1;
        }
        blocks.push(at..end);
        at = end;
    }
    blocks
}

/// Words that restrict wherever they stand, most of them not the licence's.
fn rider(
    text: &str,
    own: &Tokens,
    free: &[bool],
    range: &Range<usize>,
    words: &Words,
) -> Option<Range<usize>> {
    found_in(&words.riders, text, range).find_map(|found| {
        let within = tokens_in(own, &found);
        let new = within.clone().filter(|at| free[*at]).count();
        let sentence = sentence(text, &found, range);
        let counts = new * 2 > within.len() && !words.harmless.is_match(&text[sentence.clone()]);
        counts.then_some(sentence)
    })
}

/// A sentence that was put in and sets terms.
fn term(
    text: &str,
    own: &Tokens,
    free: &[bool],
    range: &Range<usize>,
    words: &Words,
) -> Option<Range<usize>> {
    found_in(&words.terms, text, range).find_map(|found| {
        let sentence = sentence(text, &found, range);
        let within = tokens_in(own, &sentence);
        let new = within.clone().filter(|at| free[*at]).count();
        let counts = new >= SENTENCE
            && new * 4 > within.len() * 3
            && !words.harmless.is_match(&text[sentence.clone()]);
        counts.then_some(sentence)
    })
}

/// Where a pattern matches within a range.
fn found_in<'t>(
    pattern: &'t Regex,
    text: &'t str,
    range: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + use<'t> {
    let start = range.start;
    let found = pattern.find_iter(&text[range.clone()]);
    found.map(move |found| start + found.start()..start + found.end())
}

/// The sentence of `within` that holds `found`.
fn sentence(text: &str, found: &Range<usize>, within: &Range<usize>) -> Range<usize> {
    let ends = |pair: &[u8]| {
        (matches!(pair[0], b'.' | b';' | b'!') && pair[1].is_ascii_whitespace()) || pair == b"\n\n"
    };
    let head = &text.as_bytes()[within.start..found.start];
    let start = head.windows(2).rposition(ends).map_or(0, |at| at + 2);
    let tail = &text.as_bytes()[found.end..within.end];
    let end = tail.windows(2).position(ends).unwrap_or(tail.len());
    let (start, end) = (within.start + start, found.end + end);
    let whole = &text[start..end];
    let blank = whole.len() - whole.trim_start().len();
    start + blank..start + blank + whole.trim().len()
}

/// The words that begin in a range of bytes.
fn tokens_in(own: &Tokens, range: &Range<usize>) -> Range<usize> {
    let at = |byte: usize| {
        own.ranges
            .partition_point(|word| (word.start as usize) < byte)
    };
    at(range.start)..at(range.end)
}

/// The bytes around a licence's text up to the headings before and after it.
fn scope(text: &str, own: &Tokens, extent: &Range<usize>) -> Range<usize> {
    let wide = extent.start.saturating_sub(AROUND)..(extent.end + AROUND).min(own.words.len());
    let (outer, inner) = (bytes(own, &wide), bytes(own, extent));
    let mut range = outer.clone();
    // The heading right before the text is its own.
    let mut at = outer.start;
    for line in text[outer.start..inner.start].split_inclusive('\n') {
        // The rest of a line is the text's own title.
        if is_heading(line) && line.ends_with('\n') {
            range.start = at;
        }
        at += line.len();
    }
    let mut at = inner.end;
    for line in text[inner.end..outer.end].split_inclusive('\n') {
        if is_heading(line) {
            range.end = at;
            break;
        }
        at += line.len();
    }
    range
}

/// A heading of Markdown.
fn is_heading(line: &str) -> bool {
    let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
    (1..=6).contains(&hashes) && line[hashes..].starts_with(' ')
}
