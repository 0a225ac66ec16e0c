//! What can be typed on the command line, each option documented where it is
//! defined.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Effects, Styles};
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};

pub use crate::config::FailOn;
use crate::report::Output;

mod baseline;
mod fix;
mod gate;
mod index;
mod licence;
mod manage;
mod order;
mod packs;
mod scan;

pub use baseline::BaselineArgs;
pub use fix::FixArgs;
pub use gate::GateArgs;
pub use index::IndexArgs;
pub use licence::{AnswerFormat, AttributionArgs, LicenceArgs};
pub use manage::{
    CompletionsArgs, ConfigCommand, ConfigShowArgs, InitArgs, ManArgs, SchemaArgs, SchemaKind,
};
pub use order::meant;
pub use packs::{
    DeriveArgs, ExportArgs, HashArgs, LintArgs, NewArgs, PackCommand, TestArgs, VerifyArgs,
};
pub use scan::ScanArgs;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .usage(AnsiColor::Green.on_default().effects(Effects::BOLD))
    .literal(AnsiColor::Cyan.on_default().effects(Effects::BOLD))
    .placeholder(AnsiColor::Cyan.on_default());

const AFTER_HELP: &str = "\
Exit status:
  0  nothing at or over --fail-on was found
  1  findings at or over --fail-on
  2  the job could not be done: wrong usage, a broken rule pack or configuration,
     a file that could not be read. Everything that could be checked still is, and
     is reported; 2 wins over 1.

Environment:
  NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM  decide with --color=auto";

const DERIVE_HELP: &str = "\
Exit status:
  0  the page was read; with --check, it says what the pack says
  1  with --check: the page says something else, or states what could not be read
  2  the job could not be done

Without -o and --check, page.yaml is written to standard output. What was looked for
and not found stands under not_found.";

/// Checks a repository's docs and code against the terms of a vendor's licence page
#[derive(Clone, Debug, Parser)]
#[command(
    name = "termscheck",
    version,
    about,
    styles = STYLES,
    after_help = AFTER_HELP,
    max_term_width = 100,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true
)]
pub struct Cli {
    /// The command; without one it is `check`.
    #[command(subcommand)]
    pub command: Option<Command>,

    /// Options of `check`, which may be typed without its name.
    #[command(flatten)]
    pub check: CheckArgs,
}

impl Cli {
    /// What was typed; wrong usage ends the program.
    pub fn from_env() -> Self {
        Self::parse_from(order::command_first(std::env::args_os().collect()))
    }
}

/// The commands.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Checks files and folders (what happens without a command, too)
    #[command(after_help = AFTER_HELP)]
    Check(Box<CheckArgs>),

    /// Accepts what is found today: `check --baseline` then shows what is new
    Baseline(BaselineArgs),

    /// Mends what can be mended without a doubt, and writes missing attributions as the
    /// configuration says
    #[command(after_help = fix::AFTER_HELP)]
    Fix(FixArgs),

    /// Tells which licence governs each file, and why
    #[command(after_help = licence::AFTER_HELP)]
    Licence(LicenceArgs),

    /// Tells what the attribution of each derived file holds and lacks
    #[command(after_help = licence::ATTRIBUTION_HELP)]
    Attribution(AttributionArgs),

    /// Makes an index of licensed documentation, by which copies without a mark are found
    #[command(after_help = index::AFTER_HELP)]
    Index(IndexArgs),

    /// Lists the rules
    Rules(RulesArgs),

    /// Prints the whole of a rule: the clause and its words, why, what stays quiet, how to mend it
    Explain(ExplainArgs),

    /// Reads a licence page, in any language, and writes what it says as a rule pack
    #[command(after_help = DERIVE_HELP)]
    Derive(DeriveArgs),

    /// Shows what the configuration says
    Config {
        /// What to do.
        #[command(subcommand)]
        command: ConfigCommand,
    },

    /// Writes a commented termscheck.yaml from what a scan sees
    Init(InitArgs),

    /// Prints the JSON Schema of a file
    Schema(SchemaArgs),

    /// Prints the completions for a shell
    Completions(CompletionsArgs),

    /// Prints the manual page, or writes one for each command
    Man(ManArgs),

    /// Works on rule packs
    Pack {
        /// What to do.
        #[command(subcommand)]
        command: PackCommand,
    },
}

/// Options of every command.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Say less: findings only, no notices, no summary
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say more: packs, whose repository it is and why, what was skipped; twice:
    /// each skipped file
    #[arg(short, long, action = ArgAction::Count)]
    pub verbose: u8,

    /// When to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = ColorWhen::Auto)]
    pub color: ColorWhen,
}

/// Where rules come from.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Rules")]
pub struct PackArgs {
    /// Add the rule pack in DIR, or replace the built-in one with the same id
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub rules: Vec<PathBuf>,
}

/// Options of `check`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Clone, Debug, Default, Args)]
pub struct CheckArgs {
    /// Files and folders to check; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Form of the report, and the file it goes to: human, concise, json, jsonl, sarif,
    /// github, gitlab, junit, markdown, html; may be repeated [default: human]
    #[arg(long, value_name = "FORM[=FILE]", help_heading = "Output")]
    pub format: Vec<Output>,

    /// Write the report to FILE instead of standard output; the summary stays here
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Most further places that a finding lists; with -v it lists all
    #[arg(long, value_name = "N", default_value_t = crate::aggregate::MAX_RELATED, help_heading = "Output")]
    pub max_related: usize,

    /// List in SARIF what is suppressed, too, with the reason; GitHub opens an alert for each
    #[arg(long, help_heading = "Output")]
    pub sarif_suppressed: bool,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Lowest level at which findings make the exit status 1
    /// [default: error]
    #[arg(long, value_enum, value_name = "LEVEL", help_heading = "Output")]
    pub fail_on: Option<FailOn>,

    /// Show only findings that FILE, written by `termscheck baseline`, does not accept
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub baseline: Option<PathBuf>,

    /// Show only findings on lines that the branch changed since it left the revision
    #[arg(
        long,
        value_name = "REV",
        conflicts_with = "staged",
        help_heading = "Output"
    )]
    pub since: Option<String>,

    /// Show only findings on lines that are staged for the next commit
    #[arg(long, help_heading = "Output")]
    pub staged: bool,

    /// Exit with status 2 when no file was checked
    #[arg(long, help_heading = "Output")]
    pub require_files: bool,

    /// What the scanned tree may say of itself.
    #[command(flatten)]
    pub gate: GateArgs,

    /// Which rules run, by which configuration.
    #[command(flatten)]
    pub scan: ScanArgs,

    /// The paths come from a hook: those that are no longer there are skipped
    #[arg(long, help_heading = "Files")]
    pub from_hook: bool,

    /// Apply `exclude` to paths given on the command line, too
    #[arg(long, help_heading = "Files")]
    pub force_exclude: bool,

    /// Path under which standard input is checked
    #[arg(long, value_name = "NAME", value_hint = ValueHint::FilePath, help_heading = "Files")]
    pub stdin_filename: Option<PathBuf>,

    /// Skip larger files, in bytes or with a unit (512KiB, 4MiB, 1GiB)
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "4MiB", help_heading = "Files")]
    pub max_file_size: u64,

    /// Number of threads; 0 lets the machine decide, and so does a number out of reason
    /// [default: 0]
    #[arg(long, value_name = "N", help_heading = "Files")]
    pub threads: Option<usize>,
}

/// Options of `rules`.
#[derive(Clone, Debug, Default, Args)]
pub struct RulesArgs {
    /// Rules to list, e.g. `trademark/*` [default: all]
    #[arg(value_name = "RULE-GLOB")]
    pub patterns: Vec<String>,

    /// Form of the list
    #[arg(long, value_enum, default_value_t = RulesFormat::Human, help_heading = "Output")]
    pub format: RulesFormat,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Where rules come from.
    #[command(flatten)]
    pub packs: PackArgs,
}

/// Options of `explain`.
#[derive(Clone, Debug, Default, Args)]
pub struct ExplainArgs {
    /// Rules to explain, e.g. `trademark/altered`
    #[arg(value_name = "RULE-GLOB", required = true)]
    pub patterns: Vec<String>,

    /// Form of the explanation
    #[arg(long, value_enum, default_value_t = RulesFormat::Human, help_heading = "Output")]
    pub format: RulesFormat,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Where rules come from.
    #[command(flatten)]
    pub packs: PackArgs,
}

/// `--format` of what speaks of rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum RulesFormat {
    /// For people
    #[default]
    Human,
    /// One JSON document, described in docs/json.md
    Json,
    /// The rule reference
    Markdown,
}

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// On a terminal that wants them
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Reads `4194304`, `4MiB`, `4M`, `4 MB`.
fn parse_size(text: &str) -> Result<u64, String> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let number: u64 = number
        .parse()
        .map_err(|_| "a number of bytes is needed, such as 4194304 or 4MiB".to_owned())?;
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kib" => 1 << 10,
        "m" | "mib" => 1 << 20,
        "g" | "gib" => 1 << 30,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        _ => return Err(format!("`{unit}` is no unit; use KiB, MiB or GiB")),
    };
    let size = number.saturating_mul(factor);
    // Spans are 32 bits wide, and a byte that is no text becomes three.
    if size > 1 << 30 {
        return Err("at most 1GiB".to_owned());
    }
    Ok(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definition_is_sound() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(parse_size("10"), Ok(10));
        assert_eq!(parse_size("4MiB"), Ok(4 << 20));
        assert_eq!(parse_size("4 mb"), Ok(4_000_000));
        assert!(parse_size("MiB").is_err());
        assert!(parse_size("3 miles").is_err());
        assert!(parse_size("99999999999999G").is_err());
    }
}
