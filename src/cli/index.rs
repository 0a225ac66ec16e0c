//! Options of `index`.

use std::path::PathBuf;

use clap::{Args, ValueHint};
use url::Url;

use super::{OutputArgs, PackArgs};

pub(super) const AFTER_HELP: &str = "\
An index holds fingerprints of the pages, not their words, and of each its title, address
and licence. `termscheck --index FILE` then finds text of these pages in a repository,
however it got there (docs/index.md).

Exit status:
  0  the index was written
  2  the job could not be done, or a page could not be read";

/// Options of `index`.
#[derive(Clone, Debug, Args)]
pub struct IndexArgs {
    /// Folders of documentation; the path of a page is told from its folder
    #[arg(value_name = "DIR", required = true, value_hint = ValueHint::DirPath)]
    pub folders: Vec<PathBuf>,

    /// Write the index to FILE
    #[arg(short, long, value_name = "FILE", required = true, value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: PathBuf,

    /// Where the folders are published: what a page does not say of its address is made of
    /// this and of its path
    #[arg(long, value_name = "URL", value_parser = parse_base)]
    pub base_url: Option<Url>,

    /// Skip larger files, in bytes or with a unit (512KiB, 4MiB, 1GiB)
    #[arg(long, value_name = "SIZE", value_parser = super::parse_size, default_value = "4MiB", help_heading = "Files")]
    pub max_file_size: u64,

    /// What to say, and how.
    #[command(flatten)]
    pub out: OutputArgs,

    /// Where the names of keys in front matter come from.
    #[command(flatten)]
    pub packs: PackArgs,
}

fn parse_base(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err("an address such as https://docs.example.com/product/ is needed".to_owned());
    }
    Ok(url)
}
