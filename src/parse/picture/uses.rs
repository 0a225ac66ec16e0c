//! Where documents use pictures.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{drawing, pixels};
use crate::facts::picture::{Picture, PictureRole, PictureUse};
use crate::facts::{FileFacts, Link};
use crate::parse::kind;
use crate::source::{Source, floor_boundary};

/// Most pictures of one file that are looked at where it holds them as data.
const MAX_EMBEDDED: usize = 8;
/// Longest picture that a file holds as data, in bytes of text.
const LONGEST_EMBEDDED: usize = 256 * 1024;
/// Most signs of fonts in one file that are kept.
const MAX_GLYPHS: usize = 200;
/// Most uses of one file that are kept. A picture of the tree is looked at for itself; its
/// use only says what for.
const MAX_USES: usize = 500;

/// Notes the pictures that a document shows. Those of a README above its second heading
/// are what the project shows itself with.
pub fn documents(source: &Source, facts: &mut FileFacts) {
    let readme = kind::is_readme(&source.path);
    let lead = facts
        .headings
        .iter()
        .find(|heading| heading.level > 1)
        .map_or(u32::MAX, |heading| heading.span.start);
    let images = facts.links.iter().filter(|link| link.image);
    let mut budget = MAX_EMBEDDED;
    let uses: Vec<PictureUse> = images
        .take(MAX_USES)
        .map(|link| {
            let role = if readme && link.span.start < lead {
                PictureRole::Emblem
            } else {
                PictureRole::Shown
            };
            used(link, role, &mut budget)
        })
        .collect();
    facts.pictures.extend(uses);
    facts.pictures.extend(glyphs(source, facts));
}

/// Signs of fonts: empty elements whose classes name what they draw.
fn glyphs(source: &Source, facts: &FileFacts) -> Vec<PictureUse> {
    let text = source.text.as_str();
    let shown = |at: usize| {
        let mut fences = facts.fences.iter();
        // Pages that teach hold elements as examples.
        !text[..at].ends_with('`') && !fences.any(|fence| fence.span.range().contains(&at))
    };
    let mut found = Vec::new();
    for opening in ["<i ", "<span "] {
        for at in memchr::memmem::find_iter(text.as_bytes(), opening) {
            if found.len() >= MAX_GLYPHS {
                return found;
            }
            let Some(classes) = classes(text, at).filter(|_| shown(at)) else {
                continue;
            };
            found.push(PictureUse {
                role: PictureRole::Glyph,
                field: String::new(),
                target: text[classes.clone()].to_owned(),
                alt: String::new(),
                data: None,
                span: source.span(classes),
            });
        }
    }
    found
}

/// The classes of the element that opens at a place, where nothing stands in it.
fn classes(text: &str, at: usize) -> Option<Range<usize>> {
    /// Longest tag that is read, in bytes.
    const NEAR: usize = 400;
    let rest = &text[at..floor_boundary(text, (at + NEAR).min(text.len()))];
    let end = rest.find('>')?;
    let (tag, inner) = (&rest[..end], rest[end + 1..].trim_start());
    if !inner.starts_with("</") && !tag.ends_with('/') {
        return None;
    }
    let start = ["class=", "className="]
        .iter()
        .find_map(|key| Some(tag.find(key)? + key.len()))?;
    let quote = tag[start..]
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\''))?;
    let value = &tag[start + 1..];
    let value = &value[..value.find(quote)?];
    let start = at + start + 1;
    value.contains('-').then_some(start..start + value.len())
}

fn used(link: &Link, role: PictureRole, budget: &mut usize) -> PictureUse {
    let data = is_data(&link.url)
        .then(|| embedded(&link.url, budget))
        .flatten();
    PictureUse {
        role,
        field: String::new(),
        target: target(&link.url),
        alt: link.text.clone(),
        data,
        span: link.span,
    }
}

fn is_data(url: &str) -> bool {
    url.get(..5)
        .is_some_and(|head| head.eq_ignore_ascii_case("data:"))
}

/// An address without its data, or a path without its query.
pub fn target(url: &str) -> String {
    if is_data(url) {
        return "data:".to_owned();
    }
    let url = url.trim();
    if url.contains("://") || url.starts_with("//") {
        return url.to_owned();
    }
    let end = url.find(['?', '#']).unwrap_or(url.len());
    url[..end].to_owned()
}

/// What is to be seen in a picture that is written as an address of data.
pub fn embedded(url: &str, budget: &mut usize) -> Option<Box<Picture>> {
    if !is_data(url) || url.len() > LONGEST_EMBEDDED || *budget == 0 {
        return None;
    }
    *budget -= 1;
    let (head, data) = url[5..].split_once(',')?;
    let mut parts = head.split(';').map(str::trim);
    let kind = parts.next()?.to_ascii_lowercase();
    let bytes = if parts.any(|part| part.eq_ignore_ascii_case("base64")) {
        let data: String = data.split_whitespace().collect();
        STANDARD.decode(data).ok()?
    } else {
        percent_decoded(data)
    };
    let picture = match kind.as_str() {
        "image/svg+xml" => drawing(&bytes),
        "image/png"
        | "image/jpeg"
        | "image/jpg"
        | "image/gif"
        | "image/webp"
        | "image/x-icon"
        | "image/vnd.microsoft.icon" => pixels(&bytes),
        _ => return None,
    };
    picture.ok().map(Box::new)
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_decoded_within_limits() {
        let square = |x: u8, y: u8, fill: &str| {
            format!("<rect x='{x}' y='{y}' width='10' height='10' fill='{fill}'/>")
        };
        let drawing = format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 21 21'>{}{}{}{}</svg>",
            square(0, 0, "#f25022"),
            square(11, 0, "#7fba00"),
            square(0, 11, "#00a4ef"),
            square(11, 11, "#ffb900"),
        );
        let plain = format!("data:image/svg+xml;utf8,{}", drawing.replace('#', "%23"));
        let coded = format!("data:image/svg+xml;base64,{}", STANDARD.encode(&drawing));
        let mut budget = 2;
        let one = embedded(&plain, &mut budget).expect("a drawing");
        assert_eq!(embedded(&coded, &mut budget).as_ref(), Some(&one));
        assert!(one.squares.is_some(), "{one:?}");
        assert!(
            embedded(&coded, &mut budget).is_none(),
            "the budget is spent"
        );
        for broken in [
            "data:",
            "data:image/png;base64,%%%",
            "data:text/plain,a",
            "a.png",
        ] {
            assert!(embedded(broken, &mut 9).is_none(), "{broken}");
        }
    }

    #[test]
    fn signs_of_fonts_are_known_by_their_classes() {
        let text = "<i class=\"fa-brands fa-quay\"></i> <span class='si si-quay' title=\"a\"></span>\n\
                    <i class=\"fa-quay\">words</i> <span class=\"plain\"></span> `<i class=\"fa-quay\"></i>`\n\n\
                    ```html\n<i class=\"fa-pier\"></i>\n```\n";
        let source = Source::from_text(crate::source::FileId(0), "README.md", text);
        let facts = crate::parse::parse(&source, kind::kind("README.md"), kind::zone("README.md"));
        let glyphs = facts
            .pictures
            .iter()
            .filter(|one| one.role == PictureRole::Glyph);
        let found: Vec<&str> = glyphs.map(|one| source.slice(one.span)).collect();
        assert_eq!(found, ["fa-brands fa-quay", "si si-quay"]);
    }

    #[test]
    fn paths_lose_their_queries() {
        assert_eq!(target("img/a.png?raw=true#x"), "img/a.png");
        assert_eq!(target("https://a.b/c.png?d=e"), "https://a.b/c.png?d=e");
        assert_eq!(target("data:image/png;base64,AAAA"), "data:");
    }
}
