//! The verdict on one derived file: each element, and where it stands.

use super::Config;
use super::coverage::Coverage;
use super::derived::{Derived, asked};
use super::evidence::evidence;
use crate::checks::RepositoryContext;
use crate::facts::FileRecord;
use crate::facts::signals::AttributionElement as Element;
use crate::verdict::{ElementVerdict, State, Verdict};

/// What a verdict speaks of, in the order of CC BY 4.0 §3(a)(1).
const SPOKEN_OF: [Element; 7] = [
    Element::Creator,
    Element::CopyrightNotice,
    Element::LicenceNotice,
    Element::LicenceLink,
    Element::Disclaimer,
    Element::SourceLink,
    Element::Changes,
];

/// Bytes of code samples from which they are a substantial portion of something: some ten
/// lines. Fewer need no notice.
const SUBSTANTIAL: u32 = 600;

/// Places of one element that are told.
const MOST: usize = 4;

pub(super) fn verdict(
    config: &Config,
    context: &RepositoryContext<'_>,
    file: &Derived<'_>,
    coverage: &Coverage<'_>,
    kept: bool,
) -> Verdict {
    let licence = context.pack.notices.attribution.licences.first();
    let licence = licence.cloned().unwrap_or_default();
    let asked = asked(&licence);
    let share_alike = asked.contains(&Element::ShareAlike);
    let spoken_of = SPOKEN_OF
        .into_iter()
        .chain(share_alike.then_some(Element::ShareAlike));
    let mut elements: Vec<ElementVerdict> = spoken_of
        .map(|element| {
            let of = |pairs: &[(Element, crate::source::Span)]| {
                let mut places: Vec<_> = (pairs.iter())
                    .filter(|(own, _)| *own == element)
                    .map(|(_, span)| *span)
                    .collect();
                places.dedup();
                places.truncate(MOST);
                places
            };
            let found = of(&coverage.found);
            let hidden = of(&coverage.hidden);
            let lacks = !kept && coverage.lacks.contains(&element);
            let state = match (lacks, found.is_empty(), hidden.is_empty()) {
                (_, false, _) => State::Found,
                (true, true, false) => State::OutOfSight,
                (true, true, true) => State::Missing,
                (false, true, _) => State::NotAsked,
            };
            ElementVerdict {
                element,
                words: config.names.get(&element).cloned().unwrap_or_default(),
                state,
                places: if found.is_empty() { hidden } else { found },
            }
        })
        .collect();
    elements.extend(code_notice(config, context, file, kept));
    let origin = file.signals.origin.as_ref();
    Verdict {
        pack: context.pack.id.to_string(),
        file: file.record.id,
        path: file.record.path.to_string(),
        licence,
        evidence: evidence(config, file),
        evidence_at: file.heaviest().map(|mark| mark.span),
        original: origin.and_then(|origin| origin.url.clone()),
        kept,
        elements,
        other_licence: coverage.relicensed.clone(),
        looked: (coverage.looked.iter())
            .map(|record| record.path.to_string())
            .collect(),
    }
}

/// The notice that the licence of code samples asks for, where the file has any: a text of
/// that licence with the owner's copyright, in a folder that the file lies in.
fn code_notice(
    config: &Config,
    context: &RepositoryContext<'_>,
    file: &Derived<'_>,
    kept: bool,
) -> Option<ElementVerdict> {
    let wanted = &context.pack.notices.attribution.code_licence;
    if wanted.is_empty() || file.record.samples == 0 {
        return None;
    }
    let holds = |record: &FileRecord| {
        let text = record.licence_text.as_ref()?;
        let whole = text.detected.as_ref().is_some_and(|(id, _)| id == wanted);
        let owned =
            (record.holders.iter()).any(|holder| holder.name.contains(&context.pack.owner.name));
        let folder = record
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder);
        let above = folder.is_empty()
            || (file.record.path.strip_prefix(folder)).is_some_and(|rest| rest.starts_with('/'));
        (owned && above && (whole || text.parts.contains(wanted))).then_some(text.title)
    };
    let places: Vec<_> = (context.facts.files.iter())
        .filter_map(holds)
        .take(MOST)
        .collect();
    let state = match places.is_empty() {
        false => State::Found,
        true if !kept && file.record.samples >= SUBSTANTIAL => State::Missing,
        true => State::NotAsked,
    };
    let element = Element::CodeNotice;
    Some(ElementVerdict {
        element,
        words: config.names.get(&element).cloned().unwrap_or_default(),
        state,
        places,
    })
}
