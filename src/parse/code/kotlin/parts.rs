//! Parts of calls, declarations and texts.

use std::ops::Range;

use crate::parse::code::syntax::Node;

use crate::parse::code::dialect::{Given, Piece, Shape, Signature, Step, dotted, named, words};

pub(super) fn first(node: Node<'_>) -> Option<Node<'_>> {
    named(node).into_iter().next()
}

/// The value of a block is that of its last statement.
pub(super) fn last_of(node: Node<'_>) -> Node<'_> {
    if node.kind() == "block" {
        named(node).into_iter().next_back().unwrap_or(node)
    } else {
        node
    }
}

/// A call in parts: `f(a) { b }` is two calls, one inside the other, to the grammar.
pub(super) struct Parts<'t> {
    pub(super) function: Node<'t>,
    pub(super) list: Option<Node<'t>>,
    pub(super) closure: Option<Node<'t>>,
}

impl<'t> Parts<'t> {
    pub(super) fn arguments(&self, text: &'t str) -> Vec<Given<'t>> {
        let mut arguments = self.list.map(|list| given(list, text)).unwrap_or_default();
        arguments.extend(self.closure.map(|closure| Given {
            name: None,
            value: Some(closure),
        }));
        arguments
    }
}

pub(super) fn parts(node: Node<'_>) -> Option<Parts<'_>> {
    let own = own_parts(node)?;
    if own.list.is_none()
        && own.closure.is_some()
        && own.function.kind() == "call_expression"
        && let Some(inner) = own_parts(own.function)
        && inner.closure.is_none()
    {
        return Some(Parts {
            closure: own.closure,
            ..inner
        });
    }
    Some(own)
}

pub(super) fn own_parts(node: Node<'_>) -> Option<Parts<'_>> {
    let children = named(node);
    let of_kind = |kind: &str| {
        children
            .iter()
            .skip(1)
            .find(|child| child.kind() == kind)
            .copied()
    };
    Some(Parts {
        function: *children.first()?,
        list: of_kind("value_arguments"),
        closure: of_kind("annotated_lambda").and_then(|node| {
            named(node)
                .into_iter()
                .find(|child| child.kind() == "lambda_literal")
        }),
    })
}

/// Whether a call is only the head of one with a closure behind it.
pub(super) fn is_head(node: Node<'_>) -> bool {
    let Some(parent) = node.parent().filter(|p| p.kind() == "call_expression") else {
        return false;
    };
    parts(parent).is_some_and(|outer| {
        own_parts(parent).is_some_and(|own| own.function.id() == node.id())
            && outer.function.id() != node.id()
    })
}

/// The last name of a callee, and what it is called on.
pub(super) fn callee<'t>(function: Node<'t>, text: &'t str) -> (&'t str, Option<Node<'t>>) {
    if function.kind() == "navigation_expression" {
        let children = named(function);
        if let [receiver, .., name] = children.as_slice() {
            return (words(*name, text), Some(*receiver));
        }
    }
    (words(function, text), None)
}

pub(super) fn given<'t>(list: Node<'t>, text: &'t str) -> Vec<Given<'t>> {
    named(list)
        .into_iter()
        .filter_map(|argument| {
            let children = named(argument);
            let value = *children.last()?;
            let name = (children.len() > 1).then(|| words(children[0], text).to_owned());
            Some(Given {
                name,
                value: Some(value),
            })
        })
        .collect()
}

pub(super) fn parameters<'t>(list: Node<'t>, text: &'t str, signature: &mut Signature<'t>) {
    for child in named(list) {
        match child.kind() {
            "parameter" => {
                let name = first(child).map_or("", |name| words(name, text));
                signature.parameters.push((name.to_owned(), None));
            }
            "parameter_modifiers" => {}
            _ => {
                if let Some(last) = signature.parameters.last_mut() {
                    last.1 = Some(child);
                }
            }
        }
    }
}

/// The names of a declaration: one, or several in parentheses.
pub(super) fn variables<'t>(node: Node<'t>, text: &'t str, out: &mut impl FnMut(&'t str)) {
    for child in named(node) {
        match child.kind() {
            "identifier" => {
                out(words(child, text));
                return;
            }
            "variable_declaration" => {
                if let Some(name) = named(child).into_iter().find(|c| c.kind() == "identifier") {
                    out(words(name, text));
                }
            }
            _ => {}
        }
    }
}

/// What a property or parameter is given: behind `=`, by `lazy`, by its getter.
pub(super) fn value_of<'t>(node: Node<'t>, text: &'t str) -> Option<Node<'t>> {
    let mut assigned = false;
    for child in node.children() {
        if !child.is_named() {
            assigned |= child.kind() == "=";
            continue;
        }
        match child.kind() {
            _ if assigned => return Some(child),
            "property_delegate" => {
                let parts = parts(first(child)?)?;
                let closure = parts.closure?;
                return (words(parts.function, text) == "lazy")
                    .then(|| named(closure).into_iter().next_back())
                    .flatten();
            }
            "getter" => {
                let body = named(child)
                    .into_iter()
                    .find(|child| child.kind() == "function_body")?;
                return first(body).filter(|value| value.kind() != "block");
            }
            _ => {}
        }
    }
    None
}

/// `1..n`, `1..<n`, `0 until n`, `n downTo 1`, all with `step`.
pub(super) fn span<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let children = named(node);
    match children.as_slice() {
        [first, last] => {
            let between = text.get(first.end_byte()..last.start_byte()).unwrap_or("");
            if between.contains('<') {
                Shape::Until(*first, *last)
            } else {
                Shape::Span(*first, *last)
            }
        }
        [first, operator, last] => match words(*operator, text) {
            "until" => Shape::Until(*first, *last),
            "downTo" => Shape::Span(*first, *last),
            "step" => Shape::Inner(*first),
            _ => Shape::Unknown,
        },
        _ => Shape::Unknown,
    }
}

/// The pieces of a text. The grammar reads `$name` as plain content, in two pieces.
pub(super) fn pieces<'t>(node: Node<'t>, text: &'t str) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut dollar: Option<Range<usize>> = None;
    for child in named(node) {
        let range = child.byte_range();
        match child.kind() {
            "interpolation" => pieces.extend(first(child).map(Piece::Value)),
            "string_content" if words(child, text) == "$" => {
                pieces.extend(dollar.take().map(Piece::Verbatim));
                dollar = Some(range);
                continue;
            }
            _ => {
                let content = words(child, text);
                let name = content
                    .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .unwrap_or(content.len());
                let named = name > 0 && !content.starts_with(|c: char| c.is_numeric());
                match dollar.take() {
                    Some(before) if named && before.end == range.start => {
                        pieces.push(Piece::Named(content[..name].to_owned()));
                        if name < content.len() {
                            pieces.push(Piece::Verbatim(range.start + name..range.end));
                        }
                    }
                    before => {
                        pieces.extend(before.map(Piece::Verbatim));
                        pieces.push(Piece::Verbatim(range));
                    }
                }
                continue;
            }
        }
        pieces.extend(dollar.take().map(Piece::Verbatim));
    }
    pieces.extend(dollar.map(Piece::Verbatim));
    pieces
}

pub(super) fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "navigation_expression" => {
            let (name, receiver) = callee(node, text);
            Step::Part(name.into(), receiver)
        }
        "identifier" | "user_type" => Step::Part(words(node, text).into(), None),
        "callable_reference" => {
            let name = named(node).into_iter().next_back();
            Step::Part(name.map_or("", |name| words(name, text)).into(), None)
        }
        "this_expression" | "super_expression" => Step::Part(String::new().into(), None),
        "call_expression" => match parts(node) {
            Some(parts) => {
                let (name, receiver) = callee(parts.function, text);
                Step::Call(name.into(), receiver)
            }
            None => Step::Stop,
        },
        "as_expression" | "unary_expression" | "parenthesized_expression" => {
            Step::Within(first(node))
        }
        _ => Step::Nameless,
    })
}
