//! A syntax tree as one array: the parser's own tree is walked once, and whatever is
//! asked of a node afterwards is an index away.

use std::cell::Cell;
use std::fmt;
use std::ops::Range;

use tree_sitter::Tree;

use super::grammar::{self, Kinds, Reading};
use crate::facts::Language;

/// Most nodes that room is kept for.
const MAX_ROOM: usize = 1 << 17;
/// Stands for no node.
const NONE: u32 = u32::MAX;

/// All nodes of a file, each before what is in it.
pub struct Syntax {
    entries: Vec<Entry>,
    kinds: &'static Kinds,
    /// Looks at a node that may still be taken; those that there were.
    left: Cell<u64>,
    given: u64,
}

/// Memory for a tree, kept from one file to the next.
#[derive(Default)]
pub struct Room(Vec<Entry>);

struct Entry {
    start: u32,
    end: u32,
    /// The node around it.
    parent: u32,
    /// The first entry that is not in it.
    after: u32,
    kind: u16,
    /// Its field in the node around it; 0 for none.
    field: u16,
}

impl Syntax {
    /// Reads a parser's tree into the room of another. So many looks at its nodes may be
    /// taken; when they are used up, a node has no others around it any more, so that
    /// whatever looks for one comes to an end.
    pub fn new(tree: &Tree, language: Language, room: Room, looks: u64) -> Self {
        let mut entries = room.0;
        entries.clear();
        entries.reserve(tree.root_node().descendant_count());
        let kinds = grammar::kinds(language);
        let mut cursor = tree.walk();
        let mut parent = NONE;
        'nodes: loop {
            let node = cursor.node();
            let index = entries.len() as u32;
            let after = index + node.descendant_count() as u32;
            let kind = node.kind_id();
            entries.push(Entry {
                start: node.start_byte() as u32,
                end: node.end_byte() as u32,
                parent,
                after,
                kind,
                field: if kinds.is_mark(kind) {
                    0
                } else {
                    cursor.field_id().map_or(0, u16::from)
                },
            });
            // The tree knows how much is in a node, so that no step is tried in vain.
            if after > index + 1 && cursor.goto_first_child() {
                parent = index;
                continue;
            }
            entries[index as usize].after = index + 1;
            loop {
                let next = entries.len() as u32;
                let Some(outer) = entries.get_mut(parent as usize) else {
                    break 'nodes;
                };
                if next < outer.after && cursor.goto_next_sibling() {
                    break;
                }
                outer.after = next;
                parent = outer.parent;
                cursor.goto_parent();
            }
        }
        let given = looks;
        let left = Cell::new(given.saturating_sub(entries.len() as u64));
        Self {
            entries,
            kinds,
            left,
            given,
        }
    }

    /// Takes looks, at nodes or at what was made of them; whether there were some left.
    pub fn look(&self, looks: usize) -> bool {
        let left = self.left.get().checked_sub(looks as u64);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Looks that were taken; more than were given when they were too few.
    pub fn taken(&self) -> u64 {
        match self.left.get() {
            0 => self.given.saturating_add(1),
            left => self.given - left,
        }
    }

    /// The room that it took, for the next one; too much is given back at once.
    pub fn into_room(self) -> Room {
        if self.entries.capacity() <= MAX_ROOM {
            Room(self.entries)
        } else {
            Room::default()
        }
    }

    /// The file.
    pub fn root(&self) -> Node<'_> {
        self.node(0)
    }

    /// All nodes, each before what is in it.
    pub fn nodes(&self) -> impl Iterator<Item = Node<'_>> {
        (0..self.entries.len() as u32).map(|index| self.node(index))
    }

    fn node(&self, index: u32) -> Node<'_> {
        Node { tree: self, index }
    }
}

/// A node of a syntax tree.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Syntax,
    index: u32,
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl fmt::Debug for Node<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:?}", self.kind(), self.byte_range())
    }
}

impl<'t> Node<'t> {
    fn entry(self) -> &'t Entry {
        &self.tree.entries[self.index as usize]
    }

    fn at(self, index: u32) -> Self {
        self.tree.node(index)
    }

    /// A number that no other node of the tree has.
    pub fn id(&self) -> usize {
        self.index as usize
    }

    /// The grammar's number for what it is.
    pub fn kind_id(&self) -> usize {
        usize::from(self.entry().kind)
    }

    /// The grammar's word for what it is.
    pub fn kind(&self) -> &'static str {
        self.tree.kinds.name(self.entry().kind)
    }

    /// Whether it is more than a mark or a keyword.
    pub fn is_named(&self) -> bool {
        self.tree.kinds.is_named(self.entry().kind)
    }

    /// What it is to whoever reads the code.
    pub fn reading(&self) -> Reading {
        self.tree.kinds.reading(self.entry().kind)
    }

    /// Whether it is a comment.
    pub fn is_comment(&self) -> bool {
        self.reading() == Reading::Comment
    }

    /// Its first byte.
    pub fn start_byte(&self) -> usize {
        self.entry().start as usize
    }

    /// The byte behind it.
    pub fn end_byte(&self) -> usize {
        self.entry().end as usize
    }

    /// Its bytes.
    pub fn byte_range(&self) -> Range<usize> {
        let entry = self.entry();
        entry.start as usize..entry.end as usize
    }

    /// The node around it.
    pub fn parent(&self) -> Option<Self> {
        let parent = self.entry().parent;
        (parent != NONE && self.tree.look(1)).then(|| self.at(parent))
    }

    /// The nodes directly in it.
    pub fn children(self) -> Children<'t> {
        Children {
            tree: self.tree,
            next: self.index + 1,
            after: self.entry().after,
        }
    }

    /// The same, without marks and keywords.
    pub fn named_children(self) -> impl Iterator<Item = Self> {
        self.children().filter(Node::is_named)
    }

    /// How many nodes are directly in it.
    pub fn child_count(&self) -> usize {
        self.children().count()
    }

    /// The same, without marks and keywords.
    pub fn named_child_count(&self) -> usize {
        self.named_children().count()
    }

    /// Its field in the node around it.
    pub fn field_name(&self) -> Option<&'static str> {
        self.tree.kinds.field(self.entry().field)
    }

    /// The nodes directly in it of a field.
    pub fn children_by_field_name(self, name: &str) -> impl Iterator<Item = Self> {
        self.children()
            .filter(move |child| child.field_name() == Some(name))
    }

    /// The first node directly in it of a field.
    pub fn child_by_field_name(self, name: &str) -> Option<Self> {
        self.children_by_field_name(name).next()
    }

    /// The node before it in the same node.
    pub fn prev_sibling(self) -> Option<Self> {
        self.before().last()
    }

    /// The same, marks and keywords passed over.
    pub fn prev_named_sibling(self) -> Option<Self> {
        self.before().filter(Node::is_named).last()
    }

    fn before(self) -> impl Iterator<Item = Self> {
        self.parent()
            .into_iter()
            .flat_map(Self::children)
            .take_while(move |sibling| sibling.index < self.index)
    }

    /// The node behind it in the same node, marks and keywords passed over.
    pub fn next_named_sibling(self) -> Option<Self> {
        let after = self.parent()?.entry().after;
        Children {
            tree: self.tree,
            next: self.entry().after,
            after,
        }
        .find(Node::is_named)
    }

    /// The smallest node in it that holds these bytes.
    pub fn descendant_for_byte_range(self, start: usize, end: usize) -> Self {
        let holds = |child: &Self| {
            let own = child.byte_range();
            let reaches = if own.is_empty() {
                own.end >= start
            } else {
                own.end > start
            };
            own.end >= end && reaches
        };
        // Of the nodes that begin by then the last one, or one around it.
        let own = &self.tree.entries[self.index as usize..self.entry().after as usize];
        let begun = own.partition_point(|entry| entry.start as usize <= start);
        let mut node = self.at(self.index + begun.saturating_sub(1) as u32);
        while node != self && !holds(&node) {
            match node.parent() {
                Some(outer) => node = outer,
                None => return self,
            }
        }
        node
    }
}

/// The nodes directly in one.
pub struct Children<'t> {
    tree: &'t Syntax,
    next: u32,
    after: u32,
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        (self.next < self.after && self.tree.look(1)).then(|| {
            let node = self.tree.node(self.next);
            self.next = node.entry().after;
            node
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Budget;

    fn syntax_tree(text: &str, language: Language) -> Option<Tree> {
        super::super::syntax_tree(text, language, &Budget::without_end())
    }

    const SAMPLES: &[(Language, &str)] = &[
        (
            Language::Python,
            "# é\n@once\ndef f(a, b=1):\n    if a in (b, 2):\n        return g(a, key=b)\n    else:\n        x: int = 'é'\n",
        ),
        (
            Language::JavaScript,
            "export default async (a) => { for (const b of a) await f(b, `${b}/x`); }; // é\n",
        ),
        (
            Language::Go,
            "package a\n\nfunc (c *T) f(a, b string) error {\n\tfor i := 0; i < 3; i++ {\n\t}\n\treturn nil\n}\n",
        ),
        (
            Language::Ruby,
            "class A\n  def f(a) = g a, key: 1\n  x = <<~E\n    é\n  E\nend\n",
        ),
        (
            Language::PowerShell,
            "foreach ($a in $b) { Get-Item -Path $a | Out-Null } # é\n",
        ),
        (Language::Rust, "fn f( { let x = ; }"),
    ];

    /// One node as both trees tell it, what it is and what is around it.
    fn told(kind: &str, range: Range<usize>, more: [Option<Range<usize>>; 3]) -> String {
        format!("{kind} {range:?} {more:?}")
    }

    #[test]
    fn every_node_is_what_the_parser_says() {
        for &(language, text) in SAMPLES {
            let tree = syntax_tree(text, language).unwrap();
            let syntax = Syntax::new(&tree, language, Room::default(), u64::MAX);
            let grammar = grammar::grammar(language);
            let fields: Vec<&str> = (1..=grammar.field_count() as u16)
                .filter_map(|id| grammar.field_name_for_id(id))
                .collect();
            let mut queue = vec![(tree.root_node(), syntax.root())];
            let mut seen = 0;
            while let Some((theirs, own)) = queue.pop() {
                seen += 1;
                assert_eq!(
                    told(
                        theirs.kind(),
                        theirs.byte_range(),
                        [
                            theirs.parent().map(|node| node.byte_range()),
                            theirs.prev_sibling().map(|node| node.byte_range()),
                            theirs.next_named_sibling().map(|node| node.byte_range()),
                        ],
                    ),
                    told(
                        own.kind(),
                        own.byte_range(),
                        [
                            own.parent().map(|node| node.byte_range()),
                            own.prev_sibling().map(|node| node.byte_range()),
                            own.next_named_sibling().map(|node| node.byte_range()),
                        ],
                    ),
                    "{language:?}"
                );
                assert_eq!(theirs.is_named(), own.is_named());
                for field in &fields {
                    assert_eq!(
                        theirs
                            .child_by_field_name(field)
                            .map(|node| node.byte_range()),
                        own.child_by_field_name(field).map(|node| node.byte_range()),
                        "{language:?} {own:?} {field}"
                    );
                }
                let mut cursor = theirs.walk();
                let children: Vec<_> = theirs.children(&mut cursor).collect();
                assert_eq!(children.len(), own.child_count());
                queue.extend(children.into_iter().zip(own.children()));
            }
            assert_eq!(seen, syntax.nodes().count());
            for at in 0..text.len() {
                let theirs = tree.root_node().descendant_for_byte_range(at, at + 1);
                let own = syntax.root().descendant_for_byte_range(at, at + 1);
                assert_eq!(
                    theirs.map(|node| (node.kind(), node.byte_range())),
                    Some((own.kind(), own.byte_range()))
                );
            }
        }
    }

    #[test]
    fn who_has_looked_enough_finds_nothing_more() {
        let tree = syntax_tree("f(1, 2, 3)\n", Language::Python).unwrap();
        let nodes = tree.root_node().descendant_count() as u64;
        let syntax = Syntax::new(&tree, Language::Python, Room::default(), nodes + 3);
        assert_eq!(syntax.taken(), nodes);
        let call = syntax.nodes().find(|node| node.kind() == "argument_list");
        assert_eq!(call.map(|call| call.children().count()), Some(3));
        assert!(syntax.root().children().next().is_none());
        assert_eq!(syntax.taken(), nodes + 4, "more than was given");
    }

    #[test]
    fn room_is_used_again_until_it_is_too_much() {
        let small = syntax_tree("f(1)\n", Language::Python).unwrap();
        let room = Syntax::new(&small, Language::Python, Room::default(), u64::MAX).into_room();
        assert!(room.0.capacity() >= 6);
        let again = Syntax::new(&small, Language::Python, room, u64::MAX);
        assert_eq!(again.root().kind(), "module");
        let large = "1\n".repeat(MAX_ROOM);
        let large = syntax_tree(&large, Language::Python).unwrap();
        let room = Syntax::new(&large, Language::Python, Room::default(), u64::MAX).into_room();
        assert_eq!(room.0.capacity(), 0);
    }
}
