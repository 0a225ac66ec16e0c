//! One pass over a syntax tree: blocks, functions, calls, names given to values.
//! Nothing is judged yet.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use tree_sitter::{Node, Tree};

use super::Tables;
use super::dialect::{self, Binding, Dialect, Role, Shape, Signature};
use super::idiom::Idiom;
use crate::facts::code::Import;

/// Most calls that are looked at in one file; generated code beyond is left alone.
const MAX_CALLS: usize = 20_000;

/// What stands in a file.
pub struct Outline<'t> {
    /// The file's text.
    pub text: &'t str,
    /// Its language.
    pub dialect: &'static dyn Dialect,
    /// Blocks, in the order they were met.
    pub blocks: Vec<RawBlock<'t>>,
    /// Functions; the first is the code outside of functions.
    pub functions: Vec<RawFunction<'t>>,
    /// Calls.
    pub calls: Vec<CallSite<'t>>,
    /// Names given to values, in source order.
    pub bindings: Vec<Bound<'t>>,
    /// Comparisons.
    pub compares: Vec<Node<'t>>,
    /// Elements read by key.
    pub indexes: Vec<Node<'t>>,
    /// Where the flow jumps.
    pub jumps: Vec<usize>,
    /// What is returned, and where.
    pub returns: Vec<Node<'t>>,
    /// What is taken from elsewhere.
    pub imports: Vec<Import>,
    by_target: HashMap<String, Vec<usize>>,
    by_local: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    addresses: HashSet<String>,
    tables: &'static Tables,
    function_by_start: BTreeMap<usize, usize>,
}

/// A block before its place among the others is known.
pub struct RawBlock<'t> {
    /// All of it.
    pub range: Range<usize>,
    /// Its head.
    pub head: Range<usize>,
    /// What it is.
    pub kind: RawKind<'t>,
}

/// What a raw block is.
pub enum RawKind<'t> {
    /// The function with this index.
    Function(usize),
    /// A loop.
    Loop(RawLoop<'t>),
    /// An alternative of the statement that starts here.
    Arm(usize),
    /// After a failure.
    Handler,
    /// A closure, its parameters' names.
    Lambda(Vec<String>),
    /// Beside the code around it.
    Spawn,
}

/// A loop before it is judged.
#[derive(Default)]
pub struct RawLoop<'t> {
    /// The statement's own kind.
    pub counts: bool,
    /// Nothing but a jump ends it.
    pub endless: bool,
    /// Its counter or item.
    pub variables: Vec<String>,
    /// What it runs over.
    pub over: Option<Node<'t>>,
    /// As long as.
    pub condition: Option<Node<'t>>,
    /// Rounds do not wait for each other; the call that says how wide.
    pub at_once: Option<usize>,
    /// Started by a clock: the call that says how often.
    pub timer: Option<usize>,
    /// The statement's bytes.
    pub whole: Range<usize>,
}

/// A function.
pub struct RawFunction<'t> {
    /// Its head.
    pub signature: Signature<'t>,
    /// All of it.
    pub range: Range<usize>,
    /// The class around it.
    pub owner: Option<String>,
    /// The function around it.
    pub outer: usize,
}

/// A call, or a decorator that is none.
pub struct CallSite<'t> {
    /// Its node.
    pub node: Node<'t>,
    /// The function that it decorates.
    pub decorates: Option<usize>,
}

/// A name given to a value.
pub struct Bound<'t> {
    /// The name and value.
    pub binding: Binding<'t>,
    /// Where.
    pub at: usize,
    /// The function in which.
    pub function: usize,
}

impl<'t> Outline<'t> {
    /// Walks the tree once, without recursion.
    pub fn new(
        tree: &'t Tree,
        text: &'t str,
        dialect: &'static dyn Dialect,
        tables: &'static Tables,
    ) -> Self {
        let mut outline = Self {
            text,
            dialect,
            blocks: Vec::new(),
            functions: vec![RawFunction {
                signature: Signature::default(),
                range: 0..text.len(),
                owner: None,
                outer: 0,
            }],
            calls: Vec::new(),
            bindings: Vec::new(),
            compares: Vec::new(),
            indexes: Vec::new(),
            jumps: Vec::new(),
            returns: Vec::new(),
            imports: Vec::new(),
            by_target: HashMap::new(),
            by_local: HashMap::new(),
            by_name: HashMap::new(),
            addresses: HashSet::new(),
            tables,
            function_by_start: BTreeMap::new(),
        };
        outline.walk(tree, &tables.roles);
        for (index, bound) in outline.bindings.iter().enumerate() {
            outline
                .by_target
                .entry(bound.binding.target.clone())
                .or_default()
                .push(index);
        }
        for (index, import) in outline.imports.iter().enumerate() {
            outline
                .by_local
                .entry(import.local.clone())
                .or_insert(index);
        }
        for (index, function) in outline.functions.iter().enumerate().skip(1) {
            let name = function.signature.name.clone();
            outline.by_name.entry(name).or_default().push(index);
        }
        outline.mark_addresses();
        outline
    }

    /// Notes the names that may stand for an address: those given one, and those made
    /// of these.
    fn mark_addresses(&mut self) {
        const ROUNDS: usize = 4;
        let mut given: Vec<(&str, &str)> = Vec::new();
        for bound in &self.bindings {
            let words = dialect::words(bound.binding.value, self.text);
            if words.len() <= 2000 {
                given.push((&bound.binding.target, words));
            }
        }
        for function in &self.functions {
            for (name, default) in &function.signature.parameters {
                if let Some(default) = default {
                    given.push((name, dialect::words(*default, self.text)));
                }
            }
        }
        for node in &self.returns {
            let function = self.function_at(node.start_byte());
            let name = self.functions[function].signature.name.as_str();
            given.push((name, dialect::words(*node, self.text)));
        }
        let mut addresses: HashSet<String> = HashSet::new();
        for _ in 0..ROUNDS {
            let before = addresses.len();
            for (target, words) in &given {
                let last = target.rsplit('.').next().unwrap_or(target);
                let folded;
                let words = if self.dialect.ignores_case() {
                    folded = words.to_ascii_lowercase();
                    folded.as_str()
                } else {
                    words
                };
                if !addresses.contains(last) && may_be_address(words, &addresses) {
                    addresses.insert(last.to_owned());
                }
            }
            if addresses.len() == before {
                break;
            }
        }
        self.addresses = addresses;
    }

    /// Whether words may be worth an address.
    pub fn may_be_address(&self, words: &str) -> bool {
        if self.dialect.ignores_case() {
            return may_be_address(&words.to_ascii_lowercase(), &self.addresses);
        }
        may_be_address(words, &self.addresses)
    }

    /// The idiom of a callee, its imported name spelt out.
    pub fn idiom(&self, callee: &str) -> Option<&'static Idiom> {
        // A function of this file is what it does, whatever it is called.
        if !callee.contains('.') && self.by_name.contains_key(callee) {
            return None;
        }
        let spelt = self.spelt_out(callee);
        let idioms = &self.tables.idioms;
        idioms.find(&spelt).or_else(|| idioms.find(callee))
    }

    fn walk(&mut self, tree: &'t Tree, roles: &[Role]) {
        let mut cursor = tree.walk();
        // Roles of the nodes above the current one.
        let mut above: Vec<(Role, Node<'t>)> = Vec::new();
        let mut classes: Vec<(usize, String)> = Vec::new();
        let mut functions: Vec<(usize, usize)> = Vec::new();
        let mut names: HashMap<usize, String> = HashMap::new();
        loop {
            let node = cursor.node();
            let role = roles
                .get(usize::from(node.kind_id()))
                .copied()
                .unwrap_or_default();
            let start = node.start_byte();
            while functions.last().is_some_and(|&(end, _)| end <= start) {
                functions.pop();
            }
            while classes.last().is_some_and(|&(end, _)| end <= start) {
                classes.pop();
            }
            let within = functions.last().map_or(0, |&(_, index)| index);
            if let Some(&(Role::Branch, branch)) = above.last()
                && self.dialect.is_arm(branch, node, cursor.field_name())
            {
                self.arm(node, branch);
            }
            match role {
                Role::None | Role::Branch => {}
                Role::Arm => {
                    let group = above
                        .iter()
                        .rev()
                        .find(|&&(role, _)| role == Role::Branch)
                        .map_or(node, |&(_, branch)| branch);
                    self.arm(node, group);
                }
                Role::Class => {
                    let name = dialect::field(node, "name")
                        .or_else(|| dialect::field(node, "type"))
                        .or_else(|| dialect::named(node).into_iter().next())
                        .map(|name| dialect::words(name, self.text));
                    let name = name.unwrap_or_default();
                    let name = name.split(['<', '(', ' ']).next().unwrap_or_default();
                    classes.push((node.end_byte(), name.to_owned()));
                }
                Role::Function => {
                    let signature = self.dialect.signature(node, self.text);
                    let owner = signature
                        .owner
                        .clone()
                        .or_else(|| classes.last().map(|(_, name)| name.clone()));
                    let index = self.function(node, signature, owner, within);
                    functions.push((node.end_byte(), index));
                    self.decorators(node, index);
                }
                Role::Lambda => {
                    let mut signature = self.dialect.signature(node, self.text);
                    if let Some(name) = names.get(&start) {
                        signature.name.clone_from(name);
                        let owner = classes.last().map(|(_, name)| name.clone());
                        let index = self.function(node, signature, owner, within);
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
                Role::Handler => self.blocks.push(RawBlock {
                    range: node.byte_range(),
                    head: start..start,
                    kind: RawKind::Handler,
                }),
                Role::Spawn => self.blocks.push(RawBlock {
                    range: node.byte_range(),
                    head: start..start,
                    kind: RawKind::Spawn,
                }),
                Role::Call => {
                    self.dialect.required(node, self.text, &mut self.imports);
                    if self.calls.len() < MAX_CALLS {
                        self.calls.push(CallSite {
                            node,
                            decorates: None,
                        });
                    }
                }
                Role::Binding => self.bind(node, within, &mut names),
                Role::Compare => {
                    if self.dialect.is_comparison(node, self.text) {
                        self.compares.push(node);
                    }
                }
                Role::Index => self.indexes.push(node),
                Role::Jump => self.jumps.push(start),
                Role::Return => {
                    self.jumps.push(start);
                    self.returns.push(node);
                }
                Role::Import => self.dialect.imports(node, self.text, &mut self.imports),
            }
            if cursor.goto_first_child() {
                above.push((role, node));
                continue;
            }
            loop {
                if cursor.goto_next_sibling() {
                    break;
                }
                if !cursor.goto_parent() {
                    return;
                }
                above.pop();
            }
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
        for decorator in self.dialect.decorators(node) {
            // Met before, as a call like any other.
            if let Some(index) = self
                .calls
                .iter()
                .rposition(|site| site.node.id() == decorator.id())
            {
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
                timer: None,
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
                let name = binding.target.rsplit('.').next().unwrap_or_default();
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
                let name = call.name().to_ascii_lowercase();
                if !["throttl", "limit", "wrap"]
                    .iter()
                    .any(|w| name.contains(w))
                {
                    return None;
                }
                let first = call.arguments.first()?.value?;
                matches!(self.dialect.shape(first, self.text), Shape::Lambda).then_some(first)
            }
            _ => None,
        }
    }

    /// The bindings of a name, in source order.
    pub fn bound(&self, target: &str) -> impl DoubleEndedIterator<Item = &Bound<'t>> {
        self.by_target
            .get(target)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(|&index| &self.bindings[index])
    }

    /// The innermost named function around a byte.
    pub fn function_at(&self, at: usize) -> usize {
        let mut index = self
            .function_by_start
            .range(..=at)
            .next_back()
            .map_or(0, |(_, &index)| index);
        while index != 0 && !self.functions[index].range.contains(&at) {
            index = self.functions[index].outer;
        }
        index
    }

    /// The functions of a name.
    pub fn named(&self, name: &str) -> impl Iterator<Item = usize> + '_ {
        self.by_name
            .get(name)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .copied()
    }

    /// A dotted name with its first part spelt out as imported.
    pub fn spelt_out(&self, path: &str) -> String {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let import = self.by_local.get(first).map(|&index| &self.imports[index]);
        let Some(import) = import.filter(|_| !first.is_empty()) else {
            return path.to_owned();
        };
        let mut out = import.module.clone();
        for part in [
            Some(import.name.as_str()).filter(|name| !name.is_empty()),
            rest,
        ]
        .into_iter()
        .flatten()
        {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(part);
        }
        out
    }
}

fn may_be_address(words: &str, addresses: &HashSet<String>) -> bool {
    words.contains("://")
        || !addresses.is_empty()
            && words
                .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
                .any(|word| addresses.contains(word))
}
