//! Calls and limiters that hold a call: helpers that wait, limiters of this file and of
//! others.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use super::{Lies, MAX_WAITS, Pace, Places};
use crate::checks::throttling::index::{MAX_PLACES, Numbered};
use crate::checks::throttling::naming;
use crate::checks::throttling::program::{CallId, FunctionRef};
use crate::facts::code::{BlockId, BlockKind, Call};

/// Most calls of one function that may hold others. What has more is held by a measure
/// that is not known.
const MAX_HOLDERS: usize = 16 * MAX_PLACES;

/// Calls of a function that may hold others.
#[derive(Default)]
pub(super) struct Holders {
    /// Calls of functions that wait, with what they wait for.
    helpers: Vec<(CallId, Pace)>,
    /// The same by the blocks of the calls.
    helpers_below: Numbered<usize>,
    /// Calls of limiters that stand in another file.
    limiters: Vec<(CallId, (usize, usize))>,
    /// The same by the blocks of the calls, and by each block.
    limiters_below: Numbered<usize>,
    limiters_at: HashMap<BlockId, Vec<usize>>,
    /// There are more than are kept.
    more: bool,
    /// All of these calls.
    pub(super) known: HashSet<CallId>,
}

impl Holders {
    /// The limiters of other files below a block, around another one, or called by a call.
    fn near(
        &self,
        places: &Places<'_, '_>,
        top: BlockId,
        block: BlockId,
        call: Option<CallId>,
        pace: &mut Pace,
    ) -> BTreeSet<usize> {
        if self.limiters.is_empty() {
            return BTreeSet::new();
        }
        let (below, all) = places.index.below(Some(&self.limiters_below), top);
        pace.unknown |= !all;
        let mut near: BTreeSet<usize> = below.into_iter().collect();
        for id in places.around(block) {
            let used = self.limiters_at.get(&id).into_iter().flatten();
            near.extend(used.take(MAX_WAITS + 1));
        }
        let own = call.filter(|id| self.known.contains(id));
        near.extend(own.and_then(|id| self.limiters.iter().position(|(own, _)| *own == id)));
        near
    }
}

impl<'p> Places<'p, '_> {
    /// The calls of a function that may hold others: `self._throttle()`.
    pub(super) fn holders(&self, holder: FunctionRef) -> Rc<Holders> {
        if let Some(known) = self.program.paces.holders.borrow().get(&holder) {
            return Rc::clone(known);
        }
        let mut found = Holders::default();
        for id in self.program.calls_in(holder) {
            if !self.program.budget.spend(1) {
                break;
            }
            if found.helpers.len() + found.limiters.len() >= MAX_HOLDERS {
                found.more = true;
                break;
            }
            if let Some(limiter) = self.program.limiter_elsewhere(id) {
                let block = self.program.call(id).block;
                let number = self.index.numbers(block).map_or(0, |(first, _)| first);
                let at = found.limiters.len();
                found.limiters_below.push(number, at);
                found.limiters_at.entry(block).or_default().push(at);
                found.limiters.push((id, limiter));
                found.known.insert(id);
            }
            if let Some(pace) = self.helper(id) {
                let block = self.program.call(id).block;
                let number = self.index.numbers(block).map_or(0, |(first, _)| first);
                found.helpers_below.push(number, found.helpers.len());
                found.helpers.push((id, pace));
                found.known.insert(id);
            }
        }
        found.helpers_below.sort();
        found.limiters_below.sort();
        let found = Rc::new(found);
        let mut known = self.program.paces.holders.borrow_mut();
        known.insert(holder, Rc::clone(&found));
        found
    }

    /// What a call of a function that waits waits for.
    fn helper(&self, id: CallId) -> Option<Pace> {
        let call = self.program.call(id);
        if call.request {
            return None;
        }
        let mut found = Pace::default();
        if let Some(function) = self.program.resolve(id) {
            if self.program.is_reaching(function) {
                return None;
            }
            found = (*self.program.pauses(function, 0)).clone();
            // A limiter of what sends something else is that one's.
            let sends = |id: CallId| self.program.call(id).request;
            if !found.limiters.is_empty() && self.program.calls_in(function).any(sends) {
                found.limiters.clear();
                found.unknown = true;
            }
            found.lift(call, Some((self.file, call.block)));
        } else if naming::waits(&call.callee) && !self.program.only_wide(self.file, &call.callee) {
            found.unknown = true;
        }
        found.holds().then_some(found)
    }

    pub(super) fn helpers(
        &self,
        top: BlockId,
        block: BlockId,
        call: Option<CallId>,
        holders: &Holders,
        pace: &mut Pace,
    ) {
        let (below, all) = self.index.below(Some(&holders.helpers_below), top);
        pace.unknown |= !all || holders.more;
        self.program.budget.spend(below.len() as u64);
        for (id, found) in below.into_iter().map(|at| &holders.helpers[at]) {
            if Some(*id) == call {
                continue;
            }
            let other = self.program.call(*id);
            match self.lies(top, other.block, block) {
                Lies::Elsewhere | Lies::Beside => {}
                Lies::Always => pace.join(found),
                Lies::Progress => pace.unknown = true,
                Lies::Sometimes => pace.sometimes.push(other.span),
            }
        }
    }

    /// Limiters of this file that a callee is made of, by name.
    pub(super) fn own_limiters(&self, callee: &str) -> &'p [usize] {
        let root = callee.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        match self.index.limiters_named(root) {
            [] => self.index.limiters_named(callee),
            found => found,
        }
    }

    /// Limiters of this file and of others that stand in front of a call.
    pub(super) fn limiters(
        &self,
        top: BlockId,
        block: BlockId,
        call: Option<CallId>,
        holders: &Holders,
        pace: &mut Pace,
    ) {
        let holder = self.index.function_of(block);
        let callee = call.map_or("", |id| self.program.call(id).callee.as_str());
        let root = callee.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        let lies = |place: BlockId| {
            matches!(
                self.lies(top, place, block),
                Lies::Always | Lies::Beside | Lies::Progress
            )
        };
        let (used, all) = self.index.limiters_below(holder, top);
        pace.unknown |= !all;
        // What holds a closure alone is met around the call.
        let used = used.into_iter();
        let used = used.filter(|(_, place, alone)| !alone && lies(*place));
        let used = used.map(|(limiter, ..)| limiter);
        // Made and used around the loop: `with limiter:` holds what is in it.
        // Whoever uses none need not go through what stands around, however deep that is.
        let around = self.index.has_limiters().then(|| self.around(block));
        let around = around.into_iter().flatten();
        let around = around.flat_map(|id| self.index.limiters_at(id).iter().copied());
        let named = [root, callee].into_iter().filter(|name| !name.is_empty());
        let named = named.flat_map(|name| self.index.limiters_named(name).iter().copied());
        let decorators = self.index.decorators(holder).iter().copied();
        // More than are kept are none that somebody wrote, and `bound` says that.
        let in_front: BTreeSet<usize> = used
            .chain(around.take(MAX_WAITS + 1))
            .chain(named.take(MAX_WAITS + 1))
            .chain(decorators.take(MAX_WAITS + 1))
            .collect();
        for index in in_front {
            if let Some(width) = self.code.limiters[index].width {
                pace.narrow |= width == 0;
                pace.width = pace.width.or(Some(width).filter(|width| *width > 0));
            } else {
                pace.limiters.push((self.file, index));
            }
        }
        for at in holders.near(self, top, block, call, pace) {
            let (id, (file, index)) = holders.limiters[at];
            let stands = self.program.call(id).block;
            let in_front = Some(id) == call
                || match self.closure_of(self.program.call(id)) {
                    Some(closure) => self.index.encloses(closure, block),
                    None => self.index.encloses(stands, block) || lies(stands),
                };
            if in_front {
                match self.program.code(file).limiters[index].width {
                    Some(width) => pace.width = Some(width).filter(|width| *width > 0),
                    None => pace.limiters.push((file, index)),
                }
            }
        }
    }

    /// The closure that a call is handed, which alone runs behind it.
    fn closure_of(&self, call: &Call) -> Option<BlockId> {
        /// Bytes from a call to the closure that it is handed.
        const NEAR: usize = 400;
        let start = call.span.start as usize;
        let mut blocks = self.code.blocks_from(start..start + NEAR);
        let found = blocks.find(|(_, block)| {
            let own = matches!(&block.kind, BlockKind::Closure(callee)
                if callee.rsplit('.').next() == Some(call.name()));
            own && block.parent == Some(call.block)
        });
        found.map(|(id, _)| id)
    }
}
