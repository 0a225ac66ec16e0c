//! Licences: texts by their words, expressions, statements in prose.

pub mod copyright;
pub mod detect;
pub mod expression;
mod header;
pub mod informal;
pub mod labels;
pub mod statement;
pub mod words;

use std::ops::Range;

use crate::facts::{
    FileFacts, Holder, HolderRole, LicenceDeclaration, LicenceSource, LicenceText, Misnamed,
    Precedence, Prose, ProseContext, Zone,
};
use crate::source::{Source, floor_boundary};

pub use header::{TAG, header, header_declares, tag_ranges, tags};

/// Parses a file that is a licence by its name.
pub fn parse(source: &Source, facts: &mut FileFacts) {
    facts.misnamed = misnamed(source);
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
    // A near miss or a changed text is not what its title says.
    if detection.found.is_empty() {
        named(source, facts);
    }
    words_with_addresses(source, facts);
    facts.licence_text = Some(LicenceText {
        detected: detection.whole(),
        parts: detection.parts(),
        added: detection.added.map(|range| source.span(range)),
        title: source.span(title(&source.text)),
    });
}

/// `LICENSES/ID.txt`, by the REUSE specification the text of ID, that is another one's.
fn misnamed(source: &Source) -> Option<Misnamed> {
    let named = text_named(&source.path)?;
    let held = detect::detect(&source.text).whole()?;
    let words = words::words()?;
    let other = words.family(named) != words.family(&held.0);
    other.then(|| Misnamed {
        named: named.to_owned(),
        held,
        title: source.span(title(&source.text)),
    })
}

/// The licence that a text in a `LICENSES/` folder is named for.
pub fn text_named(path: &str) -> Option<&'static str> {
    let (folder, name) = path.rsplit_once('/')?;
    let is_texts = folder == "LICENSES" || folder.ends_with("/LICENSES");
    let stem = [".txt", ".md"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    let id = spdx::license_id(stem.unwrap_or(name))?;
    is_texts.then_some(id.name)
}

/// Paragraphs that hold an address: a sentence beside the licence says whose other
/// files are (attribution--missing/good/in-the-licence-file). They stand as quotations,
/// so that the words of a licence are nobody's style.
fn words_with_addresses(source: &Source, facts: &mut FileFacts) {
    let mut at = 0;
    let mut paragraph = 0..0;
    for line in source.text.split_inclusive('\n').chain([""]) {
        if !line.trim().is_empty() {
            if paragraph.is_empty() {
                paragraph.start = at;
            }
            at += line.len();
            paragraph.end = at;
            continue;
        }
        let text = source.text[paragraph.clone()].trim_end();
        if text.contains("://") || text.contains("www.") {
            let mut prose = Prose::verbatim(ProseContext::Paragraph, text, paragraph.start);
            prose.quoted = true;
            facts.prose.push(prose);
        }
        at += line.len();
        paragraph = at..at;
    }
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
pub(crate) fn named(source: &Source, facts: &mut FileFacts) {
    /// A title and an introduction are shorter than this.
    const HEAD: usize = 2048;
    /// A list of licences is no pointer to one.
    const MOST: usize = 16;
    let Some(words) = words::words() else { return };
    let end = floor_boundary(&source.text, HEAD);
    // A name may be wrapped.
    let head = source.text[..end].replace('\n', " ");
    for name in words.names_in(&head).into_iter().take(MOST) {
        facts.licences.push(LicenceDeclaration {
            source: LicenceSource::Prose,
            written: source.text[name.range.clone()].to_owned(),
            spdx: name.id,
            span: source.span(name.range),
            covers: Vec::new(),
            section: None,
            precedence: Precedence::default(),
        });
    }
}

#[cfg(test)]
mod tests;
