//! Ruby.

mod parts;

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature,
    branch_condition, field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;
use parts::{
    arguments, binary, block_argument, call_shape, callee, element, heredoc, last_statement,
    middleware, of_constant, option, pairs, path, pieces, restart,
};

/// Ruby.
pub struct Ruby;

const ROLES: &[(&str, Role)] = &[
    ("method", Role::Function),
    ("singleton_method", Role::Function),
    ("block", Role::Lambda),
    ("do_block", Role::Lambda),
    ("class", Role::Class),
    ("module", Role::Class),
    ("while", Role::Loop),
    ("until", Role::Loop),
    ("for", Role::Loop),
    ("while_modifier", Role::Loop),
    ("until_modifier", Role::Loop),
    ("if", Role::Branch),
    ("unless", Role::Branch),
    ("elsif", Role::Branch),
    ("if_modifier", Role::Branch),
    ("unless_modifier", Role::Branch),
    ("conditional", Role::Branch),
    ("case", Role::Branch),
    ("case_match", Role::Branch),
    ("when", Role::Arm),
    ("in_clause", Role::Arm),
    ("rescue", Role::Handler),
    ("begin", Role::Restart),
    ("body_statement", Role::Restart),
    ("call", Role::Call),
    ("identifier", Role::Call),
    ("hash", Role::Binding),
    ("assignment", Role::Binding),
    ("operator_assignment", Role::Binding),
    ("binary", Role::Compare),
    ("return", Role::Return),
    ("break", Role::Jump),
    ("next", Role::Jump),
    ("redo", Role::Jump),
    ("retry", Role::Jump),
    ("superclass", Role::Import),
    ("element_reference", Role::Index),
];

impl Dialect for Ruby {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn is_arm(&self, branch: Node<'_>, child: Node<'_>, name: Option<&str>) -> bool {
        match branch.kind() {
            "if_modifier" | "unless_modifier" => name == Some("body"),
            "case" | "case_match" => child.kind() == "else",
            _ => matches!(name, Some("consequence" | "alternative")),
        }
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        match arm.kind() {
            "when" | "in_clause" => field(arm, "pattern"),
            _ => branch_condition(arm),
        }
    }

    fn caught<'t>(&self, handler: Node<'t>) -> Option<Node<'t>> {
        field(handler, "exceptions")
    }

    fn restarts<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Node<'t>> {
        restart(node, text)
    }

    fn is_call(&self, node: Node<'_>, parent: Option<Node<'_>>, name: Option<&str>) -> bool {
        // A word alone is a call or a variable, but no name of a method or a parameter.
        node.kind() != "identifier"
            || !matches!(
                name,
                Some("method" | "name" | "left" | "pattern" | "variable" | "parameters" | "key")
            ) && parent.is_some_and(|parent| {
                let kind = parent.kind();
                !(kind.ends_with("parameters")
                    || kind.ends_with("parameter")
                    || kind.ends_with("assignment_list")
                    || kind.starts_with("destructured")
                    || matches!(
                        kind,
                        "exception_variable" | "alias" | "undef" | "rest_assignment"
                    ))
                    || name == Some("value")
            })
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        // `->(x) { … }` names its parameters before the block.
        let list = field(node, "parameters").or_else(|| {
            let lambda = node.parent().filter(|parent| parent.kind() == "lambda")?;
            field(lambda, "parameters")
        });
        for parameter in list.map(named).unwrap_or_default() {
            let name = match parameter.kind() {
                "identifier" => words(parameter, text),
                _ => field(parameter, "name").map_or("", |name| words(name, text)),
            };
            if !name.is_empty() {
                let default = field(parameter, "value");
                signature.parameters.push((name.to_owned(), default));
            }
        }
        signature
    }

    fn result<'t>(&self, function: Node<'t>) -> Option<Node<'t>> {
        let body = field(function, "body")?;
        if body.kind() == "body_statement" {
            last_statement(body)
        } else {
            Some(body)
        }
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        if node.kind() == "for" {
            let over = field(node, "value")?;
            return Some(Repetition {
                body: body.byte_range(),
                head: start..body.start_byte(),
                variables: field(node, "pattern")
                    .map_or("", |pattern| words(pattern, text))
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect(),
                over: named(over).into_iter().next(),
                condition: None,
                endless: false,
                counts: false,
            });
        }
        let condition = field(node, "condition")?;
        let until = node.kind().starts_with("until");
        Some(Repetition {
            body: node.byte_range(),
            head: if node.kind().ends_with("modifier") {
                condition.byte_range()
            } else {
                start..body.start_byte()
            },
            variables: Vec::new(),
            over: None,
            condition: Some(condition),
            endless: match words(condition, text) {
                "true" | "1" | ":forever" => !until,
                "false" | "nil" => until,
                _ => false,
            },
            counts: false,
        })
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "hash" {
            out.extend(option(node, text));
            return;
        }
        let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
            return;
        };
        if left.kind() == "left_assignment_list" {
            let targets = named(left);
            let values = match right.kind() {
                "right_assignment_list" | "array" => named(right),
                _ => smallvec![right; targets.len()],
            };
            if targets.len() == values.len() {
                for (target, value) in targets.into_iter().zip(values) {
                    self.bind(target, value, false, text, out);
                }
            }
            return;
        }
        let operator = field(node, "operator").map_or("", |operator| words(operator, text));
        // `||=` gives a value where there is none.
        let augmented = !matches!(operator, "" | "||=" | "&&=");
        self.bind(left, right, augmented, text, out);
    }

    fn declared<'t>(&self, call: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        // `base_uri "https://…"` in the body of a class.
        if field(call, "receiver").is_some() || field_words(call, "method", text) != "base_uri" {
            return;
        }
        let argument = field(call, "arguments").and_then(|list| named(list).into_iter().next());
        if let Some(value) = argument {
            out.push(Binding::declared("base_uri", value, true));
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() == "identifier" {
            return Some(Invocation {
                callee: words(node, text).to_owned(),
                receiver: None,
                arguments: Vec::new(),
                callee_range: node.byte_range(),
            });
        }
        if node.kind() != "call" {
            return None;
        }
        let receiver = field(node, "receiver");
        let method = field(node, "method");
        let mut arguments = arguments(node, text);
        let callee = match middleware(node, &arguments, text) {
            Some(name) => {
                arguments.remove(0);
                name
            }
            None => callee(node, text),
        };
        if let Some(block) = field(node, "block") {
            arguments.push(Given {
                name: None,
                value: Some(block),
            });
        }
        let end = method.or(receiver)?;
        Some(Invocation {
            callee,
            receiver,
            arguments,
            callee_range: node.start_byte()..end.end_byte(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string" | "bare_string" | "heredoc_body" | "subshell" => Shape::Text(pieces(node)),
            "chained_string" => Shape::Text(named(node).into_iter().flat_map(pieces).collect()),
            "heredoc_beginning" => {
                heredoc(node).map_or(Shape::Unknown, |body| Shape::Text(pieces(body)))
            }
            "simple_symbol" | "hash_key_symbol" => {
                let range = node.byte_range();
                let colon = usize::from(words(node, text).starts_with(':'));
                Shape::Text(vec![Piece::Verbatim(range.start + colon..range.end)])
            }
            "integer" | "float" => number(words(node, text)).map_or(Shape::Unknown, Shape::Number),
            "identifier" | "constant" | "scope_resolution" | "instance_variable"
            | "class_variable" | "global_variable" | "self" => Shape::Path(path(node, text)),
            "binary" => binary(node, text),
            "conditional" | "if" | "unless" | "elsif" => {
                match (field(node, "consequence"), field(node, "alternative")) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    (Some(only), None) => Shape::Inner(only),
                    _ => Shape::Unknown,
                }
            }
            "if_modifier" | "unless_modifier" => {
                field(node, "body").map_or(Shape::Unknown, Shape::Inner)
            }
            "then"
            | "else"
            | "begin"
            | "body_statement"
            | "block_body"
            | "parenthesized_statements" => {
                last_statement(node).map_or(Shape::Unknown, Shape::Inner)
            }
            "assignment" | "operator_assignment" => {
                field(node, "right").map_or(Shape::Unknown, Shape::Inner)
            }
            "argument_list" | "splat_argument" => match named(node).as_slice() {
                [only] => Shape::Inner(*only),
                _ => Shape::Unknown,
            },
            "block_argument" => block_argument(node, text),
            "array" | "string_array" | "symbol_array" => Shape::List(named(node).into_vec()),
            "hash" => Shape::Pairs(pairs(node, text)),
            "range" => match (field(node, "begin"), field(node, "end")) {
                (Some(first), Some(last)) if field_words(node, "operator", text) == "..." => {
                    Shape::Until(first, last)
                }
                (Some(first), Some(last)) => Shape::Span(first, last),
                _ => Shape::Unknown,
            },
            "block" | "do_block" => Shape::Lambda,
            "lambda" => field(node, "body").map_or(Shape::Unknown, Shape::Inner),
            "element_reference" => element(node, text),
            "call" => call_shape(node, text),
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        out.extend(
            named(node)
                .into_iter()
                .map(|class| of_constant(class, text)),
        );
    }

    fn required(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        // `require "net/http"`, `require_relative "client"`.
        if node.kind() != "call" || field(node, "receiver").is_some() {
            return;
        }
        let method = field(node, "method").map_or("", |method| words(method, text));
        let given = field(node, "arguments").map(named).unwrap_or_default();
        if matches!(method, "include" | "extend" | "prepend") {
            let modules = given
                .into_iter()
                .filter(|module| matches!(module.kind(), "constant" | "scope_resolution"));
            out.extend(modules.map(|module| of_constant(module, text)));
            return;
        }
        if !matches!(method, "require" | "require_relative" | "load") {
            return;
        }
        let Some(module) = given.first().filter(|first| first.kind() == "string") else {
            return;
        };
        let module = words(*module, text).trim_matches(['"', '\'']);
        let relative = method == "require_relative" && !module.starts_with(['.', '/']);
        out.push(Import {
            module: if relative {
                format!("./{module}")
            } else {
                module.to_owned()
            },
            name: String::new(),
            local: String::new(),
        });
    }

    fn is_comparison(&self, node: Node<'_>, text: &str) -> bool {
        let operator = field(node, "operator").map_or("", |operator| words(operator, text));
        matches!(
            operator,
            "==" | "!=" | "===" | "=~" | "<" | ">" | "<=" | ">=" | "<=>"
        )
    }

    fn is_default(&self, value: Node<'_>) -> bool {
        // The default of a declared option, told by the length of its key.
        value
            .parent()
            .filter(|parent| parent.kind() == "pair")
            .and_then(|pair| field(pair, "key"))
            .is_some_and(|key| {
                key.kind() == "hash_key_symbol" && key.byte_range().len() == "default".len()
            })
    }

    fn calls_without_marks(&self) -> bool {
        true
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::ruby::IDIOMS
    }
}

impl Ruby {
    fn bind<'t>(
        &self,
        target: Node<'t>,
        value: Node<'t>,
        augmented: bool,
        text: &'t str,
        out: &mut Vec<Binding<'t>>,
    ) {
        let name = match target.kind() {
            "call" => path(target, text),
            _ => match self.shape(target, text) {
                Shape::Path(path) => path,
                _ => return,
            },
        };
        let mut held = value;
        for _ in 0..3 {
            match self.shape(held, text) {
                Shape::Inner(inner) => held = inner,
                Shape::Pairs(pairs) => {
                    out.extend(Binding::members(&name, pairs, |value| {
                        self.pairs_of(value, text)
                    }));
                    break;
                }
                _ => break,
            }
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

#[cfg(test)]
mod tests;
