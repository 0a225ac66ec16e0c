//! One pass over a syntax tree: blocks, functions, calls, names given to values.
//! Nothing is judged yet.

mod bases;
mod enums;
mod listeners;
mod nested;
mod walk;

pub use nested::Nested;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::Tables;
use super::declared::Declared;
use super::dialect::{self, Binding, Dialect, Signature};
use super::idiom::Idiom;
use super::library::Services;
use super::syntax::{Node, Syntax};
use crate::facts::code::{Import, Width};
use crate::facts::links;
use crate::parse::code::words::{holds_scheme, is_among, last_name};

/// Methods that put one more item into a collection.
pub const PUSHES: &[&str] = &["append", "push", "add", "unshift", "push_back", "enqueue"];

/// Most calls that are looked at in one file; that there are more is told.
const MAX_CALLS: usize = 20_000;

/// What stands in a file.
pub struct Outline<'t> {
    /// The file's text.
    pub text: &'t str,
    /// There are more calls than are looked at.
    pub more: bool,
    /// The file's nodes.
    tree: &'t Syntax,
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
    /// The values that functions return.
    pub returns: Vec<Node<'t>>,
    /// Requests that functions without a body stand for.
    pub declared: Vec<Declared>,
    /// What is taken from elsewhere.
    pub imports: Vec<Import>,
    /// Types that values are made of without a call of their name.
    pub made: BTreeSet<String>,
    /// Classes, and the names of those that they are made from.
    pub bases: Vec<(String, Vec<String>)>,
    /// Types that list their values, and how many these are.
    pub enums: BTreeMap<String, u64>,
    by_target: HashMap<String, Vec<usize>>,
    /// The same for each function: a name may be given a value in all of them.
    by_home: HashMap<usize, HashMap<String, Vec<usize>>>,
    by_local: HashMap<String, usize>,
    by_name: HashMap<String, Vec<usize>>,
    classes: HashSet<String>,
    addresses: Names,
    /// Parameters of closures and variables of loops.
    closure_names: HashSet<String>,
    tables: &'static Tables,
    function_by_start: BTreeMap<usize, usize>,
    /// How values and what is returned stand in each other, what each function returns, and
    /// where words stand, once that was asked.
    nested: OnceCell<Nested>,
    nested_returns: OnceCell<Nested>,
    returned: OnceCell<HashMap<usize, Vec<usize>>>,
    words: OnceCell<HashMap<&'t str, Vec<usize>>>,
    /// The file mentions a library that knows a service.
    has_services: bool,
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
    /// After a failure in these words.
    Handler(Range<usize>),
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
    /// The same, by the statement's own words.
    pub wide: Option<Width>,
    /// Started by a clock: the call that says how often.
    pub timer: Option<usize>,
    /// It starts over after any failure.
    pub again: bool,
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
        tree: &'t Syntax,
        text: &'t str,
        dialect: &'static dyn Dialect,
        tables: &'static Tables,
    ) -> Self {
        let mut outline = Self {
            text,
            more: false,
            tree,
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
            declared: Vec::new(),
            imports: Vec::new(),
            made: BTreeSet::new(),
            bases: Vec::new(),
            enums: BTreeMap::new(),
            by_target: HashMap::default(),
            by_home: HashMap::default(),
            by_local: HashMap::default(),
            by_name: HashMap::default(),
            classes: HashSet::default(),
            addresses: Names::default(),
            closure_names: HashSet::default(),
            tables,
            function_by_start: BTreeMap::new(),
            nested: OnceCell::new(),
            nested_returns: OnceCell::new(),
            returned: OnceCell::new(),
            words: OnceCell::new(),
            has_services: tables.services.are_in(text),
        };
        outline.walk(tree, &tables.roles);
        outline.bindings.sort_by_key(|bound| bound.at);
        for (index, bound) in outline.bindings.iter().enumerate() {
            outline
                .by_target
                .entry(bound.binding.target.clone())
                .or_default()
                .push(index);
            let home = outline.by_home.entry(bound.function).or_default();
            let name = bound.binding.target.clone();
            home.entry(name).or_default().push(index);
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
        outline.closure_names = outline
            .blocks
            .iter()
            .flat_map(|block| match &block.kind {
                RawKind::Lambda(names) => names.as_slice(),
                RawKind::Loop(raw) => raw.variables.as_slice(),
                _ => &[],
            })
            .cloned()
            .collect();
        outline.mark_addresses();
        outline
    }

    /// All of a list, which is looked through from its start; none of it when there were
    /// looks enough.
    pub fn all<'l, T>(&self, list: &'l [T]) -> std::slice::Iter<'l, T> {
        let within = self.tree.look(list.len());
        if within { list.iter() } else { [].iter() }
    }

    /// Whether some of the text may be searched through.
    pub fn may_search(&self, bytes: usize) -> bool {
        self.tree.look(1 + bytes / 64)
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
        given.extend(self.pushed());
        let mut addresses = Names::default();
        if self.has_services {
            // A client stands for the address of its service.
            for maker in self.tables.services.makers() {
                addresses.insert((*maker).to_owned());
            }
            for import in &self.imports {
                if self.tables.services.are_in(&import.module) {
                    addresses.insert(import.local.clone());
                }
            }
        }
        for round in 0..ROUNDS {
            let before = addresses.len();
            given.retain(|(target, words)| {
                let last = last_name(target);
                if addresses.contains(last) {
                    return false;
                }
                let words = self.folded(words);
                let plain = round == 0 && (holds_scheme(&words) || is_host(&words));
                if plain || addresses.any_in(&words) {
                    addresses.insert(last.to_owned());
                    return false;
                }
                true
            });
            if addresses.len() == before {
                break;
            }
        }
        self.addresses = addresses;
    }

    /// Names of lists, and the words of what is put into them.
    fn pushed(&self) -> Vec<(&'t str, &'t str)> {
        let put = |site: &CallSite<'t>| {
            let words = dialect::words(site.node, self.text);
            let (callee, rest) = words.split_once('(')?;
            let (list, name) = callee.rsplit_once('.')?;
            let fits = list.len() < 80 && rest.len() < 2000 && is_among(PUSHES, name);
            fits.then_some((list, rest))
        };
        self.calls.iter().filter_map(put).collect()
    }

    /// Whether words may be worth an address.
    pub fn may_be_address(&self, words: &str) -> bool {
        holds_scheme(words)
            || !self.addresses.is_empty() && self.addresses.any_in(&self.folded(words))
    }

    /// Words as names are compared.
    fn folded<'w>(&self, words: &'w str) -> Cow<'w, str> {
        if self.dialect.ignores_case() {
            Cow::Owned(words.to_ascii_lowercase())
        } else {
            Cow::Borrowed(words)
        }
    }

    /// The idiom of a callee, its imported name spelt out.
    pub fn idiom(&self, callee: &str) -> Option<&'static Idiom> {
        let idioms = &self.tables.idioms;
        let found = match self.spelt_out(callee) {
            Cow::Owned(spelt) => idioms.find(&spelt).or_else(|| idioms.find(callee)),
            Cow::Borrowed(spelt) => idioms.find(spelt),
        };
        // Most calls are of nothing that is known.
        let idiom = found?;
        // A function of this file, a class, or what comes from another file of the project
        // is what it does, whatever it is called.
        let first = callee.split('.').next().unwrap_or(callee);
        let own = !callee.contains('.') && self.by_name.contains_key(callee)
            || self.classes.contains(first)
            || self.by_local.get(first).is_some_and(|&index| {
                self.imports[index].module.starts_with(['.', '/']) && !first.is_empty()
            });
        // What any value has is meant of what comes from another file, too:
        // `rows.forEach(…)` of a list that is imported.
        let last = last_name(callee);
        let of_any = callee.contains('.')
            && !self.classes.contains(first)
            && idiom
                .callees
                .iter()
                .any(|known| known.strip_prefix('~') == Some(last));
        (!own || of_any).then_some(idiom)
    }

    /// Whether a closure or a loop somewhere has a variable of this name.
    pub fn is_closure_name(&self, name: &str) -> bool {
        self.closure_names.contains(name)
    }

    /// What a name is taken from, where it is taken from elsewhere.
    pub fn import_of(&self, name: &str) -> Option<&Import> {
        let index = self.by_local.get(name).filter(|_| !name.is_empty())?;
        self.imports.get(*index)
    }

    /// Whether a name is taken from elsewhere.
    pub fn is_imported(&self, name: &str) -> bool {
        !name.is_empty() && self.by_local.contains_key(name)
    }

    /// The services that libraries of this language know.
    pub fn services(&self) -> &'static Services {
        &self.tables.services
    }

    /// Whether the file mentions a library that knows a service.
    pub fn has_services(&self) -> bool {
        self.has_services
    }

    /// The bindings of a name, in source order.
    pub fn bound<'s>(
        &'s self,
        target: &str,
    ) -> impl DoubleEndedIterator<Item = &'s Bound<'t>> + Clone + use<'s, 't> {
        self.by_target
            .get(target)
            .map(Vec::as_slice)
            .unwrap_or_default()
            .iter()
            .map(|&index| &self.bindings[index])
    }

    /// The bindings of a name, then those of the field that its last part names, whatever
    /// holds it.
    pub fn bound_or_field<'s>(
        &'s self,
        path: &str,
    ) -> impl DoubleEndedIterator<Item = &'s Bound<'t>> + Clone + use<'s, 't> {
        let field = format!(".{}", last_name(path.trim_end_matches("()")));
        self.bound(path).chain(self.bound(&field))
    }

    /// Indices of the bindings of a name in a function alone, in source order.
    fn own(&self, target: &str, function: usize) -> &[usize] {
        let home = self.by_home.get(&function);
        let all = home.and_then(|home| home.get(target));
        all.map(Vec::as_slice).unwrap_or_default()
    }

    /// The bindings of a name in a function alone, in source order.
    pub fn bound_in(
        &self,
        target: &str,
        function: usize,
    ) -> impl DoubleEndedIterator<Item = &Bound<'t>> + Clone {
        let all = self.own(target, function).iter();
        all.map(|&index| &self.bindings[index])
    }

    /// The bindings of a name in a function alone that begin before a byte, in source order.
    pub fn bound_before(
        &self,
        target: &str,
        function: usize,
        at: usize,
    ) -> impl DoubleEndedIterator<Item = &Bound<'t>> {
        let all = self.own(target, function);
        let before = all.partition_point(|&index| self.bindings[index].at < at);
        all[..before].iter().map(|&index| &self.bindings[index])
    }

    /// Most of `most` bindings of a name in a function that stand before a byte, and some
    /// behind it, the nearest ones.
    pub fn bound_near(
        &self,
        target: &str,
        function: usize,
        at: usize,
        most: usize,
    ) -> impl Iterator<Item = &Bound<'t>> {
        let all = self.own(target, function);
        let before = all.partition_point(|&index| self.bindings[index].at < at);
        let first = before.saturating_sub(most / 4 * 3);
        let first = first.min(all.len().saturating_sub(most));
        let near = all[first..].iter().take(most);
        near.map(|&index| &self.bindings[index])
    }

    /// What a name was given last before a byte.
    pub fn last_bound(&self, target: &str, before: usize) -> Option<&Bound<'t>> {
        let all = self.by_target.get(target)?;
        let end = all.partition_point(|&index| self.bindings[index].at < before);
        all[..end].last().map(|&index| &self.bindings[index])
    }

    /// The same, or what the name was given last outside of functions.
    pub fn latest_bound(&self, target: &str, before: usize) -> Option<&Bound<'t>> {
        let everywhere = self.bound_in(target, 0).next_back();
        let here = self.last_bound(target, before);
        // Of both the later counts.
        match (here, everywhere) {
            (Some(here), Some(everywhere)) if everywhere.at > here.at => Some(everywhere),
            (here, everywhere) => here.or(everywhere),
        }
    }

    /// Whether a name is given a value in a range.
    pub fn is_bound_within(&self, target: &str, range: &Range<usize>) -> bool {
        let all = self.by_target.get(target).map(Vec::as_slice);
        let all = all.unwrap_or_default();
        let first = all.partition_point(|&index| self.bindings[index].at < range.start);
        all.get(first)
            .is_some_and(|&index| self.bindings[index].at < range.end)
    }

    /// The calls that begin in a range.
    pub fn calls_within(&self, range: &Range<usize>) -> std::slice::Iter<'_, CallSite<'t>> {
        let before = |at: usize| (self.calls).partition_point(|site| site.node.start_byte() < at);
        let within = self.calls.get(before(range.start)..before(range.end));
        self.all(within.unwrap_or_default())
    }

    /// The bindings that begin in a range.
    pub fn bound_within(&self, range: &Range<usize>) -> std::slice::Iter<'_, Bound<'t>> {
        let before = |at: usize| self.bindings.partition_point(|bound| bound.at < at);
        let within = self.bindings.get(before(range.start)..before(range.end));
        self.all(within.unwrap_or_default())
    }

    /// The binding with the shortest value that holds these bytes.
    pub fn bound_around(&self, range: &Range<usize>) -> Option<&Bound<'t>> {
        let nested = self.nested.get_or_init(|| {
            let values = self.all(&self.bindings).map(|bound| bound.binding.value);
            Nested::new(values.map(|value| value.byte_range()))
        });
        let index = self.among(nested, range.clone()).next()?;
        self.bindings.get(index)
    }

    /// What functions return that holds these bytes, the innermost first.
    pub fn returned_around(&self, range: Range<usize>) -> impl Iterator<Item = Node<'t>> + '_ {
        let nested = self.nested_returns.get_or_init(|| {
            let returns = self.all(&self.returns);
            Nested::new(returns.map(Node::byte_range))
        });
        let around = self.among(nested, range);
        around.filter_map(|index| self.returns.get(index).copied())
    }

    /// The numbers of those among nested ranges that hold another one, the innermost first.
    pub fn among<'s>(
        &'s self,
        nested: &'s Nested,
        range: Range<usize>,
    ) -> impl Iterator<Item = usize> + 's {
        nested.around(range, |steps| self.tree.look(steps))
    }

    /// Where a word stands in the text, as a whole.
    pub fn places_of(&self, word: &str) -> &[usize] {
        let words = self.words.get_or_init(|| {
            let mut words: HashMap<&str, Vec<usize>> = HashMap::default();
            if !self.may_search(self.text.len()) {
                return words;
            }
            let mut start = None;
            let ends = self.text.char_indices().chain([(self.text.len(), ' ')]);
            for (at, c) in ends {
                match (start, c.is_alphanumeric() || c == '_') {
                    (None, true) => start = Some(at),
                    (Some(from), false) => {
                        words.entry(&self.text[from..at]).or_default().push(from);
                        start = None;
                    }
                    _ => {}
                }
            }
            words
        });
        words.get(word).map(Vec::as_slice).unwrap_or_default()
    }

    /// The innermost named function around a byte.
    pub fn function_at(&self, at: usize) -> usize {
        let mut index = self
            .function_by_start
            .range(..=at)
            .next_back()
            .map_or(0, |(_, &index)| index);
        while index != 0 && !self.functions[index].range.contains(&at) && self.tree.look(1) {
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

    /// What a function returns.
    pub fn returned_by(&self, function: usize) -> impl Iterator<Item = Node<'t>> + '_ {
        let returned = self.returned.get_or_init(|| {
            let mut returned: HashMap<usize, Vec<usize>> = HashMap::default();
            for (index, value) in self.all(&self.returns).enumerate() {
                let function = self.function_at(value.start_byte());
                let range = &self.functions[function].range;
                if range.contains(&value.start_byte()) {
                    returned.entry(function).or_default().push(index);
                }
            }
            returned
        });
        let own = returned.get(&function).map(Vec::as_slice);
        let own = self.all(own.unwrap_or_default());
        own.map(|&index| self.returns[index])
    }

    /// Whether a word is a variable where it stands rather than a call.
    pub fn is_variable(&self, name: &str, at: usize) -> bool {
        let mut function = self.function_at(at);
        loop {
            let signature = &self.functions[function].signature;
            if signature.parameters.iter().any(|(own, _)| own == name)
                || self.bound_in(name, function).next().is_some()
            {
                return true;
            }
            if function == 0 {
                return self.closure_names.contains(name);
            }
            function = self.functions[function].outer;
        }
    }

    /// A dotted name with its first part spelt out as imported.
    pub fn spelt_out<'p>(&self, path: &'p str) -> Cow<'p, str> {
        let (first, rest) = match path.split_once('.') {
            Some((first, rest)) => (first, Some(rest)),
            None => (path, None),
        };
        let import = self.by_local.get(first).map(|&index| &self.imports[index]);
        let Some(import) = import.filter(|_| !first.is_empty()) else {
            return Cow::Borrowed(path);
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
        Cow::Owned(out)
    }
}

/// Names, to look for in longer words.
#[derive(Default)]
struct Names {
    names: HashSet<String>,
    /// A bit for each length that one of them has.
    lengths: u64,
}

impl Names {
    fn len(&self) -> usize {
        self.names.len()
    }

    fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    fn bit(name: &str) -> u64 {
        1 << name.len().min(63)
    }

    fn insert(&mut self, name: String) {
        self.lengths |= Self::bit(&name);
        self.names.insert(name);
    }

    fn contains(&self, name: &str) -> bool {
        self.lengths & Self::bit(name) != 0 && self.names.contains(name)
    }

    /// Whether one of them stands among words.
    fn any_in(&self, words: &str) -> bool {
        !self.is_empty()
            && words
                .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
                .any(|word| self.contains(word))
    }
}

/// Whether a literal is the name of a host, which may become an address.
fn is_host(literal: &str) -> bool {
    let name = literal.trim_matches(['"', '\'']);
    name.len() + 2 == literal.len() && links::is_host(name)
}
