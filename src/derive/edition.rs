//! Whether a page is an edition of one that a pack was derived from, and several pages as
//! one: editions in other languages, or parts that say different things.

use std::collections::BTreeSet;

use super::drift::{self, differences};
use super::links::same;
use crate::pack::Pack;
use crate::pack::page::{Evidence, NotFound, PageFacts, PageLimit};

/// The pack whose page this one is an edition of: published at the same address or made
/// from the same commit, or saying the same of owner, licence, limits and marks.
pub fn shipped<'p>(facts: &PageFacts, packs: &'p [Pack]) -> Option<&'p Pack> {
    let value = |fact: &Option<crate::pack::page::Fact>| {
        fact.as_ref().map(|fact| fact.value.to_lowercase())
    };
    packs.iter().find(|pack| {
        let Some(page) = &pack.page else {
            return false;
        };
        let (url, own) = (value(&facts.page.url), value(&page.page.url));
        let address = url.zip(own).is_some_and(|(a, b)| same(&a, &b));
        let commit = value(&facts.page.revision);
        let commit = commit.is_some() && commit == value(&page.page.revision);
        let says = !facts.marks.is_empty()
            && !facts.limits.is_empty()
            && value(&facts.owner) == value(&page.owner)
            && !differences(page, facts)
                .iter()
                .any(|found| ["owner", "licence", "limits", "marks"].contains(&found.fact));
        address || commit || says
    })
}

/// Puts pages together. One in another language is an edition: what the first does not
/// say is taken from it, and what they say differently counts as not found. One in the
/// same language is a further part: its limits and marks are added.
pub fn merge(mut pages: Vec<PageFacts>) -> PageFacts {
    if pages.is_empty() {
        return PageFacts::default();
    }
    let mut facts = pages.remove(0);
    // What two pages say differently no third one decides.
    let mut refused = BTreeSet::new();
    for other in pages {
        let other = signed(other);
        if is_edition(&facts, &other) {
            edition(&mut facts, &other, &mut refused);
        } else {
            part(&mut facts, &other, &mut refused);
        }
        facts.further.push(other.page);
    }
    facts
}

/// Whether two pages are in different languages.
fn is_edition(facts: &PageFacts, other: &PageFacts) -> bool {
    let language = |facts: &PageFacts| {
        let fact = facts.page.language.as_ref()?;
        fact.value.split('-').next().map(str::to_lowercase)
    };
    match (language(facts), language(other)) {
        (Some(one), Some(other)) => one != other,
        _ => false,
    }
}

fn edition(facts: &mut PageFacts, other: &PageFacts, refused: &mut BTreeSet<&'static str>) {
    for found in differences(facts, other) {
        let Some(now) = found.now.filter(|_| !refused.contains(found.fact)) else {
            continue;
        };
        let clash = found.before.is_some()
            || matches!(found.fact, "limits" | "marks") && !is_empty(facts, found.fact);
        if clash {
            refuse(facts, other, found.fact, &now, refused);
        } else {
            put(facts, other, found.fact);
        }
    }
}

fn part(facts: &mut PageFacts, other: &PageFacts, refused: &mut BTreeSet<&'static str>) {
    for found in differences(facts, other) {
        let lists = matches!(found.fact, "limits" | "marks");
        let Some(now) = found
            .now
            .filter(|_| !lists && !refused.contains(found.fact))
        else {
            continue;
        };
        if found.before.is_some() {
            refuse(facts, other, found.fact, &now, refused);
        } else {
            put(facts, other, found.fact);
        }
    }
    if facts.product.is_none() {
        facts.product.clone_from(&other.product);
        facts.aliases.clone_from(&other.aliases);
        found(facts, "product");
    }
    if !refused.contains("limits") {
        let clash = other
            .limits
            .iter()
            .find(|limit| facts.limits.iter().any(|own| contradicts(own, limit)));
        if let Some(limit) = clash {
            let now = drift::Said::new(drift::describe(limit), &limit.evidence);
            refuse(facts, other, "limits", &now, refused);
        } else {
            for limit in &other.limits {
                let key = drift::limit_key(limit);
                if !facts.limits.iter().any(|own| drift::limit_key(own) == key) {
                    facts.limits.push(limit.clone());
                }
            }
            if !facts.limits.is_empty() {
                found(facts, "limits");
            }
        }
    }
    for mark in &other.marks {
        if !facts.marks.iter().any(|own| own.value == mark.value) {
            facts.marks.push(mark.clone());
        }
    }
    if !facts.marks.is_empty() {
        found(facts, "marks");
    }
    // What could not be read of a further page is told, too.
    let file = &other.page.file;
    let unread = other
        .not_found
        .iter()
        .filter(|missing| !missing.unread.is_empty());
    let unread: Vec<NotFound> = unread
        .map(|missing| NotFound {
            fact: "limits.further".to_owned(),
            why: format!("{file}, {}", missing.why),
            unread: missing.unread.clone(),
        })
        .collect();
    facts.not_found.extend(unread);
}

/// Whether two limits of the same things give different numbers for one period.
fn contradicts(a: &PageLimit, b: &PageLimit) -> bool {
    let of = |limit: &PageLimit| {
        (
            limit.name.to_lowercase(),
            limit.scope.clone(),
            limit.condition.to_lowercase(),
            limit.endpoints.clone(),
        )
    };
    of(a) == of(b)
        && a.windows.iter().any(|one| {
            b.windows
                .iter()
                .any(|other| one.seconds == other.seconds && one.calls != other.calls)
        })
}

/// Takes a fact out that two pages say differently.
fn refuse(
    facts: &mut PageFacts,
    other: &PageFacts,
    key: &'static str,
    now: &drift::Said,
    refused: &mut BTreeSet<&'static str>,
) {
    refused.insert(key);
    put(facts, &PageFacts::default(), key);
    let (file, line) = (&other.page.file, now.evidence.line);
    facts.not_found.push(NotFound {
        fact: key.to_owned(),
        why: format!("{file}, line {line}, says something else: {}", now.value),
        unread: String::new(),
    });
}

/// Takes a fact off the list of what was not found; what could not be read stays.
fn found(facts: &mut PageFacts, key: &str) {
    for missing in &mut facts.not_found {
        if missing.fact == "limits" && key == "limits" && !missing.unread.is_empty() {
            "limits.further".clone_into(&mut missing.fact);
        }
    }
    facts.not_found.retain(|missing| missing.fact != key);
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
        "reservation" => facts.reservation.clone_from(&from.reservation),
        "links.terms" => facts.links.terms.clone_from(&from.links.terms),
        "links.trademark_guidelines" => {
            let found = &from.links.trademark_guidelines;
            facts.links.trademark_guidelines.clone_from(found);
        }
        _ => facts.links.privacy.clone_from(&from.links.privacy),
    }
    found(facts, key);
}

/// A reading whose evidence tells which page it is of.
fn signed(mut facts: PageFacts) -> PageFacts {
    let file = facts.page.file.clone();
    let links = &mut facts.links;
    let single = [
        facts.owner.as_mut().map(|fact| &mut fact.evidence),
        facts.product.as_mut().map(|fact| &mut fact.evidence),
        facts.licence.as_mut().map(|fact| &mut fact.evidence),
        facts.code_licence.as_mut().map(|fact| &mut fact.evidence),
        facts.reservation.as_mut(),
        links.terms.as_mut().map(|link| &mut link.evidence),
        links
            .trademark_guidelines
            .as_mut()
            .map(|link| &mut link.evidence),
        links.privacy.as_mut().map(|link| &mut link.evidence),
    ];
    let marks = facts.marks.iter_mut().map(|fact| &mut fact.evidence);
    let aliases = facts.aliases.iter_mut().map(|fact| &mut fact.evidence);
    let limits = facts.limits.iter_mut().map(|limit| &mut limit.evidence);
    let all = single.into_iter().flatten().chain(marks).chain(aliases);
    for evidence in all.chain(limits) {
        sign(evidence, &file);
    }
    facts
}

fn sign(evidence: &mut Evidence, file: &str) {
    evidence.file.get_or_insert_with(|| file.to_owned());
}
