//! Which lines the comments of a file speak of. Each line is looked at a few times,
//! however many comments there are.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::facts::Directive;
use crate::source::{Source, Span};

/// The lines of one file, for its directives.
pub(super) struct Lines<'s> {
    source: &'s Source,
    /// The last line of the run of directives, on lines of their own, that goes on on a line.
    covered: HashMap<u32, u32>,
    /// Where each line begins and ends to say something, as far as that was asked.
    words: HashMap<u32, Option<(usize, usize)>>,
    /// The line that closes the fence which opens on a line.
    fences: HashMap<u32, u32>,
    /// The next line that is neither blank nor a directive's own, from the back.
    next: HashMap<u32, u32>,
}

impl<'s> Lines<'s> {
    pub(super) fn new(source: &'s Source, directives: &[Directive]) -> Self {
        let mut lines = Self {
            source,
            covered: HashMap::new(),
            words: HashMap::new(),
            fences: HashMap::new(),
            next: HashMap::new(),
        };
        if directives.is_empty() {
            return lines;
        }
        lines.fences = fences(source);
        for directive in directives {
            if lines.is_alone(directive.span) {
                let (first, last) = lines.ends(directive.span);
                for line in first..=last {
                    // Of several the first counts.
                    lines.covered.entry(line).or_insert(last);
                }
            }
        }
        lines
    }

    /// The lines that a directive speaks of: its own when something else stands there,
    /// else the next one that is neither blank nor a directive.
    pub(super) fn spoken_of(&mut self, span: Span) -> RangeInclusive<u32> {
        let (first, last) = self.ends(span);
        if !self.is_alone(span) {
            return first..=last;
        }
        let line = self.next(last + 1);
        // A comment cannot stand in code between fences, so one above speaks of all of it.
        line..=self.fences.get(&line).copied().unwrap_or(line)
    }

    fn next(&mut self, from: u32) -> u32 {
        let count = self.source.line_starts().len() as u32;
        let mut passed = Vec::new();
        let mut line = from;
        while line <= count {
            if let Some(&known) = self.next.get(&line) {
                line = known;
                break;
            }
            let beyond = match self.covered.get(&line) {
                Some(&last) => last + 1,
                None if self.source.line_text(line).trim().is_empty() => line + 1,
                None => break,
            };
            passed.push(line);
            line = beyond;
        }
        self.next.extend(passed.into_iter().map(|own| (own, line)));
        line
    }

    /// First and last line of a directive.
    fn ends(&self, span: Span) -> (u32, u32) {
        let end = span.start as usize + self.source.slice(span).trim_end().len();
        (self.line(span.start as usize), self.line(end))
    }

    fn line(&self, at: usize) -> u32 {
        self.source.line_of(at as u32)
    }

    /// Whether nothing but punctuation (a list marker, a quote mark, braces) shares the
    /// lines of a directive.
    fn is_alone(&mut self, span: Span) -> bool {
        let range = span.range();
        // A comment may own its line break.
        let end = range.start + self.source.slice(span).trim_end().len();
        let (first, last) = (self.line(range.start), self.line(end));
        let before = self
            .words(first)
            .is_some_and(|(from, _)| from < range.start);
        let after = self.words(last).is_some_and(|(_, to)| to > end);
        !before && !after
    }

    /// Where the letters and digits of a line begin and end, in the text.
    fn words(&mut self, line: u32) -> Option<(usize, usize)> {
        let source = self.source;
        *self.words.entry(line).or_insert_with(|| {
            let start = source.line_starts()[line as usize - 1] as usize;
            let text = source.line_text(line);
            let first = text.find(char::is_alphanumeric)?;
            let (last, c) = text
                .char_indices()
                .rev()
                .find(|(_, c)| c.is_alphanumeric())?;
            Some((start + first, start + last + c.len_utf8()))
        })
    }
}

/// The fences of a text: the line that each opens on and the line that closes it.
fn fences(source: &Source) -> HashMap<u32, u32> {
    let fence = |line: u32| {
        let text = source.line_text(line).trim();
        let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
        let rest = text.trim_start_matches(mark);
        Some((mark, text.len() - rest.len(), rest.is_empty()))
    };
    let mut closed = HashMap::new();
    // For each mark the lines that may close, the nearest last; each is wider than those
    // before which it stands, for others close nothing that it does not.
    let mut closing: HashMap<char, Vec<(u32, usize)>> = HashMap::new();
    for line in (1..=source.line_starts().len() as u32).rev() {
        let Some((mark, width, bare)) = fence(line) else {
            continue;
        };
        let own = closing.entry(mark).or_default();
        let from = own.partition_point(|(_, other)| *other >= width);
        if width >= 3
            && let Some(&(end, _)) = from.checked_sub(1).and_then(|at| own.get(at))
        {
            closed.insert(line, end);
        }
        if bare {
            while own.last().is_some_and(|(_, other)| *other <= width) {
                own.pop();
            }
            own.push((line, width));
        }
    }
    closed
}
