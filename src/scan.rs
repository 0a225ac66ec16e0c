//! The whole way of the data, from a folder to a [`Report`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::aggregate;
use crate::checks::{FileContext, RepositoryContext, Trigger};
use crate::config::Config;
use crate::facts::extract::Extractor;
use crate::facts::ownership::{self, Ownership};
use crate::facts::{Directive, FileKind, FileRecord, RepositoryFacts};
use crate::finding::{Finding, Severity};
use crate::pack::Pack;
use crate::parse;
use crate::prefilter::Prefilter;
use crate::source::{FileId, Source, Span};
use crate::suppress;
use crate::walk::{self, Entry, Skip, WalkOptions};

/// Files over this many bytes are not read unless asked for.
pub const DEFAULT_MAX_FILE_SIZE: u64 = 4 * 1024 * 1024;

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
}

/// Something the user should know that is no finding: an unreadable file, a
/// suppression that suppresses nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How much it weighs.
    pub level: NoticeLevel,
    /// Path relative to the root, when it speaks of a file.
    pub path: Option<String>,
    /// Where in the file.
    pub span: Option<Span>,
    /// The sentence.
    pub message: String,
}

/// Weight of a [`Notice`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NoticeLevel {
    /// Said with `-v`: a decision and its reason.
    Info,
    /// Said always: a suppression that suppresses nothing, a part not parsed.
    Warning,
    /// Said always, exit status 2: something could not be checked.
    Unchecked,
}

/// Counts for the summary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files read.
    pub read: u64,
    /// Bytes read.
    pub bytes: u64,
    /// Files parsed.
    pub parsed: u64,
    /// Files passed over, by reason.
    pub skipped: BTreeMap<Skip, u64>,
}

/// What a scan found.
pub struct Report {
    /// Findings in the order of [`aggregate::order`], suppressed ones included.
    pub findings: Vec<Finding>,
    /// Everything else worth saying, in path order.
    pub notices: Vec<Notice>,
    /// Counts.
    pub counts: Counts,
    /// Path of every walked file, relative to the root; [`FileId`] is the index.
    pub paths: Vec<Arc<str>>,
    /// The texts that findings and notices point into.
    pub sources: BTreeMap<FileId, Arc<Source>>,
}

/// What one file gave.
#[derive(Default)]
struct FileOutcome {
    record: Option<FileRecord>,
    directives: Vec<Directive>,
    findings: Vec<Finding>,
    notices: Vec<Notice>,
    source: Option<Arc<Source>>,
    bytes: u64,
    skipped: Option<Skip>,
}

/// Scans a repository with `packs`.
pub fn scan(options: &ScanOptions, packs: &[Pack]) -> Report {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads)
        .build();
    match pool {
        Ok(pool) => pool.install(|| scan_here(options, packs)),
        // Without a pool of its own the global one does.
        Err(_) => scan_here(options, packs),
    }
}

fn scan_here(options: &ScanOptions, packs: &[Pack]) -> Report {
    let mut walked = match &options.stdin {
        Some(_) => walk::Walked::default(),
        None => walk::walk(&WalkOptions {
            root: options.root.clone(),
            targets: options.targets.clone(),
            max_file_size: options.max_file_size,
            threads: options.threads,
        }),
    };
    let engine = Engine::new(packs, options);
    let mut outcomes: Vec<FileOutcome> = walked
        .files
        .par_iter()
        .enumerate()
        .map(|(index, entry)| engine.file(FileId(index as u32), entry))
        .collect();
    if let Some((path, bytes)) = &options.stdin {
        outcomes.push(engine.bytes(FileId(0), Arc::from(path.as_str()), bytes.clone()));
        walked.files.push(Entry {
            relative: Arc::from(path.as_str()),
            absolute: PathBuf::from(path),
        });
    }
    engine.finish(walked, outcomes)
}

struct Engine<'a> {
    packs: &'a [Pack],
    extractors: Vec<Extractor>,
    prefilter: Prefilter,
    options: &'a ScanOptions,
}

impl<'a> Engine<'a> {
    fn new(packs: &'a [Pack], options: &'a ScanOptions) -> Self {
        let extractors: Vec<_> = packs.iter().map(Extractor::new).collect();
        let triggers = collect_triggers(packs, &extractors);
        Self {
            packs,
            extractors,
            prefilter: Prefilter::new(&triggers),
            options,
        }
    }

    fn file(&self, id: FileId, entry: &Entry) -> FileOutcome {
        match std::fs::read(&entry.absolute) {
            Ok(bytes) => self.bytes(id, Arc::clone(&entry.relative), bytes),
            Err(error) => FileOutcome::unchecked(&entry.relative, &error.to_string()),
        }
    }

    fn bytes(&self, id: FileId, path: Arc<str>, bytes: Vec<u8>) -> FileOutcome {
        let mut outcome = FileOutcome {
            bytes: bytes.len() as u64,
            ..FileOutcome::default()
        };
        let kind = parse::kind::kind(&path);
        if kind == FileKind::Other {
            return outcome;
        }
        let utf16 = matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        if !utf16 && memchr::memchr(0, &bytes[..bytes.len().min(8192)]).is_some() {
            outcome.skipped = Some(Skip::Binary);
            return outcome;
        }
        if !utf16 && !parse::kind::always_parse(&path, kind) && !self.prefilter.hit(kind, &bytes) {
            return outcome;
        }
        let source = Arc::new(Source::decode(id, Arc::clone(&path), bytes));
        let zone = parse::kind::zone(&path);
        let mut facts = parse::parse(&source, kind, zone);
        facts.signals = self
            .extractors
            .iter()
            .map(|extractor| extractor.extract(&source, &facts))
            .collect();
        for (pack, signals) in self.packs.iter().zip(&facts.signals) {
            for compiled in &pack.rules {
                if compiled.rule.zones.contains(&zone) {
                    compiled.check.check_file(
                        &FileContext {
                            source: &source,
                            facts: &facts,
                            signals,
                            pack,
                            rule: &compiled.rule,
                        },
                        &mut outcome.findings,
                    );
                }
            }
        }
        if source.lossy {
            outcome.notices.push(Notice {
                level: NoticeLevel::Warning,
                path: Some(path.to_string()),
                span: None,
                message: "invalid bytes were replaced before it was checked".to_owned(),
            });
        }
        outcome
            .notices
            .extend(facts.problems.iter().map(|problem| Notice {
                level: NoticeLevel::Unchecked,
                path: Some(path.to_string()),
                span: problem.span,
                message: problem.message.clone(),
            }));
        outcome.directives = std::mem::take(&mut facts.directives);
        outcome.record = Some(FileRecord {
            id,
            path,
            kind,
            zone,
            names: facts.names,
            licences: facts.licences,
            licence_text: facts.licence_text,
            holders: facts.holders,
            signals: facts.signals,
            code: facts.code,
        });
        outcome.source = Some(source);
        outcome
    }

    fn finish(&self, walked: walk::Walked, outcomes: Vec<FileOutcome>) -> Report {
        let mut counts = Counts {
            skipped: walked.skipped,
            ..Counts::default()
        };
        let mut facts = RepositoryFacts {
            paths: walked
                .files
                .into_iter()
                .map(|entry| entry.relative)
                .collect(),
            remote: ownership::git_remote(&self.options.root),
            configured_owner: self.options.config.owner.as_deref().map(Arc::from),
            ..RepositoryFacts::default()
        };
        let mut findings = Vec::new();
        let mut notices: Vec<Notice> = walked
            .errors
            .into_iter()
            .map(|(path, message)| Notice {
                level: NoticeLevel::Unchecked,
                path: Some(path),
                span: None,
                message,
            })
            .collect();
        let mut sources = BTreeMap::new();
        let mut directives = BTreeMap::new();
        for outcome in outcomes {
            if let Some(skip) = outcome.skipped {
                *counts.skipped.entry(skip).or_default() += 1;
            } else {
                counts.read += 1;
                counts.bytes += outcome.bytes;
            }
            notices.extend(outcome.notices);
            findings.extend(outcome.findings);
            if let Some(record) = outcome.record {
                counts.parsed += 1;
                if !outcome.directives.is_empty() {
                    directives.insert(record.id, outcome.directives);
                }
                facts.files.push(record);
            }
            if let Some(source) = outcome.source {
                sources.insert(source.id, source);
            }
        }
        for (pack_index, pack) in self.packs.iter().enumerate() {
            let ownership = ownership::decide(&facts, pack);
            notices.push(decision(pack, &ownership));
            for compiled in &pack.rules {
                if ownership.own && compiled.rule.owner_exempt {
                    let (id, pack) = (&compiled.rule.id, &compiled.rule.pack);
                    findings.retain(|finding: &Finding| {
                        (&finding.rule.id, &finding.rule.pack) != (id, pack)
                    });
                } else {
                    compiled.check.check_repository(
                        &RepositoryContext {
                            facts: &facts,
                            pack_index,
                            pack,
                            ownership: &ownership,
                            rule: &compiled.rule,
                        },
                        &mut findings,
                    );
                }
            }
        }
        self.configure(&mut findings);
        let mut findings = aggregate::aggregate(findings);
        notices.extend(suppress::suppress(
            &mut findings,
            &directives,
            &sources,
            &self.options.config,
        ));
        findings.sort_by(aggregate::order);
        keep_needed(&mut sources, &findings, &notices);
        Report {
            findings,
            notices,
            counts,
            paths: facts.paths,
            sources,
        }
    }

    /// Applies `severity:` of the configuration.
    fn configure(&self, findings: &mut Vec<Finding>) {
        let levels: Vec<_> = self
            .options
            .config
            .severity
            .iter()
            .filter_map(|(pattern, &level)| {
                Some((globset::Glob::new(pattern).ok()?.compile_matcher(), level))
            })
            .collect();
        findings.retain_mut(|finding| {
            let level = levels
                .iter()
                .rev()
                .find(|(pattern, _)| pattern.is_match(&finding.rule.id));
            match level.map(|&(_, level)| level.severity()) {
                Some(None) => false,
                Some(Some(severity)) => {
                    finding.severity = severity;
                    true
                }
                None => true,
            }
        });
    }
}

fn decision(pack: &Pack, ownership: &Ownership) -> Notice {
    Notice {
        level: NoticeLevel::Info,
        path: None,
        span: None,
        message: format!("{}: {}", pack.id, ownership.reason),
    }
}

/// Drops the texts that nothing points into, so that memory follows the findings.
fn keep_needed(
    sources: &mut BTreeMap<FileId, Arc<Source>>,
    findings: &[Finding],
    notices: &[Notice],
) {
    let needed: std::collections::BTreeSet<FileId> = findings
        .iter()
        .flat_map(|finding| {
            finding
                .primary
                .into_iter()
                .chain(finding.related.iter().map(|related| related.span))
        })
        .chain(notices.iter().filter_map(|notice| notice.span))
        .map(|span| span.file)
        .collect();
    sources.retain(|id, _| needed.contains(id));
}

impl FileOutcome {
    fn unchecked(path: &str, message: &str) -> Self {
        Self {
            notices: vec![Notice {
                level: NoticeLevel::Unchecked,
                path: Some(path.to_owned()),
                span: None,
                message: format!("not read: {message}"),
            }],
            ..Self::default()
        }
    }
}

/// Every literal that makes a file worth parsing for `packs`, sorted.
pub fn triggers(packs: &[Pack]) -> Vec<Trigger> {
    let extractors: Vec<_> = packs.iter().map(Extractor::new).collect();
    collect_triggers(packs, &extractors)
}

fn collect_triggers(packs: &[Pack], extractors: &[Extractor]) -> Vec<Trigger> {
    let mut triggers: Vec<_> = packs
        .iter()
        .flat_map(|pack| pack.rules.iter().flat_map(|rule| rule.check.triggers()))
        .chain(extractors.iter().flat_map(Extractor::triggers))
        .filter(|trigger| !trigger.literal.is_empty())
        .collect();
    triggers.sort();
    triggers.dedup();
    triggers
}

/// The gravest severity among findings that are not suppressed.
pub fn worst(findings: &[Finding]) -> Option<Severity> {
    findings
        .iter()
        .filter(|finding| finding.suppressed.is_none())
        .map(|finding| finding.severity)
        .max()
}
