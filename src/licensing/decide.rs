//! Decides by the order of the steps.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::collect::{Speaker, home};
use super::conflict::conflicts;
use super::{Evidence, Governed, Licensing, Step, folder, is_below};
use crate::facts::{FileKind, ManifestKind, Precedence, Zone};
use crate::parse::kind::{self, is_readme};
use crate::parse::licence::words::words;

/// What speaks for folders, by folder.
#[derive(Default)]
struct Folders<'a> {
    texts: BTreeMap<&'a str, Vec<&'a Speaker>>,
    manifests: BTreeMap<&'a str, Vec<&'a Speaker>>,
    readme: Vec<&'a Speaker>,
    annotations: Vec<(&'a str, &'a Speaker)>,
}

/// Which licence governs each of `files`.
pub(super) fn decide(speakers: &[Speaker], files: &[&Arc<str>]) -> Licensing {
    let mut folders = Folders::default();
    let by_path: BTreeMap<&str, &Speaker> = speakers.iter().map(|one| (&*one.path, one)).collect();
    for speaker in speakers {
        let own = folder(&speaker.path);
        let others = matches!(
            kind::zone(&speaker.path),
            Zone::Test | Zone::ThirdParty | Zone::Archive
        );
        match speaker.kind {
            FileKind::Licence => folders
                .texts
                .entry(home(&speaker.path))
                .or_default()
                .push(speaker),
            FileKind::Manifest(ManifestKind::ReuseToml) => folders.annotations.push((own, speaker)),
            FileKind::Manifest(ManifestKind::ReuseDep5) => {
                folders.annotations.push((folder(own), speaker));
            }
            FileKind::Manifest(
                ManifestKind::ReuseSidecar
                | ManifestKind::OpenApi
                | ManifestKind::SiteConfig
                | ManifestKind::Skill,
            ) => {}
            FileKind::Manifest(_) if !others => {
                folders.manifests.entry(own).or_default().push(speaker);
            }
            _ if own.is_empty() && is_readme(&speaker.path) => folders.readme.push(speaker),
            _ => {}
        }
    }
    // Of LICENSES/ each text is there for those who name it; a single one speaks.
    for texts in folders.texts.values_mut() {
        let beside = texts.iter().any(|one| folder(&one.path) == home(&one.path));
        if beside || texts.len() > 1 {
            texts.retain(|one| folder(&one.path) == home(&one.path));
        }
    }
    let files: Vec<Governed> = files
        .iter()
        .map(|path| governed(path, &by_path, &folders))
        .collect();
    let conflicts = conflicts(speakers, &files);
    Licensing {
        files,
        conflicts,
        unread: Vec::new(),
    }
}

fn governed(
    path: &Arc<str>,
    by_path: &BTreeMap<&str, &Speaker>,
    folders: &Folders<'_>,
) -> Governed {
    let mut evidence: Vec<Arc<Evidence>> = Vec::new();
    if let Some(own) = by_path.get(&**path) {
        let about_itself = own.kind == FileKind::Licence;
        let said = own.evidence.iter();
        evidence.extend(
            said.filter(|one| about_itself || one.step == Step::Header)
                .cloned(),
        );
    }
    if let Some(sidecar) = by_path.get(&*format!("{path}.license")) {
        evidence.extend(sidecar.evidence.iter().cloned());
    }
    annotated(path, folders, &mut evidence);
    let mut above = Some(folder(path));
    while let Some(at) = above.filter(|at| !at.is_empty()) {
        if let Some(texts) = folders.texts.get(at) {
            evidence.extend(several(texts));
            break;
        }
        above = Some(folder(at));
    }
    let mut at = folder(path);
    loop {
        let manifests = folders.manifests.get(at).into_iter().flatten();
        let own = manifests.filter(|one| *one.path != **path);
        let said: Vec<_> = own.flat_map(|one| &one.evidence).cloned().collect();
        if !said.is_empty() || at.is_empty() {
            evidence.extend(said);
            break;
        }
        at = folder(at);
    }
    let manifest = by_path
        .get(&**path)
        .filter(|own| matches!(own.kind, FileKind::Manifest(_)));
    evidence.extend(
        manifest
            .into_iter()
            .flat_map(|own| own.evidence.clone())
            .filter(|one| one.step == Step::Manifest),
    );
    evidence.extend(
        folders
            .texts
            .get("")
            .into_iter()
            .flat_map(|texts| several(texts)),
    );
    evidence.extend(folders.readme.iter().flat_map(|one| one.evidence.clone()));
    evidence.sort_by_key(|one| one.step);
    evidence.dedup();
    conclude(path, evidence)
}

/// The texts of one folder: each by itself, in path order.
fn several(texts: &[&Speaker]) -> Vec<Arc<Evidence>> {
    texts.iter().flat_map(|one| one.evidence.clone()).collect()
}

/// Annotations: of one file the last that fits; the nearest file first, but those that
/// override from the top.
fn annotated(path: &str, folders: &Folders<'_>, evidence: &mut Vec<Arc<Evidence>>) {
    let mut fitting: Vec<_> = folders
        .annotations
        .iter()
        .filter(|(at, _)| is_below(path, at))
        .filter_map(|(at, speaker)| {
            let mut annotations = speaker.annotations.iter().rev();
            let fits = annotations.find(|one| one.covers.iter().any(|own| own.is_match(path)))?;
            Some((at.len(), fits))
        })
        .collect();
    fitting.sort_by_key(|(depth, one)| match one.precedence {
        Precedence::Override => *depth,
        _ => usize::MAX - depth,
    });
    evidence.extend(
        fitting
            .into_iter()
            .map(|(_, one)| Arc::clone(&one.evidence)),
    );
}

/// The first step that says something decides; several texts of one step hold together
/// as a manifest says.
fn conclude(path: &Arc<str>, evidence: Vec<Arc<Evidence>>) -> Governed {
    let speaks = |one: &&Arc<Evidence>| {
        one.expression.is_some() || !one.licences.is_empty() || !one.written.is_empty()
    };
    let step = evidence.iter().find(speaks).map(|one| one.step);
    let deciding: Vec<&Arc<Evidence>> = evidence
        .iter()
        .filter(|one| Some(one.step) == step)
        .collect();
    let mut licences: Vec<String> = Vec::new();
    let mut expressions: BTreeSet<&str> = BTreeSet::new();
    let mut changed = false;
    for one in &deciding {
        changed |= one.added.is_some();
        // What a combined expression was made of says nothing new.
        if matches!(step, Some(Step::Header | Step::Sidecar)) && !licences.is_empty() {
            continue;
        }
        expressions.extend(one.expression.as_deref());
        for id in &one.licences {
            if !licences.contains(id) {
                licences.push(id.clone());
            }
        }
    }
    let mut licence = match expressions.into_iter().collect::<Vec<_>>()[..] {
        [one] if !changed => Some(one.to_owned()),
        _ => None,
    };
    if licence.is_none() && !changed && !licences.is_empty() {
        let same = |one: &&Arc<Evidence>| families(&one.licences) == families(&licences);
        let said = evidence
            .iter()
            .filter(|one| one.expression.is_some())
            .find(same);
        licence = said.and_then(|one| one.expression.clone());
    }
    Governed {
        path: Arc::clone(path),
        licences: if licence.is_some() || changed {
            Vec::new()
        } else {
            licences
        },
        licence,
        step,
        evidence,
    }
}

/// Identifiers with those that stand for all of the same text.
pub(super) fn families(ids: &[String]) -> BTreeSet<String> {
    let family = |id: &String| words().map_or(id.clone(), |words| words.family(id).to_owned());
    ids.iter().map(family).collect()
}
