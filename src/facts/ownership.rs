//! Whose repository is it? The owner is not bound by its own reservation.

use std::path::Path;

/// The decision for one pack, with its reason for `-v`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ownership {
    /// The repository is the pack owner's own.
    pub own: bool,
    /// Why, in a sentence.
    pub reason: String,
}

use super::RepositoryFacts;
use super::repository::GitRemote;
use crate::pack::Pack;

/// Decides whether the repository is the owner's own.
pub fn decide(_facts: &RepositoryFacts, pack: &Pack) -> Ownership {
    Ownership {
        own: false,
        reason: format!(
            "nothing says that this repository is {}'s own",
            pack.owner.name
        ),
    }
}

/// The origin remote of the checkout at `root`, read from `.git/config`.
pub fn git_remote(_root: &Path) -> Option<GitRemote> {
    None
}
