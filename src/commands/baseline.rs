//! `termscheck baseline`, and what `check` does with one.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CommandError, Exit, check, output};
use crate::baseline::{Applied, Baseline, FILE_NAME, MAX_SIZE};
use crate::cli::{BaselineArgs, CheckArgs};
use crate::config::Config;
use crate::report;
use crate::revision::Revision;
use crate::tree::{Content, Tree as _};

/// Accepts what is found today.
pub(crate) fn run(args: &BaselineArgs) -> miette::Result<Exit> {
    let check = CheckArgs {
        paths: args.paths.clone(),
        out: args.out.clone(),
        scan: args.scan.clone(),
        max_file_size: crate::scan::DEFAULT_MAX_FILE_SIZE,
        ..CheckArgs::default()
    };
    let mut scan = check::Prepared::of(&check)?;
    let path = args
        .output
        .clone()
        .or(configured(&scan.options.config)?)
        .unwrap_or_else(|| scan.options.root.join(FILE_NAME));
    let earlier = match Baseline::read(&path) {
        Ok(earlier) => earlier,
        Err(_) if path.symlink_metadata().is_err() => Baseline::default(),
        Err(message) => return Err(named(&path, &message).into()),
    };
    scan.options.outputs.push(path.clone());
    let report = scan.report(args.out.quiet)?;
    check::say_notices(&report, true);
    let view = scan.view(&report);
    let today = scan.options.today.to_string();
    let baseline = Baseline::of(&view, &today, &earlier);
    output::replace(&path, baseline.text().as_bytes())
        .map_err(|error| named(&path, &error.to_string()))?;
    if !args.out.quiet {
        let text = format!("{}: {} accepted", path.display(), baseline.len());
        let _ = writeln!(anstream::stderr(), "{}", report::visible(&text));
    }
    Ok(if report.is_incomplete() {
        Exit::Failure
    } else {
        Exit::Clean
    })
}

/// The baseline of a check: of the command line, else of the configuration.
pub(crate) fn wanted(
    asked: Option<&Path>,
    config: &Config,
    trusted: Option<&Arc<Revision>>,
) -> miette::Result<Option<(PathBuf, Baseline)>> {
    let (path, read) = match asked {
        Some(path) => (path.to_owned(), as_it_was(path, trusted)),
        None => match configured(config)? {
            Some(path) => {
                let read = config.read(&path, MAX_SIZE);
                (path, Some(read))
            }
            None => return Ok(None),
        },
    };
    let baseline = match read {
        Some(read) => read
            .map_err(|error| crate::walk::reason(&error))
            .and_then(Baseline::of_content),
        None => Baseline::read(&path),
    };
    let baseline = baseline.map_err(|message| named(&path, &message))?;
    Ok(Some((path, baseline)))
}

/// A file that was there at the trusted revision, as it was: a change may have touched it.
fn as_it_was(path: &Path, trusted: Option<&Arc<Revision>>) -> Option<io::Result<Content>> {
    let trusted = trusted?;
    let path = path.canonicalize().ok()?;
    let below = path.strip_prefix(&trusted.checkout).ok()?;
    let tree = trusted.tree(&trusted.checkout);
    tree.is_file(below).then(|| tree.read(below, MAX_SIZE))
}

/// Where the configuration says that the baseline lies.
fn configured(config: &Config) -> miette::Result<Option<PathBuf>> {
    Ok(config.baseline()?)
}

/// How many a baseline accepted, for the log.
pub(crate) fn say(path: &Path, applied: Applied) {
    let stale = match applied.stale {
        0 => String::new(),
        count => format!(", {count} stale"),
    };
    let text = format!("{}: {} accepted{stale}", path.display(), applied.accepted);
    let _ = writeln!(anstream::stderr(), "{}", report::visible(&text));
}

fn named(path: &Path, message: &str) -> CommandError {
    CommandError::new(format!("{}: {message}", path.display()))
}
