//! What becomes of limits that a page tells twice.

use super::{Candidate, Found, Limits};

impl Limits<'_> {
    /// Leaves out what the page says again, and what it contradicts.
    pub(super) fn settle(mut self) -> Found {
        let mut kept: Vec<Candidate> = Vec::new();
        let mut refused: Vec<usize> = Vec::new();
        for candidate in std::mem::take(&mut self.found) {
            let same = kept.iter().position(|other| {
                other.limit.windows == candidate.limit.windows
                    && other.limit.condition == candidate.limit.condition
                    && other.limit.endpoints == candidate.limit.endpoints
                    && (other.limit.scope == candidate.limit.scope
                        || candidate.limit.scope.is_none() && !candidate.table)
                    && (other.topic == candidate.topic || !candidate.table || !other.table)
            });
            if same.is_some() {
                continue;
            }
            if let Some(at) = kept.iter().position(|other| contradicts(other, &candidate)) {
                refused.push(at);
                let (a, b) = (&kept[at].limit.evidence, &candidate.limit.evidence);
                self.doubt(format!(
                    "line {} says “{}” and line {} “{}”",
                    a.line, a.quote, b.line, b.quote
                ));
                continue;
            }
            kept.push(candidate);
        }
        let limits = kept
            .into_iter()
            .enumerate()
            .filter(|(index, _)| !refused.contains(index))
            .map(|(_, candidate)| candidate.limit)
            .collect();
        Found {
            limits,
            doubts: self.doubts,
        }
    }
}

/// Whether two limits of one thing give different numbers for one period.
fn contradicts(a: &Candidate, b: &Candidate) -> bool {
    let differ = a.limit.windows.iter().any(|one| {
        b.limit
            .windows
            .iter()
            .any(|other| one.seconds == other.seconds && one.calls != other.calls)
    });
    let scope = match (&a.limit.scope, &b.limit.scope) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    let same = if a.table && b.table {
        a.topic == b.topic
    } else {
        a.topic.is_subset(&b.topic) || b.topic.is_subset(&a.topic)
    };
    let alike = a.limit.condition == b.limit.condition
        && (a.limit.name == b.limit.name || !a.limit.specific || !b.limit.specific)
        && a.limit.endpoints == b.limit.endpoints;
    differ && scope && same && alike
}
