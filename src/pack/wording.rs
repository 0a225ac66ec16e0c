//! Patterns of a vocabulary that speak of the owner and of shared word groups:
//! `<owner>` and the like are filled in, and a space or an apostrophe stands for
//! every way to write one.
//!
//! `\b` is a boundary of ASCII letters and digits, `\w` an ASCII letter, digit or
//! any other character beyond ASCII: Unicode's own classes make automata that are
//! slow to build and slow to run.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use super::pattern::{trusted, unfolded};

/// What `<name>` in a wording stands for: a regular expression each.
pub type Words = BTreeMap<String, String>;

const WORD: &str = r"[0-9A-Za-z_\x{80}-\x{10ffff}]";
const WORD_IN_CLASS: &str = r"0-9A-Za-z_\x{80}-\x{10ffff}";
const NOT_WORD: &str =
    r"[\x00-/:-@\[-^`{-\x7f\x{80}-\x{bf}\x{2000}-\x{206f}\x{3000}-\x{303f}\x{fffc}]";
const SPACE: &str = r"[ \t\r\n\x{a0}\x{2000}-\x{200b}\x{202f}\x{3000}\x{fffc}]";

/// Largest compiled form of one wording, in bytes.
const MAX_COMPILED: usize = 8 << 20;

/// Room for the states of a set's lazy automaton, in bytes and thread.
const SET_CACHE: usize = 8 << 20;

/// A regular expression over running text, as its author writes it: letters match in
/// either case, a space matches any white space, an apostrophe any apostrophe, and
/// `<name>` the word group of that name.
#[derive(Clone, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct Wording(String);

impl Wording {
    /// The regular expression with `words` filled in; the error names what is wrong.
    pub fn expand(&self, words: &Words) -> Result<String, String> {
        let mut out = String::with_capacity(self.0.len() * 2);
        let mut class = 0_u32;
        let mut rest = self.0.as_str();
        while let Some(c) = rest.chars().next() {
            let mut taken = c.len_utf8();
            match c {
                '\\' => {
                    taken += rest[taken..].chars().next().map_or(0, char::len_utf8);
                    out.push_str(match (&rest[..taken], class > 0) {
                        (r"\b", false) => r"(?-u:\b)",
                        (r"\w", false) => WORD,
                        (r"\w", true) => WORD_IN_CLASS,
                        (r"\W", false) => NOT_WORD,
                        (r"\d", _) => "[0-9]",
                        (r"\s", false) => SPACE,
                        (escape, _) => escape,
                    });
                }
                '[' => {
                    class += 1;
                    out.push(c);
                }
                ']' => {
                    class = class.saturating_sub(1);
                    out.push(c);
                }
                ' ' if class > 0 => out.push_str(r" \x{a0}"),
                ' ' => {
                    out.push_str("(?:");
                    out.push_str(SPACE);
                    out.push_str("+)");
                }
                '\'' if class == 0 => out.push_str("['’]"),
                '<' if class == 0 && !out.ends_with("(?") && !out.ends_with("(?P") => {
                    let Some(end) = rest.find('>') else {
                        return Err("`<` opens a word group that no `>` closes".to_owned());
                    };
                    let name = &rest[1..end];
                    let Some(group) = words.get(name) else {
                        let known: Vec<_> = words.keys().map(String::as_str).collect();
                        return Err(format!(
                            "no word group `<{name}>`; there are: {}",
                            known.join(", ")
                        ));
                    };
                    out.push_str("(?:");
                    out.push_str(group);
                    out.push(')');
                    taken = end + 1;
                }
                c => out.push(c),
            }
            rest = &rest[taken..];
        }
        Ok(out)
    }

    /// What is wrong with it, if anything; what ships is not asked again.
    pub fn judge(&self, words: &Words) -> Result<(), String> {
        if trusted() {
            return Ok(());
        }
        self.compile(words).map(|_| ())
    }

    /// Compiles it.
    pub fn compile(&self, words: &Words) -> Result<Regex, String> {
        compile(&self.expand(words)?)
    }
}

impl fmt::Debug for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.0)
    }
}

fn compile(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(&unfolded(pattern))
        .case_insensitive(true)
        .dot_matches_new_line(true)
        .size_limit(MAX_COMPILED)
        .build()
        .map_err(|error| {
            let text = error.to_string();
            let last = text.lines().last().unwrap_or_default();
            format!(
                "not a regular expression: {}",
                last.strip_prefix("error: ").unwrap_or(last)
            )
        })
}

/// Fills word groups in word groups: one that `groups` names may use those of
/// `given`, not another of its own file.
pub fn words(given: &Words, groups: &BTreeMap<String, Wording>) -> Result<Words, (String, String)> {
    let mut all = given.clone();
    for (name, wording) in groups {
        let expanded = wording
            .expand(given)
            .map_err(|message| (name.clone(), message))?;
        all.insert(name.clone(), expanded);
    }
    Ok(all)
}

/// Checks a list of wordings for a vocabulary's `validate`: the error is the key path
/// below `key` and what is wrong.
pub fn check(wordings: &[Wording], key: &str, words: &Words) -> Result<(), (String, String)> {
    for (index, wording) in wordings.iter().enumerate() {
        wording
            .judge(words)
            .map_err(|message| (format!("{key}.{index}"), message))?;
    }
    Ok(())
}

/// Many wordings searched at once; compiled when first asked, as most scans never
/// come to it.
#[derive(Debug, Default)]
pub struct WordingSet {
    patterns: Vec<String>,
    set: OnceLock<Option<RegexSet>>,
    each: Vec<OnceLock<Option<Regex>>>,
}

impl WordingSet {
    /// A set of wordings. One that does not compile is passed over: `validate` has
    /// refused it before.
    pub fn new<'a>(wordings: impl IntoIterator<Item = &'a Wording>, words: &Words) -> Self {
        let patterns: Vec<String> = wordings
            .into_iter()
            .filter_map(|wording| wording.expand(words).ok())
            .collect();
        Self {
            each: patterns.iter().map(|_| OnceLock::new()).collect(),
            patterns,
            set: OnceLock::new(),
        }
    }

    /// Whether one of them stands in `text`.
    pub fn is_match(&self, text: &str) -> bool {
        match self.set() {
            Some(set) => set.is_match(text),
            None => (0..self.patterns.len()).any(|index| self.one(index, text).is_some()),
        }
    }

    /// The earliest place in `text` where one of them stands, with its index.
    pub fn find(&self, text: &str) -> Option<(usize, Range<usize>)> {
        self.places(text)
            .min_by_key(|(index, range)| (range.start, *index))
    }

    /// For each wording that stands in `text` its first place there.
    pub fn places<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let candidates: Vec<usize> = match self.set() {
            Some(set) => set.matches(text).into_iter().collect(),
            None => (0..self.patterns.len()).collect(),
        };
        candidates
            .into_iter()
            .filter_map(|index| Some((index, self.one(index, text)?)))
    }

    fn one(&self, index: usize, text: &str) -> Option<Range<usize>> {
        self.each[index]
            .get_or_init(|| compile(&self.patterns[index]).ok())
            .as_ref()?
            .find(text)
            .map(|found| found.range())
    }

    fn set(&self) -> Option<&RegexSet> {
        self.set
            .get_or_init(|| {
                RegexSetBuilder::new(self.patterns.iter().map(|pattern| unfolded(pattern)))
                    .case_insensitive(true)
                    .dot_matches_new_line(true)
                    .size_limit(MAX_COMPILED * 8)
                    .dfa_size_limit(SET_CACHE)
                    .build()
                    .ok()
            })
            .as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given() -> Words {
        Words::from([("owner".to_owned(), "Acme|ACME".to_owned())])
    }

    fn wording(text: &str) -> Wording {
        Wording(text.to_owned())
    }

    #[test]
    fn spaces_and_apostrophes_stand_for_every_kind() {
        let regex = wording("<owner>'s own work").compile(&given()).unwrap();
        assert!(regex.is_match("acme’s\u{a0}own\n  work"));
        assert!(!regex.is_match("acme's ownwork"));
        let regex = wording("trade ?mark").compile(&given()).unwrap();
        assert!(regex.is_match("trademark") && regex.is_match("Trade mark"));
    }

    #[test]
    fn classes_and_named_groups_are_left_alone() {
        let regex = wording("(?P<a>x)[ -]y<owner>").compile(&given()).unwrap();
        assert!(regex.is_match("x yACME"));
    }

    #[test]
    fn faults_are_named() {
        assert!(
            wording("by <nobody>")
                .compile(&given())
                .unwrap_err()
                .contains("owner")
        );
        assert!(
            wording("a(b")
                .compile(&given())
                .unwrap_err()
                .contains("unclosed group")
        );
        assert!(wording("by <own").compile(&given()).is_err());
    }

    #[test]
    fn a_set_finds_the_earliest() {
        let set = WordingSet::new(&[wording("b+"), wording("a")], &given());
        assert_eq!(set.find("xxbba"), Some((0, 2..4)));
        assert_eq!(set.find("zz"), None);
        assert!(set.is_match("A"));
    }
}
