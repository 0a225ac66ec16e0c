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
    let mut groups: BTreeMap<Alike<'_>, Vec<Gap<'_>>> = BTreeMap::new();
    for gap in gaps {
        let (file, coverage) = &gap;
        let alike = Alike {
            folder: top(&file.record.path),
            scope: coverage.scope,
            lacks: coverage.lacks.clone(),
            hidden: !coverage.hidden.is_empty(),
            severity: severity(config, file),
        };
        groups.entry(alike).or_default().push(gap);
    }
    for (alike, gaps) in groups {
        if let Some((first, others)) = gaps.split_first() {
            out.extend(finding(config, context, first, others, &alike));
        }
    }
}

/// What pages have in common that one attribution mends.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Alike<'a> {
    /// The folder at the top that they lie in: which that is does not hang on what other
    /// pages there are.
    folder: &'a str,
    /// The nearest folder that attributes anything.
    scope: &'a str,
    lacks: Vec<Element>,
    hidden: bool,
    severity: Severity,
}

fn top(path: &str) -> &str {
    path.split_once('/').map_or("", |(folder, _)| folder)
}

/// An error needs a mark that nobody writes who did not copy the page: a key of the
/// owner's pipeline, or another beside one that is independent of it. A comment in
/// code is worth a note.
fn severity(config: &Config, file: &Derived<'_>) -> Severity {
    if file.in_code() {
        Severity::Note
    } else if config.report == Kind::Missing
        && file.strong
        && (file.unmistakable || file.independent >= 2)
    {
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
    alike: &Alike<'_>,
) -> Option<Finding> {
    let mark = file.heaviest()?;
    let evidence = evidence(config, file);
    let unseen = |element: &Element| coverage.hidden.iter().any(|(known, _)| known == element);
    let mut missing: Vec<&str> = coverage
        .lacks
        .iter()
        .filter(|element| !unseen(element))
        .filter_map(|element| config.elements.get(element))
        .map(String::as_str)
        .collect();
    if !coverage.hidden.is_empty() {
        missing.push(&config.hidden);
    }
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
        .at_most(alike.severity)
        .subject(&*file.record.path)
        .help(help(config, context, file, coverage, others.len()));
    if !file.strong {
        finding = finding.confidence_at_most(Confidence::Medium);
    }
    if coverage.dangling.is_some() {
        finding = finding
            .label(config.dangling.clone())
            .related(mark.span, evidence);
    }
    if let Some((_, span)) = coverage.hidden.first() {
        finding = finding.related(*span, config.unseen.clone());
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
    others: usize,
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
    let folder = match folder(&file.record.path) {
        _ if others > 0 => match top(&file.record.path) {
            "" => config.root.clone(),
            folder => format!("{folder}/"),
        },
        "" => config.root.clone(),
        folder => format!("{folder}/"),
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
            ("folder", &folder),
            ("looked", &list(&looked, &config.and)),
        ],
    )
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
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
