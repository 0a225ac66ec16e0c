//! Commands that make packs and work on them.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::OutputArgs;

/// What `pack` does.
#[derive(Clone, Debug, Subcommand)]
pub enum PackCommand {
    /// Checks that every quotation still stands in its page, for pages at hand
    Verify(VerifyArgs),

    /// Tells what is doubtful in packs: limits that nobody sets, quotations that say something
    /// else, rules that their own examples show to be wrong; exit status 1 when something is
    Lint(LintArgs),

    /// Runs the examples of every rule, and the cases under `tests/` beside the pack: each `bad`
    /// is found and no `good` is, or the exit status is 1
    Test(TestArgs),

    /// Writes a small pack with comments into a folder, to make one of your own of
    New(NewArgs),

    /// Writes a pack that ships into a folder, to start one of your own from
    Export(ExportArgs),

    /// Tells what pictures look like, in the words of logos.yaml
    Hash(HashArgs),
}

impl PackCommand {
    /// What to say, and how.
    pub fn out(&self) -> &OutputArgs {
        match self {
            Self::Verify(args) => &args.out,
            Self::Lint(args) => &args.out,
            Self::Test(args) => &args.out,
            Self::New(args) => &args.out,
            Self::Export(args) => &args.out,
            Self::Hash(args) => &args.out,
        }
    }
}

/// Options of `derive`.
#[derive(Clone, Debug, Default, Args)]
pub struct DeriveArgs {
    /// Licence page, Markdown or HTML; further ones in the same language are parts of the same
    /// terms, those in another are editions; `-` is standard input
    #[arg(value_name = "PAGE", required = true, value_hint = ValueHint::FilePath)]
    pub pages: Vec<PathBuf>,

    /// Write a pack into DIR: page.yaml anew, the other files where they are not there
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath, help_heading = "Output", conflicts_with = "check")]
    pub output: Option<PathBuf>,

    /// Compare with a pack, a folder or the id of one that ships, instead: exit status 1 and
    /// the differences when the page says something else now
    #[arg(long, value_name = "PACK", help_heading = "Output")]
    pub check: Option<PathBuf>,

    /// Id of the pack [default: the owner's name]
    #[arg(long, value_name = "ID", help_heading = "Pack")]
    pub vendor: Option<String>,

    /// Hosts of the API that the page is about; rules on code need them
    #[arg(
        long,
        value_name = "HOST",
        value_delimiter = ',',
        help_heading = "Pack"
    )]
    pub hosts: Vec<String>,

    /// Address that the page is published at; once for each page, in their order
    /// [default: as the page says]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, help_heading = "Pack")]
    pub url: Vec<String>,

    /// Who owns the API, its documentation and the marks [default: as the page says]
    #[arg(long, value_name = "NAME", help_heading = "Pack")]
    pub owner: Option<String>,

    /// What the page is about [default: as its title says]
    #[arg(long, value_name = "NAME", help_heading = "Pack")]
    pub product: Option<String>,

    /// Address that the documentation is published under: what cites it is derived from it
    /// [default: where its licence stands]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, help_heading = "Pack")]
    pub docs_url: Vec<String>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack lint`.
#[derive(Clone, Debug, Default, Args)]
pub struct LintArgs {
    /// Folders of packs
    #[arg(value_name = "DIR", required = true, value_hint = ValueHint::DirPath)]
    pub packs: Vec<PathBuf>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack test`.
#[derive(Clone, Debug, Default, Args)]
pub struct TestArgs {
    /// Packs: folders, or ids of those that ship
    #[arg(value_name = "PACK", required = true, value_hint = ValueHint::DirPath)]
    pub packs: Vec<PathBuf>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack new`.
#[derive(Clone, Debug, Default, Args)]
pub struct NewArgs {
    /// Folder to write, whose name becomes the pack's id; nothing that is there is written over
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack export`.
#[derive(Clone, Debug, Default, Args)]
pub struct ExportArgs {
    /// Id of the pack
    #[arg(value_name = "ID")]
    pub pack: String,

    /// Folder to write; nothing that is there is written over
    #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack hash`.
#[derive(Clone, Debug, Default, Args)]
pub struct HashArgs {
    /// Pictures of logos: SVG, PNG, JPEG, WebP, GIF, ICO
    #[arg(value_name = "FILE", required = true, value_hint = ValueHint::FilePath)]
    pub pictures: Vec<PathBuf>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}

/// Options of `pack verify`.
#[derive(Clone, Debug, Default, Args)]
pub struct VerifyArgs {
    /// Packs: folders, or ids of those that ship [default: every one that ships]
    #[arg(value_name = "PACK")]
    pub packs: Vec<PathBuf>,

    /// A page at hand: FILE is the licence page, SOURCE=FILE the document with this id in
    /// pack.yaml or this address
    #[arg(long, value_name = "[SOURCE=]FILE", value_hint = ValueHint::FilePath)]
    pub page: Vec<String>,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,
}
