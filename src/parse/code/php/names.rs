//! Names that PHP takes from elsewhere, and those that calls give.

use super::Php;
use super::parts::{arguments, path};
use crate::facts::code::Import;
use crate::parse::code::dialect::{Binding, Dialect, Shape, field, field_words, named, words};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

/// What a `use`, a base class or a `require` takes from elsewhere.
pub fn imports(node: Node<'_>, text: &str, out: &mut Vec<Import>) {
    let dotted = |words: &str| words.trim_matches('\\').replace('\\', ".");
    if matches!(node.kind(), "use_declaration" | "base_clause") {
        // Traits and base classes: their files bear their names.
        for name in named(node) {
            let module = dotted(words(name, text));
            if matches!(name.kind(), "name" | "qualified_name") {
                out.push(Import {
                    local: last_name(&module).to_owned(),
                    name: String::new(),
                    module,
                });
            }
        }
        return;
    }
    if node.kind() != "namespace_use_declaration" {
        if let Some(module) = required_file(node, text) {
            out.push(Import {
                module,
                name: String::new(),
                local: String::new(),
            });
        }
        return;
    }
    let prefix = named(node)
        .into_iter()
        .find(|child| child.kind() == "namespace_name")
        .map(|prefix| dotted(words(prefix, text)) + ".")
        .unwrap_or_default();
    let clauses = field(node, "body").map_or_else(|| named(node), named);
    for clause in clauses {
        if clause.kind() != "namespace_use_clause" {
            continue;
        }
        let Some(name) = named(clause).into_iter().next() else {
            continue;
        };
        let module = prefix.clone() + &dotted(words(name, text));
        let local = match field(clause, "alias") {
            Some(alias) => words(alias, text).to_owned(),
            None => last_name(&module).to_owned(),
        };
        out.push(Import {
            module,
            name: String::new(),
            local,
        });
    }
}

/// The name that a call gives: `define('X', …)`, `curl_setopt($ch, CURLOPT_URL, …)`.
pub fn declared<'t>(call: Node<'t>, text: &'t str) -> Option<Binding<'t>> {
    if call.kind() != "function_call_expression" {
        return None;
    }
    let name = field_words(call, "function", text);
    if !matches!(name, "define" | "curl_setopt" | "curl_setopt_array") {
        return None;
    }
    let given: Vec<Node<'t>> = arguments(call, text)
        .into_iter()
        .filter_map(|given| given.value)
        .collect();
    let (target, value) = match (name, given.as_slice()) {
        ("define", [constant, value, ..]) => match Php.shape(*constant, text) {
            Shape::Text(_) => {
                let name = words(*constant, text).trim_matches(['"', '\'']);
                (name.to_owned(), *value)
            }
            _ => return None,
        },
        // What a handle is told to fetch is what it stands for.
        ("curl_setopt", [handle, option, value]) if words(*option, text) == "CURLOPT_URL" => {
            (path(*handle, text), *value)
        }
        ("curl_setopt_array", [handle, options]) => match Php.shape(*options, text) {
            Shape::Pairs(pairs) => match pairs.iter().find(|(key, _)| key == "CURLOPT_URL") {
                Some((_, value)) => (path(*handle, text), *value),
                None => return None,
            },
            _ => return None,
        },
        _ => return None,
    };
    Some(Binding {
        default: false,
        field: target.starts_with('.'),
        target,
        value,
        augmented: false,
    })
}

/// The file that `require __DIR__ . '/lib.php'` names.
fn required_file(node: Node<'_>, text: &str) -> Option<String> {
    let mut expression = named(node).into_iter().next()?;
    for _ in 0..6 {
        match expression.kind() {
            "parenthesized_expression" => expression = named(expression).into_iter().next()?,
            "binary_expression" => expression = field(expression, "right")?,
            _ => break,
        }
    }
    if !matches!(expression.kind(), "string" | "encapsed_string") {
        return None;
    }
    let file = words(expression, text).trim_matches(['"', '\'']);
    let file = file.trim_start_matches(['.', '/']);
    (!file.is_empty()).then(|| format!("./{file}"))
}
