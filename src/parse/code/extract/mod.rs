//! From an outline to facts: which call is a request, a wait, a limiter; which
//! closure is a loop; what the code does when it is told to slow down.

mod address;
mod answers;
mod arrange;
mod backoff;
mod blocks;
mod calls;
mod clients;
mod covers;
mod growth;
mod limiters;
mod load;
mod loops;
mod pages;
mod pieces;
mod repeats;
mod serves;
mod services;
mod shared;
mod shown;
mod sizes;
mod timed;
mod tries;
mod unreached;
mod waits;
mod ways;

use std::ops::Range;

use foldhash::HashSet;
use regex::Regex;

use super::dialect::{self, Invocation, Shape};
use super::idiom::{Does, From, Idiom, RateOf};
use super::outline::{CallSite, Outline};
use super::value::{Reader, Value, into_number, into_seconds, total};
use crate::facts::Language;
use crate::facts::code::{
    Amount, Backoff, BackoffKind, Block, BlockId, BlockKind, CodeFacts, LoopKind, Rate, Sleep,
};
use crate::parse::code::syntax::Node;
use crate::source::{Source, Span};
use arrange::HandedOver;

/// Most calls that are kept for one file.
const MAX_KEPT: usize = 4000;

/// Why a file with more calls is not checked, after "not checked beyond a part: ".
const MORE_CALLS: &str = "it holds more calls than are looked at in one";

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// The facts of one file.
pub fn extract<'t>(
    source: &Source,
    language: Language,
    root: Node<'t>,
    outline: &mut Outline<'t>,
) -> CodeFacts {
    if outline.more {
        source.budget.end(MORE_CALLS);
    }
    let calls = classify(source, outline);
    let synthetic = arrange::arrange(source, outline, &calls);
    let mut facts = CodeFacts {
        language: Some(language),
        imports: outline.imports.clone(),
        made: std::mem::take(&mut outline.made),
        bases: std::mem::take(&mut outline.bases),
        ..CodeFacts::default()
    };
    let outline = &*outline;
    let reader = Reader::new(outline, source);
    let extractor = Extractor {
        source,
        language,
        root,
        outline,
        reader: &reader,
    };
    let raws = extractor.blocks(&mut facts);
    if is_too_nested(&facts.blocks) {
        source
            .budget
            .end("its loops and functions are nested too deeply");
        return CodeFacts::default();
    }
    let places = Places::new(&facts);
    extractor.calls(&calls, &synthetic, &places, &mut facts);
    extractor.declared(&mut facts);
    // One of no length is none.
    facts.sleeps.retain(|sleep| !sleep.seconds.is_nothing());
    facts.sleeps.sort_by_key(|sleep| sleep.span);
    extractor.timed(&mut facts);
    extractor.tries(&raws, &places, &mut facts);
    extractor.backoffs(&places, &mut facts);
    extractor.drop_unreached(&places, &mut facts);
    extractor.answers(&raws, &mut facts);
    extractor.repeats(&raws, &mut facts);
    extractor.patient_tries(&mut facts);
    extractor.leave(&mut facts);
    extractor.limiter_uses(&calls, &places, &mut facts);
    extractor.constants(&mut facts);
    extractor.numbers(&mut facts);
    extractor.sizes(&mut facts);
    extractor.classes_made(&mut facts);
    extractor.clients(&calls, &mut facts);
    extractor.shared_clients(&mut facts);
    extractor.throttles(&mut facts);
    extractor.drivers(&mut facts);
    facts
}

/// Most loops, functions and closures within each other. What stands around a call is gone
/// through for each call. Chosen, not measured.
const MAX_NESTED: u16 = 100;

/// Whether more stands in each other than is followed. Branches do not count: a long
/// `else if` is nested, too.
fn is_too_nested(blocks: &[Block]) -> bool {
    let mut depths: Vec<u16> = Vec::with_capacity(blocks.len());
    for block in blocks {
        let around = block
            .parent
            .and_then(|parent| depths.get(parent as usize))
            .copied()
            .unwrap_or(0);
        let counts = !matches!(block.kind, BlockKind::Arm { .. });
        depths.push(around.saturating_add(u16::from(counts)));
    }
    depths.into_iter().any(|depth| depth > MAX_NESTED)
}

/// A call and what is known of it.
struct Known<'t> {
    site: usize,
    node: Node<'t>,
    call: Invocation<'t>,
    idiom: Option<&'static Idiom>,
    decorates: Option<usize>,
}

fn classify<'t>(source: &Source, outline: &Outline<'t>) -> Vec<Known<'t>> {
    let reader = Reader::new(outline, source);
    let known = |(index, site): (usize, &CallSite<'t>)| {
        let words = dialect::words(site.node, outline.text);
        let bare = outline.dialect.calls_without_marks() && site.node.child_count() == 0;
        if bare && outline.is_variable(words, site.node.start_byte()) {
            return None;
        }
        let (call, idiom) = reader.idiom(site.node);
        Some(Known {
            site: index,
            node: site.node,
            call: call?,
            idiom,
            decorates: site.decorates,
        })
    };
    let mut calls = Vec::with_capacity(outline.calls.len());
    calls.extend(outline.all(&outline.calls).enumerate().filter_map(known));
    calls
}

/// Finds the block of a byte.
struct Places {
    starts: Vec<(u32, u32, Option<BlockId>)>,
}

impl Places {
    fn new(facts: &CodeFacts) -> Self {
        Self {
            starts: facts
                .blocks
                .iter()
                .map(|block| (block.span.start, block.span.end, block.parent))
                .collect(),
        }
    }

    fn at(&self, byte: usize) -> BlockId {
        let byte = byte as u32;
        let after = self.starts.partition_point(|&(start, _, _)| start <= byte);
        let mut id = after.saturating_sub(1);
        while id > 0 {
            let (start, end, parent) = self.starts[id];
            if start <= byte && byte < end {
                break;
            }
            id = parent.unwrap_or(0) as usize;
        }
        id as BlockId
    }
}

struct Extractor<'a, 't> {
    source: &'a Source,
    language: Language,
    root: Node<'t>,
    outline: &'a Outline<'t>,
    reader: &'a Reader<'a, 't>,
}

impl<'t> Extractor<'_, 't> {
    fn words(&self, range: Range<usize>) -> &str {
        self.outline.text.get(range).unwrap_or_default()
    }

    fn calls(
        &self,
        calls: &[Known<'t>],
        handed: &[HandedOver<'t>],
        places: &Places,
        facts: &mut CodeFacts,
    ) {
        let own: HashSet<String> = self
            .outline
            .all(&self.outline.functions)
            .skip(1)
            .map(|function| function.signature.name.clone())
            .collect();
        for known in calls {
            let at = known.node.start_byte();
            let block = places.at(at);
            if let Some(idiom) = known.idiom
                && self.idiomatic(known, idiom, block, facts)
            {
                continue;
            }
            if let Some(asked) = self.asked(known) {
                let callee = known.call.callee.clone();
                asked.note(callee, self.span(known), block, facts);
                continue;
            }
            self.retry_after(known, block, facts);
            self.decorator(known, block, facts);
            if let Some(call) = self.call(known, block, &own) {
                if facts.calls.len() >= MAX_KEPT {
                    self.source.budget.end(MORE_CALLS);
                    break;
                }
                if call.request {
                    self.pacing(known, block, facts);
                }
                if call.request && self.retries_by_itself(known) {
                    facts.backoffs.push(Backoff::new(
                        BackoffKind::Policy("retry option"),
                        call.span,
                        block,
                    ));
                }
                facts.calls.push(call);
            }
        }
        for handed in handed {
            self.handed(handed, places, facts);
        }
        facts.calls.sort_by_key(|call| call.span);
    }

    /// Records what an idiom means. `false` lets the call be read as any other.
    fn idiomatic(
        &self,
        known: &Known<'t>,
        idiom: &'static Idiom,
        block: BlockId,
        facts: &mut CodeFacts,
    ) -> bool {
        let span = self.span(known);
        let given = |from: From| self.reader.given(known.node, &known.call, from);
        match idiom.does {
            Does::Sleep(..) if self.starts_again(known) => return false,
            Does::Sleep(from, unit) => {
                let looped = facts.within_function(block).any(|(_, around)| {
                    matches!(&around.kind, BlockKind::Loop(own) if own.kind != LoopKind::Timer)
                });
                let wait = self.wait(known, from, unit, span, looped, block);
                facts.sleeps.extend(wait);
            }
            // How long is not known, but it is no loop that runs by itself.
            Does::Person => {
                let words = self.short(span);
                facts
                    .sleeps
                    .push(Sleep::plain(Amount::default(), span, words, block));
            }
            Does::Sleeps(parts) => {
                let parts = parts
                    .iter()
                    .map(|&(from, unit)| into_seconds(given(from), unit));
                let words = self.short(span);
                facts
                    .sleeps
                    .push(Sleep::plain(total(parts), span, words, block));
            }
            Does::Tick(from) => {
                let seconds = match given(from) {
                    Value::Seconds(seconds) => seconds,
                    // A channel that a clock may fill.
                    _ if self.has_clock(known) => Amount::default(),
                    _ => return false,
                };
                let words = self.short(span);
                facts.sleeps.push(Sleep::plain(seconds, span, words, block));
            }
            Does::Limits(rates) => {
                let rates = self.rates(known, rates);
                facts
                    .limiters
                    .push(self.limiter(known, idiom, rates, None, block));
            }
            Does::LimitsOr(rates, width) => {
                let asked = |spec: &&str| {
                    !spec.starts_with('=')
                        && self.reader.find(known.node, &known.call, spec, 0).is_some()
                };
                let paced = rates
                    .iter()
                    .any(|rate| rate.calls.iter().chain(rate.period).any(asked));
                let rates = self.rates(known, rates);
                let width = into_number(given(width)).value.filter(|_| !paced);
                facts.limiters.push(self.limiter(
                    known,
                    idiom,
                    rates,
                    width.map(dialect::whole),
                    block,
                ));
            }
            Does::Width(from) => {
                let width = into_number(given(from)).value.map(dialect::whole);
                facts.limiters.push(self.limiter(
                    known,
                    idiom,
                    Vec::new(),
                    width.or(Some(0)),
                    block,
                ));
            }
            Does::Retry | Does::RetryOf(_) => facts.backoffs.push(Backoff {
                decorates: known.decorates.map(|index| index as u32),
                dead: !self.is_returned(known.node)
                    && self
                        .name_of(known.node)
                        .is_some_and(|name| self.uses(&name, span.start as usize).is_empty()),
                ..Backoff::new(
                    match idiom.does {
                        Does::RetryOf(of) => self.retries(known, idiom.library, &of),
                        _ => BackoffKind::Policy(idiom.library),
                    },
                    span,
                    block,
                )
            }),
            // What it tries again is its own request alone.
            Does::Sends(_, of) => {
                let kind = self.retries(known, idiom.library, &of);
                facts.backoffs.push(Backoff::new(kind, span, block));
                return false;
            }
            Does::SpawnAtMost(from) => {
                if let Some(width) = into_number(given(from)).value {
                    let width = Some(dialect::whole(width));
                    let mut limiter = self.limiter(known, idiom, Vec::new(), width, block);
                    limiter.uses.push(block);
                    facts.limiters.push(limiter);
                }
                return false;
            }
            Does::Configures(service) => {
                if let Some(kept) = service.only.as_ref().and_then(|only| only.kept)
                    && let Some(text) = self.reader.chosen_address(service, known.node, &known.call)
                {
                    facts.constants.push((kept.to_owned(), text));
                }
            }
            // One that is told no wait holds nothing back.
            Does::Limited(rates, _) => {
                let rates = self.rates(known, rates);
                if !rates.iter().any(|rate| rate.seconds.value == Some(0.0)) {
                    let mut limiter = self.limiter(known, idiom, rates, None, block);
                    // Handed over where it is made.
                    let whole = self.source.span(known.node.byte_range());
                    if facts.blocks[block as usize].span == whole {
                        limiter.uses.push(block);
                    }
                    facts.limiters.push(limiter);
                }
            }
            Does::Duration(..)
            | Does::Clock(..)
            | Does::Same(_)
            | Does::Chance(..)
            | Does::Gather(_)
            | Does::Client(_)
            | Does::Function(_) => {}
            // It may be a client of the project's own besides.
            Does::Shows(layer) => {
                facts.layers.extend(self.shown(known, layer));
                return false;
            }
            Does::Request(_)
            | Does::Calls
            | Does::Address(_)
            | Does::Asks(_)
            | Does::Join(..)
            | Does::Site(..)
            | Does::Host(_)
            | Does::JoinAll
            | Does::Concat
            | Does::Default(_)
            | Does::Forever
            | Does::Each(_)
            | Does::Drain(_)
            | Does::EachAtOnce(..)
            | Does::Spawn
            | Does::Repeat(..)
            | Does::Timer(..) => return false,
        }
        true
    }

    /// A clock, or a name that one of the file may stand behind
    /// (openstreetmap--unbounded-loop/good/hard-rest-by-a-timer.go).
    fn has_clock(&self, known: &Known<'t>) -> bool {
        let is_clock = |node| {
            let (_, idiom) = self.reader.idiom(node);
            idiom.is_some_and(|idiom| matches!(idiom.does, Does::Clock(..)))
        };
        let channel = known.call.arguments.first().and_then(|given| given.value);
        let Some(channel) = channel.map(|channel| self.reader.bare(channel)) else {
            return false;
        };
        // `case <-time.After(left):`, and `case <-timer.C:` of a timer that is made before.
        if is_clock(channel) {
            return true;
        }
        let path = self.reader.shape(channel);
        if let Shape::Path(timer) = &path
            && let Some(bound) = self.outline.latest_bound(timer, known.node.start_byte())
            && is_clock(self.reader.bare(bound.binding.value))
        {
            return true;
        }
        let named = matches!(path, Shape::Path(_));
        // What is received is of no interest.
        let alone = known
            .node
            .parent()
            .is_some_and(|parent| parent.kind() == "expression_statement");
        named
            && alone
            && self
                .outline
                .all(&self.outline.calls)
                .any(|site| is_clock(site.node))
    }

    fn starts_again(&self, known: &Known<'t>) -> bool {
        arrange::starts_again(self.outline, self.reader, known)
    }

    /// Whether an option makes a request retry by itself.
    fn retries_by_itself(&self, known: &Known<'t>) -> bool {
        let options = self.outline.dialect.retry_options();
        let named = known.call.arguments.iter().any(|given| {
            let words = given
                .value
                .map_or("", |value| self.words(value.byte_range()));
            let name = given.name.as_deref().unwrap_or(words);
            options.contains(&name)
        });
        // Among names and values that are handed over as one.
        named
            || options.iter().any(|option| {
                self.reader
                    .find(known.node, &known.call, option, 0)
                    .is_some()
            })
    }

    fn rates(&self, known: &Known<'t>, rates: &[RateOf]) -> Vec<Rate> {
        let given = |from: From| self.reader.given(known.node, &known.call, from);
        rates
            .iter()
            .map(|rate| Rate {
                calls: into_number(given(rate.calls)),
                seconds: into_seconds(given(rate.period), rate.unit),
            })
            .collect()
    }

    /// Options that pace a request by themselves: `curl --rate 90/m`.
    fn pacing(&self, known: &Known<'t>, block: BlockId, facts: &mut CodeFacts) {
        for idiom in self.outline.dialect.pacing() {
            let given = known.call.arguments.iter().any(|given| {
                let name = given.name.as_deref();
                given.value.is_some() && name.is_some_and(|name| idiom.callees.contains(&name))
            });
            if let Does::Limits(rates) = idiom.does
                && given
            {
                let rates = self.rates(known, rates);
                let mut limiter = self.limiter(known, idiom, rates, None, block);
                limiter.uses.push(block);
                facts.limiters.push(limiter);
            }
        }
    }

    fn short(&self, span: Span) -> String {
        let words = self.words(span.range());
        if words.len() <= 160 {
            words.to_owned()
        } else {
            String::new()
        }
    }

    /// The name that the value of an expression is given.
    fn name_of(&self, node: Node<'t>) -> Option<String> {
        let range = node.byte_range();
        let around = self.outline.bound_around(&range);
        around.map(|bound| bound.binding.target.clone())
    }

    /// Whether an expression is, or is part of, what a function is worth.
    fn is_returned(&self, node: Node<'t>) -> bool {
        let mut around = self.outline.returned_around(node.byte_range());
        around.next().is_some()
    }

    /// The words to point at: the call, or its callee where it is long.
    fn span(&self, known: &Known<'t>) -> Span {
        let range = known.node.byte_range();
        let plain = |range: Range<usize>| {
            let words = self.words(range.clone());
            (words.len() <= 120 && !words.contains('\n')).then_some(range)
        };
        let callee = known.call.callee_range.clone();
        // Of a chain over several lines the last call is meant.
        let last = callee.end.saturating_sub(known.call.name().len());
        let last = if self.outline.text.is_char_boundary(last) {
            last.max(callee.start)
        } else {
            callee.start
        };
        let found = plain(range.clone())
            .or_else(|| plain(callee.clone()))
            .or_else(|| plain(last..range.end))
            .or_else(|| plain(last..callee.end));
        self.source.span(found.unwrap_or(callee))
    }
}
