//! Pages that nobody wrote: words drawn by chance, the common ones often, with what pages
//! of documentation share: notes that stand on each, tables of the same rows, lists.

use std::fmt::Write as _;

/// Numbers by chance, the same for the same seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x51ab_c0de)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }
}

const COMMON: [&str; 40] = [
    "the", "of", "to", "and", "a", "in", "is", "for", "that", "with", "on", "as", "are", "be",
    "this", "by", "or", "an", "from", "it", "when", "you", "can", "not", "if", "your", "each",
    "after", "before", "which", "only", "must", "may", "all", "has", "its", "other", "than",
    "into", "was",
];

/// A word: a common one in two of five, else one of four thousand, low numbers more often.
pub fn word(chance: &mut Chance) -> String {
    if chance.below(5) < 2 {
        return COMMON[chance.below(COMMON.len()) * chance.below(COMMON.len()) / COMMON.len()]
            .into();
    }
    let rank = chance.below(4000) * chance.below(4000) / 4000;
    name(rank as u64)
}

/// The word of a number, in syllables.
fn name(number: u64) -> String {
    const HEADS: [&str; 16] = [
        "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "st", "tr", "qu", "v",
    ];
    const TAILS: [&str; 16] = [
        "an", "el", "ir", "ort", "um", "ase", "ent", "ing", "ow", "ure", "ate", "ish", "or", "ick",
        "ole", "est",
    ];
    let mut chance = Chance::new(number);
    let mut out = String::new();
    for _ in 0..2 + number % 2 {
        out += HEADS[chance.below(16)];
        out += TAILS[chance.below(16)];
    }
    out
}

pub fn sentence(chance: &mut Chance) -> String {
    let words: Vec<String> = (0..8 + chance.below(16)).map(|_| word(chance)).collect();
    let mut text = words.join(" ");
    if let Some(first) = text.get(..1).map(str::to_uppercase) {
        text.replace_range(..1, &first);
    }
    text + "."
}

pub fn paragraph(chance: &mut Chance) -> String {
    let sentences: Vec<String> = (0..2 + chance.below(3)).map(|_| sentence(chance)).collect();
    sentences.join(" ")
}

/// The paragraphs of a page that are its own.
pub fn paragraphs(seed: u64) -> Vec<String> {
    let mut chance = Chance::new(seed);
    (0..6 + chance.below(6))
        .map(|_| paragraph(&mut chance))
        .collect()
}

/// A page of documentation.
pub fn page(seed: u64) -> String {
    let mut chance = Chance::new(seed ^ 0xabcd);
    let title = sentence(&mut chance);
    let mut out = format!("---\ntitle: {title}\n---\n\n# {title}\n\n");
    // Stands on every page.
    let note = paragraph(&mut Chance::new(1));
    let _ = writeln!(out, "> [!NOTE]\n> {note}\n");
    for (at, text) in paragraphs(seed).iter().enumerate() {
        if at % 3 == 1 {
            let _ = writeln!(out, "## {}\n", sentence(&mut chance));
        }
        let _ = writeln!(out, "{text}\n");
        if at == 3 {
            for _ in 0..4 {
                let _ = writeln!(out, "- {}", sentence(&mut chance));
            }
            out.push('\n');
        }
    }
    let _ = writeln!(
        out,
        "```sh\n{} --{}\n```\n",
        word(&mut chance),
        word(&mut chance)
    );
    // The rows of a table that every page of an API has.
    out += "| Name | Type | Description |\n|---|---|---|\n";
    for row in 0..4 {
        let mut same = Chance::new(2 + row);
        let _ = writeln!(
            out,
            "| {} | String | {} |",
            word(&mut same),
            sentence(&mut same)
        );
    }
    out
}

/// A text with so many of a hundred words changed for others.
pub fn changed(text: &str, percent: usize, seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let words: Vec<String> = text
        .split(' ')
        .map(|own| {
            if chance.below(100) < percent {
                word(&mut chance)
            } else {
                own.to_owned()
            }
        })
        .collect();
    words.join(" ")
}

/// Parts in another order.
pub fn shuffled(mut parts: Vec<String>, seed: u64) -> Vec<String> {
    let mut chance = Chance::new(seed);
    for at in (1..parts.len()).rev() {
        parts.swap(at, chance.below(at + 1));
    }
    parts
}
