//! Which calls of a file a retry policy or a hook leaves alone: those of another client
//! than the one that it is put on. Where that is not plain, it leaves none alone.

use std::ops::Range;
use std::sync::LazyLock;

use foldhash::HashSet;
use regex::Regex;

use super::{Extractor, regex};
use crate::facts::code::{Backoff, BlockKind, Call, CodeFacts};
use crate::parse::code::dialect::{self, Invocation, Shape};
use crate::parse::code::idiom::Does;
use crate::parse::code::outline::RawKind;
use crate::parse::code::syntax::Node;
use crate::parse::code::value::Value;
use crate::parse::code::words::{is_among, last_name};
use crate::source::Span;

/// Most policies and hooks of a file that are followed. They excuse a request: without those
/// beyond more is told, not less.
pub(super) const MAX_POLICIES: usize = 32;
/// Most names that one of them is followed through.
const MAX_NAMES: usize = 8;
/// Most uses of a name that are looked at.
const MAX_USES: usize = 64;
/// Most functions of a file that are followed from what a policy runs.
const MAX_REACHED: usize = 64;

/// Methods of policies that run what they are handed.
static RUNS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)^(?:execute|call|run|invoke)(?:_?async)?$"));
/// Methods by which a function that has a name is called.
const CALLS: &[&str] = &[".call", ".apply", ".Invoke", ".invoke", ".run", ".()"];
/// Methods by which a client, or what one is made of, takes a policy.
const TAKES: &[&str] = &["push", "use", "unshift", "addinterceptor"];

/// What a policy is put on.
#[derive(Default)]
struct Served {
    /// Names of clients.
    clients: HashSet<String>,
    /// Names of what it is handed on by.
    names: HashSet<String>,
    /// Beginnings of addresses that it is for; none for all.
    prefixes: Vec<String>,
    /// What it runs itself.
    within: Vec<Range<usize>>,
}

impl<'t> Extractor<'_, 't> {
    /// Notes the calls that each policy and each hook leaves alone.
    pub(super) fn leave(&self, facts: &mut CodeFacts) {
        let mut followed = 0;
        for index in 0..facts.backoffs.len() {
            let backoff = &facts.backoffs[index];
            if backoff.dead || backoff.decorates.is_some() || followed >= MAX_POLICIES {
                continue;
            }
            let own = backoff.span;
            let of_request = facts
                .calls_from(own.range())
                .iter()
                .any(|call| call.request && call.span == own);
            let leaves: Vec<Span> = if backoff.is_policy() && of_request {
                // An option is of the request that it stands in.
                let others = self
                    .outline
                    .all(&facts.calls)
                    .filter(|call| call.span != own);
                others.map(|call| call.span).collect()
            } else {
                let served = if backoff.is_policy() {
                    self.served(facts, own.range())
                } else {
                    Self::instance(facts, backoff)
                };
                let Some(served) = served else { continue };
                // What runs a closure alone looks after no other call, request or not.
                let runs = served.clients.is_empty();
                let others = self.outline.all(&facts.calls);
                let others = others.filter(|call| call.request || runs);
                let others = others.filter(|call| self.is_another(call, &served));
                others.map(|call| call.span).collect()
            };
            followed += 1;
            facts.backoffs[index].leaves = leaves;
        }
    }

    /// `gh.interceptors.response.use(…)`.
    fn instance(facts: &CodeFacts, backoff: &Backoff) -> Option<Served> {
        let callee = facts
            .ancestors(backoff.block)
            .find_map(|(_, block)| match &block.kind {
                BlockKind::Closure(callee) if callee.contains(".interceptors.") => Some(callee),
                _ => None,
            })?;
        let (client, _) = callee.split_once(".interceptors.")?;
        let mut served = Served::default();
        served.clients.insert(last_name(client).to_owned());
        Some(served)
    }

    /// What the policy that is made here is put on, where that is plain.
    fn served(&self, facts: &CodeFacts, range: Range<usize>) -> Option<Served> {
        let mut served = Served::default();
        let (node, call) = self.calls_around(&range).next()?;
        let first = call.arguments.first().and_then(|given| given.value);
        if let Some(first) = first
            && node
                .parent()
                .is_some_and(|parent| parent.kind() == "expression_statement")
            && let Shape::Path(path) = self.reader.shape(first)
        {
            // `axiosRetry(client, …)`.
            served.clients.insert(last_name(&path).to_owned());
            return Some(served);
        }
        let mut sought = Vec::new();
        if self.runs_where_made(facts, &call, &mut served)? {
            served.within.push(node.byte_range());
        } else {
            self.flows(facts, node.byte_range(), &mut served, &mut sought)?;
        }
        while let Some((name, at)) = sought.pop() {
            if served.names.len() > MAX_NAMES {
                return None;
            }
            let uses = self.uses(&name, at);
            if uses.len() > MAX_USES {
                return None;
            }
            for at in uses {
                self.used(facts, &name, at, &mut served, &mut sought)?;
            }
        }
        self.reach(&mut served)?;
        (!served.clients.is_empty() || !served.within.is_empty()).then_some(served)
    }

    /// Adds the functions of this file that are called in what a policy runs: it looks
    /// after what these send, too.
    fn reach(&self, served: &mut Served) -> Option<()> {
        let mut seen: HashSet<usize> = HashSet::default();
        let mut next = 0;
        while let Some(range) = served.within.get(next).cloned() {
            next += 1;
            for (_, callee) in self.calls_within(&range) {
                for function in self.outline.named(last_name(&callee)) {
                    if seen.insert(function) {
                        served
                            .within
                            .push(self.outline.functions[function].range.clone());
                    }
                }
            }
            if seen.len() > MAX_REACHED {
                return None;
            }
        }
        Some(())
    }

    /// Follows a use of a name that a policy, or what holds it, has.
    fn used(
        &self,
        facts: &CodeFacts,
        name: &str,
        at: usize,
        served: &mut Served,
        sought: &mut Vec<(String, usize)>,
    ) -> Option<()> {
        let range = at..at + name.len();
        let called = self.calls_around(&range).next();
        let Some((node, call)) = called.filter(|(_, call)| call.callee_range.contains(&at)) else {
            let behind = self.outline.text[range.end..].trim_start();
            // A field of it that is set or read.
            if behind.starts_with(['.', '[', '=']) && !self.is_bound(&range) {
                return Some(());
            }
            return self.flows(facts, range, served, sought);
        };
        let decorated = self.outline.all(&self.outline.calls).find_map(|site| {
            let own = site.node.id() == node.id();
            site.decorates.filter(|_| own)
        });
        if let Some(function) = decorated {
            served
                .within
                .push(self.outline.functions[function].range.clone());
            return Some(());
        }
        // Called by its name, or told to run what it is handed.
        if last_name(&call.callee) == name || RUNS.is_match(call.name()) {
            if !self.runs(facts, &call, served)? {
                return None;
            }
            served.within.push(node.byte_range());
            return Some(());
        }
        served.clients.insert(name.to_owned());
        let sends = facts
            .calls_from(node.byte_range())
            .iter()
            .any(|call| call.request);
        if !sends && self.is_bound(&node.byte_range()) {
            return self.flows(facts, node.byte_range(), served, sought);
        }
        Some(())
    }

    /// Whether the call that makes a policy is handed what the policy runs, too: what sends
    /// something. Other closures say what to try again and how long to wait (good/kotlin-retry-if.kt).
    fn runs_where_made(
        &self,
        facts: &CodeFacts,
        call: &Invocation<'t>,
        served: &mut Served,
    ) -> Option<bool> {
        let mut runs = false;
        for value in call.arguments.iter().filter_map(|given| given.value) {
            let bare = self.reader.bare(value);
            let mut ranges: Vec<Range<usize>> = Vec::new();
            match self.reader.shape(bare) {
                Shape::Lambda => ranges.push(value.byte_range()),
                Shape::Path(path) => {
                    let own = self.outline.named(last_name(&path));
                    ranges.extend(own.map(|own| self.outline.functions[own].range.clone()));
                }
                _ => continue,
            }
            let handed = Served {
                within: ranges,
                ..Served::default()
            };
            let (sends, calls) = self.sending(facts, handed)?;
            // What functions of the file lead to elsewhere is not known.
            if calls && sends.is_empty() && matches!(self.reader.shape(bare), Shape::Lambda) {
                return None;
            }
            runs |= !sends.is_empty();
            served.within.extend(sends);
        }
        Some(runs)
    }

    /// What something runs, where a request is sent in it; and whether it calls functions
    /// of the file at all.
    fn sending(&self, facts: &CodeFacts, mut handed: Served) -> Option<(Vec<Range<usize>>, bool)> {
        let before = handed.within.len();
        self.reach(&mut handed)?;
        let calls = handed.within.len() > before;
        let mut all = handed.within.iter();
        let sends = all.any(|range| {
            let calls = facts.calls_from(range.clone());
            calls.iter().any(|call| call.request)
        });
        Some((if sends { handed.within } else { Vec::new() }, calls))
    }

    /// Whether a call is handed what it runs: a closure, or the name of a function; `None`
    /// where that is a parameter, whose value is told elsewhere.
    fn runs(&self, facts: &CodeFacts, call: &Invocation<'t>, served: &mut Served) -> Option<bool> {
        let mut runs = false;
        for value in call.arguments.iter().filter_map(|given| given.value) {
            let bare = self.reader.bare(value);
            match self.reader.shape(bare) {
                Shape::Lambda => {
                    let range = value.byte_range();
                    let function = self.outline.function_at(range.start);
                    let parameters = &self.outline.functions[function].signature.parameters;
                    let mut calls = self.calls_within(&range);
                    if calls.any(|(_, callee)| {
                        let first = callee.split('.').next().unwrap_or_default();
                        let rest = callee.get(first.len()..).unwrap_or_default();
                        let runs = rest.is_empty() || CALLS.contains(&rest);
                        runs && parameters.iter().any(|(name, _)| name == first)
                    }) {
                        return None;
                    }
                    runs |= !facts.calls_from(range).is_empty();
                }
                Shape::Path(path) => {
                    let name = last_name(&path);
                    let function = self.outline.function_at(bare.start_byte());
                    let parameters = &self.outline.functions[function].signature.parameters;
                    if parameters.iter().any(|(own, _)| *own == path) {
                        return None;
                    }
                    let mut own = self.outline.named(name).peekable();
                    // `retrying(requests.post, url)`.
                    let known = matches!(
                        self.outline.idiom(&path).map(|idiom| idiom.does),
                        Some(Does::Request(_))
                    );
                    runs |= known || own.peek().is_some();
                    for function in own {
                        let range = self.outline.functions[function].range.clone();
                        served.within.push(range);
                    }
                }
                _ => {}
            }
        }
        Some(runs)
    }

    /// Follows a value to what it is handed to, or the name that it is given.
    fn flows(
        &self,
        facts: &CodeFacts,
        range: Range<usize>,
        served: &mut Served,
        sought: &mut Vec<(String, usize)>,
    ) -> Option<()> {
        for (node, call) in self.calls_around(&range) {
            let whole = node.byte_range();
            if whole == range {
                continue;
            }
            if call.callee_range.contains(&range.start) {
                if RUNS.is_match(call.name()) {
                    if !self.runs(facts, &call, served)? {
                        return None;
                    }
                    served.within.push(whole);
                    return Some(());
                }
                continue;
            }
            let receiver = call.callee.rsplit_once('.').map(|(receiver, _)| receiver);
            if call.name() == "mount" {
                let given = self.reader.given(node, &call, &["#0"]);
                if let Value::Text(text) = given {
                    served.prefixes.push(text.shown());
                }
                served.clients.insert(last_name(receiver?).to_owned());
                return Some(());
            }
            if is_among(TAKES, call.name()) {
                let name = last_name(receiver?).to_owned();
                if !served.names.insert(name.clone()) {
                    return Some(());
                }
                sought.push((name, whole.start));
                return Some(());
            }
            let request = facts
                .calls_from(whole.clone())
                .iter()
                .any(|own| own.request && own.callee == call.callee);
            if request {
                served.within.push(whole);
                return Some(());
            }
        }
        // `for attempt in Retrying(…):` runs its body.
        let looped = self
            .outline
            .all(&self.outline.blocks)
            .find_map(|block| match &block.kind {
                RawKind::Loop(raw) => {
                    let over = raw.over?.byte_range();
                    let holds = over.start <= range.start && range.end <= over.end;
                    holds.then(|| raw.whole.clone())
                }
                _ => None,
            });
        if let Some(whole) = looped {
            served.within.push(whole);
            return Some(());
        }
        let name = self.name_around(&range)?;
        let name = last_name(&name).to_owned();
        if served.names.insert(name.clone()) {
            sought.push((name, range.start));
        }
        Some(())
    }

    /// The calls around a range, the innermost first.
    pub(super) fn calls_around<'s>(
        &'s self,
        range: &Range<usize>,
    ) -> impl Iterator<Item = (Node<'t>, Invocation<'t>)> + 's {
        const MOST: usize = 60;
        let calls = &self.outline.calls;
        let after = calls.partition_point(|site| site.node.start_byte() <= range.start);
        let end = range.end;
        let mut around: Vec<Node<'t>> = calls[..after]
            .iter()
            .rev()
            .take(MOST)
            .map(|site| site.node)
            .filter(|node| node.end_byte() >= end)
            .collect();
        around.sort_by_key(|node| node.byte_range().len());
        around.into_iter().filter_map(|node| {
            let call = self.outline.dialect.invocation(node, self.outline.text)?;
            Some((node, call))
        })
    }

    fn is_bound(&self, range: &Range<usize>) -> bool {
        self.name_around(range).is_some()
    }

    /// The name that the value around a range is given.
    fn name_around(&self, range: &Range<usize>) -> Option<String> {
        let around = self.outline.bound_around(range);
        around.map(|bound| bound.binding.target.clone())
    }

    /// Whether a request is plainly of another client.
    fn is_another(&self, call: &Call, served: &Served) -> bool {
        let at = call.span.start as usize;
        if served.within.iter().any(|range| range.contains(&at)) {
            return false;
        }
        // One that is put on no client looks after what it runs alone.
        if served.clients.is_empty() {
            return true;
        }
        let known = |name: &str| served.clients.contains(name) || served.names.contains(name);
        let Some((receiver, _)) = call.callee.rsplit_once('.') else {
            return !known(&call.callee) && self.outline.named(&call.callee).next().is_none();
        };
        let client = last_name(receiver.trim_end_matches("()"));
        if served.clients.contains(client) {
            let address = call
                .url
                .as_ref()
                .filter(|url| url.host_and_path().is_some());
            return !served.prefixes.is_empty()
                && address.is_some_and(|url| {
                    let shown = url.shown();
                    let mut prefixes = served.prefixes.iter();
                    prefixes.all(|prefix| !shown.starts_with(prefix.as_str()))
                });
        }
        if known(client) {
            return false;
        }
        // A function of a library: `requests.get`.
        if self.outline.is_imported(receiver) {
            return true;
        }
        let mut made = self.outline.bound_or_field(receiver).peekable();
        // Made by itself, of nothing that has to do with the policy.
        made.peek().is_some()
            && made.all(|bound| {
                let value = self.reader.bare(bound.binding.value);
                let words = dialect::words(value, self.outline.text);
                let call = self.outline.dialect.invocation(value, self.outline.text);
                // `new()` of C# names no type.
                (call.is_some() || words.starts_with("new"))
                    && words
                        .split(|c: char| !c.is_alphanumeric() && c != '_')
                        .all(|word| !known(word) && self.outline.named(word).next().is_none())
            })
    }
}
