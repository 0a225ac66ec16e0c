//! Whether quotations still stand in their pages.

use crate::derive::text::Page;
use crate::pack::Pack;
use crate::source::Source;

/// A page at hand, by what it is a copy of.
pub struct AtHand {
    /// Id of a source in `pack.yaml`, or an address; `None` for the licence page itself.
    pub of: Option<String>,
    /// For messages.
    pub name: String,
    words: String,
    language: Option<String>,
    source: Source,
}

impl AtHand {
    /// A page from its bytes.
    pub fn new(of: Option<String>, name: &str, bytes: Vec<u8>) -> Self {
        let page = Page::parse(name, bytes);
        let mut words = String::new();
        for table in &page.facts.tables {
            for row in std::iter::once(&table.header).chain(&table.rows) {
                let cells: Vec<&str> = row.iter().map(|cell| cell.text.as_str()).collect();
                push(&mut words, &cells.join(" "));
            }
        }
        for prose in &page.facts.prose {
            push(
                &mut words,
                &super::text::shown(&page.source, prose, 0..prose.text.len()),
            );
        }
        for entry in &page.facts.front_matter {
            push(&mut words, &format!("{}: {}", entry.key, entry.value));
        }
        let language = super::words::PageWords::shipped()
            .and_then(|known| super::metadata::language(&page, known))
            .map(|fact| fact.value);
        Self {
            of,
            name: name.to_owned(),
            words,
            language,
            source: page.source,
        }
    }

    /// Whether the words of a quotation stand in the page, one after the other.
    fn holds(&self, quote: &str) -> bool {
        let quote = plain(quote);
        !quote.is_empty() && self.words.contains(&quote)
    }

    /// Whether the words stand on a line, or begin there.
    fn holds_at(&self, line: u32, quote: &str) -> bool {
        let index = (line as usize).checked_sub(1);
        let start = index.and_then(|index| self.source.line_starts().get(index).copied());
        let Some(start) = start else { return false };
        let rest = &self.source.text[start as usize..];
        let quoted: Vec<String> = words_of(quote).take(3).collect();
        let here: Vec<String> = words_of(rest.lines().next().unwrap_or_default()).collect();
        here.windows(quoted.len().max(1))
            .any(|window| window == quoted.as_slice())
    }
}

fn push(words: &mut String, text: &str) {
    words.push(' ');
    words.push_str(&plain(text));
}

fn words_of(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// The words of a text in lower case, without marks.
fn plain(text: &str) -> String {
    words_of(text).collect::<Vec<_>>().join(" ")
}

/// What became of one quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose: `clauses.tm-name`, the page's `licence`, `limits.isolate-machine`.
    pub of: String,
    /// The words.
    pub quote: String,
    /// What was found out.
    pub state: State,
}

/// Whether a quotation stands in its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Stands,
    /// It does not; the page that was looked into.
    Gone(String),
    /// It does, but elsewhere than is said.
    Moved(String, u32),
    /// No page was given to look into.
    NotAtHand,
}

/// Looks every quotation of a pack up in the pages at hand.
pub fn verify(pack: &Pack, pages: &[AtHand]) -> Vec<Verdict> {
    let mut out = Vec::new();
    let by_source = |id: &str, url: &str| {
        pages.iter().find(|page| {
            page.of
                .as_deref()
                .is_some_and(|of| of == id || super::links::same(of, url))
        })
    };
    let own = || pages.iter().find(|page| page.of.is_none());
    let judge = |page: Option<&AtHand>, quote: &str| match page {
        None => State::NotAtHand,
        Some(page) if page.holds(quote) => State::Stands,
        Some(page) => State::Gone(page.name.clone()),
    };
    if let Some(facts) = &pack.page {
        let (document, url) = facts.document();
        let page = own().or_else(|| by_source("page", &url));
        // Another edition in the same language holds the words that findings quote; of a
        // page of its own only the file that was derived from.
        let same = page.is_some_and(|page| page.source.file_name() == facts.page.file);
        let language = |of: &str| of.split('-').next().unwrap_or(of).to_owned();
        let readable = page.is_some_and(|page| {
            let own = facts
                .page
                .language
                .as_ref()
                .map(|fact| language(&fact.value));
            own.is_none() || page.language.as_deref().map(language) == own
        });
        let clauses = facts.quoted();
        for (key, evidence) in facts.evidence() {
            let quoted = clauses
                .iter()
                .flatten()
                .any(|clause| std::ptr::eq(*clause, evidence));
            let page = page.filter(|_| evidence.file.is_none() && (same || readable && quoted));
            let mut state = judge(page, &evidence.quote);
            if let (State::Stands, Some(page)) = (&state, page)
                && same
                && !page.holds_at(evidence.line, &evidence.quote)
            {
                state = State::Moved(page.name.clone(), evidence.line);
            }
            out.push(Verdict {
                of: format!("{document}: {key}"),
                quote: evidence.quote.clone(),
                state,
            });
        }
    }
    for clause in &pack.clauses {
        let derived =
            pack.page.is_some() && crate::pack::page::CLAUSES.contains(&clause.id.as_str());
        if !derived {
            let page = by_source(&clause.source, &clause.url);
            out.push(Verdict {
                of: format!("clauses.{}", clause.id),
                quote: clause.quote.clone(),
                state: judge(page, &clause.quote),
            });
        }
        if let Some(place) = &clause.place {
            // A place names the language of the page that it is in.
            let page = own().filter(|page| page.holds(&place.quote));
            let state = match (page, own()) {
                (Some(page), _) if page.holds_at(place.line, &place.quote) => State::Stands,
                (Some(page), _) => State::Moved(page.name.clone(), place.line),
                _ => State::NotAtHand,
            };
            out.push(Verdict {
                of: format!("places.{} ({})", clause.id, place.language),
                quote: place.quote.clone(),
                state,
            });
        }
    }
    for limit in &pack.limits.limits {
        if limit.id != crate::pack::page::LIMIT || pack.page.is_none() {
            let page = by_source("", &limit.source.url);
            out.push(Verdict {
                of: format!("limits.{}", limit.id),
                quote: limit.source.quote.clone(),
                state: judge(page, &limit.source.quote),
            });
        }
    }
    out
}
