//! JavaScript and TypeScript.

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step,
    branch_condition, dotted, field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use super::options;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::is_wrapper;

/// JavaScript, TypeScript, with JSX or without.
pub struct JavaScript;

const ROLES: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("generator_function_declaration", Role::Function),
    ("method_definition", Role::Function),
    ("function_expression", Role::Lambda),
    ("arrow_function", Role::Lambda),
    ("generator_function", Role::Lambda),
    ("class_declaration", Role::Class),
    ("abstract_class_declaration", Role::Class),
    ("class", Role::Class),
    ("enum_declaration", Role::Enum),
    ("for_statement", Role::Loop),
    ("for_in_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("ternary_expression", Role::Branch),
    ("switch_statement", Role::Branch),
    ("switch_case", Role::Arm),
    ("switch_default", Role::Arm),
    ("catch_clause", Role::Handler),
    ("call_expression", Role::Call),
    ("new_expression", Role::Call),
    ("variable_declarator", Role::Binding),
    ("assignment_expression", Role::Binding),
    ("augmented_assignment_expression", Role::Binding),
    ("field_definition", Role::Binding),
    ("public_field_definition", Role::Binding),
    ("object_assignment_pattern", Role::Binding),
    ("pair", Role::Binding),
    ("binary_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("throw_statement", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("import_statement", Role::Import),
    ("subscript_expression", Role::Index),
];

impl Dialect for JavaScript {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind() == "switch_case" {
            return field(arm, "value");
        }
        branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        signature.name = signature.name.trim_start_matches('#').to_owned();
        let parameters = match field(node, "parameter") {
            Some(only) => smallvec![only],
            None => field(node, "parameters").map(named).unwrap_or_default(),
        };
        for parameter in parameters {
            let (name, default) = match parameter.kind() {
                "assignment_pattern" => (field(parameter, "left"), field(parameter, "right")),
                "required_parameter" | "optional_parameter" => {
                    (field(parameter, "pattern"), field(parameter, "value"))
                }
                _ => (Some(parameter), None),
            };
            let name = name.map_or("", |name| words(name, text));
            signature.parameters.push((name.to_owned(), default));
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        let condition = field(node, "condition").map(|condition| bare(condition));
        match node.kind() {
            "for_in_statement" => Some(Repetition {
                body: body.byte_range(),
                head: start..body.start_byte(),
                variables: vec![words(field(node, "left")?, text).to_owned()],
                over: field(node, "right"),
                condition: None,
                endless: false,
                counts: false,
            }),
            "for_statement" => {
                let empty = condition.is_none_or(|node| node.kind() == "empty_statement");
                let variable = field(node, "initializer")
                    .map_or("", |node| words(node, text))
                    .split(['=', ';'])
                    .next()
                    .unwrap_or_default()
                    .rsplit(' ')
                    .find(|word| !word.is_empty())
                    .unwrap_or_default();
                Some(Repetition {
                    body: body.byte_range(),
                    head: start..body.start_byte(),
                    variables: vec![variable.to_owned()],
                    over: None,
                    condition: condition.filter(|_| !empty).map(statement),
                    endless: empty,
                    counts: !empty,
                })
            }
            _ => {
                let condition = condition?;
                let endless = matches!(words(condition, text), "true" | "1");
                let head = start..body.start_byte();
                Some(Repetition::asked(node, head, condition, endless))
            }
        }
    }

    fn default_export<'t>(&self, root: Node<'t>) -> Option<Node<'t>> {
        named(root).into_iter().find(|node| {
            node.kind() == "export_statement"
                && node
                    .children()
                    .nth(1)
                    .is_some_and(|word| word.kind() == "default")
        })
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        // `function Search({ host = 'https://…' })`.
        if node.kind() == "object_assignment_pattern" {
            if let (Some(name), Some(value)) = (field(node, "left"), field(node, "right")) {
                out.push(Binding {
                    default: true,
                    ..Binding::declared(words(name, text), value, false)
                });
            }
            return;
        }
        let (target, value) = match node.kind() {
            "field_definition" => (field(node, "property"), field(node, "value")),
            "variable_declarator" | "public_field_definition" => {
                (field(node, "name"), field(node, "value"))
            }
            "pair" => {
                // Only to give a name to a closure: `{ run: async () => … }`.
                let (Some(key), Some(value)) = (field(node, "key"), field(node, "value")) else {
                    return;
                };
                let wraps = value.kind() == "call_expression"
                    && is_wrapper(field_words(value, "function", text));
                if wraps || matches!(value.kind(), "arrow_function" | "function_expression") {
                    let name = words(key, text).trim_matches(['"', '\'']);
                    out.push(Binding::declared(name, value, true));
                }
                return;
            }
            _ => (field(node, "left"), field(node, "right")),
        };
        let (Some(target), Some(value)) = (target, value) else {
            return;
        };
        let is_field = node.kind().ends_with("field_definition");
        let name = match target.kind() {
            "object_pattern" | "array_pattern" => return,
            _ if is_field => format!(".{}", words(target, text).trim_start_matches('#')),
            _ => path(target, text),
        };
        if let Shape::Pairs(pairs) = self.shape(value, text) {
            out.extend(Binding::members(&name, pairs, |value| {
                self.pairs_of(value, text)
            }));
        }
        out.push(Binding {
            default: false,
            field: is_field || name.starts_with('.'),
            target: name,
            value,
            augmented: node.kind() == "augmented_assignment_expression",
        });
    }

    fn declared<'t>(&self, call: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let declares = field(call, "function")
            .and_then(|function| field(function, "property"))
            .is_some_and(|name| matches!(words(name, text), "option" | "requiredOption"));
        if declares && let Some(call) = self.invocation(call, text) {
            let shape = |node| self.shape(node, text);
            out.extend(options::commander(&call, text, shape));
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let function = match node.kind() {
            "call_expression" => field(node, "function")?,
            "new_expression" => field(node, "constructor")?,
            _ => return None,
        };
        let callee = path(function, text);
        // A timeout that gives up is no wait.
        if callee == "setTimeout" {
            let given_up = field(node, "arguments")
                .and_then(|list| named(list).into_iter().next())
                .is_some_and(|first| {
                    let words = words(first, text);
                    ["abort", "reject", "Error", "cancel", "clear", "destroy"]
                        .iter()
                        .any(|word| words.contains(word))
                });
            if given_up {
                return None;
            }
        }
        let receiver = matches!(function.kind(), "member_expression")
            .then(|| field(function, "object"))
            .flatten();
        let list = field(node, "arguments").filter(|list| list.kind() == "arguments");
        let arguments = Given::unnamed(list.map(named).unwrap_or_default());
        Some(Invocation {
            callee,
            receiver,
            arguments,
            callee_range: function.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" | "template_string" => Shape::Text(pieces(node)),
            "number" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "identifier"
            | "member_expression"
            | "property_identifier"
            | "shorthand_property_identifier" => Shape::Path(path(node, text)),
            "subscript_expression" => {
                let (Some(object), Some(index)) = (field(node, "object"), field(node, "index"))
                else {
                    return Shape::Unknown;
                };
                if index.kind() == "string" {
                    let key = words(index, text).trim_matches(['"', '\'', '`']);
                    return Shape::Path(format!("{}.{key}", path(object, text)));
                }
                Shape::Unknown
            }
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                match field(node, "operator").map_or("", |op| words(op, text)) {
                    "||" | "??" => Shape::Either(left, right),
                    operator @ ("+" | "-" | "*" | "/" | "%") => {
                        Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
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
            "parenthesized_expression"
            | "await_expression"
            | "as_expression"
            | "satisfies_expression"
            | "non_null_expression"
            | "type_assertion"
            | "spread_element" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "call_expression" | "new_expression" => Shape::Call,
            "array" => Shape::List(named(node).into_vec()),
            "object" => Shape::Pairs(pairs(node, text)),
            "arrow_function" | "function_expression" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let Some(module) = field(node, "source") else {
            return;
        };
        let module = words(module, text).trim_matches(['"', '\'']).to_owned();
        let mut queue = named(node);
        while let Some(child) = queue.pop() {
            match child.kind() {
                "import_clause" | "named_imports" => queue.extend(named(child)),
                "identifier" => out.push(Import {
                    module: module.clone(),
                    name: "default".to_owned(),
                    local: words(child, text).to_owned(),
                }),
                "namespace_import" => {
                    if let Some(local) = named(child).into_iter().next() {
                        out.push(Import {
                            module: module.clone(),
                            name: String::new(),
                            local: words(local, text).to_owned(),
                        });
                    }
                }
                "import_specifier" => {
                    let name = field(child, "name").map_or("", |name| words(name, text));
                    let local = field(child, "alias").map_or(name, |alias| words(alias, text));
                    out.push(Import {
                        module: module.clone(),
                        name: name.to_owned(),
                        local: local.to_owned(),
                    });
                }
                _ => {}
            }
        }
    }

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        // `const x = require("y")`, `const { a: b } = require("y")`.
        let (Some(target), Some(value)) = (field(node, "name"), field(node, "value")) else {
            return;
        };
        let mut value = value;
        let mut member = String::new();
        while let "await_expression" | "member_expression" = value.kind() {
            if value.kind() == "member_expression" {
                let name = field(value, "property").map_or("", |name| words(name, text));
                name.clone_into(&mut member);
            }
            let inner = field(value, "object").or_else(|| named(value).into_iter().next());
            let Some(inner) = inner else { return };
            value = inner;
        }
        let called = field(value, "function").map_or("", |function| words(function, text));
        if !matches!(called, "require" | "import") {
            return;
        }
        let Some(module) = field(value, "arguments")
            .and_then(|list| named(list).into_iter().next())
            .filter(|first| first.kind() == "string")
        else {
            return;
        };
        let module = words(module, text)
            .trim_matches(['"', '\'', '`'])
            .to_owned();
        if target.kind() == "identifier" {
            out.push(Import {
                module,
                name: member,
                local: words(target, text).to_owned(),
            });
            return;
        }
        for child in named(target) {
            let (name, local) = match child.kind() {
                "shorthand_property_identifier_pattern" => (Some(child), Some(child)),
                "pair_pattern" => (field(child, "key"), field(child, "value")),
                _ => continue,
            };
            let (Some(name), Some(local)) = (name, local) else {
                continue;
            };
            out.push(Import {
                module: module.clone(),
                name: words(name, text).to_owned(),
                local: words(local, text).to_owned(),
            });
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::javascript::IDIOMS
    }
}

fn bare(node: Node<'_>) -> Node<'_> {
    if node.kind() == "parenthesized_expression" {
        named(node).into_iter().next().unwrap_or(node)
    } else {
        node
    }
}

/// The expression of an expression statement.
fn statement(node: Node<'_>) -> Node<'_> {
    if node.kind() == "expression_statement" {
        named(node).into_iter().next().unwrap_or(node)
    } else {
        node
    }
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "member_expression" => {
            let name = field_words(node, "property", text);
            let name = name.trim_start_matches('#').to_owned();
            Step::Part(name.into(), field(node, "object"))
        }
        "identifier" | "property_identifier" | "shorthand_property_identifier" => {
            Step::Part(words(node, text).into(), None)
        }
        "this" => Step::Part(String::new().into(), None),
        "call_expression" | "new_expression" => {
            let function = field(node, "function").or_else(|| field(node, "constructor"));
            match function {
                Some(member) if member.kind() == "member_expression" => Step::Call(
                    field_words(member, "property", text).into(),
                    field(member, "object"),
                ),
                Some(function) => Step::Call(words(function, text).into(), None),
                None => Step::Stop,
            }
        }
        "await_expression"
        | "parenthesized_expression"
        | "non_null_expression"
        | "as_expression" => Step::Within(named(node).into_iter().next()),
        _ => Step::Nameless,
    })
}

fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for child in named(node) {
        match child.kind() {
            "string_fragment" | "escape_sequence" => {
                pieces.push(Piece::Verbatim(child.byte_range()));
            }
            "template_substitution" => {
                if let Some(value) = named(child).into_iter().next() {
                    pieces.push(Piece::Value(value));
                }
            }
            _ => {}
        }
    }
    pieces
}

fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    named(node)
        .into_iter()
        .filter_map(|pair| match pair.kind() {
            "pair" => {
                let key = words(field(pair, "key")?, text).trim_matches(['"', '\'']);
                Some((key.to_owned(), field(pair, "value")?))
            }
            "shorthand_property_identifier" => Some((words(pair, text).to_owned(), pair)),
            _ => None,
        })
        .collect()
}
