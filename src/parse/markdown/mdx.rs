//! Components of MDX. A tag that stands alone on its lines opens a container whose
//! content is Markdown; to CommonMark it would open a block of raw HTML.

use std::borrow::Cow;
use std::ops::Range;

use crate::source::Source;

/// No tag is longer than this, in bytes and in lines.
const LONGEST: usize = 2000;
const MOST_LINES: usize = 40;

/// The text with spaces for the tags of components that stand alone on their lines,
/// and where those tags are. In MDX all tags are taken for components.
pub fn mask(text: &str, mdx: bool) -> (Cow<'_, str>, Vec<Range<usize>>) {
    let mut tags = Vec::new();
    let mut fence: Option<&str> = None;
    let mut at = 0;
    while at < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[at..])
            .map_or(text.len(), |newline| at + newline + 1);
        let line = text[at..end].trim_start_matches([' ', '\t']);
        let start = end - line.len();
        at = end;
        if let Some(open) = fence {
            if line.starts_with(open) && line.trim().len() == run(line) {
                fence = None;
            }
        } else if run(line) >= 3 {
            fence = Some(&line[..run(line)]);
        } else if let Some(length) = tag(&text[start..], mdx) {
            let tag_end = start + length;
            let rest = memchr::memchr(b'\n', &text.as_bytes()[tag_end..])
                .map_or(text.len(), |newline| tag_end + newline + 1);
            if text[tag_end..rest].trim().is_empty() {
                tags.push(start..tag_end);
                at = rest;
            }
        }
    }
    if tags.is_empty() {
        return (Cow::Borrowed(text), tags);
    }
    let mut out = String::with_capacity(text.len());
    for tag in &tags {
        out.push_str(&text[out.len()..tag.start]);
        blank(&text[tag.clone()], &mut out);
    }
    out.push_str(&text[out.len()..]);
    (Cow::Owned(out), tags)
}

/// Whether a paragraph is `import … from "…"` or `export …`.
pub fn is_module_code(source: &Source, range: Range<usize>) -> bool {
    let text = source.text.get(range).unwrap_or("");
    let imports = text.starts_with("import ") && text.contains(['"', '\'']);
    let exports = text.strip_prefix("export ").is_some_and(|rest| {
        ["const ", "default ", "function ", "let ", "{", "async "]
            .iter()
            .any(|word| rest.starts_with(word))
    });
    imports || exports
}

/// A tag with spaces for the expressions between braces, so that it reads as HTML.
pub fn without_expressions(tag: &str) -> String {
    let mut out = String::with_capacity(tag.len());
    let mut depth = 0_u32;
    for c in tag.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => {
                depth -= 1;
                out.push(' ');
                continue;
            }
            _ => {}
        }
        if depth == 0 {
            out.push(c);
        } else {
            out.extend(std::iter::repeat_n(' ', c.len_utf8()));
        }
    }
    out
}

/// Lines without the indentation that they share, with their places.
pub struct Dedented {
    /// The lines.
    pub text: String,
    /// Where each line starts in `text` and in the source.
    places: Vec<(usize, usize)>,
}

impl Dedented {
    /// Takes the indentation off `lines` of the source, of which `text` is the part
    /// from byte `base` on.
    pub fn new(text: &str, base: usize, lines: &[Range<usize>]) -> Self {
        let line =
            |range: &Range<usize>| text.get(range.start - base..range.end - base).unwrap_or("");
        let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let shared = lines
            .iter()
            .map(line)
            .filter(|line| !line.trim().is_empty())
            .map(indent)
            .min()
            .unwrap_or(0);
        let mut dedented = Self {
            text: String::new(),
            places: Vec::with_capacity(lines.len()),
        };
        for range in lines {
            let line = line(range);
            let cut = indent(line).min(shared);
            let place = (dedented.text.len(), range.start + cut);
            dedented.places.push(place);
            dedented.text.push_str(&line[cut..]);
        }
        dedented
    }

    /// The bytes of the source behind a range of the text.
    pub fn place(&self, range: Range<usize>) -> Range<usize> {
        // An end belongs to the line of the byte before it.
        let place = |at: usize, probe: usize| {
            let index = self.places.partition_point(|&(start, _)| start <= probe);
            let (start, place) = self.places.get(index.saturating_sub(1)).copied()?;
            Some(place + (at - start))
        };
        let start = place(range.start, range.start).unwrap_or(0);
        let end = place(range.end, range.end.saturating_sub(1)).unwrap_or(0);
        start..end.max(start)
    }
}

/// How many backticks or tildes a line starts with.
fn run(line: &str) -> usize {
    let first = line
        .bytes()
        .next()
        .filter(|byte| matches!(byte, b'`' | b'~'));
    line.bytes().take_while(|byte| Some(*byte) == first).count()
}

fn blank(tag: &str, out: &mut String) {
    out.extend(tag.bytes().map(|byte| match byte {
        b'\n' | b'\r' => byte as char,
        _ => ' ',
    }));
}

/// Length of the component's tag that `text` starts with.
fn tag(text: &str, mdx: bool) -> Option<usize> {
    let bytes = &text.as_bytes()[..text.len().min(LONGEST)];
    let name = bytes.strip_prefix(b"<")?;
    let name = name.strip_prefix(b"/").unwrap_or(name);
    match name {
        [b'>', ..] => {}
        // An element in capitals is HTML.
        [first, second, ..] if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {}
        [first, ..] if mdx && first.is_ascii_alphabetic() => {}
        _ => return None,
    }
    let mut depth = 0_u32;
    let mut at = 1;
    let mut lines = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            quote @ (b'"' | b'\'') if depth == 0 => {
                let value = memchr::memchr(*quote, &bytes[at + 1..])?;
                lines += memchr::memchr_iter(b'\n', &bytes[at + 1..at + 1 + value]).count();
                at += 1 + value;
            }
            b'>' if depth == 0 => return Some(at + 1),
            // A blank line ends every tag.
            b'\n' if bytes.get(at + 1) == Some(&b'\n') => return None,
            b'\n' => lines += 1,
            _ => {}
        }
        if lines > MOST_LINES {
            return None;
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_that_stand_alone_are_masked() {
        let text = "<Note>\nText.\n</Note>\n  <Card\n  icon={<I/>}\n  title=\"é > b\"\n/>\n<Note>inline</Note>\n```\n<Note>\n```\n<DIV>\n<b>\n<>\n";
        let (masked, tags) = mask(text, false);
        let found: Vec<_> = tags.iter().map(|tag| &text[tag.clone()]).collect();
        assert_eq!(
            found,
            [
                "<Note>",
                "</Note>",
                "<Card\n  icon={<I/>}\n  title=\"é > b\"\n/>",
                "<>"
            ]
        );
        assert_eq!(masked.len(), text.len());
        assert!(masked.contains("\nText.\n") && masked.contains("<Note>inline</Note>"));
        assert_eq!(
            without_expressions("<Card icon={<I/>} title=\"x\">"),
            "<Card icon=       title=\"x\">"
        );
    }

    proptest::proptest! {
        #[test]
        fn masking_keeps_every_offset(text in "(<[A-Z]?[a-c]|[/>\"'{}é \n`~=]|```\n){0,40}") {
            let (masked, tags) = mask(&text, true);
            proptest::prop_assert_eq!(masked.len(), text.len());
            for tag in tags {
                let blanked = without_expressions(&text[tag.clone()]);
                proptest::prop_assert_eq!(blanked.len(), tag.len());
            }
        }
    }
}
