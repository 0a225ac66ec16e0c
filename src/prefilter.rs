//! Tells from a file's raw bytes whether it is worth parsing: one automaton over
//! every literal of every check, so that a file without a hit costs little more
//! than reading it.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input};

use crate::checks::{Trigger, TriggerScope};
use crate::facts::FileKind;

/// Every check's literals, ready to search raw bytes for.
pub struct Prefilter {
    documents: Automaton,
    code: Automaton,
    calls: Automaton,
}

/// The literals that count for one group of files.
struct Automaton {
    automaton: Option<AhoCorasick>,
    /// By pattern: the bytes to compare with case, empty when any case will do.
    exact: Vec<Vec<u8>>,
}

impl Prefilter {
    /// Builds the automata.
    pub fn new(triggers: &[Trigger]) -> Self {
        let only = |wanted: TriggerScope| {
            Automaton::new(triggers.iter().filter(|trigger| {
                trigger.scope == wanted || trigger.scope == TriggerScope::Everywhere
            }))
        };
        Self {
            documents: only(TriggerScope::Documents),
            code: only(TriggerScope::Code),
            calls: Automaton::new(
                triggers
                    .iter()
                    .filter(|trigger| trigger.scope == TriggerScope::Code),
            ),
        }
    }

    /// Whether a trigger that counts for `kind` stands in `bytes`.
    pub fn hit(&self, kind: FileKind, bytes: &[u8]) -> bool {
        match kind {
            FileKind::Code(_) => self.code.hit(bytes),
            FileKind::Notebook => self.calls.hit(bytes),
            _ => self.documents.hit(bytes),
        }
    }
}

impl Prefilter {
    /// Whether a literal stands in code that makes its calls of interest.
    pub fn wants_calls(&self, kind: FileKind, bytes: &[u8]) -> bool {
        matches!(
            kind,
            FileKind::Code(_) | FileKind::Notebook | FileKind::Markdown
        ) && self.calls.hit(bytes)
    }
}

impl Automaton {
    fn new<'a>(triggers: impl Iterator<Item = &'a Trigger>) -> Self {
        let triggers: Vec<_> = triggers.collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .kind(Some(AhoCorasickKind::DFA))
            .build(triggers.iter().map(|trigger| &trigger.literal))
            .ok();
        Self {
            automaton,
            exact: triggers
                .iter()
                .map(|trigger| {
                    if trigger.exact_case {
                        trigger.literal.as_bytes().to_vec()
                    } else {
                        Vec::new()
                    }
                })
                .collect(),
        }
    }

    fn hit(&self, bytes: &[u8]) -> bool {
        let Some(automaton) = &self.automaton else {
            // An automaton too large to build must not silence anything.
            return true;
        };
        automaton
            .find_overlapping_iter(Input::new(bytes).anchored(Anchored::No))
            .any(|found| {
                let exact = &self.exact[found.pattern().as_usize()];
                exact.is_empty() || bytes[found.start()..found.end()] == **exact
            })
    }
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
}
