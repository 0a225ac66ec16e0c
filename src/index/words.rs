//! Words of a text, hashed as they are compared: without case, markup and punctuation.

use crate::facts::prose::OBJECT;

/// One word, or one character of a script without spaces.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    pub hash: u64,
    /// Half words before it.
    pub before: u32,
    /// Half words that it weighs: 2, or 1 for a character.
    pub weight: u32,
    /// Index of the piece that it stands in.
    pub piece: u32,
    /// Its bytes in that piece.
    pub start: u32,
    pub end: u32,
}

/// The words of a file in reading order.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub(super) words: Vec<Word>,
    /// For each piece, where it came from.
    pub(super) pieces: Vec<u32>,
}

impl Words {
    /// Adds the words of one piece of text; `origin` is by what the caller knows it again.
    pub fn add(&mut self, text: &str, origin: u32) {
        let piece = self.pieces.len() as u32;
        self.pieces.push(origin);
        let mut before = self.weight();
        each(text, |hash, range, weight| {
            self.words.push(Word {
                hash,
                before,
                weight,
                piece,
                start: range.start as u32,
                end: range.end as u32,
            });
            before += weight;
        });
    }

    /// Half words of the whole.
    pub fn weight(&self) -> u32 {
        let last = self.words.last();
        last.map_or(0, |last| last.before + last.weight)
    }

    /// Number of words and characters.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// Goes through the words of a text: hash, bytes, weight.
fn each(text: &str, mut found: impl FnMut(u64, std::ops::Range<usize>, u32)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if !byte.is_ascii_alphanumeric() {
                at += 1;
                continue;
            }
        } else {
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            let end = at + c.len_utf8();
            if !is_word(c) {
                at = end;
                continue;
            }
            if stands_alone(c) {
                found(finish(fold(START, c)), at..end, 1);
                at = end;
                continue;
            }
        }
        let start = at;
        let mut hash = START;
        while at < bytes.len() {
            let byte = bytes[at];
            if byte.is_ascii_alphanumeric() {
                hash = step(hash, byte.to_ascii_lowercase());
                at += 1;
                continue;
            }
            if byte.is_ascii() {
                break;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if !is_word(c) || stands_alone(c) {
                break;
            }
            hash = fold(hash, c);
            at += c.len_utf8();
        }
        found(finish(hash), start..at, 2);
    }
}

fn is_word(c: char) -> bool {
    c != OBJECT && (c.is_alphanumeric() || is_mark(c))
}

/// Signs that belong to the letter before them, in decomposed text and in Indic scripts.
fn is_mark(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x900..=0x903 | 0x93A..=0x94F | 0xE31..=0xE3A | 0xE47..=0xE4E)
}

/// Characters of scripts that put no space between words.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF
        | 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
        | 0xFF66..=0xFF9D | 0x2_0000..=0x3_FFFF)
}

/// FNV-1a.
const START: u64 = 0xcbf2_9ce4_8422_2325;

fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

fn fold(mut hash: u64, c: char) -> u64 {
    for c in c.to_lowercase() {
        let mut buffer = [0; 4];
        for byte in c.encode_utf8(&mut buffer).bytes() {
            hash = step(hash, byte);
        }
    }
    hash
}

/// Spreads the bits of a hash (the finaliser of SplitMix64).
pub(super) fn finish(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}
