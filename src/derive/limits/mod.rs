//! The limits that a page states, in tables and in sentences. What cannot be read for
//! sure is told as not found, with the reason.

mod listed;
mod of;
mod prose;
mod rows;
mod settle;

use std::collections::BTreeSet;

use super::text::{Page, one_line};
use super::words::PageWords;
use crate::facts::ProseContext;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;

/// More limits than this are no licence page's.
const MAX_LIMITS: usize = 200;
/// More reasons than this are not told one by one.
const MAX_DOUBTS: usize = 200;
/// Most bytes of words that could not be read.
const UNREAD: usize = 200;

/// What was read.
#[derive(Default)]
pub(super) struct Found {
    pub(super) limits: Vec<PageLimit>,
    /// Why something that looked like a limit is none.
    pub(super) doubts: Vec<Doubt>,
}

/// Something that looks like a limit and was not read as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Doubt {
    /// Why it was not.
    pub(super) why: String,
    /// The words, where they may state a limit all the same.
    pub(super) unread: String,
}

/// What is known of a page before its limits are read.
pub(super) struct About<'a> {
    /// Its language.
    pub(super) language: Option<&'a str>,
    /// The words of its title, its product and its owner: they tell no limit from another.
    pub(super) names: Vec<&'a str>,
}

/// Reads the limits of a page.
pub(super) fn read(page: &Page, words: &PageWords, about: &About<'_>) -> Found {
    let mut limits = Limits {
        page,
        words,
        about,
        found: Vec::new(),
        doubts: Vec::new(),
    };
    for long in &page.too_long {
        let line = page.source.position(long.start).line;
        let text = page.source.slice(*long);
        let bytes = text.len();
        limits.unread(
            format!("line {line}: a sentence of {bytes} bytes is too long to be read"),
            &text[..crate::source::floor_boundary(text, UNREAD)],
        );
    }
    for table in &page.facts.tables {
        limits.table(table);
    }
    for (index, sentence) in page.sentences.iter().enumerate() {
        if page.prose(sentence).context != ProseContext::TableCell {
            limits.sentence(index, sentence);
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
    about: &'a About<'a>,
    found: Vec<Candidate>,
    doubts: Vec<Doubt>,
}

impl Limits<'_> {
    /// Keeps why something is no limit.
    fn doubt(&mut self, why: String) {
        self.keep(Doubt {
            why,
            unread: String::new(),
        });
    }

    /// Keeps what seems to be a limit and could not be read.
    fn unread(&mut self, why: String, words: &str) {
        let words = one_line(words);
        let cut = crate::source::floor_boundary(&words, UNREAD);
        self.keep(Doubt {
            why,
            unread: words[..cut].to_owned(),
        });
    }

    fn keep(&mut self, doubt: Doubt) {
        match self.doubts.len() {
            0..MAX_DOUBTS if !self.doubts.contains(&doubt) => self.doubts.push(doubt),
            MAX_DOUBTS => self.doubts.push(Doubt {
                why: "more of the same kind".to_owned(),
                unread: doubt.unread,
            }),
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
        let language = own.or(self
            .about
            .language
            .map(|id| id.split('-').next().unwrap_or(id)));
        let comma_groups = match language {
            Some("en" | "ja" | "zh" | "ko") => true,
            Some(_) => false,
            // Nobody counts calls with three places behind the comma: 1,000 and 1.000.
            None => return !number.ends_with("000") || number.starts_with('0'),
        };
        (number.as_bytes()[at] == b',') != comma_groups
    }
}
