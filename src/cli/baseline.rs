//! Options of `baseline`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OutputArgs, ScanArgs};

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

    /// Which rules run, by which configuration.
    #[command(flatten)]
    pub scan: ScanArgs,
}
