//! Azure API Management: what policies let through to a backend, and what they call by
//! the way.

use super::values::{address_of, number};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, LimitScope, RateLimit, Retry, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Words of expressions that tell callers apart.
const CALLERS: &[&str] = &[
    "Subscription",
    "User",
    "Request.IpAddress",
    "Request.Headers",
    "Request.Url.Query",
    "Request.Certificate",
    "Jwt",
    "Principal",
    "Variables",
];

/// Reads the policies of a document. `backend`: where calls go when the policies do
/// not say.
pub fn read(root: Node<'_>, backend: Option<&(Text, Span)>, routes: &mut Vec<Route>) {
    for policies in root.children() {
        let inside = |key: &str| policies.get(key).is_some();
        let whole = policies.key() == "policies" && (inside("inbound") || inside("backend"));
        if whole || policies.key() == "fragment" {
            read_policies(policies, backend, routes);
        }
    }
}

fn read_policies(policies: Node<'_>, backend: Option<&(Text, Span)>, routes: &mut Vec<Route>) {
    let mut limits = Vec::new();
    let mut targets = Vec::new();
    let mut forwards = false;
    let mut retry = Retry::Unknown;
    for node in policies.descendants() {
        match node.key() {
            "rate-limit" | "rate-limit-by-key" | "quota" | "quota-by-key" => {
                limits.extend(limit(node).map(|limit| (node, limit)));
            }
            "set-backend-service" => {
                // A backend by its name is somewhere else.
                if let Some(url) = node.get("@base-url") {
                    forwards = true;
                    targets.extend(target(node, url, true));
                } else if node.get("@backend-id").is_some() {
                    forwards = true;
                }
            }
            "send-request" | "send-one-way-request" => {
                if let Some(url) = node.get("set-url") {
                    targets.extend(target(node, url, false));
                }
            }
            "forward-request" => retry = retried(node).unwrap_or(retry),
            _ => {}
        }
    }
    if let Some((address, span)) = backend.filter(|_| !forwards) {
        let backend = (address.clone(), *span);
        let route = Route::forwarding(ConfigKind::ApiManagement, backend, Vec::new());
        targets.push((policies, route));
    }
    for (node, mut route) in targets {
        route.limits = limits
            .iter()
            .filter(|(limit, _)| holds(*limit, node, route.forwards))
            .map(|(_, limit)| limit.clone())
            .collect();
        if route.forwards {
            route.retry = retry.clone();
        } else if let Some(policy) = retried(node) {
            route.retry = policy;
        }
        routes.push(route);
    }
}

fn target<'t>(node: Node<'t>, url: Node<'t>, forwards: bool) -> Option<(Node<'t>, Route)> {
    // An address that is not known stays one: calls may go elsewhere.
    let address = address_of(url).unwrap_or_default();
    if address.parts.is_empty() && !forwards {
        return None;
    }
    let mut route = Route::new(ConfigKind::ApiManagement, address, url.span());
    route.forwards = forwards;
    route.sometimes = condition(node).is_some();
    let method = node.text("set-method").trim();
    if !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        route.method = Some(method.to_ascii_uppercase());
    } else if !forwards {
        route.method = Some("GET".to_owned());
    }
    Some((node, route))
}

/// The policy that tries again what a policy does.
fn retried(node: Node<'_>) -> Option<Retry> {
    let policy = node.ancestors().find(|node| node.key() == "retry")?;
    Some(Retry::Policy(policy.key_span()))
}

/// The branch that a policy stands in.
fn condition(node: Node<'_>) -> Option<Node<'_>> {
    node.ancestors()
        .find(|node| matches!(node.key(), "when" | "otherwise"))
}

/// Whether a limit stands in front of a target.
fn holds(limit: Node<'_>, target: Node<'_>, forwards: bool) -> bool {
    let before = forwards || limit.key_span().start < target.key_span().start;
    before && condition(limit).is_none_or(|branch| target.ancestors().any(|node| node == branch))
}

fn limit(node: Node<'_>) -> Option<RateLimit> {
    let calls = node.get("@calls")?;
    let period = node.get("@renewal-period")?;
    let by_key = node.get("@counter-key");
    // Something else than one for each call is counted.
    let weighed = node.get("@increment-count").is_some();
    let count = if weighed {
        Amount::default()
    } else {
        number(calls)
    };
    Some(RateLimit {
        scope: by_key.map_or(LimitScope::EachCaller, |key| scope(key.value())),
        ..RateLimit::new(count, number(period), calls.span(), calls.setting())
    })
}

fn scope(key: &str) -> LimitScope {
    let told_apart = key.starts_with("{{") || CALLERS.iter().any(|word| key.contains(word));
    if told_apart {
        LimitScope::EachCaller
    } else {
        LimitScope::All
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn limits_in_front_of_a_backend() {
        let policy = r#"<policies><inbound><base />
  <set-backend-service base-url="https://h.example/api" />
  <rate-limit calls="200" renewal-period="60" />
  <quota-by-key calls="9" renewal-period="3600" counter-key="@(context.Api.Id)" />
  <rate-limit calls="{{calls}}" renewal-period="60" />
</inbound><backend><retry condition="@(context.Response.StatusCode == 429 && true)" count="3" interval="5"><forward-request /></retry></backend></policies>"#;
        assert_eq!(
            routes("p.xml", policy),
            ["https://h.example/api* 200/60 each [200] 9/3600 [9] ?/60 each [{{calls}}] retries"]
        );
    }

    #[test]
    fn what_is_called_by_the_way() {
        let policy = r#"<policies><inbound>
  <send-request mode="new"><set-url>https://a.example/x</set-url></send-request>
  <rate-limit-by-key calls="10" renewal-period="1" counter-key="@(context.Request.IpAddress)" />
  <choose><when condition="@(context.Request.Headers.GetValueOrDefault("A","") != "b")">
    <send-request><set-url>@($"https://b.example/{x}")</set-url><set-method>post</set-method></send-request>
    <set-backend-service base-url="{{named}}" />
  </when></choose>
</inbound></policies>"#;
        assert_eq!(
            routes("p.xml", policy),
            [
                "GET https://a.example/x",
                "POST https://b.example/{} sometimes 10/1 each [10]",
                "* sometimes 10/1 each [10]",
            ]
        );
    }
}
