//! Closures that a library runs: which of them are loops, which run beside the rest.

use std::collections::VecDeque;
use std::ops::Range;

use foldhash::{HashMap, HashSet};

use super::Known;
use crate::facts::links;
use crate::parse::code::dialect::{self, Given, Shape};
use crate::parse::code::idiom::{Does, Over};
use crate::parse::code::outline::{Outline, RawBlock, RawKind, RawLoop};
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Reader, positional};
use crate::parse::code::words::last_name;
use crate::source::Source;

/// A function that is handed over by name instead of being called.
pub struct HandedOver<'t> {
    /// Its name.
    pub name: String,
    /// Where it is handed over.
    pub range: Range<usize>,
    /// The words that stand for it.
    pub node: Node<'t>,
    /// What it will be called with.
    pub given: Arguments<'t>,
}

/// What a function that is handed over will be called with.
#[derive(Clone)]
pub enum Arguments<'t> {
    /// Each item of this.
    Items(Node<'t>),
    /// These values.
    Values(Vec<Node<'t>>),
    /// Nobody knows.
    Unknown,
}

/// Bytes from a call that waits for many to the loop that makes them.
const NEAR: usize = 120;

/// Makes loops and spawned blocks of the closures that idioms run, and blocks for
/// functions that are handed over by name.
pub fn arrange<'t>(
    source: &Source,
    outline: &mut Outline<'t>,
    calls: &[Known<'t>],
) -> Vec<HandedOver<'t>> {
    let mut handed = Vec::new();
    let mut changes: Vec<(usize, RawKind<'t>)> = Vec::new();
    let mut added: Vec<RawBlock<'t>> = Vec::new();
    let mut at_once: Vec<(Range<usize>, usize)> = Vec::new();
    {
        let reader = Reader::new(outline, source);
        for known in calls {
            let index = known.site;
            let Some(idiom) = known.idiom else { continue };
            let over = |over: Over| match over {
                Over::Receiver => known.call.receiver,
                Over::Argument(at) => positional(&known.call.arguments, at),
                Over::Pipeline => pipeline_source(known.node),
                Over::Itself => Some(known.node),
            };
            let new_loop = |over_node: Option<Node<'t>>| RawLoop {
                over: over_node,
                whole: known.node.byte_range(),
                ..RawLoop::default()
            };
            let kind: Box<dyn Fn() -> RawKind<'t>> = match idiom.does {
                // `p.map(f, xs)` of a pool.
                Does::Each(Over::Argument(_)) if is_pool(&reader, known) => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        at_once: Some(index),
                        ..new_loop(positional(&known.call.arguments, 1))
                    })
                }),
                // `xs.forEach(async x => …)` waits for none of them
                // (javascript-for-each-async.js).
                Does::Each(from) => {
                    let text = outline.text;
                    let mut given = known.call.arguments.iter().filter_map(|given| given.value);
                    let parallel = known.call.name() == "forEach"
                        && given.any(|value| is_async(dialect::words(value, text)));
                    Box::new(move || {
                        RawKind::Loop(RawLoop {
                            at_once: parallel.then_some(index),
                            ..new_loop(over(from))
                        })
                    })
                }
                Does::Forever => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        endless: true,
                        ..new_loop(None)
                    })
                }),
                Does::EachAtOnce(from, _) => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        at_once: Some(index),
                        ..new_loop(over(from))
                    })
                }),
                Does::Repeat(from, _) => {
                    added.push(RawBlock {
                        range: known.node.byte_range(),
                        head: known.node.byte_range(),
                        kind: RawKind::Loop(RawLoop {
                            at_once: Some(index),
                            ..new_loop(over(from))
                        }),
                    });
                    continue;
                }
                Does::Drain(from) => {
                    let callee = &known.call.callee_range;
                    added.push(RawBlock {
                        range: known.node.byte_range(),
                        head: callee.end.saturating_sub(known.call.name().len())..callee.end,
                        kind: RawKind::Loop(new_loop(over(from))),
                    });
                    continue;
                }
                Does::Spawn | Does::SpawnAtMost(_) => Box::new(|| RawKind::Spawn),
                Does::Calls => {
                    handed.extend(called(outline, &reader, known));
                    continue;
                }
                Does::Sleep(..) if !starts_again(outline, &reader, known) => {
                    handed.extend(put_off(outline, &reader, known));
                    continue;
                }
                Does::Timer(..) | Does::Sleep(..) => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        timer: Some(index),
                        ..new_loop(None)
                    })
                }),
                Does::Gather(_) => {
                    at_once.push((known.node.byte_range(), index));
                    let given = known.call.arguments.iter().map(|given| given.value);
                    for value in given.chain([known.call.receiver]).flatten() {
                        let value = reader.bare(value);
                        let path = match reader.shape(value) {
                            Shape::Path(path) => path,
                            // `$requests($ids)`: a generator of this file.
                            Shape::Call => match outline.dialect.invocation(value, outline.text) {
                                Some(call) => call.callee,
                                None => continue,
                            },
                            _ => continue,
                        };
                        let bound = outline.last_bound(&path, value.start_byte());
                        if let Some(bound) = bound {
                            at_once.push((bound.binding.value.byte_range(), index));
                            at_once.extend(
                                fillers(outline, &reader, &path, value.start_byte())
                                    .into_iter()
                                    .map(|range| (range, index)),
                            );
                        } else if let Some(name) = path.strip_prefix('.') {
                            let own = outline.named(name).map(|own| &outline.functions[own].range);
                            at_once.extend(own.map(|range| (range.clone(), index)));
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            for (at, given) in known.call.arguments.iter().enumerate() {
                let Some(value) = given.value.map(|value| reader.bare(value)) else {
                    continue;
                };
                if matches!(reader.shape(value), Shape::Lambda) {
                    changes.push((value.start_byte(), kind()));
                    continue;
                }
                let Some(name) = function_name(outline, &reader, value) else {
                    continue;
                };
                added.push(RawBlock {
                    range: value.byte_range(),
                    head: known.node.byte_range(),
                    kind: kind(),
                });
                handed.push(HandedOver {
                    name,
                    range: value.byte_range(),
                    node: value,
                    given: match idiom.does {
                        Does::Each(from) | Does::EachAtOnce(from, _) => {
                            over(from).map_or(Arguments::Unknown, Arguments::Items)
                        }
                        Does::Spawn | Does::SpawnAtMost(_) => {
                            Arguments::Values(behind(&reader, &known.call.arguments[at + 1..]))
                        }
                        _ => Arguments::Unknown,
                    },
                });
            }
        }
    }
    change(outline, changes);
    overlap(outline, at_once);
    outline.blocks.extend(added);
    handed
}

/// Gives closures that begin at these bytes another kind.
fn change<'t>(outline: &mut Outline<'t>, changes: Vec<(usize, RawKind<'t>)>) {
    let mut closures: HashMap<usize, VecDeque<usize>> = HashMap::default();
    for (index, block) in outline.blocks.iter().enumerate() {
        if matches!(block.kind, RawKind::Lambda(_)) {
            let same = closures.entry(block.range.start).or_default();
            same.push_back(index);
        }
    }
    for (start, kind) in changes {
        let index = closures.get_mut(&start).and_then(VecDeque::pop_front);
        if let Some(block) = index.map(|index| &mut outline.blocks[index]) {
            let parameters = match &block.kind {
                RawKind::Lambda(parameters) => parameters.clone(),
                _ => Vec::new(),
            };
            block.kind = match kind {
                RawKind::Loop(raw) => {
                    block.head = raw.whole.start..start;
                    RawKind::Loop(RawLoop {
                        variables: parameters,
                        ..raw
                    })
                }
                other => other,
            };
        }
    }
}

/// Notes that the rounds of the loops in these ranges do not wait for each other, with the
/// calls that say so.
fn overlap(outline: &mut Outline<'_>, at_once: Vec<(Range<usize>, usize)>) {
    let loops = outline.blocks.iter().enumerate();
    let loops = loops.filter(|(_, block)| matches!(block.kind, RawKind::Loop(_)));
    let mut loops: Vec<(usize, usize)> = loops
        .map(|(number, block)| (block.range.start, number))
        .collect();
    loops.sort_unstable();
    let mut seen: HashSet<Range<usize>> = HashSet::default();
    for (range, index) in at_once {
        // The first call counts.
        if !seen.insert(range.clone()) {
            continue;
        }
        let first = loops.partition_point(|&(start, _)| start < range.start);
        let within = loops[first..].iter();
        for &(_, number) in within.take_while(|&&(start, _)| start < range.end) {
            let block = &mut outline.blocks[number];
            if let RawKind::Loop(raw) = &mut block.kind
                && block.range.end <= range.end
                && raw.at_once.is_none()
            {
                raw.at_once = Some(index);
                // What makes the rounds overlap belongs to the loop's head.
                if block.head.start.saturating_sub(range.start) <= NEAR {
                    block.head.start = block.head.start.min(range.start);
                }
            }
        }
    }
}

/// A function that is handed to what calls it at once: `limiter.schedule(send, x)`.
fn called<'t>(
    outline: &Outline<'t>,
    reader: &Reader<'_, 't>,
    known: &Known<'t>,
) -> Option<HandedOver<'t>> {
    let (first, rest) = known.call.arguments.split_first()?;
    let value = reader.bare(first.value?);
    Some(HandedOver {
        name: function_name(outline, reader, value)?,
        range: value.byte_range(),
        node: value,
        given: Arguments::Values(behind(reader, rest)),
    })
}

/// A function that is put off by its name: `setTimeout(send, 200, x)`.
fn put_off<'t>(
    outline: &Outline<'t>,
    reader: &Reader<'_, 't>,
    known: &Known<'t>,
) -> Option<HandedOver<'t>> {
    let (first, rest) = known.call.arguments.split_first()?;
    let value = reader.bare(first.value?);
    let Shape::Path(path) = reader.shape(value) else {
        return None;
    };
    let own = !rest.is_empty() && outline.named(last_name(&path)).next().is_some();
    own.then(|| HandedOver {
        name: path,
        range: value.byte_range(),
        node: value,
        given: Arguments::Values(behind(reader, &rest[1..])),
    })
}

/// The loops that put tasks into a list, one by one, for someone to wait for all of them.
/// One that waits in each round starts them one after the other.
fn fillers<'t>(
    outline: &Outline<'t>,
    reader: &Reader<'_, 't>,
    path: &str,
    before: usize,
) -> Vec<Range<usize>> {
    let function = outline.function_at(before);
    let waits = |range: &Range<usize>, put: &Range<usize>| {
        outline.calls_within(range).any(|site| {
            !put.contains(&site.node.start_byte())
                && matches!(
                    reader.idiom(site.node).1.map(|idiom| idiom.does),
                    Some(Does::Sleep(..) | Does::Sleeps(_))
                )
        })
    };
    let mut found = Vec::new();
    for (node, value) in reader.put(path) {
        let at = node.start_byte();
        // What is waited for at once is done when it is put there.
        if at > before
            || outline.function_at(at) != function
            || dialect::words(*value, outline.text).starts_with("await")
        {
            continue;
        }
        let around = reader
            .blocks_around(at)
            .filter(|block| matches!(block.kind, RawKind::Loop(_)))
            .map(|block| block.range.clone())
            .min_by_key(Range::len);
        found.extend(around.filter(|range| !waits(range, &node.byte_range())));
    }
    found
}

/// Whether a method is called on what limits how many run at the same time.
fn is_pool<'t>(reader: &Reader<'_, 't>, known: &Known<'t>) -> bool {
    known.call.receiver.is_some_and(|receiver| {
        let (_, idiom) = reader.idiom(reader.behind(receiver));
        idiom.is_some_and(|idiom| matches!(idiom.does, Does::Width(_)))
    })
}

/// The name of the function that a value is: one of this file, one that is taken from
/// elsewhere, one that is made of another.
fn function_name<'t>(
    outline: &Outline<'t>,
    reader: &Reader<'_, 't>,
    value: Node<'t>,
) -> Option<String> {
    match reader.shape(value) {
        Shape::Path(path) => {
            let name = last_name(&path);
            let own = outline.named(name).next().is_some();
            // What is only a value is no function, but is not called either.
            let elsewhere = || {
                outline.is_imported(path.split('.').next().unwrap_or_default())
                    || path.contains('.') && !links::is_everyday(name)
                    || outline.has_services() && outline.bound(&path).next().is_some()
                    || outline.dialect.shares_functions()
                        && outline.bound(&path).next().is_none()
                        && !outline.is_closure_name(&path)
            };
            (own || elsewhere()).then_some(path)
        }
        Shape::Call => {
            let (call, idiom) = reader.idiom(value);
            let (Does::Function(from) | Does::Limited(_, from)) = idiom?.does else {
                return None;
            };
            let call = call?;
            let inner = from
                .iter()
                .find_map(|spec| reader.find(value, &call, spec, 0))?;
            match reader.shape(inner) {
                Shape::Path(path) => Some(path),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Whether a closure may be left before its end: `async x => …`, `(x) async {`.
fn is_async(words: &str) -> bool {
    let (head, _) = words.split_once(['{', '=']).unwrap_or((words, ""));
    head.trim_start().starts_with("async") || head.trim_end().ends_with(") async")
}

/// What stands behind a function that runs beside the rest: `submit(f, x)`,
/// `Thread(target=f, args=(x,))`.
fn behind<'t>(reader: &Reader<'_, 't>, rest: &[Given<'t>]) -> Vec<Node<'t>> {
    let listed = rest
        .iter()
        .find(|given| given.name.as_deref() == Some("args"))
        .and_then(|given| given.value);
    if let Some(Shape::List(items)) = listed.map(|list| reader.shape(list)) {
        return items;
    }
    rest.iter()
        .filter(|given| given.name.is_none())
        .filter_map(|given| given.value)
        .collect()
}

/// Whether a wait starts the function again that it stands in:
/// `setTimeout(() => poll(), 500)` in `poll`.
pub fn starts_again<'t>(outline: &Outline<'t>, reader: &Reader<'_, 't>, known: &Known<'t>) -> bool {
    let function = outline.function_at(known.node.start_byte());
    let name = outline.functions[function].signature.name.as_str();
    if function == 0 || name.is_empty() {
        return false;
    }
    known.call.arguments.iter().any(|given| {
        let Some(value) = given.value.map(|value| reader.bare(value)) else {
            return false;
        };
        match reader.shape(value) {
            Shape::Path(path) => last_name(&path) == name,
            Shape::Lambda => outline.calls_within(&value.byte_range()).any(|site| {
                let call = outline.dialect.invocation(site.node, outline.text);
                call.is_some_and(|call| call.name() == name)
            }),
            _ => false,
        }
    })
}

/// What stands before a command in its pipeline.
fn pipeline_source(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    for _ in 0..4 {
        if let Some(before) = node.prev_named_sibling() {
            return Some(before);
        }
        node = node.parent()?;
    }
    None
}
