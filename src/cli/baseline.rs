//! Options of `baseline`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OutputArgs, PackArgs};

/// Options of `baseline`.
#[derive(Clone, Debug, Default, Args)]
pub struct BaselineArgs {
    /// Files and folders to check
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Write the baseline to FILE [default: as `baseline` of the configuration says, else
    /// termscheck-baseline.json at the root]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Where rules come from.
    #[command(flatten)]
    pub packs: PackArgs,

    /// Run only the rules that match
    #[arg(
        long,
        value_name = "RULE-GLOB",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub select: Vec<String>,

    /// Do not run the rules that match
    #[arg(
        long,
        value_name = "RULE-GLOB",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub ignore: Vec<String>,

    /// Accept findings of pedantic rules, too
    #[arg(long, help_heading = "Rules")]
    pub pedantic: bool,

    /// Read this configuration instead of those that are found
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_config", help_heading = "Files")]
    pub config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, help_heading = "Files")]
    pub no_config: bool,

    /// Folder that paths are relative to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Files")]
    pub root: Option<PathBuf>,
}
