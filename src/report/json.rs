//! The JSON report, described in `docs/json.md`.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{View, fingerprint, safe_json};
use crate::finding::{Edit, Finding, Severity, SuppressionKind};
use crate::pack::Clause;
use crate::scan::Notice;
use crate::source::Span;

/// Version of the format: raised when a key changes its meaning or goes away.
pub const VERSION: u32 = 1;

/// Writes the report as one JSON document.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = view.report;
    let document = json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "root": view.root.to_string_lossy(),
        "packs": view.packs.iter().map(|pack| json!({
            "id": &*pack.id,
            "title": pack.title,
            "takes_part": view.part(pack).is_some_and(|part| part.takes_part),
            "reason": view.part(pack).map(|part| part.reason.as_str()),
        })).collect::<Vec<_>>(),
        "findings": report.findings.iter().zip(fingerprint::of(view))
            .map(|(found, fingerprint)| finding(view, found, &fingerprint))
            .collect::<Vec<_>>(),
        "notices": report.notices.iter().map(|said| notice(view, said)).collect::<Vec<_>>(),
        "counts": counts(view),
    });
    safe_json::write(&document, out)
}

/// How many files and findings, as every JSON document has it.
pub(super) fn counts(view: &View<'_>) -> Value {
    let report = view.report;
    let skipped: serde_json::Map<String, Value> = report
        .counts
        .skipped
        .iter()
        .map(|(skip, count)| (skip.key().to_owned(), json!(count)))
        .collect();
    json!({
        "files": {
            "checked": report.counts.read,
            "bytes": report.counts.bytes,
            "parsed": report.counts.parsed,
            "skipped": skipped,
        },
        "findings": {
            "error": view.count(Severity::Error),
            "warning": view.count(Severity::Warning),
            "note": view.count(Severity::Note),
            "suppressed": report.findings.len() - view.shown().count(),
        },
    })
}

/// A clause, as every JSON document has it.
pub(super) fn clause(clause: &Clause) -> Value {
    json!({
        "id": clause.id,
        "document": clause.document,
        "section": clause.section,
        "quote": clause.quote,
        "url": clause.url,
        "place": clause.place,
    })
}

pub(super) fn finding(view: &View<'_>, finding: &Finding, print: &str) -> Value {
    let rule = &finding.rule;
    json!({
        "rule": rule.id,
        "pack": &*rule.pack,
        "title": rule.title,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "force": rule.force,
        "message": finding.message,
        "label": finding.label,
        "help": finding.help,
        "path": finding.primary.map(|span| view.path(span)),
        "span": finding.primary.map(|at| span(view, at)),
        "text": finding.primary.and_then(|at| Some(view.source(at.file)?.slice(at))),
        "subject": finding.subject,
        "count": finding.count,
        "members": finding.members.iter().zip(fingerprint::of_members(finding))
            .map(|(member, fingerprint)| json!({ "subject": member, "fingerprint": fingerprint }))
            .collect::<Vec<_>>(),
        "joined": finding.joined,
        "related": finding.related.iter().map(|related| json!({
            "path": view.path(related.span),
            "span": span(view, related.span),
            "message": related.message,
        })).collect::<Vec<_>>(),
        "clause": clause(&rule.clause),
        "fix": finding.fix.as_ref().map(|fix| json!({
            "title": fix.title,
            "safe": fix.safe,
            "edits": fix.edits.iter().map(|change| edit(view, change)).collect::<Vec<_>>(),
        })),
        "suppressed": finding.suppressed.as_ref().map(|suppression| json!({
            "kind": match suppression.kind {
                SuppressionKind::Inline => "inline",
                SuppressionKind::Config => "config",
                SuppressionKind::Baseline => "baseline",
            },
            "reason": suppression.reason,
        })),
        "fingerprint": print,
    })
}

fn edit(view: &View<'_>, edit: &Edit) -> Value {
    json!({
        "path": view.path(edit.span),
        "span": span(view, edit.span),
        "replacement": edit.replacement,
    })
}

pub(super) fn notice(view: &View<'_>, notice: &Notice) -> Value {
    json!({
        "level": notice.level.as_str(),
        "path": notice.path,
        "span": notice.span.map(|at| span(view, at)),
        "message": notice.message,
    })
}

/// Start and end, the end exclusive; `null` when the text is gone.
fn span(view: &View<'_>, span: Span) -> Value {
    let Some(source) = view.source(span.file) else {
        return Value::Null;
    };
    let position = |offset: u32| {
        let position = source.position(offset);
        json!({
            "line": position.line,
            "column": position.column,
            "utf16": position.utf16,
            "offset": offset,
        })
    };
    json!({ "start": position(span.start), "end": position(span.end) })
}
