//! The names that documents give to the project: a README's title, a skill's name.

use crate::facts::{
    DeclaredName, FileFacts, FileKind, Heading, ManifestKind, NameRole, ProseContext,
};
use crate::parse::kind;
use crate::source::Source;

/// Declares the names that a parsed document gives.
pub fn declare(source: &Source, facts: &mut FileFacts) {
    if facts.kind == FileKind::Manifest(ManifestKind::Skill) {
        for entry in &facts.front_matter {
            if entry.key == "name" && !entry.value.trim().is_empty() {
                facts.names.push(DeclaredName {
                    role: NameRole::Package,
                    field: "SKILL.md \"name\"".to_owned(),
                    value: entry.value.trim().to_owned(),
                    span: Some(entry.value_span),
                    private: false,
                });
            }
        }
        return;
    }
    if !kind::is_readme(&source.path) {
        return;
    }
    let first = facts
        .headings
        .iter()
        .find(|heading| heading.level == 1 && !is_notice(&heading.text));
    if let Some(heading) = first.or_else(|| opening(source, facts)) {
        facts.names.push(DeclaredName {
            role: NameRole::Title,
            field: "README title".to_owned(),
            value: heading.text.clone(),
            span: Some(heading.span),
            private: false,
        });
    }
}

/// Whether a heading is a notice above the title: "NOTE! This code has moved".
fn is_notice(heading: &str) -> bool {
    let word: String = heading
        .chars()
        .skip_while(|c| !c.is_alphanumeric())
        .take_while(|c| c.is_alphanumeric())
        .collect();
    let shouted = heading.contains([':', '!']) || heading.trim() == word;
    shouted
        && matches!(
            word.to_lowercase().as_str(),
            "note"
                | "notice"
                | "warning"
                | "important"
                | "attention"
                | "caution"
                | "deprecated"
                | "announcement"
                | "update"
                | "disclaimer"
        )
}

/// The first heading, when it opens the document: further down it is a section's.
fn opening<'a>(source: &Source, facts: &'a FileFacts) -> Option<&'a Heading> {
    let first = facts.headings.first()?;
    let text_before = facts.prose.iter().any(|prose| {
        let body = matches!(
            prose.context,
            ProseContext::Paragraph | ProseContext::ListItem | ProseContext::TableCell
        );
        body && prose.whole(source.id).start < first.span.start
    });
    (!text_before).then_some(first)
}
