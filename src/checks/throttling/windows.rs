//! Which limits hold the calls of a loop together, and how long its rounds have to take.

use std::collections::BTreeMap;

use super::around::{self, Repeated, Round};
use super::program::Program;
use super::rate::SHORT;
use crate::pack::vocabulary::Limit;

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

/// Seconds that a round of a loop has to take so that every window is kept which the loop
/// can break: a loop that ends need not keep to an hour's budget. With the calls that one
/// round makes.
pub(super) fn needed(program: &Program<'_>, round: &Round, endless: bool) -> Option<(f64, u64)> {
    let mut needed: Option<f64> = None;
    let mut most = 0;
    for (limit, members) in by_limit(program, round.calls.iter()) {
        let count = around::per_round(program, round.file, round.top, &members);
        most = most.max(count);
        for window in &limit.windows {
            if endless || window.seconds <= SHORT {
                let seconds = count as f64 / window.per_second();
                needed = Some(needed.map_or(seconds, |held| held.max(seconds)));
            }
        }
    }
    needed
        .filter(|seconds| *seconds > 0.0)
        .map(|seconds| (printed(seconds), most))
}

/// Seconds in the digits that are printed, not less than they are.
pub(super) fn printed(seconds: f64) -> f64 {
    (seconds * 100.0 - 1e-6).ceil() / 100.0
}
