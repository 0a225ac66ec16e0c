//! Finding, reading and judging `termscheck.yaml`; every error points at the key at
//! fault.

use std::io::Read as _;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::GitignoreBuilder;
use miette::{Diagnostic, NamedSource, SourceSpan};

use super::{Config, FILE_NAMES, Origin};
use crate::facts::FrontMatterEntry;
use crate::parse::yaml;
use crate::selection::{RulePattern, nearest};
use crate::source::FileId;

const KEYS: [&str; 5] = ["ignore", "exclude", "owner", "packs", "severity"];
const IGNORE_KEYS: [&str; 3] = ["rule", "paths", "reason"];

/// Largest configuration that is read, in bytes.
const MAX_SIZE: u64 = 1024 * 1024;

/// A configuration that can't be used; points at the key at fault.
#[derive(Debug, thiserror::Error, Diagnostic)]
#[error("{message}")]
#[diagnostic(help("keys: ignore, exclude, owner, packs, severity; see docs/config.md"))]
pub struct ConfigError {
    message: String,
    #[source_code]
    text: Option<NamedSource<String>>,
    #[label("here")]
    place: Option<SourceSpan>,
}

/// What a configuration may speak of.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// Identifiers of the rules.
    pub rules: &'a [&'a str],
    /// Identifiers of the packs.
    pub packs: &'a [&'a str],
}

/// The configuration that speaks for `root`: the nearest one from there up to the
/// git checkout's folder.
pub fn discover(root: &Path) -> Result<Option<PathBuf>, ConfigError> {
    let absolute = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let checkout = absolute
        .ancestors()
        .find(|folder| folder.join(".git").exists())
        .unwrap_or(&absolute);
    for folder in absolute.ancestors() {
        let mut found = FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .filter(|path| path.is_file());
        if let Some(first) = found.next() {
            return match found.next() {
                None => Ok(Some(first)),
                Some(second) => Err(ConfigError {
                    message: format!(
                        "two configurations, and only one can count: {} and {}",
                        first.display(),
                        second.display()
                    ),
                    text: None,
                    place: None,
                }),
            };
        }
        if folder == checkout {
            break;
        }
    }
    Ok(None)
}

/// Reads the configuration at `path` for a scan of `root`; rules and packs that are not
/// in `known` are refused.
pub fn load(path: &Path, root: &Path, known: Known<'_>) -> Result<Config, ConfigError> {
    let mut text = String::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_SIZE).read_to_string(&mut text))
        .map_err(|error| ConfigError {
            message: format!("{}: {error}", path.display()),
            text: None,
            place: None,
        })?;
    let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    let base = path
        .canonicalize()
        .ok()
        .and_then(|path| Some(path.parent()?.to_owned()))
        .filter(|folder| root.starts_with(folder))
        .unwrap_or(root);
    read(&text, path, base, known)
}

fn read(text: &str, path: &Path, base: PathBuf, known: Known<'_>) -> Result<Config, ConfigError> {
    let entries = yaml::parse(text, 0, FileId(0)).entries;
    let fail = |message: String, place: Option<Range<usize>>| ConfigError {
        message: format!("{}: {message}", path.display()),
        text: Some(NamedSource::new(path.to_string_lossy(), harmless(text))),
        place: place.map(SourceSpan::from),
    };
    check_keys(&entries, text).map_err(|(message, place)| fail(message, Some(place)))?;
    let mut config: Option<Config> = serde_yaml::from_str(text).map_err(|error| {
        let place = error.location().map(|at| line_at(text, at.line()));
        fail(error.to_string(), place)
    })?;
    let mut config = config.take().unwrap_or_default();
    check_values(&config, known).map_err(|(key, message)| {
        let entry = entries.iter().find(|entry| entry.key == key);
        // The words at fault are the key of a severity and the value elsewhere.
        let place = entry.map(|entry| {
            if key.starts_with("severity.") {
                entry.key_span.range()
            } else {
                entry.value_span.range()
            }
        });
        fail(message, place)
    })?;
    let ignore = (0..config.ignore.len())
        .filter_map(|index| {
            let key = format!("ignore.{index}.rule");
            let entry = entries.iter().find(|entry| entry.key == key)?;
            Some((index, entry.value_span.range()))
        })
        .collect();
    config.path = Some(path.to_owned());
    config.origin = Some(Arc::new(Origin {
        base,
        text: text.to_owned(),
        ignore,
    }));
    Ok(config)
}

/// Refuses keys that mean nothing, pointing at them.
fn check_keys(entries: &[FrontMatterEntry], text: &str) -> Result<(), (String, Range<usize>)> {
    for entry in entries {
        let mut parts = entry.key.split('.');
        let top = parts.next().unwrap_or_default();
        let (name, allowed): (&str, &[&str]) = match (top, parts.next(), parts.next()) {
            ("ignore", Some(_), Some(name)) => (name, &IGNORE_KEYS),
            _ => (top, &KEYS),
        };
        if !allowed.contains(&name) {
            let meant = nearest(name, allowed.iter().copied())
                .map_or_else(String::new, |key| format!("; did you mean `{key}`?"));
            let message = format!(
                "unknown key `{name}`, expected one of {}{meant}",
                allowed.join(", ")
            );
            let place = match entry.key.split('.').next_back() {
                Some(last) if last == name => entry.key_span.range(),
                // The entry is an item or a value far below the key.
                _ => key_at(text, name),
            };
            return Err((message, place));
        }
    }
    Ok(())
}

/// Judges what serde can't: the key path at fault and what is wrong with it.
fn check_values(config: &Config, known: Known<'_>) -> Result<(), (String, String)> {
    check_packs(config, known.packs)?;
    let known = known.rules;
    for pattern in config.severity.keys() {
        RulePattern::known(pattern, known.iter().copied())
            .map_err(|message| (format!("severity.{pattern}"), message))?;
    }
    for (index, pattern) in config.exclude.iter().enumerate() {
        check_path(pattern).map_err(|message| (format!("exclude.{index}"), message))?;
    }
    for (index, entry) in config.ignore.iter().enumerate() {
        RulePattern::known(&entry.rule, known.iter().copied())
            .map_err(|message| (format!("ignore.{index}.rule"), message))?;
        if entry.reason.trim().is_empty() {
            return Err((
                format!("ignore.{index}.reason"),
                "a reason is needed".to_owned(),
            ));
        }
        for (at, pattern) in entry.paths.iter().enumerate() {
            check_path(pattern)
                .map_err(|message| (format!("ignore.{index}.paths.{at}"), message))?;
        }
    }
    Ok(())
}

/// A pack that is not there checks nothing, and neither does an empty list.
fn check_packs(config: &Config, known: &[&str]) -> Result<(), (String, String)> {
    let Some(packs) = &config.packs else {
        return Ok(());
    };
    if packs.is_empty() {
        let message = format!("no pack; there are: {}", known.join(", "));
        return Err(("packs".to_owned(), message));
    }
    for (index, id) in packs.iter().enumerate() {
        if !known.contains(&id.as_str()) {
            let meant = nearest(id, known.iter().copied())
                .map_or_else(String::new, |pack| format!("; did you mean `{pack}`?"));
            let message = format!("no pack `{id}`; there are: {}{meant}", known.join(", "));
            return Err((format!("packs.{index}"), message));
        }
    }
    Ok(())
}

fn check_path(pattern: &str) -> Result<(), String> {
    let mut builder = GitignoreBuilder::new("");
    builder
        .add_line(None, pattern)
        .map_err(|error| error.to_string())?;
    Ok(())
}

/// The first line that begins with a key.
fn key_at(text: &str, name: &str) -> Range<usize> {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start_matches([' ', '-', '"', '\'']).len();
        if text[start..].starts_with(name) {
            return start..start + name.len();
        }
        at += line.len();
    }
    0..0
}

/// A one-based line without its break.
fn line_at(text: &str, line: usize) -> Range<usize> {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let rest = text[start..].lines().next().unwrap_or("");
    let indent = rest.len() - rest.trim_start().len();
    start + indent..start + rest.len()
}

/// The text with what a terminal could act on replaced, byte for byte.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if crate::report::is_unsafe(c) && !matches!(c, '\n' | '\r' | '\t') {
            out.extend(std::iter::repeat_n('?', c.len_utf8()));
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    const KNOWN: [&str; 2] = ["trademark/altered", "throttling/unbounded-loop"];

    fn known() -> Known<'static> {
        Known {
            rules: &KNOWN,
            packs: &["acme-gears", "other-terms"],
        }
    }

    fn fails(text: &str) -> (String, String) {
        let error = read(text, Path::new("termscheck.yaml"), PathBuf::new(), known())
            .expect_err("a broken configuration");
        let place = error.place.expect("a place");
        let words = &text[place.offset()..place.offset() + place.len()];
        (error.message, words.to_owned())
    }

    #[test]
    fn errors_point_at_the_words_at_fault() {
        for (text, words, said) in [
            (
                "owner: x\nexcludes: [a]\n",
                "excludes",
                "did you mean `exclude`?",
            ),
            (
                "ignore:\n  - rule: a/b\n    why: x\n",
                "why",
                "unknown key `why`",
            ),
            (
                "severity:\n  trademark/alterd: note\n",
                "trademark/alterd",
                "did you mean",
            ),
            (
                "ignore:\n  - rule: trademark/altred\n    reason: x\n",
                "trademark/altred",
                "mean",
            ),
            (
                "ignore:\n  - rule: trademark/*\n    reason: ' '\n",
                " ",
                "a reason is needed",
            ),
            ("exclude:\n  - 'a'\n  - 'x[z-a]'\n", "x[z-a]", "z-a"),
            (
                "severity:\n  trademark/altered: loud\n",
                "trademark/altered: loud",
                "loud",
            ),
            ("exclude: yes\n", "exclude: yes", "sequence"),
            (
                "packs: [other-terms, acme-gear]\n",
                "acme-gear",
                "did you mean `acme-gears`?",
            ),
            (
                "packs:\n  - zzz\n",
                "zzz",
                "there are: acme-gears, other-terms",
            ),
        ] {
            let (message, found) = fails(text);
            assert_eq!(found, words, "{message}");
            assert!(message.contains(said), "{message}");
        }
    }

    #[test]
    fn an_empty_file_is_the_default() {
        for text in ["", "# nothing\n", "---\n"] {
            let config = read(text, Path::new("x"), PathBuf::new(), known()).expect("a config");
            assert!(config.ignore.is_empty() && config.owner.is_none());
        }
    }

    #[test]
    fn the_more_specific_severity_counts() {
        let text = "severity:\n  trademark/*: off\n  trademark/altered: error\n  '*': note\n";
        let config = read(text, Path::new("x"), PathBuf::new(), known()).expect("a config");
        assert_eq!(
            config.severity_of("trademark/altered"),
            Some(Severity::Error)
        );
        assert!(config.is_off("trademark/other"));
        assert_eq!(config.severity_of("a/b"), Some(Severity::Note));
    }
}
