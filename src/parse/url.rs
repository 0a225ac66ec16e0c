//! Addresses that stand in running text: no prose, whatever words they hold.

use std::ops::Range;

use memchr::memmem;

/// The first address at or after byte `from` of `text`: `https://…`, `www.…` or an
/// e-mail address.
pub fn find(text: &str, from: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = from;
    // Signs that prose has few of; a host is known by the dot after its first label.
    while let Some(found) = bytes
        .get(at..)
        .and_then(|rest| memchr::memchr3(b':', b'@', b'.', rest))
    {
        let here = at + found;
        at = here + 1;
        let range = match bytes[here] {
            b':' => scheme(text, from, here),
            b'@' => email(text, from, here),
            _ => here
                .checked_sub(3)
                .filter(|start| *start >= from)
                .and_then(|start| host(text, start)),
        };
        if range.is_some() {
            return range;
        }
    }
    None
}

/// Where an address that starts at `start` ends. Punctuation that closes the
/// sentence is not part of it.
pub fn end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let stop = |byte: &u8| {
        byte.is_ascii_whitespace()
            || byte.is_ascii_control()
            || !byte.is_ascii()
            || b"<>`\"|\\{}^[]".contains(byte)
    };
    let rest = bytes.get(start..).unwrap_or_default();
    let mut end = start + rest.iter().position(stop).unwrap_or(rest.len());
    let mut open = memchr::memchr_iter(b'(', &bytes[start..end]).count();
    let mut closed = memchr::memchr_iter(b')', &bytes[start..end]).count();
    while let Some(&last) = bytes[start..end].last() {
        match last {
            b')' if closed > open => closed -= 1,
            b'(' => open -= 1,
            b'?' | b'!' | b'.' | b',' | b':' | b';' | b'*' | b'_' | b'~' | b'\'' => {}
            _ => break,
        }
        end -= 1;
    }
    end
}

fn scheme(text: &str, from: usize, colon: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    if !bytes[colon..].starts_with(b"://") {
        return None;
    }
    let head = &bytes[from..colon];
    let length = head
        .iter()
        .rev()
        .take(16)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte))
        .count();
    let start = colon - length;
    let end = end(text, start);
    (length >= 2 && bytes[start].is_ascii_alphabetic() && end > colon + 3).then_some(start..end)
}

fn host(text: &str, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let starts = bytes
        .get(at..at + 4)
        .is_some_and(|head| head.eq_ignore_ascii_case(b"www."))
        && word(bytes.get(at + 4))
        && !at.checked_sub(1).is_some_and(|at| word(bytes.get(at)));
    starts.then(|| at..end(text, at))
}

fn email(text: &str, from: usize, sign: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let local = bytes[from..sign]
        .iter()
        .rev()
        .take(64)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(byte))
        .count();
    let domain = bytes[sign + 1..]
        .iter()
        .take(255)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte))
        .count();
    let mut domain = &bytes[sign + 1..sign + 1 + domain];
    while let [head @ .., b'.' | b'-'] = domain {
        domain = head;
    }
    let dotted = memmem::find(domain, b".").is_some_and(|dot| dot > 0);
    (local > 0 && dotted).then_some(sign - local..sign + 1 + domain.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_cut_out_of_sentences() {
        for (text, address) in [
            (
                "see https://a.example/b?c=1&d_e.",
                Some("https://a.example/b?c=1&d_e"),
            ),
            ("(https://a.example/b_(c))", Some("https://a.example/b_(c)")),
            ("**https://a.example/**", Some("https://a.example/")),
            ("voir https://a.example/。", Some("https://a.example/")),
            ("at www.example.org, or", Some("www.example.org")),
            ("awww.x", None),
            ("mail x.y@example.org.", Some("x.y@example.org")),
            ("install @scope/name", None),
            ("user@host", None),
            ("note: this", None),
            ("a://", None),
            ("http://", None),
            ("|https://a.example|", Some("https://a.example")),
        ] {
            assert_eq!(find(text, 0).map(|range| &text[range]), address, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_ranges_in_bounds(text in "[a-c:/@w.é()\\[\\] _*]{0,40}") {
            let mut from = 0;
            while let Some(range) = find(&text, from) {
                proptest::prop_assert!(range.start >= from && range.end > range.start);
                proptest::prop_assert!(text.get(range.clone()).is_some());
                from = range.end;
            }
        }
    }
}
