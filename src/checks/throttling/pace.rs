//! What holds the rate of a call between two blocks: sleeps, limiters, clocks.

use std::collections::HashSet;

use crate::facts::code::{
    Amount, BlockId, BlockKind, Call, CodeFacts, FunctionId, LoopKind, Sleep, Watches, Width,
};
use crate::source::Span;

use super::naming;
use super::program::{CallId, FunctionRef, Program};

/// Deepest chain of functions that is followed to a wait.
const MAX_DEPTH: u8 = 4;

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

/// The blocks around a call.
type Around = HashSet<BlockId>;

/// Looks for waits in one file.
pub struct Places<'p, 'a> {
    program: &'p Program<'a>,
    file: usize,
    code: &'a CodeFacts,
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
        }
    }

    /// What holds a call in `block` below `top`.
    pub fn pace(&self, top: BlockId, block: BlockId, call: Option<CallId>) -> Pace {
        let mut pace = Pace::default();
        let around: Around = self.code.ancestors(block).map(|(id, _)| id).collect();
        let holder = self.code.function_of(block);
        let mut beside = Vec::new();
        for sleep in &self.code.sleeps {
            if self.code.function_of(sleep.block) != holder {
                continue;
            }
            match self.lies(top, sleep.block, &around) {
                Lies::Always => self.wait(sleep, &mut pace),
                Lies::Beside if sleep.seconds.value.is_none() => pace.unknown = true,
                Lies::Beside => beside.push(sleep),
                Lies::Progress => pace.unknown = true,
                Lies::Sometimes => pace.sometimes.push(sleep.span),
                Lies::Elsewhere => {}
            }
        }
        // `while clock.elapsed() < gap: pass` waits, too.
        pace.unknown |= self.busy(holder).any(|id| {
            !around.contains(&id)
                && id != top
                && matches!(self.lies(top, id, &around), Lies::Always | Lies::Progress)
        });
        self.helpers(top, holder, &around, call, &mut pace);
        self.limiters(top, block, &around, call, &mut pace);
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
                    Some(seconds) => pace.sleeps.push(Wait {
                        seconds,
                        amount: period,
                        span: block.head,
                        words: String::new(),
                        place: Some((self.file, top)),
                        parameter: None,
                    }),
                    None => pace.unknown = true,
                }
            }
            // Rounds that do not wait for each other all wait at the same time.
            if own.parallel == Some(Width::Unbounded) && pace.width.is_none() {
                pace.unknown |= pace.narrow && !pace.sleeps.is_empty();
                pace.sleeps.clear();
            }
        }
        pace
    }

    /// Loops of a function that go on until a time has come.
    fn busy(&self, holder: FunctionId) -> impl Iterator<Item = BlockId> + '_ {
        let code = self.code;
        (0..code.blocks.len() as BlockId).filter(move |&id| {
            matches!(
                &code.blocks[id as usize].kind,
                BlockKind::Loop(own) if own.kind == LoopKind::While && naming::awaits_time(&own.over)
            ) && code.function_of(id) == holder
        })
    }

    fn wait(&self, sleep: &Sleep, pace: &mut Pace) {
        let parameter = sleep.seconds.parameter.and_then(|(index, worth)| {
            let function = self.code.function_of(sleep.block);
            let name = self.code.functions[function as usize]
                .parameters
                .get(usize::from(index))?;
            Some((index, name.clone(), worth))
        });
        let seconds = match sleep.seconds.value {
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
                amount: sleep.seconds,
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
            if !self.code.encloses(closure, sleep.block) {
                continue;
            }
            match self.lies(closure, sleep.block, &[closure].into()) {
                Lies::Always => self.wait(sleep, pace),
                Lies::Elsewhere => {}
                _ => pace.unknown = true,
            }
        }
        for (index, limiter) in self.code.limiters.iter().enumerate() {
            let mut uses = limiter.uses.iter();
            if limiter.width.is_none() && uses.any(|&place| self.code.encloses(closure, place)) {
                pace.limiters.push((self.file, index));
            }
        }
    }

    /// Calls of functions that wait: `self._throttle()`.
    fn helpers(
        &self,
        top: BlockId,
        holder: FunctionId,
        around: &Around,
        call: Option<CallId>,
        pace: &mut Pace,
    ) {
        let holder = FunctionRef {
            file: self.file,
            function: holder,
        };
        for id in self.program.calls_in(holder) {
            let other = self.program.call(id);
            if Some(id) == call || other.request {
                continue;
            }
            let lies = self.lies(top, other.block, around);
            if matches!(lies, Lies::Elsewhere | Lies::Beside) {
                continue;
            }
            let mut found = Pace::default();
            if let Some(function) = self.program.resolve(id) {
                if !self.program.reaches(function).is_empty() {
                    continue;
                }
                self.program.pauses(function, 0, &mut found);
                // A limiter of what sends something else is that one's.
                let sends = |id: CallId| self.program.call(id).request;
                if self.program.calls_in(function).any(sends) && !found.limiters.is_empty() {
                    found.limiters.clear();
                    found.unknown = true;
                }
                found.lift(other, Some((self.file, other.block)));
            } else if naming::waits(&other.callee)
                && !self.program.only_wide(self.file, &other.callee)
            {
                found.unknown = true;
            }
            if !found.holds() {
                continue;
            }
            match lies {
                Lies::Always => pace.join(&found),
                Lies::Progress => pace.unknown = true,
                _ => pace.sometimes.push(other.span),
            }
        }
    }

    /// Limiters of this file and of others that stand in front of a call.
    fn limiters(
        &self,
        top: BlockId,
        block: BlockId,
        around: &Around,
        call: Option<CallId>,
        pace: &mut Pace,
    ) {
        let holder = self.code.function_of(block);
        let callee = call.map_or("", |id| self.program.call(id).callee.as_str());
        let root = callee.rsplit_once('.').map_or("", |(receiver, _)| receiver);
        for (index, limiter) in self.code.limiters.iter().enumerate() {
            let named = limiter
                .name
                .as_deref()
                .is_some_and(|name| !name.is_empty() && (root == name || callee == name));
            let in_front = limiter.decorates.contains(&holder)
                || named
                || limiter.uses.iter().any(|&place| {
                    let lies = matches!(
                        self.lies(top, place, around),
                        Lies::Always | Lies::Beside | Lies::Progress
                    );
                    // Made and used around the loop: `with limiter:` holds what is in it.
                    lies || self.code.function_of(place) == holder
                        && self.code.encloses(place, block)
                });
            if !in_front {
                continue;
            }
            if let Some(width) = limiter.width {
                pace.narrow |= width == 0;
                pace.width = pace.width.or(Some(width).filter(|width| *width > 0));
            } else {
                pace.limiters.push((self.file, index));
            }
        }
        let holder = FunctionRef {
            file: self.file,
            function: holder,
        };
        for id in self.program.calls_in(holder) {
            let Some((file, index)) = self.program.limiter_elsewhere(id) else {
                continue;
            };
            let stands = self.program.call(id).block;
            let in_front = Some(id) == call
                || self.code.encloses(stands, block)
                || matches!(
                    self.lies(top, stands, around),
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

    /// How `place` lies to `block` below `top`.
    fn lies(&self, top: BlockId, place: BlockId, around: &Around) -> Lies {
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
            if around.contains(&id) {
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
    pub fn pauses(&self, function: FunctionRef, depth: u8, pace: &mut Pace) {
        if depth > MAX_DEPTH {
            return;
        }
        let code = self.code(function.file);
        let body = code.functions[function.function as usize].block;
        let places = Places::new(self, function.file);
        for sleep in &code.sleeps {
            if code.function_of(sleep.block) != function.function {
                continue;
            }
            match places.lies(body, sleep.block, &[body].into()) {
                Lies::Always => places.wait(sleep, pace),
                Lies::Elsewhere => {}
                // `if elapsed < interval: sleep(interval - elapsed)`.
                _ => pace.unknown = true,
            }
        }
        pace.unknown |= places.busy(function.function).next().is_some();
        for (index, limiter) in code.limiters.iter().enumerate() {
            let used = limiter
                .uses
                .iter()
                .any(|&place| code.function_of(place) == function.function);
            if used
                || limiter
                    .decorates
                    .contains(&(function.function as FunctionId))
            {
                if limiter.width.is_some() {
                    continue;
                }
                pace.limiters.push((function.file, index));
            }
        }
        for id in self.calls_in(function) {
            let elsewhere = self.limiter_elsewhere(id);
            pace.limiters.extend(
                elsewhere.filter(|&(file, index)| self.code(file).limiters[index].width.is_none()),
            );
            if let Some(next) = self.resolve(id)
                && next != function
            {
                let mut inner = Pace::default();
                self.pauses(next, depth + 1, &mut inner);
                inner.lift(self.call(id), None);
                pace.join(&inner);
            }
        }
    }
}
