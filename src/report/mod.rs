//! How findings look. One file a format.

pub mod attribution;
mod concise;
pub mod derived;
mod fingerprint;
mod format;
mod github;
mod gitlab;
mod html;
mod human;
pub mod json;
mod jsonl;
mod junit;
pub mod licence;
mod markdown;
mod place;
pub mod rules;
mod safe_json;
mod sarif;
mod secrets;
mod silenced;
mod text;

use std::path::Path;
use std::sync::Arc;

pub use fingerprint::{all as fingerprints, of_member as member_fingerprint};
pub use format::{Format, Output};
pub use human::{Excerpt, HumanStyle, summary, theme, write as write_human};
pub use json::write as write_json;
pub use sarif::write as write_sarif;
pub use text::{is_unsafe, no_command, shortened, visible};

use crate::finding::{Finding, Severity};
use crate::pack::{Force, Pack};
use crate::scan::{Report, TakingPart};
use crate::source::{FileId, Source, Span};

/// Everything a reporter may speak of.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// What the scan found.
    pub report: &'a Report,
    /// The packs it was held against.
    pub packs: &'a [Pack],
    /// The folder that paths are relative to.
    pub root: &'a Path,
    /// The level from which on findings fail the run; none where nothing fails it.
    pub fails_at: Option<Severity>,
    /// What only SARIF wants to know.
    pub sarif: SarifOptions<'a>,
}

/// How a SARIF report is to be.
#[derive(Clone, Copy, Debug, Default)]
pub struct SarifOptions<'a> {
    /// It lists what is suppressed, too.
    pub suppressed: bool,
    /// The part of the repository that was scanned, relative to the root; empty for the
    /// whole. Code scanning keeps the results of each apart.
    pub part: &'a str,
}

impl<'a> View<'a> {
    /// Whether a finding fails the run.
    pub fn fails(&self, finding: &Finding) -> bool {
        self.fails_at.is_some_and(|level| finding.severity >= level)
    }

    /// The text of a file, when it is still at hand.
    pub fn source(&self, file: FileId) -> Option<&'a Arc<Source>> {
        self.report.sources.get(&file)
    }

    /// The path a span lies in.
    pub fn path(&self, span: Span) -> &'a str {
        self.report
            .paths
            .get(span.file.0 as usize)
            .map_or("", |path| path)
    }

    /// Whether a pack took part.
    pub fn part(&self, pack: &Pack) -> Option<&'a TakingPart> {
        self.report.packs.iter().find(|part| part.pack == pack.id)
    }

    /// Findings that nothing suppressed.
    pub fn shown(&self) -> impl Iterator<Item = &'a Finding> {
        self.report
            .findings
            .iter()
            .filter(|finding| finding.suppressed.is_none())
    }

    /// How many findings of one level are shown.
    pub fn count(&self, severity: Severity) -> usize {
        self.shown()
            .filter(|finding| finding.severity == severity)
            .count()
    }
}

/// What a breach means, in words.
pub fn force_words(force: Force) -> &'static str {
    match force {
        Force::Licence => "a condition of the licence: a breach ends the permission",
        Force::Contract => "terms of use that users of the API agree to",
        Force::Guideline => "the trademark owner's published guidelines",
        Force::LegacyGuideline => "older guidelines of the trademark owner",
        Force::Style => "the owner's rule for its own writers",
        Force::Hygiene => "no term of its own: keeps an obligation checkable",
    }
}

/// What a breach means, in a word or two before its clause.
pub fn force_plain(force: Force) -> &'static str {
    match force {
        Force::Licence => "must",
        Force::Contract => "contract",
        Force::Guideline => "guideline",
        Force::LegacyGuideline => "older guideline",
        Force::Style => "house style",
        Force::Hygiene => "good practice",
    }
}

/// Its name in the YAML of a pack and in every output.
pub fn force_name(force: Force) -> &'static str {
    match force {
        Force::Licence => "licence",
        Force::Contract => "contract",
        Force::Guideline => "guideline",
        Force::LegacyGuideline => "legacy-guideline",
        Force::Style => "style",
        Force::Hygiene => "hygiene",
    }
}
