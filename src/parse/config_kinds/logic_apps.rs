//! Logic Apps: the HTTP actions of a workflow, the loops and the schedule around them.

use super::resources::schedule;
use super::values::{address_of, number, unit};
use crate::facts::code::Amount;
use crate::facts::routes::{ConfigKind, Repeat, RepeatKind, Retry, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Rounds of a for-each that run at the same time where nothing is said.
const DEFAULT_WIDTH: f64 = 20.0;
/// Rounds of an until where nothing is said.
const DEFAULT_ROUNDS: u64 = 60;
/// Actions that hold actions, nested deeper than this, are not read.
const MAX_NESTING: usize = 40;

/// Reads every workflow definition of a document.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    for node in std::iter::once(root).chain(root.descendants()) {
        let defined = node.get("triggers").is_some() || node.get("contentVersion").is_some();
        if defined && let Some(actions) = node.get("actions") {
            let period = node
                .get("triggers")
                .and_then(|triggers| trigger(triggers, routes));
            read_actions(actions, period.as_ref(), routes);
        }
    }
}

/// Reads one action that is not part of a definition.
pub fn read_action(action: Node<'_>, period: Option<&Repeat>, routes: &mut Vec<Route>) {
    let around = Around {
        repeat: period.cloned(),
        ..Around::default()
    };
    let mut stack = Vec::new();
    visit(action, &around, &mut stack, routes);
    drain(stack, routes);
}

/// The period of the first trigger that a clock starts; a trigger that itself calls is
/// a route.
fn trigger(triggers: Node<'_>, routes: &mut Vec<Route>) -> Option<Repeat> {
    let mut period = None;
    for trigger in triggers.children() {
        let recurrence = trigger.get("recurrence").and_then(schedule);
        let kind = trigger.text("type");
        if kind.eq_ignore_ascii_case("http")
            && let Some(mut route) = request(trigger)
        {
            route.repeat.clone_from(&recurrence);
            routes.push(route);
        }
        if kind.eq_ignore_ascii_case("recurrence") {
            period = period.or(recurrence);
        }
    }
    period
}

/// What stands around an action.
#[derive(Clone, Default)]
struct Around {
    repeat: Option<Repeat>,
    sometimes: bool,
    nesting: usize,
}

fn read_actions(actions: Node<'_>, period: Option<&Repeat>, routes: &mut Vec<Route>) {
    let around = Around {
        repeat: period.cloned(),
        ..Around::default()
    };
    drain(vec![(actions, around)], routes);
}

fn drain(mut stack: Vec<(Node<'_>, Around)>, routes: &mut Vec<Route>) {
    while let Some((actions, around)) = stack.pop() {
        for action in actions.children() {
            visit(action, &around, &mut stack, routes);
        }
    }
}

fn visit<'t>(
    action: Node<'t>,
    around: &Around,
    stack: &mut Vec<(Node<'t>, Around)>,
    routes: &mut Vec<Route>,
) {
    let inner = Around {
        nesting: around.nesting + 1,
        ..around.clone()
    };
    if inner.nesting > MAX_NESTING {
        return;
    }
    let sometimes = Around {
        sometimes: true,
        ..inner.clone()
    };
    match action.text("type").to_ascii_lowercase().as_str() {
        "http" => {
            if let Some(mut route) = request(action) {
                route.repeat.clone_from(&around.repeat);
                route.sometimes = around.sometimes;
                routes.push(route);
            }
        }
        "foreach" | "until" => {
            if let Some(actions) = action.get("actions") {
                let own = repeat(action, actions, around.repeat.as_ref());
                stack.push((
                    actions,
                    Around {
                        repeat: Some(own),
                        ..inner
                    },
                ));
            }
        }
        "scope" => stack.extend(action.get("actions").map(|actions| (actions, inner))),
        "if" => {
            let branches = [&["actions"][..], &["else", "actions"]];
            let branches = branches.into_iter().filter_map(|path| action.at(path));
            stack.extend(branches.map(|actions| (actions, sometimes.clone())));
        }
        "switch" => {
            let cases = action.get("cases").into_iter().flat_map(Node::children);
            let branches = cases.chain(action.get("default"));
            stack.extend(
                branches.filter_map(|branch| Some((branch.get("actions")?, sometimes.clone()))),
            );
        }
        _ => {}
    }
}

fn request(action: Node<'_>) -> Option<Route> {
    let inputs = action.get("inputs")?;
    let uri = inputs.get("uri")?;
    let mut route = Route::new(ConfigKind::LogicApps, address_of(uri)?, uri.span());
    let method = inputs.text("method");
    if !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        route.method = Some(method.to_ascii_uppercase());
    }
    let policy = inputs
        .get("retryPolicy")
        .or_else(|| action.get("retryPolicy"))
        .and_then(|policy| policy.get("type"));
    route.retry = match policy {
        Some(kind) if kind.value().eq_ignore_ascii_case("none") => Retry::Off(kind.span()),
        Some(kind) => Retry::Policy(kind.span()),
        None => Retry::Default,
    };
    Some(route)
}

/// How a loop repeats. A for-each in another one runs one item after the other.
fn repeat(action: Node<'_>, actions: Node<'_>, outer: Option<&Repeat>) -> Repeat {
    let over = action.get("foreach");
    let nested = outer
        .filter(|outer| outer.kind == RepeatKind::ForEach)
        .map(|outer| outer.width);
    let concurrency = action.at(&["runtimeConfiguration", "concurrency", "repetitions"]);
    let sequential = action
        .text("operationOptions")
        .eq_ignore_ascii_case("sequential");
    let mut setting = over.map_or(action.key_span(), Node::setting);
    let mut waits = pauses(actions);
    let width = if let Some(outer) = nested {
        outer
    } else if over.is_none() || sequential {
        Amount::fixed(1.0)
    } else if let Some(concurrency) = concurrency {
        setting = concurrency.setting();
        number(concurrency)
    } else {
        Amount::fixed(DEFAULT_WIDTH)
    };
    if let Some((_, place)) = waits {
        setting = place;
    }
    // A loop in a loop is paced by what paces the outer one, too: not known how.
    if outer.is_some_and(|outer| outer.kind != RepeatKind::Schedule && outer.seconds.is_some()) {
        waits.get_or_insert((Amount::default(), setting));
    }
    Repeat {
        kind: if over.is_some() {
            RepeatKind::ForEach
        } else {
            RepeatKind::Until
        },
        span: over.map_or(
            action.get("type").map_or(action.key_span(), Node::span),
            Node::span,
        ),
        calls: 1,
        width,
        seconds: waits.map(|(seconds, _)| seconds),
        rounds: match over {
            Some(over) => items(over),
            None => Some(
                action
                    .at(&["limit", "count"])
                    .map_or(Some(DEFAULT_ROUNDS), |count| {
                        count.value().trim().parse().ok()
                    })
                    .unwrap_or(u64::MAX),
            ),
        },
        setting,
    }
}

/// The number of items of a collection that is written out.
fn items(over: Node<'_>) -> Option<u64> {
    if !over.is_empty() {
        return Some(over.children().count() as u64);
    }
    let list = over.value().strip_prefix("@createArray(")?;
    Some(list.matches(',').count() as u64 + 1)
}

/// What the waits among these actions come to, and the setting that decides.
fn pauses(actions: Node<'_>) -> Option<(Amount, Span)> {
    let mut sum: Option<(Amount, Span)> = None;
    for action in actions.children() {
        match action.text("type").to_ascii_lowercase().as_str() {
            "wait" => {}
            // Waits further in hold the rate by a measure that is not known.
            "scope" | "if" | "switch" | "until" | "foreach" => {
                let waits = |node: Node<'_>| {
                    node.key().eq_ignore_ascii_case("type")
                        && node.value().eq_ignore_ascii_case("wait")
                };
                if action.descendants().any(waits) {
                    return Some((Amount::default(), action.key_span()));
                }
                continue;
            }
            _ => continue,
        }
        let interval = action.at(&["inputs", "interval"]);
        let count = interval.and_then(|interval| interval.get("count"));
        let worth = interval.and_then(|interval| unit(interval.text("unit")));
        let (Some(count), Some(worth)) = (count, worth) else {
            return Some((Amount::default(), action.key_span()));
        };
        let own = number(count).times(worth);
        sum = Some(match sum {
            None => (own, count.setting()),
            Some((held, setting)) => (
                Amount {
                    value: held.value.zip(own.value).map(|(a, b)| a + b),
                    literal: None,
                    ..held
                },
                setting,
            ),
        });
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn loops_policies_and_schedules() {
        let workflow = r#"{"definition": {
 "triggers": {"R": {"type": "Recurrence", "recurrence": {"frequency": "Minute", "interval": 5}}},
 "actions": {
  "List": {"type": "Http", "inputs": {"method": "GET", "uri": "https://h.example/api/machines"}},
  "Each": {"type": "Foreach", "foreach": "@body('List')?['value']",
   "runtimeConfiguration": {"concurrency": {"repetitions": 50}},
   "actions": {
    "If": {"type": "If", "actions": {"Tag": {"type": "Http", "inputs": {"method": "POST", "uri": "@concat('https://h.example/api/', item())", "retryPolicy": {"type": "none"}}}}},
    "Get": {"type": "Http", "inputs": {"uri": "https://h.example/api/x", "retryPolicy": {"type": "fixed", "count": 3}}},
    "Wait": {"type": "Wait", "inputs": {"interval": {"count": 2, "unit": "Second"}}}}},
  "Poll": {"type": "Until", "limit": {"count": 500}, "actions": {"Get2": {"type": "Http", "inputs": {"uri": "https://h.example/y"}}}}
 }}}"#;
        assert_eq!(
            routes("workflow.json", workflow),
            [
                "GET https://h.example/api/machines Schedule 1×1 every 300 most - default retry",
                "https://h.example/y Until 1×1 every - most 500 default retry",
                "https://h.example/api/x ForEach 50×1 every 2 most - retries",
                "POST https://h.example/api/{} sometimes ForEach 50×1 every 2 most - no retry",
            ]
        );
    }
}
