//! When only a part of a repository is asked for, the files that speak for the
//! whole of it are read as well, so that a part is judged as it would be with the
//! rest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Entry, Walked, relative};
use crate::parse::kind;

/// Entries of one folder that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Adds licences, manifests, READMEs and the like from the folders above the
/// targets.
pub fn add(root: &Path, targets: &[PathBuf], walked: &mut Walked) {
    let mut folders = BTreeSet::new();
    for target in targets {
        for folder in target.ancestors().skip(1) {
            if !folder.starts_with(root) {
                break;
            }
            folders.insert(folder.to_path_buf());
            for special in [".reuse", "LICENSES", ".github"] {
                folders.insert(folder.join(special));
            }
        }
    }
    let asked: BTreeSet<PathBuf> = walked
        .files
        .iter()
        .map(|entry| entry.absolute.clone())
        .collect();
    for folder in folders {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten().take(MAX_ENTRIES) {
            let absolute = entry.path();
            let relative = relative(root, &absolute);
            if kind::always_parse(&relative, kind::kind(&relative))
                && !asked.contains(&absolute)
                && entry.file_type().is_ok_and(|kind| kind.is_file())
            {
                walked.files.push(Entry {
                    relative,
                    absolute,
                    context: true,
                });
            }
        }
    }
}
