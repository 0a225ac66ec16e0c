//! Which words of a file stand on which page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::chunk::Fingerprint;
use super::header::IndexError;
use super::open::Index;
use super::page::Page;
use super::winnow::{Run, runs};
use super::words::Words;

/// Half words of a passage from its first run in common to its last: what is as long as
/// forty words begins and ends up to five words outside of those.
const PASSAGE: u32 = 64;
/// The same where words were changed, and the ends lie further in. Seven in ten passages of
/// forty words are found with one word in ten changed; asked for more, half of them.
const EDITED: u32 = 56;
/// Of a hundred words of a passage that nobody changed at least so many are in runs in
/// common.
const UNCHANGED: u32 = 75;
/// Half words without a run in common within a passage. With one word in ten changed the
/// next run in common begins some four words on.
const GAP: u32 = 36;
/// Of a hundred words of a passage so many are in runs in common: half of those of a copy
/// with one word in ten changed. Set phrases that two texts share by chance are fewer.
const COVERED: u32 = 33;
/// Different runs of a passage that are in common.
const FEWEST: usize = 4;
/// Runs that the filter lets pass are looked up where there are so many within a passage:
/// by chance there is one.
const CLOSE: usize = 3;
/// Places in common that are looked at: those of half a million words that are all there.
const MAX_HITS: usize = 500_000;
/// Pages of which a file is told to have text, and those among which they are chosen: a
/// collection of pages in one file has text of many.
const MAX_SOURCES: usize = 8;
const MAX_LIKELY: usize = 64;

/// Text that a file has in common with a page.
#[derive(Clone, Debug)]
pub struct Shared {
    /// The page.
    pub page: Arc<Page>,
    /// Each passage, in order.
    pub passages: Vec<Passage>,
    /// Words of the passages.
    pub words: u32,
    /// Of a hundred words of the file.
    pub share: u32,
}

/// A passage in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Words of the file, by their indexes in [`Words`].
    pub(super) words: Range<u32>,
    /// Its first and last piece of text, with the byte in each: as given to
    /// [`Words::add`].
    pub from: (u32, usize),
    /// The end, likewise.
    pub to: (u32, usize),
    /// First and last line on the page.
    pub lines: (u32, u32),
    /// Half words that runs in common cover.
    covered: u32,
}

/// A run that stands in both.
#[derive(Clone, Copy, Debug)]
struct Hit {
    page: u32,
    part: u32,
    run: Run,
}

/// Whether a text has a passage in common with some page: said of raw text, in which marks
/// break runs, so that fewer are asked for.
pub(super) fn shares(index: &Index, words: &Words) -> Result<bool, IndexError> {
    let hits = hits(index, words)?;
    let mut pages = hits.chunk_by(|a, b| a.page == b.page);
    Ok(pages.any(|of_page| {
        of_page.windows(CLOSE).any(|near| {
            let (first, last) = (&near[0].run, &near[CLOSE - 1].run);
            reach(words, last) - before(words, first) <= 2 * PASSAGE
        })
    }))
}

/// What a text has in common with each page, but of no more pages than are told by far.
pub(super) fn compare(index: &Index, words: &Words) -> Result<Vec<Shared>, IndexError> {
    let hits = hits(index, words)?;
    let mut likely: Vec<(u32, Vec<&[Hit]>)> = Vec::new();
    for of_page in hits.chunk_by(|a, b| a.page == b.page) {
        let regions = regions(of_page, words);
        if !regions.is_empty() {
            let covered = regions.iter().map(|region| covered(region, words)).sum();
            likely.push((covered, regions));
        }
    }
    // Stable: of those that are alike the first pages stay.
    likely.sort_by_key(|(covered, _)| std::cmp::Reverse(*covered));
    likely.truncate(MAX_LIKELY);
    let mut found = Vec::new();
    for (_, regions) in likely {
        let page = Arc::new(index.page(regions[0][0].page)?);
        let passages = regions
            .into_iter()
            .map(|region| passage(region, words, &page))
            .collect();
        found.push(Shared {
            page,
            passages,
            words: 0,
            share: 0,
        });
    }
    Ok(found)
}

/// Of pages that have the same passages the one that has most; the others with what only
/// they have.
pub(super) fn choose(mut found: Vec<Shared>, words: &Words) -> Vec<Shared> {
    let covered = |shared: &Shared| -> u32 { shared.passages.iter().map(|one| one.covered).sum() };
    found.sort_by(|a, b| (covered(b).cmp(&covered(a))).then_with(|| a.page.path.cmp(&b.page.path)));
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let mut chosen = Vec::new();
    for mut shared in found {
        shared.passages.retain(|passage| {
            let Range { start, end } = passage.words;
            // Passages of other pages overlap at their ends.
            let before = taken.range(..end).next_back();
            before.is_none_or(|(_, other)| *other <= start)
        });
        if shared.passages.is_empty() {
            continue;
        }
        for passage in &shared.passages {
            taken.insert(passage.words.start, passage.words.end);
        }
        let halves: u32 = shared
            .passages
            .iter()
            .map(|one| weight(words, &one.words))
            .sum();
        shared.words = halves.div_ceil(2);
        shared.share = (u64::from(halves) * 100 / u64::from(words.weight().max(1))) as u32;
        chosen.push(shared);
        if chosen.len() == MAX_SOURCES {
            break;
        }
    }
    chosen
}

/// The runs of a text that are in the index, by page and place.
fn hits(index: &Index, words: &Words) -> Result<Vec<Hit>, IndexError> {
    let mut likely: Vec<Run> = Vec::new();
    for run in runs(words) {
        if index.may_hold(run.hash)? {
            likely.push(run);
        }
    }
    let mut hits = Vec::new();
    let mut found: Vec<Fingerprint> = Vec::new();
    for (at, run) in likely.iter().enumerate() {
        let is_close = (0..CLOSE).any(|back| {
            let first = at.checked_sub(back);
            first
                .and_then(|first| Some((likely.get(first)?, likely.get(first + CLOSE - 1)?)))
                .is_some_and(|(first, last)| {
                    reach(words, last) - before(words, first) <= 2 * PASSAGE
                })
        });
        if !is_close {
            continue;
        }
        found.clear();
        index.find(run.hash, &mut found)?;
        hits.extend(found.iter().map(|one| Hit {
            page: one.page(),
            part: one.part(),
            run: *run,
        }));
        if hits.len() > MAX_HITS {
            break;
        }
    }
    hits.sort_by_key(|hit| (hit.page, hit.run.first));
    Ok(hits)
}

/// Stretches of a text that are dense with runs of one page.
fn regions<'h>(hits: &'h [Hit], words: &Words) -> Vec<&'h [Hit]> {
    let near = |a: &Hit, b: &Hit| before(words, &b.run).saturating_sub(reach(words, &a.run)) <= GAP;
    let mut regions: Vec<&[Hit]> = hits.chunk_by(near).collect();
    regions.retain(|region| {
        let (Some(first), Some(last)) = (region.first(), region.last()) else {
            return false;
        };
        let span = reach(words, &last.run) - before(words, &first.run);
        let mut different: Vec<u64> = region.iter().map(|hit| hit.run.hash).collect();
        different.sort_unstable();
        different.dedup();
        let covered = u64::from(covered(region, words)) * 100 / u64::from(span.max(1));
        let asked = if covered < u64::from(UNCHANGED) {
            EDITED
        } else {
            PASSAGE
        };
        span >= asked && different.len() >= FEWEST && covered >= u64::from(COVERED)
    });
    regions
}

/// Half words that runs in common cover.
fn covered(region: &[Hit], words: &Words) -> u32 {
    let (mut sum, mut end) = (0, 0);
    for hit in region {
        let start = before(words, &hit.run).max(end);
        let reach = reach(words, &hit.run);
        sum += reach.saturating_sub(start);
        end = end.max(reach);
    }
    sum
}

fn passage(region: &[Hit], words: &Words, page: &Page) -> Passage {
    let first = region[0].run.first;
    let end = region[region.len() - 1].run.end;
    let (from, to) = (&words.words[first as usize], &words.words[end as usize - 1]);
    let lines = region
        .iter()
        .filter_map(|hit| page.lines.get(hit.part as usize));
    let lines = lines.fold((u32::MAX, 0), |all, (first, last)| {
        (all.0.min(*first), all.1.max(*last))
    });
    Passage {
        words: first..end,
        from: (words.pieces[from.piece as usize], from.start as usize),
        to: (words.pieces[to.piece as usize], to.end as usize),
        lines: (lines.0.min(lines.1), lines.1),
        covered: covered(region, words),
    }
}

/// Half words before a run.
fn before(words: &Words, run: &Run) -> u32 {
    words.words[run.first as usize].before
}

/// Half words up to the end of a run.
fn reach(words: &Words, run: &Run) -> u32 {
    let last = &words.words[run.end as usize - 1];
    last.before + last.weight
}

fn weight(words: &Words, range: &Range<u32>) -> u32 {
    let (first, last) = (
        &words.words[range.start as usize],
        &words.words[range.end as usize - 1],
    );
    last.before + last.weight - first.before
}
