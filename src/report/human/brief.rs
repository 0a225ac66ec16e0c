//! A finding in few lines: what, where, the line with the words underlined, the
//! clause with its address, what to type. `-v` shows all, by [`super::diagnostic`].

use std::collections::HashSet;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use super::help::{Help, MORE, with_mark};
use super::layout::{filled, wrapped_after};
use super::shown::Shown;
use super::{HumanStyle, View};
use crate::finding::{Finding, Related, Sentence, Severity};
use crate::report::{force_plain, visible};
use crate::source::{Source, Span, floor_boundary};

/// Lines of one finding: a screen then holds several.
const MAX_LINES: usize = 8;
/// Lines of a message that come before the list of other places.
const MESSAGE: usize = 3;
/// Fewest columns in which the words of a sentence say something.
const WORDS: usize = 40;

/// A finding in at most [`MAX_LINES`].
/// The clause is left out where the finding before it, `previous`, broke the same one.
pub fn render(
    view: &View<'_>,
    finding: &Finding,
    previous: Option<&Finding>,
    style: &HumanStyle,
) -> String {
    let title = format!("{}[{}]:", finding.severity.as_str(), finding.rule.id);
    let message = wrapped_after(title.len(), &visible(&finding.message), style.width);
    let message: Vec<&str> = message.lines().collect();
    let help = Help::new(&finding.help, style.width);
    let same = |other: &Finding| {
        other.rule.clause.id == finding.rule.clause.id && other.sentence == finding.sentence
    };
    let clause = (!previous.is_some_and(same)).then(|| clause(finding, style));
    let mut place = finding
        .primary
        .map(|span| format!("  --> {}", style.place(view, span)));
    let source = finding.primary.and_then(|span| view.source(span.file));

    let mut room = MAX_LINES - usize::from(place.is_some()) - usize::from(clause.is_some());
    let mut excerpt = match (finding.primary, source) {
        (Some(span), Some(source)) => {
            // A line each of the message and of the help always has room.
            let most = room - 1 - usize::from(!help.is_empty());
            excerpt(source, span, &visible(&finding.label), most, style)
        }
        _ => Vec::new(),
    };
    room -= excerpt.len();
    let least = help.least().min(room - 1);
    let (mut also, others) = places(view, finding, style);
    // Whole sentences say more than the places of the rest, and those more than the line
    // that the place names.
    let needed = message.len().min(MESSAGE) + least;
    if place.is_some() && also.is_some() && needed + 1 > room {
        also = None;
        // How many places a story has says nothing to who does not see them.
        if let Some(place) = place.as_mut().filter(|_| finding.count > 1) {
            let _ = write!(place, " and {others} more");
        }
    }
    if needed + usize::from(also.is_some()) > room {
        room += excerpt.len();
        excerpt.clear();
    }
    room -= usize::from(also.is_some());

    let most = room.saturating_sub(least).max(1);
    let color = style.color.then(|| color(finding));
    let mut lines = shortened(&message, most, &title, color, style.width);
    room = room.saturating_sub(lines.len());
    lines.extend(place);
    lines.extend(excerpt);
    lines.extend(also);
    lines.extend(clause);
    lines.extend(help.render(room));
    let mut out = String::new();
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The first lines of a message, behind its title.
fn shortened(
    message: &[&str],
    most: usize,
    title: &str,
    color: Option<u8>,
    width: usize,
) -> Vec<String> {
    let mut parts: Vec<String> = message
        .iter()
        .take(most)
        .map(|part| (*part).into())
        .collect();
    if let Some(part) = parts.last_mut().filter(|_| message.len() > most) {
        let lead = if most == 1 { title.len() + 1 } else { 4 };
        *part = with_mark(part, width.saturating_sub(lead));
    }
    let title = match color {
        Some(color) => format!("\u{1b}[{color}m{title}\u{1b}[0m "),
        None => format!("{title} "),
    };
    let lead = |index: usize| if index == 0 { &title } else { "    " };
    let parts = parts.iter().enumerate();
    parts
        .map(|(index, part)| format!("{}{part}", lead(index)))
        .collect()
}

/// What the finding is held against, with its address, on one line. What the line has no
/// room for is left out as a whole: half a name names nothing.
fn clause(finding: &Finding, style: &HumanStyle) -> String {
    if let Some(sentence) = &finding.sentence {
        return words(finding, sentence, style);
    }
    let clause = &finding.rule.clause;
    let label = format!("{}:", force_plain(finding.rule.force));
    let (document, section, url) = (
        visible(&clause.document),
        visible(&clause.section),
        visible(&clause.url),
    );
    let name = visible(if clause.name.is_empty() {
        &clause.document
    } else {
        &clause.name
    });
    // `   = LABEL DOCUMENT, SECTION <URL>`
    let around = columns_of(&label) + columns_of(&url) + 9;
    // The section says more than the document, whose address it is.
    let said = [
        format!("{document}, {section}"),
        format!("{name}, {section}"),
        section.into_owned(),
        document.into_owned(),
        name.into_owned(),
    ]
    .into_iter()
    .find(|said| around + columns_of(said) <= style.width);
    let shown = match said {
        Some(said) => format!("{said} <{url}>"),
        None => format!("<{url}>"),
    };
    note(&label, &shown, style)
}

/// The same of a sentence that another page says: its words are cut, the address never.
fn words(finding: &Finding, sentence: &Sentence, style: &HumanStyle) -> String {
    let name = format!("{}:", force_plain(finding.rule.force));
    let url = visible(&sentence.url);
    let quote = visible(&sentence.quote);
    // `   = name “WORDS” <URL>`
    let room = style
        .width
        .saturating_sub(columns_of(&name) + columns_of(&url) + 11);
    if room < WORDS {
        return note(&name, &format!("<{url}>"), style);
    }
    let cut = at_most(&quote, room);
    note(&name, &format!("“{cut}” <{url}>"), style)
}

/// A name in some columns, cut between words where it has several.
fn at_most(name: &str, columns: usize) -> String {
    if columns_of(name) <= columns {
        return name.to_owned();
    }
    let shown = Shown::new(name, 0..0, columns + 1);
    let cut = shown.text.trim_end_matches('…').trim_end();
    let whole = name[cut.len().min(name.len())..].starts_with(' ');
    let cut = match cut.rsplit_once(' ') {
        Some((before, _)) if !whole => before,
        _ => cut,
    };
    format!("{}…", cut.trim_end_matches([',', ' ']))
}

/// Red, yellow or cyan.
fn color(finding: &Finding) -> u8 {
    match finding.severity {
        Severity::Error => 31,
        Severity::Warning => 33,
        Severity::Note => 36,
    }
}

fn note(name: &str, text: &str, style: &HumanStyle) -> String {
    format!("   = {} {text}", style.bold(name))
}

/// The first line of the words, and a line that underlines them and says the label. A
/// label that is too long for `most` lines is left out as a whole, never cut.
fn excerpt(
    source: &Source,
    span: Span,
    label: &str,
    most: usize,
    style: &HumanStyle,
) -> Vec<String> {
    let line = source.position(span.start).line;
    let text = source.line_text(line);
    let at = source.line_starts()[line as usize - 1] as usize;
    let within = |offset: u32| floor_boundary(text, (offset as usize).saturating_sub(at));
    let from = within(span.start);
    let to = within(span.end).max(from);
    let number = line.to_string();
    let columns = style.width.saturating_sub(number.len() + 3).max(20);
    let shown = Shown::new(text, from..to, columns);
    let gutter = " ".repeat(number.len());
    let underline = "^".repeat(shown.marked.max(1));
    let mut out = vec![
        format!("{number} | {}", shown.text),
        format!("{gutter} | {}{underline}", " ".repeat(shown.before)),
    ];
    let used = shown.before + underline.len() + 1;
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    if used + columns_of(&label) <= columns {
        out[1] = format!("{} {label}", out[1]);
        return out;
    }
    let parts: Vec<String> = filled(&label, columns).collect();
    if out.len() + parts.len() <= most {
        out.extend(parts.iter().map(|part| format!("{gutter} | {part}")));
    } else if used + MORE.len() <= columns {
        out[1] = format!("{} {MORE}", out[1]);
    } else {
        out.push(format!("{gutter} | {MORE}"));
    }
    out
}

fn columns_of(text: &str) -> usize {
    text.width()
}

/// The places of a story that are on a line of their own: neither that of the words nor
/// that of a place before. Where a finding counts its places, each is one.
fn elsewhere<'f>(view: &View<'_>, finding: &'f Finding) -> Vec<&'f Related> {
    let line = |span: Span| {
        let source = view.source(span.file)?;
        Some((span.file, source.position(span.start).line))
    };
    let mut lines: HashSet<_> = finding.primary.and_then(line).into_iter().collect();
    let told = finding.related.iter();
    told.filter(|related| line(related.span).is_none_or(|line| lines.insert(line)))
        .collect()
}

/// The other places on one line, and how many there are.
fn places(view: &View<'_>, finding: &Finding, style: &HumanStyle) -> (Option<String>, usize) {
    let related = elsewhere(view, finding);
    // What is on a line that is told already is not told again, nor counted.
    let unsaid = finding.related.len() - related.len();
    let all = (finding.count as usize)
        .saturating_sub(1 + unsaid)
        .max(related.len());
    if all == 0 {
        return (None, 0);
    }
    // `   = also: ` and ` and 1234 more`
    let room = style.width.saturating_sub(11 + 16);
    let mut out = String::new();
    let mut told = 0;
    for related in related {
        let same = finding
            .primary
            .is_some_and(|primary| primary.file == related.span.file);
        let place = match view.source(related.span.file).filter(|_| same) {
            Some(source) => format!("line {}", source.position(related.span.start).line),
            None => style.place(view, related.span),
        };
        let separator = if told == 0 { "" } else { ", " };
        let fits = |place: &str| columns_of(&out) + columns_of(place) + separator.len() <= room;
        let with_words = match &*related.message {
            // The message of many goes on after that of one.
            message if finding.message.starts_with(message) => place.clone(),
            message => format!("{place} ({})", visible(message)),
        };
        // Of the first the place alone is better than nothing.
        let text = match told {
            0 if !fits(&with_words) => place,
            _ => with_words,
        };
        if told > 0 && !fits(&text) {
            break;
        }
        out = format!("{out}{separator}{text}");
        told += 1;
    }
    if all > told {
        let and = if told == 0 { "" } else { " and " };
        out = format!("{out}{and}{} more", all - told);
    }
    (Some(note("also:", &out, style)), all)
}
