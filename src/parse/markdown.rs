//! Markdown by pulldown-cmark, with offsets.

mod comment;
pub mod front_matter;
mod markup;
mod mdx;
mod template;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::comment as hidden;
use super::html;
use super::title;
use super::url;
use super::writer::{Element, Frame, Writer};
use crate::facts::document::{DocfxKind, DocfxMark};
use crate::facts::{FencedCode, FileFacts};
use crate::source::Source;

use markup::{Extent, What};
use mdx::Dedented;

/// Parses Markdown.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    let base = front_matter::parse(source, facts);
    let mdx = source.path.ends_with(".mdx");
    let (text, tags) = mdx::mask(&source.text[base..], mdx);
    let mut blocks = template::blocks(&source.text[base..]);
    for block in &mut blocks {
        for range in [&mut block.whole, &mut block.code] {
            *range = base + range.start..base + range.end;
        }
    }
    let text = template::mask(text, &blocks, base);
    let mut extents = markup::scan(&source.text, base, mdx);
    extents.retain(|extent| {
        !blocks
            .iter()
            .any(|block| block.whole.contains(&extent.range.start))
    });
    let mut reader = Reader {
        writer: Writer::new(source, facts),
        extents,
        skip: base,
        code: None,
        html: Vec::new(),
        tags: tags.into_iter().peekable(),
        text: &text,
        base,
        mdx,
        depth: 0,
    };
    for (event, range) in Parser::new_ext(&text, options()).into_offset_iter() {
        if !source.budget.spend(1) {
            break;
        }
        reader.event(event, base + range.start..base + range.end);
    }
    reader.components(source.text.len());
    reader.writer.finish();
    facts
        .fences
        .extend(blocks.into_iter().map(|block| FencedCode {
            language: block.language,
            span: source.span(block.code),
        }));
    facts.fences.sort_by_key(|fence| fence.span.start);
    comment::directives(source, facts);
    title::declare(source, facts);
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// A code block that is open.
struct Code {
    language: String,
    indented: bool,
    /// Its bytes so far.
    range: Option<Range<usize>>,
    /// Its lines, when they may be no code after all.
    lines: Vec<Range<usize>>,
}

struct Reader<'a, 't> {
    writer: Writer<'a>,
    /// Constructs that CommonMark does not know, in order.
    extents: Vec<Extent>,
    /// Text up to here has been dealt with.
    skip: usize,
    code: Option<Code>,
    /// Lines of the HTML block that is open.
    html: Vec<Range<usize>>,
    /// Tags of components that CommonMark has not seen.
    tags: Peekable<std::vec::IntoIter<Range<usize>>>,
    /// The text that CommonMark sees, from byte `base` of the source on.
    text: &'t str,
    base: usize,
    /// Imports and exports are code, indented text is none.
    mdx: bool,
    /// How often indentation has been taken off.
    depth: u32,
}

impl Reader<'_, '_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let skipped = range.start < self.skip;
        if self.code.is_none() {
            self.components(range.start);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => match &mut self.code {
                Some(code) => {
                    if code.indented && self.mdx {
                        code.lines.push(range.clone());
                    }
                    let start = code.range.as_ref().map_or(range.start, |range| range.start);
                    code.range = Some(start..range.end);
                }
                None => self.text(&text, range),
            },
            _ if skipped => {}
            Event::Html(_) => self.html.push(range),
            Event::Code(code) => self.writer.code(&code, range),
            Event::InlineHtml(_) => {
                let source = self.writer.source;
                if let Some(html) = source.text.get(range.clone()) {
                    html::fragment(&mut self.writer, html, range.start);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.writer.space(range),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.writer.object(range);
            }
            Event::Rule => self.writer.flush(),
            Event::TaskListMarker(_) => {}
        }
    }

    /// What the tags of components before byte `until` say to readers.
    fn components(&mut self, until: usize) {
        while let Some(tag) = self.tags.next_if(|tag| self.base + tag.start < until) {
            let range = self.base + tag.start..self.base + tag.end;
            if let Some(text) = self.writer.source.text.get(range.clone()) {
                let html = mdx::without_expressions(text);
                html::fragment(&mut self.writer, &html, range.start);
                html::settle(&mut self.writer, range.end);
            }
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let cell = |header| Element::Cell {
            header,
            rows: 1,
            columns: 1,
        };
        let skipped = range.start < self.skip;
        let element = match tag {
            Tag::Emphasis | Tag::Strong | Tag::Superscript | Tag::Subscript => return,
            Tag::Image { dest_url, .. } => {
                self.writer.open_image(&dest_url, range);
                return;
            }
            Tag::HtmlBlock => {
                self.writer.flush();
                return;
            }
            Tag::CodeBlock(kind) => {
                let (language, indented) = match kind {
                    CodeBlockKind::Fenced(info) => (language(&info), false),
                    CodeBlockKind::Indented => (String::new(), true),
                };
                self.writer.flush();
                self.code = Some(Code {
                    language,
                    indented,
                    range: None,
                    lines: Vec::new(),
                });
                return;
            }
            Tag::Link { .. } if skipped => Element::Hidden(false),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.link(link_type, &dest_url, range.clone()),
            Tag::Strikethrough => Element::Struck,
            Tag::Heading { level, .. } => Element::Heading(number(level)),
            Tag::BlockQuote(kind) => self.quote(kind.is_some(), range.clone()),
            Tag::Item => Element::Item,
            Tag::Table(_) => Element::Table,
            Tag::TableHead => Element::Row(true),
            Tag::TableRow => Element::Row(false),
            Tag::TableCell => cell(false),
            Tag::Paragraph
                if self.mdx && mdx::is_module_code(self.writer.source, range.clone()) =>
            {
                Element::Hidden(true)
            }
            Tag::Paragraph
            | Tag::List(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::MetadataBlock(_) => Element::Block,
        };
        self.writer.open(element, Frame::CONTAINER, range.start);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Image => self.writer.close_image(range),
            TagEnd::HtmlBlock => self.html_block(range.end),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.code_block(code, range.end);
                }
            }
            _ => self.writer.close_container(range.end),
        }
    }

    fn code_block(&mut self, code: Code, end: usize) {
        let range = code.range.unwrap_or(end..end);
        if range.start < self.skip {
            return;
        }
        if !code.lines.is_empty() && self.depth < MAX_DEPTH {
            self.indented(&code.lines);
            return;
        }
        self.writer.facts.fences.push(FencedCode {
            language: code.language,
            span: self.writer.source.span(range),
        });
    }

    /// Reads indented lines as Markdown: in MDX they are the content of a component.
    fn indented(&mut self, lines: &[Range<usize>]) {
        let dedented = Dedented::new(self.text, self.base, lines);
        self.depth += 1;
        for (event, range) in Parser::new_ext(&dedented.text, options()).into_offset_iter() {
            if !self.writer.source.budget.spend(1) {
                break;
            }
            self.event(event, dedented.place(range));
        }
        self.depth -= 1;
    }

    /// A block quote; one that starts with `[!NOTE]` or the like holds the author's
    /// own words.
    fn quote(&mut self, alert: bool, range: Range<usize>) -> Element {
        let text = self.writer.source.text.get(range.clone()).unwrap_or("");
        let text = text.strip_prefix('>').unwrap_or(text);
        let inner = text.trim_start_matches([' ', '\t']);
        let at = range.end - inner.len();
        if let Some(label) = markup::alert(inner).filter(|_| alert) {
            // pulldown-cmark has taken the label out of the text.
            self.docfx(DocfxKind::Alert, at..at + label);
        }
        let own = alert || markup::is_extension(inner);
        if own { Element::Block } else { Element::Quote }
    }

    fn link(&mut self, kind: LinkType, url: &str, range: Range<usize>) -> Element {
        if url.starts_with("xref:") {
            self.docfx(DocfxKind::Xref, range.clone());
        }
        let automatic = matches!(kind, LinkType::Autolink | LinkType::Email);
        if automatic {
            self.writer.bare_url(url, range);
            return Element::Hidden(false);
        }
        Element::Link(self.writer.link(url, range, false) as u32)
    }

    fn docfx(&mut self, kind: DocfxKind, range: Range<usize>) {
        let span = self.writer.source.span(range);
        self.writer.facts.docfx.push(DocfxMark { kind, span });
    }

    fn text(&mut self, text: &str, range: Range<usize>) {
        if range.start < self.skip && range.end <= self.skip {
            return;
        }
        if self.writer.source.text.get(range.clone()) != Some(text) {
            // An entity or an escape.
            if range.start >= self.skip {
                self.writer.text(text, range);
            }
            return;
        }
        let mut at = range.start.max(self.skip);
        while at < range.end {
            let index = self
                .extents
                .partition_point(|extent| extent.range.start < at);
            match self.extents.get(index) {
                Some(extent) if extent.range.start < range.end => {
                    let extent = extent.clone();
                    at = self.words(at..extent.range.start);
                    if at <= extent.range.start {
                        self.skip = extent.range.end;
                        at = extent.range.end;
                        self.extent(extent);
                    }
                }
                _ => at = self.words(at..range.end),
            }
        }
    }

    /// Words up to the end of `range` or further, to the end of an address that
    /// starts there; returns where that is.
    fn words(&mut self, range: Range<usize>) -> usize {
        let text = self.writer.source.text.as_str();
        let mut at = range.start;
        while let Some(found) = url::find(&text[..range.end], at) {
            self.writer.text(&text[at..found.start], at..found.start);
            // CommonMark ends the text at characters that the address may hold.
            let end = url::end(text, found.start).max(found.end);
            self.writer
                .bare_url(&text[found.start..end], found.start..end);
            at = end;
            if at >= range.end {
                self.skip = self.skip.max(at);
                return at;
            }
        }
        self.writer.text(&text[at..range.end], at..range.end);
        range.end
    }

    fn extent(&mut self, extent: Extent) {
        let text = self.writer.source.text.as_str();
        let words = |range: &Range<usize>| text.get(range.clone()).unwrap_or("");
        match extent.what {
            What::Docfx(kind) => {
                self.docfx(kind, extent.range.clone());
                self.writer.object(extent.range);
            }
            What::Image { url, alt } => {
                self.docfx(DocfxKind::TripleColon, extent.range.clone());
                self.writer.open_image(words(&url), extent.range.clone());
                self.writer.text(words(&alt), alt.clone());
                self.writer.close_image(extent.range);
            }
            What::Text(range) => {
                self.docfx(DocfxKind::TripleColon, extent.range);
                self.writer.text(words(&range), range.clone());
            }
            What::Object => self.writer.object(extent.range),
            What::Comment => {
                hidden::keep(self.writer.source, extent.range, self.writer.facts);
            }
            What::Marker => {}
        }
    }

    fn html_block(&mut self, end: usize) {
        let lines = std::mem::take(&mut self.html);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let base = first.start;
        let Some(block) = self.writer.source.text.get(base..last.end) else {
            return;
        };
        let whole = lines.windows(2).all(|pair| pair[0].end == pair[1].start);
        let html = if whole {
            Cow::Borrowed(block)
        } else {
            Cow::Owned(blank_between(block, base, &lines))
        };
        html::fragment(&mut self.writer, &html, base);
        html::settle(&mut self.writer, end.max(last.end));
        self.writer.flush();
    }
}

/// Indentation is taken off no more often than this.
const MAX_DEPTH: u32 = 8;

/// The block with spaces for the bytes that are no part of its lines: the markers
/// of quotes and list items.
fn blank_between(block: &str, base: usize, lines: &[Range<usize>]) -> String {
    let mut out = String::with_capacity(block.len());
    let mut at = base;
    for line in lines {
        out.extend(std::iter::repeat_n(' ', line.start.saturating_sub(at)));
        let start = line.start.max(at);
        if start < line.end {
            out.push_str(block.get(start - base..line.end - base).unwrap_or(""));
            at = line.end;
        }
    }
    out
}

fn language(info: &str) -> String {
    // Chunks of Quarto and R Markdown stand in braces: `{python}`, `{r, echo=FALSE}`.
    let chunk = info
        .strip_prefix('{')
        .map(|inner| inner.trim_start_matches('.'));
    let words = chunk.unwrap_or(info);
    let first = words.split([' ', '\t', ',', '{', '}']).next().unwrap_or("");
    first.to_ascii_lowercase()
}

fn number(level: HeadingLevel) -> u8 {
    level as u8
}
