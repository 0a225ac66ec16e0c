//! Which governed requests functions and calls lead to. What a function leads to is what
//! the functions that it calls lead to, so that each is looked at once, after those; of
//! functions that call each other each round takes one step more.

mod given;

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::handling::Handling;
use super::naming;
use super::pace::{Pace, Places};
use super::program::{CallId, FunctionRef, Program};
use super::sorted;
use crate::facts::code::{FunctionId, Part, Text};
use given::Given;

/// Longest chain of calls that is followed to a request.
const MAX_CHAIN: usize = 6;
/// Most requests that one function is said to lead to. What has more hands over addresses;
/// each request is judged where it stands, too. docs/cost.md tells both.
const MAX_REACHES: usize = 48;
/// Most of these that it leads to by functions that call it in turn. In a circle everything
/// leads to everything, so that each function would have the ways of all.
const MAX_TURNED: usize = 12;

/// A request that a call leads to.
#[derive(Clone, Debug)]
pub struct Reach {
    /// Its address, parameters being those of the function that holds the call.
    pub url: Rc<Text>,
    /// Its HTTP method.
    pub method: Option<String>,
    /// From the call to the request, the request last.
    pub chain: Vec<CallId>,
    /// What holds its rate between the call and the request.
    pub pace: Pace,
    /// How the code reacts to being told to slow down.
    pub handled: Handling,
    /// The request is one of an HTTP client, not handed to something unknown.
    pub plain: bool,
    /// What the function that the first call means leads to there: function and place.
    on: Option<(usize, usize)>,
}

/// A way from a function to a request.
#[derive(Clone, Debug)]
struct Way {
    url: Rc<Text>,
    method: Option<String>,
    chain: Vec<CallId>,
    plain: bool,
    /// The function that the first call means, and which of its ways goes on from there.
    on: Option<(usize, usize)>,
}

/// The ways of the functions of a program.
#[derive(Default)]
pub(super) struct Ways {
    /// The number of each file's first function.
    first: Vec<usize>,
    /// By the function's number.
    of: Vec<Vec<Way>>,
    /// The order in which they were found: what a way goes on with comes before it.
    made: Vec<(usize, usize)>,
}

impl Ways {
    fn number(&self, function: FunctionRef) -> usize {
        self.first[function.file] + function.function as usize
    }
}

/// What a call leads to, before it is asked whether that is governed.
enum Lead {
    Nothing,
    /// It is a request itself, of an HTTP client or of something unknown.
    Request {
        plain: bool,
    },
    Function(FunctionRef),
}

impl Program<'_> {
    /// The governed requests that a function leads to, each with what holds it there.
    pub fn reaches(&self, function: FunctionRef) -> &[Reach] {
        &self.all_reaches()[self.ways().number(function)]
    }

    /// The governed requests that a call leads to, or is.
    pub fn reached_by(&self, id: CallId) -> Vec<Reach> {
        match self.lead(id) {
            Lead::Nothing => Vec::new(),
            Lead::Request { plain } => {
                let way = self.request(id, plain);
                way.map(|way| self.sent(&way, id)).into_iter().collect()
            }
            Lead::Function(function) => {
                let held = self.reaches(function);
                let mut given = Given::new(self, id, function);
                let number = self.ways().number(function);
                let far = |(_, reach): &(usize, &Reach)| reach.chain.len() < MAX_CHAIN;
                let held = held.iter().enumerate().filter(far);
                let lifted = held.filter_map(|(at, reach)| {
                    let url = given.put_into(&reach.url);
                    if !self.concerns(&url, reach.method.as_deref()) {
                        return None;
                    }
                    self.budget.spend(1 + reach.pace.work());
                    Some(self.lifted(reach, id, url, (number, at)))
                });
                lifted.collect()
            }
        }
    }

    /// The calls of a chain behind the first that do not know what they call, each with
    /// what it leads to by the rest of the chain, as [`Self::reached_by`] tells it.
    pub(super) fn unknowing(&self, reach: &Reach) -> Vec<(CallId, Reach)> {
        let mut found = Vec::new();
        let mut on = reach.on;
        for &id in reach.chain.iter().skip(1) {
            let Some((function, at)) = on else { break };
            let way = &self.ways().of[function][at];
            on = way.on;
            if self.limit(&way.url, way.method.as_deref()).is_some() {
                continue;
            }
            let url = Rc::clone(&way.url);
            found.push(match way.on {
                Some((next, further)) => {
                    let held = &self.all_reaches()[next][further];
                    self.budget.spend(1 + held.pace.work());
                    (id, self.lifted(held, id, url, (next, further)))
                }
                None => (id, self.sent(way, id)),
            });
        }
        found
    }

    /// Whether a function leads to any.
    pub(super) fn is_reaching(&self, function: FunctionRef) -> bool {
        let ways = self.ways();
        !ways.of[ways.number(function)].is_empty()
    }

    fn ways(&self) -> &Ways {
        self.ways.get_or_init(|| self.find_ways())
    }

    fn all_reaches(&self) -> &[Vec<Reach>] {
        self.reaches.get_or_init(|| self.hold(self.ways()))
    }

    fn lead(&self, id: CallId) -> Lead {
        let call = self.call(id);
        let retries = |name: &String| {
            name.eq_ignore_ascii_case(&call.callee) || name.eq_ignore_ascii_case(call.name())
        };
        if self.reading.self_retrying.iter().any(retries) {
            return Lead::Nothing;
        }
        if call.request {
            return Lead::Request { plain: true };
        }
        match self.resolve(id) {
            Some(function) => Lead::Function(function),
            None if call.url.is_some() && !naming::is_harmless(call.name()) => {
                Lead::Request { plain: false }
            }
            None => Lead::Nothing,
        }
    }

    fn request(&self, id: CallId, plain: bool) -> Option<Way> {
        let call = self.call(id);
        let url = self.resolved(call.url.as_ref()?);
        self.concerns(&url, call.method.as_deref()).then(|| Way {
            url: Rc::new(url),
            method: call.method.clone(),
            chain: vec![id],
            plain,
            on: None,
        })
    }

    fn concerns(&self, url: &Text, method: Option<&str>) -> bool {
        is_open(url) || self.limit(url, method).is_some()
    }

    /// The ways of all functions.
    fn find_ways(&self) -> Ways {
        let mut ways = Ways::default();
        let mut functions: Vec<FunctionRef> = Vec::new();
        for file in 0..self.files.len() {
            ways.first.push(functions.len());
            let count = self.code(file).functions.len() as FunctionId;
            functions.extend((0..count).map(|function| FunctionRef { file, function }));
        }
        ways.of = vec![Vec::new(); functions.len()];
        let edges: Vec<Vec<usize>> = functions
            .iter()
            .map(|&function| {
                let calls = self.calls_in(function).map(|id| self.lead(id));
                let called = calls.filter_map(|lead| match lead {
                    Lead::Function(function) => Some(ways.number(function)),
                    _ => None,
                });
                called.collect()
            })
            .collect();
        for circle in sorted::circles(&edges) {
            let turns = circle.len() > 1 || edges[circle[0]].contains(&circle[0]);
            let members: Vec<(usize, FunctionRef)> = circle
                .iter()
                .map(|&number| (number, functions[number]))
                .collect();
            self.find_in(&members, turns, &mut ways);
        }
        ways
    }

    /// The ways of functions that call each other, or of a single one that does not.
    fn find_in(&self, circle: &[(usize, FunctionRef)], turns: bool, ways: &mut Ways) {
        let everyone = circle.iter().map(|&(own, _)| (own, (0, 0)));
        // What the last round found of each member: a range of its ways.
        let mut fresh: HashMap<usize, (usize, usize)> = everyone.collect();
        let mut most: HashMap<usize, usize> = HashMap::new();
        for round in 0..MAX_CHAIN {
            let mut next = HashMap::new();
            for &(own, function) in circle {
                let before = ways.of[own].len();
                let first = (round == 0).then_some(turns);
                let room = most.get(&own).copied().unwrap_or(MAX_REACHES);
                self.find_of(own, function, first, &fresh, room, ways);
                let after = ways.of[own].len();
                most.entry(own)
                    .or_insert((after + MAX_TURNED).min(MAX_REACHES));
                ways.made.extend((before..after).map(|at| (own, at)));
                next.insert(own, (before, after));
            }
            if !turns || next.values().all(|(before, after)| before == after) {
                break;
            }
            fresh = next;
        }
    }

    /// The ways of one function that a round finds: in the first those that leave the
    /// circle, in others those that go on with what the last one found in it.
    fn find_of(
        &self,
        own: usize,
        function: FunctionRef,
        first: Option<bool>,
        fresh: &HashMap<usize, (usize, usize)>,
        most: usize,
        ways: &mut Ways,
    ) {
        let mut known: HashSet<(Option<CallId>, String)> = HashSet::new();
        if first.is_none() {
            let ways = ways.of[own].iter();
            known.extend(ways.map(|way| (way.chain.last().copied(), way.url.shown())));
        }
        for id in self.calls_in(function) {
            if ways.of[own].len() >= most || !self.budget.spend(1) {
                break;
            }
            let called = match self.lead(id) {
                Lead::Nothing => continue,
                Lead::Request { plain } => {
                    if first.is_some() {
                        ways.of[own].extend(self.request(id, plain));
                    }
                    continue;
                }
                Lead::Function(function) => function,
            };
            let other = ways.number(called);
            let inside = fresh.get(&other).filter(|_| first != Some(false));
            let (from, to) = match (inside, first) {
                (Some(&range), None) => range,
                (None, Some(_)) => (0, ways.of[other].len()),
                _ => continue,
            };
            let mut given = Given::new(self, id, called);
            for at in from..to {
                let way = &ways.of[other][at];
                if way.chain.len() >= MAX_CHAIN {
                    continue;
                }
                let url = given.put_into(&way.url);
                if !self.concerns(&url, way.method.as_deref()) {
                    continue;
                }
                // One way is enough for those that come back to where they were.
                if inside.is_some() && !known.insert((way.chain.last().copied(), url.shown())) {
                    continue;
                }
                let mut chain = Vec::with_capacity(way.chain.len() + 1);
                chain.push(id);
                chain.extend(&way.chain);
                let found = Way {
                    url,
                    method: way.method.clone(),
                    chain,
                    plain: way.plain,
                    on: Some((other, at)),
                };
                ways.of[own].push(found);
            }
        }
        ways.of[own].truncate(most);
    }

    /// What functions lead to, with what holds it.
    fn hold(&self, ways: &Ways) -> Vec<Vec<Reach>> {
        let mut held: Vec<Vec<Reach>> = vec![Vec::new(); ways.of.len()];
        for &(own, at) in &ways.made {
            let way = &ways.of[own][at];
            let Some(&id) = way.chain.first() else {
                continue;
            };
            let mut reach = match way.on {
                None => self.sent(way, id),
                Some((other, at)) => {
                    let url = Rc::clone(&way.url);
                    self.lifted(&held[other][at], id, url, (other, at))
                }
            };
            let holder = self.holder(id);
            let block = self.call(id).block;
            let places = Places::new(self, id.file);
            let pace = places.pace(self.body(holder), block, Some(id));
            self.budget.spend(1 + reach.pace.work() + pace.work());
            reach.pace.join(&pace);
            self.note_handling(&mut reach, id);
            held[own].push(reach);
        }
        held
    }

    /// A request as it is sent.
    fn sent(&self, way: &Way, id: CallId) -> Reach {
        let mut reach = Reach {
            url: Rc::clone(&way.url),
            method: way.method.clone(),
            chain: way.chain.clone(),
            pace: Pace::default(),
            handled: Handling::None,
            plain: way.plain,
            on: None,
        };
        self.note_hooks(&mut reach, id);
        reach
    }

    /// What a function leads to, as a call of it does; `on` says which of all that is.
    fn lifted(&self, reach: &Reach, id: CallId, url: Rc<Text>, on: (usize, usize)) -> Reach {
        let mut lifted = Reach {
            url,
            on: Some(on),
            ..reach.clone()
        };
        lifted.pace.lift(self.call(id), None);
        lifted.chain.insert(0, id);
        lifted
    }
}

/// Whether an address may turn out to be governed once its parameters are known.
fn is_open(url: &Text) -> bool {
    matches!(
        url.parts.first(),
        Some(Part::Parameter(_) | Part::Name(_) | Part::Kept(_) | Part::Hole)
    ) && url
        .parts
        .iter()
        .any(|part| matches!(part, Part::Parameter(_)))
}
