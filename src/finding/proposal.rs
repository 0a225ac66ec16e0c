//! What would end a finding besides an edit: a text that is missing, a permission.

/// A text that mends a finding where it is put: a file's attribution, a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Path of the page that it attributes, or of the README that lacks the notice.
    pub about: String,
    /// What it is.
    pub kind: ProposalKind,
    /// The text, with `{placeholders}`.
    pub template: String,
    /// What stands for them, kept apart so that no word of a page is taken for one;
    /// `None` where nobody told.
    pub values: Vec<(&'static str, Option<String>)>,
}

/// What a [`Proposal`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalKind {
    /// Whose a page is, and under which licence.
    Attribution {
        /// Whose copyright it is.
        holder: String,
        /// SPDX identifier of the licence.
        licence: String,
        /// How changes are told: `{what}` is what was changed.
        changes: String,
        /// The nearest folder that holds all pages of the finding; empty for the top.
        folder: String,
    },
    /// Whose the marks are.
    Notice,
}

/// The permission under which what a finding tells would be no breach.
#[derive(Clone, Debug, PartialEq)]
pub enum Permission {
    /// To use a mark in a name.
    Mark(String),
    /// To call so often, in calls a second.
    Rate(f64),
    /// To use the text under another licence.
    Licence,
}
