//! Reads what speaks of licences in a tree.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::{Covers, Difference, Evidence, Licensing, Step, decide, folder};
use crate::facts::{
    FileFacts, FileKind, LicenceDeclaration, LicenceSource, ManifestKind, Precedence,
};
use crate::parse::kind::{self, is_readme};
use crate::parse::licence::detect::{CERTAIN, Detection, detect};
use crate::parse::licence::expression::{expression, identifiers};
use crate::parse::licence::statement::of_field;
use crate::parse::{self, licence};
use crate::source::{FileId, Source};
use crate::tree::{Content, Tree};
use crate::walk::{self, Entry, WalkOptions};

/// What one file says of licences.
#[derive(Debug)]
pub(super) struct Speaker {
    pub path: Arc<str>,
    pub kind: FileKind,
    /// For a `LICENSE` text, a manifest or a README: of the folder. For others: of itself.
    pub evidence: Vec<Arc<Evidence>>,
    /// Annotations of REUSE files, in order.
    pub annotations: Vec<Annotation>,
    /// An expression that is none.
    pub unknown: Vec<(u32, String)>,
    /// It was read as a text.
    pub is_text: bool,
}

/// Patterns and what they declare.
#[derive(Debug)]
pub(super) struct Annotation {
    pub covers: Vec<Covers>,
    pub precedence: Precedence,
    pub evidence: Arc<Evidence>,
}

/// Reads a tree and decides of each file at or below `targets`.
pub fn collect(tree: &dyn Tree, root: &Path, targets: &[PathBuf], limit: u64) -> Licensing {
    let root = walk::canonical(root);
    let targets: Vec<PathBuf> = targets.iter().map(|path| walk::canonical(path)).collect();
    let mut every = vec![root.clone()];
    every.extend(targets.iter().cloned());
    let walked = walk::walk(&WalkOptions {
        targets: every,
        ..WalkOptions::new(tree, &root)
    });
    let asked = |entry: &Entry| {
        targets
            .iter()
            .any(|target| entry.absolute.starts_with(target))
    };
    let read: Vec<Result<Speaker, (String, String)>> = walked
        .files
        .par_iter()
        .enumerate()
        .filter(|(_, entry)| asked(entry) || speaks(&entry.relative))
        .map(|(index, entry)| {
            let path = entry
                .absolute
                .strip_prefix(&root)
                .unwrap_or(&entry.absolute);
            let content = tree.read(path, limit);
            let content =
                content.map_err(|error| (entry.relative.to_string(), walk::reason(&error)))?;
            Ok(match content {
                Content::Bytes(bytes) => {
                    let source =
                        Source::decode(FileId(index as u32), Arc::clone(&entry.relative), bytes);
                    speaker(&source)
                }
                _ => Speaker::silent(&entry.relative),
            })
        })
        .collect();
    let mut unread = walked.errors.clone();
    let mut speakers = Vec::with_capacity(read.len());
    for one in read {
        match one {
            Ok(speaker) => speakers.push(speaker),
            Err(error) => unread.push(error),
        }
    }
    let files = walked.files.iter().filter(|entry| asked(entry));
    let named: Vec<&str> = walked
        .files
        .iter()
        .filter(|entry| targets.contains(&entry.absolute))
        .map(|entry| &*entry.relative)
        .collect();
    let files: Vec<&Arc<str>> = files
        .map(|entry| &entry.relative)
        // What holds licences is under none, unless it is asked for by name.
        .filter(|path| !is_about_licences(path) || named.contains(&&***path))
        .collect();
    let mut licensing = decide(&speakers, &files);
    licensing.unread = unread;
    licensing
}

/// Whether a file may speak of others.
pub(super) fn speaks(path: &str) -> bool {
    matches!(kind::kind(path), FileKind::Licence | FileKind::Manifest(_)) || is_readme(path)
}

fn is_about_licences(path: &str) -> bool {
    matches!(
        kind::kind(path),
        FileKind::Licence
            | FileKind::Manifest(
                ManifestKind::ReuseToml | ManifestKind::ReuseDep5 | ManifestKind::ReuseSidecar
            )
    )
}

impl Speaker {
    fn silent(path: &Arc<str>) -> Self {
        Self {
            path: Arc::clone(path),
            kind: kind::kind(path),
            evidence: Vec::new(),
            annotations: Vec::new(),
            unknown: Vec::new(),
            is_text: false,
        }
    }
}

pub(super) fn speaker(source: &Source) -> Speaker {
    let kind = kind::kind(&source.path);
    if kind != FileKind::Licence {
        return speaker_of(source, &facts(source, kind));
    }
    let mut speaker = Speaker::silent(&source.path);
    speaker.is_text = true;
    text(source, &mut speaker);
    speaker
}

/// What the facts of a file say that is no licence's text.
pub(super) fn speaker_of(source: &Source, facts: &FileFacts) -> Speaker {
    let mut speaker = Speaker::silent(&source.path);
    speaker.is_text = true;
    for declared in &facts.licences {
        if declared.source == LicenceSource::Reserved {
            continue;
        }
        let line = source.line_of(declared.span.start);
        if declared.source == LicenceSource::SpdxTag && declared.spdx.is_none() {
            speaker.unknown.push((line, declared.written.clone()));
        }
        let step = step(speaker.kind, declared, &source.path);
        let evidence = Arc::new(said(source, declared, step));
        if declared.covers.is_empty() || step == Step::Sidecar {
            speaker.evidence.push(evidence);
        } else {
            speaker.annotations.push(Annotation {
                covers: covers(&source.path, declared, step),
                precedence: declared.precedence,
                evidence,
            });
        }
    }
    all_of(&mut speaker.evidence);
    speaker
}

/// What a file that is no licence's text declares.
fn facts(source: &Source, kind: FileKind) -> FileFacts {
    let zone = kind::zone(&source.path);
    match kind {
        // The header alone: nobody asks for the calls.
        FileKind::Code(_)
        | FileKind::Other
        | FileKind::Config(_)
        | FileKind::Data(_)
        | FileKind::Svg
        | FileKind::Notebook => {
            let mut facts = FileFacts::new(kind, zone);
            if matches!(kind, FileKind::Code(_)) {
                licence::header(source, &mut facts);
            } else {
                licence::tags(source, &mut facts);
            }
            facts
        }
        _ => {
            let mut facts = parse::parse(source, kind, zone);
            front_matter(&mut facts);
            facts
        }
    }
}

/// Front matter names the licence of its page.
pub(super) fn front_matter(facts: &mut FileFacts) {
    if !kind::is_document(facts.kind) {
        return;
    }
    let entries = facts.front_matter.iter();
    let said = entries.filter(|entry| {
        let key = entry.key.to_lowercase();
        matches!(
            key.as_str(),
            "license" | "licence" | "spdx-license-identifier"
        )
    });
    facts.licences.extend(said.map(of_field));
}

fn step(kind: FileKind, declared: &LicenceDeclaration, path: &str) -> Step {
    match kind {
        FileKind::Manifest(ManifestKind::ReuseSidecar) => Step::Sidecar,
        FileKind::Manifest(ManifestKind::ReuseToml) => match declared.precedence {
            Precedence::Override => Step::ReuseOverride,
            _ => Step::ReuseToml,
        },
        FileKind::Manifest(ManifestKind::ReuseDep5) => Step::Dep5,
        _ if declared.source == LicenceSource::SpdxTag => Step::Header,
        FileKind::Manifest(_) => Step::Manifest,
        _ if is_readme(path) && declared.source != LicenceSource::Metadata => Step::Root,
        _ => Step::Header,
    }
}

fn said(source: &Source, declared: &LicenceDeclaration, step: Step) -> Evidence {
    Evidence {
        step,
        path: Arc::clone(&source.path),
        line: source.line_of(declared.span.start),
        written: declared.written.clone(),
        licences: declared
            .spdx
            .as_deref()
            .and_then(identifiers)
            .unwrap_or_default(),
        expression: declared.spdx.clone(),
        score: None,
        differences: Vec::new(),
        added: None,
    }
}

/// Several tags in one file hold all at once.
fn all_of(evidence: &mut Vec<Arc<Evidence>>) {
    let tags: Vec<Arc<Evidence>> = evidence
        .iter()
        .filter(|one| matches!(one.step, Step::Header | Step::Sidecar))
        .cloned()
        .collect();
    let mut expressions: Vec<&str> = tags
        .iter()
        .filter_map(|one| one.expression.as_deref())
        .collect();
    expressions.dedup();
    if expressions.len() < 2 || expressions.len() < tags.len() {
        return;
    }
    let grouped: Vec<String> = expressions
        .iter()
        .map(|one| {
            if one.contains(" OR ") {
                format!("({one})")
            } else {
                (*one).to_owned()
            }
        })
        .collect();
    let Some(all) = expression(&grouped.join(" AND ")) else {
        return;
    };
    let mut first = (*tags[0]).clone();
    first.licences = identifiers(&all).unwrap_or_default();
    first.expression = Some(all);
    evidence.insert(0, Arc::new(first));
}

fn covers(path: &str, declared: &LicenceDeclaration, step: Step) -> Vec<Covers> {
    let own = folder(path);
    let of = |pattern: &String| match step {
        Step::Dep5 => Covers::of_dep5(folder(own), pattern),
        _ => Covers::of_reuse_toml(own, pattern),
    };
    declared.covers.iter().filter_map(of).collect()
}

/// A licence's text: of the folder that it lies in.
fn text(source: &Source, speaker: &mut Speaker) {
    let detection = detect(&source.text);
    let step = if home(&source.path).is_empty() {
        Step::Root
    } else {
        Step::Folder
    };
    let mut facts = FileFacts::new(FileKind::Licence, kind::zone(&source.path));
    licence::tags(source, &mut facts);
    if detection.found.is_empty() {
        licence::named(source, &mut facts);
        for declared in &facts.licences {
            speaker
                .evidence
                .push(Arc::new(said(source, declared, step)));
        }
        return;
    }
    speaker
        .evidence
        .push(Arc::new(found(source, &detection, step)));
}

fn found(source: &Source, detection: &Detection, step: Step) -> Evidence {
    let sure = |score: f32| score >= CERTAIN;
    let licences: Vec<String> = detection
        .found
        .iter()
        .filter(|one| sure(one.score) || detection.found.len() == 1)
        .map(|one| one.id.to_owned())
        .collect();
    let first = &detection.found[0];
    let differences = detection.found.iter().flat_map(|one| &one.differences);
    let written = source
        .line_text(source.line_of(first.range.start as u32))
        .trim();
    let whole = detection.whole().map(|(id, _)| id);
    let expression = whole.map(|id| match &detection.exceptions[..] {
        [exception] => format!("{id} WITH {exception}"),
        _ => id,
    });
    Evidence {
        step,
        path: Arc::clone(&source.path),
        line: source.line_of(first.range.start as u32),
        written: written.to_owned(),
        expression,
        licences,
        score: detection.found.iter().map(|one| one.score).reduce(f32::min),
        differences: differences
            .map(|(theirs, ours)| Difference {
                line: source.line_of(ours.start as u32),
                licence: theirs.clone(),
                file: source.text[ours.clone()].to_owned(),
            })
            .collect(),
        added: detection.added.clone().map(|range| Difference {
            line: source.line_of(range.start as u32),
            licence: String::new(),
            file: source.text[range].to_owned(),
        }),
    }
}

/// The folder that a licence's text holds for: that above `LICENSES/`.
pub(super) fn home(path: &str) -> &str {
    let own = folder(path);
    match own.rsplit('/').next() {
        Some("LICENSES") => folder(own),
        _ => own,
    }
}
