//! Where the governed API is named: in the claim, in what surrounds it, on the page.

use std::collections::BTreeSet;

use super::claim::Claim;
use super::judge::{Judge, Told};
use super::place::{Place, Question, Scope};
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

impl Evidence {
    fn of(governed: &BTreeSet<usize>) -> Self {
        Self {
            governed: governed.clone(),
            ..Self::default()
        }
    }
}

/// What the places beyond a claim name, the nearest first.
#[derive(Debug)]
pub(super) enum Beyond {
    /// Another API.
    Another,
    /// The governed API, in the paragraph, the table or above it.
    Near(Evidence),
    /// Nothing but what the page's title does.
    Page(Evidence, Title),
}

/// What a title names.
#[derive(Debug)]
pub(super) enum Title {
    /// Not the governed API, or the project.
    Silent,
    /// A product that has the API.
    Product,
    /// The API.
    Api,
}

impl Judge<'_> {
    /// Where the governed API is named, the nearest place first.
    pub(super) fn evidence(
        &self,
        claim: &Claim<'_>,
        place: &Place<'_>,
        endpoints: &[usize],
        told: &Told<'_>,
    ) -> Option<Evidence> {
        let (own, whole) = (&told.own, told.whole);
        if own.neighbour {
            return None;
        }
        if !own.governed.is_empty() {
            return Some(Evidence::of(&own.governed));
        }
        // Something else is named as what the number is of.
        if endpoints.is_empty() && *told.foreign.get_or_init(|| self.is_foreign(claim)) {
            return None;
        }
        let beyond = told.beyond.get_or_init(|| self.beyond(claim, place));
        let (evidence, title) = match beyond {
            Beyond::Another => return None,
            Beyond::Near(evidence) => return Some(evidence.clone()),
            Beyond::Page(evidence, title) => (evidence, title),
        };
        let titled = match title {
            Title::Silent => false,
            Title::Product => !endpoints.is_empty(),
            Title::Api => true,
        };
        if titled && !claim.code {
            return Some(evidence.clone());
        }
        // A page on one endpoint whose path and host stand on it.
        let on_page = endpoints.iter().chain(&evidence.endpoints).any(|at| {
            whole.paths.contains(at) && self.limits().limits[*at].distinctive() >= DISTINCTIVE
        });
        if on_page && !whole.governed.is_empty() && !claim.code {
            let mut evidence = evidence.clone();
            evidence.governed.extend(&whole.governed);
            return Some(evidence);
        }
        None
    }

    /// What the places beyond a claim name: the same for each of its rates.
    fn beyond(&self, claim: &Claim<'_>, place: &Place<'_>) -> Beyond {
        for text in &claim.earlier {
            let found = self.topics.named(text, text);
            if found.neighbour {
                return Beyond::Another;
            }
            if !found.governed.is_empty() {
                return Beyond::Near(Evidence::of(&found.governed));
            }
        }
        for cell in claim.header.iter() {
            let found = self.named(cell);
            if found.neighbour {
                return Beyond::Another;
            }
            if !found.governed.is_empty() {
                return Beyond::Near(Evidence::of(&found.governed));
            }
        }
        let mut page: Vec<usize> = Vec::new();
        for scope in place.lead.iter().chain(&place.headings) {
            let found = self.named(scope);
            // A line that tells a rate of its own names what that one is of.
            let tells = |text: &str| !Reader::shared().read(text).is_empty();
            if page.is_empty() && !scope.answers(Question::Tells, tells) {
                page.extend(&found.endpoints);
            }
            if found.neighbour {
                return Beyond::Another;
            }
            if !found.governed.is_empty() {
                return Beyond::Near(Evidence {
                    endpoints: page,
                    by_page: true,
                    ..Evidence::of(&found.governed)
                });
            }
        }
        let mut evidence = Evidence::default();
        let mut said = Title::Silent;
        if let Some(title) = &place.title {
            let found = self.named(title);
            if found.neighbour {
                return Beyond::Another;
            }
            if page.is_empty() {
                page.extend(&found.endpoints);
            }
            let tool = |text: &str| self.wording.tool.is_match(text);
            if !found.governed.is_empty() && !title.answers(Question::Tool, tool) {
                let api = title.text.contains("API");
                said = if api { Title::Api } else { Title::Product };
            }
            evidence.governed.extend(&found.governed);
        }
        evidence.endpoints = page;
        evidence.by_page = true;
        Beyond::Page(evidence, said)
    }

    fn named<'s>(&self, scope: &'s Scope<'_>) -> &'s Named {
        scope.named(|scope| {
            let raw = if scope.raw.is_empty() {
                &scope.text
            } else {
                scope.raw
            };
            self.topics.named(&scope.text, raw)
        })
    }

    /// Whether the words before the first number name something that is not known.
    fn is_foreign(&self, claim: &Claim<'_>) -> bool {
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
