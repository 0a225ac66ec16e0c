//! The limits that a page states, in tables and in sentences. What cannot be read for
//! sure is told as not found, with the reason.

mod prose;
mod rows;
mod settle;

use std::collections::BTreeSet;

use super::text::Page;
use super::words::PageWords;
use crate::facts::ProseContext;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;
use crate::source::ceil_boundary;

/// Bytes before a word that are searched for "per" and the like.
const PER: usize = 60;
/// More limits than this are no licence page's.
const MAX_LIMITS: usize = 200;
/// More reasons than this are not told one by one.
const MAX_DOUBTS: usize = 200;

/// What was read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) limits: Vec<PageLimit>,
    /// Why something that looked like a limit is none.
    pub(super) doubts: Vec<String>,
}

/// Reads the limits of a page.
pub(super) fn read(page: &Page, words: &PageWords, language: Option<&str>) -> Found {
    let mut limits = Limits {
        page,
        words,
        language,
        found: Vec::new(),
        doubts: Vec::new(),
    };
    for table in &page.facts.tables {
        limits.table(table);
    }
    for sentence in &page.sentences {
        if page.prose(sentence).context != ProseContext::TableCell {
            limits.sentence(sentence);
        }
    }
    limits.settle()
}

/// A limit with what tells it from others.
struct Candidate {
    limit: PageLimit,
    topic: BTreeSet<String>,
    table: bool,
}

struct Limits<'a> {
    page: &'a Page,
    words: &'a PageWords,
    language: Option<&'a str>,
    found: Vec<Candidate>,
    doubts: Vec<String>,
}

impl Limits<'_> {
    /// Keeps why something is no limit.
    fn doubt(&mut self, why: String) {
        match self.doubts.len() {
            0..MAX_DOUBTS if !self.doubts.contains(&why) => self.doubts.push(why),
            MAX_DOUBTS => self.doubts.push("more of the same kind".to_owned()),
            _ => {}
        }
    }

    fn add(&mut self, mut candidate: Candidate) {
        if self.found.len() >= MAX_LIMITS {
            self.doubt(format!(
                "more than {MAX_LIMITS} limits; the rest is left out"
            ));
            return;
        }
        let windows = &mut candidate.limit.windows;
        windows.sort_by_key(|window| (window.seconds, window.calls));
        windows.dedup();
        let twice = windows
            .windows(2)
            .any(|pair| pair[0].seconds == pair[1].seconds);
        if twice {
            let quote = candidate.limit.evidence.quote;
            let line = candidate.limit.evidence.line;
            self.doubt(format!(
                "line {line}: “{quote}”: two numbers for one period"
            ));
            return;
        }
        self.found.push(candidate);
    }

    /// The window that was read, when it is within what vendors mean and written so
    /// that it can be read in one way only.
    fn window(
        &self,
        calls: f64,
        seconds: f64,
        number: &str,
        around: &str,
    ) -> Result<Window, String> {
        if self.is_ambiguous(number, around) {
            return Err(format!("“{number}” can be read in two ways"));
        }
        let whole = |value: f64| value.fract() == 0.0 && (1.0..=1e9).contains(&value);
        // Half a call a second is one in two seconds.
        let (calls, seconds) = if whole(calls) && whole(seconds) {
            (calls, seconds)
        } else if let Some(times) = (2..=1000)
            .map(f64::from)
            .find(|times| whole(calls * times) && whole(seconds * times))
        {
            (calls * times, seconds * times)
        } else {
            return Err(format!("“{number}” is no number of calls"));
        };
        #[allow(clippy::cast_sign_loss)] // 1 to 1e9
        let window = Window {
            calls: calls as u32,
            seconds: seconds as u32,
        };
        window.judge()?;
        Ok(window)
    }

    /// Whether a mark among the digits may group them or part a fraction off, and the
    /// page's language does not tell.
    fn is_ambiguous(&self, number: &str, around: &str) -> bool {
        let number = number.trim();
        let Some(at) = number.rfind(['.', ',']) else {
            return false;
        };
        if number.matches(['.', ',']).count() > 1 || number.len() - at != 4 || at == 0 {
            return false;
        }
        // A page in two languages writes each its own way.
        let own = match self.words.languages(around).as_slice() {
            [(first, most), (_, next), ..] if *most > 2 && *most > *next => Some(*first),
            _ => None,
        };
        let language = own.or(self.language.map(|id| id.split('-').next().unwrap_or(id)));
        let comma_groups = match language {
            Some("en" | "ja" | "zh" | "ko") => true,
            Some(_) => false,
            None => return true,
        };
        (number.as_bytes()[at] == b',') != comma_groups
    }

    /// What a limit is counted by, when the words name one thing. In a sentence the
    /// thing has to follow a word such as "per".
    fn scope(&self, text: &str, strict: bool) -> Option<String> {
        let mut named = BTreeSet::new();
        let mut counted = BTreeSet::new();
        for (scope, words) in &self.words.scopes {
            for range in words.all(text) {
                named.insert(scope);
                let start = ceil_boundary(text, range.start.saturating_sub(PER));
                let before = text[start..range.start].trim_end();
                let after = text[range.end..].trim_start();
                let per_before = self
                    .words
                    .per
                    .all(before)
                    .any(|per| per.end == before.len())
                    || self
                        .words
                        .articles
                        .all(before)
                        .any(|article| article == (0..before.len()));
                let per_after = self.words.per_after.all(after).any(|per| per.start == 0)
                    || self
                        .words
                        .per_after
                        .all(&text[range.clone()])
                        .any(|per| per.end == range.len());
                if per_before || per_after {
                    counted.insert(scope);
                }
            }
        }
        let one = |set: &BTreeSet<&String>| match set.iter().next() {
            Some(only) if set.len() == 1 => Some((*only).clone()),
            _ => None,
        };
        one(&counted).or_else(|| (!strict && counted.is_empty()).then(|| one(&named))?)
    }
}
