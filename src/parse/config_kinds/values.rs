//! Numbers, lengths of time and addresses as configuration writes them.

use crate::facts::code::{Amount, Part, Text};
use crate::parse::tree::Node;
use crate::source::Span;

/// A literal, each unit of it worth so much.
pub fn literal(text: &str, span: Span, worth: f64) -> Amount {
    match text.trim().parse::<f64>() {
        Ok(value) if value.is_finite() && value >= 0.0 => Amount {
            value: Some(value * worth),
            literal: Some((span, worth)),
            parameter: None,
            certain: true,
        },
        _ => Amount::default(),
    }
}

/// The number that a node is.
pub fn number(node: Node<'_>) -> Amount {
    literal(node.value(), node.span(), 1.0)
}

/// A number and what its unit is worth in seconds: `60s`, `1m`, `500ms`; seconds
/// without one.
pub fn duration(node: Node<'_>) -> Amount {
    let text = node.value().trim();
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let worth = match text[digits..].trim() {
        "ms" => 0.001,
        "" | "s" | "sec" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        "d" => 86_400.0,
        _ => return Amount::default(),
    };
    let mut span = node.span();
    span.end = span.start + digits as u32;
    literal(&text[..digits], span, worth)
}

/// The seconds of a named unit: `Minute`, `minutes`, `hour`.
pub fn unit(name: &str) -> Option<f64> {
    let name = name.trim().to_ascii_lowercase();
    Some(match name.strip_suffix('s').unwrap_or(&name) {
        "second" | "sec" => 1.0,
        "minute" | "min" => 60.0,
        "hour" | "hr" => 3600.0,
        "day" => 86_400.0,
        "week" => 604_800.0,
        "month" => 2_592_000.0,
        _ => return None,
    })
}

/// The address that a node is, see [`address`].
pub fn address_of(node: Node<'_>) -> Option<Text> {
    address(node.value(), node.span())
}

/// An address: a text with variables in it, or an expression that starts with one.
pub fn address(text: &str, span: Span) -> Option<Text> {
    let trimmed = text.trim();
    if is_absolute(trimmed) {
        return Some(template(trimmed, span, true));
    }
    // `@concat('https://…', …)`, `@($"https://…")`, `[format('https://…', …)]`.
    let starts = || {
        ["'http", "\"http"]
            .into_iter()
            .flat_map(|mark| trimmed.match_indices(mark))
            .map(|(at, _)| at)
    };
    let at = starts().min()?;
    let quote = &trimmed[at..=at];
    let rest = &trimmed[at + 1..];
    let end = rest.find(quote)?;
    if !is_absolute(&rest[..end]) {
        return None;
    }
    let mut found = template(&rest[..end], span, starts().count() == 1);
    if rest[end + 1..].chars().any(char::is_alphanumeric) {
        found.parts.push(Part::Hole);
    }
    Some(found)
}

fn is_absolute(text: &str) -> bool {
    ["https://", "http://"].into_iter().any(|scheme| {
        text.get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme))
    })
}

/// A text with variables in one of the usual ways, each of them a hole.
fn template(text: &str, span: Span, certain: bool) -> Text {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut known = String::new();
    while let Some(at) = rest.find(['{', '$', '<', '@', '#']) {
        known.push_str(&rest[..at]);
        rest = &rest[at..];
        let open = ["@{", "${", "#{", "{{", "{", "<"]
            .into_iter()
            .find(|mark| rest.starts_with(mark));
        let name = rest[1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len() - 1);
        let length = match open {
            Some(open) => closing(rest, open),
            // `$name` of shells and servers.
            None if rest.starts_with('$') && name > 0 => name + 1,
            None => 0,
        };
        if length == 0 {
            known.push_str(&rest[..1]);
            rest = &rest[1..];
            continue;
        }
        if !known.is_empty() {
            parts.push(Part::Literal(std::mem::take(&mut known)));
        }
        parts.push(Part::Hole);
        rest = &rest[length..];
    }
    known.push_str(rest);
    if !known.is_empty() {
        parts.push(Part::Literal(known));
    }
    Text {
        parts,
        origin: Some(span),
        certain,
    }
}

/// How long the variable is that a text starts with.
fn closing(text: &str, open: &str) -> usize {
    let (up, down) = if open == "<" { ('<', '>') } else { ('{', '}') };
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        if c == up {
            depth += 1;
        } else if c == down {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at + 1;
            }
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn addresses_in_every_dress() {
        for (text, shown) in [
            ("https://h.example/a", Some("https://h.example/a")),
            ("HTTPS://h/${x}/b?c", Some("HTTPS://h/{}/b?c")),
            ("https://h/@{items('x')?['id']}/y", Some("https://h/{}/y")),
            ("https://{{host}}/api", Some("https://{}/api")),
            ("https://h$request_uri", Some("https://h{}")),
            (
                "@concat('https://h/', variables('x'))",
                Some("https://h/{}"),
            ),
            ("@($\"https://h/{id}\")", Some("https://h/{}")),
            ("[concat('https://h')]", Some("https://h")),
            ("@{variables('uri')}", None),
            ("http", None),
            ("'https", None),
            ("é", None),
            ("", None),
        ] {
            let found = address(text, Span::new(FileId(0), 0..0));
            assert_eq!(found.map(|text| text.shown()).as_deref(), shown, "{text}");
        }
        let either = "@if(x, 'https://a', 'https://b')";
        let found = address(either, Span::new(FileId(0), 0..0)).expect("an address");
        assert!(!found.certain);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(https://|'https://)?[{}$<>@#é'\"a/]{0,30}") {
            let _ = address(&text, Span::new(FileId(0), 0..0));
        }
    }
}
