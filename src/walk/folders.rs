//! From the targets down, folder by folder: each round lists the folders that the last one
//! found, side by side.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::ignored::{IgnoreFiles, Level};
use super::paths::reason;
use super::{Entry, Skip, WalkOptions, Walked, module_of, relative, skip};
use crate::facts::{FileKind, RelativePath};
use crate::parse::kind;
use crate::tree::{Item, ItemKind};

/// A folder that is to be listed.
struct Folder {
    /// Relative to the root of the tree.
    path: PathBuf,
    /// What holds above it.
    level: Option<Arc<Level>>,
    /// It was asked for: nothing leaves it out.
    named: bool,
}

/// What one folder gave.
#[derive(Default)]
struct Listed {
    files: Vec<Entry>,
    skipped: Vec<(RelativePath, Skip)>,
    error: Option<(String, String)>,
    folders: Vec<Folder>,
}

/// Walks the targets, which are absolute, and honours ignore files. Links are not followed.
/// `has_list` tells that git tracks files, which are added after.
pub fn walk(
    options: &WalkOptions<'_>,
    has_list: bool,
    root: &Path,
    targets: &[PathBuf],
    walked: &mut Walked,
) {
    let ignores = IgnoreFiles::new(options.tree, root);
    let lister = Walker {
        options,
        has_list,
        root,
        ignores: &ignores,
    };
    let clone = options
        .git
        .as_ref()
        .filter(|_| lister.counts_ignores())
        .and_then(|git| ignores.of_clone(git));
    let mut folders = Vec::new();
    for target in targets {
        let below = target.strip_prefix(root).unwrap_or(target);
        if target.is_dir() {
            let level = match below.parent() {
                Some(above) if lister.counts_ignores() => ignores.way(clone.clone(), above),
                _ => clone.clone(),
            };
            folders.push(Folder {
                path: below.to_owned(),
                level,
                named: true,
            });
        } else {
            walked
                .files
                .push(entry(relative(root, target), target.clone()));
        }
    }
    while !folders.is_empty() {
        let round: Vec<Listed> = folders
            .par_iter()
            .map(|folder| lister.list(folder))
            .collect();
        folders = Vec::new();
        for mut listed in round {
            walked.files.append(&mut listed.files);
            walked.skipped.append(&mut listed.skipped);
            walked.errors.extend(listed.error);
            folders.append(&mut listed.folders);
        }
    }
    walked.warnings.extend(ignores.told());
}

struct Walker<'a> {
    options: &'a WalkOptions<'a>,
    has_list: bool,
    root: &'a Path,
    ignores: &'a IgnoreFiles<'a>,
}

impl Walker<'_> {
    /// Whether ignore files may leave anything out. For a gate they do only beside a list
    /// of tracked files, which are scanned all the same.
    fn counts_ignores(&self) -> bool {
        self.options.ignore_files && (!self.options.gate || self.has_list)
    }

    /// Whether ignore files count in a folder: for a gate not in a submodule, of whose
    /// files nothing is known.
    fn counts_here(&self, path: &Path) -> bool {
        self.counts_ignores()
            && !(self.options.gate && self.in_submodule(&self.root.join(path).join("-")))
    }

    fn in_submodule(&self, absolute: &Path) -> bool {
        let path = relative(self.root, absolute);
        module_of(&self.options.submodules, &path).is_some()
    }

    fn list(&self, folder: &Folder) -> Listed {
        let mut listed = Listed::default();
        let absolute = self.root.join(&folder.path);
        let shown = relative(self.root, &absolute);
        let items = match self.options.tree.list(&folder.path) {
            Ok(items) => items,
            Err(error) => {
                listed.error = Some((shown.to_string(), reason(&error)));
                return listed;
            }
        };
        let has = |name: &str| items.iter().any(|item| item.name.to_str() == Some(name));
        let name = folder
            .path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy();
        if !folder.named {
            let skip = if skip::is_vendored(&name, has) {
                Some(Skip::Vendored)
            } else if self.options.checkout && has(".git") && !self.is_submodule(&shown) {
                Some(Skip::Checkout)
            } else {
                None
            };
            if let Some(skip) = skip {
                listed.skipped.push((shown, skip));
                return listed;
            }
        }
        let level = if self.counts_here(&folder.path) {
            self.ignores
                .enter(folder.level.as_ref(), &folder.path, &has)
        } else {
            None
        };
        for item in items {
            self.item(folder, &absolute, level.as_ref(), item, &mut listed);
        }
        listed
    }

    fn item(
        &self,
        folder: &Folder,
        above: &Path,
        level: Option<&Arc<Level>>,
        item: Item,
        listed: &mut Listed,
    ) {
        let is_dir = item.kind == ItemKind::Folder;
        let name = item.name.to_string_lossy();
        if name == ".git" {
            return;
        }
        let absolute = above.join(&item.name);
        let shown = relative(self.root, &absolute);
        let path = folder.path.join(&item.name);
        if let Some(skip) = self.skip(&item, &name, &path, &absolute, &shown, level) {
            listed.skipped.push((shown, skip));
        } else if is_dir {
            listed.folders.push(Folder {
                path,
                level: level.cloned(),
                named: false,
            });
        } else {
            listed.files.push(entry(shown, absolute));
        }
    }

    /// Why something is left out; a folder of other people's work by its name alone.
    fn skip(
        &self,
        item: &Item,
        name: &str,
        path: &Path,
        absolute: &Path,
        shown: &str,
        level: Option<&Arc<Level>>,
    ) -> Option<Skip> {
        let is_dir = item.kind == ItemKind::Folder;
        let options = self.options;
        // With a list of tracked files a gate takes those that are hidden from it.
        let shows_hidden = options.gate && (!self.has_list || self.in_submodule(absolute));
        if name.starts_with('.') && !skip::is_welcome(name) && !shows_hidden {
            return Some(Skip::Hidden);
        }
        if !options.exclude.is_empty() && options.exclude.matches(absolute, is_dir) {
            return Some(Skip::Excluded);
        }
        if is_dir && skip::is_vendored(name, |_| false) {
            return Some(Skip::Vendored);
        }
        if level.is_some_and(|level| level.ignores(absolute, is_dir)) {
            return Some(Skip::Ignored);
        }
        match item.kind {
            ItemKind::File | ItemKind::Folder => None,
            ItemKind::Special => Some(Skip::Special),
            // A licence is often linked from the folder of each package, and there
            // it counts.
            ItemKind::Link => {
                let licence = kind::kind(shown) == FileKind::Licence;
                (!licence || !options.tree.is_file(path)).then_some(Skip::Link)
            }
        }
    }

    fn is_submodule(&self, folder: &str) -> bool {
        let mut modules = self.options.submodules.iter();
        modules.any(|module| *module.path == *folder)
    }
}

fn entry(relative: RelativePath, absolute: PathBuf) -> Entry {
    Entry {
        relative,
        absolute,
        context: false,
    }
}
