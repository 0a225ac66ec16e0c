//! SARIF 2.1.0, for code scanning.

mod limits;
mod line_hash;
mod model;
mod place;
mod result;
mod rules;
#[cfg(test)]
mod tests;
mod uri;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use self::limits::{Limits, Results};
use self::result::Known;
use super::silenced::silenced;
use super::{View, fingerprint, safe_json};
use crate::finding::{Finding, Severity};
use crate::scan::{Notice, NoticeLevel};
use crate::source::FileId;
use model as sarif;

/// Name of the base that paths are relative to.
const BASE: &str = "SRCROOT";

/// Writes the report as one SARIF log with one run.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_within(view, Limits::default(), out)
}

fn write_within(view: &View<'_>, limits: Limits, out: &mut dyn Write) -> io::Result<()> {
    let mut results = Results::new(all(view, limits), limits.results);
    let mut log = log(view);
    loop {
        let [run] = &mut log.runs;
        run.results = results.take();
        let [invocation] = &mut run.invocations;
        invocation.tool_execution_notifications = notifications(view, &results);
        let fewer = limits::fewer(&log, limits)?;
        let [run] = &mut log.runs;
        match fewer.filter(|_| !run.results.is_empty()) {
            None => return safe_json::write(&log, out),
            Some(fewer) => {
                results.put_back(std::mem::take(&mut run.results));
                results.keep(fewer);
            }
        }
    }
}

/// Every result with its severity, in the order of the report.
fn all<'a>(view: &View<'a>, limits: Limits) -> Vec<(Severity, sarif::RunResult<'a>)> {
    let indices = rules::indices(view.packs);
    let mut hashes: BTreeMap<FileId, Vec<String>> = BTreeMap::new();
    let fingerprints = fingerprint::of(view);
    let findings = view.report.findings.iter().zip(fingerprints);
    findings
        // Code scanning opens an alert for each, whatever `suppressions` says.
        // One result without a location makes it refuse the whole file.
        .filter(|(finding, _)| {
            (view.sarif.suppressed || finding.suppressed.is_none()) && finding.primary.is_some()
        })
        .map(|(finding, fingerprint)| {
            let known = Known {
                rule: indices.get(finding.rule.id.as_str()).copied(),
                fingerprint,
                line_hash: line_hash(view, finding, &mut hashes),
            };
            (finding.severity, result::of(view, finding, known, limits))
        })
        .collect()
}

/// The hash of a finding's line; those of a file are computed once.
fn line_hash(
    view: &View<'_>,
    finding: &Finding,
    hashes: &mut BTreeMap<FileId, Vec<String>>,
) -> Option<String> {
    let span = finding.primary?;
    let source = view.source(span.file)?;
    let of_file = hashes
        .entry(span.file)
        .or_insert_with(|| line_hash::of(source));
    let line = source.position(span.start).line;
    of_file.get(line as usize - 1).cloned()
}

/// The rules that found something, with their packs.
fn found(view: &View<'_>) -> BTreeSet<String> {
    let findings = view.report.findings.iter();
    findings.map(|finding| finding.rule.qualified()).collect()
}

/// The log without its results.
fn log<'a>(view: &View<'a>) -> sarif::Log<'a> {
    let descriptors = rules::describe(view.packs, &found(view));
    let part = view.sarif.part.trim_matches('/');
    let id = if part.is_empty() {
        format!("{}/", env!("CARGO_PKG_NAME"))
    } else {
        format!("{}/{part}/", env!("CARGO_PKG_NAME"))
    };
    sarif::Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [sarif::Run {
            tool: sarif::Tool {
                driver: sarif::Driver {
                    name: env!("CARGO_PKG_NAME"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    information_uri: (!rules::REPOSITORY.is_empty()).then_some(rules::REPOSITORY),
                    rules: descriptors,
                },
            },
            automation_details: sarif::AutomationDetails { id },
            invocations: [sarif::Invocation {
                execution_successful: !view.report.is_incomplete(),
                tool_execution_notifications: Vec::new(),
            }],
            column_kind: "utf16CodeUnits",
            original_uri_base_ids: BTreeMap::from([(
                BASE,
                sarif::ArtifactLocation {
                    uri: uri::folder(view.root),
                    uri_base_id: None,
                },
            )]),
            results: Vec::new(),
            properties: properties(view),
        }],
    }
}

/// How much was checked, and what the tree itself kept from being shown.
fn properties(view: &View<'_>) -> sarif::RunProperties {
    let counts = &view.report.counts;
    let skipped = counts.skipped.iter();
    sarif::RunProperties {
        files_checked: counts.read,
        files_skipped: skipped.map(|(skip, count)| (skip.key(), *count)).collect(),
        findings_silenced: silenced(view)
            .iter()
            .map(|cause| (cause.key, cause.count))
            .collect(),
    }
}

fn notifications(view: &View<'_>, results: &Results<'_>) -> Vec<sarif::Notification> {
    let left_out = results.left_out().map(|message| sarif::Notification {
        level: "warning",
        message: text(&message),
        locations: Vec::new(),
    });
    left_out
        .into_iter()
        .chain(
            view.report
                .notices
                .iter()
                .map(|one| notification(view, one)),
        )
        .chain(view.shown().filter_map(without_place))
        .collect()
}

fn level(severity: Severity) -> &'static str {
    // The standard has the same three names.
    severity.as_str()
}

fn text(text: &str) -> sarif::Message {
    sarif::Message {
        text: text.to_owned(),
    }
}

/// A finding that no file has a place for, where there is not one file.
fn without_place(finding: &Finding) -> Option<sarif::Notification> {
    finding.primary.is_none().then(|| sarif::Notification {
        level: level(finding.severity),
        message: text(&format!("{}: {}", finding.rule.id, finding.message)),
        locations: Vec::new(),
    })
}

fn notification(view: &View<'_>, notice: &Notice) -> sarif::Notification {
    let locations = match (notice.span, notice.path.as_deref()) {
        (Some(span), _) => vec![place::location(view, span, "")],
        (None, Some(path)) => vec![sarif::Location {
            id: None,
            physical_location: sarif::PhysicalLocation {
                artifact_location: place::of_path(path),
                region: None,
                context_region: None,
            },
            message: None,
        }],
        (None, None) => Vec::new(),
    };
    sarif::Notification {
        level: match notice.level {
            NoticeLevel::Info | NoticeLevel::Note => "note",
            NoticeLevel::Warning => "warning",
            NoticeLevel::Unchecked => "error",
        },
        message: text(&notice.message),
        locations,
    }
}
