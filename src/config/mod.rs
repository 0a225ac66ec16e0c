//! `termscheck.yaml`: looked for, read, judged and merged. Of each file the
//! configurations in its folder and in those above it count together, the nearest first.

mod find;
mod grant;
mod index;
mod layer;
mod read;
mod settings;
mod show;
mod spots;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use grant::{Grant, Granted, GrantedRate};
pub use layer::{Ignore, Layer};
pub use read::ConfigError;
pub use settings::{
    AttributionSettings, AttributionStyle, FailOn, IgnoreEntry, Level, Override, Settings,
};
pub use show::write as write_effective;

use crate::finding::Severity;
use crate::revision::Revision;
use crate::tree::{self, Content, Tree};
use crate::walk::Exclude;
use find::Finder;
use read::Document;

/// A day as configurations and comments write it, year-month-day: `2027-01-31`. Other forms
/// of ISO 8601 are none here, for what is read by people has one form.
pub fn day(text: &str) -> Option<jiff::civil::Date> {
    let plain = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    plain.then(|| text.parse().ok())?
}

/// Names under which a configuration is found.
pub const FILE_NAMES: [&str; 3] = ["termscheck.yaml", ".termscheck.yaml", "termscheck.yml"];

/// What a configuration may speak of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Identifiers of the rules.
    pub rules: &'a [&'a str],
    /// Identifiers of the packs.
    pub packs: &'a [&'a str],
    /// Names of the marks.
    pub marks: &'a [&'a str],
}

/// All configurations of a scan.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// By the folder that they speak of, relative to the root of the scan.
    layers: BTreeMap<String, Vec<Arc<Layer>>>,
    /// The topmost one, and what it extends before it: alone it speaks of the run.
    top: Vec<Arc<Layer>>,
    /// `None` where no further one is to be looked for.
    finder: Option<Finder>,
    /// The tree that they were read from, and the folder that it stands for.
    home: Option<(PathBuf, Arc<dyn Tree>)>,
    root: PathBuf,
}

/// A folder of rule packs that a configuration names.
#[derive(Clone, Debug)]
pub struct PackFolder {
    /// The tree that holds it.
    pub tree: Arc<dyn Tree>,
    /// Where it lies in the tree.
    pub path: PathBuf,
}

impl Config {
    /// A configuration that was made, not read, for everything below `root`.
    pub fn of(settings: Settings, root: &Path) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let document = Document {
            settings,
            ..Document::default()
        };
        let layer = Layer::new(document, PathBuf::new(), &root, &root, false);
        let mut config = Self {
            root,
            ..Self::default()
        };
        config.top = config.add(vec![layer]);
        config
    }

    /// The one configuration in `file`, for everything below `root`. One that was there at
    /// the trusted revision is read as it was.
    pub fn load(
        file: &Path,
        root: &Path,
        trusted: Option<&Arc<Revision>>,
    ) -> Result<Self, ConfigError> {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let shown = |error: std::io::Error| ConfigError::of_file(file, crate::walk::reason(&error));
        let real = file.canonicalize().map_err(shown)?;
        let own = real.parent().unwrap_or(&root).to_owned();
        let folder = if root.starts_with(&own) { &own } else { &root };
        let limit = find::checkout(&own).to_owned();
        let was = trusted
            .map(|trusted| trusted.tree(&limit))
            .filter(|tree| find::below(&limit, &real).is_some_and(|path| tree.is_file(&path)));
        let tree: Arc<dyn Tree> = match was {
            Some(was) => Arc::new(was),
            None => Arc::from(tree::of_folder(&limit)),
        };
        let home = Some((limit.clone(), Arc::clone(&tree)));
        let layers = Finder::new(limit, root.clone(), root.clone(), tree).file(&real, folder)?;
        let mut config = Self {
            home,
            root,
            ..Self::default()
        };
        config.top = config.add(layers);
        Ok(config)
    }

    /// The configurations that speak of everything that is scanned, and how to find
    /// those that speak of a part of it; with a trusted revision, as they were there.
    pub fn discover(
        root: &Path,
        targets: &[PathBuf],
        trusted: Option<&Arc<Revision>>,
    ) -> Result<Self, ConfigError> {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let limit = find::checkout(&root).to_owned();
        let common = find::common(&root, targets);
        let tree: Arc<dyn Tree> = match trusted {
            Some(trusted) => Arc::new(trusted.tree(&limit)),
            None => Arc::from(tree::of_folder(&limit)),
        };
        let home = Some((limit.clone(), Arc::clone(&tree)));
        let finder = Finder::new(limit.clone(), root.clone(), common.clone(), tree);
        let mut way = Vec::new();
        for folder in common.ancestors() {
            let layers = finder.folder(folder)?;
            let stops = layers.last().is_some_and(|layer| layer.settings().root);
            if !layers.is_empty() {
                way.push(layers);
            }
            if stops || folder == limit {
                break;
            }
        }
        let mut config = Self {
            root,
            home,
            finder: Some(finder),
            ..Self::default()
        };
        for layers in way.into_iter().rev() {
            let is_top = config.top.is_empty();
            config.add_below(layers, is_top)?;
        }
        let folders = targets
            .iter()
            .filter_map(|target| target.canonicalize().ok());
        config.look_in(folders.flat_map(|target| {
            let below = target.ancestors().take_while(|folder| **folder != common);
            below.map(Path::to_owned).collect::<Vec<_>>()
        }))?;
        Ok(config)
    }

    /// Adds the configurations in the folders of files that were found, judged by what
    /// is `known`.
    pub fn with_nested<'a>(
        &self,
        files: impl IntoIterator<Item = &'a Path>,
        known: Known<'_>,
    ) -> Result<Self, ConfigError> {
        let mut config = self.clone();
        let mut folders = BTreeSet::new();
        for file in files {
            for folder in file.ancestors().skip(1) {
                if !folder.starts_with(&self.root) || !folders.insert(folder.to_owned()) {
                    break;
                }
            }
        }
        config.look_in(folders)?;
        config.check(known)?;
        Ok(config)
    }

    fn look_in(&mut self, folders: impl IntoIterator<Item = PathBuf>) -> Result<(), ConfigError> {
        let Some(finder) = self.finder.clone() else {
            return Ok(());
        };
        let own = self.all().map(|layer| layer.folder().to_owned());
        let mut seen: BTreeSet<PathBuf> = own.collect();
        for folder in folders {
            // What speaks of everything was looked for already.
            if finder.common.starts_with(&folder) || !seen.insert(folder.clone()) {
                continue;
            }
            let layers = finder.folder(&folder)?;
            if !layers.is_empty() {
                self.add_below(layers, false)?;
            }
        }
        Ok(())
    }

    /// Adds a configuration; only the topmost speaks of the run.
    fn add_below(&mut self, layers: Vec<Layer>, is_top: bool) -> Result<(), ConfigError> {
        if let Some(layer) = layers.last()
            && let Some(key) = layer.of_the_run()
            && !is_top
        {
            let place = match self.top.last() {
                Some(top) => top.path().display().to_string(),
                None => format!(
                    "{} of a folder that holds all that is scanned",
                    FILE_NAMES[0]
                ),
            };
            let message = format!("`{key}` is about the whole run, and counts only in {place}");
            return Err(layer.fault(&[key], message));
        }
        let added = self.add(layers);
        if is_top {
            self.top = added;
        }
        Ok(())
    }

    fn add(&mut self, layers: Vec<Layer>) -> Vec<Arc<Layer>> {
        let layers: Vec<Arc<Layer>> = layers.into_iter().map(Arc::new).collect();
        for layer in &layers {
            let scope = self.layers.entry(layer.scope().to_owned()).or_default();
            scope.push(Arc::clone(layer));
        }
        layers
    }

    /// Every configuration, those of a folder before those below it.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Layer>> {
        self.layers.values().flatten()
    }

    /// Refuses rules and packs that there are none of.
    pub fn check(&self, known: Known<'_>) -> Result<(), ConfigError> {
        self.all().try_for_each(|layer| layer.check(known))
    }

    /// The configurations that count for a path of the scan, the farthest first.
    pub fn chain(&self, path: &str) -> Vec<&Arc<Layer>> {
        let mut chain = Vec::new();
        let ends = path.match_indices('/').map(|(at, _)| at + 1);
        for end in std::iter::once(0).chain(ends) {
            for layer in self.layers.get(&path[..end]).into_iter().flatten() {
                if layer.settings().root {
                    // What it extends stands before it and is its own.
                    let own = |other: &&Arc<Layer>| {
                        other.is_extended() && other.folder() == layer.folder()
                    };
                    chain.retain(own);
                }
                chain.push(layer);
            }
        }
        chain
    }

    /// What the topmost says of the run, by a key of it.
    pub fn of_run<T>(&self, key: impl Fn(&Settings) -> Option<T>) -> Option<T> {
        self.top
            .iter()
            .rev()
            .find_map(|layer| key(layer.settings()))
    }

    /// Identifiers of the packs that take part, where the configuration says.
    pub fn packs(&self) -> Option<&[String]> {
        self.top
            .iter()
            .rev()
            .find_map(|layer| layer.settings().packs.as_deref())
    }

    /// Folders of rule packs that the topmost names; each must lie in the repository.
    pub fn pack_folders(&self) -> Result<Vec<PackFolder>, ConfigError> {
        let Some((limit, tree)) = &self.home else {
            return Ok(Vec::new());
        };
        let mut folders = Vec::new();
        for layer in &self.top {
            for value in &layer.settings().rules {
                let out = || {
                    let message = format!("{value} leads out of the repository");
                    layer.fault(&["rules"], message)
                };
                let path = find::below(limit, &layer.folder().join(value)).ok_or_else(out)?;
                tree.list(&path).map_err(|error| {
                    if error.kind() == std::io::ErrorKind::PermissionDenied {
                        return out();
                    }
                    let reason = crate::walk::reason(&error);
                    layer.fault(&["rules"], format!("{value}: {reason}"))
                })?;
                folders.push(PackFolder {
                    tree: Arc::clone(tree),
                    path,
                });
            }
        }
        Ok(folders)
    }

    /// The indexes that the topmost names, with their names for messages; each must lie in
    /// the repository.
    pub fn indexes(&self, limit: u64) -> Result<Vec<(String, Content)>, ConfigError> {
        let Some((above, tree)) = &self.home else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for layer in &self.top {
            for value in &layer.settings().indexes {
                let out = || {
                    let message = format!("{value} leads out of the repository");
                    layer.fault(&["indexes"], message)
                };
                let path = find::below(above, &layer.folder().join(value)).ok_or_else(out)?;
                let content = tree.read_any(&path, limit).map_err(|error| {
                    if error.kind() == std::io::ErrorKind::PermissionDenied {
                        return out();
                    }
                    let reason = crate::walk::reason(&error);
                    layer.fault(&["indexes"], format!("{value}: {reason}"))
                })?;
                found.push((value.clone(), content));
            }
        }
        Ok(found)
    }

    /// Reads a file of the tree that the configurations came from.
    pub fn read(&self, path: &Path, limit: u64) -> std::io::Result<Content> {
        let home = self.home.as_ref();
        let found = home.and_then(|(above, tree)| Some((find::below(above, path)?, tree)));
        match found {
            Some((path, tree)) => tree.read(&path, limit),
            None => Err(std::io::Error::from(std::io::ErrorKind::NotFound)),
        }
    }

    /// Where the baseline lies, as the topmost says; it need not be there yet.
    pub fn baseline(&self) -> Result<Option<PathBuf>, ConfigError> {
        for layer in self.top.iter().rev() {
            let Some(name) = &layer.settings().baseline else {
                continue;
            };
            let path = layer.folder().join(name);
            let folder = path.parent().unwrap_or(layer.folder());
            let inside = |path: &Path| {
                let real = path.canonicalize();
                real.is_ok_and(|real| real.starts_with(find::checkout(layer.folder())))
            };
            let is_link = path
                .symlink_metadata()
                .is_ok_and(|found| found.is_symlink());
            if !inside(folder) || (is_link && !inside(&path)) {
                let message = format!("{name} leads out of the repository or into no folder");
                return Err(layer.fault(&["baseline"], message));
            }
            return Ok(Some(path));
        }
        Ok(None)
    }

    /// Who owns the repository, where the configuration of its root says.
    pub fn owner(&self) -> Option<&str> {
        let chain = self.chain("");
        let mut owners = chain.iter().rev();
        owners.find_map(|layer| layer.settings().owner.as_deref())
    }

    /// Who owns a file, where the configuration says something of its own of it: an
    /// override, or a configuration below the root.
    pub fn owner_of(&self, path: &str) -> Option<&str> {
        let absolute = self.root.join(path);
        self.chain(path).into_iter().rev().find_map(|layer| {
            let own = || layer.settings().owner.as_deref();
            let overrides = layer.overrides(&absolute);
            overrides
                .iter()
                .rev()
                .find_map(|(entry, _)| entry.owner.as_deref())
                .or_else(|| (!layer.scope().is_empty()).then(own).flatten())
        })
    }

    /// The level configured for a rule in a file. In the merged table an id counts
    /// before a glob and a longer glob before a shorter one; overrides come last.
    pub fn level(&self, path: &str, names: &[impl AsRef<str>]) -> Option<Level> {
        let chain = self.chain(path);
        let absolute = self.root.join(path);
        let overridden = chain.iter().rev().find_map(|layer| {
            let overrides = layer.overrides(&absolute);
            overrides
                .iter()
                .rev()
                .find_map(|(_, levels)| levels.of(names))
        });
        let exact = || {
            chain
                .iter()
                .rev()
                .find_map(|layer| layer.levels().exact(names))
        };
        let longest = || {
            let found = chain
                .iter()
                .filter_map(|layer| layer.levels().longest(names));
            // Of two that are alike the last, which is the nearest.
            found.max_by_key(|(pattern, _)| pattern.len())
        };
        overridden.or_else(|| exact().or_else(longest).map(|(_, level)| level))
    }

    /// Whether a rule is switched off for a file.
    pub fn is_off(&self, path: &str, names: &[impl AsRef<str>]) -> bool {
        self.level(path, names) == Some(Level::Off)
    }

    /// Whether a rule is switched off for every file.
    pub fn is_off_everywhere(&self, names: &[impl AsRef<str>]) -> bool {
        let elsewhere = || {
            self.all()
                .flat_map(|layer| layer.tables())
                .filter_map(|levels| levels.of(names))
                .any(|level| level != Level::Off)
        };
        let apart = || {
            self.all()
                .any(|layer| layer.settings().root && !layer.scope().is_empty())
        };
        self.is_off("", names) && !elsewhere() && !apart()
    }

    /// The severity configured for a rule in a file.
    pub fn severity_of(&self, path: &str, names: &[impl AsRef<str>]) -> Option<Severity> {
        self.level(path, names)?.severity()
    }

    /// Entries of `ignore`, the topmost first.
    pub fn ignores(&self) -> impl Iterator<Item = Ignore<'_>> {
        self.all().flat_map(|layer| layer.ignores())
    }

    /// The entries of `ignore` of a layer that may count for a file of the scan, by their
    /// numbers.
    pub fn ignores_near(&self, layer: &Layer, path: &str) -> Vec<usize> {
        layer.ignores_near(&self.root.join(path).to_string_lossy())
    }

    /// Whether an entry of `ignore` counts for a file of the scan.
    pub fn counts(&self, entry: &Ignore<'_>, path: &str) -> bool {
        entry.covers(&self.root.join(path)) && self.reaches(entry.layer(), path)
    }

    /// Whether an entry of `grants` counts for a file of the scan.
    pub fn grants(&self, entry: &Granted<'_>, path: &str) -> bool {
        entry.covers(&self.root.join(path)) && self.reaches(entry.layer(), path)
    }

    /// Whether a configuration speaks of a file.
    fn reaches(&self, layer: &Layer, path: &str) -> bool {
        let chain = self.chain(path);
        chain
            .iter()
            .any(|one| std::ptr::eq(&raw const ***one, layer))
    }

    /// How attributions of a file are written, and what was changed in it; of each what
    /// the nearest says.
    pub fn attribution_of(&self, path: &str) -> (Option<AttributionStyle>, Option<&str>) {
        let chain = self.chain(path);
        let nearest = || {
            chain
                .iter()
                .rev()
                .map(|layer| &layer.settings().attribution)
        };
        (
            nearest().find_map(|said| said.style),
            nearest().find_map(|said| said.changes.as_deref()),
        )
    }

    /// The files that are not scanned.
    pub fn excludes(&self) -> Exclude {
        let mut exclude = Exclude::default();
        for layer in self.all() {
            let stops = layer.settings().root;
            exclude.add(layer.folder(), layer.exclude(), stops);
        }
        exclude
    }
}

/// The first key that is about the run as a whole and not about files.
fn of_the_run(settings: &Settings) -> Option<&'static str> {
    [
        ("fail-on", settings.fail_on.is_some()),
        ("format", !settings.format.is_empty()),
        ("threads", settings.threads.is_some()),
        ("baseline", settings.baseline.is_some()),
        ("rules", !settings.rules.is_empty()),
        ("indexes", !settings.indexes.is_empty()),
        ("packs", settings.packs.is_some()),
    ]
    .into_iter()
    .find_map(|(key, is_there)| is_there.then_some(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> Config {
        let settings = serde_yaml::from_str(text).expect("settings");
        Config::of(settings, Path::new("/repo"))
    }

    #[test]
    fn the_more_specific_severity_counts() {
        let config = config(
            "severity:\n  trademark/*: off\n  trademark/altered: error\n  '*': note\n\
             overrides:\n- paths: [docs/]\n  severity: { trademark/altered: warning }\n",
        );
        let at = |path, id: &str| config.severity_of(path, &[id]);
        assert_eq!(at("a.md", "trademark/altered"), Some(Severity::Error));
        assert_eq!(
            at("docs/a.md", "trademark/altered"),
            Some(Severity::Warning)
        );
        assert_eq!(at("a.md", "a/b"), Some(Severity::Note));
        assert!(config.is_off("docs/a.md", &["trademark/other"]));
        assert!(config.is_off_everywhere(&["trademark/other"]));
        assert!(!config.is_off_everywhere(&["trademark/altered"]));
    }
}
