//! Which licence governs each file, and why: the order of the REUSE specification, and
//! below it what a repository without it goes by (a licence text in the folder, the
//! manifest, the licence at the root).

mod collect;
mod conflict;
mod covers;
mod decide;
mod pages;

use std::sync::Arc;

use serde::Serialize;

pub use collect::collect;
pub use covers::Covers;
use decide::decide;
pub use pages::{OfPage, Pages};

/// Where an answer comes from, the first that says something decides.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// An annotation of a `REUSE.toml` that overrides what the file says.
    ReuseOverride,
    /// The file itself: an SPDX tag, a sentence in its header, its front matter.
    Header,
    /// `NAME.license` beside it.
    Sidecar,
    /// An annotation of the nearest `REUSE.toml`.
    ReuseToml,
    /// `.reuse/dep5`.
    Dep5,
    /// A licence text in the file's folder, or in one above below the root.
    Folder,
    /// The manifest of the package.
    Manifest,
    /// A licence text, or the words of the README, at the root.
    Root,
}

impl Step {
    /// All, in order.
    pub const ALL: [Self; 8] = [
        Self::ReuseOverride,
        Self::Header,
        Self::Sidecar,
        Self::ReuseToml,
        Self::Dep5,
        Self::Folder,
        Self::Manifest,
        Self::Root,
    ];

    /// In words, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::ReuseOverride => "an annotation that overrides",
            Self::Header => "the file itself",
            Self::Sidecar => "the .license file beside it",
            Self::ReuseToml => "REUSE.toml",
            Self::Dep5 => ".reuse/dep5",
            Self::Folder => "a licence in its folder",
            Self::Manifest => "the manifest",
            Self::Root => "the licence at the root",
        }
    }
}

/// Words of a licence's text that differ in a file.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Difference {
    /// Line in the file, from 1.
    pub line: u32,
    /// The licence's words; empty where words were put in.
    pub licence: String,
    /// The file's words; empty where words are missing.
    pub file: String,
}

/// What one place says of a licence.
#[derive(Clone, Debug, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Evidence {
    /// In which step it counts.
    pub step: Step,
    /// The file that says it.
    #[schemars(with = "String")]
    pub path: Arc<str>,
    /// Its line, from 1.
    pub line: u32,
    /// The words, or the title of a text.
    pub written: String,
    /// SPDX expression, when it can be told.
    pub expression: Option<String>,
    /// SPDX identifiers of the licences: those of the expression, or of several texts of
    /// which nothing says how they combine.
    pub licences: Vec<String>,
    /// For a text, how well it is the licence's: between 0 and 1.
    pub score: Option<f32>,
    /// Where a text differs from the licence's.
    pub differences: Vec<Difference>,
    /// Words that were added to a licence's text and restrict it: it is no longer that
    /// licence.
    pub added: Option<Difference>,
}

/// A file and its licence.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct Governed {
    /// Relative to the root.
    #[schemars(with = "String")]
    pub path: Arc<str>,
    /// SPDX expression, when one can be told.
    pub licence: Option<String>,
    /// Identifiers, where several texts are there and nothing says how they combine.
    pub licences: Vec<String>,
    /// What decides; `None` when nothing says anything.
    pub step: Option<Step>,
    /// Everything that speaks of it, in order; the first decides.
    pub evidence: Vec<Arc<Evidence>>,
}

/// Two places that cannot both be right, or one that is wrong by itself.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
pub struct Conflict {
    /// Where it is to be mended.
    #[schemars(with = "String")]
    pub path: Arc<str>,
    /// Its line, from 1.
    pub line: u32,
    /// In a sentence.
    pub message: String,
}

/// The answer for a tree.
#[derive(Clone, Debug, Default, Serialize, schemars::JsonSchema)]
pub struct Licensing {
    /// The files that were asked for, in path order.
    pub files: Vec<Governed>,
    /// What contradicts, in path order.
    pub conflicts: Vec<Conflict>,
    /// Files that could not be read, and why.
    pub unread: Vec<(String, String)>,
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a path lies below a folder; everything lies below the root.
fn is_below(path: &str, folder: &str) -> bool {
    folder.is_empty()
        || path
            .strip_prefix(folder)
            .is_some_and(|rest| rest.starts_with('/'))
}

#[cfg(test)]
mod tests;
