//! Suppression comments: `termscheck: ignore RULE -- reason`, in any comment syntax.

use crate::facts::Directive;
use crate::source::Span;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

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
