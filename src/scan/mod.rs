//! The whole way of the data, from a folder to a [`Report`].

mod file;
mod files;
mod finish;
mod gate;
mod kin;
mod levels;
mod modules;
mod owner;
mod pictures;
mod report;
mod shared;
mod stand_in;
mod taking_part;
mod texts;
mod vouch;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use self::files::Files;
pub(crate) use file::budget;
pub use report::{Counts, Notice, NoticeLevel, Report, worst};
pub use taking_part::TakingPart;

use crate::checks::{Trigger, TriggerScope};
use crate::config::{Config, ConfigError, Known};
use crate::facts::extract::Extractor;
use crate::git::GitFolder;
use crate::index::Indexes;
use crate::operator::Operator;
use crate::pack::{CompiledRule, Pack};
use crate::parse::directive;
use crate::prefilter::Prefilter;
use crate::selection::Selection;
use crate::source::FileId;
use crate::tree::{self, Overlay, Texts, Tree};
use crate::walk::{self, WalkOptions};

/// Files over this many bytes are not read unless asked for.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 4 * 1024 * 1024;

/// Stack of a worker: room for parsers that recurse on nested input.
const STACK_SIZE: usize = 16 * 1024 * 1024;

/// What to scan and how.
#[derive(Clone, Debug)]
pub struct ScanOptions {
    /// Folder that paths in the report are relative to, usually the repository's.
    pub root: PathBuf,
    /// What to scan, below `root`.
    pub targets: Vec<PathBuf>,
    /// The repository's configuration.
    pub config: Config,
    /// Text to scan in place of a file: its relative path and its bytes.
    pub stdin: Option<(String, Vec<u8>)>,
    /// Threads; 0 lets the machine decide. The output is the same for any number.
    pub threads: usize,
    /// Largest file that is read, in bytes.
    pub max_file_size: u64,
    /// Which rules run.
    pub selection: Selection,
    /// What counts of what the tree says of itself.
    pub operator: Operator,
    /// Whether `exclude` of the configuration applies to the targets themselves.
    pub force_exclude: bool,
    /// Places besides the first that a finding lists.
    pub max_related: usize,
    /// Files that are never scanned: the report of an earlier run quotes findings.
    pub outputs: Vec<PathBuf>,
    /// The day of the run: suppressions may end.
    pub today: jiff::civil::Date,
    /// Whether to tell what is found of the attribution of each derived file.
    pub verdicts: bool,
    /// Indexes of documentation whose text is looked for.
    pub indexes: Arc<Indexes>,
    /// Counts the files, for whoever shows how far a scan is.
    pub progress: Option<Arc<Progress>>,
}

impl ScanOptions {
    /// The whole of `root` by every rule that is not pedantic.
    pub fn new(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
            targets: vec![root.to_owned()],
            config: Config::default(),
            stdin: None,
            threads: 0,
            max_file_size: DEFAULT_MAX_FILE_SIZE,
            selection: Selection::default(),
            operator: Operator::default(),
            force_exclude: false,
            max_related: crate::aggregate::MAX_RELATED,
            outputs: Vec::new(),
            today: today(),
            verdicts: false,
            indexes: Arc::default(),
            progress: None,
        }
    }
}

/// Today, in UTC: the same for everybody who runs it now. `SOURCE_DATE_EPOCH` is the
/// moment that counts instead, as for other programs whose output can be made again.
fn today() -> jiff::civil::Date {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok();
    let set = set.and_then(|seconds| jiff::Timestamp::from_second(seconds.parse().ok()?).ok());
    let now = set.unwrap_or_else(jiff::Timestamp::now);
    now.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// How far a scan is.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files that were found; 0 while they are looked for.
    pub total: AtomicU64,
    /// Files that were read.
    pub done: AtomicU64,
}

/// More threads than this many a core wait for each other, and each takes memory.
const THREADS_A_CORE: usize = 4;

/// Threads that a machine can use: those asked for, within reason.
fn threads(asked: usize) -> usize {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    asked.min(cores * THREADS_A_CORE)
}

/// Scans a repository with `packs`.
pub fn scan(options: &ScanOptions, packs: &[Pack]) -> Result<Report, Box<ConfigError>> {
    scan_tree(options, packs, &*tree::of_folder(&options.root))
}

/// Scans a tree that stands for the folder at the root.
pub fn scan_tree(
    options: &ScanOptions,
    packs: &[Pack],
    tree: &dyn Tree,
) -> Result<Report, Box<ConfigError>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads(options.threads))
        .stack_size(STACK_SIZE)
        .build();
    match pool {
        Ok(pool) => pool.install(|| scan_here(options, packs, tree)),
        // Without a pool of its own the global one does.
        Err(_) => scan_here(options, packs, tree),
    }
}

fn scan_here(
    options: &ScanOptions,
    packs: &[Pack],
    tree: &dyn Tree,
) -> Result<Report, Box<ConfigError>> {
    let git = GitFolder::of(&options.root);
    let remote = git.as_ref().and_then(GitFolder::remote);
    let operator = &options.operator;
    let trusted = operator.trusted_tree(&options.root);
    let mut submodules = walk::submodules(tree, remote.as_ref());
    if operator.gate {
        // Whose they are the tree says of itself; those that are new are read all the same.
        for module in &mut submodules {
            module.remote = None;
        }
    }
    if let Some(trusted) = &trusted {
        let known = walk::submodules(trusted, remote.as_ref());
        submodules.retain(|module| known.iter().all(|one| one.path != module.path));
        submodules.extend(known);
        submodules.sort_by(|a, b| a.path.cmp(&b.path));
    }
    let walk_options = WalkOptions {
        targets: options.targets.clone(),
        exclude: options.config.excludes(),
        force_exclude: options.force_exclude,
        stdin: options.stdin.as_ref().map(|(path, _)| path.clone()),
        submodules: submodules.clone(),
        git,
        ignore_files: operator.ignore_files,
        gate: operator.gate,
        trusted: trusted.as_ref().map(|trusted| trusted as &dyn Tree),
        ..WalkOptions::new(tree, &options.root)
    };
    let mut walked = walk::walk(&walk_options);
    if let Some(tracked) = &walked.tracked {
        // Files that git tracks here are this repository's own, whatever a list says.
        submodules.retain(|module| {
            let start = format!("{}/", module.path);
            let at = tracked.partition_point(|(path, _)| **path < *start);
            !tracked
                .get(at)
                .is_some_and(|(path, _)| path.starts_with(&start))
        });
    }
    let outputs: Vec<PathBuf> = options
        .outputs
        .iter()
        .map(|path| walk::canonical(path))
        .collect();
    walked
        .files
        .retain(|entry| !outputs.contains(&entry.absolute));
    let config = nested(options, packs, &walked)?;
    // What the walk knew of is left out already.
    if config.all().count() > options.config.all().count() {
        walked.leave_out(&config.excludes(), &walk_options);
    }
    if let Some(progress) = &options.progress {
        let total = walked.files.len() as u64;
        progress.total.store(total, Ordering::Relaxed);
    }
    // Where a file is read again, it is what standard input gave.
    let given = options.stdin.iter();
    let given: Texts = given
        .map(|(path, bytes)| (PathBuf::from(path), Arc::from(bytes.as_slice())))
        .collect();
    let tree = Overlay::new(tree, &given);
    let engine = Engine::new(packs, options, config, &tree);
    let mut outcomes: Vec<_> = walked
        .files
        .par_iter()
        .enumerate()
        .map(|(index, entry)| {
            let id = FileId(index as u32);
            let outcome = match &options.stdin {
                Some((path, bytes)) if **path == *entry.relative => {
                    engine.bytes(id, entry, bytes.clone())
                }
                _ => engine.file(id, entry),
            };
            if let Some(progress) = &options.progress {
                progress.done.fetch_add(1, Ordering::Relaxed);
            }
            outcome
        })
        .collect();
    engine.follow(&walked.files, &mut outcomes);
    Ok(engine.finish(walked, outcomes, &submodules))
}

/// The configuration with those of the folders that files were found in.
fn nested(
    options: &ScanOptions,
    packs: &[Pack],
    walked: &walk::Walked,
) -> Result<Config, Box<ConfigError>> {
    let ids: Vec<&str> = packs.iter().map(|pack| &*pack.id).collect();
    let rules: Vec<&str> = crate::pack::rule_names(packs).collect();
    let known = Known {
        rules: &rules,
        packs: &ids,
        marks: &crate::pack::marks(packs),
    };
    let files = walked.files.iter().map(|entry| entry.absolute.as_path());
    options.config.with_nested(files, known).map_err(Box::new)
}

struct Engine<'a> {
    packs: &'a [Pack],
    /// By pack; none for one that is left out.
    extractors: Vec<Option<Extractor>>,
    prefilter: Prefilter,
    files: Files<'a>,
    options: &'a ScanOptions,
    config: Config,
    /// The rules that run, by pack.
    rules: Vec<Vec<&'a CompiledRule>>,
    /// Whether one of them asks what is to be seen in pictures.
    pictures: bool,
}

impl<'a> Engine<'a> {
    fn new(
        packs: &'a [Pack],
        options: &'a ScanOptions,
        config: Config,
        tree: &'a dyn Tree,
    ) -> Self {
        // A pack that is left out reads nothing.
        let left_out = |pack: &&Pack| taking_part::is_left_out(&config, pack);
        let extractors: Vec<_> = packs
            .iter()
            .map(|pack| (!left_out(&pack)).then(|| Extractor::new(pack)))
            .collect();
        let triggers = collect_triggers(
            packs.iter().filter(|pack| !left_out(pack)),
            extractors.iter().flatten(),
        );
        let runs = |compiled: &&CompiledRule| {
            options.selection.runs(&compiled.rule)
                && !config.is_off_everywhere(&compiled.rule.names)
        };
        let rules: Vec<Vec<&CompiledRule>> = packs
            .iter()
            .map(|pack| {
                let rules = pack.rules.iter().filter(|_| !left_out(&pack));
                rules.filter(runs).collect()
            })
            .collect();
        Self {
            packs,
            extractors,
            prefilter: Prefilter::new(&triggers),
            files: Files::of(tree, &options.root, options.max_file_size),
            options,
            pictures: rules
                .iter()
                .flatten()
                .any(|compiled| compiled.check.looks_at_pictures()),
            rules,
            config,
        }
    }
}

/// Every literal that makes a file worth parsing for `packs`, sorted.
pub fn triggers(packs: &[Pack]) -> Vec<Trigger> {
    let extractors: Vec<_> = packs.iter().map(Extractor::new).collect();
    collect_triggers(packs.iter(), extractors.iter())
}

fn collect_triggers<'a>(
    packs: impl Iterator<Item = &'a Pack>,
    extractors: impl Iterator<Item = &'a Extractor>,
) -> Vec<Trigger> {
    let mut triggers: Vec<_> = packs
        .flat_map(|pack| pack.rules.iter().flat_map(|rule| rule.check.triggers()))
        .chain(extractors.flat_map(Extractor::triggers))
        .filter(|trigger| !trigger.literal.is_empty())
        // A suppression that suppresses nothing must be found to be said.
        .chain(std::iter::once(Trigger {
            literal: directive::KEYWORD.to_owned(),
            exact_case: true,
            scope: TriggerScope::Everywhere,
        }))
        .collect();
    triggers.sort();
    triggers.dedup();
    triggers
}
