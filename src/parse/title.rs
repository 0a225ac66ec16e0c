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
        module(facts);
        return;
    }
    if let Some(heading) = title(source, facts) {
        facts.names.push(DeclaredName {
            role: NameRole::Title,
            field: "README title".to_owned(),
            value: heading.text.clone(),
            span: Some(heading.span),
            private: false,
        });
    }
}

/// The page of a module is titled for it: "Module: Harbour".
fn module(facts: &mut FileFacts) {
    let Some(heading) = facts.headings.first().filter(|heading| heading.level == 1) else {
        return;
    };
    let kind = heading.text.split([':', '：']).next().unwrap_or("").trim();
    if kind.eq_ignore_ascii_case("module") && kind.len() < heading.text.trim().len() {
        facts.names.push(DeclaredName {
            role: NameRole::Title,
            field: "Title".to_owned(),
            value: heading.text.clone(),
            span: Some(heading.span),
            private: false,
        });
    }
}

/// The first heading that is no notice above the title and no section's, when it is of
/// the first level or opens the document: a later one is a section's.
fn title<'a>(source: &Source, facts: &'a FileFacts) -> Option<&'a Heading> {
    let mut headings = facts.headings.iter().enumerate();
    let (index, first) = headings.find(|(_, heading)| {
        let part = heading.level > 1 && is_section(&heading.text);
        !is_notice(&heading.text) && !part && !heading.text.trim().is_empty()
    })?;
    // Where the document begins with a section, what follows is another.
    if is_section(&first.text) {
        return None;
    }
    let opens = index == 0 && opens(source, facts, first);
    (first.level == 1 || opens).then_some(first)
}

/// Whether a heading names a part that any project's README has, not the project; a
/// README may consist of nothing else (the judged error in a fork whose only level-1
/// heading was the code of conduct's).
fn is_section(heading: &str) -> bool {
    const SECTIONS: [&str; 38] = [
        "about",
        "badges",
        "build status",
        "changelog",
        "contact",
        "content",
        "contents",
        "contribute",
        "contributing",
        "contribution",
        "contributors",
        "credits",
        "description",
        "faq",
        "features",
        "getting started",
        "how to contribute",
        "index",
        "installation",
        "introduction",
        "legal notices",
        "license",
        "licence",
        "overview",
        "security",
        "setup",
        "status",
        "summary",
        "support",
        "table of content",
        "table of contents",
        "trademarks",
        "usage",
        "readme",
        "contribuer",
        "mitwirken",
        "contribuir",
        "贡献",
    ];
    // A code of conduct is named for who wrote it.
    const CODES: [&str; 17] = [
        "code of conduct",
        "code de conduite",
        "verhaltenskodex",
        "verhaltensregeln",
        "código de conducta",
        "código de conduta",
        "codice di condotta",
        "gedragscode",
        "kodeks postępowania",
        "кодекс поведения",
        "правила поведения",
        "davranış kuralları",
        "行为准则",
        "行為準則",
        "行動規範",
        "행동 강령",
        "uppförandekod",
    ];
    let lower = heading.to_lowercase();
    let words = lower.trim_matches(|c: char| !c.is_alphanumeric());
    SECTIONS.contains(&words)
        || CODES.iter().any(|code| words.contains(code))
        || ["contributing to ", "contribute to ", "how to contribute "]
            .iter()
            .any(|start| words.starts_with(start))
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

/// Whether no text stands before a heading.
fn opens(source: &Source, facts: &FileFacts, first: &Heading) -> bool {
    !facts.prose.iter().any(|prose| {
        let body = matches!(
            prose.context,
            ProseContext::Paragraph | ProseContext::ListItem | ProseContext::TableCell
        );
        body && prose.whole(source.id).start < first.span.start
    })
}
