//! Edits of a text, applied to the bytes that it was read from.

use std::collections::BTreeMap;

use encoding_rs::WINDOWS_1252;

use crate::finding::{Edit, Fix};
use crate::source::{Encoding, FileId, Source};

/// Edits of one fix that stand no further apart belong together: an article and the name
/// behind it.
const TOGETHER: u32 = 40;

/// Edits of one fix in one file that are made together or not at all.
#[derive(Debug)]
struct Unit<'a> {
    safe: bool,
    edits: Vec<&'a Edit>,
}

/// Edits by file, sorted, none of which touches another. Of those that do the safe one
/// is taken, then the first; the others are left for the next look.
pub fn chosen<'a>(fixes: impl Iterator<Item = &'a Fix>) -> BTreeMap<FileId, Vec<&'a Edit>> {
    let mut units: BTreeMap<FileId, Vec<Unit<'a>>> = BTreeMap::new();
    for fix in fixes {
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort();
        let mut last: Option<&Edit> = None;
        for edit in edits {
            let of_file = units.entry(edit.span.file).or_default();
            let near = last.is_some_and(|last| {
                last.span.file == edit.span.file
                    && edit.span.start.saturating_sub(last.span.end) <= TOGETHER
            });
            match of_file.last_mut() {
                Some(unit) if near => unit.edits.push(edit),
                _ => of_file.push(Unit {
                    safe: fix.safe,
                    edits: vec![edit],
                }),
            }
            last = Some(edit);
        }
    }
    let chosen = units.into_iter().map(|(file, mut units)| {
        units.sort_by_key(|unit| (!unit.safe, unit.edits[0].span));
        let mut taken: BTreeMap<u32, &Edit> = BTreeMap::new();
        for unit in units {
            let fresh: Vec<&Edit> = unit
                .edits
                .into_iter()
                .filter(|edit| taken.get(&edit.span.start) != Some(edit))
                .collect();
            if fresh.iter().all(|edit| is_free(&taken, edit)) {
                taken.extend(fresh.into_iter().map(|edit| (edit.span.start, edit)));
            }
        }
        (file, taken.into_values().collect())
    });
    chosen.collect()
}

/// Whether nothing that was taken touches an edit.
fn is_free(taken: &BTreeMap<u32, &Edit>, edit: &Edit) -> bool {
    let before = taken.range(..=edit.span.start).next_back();
    let after = taken.range(edit.span.start..).next();
    let free_before = before
        .is_none_or(|(start, other)| other.span.end <= edit.span.start && *start < edit.span.start);
    free_before && after.is_none_or(|(start, _)| *start >= edit.span.end)
}

/// The bytes of a file after edits of its text, which are sorted and do not touch each
/// other; says why there are none.
pub fn apply(source: &Source, bytes: &[u8], edits: &[&Edit]) -> Result<Vec<u8>, &'static str> {
    if !source.lossy {
        if source.encoding.bytes(&source.text) != bytes {
            return Err("its encoding or its line ends can't be kept");
        }
        let mut text = source.text.clone();
        for edit in edits.iter().rev() {
            let range = edit.span.range();
            if text.get(range.clone()).is_none() {
                return Err("changed while it was looked at");
            }
            text.replace_range(range, &edit.replacement);
        }
        return Ok(source.encoding.bytes(&text));
    }
    if source.encoding != Encoding::Utf8 {
        return Err("some of its bytes are no text");
    }
    let places = Places::new(bytes);
    let mut out = bytes.to_vec();
    for edit in edits.iter().rev() {
        let (Some(start), Some(end)) = (places.byte(edit.span.start), places.byte(edit.span.end))
        else {
            return Err("some of its bytes are no text");
        };
        if source
            .slice(edit.span)
            .contains(char::REPLACEMENT_CHARACTER)
        {
            return Err("some of its bytes are no text");
        }
        let new = places.encoded(&edit.replacement);
        out.splice(
            start..end,
            new.ok_or("its encoding has no place for the new text")?,
        );
    }
    Ok(out)
}

/// A text at the end of a file, in its encoding and with its line ends: after an empty
/// line, and with a line end behind it.
pub fn append(source: &Source, bytes: &[u8], added: &str) -> Result<Vec<u8>, &'static str> {
    let text = &source.text;
    let crlf = text.matches("\r\n").count();
    let newline = if crlf * 2 > text.matches('\n').count() {
        "\r\n"
    } else {
        "\n"
    };
    let gap = match text {
        text if text.is_empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let added = format!("{gap}{}\n", added.trim_end()).replace('\n', newline);
    let end = text.len();
    let edit = Edit {
        span: source.span(end..end),
        replacement: added,
    };
    apply(source, bytes, &[&edit])
}

/// Where each place of a text that holds replaced bytes is in the file.
struct Places {
    /// Starts of pieces: in the text, in the file, and whether they are text.
    pieces: Vec<(u32, usize, bool)>,
    end: (u32, usize),
    /// No character of several bytes is among them: one byte is one character, as in
    /// Latin-1 and Windows-1252.
    single: bool,
}

impl Places {
    fn new(bytes: &[u8]) -> Self {
        let mut places = Self {
            pieces: Vec::new(),
            end: (0, 0),
            single: true,
        };
        for chunk in bytes.utf8_chunks() {
            let (text, byte) = places.end;
            places.pieces.push((text, byte, true));
            places.single &= chunk.valid().is_ascii();
            let (text, byte) = (
                text + chunk.valid().len() as u32,
                byte + chunk.valid().len(),
            );
            places.end = (text, byte);
            if !chunk.invalid().is_empty() {
                places.pieces.push((text, byte, false));
                let replaced = char::REPLACEMENT_CHARACTER.len_utf8() as u32;
                places.end = (text + replaced, byte + chunk.invalid().len());
            }
        }
        places
    }

    fn byte(&self, at: u32) -> Option<usize> {
        if at == self.end.0 {
            return Some(self.end.1);
        }
        let index = self.pieces.partition_point(|(text, ..)| *text <= at);
        let (text, byte, is_text) = *self.pieces.get(index.checked_sub(1)?)?;
        if is_text {
            Some(byte + (at - text) as usize)
        } else {
            (at == text).then_some(byte)
        }
    }

    fn encoded(&self, text: &str) -> Option<Vec<u8>> {
        if text.is_ascii() {
            return Some(text.as_bytes().to_vec());
        }
        let (bytes, _, unknown) = WINDOWS_1252.encode(text);
        (self.single && !unknown).then(|| bytes.into_owned())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn edit(source: &Source, words: &str, replacement: &str) -> Edit {
        let start = source.text.find(words).expect("the words");
        Edit {
            span: source.span(start..start + words.len()),
            replacement: replacement.to_owned(),
        }
    }

    fn mended(bytes: &[u8], words: &str, replacement: &str) -> Result<Vec<u8>, &'static str> {
        let source = Source::decode(FileId(0), "a.md", bytes.to_vec());
        let edit = edit(&source, words, replacement);
        apply(&source, bytes, &[&edit])
    }

    #[test]
    fn every_encoding_is_kept() {
        let text = "née Sharepoint\r\nund mehr\r\n";
        let after = "née SharePoint\r\nund mehr\r\n";
        for encoding in [
            Encoding::Utf8,
            Encoding::Utf8Bom,
            Encoding::Utf16Le,
            Encoding::Utf16Be,
        ] {
            let bytes = mended(&encoding.bytes(text), "Sharepoint", "SharePoint");
            assert_eq!(bytes, Ok(encoding.bytes(after)), "{encoding:?}");
        }
        let latin = mended(b"n\xe9e Sharepoint, na\xefve", "Sharepoint", "SharePoint");
        assert_eq!(latin, Ok(b"n\xe9e SharePoint, na\xefve".to_vec()));
        let latin = mended(b"n\xe9e x", "x", "caf\u{e9} \u{2013}");
        assert_eq!(latin, Ok(b"n\xe9e caf\xe9 \x96".to_vec()));
        // Two encodings in one file: only what is the same in both is written.
        let mixed = b"n\xe9e x \xc3\xa9";
        assert!(mended(mixed, "x", "caf\u{e9}").is_err());
        assert_eq!(mended(mixed, "x", "y"), Ok(b"n\xe9e y \xc3\xa9".to_vec()));
        assert!(mended(b"n\xe9e x", "n\u{fffd}e", "y").is_err());
        assert!(
            mended(b"\xff\xfea\0b\0\x01", "a", "b").is_err(),
            "half a unit"
        );
    }

    #[test]
    fn a_text_at_the_end_has_the_line_ends_of_the_file() {
        for (before, after) in [
            ("", "Text.\n"),
            ("a", "a\n\nText.\n"),
            ("a\n", "a\n\nText.\n"),
            ("a\n\n", "a\n\nText.\n"),
            ("a\r\nb\r\n", "a\r\nb\r\n\r\nText.\r\n"),
        ] {
            let source = Source::decode(FileId(0), "a.md", before.into());
            let bytes = append(&source, before.as_bytes(), "Text.").expect("appended");
            assert_eq!(String::from_utf8_lossy(&bytes), after);
        }
    }

    #[test]
    fn of_edits_that_touch_one_is_made() {
        let source = Source::from_text(FileId(0), "a.md", "an Azure ATP rule");
        let fix = |safe, edits: Vec<Edit>| Fix {
            title: String::new(),
            safe,
            edits,
            more: false,
        };
        let whole = vec![
            edit(&source, "an", "a"),
            edit(&source, "Azure ATP", "Microsoft Defender for Identity"),
        ];
        let fixes = [
            fix(false, vec![edit(&source, "Azure", "azure")]),
            fix(true, whole.clone()),
            fix(true, whole.clone()),
            fix(
                true,
                vec![edit(&source, "ATP rule", "x"), edit(&source, "an", "a")],
            ),
        ];
        let chosen = chosen(fixes.iter());
        let edits: Vec<&Edit> = whole.iter().collect();
        assert_eq!(chosen[&FileId(0)], edits);
    }

    proptest! {
        #[test]
        fn any_edits_can_be_made(
            bytes in proptest::collection::vec(prop_oneof![Just(b'a'), Just(b' '), Just(0xE9), any::<u8>()], 0..60),
            spots in proptest::collection::vec((0usize..80, 0usize..10, "[a-zé]{0,4}", any::<bool>()), 0..12),
        ) {
            let source = Source::decode(FileId(0), "a.md", bytes.clone());
            let fixes: Vec<Fix> = spots.into_iter().map(|(start, length, replacement, safe)| {
                let start = crate::source::floor_boundary(&source.text, start);
                let end = crate::source::ceil_boundary(&source.text, start + length);
                Fix {
                    title: String::new(),
                    safe,
                    edits: vec![Edit { span: source.span(start..end), replacement }],
                    more: false,
                }
            }).collect();
            for edits in chosen(fixes.iter()).values() {
                for pair in edits.windows(2) {
                    prop_assert!(pair[0].span.end <= pair[1].span.start);
                    prop_assert!(pair[0].span.start < pair[1].span.start);
                }
                let Ok(after) = apply(&source, &bytes, edits) else { continue };
                // What no edit covers is there as it was.
                let text = Source::decode(FileId(0), "a.md", after).text;
                let mut wanted = source.text.clone();
                for edit in edits.iter().rev() {
                    wanted.replace_range(edit.span.range(), &edit.replacement);
                }
                if !source.lossy {
                    prop_assert_eq!(text, wanted);
                } else if edits.iter().all(|edit| edit.replacement.is_ascii() && !edit.replacement.is_empty()) {
                    let ascii = |text: &str| text.chars().filter(char::is_ascii).collect::<String>();
                    prop_assert_eq!(ascii(&text), ascii(&wanted));
                }
            }
        }
    }
}
