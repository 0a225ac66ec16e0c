//! Resources of ARM templates, Bicep and Terraform that hold configuration of another
//! kind: API Management's policies beside the API whose backend they stand in front of,
//! actions of Logic Apps.

use std::collections::HashMap;

use super::values::{address_of, number, unit};
use super::{api_management, embedded, kong_resources, logic_apps};
use crate::facts::code::{Amount, Text};
use crate::facts::routes::{ConfigKind, Repeat, RepeatKind, Retry, Route};
use crate::parse::tree::Node;
use crate::source::{Source, Span};

/// More resources than this are not read: policies are held against APIs, and each may
/// hold a text of its own syntax. Chosen, not measured.
const MAX_RESOURCES: usize = 2000;

/// A resource, whatever declares it.
pub struct Resource<'t> {
    /// All of it.
    pub node: Node<'t>,
    /// Its type in lower case, without a version.
    pub kind: String,
    /// What other resources call it.
    pub symbol: &'t str,
}

/// Reads the resources of a file.
pub fn read(source: &Source, root: Node<'_>, routes: &mut Vec<Route>) {
    let mut found: Vec<Resource<'_>> = root.descendants().filter_map(resource).collect();
    if found.len() > MAX_RESOURCES {
        found.truncate(MAX_RESOURCES);
        let why = "it holds more resources than are read of one";
        source.budget.end(why);
    }
    policies(source, &found, routes);
    workflows(source, &found, routes);
    kong_resources::read(source, &found, routes);
}

fn resource(node: Node<'_>) -> Option<Resource<'_>> {
    // `resource "type" "name"` of Terraform, `resource name 'type'` of Bicep.
    if node.key() == "resource" {
        let mut labels = node.children().filter(|child| child.key().is_empty());
        let (first, second) = (labels.next()?.value(), labels.next()?.value());
        // In a resource of Bicep there may be others, whose types are short.
        let nested = node.ancestors().any(|outer| outer.key() == "resource");
        let (kind, symbol) = if second.contains('/') || nested {
            (second, first)
        } else {
            (first, second)
        };
        return Some(Resource {
            node,
            kind: kind.split('@').next().unwrap_or(kind).to_ascii_lowercase(),
            symbol,
        });
    }
    let kind = node.get("type").map(Node::value)?;
    (kind.contains('/') && node.get("properties").is_some()).then(|| Resource {
        node,
        kind: kind.to_ascii_lowercase(),
        symbol: node.text("name"),
    })
}

/// An API and where its calls go.
struct Api<'r, 't> {
    resource: &'r Resource<'t>,
    backend: (Text, Span),
}

fn policies(source: &Source, found: &[Resource<'_>], routes: &mut Vec<Route>) {
    let apis: Vec<Api<'_, '_>> = found
        .iter()
        .filter_map(|resource| {
            let url = if resource.kind == "azurerm_api_management_api" {
                resource.node.get("service_url")
            } else if resource.kind.ends_with("service/apis") || resource.kind == "apis" {
                resource.node.at(&["properties", "serviceUrl"])
            } else {
                None
            }?;
            Some(Api {
                resource,
                backend: (address_of(url)?, url.span()),
            })
        })
        .collect();
    for resource in found {
        let node = resource.node;
        let value = match resource.kind.as_str() {
            "azurerm_api_management_api_policy"
            | "azurerm_api_management_api_operation_policy"
            | "azurerm_api_management_policy"
            | "azurerm_api_management_product_policy"
            | "azurerm_api_management_policy_fragment" => {
                node.get("xml_content").or_else(|| node.get("value"))
            }
            kind if kind.ends_with("/policies") || kind == "policies" => node
                .at(&["properties", "value"])
                .or_else(|| node.at(&["properties", "policyContent"])),
            kind if kind.ends_with("/policyfragments") => node.at(&["properties", "value"]),
            _ => None,
        };
        let Some(tree) = value.and_then(|value| embedded::xml(source, value)) else {
            continue;
        };
        let kind = resource.kind.as_str();
        let of_api = kind.contains("api_management_api")
            || kind.contains("service/apis")
            || kind == "policies";
        let backend = of_api
            .then(|| owner(resource, &apis))
            .flatten()
            .map(|api| &api.backend);
        api_management::read(tree.root(), backend, routes);
    }
}

/// The API that a policy belongs to.
fn owner<'a, 'r, 't>(policy: &Resource<'_>, apis: &'a [Api<'r, 't>]) -> Option<&'a Api<'r, 't>> {
    let around = apis.iter().find(|api| {
        policy
            .node
            .ancestors()
            .any(|node| node == api.resource.node)
    });
    let named = || {
        let words = ["api_name", "parent", "name"].map(|key| policy.node.text(key));
        apis.iter()
            .find(|api| words.iter().any(|words| names(words, api.resource.symbol)))
    };
    let only = || apis.first().filter(|_| apis.len() == 1);
    around.or_else(named).or_else(only)
}

/// Whether an expression names a symbol.
pub fn names(words: &str, symbol: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    !symbol.is_empty()
        && words.match_indices(symbol).any(|(at, _)| {
            !words[..at].ends_with(is_part) && !words[at + symbol.len()..].starts_with(is_part)
        })
}

/// Actions of Logic Apps that Terraform declares one by one.
fn workflows(source: &Source, found: &[Resource<'_>], routes: &mut Vec<Route>) {
    let mut clocks: HashMap<&str, Node<'_>> = HashMap::new();
    for resource in found {
        if resource.kind == "azurerm_logic_app_trigger_recurrence" {
            let workflow = resource.node.text("logic_app_id");
            clocks.entry(workflow).or_insert(resource.node);
        }
    }
    // How often the workflow of this identity starts.
    let recurrence = |workflow: &str| clocks.get(workflow).copied().and_then(schedule);
    for resource in found {
        let node = resource.node;
        match resource.kind.as_str() {
            "azurerm_logic_app_action_http" => {
                let Some(uri) = node.get("uri") else { continue };
                let Some(address) = address_of(uri) else {
                    continue;
                };
                let mut route = Route::new(ConfigKind::LogicApps, address, uri.span());
                route.method = Some(node.text("method").to_ascii_uppercase())
                    .filter(|method| !method.is_empty());
                route.retry = Retry::Default;
                route.repeat = recurrence(node.text("logic_app_id"));
                routes.push(route);
            }
            "azurerm_logic_app_action_custom" => {
                let Some(body) = node.get("body") else {
                    continue;
                };
                let period = recurrence(node.text("logic_app_id"));
                if body.is_empty() {
                    if let Some(tree) = embedded::json(source, body) {
                        logic_apps::read_action(tree.root(), period.as_ref(), routes);
                    }
                } else {
                    logic_apps::read_action(body, period.as_ref(), routes);
                }
            }
            "azurerm_resource_group_template_deployment" | "azurerm_template_deployment" => {
                let content = node
                    .get("template_content")
                    .or_else(|| node.get("template_body"));
                if let Some(tree) = content.and_then(|content| embedded::json(source, content)) {
                    logic_apps::read(tree.root(), routes);
                    let inner: Vec<_> = tree
                        .root()
                        .descendants()
                        .filter_map(self::resource)
                        .collect();
                    policies(source, &inner, routes);
                }
            }
            _ => {}
        }
    }
}

/// A schedule by `frequency` and `interval`.
pub fn schedule(node: Node<'_>) -> Option<Repeat> {
    let interval = node.get("interval")?;
    let worth = unit(node.text("frequency"))?;
    Some(Repeat {
        kind: RepeatKind::Schedule,
        span: interval.span(),
        calls: 1,
        width: Amount::fixed(1.0),
        seconds: Some(number(interval).times(worth)),
        rounds: None,
        setting: interval.setting(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn policies_stand_in_front_of_their_own_api() {
        let terraform = r#"
resource "azurerm_api_management_api" "mde" {
  service_url = "https://h.example/api"
}
resource "azurerm_api_management_api" "other" {
  service_url = "https://o.example"
}
resource "azurerm_api_management_api_policy" "p" {
  api_name    = azurerm_api_management_api.mde.name
  xml_content = <<-XML
    <policies><inbound><rate-limit calls="300" renewal-period="60" /></inbound></policies>
  XML
}
"#;
        assert_eq!(
            routes("main.tf", terraform),
            ["https://h.example/api* 300/60 each [300]"]
        );
        let bicep = "resource api 'Microsoft.ApiManagement/service/apis@2022-08-01' = {
  properties: { serviceUrl: 'https://h.example' }
  resource policy 'policies' = {
    properties: {
      format: 'rawxml'
      value: '''<policies><inbound><rate-limit calls=\"7\" renewal-period=\"1\" /></inbound></policies>'''
    }
  }
}
";
        assert_eq!(
            routes("main.bicep", bicep),
            ["https://h.example* 7/1 each [7]"]
        );
        let arm = r#"{"resources": [
 {"type": "Microsoft.ApiManagement/service/apis", "name": "a", "properties": {"serviceUrl": "https://h.example"}},
 {"type": "Microsoft.ApiManagement/service/apis/policies", "name": "[concat('x/', 'a/policy')]", "properties":
  {"value": "<policies>\r\n<inbound>\r\n<rate-limit-by-key calls=\"7\" renewal-period=\"1\" counter-key=\"all\" />\r\n</inbound></policies>"}}]}"#;
        assert_eq!(routes("a.json", arm), ["https://h.example* 7/1 [7]"]);
    }

    #[test]
    fn actions_of_terraform_run_with_their_trigger() {
        let terraform = r#"
resource "azurerm_logic_app_trigger_recurrence" "t" {
  logic_app_id = azurerm_logic_app_workflow.w.id
  frequency    = "Second"
  interval     = 10
}
resource "azurerm_logic_app_action_http" "a" {
  logic_app_id = azurerm_logic_app_workflow.w.id
  method       = "get"
  uri          = "https://h.example/api/alerts"
}
resource "azurerm_logic_app_action_custom" "b" {
  logic_app_id = azurerm_logic_app_workflow.w.id
  body = jsonencode({
    type    = "Foreach"
    foreach = "@body('a')?['value']"
    actions = {
      one = { type = "Http", inputs = { method = "POST", uri = "https://h.example/x", retryPolicy = { type = "none" } } }
    }
  })
}
"#;
        assert_eq!(
            routes("main.tf", terraform),
            [
                "GET https://h.example/api/alerts Schedule 1×1 every 10 most - default retry",
                "POST https://h.example/x ForEach 20×1 every - most - no retry",
            ]
        );
    }
}
