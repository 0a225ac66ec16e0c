//! What a scan gives back.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::TakingPart;
use crate::config::Config;
use crate::facts::RelativePath;
use crate::finding::{Finding, Severity};
use crate::source::{FileId, Source, Span};
use crate::verdict::Verdict;
use crate::walk::Skip;

/// Something the user should know that is no finding: an unreadable file, a
/// suppression that suppresses nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Notice {
    /// Path relative to the root, when it speaks of a file.
    pub path: Option<String>,
    /// Where in the file.
    pub span: Option<Span>,
    /// How much it weighs.
    pub level: NoticeLevel,
    /// The sentence.
    pub message: String,
}

/// Weight of a [`Notice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeLevel {
    /// Said with `-v`: a decision and its reason.
    Info,
    /// Said always: a decision that kept something from being shown, and its reason.
    Note,
    /// Said always: a suppression that suppresses nothing, a part not parsed.
    Warning,
    /// Said always, exit status 2: something could not be checked.
    Unchecked,
}

impl NoticeLevel {
    /// The word before it for people, to whom what is unchecked is an error.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unchecked => "error",
            level => level.as_str(),
        }
    }

    /// The lower-case name used in every output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Unchecked => "unchecked",
        }
    }
}

/// Counts for the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files read.
    pub read: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files parsed.
    pub parsed: u64,
    /// Steps of work that were counted.
    pub work: u64,
    /// Files and folders passed over, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// Findings that the configuration switches off where they are.
    pub off: u64,
    /// Rules that the configuration switches off everywhere.
    pub rules_off: u64,
    /// Packs that the configuration leaves out.
    pub packs_off: u64,
    /// Findings that do not bind the owner, whose repository it is believed to be.
    pub owner: u64,
    /// Findings on pages that read as the owner's own.
    pub owner_page: u64,
}

/// What a scan found.
#[derive(Debug, Default)]
pub struct Report {
    /// What is found of the attribution of each derived file, where that was asked.
    pub verdicts: Vec<Verdict>,
    /// Which packs took part, in the order of the packs.
    pub packs: Vec<TakingPart>,
    /// Findings in the order of [`crate::aggregate::order`], suppressed ones included.
    pub findings: Vec<Finding>,
    /// Everything else worth saying, in path order.
    pub notices: Vec<Notice>,
    /// Folders of submodules, whose files are another repository's.
    pub submodules: Vec<String>,
    /// The configurations of the folders that were scanned.
    pub config: Config,
    /// Whether the whole repository was scanned.
    pub whole: bool,
    /// The rules that ran.
    pub ran: BTreeSet<String>,
    /// Counts.
    pub counts: Counts,
    /// What was passed over, in path order; what no rule reads is counted only.
    pub skipped: Vec<(RelativePath, Skip)>,
    /// Path of every walked file, relative to the root; [`FileId`] is the index.
    pub paths: Vec<RelativePath>,
    /// The bytes of paths that are no UTF-8.
    pub raw_paths: BTreeMap<FileId, Vec<u8>>,
    /// The texts that findings and notices point into. One is missing when the file
    /// changed while the scan ran.
    pub sources: BTreeMap<FileId, Arc<Source>>,
}

impl Report {
    /// Whether something could not be checked.
    pub fn is_incomplete(&self) -> bool {
        self.notices
            .iter()
            .any(|notice| notice.level == NoticeLevel::Unchecked)
    }
}

/// The gravest severity among findings that are not suppressed.
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings
        .iter()
        .filter(|finding| finding.suppressed.is_none())
        .map(|finding| finding.severity)
        .max()
}
