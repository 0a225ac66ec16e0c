//! Kong's declarative format: services, and the rate limiting in front of them.

use super::values::{address, address_of, number};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, LimitScope, RateLimit, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Periods that the plugin counts by.
const PERIODS: &[(&str, f64)] = &[
    ("second", 1.0),
    ("minute", 60.0),
    ("hour", 3600.0),
    ("day", 86_400.0),
    ("month", 2_592_000.0),
];

/// Reads the services of a document.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    let Some(services) = root.get("services") else {
        return;
    };
    let general = plugins(root);
    for service in services.children() {
        let Some(backend) = backend(service) else {
            continue;
        };
        // The plugin that stands nearest takes the place of the others.
        let named = |plugin: &&Node<'_>| refers(**plugin, "service", service.text("name"));
        let wide = |plugin: &&Node<'_>| {
            ["service", "route", "consumer", "consumer_group"]
                .iter()
                .all(|key| plugin.get(key).is_none())
        };
        let of_service = first(plugins(service).iter())
            .or_else(|| first(general.iter().filter(named)))
            .or_else(|| first(general.iter().filter(wide)));
        let mut entries: Vec<Option<Vec<RateLimit>>> = Vec::new();
        for route in service.get("routes").into_iter().flat_map(Node::children) {
            let named = |plugin: &&Node<'_>| refers(**plugin, "route", route.text("name"));
            entries
                .push(first(plugins(route).iter()).or_else(|| first(general.iter().filter(named))));
        }
        if entries.is_empty() {
            entries.push(None);
        }
        for own in entries {
            let Some(limits) = own.or_else(|| of_service.clone()) else {
                continue;
            };
            let backend = backend.clone();
            routes.push(Route::forwarding(ConfigKind::Kong, backend, limits));
        }
    }
}

fn first<'t>(mut plugins: impl Iterator<Item = &'t Node<'t>>) -> Option<Vec<RateLimit>> {
    plugins.next().map(|plugin| limits(*plugin))
}

/// The rate-limiting plugins of a node.
fn plugins(node: Node<'_>) -> Vec<Node<'_>> {
    node.get("plugins")
        .into_iter()
        .flat_map(Node::children)
        .filter(|plugin| {
            is_limiting(plugin.text("name"))
                && !plugin.text("enabled").eq_ignore_ascii_case("false")
        })
        .collect()
}

/// Whether a plugin of this name limits a rate.
pub fn is_limiting(name: &str) -> bool {
    matches!(name, "rate-limiting" | "rate-limiting-advanced")
}

/// Whether a plugin says that it belongs to what has this name.
fn refers(plugin: Node<'_>, key: &str, name: &str) -> bool {
    plugin.get(key).is_some_and(|owner| {
        !name.is_empty() && (owner.value() == name || owner.text("name") == name)
    })
}

/// Where a service's calls go.
pub fn backend(service: Node<'_>) -> Option<(Text, Span)> {
    if let Some(url) = service.get("url") {
        return Some((address_of(url)?, url.span()));
    }
    let host = service.get("host")?;
    let protocol = match service.text("protocol") {
        "" => "https",
        protocol => protocol,
    };
    let text = format!("{protocol}://{}{}", host.value(), service.text("path"));
    Some((address(&text, host.span())?, host.span()))
}

/// What a plugin declares.
pub fn limits(plugin: Node<'_>) -> Vec<RateLimit> {
    plugin.get("config").map(declared).unwrap_or_default()
}

/// What a plugin's configuration declares.
pub fn declared(config: Node<'_>) -> Vec<RateLimit> {
    let scope = match config.text("limit_by").to_ascii_lowercase().as_str() {
        "service" => LimitScope::All,
        _ => match config.text("identifier").to_ascii_lowercase().as_str() {
            "service" => LimitScope::All,
            _ => LimitScope::EachCaller,
        },
    };
    let limit = |calls: Node<'_>, seconds| RateLimit {
        scope,
        ..RateLimit::new(number(calls), seconds, calls.span(), calls.setting())
    };
    let mut found: Vec<RateLimit> = PERIODS
        .iter()
        .filter_map(|&(name, seconds)| Some(limit(config.get(name)?, Amount::fixed(seconds))))
        .filter(|limit| limit.calls.value != Some(0.0))
        .collect();
    // Two lists of the same length, in `rate-limiting-advanced`.
    if let (Some(calls), Some(windows)) = (config.get("limit"), config.get("window_size")) {
        let pairs = calls.children().zip(windows.children());
        found.extend(pairs.map(|(calls, seconds)| limit(calls, number(seconds))));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn the_nearest_plugin_holds() {
        let yaml = "_format_version: '3.0'
services:
- name: a
  url: https://h.example/api
  routes:
  - name: one
    plugins:
    - name: rate-limiting
      config: { second: 5, hour: 1000, limit_by: service }
  - name: two
- name: b
  host: b.example
  path: /x
plugins:
- name: rate-limiting-advanced
  config: { limit: [90], window_size: [60] }
- name: rate-limiting
  route: two
  config: { minute: 7 }
";
        assert_eq!(
            routes("kong.yaml", yaml),
            [
                "https://h.example/api* 5/1 [5] 1000/3600 [1000]",
                "https://h.example/api* 7/60 each [7]",
                "https://b.example/x* 90/60 each [90]",
            ]
        );
    }
}
