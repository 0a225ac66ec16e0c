//! Parts of PHP's syntax: names, calls and their arguments, texts, arrays.

use crate::parse::code::dialect::{
    Given, Piece, Shape, Step, dotted, field, field_words, named, words,
};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

/// The arguments of a call.
pub fn arguments<'t>(node: Node<'t>, text: &'t str) -> Vec<Given<'t>> {
    // Those of `new` stand among its children.
    let list = field(node, "arguments").or_else(|| {
        named(node)
            .into_iter()
            .find(|child| child.kind() == "arguments")
    });
    list.map(named)
        .unwrap_or_default()
        .into_iter()
        .filter(|argument| argument.kind() == "argument")
        .filter_map(|argument| super::given(argument, text))
        .collect()
}

/// A callee, dotted. A request that a generator hands out is one that is sent.
pub fn callee(node: Node<'_>, name: Node<'_>, text: &str) -> String {
    let last = path(name, text);
    let receiver = match node.kind() {
        "object_creation_expression" => {
            let mut outer = node.parent();
            if outer.is_some_and(|outer| outer.kind() == "array_element_initializer") {
                outer = outer.and_then(|outer| outer.parent());
            }
            let yielded = outer.is_some_and(|outer| outer.kind() == "yield_expression");
            return if yielded {
                format!("yield {}", last_name(&last))
            } else {
                last
            };
        }
        "function_call_expression" => return last,
        "scoped_call_expression" => field(node, "scope"),
        _ => field(node, "object"),
    };
    match receiver {
        Some(receiver) => format!("{}.{last}", path(receiver, text)),
        None => last,
    }
}

/// The name of a function that is handed over: `fetch(...)`, `[$this, 'fetch']`.
pub fn callable(node: Node<'_>, text: &str) -> Option<String> {
    if node.kind() == "array_creation_expression" {
        let items = named(node);
        let [owner, method] = items.as_slice() else {
            return None;
        };
        let own = matches!(
            words(*owner, text),
            "$this" | "self::class" | "static::class"
        );
        let method = words(*method, text);
        let name = method.trim_matches(['"', '\'']);
        return (own && name.len() + 2 == method.len()).then(|| format!(".{name}"));
    }
    let handed = named(field(node, "arguments")?)
        .first()
        .is_some_and(|first| first.kind() == "variadic_placeholder");
    if !handed {
        return None;
    }
    let name = field(node, "name").or_else(|| field(node, "function"))?;
    Some(callee(node, name, text))
}

/// An expression as a name, `$` left out.
pub fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "variable_name" => match words(node, text).trim_start_matches('$') {
            "this" => Step::Part(String::new().into(), None),
            name => Step::Part(name.into(), None),
        },
        "relative_scope" => Step::Part(String::new().into(), None),
        "name" | "qualified_name" => {
            let name = words(node, text).trim_start_matches('\\');
            Step::Part(name.replace('\\', ".").into(), None)
        }
        "member_access_expression" | "nullsafe_member_access_expression" => Step::Part(
            field_words(node, "name", text).into(),
            field(node, "object"),
        ),
        "scoped_property_access_expression" => {
            let name = field_words(node, "name", text);
            let name = name.trim_start_matches('$').to_owned();
            Step::Part(name.into(), field(node, "scope"))
        }
        "class_constant_access_expression" => match named(node).as_slice() {
            [scope, name] => Step::Part(words(*name, text).into(), Some(*scope)),
            _ => Step::Nameless,
        },
        "member_call_expression" | "nullsafe_member_call_expression" => Step::Call(
            field_words(node, "name", text).into(),
            field(node, "object"),
        ),
        "scoped_call_expression" => {
            Step::Call(field_words(node, "name", text).into(), field(node, "scope"))
        }
        "function_call_expression" => Step::Call(
            field_words(node, "function", text)
                .trim_start_matches(['\\', '$'])
                .into(),
            None,
        ),
        "object_creation_expression" => match named(node).into_iter().next() {
            Some(class) => Step::Call(words(class, text).replace('\\', ".").into(), None),
            None => Step::Nameless,
        },
        "parenthesized_expression" | "clone_expression" | "assignment_expression" => {
            Step::Within(named(node).into_iter().next())
        }
        "subscript_expression" => match named(node).as_slice() {
            [object, key] if matches!(key.kind(), "string" | "encapsed_string") => {
                Step::Part(key_words(*key, text).into(), Some(*object))
            }
            _ => Step::Nameless,
        },
        _ => Step::Nameless,
    })
}

/// The pieces of a text.
pub fn pieces(node: Node<'_>) -> Vec<Piece<'_>> {
    let inner = field(node, "value").unwrap_or(node);
    named(inner)
        .into_iter()
        .filter_map(|child| match child.kind() {
            "string_content" | "nowdoc_string" | "escape_sequence" => {
                Some(Piece::Verbatim(child.byte_range()))
            }
            "heredoc_start" | "heredoc_end" => None,
            _ => Some(Piece::Value(child)),
        })
        .collect()
}

/// Two operands, texts put together, or the one or the other.
pub fn binary<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
        return Shape::Unknown;
    };
    match field_words(node, "operator", text) {
        "." => Shape::Binary('+', left, right),
        "??" | "||" | "or" => Shape::Either(left, right),
        operator @ ("+" | "-" | "*" | "/" | "%") => {
            Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
        }
        _ => Shape::Unknown,
    }
}

/// A list, names and values, or a method that is handed over.
pub fn array<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    if let Some(name) = callable(node, text) {
        return Shape::Path(name);
    }
    let items = named(node);
    let mut pairs = Vec::new();
    for item in &items {
        if let [key, value] = named(*item).as_slice() {
            pairs.push((key_words(*key, text), *value));
        }
    }
    if pairs.is_empty() {
        Shape::List(items.into_vec())
    } else {
        Shape::Pairs(pairs)
    }
}

/// `$x['key']`.
pub fn subscript<'t>(node: Node<'t>, text: &'t str) -> Shape<'t> {
    match named(node).as_slice() {
        [object, key] if matches!(key.kind(), "string" | "encapsed_string") => {
            Shape::Path(format!("{}.{}", path(*object, text), key_words(*key, text)))
        }
        _ => Shape::Unknown,
    }
}

/// A key as a name: no quotes, no class before it, and no dots, which part names.
fn key_words(key: Node<'_>, text: &str) -> String {
    let words = words(key, text);
    let name = words.rsplit("::").next().unwrap_or(words);
    name.trim_matches(['"', '\'']).replace('.', "_")
}
