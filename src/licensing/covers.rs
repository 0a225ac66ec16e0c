//! Which files an annotation of REUSE covers.

use regex::{Regex, RegexBuilder};

/// Largest compiled pattern, in bytes: a path, not a program.
const MAX_COMPILED: usize = 1 << 20;

/// The patterns of one annotation: `REUSE.toml` knows `*`, `**` and `\` and takes every
/// other sign for itself (a route of Next.js is named `[slug].md`); in `dep5` there is no
/// `**`, `*` goes over folders, and `?` is any one character.
#[derive(Debug)]
pub struct Covers(Regex);

impl Covers {
    /// Patterns of a `REUSE.toml` in the folder `base`; empty at the root.
    pub fn of_reuse_toml(base: &str, pattern: &str) -> Option<Self> {
        Self::of(base, pattern, false)
    }

    /// Patterns of the `dep5` of the folder `base`.
    pub fn of_dep5(base: &str, pattern: &str) -> Option<Self> {
        Self::of(base, pattern, true)
    }

    /// One file.
    pub fn of_file(path: &str) -> Option<Self> {
        Self::compile(&regex::escape(path))
    }

    /// Whether a path, relative to the root, is covered.
    pub fn is_match(&self, path: &str) -> bool {
        self.0.is_match(path)
    }

    fn of(base: &str, pattern: &str, dep5: bool) -> Option<Self> {
        let pattern = pattern.trim_start_matches("./");
        let mut written = String::new();
        if !base.is_empty() {
            written.push_str(&regex::escape(base));
            written.push('/');
        }
        let mut chars = pattern.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' => {
                    let literal = chars.next().unwrap_or('\\');
                    written.push_str(&regex::escape(literal.encode_utf8(&mut [0; 4])));
                }
                '*' if dep5 => written.push_str(".*"),
                '*' if chars.next_if_eq(&'*').is_some() => written.push_str(".*"),
                '*' => written.push_str("[^/]*"),
                '?' if dep5 => written.push('.'),
                c => written.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
        Self::compile(&written)
    }

    fn compile(pattern: &str) -> Option<Self> {
        let whole = RegexBuilder::new(&format!("^(?s:{pattern})$"))
            .size_limit(MAX_COMPILED)
            .build();
        whole.ok().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_paths_are_what_they_are() {
        let covers = |pattern: &str, path: &str| {
            Covers::of_reuse_toml("", pattern).is_some_and(|own| own.is_match(path))
        };
        for (pattern, path, expected) in [
            ("docs/[slug].md", "docs/[slug].md", true),
            ("docs/[slug].md", "docs/s.md", false),
            ("docs/{a,b}.md", "docs/{a,b}.md", true),
            ("docs/*.md", "docs/a.md", true),
            ("docs/*.md", "docs/a/b.md", false),
            ("docs/**", "docs/a/b.md", true),
            ("**/b.md", "docs/a/b.md", true),
            ("**", "a", true),
            ("docs/\\*.md", "docs/*.md", true),
            ("docs/\\*.md", "docs/a.md", false),
            ("./a?.md", "a?.md", true),
            ("./a?.md", "ab.md", false),
            ("docs", "docs/a.md", false),
            ("a.b", "axb", false),
        ] {
            assert_eq!(covers(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn patterns_of_dep5_go_over_folders() {
        let covers = |pattern: &str, path: &str| {
            Covers::of_dep5("", pattern).is_some_and(|own| own.is_match(path))
        };
        assert!(covers("docs/*", "docs/a/b.md"));
        assert!(covers("docs/?.md", "docs/a.md"));
        assert!(covers("docs/[a].md", "docs/[a].md"));
        assert!(Covers::of_file("a[1].md").is_some_and(|own| own.is_match("a[1].md")));
        let below = Covers::of_reuse_toml("a+b", "*.md");
        assert!(below.is_some_and(|own| own.is_match("a+b/c.md")));
    }
}
