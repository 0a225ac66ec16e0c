//! The whole way of the data, from a folder to a [`Report`].

mod file;
mod files;
mod finish;
mod kin;
mod modules;
mod report;
mod taking_part;
mod texts;

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use self::files::Files;
pub use report::{Counts, Notice, NoticeLevel, Report, worst};
pub use taking_part::TakingPart;

use crate::checks::{Trigger, TriggerScope};
use crate::config::Config;
use crate::facts::extract::Extractor;
use crate::facts::ownership;
use crate::pack::{CompiledRule, Pack};
use crate::parse::directive;
use crate::prefilter::Prefilter;
use crate::selection::Selection;
use crate::source::FileId;
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
    /// Whether `exclude` of the configuration applies to the targets themselves.
    pub force_exclude: bool,
    /// Places besides the first that a finding lists.
    pub max_related: usize,
    /// A file that is never scanned: the report of an earlier run quotes findings.
    pub output: Option<PathBuf>,
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
            force_exclude: false,
            max_related: crate::aggregate::MAX_RELATED,
            output: None,
        }
    }
}

/// Scans a repository with `packs`.
pub fn scan(options: &ScanOptions, packs: &[Pack]) -> Report {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .stack_size(STACK_SIZE)
        .build();
    match pool {
        Ok(pool) => pool.install(|| scan_here(options, packs)),
        // Without a pool of its own the global one does.
        Err(_) => scan_here(options, packs),
    }
}

fn scan_here(options: &ScanOptions, packs: &[Pack]) -> Report {
    let remote = ownership::git_remote(&options.root);
    let submodules = walk::submodules(&options.root, remote.as_ref());
    let mut walked = walk::walk(&WalkOptions {
        root: options.root.clone(),
        targets: options.targets.clone(),
        exclude: options.config.exclude_matcher(&options.root),
        force_exclude: options.force_exclude,
        threads: options.threads,
        stdin: options.stdin.as_ref().map(|(path, _)| path.clone()),
        submodules: submodules.clone(),
        checkout: ownership::is_in_checkout(&options.root),
    });
    if let Some(output) = &options.output {
        let output = walk::canonical(output);
        walked.files.retain(|entry| entry.absolute != output);
    }
    let engine = Engine::new(packs, options);
    let mut outcomes: Vec<_> = walked
        .files
        .par_iter()
        .enumerate()
        .map(|(index, entry)| {
            let id = FileId(index as u32);
            match &options.stdin {
                Some((path, bytes)) if **path == *entry.relative => {
                    engine.bytes(id, entry, bytes.clone())
                }
                _ => engine.file(id, entry),
            }
        })
        .collect();
    engine.follow(&walked.files, &mut outcomes);
    engine.finish(walked, outcomes, &submodules)
}

struct Engine<'a> {
    packs: &'a [Pack],
    /// By pack; none for one that is left out.
    extractors: Vec<Option<Extractor>>,
    prefilter: Prefilter,
    files: Files,
    options: &'a ScanOptions,
    /// The rules that run, by pack.
    rules: Vec<Vec<&'a CompiledRule>>,
}

impl<'a> Engine<'a> {
    fn new(packs: &'a [Pack], options: &'a ScanOptions) -> Self {
        // A pack that is left out reads nothing.
        let left_out = |pack: &&Pack| taking_part::is_left_out(options, pack);
        let extractors: Vec<_> = packs
            .iter()
            .map(|pack| (!left_out(&pack)).then(|| Extractor::new(pack)))
            .collect();
        let triggers = collect_triggers(
            packs.iter().filter(|pack| !left_out(pack)),
            extractors.iter().flatten(),
        );
        let runs = |compiled: &&CompiledRule| {
            options.selection.runs(&compiled.rule) && !options.config.is_off(&compiled.rule.id)
        };
        let rules = packs
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
            files: Files::of_folder(&options.root, options.max_file_size),
            options,
            rules,
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
