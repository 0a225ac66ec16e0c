//! PowerShell. Names are compared in lower case.

mod parts;

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Repetition, Role, Shape, Signature, field, named, number,
    whole, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::{Import, Width};
use crate::parse::code::syntax::Node;
use parts::{command, pairs, parameters, path, pieces, token, unwrap, unwrap_list, variable_name};

/// PowerShell.
pub struct PowerShell;

const ROLES: &[(&str, Role)] = &[
    ("function_statement", Role::Function),
    ("class_method_definition", Role::Function),
    ("script_block_expression", Role::Lambda),
    ("class_statement", Role::Class),
    ("enum_statement", Role::Enum),
    ("script_parameter", Role::Binding),
    ("foreach_statement", Role::Loop),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("switch_statement", Role::Branch),
    ("elseif_clause", Role::Arm),
    ("else_clause", Role::Arm),
    ("switch_clause", Role::Arm),
    ("catch_clause", Role::Handler),
    ("trap_statement", Role::Handler),
    ("command", Role::Call),
    ("invokation_expression", Role::Call),
    ("assignment_expression", Role::Binding),
    ("class_property_definition", Role::Binding),
    ("comparison_expression", Role::Compare),
    ("comparison_argument_expression", Role::Compare),
    ("flow_control_statement", Role::Return),
    ("element_access", Role::Index),
    ("member_access", Role::Index),
];

/// Parameters of requests that retry by themselves.
const RETRY_OPTIONS: &[&str] = &["maximumretrycount"];

/// Commands of a pipeline that hand on what they are given.
const FILTERS: &[&str] = &[
    "sort-object",
    "where-object",
    "select-object",
    "where",
    "select",
    "?",
];

impl Dialect for PowerShell {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, child: Node<'_>, _name: Option<&str>) -> bool {
        branch.kind() == "if_statement" && child.kind() == "statement_block"
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "switch_clause" => named(arm).into_iter().next(),
            "else_clause" => None,
            "elseif_clause" => field(arm, "condition"),
            _ => field(arm.parent()?, "condition"),
        }
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature {
            name_range: node.start_byte()..node.start_byte(),
            ..Signature::default()
        };
        for child in named(node) {
            match child.kind() {
                "function_name" | "simple_name" if signature.name.is_empty() => {
                    let name = words(child, text);
                    let bare = name.rsplit(':').next().unwrap_or(name);
                    signature.name = bare.to_ascii_lowercase();
                    signature.name_range = child.end_byte() - bare.len()..child.end_byte();
                }
                "function_parameter_declaration" | "class_method_parameter_list" => {
                    parameters(child, text, &mut signature);
                }
                "script_block" => {
                    for block in named(child) {
                        if block.kind() == "param_block" {
                            parameters(block, text, &mut signature);
                        }
                    }
                }
                _ => {}
            }
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let children = named(node);
        let body = children
            .iter()
            .rev()
            .find(|child| child.kind() == "statement_block")?;
        let start = node.start_byte();
        match node.kind() {
            "foreach_statement" => {
                let variable = children.iter().find(|child| child.kind() == "variable")?;
                let over = children.iter().find(|child| child.kind() == "pipeline")?;
                Some(Repetition {
                    body: body.byte_range(),
                    head: start..body.start_byte(),
                    variables: vec![variable_name(words(*variable, text))],
                    over: Some(*over),
                    condition: None,
                    endless: false,
                    counts: false,
                })
            }
            "for_statement" => {
                let condition = field(node, "for_condition");
                let variable = field(node, "for_initializer")
                    .map_or("", |node| words(node, text))
                    .split('=')
                    .next()
                    .unwrap_or_default();
                Some(Repetition {
                    body: body.byte_range(),
                    head: start..body.start_byte(),
                    variables: vec![variable_name(variable.trim())],
                    over: None,
                    condition,
                    endless: condition.is_none(),
                    counts: condition.is_some(),
                })
            }
            _ => {
                let condition = field(node, "condition")?;
                let endless = matches!(
                    words(condition, text).trim().to_ascii_lowercase().as_str(),
                    "$true" | "1"
                );
                Some(Repetition {
                    body: node.byte_range(),
                    head: if node.kind() == "do_statement" {
                        condition.byte_range()
                    } else {
                        start..body.start_byte()
                    },
                    variables: Vec::new(),
                    over: None,
                    condition: Some(condition),
                    endless,
                    counts: false,
                })
            }
        }
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "script_parameter" {
            out.extend(script_parameter(node, text));
            return;
        }
        if node.kind() == "class_property_definition" {
            let children = named(node);
            let variable = children.iter().find(|child| child.kind() == "variable");
            let (Some(variable), Some(value)) = (variable, children.last()) else {
                return;
            };
            if variable.id() != value.id() {
                let name = variable_name(words(*variable, text));
                out.push(Binding::declared(&name, *value, true));
            }
            return;
        }
        let children = named(node);
        let Some(value) = field(node, "value") else {
            return;
        };
        let Some(target) = children.first().map(|left| unwrap(*left)) else {
            return;
        };
        let operator = children
            .iter()
            .find(|child| child.kind() == "assignement_operator")
            .map_or("=", |operator| words(*operator, text));
        let Shape::Path(target) = self.shape(target, text) else {
            return;
        };
        if let Shape::Pairs(pairs) = self.shape(value, text) {
            out.extend(Binding::members(&target, pairs, |value| {
                self.pairs_of(value, text)
            }));
        }
        out.push(Binding {
            default: false,
            field: target.starts_with('.'),
            target,
            value,
            augmented: operator == "+=",
        });
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let node = unwrap(node);
        match node.kind() {
            "command" => command(node, text),
            "invokation_expression" => {
                let children = named(node);
                let target = *children.first()?;
                let member = children
                    .iter()
                    .find(|child| child.kind() == "member_name")?;
                let arguments = children
                    .iter()
                    .find(|child| child.kind() == "argument_list")
                    .map(|list| Given::unnamed(unwrap_list(*list)))
                    .unwrap_or_default();
                Some(Invocation {
                    callee: format!("{}.{}", path(target, text), words(*member, text))
                        .to_ascii_lowercase(),
                    receiver: (target.kind() != "type_literal").then_some(target),
                    arguments,
                    callee_range: node.start_byte()..member.end_byte(),
                })
            }
            _ => None,
        }
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        let node = unwrap(node);
        match node.kind() {
            "string_literal" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, |inner| Shape::Text(pieces(inner, text))),
            "expandable_string_literal" | "verbatim_string_characters" => {
                Shape::Text(pieces(node, text))
            }
            "generic_token" => token(node, text),
            "integer_literal" | "decimal_integer_literal" | "real_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "variable" | "member_access" => Shape::Path(path(node, text)),
            "element_access" => {
                let children = named(node);
                let [value, index] = children.as_slice() else {
                    return Shape::Unknown;
                };
                let key = words(*index, text).trim().trim_matches(['"', '\'']);
                if let Some((first, last)) = key.split_once("..")
                    && let (Some(first), Some(last)) = (number(first), number(last))
                {
                    return Shape::Slice(*value, whole(last - first) + 1);
                }
                let between = unwrap(*index);
                if between.kind() == "range_expression"
                    && let [first, last] = named(between).as_slice()
                {
                    return Shape::Stretch(*first, *last, 1);
                }
                if words(*index, text).trim().starts_with(['"', '\'']) {
                    return Shape::Path(format!("{}.{key}", path(*value, text)).to_lowercase());
                }
                Shape::Unknown
            }
            "additive_expression"
            | "multiplicative_expression"
            | "additive_argument_expression"
            | "multiplicative_argument_expression" => {
                let children = named(node);
                let [left, right] = children.as_slice() else {
                    return Shape::Unknown;
                };
                let between = text.get(left.end_byte()..right.start_byte()).unwrap_or("");
                match between.trim().chars().next() {
                    Some(c) if "+-*/%".contains(c) => Shape::Binary(c, *left, *right),
                    _ => Shape::Unknown,
                }
            }
            "format_expression" | "format_argument_expression" => {
                let children = named(node);
                let (Some(template), Some(values)) = (children.first(), children.last()) else {
                    return Shape::Unknown;
                };
                let inner = unwrap(*values);
                let values = if inner.kind() == "array_literal_expression" {
                    named(inner)
                } else {
                    smallvec![inner]
                };
                Shape::Format(*template, Given::unnamed(values))
            }
            "range_expression" | "range_argument_expression" => match named(node).as_slice() {
                [first, last] => Shape::Span(*first, *last),
                _ => Shape::Unknown,
            },
            "array_literal_expression" => Shape::List(named(node).into_vec()),
            "array_expression" => {
                // `@(…)`, which holds what its one statement gives.
                let inner = named(node).into_iter().next().map(unwrap);
                match inner {
                    None => Shape::List(Vec::new()),
                    Some(inner) if inner.kind() == "array_literal_expression" => {
                        Shape::List(named(inner).into_vec())
                    }
                    Some(inner) if inner.kind() == "string_literal" => Shape::List(vec![inner]),
                    Some(inner) if inner.kind() == "statement_list" => {
                        Shape::List(named(inner).into_vec())
                    }
                    Some(inner) => Shape::Inner(inner),
                }
            }
            "hash_literal_expression" => Shape::Pairs(pairs(node, text)),
            "script_block_expression" => Shape::Lambda,
            "if_statement" => {
                let children = named(node);
                let first = children
                    .iter()
                    .find(|child| child.kind() == "statement_block");
                let second =
                    field(node, "else_clause").and_then(|clause| named(clause).into_iter().next());
                match (first, second) {
                    (Some(first), Some(second)) => Shape::Either(*first, second),
                    _ => Shape::Unknown,
                }
            }
            "pipeline_chain" => {
                let children = named(node);
                let (Some(first), Some(last)) = (children.first(), children.last()) else {
                    return Shape::Unknown;
                };
                let Some(call) = command(*last, text) else {
                    return Shape::Unknown;
                };
                if !FILTERS.contains(&call.callee.as_str()) {
                    return Shape::Unknown;
                }
                let first_items = call.arguments.iter().find(|given| {
                    given.name.as_deref().is_some_and(|name| {
                        name.len() >= 2 && ("first".starts_with(name) || "last".starts_with(name))
                    })
                });
                let most = first_items
                    .and_then(|given| given.value)
                    .and_then(|value| number(words(value, text)));
                match most {
                    Some(most) => Shape::Slice(*first, whole(most)),
                    None => Shape::Inner(*first),
                }
            }
            "command" => {
                let name = words(node, text).trim();
                match name.split_once("..") {
                    Some((first, last)) if !name.contains(' ') => {
                        match (number(first), number(last)) {
                            (Some(first), Some(last)) => {
                                Shape::Items(whole((last - first).abs()) + 1)
                            }
                            _ => Shape::Unknown,
                        }
                    }
                    _ => Shape::Call,
                }
            }
            "invokation_expression" => {
                if let Some(call) = self.invocation(node, text)
                    && call.callee == "string.format"
                    && let Some((template, values)) = call.arguments.split_first()
                    && let Some(template) = template.value
                {
                    return Shape::Format(template, values.to_vec());
                }
                Shape::Call
            }
            "cast_expression" => named(node)
                .into_iter()
                .next_back()
                .map_or(Shape::Unknown, Shape::Inner),
            _ => Shape::Unknown,
        }
    }

    /// `foreach -parallel -throttlelimit 8 (…)` of a workflow.
    fn at_once(&self, node: Node<'_>, text: &str) -> Option<Width> {
        if node.kind() != "foreach_statement" {
            return None;
        }
        let head = words(node, text).split('(').next().unwrap_or_default();
        let head = head.to_ascii_lowercase();
        let mut parts = head.split_whitespace().skip(1);
        if parts.next() != Some("-parallel") {
            return None;
        }
        let width = match (parts.next(), parts.next()) {
            (Some("-throttlelimit"), Some(width)) => width.parse().ok(),
            _ => None,
        };
        Some(width.map_or(Width::Unbounded, Width::AtMost))
    }

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        if node.kind() != "command" {
            return;
        }
        let Some(call) = command(node, text) else {
            return;
        };
        let dotted = words(node, text).starts_with(". ");
        let module = match call.callee.as_str() {
            "import-module" | "ipmo" => call.arguments.iter().find(|given| {
                given
                    .name
                    .as_deref()
                    .is_none_or(|name| "name".starts_with(name))
            }),
            "using" => call.arguments.get(1),
            _ => None,
        };
        let module = match module.and_then(|given| given.value) {
            Some(value) => words(value, text),
            None if dotted => words(node, text).trim_start_matches(". "),
            None => return,
        };
        out.push(Import {
            module: module.trim_matches(['"', '\'', ' ']).replace('\\', "/"),
            name: String::new(),
            local: String::new(),
        });
    }

    fn imports(&self, _node: Node<'_>, _text: &str, _out: &mut Vec<Import>) {}

    fn ignores_case(&self) -> bool {
        true
    }

    fn retry_options(&self) -> &'static [&'static str] {
        RETRY_OPTIONS
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::powershell::IDIOMS
    }
}

/// What a parameter of a script, not of a function, is worth where nobody gives it.
fn script_parameter<'t>(node: Node<'t>, text: &'t str) -> Option<Binding<'t>> {
    let outer = std::iter::successors(node.parent(), Node::parent)
        .find(|outer| !matches!(outer.kind(), "parameter_list" | "param_block"))?;
    let children = named(node);
    let variable = children.iter().find(|child| child.kind() == "variable")?;
    let default = children
        .iter()
        .find(|child| child.kind() == "script_parameter_default")?;
    let name = variable_name(words(*variable, text));
    (outer.kind() == "program").then(|| Binding {
        default: true,
        ..Binding::declared(&name, *default, false)
    })
}
