//! Limits in front of routes: the window that they let be broken most.

use std::collections::BTreeMap;

use super::Judge;
use super::words::Mend;
use crate::checks::throttling::rate::{Excess, SHORT, grade, number};
use crate::facts::routes::{LimitScope, RateLimit, Route};
use crate::finding::{Finding, Permission};
use crate::pack::schema::fill;
use crate::pack::vocabulary::Limit;
use crate::source::Span;

/// What may be given away to have whole calls in the period that is written.
const WASTE: f64 = 0.1;

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
    /// Limits in front of routes, each said once.
    pub(super) fn caps(&self, out: &mut Vec<Finding>) {
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
                .is_none_or(|held| broken.excess.is_graver(&held.excess));
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
        let mut finding = self
            .finding(excess.limit, window, route, primary, &declared, &verdict)
            .permission(Permission::Rate(excess.ratio * window.per_second()));
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
        let help = &self.settings.help;
        let documented = self.rate(most, f64::from(window.seconds));
        let longer = || fill(&help.period, &[("documented", &documented)]);
        // Whole calls of a short period may be far below what is allowed.
        let wasteful = allowed - allowed.floor() > allowed * WASTE;
        if let Some(other) = own.longer.as_ref().filter(|_| wasteful && !burst) {
            let calls = (window.per_second() * other.seconds).floor();
            let text = format!("{}{}", number(calls), other.suffix);
            let limit = excess.limit;
            return self.typed(finding, limit, own.setting, other.span, &text, &longer());
        }
        let general = self.allowed(allowed, &documented);
        let what = Mend {
            amount,
            setting: own.setting,
            wanted: allowed,
            at_most: true,
        };
        self.mend(finding, excess.limit, &what, &general)
    }
}

/// Whether a route stands behind the limit with this number.
fn shares(route: &Route, limit: Span) -> bool {
    route.limits.iter().any(|own| own.span == limit)
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
    let mut add = |excess: Excess<'a>, own: usize, burst: bool| {
        let graver = worst
            .as_ref()
            .is_none_or(|held| excess.is_graver(&held.excess));
        if excess.exceeds() && graver {
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
        let excess = |ratio: f64| Excess {
            limit,
            window,
            ratio,
        };
        let rated = excess(rate(&own) / window.per_second());
        let burst = route.limits[own].burst.and_then(|burst| burst.value);
        match burst.filter(|_| !rated.exceeds()) {
            Some(burst) => add(excess(burst / most), own, true),
            None => add(rated, own, false),
        }
    }
    worst
}
