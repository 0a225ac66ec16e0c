//! One finding as a result.

use std::collections::BTreeMap;

use super::limits::Limits;
use super::model as sarif;
use super::{level, place, text};
use crate::facts::FileKind;
use crate::finding::{Finding, Fix, Related, Suppression, SuppressionKind};
use crate::pack::Aggregate;
use crate::parse::kind;
use crate::report::{View, fingerprint};
use crate::source::Span;

/// Name and version of the fingerprint.
const FINGERPRINT: &str = "termscheckFinding/v2";

/// The one fingerprint that code scanning at GitHub goes by.
const GITHUB_FINGERPRINT: &str = "primaryLocationLineHash";

/// What is known of a finding besides itself.
pub struct Known {
    /// Place of its rule among the descriptors.
    pub rule: Option<usize>,
    /// By which it is known again.
    pub fingerprint: String,
    /// The hash of its line.
    pub line_hash: Option<String>,
}

/// The result of a finding.
pub fn of<'a>(
    view: &View<'_>,
    finding: &'a Finding,
    known: Known,
    limits: Limits,
) -> sarif::RunResult<'a> {
    let clause = &finding.rule.clause;
    let related = finding.related.iter().take(limits.locations - 1);
    sarif::RunResult {
        rule_id: &finding.rule.id,
        rule_index: known.rule,
        level: level(finding.severity),
        message: text(&finding.message),
        locations: (finding.primary.iter())
            .map(|span| place::primary(view, *span, &finding.label))
            .collect(),
        related_locations: related
            .enumerate()
            .map(|(index, related)| sarif::Location {
                id: Some(index + 1),
                ..place::location(view, related.span, &related.message)
            })
            .collect(),
        code_flows: flow(view, &finding.flow, limits.locations),
        partial_fingerprints: fingerprints(view, finding, known),
        fixes: finding
            .fixes()
            .filter_map(|change| fix(view, change))
            .collect(),
        suppressions: view
            .sarif
            .suppressed
            .then(|| finding.suppressed.iter().map(suppression).collect()),
        properties: sarif::ResultProperties {
            pack: &finding.rule.pack,
            confidence: finding.confidence.as_str(),
            clause: format!(
                "{}, {}: “{}”",
                clause.document, clause.section, clause.quote
            ),
            clause_url: &clause.url,
            sentence: (finding.sentence.as_ref())
                .map(|sentence| format!("{}: “{}”", sentence.url, sentence.quote)),
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

/// Words of a text that stand alone are known again by their line, as the upload action
/// would do. What stands for several places (a name, a folder) is not: mending the first
/// would close its alert and open another (case sarif/05). Nor is code: the hash reaches
/// over the lines below, so that a second loop there would close the alert of the first
/// (case sarif/06).
fn fingerprints(
    view: &View<'_>,
    finding: &Finding,
    known: Known,
) -> BTreeMap<&'static str, String> {
    let is_text = |span: Span| {
        matches!(
            kind::kind(view.path(span)),
            FileKind::Markdown
                | FileKind::ReStructuredText
                | FileKind::AsciiDoc
                | FileKind::Html
                | FileKind::Text
        )
    };
    let alone = finding.rule.aggregate == Aggregate::None && finding.primary.is_some_and(is_text);
    let hash = known.line_hash.filter(|_| alone);
    let hash = hash.unwrap_or_else(|| known.fingerprint.clone());
    BTreeMap::from([(GITHUB_FINGERPRINT, hash), (FINGERPRINT, known.fingerprint)])
}

fn suppression(suppression: &Suppression) -> sarif::Suppression<'_> {
    sarif::Suppression {
        kind: match suppression.kind {
            SuppressionKind::Inline => "inSource",
            _ => "external",
        },
        status: "accepted",
        justification: &suppression.reason,
    }
}

/// The way to a request, as one thread.
fn flow(view: &View<'_>, steps: &[Related], most: usize) -> Vec<sarif::CodeFlow> {
    if steps.is_empty() {
        return Vec::new();
    }
    let steps = steps.iter().take(most);
    let locations = steps
        .map(|step| sarif::ThreadFlowLocation {
            location: place::location(view, step.span, &step.message),
        })
        .collect();
    vec![sarif::CodeFlow {
        thread_flows: [sarif::ThreadFlow { locations }],
    }]
}

fn fix<'a>(view: &View<'_>, fix: &'a Fix) -> Option<sarif::Fix<'a>> {
    let mut changes: Vec<sarif::ArtifactChange<'a>> = Vec::new();
    for edit in &fix.edits {
        // In a text with replaced bytes places are not those of the file.
        if view.source(edit.span.file)?.lossy {
            return None;
        }
        let location = place::artifact(view, edit.span);
        let replacement = sarif::Replacement {
            deleted_region: place::region(view, edit.span, false)?,
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
