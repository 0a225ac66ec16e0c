//! Which files, in which order.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use ignore::{WalkBuilder, WalkState};

use crate::facts::RelativePath;

/// Why a file or folder was not scanned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// Over the size limit.
    OverSize,
    /// Binary content: a NUL byte early on.
    Binary,
    /// Vendored: `node_modules`, `vendor`, …
    Vendored,
    /// Excluded by the configuration.
    Excluded,
    /// Not a regular file: a socket, a device, a pipe.
    Special,
}

impl Skip {
    /// For machines: `over-size`.
    pub fn key(self) -> &'static str {
        match self {
            Self::OverSize => "over-size",
            Self::Binary => "binary",
            Self::Vendored => "vendored",
            Self::Excluded => "excluded",
            Self::Special => "special",
        }
    }

    /// For the summary: `over the size limit`.
    pub fn describe(self) -> &'static str {
        match self {
            Self::OverSize => "over the size limit",
            Self::Binary => "binary",
            Self::Vendored => "vendored",
            Self::Excluded => "excluded by configuration",
            Self::Special => "not a regular file",
        }
    }
}

/// How to walk.
#[derive(Clone, Debug)]
pub struct WalkOptions {
    /// Folder that paths are relative to.
    pub root: PathBuf,
    /// What to walk, below `root`.
    pub targets: Vec<PathBuf>,
    /// Files over this many bytes are skipped and counted.
    pub max_file_size: u64,
    /// Threads; 0 lets the machine decide.
    pub threads: usize,
}

/// A file to scan.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Path relative to the root, `/`-separated.
    pub relative: RelativePath,
    /// Path to open.
    pub absolute: PathBuf,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walked {
    /// Files in path order.
    pub files: Vec<Entry>,
    /// How many were passed over, by reason.
    pub skipped: BTreeMap<Skip, u64>,
    /// What could not be read, in path order: path and reason.
    pub errors: Vec<(String, String)>,
}

/// Walks the targets in parallel, honouring ignore files, and sorts the result.
pub fn walk(options: &WalkOptions) -> Walked {
    let Some((first, rest)) = options.targets.split_first() else {
        return Walked::default();
    };
    let mut builder = WalkBuilder::new(first);
    for target in rest {
        builder.add(target);
    }
    builder.threads(options.threads).require_git(false);
    let walked = Mutex::new(Walked::default());
    builder.build_parallel().run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    let relative = relative(&options.root, entry.path());
                    let over = entry
                        .metadata()
                        .is_ok_and(|data| data.len() > options.max_file_size);
                    let mut walked = walked.lock().expect("no walker panics");
                    if over {
                        *walked.skipped.entry(Skip::OverSize).or_default() += 1;
                    } else {
                        walked.files.push(Entry {
                            relative,
                            absolute: entry.into_path(),
                        });
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let mut walked = walked.lock().expect("no walker panics");
                    walked.errors.push((String::new(), error.to_string()));
                }
            }
            WalkState::Continue
        })
    });
    let mut walked = walked.into_inner().expect("no walker panics");
    walked.files.sort();
    walked.files.dedup();
    walked.errors.sort();
    walked
}

fn relative(root: &Path, path: &Path) -> RelativePath {
    let path = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = path
        .components()
        .filter(|part| !matches!(part, std::path::Component::CurDir))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts.join("/").into()
}
