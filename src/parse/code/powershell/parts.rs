//! Parts of PowerShell's syntax: variables, words, commands.

use crate::parse::code::dialect::{
    Given, Invocation, Piece, Shape, Signature, field, named, number, words,
};
use crate::parse::code::syntax::Node;

/// Goes down through expressions that only wrap another.
pub(super) fn unwrap(mut node: Node<'_>) -> Node<'_> {
    loop {
        let wraps = matches!(
            node.kind(),
            "pipeline"
                | "pipeline_chain"
                | "logical_expression"
                | "bitwise_expression"
                | "comparison_expression"
                | "additive_expression"
                | "multiplicative_expression"
                | "format_expression"
                | "range_expression"
                | "array_literal_expression"
                | "unary_expression"
                | "parenthesized_expression"
                | "sub_expression"
                | "statement_list"
                | "statement_block"
                | "left_assignment_expression"
                | "argument_expression"
                | "logical_argument_expression"
                | "bitwise_argument_expression"
                | "comparison_argument_expression"
                | "additive_argument_expression"
                | "multiplicative_argument_expression"
                | "format_argument_expression"
                | "range_argument_expression"
                | "script_parameter_default"
                | "while_condition"
                | "for_condition"
                | "switch_clause_condition"
        );
        if !wraps || node.named_child_count() != 1 {
            return node;
        }
        let Some(inner) = node.named_children().next() else {
            return node;
        };
        node = inner;
    }
}

pub(super) fn unwrap_list(list: Node<'_>) -> Vec<Node<'_>> {
    match named(list).as_slice() {
        [only] if only.kind() == "argument_expression_list" => named(*only).into_vec(),
        other => other.to_vec(),
    }
}

pub(super) fn parameters<'t>(list: Node<'t>, text: &'t str, signature: &mut Signature<'t>) {
    let mut queue = named(list);
    queue.reverse();
    while let Some(node) = queue.pop() {
        match node.kind() {
            "parameter_list" => queue.extend(named(node).into_iter().rev()),
            "script_parameter" | "class_method_parameter" => {
                let children = named(node);
                let Some(variable) = children.iter().find(|child| child.kind() == "variable")
                else {
                    continue;
                };
                let default = children
                    .iter()
                    .find(|child| child.kind() == "script_parameter_default")
                    .copied();
                signature
                    .parameters
                    .push((variable_name(words(*variable, text)), default));
            }
            _ => {}
        }
    }
}

/// `$script:Base` is `base`, `@params` is `params`, `$this` is nothing.
pub(super) fn variable_name(words: &str) -> String {
    let name = words
        .trim_start_matches(['$', '@', '{'])
        .trim_end_matches('}');
    let lower = name.to_ascii_lowercase();
    let bare = ["script:", "global:", "local:", "using:", "private:"]
        .iter()
        .find_map(|scope| lower.strip_prefix(scope))
        .unwrap_or(&lower);
    if bare == "this" {
        String::new()
    } else {
        bare.to_owned()
    }
}

pub(super) fn path(node: Node<'_>, text: &str) -> String {
    let mut parts = Vec::new();
    let mut current = Some(unwrap(node));
    while let Some(node) = current {
        match node.kind() {
            "variable" => {
                parts.push(variable_name(words(node, text)));
                break;
            }
            "type_literal" => {
                let name = words(node, text)
                    .trim_matches(['[', ']'])
                    .to_ascii_lowercase();
                parts.push(name);
                break;
            }
            "member_access" | "invokation_expression" => {
                let children = named(node);
                let member = children.iter().find(|child| child.kind() == "member_name");
                let name = member.map_or("", |member| words(*member, text));
                let call = if node.kind() == "member_access" {
                    ""
                } else {
                    "()"
                };
                let name = name.trim_matches(['"', '\'']).to_ascii_lowercase();
                parts.push(format!("{name}{call}"));
                current = children.first().copied().map(unwrap);
            }
            _ => {
                parts.push("()".to_owned());
                break;
            }
        }
        if parts.len() > 12 {
            break;
        }
    }
    parts.reverse();
    parts.join(".")
}

/// A string literal in pieces.
pub(super) fn pieces<'t>(node: Node<'t>, text: &'t str) -> Vec<Piece<'t>> {
    let literal = words(node, text);
    let open = if literal.starts_with('@') {
        literal.find('\n').map_or(2, |at| at + 1)
    } else {
        1
    };
    let close = if literal.starts_with('@') { 2 } else { 1 };
    let start = node.start_byte() + open.min(literal.len());
    let end = node.end_byte().saturating_sub(close).max(start);
    let mut pieces = Vec::new();
    let mut at = start;
    for child in named(node) {
        if child.start_byte() < at {
            continue;
        }
        pieces.push(Piece::Verbatim(at..child.start_byte().min(end)));
        pieces.push(Piece::Value(child));
        at = child.end_byte();
    }
    if at < end || pieces.is_empty() {
        pieces.push(Piece::Verbatim(at..end.max(at)));
    }
    pieces
}

/// A word without quotes: `https://host/$id/tags`.
pub(super) fn token<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let range = node.byte_range();
    let token = words(node, text);
    if let Some(value) = number(token)
        && token.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return Shape::Number(value);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = token[at..].find('$').map(|open| at + open) {
        pieces.push(Piece::Verbatim(range.start + at..range.start + open));
        let rest = &token[open + 1..];
        let (name, len) = if let Some(inner) = rest.strip_prefix('(') {
            let close = inner.find(')').map_or(inner.len(), |close| close);
            (&inner[..close], close + 3)
        } else {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)))
                .unwrap_or(rest.len());
            (&rest[..end], end + 1)
        };
        pieces.push(Piece::Named(variable_name(name)));
        at = (open + len).min(token.len());
    }
    pieces.push(Piece::Verbatim(range.start + at..range.end));
    Shape::Text(pieces)
}

pub(super) fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    let Some(body) = named(node).into_iter().next() else {
        return Vec::new();
    };
    named(body)
        .into_iter()
        .filter(|entry| entry.kind() == "hash_entry")
        .filter_map(|entry| match named(entry).as_slice() {
            [key, value] => Some((
                words(*key, text)
                    .trim_matches(['"', '\''])
                    .to_ascii_lowercase(),
                *value,
            )),
            _ => None,
        })
        .collect()
}

pub(super) fn command<'t>(node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
    if node.kind() != "command" {
        return None;
    }
    let name = field(node, "command_name")?;
    let mut arguments: Vec<Given<'t>> = Vec::new();
    let mut open = false;
    for element in field(node, "command_elements")
        .map(named)
        .unwrap_or_default()
    {
        match element.kind() {
            "command_argument_sep" | "redirection" => {}
            "command_parameter" => {
                let name = words(element, text)
                    .trim_matches(['-', ':'])
                    .to_ascii_lowercase();
                arguments.push(Given {
                    name: Some(name),
                    value: None,
                });
                open = true;
            }
            _ if open => {
                if let Some(last) = arguments.last_mut() {
                    last.value = Some(element);
                }
                open = false;
            }
            _ => arguments.push(Given {
                name: None,
                value: Some(element),
            }),
        }
    }
    let mut callee = words(name, text).to_ascii_lowercase();
    let switch = |prefix: &str| {
        arguments.iter().any(|given| {
            given
                .name
                .as_deref()
                .is_some_and(|name| !name.is_empty() && prefix.starts_with(name))
        })
    };
    match callee.as_str() {
        "start-sleep" if switch("milliseconds") || switch("ms") => callee += ".milliseconds",
        "foreach-object" | "%" if switch("parallel") => {
            "foreach-object.parallel".clone_into(&mut callee);
        }
        _ => {}
    }
    Some(Invocation {
        callee,
        receiver: None,
        arguments,
        callee_range: name.byte_range(),
    })
}
