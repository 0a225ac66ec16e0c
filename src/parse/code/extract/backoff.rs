//! What the code does when it is told to slow down.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::blocks::THROTTLED;
use super::serves::MAX_POLICIES;
use super::{Extractor, Known, Places, regex};
use crate::facts::code::{
    Backoff, BackoffKind, BlockId, BlockKind, CodeFacts, FunctionId, Retries, Watches,
};
use crate::facts::links;
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::idiom::{Does, From, RetryOf};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::into_number;
use crate::parse::code::words::last_name;
use crate::source::Span;

static RETRY_AFTER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^[^a-z0-9_]*retry-?_?after(?:-?_?ms)?[^a-z0-9_]*$"));
/// Callees that run a closure when an answer comes.
static HOOKS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)intercept|middleware|(?:after|on)_?response|validat|handle_?(?:result|transient)|or_?result|should_?handle",
    )
});
pub(super) static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)log|print|write-|warn|echo|console|\.(?:debug|info|error|trace)$|^(?:printf|puts)$|message",
    )
});

impl<'t> Extractor<'_, 't> {
    /// Comparisons with 429, and readers of Retry-After.
    pub fn backoffs(&self, places: &Places, facts: &mut CodeFacts) {
        let jumps = &self.outline.jumps;
        let mut found = Vec::new();
        for (id, block) in self.outline.all(&facts.blocks).enumerate() {
            let told = match block.kind {
                BlockKind::Arm { watches, .. } => watches == Watches::Throttling,
                // `rescue TooManyRequests`.
                BlockKind::Handler => THROTTLED.is_match(self.words(block.head.range())),
                _ => false,
            };
            if !told {
                continue;
            }
            let range = block.span.range();
            let first = jumps.partition_point(|&at| at < range.start);
            let acts = jumps.get(first).is_some_and(|at| range.contains(at))
                || facts.sleeps_in(&range)
                || self
                    .outline
                    .all(facts.calls_from(range.clone()))
                    .any(|call| !SPEAKS.is_match(&call.callee))
                || self
                    .outline
                    .bound_within(&range)
                    .any(|bound| bound.at >= block.head.end as usize);
            found.push(Backoff::new(
                if acts {
                    BackoffKind::Checked
                } else {
                    BackoffKind::Reported
                },
                block.head,
                id as BlockId,
            ));
        }
        // What a policy compares says when it waits: it is the policy, and covers what that does.
        let policies: Vec<_> = facts
            .backoffs
            .iter()
            .filter(|backoff| backoff.is_policy())
            .take(MAX_POLICIES)
            .filter_map(|backoff| self.calls_around(&backoff.span.range()).next())
            .map(|(made, _)| made.byte_range())
            .collect();
        // Heads of branches, and how far any of those up to one reaches.
        let mut heads: Vec<(usize, usize)> = facts
            .blocks
            .iter()
            .filter(|block| matches!(block.kind, BlockKind::Arm { .. }))
            .map(|block| (block.head.start as usize, block.head.end as usize))
            .collect();
        heads.sort_unstable();
        let mut reach = 0;
        for (_, end) in &mut heads {
            reach = reach.max(*end);
            *end = reach;
        }
        for node in &self.outline.compares {
            let own = node.byte_range();
            let inside = |policy: &Range<usize>| policy.start <= own.start && own.end <= policy.end;
            if policies.iter().any(inside) {
                continue;
            }
            let words = dialect::words(*node, self.outline.text);
            if words.len() > 300 || !THROTTLED.is_match(words) {
                continue;
            }
            let at = node.start_byte();
            let before = heads.partition_point(|&(start, _)| start <= at);
            let in_head = before > 0 && heads[before - 1].1 > at;
            if !in_head {
                found.push(Backoff::new(
                    BackoffKind::Checked,
                    self.source.span(node.byte_range()),
                    places.at(at),
                ));
            }
        }
        for node in &self.outline.indexes {
            let words = dialect::words(*node, self.outline.text);
            let key = words.rsplit(['[', '.']).next().unwrap_or_default();
            if words.len() < 200 && RETRY_AFTER.is_match(key) {
                found.push(Backoff::new(
                    BackoffKind::RetryAfter,
                    self.source.span(node.byte_range()),
                    places.at(node.start_byte()),
                ));
            }
        }
        facts.backoffs.extend(found);
        self.hooks(facts);
        facts.backoffs.sort_by_key(|backoff| backoff.span);
        facts.backoffs.dedup_by_key(|backoff| backoff.span);
    }

    /// Functions that are handed over by name, and decorators that try again.
    fn hooks(&self, facts: &mut CodeFacts) {
        let mut hooked: BTreeMap<FunctionId, bool> = BTreeMap::new();
        let functions: BTreeSet<FunctionId> = self
            .outline
            .all(&facts.backoffs)
            .map(|backoff| facts.function_of(backoff.block))
            .filter(|&function| function != 0)
            .collect();
        // The first request of each function whose address is known, the last look at an
        // answer.
        let mut asked: HashMap<FunctionId, Span> = HashMap::new();
        for call in facts.calls.iter().filter(|call| call.request) {
            let url = call.url.as_ref();
            if url.is_some_and(|url| url.host_and_path().is_some()) {
                let first = asked
                    .entry(facts.function_of(call.block))
                    .or_insert(call.span);
                *first = call.span.min(*first);
            }
        }
        let mut last: HashMap<FunctionId, Span> = HashMap::new();
        for backoff in &facts.backoffs {
            let own = last
                .entry(facts.function_of(backoff.block))
                .or_insert(backoff.span);
            *own = backoff.span.max(*own);
        }
        for function in functions {
            let raw = &self.outline.functions[function as usize];
            let name = &raw.signature.name;
            let handed = self
                .uses(name, raw.signature.name_range.start)
                .into_iter()
                .any(|at| {
                    let after = self.outline.text[at + name.len()..].trim_start();
                    !raw.range.contains(&at) && !after.starts_with(['(', '<', ':', '='])
                });
            // One that asks itself, and looks at the answer, looks after that alone.
            let asks = asked
                .get(&function)
                .is_some_and(|first| last.get(&function).is_some_and(|last| first < last));
            hooked.insert(
                function,
                handed && !asks && !self.outline.dialect.ignores_case(),
            );
        }
        for index in 0..facts.backoffs.len() {
            let block = facts.backoffs[index].block;
            let function = facts.function_of(block);
            let closure = facts.ancestors(block).any(|(_, block)| {
                matches!(&block.kind, BlockKind::Closure(callee)
                    if HOOKS.is_match(last_name(callee)) || links::is_patient(last_name(callee)))
            });
            facts.backoffs[index].hooked =
                closure || hooked.get(&function).copied().unwrap_or(false);
        }
    }

    /// A decorator of this file that waits or looks at the answer, or one from
    /// elsewhere that by its name tries again.
    pub fn decorator(&self, known: &Known<'t>, block: BlockId, facts: &mut CodeFacts) {
        let Some(function) = known.decorates else {
            return;
        };
        let name = known.call.name();
        let mut own = self.outline.named(name).peekable();
        let patient = if own.peek().is_some() {
            own.any(|index| {
                let range = &self.outline.functions[index].range;
                let words = self.words(range.clone());
                THROTTLED.is_match(words) || words.contains("sleep")
            })
        } else {
            links::is_patient(name)
        };
        if patient {
            facts.backoffs.push(Backoff {
                decorates: Some(function as FunctionId),
                ..Backoff::new(
                    BackoffKind::Policy("decorator"),
                    self.source.span(known.call.callee_range.clone()),
                    block,
                )
            });
        }
    }

    /// What a retry policy is told to try again.
    pub fn retries(&self, known: &Known<'t>, library: &'static str, of: &RetryOf) -> BackoffKind {
        let found = |from: From| {
            from.iter()
                .find_map(|spec| self.reader.find(known.node, &known.call, spec, 0))
        };
        let attempts = into_number(self.reader.given(known.node, &known.call, of.attempts));
        // Not once; unless it is told by something that isn't known.
        let never = attempts.value == Some(0.0)
            && found(of.attempts)
                .is_none_or(|node| into_number(self.reader.read(node)).value == Some(0.0));
        // A list of numbers without 429 leaves it out; anything else may hold it.
        let told = found(of.statuses).map(|node| {
            let node = self.reader.behind(node);
            if let Some(throttling) = self.policy(node, 0) {
                return throttling;
            }
            THROTTLED.is_match(dialect::words(node, self.outline.text))
                || !self.reader.only_numbers(node)
        });
        // Options that are made elsewhere may say anything.
        let open = known.call.arguments.iter().any(|given| {
            given.name.is_none()
                && given.value.is_some_and(|value| {
                    let behind = self.reader.behind(value);
                    matches!(self.reader.shape(behind), Shape::Path(_))
                })
        });
        BackoffKind::Retries(Retries {
            library,
            attempts: attempts.value.map(dialect::whole),
            throttling: !never
                && (of.untold.retry_after || told.unwrap_or(of.untold.throttling || open)),
            retry_after: of.untold.retry_after,
            idempotent_only: of.untold.idempotent_only && found(of.methods).is_none(),
        })
    }

    /// Whether the retry policy that an expression makes tries a throttled call again;
    /// `None` when it makes none.
    fn policy(&self, node: Node<'t>, depth: u8) -> Option<bool> {
        const MAX_DEPTH: u8 = 3;
        if depth > MAX_DEPTH {
            return None;
        }
        let node = self.reader.behind(node);
        let (call, idiom) = self.reader.idiom(node);
        let call = call?;
        match idiom.map(|idiom| idiom.does) {
            Some(Does::RetryOf(of) | Does::Sends(_, of)) => {
                let told = of
                    .statuses
                    .iter()
                    .any(|spec| self.reader.find(node, &call, spec, 0).is_some());
                Some(told || of.untold.throttling)
            }
            Some(Does::Retry) => Some(true),
            _ => {
                let mut own = self.outline.named(call.name());
                let function = own.next().filter(|_| own.next().is_none())?;
                self.outline
                    .returned_by(function)
                    .find_map(|value| self.policy(value, depth + 1))
            }
        }
    }

    /// `headers.get("Retry-After")`, but not `res.setHeader("Retry-After", …)`.
    pub fn retry_after(&self, known: &Known<'t>, block: BlockId, facts: &mut CodeFacts) {
        let reads = known.call.arguments.iter().take(2).any(|given| {
            given.value.is_some_and(|value| {
                let words = dialect::words(value, self.outline.text);
                // The pattern is dear, and few arguments may be it.
                let likely = words.len() < 40
                    && words
                        .as_bytes()
                        .windows(5)
                        .any(|part| part.eq_ignore_ascii_case(b"retry"));
                likely && RETRY_AFTER.is_match(words)
            })
        });
        if !reads {
            return;
        }
        let name = known.call.name().to_ascii_lowercase();
        let told = [
            "set", "add", "append", "write", "insert", "push", "print", "log",
        ]
        .iter()
        .any(|word| name.contains(word));
        if !told {
            facts.backoffs.push(Backoff::new(
                BackoffKind::RetryAfter,
                self.span(known),
                block,
            ));
        }
    }
}
