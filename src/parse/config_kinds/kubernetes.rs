//! Resources of Kubernetes that limit a rate: Traefik's middlewares and Kong's plugins,
//! in front of services that stand for a host outside of the cluster. They name each
//! other, in one file of several documents.

use super::values::address;
use super::{kong, traefik};
use crate::facts::code::Text;
use crate::facts::routes::{ConfigKind, RateLimit, Route};
use crate::parse::tree::{Node, Tree};
use crate::source::{Source, Span};

/// More resources than this are not read.
const MAX_RESOURCES: usize = 500;
/// Most middlewares that are followed from one route.
const MAX_MIDDLEWARES: usize = 64;

/// A resource, its kind and its names.
#[derive(Clone, Copy)]
struct Resource<'t> {
    node: Node<'t>,
    kind: &'t str,
    name: &'t str,
    namespace: &'t str,
}

/// A service that stands for a host outside, and where its calls go.
struct Service<'t> {
    resource: Resource<'t>,
    backend: (Text, Span),
}

/// A service that others name, and its namespace when they say one.
#[derive(Clone, Copy)]
struct Named<'t> {
    name: &'t str,
    namespace: &'t str,
}

/// Reads the resources of all documents of a file.
pub fn read(source: &Source, trees: &[Tree], routes: &mut Vec<Route>) {
    let mut found = resources(trees);
    if found.len() > MAX_RESOURCES {
        found.truncate(MAX_RESOURCES);
        let why = "it holds more resources than are read of one";
        source.budget.end(why);
    }
    // Each is held against each, once for a route and once for its service.
    source.budget.spend((found.len() * found.len()) as u64);
    let services: Vec<Service<'_>> = found.iter().copied().filter_map(service).collect();
    if services.is_empty() {
        return;
    }
    traefik_routes(&found, &services, routes);
    kong_routes(&found, &services, routes);
}

fn resources(trees: &[Tree]) -> Vec<Resource<'_>> {
    let mut found = Vec::new();
    for tree in trees {
        let root = tree.root();
        let items = root.get("items").filter(|_| root.text("kind") == "List");
        let nodes = items.into_iter().flat_map(Node::children).chain([root]);
        found.extend(nodes.filter_map(|node| {
            let meta = node.get("metadata")?;
            node.get("apiVersion")?;
            Some(Resource {
                node,
                kind: node.text("kind"),
                name: Some(meta.text("name")).filter(|name| !name.is_empty())?,
                namespace: meta.text("namespace"),
            })
        }));
    }
    found
}

impl<'t> Resource<'t> {
    /// An annotation, its name cut at the dots as the tree has it.
    fn annotation(self, path: &[&str]) -> &'t str {
        let annotations = self.node.at(&["metadata", "annotations"]);
        annotations
            .and_then(|node| node.at(path))
            .map_or("", Node::value)
    }

    /// Whether a name that is used in `from` means this.
    fn is(self, named: Named<'_>, from: Resource<'_>) -> bool {
        let namespace = if named.namespace.is_empty() {
            from.namespace
        } else {
            named.namespace
        };
        self.name == named.name
            && (self.namespace == namespace || self.namespace.is_empty() || namespace.is_empty())
    }
}

fn service(resource: Resource<'_>) -> Option<Service<'_>> {
    if resource.kind != "Service" {
        return None;
    }
    let host = resource.node.at(&["spec", "externalName"])?;
    let path = resource.annotation(&["konghq", "com/path"]);
    let text = format!("https://{}{path}", host.value().trim_end_matches('.'));
    let backend = (address(&text, host.span())?, host.span());
    Some(Service { resource, backend })
}

fn named(node: Node<'_>) -> Named<'_> {
    Named {
        name: node.text("name"),
        namespace: node.text("namespace"),
    }
}

fn route(
    kind: ConfigKind,
    service: &Service<'_>,
    sometimes: bool,
    limits: Vec<RateLimit>,
) -> Option<Route> {
    if limits.is_empty() {
        return None;
    }
    Some(Route {
        sometimes,
        ..Route::forwarding(kind, service.backend.clone(), limits)
    })
}

/// Routes of Traefik's own kind, and those of the usual kind with its annotation.
fn traefik_routes(found: &[Resource<'_>], services: &[Service<'_>], routes: &mut Vec<Route>) {
    for from in found {
        match from.kind {
            "IngressRoute" => {
                let all = from.node.at(&["spec", "routes"]);
                for entry in all.into_iter().flat_map(Node::children) {
                    let limits = limits_of(found, entry.get("middlewares"), *from);
                    let to: Vec<Node<'_>> = entry
                        .get("services")
                        .into_iter()
                        .flat_map(Node::children)
                        .collect();
                    let meant = |service: &&Service<'_>| {
                        to.iter()
                            .any(|node| service.resource.is(named(*node), *from))
                    };
                    routes.extend(services.iter().filter(meant).filter_map(|service| {
                        route(ConfigKind::Traefik, service, to.len() > 1, limits.clone())
                    }));
                }
            }
            "Ingress" => {
                let names = from.annotation(&[
                    "traefik",
                    "ingress",
                    "kubernetes",
                    "io/router",
                    "middlewares",
                ]);
                let mut limits = Vec::new();
                for name in names.split(',') {
                    // `NAMESPACE-NAME@kubernetescrd`
                    let Some(name) = name.trim().strip_suffix("@kubernetescrd") else {
                        continue;
                    };
                    let own = found.iter().filter(|own| {
                        own.kind == "Middleware"
                            && name
                                .strip_suffix(own.name)
                                .and_then(|rest| rest.strip_suffix('-'))
                                .is_some_and(|namespace| {
                                    own.namespace.is_empty() || own.namespace == namespace
                                })
                    });
                    for own in own {
                        limits.extend(own.node.at(&["spec", "rateLimit"]).and_then(traefik::limit));
                    }
                }
                let behind = behind(services, *from);
                routes.extend(behind.filter_map(|service| {
                    route(ConfigKind::Traefik, service, false, limits.clone())
                }));
            }
            _ => {}
        }
    }
}

/// The limits of the middlewares that a node lists, and of those that they are chains of.
fn limits_of<'t>(
    found: &[Resource<'t>],
    list: Option<Node<'t>>,
    from: Resource<'t>,
) -> Vec<RateLimit> {
    let mut limits = Vec::new();
    let names = |list: Option<Node<'t>>| list.into_iter().flat_map(Node::children).map(named);
    let mut open: Vec<_> = names(list).map(|name| (name, from)).collect();
    let mut read = 0;
    while let Some((name, from)) = open.pop() {
        read += 1;
        if read > MAX_MIDDLEWARES {
            break;
        }
        let own = found
            .iter()
            .find(|own| own.kind == "Middleware" && own.is(name, from));
        let Some(own) = own else { continue };
        if let Some(limit) = own.node.at(&["spec", "rateLimit"]) {
            limits.extend(traefik::limit(limit));
        } else {
            let chain = own.node.at(&["spec", "chain", "middlewares"]);
            open.extend(names(chain).map(|name| (name, *own)));
        }
    }
    limits
}

/// The services that an ingress or a route of the gateway API leads to.
fn behind<'s, 't>(
    services: &'s [Service<'t>],
    from: Resource<'t>,
) -> impl Iterator<Item = &'s Service<'t>> {
    let rules = from.node.at(&["spec", "rules"]);
    let backends: Vec<Named<'_>> = rules
        .into_iter()
        .flat_map(Node::descendants)
        .filter_map(|node| match node.key() {
            "service" => Some(named(node)),
            "backendRefs" => None,
            // The older form.
            "backend" => node.get("serviceName").map(|name| Named {
                name: name.value(),
                namespace: "",
            }),
            _ => node
                .parent()
                .filter(|list| list.key() == "backendRefs")
                .map(|_| named(node)),
        })
        .collect();
    services.iter().filter(move |service| {
        backends
            .iter()
            .any(|named| service.resource.is(*named, from))
    })
}

/// Kong's plugins, which services and the ways to them name by an annotation.
fn kong_routes(found: &[Resource<'_>], services: &[Service<'_>], routes: &mut Vec<Route>) {
    let plugin = |own: &Resource<'_>| {
        matches!(own.kind, "KongPlugin" | "KongClusterPlugin")
            && kong::is_limiting(own.node.text("plugin"))
            && own.node.text("disabled") != "true"
    };
    let of = |from: Resource<'_>| -> Option<Vec<RateLimit>> {
        from.annotation(&["konghq", "com/plugins"])
            .split(',')
            .find_map(|words| {
                let words = words.trim();
                let (namespace, name) = words.split_once(':').unwrap_or(("", words));
                let named = Named { name, namespace };
                found
                    .iter()
                    .find(|own| plugin(own) && own.is(named, from))
                    .map(|own| kong::limits(own.node))
            })
    };
    let wide = found
        .iter()
        .find(|own| plugin(own) && own.node.at(&["metadata", "labels", "global"]).is_some())
        .map(|own| kong::limits(own.node));
    let ways: Vec<(Vec<&Service<'_>>, Option<Vec<RateLimit>>)> = found
        .iter()
        .filter(|from| matches!(from.kind, "Ingress" | "HTTPRoute"))
        .map(|from| (behind(services, *from).collect(), of(*from)))
        .collect();
    for service in services {
        let usual = of(service.resource).or_else(|| wide.clone());
        let mut found: Vec<Option<Vec<RateLimit>>> = ways
            .iter()
            .filter(|(behind, _)| behind.iter().any(|own| std::ptr::eq(*own, service)))
            .map(|(_, limits)| limits.clone())
            .collect();
        if found.is_empty() {
            found.push(None);
        }
        for way in found {
            let limits = way.or_else(|| usual.clone()).unwrap_or_default();
            routes.extend(route(ConfigKind::Kong, service, false, limits));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    const SERVICE: &str = "---
apiVersion: v1
kind: Service
metadata: { name: mde, namespace: soc }
spec: { type: ExternalName, externalName: h.example }
";

    #[test]
    fn middlewares_of_traefik() {
        let yaml = format!(
            "apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {{ name: slow, namespace: soc }}
spec: {{ rateLimit: {{ average: 100, period: 1m, burst: 20 }} }}
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {{ name: slow, namespace: web }}
spec: {{ rateLimit: {{ average: 7 }} }}
---
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: {{ name: all, namespace: soc }}
spec: {{ chain: {{ middlewares: [ {{ name: slow }} ] }} }}
---
apiVersion: traefik.io/v1alpha1
kind: IngressRoute
metadata: {{ name: r, namespace: soc }}
spec:
  routes:
    - match: Host(`x`)
      middlewares: [ {{ name: all }} ]
      services: [ {{ name: mde, port: 443 }} ]
    - match: Host(`y`)
      services: [ {{ name: mde, port: 443 }} ]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
  annotations:
    traefik.ingress.kubernetes.io/router.middlewares: soc-slow@kubernetescrd
spec:
  rules:
    - http: {{ paths: [ {{ path: /, backend: {{ service: {{ name: mde }} }} }} ] }}
{SERVICE}"
        );
        assert_eq!(
            routes("a.yaml", &yaml),
            [
                "https://h.example* 100/60+20 each [100]",
                "https://h.example* 100/60+20 each [100]",
            ]
        );
    }

    #[test]
    fn plugins_of_kong() {
        let plugin = "apiVersion: configuration.konghq.com/v1
kind: KongPlugin
metadata: { name: slow, namespace: soc }
plugin: rate-limiting
config: { minute: 200, limit_by: service }
";
        let ingress = "---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: i
  namespace: soc
  annotations: { konghq.com/plugins: 'auth, slow' }
spec:
  rules:
    - http: { paths: [ { backend: { service: { name: mde } } } ] }
";
        assert_eq!(
            routes("a.yaml", &format!("{plugin}{ingress}{SERVICE}")),
            ["https://h.example* 200/60 [200]"]
        );
        let service = SERVICE.replace(
            "namespace: soc }",
            "namespace: soc, annotations: { konghq.com/plugins: slow, konghq.com/path: /api } }",
        );
        assert_eq!(
            routes("a.yaml", &format!("{plugin}{service}")),
            ["https://h.example/api* 200/60 [200]"]
        );
        assert!(routes("a.yaml", &format!("{plugin}{SERVICE}")).is_empty());
        let off = plugin.replace("plugin:", "disabled: true\nplugin:");
        assert!(routes("a.yaml", &format!("{off}{service}")).is_empty());
    }
}
