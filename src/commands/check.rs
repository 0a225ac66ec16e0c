//! `termscheck check`.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::progress::Bar;
use super::{CommandError, Exit, all_packs, baseline, changed, index, output, target};
use crate::changes::{Before, Since};
use crate::cli::{CheckArgs, FailOn};
use crate::config::Config;
use crate::operator::Operator;
use crate::pack::{self, Pack};
use crate::report::{self, Format, Output, SarifOptions, View};
use crate::revision::Revision;
use crate::scan::{self, NoticeLevel, Report, ScanOptions};
use crate::selection::{RulePattern, Selection};
use crate::tree::{self, Overlay, Texts};

/// Name under which standard input is checked when none is given.
const STDIN_NAME: &str = "stdin.md";

/// Checks what the command line names and writes the report.
pub(crate) fn run(args: &CheckArgs) -> miette::Result<Exit> {
    let mut scan = Prepared::of(args)?;
    let config = &scan.options.config;
    let configured = config
        .of_run(|settings| Some(settings.format.clone()).filter(|formats| !formats.is_empty()));
    let outputs = output::wanted(&args.format, configured, args.output.as_deref())?;
    let threshold = args
        .fail_on
        .or_else(|| config.of_run(|settings| settings.fail_on))
        .unwrap_or_default();
    let trusted = scan.options.operator.trusted.as_ref();
    let baseline = baseline::wanted(args.baseline.as_deref(), config, trusted)?;
    let files = outputs.iter().filter_map(|output| output.file.clone());
    let files = files.chain(baseline.iter().map(|(path, _)| path.clone()));
    scan.options.outputs = files.collect();
    if args.from_hook && scan.options.targets.is_empty() && scan.options.stdin.is_none() {
        // What was named is gone: nothing to say, unless somebody asked for a check.
        if args.require_files || scan.options.operator.gate {
            return Err(CommandError::new("no file was checked").into());
        }
        return Ok(Exit::Clean);
    }
    let before = since(args)
        .map(|since| changed::before(&scan.options.root, &since))
        .transpose()?;
    // What is staged is what would be committed, whatever the files hold meanwhile.
    let staged = before.as_ref().map(Before::staged_texts);
    scan.staged = staged.unwrap_or_default();
    let mut report = scan.report(args.out.quiet)?;
    if let Some((path, baseline)) = &baseline {
        let prints = report::fingerprints(&scan.view(&report));
        let tree = tree::of_folder(&scan.options.root);
        let applied = baseline.apply(&mut report, &prints, &*tree);
        if !args.out.quiet {
            baseline::say(path, applied);
        }
    }
    if let Some(before) = &before {
        changed::keep(&mut report, before, args.out.quiet);
    }
    let mut view = scan.view(&report);
    view.fails_at = threshold.threshold();
    view.sarif.suppressed = args.sarif_suppressed;
    let shown = outputs
        .iter()
        .any(|output| output.format == Format::Human && output.file.is_none());
    if !shown {
        say_notices(&report, args.out.quiet);
    }
    output::write(&outputs, &view, &args.out)?;
    if !args.out.quiet {
        say_files(&outputs, &view);
    }
    if args.require_files && report.counts.read == 0 {
        return Err(CommandError::new("no file was checked, and --require-files is set").into());
    }
    Ok(exit(threshold, &report))
}

fn since(args: &CheckArgs) -> Option<Since> {
    let revision = args.since.clone().map(Since::Revision);
    revision.or(args.staged.then_some(Since::Staged))
}

/// A scan that can begin.
pub(crate) struct Prepared {
    pub(crate) options: ScanOptions,
    pub(crate) packs: Vec<Pack>,
    /// Texts that take the place of files.
    staged: Texts,
    /// The part of the repository that is scanned, where it is one folder or file.
    part: String,
}

impl Prepared {
    pub(crate) fn of(args: &CheckArgs) -> miette::Result<Self> {
        let target = Target::of(args)?;
        let packs = packs(args, &target.config)?;
        if !args.out.quiet {
            super::warn(&packs);
        }
        let options = options(args, target, &packs)?;
        let part = match options.targets.as_slice() {
            [one] => (one.canonicalize().ok())
                .and_then(|one| target::below(&options.root, &one))
                .unwrap_or_default(),
            _ => String::new(),
        };
        Ok(Self {
            options,
            packs,
            staged: Texts::new(),
            part,
        })
    }

    /// Scans, and shows how far it is.
    pub(crate) fn report(&self, quiet: bool) -> miette::Result<Report> {
        let progress = self.options.progress.as_ref();
        let _bar = progress.and_then(|progress| Bar::watch(progress, quiet));
        let folder = tree::of_folder(&self.options.root);
        let tree = Overlay::new(&*folder, &self.staged);
        Ok(scan::scan_tree(&self.options, &self.packs, &tree).map_err(|error| *error)?)
    }

    pub(crate) fn view<'a>(&'a self, report: &'a Report) -> View<'a> {
        View {
            report,
            packs: &self.packs,
            root: &self.options.root,
            fails_at: FailOn::default().threshold(),
            sarif: SarifOptions {
                suppressed: false,
                part: &self.part,
            },
        }
    }
}

/// What explains exit status 2, and suppressions that say nothing, where the report for
/// people goes elsewhere: most formats have no room for them.
pub(crate) fn say_notices(report: &Report, quiet: bool) {
    let mut out = anstream::stderr();
    for notice in &report.notices {
        let is_said = match notice.level {
            NoticeLevel::Unchecked => true,
            NoticeLevel::Warning | NoticeLevel::Note => !quiet,
            NoticeLevel::Info => false,
        };
        if !is_said {
            continue;
        }
        let level = notice.level.label();
        let path = notice.path.as_deref().unwrap_or_default();
        let line = (notice.span)
            .and_then(|span| Some((report.sources.get(&span.file)?, span)))
            .map(|(source, span)| format!(":{}", source.position(span.start).line));
        let place = format!("{path}{}", line.unwrap_or_default());
        let separator = if place.is_empty() { "" } else { ": " };
        let text = format!("{place}{separator}{}", notice.message);
        let _ = writeln!(out, "{level}: {}", report::visible(&text));
    }
}

/// Where reports went, and what they hold: the log of a job would be empty without.
fn say_files(outputs: &[Output], view: &View<'_>) {
    let mut out = anstream::stderr();
    for output in outputs {
        if let Some(file) = &output.file {
            let text = format!("{}: {}", file.display(), report::summary(view));
            let _ = writeln!(out, "{}", report::visible(&text));
        }
    }
}

fn exit(threshold: FailOn, report: &Report) -> Exit {
    if report.is_incomplete() {
        return Exit::Failure;
    }
    match (threshold.threshold(), scan::worst(&report.findings)) {
        (Some(threshold), Some(worst)) if worst >= threshold => Exit::Findings,
        _ => Exit::Clean,
    }
}

/// The packs of the command line, those of the configuration before them.
fn packs(args: &CheckArgs, config: &Config) -> miette::Result<Vec<Pack>> {
    all_packs(&args.scan.packs, &config.pack_folders()?)
}

/// What is scanned, and the configuration that speaks of all of it.
struct Target {
    root: PathBuf,
    targets: Vec<PathBuf>,
    stdin: Option<(String, Vec<u8>)>,
    config: Config,
    operator: Operator,
}

impl Target {
    fn of(args: &CheckArgs) -> miette::Result<Self> {
        let is_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
        let targets = if is_stdin {
            if args.paths.len() > 1 {
                let message = "`-` stands alone: standard input is checked by itself";
                return Err(CommandError::new(message).into());
            }
            Vec::new()
        } else {
            if args.stdin_filename.is_some() {
                let message = "--stdin-filename is for standard input: name `-` as the path";
                return Err(CommandError::new(message).into());
            }
            let paths = if args.from_hook {
                still_there(&args.paths, args.out.quiet)
            } else {
                args.paths.clone()
            };
            target::must_exist(&paths)?;
            paths
        };
        let root = target::root(args.scan.root.as_deref(), &targets)?;
        let stdin = is_stdin.then(|| read_stdin(args, &root)).transpose()?;
        let operator = operator(args, &root)?;
        let trusted = operator.trusted.as_ref();
        let config = match &args.scan.config {
            _ if args.scan.no_config => Config::default(),
            Some(path) => Config::load(path, &root, trusted)?,
            None if args.gate.no_repo_config => Config::default(),
            None if operator.gate && trusted.is_none() => Config::default(),
            None => Config::discover(&root, &targets, trusted)?,
        };
        Ok(Self {
            root,
            targets,
            stdin,
            config,
            operator,
        })
    }
}

/// What the command line says against the tree's own word.
fn operator(args: &CheckArgs, root: &Path) -> Result<Operator, CommandError> {
    let gate = &args.gate;
    let trusted = gate
        .trust
        .as_deref()
        .map(|name| {
            Revision::read(root, name)
                .map_err(|message| CommandError::new(format!("--trust {name}: {message}")))
        })
        .transpose()?;
    let allowed = Operator::patterns(root, &gate.allow_unchecked)
        .map_err(|message| CommandError::new(format!("--allow-unchecked: {message}")))?;
    Ok(Operator {
        gate: gate.gate,
        trusted,
        owner: gate.owner.as_deref().map(Arc::from),
        ignore_files: !gate.no_ignore,
        suppressions: !gate.no_suppress,
        allowed,
    })
}

/// A hook names what a commit touches, and a commit deletes and renames files.
fn still_there(paths: &[PathBuf], quiet: bool) -> Vec<PathBuf> {
    let (there, gone): (Vec<PathBuf>, Vec<PathBuf>) = paths
        .iter()
        .cloned()
        .partition(|path| path.symlink_metadata().is_ok());
    if !quiet {
        for path in &gone {
            let text = format!("{}: no longer there, skipped", path.display());
            let _ = writeln!(anstream::stderr(), "{}", report::visible(&text));
        }
    }
    there
}

fn options(args: &CheckArgs, target: Target, packs: &[Pack]) -> miette::Result<ScanOptions> {
    let known: Vec<&str> = pack::rule_names(packs).collect();
    let threads = target.config.of_run(|settings| settings.threads);
    let indexes = index::wanted(&args.scan.index, &target.config)?;
    Ok(ScanOptions {
        indexes,
        threads: args.threads.or(threads).unwrap_or_default(),
        max_file_size: args.max_file_size,
        selection: Selection {
            select: patterns("--select", &args.scan.select, &known)?,
            ignore: patterns("--ignore", &args.scan.ignore, &known)?,
            pedantic: args.scan.pedantic,
        },
        force_exclude: args.force_exclude,
        max_related: match args.out.verbose {
            0 => args.max_related,
            _ => usize::MAX,
        },
        progress: Some(Arc::default()),
        operator: target.operator,
        targets: target.targets,
        config: target.config,
        stdin: target.stdin,
        ..ScanOptions::new(&target.root)
    })
}

fn patterns(
    option: &str,
    texts: &[String],
    known: &[&str],
) -> Result<Vec<RulePattern>, CommandError> {
    texts
        .iter()
        .map(|text| {
            RulePattern::known(text.trim(), known.iter().copied()).map_err(|message| {
                CommandError::new(format!("{option}: {message}"))
                    .help("`termscheck rules` lists the rules")
            })
        })
        .collect()
}

/// The path that standard input stands for, and its bytes; one byte over the limit
/// is enough to know that it is too large.
fn read_stdin(args: &CheckArgs, root: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let name = args
        .stdin_filename
        .as_deref()
        .unwrap_or(Path::new(STDIN_NAME));
    let path = target::below(root, name).ok_or_else(|| {
        CommandError::new(format!(
            "--stdin-filename {}: not below {}",
            name.display(),
            root.display()
        ))
    })?;
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(args.max_file_size.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| CommandError::new(format!("standard input: {error}")))?;
    Ok((path, bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unchecked_files_win_over_findings() {
        let mut report = Report::default();
        assert_eq!(exit(FailOn::Error, &report), Exit::Clean);
        report.notices.push(scan::Notice {
            path: Some("a.md".to_owned()),
            span: None,
            level: NoticeLevel::Unchecked,
            message: "not read".to_owned(),
        });
        assert_eq!(exit(FailOn::Error, &report), Exit::Failure);
    }

    #[test]
    fn relative_paths_are_kept() {
        let path = Path::new("a/b.md");
        assert_eq!(
            target::below(Path::new("/r"), path).as_deref(),
            Some("a/b.md")
        );
    }
}
