//! The addresses that a page gives: terms of use, trademark guidelines, privacy.

use std::ops::Range;

use super::text::{Page, Sentence};
use super::words::{PageWords, Words};
use crate::finding::Confidence;
use crate::pack::page::{PageLink, PageLinks};
use crate::parse::url;

/// What an address is of.
struct Kind {
    key: &'static str,
    /// Words of the address itself.
    parts: &'static [&'static str],
    words: fn(&PageWords) -> [&Words; 2],
}

/// The kinds; the sentence has to hold a word of each of two lists.
const KINDS: [Kind; 3] = [
    Kind {
        key: "terms",
        parts: &[
            "terms",
            "tos",
            "terms-of-use",
            "terms-of-service",
            "api-terms",
            "conditions",
            "nutzungsbedingungen",
            "agb",
            "cgu",
            "usage-policy",
            "termsofuse",
        ],
        words: |words| [&words.terms, &words.terms],
    },
    Kind {
        key: "trademark_guidelines",
        parts: &["trademark", "trademarks", "brand", "brand-guidelines", "marken", "marks", "logos"],
        words: |words| [&words.trademark, &words.guidelines],
    },
    Kind {
        key: "privacy",
        parts: &["privacy", "datenschutz", "confidentialite", "privacidad", "privacidade", "privacystatement", "privacy-policy"],
        words: |words| [&words.privacy, &words.privacy],
    },
];

/// An address on the page.
struct Address<'a> {
    url: String,
    /// The words of its link; empty for a bare address.
    text: &'a str,
    sentence: &'a Sentence,
    /// In the sentence.
    range: Range<usize>,
}

/// What was read, and why the rest was not.
pub(super) struct Found {
    pub(super) links: PageLinks,
    pub(super) doubts: Vec<(&'static str, String)>,
}

/// Reads the addresses of a page.
pub(super) fn read(page: &Page, words: &PageWords) -> Found {
    let addresses = addresses(page);
    let mut found = Found {
        links: PageLinks::default(),
        doubts: Vec::new(),
    };
    for kind in &KINDS {
        let mut scored: Vec<(u32, &Address<'_>)> = addresses
            .iter()
            .map(|address| (score(kind, words, page, address), address))
            .filter(|(score, _)| *score > 0)
            .collect();
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
            found.doubts.push((kind.key, why));
            continue;
        }
        let sure = if *best >= 3 { Confidence::High } else { Confidence::Medium };
        let fact = page.fact(first.sentence, first.range.clone(), &first.url, sure);
        let link = PageLink {
            target: target(words, &first.url),
            url: fact.value,
            evidence: fact.evidence,
        };
        let slot = match kind.key {
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
fn score(kind: &Kind, words: &PageWords, page: &Page, address: &Address<'_>) -> u32 {
    let leads = target(words, &address.url);
    let says = |url: &str| {
        let url = url.to_lowercase();
        let path = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        path.split(['/', '.', '?', '#', '=', '&', '_'])
            .any(|part| {
                kind.parts.contains(&part)
                    || part.split('-').any(|word| kind.parts.contains(&word) && word.len() > 4)
            })
    };
    let other = |url: &str| {
        let rest = KINDS.iter().filter(|other| other.key != kind.key);
        let url = url.to_lowercase();
        rest.flat_map(|other| other.parts)
            .any(|part| part.len() > 4 && url.contains(part))
    };
    let of_text = |text: &str| {
        let [one, two] = (kind.words)(words);
        one.stand_in(text) && two.stand_in(text)
    };
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
        let near = nearest(page, address);
        score += if near { 2 } else { 1 };
    }
    score
}

/// Whether no other address stands in the sentence.
fn nearest(page: &Page, address: &Address<'_>) -> bool {
    let text = page.text(address.sentence);
    bare(text).len() <= 1
}

/// Where a known short address leads.
fn target(words: &PageWords, url: &str) -> Option<String> {
    words
        .redirects
        .iter()
        .find(|known| same(&known.from, url))
        .map(|known| known.to.clone())
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

/// Bare addresses in a text.
pub(super) fn bare(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(range) = url::find(text, at) {
        at = range.end;
        if text[range.clone()].starts_with("http") {
            out.push(range);
        }
    }
    out
}

fn addresses(page: &Page) -> Vec<Address<'_>> {
    let mut out: Vec<Address<'_>> = Vec::new();
    for sentence in &page.sentences {
        let text = page.text(sentence);
        for range in bare(text) {
            out.push(Address {
                url: text[range.clone()].to_owned(),
                text: "",
                sentence,
                range,
            });
        }
        for (range, link) in &page.prose(sentence).links {
            let within = sentence.range.start <= range.start && range.start < sentence.range.end;
            let Some(link) = page.facts.links.get(*link).filter(|link| within && !link.image) else {
                continue;
            };
            let range = range.start - sentence.range.start
                ..range.end.min(sentence.range.end) - sentence.range.start;
            let shown = &text[range.clone()];
            let text = if shown.starts_with("http") { "" } else { shown };
            if !link.url.starts_with('#') && !link.url.starts_with("mailto:") && !link.url.is_empty() {
                out.push(Address {
                    url: link.url.clone(),
                    text,
                    sentence,
                    range,
                });
            }
        }
    }
    out
}
