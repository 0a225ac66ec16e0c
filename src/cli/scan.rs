//! Options that every command that scans has.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::PackArgs;

/// Which rules run, by which configuration.
#[derive(Clone, Debug, Default, Args)]
pub struct ScanArgs {
    /// Where rules come from.
    #[command(flatten)]
    pub packs: PackArgs,

    /// Run only the rules that match, e.g. `trademark/*` (comma-separated or repeated)
    #[arg(
        long,
        value_name = "RULE-GLOB",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub select: Vec<String>,

    /// Do not run the rules that match; wins over --select
    #[arg(
        long,
        value_name = "RULE-GLOB",
        value_delimiter = ',',
        help_heading = "Rules"
    )]
    pub ignore: Vec<String>,

    /// Include pedantic rules and low-confidence findings
    #[arg(long, help_heading = "Rules")]
    pub pedantic: bool,

    /// Find text of the documentation in FILE, which `termscheck index` made (repeatable)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Rules")]
    pub index: Vec<PathBuf>,

    /// Read this configuration instead of the termscheck.yaml that is found
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, conflicts_with = "no_config", help_heading = "Files")]
    pub config: Option<PathBuf>,

    /// Read no configuration
    #[arg(long, help_heading = "Files")]
    pub no_config: bool,

    /// Folder that paths are relative to [default: the git checkout's, else the current
    /// folder where it holds what is given, else that folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Files")]
    pub root: Option<PathBuf>,
}
