//! A look at code before it is parsed: how deep is what stands open at a time? The
//! parsers keep a place for each bracket, sign and arrow that waits for what follows.
//! When an error comes upon many of those, a single step of theirs copies all of it for
//! each way that it could be read: 2,700 times `a=>` in Java, 8 KB, fill 1.1 GB before
//! anybody is asked whether that may go on. So what waits is counted first, roughly and
//! in one pass.

mod lexis;
mod literal;

use crate::facts::Language;
use literal::{Literal, Literals, Way};

/// Most that may wait at a time. Of 51,000 files of all languages none that is code comes
/// to more than half of it; at this depth a step takes some 50 ms and 20 MB.
const MAX_OPEN: usize = 400;

/// Most brackets that may be open: they nest deeper in data, and cost less.
const MAX_BRACKETS: usize = 2000;

/// Most signs that are read at once.
const MAX_SIGNS: usize = 32;

/// The longest tag that closes an element.
const MAX_TAG: usize = 200;

/// Words that wait for what follows, as a sign does.
const WAITING: &[&[u8]] = &[
    b"await", b"new", b"not", b"typeof", b"yield", b"lambda", b"delete", b"void", b"throw",
    b"async", b"in", b"is", b"as", b"do", b"if", b"else", b"elif", b"case", b"return", b"ref",
    b"out", b"mut", b"dyn", b"impl", b"move", b"unsafe", b"defer", b"go", b"clone", b"print",
    b"sizeof", b"checked",
];

/// Whether more stands open in a text than a parser can be trusted with.
pub(super) fn is_too_deep(text: &str, language: Language) -> bool {
    let (open, brackets) = deepest(text.as_bytes(), language);
    open > MAX_OPEN || brackets > MAX_BRACKETS
}

/// What came last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A name, a literal, a closing bracket.
    Value,
    /// A sign, an opening bracket, a word that waits.
    Sign,
    /// Nothing of the statement.
    Start,
}

/// Most signs that wait at a time, and most brackets.
fn deepest(text: &[u8], language: Language) -> (usize, usize) {
    let mut look = Look::new(text, language);
    while let Some(&byte) = text.get(look.at) {
        look.step(byte);
    }
    (look.most, look.deepest)
}

/// What is open.
#[derive(Default)]
struct Level<'a> {
    /// How much waits in it.
    waiting: usize,
    /// The string that goes on behind it.
    within: Option<Literal<'a>>,
    /// It is an element; its tag, or what stands in it.
    element: Option<Part>,
}

/// A part of an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Tag,
    Content,
}

/// The pass over a text.
struct Look<'a> {
    text: &'a [u8],
    literals: Literals<'a>,
    at: usize,
    last: Last,
    /// What is open; the first is the file.
    levels: Vec<Level<'a>>,
    /// The sum of what waits in them.
    waiting: usize,
    most: usize,
    deepest: usize,
    /// The first byte of the next line that says something, as far as that was looked for.
    next_word: usize,
}

impl<'a> Look<'a> {
    fn new(text: &'a [u8], language: Language) -> Self {
        let literals = Literals::new(text, language);
        Self {
            text,
            at: literals.start(),
            literals,
            last: Last::Start,
            levels: vec![Level::default()],
            waiting: 0,
            most: 0,
            deepest: 0,
            next_word: 0,
        }
    }

    fn step(&mut self, byte: u8) {
        let part = self.levels.last().and_then(|level| level.element);
        if part == Some(Part::Content) && !matches!(byte, b'<' | b'{') {
            // Words of a page, whatever they look like.
            self.at += 1;
            return;
        }
        if let Some(end) = self.literals.comment(self.at) {
            self.at = end;
            return;
        }
        if self.literals.lexis.escape == Some(byte) {
            self.at += 2;
            return;
        }
        if let Some((literal, start)) = self.literals.begins(self.at, self.last == Last::Value) {
            self.last = Last::Value;
            if !self.read(literal, start) {
                self.at += 1;
            }
            return;
        }
        match byte {
            b'\n' => self.newline(),
            b' ' | b'\t' | b'\r' => self.at += 1,
            b';' => {
                self.close();
                self.last = Last::Start;
                self.at += 1;
            }
            b'(' | b'[' | b'{' => {
                let last = if byte == b'{' {
                    Last::Start
                } else {
                    Last::Sign
                };
                self.open(None, last);
                self.at += 1;
            }
            b')' | b']' | b'}' => self.closing(byte),
            b',' => {
                self.close();
                if part == Some(Part::Tag) {
                    // A list of types.
                    self.levels.pop();
                }
                self.last = Last::Sign;
                self.at += 1;
            }
            b'"' | b'\'' | b'`' => {
                // None that anything closes.
                self.last = Last::Value;
                self.at += 1;
            }
            b'<' if self.literals.lexis.elements
                && (self.last != Last::Value || self.text.get(self.at + 1) == Some(&b'/')) =>
            {
                self.element();
            }
            b'>' if part == Some(Part::Tag) => {
                self.close();
                if let Some(level) = self.levels.last_mut() {
                    level.element = Some(Part::Content);
                }
                self.last = Last::Start;
                self.at += 1;
            }
            _ if is_word(byte) => {
                let rest = &self.text[self.at..];
                let end = rest.iter().position(|&byte| !is_word(byte));
                let word = &rest[..end.unwrap_or(rest.len())];
                self.at += word.len();
                if part == Some(Part::Tag) && word == b"extends" {
                    // The bound of a type.
                    self.levels.pop();
                }
                let waits = part.is_none() && WAITING.contains(&word);
                self.wait(usize::from(waits));
                self.last = if waits { Last::Sign } else { Last::Value };
            }
            _ => self.signs(),
        }
    }

    /// Goes past a literal, or to the code within; whether it ends at all.
    fn read(&mut self, literal: Literal<'a>, start: usize) -> bool {
        match self.literals.read(literal, start) {
            Way::Ends(end) => self.at = end,
            Way::Code(at) => {
                self.open(Some(literal), Last::Start);
                self.at = at;
            }
            Way::Nowhere => return false,
        }
        true
    }

    fn newline(&mut self) {
        if let Some((literal, start)) = self.literals.here(self.at)
            && self.read(literal, start)
        {
            return;
        }
        if self.next_word <= self.at {
            let rest = &self.text[self.at + 1..];
            let blank = rest.iter().position(|byte| !byte.is_ascii_whitespace());
            self.next_word = self.at + 1 + blank.unwrap_or(rest.len());
        }
        if self.last != Last::Sign && !goes_on(self.text.get(self.next_word)) {
            self.close();
            self.last = Last::Start;
        }
        self.at += 1;
    }

    fn closing(&mut self, byte: u8) {
        self.close();
        let within = if self.levels.len() > 1 {
            self.levels.pop().and_then(|level| level.within)
        } else {
            None
        };
        self.at += 1;
        self.last = Last::Value;
        if let Some(literal) = within {
            self.read(literal, self.at);
        } else if byte == b'}' {
            self.close();
        }
    }

    /// An element among code: what begins one opens as a bracket does.
    fn element(&mut self) {
        let rest = &self.text[self.at..];
        match rest.get(1) {
            Some(b'/') => {
                let end = memchr::memchr(b'>', &rest[..rest.len().min(MAX_TAG)]);
                self.at += end.map_or(2, |end| end + 1);
                self.close();
                if self.levels.len() > 1 {
                    self.levels.pop();
                }
                self.last = Last::Value;
            }
            Some(byte) if byte.is_ascii_alphabetic() || *byte == b'>' => {
                self.open(None, Last::Sign);
                if let Some(level) = self.levels.last_mut() {
                    level.element = Some(Part::Tag);
                }
                self.at += 1;
            }
            _ => self.signs(),
        }
    }

    fn signs(&mut self) {
        let rest = &self.text[self.at..];
        let rest = &rest[..rest.len().min(MAX_SIGNS)];
        let end = rest.iter().position(|&byte| !is_sign(byte));
        let signs = &rest[..end.unwrap_or(rest.len())];
        // A sign that begins something else is looked at again: `=/a/`.
        let tag = self
            .levels
            .last()
            .is_some_and(|level| level.element == Some(Part::Tag));
        let begins = |at: usize| {
            self.literals.may_begin(self.at + at)
                || tag && signs[at] == b'>' && signs[at - 1] != b'/'
        };
        let length = (1..signs.len()).find(|&at| begins(at));
        let signs = &signs[..length.unwrap_or(signs.len())];
        if signs.is_empty() {
            self.at += 1;
            return;
        }
        if tag && signs == b"/>" && self.levels.len() > 1 {
            self.close();
            self.levels.pop();
            self.last = Last::Value;
        } else {
            self.wait(waits(signs, self.last));
            self.last = Last::Sign;
        }
        self.at += signs.len();
    }

    fn wait(&mut self, signs: usize) {
        if let Some(level) = self.levels.last_mut() {
            level.waiting += signs;
        }
        self.waiting += signs;
        self.most = self.most.max(self.waiting);
    }

    fn open(&mut self, within: Option<Literal<'a>>, last: Last) {
        self.levels.push(Level {
            waiting: 0,
            within,
            element: None,
        });
        self.deepest = self.deepest.max(self.levels.len());
        self.last = last;
    }

    /// Nothing waits in the bracket that is open any more.
    fn close(&mut self) {
        if let Some(level) = self.levels.last_mut() {
            self.waiting -= level.waiting;
            level.waiting = 0;
        }
    }
}

/// How many of the signs that stand together wait for what follows: all of them, but one
/// that joins what stands before it to what follows.
fn waits(signs: &[u8], last: Last) -> usize {
    const JOINS: &[&[u8]] = &[
        b"+", b"-", b"*", b"/", b"%", b".", b"&", b"|", b"^", b"&&", b"||", b"==", b"===", b"!=",
        b"!==", b"<=", b">=", b">", b"**", b"//", b"->", b"?.", b"::", b"..", b"...", b"..=",
        b"<<", b">>", b"\\\\",
    ];
    if last == Last::Value && JOINS.contains(&signs) {
        0
    } else if signs.iter().all(|&byte| byte == b'=') {
        // A rule under a heading of a comment.
        1
    } else {
        signs.len()
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn is_sign(byte: u8) -> bool {
    byte.is_ascii_punctuation()
        && !matches!(
            byte,
            b'_' | b'"' | b'\'' | b'`' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b';'
        )
}

/// Whether the first sign of what follows makes it part of the line before.
fn goes_on(first: Option<&u8>) -> bool {
    first.is_some_and(|&byte| {
        is_sign(byte) && !matches!(byte, b'#' | b'@' | b'$' | b'/' | b'*' | b'<' | b'-')
    })
}

#[cfg(test)]
mod tests;
