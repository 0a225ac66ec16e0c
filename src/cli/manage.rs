//! Commands about the tool itself: its configuration, its schemas, its manual.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::OutputArgs;

/// What `config` does.
#[derive(Clone, Debug, Subcommand)]
pub enum ConfigCommand {
    /// Prints what holds for a path, and which file says so
    Show(ConfigShowArgs),
}

/// Options of `config show`.
#[derive(Clone, Debug, Default, Args)]
pub struct ConfigShowArgs {
    /// File or folder that the configuration is asked for
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub path: PathBuf,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `init`.
#[derive(Clone, Debug, Default, Args)]
pub struct InitArgs {
    /// Folder that termscheck.yaml is written into
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true, value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// Print the file instead
    #[arg(long, help_heading = "Output")]
    pub stdout: bool,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `schema`.
#[derive(Clone, Debug, Args)]
pub struct SchemaArgs {
    /// What the schema describes
    #[arg(value_enum, value_name = "KIND")]
    pub kind: SchemaKind,
}

/// A file that there is a JSON Schema for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// termscheck.yaml
    Config,
    /// pack.yaml of a rule pack
    Pack,
    /// A file of rules in a rule pack
    Rules,
    /// limits.yaml of a rule pack
    Limits,
    /// marks.yaml of a rule pack
    Marks,
    /// names.yaml of a rule pack
    Names,
    /// logos.yaml of a rule pack
    Logos,
    /// provenance.yaml of a rule pack
    Provenance,
    /// notices.yaml of a rule pack
    Notices,
    /// page.yaml of a rule pack
    Page,
    /// The report of `--format json`
    Report,
    /// A line of the report of `--format jsonl`
    ReportLine,
}

/// Options of `completions`.
#[derive(Clone, Debug, Args)]
pub struct CompletionsArgs {
    /// Whose completions
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

/// Options of `man`.
#[derive(Clone, Debug, Default, Args)]
pub struct ManArgs {
    /// Write a page for each command into DIR instead of the main one to standard output
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
}
