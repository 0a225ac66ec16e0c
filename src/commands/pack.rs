//! `termscheck pack`.

use std::path::{Path, PathBuf};

use super::{CommandError, Exit, derive, named_pack};
use crate::cli::{ExportArgs, HashArgs, LintArgs, VerifyArgs};
use crate::derive::verify::{self, AtHand, State};
use crate::facts::picture::Look;
use crate::pack;
use crate::pack::vocabulary::TELLING;
use crate::parse::picture;
use crate::report::{derived as report, visible};

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

/// Tells what is doubtful in packs.
pub(crate) fn lint(args: &LintArgs) -> miette::Result<Exit> {
    let mut exit = Exit::Clean;
    for folder in &args.packs {
        for pack in pack::load_directory(folder)? {
            let faults: Vec<&String> = pack.warnings.iter().chain(&pack.unfit).collect();
            if !faults.is_empty() {
                exit = Exit::Findings;
            }
            derive::print(|out| {
                for fault in &faults {
                    writeln!(out, "{}: {}", pack.id, visible(fault))?;
                }
                let count = pack.rules.len();
                writeln!(out, "{}: {count} rules, {} doubts", pack.id, faults.len())
            })?;
        }
    }
    Ok(exit)
}

/// Writes the files of a pack that ships.
pub(crate) fn export(args: &ExportArgs) -> miette::Result<Exit> {
    let files = pack::shipped_files(&args.pack);
    if files.is_empty() {
        let known: Vec<String> = pack::load_embedded()?
            .iter()
            .map(|pack| pack.id.to_string())
            .collect();
        let message = format!("{}: no pack that ships", args.pack);
        let hint = format!("these ship: {}", known.join(", "));
        return Err(CommandError::new(message).help(hint).into());
    }
    let taken = files.iter().map(|(path, _)| args.folder.join(path));
    if let Some(path) = taken.into_iter().find(|path| path.exists()) {
        let message = format!("{}: is there already", path.display());
        let hint = "give a folder that is empty or not there";
        return Err(CommandError::new(message).help(hint).into());
    }
    for (path, text) in &files {
        let path = args.folder.join(path);
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| CommandError::new(format!("{}: {error}", path.display())))?;
    }
    derive::print(|out| {
        let folder = args.folder.display();
        writeln!(
            out,
            "{folder}: {} files; change its id in pack.yaml, or it takes the place of",
            files.len()
        )?;
        writeln!(
            out,
            "the one that ships, with `termscheck --rules {folder}`"
        )
    })?;
    Ok(Exit::Clean)
}

/// Tells what pictures look like. Exit status 1 when one of them says too little.
pub(crate) fn hash(args: &HashArgs) -> miette::Result<Exit> {
    let mut exit = Exit::Clean;
    for path in &args.pictures {
        let shown = path.display().to_string();
        let wrong = |why: String| CommandError::new(format!("{shown}: {why}"));
        let bytes = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        let seen = picture::of(&shown, &bytes).map_err(|refusal| wrong(refusal.to_string()))?;
        let telling = |look: &&Look| look.detail() >= TELLING;
        let looks: Vec<&Look> = seen.looks.iter().filter(telling).collect();
        let squares = seen.squares.as_ref().map(|four| ("squares", four.colours));
        let tiles = squares.or_else(|| seen.panes.map(|panes| ("panes", panes)));
        if looks.is_empty() && tiles.is_none() {
            exit = Exit::Findings;
        }
        derive::print(|out| {
            let name = visible(&shown);
            if let Some((list, colours)) = tiles {
                let colours =
                    colours.map(|[red, green, blue]| format!("'#{red:02x}{green:02x}{blue:02x}'"));
                writeln!(out, "# {name}, under `{list}:`")?;
                writeln!(out, "  - mark:")?;
                writeln!(out, "    colours: [{}]", colours.join(", "))?;
                return writeln!(out, "    source:");
            }
            if looks.is_empty() {
                return writeln!(out, "# {name}: an outline that says too little");
            }
            for look in &looks {
                writeln!(out, "# {name}, under `pictures:`")?;
                writeln!(out, "  - mark:")?;
                writeln!(out, "    look: '{}'", look.written())?;
                writeln!(out, "    source:")?;
            }
            Ok(())
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
