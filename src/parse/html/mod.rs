//! HTML, as whole pages and as fragments inside Markdown. Tolerant: tags that are
//! never closed or never opened do no harm.

mod attribute;
mod element;
pub mod entity;
mod token;

use std::ops::Range;

use super::comment;
use super::inline::{self, Running};
use super::writer::{Element, Frame, Writer};
use crate::facts::document::{DocfxKind, DocfxMark};
use crate::facts::picture::{PictureRole, PictureUse};
use crate::facts::{FencedCode, FileFacts, FrontMatterEntry, ProseContext};
use crate::parse::picture;
use crate::source::Source;

use attribute::{decode, is_alternate, language, number, prose};
use element::{Kind, describe};
use token::{StartTag, Token, Tokenizer};

/// Open elements that are searched for the one that an end tag closes.
const REACH: usize = 256;

/// Parses an HTML page.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    let mut writer = Writer::new(source, facts);
    Html {
        writer: &mut writer,
        page: true,
    }
    .feed(&source.text, 0);
    writer.finish();
}

/// Reads a fragment, `text`, that stands at byte `base` of the writer's source and
/// is as long there. Elements may stay open.
pub fn fragment(writer: &mut Writer<'_>, text: &str, base: usize) {
    Html {
        writer,
        page: false,
    }
    .feed(text, base);
}

/// After a block of HTML in another markup, closes what cannot be meant to go on:
/// inline elements, and headings and quotes that are not closed soon.
pub fn settle(writer: &mut Writer<'_>, at: usize) {
    let open = writer.frames().len();
    let outer = writer.frames().iter().rev().take(REACH);
    let fragment = outer
        .take_while(|frame| frame.name != Frame::CONTAINER)
        .count();
    let ends = writer.frames()[open - fragment..]
        .iter()
        .position(|frame| match frame.element {
            Element::Heading(_) => !closes_within(writer, frame.name, at, 1000),
            Element::Quote | Element::Hidden(true) => {
                !closes_within(writer, frame.name, at, 20_000)
            }
            element => !element.is_block(),
        });
    for _ in 0..ends.map_or(0, |first| fragment - first) {
        writer.close(at);
    }
}

fn closes_within(writer: &Writer<'_>, name: &str, at: usize, reach: usize) -> bool {
    let bytes = writer.source.text.as_bytes();
    let window = &bytes[at.min(bytes.len())..bytes.len().min(at + reach)];
    memchr::memmem::find_iter(window, b"</").any(|found| {
        window[found + 2..]
            .get(..name.len())
            .is_some_and(|tag| tag.eq_ignore_ascii_case(name.as_bytes()))
    })
}

struct Html<'w, 'a> {
    writer: &'w mut Writer<'a>,
    /// A page of its own, no fragment of other markup.
    page: bool,
}

impl Html<'_, '_> {
    fn feed(&mut self, text: &str, base: usize) {
        let mut raw: Option<&'static str> = None;
        for token in Tokenizer::new(text) {
            if !self.writer.source.budget.spend(1) {
                break;
            }
            let raw_element = raw.take();
            match token {
                Token::Text(range) => match raw_element {
                    Some("title") if self.page => {
                        self.page_title(base + range.start..base + range.end);
                    }
                    Some("script") if self.page => {
                        let span = base + range.start..base + range.end;
                        let span = self.writer.source.span(span);
                        self.writer.facts.addresses.push(span);
                    }
                    Some(_) => {}
                    None => {
                        let start = base + range.start;
                        inline::write(self.writer, &text[range], start, Running::Html);
                    }
                },
                Token::Start(tag) => raw = self.start(&tag, base),
                Token::End(name, range) => self.end(name, base + range.start..base + range.end),
                Token::Comment(range) => {
                    let range = base + range.start..base + range.end;
                    comment::keep(self.writer.source, range, self.writer.facts);
                }
            }
        }
    }

    /// Handles a start tag; returns the element's name when raw text follows.
    fn start(&mut self, tag: &StartTag<'_>, base: usize) -> Option<&'static str> {
        let range = base + tag.range.start..base + tag.range.end;
        let Some((name, kind)) = describe(tag.name) else {
            self.component(tag, base);
            return None;
        };
        self.imply_ends(name, kind, range.start);
        let element = match kind {
            Kind::Raw => return (!tag.closed).then_some(name),
            Kind::Break => {
                if !self.writer.at_gap() {
                    self.writer.space(range);
                }
                return None;
            }
            Kind::Rule => {
                self.writer.flush();
                return None;
            }
            Kind::Image => {
                self.image(tag, base);
                return None;
            }
            Kind::Meta => {
                self.meta(tag, base);
                return None;
            }
            Kind::Relation => {
                let canonical = |(rel, _): (&str, _)| {
                    rel.split_ascii_whitespace()
                        .any(|rel| rel.eq_ignore_ascii_case("canonical"))
                };
                if tag.attribute("rel").is_some_and(canonical) {
                    self.attribute(tag, "href", "canonical", base);
                }
                self.icon(tag, base);
                return None;
            }
            Kind::Base => {
                self.attribute(tag, "href", "base", base);
                return None;
            }
            Kind::Page => {
                self.attribute(tag, "lang", "lang", base);
                Element::Block
            }
            Kind::Nothing => return None,
            Kind::Anchor => self.anchor(tag, &range),
            Kind::Row => {
                let head = self
                    .writer
                    .frames()
                    .iter()
                    .rev()
                    .take_while(|frame| frame.element != Element::Table)
                    .take(REACH)
                    .any(|frame| frame.name == "thead");
                Element::Row(head)
            }
            Kind::Cell => Element::Cell {
                header: name == "th",
                rows: number(tag, "rowspan"),
                columns: number(tag, "colspan"),
            },
            Kind::Element(element) => element,
        };
        let element = match element {
            Element::Row(_) | Element::Cell { .. } if !self.writer.in_table() => Element::Block,
            Element::Inline if is_alternate(tag) => Element::Alternate,
            // Shown by scripts only, if at all.
            Element::Block if self.page && name == "template" => Element::Hidden(true),
            element => element,
        };
        if !tag.closed {
            self.writer.open(element, name, range.end);
        }
        None
    }

    fn anchor(&mut self, tag: &StartTag<'_>, range: &Range<usize>) -> Element {
        if let Some((url, _)) = tag.attribute("href") {
            let link = self.writer.link(decode(url).trim(), range.clone(), false);
            return Element::Link(link as u32);
        }
        let rest = self.writer.source.text.get(range.end..).unwrap_or("");
        if !self.page
            && tag.attribute("name").is_some()
            && self.writer.at_heading_start()
            && rest.starts_with("</")
        {
            let end = range.end + rest.find('>').map_or(0, |close| close + 1);
            let span = self.writer.source.span(range.start..end);
            self.writer.facts.docfx.push(DocfxMark {
                kind: DocfxKind::LocalisedAnchor,
                span,
            });
        }
        Element::Inline
    }

    /// Elements that end where `name` starts, although no tag says so.
    fn imply_ends(&mut self, name: &str, kind: Kind, at: usize) {
        let (closes, until): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => (&["thead", "tbody", "tfoot", "tr"], &["table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["td", "li", "p", "div"]),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => (
                &["h1", "h2", "h3", "h4", "h5", "h6", "p"],
                &["div", "td", "li"],
            ),
            _ if matches!(kind, Kind::Element(element) if element.is_block()) => {
                (&["p"], &["div", "td", "li", "button"])
            }
            _ => return,
        };
        let found = self
            .writer
            .frames()
            .iter()
            .rev()
            .take(16)
            .take_while(|frame| frame.name != Frame::CONTAINER && !until.contains(&frame.name))
            .position(|frame| closes.contains(&frame.name));
        for _ in 0..found.map_or(0, |depth| depth + 1) {
            self.close(at..at);
        }
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        let Some((name, _)) = describe(name) else {
            return;
        };
        let found = self
            .writer
            .frames()
            .iter()
            .rev()
            .take(REACH)
            .take_while(|frame| frame.name != Frame::CONTAINER)
            .position(|frame| frame.name == name);
        for left in (0..found.map_or(0, |depth| depth + 1)).rev() {
            // Only the element that the tag names ends with the tag.
            let start = range.start;
            self.close(if left == 0 {
                range.clone()
            } else {
                start..start
            });
        }
    }

    /// Closes the innermost element with the tag at `range`.
    fn close(&mut self, range: Range<usize>) {
        let linked = matches!(
            self.writer.frames().last(),
            Some(Frame {
                element: Element::Link(_) | Element::Table,
                ..
            })
        );
        let end = if linked { range.end } else { range.start };
        let Some(frame) = self.writer.close(end) else {
            return;
        };
        let inner = frame.start..range.start.max(frame.start);
        match frame.name {
            "pre" => self.writer.facts.fences.push(FencedCode {
                language: language(self.writer.source.text.get(inner.clone()).unwrap_or("")),
                span: self.writer.source.span(inner),
            }),
            "code" | "kbd" | "samp" | "var" | "tt" => {
                let code = self.writer.source.text.get(inner.clone()).unwrap_or("");
                let code = if code.contains('<') || code.len() > 200 {
                    ""
                } else {
                    code
                };
                let decoded = decode(code);
                self.writer.code(&decoded, inner);
            }
            _ => {}
        }
    }

    /// An unknown element, such as a component of MDX: what its attributes say to
    /// readers is prose.
    fn component(&mut self, tag: &StartTag<'_>, base: usize) {
        if !tag.name.starts_with(|c: char| c.is_ascii_uppercase()) {
            return;
        }
        for (key, value, range) in tag.attributes() {
            if matches!(
                key,
                "title" | "description" | "label" | "caption" | "alt" | "summary"
            ) {
                let words = prose(ProseContext::Paragraph, value, base + range.start);
                self.writer.aside(words);
            }
        }
    }

    fn image(&mut self, tag: &StartTag<'_>, base: usize) {
        let range = base + tag.range.start..base + tag.range.end;
        let url = tag.attribute("src").map_or("", |(url, _)| url);
        self.writer.open_image(&decode(url), range.clone());
        if let Some((alt, range)) = tag.attribute("alt") {
            inline::write(self.writer, alt, base + range.start, Running::Html);
        }
        self.writer.close_image(range);
    }

    /// The icon that a page gives to its site.
    fn icon(&mut self, tag: &StartTag<'_>, base: usize) {
        let is_icon = |(rel, _): (&str, _)| {
            rel.split_ascii_whitespace().any(|rel| {
                rel.eq_ignore_ascii_case("icon") || rel.eq_ignore_ascii_case("apple-touch-icon")
            })
        };
        let Some((href, range)) = tag.attribute("href").filter(|_| self.page) else {
            return;
        };
        if !tag.attribute("rel").is_some_and(is_icon) {
            return;
        }
        let url = decode(href);
        let span = base + range.start..base + range.end;
        let used = PictureUse {
            role: PictureRole::Icon,
            field: "the icon of the page".to_owned(),
            target: picture::target(&url),
            alt: String::new(),
            data: picture::embedded(&url, &mut 1),
            span: self.writer.source.span(span),
        };
        self.writer.facts.pictures.push(used);
    }

    /// What an attribute says of a whole page, as metadata under `key`.
    fn attribute(&mut self, tag: &StartTag<'_>, name: &str, key: &str, base: usize) {
        if let Some((value, range)) = tag.attribute(name).filter(|_| self.page) {
            let range = base + range.start..base + range.end;
            self.metadata(key, range.start..range.start, value, range);
        }
    }

    fn meta(&mut self, tag: &StartTag<'_>, base: usize) {
        let key = tag.attribute("name").or_else(|| tag.attribute("property"));
        if let (Some((key, key_range)), Some((value, range))) = (key, tag.attribute("content")) {
            let shift = |range: Range<usize>| base + range.start..base + range.end;
            self.metadata(key, shift(key_range), value, shift(range));
        }
    }

    /// The content of `<title>`.
    fn page_title(&mut self, range: Range<usize>) {
        // A drawing has a title too.
        if self.writer.frames().iter().any(|frame| frame.name == "svg") {
            return;
        }
        let text = self.writer.source.text.get(range.clone()).unwrap_or("");
        let start = range.start + (text.len() - text.trim_start().len());
        let text = text.trim();
        self.metadata("title", start..start, text, start..start + text.len());
    }

    fn metadata(&mut self, key: &str, key_range: Range<usize>, value: &str, range: Range<usize>) {
        let source = self.writer.source;
        self.writer.facts.front_matter.push(FrontMatterEntry {
            key: key.to_owned(),
            value: decode(value).into_owned(),
            key_span: source.span(key_range),
            value_span: source.span(range.clone()),
        });
        if matches!(key, "title" | "description" | "og:title" | "og:description") {
            let context = ProseContext::FrontMatter(key.to_owned());
            let words = prose(context, value, range.start);
            if !words.is_blank() {
                self.writer.facts.prose.push(words);
            }
        }
    }
}
