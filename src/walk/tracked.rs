//! The files that git tracks: part of the repository, whatever `.gitignore` says of them.

use std::collections::{BTreeMap, HashSet};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::ignored::{IgnoreFiles, Ways};
use super::{Entry, Skip, WalkOptions, Walked, index, relative, skip};
use crate::facts::RelativePath;
use crate::parse::kind;
use crate::tree::{Content, ItemKind};

/// Most files that are added, and with them the memory that they take.
const MAX_ADDED: usize = 100_000;

/// git's list of the files that it tracks.
pub struct List {
    bytes: Vec<u8>,
    /// The checkout's folder, which its paths are relative to.
    checkout: PathBuf,
}

impl List {
    /// Reads the list of a checkout; nothing where git tracks nothing. One that can't be
    /// read is told.
    pub fn read(options: &WalkOptions<'_>, walked: &mut Walked) -> Option<Self> {
        let git = options.git.as_ref()?;
        let why = match git.index() {
            Ok(Content::Bytes(bytes)) => {
                let mut count = 0;
                let is_list = index::tracked(&bytes, |_, _| count += 1);
                if is_list {
                    let checkout = git.checkout.clone();
                    return (count > 0).then_some(Self { bytes, checkout });
                }
                "not a list that git writes"
            }
            Ok(Content::OverSize) => "too large",
            Ok(_) => "no regular file",
            // Before the first commit there is none.
            Err(_) => return None,
        };
        unread(walked, options, why);
        None
    }
}

/// Adds the files that git tracks and that were left out only because `.gitignore`
/// names them. For a gate, notes every tracked file of a text kind.
pub fn add(
    list: &List,
    root: &Path,
    targets: &[PathBuf],
    options: &WalkOptions<'_>,
    walked: &mut Walked,
) {
    let none = crate::tree::Unopened(std::io::Error::from(std::io::ErrorKind::NotFound));
    let counted = match (options.gate, options.trusted) {
        (false, _) if options.ignore_files => options.tree,
        (true, Some(trusted)) if options.ignore_files => trusted,
        _ => &none,
    };
    let files = IgnoreFiles::new(counted, root);
    let mut adding = Adding {
        root,
        targets,
        options,
        ways: Ways::new(&files),
        known: known(walked, options.gate),
        added: Vec::new(),
        tracked: Vec::new(),
        left: BTreeMap::new(),
        too_many: false,
    };
    let prefix = root.strip_prefix(&list.checkout);
    let prefix = prefix.unwrap_or(Path::new(""));
    index::tracked(&list.bytes, |path, object| {
        if let Some(path) = as_path(path)
            && let Ok(path) = path.strip_prefix(prefix)
        {
            adding.visit(path, object);
        }
    });
    let Adding {
        mut added,
        tracked,
        left,
        too_many,
        ..
    } = adding;
    walked.files.append(&mut added);
    // What is scanned after all was not left out.
    let scanned: HashSet<&str> = walked.files.iter().map(|entry| &*entry.relative).collect();
    walked
        .skipped
        .retain(|(path, why)| *why != Skip::Ignored || !scanned.contains(&**path));
    if options.gate {
        walked.tracked = Some(tracked);
        walked.left = left;
    }
    if too_many {
        unread(walked, options, "it lists too many files that are ignored");
    }
}

/// What the walk decided already.
fn known(walked: &Walked, gate: bool) -> HashSet<RelativePath> {
    let left_out = walked
        .skipped
        .iter()
        .filter(|(_, why)| *why != Skip::Ignored && !(gate && *why == Skip::Hidden))
        .map(|(path, _)| path);
    let files = walked.files.iter().map(|entry| &entry.relative);
    files.chain(left_out).map(Arc::clone).collect()
}

fn unread(walked: &mut Walked, options: &WalkOptions<'_>, why: &str) {
    let told = (
        ".git/index".to_owned(),
        format!("{why}: files that git tracks and an ignore file names are not scanned"),
    );
    // A gate can't tell what is left out without it.
    if options.gate {
        walked.errors.push(told);
    } else {
        walked.warnings.push(told);
    }
}

/// A path of the index; nothing where it is written in another way than a path is.
fn as_path(bytes: &[u8]) -> Option<&Path> {
    #[cfg(unix)]
    let path = {
        use std::os::unix::ffi::OsStrExt as _;
        Path::new(std::ffi::OsStr::from_bytes(bytes))
    };
    #[cfg(not(unix))]
    let path = Path::new(std::str::from_utf8(bytes).ok()?);
    let normal = |part: Component<'_>| matches!(part, Component::Normal(_));
    let length: usize = path
        .components()
        .map(|part| part.as_os_str().len() + 1)
        .sum();
    (path.components().all(normal) && length == bytes.len() + 1).then_some(path)
}

struct Adding<'a> {
    root: &'a Path,
    targets: &'a [PathBuf],
    options: &'a WalkOptions<'a>,
    ways: Ways<'a>,
    known: HashSet<RelativePath>,
    added: Vec<Entry>,
    tracked: Vec<(RelativePath, Vec<u8>)>,
    left: BTreeMap<RelativePath, Skip>,
    too_many: bool,
}

impl Adding<'_> {
    fn visit(&mut self, path: &Path, object: &[u8]) {
        let absolute = self.root.join(path);
        if !self
            .targets
            .iter()
            .any(|target| absolute.starts_with(target))
        {
            return;
        }
        let name = relative(self.root, &absolute);
        let seen = ancestors(&name).any(|above| self.known.contains(above));
        // A bundle is read by no rule: its name is the reason, and the tree gives it.
        let text = kind::is_text(kind::kind(&name)) || kind::is_bundle(&name.to_ascii_lowercase());
        let noted = self.options.gate && text;
        if noted {
            self.tracked.push((Arc::clone(&name), object.to_owned()));
        }
        if seen {
            return;
        }
        if let Err(why) = self.is_wanted(path, &absolute) {
            if let Some(why) = why.filter(|_| noted) {
                self.left.insert(name, why);
            }
            return;
        }
        if self.added.len() >= MAX_ADDED {
            self.too_many = true;
            return;
        }
        self.added.push(Entry {
            relative: name,
            absolute,
            context: false,
        });
    }

    /// Why a tracked file is not scanned by what else is asked of files; no reason where it
    /// is not there.
    fn is_wanted(&mut self, path: &Path, absolute: &Path) -> Result<(), Option<Skip>> {
        let tree = self.options.tree;
        let mut way = PathBuf::new();
        let mut parts = path.components().peekable();
        while let Some(part) = parts.next() {
            let name = part.as_os_str().to_string_lossy();
            way.push(part);
            if name.starts_with('.') && !skip::is_welcome(&name) && !self.options.gate {
                return Err(Some(Skip::Hidden));
            }
            let has = |inner: &str| tree.kind(&way.join(inner)).is_ok();
            if parts.peek().is_some() && skip::is_vendored(&name, has) {
                return Err(Some(Skip::Vendored));
            }
        }
        let why = match tree.kind(path) {
            Err(_) => return Err(None),
            // Neither a link nor below one.
            _ if tree.passes_link(path) => Skip::Link,
            Ok(ItemKind::File) => {
                let exclude = &self.options.exclude;
                if exclude.covering(absolute, false, self.root).is_some() {
                    Skip::Excluded
                } else if self.ways.own_ignores(self.root, path) {
                    Skip::Ignored
                } else {
                    return Ok(());
                }
            }
            Ok(_) => Skip::Special,
        };
        Err(Some(why))
    }
}

/// A path and the folders above it.
pub fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(above, _)| above)
    })
}

#[cfg(test)]
mod tests {
    use ignore::gitignore::GitignoreBuilder;

    use super::*;
    use crate::tree::Folder;
    use crate::walk::Exclude;
    use crate::walk::index::tests::index;

    #[test]
    fn tracked_files_are_walked_although_ignored() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        let tracked = [
            "docs/a.md",
            "docs/b.md",
            "gone.md",
            "node_modules/a.md",
            "private.md",
            "x/.secret/a.md",
        ];
        for path in tracked.iter().chain(&["docs/untracked.md", ".git/HEAD"]) {
            if *path != "gone.md" {
                let path = root.join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, "text").expect("written");
            }
        }
        std::fs::write(root.join(".gitignore"), "docs/\nnode_modules/\nx/\n*.md\n")
            .expect("written");
        std::fs::write(root.join(".ignore"), "private.md\n").expect("written");
        let files: Vec<_> = tracked.iter().map(|path| (*path, 0o100_644)).collect();
        std::fs::write(root.join(".git/index"), index(2, 20, &files)).expect("written");
        let top = super::super::canonical(root);
        let mut patterns = GitignoreBuilder::new(&top);
        patterns.add_line(None, "docs/b.md").expect("a pattern");
        let mut exclude = Exclude::default();
        exclude.add(&top, patterns.build().expect("patterns"), false);
        let tree = Folder::open(root).expect("opened");
        let mut options = WalkOptions {
            exclude,
            ..WalkOptions::new(&tree, root)
        };
        let walked = super::super::walk(&options);
        let found: Vec<_> = walked.files.iter().map(|entry| &*entry.relative).collect();
        assert_eq!(found, ["docs/a.md"]);
        options.gate = true;
        let walked = super::super::walk(&options);
        let found: Vec<_> = walked.files.iter().map(|entry| &*entry.relative).collect();
        assert_eq!(found, ["docs/a.md", "private.md", "x/.secret/a.md"]);
        let noted = walked.tracked.expect("a list");
        assert!(noted.iter().any(|(path, _)| **path == *"node_modules/a.md"));
    }

    #[test]
    fn paths_of_an_index_are_paths() {
        assert_eq!(as_path(b"a/b.md"), Some(Path::new("a/b.md")));
        for path in [
            &b"/etc/passwd"[..],
            b"../a",
            b"a/../b",
            b"a//b",
            b"./a",
            b"a/",
        ] {
            assert_eq!(as_path(path), None, "{path:?}");
        }
    }
}
