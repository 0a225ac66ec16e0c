//! How many items are added to a collection, one by one, where it is made.

use std::ops::Range;

use memchr::memmem;

use super::Extractor;
use crate::facts::Language;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::outline::{Bound, RawKind};
use crate::parse::code::syntax::Node;
use crate::parse::code::words::{is_among, last_name};

/// Methods that add what they are handed, each argument for itself.
const EACH: &[&str] = &["append", "push", "add", "unshift", "enqueue", "push_back"];
/// Methods that add one item at a place.
const AT: &[&str] = &["insert"];
/// Methods and functions that add all items of another collection.
const ALL: &[&str] = &["extend", "addall", "addrange", "concat", "array_push"];
/// Makers of collections that are empty when nothing is handed to them.
const MAKERS: &[&str] = &[
    "list",
    "arraylist",
    "linkedlist",
    "mutablelistof",
    "arraylistof",
    "array",
    "set",
    "hashset",
    "linkedhashset",
    "mutablesetof",
    "queue",
    "arraydeque",
    "concurrentbag",
    "collection",
    "vec",
    "vector",
    "deque",
    "make",
    "new-object",
];

/// How something is added in a place.
enum Adds<'t> {
    /// By a method: its name and how many arguments it is handed.
    Method(String, Vec<Node<'t>>),
    /// `ids << id`, `ids[] = id`.
    Sign,
    /// In another way.
    Other,
}

impl<'t> Extractor<'_, 't> {
    /// Whether a name is given its own value with more behind: `$u += "x"`,
    /// `u = append(u, "x")`.
    pub(super) fn adds(&self, bound: &Bound<'t>) -> bool {
        bound.binding.augmented || self.appended(bound).is_some()
    }

    /// What `append(u, …)` is handed besides `u`, where that is given to `u`.
    fn appended(&self, bound: &Bound<'t>) -> Option<Vec<Node<'t>>> {
        let value = self.reader.bare(bound.binding.value);
        let Shape::Call = self.reader.shape(value) else {
            return None;
        };
        let call = self.outline.dialect.invocation(value, self.outline.text)?;
        let mut given = call.arguments.iter().filter_map(|given| given.value);
        let first = dialect::words(given.next()?, self.outline.text);
        let own = last_name(first) == last_name(&bound.binding.target);
        (call.callee == "append" && own).then(|| given.collect())
    }

    /// Whether a call makes a collection that holds nothing yet.
    pub(super) fn is_made_empty(&self, callee: &str, arguments: &[Node<'t>]) -> bool {
        let callee = callee.trim_end_matches("()");
        let words = callee
            .strip_suffix(".new")
            .or_else(|| callee.strip_suffix("::new"))
            .unwrap_or(callee);
        // `new ArrayList<String>`, `[System.Collections.Generic.List[string]]::new`.
        let words = words.trim_start_matches(['[', '(']);
        let words = words.split(['<', '[', ']']).next().unwrap_or(words);
        let name = words.rsplit(['.', ':', ' ']).next().unwrap_or(words);
        let lower = name.to_ascii_lowercase();
        if lower == "new-object" {
            let typed = arguments
                .first()
                .map(|node| dialect::words(*node, self.outline.text));
            return typed.is_some_and(|typed| {
                let typed = typed.trim_matches(['"', '\'', '(', ')']);
                let typed = typed.split(['[', '<']).next().unwrap_or(typed);
                is_among(MAKERS, last_name(typed))
            });
        }
        let numbers = |node: &Node<'t>| {
            let words = dialect::words(*node, self.outline.text);
            // `make([]string, 0)`.
            words.starts_with("[]") || words.bytes().all(|byte| byte.is_ascii_digit())
        };
        MAKERS.contains(&lower.as_str()) && arguments.iter().all(numbers)
    }

    /// How many items are added to a collection, where that is plain.
    pub(super) fn growth(&self, path: &str, made: &Bound<'t>, depth: u8) -> Option<u64> {
        let mut more = 0;
        for bound in self.outline.bound(path).filter(|own| self.adds(own)) {
            if !self.is_once(bound.at, made) {
                return None;
            }
            more += match self.appended(bound) {
                Some(given) => self.each(&given)?,
                None => self.put_behind(bound.binding.value, depth)?,
            };
        }
        for at in self.additions(path) {
            if !self.is_once(at, made) {
                return None;
            }
            more += match self.adds_at(path, at) {
                Adds::Sign => self.signs(path, at),
                Adds::Method(name, given) if is_among(EACH, &name) => self.each(&given)?,
                Adds::Method(name, _) if is_among(AT, &name) => 1,
                Adds::Method(name, given) if is_among(ALL, &name) => {
                    self.items(*given.first()?, depth + 1)?
                }
                Adds::Method(..) | Adds::Other => return None,
            };
        }
        Some(more)
    }

    /// Not in a loop or a function that runs often, where no one knows how many times.
    fn is_once(&self, at: usize, made: &Bound<'t>) -> bool {
        let repeated = self.reader.blocks_around(at).any(|block| {
            matches!(block.kind, RawKind::Loop(_) | RawKind::Lambda(_))
                && !block.range.contains(&made.at)
        });
        !repeated && self.outline.function_at(at) == made.function
    }

    /// How many items arguments are, none of them being spread out.
    fn each(&self, given: &[Node<'t>]) -> Option<u64> {
        let spread = |node: &Node<'t>| {
            let words = dialect::words(*node, self.outline.text);
            let behind = self.outline.text[node.end_byte()..].trim_start();
            words.starts_with(['.', '*']) || behind.starts_with("...")
        };
        (!given.iter().any(spread)).then(|| given.len().max(1) as u64)
    }

    /// How many items a value is that is put behind a collection.
    fn put_behind(&self, value: Node<'t>, depth: u8) -> Option<u64> {
        if let Some(items) = self.items(value, depth + 1) {
            return Some(items);
        }
        // PowerShell adds what is no collection as it is.
        let single = matches!(
            self.reader.shape(self.reader.bare(value)),
            Shape::Text(_) | Shape::Number(_) | Shape::Format(..)
        );
        (single && self.language == Language::PowerShell).then_some(1)
    }

    /// The places of a collection's name in which something is added to it by a sign or a
    /// method.
    fn additions(&self, path: &str) -> Vec<usize> {
        // `ids << id`, `$ids[] = $id`.
        const SIGNS: &[&str] = &[" <<", "[] ="];
        let text = self.outline.text;
        let last = last_name(path);
        if last.is_empty() {
            return Vec::new();
        }
        let adds_at = |at: &usize| {
            let (before, behind) = (&text[..*at], &text[*at + last.len()..]);
            let part = |c: char| c.is_alphanumeric() || c == '_';
            if before.ends_with(part) {
                return false;
            }
            let adds = |behind: &str| {
                let name: &str = behind.split(|c: char| !part(c)).next().unwrap_or_default();
                let called = behind[name.len()..].starts_with('(')
                    || self.language == Language::Ruby && behind[name.len()..].starts_with(' ');
                called && [EACH, AT, ALL].iter().any(|names| is_among(names, name))
            };
            behind.strip_prefix('.').is_some_and(adds)
                || SIGNS.iter().any(|sign| behind.starts_with(sign))
                || before.ends_with("array_push($")
        };
        memmem::find_iter(text.as_bytes(), last)
            .filter(adds_at)
            .collect()
    }

    /// What is added where a collection's name stands.
    fn adds_at(&self, path: &str, at: usize) -> Adds<'t> {
        let text = self.outline.text;
        let behind = &text[at + last_name(path).len()..];
        if behind.starts_with([' ', '[']) {
            return Adds::Sign;
        }
        let calls = &self.outline.calls;
        let after = calls.partition_point(|site| site.node.start_byte() <= at);
        let around = calls[..after].iter().rev().take(8);
        for site in around.filter(|site| site.node.byte_range().contains(&at)) {
            let Some(call) = self.outline.dialect.invocation(site.node, text) else {
                continue;
            };
            let callee: Range<usize> = call.callee_range.clone();
            if let Some((receiver, name)) = call.callee.rsplit_once('.')
                && callee.contains(&at)
                && last_name(receiver).eq_ignore_ascii_case(last_name(path))
            {
                let given = call.arguments.iter().filter_map(|given| given.value);
                return Adds::Method(name.to_owned(), given.collect());
            }
        }
        Adds::Other
    }

    /// How many items are put in by signs in one statement: `ids << 1 << 2`.
    fn signs(&self, path: &str, at: usize) -> u64 {
        let behind = &self.outline.text[at + last_name(path).len()..];
        let line = behind.lines().next().unwrap_or_default();
        line.matches(" << ").count().max(1) as u64
    }
}
