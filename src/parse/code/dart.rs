//! Dart.

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step,
    branch_condition, counter, dotted, field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// Dart, with Flutter or without.
pub struct Dart;

const ROLES: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("method_declaration", Role::Function),
    ("getter_declaration", Role::Function),
    ("local_function_declaration", Role::Function),
    ("function_expression", Role::Lambda),
    ("class_declaration", Role::Class),
    ("mixin_declaration", Role::Class),
    ("enum_declaration", Role::Enum),
    ("for_statement", Role::Loop),
    ("for_element", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("conditional_expression", Role::Branch),
    ("switch_statement", Role::Branch),
    ("switch_statement_case", Role::Arm),
    ("switch_statement_default", Role::Arm),
    ("catch_clause", Role::Handler),
    ("call_expression", Role::Call),
    ("new_expression", Role::Call),
    ("const_object_expression", Role::Call),
    ("initialized_variable_declaration", Role::Binding),
    ("initialized_identifier", Role::Binding),
    ("static_final_declaration", Role::Binding),
    ("optional_formal_parameters", Role::Binding),
    ("assignment_expression", Role::Binding),
    ("equality_expression", Role::Compare),
    ("relational_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("throw_expression", Role::Jump),
    ("rethrow_statement", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("import_specification", Role::Import),
    ("index_expression", Role::Index),
];

impl Dialect for Dart {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind() == "switch_statement_case" {
            return named(arm).into_iter().next();
        }
        branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut head = child_ending(node, "signature");
        // A method's is around a function's.
        if let Some(inner) = head.and_then(|head| child_ending(head, "signature")) {
            head = Some(inner);
        }
        let mut signature = Signature::named(head.unwrap_or(node), text);
        let list = head
            .and_then(|head| field(head, "parameters"))
            .or_else(|| field(node, "parameters"));
        for parameter in list.map(named).unwrap_or_default() {
            if parameter.kind() == "optional_formal_parameters" {
                for inner in named(parameter) {
                    // A default stands behind its parameter.
                    if inner.field_name() == Some("default_value") {
                        if let Some((_, default)) = signature.parameters.last_mut() {
                            *default = Some(inner);
                        }
                    } else {
                        push_parameter(inner, text, &mut signature);
                    }
                }
            } else {
                push_parameter(parameter, text, &mut signature);
            }
        }
        signature
    }

    fn has_body(&self, function: Node<'_>) -> bool {
        function.kind() == "function_expression" || body(function).is_some()
    }

    fn result<'t>(&self, function: Node<'t>) -> Option<Node<'t>> {
        named(body(function)?)
            .into_iter()
            .next()
            .filter(|inner| inner.kind() != "block")
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        let head = start..body.start_byte();
        let condition = field(node, "condition").map(inside);
        if let Some(over) = field(node, "value") {
            let name = field(node, "name").map_or("", |name| words(name, text));
            return Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![name.to_owned()],
                over: Some(over),
                condition: None,
                endless: false,
                counts: false,
            });
        }
        if node.kind().starts_with("for") {
            let counter = counter(field(node, "init"), text);
            return Some(Repetition::counted(body, head, counter, condition));
        }
        let condition = condition?;
        let endless = words(condition, text) == "true";
        Some(Repetition::asked(node, head, condition, endless))
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "assignment_expression" {
            out.extend(Binding::assigned(node, text, |left| path(left, text)));
            return;
        }
        if node.kind() == "optional_formal_parameters" {
            out.extend(kept_defaults(node, text));
            return;
        }
        let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else {
            return;
        };
        let in_class = std::iter::successors(node.parent(), Node::parent)
            .take(4)
            .any(|outer| outer.kind() == "class_body");
        out.push(Binding::declared(words(name, text), value, in_class));
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let (callee, range, receiver) = match node.kind() {
            "call_expression" => {
                let function = field(node, "function")?;
                let receiver = function
                    .kind()
                    .ends_with("member_expression")
                    .then(|| field(function, "object"))
                    .flatten();
                (path(function, text), function.byte_range(), receiver)
            }
            "new_expression" | "const_object_expression" => {
                let made = field(node, "type")?;
                (words(made, text).to_owned(), made.byte_range(), None)
            }
            _ => return None,
        };
        let arguments = field(node, "arguments").map(named).unwrap_or_default();
        let arguments: Vec<Given<'t>> = arguments
            .into_iter()
            .map(|argument| given(argument, text))
            .collect();
        // Lengths of time say by a name what their number counts.
        let callee = match (callee.as_str(), arguments.first()) {
            (
                "Duration",
                Some(Given {
                    name: Some(unit), ..
                }),
            ) => format!("Duration.{unit}"),
            _ => callee,
        };
        Some(Invocation {
            callee,
            receiver,
            arguments,
            callee_range: range,
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string_literal" => Shape::Text(named(node).into_iter().flat_map(pieces).collect()),
            "decimal_integer_literal" | "decimal_floating_point_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            // `$base` in a text has a kind of its own.
            "identifier"
            | "identifier_dollar_escaped"
            | "member_expression"
            | "null_aware_member_expression" => Shape::Path(path(node, text)),
            "additive_expression" | "multiplicative_expression" => {
                let operator = field_words(node, "operator", text);
                match (named(node).as_slice(), operator.chars().next()) {
                    ([left, .., right], Some(c)) if "+-*/%".contains(c) => {
                        Shape::Binary(c, *left, *right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "if_null_expression" => match named(node).as_slice() {
                [first, .., second] => Shape::Either(*first, *second),
                _ => Shape::Unknown,
            },
            "conditional_expression" => {
                match (field(node, "consequence"), field(node, "alternative")) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    _ => Shape::Unknown,
                }
            }
            "parenthesized_expression"
            | "await_expression"
            | "null_assertion_expression"
            | "spread_element" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "index_expression" => {
                let (Some(object), Some(index)) = (field(node, "object"), field(node, "index"))
                else {
                    return Shape::Unknown;
                };
                if index.kind() == "string_literal" {
                    let key = words(index, text).trim_matches(['"', '\'']);
                    return Shape::Path(format!("{}.{key}", path(object, text)));
                }
                Shape::Unknown
            }
            "call_expression" | "new_expression" | "const_object_expression" => Shape::Call,
            "list_literal" => Shape::List(
                named(node)
                    .into_iter()
                    .filter(|item| item.kind() != "type_arguments")
                    .collect(),
            ),
            "set_or_map_literal" => Shape::Pairs(pairs(node, text)),
            "function_expression" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let module = field_words(node, "uri", text).trim_matches(['"', '\'']);
        let last = module.rsplit('/').next().unwrap_or(module);
        let stem = last.trim_end_matches(".dart");
        let alias = field(node, "alias").map_or(stem, |alias| words(alias, text));
        if !module.is_empty() {
            out.push(Import {
                module: module.to_owned(),
                name: String::new(),
                local: alias.to_owned(),
            });
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::dart::IDIOMS
    }
}

fn child_ending<'t>(node: Node<'t>, end: &str) -> Option<Node<'t>> {
    named(node)
        .into_iter()
        .find(|child| child.kind().ends_with(end))
}

fn body(function: Node<'_>) -> Option<Node<'_>> {
    field(function, "body").or_else(|| child_ending(function, "function_body"))
}

fn push_parameter<'t>(node: Node<'t>, text: &'t str, signature: &mut Signature<'t>) {
    // `this.client` and `super.key` stand within a parameter.
    let inner = field(node, "name").or_else(|| {
        named(node)
            .into_iter()
            .find_map(|child| field(child, "name"))
    });
    if let Some(name) = inner {
        signature
            .parameters
            .push((words(name, text).to_owned(), None));
    }
}

/// Fields that a constructor fills, where nobody gives them another value:
/// `Pier({this.host = 'https://…'})`.
fn kept_defaults<'t>(list: Node<'t>, text: &'t str) -> Vec<Binding<'t>> {
    let mut kept = Vec::new();
    let mut before = None;
    for inner in named(list) {
        if inner.field_name() == Some("default_value") {
            kept.extend(before.take().map(|name| Binding::option(name, inner)));
            continue;
        }
        before = named(inner)
            .into_iter()
            .find(|child| child.kind() == "field_formal_parameter")
            .or(Some(inner).filter(|inner| inner.kind() == "field_formal_parameter"))
            .and_then(|field_of| field(field_of, "name"))
            .map(|name| words(name, text));
    }
    kept
}

fn given<'t>(argument: Node<'t>, text: &'t str) -> Given<'t> {
    if argument.kind() != "named_argument" {
        return Given {
            name: None,
            value: Some(argument),
        };
    }
    let parts = named(argument);
    let label = parts.iter().find(|part| part.kind() == "label");
    Given {
        name: label.map(|label| words(*label, text).trim_end_matches(':').trim().to_owned()),
        value: parts.into_iter().find(|part| part.kind() != "label"),
    }
}

fn inside(node: Node<'_>) -> Node<'_> {
    if node.kind() == "parenthesized_expression" {
        named(node).into_iter().next().unwrap_or(node)
    } else {
        node
    }
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "member_expression" | "null_aware_member_expression" => Step::Part(
            field_words(node, "property", text).into(),
            field(node, "object"),
        ),
        "identifier" | "type_identifier" | "identifier_dollar_escaped" => {
            Step::Part(words(node, text).into(), None)
        }
        "this" => Step::Part(String::new().into(), None),
        // `dio.options.baseUrl = …`, and a name alone.
        "assignable_expression" if field(node, "property").is_some() => Step::Part(
            field_words(node, "property", text).into(),
            field(node, "object"),
        ),
        "assignable_expression" => Step::Within(named(node).into_iter().next()),
        "call_expression" => match field(node, "function") {
            Some(member) if member.kind().ends_with("member_expression") => Step::Call(
                field_words(member, "property", text).into(),
                field(member, "object"),
            ),
            Some(function) => Step::Call(words(function, text).into(), None),
            None => Step::Stop,
        },
        "await_expression" | "parenthesized_expression" | "null_assertion_expression" => {
            Step::Within(named(node).into_iter().next())
        }
        _ => Step::Nameless,
    })
}

/// The pieces of a quoted text.
fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    if node.kind().starts_with("raw") {
        let range = node.byte_range();
        let inner = range.start + 2..range.end.saturating_sub(1);
        return vec![Piece::Verbatim(inner)];
    }
    let mut pieces = Vec::new();
    for child in named(node) {
        match child.kind() {
            "template_substitution" => {
                if let Some(value) = named(child).into_iter().next() {
                    pieces.push(Piece::Value(value));
                }
            }
            _ => pieces.push(Piece::Verbatim(child.byte_range())),
        }
    }
    // A text without anything put into it may have no parts of its own.
    if pieces.is_empty() {
        let range = node.byte_range();
        if range.len() > 2 {
            pieces.push(Piece::Verbatim(range.start + 1..range.end - 1));
        }
    }
    pieces
}

fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    named(node)
        .into_iter()
        .filter(|pair| pair.kind() == "map_element")
        .filter_map(|pair| {
            let key = field_words(pair, "key", text).trim_matches(['"', '\'']);
            Some((key.to_owned(), field(pair, "value")?))
        })
        .collect()
}
