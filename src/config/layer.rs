//! One configuration at its place: what it says of the files below its folder.

use std::ops::Range;
use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::grant::Granted;
use super::index::PathIndex;
use super::read::{ConfigError, Document};
use super::settings::{IgnoreEntry, Level, Override, Settings};
use super::spots::{Node, Step};
use super::{Known, of_the_run};
use crate::selection::{RulePattern, nearest};

/// One configuration at its place.
#[derive(Debug)]
pub struct Layer {
    document: Document,
    /// As the user can open it.
    path: PathBuf,
    /// Where it lies, without links.
    file: PathBuf,
    /// The folder that it speaks of and that its patterns are relative to.
    folder: PathBuf,
    /// That folder relative to the root of the scan, ending in a slash; empty for the
    /// root and what lies above.
    scope: String,
    /// Another one extends it.
    extended: bool,
    levels: Levels,
    ignore: Vec<Gitignore>,
    ignore_index: PathIndex,
    override_index: PathIndex,
    grants: Vec<Gitignore>,
    overrides: Vec<(Gitignore, Levels)>,
}

/// Levels by rule id or glob.
#[derive(Debug, Default)]
pub(super) struct Levels(Vec<(RulePattern, Level)>);

impl Levels {
    fn new<'a>(levels: impl IntoIterator<Item = (&'a String, &'a Level)>) -> Self {
        let levels = levels.into_iter();
        Self(
            levels
                .filter_map(|(text, level)| Some((RulePattern::new(text).ok()?, *level)))
                .collect(),
        )
    }

    /// The level of a rule one of whose names stands there itself, the present one first.
    pub fn exact(&self, names: &[impl AsRef<str>]) -> Option<(&str, Level)> {
        let found = names.iter().find_map(|name| {
            let mut levels = self.0.iter();
            levels.find(|(pattern, _)| pattern.text() == name.as_ref())
        })?;
        Some((found.0.text(), found.1))
    }

    /// The level of the longest pattern that matches.
    pub fn longest(&self, names: &[impl AsRef<str>]) -> Option<(&str, Level)> {
        self.0
            .iter()
            .filter(|(pattern, _)| names.iter().any(|name| pattern.matches(name.as_ref())))
            .max_by_key(|(pattern, _)| pattern.text().len())
            .map(|(pattern, level)| (pattern.text(), *level))
    }

    pub fn of(&self, names: &[impl AsRef<str>]) -> Option<Level> {
        self.exact(names)
            .or_else(|| self.longest(names))
            .map(|(_, level)| level)
    }
}

impl Layer {
    pub(super) fn new(
        document: Document,
        path: PathBuf,
        folder: &Path,
        root: &Path,
        extended: bool,
    ) -> Self {
        let settings = &document.settings;
        let matcher = |patterns: &[String]| matcher(folder, patterns);
        let ignore = settings.ignore.iter().map(|entry| matcher(&entry.paths));
        let grants = settings.grants.iter().map(|entry| matcher(&entry.paths));
        let overrides = settings
            .overrides
            .iter()
            .map(|entry| (matcher(&entry.paths), Levels::new(&entry.severity)));
        Self {
            levels: Levels::new(&settings.severity),
            ignore: ignore.collect(),
            ignore_index: PathIndex::new(settings.ignore.iter().map(|entry| &entry.paths[..])),
            override_index: PathIndex::new(settings.overrides.iter().map(|entry| &entry.paths[..])),
            grants: grants.collect(),
            overrides: overrides.collect(),
            file: path.clone(),
            path,
            scope: scope(folder, root),
            folder: folder.to_owned(),
            extended,
            document,
        }
    }

    /// The same, which lies at a path.
    pub(super) fn at_file(mut self, file: &Path) -> Self {
        file.clone_into(&mut self.file);
        self
    }

    /// Where it lies.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// What it says.
    pub fn settings(&self) -> &Settings {
        &self.document.settings
    }

    /// As the user can open it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Relative to the root of a scan, where it lies below it; `/` between the parts.
    pub fn path_below(&self, root: &Path) -> String {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let real = self.path.canonicalize();
        let path = real.unwrap_or_else(|_| self.path.clone());
        let shown = path.strip_prefix(&root).unwrap_or(&self.path);
        crate::walk::readable(&shown.to_string_lossy())
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.document.text
    }

    /// The folder that it speaks of.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether another configuration extends it.
    pub fn is_extended(&self) -> bool {
        self.extended
    }

    pub(super) fn scope(&self) -> &str {
        &self.scope
    }

    pub(super) fn levels(&self) -> &Levels {
        &self.levels
    }

    /// Matches the files that are not scanned.
    pub fn exclude(&self) -> Gitignore {
        matcher(&self.folder, &self.settings().exclude)
    }

    /// Entries of `ignore`, each with whether it covers a path of the scan, and where
    /// it names its rule.
    pub fn ignores(&self) -> impl Iterator<Item = Ignore<'_>> {
        let entries = self.settings().ignore.iter().zip(&self.ignore).enumerate();
        entries.map(|(index, (entry, matcher))| Ignore {
            layer: self,
            index,
            entry,
            matcher,
        })
    }

    /// The entries of `ignore` that may cover an absolute path, by their numbers.
    pub(super) fn ignores_near(&self, path: &str) -> Vec<usize> {
        self.ignore_index.candidates(path)
    }

    /// Entries of `grants`.
    pub fn grants(&self) -> impl Iterator<Item = Granted<'_>> {
        let entries = self.settings().grants.iter().zip(&self.grants).enumerate();
        entries.map(|(index, (entry, matcher))| Granted::new(self, index, entry, matcher))
    }

    /// Where its keys and values stand.
    pub(super) fn spots(&self) -> &Node {
        &self.document.spots
    }

    /// Entries of `overrides` that cover a path, which is absolute.
    pub(super) fn overrides(&self, path: &Path) -> Vec<(&Override, &Levels)> {
        let near = self.override_index.candidates(&path.to_string_lossy());
        let entries = near.into_iter().filter_map(|at| {
            let (matcher, levels) = self.overrides.get(at)?;
            Some((self.settings().overrides.get(at)?, matcher, levels))
        });
        entries
            .filter(|(_, matcher, _)| covers(matcher, path))
            .map(|(entry, _, levels)| (entry, levels))
            .collect()
    }

    /// Every table of levels that it has.
    pub(super) fn tables(&self) -> impl Iterator<Item = &Levels> {
        std::iter::once(&self.levels).chain(self.overrides.iter().map(|(_, levels)| levels))
    }

    /// The first key that is about the run as a whole.
    pub(super) fn of_the_run(&self) -> Option<&'static str> {
        of_the_run(self.settings())
    }

    pub(super) fn fault(&self, keys: &[&str], message: String) -> ConfigError {
        let steps: Vec<Step<'_>> = keys.iter().map(|key| Step::Key(key)).collect();
        self.at(self.document.spots.key(&steps), message)
    }

    /// The line, from 1, that a byte of its text is on.
    pub(super) fn line(&self, at: usize) -> usize {
        let before = &self.document.text.as_bytes()[..at.min(self.document.text.len())];
        memchr::memchr_iter(b'\n', before).count() + 1
    }

    /// The line that a value stands on.
    pub(super) fn line_of(&self, steps: &[Step<'_>]) -> usize {
        self.line(self.document.spots.key(steps).start)
    }

    pub(super) fn at(&self, place: Range<usize>, message: String) -> ConfigError {
        if self.document.unquoted {
            return ConfigError::unquoted(&self.path);
        }
        ConfigError::at(&self.path, &self.document.text, (message, place))
    }

    /// Every rule or pattern of rules that it names.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        let settings = self.settings();
        let overrides = settings.overrides.iter();
        let levels = settings.severity.keys();
        let levels = levels.chain(overrides.flat_map(|entry| entry.severity.keys()));
        let ignored = settings.ignore.iter().map(|entry| entry.rule.as_str());
        levels.map(String::as_str).chain(ignored)
    }

    /// Refuses rules and packs that there are none of.
    pub(super) fn check(&self, known: Known<'_>) -> Result<(), ConfigError> {
        let settings = self.settings();
        let spots = &self.document.spots;
        let is_rule = |text: &str| RulePattern::known(text, known.rules.iter().copied());
        for text in settings.severity.keys() {
            let steps = [Step::Key("severity"), Step::Key(text)];
            is_rule(text).map_err(|said| self.at(spots.key(&steps), said))?;
        }
        for (index, entry) in settings.ignore.iter().enumerate() {
            let steps = [Step::Key("ignore"), Step::Item(index), Step::Key("rule")];
            is_rule(&entry.rule).map_err(|said| self.at(spots.value(&steps), said))?;
        }
        for (index, entry) in settings.overrides.iter().enumerate() {
            let at = [
                Step::Key("overrides"),
                Step::Item(index),
                Step::Key("severity"),
            ];
            for text in entry.severity.keys() {
                let steps = [&at[..], &[Step::Key(text)]].concat();
                is_rule(text).map_err(|said| self.at(spots.key(&steps), said))?;
            }
        }
        self.check_grants(known)?;
        self.check_packs(known.packs)
    }

    /// A pack that is not there checks nothing, and neither does an empty list.
    fn check_packs(&self, known: &[&str]) -> Result<(), ConfigError> {
        let Some(packs) = &self.settings().packs else {
            return Ok(());
        };
        let spots = &self.document.spots;
        if packs.is_empty() {
            let message = format!("no pack; there are: {}", known.join(", "));
            return Err(self.at(spots.key(&[Step::Key("packs")]), message));
        }
        for (index, id) in packs.iter().enumerate() {
            if !known.contains(&id.as_str()) {
                let meant = nearest(id, known.iter().copied())
                    .map_or_else(String::new, |pack| format!("; did you mean `{pack}`?"));
                let message = format!("no pack `{id}`; there are: {}{meant}", known.join(", "));
                let steps = [Step::Key("packs"), Step::Item(index)];
                return Err(self.at(spots.value(&steps), message));
            }
        }
        Ok(())
    }
}

/// One entry of `ignore` at its place.
#[derive(Clone, Copy, Debug)]
pub struct Ignore<'a> {
    layer: &'a Layer,
    index: usize,
    /// What it says.
    pub entry: &'a IgnoreEntry,
    matcher: &'a Gitignore,
}

impl<'a> Ignore<'a> {
    /// Whether it covers a file, whose path is absolute.
    pub fn covers(&self, path: &Path) -> bool {
        path.starts_with(&self.layer.folder)
            && (self.entry.paths.is_empty() || covers(self.matcher, path))
    }

    /// Whether it covers everything below the root of the scan.
    pub fn is_everywhere(&self) -> bool {
        self.entry.paths.is_empty() && self.layer.scope.is_empty()
    }

    /// Where it names its rule.
    pub fn place(&self) -> Range<usize> {
        let steps = [
            Step::Key("ignore"),
            Step::Item(self.index),
            Step::Key("rule"),
        ];
        self.layer.document.spots.value(&steps)
    }

    /// The configuration that it stands in.
    pub fn layer(&self) -> &'a Layer {
        self.layer
    }
}

pub(super) fn covers(matcher: &Gitignore, path: &Path) -> bool {
    path.starts_with(matcher.path()) && matcher.matched_path_or_any_parents(path, false).is_ignore()
}

fn matcher(folder: &Path, patterns: &[String]) -> Gitignore {
    let mut builder = GitignoreBuilder::new(folder);
    for pattern in patterns {
        // Judged when the configuration was read.
        let _ = builder.add_line(None, pattern);
    }
    builder.build().unwrap_or_else(|_| Gitignore::empty())
}

/// A folder relative to the root, ending in a slash; empty for the root and above.
fn scope(folder: &Path, root: &Path) -> String {
    let Ok(below) = folder.strip_prefix(root) else {
        return String::new();
    };
    let mut scope = String::new();
    for part in below.components() {
        scope.push_str(&part.as_os_str().to_string_lossy());
        scope.push('/');
    }
    scope
}
