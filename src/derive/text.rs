//! A page as `derive` reads it: its prose in sentences, each with its section, and the
//! way back to lines and bytes.

use std::ops::Range;

use super::tables;

use crate::facts::prose::OBJECT;
use crate::facts::{FileFacts, FileKind, Link, Prose, ProseContext, Zone};
use crate::finding::Confidence;
use crate::pack::page::{ByteRange, Evidence, Fact};
use crate::parse;
use crate::parse::rates::Reader;
use crate::source::{FileId, Source, Span, floor_boundary};

/// Sentences of a list that are looked through for the words that introduce it.
const MAX_ITEMS: usize = 200;
/// Longest paragraph that is a label over a list, in bytes.
const MAX_LABEL: usize = 80;
/// Longest quotation, in bytes.
const MAX_QUOTE: usize = 1200;
/// Longest sentence, in bytes; what is longer is told and not read.
const MAX_SENTENCE: usize = 4096;

/// A page, parsed.
pub(super) struct Page {
    pub(super) source: Source,
    pub(super) facts: FileFacts,
    pub(super) sentences: Vec<Sentence>,
    /// Sentences that are too long to be read.
    pub(super) too_long: Vec<Span>,
    by_place: Places,
    links_by_place: Places,
    /// Prose that is a hidden half of a bilingual page.
    hidden: Places,
}

/// Spans in the order of the source, to be looked up.
#[derive(Default)]
struct Places {
    /// Start, end, the index of what lies there, and the last end so far.
    spans: Vec<(u32, u32, usize, u32)>,
}

impl Places {
    fn new(spans: impl Iterator<Item = Span>) -> Self {
        Self::of(spans.enumerate())
    }

    fn of(spans: impl Iterator<Item = (usize, Span)>) -> Self {
        let mut spans: Vec<_> = spans
            .map(|(index, span)| (span.start, span.end, index, 0))
            .collect();
        spans.sort_unstable();
        let mut last = 0;
        for span in &mut spans {
            last = last.max(span.1);
            span.3 = last;
        }
        Self { spans }
    }

    /// What shares a byte with `start..end`, in order.
    fn overlapping(&self, start: u32, end: u32) -> impl Iterator<Item = usize> {
        let first = self.spans.partition_point(|span| span.3 <= start);
        self.spans[first..]
            .iter()
            .take_while(move |span| span.0 < end)
            .filter(move |span| span.1 > start)
            .map(|span| span.2)
    }
}

/// One sentence of the page's own prose.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Index in `facts.prose`.
    pub(super) prose: usize,
    /// Its bytes in that prose.
    pub(super) range: Range<usize>,
}

impl Page {
    /// Parses a page; HTML or Markdown, as its name or else its text says.
    pub(super) fn parse(name: &str, bytes: Vec<u8>) -> Self {
        let source = Source::decode(FileId(0), name, bytes);
        let kind = kind(name, &source.text);
        let mut facts = parse::parse(&source, kind, Zone::Docs);
        for prose in &mut facts.prose {
            mask(prose);
        }
        tables::clean(&source, &mut facts);
        let mut sentences = Vec::new();
        let mut too_long = Vec::new();
        for (index, prose) in facts.prose.iter().enumerate() {
            let told = !prose.quoted
                && !prose.alternate
                && !matches!(
                    prose.context,
                    ProseContext::FrontMatter(_) | ProseContext::ImageAlt
                );
            if told {
                let mut ranges = Reader::shared().sentences(&prose.text);
                let long = ranges.iter().filter(|range| range.len() > MAX_SENTENCE);
                too_long.extend(long.map(|range| prose.span(source.id, range.clone())));
                ranges.retain(|range| range.len() <= MAX_SENTENCE);
                sentences.extend(ranges.into_iter().map(|range| Sentence {
                    prose: index,
                    range,
                }));
            }
        }
        let span = |sentence: &Sentence| {
            facts.prose[sentence.prose].span(source.id, sentence.range.clone())
        };
        let hidden = facts.prose.iter().enumerate();
        let hidden = hidden.filter(|(_, prose)| prose.alternate);
        Self {
            by_place: Places::new(sentences.iter().map(span)),
            links_by_place: Places::new(facts.links.iter().map(|link| link.span)),
            hidden: Places::of(hidden.map(|(index, prose)| (index, prose.whole(source.id)))),
            source,
            facts,
            sentences,
            too_long,
        }
    }

    pub(super) fn prose(&self, sentence: &Sentence) -> &Prose {
        &self.facts.prose[sentence.prose]
    }

    pub(super) fn text(&self, sentence: &Sentence) -> &str {
        &self.prose(sentence).text[sentence.range.clone()]
    }

    /// Where a sentence stands in the source.
    pub(super) fn span(&self, sentence: &Sentence) -> Span {
        self.prose(sentence)
            .span(self.source.id, sentence.range.clone())
    }

    /// The sentence that holds the start of a span.
    pub(super) fn sentence_at(&self, span: Span) -> Option<&Sentence> {
        let mut found = self.by_place.overlapping(span.start, span.end);
        found.next().and_then(|index| self.sentences.get(index))
    }

    /// Links and bare addresses in a sentence.
    pub(super) fn links_in(&self, sentence: &Sentence) -> impl Iterator<Item = &Link> {
        let own = self.span(sentence);
        self.links_by_place
            .overlapping(own.start, own.end)
            .filter_map(|index| self.facts.links.get(index))
    }

    /// The bytes of a sentence that came from a span of the source.
    pub(super) fn range_of(&self, sentence: &Sentence, span: Span) -> Option<Range<usize>> {
        let text = self.text(sentence);
        let at = sentence.range.start;
        let prose = self.prose(sentence);
        let mut found: Option<Range<usize>> = None;
        for (offset, c) in text.char_indices() {
            let end = offset + c.len_utf8();
            let own = prose.span(self.source.id, at + offset..at + end);
            if own.start < span.end && span.start < own.end.max(own.start + 1) {
                let start = found.map_or(offset, |found| found.start);
                found = Some(start..end);
            }
        }
        found
    }

    /// A sentence as the page has it: addresses and code where the prose has objects.
    pub(super) fn quote(&self, sentence: &Sentence) -> String {
        let prose = self.prose(sentence);
        let range = sentence.range.clone();
        // With the mark that ends it.
        let stop = prose.text[range.end..].chars().next();
        let stop = stop.filter(|c| matches!(c, '.' | '!' | '?' | '。' | '！' | '？'));
        let range = range.start..range.end + stop.map_or(0, char::len_utf8);
        shown(&self.source, prose, range)
    }

    /// The first hidden prose that begins in `start..end`, and those behind it.
    pub(super) fn hidden_in(&self, start: u32, end: u32) -> impl Iterator<Item = &Prose> {
        self.hidden
            .overlapping(start, end)
            .filter_map(|index| self.facts.prose.get(index))
            .filter(move |prose| prose.whole(self.source.id).start >= start)
    }

    /// The words that introduce the list of a sentence: the paragraph before its first
    /// item, when it ends with a colon or is a label. Empty elsewhere.
    pub(super) fn intro(&self, index: usize) -> &str {
        let is_item = |sentence: &Sentence| self.prose(sentence).context == ProseContext::ListItem;
        if !self.sentences.get(index).is_some_and(is_item) {
            return "";
        }
        let before = self.sentences[..index].iter().rev();
        let introduces = |sentence: &&Sentence| {
            !is_item(sentence) || self.text(sentence).trim_end().ends_with([':', '：'])
        };
        let Some(before) = before
            .take(MAX_ITEMS)
            .find(introduces)
            .filter(|sentence| !matches!(self.prose(sentence).context, ProseContext::Heading(_)))
        else {
            return "";
        };
        let text = self.text(before);
        let prose = self.prose(before);
        let alone = before.range.start == 0 && text.len() <= MAX_LABEL;
        let stop = prose.text[before.range.end..]
            .trim_start()
            .starts_with(['.', '。', '!', '?']);
        let colon = text.trim_end().ends_with([':', '：']);
        if colon || alone && !stop { text } else { "" }
    }

    /// The headings above a byte of the source: its own, then those that hold that one.
    pub(super) fn sections(&self, at: u32) -> Vec<&str> {
        let headings = &self.facts.headings;
        let below = headings.partition_point(|heading| heading.span.start <= at);
        let mut level = u8::MAX;
        let mut out = Vec::new();
        for heading in headings[..below].iter().rev() {
            if heading.level < level {
                level = heading.level;
                out.push(heading.text.as_str());
            }
            if level <= 1 {
                break;
            }
        }
        out
    }

    /// Text of the heading above a byte of the source.
    pub(super) fn section(&self, at: u32) -> &str {
        let headings = &self.facts.headings;
        let below = headings.partition_point(|heading| heading.span.start <= at);
        let heading = below.checked_sub(1).and_then(|above| headings.get(above));
        heading.map_or("", |heading| heading.text.as_str())
    }

    /// The evidence for what the words at `span` say.
    pub(super) fn evidence(&self, span: Span, quote: &str, confidence: Confidence) -> Evidence {
        let quote = quote.trim();
        let cut = floor_boundary(quote, MAX_QUOTE);
        Evidence {
            section: one_line(self.section(span.start)),
            line: self.source.position(span.start).line,
            bytes: ByteRange {
                start: span.start,
                end: span.end,
            },
            quote: one_line(&quote[..cut]),
            confidence,
            file: None,
        }
    }

    /// A fact that a whole sentence is quoted for; the bytes are those of the words.
    pub(super) fn fact(
        &self,
        sentence: &Sentence,
        words: Range<usize>,
        value: impl Into<String>,
        confidence: Confidence,
    ) -> Fact {
        let at = sentence.range.start;
        let span = self
            .prose(sentence)
            .span(self.source.id, at + words.start..at + words.end);
        Fact {
            value: value.into(),
            evidence: self.evidence(span, &self.quote(sentence), confidence),
        }
    }

    /// The evidence of a whole sentence.
    pub(super) fn whole(&self, sentence: &Sentence, confidence: Confidence) -> Evidence {
        self.evidence(self.span(sentence), &self.quote(sentence), confidence)
    }
}

/// Prose with the source's words where it has objects: addresses, code.
pub(super) fn shown(source: &Source, prose: &Prose, range: Range<usize>) -> String {
    let text = &prose.text[range.clone()];
    let mut out = String::new();
    for (offset, c) in text.char_indices() {
        if c == OBJECT {
            let at = range.start + offset;
            let words = source.slice(prose.span(source.id, at..at + c.len_utf8()));
            out.push_str(words.trim_matches(['`', '<', '>']));
        } else {
            out.push(c);
        }
    }
    out
}

/// Blanks what is struck through or raised: no longer said, or a mark of a footnote. The
/// text keeps its length, and so every range its meaning.
fn mask(prose: &mut Prose) {
    for range in prose.struck.iter().chain(&prose.raised) {
        let blank = " ".repeat(range.len());
        prose.text.replace_range(range.clone(), &blank);
    }
}

/// Objects, line breaks and what may act on a terminal out, spaces single.
pub(super) fn one_line(text: &str) -> String {
    let mut text = text.to_owned();
    text.retain(|c| c.is_whitespace() || c.is_control() || !crate::report::is_unsafe(c));
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control() || c == OBJECT)
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

fn kind(name: &str, text: &str) -> FileKind {
    let by_name = parse::kind::kind(name);
    if matches!(by_name, FileKind::Html | FileKind::Markdown) {
        return by_name;
    }
    let head = text.trim_start().get(..15).unwrap_or_default();
    let head = head.to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
    {
        FileKind::Html
    } else {
        FileKind::Markdown
    }
}
