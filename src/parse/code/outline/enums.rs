//! Types that list their values, and how many these are.

use super::Outline;
use crate::parse::code::dialect::{self, field, words};
use crate::parse::code::syntax::Node;

/// Most types that are counted.
const MAX_ENUMS: usize = 500;
/// What holds the values of a type.
const BODIES: &[&str] = &[
    "enum_body",
    "enum_member_declaration_list",
    "enum_class_body",
    "enum_declaration_list",
    "enum_variant_list",
];
/// What is a value.
const VALUES: &[&str] = &[
    "enum_constant",
    "enum_member_declaration",
    "enum_entry",
    "enum_case",
    "enum_variant",
    "enum_member",
    "enum_assignment",
];
/// Last words of the bases by which a class of Python lists its values.
const BASES: &[&str] = &["Enum", "Flag", "Choices"];

impl<'t> Outline<'t> {
    /// Notes how many values a type lists, where it does.
    pub(super) fn enumerate(&mut self, node: Node<'t>, name: &str) {
        if self.enums.len() >= MAX_ENUMS {
            return;
        }
        if let Some(count) = self.listed(node).filter(|count| *count > 0) {
            self.enums.insert(name.to_owned(), count);
        }
    }

    fn listed(&self, node: Node<'t>) -> Option<u64> {
        if let Some(bases) = field(node, "superclasses") {
            let bases = words(bases, self.text).trim_matches(['(', ')']);
            let lists = |base: &str| BASES.iter().any(|own| base.trim().ends_with(own));
            return bases
                .split(',')
                .any(lists)
                .then(|| Self::assigned(node))
                .flatten();
        }
        let body = node
            .named_children()
            .find(|child| BODIES.contains(&child.kind()))
            .or_else(|| (node.kind() == "enum_statement").then_some(node))?;
        // The numbers of TypeScript are listed with their names, twice as many.
        let named_by_number = body.named_children().any(|child| match child.kind() {
            "property_identifier" => true,
            "enum_assignment" => field(child, "value").is_none_or(|v| v.kind() != "string"),
            _ => false,
        });
        let values = body
            .named_children()
            .filter(|child| VALUES.contains(&child.kind()));
        (!named_by_number).then(|| values.count() as u64)
    }

    /// How many names the body of a class gives values to.
    fn assigned(class: Node<'t>) -> Option<u64> {
        let body = field(class, "body")?;
        let gives = |statement: &Node<'t>| {
            let inner = dialect::named(*statement).into_iter().next();
            inner.is_some_and(|inner| {
                inner.kind() == "assignment"
                    && field(inner, "left").is_some_and(|left| left.kind() == "identifier")
            })
        };
        let statements = body.named_children();
        Some(statements.filter(gives).count() as u64)
    }
}
