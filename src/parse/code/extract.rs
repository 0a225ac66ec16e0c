//! From an outline to facts: which call is a request, a wait, a limiter; which
//! closure is a loop; what the code does when it is told to slow down.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use tree_sitter::Node;

use super::dialect::{self, Invocation, Shape};
use super::grammar;
use super::idiom::{self, Does, From, Idiom, Over};
use super::outline::{Outline, RawBlock, RawKind, RawLoop};
use super::value::{Reader, Value, into_number, into_seconds, join, positional};
use crate::facts::Language;
use crate::facts::code::{
    Amount, Argument, Backoff, BackoffKind, Block, BlockId, BlockKind, Call, CodeFacts, Function,
    Limiter, Loop, LoopKind, Part, Rate, Sleep, Text, Watches, Width,
};
use crate::source::Source;

/// Most calls that are kept for one file.
const MAX_KEPT: usize = 4000;
/// Longest text of a loop's head that is kept.
const MAX_OVER: usize = 60;

static THROTTLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)(?:\b|_)429\b|too_?-?many_?-?requests|rate_?limit_?(?:exceeded|error|reached)|AF429")
});
static FAILED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)err|fail|exception|!\s*[\w.]*\bok\b|not\s+[\w.]*\bok\b|status|invalid|null|none\b|nil\b")
});
static PAGING: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)next_?-?link|next_?page|skip_?token|has_?more|more_?pages|page_?token|continuation")
});
static RETRYING: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)retr(?:y|ies)|attempt|\btr(?:y|ies)\b"));
static RETRY_AFTER: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)^\W*retry-?_?after(?:-?_?ms)?\W*$"));
static SPEAKS: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)log|print|write-|warn|echo|console|\.(?:debug|info|error|trace)$|^(?:printf|puts)$|message")
});

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
    let calls = classify(source, outline);
    let synthetic = arrange(source, outline, &calls);
    let mut facts = CodeFacts {
        language: Some(language),
        imports: std::mem::take(&mut outline.imports),
        ..CodeFacts::default()
    };
    // Names are spelt out by imports while values are read.
    outline.imports.clone_from(&facts.imports);
    let outline = &*outline;
    let reader = Reader::new(outline, source);
    let extractor = Extractor {
        source,
        root,
        outline,
        reader: &reader,
    };
    extractor.blocks(&mut facts);
    let places = Places::new(&facts);
    extractor.calls(&calls, &synthetic, &places, &mut facts);
    extractor.backoffs(&places, &mut facts);
    extractor.limiter_uses(&calls, &places, &mut facts);
    extractor.constants(&mut facts);
    facts
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
    outline
        .calls
        .iter()
        .enumerate()
        .filter_map(|(index, site)| {
            let (call, idiom) = reader.idiom(site.node);
            Some(Known {
                site: index,
                node: site.node,
                call: call?,
                idiom,
                decorates: site.decorates,
            })
        })
        .collect()
}

/// A function that is handed over by name instead of being called.
struct HandedOver {
    name: String,
    range: Range<usize>,
}

/// Makes loops and spawned blocks of the closures that idioms run, and blocks for
/// functions that are handed over by name.
fn arrange<'t>(
    source: &Source,
    outline: &mut Outline<'t>,
    calls: &[Known<'t>],
) -> Vec<HandedOver> {
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
            };
            let new_loop = |over_node: Option<Node<'t>>| RawLoop {
                over: over_node,
                whole: known.node.byte_range(),
                ..RawLoop::default()
            };
            let kind: Box<dyn Fn() -> RawKind<'t>> = match idiom.does {
                Does::Each(from) => Box::new(move || RawKind::Loop(new_loop(over(from)))),
                Does::EachAtOnce(from, _) => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        at_once: Some(index),
                        ..new_loop(over(from))
                    })
                }),
                Does::Spawn => Box::new(|| RawKind::Spawn),
                Does::Timer(..) => Box::new(move || {
                    RawKind::Loop(RawLoop {
                        timer: Some(index),
                        ..new_loop(None)
                    })
                }),
                Does::Gather => {
                    at_once.push((known.node.byte_range(), index));
                    for given in &known.call.arguments {
                        let Some(value) = given.value else { continue };
                        if let Shape::Path(path) = reader.shape(reader.bare(value)) {
                            let bound = outline
                                .bound(&path)
                                .filter(|bound| bound.at < value.start_byte())
                                .next_back();
                            if let Some(bound) = bound {
                                at_once.push((bound.binding.value.byte_range(), index));
                            }
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            for given in &known.call.arguments {
                let Some(value) = given.value.map(|value| reader.bare(value)) else {
                    continue;
                };
                match reader.shape(value) {
                    Shape::Lambda => changes.push((value.start_byte(), kind())),
                    Shape::Path(path) => {
                        let name = path.rsplit('.').next().unwrap_or_default();
                        if outline.named(name).next().is_some() {
                            added.push(RawBlock {
                                range: value.byte_range(),
                                head: known.node.byte_range(),
                                kind: kind(),
                            });
                            handed.push(HandedOver {
                                name: path,
                                range: value.byte_range(),
                            });
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    for (start, kind) in changes {
        let block = outline
            .blocks
            .iter_mut()
            .find(|block| block.range.start == start && matches!(block.kind, RawKind::Lambda(_)));
        if let Some(block) = block {
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
    for (range, index) in at_once {
        for block in &mut outline.blocks {
            if let RawKind::Loop(raw) = &mut block.kind
                && range.contains(&block.range.start)
                && block.range.end <= range.end
                && raw.at_once.is_none()
            {
                raw.at_once = Some(index);
            }
        }
    }
    outline.blocks.extend(added);
    handed
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
    root: Node<'t>,
    outline: &'a Outline<'t>,
    reader: &'a Reader<'a, 't>,
}

impl<'t> Extractor<'_, 't> {
    fn words(&self, range: Range<usize>) -> &str {
        self.outline.text.get(range).unwrap_or_default()
    }

    /// Puts blocks in order, each under the one around it, and judges them.
    fn blocks(&self, facts: &mut CodeFacts) {
        let mut order: Vec<usize> = (0..self.outline.blocks.len()).collect();
        order.sort_by_key(|&index| {
            let range = &self.outline.blocks[index].range;
            (range.start, std::cmp::Reverse(range.end), index)
        });
        let whole = self.source.span(0..self.outline.text.len());
        facts.blocks.push(Block {
            parent: None,
            kind: BlockKind::File,
            span: whole,
            head: self.source.span(0..0),
        });
        facts.functions = self
            .outline
            .functions
            .iter()
            .map(|raw| Function {
                name: if self.outline.dialect.ignores_case() && raw.signature.name_range.len() > 1 {
                    self.words(raw.signature.name_range.clone()).to_owned()
                } else {
                    raw.signature.name.clone()
                },
                owner: raw.owner.clone(),
                parameters: raw
                    .signature
                    .parameters
                    .iter()
                    .map(|(name, _)| name.clone())
                    .collect(),
                span: self.source.span(raw.signature.name_range.clone()),
                block: 0,
            })
            .collect();
        let mut stack: Vec<(usize, BlockId)> = vec![(usize::MAX, 0)];
        for index in order {
            let raw = &self.outline.blocks[index];
            while stack.last().is_some_and(|&(end, _)| end < raw.range.end) {
                stack.pop();
            }
            let parent = stack.last().map_or(0, |&(_, id)| id);
            let id = facts.blocks.len() as BlockId;
            stack.push((raw.range.end, id));
            let kind = match &raw.kind {
                RawKind::Function(function) => {
                    facts.functions[*function].block = id;
                    BlockKind::Function(*function as u32)
                }
                RawKind::Loop(raw_loop) => BlockKind::Loop(self.judge_loop(raw, raw_loop)),
                RawKind::Arm(group) => BlockKind::Arm {
                    group: *group as u32,
                    watches: self.watches(raw, parent, facts),
                },
                RawKind::Handler => BlockKind::Handler,
                RawKind::Lambda(_) => BlockKind::Closure(self.passed_to(raw.range.start)),
                RawKind::Spawn => BlockKind::Spawned,
            };
            facts.blocks.push(Block {
                parent: Some(parent),
                kind,
                span: self.source.span(raw.range.clone()),
                head: self.source.span(raw.head.clone()),
            });
        }
    }

    /// The callee of the call that a closure is an argument of.
    fn passed_to(&self, start: usize) -> String {
        self.outline
            .calls
            .iter()
            .rev()
            .find(|site| {
                let range = site.node.byte_range();
                range.start <= start && start < range.end && range.start != start
            })
            .and_then(|site| self.outline.dialect.invocation(site.node, self.outline.text))
            .map(|call| call.callee)
            .unwrap_or_default()
    }

    fn judge_loop(&self, raw: &RawBlock<'t>, parts: &RawLoop<'t>) -> Loop {
        let over = parts
            .over
            .or(parts.condition)
            .map_or("", |node| dialect::words(node, self.outline.text));
        let head = self.words(raw.head.clone());
        let whole = self.words(parts.whole.clone());
        let kind = if parts.timer.is_some() {
            LoopKind::Timer
        } else if parts.over.is_some() {
            LoopKind::ForEach
        } else if parts.counts {
            LoopKind::For
        } else {
            LoopKind::While
        };
        let bound = parts
            .over
            .and_then(|over| self.items(over, 0))
            .or_else(|| parts.condition.and_then(|node| self.counted(node, parts.counts)));
        let named = |text: &str| RETRYING.is_match(text);
        let clock = parts.over.map(|over| self.reader.read(over));
        let period = match clock {
            Some(Value::Seconds(amount)) => Some(amount),
            _ => parts.timer.and_then(|index| self.timer(index)),
        };
        Loop {
            kind: if period.is_some() { LoopKind::Timer } else { kind },
            bound,
            endless: parts.endless,
            paging: kind != LoopKind::ForEach && PAGING.is_match(whole),
            retrying: !parts.endless && (named(head) || parts.variables.iter().any(|v| named(v))),
            parallel: parts.at_once.map(|index| self.width(index)),
            period,
            over: over.chars().take(MAX_OVER).collect(),
        }
    }

    fn timer(&self, index: usize) -> Option<Amount> {
        let node = self.outline.calls.get(index)?.node;
        let (call, idiom) = self.reader.idiom(node);
        let Does::Timer(from, unit) = idiom?.does else {
            return None;
        };
        Some(into_seconds(self.reader.given(node, &call?, from), unit))
    }

    fn width(&self, index: usize) -> Width {
        let width = self.outline.calls.get(index).and_then(|site| {
            let (call, idiom) = self.reader.idiom(site.node);
            let Does::EachAtOnce(_, from) = idiom?.does else {
                return None;
            };
            let call = call?;
            let direct = into_number(self.reader.given(site.node, &call, from)).value;
            direct.or_else(|| self.width_of(call.receiver?))
        });
        match width {
            Some(width) if width >= 1.0 => Width::AtMost(width as u64),
            _ => Width::Unbounded,
        }
    }

    /// The width of the pool that an expression names.
    fn width_of(&self, pool: Node<'t>) -> Option<f64> {
        let Shape::Path(path) = self.reader.shape(self.reader.bare(pool)) else {
            return None;
        };
        let bound = self
            .outline
            .bound(&path)
            .filter(|bound| bound.at < pool.start_byte())
            .next_back()?;
        let made = self.reader.bare(bound.binding.value);
        let (call, idiom) = self.reader.idiom(made);
        let Does::Width(from) = idiom?.does else {
            return None;
        };
        into_number(self.reader.given(made, &call?, from)).value
    }

    /// How many items an expression has, when that is plain.
    fn items(&self, node: Node<'t>, depth: u8) -> Option<u64> {
        if depth > 8 {
            return None;
        }
        let count = |node: Node<'t>| {
            into_number(self.reader.read(node))
                .value
                .filter(|value| (0.0..1e9).contains(value))
        };
        match self.reader.shape(node) {
            Shape::Items(items) => Some(items),
            Shape::List(items) => Some(items.len() as u64),
            Shape::Pairs(items) => Some(items.len() as u64),
            Shape::Inner(inner) => self.items(inner, depth + 1),
            Shape::Slice(whole, most) => {
                Some(self.items(whole, depth + 1).map_or(most, |n| n.min(most)))
            }
            Shape::Span(first, last) => {
                let (first, last) = (count(first)?, count(last)?);
                Some((last - first).abs() as u64 + 1)
            }
            Shape::Number(value) => Some(value as u64),
            Shape::Path(path) => {
                let mut bound = self.outline.bound(&path);
                let only = bound.next()?;
                // A list that grows elsewhere is not this long.
                (bound.next().is_none() && !self.grows(&path))
                    .then(|| self.items(only.binding.value, depth + 1))?
            }
            Shape::Call => {
                let call = self.outline.dialect.invocation(node, self.outline.text)?;
                let name = call.name().to_ascii_lowercase();
                let arguments: Vec<_> = call.arguments.iter().filter_map(|a| a.value).collect();
                match name.as_str() {
                    "range" => {
                        let numbers: Option<Vec<f64>> = arguments.iter().map(|&a| count(a)).collect();
                        match numbers?.as_slice() {
                            [stop] => Some(*stop as u64),
                            [start, stop] => Some((stop - start).max(0.0) as u64),
                            [start, stop, step] if *step > 0.0 => {
                                Some(((stop - start) / step).ceil().max(0.0) as u64)
                            }
                            _ => None,
                        }
                    }
                    "take" | "limit" | "head" | "first" => {
                        let most = arguments.first().and_then(|&a| count(a))? as u64;
                        Some(most)
                    }
                    "slice" | "islice" | "sublist" => {
                        let most = arguments.last().and_then(|&a| count(a))? as u64;
                        (arguments.len() >= 2).then_some(most)
                    }
                    "enumerate" | "sorted" | "list" | "reversed" | "tqdm" | "set" | "tuple"
                    | "from" | "of" | "aslist" | "entries" | "keys" | "values" | "zip" => {
                        if matches!(name.as_str(), "of" | "aslist") && arguments.len() > 1 {
                            return Some(arguments.len() as u64);
                        }
                        self.items(arguments.first().copied().or(call.receiver)?, depth + 1)
                    }
                    "iter" | "into_iter" | "iter_mut" | "stream" | "copied" | "cloned" | "items"
                    | "parallelstream" | "rev" => self.items(call.receiver?, depth + 1),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether something is added to a collection.
    fn grows(&self, path: &str) -> bool {
        self.outline.calls.iter().any(|site| {
            self.outline
                .dialect
                .invocation(site.node, self.outline.text)
                .is_some_and(|call| {
                    call.callee
                        .strip_prefix(path)
                        .and_then(|rest| rest.strip_prefix('.'))
                        .is_some_and(|name| {
                            matches!(
                                name,
                                "append" | "push" | "add" | "Add" | "extend" | "addAll" | "insert"
                                    | "AddRange" | "push_str" | "unshift"
                            )
                        })
                })
        })
    }

    /// The number that a counter is compared with.
    fn counted(&self, condition: Node<'t>, counts: bool) -> Option<u64> {
        if !counts {
            return None;
        }
        let words = dialect::words(condition, self.outline.text);
        let (_, limit) = words
            .rsplit_once("<=")
            .or_else(|| words.rsplit_once('<'))
            .or_else(|| words.rsplit_once("-lt "))
            .or_else(|| words.rsplit_once("-le "))?;
        let limit = limit.trim().trim_end_matches([')', ';']).trim();
        dialect::number(limit)
            .filter(|_| limit.starts_with(|c: char| c.is_ascii_digit()))
            .or_else(|| {
                let node = last_named(condition)?;
                into_number(self.reader.read(node)).value
            })
            .filter(|value| (0.0..1e9).contains(value))
            .map(|value| value as u64)
    }

    fn watches(&self, raw: &RawBlock<'t>, parent: BlockId, facts: &CodeFacts) -> Watches {
        let head = self.words(raw.head.clone());
        if head.is_empty() {
            return Watches::Other;
        }
        if THROTTLED.is_match(head) {
            return Watches::Throttling;
        }
        if PAGING.is_match(head) || head.contains('%') || head.contains("-band") {
            return Watches::Progress;
        }
        // Names that the loop around it counts with.
        let around = facts
            .ancestors(parent)
            .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_)));
        if let Some((_, block)) = around {
            let range = block.span.range();
            let loop_head = self.words(block.head.range());
            let names: HashSet<&str> = identifiers(head).collect();
            let counted = self.outline.bindings.iter().any(|bound| {
                range.contains(&bound.at)
                    && bound.binding.augmented
                    && names.contains(bound.binding.target.trim_start_matches('.'))
            });
            let headed = identifiers(loop_head)
                .filter(|name| name.len() > 1 || *name == "i" || *name == "n")
                .any(|name| names.contains(name) && !is_word(name));
            if counted || headed {
                return Watches::Progress;
            }
        }
        if FAILED.is_match(head) {
            return Watches::Failure;
        }
        Watches::Other
    }

    fn calls(
        &self,
        calls: &[Known<'t>],
        handed: &[HandedOver],
        places: &Places,
        facts: &mut CodeFacts,
    ) {
        let own: HashSet<String> = self
            .outline
            .functions
            .iter()
            .skip(1)
            .map(|function| function.signature.name.clone())
            .collect();
        for (index, known) in calls.iter().enumerate() {
            let at = known.node.start_byte();
            let block = places.at(at);
            if let Some(idiom) = known.idiom
                && self.idiomatic(known, idiom, block, facts)
            {
                continue;
            }
            self.retry_after(known, block, facts);
            if facts.calls.len() < MAX_KEPT
                && let Some(call) = self.call(known, block, &own, index, calls)
            {
                let options = self.outline.dialect.retry_options();
                let retries = known.call.arguments.iter().any(|given| {
                    given.name.as_deref().is_some_and(|name| options.contains(&name))
                });
                if call.request && retries {
                    facts.backoffs.push(Backoff {
                        kind: BackoffKind::Policy("retry option"),
                        span: call.span,
                        block,
                        decorates: None,
                        name: None,
                    });
                }
                facts.calls.push(call);
            }
        }
        for handed in handed {
            facts.calls.push(Call {
                callee: handed.name.clone(),
                request: false,
                method: None,
                url: None,
                arguments: Vec::new(),
                span: self.source.span(handed.range.clone()),
                block: places.at(handed.range.start),
            });
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
            Does::Sleep(from, unit) => {
                facts.sleeps.push(Sleep {
                    seconds: into_seconds(given(from), unit),
                    span,
                    block,
                });
            }
            Does::Tick(from) => {
                let Value::Seconds(seconds) = given(from) else {
                    return false;
                };
                facts.sleeps.push(Sleep {
                    seconds,
                    span,
                    block,
                });
            }
            Does::Rate {
                calls,
                period,
                unit,
            } => {
                let calls = into_number(given(calls));
                let seconds = into_seconds(given(period), unit);
                let rates = vec![Rate { calls, seconds }];
                facts.limiters.push(self.limiter(known, idiom, rates, None, block));
            }
            Does::Every(from, unit) => {
                let one = Amount {
                    value: Some(1.0),
                    certain: true,
                    ..Amount::default()
                };
                let rates = vec![Rate {
                    calls: one,
                    seconds: into_seconds(given(from), unit),
                }];
                facts.limiters.push(self.limiter(known, idiom, rates, None, block));
            }
            Does::Limits => {
                facts
                    .limiters
                    .push(self.limiter(known, idiom, Vec::new(), None, block));
            }
            Does::Width(from) => {
                let width = into_number(given(from)).value.map(|width| width as u64);
                facts
                    .limiters
                    .push(self.limiter(known, idiom, Vec::new(), width.or(Some(0)), block));
            }
            Does::Retry => facts.backoffs.push(Backoff {
                kind: BackoffKind::Policy(idiom.library),
                span,
                block,
                decorates: known.decorates.map(|index| index as u32),
                name: self.name_of(known.node),
            }),
            Does::Duration(..) | Does::Clock(..) | Does::Same(_) | Does::Gather => {}
            Does::Request(_) | Does::Address(_) | Does::Join(..) => return false,
            Does::Each(_) | Does::EachAtOnce(..) | Does::Spawn | Does::Timer(..) => return false,
        }
        true
    }

    fn limiter(
        &self,
        known: &Known<'t>,
        idiom: &'static Idiom,
        mut rates: Vec<Rate>,
        width: Option<u64>,
        block: BlockId,
    ) -> Limiter {
        rates.retain(|rate| rate.calls.value.is_some() && rate.seconds.value.is_some());
        Limiter {
            library: idiom.library,
            rates,
            width,
            span: self.span(known),
            block,
            name: self.name_of(known.node),
            decorates: known.decorates.iter().map(|&index| index as u32).collect(),
            uses: Vec::new(),
        }
    }

    /// The name that the value of an expression is given.
    fn name_of(&self, node: Node<'t>) -> Option<String> {
        let range = node.byte_range();
        self.outline
            .bindings
            .iter()
            .filter(|bound| {
                let value = bound.binding.value.byte_range();
                value.start <= range.start && range.end <= value.end
            })
            .min_by_key(|bound| bound.binding.value.byte_range().len())
            .map(|bound| bound.binding.target.clone())
    }

    /// The words to point at: the call, or its callee where it is long.
    fn span(&self, known: &Known<'t>) -> crate::source::Span {
        let range = known.node.byte_range();
        let words = self.words(range.clone());
        if words.len() <= 120 && !words.contains('\n') {
            self.source.span(range)
        } else {
            self.source.span(known.call.callee_range.clone())
        }
    }

    fn call(
        &self,
        known: &Known<'t>,
        block: BlockId,
        own: &HashSet<String>,
        index: usize,
        calls: &[Known<'t>],
    ) -> Option<Call> {
        let call = &known.call;
        let name = call.name();
        if known.decorates.is_some() || name.is_empty() {
            return None;
        }
        let library = match known.idiom.map(|idiom| idiom.does) {
            Some(Does::Request(from)) => Some(from),
            Some(Does::Address(_) | Does::Join(..)) => return None,
            _ => None,
        };
        if let Shape::Format(..) = self.reader.shape(known.node) {
            return None;
        }
        // A method of this class, a function of this file.
        let plain = call.callee.trim_start_matches('.') == name;
        let verb = idiom::verb(name).filter(|_| !(plain && own.contains(name)));
        let mut arguments = Vec::new();
        let mut position = 0;
        for given in &call.arguments {
            let Some(value) = given.value else { continue };
            let value = self.reader.read(value);
            let (text, number) = match value {
                Value::Text(text) => (Some(text), None),
                value @ (Value::Number(_) | Value::Seconds(_)) => (None, Some(into_number(value))),
                Value::Unknown => (None, None),
            };
            if text.is_some() || number.is_some() {
                arguments.push(Argument {
                    name: given.name.clone(),
                    position,
                    text,
                    number,
                });
            }
            if given.name.is_none() {
                position += 1;
            }
        }
        let url = match library {
            Some(from) => match self.reader.given(known.node, call, from) {
                Value::Text(text) => Some(text),
                _ => None,
            },
            None => self.address(known, &arguments),
        };
        let url = self.based(known, url, verb.is_some() || library.is_some());
        let absolute = url.as_ref().is_some_and(|url| url.host_and_path().is_some());
        let open = url
            .as_ref()
            .is_some_and(|url| matches!(url.parts.first(), Some(Part::Parameter(_) | Part::Name(_))));
        let request = library.is_some() || verb.is_some() && (absolute || open && is_client(call));
        if !request && !absolute && !own.contains(name) && is_plain(name) {
            return None;
        }
        // `client.send(new Request(…))`: the outer call is the request, and a request
        // inside of another's arguments is the same one.
        let nested = request
            && calls[..index].iter().rev().take(8).any(|outer| {
                let range = outer.node.byte_range();
                range.start <= known.node.start_byte()
                    && known.node.end_byte() <= range.end
                    && outer.call.receiver.is_some_and(|receiver| {
                        receiver.byte_range() == known.node.byte_range()
                    })
                    && matches!(outer.call.name(), "execute" | "send" | "enqueue")
            });
        if nested {
            return None;
        }
        let method = verb
            .filter(|method| !method.is_empty())
            .map(str::to_owned)
            .or_else(|| self.method(known));
        let callee = if self.outline.dialect.ignores_case() {
            self.words(call.callee_range.clone()).to_owned()
        } else {
            call.callee.clone()
        };
        Some(Call {
            callee,
            request,
            method: if request || absolute { method } else { None },
            url: url.filter(|_| request || absolute),
            arguments,
            span: self.span(known),
            block,
        })
    }

    /// The address among the arguments of a call.
    fn address(&self, known: &Known<'t>, arguments: &[Argument]) -> Option<Text> {
        const NAMES: &[&str] = &["url", "uri", "endpoint", "requesturi", "input", "baseuri"];
        let is_named = |argument: &&Argument| {
            argument
                .name
                .as_deref()
                .is_some_and(|name| NAMES.contains(&name.to_ascii_lowercase().as_str()))
        };
        let named = arguments.iter().find(is_named);
        if let Some(text) = named.and_then(|argument| argument.text.clone()) {
            return Some(text);
        }
        // `config.get("url", "https://…")` asks for no page.
        let most = match idiom::verb(known.call.name()) {
            Some("") | None => u16::MAX,
            Some(_) => 1,
        };
        let absolute = arguments
            .iter()
            .filter(|argument| argument.name.is_none() && argument.position < most)
            .find_map(|a| a.text.clone().filter(|text| text.host_and_path().is_some()));
        if absolute.is_some() {
            return absolute;
        }
        for key in ["url", "uri", "Uri", "URL", "path"] {
            if let Value::Text(text) = self.reader.given(known.node, &known.call, &[key]) {
                return Some(text);
            }
        }
        // `request(method, url)`: the first argument that is no method.
        arguments
            .iter()
            .filter(|argument| argument.name.is_none() && argument.position < most.min(3))
            .filter_map(|argument| argument.text.clone())
            .find(|text| http_method(&text.shown()).is_none())
    }

    /// Puts the address that a client was made with before a relative path.
    fn based(&self, known: &Known<'t>, url: Option<Text>, client: bool) -> Option<Text> {
        const BASES: &[&str] = &[
            "baseURL", "baseUrl", "base_url", "BaseAddress", "prefixUrl", "base_uri", "baseUri",
            "BaseURL", "#0",
        ];
        let url = url?;
        if !client || url.host_and_path().is_some() {
            return Some(url);
        }
        let Some(receiver) = known.call.receiver else {
            return Some(url);
        };
        let receiver = self.reader.bare(receiver);
        if let Shape::Path(path) = self.reader.shape(receiver) {
            for base in ["BaseAddress", "base_url", "baseURL", "DefaultRequestVersion"] {
                let bound = self.outline.bound(&format!("{path}.{base}")).next_back();
                if let Some(bound) = bound
                    && let Some(text) = self.reader.text(bound.binding.value)
                    && text.host_and_path().is_some()
                {
                    return Some(join(text, &url));
                }
            }
            let field = format!(".{}", path.rsplit('.').next().unwrap_or_default());
            for bound in self.outline.bound(&path).chain(self.outline.bound(&field)) {
                let made = self.reader.bare(bound.binding.value);
                let Some(call) = self.outline.dialect.invocation(made, self.outline.text) else {
                    continue;
                };
                if let Value::Text(text) = self.reader.given(made, &call, BASES)
                    && text.host_and_path().is_some()
                {
                    return Some(join(text, &url));
                }
            }
        }
        Some(url)
    }

    /// The HTTP method that an argument names.
    fn method(&self, known: &Known<'t>) -> Option<String> {
        for key in ["method", "Method", "-X"] {
            if let Value::Text(text) = self.reader.given(known.node, &known.call, &[key])
                && let Some(method) = http_method(&text.shown())
            {
                return Some(method);
            }
        }
        known.call.arguments.iter().take(3).find_map(|given| {
            let words = dialect::words(given.value?, self.outline.text);
            let last = words.rsplit(['.', ':']).next()?;
            http_method(last.trim_matches(['"', '\'']))
        })
    }

    /// `headers.get("Retry-After")`, but not `res.setHeader("Retry-After", …)`.
    fn retry_after(&self, known: &Known<'t>, block: BlockId, facts: &mut CodeFacts) {
        let name = known.call.name().to_ascii_lowercase();
        if ["set", "add", "append", "write", "insert", "push", "print", "log"]
            .iter()
            .any(|word| name.contains(word))
        {
            return;
        }
        let reads = known.call.arguments.iter().take(2).any(|given| {
            given.value.is_some_and(|value| {
                let words = dialect::words(value, self.outline.text);
                words.len() < 40 && RETRY_AFTER.is_match(words)
            })
        });
        if reads {
            facts.backoffs.push(Backoff {
                kind: BackoffKind::RetryAfter,
                span: self.span(known),
                block,
                decorates: None,
                name: None,
            });
        }
    }

    fn backoffs(&self, places: &Places, facts: &mut CodeFacts) {
        let jumps = &self.outline.jumps;
        let mut found = Vec::new();
        for (id, block) in facts.blocks.iter().enumerate() {
            let BlockKind::Arm {
                watches: Watches::Throttling,
                ..
            } = block.kind
            else {
                continue;
            };
            let range = block.span.range();
            let inside = |at: u32| range.contains(&(at as usize));
            let acts = jumps.iter().any(|at| range.contains(at))
                || facts.sleeps.iter().any(|sleep| inside(sleep.span.start))
                || facts
                    .calls
                    .iter()
                    .any(|call| inside(call.span.start) && !SPEAKS.is_match(&call.callee))
                || self
                    .outline
                    .bindings
                    .iter()
                    .any(|bound| range.contains(&bound.at) && bound.at >= block.head.end as usize);
            found.push(Backoff {
                kind: if acts {
                    BackoffKind::Checked
                } else {
                    BackoffKind::Reported
                },
                span: block.head,
                block: id as BlockId,
                decorates: None,
                name: None,
            });
        }
        for node in &self.outline.compares {
            let words = dialect::words(*node, self.outline.text);
            if words.len() > 300 || !THROTTLED.is_match(words) {
                continue;
            }
            let at = node.start_byte();
            let in_head = facts.blocks.iter().any(|block| {
                matches!(block.kind, BlockKind::Arm { .. }) && block.head.range().contains(&at)
            });
            if !in_head {
                found.push(Backoff {
                    kind: BackoffKind::Checked,
                    span: self.source.span(node.byte_range()),
                    block: places.at(at),
                    decorates: None,
                    name: None,
                });
            }
        }
        for node in &self.outline.indexes {
            let words = dialect::words(*node, self.outline.text);
            let key = words.rsplit(['[', '.']).next().unwrap_or_default();
            if words.len() < 200 && RETRY_AFTER.is_match(key) {
                found.push(Backoff {
                    kind: BackoffKind::RetryAfter,
                    span: self.source.span(node.byte_range()),
                    block: places.at(node.start_byte()),
                    decorates: None,
                    name: None,
                });
            }
        }
        facts.backoffs.extend(found);
        facts.backoffs.sort_by_key(|backoff| backoff.span);
        facts.backoffs.dedup_by_key(|backoff| backoff.span);
    }

    /// Where the names of limiters are used.
    fn limiter_uses(&self, calls: &[Known<'t>], places: &Places, facts: &mut CodeFacts) {
        if facts.limiters.is_empty() {
            return;
        }
        let text = self.outline.text;
        let blocks = &facts.blocks;
        for limiter in &mut facts.limiters {
            let Some(name) = &limiter.name else { continue };
            let name = name.rsplit('.').next().unwrap_or_default();
            if name.is_empty() {
                continue;
            }
            let made = self
                .outline
                .bindings
                .iter()
                .filter(|bound| {
                    let range = bound.binding.value.byte_range();
                    range.start <= limiter.span.start as usize
                        && limiter.span.start as usize <= range.end
                })
                .map(|bound| bound.at..bound.binding.value.end_byte())
                .min_by_key(std::iter::ExactSizeIterator::len)
                .unwrap_or(0..0);
            let folded = self.outline.dialect.ignores_case();
            for at in occurrences(text, name, folded) {
                let node = self.root.descendant_for_byte_range(at, at + name.len());
                let is_name = node.is_some_and(|node| {
                    !grammar::is_comment(node.kind()) && !node.kind().contains("content")
                });
                if made.contains(&at) || !is_name {
                    continue;
                }
                let block = places.at(at);
                limiter.uses.push(block);
                // `const get = throttle(async () => …)` makes a function that is limited.
                for known in calls {
                    let range = known.node.byte_range();
                    if known.call.callee_range.contains(&at) && range.contains(&at) {
                        for block in blocks {
                            if let BlockKind::Function(function) = block.kind
                                && range.contains(&(block.span.start as usize))
                                && block.span.end as usize <= range.end
                            {
                                limiter.decorates.push(function);
                            }
                        }
                    }
                }
            }
            limiter.uses.sort_unstable();
            limiter.uses.dedup();
        }
    }

    /// Names that stand for an address, for files that import them.
    fn constants(&self, facts: &mut CodeFacts) {
        for bound in &self.outline.bindings {
            if bound.function != 0 && !bound.binding.field || bound.binding.augmented {
                continue;
            }
            let words = dialect::words(bound.binding.value, self.outline.text);
            if words.len() > 400 || facts.constants.len() >= 500 {
                continue;
            }
            if let Some(text) = self.reader.text(bound.binding.value)
                && text.host_and_path().is_some()
            {
                facts
                    .constants
                    .push((bound.binding.target.clone(), text));
            }
        }
    }
}

fn http_method(words: &str) -> Option<String> {
    let upper = words.to_ascii_uppercase();
    ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
        .contains(&upper.as_str())
        .then_some(upper)
}

/// Whether a call with an address that is not known is plainly one of an HTTP client.
fn is_client(call: &Invocation<'_>) -> bool {
    let lower = call.callee.to_ascii_lowercase();
    let receiver = lower.rsplit_once('.').map_or("", |(receiver, _)| receiver);
    ["http", "session", "client", "request", "axios", "fetch", "api", "got", "rest"]
        .iter()
        .any(|word| receiver.contains(word))
        || matches!(lower.as_str(), "fetch" | "axios" | "urlopen" | "got")
}

/// Names of everyday calls that lead to no request.
fn is_plain(name: &str) -> bool {
    const PLAIN: &[&str] = &[
        "append", "push", "len", "print", "join", "split", "strip", "str", "int", "format",
        "items", "keys", "values", "log", "info", "debug", "warn", "error", "json", "dumps",
        "loads", "parse", "stringify", "map", "filter", "tostring", "to_string", "add", "range",
        "isinstance", "replace", "lower", "upper", "startswith", "endswith", "includes", "write",
        "println", "printf", "unwrap", "clone", "into", "ok", "contains", "trim", "exit", "extend",
        "write-host", "write-output", "write-verbose", "out-file", "convertto-json",
        "convertfrom-json", "where-object", "select-object", "write-error", "write-warning",
        "raise_for_status", "echo", "jq", "decode", "encode", "open", "close", "read",
    ];
    PLAIN.contains(&name.to_ascii_lowercase().as_str())
}

fn last_named(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    for _ in 0..20 {
        let children = dialect::named(node);
        match children.as_slice() {
            [] => return Some(node),
            [only] => node = *only,
            [.., last] => return Some(*last),
        }
    }
    Some(node)
}

fn identifiers(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// Words of loops' heads that are no names.
fn is_word(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "for" | "in" | "of" | "while" | "let" | "const" | "var" | "foreach" | "range" | "int"
            | "if" | "not" | "and" | "or" | "true" | "none" | "null" | "nil" | "len" | "count"
            | "length" | "value" | "data" | "result" | "results" | "response" | "self" | "this"
            | "enumerate" | "async" | "await" | "do" | "until" | "get" | "ne" | "eq" | "lt"
    )
}

/// Where a name stands as a whole word.
fn occurrences<'a>(text: &'a str, name: &'a str, folded: bool) -> Vec<usize> {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let pattern = regex::escape(name);
    let pattern = if folded {
        format!("(?i){pattern}")
    } else {
        pattern
    };
    let Ok(finder) = Regex::new(&pattern) else {
        return Vec::new();
    };
    finder
        .find_iter(text)
        .map(|found| found.range())
        .filter(|range| {
            !is_part(text[..range.start].chars().next_back())
                && !is_part(text[range.end..].chars().next())
        })
        .map(|range| range.start)
        .collect()
}
