//! HCL, the language of Terraform, by hcl-edit. Labels of a block are nameless
//! children; a heredoc's value is its lines. What is passed to `jsonencode` is a child
//! like any other object.

use std::ops::Range;

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Body, Structure};

use super::{MAX_DEPTH, Tree};
use crate::source::FileId;

/// Reads a body; empty when it is damaged.
pub fn read(text: &str, base: usize, file: FileId) -> Tree {
    let mut reader = Reader {
        text,
        base,
        tree: Tree::new(file),
    };
    if let Ok(body) = hcl_edit::parser::parse_body(text) {
        reader.body(&body, 0, 0);
    }
    reader.tree
}

struct Reader<'h> {
    text: &'h str,
    base: usize,
    tree: Tree,
}

impl Reader<'_> {
    fn shift(&self, range: &Range<usize>) -> Range<usize> {
        self.base + range.start..self.base + range.end
    }

    fn add(&mut self, parent: u32, name: &str, range: Option<Range<usize>>) -> u32 {
        let range = range.unwrap_or(0..0);
        let range = if self.text.get(range.clone()).is_some() {
            range
        } else {
            0..0
        };
        let shown = self.shift(&range);
        self.tree.add(parent, name, shown)
    }

    fn set(&mut self, id: u32, range: Range<usize>) {
        if let Some(words) = self.text.get(range.clone()) {
            let shown = self.shift(&range);
            self.tree.set(id, words.to_owned(), shown);
        }
    }

    fn body(&mut self, body: &Body, parent: u32, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    let key = &attribute.key;
                    let id = self.add(parent, key.as_str(), key.span());
                    self.value(&attribute.value, id, depth + 1);
                }
                Structure::Block(block) => {
                    let ident = &block.ident;
                    let id = self.add(parent, ident.as_str(), ident.span());
                    for label in &block.labels {
                        let range = label.span().unwrap_or(0..0);
                        let child = self.add(id, "", Some(range.start..range.start));
                        self.set(child, unquoted(self.text, range));
                    }
                    self.body(&block.body, id, depth + 1);
                }
            }
        }
    }

    fn value(&mut self, value: &Expression, id: u32, depth: usize) {
        let Some(range) = value.span() else { return };
        if depth > MAX_DEPTH {
            return;
        }
        match value {
            Expression::Object(object) => {
                for (key, value) in object {
                    let name = match key {
                        ObjectKey::Ident(ident) => ident.as_str().to_owned(),
                        ObjectKey::Expression(key) => {
                            let range = unquoted(self.text, key.span().unwrap_or(0..0));
                            self.text.get(range).unwrap_or("").to_owned()
                        }
                    };
                    let child = self.add(id, &name, key.span());
                    self.value(value.expr(), child, depth + 1);
                }
            }
            Expression::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    let at = item.span().map_or(0, |range| range.start);
                    let child = self.add(id, &number.to_string(), Some(at..at));
                    self.value(item, child, depth + 1);
                }
            }
            Expression::Parenthesis(inner) => self.value(inner.inner(), id, depth + 1),
            Expression::FuncCall(call) if call.name.name.as_str() == "jsonencode" => {
                if let Some(argument) = call.args.iter().next() {
                    self.value(argument, id, depth + 1);
                }
            }
            Expression::HeredocTemplate(_) => {
                let words = self.text.get(range.clone()).unwrap_or("");
                let start = words.find('\n').map_or(words.len(), |at| at + 1);
                // The marker that ends it is the last line.
                let body = words.trim_end();
                let end = body.rfind('\n').unwrap_or(body.len()).max(start);
                self.set(id, range.start + start..range.start + end);
            }
            _ => self.set(id, unquoted(self.text, range)),
        }
    }
}

fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    match text.get(range.clone()) {
        Some(words) if words.len() >= 2 && words.starts_with('"') && words.ends_with('"') => {
            range.start + 1..range.end - 1
        }
        _ => range,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::list;
    use super::*;

    #[test]
    fn blocks_labels_and_values() {
        let text = "resource \"a_b\" \"é\" {\n  uri = \"https://h/${var.x}\"\n  n = 5\n  id = a_b.c.id\n  body = jsonencode({ \"k\" = [1, { z = true }] })\n  xml = <<-XML\n    <a>\n      b\n  XML\n}\n";
        assert_eq!(
            list(&read(text, 0, FileId(0)), text),
            [
                "resource. = a_b",
                "resource. = é",
                "resource.uri = https://h/${var.x}",
                "resource.n = 5",
                "resource.id = a_b.c.id",
                "resource.body.k.0 = 1",
                "resource.body.k.1.z = true",
                "resource.xml =     <a>\n      b",
            ]
        );
    }

    #[test]
    fn damage_and_depth_do_no_harm() {
        read("resource \"a\" {", 0, FileId(0));
        read(&format!("a = {}", "[".repeat(10_000)), 0, FileId(0));
        read(&"a {\n".repeat(10_000), 0, FileId(0));
        read(&format!("a = {}1", "!".repeat(10_000)), 0, FileId(0));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a{}=\"<\\[\\]$%(),é \n1-]{0,60}") {
            let tree = read(&text, 0, FileId(0));
            list(&tree, &text);
        }
    }
}
