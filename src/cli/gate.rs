//! Options by which the operator has the last word over the scanned tree.

use clap::Args;

/// What the tree may say of itself.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of the command line"
)]
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Gate")]
pub struct GateArgs {
    /// Believe nothing that the scanned tree says of itself: its configuration, ignore files,
    /// suppressions, claims of ownership. Exit with status 2 when a tracked text file was
    /// left out, or nothing was checked
    #[arg(long)]
    pub gate: bool,

    /// With --gate: believe what the tree said at the revision that a change is to go into
    #[arg(long, value_name = "REV", requires = "gate")]
    pub trust: Option<String>,

    /// Whose repository it is, whatever it says itself
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,

    /// With --gate: files that may stay unchecked, as in .gitignore
    #[arg(long, value_name = "PATTERN", requires = "gate")]
    pub allow_unchecked: Vec<String>,

    /// Read no configuration of the scanned tree; --config still counts
    #[arg(long)]
    pub no_repo_config: bool,

    /// Let no ignore file leave anything out
    #[arg(long)]
    pub no_ignore: bool,

    /// Let no comment and no `ignore` of a configuration suppress a finding
    #[arg(long)]
    pub no_suppress: bool,
}
