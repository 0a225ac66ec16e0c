//! One file a command.

mod attribution;
mod baseline;
mod changed;
mod check;
mod config;
mod derive;
mod fix;
mod index;
mod licence;
mod manual;
mod output;
mod pack;
mod progress;
mod rules;
mod target;
mod terminal;

use std::io::Write;

use miette::Diagnostic;

use crate::cli::{Cli, ColorWhen, Command, ConfigCommand, PackArgs};
use crate::config::PackFolder;
use crate::pack::Pack;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Nothing to complain of.
    Clean,
    /// Findings at or over the threshold.
    Findings,
    /// The job could not be done, or not wholly.
    Failure,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Clean => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
        })
    }
}

/// Why a command could not do its job.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct CommandError {
    message: String,
    help: Option<String>,
}

impl Diagnostic for CommandError {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        let help = self.help.as_ref()?;
        Some(Box::new(help))
    }
}

impl CommandError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// Runs what the command line asks for.
pub fn run(cli: Cli) -> Exit {
    terminal::set_color(color(&cli));
    let result = match &cli.command {
        Some(Command::Check(args)) => check::run(args),
        Some(Command::Baseline(args)) => baseline::run(args),
        Some(Command::Fix(args)) => fix::run(args),
        Some(Command::Licence(args)) => licence::run(args),
        Some(Command::Attribution(args)) => attribution::run(args),
        Some(Command::Index(args)) => index::run(args),
        Some(Command::Rules(args)) => rules::list(args),
        Some(Command::Explain(args)) => rules::explain(args),
        Some(Command::Derive(args)) => derive::run(args),
        Some(Command::Config {
            command: ConfigCommand::Show(args),
        }) => config::show(args),
        Some(Command::Init(args)) => config::init(args),
        Some(Command::Schema(args)) => manual::schema(args),
        Some(Command::Completions(args)) => manual::completions(args),
        Some(Command::Man(args)) => manual::man(args),
        Some(Command::Pack { command }) => pack::run(command),
        None => check::run(&cli.check),
    };
    result.unwrap_or_else(|error| {
        // Nothing can be done when standard error is gone as well.
        let _ = anstream::stderr().write_all(terminal::error(error.as_ref()).as_bytes());
        Exit::Failure
    })
}

/// `--color` of the command; commands that print files for programs have none.
fn color(cli: &Cli) -> ColorWhen {
    match &cli.command {
        Some(Command::Check(args)) => args.out.color,
        Some(Command::Baseline(args)) => args.out.color,
        Some(Command::Fix(args)) => args.out.color,
        Some(Command::Licence(args)) => args.out.color,
        Some(Command::Attribution(args)) => args.out.color,
        Some(Command::Index(args)) => args.out.color,
        Some(Command::Rules(args)) => args.out.color,
        Some(Command::Explain(args)) => args.out.color,
        Some(Command::Derive(args)) => args.out.color,
        Some(Command::Config {
            command: ConfigCommand::Show(args),
        }) => args.out.color,
        Some(Command::Init(args)) => args.out.color,
        Some(Command::Pack { command }) => command.out().color,
        Some(Command::Schema(_) | Command::Completions(_) | Command::Man(_)) => ColorWhen::Auto,
        None => cli.check.out.color,
    }
}

/// The packs of this run: the built-in ones, with those of `--rules` added or put
/// in place of one with the same id.
pub(crate) fn load_packs(args: &PackArgs) -> miette::Result<Vec<Pack>> {
    all_packs(args, &[])
}

/// The same, with those that a configuration of the tree names before those of `--rules`.
pub(crate) fn all_packs(args: &PackArgs, own: &[PackFolder]) -> miette::Result<Vec<Pack>> {
    let mut packs = crate::pack::load_embedded()?;
    let mut added = Vec::new();
    for folder in own {
        added.append(&mut crate::pack::load_from(&*folder.tree, &folder.path)?);
    }
    for directory in &args.rules {
        added.append(&mut crate::pack::load_directory(directory)?);
    }
    for added in added {
        match packs.iter_mut().find(|pack| pack.id == added.id) {
            Some(old) => *old = added,
            None => packs.push(added),
        }
    }
    packs.sort_by(|a, b| a.id.cmp(&b.id));
    crate::pack::distinct(&packs)?;
    Ok(packs)
}

/// The pack of a folder, or one that ships by its id.
pub(crate) fn named_pack(name: &std::path::Path) -> miette::Result<Pack> {
    let mut packs = crate::pack::load_embedded()?;
    if let Some(index) = packs.iter().position(|pack| name.as_os_str() == &*pack.id) {
        return Ok(packs.swap_remove(index));
    }
    if !name.exists() {
        let known: Vec<&str> = packs.iter().map(|pack| &*pack.id).collect();
        let message = format!("{}: neither a folder nor the id of a pack", name.display());
        let error = CommandError::new(message).help(format!("these ship: {}", known.join(", ")));
        return Err(error.into());
    }
    let mut packs = crate::pack::load_directory(name)?;
    if packs.len() > 1 {
        let message = format!("{}: several packs; name one", name.display());
        return Err(CommandError::new(message).into());
    }
    Ok(packs.remove(0))
}

/// Says what is doubtful in packs, on standard error.
pub(crate) fn warn(packs: &[Pack]) {
    let mut out = anstream::stderr();
    for pack in packs {
        for warning in pack.warnings.iter().chain(&pack.unfit) {
            let text = format!("{}: {warning}", pack.id);
            let _ = writeln!(out, "warning: {}", crate::report::visible(&text));
        }
    }
}
