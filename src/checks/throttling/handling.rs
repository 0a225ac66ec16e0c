//! Whether code reacts to being told to slow down, and on whose way that stands.

use std::collections::HashSet;

use super::program::{CallId, FunctionRef, Program, Reach, folded};
use crate::facts::code::{BlockId, BlockKind, CodeFacts, FunctionId};
use crate::facts::links;

/// How code reacts to being told to slow down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Handling {
    /// Not at all.
    None,
    /// It looks at the answer and goes on at once, or hands the failure on.
    Looks,
    /// It looks as if it did, in a part that is not on the way.
    Perhaps,
    /// By the retry policy of a library, which gives up in the end.
    Policy,
    /// By its own words, or by those of something unknown.
    Code,
}

impl Handling {
    /// Whether it does.
    pub fn is_sure(self) -> bool {
        self >= Self::Policy
    }

    /// Notes another reaction; the best one counts.
    pub fn raise(&mut self, other: Self) {
        *self = (*self).max(other);
    }
}

impl Program<'_> {
    /// Notes whether the code around a call reacts to being told to slow down.
    pub fn note_handling(&self, reach: &mut Reach, id: CallId) {
        let call = self.call(id);
        let code = self.code(id.file);
        let holder = code.function_of(call.block);
        if links::is_patient(call.name()) && self.resolve(id).is_none() {
            reach.handled = Handling::Code;
        }
        for (_, block) in code.ancestors(call.block) {
            // A loop that waits and tries again.
            if let BlockKind::Loop(own) = &block.kind
                && own.patient
            {
                reach.handled.raise(Handling::Code);
            }
            if let BlockKind::Closure(callee) = &block.kind {
                let name = callee.rsplit('.').next().unwrap_or(callee);
                if links::is_patient(callee)
                    && !self.is_impatient(id.file, name)
                    && !self.only_wide(id.file, callee)
                {
                    reach.handled = Handling::Code;
                }
            }
        }
        for backoff in &code.backoffs {
            let function = code.function_of(backoff.block);
            if !backoff.answers(reach.method.as_deref()) {
                if function == holder && backoff.covers(call) {
                    reach.handled.raise(Handling::Looks);
                }
                continue;
            }
            let policy = backoff.is_policy();
            if backoff.decorates == Some(holder)
                || function == holder && backoff.covers(call)
                || backoff.hooked
                || backoff.decorates.is_none()
                    && (policy || function != 0 && Self::is_setup(code, function))
                || function != holder
                    && !self.sends(id.file, function)
                    && self.leads_to(id.file, holder, function)
            {
                reach.handled.raise(if policy {
                    Handling::Policy
                } else {
                    Handling::Code
                });
            } else if function != holder && self.is_alive(id.file, function) {
                reach.handled.raise(Handling::Perhaps);
            }
        }
    }

    /// Notes whether what calls the function that holds a loop reacts to being told to
    /// slow down: a failure may be handled there.
    pub fn note_callers(&self, reach: &mut Reach, id: CallId) {
        let code = self.code(id.file);
        let holder = code.function_of(self.call(id).block);
        let handled = code.backoffs.iter().any(|backoff| {
            let function = code.function_of(backoff.block);
            function != holder
                && backoff.answers(reach.method.as_deref())
                && self.leads_to(id.file, function, holder)
        });
        if handled && holder != 0 {
            reach.handled.raise(Handling::Code);
        }
    }

    /// What a closure is passed to limits how many run at the same time, and nothing else.
    pub fn only_wide(&self, file: usize, callee: &str) -> bool {
        let receiver = callee.rsplit_once('.').map_or(callee, |(first, _)| first);
        let mut limiters = self
            .code(file)
            .limiters
            .iter()
            .filter(|limiter| limiter.name.as_deref() == Some(receiver))
            .peekable();
        limiters.peek().is_some() && limiters.all(|limiter| limiter.width.is_some())
    }

    /// A function of this name stands here and neither waits nor looks at the answer.
    fn is_impatient(&self, file: usize, name: &str) -> bool {
        let code = self.code(file);
        let Some(found) = code.functions.iter().position(|f| f.name == name) else {
            return false;
        };
        let within = |block: BlockId| code.encloses(code.functions[found].block, block);
        !code.sleeps.iter().any(|sleep| within(sleep.block))
            && !code.backoffs.iter().any(|backoff| within(backoff.block))
    }

    /// A function that sends something itself looks after that, and after nothing else.
    fn sends(&self, file: usize, function: FunctionId) -> bool {
        self.calls_in(FunctionRef { file, function })
            .any(|id| self.call(id).request)
    }

    /// Code that runs once for the whole file, or sets up a client.
    fn is_setup(code: &CodeFacts, function: FunctionId) -> bool {
        let name = code.functions[function as usize].name.to_ascii_lowercase();
        function == 0
            || matches!(
                name.as_str(),
                "__init__" | "__construct" | "constructor" | "new" | "init" | "initialize"
            )
            || code.functions[function as usize]
                .owner
                .as_deref()
                .is_some_and(|owner| owner.eq_ignore_ascii_case(&name))
    }

    /// Whether one function of a file calls another, at a few removes.
    pub(super) fn leads_to(&self, file: usize, from: FunctionId, to: FunctionId) -> bool {
        const REMOVES: usize = 3;
        let mut reached = HashSet::from([from]);
        for _ in 0..REMOVES {
            let next: Vec<FunctionId> = reached
                .iter()
                .flat_map(|&function| self.calls_in(FunctionRef { file, function }))
                .filter_map(|id| self.resolve(id))
                .filter(|found| found.file == file)
                .map(|found| found.function)
                .collect();
            if next.contains(&to) {
                return true;
            }
            let before = reached.len();
            reached.extend(next);
            if reached.len() == before {
                break;
            }
        }
        false
    }

    /// Whether anything in the file calls a function.
    fn is_alive(&self, file: usize, function: FunctionId) -> bool {
        let code = self.code(file);
        let name = folded(code, &code.functions[function as usize].name);
        code.calls
            .iter()
            .any(|call| folded(code, call.name()) == name)
    }
}
