//! Functions that handle an event, by the text around them: where they begin and end, and
//! which of a file's functions a name is made of.

use std::ops::Range;

use crate::pack::Pattern;
use crate::source::floor_boundary;

/// Longest handler that is looked at, in bytes.
const LONGEST: usize = 1500;

/// Where what is open at a byte is closed again.
pub(super) fn closing(text: &str, start: usize) -> usize {
    ending(text, start, false)
}

/// The same; or where a comma stands at that depth.
pub(super) fn ending(text: &str, start: usize, commas: bool) -> usize {
    let limit = floor_boundary(text, (start + LONGEST).min(text.len()));
    let mut depth = 1_i32;
    for (at, byte) in text.as_bytes()[start..limit].iter().enumerate() {
        match byte {
            b'(' | b'{' | b'[' => depth += 1,
            b')' | b'}' | b']' => depth -= 1,
            b',' if commas && depth == 1 => return start + at,
            _ => {}
        }
        if depth == 0 {
            return start + at;
        }
    }
    limit
}

/// The function of this file that a handler names, its name included; `wrappers` are the
/// calls that make a function of another.
pub(super) fn function_named(text: &str, name: &str, wrappers: &Pattern) -> Option<Range<usize>> {
    named(text, name, wrappers, 0)
}

fn named(text: &str, name: &str, wrappers: &Pattern, depth: u8) -> Option<Range<usize>> {
    /// `const a = debounce(b)`, `b = useCallback(c)`, and `c`.
    const MAX_DEPTH: u8 = 3;
    if !is_name(name) || depth > MAX_DEPTH {
        return None;
    }
    let mut starts = text.match_indices(name).map(|(at, _)| at).filter(|&at| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '$'))
    });
    starts.find_map(|start| {
        let end = start + name.len();
        let rest = text.get(end..)?;
        if let Some(open) = body_after(rest) {
            return Some(start..closing(text, end + open));
        }
        let inner = end + wrapped_after(rest, wrappers)?;
        let words = text.get(inner..)?;
        let length = words
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(words.len());
        let (own, behind) = words.split_at(length);
        if is_name(own) && behind.trim_start().starts_with([',', ')']) {
            named(text, own, wrappers, depth + 1)
        } else {
            Some(inner..ending(text, inner, true))
        }
    })
}

/// A name alone.
pub(super) fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Where the function begins that a name, which these words follow, is made of:
/// ` = debounce(`, `: throttle(`, `: Handler = useMemo(() => debounce(`.
fn wrapped_after(rest: &str, wrappers: &Pattern) -> Option<usize> {
    /// Longest type between a name and its value.
    const LONGEST: usize = 200;
    let end = floor_boundary(rest, rest.len().min(LONGEST));
    let head = rest.get(..end)?;
    let line = head.split([';', '{']).next().unwrap_or_default();
    let begins = head.trim_start();
    let sign = match begins.chars().next()? {
        '=' => head.find('=')?,
        ':' => line.find('=').or_else(|| head.find(':'))?,
        _ => return None,
    };
    let mut at = sign + 1;
    let mut found = false;
    // A cache of a wait of a function.
    for _ in 0..3 {
        let words = head.get(at..)?;
        at += words.len() - words.trim_start().len();
        let Some(call) = wrappers
            .find_iter(head.get(at..)?)
            .next()
            .filter(|call| call.start() == 0)
        else {
            break;
        };
        at += call.end();
        found = true;
    }
    found.then_some(at)
}

/// The names that some words call: `later(query)`.
pub(super) fn called(words: &str) -> impl Iterator<Item = &str> {
    /// Most that are looked at of one handler.
    const MAX_NAMES: usize = 12;
    words
        .match_indices('(')
        .filter_map(|(at, _)| {
            let before = &words[..at];
            let start = before
                .rfind(|c: char| !(c.is_alphanumeric() || c == '_'))
                .map_or(0, |at| {
                    at + before[at..].chars().next().map_or(1, char::len_utf8)
                });
            Some(&before[start..]).filter(|name| is_name(name))
        })
        .take(MAX_NAMES)
}

/// Where the body begins of a function whose name these words follow:
/// `(q) async {`, ` = async (q) => {`, `(q: String): Unit {`.
fn body_after(rest: &str) -> Option<usize> {
    const LONGEST_HEAD: usize = 160;
    let end = floor_boundary(rest, rest.len().min(LONGEST_HEAD));
    let head = rest.get(..end)?;
    let trimmed = head.trim_start();
    if !trimmed.starts_with(['(', '=', ':', '<']) || trimmed.starts_with("==") {
        return None;
    }
    let mut depth = 0_i32;
    for (at, byte) in head.bytes().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => {
                // A call is followed by no block of its own, an object by a value.
                let before = head[..at].trim_end();
                let function = before.ends_with([')', '>'])
                    || ["async", "suspend", "throws"]
                        .iter()
                        .any(|w| before.ends_with(w))
                    || before.rsplit(')').next().is_some_and(|tail| {
                        before.contains(')') && tail.trim_start().starts_with(':')
                    });
                return function.then_some(at + 1);
            }
            b';' | b'\n' if depth == 0 => return None,
            _ if depth < 0 => return None,
            _ => {}
        }
    }
    None
}

/// The function that a name is made of by what waits or keeps it.
pub(super) fn wrapped_named(text: &str, name: &str, wrappers: &Pattern) -> Option<Range<usize>> {
    let range = function_named(text, name, wrappers)?;
    // A function of its own is found through the calls of the handler.
    let own = text.get(range.clone())?.starts_with(name);
    (!own).then_some(range)
}

/// Whether a file is the controller of this name: `address_controller.js` of `address` and
/// of `forms--address`.
pub(super) fn is_controller(path: &str, name: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let stem = file.split('.').next().unwrap_or(file).replace('-', "_");
    let name = name.rsplit("--").next().unwrap_or(name).replace('-', "_");
    stem.strip_suffix("_controller") == Some(name.as_str())
}
