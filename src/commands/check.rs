//! `termscheck check`.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::{CommandError, Exit, load_packs};
use crate::cli::{CheckArgs, Format};
use crate::config::Config;
use crate::report::{self, HumanStyle, View};
use crate::scan::{self, NoticeLevel, Report, ScanOptions};

/// Checks what the command line names and writes the report.
pub(crate) fn run(args: &CheckArgs) -> miette::Result<Exit> {
    let packs = load_packs(&args.packs)?;
    let options = options(args)?;
    let report = scan::scan(&options, &packs);
    let view = View {
        report: &report,
        packs: &packs,
        root: &options.root,
    };
    let written = match &args.output {
        Some(path) => std::fs::File::create(path)
            .and_then(|file| write(args, &view, io::BufWriter::new(file))),
        None => write(args, &view, io::BufWriter::new(io::stdout().lock())),
    };
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(error) => return Err(CommandError::new(format!("the report: {error}")).into()),
        Ok(()) => {}
    }
    Ok(exit(args, &report))
}

fn write(args: &CheckArgs, view: &View<'_>, mut out: impl Write) -> io::Result<()> {
    match args.format {
        Format::Human => report::write_human(
            view,
            HumanStyle {
                quiet: args.out.quiet,
                verbose: args.out.verbose,
            },
            &mut out,
        ),
        Format::Json | Format::Sarif => report::write_json(view, &mut out),
    }?;
    out.flush()
}

fn exit(args: &CheckArgs, report: &Report) -> Exit {
    if report
        .notices
        .iter()
        .any(|notice| notice.level == NoticeLevel::Unchecked)
    {
        return Exit::Failure;
    }
    match (args.fail_on.threshold(), scan::worst(&report.findings)) {
        (Some(threshold), Some(worst)) if worst >= threshold => Exit::Findings,
        _ => Exit::Clean,
    }
}

fn options(args: &CheckArgs) -> miette::Result<ScanOptions> {
    let stdin = if args.paths.iter().any(|path| path.as_os_str() == "-") {
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(args.max_file_size + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| CommandError::new(format!("standard input: {error}")))?;
        let name = args
            .stdin_filename
            .as_deref()
            .unwrap_or(Path::new("stdin.md"));
        Some((name.to_string_lossy().replace('\\', "/"), bytes))
    } else {
        None
    };
    for path in &args.paths {
        if stdin.is_none() && !path.exists() {
            return Err(
                CommandError::new(format!("{}: no such file or folder", path.display())).into(),
            );
        }
    }
    let root = match (&args.root, args.paths.as_slice()) {
        (Some(root), _) => root.clone(),
        (None, [one]) if one.is_dir() => one.clone(),
        _ => PathBuf::from("."),
    };
    Ok(ScanOptions {
        root,
        targets: args.paths.clone(),
        config: Config::default(),
        stdin,
        threads: args.threads,
        max_file_size: args.max_file_size,
    })
}
