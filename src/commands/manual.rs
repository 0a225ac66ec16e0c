//! What the program says of itself to machines: JSON Schemas, completions, man pages.

use std::io;

use clap::CommandFactory as _;

use super::config::print;
use super::{CommandError, Exit};
use crate::cli::{Cli, CompletionsArgs, ManArgs, SchemaArgs};
use crate::schema;

/// Prints a JSON Schema.
pub(crate) fn schema(args: &SchemaArgs) -> miette::Result<Exit> {
    let text = schema::text(args.kind);
    print(|out| out.write_all(text.as_bytes()))
}

/// Prints the completions for a shell.
pub(crate) fn completions(args: &CompletionsArgs) -> miette::Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "termscheck", &mut text);
    print(|out| out.write_all(&text))
}

/// Prints or writes man pages.
pub(crate) fn man(args: &ManArgs) -> miette::Result<Exit> {
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    let Some(folder) = &args.output else {
        let mut text = Vec::new();
        let made = clap_mangen::Man::new(command).render(&mut text);
        made.map_err(failed)?;
        return print(|out| out.write_all(&text));
    };
    std::fs::create_dir_all(folder)
        .and_then(|()| clap_mangen::generate_to(command, folder))
        .map_err(|error| CommandError::new(format!("{}: {error}", folder.display())))?;
    Ok(Exit::Clean)
}

fn failed(error: io::Error) -> CommandError {
    CommandError::new(format!("the page could not be made: {error}"))
}
