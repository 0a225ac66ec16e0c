//! Which files are derived, and how sure that is.

use crate::checks::RepositoryContext;
use crate::facts::signals::{AttributionElement as Element, ProvenanceKind, ProvenanceMark};
use crate::facts::{FileKind, FileRecord, Signals};

/// What every attribution has to hold, in the order of the licence. Changes are asked
/// of translations only.
pub(super) const REQUIRED: [Element; 5] = [
    Element::Creator,
    Element::LicenceNotice,
    Element::LicenceLink,
    Element::SourceLink,
    Element::Changes,
];

/// What a licence asks to stand beside a copy, in its order: a public-domain dedication
/// nothing, a short permissive licence its text and whose it is, CC BY all of §3(a)(1),
/// and a share-alike licence to be that of the adaptation, too.
pub(super) fn asked(licence: &str) -> Vec<Element> {
    const NOTHING: [&str; 6] = ["CC0-", "PDDL-", "Unlicense", "0BSD", "MIT-0", "WTFPL"];
    const TEXT: [&str; 4] = ["MIT", "ISC", "BSD-", "Apache-"];
    let begins = |starts: &[&str]| starts.iter().any(|start| licence.starts_with(start));
    if begins(&NOTHING) {
        return Vec::new();
    }
    if begins(&TEXT) {
        return vec![Element::Creator, Element::LicenceLink];
    }
    let mut asked = REQUIRED.to_vec();
    if licence.contains("-SA-") {
        asked.push(Element::ShareAlike);
    }
    asked
}

/// A file that is derived from the licensed documentation.
pub(super) struct Derived<'a> {
    pub(super) record: &'a FileRecord,
    pub(super) signals: &'a Signals,
    /// Marks that are independent of each other.
    pub(super) independent: usize,
    /// One of them is something that nobody writes who did not copy the page.
    pub(super) strong: bool,
    /// It is a key that the owner's pipeline writes.
    pub(super) unmistakable: bool,
}

impl Derived<'_> {
    /// The mark that weighs most; of equals the first in the file.
    pub(super) fn heaviest(&self) -> Option<&ProvenanceMark> {
        self.signals.heaviest()
    }

    /// Its words alone say that text comes from elsewhere; they may speak of other files.
    pub(super) fn only_states(&self) -> bool {
        let mut marks = self.signals.provenance.iter();
        marks.all(|mark| mark.kind == ProvenanceKind::Statement)
    }

    /// Only a comment says so.
    pub(super) fn in_code(&self) -> bool {
        matches!(self.record.kind, FileKind::Code(_))
    }
}

/// The derived files of the repository, in path order.
pub(super) fn find<'a>(context: &RepositoryContext<'a>) -> Vec<Derived<'a>> {
    let threshold = context.pack.provenance.threshold;
    context
        .facts
        .files
        .iter()
        .filter(|record| context.rule.zones.contains(&record.zone))
        .filter_map(|record| {
            let signals = record.signals.get(context.pack_index)?;
            judge(record, signals, threshold)
        })
        .collect()
}

fn judge<'a>(record: &'a FileRecord, signals: &'a Signals, threshold: u32) -> Option<Derived<'a>> {
    let marks = &signals.provenance;
    let total = signals.provenance_weight();
    if marks.is_empty() || total < threshold {
        return None;
    }
    let strong = marks.iter().filter(|mark| mark.weight >= threshold);
    let strong_keys = strong
        .clone()
        .filter(|mark| mark.kind == ProvenanceKind::FrontMatter)
        .count();
    // A quotation with its source: sentences alone, and the source is linked.
    let sentences = marks
        .iter()
        .all(|mark| mark.kind == ProvenanceKind::Passage);
    let sourced = signals
        .attribution
        .iter()
        .any(|(element, _)| *element == Element::SourceLink);
    if sentences && sourced {
        return None;
    }
    let has = |kind| marks.iter().any(|mark| mark.kind == kind);
    // Keys of the owner's template count together as one; a construct that other
    // sites use as well counts when it is one of DocFX alone.
    let weak_keys = marks
        .iter()
        .filter(|mark| mark.kind == ProvenanceKind::FrontMatter && mark.weight < threshold)
        .count();
    let docfx = marks
        .iter()
        .filter(|mark| mark.kind == ProvenanceKind::Docfx)
        .any(|mark| mark.weight * 3 >= threshold);
    let independent = strong_keys.min(2)
        + usize::from(weak_keys >= 2)
        + usize::from(docfx)
        + usize::from(has(ProvenanceKind::Statement))
        + usize::from(has(ProvenanceKind::Passage))
        + usize::from(has(ProvenanceKind::Text))
        + usize::from(has(ProvenanceKind::Link));
    Some(Derived {
        record,
        signals,
        independent,
        strong: strong.count() > 0,
        unmistakable: strong_keys > 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_ask_for_what_they_say() {
        assert_eq!(asked("CC-BY-4.0"), REQUIRED);
        assert_eq!(asked("CC-BY-SA-4.0").last(), Some(&Element::ShareAlike));
        assert_eq!(asked("CC0-1.0"), []);
        assert_eq!(asked("MIT-0"), []);
        assert_eq!(asked("MIT"), [Element::Creator, Element::LicenceLink]);
    }
}
