//! Text, images and the end of a piece of prose.

use std::ops::Range;

use super::{
    ALTERNATE, Context, HIDDEN, Image, Label, OWN_LINK, QUOTED, RAISED, STRUCK, Writer, collapse,
};
use crate::facts::prose::OBJECT;
use crate::facts::{Heading, Prose, ProseContext};

impl Writer<'_> {
    /// Prose from `range` of the source.
    pub fn text(&mut self, text: &str, range: Range<usize>) {
        self.append(text, Some(text), range);
    }

    /// One space for `range` of the source.
    pub fn space(&mut self, range: Range<usize>) {
        self.append(" ", Some(" "), range);
    }

    /// Something that is no prose.
    pub fn object(&mut self, range: Range<usize>) {
        self.append(OBJECT.encode_utf8(&mut [0; 4]), None, range);
    }

    /// Inline code: no prose, but part of a heading's or cell's text.
    pub fn code(&mut self, code: &str, range: Range<usize>) {
        self.append(OBJECT.encode_utf8(&mut [0; 4]), Some(code), range);
    }

    /// An address that stands in the text.
    pub fn bare_url(&mut self, url: &str, range: Range<usize>) {
        if self.is_hidden() {
            return;
        }
        if self.state.link.is_none() && self.image.is_none() {
            let link = self.link(url, range.clone(), false);
            url.clone_into(&mut self.facts.links[link].text);
        }
        self.code(url, range);
    }

    /// An image starts; the text up to [`Writer::close_image`] is its alternative text.
    pub fn open_image(&mut self, url: &str, range: Range<usize>) {
        let link = self.link(url, range, true);
        if let Some(image) = &mut self.image {
            image.depth += 1;
        } else {
            let mut prose = Prose::new(ProseContext::ImageAlt);
            prose.quoted = self.state.flags & QUOTED != 0;
            prose.alternate = self.state.flags & ALTERNATE != 0;
            self.image = Some(Image {
                link,
                prose,
                depth: 0,
            });
        }
    }

    /// The innermost image ends; `range` is all of it.
    pub fn close_image(&mut self, range: Range<usize>) {
        let Some(mut image) = self.image.take() else {
            return;
        };
        if image.depth > 0 {
            image.depth -= 1;
            self.image = Some(image);
            return;
        }
        let alt = collapse(&image.prose.text);
        if !self.is_hidden() && !image.prose.is_blank() {
            let extent = image.prose.whole(self.source.id).range();
            if let Some(link) = self.state.link {
                self.link_text(link, &alt);
            }
            if self.alt_label.is_none() && !image.prose.alternate {
                self.alt_label = Some(Label {
                    text: alt.clone(),
                    extent: Some(extent),
                });
            }
            self.alts.push(image.prose);
        }
        if let Some(link) = self.facts.links.get_mut(image.link) {
            link.text = alt;
        }
        self.object(range);
    }

    /// A complete piece of prose of another context, after the open block.
    pub fn aside(&mut self, mut prose: Prose) {
        if self.is_hidden() || prose.is_blank() {
            return;
        }
        prose.quoted = self.state.flags & QUOTED != 0;
        prose.alternate = self.state.flags & ALTERNATE != 0;
        self.alts.push(prose);
    }

    /// Ends the piece of prose that is open.
    pub fn flush(&mut self) {
        if let Context::Heading(level) = self.state.context {
            let label = if self.label.text.trim().is_empty() {
                self.alt_label.take()
            } else {
                Some(std::mem::take(&mut self.label))
            };
            if let Some(label) = label
                && let Some(extent) = label.extent
            {
                self.facts.headings.push(Heading {
                    level,
                    text: collapse(&label.text),
                    span: self.source.span(extent),
                });
            }
        }
        self.label.text.clear();
        self.label.extent = None;
        if let Some(table) = self.tables.last_mut() {
            table.gap();
        }
        self.alt_label = None;
        for prose in [&mut self.main, &mut self.alternate] {
            if !prose.text.is_empty() {
                let mut prose = std::mem::replace(prose, Prose::new(ProseContext::Paragraph));
                if prose.text.ends_with(' ') {
                    prose.trim_end();
                }
                if !prose.is_blank() {
                    self.facts.prose.push(prose);
                }
            }
        }
        self.facts.prose.append(&mut self.alts);
    }

    fn link_text(&mut self, link: u32, text: &str) {
        if let Some(link) = self.facts.links.get_mut(link as usize) {
            link.text.push_str(text);
        }
    }

    fn append(&mut self, text: &str, label: Option<&str>, range: Range<usize>) {
        let state = self.state;
        if state.flags & HIDDEN != 0 || text.is_empty() || !self.source.budget.read(text.len()) {
            return;
        }
        if let Some(image) = &mut self.image {
            image.prose.push(text, range);
            return;
        }
        let alternate = state.flags & ALTERNATE != 0;
        let prose = if alternate {
            &mut self.alternate
        } else {
            &mut self.main
        };
        if prose.text.is_empty() {
            prose.context = state.context.prose();
            prose.quoted = state.flags & QUOTED != 0;
            prose.alternate = alternate;
        }
        let from = prose.text.len();
        prose.push(text, range.clone());
        let to = prose.text.len();
        for (flag, ranges) in [(STRUCK, &mut prose.struck), (RAISED, &mut prose.raised)] {
            if state.flags & flag != 0 {
                match ranges.last_mut() {
                    Some(last) if last.end == from => last.end = to,
                    _ => ranges.push(from..to),
                }
            }
        }
        if let Some(link) = state.link {
            match prose.links.last_mut() {
                Some((last, index)) if last.end == from && *index == link as usize => {
                    last.end = to;
                }
                _ => prose.links.push((from..to, link as usize)),
            }
        }
        let Some(label) = label else {
            return;
        };
        if let Some(link) = state.link
            && (!alternate || state.flags & OWN_LINK != 0)
        {
            self.link_text(link, label);
        }
        if !alternate {
            self.label.push(label, &range);
            if let Some(table) = self.tables.last_mut() {
                table.push(label, &range);
            }
        }
    }
}
