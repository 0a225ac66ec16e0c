//! Looking for configurations: on the way from what is scanned up to the checkout's
//! folder, and in each folder of the files that are scanned.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::read::{self, ConfigError, Document};
use super::{FILE_NAMES, Layer};
use crate::tree::{Content, ItemKind, MAX_SETTINGS, Tree};
use crate::walk;

/// Said of what a link or `..` makes lead elsewhere.
const OUT: &str = "leads out of the repository, and is not read";

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
    /// What stands below `limit`.
    pub tree: Arc<dyn Tree>,
    /// The current folder, for paths that are shown.
    here: PathBuf,
}

impl Finder {
    pub fn new(limit: PathBuf, root: PathBuf, common: PathBuf, tree: Arc<dyn Tree>) -> Self {
        let here = Path::new(".").canonicalize().unwrap_or_default();
        Self {
            limit,
            root,
            common,
            tree,
            here,
        }
    }

    /// The configuration in one folder, with those that it extends before it.
    pub fn folder(&self, folder: &Path) -> Result<Vec<Layer>, ConfigError> {
        let mut found = FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .filter(|path| self.kind(path).is_some_and(|kind| kind != ItemKind::Folder));
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
            let shown = self.shown(&path).to_owned();
            let document = self.read(&path, &shown)?;
            let layer =
                Layer::new(document, shown, folder, &self.root, !layers.is_empty()).at_file(&path);
            if let Some(extends) = &layer.settings().extends {
                if layers.len() >= MAX_EXTENDS {
                    let message = format!("extends {MAX_EXTENDS} others one after the other");
                    return Err(layer.fault(&["extends"], message));
                }
                let to = path.parent().unwrap_or(folder).join(extends);
                let why = match below(&self.limit, &to) {
                    None => OUT,
                    Some(below) if !self.tree.is_file(&below) => "no such file",
                    Some(_) => "",
                };
                if !why.is_empty() {
                    let message = format!("extends {extends}: {why}");
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

    /// What stands at a path, where it lies below the limit.
    fn kind(&self, path: &Path) -> Option<ItemKind> {
        self.tree.kind(&below(&self.limit, path)?).ok()
    }

    /// Reads a configuration through the tree. Of one that is reached by a link nothing is
    /// quoted.
    fn read(&self, path: &Path, shown: &Path) -> Result<Document, ConfigError> {
        let failed = |why: &str| ConfigError::of_file(shown, why);
        let below = below(&self.limit, path).ok_or_else(|| failed(OUT))?;
        let linked = self.tree.passes_link(&below);
        let why = match self.tree.read(&below, MAX_SETTINGS) {
            Ok(Content::Bytes(bytes)) => return read::bytes(&bytes, shown, !linked),
            Ok(Content::OverSize) => "over 1 MiB".to_owned(),
            Ok(Content::Binary) => "not UTF-8: it holds NUL bytes".to_owned(),
            Ok(Content::Special) => "not a regular file".to_owned(),
            Err(error) if linked && error.kind() == ErrorKind::PermissionDenied => OUT.to_owned(),
            Err(error) => crate::walk::reason(&error),
        };
        Err(failed(&why))
    }

    /// As the user can open it.
    fn shown<'a>(&self, path: &'a Path) -> &'a Path {
        path.strip_prefix(&self.here).unwrap_or(path)
    }
}

/// A path below a folder, its parts resolved by their names alone; nothing where it leaves.
pub(super) fn below(limit: &Path, path: &Path) -> Option<PathBuf> {
    let resolved = walk::plain(path);
    resolved.strip_prefix(limit).ok().map(Path::to_owned)
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
