//! Which lines were changed since a revision, or are staged: read from git's own data
//! without running git, and without the user's or the repository's configuration.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use gix::ObjectId;
use gix::bstr::ByteSlice as _;
use similar::{Algorithm, DiffOp, TextDiff};

use crate::facts::FileKind;
use crate::parse::kind;
use crate::revision::Listing;
use crate::source::{FileId, Source, lines};
use crate::tree::{Content, Folder, Texts, Tree as _};

/// Largest file that is compared byte for byte with one that is gone.
const MAX_FILE: u64 = 64 * 1024 * 1024;

/// Gone files that a new one is compared with, when none has the very same content.
const MAX_CANDIDATES: usize = 200;

/// Share of lines that a renamed file has in common with what it was; git asks for as
/// much.
const ALIKE: f32 = 0.5;

/// A diff that takes longer is coarser, and marks more lines as changed.
const PATIENCE: Duration = Duration::from_secs(5);

/// What is compared with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// The working tree with a revision.
    Revision(String),
    /// The index with the last commit.
    Staged,
}

/// A repository's files as they were, to tell what changed.
pub struct Before {
    repository: gix::Repository,
    /// The folder that paths are relative to, below that of the checkout; ends in a slash.
    prefix: String,
    checkout: PathBuf,
    then: BTreeMap<String, ObjectId>,
    /// What is staged, where that is what counts.
    staged: Option<BTreeMap<String, ObjectId>>,
    gone: Vec<String>,
    /// The commits that submodules were at, by their folders.
    submodules: BTreeMap<String, ObjectId>,
    /// What they were then, read when it is asked for.
    opened: RefCell<BTreeMap<String, Option<Box<Before>>>>,
}

impl Before {
    /// Reads what a repository's files were; `root` is the folder that paths are
    /// relative to.
    pub fn read(root: &Path, since: &Since) -> Result<Self, String> {
        let root = root.canonicalize().map_err(|error| error.to_string())?;
        let (repository, checkout) = crate::revision::open(&root)?;
        let (name, staged) = match since {
            Since::Revision(name) => (Some(name.as_str()), None),
            // Before the first commit everything is new.
            Since::Staged => {
                let head = repository.head_id().ok();
                (head.map(|_| "HEAD"), Some(index(&repository)?))
            }
        };
        let base = match since {
            Since::Revision(name) => merge_base(&repository, name),
            Since::Staged => None,
        };
        let name = base.as_deref().or(name);
        let listing = name.map(|name| crate::revision::listing(&repository, name));
        let Listing { files, submodules } = listing.transpose()?.unwrap_or_default();
        let regular = files.into_iter().filter(|(_, blob)| !blob.link);
        let then: BTreeMap<String, ObjectId> =
            regular.map(|(path, blob)| (path, blob.id)).collect();
        let prefix = root.strip_prefix(&checkout).unwrap_or(Path::new(""));
        let mut prefix = crate::walk::readable(&prefix.to_string_lossy());
        if !prefix.is_empty() {
            prefix.push('/');
        }
        let is_gone = |path: &&String| match &staged {
            Some(staged) => !staged.contains_key(*path),
            None => checkout.join(path).symlink_metadata().is_err(),
        };
        let gone = then.keys().filter(is_gone).cloned().collect();
        Ok(Self {
            repository,
            prefix,
            checkout,
            then,
            staged,
            gone,
            submodules,
            opened: RefCell::default(),
        })
    }

    /// The changed lines of a file of a submodule: since the commit that the repository
    /// pointed to. `None` for a file of its own, and of a submodule that is new.
    fn changed_in_submodule(&self, path: &str, text: &str) -> Option<BTreeSet<u32>> {
        let of = |folder: &String| path.strip_prefix(folder.as_str())?.strip_prefix('/');
        let (folder, commit, below) = self
            .submodules
            .iter()
            .find_map(|(folder, commit)| Some((folder, commit, of(folder)?)))?;
        // What is staged is where it points, not what its folder holds.
        let staged = self.staged.as_ref().map(|staged| staged.get(folder));
        if staged.is_some_and(|at| at == Some(commit)) {
            return Some(BTreeSet::new());
        }
        let mut opened = self.opened.borrow_mut();
        let before = opened.entry(folder.clone()).or_insert_with(|| {
            let since = Since::Revision(commit.to_string());
            let read = Self::read(&self.checkout.join(folder), &since);
            read.ok().map(Box::new)
        });
        Some(before.as_ref()?.changed(below, text))
    }

    /// What is staged and differs from the last commit, by its path below the root: the
    /// text of each file as it would be committed.
    pub fn staged_texts(&self) -> Texts {
        let staged = self.staged.iter().flatten();
        staged
            .filter(|(path, id)| self.then.get(*path) != Some(id))
            .filter_map(|(path, id)| {
                let below = path.strip_prefix(&self.prefix)?;
                let object = self.repository.find_object(*id).ok()?;
                let is_text = object.kind == gix::objs::Kind::Blob;
                is_text.then(|| (PathBuf::from(below), Arc::from(object.data.as_slice())))
            })
            .collect()
    }

    /// Whether a file has other bytes than it had, of those that are looked at whole.
    pub fn has_changed(&self, path: &str) -> bool {
        let path = format!("{}{path}", self.prefix);
        let then = self.then.get(&path);
        if let Some(staged) = &self.staged {
            return staged.get(&path).is_some_and(|now| Some(now) != then);
        }
        let Some(bytes) = self.on_disk(&path) else {
            return true;
        };
        self.id_of(&bytes).as_ref() != then
    }

    /// The id that bytes have as a file of the repository.
    fn id_of(&self, bytes: &[u8]) -> Option<ObjectId> {
        let kind = gix::objs::Kind::Blob;
        gix::objs::compute_hash(self.repository.object_hash(), kind, bytes).ok()
    }

    /// The lines of a file, from 1, that were changed; `text` is what was scanned.
    pub fn changed(&self, path: &str, text: &str) -> BTreeSet<u32> {
        let path = format!("{}{path}", self.prefix);
        if let Some(changed) = self.changed_in_submodule(&path, text) {
            return changed;
        }
        let now = match &self.staged {
            None => text.to_owned(),
            Some(staged) => match staged.get(&path).and_then(|id| self.text(*id)) {
                Some(staged) => staged,
                // What is not staged is not part of the change.
                None => return BTreeSet::new(),
            },
        };
        let was = match self.then.get(&path) {
            Some(id) => self.text(*id),
            None => self.renamed_from(&path, &now),
        };
        let changed = match was {
            Some(was) => new_lines(&was, &now),
            None => (1..=lines(&now).len() as u32).collect(),
        };
        if now == text {
            changed
        } else {
            follow(&changed, &now, text)
        }
    }

    fn text(&self, id: ObjectId) -> Option<String> {
        let object = self.repository.find_object(id).ok()?;
        let bytes = object.detach().data;
        Some(Source::decode(FileId(0), "", bytes).counted().into_owned())
    }

    /// Whether a file that was there is gone, of those that say something of the whole
    /// repository: licences, notices, what it is about.
    pub fn lost_a_file_of_all(&self) -> bool {
        let gone = self.gone.iter();
        let mut below = gone.filter_map(|path| path.strip_prefix(&self.prefix));
        below.any(|path| {
            kind::is_readme(path)
                || matches!(kind::kind(path), FileKind::Licence | FileKind::Manifest(_))
        })
    }

    /// The bytes of a file of the working tree, which is not text as it was scanned.
    fn on_disk(&self, path: &str) -> Option<Vec<u8>> {
        let folder = Folder::open(&self.checkout).ok()?;
        match folder.read(path.as_ref(), MAX_FILE).ok()? {
            Content::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// What a file that is new under this name was before.
    fn renamed_from(&self, path: &str, now: &str) -> Option<String> {
        let on_disk = self.on_disk(path).unwrap_or_default();
        let ids: Vec<ObjectId> = [now.as_bytes(), &on_disk]
            .into_iter()
            .filter_map(|bytes| self.id_of(bytes))
            .collect();
        if self.gone.iter().any(|gone| ids.contains(&self.then[gone])) {
            return Some(now.to_owned());
        }
        let extension = |path: &str| path.rsplit_once('.').map(|(_, after)| after.to_owned());
        let wanted = extension(path);
        let candidates = self.gone.iter().filter(|gone| extension(gone) == wanted);
        candidates
            .take(MAX_CANDIDATES)
            .filter_map(|gone| {
                let was = self.text(self.then[gone])?;
                let ratio = diff(&lines(&was), &lines(now)).ratio();
                (ratio >= ALIKE).then_some((ratio, was))
            })
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, was)| was)
    }
}

/// The commit at which the branch of today left that of a revision: what was mended there
/// since is no change of one's own. Nothing where there is none, as in a shallow clone.
fn merge_base(repository: &gix::Repository, name: &str) -> Option<String> {
    let then = repository.rev_parse_single(name).ok()?;
    let then = then.object().ok()?.peel_to_commit().ok()?.id;
    let now = repository.head_id().ok()?;
    let base = repository.merge_base(then, now).ok()??;
    Some(base.to_string())
}

/// Every file of the index, by path.
fn index(repository: &gix::Repository) -> Result<BTreeMap<String, ObjectId>, String> {
    let index = repository
        .index_or_empty()
        .map_err(|error| error.to_string())?;
    let paths = index.path_backing();
    let entries = index.entries().iter();
    Ok(entries
        .map(|entry| (entry.path_in(paths).to_str_lossy().into_owned(), entry.id))
        .collect())
}

fn diff<'a>(old: &'a [&'a str], new: &'a [&'a str]) -> TextDiff<'a, 'a, 'a, str> {
    TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .timeout(PATIENCE)
        .diff_slices(old, new)
}

/// Lines, from 1, that are not in the old text, and those on both sides of lines that are
/// gone. How a line ends is git's affair: a checkout may write other ends than a commit has.
fn new_lines(old: &str, new: &str) -> BTreeSet<u32> {
    let bare = |text| -> Vec<&str> {
        let lines = lines(text).into_iter();
        lines
            .map(|line| line.trim_end_matches(['\r', '\n']))
            .collect()
    };
    let (old, new) = (bare(old), bare(new));
    let diff = diff(&old, &new);
    let changed = diff.ops().iter().flat_map(|op| match op {
        DiffOp::Equal { .. } => 0..0,
        DiffOp::Delete { new_index, .. } => new_index.saturating_sub(1)..new_index + 1,
        other => other.new_range(),
    });
    changed
        .filter(|line| *line < new.len())
        .map(|line| line as u32 + 1)
        .collect()
}

/// Lines of one text as they stand in another.
fn follow(changed: &BTreeSet<u32>, from: &str, to: &str) -> BTreeSet<u32> {
    let (from, to) = (lines(from), lines(to));
    let diff = diff(&from, &to);
    let kept = diff.ops().iter().filter_map(|op| match op {
        DiffOp::Equal {
            old_index,
            new_index,
            len,
        } => Some((*old_index, *new_index, *len)),
        _ => None,
    });
    kept.flat_map(|(old, new, len)| (0..len).map(move |at| (old + at, new + at)))
        .filter(|(old, _)| changed.contains(&(*old as u32 + 1)))
        .map(|(_, new)| new as u32 + 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_followed() {
        let (old, new) = ("a\nb\nc\n", "a\nB\nc\nd\n");
        let changed = new_lines(old, new);
        assert_eq!(changed, BTreeSet::from([2, 4]));
        assert_eq!(follow(&changed, new, "x\na\nB\nc\n"), BTreeSet::from([3]));
        // A carriage return alone ends no line.
        let changed = new_lines("x\ry\nA\n\nB\n", "x\ry\nA\n\nC\n");
        assert_eq!(changed, BTreeSet::from([4]), "the last line");
        assert_eq!(
            new_lines("a\nb\nc\nd\n", "a\nb\nd\n"),
            BTreeSet::from([2, 3])
        );
        assert_eq!(new_lines("a\nb\n", "a\r\nb\r\n"), BTreeSet::new());
    }
}
