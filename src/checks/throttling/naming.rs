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
/// Locks, whatever they are called: `with turn:` enters one
/// (rate-exceeds-limit/good/hard-threads-take-turns.py).
static TURNS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)(?:lock|mutex|sem(?:aphore)?|limiter|bucket)(?:\(\))?\.\w+$|acquire|__a?enter__$|\.(?:r?lock|lockasync|waitasync|synchronize)$|^(?:synchronized|lock)$",
    )
});
static TENANTS: LazyLock<Regex> = LazyLock::new(|| regex(r"(?i)tenant|customer"));
/// Names that settings of many programs have.
const EVERYDAY: &[&str] = &[
    "url",
    "uri",
    "host",
    "baseurl",
    "baseuri",
    "baseaddress",
    "apiurl",
    "apiuri",
    "api",
    "endpoint",
    "apiendpoint",
    "apibase",
    "apibaseurl",
    "server",
    "address",
    "value",
    "default",
    "href",
    "link",
    "resource",
    "root",
    "serviceurl",
    "rooturl",
];
/// What holds settings, by its name.
static SETTINGS: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?i)config|setting|^cfg$|^conf$|option|^opts?$|^o$|environ|^env$|param|^prefs?$|secrets?$",
    )
});
static BATCHED: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)chunk|batch|each_slice|in_groups_of|,\s*\d{2,}\s*\)\s*$|page"));

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a valid pattern")
}

/// Whether a call of this name holds the code up.
pub fn waits(callee: &str) -> bool {
    WAITS.is_match(callee) && !JOINS.is_match(callee)
}

/// Whether a call of this name waits for its turn among others that do the same.
pub fn takes_turns(callee: &str) -> bool {
    TURNS.is_match(callee)
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

/// The parts of a setting's name, from the last to the first: `Defender:BaseUrl`,
/// `nominatim.base_url`, `env:MDE_URL`.
pub fn parts(name: &str) -> impl Iterator<Item = &str> {
    let number = |part: &&str| !part.bytes().all(|b| b.is_ascii_digit());
    name.rsplit(['.', ':', '/', '>'])
        .map(|part| part.trim_matches(['-', '$', ' ']))
        .filter(number)
}

/// Whether a name in code means the setting of a key, the last parts of both being the
/// same: what many programs call one of their settings means it only behind the name of
/// its section or of the settings.
pub fn is_setting(name: &str, key: &str) -> bool {
    let last = parts(key).next().unwrap_or_default();
    let plain: String = last
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_ascii_lowercase();
    if !EVERYDAY.contains(&plain.as_str()) {
        return last.len() >= 5;
    }
    let section = parts(key).nth(1).unwrap_or_default();
    parts(name).skip(1).any(|part| {
        SETTINGS.is_match(part)
            || section.len() > 2
                && part
                    .to_ascii_lowercase()
                    .contains(&section.to_ascii_lowercase())
    })
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
