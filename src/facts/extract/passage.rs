//! A piece of prose with the targets of its links written out and the owner's names
//! and addresses as tokens, cut into sentences: so wordings can ask for a word and an
//! address in the same sentence.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::Tokens;
use crate::facts::prose::OBJECT;
use crate::facts::{Link, Prose};
use crate::source::{FileId, Span, ceil_boundary};

/// Opens and closes a link's target in [`Passage::text`].
const OPEN: char = '⟨';
const CLOSE: char = '⟩';

/// Longest target that is written out.
const MAX_TARGET: usize = 2048;

/// The links of a file, ready to be found from its prose.
pub(super) struct Targets<'a> {
    file: FileId,
    links: &'a [Link],
    /// Addresses that stand in the text themselves, by their first byte: in prose an
    /// object stands for them.
    bare: BTreeMap<u32, &'a str>,
}

/// A link's target and where it belongs in a piece of prose.
pub(super) struct Target<'a> {
    /// After the link's text, or in place of an object.
    at: Range<usize>,
    pub(super) url: &'a str,
}

impl<'a> Targets<'a> {
    pub(super) fn new(file: FileId, links: &'a [Link]) -> Self {
        Self {
            file,
            links,
            bare: links
                .iter()
                .filter(|link| !link.image && link.text == link.url)
                .map(|link| (link.span.start, link.url.as_str()))
                .collect(),
        }
    }

    /// The targets that belong to `prose`, in order.
    pub(super) fn of(&self, prose: &Prose) -> Vec<Target<'a>> {
        let mut targets: Vec<Target<'a>> = prose
            .links
            .iter()
            .filter_map(|(range, index)| {
                let url = self.links.get(*index)?.url.as_str();
                let shown = prose.text.get(range.clone())?;
                (shown != url).then_some(Target {
                    at: range.end..range.end,
                    url,
                })
            })
            .collect();
        if !self.bare.is_empty() {
            targets.extend(prose.text.match_indices(OBJECT).filter_map(|(at, object)| {
                let at = at..at + object.len();
                let start = prose.span(self.file, at.clone()).start;
                let url = self.bare.get(&start).copied()?;
                Some(Target { at, url })
            }));
        }
        targets.retain(|target| target.url.len() <= MAX_TARGET);
        targets.sort_by_key(|target| (target.at.start, target.at.end));
        targets
    }
}

/// Prose as wordings read it.
pub(super) struct Passage<'a> {
    prose: &'a Prose,
    pub(super) text: String,
    /// Where `text` is not the prose: its bytes, and the bytes of `prose.text` that
    /// they stand for.
    changed: Vec<(Range<usize>, Range<usize>)>,
}

impl<'a> Passage<'a> {
    pub(super) fn new(prose: &'a Prose, targets: &[Target<'_>], tokens: &Tokens) -> Self {
        let mut passage = Self {
            prose,
            text: String::with_capacity(prose.text.len()),
            changed: Vec::new(),
        };
        let mut from = 0;
        for target in targets {
            if target.at.start < from {
                continue;
            }
            passage.push(from..target.at.start, tokens);
            let start = passage.text.len();
            let beside = target.at.is_empty();
            if beside {
                passage.text.extend([' ', OPEN]);
            }
            match tokens.find(target.url).first() {
                Some(token) if token.is_address() => passage.text.push(token.stands_as),
                _ => passage.text.push_str(target.url),
            }
            if beside {
                passage.text.push(CLOSE);
            }
            passage
                .changed
                .push((start..passage.text.len(), target.at.clone()));
            from = target.at.end;
        }
        passage.push(from..prose.text.len(), tokens);
        passage
    }

    /// Appends `range` of the prose with its tokens.
    fn push(&mut self, range: Range<usize>, tokens: &Tokens) {
        let Some(text) = self.prose.text.get(range.clone()) else {
            return;
        };
        let mut from = 0;
        for token in tokens.find(text) {
            self.text.push_str(&text[from..token.range.start]);
            let start = self.text.len();
            self.text.push(token.stands_as);
            self.changed.push((
                start..self.text.len(),
                range.start + token.range.start..range.start + token.range.end,
            ));
            from = token.range.end;
        }
        self.text.push_str(&text[from..]);
    }

    /// The source bytes behind `range` of `text`.
    pub(super) fn span(&self, file: FileId, range: Range<usize>) -> Span {
        let start = self.back(range.start, false);
        let end = self.back(range.end, true);
        self.prose.span(file, start..end.max(start))
    }

    /// The byte of the prose behind `at`; an end inside a changed place is that
    /// place's end.
    fn back(&self, at: usize, is_end: bool) -> usize {
        let (mut text, mut prose) = (0, 0);
        for (changed, original) in &self.changed {
            if at < changed.start || (at == changed.start && is_end) {
                break;
            }
            if at < changed.end {
                return if is_end { original.end } else { original.start };
            }
            (text, prose) = (changed.end, original.end);
        }
        prose + (at - text)
    }

    /// Sentences, as ranges of `text` without white space around them.
    pub(super) fn sentences(&self) -> Vec<Range<usize>> {
        sentences(&self.text)
    }
}

/// Abbreviations whose full stop ends no sentence, in lower case.
const ABBREVIATIONS: [&str; 14] = [
    "inc", "corp", "co", "ltd", "llc", "vs", "e.g", "i.e", "etc", "cf", "no", "art", "bzw", "z.b",
];

fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    let mut newline = false;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|&(_, next)| next);
        let ends = match c {
            '。' | '！' | '？' | '।' => true,
            '!' | '?' => next.is_none_or(after_stop),
            '.' => next.is_none_or(after_stop) && !continues(text, at),
            '\n' => newline,
            _ => false,
        };
        newline = c == '\n' || (newline && c.is_whitespace());
        if ends {
            let end = at + c.len_utf8();
            push(text, start..end, &mut out);
            start = end;
        }
    }
    push(text, start..text.len(), &mut out);
    out
}

fn after_stop(next: char) -> bool {
    next.is_whitespace() || matches!(next, '<' | '"' | '”' | '»' | '\'' | '’' | ')' | '*' | '_')
}

/// Whether the full stop at `at` is part of an abbreviation, or what follows begins
/// in lower case and so goes on.
fn continues(text: &str, at: usize) -> bool {
    /// No abbreviation is longer.
    const LONGEST: usize = 32;
    let before = &text[ceil_boundary(text, at.saturating_sub(LONGEST))..at];
    let word_start = before
        .rfind(|c: char| !c.is_alphanumeric() && c != '.')
        .map_or(0, |found| {
            found + before[found..].chars().next().map_or(1, char::len_utf8)
        });
    let word = before[word_start..].to_lowercase();
    let rest = text[at + 1..].trim_start();
    if ABBREVIATIONS.contains(&word.as_str()) {
        return !rest.is_empty();
    }
    rest.chars().next().is_some_and(char::is_lowercase)
}

fn push(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let start = range.start + (piece.len() - piece.trim_start().len());
    let end = start + piece.trim().len();
    if end > start {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::ProseContext;
    use crate::facts::extract::tests::pack;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<&str> {
        sentences(text)
            .into_iter()
            .map(|range| &text[range])
            .collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            cut("Windows is a mark of Acme Corp. and others. No link.  Acme v1.2 is fine!"),
            [
                "Windows is a mark of Acme Corp. and others.",
                "No link.",
                "Acme v1.2 is fine!"
            ]
        );
        assert_eq!(cut("これは。あれは"), ["これは。", "あれは"]);
        assert_eq!(
            cut("See https://a.example/b.html for it.</p>"),
            ["See https://a.example/b.html for it.", "</p>"]
        );
        assert_eq!(
            cut("one line\n  wrapped\n\nanother"),
            ["one line\n  wrapped", "another"]
        );
        assert!(cut(" \n ").is_empty());
    }

    #[test]
    fn targets_are_written_out_and_map_back() {
        let mut prose = Prose::new(ProseContext::Paragraph);
        prose.push("From ", 0..5);
        prose.push("this page", 6..15);
        prose.push(", adapted.", 25..35);
        prose.links.push((5..14, 0));
        let links = [Link {
            url: "https://x".to_owned(),
            span: Span::new(FileId(0), 5..25),
            text: "this page".to_owned(),
            image: false,
        }];
        let passage = Passage::new(
            &prose,
            &Targets::new(FileId(0), &links).of(&prose),
            &Tokens::new(pack()),
        );
        assert_eq!(passage.text, "From this page ⟨https://x⟩, adapted.");
        let at = passage.text.find("adapted").unwrap();
        assert_eq!(passage.span(FileId(0), at..at + 7).range(), 27..34);
        let whole = passage.span(FileId(0), 0..passage.text.find(',').unwrap());
        assert_eq!(whole.range(), 0..15);
    }

    #[test]
    fn the_owner_is_told_from_its_namespaces_and_addresses() {
        let tokens = Tokens::new(pack());
        let found = |text: &str| -> Vec<String> {
            tokens
                .find(text)
                .into_iter()
                .map(|token| text[token.range].to_owned())
                .collect()
        };
        assert_eq!(
            found("Microsoft's and (c) Microsoft Corporation, von Microsofts Seite"),
            ["Microsoft", "Microsoft Corporation", "Microsoft"]
        );
        assert!(found("using Microsoft.Graph; microsoft.com @microsoft MicrosoftDocs").is_empty());
        assert_eq!(
            found(
                "(https://learn.microsoft.com/en-us/x_(v=ws.10).) at github.com/MicrosoftDocs/y, https://example.org/learn.microsoft.com/z"
            ),
            [
                "https://learn.microsoft.com/en-us/x_(v=ws.10)",
                "github.com/MicrosoftDocs/y"
            ]
        );
        assert_eq!(
            found("MicrosoftDocs/azure-docs を"),
            ["MicrosoftDocs/azure-docs"]
        );
    }

    proptest! {
        #[test]
        fn sentences_never_overlap_and_lose_no_letter(text in "\\PC{0,80}") {
            let found = sentences(&text);
            let letters: String = found
                .iter()
                .flat_map(|range| text[range.clone()].chars())
                .filter(|c| !c.is_whitespace())
                .collect();
            let all: String = text.chars().filter(|c| !c.is_whitespace()).collect();
            prop_assert_eq!(letters, all);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }

        #[test]
        fn every_place_maps_into_the_prose(
            text in "(Microsoft|https://learn.microsoft.com/a|MicrosoftDocs/b|é |\\. |[a-z ]{1,4}){0,9}",
            cut in 0_usize..60,
        ) {
            let tokens = Tokens::new(pack());
            let mut prose = Prose::verbatim(ProseContext::Paragraph, &text, 0);
            let end = (0..=cut.min(text.len())).rev().find(|&at| text.is_char_boundary(at));
            prose.links.push((0..end.unwrap_or(0), 0));
            let links = [Link {
                url: "https://learn.microsoft.com/z".to_owned(),
                span: Span::new(FileId(0), 0..0),
                text: String::new(),
                image: false,
            }];
            let passage = Passage::new(&prose, &Targets::new(FileId(0), &links).of(&prose), &tokens);
            let whole = passage.span(FileId(0), 0..passage.text.len());
            prop_assert_eq!(whole.range(), 0..text.len());
            for sentence in passage.sentences() {
                let span = passage.span(FileId(0), sentence);
                prop_assert!(text.get(span.range()).is_some());
            }
        }
    }
}
