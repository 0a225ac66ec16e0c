//! Text that people read, with a map back to the bytes it came from.

use std::ops::Range;

use crate::source::{FileId, Span};

/// Stands in [`Prose::text`] for something that is not prose (inline code, an
/// image, raw HTML), so that the words on both sides never join.
pub const OBJECT: char = '\u{FFFC}';

/// Where a piece of prose stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProseContext {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    /// A paragraph of a document.
    Paragraph,
    /// A list item's text.
    ListItem,
    /// One cell of a table.
    TableCell,
    /// Alternative text of an image.
    ImageAlt,
    /// The value of a front-matter key that readers see: `title`, `description`…
    FrontMatter(String),
    /// A comment in code; adjacent line comments are one piece.
    Comment,
    /// A string literal in code.
    StringLiteral,
    /// A human-readable field of a manifest: `description`.
    ManifestField(String),
}

/// One run of prose: a paragraph, a heading, a cell, a comment. Emphasis is
/// transparent, a soft break is a space, inline code is one [`OBJECT`].
#[derive(Clone, Debug)]
pub struct Prose {
    /// The text as read.
    pub text: String,
    /// Where it stands.
    pub context: ProseContext,
    /// Inside a block quote: somebody else's words.
    pub quoted: bool,
    /// Title or description of somebody else's page in a catalogue, or a record of
    /// quoted CSV: names in it are not the author's choice.
    pub borrowed: bool,
    /// The hidden original of a bilingual page (`class="sxs-lookup"` and the like).
    pub alternate: bool,
    /// Ranges of `text` that are struck through, in order.
    pub struck: Vec<Range<usize>>,
    /// Ranges of `text` that are raised above the line, in order: marks of footnotes.
    pub raised: Vec<Range<usize>>,
    /// Ranges of `text` that are link text, in order, with the link's index in
    /// `FileFacts::links`.
    pub links: Vec<(Range<usize>, usize)>,
    segments: Vec<Segment>,
}

#[derive(Clone, Copy, Debug)]
struct Segment {
    /// Start in `text`.
    text: u32,
    /// Start and end in the source.
    start: u32,
    end: u32,
    /// Byte for byte the same in text and source.
    verbatim: bool,
}

impl Prose {
    /// An empty piece of prose.
    pub fn new(context: ProseContext) -> Self {
        Self {
            text: String::new(),
            context,
            quoted: false,
            borrowed: false,
            alternate: false,
            struck: Vec::new(),
            raised: Vec::new(),
            links: Vec::new(),
            segments: Vec::new(),
        }
    }

    /// A piece of prose that stands verbatim at `start` of the source.
    pub fn verbatim(context: ProseContext, text: &str, start: usize) -> Self {
        let mut prose = Self::new(context);
        prose.push(text, start..start + text.len());
        prose
    }

    /// Appends `text`, which came from `range` of the source. When both have the
    /// same length the mapping is byte for byte, else the whole range stands for
    /// each of its characters (an entity, an escape, a soft break).
    pub fn push(&mut self, text: &str, range: Range<usize>) {
        if text.is_empty() {
            return;
        }
        let segment = Segment {
            text: self.text.len() as u32,
            start: range.start as u32,
            end: range.end as u32,
            verbatim: range.len() == text.len(),
        };
        match self.segments.last_mut() {
            Some(last) if last.verbatim && segment.verbatim && last.end == segment.start => {
                last.end = segment.end;
            }
            _ => self.segments.push(segment),
        }
        self.text.push_str(text);
    }

    /// Drops spaces from the end.
    pub fn trim_end(&mut self) {
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        self.segments
            .retain(|segment| (segment.text as usize) < length);
        for ranges in [&mut self.struck, &mut self.raised] {
            for range in ranges.iter_mut() {
                range.end = range.end.min(length);
            }
            ranges.retain(|range| range.start < range.end);
        }
        for (range, _) in &mut self.links {
            range.end = range.end.min(length);
        }
        self.links.retain(|(range, _)| range.start < range.end);
    }

    /// Whether it holds nothing but white space and objects.
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(|c| c.is_whitespace() || c == OBJECT)
    }

    /// Whether byte `at` of `text` is struck through.
    pub fn is_struck(&self, at: usize) -> bool {
        let index = self.struck.partition_point(|range| range.end <= at);
        self.struck
            .get(index)
            .is_some_and(|range| range.start <= at)
    }

    /// The link whose text covers byte `at` of `text`, as an index in `FileFacts::links`.
    pub fn link_at(&self, at: usize) -> Option<usize> {
        let index = self.links.partition_point(|(range, _)| range.end <= at);
        let (range, link) = self.links.get(index)?;
        (range.start <= at).then_some(*link)
    }

    /// The source bytes behind `range` of `text`.
    pub fn span(&self, file: FileId, range: Range<usize>) -> Span {
        let start = self.source_offset(range.start, false);
        let end = if range.is_empty() {
            start
        } else {
            self.source_offset(range.end, true)
        };
        Span {
            file,
            start,
            end: end.max(start),
        }
    }

    /// The source bytes behind the whole piece.
    pub fn whole(&self, file: FileId) -> Span {
        self.span(file, 0..self.text.len())
    }

    /// `is_end` looks up the exclusive end of a range: it belongs to the segment of
    /// the byte before it.
    fn source_offset(&self, at: usize, is_end: bool) -> u32 {
        let probe = if is_end { at.saturating_sub(1) } else { at } as u32;
        let index = self
            .segments
            .partition_point(|segment| segment.text <= probe);
        let Some(segment) = index.checked_sub(1).map(|index| self.segments[index]) else {
            return self.segments.first().map_or(0, |segment| segment.start);
        };
        if segment.verbatim {
            (segment.start + (at as u32 - segment.text)).min(segment.end)
        } else if is_end {
            segment.end
        } else {
            segment.start
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_map_through_markup_and_entities() {
        // source: "**Micro**soft&nbsp;X"
        let mut prose = Prose::new(ProseContext::Paragraph);
        prose.push("Micro", 2..7);
        prose.push("soft", 9..13);
        prose.push("\u{a0}", 13..19);
        prose.push("X", 19..20);
        let file = FileId(0);
        assert_eq!(prose.span(file, 0..9).range(), 2..13);
        assert_eq!(prose.span(file, 0..11).range(), 2..19);
        assert_eq!(prose.span(file, 11..12).range(), 19..20);
        assert_eq!(prose.span(file, 5..9).range(), 9..13);
    }
}
