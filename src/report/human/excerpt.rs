//! The lines that a finding points into, made fit for a terminal: unsafe characters
//! visible, long lines cut around the words, spans still on their words.

use crate::source::floor_boundary;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use crate::report::secrets;
use crate::report::text::push_visible;
use crate::source::{Source, Span};

/// Lines of a span that are shown.
const MAX_LINES: u32 = 6;

/// A part of a source, laid out anew.
#[derive(Debug, Default)]
pub struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    marks: Vec<Mark>,
}

#[derive(Debug)]
struct Line {
    /// Zero-based number in the source.
    number: u32,
    /// Bytes in the excerpt, line break included.
    range: Range<usize>,
}

/// Words that are pointed at.
#[derive(Debug)]
struct Mark {
    /// Index in what was asked for.
    index: usize,
    /// Bytes in the excerpt.
    range: Range<usize>,
    /// Zero-based line and column in the source.
    line: u32,
    column: u32,
}

impl Excerpt {
    /// The lines of `spans` in `source` and those around them, at most `width` columns of
    /// each.
    pub fn new(source: &Source, name: String, spans: &[Span], width: usize) -> Self {
        Self::around(source, name, spans, width, 1)
    }

    /// The lines of `spans` alone.
    pub fn lines(source: &Source, name: String, spans: &[Span], width: usize) -> Self {
        Self::around(source, name, spans, width, 0)
    }

    fn around(source: &Source, name: String, spans: &[Span], width: usize, context: u32) -> Self {
        let mut excerpt = Self {
            name,
            ..Self::default()
        };
        let mut wanted = BTreeSet::new();
        let mut by_line: BTreeMap<u32, Vec<(usize, Range<usize>)>> = BTreeMap::new();
        for (index, span) in spans.iter().enumerate() {
            let range = clip(source, *span);
            let first = source.position(range.start as u32).line;
            let last = source.position(range.end as u32).line;
            wanted.extend(first.saturating_sub(context).max(1)..=last + context);
            by_line.entry(first).or_default().push((index, range));
        }
        let total = source.line_starts().len() as u32;
        let mut open: Vec<(usize, Range<usize>, u32, usize)> = Vec::new();
        for line in wanted.into_iter().filter(|line| *line <= total) {
            let text = source.line_text(line);
            let at = source.line_starts()[line as usize - 1] as usize;
            // A last line without words is no context.
            if text.is_empty() && line == total {
                continue;
            }
            let marks = by_line.remove(&line).unwrap_or_default();
            let focus = marks
                .iter()
                .map(|(_, range)| range)
                .chain(open.iter().map(|(_, range, ..)| range))
                .map(|range| range.start.saturating_sub(at)..range.end.saturating_sub(at))
                .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
            let window = window(text, focus, width);
            let start = excerpt.text.len();
            let offsets = excerpt.push(text, &window);
            let place = |offset: usize| {
                let offset = offset.saturating_sub(at).clamp(window.start, window.end);
                offsets[offset - window.start]
            };
            for (index, range) in marks {
                open.push((index, range.clone(), line, place(range.start)));
            }
            let end = at + text.len();
            open.retain(|(index, range, first, mark_start)| {
                if range.end > end && line < total && range.end > at + text.len() + 1 {
                    return true;
                }
                excerpt.marks.push(Mark {
                    index: *index,
                    range: *mark_start..place(range.end).max(*mark_start),
                    line: first - 1,
                    column: source.position(range.start as u32).column - 1,
                });
                false
            });
            excerpt.text.push('\n');
            excerpt.lines.push(Line {
                number: line - 1,
                range: start..excerpt.text.len(),
            });
        }
        excerpt
    }

    /// Where the words of each span stand in the excerpt: index and place.
    pub fn marks(&self) -> impl Iterator<Item = (usize, SourceSpan)> + '_ {
        self.marks
            .iter()
            .map(|mark| (mark.index, mark.range.clone().into()))
    }

    /// Appends the part of a line within `window`, and gives for each of its bytes,
    /// and for its end, the place in the excerpt.
    fn push(&mut self, line: &str, window: &Range<usize>) -> Vec<usize> {
        let mut offsets = Vec::with_capacity(window.len() + 1);
        if window.start > 0 {
            self.text.push('…');
        }
        // A credential that the window cuts is one all the same; a line of any length is
        // searched only around what is shown.
        let around = floor_boundary(line, window.start.saturating_sub(secrets::REACH))
            ..floor_boundary(line, window.end.saturating_add(secrets::REACH));
        let hidden = secrets::find(&line[around.clone()]);
        let is_hidden = |at: usize| {
            let at = at - around.start;
            hidden.iter().any(|secret| secret.contains(&at))
        };
        for (at, c) in line[window.clone()].char_indices() {
            offsets.extend(std::iter::repeat_n(self.text.len(), c.len_utf8()));
            if c == '\t' {
                self.text.push(c);
            } else if !hidden.is_empty() && is_hidden(window.start + at) {
                self.text.push(secrets::MASK);
            } else {
                push_visible(&mut self.text, &line[window.start + at..]);
            }
        }
        offsets.push(self.text.len());
        if window.end < line.len() {
            self.text.push('…');
        }
        offsets
    }

    fn line_of(&self, offset: usize) -> Option<usize> {
        let index = self
            .lines
            .partition_point(|line| line.range.start <= offset);
        index.checked_sub(1)
    }
}

/// A span's bytes, cut after some lines, within the text and on boundaries.
fn clip(source: &Source, span: Span) -> Range<usize> {
    let boundary = |at: u32| floor_boundary(&source.text, at as usize);
    let (start, mut end) = (boundary(span.start), boundary(span.end));
    // A line break at the end would drag in the next line.
    while end > start && matches!(source.text.as_bytes()[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    let first = source.position(start as u32).line;
    let last = source.position(end as u32).line;
    if last >= first + MAX_LINES {
        let line = first + MAX_LINES - 1;
        end = source.line_starts()[line as usize - 1] as usize + source.line_text(line).len();
    }
    start..end.max(start)
}

/// The bytes of a line that are shown: all when they fit, else some before the words
/// and what fits after.
fn window(line: &str, focus: Option<Range<usize>>, width: usize) -> Range<usize> {
    if line.len() <= width || line.chars().take(width + 1).count() <= width {
        return 0..line.len();
    }
    let focus = focus.unwrap_or(0..0);
    let (from, to) = (focus.start.min(line.len()), focus.end.min(line.len()));
    let words = line[from..to].chars().take(width).count();
    let before = (width - words) / 2;
    let start = line[..from]
        .char_indices()
        .rev()
        .take(before)
        .last()
        .map_or(from, |(at, _)| at);
    let end = line[start..]
        .char_indices()
        .nth(width)
        .map_or(line.len(), |(at, _)| start + at);
    start..end
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let last_byte = span.offset() + span.len().saturating_sub(1);
        let (Some(mut first), Some(mut last)) =
            (self.line_of(span.offset()), self.line_of(last_byte))
        else {
            return Err(MietteError::OutOfBounds);
        };
        let follows = |a: usize, b: usize| self.lines[a].number + 1 == self.lines[b].number;
        // Lines that are not shown part two excerpts.
        if (first..last).any(|line| !follows(line, line + 1)) {
            return Err(MietteError::OutOfBounds);
        }
        if before == 0 && after == 0 {
            let mark = self
                .marks
                .iter()
                .find(|mark| mark.range.start == span.offset() && mark.range.len() == span.len());
            let (line, column) = mark.map_or((self.lines[first].number, 0), |mark| {
                (mark.line, mark.column)
            });
            return Ok(Box::new(MietteSpanContents::new_named(
                self.name.clone(),
                &self.text.as_bytes()[span.offset()..span.offset() + span.len()],
                *span,
                line as usize,
                column as usize,
                last - first + 1,
            )));
        }
        for _ in 0..before {
            if first > 0 && follows(first - 1, first) {
                first -= 1;
            }
        }
        for _ in 0..after {
            if last + 1 < self.lines.len() && follows(last, last + 1) {
                last += 1;
            }
        }
        let range = self.lines[first].range.start..self.lines[last].range.end;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            &self.text.as_bytes()[range.clone()],
            range.into(),
            self.lines[first].number as usize,
            0,
            last - first + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn words(text: &str, spans: &[Range<usize>], width: usize) -> (String, Vec<String>) {
        let source = Source::from_text(FileId(0), "a.md", text);
        let spans: Vec<_> = spans
            .iter()
            .map(|range| source.span(range.clone()))
            .collect();
        let excerpt = Excerpt::new(&source, "a.md".to_owned(), &spans, width);
        let marked = excerpt
            .marks
            .iter()
            .map(|mark| excerpt.text[mark.range.clone()].to_owned())
            .collect();
        (excerpt.text, marked)
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn escapes_are_visible_and_spans_stay_on_their_words() {
        let (text, marked) = words("x\n\u{1b}[2J bad\u{202e} word\ny\n", &[7..10], 80);
        assert_eq!(text, "x\n\\x1b[2J bad\\u{202e} word\ny\n");
        assert_eq!(marked, ["bad"]);
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn long_lines_are_cut_around_the_words() {
        let line = format!("{}MARK{}", "é".repeat(500_000), "b".repeat(500_000));
        let (text, marked) = words(&line, &[1_000_000..1_000_004], 20);
        assert_eq!(text, "…ééééééééMARKbbbbbbbb…\n");
        assert_eq!(marked, ["MARK"]);
    }

    #[test]
    #[allow(clippy::single_range_in_vec_init)]
    fn a_span_over_lines_is_cut_after_some() {
        let text = "l\n".repeat(40);
        let (shown, marked) = words(&text, &[4..70], 80);
        assert_eq!(shown.lines().count(), 1 + MAX_LINES as usize + 1);
        assert_eq!(marked[0].lines().count(), MAX_LINES as usize);
    }

    proptest::proptest! {
        #[test]
        fn any_span_of_any_text_is_laid_out(
            text in "(?s).{0,60}",
            spans in proptest::collection::vec((0usize..80, 0usize..80), 1..4),
            width in 1usize..30,
        ) {
            let source = Source::from_text(FileId(0), "a.md", text);
            let spans: Vec<_> = spans
                .iter()
                .map(|(a, b)| source.span(*a.min(b)..*a.max(b)))
                .collect();
            let excerpt = Excerpt::new(&source, String::new(), &spans, width);
            for (_, place) in excerpt.marks() {
                proptest::prop_assert!(excerpt.text.get(place.offset()..place.offset() + place.len()).is_some());
                proptest::prop_assert!(excerpt.read_span(&place, 1, 1).is_ok());
            }
        }
    }
}
