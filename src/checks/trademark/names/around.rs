//! What stands around a name: the row of a table, the date of a page.

use crate::checks::FileContext;
use crate::checks::passage::Context;
use crate::facts::Prose;

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
