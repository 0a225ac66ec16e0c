//! What the tests of all document parsers share.

use crate::facts::{FileFacts, Prose, ProseContext, Zone};
use crate::parse::kind;
use crate::source::{FileId, Source, Span};

/// Parses `text` as the file at `path`.
pub fn parse_at(path: &str, text: &str) -> (Source, FileFacts) {
    let source = Source::from_text(FileId(3), path, text);
    let facts = crate::parse::parse(&source, kind::kind(path), Zone::Project);
    (source, facts)
}

/// One line a piece: its context's initial, its flags, its text with `@` for objects.
pub fn show(prose: &Prose) -> String {
    let context = match &prose.context {
        ProseContext::Heading(level) => format!("h{level}"),
        ProseContext::Paragraph => "p".to_owned(),
        ProseContext::ListItem => "li".to_owned(),
        ProseContext::TableCell => "td".to_owned(),
        ProseContext::ImageAlt => "alt".to_owned(),
        ProseContext::FrontMatter(key) => format!("fm.{key}"),
        other => format!("{other:?}"),
    };
    let quoted = if prose.quoted { ">" } else { "" };
    let alternate = if prose.alternate { "~" } else { "" };
    format!(
        "{context}{quoted}{alternate}: {}",
        prose.text.replace('\u{fffc}', "@")
    )
}

/// Every span lies in the text, on characters; what is said to stand there does.
pub fn check(source: &Source, facts: &FileFacts) {
    let inside = |span: Span| {
        assert!(source.text.get(span.range()).is_some(), "{span:?}");
    };
    for prose in &facts.prose {
        inside(prose.whole(source.id));
        let mut at = 0;
        for c in prose.text.chars() {
            let span = prose.span(source.id, at..at + c.len_utf8());
            inside(span);
            let slice = source.slice(span);
            // White space is normalised; everything else verbatim or a whole construct.
            let verbatim = slice.chars().count() == 1 && slice.len() == c.len_utf8();
            assert!(
                !verbatim || slice.starts_with(c) || (c == ' ' && slice.trim().is_empty()),
                "{slice:?} {c:?}"
            );
            at += c.len_utf8();
        }
        for (range, link) in &prose.links {
            assert!(prose.text.get(range.clone()).is_some());
            assert!(*link < facts.links.len());
        }
        assert!(
            prose
                .links
                .windows(2)
                .all(|pair| pair[0].0.end <= pair[1].0.start)
        );
        assert!(
            prose
                .struck
                .iter()
                .all(|range| prose.text.get(range.clone()).is_some())
        );
    }
    facts
        .headings
        .iter()
        .for_each(|heading| inside(heading.span));
    facts.links.iter().for_each(|link| inside(link.span));
    facts.docfx.iter().for_each(|mark| inside(mark.span));
    facts.fences.iter().for_each(|fence| inside(fence.span));
    facts
        .directives
        .iter()
        .for_each(|directive| inside(directive.span));
    for table in &facts.tables {
        inside(table.span);
        let cells = table.rows.iter().flatten().chain(&table.header);
        cells.for_each(|cell| inside(cell.span));
        assert!(
            table
                .heading
                .is_none_or(|heading| heading < facts.headings.len())
        );
    }
    for entry in &facts.front_matter {
        inside(entry.key_span);
        inside(entry.value_span);
    }
}
