//! Load tests as code: the governed calls of what virtual users run, as routes.

use std::collections::BTreeMap;

use crate::checks::throttling::pace::{Places, Wait};
use crate::checks::throttling::program::{CallId, Program};
use crate::checks::throttling::reach::Reach;
use crate::facts::code::{Amount, BlockKind, Driver};
use crate::facts::routes::{Repeat, RepeatKind, Retry, Route};
use crate::source::Span;

/// The routes of a file's drivers.
pub(super) fn routes(program: &Program<'_>, file: usize) -> Vec<Route> {
    let code = program.code(file);
    code.drivers
        .iter()
        .flat_map(|driver| of_driver(program, file, driver))
        .collect()
}

fn of_driver(program: &Program<'_>, file: usize, driver: &Driver) -> Vec<Route> {
    let code = program.code(file);
    let places = Places::new(program, file);
    let function = code.function_of(driver.block);
    let mut calls: Vec<(CallId, Reach)> = Vec::new();
    for (index, call) in code.calls.iter().enumerate() {
        if !code.encloses(driver.block, call.block) || code.function_of(call.block) != function {
            continue;
        }
        let id = CallId { file, call: index };
        for mut reach in program.reached_by(id) {
            if program.limit(&reach.url, reach.method.as_deref()).is_some() {
                reach
                    .pace
                    .join(&places.pace(driver.block, call.block, Some(id)));
                program.note_handling(&mut reach, id);
                calls.push((id, reach));
            }
        }
    }
    // Held by something whose measure is not known here.
    let held = |reach: &Reach| reach.pace.unknown || !reach.pace.limiters.is_empty();
    if calls.iter().any(|(_, reach)| held(reach)) {
        return Vec::new();
    }
    let waits: BTreeMap<Span, &Wait> = calls
        .iter()
        .flat_map(|(_, reach)| &reach.pace.sleeps)
        .map(|wait| (wait.span, wait))
        .collect();
    let repeat = paced(&driver.repeat, &waits.into_values().collect::<Vec<_>>());
    calls
        .iter()
        .map(|(id, reach)| {
            let call = program.call(*id);
            let mut route = Route::new(driver.kind, (*reach.url).clone(), call.span);
            route.method.clone_from(&reach.method);
            let mut times = 1u64;
            let mut sometimes = driver.alternative;
            for (block, own) in code.ancestors(call.block) {
                if block == driver.block {
                    break;
                }
                match &own.kind {
                    BlockKind::Arm { .. } | BlockKind::Handler => sometimes = true,
                    BlockKind::Loop(own) => {
                        times = times.saturating_mul(own.bound.unwrap_or(1).max(1));
                    }
                    _ => {}
                }
            }
            route.sometimes = sometimes;
            if reach.handled.is_sure() {
                route.retry = Retry::Policy(call.span);
            }
            match &driver.cap {
                Some(cap) => route.limits.push(cap.clone()),
                None => {
                    route.repeat = Some(Repeat {
                        calls: times,
                        ..repeat.clone()
                    });
                }
            }
            route
        })
        .collect()
}

/// A repetition with the waits of its own code.
fn paced(repeat: &Repeat, waits: &[&Wait]) -> Repeat {
    let mut repeat = repeat.clone();
    if repeat.kind != RepeatKind::Users || waits.is_empty() {
        return repeat;
    }
    let sum: f64 = waits.iter().map(|wait| wait.seconds).sum();
    let certain = waits.iter().all(|wait| wait.amount.certain);
    repeat.seconds = Some(match (repeat.seconds, waits) {
        (None, [only]) => {
            repeat.setting = only.span;
            only.amount
        }
        (own, _) => Amount {
            value: own.map_or(Some(0.0), |own| own.value).map(|own| own + sum),
            literal: own.and_then(|own| own.literal),
            parameter: None,
            certain: certain && own.is_none_or(|own| own.certain),
        },
    });
    repeat
}
