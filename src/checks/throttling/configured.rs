//! `configured-rate`: what configuration lets through to a governed host, or calls of
//! it, held against the documented limit.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::around;
use super::host_triggers;
use super::mend::{self, Mending};
use super::rate::{Excess, SHORT, grade, number};
use crate::checks::{BuildError, Check, FileContext, Trigger, configure};
use crate::facts::code::Amount;
use crate::facts::routes::{LimitScope, RateLimit, Repeat, RepeatKind, Retry, Route};
use crate::finding::{Confidence, Edit, Finding, Severity};
use crate::pack::Pack;
use crate::pack::schema::fill;
use crate::pack::vocabulary::{Limit, Limits, Window};
use crate::source::{Source, Span};

/// Rounding that authors do when they bring a rate to another period.
const ROUNDING: f64 = 1.001;

/// The rule's `with`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    /// How numbers are put.
    numbers: Numbers,
    /// What comes of them.
    verdicts: Verdicts,
    /// What is said of places that belong to the story.
    related: Stories,
    /// What to type instead.
    help: Helps,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbers {
    one: String,
    many: String,
    equal: String,
    each_caller: String,
    burst: String,
    at_once: String,
    users: String,
    each: String,
    until: String,
    loop_: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Verdicts {
    over: String,
    unbounded: String,
    unpaced: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stories {
    route: String,
    call: String,
    repeat: String,
    literal: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Helps {
    write: String,
    limit: String,
    wait: String,
    retry: String,
    pace: String,
    fix: String,
    page: String,
}

/// The check.
struct Configured {
    settings: Settings,
    triggers: Vec<Trigger>,
}

/// Builds the check.
pub fn build(with: &serde_yaml::Value, pack: &Pack) -> Result<Box<dyn Check>, BuildError> {
    Ok(Box::new(Configured {
        settings: configure(with)?,
        triggers: host_triggers(&pack.limits),
    }))
}

impl Check for Configured {
    fn triggers(&self) -> Vec<Trigger> {
        self.triggers.clone()
    }

    fn placeholders(&self) -> &'static [&'static str] {
        &["declared", "documented", "endpoint", "verdict"]
    }

    fn check_file(&self, context: &FileContext<'_>, out: &mut Vec<Finding>) {
        let judge = Judge {
            settings: &self.settings,
            context,
            limits: &context.pack.limits,
        };
        judge.caps(out);
        judge.repeats(out);
    }
}

/// Judges the routes of one file.
struct Judge<'a> {
    settings: &'a Settings,
    context: &'a FileContext<'a>,
    limits: &'a Limits,
}

/// A window that a limit breaks, and by what.
struct Broken<'a> {
    excess: Excess<'a>,
    /// Index of the limit.
    own: usize,
    /// By what may come at once rather than by the rate.
    burst: bool,
    route: &'a Route,
}

impl<'a> Judge<'a> {
    fn source(&self) -> &'a Source {
        self.context.source
    }

    fn routes(&self) -> &'a [Route] {
        &self.context.facts.routes
    }

    /// The documented limit of a route, when it is governed.
    fn limit(&self, route: &Route) -> Option<&'a Limit> {
        let (host, mut path) = route.address.host_and_path()?;
        if route.forwards && !path.ends_with("{}") {
            path = format!("{}/{{}}", path.trim_end_matches('/'));
        }
        if !self.limits.governs(&host, &path) {
            return None;
        }
        self.limits.limit_for(&host, &path, route.method.as_deref())
    }

    /// Limits in front of routes, each said once.
    fn caps(&self, out: &mut Vec<Finding>) {
        let mut worst: BTreeMap<Span, Broken<'a>> = BTreeMap::new();
        for route in self
            .routes()
            .iter()
            .filter(|route| !route.limits.is_empty())
        {
            let Some(broken) = self.limit(route).and_then(|limit| broken(route, limit)) else {
                continue;
            };
            let span = route.limits[broken.own].span;
            // What holds only sometimes may hold for others the rest of the time.
            let others = || self.routes().iter().filter(|other| shares(other, span));
            if route.sometimes && others().any(|other| self.limit(other).is_none()) {
                continue;
            }
            let graver = worst
                .get(&span)
                .is_none_or(|held| gravity(&broken.excess) > gravity(&held.excess));
            if graver {
                worst.insert(span, broken);
            }
        }
        for broken in worst.into_values() {
            out.push(self.cap(&broken));
        }
    }

    fn cap(&self, broken: &Broken<'a>) -> Finding {
        let Broken {
            excess,
            own,
            burst,
            route,
        } = broken;
        let own: &RateLimit = &route.limits[*own];
        let numbers = &self.settings.numbers;
        let window = excess.window;
        let seconds = own.seconds.value.unwrap_or(0.0);
        let calls = own.calls.value.unwrap_or(0.0);
        let mut declared = if *burst {
            let most = own.burst.and_then(|burst| burst.value).unwrap_or(0.0);
            fill(&numbers.burst, &[("calls", &number(most))])
        } else {
            self.equal(&self.rate(calls, seconds), calls / seconds, window)
        };
        if own.scope == LimitScope::EachCaller {
            declared = fill(&numbers.each_caller, &[("declared", &declared)]);
        }
        let primary = match own.burst.and_then(|burst| burst.literal).filter(|_| *burst) {
            Some((span, _)) => span,
            None => own.span,
        };
        let verdict = fill(
            &self.settings.verdicts.over,
            &[("ratio", &number(excess.ratio))],
        );
        let mut finding = self.finding(excess.limit, window, route, primary, &declared, &verdict);
        let mut told = Vec::new();
        for other in self.routes().iter().filter(|other| shares(other, own.span)) {
            if self.limit(other).is_some() && told.len() < 3 && !told.contains(&other.span) {
                told.push(other.span);
                finding = finding.related(other.span, self.settings.related.route.clone());
            }
        }
        if let Some((literal, _)) = own.seconds.literal {
            let apart = literal.start < own.setting.start || literal.end > own.setting.end;
            if apart && literal != primary {
                finding = finding.related(literal, self.settings.related.literal.clone());
            }
        }
        let plain = own.calls.certain
            && own.seconds.certain
            && own.scope == LimitScope::All
            && route.address.certain
            && !route.sometimes
            && !burst;
        // A limit of an hour that is stated as one is no matter of short bursts.
        let lasting = seconds > f64::from(SHORT);
        finding = grade(finding, excess, plain, lasting);
        let most = f64::from(window.calls);
        let (amount, allowed) = if *burst {
            (own.burst.unwrap_or_default(), most)
        } else {
            (own.calls, window.per_second() * seconds)
        };
        let general = fill(
            &self.settings.help.limit,
            &[("calls", &number(allowed.floor()))],
        );
        self.mend(
            finding,
            excess.limit,
            amount,
            own.setting,
            allowed,
            true,
            &general,
        )
    }

    /// What is repeated, each repetition once.
    fn repeats(&self, out: &mut Vec<Finding>) {
        let mut groups: BTreeMap<Span, Vec<(&'a Route, &'a Repeat, &'a Limit)>> = BTreeMap::new();
        for route in self.routes() {
            if let Some(repeat) = &route.repeat
                && let Some(limit) = self.limit(route)
            {
                groups
                    .entry(repeat.span)
                    .or_default()
                    .push((route, repeat, limit));
            }
        }
        for group in groups.values() {
            out.extend(self.repeated(group));
        }
    }

    fn repeated(&self, group: &[(&'a Route, &'a Repeat, &'a Limit)]) -> Option<Finding> {
        let (_, repeat, _) = group.first()?;
        let seconds = match repeat.seconds {
            // Nothing makes it wait.
            None => return self.unbounded(group),
            Some(seconds) => seconds.value.filter(|seconds| *seconds > 0.0)?,
        };
        let width = repeat.width.value?;
        let (excess, calls, members) = self.worst(group, width / seconds)?;
        let (route, _, _) = *members.first()?;
        let numbers = &self.settings.numbers;
        let rate = calls as f64 * width / seconds;
        let each = self.rate(calls as f64, seconds);
        let template = match repeat.kind {
            RepeatKind::Users => &numbers.users,
            _ => &numbers.at_once,
        };
        let declared = if width > 1.0 {
            fill(template, &[("width", &number(width)), ("rate", &each)])
        } else {
            each
        };
        let declared = self.equal(&declared, rate, excess.window);
        let waits = repeat.seconds.filter(|seconds| seconds.literal.is_some());
        let amount = waits.unwrap_or(repeat.width);
        let primary = amount.literal.map_or(repeat.span, |(span, _)| span);
        let verdict = fill(
            &self.settings.verdicts.over,
            &[("ratio", &number(excess.ratio))],
        );
        let mut finding = self.finding(
            excess.limit,
            excess.window,
            route,
            primary,
            &declared,
            &verdict,
        );
        for (route, _, _) in members.iter().take(3) {
            finding = finding.related(route.span, self.settings.related.call.clone());
        }
        if repeat.span != primary {
            finding = finding.related(repeat.span, self.settings.related.repeat.clone());
        }
        if let (Some(_), Some((width, _))) = (waits, repeat.width.literal) {
            finding = finding.related(width, self.settings.related.literal.clone());
        }
        let plain = members.iter().all(|(route, repeat, _)| {
            route.address.certain
                && !route.sometimes
                && matches!(route.retry, Retry::Unknown | Retry::Off(_))
                && repeat.width.certain
                && repeat.seconds.is_some_and(|seconds| seconds.certain)
        });
        let lasting = repeat.kind == RepeatKind::Schedule;
        finding = grade(finding, &excess, plain, lasting);
        let window = excess.window;
        let each = calls as f64 * f64::from(window.seconds) / f64::from(window.calls);
        let help = &self.settings.help;
        Some(if waits.is_some() {
            let wanted = each * width;
            let shown = (wanted * 1000.0).ceil() / 1000.0;
            let general = fill(&help.wait, &[("seconds", &number(shown))]);
            self.mend(
                finding,
                excess.limit,
                amount,
                repeat.setting,
                wanted,
                false,
                &general,
            )
        } else {
            let wanted = seconds / each;
            let general = fill(
                &help.limit,
                &[("calls", &number(window.per_second() * seconds))],
            );
            self.mend(
                finding,
                excess.limit,
                amount,
                repeat.setting,
                wanted,
                true,
                &general,
            )
        })
    }

    /// The window that a group breaks most: each endpoint by its own limit, and all of
    /// a family by the family's default.
    #[allow(clippy::type_complexity)]
    fn worst(
        &self,
        group: &[(&'a Route, &'a Repeat, &'a Limit)],
        rounds_per_second: f64,
    ) -> Option<(Excess<'a>, u64, Vec<(&'a Route, &'a Repeat, &'a Limit)>)> {
        let mut held: BTreeMap<&str, (&'a Limit, Vec<(&'a Route, &'a Repeat, &'a Limit)>)> =
            BTreeMap::new();
        for &(route, repeat, limit) in group {
            let family = self.limits.family(&limit.family);
            let default = family
                .and_then(|family| self.limits.limit(family.default.as_ref()?))
                .filter(|default| default.id != limit.id);
            for limit in std::iter::once(limit).chain(default) {
                held.entry(limit.id.as_str())
                    .or_insert_with(|| (limit, Vec::new()))
                    .1
                    .push((route, repeat, limit));
            }
        }
        let mut worst: Option<(Excess<'a>, u64, Vec<_>)> = None;
        for (limit, members) in held.into_values() {
            let calls = per_round(&members);
            let rounds = members
                .iter()
                .filter_map(|(_, repeat, _)| repeat.rounds)
                .max();
            let total = rounds.map(|rounds| rounds.saturating_mul(calls));
            for window in &limit.windows {
                // So few that no window is filled.
                if total.is_some_and(|total| total <= u64::from(window.calls)) {
                    continue;
                }
                let ratio = calls as f64 * rounds_per_second / window.per_second();
                let excess = Excess {
                    limit,
                    window: *window,
                    ratio,
                };
                if ratio > ROUNDING
                    && worst
                        .as_ref()
                        .is_none_or(|(held, ..)| gravity(&excess) > gravity(held))
                {
                    worst = Some((excess, calls, members.clone()));
                }
            }
        }
        worst
    }

    /// Repeated with nothing that makes it wait, and nothing that tries again.
    fn unbounded(&self, group: &[(&'a Route, &'a Repeat, &'a Limit)]) -> Option<Finding> {
        let given_up = |route: &Route| matches!(route.retry, Retry::Off(_));
        let users = |repeat: &Repeat| repeat.kind == RepeatKind::Users;
        let loose: Vec<_> = group
            .iter()
            .filter(|(route, repeat, _)| given_up(route) || users(repeat))
            .copied()
            .collect();
        let (route, repeat, limit) = *loose.first()?;
        let window = *limit.windows.iter().min_by_key(|window| window.seconds)?;
        let calls = per_round(&loose);
        let total = repeat.rounds.map(|rounds| rounds.saturating_mul(calls));
        if total.is_some_and(|total| total <= u64::from(window.calls)) {
            return None;
        }
        let numbers = &self.settings.numbers;
        let width = repeat.width.value?;
        let template = match repeat.kind {
            RepeatKind::ForEach => &numbers.each,
            RepeatKind::Until => &numbers.until,
            RepeatKind::Users | RepeatKind::Schedule => &numbers.loop_,
        };
        let declared = fill(template, &[("width", &number(width))]);
        let help = &self.settings.help;
        let (primary, verdict, help) = if let Retry::Off(span) = route.retry {
            (span, &self.settings.verdicts.unbounded, &help.retry)
        } else {
            let number = repeat.width.literal.map_or(repeat.span, |(span, _)| span);
            (number, &self.settings.verdicts.unpaced, &help.pace)
        };
        let mut finding = self
            .finding(limit, window, route, primary, &declared, verdict)
            .at_most(Severity::Warning)
            .help(around::sourced(
                self.limits,
                limit,
                help,
                &self.settings.help.page,
            ));
        for (route, _, _) in loose.iter().take(3) {
            finding = finding.related(route.span, self.settings.related.call.clone());
        }
        if repeat.span != primary {
            finding = finding.related(repeat.span, self.settings.related.repeat.clone());
        }
        if !route.address.certain || route.sometimes {
            finding = finding.confidence_at_most(Confidence::Medium);
        }
        Some(finding)
    }

    fn rate(&self, calls: f64, seconds: f64) -> String {
        let template = if (calls - 1.0).abs() < 1e-9 {
            &self.settings.numbers.one
        } else {
            &self.settings.numbers.many
        };
        fill(
            template,
            &[("calls", &number(calls)), ("seconds", &number(seconds))],
        )
    }

    /// The same rate by the period of a window, unless it is written that way already.
    fn equal(&self, declared: &str, per_second: f64, window: Window) -> String {
        let seconds = f64::from(window.seconds);
        let mut rate = self.rate(per_second * seconds, seconds);
        if rate == declared {
            rate = self.rate(per_second, 1.0);
        }
        fill(
            &self.settings.numbers.equal,
            &[("declared", declared), ("rate", &rate)],
        )
    }

    fn finding(
        &self,
        limit: &Limit,
        window: Window,
        route: &Route,
        primary: Span,
        declared: &str,
        verdict: &str,
    ) -> Finding {
        let documented = self.rate(f64::from(window.calls), f64::from(window.seconds));
        let message = self.context.rule.message(&[
            ("declared", declared),
            ("documented", &documented),
            ("endpoint", &endpoint(route)),
            ("verdict", verdict),
        ]);
        Finding::new(self.context.rule, Some(primary), message).subject(limit.id.clone())
    }

    /// Says what to type, and offers it where one literal decides.
    #[allow(clippy::too_many_arguments)]
    fn mend(
        &self,
        finding: Finding,
        limit: &Limit,
        amount: Amount,
        setting: Span,
        wanted: f64,
        at_most: bool,
        general: &str,
    ) -> Finding {
        let help = &self.settings.help;
        let general = around::sourced(self.limits, limit, general, &help.page);
        let setting = quoted(self.source(), setting);
        let words = self.source().slice(setting);
        let Some(Mending {
            literal,
            text,
            code,
        }) = mend::mend(amount, words, setting, wanted, at_most)
        else {
            return finding.help(general);
        };
        let written = code.unwrap_or_else(|| text.clone());
        let title = fill(&help.fix, &[("text", &text)]);
        finding
            .help(fill(
                &help.write,
                &[("code", &written), ("general", &general)],
            ))
            .fix(
                title,
                true,
                Edit {
                    span: literal,
                    replacement: text,
                },
            )
    }
}

/// A setting with the quotes around its name and its value.
fn quoted(source: &Source, setting: Span) -> Span {
    let quote = |at: Option<u32>| {
        let byte = source.text.as_bytes().get(at? as usize)?;
        Some(*byte).filter(|byte| matches!(byte, b'"' | b'\''))
    };
    let odd = |span: Span, quote: u8| {
        let words = source.slice(span).bytes();
        words.filter(|byte| *byte == quote).count() % 2 == 1
    };
    let mut whole = setting;
    if let Some(before) = quote(setting.start.checked_sub(1))
        && odd(whole, before)
    {
        whole.start -= 1;
    }
    if let Some(after) = quote(Some(setting.end))
        && odd(whole, after)
    {
        whole.end += 1;
    }
    whole
}

/// Which of two is said: bursts first, then the higher ratio.
fn gravity(excess: &Excess<'_>) -> (bool, f64) {
    (excess.window.seconds <= SHORT, excess.ratio)
}

/// Whether a route stands behind the limit with this number.
fn shares(route: &Route, limit: Span) -> bool {
    route.limits.iter().any(|own| own.span == limit)
}

/// Calls that one round makes: of those that are made sometimes the dearest.
fn per_round(members: &[(&Route, &Repeat, &Limit)]) -> u64 {
    let always: u64 = members
        .iter()
        .filter(|(route, ..)| !route.sometimes)
        .map(|(_, repeat, _)| repeat.calls)
        .sum();
    let sometimes = members
        .iter()
        .filter(|(route, ..)| route.sometimes)
        .map(|(_, repeat, _)| repeat.calls)
        .max();
    always + sometimes.unwrap_or(0)
}

/// The window that the limits in front of a route let be broken most.
fn broken<'a>(route: &'a Route, limit: &'a Limit) -> Option<Broken<'a>> {
    // One that is not known may be the stricter one.
    let known: Vec<(f64, f64)> = route
        .limits
        .iter()
        .map(|own| {
            let seconds = own.seconds.value.filter(|seconds| *seconds > 0.0)?;
            Some((own.calls.value?, seconds))
        })
        .collect::<Option<_>>()?;
    let mut worst: Option<Broken<'a>> = None;
    let mut add = |window: Window, own: usize, ratio: f64, burst: bool| {
        let excess = Excess {
            limit,
            window,
            ratio,
        };
        let graver = worst
            .as_ref()
            .is_none_or(|held| gravity(&excess) > gravity(&held.excess));
        if ratio > ROUNDING && graver {
            worst = Some(Broken {
                excess,
                own,
                burst,
                route,
            });
        }
    };
    for &window in &limit.windows {
        let (most, period) = (f64::from(window.calls), f64::from(window.seconds));
        // So few in so long that they may all come in one window.
        let few = |&(calls, seconds): &(f64, f64)| seconds >= period && calls <= most;
        if known.iter().any(few) {
            continue;
        }
        let rate = |at: &usize| known[*at].0 / known[*at].1;
        let shorter = (0..known.len()).filter(|&at| known[at].1 <= period);
        let strictest = shorter
            .min_by(|a, b| rate(a).total_cmp(&rate(b)))
            .or_else(|| (0..known.len()).min_by(|a, b| rate(a).total_cmp(&rate(b))));
        let Some(own) = strictest else { continue };
        let ratio = rate(&own) / window.per_second();
        add(window, own, ratio, false);
        if ratio <= ROUNDING
            && let Some(burst) = route.limits[own].burst.and_then(|burst| burst.value)
        {
            add(window, own, burst / most, true);
        }
    }
    worst
}

/// Method and path of a route for people.
fn endpoint(route: &Route) -> String {
    let path = match route.address.host_and_path() {
        Some((host, path)) if path.trim_matches('/').is_empty() => host,
        Some((_, path)) => path,
        None => String::new(),
    };
    match &route.method {
        Some(method) => format!("{method} {path}"),
        None => path,
    }
}
