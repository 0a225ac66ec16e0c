//! What is repeated, by a clock, for each item, by many users.

use std::collections::BTreeMap;

use super::Judge;
use super::words::Mend;
use crate::checks::throttling::around;
use crate::checks::throttling::rate::{CLEARLY, Excess, grade, number};
use crate::facts::routes::{Repeat, RepeatKind, Retry, Route};
use crate::finding::{Confidence, Finding, Permission, Severity};
use crate::pack::schema::fill;
use crate::pack::vocabulary::Limit;
use crate::source::Span;

/// A governed route that is repeated, and the limit it is held to.
type Member<'a> = (&'a Route, &'a Repeat, &'a Limit);

impl<'a> Judge<'a> {
    /// What is repeated, each repetition once.
    pub(super) fn repeats(&self, out: &mut Vec<Finding>) {
        let mut groups: BTreeMap<Span, Vec<Member<'a>>> = BTreeMap::new();
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

    fn repeated(&self, group: &[Member<'a>]) -> Option<Finding> {
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
        let declared = if repeat.kind == RepeatKind::Arrivals {
            self.rate(calls as f64 * width, seconds)
        } else if width > 1.0 {
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
        let rate = excess.ratio * excess.window.per_second();
        finding = finding.permission(Permission::Rate(rate));
        for (route, _, _) in members.iter().take(3) {
            finding = finding.related(route.span, self.settings.related.call.clone());
        }
        if repeat.span != primary {
            finding = finding.related(repeat.span, self.settings.related.repeat.clone());
        }
        if let (Some(_), Some((width, _))) = (waits, repeat.width.literal) {
            finding = finding.related(width, self.settings.related.literal.clone());
        }
        // A clock does not wait for answers; whoever pauses between them does.
        let by_clock = matches!(repeat.kind, RepeatKind::Schedule | RepeatKind::Arrivals);
        let clear = by_clock || excess.ratio >= CLEARLY;
        let plain = members.iter().all(|(route, repeat, _)| {
            clear
                && route.address.certain
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
        let documented = self.rate(f64::from(window.calls), f64::from(window.seconds));
        let slower = waits.is_some() || repeat.width.literal.is_none();
        let (wanted, general) = if slower {
            let wanted = each * width;
            let shown = (wanted * 1000.0).ceil() / 1000.0;
            let words = [("seconds", &*number(shown)), ("documented", &documented)];
            (wanted, fill(&help.wait, &words))
        } else {
            let calls = window.per_second() * seconds;
            (seconds / each, self.allowed(calls, &documented))
        };
        let what = Mend {
            amount,
            setting: repeat.setting,
            wanted,
            at_most: !slower,
        };
        Some(self.mend(finding, excess.limit, &what, &general))
    }

    /// The window that a group breaks most: each endpoint by its own limit, and all of
    /// a family by the family's default.
    fn worst(
        &self,
        group: &[Member<'a>],
        rounds_per_second: f64,
    ) -> Option<(Excess<'a>, u64, Vec<Member<'a>>)> {
        let mut held: BTreeMap<&str, (&'a Limit, Vec<Member<'a>>)> = BTreeMap::new();
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
                let excess = Excess {
                    limit,
                    window: *window,
                    ratio: calls as f64 * rounds_per_second / window.per_second(),
                };
                let graver = worst
                    .as_ref()
                    .is_none_or(|(held, ..)| excess.is_graver(held));
                if excess.exceeds() && graver {
                    worst = Some((excess, calls, members.clone()));
                }
            }
        }
        worst
    }

    /// Repeated with nothing that makes it wait, and nothing that tries again.
    fn unbounded(&self, group: &[Member<'a>]) -> Option<Finding> {
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
            _ if width > 1.0 => &numbers.all_users,
            _ => &numbers.one_user,
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
            .help(help)
            .sentence(around::sentence(self.limits, limit));
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
}

/// Calls that one round makes: of those that are made sometimes the dearest.
fn per_round(members: &[Member<'_>]) -> u64 {
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
