//! How often each mark stands in a file's prose.

use std::sync::Arc;

use crate::facts::signals::MarkUse;
use crate::facts::{Prose, ProseContext, Signals};
use crate::pack::Marks;
use crate::pack::vocabulary::{MarkFinder, MarkHit};
use crate::parse::kind::is_readme;
use crate::source::{Source, floor_boundary};

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
        let hits = self.finder.in_prose(&prose.text);
        for (at, hit) in hits.iter().enumerate() {
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
            let heading = prominent || matches!(prose.context, ProseContext::ManifestField(_));
            let listed = || !heading && self.is_listed(&prose.text, &hits, at);
            signals.marks[index].subject |= subject && !listed();
            signals.marks[index].count += 1;
            signals.marks[index].prominent += u32::from(prominent);
        }
    }

    /// Whether a mark is one of several things that are named in a row, none of the
    /// others a product of the owner: "SAML, Acme Directory or Okta".
    fn is_listed(&self, text: &str, hits: &[MarkHit<'_>], at: usize) -> bool {
        let hit = &hits[at];
        let before = &text[..hit.range.start];
        let after = &text[hit.range.end..];
        let product = |other: &&MarkHit<'_>| self.finder.is_product(other.mark);
        let previous = at
            .checked_sub(1)
            .and_then(|at| hits.get(at))
            .filter(product);
        let next = hits.get(at + 1).filter(product);
        let separates = |between: &str| {
            let word = between.trim_matches(|c: char| !c.is_alphanumeric());
            between.trim_start().starts_with(',') && word.is_empty() || self.finder.is_joiner(word)
        };
        let among_its_own = previous
            .and_then(|other| text.get(other.range.end..hit.range.start))
            .is_some_and(separates)
            || next
                .and_then(|other| text.get(hit.range.end..other.range.start))
                .is_some_and(separates);
        let follows = before.trim_end().ends_with(',');
        !among_its_own && (follows || self.goes_on(after))
    }

    /// Whether an enumeration goes on after a comma: ", x and y".
    fn goes_on(&self, after: &str) -> bool {
        /// How far an enumeration is followed, in bytes.
        const NEAR: usize = 500;
        /// Longest part of an enumeration, in words.
        const PART: usize = 3;
        let Some(rest) = after.strip_prefix(',') else {
            return false;
        };
        let rest = &rest[..floor_boundary(rest, NEAR)];
        let sentence = rest.split(['.', ';', ':']).next().unwrap_or(rest);
        let mut words = 0;
        for word in sentence.split_whitespace() {
            if words > 0 && self.finder.is_joiner(word) {
                return true;
            }
            words += 1;
            if words > PART {
                return false;
            }
            if word.ends_with(',') {
                return true;
            }
        }
        false
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
            // After a list or a further heading nothing is the project's description.
            ProseContext::Heading(_) | ProseContext::ListItem if self.readme => {
                self.paragraphs += usize::from(self.titles > 0);
                false
            }
            _ => false,
        }
    }
}
