//! Traefik's dynamic configuration: routers, the services they lead to, and the
//! middlewares on the way.

use super::values::{address_of, duration, number};
use crate::facts::code::Amount;
use crate::facts::routes::{ConfigKind, LimitScope, RateLimit, Route};
use crate::parse::tree::Node;

/// Longest chain of middlewares that is followed.
const MAX_CHAIN: usize = 8;

/// Reads the routers of a document.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    let Some(http) = root.get("http") else {
        return;
    };
    let (Some(entries), Some(services)) = (http.get("routers"), http.get("services")) else {
        return;
    };
    for router in entries.children() {
        let Some(service) = services.get(plain(router.text("service"))) else {
            continue;
        };
        let mut limits = Vec::new();
        collect(http, router.get("middlewares"), MAX_CHAIN, &mut limits);
        let servers = service.at(&["loadBalancer", "servers"]);
        let urls: Vec<Node<'_>> = servers
            .into_iter()
            .flat_map(Node::children)
            .filter_map(|server| server.get("url"))
            .collect();
        for url in &urls {
            let Some(address) = address_of(*url) else {
                continue;
            };
            let backend = (address, url.span());
            routes.push(Route {
                sometimes: urls.len() > 1,
                ..Route::forwarding(ConfigKind::Traefik, backend, limits.clone())
            });
        }
    }
}

/// A name without its provider: `limit@file`.
fn plain(name: &str) -> &str {
    name.split('@').next().unwrap_or(name)
}

fn collect(http: Node<'_>, names: Option<Node<'_>>, depth: usize, limits: &mut Vec<RateLimit>) {
    for name in names.into_iter().flat_map(Node::children) {
        let middleware = http
            .get("middlewares")
            .and_then(|all| all.get(plain(name.value())));
        let Some(middleware) = middleware else {
            continue;
        };
        if let Some(own) = middleware.get("rateLimit") {
            limits.extend(limit(own));
        } else if depth > 0 {
            let inner = middleware.at(&["chain", "middlewares"]);
            collect(http, inner, depth - 1, limits);
        }
    }
}

/// What a middleware's `rateLimit` declares.
pub fn limit(config: Node<'_>) -> Option<RateLimit> {
    let average = config.get("average")?;
    let calls = number(average);
    // Zero is no limit.
    if calls.value == Some(0.0) {
        return None;
    }
    let shared = config
        .at(&["sourceCriterion", "requestHost"])
        .is_some_and(|own| own.value().eq_ignore_ascii_case("true"));
    let seconds = config.get("period").map_or(Amount::fixed(1.0), duration);
    Some(RateLimit {
        burst: config.get("burst").map(number),
        scope: if shared {
            LimitScope::All
        } else {
            LimitScope::EachCaller
        },
        ..RateLimit::new(calls, seconds, average.span(), average.setting())
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn middlewares_stand_in_front_of_services() {
        let yaml = "http:
  routers:
    r: { rule: Host(`x`), service: s@file, middlewares: [all] }
  middlewares:
    all: { chain: { middlewares: [auth, slow@file] } }
    slow: { rateLimit: { average: 100, period: 1m, burst: 20, sourceCriterion: { requestHost: true } } }
  services:
    s: { loadBalancer: { servers: [ { url: https://h.example } ] } }
";
        assert_eq!(
            routes("dynamic.yml", yaml),
            ["https://h.example* 100/60+20 [100]"]
        );
        let toml = "[http.routers.r]\nservice = \"s\"\nmiddlewares = [\"l\"]\n[http.middlewares.l.rateLimit]\naverage = 5\n[[http.services.s.loadBalancer.servers]]\nurl = \"https://h.example/\"\n";
        assert_eq!(
            routes("dynamic.toml", toml),
            ["https://h.example/* 5/1 each [5]"]
        );
    }
}
