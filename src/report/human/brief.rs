//! A finding in few lines: what, where, the line with the words underlined, the
//! clause with its address, what to type. `-v` shows all, by [`super::diagnostic`].

use unicode_width::UnicodeWidthChar;

use super::layout::{filled, wrapped_after};
use super::{HumanStyle, View};
use crate::finding::{Finding, Severity};
use crate::report::text::push_visible;
use crate::report::{force_plain, visible};
use crate::source::{Source, Span};

/// Lines of one finding, unless its message or the text to paste needs more: a
/// screen then holds several.
const MAX_LINES: usize = 8;
/// Columns of a tab.
const TAB: usize = 4;

/// A finding in at most some lines.
/// The clause is left out where the finding before it, `last`, broke the same one.
pub fn render(
    view: &View<'_>,
    finding: &Finding,
    last: Option<&Finding>,
    style: &HumanStyle,
) -> String {
    let title = format!("{}[{}]:", finding.severity.as_str(), finding.rule.id);
    let message = wrapped_after(title.len(), &visible(&finding.message), style.width);
    let mut lines: Vec<String> = Vec::new();
    for (index, part) in message.lines().enumerate() {
        lines.push(match index {
            0 if style.color => format!("\u{1b}[{}m{title}\u{1b}[0m {part}", color(finding)),
            0 => format!("{title} {part}"),
            _ => format!("    {part}"),
        });
    }
    if let Some(span) = finding.primary {
        lines.push(format!("  --> {}", style.place(view, span)));
        if let Some(source) = view.source(span.file) {
            lines.extend(excerpt(source, span, &visible(&finding.label), style));
        }
    }
    let mut also = places(view, finding, style);
    let same = |other: &Finding| other.rule.clause.id == finding.rule.clause.id;
    if !last.is_some_and(same) {
        also.push(clause(finding, style));
    }
    let room = MAX_LINES.saturating_sub(lines.len() + also.len()).max(1);
    lines.extend(also);
    lines.extend(help(&finding.help, room, style));
    let mut out = String::new();
    for line in lines {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// What the finding is held against, with its address, on one line: of a long one the
/// address says which document it is.
fn clause(finding: &Finding, style: &HumanStyle) -> String {
    let clause = &finding.rule.clause;
    let name = format!("{}:", force_plain(finding.rule.force));
    let whole = format!("{}, {} <{}>", clause.document, clause.section, clause.url);
    let short = format!("{} <{}>", clause.section, clause.url);
    let fits = |text: &str| columns_of(text) + columns_of(&name) + 6 <= style.width;
    let text = if fits(&whole) { whole } else { short };
    note(&name, &visible(&text), style)
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

/// The first line of the words, and a line that underlines them and says the label.
fn excerpt(source: &Source, span: Span, label: &str, style: &HumanStyle) -> Vec<String> {
    let line = source.position(span.start).line;
    let text = source.line_text(line);
    let at = source.line_starts()[line as usize - 1] as usize;
    let from = (span.start as usize).saturating_sub(at).min(text.len());
    let to = (span.end as usize)
        .saturating_sub(at)
        .clamp(from, text.len());
    let number = line.to_string();
    let columns = style.width.saturating_sub(number.len() + 3).max(20);
    let shown = Shown::new(text, from, to, columns);
    let gutter = " ".repeat(number.len());
    let underline = "^".repeat(shown.marked.max(1));
    let mut out = vec![
        format!("{number} | {}", shown.text),
        format!("{gutter} | {}{underline}", " ".repeat(shown.before)),
    ];
    let fits = shown.before + underline.len() + 1 + columns_of(label) <= columns;
    if fits {
        out[1] = format!("{} {label}", out[1]);
    } else {
        out.extend(filled(label, columns).map(|part| format!("{gutter} | {part}")));
    }
    out
}

/// A line as a terminal shows it, cut around some words.
struct Shown {
    text: String,
    /// Columns before the words, and of the words.
    before: usize,
    marked: usize,
}

impl Shown {
    fn new(line: &str, from: usize, to: usize, columns: usize) -> Self {
        // A character of each end may be an ellipsis.
        let most = columns.saturating_sub(2).max(1);
        let pieces = |part: &str| part.chars().map(piece).collect::<Vec<_>>();
        let width = |pieces: &[(String, usize)]| pieces.iter().map(|(_, w)| w).sum::<usize>();
        // No more is laid out than can be shown, however long the line.
        let near = |part: &str, last: bool| {
            let mut chars: Vec<char> = if last {
                part.chars().rev().take(most).collect()
            } else {
                part.chars().take(most).collect()
            };
            if last {
                chars.reverse();
            }
            let cut = chars.iter().map(|c| c.len_utf8()).sum::<usize>() < part.len();
            (chars.into_iter().collect::<String>(), cut)
        };
        let ((before, mut cut_before), (words, cut_words), (after, mut cut_after)) = (
            near(&line[..from], true),
            near(&line[from..to], false),
            near(&line[to..], false),
        );
        let (mut before, mut words, mut after) = (pieces(&before), pieces(&words), pieces(&after));
        cut_after |= cut_words;
        if cut_words {
            after.clear();
        }
        while width(&words) > most {
            words.pop();
            after.clear();
            cut_after = true;
        }
        let room = most - width(&words);
        let wanted = width(&after).min(room / 2);
        let mut drop = 0;
        let mut left = width(&before);
        while left + wanted > room && drop < before.len() {
            left -= before[drop].1;
            drop += 1;
        }
        cut_before |= drop > 0;
        before.drain(..drop);
        while width(&after) + left > room {
            after.pop();
            cut_after = true;
        }
        let mut text = String::new();
        if cut_before {
            text.push('…');
        }
        let marked = width(&words);
        for (piece, _) in before.into_iter().chain(words).chain(after) {
            text.push_str(&piece);
        }
        if cut_after {
            text.push('…');
        }
        Self {
            text,
            before: left + usize::from(cut_before),
            marked,
        }
    }
}

/// A character as it is shown, with its columns.
fn piece(c: char) -> (String, usize) {
    let mut text = String::new();
    if c == '\t' {
        return (" ".repeat(TAB), TAB);
    }
    push_visible(&mut text, c);
    let columns = columns_of(&text);
    (text, columns)
}

fn columns_of(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The other places on one line.
fn places(view: &View<'_>, finding: &Finding, style: &HumanStyle) -> Vec<String> {
    let all = (finding.count as usize - 1).max(finding.related.len());
    if all == 0 {
        return Vec::new();
    }
    let mut out = String::new();
    let mut told = 0;
    for related in &finding.related {
        let same = finding
            .primary
            .is_some_and(|primary| primary.file == related.span.file);
        let place = match view.source(related.span.file).filter(|_| same) {
            Some(source) => format!("line {}", source.position(related.span.start).line),
            None => style.place(view, related.span),
        };
        let place = match &*related.message {
            message if message.is_empty() || *message == finding.message => place,
            message => format!("{place} ({})", visible(message)),
        };
        let separator = if told == 0 { "" } else { ", " };
        let columns = columns_of(&out) + columns_of(&place) + separator.len() + 26;
        if told > 0 && columns > style.width {
            break;
        }
        out = format!("{out}{separator}{place}");
        told += 1;
    }
    if all > told {
        out = format!(
            "{out}{}{} more",
            if told == 0 { "" } else { " and " },
            all - told
        );
    }
    vec![note("also:", &out, style)]
}

/// The help on at most `room` lines; what is to be pasted stays whole on a line of
/// its own.
fn help(text: &str, room: usize, style: &HumanStyle) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut left_out = false;
    for (index, line) in text.trim_end().lines().enumerate() {
        let line = visible(line);
        if line.starts_with("  ") {
            out.push(format!("     {}", line.trim()));
            continue;
        }
        let name = if index == 0 { "   = help: " } else { "     " };
        let columns = style.width.saturating_sub(11).max(20);
        for (part, words) in filled(&line, columns).enumerate() {
            if out.len() >= room {
                left_out = true;
                break;
            }
            let lead = if part == 0 { name } else { "     " };
            out.push(format!("{lead}{words}"));
        }
    }
    if left_out && let Some(last) = out.last_mut() {
        last.push_str(" … (-v)");
    }
    out
}
