//! Configuration as a tree of named nodes with spans, whatever its syntax. One reader
//! a syntax; what the nodes mean is told in [`super::config_kinds`].

mod bicep;
mod entries;
mod hcl;
mod nginx;
mod xml;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use crate::source::{FileId, Span};

pub use bicep::read as bicep;
pub use entries::read as entries;
pub use hcl::read as hcl;
pub use nginx::read as nginx;
pub use xml::read as xml;

/// Nesting deeper than this is not read.
pub const MAX_DEPTH: usize = 64;
/// More nodes than this are not read.
pub const MAX_NODES: usize = 400_000;

/// Children of one node by their names in lower case.
type ByName = HashMap<String, Rc<[u32]>>;

/// With more children than this a node keeps them by their names: whoever looks for one
/// under each of many names does not look at all of them each time.
const MANY: usize = 16;

/// A tree. Node 0 is the root, which has neither key nor value.
pub struct Tree {
    file: FileId,
    nodes: Vec<Raw>,
    /// Children by their parents and names, for readers that meet a parent again.
    index: HashMap<(u32, String), u32>,
    /// Nodes with many children, once one was looked for.
    wide: RefCell<HashMap<u32, ByName>>,
    /// Looks at a node that were taken, and that may be.
    taken: Cell<u64>,
    looks: u64,
}

/// A node as it is kept.
struct Raw {
    key: String,
    key_span: Span,
    value: Option<(String, Span)>,
    parent: u32,
    children: Vec<u32>,
}

impl Tree {
    /// A tree with nothing but its root.
    pub fn new(file: FileId) -> Self {
        let none = Span::new(file, 0..0);
        Self {
            file,
            nodes: vec![Raw {
                key: String::new(),
                key_span: none,
                value: None,
                parent: 0,
                children: Vec::new(),
            }],
            index: HashMap::new(),
            wide: RefCell::default(),
            taken: Cell::new(0),
            looks: u64::MAX,
        }
    }

    /// The same, of which so many looks may be taken; then its nodes hold nothing more.
    #[must_use]
    pub fn within(self, looks: u64) -> Self {
        Self { looks, ..self }
    }

    /// Looks that were taken; more than were given when they were too few.
    pub fn taken(&self) -> u64 {
        self.taken.get()
    }

    /// Takes looks; whether there were some left.
    fn look(&self, looks: usize) -> bool {
        let taken = self.taken.get().saturating_add(looks as u64);
        self.taken.set(taken);
        taken <= self.looks
    }

    /// The children of a node by a name, letter case aside.
    fn named(&self, id: u32, key: &str) -> Rc<[u32]> {
        let children = &self.nodes[id as usize].children;
        if children.len() <= MANY {
            let is = |id: &&u32| self.nodes[**id as usize].key.eq_ignore_ascii_case(key);
            return children.iter().filter(is).copied().collect();
        }
        let mut wide = self.wide.borrow_mut();
        let by_name = wide.entry(id).or_insert_with(|| {
            let mut names: HashMap<String, Vec<u32>> = HashMap::new();
            for &child in children {
                let name = self.nodes[child as usize].key.to_ascii_lowercase();
                names.entry(name).or_default().push(child);
            }
            let names = names.into_iter();
            names.map(|(name, ids)| (name, ids.into())).collect()
        });
        let found = by_name.get(&key.to_ascii_lowercase());
        found.map(Rc::clone).unwrap_or_default()
    }

    /// The root.
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, id: 0 }
    }

    /// Adds a node; `parent` when there are too many.
    fn add(&mut self, parent: u32, key: &str, key_range: std::ops::Range<usize>) -> u32 {
        if self.nodes.len() >= MAX_NODES {
            return parent;
        }
        let id = self.nodes.len() as u32;
        self.nodes.push(Raw {
            key: key.to_owned(),
            key_span: Span::new(self.file, key_range),
            value: None,
            parent,
            children: Vec::new(),
        });
        self.nodes[parent as usize].children.push(id);
        id
    }

    /// The child of this name, added when there is none.
    fn child(&mut self, parent: u32, key: &str, key_span: Span) -> u32 {
        if let Some(&id) = self.index.get(&(parent, key.to_owned())) {
            return id;
        }
        let id = self.add(parent, key, key_span.range());
        self.index.insert((parent, key.to_owned()), id);
        id
    }

    fn set(&mut self, id: u32, value: String, range: std::ops::Range<usize>) {
        if id != 0 {
            self.nodes[id as usize].value = Some((value, Span::new(self.file, range)));
        }
    }
}

/// A node of a tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    id: u32,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id && std::ptr::eq(self.tree, other.tree)
    }
}

impl<'t> Node<'t> {
    fn raw(self) -> &'t Raw {
        &self.tree.nodes[self.id as usize]
    }

    fn with(self, id: u32) -> Self {
        Self { id, ..self }
    }

    /// Its name.
    pub fn key(self) -> &'t str {
        &self.raw().key
    }

    /// Its name in the source.
    pub fn key_span(self) -> Span {
        self.raw().key_span
    }

    /// Its own text; empty when it has none.
    pub fn value(self) -> &'t str {
        self.raw().value.as_ref().map_or("", |(text, _)| text)
    }

    /// Its text's bytes; its name's when it has none.
    pub fn span(self) -> Span {
        let raw = self.raw();
        raw.value.as_ref().map_or(raw.key_span, |(_, span)| *span)
    }

    /// From its name to the end of its value.
    pub fn setting(self) -> Span {
        let (key, value) = (self.key_span(), self.span());
        if key.start <= value.start && value.start - key.end.min(value.start) < 200 {
            Span {
                end: value.end.max(key.end),
                ..key
            }
        } else {
            value
        }
    }

    /// What it holds, in the order of the text.
    pub fn children(self) -> impl Iterator<Item = Node<'t>> {
        let children = self.raw().children.iter();
        children
            .take_while(move |_| self.tree.look(1))
            .map(move |&id| self.with(id))
    }

    /// Children of this name, letter case aside.
    pub fn all(self, key: &str) -> impl Iterator<Item = Node<'t>> + use<'t> {
        let found = self.tree.named(self.id, key);
        (0..found.len())
            .take_while(move |_| self.tree.look(1))
            .map(move |at| self.with(found[at]))
    }

    /// The first child of this name, letter case aside.
    pub fn get(self, key: &str) -> Option<Node<'t>> {
        self.all(key).next()
    }

    /// The first descendant along these names.
    pub fn at(self, path: &[&str]) -> Option<Node<'t>> {
        path.iter().try_fold(self, |node, key| node.get(key))
    }

    /// The text of a child; empty when there is none.
    pub fn text(self, key: &str) -> &'t str {
        self.get(key).map_or("", Node::value)
    }

    /// Whether it holds anything.
    pub fn is_empty(self) -> bool {
        self.raw().children.is_empty()
    }

    /// The node around it.
    pub fn parent(self) -> Option<Node<'t>> {
        (self.id != 0).then(|| self.with(self.raw().parent))
    }

    /// The nodes around it, the nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// Everything in it, itself left out, parents before what they hold.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        let mut stack: Vec<u32> = self.raw().children.iter().rev().copied().collect();
        std::iter::from_fn(move || {
            let node = self.with(stack.pop().filter(|_| self.tree.look(1))?);
            stack.extend(node.raw().children.iter().rev());
            Some(node)
        })
    }
}

/// What the tests of every syntax share.
#[cfg(test)]
mod testing {
    use super::Tree;

    /// Path and value of each node that has one; spans are checked on the way.
    pub fn list(tree: &Tree, text: &str) -> Vec<String> {
        tree.root()
            .descendants()
            .filter(|node| node.raw().value.is_some())
            .map(|node| {
                let mut path: Vec<&str> = node
                    .ancestors()
                    .map(super::Node::key)
                    .filter(|key| !key.is_empty())
                    .collect();
                path.reverse();
                path.push(node.key());
                let bytes = &text[node.span().range()];
                assert!(text.get(node.setting().range()).is_some());
                format!("{} = {bytes}", path.join("."))
            })
            .collect()
    }
}
