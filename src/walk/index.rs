//! Which files git tracks, from the list that it keeps in `.git/index`. A file that is
//! tracked is part of the repository, even where `.gitignore` names it.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{Entry, WalkOptions, Walked, relative, skip};
use crate::tree::{Content, Folder};

/// The list, from the root.
const INDEX: &str = ".git/index";

/// Largest list that is read: some 600 000 files.
const MAX_INDEX: u64 = 64 * 1024 * 1024;

/// Longest path that is told of, as long as systems let one be.
const MAX_PATH: usize = 4096;

/// Most files that are added, and with them the memory that they take.
const MAX_ADDED: usize = 100_000;

/// Bytes of an entry before the name of its object: times, owner, mode, size.
const STAT: usize = 40;

/// Where in an entry the mode stands.
const MODE: usize = 24;

/// Lengths of the names of objects, the usual one first.
const OBJECT_NAMES: [usize; 2] = [20, 32];

/// Adds the files that git tracks and that were left out only because `.gitignore`
/// names them.
pub fn add(root: &Path, targets: &[PathBuf], options: &WalkOptions, walked: &mut Walked) {
    let content =
        Folder::open(root).and_then(|folder| folder.read_binary(Path::new(INDEX), MAX_INDEX));
    let bytes = match content {
        Ok(Content::Bytes(bytes)) => bytes,
        Ok(Content::OverSize) => {
            walked.decisions.push((
                INDEX.to_owned(),
                "too large: files that git tracks and .gitignore names are not scanned".to_owned(),
            ));
            return;
        }
        _ => return,
    };
    let mut added = Vec::new();
    {
        let known: HashSet<&str> = walked
            .files
            .iter()
            .map(|entry| &*entry.relative)
            .chain(walked.skipped.iter().map(|(path, _)| &**path))
            .collect();
        let mut ignored = OwnIgnores::new(root);
        tracked(&bytes, |path| {
            let seen = ancestors(path).any(|above| known.contains(above));
            if !seen
                && added.len() < MAX_ADDED
                && let Some(entry) = ignored.entry(path, targets, options)
            {
                added.push(entry);
            }
        });
    }
    walked.files.append(&mut added);
}

/// Says whether a tracked file is scanned by what else is asked of files.
struct OwnIgnores<'a> {
    root: &'a Path,
    /// By folder: `.ignore`, which speaks to search tools and not to git.
    rules: BTreeMap<PathBuf, Option<Gitignore>>,
}

impl<'a> OwnIgnores<'a> {
    fn new(root: &'a Path) -> Self {
        Self {
            root,
            rules: BTreeMap::new(),
        }
    }

    fn entry(&mut self, path: &str, targets: &[PathBuf], options: &WalkOptions) -> Option<Entry> {
        let mut folder = self.root.to_path_buf();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            folder.push(part);
            let hidden = part.starts_with('.') && !skip::is_welcome(part);
            let vendored = parts.peek().is_some() && skip::is_vendored(part, &folder);
            if hidden || vendored {
                return None;
            }
        }
        let absolute = folder;
        // Neither a link nor below one, and no other way of writing a path.
        let here = absolute.canonicalize().is_ok_and(|real| real == absolute)
            && absolute.is_file()
            && *relative(self.root, &absolute) == *path;
        let asked = targets.iter().any(|target| absolute.starts_with(target));
        let excluded = options
            .exclude
            .covering(&absolute, false, self.root)
            .is_some();
        (here && asked && !excluded && !self.is_ignored(&absolute)).then(|| Entry {
            relative: Arc::from(path),
            absolute,
            context: false,
        })
    }

    /// Whether a `.ignore` in a folder above names a file; the nearest decides.
    fn is_ignored(&mut self, path: &Path) -> bool {
        let root = self.root;
        for folder in path.ancestors().skip(1) {
            let rules = self.rules.entry(folder.to_path_buf()).or_insert_with(|| {
                let mut builder = GitignoreBuilder::new(folder);
                let broken = builder.add(folder.join(".ignore")).is_some();
                builder.build().ok().filter(|_| !broken)
            });
            if let Some(rules) = rules {
                let verdict = rules.matched_path_or_any_parents(path, false);
                if !verdict.is_none() {
                    return verdict.is_ignore();
                }
            }
            if folder == root {
                break;
            }
        }
        false
    }
}

/// A path and the folders above it.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| {
        path.rsplit_once('/').map(|(above, _)| above)
    })
}

/// Calls `visit` with the path of each regular file that an index lists, in its order.
/// An index that is none, or that is cut off, gives nothing.
fn tracked(bytes: &[u8], mut visit: impl FnMut(&str)) {
    for name in OBJECT_NAMES {
        // The length of the names is said elsewhere: the wrong one gives no list.
        if entries(bytes, name, &mut |_| {}).is_some() {
            entries(bytes, name, &mut visit);
            return;
        }
    }
}

/// Goes through the entries with object names of a length; nothing where they are no
/// list of entries.
fn entries(bytes: &[u8], object_name: usize, visit: &mut dyn FnMut(&str)) -> Option<()> {
    let mut rest = bytes.strip_prefix(b"DIRC")?;
    let version = number(&mut rest)?;
    if !(2..=4).contains(&version) {
        return None;
    }
    let count = number(&mut rest)?;
    let mut path = Vec::new();
    for _ in 0..count {
        let start = rest;
        let mode = u32::from_be_bytes(*rest.get(MODE..)?.first_chunk()?);
        rest = rest.get(STAT + object_name..)?;
        let flags = u16::from_be_bytes(*rest.first_chunk()?);
        let extended = version > 2 && flags & 0x4000 != 0;
        rest = rest.get(if extended { 4 } else { 2 }..)?;
        if version == 4 {
            let dropped = varint(&mut rest)?;
            path.truncate(path.len().checked_sub(dropped)?);
        } else {
            path.clear();
        }
        let length = memchr::memchr(0, rest)?;
        if path.len() + length > MAX_PATH {
            return None;
        }
        path.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
        let used = start.len() - rest.len();
        // Zeros to a multiple of eight, one at least.
        let padding = if version == 4 { 1 } else { 8 - used % 8 };
        if rest.get(..padding)?.iter().any(|&byte| byte != 0) {
            return None;
        }
        rest = &rest[padding..];
        let kind = mode >> 12;
        // Files, links, submodules, and folders of a sparse checkout.
        if path.is_empty() || !matches!(kind, 0o10 | 0o12 | 0o16 | 0o4) {
            return None;
        }
        if kind == 0o10
            && let Ok(path) = std::str::from_utf8(&path)
        {
            visit(path);
        }
    }
    Some(())
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (first, after) = rest.split_first_chunk()?;
    *rest = after;
    Some(u32::from_be_bytes(*first))
}

/// A number of variable length as git writes it in packs: each further byte counts one
/// more than its bits say.
fn varint(rest: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    loop {
        let (&byte, after) = rest.split_first()?;
        *rest = after;
        value = value
            .checked_shl(7)?
            .checked_add(usize::from(byte & 0x7F))?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        if value > MAX_PATH {
            return None;
        }
        value += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::walk::Exclude;

    /// An index as git writes it.
    fn index(version: u32, object_name: usize, files: &[(&str, u32)]) -> Vec<u8> {
        let mut bytes = b"DIRC".to_vec();
        bytes.extend(version.to_be_bytes());
        bytes.extend((files.len() as u32).to_be_bytes());
        let mut last = "";
        for (path, mode) in files {
            let start = bytes.len();
            bytes.extend([0x5A; MODE]);
            bytes.extend(mode.to_be_bytes());
            bytes.resize(start + STAT + object_name, 0x5A);
            let extended = version == 3;
            let length = path.len().min(0xFFF) as u16;
            bytes.extend((length | if extended { 0x4000 } else { 0 }).to_be_bytes());
            if extended {
                bytes.extend([0x20, 0]);
            }
            if version == 4 {
                let same = path.bytes().zip(last.bytes()).take_while(|(a, b)| a == b);
                let same = same.count();
                bytes.push((last.len() - same) as u8);
                bytes.extend(&path.as_bytes()[same..]);
                bytes.push(0);
                last = path;
            } else {
                bytes.extend(path.as_bytes());
                let padding = 8 - (bytes.len() - start) % 8;
                bytes.resize(bytes.len() + padding, 0);
            }
        }
        // The digest at the end is not read.
        bytes.extend([1; 20]);
        bytes
    }

    fn paths(bytes: &[u8]) -> Vec<String> {
        let mut paths = Vec::new();
        tracked(bytes, |path| paths.push(path.to_owned()));
        paths
    }

    #[test]
    fn every_version_lists_the_files() {
        let files = [
            ("a.md", 0o100_644),
            ("docs/a", 0o120_000),
            ("docs/a.md", 0o100_755),
            ("lib", 0o160_000),
        ];
        for version in 2..=4 {
            for object_name in OBJECT_NAMES {
                let bytes = index(version, object_name, &files);
                let label = format!("version {version}, {object_name}");
                assert_eq!(paths(&bytes), ["a.md", "docs/a.md"], "{label}");
            }
        }
        assert_eq!(paths(&index(5, 20, &files)), <[String; 0]>::default());
    }

    #[test]
    fn numbers_of_variable_length() {
        for (bytes, value) in [
            (&[0x00][..], 0),
            (&[0x7F], 127),
            (&[0x80, 0x00], 128),
            (&[0x81, 0x01], 257),
        ] {
            assert_eq!(varint(&mut &*bytes), Some(value));
        }
        assert_eq!(varint(&mut &[0xFF; 20][..]), None);
        assert_eq!(varint(&mut &[0x80][..]), None);
    }

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
        std::fs::write(root.join(INDEX), index(2, 20, &files)).expect("written");
        let top = super::super::canonical(root);
        let mut patterns = GitignoreBuilder::new(&top);
        patterns.add_line(None, "docs/b.md").expect("a pattern");
        let mut exclude = Exclude::default();
        exclude.add(&top, patterns.build().expect("patterns"), false);
        let options = WalkOptions {
            root: root.to_owned(),
            targets: vec![root.to_owned()],
            exclude,
            force_exclude: false,
            threads: 1,
            stdin: None,
            submodules: Vec::new(),
            checkout: true,
        };
        let walked = super::super::walk(&options);
        let found: Vec<_> = walked.files.iter().map(|entry| &*entry.relative).collect();
        assert_eq!(found, ["docs/a.md"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            for version in 2..=4_u32 {
                let mut whole = b"DIRC".to_vec();
                whole.extend(version.to_be_bytes());
                whole.extend(&bytes);
                let _ = paths(&whole);
            }
        }

        #[test]
        fn a_broken_index_is_read_without_panic(
            version in 2..=4_u32,
            at in 0..400_usize,
            byte in any::<u8>(),
            end in 0..400_usize,
        ) {
            let files = [("a.md", 0o100_644), ("a/b.md", 0o100_644), ("a/b/c.md", 0o100_644)];
            let mut bytes = index(version, 20, &files);
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(end.max(12));
            for path in paths(&bytes) {
                prop_assert!(path.len() <= MAX_PATH);
            }
        }
    }
}
