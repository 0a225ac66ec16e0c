//! The pass over the tree.

use foldhash::HashMap;

use super::bases::base_names;
use super::{Bound, CallSite, MAX_CALLS, Outline, RawBlock, RawFunction, RawKind, RawLoop};
use crate::parse::code::declared;
use crate::parse::code::dialect::{self, Role, Shape, Signature};
use crate::parse::code::syntax::{Node, Syntax};
use crate::parse::code::words::{is_wrapper, last_name};

/// Most types that are noted: whoever makes a type that reacts to answers is excused, so that
/// without those beyond more is told, not less.
const MAX_MADE: usize = 2000;

impl<'t> Outline<'t> {
    /// Walks a tree.
    pub(super) fn walk(&mut self, tree: &'t Syntax, roles: &[Role]) {
        let role_of = |node: Node<'_>| roles.get(node.kind_id()).copied().unwrap_or_default();
        let mut classes: Vec<(usize, String)> = Vec::new();
        let mut functions: Vec<(usize, usize)> = Vec::new();
        let mut names: HashMap<usize, String> = HashMap::default();
        for node in tree.nodes() {
            let role = role_of(node);
            if role == Role::None {
                continue;
            }
            let start = node.start_byte();
            while functions.last().is_some_and(|&(end, _)| end <= start) {
                functions.pop();
            }
            while classes.last().is_some_and(|&(end, _)| end <= start) {
                classes.pop();
            }
            let within = functions.last().map_or(0, |&(_, index)| index);
            match role {
                Role::None => {}
                Role::Branch => {
                    for child in node.children() {
                        if self.dialect.is_arm(node, child, child.field_name()) {
                            self.arm(child, node);
                        }
                    }
                }
                Role::Arm => {
                    let group = std::iter::successors(node.parent(), Node::parent)
                        .find(|&outer| role_of(outer) == Role::Branch);
                    self.arm(node, group.unwrap_or(node));
                }
                Role::Class => {
                    let name = dialect::field(node, "name")
                        .or_else(|| dialect::field(node, "type"))
                        .or_else(|| dialect::named(node).into_iter().next())
                        .map(|name| dialect::words(name, self.text));
                    let name = name.unwrap_or_default();
                    let name = name.split(['<', '(', ' ']).next().unwrap_or_default();
                    self.classes.insert(name.to_owned());
                    self.enumerate(node, name);
                    let bases = base_names(node, self.text);
                    if !bases.is_empty() && self.bases.len() < MAX_MADE {
                        self.bases.push((name.to_owned(), bases));
                    }
                    classes.push((node.end_byte(), name.to_owned()));
                }
                Role::Enum => {
                    let name = dialect::field(node, "name")
                        .or_else(|| dialect::named(node).into_iter().next())
                        .map(|name| dialect::words(name, self.text));
                    self.enumerate(node, name.unwrap_or_default());
                }
                Role::Function if !self.dialect.has_body(node) => {
                    let index = self.functions.len();
                    if let Some(declared) = declared::request(self.dialect, node, self.text, index)
                    {
                        let signature = self.dialect.signature(node, self.text);
                        let owner = classes.last().map(|(_, name)| name.clone());
                        let index = self.function(node, signature, owner, within);
                        functions.push((node.end_byte(), index));
                        self.declared.push(declared);
                    }
                }
                Role::Function => {
                    let signature = self.dialect.signature(node, self.text);
                    let owner = signature
                        .owner
                        .clone()
                        .or_else(|| classes.last().map(|(_, name)| name.clone()));
                    let index = self.function(node, signature, owner, within);
                    functions.push((node.end_byte(), index));
                    self.returns.extend(self.dialect.result(node));
                    self.decorators(node, index);
                }
                Role::Lambda => {
                    let mut signature = self.dialect.signature(node, self.text);
                    if let Some(name) = names.get(&start) {
                        signature.name.clone_from(name);
                        let owner = classes.last().map(|(_, name)| name.clone());
                        let index = self.function(node, signature, owner, within);
                        functions.push((node.end_byte(), index));
                    } else if self.is_listener(node, role_of, &names) {
                        // A function without a name: nothing calls it in place.
                        signature.name.clear();
                        let index = self.function(node, signature, None, within);
                        functions.push((node.end_byte(), index));
                    } else {
                        let parameters = signature.parameters;
                        self.blocks.push(RawBlock {
                            range: node.byte_range(),
                            head: start..start,
                            kind: RawKind::Lambda(
                                parameters.into_iter().map(|(name, _)| name).collect(),
                            ),
                        });
                    }
                }
                Role::Loop => self.repetition(node),
                Role::Handler => {
                    let caught = self.dialect.caught(node);
                    let tried = std::iter::successors(node.parent(), Node::parent)
                        .map(|around| around.start_byte())
                        .find(|&around| around < start)
                        .unwrap_or(start);
                    self.blocks.push(RawBlock {
                        range: node.byte_range(),
                        head: caught.map_or(start..start, |caught| caught.byte_range()),
                        kind: RawKind::Handler(tried..start),
                    });
                }
                Role::Restart => {
                    if let Some(jump) = self.dialect.restarts(node, self.text) {
                        self.blocks.push(RawBlock {
                            range: node.byte_range(),
                            head: jump.byte_range(),
                            kind: RawKind::Loop(RawLoop {
                                again: true,
                                whole: node.byte_range(),
                                ..RawLoop::default()
                            }),
                        });
                    }
                }
                Role::Spawn => self.blocks.push(RawBlock {
                    range: node.byte_range(),
                    head: start..start,
                    kind: RawKind::Spawn,
                }),
                Role::Call => {
                    if self.dialect.is_call(node, node.parent(), node.field_name()) {
                        self.call(node, within);
                    }
                }
                Role::Binding => self.bind(node, within, &mut names),
                Role::Compare => {
                    if self.dialect.is_comparison(node, self.text) {
                        self.compares.push(node);
                    }
                }
                Role::Index => self.indexes.push(node),
                Role::Jump => {
                    if self.dialect.is_jump(node, self.text) {
                        self.jumps.push(start);
                    }
                }
                Role::Return => {
                    self.jumps.push(start);
                    self.returns.extend(dialect::named(node).into_iter().next());
                }
                Role::Make => {
                    if self.made.len() < MAX_MADE {
                        let of_type = dialect::field(node, "type").unwrap_or(node);
                        let words = dialect::words(of_type, self.text);
                        self.made.extend(type_names(words).map(str::to_owned));
                    }
                }
                Role::Import => self.dialect.imports(node, self.text, &mut self.imports),
            }
        }
    }

    fn call(&mut self, node: Node<'t>, function: usize) {
        self.dialect.required(node, self.text, &mut self.imports);
        let mut bindings = Vec::new();
        self.dialect.declared(node, self.text, &mut bindings);
        self.bindings
            .extend(bindings.into_iter().map(|binding| Bound {
                at: node.start_byte(),
                function,
                binding,
            }));
        if self.calls.len() < MAX_CALLS {
            self.calls.push(CallSite {
                node,
                decorates: None,
            });
        } else {
            self.more = true;
        }
    }

    fn arm(&mut self, node: Node<'t>, group: Node<'t>) {
        let head = self
            .dialect
            .condition(node)
            .map_or(node.start_byte()..node.start_byte(), |c| c.byte_range());
        self.blocks.push(RawBlock {
            range: node.byte_range(),
            head,
            kind: RawKind::Arm(group.start_byte()),
        });
    }

    fn function(
        &mut self,
        node: Node<'t>,
        signature: Signature<'t>,
        owner: Option<String>,
        outer: usize,
    ) -> usize {
        let index = self.functions.len();
        self.function_by_start.insert(node.start_byte(), index);
        self.blocks.push(RawBlock {
            range: node.byte_range(),
            head: signature.name_range.clone(),
            kind: RawKind::Function(index),
        });
        self.functions.push(RawFunction {
            signature,
            range: node.byte_range(),
            owner,
            outer,
        });
        index
    }

    fn decorators(&mut self, node: Node<'t>, function: usize) {
        let decorators = self.dialect.decorators(node);
        let first = decorators.iter().map(Node::id).min();
        for decorator in decorators {
            // Met before, as a call like any other.
            let since = self.calls.iter().enumerate().rev();
            let found = since
                .take_while(|(_, site)| Some(site.node.id()) >= first && self.tree.look(1))
                .find(|(_, site)| site.node.id() == decorator.id());
            if let Some((index, _)) = found {
                self.calls.remove(index);
            }
            self.calls.push(CallSite {
                node: decorator,
                decorates: Some(function),
            });
        }
    }

    fn repetition(&mut self, node: Node<'t>) {
        let Some(parts) = self.dialect.repetition(node, self.text) else {
            return;
        };
        self.blocks.push(RawBlock {
            range: parts.body,
            head: parts.head,
            kind: RawKind::Loop(RawLoop {
                counts: parts.counts,
                endless: parts.endless,
                variables: parts.variables,
                over: parts.over,
                condition: parts.condition,
                at_once: None,
                wide: self.dialect.at_once(node, self.text),
                timer: None,
                again: false,
                whole: node.byte_range(),
            }),
        });
    }

    fn bind(&mut self, node: Node<'t>, function: usize, names: &mut HashMap<usize, String>) {
        self.dialect.required(node, self.text, &mut self.imports);
        let mut bindings = Vec::new();
        self.dialect.bindings(node, self.text, &mut bindings);
        for binding in bindings {
            if let Some(lambda) = self.lambda_of(binding.value) {
                let name = last_name(&binding.target);
                names.insert(lambda.start_byte(), name.to_owned());
            }
            self.bindings.push(Bound {
                at: node.start_byte(),
                function,
                binding,
            });
        }
    }

    /// The closure that a value is, or that it wraps: `throttle(async () => …)`.
    fn lambda_of(&self, value: Node<'t>) -> Option<Node<'t>> {
        match self.dialect.shape(value, self.text) {
            Shape::Lambda => Some(value),
            Shape::Inner(inner) => match self.dialect.shape(inner, self.text) {
                Shape::Lambda => Some(inner),
                _ => None,
            },
            Shape::Call => {
                let call = self.dialect.invocation(value, self.text)?;
                // `withRetry(() => …)` runs its closure at once; a limiter's wrapper
                // makes a function of it.
                if !is_wrapper(call.name()) {
                    return None;
                }
                let first = call.arguments.first()?.value?;
                matches!(self.dialect.shape(first, self.text), Shape::Lambda).then_some(first)
            }
            _ => None,
        }
    }
}

/// The last names of the types that words speak of.
fn type_names(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(['<', '>', ',', '(', ')', '[', ']', '*', '&'])
        .filter_map(|part| part.trim().rsplit('.').next())
        .filter(|name| !name.is_empty() && name.len() < 80)
}
