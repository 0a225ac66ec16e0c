//! Where each key and value of a YAML text stands, so that an error can point at it.
//! What YAML allows and a configuration must not have is refused here: a key twice,
//! a second document.

use std::ops::Range;

use saphyr_parser::{Event, Parser};
use serde_path_to_error::{Path, Segment};

use crate::parse::yaml::{Cursor, content};
use crate::source::floor_boundary;

/// Nesting deeper than this is refused: the keys of a configuration need five.
const MAX_DEPTH: usize = 32;

/// A value with its place.
#[derive(Debug, Default)]
pub(super) struct Node {
    /// The text of a scalar; of a collection from its first key or item to its last.
    pub range: Range<usize>,
    kind: Kind,
}

#[derive(Debug, Default)]
enum Kind {
    #[default]
    Scalar,
    Sequence(Vec<Node>),
    Mapping(Vec<(Key, Node)>),
}

#[derive(Debug)]
struct Key {
    name: String,
    range: Range<usize>,
}

/// What is wrong with a text, and where.
pub(super) type Fault = (String, Range<usize>);

/// Reads a text.
pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let mut builder = Builder::default();
    let mut cursor = Cursor::default();
    let mut parser = Parser::new_from_str(text);
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| {
            let at = cursor.byte(text, error.marker().index());
            let message = format!("not valid YAML: {}", error.info());
            (message, spot(text, at))
        })?;
        let start = cursor.byte(text, span.start.index());
        let range = start..cursor.byte(text, span.end.index());
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                if documents > 1 {
                    let message = "a second document; a configuration is one".to_owned();
                    return Err((message, spot(text, start)));
                }
            }
            Event::Scalar(value, style, ..) => {
                builder.scalar(&value, content(text, range, style))?;
            }
            Event::Alias(_) => builder.scalar("*", range)?,
            Event::MappingStart(..) => builder.open(Kind::Mapping(Vec::new()), start)?,
            Event::SequenceStart(..) => builder.open(Kind::Sequence(Vec::new()), start)?,
            Event::MappingEnd | Event::SequenceEnd => builder.close(),
            _ => {}
        }
    }
    Ok(builder.root)
}

/// What is left of the line at a place, or the last of it: never nothing, where a text
/// has anything.
fn spot(text: &str, at: usize) -> Range<usize> {
    let at = floor_boundary(text, at);
    let rest = text[at..].lines().next().unwrap_or_default().trim_end();
    if !rest.is_empty() {
        return at..at + rest.len();
    }
    let before = text[..at].trim_end();
    let last = before.chars().next_back().map_or(0, char::len_utf8);
    before.len() - last..before.len()
}

#[derive(Default)]
struct Builder {
    root: Node,
    open: Vec<(Node, Option<Key>)>,
}

impl Builder {
    fn scalar(&mut self, value: &str, range: Range<usize>) -> Result<(), Fault> {
        if let Some((
            Node {
                kind: Kind::Mapping(entries),
                ..
            },
            key @ None,
        )) = self.open.last_mut()
        {
            if entries.iter().any(|(other, _)| other.name == value) {
                return Err((format!("the key `{value}` stands here twice"), range));
            }
            *key = Some(Key {
                name: value.to_owned(),
                range,
            });
            return Ok(());
        }
        self.add(Node {
            range,
            kind: Kind::Scalar,
        });
        Ok(())
    }

    fn open(&mut self, kind: Kind, start: usize) -> Result<(), Fault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(("nested too deeply".to_owned(), start..start));
        }
        let range = start..start;
        if let Some((
            Node {
                kind: Kind::Mapping(_),
                ..
            },
            None,
        )) = self.open.last()
        {
            return Err(("a key must be a text".to_owned(), range));
        }
        self.open.push((Node { range, kind }, None));
        Ok(())
    }

    fn close(&mut self) {
        if let Some((node, _)) = self.open.pop() {
            self.add(node);
        }
    }

    fn add(&mut self, node: Node) {
        let Some((parent, key)) = self.open.last_mut() else {
            self.root = node;
            return;
        };
        parent.range.end = parent.range.end.max(node.range.end);
        match &mut parent.kind {
            Kind::Sequence(items) => items.push(node),
            Kind::Mapping(entries) => {
                if let Some(key) = key.take() {
                    entries.push((key, node));
                }
            }
            Kind::Scalar => {}
        }
    }
}

/// One step from a value into it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

impl Node {
    /// The place of the value at the end of the steps, as far as they lead.
    pub fn value(&self, steps: &[Step<'_>]) -> Range<usize> {
        self.walk(steps).0
    }

    /// The place of the key that the last step names.
    pub fn key(&self, steps: &[Step<'_>]) -> Range<usize> {
        let (value, key) = self.walk(steps);
        key.unwrap_or(value)
    }

    fn walk(&self, steps: &[Step<'_>]) -> (Range<usize>, Option<Range<usize>>) {
        let (mut node, mut key) = (self, None);
        for step in steps {
            let next = match (step, &node.kind) {
                (Step::Key(name), Kind::Mapping(entries)) => entries
                    .iter()
                    .find(|(key, _)| key.name == *name)
                    .map(|(key, value)| (Some(key.range.clone()), value)),
                (Step::Item(index), Kind::Sequence(items)) => {
                    items.get(*index).map(|item| (None, item))
                }
                _ => None,
            };
            let Some(next) = next else { break };
            (key, node) = next;
        }
        // An empty value is where its key is.
        match &key {
            Some(key) if node.range.is_empty() => (key.clone(), Some(key.clone())),
            _ => (node.range.clone(), key),
        }
    }

    /// The place of what serde names.
    pub fn of_path(&self, path: &Path, key: bool) -> Range<usize> {
        let steps: Vec<Step<'_>> = path
            .iter()
            .filter_map(|segment| match segment {
                Segment::Map { key } => Some(Step::Key(key)),
                Segment::Seq { index } => Some(Step::Item(*index)),
                _ => None,
            })
            .collect();
        if key {
            self.key(&steps)
        } else {
            self.value(&steps)
        }
    }

    /// The keys of a mapping, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let entries = match &self.kind {
            Kind::Mapping(entries) => entries.as_slice(),
            _ => &[],
        };
        entries.iter().map(|(key, _)| key.name.as_str())
    }
}
