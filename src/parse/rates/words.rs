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
}

/// The roles of a word; languages are not told apart, so a word may have several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Roles {
    bits: u16,
    /// Seconds, when it is a unit of time; else 0.
    pub(super) unit: u32,
    /// Seconds, when it is one word for "per unit"; else 0.
    pub(super) adverb: u32,
    /// Seconds, when it abbreviates "calls per unit"; else 0.
    pub(super) rate: u32,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        impl Roles {
            $($(#[$doc])* pub(super) const $name: u16 = 1 << $bit;)*
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
}

impl Roles {
    /// Whether it has one of the roles of `mask`.
    pub(super) fn any(self, mask: u16) -> bool {
        self.bits & mask != 0
    }

    /// Whether no language of the list knows the word.
    pub(super) fn unknown(self) -> bool {
        self == Self::default()
    }
}

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
        let tells = |roles: &Roles| roles.unit > 0 || roles.adverb > 0 || roles.rate > 0;
        let periods = lexicon
            .spaced
            .iter()
            .chain(&lexicon.joined)
            .filter(|(_, roles)| tells(roles))
            .map(|(word, _)| word.as_str());
        lexicon.periods = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(periods)
            .ok();
        Ok(lexicon)
    }

    /// Whether a text may tell a rate: it holds a digit and a word for a period. Most
    /// texts don't, and are not cut into tokens.
    pub(super) fn may_tell(&self, text: &str) -> bool {
        has_digit(text) && self.names_period(text)
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
        ] {
            for word in words {
                self.add(&word, |roles| roles.bits |= bit);
            }
        }
        for (seconds, words) in raw.seconds {
            for word in words {
                self.add(&word, |roles| roles.unit = seconds);
            }
        }
        for (seconds, words) in raw.adverbs {
            for word in words {
                self.add(&word, |roles| roles.adverb = seconds);
            }
        }
        for (seconds, words) in raw.rates {
            for word in words {
                self.add(&word, |roles| roles.rate = seconds);
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
