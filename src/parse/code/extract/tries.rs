//! Loops that try the same thing until it is done, and loops that read page after page:
//! known by the ways out of them, not by names.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};
use regex::Regex;

use super::blocks::{THROTTLED, identifiers, is_word};
use super::pages::COUNTS_ON;
use super::ways::{DENIES, Exit, Jump, Way};
use super::{Extractor, Places, regex};
use crate::facts::code::{BlockId, BlockKind, Call, CodeFacts, LoopKind};
use crate::facts::links;
use crate::parse::code::dialect;
use crate::parse::code::outline::{RawKind, RawLoop};
use crate::parse::code::words::last_name;

/// Calls that only tell or turn something into something else, in a branch that goes on.
pub(super) static IDLE: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)log|print|write-|warn|echo|console|\.(?:debug|info|error|trace)$|^(?:printf|puts|int|str|string|len|format|repr)$|message|close$|errorf$|^(?:\[+|test|true|jq|cat|break|continue)$|\.body$|read_?all$|\.text$|\.json$|discard|drain|append$|push$",
    )
});

impl<'t> Extractor<'_, 't> {
    /// Judges loops by the ways out of them. `raws` holds the raw block of each block.
    pub(super) fn tries(&self, raws: &[Option<usize>], places: &Places, facts: &mut CodeFacts) {
        let loops: Vec<(BlockId, usize)> = facts
            .blocks
            .iter()
            .zip(raws)
            .enumerate()
            .filter(|(_, (block, _))| matches!(block.kind, BlockKind::Loop(_)))
            .filter_map(|(id, (_, raw))| Some((id as BlockId, (*raw)?)))
            .collect();
        if loops.is_empty() {
            return;
        }
        let jumps = self.all_jumps(places);
        // Of each loop its own jumps: those that leave it or start its next round.
        let mut own: HashMap<BlockId, Vec<Exit>> = HashMap::default();
        for (at, block, jump) in jumps {
            self.lay(facts, raws, at, block, jump, &mut own);
        }
        let counted = self.counters();
        for (id, raw) in loops {
            let RawKind::Loop(parts) = &self.outline.blocks[raw].kind else {
                continue;
            };
            let exits = own.get(&id).map(Vec::as_slice).unwrap_or_default();
            self.judge_tries(id, parts, exits, &counted, facts);
        }
    }

    fn judge_tries(
        &self,
        id: BlockId,
        parts: &RawLoop<'t>,
        exits: &[Exit],
        counted: &[(usize, &'t str)],
        facts: &mut CodeFacts,
    ) {
        let range = parts.whole.clone();
        let BlockKind::Loop(own) = &facts.blocks[id as usize].kind else {
            return;
        };
        if own.kind == LoopKind::Timer || own.parallel.is_some() || parts.again {
            return;
        }
        let (kind, named, endless) = (own.kind, own.retrying, own.endless);
        let counts_on = COUNTS_ON.is_match(&own.over);
        let condition = parts
            .condition
            .map_or("", |node| dialect::words(node, self.outline.text));
        let leaves = |exit: &&Exit| matches!(exit.jump, Jump::Returns | Jump::Breaks);
        let flag = self.flag(facts, id, condition);
        let on_success = flag
            || kind == LoopKind::While && DENIES.is_match(condition)
            || kind == LoopKind::While && THROTTLED.is_match(condition)
            || exits
                .iter()
                .filter(leaves)
                .any(|exit| matches!(exit.way, Way::Always | Way::Success));
        let elsewhere = exits
            .iter()
            .filter(leaves)
            .any(|exit| !matches!(exit.way, Way::Failure | Way::Throttled | Way::Progress));
        let plain = kind != LoopKind::ForEach || own.bound.is_some() || counts_on;
        let varies = self.varies(parts, counted, &range);
        let retrying = if named {
            // A name says nothing where no success ever ends the loop.
            on_success || elsewhere || parts.over.is_some() && exits.is_empty() && !plain
        } else {
            on_success && plain && !varies
        };
        let fails = self
            .rounds_after_failure(facts, id, exits)
            .or_else(|| self.rounds_without_success(facts, id, exits));
        let pages = !retrying
            && (kind != LoopKind::ForEach || plain)
            && varies
            && (elsewhere || !endless && kind == LoopKind::While && !counts_on);
        // `while left: … left -= 1` (javascript-counts-down.js).
        let first = counted.partition_point(|(at, _)| *at < range.start);
        let counts_down = (counted[first..].iter())
            .take_while(|(at, _)| range.contains(at))
            .any(|(_, name)| identifiers(condition).any(|own| own == *name));
        let bounded = exits.iter().any(|exit| {
            matches!(exit.jump, Jump::Returns | Jump::Breaks | Jump::Fails)
                && matches!(exit.way, Way::Failure | Way::Throttled | Way::Progress)
        }) || condition.contains(['<', '>'])
            || ["-lt", "-le", "-gt", "-ge"]
                .iter()
                .any(|sign| condition.contains(sign))
            || counts_down;
        let again = retrying
            && kind == LoopKind::While
            && !bounded
            && !Self::waits_in(facts, id)
            && fails.is_some();
        if let BlockKind::Loop(own) = &mut facts.blocks[id as usize].kind {
            own.retrying = retrying;
            own.paging |= pages;
            own.again = again;
            own.throttled = again && fails == Some(true);
        }
    }

    /// Whether something that the condition looks at is set on the way of success:
    /// `done = True`, `$ok = $true`.
    fn flag(&self, facts: &CodeFacts, id: BlockId, condition: &str) -> bool {
        if condition.is_empty() {
            return false;
        }
        let range = facts.blocks[id as usize].span.range();
        // PowerShell knows no case, and no program tells two flags apart by it
        // (hard-powershell-counter-in-camel-case).
        let names: HashSet<String> = identifiers(condition)
            .filter(|name| !is_word(name))
            .map(str::to_ascii_lowercase)
            .collect();
        let looked_at = |name: &str| names.contains(&name.to_ascii_lowercase());
        self.outline.bound_within(&range).any(|bound| {
            if !range.contains(&bound.at) || !looked_at(last_name(&bound.binding.target)) {
                return false;
            }
            let value = dialect::words(bound.binding.value, self.outline.text).trim();
            let fixed = matches!(
                value.trim_start_matches('$').to_ascii_lowercase().as_str(),
                "true" | "false" | "1" | "0"
            ) || value.len() < 8 && value.bytes().all(|byte| byte.is_ascii_digit())
                // `$tries = $most`.
                || looked_at(value.trim_start_matches('$'))
                    && !value
                        .trim_start_matches('$')
                        .eq_ignore_ascii_case(last_name(&bound.binding.target));
            fixed
                && facts
                    .ancestors(facts_block(facts, bound.at, id))
                    .take_while(|(block, _)| *block != id)
                    .all(|(block, around)| match &around.kind {
                        BlockKind::Arm { .. } => {
                            matches!(self.way_of(facts, block), Way::Success | Way::Always)
                        }
                        BlockKind::Handler | BlockKind::Loop(_) => false,
                        _ => true,
                    })
        })
    }

    /// Whether anything in a loop waits, as far as this file tells.
    fn waits_in(facts: &CodeFacts, id: BlockId) -> bool {
        let range = facts.blocks[id as usize].span.range();
        let patient = |call: &Call| links::is_patient(&call.callee);
        facts.sleeps_in(&range)
            || facts.timer_in(&range)
            || facts.calls_from(range).iter().any(patient)
    }

    /// The same where a loop ends in a branch of success and else goes round.
    fn rounds_without_success(
        &self,
        facts: &CodeFacts,
        id: BlockId,
        exits: &[Exit],
    ) -> Option<bool> {
        let mut throttled = true;
        let mut arms = 0;
        for exit in exits {
            match (exit.jump, exit.way) {
                (Jump::Returns | Jump::Breaks, Way::Success) => {
                    let heads = facts
                        .ancestors(exit.block)
                        .take_while(|(block, _)| *block != id)
                        .map(|(_, block)| self.words(block.head.range()));
                    throttled &= heads.into_iter().any(|head| THROTTLED.is_match(head));
                    arms += 1;
                }
                (Jump::Next, _) => {}
                _ => return None,
            }
        }
        let range = facts.blocks[id as usize].span.range();
        let busy = facts.calls_from(range).iter().any(|call| {
            !call.request
                && !IDLE.is_match(&call.callee)
                && facts
                    .ancestors(call.block)
                    .take_while(|(block, _)| *block != id)
                    .all(|(block, _)| self.way_of(facts, block) != Way::Success)
        });
        (arms > 0 && !busy).then_some(throttled)
    }

    /// Whether a loop goes round after a failure with nothing in between: `Some(true)`
    /// only after an answer of 429.
    fn rounds_after_failure(&self, facts: &CodeFacts, id: BlockId, exits: &[Exit]) -> Option<bool> {
        let range = facts.blocks[id as usize].span.range();
        let mut found = None;
        let ends = exits.iter().filter(|exit| exit.jump != Jump::Next);
        let mut ends: Vec<BlockId> = ends.map(|exit| exit.block).collect();
        ends.sort_unstable();
        for (inner, block) in facts.blocks_from(range).filter(|(inner, _)| *inner > id) {
            let throttled = match &block.kind {
                BlockKind::Handler => THROTTLED.is_match(self.words(block.head.range())),
                BlockKind::Arm { .. } => match self.way_of(facts, inner) {
                    Way::Failure => false,
                    Way::Throttled => true,
                    _ => continue,
                },
                _ => continue,
            };
            let nested = facts
                .ancestors(inner)
                .skip(1)
                .take_while(|(outer, _)| *outer != id)
                .any(|(outer, around)| match &around.kind {
                    BlockKind::Arm { .. } => self.way_of(facts, outer) != Way::Success,
                    BlockKind::Handler | BlockKind::Function(_) | BlockKind::Closure(_) => true,
                    _ => false,
                });
            let first = ends.partition_point(|&end| end < inner);
            let leaves = ends
                .get(first)
                .is_some_and(|&end| facts.encloses(inner, end));
            // Whatever else is done there may take its time.
            let busy = facts.calls_from(block.span.range()).iter().any(|call| {
                facts.encloses(inner, call.block) && !call.request && !IDLE.is_match(&call.callee)
            });
            if nested || leaves || busy {
                continue;
            }
            found = Some(found.unwrap_or(true) && throttled);
        }
        found
    }
}

/// The block of a byte below a loop.
fn facts_block(facts: &CodeFacts, at: usize, id: BlockId) -> BlockId {
    let range = facts.blocks[id as usize].span.start as usize..at + 1;
    let last = facts.blocks_from(range).last().map_or(id, |(last, _)| last);
    let around = facts
        .ancestors(last)
        .find(|(_, block)| block.span.range().contains(&at));
    around.map_or(id, |(found, _)| found)
}
