//! `limits.yaml`: documented limits and governed hosts.

mod judge;

pub(crate) use judge::is_host;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::finding::Confidence;

/// Most calls a window may hold; a larger number is a misreading, not a limit.
pub const MAX_CALLS: u32 = 1_000_000;
/// Longest renewal period in seconds: 31 days.
pub const MAX_PERIOD: u32 = 31 * 86_400;

/// `limits.yaml`: documented limits and governed hosts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Identifier of the limit that holds where nothing finer is documented.
    pub default: String,
    /// Words that may stand in front of any name: the house mark.
    pub prefixes: Vec<String>,
    /// The APIs, governed or neighbouring.
    pub families: Vec<Family>,
    /// Hosts by the APIs they serve.
    pub hosts: Vec<HostGroup>,
    /// Every documented limit.
    pub limits: Vec<Limit>,
}

/// One API: a set of endpoints that documents speak of by one name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Identifier.
    pub id: String,
    /// Name for messages.
    pub title: String,
    /// Whether the pack's rules hold callers to it. A neighbour is listed so that
    /// its limits are not taken for the governed API's.
    pub governed: bool,
    /// Nobody documents a number for it; only what has no bound at all is held against its
    /// terms.
    #[serde(default)]
    pub unmetered: bool,
    /// Path prefixes that mean the same; limits are written with the first.
    #[serde(default)]
    pub bases: Vec<String>,
    /// Paths that belong to it on a host that several families share; empty: all.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Identifier of the limit for endpoints that document none of their own.
    #[serde(default)]
    pub default: Option<String>,
    /// Names by which documents speak of the API.
    #[serde(default)]
    pub names: Vec<String>,
    /// Names of something wider that is meant only with the word API beside it.
    #[serde(default)]
    pub loose: Vec<String>,
}

/// Hosts that serve the same APIs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostGroup {
    /// Identifier.
    pub id: String,
    /// Identifiers of the families, the path decides in this order.
    pub families: Vec<String>,
    /// Host names; `*` stands for one or more characters of a label.
    pub hosts: Vec<String>,
}

/// So many calls in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Window {
    /// Calls.
    pub calls: u32,
    /// Renewal period in seconds.
    pub seconds: u32,
}

impl Window {
    /// Calls per second.
    pub fn per_second(self) -> f64 {
        f64::from(self.calls) / f64::from(self.seconds.max(1))
    }

    /// The most calls per second that windows which hold at the same time admit without
    /// end: the strictest one's rate.
    pub fn sustained(windows: &[Self]) -> f64 {
        windows
            .iter()
            .map(|window| window.per_second())
            .fold(f64::INFINITY, f64::min)
    }

    /// "45 calls / 60 s and 1500 calls / 3600 s".
    pub fn describe(windows: &[Self]) -> String {
        let windows: Vec<String> = windows.iter().map(Self::to_string).collect();
        windows.join(" and ")
    }
}

/// "1 call / 1 s".
impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.calls == 1 { "" } else { "s" };
        write!(f, "{} call{plural} / {} s", self.calls, self.seconds)
    }
}

/// The limit of one endpoint, or of all that have none of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Identifier.
    pub id: String,
    /// Identifier of its family.
    pub family: String,
    /// HTTP methods in upper case; empty: any.
    #[serde(default)]
    pub methods: Vec<String>,
    /// Path patterns: `{id}` is one segment, a `*` any run of characters.
    pub paths: Vec<String>,
    /// One or more windows that hold at the same time, the shortest first; none for an
    /// unmetered family.
    #[serde(default)]
    pub windows: Vec<Window>,
    /// Calls that a token bucket admits at once.
    #[serde(default)]
    pub burst: Option<u32>,
    /// Sessions that may run at the same time.
    #[serde(default)]
    pub concurrent: Option<u32>,
    /// What is counted together, in the source's words; empty when it does not say.
    #[serde(default)]
    pub scope: String,
    /// Phrases by which documents speak of the endpoint.
    #[serde(default)]
    pub names: Vec<String>,
    /// Where the limit is documented.
    pub source: LimitSource,
}

/// Where a limit is documented.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSource {
    /// The published page.
    pub url: String,
    /// Repository of the edition that was read; empty when it was the page itself.
    #[serde(default)]
    pub repository: String,
    /// Path of the page in that repository.
    #[serde(default)]
    pub path: String,
    /// Commit of the edition.
    #[serde(default)]
    pub commit: String,
    /// Language of the quote, BCP 47.
    pub language: String,
    /// The sentence or table row.
    pub quote: String,
    /// How sure the number is.
    pub confidence: Confidence,
}

impl Limit {
    /// The window of that period, when one is documented.
    pub fn window(&self, seconds: u32) -> Option<Window> {
        self.windows
            .iter()
            .copied()
            .find(|window| window.seconds == seconds)
    }

    /// The most calls per second that may be kept up without end: the strictest
    /// window's rate.
    pub fn sustained(&self) -> f64 {
        Window::sustained(&self.windows)
    }

    /// "45 calls / 60 s and 1500 calls / 3600 s".
    pub fn describe(&self) -> String {
        Window::describe(&self.windows)
    }
}

impl Limits {
    /// The limit that holds where nothing finer is documented.
    pub fn default_limit(&self) -> Option<&Limit> {
        self.limit(&self.default)
    }

    /// A limit by identifier.
    pub fn limit(&self, id: &str) -> Option<&Limit> {
        self.limits.iter().find(|limit| limit.id == id)
    }

    /// A family by identifier.
    pub fn family(&self, id: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.id == id)
    }

    /// The group of a host name; ports and letter case do not count.
    pub fn host(&self, host: &str) -> Option<&HostGroup> {
        let host = host.split(':').next().unwrap_or(host);
        let host = host.trim_end_matches('.').to_ascii_lowercase();
        self.hosts.iter().find(|group| {
            group
                .hosts
                .iter()
                .any(|pattern| glob(pattern.as_bytes(), host.as_bytes(), b'.'))
        })
    }

    /// The family that a path on a host belongs to.
    pub fn family_of(&self, host: &str, path: &str) -> Option<&Family> {
        let group = self.host(host)?;
        group
            .families
            .iter()
            .filter_map(|id| self.family(id))
            .find(|family| {
                family.paths.is_empty() || {
                    let path = family.canonical(path);
                    family
                        .paths
                        .iter()
                        .any(|pattern| path_score(pattern, &path).is_some())
                }
            })
    }

    /// Whether calls to this path on this host are held to the pack's limits.
    pub fn governs(&self, host: &str, path: &str) -> bool {
        self.family_of(host, path)
            .is_some_and(|family| family.governed)
    }

    /// The limit documented for a call: the endpoint's own, else the family's. A
    /// method that is not known is read kindly: the most generous one counts.
    /// `None` for a host that the pack does not know.
    pub fn limit_for(&self, host: &str, path: &str, method: Option<&str>) -> Option<&Limit> {
        let family = self.family_of(host, path)?;
        let path = family.canonical(path);
        let mut best: Option<(usize, &Limit)> = None;
        for limit in self.limits.iter().filter(|limit| limit.family == family.id) {
            if !limit.allows(method) {
                continue;
            }
            let score = limit
                .paths
                .iter()
                .filter_map(|pattern| path_score(pattern, &path))
                .max();
            let Some(score) = score else { continue };
            let better = best.is_none_or(|(other, held)| {
                score > other || score == other && limit.sustained() > held.sustained()
            });
            if better {
                best = Some((score, limit));
            }
        }
        best.map(|(_, limit)| limit)
            .or_else(|| self.limit(family.default.as_ref()?))
    }
}

impl Limits {
    /// The path prefixes of the first governed API.
    pub fn governed_bases(&self) -> &[String] {
        let first = self.families.iter().find(|family| family.governed);
        first.map_or(&[], |family| family.bases.as_slice())
    }

    /// Whether a path without a host may be one of the governed APIs: it begins with a
    /// base of theirs or is one of their paths. Where an API has no base, a path has to be
    /// that of a limit.
    pub fn may_be_path(&self, path: &str) -> bool {
        let mut governed = self.families.iter().filter(|family| family.governed);
        governed.any(|family| {
            let own = |pattern: &String| path_score(pattern, path).is_some();
            if family.bases.is_empty() {
                let limits = self.limits.iter().filter(|limit| limit.family == family.id);
                let mut exact = limits
                    .flat_map(|limit| &limit.paths)
                    .filter(|pattern| !pattern.ends_with("/*"));
                return exact.any(|pattern| named_score(pattern, path).is_some());
            }
            let based = family.bases.iter().any(|base| {
                path.strip_prefix(base.as_str())
                    .is_some_and(|rest| rest.starts_with('/'))
            });
            based && family.paths.is_empty() || family.paths.iter().any(own)
        })
    }

    /// The governed endpoints that a path alone names, by its distinctive words.
    /// `GET /api/machines/{id}/isolate` names one, `/api/anything` none.
    pub fn endpoints(&self, path: &str, method: Option<&str>) -> Vec<&Limit> {
        let mut best = 1;
        let mut found = Vec::new();
        for family in self.families.iter().filter(|family| family.governed) {
            let path = family.canonical(path);
            for limit in self.limits.iter().filter(|limit| limit.family == family.id) {
                let exact = limit.paths.iter().filter(|path| !path.ends_with("/*"));
                let score = exact
                    .filter_map(|pattern| named_score(pattern, &path))
                    .max();
                let Some(score) = score.filter(|_| limit.allows(method)) else {
                    continue;
                };
                if score > best {
                    found.clear();
                    best = score;
                }
                if score == best {
                    found.push(limit);
                }
            }
        }
        found
    }
}

impl Limit {
    /// Literal bytes of its longest path pattern: how distinctive the path is.
    pub fn distinctive(&self) -> usize {
        self.paths
            .iter()
            .map(|path| {
                let mut depth = 0_u32;
                path.chars()
                    .filter(|&c| {
                        depth = match c {
                            '{' => depth + 1,
                            '}' => depth.saturating_sub(1),
                            _ => depth,
                        };
                        depth == 0 && !matches!(c, '}' | '*')
                    })
                    .count()
            })
            .max()
            .unwrap_or(0)
    }

    fn allows(&self, method: Option<&str>) -> bool {
        self.methods.is_empty()
            || method.is_none_or(|method| {
                self.methods
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(method))
            })
    }
}

impl Family {
    /// A path as the pack writes it: query and fragment off, the first base in
    /// place of any other, or put in front of a path without one.
    fn canonical(&self, path: &str) -> String {
        let path = path.split(['?', '#']).next().unwrap_or("");
        // No endpoint is longer, and matching stays cheap.
        let path = path.get(..512).unwrap_or(path);
        let path = format!("/{}", path.trim_matches('/'));
        let Some(first) = self.bases.first() else {
            return path;
        };
        let rest = self
            .bases
            .iter()
            .filter_map(|base| {
                let head = path.get(..base.len())?;
                let tail = path.get(base.len()..)?;
                (head.eq_ignore_ascii_case(base) && (tail.is_empty() || tail.starts_with('/')))
                    .then_some(tail)
            })
            .min_by_key(|tail| tail.len());
        format!("{first}{}", rest.unwrap_or(&path))
    }
}

/// How exactly `pattern` matches `path`: the number of literal bytes, `None` when
/// it does not match.
fn path_score(pattern: &str, path: &str) -> Option<usize> {
    let mut plain = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        plain.push_str(&rest[..open]);
        // `{id}` becomes U+0001, one segment.
        plain.push('\u{1}');
        rest = rest[open..].split_once('}').map_or("", |(_, tail)| tail);
    }
    plain.push_str(rest);
    let literal = plain.bytes().filter(|&b| b != b'*' && b != 1).count();
    path_glob(
        plain.to_ascii_lowercase().as_bytes(),
        path.to_ascii_lowercase().as_bytes(),
    )
    .then_some(literal)
}

/// [`path_score`] for a path in running text, where `{id}` takes only what looks like
/// one: a word there is another endpoint that the pack does not know.
fn named_score(pattern: &str, path: &str) -> Option<usize> {
    let plain = pattern
        .split('/')
        .zip(path.split('/'))
        .any(|(pattern, segment)| {
            pattern.starts_with('{') && segment.bytes().all(|b| b.is_ascii_alphabetic())
        });
    (!plain).then(|| path_score(pattern, path)).flatten()
}

fn path_glob(pattern: &[u8], text: &[u8]) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => (0..=text.len()).any(|at| path_glob(rest, &text[at..])),
        [1, rest @ ..] => {
            let end = text.iter().position(|&b| b == b'/').unwrap_or(text.len());
            end > 0 && (1..=end).rev().any(|at| path_glob(rest, &text[at..]))
        }
        [byte, rest @ ..] => text.first() == Some(byte) && path_glob(rest, &text[1..]),
    }
}

/// `*` is one or more bytes other than `stop`.
fn glob(pattern: &[u8], text: &[u8], stop: u8) -> bool {
    match pattern {
        [] => text.is_empty(),
        [b'*', rest @ ..] => {
            let end = text.iter().position(|&b| b == stop).unwrap_or(text.len());
            (1..=end).any(|at| glob(rest, &text[at..], stop))
        }
        [byte, rest @ ..] => {
            text.first().is_some_and(|b| b.eq_ignore_ascii_case(byte))
                && glob(rest, &text[1..], stop)
        }
    }
}

#[cfg(test)]
mod tests;
