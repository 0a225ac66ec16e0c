//! JMeter test plans: samplers, the timers that pace them, and the threads that repeat
//! them.

use std::collections::BTreeMap;

use super::values::{address, literal, number};
use crate::facts::code::Amount;
use crate::facts::routes::{ConfigKind, RateLimit, Repeat, RepeatKind, Route};
use crate::parse::tree::Node;
use crate::source::Span;

/// Trees of elements that are nested deeper are not read.
const MAX_NESTING: usize = 40;

/// Reads a test plan.
pub fn read(root: Node<'_>, routes: &mut Vec<Route>) {
    let Some(plan) = root.get("jmeterTestPlan") else {
        return;
    };
    let variables = variables(plan);
    if let Some(tree) = plan.get("hashTree") {
        level(tree, &Around::new(&variables), 0, routes);
    }
}

/// User-defined variables.
fn variables(plan: Node<'_>) -> BTreeMap<&str, &str> {
    plan.descendants()
        .filter(|node| node.key() == "elementProp")
        .filter_map(|node| {
            let name = property(node, "Argument.name")?.value();
            Some((name, property(node, "Argument.value")?.value()))
        })
        .collect()
}

/// A property of an element by its name.
fn property<'t>(element: Node<'t>, name: &str) -> Option<Node<'t>> {
    element.children().find_map(|node| {
        if node.text("@name") == name {
            return Some(node);
        }
        // `<doubleProp><name>throughput</name><value>60.0</value></doubleProp>`.
        (node.text("name") == name)
            .then(|| node.get("value"))
            .flatten()
    })
}

/// What holds for the elements of a tree.
#[derive(Clone)]
struct Around<'t> {
    variables: &'t BTreeMap<&'t str, &'t str>,
    host: &'t str,
    threads: Option<Threads>,
    /// The limit of a timer, and whether it holds for one host alone.
    limits: Vec<(RateLimit, bool)>,
    /// Seconds that each call waits; without a value when it is not known.
    pause: Option<(Amount, Span)>,
    sometimes: bool,
    /// Calls of the group that waits together.
    members: u64,
}

#[derive(Clone, Copy)]
struct Threads {
    number: Amount,
    setting: Span,
    rounds: Option<u64>,
}

impl<'t> Around<'t> {
    fn new(variables: &'t BTreeMap<&'t str, &'t str>) -> Self {
        Self {
            variables,
            host: "",
            threads: None,
            limits: Vec::new(),
            pause: None,
            sometimes: false,
            members: 1,
        }
    }

    /// A value with its variables.
    fn filled(&self, value: &str) -> String {
        let mut text = value.to_owned();
        for (name, value) in self.variables {
            let reference = format!("${{{name}}}");
            if text.contains(&reference) && text.len() < 2000 {
                text = text.replace(&reference, value);
            }
        }
        text
    }
}

/// The elements of a `hashTree`, each with the tree of what belongs to it.
fn elements(tree: Node<'_>) -> Vec<(Node<'_>, Option<Node<'_>>)> {
    let mut found: Vec<(Node<'_>, Option<Node<'_>>)> = Vec::new();
    for node in tree.children().filter(|node| !node.key().starts_with('@')) {
        if node.key() == "hashTree" {
            if let Some((_, inner)) = found.last_mut() {
                *inner = Some(node);
            }
        } else {
            found.push((node, None));
        }
    }
    found.retain(|(element, _)| is_enabled(*element));
    found
}

fn is_enabled(element: Node<'_>) -> bool {
    !element.text("@enabled").eq_ignore_ascii_case("false")
}

fn level<'t>(tree: Node<'t>, around: &Around<'t>, depth: usize, routes: &mut Vec<Route>) {
    if depth > MAX_NESTING {
        return;
    }
    let mut own = around.clone();
    let elements = elements(tree);
    for &(element, _) in &elements {
        settle(element, tree, &mut own);
    }
    for &(element, inner) in &elements {
        match element.key() {
            "HTTPSamplerProxy" | "HTTPSampler" | "HTTPSampler2" => {
                let mut at = own.clone();
                let nested = inner.map(self::elements).unwrap_or_default();
                for (element, _) in nested {
                    settle(element, inner.unwrap_or(tree), &mut at);
                }
                routes.extend(sampler(element, &at));
            }
            key => {
                let Some(inner) = inner else { continue };
                let mut at = own.clone();
                if key.ends_with("ThreadGroup") {
                    at.threads = Some(threads(element));
                    at.members = samplers(inner).max(1);
                }
                at.sometimes |= matches!(
                    key,
                    "IfController"
                        | "SwitchController"
                        | "RandomController"
                        | "OnceOnlyController"
                        | "InterleaveControl"
                        | "ThroughputController"
                );
                // How often is not told by the plan alone.
                if matches!(
                    key,
                    "LoopController" | "WhileController" | "ForeachController"
                ) {
                    at.sometimes = true;
                }
                level(inner, &at, depth + 1, routes);
            }
        }
    }
}

fn samplers(tree: Node<'_>) -> u64 {
    tree.descendants()
        .filter(|node| {
            node.key().starts_with("HTTPSampler")
                && node.get("@testclass").is_some()
                && is_enabled(*node)
        })
        .count() as u64
}

/// What a configuration element or timer means for its neighbours and what they hold.
fn settle<'t>(element: Node<'t>, tree: Node<'t>, own: &mut Around<'t>) {
    let amount = |node: Node<'_>, worth: f64| literal(node.value(), node.span(), worth);
    match element.key() {
        "ConfigTestElement" => {
            if let Some(host) = property(element, "HTTPSampler.domain") {
                own.host = host.value();
            }
        }
        "ConstantThroughputTimer" => {
            let Some(calls) = property(element, "throughput") else {
                return;
            };
            // Each thread by itself, or all of them together.
            let mode = property(element, "calcMode").map_or("0", Node::value);
            let worth = match (mode, own.threads) {
                ("0", Some(threads)) => threads.number.value,
                ("0", None) => None,
                _ => Some(1.0),
            };
            let calls_of = worth.map_or_else(Amount::default, |worth| amount(calls, worth));
            let limit = RateLimit::new(calls_of, Amount::fixed(60.0), calls.span(), calls.span());
            own.limits.push((limit, one_host(tree)));
        }
        "PreciseThroughputTimer" => {
            let Some(calls) = property(element, "throughput") else {
                return;
            };
            let period =
                property(element, "throughputPeriod").map_or(Amount::fixed(3600.0), number);
            let limit = RateLimit::new(number(calls), period, calls.span(), calls.span());
            own.limits.push((limit, one_host(tree)));
        }
        "ConstantTimer" => {
            if let Some(delay) = property(element, "ConstantTimer.delay") {
                let seconds = amount(delay, 0.001);
                own.pause = Some(match own.pause {
                    None => (seconds, delay.span()),
                    // Two timers add up.
                    Some((_, span)) => (Amount::default(), span),
                });
            }
        }
        key if key.ends_with("Timer") => {
            own.pause = Some((Amount::default(), element.key_span()));
        }
        _ => {}
    }
}

/// Whether everything in a tree goes to the same host, by what its samplers say.
fn one_host(tree: Node<'_>) -> bool {
    let mut hosts: Vec<&str> = tree
        .descendants()
        .filter(|node| node.text("@name") == "HTTPSampler.domain")
        .map(Node::value)
        .filter(|host| !host.is_empty())
        .collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts.len() <= 1
}

fn threads(group: Node<'_>) -> Threads {
    let number = property(group, "ThreadGroup.num_threads");
    let controller = group
        .children()
        .find(|node| node.text("@name") == "ThreadGroup.main_controller");
    let loops = controller.and_then(|controller| property(controller, "LoopController.loops"));
    let whole = |node: Node<'_>| node.value().trim().parse::<u64>().ok();
    let rounds = loops.and_then(whole).zip(number.and_then(whole));
    Threads {
        number: number.map_or_else(Amount::default, self::number),
        setting: number.map_or(group.key_span(), Node::span),
        rounds: rounds.map(|(rounds, threads)| rounds.saturating_mul(threads)),
    }
}

fn sampler(element: Node<'_>, around: &Around<'_>) -> Option<Route> {
    let text = |name: &str| {
        property(element, name).map_or_else(String::new, |node| around.filled(node.value()))
    };
    let path = text("HTTPSampler.path");
    let domain = property(element, "HTTPSampler.domain").filter(|node| !node.value().is_empty());
    let host = domain.map_or_else(
        || around.filled(around.host),
        |node| around.filled(node.value()),
    );
    let span = domain
        .or_else(|| property(element, "HTTPSampler.path"))
        .map_or(element.key_span(), Node::span);
    let whole = if path.contains("://") {
        path
    } else {
        let protocol = match text("HTTPSampler.protocol") {
            empty if empty.is_empty() => "https".to_owned(),
            protocol => protocol,
        };
        format!("{protocol}://{host}/{}", path.trim_start_matches('/'))
    };
    let mut route = Route::new(ConfigKind::JMeter, address(&whole, span)?, span);
    let method = text("HTTPSampler.method").to_ascii_uppercase();
    route.method = Some(method).filter(|method| !method.is_empty());
    // Where a timer paces several hosts, how much of it goes to each is not known.
    route.sometimes = around.sometimes || around.limits.iter().any(|(_, alone)| !alone);
    route.limits = around
        .limits
        .iter()
        .map(|(limit, _)| limit.clone())
        .collect();
    if let Some(threads) = around.threads.filter(|_| around.limits.is_empty()) {
        let pause = around.pause.map(|(pause, _)| pause);
        let seconds = pause.map(|pause| pause.times(around.members as f64));
        route.repeat = Some(Repeat {
            kind: RepeatKind::Users,
            span: threads.setting,
            calls: 1,
            width: threads.number,
            seconds,
            rounds: threads.rounds,
            setting: around.pause.map_or(threads.setting, |(_, span)| span),
        });
    }
    Some(route)
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    fn plan(inner: &str) -> String {
        format!(
            r#"<?xml version="1.0"?><jmeterTestPlan><hashTree><TestPlan/><hashTree>
<ThreadGroup testclass="ThreadGroup"><elementProp name="ThreadGroup.main_controller"><stringProp name="LoopController.loops">-1</stringProp></elementProp><stringProp name="ThreadGroup.num_threads">10</stringProp></ThreadGroup>
<hashTree>
<Arguments><collectionProp name="Arguments.arguments"><elementProp name="host"><stringProp name="Argument.name">host</stringProp><stringProp name="Argument.value">h.example</stringProp></elementProp></collectionProp></Arguments><hashTree/>
<HTTPSamplerProxy testclass="HTTPSamplerProxy"><stringProp name="HTTPSampler.domain">${{host}}</stringProp><stringProp name="HTTPSampler.path">/api/alerts</stringProp><stringProp name="HTTPSampler.method">GET</stringProp></HTTPSamplerProxy><hashTree/>
{inner}
</hashTree></hashTree></hashTree></jmeterTestPlan>"#
        )
    }

    #[test]
    fn timers_and_threads() {
        for (timer, expected) in [
            (
                "<ConstantThroughputTimer><intProp name=\"calcMode\">2</intProp><doubleProp><name>throughput</name><value>600.0</value></doubleProp></ConstantThroughputTimer>",
                "GET https://h.example/api/alerts 600/60 [600.0]",
            ),
            (
                "<ConstantThroughputTimer><stringProp name=\"throughput\">60</stringProp></ConstantThroughputTimer>",
                "GET https://h.example/api/alerts 600/60 [60]",
            ),
            (
                "<ConstantThroughputTimer enabled=\"false\"><stringProp name=\"throughput\">60</stringProp></ConstantThroughputTimer>",
                "GET https://h.example/api/alerts Users 10×1 every - most -",
            ),
            (
                "<ConstantTimer><stringProp name=\"ConstantTimer.delay\">300</stringProp></ConstantTimer>",
                "GET https://h.example/api/alerts Users 10×1 every 0.3 most -",
            ),
            (
                "<UniformRandomTimer/>",
                "GET https://h.example/api/alerts Users 10×1 every ? most -",
            ),
        ] {
            assert_eq!(routes("plan.jmx", &plan(timer)), [expected], "{timer}");
        }
    }
}
