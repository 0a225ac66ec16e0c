//! Limits in sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::of::{endpoints, without_endpoints};
use super::{Candidate, Limits};
use crate::derive::text::{Sentence, one_line};
use crate::finding::Confidence;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;
use crate::parse::rates::{Rate, Reader, Statement, is_joined};

/// How far behind a sentence its hidden half may begin, in bytes.
const BILINGUAL: u32 = 200;

/// What a rate holds for.
#[derive(PartialEq, Eq)]
struct Of {
    scope: Option<String>,
    condition: String,
}

/// What stands around a sentence and says what its limits are of.
struct Around<'a> {
    /// The heading above.
    heading: &'a str,
    /// It and the headings that hold it.
    sections: Vec<&'a str>,
    /// The paragraph that introduces its list; empty outside of one.
    intro: &'a str,
}

impl Limits<'_> {
    /// A sentence that may state limits.
    pub(super) fn sentence(&mut self, index: usize, sentence: &Sentence) {
        let text = self.page.text(sentence);
        let statements = Reader::shared().read(text);
        let start = self.page.span(sentence).start;
        let around = Around {
            heading: self.page.section(start),
            sections: self.page.sections(start),
            intro: self.page.intro(index),
        };
        let line = self.page.source.position(start).line;
        let mut taken = Vec::new();
        for statement in statements {
            taken.extend(statement.rates.iter().map(|rate| rate.range.clone()));
            match self.stated(sentence, &around, &statement) {
                Ok(candidates) => {
                    for candidate in candidates {
                        self.add(candidate);
                    }
                }
                Err(why) => self.doubt(format!("line {line}: “{}”: {why}", one_line(text))),
            }
        }
        if taken.is_empty() && self.listed(sentence, around.heading, around.intro) {
            return;
        }
        let limiting = || {
            Reader::shared().limiting(text)
                || self.headed(&around.sections)
                || self.words.limits.stand_in(around.intro)
        };
        if Reader::shared().seems_to_tell(text, &taken)
            && limiting()
            && self.refused(text, around.heading).is_none()
            && !self.page.quote(sentence).ends_with(['?', '？'])
        {
            let why = format!(
                "line {line}: “{}”: seems to state a limit that was not read",
                one_line(text)
            );
            self.unread(why, text);
        }
    }

    /// The limits that a sentence states, or why it states none for sure.
    fn stated(
        &self,
        sentence: &Sentence,
        around: &Around<'_>,
        statement: &Statement,
    ) -> Result<Vec<Candidate>, String> {
        let text = self.page.text(sentence);
        let scope = self.scope(&without_endpoints(text), true);
        let headed = self.headed(&around.sections)
            || self.words.limits.stand_in(around.intro)
            || Reader::shared().counts_calls(around.intro);
        let counted = statement.rates.iter().any(|rate| rate.thing.is_some());
        let limiting = statement.limiting
            || headed
            || scope.is_some()
            || self.words.limits.stand_in(text)
            || self.words.allow.stand_in(text)
            || self.goes_over(text, statement);
        if !limiting || !counted && !headed {
            return Err("nothing says that it is a limit of calls".to_owned());
        }
        self.is_rule(sentence, around.heading, statement)?;
        if statement.rates.iter().any(|rate| rate.from.is_some()) {
            return Err("a range is no one limit".to_owned());
        }
        let sure = if statement.limiting && counted {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let about = statement
            .rates
            .iter()
            .fold(text.to_owned(), |rest, rate| without(&rest, &rate.range));
        let mut out = Vec::new();
        for (of, rates) in self.parts(text, around, scope, statement) {
            let windows = rates
                .iter()
                .map(|rate| {
                    let number = text.get(rate.number.clone()).unwrap_or_default();
                    self.window(rate.calls, rate.seconds, number, text)
                })
                .collect::<Result<Vec<Window>, String>>()?;
            if !self.agree(sentence, &windows) {
                return Err("its two languages disagree".to_owned());
            }
            let start = rates.first().map_or(0, |rate| rate.range.start);
            let end = rates.last().map_or(text.len(), |rate| rate.range.end);
            let fact = self.page.fact(sentence, start..end.max(start), "", sure);
            let name = self.specific_of(text, &(start..end.max(start)), around.heading);
            let endpoints: Vec<String> = endpoints(&self.page.quote(sentence))
                .into_iter()
                .map(|(_, endpoint)| endpoint)
                .collect();
            out.push(Candidate {
                topic: topic(&about),
                limit: PageLimit {
                    specific: !name.is_empty(),
                    name,
                    endpoints,
                    condition: of.condition,
                    windows,
                    scope: of.scope,
                    evidence: fact.evidence,
                },
                table: false,
            });
        }
        Ok(out)
    }

    /// The rates of a sentence, those together that hold for the same.
    fn parts<'r>(
        &self,
        text: &str,
        around: &Around<'_>,
        scope: Option<String>,
        statement: &'r Statement,
    ) -> Vec<(Of, Vec<&'r Rate>)> {
        let rates = &statement.rates;
        let outer = |strict: fn(&Self, &str) -> Option<String>| {
            let above = std::iter::once(&around.intro).chain(&around.sections);
            above.into_iter().find_map(|text| strict(self, text))
        };
        let scope_of = |limits: &Self, text: &str| limits.scope(&without_endpoints(text), true);
        let tier_of = |limits: &Self, text: &str| limits.tier(text);
        let scopes = self.each(text, rates, scope, scope_of);
        let whole = (self.tiers(text) < 2).then(|| self.tier(text)).flatten();
        let tiers = self.each(text, rates, whole, tier_of);
        let mut out: Vec<(Of, Vec<&Rate>)> = Vec::new();
        for (rate, (scope, tier)) in rates.iter().zip(scopes.into_iter().zip(tiers)) {
            let of = Of {
                scope: scope.or_else(|| outer(scope_of)),
                condition: tier.or_else(|| outer(tier_of)).unwrap_or_default(),
            };
            match out.iter_mut().find(|(other, _)| *other == of) {
                Some((_, rates)) => rates.push(rate),
                None => out.push((of, vec![rate])),
            }
        }
        out
    }

    /// What holds for each rate of a sentence: the whole sentence's, or, where it says
    /// several things, the words before each or else behind each.
    fn each(
        &self,
        text: &str,
        rates: &[Rate],
        whole: Option<String>,
        of: impl Fn(&Self, &str) -> Option<String>,
    ) -> Vec<Option<String>> {
        if whole.is_some() || rates.len() < 2 {
            return vec![whole; rates.len()];
        }
        let part = |range: Range<usize>| {
            let part = text.get(range).unwrap_or_default();
            of(self, part)
        };
        let before: Vec<Option<String>> = rates
            .iter()
            .enumerate()
            .map(|(index, rate)| {
                let from = index.checked_sub(1).map_or(0, |at| rates[at].range.end);
                part(from..rate.range.end.max(from))
            })
            .collect();
        if before.iter().all(Option::is_some) {
            return before;
        }
        let after = rates.iter().enumerate().map(|(index, rate)| {
            let to = rates
                .get(index + 1)
                .map_or(text.len(), |next| next.range.start);
            part(rate.range.start..to.max(rate.range.start))
        });
        after.collect()
    }

    /// Whether a sentence says what holds, for calls that succeed. `Err` tells what else
    /// it says.
    fn is_rule(
        &self,
        sentence: &Sentence,
        heading: &str,
        statement: &Statement,
    ) -> Result<(), String> {
        let text = self.page.text(sentence);
        let words = self.words;
        let rest = statement.rates.iter().fold(text.to_owned(), |rest, rate| {
            // "Up to" belongs to the number, and means "until" elsewhere.
            let start = Reader::shared().with_most(text, rate.range.start);
            blank(&rest, &(start..rate.range.end))
        });
        // What follows from going over it says nothing against it, nor do bursts beside it.
        let last = statement.rates.last().map_or(0, |rate| rate.range.end);
        let behind: Vec<Range<usize>> = words
            .behind
            .all(&rest)
            .filter(|range| range.start >= last)
            .collect();
        let rest = behind.iter().fold(rest, |rest, range| blank(&rest, range));
        if self.page.quote(sentence).ends_with(['?', '？']) {
            return Err("a question says no limit".to_owned());
        }
        if let Some(why) = self.refused(&rest, heading) {
            return Err(why.to_owned());
        }
        let first = statement.rates.first().map_or(0, |rate| rate.range.start);
        let ahead = text.get(..first).unwrap_or_default();
        // "If you make more than 100 calls a minute" tells a limit all the same.
        let going_over = words.exceed.stand_in(ahead) && !words.own_case.stand_in(ahead);
        if words.own_case.stand_in(ahead) || words.conditional.stand_in(ahead) && !going_over {
            return Err("it speaks of one case only".to_owned());
        }
        // "`X-RateLimit-Limit`: 60 requests a minute" tells of an answer.
        let quote = self.page.quote(sentence);
        let number = statement
            .rates
            .first()
            .and_then(|rate| text.get(rate.number.clone()));
        let shown = number.and_then(|number| quote.find(number)).unwrap_or(0);
        if words.header_names.stand_in(&quote[..shown]) {
            return Err("it describes a header of answers".to_owned());
        }
        Ok(())
    }

    /// "If you send more than 60 requests a minute": a limit, told by who goes over it.
    fn goes_over(&self, text: &str, statement: &Statement) -> bool {
        let first = statement.rates.first().map_or(0, |rate| rate.range.start);
        let ahead = text.get(..first).unwrap_or_default();
        self.words.conditional.stand_in(ahead) && self.words.exceed.stand_in(ahead)
    }

    /// Why what a sentence says is no limit of calls, by its other words.
    fn refused(&self, rest: &str, heading: &str) -> Option<&'static str> {
        let words = self.words;
        // "Should not exceed" forbids.
        let mut plain = rest.to_owned();
        for range in words.bids.all(rest) {
            plain.replace_range(range.clone(), &" ".repeat(range.len()));
        }
        if words.past.stand_in(&plain)
            || words.doubt.stand_in(&plain)
            || words.samples.stand_in(heading)
        {
            return Some("it speaks of the past, of an example or of advice");
        }
        if words.failures.stand_in(rest) || words.failures.stand_in(heading) {
            return Some("it counts calls that fail");
        }
        None
    }

    /// Whether the hidden half of a bilingual sentence, which follows it, tells the same.
    fn agree(&self, sentence: &Sentence, windows: &[Window]) -> bool {
        let end = self.page.span(sentence).end;
        let next = self.page.hidden_in(end, end + BILINGUAL).next();
        let Some(next) = next else { return true };
        let told: Vec<(u64, u64)> = Reader::shared()
            .read(&next.text)
            .iter()
            .flat_map(|statement| &statement.rates)
            .map(|rate| (rate.calls.to_bits(), rate.seconds.to_bits()))
            .collect();
        let own = |window: &Window| {
            (
                f64::from(window.calls).to_bits(),
                f64::from(window.seconds).to_bits(),
            )
        };
        told.is_empty() || windows.iter().all(|window| told.contains(&own(window)))
    }
}

/// The words of a text that neither count nor limit: what it speaks of.
fn topic(text: &str) -> BTreeSet<String> {
    let reader = Reader::shared();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 2 || word.chars().any(is_joined))
        .map(str::to_lowercase)
        .filter(|word| !reader.knows(word) && !word.chars().all(|c| c.is_ascii_digit()))
        .collect()
}

/// A text with a range blanked; it keeps its length.
fn blank(text: &str, range: &Range<usize>) -> String {
    let mut out = text.to_owned();
    if out.get(range.clone()).is_some() {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    out
}

fn without(text: &str, range: &Range<usize>) -> String {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    match (text.get(..start), text.get(end..)) {
        (Some(before), Some(after)) => format!("{before} {after}"),
        _ => text.to_owned(),
    }
}
