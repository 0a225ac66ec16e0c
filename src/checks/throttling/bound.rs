//! Whether a number that stands in one sentence with the API's name is the API's.
//!
//! Sentences name products for many reasons ("alerts of X reach the webhook, 500
//! requests a minute"). The name must be bound to the limit: as API, by a colon, or by
//! a word of limiting with nothing of weight between.

use std::collections::HashMap;
use std::rc::Rc;

use super::claim::Claim;
use super::judge::{Certainty, Judge, Told};
use super::place::{Place, Question};
use super::topic::{Mention, Topic};
use crate::parse::rates::Reader;
use crate::source::{ceil_boundary, floor_boundary};

/// Words between a name and what binds it at most.
const NEAR: usize = 4;
/// They stand within so many bytes: a sentence may name the API as often as it is long.
const MAX_RUN: usize = 400;

impl Judge<'_> {
    /// How surely the rates of a claim that names the API are the API's own; `None` when
    /// nothing binds them.
    pub(super) fn bound(
        &self,
        claim: &Claim<'_>,
        place: &Place<'_>,
        told: &Told<'_>,
    ) -> Option<Certainty> {
        let text = &claim.text;
        let first = claim.rates.first().map_or(0, |rate| rate.range.start);
        let another = self.last_other(text.get(..first).unwrap_or(""));
        let api = |text: &str| self.wording.api.is_match(text);
        let governed = |mention: &&Mention| {
            mention.topics.iter().any(|topic| match topic {
                Topic::Family(at) => self.limits().families[*at].governed,
                Topic::Endpoint(_) => false,
            })
        };
        let api_near = place
            .headings
            .first()
            .into_iter()
            .chain(&place.lead)
            .map(Rc::as_ref)
            .chain(claim.header.iter())
            .any(|scope| scope.answers(Question::Api, api));
        // A name is looked for once in a label, which may be as long as its row.
        let mut labelled: HashMap<&str, bool> = HashMap::new();
        let mut is_label = |name| {
            let label = claim.label.as_deref().unwrap_or("");
            *labelled.entry(name).or_insert_with(|| label.contains(name))
        };
        let mut best: Option<Certainty> = None;
        for mention in told.mentions.iter().filter(governed) {
            let before = text.get(..mention.range.start).unwrap_or("");
            let after = text.get(mention.range.end..).unwrap_or("");
            let end = mention.range.end;
            if end <= first && another.is_some_and(|other| other >= end) {
                continue;
            }
            let name = text.get(mention.range.clone()).unwrap_or("");
            let as_api = self.wording.api.is_match(name)
                || self.wording.api.is_match(&first_two(head(after)))
                || tail(before).is_some_and(|run| self.wording.api.is_match(&run));
            let certainty = if as_api {
                Certainty::Sure
            } else if mention.loose {
                continue;
            } else if labels(after) || self.limits_next(after) || self.limits_ahead(before) {
                if api_near || !labels(after) {
                    Certainty::Sure
                } else {
                    Certainty::Likely
                }
            } else if is_label(name) {
                if api_near {
                    Certainty::Sure
                } else {
                    Certainty::Likely
                }
            } else {
                continue;
            };
            best = Some(best.map_or(certainty, |held| held.min(certainty)));
        }
        if best.is_none() && self.address_bound(claim) {
            best = Some(Certainty::Sure);
        }
        best
    }

    /// The address of the governed API stands before the words of a limit, and no other
    /// one does: "`https://api.example.com/search` allows 20 requests per second".
    fn address_bound(&self, claim: &Claim<'_>) -> bool {
        let hosts = self.topics.hosts(&claim.raw);
        let [(range, true)] = hosts.as_slice() else {
            return false;
        };
        let rest = claim.raw.get(range.end..).unwrap_or_default();
        // The rest of the address, and what closes it.
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | ')' | '>' | ']'))
            .unwrap_or(rest.len());
        let after = rest[end..].trim_start_matches(['`', '"', ')', '>', ']', '*', '_']);
        labels(after) || self.limits_next(after)
    }

    /// "X has a limit of", "X is throttled at", "X: max".
    fn limits_next(&self, after: &str) -> bool {
        let reader = Reader::shared();
        for word in head(after).into_iter().take(NEAR) {
            if reader.limiting(word) {
                return true;
            }
            if !self.is_light(word) {
                return false;
            }
        }
        false
    }

    /// "the limit of X".
    fn limits_ahead(&self, before: &str) -> bool {
        let reader = Reader::shared();
        let Some(run) = tail(before) else {
            return false;
        };
        for word in run.split(' ').rev() {
            if reader.limiting(word) {
                return true;
            }
            if !self.is_light(word) {
                return false;
            }
        }
        false
    }

    fn is_light(&self, word: &str) -> bool {
        self.wording.generic.is_match(word) || word.chars().count() < 3
    }

    /// Where the last name begins that is not known: between the API's and the number it
    /// takes the number.
    fn last_other(&self, before: &str) -> Option<usize> {
        let mut words = before.rsplit(|c: char| !c.is_alphanumeric());
        let word = words.find(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().count() > 2
                && !self.wording.generic.is_match(word)
                && !self.wording.api.is_match(word)
                && !Reader::shared().knows(word)
        })?;
        Some(word.as_ptr() as usize - before.as_ptr() as usize)
    }
}

fn first_two(words: Vec<&str>) -> String {
    let run: Vec<&str> = words.into_iter().take(2).collect();
    run.join(" ")
}

/// The words right after a name, up to a punctuation mark.
fn head(after: &str) -> Vec<&str> {
    let after = &after[..floor_boundary(after, MAX_RUN)];
    let end = after
        .find([',', ';', '(', '（', '，', '。', '|', '\u{fffc}'])
        .unwrap_or(after.len());
    let run = after.get(..end).unwrap_or("");
    let run = run.split([':', '：']).next().unwrap_or("");
    run.split_whitespace().take(NEAR).collect()
}

/// The words right before a name, back to a punctuation mark.
fn tail(before: &str) -> Option<String> {
    let before = &before[ceil_boundary(before, before.len().saturating_sub(MAX_RUN))..];
    let run = before
        .rsplit([',', ';', '(', '（', '，', '。', '|', '\u{fffc}', ':'])
        .next()?;
    let words: Vec<&str> = run.split_whitespace().collect();
    let from = words.len().saturating_sub(NEAR);
    let words = words.get(from..)?;
    (!words.is_empty()).then(|| words.join(" "))
}

/// Whether a colon or a dash makes the name a label.
fn labels(after: &str) -> bool {
    let near = &after[..floor_boundary(after, MAX_RUN)];
    let rest = near.trim_start_matches([' ', ')', '*', '\u{a0}']);
    rest.starts_with([':', '：', '–', '—', '=']) || rest.starts_with("- ")
}
