//! What a claim is about, and whether it contradicts the documented limits.
//!
//! A claim counts when three things are told: that a limit is stated, that the
//! governed API is meant, and which of its endpoints. Each is looked for in the
//! sentence first, then outward: the paragraph, the line that leads in, the headings,
//! the title, the page.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use super::claim::Claim;
use super::compare::{Held, Verdict, compare};
use super::evidence::{Beyond, Evidence};
use super::place::{Place, Question};
use super::topic::{Mention, Named, Topic, Topics};
use super::words::Phrases;
use crate::finding::Confidence;
use crate::pack::{Limit, Limits};
use crate::parse::rates::Reader;
use crate::source::floor_boundary;

/// The longest sentence in bytes that takes back the one before it: "That is wrong."
const MAX_REFUTATION: usize = 60;
/// What may stand before the refutation there: "This number".
const MAX_REFERENCE: usize = 16;
/// Words that deny the number before them stand within so many bytes: they are a phrase.
const MAX_DENIAL: usize = 160;

/// The rule's word lists.
pub(super) struct Wording {
    /// A project's own settings and the project itself.
    pub(super) own: Phrases,
    /// The past and change.
    pub(super) history: Phrases,
    /// Supposition, example and measurement.
    pub(super) doubt: Phrases,
    /// Denial right before a number.
    pub(super) denied: Phrases,
    /// Denial right after one.
    pub(super) denied_after: Phrases,
    /// What somebody else says, or what is said to be wrong.
    pub(super) refuted: Phrases,
    /// What may stand before a number without naming what it is of.
    pub(super) generic: Phrases,
    /// What makes a product's name its API.
    pub(super) api: Phrases,
    /// Titles that speak of the project rather than of the API.
    pub(super) tool: Phrases,
}

/// How the subject of a rate was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// One endpoint or the API itself, named where it counts.
    Sure,
    /// Named loosely.
    Likely,
}

/// A claim that contradicts the documentation.
pub(super) struct Judged<'a> {
    pub(super) subject: String,
    pub(super) certainty: Certainty,
    /// More than documented rather than less.
    pub(super) higher: bool,
    /// Rates at fault, as index in the claim, each with what it was held against.
    pub(super) faults: Vec<(usize, Held<'a>)>,
}

/// What a rate is of.
struct Subject<'a> {
    name: String,
    limits: Vec<&'a Limit>,
    certainty: Certainty,
    general: bool,
}

/// What a claim and its page name, for all of its rates.
pub(super) struct Told<'c> {
    pub(super) own: Named,
    pub(super) mentions: Vec<Mention>,
    pub(super) whole: &'c Named,
    /// The words before the numbers name something that is not known.
    pub(super) foreign: OnceCell<bool>,
    /// What the places beyond it name.
    pub(super) beyond: OnceCell<Beyond>,
    /// How surely its numbers are of the API that it names.
    bound: OnceCell<Option<Certainty>>,
}

/// The rule with its compiled names.
pub(super) struct Judge<'r> {
    pub(super) wording: &'r Wording,
    pub(super) topics: &'r Topics,
}

impl<'r> Judge<'r> {
    pub(super) fn limits(&self) -> &'r Limits {
        self.topics.limits()
    }

    /// Judges a claim at its place on a page that names `whole`.
    pub(super) fn judge(
        &self,
        claim: &Claim<'_>,
        place: &Place<'_>,
        whole: &Named,
    ) -> Option<Judged<'r>> {
        if claim.rates.iter().any(|rate| rate.from.is_some()) || claim.question {
            return None;
        }
        if self.is_not_a_statement(claim, place) || !limiting(claim, place) {
            return None;
        }
        let mut faults: Vec<(usize, Verdict<'r>, Subject<'r>)> = Vec::new();
        let mut last: Option<Vec<usize>> = None;
        let told = Told {
            own: self.topics.named(&claim.text, &claim.raw),
            mentions: self.topics.mentions(&claim.text),
            whole,
            foreign: OnceCell::new(),
            beyond: OnceCell::new(),
            bound: OnceCell::new(),
        };
        for index in 0..claim.rates.len() {
            let rate = &claim.rates[index];
            if rate.quoted || self.is_denied(claim, index) {
                continue;
            }
            let subject = self.subject(claim, index, &mut last, place, &told)?;
            let first = subject.general.then_some(self.limits().default.as_str());
            let verdict = compare(rate.calls, rate.seconds, &subject.limits, first);
            // A general statement may give one endpoint's number.
            let verdict = match verdict {
                Verdict::Lower(_)
                    if subject.general && self.is_documented(rate.calls, rate.seconds) =>
                {
                    Verdict::Agrees
                }
                other => other,
            };
            faults.push((index, verdict, subject));
        }
        let higher = faults
            .iter()
            .any(|(_, verdict, _)| matches!(verdict, Verdict::Higher(_)));
        let mut judged: Option<Judged<'r>> = None;
        for (index, verdict, subject) in faults {
            let held = match verdict {
                Verdict::Higher(held) if higher => held,
                Verdict::Lower(held) if !higher => held,
                _ => continue,
            };
            // Third-party numbers prove nothing.
            if held.limit.source.confidence == Confidence::Low {
                continue;
            }
            let judged = judged.get_or_insert_with(|| Judged {
                subject: subject.name.clone(),
                certainty: subject.certainty,
                higher,
                faults: Vec::new(),
            });
            judged.certainty = judged.certainty.max(subject.certainty);
            judged.faults.push((index, held));
        }
        judged
    }

    fn is_documented(&self, calls: f64, seconds: f64) -> bool {
        self.limits()
            .limits
            .iter()
            .filter(|limit| self.is_governed(limit))
            .flat_map(|limit| &limit.windows)
            .any(|window| {
                (f64::from(window.calls) - calls).abs() < 0.01
                    && (f64::from(window.seconds) - seconds).abs() < 0.5
            })
    }

    fn is_governed(&self, limit: &Limit) -> bool {
        self.limits()
            .family(&limit.family)
            .is_some_and(|family| family.governed)
    }

    /// Whether the words right beside the `index`th rate deny it: "not 300 calls".
    fn is_denied(&self, claim: &Claim<'_>, index: usize) -> bool {
        let rate = &claim.rates[index].range;
        let text = claim.text.as_str();
        let from = index
            .checked_sub(1)
            .map_or(0, |at| claim.rates[at].range.end);
        let before = text.get(from..rate.start).unwrap_or("");
        let after = text.get(rate.end..).unwrap_or("");
        let outside = |c: char| !c.is_alphanumeric();
        let near = after.trim_start_matches(outside);
        // The next words alone: the rest is looked at for each of its rates.
        let near = &near[..floor_boundary(near, MAX_DENIAL)];
        self.wording.denied.ends(before.trim_end_matches(outside))
            || self
                .wording
                .denied_after
                .find(near)
                .is_some_and(|found| found.start == 0)
    }

    /// Whether the sentence, or a short one after it, says that it is not so, or whose
    /// words it tells.
    fn is_refuted(&self, claim: &Claim<'_>) -> bool {
        let refuted = &self.wording.refuted;
        // "That is wrong." speaks of the sentence before; "Calls beyond are wrong." does not.
        let back = || {
            let found = refuted.find(&claim.next);
            found.is_some_and(|found| found.start <= MAX_REFERENCE)
        };
        refuted.is_match(&claim.text) || (claim.next.len() <= MAX_REFUTATION && back())
    }

    /// The project's own setting, the past, or a supposition.
    fn is_not_a_statement(&self, claim: &Claim<'_>, place: &Place<'_>) -> bool {
        let nearest = place.headings.first().into_iter().chain(&place.lead);
        let own =
            |text: &str| self.wording.own.is_match(text) || self.wording.history.is_match(text);
        self.wording.own.is_match(&claim.text)
            || self.wording.history.is_match(&claim.text)
            || self.wording.doubt.is_match(&claim.text)
            || self.is_refuted(claim)
            || claim
                .header
                .iter()
                .any(|cell| cell.answers(Question::Own, |text| self.wording.own.is_match(text)))
            || nearest
                .map(Rc::as_ref)
                .any(|scope| scope.answers(Question::Own, own))
    }

    /// What the `index`th rate of a claim is of; `None` when it is not known to be of
    /// the governed API.
    fn subject(
        &self,
        claim: &Claim<'_>,
        index: usize,
        last: &mut Option<Vec<usize>>,
        place: &Place<'_>,
        told: &Told<'_>,
    ) -> Option<Subject<'r>> {
        let own = &told.own;
        let (mut endpoints, certainty) = self.endpoints(claim, index, last.as_ref(), told);
        if !endpoints.is_empty() {
            *last = Some(endpoints.clone());
        }
        let evidence = self.evidence(claim, place, &endpoints, told)?;
        if endpoints.is_empty() && evidence.by_page {
            endpoints.clone_from(&evidence.endpoints);
        }
        if endpoints.is_empty() {
            let certainty = if own.governed.is_empty() {
                Certainty::Sure
            } else {
                (*told.bound.get_or_init(|| self.bound(claim, place, told)))?
            };
            return self.general(&evidence, certainty);
        }
        let mut limits: Vec<&'r Limit> = endpoints
            .iter()
            .map(|&at| &self.limits().limits[at])
            .filter(|limit| self.is_governed(limit))
            .collect();
        if limits.is_empty() {
            return None;
        }
        let of_family: Vec<&'r Limit> = limits
            .iter()
            .copied()
            .filter(|limit| {
                evidence
                    .governed
                    .iter()
                    .any(|&at| self.limits().families[at].id == limit.family)
            })
            .collect();
        if !of_family.is_empty() {
            limits = of_family;
        }
        Some(Subject {
            name: limits[0].names.first().unwrap_or(&limits[0].id).clone(),
            limits,
            certainty,
            general: false,
        })
    }

    /// The endpoints that the claim itself names for its `index`th rate: in its label,
    /// before the number, within the rate, as for the rate before, after it.
    fn endpoints(
        &self,
        claim: &Claim<'_>,
        index: usize,
        last: Option<&Vec<usize>>,
        told: &Told<'_>,
    ) -> (Vec<usize>, Certainty) {
        let rate = &claim.rates[index].range;
        let from = index
            .checked_sub(1)
            .map_or(0, |at| claim.rates[at].range.end);
        let until = claim
            .rates
            .get(index + 1)
            .map_or(claim.text.len(), |next| next.range.start);
        let within = |range: Range<usize>| {
            // In the order of the text.
            let mentions = &told.mentions;
            let first = mentions.partition_point(|mention| mention.range.start < range.start);
            mentions[first..]
                .iter()
                .take_while(|mention| mention.range.start < range.end)
                .map(|mention| endpoints_of(&mention.topics))
                .filter(|endpoints| !endpoints.is_empty())
                .last()
        };
        let label = claim.label.as_deref().map(|label| {
            let named = self.topics.named(label, label);
            named.endpoints.into_iter().collect::<Vec<_>>()
        });
        let sure = label
            .filter(|endpoints| !endpoints.is_empty())
            .or_else(|| within(from..rate.start.max(from)))
            .or_else(|| within(rate.clone()))
            .or_else(|| last.cloned());
        if let Some(endpoints) = sure {
            return (endpoints, Certainty::Sure);
        }
        if let Some(endpoints) = within(rate.end..until.max(rate.end)) {
            return (endpoints, Certainty::Likely);
        }
        // By a path in code.
        (told.own.paths.iter().copied().collect(), Certainty::Sure)
    }

    /// A statement on the API as a whole is held against all of its limits.
    fn general(&self, evidence: &Evidence, certainty: Certainty) -> Option<Subject<'r>> {
        let families: Vec<_> = evidence
            .governed
            .iter()
            .map(|&at| &self.limits().families[at])
            .collect();
        // Limits of one product apply to many; where several families are named the
        // statement is none of the API as a whole.
        let family = families
            .iter()
            .find(|family| family.default.as_deref() == Some(self.limits().default.as_str()))?;
        let limits = self
            .limits()
            .limits
            .iter()
            .filter(|limit| families.iter().any(|family| family.id == limit.family))
            .chain(self.limits().default_limit())
            .collect();
        Some(Subject {
            name: family.title.clone(),
            limits,
            certainty,
            general: true,
        })
    }
}

fn endpoints_of(topics: &[Topic]) -> Vec<usize> {
    topics
        .iter()
        .filter_map(|topic| match topic {
            Topic::Endpoint(at) => Some(*at),
            Topic::Family(_) => None,
        })
        .collect()
}

/// Whether a word of limiting stands in the sentence or in what leads to it.
fn limiting(claim: &Claim<'_>, place: &Place<'_>) -> bool {
    let reader = Reader::shared();
    claim.limiting
        || claim.header.iter().any(|cell| cell.limits(reader))
        || place.lead.iter().any(|scope| scope.limits(reader))
        || place
            .headings
            .first()
            .or(place.title.as_ref())
            .is_some_and(|scope| scope.limits(reader))
}
