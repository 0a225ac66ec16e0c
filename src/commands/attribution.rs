//! `termscheck attribution`.

use std::io::{self, Write};

use super::{CommandError, Exit, check, terminal};
use crate::cli::{AnswerFormat, AttributionArgs, CheckArgs};
use crate::report;
use crate::scan::DEFAULT_MAX_FILE_SIZE;

/// Tells what each attribution holds and lacks.
pub(crate) fn run(args: &AttributionArgs) -> miette::Result<Exit> {
    let check = CheckArgs {
        paths: args.paths.clone(),
        out: args.out.clone(),
        scan: args.scan.clone(),
        max_file_size: DEFAULT_MAX_FILE_SIZE,
        ..CheckArgs::default()
    };
    let mut scan = check::Prepared::of(&check)?;
    scan.options.verdicts = true;
    let report = scan.report(args.out.quiet)?;
    check::say_notices(&report, args.out.quiet);
    let answer = report::attribution::Answer::of(&report, &scan.options.root);
    let mut out = io::BufWriter::new(terminal::stdout());
    let written = match args.format {
        AnswerFormat::Human => {
            report::attribution::write_human(&answer, args.out.verbose > 0, &mut out)
        }
        AnswerFormat::Json => report::attribution::write_json(&answer, &mut out),
    }
    .and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(CommandError::new(format!("standard output: {error}")).into());
        }
        _ => {}
    }
    Ok(if report.is_incomplete() {
        Exit::Failure
    } else if report
        .verdicts
        .iter()
        .all(crate::verdict::Verdict::is_complete)
    {
        Exit::Clean
    } else {
        Exit::Findings
    })
}
