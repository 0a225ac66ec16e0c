//! What the operator of a scan says against what the scanned tree says of itself.

use std::path::Path;
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use crate::revision::{Revision, RevisionTree};

/// The operator's word. By default the tree's own word counts.
#[derive(Clone, Debug)]
pub struct Operator {
    /// Nothing that the tree says of itself counts unless somebody else vouches for it, and
    /// what is left out makes the run fail.
    pub gate: bool,
    /// For a gate: what the tree said at this revision counts.
    pub trusted: Option<Arc<Revision>>,
    /// Whose repository it is.
    pub owner: Option<Arc<str>>,
    /// Whether ignore files count.
    pub ignore_files: bool,
    /// Whether suppressions count: comments, and `ignore` of a configuration.
    pub suppressions: bool,
    /// For a gate: files that may stay unchecked.
    pub allowed: Gitignore,
}

impl Default for Operator {
    fn default() -> Self {
        Self {
            gate: false,
            trusted: None,
            owner: None,
            ignore_files: true,
            suppressions: true,
            allowed: Gitignore::empty(),
        }
    }
}

impl Operator {
    /// Reads patterns of files that may stay unchecked, relative to `root`.
    pub fn patterns(root: &Path, patterns: &[String]) -> Result<Gitignore, String> {
        let mut builder = GitignoreBuilder::new(root);
        for pattern in patterns {
            builder
                .add_line(None, pattern)
                .map_err(|error| error.to_string())?;
        }
        builder.build().map_err(|error| error.to_string())
    }

    /// The trusted tree of a folder.
    pub fn trusted_tree(&self, folder: &Path) -> Option<RevisionTree> {
        self.trusted.as_ref().map(|trusted| trusted.tree(folder))
    }

    /// By what a gate is told to believe the tree, in messages.
    pub fn because(&self) -> String {
        match &self.trusted {
            Some(trusted) => format!("because of --gate: it is not as it was at {}", trusted.name),
            None => {
                "because of --gate; --trust REV counts what is the same at a revision".to_owned()
            }
        }
    }
}
