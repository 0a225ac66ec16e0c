//! The addresses that a page gives: terms of use, trademark guidelines, privacy.

use std::collections::HashMap;

use url::Url;

use super::text::{Page, Sentence};
use super::words::{PageWords, Words};
use crate::finding::Confidence;
use crate::pack::page::{PageLink, PageLinks};
use crate::source::Span;

/// What an address may be of, by its key, and the words of which a sentence about it
/// holds one of each list.
type Kind = (&'static str, fn(&PageWords) -> [&Words; 2]);

const KINDS: [Kind; 3] = [
    ("terms", |words| [&words.terms, &words.terms]),
    ("trademark_guidelines", |words| {
        [&words.trademark, &words.guidelines]
    }),
    ("privacy", |words| [&words.privacy, &words.privacy]),
];

/// An address on the page.
struct Address<'a> {
    url: String,
    /// The words of its link; empty for a bare address.
    text: &'a str,
    sentence: &'a Sentence,
    /// No other address stands in the sentence.
    alone: bool,
    span: Span,
}

/// What was read, and why the rest was not.
pub(super) struct Found {
    pub(super) links: PageLinks,
    pub(super) doubts: Vec<(&'static str, String)>,
}

/// Whose site a page is on: terms that stand elsewhere are somebody else's.
pub(super) struct Site<'a> {
    /// The address of the page.
    pub(super) url: Option<&'a str>,
    /// The owner, the product and the marks.
    pub(super) names: Vec<&'a str>,
}

impl Site<'_> {
    /// Whether an address is within the site; `None` where nobody knows.
    fn holds(
        &self,
        page: &Page,
        words: &PageWords,
        url: &str,
        address: &Address<'_>,
    ) -> Option<bool> {
        if !url.contains("://") {
            return Some(true);
        }
        if self.url.is_none() && self.names.is_empty() {
            return None;
        }
        let label = super::owner::host_label(url)?;
        let own = self.url.and_then(|url| super::guess::label(words, url));
        // A name without its spaces, or its first word: `lantern` of Lantern Maps.
        let named = self.names.iter().any(|name| {
            let name = name.to_lowercase();
            let first = name.split_whitespace().next().unwrap_or_default();
            label == name.replace(' ', "") || label == first
        });
        let said = self.names.iter().any(|name| address.text.contains(name));
        if named || said || own.as_deref() == Some(label.as_str()) {
            return Some(true);
        }
        // Without the page's own address: whom the sentence names as the host does.
        let text = page.text(address.sentence);
        let somebody = super::names::names(words, text).into_iter().any(|name| {
            let lower = name.text.to_lowercase();
            let first = lower.split_whitespace().next().unwrap_or_default();
            lower.replace(' ', "") == label || first == label
        });
        (own.is_some() || somebody).then_some(false)
    }
}

/// Reads the addresses of a page.
pub(super) fn read(
    page: &Page,
    words: &PageWords,
    redirects: &[(String, String)],
    site: &Site<'_>,
) -> Found {
    let addresses = addresses(page);
    let mut found = Found {
        links: PageLinks::default(),
        doubts: Vec::new(),
    };
    for kind in &KINDS {
        let mut scored: Vec<(u32, &Address<'_>)> = addresses
            .iter()
            .map(|address| (score(kind, words, redirects, page, address), address))
            .filter(|(score, _)| *score > 0)
            .collect();
        let elsewhere = |address: &Address<'_>| {
            let leads = target(redirects, &address.url);
            let within = |url: &str| site.holds(page, words, url, address);
            let all = std::iter::once(address.url.as_str()).chain(leads.as_deref());
            let known: Vec<bool> = all.filter_map(within).collect();
            // Where nobody knows the site, somebody else's terms are told by their sentence.
            let others = words.others.stand_in(page.text(address.sentence));
            if known.is_empty() {
                others
            } else {
                !known.contains(&true)
            }
        };
        if let Some((_, first)) = scored.iter().find(|(_, address)| elsewhere(address)) {
            let line = page.source.position(first.span.start).line;
            let why = format!("line {line}: {} is not on the owner's site", first.url);
            found.doubts.push((kind.0, why));
        }
        scored.retain(|(_, address)| !elsewhere(address));
        scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let Some((best, first)) = scored.first() else {
            continue;
        };
        let rivals: Vec<&str> = scored
            .iter()
            .filter(|(score, address)| score == best && !same(&address.url, &first.url))
            .map(|(_, address)| address.url.as_str())
            .collect();
        if !rivals.is_empty() {
            let why = format!("several fit: {}, {}", first.url, rivals.join(", "));
            found.doubts.push((kind.0, why));
            continue;
        }
        let sure = if *best >= 3 {
            Confidence::High
        } else {
            Confidence::Medium
        };
        let link = PageLink {
            target: target(redirects, &first.url),
            url: first.url.clone(),
            evidence: page.evidence(first.span, &page.quote(first.sentence), sure),
        };
        let slot = match kind.0 {
            "terms" => &mut found.links.terms,
            "privacy" => &mut found.links.privacy,
            _ => &mut found.links.trademark_guidelines,
        };
        *slot = Some(link);
    }
    found
}

/// How much says that an address is of a kind: itself or where it leads (3), the words
/// of its link (2), its sentence (1, or 2 when it is the only address there).
fn score(
    kind: &Kind,
    words: &PageWords,
    redirects: &[(String, String)],
    page: &Page,
    address: &Address<'_>,
) -> u32 {
    let leads = target(redirects, &address.url);
    let says = |url: &str| is_of(words, kind.0, url);
    let other = |url: &str| {
        let mut rest = KINDS.iter().filter(|other| other.0 != kind.0);
        rest.any(|other| is_of(words, other.0, url))
    };
    let of_text = |text: &str| {
        let [one, two] = (kind.1)(words);
        one.stand_in(text) && two.stand_in(text)
    };
    // Where misuse is reported, no guidelines stand.
    if words.complaints.stand_in(address.text) {
        return 0;
    }
    let mut score = 0;
    if says(&address.url) || leads.as_deref().is_some_and(says) {
        score += 3;
    } else if other(&address.url) || leads.as_deref().is_some_and(other) {
        // It says what it is, and that is something else.
        return 0;
    }
    if of_text(address.text) {
        score += 2;
    }
    let text = page.text(address.sentence);
    if of_text(text) && (score > 0 || address.text.is_empty()) {
        score += if address.alone { 2 } else { 1 };
    }
    score
}

/// Whether a part of an address says that it is of a kind.
fn is_of(words: &PageWords, kind: &str, url: &str) -> bool {
    let known = words.addresses.get(kind).map_or(&[][..], Vec::as_slice);
    let known = |part: &str| known.iter().any(|word| word == part);
    let url = url.to_lowercase();
    let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    url.split(['/', '.', '?', '#', '=', '&', '_'])
        .any(|part| known(part) || part.split('-').any(|word| word.len() > 4 && known(word)))
}

/// Where a known short address leads.
fn target(redirects: &[(String, String)], url: &str) -> Option<String> {
    redirects
        .iter()
        .find(|(from, _)| same(from, url))
        .map(|(_, to)| to.clone())
}

/// Whether two addresses are the same but for what editions of one page change: letter
/// case, a language in the path, `/p/` in short addresses, a slash at the end, the host
/// of an address within the site.
pub(crate) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (normal(a), normal(b));
    let path = |url: &str| url.find('/').map(|at| url[at..].to_owned());
    a == b
        || a.starts_with('/') && path(&b).as_deref() == Some(&a)
        || b.starts_with('/') && path(&a).as_deref() == Some(&b)
}

fn normal(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let url = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .unwrap_or(&url);
    let url = url.strip_prefix("www.").unwrap_or(url);
    let (path, query) = match url.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (url, None),
    };
    let is_locale = |part: &str| {
        matches!(part.as_bytes(), [a, b, b'-', rest @ ..]
            if a.is_ascii_lowercase() && b.is_ascii_lowercase()
                && (2..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_alphanumeric))
    };
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.retain(|part| !is_locale(part));
    // A short address says the same with and without `/p/`.
    if query.is_some_and(|query| query.starts_with("linkid=")) {
        parts.retain(|part| *part != "p");
    }
    let path = parts.join("/");
    let path = path.trim_end_matches('/').to_owned();
    match query {
        Some(query) => format!("{path}?{query}"),
        None => path,
    }
}

/// An address as the page means it: relative to its base, where it names one.
fn resolved(base: Option<&Url>, url: &str) -> String {
    let absolute = url.contains("://");
    let joined = base
        .filter(|_| !absolute)
        .and_then(|base| base.join(url).ok());
    joined.map_or_else(|| url.to_owned(), String::from)
}

/// Every address with the sentence that it stands in.
fn addresses(page: &Page) -> Vec<Address<'_>> {
    let mut out = Vec::new();
    let base = super::metadata::base(page).and_then(|base| Url::parse(&base).ok());
    for link in &page.facts.links {
        let url = link.url.trim();
        if link.image || url.is_empty() || url.starts_with(['#', '?']) || url.starts_with("mailto:")
        {
            continue;
        }
        let Some(sentence) = page.sentence_at(link.span) else {
            continue;
        };
        let shown = link.text.trim();
        out.push(Address {
            url: resolved(base.as_ref(), url),
            text: if shown.contains("://") { "" } else { shown },
            sentence,
            alone: true,
            span: link.span,
        });
    }
    let mut counts: HashMap<(usize, usize), usize> = HashMap::new();
    let place = |sentence: &Sentence| (sentence.prose, sentence.range.start);
    for address in &out {
        *counts.entry(place(address.sentence)).or_default() += 1;
    }
    for address in &mut out {
        address.alone = counts.get(&place(address.sentence)) == Some(&1);
    }
    out
}
