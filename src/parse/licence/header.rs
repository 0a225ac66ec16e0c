//! What the header of a code file says of its licence.

use std::ops::Range;

use super::{expression, labels, words};
use crate::facts::{FileFacts, FileKind, LicenceDeclaration, LicenceSource, Precedence, Zone};
use crate::parse::kind;
use crate::source::{Source, floor_boundary};

/// The literal that makes a line an SPDX tag.
pub const TAG: &str = "SPDX-License-Identifier";

/// Header comments end within this many bytes.
const HEADER: usize = 4096;

/// A setup script is read up to here.
const MAX_SETUP: usize = 64 * 1024;

/// Whether a file of the project's own names a licence in its header, or in the labels
/// of an image that it builds, told from its bytes: such files need not be parsed for it.
pub fn header_declares(path: &str, bytes: &[u8]) -> bool {
    if labels::may_declare(path, bytes) {
        return true;
    }
    let header = &bytes[..bytes.len().min(HEADER)];
    let speaks = [b"icens".as_slice(), b"ICENS", b"icenc"]
        .iter()
        .any(|word| memchr::memmem::find(header, word).is_some());
    speaks
        && matches!(kind::kind(path), FileKind::Code(_))
        && matches!(kind::zone(path), Zone::Project | Zone::Docs | Zone::Example)
        && !header_ranges(&String::from_utf8_lossy(header), is_setup(path)).is_empty()
}

fn is_setup(path: &str) -> bool {
    path == "setup.py" || path.ends_with("/setup.py")
}

/// Collects what the header of a code file says of its licence.
pub fn header(source: &Source, facts: &mut FileFacts) {
    if !matches!(facts.kind, FileKind::Code(_)) {
        labels::read(source, facts);
        return;
    }
    tags(source, facts);
    let tagged = !facts.licences.is_empty();
    for name in header_ranges(&source.text, is_setup(&source.path)) {
        let written = &source.text[name.range.clone()];
        // Beside a tag the sentence says it again.
        if tagged || written == TAG {
            continue;
        }
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Prose,
            written: written.to_owned(),
            spdx: name.id,
            span: source.span(name.range),
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }
}

/// Licences that the header of a code file names: SPDX tags, `Licensed under the …`,
/// `.LICENSEURI` of a PowerShell script, `license=` of a setup script.
fn header_ranges(text: &str, setup: bool) -> Vec<words::Name> {
    let Some(words) = words::words() else {
        return Vec::new();
    };
    let mut found: Vec<words::Name> = tag_ranges(text)
        .into_iter()
        .map(|range| words::Name {
            id: expression::expression(&text[range.clone()]),
            range,
        })
        .collect();
    let end = floor_boundary(text, if setup { MAX_SETUP } else { HEADER });
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let lower = line.trim_start().to_ascii_lowercase();
        let uri = lower.starts_with(".licenseuri") && lower.contains("http");
        let field = setup
            && (lower.contains("license ::")
                || lower.starts_with("license=")
                || lower.starts_with("license ="));
        if uri || field {
            found.push(words::Name {
                range: at..at + line.trim_end().len(),
                id: None,
            });
            continue;
        }
        if let Some(value) = tagged_value(line) {
            found.extend(names_or_whole(words, line, value, at));
            continue;
        }
        let comment = lower.starts_with(['#', '/', '*', '-', ';', '\'', '"', '%'])
            || lower.starts_with("licen");
        if !comment {
            continue;
        }
        found.extend(words.names_in(line).into_iter().filter_map(|name| {
            let left = &line[..name.range.start];
            let says = words.label.is_match(left)
                || (words.before.is_match(left) && !words.foreign.is_match(left));
            says.then(|| words::Name {
                range: at + name.range.start..at + name.range.end,
                id: name.id,
            })
        }));
    }
    found
}

/// What stands after `@license` of a user script or documentation comment, or after
/// Python's `__license__ =`.
fn tagged_value(line: &str) -> Option<Range<usize>> {
    let lower = line.to_ascii_lowercase();
    let comment = lower
        .trim_start()
        .starts_with(['#', '/', '*', '-', ';', '\'', '%', '"', '@', '!']);
    let start = ["@license", "@licence"]
        .iter()
        .filter(|_| comment)
        .find_map(|tag| Some(lower.find(tag)? + tag.len()))
        .or_else(|| {
            let rest = lower.strip_prefix("__license__")?.trim_start();
            rest.starts_with('=').then(|| line.len() - rest.len())
        })?;
    let rest = &line[start..];
    // `@licenseUrl`, `@license-end`.
    if rest.starts_with(|c: char| c.is_alphanumeric() || c == '-' || c == '_') {
        return None;
    }
    let marks = [' ', '\t', ':', '=', '"', '\'', '*', '/', '\r', '\n'];
    let value = rest.trim_start_matches(marks);
    let from = line.len() - value.len();
    let value = value.trim_end_matches(marks);
    (!value.is_empty()).then(|| from..from + value.len())
}

/// The licences that a field's value names; where it names none that is known, the
/// whole of a short value.
fn names_or_whole(
    words: &words::Words,
    line: &str,
    value: Range<usize>,
    at: usize,
) -> Vec<words::Name> {
    /// A longer value is a sentence.
    const LONGEST: usize = 80;
    let text = &line[value.clone()];
    if let Some(id) = expression::expression(text) {
        let range = at + value.start..at + value.end;
        return vec![words::Name {
            range,
            id: Some(id),
        }];
    }
    let mut names = words.names_in(text);
    if names.is_empty() && text.len() <= LONGEST {
        names.push(words::Name {
            range: 0..text.len(),
            id: None,
        });
    }
    for name in &mut names {
        name.range.start += at + value.start;
        name.range.end += at + value.start;
    }
    names
}

/// Collects the SPDX tags of a file's header.
pub fn tags(source: &Source, facts: &mut FileFacts) {
    for range in tag_ranges(&source.text) {
        let written = &source.text[range.clone()];
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::SpdxTag,
            written: written.to_owned(),
            spdx: expression::expression(written),
            span: source.span(range),
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }
}

/// The expressions of the SPDX tags in the header of `text`.
pub fn tag_ranges(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let end = floor_boundary(text, HEADER);
    let mut start = 0;
    for line in text[..end].split_inclusive('\n') {
        let at = start;
        start += line.len();
        let Some((before, rest)) = line.split_once(TAG) else {
            continue;
        };
        // A comment's own marks, not a sentence or code that speaks of the tag.
        let comment = before.trim();
        let word = comment.chars().any(char::is_alphanumeric)
            && !["rem", "@rem", "dnl"].contains(&comment.to_ascii_lowercase().as_str());
        let Some(rest) = rest.strip_prefix(':') else {
            continue;
        };
        if word || comment.contains(['`', '"', '\'']) {
            continue;
        }
        let mut written = rest.trim();
        for end in ["*/", "-->", "#}", "#>", "\"", "'", "`"] {
            if let Some(stop) = written.find(end) {
                written = written[..stop].trim_end();
            }
        }
        if !written.is_empty() {
            let from = at + line.len() - rest.trim_start().len();
            found.push(from..from + written.len());
        }
    }
    found
}
