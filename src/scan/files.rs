//! The files of a scan, read through the one door of its tree.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::path::{Path, PathBuf};

use aho_corasick::AhoCorasick;

use crate::tree::{Content, Tree};
use crate::walk::{self, Entry};

/// Reads what was walked, each file up to one limit.
pub struct Files<'a> {
    tree: &'a dyn Tree,
    root: PathBuf,
    /// Largest file that is read, in bytes.
    pub limit: u64,
}

impl<'a> Files<'a> {
    /// The files of a tree whose entries lie below `root`.
    pub fn of(tree: &'a dyn Tree, root: &Path, limit: u64) -> Self {
        Self {
            tree,
            root: walk::canonical(root),
            limit,
        }
    }

    /// Reads a file.
    pub fn read(&self, entry: &Entry) -> io::Result<Content> {
        let path = entry.absolute.strip_prefix(&self.root);
        self.tree.read(path.unwrap_or(&entry.absolute), self.limit)
    }

    /// Reads a file that need not be text.
    pub fn read_any(&self, entry: &Entry, limit: u64) -> io::Result<Content> {
        let path = entry.absolute.strip_prefix(&self.root);
        let path = path.unwrap_or(&entry.absolute);
        self.tree.read_any(path, limit.min(self.limit))
    }

    /// Whether a file is as it is in another tree of the same root.
    pub fn is_same(&self, entry: &Entry, other: &dyn Tree) -> bool {
        let path = entry.absolute.strip_prefix(&self.root);
        let was = other.read(path.unwrap_or(&entry.absolute), self.limit);
        matches!((self.read(entry), was), (Ok(now), Ok(was)) if now == was)
    }

    /// Reads a file once more; `None` when it is not what it was.
    pub fn read_again(&self, entry: &Entry, expected: u64) -> Option<Vec<u8>> {
        self.bytes(entry).filter(|bytes| digest(bytes) == expected)
    }

    /// Whether any of the words stands in a file.
    pub fn mentions(&self, entry: &Entry, words: &AhoCorasick) -> bool {
        self.bytes(entry)
            .is_some_and(|bytes| words.is_match(&bytes))
    }

    /// The words that a file holds, by their index.
    pub fn mentioned(&self, entry: &Entry, words: &AhoCorasick) -> BTreeSet<usize> {
        let bytes = self.bytes(entry).unwrap_or_default();
        let found = words.find_overlapping_iter(&bytes);
        found.map(|found| found.pattern().as_usize()).collect()
    }

    fn bytes(&self, entry: &Entry) -> Option<Vec<u8>> {
        match self.read(entry) {
            Ok(Content::Bytes(bytes)) => Some(bytes),
            _ => None,
        }
    }
}

/// A digest by which bytes are known again within one run.
pub fn digest(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tree;

    #[test]
    fn what_changed_is_not_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let entry = Entry {
            relative: Arc::from("a.md"),
            absolute: walk::canonical(folder.path()).join("a.md"),
            context: false,
        };
        std::fs::write(&entry.absolute, "one").expect("written");
        let tree = tree::of_folder(folder.path());
        let files = Files::of(&*tree, folder.path(), 100);
        assert_eq!(
            files.read_again(&entry, digest(b"one")),
            Some(b"one".to_vec())
        );
        std::fs::write(&entry.absolute, "two").expect("written");
        assert_eq!(files.read_again(&entry, digest(b"one")), None);
    }

    #[test]
    fn a_root_that_is_gone_is_the_reason() {
        let folder = tempfile::tempdir().expect("a folder");
        let gone = folder.path().join("gone");
        let entry = Entry {
            relative: Arc::from("a.md"),
            absolute: gone.join("a.md"),
            context: false,
        };
        let tree = tree::of_folder(&gone);
        let error = Files::of(&*tree, &gone, 100)
            .read(&entry)
            .expect_err("no root");
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }
}
