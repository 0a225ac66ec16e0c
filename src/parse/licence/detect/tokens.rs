//! A text as comparable words: case, punctuation, wrapping, numbering, copyright lines
//! and spelling (licence, license) make no difference.

use std::ops::Range;

use super::super::words::words;

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    /// One number a word; equal words have equal numbers.
    pub words: Vec<u64>,
    /// Where each stands.
    pub ranges: Vec<Range<u32>>,
}

/// Splits `text` into words.
pub(super) fn tokens(text: &str) -> Tokens {
    let mut tokens = Tokens::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        if is_copyright(line) {
            continue;
        }
        let mut first = true;
        let mut rest = line;
        while let Some(from) = rest.find(char::is_alphanumeric) {
            let word = &rest[from..];
            let length = word
                .find(|c: char| !c.is_alphanumeric())
                .unwrap_or(word.len());
            let (word, after) = word.split_at(length);
            let begin = at + line.len() - rest.len() + from;
            rest = after;
            // `1.`, `(a)`, `iv)` at the start of a line number a paragraph.
            let numbers = std::mem::take(&mut first)
                && word.chars().count() <= 3
                && after.starts_with(['.', ')', ']'])
                && (word.chars().count() == 1 || word.chars().all(|c| "0123456789iv".contains(c)));
            if !numbers {
                tokens.words.push(number(word));
                let range = begin as u32..(begin + length) as u32;
                tokens.ranges.push(range);
            }
        }
    }
    without_reserved(tokens)
}

/// A line that says who holds the rights; it differs from copy to copy.
fn is_copyright(line: &str) -> bool {
    /// A longer line holds the licence, too.
    const LONGEST: usize = 160;
    if line.len() > LONGEST {
        return false;
    }
    let text = line.trim_start_matches(|c: char| !(c.is_alphanumeric() || "©(<[{".contains(c)));
    let starts = ["copyright", "©", "(c)", "<year>", "[year]"]
        .iter()
        .any(|word| {
            text.get(..word.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(word))
        });
    let year = text
        .as_bytes()
        .windows(4)
        .any(|four| four.iter().all(u8::is_ascii_digit));
    let marked = ["(c)", "(C)", "©", "<", "[", "{"]
        .iter()
        .any(|mark| text.contains(mark));
    // `(c) You must retain` is the third of a list.
    let item = text.starts_with("(c)") && !year;
    starts && (year || marked) && !item
}

/// Equal words have equal numbers: FNV-1a over the lower case, British spelling mended.
pub(super) fn number(word: &str) -> u64 {
    let mut lower = word.to_lowercase();
    if lower.contains("licenc") {
        lower = lower.replace("licenc", "licens");
    }
    if lower == "https" {
        lower.truncate(4);
    }
    lower.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// "All rights reserved" stands in copies of every licence and means nothing there.
fn without_reserved(mut tokens: Tokens) -> Tokens {
    let said = ["all", "rights", "reserved"].map(number);
    let mut keep = vec![true; tokens.words.len()];
    for (at, run) in tokens.words.windows(3).enumerate() {
        if run == said {
            keep[at..at + 3].fill(false);
        }
    }
    let mut kept = keep.iter();
    tokens.words.retain(|_| *kept.next().unwrap_or(&true));
    let mut kept = keep.iter();
    tokens.ranges.retain(|_| *kept.next().unwrap_or(&true));
    tokens
}

/// Which words of a licence's text must be there: what stands before the first of
/// `text.heads` and from the first of `text.tails` on may be missing.
pub(super) fn core(tokens: &Tokens) -> Range<usize> {
    let all = 0..tokens.words.len();
    let Some(words) = words() else { return all };
    let find = |phrases: &[Vec<u64>], from: usize| {
        phrases
            .iter()
            .filter(|phrase| !phrase.is_empty())
            .filter_map(|phrase| {
                tokens.words[from..]
                    .windows(phrase.len())
                    .position(|run| run == phrase.as_slice())
            })
            .min()
            .map(|at| at + from)
    };
    let half = all.end / 2;
    let start = find(&words.heads, 0).filter(|&at| at < half).unwrap_or(0);
    // A title may hold the words of a tail.
    let skipped = (start + 24).min(all.end);
    let end = find(&words.tails, skipped).unwrap_or(all.end);
    start..end
}

/// The words of a phrase, as numbers.
pub fn phrase(text: &str) -> Vec<u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(number)
        .collect()
}
