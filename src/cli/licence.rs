//! Options of `licence` and `attribution`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use super::OutputArgs;

pub(super) const AFTER_HELP: &str = "\
The first of these that says something decides: an annotation of REUSE.toml that
overrides, the file itself (SPDX tag, sentence, front matter), NAME.license beside it,
the nearest REUSE.toml, .reuse/dep5, a licence text in its folder or one above, the
manifest of its package, the licence at the root.

Exit status:
  0  every file has a licence, and nothing contradicts it
  1  a file has none, or two places cannot both be right
  2  the job could not be done";

/// Options of `licence`.
#[derive(Clone, Debug, Default, Args)]
pub struct LicenceArgs {
    /// Files and folders to tell the licence of
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human, help_heading = "Output")]
    pub format: AnswerFormat,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Folder that paths are relative to [default: the git checkout's, else the current
    /// folder where it holds what is given, else that folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Files")]
    pub root: Option<PathBuf>,
}

pub(super) const ATTRIBUTION_HELP: &str = "\
For each file that is derived from a vendor's licensed documentation: the creator, the
copyright notice, the notice of the licence, its text or address, the notice of the
disclaimer, the link to the original, the indication of changes; where each was found,
and where it was looked for.

Exit status:
  0  no attribution lacks anything
  1  one lacks an element that its licence asks for
  2  the job could not be done";

/// Options of `attribution`.
#[derive(Clone, Debug, Default, Args)]
pub struct AttributionArgs {
    /// Files and folders to tell the attribution of
    #[arg(value_name = "PATH", default_value = ".", hide_default_value = true, value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,

    /// Form of the answer
    #[arg(long, value_enum, default_value_t = AnswerFormat::Human, help_heading = "Output")]
    pub format: AnswerFormat,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Which rules run, by which configuration.
    #[command(flatten)]
    pub scan: super::ScanArgs,
}

/// `--format` of what answers a question about files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people
    #[default]
    Human,
    /// One JSON document, described in docs/json.md
    Json,
}
