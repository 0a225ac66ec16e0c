//! Collects prose, headings, links and tables while a document is read, whatever
//! its markup. Elements nest on an explicit stack; text is told where it stands by
//! the elements that are open.

mod table;
mod text;

use std::ops::Range;

use crate::facts::{FileFacts, Link, Prose, ProseContext};
use crate::source::Source;

use table::TableBuilder;

/// What an element means for the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element {
    /// A block without a meaning of its own.
    Block,
    /// An inline element that changes nothing.
    Inline,
    /// A heading of this level.
    Heading(u8),
    /// A list item.
    Item,
    /// A block quote.
    Quote,
    /// A table.
    Table,
    /// A row; `true` when it is a header by its markup.
    Row(bool),
    /// A table cell.
    Cell {
        /// A header cell by its markup.
        header: bool,
        /// Rows and columns it spans.
        rows: u16,
        /// Columns it spans.
        columns: u16,
    },
    /// A link, by its index in `FileFacts::links`.
    Link(u32),
    /// Struck through.
    Struck,
    /// Raised above the line.
    Raised,
    /// The hidden original of a bilingual page.
    Alternate,
    /// Nothing in it is prose; a block of its own when `true`.
    Hidden(bool),
}

impl Element {
    /// Whether text before and after it is another piece of prose.
    pub fn is_block(self) -> bool {
        !matches!(
            self,
            Self::Inline
                | Self::Link(_)
                | Self::Struck
                | Self::Raised
                | Self::Alternate
                | Self::Hidden(false)
        )
    }
}

/// An open element.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Its meaning.
    pub element: Element,
    /// Its tag name; [`Frame::CONTAINER`] for an element that no tag may close.
    pub name: &'static str,
    /// Where it started.
    pub start: usize,
    outer: State,
}

impl Frame {
    /// Name of elements that belong to the markup around HTML.
    pub const CONTAINER: &str = "";
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Context {
    Paragraph,
    Heading(u8),
    Item,
    Cell,
}

impl Context {
    fn prose(self) -> ProseContext {
        match self {
            Self::Paragraph => ProseContext::Paragraph,
            Self::Heading(level) => ProseContext::Heading(level),
            Self::Item => ProseContext::ListItem,
            Self::Cell => ProseContext::TableCell,
        }
    }
}

#[derive(Clone, Copy, Debug)]
struct State {
    context: Context,
    flags: u8,
    link: Option<u32>,
}

const QUOTED: u8 = 1;
const STRUCK: u8 = 2;
const ALTERNATE: u8 = 4;
const HIDDEN: u8 = 8;
/// The link stands in the hidden half, not around both halves.
const OWN_LINK: u8 = 16;
const RAISED: u8 = 32;

/// An image whose alternative text is being read.
struct Image {
    link: usize,
    prose: Prose,
    depth: u32,
}

/// Visible text of the block that is open, code included, with its extent.
#[derive(Default)]
struct Label {
    text: String,
    extent: Option<Range<usize>>,
}

impl Label {
    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.text.push_str(text);
        if !text.trim().is_empty() {
            extend(&mut self.extent, range);
        }
    }
}

/// Widens `extent` so that it covers `range` too.
fn extend(extent: &mut Option<Range<usize>>, range: &Range<usize>) {
    match extent {
        Some(extent) => extent.end = extent.end.max(range.end),
        None => *extent = Some(range.clone()),
    }
}

/// White space collapsed and trimmed.
pub fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Builds a document's facts from elements and text in reading order.
pub struct Writer<'a> {
    /// The document.
    pub source: &'a Source,
    /// What it says.
    pub facts: &'a mut FileFacts,
    frames: Vec<Frame>,
    state: State,
    main: Prose,
    alternate: Prose,
    label: Label,
    image: Option<Image>,
    /// Alternative texts of the images in the open block.
    alts: Vec<Prose>,
    alt_label: Option<Label>,
    tables: Vec<TableBuilder>,
}

impl<'a> Writer<'a> {
    /// A writer at the start of `source`.
    pub fn new(source: &'a Source, facts: &'a mut FileFacts) -> Self {
        Self {
            source,
            facts,
            frames: Vec::new(),
            state: State {
                context: Context::Paragraph,
                flags: 0,
                link: None,
            },
            main: Prose::new(ProseContext::Paragraph),
            alternate: Prose::new(ProseContext::Paragraph),
            label: Label::default(),
            image: None,
            alts: Vec::new(),
            alt_label: None,
            tables: Vec::new(),
        }
    }

    /// The open elements, outermost first.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }

    /// Whether a table, of which rows and cells are parts, is open.
    pub fn in_table(&self) -> bool {
        !self.tables.is_empty()
    }

    /// Whether text is dropped here.
    pub fn is_hidden(&self) -> bool {
        self.state.flags & HIDDEN != 0
    }

    /// Whether the open block is a heading in which nothing has been said yet.
    pub fn at_heading_start(&self) -> bool {
        matches!(self.state.context, Context::Heading(_)) && self.main.text.is_empty()
    }

    /// Whether a further space would be one too many.
    pub fn at_gap(&self) -> bool {
        let prose = match &self.image {
            Some(image) => &image.prose,
            None if self.state.flags & ALTERNATE == 0 => &self.main,
            None => &self.alternate,
        };
        prose.text.is_empty() || prose.text.ends_with(' ')
    }

    /// Opens an element that starts at `start`.
    pub fn open(&mut self, element: Element, name: &'static str, start: usize) {
        self.source.budget.spend(1);
        if element.is_block() {
            self.flush();
        }
        self.frames.push(Frame {
            element,
            name,
            start,
            outer: self.state,
        });
        let state = &mut self.state;
        match element {
            Element::Heading(level) => state.context = Context::Heading(level),
            Element::Item => state.context = Context::Item,
            Element::Cell {
                header,
                rows,
                columns,
            } => {
                state.context = Context::Cell;
                if let Some(table) = self.tables.last_mut() {
                    table.open_cell(header, rows, columns, start);
                }
            }
            Element::Quote => {
                state.context = Context::Paragraph;
                state.flags |= QUOTED;
            }
            Element::Link(link) => {
                state.link = Some(link);
                if state.flags & ALTERNATE != 0 {
                    state.flags |= OWN_LINK;
                }
            }
            Element::Struck => state.flags |= STRUCK,
            Element::Raised => state.flags |= RAISED,
            Element::Alternate => {
                state.flags |= ALTERNATE;
                // The space between two sentences stands in the visible half.
                if !self.at_gap() {
                    self.space(start..start);
                }
            }
            Element::Hidden(_) => state.flags |= HIDDEN,
            Element::Table => {
                state.context = Context::Paragraph;
                let heading = self.facts.headings.len().checked_sub(1);
                self.tables.push(TableBuilder::new(heading, start));
            }
            Element::Row(header) => {
                if let Some(table) = self.tables.last_mut() {
                    table.open_row(header);
                }
            }
            Element::Block | Element::Inline => {}
        }
    }

    /// Closes the innermost element, which ends at `end`.
    pub fn close(&mut self, end: usize) -> Option<Frame> {
        let frame = self.frames.last().copied()?;
        if frame.element.is_block() {
            self.flush();
        }
        self.frames.pop();
        self.state = frame.outer;
        match frame.element {
            Element::Cell { .. } => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_cell(self.source, end);
                }
            }
            Element::Row(_) => {
                if let Some(table) = self.tables.last_mut() {
                    table.close_row();
                }
            }
            Element::Table => {
                if let Some(table) = self.tables.pop() {
                    self.facts.tables.push(table.finish(self.source, end));
                }
            }
            Element::Link(link) => {
                if let Some(link) = self.facts.links.get_mut(link as usize) {
                    link.text = collapse(&link.text);
                    link.span.end = link.span.end.max(end as u32);
                }
            }
            _ => {}
        }
        Some(frame)
    }

    /// Closes elements down to the innermost container, and it.
    pub fn close_container(&mut self, end: usize) {
        while let Some(frame) = self.close(end) {
            if frame.name == Frame::CONTAINER {
                break;
            }
        }
    }

    /// Closes everything.
    pub fn finish(mut self) {
        let end = self.source.text.len();
        while self.close(end).is_some() {}
        self.flush();
    }

    /// Adds a link and returns its index.
    pub fn link(&mut self, url: &str, range: Range<usize>, image: bool) -> usize {
        self.facts.links.push(Link {
            url: url.to_owned(),
            span: self.source.span(range),
            text: String::new(),
            image,
        });
        self.facts.links.len() - 1
    }
}
