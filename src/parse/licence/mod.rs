//! Licences: texts by the spdx crate's detection, expressions, statements in prose.

pub mod copyright;
pub mod detect;
pub mod expression;
pub mod statement;
pub mod words;

use crate::source::floor_boundary;
use std::ops::Range;

use crate::facts::{
    FileFacts, FileKind, Holder, HolderRole, LicenceDeclaration, LicenceSource, LicenceText, Zone,
};
use crate::parse::kind;
use crate::source::Source;

/// Parses a file that is a licence by its name.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    // Other people's licences and samples decide nothing.
    if matches!(facts.zone, Zone::Test | Zone::ThirdParty | Zone::Archive) {
        return;
    }
    let detection = detect::detect(&source.text);
    tags(source, facts);
    for range in copyright::holders(&source.text) {
        facts.holders.push(Holder {
            role: HolderRole::Copyright,
            name: source.text[range.clone()].to_owned(),
            span: Some(source.span(range)),
        });
    }
    if detection.whole.is_none() && detection.parts.is_empty() {
        named(source, facts);
    }
    facts.licence_text = Some(LicenceText {
        detected: detection.whole,
        parts: detection.parts,
        title: source.span(title(&source.text)),
    });
}

/// The first line that holds a word.
fn title(text: &str) -> Range<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if words.chars().any(char::is_alphanumeric) {
            let at = start + (line.len() - line.trim_start().len());
            return at..at + words.len();
        }
        start += line.len();
    }
    0..0
}

/// A file without a licence's text may name licences, as a pointer or a translated
/// text does.
fn named(source: &Source, facts: &mut FileFacts) {
    /// A title and an introduction are shorter than this.
    const HEAD: usize = 2048;
    /// A list of licences is no pointer to one.
    const MOST: usize = 16;
    let Some(words) = words::words() else { return };
    let end = floor_boundary(&source.text, HEAD);
    for name in words.names_in(&source.text[..end]).into_iter().take(MOST) {
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Prose,
            written: source.text[name.range.clone()].to_owned(),
            spdx: name.id,
            span: source.span(name.range),
            covers: Vec::new(),
        });
    }
}

/// The literal that makes a line an SPDX tag.
pub const TAG: &str = "SPDX-License-Identifier";

/// Header comments end within this many bytes.
const HEADER: usize = 4096;

/// A setup script is read up to here.
const MAX_SETUP: usize = 64 * 1024;

/// Whether a code file of the project's own names a licence in its header, told from
/// its bytes: such files need not be parsed for it.
pub fn header_declares(path: &str, bytes: &[u8]) -> bool {
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

#[cfg(test)]
mod tests;
