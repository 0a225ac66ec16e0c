//! `termscheck.yaml`: discovery, reading, validation.

mod read;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;

pub use read::{ConfigError, Known, discover, load};

use crate::finding::Severity;
use crate::selection::RulePattern;

/// Names under which a configuration is found.
pub const FILE_NAMES: [&str; 3] = ["termscheck.yaml", ".termscheck.yaml", "termscheck.yml"];

/// What a repository says about how it wants to be checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// Findings that are known and accepted.
    pub ignore: Vec<IgnoreEntry>,
    /// Glob patterns, as in `.gitignore`, of files that are not scanned.
    pub exclude: Vec<String>,
    /// Who owns the repository; decides whose trademark reservation binds it.
    pub owner: Option<String>,
    /// Identifiers of the packs that take part; left out, the evidence decides.
    pub packs: Option<Vec<String>>,
    /// Severity by rule id or glob; `off` switches a rule off.
    pub severity: BTreeMap<String, Level>,
    /// Where it was read from.
    #[serde(skip)]
    pub path: Option<PathBuf>,
    #[serde(skip)]
    origin: Option<Arc<Origin>>,
}

/// The text that a configuration was read from.
#[derive(Debug)]
struct Origin {
    /// Folder that its patterns are relative to.
    base: PathBuf,
    text: String,
    /// Where each entry of `ignore` names its rule.
    ignore: BTreeMap<usize, Range<usize>>,
}

/// One entry of `ignore`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IgnoreEntry {
    /// Rule id or glob.
    pub rule: String,
    /// Glob patterns of files; empty: everywhere.
    #[serde(default)]
    pub paths: Vec<String>,
    /// Why; required.
    pub reason: String,
}

/// A configured level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Never reported.
    Off,
    /// A note.
    Note,
    /// A warning.
    Warning,
    /// An error.
    Error,
}

impl Level {
    /// The severity, `None` for off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

impl Config {
    /// The level configured for a rule: its id before a glob, a longer glob before a
    /// shorter one.
    fn level(&self, id: &str) -> Option<Level> {
        if let Some(level) = self.severity.get(id) {
            return Some(*level);
        }
        self.severity
            .iter()
            .filter(|(pattern, _)| {
                RulePattern::new(pattern).is_ok_and(|pattern| pattern.matches(id))
            })
            .max_by_key(|(pattern, _)| pattern.len())
            .map(|(_, level)| *level)
    }

    /// Whether a rule is switched off.
    pub fn is_off(&self, id: &str) -> bool {
        self.level(id) == Some(Level::Off)
    }

    /// The severity configured for a rule.
    pub fn severity_of(&self, id: &str) -> Option<Severity> {
        self.level(id)?.severity()
    }

    /// Matches the files of `exclude`, for a scan of `root`.
    pub fn exclude_matcher(&self, root: &Path) -> Gitignore {
        self.matcher(&self.exclude, root)
    }

    fn matcher(&self, patterns: &[String], root: &Path) -> Gitignore {
        let base = self.origin.as_ref().map_or_else(
            || root.canonicalize().unwrap_or_else(|_| root.to_owned()),
            |origin| origin.base.clone(),
        );
        let mut builder = GitignoreBuilder::new(base);
        for pattern in patterns {
            // Judged when the configuration was read.
            let _ = builder.add_line(None, pattern);
        }
        builder.build().unwrap_or_else(|_| Gitignore::empty())
    }

    /// Matches the files of an entry of `ignore`.
    pub fn entry_matcher(&self, entry: &IgnoreEntry, root: &Path) -> Gitignore {
        self.matcher(&entry.paths, root)
    }

    /// Where entry `index` of `ignore` names its rule.
    pub fn ignore_range(&self, index: usize) -> Option<Range<usize>> {
        self.origin.as_ref()?.ignore.get(&index).cloned()
    }

    /// Path (below `root` where it can be) and text.
    pub fn document(&self, root: &Path) -> Option<(String, String)> {
        let origin = self.origin.as_ref()?;
        let path = self.path.as_ref()?;
        let absolute = path.canonicalize().unwrap_or_else(|_| path.clone());
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let shown = absolute.strip_prefix(&root).unwrap_or(path);
        Some((shown.to_string_lossy().into_owned(), origin.text.clone()))
    }
}
