//! What two readings of a page say differently: an edition against another, today's
//! page against the pack that was derived from it. Languages and wordings aside.

use std::collections::BTreeSet;
use std::fmt::Write as _;

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
    pub(super) fn new(value: impl Into<String>, evidence: &Evidence) -> Self {
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
        // What the command line said the page need not say.
        let given = old.as_ref().is_some_and(is_given) && new.is_none();
        if value(&old) != value(&new) && !given {
            out.push(difference(key, old, new, now));
        }
    }
    // How it is said is no difference, that it is said no longer is one.
    if reserves(before) != reserves(now) {
        let said = |at: &Option<Evidence>| at.as_ref().map(|at| Said::new(&at.quote, at));
        let (old, new) = (said(&before.reservation), said(&now.reservation));
        out.push(difference("reservation", old, new, now));
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

/// How a page reserves marks: not at all, by naming them, or in a sentence of its own.
fn reserves(facts: &PageFacts) -> u8 {
    let named = |at: &Evidence| {
        facts
            .marks
            .iter()
            .any(|mark| mark.evidence.quote == at.quote)
    };
    match &facts.reservation {
        None => 0,
        Some(at) if named(at) => 1,
        Some(_) => 2,
    }
}

fn is_given(said: &Said) -> bool {
    said.evidence.file.as_deref() == Some(super::COMMAND_LINE)
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
        limit_key,
        |limit| Said::new(describe(limit), &limit.evidence),
        now,
        out,
    );
}

/// What makes two limits one, whatever the language: plans have other names in each.
pub(super) fn limit_key(limit: &PageLimit) -> String {
    let condition = if limit.condition.is_empty() {
        ""
    } else {
        "some"
    };
    describe(&PageLimit {
        condition: condition.to_owned(),
        ..limit.clone()
    })
}

/// "100 calls / 60 s per connection".
pub fn describe(limit: &PageLimit) -> String {
    let mut out = Window::describe(&limit.windows);
    if let Some(scope) = &limit.scope {
        let _ = write!(out, " per {scope}");
    }
    if !limit.endpoints.is_empty() {
        let _ = write!(out, " for {}", limit.endpoints.join(", "));
    }
    if !limit.condition.is_empty() {
        let _ = write!(out, " ({})", limit.condition);
    }
    out
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

/// What a page seems to state and could not be read, where the reading before has not
/// told it already.
pub fn unread<'f>(before: &PageFacts, now: &'f PageFacts) -> Vec<&'f NotFound> {
    let known = |missing: &NotFound| {
        let mut told = before.not_found.iter();
        told.any(|told| told.unread == missing.unread)
    };
    now.not_found
        .iter()
        .filter(|missing| !missing.unread.is_empty() && !known(missing))
        .collect()
}
