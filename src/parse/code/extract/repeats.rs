//! What waits and asks again, written by hand.

use std::sync::LazyLock;

use regex::Regex;

use super::{Extractor, regex};
use crate::facts::code::{Backoff, BackoffKind, BlockId, BlockKind, CodeFacts, Then, Watches};
use crate::parse::code::words::last_name;

/// Failures of the line, which an answer is none of.
static OF_THE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)^[^a-z]*(?:\w+\.)*(?:connect(?:ion)?|read|socket|conn)?_?(?:timeout|connection|socket|connect)_?(?:error|exception|refused)?\W*$",
    )
});
/// Branches for failures of the server alone.
static OF_THE_SERVER: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i-u)\b5\d\d\b|server_?error|unavailable"));
static OTHERS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i-u)\b4\d\d\b|\berr\b|\bok\b"));

impl Extractor<'_, '_> {
    /// Handlers and branches of failure that wait and ask again: by `retry`, by calling the
    /// function again that they stand in, or by the same request.
    pub(super) fn repeats(&self, raws: &[Option<usize>], facts: &mut CodeFacts) {
        let mut found = Vec::new();
        for (id, block) in facts.blocks.iter().enumerate() {
            let head = self.words(block.head.range());
            let failed = match &block.kind {
                BlockKind::Handler => !OF_THE_LINE.is_match(head) || head.is_empty(),
                BlockKind::Arm { watches, .. } => {
                    *watches == Watches::Failure
                        && (!OF_THE_SERVER.is_match(head) || OTHERS.is_match(head))
                }
                _ => false,
            };
            let id = id as BlockId;
            let range = block.span.range();
            if !failed || !self.waits_within(facts, &range) {
                continue;
            }
            let name = &facts.functions[facts.function_of(id) as usize].name;
            let jumps = &self.outline.jumps;
            let first = jumps.partition_point(|&at| at < range.start);
            let again = jumps[first..]
                .iter()
                .take_while(|&&at| at < range.end)
                .any(|&at| self.outline.text[at..].starts_with("retry"))
                || self
                    .calls_within(&range)
                    .any(|(_, callee)| !name.is_empty() && last_name(&callee) == name)
                || facts
                    .calls_from(range.clone())
                    .iter()
                    .any(|call| call.request);
            if again {
                found.push(Backoff {
                    covers: self.covered(raws, facts, id, block.head),
                    then: Then::Waits,
                    ..Backoff::new(
                        BackoffKind::Checked,
                        self.source.span(range.start..range.start),
                        id,
                    )
                });
            }
        }
        facts.backoffs.extend(found);
    }

    /// Whether a loop that tries again waits before it does, after failures that the
    /// answer 429 is among.
    pub(super) fn patient_tries(&self, facts: &mut CodeFacts) {
        for id in 0..facts.blocks.len() {
            let BlockKind::Loop(own) = &facts.blocks[id].kind else {
                continue;
            };
            if !own.retrying || own.again {
                continue;
            }
            let top = id as BlockId;
            let range = facts.blocks[id].span.range();
            let fitting = |block: BlockId| {
                facts
                    .ancestors(block)
                    .take_while(|(inner, _)| *inner != top)
                    .all(|(_, around)| {
                        let head = self.words(around.head.range());
                        match around.kind {
                            BlockKind::Handler => !OF_THE_LINE.is_match(head) || head.is_empty(),
                            BlockKind::Arm { .. } => {
                                !OF_THE_SERVER.is_match(head) || OTHERS.is_match(head)
                            }
                            _ => true,
                        }
                    })
            };
            let before = |at: usize| {
                (facts.sleeps).partition_point(|sleep| (sleep.span.start as usize) < at)
            };
            let sleeps = facts.sleeps[before(range.start)..before(range.end)].iter();
            let sleeps = { sleeps }.any(|sleep| fitting(sleep.block));
            let patient = sleeps
                || self.calls_within(&range).any(|(call, _)| {
                    let inner = call.start..call.start + 1;
                    self.waits_within(facts, &inner)
                });
            if let BlockKind::Loop(own) = &mut facts.blocks[id].kind {
                own.patient = patient;
            }
        }
    }
}
