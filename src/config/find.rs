//! Looking for configurations: on the way from what is scanned up to the checkout's
//! folder, and in each folder of the files that are scanned.

use std::path::{Path, PathBuf};

use super::read::{self, ConfigError};
use super::{FILE_NAMES, Layer};

/// Configurations that extend each other: more is a circle or a maze.
const MAX_EXTENDS: usize = 8;

/// The configurations that one scan may read: those below `limit`.
#[derive(Clone, Debug)]
pub(super) struct Finder {
    /// Folder that no configuration may lead out of, without links.
    pub limit: PathBuf,
    /// Folder that paths of a scan are relative to, without links.
    pub root: PathBuf,
    /// Folder that holds all that is scanned, without links.
    pub common: PathBuf,
    /// The current folder, for paths that are shown.
    here: PathBuf,
}

impl Finder {
    pub fn new(limit: PathBuf, root: PathBuf, common: PathBuf) -> Self {
        let here = Path::new(".").canonicalize().unwrap_or_default();
        Self {
            limit,
            root,
            common,
            here,
        }
    }

    /// The configuration in one folder, with those that it extends before it.
    pub fn folder(&self, folder: &Path) -> Result<Vec<Layer>, ConfigError> {
        let mut found = FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .filter(|path| path.symlink_metadata().is_ok_and(|found| !found.is_dir()));
        let Some(path) = found.next() else {
            return Ok(Vec::new());
        };
        if let Some(second) = found.next() {
            let name = second.file_name().unwrap_or_default().to_string_lossy();
            let message = format!("beside it stands {name}, and only one can count");
            return Err(ConfigError::of_file(self.shown(&path), message));
        }
        self.file(&path, folder)
    }

    /// A configuration that speaks of `folder`, with those that it extends before it.
    pub fn file(&self, path: &Path, folder: &Path) -> Result<Vec<Layer>, ConfigError> {
        let mut layers: Vec<Layer> = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(path) = next.take() {
            self.must_stay(&path)?;
            let shown = self.shown(&path).to_owned();
            let document = read::file(&path, &shown)?;
            let layer = Layer::new(document, shown, folder, &self.root, !layers.is_empty());
            if let Some(extends) = &layer.settings().extends {
                if layers.len() >= MAX_EXTENDS {
                    let message = format!("extends {MAX_EXTENDS} others one after the other");
                    return Err(layer.fault(&["extends"], message));
                }
                let to = path.parent().unwrap_or(folder).join(extends);
                if !to.is_file() {
                    let message = format!("extends {extends}: no such file");
                    return Err(layer.fault(&["extends"], message));
                }
                next = Some(to);
            }
            if !layers.is_empty()
                && let Some(key) = layer
                    .of_the_run()
                    .or(layer.settings().root.then_some("root"))
            {
                let message = format!("`{key}` counts only in the file that extends this one");
                return Err(layer.fault(&[key], message));
            }
            layers.push(layer);
        }
        layers.reverse();
        Ok(layers)
    }

    /// A link must not make a scan read what is not in the repository.
    fn must_stay(&self, path: &Path) -> Result<(), ConfigError> {
        match path.canonicalize() {
            Ok(real) if real.starts_with(&self.limit) => Ok(()),
            Ok(_) => Err(ConfigError::of_file(
                self.shown(path),
                "leads out of the repository, and is not read",
            )),
            Err(error) => Err(ConfigError::of_file(
                self.shown(path),
                crate::walk::reason(&error),
            )),
        }
    }

    /// As the user can open it.
    fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.here).unwrap_or(path)
    }
}

/// The folder that holds all targets, without links.
pub(super) fn common(root: &Path, targets: &[PathBuf]) -> PathBuf {
    targets
        .iter()
        .filter_map(|target| target.canonicalize().ok())
        .map(|target| {
            if target.is_dir() {
                target
            } else {
                target.parent().unwrap_or(root).to_owned()
            }
        })
        .reduce(|a, b| {
            let shared = a.components().zip(b.components());
            shared.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
        })
        .unwrap_or_else(|| root.to_owned())
}

/// The git checkout's folder, or the folder itself where there is none.
pub(super) fn checkout(folder: &Path) -> &Path {
    folder
        .ancestors()
        .find(|above| above.join(".git").exists())
        .unwrap_or(folder)
}
