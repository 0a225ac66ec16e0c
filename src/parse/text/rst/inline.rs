//! Inline markup of reStructuredText.

use std::ops::Range;

use crate::parse::inline::{self, Running};
use crate::parse::writer::{Element, Frame, Writer};

/// Writes running text that stands at byte `base` of the source.
pub fn write(writer: &mut Writer<'_>, text: &str, base: usize) {
    let bytes = text.as_bytes();
    let mut plain = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'`', b'*', b'|', &bytes[at..]) {
        let here = at + found;
        let piece = match bytes[here] {
            b'`' => backquotes(text, here),
            b'*' => emphasis(text, here),
            _ => substitution(text, here),
        };
        let Some(piece) = piece else {
            at = here + 1;
            continue;
        };
        let start = piece.role.unwrap_or(here);
        if start < plain {
            at = here + 1;
            continue;
        }
        inline::write(writer, &text[plain..start], base + plain, Running::Plain);
        let range = base + start..base + piece.end;
        match piece.what {
            What::Object => writer.object(range),
            What::Code(code) => writer.code(&text[code], range),
            What::Nothing => {}
            What::Text(inner) => {
                inline::write(
                    writer,
                    &text[inner.clone()],
                    base + inner.start,
                    Running::Plain,
                );
            }
            What::Link(words, url) => {
                let link = writer.link(&text[url], range.clone(), false);
                writer.open(Element::Link(link as u32), Frame::CONTAINER, range.start);
                inline::write(
                    writer,
                    &text[words.clone()],
                    base + words.start,
                    Running::Plain,
                );
                writer.close_container(range.end);
            }
        }
        // Marks of emphasis vanish, what stands between is read on.
        plain = piece.end;
        at = piece.end;
    }
    inline::write(writer, &text[plain..], base + plain, Running::Plain);
}

struct Piece {
    /// Where a role before it starts.
    role: Option<usize>,
    end: usize,
    what: What,
}

enum What {
    Object,
    Code(Range<usize>),
    Nothing,
    Text(Range<usize>),
    Link(Range<usize>, Range<usize>),
}

/// Inline markup is short; what is not closed soon was none.
const LONGEST: usize = 1000;

fn find(text: &str, from: usize, needle: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let window = bytes.get(from..bytes.len().min(from + LONGEST))?;
    memchr::memmem::find(window, needle.as_bytes()).map(|found| from + found)
}

fn backquotes(text: &str, at: usize) -> Option<Piece> {
    if text[at..].starts_with("``") {
        let close = find(text, at + 2, "``")?;
        return Some(Piece {
            role: None,
            end: close + 2,
            what: What::Code(at + 2..close),
        });
    }
    let close = find(text, at + 1, "`")?;
    let inner = at + 1..close;
    let rest = text[close + 1..].trim_start_matches('_');
    let end = text.len() - rest.len();
    let role = role(&text[..at]);
    let target = text[inner.clone()]
        .strip_suffix('>')
        .and_then(|inner| inner.rfind('<'))
        .map(|open| at + 1 + open);
    let name = role.map(|start| &text[start + 1..at - 1]);
    let what = match (name, target) {
        (None | Some("ref" | "doc" | "any" | "term" | "download"), Some(open)) => {
            let words = at + 1..at + 1 + text[at + 1..open].trim_end().len();
            let url = open + 1..close - 1;
            if words.is_empty() {
                What::Object
            } else if name.is_none() {
                What::Link(words, url)
            } else {
                What::Text(words)
            }
        }
        (
            None
            | Some("ref" | "term" | "guilabel" | "strong" | "emphasis" | "abbr" | "sup" | "sub"),
            None,
        ) => What::Text(inner),
        _ => What::Object,
    };
    Some(Piece { role, end, what })
}

/// Where the `:role:` that `before` ends with starts.
fn role(before: &str) -> Option<usize> {
    let head = before.strip_suffix(':')?;
    let name = head
        .bytes()
        .rev()
        .take(40)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"-_:+.".contains(byte))
        .count();
    let start = head.len() - name;
    (name > 1 && before.as_bytes()[start] == b':').then_some(start)
}

/// The marks of `*emphasis*` and `**strong**`, dropped one by one.
fn emphasis(text: &str, at: usize) -> Option<Piece> {
    let bytes = text[at..].bytes();
    let length = bytes.take(3).take_while(|&byte| byte == b'*').count();
    let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let before = text[..at].chars().next_back();
    let after = text[at + length..].chars().next();
    let opens = outside(before) && after.is_some_and(|c| !c.is_whitespace());
    let closes = outside(after) && before.is_some_and(|c| !c.is_whitespace());
    (length <= 2 && (opens || closes) && before != Some('\\')).then_some(Piece {
        role: None,
        end: at + length,
        what: What::Nothing,
    })
}

fn substitution(text: &str, at: usize) -> Option<Piece> {
    let close = find(text, at + 1, "|")?;
    let name = &text[at + 1..close];
    let plain = !name.is_empty()
        && name.len() <= 40
        && !name.starts_with(' ')
        && !name.ends_with(' ')
        && !name.contains('\n');
    plain.then(|| Piece {
        role: None,
        end: close
            + 1
            + (text[close + 1..].len() - text[close + 1..].trim_start_matches('_').len()),
        what: What::Object,
    })
}
