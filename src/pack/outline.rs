//! Where keys and values stand in a pack's YAML, and whether it is safe to read.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser};

use crate::parse::yaml::{Cursor, content};

/// Most values in one file, aliases written out: a few kilobytes of aliases of
/// aliases stand for billions.
const MAX_VALUES: u64 = 200_000;

/// Deepest nesting.
const MAX_DEPTH: usize = 64;

/// A key and its value, or an item of a sequence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Node {
    /// The key; `None` for an item.
    pub key: Option<Range<usize>>,
    /// The value; of a mapping or a sequence what stands on its first line.
    pub value: Range<usize>,
    /// The value is a scalar or an alias.
    pub scalar: bool,
}

/// Why a text must not be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

/// Refuses text that stands for more than can be held: aliases of aliases, endless
/// nesting.
pub(super) fn guard(text: &str) -> Result<(), Fault> {
    // YAML 1.1 ends a line at these and YAML 1.2 does not: what is a comment to one
    // reader would be an alias to the other.
    if let Some((at, _)) = text
        .char_indices()
        .find(|(_, c)| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}'))
    {
        return Err(Fault {
            at,
            message: "a line separator that not every reader takes for one; write it as an escape"
                .to_owned(),
        });
    }
    let mut cursor = Cursor::default();
    // Values within each open collection, and its anchor.
    let mut open: Vec<(u64, usize)> = vec![(0, 0)];
    let mut sizes: HashMap<usize, u64> = HashMap::new();
    let mut last_alias = None;
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| Fault {
            at: cursor.byte(text, error.marker().index()),
            message: format!("not YAML: {}", error.info()),
        })?;
        let start = cursor.byte(text, span.start.index());
        let fault = |at, message: String| Err(Fault { at, message });
        let size = match event {
            Event::Scalar(_, _, anchor, _) => {
                if anchor != 0 {
                    sizes.insert(anchor, 1);
                }
                1
            }
            Event::Alias(anchor) => {
                last_alias = Some(start);
                let Some(size) = sizes.get(&anchor) else {
                    let message = "an alias stands inside the value that it repeats";
                    return fault(start, message.to_owned());
                };
                *size
            }
            Event::SequenceStart(anchor, _) | Event::MappingStart(anchor, _) => {
                open.push((1, anchor));
                if open.len() > MAX_DEPTH {
                    return fault(start, format!("nested deeper than {MAX_DEPTH} levels"));
                }
                0
            }
            Event::SequenceEnd | Event::MappingEnd if open.len() > 1 => {
                let (size, anchor) = open.pop().unwrap_or_default();
                if anchor != 0 {
                    sizes.insert(anchor, size);
                }
                size
            }
            _ => 0,
        };
        if let Some((total, _)) = open.last_mut() {
            *total = total.saturating_add(size);
            if *total > MAX_VALUES {
                let aliases = last_alias.map_or("", |_| " once its aliases are written out");
                return fault(
                    last_alias.unwrap_or(start),
                    format!("holds more than {MAX_VALUES} values{aliases}"),
                );
            }
        }
    }
    Ok(())
}

/// The node at a key path such as `3.with.limit`, or the nearest above it that is
/// there. The second value says whether it is the node itself.
pub(super) fn locate(text: &str, path: &str) -> Option<(Node, bool)> {
    let mut best: Option<(usize, Node)> = None;
    walk(text, &mut |found, node| {
        let above = path
            .strip_prefix(found)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        if above
            && best
                .as_ref()
                .is_none_or(|(length, _)| found.len() > *length)
        {
            best = Some((found.len(), node));
        }
        found != path
    });
    best.map(|(length, node)| (node, length == path.len()))
}

/// The key or the scalar that starts at a byte.
pub(super) fn scalar_at(text: &str, at: usize) -> Option<Range<usize>> {
    let mut found = None;
    walk(text, &mut |_, node| {
        let value = Some(node.value).filter(|_| node.scalar);
        found = node
            .key
            .into_iter()
            .chain(value)
            .find(|range| range.start == at && !range.is_empty());
        found.is_none()
    });
    found
}

/// The second `key` of the mapping that starts at a byte.
pub(super) fn second(text: &str, at: usize, key: &str) -> Option<Range<usize>> {
    let (mut mapping, mut seen, mut found) = (None, 0, None);
    walk(text, &mut |path, node| {
        match &mapping {
            None if !node.scalar && node.value.start == at => mapping = Some(path.to_owned()),
            Some(above) => {
                let name = path.strip_prefix(above.as_str());
                if name.is_some_and(|name| name.strip_prefix('.').unwrap_or(name) == key) {
                    seen += 1;
                    found = node.key.filter(|_| seen == 2);
                }
            }
            None => {}
        }
        found.is_none()
    });
    found
}

/// An open collection and the length of its own path.
enum Level {
    Mapping {
        base: usize,
        key: Option<Range<usize>>,
    },
    Sequence {
        base: usize,
        next: usize,
    },
    /// A collection used as a key: nothing in it has a path.
    Key,
}

/// Visits nodes in the order of the text until `visit` returns `false` or the text
/// is no longer YAML.
fn walk(text: &str, visit: &mut dyn FnMut(&str, Node) -> bool) {
    let mut cursor = Cursor::default();
    let mut path = String::new();
    let mut stack: Vec<Level> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        let start = cursor.byte(text, span.start.index());
        let end = cursor.byte(text, span.end.index()).max(start);
        let (opens, range, name) = match &event {
            Event::Scalar(value, style, ..) => (
                None,
                content(text, start..end, *style),
                Some(value.as_ref()),
            ),
            Event::Alias(_) => (None, start..end, None),
            Event::MappingStart(..) => (
                Some(Level::Mapping { base: 0, key: None }),
                first_line(text, start),
                None,
            ),
            Event::SequenceStart(..) => (
                Some(Level::Sequence { base: 0, next: 0 }),
                first_line(text, start),
                None,
            ),
            Event::MappingEnd | Event::SequenceEnd => {
                if matches!(stack.pop(), Some(Level::Key)) {
                    if let Some(Level::Mapping { key, .. }) = stack.last_mut() {
                        *key = Some(start..start);
                    }
                } else if let Some(Level::Mapping { key, .. }) = stack.last_mut() {
                    *key = None;
                }
                continue;
            }
            Event::DocumentEnd => return,
            _ => continue,
        };
        let key = match stack.last_mut() {
            Some(Level::Mapping {
                base,
                key: key @ None,
            }) => {
                path.truncate(*base);
                if opens.is_some() {
                    stack.push(Level::Key);
                } else {
                    push(&mut path, name.unwrap_or_default());
                    *key = Some(range);
                }
                continue;
            }
            Some(Level::Mapping { key, .. }) if opens.is_none() => key.take(),
            Some(Level::Mapping { key, .. }) => key.clone(),
            Some(Level::Sequence { base, next }) => {
                path.truncate(*base);
                push(&mut path, &next.to_string());
                *next += 1;
                None
            }
            Some(Level::Key) => {
                if opens.is_some() {
                    stack.push(Level::Key);
                }
                continue;
            }
            None => None,
        };
        let node = Node {
            key,
            value: range,
            scalar: opens.is_none(),
        };
        if !visit(&path, node) || stack.len() > MAX_DEPTH {
            return;
        }
        let length = path.len();
        stack.extend(opens.map(|level| match level {
            Level::Mapping { key, .. } => Level::Mapping { base: length, key },
            Level::Sequence { next, .. } => Level::Sequence { base: length, next },
            Level::Key => Level::Key,
        }));
    }
}

fn push(path: &mut String, step: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(step);
}

/// What stands of a collection on its first line.
fn first_line(text: &str, start: usize) -> Range<usize> {
    let line = text[start..].lines().next().unwrap_or_default();
    let mut open = 0;
    for (index, c) in line.char_indices() {
        match c {
            '[' | '{' => open += 1,
            ']' | '}' => open -= 1,
            _ => {}
        }
        // One in block style has no bracket to close.
        if open == 0 {
            if index == 0 {
                break;
            }
            return start..start + index + 1;
        }
    }
    start..start + line.trim_end().len()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    const TEXT: &str = "é: 1\nlist:\n- id: a\n  with: {x: [1, \"deux\"]}\n- id: b\n  ms.author: &n me\n  too: *n\n? [k, {l: m}]\n: v\nend: |\n  one\n  two\n";

    fn value(path: &str) -> &'static str {
        &TEXT[locate(TEXT, path).unwrap().0.value]
    }

    #[test]
    fn a_path_leads_to_its_value() {
        assert_eq!(value("é"), "1");
        assert_eq!(value("list.0.with.x.1"), "deux");
        assert_eq!(value("list.1.ms.author"), "me");
        assert_eq!(value("list.1.too"), "*n");
        assert_eq!(value("end"), "one\n  two");
        assert_eq!(value("list.0.with"), "{x: [1, \"deux\"]}");
        assert_eq!(value("list.1"), "id: b");
    }

    #[test]
    fn what_is_missing_leads_to_what_is_above() {
        assert_eq!(value("list.1.with.limit"), "id: b");
        let (node, exact) = locate(TEXT, "list.0.with.limit").unwrap();
        assert!(!exact);
        assert_eq!(&TEXT[node.key.unwrap()], "with");
        assert_eq!(locate("", "a"), None);
    }

    #[test]
    fn aliases_count_for_what_they_repeat() {
        let mut bomb = "a0: &a0 [x, x]\n".to_owned();
        for level in 1..60 {
            let below = level - 1;
            writeln!(bomb, "a{level}: &a{level} [*a{below}, *a{below}]").unwrap();
        }
        let fault = guard(&bomb).unwrap_err();
        assert!(fault.message.contains("aliases"), "{}", fault.message);
        assert!(bomb[fault.at..].starts_with('*'));
        assert!(guard("a: &a [1, *a]").is_err());
        assert!(guard("a: &a [1]\nb: [*a, *a]").is_ok());
    }

    #[test]
    fn endless_text_is_refused_before_it_is_held() {
        for piece in [
            "[", "{", "{a: ", "- ", "? ", "- a\n", "a: b\n", "---\n", "*a ", "\u{2028}",
        ] {
            assert!(guard(&piece.repeat(300_000)).is_err(), "{piece:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_has_an_outline(text in "[-a:é|>\"'\\[\\]{}&*?#%!@` \n\t\r,~\u{a0}\u{feff}]{0,60}") {
            let _ = guard(&text);
            walk(&text, &mut |_, node| {
                for range in node.key.into_iter().chain([node.value]) {
                    assert!(text.get(range).is_some());
                }
                true
            });
        }
    }
}
