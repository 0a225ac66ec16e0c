//! Parts of calls, initialisers and texts.

use crate::parse::code::syntax::Node;

use crate::parse::code::dialect::{Piece, Step, dotted, field, named, words};

pub(super) fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "member_access_expression" => {
            let name = bare_name(field(node, "name"), text);
            match field(node, "expression") {
                Some(of) => Step::Part(name.into(), Some(of)),
                // `this` and `base` are no nodes of their own.
                None => Step::Part(format!(".{name}").into(), None),
            }
        }
        "conditional_access_expression" => {
            let children = named(node);
            let of = children.first().copied();
            match children.last() {
                Some(binding) => Step::Part(bare_name(field(*binding, "name"), text).into(), of),
                None => Step::Within(of),
            }
        }
        "identifier" | "generic_name" | "predefined_type" | "qualified_name" => {
            Step::Part(bare_name(Some(node), text).into(), None)
        }
        "this" | "this_expression" | "base_expression" => Step::Part(String::new().into(), None),
        "invocation_expression" | "object_creation_expression" => {
            let function = field(node, "function").or_else(|| field(node, "type"));
            match function {
                Some(member) if member.kind() == "member_access_expression" => Step::Call(
                    bare_name(field(member, "name"), text).into(),
                    field(member, "expression"),
                ),
                Some(function) => Step::Call(bare_name(Some(function), text).into(), None),
                None => Step::Stop,
            }
        }
        "await_expression" | "parenthesized_expression" | "postfix_unary_expression" => {
            Step::Within(named(node).into_iter().next())
        }
        _ => Step::Nameless,
    })
}

pub(super) fn child_of_kind<'t>(node: Node<'t>, kind: &str) -> Option<Node<'t>> {
    named(node).into_iter().find(|child| child.kind() == kind)
}

pub(super) fn initializer(node: Node<'_>) -> Option<Node<'_>> {
    field(node, "initializer").or_else(|| child_of_kind(node, "initializer_expression"))
}

/// The type of the variable, field or property that an expression is given to.
pub(super) fn declared_type(node: Node<'_>) -> Option<Node<'_>> {
    let parent = node.parent()?;
    match parent.kind() {
        "variable_declarator" => field(parent.parent()?, "type"),
        "property_declaration" => field(parent, "type"),
        _ => None,
    }
}

/// Whether a policy is made of what `AddTransientHttpErrorPolicy` hands its closure.
pub(super) fn is_for_failing_servers(node: Node<'_>, text: &str) -> bool {
    let mut up = node.parent();
    for _ in 0..8 {
        let Some(parent) = up else { return false };
        let member = field(parent, "function").and_then(|function| field(function, "name"));
        if member.is_some_and(|name| words(name, text) == "AddTransientHttpErrorPolicy") {
            return true;
        }
        up = parent.parent();
    }
    false
}

/// A name without its type arguments.
pub(super) fn bare_name(node: Option<Node<'_>>, text: &str) -> String {
    let name = node.map_or("", |node| words(node, text));
    name.split('<').next().unwrap_or(name).to_owned()
}

pub(super) fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for child in named(node) {
        match child.kind() {
            "string_literal_content"
            | "string_content"
            | "escape_sequence"
            | "raw_string_content" => pieces.push(Piece::Verbatim(child.byte_range())),
            "interpolation" => {
                let value = named(child)
                    .into_iter()
                    .find(|inner| inner.kind() != "interpolation_brace");
                if let Some(value) = value {
                    pieces.push(Piece::Value(value));
                }
            }
            _ => {}
        }
    }
    pieces
}

pub(super) fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    named(node)
        .into_iter()
        .filter(|entry| entry.kind() == "assignment_expression")
        .filter_map(|entry| {
            let name = words(field(entry, "left")?, text);
            Some((name.to_owned(), field(entry, "right")?))
        })
        .collect()
}
