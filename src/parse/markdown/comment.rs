//! Suppression comments in the guise of link references.

use crate::facts::FileFacts;
use crate::parse::directive;
use crate::source::Source;

/// Reads `[//]: # (termscheck: …)`.
pub fn directives(source: &Source, facts: &mut FileFacts) {
    let text = source.text.as_str();
    // Each line is looked at once, and each fence found by its start.
    let mut seen = 0;
    for found in memchr::memmem::find_iter(text.as_bytes(), directive::KEYWORD.as_bytes()) {
        if found < seen {
            continue;
        }
        let start = text[seen..found]
            .rfind('\n')
            .map_or(seen, |newline| seen + newline + 1);
        let end = text[found..]
            .find('\n')
            .map_or(text.len(), |newline| found + newline);
        seen = end;
        let line = text[start..end].trim();
        let Some((label, rest)) = line
            .strip_prefix('[')
            .and_then(|line| line.split_once("]:"))
        else {
            continue;
        };
        let comment = rest.trim_start().trim_start_matches(['#', '<', '>']).trim();
        let comment = comment
            .strip_prefix(['(', '"', '\''])
            .and_then(|comment| comment.strip_suffix([')', '"', '\'']));
        let next = facts
            .fences
            .partition_point(|fence| fence.span.range().start <= found);
        let before = next.checked_sub(1).and_then(|at| facts.fences.get(at));
        let in_code = before.is_some_and(|fence| fence.span.range().contains(&found));
        if let Some(comment) = comment
            && !label.contains(['[', ']'])
            && !in_code
        {
            let at = start + (text[start..end].len() - text[start..end].trim_start().len());
            let span = source.span(at..at + line.len());
            facts
                .directives
                .extend(directive::from_comment(comment, span));
        }
    }
    facts
        .directives
        .sort_by_key(|directive| directive.span.start);
}
