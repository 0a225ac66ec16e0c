//! `--since` and `--staged`: findings whose places were changed.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;

use super::CommandError;
use crate::changes::{Before, Since};
use crate::facts::FileKind;
use crate::finding::Finding;
use crate::pack::schema::Aggregate;
use crate::parse::kind;
use crate::scan::Report;
use crate::source::{FileId, Source, Span};

/// A repository's files as they were.
pub(crate) fn before(root: &Path, since: &Since) -> Result<Before, CommandError> {
    Before::read(root, since).map_err(|message| {
        CommandError::new(match since {
            Since::Revision(name) => format!("--since {name}: {message}"),
            Since::Staged => format!("--staged: {message}"),
        })
    })
}

/// Leaves the findings that have a place among the changed lines.
pub(crate) fn keep(report: &mut Report, before: &Before, quiet: bool) {
    let mut lines: BTreeMap<FileId, BTreeSet<u32>> = BTreeMap::new();
    let is_picture = |source: &Source| kind::kind(&source.path) == FileKind::Picture;
    for (id, source) in report.sources.iter().filter(|(_, one)| !is_picture(one)) {
        lines.insert(*id, before.changed(&source.path, &source.counted()));
    }
    let touched = |span: Span| {
        let Some(source) = report.sources.get(&span.file) else {
            return false;
        };
        // A picture has no lines, and a drawing is told as a whole, too.
        let drawing = span.start == span.end && kind::kind(&source.path) == FileKind::Svg;
        let Some(lines) = lines.get(&span.file).filter(|_| !drawing) else {
            return before.has_changed(&source.path);
        };
        let (first, last) = (
            source.position(span.start).line,
            source.position(span.end).line,
        );
        lines.range(first..=last).next().is_some()
    };
    let places = |finding: &Finding| -> Vec<Span> {
        let others = finding.related.iter().chain(&finding.flow);
        let others = others.map(|related| related.span);
        finding
            .primary
            .into_iter()
            .chain(finding.anchor)
            .chain(others)
            .collect()
    };
    // What is missing since a file is gone stands nowhere that was changed.
    let lost = before.lost_a_file_of_all();
    let of_all = |finding: &Finding| lost && finding.rule.aggregate == Aggregate::Repository;
    let kept: Vec<bool> = report
        .findings
        .iter()
        .map(|finding| of_all(finding) || places(finding).into_iter().any(touched))
        .collect();
    // What stands for several places is told at one that was changed.
    for finding in &mut report.findings {
        if finding.count > 1 && finding.primary.is_some_and(|span| !touched(span)) {
            let changed = finding.related.iter_mut().find(|other| touched(other.span));
            if let (Some(other), Some(primary)) = (changed, &mut finding.primary) {
                std::mem::swap(&mut other.span, primary);
            }
        }
    }
    let all = report
        .findings
        .iter()
        .filter(|one| one.suppressed.is_none())
        .count();
    let mut kept = kept.into_iter();
    report.findings.retain(|_| kept.next().unwrap_or(true));
    let left = report
        .findings
        .iter()
        .filter(|one| one.suppressed.is_none())
        .count();
    if !quiet && all > left {
        let _ = writeln!(
            anstream::stderr(),
            "{} of {all} findings stand where nothing was changed, and are left out",
            all - left
        );
    }
}
