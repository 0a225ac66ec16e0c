//! Permissions that are held: what they permit is no breach.

use jiff::civil::Date;

use crate::budget::Budget;
use crate::config::{Config, Grant};
use crate::facts::RelativePath;
use crate::finding::{Finding, Permission, Suppression, SuppressionKind};
use crate::scan::Notice;
use crate::source::{FileId, Span};
use crate::suppress::warning;

/// Marks the findings that a permission covers, and says which permissions have
/// ended. One that is not made use of is no fault. `ids` are the configurations as texts, in
/// their order; without them nothing is said.
pub fn apply(
    findings: &mut [Finding],
    config: &Config,
    ids: &[FileId],
    paths: &[RelativePath],
    today: Date,
    budget: &Budget,
) -> Vec<Notice> {
    let mut notices = Vec::new();
    for (index, layer) in config.all().enumerate() {
        for grant in layer.grants() {
            let entry = grant.entry;
            let until = entry.until.as_deref();
            let until: Option<Date> = until.and_then(crate::config::day);
            if let Some(until) = until.filter(|until| *until < today) {
                if let Some(&id) = ids.get(index) {
                    let message = format!(
                        "this permission ended on {until}: what it permitted is told again"
                    );
                    let place = Span::new(id, grant.place());
                    notices.push(warning(&paths[id.0 as usize], place, message));
                }
                continue;
            }
            if !budget.spend(findings.len() as u64) {
                return notices;
            }
            for finding in findings.iter_mut() {
                let path = match finding.primary {
                    Some(span) => paths.get(span.file.0 as usize).map_or("", |path| path),
                    None => "",
                };
                if permits(entry, finding) && config.grants(&grant, path) {
                    finding.suppressed.get_or_insert_with(|| Suppression {
                        kind: SuppressionKind::Grant,
                        reason: format!("permitted: {}", entry.evidence),
                    });
                }
            }
        }
    }
    notices
}

/// Whether a permission is for what a finding tells.
fn permits(grant: &Grant, finding: &Finding) -> bool {
    let of_pack = |pack: &String| **pack == *finding.rule.pack;
    if !grant.pack.as_ref().is_none_or(of_pack) {
        return false;
    }
    match &finding.permission {
        Some(Permission::Mark(mark)) => {
            let mut marks = grant.marks.iter();
            marks.any(|granted| granted.eq_ignore_ascii_case(mark))
        }
        // A rate that was computed is no more exact than this.
        Some(Permission::Rate(rate)) => {
            let granted = grant.limit.map(crate::config::GrantedRate::per_second);
            granted.is_some_and(|granted| *rate <= granted * 1.001)
        }
        Some(Permission::Licence) => grant.licence.is_some(),
        None => false,
    }
}
