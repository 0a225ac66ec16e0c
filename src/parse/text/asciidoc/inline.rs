//! Inline markup of AsciiDoc.

use crate::source::ceil_boundary;
use std::ops::Range;

use crate::parse::inline::{self, Running};
use crate::parse::url;
use crate::parse::writer::{Element, Frame, Writer};

/// Inline markup is short; what is not closed soon was none.
const LONGEST: usize = 1000;

/// Writes running text that stands at byte `base` of the source.
pub fn write(writer: &mut Writer<'_>, text: &str, base: usize) {
    let bytes = text.as_bytes();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = bytes[at..]
        .iter()
        .position(|byte| b"`*_#{<[+".contains(byte))
    {
        let here = at + found;
        let Some(piece) = piece(text, plain, here) else {
            at = here + 1;
            continue;
        };
        inline::write(
            writer,
            &text[plain..piece.range.start],
            base + plain,
            Running::Html,
        );
        let range = base + piece.range.start..base + piece.range.end;
        match piece.what {
            What::Nothing => {}
            What::Object => writer.object(range),
            What::Code(code) => writer.code(&text[code], range),
            What::Text(inner) => {
                inline::write(
                    writer,
                    &text[inner.clone()],
                    base + inner.start,
                    Running::Html,
                );
            }
            What::Link { url, words } => {
                let link = writer.link(&text[url], range.clone(), false);
                writer.open(Element::Link(link as u32), Frame::CONTAINER, range.start);
                inline::write(
                    writer,
                    &text[words.clone()],
                    base + words.start,
                    Running::Html,
                );
                writer.close_container(range.end);
            }
            What::Image { url, alt } => {
                writer.open_image(&text[url], range.clone());
                writer.text(&text[alt.clone()], base + alt.start..base + alt.end);
                writer.close_image(range);
            }
        }
        plain = piece.range.end;
        at = plain;
    }
    inline::write(writer, &text[plain..], base + plain, Running::Html);
}

/// The first positional argument of a macro: its text or alternative text.
pub fn first_argument(text: &str) -> Range<usize> {
    if let Some(quoted) = text.strip_prefix('"') {
        return 1..1 + quoted.find('"').unwrap_or(quoted.len());
    }
    let end = text.find(',').unwrap_or(text.len());
    // `[alt="…"]` and `[role=x]` have no positional argument.
    if text[..end].contains('=') {
        0..0
    } else {
        0..end
    }
}

struct Piece {
    range: Range<usize>,
    what: What,
}

enum What {
    Nothing,
    Object,
    Code(Range<usize>),
    Text(Range<usize>),
    Link {
        url: Range<usize>,
        words: Range<usize>,
    },
    Image {
        url: Range<usize>,
        alt: Range<usize>,
    },
}

fn find(text: &str, from: usize, needle: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let window = bytes.get(from..bytes.len().min(from + LONGEST))?;
    memchr::memmem::find(window, needle.as_bytes()).map(|found| from + found)
}

/// How often the mark at `at` stands there, up to four times.
fn run(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[at..];
    bytes
        .iter()
        .take(4)
        .take_while(|byte| **byte == bytes[0])
        .count()
}

/// The construct at, or with its name before, byte `at`.
fn piece(text: &str, from: usize, at: usize) -> Option<Piece> {
    match text.as_bytes()[at] {
        b'`' | b'+' => {
            let run = run(text, at);
            let close = find(text, at + run, &text[at..at + run])?;
            let code = at + run..close;
            let plain = text[code.clone()].trim().is_empty() || run > 3;
            let outside = text[..at]
                .chars()
                .next_back()
                .is_none_or(|c| !c.is_alphanumeric());
            (!plain && outside).then(|| Piece {
                range: at..close + run,
                what: What::Code(code),
            })
        }
        b'*' | b'_' | b'#' => emphasis(text, at),
        b'{' => {
            let close = find(text, at, "}")?;
            let name = &text[at + 1..close];
            let plain = !name.is_empty() && name.len() <= 60 && !name.contains(char::is_whitespace);
            plain.then(|| Piece {
                range: at..close + 1,
                what: What::Object,
            })
        }
        b'<' => {
            let rest = text[at..].strip_prefix("<<")?;
            let close = find(text, at, ">>")?;
            let words = rest[..close - at - 2].find(',').map(|comma| {
                let words = &text[at + 2 + comma + 1..close];
                close - words.trim_start().len()..close
            });
            Some(Piece {
                range: at..close + 2,
                what: words.map_or(What::Object, What::Text),
            })
        }
        _ => bracket(text, from, at),
    }
}

/// `link:url[text]`, `https://…[text]`, `image:x[alt]`, `[[anchor]]` and `[.role]#`.
fn bracket(text: &str, from: usize, at: usize) -> Option<Piece> {
    let close = find(text, at, "]")?;
    if text[at..].starts_with("[[") {
        return Some(Piece {
            range: at..(close + 2).min(text.len()).max(close + 1),
            what: What::Nothing,
        })
        .filter(|piece| text.is_char_boundary(piece.range.end));
    }
    let from = ceil_boundary(text, from.max(at.saturating_sub(LONGEST)));
    let head = &text[from..at];
    let start = head
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '>'))
        .map_or(0, |space| {
            space + head[space..].chars().next().map_or(1, char::len_utf8)
        });
    let target = &head[start..];
    let start = from + start;
    let arguments = &text[at + 1..close];
    let words = first_argument(arguments);
    let words = at + 1 + words.start..at + 1 + words.end;
    let range = start..close + 1;
    let (name, rest) = target.split_once(':')?;
    let rest_range = at - rest.len()..at;
    let what = match name {
        "link" | "mailto" => What::Link {
            url: rest_range,
            words,
        },
        "xref" => What::Text(words),
        "image" => What::Image {
            url: rest_range,
            alt: words,
        },
        "kbd" | "btn" | "menu" | "icon" | "pass" | "stem" | "footnote" | "anchor" => What::Object,
        _ if url::end(text, start) == at && rest.starts_with("//") => What::Link {
            url: start..at,
            words,
        },
        _ => return None,
    };
    Some(Piece { range, what })
}

/// Marks of bold, italic and highlighted text, dropped one by one.
fn emphasis(text: &str, at: usize) -> Option<Piece> {
    let length = run(text, at);
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let opens = outside(before) && after.is_some_and(|c| !c.is_whitespace());
    let closes = outside(after) && before.is_some_and(|c| !c.is_whitespace());
    // Doubled marks may stand inside words.
    let marks = match length {
        1 => opens != closes,
        2 => true,
        _ => false,
    };
    marks.then_some(Piece {
        range: at..at + length,
        what: What::Nothing,
    })
}
