//! Python.

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step, dotted,
    field, field_words, named, number, whole, words,
};
use super::idiom::Idiom;
use super::idioms;
use super::options;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// Python.
pub struct Python;

const ROLES: &[(&str, Role)] = &[
    ("function_definition", Role::Function),
    ("lambda", Role::Lambda),
    ("class_definition", Role::Class),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("list_comprehension", Role::Loop),
    ("set_comprehension", Role::Loop),
    ("dictionary_comprehension", Role::Loop),
    ("generator_expression", Role::Loop),
    ("if_statement", Role::Branch),
    ("match_statement", Role::Branch),
    ("elif_clause", Role::Arm),
    ("else_clause", Role::Arm),
    ("case_clause", Role::Arm),
    ("except_clause", Role::Handler),
    ("except_group_clause", Role::Handler),
    ("call", Role::Call),
    ("with_item", Role::Call),
    ("assignment", Role::Binding),
    ("augmented_assignment", Role::Binding),
    ("named_expression", Role::Binding),
    ("as_pattern", Role::Binding),
    ("comparison_operator", Role::Compare),
    ("return_statement", Role::Return),
    ("raise_statement", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("import_statement", Role::Import),
    ("import_from_statement", Role::Import),
    ("subscript", Role::Index),
];

impl Dialect for Python {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, _child: Node<'_>, name: Option<&str>) -> bool {
        branch.kind() == "if_statement" && name == Some("consequence")
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "case_clause" => named(arm).into_iter().next(),
            "else_clause" => None,
            _ => field(arm, "condition").or_else(|| field(arm.parent()?, "condition")),
        }
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        for parameter in field(node, "parameters").map(named).unwrap_or_default() {
            let (name, default) = match parameter.kind() {
                "default_parameter" | "typed_default_parameter" => {
                    (field(parameter, "name"), field(parameter, "value"))
                }
                "typed_parameter" => (named(parameter).into_iter().next(), None),
                "identifier" => (Some(parameter), None),
                _ => continue,
            };
            let name = name.map_or("", |name| words(name, text));
            if !matches!(name, "self" | "cls" | "") {
                signature.parameters.push((name.to_owned(), default));
            }
        }
        self.decorated(node, text, &mut signature);
        signature
    }

    fn decorators<'t>(&self, node: Node<'t>) -> Vec<Node<'t>> {
        let Some(parent) = node.parent() else {
            return Vec::new();
        };
        if parent.kind() != "decorated_definition" {
            return Vec::new();
        }
        named(parent)
            .into_iter()
            .filter(|child| child.kind() == "decorator")
            .filter_map(|decorator| named(decorator).into_iter().next())
            .collect()
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        if node.kind() == "while_statement" {
            let condition = field(node, "condition")?;
            return Some(Repetition {
                body: node.byte_range(),
                head: start..body.start_byte(),
                variables: Vec::new(),
                over: None,
                condition: Some(condition),
                endless: matches!(words(condition, text), "True" | "1"),
                counts: false,
            });
        }
        let clause = if node.kind() == "for_statement" {
            node
        } else {
            named(node)
                .into_iter()
                .find(|child| child.kind() == "for_in_clause")?
        };
        let left = field(clause, "left")?;
        let head = if clause == node {
            start..body.start_byte()
        } else {
            clause.byte_range()
        };
        Some(Repetition {
            body: body.byte_range(),
            head,
            variables: words(left, text)
                .split(',')
                .map(|name| name.trim().to_owned())
                .collect(),
            over: field(clause, "right"),
            condition: None,
            endless: false,
            counts: false,
        })
    }

    fn element<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        matches!(
            node.kind(),
            "list_comprehension" | "generator_expression" | "set_comprehension"
        )
        .then(|| field(node, "body"))
        .flatten()
    }

    fn bases<'t>(&self, node: Node<'t>) -> Option<Node<'t>> {
        let mut outer = node;
        while outer.kind() != "class_definition" {
            outer = outer.parent()?;
        }
        field(outer, "superclasses")
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let (target, value) = match node.kind() {
            "named_expression" => (field(node, "name"), field(node, "value")),
            "as_pattern" => (
                field(node, "alias").and_then(|alias| named(alias).into_iter().next()),
                named(node).into_iter().next(),
            ),
            _ => (field(node, "left"), field(node, "right")),
        };
        let (Some(target), Some(value)) = (target, value) else {
            return;
        };
        if matches!(target.kind(), "pattern_list" | "tuple_pattern") {
            let targets = named(target);
            let values = named(value);
            if targets.len() == values.len() && value.kind() != "call" {
                for (target, value) in targets.into_iter().zip(values) {
                    self.bind(target, value, false, text, out);
                }
            }
            return;
        }
        self.bind(
            target,
            value,
            node.kind() == "augmented_assignment",
            text,
            out,
        );
        // A class attribute.
        if in_class(node) {
            out.push(Binding::declared(words(target, text), value, true));
        }
        if value.kind() == "dictionary" {
            let own = pairs(value, text);
            let inner = |value| self.pairs_of(value, text);
            out.extend(Binding::members(words(target, text), own, inner));
        }
    }

    fn declared<'t>(&self, call: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let adds = field(call, "function").is_some_and(|function| {
            let words = words(function, text);
            words.ends_with(".add_argument") || words.ends_with(".add_option")
        });
        if adds && let Some(call) = self.invocation(call, text) {
            out.extend(options::argparse(&call, text));
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if matches!(node.kind(), "identifier" | "attribute") {
            return Some(Invocation {
                callee: path(node, text),
                receiver: None,
                arguments: Vec::new(),
                callee_range: node.byte_range(),
            });
        }
        // `with limiter:` calls a method of it.
        if node.kind() == "with_item" {
            let held = field(node, "value")?;
            let statement = node.parent().and_then(|clause| clause.parent());
            let method = match statement {
                Some(with) if words(with, text).starts_with("async") => "__aenter__",
                _ => "__enter__",
            };
            return matches!(held.kind(), "identifier" | "attribute").then(|| Invocation {
                callee: format!("{}.{method}", path(held, text)),
                receiver: Some(held),
                arguments: Vec::new(),
                callee_range: held.byte_range(),
            });
        }
        if node.kind() != "call" {
            return None;
        }
        let function = field(node, "function")?;
        let receiver = (function.kind() == "attribute")
            .then(|| field(function, "object"))
            .flatten();
        let arguments = field(node, "arguments")
            .map(|list| {
                if list.kind() == "generator_expression" {
                    return Given::unnamed(vec![list]);
                }
                named(list)
                    .into_iter()
                    .map(|argument| match argument.kind() {
                        "keyword_argument" => Given {
                            name: field(argument, "name").map(|n| words(n, text).to_owned()),
                            value: field(argument, "value"),
                        },
                        _ => Given {
                            name: None,
                            value: Some(argument),
                        },
                    })
                    .collect()
            })
            .unwrap_or_default();
        Some(Invocation {
            callee: path(function, text),
            receiver,
            arguments,
            callee_range: function.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" => Shape::Text(pieces(node)),
            "concatenated_string" => {
                Shape::Text(named(node).into_iter().flat_map(pieces).collect())
            }
            "integer" | "float" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "identifier" | "attribute" => Shape::Path(path(node, text)),
            "binary_operator" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                let operator = field(node, "operator").map_or("", |op| words(op, text));
                if operator == "%" && matches!(left.kind(), "string" | "concatenated_string") {
                    let values = if right.kind() == "tuple" {
                        named(right)
                    } else {
                        smallvec![right]
                    };
                    return Shape::Format(left, Given::unnamed(values));
                }
                match operator.chars().next() {
                    Some(c) if operator.len() == 1 && "+-*/%".contains(c) => {
                        Shape::Binary(c, left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "boolean_operator" => match (field(node, "left"), field(node, "right")) {
                (Some(left), Some(right)) => Shape::Either(left, right),
                _ => Shape::Unknown,
            },
            "conditional_expression" => match named(node).as_slice() {
                [first, _, second] => Shape::Either(*first, *second),
                _ => Shape::Unknown,
            },
            "parenthesized_expression" | "await" | "list_splat" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "keyword_argument" => field(node, "value").map_or(Shape::Unknown, Shape::Inner),
            "call" => {
                let Some(function) = field(node, "function") else {
                    return Shape::Call;
                };
                if function.kind() == "attribute"
                    && field(function, "attribute")
                        .is_some_and(|name| words(name, text) == "format")
                    && let Some(template) = field(function, "object")
                    && let Some(call) = self.invocation(node, text)
                {
                    return Shape::Format(template, call.arguments);
                }
                Shape::Call
            }
            "list" | "tuple" | "set" => Shape::List(named(node).into_vec()),
            "dictionary" => Shape::Pairs(pairs(node, text)),
            "lambda" => Shape::Lambda,
            "subscript" => subscript(node, text),
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let from = field(node, "module_name").map(|module| words(module, text));
        for child in node.children_by_field_name("name") {
            let (name, alias) = if child.kind() == "aliased_import" {
                (field(child, "name"), field(child, "alias"))
            } else {
                (Some(child), None)
            };
            let name = name.map_or("", |name| words(name, text));
            let alias = alias.map(|alias| words(alias, text));
            out.push(match from {
                Some(module) => Import {
                    module: module.to_owned(),
                    name: name.to_owned(),
                    local: alias.unwrap_or(name).to_owned(),
                },
                // `import a.b` binds `a`.
                None if alias.is_none() => {
                    let first = name.split('.').next().unwrap_or(name);
                    Import {
                        module: first.to_owned(),
                        name: String::new(),
                        local: first.to_owned(),
                    }
                }
                None => Import {
                    module: name.to_owned(),
                    name: String::new(),
                    local: alias.unwrap_or(name).to_owned(),
                },
            });
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::python::IDIOMS
    }
}

impl Python {
    /// Parameters that a decorator fills: `@click.option("--delay", default=1.0)`.
    fn decorated<'t>(&self, node: Node<'t>, text: &'t str, signature: &mut Signature<'t>) {
        if signature
            .parameters
            .iter()
            .all(|(_, default)| default.is_some())
        {
            return;
        }
        for decorator in self.decorators(node) {
            let Some(call) = self.invocation(decorator, text) else {
                continue;
            };
            let default = call
                .arguments
                .iter()
                .find(|given| given.name.as_deref() == Some("default"));
            if let Some(default) = default.and_then(|given| given.value)
                && call.name() == "option"
                && let Some(name) = options::dashed(&call, text)
            {
                for (own, value) in &mut signature.parameters {
                    if *own == name && value.is_none() {
                        *value = Some(default);
                    }
                }
            }
        }
    }

    fn bind<'t>(
        &self,
        target: Node<'t>,
        value: Node<'t>,
        augmented: bool,
        text: &'t str,
        out: &mut Vec<Binding<'t>>,
    ) {
        if !matches!(target.kind(), "identifier" | "attribute" | "subscript") {
            return;
        }
        let Shape::Path(path) = self.shape(target, text) else {
            return;
        };
        out.push(Binding {
            default: false,
            field: path.starts_with('.'),
            target: path,
            value,
            augmented,
        });
    }
}

fn in_class(node: Node<'_>) -> bool {
    node.parent()
        .and_then(|statement| statement.parent())
        .and_then(|block| block.parent())
        .is_some_and(|class| class.kind() == "class_definition")
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "attribute" => Step::Part(
            field_words(node, "attribute", text).into(),
            field(node, "object"),
        ),
        "identifier" => match words(node, text) {
            "self" | "cls" => Step::Part(String::new().into(), None),
            name => Step::Part(name.into(), None),
        },
        "call" => match field(node, "function") {
            Some(member) if member.kind() == "attribute" => Step::Call(
                field_words(member, "attribute", text).into(),
                field(member, "object"),
            ),
            Some(function) => Step::Call(words(function, text).into(), None),
            None => Step::Stop,
        },
        "await" | "parenthesized_expression" => Step::Within(named(node).into_iter().next()),
        // `settings["nominatim"]["url"]`.
        "subscript" => match field(node, "subscript") {
            Some(key) if key.kind() == "string" => Step::Part(
                words(key, text).trim_matches(['"', '\'']).into(),
                field(node, "value"),
            ),
            _ => Step::Nameless,
        },
        _ => Step::Nameless,
    })
}

fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for child in node.named_children() {
        match child.kind() {
            "string_content" => pieces.push(Piece::Verbatim(child.byte_range())),
            "interpolation" => {
                if let Some(value) = field(child, "expression") {
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
        .filter(|pair| pair.kind() == "pair")
        .filter_map(|pair| {
            let key = field(pair, "key")?;
            let key = words(key, text).trim_matches(['"', '\'']);
            Some((key.to_owned(), field(pair, "value")?))
        })
        .collect()
}

fn subscript<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let (Some(value), Some(index)) = (field(node, "value"), field(node, "subscript")) else {
        return Shape::Unknown;
    };
    match index.kind() {
        "slice" => {
            let mut parts = words(index, text).split(':').map(str::trim);
            let start = parts.next().unwrap_or_default();
            let stop = parts.next().unwrap_or_default();
            match (start, number(stop)) {
                ("", Some(stop)) => Shape::Slice(value, whole(stop)),
                (start, Some(stop)) => number(start).map_or(Shape::Unknown, |start| {
                    Shape::Slice(value, whole(stop - start))
                }),
                _ => match named(index).as_slice() {
                    [first, last] => Shape::Stretch(*first, *last, 0),
                    _ => Shape::Unknown,
                },
            }
        }
        "string" => {
            let key = words(index, text).trim_matches(['"', '\'']);
            let base = path(value, text);
            Shape::Path(format!("{base}.{key}"))
        }
        _ => Shape::Unknown,
    }
}
