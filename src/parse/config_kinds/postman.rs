//! Postman: the requests of a collection with a script that waits before each of them,
//! and runs that were saved with their delay.

use super::values::{address_of, literal};
use crate::facts::Language;
use crate::facts::code::Amount;
use crate::facts::routes::{ConfigKind, Repeat, RepeatKind, Route};
use crate::parse::code::embedded::{self, Script, Style};
use crate::parse::tree::Node;
use crate::source::{Source, Span};

/// Reads a collection or a run.
pub fn read(source: &Source, root: Node<'_>, routes: &mut Vec<Route>) {
    if root
        .at(&["info", "schema"])
        .is_some_and(|schema| schema.value().contains("getpostman.com"))
        || root.at(&["info", "_postman_id"]).is_some()
    {
        collection(source, root, routes);
    } else if let (Some(results), Some(delay)) = (root.get("results"), root.get("delay")) {
        run(root, results, delay, routes);
    }
}

fn collection(source: &Source, root: Node<'_>, routes: &mut Vec<Route>) {
    let pause = pause(source, root);
    let requests: Vec<Node<'_>> = root
        .descendants()
        .filter(|node| node.key() == "request" && node.get("url").is_some())
        .collect();
    let number = requests.len();
    for request in requests {
        let Some(url) = request.get("url") else {
            continue;
        };
        let raw = url.get("raw").unwrap_or(url);
        let Some(address) = address_of(raw) else {
            continue;
        };
        let mut route = Route::new(ConfigKind::Postman, address, raw.span());
        route.method =
            Some(request.text("method").to_ascii_uppercase()).filter(|method| !method.is_empty());
        // One after the other, once through the collection.
        route.repeat = pause.map(|(seconds, span)| repeat(seconds, number, span, span));
        routes.push(route);
    }
}

/// Requests that are sent one after the other with a pause before each.
fn repeat(pause: Amount, requests: usize, span: Span, setting: Span) -> Repeat {
    Repeat {
        kind: RepeatKind::ForEach,
        span,
        calls: 1,
        width: Amount::fixed(1.0),
        seconds: Some(pause.times(requests as f64)),
        rounds: Some(1),
        setting,
    }
}

/// The wait of the script that runs before each request of the collection.
fn pause(source: &Source, root: Node<'_>) -> Option<(Amount, Span)> {
    let before = root
        .get("event")?
        .children()
        .find(|event| event.text("listen") == "prerequest")?;
    let lines = before.at(&["script", "exec"])?;
    let lines: Vec<_> = if lines.is_empty() {
        vec![lines]
    } else {
        lines.children().collect()
    };
    let script = Script {
        language: Language::JavaScript,
        pieces: lines
            .iter()
            .map(|line| (line.span().range(), Style::Escaped))
            .collect(),
        words: false,
    };
    let facts = embedded::facts_of(source, &[script], Language::JavaScript);
    let [only] = facts.code.sleeps.as_slice() else {
        return None;
    };
    only.seconds.value?;
    Some((only.seconds, only.span))
}

fn run(root: Node<'_>, results: Node<'_>, delay: Node<'_>, routes: &mut Vec<Route>) {
    // A record of what was run once, not of what will be.
    let seconds = Amount {
        certain: false,
        ..literal(delay.value(), delay.span(), 0.001)
    };
    if seconds.value.is_none_or(|seconds| seconds <= 0.0) {
        return;
    }
    let times = root.text("count").trim().parse::<u64>().unwrap_or(1);
    for result in results.children() {
        let Some(url) = result.get("url") else {
            continue;
        };
        let Some(address) = address_of(url) else {
            continue;
        };
        let mut route = Route::new(ConfigKind::Postman, address, url.span());
        let mut own = repeat(
            seconds,
            results.children().count(),
            delay.span(),
            delay.setting(),
        );
        own.rounds = Some(times.max(1));
        route.repeat = Some(own);
        routes.push(route);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::routes;

    #[test]
    fn collections_that_wait_and_runs() {
        let collection = r#"{"info": {"schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
 "item": [{"name": "f", "item": [{"request": {"method": "GET", "url": {"raw": "https://h.example/{{v}}/x"}}}]},
  {"request": {"url": "https://h.example/y"}}],
 "event": [{"listen": "prerequest", "script": {"exec": ["// wait \"so\"", "setTimeout(() => {}, 250);"]}}]}"#;
        assert_eq!(
            routes("c.json", collection),
            [
                "GET https://h.example/{}/x ForEach 1×1 every 0.5 most 1",
                "https://h.example/y ForEach 1×1 every 0.5 most 1",
            ]
        );
        let run = r#"{"delay": 100, "count": 30, "results": [{"url": "https://h.example/z"}]}"#;
        assert_eq!(
            routes("r.json", run),
            ["https://h.example/z ForEach 1×1 every 0.1 most 30"]
        );
    }
}
