//! The facts of the whole repository, collected from its files.

use std::sync::Arc;

use super::{
    DeclaredName, FileFacts, FileKind, Holder, InformalGrant, LicenceDeclaration, LicenceText,
    Misnamed, RelativePath, Signals, Zone,
    code::{CodeFacts, Text},
    picture::PictureUse,
    routes::ConfigKind,
};
use crate::pack::Rule;
use crate::source::{FileId, Span};

/// What is kept of a file after its own checks have run.
#[derive(Debug)]
pub struct FileRecord {
    /// Its identity.
    pub id: FileId,
    /// Its path.
    pub path: RelativePath,
    /// What it is.
    pub kind: FileKind,
    /// Where it lies.
    pub zone: Zone,
    /// Names it gives the project.
    pub names: Vec<DeclaredName>,
    /// Licences it declares.
    pub licences: Vec<LicenceDeclaration>,
    /// The licence text it is.
    pub licence_text: Option<LicenceText>,
    /// For a text in `LICENSES/`: it is another licence's.
    pub misnamed: Option<Misnamed>,
    /// Permissions that are no licence.
    pub informal: Vec<InformalGrant>,
    /// People and organisations.
    pub holders: Vec<Holder>,
    /// Vocabulary hits, by pack index.
    pub signals: Vec<Signals>,
    /// Code facts.
    pub code: CodeFacts,
    /// Addresses that configuration forwards to or calls, and the words that say so.
    pub routes: Vec<(Text, Span)>,
    /// Pictures that it uses.
    pub pictures: Vec<PictureUse>,
    /// Addresses that data files set, by their keys.
    pub settings: Vec<(String, Text)>,
    /// Bytes of its code samples.
    pub samples: u32,
    /// The rules that have something to remember of it.
    pub remembered: Vec<Arc<Rule>>,
}

impl FileRecord {
    /// What is to be kept of a file's facts.
    pub fn new(id: FileId, path: RelativePath, facts: FileFacts) -> Self {
        let samples = facts
            .fences
            .iter()
            .map(|fence| fence.span.end - fence.span.start);
        Self {
            id,
            path,
            samples: samples.sum(),
            kind: facts.kind,
            zone: facts.zone,
            names: facts.names,
            licences: facts.licences,
            licence_text: facts.licence_text,
            misnamed: facts.misnamed,
            informal: facts.informal,
            holders: facts.holders,
            signals: facts.signals,
            code: facts.code,
            routes: facts
                .routes
                .into_iter()
                // A description of an API calls nothing.
                .filter(|route| route.kind != ConfigKind::OpenApi)
                .map(|route| (route.address, route.span))
                .collect(),
            pictures: facts.pictures,
            settings: facts.settings,
            remembered: Vec::new(),
        }
    }

    /// Whether a rule has something to remember of it.
    pub fn remembers(&self, rule: &Arc<Rule>) -> bool {
        self.remembered.iter().any(|own| Arc::ptr_eq(own, rule))
    }
}

/// What is known of the git checkout, read from `.git` without running git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitRemote {
    /// Host of `remote.origin.url`, lower case.
    pub host: String,
    /// Organisation or user.
    pub owner: String,
    /// Repository name.
    pub name: String,
}

/// A repository inside the repository, as `.gitmodules` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submodule {
    /// Its folder, relative to the root.
    pub path: RelativePath,
    /// Where it comes from.
    pub remote: Option<GitRemote>,
}

/// Everything repository-level checks read.
#[derive(Debug, Default)]
pub struct RepositoryFacts {
    /// Parsed files in path order. Files without any hit are in `paths` only.
    pub files: Vec<FileRecord>,
    /// Every walked file, in path order.
    pub paths: Vec<RelativePath>,
    /// Pictures that were looked at and show no mark, in path order.
    pub plain_pictures: Vec<RelativePath>,
    /// The origin remote, if the root is a git checkout.
    pub remote: Option<GitRemote>,
    /// Who owns it by the operator's word.
    pub named_owner: Option<Arc<str>>,
    /// `owner:` of the configuration.
    pub configured_owner: Option<Arc<str>>,
    /// Whether the whole repository was walked, so that what is not in `paths` does
    /// not exist.
    pub whole: bool,
}

impl RepositoryFacts {
    /// The record of a file, when it was parsed.
    pub fn record(&self, id: FileId) -> Option<&FileRecord> {
        self.files
            .binary_search_by_key(&id, |record| record.id)
            .ok()
            .map(|index| &self.files[index])
    }
}
