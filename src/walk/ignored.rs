//! Ignore files: `.gitignore`, `.ignore` and the clone's own `info/exclude`, read through
//! the tree like any other file and weighed as git and ripgrep weigh them.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::Match;
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::paths::{reason, relative};
use crate::git::GitFolder;
use crate::tree::{Content, MAX_SETTINGS, Tree};

/// What git reads.
const GIT: &str = ".gitignore";

/// What search tools read; it counts before git's.
const OWN: &str = ".ignore";

/// Most patterns of one file. The longest collections of templates have some 5,000; each
/// path is held against all of them. Held by `ignore_files_have_a_limit`.
const MAX_PATTERNS: usize = 10_000;

/// Longest pattern that counts, as long as systems let a path be.
const MAX_PATTERN: usize = 4096;

/// Reads the ignore files of a tree, folder by folder.
pub struct IgnoreFiles<'a> {
    tree: &'a dyn Tree,
    /// The root of the scan, absolute.
    root: &'a Path,
    /// What could not be counted: path and reason.
    told: Mutex<Vec<(String, String)>>,
}

/// What holds in a folder: its own ignore files and those above, nearest first.
#[derive(Debug)]
pub struct Level {
    above: Option<Arc<Self>>,
    own: Gitignore,
    git: Gitignore,
    exclude: Gitignore,
    /// A checkout begins here: what git reads above says nothing of it.
    checkout: bool,
}

impl<'a> IgnoreFiles<'a> {
    pub fn new(tree: &'a dyn Tree, root: &'a Path) -> Self {
        Self {
            tree,
            root,
            told: Mutex::default(),
        }
    }

    /// What could not be counted.
    pub fn told(self) -> Vec<(String, String)> {
        let told = self.told.into_inner();
        told.unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// What the clone itself leaves out, for the whole of its checkout.
    pub fn of_clone(&self, git: &GitFolder) -> Option<Arc<Level>> {
        let Ok(Content::Bytes(bytes)) = git.exclude() else {
            return None;
        };
        let exclude = self.matcher(
            &git.checkout,
            &git.checkout.join(".git/info/exclude"),
            &bytes,
        );
        (!exclude.is_empty()).then(|| {
            Arc::new(Level {
                above: None,
                own: Gitignore::empty(),
                git: Gitignore::empty(),
                exclude,
                checkout: false,
            })
        })
    }

    /// What holds in a folder, which is relative to the root. `has` tells of a name whether
    /// it stands there.
    pub fn enter(
        &self,
        above: Option<&Arc<Level>>,
        folder: &Path,
        has: &dyn Fn(&str) -> bool,
    ) -> Option<Arc<Level>> {
        let read = |name: &str| {
            if has(name) {
                self.read(folder, name)
            } else {
                Gitignore::empty()
            }
        };
        let (own, git) = (read(OWN), read(GIT));
        // The root's own checkout is what speaks of all.
        let checkout = !folder.as_os_str().is_empty() && has(".git");
        if own.is_empty() && git.is_empty() && !checkout {
            return above.cloned();
        }
        Some(Arc::new(Level {
            above: above.cloned(),
            own,
            git,
            exclude: Gitignore::empty(),
            checkout,
        }))
    }

    /// What holds in a folder by what stands there now, all folders above it included.
    pub fn way(&self, clone: Option<Arc<Level>>, folder: &Path) -> Option<Arc<Level>> {
        let mut level = clone;
        let mut ways: Vec<&Path> = folder.ancestors().collect();
        ways.reverse();
        for way in ways {
            let has = |name: &str| self.tree.kind(&way.join(name)).is_ok();
            level = self.enter(level.as_ref(), way, &has);
        }
        level
    }

    fn read(&self, folder: &Path, name: &str) -> Gitignore {
        let path = folder.join(name);
        let why = match self.tree.read(&path, MAX_SETTINGS) {
            Ok(Content::Bytes(bytes)) => {
                let absolute = self.root.join(folder);
                return self.matcher(&absolute, &self.root.join(&path), &bytes);
            }
            Ok(Content::OverSize) => "over 1 MiB".to_owned(),
            Ok(Content::Binary) => "no text".to_owned(),
            Ok(Content::Special) => "no regular file".to_owned(),
            Err(error) if error.kind() == ErrorKind::NotFound => return Gitignore::empty(),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                if self.tree.passes_link(&path) {
                    "it leads out of the repository".to_owned()
                } else {
                    reason(&error)
                }
            }
            Err(error) => reason(&error),
        };
        self.tell(&self.root.join(&path), &why);
        Gitignore::empty()
    }

    fn matcher(&self, folder: &Path, path: &Path, bytes: &[u8]) -> Gitignore {
        let text = String::from_utf8_lossy(bytes);
        let text = text.trim_start_matches('\u{feff}');
        let mut builder = GitignoreBuilder::new(folder);
        let mut count = 0;
        for line in text.lines() {
            if line.trim().is_empty() || line.starts_with('#') || line.len() > MAX_PATTERN {
                continue;
            }
            count += 1;
            if count > MAX_PATTERNS {
                self.tell(path, &format!("more than {MAX_PATTERNS} patterns"));
                return Gitignore::empty();
            }
            // git passes over a pattern that is none.
            let _ = builder.add_line(None, line);
        }
        builder.build().unwrap_or_else(|_| {
            self.tell(path, "its patterns are too large");
            Gitignore::empty()
        })
    }

    fn tell(&self, path: &Path, why: &str) {
        let told = (
            relative(self.root, path).to_string(),
            format!("this ignore file does not count: {why}"),
        );
        self.told
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .push(told);
    }
}

impl Level {
    /// Whether a path is left out. The nearest file of a kind decides; `.ignore` counts
    /// before `.gitignore`, and that before what the clone excludes.
    pub fn ignores(&self, path: &Path, is_dir: bool) -> bool {
        let mut git = Match::None;
        let mut exclude = Match::None;
        let mut in_checkout = true;
        let mut next = Some(self);
        while let Some(level) = next {
            let own = level.own.matched(path, is_dir);
            if !own.is_none() {
                return own.is_ignore();
            }
            if in_checkout && git.is_none() {
                git = level.git.matched(path, is_dir);
            }
            if in_checkout && exclude.is_none() {
                exclude = level.exclude.matched(path, is_dir);
            }
            in_checkout &= !level.checkout;
            next = level.above.as_deref();
        }
        git.or(exclude).is_ignore()
    }

    /// Whether `.ignore` alone leaves a path out: it speaks to search tools, and counts
    /// for what git tracks.
    pub fn own_ignores(&self, path: &Path, is_dir: bool) -> bool {
        let mut next = Some(self);
        while let Some(level) = next {
            let own = level.own.matched(path, is_dir);
            if !own.is_none() {
                return own.is_ignore();
            }
            next = level.above.as_deref();
        }
        false
    }
}

/// The folders on the way from the root to a path and what holds in each, kept for the next
/// path.
pub struct Ways<'a> {
    files: &'a IgnoreFiles<'a>,
    known: std::collections::HashMap<PathBuf, Option<Arc<Level>>>,
}

impl<'a> Ways<'a> {
    pub fn new(files: &'a IgnoreFiles<'a>) -> Self {
        Self {
            files,
            known: std::collections::HashMap::new(),
        }
    }

    /// Whether `.ignore` leaves a file out, or a folder above it.
    pub fn own_ignores(&mut self, root: &Path, path: &Path) -> bool {
        let mut parts: Vec<&Path> = path.ancestors().collect();
        parts.pop();
        let file = parts.first().copied();
        parts.reverse();
        for part in parts {
            let folder = part.parent().unwrap_or(Path::new(""));
            let level = self.level(folder);
            let is_dir = Some(part) != file;
            if level.is_some_and(|level| level.own_ignores(&root.join(part), is_dir)) {
                return true;
            }
        }
        false
    }

    /// What holds in a folder whose parent is known.
    fn level(&mut self, folder: &Path) -> Option<Arc<Level>> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let above = match folder.parent() {
            Some(parent) => self.level(parent),
            None => None,
        };
        let has = |name: &str| name == OWN;
        let level = self.files.enter(above.as_ref(), folder, &has);
        self.known.insert(folder.to_owned(), level.clone());
        level
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::Folder;

    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, Folder) {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, text).expect("written");
        }
        let tree = Folder::open(folder.path()).expect("opened");
        (folder, tree)
    }

    #[test]
    fn the_nearest_file_of_a_kind_decides() {
        let (_folder, tree) = folder(&[
            (".gitignore", "*.md\n!keep.md\n/top.txt\n"),
            ("a/.gitignore", "!b.md\n"),
            ("a/.ignore", "!c.md\nd.md\n"),
            ("inner/.git/HEAD", "x\n"),
            ("inner/.gitignore", "*.txt\n"),
        ]);
        let files = IgnoreFiles::new(&tree, tree.root());
        let ignored = |path: &str| {
            let path = Path::new(path);
            let level = files.way(None, path.parent().expect("a folder"));
            level.is_some_and(|level| level.ignores(&tree.root().join(path), false))
        };
        for (path, expected) in [
            ("x.md", true),
            ("keep.md", false),
            ("top.txt", true),
            ("a/top.txt", false),
            ("a/b.md", false),
            ("a/c.md", false),
            ("a/d.md", true),
            ("a/e.md", true),
            // A checkout of its own: what git reads above says nothing of it.
            ("inner/x.md", false),
            ("inner/x.txt", true),
        ] {
            assert_eq!(ignored(path), expected, "{path}");
        }
        assert_eq!(files.told(), []);
    }

    #[test]
    fn ignore_files_have_a_limit() {
        let many = (0..=MAX_PATTERNS).fold(String::new(), |all, n| format!("{all}{n}\n"));
        let long = format!("{}\nb.md\n", "a".repeat(MAX_PATTERN + 1));
        let large = "# \n".repeat(400_000);
        let (_folder, tree) = folder(&[
            (".gitignore", &many),
            ("a/.ignore", &large),
            ("b/.ignore", &long),
        ]);
        let files = IgnoreFiles::new(&tree, tree.root());
        assert!(files.way(None, Path::new("a")).is_none());
        let level = files.way(None, Path::new("b")).expect("one pattern");
        assert!(level.ignores(&tree.root().join("b/b.md"), false));
        let told: Vec<_> = files.told().into_iter().map(|(path, _)| path).collect();
        assert_eq!(told, [".gitignore", "a/.ignore", ".gitignore"]);
    }
}
