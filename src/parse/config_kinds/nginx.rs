//! nginx: what `proxy_pass` goes to, and the `limit_req` in front of it.

use std::collections::HashMap;

use super::values::{address, literal};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, LimitScope, Longer, RateLimit, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Variables that are the same for every caller.
const SHARED: &[&str] = &[
    "server_name",
    "host",
    "hostname",
    "server_addr",
    "server_port",
    "proxy_host",
    "scheme",
    "uri",
    "document_uri",
    "request_method",
];

/// Reads the locations of a file.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    let zones: Vec<Zone<'_>> = root
        .descendants()
        .filter(|node| node.key() == "limit_req_zone")
        .filter_map(zone)
        .collect();
    // Of several of a name the first counts.
    let mut by_name: HashMap<&str, &Zone<'_>> = HashMap::new();
    for zone in zones.iter().rev() {
        by_name.insert(zone.name, zone);
    }
    let mut upstreams: HashMap<&str, Node<'_>> = HashMap::new();
    for node in root.descendants().filter(|node| node.key() == "upstream") {
        upstreams.entry(node.value()).or_insert(node);
    }
    for pass in root.descendants().filter(|node| node.key() == "proxy_pass") {
        let limits: Vec<RateLimit> = limits(pass)
            .map(|limit| configured(limit, &by_name))
            .collect();
        let exact = pass
            .parent()
            .and_then(|location| location.children().next())
            .is_some_and(|modifier| modifier.value() == "=");
        let targets = targets(&upstreams, pass);
        let several = targets.len() > 1;
        for (address, span) in targets {
            let mut route = Route::new(ConfigKind::Nginx, address, span);
            route.forwards = !exact;
            route.sometimes = several;
            route.limits.clone_from(&limits);
            routes.push(route);
        }
    }
}

/// A zone: its name, its limit without a burst.
struct Zone<'t> {
    name: &'t str,
    limit: RateLimit,
}

fn zone(node: Node<'_>) -> Option<Zone<'_>> {
    let mut arguments = node.children();
    let key = arguments.next()?.value();
    let mut name = "";
    let mut limit = None;
    for argument in arguments {
        if let Some(zone) = argument.value().strip_prefix("zone=") {
            name = zone.split(':').next().unwrap_or(zone);
        } else if let Some(rate) = argument.value().strip_prefix("rate=") {
            let digits = rate
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(rate.len());
            let start = argument.span().start + 5;
            let span = Span {
                start,
                end: start + digits as u32,
                ..argument.span()
            };
            limit = Some(RateLimit {
                calls: literal(&rate[..digits], span, 1.0),
                seconds: match &rate[digits..] {
                    "r/s" => Amount::fixed(1.0),
                    "r/m" => Amount::fixed(60.0),
                    _ => Amount::default(),
                },
                burst: None,
                scope: scope(key),
                span,
                setting: argument.span(),
                longer: Some(Longer {
                    span: Span {
                        start,
                        ..argument.span()
                    },
                    seconds: 60.0,
                    suffix: "r/m",
                }),
            });
        }
    }
    Some(Zone {
        name,
        limit: limit?,
    })
}

/// Whose calls a zone with this key counts together.
fn scope(key: &str) -> LimitScope {
    let shared = key.split('$').skip(1).all(|rest| {
        let rest = rest.strip_prefix('{').unwrap_or(rest);
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        SHARED.contains(&&rest[..end])
    });
    if shared {
        LimitScope::All
    } else {
        LimitScope::EachCaller
    }
}

/// The limits of the nearest block that has any.
fn limits(pass: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    let has = |block: &Node<'_>| block.get("limit_req").is_some();
    pass.ancestors()
        .find(has)
        .into_iter()
        .flat_map(|block| block.all("limit_req"))
}

fn configured(node: Node<'_>, zones: &HashMap<&str, &Zone<'_>>) -> RateLimit {
    let words = || node.children().map(Node::value);
    let name = words().find_map(|word| word.strip_prefix("zone="));
    let Some(zone) = name.and_then(|name| zones.get(name)) else {
        // The zone of another file: a limit, of which no more is known.
        let unknown = Amount::default();
        return RateLimit {
            scope: LimitScope::EachCaller,
            ..RateLimit::new(unknown, unknown, node.span(), node.setting())
        };
    };
    let at_once = words().any(|word| word == "nodelay");
    let burst = node.children().filter(|_| at_once).find_map(|argument| {
        let digits = argument.value().strip_prefix("burst=")?;
        let span = Span {
            start: argument.span().start + 6,
            ..argument.span()
        };
        Some(literal(digits, span, 1.0))
    });
    RateLimit {
        burst,
        ..zone.limit.clone()
    }
}

/// The addresses that a `proxy_pass` goes to: its own, or those of the servers that
/// its name stands for.
fn targets(upstreams: &HashMap<&str, Node<'_>>, pass: Node<'_>) -> Vec<(Text, Span)> {
    let Some(argument) = pass.children().next() else {
        return Vec::new();
    };
    let own = resolved(pass, argument);
    let Some((scheme, rest)) = own.split_once("://") else {
        return Vec::new();
    };
    let end = rest.find(['/', '?', '$']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let Some(upstream) = upstreams.get(host) else {
        return address(&own, argument.span())
            .into_iter()
            .map(|text| (text, argument.span()))
            .collect();
    };
    upstream
        .all("server")
        .filter_map(|server| {
            let server = server.children().next()?;
            let text = format!("{scheme}://{}{path}", server.value());
            Some((address(&text, server.span())?, server.span()))
        })
        .collect()
}

/// The words of an address with the variables that are set beside it or around it.
fn resolved(pass: Node<'_>, argument: Node<'_>) -> String {
    let mut text = argument.value().to_owned();
    for set in pass.ancestors().flat_map(|block| block.all("set")) {
        let mut words = set.children().map(Node::value);
        if let (Some(name), Some(value)) = (words.next(), words.next())
            && name.len() > 1
            && !value.contains(name)
            && text.len() < 2000
        {
            text = text.replace(name, value);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn zones_hold_where_they_are_used_or_inherited() {
        let conf = "limit_req_zone $binary_remote_addr zone=ip:10m rate=10r/s;
limit_req_zone $server_name zone=all:1m rate=90r/m;
upstream mde { server api.h.example:443; server eu.h.example:443; }
server {
  limit_req zone=all burst=5 nodelay;
  location /a/ { proxy_pass https://api.h.example/; }
  location = /b { limit_req zone=ip; limit_req zone=other; proxy_pass https://mde/x; }
  location /c { set $up api.h.example; proxy_pass https://$up$request_uri; }
  location /d { proxy_pass $somewhere; }
}";
        assert_eq!(
            routes("nginx.conf", conf),
            [
                "https://api.h.example/* 90/60+5 [90]",
                "https://api.h.example:443/x sometimes 10/1 each [10] ?/? each [zone=other]",
                "https://eu.h.example:443/x sometimes 10/1 each [10] ?/? each [zone=other]",
                "https://api.h.example{}* 90/60+5 [90]",
            ]
        );
    }
}
