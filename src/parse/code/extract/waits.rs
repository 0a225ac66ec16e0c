//! Waits: how long, and by what that is decided.

use super::{Extractor, Known};
use crate::facts::code::{Amount, BlockId, CodeFacts, Sleep};
use crate::parse::code::dialect::{self, Shape};
use crate::parse::code::idiom::From;
use crate::parse::code::syntax::Node;
use crate::parse::code::value::{Value, into_number, into_seconds};
use crate::source::Span;

/// Most numbers that are kept of one file.
const MAX_NUMBERS: usize = 500;
/// Longest arithmetic that is read for a constant: `24 * 60 * 60 * 1000` is shorter.
const MAX_WORDS: usize = 60;

impl<'t> Extractor<'_, 't> {
    /// The wait that a call is, its length taken from here. What is put off by the same
    /// time in every round of a loop is no wait between the rounds.
    pub(super) fn wait(
        &self,
        known: &Known<'t>,
        from: From,
        unit: f64,
        span: Span,
        looped: bool,
        block: BlockId,
    ) -> Option<Sleep> {
        let seconds = into_seconds(self.reader.given(known.node, &known.call, from), unit);
        let mut sleep = Sleep::plain(seconds, span, self.short(span), block);
        let length = from
            .iter()
            .find_map(|spec| self.reader.find(known.node, &known.call, spec, 0));
        let Some(length) = length.map(|node| self.reader.bare(node)) else {
            return Some(sleep);
        };
        // `setTimeout(() => send(x), i * 200)`: what is put off is sent so much later.
        let puts_off = known.call.arguments.len() > 1
            && known.call.arguments.first().is_some_and(|given| {
                given.value.is_some_and(|value| {
                    value.start_byte() < length.start_byte() && self.sends(value)
                })
            });
        if seconds.value.is_some() || seconds.parameter.is_some() {
            return (!(puts_off && looped)).then_some(sleep);
        }
        sleep.apart = self
            .step(length, known.node.start_byte())
            .map(|step| step.times(unit));
        if puts_off && let Some(apart) = sleep.apart {
            sleep.seconds = apart;
        } else {
            sleep.named = self.elsewhere(length, unit);
        }
        Some(sleep)
    }

    /// Whether a value is a function that does more than end a wait: `setTimeout(resolve, 100)`.
    fn sends(&self, value: Node<'t>) -> bool {
        match self.reader.shape(self.reader.bare(value)) {
            Shape::Lambda => true,
            Shape::Path(path) => self.outline.named(&path).next().is_some(),
            _ => false,
        }
    }

    /// How much a length grows from one round to the next: 200 of `i * 200` and of
    /// `200 * (i + 1)`, or what is added to it in each round.
    fn step(&self, length: Node<'t>, at: usize) -> Option<Amount> {
        match self.reader.shape(length) {
            Shape::Binary('*', left, right) => {
                let (left, right) = (self.reader.bare(left), self.reader.bare(right));
                let factor = if self.counts_rounds(left) {
                    right
                } else if self.counts_rounds(right) {
                    left
                } else {
                    return None;
                };
                Some(into_number(self.reader.read(factor))).filter(|step| step.value.is_some())
            }
            Shape::Path(path) => {
                let mut added = self.outline.bound(&path).filter(|bound| {
                    bound.binding.augmented && bound.function == self.outline.function_at(at)
                });
                let only = added.next().filter(|_| added.next().is_none())?;
                Some(into_number(self.reader.read(only.binding.value)))
                    .filter(|step| step.value.is_some())
            }
            _ => None,
        }
    }

    /// Whether an expression is the counter of a loop, or that and a number.
    fn counts_rounds(&self, node: Node<'t>) -> bool {
        match self.reader.shape(node) {
            Shape::Path(path) => self.outline.is_closure_name(&path),
            Shape::Binary('+', left, right) => {
                let (left, right) = (self.reader.bare(left), self.reader.bare(right));
                self.counts_rounds(left) && matches!(self.reader.shape(right), Shape::Number(_))
            }
            _ => false,
        }
    }

    /// The name of another file's number that a length is, or that number over or times
    /// another.
    fn elsewhere(&self, length: Node<'t>, unit: f64) -> Option<(String, f64)> {
        match self.reader.shape(length) {
            Shape::Path(path) => {
                let known = self.outline.is_closure_name(&path)
                    || self.outline.bound(&path).next().is_some();
                (!known && !path.is_empty())
                    .then(|| (self.outline.spelt_out(&path).into_owned(), unit))
            }
            Shape::Binary(operator @ ('*' | '/'), left, right) => {
                let factor = into_number(self.reader.read(right)).value?;
                let worth = match operator {
                    '*' => unit * factor,
                    _ if factor > 0.0 => unit / factor,
                    _ => return None,
                };
                self.elsewhere(self.reader.bare(left), worth)
            }
            _ => None,
        }
    }

    /// Numbers of the file that have a name, for files that use them.
    pub(super) fn numbers(&self, facts: &mut CodeFacts) {
        for bound in &self.outline.bindings {
            if bound.function != 0 && !bound.binding.field || bound.binding.augmented {
                continue;
            }
            let words = dialect::words(bound.binding.value, self.outline.text);
            let numeric = words.starts_with(|c: char| c.is_ascii_digit() || c == '.')
                || words.contains('(') && words.ends_with(')');
            if !numeric || words.len() > MAX_WORDS || facts.numbers.len() >= MAX_NUMBERS {
                continue;
            }
            let value = self.reader.read(bound.binding.value);
            let (Value::Number(amount) | Value::Seconds(amount)) = value else {
                continue;
            };
            if amount.value.is_some() {
                facts.numbers.push((bound.binding.target.clone(), amount));
            }
        }
    }
}
