//! Documents that state another limit for the governed API than its pages do.
//!
//! A number alone proves nothing: a finding needs words of limiting, evidence that
//! the sentence speaks of the governed API, and nothing that makes it the project's
//! own setting, history or a supposition.

use std::ops::Range;

use serde::Deserialize;

use super::claim::{Claim, claims};
use super::compare::{self, Held, Verdict, compare, number};
use super::place::{Layout, Place, Scope};
use super::topic::{LazyTopics, Named, Topic, Topics};
use super::words::{Phrases, Words};
use crate::checks::{BuildError, Check, FileContext, Trigger, TriggerScope, configure};
use crate::finding::{Confidence, Edit, Finding, Fix, Severity};
use crate::pack::schema::fill;
use crate::pack::{Limit, Limits, Pack};
use crate::parse::rates::Reader;

/// The rule's `with`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct With {
    /// Literals that a file must hold to be read.
    triggers: Vec<String>,
    /// Words of a project's own settings and of itself.
    own: Words,
    /// Words of the past and of change.
    history: Words,
    /// Words of supposition, example and measurement.
    doubt: Words,
    /// Words that may stand before a number without naming what it is of.
    generic: Words,
    /// Words of titles that speak of the project rather than of the API.
    tool: Words,
    /// Help of a finding; placeholders as in the message.
    help_higher: String,
    /// Help of a note on a lower limit.
    help_lower: String,
}

struct DocumentedLimits {
    topics: LazyTopics,
    triggers: Vec<Trigger>,
    own: Phrases,
    history: Phrases,
    doubt: Phrases,
    generic: Phrases,
    tool: Phrases,
    help_higher: String,
    help_lower: String,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let with: With = configure(with)?;
    Ok(Box::new(DocumentedLimits {
        topics: Topics::lazy(&pack.limits),
        triggers: triggers(with.triggers),
        own: with.own.compile("with.own")?,
        history: with.history.compile("with.history")?,
        doubt: with.doubt.compile("with.doubt")?,
        generic: with.generic.compile("with.generic")?,
        tool: with.tool.compile("with.tool")?,
        help_higher: with.help_higher,
        help_lower: with.help_lower,
    }))
}

/// Triggers that count in every file.
pub(super) fn triggers(literals: Vec<String>) -> Vec<Trigger> {
    literals
        .into_iter()
        .map(|literal| Trigger {
            exact_case: literal.len() < 8,
            scope: TriggerScope::Everywhere,
            literal,
        })
        .collect()
}

impl Check for DocumentedLimits {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &[
            "subject",
            "stated",
            "stated_rate",
            "documented",
            "documented_rate",
            "ratio",
        ]
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let claims = claims(Reader::shared(), context.source, context.facts);
        if claims.is_empty() {
            return;
        }
        let layout = Layout::new(context.source, context.facts);
        let Some(topics) = self.topics.get() else {
            return;
        };
        let judge = Judge { rule: self, topics };
        let whole = topics.named(&context.source.text, &context.source.text);
        for claim in &claims {
            let place = match (claim.prose, &claim.field) {
                (Some(index), _) => layout.of_prose(index),
                (None, Some(key)) => layout.of_field(key),
                (None, None) => layout.of_table(claim.start),
            };
            if let Some(judged) = judge.judge(claim, &place, &whole) {
                out.push(self.finding(context, claim, &judged));
            }
        }
    }
}

/// Literal characters of a path that no other API is likely to have.
const DISTINCTIVE: usize = 20;

/// How the subject of a rate was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    /// One endpoint or the API itself, named where it counts.
    Sure,
    /// Named loosely.
    Likely,
}

struct Judged<'a> {
    subject: String,
    certainty: Certainty,
    worst: Held<'a>,
    higher: bool,
    /// Rates at fault, as index in the claim, each with what it was held against.
    faults: Vec<(usize, Held<'a>)>,
}

/// What a rate is of.
struct Subject<'a> {
    name: String,
    limits: Vec<&'a Limit>,
    certainty: Certainty,
    general: bool,
}

/// The rule with its compiled names.
struct Judge<'r> {
    rule: &'r DocumentedLimits,
    topics: &'r Topics,
}

impl<'r> Judge<'r> {
    fn limits(&self) -> &'r Limits {
        self.topics.limits()
    }

    fn judge(&self, claim: &Claim, place: &Place<'_>, whole: &Named) -> Option<Judged<'r>> {
        if claim.rates.iter().any(|rate| rate.from.is_some()) || claim.question {
            return None;
        }
        if self.is_not_a_statement(claim, place) || !limiting(claim, place) {
            return None;
        }
        let mut faults: Vec<(usize, Verdict<'r>, Subject<'r>)> = Vec::new();
        let mut last: Option<Vec<usize>> = None;
        for index in 0..claim.rates.len() {
            let rate = &claim.rates[index];
            let subject = self.subject(claim, index, &mut last, place, whole)?;
            let verdict = compare(rate.calls, rate.seconds, &subject.limits);
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
                worst: held,
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

    /// The project's own setting, the past, or a supposition.
    fn is_not_a_statement(&self, claim: &Claim, place: &Place<'_>) -> bool {
        let nearest = place.headings.first().into_iter().chain(&place.lead);
        self.rule.own.is_match(&claim.text)
            || self.rule.history.is_match(&claim.text)
            || self.rule.doubt.is_match(&claim.text)
            || claim
                .header
                .iter()
                .any(|header| self.rule.own.is_match(header))
            || nearest.clone().any(|scope| {
                self.rule.own.is_match(&scope.text) || self.rule.history.is_match(&scope.text)
            })
    }

    /// What the `index`th rate of a claim is of; `None` when it is not known to be of
    /// the governed API.
    fn subject(
        &self,
        claim: &Claim,
        index: usize,
        last: &mut Option<Vec<usize>>,
        place: &Place<'_>,
        whole: &Named,
    ) -> Option<Subject<'r>> {
        let rate = &claim.rates[index];
        let from = index
            .checked_sub(1)
            .map_or(0, |at| claim.rates[at].range.end);
        let until = claim
            .rates
            .get(index + 1)
            .map_or(claim.text.len(), |next| next.range.start);
        let mentions = self.topics.mentions(&claim.text);
        let within = |range: Range<usize>| {
            let mut endpoints = Vec::new();
            for mention in &mentions {
                if range.contains(&mention.range.start) {
                    let found: Vec<usize> = endpoints_of(&mention.topics);
                    if !found.is_empty() {
                        endpoints = found;
                    }
                }
            }
            endpoints
        };
        let own = self.topics.named(&claim.text, &claim.raw);
        let before = within(from..rate.range.start.max(from));
        let inside = within(rate.range.clone());
        let mut certainty = Certainty::Sure;
        let label = claim
            .label
            .as_deref()
            .map(|label| self.topics.named(label, label));
        let labelled: Vec<usize> = label
            .map(|named| named.endpoints.into_iter().collect())
            .unwrap_or_default();
        let mut endpoints = if !labelled.is_empty() {
            labelled
        } else if !before.is_empty() {
            before
        } else if !inside.is_empty() {
            inside
        } else if let Some(last) = last.clone() {
            last
        } else {
            let after = within(rate.range.end..until.max(rate.range.end));
            if !after.is_empty() {
                certainty = Certainty::Likely;
            }
            after
        };
        if endpoints.is_empty() && !own.endpoints.is_empty() && mentions.is_empty() {
            // By a path in code.
            endpoints = own.endpoints.iter().copied().collect();
        }
        if !endpoints.is_empty() {
            *last = Some(endpoints.clone());
        }
        let evidence = self.evidence(claim, &own, place, &endpoints, whole)?;
        if endpoints.is_empty() && evidence.by_page {
            endpoints.clone_from(&evidence.endpoints);
        }
        if endpoints.is_empty() {
            return self.general(&evidence);
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

    /// A statement on the API as a whole is held against all of its limits.
    fn general(&self, evidence: &Evidence) -> Option<Subject<'r>> {
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
            .chain(self.limits().default())
            .collect();
        Some(Subject {
            name: family.title.clone(),
            limits,
            certainty: Certainty::Sure,
            general: true,
        })
    }

    /// Where the governed API is named, the nearest place first.
    fn evidence(
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
                && !self.rule.tool.is_match(&title.text)
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
            reader.knows(word) || self.rule.generic.is_match(word) || word.chars().count() < 3
        };
        if let Some(label) = label {
            return words(label).any(|(_, word)| !known(word));
        }
        words(before).any(|(at, word)| {
            let inner = word.chars().skip(1).any(char::is_uppercase)
                || word.chars().any(|c| c.is_ascii_digit());
            let capital = word.starts_with(char::is_uppercase);
            capital && (at > 0 || inner) && !known(word)
        })
    }
}

impl DocumentedLimits {
    fn finding(&self, context: &FileContext<'_>, claim: &Claim, judged: &Judged<'_>) -> Finding {
        let (index, against) = judged.faults.first().copied().unwrap_or((0, judged.worst));
        let rate = &claim.rates[index];
        let (window, source) = (against.window, &against.limit.source);
        let values = [
            ("subject", judged.subject.as_str()),
            ("stated", &compare::rate(rate.calls, rate.seconds)),
            ("stated_rate", &format!("{:.2}", rate.calls / rate.seconds)),
            (
                "documented",
                &compare::rate(f64::from(window.calls), f64::from(window.seconds)),
            ),
            ("documented_rate", &format!("{:.2}", window.per_second())),
            ("ratio", &format!("{:.1}", against.ratio)),
            ("url", source.url.as_str()),
            ("quote", source.quote.as_str()),
            ("limits", &against.limit.describe()),
        ];
        let help = if judged.higher {
            &self.help_higher
        } else {
            &self.help_lower
        };
        let mut finding =
            Finding::new(context.rule, Some(rate.span), context.rule.message(&values))
                .help(fill(help, &values))
                .label(format!("{:.2} calls/s", rate.calls / rate.seconds));
        if !judged.higher {
            finding = finding
                .at_most(Severity::Note)
                .confidence_at_most(Confidence::Low);
        } else if judged.certainty == Certainty::Likely {
            finding = finding
                .at_most(Severity::Warning)
                .confidence_at_most(Confidence::Medium);
        }
        finding.fix = judged.higher.then(|| fix(context, claim, judged)).flatten();
        finding
    }
}

#[derive(Clone, Debug, Default)]
struct Evidence {
    governed: std::collections::BTreeSet<usize>,
    endpoints: Vec<usize>,
    /// The endpoints are the page's or the section's.
    by_page: bool,
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
fn limiting(claim: &Claim, place: &Place<'_>) -> bool {
    let reader = Reader::shared();
    claim.limiting
        || claim.header.iter().any(|text| reader.limiting(text))
        || place.lead.iter().any(|scope| reader.limiting(&scope.text))
        || place
            .headings
            .first()
            .or(place.title.as_ref())
            .is_some_and(|scope| reader.limiting(&scope.text))
}

/// Words of letters and digits with their byte offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Replaces the numbers at fault, where each is one literal.
fn fix(context: &FileContext<'_>, claim: &Claim, judged: &Judged<'_>) -> Option<Fix> {
    let edits: Vec<Edit> = judged
        .faults
        .iter()
        .map(|&(index, held)| {
            let rate = &claim.rates[index];
            let written = context.source.slice(rate.number?);
            let plain = !written.is_empty()
                && written
                    .bytes()
                    .all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.'));
            (held.same_period && plain).then(|| Edit {
                span: rate.number.unwrap_or(rate.span),
                replacement: compare::like(held.window.calls, written),
            })
        })
        .collect::<Option<_>>()?;
    let numbers: Vec<String> = judged
        .faults
        .iter()
        .map(|(_, held)| number(f64::from(held.window.calls)))
        .collect();
    Some(Fix {
        title: format!("write {}", numbers.join(" and ")),
        safe: judged.certainty == Certainty::Sure && !context.source.lossy,
        edits,
    })
}
