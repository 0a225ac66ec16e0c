//! The texts that a text is compared with, and an index of their runs of words.

use std::collections::{HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use super::super::words::words;
use super::align;
use super::tokens::{Tokens, core, tokens};

/// Words in a run that anchors an alignment: short, so that one changed word in ten
/// leaves most of them.
pub(super) const GRAM: usize = 3;
/// Words in a run that the index holds: long enough to be rare.
const RUN: usize = 5;
/// One run in this many is in the index.
const SAMPLE: u64 = 4;
/// Texts that are aligned, of those that share most runs. The BSD family has some
/// thirty members that are nearly alike.
const CANDIDATES: usize = 16;

/// A licence's text.
pub(super) struct Known {
    /// SPDX identifier.
    pub id: &'static str,
    /// Its text.
    pub text: &'static str,
    tokens: Tokens,
    /// The words that must be there.
    pub core: std::ops::Range<usize>,
    places: OnceLock<HashMap<&'static [u64], usize>>,
}

impl Known {
    fn new(id: &'static str, text: &'static str) -> Self {
        let tokens = tokens(text);
        let core = core(&tokens);
        Self {
            id,
            text,
            tokens,
            core,
            places: OnceLock::new(),
        }
    }

    /// Its words.
    pub(super) fn words(&self) -> &[u64] {
        &self.tokens.words
    }

    /// Where its words stand.
    pub(super) fn ranges(&self) -> &[std::ops::Range<u32>] {
        &self.tokens.ranges
    }

    /// Where its runs stand that occur once.
    pub(super) fn places(&'static self) -> &'static HashMap<&'static [u64], usize> {
        self.places
            .get_or_init(|| align::unique(&self.tokens.words))
    }
}

/// Texts with their index.
pub(super) struct Texts {
    all: Vec<Known>,
    runs: HashMap<u64, Vec<u16>>,
    /// Runs in the index by text.
    sizes: Vec<usize>,
}

/// The texts of the common licences, or of all.
pub(super) fn texts(all: bool) -> &'static Texts {
    static COMMON: LazyLock<Texts> = LazyLock::new(|| Texts::of_licences(false));
    static ALL: LazyLock<Texts> = LazyLock::new(|| Texts::of_licences(true));
    if all { &ALL } else { &COMMON }
}

/// The texts of exceptions, which permit more than the licence beside them.
pub(super) fn exceptions() -> &'static Texts {
    static EXCEPTIONS: LazyLock<Texts> = LazyLock::new(|| {
        let texts = spdx::text::EXCEPTION_TEXTS.iter();
        Texts::new(texts.map(|&(id, text)| Known::new(id, text)).collect())
    });
    &EXCEPTIONS
}

impl Texts {
    fn of_licences(everything: bool) -> Self {
        let common = words().map_or(&[][..], |words| &words.common[..]);
        let by_id = |id: &String| {
            spdx::text::LICENSE_TEXTS
                .iter()
                .find(|(known, _)| known == id)
        };
        let rest = spdx::text::LICENSE_TEXTS.iter().filter(|_| everything);
        let mut seen = HashSet::new();
        let all: Vec<Known> = common
            .iter()
            .filter_map(by_id)
            .chain(rest)
            .filter(|(_, text)| !text.is_empty() && seen.insert(*text))
            .map(|&(id, text)| Known::new(id, text))
            .collect();
        Self::new(all)
    }

    fn new(all: Vec<Known>) -> Self {
        let mut runs: HashMap<u64, Vec<u16>> = HashMap::new();
        let mut sizes = vec![0; all.len()];
        for (index, known) in all.iter().enumerate() {
            let mut own = HashSet::new();
            let core = &known.words()[known.core.clone()];
            // A short text has few runs: all of them count.
            let every = core.len() < 200;
            for run in runs_of(core) {
                let taken = every || (run >> 32).is_multiple_of(SAMPLE);
                if taken && own.insert(run) {
                    runs.entry(run).or_default().push(index as u16);
                }
            }
            sizes[index] = own.len();
        }
        Self { all, runs, sizes }
    }

    /// The texts that share most with the words that are free, the likeliest first.
    pub(super) fn candidates(&'static self, text: &[u64], free: &[bool]) -> Vec<&'static Known> {
        let left: Vec<u64> = text
            .iter()
            .zip(free)
            .filter_map(|(word, free)| free.then_some(*word))
            .collect();
        let mut shared = vec![0_usize; self.all.len()];
        let own: HashSet<u64> = runs_of(&left).collect();
        for run in own {
            for &index in self.runs.get(&run).map_or(&[][..], Vec::as_slice) {
                shared[usize::from(index)] += 1;
            }
        }
        let mut likely: Vec<(f32, usize)> = shared
            .iter()
            .enumerate()
            .filter(|&(index, &shared)| shared > 0 && shared * 5 >= self.sizes[index])
            .map(|(index, &shared)| {
                let shared = shared as f32;
                (shared * shared / self.sizes[index].max(1) as f32, index)
            })
            .collect();
        likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        likely
            .into_iter()
            .take(CANDIDATES)
            .map(|(_, index)| &self.all[index])
            .collect()
    }
}

/// Hashes of the runs of words.
fn runs_of(words: &[u64]) -> impl Iterator<Item = u64> + '_ {
    words.windows(RUN.min(words.len().max(1))).map(|run| {
        run.iter().fold(0_u64, |hash, word| {
            (hash.rotate_left(7) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        })
    })
}
