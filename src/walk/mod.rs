//! Which files, in which order.

mod checkouts;
mod context;
mod exclude;
mod generated;
mod index;
mod paths;
mod skip;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use ignore::{DirEntry, ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};

pub use checkouts::{module_of, submodules};
pub use exclude::Exclude;
pub use generated::is_generator;
pub use paths::reason;
pub use skip::{Skip, is_binary_extension};

use paths::{readable, relative};

use crate::facts::repository::Submodule;
use crate::facts::{FileKind, RelativePath};
use crate::parse::kind;

/// How to walk.
#[derive(Clone, Debug)]
pub struct WalkOptions {
    /// Folder that paths are relative to.
    pub root: PathBuf,
    /// What to walk, below `root`.
    pub targets: Vec<PathBuf>,
    /// Patterns of files that are not scanned.
    pub exclude: Exclude,
    /// Whether `exclude` applies to the targets themselves, too.
    pub force_exclude: bool,
    /// Threads; 0 lets the machine decide.
    pub threads: usize,
    /// Path below `root` that standard input stands for.
    pub stdin: Option<String>,
    /// Submodules of the checkout, in path order.
    pub submodules: Vec<Submodule>,
    /// The root lies in a checkout, so that another one below is none of its files.
    pub checkout: bool,
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
    /// Decisions worth saying, in path order: path and sentence.
    pub decisions: Vec<(String, String)>,
    /// Whether the root itself was walked, so that what is not among `files` is not
    /// in the repository.
    pub whole: bool,
}

/// Walks the targets in parallel, honouring ignore files, and sorts the result.
/// Links are not followed.
pub fn walk(options: &WalkOptions) -> Walked {
    let root = canonical(&options.root);
    let mut walked = Walked::default();
    let mut targets = targets(options, &root, &mut walked);
    walked.whole = targets.contains(&root);
    if let Some((first, rest)) = targets.split_first() {
        let mut builder = WalkBuilder::new(first);
        for target in rest {
            builder.add(target);
        }
        builder
            .threads(options.threads)
            // Hidden files are judged here, one by one.
            .hidden(false)
            .require_git(false)
            // The user's own ignore file must not change what a repository is told.
            .git_global(false)
            // Above the root nothing speaks for the repository.
            .parents(!walked.whole);
        let shared = Mutex::new(walked);
        builder.build_parallel().visit(&mut Visitors {
            root: &root,
            options,
            shared: &shared,
        });
        walked = shared
            .into_inner()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        index::add(&root, &targets, options, &mut walked);
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
        context::add(&root, &targets, &mut walked);
    }
    walked.files.sort();
    walked.files.dedup_by(|a, b| a.absolute == b.absolute);
    walked.skipped.sort();
    walked.skipped.dedup();
    walked.errors.sort();
    walked.errors.dedup();
    walked.decisions.sort();
    walked
}

/// The targets that can be walked, absolute; the others are said.
fn targets(options: &WalkOptions, root: &Path, walked: &mut Walked) -> Vec<PathBuf> {
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
    options: &WalkOptions,
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

struct Visitors<'a> {
    root: &'a Path,
    options: &'a WalkOptions,
    shared: &'a Mutex<Walked>,
}

impl<'s, 'a: 's> ParallelVisitorBuilder<'s> for Visitors<'a> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 's> {
        Box::new(Visitor {
            root: self.root,
            options: self.options,
            shared: self.shared,
            own: Walked::default(),
        })
    }
}

/// Gathers on its own thread and hands over at the end.
struct Visitor<'a> {
    root: &'a Path,
    options: &'a WalkOptions,
    shared: &'a Mutex<Walked>,
    own: Walked,
}

impl ParallelVisitor for Visitor<'_> {
    fn visit(&mut self, entry: Result<DirEntry, ignore::Error>) -> WalkState {
        match entry {
            Ok(entry) => self.entry(entry),
            Err(error) => {
                let path = error_path(&error)
                    .map(|path| relative(self.root, path).to_string())
                    .unwrap_or_default();
                let message = error.io_error().map_or_else(|| error.to_string(), reason);
                self.own.errors.push((path, message));
                WalkState::Continue
            }
        }
    }
}

impl Visitor<'_> {
    fn entry(&mut self, entry: DirEntry) -> WalkState {
        let Some(file_type) = entry.file_type() else {
            return WalkState::Continue;
        };
        let is_dir = file_type.is_dir();
        if entry.depth() == 0 {
            if !is_dir {
                let relative = relative(self.root, entry.path());
                self.keep(relative, entry.into_path());
            }
            return WalkState::Continue;
        }
        let name = entry.file_name().to_string_lossy();
        if is_dir && name == ".git" {
            return WalkState::Skip;
        }
        let relative = relative(self.root, entry.path());
        let skip = if name.starts_with('.') && !skip::is_welcome(&name) {
            Some(Skip::Hidden)
        } else if self.excluded(&entry, is_dir) {
            Some(Skip::Excluded)
        } else if is_dir {
            if skip::is_vendored(&name, entry.path()) {
                Some(Skip::Vendored)
            } else {
                self.is_apart(&relative, entry.path())
                    .then_some(Skip::Checkout)
            }
        } else if file_type.is_symlink() {
            // A licence is often linked from the folder of each package, and there
            // it counts.
            let licence = kind::kind(&relative) == FileKind::Licence;
            match entry.path().canonicalize() {
                Ok(to) if licence && to.starts_with(self.root) && to.is_file() => None,
                _ => Some(Skip::Link),
            }
        } else if !file_type.is_file() {
            Some(Skip::Special)
        } else {
            None
        };
        if let Some(skip) = skip {
            self.own.skipped.push((relative, skip));
            return WalkState::Skip;
        }
        if !is_dir {
            self.keep(relative, entry.into_path());
        }
        WalkState::Continue
    }

    fn keep(&mut self, relative: RelativePath, absolute: PathBuf) {
        self.own.files.push(Entry {
            relative,
            absolute,
            context: false,
        });
    }

    /// Whether a folder is a checkout of its own and no submodule.
    fn is_apart(&self, relative: &str, path: &Path) -> bool {
        self.options.checkout
            && path.join(".git").symlink_metadata().is_ok()
            && !self
                .options
                .submodules
                .iter()
                .any(|module| *module.path == *relative)
    }

    fn excluded(&self, entry: &DirEntry, is_dir: bool) -> bool {
        !self.options.exclude.is_empty() && self.options.exclude.matches(entry.path(), is_dir)
    }
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        let mut shared = self
            .shared
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.files.append(&mut self.own.files);
        shared.skipped.append(&mut self.own.skipped);
        shared.errors.append(&mut self.own.errors);
    }
}

/// The path that an error of the walker speaks of.
fn error_path(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            error_path(err)
        }
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(errors) => errors.iter().find_map(error_path),
        _ => None,
    }
}

impl Walked {
    /// Leaves out files that a configuration found among them excludes. What was named
    /// itself stays: its own way up was judged before.
    pub fn leave_out(&mut self, exclude: &Exclude, options: &WalkOptions) {
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
