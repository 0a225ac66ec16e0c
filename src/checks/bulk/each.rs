//! Pieces that are requested one after the other, wherever their names come from: a list
//! that was computed before, a file (tiles-in-bulk/bad/computed-before.js).

use std::collections::BTreeSet;

use crate::facts::code::{BlockId, BlockKind, Call, CodeFacts, FunctionId, Loop};
use crate::pack::Pattern;
use crate::source::Span;

/// Longest way from the loop to the request, in functions.
const MAX_STEPS: usize = 3;
/// Fewest rounds that make a loop one over a region: nine tiles are a view
/// (tiles-in-bulk/good/hard-view-in-a-loop.js).
const FEW: u64 = 16;
/// Longest head of a loop that is pointed at.
const LONGEST_HEAD: u32 = 120;

/// The head of the first loop that requests pieces: addresses that `pieces` fits, with `{}`
/// for what is not known.
pub fn requested(code: &CodeFacts, pieces: &Pattern) -> Option<Span> {
    let mut calls: Vec<&Call> = code
        .calls
        .iter()
        .filter(|call| call.request)
        .filter(|call| {
            let url = call.url.as_ref();
            url.is_some_and(|url| pieces.is_match(&url.shown()))
        })
        .collect();
    let mut seen: BTreeSet<FunctionId> = BTreeSet::new();
    for _ in 0..MAX_STEPS {
        if let Some(head) = calls.iter().find_map(|call| repeated(code, call.block)) {
            return Some(head);
        }
        let holders = calls.iter().filter_map(|call| holder(code, call.block));
        let names: BTreeSet<&str> = holders
            .filter(|holder| seen.insert(*holder))
            .filter_map(|holder| code.functions.get(holder as usize))
            .map(|function| function.name.as_str())
            .filter(|name| !name.is_empty())
            .collect();
        calls = code
            .calls
            .iter()
            .filter(|call| !call.request && names.contains(call.name()))
            .collect();
    }
    None
}

/// The head of the innermost loop around a block that runs over more than a view.
fn repeated(code: &CodeFacts, block: BlockId) -> Option<Span> {
    let mut around = code.within_function(block);
    around.find_map(|(_, block)| match &block.kind {
        BlockKind::Loop(own) if is_over_many(own) => Some(Span {
            end: block.head.end.min(block.head.start + LONGEST_HEAD),
            ..block.head
        }),
        _ => None,
    })
}

/// A loop that tries again, or waits for a clock, asks for the same piece.
fn is_over_many(own: &Loop) -> bool {
    let few = own.bound.is_some_and(|bound| bound <= FEW);
    !few && !own.retrying && !own.again && !own.patient && !own.paging && own.period.is_none()
}

fn holder(code: &CodeFacts, block: BlockId) -> Option<FunctionId> {
    code.ancestors(block)
        .find_map(|(_, block)| match block.kind {
            BlockKind::Function(function) => Some(function),
            _ => None,
        })
}
