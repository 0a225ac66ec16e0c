//! One file's text, and the one span type every later stage points with.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use crate::budget::Budget;

/// Identifies a file of one scan: its index in the sorted list of walked paths,
/// so that ordering by `FileId` is ordering by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A byte range in the decoded text of one file. `start <= end`, both on
/// character boundaries, both within the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file it lies in.
    pub file: FileId,
    /// First byte, counted in [`Source::text`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `range` of `file`.
    pub fn new(file: FileId, range: std::ops::Range<usize>) -> Self {
        debug_assert!(range.start <= range.end);
        Self {
            file,
            start: range.start as u32,
            end: range.end as u32,
        }
    }

    /// The byte range as `usize`, ready for slicing.
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether `other` lies within it.
    pub fn contains(&self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }

    /// Whether it covers no byte (a place rather than words).
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }
}

/// How the bytes of a file were encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 without a byte-order mark.
    Utf8,
    /// UTF-8 with a byte-order mark, which is not part of the text.
    Utf8Bom,
    /// UTF-16, little endian, told by its byte-order mark.
    Utf16Le,
    /// UTF-16, big endian, told by its byte-order mark.
    Utf16Be,
}

impl Encoding {
    /// A text as the bytes of a file, with the byte-order mark.
    pub fn bytes(self, text: &str) -> Vec<u8> {
        let units = || std::iter::once(0xFEFF).chain(text.encode_utf16());
        match self {
            Self::Utf8 => text.as_bytes().to_vec(),
            Self::Utf8Bom => ["\u{feff}".as_bytes(), text.as_bytes()].concat(),
            Self::Utf16Le => units().flat_map(u16::to_le_bytes).collect(),
            Self::Utf16Be => units().flat_map(u16::to_be_bytes).collect(),
        }
    }
}

/// A text whose lines end with line feeds, and which of these begin no line that is counted:
/// those that were carriage returns alone, where there are others.
fn with_line_feeds(text: String) -> (String, Vec<u32>) {
    let bytes = text.as_bytes();
    let has_feeds = memchr::memchr(b'\n', bytes).is_some();
    let alone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    let returns: Vec<u32> = memchr::memchr_iter(b'\r', bytes)
        .filter(alone)
        .map(|at| at as u32)
        .collect();
    if returns.is_empty() {
        return (text, returns);
    }
    let mut bytes = text.into_bytes();
    for at in &returns {
        bytes[*at as usize] = b'\n';
    }
    let text = String::from_utf8(bytes).expect("one ASCII character is put for another");
    (text, if has_feeds { returns } else { Vec::new() })
}

/// A place in a text, computed late from a byte offset. All one-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line number.
    pub line: u32,
    /// Column in Unicode scalar values, as a terminal user counts.
    pub column: u32,
    /// Column in UTF-16 code units, as SARIF viewers count.
    pub utf16: u32,
    /// Column in bytes of UTF-8.
    pub byte: u32,
}

/// The decoded text of one file and where it came from.
#[derive(Debug)]
pub struct Source {
    /// Its identity in this scan.
    pub id: FileId,
    /// Path relative to the scan root, `/`-separated, without `./`.
    pub path: Arc<str>,
    /// The decoded text, without byte-order mark.
    pub text: String,
    /// How the bytes were encoded.
    pub encoding: Encoding,
    /// Whether invalid bytes were replaced by U+FFFD, so that offsets no longer
    /// match the file on disk and no fix may be applied.
    pub lossy: bool,
    /// Work that may be done over it.
    pub budget: Budget,
    /// Offsets of line feeds that are carriage returns in the file, among others that are none:
    /// editors and code hosts count no line there.
    returns: Vec<u32>,
    line_starts: OnceLock<Vec<u32>>,
    /// Where each block of the text starts, with the characters and UTF-16 units before it.
    blocks: OnceLock<Vec<[u32; 3]>>,
}

impl Source {
    /// A source from text that is already decoded.
    pub fn from_text(id: FileId, path: impl Into<Arc<str>>, text: impl Into<String>) -> Self {
        Self {
            id,
            path: path.into(),
            text: text.into(),
            encoding: Encoding::Utf8,
            lossy: false,
            budget: Budget::without_end(),
            returns: Vec::new(),
            line_starts: OnceLock::new(),
            blocks: OnceLock::new(),
        }
    }

    /// Decodes the bytes of a file: UTF-8 with or without byte-order mark, UTF-16
    /// with one; invalid sequences become U+FFFD and set [`Source::lossy`]. A carriage return
    /// that no line feed follows becomes one: to Python, JavaScript and Markdown it ends a
    /// line, and a comment with it.
    pub fn decode(id: FileId, path: impl Into<Arc<str>>, bytes: Vec<u8>) -> Self {
        let (encoding, skip) = match bytes.as_slice() {
            [0xEF, 0xBB, 0xBF, ..] => (Encoding::Utf8Bom, 3),
            [0xFF, 0xFE, ..] => (Encoding::Utf16Le, 2),
            [0xFE, 0xFF, ..] => (Encoding::Utf16Be, 2),
            _ => (Encoding::Utf8, 0),
        };
        let (text, lossy) = match encoding {
            Encoding::Utf8 => match String::from_utf8(bytes) {
                Ok(text) => (text, false),
                Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
            },
            Encoding::Utf8Bom => decode_with(encoding_rs::UTF_8, &bytes[skip..]),
            Encoding::Utf16Le => decode_with(encoding_rs::UTF_16LE, &bytes[skip..]),
            Encoding::Utf16Be => decode_with(encoding_rs::UTF_16BE, &bytes[skip..]),
        };
        let (text, returns) = with_line_feeds(text);
        Self {
            encoding,
            lossy,
            returns,
            ..Self::from_text(id, path, text)
        }
    }

    /// The same with so much work.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Self {
        Self { budget, ..self }
    }

    /// The words a span covers.
    pub fn slice(&self, span: Span) -> &str {
        debug_assert_eq!(span.file, self.id);
        self.text.get(span.range()).unwrap_or("")
    }

    /// The file name without its folders.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// A span of this file.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// Byte offsets at which lines start; line 1 starts at 0.
    pub fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let feeds = memchr::memchr_iter(b'\n', self.text.as_bytes()).map(|at| at as u32);
            let counted = feeds.filter(|at| self.returns.binary_search(at).is_err());
            std::iter::once(0).chain(counted.map(|at| at + 1)).collect()
        })
    }

    /// The text with one line feed for each line that is counted.
    pub fn counted(&self) -> Cow<'_, str> {
        let text = self.text.as_str();
        if self.returns.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut counted = String::with_capacity(text.len());
        let mut from = 0;
        for at in &self.returns {
            counted.push_str(&text[from..*at as usize]);
            counted.push('\r');
            from = *at as usize + 1;
        }
        counted.push_str(&text[from..]);
        Cow::Owned(counted)
    }

    /// The one-based line of a byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        let offset = floor_boundary(&self.text, offset as usize);
        let starts = self.line_starts();
        starts.partition_point(|&start| start as usize <= offset) as u32
    }

    /// Line and columns of a byte offset. An offset past the end is the end; one
    /// inside a character is that character.
    pub fn position(&self, offset: u32) -> Position {
        let offset = floor_boundary(&self.text, offset as usize);
        let line = self.line_of(offset as u32);
        let start = self.line_starts()[line as usize - 1] as usize;
        let (column, utf16) = if offset - start <= BLOCK {
            counted(&self.text[start..offset])
        } else {
            let (from, to) = (self.counted_to(start), self.counted_to(offset));
            (to.0 - from.0, to.1 - from.1)
        };
        Position {
            line,
            column: column + 1,
            utf16: utf16 + 1,
            byte: (offset - start) as u32 + 1,
        }
    }

    /// Characters and UTF-16 units before a byte offset: a line may be as long as the file,
    /// and hold as many findings as are kept.
    fn counted_to(&self, offset: usize) -> (u32, u32) {
        let blocks = self.blocks.get_or_init(|| {
            let mut blocks = vec![[0; 3]];
            let mut at = 0;
            while at < self.text.len() {
                let next = floor_boundary(&self.text, at + BLOCK);
                let (characters, units) = counted(&self.text[at..next]);
                let [_, before, units_before] = blocks[blocks.len() - 1];
                blocks.push([next as u32, before + characters, units_before + units]);
                at = next;
            }
            blocks
        });
        let next = blocks.partition_point(|[start, ..]| *start as usize <= offset);
        let [start, characters, units] = blocks[next.saturating_sub(1)];
        let rest = counted(&self.text[start as usize..offset]);
        (characters + rest.0, units + rest.1)
    }

    /// The text of a one-based line, without its line ending.
    pub fn line_text(&self, line: u32) -> &str {
        let starts = self.line_starts();
        let Some(&start) = (line as usize).checked_sub(1).and_then(|at| starts.get(at)) else {
            return "";
        };
        let end = starts
            .get(line as usize)
            .map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }
}

/// Bytes of text after which characters are counted anew.
const BLOCK: usize = 1024;

/// Characters and UTF-16 units of a text.
fn counted(text: &str) -> (u32, u32) {
    text.chars().fold((0, 0), |(characters, units), c| {
        (characters + 1, units + c.len_utf16() as u32)
    })
}

/// The last character boundary at or before `at`; the end for what lies past it.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or after `at`; the end for what lies past it.
pub fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The lines of a text, with their ends, as places count them: a carriage return alone ends
/// none.
pub fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn decode_with(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, bool) {
    let (text, lossy) = encoding.decode_without_bom_handling(bytes);
    (text.into_owned(), lossy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_utf16_units_and_bytes() {
        let source = Source::from_text(FileId(0), "a.md", "x\né😀z");
        let position = source.position(2 + 2 + 4);
        assert_eq!(
            (
                position.line,
                position.column,
                position.utf16,
                position.byte
            ),
            (2, 3, 4, 7)
        );
    }

    #[test]
    fn columns_of_a_long_line_are_counted_the_same() {
        let text = format!("x\n{}", "aé😀".repeat(1000));
        let source = Source::from_text(FileId(0), "a.md", text.clone());
        for (at, _) in text.char_indices().filter(|(at, _)| *at > 1) {
            let head = &text[2..at];
            let position = source.position(at as u32);
            assert_eq!(
                (position.column, position.utf16),
                (
                    head.chars().count() as u32 + 1,
                    head.encode_utf16().count() as u32 + 1
                )
            );
        }
    }

    #[test]
    fn a_carriage_return_ends_a_line_and_is_counted_where_nothing_else_does() {
        let decode = |text: &str| Source::decode(FileId(0), "a.py", text.into());
        let old = decode("a\rb\rc");
        assert_eq!(old.text, "a\nb\nc");
        assert_eq!(old.line_of(4), 3);
        let mixed = decode("# a\rb\r\nc\n");
        assert_eq!(mixed.text, "# a\nb\r\nc\n");
        assert_eq!(mixed.line_of(4), 1, "as editors and code hosts count");
        assert_eq!(mixed.line_of(7), 2);
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let utf16: Vec<u8> = [0xFF, 0xFE]
            .into_iter()
            .chain("né\n".encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        for (bytes, encoding) in [
            ("né\n".as_bytes().to_vec(), Encoding::Utf8),
            ("\u{feff}né\n".as_bytes().to_vec(), Encoding::Utf8Bom),
            (utf16, Encoding::Utf16Le),
        ] {
            let source = Source::decode(FileId(0), "a.md", bytes.clone());
            assert_eq!((source.text.as_str(), source.encoding), ("né\n", encoding));
            assert_eq!(encoding.bytes(&source.text), bytes);
            assert!(!source.lossy);
        }
        assert!(Source::decode(FileId(0), "a.md", vec![b'a', 0xFF, b'b']).lossy);
    }
}
