//! What a text speaks of: the governed API, a neighbour of it, one of its endpoints.
//! Names, hosts and paths come from the pack's limits.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

use regex::Regex;

use crate::checks::BuildError;
use crate::pack::Limits;

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
}

/// Finds names, hosts and paths.
pub(super) struct Topics {
    names: Regex,
    meanings: HashMap<String, Vec<Topic>>,
    path: Regex,
    host: Regex,
    limits: Limits,
}

impl Topics {
    /// Compiled when first needed: most scans never ask.
    pub(super) fn lazy(limits: &Limits) -> LazyTopics {
        LazyTopics {
            limits: limits.clone(),
            topics: OnceLock::new(),
        }
    }

    pub(super) fn new(limits: &Limits) -> Result<Self, BuildError> {
        let mut meanings: HashMap<String, Vec<Topic>> = HashMap::new();
        let mut patterns: Vec<(usize, String)> = Vec::new();
        let families = limits
            .families
            .iter()
            .enumerate()
            .flat_map(|(at, family)| family.names.iter().map(move |name| (name, at, true)));
        let endpoints = limits
            .limits
            .iter()
            .enumerate()
            .flat_map(|(at, limit)| limit.names.iter().map(move |name| (name, at, false)));
        for (name, at, is_family) in families.chain(endpoints) {
            let topic = if is_family {
                Topic::Family(at)
            } else {
                Topic::Endpoint(at)
            };
            let held = meanings.entry(key(name)).or_default();
            if held.is_empty() {
                patterns.push((name.len(), pattern(name)));
            }
            if !held.contains(&topic) {
                held.push(topic);
            }
        }
        // The longest name first: alternatives are tried in their order.
        patterns.sort_by(|a, b| b.cmp(a));
        let prefix: Vec<String> = limits.prefixes.iter().map(|word| escape(word)).collect();
        let names: Vec<String> = patterns.into_iter().map(|(_, pattern)| pattern).collect();
        let names = if names.is_empty() {
            // Matches nothing.
            r"[^\s\S]".to_owned()
        } else {
            format!(
                "(?:(?:{}){SPACE}+)?(?P<name>{})",
                if prefix.is_empty() {
                    r"[^\s\S]".to_owned()
                } else {
                    prefix.join("|")
                },
                names.join("|")
            )
        };
        Ok(Self {
            names: compile(&names)?,
            meanings,
            path: compile(
                r"(?:\b(?P<method>GET|POST|PUT|PATCH|DELETE)[\s`]+)?(?:https?://(?P<host>[A-Za-z0-9.-]+))?(?P<path>/[A-Za-z0-9_{}<>.-]+(?:/[A-Za-z0-9_{}<>()='.:-]+)+)",
            )?,
            host: compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+){2,6}")?,
            limits: limits.clone(),
        })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The names in `text`, in order.
    pub(super) fn mentions(&self, text: &str) -> Vec<Mention> {
        let mut out = Vec::new();
        let mut at = 0;
        while at <= text.len() {
            let Some(found) = self.names.captures_at(text, at) else {
                break;
            };
            let (Some(whole), Some(name)) = (found.get(0), found.name("name")) else {
                break;
            };
            let word = bounded(text, whole.range()) && !in_address(text, whole.start());
            if word && let Some(topics) = self.lookup(name.as_str()) {
                out.push(Mention {
                    range: whole.range(),
                    topics: topics.clone(),
                });
                at = whole.end();
            } else {
                at = text[whole.start()..]
                    .char_indices()
                    .nth(1)
                    .map_or(text.len() + 1, |(step, _)| whole.start() + step);
            }
        }
        out
    }

    fn lookup(&self, name: &str) -> Option<&Vec<Topic>> {
        let key = key(name);
        self.meanings
            .get(&key)
            .or_else(|| self.meanings.get(key.strip_suffix('s')?))
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
                None if !path.starts_with("/api/") && !path.contains("/security/") => continue,
                None => {}
            }
            for limit in self.limits.endpoints(path, method) {
                if let Some(at) = self.limits.limits.iter().position(|l| l.id == limit.id) {
                    named.endpoints.insert(at);
                }
            }
        }
        named
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
            .get_or_init(|| Topics::new(&self.limits).ok())
            .as_ref()
    }
}

/// What may stand between the words of a name: spaces of any kind, or nothing, as in
/// identifiers.
const SPACE: &str = r"[\s\u{a0}_-]";

fn escape(word: &str) -> String {
    regex::escape(word)
}

fn pattern(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(escape).collect();
    let words = words.join(&format!("{SPACE}*"));
    // A single capitalised word may be an ordinary word in lower case: arm, sentinel.
    let exact = !name.contains(' ') && name.starts_with(char::is_uppercase);
    let plural = if name.ends_with(|c: char| c.is_ascii_alphabetic()) {
        "s?"
    } else {
        ""
    };
    if exact {
        format!("{words}{plural}")
    } else {
        format!("(?i:{words}){plural}")
    }
}

/// A name as it is looked up: lower case, nothing between its words.
fn key(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{a0}'))
        .flat_map(char::to_lowercase)
        .collect()
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
    let start = text[..at]
        .rfind(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '(' | '<' | '\''))
        .map_or(0, |at| at + 1);
    let word = text.get(start..at).unwrap_or("");
    word.contains("://") || word.starts_with('/') || word.contains("/api/")
}

/// Scripts whose words stand without spaces.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

fn compile(pattern: &str) -> Result<Regex, BuildError> {
    regex::RegexBuilder::new(pattern)
        .size_limit(64 << 20)
        .build()
        .map_err(|error| BuildError {
            key: "check".to_owned(),
            message: error.to_string(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics() -> Topics {
        let text = include_str!("../../../rules/microsoft-defender-api/limits.yaml");
        let limits: Limits = serde_yaml::from_str(text).expect("limits.yaml");
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
