//! TOML as a flat list of entries, by toml_edit, which keeps spans.

use std::ops::Range;

use toml_edit::{ArrayOfTables, Document, Item, Key, Table, TableLike, Value};

use super::flat::{Flat, MAX_DEPTH};
use crate::facts::Problem;
use crate::parse::yaml::ENTRY;
use crate::source::Source;

/// Reads TOML.
pub fn read(source: &Source) -> Flat {
    let mut flat = Flat::default();
    match Document::parse(source.text.as_str()) {
        Ok(document) => table(source, document.as_table(), &mut flat),
        Err(error) => {
            let at = error.span().map_or(0, |range| range.start);
            let at = at.min(source.text.len());
            flat.problem(Problem {
                span: source
                    .text
                    .is_char_boundary(at)
                    .then(|| source.span(at..at)),
                message: format!("not valid TOML: {}", error.message()),
            });
        }
    }
    flat
}

/// What is still to be read.
enum Open<'a> {
    Item(&'a Item),
    Value(&'a Value),
    Table(&'a dyn TableLike),
    Tables(&'a ArrayOfTables),
}

fn table(source: &Source, root: &Table, flat: &mut Flat) {
    let mut stack = vec![(String::new(), 0..0, 0, Open::Table(root))];
    while let Some((path, key, depth, open)) = stack.pop() {
        if depth > MAX_DEPTH {
            flat.problem(Problem {
                span: Some(source.span(key.start..key.start)),
                message: "nested too deeply to be read".to_owned(),
            });
            continue;
        }
        let child = |name: &str| {
            let mut path = path.clone();
            Flat::join(&mut path, name);
            path
        };
        let fits = |child: &str| source.budget.hold(path.len() + child.len() + ENTRY);
        let at = stack.len();
        match open {
            Open::Item(Item::Value(value)) => stack.push((path, key, depth, Open::Value(value))),
            Open::Item(Item::Table(inner)) => stack.push((path, key, depth, Open::Table(inner))),
            Open::Item(Item::ArrayOfTables(inner)) => {
                stack.push((path, key, depth, Open::Tables(inner)));
            }
            Open::Item(Item::None) => {}
            Open::Value(Value::InlineTable(inner)) => {
                stack.push((path, key, depth, Open::Table(inner)));
            }
            Open::Value(Value::Array(array)) => {
                for (number, value) in array.iter().enumerate() {
                    if !fits("") {
                        return;
                    }
                    let path = child(&number.to_string());
                    stack.push((path, key.clone(), depth + 1, Open::Value(value)));
                }
            }
            Open::Value(value) => scalar(source, path, key, value, flat),
            Open::Table(inner) => {
                for (name, item) in inner.iter() {
                    if !fits(name) {
                        return;
                    }
                    let key = inner.key(name).and_then(Key::span).unwrap_or(0..0);
                    stack.push((child(name), key, depth + 1, Open::Item(item)));
                }
            }
            Open::Tables(tables) => {
                for (number, inner) in tables.iter().enumerate() {
                    if !fits("") {
                        return;
                    }
                    let path = child(&number.to_string());
                    stack.push((path, key.clone(), depth + 1, Open::Table(inner)));
                }
            }
        }
        // Last in, first out: keep the order of the text.
        stack[at..].reverse();
    }
    flat.entries.sort_by_key(|entry| entry.value_span.start);
}

fn scalar(source: &Source, path: String, key: Range<usize>, value: &Value, flat: &mut Flat) {
    let Some(range) = value.span() else { return };
    let raw = source.text.get(range.clone()).unwrap_or("");
    let range = range.start + opening(raw)..range.end - closing(raw);
    let text = match value {
        Value::String(text) => text.value().clone(),
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {
            raw.to_owned()
        }
        Value::Array(_) | Value::InlineTable(_) => return,
    };
    flat.push(source, path, text, key, range);
}

/// Length of the opening quotes, the line break after three of them included.
fn opening(raw: &str) -> usize {
    for quotes in ["\"\"\"", "'''"] {
        if let Some(rest) = raw.strip_prefix(quotes) {
            let line_break = ["\r\n", "\n"].iter().find(|end| rest.starts_with(**end));
            return quotes.len() + line_break.map_or(0, |end| end.len());
        }
    }
    usize::from(raw.starts_with(['"', '\'']))
}

fn closing(raw: &str) -> usize {
    if raw.len() >= 6 && (raw.starts_with("\"\"\"") || raw.starts_with("'''")) {
        3
    } else {
        usize::from(raw.len() >= 2 && raw.ends_with(['"', '\'']))
    }
}

#[cfg(test)]
mod tests {
    use super::super::flat::testing::{entry, list};
    use super::*;
    use crate::source::FileId;

    fn flat(text: &str) -> Flat {
        read(&Source::from_text(FileId(0), "Cargo.toml", text))
    }

    #[test]
    fn paths_and_spans() {
        let text = "[package]\nname = 'é' # c\nauthors = [\n \"a\", 'b']\nd = \"\"\"\none\ntwo\"\"\"\npublish = false\n[[bin]]\nname = \"x\\ty\"\n[a.b]\nc = { d = 1 }\n";
        let list = list(&flat(text), text);
        assert_eq!(
            list,
            [
                entry("package.name", "é", "é"),
                entry("package.authors.0", "a", "a"),
                entry("package.authors.1", "b", "b"),
                entry("package.d", "one\ntwo", "one\ntwo"),
                entry("package.publish", "false", "false"),
                entry("bin.0.name", "x\ty", "x\\ty"),
                entry("a.b.c.d", "1", "1"),
            ]
        );
    }

    #[test]
    fn damage_and_depth_are_said() {
        assert!(flat("[package\nname = 1").problem.is_some());
        assert!(
            flat(&format!("a = {}", "[".repeat(10_000)))
                .problem
                .is_some()
        );
        let deep = format!("a{} = 1", ".a".repeat(10_000));
        assert!(flat(&deep).problem.is_some());
    }
}
