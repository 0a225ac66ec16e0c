//! The JSON report, described in `docs/json.md` and by `termscheck schema report`.

pub mod model;

use std::borrow::Cow;
use std::io::{self, Write};

use model::{Counts, Document, Files, Findings, Level, Position, SuppressedBy, Tool, VERSION};

use super::silenced::silenced;
use super::{View, fingerprint, safe_json};
use crate::finding::{self, Finding, Severity, SuppressionKind};
use crate::scan::{self, NoticeLevel};
use crate::source;

/// Writes the report as one JSON document.
pub fn write(view: &View<'_>, out: &mut dyn Write) -> io::Result<()> {
    let prints = fingerprint::of(view);
    let findings = view.report.findings.iter().zip(&prints);
    let document = Document {
        version: VERSION,
        tool: Tool::THIS,
        root: root(view),
        packs: view
            .packs
            .iter()
            .map(|pack| model::Part {
                id: &pack.id,
                title: &pack.title,
                takes_part: view.part(pack).is_some_and(|part| part.takes_part),
                reason: view.part(pack).map(|part| part.reason.as_str()),
            })
            .collect(),
        findings: findings
            .map(|(found, print)| finding(view, found, print))
            .collect(),
        notices: view
            .report
            .notices
            .iter()
            .map(|said| notice(view, said))
            .collect(),
        counts: counts(view),
    };
    safe_json::write(&document, out)
}

/// The folder that paths are relative to; on Windows as it is typed, without the prefix
/// by which the system makes it canonical.
pub(super) fn root<'a>(view: &View<'a>) -> Cow<'a, str> {
    dunce::simplified(view.root).to_string_lossy()
}

/// How many files and findings.
pub(super) fn counts(view: &View<'_>) -> Counts {
    let counts = &view.report.counts;
    Counts {
        files: Files {
            checked: counts.read,
            bytes: counts.bytes,
            parsed: counts.parsed,
            skipped: counts
                .skipped
                .iter()
                .map(|(skip, count)| (skip.key(), *count))
                .collect(),
        },
        findings: Findings {
            error: view.count(Severity::Error),
            warning: view.count(Severity::Warning),
            note: view.count(Severity::Note),
            suppressed: view.report.findings.len() - view.shown().count(),
            permitted: view
                .report
                .findings
                .iter()
                .filter_map(|finding| Some(finding.suppressed.as_ref()?.kind))
                .filter(|kind| *kind == SuppressionKind::Grant)
                .count(),
            silenced: silenced(view)
                .iter()
                .map(|cause| (cause.key, cause.count))
                .collect(),
        },
    }
}

/// A finding with its fingerprint.
pub(super) fn finding<'a>(
    view: &View<'a>,
    finding: &'a Finding,
    print: &'a str,
) -> model::Finding<'a> {
    let rule = &finding.rule;
    let primary = finding.primary;
    model::Finding {
        rule: rule.reported(),
        id: &rule.id,
        pack: &rule.pack,
        title: &rule.title,
        severity: finding.severity,
        confidence: finding.confidence,
        force: rule.force,
        message: &finding.message,
        label: &finding.label,
        help: &finding.help,
        path: primary.map(|span| view.path(span)),
        span: primary.and_then(|at| span(view, at)),
        text: primary.and_then(|at| Some(view.source(at.file)?.slice(at))),
        subject: finding.subject.as_deref(),
        count: finding.count,
        members: (finding.members.iter().zip(fingerprint::of_members(finding)))
            .map(|(subject, fingerprint)| model::Member {
                subject,
                fingerprint,
            })
            .collect(),
        joined: &finding.joined,
        related: finding
            .related
            .iter()
            .map(|related| model::Related {
                path: view.path(related.span),
                span: span(view, related.span),
                message: &related.message,
            })
            .collect(),
        clause: (&*rule.clause).into(),
        sentence: (finding.sentence.as_ref()).map(|sentence| model::Sentence {
            quote: &sentence.quote,
            url: &sentence.url,
        }),
        fix: finding.fix.as_ref().and_then(|change| fix(view, change)),
        unsafe_fix: (finding.unsafe_fix.as_ref()).and_then(|change| fix(view, change)),
        suppressed: finding.suppressed.as_ref().map(suppressed),
        fingerprint: Cow::Borrowed(print),
    }
}

/// A change; none in a text with replaced bytes, whose places are not those of the file.
fn fix<'a>(view: &View<'a>, fix: &'a finding::Fix) -> Option<model::Fix<'a>> {
    let lossy = |edit: &finding::Edit| {
        let source = view.source(edit.span.file);
        source.is_some_and(|source| source.lossy)
    };
    if fix.edits.iter().any(lossy) {
        return None;
    }
    let edits = fix.edits.iter().map(|edit| model::Edit {
        path: view.path(edit.span),
        span: span(view, edit.span),
        replacement: &edit.replacement,
    });
    Some(model::Fix {
        title: &fix.title,
        safe: fix.safe,
        edits: edits.collect(),
    })
}

fn suppressed(by: &finding::Suppression) -> model::Suppressed<'_> {
    model::Suppressed {
        kind: match by.kind {
            SuppressionKind::Inline => SuppressedBy::Inline,
            SuppressionKind::Config => SuppressedBy::Config,
            SuppressionKind::Baseline => SuppressedBy::Baseline,
            SuppressionKind::Grant => SuppressedBy::Grant,
        },
        reason: &by.reason,
    }
}

/// Something that is no finding.
pub(super) fn notice<'a>(view: &View<'a>, notice: &'a scan::Notice) -> model::Notice<'a> {
    model::Notice {
        level: match notice.level {
            NoticeLevel::Info => Level::Info,
            NoticeLevel::Note => Level::Note,
            NoticeLevel::Warning => Level::Warning,
            NoticeLevel::Unchecked => Level::Unchecked,
        },
        path: notice.path.as_deref(),
        span: notice.span.and_then(|at| span(view, at)),
        message: &notice.message,
    }
}

/// Start and end; `None` when the text is gone.
fn span(view: &View<'_>, span: source::Span) -> Option<model::Span> {
    let source = view.source(span.file)?;
    let position = |offset: u32| {
        let position = source.position(offset);
        Position {
            line: position.line,
            column: position.column,
            utf16: position.utf16,
            offset,
        }
    };
    Some(model::Span {
        start: position(span.start),
        end: position(span.end),
    })
}
