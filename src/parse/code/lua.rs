//! Lua.

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step, dotted,
    field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// Lua.
pub struct Lua;

const ROLES: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("function_definition", Role::Lambda),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("repeat_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("elseif_statement", Role::Arm),
    ("else_statement", Role::Arm),
    ("function_call", Role::Call),
    ("assignment_statement", Role::Binding),
    ("return_statement", Role::Return),
    ("break_statement", Role::Jump),
    ("binary_expression", Role::Compare),
    ("bracket_index_expression", Role::Index),
];

impl Dialect for Lua {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, _child: Node<'_>, name: Option<&str>) -> bool {
        branch.kind() == "if_statement" && name == Some("consequence")
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "else_statement" => None,
            "elseif_statement" => field(arm, "condition"),
            _ => field(arm.parent()?, "condition"),
        }
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        // `function M.search(q)`, `function M:search(q)`.
        if let Some(at) = signature.name.rfind(['.', ':']) {
            signature.owner = Some(signature.name[..at].to_owned());
            signature.name_range.start += at + 1;
            signature.name.drain(..=at);
        }
        for parameter in field(node, "parameters").map(named).unwrap_or_default() {
            signature
                .parameters
                .push((words(parameter, text).to_owned(), None));
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let head = node.start_byte()..body.start_byte();
        let Some(clause) = field(node, "clause") else {
            let condition = field(node, "condition")?;
            let head = if node.kind() == "repeat_statement" {
                condition.byte_range()
            } else {
                head
            };
            let never = if node.kind() == "repeat_statement" {
                "false"
            } else {
                "true"
            };
            let endless = words(condition, text) == never;
            return Some(Repetition {
                body: node.byte_range(),
                head,
                variables: Vec::new(),
                over: None,
                condition: Some(condition),
                endless,
                counts: false,
            });
        };
        if clause.kind() == "for_numeric_clause" {
            return Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![field_words(clause, "name", text).to_owned()],
                over: Some(clause),
                condition: None,
                endless: false,
                counts: false,
            });
        }
        let parts = named(clause);
        let variables = parts.first().map_or("", |list| words(*list, text));
        Some(Repetition {
            body: body.byte_range(),
            head,
            variables: variables
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect(),
            over: parts
                .last()
                .and_then(|list| named(*list).into_iter().next()),
            condition: None,
            endless: false,
            counts: false,
        })
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let parts = named(node);
        let [targets, values] = parts.as_slice() else {
            return;
        };
        let (targets, values) = (*targets, *values);
        for (target, value) in named(targets).into_iter().zip(named(values)) {
            let Shape::Path(path) = self.shape(target, text) else {
                continue;
            };
            if let Shape::Pairs(pairs) = self.shape(value, text) {
                out.extend(Binding::members(&path, pairs, |value| {
                    self.pairs_of(value, text)
                }));
            }
            out.push(Binding::declared(&path, value, false));
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() != "function_call" {
            return None;
        }
        let function = field(node, "name")?;
        let receiver = field(function, "table");
        Some(Invocation {
            callee: path(function, text),
            receiver,
            arguments: Given::unnamed(field(node, "arguments").map(named).unwrap_or_default()),
            callee_range: function.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" => Shape::Text(
                field(node, "content")
                    .map(|content| vec![Piece::Verbatim(content.byte_range())])
                    .unwrap_or_default(),
            ),
            "number" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "identifier" | "dot_index_expression" | "method_index_expression" => {
                Shape::Path(path(node, text))
            }
            "bracket_index_expression" => {
                let key = field_words(node, "field", text);
                match field(node, "table") {
                    Some(table) if key.starts_with(['"', '\'']) => Shape::Path(format!(
                        "{}.{}",
                        path(table, text),
                        key.trim_matches(['"', '\''])
                    )),
                    _ => Shape::Unknown,
                }
            }
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                let between = text.get(left.end_byte()..right.start_byte()).unwrap_or("");
                match between.trim() {
                    ".." => Shape::Binary('+', left, right),
                    "or" => Shape::Either(left, right),
                    operator @ ("+" | "-" | "*" | "/" | "%") => {
                        Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "for_numeric_clause" => match (field(node, "start"), field(node, "end")) {
                (Some(first), Some(last)) => Shape::Span(first, last),
                _ => Shape::Unknown,
            },
            "parenthesized_expression" | "expression_list" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "table_constructor" => table(node, text),
            "function_call" => self.call_shape(node, text),
            "function_definition" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn is_comparison(&self, node: Node<'_>, text: &str) -> bool {
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return false;
        };
        let between = text.get(left.end_byte()..right.start_byte()).unwrap_or("");
        matches!(between.trim(), "==" | "~=" | "<" | ">" | "<=" | ">=")
    }

    fn imports(&self, _node: Node<'_>, _text: &str, _out: &mut Vec<Import>) {}

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        // `local http = require("socket.http")`.
        let (targets, values) = match named(node).as_slice() {
            [targets, values] if node.kind() == "assignment_statement" => (*targets, *values),
            _ => return,
        };
        for (target, value) in named(targets).into_iter().zip(named(values)) {
            if field_words(value, "name", text) != "require" {
                continue;
            }
            let module = field_words(value, "arguments", text);
            out.push(Import {
                module: module.trim_matches(['(', ')', '"', '\'', ' ']).to_owned(),
                name: String::new(),
                local: words(target, text).to_owned(),
            });
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::lua::IDIOMS
    }
}

impl Lua {
    fn call_shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        let Some(call) = self.invocation(node, text) else {
            return Shape::Unknown;
        };
        if call.callee == "string.format"
            && let Some((template, rest)) = call.arguments.split_first()
            && let Some(template) = template.value
        {
            return Shape::Format(template, rest.to_vec());
        }
        if call.name() == "format"
            && let Some(template) = call.receiver
        {
            return Shape::Format(template, call.arguments);
        }
        Shape::Call
    }
}

/// A list, or names and values.
fn table<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let fields = named(node);
    if fields.iter().any(|entry| field(*entry, "name").is_some()) {
        return Shape::Pairs(
            fields
                .into_iter()
                .filter_map(|entry| {
                    let name = field_words(entry, "name", text);
                    let name = name.trim_matches(['"', '\'']).to_owned();
                    Some((name, field(entry, "value")?))
                })
                .collect(),
        );
    }
    Shape::List(
        fields
            .into_iter()
            .filter_map(|entry| field(entry, "value"))
            .collect(),
    )
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "dot_index_expression" => Step::Part(
            field_words(node, "field", text).into(),
            field(node, "table"),
        ),
        "method_index_expression" => Step::Part(
            field_words(node, "method", text).into(),
            field(node, "table"),
        ),
        "identifier" => match words(node, text) {
            "self" => Step::Part(String::new().into(), None),
            name => Step::Part(name.into(), None),
        },
        "function_call" => match field(node, "name") {
            Some(function) => Step::Call(words(function, text).into(), None),
            None => Step::Stop,
        },
        "parenthesized_expression" => Step::Within(named(node).into_iter().next()),
        _ => Step::Nameless,
    })
}
