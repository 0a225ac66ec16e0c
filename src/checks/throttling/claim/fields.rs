//! Limits that fields of data tell.

use std::rc::Rc;

use super::{Claim, ClaimRate};
use crate::facts::FileFacts;
use crate::parse::rates::Reader;
use crate::source::Source;

/// Keys of a number of calls, of its period and of what both are of.
const COUNT: &[&str] = &[
    "limit", "calls", "requests", "max", "maximum", "rate", "quota",
];
const PERIOD: &[&str] = &[
    "timeframe",
    "time_frame",
    "period",
    "window",
    "interval",
    "per",
    "unit",
    "metric",
    "renewal_period",
    "renewalperiod",
];
const LABEL: &[&str] = &["name", "title", "api", "endpoint", "operation"];

/// `{name: Advanced hunting, limit: 45, timeFrame: minute}` in a list of limits.
pub(super) fn read(reader: &Reader, source: &Source, facts: &FileFacts, out: &mut Vec<Claim<'_>>) {
    let entries = &facts.front_matter;
    let split = |key: &str| {
        let (parent, last) = key.rsplit_once('.')?;
        Some((parent.to_owned(), last.to_ascii_lowercase()))
    };
    for (at, entry) in entries.iter().enumerate() {
        let Some((parent, last)) = split(&entry.key) else {
            continue;
        };
        let listed = reader.limiting(&parent.replace(['_', '-', '.'], " "));
        if !listed || !COUNT.contains(&last.as_str()) {
            continue;
        }
        let Some((calls, number)) = reader.count(&entry.value) else {
            continue;
        };
        // Entries of one mapping stand near each other.
        let near = at.saturating_sub(12)..(at + 12).min(entries.len());
        let sibling = |keys: &[&str]| {
            entries[near.clone()].iter().find(|other| {
                split(&other.key)
                    .is_some_and(|(above, name)| above == parent && keys.contains(&name.as_str()))
            })
        };
        let seconds = sibling(PERIOD).and_then(|period| {
            let text = period.value.as_str();
            reader.duration(text).or_else(|| reader.unit_of(text))
        });
        let (Some(seconds), Some(label)) = (seconds, sibling(LABEL)) else {
            continue;
        };
        let head = format!("{}: ", label.value);
        let exact = source.slice(entry.value_span) == entry.value;
        let start = entry.value_span.start as usize;
        out.push(Claim {
            raw: String::new(),
            text: format!("{head}{}", entry.value),
            earlier: Vec::new(),
            header: Rc::default(),
            label: Some(label.value.clone()),
            limiting: true,
            next: String::new(),
            question: false,
            code: false,
            rates: vec![ClaimRate {
                calls,
                from: None,
                seconds,
                quoted: false,
                range: head.len() + number.start..head.len() + number.end,
                span: entry.value_span,
                number: exact.then(|| source.span(start + number.start..start + number.end)),
            }],
            prose: None,
            field: Some(entry.key.clone()),
            start: entry.value_span.start,
        });
    }
}
