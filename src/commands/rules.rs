//! `termscheck rules` and `termscheck explain`.

use std::io::{self, Write};
use std::path::Path;

use super::{CommandError, Exit, load_packs, terminal};
use crate::cli::{ExplainArgs, RulesArgs, RulesFormat};
use crate::pack::{self, Pack};
use crate::report::HumanStyle;
use crate::report::rules::{self, Chosen};
use crate::selection::{RulePattern, matches_any};

/// Lists the rules.
pub(crate) fn list(args: &RulesArgs) -> miette::Result<Exit> {
    let packs = load_packs(&args.packs)?;
    if !args.out.quiet {
        super::warn(&packs);
    }
    let chosen = choose(&packs, &args.patterns)?;
    let style = terminal::stdout_style(&args.out, Path::new("."));
    let exit = write(&chosen, args.format, &style, rules::write_table)?;
    // A rule that its own example shows to be wrong is no rule to list as if it worked.
    let unfit = packs.iter().any(|pack| !pack.unfit.is_empty());
    Ok(if unfit { Exit::Failure } else { exit })
}

/// Prints the whole of some rules.
pub(crate) fn explain(args: &ExplainArgs) -> miette::Result<Exit> {
    let packs = load_packs(&args.packs)?;
    let chosen = choose(&packs, &args.patterns)?;
    let style = terminal::stdout_style(&args.out, Path::new("."));
    write(&chosen, args.format, &style, rules::write_explanation)
}

fn choose<'a>(packs: &'a [Pack], patterns: &[String]) -> miette::Result<Vec<Chosen<'a>>> {
    let known = pack::rule_names(packs);
    let mut wanted = Vec::new();
    for text in patterns {
        let pattern = RulePattern::known(text, known.clone()).map_err(|message| {
            CommandError::new(message).help("`termscheck rules` lists the rules")
        })?;
        wanted.push(pattern);
    }
    Ok(Chosen::from_packs(packs, |rule| {
        wanted.is_empty() || matches_any(&wanted, rule)
    }))
}

fn write(
    chosen: &[Chosen<'_>],
    format: RulesFormat,
    style: &HumanStyle,
    for_people: fn(&[Chosen<'_>], &HumanStyle, &mut dyn Write) -> io::Result<()>,
) -> miette::Result<Exit> {
    let mut out = io::BufWriter::new(terminal::stdout());
    let written = match format {
        RulesFormat::Human => for_people(chosen, style, &mut out),
        RulesFormat::Json => rules::write_json(chosen, &mut out),
        RulesFormat::Markdown => rules::write_markdown(chosen, &mut out),
    }
    .and_then(|()| out.flush());
    match written {
        // Whoever reads has seen enough.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::new(format!("standard output: {error}")).into())
        }
        _ => Ok(Exit::Clean),
    }
}
