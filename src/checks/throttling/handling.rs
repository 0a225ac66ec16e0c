//! Whether code reacts to being told to slow down, and on whose way that stands.

use std::collections::HashMap;

use super::index::FileIndex;
use super::leading::{Best, leading};
use super::program::{CallId, FunctionRef, Program, folded};
use super::reach::Reach;
use crate::facts::code::{Backoff, BlockKind, CodeFacts, FunctionId};
use crate::facts::links;

/// How code reacts to being told to slow down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// How the code of a file reacts to being told to slow down, for each of its calls.
#[derive(Debug, Default)]
pub(super) struct Reactions {
    /// By call; for methods that policies leave alone, too.
    calls: Vec<[Handling; METHODS.len()]>,
    /// By function: something that calls it reacts.
    callers: HashMap<FunctionId, [bool; METHODS.len()]>,
    /// By function: it, or something that it calls, reacts.
    within: HashMap<FunctionId, [bool; METHODS.len()]>,
}

/// A method of each kind that a retry policy may treat apart.
const METHODS: [Option<&str>; 2] = [None, Some("POST")];

/// The kind of a method.
fn kind(method: Option<&str>) -> usize {
    usize::from(matches!(method, Some("POST" | "PATCH")))
}

impl Program<'_> {
    /// Notes whether the code around a call reacts to being told to slow down.
    pub fn note_handling(&self, reach: &mut Reach, id: CallId) {
        let found = self.reactions(id.file).calls[id.call];
        reach.handled.raise(found[kind(reach.method.as_deref())]);
    }

    /// Notes whether what calls the function that holds a loop reacts to being told to
    /// slow down: a failure may be handled there.
    pub fn note_callers(&self, reach: &mut Reach, id: CallId) {
        let holder = self.holder(id).function;
        let callers = &self.reactions(id.file).callers;
        let handled = callers.get(&holder).copied().unwrap_or_default();
        if handled[kind(reach.method.as_deref())] && holder != 0 {
            reach.handled.raise(Handling::Code);
        }
    }

    /// Whether a function, or what it calls in its own file, reacts to being told to slow
    /// down, by kinds of methods.
    pub(super) fn reacts_within(&self, function: FunctionRef) -> [bool; 2] {
        let within = &self.reactions(function.file).within;
        within.get(&function.function).copied().unwrap_or_default()
    }

    fn reactions(&self, file: usize) -> &Reactions {
        self.reactions[file].get_or_init(|| self.find_reactions(file))
    }

    fn find_reactions(&self, file: usize) -> Reactions {
        let code = self.code(file);
        let index = self.index(file);
        let around = self.patient_blocks(file);
        let mut calls: Vec<[Handling; METHODS.len()]> = (0..code.calls.len())
            .map(|call| {
                let own = &code.calls[call];
                let alone = self.resolve(CallId { file, call }).is_none();
                let patient = links::is_patient(own.name()) && alone
                    || around.get(own.block as usize) == Some(&true);
                [if patient {
                    Handling::Code
                } else {
                    Handling::None
                }; METHODS.len()]
            })
            .collect();
        let mut reactions = Reactions::default();
        if code.backoffs.is_empty() {
            reactions.calls = calls;
            return reactions;
        }
        self.budget
            .spend((code.backoffs.len() + code.calls.len()) as u64);
        let edges = self.edges_within(file);
        let callers = reversed(&edges);
        let sends = |function: FunctionId| {
            let sent = index.calls_in(function).iter();
            sent.copied().any(|call| code.calls[call].request)
        };
        let alive = |function: FunctionId| {
            let name = &code.functions[function as usize].name;
            index.called.contains(&folded(code, name))
        };
        for (kind, method) in METHODS.into_iter().enumerate() {
            let answering = Answering::new(code, index, method);
            let silent = answering.by_function.iter();
            let silent = silent.filter(|(function, _)| !sends(**function));
            let led = leading(&edges, silent.map(|(own, value)| (*own, *value)).collect());
            let all = answering.by_function.keys();
            let all = all.chain(answering.decorated.keys());
            let all: HashMap<FunctionId, Handling> =
                all.map(|&function| (function, Handling::Code)).collect();
            let mut living = Best::default();
            for &function in all.keys().filter(|function| alive(**function)) {
                living.add(Handling::Perhaps, function);
            }
            for (at, call) in code.calls.iter().enumerate() {
                let holder = index.function_of(call.block);
                let own = &mut calls[at][kind];
                own.raise(answering.everywhere);
                own.raise(
                    answering
                        .decorated
                        .get(&holder)
                        .copied()
                        .unwrap_or(Handling::None),
                );
                own.raise(
                    led.get(&holder)
                        .map_or(Handling::None, |best| best.but(holder)),
                );
                own.raise(living.but(holder));
            }
            for (call, found) in answering.covered(code, index) {
                calls[call][kind].raise(found);
            }
            for (call, found) in answering.put_on(code) {
                calls[call][kind] = match found {
                    Put::On => calls[call][kind].max(Handling::Code),
                    Put::OnOthers if calls[call][kind] == Handling::Policy => Handling::None,
                    Put::OnOthers => calls[call][kind],
                };
            }
            for (function, best) in &leading(&callers, all.clone()) {
                let found = best.but(*function) > Handling::None;
                reactions.callers.entry(*function).or_default()[kind] |= found;
            }
            for function in all.keys() {
                reactions.within.entry(*function).or_default()[kind] = true;
            }
            for (function, best) in &leading(&edges, all) {
                let found = best.any() > Handling::None;
                reactions.within.entry(*function).or_default()[kind] |= found;
            }
        }
        reactions.calls = calls;
        reactions
    }

    /// Which blocks stand in a loop that waits and tries again, or in what is handed to
    /// something patient.
    fn patient_blocks(&self, file: usize) -> Vec<bool> {
        let code = self.code(file);
        let mut patient: Vec<bool> = Vec::with_capacity(code.blocks.len());
        let mut known: HashMap<&str, bool> = HashMap::new();
        let still = self.still_functions(file);
        for block in &code.blocks {
            let around = block.parent.and_then(|parent| patient.get(parent as usize));
            let own = match &block.kind {
                BlockKind::Loop(own) => own.patient,
                BlockKind::Closure(callee) => *known.entry(callee).or_insert_with(|| {
                    let name = callee.rsplit('.').next().unwrap_or(callee);
                    links::is_patient(callee)
                        && still.get(name) != Some(&true)
                        && !self.only_wide(file, callee)
                }),
                _ => false,
            };
            patient.push(own || around == Some(&true));
        }
        patient
    }

    /// What a closure is passed to limits how many run at the same time, and nothing else.
    pub fn only_wide(&self, file: usize, callee: &str) -> bool {
        let receiver = callee.rsplit_once('.').map_or(callee, |(first, _)| first);
        let limiters = self.index(file).limiters_named(receiver);
        let wide = |&limiter: &usize| self.code(file).limiters[limiter].width.is_some();
        self.budget.spend(limiters.len() as u64);
        !limiters.is_empty() && limiters.iter().all(wide)
    }

    /// The first function of each name, and whether it neither waits nor looks at the
    /// answer.
    fn still_functions(&self, file: usize) -> HashMap<&str, bool> {
        let code = self.code(file);
        let index = self.index(file);
        let sleeps = code.sleeps.iter().map(|sleep| sleep.block);
        let looks = code.backoffs.iter().map(|backoff| backoff.block);
        let mut numbers: Vec<u32> = sleeps
            .chain(looks)
            .filter_map(|block| Some(index.numbers(block)?.0))
            .collect();
        numbers.sort_unstable();
        let mut still = HashMap::new();
        for function in &code.functions {
            still.entry(function.name.as_str()).or_insert_with(|| {
                let Some((first, last)) = index.numbers(function.block) else {
                    return false;
                };
                let from = numbers.partition_point(|&number| number < first);
                numbers.get(from).is_none_or(|&number| number > last)
            });
        }
        still
    }

    /// The functions of a file that each of its functions calls.
    fn edges_within(&self, file: usize) -> HashMap<FunctionId, Vec<FunctionId>> {
        let mut edges: HashMap<FunctionId, Vec<FunctionId>> = HashMap::new();
        for call in 0..self.code(file).calls.len() {
            let id = CallId { file, call };
            if let Some(found) = self.resolve(id).filter(|found| found.file == file) {
                let from = self.holder(id).function;
                edges.entry(from).or_default().push(found.function);
            }
        }
        for called in edges.values_mut() {
            called.sort_unstable();
            called.dedup();
        }
        edges
    }
}

fn reversed(edges: &HashMap<FunctionId, Vec<FunctionId>>) -> HashMap<FunctionId, Vec<FunctionId>> {
    let mut reversed: HashMap<FunctionId, Vec<FunctionId>> = HashMap::new();
    for (from, called) in edges {
        for to in called {
            reversed.entry(*to).or_default().push(*from);
        }
    }
    reversed
}

/// Which client something is put on that answers.
enum Put {
    /// That of the call.
    On,
    /// Others alone.
    OnOthers,
}

/// What answers a throttled call of one kind of method in a file.
struct Answering<'c> {
    /// Whichever call it is.
    everywhere: Handling,
    /// By the function that it decorates.
    decorated: HashMap<FunctionId, Handling>,
    /// By the function that it stands in.
    by_function: HashMap<FunctionId, Handling>,
    /// What is put on some clients of the file alone.
    partly: Vec<&'c Backoff>,
    /// Every policy.
    policies: Vec<&'c Backoff>,
    /// What looks after calls of its own function, with what they come to.
    looking: HashMap<FunctionId, Vec<(&'c Backoff, Handling)>>,
}

impl<'c> Answering<'c> {
    fn new(code: &'c CodeFacts, index: &FileIndex, method: Option<&str>) -> Self {
        let mut found = Self {
            everywhere: Handling::None,
            decorated: HashMap::new(),
            by_function: HashMap::new(),
            partly: Vec::new(),
            policies: Vec::new(),
            looking: HashMap::new(),
        };
        for backoff in &code.backoffs {
            let function = index.function_of(backoff.block);
            let looking = found.looking.entry(function).or_default();
            if !backoff.answers(method) {
                looking.push((backoff, Handling::Looks));
                continue;
            }
            let policy = backoff.is_policy();
            if !policy && !backoff.leaves.is_empty() {
                found.partly.push(backoff);
                continue;
            }
            if policy && backoff.decorates.is_none() {
                found.policies.push(backoff);
            }
            let value = if policy {
                Handling::Policy
            } else {
                Handling::Code
            };
            // What decorates a function looks after that one, and not after what stands
            // beside it (python-policy-of-another-function.py).
            if let Some(decorated) = backoff.decorates {
                let known = found.decorated.entry(decorated).or_insert(value);
                known.raise(value);
                if backoff.hooked {
                    found.everywhere.raise(value);
                }
                continue;
            }
            looking.push((backoff, value));
            let sets_up = policy || function != 0 && is_setup(code, function);
            if backoff.hooked || sets_up {
                found.everywhere.raise(value);
            }
            // What is put on one client does not look after what the function calls.
            if backoff.leaves.is_empty() {
                let known = found.by_function.entry(function).or_insert(value);
                known.raise(value);
            }
        }
        found
    }

    /// The calls that something is put on, or that every policy leaves alone.
    fn put_on(&self, code: &CodeFacts) -> Vec<(usize, Put)> {
        let apart = !self.policies.is_empty()
            && self.policies.iter().all(|policy| !policy.leaves.is_empty());
        if self.partly.is_empty() && !apart {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, call) in code.calls.iter().enumerate() {
            if apart && self.policies.iter().all(|policy| policy.leaves(call)) {
                found.push((at, Put::OnOthers));
            }
            if self.partly.iter().any(|hook| !hook.leaves(call)) {
                found.push((at, Put::On));
            }
        }
        found
    }

    /// The calls that something in their own function looks after. Both are passed once,
    /// in source order.
    fn covered(&self, code: &CodeFacts, index: &FileIndex) -> Vec<(usize, Handling)> {
        let mut found = Vec::new();
        for (&function, looking) in &self.looking {
            let mut all = Handling::None;
            let mut ends: Vec<(u32, Handling, bool)> = Vec::new();
            for (backoff, value) in looking {
                if backoff.covers.is_empty() {
                    all.raise(*value);
                }
                for span in &backoff.covers {
                    ends.push((span.start, *value, true));
                    ends.push((span.end, *value, false));
                }
            }
            ends.sort_unstable_by_key(|(at, ..)| *at);
            let mut calls = index.calls_in(function).to_vec();
            calls.sort_by_key(|&call| code.calls[call].span.start);
            let mut open = [0i64; Handling::Code as usize + 1];
            let mut ends = ends.into_iter().peekable();
            for call in calls {
                let start = code.calls[call].span.start;
                while let Some((_, value, opens)) = ends.next_if(|(at, ..)| *at <= start) {
                    open[value as usize] += if opens { 1 } else { -1 };
                }
                let mut own = all;
                for value in [Handling::Looks, Handling::Policy, Handling::Code] {
                    if open[value as usize] > 0 {
                        own.raise(value);
                    }
                }
                found.push((call, own));
            }
        }
        found
    }
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
