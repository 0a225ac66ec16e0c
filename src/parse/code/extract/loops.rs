//! How often a loop runs, and what makes it go on.

use std::sync::LazyLock;

use regex::Regex;

use super::blocks::identifiers;
use super::{Extractor, regex};
use crate::facts::code::{Amount, Loop, LoopKind, Width};
use crate::parse::code::dialect::{self, Shape, whole};
use crate::parse::code::idiom::{Does, PAGING};
use crate::parse::code::outline::{RawBlock, RawKind, RawLoop};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, into_number, into_seconds};
use crate::parse::code::words::last_name;
use crate::source::Span;

/// Longest text of a loop's head that is kept.
const MAX_OVER: usize = 60;

static RETRYING: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i-u)retr(?:y|ies)|attempt|\btr(?:y|ies)\b"));

impl<'t> Extractor<'_, 't> {
    /// Judges a loop.
    pub fn judge_loop(&self, raw: &RawBlock<'t>, parts: &RawLoop<'t>) -> Loop {
        let over = parts
            .over
            .or(parts.condition)
            .map_or("", |node| dialect::words(node, self.outline.text));
        let head = self.words(raw.head.clone());
        let whole = self.words(parts.whole.clone());
        let kind = if parts.timer.is_some() {
            LoopKind::Timer
        } else if parts.over.is_some() {
            LoopKind::ForEach
        } else if parts.counts {
            LoopKind::For
        } else {
            LoopKind::While
        };
        let bound = parts.over.and_then(|over| self.items(over, 0)).or_else(|| {
            let condition = parts.condition?;
            self.counted(condition, parts.counts)
                .or_else(|| self.counted_down(condition, &parts.whole))
        });
        let elsewhere = parts
            .over
            .filter(|_| bound.is_none())
            .and_then(|over| self.listed_elsewhere(over));
        let named = |text: &str| RETRYING.is_match(text);
        let clock = parts.over.map(|over| self.reader.read(over));
        let period = match clock {
            Some(Value::Seconds(amount)) => Some(amount),
            _ => parts.timer.and_then(|index| self.timer(index)),
        };
        Loop {
            kind: if period.is_some() {
                LoopKind::Timer
            } else {
                kind
            },
            bound,
            endless: parts.endless,
            paging: kind != LoopKind::ForEach && PAGING.is_match(whole),
            piece: false,
            again: parts.again,
            throttled: false,
            patient: false,
            // Names are a hint; `tries` looks at the ways out.
            retrying: parts.again
                || !parts.endless && (named(head) || parts.variables.iter().any(|v| named(v))),
            parallel: parts
                .wide
                .or_else(|| parts.at_once.map(|index| self.width(index)))
                .filter(|width| *width != Width::AtMost(1)),
            period,
            clock: parts.timer.and_then(|index| self.clock(index)),
            over: over.chars().take(MAX_OVER).collect(),
            names: parts.variables.join(" ").chars().take(MAX_OVER).collect(),
            elsewhere,
        }
    }

    /// The call of a timer, where it is short and on one line.
    fn clock(&self, index: usize) -> Option<(Span, String)> {
        let range = self.outline.calls.get(index)?.node.byte_range();
        let words = self.words(range.clone());
        (words.len() <= 120 && !words.contains('\n'))
            .then(|| (self.source.span(range), words.to_owned()))
    }

    fn timer(&self, index: usize) -> Option<Amount> {
        let node = self.outline.calls.get(index)?.node;
        let (call, idiom) = self.reader.idiom(node);
        let (Does::Timer(from, unit) | Does::Sleep(from, unit)) = idiom?.does else {
            return None;
        };
        Some(into_seconds(self.reader.given(node, &call?, from), unit))
    }

    fn width(&self, index: usize) -> Width {
        let width = self.outline.calls.get(index).and_then(|site| {
            let (call, idiom) = self.reader.idiom(site.node);
            let call = call?;
            let from = match idiom?.does {
                Does::EachAtOnce(_, from) | Does::Gather(from) | Does::Repeat(_, from) => from,
                Does::Each(_) => return self.width_of(call.receiver?),
                _ => return None,
            };
            let direct = into_number(self.reader.given(site.node, &call, from)).value;
            direct.or_else(|| self.width_of(call.receiver?))
        });
        match width {
            Some(width) if width >= 1.0 => Width::AtMost(whole(width)),
            _ => Width::Unbounded,
        }
    }

    /// The width of the pool that an expression names.
    fn width_of(&self, pool: Node<'t>) -> Option<f64> {
        let Shape::Path(path) = self.reader.shape(self.reader.bare(pool)) else {
            return None;
        };
        let bound = self.outline.last_bound(&path, pool.start_byte())?;
        let made = self.reader.bare(bound.binding.value);
        let (call, idiom) = self.reader.idiom(made);
        let Does::Width(from) = idiom?.does else {
            return None;
        };
        into_number(self.reader.given(made, &call?, from)).value
    }

    /// How many items an expression has, when that is plain.
    pub(super) fn items(&self, node: Node<'t>, depth: u8) -> Option<u64> {
        if depth > 8 {
            return None;
        }
        let count = |node: Node<'t>| {
            into_number(self.reader.read(node))
                .value
                .filter(|value| (0.0..1e9).contains(value))
        };
        match self.reader.shape(node) {
            Shape::Items(items) => Some(items),
            Shape::List(items) => Some(items.len() as u64),
            Shape::Pairs(items) => Some(items.len() as u64),
            Shape::Inner(inner) => self.items(inner, depth + 1),
            Shape::Slice(whole, most) => {
                Some(self.items(whole, depth + 1).map_or(most, |n| n.min(most)))
            }
            Shape::Stretch(first, last, more) => Some(self.piece(first, last)? + more),
            Shape::Span(first, last) => {
                let (first, last) = (count(first)?, count(last)?);
                Some(whole((last - first).abs()) + 1)
            }
            Shape::Until(first, last) => {
                let (first, last) = (count(first)?, count(last)?);
                Some(whole((last - first).max(0.0)))
            }
            Shape::Number(value) => Some(whole(value)),
            Shape::Path(path) => (self.of_entry(&path, node.start_byte(), depth))
                .or_else(|| self.listed(&path))
                .or_else(|| {
                    let field = format!(".{}", last_name(&path));
                    let known = self.outline.bound(&path).next().is_some();
                    self.size_of(if known { &path } else { &field }, depth)
                }),
            Shape::Call => {
                let call = self.outline.dialect.invocation(node, self.outline.text)?;
                let name = call.name().to_ascii_lowercase();
                if let Some(size) = self.lists(node, &name) {
                    return Some(size);
                }
                let arguments: Vec<_> = call.arguments.iter().filter_map(|a| a.value).collect();
                match name.as_str() {
                    "range" => {
                        let numbers: Option<Vec<f64>> =
                            arguments.iter().map(|&a| count(a)).collect();
                        match numbers?.as_slice() {
                            [stop] => Some(whole(*stop)),
                            [start, stop] => Some(whole(stop - start)),
                            [start, stop, by] if *by > 0.0 => {
                                Some(whole(((stop - start) / by).ceil()))
                            }
                            _ => None,
                        }
                    }
                    "upto" | "downto" => {
                        let (first, last) = (call.receiver?, arguments.first()?);
                        Some(whole((count(*last)? - count(first)?).abs()) + 1)
                    }
                    "take" | "limit" | "head" | "first" => {
                        arguments.first().and_then(|&a| count(a)).map(whole)
                    }
                    "select-object" | "select" => {
                        let most = call.arguments.iter().find(|given| {
                            given.name.as_deref().is_some_and(|name| {
                                name.len() >= 2
                                    && ("first".starts_with(name) || "last".starts_with(name))
                            })
                        });
                        most.and_then(|given| count(given.value?)).map(whole)
                    }
                    "splice" => arguments.get(1).and_then(|&a| count(a)).map(whole),
                    "slice" | "islice" | "sublist" | "array_slice" => {
                        if let [first, last] = arguments.as_slice()
                            && let Some(piece) = self.piece(*first, *last)
                        {
                            return Some(piece);
                        }
                        let most = whole(arguments.last().and_then(|&a| count(a))?);
                        (arguments.len() >= 2).then_some(most)
                    }
                    "enumerate" | "sorted" | "list" | "reversed" | "tqdm" | "set" | "tuple"
                    | "from" | "of" | "aslist" | "entries" | "keys" | "values" | "zip" => {
                        if matches!(name.as_str(), "of" | "aslist") && arguments.len() > 1 {
                            return Some(arguments.len() as u64);
                        }
                        self.items(arguments.first().copied().or(call.receiver)?, depth + 1)
                    }
                    "iter" | "into_iter" | "iter_mut" | "stream" | "copied" | "cloned"
                    | "items" | "parallelstream" | "rev" | "uniq" | "compact" | "sort"
                    | "reverse" | "shuffle" | "with_index" | "each_with_index" | "map"
                    | "filter" | "distinct" | "tolist" | "asflow" | "assequence" | "withindex"
                    | "oneach" | "getenumerator" | "entryset" | "each_pair" | "toarray"
                    | "to_a" | "orderby" | "where" => self.items(call.receiver?, depth + 1),
                    _ => self.is_made_empty(&call.callee, &arguments).then_some(0),
                }
            }
            _ => None,
        }
    }

    /// How many items an entry of a literal has at most, where a loop runs over that:
    /// `for tag, names in {"a": ["x"], "b": ["y", "z"]}.items()`, `$_.Value`.
    fn of_entry(&self, path: &str, at: usize, depth: u8) -> Option<u64> {
        let first = path.split('.').next().unwrap_or_default();
        let names_it = |parts: &RawLoop<'t>| {
            first.trim_start_matches('$') == "_"
                || parts
                    .variables
                    .iter()
                    .any(|own| identifiers(own).any(|name| name == first))
        };
        let over = self
            .reader
            .blocks_around(at)
            .filter_map(|block| match &block.kind {
                RawKind::Loop(parts) if names_it(parts) => Some((block.range.len(), parts.over?)),
                _ => None,
            })
            .min_by_key(|&(length, _)| length)
            .map(|(_, over)| over)
            .filter(|over| !over.byte_range().contains(&at))?;
        // One that grows elsewhere has more.
        self.items(over, depth + 1)?;
        let entries = match self.reader.shape(self.literal(over)) {
            Shape::List(items) => items,
            Shape::Pairs(pairs) => pairs.into_iter().map(|(_, value)| value).collect(),
            _ => return None,
        };
        let counts: Option<Vec<u64>> = entries
            .into_iter()
            .map(|entry| self.items(entry, depth + 1))
            .collect();
        counts?.into_iter().max()
    }

    /// The literal behind a name, and behind what lists its entries.
    fn literal(&self, mut node: Node<'t>) -> Node<'t> {
        const MAX_STEPS: usize = 6;
        for _ in 0..MAX_STEPS {
            node = self.reader.behind(node);
            let Some(call) = self.outline.dialect.invocation(node, self.outline.text) else {
                break;
            };
            let lists = matches!(
                call.name().to_ascii_lowercase().as_str(),
                "items" | "entries" | "values" | "getenumerator" | "entryset" | "each_pair"
            );
            let first = call.arguments.first().and_then(|given| given.value);
            match first.or(call.receiver).filter(|_| lists) {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node
    }

    /// The length of `first..first + n`, whatever `first` is; `n` may be cut off where
    /// the collection ends.
    fn piece(&self, first: Node<'t>, last: Node<'t>) -> Option<u64> {
        let start = dialect::words(first, self.outline.text);
        let mut ends = vec![self.reader.bare(last)];
        if let Shape::Path(path) = self.reader.shape(ends[0]) {
            ends = self
                .outline
                .bound(&path)
                .map(|bound| self.reader.bare(bound.binding.value))
                .collect();
        }
        for at in 0..ends.len() {
            // `min(start + 50, len(ids))`.
            let call = self.outline.dialect.invocation(ends[at], self.outline.text);
            if let Some(call) = call.filter(|call| call.name().eq_ignore_ascii_case("min")) {
                ends.extend(call.arguments.iter().filter_map(|given| given.value));
                // `(start + 50).min(ids.len())`.
                ends.extend(call.receiver);
            }
        }
        ends.into_iter().find_map(|end| {
            let Shape::Binary('+', left, length) = self.reader.shape(self.reader.bare(end)) else {
                return None;
            };
            if dialect::words(left, self.outline.text) != start {
                return None;
            }
            into_number(self.reader.read(length))
                .value
                .filter(|value| (0.0..1e9).contains(value))
                .map(whole)
        })
    }

    /// The number that a counter is compared with.
    fn counted(&self, condition: Node<'t>, counts: bool) -> Option<u64> {
        if !counts {
            return None;
        }
        let words = dialect::words(condition, self.outline.text);
        let (_, limit) = words
            .rsplit_once("<=")
            .or_else(|| words.rsplit_once('<'))
            .or_else(|| words.rsplit_once("-lt "))
            .or_else(|| words.rsplit_once("-le "))?;
        let limit = limit.trim().trim_end_matches([')', ';']).trim();
        dialect::number(limit)
            .filter(|_| limit.starts_with(|c: char| c.is_ascii_digit()))
            .or_else(|| {
                let node = last_named(condition);
                into_number(self.reader.read(node)).value
            })
            .filter(|value| (0.0..1e9).contains(value))
            .map(whole)
    }
}

fn last_named(mut node: Node<'_>) -> Node<'_> {
    for _ in 0..20 {
        match dialect::named(node).as_slice() {
            [] => break,
            [only] => node = *only,
            [.., last] => return *last,
        }
    }
    node
}
