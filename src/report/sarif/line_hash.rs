//! The fingerprint of a line as GitHub's upload action computes it
//! (`src/fingerprints.ts` of codeql-action): a rolling hash of the hundred characters
//! from the start of the line on, blanks aside, with a number that tells lines of one
//! hash apart. A report that has it already needs no checkout to be uploaded.

use std::collections::HashMap;

use crate::source::{Encoding, Source};

/// Characters that a hash covers.
const WINDOW: usize = 100;

/// What each character's place is worth; the hash is taken modulo 2^64.
const FACTOR: u64 = 37;

/// Stands for the end of the file.
const END: u16 = 0xFFFF;

/// The hash of each line of a file, lines counted from 1 as the action counts them.
pub fn of(source: &Source) -> Vec<String> {
    match source.encoding {
        Encoding::Utf8 => lines(source.text.encode_utf16()),
        // The action reads every file as UTF-8 and keeps the byte-order mark.
        Encoding::Utf8Bom => lines(std::iter::once(0xFEFF).chain(source.text.encode_utf16())),
        Encoding::Utf16Le | Encoding::Utf16Be => {
            let bytes = source.encoding.bytes(&source.text);
            lines(String::from_utf8_lossy(&bytes).encode_utf16())
        }
    }
}

fn lines(text: impl Iterator<Item = u16>) -> Vec<String> {
    let mut rolling = Rolling::new();
    let mut after_return = false;
    let mut starts = true;
    for unit in text.chain([END]) {
        let feed = after_return && unit == u16::from(b'\n');
        if unit == u16::from(b' ') || unit == u16::from(b'\t') || feed {
            after_return = false;
            continue;
        }
        after_return = unit == u16::from(b'\r');
        let unit = if after_return { u16::from(b'\n') } else { unit };
        rolling.flush();
        if starts {
            rolling.start_line();
        }
        starts = unit == u16::from(b'\n');
        rolling.push(unit);
    }
    for _ in 0..WINDOW {
        rolling.flush();
        rolling.push(0);
    }
    rolling.hashes
}

/// The last characters that were read, and their hash.
struct Rolling {
    window: [u16; WINDOW],
    /// Whether a line starts at a place of the window.
    starts: [bool; WINDOW],
    at: usize,
    hash: u64,
    /// What a character is worth when it leaves the window.
    leaving: u64,
    seen: HashMap<u64, u32>,
    /// Lines end up here in their order: each leaves the window after the one before.
    hashes: Vec<String>,
}

impl Rolling {
    fn new() -> Self {
        Self {
            window: [0; WINDOW],
            starts: [false; WINDOW],
            at: 0,
            hash: 0,
            leaving: FACTOR.wrapping_pow(WINDOW as u32),
            seen: HashMap::new(),
            hashes: Vec::new(),
        }
    }

    /// Hands out the hash of the line that is about to leave the window.
    fn flush(&mut self) {
        if std::mem::take(&mut self.starts[self.at]) {
            let count = self.seen.entry(self.hash).or_default();
            *count += 1;
            self.hashes.push(format!("{:x}:{count}", self.hash));
        }
    }

    fn start_line(&mut self) {
        self.starts[self.at] = true;
    }

    fn push(&mut self, unit: u16) {
        let left = u64::from(std::mem::replace(&mut self.window[self.at], unit));
        self.hash = FACTOR
            .wrapping_mul(self.hash)
            .wrapping_add(u64::from(unit))
            .wrapping_sub(self.leaving.wrapping_mul(left));
        self.at = (self.at + 1) % WINDOW;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hashes(text: &str) -> Vec<String> {
        lines(text.encode_utf16())
    }

    /// From the tests of the action.
    #[test]
    fn hashes_are_those_of_the_action() {
        assert_eq!(hashes(""), ["c129715d7a2bc9a3:1"]);
        let four = [
            "271789c17abda88f:1",
            "54703d4cd895b18:1",
            "180aee12dab6264:1",
            "a23a3dc5e078b07b:1",
        ];
        assert_eq!(hashes(" a\nb\n  \t\tc\n d"), four);
        assert_eq!(hashes(" a\r\nb\r\n  \t\tc\r\n d"), four);
        assert_eq!(
            hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End"),
            [
                "8b7cf3e952e7aeb2:1",
                "b1ae1287ec4718d9:1",
                "bff680108adb0fcc:1",
                "c6805c5e1288b612:1",
                "b86d3392aea1be30:1",
                "e6ceba753e1a442:1",
            ]
        );
    }

    #[test]
    fn there_is_a_hash_for_each_line() {
        let source = Source::from_text(crate::source::FileId(0), "a.md", "x\n".repeat(300));
        let hashes = of(&source);
        assert_eq!(hashes.len(), source.line_starts().len());
        assert!(hashes[1].ends_with(":2"), "{}", hashes[1]);
    }
}
