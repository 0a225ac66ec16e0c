//! `rate-exceeds-limit`: a declared rate above the documented limit, as a calculation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::around::{self, Repeated, Round, endpoint};
use super::host_triggers;
use super::mend;
use super::program::{Program, Reading};
use super::windows;
use crate::checks::{BuildError, Check, RepositoryContext, Trigger, configure};
use crate::facts::code::Amount;
use crate::finding::{Confidence, Finding, Permission, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::pack::vocabulary::{Limit, Window};
use crate::source::Span;

/// Latency slows a loop down, so a pause that is nearly long enough is no error.
pub(super) const CLEARLY: f64 = 1.2;
/// Longest window that a burst can break.
pub(super) const SHORT: u32 = 600;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// Rounds up to which a loop is none to speak of.
    small: u64,
    /// Callees that retry by themselves.
    self_retrying: Vec<String>,
    /// Ends of paths that are scopes of tokens.
    no_calls: Vec<String>,
    /// How numbers are put.
    numbers: Numbers,
    /// What is said of places that belong to the story.
    pub(super) related: Stories,
    /// What to type instead.
    help: Helps,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    one: String,
    many: String,
    at_once: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stories {
    pub(super) call: String,
    step: String,
    request: String,
    head: String,
    pub(super) literal: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Helps {
    write: String,
    write_there: String,
    period: String,
    wait: String,
    wait_round: String,
    limit: String,
    fix: String,
}

/// The check.
pub(super) struct Exceeds {
    pub(super) settings: Settings,
    reading: Reading,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    let mut settings: Settings = configure(with)?;
    Ok(Box::new(Exceeds {
        reading: Reading {
            self_retrying: std::mem::take(&mut settings.self_retrying),
            no_calls: std::mem::take(&mut settings.no_calls),
        },
        settings,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Exceeds {
    fn is_about_calls(&self) -> bool {
        true
    }

    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn reading(&self) -> Option<&Reading> {
        Some(&self.reading)
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["declared", "rate", "documented", "ratio", "endpoint"]
    }

    fn check_repository(&self, context: &RepositoryContext<'_>, out: &mut Vec<Finding>) {
        let Some(program) = context.programs.read(&self.reading) else {
            return;
        };
        let in_zone = |file: usize| context.rule.zones.contains(&program.files[file].zone);
        for round in around::rounds(program, self.settings.small).iter() {
            if in_zone(round.file) {
                out.extend(self.paced(context, program, round));
            }
        }
        self.limited(context, program, out);
    }
}

/// A rate above a window.
pub(super) struct Excess<'a> {
    pub(super) limit: &'a Limit,
    pub(super) window: Window,
    pub(super) ratio: f64,
}

/// Rounding that authors do when they bring a rate to another period.
const ROUNDING: f64 = 1.001;

impl Excess<'_> {
    /// Whether more is declared than is documented.
    pub(super) fn exceeds(&self) -> bool {
        self.ratio > ROUNDING
    }

    /// Whether it is the one to tell: what a burst can break first, then the higher ratio.
    pub(super) fn is_graver(&self, than: &Excess<'_>) -> bool {
        let gravity = |excess: &Excess<'_>| (excess.window.seconds <= SHORT, excess.ratio);
        gravity(self) > gravity(than)
    }
}

impl Exceeds {
    /// A loop with pauses.
    fn paced(
        &self,
        context: &RepositoryContext<'_>,
        program: &Program<'_>,
        round: &Round,
    ) -> Option<Finding> {
        let (block, own) = around::loop_of(program, round.file, round.top)?;
        let calls: Vec<&Repeated> = round
            .calls
            .iter()
            .filter(|call| {
                let pace = &call.reach.pace;
                !pace.sleeps.is_empty() && !pace.unknown && pace.limiters.is_empty()
            })
            .collect();
        // One that is not paced is the other rule's, and makes this sum untrue.
        if calls.is_empty() || calls.len() < round.calls.len() {
            return None;
        }
        let seconds = Self::seconds(program, round, &calls);
        if seconds <= 0.0 {
            return None;
        }
        let width = around::width(own, &calls.first()?.reach.pace)?
            .saturating_mul(around::copies(program, round.file, round.top));
        let endless = around::is_endless(own);
        let excess = worst(program, round, &calls, width, seconds, endless)?;
        // Code that waits when it is told to keeps to the limit in the end.
        if calls.iter().all(|call| call.reach.handled.is_sure()) {
            return None;
        }
        let count = excess.count * width;
        let rate = excess.count as f64 * width as f64 / seconds;
        let declared = if width > 1 {
            fill(
                &self.settings.numbers.at_once,
                &[
                    ("width", &width.to_string()),
                    ("calls", &self.calls(excess.count as f64)),
                    ("seconds", &number(seconds)),
                ],
            )
        } else {
            self.declared(count as f64, seconds)
        };
        let longest = calls
            .iter()
            .flat_map(|call| &call.reach.pace.sleeps)
            .max_by(|a, b| a.seconds.total_cmp(&b.seconds))?;
        let primary = longest.span;
        let first = calls.first()?;
        let mut finding = self.finding(context, &excess.over, &declared, rate, primary, first);
        for call in calls.iter().take(3) {
            finding = finding.related(
                program.call(call.id).span,
                self.settings.related.call.clone(),
            );
            finding = self.chained(program, finding, call);
        }
        if !block.head.is_empty() {
            let head = &self.settings.related.head;
            finding = finding
                .flows_from(short(block.head), head.clone())
                .related(short(block.head), head.clone());
        }
        let certain = calls.iter().all(|call| {
            call.reach
                .pace
                .sleeps
                .iter()
                .all(|wait| wait.amount.certain)
                && call.reach.url.certain
        });
        let across = calls.iter().any(|call| {
            let waits = &call.reach.pace.sleeps;
            call.reach.chain.iter().any(|id| id.file != round.file)
                || waits.iter().any(|wait| wait.span.file != block.span.file)
        });
        // Code that waits when it is told to may go by the answers.
        let handled = calls.iter().any(|call| call.reach.handled.is_sure());
        let clear = (excess.over.ratio >= CLEARLY || width > 1) && !handled;
        finding = grade(finding, &excess.over, certain && clear && !across, endless);
        finding = around::in_document(program, round.file, finding);
        let (needed, window) = excess.needed;
        let wanted = needed - (seconds - longest.seconds);
        finding = self.mend(
            program,
            excess.over.limit,
            finding,
            longest.amount,
            &longest.words,
            longest.span,
            window,
            wanted,
            if count > 1 { Kind::Round } else { Kind::Call },
        );
        Some(finding)
    }

    /// Seconds of one round.
    fn seconds(program: &Program<'_>, round: &Round, calls: &[&Repeated]) -> f64 {
        let code = program.code(round.file);
        let mut shared: BTreeMap<Span, f64> = BTreeMap::new();
        let mut each = 0.0;
        let mut seen = BTreeSet::new();
        for call in calls {
            if !seen.insert(call.id) {
                continue;
            }
            for wait in &call.reach.pace.sleeps {
                let once = wait.place.is_some_and(|(file, block)| {
                    file == round.file && code.encloses(round.top, block)
                });
                if once {
                    shared.insert(wait.span, wait.seconds);
                } else {
                    each += wait.seconds * call.times as f64;
                }
            }
        }
        shared.values().sum::<f64>() + each
    }

    pub(super) fn finding(
        &self,
        context: &RepositoryContext<'_>,
        excess: &Excess<'_>,
        declared: &str,
        per_second: f64,
        primary: Span,
        call: &Repeated,
    ) -> Finding {
        let window = excess.window;
        let mut rate = self.declared(
            per_second * f64::from(window.seconds),
            f64::from(window.seconds),
        );
        // Not the same words on both sides of the sign.
        if rate == declared {
            rate = self.declared(per_second, 1.0);
        }
        let documented = self.declared(f64::from(window.calls), f64::from(window.seconds));
        let message = context.rule.message(&[
            ("declared", declared),
            ("rate", &rate),
            ("documented", &documented),
            ("ratio", &number(excess.ratio)),
            ("endpoint", &endpoint(call)),
        ]);
        let mut finding = Finding::new(context.rule, Some(primary), message);
        finding.members = vec![endpoint(call)];
        finding
            .subject(excess.limit.id.clone())
            .permission(Permission::Rate(per_second))
    }

    /// The way from a paced call to the request, where it is not the request itself.
    pub(super) fn chained(
        &self,
        program: &Program<'_>,
        finding: Finding,
        call: &Repeated,
    ) -> Finding {
        let stories = &self.settings.related;
        let sent = fill(&stories.request, &[("endpoint", &around::endpoint(call))]);
        around::with_chain(program, finding, &call.reach.chain, &stories.step, &sent)
    }

    pub(super) fn declared(&self, calls: f64, seconds: f64) -> String {
        let numbers = &self.settings.numbers;
        told(&numbers.one, &numbers.many, calls, seconds)
    }

    fn calls(&self, calls: f64) -> String {
        let numbers = &self.settings.numbers;
        counted(&numbers.one, &numbers.many, calls)
    }

    fn words(&self) -> mend::Words<'_> {
        let help = &self.settings.help;
        mend::Words {
            write: &help.write,
            write_there: &help.write_there,
            literal: &self.settings.related.literal,
            fix: &help.fix,
        }
    }

    /// Says what to type, and offers it where one literal decides: `wanted` seconds, or
    /// so many calls, to keep to `window`.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn mend(
        &self,
        program: &Program<'_>,
        limit: &Limit,
        finding: Finding,
        amount: Amount,
        words: &str,
        span: Span,
        window: Window,
        wanted: f64,
        kind: Kind,
    ) -> Finding {
        let help = &self.settings.help;
        let documented = self.declared(f64::from(window.calls), f64::from(window.seconds));
        let wait = |template: &str| {
            let seconds = number((wanted * 1000.0).ceil() / 1000.0);
            fill(
                template,
                &[("seconds", &seconds), ("documented", &documented)],
            )
        };
        let general = match kind {
            Kind::Call => wait(&help.wait),
            Kind::Round => wait(&help.wait_round),
            Kind::Calls => {
                let told = self.calls(wanted.floor());
                allowed(&help.period, &help.limit, wanted, &told, &documented)
            }
        };
        let finding = finding.sentence(around::sentence(program.limits, limit));
        match mend::mend(amount, words, span, wanted, kind == Kind::Calls) {
            Some(mending) => mending.offer(finding, &self.words(), &general),
            None => finding.help(general),
        }
    }
}

/// What a number says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Seconds from one call to the next.
    Call,
    /// Seconds of a round that makes several.
    Round,
    /// Calls.
    Calls,
}

/// The window that a paced loop breaks most, and the calls it counts.
struct Worst<'a> {
    over: Excess<'a>,
    count: u64,
    /// Seconds that a round has to take so that every window is kept which the loop can
    /// break, and the window that asks for them: what the help proposes must not be the
    /// next finding. A loop that ends need not keep to an hour's budget.
    needed: (f64, Window),
}

fn worst<'a>(
    program: &Program<'a>,
    round: &Round,
    calls: &[&Repeated],
    width: u64,
    seconds: f64,
    endless: bool,
) -> Option<Worst<'a>> {
    let mut worst: Option<Worst<'a>> = None;
    let mut needed: Option<(f64, Window)> = None;
    for (limit, members) in windows::by_limit(program, calls.iter().copied()) {
        let count = around::per_round(program, round.file, round.top, &members);
        for window in &limit.windows {
            let rate = count as f64 * width as f64 / seconds;
            let over = Excess {
                limit,
                window: *window,
                ratio: rate / window.per_second(),
            };
            let long = (count * width) as f64 / window.per_second();
            let longer = needed.is_none_or(|(held, _)| long > held);
            if longer && (endless || window.seconds <= SHORT) {
                needed = Some((long, *window));
            }
            let graver = worst.as_ref().is_none_or(|held| over.is_graver(&held.over));
            if over.exceeds() && graver {
                worst = Some(Worst {
                    over,
                    count,
                    needed: (long, *window),
                });
            }
        }
    }
    worst.map(|worst| Worst {
        needed: needed
            .filter(|(seconds, _)| *seconds > worst.needed.0)
            .unwrap_or(worst.needed),
        ..worst
    })
}

/// An error only where everything is plain; an hour's budget is a hint, unless the
/// loop never ends.
pub(super) fn grade(finding: Finding, excess: &Excess<'_>, plain: bool, endless: bool) -> Finding {
    if excess.window.seconds > SHORT {
        return if endless {
            finding
                .at_most(Severity::Warning)
                .confidence_at_most(Confidence::Medium)
        } else {
            finding
                .at_most(Severity::Note)
                .confidence_at_most(Confidence::Low)
        };
    }
    if plain && excess.limit.source.confidence >= Confidence::Medium {
        finding
    } else {
        finding
            .at_most(Severity::Warning)
            .confidence_at_most(Confidence::Medium)
    }
}

fn short(span: Span) -> Span {
    Span {
        end: span.end.min(span.start + 200),
        ..span
    }
}

/// So many calls in so many seconds, by the template for one call or for many.
pub(super) fn told(one: &str, many: &str, calls: f64, seconds: f64) -> String {
    let template = if (calls - 1.0).abs() < 1e-9 {
        one
    } else {
        many
    };
    fill(
        template,
        &[("calls", &number(calls)), ("seconds", &number(seconds))],
    )
}

/// So many calls, in the words of the same templates.
pub(super) fn counted(one: &str, many: &str, calls: f64) -> String {
    let rate = told(one, many, calls, 0.0);
    rate.split(" /").next().unwrap_or(&rate).trim().to_owned()
}

/// What a documented rate allows in a time: whole calls, as they are told, or advice to
/// count by a longer `period` where they are fewer than one.
pub(super) fn allowed(
    period: &str,
    limit: &str,
    calls: f64,
    told: &str,
    documented: &str,
) -> String {
    let template = if calls < 1.0 { period } else { limit };
    fill(template, &[("calls", told), ("documented", documented)])
}

/// A number for people: no more digits than it needs.
pub(super) fn number(value: f64) -> String {
    let digits = if value >= 100.0 {
        1
    } else if value >= 0.1 {
        2
    } else if value >= 0.001 {
        4
    } else {
        8
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_have_no_needless_digits() {
        for (value, text) in [
            (120.0, "120"),
            (1.2, "1.2"),
            (0.5, "0.5"),
            (85.714_285, "85.71"),
            (2400.0, "2400"),
            (0.001, "0.001"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
