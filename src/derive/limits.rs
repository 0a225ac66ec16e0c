//! The limits that a page states, in tables and in sentences. What cannot be read for
//! sure is told as not found, with the reason.

use std::collections::BTreeSet;
use std::ops::Range;

use super::text::{Page, Sentence, one_line};
use super::words::PageWords;
use crate::facts::{Cell, ProseContext, Table};
use crate::finding::Confidence;
use crate::pack::page::PageLimit;
use crate::pack::vocabulary::Window;
use crate::parse::rates::{Rate, Reader, RowRates, is_joined};

/// Points from which on a row of numbers is a limit of calls; see [`Limits::points`].
const ENOUGH: u32 = 2;
/// More limits than this are no licence page's.
const MAX_LIMITS: usize = 200;

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
    fn table(&mut self, table: &Table) {
        for row in Reader::shared().read_table(table) {
            self.row(table, &row);
        }
    }

    fn row(&mut self, table: &Table, row: &RowRates) {
        let Some(first) = row.rates.first() else {
            return;
        };
        let cells = row
            .row
            .and_then(|row| table.rows.get(row))
            .map_or(&[][..], Vec::as_slice);
        let quote = if row.row.is_some() {
            let texts: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
            texts.join(" | ")
        } else {
            let rows = table.rows.iter().map(|cells| {
                let texts: Vec<&str> = cells.iter().map(|cell| cell.text.trim()).collect();
                texts.join(" | ")
            });
            rows.collect::<Vec<_>>().join(" / ")
        };
        let line = self.page.source.position(table.span.start).line;
        let told = |what: &str| format!("line {line}: “{}”: {what}", one_line(&quote));
        let label = row.label.and_then(|at| cells.get(at));
        let name = label.map_or("", |cell| cell.text.trim());
        let heading = self.page.section(table.span.start);
        if self.words.other_numbers.stand_in(name)
            || self.words.other_numbers.stand_in(&headers(table))
        {
            return;
        }
        if self.points(table, row, name, heading) < ENOUGH {
            self.doubts.push(told("nothing says that these are calls"));
            return;
        }
        let mut windows = Vec::new();
        for rate in &row.rates {
            let cell = table
                .rows
                .get(rate.row)
                .and_then(|row| row.get(rate.column));
            let text = cell.map_or("", |cell| cell.text.as_str());
            let number = text.get(rate.number.clone()).unwrap_or_default();
            let range = rate
                .from
                .is_some()
                .then(|| "a range is no one limit".to_owned());
            let window = self.window(rate.calls, rate.seconds, number, &quote);
            match range.map_or(window, Err) {
                Ok(window) => windows.push(window),
                Err(why) => {
                    self.doubts.push(told(&why));
                    return;
                }
            }
        }
        let span = table
            .rows
            .get(first.row)
            .and_then(|row| Some((row.first()?.span, row.last()?.span)))
            .map_or(table.span, |(first, last)| {
                self.page
                    .source
                    .span(first.start as usize..last.end as usize)
            });
        if cells
            .iter()
            .enumerate()
            .any(|(index, cell)| !self.agrees(cell, cells.get(index + 1)))
        {
            self.doubts.push(told("its two languages disagree"));
            return;
        }
        let sure = if row.rates.iter().all(|rate| rate.counted) {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let header = headers(table);
        let of = row
            .label
            .and_then(|at| table.header.get(at))
            .map_or("", |cell| cell.text.as_str());
        let scope = self
            .scope(name, false)
            .or_else(|| self.scope(&header, true))
            .or_else(|| self.scope(heading, true))
            // A column of endpoints: each has its own.
            .or_else(|| self.scope(of, false).filter(|scope| scope == "endpoint"));
        self.add(Candidate {
            // A row is told from another by its whole label.
            topic: BTreeSet::from([one_line(name).to_lowercase()]),
            limit: PageLimit {
                name: one_line(name),
                windows,
                scope,
                evidence: self.page.evidence(span, &quote, sure),
            },
            table: true,
        });
    }

    /// How much says that a row of numbers is a limit of calls: its columns' headers,
    /// its label, the heading above.
    fn points(&self, table: &Table, row: &RowRates, name: &str, heading: &str) -> u32 {
        let reader = Reader::shared();
        let counted = row.rates.iter().any(|rate| rate.counted);
        let header = row
            .rates
            .first()
            .and_then(|rate| table.header.get(rate.column))
            .map_or("", |cell| cell.text.as_str());
        let says = |text: &str| reader.counts_calls(text);
        let mut points = 0;
        points += u32::from(says(header)) * 2;
        points += u32::from(says(name));
        points += u32::from(counted);
        points += u32::from(self.words.limits.stand_in(heading));
        points += u32::from(
            table
                .header
                .iter()
                .any(|cell| reader.names_renewal(&cell.text)),
        );
        points
    }

    fn sentence(&mut self, sentence: &Sentence) {
        let text = self.page.text(sentence);
        let statements = Reader::shared().read(text);
        if statements.is_empty() {
            return;
        }
        let heading = self.page.section(self.page.span(sentence).start);
        for statement in statements {
            let line = self
                .page
                .source
                .position(self.page.span(sentence).start)
                .line;
            let told = |what: &str| format!("line {line}: “{}”: {what}", one_line(text));
            let scope = self.scope(text, true);
            let headed = self.words.limits.stand_in(heading);
            let limiting = statement.limiting
                || self.words.limits.stand_in(text)
                || self.words.allow.stand_in(text)
                || scope.is_some()
                || headed;
            let counted = statement.rates.iter().any(|rate| rate.thing.is_some());
            if !limiting || !counted && !headed {
                self.doubts
                    .push(told("nothing says that it is a limit of calls"));
                continue;
            }
            let around = |rate: &Rate| without(text, &rate.range);
            if statement.rates.iter().any(|rate| {
                let rest = around(rate);
                self.words.past.stand_in(&rest) || self.words.doubt.stand_in(&rest)
            }) {
                self.doubts
                    .push(told("it speaks of the past, of an example or of advice"));
                continue;
            }
            if text.trim_end().ends_with(['?', '？']) {
                continue;
            }
            let mut windows = Vec::new();
            let mut fault = None;
            if statement.rates.iter().any(|rate| rate.from.is_some()) {
                fault = Some("a range is no one limit".to_owned());
            }
            for rate in &statement.rates {
                match self.window(rate.calls, rate.seconds, &text[rate.number.clone()], text) {
                    Ok(window) => windows.push(window),
                    Err(why) => fault = Some(why),
                }
            }
            if let Some(why) = fault {
                self.doubts.push(told(&why));
                continue;
            }
            if !self.agree(sentence, &windows) {
                self.doubts.push(told("its two languages disagree"));
                continue;
            }
            let plain = statement.limiting && counted;
            let first = statement
                .rates
                .first()
                .map_or(0..text.len(), |rate| rate.range.clone());
            let last = statement
                .rates
                .last()
                .map_or(text.len(), |rate| rate.range.end);
            let sure = if plain {
                Confidence::High
            } else {
                Confidence::Medium
            };
            let fact = self
                .page
                .fact(sentence, first.start..last.max(first.end), "", sure);
            self.add(Candidate {
                topic: topic(
                    &statement
                        .rates
                        .iter()
                        .fold(text.to_owned(), |rest, rate| without(&rest, &rate.range)),
                ),
                limit: PageLimit {
                    name: String::new(),
                    windows,
                    scope,
                    evidence: fact.evidence,
                },
                table: false,
            });
        }
    }

    fn add(&mut self, mut candidate: Candidate) {
        if self.found.len() >= MAX_LIMITS {
            return;
        }
        let windows = &mut candidate.limit.windows;
        windows.sort_by_key(|window| (window.seconds, window.calls));
        windows.dedup();
        let twice = windows
            .windows(2)
            .any(|pair| pair[0].seconds == pair[1].seconds);
        if twice {
            let quote = &candidate.limit.evidence.quote;
            let line = candidate.limit.evidence.line;
            self.doubts.push(format!(
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

    /// Whether both halves of a bilingual cell hold the same numbers.
    fn agrees(&self, cell: &Cell, next: Option<&Cell>) -> bool {
        // The hidden half follows the visible one, before the next cell and on its line.
        let rest = &self.page.source.text[cell.span.range().end..];
        let line = cell.span.end + rest.find('\n').unwrap_or(rest.len()) as u32;
        let end = next.map_or(line, |next| next.span.start.min(line));
        let hidden: Vec<&str> = self
            .page
            .facts
            .prose
            .iter()
            .filter(|prose| {
                let start = prose.whole(self.page.source.id).start;
                prose.alternate && cell.span.start <= start && start < end
            })
            .map(|prose| prose.text.as_str())
            .collect();
        hidden.is_empty() || numbers(&hidden.join(" ")) == numbers(&cell.text)
    }

    /// Whether the hidden half of a bilingual sentence, which follows it, tells the same.
    fn agree(&self, sentence: &Sentence, windows: &[Window]) -> bool {
        let end = self.page.span(sentence).end;
        let next = self.page.facts.prose.iter().find(|prose| {
            prose.alternate && {
                let start = prose.whole(self.page.source.id).start;
                start >= end && start < end + 200
            }
        });
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

    /// What a limit is counted by, when the words name one thing. In a sentence the
    /// thing has to follow a word such as "per".
    fn scope(&self, text: &str, strict: bool) -> Option<String> {
        let mut named = BTreeSet::new();
        let mut counted = BTreeSet::new();
        for (scope, words) in &self.words.scopes {
            for range in words.all(text) {
                named.insert(scope);
                let before = text[..range.start].trim_end();
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

    /// Leaves out what the page says again, and what it contradicts.
    fn settle(mut self) -> Found {
        let mut kept: Vec<Candidate> = Vec::new();
        let mut refused: Vec<usize> = Vec::new();
        for candidate in std::mem::take(&mut self.found) {
            let same = kept.iter().position(|other| {
                other.limit.windows == candidate.limit.windows
                    && (other.limit.scope == candidate.limit.scope
                        || candidate.limit.scope.is_none() && !candidate.table)
                    && (other.topic == candidate.topic || !candidate.table || !other.table)
            });
            if same.is_some() {
                continue;
            }
            if let Some(at) = kept.iter().position(|other| contradicts(other, &candidate)) {
                refused.push(at);
                let (a, b) = (&kept[at].limit.evidence, &candidate.limit.evidence);
                self.doubts.push(format!(
                    "line {} says “{}” and line {} “{}”",
                    a.line, a.quote, b.line, b.quote
                ));
                continue;
            }
            kept.push(candidate);
        }
        let limits = kept
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !refused.contains(index))
            .map(|(_, candidate)| candidate.limit)
            .collect();
        Found {
            limits,
            doubts: self.doubts,
        }
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

/// Whether two limits of one thing give different numbers for one period.
fn contradicts(a: &Candidate, b: &Candidate) -> bool {
    let differ = a.limit.windows.iter().any(|one| {
        b.limit
            .windows
            .iter()
            .any(|other| one.seconds == other.seconds && one.calls != other.calls)
    });
    let scope = match (&a.limit.scope, &b.limit.scope) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let same = if a.table && b.table {
        a.topic == b.topic
    } else {
        a.topic.is_subset(&b.topic) || b.topic.is_subset(&a.topic)
    };
    differ && scope && same
}

fn headers(table: &Table) -> String {
    let cells: Vec<&str> = table.header.iter().map(|cell| cell.text.as_str()).collect();
    cells.join(" | ")
}

fn without(text: &str, range: &Range<usize>) -> String {
    let end = range.end.min(text.len());
    let start = range.start.min(end);
    match (text.get(..start), text.get(end..)) {
        (Some(before), Some(after)) => format!("{before} {after}"),
        _ => text.to_owned(),
    }
}

/// The numbers of a text, as written, in order of size.
fn numbers(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut current = String::new();
    for c in text.chars().chain([' ']) {
        match c.to_digit(10).or_else(|| fullwidth(c)) {
            Some(digit) => current.push_str(&digit.to_string()),
            None if current.is_empty() => {}
            None => out.push(std::mem::take(&mut current)),
        }
    }
    out.sort();
    out
}

fn fullwidth(c: char) -> Option<u32> {
    ('０'..='９').contains(&c).then(|| c as u32 - '０' as u32)
}
