//! When only a part of a repository is asked for, the files that speak for the
//! whole of it are read as well, so that a part is judged as it would be with the
//! rest.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Entry, Walked, relative};
use crate::parse::kind;
use crate::tree::{ItemKind, Tree};

/// Entries of one folder that are looked at.
const MAX_ENTRIES: usize = 10_000;

/// Adds licences, manifests, READMEs and the like from the folders above the
/// targets.
pub fn add(tree: &dyn Tree, root: &Path, targets: &[PathBuf], walked: &mut Walked) {
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
        let below = folder.strip_prefix(root).unwrap_or(&folder);
        // A folder that is a link is listed only where it leads to one of the tree.
        let Ok(mut items) = tree.list(below) else {
            continue;
        };
        items.sort_by(|a, b| a.name.cmp(&b.name));
        for item in items.into_iter().take(MAX_ENTRIES) {
            let absolute = folder.join(&item.name);
            let relative = relative(root, &absolute);
            if kind::always_parse(&relative, kind::kind(&relative))
                && !asked.contains(&absolute)
                && item.kind == ItemKind::File
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
