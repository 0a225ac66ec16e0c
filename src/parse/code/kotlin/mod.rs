//! Kotlin.

use super::dialect::{
    Binding, Dialect, Invocation, Repetition, Role, Shape, Signature, field, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

mod chain;
mod parts;

use parts::{
    callee, first, given, is_head, last_of, parameters, parts, path, pieces, span, value_of,
    variables,
};

/// Kotlin.
pub struct Kotlin;

const ROLES: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("secondary_constructor", Role::Function),
    ("anonymous_initializer", Role::Function),
    ("lambda_literal", Role::Lambda),
    ("anonymous_function", Role::Lambda),
    ("class_declaration", Role::Class),
    ("object_declaration", Role::Class),
    ("object_literal", Role::Class),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_while_statement", Role::Loop),
    ("if_expression", Role::Branch),
    ("when_expression", Role::Branch),
    ("when_entry", Role::Arm),
    ("catch_block", Role::Handler),
    ("call_expression", Role::Call),
    ("property_declaration", Role::Binding),
    ("class_parameter", Role::Binding),
    ("assignment", Role::Binding),
    ("binary_expression", Role::Compare),
    ("in_expression", Role::Compare),
    // `fun f() = value`.
    ("function_body", Role::Return),
    ("return_expression", Role::Return),
    ("throw_expression", Role::Jump),
    // `break` and `continue` are names and labels to the grammar.
    ("identifier", Role::Jump),
    ("label", Role::Jump),
    ("import", Role::Import),
    ("index_expression", Role::Index),
];

/// Extension properties that make a length of time of a number.
const UNITS: &[&str] = &[
    "nanoseconds",
    "microseconds",
    "milliseconds",
    "seconds",
    "minutes",
    "hours",
    "days",
];

/// Properties that stand for the value they are read from.
const SAME: &[&str] = &["inWholeMilliseconds", "inWholeSeconds", "absoluteValue"];

impl Dialect for Kotlin {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, child: Node<'_>, field: Option<&str>) -> bool {
        branch.kind() == "if_expression"
            && child.is_named()
            && field != Some("condition")
            && !child.is_comment()
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind() == "when_entry" {
            let mut conditions = arm.children_by_field_name("condition");
            let first = conditions.next()?;
            // `429, 503 ->` has no node of its own.
            return Some(if conditions.next().is_some() {
                arm
            } else {
                first
            });
        }
        if arm.prev_sibling().is_some_and(|node| node.kind() == "else") {
            return None;
        }
        field(arm.parent()?, "condition")
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        match node.kind() {
            "secondary_constructor" => "constructor".clone_into(&mut signature.name),
            "anonymous_initializer" => "init".clone_into(&mut signature.name),
            _ => {}
        }
        let name_start = signature.name_range.start;
        for child in named(node) {
            match child.kind() {
                "function_value_parameters" => parameters(child, text, &mut signature),
                "lambda_parameters" => {
                    for variable in named(child) {
                        variables(variable, text, &mut |name| {
                            signature.parameters.push((name.to_owned(), None));
                        });
                    }
                }
                // `fun HttpClient.machines()`.
                "user_type" | "nullable_type" if child.start_byte() < name_start => {
                    let name = words(child, text).trim_end_matches('?');
                    let name = name.split('<').next().unwrap_or(name);
                    signature.owner = Some(last_name(name).to_owned());
                }
                _ => {}
            }
        }
        if node.kind() == "lambda_literal" && signature.parameters.is_empty() {
            signature.parameters.push(("it".to_owned(), None));
        }
        signature
    }

    fn has_body(&self, function: Node<'_>) -> bool {
        named(function)
            .iter()
            .any(|child| matches!(child.kind(), "function_body" | "block"))
    }

    fn decorators<'t>(&self, node: Node<'t>) -> Vec<Node<'t>> {
        named(node)
            .into_iter()
            .filter(|child| child.kind() == "modifiers")
            .flat_map(named)
            .filter(|child| child.kind() == "annotation")
            .collect()
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let start = node.start_byte();
        let condition = field(node, "condition");
        let children: Vec<_> = named(node)
            .into_iter()
            .filter(|child| !matches!(child.kind(), "label" | "annotation"))
            .collect();
        if node.kind() == "for_statement" {
            let (variable, over) = (*children.first()?, *children.get(1)?);
            let body = children
                .get(2)
                .map_or(node.end_byte()..node.end_byte(), Node::byte_range);
            let mut names = Vec::new();
            variables(variable, text, &mut |name| names.push(name.to_owned()));
            return Some(Repetition {
                head: start..body.start,
                body,
                variables: names,
                over: Some(over),
                condition: None,
                endless: false,
                counts: false,
            });
        }
        let condition = condition?;
        let head = start..children.get(1).map_or(node.end_byte(), Node::start_byte);
        let asked = words(condition, text);
        let endless =
            asked == "true" || asked.contains("isActive") || asked.contains("isInterrupted");
        Some(Repetition::asked(node, head, condition, endless))
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "assignment" {
            out.extend(Binding::assigned(node, text, |left| path(left, text)));
            return;
        }
        let parameter = node.kind() == "class_parameter";
        let name = if parameter {
            named(node).into_iter().find(|c| c.kind() == "identifier")
        } else {
            named(node)
                .into_iter()
                .find(|c| c.kind() == "variable_declaration")
                .and_then(|c| named(c).into_iter().find(|c| c.kind() == "identifier"))
        };
        let (Some(name), Some(value)) = (name, value_of(node, text)) else {
            return;
        };
        let is_field = parameter
            || node
                .parent()
                .is_some_and(|parent| parent.kind().ends_with("class_body"));
        out.push(Binding::declared(words(name, text), value, is_field));
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        match node.kind() {
            "call_expression" => {
                if is_head(node) {
                    return None;
                }
                let parts = parts(node)?;
                let (name, receiver) = callee(parts.function, text);
                let mut arguments = parts.arguments(text);
                let mut callee = path(parts.function, text);
                if super::java::TAKES_UNIT.contains(&name) {
                    super::java::add_unit(&mut callee, &arguments, text);
                }
                // `install(HttpRequestRetry) { … }`.
                if name == "install"
                    && let Some(plugin) = arguments.first().and_then(|given| given.value)
                    && plugin.kind() == "identifier"
                {
                    callee.push('.');
                    callee.push_str(words(plugin, text));
                    arguments.remove(0);
                }
                if let Some(kind) = chain::of_flow(node, name, text) {
                    callee = format!("{kind}.{name}");
                }
                Some(Invocation {
                    callee,
                    receiver,
                    arguments,
                    callee_range: parts.function.byte_range(),
                })
            }
            // `2.seconds`.
            "navigation_expression" => {
                let (name, receiver) = callee(node, text);
                UNITS.contains(&name).then(|| Invocation {
                    callee: format!("kotlin.time.{name}"),
                    receiver,
                    arguments: Vec::new(),
                    callee_range: node.byte_range(),
                })
            }
            "annotation" => {
                let made = named(node)
                    .into_iter()
                    .find(|child| child.kind() != "use_site_target")?;
                let list = named(made)
                    .into_iter()
                    .find(|child| child.kind() == "value_arguments");
                let name = named(made)
                    .into_iter()
                    .next()
                    .filter(|_| list.is_some())
                    .unwrap_or(made);
                Some(Invocation {
                    callee: format!("annotation.{}", words(name, text)),
                    receiver: None,
                    arguments: list.map(|list| given(list, text)).unwrap_or_default(),
                    callee_range: name.byte_range(),
                })
            }
            _ => None,
        }
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string_literal" | "multiline_string_literal" => Shape::Text(pieces(node, text)),
            "number_literal" | "float_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "identifier" if matches!(words(node, text), "null" | "true" | "false") => {
                Shape::Unknown
            }
            "identifier" | "this_expression" | "callable_reference" => {
                Shape::Path(path(node, text))
            }
            "navigation_expression" => {
                let (name, receiver) = callee(node, text);
                match receiver {
                    Some(_) if UNITS.contains(&name) => Shape::Call,
                    Some(receiver) if SAME.contains(&name) => Shape::Inner(receiver),
                    _ => Shape::Path(path(node, text)),
                }
            }
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                match field(node, "operator").map_or("", |op| words(op, text)) {
                    "?:" => Shape::Either(left, right),
                    operator @ ("+" | "-" | "*" | "/" | "%") => {
                        Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "range_expression" | "infix_expression" => span(node, text),
            "if_expression" => {
                let arms: Vec<_> = named(node)
                    .into_iter()
                    .filter(|child| field(node, "condition").map(|c| c.id()) != Some(child.id()))
                    .map(last_of)
                    .collect();
                match arms.as_slice() {
                    [first, second] => Shape::Either(*first, *second),
                    _ => Shape::Unknown,
                }
            }
            "try_expression" => first(node)
                .map(last_of)
                .map_or(Shape::Unknown, Shape::Inner),
            "as_expression" => field(node, "left").map_or(Shape::Unknown, Shape::Inner),
            "unary_expression" if words(node, text).ends_with("!!") => {
                field(node, "argument").map_or(Shape::Unknown, Shape::Inner)
            }
            "parenthesized_expression" | "spread_expression" => {
                first(node).map_or(Shape::Unknown, Shape::Inner)
            }
            "labeled_expression" | "annotated_expression" | "annotated_lambda" => named(node)
                .into_iter()
                .next_back()
                .map_or(Shape::Unknown, Shape::Inner),
            "call_expression" => self.call_shape(node, text),
            "collection_literal" => Shape::List(named(node).into_vec()),
            "lambda_literal" | "anonymous_function" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn settings<'t>(&self, closure: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
        const MAX: usize = 100;
        let mut out = Vec::new();
        let mut open = named(closure);
        open.reverse();
        while let Some(statement) = open.pop() {
            if out.len() + open.len() > MAX {
                break;
            }
            if statement.kind() == "assignment" {
                if let (Some(left), Some(right)) =
                    (field(statement, "left"), field(statement, "right"))
                {
                    let name = path(left, text);
                    let last = last_name(&name);
                    out.push((last.to_owned(), right));
                }
                continue;
            }
            let Some(call) = self.invocation(statement, text) else {
                continue;
            };
            if call.receiver.is_some() {
                continue;
            }
            for given in call.arguments.iter().rev() {
                let Some(value) = given.value else { continue };
                out.push((call.callee.clone(), value));
                if value.kind() == "lambda_literal" {
                    open.extend(named(value).into_iter().rev());
                }
            }
        }
        out
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let children = named(node);
        let Some(module) = children.first().map(|module| words(*module, text)) else {
            return;
        };
        let local = match children.get(1) {
            Some(alias) => words(*alias, text),
            None if words(node, text).trim_end_matches(';').ends_with('*') => "",
            None => last_name(module),
        };
        out.push(Import {
            module: module.to_owned(),
            name: String::new(),
            local: local.to_owned(),
        });
    }

    fn is_comparison(&self, node: Node<'_>, text: &str) -> bool {
        node.kind() == "in_expression"
            || field(node, "operator").is_some_and(|op| {
                matches!(
                    words(op, text),
                    "==" | "!=" | "===" | "!==" | "<" | ">" | "<=" | ">="
                )
            })
    }

    fn is_jump(&self, node: Node<'_>, text: &str) -> bool {
        !matches!(node.kind(), "identifier" | "label")
            || matches!(
                words(node, text),
                "break" | "continue" | "break@" | "continue@"
            )
    }

    fn is_default(&self, value: Node<'_>) -> bool {
        value
            .parent()
            .is_some_and(|parent| parent.kind() == "class_parameter")
    }

    fn idioms(&self) -> &'static [Idiom] {
        &idioms::kotlin::ALL
    }
}

impl Kotlin {
    fn call_shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        const LISTS: &[&str] = &["listOf", "setOf", "arrayOf", "intArrayOf", "longArrayOf"];
        let Some(call) = self.invocation(node, text) else {
            return Shape::Unknown;
        };
        if call.callee == "String.format"
            && let Some((template, values)) = call.arguments.split_first()
            && let Some(template) = template.value
        {
            return Shape::Format(template, values.to_vec());
        }
        if call.name() == "format"
            && let Some(template) = call.receiver
        {
            return Shape::Format(template, call.arguments);
        }
        if LISTS.contains(&call.callee.as_str()) {
            return Shape::List(call.arguments.iter().filter_map(|a| a.value).collect());
        }
        Shape::Call
    }
}
