//! Chains of flows: nothing runs until the last call, and then each step for each item.

use crate::parse::code::syntax::Node;

use super::parts::{callee, parts};
use crate::parse::code::dialect::words;

/// Longest chain that is followed.
const MAX_CHAIN: usize = 20;
/// Calls that make a flow.
const SOURCES: &[&str] = &["asFlow", "flow", "flowOf", "channelFlow", "callbackFlow"];
/// Calls that only flows have.
const ENDS: &[&str] = &["collect", "collectLatest", "launchIn"];
/// Calls that run a flow, and that others have, too.
const RUNS: &[&str] = &["toList", "toSet", "count", "last", "fold", "reduce"];
/// Steps that run a closure for each item.
const STEPS: &[&str] = &[
    "onEach",
    "map",
    "mapNotNull",
    "mapLatest",
    "filter",
    "transform",
    "flatMapConcat",
    "flatMapLatest",
    "take",
    "buffer",
    "flowOn",
];
/// Steps that run several at the same time.
const MERGES: &[&str] = &["flatMapMerge"];

/// What a call of this name is in a flow's chain: its end or a step that runs many at
/// the same time, or a step for each item.
pub fn of_flow(node: Node<'_>, name: &str, text: &str) -> Option<&'static str> {
    if ENDS.contains(&name) || RUNS.contains(&name) && has_source(node, text) {
        return Some("Flow");
    }
    if MERGES.contains(&name) {
        // What is held up before it comes is held up altogether.
        let before = callee(parts(node)?.function, text).1;
        let held = before.is_some_and(|before| words(before, text).contains("delay("));
        return Some(if held { "Flow.step" } else { "Flow" });
    }
    (STEPS.contains(&name) && (has_source(node, text) || has_end(node, text)))
        .then_some("Flow.step")
}

fn has_end(node: Node<'_>, text: &str) -> bool {
    let mut up = node.parent();
    for _ in 0..MAX_CHAIN {
        let Some(parent) = up else { return false };
        match parent.kind() {
            "navigation_expression" => {}
            "call_expression" => {
                let name = parts(parent).map(|parts| callee(parts.function, text).0);
                if name.is_some_and(|name| ENDS.contains(&name)) {
                    return true;
                }
            }
            _ => return false,
        }
        up = parent.parent();
    }
    false
}

fn has_source(node: Node<'_>, text: &str) -> bool {
    let mut down = Some(node);
    for _ in 0..MAX_CHAIN {
        let Some(call) = down
            .filter(|node| node.kind() == "call_expression")
            .and_then(parts)
        else {
            return false;
        };
        let (name, receiver) = callee(call.function, text);
        if SOURCES.contains(&name) {
            return true;
        }
        down = receiver;
    }
    false
}
