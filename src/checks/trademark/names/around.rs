//! What stands around a name: the row of a table, the date of a page.

use crate::checks::FileContext;
use crate::checks::passage::Context;
use crate::facts::{Cell, Prose, ProseContext, Table};
use crate::source::{Source, Span};

/// The table that a cell belongs to, and its row there.
pub(super) fn place<'a>(
    context: &FileContext<'a>,
    prose: &Prose,
) -> Option<(&'a Table, &'a [Cell])> {
    if Context::from(&prose.context) != Context::TableCell {
        return None;
    }
    let span = prose.whole(context.source.id);
    let within = |outer: Span| outer.start <= span.start && span.end <= outer.end;
    // Tables are in the order of their ends, rows in that of the text.
    let tables = &context.facts.tables;
    let first = tables.partition_point(|table| table.span.end < span.end);
    let table = tables
        .get(first..)?
        .iter()
        .find(|table| within(table.span))?;
    let passed = |row: &Vec<Cell>| row.last().is_some_and(|cell| cell.span.end < span.end);
    let next = table.rows.partition_point(passed);
    let rows = table.rows.iter().skip(next).take(1);
    let mut rows = rows.chain([&table.header]);
    let row = rows.find(|row| row.iter().any(|cell| within(cell.span)))?;
    Some((table, row))
}

/// The text of the table row and of the header that a cell belongs to.
pub(super) fn row(context: &FileContext<'_>, prose: &Prose) -> Option<String> {
    let (table, row) = place(context, prose)?;
    let cells = row.iter().chain(&table.header);
    let text: Vec<&str> = cells.map(|cell| cell.text.as_str()).collect();
    Some(text.join(" | "))
}

/// Whether a word is that of a permission of an API, `Thing.Read.All`.
fn is_scope(word: &str) -> bool {
    const VERBS: [&str; 8] = [
        "Read",
        "Write",
        "ReadWrite",
        "ReadBasic",
        "Send",
        "Manage",
        "Run",
        "All",
    ];
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    let mut parts = word.split('.');
    let first = parts.next().unwrap_or("");
    let capital = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let mut rest = parts.peekable();
    rest.peek().is_some()
        && capital(first)
        && rest.clone().all(capital)
        && rest.any(|part| VERBS.contains(&part))
}

/// Words of a line as people separate them.
fn parts(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| {
        c.is_whitespace() || matches!(c, '`' | '"' | ',' | '|' | '(' | ')' | '/' | ';')
    })
}

/// Whether words name a permission of an API, whose resource keeps its old name.
fn names_a_permission(words: &str) -> bool {
    parts(words).any(is_scope)
}

/// Whether words name a variable of the environment: `QUAY_TARGET`.
fn names_a_variable(words: &str) -> bool {
    parts(words).any(|word| {
        let word = word.trim_matches(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        word.contains('_')
            && word.len() > 3
            && word.bytes().any(|b| b.is_ascii_uppercase())
            && word
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
    })
}

/// Whether a name stands as a value: alone in its cell, or at the end after a sign.
fn is_value(text: &str, range: &std::ops::Range<usize>) -> bool {
    let outside = |c: char| !c.is_alphanumeric();
    let before = text.get(..range.start).unwrap_or("").trim_end();
    let after = text.get(range.end..).unwrap_or("");
    let last = after.chars().all(outside);
    last && (before.chars().all(outside)
        || before.ends_with([':', '=', '：'])
        || before.ends_with("default")
        || before.ends_with("defaults to"))
}

/// Whether the name is told as what permissions of an API are asked of: in a line or row
/// that names one, above a list of them, below a heading about them.
pub(super) fn is_told_to_an_api(
    context: &FileContext<'_>,
    index: usize,
    range: &std::ops::Range<usize>,
    asking: impl Fn(&str) -> bool,
) -> bool {
    let (source, facts) = (context.source, context.facts);
    let prose = &facts.prose[index];
    let whole = prose.whole(source.id);
    let raw = source.slice(whole);
    // A paragraph speaks of many things: the sentence alone, as it is read.
    let sentence = crate::checks::passage::sentence(&prose.text, range);
    let sentence = prose.text.get(sentence).unwrap_or("");
    let short = prose.context != ProseContext::Paragraph || raw.len() <= SHORT;
    let row = raw_row(context, prose);
    let set = |words: &str| is_value(&prose.text, range) && names_a_variable(words);
    if short && (names_a_permission(raw) || set(raw))
        || names_a_permission(sentence)
        || asking(sentence)
        || row.is_some_and(|row| names_a_permission(row) || set(row))
    {
        return true;
    }
    let next = facts
        .headings
        .partition_point(|heading| heading.span.start <= whole.start);
    let near = next.checked_sub(1).and_then(|at| facts.headings.get(at));
    if matches!(
        prose.context,
        ProseContext::ListItem | ProseContext::TableCell | ProseContext::Heading(_)
    ) && near.is_some_and(|heading| asking(&heading.text))
    {
        return true;
    }
    // "Acme Centre:" and the list of its permissions.
    let ends = prose.text.trim_end().ends_with([':', '：']);
    let next = facts.prose.get(index + 1);
    (ends || matches!(prose.context, ProseContext::Heading(_)))
        && next.is_some_and(|next| {
            next.context == ProseContext::ListItem
                && names_a_permission(source.slice(next.whole(source.id)))
        })
}

/// Longest paragraph that is read as one statement, in bytes.
const SHORT: usize = 160;

/// The row of a table as written.
fn raw_row<'a>(context: &FileContext<'a>, prose: &Prose) -> Option<&'a str> {
    let (_, row) = place(context, prose)?;
    let whole = row.first()?.span.start as usize..row.last()?.span.end as usize;
    context.source.text.get(whole)
}

/// A plausible year in a date of any order.
pub(super) fn year_in(date: &str) -> Option<u16> {
    date.split(|c: char| !c.is_ascii_digit())
        .filter(|part| part.len() == 4)
        .filter_map(|part| part.parse().ok())
        .find(|year| (1990..2100).contains(year))
}

/// The year of a path segment that begins with a date, `2021-04-09-notes.md`, or is one,
/// `notes/2021/week-3.md`.
pub(super) fn dated_segment(segment: &str) -> Option<u16> {
    let mut parts = segment.splitn(3, '-');
    let dated = parts
        .next()
        .zip(parts.next())
        .filter(|(year, month)| {
            year.len() == 4 && month.len() == 2 && month.bytes().all(|byte| byte.is_ascii_digit())
        })
        .and_then(|(year, _)| year_in(year));
    dated.or_else(|| (segment.len() == 4).then(|| year_in(segment)).flatten())
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
    // Boxes drawn as signs or icons.
    let boxed = item.starts_with(['☐', '☑', '☒', '□', '▢'])
        || item.strip_prefix("<i ").is_some_and(|icon| {
            let end = icon.find("</i>").unwrap_or(0);
            icon.get(..end).unwrap_or("").contains("square")
        });
    lettered || ticked || boxed || is_examination(&source.path)
}

/// Whether a file is an examination by its name: `summary-knowledge-check.md`.
fn is_examination(path: &str) -> bool {
    const NAMES: [&str; 7] = [
        "knowledge-check",
        "quiz",
        "practice-test",
        "practice-exam",
        "mock-exam",
        "exam-questions",
        "exam-dump",
    ];
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let name = name.replace([' ', '_'], "-");
    NAMES.iter().any(|own| {
        let mut places = name.match_indices(own);
        places.any(|(at, _)| !name[..at].ends_with(char::is_alphanumeric))
    })
}
