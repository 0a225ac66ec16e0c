//! Texts that take the place of files: what is staged, or not yet saved.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Content, Item, ItemKind, Tree, is_binary};

/// The bytes of files, by their paths from the root.
pub type Texts = BTreeMap<PathBuf, Arc<[u8]>>;

/// A tree of whose files some have another content. A text whose file is gone is there
/// all the same.
#[derive(Debug)]
pub struct Overlay<'a> {
    below: &'a dyn Tree,
    texts: &'a Texts,
}

impl<'a> Overlay<'a> {
    /// Lays texts over a tree.
    pub fn new(below: &'a dyn Tree, texts: &'a Texts) -> Self {
        Self { below, texts }
    }

    /// Names in a folder that a text lies in or below.
    fn names(&self, folder: &Path) -> BTreeMap<OsString, ItemKind> {
        let mut names = BTreeMap::new();
        // Paths are in order of their parts, so that those below a folder follow it.
        for path in self.texts.range(folder.to_owned()..).map(|(path, _)| path) {
            let Ok(rest) = path.strip_prefix(folder) else {
                break;
            };
            let mut parts = rest.components();
            let Some(first) = parts.next() else { continue };
            let kind = match parts.next() {
                Some(_) => ItemKind::Folder,
                None => ItemKind::File,
            };
            names.insert(first.as_os_str().to_owned(), kind);
        }
        names
    }
}

impl Tree for Overlay<'_> {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Content> {
        match self.texts.get(path) {
            Some(bytes) if bytes.len() as u64 > limit => Ok(Content::OverSize),
            Some(bytes) if is_binary(bytes) => Ok(Content::Binary),
            Some(bytes) => Ok(Content::Bytes(bytes.to_vec())),
            None => self.below.read(path, limit),
        }
    }

    fn read_any(&self, path: &Path, limit: u64) -> io::Result<Content> {
        match self.texts.get(path) {
            Some(bytes) if bytes.len() as u64 > limit => Ok(Content::OverSize),
            Some(bytes) => Ok(Content::Bytes(bytes.to_vec())),
            None => self.below.read_any(path, limit),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Item>> {
        let mut added = self.names(folder);
        let mut items = match self.below.list(folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !added.is_empty() => {
                Vec::new()
            }
            listed => listed?,
        };
        for item in &items {
            added.remove(&item.name);
        }
        items.extend(added.into_iter().map(|(name, kind)| Item { name, kind }));
        Ok(items)
    }

    fn kind(&self, path: &Path) -> io::Result<ItemKind> {
        if self.texts.contains_key(path) {
            return Ok(ItemKind::File);
        }
        match self.below.kind(path) {
            Err(_) if !self.names(path).is_empty() => Ok(ItemKind::Folder),
            kind => kind,
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.texts.contains_key(path) || self.below.is_file(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree;

    #[test]
    fn a_text_takes_the_place_of_a_file() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("a.md"), "old").expect("written");
        std::fs::write(folder.path().join("b.md"), "as it is").expect("written");
        let texts = [("a.md", "new"), ("gone/c.md", "there")];
        let texts = texts.map(|(path, text)| (PathBuf::from(path), text.as_bytes().into()));
        let (below, texts) = (tree::of_folder(folder.path()), texts.into());
        let tree = Overlay::new(&*below, &texts);
        let read = |path: &str| tree.read(Path::new(path), 100).expect("read");
        assert_eq!(read("a.md"), Content::Bytes(b"new".to_vec()));
        assert_eq!(read("b.md"), Content::Bytes(b"as it is".to_vec()));
        assert_eq!(read("gone/c.md"), Content::Bytes(b"there".to_vec()));
        assert_eq!(
            tree.read(Path::new("a.md"), 2).expect("read"),
            Content::OverSize
        );
        let mut names: Vec<_> = tree.list(Path::new("")).expect("listed");
        names.sort_by(|a, b| a.name.cmp(&b.name));
        let names: Vec<_> = names
            .iter()
            .map(|item| (item.name.to_str(), item.kind))
            .collect();
        let expected = [
            (Some("a.md"), ItemKind::File),
            (Some("b.md"), ItemKind::File),
            (Some("gone"), ItemKind::Folder),
        ];
        assert_eq!(names, expected);
        assert_eq!(tree.list(Path::new("gone")).expect("listed").len(), 1);
        assert_eq!(
            tree.kind(Path::new("gone")).expect("there"),
            ItemKind::Folder
        );
        assert!(tree.kind(Path::new("nowhere")).is_err());
    }
}
