//! Types that packs' words deserialise into: a fault in them is an error at their
//! place in the YAML, not later.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use globset::{GlobBuilder, GlobMatcher};
use regex::{Regex, RegexBuilder};
use regex_syntax::ast::{self, Ast, ClassPerlKind, ClassSet, ClassSetItem};
use serde::de::{self, Deserialize, Deserializer, Visitor};

/// Largest compiled form of one pattern, in bytes: Unicode classes with counted
/// repetition grow without a limit.
const MAX_COMPILED: usize = 4 << 20;

/// Deepest nesting of groups in a pattern.
const MAX_NESTING: u32 = 64;

thread_local! {
    /// What is read was read before, by the tests of this program.
    static TRUSTED: Cell<bool> = const { Cell::new(false) };
}

/// Reads what is known to be good: nothing is compiled before it is asked for.
pub(super) fn trusting<T>(read: impl FnOnce() -> T) -> T {
    let before = TRUSTED.replace(true);
    let out = read();
    TRUSTED.set(before);
    out
}

/// Whether patterns that are being read are known to be good, so that compiling
/// them only to see whether they do is in vain.
pub fn trusted() -> bool {
    TRUSTED.get()
}

/// A regular expression. A fault in it is an error when the pack is read; those of
/// the packs that ship are compiled when first asked, as most scans never ask.
#[derive(Clone)]
pub struct Pattern {
    source: Arc<str>,
    size_limit: usize,
    regex: Arc<OnceLock<Regex>>,
}

impl Pattern {
    /// Compiles a pattern; the error is the reason, without the pattern.
    pub fn new(source: &str) -> Result<Self, String> {
        Self::with_limit(source, MAX_COMPILED)
    }

    /// Compiles a pattern whose compiled form may take so many bytes: one that is
    /// put together of many.
    pub fn with_limit(source: &str, size_limit: usize) -> Result<Self, String> {
        let pattern = Self {
            source: Arc::from(source),
            size_limit,
            regex: Arc::default(),
        };
        if !trusted() {
            let _ = pattern.regex.set(pattern.compile()?);
        }
        Ok(pattern)
    }

    fn compile(&self) -> Result<Regex, String> {
        RegexBuilder::new(&unfolded(&self.source))
            .size_limit(self.size_limit)
            .nest_limit(MAX_NESTING)
            .build()
            .map_err(|error| reason(&error))
    }
}

impl Deref for Pattern {
    type Target = Regex;

    fn deref(&self) -> &Regex {
        self.regex.get_or_init(|| {
            // The tests compile every pattern that ships; nothing matches the empty
            // class.
            self.compile()
                .or_else(|_| Regex::new(r"[^\s\S]"))
                .expect("the empty class is a pattern")
        })
    }
}

/// The same pattern without the case folding that changes nothing. A class that
/// holds `\w` holds every letter in either case; folding its hundred thousand
/// characters one by one would take longer than all the rest.
pub(super) fn unfolded(pattern: &str) -> Cow<'_, str> {
    struct Classes(Vec<std::ops::Range<usize>>);
    impl ast::Visitor for Classes {
        type Output = Vec<std::ops::Range<usize>>;
        type Err = ();

        fn finish(self) -> Result<Self::Output, ()> {
            Ok(self.0)
        }

        fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
            if let Ast::ClassBracketed(class) = ast
                && let ClassSet::Item(item) = &class.kind
                && holds_every_letter(item)
            {
                self.0.push(class.span.start.offset..class.span.end.offset);
            }
            Ok(())
        }
    }
    let parsed = ast::parse::ParserBuilder::new()
        .nest_limit(MAX_NESTING)
        .build()
        .parse(pattern);
    // What can't be parsed fails where it is compiled.
    let classes = match parsed.map(|ast| ast::visit(&ast, Classes(Vec::new()))) {
        Ok(Ok(classes)) if !classes.is_empty() => classes,
        _ => return Cow::Borrowed(pattern),
    };
    let mut out = String::with_capacity(pattern.len() + classes.len() * 6);
    let mut done = 0;
    for class in classes {
        out.push_str(&pattern[done..class.start]);
        out.push_str("(?-i:");
        out.push_str(&pattern[class.clone()]);
        out.push(')');
        done = class.end;
    }
    out.push_str(&pattern[done..]);
    Cow::Owned(out)
}

/// Whether a class holds `\w`, or the whole of what is not ASCII and its letters.
fn holds_every_letter(item: &ClassSetItem) -> bool {
    let items = match item {
        ClassSetItem::Union(union) => union.items.as_slice(),
        item => std::slice::from_ref(item),
    };
    let perl = |item: &ClassSetItem| match item {
        ClassSetItem::Perl(class) => matches!(
            (&class.kind, class.negated),
            (ClassPerlKind::Word, false) | (ClassPerlKind::Digit | ClassPerlKind::Space, true)
        ),
        _ => false,
    };
    let covers = |first: char, last: char| {
        items.iter().any(|item| match item {
            ClassSetItem::Range(range) => range.start.c <= first && last <= range.end.c,
            _ => false,
        })
    };
    items.iter().any(perl) || (covers('a', 'z') && covers('A', 'Z') && covers('\u{80}', char::MAX))
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "/{}/", self.source)
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

impl schemars::JsonSchema for Glob {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Glob".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        String::json_schema(generator)
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
    fn what_is_trusted_is_compiled_when_asked() {
        assert!(trusting(|| Pattern::new("a(b")).is_ok());
        assert!(Pattern::new("a(b").is_err());
        let broken = trusting(|| Pattern::new("a(b").unwrap());
        assert!(!broken.is_match("a(b"));
        let good = trusting(|| Pattern::new("(?i)A+").unwrap());
        assert!(good.is_match("xaax"));
    }

    #[test]
    fn classes_of_every_letter_are_not_folded() {
        assert_eq!(unfolded(r"(?i)a[\w'-]+[b\s]"), r"(?i)a(?-i:[\w'-])+[b\s]");
        assert_eq!(
            unfolded("(?ix) é [^\\w\\]] # [\\w]\n [x]"),
            "(?ix) é (?-i:[^\\w\\]]) # [\\w]\n [x]"
        );
        // Everything that has a case is in `\w`.
        for class in [r"\w", r"\S", r"\D", r"a-zA-Z\x{80}-\x{10ffff}"] {
            let plain = Regex::new(&format!("^[{class}]$")).unwrap();
            let folded = Regex::new(&format!("(?i)^[{class}]$")).unwrap();
            let mut text = String::new();
            for c in '\0'..=char::MAX {
                text.clear();
                text.push(c);
                assert_eq!(plain.is_match(&text), folded.is_match(&text), "{c:?}");
            }
        }
    }

    #[test]
    fn globs_know_folders() {
        let glob = Glob::new("docs/*.md").unwrap();
        assert!(glob.is_match("docs/A.MD"));
        assert!(!glob.is_match("docs/a/b.md"));
    }
}
