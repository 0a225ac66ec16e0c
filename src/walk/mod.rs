//! Which files, in which order.

mod checkouts;
mod context;
mod exclude;
mod folders;
mod generated;
mod generators;
mod ignored;
mod index;
mod paths;
mod skip;
mod tracked;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use checkouts::{module_of, submodules};
pub use exclude::Exclude;
pub use generated::generated as generated_folders;
pub use generators::{is_generator, is_report, says_generator};
pub use paths::{plain, readable, reason};
pub use skip::{Skip, is_binary_extension, is_vendored};
pub use tracked::ancestors;

use paths::relative;

use crate::facts::RelativePath;
use crate::facts::repository::Submodule;
use crate::git::GitFolder;
use crate::tree::Tree;

/// How to walk.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
pub struct WalkOptions<'a> {
    /// What is walked.
    pub tree: &'a dyn Tree,
    /// Folder that paths are relative to.
    pub root: PathBuf,
    /// What to walk, below `root`.
    pub targets: Vec<PathBuf>,
    /// Patterns of files that are not scanned.
    pub exclude: Exclude,
    /// Whether `exclude` applies to the targets themselves, too.
    pub force_exclude: bool,
    /// Path below `root` that standard input stands for.
    pub stdin: Option<String>,
    /// Submodules of the checkout, in path order.
    pub submodules: Vec<Submodule>,
    /// The root lies in a checkout, so that another one below is none of its files.
    pub checkout: bool,
    /// git's data of that checkout.
    pub git: Option<GitFolder>,
    /// Whether ignore files count.
    pub ignore_files: bool,
    /// What git tracks is walked whatever ignore files say, and so is what is hidden;
    /// where git tracks nothing, everything.
    pub gate: bool,
    /// The tree whose ignore files count for a gate.
    pub trusted: Option<&'a dyn Tree>,
}

impl<'a> WalkOptions<'a> {
    /// The whole of a tree at `root`.
    pub fn new(tree: &'a dyn Tree, root: &Path) -> Self {
        Self {
            tree,
            root: root.to_owned(),
            targets: vec![root.to_owned()],
            exclude: Exclude::default(),
            force_exclude: false,
            stdin: None,
            submodules: Vec::new(),
            checkout: crate::git::checkout(&canonical(root)).is_some(),
            git: GitFolder::of(root),
            ignore_files: true,
            gate: false,
            trusted: None,
        }
    }
}

/// A file to scan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Path relative to the root, `/`-separated.
    pub relative: RelativePath,
    /// Path to open.
    pub absolute: PathBuf,
    /// Read only for what it says of the repository (its licence, its manifests),
    /// because something below it was asked for; no finding is reported in it.
    pub context: bool,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Files in path order.
    pub files: Vec<Entry>,
    /// What was passed over, in path order; a folder stands for all in it.
    pub skipped: Vec<(RelativePath, Skip)>,
    /// What could not be read, in path order: path and reason.
    pub errors: Vec<(String, String)>,
    /// What does not count, in path order: path and sentence.
    pub warnings: Vec<(String, String)>,
    /// Decisions worth saying, in path order: path and sentence.
    pub decisions: Vec<(String, String)>,
    /// For a gate: the files of a text kind that git tracks among what was to be walked,
    /// and the names of their objects. `None` where git tracks nothing.
    pub tracked: Option<Vec<(RelativePath, Vec<u8>)>>,
    /// Those of them that were left out although no folder above was, and why.
    pub left: BTreeMap<RelativePath, Skip>,
    /// Whether the root itself was walked, so that what is not among `files` is not
    /// in the repository.
    pub whole: bool,
}

/// Walks the targets in parallel, honouring ignore files, and sorts the result.
/// Links are not followed.
pub fn walk(options: &WalkOptions<'_>) -> Walked {
    let root = canonical(&options.root);
    let mut walked = Walked::default();
    let mut targets = targets(options, &root, &mut walked);
    walked.whole = targets.contains(&root);
    let list = tracked::List::read(options, &mut walked);
    folders::walk(options, list.is_some(), &root, &targets, &mut walked);
    if let Some(list) = &list {
        tracked::add(list, &root, &targets, options, &mut walked);
    }
    if let Some(path) = &options.stdin {
        let absolute = root.join(path);
        if allowed(options, &root, &absolute, false, &mut walked) {
            walked.files.retain(|entry| entry.absolute != absolute);
            walked.files.push(Entry {
                relative: Arc::from(path.as_str()),
                absolute: absolute.clone(),
                context: false,
            });
            targets.push(absolute);
        }
    }
    generated::leave_out(&mut walked);
    let apart: Vec<_> = walked
        .skipped
        .iter()
        .filter(|(_, skip)| *skip == Skip::Checkout)
        .map(|(path, _)| Arc::clone(path))
        .collect();
    for path in &apart {
        checkouts::tell(&mut walked, path);
    }
    if !walked.whole {
        context::add(options.tree, &root, &targets, &mut walked);
    }
    walked.files.sort();
    walked.files.dedup_by(|a, b| a.absolute == b.absolute);
    walked.skipped.sort();
    walked.skipped.dedup();
    walked.errors.sort();
    walked.errors.dedup();
    walked.warnings.sort();
    walked.warnings.dedup();
    walked.decisions.sort();
    walked
}

/// The targets that can be walked, absolute; the others are said.
fn targets(options: &WalkOptions<'_>, root: &Path, walked: &mut Walked) -> Vec<PathBuf> {
    let mut targets = Vec::new();
    for target in &options.targets {
        let absolute = match target.canonicalize() {
            Ok(absolute) => absolute,
            Err(error) => {
                walked
                    .errors
                    .push((readable(&target.to_string_lossy()), reason(&error)));
                continue;
            }
        };
        let relative = relative(root, &absolute);
        let is_dir = absolute.is_dir();
        if !is_dir && !absolute.is_file() {
            walked.errors.push((
                relative.to_string(),
                "not a regular file; `-` reads standard input".to_owned(),
            ));
            continue;
        }
        if allowed(options, root, &absolute, is_dir, walked) {
            targets.push(absolute);
        }
    }
    targets.sort();
    targets.dedup();
    targets
}

/// Whether a path that was named is walked although it may be excluded; says which
/// of the two won.
fn allowed(
    options: &WalkOptions<'_>,
    root: &Path,
    absolute: &Path,
    is_dir: bool,
    walked: &mut Walked,
) -> bool {
    if options
        .exclude
        .covering(absolute, is_dir, Path::new(""))
        .is_none()
    {
        return true;
    }
    let relative = relative(root, absolute);
    let verdict = if options.force_exclude {
        walked.skipped.push((Arc::clone(&relative), Skip::Excluded));
        "named on the command line, but excluded by the configuration: not checked because of \
         --force-exclude"
    } else {
        "excluded by the configuration, but named on the command line: checked"
    };
    walked
        .decisions
        .push((relative.to_string(), verdict.to_owned()));
    !options.force_exclude
}

/// The path without links, where it exists.
pub fn canonical(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

impl Walked {
    /// Leaves out files that a configuration found among them excludes. What was named
    /// itself stays: its own way up was judged before.
    pub fn leave_out(&mut self, exclude: &Exclude, options: &WalkOptions<'_>) {
        let root = canonical(&options.root);
        let named: Vec<PathBuf> = options.targets.iter().map(|path| canonical(path)).collect();
        let mut skipped = Vec::new();
        self.files.retain(|entry| {
            if entry.context || named.contains(&entry.absolute) {
                return true;
            }
            let from = named.iter().filter(|from| entry.absolute.starts_with(from));
            let from = from.max_by_key(|from| from.components().count());
            // A folder that was named is walked, whatever it is below.
            let from = from.map_or(root.as_path(), PathBuf::as_path);
            let covering = exclude.covering(&entry.absolute, false, from);
            if let Some(folder) = covering {
                skipped.push((relative(&root, folder), Skip::Excluded));
            }
            covering.is_none()
        });
        self.skipped.extend(skipped);
        self.skipped.sort();
        self.skipped.dedup();
    }
}

/// How many were passed over, by reason.
pub fn count(skipped: &[(RelativePath, Skip)]) -> BTreeMap<Skip, u64> {
    let mut counts = BTreeMap::new();
    for (_, skip) in skipped {
        *counts.entry(*skip).or_default() += 1;
    }
    counts
}
