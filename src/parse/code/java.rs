//! Java.

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step,
    branch_condition, counter, dotted, field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

/// Java.
pub struct Java;

const ROLES: &[(&str, Role)] = &[
    ("method_declaration", Role::Function),
    ("constructor_declaration", Role::Function),
    ("lambda_expression", Role::Lambda),
    ("class_declaration", Role::Class),
    ("record_declaration", Role::Class),
    ("interface_declaration", Role::Class),
    ("enum_declaration", Role::Class),
    ("for_statement", Role::Loop),
    ("enhanced_for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("ternary_expression", Role::Branch),
    ("switch_expression", Role::Branch),
    ("switch_block_statement_group", Role::Arm),
    ("switch_rule", Role::Arm),
    ("catch_clause", Role::Handler),
    ("method_invocation", Role::Call),
    ("object_creation_expression", Role::Call),
    ("variable_declarator", Role::Binding),
    ("assignment_expression", Role::Binding),
    ("binary_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("throw_statement", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("import_declaration", Role::Import),
];

impl Dialect for Java {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind().starts_with("switch_") {
            return named(arm).into_iter().next();
        }
        branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        let Some(list) = field(node, "parameters") else {
            return signature;
        };
        if list.kind() == "identifier" {
            signature
                .parameters
                .push((words(list, text).to_owned(), None));
            return signature;
        }
        for parameter in named(list) {
            let name = field(parameter, "name").unwrap_or(parameter);
            signature
                .parameters
                .push((words(name, text).to_owned(), None));
        }
        signature
    }

    fn has_body(&self, function: Node<'_>) -> bool {
        field(function, "body").is_some()
    }

    fn decorators<'t>(&self, node: Node<'t>) -> Vec<Node<'t>> {
        named(node)
            .into_iter()
            .filter(|child| child.kind() == "modifiers")
            .flat_map(named)
            .filter(|child| matches!(child.kind(), "annotation" | "marker_annotation"))
            .collect()
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        let head = start..body.start_byte();
        let condition = field(node, "condition").map(inside);
        match node.kind() {
            "enhanced_for_statement" => Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![words(field(node, "name")?, text).to_owned()],
                over: field(node, "value"),
                condition: None,
                endless: false,
                counts: false,
            }),
            "for_statement" => {
                let counter = counter(field(node, "init"), text);
                Some(Repetition::counted(body, head, counter, condition))
            }
            _ => {
                let condition = condition?;
                let asked = words(condition, text);
                let endless = asked == "true" || asked.contains("isInterrupted");
                Some(Repetition::asked(node, head, condition, endless))
            }
        }
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "assignment_expression" {
            out.extend(Binding::assigned(node, text, |left| path(left, text)));
            return;
        }
        let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else {
            return;
        };
        let is_field = node
            .parent()
            .is_some_and(|parent| parent.kind() == "field_declaration");
        out.push(Binding::declared(words(name, text), value, is_field));
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let unnamed = |list: Option<Node<'t>>| -> Vec<Given<'t>> {
            Given::unnamed(list.map(named).unwrap_or_default())
        };
        match node.kind() {
            "method_invocation" => {
                let name = field(node, "name")?;
                let object = field(node, "object");
                let arguments = unnamed(field(node, "arguments"));
                let mut callee = path(node, text);
                callee.truncate(callee.len().saturating_sub(2));
                // An `Optional` and a `Mono` have these, too, and hold one value at most.
                if STEPS.contains(&words(name, text))
                    && let Some(object) = object
                    && !words(object, text).contains("tream")
                    && !words(object, text).contains("Flux")
                {
                    callee = format!("Single.{}", words(name, text));
                }
                if TAKES_UNIT.contains(&words(name, text)) {
                    add_unit(&mut callee, &arguments, text);
                }
                Some(Invocation {
                    callee,
                    receiver: object,
                    arguments,
                    callee_range: object.unwrap_or(name).start_byte()..name.end_byte(),
                })
            }
            "object_creation_expression" => {
                let made = field(node, "type")?;
                Some(Invocation {
                    callee: type_name(made, text),
                    receiver: None,
                    arguments: unnamed(field(node, "arguments")),
                    callee_range: made.byte_range(),
                })
            }
            "annotation" | "marker_annotation" => {
                let name = field(node, "name")?;
                Some(Invocation {
                    callee: format!("annotation.{}", words(name, text)),
                    receiver: None,
                    arguments: Vec::new(),
                    callee_range: name.byte_range(),
                })
            }
            _ => None,
        }
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string_literal" => Shape::Text(
                named(node)
                    .iter()
                    .map(|child| Piece::Verbatim(child.byte_range()))
                    .collect(),
            ),
            "decimal_integer_literal" | "decimal_floating_point_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "identifier" | "field_access" => Shape::Path(path(node, text)),
            "method_reference" => {
                let name = named(node).into_iter().next_back();
                Shape::Path(name.map_or("", |name| words(name, text)).to_owned())
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
            "ternary_expression" => {
                match (field(node, "consequence"), field(node, "alternative")) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    _ => Shape::Unknown,
                }
            }
            "cast_expression" => field(node, "value").map_or(Shape::Unknown, Shape::Inner),
            "parenthesized_expression" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "method_invocation" => {
                if !matches!(field_words(node, "name", text), "format" | "formatted") {
                    return Shape::Call;
                }
                let Some(call) = self.invocation(node, text) else {
                    return Shape::Unknown;
                };
                if call.callee == "String.format"
                    && let Some((template, values)) = call.arguments.split_first()
                    && let Some(template) = template.value
                {
                    return Shape::Format(template, values.to_vec());
                }
                if call.name() == "formatted"
                    && let Some(template) = call.receiver
                {
                    return Shape::Format(template, call.arguments);
                }
                Shape::Call
            }
            "object_creation_expression" => Shape::Call,
            "array_initializer" => Shape::List(named(node).into_vec()),
            "lambda_expression" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let Some(module) = named(node).into_iter().next() else {
            return;
        };
        let module = words(module, text);
        let local = last_name(module);
        out.push(Import {
            module: module.to_owned(),
            name: String::new(),
            local: local.to_owned(),
        });
    }

    fn idioms(&self) -> &'static [Idiom] {
        &idioms::java::ALL
    }
}

/// Methods of streams that other things have, too.
const STEPS: &[&str] = &["map", "flatMap", "peek", "filter"];

/// Methods whose last argument is the unit of the numbers before it.
pub(super) const TAKES_UNIT: &[&str] = &[
    "scheduleAtFixedRate",
    "scheduleWithFixedDelay",
    "sleepUninterruptibly",
];

/// Adds the unit of time that a call is handed last to its callee:
/// `scheduleAtFixedRate.SECONDS`.
pub(super) fn add_unit(callee: &mut String, arguments: &[Given<'_>], text: &str) {
    let unit = arguments
        .last()
        .and_then(|given| given.value)
        .map_or("", |value| words(value, text));
    let unit = last_name(unit);
    if unit.ends_with("SECONDS") || matches!(unit, "MINUTES" | "HOURS" | "DAYS") {
        callee.push('.');
        callee.push_str(unit);
    }
}

fn inside(node: Node<'_>) -> Node<'_> {
    if node.kind() == "parenthesized_expression" {
        named(node).into_iter().next().unwrap_or(node)
    } else {
        node
    }
}

fn type_name(node: Node<'_>, text: &str) -> String {
    let name = words(node, text);
    name.split('<').next().unwrap_or(name).to_owned()
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "field_access" => Step::Part(
            field_words(node, "field", text).into(),
            field(node, "object"),
        ),
        "identifier" | "type_identifier" | "scoped_type_identifier" | "scoped_identifier" => {
            Step::Part(words(node, text).into(), None)
        }
        "this" => Step::Part(String::new().into(), None),
        "super" => Step::Part("super".into(), None),
        "method_invocation" => {
            let name = field_words(node, "name", text);
            Step::Part(format!("{name}()").into(), field(node, "object"))
        }
        "object_creation_expression" => {
            let name = field(node, "type").map_or_else(String::new, |n| type_name(n, text));
            Step::Part(format!("{name}()").into(), None)
        }
        "parenthesized_expression" | "cast_expression" => {
            Step::Within(field(node, "value").or_else(|| named(node).into_iter().next()))
        }
        _ => Step::Nameless,
    })
}
