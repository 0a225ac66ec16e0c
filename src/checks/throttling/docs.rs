//! Documents that state another limit for the governed API than its pages do.
//!
//! A number alone proves nothing: a finding needs words of limiting, evidence that
//! the sentence speaks of the governed API, and nothing that makes it the project's
//! own setting, history or a supposition.

use serde::Deserialize;

use super::around::sentence;
use super::claim::{Claim, claims};
use super::compare::{self, number};
use super::judge::{Certainty, Judge, Judged, Wording};
use super::place::Layout;
use super::topic::{LazyTopics, Topics};
use super::words::{Phrases, Words};
use crate::checks::{BuildError, Check, FileContext, Trigger, TriggerScope, configure};
use crate::finding::{Confidence, Edit, Finding, Fix, Permission, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
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
    /// Words right before a number that deny it.
    denied: Words,
    /// Words right after a number that deny it.
    denied_after: Words,
    /// Words that tell what somebody else says, or that it is wrong.
    refuted: Words,
    /// Words that may stand before a number without naming what it is of.
    generic: Words,
    /// Words that make a product's name its API.
    api: Words,
    /// Words that open a call-out, a quotation by its form only.
    callout: Words,
    /// Words of titles that speak of the project rather than of the API.
    tool: Words,
    /// Help of a finding; placeholders as in the message.
    help_higher: String,
    /// Said behind it of rates in periods for which nothing is documented.
    help_others: String,
    /// Help of a note on a lower limit.
    help_lower: String,
    /// Share of the documented rate below which a stated one is no caution and no older
    /// edition, but a misreading.
    misread: f64,
}

struct DocumentedLimits {
    misread: f64,
    topics: LazyTopics,
    triggers: Vec<Trigger>,
    wording: Wording,
    callout: Phrases,
    help_higher: String,
    help_others: String,
    help_lower: String,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let with: With = configure(with)?;
    Ok(Box::new(DocumentedLimits {
        topics: Topics::lazy(&pack.limits),
        triggers: triggers(with.triggers),
        callout: with.callout.compile("with.callout")?,
        wording: Wording {
            api: with.api.compile("with.api")?,
            own: with.own.compile("with.own")?,
            history: with.history.compile("with.history")?,
            doubt: with.doubt.compile("with.doubt")?,
            denied: with.denied.compile("with.denied")?,
            denied_after: with.denied_after.compile("with.denied_after")?,
            refuted: with.refuted.compile("with.refuted")?,
            generic: with.generic.compile("with.generic")?,
            tool: with.tool.compile("with.tool")?,
        },
        help_higher: with.help_higher,
        help_others: with.help_others,
        help_lower: with.help_lower,
        misread: with.misread,
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
        let callout = |text: &str| {
            self.callout
                .find(text)
                .is_some_and(|found| found.start == 0)
        };
        let claims = claims(Reader::shared(), context.source, context.facts, &callout);
        if claims.is_empty() {
            return;
        }
        let Some(topics) = self.topics.get() else {
            return;
        };
        let layout =
            Layout::new(context.source, context.facts).below(topics.limits().governed_bases());
        let judge = Judge {
            wording: &self.wording,
            topics,
        };
        let whole = topics.named(&context.source.text, &context.source.text);
        for claim in &claims {
            let place = match (claim.prose, &claim.field) {
                (Some(index), _) => layout.of_prose(index),
                (None, Some(key)) => layout.of_field(key),
                (None, None) => layout.of_table(claim.start),
            };
            if let Some(judged) = judge.judge(claim, &place, &whole) {
                out.extend(self.finding(context, claim, &judged));
            }
        }
    }
}

impl DocumentedLimits {
    fn finding(
        &self,
        context: &FileContext<'_>,
        claim: &Claim<'_>,
        judged: &Judged<'_>,
    ) -> Option<Finding> {
        let &(index, against) = if judged.higher {
            judged.faults.first()?
        } else {
            judged
                .faults
                .iter()
                .min_by(|(_, a), (_, b)| a.ratio.total_cmp(&b.ratio))?
        };
        let rate = &claim.rates[index];
        let window = against.window;
        let limits = self.topics.get()?.limits();
        let values = [
            ("subject", judged.subject.as_str()),
            ("stated", &compare::rate(rate.calls, rate.seconds)),
            (
                "stated_rate",
                &compare::figure(rate.calls / rate.seconds, 2),
            ),
            (
                "documented",
                &compare::rate(f64::from(window.calls), f64::from(window.seconds)),
            ),
            ("documented_rate", &compare::figure(window.per_second(), 2)),
            ("ratio", &compare::figure(against.ratio, 1)),
            ("limits", &against.limit.describe()),
        ];
        let help = if judged.higher {
            &self.help_higher
        } else {
            &self.help_lower
        };
        let mut finding =
            Finding::new(context.rule, Some(rate.span), context.rule.message(&values))
                .help(self.with_others(fill(help, &values), claim, judged))
                .sentence(sentence(limits, against.limit))
                .label(format!(
                    "{} calls/s",
                    compare::figure(rate.calls / rate.seconds, 2)
                ));
        if let Some(most) = highest(claim, judged) {
            finding = finding.permission(Permission::Rate(most));
        }
        if !judged.higher {
            finding = finding.at_most(Severity::Note);
            if against.ratio >= self.misread {
                finding = finding.confidence_at_most(Confidence::Low);
            }
        } else if judged.certainty == Certainty::Likely {
            finding = finding
                .at_most(Severity::Warning)
                .confidence_at_most(Confidence::Medium);
        }
        finding.fix = judged.higher.then(|| fix(context, claim, judged)).flatten();
        Some(finding)
    }

    /// The help, and what else has to go: a figure for an hour beside one for a minute, where
    /// only that for a minute is documented.
    fn with_others(&self, help: String, claim: &Claim<'_>, judged: &Judged<'_>) -> String {
        let others: Vec<String> = (judged.faults.iter())
            .filter(|(_, held)| !held.same_period)
            .map(|&(index, _)| compare::rate(claim.rates[index].calls, claim.rates[index].seconds))
            .collect();
        if !judged.higher || others.is_empty() || others.len() == judged.faults.len() {
            return help;
        }
        let others = others.join(" and ");
        format!("{help} {}", fill(&self.help_others, &[("others", &others)]))
    }
}

/// The highest of the rates at fault, in calls a second.
fn highest(claim: &Claim<'_>, judged: &Judged<'_>) -> Option<f64> {
    let rates = judged.faults.iter().map(|(index, _)| &claim.rates[*index]);
    let rates = rates.map(|rate| rate.calls / rate.seconds);
    rates.filter(|rate| rate.is_finite()).reduce(f64::max)
}

/// Replaces the numbers at fault, where each is one literal.
fn fix(context: &FileContext<'_>, claim: &Claim<'_>, judged: &Judged<'_>) -> Option<Fix> {
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
        more: false,
        title: format!("write {}", numbers.join(" and ")),
        safe: judged.certainty == Certainty::Sure,
        edits,
    })
}
