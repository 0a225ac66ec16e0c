//! Envoy: the clusters that routes lead to, and the local rate limit in front of them.

use super::values::{address, duration, number};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, LimitScope, RateLimit, Retry, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Reads the HTTP connection managers of a document.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    let clusters: Vec<Cluster<'_>> = root.descendants().filter_map(cluster).collect();
    if clusters.is_empty() {
        return;
    }
    for manager in root.descendants() {
        let Some(table) = manager.get("route_config") else {
            continue;
        };
        let general = manager
            .get("http_filters")
            .into_iter()
            .flat_map(Node::children)
            .filter(|filter| filter.text("name").contains("local_ratelimit"))
            .find_map(|filter| limit(filter.get("typed_config")?));
        let own = |node: Node<'_>| {
            let overrides = node.get("typed_per_filter_config")?;
            let found = |inner: &Node<'_>| inner.key() == "local_ratelimit";
            limit(overrides.descendants().find(found)?)
        };
        let hosts = table.get("virtual_hosts").into_iter();
        for host in hosts.flat_map(Node::children) {
            for route in host.get("routes").into_iter().flat_map(Node::children) {
                // The nearest configuration takes the place of the others.
                let limit = own(route)
                    .or_else(|| own(host))
                    .or_else(|| own(table))
                    .or_else(|| general.clone());
                targets(route, &clusters, limit.as_ref(), routes);
            }
        }
    }
}

/// A cluster: its name and the hosts it stands for.
struct Cluster<'t> {
    name: &'t str,
    hosts: Vec<(&'t str, Span)>,
}

fn cluster(node: Node<'_>) -> Option<Cluster<'_>> {
    let members = node.get("load_assignment").or_else(|| node.get("hosts"))?;
    let hosts = members
        .descendants()
        .filter(|node| node.key() == "socket_address")
        .filter_map(|socket| socket.get("address"))
        .map(|address| (address.value(), address.span()))
        .collect();
    Some(Cluster {
        name: node.get("name")?.value(),
        hosts,
    })
}

fn targets(
    route: Node<'_>,
    clusters: &[Cluster<'_>],
    limit: Option<&RateLimit>,
    routes: &mut Vec<Route>,
) {
    let Some(action) = route.get("route") else {
        return;
    };
    let weighted = action.at(&["weighted_clusters", "clusters"]);
    let names: Vec<&str> = match action.get("cluster") {
        Some(cluster) => vec![cluster.value()],
        None => weighted
            .into_iter()
            .flat_map(Node::children)
            .map(|cluster| cluster.text("name"))
            .collect(),
    };
    let path = path(route, action);
    let hosts: Vec<(Text, Span)> = clusters
        .iter()
        .filter(|cluster| names.contains(&cluster.name))
        .flat_map(|cluster| &cluster.hosts)
        .filter_map(|&(host, span)| Some((address(&format!("https://{host}{path}"), span)?, span)))
        .collect();
    let several = hosts.len() > 1;
    for (address, span) in hosts {
        let mut found = Route::new(ConfigKind::Envoy, address, span);
        found.forwards = route.at(&["match", "path"]).is_none();
        found.sometimes = several;
        found.limits = limit.into_iter().cloned().collect();
        if let Some(policy) = action.get("retry_policy") {
            found.retry = Retry::Policy(policy.key_span());
        }
        routes.push(found);
    }
}

/// The path that is known to be asked for.
fn path<'t>(route: Node<'t>, action: Node<'t>) -> &'t str {
    let whole = ["prefix_rewrite", "path_rewrite"];
    let rewritten = whole.iter().find_map(|key| action.get(key));
    let matched = route
        .at(&["match", "prefix"])
        .or_else(|| route.at(&["match", "path"]));
    let rewrites = action.get("regex_rewrite").is_some();
    rewritten
        .or_else(|| matched.filter(|_| !rewrites))
        .map_or("", Node::value)
}

/// The default bucket of a local rate limit. Where descriptors have buckets of their
/// own, how much gets through is not told by it alone.
fn limit(config: Node<'_>) -> Option<RateLimit> {
    let bucket = config.get("token_bucket")?;
    let most = bucket.get("max_tokens")?;
    let fill = bucket.get("tokens_per_fill");
    let told = config.get("descriptors").is_none();
    let calls = match fill {
        Some(fill) => number(fill),
        None => Amount::fixed(1.0),
    };
    let each = config
        .text("local_rate_limit_per_downstream_connection")
        .eq_ignore_ascii_case("true");
    let calls = if told { calls } else { Amount::default() };
    let seconds = duration(bucket.get("fill_interval")?);
    let shown = fill.unwrap_or(most);
    Some(RateLimit {
        burst: Some(number(most)),
        scope: if each {
            LimitScope::EachCaller
        } else {
            LimitScope::All
        },
        ..RateLimit::new(calls, seconds, shown.span(), shown.setting())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn the_nearest_bucket_holds() {
        let yaml = "static_resources:
  listeners:
  - filter_chains:
    - filters:
      - typed_config:
          http_filters:
          - name: envoy.filters.http.local_ratelimit
            typed_config:
              token_bucket: { max_tokens: 50, tokens_per_fill: 20, fill_interval: 10s }
          route_config:
            virtual_hosts:
            - routes:
              - match: { prefix: /api/ }
                route: { cluster: a, retry_policy: { retry_on: retriable-status-codes } }
              - match: { path: /x }
                route: { cluster: a, prefix_rewrite: /api/x }
                typed_per_filter_config:
                  envoy.filters.http.local_ratelimit:
                    token_bucket: { max_tokens: 5, fill_interval: 1s }
  clusters:
  - name: a
    load_assignment:
      endpoints:
      - lb_endpoints:
        - endpoint: { address: { socket_address: { address: h.example, port_value: 443 } } }
";
        assert_eq!(
            routes("envoy.yaml", yaml),
            [
                "https://h.example/api/* 20/10+50 [20] retries",
                "https://h.example/api/x 1/1+5 [5]",
            ]
        );
    }
}
