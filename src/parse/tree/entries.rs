//! The tree of YAML, JSON or TOML that was read as a flat list of entries. A name with
//! a dot in it becomes several nodes.

use super::{MAX_DEPTH, MAX_NODES, Tree};
use crate::facts::FrontMatterEntry;
use crate::source::FileId;

/// Puts entries in their places.
pub fn read(entries: &[FrontMatterEntry], file: FileId) -> Tree {
    let mut tree = Tree::new(file);
    for entry in entries.iter().take(MAX_NODES) {
        let mut at = 0;
        let mut parts = entry.key.split('.').take(MAX_DEPTH).peekable();
        while let Some(part) = parts.next() {
            let last = parts.peek().is_none();
            // Where a mapping's own name stands is not kept; its first scalar's does.
            let key = entry.key_span;
            at = tree.child(
                at,
                part,
                if last {
                    key
                } else {
                    super::Span {
                        end: key.start,
                        ..key
                    }
                },
            );
        }
        tree.set(at, entry.value.clone(), entry.value_span.range());
    }
    tree
}

#[cfg(test)]
mod tests {
    use super::super::testing::list;
    use super::*;
    use crate::budget::Budget;
    use crate::parse::yaml;

    #[test]
    fn items_and_keys_are_nodes() {
        let text = "a:\n  - b: 1\n    c.d: x\n  - b: 2\ne: f\n";
        let entries = yaml::parse(text, 0, FileId(0), &Budget::without_end()).entries;
        let tree = read(&entries, FileId(0));
        assert_eq!(
            list(&tree, text),
            ["a.0.b = 1", "a.0.c.d = x", "a.1.b = 2", "e = f"]
        );
        let items = tree.root().get("A").expect("the list");
        assert_eq!(items.children().count(), 2);
        assert_eq!(
            items.at(&["1", "b"]).map(super::super::Node::value),
            Some("2")
        );
    }
}
