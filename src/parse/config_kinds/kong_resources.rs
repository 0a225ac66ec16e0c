//! Kong's services, routes and plugins as resources of Terraform, by the providers for
//! Kong and for Konnect.

use super::embedded;
use super::kong;
use super::resources::{Resource, names};
use crate::facts::code::Text;
use crate::facts::routes::{ConfigKind, RateLimit, Route};
use crate::parse::tree::Node;
use crate::source::{Source, Span};

/// More plugins than this are not read: each may hold a text of its own syntax.
const MAX_PLUGINS: usize = 200;

/// A plugin that limits a rate, and the names of what it stands in front of.
struct Plugin<'t> {
    service: Option<&'t str>,
    route: Option<&'t str>,
    limits: Vec<RateLimit>,
}

/// A service and where its calls go.
struct Service<'t> {
    symbol: &'t str,
    backend: (Text, Span),
}

/// Reads the services of a file and the plugin that stands nearest to each way to them.
pub fn read(source: &Source, found: &[Resource<'_>], routes: &mut Vec<Route>) {
    let services: Vec<Service<'_>> = of_kind(found, "service")
        .filter_map(|resource| {
            Some(Service {
                symbol: resource.symbol,
                backend: kong::backend(resource.node)?,
            })
        })
        .collect();
    if services.is_empty() {
        return;
    }
    let plugins = plugins(source, found);
    for service in &services {
        let own = plugins.iter().find(|plugin| {
            plugin.route.is_none() && plugin.service.is_some_and(|own| names(own, service.symbol))
        });
        let wide = || {
            plugins
                .iter()
                .find(|plugin| plugin.route.is_none() && plugin.service.is_none())
        };
        let mut ways: Vec<Option<&Plugin<'_>>> = of_kind(found, "route")
            .filter(|route| {
                owner(route.node, "service").is_some_and(|own| names(own, service.symbol))
            })
            .map(|route| {
                plugins
                    .iter()
                    .find(|plugin| plugin.route.is_some_and(|named| names(named, route.symbol)))
            })
            .collect();
        if ways.is_empty() {
            ways.push(None);
        }
        for way in ways {
            let Some(plugin) = way.or(own).or_else(wide) else {
                continue;
            };
            let backend = service.backend.clone();
            let limits = plugin.limits.clone();
            routes.push(Route::forwarding(ConfigKind::Kong, backend, limits));
        }
    }
}

/// The resources of a kind, whichever provider's: `kong_service`,
/// `konnect_gateway_service`.
fn of_kind<'f, 't>(
    found: &'f [Resource<'t>],
    kind: &'static str,
) -> impl Iterator<Item = &'f Resource<'t>> {
    found
        .iter()
        .filter(move |resource| own_kind(&resource.kind) == Some(kind))
}

/// A type without its provider, when that is one of Kong's.
fn own_kind(kind: &str) -> Option<&str> {
    ["konnect_gateway_", "kong-gateway_", "kong_"]
        .into_iter()
        .find_map(|provider| kind.strip_prefix(provider))
}

fn plugins<'t>(source: &Source, found: &[Resource<'t>]) -> Vec<Plugin<'t>> {
    let mut limiting: Vec<_> = found
        .iter()
        .filter_map(|resource| {
            let node = resource.node;
            let off = node.text("enabled") == "false";
            // One that counts only some consumers' calls leaves the others alone.
            let some = ["consumer", "consumer_group"]
                .into_iter()
                .any(|key| owner(node, key).is_some());
            let limiting = match own_kind(&resource.kind)? {
                "plugin" => kong::is_limiting(node.text("name")),
                "plugin_rate_limiting" | "plugin_rate_limiting_advanced" => true,
                _ => false,
            };
            (limiting && !off && !some).then_some(node)
        })
        .take(MAX_PLUGINS + 1)
        .collect();
    if limiting.len() > MAX_PLUGINS {
        limiting.truncate(MAX_PLUGINS);
        let why = "it holds more plugins than are read of one";
        source.budget.end(why);
    }
    let limiting = limiting.into_iter();
    limiting
        .map(|node| Plugin {
            service: owner(node, "service"),
            route: owner(node, "route"),
            limits: limits(source, node),
        })
        .collect()
}

/// What a resource says it belongs to: `service_id = …`, `service = { id = … }`.
fn owner<'t>(node: Node<'t>, key: &str) -> Option<&'t str> {
    let flat = node.get(&format!("{key}_id"));
    flat.or_else(|| node.at(&[key, "id"])).map(Node::value)
}

fn limits(source: &Source, plugin: Node<'_>) -> Vec<RateLimit> {
    let Some(json) = plugin.get("config_json") else {
        return kong::limits(plugin);
    };
    if !json.is_empty() {
        return kong::declared(json);
    }
    embedded::json(source, json)
        .map(|tree| kong::declared(tree.root()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn the_nearest_plugin_holds() {
        let terraform = r#"
resource "kong_service" "mde" {
  protocol = "https"
  host     = "h.example"
  path     = "/api"
}
resource "kong_service" "free" {
  host = "f.example"
}
resource "kong_route" "one" {
  service_id = kong_service.mde.id
}
resource "kong_route" "two" {
  service_id = kong_service.mde.id
}
resource "kong_plugin" "p" {
  name        = "rate-limiting"
  service_id  = kong_service.mde.id
  config_json = <<EOT
  { "second": 5, "limit_by": "service" }
EOT
}
resource "kong_plugin" "q" {
  name        = "rate-limiting"
  route_id    = kong_route.two.id
  config_json = jsonencode({ minute = 7 })
}
resource "kong_plugin" "some" {
  name        = "rate-limiting"
  consumer_id = kong_consumer.x.id
  config_json = jsonencode({ minute = 9 })
}
"#;
        assert_eq!(
            routes("main.tf", terraform),
            [
                "https://h.example/api* 5/1 [5]",
                "https://h.example/api* 7/60 each [7]",
            ]
        );
    }

    #[test]
    fn konnect_has_blocks_of_its_own() {
        let terraform = r#"
resource "konnect_gateway_service" "mde" {
  host = "h.example"
}
resource "konnect_gateway_plugin_rate_limiting_advanced" "p" {
  config  = { limit = [200], window_size = [60], identifier = "service" }
  service = { id = konnect_gateway_service.mde.id }
}
resource "konnect_gateway_service" "mde_two" {
  host = "i.example"
}
resource "konnect_gateway_plugin_rate_limiting" "off" {
  enabled = false
  config  = { minute = 9 }
  service = { id = konnect_gateway_service.mde_two.id }
}
"#;
        assert_eq!(
            routes("main.tf", terraform),
            ["https://h.example* 200/60 [200]"]
        );
    }
}
