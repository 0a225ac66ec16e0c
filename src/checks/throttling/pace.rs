//! What holds the rate of a call between two blocks: sleeps, limiters, clocks.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use crate::facts::code::{
    Amount, BlockId, BlockKind, Call, CodeFacts, FunctionId, LoopKind, Sleep, Watches, Width,
};
use crate::source::Span;

use super::index::{FileIndex, MAX_PLACES};
use super::naming;
use super::program::{CallId, FunctionRef, Program};

/// Deepest chain of functions that is followed to a wait.
const MAX_DEPTH: u8 = 4;
/// Most waits and limiters that are kept of one call. Nobody puts so many in front of
/// one; what has more is held by a measure that is not known.
const MAX_WAITS: usize = 64;

/// What holds the rate of a call.
#[derive(Clone, Debug, Default)]
pub struct Pace {
    /// Waits that happen each time.
    pub sleeps: Vec<Wait>,
    /// Something holds it by a measure that is not known.
    pub unknown: bool,
    /// Waits that happen only sometimes.
    pub sometimes: Vec<Span>,
    /// Limiters in front of it: file and index.
    pub limiters: Vec<(usize, usize)>,
    /// How many of them run at the same time.
    pub width: Option<u64>,
    /// Something says how many, by a measure that is not known.
    narrow: bool,
    /// The waits happen in what runs beside the loop, each for itself.
    pub beside: bool,
}

/// A wait that happens each time.
#[derive(Clone, Debug, PartialEq)]
pub struct Wait {
    /// Seconds.
    pub seconds: f64,
    /// The same with the literal that decides it, for a mending.
    pub amount: Amount,
    /// The words to point at.
    pub span: Span,
    /// These words.
    pub words: String,
    /// Where it happens: file and block. `None`: once for each call.
    pub place: Option<(usize, BlockId)>,
    /// The parameter that decides it: index, name and the worth of one unit.
    parameter: Option<(u16, String, f64)>,
}

impl Pace {
    /// Whether anything at all holds the rate.
    pub fn holds(&self) -> bool {
        !self.sleeps.is_empty() || self.unknown || !self.limiters.is_empty()
    }

    /// Units of work that handling it takes.
    pub(super) fn work(&self) -> u64 {
        (self.sleeps.len() + self.sometimes.len() + self.limiters.len()) as u64
    }

    /// Adds what holds the same call elsewhere.
    pub fn join(&mut self, other: &Pace) {
        self.sleeps.extend(other.sleeps.iter().cloned());
        self.unknown |= other.unknown;
        self.sometimes.extend(&other.sometimes);
        self.limiters.extend(&other.limiters);
        self.limiters.sort_unstable();
        self.limiters.dedup();
        self.width = self.width.or(other.width);
        self.narrow |= other.narrow;
        self.beside |= other.beside;
        self.bound();
    }

    /// Rounds that do not wait for each other all wait at the same time.
    pub fn overlap(&mut self) {
        self.unknown |= self.narrow && !self.sleeps.is_empty();
        self.sleeps.clear();
    }

    fn bound(&mut self) {
        self.unknown |= self.sleeps.len() > MAX_WAITS || self.limiters.len() > MAX_WAITS;
        self.sleeps.truncate(MAX_WAITS);
        self.sometimes.truncate(MAX_WAITS);
        self.limiters.truncate(MAX_WAITS);
    }

    /// What happens somewhere on the way of a call, once for each.
    pub fn anywhere(&mut self) {
        for wait in &mut self.sleeps {
            wait.place = None;
            wait.parameter = None;
        }
        let before = self.sleeps.len();
        self.sleeps.retain(|wait| wait.seconds > 0.0);
        self.unknown |= self.sleeps.len() < before;
    }

    /// Goes from a function to a call of it: its arguments take the place of
    /// parameters, and what happens in the function happens at `place`.
    pub fn lift(&mut self, call: &Call, place: Option<(usize, BlockId)>) {
        for wait in &mut self.sleeps {
            wait.place = place;
            let Some((index, name, worth)) = wait.parameter.take() else {
                continue;
            };
            let given = call.arguments.iter().find(|argument| {
                argument.name.as_deref() == Some(&name)
                    || argument.name.is_none() && argument.position == index
            });
            if let Some(argument) = given
                && let Some(amount) = argument.number
                && let Some(value) = amount.value
            {
                let worth = if argument.is_time { 1.0 } else { worth };
                wait.seconds = value * worth;
                wait.amount = Amount {
                    value: Some(wait.seconds),
                    literal: amount.literal.map(|(span, unit)| (span, unit * worth)),
                    parameter: None,
                    certain: amount.certain,
                };
                wait.span = call.span;
                wait.words.clone_from(&call.words);
            }
        }
        // A wait whose length nobody gave is still one.
        if self.sleeps.iter().any(|wait| wait.seconds <= 0.0) {
            self.sleeps.retain(|wait| wait.seconds > 0.0);
            self.unknown = true;
        }
    }
}

/// What is known of what holds calls.
#[derive(Default)]
pub(super) struct Paces {
    /// Of a call, or of any call, in a block below another one.
    known: RefCell<HashMap<Place, Rc<Pace>>>,
    /// The calls of a function that may hold others.
    holders: RefCell<HashMap<FunctionRef, Rc<Holders>>>,
    /// What a function that sends nothing waits for, at some depth.
    pauses: RefCell<HashMap<(FunctionRef, u8), Rc<Pace>>>,
}

/// A place whose pace is asked for: file, the block above, the block of the call, and the
/// call where it is one that matters.
type Place = (usize, BlockId, BlockId, Option<CallId>);

/// Calls of a function that may hold others.
#[derive(Default)]
struct Holders {
    /// Calls of functions that wait, with what they wait for.
    helpers: Vec<(CallId, Pace)>,
    /// Calls of limiters that stand in another file.
    limiters: Vec<(CallId, (usize, usize))>,
}

impl Holders {
    fn has(&self, id: CallId) -> bool {
        self.helpers.iter().any(|(own, _)| *own == id)
            || self.limiters.iter().any(|(own, _)| *own == id)
    }
}

/// Looks for waits in one file.
pub struct Places<'p, 'a> {
    program: &'p Program<'a>,
    file: usize,
    code: &'a CodeFacts,
    index: &'p FileIndex,
}

/// How a place lies to a call below a common block.
enum Lies {
    /// It happens each time that the call does.
    Always,
    /// At the same time as other rounds.
    Beside,
    /// Only as far as the loop has come.
    Progress,
    /// Only sometimes.
    Sometimes,
    /// Not for this call.
    Elsewhere,
}

impl<'p, 'a> Places<'p, 'a> {
    /// Looks in a file.
    pub fn new(program: &'p Program<'a>, file: usize) -> Self {
        Self {
            program,
            file,
            code: program.code(file),
            index: program.index(file),
        }
    }

    /// What holds a call in `block` below `top`.
    pub fn pace(&self, top: BlockId, block: BlockId, call: Option<CallId>) -> Rc<Pace> {
        let holder = FunctionRef {
            file: self.file,
            function: self.index.function_of(block),
        };
        let holders = self.holders(holder);
        // Calls differ only where they have to do with what holds others.
        let matters = |id: &CallId| {
            let callee = self.program.call(*id).callee.as_str();
            holders.has(*id) || !self.own_limiters(callee).is_empty()
        };
        let asked = (self.file, top, block, call.filter(matters));
        if let Some(known) = self.program.paces.known.borrow().get(&asked) {
            return Rc::clone(known);
        }
        let pace = Rc::new(self.find(top, block, call, holder.function, &holders));
        let mut known = self.program.paces.known.borrow_mut();
        known.insert(asked, Rc::clone(&pace));
        pace
    }

    fn find(
        &self,
        top: BlockId,
        block: BlockId,
        call: Option<CallId>,
        holder: FunctionId,
        holders: &Holders,
    ) -> Pace {
        let mut pace = Pace::default();
        let mut beside = Vec::new();
        let mut apart = Vec::new();
        let at_once = matches!(
            self.code.blocks.get(top as usize).map(|block| &block.kind),
            Some(BlockKind::Loop(own)) if own.parallel == Some(Width::Unbounded)
        );
        let sleeps = self.index.sleeps_in(holder);
        let busy = self.index.busy_in(holder);
        let looked_at = sleeps.len() + busy.len() + holders.helpers.len() + holders.limiters.len();
        if !self.program.budget.spend(1 + looked_at as u64) {
            pace.unknown = true;
            return pace;
        }
        for sleep in sleeps.iter().map(|&sleep| &self.code.sleeps[sleep]) {
            match self.lies(top, sleep.block, block) {
                Lies::Always if at_once && sleep.apart.is_some() => apart.push(sleep),
                Lies::Always => self.wait(sleep, &mut pace),
                Lies::Beside if sleep.seconds.value.is_none() => pace.unknown = true,
                Lies::Beside => beside.push(sleep),
                Lies::Progress => pace.unknown = true,
                Lies::Sometimes => pace.sometimes.push(sleep.span),
                Lies::Elsewhere => {}
            }
        }
        // `while clock.elapsed() < gap: pass` waits, too.
        pace.unknown |= busy.iter().any(|&id| {
            !self.index.encloses(id, block)
                && id != top
                && matches!(self.lies(top, id, block), Lies::Always | Lies::Progress)
        });
        self.helpers(top, block, call, holders, &mut pace);
        self.limiters(top, block, call, holders, &mut pace);
        // Waits of what runs beside the loop hold it only when no more than so many run.
        if !beside.is_empty() && pace.width.is_some() {
            pace.beside = pace.sleeps.is_empty();
            for sleep in beside {
                self.wait(sleep, &mut pace);
            }
        } else if !beside.is_empty() && pace.narrow {
            pace.unknown = true;
        }
        if let Some(block) = self.code.blocks.get(top as usize)
            && let BlockKind::Loop(own) = &block.kind
        {
            if let Some(Width::AtMost(width)) = own.parallel {
                pace.width = Some(width);
            }
            if let Some(period) = own.period {
                match period.value.filter(|seconds| *seconds > 0.0) {
                    Some(seconds) => {
                        let (span, words) =
                            own.clock.clone().unwrap_or((block.head, String::new()));
                        pace.sleeps.push(Wait {
                            seconds,
                            amount: period,
                            span,
                            words,
                            place: Some((self.file, top)),
                            parameter: None,
                        });
                    }
                    None => pace.unknown = true,
                }
            }
            if own.parallel == Some(Width::Unbounded) && pace.width.is_none() {
                pace.overlap();
                // Each of them starts so much later than the one before.
                for sleep in apart {
                    pace.width = Some(1);
                    let seconds = sleep.apart.unwrap_or_default();
                    let started = Sleep {
                        seconds,
                        ..sleep.clone()
                    };
                    self.wait(&started, &mut pace);
                }
            }
        }
        pace.bound();
        pace
    }

    fn wait(&self, sleep: &Sleep, pace: &mut Pace) {
        let parameter = sleep.seconds.parameter.and_then(|(index, worth)| {
            let function = self.index.function_of(sleep.block);
            let name = self.code.functions[function as usize]
                .parameters
                .get(usize::from(index))?;
            Some((index, name.clone(), worth))
        });
        let elsewhere = || {
            let (name, worth) = sleep.named.as_ref()?;
            let amount = self.program.number(name)?.times(*worth);
            Some(Amount {
                certain: false,
                ..amount
            })
        };
        let amount = match sleep.seconds.value {
            Some(_) => sleep.seconds,
            None if parameter.is_some() => sleep.seconds,
            None => elsewhere().unwrap_or(sleep.seconds),
        };
        let seconds = match amount.value {
            Some(seconds) => seconds,
            None if parameter.is_some() => 0.0,
            None => {
                pace.unknown = true;
                return;
            }
        };
        if seconds > 0.0 || parameter.is_some() {
            pace.sleeps.push(Wait {
                seconds,
                amount,
                span: sleep.span,
                words: sleep.words.clone(),
                place: Some((self.file, sleep.block)),
                parameter,
            });
        }
    }

    /// What holds up whoever comes through a closure.
    pub fn within(&self, closure: BlockId, pace: &mut Pace) {
        for sleep in &self.code.sleeps {
            if !self.index.encloses(closure, sleep.block) {
                continue;
            }
            match self.lies(closure, sleep.block, closure) {
                Lies::Always => self.wait(sleep, pace),
                Lies::Elsewhere => {}
                _ => pace.unknown = true,
            }
        }
        for (index, limiter) in self.code.limiters.iter().enumerate() {
            let mut uses = limiter.uses.iter();
            if limiter.width.is_none() && uses.any(|&place| self.index.encloses(closure, place)) {
                pace.limiters.push((self.file, index));
            }
        }
    }

    /// The calls of a function that may hold others: `self._throttle()`.
    fn holders(&self, holder: FunctionRef) -> Rc<Holders> {
        if let Some(known) = self.program.paces.holders.borrow().get(&holder) {
            return Rc::clone(known);
        }
        let mut found = Holders::default();
        for id in self.program.calls_in(holder) {
            if !self.program.budget.spend(1) {
                break;
            }
            if let Some(limiter) = self.program.limiter_elsewhere(id)
                && found.limiters.len() < MAX_PLACES
            {
                found.limiters.push((id, limiter));
            }
            if let Some(pace) = self.helper(id)
                && found.helpers.len() < MAX_PLACES
            {
                found.helpers.push((id, pace));
            }
        }
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

    fn helpers(
        &self,
        top: BlockId,
        block: BlockId,
        call: Option<CallId>,
        holders: &Holders,
        pace: &mut Pace,
    ) {
        for (id, found) in &holders.helpers {
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
    fn own_limiters(&self, callee: &str) -> &'p [usize] {
        let root = callee.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        match self.index.limiters_named(root) {
            [] => self.index.limiters_named(callee),
            found => found,
        }
    }

    /// Limiters of this file and of others that stand in front of a call.
    fn limiters(
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
        let stands = |place: BlockId| {
            let lies = matches!(
                self.lies(top, place, block),
                Lies::Always | Lies::Beside | Lies::Progress
            );
            // Made and used around the loop: `with limiter:` holds what is in it.
            lies || self.index.encloses(place, block)
        };
        let used = self.index.limiters_in(holder).iter();
        let used = used.filter(|used| used.place.is_none_or(stands));
        let named = [root, callee].into_iter().filter(|name| !name.is_empty());
        let in_front: BTreeSet<usize> = used
            .map(|used| used.limiter)
            .chain(named.flat_map(|name| self.index.limiters_named(name).iter().copied()))
            .take(MAX_PLACES)
            .collect();
        for index in in_front {
            if let Some(width) = self.code.limiters[index].width {
                pace.narrow |= width == 0;
                pace.width = pace.width.or(Some(width).filter(|width| *width > 0));
            } else {
                pace.limiters.push((self.file, index));
            }
        }
        for &(id, (file, index)) in &holders.limiters {
            let stands = self.program.call(id).block;
            let in_front = Some(id) == call
                || self.index.encloses(stands, block)
                || matches!(
                    self.lies(top, stands, block),
                    Lies::Always | Lies::Beside | Lies::Progress
                );
            if in_front {
                match self.program.code(file).limiters[index].width {
                    Some(width) => pace.width = Some(width).filter(|width| *width > 0),
                    None => pace.limiters.push((file, index)),
                }
            }
        }
    }

    /// How `place` lies to a call in `block` below `top`.
    fn lies(&self, top: BlockId, place: BlockId, block: BlockId) -> Lies {
        let mut lies = Lies::Always;
        let mut shared = false;
        let asks = matches!(
            &self.code.blocks[top as usize].kind,
            BlockKind::Loop(own) if own.kind == LoopKind::While && !own.paging
        );
        for (id, own) in self.code.ancestors(place) {
            if id == top {
                return lies;
            }
            if self.index.encloses(id, block) {
                if !shared {
                    shared = true;
                    // Inside something that runs beside the rounds of the loop.
                    let beside = self
                        .code
                        .ancestors(id)
                        .take_while(|&(id, _)| id != top)
                        .any(|(_, block)| match &block.kind {
                            BlockKind::Spawned => true,
                            BlockKind::Loop(own) => own.parallel.is_some(),
                            _ => false,
                        });
                    if beside {
                        lies = Lies::Beside;
                    }
                }
                if matches!(own.kind, BlockKind::Function(_)) {
                    return Lies::Elsewhere;
                }
                continue;
            }
            match &own.kind {
                BlockKind::File | BlockKind::Function(_) | BlockKind::Spawned => {
                    return Lies::Elsewhere;
                }
                BlockKind::Handler => return Lies::Elsewhere,
                BlockKind::Closure(_) => {}
                BlockKind::Arm { watches, .. } => match watches {
                    // A loop that asks until it is answered waits where it is not.
                    Watches::Failure | Watches::Other if asks => lies = Lies::Progress,
                    Watches::Throttling | Watches::Failure => return Lies::Elsewhere,
                    Watches::Progress => lies = Lies::Progress,
                    // In each round but the last.
                    Watches::Again => {}
                    Watches::Other => {
                        if matches!(lies, Lies::Always | Lies::Beside) {
                            lies = Lies::Sometimes;
                        }
                    }
                },
                // Another loop that waits, `while now < next: sleep(0.1)` or one that
                // works off what the call gave, holds it up for no one knows how long.
                BlockKind::Loop(own) if own.retrying && !own.again => return Lies::Elsewhere,
                BlockKind::Loop(_) => lies = Lies::Progress,
            }
        }
        Lies::Elsewhere
    }
}

impl Program<'_> {
    /// What a function that sends nothing waits for.
    pub(super) fn pauses(&self, function: FunctionRef, depth: u8) -> Rc<Pace> {
        if depth > MAX_DEPTH {
            return Rc::default();
        }
        let key = (function, depth);
        if let Some(known) = self.paces.pauses.borrow().get(&key) {
            return Rc::clone(known);
        }
        let mut pace = self.own_pauses(function);
        for id in self.calls_in(function) {
            if !self.budget.spend(1 + pace.work()) {
                break;
            }
            let elsewhere = self.limiter_elsewhere(id);
            pace.limiters.extend(
                elsewhere.filter(|&(file, index)| self.code(file).limiters[index].width.is_none()),
            );
            if let Some(next) = self.resolve(id)
                && next != function
            {
                let mut inner = (*self.pauses(next, depth + 1)).clone();
                inner.lift(self.call(id), None);
                pace.join(&inner);
            }
        }
        pace.bound();
        let pace = Rc::new(pace);
        self.paces.pauses.borrow_mut().insert(key, Rc::clone(&pace));
        pace
    }

    /// The same, without the functions that it calls.
    fn own_pauses(&self, function: FunctionRef) -> Pace {
        let mut pace = Pace::default();
        let code = self.code(function.file);
        let body = self.body(function);
        let places = Places::new(self, function.file);
        for &sleep in places.index.sleeps_in(function.function) {
            let sleep = &code.sleeps[sleep];
            match places.lies(body, sleep.block, body) {
                Lies::Always => places.wait(sleep, &mut pace),
                Lies::Elsewhere => {}
                // `if elapsed < interval: sleep(interval - elapsed)`.
                _ => pace.unknown = true,
            }
        }
        pace.unknown |= !places.index.busy_in(function.function).is_empty();
        let used = places.index.limiters_in(function.function).iter();
        let used: BTreeSet<usize> = used.map(|used| used.limiter).collect();
        for index in used {
            if code.limiters[index].width.is_none() {
                pace.limiters.push((function.file, index));
            }
        }
        pace
    }
}
