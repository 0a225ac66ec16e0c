//! A look at code before it is parsed: how deep is what stands open at a time? The
//! parsers keep a place for each bracket, sign and arrow that waits for what follows.
//! When an error comes upon many of those, a single step of theirs copies all of it for
//! each way that it could be read: 2,700 times `a=>` in Java, 8 KB, fill 1.1 GB before
//! anybody is asked whether that may go on. So what waits is counted first, roughly and
//! in one pass.

use crate::facts::Language;

/// Most that may wait at a time. Of 9,000 files of all languages from 156 repositories
/// none comes to more than half of it; at this depth a step takes some 50 ms and 20 MB.
const MAX_OPEN: usize = 400;

/// Most brackets that may be open: they nest deeper in data, and cost less.
const MAX_BRACKETS: usize = 2000;

/// The longest literal of a character, with its escapes.
const MAX_CHARACTER: usize = 12;

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
    let (mut most, mut deepest) = (0, 0);
    // What waits in each open bracket, and the sum.
    let mut levels: Vec<usize> = vec![0];
    let mut waiting = 0usize;
    let mut last = Last::Start;
    let mut at = 0;
    // The first byte of the next line that says something, as far as that was looked for.
    let mut next_word = 0;
    // What may still be read in search of the ends of literals that have none.
    let mut patience = 2 * text.len() + 4096;
    while let Some(&byte) = text.get(at) {
        let mut wait = 0;
        match byte {
            b'\n' => {
                if next_word <= at {
                    let blank = text[at + 1..]
                        .iter()
                        .position(|byte| !byte.is_ascii_whitespace());
                    next_word = blank.map_or(text.len(), |blank| at + 1 + blank);
                }
                if last != Last::Sign && !goes_on(text.get(next_word)) {
                    close(&mut levels, &mut waiting);
                    last = Last::Start;
                }
                at += 1;
            }
            b' ' | b'\t' | b'\r' => at += 1,
            b';' => {
                close(&mut levels, &mut waiting);
                last = Last::Start;
                at += 1;
            }
            b'(' | b'[' | b'{' => {
                levels.push(0);
                deepest = deepest.max(levels.len());
                last = if byte == b'{' {
                    Last::Start
                } else {
                    Last::Sign
                };
                at += 1;
            }
            b')' | b']' | b'}' => {
                close(&mut levels, &mut waiting);
                if levels.len() > 1 {
                    levels.pop();
                }
                if byte == b'}' {
                    close(&mut levels, &mut waiting);
                }
                last = Last::Value;
                at += 1;
            }
            b',' => {
                close(&mut levels, &mut waiting);
                last = Last::Sign;
                at += 1;
            }
            b'"' | b'\'' | b'`' => {
                let length = literal(&text[at..], language, patience);
                if length == 1 || length == 3 && byte != b'`' {
                    // Nothing closed it, as far as that was looked for.
                    let long = length == 3 || byte == b'`';
                    let read = if long {
                        text.len() - at
                    } else {
                        line(&text[at..])
                    };
                    patience = patience.saturating_sub(read);
                }
                at += length;
                last = Last::Value;
            }
            b'/' if text[at..].starts_with(b"//") && has_slashes(language) => {
                at += line(&text[at..]);
            }
            b'#' if !has_slashes(language) || language == Language::Php => at += line(&text[at..]),
            b'/' if text[at..].starts_with(b"/*") && has_slashes(language) => {
                let end = memchr::memmem::find(&text[at + 2..], b"*/");
                at += end.map_or(text.len(), |end| end + 4);
            }
            _ if is_word(byte) => {
                let end = text[at..].iter().position(|&byte| !is_word(byte));
                let word = &text[at..end.map_or(text.len(), |end| at + end)];
                at += word.len();
                last = if WAITING.contains(&word) {
                    wait = 1;
                    Last::Sign
                } else {
                    Last::Value
                };
            }
            _ => {
                let end = text[at..].iter().position(|&byte| !is_sign(byte));
                let signs = &text[at..end.map_or(text.len(), |end| at + end)];
                if signs.is_empty() {
                    at += 1;
                    continue;
                }
                wait = waits(signs, last);
                at += signs.len();
                last = Last::Sign;
            }
        }
        if wait > 0 {
            if let Some(level) = levels.last_mut() {
                *level += wait;
            }
            waiting += wait;
            most = most.max(waiting);
        }
    }
    (most, deepest)
}

/// Nothing waits in the bracket that is open any more.
fn close(levels: &mut [usize], waiting: &mut usize) {
    if let Some(level) = levels.last_mut() {
        *waiting -= *level;
        *level = 0;
    }
}

/// How many of the signs that stand together wait for what follows: all of them, but one
/// that joins what stands before it to what follows.
fn waits(signs: &[u8], last: Last) -> usize {
    const JOINS: &[&[u8]] = &[
        b"+", b"-", b"*", b"/", b"%", b".", b"&", b"|", b"^", b"&&", b"||", b"==", b"===", b"!=",
        b"!==", b"<=", b">=", b">", b"**", b"//", b"->", b"?.", b"::", b"..", b"...", b"<<", b">>",
        b"\\\\",
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

/// The length of a line.
fn line(rest: &[u8]) -> usize {
    memchr::memchr(b'\n', rest).unwrap_or(rest.len())
}

/// Languages whose comments begin with slashes.
fn has_slashes(language: Language) -> bool {
    !matches!(
        language,
        Language::Python | Language::Ruby | Language::Bash | Language::PowerShell
    )
}

/// The length of a literal, or of its quote where nothing on its line closes it.
/// `reach` is how far that is looked for.
fn literal(rest: &[u8], language: Language, reach: usize) -> usize {
    let rest = &rest[..rest.len().min(reach.max(1))];
    let quote = rest[0];
    if rest.starts_with(b"\"\"\"") || rest.starts_with(b"'''") {
        let end = memchr::memmem::find(&rest[3..], &rest[..3]);
        return end.map_or(3, |end| end + 6);
    }
    let long = match quote {
        b'`' => matches!(
            language,
            Language::JavaScript | Language::TypeScript | Language::Tsx | Language::Go
        ),
        _ => false,
    };
    let characters = quote == b'\''
        && matches!(
            language,
            Language::Java | Language::CSharp | Language::Go | Language::Kotlin | Language::Rust
        );
    let mut at = 1;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' if !long => return 1,
            _ if byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
        if characters && at > MAX_CHARACTER {
            return 1;
        }
    }
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_waits_is_counted() {
        let open = |text: &str, language| deepest(text.as_bytes(), language).0;
        assert_eq!(open("a=>a=>a=>", Language::Java), 6);
        assert_eq!(open("x = +<+<", Language::Python), 5);
        assert_eq!(open("x = a + b - c * d;\ny = 1;\n", Language::Java), 1);
        assert_eq!(open("a = 1\nb = 2\nc = 3\n", Language::JavaScript), 1);
        assert_eq!(open("f({a: 1, b: 2, c: x => y})", Language::JavaScript), 3);
        assert_eq!(open("x = '<a><b><c>' + \"=>=>\"", Language::JavaScript), 1);
        assert_eq!(open("// a => b => c\n# -> ->\n", Language::JavaScript), 5);
        assert_eq!(open("not not not x", Language::Python), 3);
        assert_eq!(deepest(b"((([[[", Language::Python).1, 7);
        assert_eq!(open("x = \"\"\"\n=> ->\n\"\"\"", Language::Python), 1);
    }

    #[test]
    fn what_is_long_is_not_deep() {
        let long = "call(a, b => c, {d: [1, -2]}) == 3;\n".repeat(10_000);
        assert!(!is_too_deep(&long, Language::JavaScript));
        assert!(!is_too_deep(
            &"x = y ? 1 : -2\n".repeat(10_000),
            Language::JavaScript
        ));
        assert!(is_too_deep(&"a=>".repeat(1000), Language::Java));
        assert!(is_too_deep(&"a\n=>".repeat(1000), Language::Java));
        assert!(is_too_deep(&"[".repeat(10_000), Language::Python));
        assert_eq!(deepest(b"\x0b\0\x7f", Language::Go), (0, 0));
    }
}
