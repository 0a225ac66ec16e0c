//! Package descriptions that are read for their licence alone, as data.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fields::Means;
use super::flat::Flat;
use super::{flat, json, lines, strings, toml, xml};
use crate::facts::NameRole;
use crate::parse::licence::labels;
use crate::parse::yaml;
use crate::source::Source;

/// How a description is written.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
enum Syntax {
    Json,
    Yaml,
    Toml,
    Xml,
    Lines,
    Labels,
    Literals,
}

/// One entry of `packages.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Description {
    files: Vec<String>,
    syntax: Syntax,
    /// Of `literals`: the words that open a value.
    #[serde(default)]
    words: Vec<String>,
    #[serde(default)]
    needs: Vec<String>,
    /// The title of what is published.
    #[serde(default)]
    title: Vec<String>,
    #[serde(default)]
    licence: Vec<String>,
    #[serde(default)]
    url: Vec<String>,
    #[serde(default)]
    file: Vec<String>,
    /// The picture that a store or a device shows for it.
    #[serde(default)]
    icon: Vec<String>,
}

/// The entries, found by name without looking at each.
#[derive(Default)]
struct Descriptions {
    all: Vec<Description>,
    names: HashMap<String, usize>,
    /// By the name's end, from its dot: `.podspec`, `.podspec.json`.
    endings: HashMap<String, usize>,
    /// By the name up to its first dot, with the dot.
    starts: HashMap<String, usize>,
    /// By file name, with the folder above it.
    below: HashMap<String, (String, usize)>,
}

fn descriptions() -> &'static Descriptions {
    static ALL: LazyLock<Descriptions> =
        LazyLock::new(|| Descriptions::load(include_str!("packages.yaml")).unwrap_or_default());
    &ALL
}

impl Descriptions {
    fn load(text: &str) -> Result<Self, serde_yaml::Error> {
        let all: Vec<Description> = serde_yaml::from_str(text)?;
        let mut found = Self::default();
        for (index, entry) in all.iter().enumerate() {
            for file in &entry.files {
                if let Some(ending) = file.strip_prefix('*') {
                    found.endings.insert(ending.to_owned(), index);
                } else if let Some(start) = file.strip_suffix('*') {
                    found.starts.insert(start.to_owned(), index);
                } else if let Some((folder, name)) = file.split_once('/') {
                    let below = (folder.to_owned(), index);
                    found.below.insert(name.to_owned(), below);
                } else {
                    found.names.insert(file.clone(), index);
                }
            }
        }
        found.all = all;
        Ok(found)
    }

    fn index(&self, path: &str, lower: &str) -> Option<usize> {
        if let Some(&index) = self.names.get(lower) {
            return Some(index);
        }
        if let Some((folder, index)) = self.below.get(lower) {
            let above = path.rsplit('/').nth(1);
            return (above == Some(folder)).then_some(*index);
        }
        let start = lower.find('.').map_or("", |dot| &lower[..=dot]);
        if let Some(&index) = self.starts.get(start) {
            return Some(index);
        }
        // The longer ending first: `.podspec.json` before `.json`.
        let dots = lower.match_indices('.').map(|(at, _)| at);
        dots.filter(|&at| at > 0)
            .find_map(|at| self.endings.get(&lower[at..]).copied())
    }
}

/// Whether the file at `path`, whose name in lower case is `lower`, is one of them.
pub fn is_described(path: &str, lower: &str) -> bool {
    descriptions().index(path, lower).is_some()
}

impl Description {
    /// The description of a source.
    pub(super) fn of(source: &Source) -> Option<&'static Self> {
        let lower = source.file_name().to_ascii_lowercase();
        let found = descriptions();
        found
            .index(&source.path, &lower)
            .map(|index| &found.all[index])
    }

    /// The entries of a source; `None` when another tool's file has the name.
    pub(super) fn read(&self, source: &Source) -> Option<Flat> {
        let flat = match self.syntax {
            Syntax::Json if !source.text.trim_start().starts_with('{') => return None,
            Syntax::Json => json::read(source),
            Syntax::Yaml => {
                let yaml = yaml::parse(&source.text, 0, source.id, &source.budget);
                Flat {
                    entries: yaml.entries,
                    problem: yaml.problem,
                }
            }
            Syntax::Toml => toml::read(source),
            Syntax::Xml => xml::read(source),
            Syntax::Lines => lines::read(source),
            Syntax::Labels => label_entries(source),
            Syntax::Literals => strings::read(source, &self.words),
        };
        let meant = self.needs.is_empty()
            || flat
                .entries
                .iter()
                .any(|entry| self.needs.iter().any(|key| is_below(key, &entry.key)));
        meant.then_some(flat)
    }

    /// What a key says.
    pub(super) fn means(&self, key: &str) -> Option<Means> {
        let any = |patterns: &[String]| patterns.iter().any(|one| flat::matches(one, key));
        if any(&self.title) {
            Some(Means::Name(NameRole::Display))
        } else if any(&self.licence) {
            Some(Means::Licence)
        } else if any(&self.url) {
            Some(Means::LicenceUrl)
        } else if any(&self.file) {
            Some(Means::LicenceFile)
        } else if any(&self.icon) {
            Some(Means::Icon)
        } else {
            None
        }
    }
}

fn label_entries(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let values = labels::values(&source.text, true);
    let titles = labels::titles(&source.text);
    let labels = values.into_iter().map(|range| ("label", range));
    for (key, range) in labels.chain(titles.into_iter().map(|range| ("title", range))) {
        let value = source.text[range.clone()].to_owned();
        let key_range = range.start..range.start;
        flat.push(source, key.to_owned(), value, key_range, range);
    }
    flat
}

/// Whether `key` is `pattern`, or below it where it ends in `.*`.
fn is_below(pattern: &str, key: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => key.starts_with(start),
        None => key == pattern,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_sound() {
        let all = Descriptions::load(include_str!("packages.yaml")).expect("packages.yaml loads");
        for entry in &all.all {
            let told = [&entry.licence, &entry.icon, &entry.title];
            assert!(
                told.iter().any(|keys| !keys.is_empty()),
                "{:?}",
                entry.files
            );
            assert_eq!(
                entry.words.is_empty(),
                entry.syntax != Syntax::Literals,
                "{:?}",
                entry.files
            );
            for file in &entry.files {
                assert_eq!(*file, file.to_lowercase());
            }
        }
    }

    #[test]
    fn files_are_known_by_name_ending_and_folder() {
        for path in [
            "CITATION.cff",
            "roles/a/meta/main.yml",
            "Harbour.podspec",
            "Harbour.podspec.json",
            "build.gradle.kts",
            "Dockerfile",
            "Dockerfile.alpine",
            "api.dockerfile",
            "DESCRIPTION",
        ] {
            let lower = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            assert!(is_described(path, &lower), "{path}");
        }
        for path in [
            "tasks/main.yml",
            ".cabal",
            "a.gradle.md",
            "main.yml",
            "dockerfiles",
            "compose.yaml",
        ] {
            let lower = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            assert!(!is_described(path, &lower), "{path}");
        }
    }
}
