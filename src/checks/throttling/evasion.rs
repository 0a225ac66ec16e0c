//! Advice to get more quota by several identities: prose only, negation-aware.

use std::cell::OnceCell;

use serde::Deserialize;

use super::claim::asks;
use super::docs::triggers;
use super::place::{Layout, Place};
use super::topic::{LazyTopics, Named, Topics};
use super::words::{Phrases, Words};
use crate::checks::{BuildError, Check, FileContext, Trigger, configure};
use crate::facts::{FileFacts, FileKind, ProseContext};
use crate::finding::Finding;
use crate::pack::{Pack, Pattern};
use crate::parse::rates::Reader;

/// Words that lie further apart do not speak of each other.
const MAX_ADVICE: usize = 160;

/// The rule's `with`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    /// Literals that a file must hold to be read.
    triggers: Vec<String>,
    /// Patterns of advice; `<several>`, `<identity>` and `<identities>` stand for the
    /// alternatives below.
    advice: Vec<String>,
    several: String,
    identity: String,
    identities: String,
    aim: Words,
    negation: Words,
    purpose: Words,
}

struct Evasion {
    topics: LazyTopics,
    triggers: Vec<Trigger>,
    advice: Phrases,
    aim: Phrases,
    negation: Phrases,
    purpose: Phrases,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let with: With = configure(with)?;
    for (key, alternatives) in [
        ("several", &with.several),
        ("identity", &with.identity),
        ("identities", &with.identities),
    ] {
        Pattern::new(alternatives).map_err(|message| BuildError {
            key: format!("with.{key}"),
            message,
        })?;
    }
    let advice = with.advice.into_iter().map(|pattern| {
        pattern
            .replace("<several>", &with.several)
            .replace("<identity>", &with.identity)
            .replace("<identities>", &with.identities)
    });
    Ok(Box::new(Evasion {
        topics: Topics::lazy(&pack.limits),
        triggers: triggers(with.triggers),
        advice: Words::new(advice.collect()).compile("with.advice")?,
        aim: with.aim.compile("with.aim")?,
        negation: with.negation.compile("with.negation")?,
        purpose: with.purpose.compile("with.purpose")?,
    }))
}

impl Check for Evasion {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["words"]
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let mut layout = None;
        let whole = OnceCell::new();
        for (index, prose) in context.facts.prose.iter().enumerate() {
            if prose.alternate || prose.quoted || !self.advice.is_match(&prose.text) {
                continue;
            }
            let layout = layout.get_or_insert_with(|| Layout::new(context.source, context.facts));
            let place = layout.of_prose(index);
            self.piece(
                context,
                index,
                &Around {
                    place,
                    whole: &whole,
                },
                out,
            );
        }
    }
}

impl Evasion {
    fn piece(
        &self,
        context: &FileContext<'_>,
        index: usize,
        beyond: &Around<'_>,
        out: &mut Vec<Finding>,
    ) {
        let prose = &context.facts.prose[index];
        if !context.source.budget.read(prose.text.len()) {
            return;
        }
        let sentences = Reader::shared().sentences(&prose.text);
        for (at, range) in sentences.iter().enumerate() {
            let Some(sentence) = prose.text.get(range.clone()) else {
                continue;
            };
            let Some(advice) = self.advice.find(sentence) else {
                continue;
            };
            let around = |step: usize| {
                let other = at.checked_sub(step).and_then(|at| sentences.get(at));
                other.and_then(|range| prose.text.get(range.clone()))
            };
            let before = around(1).unwrap_or("");
            let after = sentences
                .get(at + 1)
                .and_then(|range| prose.text.get(range.clone()))
                .unwrap_or("");
            let denied = self.negation.is_match(sentence)
                || self.negation.is_match(after)
                || self.purpose.is_match(sentence);
            let aim = self.aim.is_match(sentence) || self.aim.is_match(before);
            if denied
                || !aim
                || advice.len() > MAX_ADVICE
                || prose.is_struck(range.start + advice.start)
                || asks(&prose.text, range.end)
                || !self.governed(
                    context,
                    index,
                    beyond,
                    &[&outside(sentence, &advice), before],
                )
            {
                continue;
            }
            let place = range.start + advice.start..range.start + advice.end;
            let words = prose.text.get(place.clone()).unwrap_or("");
            out.push(Finding::new(
                context.rule,
                Some(prose.span(context.source.id, place.clone())),
                context.rule.message(&[("words", words)]),
            ));
        }
    }

    /// Whether the governed API is what the advice is about: the nearest place that
    /// names an API decides.
    fn governed(
        &self,
        context: &FileContext<'_>,
        index: usize,
        beyond: &Around<'_>,
        own: &[&str],
    ) -> bool {
        let Some(topics) = self.topics.get() else {
            return false;
        };
        for text in own {
            if let Some(decided) = decides(&topics.named(text, text)) {
                return decided;
            }
        }
        let place = &beyond.place;
        for scope in place.lead.iter().chain(&place.headings).chain(&place.title) {
            let named = scope.named(|scope| topics.named(&scope.text, scope.raw));
            if let Some(decided) = decides(named) {
                return decided;
            }
        }
        // A page whose headings name nothing: the page as a whole must speak of the
        // governed API, and of no neighbour.
        if is_code(context.facts) || is_string(context.facts, index) {
            return false;
        }
        let text = &context.source.text;
        let whole = beyond.whole.get_or_init(|| topics.named(text, text));
        !whole.governed.is_empty() && !whole.neighbour
    }
}

/// What stands around the sentences of a piece of prose.
struct Around<'a> {
    place: Place<'a>,
    /// What the page names in all, when it was asked for.
    whole: &'a OnceCell<Named>,
}

/// Whether a text is about the governed API; nothing where it names none.
fn decides(named: &Named) -> Option<bool> {
    let governed = !named.governed.is_empty();
    (named.neighbour || governed).then_some(governed)
}

fn is_code(facts: &FileFacts) -> bool {
    matches!(facts.kind, FileKind::Code(_))
}

fn is_string(facts: &FileFacts, index: usize) -> bool {
    facts.prose[index].context == ProseContext::StringLiteral
}

/// A sentence without the words of the advice: the directory that apps are registered
/// in is not the API that they call.
fn outside(sentence: &str, advice: &std::ops::Range<usize>) -> String {
    let mut rest = sentence.get(..advice.start).unwrap_or("").to_owned();
    rest.push_str(" \u{fffc} ");
    rest.push_str(sentence.get(advice.end..).unwrap_or(""));
    rest
}
