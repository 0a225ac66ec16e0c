//! `termscheck check`.

use std::io::{self, Read, Write};
use std::path::Path;

use super::{CommandError, Exit, load_packs, target, terminal};
use crate::cli::{CheckArgs, Format};
use crate::config::{self, Config, Known};
use crate::pack::Pack;
use crate::report::{self, View};
use crate::scan::{self, NoticeLevel, Report, ScanOptions};
use crate::selection::{RulePattern, Selection};

/// Name under which standard input is checked when none is given.
const STDIN_NAME: &str = "stdin.md";

/// Checks what the command line names and writes the report.
pub(crate) fn run(args: &CheckArgs) -> miette::Result<Exit> {
    let packs = load_packs(&args.packs)?;
    if !args.out.quiet {
        super::warn(&packs);
    }
    let options = options(args, &packs)?;
    let report = scan::scan(&options, &packs);
    let view = View {
        report: &report,
        packs: &packs,
        root: &options.root,
    };
    if args.format != Format::Human || args.output.is_some() {
        say_unchecked(&report);
    }
    let written = if let Some(path) = &args.output {
        let style = terminal::file_style(&args.out);
        std::fs::File::create(path)
            .and_then(|file| write(args.format, &view, &style, io::BufWriter::new(file)))
            .map_err(|error| (path.display().to_string(), error))
    } else {
        let style = terminal::stdout_style(&args.out, &options.root);
        let out = io::BufWriter::new(terminal::stdout());
        write(args.format, &view, &style, out)
            .map_err(|error| ("standard output".to_owned(), error))
    };
    match written {
        // Whoever reads has seen enough.
        Err((_, error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err((place, error)) => {
            return Err(CommandError::new(format!("{place}: {error}")).into());
        }
        Ok(()) => {}
    }
    // The log of a job is not to be silent where the report goes into a file.
    if let Some(path) = args.output.as_ref().filter(|_| !args.out.quiet) {
        let text = format!("{}: {}", path.display(), report::summary(&view));
        let _ = writeln!(anstream::stderr(), "{}", report::visible(&text));
    }
    Ok(exit(args, &report))
}

fn write(
    format: Format,
    view: &View<'_>,
    style: &report::HumanStyle,
    mut out: impl Write,
) -> io::Result<()> {
    match format {
        Format::Human => report::write_human(view, style, &mut out),
        Format::Json => report::write_json(view, &mut out),
        Format::Sarif => report::write_sarif(view, &mut out),
    }?;
    out.flush()
}

/// What explains exit status 2, where the report itself goes elsewhere.
fn say_unchecked(report: &Report) {
    let mut out = anstream::stderr();
    for notice in &report.notices {
        if notice.level == NoticeLevel::Unchecked {
            let path = notice.path.as_deref().unwrap_or_default();
            let text = format!("{path}: {}", notice.message);
            let _ = writeln!(out, "error: {}", report::visible(&text));
        }
    }
}

fn exit(args: &CheckArgs, report: &Report) -> Exit {
    if report.is_incomplete() {
        return Exit::Failure;
    }
    match (args.fail_on.threshold(), scan::worst(&report.findings)) {
        (Some(threshold), Some(worst)) if worst >= threshold => Exit::Findings,
        _ => Exit::Clean,
    }
}

fn options(args: &CheckArgs, packs: &[Pack]) -> miette::Result<ScanOptions> {
    let known: Vec<&str> = packs
        .iter()
        .flat_map(|pack| pack.rules.iter().map(|compiled| compiled.rule.id.as_str()))
        .collect();
    let ids: Vec<&str> = packs.iter().map(|pack| &*pack.id).collect();
    let is_stdin = args.paths.iter().any(|path| path.as_os_str() == "-");
    let (targets, stdin) = if is_stdin {
        if args.paths.len() > 1 {
            let message = "`-` stands alone: standard input is checked by itself";
            return Err(CommandError::new(message).into());
        }
        (Vec::new(), true)
    } else {
        target::must_exist(&args.paths)?;
        (args.paths.clone(), false)
    };
    let root = target::root(args.root.as_deref(), &targets)?;
    let stdin = if stdin {
        Some(read_stdin(args, &root)?)
    } else {
        None
    };
    let speaks_of = Known {
        rules: &known,
        packs: &ids,
    };
    let config = match &args.config {
        _ if args.no_config => Config::default(),
        Some(path) => config::load(path, &root, speaks_of)?,
        None => match config::discover(&root)? {
            Some(path) => config::load(&target::from_here(path), &root, speaks_of)?,
            None => Config::default(),
        },
    };
    Ok(ScanOptions {
        targets,
        config,
        stdin,
        threads: args.threads,
        max_file_size: args.max_file_size,
        selection: Selection {
            select: patterns("--select", &args.select, &known)?,
            ignore: patterns("--ignore", &args.ignore, &known)?,
            pedantic: args.pedantic,
        },
        force_exclude: args.force_exclude,
        max_related: match args.out.verbose {
            0 => args.max_related,
            _ => usize::MAX,
        },
        output: args.output.clone(),
        ..ScanOptions::new(&root)
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
        let args = CheckArgs::default();
        assert_eq!(exit(&args, &report), Exit::Clean);
        report.notices.push(scan::Notice {
            path: Some("a.md".to_owned()),
            span: None,
            level: NoticeLevel::Unchecked,
            message: "not read".to_owned(),
        });
        assert_eq!(exit(&args, &report), Exit::Failure);
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
