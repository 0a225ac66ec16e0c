//! Which calls a look at the answer 429 is about.

use std::ops::Range;

use foldhash::HashSet;

use super::Extractor;
use super::blocks::{identifiers, is_word};
use crate::facts::code::{BlockId, BlockKind, CodeFacts};
use crate::parse::code::dialect;
use crate::parse::code::outline::RawKind;
use crate::source::Span;

impl Extractor<'_, '_> {
    /// The words whose calls a branch or handler looks after; none for all of its function.
    pub(super) fn covered(
        &self,
        raws: &[Option<usize>],
        facts: &CodeFacts,
        id: BlockId,
        span: Span,
    ) -> Vec<Span> {
        let handler = facts
            .within_function(id)
            .take_while(|(_, block)| !matches!(block.kind, BlockKind::Loop(_)))
            .find(|(_, block)| matches!(block.kind, BlockKind::Handler));
        let covers: Vec<Range<usize>> = if let Some((handler, _)) = handler {
            let raw = raws.get(handler as usize).copied().flatten();
            match raw.map(|raw| &self.outline.blocks[raw].kind) {
                Some(RawKind::Handler(guarded)) => vec![guarded.clone()],
                _ => Vec::new(),
            }
        } else {
            self.sources(facts, span)
        };
        // Of what holds no call that is kept nothing is known.
        let calls = |range: &Range<usize>| !facts.calls_from(range.clone()).is_empty();
        if covers.iter().any(calls) {
            covers
                .into_iter()
                .map(|range| self.source.span(range))
                .collect()
        } else {
            Vec::new()
        }
    }

    /// The values that the names in a condition were given, and those that these were
    /// made of.
    fn sources(&self, facts: &CodeFacts, span: Span) -> Vec<Range<usize>> {
        const ROUNDS: usize = 3;
        // A script may give one name (`r`) the answer of each of its requests; of more than
        // that the nearest count, so that as many looks cost no square.
        const NEAREST: usize = 64;
        let at = span.start as usize;
        let function = self.outline.function_at(at);
        let mut names: Vec<String> = identifiers(self.words(span.range()))
            .filter(|name| !is_plain_word(name))
            .map(str::to_owned)
            .collect();
        let mut seen: HashSet<String> = names.iter().cloned().collect();
        let mut found = Vec::new();
        for _ in 0..ROUNDS {
            let mut next = Vec::new();
            for name in &names {
                for bound in self.outline.bound_near(name, function, at, NEAREST) {
                    let range = bound.binding.value.byte_range();
                    let sends = !facts.calls_from(range.clone()).is_empty();
                    if sends {
                        found.push(bound.at.min(range.start)..range.end);
                        continue;
                    }
                    let words = dialect::words(bound.binding.value, self.outline.text);
                    for other in identifiers(words).take(20) {
                        if seen.insert(other.to_owned()) {
                            next.push(other.to_owned());
                        }
                    }
                }
            }
            if next.is_empty() || !found.is_empty() {
                break;
            }
            names = next;
        }
        found
    }
}

/// Words of conditions that are no names of answers.
fn is_plain_word(name: &str) -> bool {
    is_word(name) && !matches!(name, "response" | "result" | "results" | "data" | "value")
        || matches!(
            name,
            "status" | "statusCode" | "status_code" | "StatusCode" | "elif" | "code"
        ) && name != "code"
}
