//! Comments of documents: what a page says and its readers do not see.

use std::ops::Range;

use crate::facts::{FileFacts, Prose, ProseContext};
use crate::parse::directive;
use crate::source::Source;

/// Keeps the comment at `range`, markers included, or the directive that it is.
pub fn keep(source: &Source, range: Range<usize>, facts: &mut FileFacts) {
    let Some(text) = source.text.get(range.clone()) else {
        return;
    };
    // Those of MDX stand in braces.
    let words = text.trim_matches(['{', '}']);
    if let Some(found) = directive::from_comment(words, source.span(range.clone())) {
        facts.directives.push(found);
        return;
    }
    let inner = text.trim_start_matches(|c: char| c.is_whitespace() || "{/*<!-".contains(c));
    let start = range.start + (text.len() - inner.len());
    let inner = inner.trim_end_matches(|c: char| c.is_whitespace() || "}/*>-".contains(c));
    let mut prose = Prose::new(ProseContext::Comment);
    let mut at = start;
    for line in inner.split_inclusive('\n') {
        let words = line.trim_end();
        prose.push(words, at..at + words.len());
        if words.len() < line.len() {
            prose.push(" ", at + words.len()..at + line.len());
        }
        at += line.len();
    }
    if !prose.is_blank() {
        facts.comments.push(prose);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{FileKind, Zone};
    use crate::source::FileId;

    #[test]
    fn a_comment_is_a_directive_or_kept_with_its_bytes() {
        let text = "<!-- termscheck: ignore a/b -- why -->\n<!-- From\n  Acme. -->";
        let source = Source::from_text(FileId(0), "a.md", text);
        let mut facts = FileFacts::new(FileKind::Markdown, Zone::Docs);
        let cut = text.find('\n').unwrap_or_default();
        keep(&source, 0..cut, &mut facts);
        keep(&source, cut + 1..text.len(), &mut facts);
        assert_eq!(facts.directives.len(), 1);
        let kept: Vec<&str> = facts
            .comments
            .iter()
            .map(|prose| source.slice(prose.whole(source.id)))
            .collect();
        assert_eq!(kept, ["From\n  Acme."]);
        assert_eq!(facts.comments[0].text, "From   Acme.");
    }
}
