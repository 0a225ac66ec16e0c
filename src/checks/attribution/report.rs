//! The findings: one for each derived file, or one for many of a folder.

use std::collections::BTreeMap;

use super::coverage::Coverage;
use super::derived::Derived;
use super::{Config, Kind};
use crate::aggregate::MAX_RELATED;
use crate::checks::RepositoryContext;
use crate::facts::signals::{AttributionElement as Element, ProvenanceKind};
use crate::finding::{Confidence, Finding, Severity};
use crate::pack::schema::fill;

/// Marks that a message names.
const MAX_NAMED: usize = 3;
/// Places that the help names.
const MAX_LOOKED: usize = 5;

type Gap<'a> = (Derived<'a>, Coverage<'a>);

/// Emits the findings of one rule.
pub(super) fn report(
    config: &Config,
    context: &RepositoryContext<'_>,
    gaps: Vec<Gap<'_>>,
    out: &mut Vec<Finding>,
) {
    let mut groups: BTreeMap<(&str, Vec<Element>, Severity), Vec<Gap<'_>>> = BTreeMap::new();
    for gap in gaps {
        let (file, coverage) = &gap;
        let severity = severity(config, file);
        groups
            .entry((coverage.scope, coverage.lacks.clone(), severity))
            .or_default()
            .push(gap);
    }
    for ((.., severity), gaps) in groups {
        if gaps.len() <= config.each {
            for gap in &gaps {
                out.extend(finding(config, context, gap, &[], severity));
            }
        } else if let Some((first, others)) = gaps.split_first() {
            out.extend(finding(config, context, first, others, severity));
        }
    }
}

/// An error needs two marks that are independent of each other, one of which nobody
/// writes who did not copy the page. A comment in code is worth a note.
fn severity(config: &Config, file: &Derived<'_>) -> Severity {
    if file.in_code() {
        Severity::Note
    } else if config.report == Kind::Missing && file.strong && file.independent >= 2 {
        Severity::Error
    } else {
        Severity::Warning
    }
}

fn finding(
    config: &Config,
    context: &RepositoryContext<'_>,
    (file, coverage): &Gap<'_>,
    others: &[Gap<'_>],
    severity: Severity,
) -> Option<Finding> {
    let mark = file.heaviest()?;
    let evidence = evidence(config, file);
    let missing: Vec<&str> = coverage
        .lacks
        .iter()
        .filter_map(|element| config.elements.get(element))
        .map(String::as_str)
        .collect();
    let count = others.len().to_string();
    let others_said = if others.is_empty() {
        String::new()
    } else {
        fill(&config.others, &[("count", &count)])
    };
    let message = context.rule.message(&[
        ("file", &file.record.path),
        ("evidence", &evidence),
        ("missing", &list(&missing, &config.and)),
        ("others", &others_said),
    ]);
    let primary = coverage.dangling.unwrap_or(mark.span);
    let mut finding = Finding::new(context.rule, Some(primary), message)
        .at_most(severity)
        .subject(&*file.record.path)
        .help(help(config, context, file, coverage));
    if !file.strong {
        finding = finding.confidence_at_most(Confidence::Medium);
    }
    if coverage.dangling.is_some() {
        finding = finding
            .label(config.dangling.clone())
            .related(mark.span, evidence);
    }
    if let Some((title, licence)) = &coverage.relicensed {
        let said = fill(&config.relicensed, &[("licence", licence)]);
        finding = finding.related(*title, said);
    }
    finding.count += others.len() as u32;
    for (other, _) in others {
        if let Some(mark) = other.heaviest()
            && finding.related.len() < MAX_RELATED
        {
            finding = finding.related(mark.span, self::evidence(config, other));
        }
    }
    Some(finding)
}

/// The marks of a file in words: heaviest first, each kind together.
fn evidence(config: &Config, file: &Derived<'_>) -> String {
    let mut parts = Vec::new();
    for (kind, template) in [
        (ProvenanceKind::FrontMatter, &config.evidence.front_matter),
        (ProvenanceKind::Statement, &config.evidence.statement),
        (ProvenanceKind::Passage, &config.evidence.passage),
        (ProvenanceKind::Docfx, &config.evidence.docfx),
    ] {
        let mut marks: Vec<_> = file
            .signals
            .provenance
            .iter()
            .filter(|mark| mark.kind == kind)
            .collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.span));
        let names: Vec<&str> = marks
            .iter()
            .take(MAX_NAMED)
            .map(|mark| mark.what.as_str())
            .collect();
        if !names.is_empty() {
            parts.push(fill(template, &[("marks", &list(&names, &config.and))]));
        }
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    list(&parts, &config.and)
}

fn help(
    config: &Config,
    context: &RepositoryContext<'_>,
    file: &Derived<'_>,
    coverage: &Coverage<'_>,
) -> String {
    let origin = file.signals.origin.as_ref();
    let title = origin
        .and_then(|origin| origin.title.as_deref())
        .unwrap_or(&file.record.path);
    let url = origin
        .and_then(|origin| origin.url.as_deref())
        .unwrap_or(&config.unknown_url);
    let changes = if origin.is_some_and(|origin| origin.translated) {
        &config.changes.translated
    } else {
        &config.changes.unknown
    };
    let mut looked: Vec<&str> = vec![&config.itself];
    looked.extend(
        coverage
            .looked
            .iter()
            .take(MAX_LOOKED)
            .map(|record| &*record.path),
    );
    fill(
        &context.rule.help,
        &[
            ("title", title),
            ("url", url),
            ("changes", changes),
            ("looked", &list(&looked, &config.and)),
        ],
    )
}

/// `a, b and c`.
fn list(items: &[&str], and: &str) -> String {
    match items {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [head @ .., last] => format!("{} {and} {last}", head.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_read_as_sentences() {
        assert_eq!(list(&["a"], "and"), "a");
        assert_eq!(list(&["a", "b", "c"], "and"), "a, b and c");
    }
}
