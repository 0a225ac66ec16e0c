//! What cannot be right.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect::{Speaker, home};
use super::decide::families;
use super::{Conflict, Evidence, Governed, Step, folder};
use crate::facts::FileKind;
use crate::parse::licence::detect::CERTAIN;
use crate::parse::licence::text_named;
use crate::parse::licence::words::{Words, words};

/// Conflicts in a tree, in path order.
pub(super) fn conflicts(speakers: &[Speaker], files: &[Governed]) -> Vec<Conflict> {
    let mut found = BTreeSet::new();
    for speaker in speakers {
        for (line, written) in &speaker.unknown {
            found.insert(Conflict {
                path: Arc::clone(&speaker.path),
                line: *line,
                message: format!("“{written}” is no SPDX expression"),
            });
        }
        if speaker.kind == FileKind::Licence {
            text(speaker, &mut found);
        }
    }
    let known = words();
    for file in files {
        for pair in pairs(file) {
            if let Some(words) = known
                && contradict(&pair, words)
            {
                found.insert(between(&pair));
            }
        }
        missing_text(file, speakers, &mut found);
    }
    found.into_iter().collect()
}

/// A text that is not what its name says, or has terms added.
fn text(speaker: &Speaker, found: &mut BTreeSet<Conflict>) {
    for evidence in &speaker.evidence {
        let mut add = |line: u32, message: String| {
            found.insert(Conflict {
                path: Arc::clone(&evidence.path),
                line,
                message,
            });
        };
        if let Some(added) = &evidence.added {
            add(
                added.line,
                format!(
                    "holds the text of {} with terms added (“{}”): it is no longer that licence",
                    evidence.licences.join(", "),
                    added.file
                ),
            );
        }
        let Some(named) = text_named(&speaker.path) else {
            continue;
        };
        let certain = evidence.score.is_some_and(|score| score >= CERTAIN);
        if certain && !families(&evidence.licences).contains(&family(named)) {
            add(
                evidence.line,
                format!(
                    "is named for {named}, but holds the text of {}",
                    evidence.licences.join(", ")
                ),
            );
        }
    }
}

fn family(id: &str) -> String {
    words().map_or(id, |words| words.family(id)).to_owned()
}

/// Places that should agree: a file's header and its sidecar, a folder's text and its
/// manifest.
fn pairs(file: &Governed) -> Vec<[Arc<Evidence>; 2]> {
    let of = |step: Step| file.evidence.iter().filter(move |one| one.step == step);
    let mut pairs = Vec::new();
    for header in of(Step::Header) {
        pairs.extend(of(Step::Sidecar).map(|other| [Arc::clone(header), Arc::clone(other)]));
    }
    for manifest in of(Step::Manifest) {
        let texts = of(Step::Root).chain(of(Step::Folder));
        let beside: Vec<&Arc<Evidence>> = texts
            .filter(|text| home(&text.path) == folder(&manifest.path))
            .collect();
        // One of several that agrees is enough.
        let agrees = |text: &&&Arc<Evidence>| {
            text.licences.is_empty()
                || !families(&text.licences).is_disjoint(&families(&manifest.licences))
        };
        if beside.iter().any(|text| agrees(&text)) {
            continue;
        }
        pairs.extend(
            beside
                .first()
                .map(|text| [Arc::clone(manifest), Arc::clone(text)]),
        );
    }
    pairs
}

/// Whether two places name licences that have nothing in common; one for texts and one
/// for code stand side by side.
fn contradict([a, b]: &[Arc<Evidence>; 2], words: &Words) -> bool {
    let (a, b) = (families(&a.licences), families(&b.licences));
    let kinds = |ids: &BTreeSet<String>| -> BTreeSet<bool> {
        ids.iter().map(|id| words.is_content(id)).collect()
    };
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b) && !kinds(&a).is_disjoint(&kinds(&b))
}

fn between([a, b]: &[Arc<Evidence>; 2]) -> Conflict {
    Conflict {
        path: Arc::clone(&a.path),
        line: a.line,
        message: format!(
            "says {}, but {} line {} says {}",
            said(a),
            b.path,
            b.line,
            said(b)
        ),
    }
}

fn said(evidence: &Evidence) -> String {
    match &evidence.expression {
        Some(expression) => expression.clone(),
        None => evidence.licences.join(", "),
    }
}

/// REUSE asks for the text of each licence in `LICENSES/`, where there is such a folder.
fn missing_text(file: &Governed, speakers: &[Speaker], found: &mut BTreeSet<Conflict>) {
    let Some(decided) = file.evidence.first().filter(|one| one.step <= Step::Dep5) else {
        return;
    };
    let texts: BTreeMap<String, &Speaker> = speakers
        .iter()
        .filter(|one| one.path.starts_with("LICENSES/"))
        .filter_map(|one| Some((family(text_named(&one.path)?), one)))
        .collect();
    if texts.is_empty() {
        return;
    }
    for id in &decided.licences {
        if !texts.contains_key(&family(id)) {
            found.insert(Conflict {
                path: Arc::clone(&decided.path),
                line: decided.line,
                message: format!("says {id}, whose text is not in LICENSES/"),
            });
        }
    }
}
