//! Bicep: declarations as nodes named by their keyword, with the symbol and the type
//! as nameless children; objects and arrays as they nest. Expressions keep their words.

use std::ops::Range;

use super::{MAX_DEPTH, Tree};
use crate::source::{FileId, floor_boundary};

/// Reads declarations; what is damaged is left out.
pub fn read(text: &str, base: usize, file: FileId) -> Tree {
    let mut reader = Reader {
        text,
        bytes: text.as_bytes(),
        base,
        at: 0,
        tree: Tree::new(file),
    };
    loop {
        reader.skip(true);
        if reader.peek().is_none() {
            return reader.tree;
        }
        let before = reader.at;
        let word = reader.word();
        if !reader.declaration(&word, 0, 0) {
            // Decorators and what else may stand between declarations.
            reader.expression(true);
        }
        reader.at = reader.at.max(before + 1);
    }
}

struct Reader<'b> {
    text: &'b str,
    bytes: &'b [u8],
    base: usize,
    at: usize,
    tree: Tree,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts(&self, mark: &str) -> bool {
        self.bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(mark.as_bytes()))
    }

    /// Skips blanks and comments, line ends too when `lines`.
    fn skip(&mut self, lines: bool) {
        while let Some(byte) = self.peek() {
            if byte == b' ' || byte == b'\t' || byte == b'\r' || (lines && byte == b'\n') {
                self.at += 1;
            } else if self.starts("//") {
                self.past("\n", false);
            } else if self.starts("/*") {
                self.past("*/", true);
            } else {
                return;
            }
        }
    }

    fn past(&mut self, mark: &str, with: bool) {
        let found = memchr::memmem::find(&self.bytes[self.at..], mark.as_bytes());
        self.at = found.map_or(self.bytes.len(), |found| {
            self.at + found + if with { mark.len() } else { 0 }
        });
    }

    fn word(&mut self) -> Range<usize> {
        let start = self.at;
        while self
            .peek()
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            self.at += 1;
        }
        start..self.at
    }

    fn add(&mut self, parent: u32, name: &Range<usize>) -> u32 {
        let text = self.text;
        let name = name.clone();
        let key = text.get(name.clone()).unwrap_or("");
        self.tree
            .add(parent, key, self.base + name.start..self.base + name.end)
    }

    fn set(&mut self, id: u32, range: Range<usize>) {
        let (text, base) = (self.text, self.base);
        if let Some(words) = text.get(range.clone()) {
            self.tree
                .set(id, words.to_owned(), base + range.start..base + range.end);
        }
    }

    fn label(&mut self, id: u32, range: Range<usize>) {
        let child = self.add(id, &(range.start..range.start));
        if child != id {
            self.set(child, range);
        }
    }

    /// `resource name 'type' = …`, `var name = …`.
    fn declaration(&mut self, keyword: &Range<usize>, parent: u32, depth: usize) -> bool {
        let known = matches!(
            &self.bytes[keyword.clone()],
            b"resource" | b"module" | b"var" | b"param" | b"output"
        );
        let after = self.at;
        self.skip(false);
        let name = self.word();
        if !known || name.is_empty() {
            self.at = after;
            return false;
        }
        let id = self.add(parent, keyword);
        self.label(id, name);
        // The type, then what it is.
        while let Some(byte) = self.peek() {
            match byte {
                b'=' => {
                    self.at += 1;
                    self.value(id, depth + 1);
                    break;
                }
                b'\n' => break,
                b'\'' => {
                    let (range, _) = self.string();
                    self.label(id, range);
                }
                _ => self.at += 1,
            }
        }
        true
    }

    fn value(&mut self, id: u32, depth: usize) {
        self.skip(false);
        if depth > MAX_DEPTH {
            self.expression(false);
            return;
        }
        let start = self.at;
        match self.peek() {
            Some(b'{') => self.object(id, depth),
            Some(b'[') => self.array(id, depth),
            Some(b'\'') => {
                let (range, closed) = self.string();
                self.skip(false);
                if closed && matches!(self.peek(), None | Some(b'\n' | b',' | b'}' | b']' | b')')) {
                    self.set(id, range);
                } else {
                    self.at = start;
                    self.words(id);
                }
            }
            _ if self.starts("if ") || self.starts("if(") => {
                self.at += 2;
                self.skip(false);
                self.brackets();
                self.value(id, depth + 1);
            }
            _ => self.words(id),
        }
    }

    fn words(&mut self, id: u32) {
        let start = self.at;
        self.expression(false);
        let end = start + self.text.get(start..self.at).unwrap_or("").trim_end().len();
        self.set(id, start..end);
    }

    fn object(&mut self, id: u32, depth: usize) {
        self.at += 1;
        loop {
            self.skip(true);
            let before = self.at;
            let key = match self.peek() {
                None => return,
                Some(b'}') => {
                    self.at += 1;
                    return;
                }
                Some(b'\'') => self.string().0,
                Some(_) => self.word(),
            };
            self.skip(false);
            if self.peek() == Some(b':') {
                self.at += 1;
                let child = self.add(id, &key);
                self.value(child, depth + 1);
            } else if !self.declaration(&key, id, depth) {
                self.expression(false);
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            }
            // A bracket that nothing opened.
            if self.at == before {
                self.at += 1;
            }
        }
    }

    fn array(&mut self, id: u32, depth: usize) {
        self.at += 1;
        self.skip(true);
        if self.starts("for ") {
            // One item for many: the body after the colon.
            while let Some(byte) = self.peek() {
                match byte {
                    b':' | b']' | b'\n' => break,
                    b'(' | b'[' => self.brackets(),
                    b'\'' => {
                        self.string();
                    }
                    _ => self.at += 1,
                }
            }
            if self.peek() == Some(b':') {
                self.at += 1;
                self.value(id, depth + 1);
            }
        } else {
            let mut number = 0;
            loop {
                self.skip(true);
                let before = self.at;
                match self.peek() {
                    None => return,
                    Some(b']') => break,
                    Some(b',') => self.at += 1,
                    Some(_) => {
                        let at = self.base + self.at;
                        let child = self.tree.add(id, &number.to_string(), at..at);
                        number += 1;
                        self.value(child, depth + 1);
                    }
                }
                if self.at == before {
                    self.at += 1;
                }
            }
        }
        self.skip(true);
        if self.peek() == Some(b']') {
            self.at += 1;
        }
    }

    /// A string; returns its inside, and whether it was closed.
    fn string(&mut self) -> (Range<usize>, bool) {
        if self.starts("'''") {
            let start = self.at + 3;
            self.at = start;
            self.past("'''", false);
            let end = self.at;
            let closed = end < self.bytes.len();
            self.at = (end + 3).min(self.bytes.len());
            return (start..end, closed);
        }
        let start = self.at + 1;
        self.at = start;
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'\\' => self.at += 1,
                b'$' if self.starts("${") => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' => depth = depth.saturating_sub(1),
                b'\n' => break,
                b'\'' if depth == 0 => {
                    self.at += 1;
                    return (start..self.at - 1, true);
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = floor_boundary(self.text, self.at.min(self.bytes.len()));
        (start.min(self.at)..self.at, false)
    }

    /// Skips an expression in brackets.
    fn brackets(&mut self) {
        let mut depth = 0usize;
        while let Some(byte) = self.peek() {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b'\'' => {
                    self.string();
                    continue;
                }
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Skips an expression up to the end of its line, of its item or of what it is in.
    fn expression(&mut self, whole_line: bool) {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => return,
                b'/' if self.starts("//") => return,
                b',' | b'}' | b']' | b')' if !whole_line => return,
                b'(' | b'[' | b'{' => self.brackets(),
                b'\'' => {
                    self.string();
                }
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::list;
    use super::*;

    #[test]
    fn declarations_objects_and_strings() {
        let text = "@description('é')\nparam host string = 'https://h'\nvar n = 5 // c\nresource w 'Microsoft.Logic/workflows@2019-05-01' = if (n > 3) {\n  name: 'a${host}b'\n  'quoted.key': [ 1\n 2, { z: true } ]\n  x: '''\n<p>'it'</p>\n'''\n  y: concat('a', 'b')\n  resource inner 'policies' = { k: 'v' }\n}\n";
        assert_eq!(
            list(&read(text, 0, FileId(0)), text),
            [
                "param = https://h",
                "param. = host",
                "var = 5",
                "var. = n",
                "resource. = w",
                "resource. = Microsoft.Logic/workflows@2019-05-01",
                "resource.name = a${host}b",
                "resource.quoted.key.0 = 1",
                "resource.quoted.key.1 = 2",
                "resource.quoted.key.2.z = true",
                "resource.x = \n<p>'it'</p>\n",
                "resource.y = concat('a', 'b')",
                "resource.resource. = inner",
                "resource.resource. = policies",
                "resource.resource.k = v",
            ]
        );
    }

    #[test]
    fn nesting_is_bounded() {
        for open in ["{a:", "[", "('", "resource a 'b' = {\n"] {
            read(&format!("var a = {}", open.repeat(10_000)), 0, FileId(0));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "(var a = |resource x 'y' = )?[a{}\\[\\]:'$()\\\\/*=é, \n]{0,60}") {
            let tree = read(&text, 0, FileId(0));
            list(&tree, &text);
        }
    }
}
