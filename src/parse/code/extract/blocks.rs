//! Blocks in order, each under the one around it, and what branches look at.

use std::cell::OnceCell;
use std::sync::LazyLock;

use foldhash::HashMap;
use memchr::{memchr, memchr2, memrchr};
use regex::Regex;
use smallvec::SmallVec;

use super::{Extractor, regex};
use crate::facts::code::{Block, BlockId, BlockKind, CodeFacts, Function, LoopKind, Watches};
use crate::parse::code::idiom::PAGING;
use crate::parse::code::outline::{RawBlock, RawKind};

/// The answer "too many requests", in code.
pub static THROTTLED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:(?-u:\b)|_)429(?-u:\b)|too_?-?many_?-?requests|rate_?limit_?(?:exceeded|error|reached)|AF429",
    )
});
static FAILED: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i-u)\berr|error|fail|exception|!\s*[\w.]*\bok\b|not\s+[\w.]*\bok\b|status|invalid")
});

/// `n += 1`, `n++`, `++n`, `n = n + 1`: what counts, in any language.
static COUNTS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?-u)(?:\b(\w+)\)*\s*(?:\+\+|--|[+-]=)|(?:\+\+|--)[$\w.]*\b(\w+)|\b(\w+)\s*=\s*\(*[$\w.]*\b(\w+)\s*[+-])",
    )
});
/// Counters of what went wrong.
static MISHAPS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i-u)err|fail|retr(?:y|ies)|attempt|\btr(?:y|ies)\b"));

impl<'t> Extractor<'_, 't> {
    /// Puts blocks in order, each under the one around it, and judges them. Gives the raw
    /// block of each; the file has none.
    pub fn blocks(&self, facts: &mut CodeFacts) -> Vec<Option<usize>> {
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
            .all(&self.outline.functions)
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
        // Few files have a branch that needs them.
        let counters = OnceCell::new();
        let mut raws = vec![None];
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
                RawKind::Loop(raw_loop) => {
                    BlockKind::Loop(Box::new(self.judge_loop(raw, raw_loop)))
                }
                RawKind::Arm(group) => BlockKind::Arm {
                    group: *group as u32,
                    watches: self.watches(raw, parent, facts, &raws, &counters),
                },
                RawKind::Handler(_) => BlockKind::Handler,
                RawKind::Lambda(_) => BlockKind::Closure(self.passed_to(raw.range.start)),
                RawKind::Spawn => BlockKind::Spawned,
            };
            raws.push(Some(index));
            facts.blocks.push(Block {
                parent: Some(parent),
                kind,
                span: self.source.span(raw.range.clone()),
                head: self.source.span(raw.head.clone()),
            });
        }
        self.pieces(&raws, facts);
        raws
    }

    /// The callee of the call that a closure is an argument of.
    fn passed_to(&self, start: usize) -> String {
        let calls = &self.outline.calls;
        let before = calls.partition_point(|site| site.node.start_byte() <= start);
        calls[..before]
            .iter()
            .rev()
            .take(200)
            .find(|site| {
                let range = site.node.byte_range();
                range.start <= start && start < range.end && range.start != start
            })
            .and_then(|site| {
                self.outline
                    .dialect
                    .invocation(site.node, self.outline.text)
            })
            .map(|call| call.callee)
            .unwrap_or_default()
    }

    /// The condition of the loop that a block stands in directly.
    fn loop_condition(&self, parent: BlockId, facts: &CodeFacts) -> &str {
        let around = facts
            .within_function(parent)
            .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_)));
        match around {
            Some((_, block)) => match &block.kind {
                BlockKind::Loop(own) if own.kind == LoopKind::While => {
                    self.words(block.head.range())
                }
                _ => "",
            },
            None => "",
        }
    }

    /// What the file counts, and where.
    pub(super) fn counters(&self) -> Vec<(usize, &'t str)> {
        let text = self.outline.text;
        let mut found = Vec::new();
        let mut start = 0;
        // The pattern is dear, and few lines count.
        while let Some(sign) = memchr2(b'+', b'-', &text.as_bytes()[start..]) {
            let sign = start + sign;
            let line_start = memrchr(b'\n', &text.as_bytes()[..sign]).map_or(0, |at| at + 1);
            let end = memchr(b'\n', &text.as_bytes()[sign..]).map_or(text.len(), |at| sign + at);
            let line = &text[line_start..end];
            if line.contains("++") || line.contains("--") || line.contains('=') {
                found.extend(COUNTS.captures_iter(line).filter_map(|found| {
                    let name = found.get(1).or(found.get(2)).or(found.get(3))?;
                    let again = found
                        .get(4)
                        .is_none_or(|same| same.as_str() == name.as_str());
                    (again && !MISHAPS.is_match(name.as_str()))
                        .then(|| (line_start + name.start(), name.as_str()))
                }));
            }
            start = end;
        }
        found
    }

    fn watches(
        &self,
        raw: &RawBlock<'t>,
        parent: BlockId,
        facts: &CodeFacts,
        raws: &[Option<usize>],
        counters: &OnceCell<HashMap<&'t str, Vec<usize>>>,
    ) -> Watches {
        let head = self.words(raw.head.clone());
        if head.is_empty() {
            return Watches::Other;
        }
        if THROTTLED.is_match(head) {
            return Watches::Throttling;
        }
        if goes_on(head, self.loop_condition(parent, facts)) {
            return Watches::Again;
        }
        if PAGING.is_match(head) || head.contains('%') || head.contains("-band") {
            return Watches::Progress;
        }
        // Names that the loop around it, or else the function, counts with.
        let around = facts
            .ancestors(parent)
            .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_) | BlockKind::Function(_)));
        if let Some((id, block)) = around {
            if self.compares_counter(head, raws.get(id as usize).copied().flatten()) {
                return Watches::Progress;
            }
            let range = block.span.range();
            let names: SmallVec<[&str; 8]> = identifiers(head).collect();
            let counters = counters.get_or_init(|| {
                let mut counters: HashMap<&str, Vec<usize>> = HashMap::default();
                for (at, name) in self.counters() {
                    counters.entry(name).or_default().push(at);
                }
                counters
            });
            let counted = names.iter().any(|name| {
                let places = counters.get(name).map(Vec::as_slice).unwrap_or_default();
                let first = places.partition_point(|&at| at < range.start);
                places.get(first).is_some_and(|&at| at < range.end)
            });
            let loop_head = match block.kind {
                BlockKind::Loop(_) => self.words(block.head.range()),
                _ => "",
            };
            let headed = identifiers(loop_head)
                .filter(|name| name.len() > 1 || *name == "i" || *name == "n")
                .any(|name| names.contains(&name) && !is_word(name));
            if counted || headed {
                return Watches::Progress;
            }
        }
        if FAILED.is_match(head) {
            return Watches::Failure;
        }
        Watches::Other
    }
}

/// Whether a branch asks the same as the loop around it: `while (next)` and `if (next)`.
fn goes_on(head: &str, of_loop: &str) -> bool {
    let plain = |words: &str| -> String {
        words
            .trim_start_matches("while")
            .trim_end_matches([':', '{', ' '])
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')'))
            .collect()
    };
    let head = plain(head);
    !head.is_empty() && head.len() < 120 && head == plain(of_loop)
}

pub(super) fn identifiers(words: &str) -> impl Iterator<Item = &str> {
    words
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

/// Words of loops' heads that are no names.
pub(super) fn is_word(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "for"
            | "in"
            | "of"
            | "while"
            | "let"
            | "const"
            | "var"
            | "foreach"
            | "range"
            | "int"
            | "if"
            | "not"
            | "and"
            | "or"
            | "true"
            | "none"
            | "null"
            | "nil"
            | "len"
            | "count"
            | "length"
            | "value"
            | "data"
            | "result"
            | "results"
            | "response"
            | "self"
            | "this"
            | "enumerate"
            | "async"
            | "await"
            | "do"
            | "until"
            | "get"
            | "ne"
            | "eq"
            | "lt"
    )
}
