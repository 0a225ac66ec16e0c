//! OpenAPI descriptions: the servers, and extensions that state a limit of calls.

use super::kong;
use super::values::{address, address_of, literal, number};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, LimitScope, RateLimit, Route};
use crate::parse::rates::Reader;
use crate::parse::tree::Node;
use crate::source::Span;

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];
/// Keys of an extension that hold the number of calls.
const CALLS: &[&str] = &[
    "limit",
    "requests",
    "calls",
    "rate",
    "max",
    "maxrequests",
    "max-requests",
    "max_requests",
    "quota",
    "count",
    "value",
];
/// Keys of an extension that hold the length of the period.
const PERIOD: &[&str] = &[
    "period",
    "window",
    "interval",
    "per",
    "unit",
    "renewal-period",
    "renewalperiod",
    "renewal_period",
    "timewindow",
    "time-window",
    "time_window",
    "timeunit",
    "duration",
    "windowseconds",
    "seconds",
];

/// Reads the extensions of a description.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    if root.get("openapi").is_none() && root.get("swagger").is_none() {
        return;
    }
    let servers = servers(root);
    for extension in root.descendants() {
        if !states_limit(extension.key()) {
            continue;
        }
        let Some((path, method)) = place(extension) else {
            continue;
        };
        let limits = limits(extension);
        if limits.is_empty() {
            continue;
        }
        for (server, span) in &servers {
            let base = server.shown();
            let whole = format!("{}{path}", base.trim_end_matches('/'));
            let Some(address) = address(&whole, *span) else {
                continue;
            };
            let mut route = Route::new(ConfigKind::OpenApi, address, *span);
            route.method = method.map(str::to_ascii_uppercase);
            route.forwards = path.is_empty();
            route.sometimes = servers.len() > 1;
            route.limits.clone_from(&limits);
            routes.push(route);
        }
    }
}

/// `x-ratelimit`, `x-rate-limit`, `x-throttling`, `x-kong-plugin-rate-limiting`.
fn states_limit(key: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let Some(name) = key.strip_prefix("x-") else {
        return false;
    };
    let plain = name.replace(['-', '_'], "");
    // What an answer says is left is no limit.
    let other = ["remaining", "reset", "header", "used", "policy"];
    ["ratelimit", "throttl", "quota"]
        .iter()
        .any(|word| plain.contains(word))
        && !other.iter().any(|word| plain.contains(word))
}

fn servers(root: Node<'_>) -> Vec<(Text, Span)> {
    let listed = root.get("servers").into_iter().flat_map(Node::children);
    let mut found: Vec<(Text, Span)> = listed
        .filter_map(|server| server.get("url"))
        .filter_map(|url| Some((address_of(url)?, url.span())))
        .collect();
    if found.is_empty()
        && let Some(host) = root.get("host")
    {
        let text = format!("https://{}{}", host.value(), root.text("basePath"));
        found.extend(address(&text, host.span()).map(|text| (text, host.span())));
    }
    found
}

/// The path and method that an extension speaks of; `None` for one that speaks of
/// something else: an answer, a schema.
fn place(extension: Node<'_>) -> Option<(String, Option<&str>)> {
    let mut keys: Vec<&str> = extension
        .ancestors()
        .map(Node::key)
        .filter(|key| !key.is_empty())
        .collect();
    keys.reverse();
    match keys.as_slice() {
        [] | ["info"] => Some((String::new(), None)),
        ["paths", path @ ..] => {
            let (method, path) = match path {
                [path @ .., last] if METHODS.contains(last) => (Some(*last), path),
                path => (None, path),
            };
            // A name with a dot in it became several.
            let path = path.join(".");
            let inside = METHODS
                .iter()
                .any(|method| path.contains(&format!(".{method}.")));
            (path.starts_with('/') && !inside).then_some((path, method))
        }
        _ => None,
    }
}

/// The limits that an extension states. A description is no gateway: what it says is
/// never certain to hold.
fn limits(extension: Node<'_>) -> Vec<RateLimit> {
    let mut found = if extension.get("config").is_some() {
        kong::limits(extension)
    } else if extension.is_empty() {
        worded(extension).into_iter().collect()
    } else {
        listed(extension)
    };
    for limit in &mut found {
        limit.calls.certain = false;
        limit.scope = LimitScope::All;
    }
    found
}

fn limit(node: Node<'_>, calls: Amount, seconds: Amount) -> RateLimit {
    let span = calls.literal.map_or(node.span(), |(span, _)| span);
    RateLimit::new(calls, seconds, span, node.setting())
}

/// "200 calls per minute", `200/minute`.
fn worded(node: Node<'_>) -> Option<RateLimit> {
    let text = node.value();
    let slashed = || {
        let (calls, unit) = text.split_once('/')?;
        let seconds = Reader::shared().duration(unit.trim())?;
        Some((0..calls.trim_end().len(), seconds))
    };
    let (range, seconds) = match Reader::shared().read(text).as_slice() {
        [only] if only.rates.len() == 1 => {
            let rate = only.rates.first()?;
            Some((rate.number.clone(), rate.seconds))
        }
        [] => slashed(),
        _ => None,
    }?;
    let words = text.get(range.clone())?;
    let mut span = node.span();
    // Where the text is written as it reads.
    if span.len() == text.len() {
        span.end = span.start + range.end as u32;
        span.start += range.start as u32;
    }
    Some(limit(
        node,
        literal(words, span, 1.0),
        Amount::fixed(seconds),
    ))
}

/// `limit: 200` and `period: minute`; `requests-per-minute: 200`.
fn listed(extension: Node<'_>) -> Vec<RateLimit> {
    let fits = |node: &Node<'_>, names: &[&str]| {
        names
            .iter()
            .any(|name| node.key().eq_ignore_ascii_case(name))
    };
    let mut found = Vec::new();
    for node in extension.children().filter(|node| node.is_empty()) {
        if let Some(seconds) = Reader::shared().unit_of(node.key()) {
            found.push(limit(node, number(node), Amount::fixed(seconds)));
        }
    }
    let calls = extension.children().find(|node| fits(node, CALLS));
    let period = extension.children().find(|node| fits(node, PERIOD));
    if let (Some(calls), Some(period)) = (calls, period) {
        found.push(limit(calls, number(calls), length(period)));
    } else if let Some(calls) = calls.filter(|_| found.is_empty()) {
        found.extend(worded(calls));
    }
    found.retain(|limit| limit.calls.value.is_some() && limit.seconds.value.is_some());
    found
}

/// Seconds, or a length of time in words.
fn length(node: Node<'_>) -> Amount {
    let plain = number(node);
    if plain.value.is_some() {
        return plain;
    }
    Reader::shared()
        .duration(node.value())
        .or_else(|| super::values::unit(node.value()))
        .map_or(Amount::default(), Amount::fixed)
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn extensions_of_the_whole_of_paths_and_of_operations() {
        let yaml = "openapi: 3.0.3
info: { title: T, version: '1' }
servers: [ { url: https://h.example/api } ]
x-rate-limit: { limit: 200, period: minute }
paths:
  /machines/{id}/v1.0/x:
    x-throttling: 45 calls per minute
    post:
      x-ratelimit: { requests-per-minute: 30 }
      responses:
        '429':
          headers:
            x-ratelimit-limit: { schema: { type: integer } }
      x-kong-plugin-rate-limiting: { config: { hour: 10 } }
  /y:
    get: { x-ratelimit-policy: { limit: 1, period: 1 }, x-rate-limit: 9/min }
";
        assert_eq!(
            routes("openapi.yaml", yaml),
            [
                "https://h.example/api* 200/60 [200]",
                "https://h.example/api/machines/{}/v1.0/x 45/60 [45]",
                "POST https://h.example/api/machines/{}/v1.0/x 30/60 [30]",
                "POST https://h.example/api/machines/{}/v1.0/x 10/3600 [10]",
                "GET https://h.example/api/y 9/60 [9]",
            ]
        );
    }
}
