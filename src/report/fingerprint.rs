//! What makes a finding the same finding in the next run: its rule and what it is
//! about, never its position nor which of its places comes first.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::View;
use crate::baseline::Prints;
use crate::finding::{Finding, SuppressionKind};
use crate::pack::Aggregate;
use crate::source::Span;

/// Characters before and after the words that belong to the neighbourhood.
const NEIGHBOURHOOD: usize = 40;

/// Fingerprints of all findings, in their order. Findings that are alike in all but
/// position are numbered from the second on: which of them has which number does not
/// matter, for nothing else tells them apart. What is suppressed is numbered last.
pub fn of(view: &View<'_>) -> Vec<String> {
    let findings = &view.report.findings;
    let mut order: Vec<usize> = (0..findings.len()).collect();
    // What a baseline accepts keeps the number that it was accepted with.
    let by = |index: usize| findings[index].suppressed.as_ref().map(|by| by.kind);
    order.sort_by_key(|&index| by(index).is_some_and(|by| by != SuppressionKind::Baseline));
    let mut seen: BTreeMap<Vec<String>, u32> = BTreeMap::new();
    let mut out = vec![String::new(); findings.len()];
    for index in order {
        let parts = parts(view, &findings[index]);
        let number = seen.entry(parts.clone()).or_default();
        *number += 1;
        out[index] = digest(&parts, *number);
    }
    out
}

/// Fingerprints of the members of a finding, in their order, by which one that was not
/// among them is known.
pub fn of_members(finding: &Finding) -> Vec<String> {
    let of = |path: &String| of_member(finding, path);
    finding.members.iter().map(of).collect()
}

/// The fingerprint of a member: a page of a folder, a name, an endpoint.
pub fn of_member(finding: &Finding, path: &str) -> String {
    let rule = &finding.rule;
    digest(
        &[
            rule.pack.to_string(),
            rule.first_name().to_owned(),
            path.to_owned(),
        ],
        1,
    )
}

/// All by which a baseline knows findings again, in their order.
pub fn all(view: &View<'_>) -> Vec<Prints> {
    let findings = view.report.findings.iter().zip(of(view));
    findings
        .map(|(finding, whole)| Prints {
            whole,
            moved: digest(&without_path(view, finding), 1),
            members: of_members(finding),
        })
        .collect()
}

/// What is left of a finding where its file goes by another name.
fn without_path(view: &View<'_>, finding: &Finding) -> Vec<String> {
    let rule = &finding.rule;
    let mut parts = vec![
        rule.pack.to_string(),
        rule.first_name().to_owned(),
        finding.scope.clone(),
    ];
    // With these the subject or the group may be a path.
    if !matches!(rule.aggregate, Aggregate::Folder | Aggregate::Place) {
        parts.extend(finding.subject.clone());
    }
    if let Some(span) = finding.anchor.or(finding.primary) {
        parts.extend(words(view, span).into_iter().flatten());
    }
    parts
}

fn parts(view: &View<'_>, finding: &Finding) -> Vec<String> {
    let rule = &finding.rule;
    let mut parts = vec![rule.pack.to_string(), rule.first_name().to_owned()];
    let about = match rule.aggregate {
        Aggregate::Repository => return parts,
        Aggregate::Subject => finding.subject.clone(),
        Aggregate::Folder => finding.group.clone(),
        Aggregate::File => finding.primary.map(|span| view.path(span).to_owned()),
        Aggregate::None | Aggregate::Place => None,
    };
    if let Some(about) = about {
        parts.push(about);
        return parts;
    }
    parts.extend(finding.subject.clone());
    parts.push(finding.scope.clone());
    if let Some(span) = finding.anchor.or(finding.primary) {
        parts.push(view.path(span).to_owned());
        parts.extend(words(view, span).into_iter().flatten());
    }
    parts
}

/// The words of a place with what shares their lines, blanks aside: lines may come
/// and go around them.
fn words(view: &View<'_>, span: Span) -> Option<[String; 3]> {
    let source = view.source(span.file)?;
    let near = |chars: &mut dyn Iterator<Item = char>| {
        chars
            .take_while(|c| *c != '\n')
            .filter(|c| !c.is_whitespace())
            .take(NEIGHBOURHOOD)
            .collect::<Vec<char>>()
    };
    let before = source.text.get(..span.start as usize).unwrap_or("");
    let after = source.text.get(span.end as usize..).unwrap_or("");
    let words = source.slice(span).split_whitespace().collect::<Vec<_>>();
    Some([
        near(&mut before.chars().rev()).into_iter().rev().collect(),
        words.join(" "),
        near(&mut after.chars()).into_iter().collect(),
    ])
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
