//! POSIX shell and Bash.

use crate::parse::code::syntax::Node;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, field, named,
    number, whole, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;

/// POSIX shell and Bash.
pub struct Bash;

const ROLES: &[(&str, Role)] = &[
    ("function_definition", Role::Function),
    ("for_statement", Role::Loop),
    ("c_style_for_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("case_statement", Role::Branch),
    ("elif_clause", Role::Arm),
    ("else_clause", Role::Arm),
    ("case_item", Role::Arm),
    ("command", Role::Call),
    ("variable_assignment", Role::Binding),
    ("binary_expression", Role::Compare),
];

/// Options of requests that retry by themselves after 429. The tries of wget are for
/// connections.
const RETRY_OPTIONS: &[&str] = &["--retry", "--retry-on-http-error=429"];

/// Options with a number that matters, and the name it is known by.
const NUMBERS: &[(&str, &str)] = &[
    ("-P", "-P"),
    ("--max-procs", "-P"),
    ("-j", "-P"),
    ("--jobs", "-P"),
    ("--delay", "--delay"),
    ("--rate", "--rate"),
    ("--wait", "--wait"),
    ("--parallel-max", "--parallel-max"),
];

/// Fewest requests of one command that are many.
const MANY: f64 = 100.0;

impl Dialect for Bash {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, child: Node<'_>, name: Option<&str>) -> bool {
        branch.kind() == "if_statement"
            && name.is_none()
            && child.is_named()
            && !matches!(child.kind(), "elif_clause" | "else_clause" | "comment")
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "case_item" => field(arm, "value"),
            "elif_clause" => named(arm).into_iter().next(),
            "else_clause" => None,
            _ => field(arm.parent()?, "condition"),
        }
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        Signature {
            parameters: (1..10).map(|index| (index.to_string(), None)).collect(),
            ..Signature::named(node, text)
        }
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let head = node.start_byte()..body.start_byte();
        match node.kind() {
            "for_statement" => Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![words(field(node, "variable")?, text).to_owned()],
                over: match node.children_by_field_name("value").count() {
                    1 => field(node, "value").map(|value| array_in(value, text).unwrap_or(value)),
                    // Several words: the statement stands for their list.
                    _ => Some(node),
                },
                condition: None,
                endless: false,
                counts: false,
            }),
            "c_style_for_statement" => {
                let condition = field(node, "condition");
                Some(Repetition {
                    body: body.byte_range(),
                    head,
                    variables: Vec::new(),
                    over: None,
                    condition,
                    endless: condition.is_none(),
                    counts: condition.is_some(),
                })
            }
            _ => {
                let condition = field(node, "condition")?;
                let until = words(node, text).starts_with("until");
                Some(Repetition {
                    body: node.byte_range(),
                    head,
                    variables: Vec::new(),
                    over: None,
                    condition: Some(condition),
                    endless: !until
                        && matches!(words(condition, text).trim(), "true" | ":" | "[ 1 ]"),
                    counts: false,
                })
            }
        }
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else {
            return;
        };
        out.push(Binding {
            default: false,
            target: words(name, text).to_owned(),
            value,
            augmented: words(node, text).contains("+="),
            field: false,
        });
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() != "command" {
            return None;
        }
        let name = field(node, "name")?;
        let mut callee = words(name, text).to_owned();
        let list: Vec<_> = node.children_by_field_name("argument").collect();
        let mut arguments: Vec<Given<'t>> = list
            .iter()
            .map(|value| Given {
                name: None,
                value: Some(*value),
            })
            .collect();
        let curls = list
            .iter()
            .any(|value| matches!(words(*value, text), "curl" | "wget"));
        if matches!(callee.as_str(), "xargs" | "parallel") && curls {
            callee += ".curl";
        } else if callee == "curl" && list.iter().any(|value| is_many(words(*value, text))) {
            let beside = list
                .iter()
                .any(|value| matches!(words(*value, text), "-Z" | "--parallel"));
            callee += if beside { ".parallel" } else { ".many" };
        }
        for (at, value) in list.iter().enumerate() {
            let word = words(*value, text);
            let option = NUMBERS.iter().find_map(|(option, name)| {
                let rest = word.strip_prefix(option)?;
                let value = if rest.is_empty() {
                    *list.get(at + 1)?
                } else {
                    // `-P8`, `--jobs=8`: the word stands for its number.
                    let number = rest.starts_with(|c: char| c == '=' || c.is_ascii_digit());
                    number.then_some(*value)?
                };
                Some(Given {
                    name: Some((*name).to_owned()),
                    value: Some(value),
                })
            });
            arguments.extend(option);
        }
        Some(Invocation {
            callee,
            receiver: None,
            arguments,
            callee_range: name.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" | "concatenation" => Shape::Text(pieces(node)),
            "raw_string" => {
                let range = node.byte_range();
                let start = (range.start + 1).min(range.end);
                Shape::Text(vec![Piece::Verbatim(
                    start..range.end.saturating_sub(1).max(start),
                )])
            }
            "word" | "number" => {
                let whole = words(node, text);
                let word = option_value(whole).unwrap_or(whole);
                if word.contains('/') {
                    // `90/m` is a rate, and `/api` a path.
                    return Shape::Text(vec![Piece::Verbatim(node.byte_range())]);
                }
                if word.starts_with(|c: char| c.is_ascii_digit())
                    && let Some(value) = number(word)
                {
                    let unit = if word.ends_with('m') { 60.0 } else { 1.0 };
                    return Shape::Number(value * unit);
                }
                Shape::Text(vec![Piece::Verbatim(node.byte_range())])
            }
            "simple_expansion" => Shape::Path(variable(node, text)),
            "expansion" => {
                let children = named(node);
                match children.as_slice() {
                    [name, default] if words(node, text).contains(":-") => {
                        Shape::Either(*name, *default)
                    }
                    [..] => Shape::Path(variable(node, text)),
                }
            }
            "variable_name" => Shape::Path(words(node, text).to_owned()),
            "brace_expression" => match named(node).as_slice() {
                [first, last] => {
                    let count = |node: &Node<'_>| number(words(*node, text));
                    match (count(first), count(last)) {
                        (Some(first), Some(last)) => Shape::Items(whole((last - first).abs()) + 1),
                        _ => Shape::Unknown,
                    }
                }
                _ => Shape::Unknown,
            },
            "command_substitution" => {
                let inner = words(node, text).trim_matches(['$', '(', ')', '`']);
                let mut parts = inner.split_whitespace();
                if parts.next() == Some("seq") {
                    let numbers: Vec<f64> = parts.filter_map(number).collect();
                    match numbers.as_slice() {
                        [last] => return Shape::Items(whole(*last)),
                        [first, last] => return Shape::Items(whole(last - first) + 1),
                        _ => {}
                    }
                }
                Shape::Unknown
            }
            "for_statement" => {
                let values: Vec<_> = node.children_by_field_name("value").collect();
                let plain = values
                    .iter()
                    .all(|value| matches!(value.kind(), "word" | "number" | "raw_string"));
                if plain {
                    Shape::List(values)
                } else {
                    Shape::Unknown
                }
            }
            "array" => {
                let values = named(node);
                // What is put in may be many.
                let single = values.iter().all(|value| {
                    let words = words(*value, text);
                    !words.contains(['*', '{', '`']) && !words.contains("$(")
                });
                if single {
                    Shape::List(values.to_vec())
                } else {
                    Shape::Unknown
                }
            }
            "command" => Shape::Call,
            _ => Shape::Unknown,
        }
    }

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        if node.kind() != "command" {
            return;
        }
        let name = field(node, "name").map_or("", |name| words(name, text));
        if matches!(name, "." | "source")
            && let Some(argument) = field(node, "argument")
        {
            out.push(Import {
                module: words(argument, text).trim_matches(['"', '\'']).to_owned(),
                name: String::new(),
                local: String::new(),
            });
        }
    }

    fn imports(&self, _node: Node<'_>, _text: &str, _out: &mut Vec<Import>) {}

    fn retry_options(&self) -> &'static [&'static str] {
        RETRY_OPTIONS
    }

    fn pacing(&self) -> &'static [Idiom] {
        idioms::bash::PACING
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::bash::IDIOMS
    }
}

/// The array whose items are given one by one: `"${ids[@]}"`.
fn array_in<'t>(value: Node<'t>, text: &str) -> Option<Node<'t>> {
    let words = words(value, text);
    let whole = words.starts_with("\"${") && (words.ends_with("[@]}\""));
    let inner = named(value);
    (value.kind() == "string" && whole && inner.len() == 1).then(|| inner[0])
}

/// The number in `-P8` and `--jobs=8`.
fn option_value(word: &str) -> Option<&str> {
    NUMBERS.iter().find_map(|(option, _)| {
        let rest = word.strip_prefix(option)?;
        let value = rest.strip_prefix('=').unwrap_or(rest);
        value
            .starts_with(|c: char| c.is_ascii_digit())
            .then_some(value)
    })
}

/// Whether an address stands for many: `…?$skip=[0-100000:100]`.
fn is_many(word: &str) -> bool {
    let Some((_, rest)) = word
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('['))
    else {
        return false;
    };
    let range = rest.split(']').next().unwrap_or_default();
    let (range, step) = range.split_once(':').unwrap_or((range, "1"));
    let Some((first, last)) = range.split_once('-') else {
        return false;
    };
    match (number(first), number(last), number(step)) {
        (Some(first), Some(last), Some(step)) if step > 0.0 => (last - first) / step >= MANY,
        _ => false,
    }
}

fn variable(node: Node<'_>, text: &str) -> String {
    named(node)
        .into_iter()
        .next()
        .map_or("", |name| words(name, text))
        .split('[')
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    named(node)
        .into_iter()
        .map(|child| match child.kind() {
            "string_content" | "word" | "number" => Piece::Verbatim(child.byte_range()),
            _ => Piece::Value(child),
        })
        .collect()
}
