//! Patterns of files that are not scanned, by the folder whose files they speak of.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ignore::gitignore::Gitignore;

/// What is excluded, folder by folder.
#[derive(Clone, Debug, Default)]
pub struct Exclude {
    folders: BTreeMap<PathBuf, Vec<Level>>,
}

#[derive(Clone, Debug)]
struct Level {
    matcher: Gitignore,
    /// What stands above says nothing of this folder.
    stops: bool,
}

impl Exclude {
    /// Adds what a folder says.
    pub fn add(&mut self, folder: &Path, matcher: Gitignore, stops: bool) {
        let levels = self.folders.entry(folder.to_owned()).or_default();
        levels.push(Level { matcher, stops });
    }

    /// Whether nothing is excluded.
    pub fn is_empty(&self) -> bool {
        let mut levels = self.folders.values().flatten();
        levels.all(|level| level.matcher.is_empty())
    }

    /// Whether a path itself is excluded.
    pub fn matches(&self, path: &Path, is_dir: bool) -> bool {
        for folder in path.ancestors().skip(1) {
            let levels = self.folders.get(folder).map_or(&[][..], Vec::as_slice);
            // A `!` of one file takes back what that file excludes, and no other's: what
            // is excluded above is not looked into, so nothing below can speak of it.
            if levels
                .iter()
                .any(|level| level.matcher.matched(path, is_dir).is_ignore())
            {
                return true;
            }
            if levels.iter().any(|level| level.stops) {
                return false;
            }
        }
        false
    }

    /// The topmost folder on the way from a folder down to a path that is excluded, or
    /// the path itself.
    pub fn covering<'a>(&self, path: &'a Path, is_dir: bool, from: &Path) -> Option<&'a Path> {
        let below = path.ancestors().take_while(|part| *part != from);
        let mut way: Vec<&Path> = below.collect();
        way.reverse();
        way.into_iter()
            .find(|part| self.matches(part, is_dir || *part != path))
    }
}
