//! How code goes on after it was told to slow down, and which calls it looks after.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;
use regex::Regex;

use super::ways::{Jump, jump_at};
use super::{Extractor, regex};
use crate::facts::code::{
    BackoffKind, BlockId, BlockKind, CodeFacts, FunctionId, LoopKind, Then, Watches,
};
use crate::facts::links;
use crate::parse::code::dialect;
use crate::parse::code::words::last_name;
use crate::source::Span;

/// Names of what waits.
static WAITS: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)sleep|delay|pause|wait|back_?off|throttl|limiter|retry|cool_?down|set_?timeout")
});
/// Calls that tell, turn one thing into another, or make and hand on a failure.
static IDLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)log|print|write-|warn|echo|console|\.(?:debug|info|error|trace)$|^(?:printf|puts|int|str|string|len|format|repr|float|number|parseInt|bool|now|min|max|dict|list|set)$|message|close$|^(?:\[+|test|true|jq|cat|break|continue|return)$|reject$|err$|errorf$|errors\.\w+$|error$|exception$|exit|panic|abort|fatal|\.(?:body|text|json|get|append|push|add|toString|as_str|parse|unwrap\w*|headers?)$|read_?all$|discard",
    )
});
/// Names of failures, which hold nothing up however they are called.
static FAILURES: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:[A-Z]\w*(?:[a-z]ed|Hit|Reached|RateLimit)|\w*(?:Error|Exception|Failure|Err|_error|_exception))$",
    )
});
/// What says that a wait is none: `sleep(0)`, `Start-Sleep -Seconds 0`.
static NO_WAIT: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?is)(?:sleep|delay|pause|wait|timeout).*[\s(,:=]0+(?:\.0*)?[a-z]{0,2}\s*\)*$")
});
/// A branch for every answer but 429.
static NOT_THROTTLED: LazyLock<Regex> =
    LazyLock::new(|| regex(r#"(?i)(?:!=|!==|-ne)\s*["']?(?:429|[\w.:]*too_?many_?requests)"#));

/// Functions that send something, and those that wait.
struct Does {
    sends: HashSet<FunctionId>,
    waits: HashSet<FunctionId>,
}

impl Does {
    fn new(facts: &CodeFacts) -> Self {
        let calls = facts.calls.iter().filter(|call| call.request);
        Self {
            sends: calls.map(|call| facts.function_of(call.block)).collect(),
            waits: (facts.sleeps.iter())
                .map(|sleep| facts.function_of(sleep.block))
                .collect(),
        }
    }
}

impl Extractor<'_, '_> {
    /// Settles how each look at 429 goes on, and which calls it looks after.
    pub(super) fn answers(&self, raws: &[Option<usize>], facts: &mut CodeFacts) {
        let does = Does::new(facts);
        for index in 0..facts.backoffs.len() {
            let backoff = &facts.backoffs[index];
            let block = backoff.block;
            let (then, covers) = match backoff.kind {
                BackoffKind::Checked => (
                    self.then(facts, block, &does),
                    self.covered(raws, facts, block, backoff.span),
                ),
                BackoffKind::RetryAfter => {
                    let arm = facts.within_function(block).find(|(_, around)| {
                        matches!(
                            around.kind,
                            BlockKind::Arm {
                                watches: Watches::Throttling,
                                ..
                            } | BlockKind::Handler
                        )
                    });
                    match arm {
                        Some((arm, _)) => (
                            self.then(facts, arm, &does),
                            self.covered(raws, facts, arm, facts.blocks[arm as usize].head),
                        ),
                        None if self.is_only_told(backoff.span) => (Then::AtOnce, Vec::new()),
                        None => (Then::Unknown, Vec::new()),
                    }
                }
                _ => continue,
            };
            let backoff = &mut facts.backoffs[index];
            backoff.then = then;
            backoff.covers = covers;
        }
    }

    /// A value that is only printed.
    fn is_only_told(&self, span: Span) -> bool {
        let at = span.start as usize;
        self.calls_within(&(at.saturating_sub(200)..at + 1))
            .any(|(range, callee)| {
                range.start < at
                    && range.end >= span.end as usize
                    && super::backoff::SPEAKS.is_match(&callee)
            })
    }

    /// The calls that start in a range, with their callees.
    pub(super) fn calls_within<'s>(
        &'s self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, String)> + 's {
        let calls = &self.outline.calls;
        let end = range.end;
        let first = calls.partition_point(|site| site.node.start_byte() < range.start);
        calls[first..]
            .iter()
            .take_while(move |site| site.node.start_byte() < end)
            .filter(|site| {
                let bare =
                    self.outline.dialect.calls_without_marks() && site.node.child_count() == 0;
                let words = dialect::words(site.node, self.outline.text);
                !(bare && self.outline.is_variable(words, site.node.start_byte()))
            })
            .filter_map(|site| {
                let call = self
                    .outline
                    .dialect
                    .invocation(site.node, self.outline.text)?;
                Some((site.node.byte_range(), call.callee))
            })
    }

    /// How a branch, a handler, or a look elsewhere goes on.
    fn then(&self, facts: &CodeFacts, id: BlockId, does: &Does) -> Then {
        let block = &facts.blocks[id as usize];
        if !matches!(block.kind, BlockKind::Arm { .. } | BlockKind::Handler) {
            // `while r.status == 429`.
            let asks = matches!(&block.kind, BlockKind::Loop(own) if own.kind == LoopKind::While);
            return if asks && self.is_idle(facts, block.span.range()) {
                Then::AtOnce
            } else {
                Then::Unknown
            };
        }
        let range = block.span.range();
        if self.waits_within(facts, &range) {
            return if self.goes_to_the_next(facts, id, &range) {
                Then::AtOnce
            } else {
                Then::Waits
            };
        }
        // `if r.status != 429: return r`: what follows is for 429.
        if NOT_THROTTLED.is_match(self.words(block.head.range())) {
            let holder = facts.function_of(id) as usize;
            let mut range = range.end..self.outline.functions[holder].range.end;
            let looped = facts
                .within_function(id)
                .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_)));
            if let Some((_, around)) = looped {
                range.end = around.span.range().end.max(range.start);
            }
            return if self.waits_within(facts, &range) {
                Then::Waits
            } else if looped.is_some() && self.is_idle(facts, range) {
                Then::AtOnce
            } else {
                Then::Unknown
            };
        }
        // A value that is chosen: `limited ? 30 : 0`.
        let chosen = self.outline.bound_around(&range).is_some()
            || self
                .outline
                .returned_around(range.clone())
                .any(|value| !dialect::words(value, self.outline.text).starts_with('{'));
        if chosen || !self.is_idle(facts, range.clone()) {
            return Then::Unknown;
        }
        let jumps: Vec<Jump> = self.jumps_within(&range).collect();
        let fails = jumps.contains(&Jump::Fails);
        let returns = jumps.contains(&Jump::Returns);
        let holder = facts.function_of(id);
        // A function that sends nothing tells its caller what to do.
        if !does.sends.contains(&holder) && holder != 0 && !fails {
            return Then::Unknown;
        }
        if !fails && !returns && self.waits_around(facts, id) {
            return Then::Waits;
        }
        let behind = range.start.max(block.head.end as usize)..range.end;
        let bound = self.outline.bound_within(&behind).next().is_some();
        if bound && does.waits.contains(&holder) {
            return Then::Unknown;
        }
        if fails || returns && !jumps.contains(&Jump::Next) {
            Then::Fails
        } else {
            Then::AtOnce
        }
    }

    /// Whether a branch waits for the next item and leaves the one that was refused: it
    /// stands in a loop over items, and sets and calls nothing else
    /// (python-waits-and-loses-the-item.py).
    fn goes_to_the_next(&self, facts: &CodeFacts, id: BlockId, range: &Range<usize>) -> bool {
        let around = facts
            .within_function(id)
            .find_map(|(_, block)| match &block.kind {
                BlockKind::Loop(own) => Some(own),
                _ => None,
            });
        let items =
            around.is_some_and(|own| own.kind == LoopKind::ForEach && !own.retrying && !own.again);
        let head = facts.blocks[id as usize].head.range();
        items
            && !self
                .outline
                .bound_within(range)
                .any(|bound| bound.at >= head.end)
            && self.calls_within(range).all(|(call, callee)| {
                head.contains(&call.start) || facts.sleeps_in(&call) || IDLE.is_match(&callee)
            })
    }

    fn jumps_within(&self, range: &Range<usize>) -> impl Iterator<Item = Jump> + '_ {
        let jumps = &self.outline.jumps;
        let end = range.end;
        let first = jumps.partition_point(|&at| at < range.start);
        jumps[first..]
            .iter()
            .take_while(move |&&at| at < end)
            .filter_map(|&at| jump_at(self.outline.text.get(at..)?))
    }

    /// Whether nothing in a range waits, or may.
    fn is_idle(&self, facts: &CodeFacts, range: Range<usize>) -> bool {
        if self.waits_within(facts, &range) {
            return false;
        }
        let head = facts
            .blocks_from(range.start..range.start + 1)
            .find(|(_, block)| block.span.range() == range)
            .map_or(0..0, |(_, block)| block.head.range());
        self.calls_within(&range).all(|(call, callee)| {
            self.is_thrown(call.start)
                || head.contains(&call.start)
                || IDLE.is_match(&callee)
                || self.is_own(&callee)
                || callee.is_empty()
                || facts.calls_from(call).iter().any(|own| own.request)
        })
    }

    /// Whether a call stands in a statement that throws what it makes.
    fn is_thrown(&self, at: usize) -> bool {
        let jumps = &self.outline.jumps;
        let before = jumps.partition_point(|&jump| jump <= at);
        jumps[..before].last().is_some_and(|&jump| {
            !self.words(jump..at).contains([';', '\n'])
                && self.outline.text.get(jump..).and_then(jump_at) == Some(Jump::Fails)
        })
    }

    /// A function of this file, whose words tell whether it waits.
    fn is_own(&self, callee: &str) -> bool {
        self.outline.named(last_name(callee)).next().is_some()
    }

    /// Whether something in a range waits: here, or in a function of this file that is
    /// called here.
    pub(super) fn waits_within(&self, facts: &CodeFacts, range: &Range<usize>) -> bool {
        self.waits_at(facts, range, 0)
    }

    fn waits_at(&self, facts: &CodeFacts, range: &Range<usize>, depth: u8) -> bool {
        const MAX_DEPTH: u8 = 2;
        facts.sleeps_in(range)
            || facts.timer_in(range)
            || self.calls_within(range).any(|(call, callee)| {
                let name = last_name(&callee);
                let mut own = self.outline.named(name).peekable();
                if own.peek().is_none() {
                    return (WAITS.is_match(name) || links::is_patient(&callee))
                        && !FAILURES.is_match(name)
                        && !self.is_thrown(call.start)
                        && !NO_WAIT.is_match(self.words(call));
                }
                depth < MAX_DEPTH
                    && own.take(3).any(|index| {
                        let body = self.outline.functions[index].range.clone();
                        // Not the function that all of this stands in.
                        !body.contains(&range.start) && self.waits_at(facts, &body, depth + 1)
                    })
            })
    }

    /// Whether the loop around a branch waits on every way: at its start, at its end.
    fn waits_around(&self, facts: &CodeFacts, id: BlockId) -> bool {
        let around = facts
            .within_function(id)
            .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_)));
        let Some((top, _)) = around else {
            return false;
        };
        let range = facts.blocks[top as usize].span.range();
        let before = |at: usize| {
            facts
                .sleeps
                .partition_point(|sleep| (sleep.span.start as usize) < at)
        };
        let within = facts.sleeps.get(before(range.start)..before(range.end));
        self.outline.all(within.unwrap_or_default()).any(|sleep| {
            facts.encloses(top, sleep.block)
                && facts
                    .ancestors(sleep.block)
                    .take_while(|(block, _)| *block != top)
                    .all(|(_, block)| match &block.kind {
                        BlockKind::Handler => false,
                        BlockKind::Arm { watches, .. } => {
                            matches!(watches, Watches::Progress | Watches::Again)
                        }
                        _ => true,
                    })
        })
    }
}
