//! What attributes say.

use super::entity;
use super::token::StartTag;
use crate::facts::{Prose, ProseContext};

/// The language in the class of the `<code>` that a `<pre>` starts with.
pub fn language(code: &str) -> String {
    let tag = code.trim_start().split_once('>').map_or("", |(tag, _)| tag);
    ["language-", "lang-"]
        .iter()
        .find_map(|prefix| tag.split_once(prefix))
        .map(|(_, rest)| {
            let end = rest.find(|c: char| !c.is_alphanumeric() && !"+#-".contains(c));
            rest[..end.unwrap_or(rest.len())].to_ascii_lowercase()
        })
        .unwrap_or_default()
}

/// Prose of an attribute's value, `value`, which stands at `start`.
pub fn prose(context: ProseContext, value: &str, start: usize) -> Prose {
    let mut words = Prose::new(context);
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'&', &value.as_bytes()[at..]) {
        let here = at + found;
        let (decoded, length) =
            entity::decode(&value[here..]).unwrap_or_else(|| ("&".to_owned(), 1));
        words.push(&value[at..here], start + at..start + here);
        words.push(&decoded, start + here..start + here + length);
        at = here + length;
    }
    words.push(&value[at..], start + at..start + value.len());
    words
}

/// Character references decoded.
pub fn decode(text: &str) -> std::borrow::Cow<'_, str> {
    if text.contains('&') {
        prose(ProseContext::Paragraph, text, 0).text.into()
    } else {
        text.into()
    }
}

/// A number of rows or columns, 1 when there is none.
pub fn number(tag: &StartTag<'_>, name: &str) -> u16 {
    tag.attribute(name)
        .and_then(|(value, _)| value.trim().parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// The hidden half of the side-by-side spans that a bilingual page is made of.
pub fn is_alternate(tag: &StartTag<'_>) -> bool {
    tag.attribute("class").is_some_and(|(class, _)| {
        class
            .split_ascii_whitespace()
            .any(|word| word == "sxs-lookup")
    })
}
