//! nginx configuration: directives, their arguments as nameless children, blocks.

use std::ops::Range;

use super::{MAX_DEPTH, Tree};
use crate::source::FileId;

/// Reads directives; what is damaged is left out.
pub fn read(text: &str, base: usize, file: FileId) -> Tree {
    let mut tree = Tree::new(file);
    let mut open = vec![0];
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some((token, range)) = next(text, at) {
        at = range.end;
        match token {
            Token::Word => words.push(range),
            Token::End => {
                directive(&mut tree, &open, &mut words, text, base);
            }
            Token::Open => {
                let id = directive(&mut tree, &open, &mut words, text, base);
                if open.len() > MAX_DEPTH {
                    break;
                }
                open.push(id);
            }
            Token::Close => {
                words.clear();
                if open.len() > 1 {
                    open.pop();
                }
            }
        }
    }
    tree
}

fn directive(
    tree: &mut Tree,
    open: &[u32],
    words: &mut Vec<Range<usize>>,
    text: &str,
    base: usize,
) -> u32 {
    let parent = open.last().copied().unwrap_or(0);
    let shift = |range: &Range<usize>| base + range.start..base + range.end;
    let mut words = words.drain(..);
    let Some(name) = words.next() else {
        // A block without a name holds what is nobody's.
        return tree.add(parent, "", base..base);
    };
    let id = tree.add(parent, &text[name.clone()], shift(&name));
    let arguments: Vec<Range<usize>> = words.map(|range| unquoted(text, range)).collect();
    if let (Some(first), Some(last)) = (arguments.first(), arguments.last()) {
        let whole = first.start..last.end;
        tree.set(id, text[whole.clone()].to_owned(), shift(&whole));
    }
    for argument in arguments {
        let child = tree.add(id, "", base + argument.start..base + argument.start);
        if child != id {
            tree.set(child, text[argument.clone()].to_owned(), shift(&argument));
        }
    }
    id
}

fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let word = &text[range.clone()];
    let quoted = |quote| word.len() >= 2 && word.starts_with(quote) && word.ends_with(quote);
    if quoted('"') || quoted('\'') {
        range.start + 1..range.end - 1
    } else {
        range
    }
}

enum Token {
    Word,
    End,
    Open,
    Close,
}

fn next(text: &str, from: usize) -> Option<(Token, Range<usize>)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        match *bytes.get(at)? {
            byte if byte.is_ascii_whitespace() => at += 1,
            b'#' => at += memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at),
            b';' => return Some((Token::End, at..at + 1)),
            b'{' => return Some((Token::Open, at..at + 1)),
            b'}' => return Some((Token::Close, at..at + 1)),
            _ => break,
        }
    }
    let start = at;
    let quote = Some(bytes[at]).filter(|byte| matches!(byte, b'"' | b'\''));
    at += usize::from(quote.is_some());
    while let Some(&byte) = bytes.get(at) {
        match (byte, quote) {
            (b'\\', _) => at += 1,
            (byte, Some(quote)) if byte == quote => {
                at += 1;
                break;
            }
            // `${name}` and `{{ name }}` belong to their word.
            (b'$', None) if bytes.get(at + 1) == Some(&b'{') => {
                at += memchr::memchr(b'}', &bytes[at..]).unwrap_or(0);
            }
            (b';' | b'{' | b'}', None) => break,
            (byte, None) if byte.is_ascii_whitespace() => break,
            // Anything else, and everything in quotes.
            _ => {}
        }
        at += 1;
    }
    // A backslash may have stepped into the middle of a character or over the end.
    let end = crate::source::ceil_boundary(text, at.min(text.len()));
    Some((Token::Word, start..end.max(start + 1)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::list;
    use super::*;

    #[test]
    fn directives_blocks_and_words() {
        let text = "# c { ;\nhttp {\n  limit_req_zone $x zone=a:1m rate=10r/s;\n  server { location ~ \"^/{2}\" { proxy_pass https://h.example/${p}/x; } }\n}\n";
        let tree = read(text, 0, FileId(0));
        let list = list(&tree, text);
        assert!(list.contains(&"http.limit_req_zone = $x zone=a:1m rate=10r/s".to_owned()));
        assert!(list.contains(&"http.server.location = ~ \"^/{2}".to_owned()));
        assert!(
            list.contains(&"http.server.location.proxy_pass = https://h.example/${p}/x".to_owned())
        );
    }

    #[test]
    fn nesting_is_bounded() {
        read(&"a {".repeat(10_000), 0, FileId(0));
        read(&"{".repeat(10_000), 0, FileId(0));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[a{};\"'\\\\#$é \n]{0,60}") {
            let tree = read(&text, 0, FileId(0));
            list(&tree, &text);
        }
    }
}
