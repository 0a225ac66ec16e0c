//! Who owns the marks and the material of a page.

use std::collections::{BTreeMap, BTreeSet};

use super::KnownOwner;
use super::marks;
use super::names::{Name, runs, tokens};
use super::text::Page;
use super::words::PageWords;
use crate::finding::Confidence;
use crate::pack::page::Fact;

/// Votes that make an owner; fewer may be chance.
const ENOUGH: u32 = 4;
/// Votes of a copyright line: a little more than of "trademarks of", which names others, too.
const HOLDER: u32 = 5;
/// Longest name in the metadata, in bytes.
const MAX_NAME: usize = 80;

/// Who owns the marks: the mark that the others start with or that the page's own
/// addresses are named for, the name behind "trademarks of", the holder of the
/// copyright. Two of these make it sure.
pub(super) fn owner(
    page: &Page,
    words: &PageWords,
    known: &[KnownOwner],
    marks: &[Fact],
    title: Option<&str>,
) -> Option<Fact> {
    let mut votes = Votes {
        words,
        known,
        by_name: BTreeMap::new(),
    };
    let hosts: BTreeSet<String> = page
        .facts
        .links
        .iter()
        .filter_map(|link| host_label(&link.url))
        .collect();
    for mark in marks {
        let lower = mark.value.to_lowercase();
        let leads = marks.iter().any(|other| {
            other.value.len() > mark.value.len()
                && starts_with_word(&other.value.to_lowercase(), &lower)
        });
        let titled = title.is_some_and(|title| title.to_lowercase().contains(&lower));
        let hosted = hosts.contains(&lower.replace(' ', ""));
        let weight = 2 * u32::from(leads) + 2 * u32::from(titled) + 4 * u32::from(hosted);
        if weight > 0 {
            votes.add(weight, mark.clone());
        }
    }
    for sentence in &page.sentences {
        let text = page.text(sentence);
        if words.others.stand_in(text) {
            continue;
        }
        let mut told = |weight, name: &Name| {
            let fact = page.fact(sentence, name.range.clone(), &name.text, Confidence::Medium);
            votes.add(weight, fact);
        };
        for name in named(words, text) {
            told(4, &name);
        }
        let section = page.section(page.span(sentence).start);
        if let Some(name) = holder(words, text).filter(|_| !words.crediting.stand_in(section)) {
            told(HOLDER, &name);
        }
        // "Acme and any contributors grant you a licence to the documentation".
        if words.licence.stand_in(text)
            && words.documentation.stand_in(text)
            && let Some(first) = runs(words, text, &tokens(text)).first()
            && first.range.start == 0
            && hosts.contains(&first.text.to_lowercase().replace(' ', ""))
        {
            told(4, first);
        }
    }
    for entry in &page.facts.front_matter {
        if words.is_no_name(&entry.value) {
            continue;
        }
        let weight = match entry.key.to_lowercase().as_str() {
            "publisher" | "company" | "organization" | "copyright" => 4,
            "og:site_name" => 2,
            _ => continue,
        };
        let line = holder(words, &entry.value).map(|name| name.text);
        let value = entry.value.trim_start_matches(|c: char| !c.is_alphabetic());
        let value = line.as_deref().unwrap_or(value);
        // "Copyright 2024 by the authors" is no name.
        if value.contains(|c: char| c.is_ascii_digit()) || value.len() > MAX_NAME {
            continue;
        }
        let evidence = page.evidence(entry.value_span, &entry.value, Confidence::Medium);
        votes.add(
            weight,
            Fact {
                value: value.to_owned(),
                evidence,
            },
        );
    }
    votes.winner()
}

/// What speaks for each name.
struct Votes<'a> {
    words: &'a PageWords,
    known: &'a [KnownOwner],
    /// By the name in lower case.
    by_name: BTreeMap<String, (u32, Fact)>,
}

impl Votes<'_> {
    fn add(&mut self, weight: u32, fact: Fact) {
        let name = bare_name(self.words, self.known, &fact.value);
        if name.is_empty() {
            return;
        }
        let entry = self.by_name.entry(name.to_lowercase()).or_insert_with(|| {
            (
                0,
                Fact {
                    value: name,
                    evidence: fact.evidence,
                },
            )
        });
        entry.0 += weight;
    }

    /// The name that most speaks for, when no other has as much.
    fn winner(self) -> Option<Fact> {
        let most = self.by_name.values().map(|(weight, _)| *weight).max()?;
        let mut best = self
            .by_name
            .into_values()
            .filter(|(weight, _)| *weight == most && *weight >= ENOUGH);
        let (weight, mut fact) = best.next()?;
        if best.next().is_some() {
            return None;
        }
        fact.evidence.confidence = if weight > HOLDER {
            Confidence::High
        } else {
            Confidence::Medium
        };
        Some(fact)
    }
}

/// The names behind "trademarks of".
pub(super) fn named(words: &PageWords, text: &str) -> Vec<Name> {
    let trademarks: Vec<_> = marks::trademarks(words, text).collect();
    if trademarks.is_empty() {
        return Vec::new();
    }
    let mut found = runs(words, text, &tokens(text));
    found.retain(|run| {
        let mut before = text[..run.range.start].trim_end();
        // "Of the Acme group".
        let article = words.articles.all(before).last();
        if let Some(article) = article.filter(|found| found.end == before.len()) {
            before = before[..article.start].trim_end();
        }
        let close = trademarks
            .iter()
            .rev()
            .find(|found| found.end <= before.len());
        let close = close.is_some_and(|found| {
            let between = &before[found.end..];
            between.split_whitespace().count() <= 3 && !between.contains([',', '.', ';'])
        });
        close && words.of.all(before).any(|of| of.end == before.len())
    });
    found
}

/// The holder in a copyright line: the name straight behind the sign and the years.
pub(super) fn holder(words: &PageWords, text: &str) -> Option<Name> {
    const WORD: &str = "copyright";
    let first = text
        .find('©')
        .or_else(|| text.to_ascii_lowercase().find(WORD))?;
    // In quotation marks or after "credit it as" it is an example of a line.
    let ahead = &text[..first];
    let quoted = ahead
        .trim_end()
        .ends_with(['"', '“', '”', '«', '„', '‘', '\'', '「', '`']);
    if quoted || words.crediting.stand_in(ahead) {
        return None;
    }
    let sign = text.find('©').map(|at| at + '©'.len_utf8());
    let word = || {
        let at = text.to_ascii_lowercase().find(WORD)? + WORD.len();
        (!text[at..].starts_with(char::is_alphabetic)).then_some(at)
    };
    let mut at = sign.or_else(word)?;
    // "Copyright Act" is a law; after the bare word a year or a "by" has to stand.
    let mut is_line = sign.is_some();
    loop {
        let rest = &text[at..];
        // What a page's generator fills in: `{{ year }}`.
        if let Some(inner) = rest.strip_prefix("{{") {
            at += "{{".len() + inner.find("}}")? + "}}".len();
            continue;
        }
        let end = rest
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(rest.len());
        let skipped = words.copyright_words.is(&rest[..end]) || words.articles.is(&rest[..end]);
        match rest.chars().next()? {
            // A place to be filled in.
            '<' | '[' | '{' | '$' | '_' => return None,
            _ if skipped && end > 0 => {
                is_line |= matches!(&rest[..end], "by" | "c" | "C");
                at += end;
            }
            c if c.is_alphabetic() => break,
            c => {
                is_line |= c.is_ascii_digit();
                at += c.len_utf8();
            }
        }
    }
    if !is_line {
        return None;
    }
    let run = runs(words, text, &tokens(text))
        .into_iter()
        .find(|run| run.range.start <= at && at < run.range.end)?;
    if words.is_no_name(&text[at..run.range.end]) {
        return None;
    }
    Some(Name {
        text: text[at..run.range.end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        range: at..run.range.end,
    })
}

/// An owner's name without the company's legal form.
pub(super) fn bare_name(words: &PageWords, known: &[KnownOwner], name: &str) -> String {
    let mut parts: Vec<&str> = name
        .split_whitespace()
        .map(|part| part.trim_matches([',', '®', '™']))
        .filter(|part| !part.is_empty())
        .collect();
    while parts.len() > 1 && parts.last().is_some_and(|last| words.is_legal_form(last)) {
        parts.pop();
    }
    let name = parts.join(" ");
    known
        .iter()
        .find(|owner| owner.aliases.contains(&name))
        .map_or(name, |owner| owner.name.clone())
}

pub(super) fn starts_with_word(text: &str, start: &str) -> bool {
    text.strip_prefix(start)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// The name in a host: `microsoft` of `privacy.microsoft.com`.
pub(super) fn host_label(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let mut labels: Vec<&str> = host.split('.').collect();
    labels.pop()?;
    // `co.uk`, `com.br`
    if labels.len() > 1 && labels.last().is_some_and(|label| label.len() <= 3) {
        labels.pop();
    }
    labels.last().map(|label| label.to_lowercase())
}
