//! Parts of Ruby's syntax: calls and their arguments, names, texts, elements.

use smallvec::smallvec;

use crate::facts::code::Import;
use crate::parse::code::dialect::{
    Binding, Given, Piece, Shape, Step, dotted, field, field_words, named, number, whole, words,
};
use crate::parse::code::syntax::Node;

/// Methods without arguments that hand on what they are called on.
const SAME: &[&str] = &[
    "freeze",
    "dup",
    "to_s",
    "to_str",
    "to_sym",
    "to_i",
    "to_f",
    "to_a",
    "strip",
    "chomp",
    "itself",
    "lazy",
    "each",
    "request_uri",
    "seconds_to_f",
    "value!",
    "presence",
];
/// Lengths of time on numbers, as Active Support has them.
const UNITS: &[&str] = &[
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days",
];

/// How a call is made: an attribute is read like a field.
pub fn call_shape<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let method = field(node, "method").map_or("", |method| words(method, text));
    let receiver = field(node, "receiver");
    if field(node, "block").is_some() {
        // `lambda { … }`, `proc do … end`.
        return match (receiver, method) {
            (None, "lambda" | "proc") => field(node, "block").map_or(Shape::Call, Shape::Inner),
            _ => Shape::Call,
        };
    }
    let arguments = arguments(node, text);
    match (receiver, arguments.as_slice()) {
        (None, [template, rest @ ..]) if matches!(method, "format" | "sprintf") => template
            .value
            .map_or(Shape::Call, |value| Shape::Format(value, rest.to_vec())),
        (Some(receiver), []) if SAME.contains(&method) => Shape::Inner(receiver),
        (Some(_), []) if UNITS.contains(&method) => Shape::Call,
        (Some(_), []) if field(node, "arguments").is_none() => Shape::Path(path(node, text)),
        _ => Shape::Call,
    }
}

/// The arguments of a call, its block left out.
pub fn arguments<'t>(node: Node<'t>, text: &'t str) -> Vec<Given<'t>> {
    let Some(list) = field(node, "arguments") else {
        return Vec::new();
    };
    named(list)
        .into_iter()
        .map(|argument| match argument.kind() {
            "pair" => Given {
                name: field(argument, "key").map(|key| key_words(key, text)),
                value: field(argument, "value"),
            },
            _ => Given {
                name: None,
                value: Some(argument),
            },
        })
        .collect()
}

/// The name under which middleware is registered: `f.request :retry`, `f.use Retry`.
pub fn middleware(node: Node<'_>, arguments: &[Given<'_>], text: &str) -> Option<String> {
    let first = arguments.first()?.value?;
    match (field_words(node, "method", text), first.kind()) {
        ("request", "simple_symbol") => Some(format!("request {}", words(first, text))),
        ("use", "scope_resolution" | "constant") => Some(path(first, text)),
        _ => None,
    }
}

/// A callee, dotted.
pub fn callee(node: Node<'_>, text: &str) -> String {
    let method = field(node, "method").map_or("call", |method| words(method, text));
    let Some(receiver) = field(node, "receiver") else {
        return method.to_owned();
    };
    format!("{}.{method}", path(receiver, text))
}

/// An expression as a name.
pub fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "identifier" | "constant" | "global_variable" => Step::Part(words(node, text).into(), None),
        "scope_resolution" => {
            Step::Part(field_words(node, "name", text).into(), field(node, "scope"))
        }
        "instance_variable" | "class_variable" => {
            // A field, as if read from the value itself.
            let name = words(node, text).trim_start_matches('@');
            Step::Part(format!(".{name}").into(), None)
        }
        "self" => Step::Part(String::new().into(), None),
        "call" => {
            let name = field_words(node, "method", text);
            let receiver = field(node, "receiver");
            if name == "class" && receiver.is_some_and(|of| of.kind() == "self") {
                return Step::Within(receiver);
            }
            if field(node, "arguments").is_none() && field(node, "block").is_none() {
                Step::Part(name.into(), receiver)
            } else {
                Step::Call(name.into(), receiver)
            }
        }
        "element_reference" => match named(node).as_slice() {
            [object, key] if matches!(key.kind(), "string" | "simple_symbol") => {
                Step::Part(key_words(*key, text).into(), Some(*object))
            }
            _ => Step::Nameless,
        },
        "parenthesized_statements" => Step::Within(named(node).into_iter().next()),
        _ => Step::Nameless,
    })
}

/// Two operands, a template, or the one or the other.
pub fn binary<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
        return Shape::Unknown;
    };
    match field(node, "operator").map_or("", |operator| words(operator, text)) {
        "||" | "or" => Shape::Either(left, right),
        "%" if left.kind() == "string" => Shape::Format(
            left,
            Given::unnamed(if right.kind() == "array" {
                named(right)
            } else {
                smallvec![right]
            }),
        ),
        operator @ ("+" | "-" | "*" | "/" | "%") => {
            Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
        }
        _ => Shape::Unknown,
    }
}

/// `&method(:fetch)` hands a method over by its name.
pub fn block_argument<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let Some(inner) = named(node).into_iter().next() else {
        return Shape::Unknown;
    };
    if inner.kind() == "call" && field_words(inner, "method", text) == "method" {
        let name = field(inner, "arguments").map_or("", |list| words(list, text));
        let name = name.trim_matches(['(', ')', ' ']);
        return match name.strip_prefix(':') {
            Some(name) => Shape::Path(name.to_owned()),
            None => Shape::Unknown,
        };
    }
    match inner.kind() {
        "simple_symbol" => Shape::Unknown,
        _ => Shape::Inner(inner),
    }
}

/// `x[:key]`, `x["key"]`, `x[0, 50]`, `x[0...50]`.
pub fn element<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let Some(object) = field(node, "object") else {
        return Shape::Unknown;
    };
    let values = named(node);
    match values.get(1..).unwrap_or_default() {
        [key] if matches!(key.kind(), "string" | "simple_symbol") => {
            Shape::Path(format!("{}.{}", path(object, text), key_words(*key, text)))
        }
        [first, count] if first.kind() == "integer" => number(words(*count, text))
            .map_or(Shape::Unknown, |count| Shape::Slice(object, whole(count))),
        [range] if range.kind() == "range" => {
            let first = field(*range, "begin").map_or("0", |first| words(first, text));
            let last = field(*range, "end").map_or("", |last| words(last, text));
            match (number(first), number(last)) {
                (Some(first), Some(last)) if last >= first => {
                    Shape::Slice(object, whole(last - first) + 1)
                }
                _ => Shape::Unknown,
            }
        }
        _ => Shape::Unknown,
    }
}

/// The pieces of a text.
pub fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    named(node)
        .into_iter()
        .filter_map(|child| match child.kind() {
            "string_content" | "escape_sequence" | "heredoc_content" => {
                Some(Piece::Verbatim(child.byte_range()))
            }
            "interpolation" => named(child).into_iter().next().map(Piece::Value),
            _ => None,
        })
        .collect()
}

/// The text that a heredoc's mark stands for: it begins behind the statement.
pub fn heredoc(mark: Node<'_>) -> Option<Node<'_>> {
    let mut node = mark;
    for _ in 0..12 {
        let mut next = node.next_named_sibling();
        for _ in 0..3 {
            match next {
                Some(sibling) if sibling.kind() == "heredoc_body" => return Some(sibling),
                Some(sibling) => next = sibling.next_named_sibling(),
                None => break,
            }
        }
        node = node.parent()?;
    }
    None
}

/// The names and values of a hash.
pub fn pairs<'t>(node: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
    named(node)
        .into_iter()
        .filter(|pair| pair.kind() == "pair")
        .filter_map(|pair| {
            let key = field(pair, "key")?;
            Some((key_words(key, text), field(pair, "value").unwrap_or(key)))
        })
        .collect()
}

/// A declared option: `{ name: "host", default: "api.example.com" }` is read by its name.
pub fn option<'t>(hash: Node<'t>, text: &'t str) -> Option<Binding<'t>> {
    let pairs = pairs(hash, text);
    let of = |wanted: &str| pairs.iter().find(|(key, _)| key == wanted);
    let (_, name) = of("name")?;
    let (_, value) = of("default")?;
    if !matches!(name.kind(), "string" | "simple_symbol") || value.kind() != "string" {
        return None;
    }
    Some(Binding::declared(&key_words(*name, text), *value, true))
}

/// A key as a name: no colon, no quotes, and no dots, which part names.
pub fn key_words(key: Node<'_>, text: &str) -> String {
    words(key, text)
        .trim_matches([':', '"', '\''])
        .replace('.', "_")
}

/// The last statement of a body, what follows a failure left out.
pub fn last_statement(body: Node<'_>) -> Option<Node<'_>> {
    named(body)
        .into_iter()
        .rfind(|child| !matches!(child.kind(), "rescue" | "ensure" | "else" | "heredoc_body"))
}

/// A class or module, of which the file bears the name: `DefenderApi` in `defender_api`.
pub fn of_constant(constant: Node<'_>, text: &str) -> Import {
    let name = words(constant, text)
        .rsplit("::")
        .next()
        .unwrap_or_default();
    let mut module = String::new();
    let mut before = '_';
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let starts = letter.is_uppercase()
            && (before.is_lowercase()
                || before.is_uppercase() && letters.peek().is_some_and(|c| c.is_lowercase()));
        if starts {
            module.push('_');
        }
        module.extend(letter.to_lowercase());
        before = letter;
    }
    Import {
        module,
        name: String::new(),
        local: String::new(),
    }
}

/// Words of what raises on an answer that is no success.
const RAISES: &[&str] = &["raise", "RestClient", "URI.open", "expects:"];
/// Classes of failures that such an answer is among; no class is any failure.
const ANY: &[&str] = &[
    "StandardError",
    "Exception",
    "RuntimeError",
    "Faraday::Error",
    "Faraday::ClientError",
    "HTTPError",
];
/// Words of what waits, gives up or counts before it tries again.
const HOLDS: &[&str] = &[
    "sleep", "wait", "delay", "back", "pause", "limit", "throttl", "raise", "return", "break",
    "next", "exit", "abort", "throw", "fail", "tries", "attempt", "count",
];

/// The `retry` that ends a `rescue` of any failure, with nothing between.
pub fn restart<'t>(body: Node<'t>, text: &'t str) -> Option<Node<'t>> {
    let rescue = named(body)
        .into_iter()
        .find(|child| child.kind() == "rescue")?;
    let tried = text.get(body.start_byte()..rescue.start_byte())?;
    let caught = field(rescue, "exceptions").map_or("", |classes| words(classes, text));
    let has = |text: &str, list: &[&str]| list.iter().any(|word| text.contains(word));
    if !has(tried, RAISES) || !(caught.is_empty() || has(caught, ANY)) {
        return None;
    }
    let then = field(rescue, "body")?;
    if has(&words(then, text).to_ascii_lowercase(), HOLDS) {
        return None;
    }
    named(then).pop().filter(|last| last.kind() == "retry")
}
