//! A repository and its submodules, each judged by its own remote and paths.

use std::sync::Arc;

use crate::facts::repository::Submodule;
use crate::facts::{RelativePath, RepositoryFacts};
use crate::finding::Finding;
use crate::walk::module_of;

/// One repository of a scan.
pub struct Part {
    /// The folder of a submodule.
    pub folder: Option<RelativePath>,
    /// Its facts; paths are relative to its own root.
    pub facts: RepositoryFacts,
    /// What its files gave, then everything that is found in it.
    pub findings: Vec<Finding>,
}

/// Tells the files of submodules from those of the repository, which comes first.
pub fn split(
    facts: RepositoryFacts,
    findings: Vec<Finding>,
    submodules: &[Submodule],
) -> Vec<Part> {
    let mut main = Part {
        folder: None,
        facts,
        findings: Vec::new(),
    };
    if submodules.is_empty() {
        main.findings = findings;
        return vec![main];
    }
    let paths = std::mem::take(&mut main.facts.paths);
    let files = std::mem::take(&mut main.facts.files);
    let whole = main.facts.whole;
    let mut parts = vec![main];
    parts.extend(submodules.iter().map(|module| Part {
        folder: Some(Arc::clone(&module.path)),
        facts: RepositoryFacts {
            remote: module.remote.clone(),
            whole,
            ..RepositoryFacts::default()
        },
        findings: Vec::new(),
    }));
    // By the file's number: the part it belongs to.
    let mut of = Vec::with_capacity(paths.len());
    for path in paths {
        let part = module_of(submodules, &path).map_or(0, |module| module + 1);
        of.push(part);
        let own = below(&path, parts[part].folder.as_deref());
        parts[part].facts.paths.push(own);
    }
    let part_of = |number: u32| of.get(number as usize).copied().unwrap_or(0);
    for mut record in files {
        let part = part_of(record.id.0);
        record.path = below(&record.path, parts[part].folder.as_deref());
        parts[part].facts.files.push(record);
    }
    for finding in findings {
        let part = finding.primary.map_or(0, |span| part_of(span.file.0));
        parts[part].findings.push(finding);
    }
    parts.retain(|part| part.folder.is_none() || !part.facts.files.is_empty());
    parts
}

/// The path below a submodule's folder.
fn below(path: &RelativePath, folder: Option<&str>) -> RelativePath {
    folder
        .and_then(|folder| path.strip_prefix(folder)?.strip_prefix('/'))
        .map_or_else(|| Arc::clone(path), Arc::from)
}
