//! Code Quality of GitLab: a list of issues, each with a path, a line and a fingerprint.

use std::io::{self, Write};

use serde_json::json;

use super::{View, fingerprint, place, safe_json};
use crate::finding::Severity;

/// Writes the list.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let findings = view.report.findings.iter().zip(fingerprint::of(view));
    let issues: Vec<_> = findings
        .filter(|(finding, _)| finding.suppressed.is_none())
        .map(|(finding, fingerprint)| {
            let place = place::of(view, finding);
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Note => "info",
            };
            json!({
                "type": "issue",
                "categories": ["Style"],
                "check_name": finding.rule.id,
                "description": finding.message,
                "content": { "body": finding.advice() },
                "fingerprint": fingerprint,
                "severity": severity,
                "location": {
                    "path": place.path,
                    "lines": { "begin": place.line, "end": place.end_line },
                },
            })
        })
        .collect();
    safe_json::write(&issues, out)
}
