//! Options of `fix`.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::{OutputArgs, ScanArgs};

pub(super) const AFTER_HELP: &str = "\
Exit status:
  0  what could be mended is; with --diff, there is nothing to mend
  1  with --diff: there is something to mend
  2  the job could not be done, or a file could not be written

Each file is replaced as a whole and only where it is what it was when it was read. Mode,
encoding and line ends stay, and a second run has nothing to do. Attributions and notices
are written where `attribution.style` of termscheck.yaml says.";

/// Options of `fix`.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Clone, Debug, Default, Args)]
pub struct FixArgs {
    /// Files and folders to mend
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Make the edits that a person has to look at, too
    #[arg(long, help_heading = "Output")]
    pub r#unsafe: bool,

    /// Print what would change as a patch, and write nothing; exit status 1 when
    /// something would
    #[arg(long, help_heading = "Output")]
    pub diff: bool,

    /// Leave the findings that FILE accepts [default: as `baseline` of the configuration
    /// says]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub baseline: Option<PathBuf>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Which rules run, by which configuration.
    #[command(flatten)]
    pub scan: ScanArgs,

    /// The paths come from a hook: those that are no longer there are skipped
    #[arg(long, help_heading = "Files")]
    pub from_hook: bool,

    /// Apply `exclude` to paths given on the command line, too
    #[arg(long, help_heading = "Files")]
    pub force_exclude: bool,
}
