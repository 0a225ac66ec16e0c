//! Aligns the words of a text with those of a licence.

use std::collections::HashMap;
use std::ops::Range;

use super::texts::GRAM;

/// Words of the text between two aligned words that still belong to the licence; more
/// are somebody else's. A paragraph that is put in has about as many.
const NEAR: usize = 60;
/// Largest gap, as a product of its sides, in which single words are compared.
const SMALL: usize = 4096;
/// A run of aligned words that is cut off from the others by a wide gap and is shorter
/// than this is a coincidence.
const CHANCE: usize = 8;

/// What an alignment found.
#[derive(Debug, Default)]
pub(super) struct Alignment {
    /// Aligned words: index in the text, index in the licence; both ascending.
    pub pairs: Vec<(usize, usize)>,
    /// Aligned words of the part that must be there.
    pub matched: usize,
    /// Words that differ there: missing, put in or replaced.
    pub differing: usize,
}

impl Alignment {
    /// Between 0 and 1.
    pub(super) fn score(&self) -> f32 {
        let all = self.matched + self.differing;
        if all == 0 {
            return 0.0;
        }
        self.matched as f32 / all as f32
    }

    /// The words of the text that it covers.
    pub(super) fn extent(&self) -> Range<usize> {
        match (self.pairs.first(), self.pairs.last()) {
            (Some(first), Some(last)) => first.0..last.0 + 1,
            _ => 0..0,
        }
    }
}

/// Where the runs of [`GRAM`] words that occur once in a licence stand.
pub(super) fn unique(words: &[u64]) -> HashMap<&[u64], usize> {
    let mut places: HashMap<&[u64], usize> = HashMap::new();
    for (at, run) in words.windows(GRAM).enumerate() {
        places
            .entry(run)
            .and_modify(|place| *place = usize::MAX)
            .or_insert(at);
    }
    places.retain(|_, place| *place != usize::MAX);
    places
}

/// Aligns `text`, of which `free` words are not taken, with `licence`, of which `core`
/// must be there.
pub(super) fn align(
    text: &[u64],
    free: &[bool],
    licence: &[u64],
    places: &HashMap<&[u64], usize>,
    core: &Range<usize>,
) -> Alignment {
    let pairs = anchored(text, free, places);
    let pairs = fill(text, free, licence, &without_chance(pairs));
    count(pairs, core, licence.len())
}

/// The words of the longest chain of runs that occur once in the licence.
fn anchored(text: &[u64], free: &[bool], places: &HashMap<&[u64], usize>) -> Vec<(usize, usize)> {
    let anchors: Vec<(usize, usize)> = text
        .windows(GRAM)
        .enumerate()
        .filter(|(at, _)| free[*at..at + GRAM].iter().all(|free| *free))
        .filter_map(|(at, run)| Some((at, *places.get(run)?)))
        .collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (at, place) in ascending(&anchors) {
        for step in 0..GRAM {
            let pair = (at + step, place + step);
            if pairs
                .last()
                .is_none_or(|last| last.0 < pair.0 && last.1 < pair.1)
            {
                pairs.push(pair);
            }
        }
    }
    pairs
}

/// The longest chain of anchors that ascends on both sides.
fn ascending(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // `tails[n]`: the anchor that ends the chain of n + 1 with the smallest place.
    let mut tails: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(anchors.len());
    for (index, anchor) in anchors.iter().enumerate() {
        let length = tails.partition_point(|&tail| anchors[tail].1 < anchor.1);
        before.push(length.checked_sub(1).map(|length| tails[length]));
        if length == tails.len() {
            tails.push(index);
        } else {
            tails[length] = index;
        }
    }
    let mut chain = Vec::with_capacity(tails.len());
    let mut at = tails.last().copied();
    while let Some(index) = at {
        chain.push(anchors[index]);
        at = before[index];
    }
    chain.reverse();
    chain
}

/// Leaves out short runs that a wide gap in the text cuts off.
fn without_chance(pairs: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let mut kept = Vec::with_capacity(pairs.len());
    for run in pairs.chunk_by(|a, b| b.0 - a.0 <= NEAR) {
        if run.len() >= CHANCE || run.len() == pairs.len() {
            kept.extend_from_slice(run);
        }
    }
    kept
}

/// Aligns what is left between the anchors, and before and after them.
fn fill(
    text: &[u64],
    free: &[bool],
    licence: &[u64],
    pairs: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let (Some(&first), Some(&last)) = (pairs.first(), pairs.last()) else {
        return Vec::new();
    };
    let mut all = Vec::with_capacity(pairs.len());
    // As much of the text as of the licence stands before and after, a little more
    // where words were put in.
    let reach = first.1 + first.1 / 4 + 2;
    gap(
        text,
        free,
        licence,
        first.0.saturating_sub(reach)..first.0,
        0..first.1,
        &mut all,
    );
    for two in pairs.windows(2) {
        all.push(two[0]);
        let (a, b) = (two[0].0 + 1..two[1].0, two[0].1 + 1..two[1].1);
        if !b.is_empty() && a.len() <= NEAR * 4 {
            gap(text, free, licence, a, b, &mut all);
        }
    }
    all.push(last);
    let left = licence.len() - last.1 - 1;
    let end = (last.0 + 1 + left + left / 4 + 2).min(text.len());
    gap(
        text,
        free,
        licence,
        last.0 + 1..end,
        last.1 + 1..licence.len(),
        &mut all,
    );
    all
}

/// Aligns a gap: a small one word by word, a large one by the runs that occur once in
/// it, since they may occur twice in the whole.
fn gap(
    text: &[u64],
    free: &[bool],
    licence: &[u64],
    a: Range<usize>,
    b: Range<usize>,
    out: &mut Vec<(usize, usize)>,
) {
    if a.len() * b.len() <= SMALL {
        subsequence(text, free, licence, a, b, out);
        return;
    }
    let places = unique(&licence[b.clone()]);
    let pairs = anchored(&text[a.clone()], &free[a.clone()], &places);
    let mut from = (a.start, b.start);
    for pair in pairs {
        let pair = (pair.0 + a.start, pair.1 + b.start);
        let (a, b) = (from.0..pair.0, from.1..pair.1);
        if a.len() * b.len() <= SMALL {
            subsequence(text, free, licence, a, b, out);
        }
        out.push(pair);
        from = (pair.0 + 1, pair.1 + 1);
    }
    let (a, b) = (from.0..a.end, from.1..b.end);
    if a.len() * b.len() <= SMALL {
        subsequence(text, free, licence, a, b, out);
    }
}

/// The longest common subsequence.
fn subsequence(
    text: &[u64],
    free: &[bool],
    licence: &[u64],
    a: Range<usize>,
    b: Range<usize>,
    out: &mut Vec<(usize, usize)>,
) {
    let (rows, columns) = (a.len(), b.len());
    if rows == 0 || columns == 0 {
        return;
    }
    let same = |i: usize, j: usize| free[a.start + i] && text[a.start + i] == licence[b.start + j];
    let mut best = vec![0_u16; (rows + 1) * (columns + 1)];
    let cell = |i: usize, j: usize| i * (columns + 1) + j;
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            best[cell(i, j)] = if same(i, j) {
                best[cell(i + 1, j + 1)] + 1
            } else {
                best[cell(i + 1, j)].max(best[cell(i, j + 1)])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < rows && j < columns {
        if same(i, j) {
            out.push((a.start + i, b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if best[cell(i + 1, j)] >= best[cell(i, j + 1)] {
            i += 1;
        } else {
            j += 1;
        }
    }
}

fn count(pairs: Vec<(usize, usize)>, core: &Range<usize>, length: usize) -> Alignment {
    let matched = pairs.iter().filter(|pair| core.contains(&pair.1)).count();
    let mut differing = 0;
    let mut at: Option<(usize, usize)> = None;
    for &pair in &pairs {
        let (put_in, from) = match at {
            Some(last) => (pair.0 - last.0 - 1, last.1 + 1),
            None => (0, 0),
        };
        let missing = overlap(from..pair.1, core);
        let put_in = if put_in <= NEAR && core.contains(&pair.1) {
            put_in
        } else {
            0
        };
        differing += missing.max(put_in);
        at = Some(pair);
    }
    differing += overlap(at.map_or(0, |last| last.1 + 1)..length, core);
    Alignment {
        pairs,
        matched,
        differing,
    }
}

fn overlap(range: Range<usize>, core: &Range<usize>) -> usize {
    range
        .end
        .min(core.end)
        .saturating_sub(range.start.max(core.start))
}
