//! Licences of Creative Commons by the words of their names.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::derive::words::PageWords;

/// Bytes between "Creative Commons" and the elements of the licence's name at most.
const REACH: usize = 160;

/// Licences of Creative Commons by the elements of their names, in whatever order a
/// translation has them.
pub(super) fn creative_commons(words: &PageWords, text: &str) -> Vec<(Range<usize>, String)> {
    let mut out: Vec<(Range<usize>, String)> = Vec::new();
    let starts: Vec<Range<usize>> = words.creative_commons.all(text).collect();
    for (index, found) in starts.iter().enumerate() {
        // An address holds the words, too.
        if text[..found.start].ends_with(['/', '.', '@'])
            || text[found.end..].starts_with(['.', '/'])
        {
            continue;
        }
        let last = starts.get(index + 1).map_or(text.len(), |next| next.start);
        let first = index.checked_sub(1).map_or(0, |before| starts[before].end);
        let end = crate::source::floor_boundary(text, (found.end + REACH).min(last));
        let start =
            crate::source::ceil_boundary(text, found.start.saturating_sub(REACH / 2).max(first));
        let around = &text[start..end];
        let Some(version) =
            version(&text[found.end..end]).or_else(|| version(&text[start..found.start]))
        else {
            continue;
        };
        let has = |words: &crate::derive::words::Words| words.stand_in(around);
        let elements = [
            (has(&words.by), "BY"),
            (has(&words.noncommercial), "NC"),
            (has(&words.sharealike), "SA"),
            (has(&words.noderivatives), "ND"),
        ];
        if !elements[0].0 {
            continue;
        }
        let mut id = "CC".to_owned();
        for (_, element) in elements.iter().filter(|(there, _)| *there) {
            id.push('-');
            id.push_str(element);
        }
        let id = format!("{id}-{version}");
        if spdx::license_id(&id).is_some() {
            out.push((found.clone(), id));
        }
    }
    out
}

/// The version of a licence: the one number with a point and a zero or a five.
fn version(text: &str) -> Option<String> {
    let plain = narrow(text);
    let mut found = BTreeSet::new();
    let bytes = plain.as_bytes();
    for at in memchr::memchr_iter(b'.', bytes) {
        let digit = |at: Option<usize>| {
            at.and_then(|at| bytes.get(at))
                .is_some_and(u8::is_ascii_digit)
        };
        let one = digit(at.checked_sub(1)) && !digit(at.checked_sub(2));
        if one && digit(Some(at + 1)) && !digit(Some(at + 2)) {
            found.insert(plain[at - 1..at + 2].to_owned());
        }
    }
    let only = found.pop_first()?;
    found.is_empty().then_some(only)
}

/// Full-width letters, digits and stops as plain ones.
pub(super) fn narrow(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' => ' ',
            c => c,
        })
        .collect()
}
