//! PowerShell. Names are compared in lower case.

use tree_sitter::Node;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature, field, named,
    number, whole, words,
};
use super::idiom::{Does, Idiom, Over};
use crate::facts::code::Import;

/// PowerShell.
pub struct PowerShell;

const ROLES: &[(&str, Role)] = &[
    ("function_statement", Role::Function),
    ("class_method_definition", Role::Function),
    ("script_block_expression", Role::Lambda),
    ("class_statement", Role::Class),
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

const IDIOMS: &[Idiom] = &[
    Idiom::new(
        "Start-Sleep",
        &["start-sleep.milliseconds"],
        Does::Sleep(&["milliseconds", "ms"], 0.001),
    ),
    Idiom::new(
        "Start-Sleep",
        &["start-sleep", "sleep"],
        Does::Sleep(&["seconds", "duration", "#0"], 1.0),
    ),
    Idiom::new(
        "Thread.Sleep",
        &["threading.thread.sleep", "task.delay", "thread.sleep"],
        Does::Sleep(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.frommilliseconds"],
        Does::Duration(&["#0"], 0.001),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.fromseconds"],
        Does::Duration(&["#0"], 1.0),
    ),
    Idiom::new(
        "TimeSpan",
        &["timespan.fromminutes"],
        Does::Duration(&["#0"], 60.0),
    ),
    Idiom::new(
        "New-TimeSpan",
        &["new-timespan"],
        Does::Duration(&["seconds"], 1.0),
    ),
    Idiom::new(
        "Invoke-RestMethod",
        &["invoke-restmethod", "irm"],
        Does::Request(&["uri", "#0"]),
    ),
    Idiom::new(
        "Invoke-WebRequest",
        &["invoke-webrequest", "iwr", "curl", "wget"],
        Does::Request(&["uri", "#0"]),
    ),
    Idiom::new(
        "ForEach-Object -Parallel",
        &["foreach-object.parallel"],
        Does::EachAtOnce(Over::Pipeline, &["throttlelimit", "=5"]),
    ),
    Idiom::new(
        "ForEach-Object",
        &["foreach-object", "%", "foreach"],
        Does::Each(Over::Pipeline),
    ),
    Idiom::new(
        "Start-Job",
        &["start-job", "start-threadjob", "addscript"],
        Does::Spawn,
    ),
    Idiom::new(
        "Uri",
        &["uri.new", "system.uri.new"],
        Does::Address(&["#0"]),
    ),
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
        if node.kind() == "class_property_definition" {
            let children = named(node);
            let variable = children.iter().find(|child| child.kind() == "variable");
            let (Some(variable), Some(value)) = (variable, children.last()) else {
                return;
            };
            if variable.id() != value.id() {
                out.push(Binding {
                    target: format!(".{}", variable_name(words(*variable, text))),
                    value: *value,
                    augmented: false,
                    field: true,
                });
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
            for (key, value) in pairs {
                out.push(Binding {
                    target: format!("{target}.{key}"),
                    value,
                    augmented: false,
                    field: false,
                });
            }
        }
        out.push(Binding {
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
                    .map(|list| unwrap_list(*list))
                    .unwrap_or_default()
                    .into_iter()
                    .map(|value| Given {
                        name: None,
                        value: Some(value),
                    })
                    .collect();
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
                    vec![inner]
                };
                Shape::Format(
                    *template,
                    values
                        .into_iter()
                        .map(|value| Given {
                            name: None,
                            value: Some(value),
                        })
                        .collect(),
                )
            }
            "range_expression" | "range_argument_expression" => match named(node).as_slice() {
                [first, last] => Shape::Span(*first, *last),
                _ => Shape::Unknown,
            },
            "array_literal_expression" => Shape::List(named(node)),
            "array_expression" => {
                // `@(…)`, which holds what its one statement gives.
                let inner = named(node).into_iter().next().map(unwrap);
                match inner {
                    None => Shape::List(Vec::new()),
                    Some(inner) if inner.kind() == "array_literal_expression" => {
                        Shape::List(named(inner))
                    }
                    Some(inner) if inner.kind() == "string_literal" => Shape::List(vec![inner]),
                    Some(inner) if inner.kind() == "statement_list" => Shape::List(named(inner)),
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
        IDIOMS
    }
}

/// Goes down through expressions that only wrap another.
fn unwrap(mut node: Node<'_>) -> Node<'_> {
    loop {
        let wraps = matches!(
            node.kind(),
            "pipeline"
                | "pipeline_chain"
                | "logical_expression"
                | "bitwise_expression"
                | "comparison_expression"
                | "additive_expression"
                | "multiplicative_expression"
                | "format_expression"
                | "range_expression"
                | "array_literal_expression"
                | "unary_expression"
                | "parenthesized_expression"
                | "sub_expression"
                | "statement_list"
                | "statement_block"
                | "left_assignment_expression"
                | "argument_expression"
                | "logical_argument_expression"
                | "bitwise_argument_expression"
                | "comparison_argument_expression"
                | "additive_argument_expression"
                | "multiplicative_argument_expression"
                | "format_argument_expression"
                | "range_argument_expression"
                | "script_parameter_default"
                | "while_condition"
                | "for_condition"
                | "switch_clause_condition"
        );
        if !wraps || node.named_child_count() != 1 {
            return node;
        }
        let Some(inner) = node.named_child(0) else {
            return node;
        };
        node = inner;
    }
}

fn unwrap_list(list: Node<'_>) -> Vec<Node<'_>> {
    match named(list).as_slice() {
        [only] if only.kind() == "argument_expression_list" => named(*only),
        other => other.to_vec(),
    }
}

fn parameters<'t>(list: Node<'t>, text: &'t str, signature: &mut Signature<'t>) {
    let mut queue = named(list);
    queue.reverse();
    while let Some(node) = queue.pop() {
        match node.kind() {
            "parameter_list" => queue.extend(named(node).into_iter().rev()),
            "script_parameter" | "class_method_parameter" => {
                let children = named(node);
                let Some(variable) = children.iter().find(|child| child.kind() == "variable")
                else {
                    continue;
                };
                let default = children
                    .iter()
                    .find(|child| child.kind() == "script_parameter_default")
                    .copied();
                signature
                    .parameters
                    .push((variable_name(words(*variable, text)), default));
            }
            _ => {}
        }
    }
}

/// `$script:Base` is `base`, `@params` is `params`, `$this` is nothing.
fn variable_name(words: &str) -> String {
    let name = words
        .trim_start_matches(['$', '@', '{'])
        .trim_end_matches('}');
    let lower = name.to_ascii_lowercase();
    let bare = ["script:", "global:", "local:", "using:", "private:"]
        .iter()
        .find_map(|scope| lower.strip_prefix(scope))
        .unwrap_or(&lower);
    if bare == "this" {
        String::new()
    } else {
        bare.to_owned()
    }
}

fn path(node: Node<'_>, text: &str) -> String {
    let mut parts = Vec::new();
    let mut current = Some(unwrap(node));
    while let Some(node) = current {
        match node.kind() {
            "variable" => {
                parts.push(variable_name(words(node, text)));
                break;
            }
            "type_literal" => {
                let name = words(node, text)
                    .trim_matches(['[', ']'])
                    .to_ascii_lowercase();
                parts.push(name);
                break;
            }
            "member_access" | "invokation_expression" => {
                let children = named(node);
                let member = children.iter().find(|child| child.kind() == "member_name");
                let name = member.map_or("", |member| words(*member, text));
                let call = if node.kind() == "member_access" {
                    ""
                } else {
                    "()"
                };
                let name = name.trim_matches(['"', '\'']).to_ascii_lowercase();
                parts.push(format!("{name}{call}"));
                current = children.first().copied().map(unwrap);
            }
            _ => {
                parts.push("()".to_owned());
                break;
            }
        }
        if parts.len() > 12 {
            break;
        }
    }
    parts.reverse();
    parts.join(".")
}

/// A string literal in pieces.
fn pieces<'t>(node: Node<'t>, text: &'t str) -> Vec<Piece<'t>> {
    let literal = words(node, text);
    let open = if literal.starts_with('@') {
        literal.find('\n').map_or(2, |at| at + 1)
    } else {
        1
    };
    let close = if literal.starts_with('@') { 2 } else { 1 };
    let start = node.start_byte() + open.min(literal.len());
    let end = node.end_byte().saturating_sub(close).max(start);
    let mut pieces = Vec::new();
    let mut at = start;
    for child in named(node) {
        if child.start_byte() < at {
            continue;
        }
        pieces.push(Piece::Verbatim(at..child.start_byte().min(end)));
        pieces.push(Piece::Value(child));
        at = child.end_byte();
    }
    if at < end || pieces.is_empty() {
        pieces.push(Piece::Verbatim(at..end.max(at)));
    }
    pieces
}

/// A word without quotes: `https://host/$id/tags`.
fn token<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let range = node.byte_range();
    let token = words(node, text);
    if let Some(value) = number(token)
        && token.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return Shape::Number(value);
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while let Some(open) = token[at..].find('$').map(|open| at + open) {
        pieces.push(Piece::Verbatim(range.start + at..range.start + open));
        let rest = &token[open + 1..];
        let (name, len) = if let Some(inner) = rest.strip_prefix('(') {
            let close = inner.find(')').map_or(inner.len(), |close| close);
            (&inner[..close], close + 3)
        } else {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || "_:".contains(c)))
                .unwrap_or(rest.len());
            (&rest[..end], end + 1)
        };
        pieces.push(Piece::Named(variable_name(name)));
        at = (open + len).min(token.len());
    }
    pieces.push(Piece::Verbatim(range.start + at..range.end));
    Shape::Text(pieces)
}

fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    let Some(body) = named(node).into_iter().next() else {
        return Vec::new();
    };
    named(body)
        .into_iter()
        .filter(|entry| entry.kind() == "hash_entry")
        .filter_map(|entry| match named(entry).as_slice() {
            [key, value] => Some((
                words(*key, text)
                    .trim_matches(['"', '\''])
                    .to_ascii_lowercase(),
                *value,
            )),
            _ => None,
        })
        .collect()
}

fn command<'t>(node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
    if node.kind() != "command" {
        return None;
    }
    let name = field(node, "command_name")?;
    let mut arguments: Vec<Given<'t>> = Vec::new();
    let mut open = false;
    for element in field(node, "command_elements")
        .map(named)
        .unwrap_or_default()
    {
        match element.kind() {
            "command_argument_sep" | "redirection" => {}
            "command_parameter" => {
                let name = words(element, text)
                    .trim_matches(['-', ':'])
                    .to_ascii_lowercase();
                arguments.push(Given {
                    name: Some(name),
                    value: None,
                });
                open = true;
            }
            _ if open => {
                if let Some(last) = arguments.last_mut() {
                    last.value = Some(element);
                }
                open = false;
            }
            _ => arguments.push(Given {
                name: None,
                value: Some(element),
            }),
        }
    }
    let mut callee = words(name, text).to_ascii_lowercase();
    let switch = |prefix: &str| {
        arguments.iter().any(|given| {
            given
                .name
                .as_deref()
                .is_some_and(|name| !name.is_empty() && prefix.starts_with(name))
        })
    };
    match callee.as_str() {
        "start-sleep" if switch("milliseconds") || switch("ms") => callee += ".milliseconds",
        "foreach-object" | "%" if switch("parallel") => {
            "foreach-object.parallel".clone_into(&mut callee);
        }
        _ => {}
    }
    Some(Invocation {
        callee,
        receiver: None,
        arguments,
        callee_range: name.byte_range(),
    })
}
