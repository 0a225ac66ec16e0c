//! The classes that a class is made from, by their names.

use crate::parse::code::dialect::words;
use crate::parse::code::syntax::Node;

/// Longest list of bases that is read.
const MAX_WORDS: usize = 300;
/// What names the classes that a class is made from, by the grammars' words.
const LISTS: &[&str] = &[
    "argument_list",
    "base_list",
    "superclass",
    "super_interfaces",
    "extends_interfaces",
    "class_heritage",
    "delegation_specifiers",
    "base_clause",
    "mixins",
];
/// Words of such lists that are no names.
const WORDS: &[&str] = &[
    "extends",
    "implements",
    "with",
    "public",
    "virtual",
    "object",
];

/// The names in the head of a class that may be those of classes above.
pub(super) fn base_names(class: Node<'_>, text: &str) -> Vec<String> {
    let lists = class
        .named_children()
        .filter(|child| LISTS.contains(&child.kind()));
    lists
        .map(|list| words(list, text))
        .filter(|words| words.len() <= MAX_WORDS)
        .flat_map(|words| words.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
        .filter(|name| !WORDS.contains(name))
        .map(str::to_owned)
        .collect()
}
