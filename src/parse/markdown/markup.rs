//! Constructs in Markdown that CommonMark takes for text: DocFX marks, directives
//! between triple colons, template expressions, comments of MDX.

use crate::source::floor_boundary;
use std::ops::Range;

use memchr::memmem;

use crate::facts::document::DocfxKind;
use crate::parse::inline;

/// A construct and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extent {
    /// All of it.
    pub range: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What to make of an [`Extent`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A DocFX mark that shows nothing.
    Docfx(DocfxKind),
    /// `:::image source="…" alt-text="…":::`.
    Image {
        /// Bytes of the target.
        url: Range<usize>,
        /// Bytes of the alternative text.
        alt: Range<usize>,
    },
    /// `:::no-loc text="…":::`, with the bytes of its words.
    Text(Range<usize>),
    /// Stands for something that is not known here.
    Object,
    /// A comment.
    Comment,
    /// Punctuation of a container, which DocFX shares with other generators.
    Marker,
}

/// No construct is longer than this.
const LONGEST: usize = 1000;

/// No comment is longer than this.
const LONGEST_COMMENT: usize = 50_000;

/// Constructs from byte `from` of `text` on, in order. In MDX a comment may go over
/// paragraphs.
pub fn scan(text: &str, from: usize, mdx: bool) -> Vec<Extent> {
    let mut extents = Vec::new();
    let mut at = from;
    let mut uncommented = 0;
    let bytes = text.as_bytes();
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| memchr::memchr3(b'[', b':', b'{', rest))
    {
        let start = at + found;
        let rest = &bytes[start + 1..];
        let plausible = match bytes[start] {
            b'[' => rest.first() == Some(&b'!') && rest.get(1).is_some_and(u8::is_ascii_alphabetic),
            b':' => rest.starts_with(b"::"),
            _ => rest.first().is_some_and(|byte| b"{%/".contains(byte)),
        };
        if !plausible || (start > 0 && bytes[start - 1] == b'\\') {
            at = start + 1;
            continue;
        }
        let window = window(text, start);
        let extent = match bytes[start] {
            b'[' => extension(window),
            b':' => triple_colon(window, starts_line(&text[..start])),
            _ if rest.starts_with(b"/*") => {
                // A search that failed is not repeated over the same bytes.
                if start < uncommented {
                    None
                } else if mdx {
                    let found = comment(&bytes[start..]);
                    uncommented = start + LONGEST_COMMENT;
                    found.inspect(|(length, _)| uncommented = start + length)
                } else {
                    comment(window.as_bytes())
                }
            }
            _ => inline::template_length(window.as_bytes()).map(|length| (length, What::Object)),
        };
        match extent {
            Some((length, what)) if length > 0 => {
                extents.push(Extent {
                    range: start..start + length,
                    what: shift(what, start),
                });
                at = start + length;
            }
            // A run of colons or braces is tried once.
            _ => {
                let run = rest
                    .iter()
                    .take_while(|byte| **byte == bytes[start])
                    .count();
                at = start + 1 + run;
            }
        }
    }
    extents
}

fn shift(what: What, by: usize) -> What {
    let shift = |range: Range<usize>| range.start + by..range.end + by;
    match what {
        What::Image { url, alt } => What::Image {
            url: shift(url),
            alt: shift(alt),
        },
        What::Text(range) => What::Text(shift(range)),
        what => what,
    }
}

/// The text from `start` to the end of its paragraph, at most [`LONGEST`] bytes.
fn window(text: &str, start: usize) -> &str {
    let end = floor_boundary(text, start + LONGEST);
    let window = &text[start..end];
    let end = ["\n\n", "\n\r\n"]
        .iter()
        .filter_map(|blank| memmem::find(window.as_bytes(), blank.as_bytes()))
        .min();
    &window[..end.unwrap_or(window.len())]
}

/// Whether only markers of containers stand before, on the same line.
fn starts_line(before: &str) -> bool {
    let line = before.trim_end_matches([' ', '\t', '>', '*', '-', '+']);
    line.is_empty() || line.ends_with('\n')
}

/// Length of the `[!NOTE]` at the start of `text`.
pub fn alert(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("[!")?;
    let name = rest
        .find(|c: char| !c.is_ascii_alphabetic())
        .filter(|&length| (2..=20).contains(&length))?;
    rest[name..].starts_with(']').then_some(name + 3)
}

/// Whether a block quote that starts with `text` is an alert or another extension.
pub fn is_extension(text: &str) -> bool {
    text.starts_with("[!") && extension(window(text, 0)).is_some()
}

fn extension(text: &str) -> Option<(usize, What)> {
    if let Some(length) = alert(text) {
        return Some((length, What::Docfx(DocfxKind::Alert)));
    }
    let rest = text.strip_prefix("[!")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphabetic() || c == '-' || c == '_'))?;
    let name = &rest[..end];
    let kind = if name.eq_ignore_ascii_case("include") {
        DocfxKind::Include
    } else if ["div", "video", "code", "notebook"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
        || name
            .get(..5)
            .is_some_and(|head| head.eq_ignore_ascii_case("code-"))
    {
        DocfxKind::Extension
    } else {
        return None;
    };
    let mut depth = 0_u32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some((at + 1, What::Docfx(kind)));
                }
            }
            _ => {}
        }
    }
    None
}

/// Names between triple colons that only DocFX knows; the others are admonitions.
const DOCFX: [&str; 18] = [
    "image",
    "image-end",
    "row",
    "row-end",
    "column",
    "column-end",
    "zone",
    "zone-end",
    "moniker",
    "moniker-end",
    "no-loc",
    "code",
    "code-end",
    "video",
    "form",
    "content",
    "api",
    "section",
];

fn triple_colon(text: &str, starts_line: bool) -> Option<(usize, What)> {
    let colons = text.bytes().take_while(|&byte| byte == b':').count();
    if colons < 3 {
        return None;
    }
    let rest = &text[colons..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let name = &rest[space..];
    let name = &name[..name
        .find(|c: char| !(c.is_ascii_alphabetic() || c == '-'))
        .unwrap_or(name.len())];
    let head = colons + space + name.len();
    if colons == 3 && DOCFX.contains(&name) && (starts_line || matches!(name, "image" | "no-loc")) {
        let line = text.find('\n').unwrap_or(text.len());
        let close = memmem::find(&text.as_bytes()[head..], b":::").map(|found| head + found + 3);
        // An image's attributes may go over several lines, the others' do not.
        let length = match close {
            Some(close) if name == "image" || close <= line => close,
            _ if name == "image" => return None,
            _ => text[..line].trim_end().len(),
        };
        let attribute = |key: &str| attribute(&text[..length], key);
        return Some(match name {
            "image" => {
                let url = attribute("source").unwrap_or(0..0);
                let alt = attribute("alt-text").unwrap_or(0..0);
                (length, What::Image { url, alt })
            }
            "no-loc" => (length, What::Text(attribute("text").unwrap_or(0..0))),
            _ => (length, What::Docfx(DocfxKind::TripleColon)),
        });
    }
    // `:::note Title`, `:::`: the title is the author's words.
    let title = text[head..].trim_start_matches([' ', '\t']);
    starts_line.then_some((text.len() - title.len(), What::Marker))
}

/// Bytes of the value of `key="…"`.
fn attribute(text: &str, key: &str) -> Option<Range<usize>> {
    let mut from = 0;
    while let Some(found) = text.get(from..)?.find(key) {
        let at = from + found;
        from = at + key.len();
        let value = text[from..].trim_start();
        if !text[..at].ends_with(char::is_whitespace) || !value.starts_with('=') {
            continue;
        }
        let value = value[1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let start = text.len() - value.len() + 1;
        let end = start + text[start..].find(quote)?;
        return Some(start..end);
    }
    None
}

/// `{/* … */}` of MDX, which may go over paragraphs.
fn comment(text: &[u8]) -> Option<(usize, What)> {
    let window = &text[..text.len().min(LONGEST_COMMENT)];
    memmem::find(window, b"*/}").map(|end| (end + 3, What::Comment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constructs_are_told_apart() {
        use DocfxKind::{Alert, Extension, Include, TripleColon};
        for (text, expected, what) in [
            (
                "a [!INCLUDE [x [y]](../z.md)] b",
                "[!INCLUDE [x [y]](../z.md)]",
                What::Docfx(Include),
            ),
            ("[!NOTE]", "[!NOTE]", What::Docfx(Alert)),
            (
                "[!VIDEO https://a.example]",
                "[!VIDEO https://a.example]",
                What::Docfx(Extension),
            ),
            (
                "[!code-csharp[](~/a.cs#L1)]",
                "[!code-csharp[](~/a.cs#L1)]",
                What::Docfx(Extension),
            ),
            (
                ":::zone pivot=\"a\"\n\nx",
                ":::zone pivot=\"a\"",
                What::Docfx(TripleColon),
            ),
            (":::row:::\nx", ":::row:::", What::Docfx(TripleColon)),
            (":::note Take care", ":::note ", What::Marker),
            ("> ::: tip\n", "::: tip", What::Marker),
            (":::\n", ":::", What::Marker),
            ("see {{ site.name }}", "{{ site.name }}", What::Object),
            ("{% if a %}", "{% if a %}", What::Object),
            ("{/* x */}", "{/* x */}", What::Comment),
        ] {
            let extents = scan(text, 0, false);
            assert_eq!(extents.len(), 1, "{text}");
            assert_eq!(&text[extents[0].range.clone()], expected);
            assert_eq!(extents[0].what, what, "{text}");
        }
        for text in [
            "[![a](b)](c)",
            "\\[!NOTE]",
            "[!quote me]",
            "a ::: b",
            "a::b",
            "[!INCLUDE [x](y)\n\n]",
            "{ a }",
        ] {
            assert_eq!(scan(text, 0, false), [], "{text}");
        }
    }

    #[test]
    fn an_image_tells_its_target_and_words() {
        let text = ":::image type=\"content\" source=\"a.png\"\n  alt-text=\"The portal.\" lightbox=\"b.png\":::";
        let extents = scan(text, 0, false);
        let What::Image { url, alt } = extents[0].what.clone() else {
            panic!("{extents:?}");
        };
        assert_eq!((&text[url], &text[alt]), ("a.png", "The portal."));
        assert_eq!(extents[0].range, 0..text.len());
    }
}
