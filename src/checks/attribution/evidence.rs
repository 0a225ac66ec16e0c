//! Why a file counts as derived, in words.

use super::Config;
use super::derived::Derived;
use super::report::list;
use crate::facts::signals::ProvenanceKind;
use crate::pack::schema::fill;
use crate::source::Span;

/// Marks that a message names.
const MAX_NAMED: usize = 3;

/// The marks of a file in words: heaviest first, each kind together.
pub(super) fn evidence(config: &Config, file: &Derived<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(file.signals.copied.iter().take(MAX_NAMED).map(|copied| {
        let values = [
            ("title", &*copied.page.title),
            ("words", &*copied.words.to_string()),
            ("share", &*copied.share.to_string()),
        ];
        fill(&config.evidence.text, &values)
    }));
    for (kind, template) in [
        (ProvenanceKind::FrontMatter, &config.evidence.front_matter),
        (ProvenanceKind::Statement, &config.evidence.statement),
        (ProvenanceKind::Passage, &config.evidence.passage),
        (ProvenanceKind::Docfx, &config.evidence.docfx),
        (ProvenanceKind::Link, &config.evidence.link),
    ] {
        let mut marks: Vec<_> = file
            .signals
            .provenance
            .iter()
            .filter(|mark| mark.kind == kind)
            .collect();
        marks.sort_by_key(|mark| (std::cmp::Reverse(mark.weight), mark.span));
        // Words are quoted one by one: what stood apart is no sentence together.
        let words = matches!(kind, ProvenanceKind::Statement | ProvenanceKind::Passage);
        let told = |what: &str| {
            if words {
                format!("“{what}”")
            } else {
                what.to_owned()
            }
        };
        let marks = marks.iter().take(MAX_NAMED);
        let names: Vec<String> = marks.map(|mark| told(&mark.what)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if !names.is_empty() {
            parts.push(fill(template, &[("marks", &list(&names, &config.and))]));
        }
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    list(&parts, &config.and)
}

/// Each passage that stands on a page of the documentation, and where there.
pub(super) fn passages(config: &Config, file: &Derived<'_>) -> Vec<(Span, String)> {
    let copied = file.signals.copied.iter();
    copied
        .flat_map(|copied| {
            copied.passages.iter().map(|(span, (first, last))| {
                let lines = if first == last {
                    first.to_string()
                } else {
                    format!("{first}–{last}")
                };
                let values = [
                    ("title", &*copied.page.title),
                    ("page", &*copied.page.path),
                    ("lines", &*lines),
                ];
                (*span, fill(&config.shared, &values))
            })
        })
        .collect()
}
