//! The words in which licences are spoken of, as data.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use globset::{Glob, GlobSet, GlobSetBuilder};
use regex::Regex;
use serde::Deserialize;

use super::detect::phrase;

/// `words.yaml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    licences: Vec<RawLicence>,
    equivalent: Vec<Vec<String>>,
    content: Vec<String>,
    common: Vec<String>,
    classifiers: BTreeMap<String, Option<String>>,
    headings: Headings,
    statements: Statements,
    subjects: Vec<String>,
    badge: String,
    reserved: Vec<String>,
    needed: Vec<String>,
    informal: Vec<String>,
    texts: Texts,
    standing_holders: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLicence {
    #[serde(default)]
    id: Option<String>,
    names: Vec<String>,
    urls: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Texts {
    heads: Vec<String>,
    tails: Vec<String>,
    riders: Vec<String>,
    terms: Vec<String>,
    harmless: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Headings {
    words: Vec<String>,
    beside: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statements {
    before: Vec<String>,
    after: Vec<String>,
    label: String,
    foreign: String,
}

/// The words, compiled.
pub struct Words {
    names: AhoCorasick,
    /// SPDX identifier by index of the pattern in `names`.
    ids: Vec<Option<String>>,
    exact: BTreeMap<String, Option<String>>,
    /// Start of an address in lower case, and what it means; longest first.
    urls: Vec<(String, Option<String>)>,
    equivalent: BTreeMap<String, String>,
    content: GlobSet,
    /// Identifiers whose texts are compared first.
    pub common: Vec<String>,
    /// Trove classifiers by their last part.
    pub classifiers: BTreeMap<String, Option<String>>,
    /// One word that makes a heading one about the licence.
    pub heading: Regex,
    /// Words that may stand beside it.
    pub beside: BTreeSet<String>,
    /// What ends right before a licence's name in a statement.
    pub before: Regex,
    /// What follows a licence's name in a statement.
    pub after: Regex,
    /// `Licence:` up to the name.
    pub label: Regex,
    /// What makes a statement one about somebody else's work.
    pub foreign: Regex,
    /// Starts of sentences about the project itself.
    pub subject: Regex,
    /// Says that a badge is about the licence.
    pub badge: Regex,
    /// Words that keep all rights.
    pub reserved: Regex,
    /// A licence of a product that somebody needs.
    pub needed: Regex,
    /// Kind words that grant nothing.
    pub informal: Regex,
    /// What the part of a text that must be there begins with, as numbers of words.
    pub heads: Vec<Vec<u64>>,
    /// What the part of a text that may be missing begins with.
    pub tails: Vec<Vec<u64>>,
    /// Terms that restrict what a licence permits.
    pub riders: Regex,
    /// Words with which a sentence sets terms.
    pub terms: Regex,
    /// Sentences that set none, whatever their words.
    pub harmless: Regex,
    /// Holders that licence texts name themselves, in lower case.
    pub standing_holders: BTreeSet<String>,
}

/// A licence's name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where.
    pub range: std::ops::Range<usize>,
    /// Which licence exactly, if the name says so.
    pub id: Option<String>,
}

/// A few words, no full stop among them.
const GAP: &str = r#"(?:[^\s.;:|]+[\s\u{a0}]+){0,6}?[\["'“”«»„*_(`]*"#;

/// The words; `None` can't happen in a tested build.
pub fn words() -> Option<&'static Words> {
    static WORDS: LazyLock<Option<Words>> =
        LazyLock::new(|| Words::load(include_str!("words.yaml")).ok());
    WORDS.as_ref()
}

impl Words {
    fn load(yaml: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let raw: Raw = serde_yaml::from_str(yaml)?;
        let mut patterns = Vec::new();
        let mut ids = Vec::new();
        let mut exact = BTreeMap::new();
        let mut urls = Vec::new();
        for licence in &raw.licences {
            for name in &licence.names {
                for name in [name.clone(), name.replace(' ', "\u{a0}")] {
                    exact.insert(name.to_lowercase(), licence.id.clone());
                    patterns.push(name);
                    ids.push(licence.id.clone());
                }
            }
            for url in &licence.urls {
                urls.push((url.to_lowercase(), licence.id.clone()));
            }
        }
        urls.sort_by_key(|(url, _)| std::cmp::Reverse(url.len()));
        let mut content = GlobSetBuilder::new();
        for pattern in &raw.content {
            content.add(Glob::new(pattern)?);
        }
        let equivalent = raw
            .equivalent
            .iter()
            .filter_map(|group| group.first().map(|head| (head, group)))
            .flat_map(|(head, group)| group.iter().map(|id| (id.clone(), head.clone())))
            .collect();
        let any = |patterns: &[String]| patterns.join("|").replace("{gap}", GAP);
        let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect();
        Ok(Self {
            names: AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .match_kind(MatchKind::LeftmostLongest)
                .build(&patterns)?,
            ids,
            exact,
            urls,
            equivalent,
            content: content.build()?,
            common: raw.common,
            classifiers: raw.classifiers,
            heading: Regex::new(&format!("(?i)^(?:{})$", raw.headings.words.join("|")))?,
            beside: lower(&raw.headings.beside),
            before: Regex::new(&format!("(?i)(?:{})$", any(&raw.statements.before)))?,
            after: Regex::new(&format!("(?i)^(?:{})", any(&raw.statements.after)))?,
            label: Regex::new(&format!(
                "(?i)(?:{})$",
                raw.statements.label.replace("{gap}", GAP)
            ))?,
            foreign: Regex::new(&format!("(?i){}", raw.statements.foreign))?,
            subject: Regex::new(&format!(
                r"(?i)^[^\w©(]*(?:{})(?:[^A-Za-z]|$)",
                raw.subjects.join("|")
            ))?,
            badge: Regex::new(&format!("(?i){}", raw.badge))?,
            reserved: Regex::new(&format!("(?i)(?:{})", raw.reserved.join("|")))?,
            needed: Regex::new(&format!("(?i)(?:{})", raw.needed.join("|")))?,
            informal: Regex::new(&format!("(?i)(?:{})", raw.informal.join("|")))?,
            heads: raw.texts.heads.iter().map(|text| phrase(text)).collect(),
            tails: raw.texts.tails.iter().map(|text| phrase(text)).collect(),
            riders: Regex::new(&format!("(?i)(?:{})", raw.texts.riders.join("|")))?,
            terms: Regex::new(&format!("(?i)(?:{})", raw.texts.terms.join("|")))?,
            harmless: Regex::new(&format!("(?i)(?:{})", raw.texts.harmless.join("|")))?,
            standing_holders: lower(&raw.standing_holders),
        })
    }

    /// Every licence name in `text`, the longest at each place.
    pub fn names_in(&self, text: &str) -> Vec<Name> {
        self.names
            .find_iter(text)
            .filter(|found| {
                let before = text[..found.start()].chars().next_back();
                let mut after = text[found.end()..].chars();
                let (next, second) = (after.next(), after.next());
                let word =
                    |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
                // `Apache 2` in `Apache 2.4`, `MIT` in `mit.edu`.
                let goes_on = next == Some('.') && word(second);
                !word(before) && !word(next) && !goes_on && before != Some('@')
            })
            .map(|found| {
                let rest = &text.as_bytes()[found.end()..];
                let vague = ["-style", "-like", " style", " like", "-ish"]
                    .iter()
                    .any(|end| {
                        rest.get(..end.len())
                            .is_some_and(|rest| rest.eq_ignore_ascii_case(end.as_bytes()))
                    });
                Name {
                    range: found.range(),
                    id: self.ids[found.pattern().as_usize()]
                        .clone()
                        .filter(|_| !vague),
                }
            })
            .collect()
    }

    /// What `name` means when it is a licence's name from end to end.
    pub fn exact(&self, name: &str) -> Option<Option<&str>> {
        self.exact.get(&name.to_lowercase()).map(Option::as_deref)
    }

    /// What the address of a licence means: the inner `None` when it does not say which.
    pub fn url(&self, url: &str) -> Option<Option<String>> {
        let url = url.trim().to_lowercase();
        let url = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let url = url.strip_prefix("www.").unwrap_or(url);
        for host in ["i.creativecommons.org/l/", "licensebuttons.net/l/"] {
            if let Some(rest) = url.strip_prefix(host) {
                return self.url(&format!("creativecommons.org/licenses/{rest}"));
            }
        }
        for host in ["spdx.org/licenses/", "licenses.nuget.org/"] {
            if let Some(rest) = url.strip_prefix(host) {
                let name = rest.split(['?', '#']).next().unwrap_or(rest);
                let name = name.trim_end_matches('/').trim_end_matches(".html");
                return Some(super::expression::expression(&name.replace("%20", " ")));
            }
        }
        self.urls
            .iter()
            .find(|(start, _)| url.starts_with(start.as_str()))
            .map(|(_, id)| id.clone())
    }

    /// The identifier that stands for all whose texts are the same for our purpose:
    /// no `-only`, `-or-later`, `+`.
    pub fn family<'a>(&'a self, id: &'a str) -> &'a str {
        let id = id.strip_suffix('+').unwrap_or(id);
        let id = id.strip_suffix("-only").unwrap_or(id);
        let id = id.strip_suffix("-or-later").unwrap_or(id);
        self.equivalent.get(id).map_or(id, String::as_str)
    }

    /// Whether a licence is one for texts, pictures or fonts.
    pub fn is_content(&self, id: &str) -> bool {
        self.content.is_match(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let words = Words::load(include_str!("words.yaml")).expect("words.yaml loads");
        for id in words.ids.iter().flatten().chain(&words.common) {
            assert!(spdx::license_id(id).is_some(), "{id}");
        }
    }

    #[test]
    fn names_are_whole_words_and_as_long_as_can_be() {
        let words = words().expect("words.yaml loads");
        let found = |text: &str| -> Vec<_> {
            words
                .names_in(text)
                .into_iter()
                .map(|name| (text[name.range].to_owned(), name.id))
                .collect()
        };
        assert_eq!(
            found("the Apache License, Version 2.0 or GPLv3+, not Apache 2.4 nor MITRE"),
            [
                (
                    "Apache License, Version 2.0".to_owned(),
                    Some("Apache-2.0".to_owned())
                ),
                ("GPLv3+".to_owned(), Some("GPL-3.0".to_owned())),
            ]
        );
        assert_eq!(
            found("CC\u{a0}BY\u{a0}4.0とMITライセンス, BSD-style"),
            [
                (
                    "CC\u{a0}BY\u{a0}4.0".to_owned(),
                    Some("CC-BY-4.0".to_owned())
                ),
                ("MIT".to_owned(), Some("MIT".to_owned())),
                ("BSD-style".to_owned(), None),
            ]
        );
    }

    #[test]
    fn addresses() {
        let words = words().expect("words.yaml loads");
        let id = |url: &str| words.url(url);
        assert_eq!(
            id("https://opensource.org/licenses/MIT"),
            Some(Some("MIT".into()))
        );
        assert_eq!(
            id("http://www.apache.org/licenses/LICENSE-2.0.html"),
            Some(Some("Apache-2.0".into()))
        );
        assert_eq!(
            id("https://licensebuttons.net/l/by-nc-nd/4.0/88x31.png"),
            Some(Some("CC-BY-NC-ND-4.0".into()))
        );
        assert_eq!(
            id("https://creativecommons.org/licenses/by/4.0/deed.fr"),
            Some(Some("CC-BY-4.0".into()))
        );
        assert_eq!(
            id("https://spdx.org/licenses/ISC.html"),
            Some(Some("ISC".into()))
        );
        assert_eq!(id("https://www.gnu.org/licenses/"), Some(None));
        assert_eq!(id("https://example.org/licenses/"), None);
    }
}
