//! The verdict on one derived file: each element, and where it stands.

use super::Config;
use super::coverage::Coverage;
use super::derived::{Derived, asked};
use super::evidence::evidence;
use crate::checks::RepositoryContext;
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
    let elements = spoken_of
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
