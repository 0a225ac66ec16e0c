//! `termscheck fix`.

use std::io::{self, Write};
use std::sync::Arc;

use similar::TextDiff;

use super::{CommandError, Exit, baseline, check, terminal};
use crate::cli::{CheckArgs, FixArgs};
use crate::fix::{Change, Left, Plan, Wanted};
use crate::report::{self, no_command, visible};
use crate::scan::Report;
use crate::source::{Encoding, FileId, Source, lines};

/// Lines around a change in a patch.
const CONTEXT: usize = 3;
/// The byte-order mark.
const BOM: char = '\u{feff}';

/// Mends what the command line names.
pub(crate) fn run(args: &FixArgs) -> miette::Result<Exit> {
    let mut scan = check::Prepared::of(&CheckArgs {
        paths: args.paths.clone(),
        out: args.out.clone(),
        scan: args.scan.clone(),
        from_hook: args.from_hook,
        force_exclude: args.force_exclude,
        max_file_size: crate::scan::DEFAULT_MAX_FILE_SIZE,
        ..CheckArgs::default()
    })?;
    if scan.options.stdin.is_some() {
        let message = "standard input can't be mended: name the file";
        return Err(CommandError::new(message).into());
    }
    if args.from_hook && scan.options.targets.is_empty() {
        return Ok(Exit::Clean);
    }
    let baseline = baseline::wanted(args.baseline.as_deref(), &scan.options.config, None)?;
    let files = baseline.iter().map(|(path, _)| path.clone());
    scan.options.outputs = files.collect();
    let accept = |report: &mut Report| {
        if let Some((_, baseline)) = &baseline {
            let prints = report::fingerprints(&scan.view(report));
            let tree = crate::tree::of_folder(&scan.options.root);
            baseline.apply(report, &prints, &*tree);
        }
    };
    let wanted = Wanted {
        unsafe_edits: args.r#unsafe,
        accept: &accept,
    };
    let plan = Plan::of(&scan.options, &scan.packs, &wanted).map_err(|error| *error)?;
    if args.diff {
        return diff(&plan, args.out.quiet);
    }
    let failed = plan.write(&scan.options.root);
    let failed = failed.into_iter().map(|(path, error)| Left {
        path,
        reason: error.to_string(),
    });
    let failed: Vec<Left> = failed.chain(plan.refused.iter().cloned()).collect();
    let mut out = terminal::stdout();
    for (path, change) in &plan.changes {
        if !failed.iter().any(|left| left.path == *path) && !args.out.quiet {
            let _ = writeln!(out, "{}", visible(&told(path, change)));
        }
    }
    let mut err = anstream::stderr();
    for Left { path, reason } in &failed {
        let text = format!("{path}: {reason}");
        let _ = writeln!(err, "error: {}", visible(&text));
    }
    if !args.out.quiet {
        say_left(&plan, args.r#unsafe, &mut err);
        let done = plan.changes.keys();
        let done = done.filter(|path| !failed.iter().any(|left| left.path == **path));
        let _ = writeln!(err, "{} changed", files_of(done.count()));
    }
    Ok(if failed.is_empty() {
        Exit::Clean
    } else {
        Exit::Failure
    })
}

/// One line for a file.
fn told(path: &str, change: &Change) -> String {
    let rules: Vec<&str> = change.rules.iter().map(String::as_str).collect();
    let what = match (&change.before, change.edits) {
        (None, _) => "written".to_owned(),
        (Some(_), 1) => "1 edit".to_owned(),
        (Some(_), count) => format!("{count} edits"),
    };
    format!("{path}: {what} ({})", rules.join(", "))
}

fn files_of(count: usize) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}

/// What is not done, and what would do it.
fn say_left(plan: &Plan, with_unsafe: bool, err: &mut dyn Write) {
    for Left { path, reason } in &plan.left {
        let text = format!("{path}: {reason}");
        let _ = writeln!(err, "{}", visible(&text));
    }
    if plan.unstyled > 0 {
        let texts = match plan.unstyled {
            1 => "1 attribution or notice is".to_owned(),
            count => format!("{count} attributions or notices are"),
        };
        let _ = writeln!(
            err,
            "{texts} missing; with `attribution: {{ style: footer }}` (or ATTRIBUTION.md, \
             REUSE.toml) in termscheck.yaml they are written"
        );
    }
    if plan.accepted > 0 {
        let findings = match plan.accepted {
            1 => "1 finding is".to_owned(),
            count => format!("{count} findings are"),
        };
        let _ = writeln!(err, "{findings} accepted by the baseline, and left");
    }
    if plan.unsafe_edits > 0 && !with_unsafe {
        let edits = match plan.unsafe_edits {
            1 => "1 more edit has".to_owned(),
            count => format!("{count} more edits have"),
        };
        let _ = writeln!(err, "{edits} to be looked at; --unsafe --diff shows them");
    }
}

/// Prints a patch.
fn diff(plan: &Plan, quiet: bool) -> miette::Result<Exit> {
    let mut out = io::BufWriter::new(terminal::stdout());
    let written = plan
        .changes
        .iter()
        .try_for_each(|(path, change)| out.write_all(patch(path, change).as_bytes()))
        .and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            return Err(CommandError::new(format!("standard output: {error}")).into());
        }
        _ => {}
    }
    let mut err = anstream::stderr();
    for Left { path, reason } in &plan.refused {
        let text = format!("{path}: {reason}");
        let _ = writeln!(err, "error: {}", visible(&text));
    }
    for (path, change) in plan.changes.iter().filter(|_| !quiet) {
        let before = change.before.clone().unwrap_or_default();
        let source = Source::decode(FileId(0), Arc::from(path.as_str()), before);
        let utf8 = matches!(source.encoding, Encoding::Utf8 | Encoding::Utf8Bom);
        if !utf8 || source.lossy {
            let text =
                format!("{path}: no UTF-8; its patch can't be applied, `termscheck fix` mends it");
            let _ = writeln!(err, "{}", visible(&text));
        }
    }
    if !quiet {
        say_left(plan, true, &mut err);
    }
    Ok(if !plan.refused.is_empty() {
        Exit::Failure
    } else if plan.changes.is_empty() {
        Exit::Clean
    } else {
        Exit::Findings
    })
}

/// A path as git writes it in a patch: one that could be read as something else is quoted.
fn quoted(path: &str) -> String {
    let plain = |c: char| !c.is_control() && !matches!(c, '"' | '\\');
    if path.chars().all(plain) {
        return path.to_owned();
    }
    let mut out = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    let _ = std::fmt::Write::write_fmt(&mut out, format_args!("\\{byte:03o}"));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The patch of one file. What a terminal could act on is written as escapes, so that
/// such a line is to be read and not to be applied.
fn patch(path: &str, change: &Change) -> String {
    let text = |bytes: &[u8]| {
        let source = Source::decode(FileId(0), Arc::from(path), bytes.to_vec());
        match source.encoding {
            Encoding::Utf8Bom => format!("{BOM}{}", source.text),
            _ => source.text,
        }
    };
    let before = change.before.as_deref().map(text).unwrap_or_default();
    let after = text(&change.after);
    let (before, after) = (lines(&before), lines(&after));
    let diff = TextDiff::configure()
        .newline_terminated(true)
        .diff_slices(&before, &after);
    let from = match change.before {
        Some(_) => quoted(&format!("a/{path}")),
        None => "/dev/null".to_owned(),
    };
    let shown = diff
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&from, &quoted(&format!("b/{path}")))
        .to_string();
    let mut out = String::with_capacity(shown.len());
    for line in shown.split_inclusive('\n') {
        let words = line.trim_end_matches(['\r', '\n']);
        let body = &*no_command(words);
        let mut parts = body.split('\t');
        if let Some(first) = parts.next() {
            // The mark at the beginning of a file is harmless there.
            match first.split_at_checked(1) {
                Some((sign, rest)) if rest.starts_with(BOM) => {
                    out.push_str(sign);
                    out.push(BOM);
                    out.push_str(&visible(&rest[BOM.len_utf8()..]));
                }
                _ => out.push_str(&visible(first)),
            }
        }
        for part in parts {
            out.push('\t');
            out.push_str(&visible(part));
        }
        out.push_str(&line[words.len()..]);
    }
    out
}
