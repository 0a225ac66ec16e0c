//! What stands around a name: the row of a table, the date of a page.

use crate::checks::FileContext;
use crate::checks::passage::Context;
use crate::facts::Prose;
use crate::source::{Source, Span};

/// The text of the table row and of the header that a cell belongs to.
pub(super) fn row(context: &FileContext<'_>, prose: &Prose) -> Option<String> {
    if Context::from(&prose.context) != Context::TableCell {
        return None;
    }
    let span = prose.whole(context.source.id);
    let within = |outer: crate::source::Span| outer.start <= span.start && span.end <= outer.end;
    let table = context
        .facts
        .tables
        .iter()
        .find(|table| within(table.span))?;
    let row = table
        .rows
        .iter()
        .chain([&table.header])
        .find(|row| row.iter().any(|cell| within(cell.span)))?;
    let text: Vec<&str> = row
        .iter()
        .chain(&table.header)
        .map(|cell| cell.text.as_str())
        .collect();
    Some(text.join(" | "))
}

/// A plausible year in a date of any order.
pub(super) fn year_in(date: &str) -> Option<u16> {
    date.split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .find(|year| (1990..2100).contains(year))
}

/// The year of a path segment that begins with a date: `2021-04-09-notes.md`.
pub(super) fn dated_segment(segment: &str) -> Option<u16> {
    let mut parts = segment.splitn(3, '-');
    let (year, month) = (parts.next()?, parts.next()?);
    (year.len() == 4 && month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| year_in(year))?
}

/// Most words of a name that holds an old one.
const MAX_NAME: usize = 8;

/// Whether words are the beginning of a name, up to a preposition: `Enable Monitoring in`.
pub(super) fn ends_in_a_name(words: &str) -> bool {
    let mut capitals = 0;
    for (index, word) in words.split_whitespace().enumerate() {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        // Short words within a title are small.
        if index >= MAX_NAME || (!capital && (index == 0 || word.chars().count() > 4)) {
            return false;
        }
        capitals += usize::from(capital);
    }
    capitals > 0
}

/// Whether what stands between two names makes them two names of one thing: a bracket,
/// a slash, a sign of equality, an arrow, the wall of a table's cell.
pub(super) fn joins(between: &str, joining: &[String]) -> bool {
    let between = between.trim();
    let mark = ['(', '（', '/', '=', '|', '[', '→', '➜', '>'];
    let word = between.trim_matches(|c: char| !c.is_alphanumeric());
    // An article may follow the bracket: "(the".
    (between.chars().count() <= 6 && between.contains(mark))
        || joining.iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// Whether the words are one of the answers that an examination offers: `B. Azure AD`,
/// `- [x] Azure AD`. The examination's own words are its author's.
pub(super) fn is_option(source: &Source, span: Span) -> bool {
    let place = source.position(span.start);
    let line = source.line_text(place.line).trim_start();
    let item = line.trim_start_matches(['-', '*', '+', ' ']);
    let mut chars = item.chars();
    let lettered = matches!(chars.next(), Some('A'..='H' | 'a'..='h'))
        && matches!(chars.next(), Some('.' | ')'))
        && chars.next() == Some(' ');
    // A list of things to do is no examination: there the name does not come first.
    let ticked = ["[ ] ", "[x] ", "[X] "].iter().any(|tick| {
        item.strip_prefix(tick)
            .is_some_and(|answer| answer.starts_with(source.slice(span)))
    });
    lettered || ticked
}
