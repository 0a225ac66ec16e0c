//! Brings findings of one rule together, so that a breach is told once for each place
//! that has to be mended, and a name once.

use std::collections::BTreeMap;

use crate::finding::{Finding, Fix, Related, Severity, Suppression};
use crate::pack::Aggregate;
use crate::pack::schema::fill;
use crate::source::Span;

/// Places besides the first that one finding lists unless more are asked for; the
/// count says the rest. Ten fit on a screen.
pub const MAX_RELATED: usize = 10;

/// Edits that the fix of one finding holds: each keeps the text that it changes at hand
/// until the report is written, and a name may stand in thousands of files. A run after
/// they are applied proposes the next ones.
pub const MAX_EDITS: usize = 500;

/// Merges findings as their rules say, and takes those of rules that join another
/// into its finding. What is suppressed and what is not never meet. The gravest, and
/// of those the first by rank, path and byte, carries the others; `most` is how many
/// places it lists.
pub fn aggregate(mut findings: Vec<Finding>, most: usize) -> Vec<Finding> {
    findings.sort_by(|a, b| {
        let grave = b.severity.cmp(&a.severity);
        // One that stands in a file carries one that does not.
        let placed = a.primary.is_none().cmp(&b.primary.is_none());
        let ranked = grave.then(placed).then(a.rank.cmp(&b.rank));
        ranked.then_with(|| order(a, b))
    });
    let mut merged: Vec<Finding> = Vec::new();
    let mut first: BTreeMap<(String, Severity), usize> = BTreeMap::new();
    for mut finding in findings {
        if finding.rule.aggregate == Aggregate::Folder {
            finding.members = finding.subject.iter().cloned().collect();
        }
        let Some(key) = key(&finding) else {
            merged.push(finding);
            continue;
        };
        if let Some(&index) = first.get(&key) {
            merge(&mut merged[index], finding, most);
        } else {
            first.insert(key, merged.len());
            merged.push(finding);
        }
    }
    for finding in &mut merged {
        finding.members.sort();
        finding.members.dedup();
        if let Some(many) = finding.many.take().filter(|_| finding.count > 1) {
            let (count, others) = (finding.count.to_string(), (finding.count - 1).to_string());
            let mut values: Vec<(&str, &str)> = vec![("count", &count), ("others", &others)];
            values.extend(many.values.iter().map(|(name, value)| (*name, &**value)));
            finding.message = fill(&many.template, &values);
        }
        for fix in [&mut finding.fix, &mut finding.unsafe_fix] {
            if let Some(fix) = fix.as_mut().filter(|fix| fix.more) {
                fix.title
                    .push_str(" (not everywhere: run again for the other places)");
            }
        }
        finding.related.truncate(most);
    }
    join(merged, most)
}

fn merge(head: &mut Finding, finding: Finding, most: usize) {
    head.count += finding.count;
    head.confidence = head.confidence.max(finding.confidence);
    head.members.extend(finding.members);
    if let Some(span) = finding.primary {
        let said = finding.aside.unwrap_or(finding.message);
        relate(head, span, said, most);
    }
    head.proposals.extend(finding.proposals);
    for fix in [finding.fix, finding.unsafe_fix].into_iter().flatten() {
        merge_fix(head, fix);
    }
}

/// Adds the edits of a fix. What may be done unseen is kept apart from what has to be
/// looked at.
fn merge_fix(head: &mut Finding, fix: Fix) {
    if fix.safe && head.fix.as_ref().is_some_and(|known| !known.safe) {
        head.unsafe_fix = head.fix.take();
    }
    let apart = !fix.safe && head.fix.as_ref().is_some_and(|known| known.safe);
    let place = if apart {
        &mut head.unsafe_fix
    } else {
        &mut head.fix
    };
    match place {
        Some(known) if known.edits.len() + fix.edits.len() > MAX_EDITS => known.more = true,
        Some(known) => known.edits.extend(fix.edits),
        None => *place = Some(fix),
    }
}

/// Adds a place that is not among those of the finding yet.
fn relate(head: &mut Finding, span: Span, message: String, most: usize) {
    // The name of the repository is told at a title that has one of its own.
    let named = head.rule.aggregate == Aggregate::Repository;
    let said = |other: &Related| other.span == span && (!named || other.message == message);
    let known = (head.primary == Some(span) && (!named || head.message == message))
        || head.related.iter().any(said);
    if !known && head.related.len() < most {
        head.related.push(Related { span, message });
    }
}

/// Takes the findings of a rule that joins another into the finding of that one: the
/// name and the notice that it lacks are mended together.
fn join(findings: Vec<Finding>, most: usize) -> Vec<Finding> {
    let (joining, mut kept): (Vec<Finding>, Vec<Finding>) = findings
        .into_iter()
        .partition(|finding| finding.rule.joins.is_some() && finding.suppressed.is_none());
    // The first finding of each rule that is told.
    let mut hosts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (index, host) in kept.iter().enumerate() {
        if host.suppressed.is_none() {
            let rule = (host.rule.pack.to_string(), host.rule.id.clone());
            hosts.entry(rule).or_insert(index);
        }
    }
    for finding in joining {
        let rule = finding.rule.joins.clone().unwrap_or_default();
        let host = hosts.get(&(finding.rule.pack.to_string(), rule));
        let Some(host) = host.and_then(|&index| kept.get_mut(index)) else {
            let mut finding = finding;
            finding.suppressed = with_its_host(&finding, &kept);
            kept.push(finding);
            continue;
        };
        host.help = format!("{}\n{}", host.help.trim_end(), finding.help.trim());
        host.joined.push(finding.rule.id.clone());
        host.proposals.extend(finding.proposals);
        host.severity = host.severity.max(finding.severity);
        if let Some(span) = finding.primary {
            relate(host, span, finding.message, most);
        }
    }
    kept
}

/// The suppression of the finding that one would have joined, where that stands at the
/// same place: who keeps a name has answered for the notice that it lacks.
fn with_its_host(finding: &Finding, hosts: &[Finding]) -> Option<Suppression> {
    let place = finding.primary?;
    let here = |host: &&Finding| {
        host.primary == Some(place) || host.related.iter().any(|other| other.span == place)
    };
    let mut hosts = hosts.iter().filter(|host| {
        host.rule.pack == finding.rule.pack && finding.rule.joins.as_ref() == Some(&host.rule.id)
    });
    hosts.find(here)?.suppressed.clone()
}

/// What findings that are one have in common. Those of a folder are as grave as each
/// other, so that an error is not hidden among warnings.
fn key(finding: &Finding) -> Option<(String, Severity)> {
    let rule = &finding.rule;
    let place = match rule.aggregate {
        Aggregate::None => return None,
        Aggregate::Place | Aggregate::Folder => finding.group.clone()?,
        Aggregate::File => format!("{:?}", finding.primary.map(|span| span.file)),
        Aggregate::Subject => finding.subject.clone().unwrap_or_default(),
        Aggregate::Repository => String::new(),
    };
    let severity = match rule.aggregate {
        Aggregate::Folder => finding.severity,
        _ => Severity::Note,
    };
    let suppression = finding
        .suppressed
        .as_ref()
        .map_or("", |suppression| &suppression.reason);
    let quiet = finding.suppressed.is_some();
    let key = format!(
        "{}\0{}\0{place}\0{quiet}\0{suppression}",
        rule.pack, rule.id
    );
    Some((key, severity))
}

/// The order of findings in a report: by file and place, then rule, then words.
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
    use crate::finding::{Edit, SuppressionKind};
    use crate::pack::{Rule, load_embedded};
    use crate::source::{FileId, Span};

    fn rules() -> &'static [Arc<Rule>] {
        static RULES: OnceLock<Vec<Arc<Rule>>> = OnceLock::new();
        RULES.get_or_init(|| {
            let packs = load_embedded().expect("the shipped packs");
            let rules = packs.iter().flat_map(|pack| &pack.rules);
            rules.map(|compiled| Arc::clone(&compiled.rule)).collect()
        })
    }

    /// A finding at byte `at` of file `file`, of a rule that merges so.
    fn finding(merge: Aggregate, severity: Severity, file: u32, at: usize) -> Finding {
        let mut rule = Rule::clone(&rules()[0]);
        rule.aggregate = merge;
        let rule = &Arc::new(rule);
        let span = Span::new(FileId(file), at..at + 1);
        let mut finding = Finding::new(rule, Some(span), format!("at {at}"));
        finding.severity = severity;
        finding
    }

    #[test]
    fn findings_of_a_file_are_one() {
        let note = |file, at| finding(Aggregate::File, Severity::Note, file, at);
        let merged = aggregate(vec![note(1, 5), note(0, 3), note(0, 1)], MAX_RELATED);
        let counts: Vec<_> = merged
            .iter()
            .map(|f| (f.message.as_str(), f.count))
            .collect();
        assert_eq!(counts, [("at 1", 2), ("at 5", 1)]);
        assert_eq!(merged[0].related.len(), 1);
    }

    #[test]
    fn a_folder_keeps_the_identity_of_each_page() {
        let page = |file, folder: &str, severity| {
            let page = finding(Aggregate::Folder, severity, file, 1);
            page.subject(format!("{folder}/{file}.md"))
                .group(folder)
                .many("{count} pages, {others} others", [])
        };
        let merged = aggregate(
            vec![
                page(2, "a", Severity::Error),
                page(1, "a", Severity::Error),
                page(3, "a", Severity::Warning),
                page(4, "b", Severity::Error),
            ],
            MAX_RELATED,
        );
        let told: Vec<_> = merged
            .iter()
            .map(|f| (f.message.as_str(), f.members.join(" ")))
            .collect();
        assert_eq!(
            told,
            [
                ("2 pages, 1 others", "a/1.md a/2.md".to_owned()),
                ("at 1", "b/4.md".to_owned()),
                ("at 1", "a/3.md".to_owned()),
            ]
        );
    }

    #[test]
    fn a_rule_that_joins_another_is_told_in_its_help() {
        let of = |id: &str, at| {
            let rule = rules().iter().find(|rule| rule.id == id).expect("the rule");
            Finding::new(rule, Some(Span::new(FileId(0), at..at + 1)), "words").help(id)
        };
        let both = || {
            vec![
                of("trademark/name-in-product", 0),
                of("trademark/missing-notice", 0),
            ]
        };
        let merged = aggregate(both(), MAX_RELATED);
        assert_eq!(merged.len(), 1);
        assert_eq!(
            merged[0].help,
            "trademark/name-in-product\ntrademark/missing-notice"
        );
        assert_eq!(merged[0].joined, ["trademark/missing-notice"]);
        // The name was accepted; the notice is still owed.
        let mut quiet = both();
        quiet[0].suppressed = Some(Suppression {
            kind: SuppressionKind::Inline,
            reason: String::new(),
        });
        assert_eq!(aggregate(quiet, MAX_RELATED).len(), 2);
    }

    #[test]
    fn the_gravest_carries_the_others() {
        let merged = aggregate(
            vec![
                finding(Aggregate::File, Severity::Note, 0, 1),
                finding(Aggregate::File, Severity::Warning, 0, 8),
            ],
            MAX_RELATED,
        );
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
        let merged = aggregate(many, MAX_RELATED);
        assert_eq!((merged.len(), merged[0].count), (1, 50));
        assert_eq!(merged[0].related.len(), MAX_RELATED);
    }

    #[test]
    fn edits_are_bounded_and_the_fix_says_so() {
        let with_fix = |at: usize| {
            let finding = finding(Aggregate::Repository, Severity::Note, 0, at);
            let edit = Edit {
                span: Span::new(FileId(0), at..at + 1),
                replacement: "x".to_owned(),
            };
            finding.fix("write x", true, edit)
        };
        let fix = |count: usize| {
            let merged = aggregate((0..count).map(with_fix).collect(), MAX_RELATED);
            let fix = merged[0].fix.clone().expect("a fix");
            (fix.edits.len(), fix.more)
        };
        assert_eq!(fix(MAX_EDITS), (MAX_EDITS, false));
        assert_eq!(fix(MAX_EDITS + 1), (MAX_EDITS, true));
    }

    #[test]
    fn what_has_to_be_looked_at_is_kept_beside_what_is_safe() {
        let with_fix = |at: usize, safe| {
            let finding = finding(Aggregate::Repository, Severity::Note, 0, at);
            let edit = Edit {
                span: Span::new(FileId(0), at..at + 1),
                replacement: "x".to_owned(),
            };
            finding.fix("write x", safe, edit)
        };
        for kinds in [[false, true, false, true], [true, false, false, true]] {
            let findings = kinds.iter().enumerate();
            let findings = findings.map(|(at, safe)| with_fix(at, *safe)).collect();
            let merged = aggregate(findings, MAX_RELATED).remove(0);
            let told: Vec<_> = merged
                .fixes()
                .map(|fix| (fix.safe, fix.edits.len()))
                .collect();
            assert_eq!(told, [(true, 2), (false, 2)], "{kinds:?}");
        }
    }

    #[test]
    fn what_is_suppressed_stays_apart() {
        let mut quiet = finding(Aggregate::File, Severity::Note, 0, 1);
        quiet.suppressed = Some(Suppression {
            kind: SuppressionKind::Inline,
            reason: String::new(),
        });
        let merged = aggregate(
            vec![quiet, finding(Aggregate::File, Severity::Note, 0, 3)],
            MAX_RELATED,
        );
        assert_eq!(merged.len(), 2);
    }
}
