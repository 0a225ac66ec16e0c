//! Comments and strings of a text: where they begin and end, and the code within.

mod here;

use std::collections::HashMap;

use super::lexis::{Lexis, Quote};
use crate::facts::Language;

/// The longest literal of a character, with its escapes.
const MAX_CHARACTER: usize = 12;

/// A string, or a text that ends with a line of its own.
#[derive(Clone, Copy)]
pub(super) enum Literal<'a> {
    Quote(&'static Quote),
    /// So many hashes stand before its quote and behind.
    Hashed(usize),
    /// Up to a line that is this name; as printed, or with code within.
    Here(&'a [u8], &'static [&'static str]),
    /// A pattern, on one line.
    Pattern,
    /// One character.
    Character,
}

/// Where a string leads.
pub(super) enum Way {
    /// It ends here.
    Ends(usize),
    /// Here code begins within it.
    Code(usize),
    /// Nothing closes it, as far as that was looked for.
    Nowhere,
}

/// Finds the literals of a text.
pub(super) struct Literals<'a> {
    text: &'a [u8],
    language: Language,
    pub(super) lexis: &'static Lexis,
    /// Texts that begin behind the line that is read.
    pending: Vec<(&'a [u8], &'static [&'static str])>,
    /// Up to where kinds of literals have no end.
    vain: HashMap<&'static str, usize>,
    /// What may still be read in search of the ends of other literals that have none.
    patience: usize,
}

impl<'a> Literals<'a> {
    pub(super) fn new(text: &'a [u8], language: Language) -> Self {
        Self {
            text,
            language,
            lexis: Lexis::of(language),
            pending: Vec::new(),
            vain: HashMap::new(),
            patience: 2 * text.len() + 4096,
        }
    }

    /// Where the code begins.
    pub(super) fn start(&self) -> usize {
        if self.language == Language::Php {
            find(self.text, b"<?").map_or(self.text.len(), |at| at + 2)
        } else {
            0
        }
    }

    fn rest(&self, at: usize) -> &'a [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// The end of the comment that begins here.
    pub(super) fn comment(&mut self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        if let Some((open, close, nested)) = self.lexis.block
            && rest.starts_with(open.as_bytes())
            && !self.is_vain(open, at)
        {
            let end = self.block(at + open.len(), open, close, nested);
            if end.is_none() {
                // Nothing closes it: what follows may be read as code.
                self.vain.insert(open, self.text.len());
            }
            return end;
        }
        let starts = |mark: &&str| rest.starts_with(mark.as_bytes());
        self.lexis.line.iter().find(|mark| starts(mark))?;
        let before = at.checked_sub(1).map(|before| self.text[before]);
        if self.lexis.by_word
            && before.is_some_and(|byte| {
                !byte.is_ascii_whitespace()
                    && !matches!(byte, b';' | b'(' | b')' | b'{' | b'}' | b'|')
            })
        {
            return None;
        }
        if self.language == Language::Php && rest.starts_with(b"#[") {
            return None;
        }
        let line = &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())];
        if self.language == Language::Php
            && let Some(end) = find(line, b"?>")
        {
            return Some(at + end);
        }
        Some(at + line.len())
    }

    fn block(&self, from: usize, open: &str, close: &str, nested: bool) -> Option<usize> {
        let mut at = from;
        let mut depth = 1;
        loop {
            let rest = self.rest(at);
            let end = find(rest, close.as_bytes())?;
            let inner = rest[..end].windows(open.len());
            if nested {
                depth += inner.filter(|window| *window == open.as_bytes()).count();
            }
            depth -= 1;
            at += end + close.len();
            if depth == 0 {
                return Some(at);
            }
        }
    }

    /// Whether something else than a sign begins here.
    pub(super) fn may_begin(&self, at: usize) -> bool {
        let rest = self.rest(at);
        let starts = |mark: &str| rest.starts_with(mark.as_bytes());
        let lexis = self.lexis;
        lexis.line.iter().any(|mark| starts(mark))
            || lexis.block.is_some_and(|(open, ..)| starts(open))
            || lexis.quotes.iter().any(|quote| starts(quote.open))
            || lexis.here.is_some_and(starts)
            || lexis.escape == rest.first().copied()
            || lexis.patterns && starts("/")
    }

    /// The literal that begins here, and where its text does.
    pub(super) fn begins(&mut self, at: usize, after_value: bool) -> Option<(Literal<'a>, usize)> {
        let rest = self.rest(at);
        let first = *rest.first()?;
        if first == b'r' && self.language == Language::Rust && !self.is_inside_word(at) {
            let hashes = rest[1..].iter().take_while(|&&byte| byte == b'#').count();
            if rest.get(1 + hashes) == Some(&b'"') {
                return Some((Literal::Hashed(hashes), at + hashes + 2));
            }
        }
        if first == b'/' && self.lexis.patterns {
            let glued = self.language == Language::Ruby
                && at > 0
                && self.text[at - 1] == b' '
                && !matches!(rest.get(1), Some(b' ' | b'='));
            if !after_value || glued {
                return Some((Literal::Pattern, at + 1));
            }
        }
        if let Some(open) = self.lexis.here
            && rest.starts_with(open.as_bytes())
            && rest.get(open.len()) != Some(&b'<')
            && (at == 0 || self.text[at - 1] != b'<')
        {
            self.note_here(&rest[open.len()..]);
            return None;
        }
        let known = self.lexis.quotes.iter();
        let quote = known
            .into_iter()
            .find(|quote| rest.starts_with(quote.open.as_bytes()))?;
        if quote.open == "'" && self.has_characters() {
            return Some((Literal::Character, at + 1));
        }
        Some((Literal::Quote(quote), at + quote.open.len()))
    }

    fn is_inside_word(&self, at: usize) -> bool {
        at > 0 && {
            let before = self.text[at - 1];
            super::is_word(before) && before != b'b'
        }
    }

    /// Languages whose apostrophes hold one character.
    fn has_characters(&self) -> bool {
        matches!(
            self.language,
            Language::Java | Language::CSharp | Language::Go | Language::Kotlin | Language::Rust
        )
    }

    /// Reads a literal on from a byte of it.
    pub(super) fn read(&mut self, literal: Literal<'a>, from: usize) -> Way {
        let way = match literal {
            Literal::Quote(quote) => self.quoted(quote, from),
            Literal::Hashed(hashes) => self.hashed(hashes, from),
            Literal::Here(name, code) => self.to_line(name, code, from),
            Literal::Pattern => self.pattern(from),
            Literal::Character => self.character(from),
        };
        if matches!(way, Way::Nowhere) {
            self.note_nowhere(literal, from);
        }
        way
    }

    /// What nothing closes here, nothing closes further on, either: each kind is looked for
    /// in vain but once.
    fn note_nowhere(&mut self, literal: Literal<'a>, from: usize) {
        let rest = self.rest(from);
        let line = || from + memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        match literal {
            Literal::Quote(quote) if self.is_vain(quote.open, from) => {}
            Literal::Pattern if self.is_vain("/", from) => {}
            Literal::Quote(quote) => {
                let end = if quote.lines { self.text.len() } else { line() };
                self.vain.insert(quote.open, end);
            }
            Literal::Pattern => drop(self.vain.insert("/", line())),
            Literal::Here(..) | Literal::Hashed(_) => {
                self.patience = self.patience.saturating_sub(rest.len());
            }
            Literal::Character => {}
        }
    }

    fn is_vain(&self, open: &str, from: usize) -> bool {
        self.vain.get(open).is_some_and(|end| from <= *end)
    }

    fn quoted(&self, quote: &Quote, from: usize) -> Way {
        if self.is_vain(quote.open, from) {
            return Way::Nowhere;
        }
        let close = quote.close.as_bytes();
        let code = self.has_code(quote, from);
        let end = self.text.len();
        let mut at = from;
        // `@"` and a new line: the end may stand on the next one.
        if close.starts_with(b"\n") {
            at = at.saturating_sub(1);
        }
        while at < end {
            let rest = &self.text[at..end];
            if quote.escape == rest.first().copied() {
                at += 2;
            } else if rest.starts_with(close) {
                let twice = quote.doubled && rest[close.len()..].starts_with(close);
                if !twice {
                    return Way::Ends(at + close.len());
                }
                at += 2 * close.len();
            } else if rest[0] == b'\n' && !quote.lines {
                return Way::Nowhere;
            } else if let Some(open) = code.iter().find(|open| rest.starts_with(open.as_bytes())) {
                // Twice, it is a sign of the text.
                let twice = **open == *"{" && rest.starts_with(b"{{");
                if !twice {
                    return Way::Code(at + open.len());
                }
                at += 2;
            } else {
                at += 1;
            }
        }
        if quote.open == "?>" {
            return Way::Ends(end);
        }
        Way::Nowhere
    }

    fn has_code(&self, quote: &Quote, from: usize) -> &'static [&'static str] {
        if quote.with.is_empty() {
            return quote.code;
        }
        let before = &self.text[..from.saturating_sub(quote.open.len())];
        let word = before
            .iter()
            .rev()
            .take(3)
            .take_while(|byte| byte.is_ascii_alphabetic());
        let mut word = word;
        if word.any(|byte| quote.with.contains(byte)) {
            quote.code
        } else {
            &[]
        }
    }

    fn hashed(&self, hashes: usize, from: usize) -> Way {
        let end = self.text.len().min(from.saturating_add(self.patience));
        let mut at = from;
        while let Some(found) = memchr::memchr(b'"', self.text.get(at..end).unwrap_or_default()) {
            at += found + 1;
            let behind = self
                .rest(at)
                .iter()
                .take(hashes)
                .filter(|&&byte| byte == b'#');
            if behind.count() == hashes {
                return Way::Ends(at + hashes);
            }
        }
        Way::Nowhere
    }

    fn pattern(&self, from: usize) -> Way {
        if self.is_vain("/", from) {
            return Way::Nowhere;
        }
        let mut at = from;
        let mut class = false;
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'\n' => return Way::Nowhere,
                b'\\' => at += 1,
                b'[' => class = true,
                b']' => class = false,
                b'/' if !class => return Way::Ends(at + 1),
                _ => {}
            }
            at += 1;
        }
        Way::Nowhere
    }

    fn character(&self, from: usize) -> Way {
        let rest = self.rest(from);
        let rest = &rest[..rest.len().min(MAX_CHARACTER)];
        let length = match rest.first() {
            Some(b'\\') => {
                memchr::memchr(b'\'', rest.get(2..).unwrap_or_default()).map(|end| end + 2)
            }
            Some(&byte) => {
                let width = match byte {
                    0xf0.. => 4,
                    0xe0.. => 3,
                    0xc0.. => 2,
                    _ => 1,
                };
                (rest.get(width) == Some(&b'\'')).then_some(width)
            }
            None => None,
        };
        length.map_or(Way::Nowhere, |length| Way::Ends(from + length + 1))
    }
}

fn find(text: &[u8], what: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, what)
}
