//! Limits of which a list has the numbers and the heading or the sentence above it the
//! period: "Requests per minute:" over "Per key: 60".

use std::collections::BTreeSet;

use super::of::{endpoints, without_endpoints};
use super::{Candidate, Limits};
use crate::derive::text::{Sentence, one_line};
use crate::facts::ProseContext;
use crate::finding::Confidence;
use crate::pack::page::PageLimit;
use crate::parse::rates::Reader;

impl Limits<'_> {
    /// An item that has a number for the period above its list. Whether it was one.
    pub(super) fn listed(&mut self, sentence: &Sentence, heading: &str, intro: &str) -> bool {
        if self.page.prose(sentence).context != ProseContext::ListItem {
            return false;
        }
        let reader = Reader::shared();
        let above = [intro, heading];
        let period = above.iter().find_map(|text| {
            let told = reader.counts_calls(text) || self.words.limits.stand_in(text);
            told.then(|| reader.unit_of(text)).flatten()
        });
        let Some(seconds) = period else {
            return false;
        };
        let text = self.page.text(sentence);
        let (label, value) = match text.split_once([':', '：']) {
            Some((label, value)) => (label.trim(), value),
            None => ("", text),
        };
        let Some((calls, number)) = reader.count(value) else {
            return false;
        };
        let at = text.len() - value.len();
        let written = value.get(number.clone()).unwrap_or_default();
        let quote = self.page.quote(sentence);
        let line = self
            .page
            .source
            .position(self.page.span(sentence).start)
            .line;
        let refused = self.refused_item(label, heading);
        let window = self.window(calls, seconds, written, text);
        let window = match (refused, window) {
            (None, Ok(window)) => window,
            (Some(why), _) | (None, Err(why)) => {
                self.doubt(format!("line {line}: “{}”: {why}", one_line(text)));
                return true;
            }
        };
        let named = without_endpoints(label);
        let scope = self
            .scope(&named, true)
            .or_else(|| self.whole_scope(&named))
            .or_else(|| self.scope(intro, true))
            .or_else(|| self.scope(heading, true));
        let condition = [&named, intro, heading]
            .iter()
            .find_map(|text| self.tier(text));
        let specific = scope.is_none() && condition.is_none() && self.is_specific(label);
        let range = at + number.start..at + number.end;
        self.add(Candidate {
            topic: BTreeSet::from([label.to_lowercase()]),
            limit: PageLimit {
                name: one_line(label),
                specific,
                endpoints: endpoints(&quote)
                    .into_iter()
                    .map(|(_, name)| name)
                    .collect(),
                condition: condition.unwrap_or_default(),
                windows: vec![window],
                scope,
                evidence: self
                    .page
                    .fact(sentence, range, "", Confidence::Medium)
                    .evidence,
            },
            table: true,
        });
        true
    }

    /// Why the number of an item is no limit of calls.
    fn refused_item(&self, label: &str, heading: &str) -> Option<String> {
        let words = self.words;
        if words.failures.stand_in(label) || words.failures.stand_in(heading) {
            return Some("it counts calls that fail".to_owned());
        }
        if words.other_numbers.stand_in(label) {
            return Some("its words are those of other numbers than limits of calls".to_owned());
        }
        words
            .samples
            .stand_in(heading)
            .then(|| "it stands among examples".to_owned())
    }
}
