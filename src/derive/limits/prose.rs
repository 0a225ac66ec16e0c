//! Limits in sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Candidate, Limits};
use crate::derive::text::{Sentence, one_line};
use crate::finding::Confidence;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;
use crate::parse::rates::{Rate, Reader, Statement, is_joined};

/// How far behind a sentence its hidden half may begin, in bytes.
const BILINGUAL: u32 = 200;

impl Limits<'_> {
    /// A sentence that may state limits.
    pub(super) fn sentence(&mut self, sentence: &Sentence) {
        let text = self.page.text(sentence);
        let statements = Reader::shared().read(text);
        if statements.is_empty() {
            return;
        }
        let start = self.page.span(sentence).start;
        let heading = self.page.section(start);
        let line = self.page.source.position(start).line;
        for statement in statements {
            match self.stated(sentence, heading, &statement) {
                Ok(candidate) => self.add(candidate),
                Err(why) => self.doubt(format!("line {line}: “{}”: {why}", one_line(text))),
            }
        }
    }

    /// The limit that a sentence states, or why it states none for sure.
    fn stated(
        &self,
        sentence: &Sentence,
        heading: &str,
        statement: &Statement,
    ) -> Result<Candidate, String> {
        let text = self.page.text(sentence);
        let scope = self.scope(text, true);
        let headed = self.words.limits.stand_in(heading);
        let counted = statement.rates.iter().any(|rate| rate.thing.is_some());
        let limiting = statement.limiting
            || headed
            || scope.is_some()
            || self.words.limits.stand_in(text)
            || self.words.allow.stand_in(text);
        if !limiting || !counted && !headed {
            return Err("nothing says that it is a limit of calls".to_owned());
        }
        self.is_rule(text, heading, statement)?;
        if statement.rates.iter().any(|rate| rate.from.is_some()) {
            return Err("a range is no one limit".to_owned());
        }
        let windows = statement
            .rates
            .iter()
            .map(|rate| {
                let number = text.get(rate.number.clone()).unwrap_or_default();
                self.window(rate.calls, rate.seconds, number, text)
            })
            .collect::<Result<Vec<Window>, String>>()?;
        if !self.agree(sentence, &windows) {
            return Err("its two languages disagree".to_owned());
        }
        let start = statement.rates.first().map_or(0, |rate| rate.range.start);
        let end = statement
            .rates
            .last()
            .map_or(text.len(), |rate| rate.range.end);
        let sure = if statement.limiting && counted {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let fact = self.page.fact(sentence, start..end.max(start), "", sure);
        let about = statement
            .rates
            .iter()
            .fold(text.to_owned(), |rest, rate| without(&rest, &rate.range));
        Ok(Candidate {
            topic: topic(&about),
            limit: PageLimit {
                name: String::new(),
                windows,
                scope,
                evidence: fact.evidence,
            },
            table: false,
        })
    }

    /// Whether a sentence says what holds, for calls that succeed. `Err` tells what else
    /// it says.
    fn is_rule(&self, text: &str, heading: &str, statement: &Statement) -> Result<(), String> {
        let words = self.words;
        if text.trim_end().ends_with(['?', '？']) {
            return Err("a question says no limit".to_owned());
        }
        let doubtful = |rate: &Rate| {
            let rest = without(text, &rate.range);
            words.past.stand_in(&rest) || words.doubt.stand_in(&rest)
        };
        if statement.rates.iter().any(doubtful) || words.samples.stand_in(heading) {
            return Err("it speaks of the past, of an example or of advice".to_owned());
        }
        let first = statement.rates.first().map_or(0, |rate| rate.range.start);
        let ahead = text.get(..first).unwrap_or_default();
        // "If you make more than 100 calls a minute" tells a limit all the same.
        if words.conditional.stand_in(ahead) && !words.exceed.stand_in(ahead) {
            return Err("it speaks of one case only".to_owned());
        }
        if words.failures.stand_in(text) || words.failures.stand_in(heading) {
            return Err("it counts calls that fail".to_owned());
        }
        Ok(())
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

fn without(text: &str, range: &Range<usize>) -> String {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    match (text.get(..start), text.get(end..)) {
        (Some(before), Some(after)) => format!("{before} {after}"),
        _ => text.to_owned(),
    }
}
