//! `termscheck pack`.

use std::path::{Path, PathBuf};

use super::{CommandError, Exit, derive, named_pack};
use crate::cli::VerifyArgs;
use crate::derive::verify::{self, AtHand, State};
use crate::pack;
use crate::report::derived as report;

/// Checks quotations against pages at hand.
pub(crate) fn verify(args: &VerifyArgs) -> miette::Result<Exit> {
    let packs = if args.packs.is_empty() {
        pack::load_embedded()?
    } else {
        let mut packs = Vec::new();
        for path in &args.packs {
            packs.push(named_pack(path)?);
        }
        packs
    };
    let mut pages = Vec::new();
    for given in &args.page {
        let (of, path) = split(given);
        let (name, bytes) = derive::read(&path)?;
        pages.push(AtHand::new(of, &name, bytes));
    }
    if pages.is_empty() {
        let message = "no page is at hand; give some with --page FILE or --page SOURCE=FILE";
        return Err(CommandError::new(message).into());
    }
    let mut exit = Exit::Clean;
    for pack in &packs {
        let verdicts = verify::verify(pack, &pages);
        let gone = |state: &State| matches!(state, State::Gone(_) | State::Moved(..));
        if verdicts.iter().any(|verdict| gone(&verdict.state)) {
            exit = Exit::Findings;
        }
        derive::print(|out| {
            report::write_verdicts(&pack.id, &verdicts, args.out.verbose > 0, out)
        })?;
    }
    Ok(exit)
}

/// `SOURCE=FILE`, or a file alone; one that is there may hold an equals sign.
fn split(given: &str) -> (Option<String>, PathBuf) {
    match given.rsplit_once('=') {
        Some((of, path)) if !Path::new(given).exists() => (Some(of.to_owned()), path.into()),
        _ => (None, given.into()),
    }
}
