//! What holds the rate of a call between two blocks: sleeps, limiters, clocks.

mod holders;
mod pauses;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::facts::code::{
    Amount, BlockId, BlockKind, Call, CodeFacts, FunctionId, LoopKind, Sleep, Watches, Width,
};
use crate::source::Span;

use super::index::FileIndex;
use super::program::{CallId, FunctionRef, Program};
use holders::Holders;

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
            holders.known.contains(id) || !self.own_limiters(callee).is_empty()
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
        let (sleeps, all_sleeps) = self.index.sleeps_below(holder, top);
        let (busy, all_busy) = self.index.busy_below(holder, top);
        pace.unknown = !all_sleeps || !all_busy;
        let looked_at = sleeps.len() + busy.len();
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
        let (sleeps, all) = self.index.all_sleeps_below(closure);
        pace.unknown |= !all;
        for sleep in sleeps.iter().map(|&sleep| &self.code.sleeps[sleep]) {
            match self.lies(closure, sleep.block, closure) {
                Lies::Always => self.wait(sleep, pace),
                Lies::Elsewhere => {}
                _ => pace.unknown = true,
            }
        }
        for (index, limiter) in self.code.limiters.iter().enumerate() {
            let mut uses = limiter.uses.iter().chain(&limiter.runs);
            if limiter.width.is_none() && uses.any(|&place| self.index.encloses(closure, place)) {
                pace.limiters.push((self.file, index));
            }
        }
    }

    /// The blocks around one in its function, itself and that of the function among them.
    fn around(&self, block: BlockId) -> impl Iterator<Item = BlockId> {
        let holder = self.index.function_of(block);
        let around = self.code.ancestors(block).map(|(id, _)| id);
        around.take_while(move |id| self.index.function_of(*id) == holder)
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
