//! Runs of words, their hashes, and those of them that are kept.

use super::words::{Word, Words, finish};
use super::{HASH_BITS, RUN, WINDOW};

/// A run of words: its hash and the words that it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub hash: u64,
    /// Index of its first word.
    pub first: u32,
    /// Index after its last.
    pub end: u32,
}

/// Base of the polynomial that the hashes of words make.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// Every run of the words, each a step after the one before.
pub(super) fn runs(words: &Words) -> impl Iterator<Item = Run> + '_ {
    let words = &words.words;
    // What a word is multiplied by when it leaves a run of so many words.
    let mut powers = [1_u64; RUN as usize + 1];
    for at in 1..powers.len() {
        powers[at] = powers[at - 1].wrapping_mul(BASE);
    }
    let mut end = 0;
    let mut sum = 0_u64;
    (0..words.len()).map_while(move |first| {
        let start = words[first].before;
        while end < words.len() && reach(words, end) < start + RUN {
            sum = sum.wrapping_mul(BASE).wrapping_add(words[end].hash);
            end += 1;
        }
        if reach(words, end) < start + RUN {
            return None;
        }
        let hash = finish(sum) >> (64 - HASH_BITS);
        let run = Run {
            hash,
            first: first as u32,
            end: end as u32,
        };
        let last = powers[end - first - 1];
        sum = sum.wrapping_sub(words[first].hash.wrapping_mul(last));
        Some(run)
    })
}

/// Half words before the word at `end`; all where there is none.
fn reach(words: &[Word], end: usize) -> u32 {
    match words.get(end) {
        Some(word) => word.before,
        None => words.last().map_or(0, |last| last.before + last.weight),
    }
}

/// The runs that are kept: of each window the one with the least hash, of equals the last.
/// A text that is shorter than a window keeps one.
pub(super) fn kept(words: &Words) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(words.len() / 3);
    // Runs that may be the least of a window to come, hashes rising, from `head` on: a
    // window holds a few, so that they are moved up now and then.
    let mut open: Vec<(u32, Run)> = Vec::with_capacity(4 * WINDOW as usize);
    let mut head = 0;
    let mut keep = |run: Run| {
        if kept.last() != Some(&run) {
            kept.push(run);
        }
    };
    let mut full = false;
    for run in runs(words) {
        let before = words.words[run.first as usize].before;
        while open.len() > head && open.last().is_some_and(|(_, last)| last.hash >= run.hash) {
            open.pop();
        }
        if open.len() == open.capacity() {
            open.drain(..head);
            head = 0;
        }
        open.push((before, run));
        while open[head].0 + WINDOW <= before {
            head += 1;
        }
        full |= before + 2 >= WINDOW;
        if full {
            keep(open[head].1);
        }
    }
    if !full && let Some((_, first)) = open.get(head) {
        keep(*first);
    }
    kept
}
