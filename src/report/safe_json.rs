//! JSON that may be printed on a terminal: what that or the log of a pipeline could act on
//! is written as `\u` escapes, which readers of JSON decode as ever; credentials are masked.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{CharEscape, CompactFormatter, Formatter, PrettyFormatter, Serializer};

use super::secrets::masked;
use super::text::{is_command, is_unsafe};

/// Writes a value, indented, with a line break at the end.
pub fn write(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write_as(PrettyFormatter::new(), value, out)
}

/// Writes a value on one line.
pub fn write_line(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    write_as(CompactFormatter, value, out)
}

/// Writes a value that stands in a `script` element: nothing in it can end the element or
/// begin a comment.
pub fn write_in_html(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    let escaped = |c: char| is_unsafe(c) || matches!(c, '<' | '>' | '&');
    write_escaped(CompactFormatter, escaped, value, out)
}

fn write_as(
    formatter: impl Formatter,
    value: &impl Serialize,
    out: &mut dyn Write,
) -> io::Result<()> {
    write_escaped(formatter, is_unsafe, value, out)?;
    out.write_all(b"\n")
}

fn write_escaped(
    formatter: impl Formatter,
    escaped: fn(char) -> bool,
    value: &impl Serialize,
    mut out: &mut dyn Write,
) -> io::Result<()> {
    let safe = Safe(formatter, escaped);
    value.serialize(&mut Serializer::with_formatter(&mut out, safe))?;
    Ok(())
}

/// Writes as another formatter does, with some characters escaped.
struct Safe<F>(F, fn(char) -> bool);

impl<F: Formatter> Formatter for Safe<F> {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let fragment = masked(fragment);
        let mut rest = &*fragment;
        let stops = |rest: &str| {
            let mut chars = rest.char_indices();
            let found = chars.find(|&(at, c)| (self.1)(c) || c == '#' && is_command(&rest[at..]));
            found.map(|(at, _)| at)
        };
        while let Some(at) = stops(rest) {
            self.0.write_string_fragment(writer, &rest[..at])?;
            let mut chars = rest[at..].chars();
            if let Some(c) = chars.next() {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = chars.as_str();
        }
        self.0.write_string_fragment(writer, rest)
    }

    fn write_char_escape<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        self.0.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}

#[cfg(test)]
mod tests {
    proptest::proptest! {
        #[test]
        fn any_text_survives_and_none_is_unsafe(text in "\\PC*|[\\x00-\\u{ff}\\u{2000}-\\u{2070}\\u{e0000}-\\u{e0080}]*") {
            let mut out = Vec::new();
            super::write(&text, &mut out).expect("written");
            let json = String::from_utf8(out).expect("UTF-8");
            proptest::prop_assert!(!json.trim_end().contains(super::is_unsafe));
            let read: String = serde_json::from_str(&json).expect("JSON");
            proptest::prop_assert_eq!(&read, &text);

            let mut out = Vec::new();
            super::write_in_html(&text, &mut out).expect("written");
            let json = String::from_utf8(out).expect("UTF-8");
            proptest::prop_assert!(!json.contains(['<', '>', '&']));
            proptest::prop_assert!(!json.contains(super::is_unsafe));
            let read: String = serde_json::from_str(&json).expect("JSON");
            proptest::prop_assert_eq!(read, text);
        }
    }
}
