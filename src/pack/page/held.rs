//! Which of a page's limits a caller is held to: what holds together, and what are
//! alternatives.

use std::collections::BTreeMap;

use super::{Evidence, LIMIT, PageFacts, PageLimit};
use crate::pack::vocabulary::{Limit, LimitSource, Limits, Window};

/// Methods that an endpoint may begin with: `GET /items`.
const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The limit of a call of which nothing finer is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Held<'a> {
    /// Windows that hold at the same time, the shortest first.
    pub windows: Vec<Window>,
    /// What is counted together, when all of them say the same.
    pub scope: Option<&'a str>,
    /// The words of the strictest.
    pub evidence: &'a Evidence,
}

impl<'a> Held<'a> {
    /// The limits of one caller: of each period the strictest window.
    fn of(limits: &[&'a PageLimit]) -> Option<Self> {
        let mut windows: BTreeMap<u32, Window> = BTreeMap::new();
        for window in limits.iter().flat_map(|limit| &limit.windows) {
            let kept = windows.entry(window.seconds).or_insert(*window);
            kept.calls = kept.calls.min(window.calls);
        }
        let rate = |limit: &PageLimit| Window::sustained(&limit.windows);
        let strictest = limits.iter().copied().reduce(|best, limit| {
            if rate(limit) < rate(best) {
                limit
            } else {
                best
            }
        })?;
        let scope = strictest.scope.as_deref();
        Some(Self {
            windows: windows.into_values().collect(),
            scope: scope.filter(|_| limits.iter().all(|limit| limit.scope == strictest.scope)),
            evidence: &strictest.evidence,
        })
    }

    fn rate(&self) -> f64 {
        Window::sustained(&self.windows)
    }
}

impl PageFacts {
    /// The limit that holds for a call of which nothing finer is known. What the page
    /// says of everybody holds together; of alternatives (plans, authenticated or not)
    /// and of what holds for one kind of call alone, the most generous counts, since
    /// nobody knows which of them the caller has.
    pub fn default_limit(&self) -> Option<Held<'_>> {
        let stated = || self.limits.iter().filter(|limit| !limit.windows.is_empty());
        let everything = |limit: &&PageLimit| !limit.specific && limit.endpoints.is_empty();
        let mut groups = alternatives(stated().filter(everything).collect());
        if groups.is_empty() {
            let mut named: BTreeMap<(&str, &[String]), Vec<&PageLimit>> = BTreeMap::new();
            for limit in stated() {
                let key = (limit.name.as_str(), limit.endpoints.as_slice());
                named.entry(key).or_default().push(limit);
            }
            groups = named.into_values().flat_map(alternatives).collect();
        }
        let held = groups.iter().filter_map(|group| Held::of(group));
        held.reduce(|best, other| {
            if other.rate() > best.rate() {
                other
            } else {
                best
            }
        })
    }

    /// Puts the page's limits under `limits.yaml`: those of endpoints, and the default of
    /// the families that name it.
    pub fn add_limits(&self, limits: &mut Limits) {
        let Some(held) = self.default_limit() else {
            return;
        };
        let named =
            |family: &&crate::pack::vocabulary::Family| family.default.as_deref() == Some(LIMIT);
        let Some(family) = limits.families.iter().find(named) else {
            return;
        };
        let family_id = family.id.clone();
        let base = family.bases.first().cloned().unwrap_or_default();
        let mut added = vec![self.limit(
            LIMIT.to_owned(),
            &family_id,
            vec![format!("{base}/*")],
            held,
        )];
        let mut by_endpoint: BTreeMap<&str, Vec<&PageLimit>> = BTreeMap::new();
        for limit in &self.limits {
            for endpoint in &limit.endpoints {
                by_endpoint.entry(endpoint).or_default().push(limit);
            }
        }
        for (index, (endpoint, of)) in by_endpoint.into_iter().enumerate() {
            let (methods, path) = parts(endpoint);
            let held = alternatives(of)
                .iter()
                .filter_map(|group| Held::of(group))
                .reduce(|best, other| {
                    if other.rate() > best.rate() {
                        other
                    } else {
                        best
                    }
                });
            let (Some(held), true) = (held, path.starts_with('/')) else {
                continue;
            };
            // Pages write the path below the address of the API, which may have one, too.
            let mut paths = vec![format!("{base}{path}")];
            if base.is_empty() {
                paths.push(format!("/*{path}"));
            }
            let id = format!("{LIMIT}-{}", index + 1);
            let mut limit = self.limit(id, &family_id, paths, held);
            limit.methods = methods;
            added.push(limit);
        }
        let taken: Vec<String> = limits.limits.iter().map(|limit| limit.id.clone()).collect();
        added.retain(|limit| !taken.contains(&limit.id));
        limits.limits.extend(added);
    }

    fn limit(&self, id: String, family: &str, paths: Vec<String>, held: Held<'_>) -> Limit {
        let language = self.page.language.as_ref();
        Limit {
            id,
            family: family.to_owned(),
            methods: Vec::new(),
            paths,
            windows: held.windows,
            burst: None,
            concurrent: None,
            scope: held
                .scope
                .map_or_else(String::new, |scope| format!("per {scope}")),
            names: Vec::new(),
            source: LimitSource {
                url: self.document_of(held.evidence).1,
                repository: String::new(),
                path: String::new(),
                commit: String::new(),
                language: language.map_or_else(String::new, |fact| fact.value.clone()),
                quote: held.evidence.quote.clone(),
                confidence: held.evidence.confidence,
            },
        }
    }
}

/// Limits of which each group may be the whole of what a caller is held to: what has no
/// condition, with what one condition adds. A condition's window takes the place of the
/// general one of the same period.
fn alternatives(limits: Vec<&PageLimit>) -> Vec<Vec<&PageLimit>> {
    let (general, conditional): (Vec<&PageLimit>, Vec<&PageLimit>) = limits
        .into_iter()
        .partition(|limit| limit.condition.is_empty());
    let mut by_condition: BTreeMap<String, Vec<&PageLimit>> = BTreeMap::new();
    for limit in conditional {
        let key = limit.condition.to_lowercase();
        by_condition.entry(key).or_default().push(limit);
    }
    let mut groups: Vec<Vec<&PageLimit>> = Vec::new();
    // Of one condition alone nobody says that it is the only one.
    if by_condition.len() < 2 && !general.is_empty() {
        groups.push(general.clone());
    }
    for mut own in by_condition.into_values() {
        let periods: Vec<u32> = own
            .iter()
            .flat_map(|limit| limit.windows.iter().map(|window| window.seconds))
            .collect();
        let beside = general.iter().copied().filter(|limit| {
            let mut windows = limit.windows.iter();
            windows.all(|window| !periods.contains(&window.seconds))
        });
        own.extend(beside);
        groups.push(own);
    }
    groups
}

/// The method and the path of an endpoint as a page names it.
fn parts(endpoint: &str) -> (Vec<String>, &str) {
    match endpoint.split_once(' ') {
        Some((method, path)) if METHODS.contains(&method) => (vec![method.to_owned()], path.trim()),
        _ => (Vec::new(), endpoint),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Confidence;

    fn limit(calls: u32, seconds: u32, condition: &str, name: &str) -> PageLimit {
        PageLimit {
            name: name.to_owned(),
            specific: !name.is_empty(),
            endpoints: Vec::new(),
            condition: condition.to_owned(),
            windows: vec![Window { calls, seconds }],
            scope: None,
            evidence: Evidence {
                section: String::new(),
                line: 1,
                bytes: super::super::ByteRange::default(),
                quote: format!("{calls}"),
                confidence: Confidence::High,
                file: None,
            },
        }
    }

    fn held(limits: Vec<PageLimit>) -> String {
        let facts = PageFacts {
            limits,
            ..PageFacts::default()
        };
        let held = facts.default_limit().expect("a limit");
        Window::describe(&held.windows)
    }

    #[test]
    fn what_holds_for_everybody_holds_together() {
        let both = vec![limit(10, 1, "", ""), limit(60, 60, "", "")];
        assert_eq!(held(both), "10 calls / 1 s and 60 calls / 60 s");
    }

    #[test]
    fn of_alternatives_the_most_generous_counts() {
        let plans = vec![
            limit(10, 1, "", ""),
            limit(100, 60, "free", ""),
            limit(300, 60, "paid", ""),
        ];
        assert_eq!(held(plans), "10 calls / 1 s and 300 calls / 60 s");
        let anonymous = vec![limit(60, 3600, "anonymous", ""), limit(10, 1, "", "")];
        assert_eq!(held(anonymous), "10 calls / 1 s");
    }

    #[test]
    fn what_holds_for_one_kind_of_call_is_nothing_to_the_others() {
        let kinds = vec![
            limit(1, 1, "", "search"),
            limit(5, 1, "", "map"),
            limit(30, 60, "", "map"),
        ];
        assert_eq!(held(kinds), "1 call / 1 s");
        let general = vec![limit(1, 1, "", "search"), limit(5, 1, "", "")];
        assert_eq!(held(general), "5 calls / 1 s");
    }
}
