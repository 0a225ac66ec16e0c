//! What the tests of every kind share.

use std::fmt::Write as _;

use crate::facts::routes::{LimitScope, Repeat, Retry, Route};
use crate::facts::{FileKind, Zone};
use crate::parse::{kind, parse_to};
use crate::source::{FileId, Source};

fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "?".to_owned(), |value| value.to_string())
}

fn repeat(repeat: &Repeat) -> String {
    format!(
        " {:?} {}×{} every {} most {}",
        repeat.kind,
        shown(repeat.width.value),
        repeat.calls,
        repeat
            .seconds
            .map_or_else(|| "-".to_owned(), |seconds| shown(seconds.value)),
        repeat
            .rounds
            .map_or_else(|| "-".to_owned(), |rounds| rounds.to_string()),
    )
}

fn line(source: &Source, route: &Route) -> String {
    let mut out = format!(
        "{}{}{}",
        route
            .method
            .as_deref()
            .map_or_else(String::new, |method| format!("{method} ")),
        route.address.shown(),
        if route.forwards { "*" } else { "" },
    );
    if route.sometimes {
        out.push_str(" sometimes");
    }
    for limit in &route.limits {
        let _ = write!(
            out,
            " {}/{}",
            shown(limit.calls.value),
            shown(limit.seconds.value)
        );
        if let Some(burst) = limit.burst {
            let _ = write!(out, "+{}", shown(burst.value));
        }
        if limit.scope == LimitScope::EachCaller {
            out.push_str(" each");
        }
        let _ = write!(out, " [{}]", source.slice(limit.span));
        assert!(source.text.get(limit.setting.range()).is_some());
    }
    if let Some(own) = &route.repeat {
        out.push_str(&repeat(own));
    }
    match route.retry {
        Retry::Unknown => {}
        Retry::Off(_) => out.push_str(" no retry"),
        Retry::Default => out.push_str(" default retry"),
        Retry::Policy(_) => out.push_str(" retries"),
    }
    out
}

/// The requests of a file's scripts, a line each.
pub fn calls(path: &str, text: &str) -> Vec<String> {
    let source = Source::from_text(FileId(0), path, text);
    let facts = parse_to(&source, kind::kind(path), Zone::Project, true);
    let requests = facts.code.calls.iter().filter(|call| call.request);
    requests
        .map(|call| {
            let address = call
                .url
                .as_ref()
                .map_or_else(String::new, crate::facts::code::Text::shown);
            match &call.method {
                Some(method) if method != "GET" => format!("{method} {address}"),
                _ => address,
            }
        })
        .collect()
}

/// The routes of a file, a line each.
pub fn routes(path: &str, text: &str) -> Vec<String> {
    let source = Source::from_text(FileId(0), path, text);
    let kind = kind::kind(path);
    assert_ne!(kind, FileKind::Other);
    let facts = parse_to(&source, kind, Zone::Project, true);
    facts
        .routes
        .iter()
        .map(|route| line(&source, route))
        .collect()
}
