//! Finding many phrases of a vocabulary in a run of text: longest first, between
//! word boundaries of any script, across no-break and doubled spaces.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// Phrases, each with what it stands for; compiled when first searched for.
#[derive(Clone, Debug)]
pub struct PhraseSet<T> {
    phrases: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
    values: Vec<T>,
    ignore_case: bool,
}

/// One phrase found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseHit<'a, T> {
    /// Bytes of the text that was searched.
    pub range: Range<usize>,
    /// What the phrase stands for.
    pub value: &'a T,
}

impl<T> PhraseSet<T> {
    /// Compiles phrases that are compared with case. Empty ones are passed over.
    pub fn new(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        Self::compile(phrases, false)
    }

    /// Compiles phrases that match in any case.
    pub fn ignoring_case(phrases: impl IntoIterator<Item = (String, T)>) -> Self {
        Self::compile(phrases, true)
    }

    fn compile(phrases: impl IntoIterator<Item = (String, T)>, ignore_case: bool) -> Self {
        let (phrases, values): (Vec<String>, Vec<T>) = phrases
            .into_iter()
            .filter(|(phrase, _)| !phrase.trim().is_empty())
            .unzip();
        Self {
            phrases,
            automaton: OnceLock::new(),
            values,
            ignore_case,
        }
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        self.automaton
            .get_or_init(|| {
                let phrases = self.phrases.iter();
                let folded = phrases.map(|phrase| fold(phrase.trim(), self.ignore_case).text);
                AhoCorasick::new(folded.map(Cow::into_owned)).ok()
            })
            .as_ref()
    }

    /// Every phrase in `text`, in order, none overlapping another. At one place the
    /// longest wins.
    pub fn find(&self, text: &str) -> Vec<PhraseHit<'_, T>> {
        let Some(automaton) = self.automaton() else {
            return Vec::new();
        };
        let folded = fold(text, self.ignore_case);
        let mut found: Vec<(Range<usize>, usize)> = automaton
            .find_overlapping_iter(folded.text.as_ref())
            .map(|hit| (hit.range(), hit.pattern().as_usize()))
            .filter(|(range, _)| stands_alone(&folded.text, range))
            .collect();
        found.sort_by_key(|(range, pattern)| (range.start, usize::MAX - range.end, *pattern));
        let mut hits: Vec<PhraseHit<'_, T>> = Vec::new();
        let mut end = 0;
        for (range, pattern) in found {
            if range.start >= end {
                end = range.end;
                hits.push(PhraseHit {
                    range: folded.original(range.start, false)..folded.original(range.end, true),
                    value: &self.values[pattern],
                });
            }
        }
        hits
    }
}

/// Text whose white space is single spaces and whose no-break hyphens and curly
/// apostrophes are plain, in lower case where case is ignored, with the way back.
struct Folded<'a> {
    text: Cow<'a, str>,
    /// For each byte of `text` the start and end of the character it came from;
    /// empty when nothing was folded.
    origin: Vec<(u32, u32)>,
}

impl Folded<'_> {
    fn original(&self, at: usize, is_end: bool) -> usize {
        if self.origin.is_empty() {
            return at;
        }
        let probe = if is_end { at.saturating_sub(1) } else { at };
        self.origin.get(probe).map_or(
            0,
            |&(start, end)| {
                if is_end { end as usize } else { start as usize }
            },
        )
    }
}

fn fold(text: &str, ignore_case: bool) -> Folded<'_> {
    let mut previous_space = false;
    let plain = text.chars().all(|c| {
        let folded =
            is_invisible(c) || matches!(c, '\u{2011}' | '’') || (ignore_case && c.is_uppercase());
        let fine = !folded && (!c.is_whitespace() || (c == ' ' && !previous_space));
        previous_space = c.is_whitespace();
        fine
    });
    if plain {
        return Folded {
            text: Cow::Borrowed(text),
            origin: Vec::new(),
        };
    }
    let mut out = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let from = out.len();
        match c {
            c if is_invisible(c) => {}
            '\u{2011}' => out.push('-'),
            '’' => out.push('\''),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c if ignore_case => out.extend(c.to_lowercase()),
            c => out.push(c),
        }
        let end = start + c.len_utf8();
        origin.extend(std::iter::repeat_n(
            (start as u32, end as u32),
            out.len() - from,
        ));
    }
    Folded {
        text: Cow::Owned(out),
        origin,
    }
}

/// Soft hyphens and zero-width spaces, which break lines and are never seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether no word runs on over either end of `range`.
pub fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (Some(head), Some(inside), Some(tail)) = (
        text.get(..range.start),
        text.get(range.clone()),
        text.get(range.end..),
    ) else {
        return false;
    };
    !runs_on(head.chars().next_back(), inside.chars().next())
        && !runs_on(inside.chars().next_back(), tail.chars().next())
}

/// Whether two neighbouring characters belong to one word. Scripts that are written
/// without spaces end a word of another script: `Endpointの`, `Microsoft는`.
fn runs_on(left: Option<char>, right: Option<char>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => {
            is_word(left) && is_word(right) && !is_unspaced(left) && !is_unspaced(right)
        }
        _ => false,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Letters of scripts that do not put spaces between words, or that attach
/// particles to foreign words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF | 0x1000..=0x11FF | 0x1780..=0x17FF | 0x2E80..=0x9FFF
        | 0xAC00..=0xD7FF | 0xF900..=0xFAFF | 0xFF66..=0xFFDC | 0x20000..=0x3FFFF)
}

/// Whether the word around `range` is an identifier, a path, an address or a file
/// name rather than prose.
pub fn is_technical(text: &str, range: &Range<usize>) -> bool {
    let (Some(head), Some(tail)) = (text.get(..range.start), text.get(range.end..)) else {
        return true;
    };
    let start = head
        .char_indices()
        .rev()
        .find(|(_, c)| c.is_whitespace())
        .map_or(0, |(at, c)| at + c.len_utf8());
    let end = tail
        .find(char::is_whitespace)
        .map_or(text.len(), |at| range.end + at);
    let before = text[start..range.start].trim_start_matches(is_opening);
    let after = text[range.end..end].trim_end_matches(is_closing);
    let marked = |part: &str| {
        part.contains(['\\', '_', '@', '=', '{', '}', '<', '>', '$', '%', '~'])
            || part.contains("::")
            || part.contains("//")
            || part.matches('/').count() > 1
    };
    marked(before)
        || marked(after)
        || before.ends_with(['.', '#', '-'])
        || after.starts_with('.')
        || before.starts_with('/')
        || after.ends_with('/')
        || has_extension(after)
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '*' | '„' | '¡' | '¿'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        ')' | ']' | '"' | '\'' | '”' | '’' | '»' | '*' | '.' | ',' | ';' | ':' | '!' | '?' | '…'
    )
}

/// Whether it ends as a file name does: a dot and one to five letters or digits.
fn has_extension(part: &str) -> bool {
    part.rsplit_once('.').is_some_and(|(_, extension)| {
        (1..=5).contains(&extension.len()) && extension.chars().all(|c| c.is_ascii_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(phrases: &[&str], text: &'a str) -> Vec<&'a str> {
        PhraseSet::new(phrases.iter().map(|&phrase| (phrase.to_owned(), ())))
            .find(text)
            .into_iter()
            .map(|hit| &text[hit.range])
            .collect()
    }

    #[test]
    fn the_longest_phrase_wins_and_words_are_whole() {
        let phrases = ["Azure AD", "Azure AD Connect", "Azure"];
        assert_eq!(found(&phrases, "Azure AD Connect"), ["Azure AD Connect"]);
        assert_eq!(found(&phrases, "Azure ADX"), ["Azure"]);
        assert_eq!(found(&phrases, "Azures"), [""; 0]);
        assert_eq!(found(&phrases, "LAzure_AD"), [""; 0]);
    }

    #[test]
    fn spaces_of_every_kind_stand_inside_a_phrase() {
        let text = "x Azure\u{a0}AD, Azure  AD";
        assert_eq!(found(&["Azure AD"], text), ["Azure\u{a0}AD", "Azure  AD"]);
        assert_eq!(found(&["Azure AD"], "Azure\u{ad} AD"), ["Azure\u{ad} AD"]);
    }

    #[test]
    fn case_and_apostrophes_are_folded_where_asked() {
        let set = PhraseSet::ignoring_case([("Défense de l'État".to_owned(), ())]);
        let text = "la DÉFENSE  DE L’ÉTAT, İ";
        let hits = set.find(text);
        assert_eq!(hits.len(), 1);
        assert_eq!(&text[hits[0].range.clone()], "DÉFENSE  DE L’ÉTAT");
    }

    #[test]
    fn scripts_without_spaces_bound_words_of_other_scripts() {
        assert_eq!(found(&["Azure AD"], "このAzure ADの設定"), ["Azure AD"]);
        assert_eq!(found(&["Azure AD"], "Azure AD는"), ["Azure AD"]);
        assert_eq!(found(&["端点版"], "适用于端点版本"), ["端点版"]);
    }

    #[test]
    fn identifiers_and_paths_are_technical() {
        let technical = |text: &str| {
            let at = text.find("Github").unwrap_or_default();
            is_technical(text, &(at..at + 6))
        };
        for text in [
            "C:\\Github\\x",
            "Github.com",
            "see Github.md",
            "user@Github",
            "a/b/Github/c",
            "https://Github/x",
            "Github::new",
            "$Github",
            "Connect-Github",
        ] {
            assert!(technical(text), "{text}");
        }
        for text in [
            "on Github.",
            "(Github)",
            "Github/Gitlab",
            "“Github”, too",
            "Github-Seite",
        ] {
            assert!(!technical(text), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn hits_lie_in_the_text_in_order_and_apart(text in ".{0,60}(Azure\\s+AD|azure ad|\u{ad}| ){0,4}.{0,20}") {
            for set in [
                PhraseSet::new([("Azure AD".to_owned(), ()), ("AD".to_owned(), ())]),
                PhraseSet::ignoring_case([("Azure AD".to_owned(), ()), ("AD".to_owned(), ())]),
            ] {
                let mut end = 0;
                for hit in set.find(&text) {
                    proptest::prop_assert!(hit.range.start >= end);
                    proptest::prop_assert!(text.get(hit.range.clone()).is_some_and(|found| !found.is_empty()));
                    is_technical(&text, &hit.range);
                    end = hit.range.end;
                }
            }
        }
    }
}
