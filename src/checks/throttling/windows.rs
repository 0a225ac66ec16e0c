//! Which limits hold the calls of a loop together, and how long its rounds have to take.

use std::collections::BTreeMap;

use super::around::{self, Repeated, Round};
use super::program::Program;
use super::rate::SHORT;
use crate::pack::vocabulary::{Limit, Window};

/// Calls by what holds them: each endpoint by its own limit, and all of a family by the
/// family's default.
pub(super) fn by_limit<'a, 'c>(
    program: &Program<'a>,
    calls: impl Iterator<Item = &'c Repeated>,
) -> Vec<(&'a Limit, Vec<&'c Repeated>)> {
    let mut groups: BTreeMap<&str, (&'a Limit, Vec<&'c Repeated>)> = BTreeMap::new();
    for call in calls {
        let method = call.reach.method.as_deref();
        let Some(limit) = program.limit(&call.reach.url, method) else {
            continue;
        };
        let group = groups.entry(limit.id.as_str());
        group.or_insert_with(|| (limit, Vec::new())).1.push(call);
    }
    let mut families: BTreeMap<&str, (&'a Limit, Vec<&'c Repeated>)> = BTreeMap::new();
    for (limit, members) in groups.values() {
        let default = program
            .limits
            .family(&limit.family)
            .and_then(|family| program.limits.limit(family.default.as_ref()?));
        if let Some(default) = default {
            let group = families.entry(default.id.as_str());
            let (_, all) = group.or_insert_with(|| (default, Vec::new()));
            all.extend(members.iter().copied());
        }
    }
    groups.into_values().chain(families.into_values()).collect()
}

/// How many calls of a round each limit holds: the same for each of its calls.
pub(super) struct Needs<'a>(Vec<(&'a Limit, u64)>);

impl<'a> Needs<'a> {
    pub(super) fn new(program: &Program<'a>, round: &Round) -> Self {
        Self(counts(program, round))
    }

    /// Seconds that a round of a loop has to take so that every window is kept which the
    /// loop can break: a loop that ends need not keep to an hour's budget. With the calls
    /// that one round makes.
    pub(super) fn needed(&self, endless: bool) -> Option<(f64, u64)> {
        let most = self.0.iter().map(|(_, count)| *count).max()?;
        let (seconds, _) = longest(&self.0, |window| endless || window.seconds <= SHORT)?;
        (seconds > 0.0).then_some((seconds, most))
    }

    /// Seconds that a round has to take so that the longest window is kept, too, with that
    /// window, where they are more than `seconds`.
    pub(super) fn longer(&self, seconds: f64) -> Option<(f64, Window)> {
        longest(&self.0, |window| window.seconds > SHORT).filter(|(needed, _)| *needed > seconds)
    }
}

/// How many calls of a round each limit holds.
fn counts<'a>(program: &Program<'a>, round: &Round) -> Vec<(&'a Limit, u64)> {
    let limits = by_limit(program, round.calls.iter()).into_iter();
    limits
        .map(|(limit, members)| {
            let count = around::per_round(program, round.file, round.top, &members);
            (limit, count)
        })
        .collect()
}

/// The window, among those that count, that asks for the longest round, and how long that
/// is; the first of equals.
fn longest(counts: &[(&Limit, u64)], is_one: impl Fn(&Window) -> bool) -> Option<(f64, Window)> {
    let mut longest: Option<(f64, Window)> = None;
    for (limit, count) in counts {
        for window in limit.windows.iter().filter(|window| is_one(window)) {
            let seconds = printed(*count as f64 / window.per_second());
            if longest.is_none_or(|(held, _)| seconds > held) {
                longest = Some((seconds, *window));
            }
        }
    }
    longest
}

/// Seconds in the digits that are printed, not less than they are.
pub(super) fn printed(seconds: f64) -> f64 {
    (seconds * 100.0 - 1e-6).ceil() / 100.0
}
