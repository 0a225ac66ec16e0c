//! What a pack's own examples and cases show: every `bad` is found, no `good` is, by the
//! whole program rather than by a rule alone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::config::{Config, Settings};
use crate::finding::Confidence;
use crate::pack::{Pack, Rule};
use crate::scan::{self, ScanOptions};
use crate::selection::{RulePattern, Selection};

/// Folder of a pack that holds cases: `tests/<family>--<name>/{bad,good}/<case>`.
pub const CASES: &str = "tests";

/// Names that an example's file may have: the first by which `bad` is found is that of
/// `good`, too. What needs another name, or several files, has lines `==> NAME <==`.
const NAMES: &[&str] = &[
    "README.md",
    "docs/page.md",
    "client.py",
    "client.js",
    "client.ps1",
    "nginx.conf",
    "package.json",
    "index.html",
    "client.go",
    "client.rb",
    "client.java",
];

/// What was run, and what went wrong.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Examples and cases.
    pub run: usize,
    /// Sentences for people.
    pub faults: Vec<String>,
}

/// Runs the examples of every rule of a pack.
pub fn examples(pack: &Pack, packs: &[Pack]) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for compiled in &pack.rules {
        let rule = &compiled.rule;
        outcome.run += 2;
        let mut found_as = None;
        for name in NAMES {
            let files = files(&rule.bad, name);
            if finds(packs, rule, |root| lay_out(root, &files))? {
                found_as = Some(*name);
                break;
            }
        }
        let Some(name) = found_as else {
            outcome.faults.push(format!(
                "{}: the example under `bad` is not found, whatever its file is called; begin it \
                 with a line `==> NAME <==` where its name or another file counts",
                rule.id
            ));
            continue;
        };
        let files = files(&rule.good, name);
        if finds(packs, rule, |root| lay_out(root, &files))? {
            let shown = files.iter().map(|(path, _)| *path).collect::<Vec<_>>();
            outcome.faults.push(format!(
                "{}: the example under `good` is found, as {}",
                rule.id,
                shown.join(", ")
            ));
        }
    }
    Ok(outcome)
}

/// Runs the cases of a folder, where there are any.
pub fn cases(pack: &Pack, folder: &Path, packs: &[Pack]) -> io::Result<Outcome> {
    let mut outcome = Outcome::default();
    for of_rule in items(folder)? {
        let name = name(&of_rule);
        let id = name.replace("--", "/");
        let rules = pack.rules.iter().map(|compiled| &*compiled.rule);
        let Some(rule) = rules.into_iter().find(|rule| rule.id == id) else {
            let message = format!("{CASES}/{name}: the pack has no rule `{id}`");
            outcome.faults.push(message);
            continue;
        };
        for verdict in ["bad", "good"] {
            for case in items(&of_rule.join(verdict))? {
                outcome.run += 1;
                let found = finds(packs, rule, |root| copy(&case, root))?;
                if found != (verdict == "bad") {
                    let said = if found { "found" } else { "not found" };
                    let case = self::name(&case);
                    let message = format!("{}: {said} in {CASES}/{name}/{verdict}/{case}", rule.id);
                    outcome.faults.push(message);
                }
            }
        }
    }
    Ok(outcome)
}

/// Whether a rule finds anything in what is laid out in a folder, as it is shown by default.
fn finds(
    packs: &[Pack],
    rule: &Rule,
    lay_out: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<bool> {
    let folder = tempfile::tempdir()?;
    lay_out(folder.path())?;
    let settings = Settings {
        packs: Some(vec![rule.pack.to_string()]),
        ..Settings::default()
    };
    let only = RulePattern::new(&rule.qualified()).map_err(io::Error::other)?;
    let options = ScanOptions {
        config: Config::of(settings, folder.path()),
        threads: 1,
        // Alone: what joins another rule is told in the help of that one.
        selection: Selection {
            select: vec![only],
            ..Selection::everything()
        },
        ..ScanOptions::new(folder.path())
    };
    let report =
        scan::scan(&options, packs).map_err(|error| io::Error::other(error.to_string()))?;
    let guess = |confidence| confidence == Confidence::Low;
    Ok(report.findings.iter().any(|finding| {
        let asked = rule.pedantic || guess(rule.confidence) || !guess(finding.confidence);
        finding.suppressed.is_none() && asked && finding.rule.is(rule)
    }))
}

/// The files of an example, by lines `==> NAME <==`; without one it is a file of that name.
fn files<'a>(example: &'a str, name: &'a str) -> Vec<(&'a str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in example.split_inclusive('\n') {
        let marked = line.trim().strip_prefix("==> ");
        let marked = marked.and_then(|rest| rest.strip_suffix(" <=="));
        if let Some(name) = marked {
            files.push((name.trim(), String::new()));
            continue;
        }
        match files.last_mut() {
            Some((_, text)) => text.push_str(line),
            None => files.push((name, line.to_owned())),
        }
    }
    files
}

fn lay_out(root: &Path, files: &[(&str, String)]) -> io::Result<()> {
    for (name, text) in files {
        let inside = Path::new(name)
            .components()
            .all(|part| matches!(part, std::path::Component::Normal(_)));
        if !inside {
            let message = format!("`==> {name} <==` names no file of a repository");
            return Err(io::Error::other(message));
        }
        let path = root.join(name);
        fs::create_dir_all(path.parent().unwrap_or(root))?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// Copies a case: a file, or the files of a folder. Links are left where they are.
fn copy(case: &Path, root: &Path) -> io::Result<()> {
    let base = if case.is_dir() {
        case
    } else {
        case.parent().unwrap_or(case)
    };
    for entry in walkdir::WalkDir::new(case) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let relative = entry.path().strip_prefix(base).unwrap_or(entry.path());
            let path = root.join(relative);
            fs::create_dir_all(path.parent().unwrap_or(root))?;
            fs::copy(entry.path(), path)?;
        }
    }
    Ok(())
}

/// What stands in a folder, in order; nothing where it is not there.
fn items(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut items = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<Vec<PathBuf>>>()?;
    items.retain(|path| !name(path).starts_with('.'));
    items.sort();
    Ok(items)
}

fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_example_may_be_several_files() {
        assert_eq!(files("a\nb\n", "c.md"), [("c.md", "a\nb\n".to_owned())]);
        assert_eq!(
            files("==> a/b.md <==\none\n==> LICENSE <==\ntwo\n", "c.md"),
            [
                ("a/b.md", "one\n".to_owned()),
                ("LICENSE", "two\n".to_owned())
            ]
        );
    }

    #[test]
    fn nothing_is_written_outside() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["../x", "/x", "a/../../x"] {
            assert!(lay_out(folder.path(), &[(name, String::new())]).is_err());
        }
    }
}
