//! What two readings of a page say differently: an edition against another, today's
//! page against the pack that was derived from it. Languages and wordings aside.

use std::collections::BTreeSet;

use super::links::same;
use crate::pack::Window;
use crate::pack::page::{Evidence, Fact, NotFound, PageFacts, PageLimit, PageLink};

/// One fact that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key of the fact: `licence`, `limits`, `links.privacy`.
    pub fact: &'static str,
    /// What was said, with the words.
    pub before: Option<Said>,
    /// What is said now; `None` when it is not found any more.
    pub now: Option<Said>,
    /// Why it is not found now.
    pub why: Option<String>,
}

/// A value with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The value.
    pub value: String,
    /// Where and how it is said.
    pub evidence: Evidence,
}

impl Said {
    fn new(value: impl Into<String>, evidence: &Evidence) -> Self {
        Self {
            value: value.into(),
            evidence: evidence.clone(),
        }
    }
}

/// Where `now` says something else than `before`.
pub fn differences(before: &PageFacts, now: &PageFacts) -> Vec<Difference> {
    let mut out = Vec::new();
    let fact = |fact: &Option<Fact>| {
        fact.as_ref()
            .map(|fact| Said::new(&fact.value, &fact.evidence))
    };
    for (key, old, new) in [
        ("owner", fact(&before.owner), fact(&now.owner)),
        ("licence", fact(&before.licence), fact(&now.licence)),
        (
            "code_licence",
            fact(&before.code_licence),
            fact(&now.code_licence),
        ),
    ] {
        let value = |said: &Option<Said>| said.as_ref().map(|said| said.value.clone());
        if value(&old) != value(&new) {
            out.push(difference(key, old, new, now));
        }
    }
    limits(before, now, &mut out);
    each(
        "marks",
        &before.marks,
        &now.marks,
        |fact| fact.value.clone(),
        |fact| Said::new(&fact.value, &fact.evidence),
        now,
        &mut out,
    );
    for (key, of) in [
        ("links.terms", (&before.links.terms, &now.links.terms)),
        (
            "links.trademark_guidelines",
            (
                &before.links.trademark_guidelines,
                &now.links.trademark_guidelines,
            ),
        ),
        ("links.privacy", (&before.links.privacy, &now.links.privacy)),
    ] {
        let equal = match of {
            (Some(old), Some(new)) => leads_alike(old, new),
            (None, None) => true,
            _ => false,
        };
        if !equal {
            let said = |link: &Option<PageLink>| {
                link.as_ref()
                    .map(|link| Said::new(&link.url, &link.evidence))
            };
            out.push(difference(key, said(of.0), said(of.1), now));
        }
    }
    out
}

/// Whether two links are one, or lead to one place.
fn leads_alike(a: &PageLink, b: &PageLink) -> bool {
    let all = |link: &PageLink| -> Vec<String> {
        std::iter::once(&link.url)
            .chain(&link.target)
            .cloned()
            .collect()
    };
    all(a).iter().any(|a| all(b).iter().any(|b| same(a, b)))
}

fn limits(before: &PageFacts, now: &PageFacts, out: &mut Vec<Difference>) {
    each(
        "limits",
        &before.limits,
        &now.limits,
        describe,
        |limit| Said::new(describe(limit), &limit.evidence),
        now,
        out,
    );
}

/// "100 calls / 60 s per connection".
pub fn describe(limit: &PageLimit) -> String {
    let scope = limit
        .scope
        .as_ref()
        .map_or_else(String::new, |scope| format!(" per {scope}"));
    format!("{}{scope}", Window::describe(&limit.windows))
}

/// Members of two lists that only one of them has; one on either side is a change.
fn each<T>(
    key: &'static str,
    before: &[T],
    now: &[T],
    name: impl Fn(&T) -> String,
    said: impl Fn(&T) -> Said,
    page: &PageFacts,
    out: &mut Vec<Difference>,
) {
    let old: BTreeSet<String> = before.iter().map(&name).collect();
    let new: BTreeSet<String> = now.iter().map(&name).collect();
    let gone: Vec<Said> = before
        .iter()
        .filter(|item| !new.contains(&name(item)))
        .map(&said)
        .collect();
    let come: Vec<Said> = now
        .iter()
        .filter(|item| !old.contains(&name(item)))
        .map(&said)
        .collect();
    if let ([one], [other]) = (gone.as_slice(), come.as_slice()) {
        out.push(difference(
            key,
            Some(one.clone()),
            Some(other.clone()),
            page,
        ));
        return;
    }
    out.extend(
        gone.into_iter()
            .map(|said| difference(key, Some(said), None, page)),
    );
    out.extend(
        come.into_iter()
            .map(|said| difference(key, None, Some(said), page)),
    );
}

fn difference(
    fact: &'static str,
    before: Option<Said>,
    now: Option<Said>,
    page: &PageFacts,
) -> Difference {
    let why = page
        .not_found
        .iter()
        .find(|missing| now.is_none() && missing.fact == fact)
        .map(|missing| missing.why.clone());
    Difference {
        fact,
        before,
        now,
        why,
    }
}

/// Puts editions of one page together: what the first does not say is taken from the
/// others, and what they say differently counts as not found.
pub fn merge(mut editions: Vec<PageFacts>) -> PageFacts {
    if editions.is_empty() {
        return PageFacts::default();
    }
    let mut facts = editions.remove(0);
    // What two editions say differently no third one decides.
    let mut refused = BTreeSet::new();
    for other in editions {
        let other = signed(other);
        for found in differences(&facts, &other) {
            let Some(now) = found.now.filter(|_| !refused.contains(found.fact)) else {
                continue;
            };
            let clash = found.before.is_some()
                || matches!(found.fact, "limits" | "marks") && !is_empty(&facts, found.fact);
            if clash {
                refused.insert(found.fact);
                put(&mut facts, &PageFacts::default(), found.fact);
                let (file, line) = (&other.page.file, now.evidence.line);
                facts.not_found.push(NotFound {
                    fact: found.fact.to_owned(),
                    why: format!("{file}, line {line}, says something else: {}", now.value),
                });
            } else {
                put(&mut facts, &other, found.fact);
                facts.not_found.retain(|missing| missing.fact != found.fact);
            }
        }
    }
    facts
}

fn is_empty(facts: &PageFacts, key: &str) -> bool {
    match key {
        "limits" => facts.limits.is_empty(),
        "marks" => facts.marks.is_empty(),
        _ => false,
    }
}

/// Puts one fact in the place of another reading's.
fn put(facts: &mut PageFacts, from: &PageFacts, key: &str) {
    match key {
        "owner" => facts.owner.clone_from(&from.owner),
        "licence" => facts.licence.clone_from(&from.licence),
        "code_licence" => facts.code_licence.clone_from(&from.code_licence),
        "limits" => facts.limits.clone_from(&from.limits),
        "marks" => facts.marks.clone_from(&from.marks),
        "links.terms" => facts.links.terms.clone_from(&from.links.terms),
        "links.trademark_guidelines" => {
            let found = &from.links.trademark_guidelines;
            facts.links.trademark_guidelines.clone_from(found);
        }
        _ => facts.links.privacy.clone_from(&from.links.privacy),
    }
}

/// A reading whose evidence tells which edition it is of.
fn signed(mut facts: PageFacts) -> PageFacts {
    let file = Some(facts.page.file.clone());
    let links = &mut facts.links;
    let single = [
        facts.owner.as_mut().map(|fact| &mut fact.evidence),
        facts.licence.as_mut().map(|fact| &mut fact.evidence),
        facts.code_licence.as_mut().map(|fact| &mut fact.evidence),
        links.terms.as_mut().map(|link| &mut link.evidence),
        links
            .trademark_guidelines
            .as_mut()
            .map(|link| &mut link.evidence),
        links.privacy.as_mut().map(|link| &mut link.evidence),
    ];
    let marks = facts.marks.iter_mut().map(|fact| &mut fact.evidence);
    let limits = facts.limits.iter_mut().map(|limit| &mut limit.evidence);
    for evidence in single.into_iter().flatten().chain(marks).chain(limits) {
        evidence.file.clone_from(&file);
    }
    facts
}
