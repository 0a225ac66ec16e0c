//! PHP.

mod names;
mod parts;

use crate::parse::code::syntax::Node;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Repetition, Role, Shape, Signature, field, field_words,
    named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;

use parts::{arguments, array, binary, callable, callee, path, pieces, subscript};

/// PHP.
pub struct Php;

const ROLES: &[(&str, Role)] = &[
    ("function_definition", Role::Function),
    ("method_declaration", Role::Function),
    ("anonymous_function", Role::Lambda),
    ("arrow_function", Role::Lambda),
    ("class_declaration", Role::Class),
    ("trait_declaration", Role::Class),
    ("interface_declaration", Role::Class),
    ("enum_declaration", Role::Class),
    ("foreach_statement", Role::Loop),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("conditional_expression", Role::Branch),
    ("switch_statement", Role::Branch),
    ("match_expression", Role::Branch),
    ("else_if_clause", Role::Arm),
    ("else_clause", Role::Arm),
    ("case_statement", Role::Arm),
    ("default_statement", Role::Arm),
    ("match_conditional_expression", Role::Arm),
    ("match_default_expression", Role::Arm),
    ("catch_clause", Role::Handler),
    ("function_call_expression", Role::Call),
    ("member_call_expression", Role::Call),
    ("nullsafe_member_call_expression", Role::Call),
    ("scoped_call_expression", Role::Call),
    ("object_creation_expression", Role::Call),
    ("assignment_expression", Role::Binding),
    ("reference_assignment_expression", Role::Binding),
    ("augmented_assignment_expression", Role::Binding),
    ("const_element", Role::Binding),
    ("property_element", Role::Binding),
    ("property_promotion_parameter", Role::Binding),
    ("static_variable_declaration", Role::Binding),
    ("binary_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("throw_expression", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("exit_statement", Role::Jump),
    ("goto_statement", Role::Jump),
    ("namespace_use_declaration", Role::Import),
    ("use_declaration", Role::Import),
    ("base_clause", Role::Import),
    ("require_expression", Role::Import),
    ("require_once_expression", Role::Import),
    ("include_expression", Role::Import),
    ("include_once_expression", Role::Import),
    ("subscript_expression", Role::Index),
];

impl Dialect for Php {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, _child: Node<'_>, name: Option<&str>) -> bool {
        match branch.kind() {
            "if_statement" => name == Some("body"),
            "conditional_expression" => matches!(name, Some("body" | "alternative")),
            _ => false,
        }
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "else_if_clause" => field(arm, "condition"),
            "case_statement" => field(arm, "value"),
            "match_conditional_expression" => field(arm, "conditional_expressions"),
            "else_clause" | "default_statement" | "match_default_expression" => None,
            _ => {
                let branch = arm.parent()?;
                let last = field(branch, "alternative")
                    .filter(|_| branch.kind() == "conditional_expression");
                if last.is_some_and(|node| node.id() == arm.id()) {
                    return None;
                }
                field(branch, "condition")
            }
        }
    }

    fn caught<'t>(&self, handler: Node<'t>) -> Option<Node<'t>> {
        field(handler, "type")
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        for parameter in field(node, "parameters").map(named).unwrap_or_default() {
            let name = field_words(parameter, "name", text);
            let name = name.trim_start_matches(['&', '.', '$']);
            if !name.is_empty() {
                let default = field(parameter, "default_value");
                signature.parameters.push((name.to_owned(), default));
            }
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        let head = start..body.start_byte();
        let condition = field(node, "condition");
        match node.kind() {
            "foreach_statement" => {
                let parts = named(node);
                let items = parts.get(1).map_or("", |items| words(*items, text));
                Some(Repetition {
                    body: body.byte_range(),
                    head,
                    variables: items
                        .split([',', '=', '>', '[', ']', '&', ' '])
                        .map(|name| name.trim_start_matches('$').to_owned())
                        .filter(|name| !name.is_empty())
                        .collect(),
                    over: parts.first().copied(),
                    condition: None,
                    endless: false,
                    counts: false,
                })
            }
            "for_statement" => {
                let variable = field(node, "initialize")
                    .map_or("", |node| words(node, text))
                    .split('=')
                    .next()
                    .unwrap_or_default();
                let counter = variable.trim().trim_start_matches('$').to_owned();
                Some(Repetition::counted(body, head, counter, condition))
            }
            _ => {
                let condition = condition?;
                let plain = words(condition, text)
                    .trim_matches(['(', ')', ' '])
                    .to_ascii_lowercase();
                let endless = matches!(plain.as_str(), "true" | "1");
                Some(Repetition::asked(node, head, condition, endless))
            }
        }
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let parts;
        let (target, value) = match node.kind() {
            "const_element" => {
                parts = named(node);
                (parts.first().copied(), parts.get(1).copied())
            }
            "property_element" => (field(node, "name"), field(node, "default_value")),
            "property_promotion_parameter" => {
                // The parameter itself is what the property is given.
                let name = field(node, "name");
                (name, field(node, "default_value").or(name))
            }
            "static_variable_declaration" => (field(node, "name"), field(node, "value")),
            _ => (field(node, "left"), field(node, "right")),
        };
        let (Some(target), Some(value)) = (target, value) else {
            return;
        };
        if target.kind() == "list_literal" {
            let targets = named(target);
            let values = named(value);
            if value.kind() == "array_creation_expression" && targets.len() == values.len() {
                for (target, value) in targets.into_iter().zip(values) {
                    self.bind(path(target, text), value, false, text, out);
                }
            }
            return;
        }
        let of_class = match node.kind() {
            "property_element" | "property_promotion_parameter" => true,
            "const_element" => node
                .parent()
                .and_then(|declaration| declaration.parent())
                .is_some_and(|list| list.kind().ends_with("declaration_list")),
            _ => false,
        };
        let name = match target.kind() {
            "subscript_expression" => match subscript(target, text) {
                Shape::Path(path) => path,
                _ => return,
            },
            _ => path(target, text),
        };
        let name = if of_class { format!(".{name}") } else { name };
        // `??=` gives a value where there is none.
        let operator = field_words(node, "operator", text);
        let augmented = node.kind().starts_with("augmented") && operator != "??=";
        self.bind(name, value, augmented, text, out);
    }

    fn declared<'t>(&self, call: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        out.extend(names::declared(call, text));
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let (name, receiver) = match node.kind() {
            "function_call_expression" => (field(node, "function")?, None),
            "member_call_expression" | "nullsafe_member_call_expression" => {
                (field(node, "name")?, field(node, "object"))
            }
            "scoped_call_expression" => (field(node, "name")?, field(node, "scope")),
            "object_creation_expression" => (named(node).into_iter().next()?, None),
            _ => return None,
        };
        // `$this->fetch(...)` is no call.
        if callable(node, text).is_some() {
            return None;
        }
        Some(Invocation {
            callee: callee(node, name, text),
            receiver,
            arguments: arguments(node, text),
            callee_range: node.start_byte()..name.end_byte(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" | "encapsed_string" | "heredoc" | "nowdoc" => Shape::Text(pieces(node)),
            "integer" | "float" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "variable_name"
            | "name"
            | "qualified_name"
            | "member_access_expression"
            | "nullsafe_member_access_expression"
            | "scoped_property_access_expression"
            | "class_constant_access_expression" => Shape::Path(path(node, text)),
            "binary_expression" => binary(node, text),
            "conditional_expression" => {
                let first = field(node, "body").or_else(|| field(node, "condition"));
                match (first, field(node, "alternative")) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    _ => Shape::Unknown,
                }
            }
            "parenthesized_expression"
            | "argument"
            | "error_suppression_expression"
            | "by_ref"
            | "clone_expression"
            | "variadic_unpacking" => named(node)
                .into_iter()
                .next_back()
                .map_or(Shape::Unknown, Shape::Inner),
            "array_element_initializer" => match named(node).as_slice() {
                [only] => Shape::Inner(*only),
                _ => Shape::Unknown,
            },
            "cast_expression" => field(node, "value").map_or(Shape::Unknown, Shape::Inner),
            "assignment_expression" | "augmented_assignment_expression" => {
                field(node, "right").map_or(Shape::Unknown, Shape::Inner)
            }
            "array_creation_expression" => array(node, text),
            "subscript_expression" => subscript(node, text),
            "anonymous_function" | "arrow_function" => Shape::Lambda,
            "function_call_expression" => {
                if let Some(name) = callable(node, text) {
                    return Shape::Path(name);
                }
                if field_words(node, "function", text).trim_start_matches('\\') == "sprintf"
                    && let [template, rest @ ..] = arguments(node, text).as_slice()
                    && let Some(template) = template.value
                {
                    return Shape::Format(template, rest.to_vec());
                }
                Shape::Call
            }
            "member_call_expression"
            | "nullsafe_member_call_expression"
            | "scoped_call_expression" => callable(node, text).map_or(Shape::Call, Shape::Path),
            "object_creation_expression" => Shape::Call,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        names::imports(node, text, out);
    }

    fn is_comparison(&self, node: Node<'_>, text: &str) -> bool {
        matches!(
            field_words(node, "operator", text),
            "==" | "===" | "!=" | "!==" | "<>" | "<" | ">" | "<=" | ">=" | "<=>"
        )
    }

    fn is_default(&self, value: Node<'_>) -> bool {
        // The caller of the constructor may give another.
        value
            .parent()
            .is_some_and(|parent| parent.kind() == "property_promotion_parameter")
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::php::IDIOMS
    }
}

impl Php {
    fn bind<'t>(
        &self,
        name: String,
        value: Node<'t>,
        augmented: bool,
        text: &'t str,
        out: &mut Vec<Binding<'t>>,
    ) {
        if let Shape::Pairs(pairs) = self.shape(value, text) {
            out.extend(Binding::members(&name, pairs, |value| {
                self.pairs_of(value, text)
            }));
        }
        out.push(Binding {
            default: false,
            field: name.starts_with('.'),
            target: name,
            value,
            augmented,
        });
    }
}

/// Arguments that go by their place or their name.
pub(super) fn given<'t>(argument: Node<'t>, text: &'t str) -> Option<Given<'t>> {
    Some(Given {
        name: field(argument, "name").map(|name| words(name, text).to_owned()),
        value: Some(named(argument).into_iter().next_back()?),
    })
}

#[cfg(test)]
mod tests;
