//! What the scanned tree itself kept from being shown, by cause.

use super::View;
use crate::finding::SuppressionKind;

/// A cause, and how often it counted.
#[derive(Clone, Copy, Debug)]
pub struct Silenced {
    /// For machines: `comment`.
    pub key: &'static str,
    /// How often.
    pub count: u64,
    /// For people, after one and after several; empty where the summary passes over it.
    words: [&'static str; 2],
}

impl Silenced {
    /// `2 suppressed by comments`, where there is something to tell in the summary.
    pub fn summary(&self) -> Option<String> {
        let [one, several] = self.words;
        let words = if self.count == 1 { one } else { several };
        (self.count > 0 && !words.is_empty()).then(|| format!("{} {words}", self.count))
    }
}

/// Every cause, also those that did not count.
pub fn silenced(view: &View<'_>) -> [Silenced; 9] {
    let suppressed = |kind| {
        let findings = view.report.findings.iter();
        let by = findings.filter_map(|finding| finding.suppressed.as_ref());
        by.filter(|by| by.kind == kind).count() as u64
    };
    let counts = &view.report.counts;
    let same = |key, count, words| Silenced {
        key,
        count,
        words: [words, words],
    };
    [
        same(
            "comment",
            suppressed(SuppressionKind::Inline),
            "suppressed by comments",
        ),
        same(
            "config",
            suppressed(SuppressionKind::Config),
            "suppressed by the configuration",
        ),
        same(
            "baseline",
            suppressed(SuppressionKind::Baseline),
            "accepted by the baseline",
        ),
        same("grant", suppressed(SuppressionKind::Grant), "permitted"),
        same("off", counts.off, "switched off by the configuration"),
        Silenced {
            key: "rules-off",
            count: counts.rules_off,
            words: ["rule off", "rules off"],
        },
        Silenced {
            key: "packs-off",
            count: counts.packs_off,
            words: ["pack left out", "packs left out"],
        },
        same("owner", counts.owner, "left to the owner"),
        // As quiet as a pedantic rule: the page is the owner's, not the repository.
        same("owner-page", counts.owner_page, ""),
    ]
}
