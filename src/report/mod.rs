//! How findings look. One file a format.

mod human;
mod json;
mod text;

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

pub use human::{HumanStyle, write as write_human};
pub use json::write as write_json;
pub use text::visible;

use crate::finding::{Finding, Severity};
use crate::pack::Pack;
use crate::scan::Report;
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
}

impl<'a> View<'a> {
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

/// Writes a report in one of the formats for machines.
pub type MachineWriter = fn(&View<'_>, &mut dyn Write) -> io::Result<()>;
