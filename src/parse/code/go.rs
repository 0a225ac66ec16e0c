//! Go.

use smallvec::smallvec;

use super::dialect::{
    Binding, Dialect, Given, Invocation, Nodes, Piece, Repetition, Role, Shape, Signature, Step,
    branch_condition, dotted, field, field_words, named, number, whole, words,
};
use super::idiom::Idiom;
use super::idioms;
use crate::facts::code::Import;
use crate::parse::code::syntax::Node;

/// Go.
pub struct Go;

const ROLES: &[(&str, Role)] = &[
    ("function_declaration", Role::Function),
    ("method_declaration", Role::Function),
    ("func_literal", Role::Lambda),
    ("for_statement", Role::Loop),
    ("if_statement", Role::Branch),
    ("expression_switch_statement", Role::Branch),
    ("type_switch_statement", Role::Branch),
    ("expression_case", Role::Arm),
    ("default_case", Role::Arm),
    ("type_case", Role::Arm),
    ("go_statement", Role::Spawn),
    ("call_expression", Role::Call),
    ("unary_expression", Role::Call),
    ("short_var_declaration", Role::Binding),
    ("assignment_statement", Role::Binding),
    ("const_spec", Role::Binding),
    ("var_spec", Role::Binding),
    ("keyed_element", Role::Binding),
    ("binary_expression", Role::Compare),
    ("return_statement", Role::Return),
    ("break_statement", Role::Jump),
    ("continue_statement", Role::Jump),
    ("import_spec", Role::Import),
    ("index_expression", Role::Index),
    ("composite_literal", Role::Make),
];

impl Dialect for Go {
    fn roles(&self) -> &'static [(&'static str, Role)] {
        ROLES
    }

    fn condition<'t>(&self, arm: Node<'t>) -> Option<Node<'t>> {
        if arm.kind().ends_with("_case") {
            return field(arm, "value");
        }
        branch_condition(arm)
    }

    fn signature<'t>(&self, node: Node<'t>, text: &'t str) -> Signature<'t> {
        let mut signature = Signature::named(node, text);
        if let Some(receiver) = field(node, "receiver") {
            let owner = words(receiver, text)
                .trim_matches(['(', ')'])
                .rsplit([' ', '*'])
                .next()
                .unwrap_or_default();
            let own = words(receiver, text).trim_matches(['(', ')']);
            signature.receiver = own.split_once(' ').map(|(name, _)| name.to_owned());
            signature.owner = Some(owner.split('[').next().unwrap_or(owner).to_owned());
        }
        for declaration in field(node, "parameters").map(named).unwrap_or_default() {
            for name in declaration.children_by_field_name("name") {
                signature
                    .parameters
                    .push((words(name, text).to_owned(), None));
            }
        }
        signature
    }

    fn repetition<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Repetition<'t>> {
        let body = field(node, "body")?;
        let head = node.start_byte()..body.start_byte();
        let clause = named(node)
            .into_iter()
            .find(|child| child.id() != body.id());
        let mut parts = Repetition {
            body: body.byte_range(),
            head,
            variables: Vec::new(),
            over: None,
            condition: None,
            endless: false,
            counts: false,
        };
        match clause {
            None => parts.endless = true,
            Some(clause) if clause.kind() == "range_clause" => {
                parts.over = field(clause, "right");
                parts.variables = field(clause, "left")
                    .map_or("", |left| words(left, text))
                    .split(',')
                    .map(|name| name.trim().to_owned())
                    .collect();
            }
            Some(clause) if clause.kind() == "for_clause" => {
                parts.condition = field(clause, "condition");
                parts.endless = parts.condition.is_none();
                parts.counts = !parts.endless;
                parts.variables = field(clause, "initializer")
                    .map_or("", |node| words(node, text))
                    .split(":=")
                    .take(1)
                    .map(|name| name.trim().to_owned())
                    .collect();
            }
            Some(condition) => {
                parts.body = node.byte_range();
                parts.endless = words(condition, text) == "true";
                parts.condition = Some(condition);
            }
        }
        Some(parts)
    }

    fn bindings<'t>(&self, node: Node<'t>, text: &'t str, out: &mut Vec<Binding<'t>>) {
        if node.kind() == "keyed_element" {
            // A field of a composite literal.
            let (Some(key), Some(value)) = (field(node, "key"), field(node, "value")) else {
                return;
            };
            let key = words(key, text);
            if key.starts_with(|c: char| c.is_alphabetic()) {
                out.push(Binding {
                    default: false,
                    target: format!(".{key}"),
                    value,
                    augmented: false,
                    field: true,
                });
            }
            return;
        }
        let (targets, values) = if node.kind().ends_with("_spec") {
            let names: Nodes<'_> = node.children_by_field_name("name").collect();
            (names, field(node, "value"))
        } else {
            (
                field(node, "left").map(named).unwrap_or_default(),
                field(node, "right"),
            )
        };
        let Some(values) = values else { return };
        let augmented = node.kind() == "assignment_statement"
            && field(node, "operator").is_some_and(|operator| words(operator, text) == "+=");
        let values = if values.kind() == "expression_list" {
            named(values)
        } else {
            smallvec![values]
        };
        for (index, target) in targets.iter().enumerate() {
            // `request, err := http.NewRequest(…)`: the first is the value.
            let value = match values.as_slice() {
                [only] if index == 0 => *only,
                [_] => break,
                several => match several.get(index) {
                    Some(value) => *value,
                    None => break,
                },
            };
            let path = path(*target, text);
            if path == "_" {
                continue;
            }
            if let Some((_, last)) = path.rsplit_once('.') {
                out.push(Binding {
                    default: false,
                    target: format!(".{last}"),
                    value,
                    augmented,
                    field: true,
                });
            }
            out.push(Binding {
                default: false,
                target: path,
                value,
                augmented,
                field: false,
            });
        }
    }

    fn invocation<'t>(&self, node: Node<'t>, text: &'t str) -> Option<Invocation<'t>> {
        if node.kind() == "unary_expression" {
            let operand = field(node, "operand")?;
            return words(node, text).starts_with("<-").then(|| Invocation {
                callee: "<-".to_owned(),
                receiver: None,
                arguments: Given::unnamed(vec![operand]),
                callee_range: node.byte_range(),
            });
        }
        if node.kind() != "call_expression" {
            return None;
        }
        let function = field(node, "function")?;
        let receiver = (function.kind() == "selector_expression")
            .then(|| field(function, "operand"))
            .flatten();
        let arguments = Given::unnamed(field(node, "arguments").map(named).unwrap_or_default());
        let mut callee = path(function, text);
        // `make(chan struct{}, 8)` counts who may go on.
        if callee == "make"
            && let [kind, _] = arguments.as_slice()
            && let Some(kind) = kind.value
            && kind.kind() == "channel_type"
            && matches!(words(kind, text), "chan struct{}" | "chan bool")
        {
            callee.push_str(".chan");
        }
        Some(Invocation {
            callee,
            receiver,
            arguments,
            callee_range: function.byte_range(),
        })
    }

    fn shape<'t>(&self, node: Node<'t>, text: &'t str) -> Shape<'t> {
        match node.kind() {
            "interpreted_string_literal" | "raw_string_literal" => Shape::Text(
                named(node)
                    .iter()
                    .map(|c| Piece::Verbatim(c.byte_range()))
                    .collect(),
            ),
            "int_literal" | "float_literal" => {
                number(words(node, text)).map_or(Shape::Unknown, Shape::Number)
            }
            "selector_expression" => {
                // A ticker's channel stands for the ticker.
                if field(node, "field").is_some_and(|name| words(name, text) == "C")
                    && let Some(operand) = field(node, "operand")
                {
                    return Shape::Inner(operand);
                }
                Shape::Path(path(node, text))
            }
            "identifier" => Shape::Path(path(node, text)),
            "binary_expression" => {
                let (Some(left), Some(right)) = (field(node, "left"), field(node, "right")) else {
                    return Shape::Unknown;
                };
                let operator = field(node, "operator").map_or("", |op| words(op, text));
                match operator.chars().next() {
                    Some(c) if operator.len() == 1 && "+-*/%".contains(c) => {
                        Shape::Binary(c, left, right)
                    }
                    _ => Shape::Unknown,
                }
            }
            "parenthesized_expression" | "literal_element" | "expression_list" => named(node)
                .into_iter()
                .next()
                .map_or(Shape::Unknown, Shape::Inner),
            "unary_expression" => {
                if words(node, text).starts_with("<-") {
                    return Shape::Call;
                }
                field(node, "operand").map_or(Shape::Unknown, Shape::Inner)
            }
            "call_expression" => {
                if field(node, "function").is_some_and(|function| {
                    field_words(function, "field", text).starts_with("Sprint")
                }) && let Some(call) = self.invocation(node, text)
                    && matches!(call.callee.as_str(), "fmt.Sprintf" | "fmt.Sprint")
                    && let Some((template, values)) = call.arguments.split_first()
                    && let Some(template) = template.value
                {
                    return Shape::Format(template, values.to_vec());
                }
                Shape::Call
            }
            "composite_literal" => {
                let elements = field(node, "body").map(named).unwrap_or_default();
                if elements
                    .iter()
                    .any(|element| element.kind() == "keyed_element")
                {
                    return Shape::Pairs(
                        elements
                            .into_iter()
                            .filter_map(|element| {
                                let key = words(field(element, "key")?, text).trim_matches('"');
                                Some((key.to_owned(), field(element, "value")?))
                            })
                            .collect(),
                    );
                }
                Shape::List(elements.into_vec())
            }
            "slice_expression" => {
                let (Some(operand), Some(end)) = (field(node, "operand"), field(node, "end"))
                else {
                    return Shape::Unknown;
                };
                match number(words(end, text)) {
                    Some(end) if field(node, "start").is_none() => {
                        Shape::Slice(operand, whole(end))
                    }
                    _ => match (field(node, "start"), field(node, "end")) {
                        (Some(first), Some(last)) => Shape::Stretch(first, last, 0),
                        _ => Shape::Unknown,
                    },
                }
            }
            "func_literal" => Shape::Lambda,
            _ => Shape::Unknown,
        }
    }

    fn imports(&self, node: Node<'_>, text: &str, out: &mut Vec<Import>) {
        let Some(module) = field(node, "path") else {
            return;
        };
        let module = words(module, text).trim_matches(['"', '`']);
        let mut parts = module.rsplit('/');
        let mut last = parts.next().unwrap_or(module);
        // `…/retryablehttp/v2` is known as `retryablehttp`.
        if last.len() > 1 && last.starts_with('v') && last[1..].bytes().all(|b| b.is_ascii_digit())
        {
            last = parts.next().unwrap_or(last);
        }
        let local = field(node, "name").map_or(last, |name| words(name, text));
        out.push(Import {
            module: module.to_owned(),
            name: String::new(),
            local: local.to_owned(),
        });
    }

    fn idioms(&self) -> &'static [Idiom] {
        idioms::go::IDIOMS
    }
}

fn path(node: Node<'_>, text: &str) -> String {
    dotted(node, |node| match node.kind() {
        "selector_expression" => Step::Part(
            field_words(node, "field", text).into(),
            field(node, "operand"),
        ),
        "identifier" | "field_identifier" | "package_identifier" => {
            Step::Part(words(node, text).into(), None)
        }
        "call_expression" => match field(node, "function") {
            Some(selector) if selector.kind() == "selector_expression" => Step::Call(
                field_words(selector, "field", text).into(),
                field(selector, "operand"),
            ),
            Some(function) => Step::Call(words(function, text).into(), None),
            None => Step::Stop,
        },
        "parenthesized_expression" | "unary_expression" => {
            Step::Within(named(node).into_iter().next())
        }
        _ => Step::Nameless,
    })
}
