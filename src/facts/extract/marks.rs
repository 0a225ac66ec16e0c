//! How often each mark stands in a file's prose.

use std::sync::Arc;

use crate::facts::signals::MarkUse;
use crate::facts::{Prose, ProseContext, Signals};
use crate::pack::Marks;
use crate::pack::vocabulary::MarkFinder;
use crate::parse::kind::is_readme;
use crate::source::Source;

/// Longest first paragraph of a README that counts as the project's description, in
/// bytes; code hosts allow 350 characters.
const DESCRIPTION: usize = 350;

/// Counts marks; compiled once.
pub(super) struct MarkCounter {
    finder: Arc<MarkFinder>,
}

impl MarkCounter {
    pub(super) fn new(marks: &Marks) -> Self {
        Self {
            finder: marks.finder(),
        }
    }

    /// Adds the marks of one piece of prose. Comments and string literals speak to
    /// nobody about the project, and a quotation is somebody else's.
    pub(super) fn count(
        &self,
        source: &Source,
        prose: &Prose,
        subject: bool,
        signals: &mut Signals,
    ) {
        let prominent = match prose.context {
            ProseContext::Heading(_) => true,
            ProseContext::Comment | ProseContext::StringLiteral => return,
            _ => false,
        };
        if prose.quoted || prose.borrowed {
            return;
        }
        for hit in self.finder.in_prose(&prose.text) {
            let index = signals
                .marks
                .iter()
                .position(|used| used.mark == hit.mark)
                .unwrap_or_else(|| {
                    signals.marks.push(MarkUse {
                        mark: hit.mark.to_owned(),
                        count: 0,
                        prominent: 0,
                        first: prose.span(source.id, hit.range.clone()),
                        subject: false,
                    });
                    signals.marks.len() - 1
                });
            signals.marks[index].subject |= subject;
            signals.marks[index].count += 1;
            signals.marks[index].prominent += u32::from(prominent);
        }
    }
}

/// Where a project says what it is: the title of its README, the first sentence after
/// it, and the descriptions in its manifests.
pub(super) struct Subject {
    readme: bool,
    at_top: bool,
    titles: usize,
    paragraphs: usize,
}

impl Subject {
    pub(super) fn new(path: &str) -> Self {
        Self {
            readme: is_readme(path),
            at_top: !path.contains('/'),
            titles: 0,
            paragraphs: 0,
        }
    }

    /// Whether the next piece of prose of the file is such a place.
    pub(super) fn is_said_in(&mut self, prose: &Prose) -> bool {
        if !self.at_top {
            return false;
        }
        match prose.context {
            ProseContext::ManifestField(_) => true,
            ProseContext::Heading(1) if self.readme => {
                self.titles += 1;
                self.titles == 1
            }
            ProseContext::Paragraph if self.readme => {
                self.paragraphs += 1;
                // A longer one is an introduction, which may name anything.
                self.paragraphs == 1 && prose.text.len() <= DESCRIPTION
            }
            _ => false,
        }
    }
}
