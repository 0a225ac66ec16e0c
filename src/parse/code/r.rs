//! R, in scripts and in the chunks of R Markdown and Quarto.

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, Step, dotted,
    field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// R.
pub struct R;

const ROLES: &[(&str, Role)] = &[
    ("function_definition", Role::Lambda),
    ("for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("repeat_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("call", Role::Call),
    ("binary_operator", Role::Binding),
    ("break", Role::Jump),
    ("next", Role::Jump),
    ("subset2", Role::Index),
];

impl Dialect for R {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        super::dialect::branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let start = node.start_byte();
        let mut signature = Signature {
            name_range: start..start,
            ..Signature::default()
        };
        let list = field(node, "parameters").map(named).unwrap_or_default();
        for parameter in list.into_iter().filter(|node| node.kind() == "parameter") {
            let name = field_words(parameter, "name", text).to_owned();
            signature
                .parameters
                .push((name, field(parameter, "default")));
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let head = node.start_byte()..body.start_byte();
        if let Some(over) = field(node, "sequence") {
            return Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![field_words(node, "variable", text).to_owned()],
                over: Some(over),
                condition: None,
                endless: false,
                counts: false,
            });
        }
        let Some(condition) = field(node, "condition") else {
            return Some(Repetition {
                body: node.byte_range(),
                head,
                variables: Vec::new(),
                over: None,
                condition: None,
                endless: true,
                counts: false,
            });
        };
        let endless = matches!(words(condition, text), "TRUE" | "T");
        Some(Repetition::asked(node, head, condition, endless))
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let (Some(left), Some(right)) = (field(node, "lhs"), field(node, "rhs")) else {
            return;
        };
        let (target, value) = match field_words(node, "operator", text) {
            "<-" | "<<-" | "=" | ":=" => (left, right),
            "->" | "->>" => (right, left),
            _ => return,
        };
        if let Shape::Path(path) = self.shape(target, text) {
            if let Shape::Pairs(pairs) = self.shape(value, text) {
                out.extend(Binding::members(&path, pairs, |value| {
                    self.pairs_of(value, text)
                }));
            }
            out.push(Binding::declared(&path, value, false));
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() != "call" {
            return None;
        }
        let function = field(node, "function")?;
        let mut arguments: Vec<Given<'t>> = Vec::new();
        // `x |> f(y)` calls `f(x, y)`.
        arguments.extend(piped(node, text).map(|value| Given {
            name: None,
            value: Some(value),
        }));
        for argument in field(node, "arguments").map(named).unwrap_or_default() {
            if argument.kind() == "argument" {
                let name = field_words(argument, "name", text);
                arguments.push(Given {
                    name: Some(name.to_owned()).filter(|name| !name.is_empty()),
                    value: field(argument, "value"),
                });
            }
        }
        Some(Invocation {
            callee: path(function, text),
            receiver: None,
            arguments,
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
            "float" | "integer" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "identifier" | "extract_operator" | "namespace_operator" => {
                Shape::Path(path(node, text))
            }
            "subset2" => {
                let (Some(of), Some(list)) = (field(node, "function"), field(node, "arguments"))
                else {
                    return Shape::Unknown;
                };
                let key = words(list, text).trim_matches(['[', ']', '"', '\'']);
                if key.chars().all(|c| c.is_alphanumeric() || c == '_') && !key.is_empty() {
                    return Shape::Path(format!("{}.{key}", path(of, text)));
                }
                Shape::Unknown
            }
            "binary_operator" => {
                let (Some(left), Some(right)) = (field(node, "lhs"), field(node, "rhs")) else {
                    return Shape::Unknown;
                };
                match field_words(node, "operator", text) {
                    ":" => Shape::Span(left, right),
                    "%>%" | "|>" | "%T>%" => Shape::Inner(right),
                    operator @ ("+" | "-" | "*" | "/") => {
                        Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "if_statement" => match (field(node, "consequence"), field(node, "alternative")) {
                (Some(first), Some(second)) => Shape::Either(first, second),
                _ => Shape::Unknown,
            },
            "parenthesized_expression" => field(node, "body").map_or(Shape::Unknown, Shape::Inner),
            "call" => self.call_shape(node, text),
            "function_definition" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, _node: Node<'_>, _text: &str, _out: &mut Vec<Import>) {}

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        if node.kind() != "call" || field_words(node, "function", text) != "source" {
            return;
        }
        let first = field(node, "arguments")
            .map(named)
            .unwrap_or_default()
            .into_iter()
            .find_map(|argument| field(argument, "value"));
        if let Some(file) = first.filter(|file| file.kind() == "string") {
            out.push(Import {
                module: words(file, text).trim_matches(['"', '\'']).to_owned(),
                name: String::new(),
                local: String::new(),
            });
        }
    }

    fn shares_functions(&self) -> bool {
        true
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::r::IDIOMS
    }
}

impl R {
    fn call_shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        let Some(call) = self.invocation(node, text) else {
            return Shape::Unknown;
        };
        let values = || call.arguments.iter().filter_map(|given| given.value);
        match call.name() {
            "list" if call.arguments.iter().all(|given| given.name.is_some()) => Shape::Pairs(
                call.arguments
                    .into_iter()
                    .filter_map(|given| Some((given.name?, given.value?)))
                    .collect(),
            ),
            "c" | "list" => Shape::List(values().collect()),
            "sprintf" => match call.arguments.split_first() {
                Some((
                    Given {
                        value: Some(template),
                        ..
                    },
                    rest,
                )) => Shape::Format(*template, rest.to_vec()),
                _ => Shape::Call,
            },
            _ => Shape::Call,
        }
    }
}

/// What a pipe puts before the arguments of a call.
fn piped<'t>(node: Node<'t>, text: &'t str) -> Option<Node<'t>> {
    let parent = node
        .parent()
        .filter(|parent| parent.kind() == "binary_operator")?;
    let pipes = matches!(field_words(parent, "operator", text), "%>%" | "|>" | "%T>%");
    let right = field(parent, "rhs").is_some_and(|right| right.id() == node.id());
    field(parent, "lhs").filter(|_| pipes && right)
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "extract_operator" | "namespace_operator" => Step::Part(
            field_words(node, "rhs", text)
                .trim_matches(['"', '`'])
                .into(),
            field(node, "lhs"),
        ),
        "identifier" | "string" => Step::Part(
            words(node, text).trim_matches(['"', '\'', '`']).into(),
            None,
        ),
        "call" => match field(node, "function") {
            Some(function) => Step::Call(words(function, text).into(), None),
            None => Step::Stop,
        },
        "subset" | "subset2" => Step::Within(field(node, "function")),
        _ => Step::Nameless,
    })
}
