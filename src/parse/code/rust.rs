//! Rust.

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step, dotted,
    field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use super::value::template::{Slot, slots};
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// Rust.
pub struct Rust;

const ROLES: &[(&str, Role)] = &[
    ("function_item", Role::Function),
    ("closure_expression", Role::Lambda),
    ("async_block", Role::Lambda),
    ("impl_item", Role::Class),
    ("trait_item", Role::Class),
    ("enum_item", Role::Enum),
    ("for_expression", Role::Loop),
    ("while_expression", Role::Loop),
    ("loop_expression", Role::Loop),
    ("if_expression", Role::Branch),
    ("match_expression", Role::Branch),
    ("match_arm", Role::Arm),
    ("call_expression", Role::Call),
    ("let_declaration", Role::Binding),
    ("let_condition", Role::Binding),
    ("const_item", Role::Binding),
    ("static_item", Role::Binding),
    ("assignment_expression", Role::Binding),
    ("compound_assignment_expr", Role::Binding),
    ("field_initializer", Role::Binding),
    ("binary_expression", Role::Compare),
    ("macro_invocation", Role::Compare),
    ("return_expression", Role::Return),
    ("break_expression", Role::Jump),
    ("continue_expression", Role::Jump),
    ("use_declaration", Role::Import),
    ("index_expression", Role::Index),
];

impl Dialect for Rust {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    // A block of `async` is awaited by whoever made it.
    fn is_deferred(&self, closure: Node<'_>) -> bool {
        closure.kind() != "async_block"
    }

    fn is_arm(&self, branch: Node<'_>, _child: Node<'_>, name: Option<&str>) -> bool {
        branch.kind() == "if_expression" && matches!(name, Some("consequence" | "alternative"))
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind() == "match_arm" {
            return field(arm, "pattern");
        }
        if arm.kind() == "else_clause" {
            return None;
        }
        field(arm.parent()?, "condition")
    }

    fn is_comparison(&self, node: Node<'_>, text: &str) -> bool {
        if node.kind() == "macro_invocation" {
            return words(node, text).starts_with("matches!");
        }
        node.named_child_count() > 1
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        for parameter in field(node, "parameters").map(named).unwrap_or_default() {
            let name = match parameter.kind() {
                "parameter" => field(parameter, "pattern"),
                "identifier" => Some(parameter),
                _ => None,
            };
            if let Some(name) = name {
                signature
                    .parameters
                    .push((words(name, text).to_owned(), None));
            }
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let head = node.start_byte()..body.start_byte();
        let condition = field(node, "condition");
        let is_for = node.kind() == "for_expression";
        Some(Repetition {
            body: if node.kind() == "while_expression" {
                node.byte_range()
            } else {
                body.byte_range()
            },
            head,
            variables: field(node, "pattern")
                .map(|pattern| words(pattern, text).to_owned())
                .into_iter()
                .collect(),
            over: is_for.then(|| field(node, "value")).flatten(),
            condition,
            endless: node.kind() == "loop_expression"
                || condition.is_some_and(|condition| words(condition, text) == "true"),
            counts: false,
        })
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let (target, value) = match node.kind() {
            "let_declaration" | "let_condition" => (field(node, "pattern"), field(node, "value")),
            "const_item" | "static_item" => (field(node, "name"), field(node, "value")),
            "field_initializer" => (field(node, "field"), field(node, "value")),
            _ => (field(node, "left"), field(node, "right")),
        };
        let (Some(target), Some(value)) = (target, value) else {
            return;
        };
        // `Some(url)` is the url.
        let target = if target.kind() == "tuple_struct_pattern" {
            named(target).into_iter().next_back().unwrap_or(target)
        } else {
            target
        };
        let is_field = node.kind() == "field_initializer";
        let name = if is_field {
            format!(".{}", words(target, text))
        } else if target.kind() == "mut_pattern" {
            words(target, text).trim_start_matches("mut ").to_owned()
        } else {
            path(target, text)
        };
        out.push(Binding {
            default: false,
            field: is_field || name.starts_with('.'),
            target: name,
            value,
            augmented: node.kind() == "compound_assignment_expr",
        });
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() != "call_expression" {
            return None;
        }
        let function = field(node, "function")?;
        let function = if function.kind() == "generic_function" {
            field(function, "function")?
        } else {
            function
        };
        let receiver = (function.kind() == "field_expression")
            .then(|| field(function, "value"))
            .flatten();
        let arguments = Given::unnamed(field(node, "arguments").map(named).unwrap_or_default());
        Some(Invocation {
            callee: path(function, text),
            receiver,
            arguments,
            callee_range: function.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string_literal" | "raw_string_literal" => Shape::Text(
                named(node)
                    .iter()
                    .map(|child| Piece::Verbatim(child.byte_range()))
                    .collect(),
            ),
            "integer_literal" | "float_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "identifier" | "field_expression" | "scoped_identifier" | "self" => {
                Shape::Path(path(node, text))
            }
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                let operator = field(node, "operator").map_or("", |op| words(op, text));
                match operator.chars().next() {
                    Some(c) if operator.len() == 1 && "+-*/%".contains(c) => {
                        Shape::Binary(c, left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "reference_expression"
            | "try_expression"
            | "await_expression"
            | "parenthesized_expression"
            | "type_cast_expression" => field(node, "value")
                .or_else(|| named(node).into_iter().next())
                .map_or(Shape::Unknown, Shape::Inner),
            "call_expression" => Shape::Call,
            "macro_invocation" => macro_shape(node, text),
            "array_expression" => Shape::List(named(node).into_vec()),
            "struct_expression" => Shape::Pairs(
                field(node, "body")
                    .map(named)
                    .unwrap_or_default()
                    .into_iter()
                    .filter_map(|entry| {
                        let name = words(field(entry, "field")?, text);
                        Some((name.to_owned(), field(entry, "value")?))
                    })
                    .collect(),
            ),
            "index_expression" => match named(node).as_slice() {
                [_, range] if range.kind() == "range_expression" => {
                    match named(*range).as_slice() {
                        [first, last] => Shape::Stretch(*first, *last, 0),
                        _ => Shape::Unknown,
                    }
                }
                _ => Shape::Unknown,
            },
            "range_expression" => match named(node).as_slice() {
                [first, last] => {
                    let between = text.get(first.end_byte()..last.start_byte());
                    if between.is_some_and(|dots| dots.contains('=')) {
                        Shape::Span(*first, *last)
                    } else {
                        Shape::Until(*first, *last)
                    }
                }
                _ => Shape::Unknown,
            },
            "closure_expression" | "async_block" => Shape::Lambda,
            "if_expression" => {
                let last = |block: Option<Node<'t>>| named(block?).into_iter().next_back();
                let otherwise =
                    field(node, "alternative").and_then(|clause| named(clause).into_iter().next());
                match (last(field(node, "consequence")), last(otherwise)) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    _ => Shape::Unknown,
                }
            }
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let Some(argument) = field(node, "argument") else {
            return;
        };
        let mut queue = vec![(argument, String::new())];
        while let Some((node, prefix)) = queue.pop() {
            if out.len() > 2000 {
                return;
            }
            match node.kind() {
                "scoped_use_list" => {
                    let path = field(node, "path").map_or("", |path| words(path, text));
                    let prefix = join(&prefix, path);
                    if let Some(list) = field(node, "list") {
                        queue.extend(named(list).into_iter().map(|child| (child, prefix.clone())));
                    }
                }
                "use_list" => {
                    queue.extend(named(node).into_iter().map(|child| (child, prefix.clone())));
                }
                "use_as_clause" => {
                    let path = field(node, "path").map_or("", |path| words(path, text));
                    let alias = field(node, "alias").map_or("", |alias| words(alias, text));
                    push(&join(&prefix, path), Some(alias), out);
                }
                "use_wildcard" => {}
                _ => push(&join(&prefix, words(node, text)), None, out),
            }
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::rust::IDIOMS
    }
}

fn join(prefix: &str, path: &str) -> String {
    let path = path.replace("::", ".");
    if prefix.is_empty() {
        path
    } else {
        format!("{prefix}.{path}")
    }
}

fn push(path: &str, alias: Option<&str>, out: &mut Vec<Import>) {
    let (module, name) = path.rsplit_once('.').unwrap_or(("", path));
    out.push(Import {
        module: module.to_owned(),
        name: name.to_owned(),
        local: alias.unwrap_or(name).to_owned(),
    });
}

/// `format!` puts values into a template; `nonzero!(5)` and `vec![…]` hold what is
/// in them.
fn macro_shape<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let Some(name) = field(node, "macro") else {
        return Shape::Unknown;
    };
    let Some(tokens) = named(node)
        .into_iter()
        .find(|child| child.kind() == "token_tree")
    else {
        return Shape::Unknown;
    };
    let children = named(tokens);
    match words(name, text) {
        "format" | "concat" => {
            let Some(template) = children.first().filter(|c| c.kind() == "string_literal") else {
                return Shape::Unknown;
            };
            let Some(content) = named(*template).into_iter().next() else {
                return Shape::Unknown;
            };
            let arguments = token_groups(tokens, text);
            let words = words(content, text);
            let base = words.as_ptr() as usize;
            let mut next = 0;
            let mut pieces = Vec::new();
            for slot in slots(words) {
                let name = match slot {
                    Slot::Words(part) => {
                        let start = content.start_byte() + (part.as_ptr() as usize - base);
                        pieces.push(Piece::Verbatim(start..start + part.len()));
                        continue;
                    }
                    Slot::Next => {
                        next += 1;
                        arguments.get(next - 1).cloned()
                    }
                    Slot::Numbered(index) => arguments.get(index).cloned(),
                    Slot::Named(name) => Some(name.to_owned()),
                };
                pieces.push(Piece::Named(name.unwrap_or_default()));
            }
            Shape::Text(pieces)
        }
        "vec" => Shape::List(children.into_vec()),
        _ => match children.as_slice() {
            [only] if only.kind().ends_with("_literal") => Shape::Inner(*only),
            _ => Shape::Unknown,
        },
    }
}

/// The arguments behind a macro's template, each as a dotted name.
fn token_groups(tokens: Node<'_>, text: &str) -> Vec<String> {
    let mut groups: Vec<Vec<String>> = Vec::new();
    for child in tokens.children() {
        match words(child, text) {
            "," => groups.push(Vec::new()),
            "self" => groups
                .iter_mut()
                .next_back()
                .into_iter()
                .for_each(|g| g.push(String::new())),
            name if child.kind() == "identifier" => {
                if let Some(group) = groups.last_mut() {
                    group.push(name.to_owned());
                }
            }
            _ => {}
        }
    }
    groups.into_iter().map(|group| group.join(".")).collect()
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "field_expression" => Step::Part(
            field_words(node, "field", text).into(),
            field(node, "value"),
        ),
        "scoped_identifier" | "scoped_type_identifier" => {
            Step::Part(field_words(node, "name", text).into(), field(node, "path"))
        }
        "identifier" | "type_identifier" | "crate" | "super" => {
            Step::Part(words(node, text).into(), None)
        }
        "self" => Step::Part(String::new().into(), None),
        "generic_type" | "bracketed_type" => {
            let name = words(node, text);
            Step::Part(name.split('<').next().unwrap_or(name).into(), None)
        }
        "call_expression" => match field(node, "function") {
            Some(function) => match function.kind() {
                "field_expression" => Step::Call(
                    field_words(function, "field", text).into(),
                    field(function, "value"),
                ),
                "scoped_identifier" => Step::Call(
                    field_words(function, "name", text).into(),
                    field(function, "path"),
                ),
                _ => Step::Call(words(function, text).into(), None),
            },
            None => Step::Stop,
        },
        "await_expression"
        | "try_expression"
        | "parenthesized_expression"
        | "reference_expression" => {
            Step::Within(field(node, "value").or_else(|| named(node).into_iter().next()))
        }
        _ => Step::Nameless,
    })
}
