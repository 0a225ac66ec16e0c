//! Brings findings of one rule together, so that a badge repeated fifty times is
//! one finding with forty-nine related places.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::pack::Aggregate;

/// Related places that one finding carries at most; the count says the rest.
pub const MAX_RELATED: usize = 10;

/// Merges findings as their rules say. An error always stands alone; what is
/// suppressed and what is not never meet. The first in path and byte order carries
/// the others.
pub fn aggregate(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(order);
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
        head.severity = head.severity.max(finding.severity);
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
