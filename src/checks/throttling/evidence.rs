//! Where the governed API is named: in the claim, in what surrounds it, on the page.

use std::collections::BTreeSet;

use super::claim::Claim;
use super::judge::Judge;
use super::place::{Place, Scope};
use super::topic::Named;
use crate::parse::rates::Reader;

/// Literal characters of a path that no other API is likely to have.
const DISTINCTIVE: usize = 20;

/// What a claim's surroundings name.
#[derive(Clone, Debug, Default)]
pub(super) struct Evidence {
    /// Governed families.
    pub(super) governed: BTreeSet<usize>,
    /// Endpoints that the surroundings name.
    pub(super) endpoints: Vec<usize>,
    /// The endpoints are the page's or the section's.
    pub(super) by_page: bool,
}

impl Judge<'_> {
    /// Where the governed API is named, the nearest place first.
    pub(super) fn evidence(
        &self,
        claim: &Claim,
        own: &Named,
        place: &Place<'_>,
        endpoints: &[usize],
        whole: &Named,
    ) -> Option<Evidence> {
        if own.neighbour {
            return None;
        }
        let mut evidence = Evidence::default();
        if !own.governed.is_empty() {
            evidence.governed.extend(&own.governed);
            return Some(evidence);
        }
        // Something else is named as what the number is of.
        if endpoints.is_empty() && self.is_foreign(claim) {
            return None;
        }
        let named = |scope: &Scope<'_>| {
            self.topics.named(
                &scope.text,
                if scope.raw.is_empty() {
                    &scope.text
                } else {
                    scope.raw
                },
            )
        };
        let mut page: Vec<usize> = Vec::new();
        let around = claim.earlier.iter().chain(claim.header.iter());
        for text in around {
            let found = self.topics.named(text, text);
            if found.neighbour {
                return None;
            }
            if !found.governed.is_empty() {
                evidence.governed.extend(&found.governed);
                return Some(evidence);
            }
        }
        for scope in place.lead.iter().chain(&place.headings) {
            let found = named(scope);
            // A line that tells a rate of its own names what that one is of.
            if page.is_empty() && Reader::shared().read(&scope.text).is_empty() {
                page.extend(&found.endpoints);
            }
            if found.neighbour {
                return None;
            }
            if !found.governed.is_empty() {
                evidence.governed.extend(&found.governed);
                evidence.endpoints = page;
                evidence.by_page = true;
                return Some(evidence);
            }
        }
        let mut titled = false;
        if let Some(title) = &place.title {
            let found = named(title);
            if found.neighbour {
                return None;
            }
            if page.is_empty() {
                page.extend(&found.endpoints);
            }
            titled = !found.governed.is_empty()
                && !self.wording.tool.is_match(&title.text)
                && (title.text.contains("API") || !endpoints.is_empty());
            evidence.governed.extend(&found.governed);
        }
        evidence.endpoints.clone_from(&page);
        evidence.by_page = true;
        let all: Vec<usize> = endpoints.iter().chain(&page).copied().collect();
        if titled && !claim.code {
            return Some(evidence);
        }
        // A page on one endpoint whose path and host stand on it.
        let on_page = all.iter().any(|at| {
            whole.paths.contains(at) && self.limits().limits[*at].distinctive() >= DISTINCTIVE
        });
        if on_page && !whole.governed.is_empty() && !claim.code {
            evidence.governed.extend(&whole.governed);
            return Some(evidence);
        }
        None
    }

    /// Whether the words before the first number name something that is not known.
    fn is_foreign(&self, claim: &Claim) -> bool {
        let reader = Reader::shared();
        let Some(rate) = claim.rates.first() else {
            return false;
        };
        let before = claim.text.get(..rate.range.start).unwrap_or("");
        let label = claim.label.as_deref().or_else(|| {
            let at = before.rfind([':', '：', '–', '—'])?;
            before.get(..at)
        });
        let known = |word: &str| {
            reader.knows(word) || self.wording.generic.is_match(word) || word.chars().count() < 3
        };
        if let Some(label) = label {
            return words(label).any(|(_, word)| !known(word));
        }
        words(before).any(|(at, word)| {
            let name = word.starts_with(char::is_uppercase) && at > 0
                || word.chars().skip(1).any(char::is_uppercase)
                || word.chars().any(|c| c.is_ascii_digit());
            (name || word.is_ascii()) && !known(word)
        })
    }
}

/// Words of letters and digits with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
