//! `termscheck.yaml`: discovery, reading, validation.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use crate::finding::Severity;

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
    /// Severity by rule id or glob; `off` switches a rule off.
    pub severity: BTreeMap<String, Level>,
    /// Where it was read from.
    #[serde(skip)]
    pub path: Option<PathBuf>,
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
