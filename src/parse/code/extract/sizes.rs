//! How many items a name stands for: constants, types that list their values, and numbers
//! that a loop counts down.

use std::ops::Range;

use super::Extractor;
use super::blocks::identifiers;
use crate::facts::code::CodeFacts;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::into_number;
use crate::parse::code::words::{is_among, last_name};

/// Most sizes that are kept of one file.
const MAX_SIZES: usize = 500;
/// Longest words in which a type is looked for.
const MAX_WORDS: usize = 80;
/// Methods and functions that give the values of a type, in lower case.
const LISTING: &[&str] = &[
    "getvalues",
    "getnames",
    "values",
    "keys",
    "entries",
    "cases",
    "iter",
    "allcases",
    "list",
    "sorted",
    "iterator",
    "stream",
    "members",
    "getenumconstants",
];

impl<'t> Extractor<'_, 't> {
    /// How many values a name's type lists: `Level`, `Level.entries`.
    pub(super) fn listed(&self, path: &str) -> Option<u64> {
        if self.outline.enums.is_empty() {
            return None;
        }
        let whole = self.outline.enums.get(last_name(path));
        let found = whole.or_else(|| {
            let (holder, last) = path.rsplit_once('.')?;
            let lists = is_among(LISTING, last) || last == "__members__";
            let found = self.outline.enums.get(last_name(holder));
            found.filter(|_| lists)
        });
        found.copied()
    }

    /// How many values the type lists that a call names: `Enum.GetValues<Level>()`.
    pub(super) fn lists(&self, node: Node<'t>, name: &str) -> Option<u64> {
        let words = dialect::words(node, self.outline.text);
        if self.outline.enums.is_empty() || words.len() > MAX_WORDS || !LISTING.contains(&name) {
            return None;
        }
        identifiers(words).find_map(|own| self.outline.enums.get(own).copied())
    }

    /// How many items the collection of a name has in the end.
    pub(super) fn size_of(&self, name: &str, depth: u8) -> Option<u64> {
        let mut made = self.outline.bound(name).filter(|own| !self.adds(own));
        let only = made.next()?;
        // A list that is made anew elsewhere may be longer.
        if made.next().is_some() {
            return None;
        }
        let more = self.growth(name, only, depth)?;
        Some(self.items(only.binding.value, depth + 1)? + more)
    }

    /// The name of what a loop runs over, where another file gives it.
    pub(super) fn listed_elsewhere(&self, over: Node<'t>) -> Option<String> {
        let mut node = self.reader.bare(over);
        // `Object.values(KINDS)`, `Level.values()`, `sorted(KINDS)`.
        for _ in 0..2 {
            let Shape::Call = self.reader.shape(node) else {
                break;
            };
            let call = self.outline.dialect.invocation(node, self.outline.text)?;
            if !is_among(LISTING, call.name()) {
                return None;
            }
            let first = call.arguments.first().and_then(|given| given.value);
            node = self.reader.bare(first.or(call.receiver)?);
        }
        let Shape::Path(path) = self.reader.shape(node) else {
            return None;
        };
        let known = path.is_empty()
            || path.starts_with('.')
            || self.outline.is_closure_name(&path)
            || self.outline.bound(&path).next().is_some()
            || self.outline.is_variable(&path, over.start_byte());
        (!known).then_some(path)
    }

    /// Notes the sizes of what other files may run over.
    pub(super) fn sizes(&self, facts: &mut CodeFacts) {
        let enums = self.outline.enums.iter();
        facts
            .sizes
            .extend(enums.map(|(name, count)| (name.clone(), *count)));
        for bound in &self.outline.bindings {
            if bound.function != 0 && !bound.binding.field || facts.sizes.len() >= MAX_SIZES {
                continue;
            }
            let value = self.reader.bare(bound.binding.value);
            if !matches!(self.reader.shape(value), Shape::List(_)) {
                continue;
            }
            if let Some(size) = self.size_of(&bound.binding.target, 0) {
                facts.sizes.push((bound.binding.target.clone(), size));
            }
        }
    }

    /// How often a loop runs that counts a number down: `while ($n--)`, `while (--n > 0)`.
    pub(super) fn counted_down(&self, condition: Node<'t>, whole: &Range<usize>) -> Option<u64> {
        let words = dialect::words(condition, self.outline.text);
        if words.len() > MAX_WORDS {
            return None;
        }
        let words = words.trim_matches(['(', ')', ' ']);
        let sign = ["!==", "!=", ">", "-gt", "-ne"]
            .iter()
            .find_map(|sign| words.split_once(*sign));
        let counter = match sign {
            Some((counter, zero)) if zero.trim() == "0" => counter.trim(),
            Some(_) => return None,
            None => words,
        };
        let behind = counter.strip_suffix("--");
        let name = behind.or_else(|| counter.strip_prefix("--"))?;
        let name = name.trim().trim_start_matches('$');
        let plain = |c: char| c.is_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            return None;
        }
        let dollar = format!("${name}");
        let first = self
            .outline
            .last_bound(name, whole.start)
            .or_else(|| self.outline.last_bound(&dollar, whole.start))?;
        let mut again = self.outline.bound_within(whole);
        if again.any(|bound| bound.binding.target.trim_start_matches('$') == name) {
            return None;
        }
        let value = into_number(self.reader.read(first.binding.value)).value?;
        let rounds = if behind.is_some() { value } else { value - 1.0 };
        (0.0..1e9).contains(&rounds).then(|| dialect::whole(rounds))
    }
}
