//! Brings findings of one rule together, so that a badge repeated fifty times is
//! one finding with forty-nine related places.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::pack::Aggregate;

/// Related places that one finding carries at most; the count says the rest.
pub const MAX_RELATED: usize = 10;

/// Merges findings as their rules say. An error always stands alone; what is
/// suppressed and what is not never meet. The gravest, and of those the first in
/// path and byte order, carries the others.
pub fn aggregate(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| order(a, b)));
    let mut merged: Vec<Finding> = Vec::new();
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let Some(key) = key(&finding) else {
            merged.push(finding);
            continue;
        };
        let Some(&index) = first.get(&key) else {
            first.insert(key, merged.len());
            merged.push(finding);
            continue;
        };
        let head = &mut merged[index];
        head.count += finding.count;
        head.confidence = head.confidence.max(finding.confidence);
        if let Some(span) = finding.primary
            && head.related.len() < MAX_RELATED
        {
            head.related.push(crate::finding::Related {
                span,
                message: finding.message,
            });
        }
        if let (Some(head), Some(fix)) = (&mut head.fix, finding.fix) {
            head.safe &= fix.safe;
            head.edits.extend(fix.edits);
        }
    }
    merged
}

fn key(finding: &Finding) -> Option<String> {
    if finding.severity == Severity::Error {
        return None;
    }
    let rule = &finding.rule;
    let place = match rule.aggregate {
        Aggregate::None => return None,
        Aggregate::File => format!("{:?}", finding.primary.map(|span| span.file)),
        Aggregate::Subject => finding.subject.clone().unwrap_or_default(),
        Aggregate::Repository => String::new(),
    };
    let suppression = finding
        .suppressed
        .as_ref()
        .map_or("", |suppression| &suppression.reason);
    Some(format!(
        "{}\0{}\0{place}\0{}\0{suppression}",
        rule.pack,
        rule.id,
        finding.suppressed.is_some()
    ))
}

/// The order of every output: place, then rule, then words.
pub fn order(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    (a.primary, &a.rule.id, &a.rule.pack, &a.message).cmp(&(
        b.primary,
        &b.rule.id,
        &b.rule.pack,
        &b.message,
    ))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, OnceLock};

    use super::*;
    use crate::finding::{Suppression, SuppressionKind};
    use crate::pack::{Rule, load_embedded};
    use crate::source::{FileId, Span};

    /// A finding at byte `at` of file `file`, of whichever shipped rule merges so.
    fn finding(merge: Aggregate, severity: Severity, file: u32, at: usize) -> Finding {
        static RULES: OnceLock<Vec<Arc<Rule>>> = OnceLock::new();
        let rules = RULES.get_or_init(|| {
            let packs = load_embedded().expect("the shipped packs");
            let rules = packs.iter().flat_map(|pack| &pack.rules);
            rules.map(|compiled| Arc::clone(&compiled.rule)).collect()
        });
        let rule = rules
            .iter()
            .find(|rule| rule.aggregate == merge)
            .expect("a rule");
        let span = Span::new(FileId(file), at..at + 1);
        let mut finding = Finding::new(rule, Some(span), format!("at {at}"));
        finding.severity = severity;
        finding
    }

    #[test]
    fn errors_stand_alone_and_the_rest_merges_by_file() {
        let note = |file, at| finding(Aggregate::File, Severity::Note, file, at);
        let error = |at| finding(Aggregate::File, Severity::Error, 0, at);
        let merged = aggregate(vec![note(1, 5), error(9), note(0, 3), note(0, 1), error(7)]);
        let counts: Vec<_> = merged
            .iter()
            .map(|f| (f.message.as_str(), f.count))
            .collect();
        assert_eq!(counts, [("at 7", 1), ("at 9", 1), ("at 1", 2), ("at 5", 1)]);
        assert_eq!(merged[2].related.len(), 1);
    }

    #[test]
    fn the_gravest_carries_the_others() {
        let merged = aggregate(vec![
            finding(Aggregate::File, Severity::Note, 0, 1),
            finding(Aggregate::File, Severity::Warning, 0, 8),
        ]);
        assert_eq!(merged.len(), 1);
        assert_eq!(
            (merged[0].message.as_str(), merged[0].severity),
            ("at 8", Severity::Warning)
        );
    }

    #[test]
    fn places_are_counted_and_few_are_kept() {
        let many = (0..50)
            .map(|at| finding(Aggregate::File, Severity::Note, 0, at))
            .collect();
        let merged = aggregate(many);
        assert_eq!((merged.len(), merged[0].count), (1, 50));
        assert_eq!(merged[0].related.len(), MAX_RELATED);
    }

    #[test]
    fn what_is_suppressed_stays_apart() {
        let mut quiet = finding(Aggregate::File, Severity::Note, 0, 1);
        quiet.suppressed = Some(Suppression {
            kind: SuppressionKind::Inline,
            reason: String::new(),
        });
        let merged = aggregate(vec![quiet, finding(Aggregate::File, Severity::Note, 0, 3)]);
        assert_eq!(merged.len(), 2);
    }
}
