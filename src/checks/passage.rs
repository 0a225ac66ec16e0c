//! Where in prose words stand: in which context, in which sentence, in whose mouth.

use crate::source::floor_boundary;
use std::ops::Range;

use serde::Deserialize;

use crate::facts::{Prose, ProseContext};

/// Contexts of prose, as rules name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Headings of every level.
    Heading,
    /// Paragraphs.
    Paragraph,
    /// Items of lists.
    ListItem,
    /// Cells of tables.
    TableCell,
    /// Alternative texts of images.
    ImageAlt,
    /// Front-matter values that readers see.
    FrontMatter,
    /// Descriptions in manifests.
    ManifestField,
    /// Comments in code.
    Comment,
    /// String literals in code.
    StringLiteral,
}

impl Context {
    /// Contexts that readers of documents see; code is left out.
    pub fn documents() -> Vec<Self> {
        vec![
            Self::Heading,
            Self::Paragraph,
            Self::ListItem,
            Self::TableCell,
            Self::FrontMatter,
            Self::ManifestField,
        ]
    }
}

impl From<&ProseContext> for Context {
    fn from(context: &ProseContext) -> Self {
        match context {
            ProseContext::Heading(_) => Self::Heading,
            ProseContext::Paragraph => Self::Paragraph,
            ProseContext::ListItem => Self::ListItem,
            ProseContext::TableCell => Self::TableCell,
            ProseContext::ImageAlt => Self::ImageAlt,
            ProseContext::FrontMatter(_) => Self::FrontMatter,
            ProseContext::ManifestField(_) => Self::ManifestField,
            ProseContext::Comment => Self::Comment,
            ProseContext::StringLiteral => Self::StringLiteral,
        }
    }
}

/// Whether the words at `at` are the author's own and still stand: not quoted or
/// borrowed, not struck through, not the hidden half of a bilingual page.
pub fn is_own(prose: &Prose, range: &Range<usize>) -> bool {
    !prose.quoted
        && !prose.borrowed
        && !prose.alternate
        && !prose.is_struck(range.start)
        && !in_quotation(&prose.text, range)
}

/// How far a sentence is followed in each direction, in bytes.
const REACH: usize = 600;

/// The sentence around `range`: up to a full stop that white space follows, or one
/// of a script that needs none.
pub fn sentence(text: &str, range: &Range<usize>) -> Range<usize> {
    let from = floor_boundary(text, range.start.saturating_sub(REACH));
    let to = floor_boundary(text, (range.end + REACH).min(text.len()));
    let mut start = from;
    let mut end = to;
    let mut previous = None;
    for (at, c) in text[from..to].char_indices() {
        let at = from + at;
        let after = at + c.len_utf8();
        let ends = matches!(c, '。' | '！' | '？' | '\n')
            || (c.is_whitespace() && matches!(previous, Some('.' | '!' | '?' | '…')));
        previous = Some(c);
        if ends {
            if after <= range.start {
                start = after;
            } else if at >= range.end {
                end = at;
                break;
            }
        }
    }
    start..end
}

/// Whether `range` stands between quotation marks within its sentence.
pub fn in_quotation(text: &str, range: &Range<usize>) -> bool {
    let around = sentence(text, range);
    let (Some(head), Some(tail)) = (
        text.get(around.start..range.start),
        text.get(range.end..around.end),
    ) else {
        return false;
    };
    let pairs = [
        ('“', '”'),
        ('„', '“'),
        ('«', '»'),
        ('「', '」'),
        ('『', '』'),
    ];
    let open = |(open, close): (char, char)| {
        let last = head.rfind([open, close]);
        last.is_some_and(|at| head[at..].starts_with(open)) && tail.contains(close)
    };
    pairs.into_iter().any(open)
        || (head.matches('"').count() % 2 == 1 && tail.contains('"'))
        || in_single_quotes(head, tail)
}

/// An apostrophe opens a quotation before a word and closes one after it; within a
/// word it is none.
fn in_single_quotes(head: &str, tail: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let opened = head.match_indices('\'').fold(false, |opened, (at, _)| {
        let before = is_word(head[..at].chars().next_back());
        // At the end of the head stands the word that is looked at.
        let after = at + 1 == head.len() || is_word(head[at + 1..].chars().next());
        match (before, after) {
            (false, true) => true,
            (true, true) => opened,
            _ => false,
        }
    });
    opened
        && tail
            .match_indices('\'')
            .any(|(at, _)| !is_word(tail[at + 1..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(text: &str) -> Range<usize> {
        let start = text.find("HIT").unwrap_or_default();
        start..start + 3
    }

    #[test]
    fn sentences_end_at_full_stops() {
        for (text, expected) in [
            ("One. Two HIT v2.0 three. Four.", "Two HIT v2.0 three."),
            ("HIT", "HIT"),
            ("以前。これはHITです。次", "これはHITです"),
        ] {
            assert_eq!(&text[sentence(text, &range(text))], expected);
        }
    }

    #[test]
    fn quotations_are_somebody_elses() {
        for text in [
            "say “the HIT” now",
            "say \"HIT\"",
            "« a HIT »",
            "「HIT」は",
            "pick 'HIT' or 'the HIT'",
        ] {
            assert!(in_quotation(text, &range(text)), "{text}");
        }
        for text in ["“a” HIT “b”", "a HIT", "5\" HIT", "say \"a\". HIT \"b\""] {
            assert!(!in_quotation(text, &range(text)), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn a_sentence_holds_what_stands_in_it(head in "(\\PC|[.!?。] ?){0,40}", tail in "(\\PC|[.!?。'\"] ?){0,40}") {
            let text = format!("{head}HIT{tail}");
            let range = head.len()..head.len() + 3;
            let around = sentence(&text, &range);
            proptest::prop_assert!(around.start <= range.start && range.end <= around.end);
            proptest::prop_assert!(text.get(around).is_some());
            in_quotation(&text, &range);
        }
    }
}
