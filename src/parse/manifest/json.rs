//! JSON as a flat list of entries, by tree-sitter, which survives damage and depth.

use std::ops::{ControlFlow, Range};

use tree_sitter::{Node, ParseOptions, ParseState, Parser, TreeCursor};

use super::flat::{Flat, MAX_DEPTH};
use crate::facts::Problem;
use crate::source::Source;

/// Steps of the parser after which it asks whether to go on.
const STEPS: u64 = 100;

/// Reads JSON, comments allowed.
pub fn read(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let mut parser = Parser::new();
    let tree = match parser.set_language(&tree_sitter_json::LANGUAGE.into()) {
        Ok(()) => {
            let bytes = source.text.as_bytes();
            let mut steps = |_: &ParseState| {
                if source.budget.spend(STEPS) {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            };
            parser.parse_with_options(
                &mut |at, _| bytes.get(at..).unwrap_or_default(),
                None,
                Some(ParseOptions::new().progress_callback(&mut steps)),
            )
        }
        Err(_) => None,
    };
    let Some(tree) = tree else {
        return flat;
    };
    walk(source, &mut tree.walk(), &mut flat);
    flat
}

/// One open node: what leads to it, and how many items it holds so far. Kept here
/// because asking a node for its parent walks down from the root.
struct Level {
    step: Step,
    array: bool,
    items: usize,
}

/// The key or item number that leads to a node.
enum Step {
    Key(String, Range<usize>),
    Item(usize),
    /// A node that adds nothing to the path.
    None,
}

fn walk(source: &Source, cursor: &mut TreeCursor<'_>, flat: &mut Flat) {
    // The tree is never walked by recursion.
    let mut path: Vec<Level> = Vec::new();
    loop {
        let node = cursor.node();
        if !source.budget.spend(1) {
            return;
        }
        if node.is_error() || node.is_missing() {
            damaged(source, node, flat);
        }
        let mut enter =
            node.is_error() || matches!(node.kind(), "object" | "array" | "document" | "pair");
        if enter && path.len() >= MAX_DEPTH * 2 {
            flat.problem(Problem {
                span: Some(source.span(node.start_byte()..node.start_byte())),
                message: "nested too deeply to be read".to_owned(),
            });
            enter = false;
        }
        let step = step(source, node, path.last_mut());
        let scalar = matches!(node.kind(), "string" | "number" | "true" | "false" | "null");
        if scalar && cursor.field_name() != Some("key") {
            entry(source, node, &path, &step, flat);
        }
        if enter && cursor.goto_first_child() {
            path.push(Level {
                step,
                array: node.kind() == "array",
                items: 0,
            });
            continue;
        }
        while !cursor.goto_next_sibling() {
            path.pop();
            if !cursor.goto_parent() {
                return;
            }
        }
    }
}

fn damaged(source: &Source, node: Node<'_>, flat: &mut Flat) {
    flat.problem(Problem {
        span: Some(source.span(node.start_byte()..node.start_byte())),
        message: "not valid JSON".to_owned(),
    });
}

/// What `node` adds to the path; counts the items of an array.
fn step(source: &Source, node: Node<'_>, parent: Option<&mut Level>) -> Step {
    match parent {
        Some(parent) if parent.array && node.is_named() && node.kind() != "comment" => {
            parent.items += 1;
            Step::Item(parent.items - 1)
        }
        _ if node.kind() == "pair" => node.child_by_field_name("key").map_or(Step::None, |key| {
            Step::Key(text(source, key), inner(source, key))
        }),
        _ => Step::None,
    }
}

fn entry(source: &Source, node: Node<'_>, path: &[Level], last: &Step, flat: &mut Flat) {
    let mut key = String::new();
    let mut key_range = node.start_byte()..node.start_byte();
    for step in path.iter().map(|level| &level.step).chain([last]) {
        match step {
            Step::Key(name, range) => {
                Flat::join(&mut key, name);
                key_range = range.clone();
            }
            Step::Item(number) => Flat::join(&mut key, &number.to_string()),
            Step::None => {}
        }
    }
    flat.push(
        source,
        key,
        text(source, node),
        key_range,
        inner(source, node),
    );
}

/// A scalar's bytes without quotes.
fn inner(source: &Source, node: Node<'_>) -> Range<usize> {
    let range = node.byte_range();
    let raw = source.text.get(range.clone()).unwrap_or("");
    if raw.len() >= 2 && raw.starts_with('"') && raw.ends_with('"') {
        range.start + 1..range.end - 1
    } else {
        range
    }
}

fn text(source: &Source, node: Node<'_>) -> String {
    let raw = source.text.get(node.byte_range()).unwrap_or("");
    if raw.contains('\\')
        && let Ok(value) = serde_json::from_str::<String>(raw)
    {
        return value;
    }
    source
        .text
        .get(inner(source, node))
        .unwrap_or("")
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::flat::testing::{entry, list};
    use super::*;
    use crate::source::FileId;

    fn flat(text: &str) -> Flat {
        read(&Source::from_text(FileId(0), "package.json", text))
    }

    #[test]
    fn paths_and_spans() {
        let text = r#"{"name": "é\"x", // c
 "a": {"b": [1, {"c": true}, [null, "d"]], "e": ""}, "z": "last"}"#;
        assert_eq!(
            list(&flat(text), text),
            [
                entry("name", "é\"x", "é\\\"x"),
                entry("a.b.0", "1", "1"),
                entry("a.b.1.c", "true", "true"),
                entry("a.b.2.0", "null", "null"),
                entry("a.b.2.1", "d", "d"),
                entry("a.e", "", ""),
                entry("z", "last", "last"),
            ]
        );
        assert!(flat(text).problem.is_none());
    }

    #[test]
    fn damage_is_said_and_the_rest_read() {
        let text = r#"{"name": "a", "b" 1, "license": "MIT"}"#;
        let read = flat(text);
        assert!(read.problem.is_some());
        assert_eq!(
            read.get("name").map(|entry| entry.value.as_str()),
            Some("a")
        );
        assert!(flat(r#"{"name": "a""#).problem.is_some());
    }

    #[test]
    fn depth_is_bounded() {
        for text in [
            format!("{}{}", "[".repeat(10_000), "]".repeat(10_000)),
            "{\"a\":".repeat(10_000),
            "[".repeat(100_000),
        ] {
            assert!(flat(&text).problem.is_some());
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[\\[\\]{}\",:a\\\\ué1/* \n]{0,60}") {
            let _ = flat(&text);
        }
    }
}
