//! What every request of a client passes through: interceptors, message handlers, round
//! trippers. One that waits or looks at the answer holds calls that it never names.

use super::handling::Handling;
use super::pace::{Pace, Places};
use super::program::{FunctionRef, Program, Reach};
use crate::facts::code::{Backoff, BlockId, BlockKind, CodeFacts, Function};
use crate::facts::{Language, links};

/// Types of hooks that objects without a class of their own are of.
const NAMELESS: &[&str] = &["Interceptor", "ClientHttpRequestInterceptor"];

/// A function or closure that requests pass through.
pub(super) struct Hook {
    language: Language,
    backoffs: Vec<Backoff>,
    pace: Pace,
}

impl Program<'_> {
    /// The hooks of the program that are in use.
    pub(super) fn find_hooks(&self) -> Vec<Hook> {
        let mut hooks = Vec::new();
        for file in 0..self.files.len() {
            let code = self.code(file);
            let Some(language) = code.language else {
                continue;
            };
            for (index, function) in code.functions.iter().enumerate().skip(1) {
                if !is_hook(function) || !self.is_made(function, code, language) {
                    continue;
                }
                let own = FunctionRef {
                    file,
                    function: index as u32,
                };
                let mut pace = Pace::default();
                self.pauses(own, 0, &mut pace);
                let backoffs = code.backoffs.iter().filter(|backoff| {
                    let holder = code.function_of(backoff.block);
                    holder == own.function || self.leads_to(file, own.function, holder)
                });
                hooks.push(Hook {
                    language: links::group(language),
                    backoffs: backoffs.cloned().collect(),
                    pace,
                });
            }
            for (id, block) in code.blocks.iter().enumerate() {
                let id = id as BlockId;
                if !matches!(&block.kind, BlockKind::Closure(callee) if takes_hook(callee)) {
                    continue;
                }
                let mut pace = Pace::default();
                Places::new(self, file).within(id, &mut pace);
                let backoffs = code
                    .backoffs
                    .iter()
                    .filter(|backoff| code.encloses(id, backoff.block));
                hooks.push(Hook {
                    language: links::group(language),
                    backoffs: backoffs.cloned().collect(),
                    pace,
                });
            }
        }
        hooks.retain(|hook| !hook.backoffs.is_empty() || hook.pace.holds());
        for hook in &mut hooks {
            hook.pace.anywhere();
        }
        hooks
    }

    /// Notes what the hooks of its language do to a request.
    pub(super) fn note_hooks(&self, reach: &mut Reach, code: &CodeFacts) {
        let Some(language) = code.language.map(links::group) else {
            return;
        };
        for hook in self.hooks() {
            if hook.language != language {
                continue;
            }
            let method = reach.method.as_deref();
            if hook.backoffs.iter().any(|backoff| backoff.answers(method)) {
                reach.handled.raise(Handling::Code);
            }
            reach.pace.join(&hook.pace);
        }
    }

    /// Whether anything makes a value of the class that a hook belongs to.
    fn is_made(&self, function: &Function, code: &CodeFacts, language: Language) -> bool {
        let Some(owner) = &function.owner else {
            return false;
        };
        let group = Some(links::group(language));
        // Of an object without a class of its own.
        NAMELESS.contains(&owner.as_str())
            || code
                .calls
                .iter()
                .any(|call| NAMELESS.contains(&call.name()))
            || self.files.iter().any(|file| {
                file.code.language.map(links::group) == group
                    && (file.code.calls.iter().any(|call| call.name() == owner)
                        || file.code.made.contains(owner))
            })
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
