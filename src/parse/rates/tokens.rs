//! Text as tokens: numbers in any script and grouping, known words, marks.

use std::ops::Range;

use super::words::{Lexicon, Roles, is_joined};
use crate::source::floor_boundary;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// A number that may count something.
    Number(f64),
    /// A number that counts nothing: a version, a time, a price, a percentage.
    NoCount,
    /// A word or phrase with its roles; unknown words have none.
    Word(Roles),
    /// `/`
    Slash,
    /// `-`, `–`
    Dash,
    /// `,`
    Comma,
    /// `:` or `=`
    Colon,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// `;`
    Semicolon,
    /// The end of a sentence.
    Break,
    /// Anything else.
    Other,
}

/// One token and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

impl Token {
    pub(super) fn roles(&self) -> Roles {
        match self.kind {
            Kind::Word(roles) => roles,
            _ => Roles::default(),
        }
    }

    pub(super) fn is_limit(&self) -> bool {
        self.roles().any(Roles::LIMIT)
    }
}

/// Cuts a text into tokens.
pub(super) fn tokenise(lexicon: &Lexicon, text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        lexicon,
        text,
        at: 0,
        tokens: Vec::new(),
    };
    while let Some(c) = scanner.peek() {
        scanner.token(c);
    }
    scanner.tokens
}

struct Scanner<'a> {
    lexicon: &'a Lexicon,
    text: &'a str,
    at: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.tokens.push(Token {
            kind,
            range: self.at..self.at + length,
        });
        self.at += length;
    }

    fn token(&mut self, c: char) {
        let length = c.len_utf8();
        if c == '\n' {
            self.newline();
        } else if c.is_whitespace() || c == '\u{feff}' {
            self.at += length;
        } else if digit(c).is_some() {
            self.number();
        } else if is_joined(c) {
            match self.lexicon.joined(&self.text[self.at..]) {
                Some((length, roles)) => self.push(Kind::Word(roles), length),
                None => self.push(Kind::Word(Roles::default()), length),
            }
        } else if c.is_alphabetic() {
            self.words();
        } else {
            let kind = match c {
                '/' | '／' | '∕' => Kind::Slash,
                '-' | '–' | '‐' | '‑' | '—' => Kind::Dash,
                ',' | '，' | '、' => Kind::Comma,
                ':' | '：' | '=' => Kind::Colon,
                '(' | '（' | '[' => Kind::Open,
                ')' | '）' | ']' => Kind::Close,
                ';' | '；' => Kind::Semicolon,
                '。' | '！' | '？' | '|' | '•' => Kind::Break,
                '.' | '!' | '?' if self.ends_sentence(length) => Kind::Break,
                // Transparent: quotation marks, apostrophes, emphasis left in.
                '.' | '\'' | '’' | '"' | '“' | '”' | '«' | '»' | '*' | '_' | '`' | '·' => {
                    self.at += length;
                    return;
                }
                _ => Kind::Other,
            };
            self.push(kind, length);
        }
    }

    /// A full stop ends a sentence when the text ends or goes on with a capital.
    fn ends_sentence(&self, length: usize) -> bool {
        let rest = &self.text[self.at + length..];
        let next = beyond_space(rest);
        // "Acme Inc. 的商标": scripts without spaces do not go on after a Latin full stop.
        let latin = self
            .before(self.at)
            .is_some_and(|c| c.is_alphabetic() && !is_joined(c));
        if latin && next.starts_with(is_joined) {
            return false;
        }
        next.is_empty()
            || rest.len() != next.len()
                && next.chars().next().is_some_and(|c| {
                    c.is_uppercase() || is_joined(c) || (!c.is_alphanumeric() && c != '(')
                })
    }

    /// A blank line ends a sentence, and so does a line that starts a list item.
    fn newline(&mut self) {
        let rest = &self.text[self.at + 1..];
        let near = &rest[..floor_boundary(rest, NEAR)];
        let line = near.trim_start_matches([' ', '\t', '*', '/', '#', '\r']);
        let words = near.trim_start();
        let item = words.starts_with(['-', '*', '•', '+'])
            && words.chars().nth(1).is_some_and(char::is_whitespace);
        if line.starts_with('\n') || item {
            self.push(Kind::Break, 1);
        } else {
            self.at += 1;
        }
    }

    fn number(&mut self) {
        let start = self.at;
        let (value, length, plain) = number(&self.text[start..]);
        let end = start + length;
        let before = self.before(start);
        let after = self.text[end..].chars().next();
        let behind = self.text[end..].chars().nth(1);
        let joins = |c: char| matches!(c, '.' | ':' | ',' | '-');
        let glued = match before {
            Some('#' | '$' | '€' | '£' | '¥' | '%' | '@' | '\\' | '_') => true,
            Some(c) if joins(c) => {
                let earlier = self.text[..start - c.len_utf8()].chars().next_back();
                earlier.is_some_and(|e| {
                    e.is_alphabetic() && !is_joined(e) || c != '-' && digit(e).is_some()
                })
            }
            Some(c) => c.is_alphabetic() && !is_joined(c),
            None => false,
        };
        let glued = glued || is_date(&self.text[..start], &self.text[start..]);
        let trailing = match after {
            Some('%' | '％' | '€' | '$' | '£' | '°' | '_') => true,
            Some('.' | ':') => behind.is_some_and(|b| digit(b).is_some()),
            _ => false,
        };
        let mut value = value;
        let mut length = length;
        let mut counts = !glued && !trailing && plain;
        // A suffix of thousands, or letters that make it something else: 3rd, 64bit.
        if let Some(c) = after
            && c.is_alphabetic()
            && !is_joined(c)
        {
            let word: String = self.text[end..]
                .chars()
                .take_while(|c| c.is_alphanumeric() && !is_joined(*c))
                .take(24)
                .collect();
            match word.as_str() {
                "k" | "K" => {
                    value *= 1000.0;
                    length += 1;
                }
                "M" => {
                    value *= 1_000_000.0;
                    length += 1;
                }
                _ => {
                    let roles = self.lexicon.spaced(&word.to_lowercase());
                    let known = roles.is_some_and(|roles| {
                        roles.unit > 0 || roles.rate > 0 || roles.any(Roles::CALLS)
                    });
                    counts &= known;
                }
            }
        }
        let kind = if counts {
            Kind::Number(value)
        } else {
            Kind::NoCount
        };
        self.push(kind, length);
    }

    /// The longest known phrase from here, or one unknown word.
    fn words(&mut self) {
        let start = self.at;
        let mut phrase = String::new();
        let mut at = start;
        let mut first_end = start;
        let mut best = None;
        let mut parts = 1;
        for part in 0.. {
            if part == parts {
                break;
            }
            let end = word_end(self.text, at);
            if end == at {
                break;
            }
            if part == 0 {
                first_end = end;
            } else {
                phrase.push(' ');
            }
            phrase.extend(self.text[at..end].chars().flat_map(char::to_lowercase));
            if part == 0 {
                parts = self.lexicon.parts(&phrase);
                if parts == 0 {
                    break;
                }
            }
            if let Some(roles) = self.lexicon.spaced(&phrase) {
                best = Some((end, roles));
            }
            at = skip_joint(self.text, end);
        }
        let (end, roles) = best.unwrap_or((first_end, Roles::default()));
        self.push(Kind::Word(roles), end - start);
    }
}

/// How far white space and marks are passed over to see what follows: what is blank for
/// longer is looked at once for each of its lines.
const NEAR: usize = 256;

/// A text without the white space that it starts with.
fn beyond_space(text: &str) -> &str {
    let near = &text[..floor_boundary(text, NEAR)];
    let space = near.len() - near.trim_start().len();
    &text[space..]
}

/// The end of the word that starts at `at`.
fn word_end(text: &str, at: usize) -> usize {
    let mut end = at;
    for (offset, c) in text[at..].char_indices() {
        let inner = c.is_alphanumeric() && !is_joined(c) || c == '_' && offset > 0;
        // Turkish dotted capitals lower to two characters, the second a mark.
        let mark = offset > 0 && ('\u{300}'..='\u{36f}').contains(&c);
        if !inner && !mark {
            break;
        }
        if offset == 0 && digit(c).is_some() {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// Past what may stand between the words of a phrase.
fn skip_joint(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let mut end = at;
    for (count, (offset, c)) in rest.char_indices().enumerate() {
        let joint = matches!(
            c,
            ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '-' | '‑' | '\n'
        );
        if !joint || count > 1 {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    end
}

/// Whether the number between the two halves of a text is part of 2021-03-24.
fn is_date(before: &str, from: &str) -> bool {
    let shape = |bytes: &[u8]| {
        matches!(bytes, [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2]
            if [y1, y2, y3, y4, m1, m2, d1, d2].iter().all(|b| b.is_ascii_digit()))
    };
    let (head, tail) = (before.as_bytes(), from.as_bytes());
    [0, 5, 8].into_iter().any(|offset| {
        let (Some(at), Some(rest)) = (head.len().checked_sub(offset), tail.get(..10 - offset))
        else {
            return false;
        };
        shape(&[&head[at..], rest].concat())
    })
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => None,
    }
}

fn digits(text: &str) -> (u64, usize, usize) {
    let (mut value, mut count, mut length) = (0_u64, 0, 0);
    for c in text.chars() {
        let Some(d) = digit(c) else { break };
        value = value.saturating_mul(10).saturating_add(u64::from(d));
        count += 1;
        length += c.len_utf8();
    }
    (value, count, length)
}

/// The number a text starts with: its value, its length in bytes, and whether it is
/// one plain number.
fn number(text: &str) -> (f64, usize, bool) {
    let (first, count, mut at) = digits(text);
    let mut value = first as f64;
    if count > 12 {
        return (value, at, false);
    }
    if count > 3 || first == 0 && count == 1 {
        // No grouping after four digits; 0.125 is a fraction.
        return decimal(text, value, at);
    }
    let mut separator = None;
    while let Some(c) = text[at..].chars().next() {
        let groups = matches!(
            c,
            ',' | '.' | '\'' | '’' | '，' | '．' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '٬'
        );
        if !groups || separator.is_some_and(|s| s != c) {
            break;
        }
        let behind = &text[at + c.len_utf8()..];
        let (group, size, length) = digits(behind);
        if size != 3 {
            break;
        }
        // "100 100": a bilingual page that says the number twice.
        if c == ' ' && separator.is_none() && group == first {
            break;
        }
        value = value * 1000.0 + group as f64;
        separator = Some(c);
        at += c.len_utf8() + length;
        if value > 1e15 {
            return (value, at, false);
        }
    }
    if separator.is_some_and(|s| matches!(s, '.' | ',')) {
        // Several groups, or one: 1.500.000 and 1.500; a further group is no number.
        let again = text[at..].chars().next().is_some_and(|c| c == '.');
        let more = again
            && text[at + 1..]
                .chars()
                .next()
                .is_some_and(|c| digit(c).is_some());
        return (value, at, !more);
    }
    if separator.is_some() {
        return (value, at, true);
    }
    decimal(text, value, at)
}

fn decimal(text: &str, value: f64, at: usize) -> (f64, usize, bool) {
    let mark = text[at..].chars().next();
    if !matches!(mark, Some('.' | ',')) {
        return (value, at, true);
    }
    let (fraction, size, length) = digits(&text[at + 1..]);
    if size == 0 || size > 9 {
        return (value, at, true);
    }
    #[allow(clippy::cast_possible_wrap)] // at most 9
    let value = value + fraction as f64 / 10_f64.powi(size as i32);
    (value, at + 1 + length, true)
}
