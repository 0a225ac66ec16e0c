//! Configuration in other configuration: policies in a string, a template in a heredoc.
//! Each is read where it stands, so that no place has to be mapped.

use crate::parse::manifest;
use crate::parse::tree::{self, Node, Tree};
use crate::source::Source;

/// The XML that a node's value is.
pub fn xml(source: &Source, node: Node<'_>) -> Option<Tree> {
    let span = node.span();
    let raw = source.slice(span);
    let text = undone(raw);
    text.contains('<')
        .then(|| tree::xml(&text, span.start as usize, source.id))
}

/// The JSON that a node's value is, not itself a string of JSON.
pub fn json(source: &Source, node: Node<'_>) -> Option<Tree> {
    let range = node.span().range();
    let text = source.text.get(range.clone())?;
    if !text.trim_start().starts_with('{') || text.contains("\\\"") {
        return None;
    }
    let blank = |text: &str| -> String {
        text.bytes()
            .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
            .collect()
    };
    let whole = format!(
        "{}{text}{}",
        blank(&source.text[..range.start]),
        blank(&source.text[range.end..])
    );
    let alone = Source::from_text(source.id, source.path.clone(), whole);
    Some(tree::entries(&manifest::json_entries(&alone), source.id))
}

/// A text without the escapes of a JSON string, as long as it was.
fn undone(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest
            .strip_prefix("\\u")
            .and_then(|code| code.get(..4))
            .and_then(|code| {
                u8::from_str_radix(code.get(2..)?, 16)
                    .ok()
                    .filter(|_| code.starts_with("00"))
            });
        let (length, with) = match (rest.as_bytes().get(1), code) {
            (_, Some(byte)) if byte.is_ascii() && !byte.is_ascii_control() => {
                (6, format!("     {}", char::from(byte)))
            }
            (Some(b'"'), _) => (2, " \"".to_owned()),
            (Some(b'n'), _) => (2, " \n".to_owned()),
            (Some(b'r' | b't'), _) => (2, "  ".to_owned()),
            (Some(b'/'), _) => (2, " /".to_owned()),
            _ => (1, "\\".to_owned()),
        };
        out.push_str(&with);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::undone;

    #[test]
    fn escapes_are_undone_in_place() {
        for (raw, text) in [
            (r#"<a b=\"1\">\r\n"#, "<a b= \"1 \">   \n"),
            (r"\u003ca\u003e\\é", "     <a     >\\\\é"),
            (r"\u00", r"\u00"),
            (r"\", r"\"),
        ] {
            assert_eq!(undone(raw), text);
            assert_eq!(raw.len(), text.len());
        }
    }

    proptest::proptest! {
        #[test]
        fn the_length_is_kept(raw in "[\\\\u003cné\"/]{0,40}") {
            proptest::prop_assert_eq!(undone(&raw).len(), raw.len());
        }
    }
}
