//! What makes a finding the same finding in the next run: its rule, its words and
//! their neighbourhood, never its position.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::View;
use crate::finding::Finding;

/// Characters before and after the words that belong to the neighbourhood.
const NEIGHBOURHOOD: usize = 40;

/// Fingerprints of all findings, in their order. Findings that are alike in all but
/// position are numbered from the second on.
pub fn of(view: &View<'_>) -> Vec<String> {
    let mut seen: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    view.report
        .findings
        .iter()
        .map(|finding| {
            let parts = parts(view, finding);
            let number = seen.entry(parts.clone()).or_default();
            *number += 1;
            digest(&parts, *number)
        })
        .collect()
}

fn parts(view: &View<'_>, finding: &Finding) -> Vec<String> {
    let mut parts = vec![finding.rule.pack.to_string(), finding.rule.id.clone()];
    let Some(span) = finding.primary else {
        parts.extend(finding.subject.clone());
        return parts;
    };
    parts.push(view.path(span).to_owned());
    let Some(source) = view.source(span.file) else {
        return parts;
    };
    let words = source.slice(span);
    let before = source.text.get(..span.start as usize).unwrap_or("");
    let after = source.text.get(span.end as usize..).unwrap_or("");
    // Only what shares the words' lines, so that lines may come and go around them.
    let before: Vec<char> = before
        .chars()
        .rev()
        .take_while(|c| *c != '\n')
        .filter(|c| !c.is_whitespace())
        .take(NEIGHBOURHOOD)
        .collect();
    let after: String = after
        .chars()
        .take_while(|c| *c != '\n')
        .filter(|c| !c.is_whitespace())
        .take(NEIGHBOURHOOD)
        .collect();
    parts.push(before.into_iter().rev().collect());
    parts.push(words.split_whitespace().collect::<Vec<_>>().join(" "));
    parts.push(after);
    parts
}

fn digest(parts: &[String], number: u32) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.as_bytes());
        hasher.update([0]);
    }
    if number > 1 {
        hasher.update(number.to_be_bytes());
    }
    let mut out = String::with_capacity(32);
    for byte in hasher.finalize().iter().take(16) {
        use std::fmt::Write as _;
        let _ = write!(out, "{byte:02x}");
    }
    out
}
