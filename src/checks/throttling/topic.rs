//! What a text speaks of: the governed API, a neighbour of it, one of its endpoints.
//! Names, hosts and paths come from the pack's limits.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::pack::Limits;
use crate::source::ceil_boundary;

/// One thing that a name can mean, as an index in the pack's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topic {
    /// `Limits::families`.
    Family(usize),
    /// `Limits::limits`.
    Endpoint(usize),
}

/// A name in a text.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) range: Range<usize>,
    pub(super) topics: Vec<Topic>,
    /// The name of something wider; see `Family::loose`.
    pub(super) loose: bool,
}

/// What a text names in all.
#[derive(Clone, Debug, Default)]
pub(super) struct Named {
    /// Governed families, by name, host or path.
    pub(super) governed: BTreeSet<usize>,
    /// A family that other limits hold for is named.
    pub(super) neighbour: bool,
    /// Endpoints named, by words or by a path.
    pub(super) endpoints: BTreeSet<usize>,
    /// Those of them that a path names.
    pub(super) paths: BTreeSet<usize>,
}

/// Finds names, hosts and paths.
pub(super) struct Topics {
    names: AhoCorasick,
    entries: Vec<Entry>,
    path: Regex,
    host: Regex,
    limits: Limits,
}

/// One way to write a name.
struct Entry {
    /// Must stand in this very form: in lower case or with spaces a single word with a
    /// capital may be something else (arm, sentinel, TI indicator).
    exact: Option<String>,
    topics: Vec<Topic>,
    loose: bool,
}

impl Topics {
    /// Compiled when first needed: most scans never ask.
    pub(super) fn lazy(limits: &Limits) -> LazyTopics {
        LazyTopics {
            limits: limits.clone(),
            topics: OnceLock::new(),
        }
    }

    pub(super) fn new(limits: &Limits) -> Option<Self> {
        let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
        let mut add = |name: String, topic: Topic, loose: bool| {
            let exact = !name.contains(' ') && name.contains(char::is_uppercase);
            for name in [format!("{name}s"), name] {
                let entry = entries.entry(key(&name)).or_insert_with(|| Entry {
                    exact: exact.then_some(name),
                    topics: Vec::new(),
                    loose,
                });
                if !entry.topics.contains(&topic) {
                    entry.topics.push(topic);
                }
            }
        };
        for (at, family) in limits.families.iter().enumerate() {
            for name in &family.names {
                add(name.clone(), Topic::Family(at), false);
                for prefix in &limits.prefixes {
                    add(format!("{prefix} {name}"), Topic::Family(at), false);
                }
            }
            for name in &family.loose {
                add(name.clone(), Topic::Family(at), true);
            }
        }
        for (at, limit) in limits.limits.iter().enumerate() {
            for name in &limit.names {
                add(name.clone(), Topic::Endpoint(at), false);
            }
        }
        Some(Self {
            names: AhoCorasick::new(entries.keys()).ok()?,
            entries: entries.into_values().collect(),
            path: Regex::new(
                r"(?:\b(?P<method>GET|POST|PUT|PATCH|DELETE)[ `]+)?(?:https?://(?P<host>[A-Za-z0-9.-]+))?(?P<path>/[A-Za-z0-9_{}<>.-]+(?:/[A-Za-z0-9_{}<>()='.:-]+)*)",
            )
            .ok()?,
            host: Regex::new(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){2,6}").ok()?,
            limits: limits.clone(),
        })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The names in `text`, in order; of names that overlap the longest.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention> {
        let (plain, places) = plain(text);
        let mut found: Vec<(Range<usize>, usize)> = self
            .names
            .find_overlapping_iter(&plain)
            .filter_map(|hit| {
                // `places` holds one entry for each byte, and one for the end.
                let start = *places.get(hit.start())?;
                let end = places.get(hit.end().checked_sub(1)?)?;
                let end = *end + text.get(*end..)?.chars().next()?.len_utf8();
                let range = start..end;
                let entry = hit.pattern().as_usize();
                (self.is_name(text, range.clone(), entry)).then_some((range, entry))
            })
            .collect();
        found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        let mut out: Vec<Mention> = Vec::new();
        for (range, entry) in found {
            if out.last().is_none_or(|last| last.range.end <= range.start) {
                out.push(Mention {
                    range,
                    topics: self.entries[entry].topics.clone(),
                    loose: self.entries[entry].loose,
                });
            }
        }
        out
    }

    fn is_name(&self, text: &str, range: Range<usize>, entry: usize) -> bool {
        let exact = self.entries[entry].exact.as_deref();
        exact.is_none_or(|name| text.get(range.clone()) == Some(name))
            && bounded(text, range.clone())
            && !in_address(text, range.start)
    }

    /// Everything that a text names: its words, and the hosts and paths in `raw`,
    /// which is the same text with its code and links.
    pub(super) fn named(&self, text: &str, raw: &str) -> Named {
        let mut named = Named::default();
        for mention in self.mentions(text) {
            self.add(&mut named, &mention.topics);
        }
        for found in self.host.find_iter(raw) {
            let host = found.as_str();
            let Some(group) = self.limits.host(host) else {
                continue;
            };
            let families = group.families.iter().filter_map(|id| {
                self.limits
                    .families
                    .iter()
                    .position(|family| family.id == *id)
            });
            let families: Vec<usize> = families.collect();
            if families.iter().all(|&at| self.limits.families[at].governed) {
                named.governed.extend(families);
            }
        }
        for found in self.path.captures_iter(raw) {
            let method = found.name("method").map(|found| found.as_str());
            let path = found.name("path").map_or("", |found| found.as_str());
            match found.name("host") {
                Some(host) => {
                    let Some(family) = self.limits.family_of(host.as_str(), path) else {
                        continue;
                    };
                    if !family.governed {
                        named.neighbour = true;
                        continue;
                    }
                    self.add_family(&mut named, &family.id);
                }
                None if !self.limits.may_be_path(path) => continue,
                None => {}
            }
            for limit in self.limits.endpoints(path, method) {
                if let Some(at) = self.limits.limits.iter().position(|l| l.id == limit.id) {
                    named.endpoints.insert(at);
                    named.paths.insert(at);
                }
            }
        }
        named
    }

    /// The hosts that stand in a text, and whether each is of the governed API alone.
    pub(super) fn hosts(&self, raw: &str) -> Vec<(Range<usize>, bool)> {
        let families = |id: &String| self.limits.family(id).is_some_and(|family| family.governed);
        self.host
            .find_iter(raw)
            .map(|found| {
                let group = self.limits.host(found.as_str());
                let governed = group.is_some_and(|group| group.families.iter().all(families));
                (found.range(), governed)
            })
            .collect()
    }

    fn add_family(&self, named: &mut Named, id: &str) {
        if let Some(at) = self.limits.families.iter().position(|f| f.id == id) {
            named.governed.insert(at);
        }
    }

    fn add(&self, named: &mut Named, topics: &[Topic]) {
        for &topic in topics {
            match topic {
                Topic::Family(at) if self.limits.families[at].governed => {
                    named.governed.insert(at);
                }
                Topic::Family(_) => named.neighbour = true,
                Topic::Endpoint(at) => {
                    named.endpoints.insert(at);
                }
            }
        }
    }
}

/// [`Topics`] that are compiled when first needed.
pub(super) struct LazyTopics {
    limits: Limits,
    topics: OnceLock<Option<Topics>>,
}

impl LazyTopics {
    /// The compiled names; `None` when they are too many to compile.
    pub(super) fn get(&self) -> Option<&Topics> {
        self.topics
            .get_or_init(|| Topics::new(&self.limits))
            .as_ref()
    }
}

/// A name as it is looked up.
fn key(name: &str) -> String {
    plain(name).0
}

/// A text in lower case without what may stand between the words of a name (spaces of
/// any kind, hyphens, or nothing, as in identifiers), and where each byte came from.
fn plain(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c.is_whitespace() || matches!(c, '-' | '_') {
            continue;
        }
        for lower in c.to_lowercase() {
            out.push(lower);
            places.resize(out.len(), at);
        }
    }
    (out, places)
}

/// Whether no letter or digit of the same word stands beside a range.
fn bounded(text: &str, range: Range<usize>) -> bool {
    let latin = |c: char| c.is_alphanumeric() && !is_joined(c) || c == '_';
    let inner_start = text[range.clone()].chars().next().is_some_and(latin);
    let inner_end = text[range.clone()].chars().next_back().is_some_and(latin);
    let before = text[..range.start].chars().next_back().is_some_and(latin);
    let after = text[range.end..].chars().next().is_some_and(latin);
    !(inner_start && before || inner_end && after)
}

/// Whether a byte lies in a URL or a path; these are read by their own patterns.
fn in_address(text: &str, at: usize) -> bool {
    /// A longer word is no address.
    const LONGEST: usize = 2000;
    let from = ceil_boundary(text, at.saturating_sub(LONGEST));
    let start = text[from..at]
        .rfind(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '(' | '<' | '\''))
        .map_or(from, |found| from + found + 1);
    let word = text.get(start..at).unwrap_or("");
    word.contains("://") || word.starts_with('/') || word.matches('/').count() > 1
}

/// Scripts whose words stand without spaces.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Topics {
        let limits = crate::pack::shipped_limits();
        Topics::new(&limits).expect("names compile")
    }

    fn endpoints(named: &Named, topics: &Topics) -> Vec<String> {
        named
            .endpoints
            .iter()
            .map(|&at| topics.limits.limits[at].id.clone())
            .collect()
    }

    #[test]
    fn the_longest_name_counts_and_look_alikes_do_not() {
        let topics = topics();
        for (text, governed, neighbour) in [
            ("Microsoft Defender for Endpoint API", true, false),
            ("the Microsoft\u{a0}Defender ATP service", true, false),
            ("Microsoft Defender for Cloud Apps", false, true),
            ("Defender for Cloud", false, true),
            ("Microsoft Defender Antivirus", false, true),
            ("Microsoft Graph Security API", true, false),
            ("Microsoft Graph", false, true),
            ("GriefDefender API and Bitdefender", false, false),
            ("arm in arm with a sentinel", false, false),
            ("MDE API", true, false),
            ("a model of MDEs", true, false),
            ("高度なMDEの制限", true, false),
        ] {
            let named = topics.named(text, text);
            assert_eq!(
                (!named.governed.is_empty(), named.neighbour),
                (governed, neighbour),
                "{text}"
            );
        }
    }

    #[test]
    fn endpoints_by_words_and_by_path() {
        let topics = topics();
        let named = |text: &str| topics.named(text, text);
        assert_eq!(
            endpoints(&named("Live Response limits"), &topics),
            ["run-live-response"]
        );
        assert_eq!(
            endpoints(&named("Endpoint: POST /api/alerts/batchUpdate"), &topics),
            ["batch-update-alerts"]
        );
        assert_eq!(
            endpoints(
                &named("`GET https://api.security.microsoft.com/api/incidents?$top=5`"),
                &topics
            ),
            ["api-list-incidents"]
        );
        assert!(
            named("POST https://example.com/api/alerts/batchUpdate")
                .endpoints
                .is_empty()
        );
        assert_eq!(named("Advanced hunting").endpoints.len(), 3);
    }
}
