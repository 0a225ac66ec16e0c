//! Texts that speak of the time of an old name, or of something that keeps it.

use std::ops::Range;

use super::around::place;
use crate::checks::{FileContext, passage};
use crate::facts::{FileFacts, Heading, Prose, ProseContext};
use crate::source::{Span, floor_boundary};

/// Most headings that are looked at above a place.
const NEAR: usize = 200;
/// How far into a line its year may stand, in bytes.
const HEAD: usize = 60;
/// Most words before the year that a line begins with: "March 2010".
const BEFORE: usize = 1;

/// Whether the words speak of a year in which the name was right: in a line, a row or
/// below a heading that begins with it, or in a sentence that dates what it tells
/// ("in 2010"). `dating` tells the words before such a year; a year that belongs to a name
/// (`is_named`) is none.
pub(super) fn is_dated(
    context: &FileContext<'_>,
    prose: &Prose,
    range: &Range<usize>,
    since: u16,
    dating: impl Fn(&str) -> bool,
    is_named: impl Fn(&str) -> bool,
) -> bool {
    let source = context.source;
    let right = |year: Option<u16>| year.is_some_and(|year| year <= since);
    let span = prose.span(source.id, range.clone());
    let line = source.line_text(source.position(span.start).line);
    if right(leading_year(line, &is_named)) {
        return true;
    }
    if let Some((_, row)) = place(context, prose)
        && right(
            row.first()
                .and_then(|cell| leading_year(&cell.text, &is_named)),
        )
    {
        return true;
    }
    let mut above = chain(&context.facts.headings, span);
    if above.any(|heading| right(leading_year(&heading.text, &is_named))) {
        return true;
    }
    let sentence = passage::sentence(&prose.text, range);
    let sentence = prose.text.get(sentence).unwrap_or("");
    years(sentence).any(|(at, year)| {
        let before = sentence[..at].trim_end();
        let after = &sentence[at + 4..];
        let word = before.rsplit(char::is_whitespace).next().unwrap_or("");
        let bracketed = before.ends_with(['(', '（']) && after.starts_with([')', '）']);
        year <= since && (bracketed || after.starts_with(['年', '년']) || dating(word))
    })
}

/// The line above a list, where the words are an item of it: "Former names:"
/// (good/hard-list-of-former-names, bad/list-below-a-heading-of-names).
pub(super) fn lead_of_list(facts: &FileFacts, index: usize) -> Option<&str> {
    /// Most items that are gone back over: a list of old names is short.
    const ITEMS: usize = 20;
    let item = |prose: &&Prose| prose.context == ProseContext::ListItem;
    item(&&facts.prose[index]).then_some(())?;
    let mut above = facts.prose[..index].iter().rev().take(ITEMS);
    let lead = above.find(|prose| !item(prose))?;
    let text = lead.text.trim_end();
    (lead.context == ProseContext::Paragraph && text.ends_with([':', '：']))
        .then(|| text.rsplit('\n').next())?
}

/// What stands before the words on their line, as far as it is near.
pub(super) fn head_of_line<'a>(
    context: &FileContext<'a>,
    prose: &Prose,
    range: &Range<usize>,
) -> &'a str {
    /// Longest head of a line that is read, in bytes.
    const LONG: u32 = 200;
    let source = context.source;
    let start = prose.span(source.id, range.clone()).start;
    let from = floor_boundary(&source.text, start.saturating_sub(LONG) as usize);
    let near = source.text.get(from..start as usize).unwrap_or("");
    near.rsplit('\n').next().unwrap_or("")
}

/// The headings that a place stands below, the nearest first.
fn chain(headings: &[Heading], span: Span) -> impl Iterator<Item = &Heading> {
    let next = headings.partition_point(|heading| heading.span.start <= span.start);
    let mut level = u8::MAX;
    headings[..next]
        .iter()
        .rev()
        .take(NEAR)
        .filter(move |heading| {
            let above = heading.level < level;
            if above {
                level = heading.level;
            }
            above
        })
}

/// Whether the sentence, or a heading above it, holds a word that only a longer name that
/// is in use has: "B2C" of "Harbour AD B2C".
pub(super) fn is_of_a_longer_name(
    context: &FileContext<'_>,
    prose: &Prose,
    range: &Range<usize>,
    longer: &[String],
) -> bool {
    if longer.is_empty() {
        return false;
    }
    let holds = |text: &str| {
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| longer.iter().any(|own| own == word))
    };
    let sentence = passage::sentence(&prose.text, range);
    let span = prose.span(context.source.id, range.clone());
    prose.text.get(sentence).is_some_and(holds)
        || chain(&context.facts.headings, span).any(|heading| holds(&heading.text))
}

/// Words that tell longer names that are in use from the old one that they begin with:
/// short ones in capitals, which mean nothing else.
pub(super) fn telling(old: &[String], keep: &[String]) -> Vec<String> {
    let rests = keep.iter().filter_map(|keep| {
        let mut rests = old.iter().filter_map(|old| keep.strip_prefix(old.as_str()));
        rests.next().map(str::trim)
    });
    let mut words: Vec<String> = rests
        .filter(|rest| {
            let capital = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
            rest.len() > 2 && rest.chars().all(capital)
        })
        .map(str::to_owned)
        .collect();
    words.sort();
    words.dedup();
    words
}

/// The year that a line begins with, after the marks of a list and perhaps a month.
fn leading_year(line: &str, is_named: impl Fn(&str) -> bool) -> Option<u16> {
    let line = &line[..floor_boundary(line, HEAD)];
    let (at, year) = years(line).next()?;
    let head = &line[..at];
    let words = head
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphabetic));
    // "Office 2010" is no date.
    let first = words.count();
    let dated =
        first == 0 || (first <= BEFORE && !is_named(&line[..at + 4]) && ends(&line[at + 4..]));
    dated.then_some(year)
}

/// Whether a date ends there.
fn ends(after: &str) -> bool {
    let after = after.trim_start_matches(['*', '_', ' ', ')']);
    after.is_empty() || after.starts_with([':', '-', '–', '—', ',', '|', '.', '：'])
}

/// Years in a text, with the places at which they stand.
fn years(text: &str) -> impl Iterator<Item = (usize, u16)> + '_ {
    let bytes = text.as_bytes();
    let digit = move |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let word = move |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    (0..bytes.len()).filter_map(move |at| {
        let apart = at == 0 || !(word(at - 1) || bytes[at - 1] == b'.');
        if !apart || !(at..at + 4).all(digit) || word(at + 4) {
            return None;
        }
        let year = text.get(at..at + 4)?.parse().ok()?;
        (1990..2100).contains(&year).then_some((at, year))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_begin_with_years() {
        let year = |line| leading_year(line, |head: &str| head.ends_with("Office 2010"));
        for (line, expected) in [
            ("- 2010: the first boat", Some(2010)),
            ("| **2010** | the first boat", Some(2010)),
            ("March 2010 – the first boat", Some(2010)),
            ("2010年", Some(2010)),
            ("Office 2010: the first boat", None),
            ("Boats of 2010", None),
            ("Boats 2010 and more", None),
            ("20101 boats", None),
            ("v1.2010", None),
        ] {
            assert_eq!(year(line), expected, "{line}");
        }
    }

    #[test]
    fn short_words_in_capitals_tell_longer_names() {
        let old = ["Quay AD".to_owned(), "Quay Active Directory".to_owned()];
        let keep = [
            "Quay AD B2C",
            "Quay AD Connect",
            "Quay AD DS",
            "Quay Active Directory B2B",
        ];
        let keep = keep.map(str::to_owned);
        assert_eq!(telling(&old, &keep), ["B2B", "B2C"]);
    }
}
