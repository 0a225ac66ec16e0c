//! What functions that send nothing wait for.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Lies, MAX_DEPTH, Pace, Places};
use crate::checks::throttling::program::{FunctionRef, Program};

impl Program<'_> {
    /// What a function that sends nothing waits for.
    pub(in crate::checks::throttling) fn pauses(
        &self,
        function: FunctionRef,
        depth: u8,
    ) -> Rc<Pace> {
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
        let (sleeps, all) = places.index.sleeps_below(function.function, body);
        pace.unknown |= !all;
        for sleep in sleeps {
            let sleep = &code.sleeps[sleep];
            match places.lies(body, sleep.block, body) {
                Lies::Always => places.wait(sleep, &mut pace),
                Lies::Elsewhere => {}
                // `if elapsed < interval: sleep(interval - elapsed)`.
                _ => pace.unknown = true,
            }
        }
        pace.unknown |= places.index.is_busy(function.function);
        let (used, all) = places.index.limiters_below(function.function, body);
        pace.unknown |= !all;
        let decorators = places.index.decorators(function.function).iter().copied();
        let used = used.into_iter().map(|(limiter, ..)| limiter);
        let used: BTreeSet<usize> = used.chain(decorators).collect();
        for index in used {
            if code.limiters[index].width.is_none() {
                pace.limiters.push((function.file, index));
            }
        }
        pace
    }
}
