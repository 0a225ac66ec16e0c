//! The loop that decides how often a call is made.

mod failed;
mod told;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use crate::facts::code::{Block, BlockId, BlockKind, CodeFacts, Loop, LoopKind, Watches, Width};

use super::naming;
use super::pace::{Pace, Places};
use super::program::{CallId, FunctionRef, Program};
use super::reach::Reach;
use crate::pack::vocabulary::Limit;
pub(super) use failed::Failed;
pub use told::{at_place, endpoint, in_document, path, sentence, with_chain};

/// A governed call and the loop that repeats it.
#[derive(Clone, Debug)]
pub struct Repeated {
    /// The call in the loop.
    pub id: CallId,
    /// The loop.
    pub top: BlockId,
    /// Calls for each round, from small loops inside it.
    pub times: u64,
    /// What the call leads to, pace and handling up to the loop included.
    pub reach: Reach,
}

/// A loop with the governed calls that it repeats.
pub struct Round {
    /// The file.
    pub file: usize,
    /// The loop.
    pub top: BlockId,
    /// The calls.
    pub calls: Vec<Repeated>,
}

/// The loops of a program that repeat governed calls. Loops up to so many rounds are
/// no loops to speak of.
pub fn rounds(program: &Program<'_>, small: u64) -> Rc<Vec<Round>> {
    if let Some(known) = program.rounds.borrow().get(&small) {
        return Rc::clone(known);
    }
    let found = Rc::new(find_rounds(program, small));
    let mut known = program.rounds.borrow_mut();
    known.insert(small, Rc::clone(&found));
    found
}

fn find_rounds(program: &Program<'_>, small: u64) -> Vec<Round> {
    let mut rounds: BTreeMap<(usize, BlockId), Vec<Repeated>> = BTreeMap::new();
    // The call in the loop, the loop and the request.
    let mut known: HashSet<(CallId, BlockId, Option<CallId>)> = HashSet::new();
    let mut add = |repeated: Repeated| {
        let request = repeated.reach.chain.last().copied();
        if known.insert((repeated.id, repeated.top, request)) {
            let calls = rounds.entry((repeated.id.file, repeated.top)).or_default();
            calls.push(repeated);
        }
    };
    for file in 0..program.files.len() {
        for call in 0..program.code(file).calls.len() {
            let id = CallId { file, call };
            for reach in program.reached_by(id) {
                let Some(most) = most(program, &reach, small) else {
                    continue;
                };
                inner(program, &reach, small, &mut add);
                if let Some(repeated) = repeated(program, id, reach, most) {
                    add(repeated);
                }
            }
        }
    }
    rounds
        .into_iter()
        .map(|((file, top), calls)| Round { file, top, calls })
        .collect()
}

/// How many calls in all break no window; `None` for a call that is not governed.
fn most(program: &Program<'_>, reach: &Reach, small: u64) -> Option<u64> {
    let limit = program.limit(&reach.url, reach.method.as_deref())?;
    let calls = limit.windows.iter().map(|window| u64::from(window.calls));
    Some(small.max(calls.min().unwrap_or(0)))
}

/// Loops further down the chain, in functions that do not know what they call: a
/// helper that follows the pages of any address.
fn inner(program: &Program<'_>, reach: &Reach, small: u64, add: &mut impl FnMut(Repeated)) {
    let Some(first) = reach.chain.first() else {
        return;
    };
    for (id, mut own) in program.unknowing(reach) {
        own.url = Rc::clone(&reach.url);
        own.method.clone_from(&reach.method);
        program.note_handling(&mut own, *first);
        let Some(most) = most(program, &own, small) else {
            continue;
        };
        if let Some(repeated) = repeated(program, id, own, most) {
            add(repeated);
        }
    }
}

/// The innermost loop around a call that may run more often than `most`.
fn repeated(program: &Program<'_>, id: CallId, mut reach: Reach, most: u64) -> Option<Repeated> {
    let code = program.code(id.file);
    let call = program.call(id);
    let mut times: u64 = 1;
    for (top, block) in code.ancestors(call.block) {
        let own = match &block.kind {
            BlockKind::Loop(own) => own,
            BlockKind::Function(_) => return None,
            _ => continue,
        };
        if own.retrying || own.kind == LoopKind::ForEach && naming::is_tenants(&own.over) {
            continue;
        }
        if own.kind == LoopKind::Timer && after_failure(code, top) {
            // Tries again after a while.
            return None;
        }
        if let Some(bound) = program.bound_of(id.file, own) {
            times = times.saturating_mul(bound.max(1));
            if times <= most || own.piece && paced_around(program, id, top) {
                continue;
            }
            times = 1;
        } else if own.piece && paced_around(program, id, top) {
            // So many calls and then a pause; how many is not known.
            reach.pace.unknown = true;
            continue;
        }
        let pace = Places::new(program, id.file).pace(top, call.block, Some(id));
        // Waits in what is called, too (python-gather-over-a-wait.py).
        let wide = own.parallel == Some(Width::Unbounded);
        if wide && reach.pace.width.or(pace.width).is_none() {
            reach.pace.overlap();
        }
        reach.pace.join(&pace);
        program.note_handling(&mut reach, id);
        program.note_callers(&mut reach, id);
        return Some(Repeated {
            id,
            top,
            times,
            reach,
        });
    }
    None
}

/// Whether a block is reached only after something went wrong.
fn after_failure(code: &CodeFacts, block: BlockId) -> bool {
    code.within_function(block)
        .any(|(_, block)| is_failure(&block.kind))
}

/// Whether a block of this kind runs after something went wrong.
fn is_failure(kind: &BlockKind) -> bool {
    matches!(
        kind,
        BlockKind::Handler
            | BlockKind::Arm {
                watches: Watches::Throttling | Watches::Failure,
                ..
            }
    )
}

/// Whether the loop around a loop holds the rate of a call inside.
fn paced_around(program: &Program<'_>, id: CallId, inner: BlockId) -> bool {
    let code = program.code(id.file);
    let block = program.call(id).block;
    code.within_function(inner)
        .skip(1)
        .find(|(_, block)| matches!(&block.kind, BlockKind::Loop(own) if !own.retrying))
        .is_some_and(|(outer, _)| {
            Places::new(program, id.file)
                .pace(outer, block, Some(id))
                .holds()
        })
}

/// The facts of a loop.
pub fn loop_of<'a>(
    program: &Program<'a>,
    file: usize,
    top: BlockId,
) -> Option<(&'a Block, &'a Loop)> {
    let block = program.code(file).blocks.get(top as usize)?;
    match &block.kind {
        BlockKind::Loop(own) => Some((block, own)),
        _ => None,
    }
}

/// How many calls of `calls` one round makes: of alternatives the dearest counts.
pub fn per_round(program: &Program<'_>, file: usize, top: BlockId, calls: &[&Repeated]) -> u64 {
    let code = program.code(file);
    // From the inside out: a child block comes after its parent.
    let mut weight: std::collections::BTreeMap<BlockId, u64> = std::collections::BTreeMap::new();
    let mut arms: std::collections::BTreeMap<(BlockId, u32), u64> =
        std::collections::BTreeMap::new();
    let mut seen = std::collections::BTreeSet::new();
    for call in calls {
        // One request is one call, however many ways lead to it.
        if seen.insert(call.id) {
            *weight.entry(program.call(call.id).block).or_default() += call.times;
        }
    }
    while let Some((block, count)) = weight.pop_last() {
        let own = &code.blocks[block as usize];
        let mut count = count;
        while let Some((_, most)) = arms
            .range((block, 0)..=(block, u32::MAX))
            .next()
            .map(|(key, most)| (*key, *most))
            .and_then(|(key, _)| arms.remove_entry(&key))
        {
            count += most;
        }
        if block == top {
            return count;
        }
        let Some(parent) = own.parent else { break };
        match own.kind {
            BlockKind::Arm { group, .. } => {
                let most = arms.entry((parent, group)).or_default();
                *most = (*most).max(count);
                weight.entry(parent).or_default();
            }
            BlockKind::Handler => {
                weight.entry(parent).or_default();
            }
            _ => *weight.entry(parent).or_default() += count,
        }
    }
    0
}

/// Governed calls that are made again at once after any failure.
pub fn restarts(program: &Program<'_>, file: usize) -> Vec<Repeated> {
    let code = program.code(file);
    let mut found = Vec::new();
    for call in 0..code.calls.len() {
        let id = CallId { file, call };
        let block = program.call(id).block;
        let top = code
            .within_function(block)
            .find(|(_, block)| matches!(&block.kind, BlockKind::Loop(own) if own.again));
        let Some((top, _)) = top else { continue };
        let reach = program
            .reached_by(id)
            .into_iter()
            .find(|reach| program.limit(&reach.url, reach.method.as_deref()).is_some());
        let Some(mut reach) = reach else { continue };
        reach
            .pace
            .join(&Places::new(program, file).pace(top, block, Some(id)));
        program.note_handling(&mut reach, id);
        found.push(Repeated {
            id,
            top,
            times: 1,
            reach,
        });
    }
    found
}

/// A function that follows pages by calling itself.
pub fn recursion(program: &Program<'_>, file: usize) -> Vec<Repeated> {
    let code = program.code(file);
    let mut found = Vec::new();
    for call in 0..code.calls.len() {
        let id = CallId { file, call };
        let holder = program.holder(id);
        if program.resolve(id) != Some(holder) || holder.function == 0 {
            continue;
        }
        // `this.inner.list()` within `list` hands over to another object.
        let called = &program.call(id).callee;
        let receiver = called.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        let owner = code.functions[holder.function as usize].owner.as_deref();
        if !receiver.is_empty() && Some(receiver) != owner {
            continue;
        }
        let tries_again = code
            .ancestors(program.call(id).block)
            .any(|(_, block)| matches!(block.kind, BlockKind::Loop(_)) || is_failure(&block.kind));
        if tries_again {
            continue;
        }
        found.extend(first_request(program, holder, id));
    }
    found
}

fn first_request(program: &Program<'_>, function: FunctionRef, again: CallId) -> Option<Repeated> {
    let code = program.code(function.file);
    let body = code.functions[function.function as usize].block;
    let mut reach = program
        .reaches(function)
        .iter()
        .find(|reach| program.limit(&reach.url, reach.method.as_deref()).is_some())?
        .clone();
    let waits = Places::new(program, function.file).pace(body, program.call(again).block, None);
    reach.pace.join(&waits);
    Some(Repeated {
        id: again,
        top: body,
        times: 1,
        reach,
    })
}

/// Whether one call after the other cannot break a limit.
pub fn is_wide(limit: &Limit) -> bool {
    /// Calls in a second that one after the other don't come to.
    const WIDE: f64 = 10.0;
    limit
        .windows
        .iter()
        .all(|window| window.per_second() > WIDE)
}

/// Whether rounds of a loop overlap.
pub fn is_parallel(own: &Loop) -> bool {
    own.parallel.is_some()
}

/// Whether a loop starts its calls beside itself, with no bound on how many run.
pub fn is_spawned(program: &Program<'_>, call: &Repeated) -> bool {
    call.reach.pace.width.is_none()
        && program
            .code(call.id.file)
            .ancestors(program.call(call.id).block)
            .take_while(|(id, _)| *id != call.top)
            .any(|(_, block)| matches!(block.kind, BlockKind::Spawned))
}

/// Whether a loop goes on for as long as the program runs.
pub fn is_endless(own: &Loop) -> bool {
    own.endless && !own.paging || own.kind == LoopKind::Timer
}

/// How many of the function that a block stands in run at the same time, where a loop of
/// so many rounds starts it beside itself: eight threads of one worker.
pub fn copies(program: &Program<'_>, file: usize, block: BlockId) -> u64 {
    let function = FunctionRef {
        file,
        function: program.function_of(file, block),
    };
    let copies = program.copies.get_or_init(|| find_copies(program));
    copies.get(&function).copied().unwrap_or(1)
}

fn find_copies(program: &Program<'_>) -> HashMap<FunctionRef, u64> {
    let mut found = HashMap::new();
    for file in 0..program.files.len() {
        let code = program.code(file);
        for call in 0..code.calls.len() {
            let id = CallId { file, call };
            let Some(function) = program.resolve(id) else {
                continue;
            };
            let mut spawned = false;
            let mut times = 1u64;
            for (_, block) in code.within_function(code.calls[call].block) {
                match &block.kind {
                    BlockKind::Spawned => spawned = true,
                    BlockKind::Loop(own) if spawned && own.parallel.is_none() => {
                        times = times.saturating_mul(own.bound.unwrap_or(1).max(1));
                    }
                    _ => {}
                }
            }
            if times > 1 && !is_locked(program, function) {
                found.insert(function, times);
            }
        }
    }
    found
}

/// Whether a function takes turns with others: `with lock:`.
fn is_locked(program: &Program<'_>, function: FunctionRef) -> bool {
    program
        .calls_in(function)
        .any(|id| naming::takes_turns(&program.call(id).callee))
}

/// How many rounds overlap, for a rate.
pub fn width(own: &Loop, pace: &Pace) -> Option<u64> {
    match own.parallel {
        None if pace.beside => pace.width,
        None => Some(1),
        Some(Width::AtMost(width)) => Some(width),
        Some(Width::Unbounded) => pace.width,
    }
}
