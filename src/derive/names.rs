//! Names in a text: runs of words that begin with capitals.

use std::ops::Range;

use super::words::PageWords;
use crate::parse::rates::is_joined;

/// Most words of a name.
const MAX_WORDS: usize = 6;
/// A run of words that may be a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    /// In the text.
    pub(super) range: Range<usize>,
    /// Its words, joined by single spaces, without ® and ™.
    pub(super) text: String,
}

/// A word or a mark of punctuation.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Starts with a capital, or with a digit after such a word.
    Name,
    /// Any other word.
    Word,
    /// A run of a script that writes no spaces.
    Joined,
    /// A comma of any script.
    Comma,
    /// `®`, `™` and the like, which belong to the name before.
    Sign,
    /// A hyphen between words.
    Hyphen,
    /// Anything else.
    Other,
}

/// Runs of words that may be names.
pub(super) fn names(words: &PageWords, text: &str) -> Vec<Name> {
    runs(words, text, &tokens(text))
}

/// Runs of the words of a text that may be names.
pub(super) fn runs(words: &PageWords, text: &str, tokens: &[Token]) -> Vec<Name> {
    let page_words = words;
    let mut out: Vec<Name> = Vec::new();
    let mut run: Vec<&Token> = Vec::new();
    let close = |run: &mut Vec<&Token>, out: &mut Vec<Name>| {
        let noise = |token: &&Token| {
            let word = &text[token.range.clone()];
            words.names.is(word)
                || words.articles.is(word)
                || words.and.is(word)
                || words.trademark.is(word)
        };
        // "Our", "All" begin no name.
        let small = |token: &&Token| noise(token) || words.small.is(&text[token.range.clone()]);
        let start = run.iter().take_while(|token| small(token)).count();
        let kept = &run[start..];
        let end = kept.iter().rev().take_while(|token| noise(token)).count();
        let kept = &kept[..kept.len() - end];
        if let (Some(first), Some(last)) = (kept.first(), kept.last())
            && kept.len() <= MAX_WORDS
        {
            let words: Vec<&str> = kept
                .iter()
                .map(|token| &text[token.range.clone()])
                .collect();
            let name = words.join(" ");
            if !page_words.is_no_name(&name) {
                out.push(Name {
                    range: first.range.start..last.range.end,
                    text: name,
                });
            }
        }
        run.clear();
    };
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Name => {
                // "Acme's Gearbox": the possessive ends a name.
                let gap = run
                    .last()
                    .map_or("", |last| &text[last.range.end..token.range.start]);
                if gap.contains(['\n'])
                    || !gap.trim().is_empty() && !gap.trim().chars().all(|c| "®™".contains(c))
                {
                    close(&mut run, &mut out);
                }
                run.push(token);
            }
            Kind::Sign => {}
            // "Microsoft-Produkte" is a word of its own, which begins with a name.
            Kind::Hyphen => {
                let glued = tokens
                    .get(index + 1)
                    .is_some_and(|next| next.range.start == token.range.end);
                if glued {
                    run.pop();
                }
                close(&mut run, &mut out);
            }
            _ => close(&mut run, &mut out),
        }
    }
    close(&mut run, &mut out);
    out
}

/// The words and marks of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = c.len_utf8();
        let mut push = |end: usize, kind: Kind| {
            out.push(Token {
                range: at..end,
                kind,
            });
            end
        };
        at = if c.is_whitespace() {
            at + length
        } else if is_joined(c) {
            let end = text[at..]
                .find(|c: char| !is_joined(c))
                .map_or(text.len(), |end| at + end);
            push(end, Kind::Joined)
        } else if c.is_alphanumeric() || c == '.' && dotted(&text[at..]) {
            let end = word_end(text, at);
            let after_name = out.last().is_some_and(|last| last.kind == Kind::Name);
            let named = c.is_uppercase()
                || c == '.'
                || c.is_numeric() && after_name
                || text[at..end].chars().skip(1).any(char::is_uppercase);
            out.push(Token {
                range: at..end,
                kind: if named { Kind::Name } else { Kind::Word },
            });
            end
        } else {
            let kind = match c {
                ',' | '、' | '，' | ';' => Kind::Comma,
                '®' | '™' | '©' | '℠' => Kind::Sign,
                '-' | '‑' => Kind::Hyphen,
                _ => Kind::Other,
            };
            push(at + length, kind)
        };
    }
    out
}

/// `.NET`, but no full stop.
fn dotted(text: &str) -> bool {
    text[1..].starts_with(|c: char| c.is_uppercase())
}

fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..].char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        let inner = c.is_alphanumeric() && !is_joined(c)
            || offset == 0
            || matches!(c, '.' | '+' | '#' | '_')
                && chars
                    .peek()
                    .is_some_and(|(_, next)| next.is_alphanumeric() && !is_joined(*next));
        if !inner {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}
