//! Limiters: what they are called, and where they are used.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashMap;
use memchr::memmem;
use regex::Regex;

use super::{Extractor, Known, Places, regex};
use crate::facts::code::{BlockId, BlockKind, CodeFacts, Limiter, Rate, Throttle};
use crate::facts::links;
use crate::parse::code::dialect::Shape;
use crate::parse::code::idiom::Idiom;
use crate::parse::code::outline::RawKind;
use crate::parse::code::syntax::Node;
use crate::parse::code::words::{any_of, last_name};
use crate::source::{ceil_boundary, floor_boundary};

/// Bytes of a type that are looked at for words on time.
const LONGEST_TYPE: usize = 4000;

/// Words of code that measures time or waits.
static TIMED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)time|\bnow\b|date|clock|sleep|delay|elapsed|tick|minute|second|window|interval|duration",
    )
});

/// Callees that make limiters.
static MAKES: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)limit|bucket|throttl"));

/// Most names that one limiter goes by.
const MAX_NAMES: usize = 6;

impl<'t> Extractor<'_, 't> {
    /// A limiter that is made by a call.
    pub fn limiter(
        &self,
        known: &Known<'t>,
        idiom: &'static Idiom,
        mut rates: Vec<Rate>,
        width: Option<u64>,
        block: BlockId,
    ) -> Limiter {
        rates.retain(|rate| rate.calls.value.is_some() && rate.seconds.value.is_some());
        let name = self.name_of(known.node);
        let mut decorates: Vec<u32> = known.decorates.iter().map(|&at| at as u32).collect();
        if name.is_none() {
            decorates.extend(self.declared_for(known));
        }
        let name = name
            .or_else(|| self.told(known))
            .or_else(|| self.put_into(known.node));
        Limiter {
            library: idiom.library,
            rates,
            width,
            span: self.span(known),
            words: self.short(self.span(known)),
            block,
            name,
            decorates,
            uses: Vec::new(),
            runs: Vec::new(),
        }
    }

    /// The functions that a declaration in the body of a class is for:
    /// `limit_method :fetch, rate: 60`; without a name all that stand there.
    fn declared_for(&self, known: &Known<'t>) -> Vec<u32> {
        let outline = self.outline;
        let declares = outline.dialect.calls_without_marks()
            && known.call.receiver.is_none()
            && outline.function_at(known.node.start_byte()) == 0;
        if !declares {
            return Vec::new();
        }
        let named: Vec<u32> = known
            .call
            .arguments
            .iter()
            .filter_map(|given| self.reader.text(given.value?))
            .flat_map(|text| outline.named(&text.shown()).collect::<Vec<_>>())
            .map(|function| function as u32)
            .collect();
        if named.is_empty() {
            (1..outline.functions.len() as u32).collect()
        } else {
            named
        }
    }

    /// Where the names of limiters are used.
    pub fn limiter_uses(&self, calls: &[Known<'t>], places: &Places, facts: &mut CodeFacts) {
        let blocks = &facts.blocks;
        let mut by_start: HashMap<usize, Vec<&Known<'t>>> = HashMap::default();
        let mut by_node: HashMap<usize, Vec<&Known<'t>>> = HashMap::default();
        for known in calls {
            by_start
                .entry(known.node.start_byte())
                .or_default()
                .push(known);
            by_node.entry(known.node.id()).or_default().push(known);
        }
        // The calls that a byte stands in.
        let calls_around = |at: usize| {
            let inner = self.root.descendant_for_byte_range(at, at + 1);
            let nodes = std::iter::successors(Some(inner), Node::parent);
            let found: Vec<&Known<'t>> = nodes
                .filter_map(|node| by_node.get(&node.id()))
                .flatten()
                .copied()
                .collect();
            found
        };
        for limiter in &mut facts.limiters {
            // What it is handed, in its own chain of calls, runs behind it:
            // `limiter.within(limit: 5) { … }`.
            let made = limiter.span.start as usize;
            let handed = by_start
                .get(&made)
                .into_iter()
                .flatten()
                .flat_map(|known| &known.call.arguments)
                .filter_map(|given| given.value)
                .filter(|value| matches!(self.reader.shape(*value), Shape::Lambda));
            limiter
                .uses
                .extend(handed.map(|closure| places.at(closure.start_byte())));
            let Some(name) = limiter.name.clone() else {
                continue;
            };
            let mut names = vec![(name, limiter.span.start as usize)];
            let mut next = 0;
            while let Some((name, made)) = names.get(next).cloned() {
                next += 1;
                // A variable of a function is known there alone.
                let function = self.outline.function_at(made);
                let local = function != 0 && !name.contains('.');
                let around = self.outline.functions[function].range.clone();
                for at in self.uses(&name, made) {
                    if local && !around.contains(&at) {
                        continue;
                    }
                    if let Some(made_of) = self.made_of(&name, at)
                        && names.len() < MAX_NAMES
                        && !names.iter().any(|(own, _)| *own == made_of.0)
                    {
                        names.push(made_of);
                    }
                    let (closures, functions) = self.handed_to(at);
                    if closures.is_empty() && functions.is_empty() {
                        limiter.uses.push(places.at(at));
                    }
                    let closures = closures.into_iter();
                    limiter.runs.extend(closures.map(|start| places.at(start)));
                    limiter.decorates.extend(functions);
                    // `@limiter.ratelimit("x")`.
                    let holders = calls_around(at);
                    limiter.decorates.extend(
                        holders
                            .iter()
                            .filter_map(|known| known.decorates)
                            .map(|function| function as u32),
                    );
                    // `const get = throttle(async () => …)` makes a function that is limited.
                    for known in holders {
                        let range = known.node.byte_range();
                        if known.call.callee_range.contains(&at) {
                            let first = blocks
                                .partition_point(|block| (block.span.start as usize) < range.start);
                            let within = blocks[first..]
                                .iter()
                                .take_while(|block| (block.span.start as usize) < range.end);
                            for block in within {
                                if let BlockKind::Function(function) = block.kind
                                    && block.span.end as usize <= range.end
                                {
                                    limiter.decorates.push(function);
                                }
                            }
                        }
                    }
                }
            }
            for blocks in [&mut limiter.uses, &mut limiter.runs] {
                blocks.sort_unstable();
                blocks.dedup();
            }
        }
    }

    /// What a call of a method of a name at a byte is handed to run: where closures start,
    /// and functions of this file. `limiter.schedule(() => …)` holds that alone.
    fn handed_to(&self, at: usize) -> (Vec<usize>, Vec<u32>) {
        let (mut closures, mut functions) = (Vec::new(), Vec::new());
        let called = self.calls_around(&(at..at + 1)).next();
        let called = called.filter(|(_, call)| call.callee_range.contains(&at));
        for given in called.iter().flat_map(|(_, call)| &call.arguments) {
            let Some(value) = given.value else { continue };
            match self.reader.shape(self.reader.bare(value)) {
                Shape::Lambda => closures.push(value.start_byte()),
                Shape::Path(path) => {
                    let named = self.outline.named(last_name(&path));
                    functions.extend(named.map(|function| function as u32));
                }
                _ => {}
            }
        }
        (closures, functions)
    }

    /// Functions and types that hold a rate by their name, and by words on time.
    pub fn throttles(&self, facts: &mut CodeFacts) {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for function in self.outline.all(&self.outline.functions).skip(1) {
            let own = function.signature.name.as_str();
            let name = function.owner.as_deref().unwrap_or(own);
            if seen.contains(name) || !links::is_throttle(name) {
                continue;
            }
            let at = match function.owner.as_deref() {
                None => Some(function.signature.name_range.start),
                // A type is known by where its name stands before its first method.
                Some(owner) => self.defined_at(owner, function.range.start),
            };
            let Some(at) = at else { continue };
            seen.insert(name);
            let whole = if function.owner.is_some() {
                at..self.outline.text.len().min(at + LONGEST_TYPE)
            } else {
                function.range.clone()
            };
            if !TIMED.is_match(self.words(clamped(self.outline.text, whole))) {
                continue;
            }
            let used = self.uses(name, at).into_iter().any(|use_at| {
                use_at != at && !function.range.contains(&use_at) && self.is_use(use_at)
            });
            facts.throttles.push(Throttle {
                name: self.words(at..at + name.len()).to_owned(),
                span: self.source.span(at..at + name.len()),
                used,
            });
        }
    }

    /// Where a type's name stands last before its methods.
    fn defined_at(&self, name: &str, before: usize) -> Option<usize> {
        occurrences(
            self.outline.text.get(..before)?,
            name,
            self.outline.dialect.ignores_case(),
        )
        .pop()
    }

    /// A name that is neither handed on to whoever wants it, nor the words of a text.
    fn is_use(&self, at: usize) -> bool {
        let mut node = Some(self.root.descendant_for_byte_range(at, at + 1));
        while let Some(inner) = node {
            let kind = inner.kind();
            if kind.contains("string") || kind.contains("export") {
                return false;
            }
            node = inner.parent();
        }
        true
    }

    /// What a limiter without a name is put into: `session.mount(url, LimiterAdapter())`.
    fn put_into(&self, node: Node<'t>) -> Option<String> {
        let range = node.byte_range();
        self.outline
            .all(&self.outline.calls)
            .filter(|site| {
                let whole = site.node.byte_range();
                whole.start < range.start && range.end <= whole.end
            })
            .filter_map(|site| {
                let call = self
                    .outline
                    .dialect
                    .invocation(site.node, self.outline.text)?;
                let takes = matches!(call.name(), "mount" | "use" | "with" | "layer");
                match self.reader.shape(call.receiver.filter(|_| takes)?) {
                    Shape::Path(path) => Some(path),
                    _ => None,
                }
            })
            .next_back()
    }

    /// What is told to hold back: `group.SetLimit(8)`.
    fn told(&self, known: &Known<'t>) -> Option<String> {
        let receiver = known.call.receiver?;
        match self.reader.shape(self.reader.bare(receiver)) {
            Shape::Path(path) if known.call.name().starts_with("Set") => Some(path),
            _ => None,
        }
    }

    /// What is made of a limiter that is handed over at a byte, and where: a client, or
    /// the limiter itself of what configures it.
    fn made_of(&self, name: &str, at: usize) -> Option<(String, usize)> {
        const MAKERS: &[&str] = &["of", "with", "wrap"];
        const BEGINNINGS: &[&str] = &["new", "create", "build"];
        let last = last_name(name);
        let after = self.outline.text.get(at + last.len()..)?;
        let asked = after.starts_with(['.', '(', ':', '?', '!', '-']);
        let bound = self.outline.bound_around(&(at..at + 1))?;
        let value = self.reader.bare(bound.binding.value);
        let call = self.outline.dialect.invocation(value, self.outline.text)?;
        // `AddRateLimiter(… args => limiter.AcquireAsync())` hands it over in a closure.
        let whole = value.byte_range();
        let in_closure = self.reader.blocks_around(at).any(|block| {
            matches!(block.kind, RawKind::Lambda(_)) && whole.contains(&block.range.start)
        });
        if asked && !in_closure {
            return None;
        }
        let lower = call.name().to_ascii_lowercase();
        let makes = MAKERS.contains(&lower.as_str())
            || MAKES.is_match(&call.callee)
            || BEGINNINGS.iter().any(|word| lower.starts_with(word))
            || value.kind().contains("creation")
            || !call.callee.contains('.')
                && call.callee.starts_with(|c: char| c.is_uppercase())
                && !value.kind().contains("invocation");
        makes.then(|| (bound.binding.target.clone(), value.start_byte()))
    }

    /// Where a name stands, but for the place where the value at `made` is given it.
    pub fn uses(&self, name: &str, made: usize) -> Vec<usize> {
        // `geo.geocode(x)` is no use of a variable `geocode`.
        let plain = !name.contains('.') && !self.outline.dialect.ignores_case();
        let name = last_name(name);
        let binding = self
            .outline
            .bound_around(&(made..made))
            .map_or(made..made, |bound| bound.at..bound.binding.value.end_byte());
        let is_word = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
        let places = if is_word && !self.outline.dialect.ignores_case() {
            self.outline.places_of(name).to_vec()
        } else if self.outline.may_search(self.outline.text.len()) {
            occurrences(self.outline.text, name, self.outline.dialect.ignores_case())
        } else {
            Vec::new()
        };
        places
            .into_iter()
            .filter(|at| !binding.contains(at))
            .filter(|&at| !(plain && is_member(self.outline.text, at)))
            .filter(|&at| {
                let node = self.root.descendant_for_byte_range(at, at + name.len());
                !node.is_comment() && !node.kind().contains("content")
            })
            .collect()
    }
}

/// Whether a name at a byte is that of a member: `self.limiter` is one's own.
fn is_member(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix('.') else {
        return false;
    };
    let of = before
        .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
        .next()
        .unwrap_or_default();
    !matches!(of, "" | "self" | "this" | "module" | "exports" | "cls")
}

/// Where a name stands as a whole word.
fn occurrences(text: &str, name: &str, folded: bool) -> Vec<usize> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let is_whole = |&start: &usize| {
        !is_part(text[..start].chars().next_back())
            && !is_part(text[start + name.len()..].chars().next())
    };
    if name.is_empty() {
        Vec::new()
    } else if folded {
        any_of(&[name])
            .find_iter(text)
            .map(|found| found.start())
            .filter(is_whole)
            .collect()
    } else {
        memmem::find_iter(text.as_bytes(), name)
            .filter(is_whole)
            .collect()
    }
}

/// A range within a text, on character boundaries.
fn clamped(text: &str, range: Range<usize>) -> Range<usize> {
    floor_boundary(text, range.start)..ceil_boundary(text, range.end)
}
