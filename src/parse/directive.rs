//! Suppression comments: `termscheck: ignore RULE -- reason`, in any comment syntax.

use crate::facts::Directive;
use crate::source::{Source, Span};

/// The word that makes a comment ours.
pub const KEYWORD: &str = "termscheck:";

/// Reads a whole comment, markers included, as a directive. The keyword must be
/// the first thing the comment says, so that prose about directives is none.
pub fn from_comment(comment: &str, span: Span) -> Option<Directive> {
    let opening = |c: char| c.is_whitespace() || "/*#<!-;%\"'([".contains(c);
    let text = comment.trim_start_matches(opening).strip_prefix(KEYWORD)?;
    let mut text = text.trim_end();
    for closing in ["*/", "-->", "#>", "--%>"] {
        text = text.strip_suffix(closing).unwrap_or(text).trim_end();
    }
    Some(Directive {
        span,
        text: text.trim().to_owned(),
    })
}

/// The directives of a file whose comments are not parsed, line by line: whatever
/// follows a comment's opening on its line.
pub fn from_lines(source: &Source) -> Vec<Directive> {
    if !source.text.contains(KEYWORD) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for line in source.text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let comment = line.find(KEYWORD).and_then(|keyword| {
            ["<!--", "<#", "/*", "//", "#", ";"]
                .iter()
                .filter_map(|opening| line[..keyword].rfind(opening))
                .min()
        });
        if let Some(from) = comment {
            let text = line[from..].trim_end();
            let span = source.span(at + from..at + from + text.len());
            found.extend(from_comment(text, span));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn lines_of_a_manifest_carry_directives() {
        let text = "name = \"a#b\" # termscheck: ignore a/b -- why\r\n<!-- termscheck: ignore c/d -->\nsay = \"# termscheck: what\"\n";
        let source = Source::from_text(FileId(0), "Cargo.toml", text);
        let found: Vec<_> = from_lines(&source)
            .into_iter()
            .map(|directive| (directive.text, source.slice(directive.span).to_owned()))
            .collect();
        assert_eq!(found[0].0, "ignore a/b -- why");
        assert_eq!(found[0].1, "# termscheck: ignore a/b -- why");
        assert_eq!(found[1].0, "ignore c/d");
    }

    #[test]
    fn every_comment_syntax_carries_a_directive() {
        for comment in [
            "# termscheck: ignore a/b -- why",
            "// termscheck: ignore a/b -- why",
            "/* termscheck: ignore a/b -- why */",
            "<!-- termscheck: ignore a/b -- why -->",
            "<# termscheck: ignore a/b -- why #>",
            "[//]: # (termscheck: ignore a/b -- why",
        ] {
            let directive = from_comment(comment, Span::new(FileId(0), 0..comment.len()));
            let text = directive.map(|directive| directive.text);
            if comment.starts_with('[') {
                assert_eq!(text, None);
            } else {
                assert_eq!(text.as_deref(), Some("ignore a/b -- why"), "{comment}");
            }
        }
        let prose = "# see `termscheck: ignore` in the manual";
        assert_eq!(
            from_comment(prose, Span::new(FileId(0), 0..prose.len())),
            None
        );
    }
}
