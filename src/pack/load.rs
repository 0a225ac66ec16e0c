//! Reading packs from the binary or from a folder, and judging them: every error
//! points at the key at fault.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use include_dir::{Dir, include_dir};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::error::{PackError, PackFile};
use super::schema::{Aggregate, Clause, Force, Owner, Place, Rule, SourceDocument};
use super::vocabulary::Vocabulary;
use super::{CompiledRule, Pack};
use crate::checks::{self, BuildError};
use crate::facts::Zone;
use crate::finding::{Confidence, Severity};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// Largest file of a pack that is read, in bytes.
const MAX_PACK_FILE: u64 = 4 * 1024 * 1024;

/// The name of the file that makes a folder a pack.
const MANIFEST: &str = "pack.yaml";

/// `pack.yaml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    schema: u32,
    id: String,
    title: String,
    owner: Owner,
    sources: BTreeMap<String, SourceDocument>,
    clauses: Vec<RawClause>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawClause {
    id: String,
    source: String,
    section: String,
    quote: String,
    #[serde(default)]
    place: Option<Place>,
}

/// One entry of `rules/*.yaml` as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    id: String,
    title: String,
    clause: String,
    force: Force,
    severity: Severity,
    confidence: Confidence,
    #[serde(default)]
    pedantic: bool,
    #[serde(default)]
    owner_exempt: bool,
    #[serde(default = "default_zones")]
    zones: Vec<Zone>,
    #[serde(default)]
    aggregate: Aggregate,
    check: String,
    #[serde(default)]
    with: serde_yaml::Value,
    message: String,
    help: String,
    explanation: String,
    bad: String,
    good: String,
}

fn default_zones() -> Vec<Zone> {
    vec![Zone::Project, Zone::Docs, Zone::Example]
}

/// The packs that ship with the binary, in id order.
pub fn load_embedded() -> Result<Vec<Pack>, PackError> {
    let mut packs = Vec::new();
    for folder in SHIPPED.dirs() {
        if folder.get_file(folder.path().join(MANIFEST)).is_none() {
            continue;
        }
        let mut files = Vec::new();
        collect(folder, folder.path(), &mut files);
        packs.push(load(files)?);
    }
    packs.sort_by(|a: &Pack, b| a.id.cmp(&b.id));
    Ok(packs)
}

fn collect(folder: &Dir<'_>, base: &Path, out: &mut Vec<PackFile>) {
    for file in folder.files() {
        let path = file.path().strip_prefix(base).unwrap_or(file.path());
        if let Some(text) = file.contents_utf8()
            && is_yaml(path)
        {
            out.push(PackFile {
                path: path.to_string_lossy().into_owned(),
                shown: format!("rules/{}", file.path().to_string_lossy()),
                text: text.to_owned(),
            });
        }
    }
    for inner in folder.dirs() {
        collect(inner, base, out);
    }
}

/// The packs of a folder: the folder itself when it holds a `pack.yaml`, else each
/// of its sub-folders that does.
pub fn load_directory(directory: &Path) -> Result<Vec<Pack>, PackError> {
    if directory.join(MANIFEST).is_file() {
        return Ok(vec![load(read_folder(directory)?)?]);
    }
    let entries = std::fs::read_dir(directory)
        .map_err(|error| PackError::plain(format!("{}: {error}", directory.display())))?;
    let mut folders: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join(MANIFEST).is_file())
        .collect();
    folders.sort();
    if folders.is_empty() {
        return Err(PackError::plain(format!(
            "{}: no {MANIFEST} here nor in a folder below",
            directory.display()
        )));
    }
    folders
        .iter()
        .map(|path| load(read_folder(path)?))
        .collect()
}

fn read_folder(directory: &Path) -> Result<Vec<PackFile>, PackError> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(directory)
        .max_depth(3)
        .sort_by_file_name()
    {
        let entry = entry.map_err(|error| PackError::plain(error.to_string()))?;
        if !entry.file_type().is_file() || !is_yaml(entry.path()) {
            continue;
        }
        let failed = |error: &dyn std::fmt::Display| {
            PackError::plain(format!("{}: {error}", entry.path().display()))
        };
        let size = entry.metadata().map_err(|error| failed(&error))?.len();
        if size > MAX_PACK_FILE {
            return Err(failed(&format_args!(
                "{size} bytes are too many for a pack file"
            )));
        }
        let text = std::fs::read_to_string(entry.path()).map_err(|error| failed(&error))?;
        let path = entry.path().strip_prefix(directory).unwrap_or(entry.path());
        files.push(PackFile {
            path: path.to_string_lossy().replace('\\', "/"),
            shown: entry.path().display().to_string(),
            text,
        });
    }
    Ok(files)
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "yaml" || extension == "yml")
}

/// Loads a pack from its files.
fn load(files: Vec<PackFile>) -> Result<Pack, PackError> {
    let manifest = file(&files, MANIFEST)
        .ok_or_else(|| PackError::plain(format!("the pack has no {MANIFEST}")))?;
    let raw: RawPack = manifest.read()?;
    if raw.schema != 1 {
        return Err(manifest.at("schema", "this version of termscheck reads schema 1"));
    }
    let clauses = clauses(manifest, &raw)?;
    let mut pack = Pack {
        id: raw.id.into(),
        title: raw.title,
        owner: raw.owner,
        clauses,
        marks: vocabulary(&files)?,
        names: vocabulary(&files)?,
        limits: vocabulary(&files)?,
        provenance: vocabulary(&files)?,
        notices: vocabulary(&files)?,
        rules: Vec::new(),
    };
    let mut rules: Vec<CompiledRule> = Vec::new();
    for file in &files {
        if !file.path.starts_with("rules/") {
            continue;
        }
        for (index, raw) in file.read::<Vec<RawRule>>()?.into_iter().enumerate() {
            let rule = compile(&pack, raw)
                .map_err(|error| file.at(&format!("{index}.{}", error.key), error.message))?;
            if rules.iter().any(|other| other.rule.id == rule.rule.id) {
                return Err(file.at(&format!("{index}.id"), "there is a rule of this id already"));
            }
            rules.push(rule);
        }
    }
    rules.sort_by(|a, b| a.rule.id.cmp(&b.rule.id));
    pack.rules = rules;
    Ok(pack)
}

fn file<'a>(files: &'a [PackFile], path: &str) -> Option<&'a PackFile> {
    files.iter().find(|file| file.path == path)
}

fn vocabulary<T: Vocabulary + DeserializeOwned>(files: &[PackFile]) -> Result<T, PackError> {
    let Some(file) = file(files, T::FILE) else {
        return Ok(T::default());
    };
    let vocabulary: T = file.read()?;
    vocabulary
        .validate()
        .map_err(|(key, message)| file.at(&key, message))?;
    Ok(vocabulary)
}

fn clauses(manifest: &PackFile, raw: &RawPack) -> Result<Vec<Arc<Clause>>, PackError> {
    let mut clauses: Vec<Arc<Clause>> = Vec::new();
    for (index, clause) in raw.clauses.iter().enumerate() {
        let Some(document) = raw.sources.get(&clause.source) else {
            return Err(manifest.at(
                &format!("clauses.{index}.source"),
                format!("no source `{}` backs this clause", clause.source),
            ));
        };
        if clause.quote.trim().is_empty() {
            return Err(manifest.at(
                &format!("clauses.{index}.quote"),
                "a clause needs the document's own words",
            ));
        }
        if clauses.iter().any(|other| other.id == clause.id) {
            return Err(manifest.at(
                &format!("clauses.{index}.id"),
                "there is a clause of this id already",
            ));
        }
        clauses.push(Arc::new(Clause {
            id: clause.id.clone(),
            document: document.title.clone(),
            url: document.url.clone(),
            section: clause.section.clone(),
            quote: clause.quote.clone(),
            place: clause.place.clone(),
        }));
    }
    Ok(clauses)
}

fn compile(pack: &Pack, raw: RawRule) -> Result<CompiledRule, BuildError> {
    let fault = |key: &str, message: String| BuildError {
        key: key.to_owned(),
        message,
    };
    if raw.id.split('/').filter(|part| !part.is_empty()).count() != 2 {
        return Err(fault("id", "a rule's id is `family/name`".to_owned()));
    }
    let clause = pack
        .clauses
        .iter()
        .find(|clause| clause.id == raw.clause)
        .ok_or_else(|| {
            fault(
                "clause",
                format!("no clause `{}` in {MANIFEST}", raw.clause),
            )
        })?;
    let builder = checks::CHECKS
        .iter()
        .find(|(name, _)| *name == raw.check)
        .map(|(_, builder)| builder)
        .ok_or_else(|| {
            let names: Vec<_> = checks::CHECKS.iter().map(|(name, _)| *name).collect();
            fault(
                "check",
                format!("no check `{}`; there are: {}", raw.check, names.join(", ")),
            )
        })?;
    let check = builder(&raw.with, pack)?;
    if let Some(unknown) = placeholders(&raw.message)
        .into_iter()
        .find(|name| !check.placeholders().contains(name))
    {
        return Err(fault(
            "message",
            format!(
                "the check `{}` fills no `{{{unknown}}}`; it fills: {}",
                raw.check,
                check.placeholders().join(", ")
            ),
        ));
    }
    let rule = Rule {
        pack: Arc::clone(&pack.id),
        clause: Arc::clone(clause),
        id: raw.id,
        title: raw.title,
        force: raw.force,
        severity: raw.severity,
        confidence: raw.confidence,
        pedantic: raw.pedantic,
        owner_exempt: raw.owner_exempt,
        zones: raw.zones,
        aggregate: raw.aggregate,
        check: raw.check,
        with: raw.with,
        message: raw.message,
        help: raw.help.trim_end().to_owned(),
        explanation: raw.explanation,
        bad: raw.bad,
        good: raw.good,
    };
    Ok(CompiledRule {
        rule: Arc::new(rule),
        check,
    })
}

/// The `{names}` of a message template.
fn placeholders(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
        .collect()
}
