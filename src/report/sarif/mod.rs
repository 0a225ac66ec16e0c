//! SARIF 2.1.0, for code scanning.

mod model;
mod rules;
mod uri;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{View, fingerprint, safe_json};
use crate::finding::{Finding, Fix, Related, Severity};
use crate::scan::{Notice, NoticeLevel};
use crate::source::Span;
use model as sarif;

/// Name of the base that paths are relative to.
const BASE: &str = "SRCROOT";

/// Name and version of the fingerprint.
const FINGERPRINT: &str = "termscheckFinding/v2";

/// The one fingerprint that code scanning at GitHub goes by; without it the line of
/// the first place decides, and mending that place opens a new alert.
const GITHUB_FINGERPRINT: &str = "primaryLocationLineHash";

/// Writes the report as one SARIF log with one run.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (descriptors, indices) = rules::describe(view.packs);
    let fingerprints = fingerprint::of(view);
    let results = view
        .report
        .findings
        .iter()
        .zip(fingerprints)
        // Code scanning opens an alert for each, whatever `suppressions` says.
        // One result without a location makes it refuse the whole file.
        .filter(|(finding, _)| finding.suppressed.is_none() && finding.primary.is_some())
        .map(|(finding, fingerprint)| {
            let rule = (&*finding.rule.pack, finding.rule.id.as_str());
            result(view, finding, indices.get(&rule).copied(), fingerprint)
        })
        .collect();
    let log = sarif::Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [sarif::Run {
            tool: sarif::Tool {
                driver: sarif::Driver {
                    name: env!("CARGO_PKG_NAME"),
                    semantic_version: env!("CARGO_PKG_VERSION"),
                    rules: descriptors,
                },
            },
            invocations: [sarif::Invocation {
                execution_successful: !view.report.is_incomplete(),
                tool_execution_notifications: view
                    .report
                    .notices
                    .iter()
                    .map(|notice| notification(view, notice))
                    .chain(view.shown().filter_map(without_place))
                    .collect(),
            }],
            column_kind: "utf16CodeUnits",
            original_uri_base_ids: BTreeMap::from([(
                BASE,
                sarif::ArtifactLocation {
                    uri: uri::folder(view.root),
                    uri_base_id: None,
                },
            )]),
            results,
        }],
    };
    safe_json::write(&log, out)
}

fn result<'a>(
    view: &View<'_>,
    finding: &'a Finding,
    rule_index: Option<usize>,
    fingerprint: String,
) -> sarif::RunResult<'a> {
    let clause = &finding.rule.clause;
    sarif::RunResult {
        rule_id: &finding.rule.id,
        rule_index,
        level: level(finding.severity),
        message: text(&finding.message),
        locations: match finding.primary {
            Some(span) => vec![location(view, span, &finding.label)],
            None => Vec::new(),
        },
        related_locations: finding
            .related
            .iter()
            .enumerate()
            .map(|(index, related)| sarif::Location {
                id: Some(index + 1),
                ..location(view, related.span, &related.message)
            })
            .collect(),
        code_flows: flow(view, &finding.flow),
        partial_fingerprints: BTreeMap::from([
            (GITHUB_FINGERPRINT, fingerprint.clone()),
            (FINGERPRINT, fingerprint),
        ]),
        fixes: finding
            .fix
            .iter()
            .filter_map(|change| fix(view, change))
            .collect(),
        properties: sarif::ResultProperties {
            confidence: finding.confidence.as_str(),
            clause: format!(
                "{}, {}: “{}”",
                clause.document, clause.section, clause.quote
            ),
            clause_url: &clause.url,
            help: &finding.help,
            count: finding.count,
            members: (finding.members.iter().zip(fingerprint::of_members(finding)))
                .map(|(subject, fingerprint)| sarif::Member {
                    subject,
                    fingerprint,
                })
                .collect(),
            subject: finding.subject.as_deref(),
        },
    }
}

/// The way to a request, as one thread.
fn flow(view: &View<'_>, steps: &[Related]) -> Vec<sarif::CodeFlow> {
    if steps.is_empty() {
        return Vec::new();
    }
    let locations = steps
        .iter()
        .map(|step| sarif::ThreadFlowLocation {
            location: location(view, step.span, &step.message),
        })
        .collect();
    vec![sarif::CodeFlow {
        thread_flows: [sarif::ThreadFlow { locations }],
    }]
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

fn location(view: &View<'_>, span: Span, message: &str) -> sarif::Location {
    sarif::Location {
        id: None,
        physical_location: sarif::PhysicalLocation {
            artifact_location: artifact(view, span),
            region: region(view, span, true),
        },
        message: (!message.is_empty()).then(|| text(message)),
    }
}

fn artifact(view: &View<'_>, span: Span) -> sarif::ArtifactLocation {
    match view.report.raw_paths.get(&span.file) {
        Some(raw) => below_base(uri::encode(raw)),
        None => path_location(view.path(span)),
    }
}

fn path_location(path: &str) -> sarif::ArtifactLocation {
    if path.starts_with('/') {
        sarif::ArtifactLocation {
            uri: format!("file://{}", uri::encode(path.as_bytes())),
            uri_base_id: None,
        }
    } else {
        below_base(uri::encode(path.as_bytes()))
    }
}

fn below_base(uri: String) -> sarif::ArtifactLocation {
    sarif::ArtifactLocation {
        uri,
        uri_base_id: Some(BASE),
    }
}

/// Columns in UTF-16 code units, the end exclusive.
fn region(view: &View<'_>, span: Span, snippet: bool) -> Option<sarif::Region> {
    let source = view.source(span.file)?;
    let (start, end) = (source.position(span.start), source.position(span.end));
    Some(sarif::Region {
        start_line: start.line,
        start_column: start.utf16,
        end_line: end.line,
        end_column: end.utf16,
        snippet: (snippet && !span.is_empty()).then(|| text(source.slice(span))),
    })
}

fn fix<'a>(view: &View<'_>, fix: &'a Fix) -> Option<sarif::Fix<'a>> {
    let mut changes: Vec<sarif::ArtifactChange<'a>> = Vec::new();
    for edit in &fix.edits {
        // In a text with replaced bytes places are not those of the file.
        if view.source(edit.span.file)?.lossy {
            return None;
        }
        let location = artifact(view, edit.span);
        let replacement = sarif::Replacement {
            deleted_region: region(view, edit.span, false)?,
            inserted_content: sarif::Content {
                text: &edit.replacement,
            },
        };
        match changes
            .iter_mut()
            .find(|change| change.artifact_location == location)
        {
            Some(change) => change.replacements.push(replacement),
            None => changes.push(sarif::ArtifactChange {
                artifact_location: location,
                replacements: vec![replacement],
            }),
        }
    }
    Some(sarif::Fix {
        description: text(&fix.title),
        artifact_changes: changes,
    })
    .filter(|fix| !fix.artifact_changes.is_empty())
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
        (Some(span), _) => vec![location(view, span, "")],
        (None, Some(path)) => vec![sarif::Location {
            id: None,
            physical_location: sarif::PhysicalLocation {
                artifact_location: path_location(path),
                region: None,
            },
            message: None,
        }],
        (None, None) => Vec::new(),
    };
    sarif::Notification {
        level: match notice.level {
            NoticeLevel::Info => "note",
            NoticeLevel::Warning => "warning",
            NoticeLevel::Unchecked => "error",
        },
        message: text(&notice.message),
        locations,
    }
}
