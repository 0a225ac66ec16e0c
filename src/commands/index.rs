//! `termscheck index`, and the indexes that a scan is given.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{CommandError, Exit, load_packs, output, target};
use crate::cli::IndexArgs;
use crate::config::Config;
use crate::index::collect::{self, Options};
use crate::index::{self, Index, IndexError, Indexes, Made};
use crate::pack::Pack;
use crate::report;
use crate::tree::Content;

/// Largest index of the tree's own configuration, which is held in memory.
const MAX_IN_TREE: u64 = 256 << 20;

/// Makes an index.
pub(crate) fn run(args: &IndexArgs) -> miette::Result<Exit> {
    target::must_exist(&args.folders)?;
    if let Some(file) = args.folders.iter().find(|folder| !folder.is_dir()) {
        let message = format!("{}: not a folder", file.display());
        return Err(CommandError::new(message).into());
    }
    let packs = load_packs(&args.packs)?;
    let keys = |of: fn(&Pack) -> &Vec<String>| {
        let mut keys: Vec<String> = packs.iter().flat_map(of).cloned().collect();
        let mut seen = std::collections::BTreeSet::new();
        keys.retain(|key| seen.insert(key.clone()));
        keys
    };
    let options = Options {
        folders: args.folders.clone(),
        base: args.base_url.clone(),
        address_keys: keys(|pack| &pack.provenance.origin_keys),
        title_keys: keys(|pack| &pack.provenance.title_keys),
        max_file_size: args.max_file_size,
    };
    let path = &args.output;
    let failed = |error: &io::Error| IndexError::io(&path.display().to_string(), error);
    let (builder, unread) = collect::collect(&options).map_err(|error| failed(&error))?;
    let mut made = None;
    output::replace_by(path, |file| {
        let file = file.try_clone()?;
        made = Some(builder.write(file, path).map_err(io::Error::other)?);
        Ok(())
    })
    .map_err(|error| failed(&error))?;
    let mut err = anstream::stderr();
    for (path, reason) in &unread {
        let text = format!("{path}: not read: {reason}");
        let _ = writeln!(err, "unchecked: {}", report::visible(&text));
    }
    if let Some(made) = made.filter(|_| !args.out.quiet) {
        say(path, made);
    }
    Ok(if unread.is_empty() {
        Exit::Clean
    } else {
        Exit::Failure
    })
}

fn say(path: &Path, made: Made) {
    let mut err = anstream::stderr();
    let text = format!(
        "{}: {} pages, {} fingerprints ({} left out), {} bytes",
        path.display(),
        made.pages,
        made.fingerprints,
        made.left_out,
        made.bytes
    );
    let _ = writeln!(err, "{}", report::visible(&text));
    if made.without_address > 0 {
        let _ = writeln!(
            err,
            "warning: {} pages have no address, so nobody can tell whose they are: --base-url \
             URL says where the folder is published",
            made.without_address
        );
    }
}

/// The indexes of a scan: those that the command line names, and those that the
/// configuration of the tree names, which lie in it.
pub(crate) fn wanted(named: &[PathBuf], config: &Config) -> miette::Result<Arc<Indexes>> {
    let mut indexes: Vec<Index> = Vec::new();
    for path in named {
        indexes.push(index::open(path)?);
    }
    for (name, content) in config.indexes(MAX_IN_TREE)? {
        let bytes = match content {
            Content::Bytes(bytes) => bytes,
            Content::OverSize => {
                let message = format!("{name}: over 256 MiB");
                let help = "name it with --index, then it is read in parts";
                return Err(CommandError::new(message).help(help).into());
            }
            Content::Binary | Content::Special => {
                return Err(CommandError::new(format!("{name}: not a regular file")).into());
            }
        };
        indexes.push(Index::of_bytes(bytes, Arc::from(name))?);
    }
    Ok(Arc::new(Indexes::new(indexes)))
}
