//! `termscheck licence`.

use std::io::{self, Write};

use super::{CommandError, Exit, target, terminal};
use crate::cli::{AnswerFormat, LicenceArgs};
use crate::licensing;
use crate::report;
use crate::scan::DEFAULT_MAX_FILE_SIZE;
use crate::tree;

/// Tells the licence of each file.
pub(crate) fn run(args: &LicenceArgs) -> miette::Result<Exit> {
    target::must_exist(&args.paths)?;
    let root = target::root(args.root.as_deref(), &args.paths)?;
    let tree = tree::of_folder(&root);
    let licensing = licensing::collect(&*tree, &root, &args.paths, DEFAULT_MAX_FILE_SIZE);
    let mut out = io::BufWriter::new(terminal::stdout());
    let written = match args.format {
        AnswerFormat::Human => {
            report::licence::write_human(&licensing, args.out.verbose > 0, &mut out)
        }
        AnswerFormat::Json => report::licence::write_json(&licensing, &root, &mut out),
    }
    .and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(CommandError::new(format!("standard output: {error}")).into());
        }
        _ => {}
    }
    for (path, reason) in &licensing.unread {
        let text = format!("{path}: not read: {reason}");
        let _ = writeln!(anstream::stderr(), "unchecked: {}", report::visible(&text));
    }
    let open = licensing.files.iter().any(|file| file.step.is_none());
    Ok(if !licensing.unread.is_empty() {
        Exit::Failure
    } else if open || !licensing.conflicts.is_empty() {
        Exit::Findings
    } else {
        Exit::Clean
    })
}
