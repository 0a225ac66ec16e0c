//! What every request of a client passes through: interceptors, message handlers, round
//! trippers. One that waits or looks at the answer holds calls that it never names.

use std::collections::{HashMap, HashSet};

use super::handling::Handling;
use super::pace::{Pace, Places};
use super::program::{CallId, FunctionRef, Program};
use super::reach::Reach;
use crate::facts::code::{BlockKind, Call, Function};
use crate::facts::{Language, links};

/// Types of hooks that objects without a class of their own are of.
const NAMELESS: &[&str] = &["Interceptor", "ClientHttpRequestInterceptor"];

/// Most functions and closures of a program that requests are said to pass through. They
/// excuse a request: without those beyond more is told, not less.
const MAX_HOOKS: usize = 256;

/// What requests pass through, by language.
#[derive(Default)]
pub(super) struct Hooks(HashMap<Language, Hook>);

/// What all of one language do.
#[derive(Default)]
struct Hook {
    /// They answer the answer "too many requests", by kinds of methods.
    answers: [bool; 2],
    pace: Pace,
    /// Those that are put on one client of a file: file and looks at the answer.
    apart: Vec<(usize, usize)>,
}

impl Program<'_> {
    /// The hooks of the program that are in use.
    fn find_hooks(&self) -> Hooks {
        let mut hooks = Hooks::default();
        let mut made: HashMap<Language, HashSet<&str>> = HashMap::new();
        for record in &self.files {
            if let Some(language) = record.code.language.map(links::group) {
                let made = made.entry(language).or_default();
                made.extend(record.code.calls.iter().map(Call::name));
                made.extend(record.code.made.iter().map(String::as_str));
            }
        }
        let mut count = 0;
        for file in 0..self.files.len() {
            let code = self.code(file);
            let Some(language) = code.language.map(links::group) else {
                continue;
            };
            let nameless = NAMELESS
                .iter()
                .any(|name| self.index(file).called.contains(*name));
            let is_made = |owner: &str| {
                // Of an object without a class of its own.
                NAMELESS.contains(&owner)
                    || nameless
                    || made.get(&language).is_some_and(|made| made.contains(owner))
            };
            let functions = (0..).zip(&code.functions).skip(1);
            let own = functions.filter(|(_, function)| {
                is_hook(function) && function.owner.as_deref().is_some_and(is_made)
            });
            for (function, _) in own {
                let own = FunctionRef { file, function };
                let pace = (*self.pauses(own, 0)).clone();
                hooks.add(language, self.reacts_within(own), pace);
                count += 1;
                if count >= MAX_HOOKS {
                    return hooks;
                }
            }
            for (id, block) in (0..).zip(&code.blocks) {
                if !matches!(&block.kind, BlockKind::Closure(callee) if takes_hook(callee)) {
                    continue;
                }
                let looked_at = code.sleeps.len() + code.limiters.len() + code.backoffs.len();
                self.budget.spend(looked_at as u64);
                let mut pace = Pace::default();
                Places::new(self, file).within(id, &mut pace);
                let mut answers = [false; 2];
                for (at, backoff) in code.backoffs.iter().enumerate() {
                    if !self.index(file).encloses(id, backoff.block) {
                        continue;
                    }
                    if backoff.leaves.is_empty() {
                        answers[0] |= backoff.answers(None);
                        answers[1] |= backoff.answers(Some("POST"));
                    } else {
                        hooks.0.entry(language).or_default().apart.push((file, at));
                    }
                }
                hooks.add(language, answers, pace);
                count += 1;
                if count >= MAX_HOOKS {
                    return hooks;
                }
            }
        }
        hooks
    }

    /// Notes what the hooks of its language do to a request.
    pub(super) fn note_hooks(&self, reach: &mut Reach, id: CallId) {
        let code = self.code(id.file);
        let hooks = self.hooks.get_or_init(|| self.find_hooks());
        let language = code.language.map(links::group);
        let Some(hook) = language.and_then(|language| hooks.0.get(&language)) else {
            return;
        };
        let spared = matches!(reach.method.as_deref(), Some("POST" | "PATCH"));
        let call = self.call(id);
        let method = reach.method.as_deref();
        self.budget.spend(hook.apart.len() as u64);
        let apart = hook.apart.iter().any(|&(file, at)| {
            let hook = &self.code(file).backoffs[at];
            // A client of another file has a name; `fetch` has none.
            let put_on = if file == id.file {
                !hook.leaves(call)
            } else {
                call.callee.contains('.')
            };
            put_on && hook.answers(method)
        });
        if hook.answers[usize::from(spared)] || apart {
            reach.handled.raise(Handling::Code);
        }
        reach.pace.join(&hook.pace);
    }
}

impl Hooks {
    /// Adds one more.
    fn add(&mut self, language: Language, answers: [bool; 2], mut pace: Pace) {
        if answers == [false; 2] && !pace.holds() {
            return;
        }
        pace.anywhere();
        let own = self.0.entry(language).or_default();
        own.answers[0] |= answers[0];
        own.answers[1] |= answers[1];
        own.pace.join(&pace);
    }
}

/// Methods by which libraries let requests pass through.
fn is_hook(function: &Function) -> bool {
    function.owner.as_deref().is_some_and(|owner| {
        matches!(function.name.as_str(), "intercept" | "RoundTrip")
            || matches!(function.name.as_str(), "SendAsync" | "Send") && owner.ends_with("Handler")
    })
}

/// Callees that have a closure called for every request.
fn takes_hook(callee: &str) -> bool {
    let name = callee.rsplit('.').next().unwrap_or(callee);
    callee.contains("nterceptor") || matches!(name, "intercept" | "onRequest" | "onResponse")
}
