//! What is found of the attribution of a derived file, element by element.

use serde::Serialize;

use crate::facts::signals::AttributionElement;
use crate::source::{FileId, Span};

/// The verdict on one file.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The pack whose documentation it is derived from.
    pub pack: String,
    /// The file.
    pub file: FileId,
    /// Its path.
    pub path: String,
    /// The licence of the documentation.
    pub licence: String,
    /// Why it counts as derived, in words.
    pub evidence: String,
    /// The sign of that which weighs most.
    pub evidence_at: Option<Span>,
    /// The address of the original, as far as the file says it.
    pub original: Option<String>,
    /// The repository is a copy that keeps the owner's licence and notices, which is
    /// attribution enough.
    pub kept: bool,
    /// Each element.
    pub elements: Vec<ElementVerdict>,
    /// A file that puts another licence over it: its title and that licence.
    pub other_licence: Option<(Span, String)>,
    /// Files besides it that were looked in, nearest first.
    pub looked: Vec<String>,
}

/// One element of an attribution.
#[derive(Clone, Debug)]
pub struct ElementVerdict {
    /// Which.
    pub element: AttributionElement,
    /// In words.
    pub words: String,
    /// Whether it is there.
    pub state: State,
    /// Where it was found.
    pub places: Vec<Span>,
}

/// Whether an element is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is.
    Found,
    /// It stands in a comment only, which readers do not see.
    OutOfSight,
    /// It is asked for, and stands nowhere.
    Missing,
    /// It stands nowhere, and is not asked for here.
    NotAsked,
}

impl Verdict {
    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        let mut elements = self.elements.iter();
        elements.all(|one| matches!(one.state, State::Found | State::NotAsked))
    }

    /// Every place it points at.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        let places = self.elements.iter().flat_map(|one| &one.places).copied();
        let other = self.other_licence.iter().map(|(span, _)| *span);
        self.evidence_at.into_iter().chain(places).chain(other)
    }
}
