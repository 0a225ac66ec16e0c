//! What a limit is of: what is counted together, for whom it holds, which endpoints.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Limits;
use crate::derive::text::one_line;
use crate::facts::prose::OBJECT;
use crate::parse::rates::Reader;
use crate::source::ceil_boundary;

/// Bytes before a word that are searched for "per" and the like.
const PER: usize = 60;
/// Longest label before a colon, in bytes.
const LABEL: usize = 80;
/// Longest path of an endpoint, in bytes.
const PATH: usize = 200;
/// Most wildcards in a path, as in `limits.yaml`, less the one that is put before it.
const WILD: usize = 3;

impl Limits<'_> {
    /// What a limit is counted by, when the words name one thing. In a sentence the
    /// thing has to follow a word such as "per".
    pub(super) fn scope(&self, text: &str, strict: bool) -> Option<String> {
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
                // "100 requests/minute/user".
                let slash = before
                    .strip_suffix('/')
                    .and_then(|head| head.rsplit(|c: char| !c.is_alphanumeric()).next())
                    .is_some_and(|unit| Reader::shared().duration(unit).is_some());
                let per_before = per_before || slash;
                let per_after = self.words.per_after.all(after).any(|per| per.start == 0)
                    || self.words.per_after.end(&text[range.clone()]);
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

    /// What is counted together, when a text says that and nothing more: "IP address".
    pub(super) fn whole_scope(&self, text: &str) -> Option<String> {
        let scope = self.scope(text, false)?;
        (!self.is_specific(text)).then_some(scope)
    }

    /// Whether one of the headings above speaks of limits.
    pub(super) fn headed(&self, sections: &[&str]) -> bool {
        sections
            .iter()
            .any(|heading| self.words.limits.stand_in(heading))
    }

    /// The words that name a plan or the like in a text: the condition of a limit.
    pub(super) fn tier(&self, text: &str) -> Option<String> {
        // "Pro" is one alone, in a cell or before a colon, and a small word in German.
        let label = text.split([':', '：']).next().unwrap_or_default().trim();
        if self.words.tier_names.is(label) {
            return Some(one_line(label).to_lowercase());
        }
        let spans: Vec<Range<usize>> = self.words.tiers.all(text).collect();
        let first = spans.first()?;
        // "Unauthenticated (anonymous)": one thing, told twice.
        let last = spans
            .windows(2)
            .take_while(|pair| pair[1].start <= pair[0].end + 2)
            .last()
            .map_or(first, |pair| &pair[1]);
        // "Paid" with the "tier" behind it.
        let behind = &text[last.end..];
        let word = behind.trim_start();
        let gap = behind.len() - word.len();
        let end = self.words.tier_heads.all(word).find(|head| head.start == 0);
        let end = end.filter(|_| gap <= 1).map_or(0, |head| gap + head.end);
        Some(one_line(&text[first.start..last.end + end]).to_lowercase())
    }

    /// How many plans and the like a text names.
    pub(super) fn tiers(&self, text: &str) -> usize {
        let named: BTreeSet<String> = self
            .words
            .tiers
            .all(text)
            .map(|range| text[range].to_lowercase())
            .collect();
        named.len()
    }

    /// Whether words name something that a limit may hold for alone.
    pub(super) fn is_specific(&self, text: &str) -> bool {
        self.words.names_something(text, &self.about.names)
    }

    /// What a sentence holds for alone: what its label names, what its calls are called,
    /// or its section.
    pub(super) fn specific_of(&self, text: &str, rate: &Range<usize>, heading: &str) -> String {
        if let Some(label) = label(text, rate.start)
            && self.is_specific(label)
        {
            return one_line(label);
        }
        for call in Reader::shared().calls_in(text) {
            // "Search requests", "45 advanced hunting queries".
            let before = text[..call.start].trim_end_matches([' ', '\u{a0}', '-']);
            let start = before
                .rfind(|c: char| !c.is_alphanumeric())
                .map_or(0, |at| ceil_boundary(before, at + 1));
            let word = &before[start..];
            let glued = before.len() + 2 >= call.start;
            if glued && !word.is_empty() && self.is_specific(word) {
                return one_line(word);
            }
        }
        if self.is_specific(heading) {
            return one_line(heading);
        }
        String::new()
    }
}

/// The label before a colon, "Search:".
fn label(text: &str, before: usize) -> Option<&str> {
    let head = text.get(..before)?;
    let colon = head.find([':', '：'])?;
    let label = head[..colon].trim();
    (!label.is_empty() && label.len() <= LABEL).then_some(label)
}

/// A text without the endpoints that it names: `/user/list` says nothing of users.
pub(super) fn without_endpoints(text: &str) -> String {
    let mut out = text.to_owned();
    for (range, _) in endpoints(text) {
        out.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    out
}

/// The endpoints that a text names: a path, with a method before it or not.
pub(super) fn endpoints(text: &str) -> Vec<(Range<usize>, String)> {
    const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];
    let mut out = Vec::new();
    let mut method: Option<(usize, &str)> = None;
    let mut at = 0;
    for piece in text.split_inclusive(|c: char| c.is_whitespace() || c == OBJECT) {
        let start = at;
        at += piece.len();
        let trimmed = piece.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, OBJECT | '`' | ',' | ';' | ':' | '(' | ')' | '"' | '.')
        });
        if METHODS.contains(&trimmed) {
            method = Some((start, trimmed));
            continue;
        }
        // "100 calls /min" names no endpoint.
        let is_word = |path: &str| Reader::shared().knows(&path[1..]);
        let opens = || method.is_some() || text[..start].trim().is_empty();
        if let Some(path) = path(trimmed).filter(|path| !is_word(path) || opens()) {
            let name = match method {
                Some((_, method)) => format!("{method} {path}"),
                None => path,
            };
            let from = method.map_or(start, |(from, _)| from);
            out.push((from..start + piece.trim_end().len(), name));
        }
        method = None;
    }
    out
}

/// A path, when a word is one: it starts with a slash and a letter, and no number of
/// calls stands in it (`/60s`).
fn path(word: &str) -> Option<String> {
    let rest = word.strip_prefix('/')?;
    let plain = rest.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '{' | ':' | '_'))
        && word.len() <= PATH
        && word.bytes().all(|b| {
            b.is_ascii_alphanumeric()
                || matches!(
                    b,
                    b'/' | b'-' | b'_' | b'.' | b'{' | b'}' | b':' | b'~' | b'*'
                )
        });
    if !plain {
        return None;
    }
    // `:id` as `{id}`.
    let parts: Vec<String> = word
        .split('/')
        .map(|part| match part.strip_prefix(':') {
            Some(name) => format!("{{{name}}}"),
            None => part.to_owned(),
        })
        .collect();
    let path = parts.join("/");
    let braces = path.matches('{').count() == path.matches('}').count();
    let wild = path.matches(['*', '{']).count() <= WILD;
    (braces && wild && path.trim_end_matches('/').len() > 1)
        .then(|| path.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_paths_with_or_without_a_method() {
        let found = |text: &str| -> Vec<String> {
            endpoints(text).into_iter().map(|(_, name)| name).collect()
        };
        assert_eq!(found("GET /user/list"), ["GET /user/list"]);
        assert_eq!(
            found("`/v1/search`, `/v1/map/:id`"),
            ["/v1/search", "/v1/map/{id}"]
        );
        assert!(found("100 calls /60s and 5 /min per user").is_empty());
        assert_eq!(found("/users"), ["/users"]);
        assert!(found("https://example.com/terms and/or").is_empty());
    }
}
