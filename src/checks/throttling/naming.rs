//! Words in names that tell what a function is for. Of no vendor.

use std::sync::LazyLock;

use regex::Regex;

use crate::facts::links;

static WAITS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)throttl|rate_?limit|limiter|sleep|delay|pause|back_?off|(?:^|[._])(?:wait|acquire|wait_?for_?(?:slot|token|quota|capacity))$",
    )
});
/// Waits for work to be done, not for a turn: of a group, of a task, of the answer that
/// a call is worth.
static JOINS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:^|[._])(?:wg|wait_?group|group|eg|[a-z]|latch|\w*tasks?|\w*jobs?|proc|process|cmd|child|\w*future|\w*promise|\w*re(?:sponse|sult|quest|sp|s|ply|q)|answer|\w+async)(?:\(\))?\.wait(?:async)?$|\)\.wait(?:async)?$",
    )
});
static TENANTS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)tenant|customer"));
static BATCHED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)chunk|batch|each_slice|in_groups_of|,\s*\d{2,}\s*\)\s*$|page"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Whether a call of this name holds the code up.
pub fn waits(callee: &str) -> bool {
    WAITS.is_match(callee) && !JOINS.is_match(callee)
}

/// Whether a loop that asks this waits for a time to come.
pub fn awaits_time(condition: &str) -> bool {
    links::is_clock(condition) || WAITS.is_match(condition)
}

/// Whether what a loop runs over has a connection of its own for each item, and so a
/// limit of its own.
pub fn is_tenants(over: &str) -> bool {
    TENANTS.is_match(over)
}

/// Whether what a loop runs over comes in batches.
pub fn is_batched(over: &str) -> bool {
    BATCHED.is_match(over)
}

/// Functions that are handed an address and send nothing there.
pub fn is_harmless(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "log",
        "print",
        "puts",
        "digest",
        "md5",
        "sha1",
        "sha256",
        "hash",
        "escape",
        "specialchars",
        "link_to",
        "redirect",
        "dispatch",
        "perform_",
        "enqueue",
        "merge",
        "put_contents",
        "stub",
        "dump",
        "raise",
        "require",
        "define",
        "write-",
        "token",
        "auth",
        "credential",
        "scope",
        "parse",
        "url",
        "uri",
        "encode",
        "decode",
        "replace",
        "split",
        "debug",
        "warn",
        "error",
        "format",
        "assert",
        "expect",
        "mock",
        "set",
        "add",
        "append",
        "push",
        "join",
        "msal",
        "connect",
        "config",
        "echo",
        "info",
        "trace",
        "equal",
        "contains",
        "includes",
        "starts",
        "match",
        "test",
        "convert",
        "some",
        "build",
        "create",
        "new",
        "header",
        "exception",
        "throw",
        "resource",
        "register",
    ]
    .iter()
    .any(|word| lower.contains(word))
}
