//! `termscheck derive`.

use std::io::{Read, Write};
use std::path::Path;

use super::{CommandError, Exit, terminal};
use crate::cli::DeriveArgs;
use crate::derive::{self, KnownOwner};
use crate::pack::page::PageFacts;

/// Largest page that is read, in bytes.
const MAX_PAGE: u64 = 16 * 1024 * 1024;

/// Reads pages and writes what they say.
pub(crate) fn run(args: &DeriveArgs) -> miette::Result<Exit> {
    let known = KnownOwner::of(&crate::pack::load_embedded()?);
    let mut editions = Vec::new();
    for path in &args.pages {
        let (name, bytes) = read(path)?;
        editions.push(derive::derive(&name, bytes, &known));
    }
    let facts: PageFacts = editions.remove(0);
    let mut out = terminal::stdout();
    out.write_all(
        serde_yaml::to_string(&facts)
            .map_err(|error| CommandError::new(error.to_string()))?
            .as_bytes(),
    )
    .map_err(|error| CommandError::new(error.to_string()))?;
    Ok(Exit::Clean)
}

/// The name and the bytes of a page.
pub(super) fn read(path: &Path) -> Result<(String, Vec<u8>), CommandError> {
    let failed =
        |error: &dyn std::fmt::Display| CommandError::new(format!("{}: {error}", path.display()));
    let mut bytes = Vec::new();
    let mut take = |reader: &mut dyn Read| reader.take(MAX_PAGE + 1).read_to_end(&mut bytes);
    let name = if path.as_os_str() == "-" {
        take(&mut std::io::stdin().lock()).map_err(|error| failed(&error))?;
        "stdin".to_owned()
    } else {
        let mut file = std::fs::File::open(path).map_err(|error| failed(&error))?;
        take(&mut file).map_err(|error| failed(&error))?;
        path.file_name()
            .unwrap_or(path.as_os_str())
            .to_string_lossy()
            .into_owned()
    };
    if bytes.len() as u64 > MAX_PAGE {
        return Err(failed(&format_args!(
            "larger than {MAX_PAGE} bytes, the most for a page"
        )));
    }
    Ok((name, bytes))
}
