//! Tells from a file's raw bytes whether it is worth parsing: one automaton over
//! every literal of every check, so that a file without a hit costs little more
//! than reading it.

use std::fmt::Write as _;

use regex::bytes::{Regex, RegexBuilder};

use crate::checks::{Trigger, TriggerScope};
use crate::facts::{ConfigSyntax, FileKind, ManifestKind};

/// Every check's literals, ready to search raw bytes for.
pub struct Prefilter {
    documents: Literals,
    /// What counts in documents or makes calls of interest, in one go.
    data: Literals,
    code: Literals,
    calls: Literals,
}

/// Most bytes that a compiled set of literals, or one thread's cache of it, may take.
const SIZE_LIMIT: usize = 16 * 1024 * 1024;

/// The literals that count for one group of files. The regex engine searches a set
/// of literals with vector instructions, several times faster than an automaton
/// that reports every overlapping match; one match is all that is asked for.
enum Literals {
    /// There is no literal.
    Never,
    Some(Regex),
    /// Too large to build, which must not silence anything.
    Always,
}

impl Prefilter {
    /// Compiles the literals of each group.
    pub fn new(triggers: &[Trigger]) -> Self {
        let only = |wanted: TriggerScope| {
            Literals::new(triggers.iter().filter(|trigger| {
                trigger.scope == wanted || trigger.scope == TriggerScope::Everywhere
            }))
        };
        Self {
            documents: only(TriggerScope::Documents),
            data: Literals::new(triggers.iter()),
            code: only(TriggerScope::Code),
            calls: Literals::new(
                triggers
                    .iter()
                    .filter(|trigger| trigger.scope == TriggerScope::Code),
            ),
        }
    }

    /// Whether a trigger that counts for `kind` stands in `bytes`.
    pub fn hit(&self, kind: FileKind, bytes: &[u8]) -> bool {
        match kind {
            // Texts of a program stand in properties, too.
            FileKind::Code(_) | FileKind::View | FileKind::Config(ConfigSyntax::Lines) => {
                self.code.hit(bytes)
            }
            FileKind::Notebook | FileKind::Config(_) => self.calls.hit(bytes),
            // Data may hold a governed host and no word that documents are read for.
            FileKind::Data(_) => self.data.hit(bytes),
            _ => self.documents.hit(bytes),
        }
    }

    /// Whether a literal stands in code or configuration that makes its calls of
    /// interest.
    pub fn wants_calls(&self, kind: FileKind, bytes: &[u8]) -> bool {
        let reads_calls = match kind {
            FileKind::Code(_)
            | FileKind::View
            | FileKind::Html
            | FileKind::Notebook
            | FileKind::Markdown
            | FileKind::Data(_)
            | FileKind::Config(_) => true,
            FileKind::Manifest(manifest) => {
                matches!(
                    manifest,
                    ManifestKind::OpenApi | ManifestKind::GitHubAction | ManifestKind::Described
                )
            }
            _ => false,
        };
        reads_calls && self.calls.hit(bytes)
    }
}

impl Literals {
    fn new<'a>(triggers: impl Iterator<Item = &'a Trigger>) -> Self {
        let pattern = triggers.map(pattern).collect::<Vec<_>>().join("|");
        if pattern.is_empty() {
            return Self::Never;
        }
        RegexBuilder::new(&pattern)
            .unicode(false)
            .size_limit(SIZE_LIMIT)
            .dfa_size_limit(SIZE_LIMIT)
            .build()
            .map_or(Self::Always, Self::Some)
    }

    fn hit(&self, bytes: &[u8]) -> bool {
        match self {
            Self::Never => false,
            Self::Some(regex) => regex.is_match(bytes),
            Self::Always => true,
        }
    }
}

/// A literal as a pattern over raw bytes.
fn pattern(trigger: &Trigger) -> String {
    let mut pattern = String::from(if trigger.exact_case { "(?:" } else { "(?i:" });
    for byte in trigger.literal.bytes() {
        if byte.is_ascii_alphanumeric() {
            pattern.push(char::from(byte));
        } else {
            let _ = write!(pattern, "\\x{byte:02X}");
        }
    }
    pattern.push(')');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Language;

    fn trigger(literal: &str, exact_case: bool, scope: TriggerScope) -> Trigger {
        Trigger {
            literal: literal.to_owned(),
            exact_case,
            scope,
        }
    }

    #[test]
    fn a_literal_counts_in_its_scope_and_in_its_case() {
        let prefilter = Prefilter::new(&[
            trigger("Sharepoint", true, TriggerScope::Documents),
            trigger("share", false, TriggerScope::Code),
        ]);
        let code = FileKind::Code(Language::Python);
        assert!(prefilter.hit(FileKind::Markdown, b"the Sharepoint site"));
        assert!(!prefilter.hit(FileKind::Markdown, b"the SharePoint site"));
        assert!(!prefilter.hit(FileKind::Markdown, b"to share"));
        assert!(prefilter.hit(code, b"SHARED = 1"));
        assert!(!prefilter.hit(code, b"nothing"));
    }

    #[test]
    fn no_literal_hits_nothing_and_any_character_is_a_literal() {
        assert!(!Prefilter::new(&[]).hit(FileKind::Markdown, b"anything"));
        let prefilter = Prefilter::new(&[trigger("f\u{fc}r|x.", false, TriggerScope::Everywhere)]);
        assert!(prefilter.hit(FileKind::Markdown, "F\u{fc}R|X.".as_bytes()));
        assert!(!prefilter.hit(FileKind::Markdown, "f\u{fc}r".as_bytes()));
        assert!(!prefilter.hit(FileKind::Markdown, b"xy"));
    }
}
