//! What the items of a collection are worth: literals, comprehensions, what is put into
//! a list one by one, and the variable of a loop over any of these.

use foldhash::HashMap;

use super::{Reader, Value, is_known};
use crate::facts::code::{Part, Text};
use crate::parse::code::dialect::{self, Invocation, Shape};
use crate::parse::code::outline::{Nested, PUSHES, RawKind, RawLoop};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::{is_among, last_name};

/// Most items of one collection that are read.
const MAX_ITEMS: usize = 24;

/// Functions that hand on the items of what they are given or called on.
const SAME_ITEMS: &[&str] = &[
    "list",
    "sorted",
    "set",
    "tuple",
    "reversed",
    "tqdm",
    "iter",
    "into_iter",
    "iter_mut",
    "values",
    "from",
    "shuffle",
    "uniq",
    "unique",
    "compact",
    "asflow",
    "stream",
    "parallelstream",
    "tolist",
    "toarray",
    "chunk",
    "chunks",
    "each_slice",
    "filter",
    "slice",
    "array",
    "listof",
    "aslist",
    "of",
];

/// Functions that make each item of what a closure is worth.
const MAPPED: &[&str] = &[
    "map",
    "flatmap",
    "select",
    "collect",
    "filter_map",
    "flat_map",
];

impl<'t> Reader<'_, 't> {
    /// What the items of a collection are worth, where all that are known go to one host.
    pub(super) fn items(&self, node: Node<'t>, home: usize, depth: u8) -> Option<Text> {
        if self.is_too_far(depth) {
            return None;
        }
        let depth = depth + 1;
        match self.shape(node) {
            Shape::List(items) => self.shared(items.into_iter(), home, depth),
            Shape::Inner(inner) | Shape::Slice(inner, _) => self.items(inner, home, depth),
            Shape::Either(first, second) => self
                .items(first, home, depth)
                .or_else(|| self.items(second, home, depth)),
            Shape::Unknown => {
                let item = self.outline.dialect.element(node)?;
                self.shared([item].into_iter(), home, depth)
            }
            Shape::Call => self.items_of_call(node, home, depth),
            Shape::Path(_) => match self.value(node, home, depth) {
                Value::Items(text) => Some(text),
                Value::Text(text) if is_elsewhere(&text) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// What an item of a collection is worth.
    pub fn item_of(&self, over: Node<'t>) -> Value {
        self.start();
        let home = self.outline.function_at(over.start_byte());
        self.items(over, home, 0)
            .map_or(Value::Unknown, Value::Text)
    }

    fn items_of_call(&self, node: Node<'t>, home: usize, depth: u8) -> Option<Text> {
        let outline = self.outline;
        let call = outline.dialect.invocation(node, outline.text)?;
        let name = call.name();
        let first = call.arguments.first().and_then(|given| given.value);
        if is_among(MAPPED, name) {
            let closure = call
                .arguments
                .iter()
                .filter_map(|given| given.value)
                .find(|value| matches!(self.shape(*value), Shape::Lambda))?;
            return self.shared([self.result_of(closure)?].into_iter(), home, depth);
        }
        if is_among(SAME_ITEMS, name) {
            return first
                .into_iter()
                .chain(call.receiver)
                .find_map(|inner| self.items(inner, home, depth));
        }
        match self.own_function(&call, home, depth)? {
            Value::Items(text) => Some(text),
            _ => None,
        }
    }

    /// The items that a call makes, for one whose name says that it may.
    pub(super) fn made_items(
        &self,
        call: &Invocation<'t>,
        node: Node<'t>,
        home: usize,
        depth: u8,
    ) -> Option<Text> {
        let name = call.name();
        let maps = is_among(MAPPED, name);
        (maps || matches!(name, "list" | "sorted" | "listOf" | "asList"))
            .then(|| self.items_of_call(node, home, depth))
            .flatten()
    }

    /// What a closure is worth.
    fn result_of(&self, closure: Node<'t>) -> Option<Node<'t>> {
        let range = closure.byte_range();
        let returned = self
            .outline
            .all(&self.outline.returns)
            .find(|value| range.contains(&value.start_byte()));
        let body = dialect::field(closure, "body");
        returned.copied().or_else(|| {
            let body = body?;
            if body.kind().ends_with("block") || body.kind().contains("statement") {
                dialect::named(body).last().copied()
            } else {
                Some(body)
            }
        })
    }

    /// The address that several values share the host of.
    fn shared(
        &self,
        nodes: impl Iterator<Item = Node<'t>>,
        home: usize,
        depth: u8,
    ) -> Option<Text> {
        let mut found: Option<(String, Text)> = None;
        let mut elsewhere = None;
        for node in nodes.take(MAX_ITEMS) {
            let (Value::Text(text) | Value::Items(text)) = self.value(node, home, depth) else {
                continue;
            };
            match text.host_and_path() {
                Some((host, _)) => match &found {
                    Some((first, _)) if *first != host => return None,
                    Some(_) => {}
                    None => found = Some((host, text)),
                },
                None if is_elsewhere(&text) => elsewhere = Some(text),
                None => {}
            }
        }
        found.map(|(_, text)| text).or(elsewhere)
    }

    /// What is put into a collection of this name.
    pub(super) fn put_into(&self, path: &str, home: usize, depth: u8) -> Option<Text> {
        let values = self.put(path).iter().map(|&(_, value)| value);
        self.shared(values, home, depth + 1)
    }

    /// The calls that put something into a collection of this name, each with what it puts.
    pub fn put(&self, path: &str) -> &[(Node<'t>, Node<'t>)] {
        let pushed = self.pushed.get_or_init(|| self.all_pushed());
        pushed.get(path).map(Vec::as_slice).unwrap_or_default()
    }

    fn all_pushed(&self) -> HashMap<String, Vec<(Node<'t>, Node<'t>)>> {
        let outline = self.outline;
        let mut found: HashMap<String, Vec<(Node<'t>, Node<'t>)>> = HashMap::default();
        for site in &outline.calls {
            let words = dialect::words(site.node, outline.text);
            let Some((callee, _)) = words.split_once('(') else {
                continue;
            };
            if callee.len() > 80 || !is_among(PUSHES, last_name(callee.trim_end())) {
                continue;
            }
            let Some(call) = outline.dialect.invocation(site.node, outline.text) else {
                continue;
            };
            if let Some((receiver, _)) = call.callee.rsplit_once('.')
                && let Some(value) = call.arguments.first().and_then(|given| given.value)
            {
                let list = found.entry(receiver.to_owned()).or_default();
                list.push((site.node, value));
            }
        }
        found
    }

    /// What the variable of a loop stands for where it is used.
    pub(super) fn item(&self, path: &str, at: usize, home: usize, depth: u8) -> Option<Value> {
        let loops = self.loops.get_or_init(|| self.all_loops());
        let (named, nested) = loops.get(path)?;
        let (block, raw) = self
            .outline
            .among(nested, at..at + 1)
            .map(|number| &self.outline.blocks[named[number]])
            .filter_map(|block| match &block.kind {
                RawKind::Loop(raw) => Some((block, raw)),
                _ => None,
            })
            .min_by_key(|(block, _)| block.range.len())?;
        if self.outline.is_bound_within(path, &block.range) {
            return None;
        }
        let over = self.held(raw, path)?;
        // `for x in f(x)`.
        if over.byte_range().contains(&at) {
            return None;
        }
        let text = self.items(over, home, depth + 1)?;
        let value = Value::Text(text);
        (is_known(&value) || matches!(&value, Value::Text(text) if is_elsewhere(text)))
            .then_some(value)
    }

    /// The collection whose items a variable of a loop stands for.
    fn held(&self, raw: &RawLoop<'t>, path: &str) -> Option<Node<'t>> {
        let over = self.bare(raw.over?);
        let call = match self.shape(over) {
            Shape::Call => self.outline.dialect.invocation(over, self.outline.text),
            _ => None,
        };
        let name = call.as_ref().map_or("", |call| call.name());
        let last = raw.variables.len() > 1 && raw.variables.last().is_some_and(|v| v == path);
        match name.to_ascii_lowercase().as_str() {
            // `for i, url in enumerate(urls)`.
            "enumerate" | "with_index" | "withindex" | "each_with_index" => {
                let call = call?;
                let first = call.arguments.first().and_then(|given| given.value);
                first.or(call.receiver).filter(|_| last)
            }
            // `urls.forEach((url, index) => …)`.
            _ => (raw.variables.len() == 1 || raw.variables.first().is_some_and(|v| v == path))
                .then_some(over),
        }
    }

    fn all_loops(&self) -> HashMap<String, (Vec<usize>, Nested)> {
        let mut found: HashMap<String, Vec<usize>> = HashMap::default();
        for (index, block) in self.outline.all(&self.outline.blocks).enumerate() {
            if let RawKind::Loop(raw) = &block.kind
                && raw.over.is_some()
            {
                for variable in &raw.variables {
                    found.entry(variable.clone()).or_default().push(index);
                }
            }
        }
        let nested = |named: &[usize]| {
            let ranges = named.iter();
            Nested::new(ranges.map(|&index| self.outline.blocks[index].range.clone()))
        };
        let found = found.into_iter();
        let found = found.map(|(name, named)| {
            let nested = nested(&named);
            (name, (named, nested))
        });
        found.collect()
    }
}

/// Whether a text is a name that is given its value elsewhere, and nothing else.
fn is_elsewhere(text: &Text) -> bool {
    matches!(
        text.parts.as_slice(),
        [Part::Parameter(_) | Part::Kept(_) | Part::Name(_)]
    )
}
