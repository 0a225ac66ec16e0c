//! The word list: which roles a word or phrase can play in the statement of a rate.

use std::collections::{BTreeMap, HashMap};

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// `rules/common/rate-words.yaml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWords {
    languages: BTreeMap<String, RawLanguage>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct RawLanguage {
    calls: Vec<String>,
    times: Vec<String>,
    counters: Vec<String>,
    seconds: BTreeMap<u32, Vec<String>>,
    adverbs: BTreeMap<u32, Vec<String>>,
    rates: BTreeMap<u32, Vec<String>>,
    per: Vec<String>,
    within: Vec<String>,
    per_after: Vec<String>,
    article: Vec<String>,
    range: Vec<String>,
    scope: Vec<String>,
    period: Vec<String>,
    most: Vec<String>,
    limit: Vec<String>,
    stop: Vec<String>,
    one: Vec<String>,
    names: Vec<String>,
    often: Vec<String>,
    once: BTreeMap<u32, Vec<String>>,
    calling: Vec<String>,
    numbers: BTreeMap<u32, Vec<String>>,
    other: Vec<String>,
}

/// The roles of a word; languages are not told apart, so a word may have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    bits: u32,
    /// Seconds, when it is a unit of time; else 0.
    pub(super) unit: u32,
    /// Seconds, when it is one word for "per unit"; else 0.
    pub(super) adverb: u32,
    /// Seconds, when it abbreviates "calls per unit"; else 0.
    pub(super) rate: u32,
    /// The number that it is, of words such as "three"; else 0.
    pub(super) number: u32,
    /// How many times it says, of words such as "twice"; else 0.
    pub(super) once: u32,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Roles {
            $($(#[$doc])* pub(super) const $name: u32 = 1 << $bit;)*
        }
    };
}

roles! {
    CALLS = 0;
    TIMES = 1;
    COUNTER = 2;
    PER = 3;
    WITHIN = 4;
    PER_AFTER = 5;
    ARTICLE = 6;
    RANGE = 7;
    SCOPE = 8;
    PERIOD = 9;
    MOST = 10;
    LIMIT = 11;
    STOP = 12;
    ONE = 13;
    NAMES = 14;
    OFTEN = 15;
    CALLING = 16;
    OTHER = 17;
}

impl Roles {
    /// Whether it has one of the roles of `mask`.
    pub(super) fn any(self, mask: u32) -> bool {
        self.bits & mask != 0
    }

    /// Whether no language of the list knows the word.
    pub(super) fn unknown(self) -> bool {
        self == Self::default()
    }
}

/// Gives a role its value.
type SetRole = fn(&mut Roles, u32);

/// Every word and phrase with its roles.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    /// Phrases of scripts that space their words, parts joined by one space.
    spaced: HashMap<String, Roles>,
    /// Parts of the longest phrase that starts with a word.
    parts: HashMap<String, usize>,
    /// Entries of scripts that don't.
    joined: HashMap<String, Roles>,
    /// Longest entry of `joined`, in characters.
    joined_max: usize,
    /// Every word that tells a period, to pass over the texts that tell none.
    periods: Option<AhoCorasick>,
    /// Every word that counts, for the texts without a digit.
    counts: Option<AhoCorasick>,
}

impl Lexicon {
    /// The list that ships; a test holds it to be readable.
    pub(super) fn shipped() -> Self {
        Self::from_yaml(include_str!("../../../rules/common/rate-words.yaml")).unwrap_or_default()
    }

    pub(super) fn from_yaml(text: &str) -> Result<Self, serde_yaml::Error> {
        let raw: RawWords = serde_yaml::from_str(text)?;
        let mut lexicon = Self::default();
        for language in raw.languages.into_values() {
            lexicon.add_language(language);
        }
        lexicon.periods =
            lexicon.automaton(|roles| roles.unit > 0 || roles.adverb > 0 || roles.rate > 0);
        lexicon.counts =
            lexicon.automaton(|roles| roles.number > 0 || roles.once > 0 || roles.any(Roles::ONE));
        Ok(lexicon)
    }

    /// Finds the words with certain roles.
    fn automaton(&self, wanted: impl Fn(&Roles) -> bool) -> Option<AhoCorasick> {
        let words = self
            .spaced
            .iter()
            .chain(&self.joined)
            .filter(|(_, roles)| wanted(roles))
            .map(|(word, _)| word.as_str());
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(words)
            .ok()
    }

    /// Whether a text may tell a rate: it holds a number and a word for a period. Most
    /// texts don't, and are not cut into tokens.
    pub(super) fn may_tell(&self, text: &str) -> bool {
        let counts = || {
            let found = self.counts.as_ref().map(|counts| counts.is_match(text));
            found.unwrap_or(true)
        };
        (has_digit(text) || counts()) && self.names_period(text)
    }

    /// Whether a word for a period stands in a text.
    pub(super) fn names_period(&self, text: &str) -> bool {
        let Some(periods) = &self.periods else {
            return true;
        };
        periods.find_overlapping_iter(text).any(|found| {
            let before = text[..found.start()].chars().next_back();
            let Some(c) = before.filter(|c| !is_joined(*c)) else {
                return true;
            };
            // One letter is a unit only right after a slash or a number.
            let short = found.len() == 1;
            !c.is_alphabetic() && (!short || c == '/' || c == ' ' || c.is_numeric())
        })
    }

    fn add_language(&mut self, raw: RawLanguage) {
        // "limited to" is one phrase of its own; it limits like its first word.
        for phrase in raw.most.iter().filter(|phrase| phrase.contains(' ')) {
            self.add(phrase, |roles| roles.bits |= Roles::LIMIT);
        }
        for (words, bit) in [
            (raw.calls, Roles::CALLS),
            (raw.times, Roles::TIMES),
            (raw.counters, Roles::COUNTER),
            (raw.per, Roles::PER),
            (raw.within, Roles::WITHIN),
            (raw.per_after, Roles::PER_AFTER),
            (raw.article, Roles::ARTICLE),
            (raw.range, Roles::RANGE),
            (raw.scope, Roles::SCOPE),
            (raw.period, Roles::PERIOD),
            (raw.most, Roles::MOST),
            (raw.limit, Roles::LIMIT),
            (raw.stop, Roles::STOP),
            (raw.one, Roles::ONE),
            (raw.names, Roles::NAMES),
            (raw.often, Roles::OFTEN),
            (raw.calling, Roles::CALLING),
            (raw.other, Roles::OTHER),
        ] {
            for word in words {
                self.add(&word, |roles| roles.bits |= bit);
            }
        }
        let valued: [(BTreeMap<u32, Vec<String>>, SetRole); 5] = [
            (raw.seconds, |roles, seconds| roles.unit = seconds),
            (raw.adverbs, |roles, seconds| roles.adverb = seconds),
            (raw.rates, |roles, seconds| roles.rate = seconds),
            (raw.numbers, |roles, number| roles.number = number),
            (raw.once, |roles, times| roles.once = times),
        ];
        for (lists, set) in valued {
            for (value, words) in lists {
                for word in words {
                    self.add(&word, |roles| set(roles, value));
                }
            }
        }
    }

    fn add(&mut self, word: &str, change: impl FnOnce(&mut Roles)) {
        if word.chars().any(is_joined) {
            self.joined_max = self.joined_max.max(word.chars().count());
            change(self.joined.entry(word.to_owned()).or_default());
        } else {
            let key = key(word);
            let first = key.split(' ').next().unwrap_or(&key).to_owned();
            let parts = self.parts.entry(first).or_default();
            *parts = (*parts).max(key.split(' ').count());
            change(self.spaced.entry(key).or_default());
        }
    }

    /// Parts of the longest phrase that starts with this word; 0 when none does.
    pub(super) fn parts(&self, word: &str) -> usize {
        self.parts.get(word).copied().unwrap_or(0)
    }

    /// The roles of a phrase whose parts are joined by one space.
    pub(super) fn spaced(&self, phrase: &str) -> Option<Roles> {
        self.spaced.get(phrase).copied()
    }

    /// The longest entry that `text` starts with: its length in bytes and its roles.
    pub(super) fn joined(&self, text: &str) -> Option<(usize, Roles)> {
        let mut best = None;
        for (index, (at, c)) in text.char_indices().enumerate() {
            if index >= self.joined_max || !is_joined(c) {
                break;
            }
            let end = at + c.len_utf8();
            if let Some(&roles) = self.joined.get(&text[..end]) {
                best = Some((end, roles));
            }
        }
        best
    }
}

/// Whether a text holds a digit; 0xEF starts full-width ones.
pub(super) fn has_digit(text: &str) -> bool {
    text.bytes().any(|b| b.is_ascii_digit() || b == 0xEF)
}

/// A phrase as it is looked up: lower case, apostrophes and hyphens as spaces.
fn key(phrase: &str) -> String {
    let phrase: String = phrase
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    phrase.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a character belongs to a script that writes no spaces between words, or
/// glues particles to them.
pub(crate) fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '～' | '〜')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_words_load_and_phrases_fit() {
        let lexicon = Lexicon::from_yaml(include_str!("../../../rules/common/rate-words.yaml"))
            .expect("rate-words.yaml");
        assert!(lexicon.spaced.len() > 500);
        assert_eq!(lexicon.parts("par"), 3);
        assert_eq!(lexicon.spaced("minutes").map(|roles| roles.unit), Some(60));
        assert_eq!(lexicon.joined("分間に").map(|found| found.0), Some(6));
    }
}
