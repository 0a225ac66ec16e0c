//! C#.

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Piece, Repetition, Role, Shape, Signature,
    branch_condition, counter, field, field_words, named, number, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::last_name;

mod parts;

use parts::{
    child_of_kind, declared_type, initializer, is_for_failing_servers, pairs, path, pieces,
};

/// C#.
pub struct CSharp;

const ROLES: &[(&str, Role)] = &[
    ("method_declaration", Role::Function),
    ("constructor_declaration", Role::Function),
    ("local_function_statement", Role::Function),
    ("lambda_expression", Role::Lambda),
    ("anonymous_method_expression", Role::Lambda),
    ("class_declaration", Role::Class),
    ("struct_declaration", Role::Class),
    ("record_declaration", Role::Class),
    ("enum_declaration", Role::Enum),
    ("for_statement", Role::Loop),
    ("foreach_statement", Role::Loop),
    ("while_statement", Role::Loop),
    ("do_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("conditional_expression", Role::Branch),
    ("switch_statement", Role::Branch),
    ("switch_expression", Role::Branch),
    ("switch_section", Role::Arm),
    ("switch_expression_arm", Role::Arm),
    ("catch_clause", Role::Handler),
    ("invocation_expression", Role::Call),
    ("object_creation_expression", Role::Call),
    ("implicit_object_creation_expression", Role::Call),
    ("variable_declarator", Role::Binding),
    ("assignment_expression", Role::Binding),
    ("property_declaration", Role::Binding),
    ("binary_expression", Role::Compare),
    ("is_pattern_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("arrow_expression_clause", Role::Return),
    ("throw_statement", Role::Jump),
    ("throw_expression", Role::Jump),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("yield_statement", Role::Jump),
    ("using_directive", Role::Import),
    ("element_access_expression", Role::Index),
    ("member_access_expression", Role::Index),
    ("type_argument_list", Role::Make),
];

impl Dialect for CSharp {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if matches!(arm.kind(), "switch_section" | "switch_expression_arm") {
            return named(arm).into_iter().next();
        }
        branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        let Some(list) = field(node, "parameters") else {
            return signature;
        };
        if list.kind() != "parameter_list" {
            signature
                .parameters
                .push((words(list, text).to_owned(), None));
            return signature;
        }
        for parameter in named(list) {
            let Some(name) = field(parameter, "name") else {
                continue;
            };
            let default = named(parameter)
                .into_iter()
                .next_back()
                .filter(|last| last.start_byte() > name.end_byte());
            signature
                .parameters
                .push((words(name, text).to_owned(), default));
        }
        signature
    }

    fn has_body(&self, function: Node<'_>) -> bool {
        field(function, "body").is_some()
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let start = node.start_byte();
        let condition = field(node, "condition");
        let head = start..body.start_byte();
        match node.kind() {
            "foreach_statement" => Some(Repetition {
                body: body.byte_range(),
                head,
                variables: vec![words(field(node, "left")?, text).to_owned()],
                over: field(node, "right"),
                condition: None,
                endless: false,
                counts: false,
            }),
            "for_statement" => {
                let counter = counter(field(node, "initializer"), text);
                Some(Repetition::counted(body, head, counter, condition))
            }
            _ => {
                let condition = condition?;
                let asked = words(condition, text);
                // A worker runs until the host stops it.
                let endless = asked == "true" || asked.contains("IsCancellationRequested");
                Some(Repetition::asked(node, head, condition, endless))
            }
        }
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        match node.kind() {
            "assignment_expression" => {
                let (Some(target), Some(value)) = (field(node, "left"), field(node, "right"))
                else {
                    return;
                };
                let target_path = path(target, text);
                let augmented = text
                    .get(target.end_byte()..value.start_byte())
                    .is_some_and(|operator| operator.trim() == "+=");
                let in_initializer = node
                    .parent()
                    .is_some_and(|parent| parent.kind() == "initializer_expression");
                out.push(Binding {
                    default: false,
                    field: target_path.starts_with('.') || in_initializer,
                    target: if in_initializer && !target_path.contains('.') {
                        format!(".{target_path}")
                    } else {
                        target_path
                    },
                    value,
                    augmented,
                });
            }
            "property_declaration" => {
                let (Some(name), Some(value)) = (field(node, "name"), field(node, "value")) else {
                    return;
                };
                let value = if value.kind() == "arrow_expression_clause" {
                    named(value).into_iter().next().unwrap_or(value)
                } else {
                    value
                };
                out.push(Binding::declared(words(name, text), value, true));
            }
            _ => {
                let Some(name) = field(node, "name") else {
                    return;
                };
                let Some(value) = named(node)
                    .into_iter()
                    .next_back()
                    .filter(|last| last.start_byte() >= name.end_byte())
                else {
                    return;
                };
                let is_field = node
                    .parent()
                    .and_then(|declaration| declaration.parent())
                    .is_some_and(|parent| parent.kind() == "field_declaration");
                out.push(Binding::declared(words(name, text), value, is_field));
            }
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        let (function, receiver) = match node.kind() {
            "invocation_expression" => {
                let function = field(node, "function")?;
                let receiver = match function.kind() {
                    "member_access_expression" => field(function, "expression"),
                    "conditional_access_expression" => named(function).into_iter().next(),
                    _ => None,
                };
                (function, receiver)
            }
            "object_creation_expression" => (field(node, "type")?, None),
            // `new(…)`, of the type that is declared.
            "implicit_object_creation_expression" => (declared_type(node).unwrap_or(node), None),
            _ => return None,
        };
        let implicit = node.kind() == "implicit_object_creation_expression";
        let list = field(node, "arguments").or_else(|| child_of_kind(node, "argument_list"));
        let mut arguments: Vec<Given<'t>> = list
            .map(named)
            .unwrap_or_default()
            .into_iter()
            .map(|argument| Given {
                name: field(argument, "name").map(|name| words(name, text).to_owned()),
                value: named(argument).into_iter().next_back(),
            })
            .collect();
        if let Some(initializer) = initializer(node) {
            for (name, value) in pairs(initializer, text) {
                arguments.push(Given {
                    name: Some(name),
                    value: Some(value),
                });
            }
        }
        let mut callee = if function.id() == node.id() {
            "new".to_owned()
        } else {
            path(function, text)
        };
        if callee.contains("WaitAndRetry") && is_for_failing_servers(node, text) {
            callee = callee.replacen(
                "WaitAndRetry",
                "AddTransientHttpErrorPolicy().WaitAndRetry",
                1,
            );
        }
        let callee_range = if implicit {
            node.start_byte()..node.start_byte() + "new".len()
        } else {
            function.byte_range()
        };
        Some(Invocation {
            callee,
            receiver,
            arguments,
            callee_range,
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "string_literal" | "interpolated_string_expression" | "raw_string_literal" => {
                Shape::Text(pieces(node))
            }
            "verbatim_string_literal" => {
                let range = node.byte_range();
                Shape::Text(vec![Piece::Verbatim(
                    (range.start + 2).min(range.end)
                        ..range.end.saturating_sub(1).max(range.start + 2),
                )])
            }
            "integer_literal" | "real_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "identifier" | "member_access_expression" => Shape::Path(path(node, text)),
            "element_access_expression" => element(node, text).map_or(Shape::Unknown, Shape::Path),
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                let between = text.get(left.end_byte()..right.start_byte()).unwrap_or("");
                match between.trim() {
                    "??" => Shape::Either(left, right),
                    operator @ ("+" | "-" | "*" | "/" | "%") => {
                        Shape::Binary(operator.chars().next().unwrap_or('+'), left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "conditional_expression" => {
                match (field(node, "consequence"), field(node, "alternative")) {
                    (Some(first), Some(second)) => Shape::Either(first, second),
                    _ => Shape::Unknown,
                }
            }
            "cast_expression" => field(node, "value").map_or(Shape::Unknown, Shape::Inner),
            "parenthesized_expression"
            | "await_expression"
            | "postfix_unary_expression"
            | "checked_expression" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "invocation_expression" => {
                if field_words(node, "function", text).ends_with("Format")
                    && let Some(call) = self.invocation(node, text)
                    && matches!(call.callee.as_str(), "string.Format" | "String.Format")
                    && let Some((template, values)) = call.arguments.split_first()
                    && let Some(template) = template.value
                {
                    return Shape::Format(template, values.to_vec());
                }
                Shape::Call
            }
            "object_creation_expression" | "implicit_object_creation_expression" => {
                match initializer(node) {
                    Some(initializer) => {
                        let pairs = pairs(initializer, text);
                        if pairs.is_empty() {
                            Shape::List(named(initializer).into_vec())
                        } else {
                            Shape::Pairs(pairs)
                        }
                    }
                    None => Shape::Call,
                }
            }
            "implicit_array_creation_expression" | "array_creation_expression" => named(node)
                .into_iter()
                .find(|child| child.kind() == "initializer_expression")
                .map_or(Shape::Unknown, |list| Shape::List(named(list).into_vec())),
            "collection_expression" | "initializer_expression" => {
                Shape::List(named(node).into_vec())
            }
            "lambda_expression" | "anonymous_method_expression" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn settings<'t>(&self, closure: Node<'t>, text: &'t str) -> Vec<(String, Node<'t>)> {
        let Some(body) = field(closure, "body") else {
            return Vec::new();
        };
        // `_ => new Options { A = 1 }`.
        if let Some(initializer) = initializer(body) {
            return pairs(initializer, text);
        }
        // `o => { o.A = 1; }`, `o => o.A = 1`.
        let statements = if body.kind() == "block" {
            named(body)
        } else {
            smallvec![body]
        };
        statements
            .into_iter()
            .filter_map(|statement| {
                let assignment = if statement.kind() == "expression_statement" {
                    named(statement).into_iter().next()?
                } else {
                    statement
                };
                if assignment.kind() != "assignment_expression" {
                    return None;
                }
                let name = path(field(assignment, "left")?, text);
                let last = last_name(&name);
                Some((last.to_owned(), field(assignment, "right")?))
            })
            .collect()
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        if let Some(module) = named(node).into_iter().next_back() {
            out.push(Import {
                module: words(module, text).to_owned(),
                name: String::new(),
                local: String::new(),
            });
        }
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::csharp::IDIOMS
    }
}

/// What is looked up by a text: `configuration["Defender:BaseUrl"]`.
fn element(node: Node<'_>, text: &str) -> Option<String> {
    let of = path(field(node, "expression")?, text);
    let key = words(field(node, "subscript")?, text);
    let key = key.trim_matches(['[', ']', '"']).replace(':', ".");
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    (!of.is_empty() && !key.is_empty() && key.chars().all(plain)).then(|| format!("{of}.{key}"))
}
