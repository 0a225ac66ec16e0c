//! Types that packs' words deserialise into: a fault in them is an error at their
//! place in the YAML, not later.

use std::fmt;
use std::ops::Deref;

use globset::{GlobBuilder, GlobMatcher};
use regex::{Regex, RegexBuilder};
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Largest compiled form of one pattern, in bytes: Unicode classes with counted
/// repetition grow without a limit.
const MAX_COMPILED: usize = 4 << 20;

/// Deepest nesting of groups in a pattern.
const MAX_NESTING: u32 = 64;

/// A regular expression, compiled while the pack is read.
#[derive(Clone)]
pub struct Pattern(Regex);

impl Pattern {
    /// Compiles a pattern; the error is the reason, without the pattern.
    pub fn new(pattern: &str) -> Result<Self, String> {
        RegexBuilder::new(pattern)
            .size_limit(MAX_COMPILED)
            .nest_limit(MAX_NESTING)
            .build()
            .map(Self)
            .map_err(|error| reason(&error))
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        &self.0
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.0.as_str())
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Compile {
            what: "a regular expression",
            compile: Self::new,
        })
    }
}

/// A glob over `/`-separated paths: `*` stays inside a folder, `**` does not; ASCII
/// letters match in either case.
#[derive(Clone, Debug)]
pub struct Glob(GlobMatcher);

impl Glob {
    /// Compiles a glob.
    pub fn new(pattern: &str) -> Result<Self, String> {
        GlobBuilder::new(pattern)
            .literal_separator(true)
            .case_insensitive(true)
            .build()
            .map(|glob| Self(glob.compile_matcher()))
            .map_err(|error| error.kind().to_string())
    }
}

impl Deref for Glob {
    type Target = GlobMatcher;

    fn deref(&self) -> &GlobMatcher {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Glob {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Compile {
            what: "a glob",
            compile: Self::new,
        })
    }
}

struct Compile<T> {
    what: &'static str,
    compile: fn(&str) -> Result<T, String>,
}

impl<T> Visitor<'_> for Compile<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
        (self.compile)(text)
            .map_err(|reason| E::custom(format_args!("not {}: {reason}", self.what)))
    }
}

/// The last line of a syntax error's drawing is its reason; the pattern above it is
/// underlined in the pack itself.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    last.strip_prefix("error: ").unwrap_or(last).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_named() {
        assert_eq!(Pattern::new("a(b").unwrap_err(), "unclosed group");
        assert!(Pattern::new(r"\w{1000}{100}").unwrap_err().contains("size"));
        assert!(Pattern::new(&"(".repeat(100)).is_err());
        assert!(Glob::new("a[b").unwrap_err().contains("unclosed"));
    }

    #[test]
    fn globs_know_folders() {
        let glob = Glob::new("docs/*.md").unwrap();
        assert!(glob.is_match("docs/A.MD"));
        assert!(!glob.is_match("docs/a/b.md"));
    }
}
