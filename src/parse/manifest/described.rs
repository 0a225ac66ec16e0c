//! Package descriptions that are read for their licence, names and icon, as data.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::fields::Means;
use super::flat::Flat;
use super::{flat, ini, json, lines, strings, toml, xml};
use crate::facts::NameRole;
use crate::parse::licence::labels;
use crate::parse::yaml;
use crate::source::{Source, floor_boundary};

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
    Sections,
    Plist,
    Resources,
    Header,
    Whole,
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
    /// With one of these keys it describes something else.
    #[serde(default)]
    unless: Vec<String>,
    /// Its identity in a registry.
    #[serde(default)]
    name: Vec<String>,
    /// The title of what is published.
    #[serde(default)]
    title: Vec<String>,
    /// The address that it is published at.
    #[serde(default)]
    homepage: Vec<String>,
    /// What people read of it.
    #[serde(default)]
    prose: Vec<String>,
    /// Who publishes it.
    #[serde(default)]
    publisher: Vec<String>,
    #[serde(default)]
    licence: Vec<String>,
    #[serde(default)]
    url: Vec<String>,
    #[serde(default)]
    file: Vec<String>,
    /// The picture that a store or a device shows for it.
    #[serde(default)]
    icon: Vec<String>,
    /// A store or gallery shows the icon to others as it stands here.
    #[serde(default)]
    pub(super) store: bool,
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
    /// By file name, with the folders above it, the nearest first; `*` is any folder.
    below: HashMap<String, Vec<(Vec<String>, usize)>>,
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
                } else if let Some((folders, name)) = file.rsplit_once('/') {
                    let folders = folders.rsplit('/').map(str::to_owned).collect();
                    let below = found.below.entry(name.to_owned()).or_default();
                    below.push((folders, index));
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
        if let Some(places) = self.below.get(lower) {
            let lies = |folders: &[String]| {
                let mut above = path.rsplit('/').skip(1);
                let mut folders = folders.iter();
                folders.all(|one| above.next().is_some_and(|own| one == "*" || own == one))
            };
            let place = places.iter().find(|(folders, _)| lies(folders));
            return place.map(|(_, index)| *index);
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
            Syntax::Sections => ini::read(source),
            Syntax::Plist => xml::read_plist(source),
            Syntax::Resources => xml::read_resources(source),
            Syntax::Header => header(source),
            Syntax::Whole => whole(source),
            Syntax::Literals => strings::read(source, &self.words),
        };
        let has = |keys: &[String]| {
            let mut entries = flat.entries.iter();
            entries.any(|entry| keys.iter().any(|key| is_below(key, &entry.key)))
        };
        let meant = (self.needs.is_empty() || has(&self.needs)) && !has(&self.unless);
        meant.then_some(flat)
    }

    /// What a key says.
    pub(super) fn means(&self, key: &str) -> Option<Means> {
        let any = |patterns: &[String]| patterns.iter().any(|one| flat::matches(one, key));
        if any(&self.name) {
            Some(Means::Name(NameRole::Package))
        } else if any(&self.title) {
            Some(Means::Name(NameRole::Display))
        } else if any(&self.homepage) {
            Some(Means::Name(NameRole::Domain))
        } else if any(&self.prose) {
            Some(Means::Prose)
        } else if any(&self.publisher) {
            Some(Means::Publisher)
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

/// A file that holds one value.
fn whole(source: &Source) -> Flat {
    let mut flat = Flat::default();
    let text = source.text.trim();
    let start = source.text.len() - source.text.trim_start().len();
    if !text.is_empty() && !text.contains('\n') {
        let range = start..start + text.len();
        flat.push(
            source,
            "text".to_owned(),
            text.to_owned(),
            start..start,
            range,
        );
    }
    flat
}

/// The lines `Key: value` of the comment that a file begins with.
fn header(source: &Source) -> Flat {
    /// WordPress reads this much of a file, in bytes.
    const READ: usize = 8 * 1024;
    let mut flat = Flat::default();
    let head = &source.text[..floor_boundary(&source.text, READ.min(source.text.len()))];
    let Some(open) = head.trim_start().strip_prefix("/*") else {
        return flat;
    };
    let mut at = head.len() - open.len();
    let end = open.find("*/").map_or(head.len(), |end| at + end);
    for line in head[at..end].split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some((key, value)) = line.split_once(':') else {
            continue;
        };
        let name = key.trim_matches(|c: char| c.is_whitespace() || c == '*');
        let value_at = start + key.len() + 1 + (value.len() - value.trim_start().len());
        let value = value.trim();
        let key_at = start + key.find(name).unwrap_or(0);
        if !name.is_empty() && !value.is_empty() {
            flat.push(
                source,
                name.to_owned(),
                value.to_owned(),
                key_at..key_at + name.len(),
                value_at..value_at + value.len(),
            );
        }
    }
    flat
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
            let told = [&entry.licence, &entry.icon, &entry.title, &entry.name];
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
            "src/_locales/pt_BR/messages.json",
            "fastlane/metadata/android/en-US/title.txt",
            "fastlane/metadata/en-US/name.txt",
            "app/src/main/play/listings/en-US/title.txt",
            "ios/Runner/Info.plist",
            "harbour.desktop",
            ".fdroid.yml",
            "app/src/main/AndroidManifest.xml",
            "app/src/main/res/values/strings.xml",
            "app/src/main/res/values-de/strings.xml",
            "wp-content/themes/harbour/style.css",
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
            "locales/en/messages.json",
            "_locales/messages.json",
            "docs/title.txt",
            "metadata/android/title.txt",
            "metadata/org.example.harbour.yml",
            "text/strings.xml",
            "theme.css",
        ] {
            let lower = path.rsplit('/').next().unwrap_or(path).to_lowercase();
            assert!(!is_described(path, &lower), "{path}");
        }
    }
}
