//! `termscheck config show` and `termscheck init`.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

use super::{CommandError, Exit, all_packs, load_packs, output, target, terminal};
use crate::cli::{ConfigShowArgs, InitArgs, PackArgs};
use crate::config::{Config, FILE_NAMES, Known, write_effective};
use crate::finding::Severity;
use crate::report::visible;
use crate::scan::{self, Report, ScanOptions};

/// Prints what holds for a path.
pub(crate) fn show(args: &ConfigShowArgs) -> miette::Result<Exit> {
    let targets = [args.path.clone()];
    target::must_exist(&targets)?;
    let root = target::root(None, &targets)?;
    let mut config = Config::discover(&root, &targets, None)?;
    let packs = all_packs(&PackArgs::default(), &config.pack_folders()?)?;
    let ids: Vec<&str> = packs.iter().map(|pack| &*pack.id).collect();
    let rules: Vec<&str> = crate::pack::rule_names(&packs).collect();
    let known = Known {
        rules: &rules,
        packs: &ids,
        marks: &crate::pack::marks(&packs),
    };
    let absolute = crate::walk::canonical(&args.path);
    // A folder is asked for as a file in it would be.
    let file = if absolute.is_dir() {
        absolute.join("-")
    } else {
        absolute.clone()
    };
    config = config.with_nested([file.as_path()], known)?;
    let mut path = target::below(&root, &absolute).unwrap_or_default();
    if absolute.is_dir() && !path.is_empty() {
        path.push('/');
    }
    print(|out| write_effective(&config, &path, out))
}

/// Writes a commented configuration from what a scan sees.
pub(crate) fn init(args: &InitArgs) -> miette::Result<Exit> {
    let folder = &args.folder;
    if !folder.is_dir() {
        return Err(CommandError::new(format!("{}: no such folder", folder.display())).into());
    }
    let mut names = FILE_NAMES.iter().map(|name| folder.join(name));
    let there = names.find(|path| path.symlink_metadata().is_ok());
    if let (Some(path), false) = (&there, args.stdout) {
        let error = CommandError::new(format!("{} is there already", path.display()));
        return Err(error
            .help("`termscheck init --stdout` prints a new one")
            .into());
    }
    let packs = load_packs(&PackArgs::default())?;
    let report = scan::scan(&ScanOptions::new(folder), &packs).map_err(|error| *error)?;
    let text = proposal(folder, &report, is_below_another(folder));
    if args.stdout {
        return print(|out| out.write_all(text.as_bytes()));
    }
    let path = folder.join(FILE_NAMES[0]);
    output::replace(&path, text.as_bytes())
        .map_err(|error| CommandError::new(format!("{}: {error}", path.display())))?;
    if !args.out.quiet {
        let _ = writeln!(
            anstream::stderr(),
            "wrote {}",
            visible(&path.to_string_lossy())
        );
    }
    Ok(Exit::Clean)
}

/// Whether a folder above has a configuration, up to the top of the checkout: keys of the
/// whole run count in that one only.
fn is_below_another(folder: &Path) -> bool {
    let folder = crate::walk::canonical(folder);
    let top = crate::git::checkout(&folder).map(Path::to_owned);
    let mut above = folder.ancestors().skip(1);
    top.is_some_and(|top| {
        above
            .by_ref()
            .take_while(|one| one.starts_with(&top))
            .any(|one| {
                let mut names = FILE_NAMES.iter().map(|name| one.join(name));
                names.any(|path| path.symlink_metadata().is_ok())
            })
    })
}

fn proposal(folder: &Path, report: &Report, nested: bool) -> String {
    let mut text = String::from(
        "# How termscheck checks this repository. `termscheck config show` prints what holds.\n\n",
    );
    text.push_str(if nested {
        "# What is about the whole run (fail-on, packs and others) counts in the topmost\n\
         # configuration only.\n\n"
    } else {
        "# Lowest level at which findings fail the run: error (where this key is left out),\n\
         # warning, note, never.\n\
         fail-on: warning\n\n"
    });
    text.push_str(
        "# Rule packs that take part; left out, each decides by evidence. When this was written:\n",
    );
    let mut taking = Vec::new();
    for part in &report.packs {
        let verdict = if part.takes_part {
            "takes part"
        } else {
            "takes no part"
        };
        let _ = writeln!(
            text,
            "#   {}: {verdict}: {}",
            part.pack,
            visible(&part.reason)
        );
        taking.extend(part.takes_part.then(|| part.pack.to_string()));
    }
    if taking.is_empty() {
        taking.extend(report.packs.first().map(|part| part.pack.to_string()));
    }
    let _ = writeln!(text, "# packs: [{}]\n", taking.join(", "));
    let remote = crate::git::remote(folder);
    let (owner, because) = match &remote {
        Some(remote) => (
            visible(&remote.owner).into_owned(),
            "The git remote says it; this key is for where none does.",
        ),
        None => (
            "example-org".to_owned(),
            "No git remote says it: name the organisation that the repository belongs to.",
        ),
    };
    let _ = writeln!(
        text,
        "# Whose repository it is. {because}\n# owner: {owner}\n"
    );
    text.push_str(
        "# Files that are not scanned, as in .gitignore, relative to this file.\n\
         # exclude:\n#   - docs/vendor-manual/\n\n\
         # Levels by rule or pattern: error, warning, note, off. `termscheck rules` lists the rules.\n\
         # severity:\n",
    );
    let rules = report
        .findings
        .iter()
        .map(|finding| finding.rule.id.as_str());
    let rules: std::collections::BTreeSet<&str> = rules.collect();
    if rules.is_empty() {
        text.push_str("#   trademark/*: warning\n");
    }
    for rule in rules {
        let of_rule = || {
            report
                .findings
                .iter()
                .filter(|finding| finding.rule.id == rule)
        };
        let worst = of_rule().map(|finding| finding.severity).max();
        let level = worst.map_or("note", Severity::as_str);
        let found = of_rule().count();
        let _ = writeln!(text, "#   {rule}: {level}  # found here today: {found}");
    }
    text.push_str(
        "\n# Findings that are known and accepted, each with a reason.\n\
         # ignore:\n#   - rule: trademark/name-in-product\n#     paths: [packages/legacy/]\n\
         #     reason: renamed in the next major version\n",
    );
    text
}

/// Writes to standard output; a reader that has seen enough is no failure.
pub(crate) fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> miette::Result<Exit> {
    let mut out = io::BufWriter::new(terminal::stdout());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(CommandError::new(format!("standard output: {error}")).into())
        }
        _ => Ok(Exit::Clean),
    }
}
