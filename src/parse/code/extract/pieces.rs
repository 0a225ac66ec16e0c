//! Loops over pieces: the one around cuts a collection up, the one inside runs over a
//! piece of it.

use std::sync::LazyLock;

use crate::parse::code::syntax::Node;
use regex::Regex;

use super::blocks::identifiers;
use super::{Extractor, regex};
use crate::facts::code::{BlockId, BlockKind, CodeFacts, LoopKind};
use crate::parse::code::dialect::{self, Shape, whole};
use crate::parse::code::outline::{RawBlock, RawKind, RawLoop};
use crate::parse::code::value::into_number;

/// Functions that cut a collection into pieces of one size.
static CUTS: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)chunk|batch|each_?slice|in_?groups_?of|windowed|partition"));
/// Functions that take a piece.
static TAKES: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"(?i)^(?:i?slice|splice|take|sub_?list|select-object|select|skip|drain|get_?range)$")
});

/// A piece of a collection, and how long it is where that is plain.
struct Piece {
    size: Option<u64>,
}

impl<'t> Extractor<'_, 't> {
    /// Marks loops over pieces, and says how long a piece is. `raw` holds the raw block
    /// of each block; the file has none.
    pub fn pieces(&self, raw: &[Option<usize>], facts: &mut CodeFacts) {
        for id in 1..facts.blocks.len() {
            let Some(own) = self.raw_loop(raw, id) else {
                continue;
            };
            let Some(outer) = Self::outer(facts, id as BlockId) else {
                continue;
            };
            let (Some(over), Some(around)) = (own.over, self.raw_loop(raw, outer)) else {
                continue;
            };
            let piece = self.piece_of(self.unwrapped(over), around, facts, outer);
            let BlockKind::Loop(own) = &mut facts.blocks[id].kind else {
                continue;
            };
            if let Some(piece) = piece
                && (own.kind == LoopKind::ForEach || own.parallel.is_some())
            {
                own.piece = true;
                own.bound = own.bound.or(piece.size);
            }
        }
    }

    fn raw_loop(&self, raw: &[Option<usize>], id: usize) -> Option<&RawLoop<'t>> {
        let RawBlock {
            kind: RawKind::Loop(own),
            ..
        } = &self.outline.blocks[(*raw.get(id)?)?]
        else {
            return None;
        };
        Some(own)
    }

    /// The loop around a block, in the same function.
    fn outer(facts: &CodeFacts, id: BlockId) -> Option<usize> {
        facts
            .within_function(id)
            .skip(1)
            .find(|(_, block)| matches!(block.kind, BlockKind::Loop(_)))
            .map(|(id, _)| id as usize)
    }

    /// The piece, when `over` is one of what `around` runs over.
    fn piece_of(
        &self,
        over: Node<'t>,
        around: &RawLoop<'t>,
        facts: &CodeFacts,
        outer: usize,
    ) -> Option<Piece> {
        let block = &facts.blocks[outer];
        let head = self.words(block.head.range());
        match self.reader.shape(over) {
            Shape::Path(path) => {
                if around.variables.contains(&path) {
                    let size = around.over.and_then(|over| self.cut(over));
                    return Some(Piece { size });
                }
                let range = block.span.range();
                let cut_here = self.outline.bound(&path).any(|bound| {
                    range.contains(&bound.at) && self.takes(self.unwrapped(bound.binding.value))
                });
                // `while batch := …`, `while mapfile -n 20 batch`.
                let headed = around.condition.is_some()
                    && around.over.is_none()
                    && !path.contains('.')
                    && identifiers(head).any(|name| name == path);
                (cut_here || headed).then_some(Piece { size: None })
            }
            Shape::Stretch(..) => Some(Piece { size: None }),
            _ if self.takes(over) => {
                let words = dialect::words(over, self.outline.text);
                let counts = identifiers(words).any(|name| {
                    around.variables.iter().any(|own| own == name)
                        || identifiers(head).any(|own| own == name)
                });
                counts.then_some(Piece { size: None })
            }
            _ => None,
        }
    }

    /// Whether an expression is a piece of a collection.
    fn takes(&self, node: Node<'t>) -> bool {
        match self.reader.shape(node) {
            Shape::Slice(..) | Shape::Stretch(..) => true,
            Shape::Call => self
                .outline
                .dialect
                .invocation(node, self.outline.text)
                .is_some_and(|call| TAKES.is_match(call.name())),
            _ => false,
        }
    }

    /// How long the pieces are that a collection is cut into.
    fn cut(&self, over: Node<'t>) -> Option<u64> {
        let over = self.unwrapped(over);
        let call = self.outline.dialect.invocation(over, self.outline.text)?;
        if !CUTS.is_match(call.name()) {
            return None;
        }
        call.arguments
            .iter()
            .rev()
            .filter_map(|given| into_number(self.reader.read(given.value?)).value)
            .find(|value| (1.0..1e9).contains(value))
            .map(whole)
    }

    /// An expression without what only hands it on: `list(x)`, `x.iter()`.
    fn unwrapped(&self, mut node: Node<'t>) -> Node<'t> {
        for _ in 0..6 {
            node = self.reader.bare(node);
            match self.reader.shape(node) {
                Shape::Call => {}
                // `"${ids[@]}"`.
                Shape::Text(pieces) => match pieces.as_slice() {
                    [dialect::Piece::Value(only)] => {
                        node = *only;
                        continue;
                    }
                    _ => break,
                },
                _ => break,
            }
            let Some(call) = self.outline.dialect.invocation(node, self.outline.text) else {
                break;
            };
            let inner = match call.name().to_ascii_lowercase().as_str() {
                "list" | "tuple" | "enumerate" | "iter" | "into_iter" | "copied" | "cloned"
                | "toarray" | "tolist" | "stream" | "entries" | "values" => call
                    .receiver
                    .or_else(|| call.arguments.first().and_then(|given| given.value)),
                _ => None,
            };
            match inner {
                Some(inner) => node = inner,
                None => break,
            }
        }
        node
    }
}
