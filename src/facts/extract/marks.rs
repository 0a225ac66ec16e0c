//! How often each mark stands in a file's prose.

use std::sync::Arc;

use crate::facts::signals::MarkUse;
use crate::facts::{Prose, ProseContext, Signals};
use crate::pack::Marks;
use crate::pack::vocabulary::MarkFinder;
use crate::source::Source;

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
    pub(super) fn count(&self, source: &Source, prose: &Prose, signals: &mut Signals) {
        let prominent = match prose.context {
            ProseContext::Heading(_) => true,
            ProseContext::Comment | ProseContext::StringLiteral => return,
            _ => false,
        };
        if prose.quoted {
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
                    });
                    signals.marks.len() - 1
                });
            signals.marks[index].count += 1;
            signals.marks[index].prominent += u32::from(prominent);
        }
    }
}
