//! From an outline to facts: which call is a request, a wait, a limiter; which
//! closure is a loop; what the code does when it is told to slow down.

mod address;
mod arrange;
mod backoff;
mod blocks;
mod limiters;
mod loops;

use std::collections::HashSet;
use std::ops::Range;

use regex::Regex;
use tree_sitter::Node;

use super::dialect::{self, Invocation, Shape};
use super::idiom::{self, Does, From, Idiom};
use super::outline::Outline;
use super::value::{Reader, Value, into_number, into_seconds};
use crate::facts::Language;
use crate::facts::code::{
    Argument, Backoff, BackoffKind, BlockId, Call, CodeFacts, Part, Rate, Sleep,
};
use crate::source::{Source, Span};

use arrange::HandedOver;

/// Most calls that are kept for one file.
const MAX_KEPT: usize = 4000;

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
    let synthetic = arrange::arrange(source, outline, &calls);
    let mut facts = CodeFacts {
        language: Some(language),
        imports: outline.imports.clone(),
        ..CodeFacts::default()
    };
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
        for known in calls {
            let at = known.node.start_byte();
            let block = places.at(at);
            if let Some(idiom) = known.idiom
                && self.idiomatic(known, idiom, block, facts)
            {
                continue;
            }
            self.retry_after(known, block, facts);
            self.decorator(known, block, facts);
            if facts.calls.len() < MAX_KEPT
                && let Some(call) = self.call(known, block, &own)
            {
                let options = self.outline.dialect.retry_options();
                let retries = known.call.arguments.iter().any(|given| {
                    let words = given
                        .value
                        .map_or("", |value| self.words(value.byte_range()));
                    options.contains(&given.name.as_deref().unwrap_or(words))
                });
                if call.request && retries {
                    facts.backoffs.push(Backoff {
                        kind: BackoffKind::Policy("retry option"),
                        span: call.span,
                        block,
                        decorates: None,
                        dead: false,
                        hooked: false,
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
                words: String::new(),
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
                    words: self.short(span),
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
                    words: self.short(span),
                    block,
                });
            }
            Does::Limits(rates) => {
                let rates = rates
                    .iter()
                    .map(|rate| Rate {
                        calls: into_number(given(rate.calls)),
                        seconds: into_seconds(given(rate.period), rate.unit),
                    })
                    .collect();
                facts
                    .limiters
                    .push(self.limiter(known, idiom, rates, None, block));
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
            Does::Retry => facts.backoffs.push(Backoff {
                kind: BackoffKind::Policy(idiom.library),
                span,
                block,
                decorates: known.decorates.map(|index| index as u32),
                dead: self
                    .name_of(known.node)
                    .is_some_and(|name| self.uses(&name, span.start as usize).is_empty()),
                hooked: false,
            }),
            Does::Duration(..) | Does::Clock(..) | Does::Same(_) | Does::Gather(_) => {}
            Does::Request(_)
            | Does::Address(_)
            | Does::Join(..)
            | Does::Each(_)
            | Does::EachAtOnce(..)
            | Does::Spawn
            | Does::Repeat(..)
            | Does::Timer(..) => return false,
        }
        true
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
    fn span(&self, known: &Known<'t>) -> Span {
        let range = known.node.byte_range();
        let words = self.words(range.clone());
        if words.len() <= 120 && !words.contains('\n') {
            self.source.span(range)
        } else {
            self.source.span(known.call.callee_range.clone())
        }
    }

    fn call(&self, known: &Known<'t>, block: BlockId, own: &HashSet<String>) -> Option<Call> {
        let call = &known.call;
        let name = call.name();
        if known.decorates.is_some() || name.is_empty() {
            return None;
        }
        let library = match known.idiom.map(|idiom| idiom.does) {
            Some(Does::Request(from)) => Some(from),
            Some(Does::Repeat(..)) => Some(&["url"][..]),
            Some(Does::Address(_) | Does::Join(..)) => return None,
            _ => None,
        };
        if let Shape::Format(..) = self.reader.shape(known.node) {
            return None;
        }
        // A method of this class, a function of this file.
        let plain = self.own_callee(known).trim_start_matches('.') == name;
        let verb = idiom::verb(name).filter(|_| !(plain && own.contains(name)));
        let everything = verb.is_some() || library.is_some() || own.contains(name);
        if !everything && is_plain(name) {
            return None;
        }
        let mut arguments = Vec::new();
        let mut position = 0;
        for given in &call.arguments {
            let Some(value) = given.value else { continue };
            let worth = everything
                || matches!(
                    self.reader.shape(value),
                    Shape::Text(_) | Shape::Number(_) | Shape::Format(..)
                )
                || self.outline.may_be_address(self.words(value.byte_range()));
            let value = if worth {
                self.reader.read(value)
            } else {
                Value::Unknown
            };
            let is_time = matches!(value, Value::Seconds(_));
            let (text, number) = match value {
                Value::Text(text) => (Some(text), None),
                Value::Number(amount) | Value::Seconds(amount) => (None, Some(amount)),
                Value::Unknown => (None, None),
            };
            if text.is_some() || number.is_some() {
                arguments.push(Argument {
                    name: given.name.clone(),
                    position,
                    text,
                    number,
                    is_time,
                });
            }
            if given.name.is_none() {
                position += 1;
            }
        }
        let url = match library {
            Some(from) => match self.reader.given(known.node, call, from) {
                Value::Text(text) => Some(text),
                _ => self.address(known, &arguments, everything),
            },
            None => self.address(known, &arguments, everything),
        };
        let url = self.based(known, url, verb.is_some() || library.is_some());
        let absolute = url
            .as_ref()
            .is_some_and(|url| url.host_and_path().is_some());
        let open = url.as_ref().is_some_and(|url| {
            matches!(url.parts.first(), Some(Part::Parameter(_) | Part::Name(_)))
        });
        let request = library.is_some() || verb.is_some() && (absolute || open && is_client(call));
        let method = verb
            .filter(|method| !method.is_empty())
            .map(str::to_owned)
            .or_else(|| url.as_ref().and_then(|_| self.method(known)));
        let callee = if self.outline.dialect.ignores_case() {
            self.words(call.callee_range.clone()).to_owned()
        } else {
            self.own_callee(known)
        };
        let span = self.span(known);
        let numbers = arguments.iter().any(|argument| argument.number.is_some());
        Some(Call {
            callee,
            request,
            method: if request || absolute { method } else { None },
            url: url.filter(|_| request || absolute),
            arguments,
            span,
            words: if numbers {
                self.short(span)
            } else {
                String::new()
            },
            block,
        })
    }
}

impl Extractor<'_, '_> {
    /// A callee, with nothing for the method's own value: `c.Get` in a method of `c`.
    fn own_callee(&self, known: &Known<'_>) -> String {
        let callee = &known.call.callee;
        let function = self.outline.function_at(known.node.start_byte());
        let own = self.outline.functions[function]
            .signature
            .receiver
            .as_deref();
        match (own, callee.split_once('.')) {
            (Some(own), Some((first, rest))) if own == first => format!(".{rest}"),
            _ => callee.clone(),
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
    [
        "http", "session", "client", "request", "axios", "fetch", "api", "got", "rest",
    ]
    .iter()
    .any(|word| receiver.contains(word))
        || matches!(lower.as_str(), "fetch" | "axios" | "urlopen" | "got")
}

/// Names of everyday calls that lead to no request.
fn is_plain(name: &str) -> bool {
    const PLAIN: &[&str] = &[
        "append",
        "push",
        "len",
        "print",
        "join",
        "split",
        "strip",
        "str",
        "int",
        "format",
        "items",
        "keys",
        "values",
        "log",
        "info",
        "debug",
        "warn",
        "error",
        "json",
        "dumps",
        "loads",
        "parse",
        "stringify",
        "map",
        "filter",
        "tostring",
        "to_string",
        "add",
        "range",
        "isinstance",
        "replace",
        "lower",
        "upper",
        "startswith",
        "endswith",
        "includes",
        "write",
        "println",
        "printf",
        "unwrap",
        "clone",
        "into",
        "ok",
        "contains",
        "trim",
        "exit",
        "extend",
        "write-host",
        "write-output",
        "write-verbose",
        "out-file",
        "convertto-json",
        "convertfrom-json",
        "where-object",
        "select-object",
        "write-error",
        "write-warning",
        "raise_for_status",
        "echo",
        "jq",
        "decode",
        "encode",
        "open",
        "close",
        "read",
    ];
    PLAIN.contains(&name.to_ascii_lowercase().as_str())
}
