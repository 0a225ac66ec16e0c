//! XML, read kindly: policies hold expressions with quotes and angle brackets that no
//! strict parser lets pass. Attributes are children named `@` and their name.

use std::borrow::Cow;
use std::ops::Range;

use super::{MAX_DEPTH, Tree};
use crate::source::FileId;

/// Reads elements; a tag that closes nothing is left out.
pub fn read(text: &str, base: usize, file: FileId) -> Tree {
    let mut reader = Reader {
        text,
        base,
        tree: Tree::new(file),
        open: vec![(0, 0..0)],
    };
    reader.read();
    reader.tree
}

struct Reader<'x> {
    text: &'x str,
    base: usize,
    tree: Tree,
    /// Nodes and their names.
    open: Vec<(u32, Range<usize>)>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let mut at = 0;
        while let Some(found) = memchr::memchr(b'<', &self.text.as_bytes()[at..]) {
            let start = at + found;
            self.words(at..start);
            let rest = &self.text[start..];
            at = if rest.starts_with("<!--") {
                self.past(start, "-->")
            } else if rest.starts_with("<![CDATA[") {
                let end = self.past(start, "]]>");
                let inner = start + 9..end.saturating_sub(3).max(start + 9);
                if self.text.is_char_boundary(inner.end) {
                    self.words(inner);
                }
                end
            } else if rest.starts_with("<?") || rest.starts_with("<!") {
                self.past(start, ">")
            } else if rest.starts_with("</") {
                let end = self.past(start, ">");
                self.close(start + 2..end.saturating_sub(1).max(start + 2));
                end
            } else {
                self.tag(start)
            };
        }
    }

    fn past(&self, from: usize, mark: &str) -> usize {
        memchr::memmem::find(&self.text.as_bytes()[from..], mark.as_bytes())
            .map_or(self.text.len(), |found| from + found + mark.len())
    }

    /// Text of the open element; its first piece counts.
    fn words(&mut self, range: Range<usize>) {
        let Some(raw) = self.text.get(range.clone()) else {
            return;
        };
        let trimmed = raw.trim();
        let id = self.open.last().map_or(0, |(id, _)| *id);
        if trimmed.is_empty() || id == 0 || self.tree.nodes[id as usize].value.is_some() {
            return;
        }
        let start = self.base + range.start + (raw.len() - raw.trim_start().len());
        let value = decoded(trimmed).into_owned();
        self.tree.set(id, value, start..start + trimmed.len());
    }

    fn close(&mut self, name: Range<usize>) {
        let name = self.text.get(name).unwrap_or("").trim();
        let found = self
            .open
            .iter()
            .rposition(|(id, open)| *id != 0 && self.text.get(open.clone()) == Some(name));
        if let Some(found) = found {
            self.open.truncate(found);
        }
    }

    /// A start tag; returns where it ends.
    fn tag(&mut self, start: usize) -> usize {
        let bytes = self.text.as_bytes();
        let is_name =
            |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(byte) || *byte >= 128;
        let scan = |from: usize| {
            from + bytes[from..]
                .iter()
                .take_while(|byte| is_name(byte))
                .count()
        };
        let name = start + 1..scan(start + 1);
        if name.is_empty() {
            return start + 1;
        }
        let parent = self.open.last().map_or(0, |(id, _)| *id);
        let shown = self.base + name.start..self.base + name.end;
        let id = self.tree.add(parent, &self.text[name.clone()], shown);
        let mut at = name.end;
        loop {
            match bytes.get(at) {
                // The next one begins before this one ends.
                None | Some(b'<') => return at,
                Some(b'>') => {
                    if self.open.len() <= MAX_DEPTH {
                        self.open.push((id, name));
                    }
                    return at + 1;
                }
                Some(b'/') if bytes.get(at + 1) == Some(&b'>') => return at + 2,
                Some(byte) if is_name(byte) => {
                    let key = at..scan(at);
                    at = self.attribute(id, key);
                }
                Some(_) => at += 1,
            }
        }
    }

    fn attribute(&mut self, id: u32, key: Range<usize>) -> usize {
        let bytes = self.text.as_bytes();
        let blank = |from: usize| {
            from + bytes[from..]
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count()
        };
        let equals = blank(key.end);
        if bytes.get(equals) != Some(&b'=') {
            return key.end;
        }
        let open = blank(equals + 1);
        let Some(&quote) = bytes.get(open).filter(|byte| matches!(byte, b'"' | b'\'')) else {
            return open;
        };
        let close = self.end_of_value(open + 1, quote);
        let Some(raw) = self.text.get(open + 1..close) else {
            return open + 1;
        };
        let name = format!("@{}", &self.text[key.clone()]);
        let attribute = self
            .tree
            .add(id, &name, self.base + key.start..self.base + key.end);
        if attribute != id {
            let start = self.base + open + 1 + (raw.len() - raw.trim_start().len());
            let raw = raw.trim();
            self.tree.set(
                attribute,
                decoded(raw).into_owned(),
                start..start + raw.len(),
            );
        }
        (close + 1).min(self.text.len())
    }

    /// The closing quote. An expression `@(…)` or `@{…}` ends with its bracket.
    fn end_of_value(&self, from: usize, quote: u8) -> usize {
        let bytes = self.text.as_bytes();
        let plain = || memchr::memchr(quote, &bytes[from..]).map_or(bytes.len(), |at| from + at);
        let (open, close) = match bytes.get(from..from + 2) {
            Some(b"@(") => (b'(', b')'),
            Some(b"@{") => (b'{', b'}'),
            _ => return plain(),
        };
        let mut depth = 0usize;
        let mut at = from + 1;
        while let Some(&byte) = bytes.get(at) {
            if byte == open {
                depth += 1;
            } else if byte == close {
                depth -= 1;
                if depth == 0 {
                    let after = at + 1;
                    return if bytes.get(after) == Some(&quote) {
                        after
                    } else {
                        plain()
                    };
                }
            }
            at += 1;
        }
        plain()
    }
}

/// A value without its entities.
fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let text = named
        .iter()
        .fold(raw.to_owned(), |text, (entity, character)| {
            text.replace(entity, character)
        });
    Cow::Owned(text)
}

#[cfg(test)]
mod tests {
    use super::super::testing::list;
    use super::*;

    #[test]
    fn elements_attributes_and_words() {
        let text = "<?xml version=\"1.0\"?><p a='1' b = \" é \"><!-- <x/> --><q/>t &amp; u<r><![CDATA[<z>]]></r></p>";
        assert_eq!(
            list(&read(text, 0, FileId(0)), text),
            ["p = t &amp; u", "p.@a = 1", "p.@b = é", "p.r = <z>"]
        );
    }

    #[test]
    fn expressions_may_hold_quotes_and_brackets() {
        let text = "<w c=\"@(x.Get<int>(\"n\", 0) > 1 && y)\"><s u=\"@(\"https://h\" + (a))\" k=\"v\" /></w>";
        assert_eq!(
            list(&read(text, 0, FileId(0)), text),
            [
                "w.@c = @(x.Get<int>(\"n\", 0) > 1 && y)",
                "w.s.@u = @(\"https://h\" + (a))",
                "w.s.@k = v"
            ]
        );
    }

    #[test]
    fn what_closes_nothing_does_no_harm() {
        let text = "<a><b></a></a><c>x</c>";
        assert_eq!(list(&read(text, 0, FileId(0)), text), ["c = x"]);
        read(&"<a>".repeat(10_000), 0, FileId(0));
        read(&"<".repeat(10_000), 0, FileId(0));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[<>/a!&;\\[\\]CDATA\"'=@(){} é\n?-]{0,60}") {
            let tree = read(&text, 0, FileId(0));
            list(&tree, &text);
        }
    }
}
