//! A page as `derive` reads it: its prose in sentences, each with its section, and the
//! way back to lines and bytes.

use std::ops::Range;

use crate::facts::{FileFacts, FileKind, Prose, ProseContext, Zone};
use crate::finding::Confidence;
use crate::pack::page::{ByteRange, Evidence, Fact};
use crate::parse::rates::Reader;
use crate::parse;
use crate::source::{FileId, Source, Span, floor_boundary};

/// Longest quotation, in bytes.
const MAX_QUOTE: usize = 1200;

/// A page, parsed.
pub(super) struct Page {
    pub(super) source: Source,
    pub(super) facts: FileFacts,
    pub(super) sentences: Vec<Sentence>,
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
        let facts = parse::parse(&source, kind, Zone::Docs);
        let mut sentences = Vec::new();
        for (index, prose) in facts.prose.iter().enumerate() {
            let told = !prose.quoted
                && !prose.alternate
                && !matches!(
                    prose.context,
                    ProseContext::FrontMatter(_) | ProseContext::ImageAlt
                );
            if told {
                let ranges = Reader::shared().sentences(&prose.text);
                sentences.extend(ranges.into_iter().map(|range| Sentence {
                    prose: index,
                    range,
                }));
            }
        }
        Self {
            source,
            facts,
            sentences,
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
        self.prose(sentence).span(self.source.id, sentence.range.clone())
    }

    /// Text of the heading above a byte of the source.
    pub(super) fn section(&self, at: u32) -> &str {
        let above = |heading: &&crate::facts::Heading| heading.span.start <= at;
        let heading = self.facts.headings.iter().rev().find(above);
        heading.map_or("", |heading| heading.text.as_str())
    }

    /// The evidence for what the words at `span` say.
    pub(super) fn evidence(&self, span: Span, quote: &str, confidence: Confidence) -> Evidence {
        let quote = quote.trim();
        let cut = floor_boundary(quote, MAX_QUOTE);
        Evidence {
            section: self.section(span.start).trim().to_owned(),
            line: self.source.position(span.start).line,
            bytes: ByteRange {
                start: span.start,
                end: span.end,
            },
            quote: one_line(&quote[..cut]),
            confidence,
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
            evidence: self.evidence(span, self.text(sentence), confidence),
        }
    }

    /// The evidence of a whole sentence.
    pub(super) fn whole(&self, sentence: &Sentence, confidence: Confidence) -> Evidence {
        self.evidence(self.span(sentence), self.text(sentence), confidence)
    }
}

/// Objects and line breaks out, spaces single.
pub(super) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == crate::facts::prose::OBJECT)
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
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head") {
        FileKind::Html
    } else {
        FileKind::Markdown
    }
}
