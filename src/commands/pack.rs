//! `termscheck pack`.

use std::path::{Path, PathBuf};

use super::{CommandError, Exit, derive, named_pack};
use crate::cli::{ExportArgs, HashArgs, LintArgs, NewArgs, PackCommand, TestArgs, VerifyArgs};
use crate::derive::verify::{self, AtHand, State};
use crate::facts::picture::Look;
use crate::pack;
use crate::pack::vocabulary::TELLING;
use crate::parse::picture;
use crate::report::{derived as report, visible};
use crate::trial;

/// Runs a command on packs.
pub(crate) fn run(command: &PackCommand) -> miette::Result<Exit> {
    match command {
        PackCommand::Verify(args) => verify(args),
        PackCommand::Lint(args) => lint(args),
        PackCommand::Test(args) => test(args),
        PackCommand::New(args) => new(args),
        PackCommand::Export(args) => export(args),
        PackCommand::Hash(args) => hash(args),
    }
}

/// Checks quotations against pages at hand.
fn verify(args: &VerifyArgs) -> miette::Result<Exit> {
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
fn lint(args: &LintArgs) -> miette::Result<Exit> {
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

/// Runs examples and cases of packs.
fn test(args: &TestArgs) -> miette::Result<Exit> {
    let mut exit = Exit::Clean;
    for folder in &args.packs {
        let packs = if folder.is_dir() {
            pack::load_directory(folder)?
        } else {
            vec![named_pack(folder)?]
        };
        for own in &packs {
            // Beside a pack alone; of several each lies in a folder below.
            let beside = match folder.join(&*own.id) {
                below if packs.len() > 1 => below,
                _ => folder.clone(),
            };
            let failed = |error: std::io::Error| CommandError::new(format!("{}: {error}", own.id));
            let mut outcome = trial::examples(own, &packs).map_err(failed)?;
            let cases = trial::cases(own, &beside.join(trial::CASES), &packs).map_err(failed)?;
            outcome.run += cases.run;
            outcome.faults.extend(cases.faults);
            if !outcome.faults.is_empty() {
                exit = Exit::Findings;
            }
            derive::print(|out| {
                for fault in &outcome.faults {
                    writeln!(out, "{}: {}", own.id, visible(fault))?;
                }
                let (run, wrong) = (outcome.run, outcome.faults.len());
                writeln!(out, "{}: {run} examples and cases, {wrong} wrong", own.id)
            })?;
        }
    }
    Ok(exit)
}

/// Writes a pack to start from.
fn new(args: &NewArgs) -> miette::Result<Exit> {
    let name = args.folder.file_name().unwrap_or_default();
    let id = pack::kebab(&name.to_string_lossy()).unwrap_or_else(|| "acme".to_owned());
    if pack::load_embedded()?.iter().any(|pack| *pack.id == *id) {
        let message = format!("{id}: a pack of this id ships");
        let hint = format!("`termscheck pack export {id} DIR` writes it; else give another name");
        return Err(CommandError::new(message).help(hint).into());
    }
    let files = pack::starter(&id);
    write_new(&args.folder, &files)?;
    derive::print(|out| {
        let folder = args.folder.display();
        writeln!(
            out,
            "{folder}: the pack `{id}`, {} files; then",
            files.len()
        )?;
        writeln!(out, "  termscheck pack test {folder}")?;
        writeln!(out, "  termscheck --rules {folder} .")
    })?;
    Ok(Exit::Clean)
}

/// Writes files into a folder that has none of them.
fn write_new(folder: &Path, files: &[(String, String)]) -> Result<(), CommandError> {
    let taken = files.iter().map(|(path, _)| folder.join(path));
    if let Some(path) = taken.into_iter().find(|path| path.exists()) {
        let message = format!("{}: is there already", path.display());
        let hint = "give a folder that is empty or not there";
        return Err(CommandError::new(message).help(hint));
    }
    for (path, text) in files {
        let path = folder.join(path);
        let written = path
            .parent()
            .map_or(Ok(()), std::fs::create_dir_all)
            .and_then(|()| std::fs::write(&path, text));
        written.map_err(|error| CommandError::new(format!("{}: {error}", path.display())))?;
    }
    Ok(())
}

/// Writes the files of a pack that ships.
fn export(args: &ExportArgs) -> miette::Result<Exit> {
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
    write_new(&args.folder, &files)?;
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
fn hash(args: &HashArgs) -> miette::Result<Exit> {
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
